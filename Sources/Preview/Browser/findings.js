// What there is to say of the page that is open: in a panel beside it, in the preview alone.
(() => {
  'use strict';
  // Not on a page that a view shows in its frame.
  if (self !== top) return;
  const kept = 'signpost-findings';
  const element = (name, content, attributes = {}) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(key, value);
    node.append(...[content].flat().filter(part => part !== null && part !== ''));
    return node;
  };

  const host = element('signpost-findings', [], { lang: 'en', dir: 'ltr' });
  const root = host.attachShadow({ mode: 'open' });
  const toggle = element('button', 'Findings', {
    type: 'button', class: 'toggle', 'aria-expanded': 'false', 'aria-controls': 'panel' });
  const panel = element('aside', [], { id: 'panel', class: 'panel', 'aria-label': 'Findings of this page', tabindex: '-1' });
  panel.hidden = true;
  root.append(element('link', [], { rel: 'stylesheet', href: '/.preview/preview.css' }), toggle, panel);
  document.body.append(host);

  // MARK: The words on the page

  /** The part of the page that a section covers: its heading, and what follows up to the next section's. */
  function sectionNodes(id) {
    const main = document.querySelector('main') ?? document.body;
    const heading = id && document.getElementById(id);
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node; (node = walker.nextNode());) {
      if (heading && !(heading.contains(node) || heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      nodes.push(node);
    }
    return nodes;
  }

  /** The range of some words, however spaces and elements divide them; null where they are not shown. */
  function find(words, nodes) {
    const parts = [];
    let text = '';
    for (const node of nodes) {
      for (let index = 0; index < node.data.length; index++) {
        const letter = /\s/.test(node.data[index]) ? ' ' : node.data[index];
        if (letter === ' ' && text.endsWith(' ')) continue;
        text += letter;
        parts.push([node, index]);
      }
    }
    const wanted = words.replace(/\s+/g, ' ').trim();
    const start = wanted ? text.indexOf(wanted) : -1;
    if (start < 0) return null;
    const range = document.createRange();
    range.setStart(...parts[start]);
    const [last, offset] = parts[start + wanted.length - 1];
    range.setEnd(last, offset + 1);
    return range;
  }

  /** Markdown without its signs: what of it stands on the page in one piece. */
  function shownPieces(markdown) {
    return markdown.replace(/\{[^{}]*\}\s*$/, '').replace(/^\s*(#+|[-*+]|\d+\.|>)\s+/, '')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').split(/\*\*?|__|`|\{\{[^}]*\}\}/)
      .map(piece => piece.trim()).filter(Boolean).sort((a, b) => b.length - a.length);
  }

  function range(section, words) {
    const nodes = sectionNodes(section);
    for (const candidate of [words ?? '', ...shownPieces(words ?? '')]) {
      const found = find(candidate, nodes);
      if (found) return found;
    }
    const heading = (section && document.getElementById(section)) || document.querySelector('h1') || document.body;
    const whole = document.createRange();
    whole.selectNodeContents(heading);
    return whole;
  }

  function show(section, words) {
    const found = range(section, words);
    const place = found.startContainer.parentElement ?? document.body;
    for (let node = place; node; node = node.parentElement) if (node.localName === 'details') node.open = true;
    // A selection is seen, and screen readers read on from it.
    const target = place.closest('[id]') ?? place;
    if (!target.hasAttribute('tabindex')) target.setAttribute('tabindex', '-1');
    target.focus({ preventScroll: true });
    getSelection().removeAllRanges();
    getSelection().addRange(found);
    place.scrollIntoView({ block: 'center' });
  }

  const showButton = (section, words, name) => {
    const button = element('button', 'Show on the page', { type: 'button', class: 'small', 'aria-label': `Show on the page: ${name}` });
    button.addEventListener('click', () => show(section, words));
    return button;
  };

  // MARK: The panel

  const place = text => element('p', element('code', text), { class: 'place' });
  const note = text => element('p', text, { class: 'rule' });
  const count = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const usedBy = (number, councils) =>
    number === councils ? `Used by all ${councils} councils` : `Used by ${number} of ${councils} councils`;
  function group(title, rows, empty, isOpen = false) {
    const details = element('details', [
      element('summary', element('h3', rows.length ? `${title} (${rows.length})` : title)),
      rows.length ? element('ul', rows) : element('p', empty)]);
    details.open = isOpen;
    return details;
  }

  function problems(found) {
    return group('Problems', found.problems.map(problem => element('li', [
      element('p', [element('strong', `${problem.severity}: `), problem.message]), place(problem.place),
      problem.help ? element('p', problem.help) : null, note(problem.rule),
      showButton(problem.section, problem.line?.[1], problem.message)])), 'No problem is known of this page.', true);
  }

  function sections(found) {
    return group('Sections', found.sections.map(section => element('li', [
      element('p', element('strong', section.heading)),
      element('p', section.age === null ? 'Too little text for a reading age' : `Reading age ${section.age}`),
      element('p', section.isShared && found.councils > 1 ? usedBy(section.usedBy, found.councils) : section.isShared ? 'Shared guidance' : 'This council’s own words'),
      place(section.place), showButton(section.section, section.heading, section.heading)])), 'This page has no sections.');
  }

  function facts(found) {
    return group('Facts and contacts', found.facts.map(fact => element('li', [
      element('p', [element('strong', fact.label ?? fact.name), `: ${fact.value}`]),
      element('p', fact.source ? `Source: ${fact.source}` : 'No source', fact.source ? {} : { class: 'weak' }),
      element('p', fact.checked ? `Checked on ${fact.checked}${fact.checkedBy ? ` by ${fact.checkedBy}` : ''}${fact.isOverdue ? ', which is too long ago' : ''}` : 'Never checked',
        fact.checked && !fact.isOverdue ? {} : { class: 'weak' }),
      place(fact.place), note(`{{${fact.kind === 'contact' ? 'contact ' : ''}${fact.name}}}`)])),
    'No fact and no contact is used on this page.');
  }

  const kinds = {
    replaces: 'replaces the shared section', adds: 'is added', removes: 'takes the shared section away',
    page: 'is a page of the council’s own' };
  function overrides(found) {
    return group('What the council says itself', found.overrides.map(override => element('li', [
      element('p', [element('strong', override.section ?? 'This page'), ` ${kinds[override.kind]}`,
        override.state ? ` (${override.state})` : '']),
      place(override.place)])), 'The council says nothing here instead of the shared guidance.');
  }

  const states = {
    missing: 'Not translated: readers get the original', replaced: 'Out of date and could mislead: readers get the original',
    stale: 'Translated, but the original has changed since', current: 'Translated' };
  function translation(found) {
    const own = found.translation;
    if (!own) return null;
    const order = Object.keys(states);
    const sorted = order.flatMap(state => own.blocks.filter(block => block.state === state));
    const counts = order.filter(state => own.counts[state]).map(state => `${states[state].toLowerCase()}: ${own.counts[state]}`);
    const details = group('Translation, block by block', sorted.map(block => element('li', [
      element('p', element('strong', states[block.state])),
      element('blockquote', block.english, { lang: own.fromTag, dir: 'auto' }),
      block.state === 'missing' || block.state === 'replaced' ? null
        : element('blockquote', block.text, { lang: own.tag, dir: own.direction }),
      place(block.place), showButton(block.section, block.text, block.english.slice(0, 60))])), 'Nothing to translate.');
    details.insertBefore(note(counts.join('; ')), details.children[1]);
    return details;
  }

  // MARK: The page as others meet it

  const shows = [
    ['On a small phone, 320 px wide', 'width=320'], ['In light colours', 'colours=light'], ['In dark colours', 'colours=dark'],
    ['In high contrast', 'colours=contrast'], ['Without scripts', 'scripts=off'], ['As printed', 'print=on']];
  const audiences = { families: 'families', 'young-people': 'young people', professionals: 'professionals' };

  /** @param others Pages for others, where it is known what the page is. */
  function views(others) {
    const link = (text, address) => element('li', element('a', text, { href: address }));
    const list = (title, links) => links.length ? element('section', [element('h4', title), element('ul', links)]) : null;
    const page = encodeURIComponent(location.pathname);
    const details = element('details', [element('summary', element('h3', 'Look at this page as')),
      list('On another screen, or on paper', shows.map(([text, query]) => link(text, `/.preview/view.html?page=${page}&${query}`)))]);
    if (!others) return details;
    details.append(...[
      list('In another language', others.languages.map(other => link(other.name, other.address))),
      list(`Pages for others than ${audiences[others.audience]}`, others.audiences.map(other =>
        link(`For ${audiences[other.audience]}: ${other.name}`, other.address))),
    ].filter(Boolean));
    const councils = others.councils.map(other => link(other.language ? `${other.name} (in ${other.language})` : other.name, other.address));
    if (councils.length) {
      const all = element('details', [element('summary', element('h4', `Of another council (${councils.length})`)), element('ul', councils)]);
      all.open = councils.length <= 10;
      details.append(all);
    }
    return details;
  }

  /** What is read out of an element; not what is hidden from screen readers. */
  function spoken(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute('aria-hidden') === 'true') return '';
    if (getComputedStyle(node).display === 'none') return '';
    const given = (node.getAttribute('aria-labelledby') ?? '').split(/\s+/).map(id => id && document.getElementById(id)?.textContent)
      .filter(Boolean).join(' ') || node.getAttribute('aria-label') || (node.localName === 'img' ? node.alt : '');
    return given || (node.localName === 'svg' ? '' : [...node.childNodes].map(spoken).join(''));
  }
  const nameOf = node => node.hasAttribute('aria-label') || node.hasAttribute('aria-labelledby') ? spoken(node).replace(/\s+/g, ' ').trim() : '';

  const landmarks = {
    banner: 'page head', navigation: 'navigation', main: 'main part', complementary: 'beside the page', contentinfo: 'page foot',
    search: 'search', region: 'region', form: 'form' };
  function landmark(node) {
    const role = node.getAttribute('role');
    if (role) return landmarks[role];
    const isInside = node.parentElement.closest('article, aside, main, nav, section');
    switch (node.localName) {
      case 'header': return isInside ? undefined : landmarks.banner;
      case 'footer': return isInside ? undefined : landmarks.contentinfo;
      case 'aside': return node.parentElement.closest('article, aside, nav, section') && !nameOf(node) ? undefined : landmarks.complementary;
      case 'section': return nameOf(node) ? landmarks.region : undefined;
      case 'form': return nameOf(node) ? landmarks.form : undefined;
      case 'nav': return landmarks.navigation;
      case 'main': return landmarks.main;
      case 'search': return landmarks.search;
    }
  }

  function outline() {
    const page = document.documentElement.lang;
    const words = (text, node) => {
      const lang = node.closest('[lang]')?.lang || page;
      return [element('span', text, { lang, dir: 'auto' }), lang === page ? null : ` (language: ${lang})`];
    };
    const rows = [
      element('li', ['Title: ', ...words(document.title, document.documentElement)]),
      element('li', `Language: ${page || 'none is given'}`, page ? {} : { class: 'weak' })];
    let last = 0;
    const wanted = 'h1, h2, h3, h4, h5, h6, header, footer, nav, main, aside, section, form, search, [role]';
    for (const node of document.body.querySelectorAll(wanted)) {
      if (!node.checkVisibility({ visibilityProperty: true }) || node.closest('[aria-hidden=true], [inert]')) continue;
      const level = node.getAttribute('role') === 'heading' ? Number(node.getAttribute('aria-level') ?? 2)
        : node.hasAttribute('role') ? 0 : Number(/^h([1-6])$/.exec(node.localName)?.[1] ?? 0);
      if (level) {
        const isSkipped = level > last + 1;
        rows.push(element('li', [`Heading ${level}: `, ...words(spoken(node).replace(/\s+/g, ' ').trim() || 'without words', node),
          isSkipped ? element('strong', last ? ` – skips a level: ${level} comes after ${last}` : ' – no heading of level 1 before it', { class: 'weak' }) : null],
        { class: `level-${Math.min(level, 6)}` }));
        last = level;
      } else if (landmark(node)) {
        const name = nameOf(node);
        rows.push(element('li', [element('em', `Landmark: ${landmark(node)}`), ...(name ? [', ', ...words(name, node)] : [])]));
      }
    }
    const details = group('The outline a screen reader meets', rows);
    details.querySelector('h3').textContent = 'The outline a screen reader meets';
    details.querySelector('ul').classList.add('outline');
    details.insertBefore(note('In the order of the page. What is folded away is met when it is opened.'), details.children[1]);
    return details;
  }

  function head() {
    const close = element('button', 'Close', { type: 'button', class: 'small', 'aria-keyshortcuts': 'Escape' });
    close.addEventListener('click', () => open(false));
    return element('header', [element('h2', 'Findings'), close]);
  }

  function fill(found) {
    panel.replaceChildren(
      head(),
      element('p', [element('strong', found.title), ` – ${found.council}, ${found.language}`]),
      place(found.file),
      element('p', found.isShared && found.councils > 1 ? usedBy(found.usedBy, found.councils) : found.isShared ? 'Shared guidance' : 'This council’s own page'),
      ...[problems(found), views(found.others), outline(), sections(found), facts(found), overrides(found), translation(found)].filter(Boolean));
    toggle.textContent = `Findings (${count(found.problems.length, 'problem')})`;
  }

  async function load() {
    panel.replaceChildren(element('p', 'Reading…', { role: 'status' }));
    try {
      const answer = await fetch('/.preview/findings?page=' + encodeURIComponent(decodeURIComponent(location.pathname)), { cache: 'no-store' });
      if (answer.status === 404) {
        const others = views();
        others.open = true;
        panel.replaceChildren(
          head(), element('p', 'This page is made by Signpost: there is no guidance on it to look at.', { role: 'status' }),
          others, outline());
      } else {
        fill(await answer.json());
      }
    } catch {
      panel.replaceChildren(element('p', 'The preview does not answer. Load the page again.', { role: 'status' }));
    }
  }

  function remember(isOpen) {
    try {
      if (isOpen) sessionStorage.setItem(kept, 'open'); else sessionStorage.removeItem(kept);
    } catch { /* No storage: it is closed on the next page. */ }
  }
  const wasOpen = () => { try { return sessionStorage.getItem(kept) === 'open'; } catch { return false; } };

  async function open(isOpen, takesFocus = true) {
    panel.hidden = !isOpen;
    toggle.setAttribute('aria-expanded', String(isOpen));
    document.documentElement.style.setProperty('padding-inline-end', isOpen && innerWidth > 1100 ? '26rem' : '');
    remember(isOpen);
    if (!isOpen) return toggle.focus();
    if (takesFocus) panel.focus();
    await load();
  }
  toggle.addEventListener('click', () => open(panel.hidden));
  panel.addEventListener('keydown', event => { if (event.key === 'Escape') open(false); });
  if (wasOpen()) open(true, false);
})();
