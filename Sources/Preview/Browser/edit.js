// Editing in the page: choose a passage, change its Markdown, save it to the file it comes from; in the preview alone.
(() => {
  'use strict';
  // Not on a page that a view shows in its frame.
  if (self !== top) return;
  const token = document.currentScript.dataset.token;
  const kept = 'signpost-edit';
  const sheet = new CSSStyleSheet();
  fetch('/.preview/preview.css').then(answer => answer.text()).then(text => sheet.replace(text)).catch(() => {});

  const element = (name, content, attributes = {}) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== null) node.setAttribute(key, value);
    node.append(...[content].flat().filter(part => part !== null && part !== ''));
    return node;
  };
  function button(name, action, attributes = {}) {
    const node = element('button', name, { type: 'button', ...attributes });
    node.addEventListener('click', action);
    return node;
  }
  const count = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;
  // Parts that are null are left out.
  const fill = (node, parts) => node.replaceChildren(...parts.flat().filter(part => part !== null));
  const cut = (text, length) => length < 0 ? (text.length > -length ? '…' : '') + text.slice(length)
    : text.slice(0, length) + (text.length > length ? '…' : '');
  const linesOf = place => place.start === place.end ? `line ${place.start}` : `lines ${place.start} to ${place.end}`;

  async function ask(action, body, signal) {
    try {
      const answer = await fetch('/.preview/edit/' + action, {
        method: 'POST', cache: 'no-store', signal,
        headers: { 'Content-Type': 'application/json', 'Signpost-Token': token }, body: JSON.stringify(body) });
      const text = await answer.text();
      try { return { status: answer.status, ...JSON.parse(text) }; } catch { return { status: answer.status, message: text.trim() }; }
    } catch (error) {
      if (error.name === 'AbortError') return null;
      return { status: 0, message: 'The preview does not answer. Your text is still here: copy it, then start the preview again.' };
    }
  }

  /**
   * Saves once at a time. Somebody who presses again while the answer is awaited has perhaps changed something: if the first
   * was refused and the form still stands (`save` says true), what is in it now is saved.
   */
  function oneAtATime(save) {
    let isSaving = false, isWanted = false;
    return async () => {
      isWanted = true;
      if (isSaving) return;
      isSaving = true;
      try {
        do isWanted = false; while (await save() && isWanted);
      } finally { isSaving = false; }
    };
  }

  // MARK: The bar at the foot of the window

  const host = element('signpost-edit', [], { lang: 'en', dir: 'ltr' });
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  const toggle = button('Edit', () => setEditing(!isEditing), { class: 'toggle edit', 'aria-expanded': 'false', 'aria-controls': 'bar' });
  const bar = element('section', [], { id: 'bar', class: 'edit-bar', 'aria-label': 'Editing' });
  const said = element('p', '', { role: 'status', class: 'edit-said' });
  const choices = element('div', [], { class: 'choices' });
  const others = element('details', []);
  const dialog = element('dialog', [], { 'aria-labelledby': 'edit-title', class: 'editor' });
  bar.append(said, others, choices);
  bar.hidden = true;
  root.append(toggle, bar, dialog);
  document.body.append(host);
  const say = text => { said.textContent = text; };

  let isEditing = false, page = null, hosts = [];
  function remember(state) {
    try {
      if (state) sessionStorage.setItem(kept, JSON.stringify(state)); else sessionStorage.removeItem(kept);
    } catch { /* No storage: editing is off on the next page. */ }
  }
  function remembered() { try { return JSON.parse(sessionStorage.getItem(kept)); } catch { return null; } }

  async function setEditing(on, focus) {
    isEditing = on;
    bar.hidden = !on;
    toggle.hidden = on;
    toggle.setAttribute('aria-expanded', String(on));
    document.documentElement.style.setProperty('scroll-padding-block-end', on ? '12rem' : '');
    document.body.style.setProperty('padding-block-end', on ? '12rem' : '');
    remember(on ? { on } : null);
    if (!on) {
      removeButtons();
      return toggle.focus();
    }
    await load();
    if (focus) focusOn(focus); else choices.querySelector('button')?.focus();
  }

  async function load() {
    say('Looking for what can be edited…');
    const told = await ask('passages', { page: decodeURIComponent(location.pathname) });
    removeButtons();
    if (!told || told.status !== 200) {
      page = null;
      choices.replaceChildren(button('Done', () => setEditing(false)));
      return say(told?.message ?? '');
    }
    page = told;
    const unplaced = placeButtons(told.passages);
    fillBar(told, unplaced);
  }

  function fillBar(told, unplaced) {
    say(told.passages.length
      ? `Each passage has a button “Edit” below it: ${count(told.passages.length - unplaced.length, 'passage')}.`
        + (told.isTranslated ? ` This page is in ${told.language}; the ${told.sourceLanguage} text is what you edit.` : '')
      : 'This page is made by Signpost from other pages and settings: there is no guidance on it to edit.');
    choices.replaceChildren(
      ...told.undo ? [button('Undo the last change', () => undo(told.undo), {
        'aria-label': `Undo the last change, in ${told.undo.file} at line ${told.undo.line}` })] : [],
      ...told.questions ? [button('Add a question', () => addQuestion(told.questions))] : [],
      ...told.council ? [
        button('Add a page', addPage), button('Add a fact', () => addEntry('facts')), button('Add a contact', () => addEntry('contacts')),
        button('This council', councilSettings, { 'aria-label': `This council: name, languages, sources and colours of ${told.councilName}` })] : [],
      button('Done', () => setEditing(false)));
    const rows = [
      ...unplaced.map(passage => element('li', [
        element('p', passage.text.slice(0, 100)), place(`${passage.name}, ${linesOf(passage)}`),
        button('Edit', () => edit(passage), { class: 'small', 'aria-label': `Edit ${passage.kind}: ${firstWords(passage)}` })])),
      ...told.others.map(other => element('li', [element('p', other.text), place(other.place)])),
      ...(told.facts ?? []).map(fact => element('li', [
        element('p', [element('strong', fact.label ?? fact.name), `: ${fact.value}`]), place(fact.place), changeButton(fact)])),
    ];
    others.replaceChildren(
      element('summary', `What stands elsewhere (${rows.length})`),
      element('p', 'A fact or a contact is changed once, for all pages that show it. Menus, buttons and the foot of the page are made from the settings (portal.yml, council.yml) and the theme.'),
      element('ul', rows));
    others.hidden = !told.passages.length && !rows.length;
  }
  const place = text => element('p', element('code', text), { class: 'place' });
  const firstWords = passage => (passage.shown[0] ?? passage.text).split(/\s+/).slice(0, 8).join(' ');

  // MARK: The buttons on the page

  const letters = text => text.replace(/[^\p{L}\p{N}]+/gu, '');
  const blockElements = 'p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, summary, blockquote, figcaption, caption';

  /** Puts a button to each passage that is found on the page; returns the others. */
  function placeButtons(passages) {
    const main = document.querySelector('main') ?? document.body;
    const all = [...main.querySelectorAll(blockElements)].map(node => ({ node, letters: letters(node.textContent) }));
    const starts = new Map();
    for (const { section } of passages) {
      const heading = section && document.getElementById(section);
      if (heading) starts.set(section, heading);
    }
    /** Whether an element stands in a section: after its heading, and before that of the next section. */
    const isIn = (node, section) => {
      const heading = starts.get(section);
      if (!heading) return true;
      if (!(heading.contains(node) || node.contains(heading) || heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)) return false;
      return ![...starts.values()].some(other => other !== heading && !other.contains(heading)
        && heading.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING
        && (other.contains(node) || other.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING));
    };
    const used = new Set();
    let last = -1;
    function find(text, section) {
      const wanted = letters(text);
      if (!wanted) return null;
      const fits = [
        part => part.letters === wanted, part => part.letters.startsWith(wanted),
        part => wanted.length > 3 && part.letters.includes(wanted)];
      for (const fit of fits) {
        const found = all.map((part, index) => ({ ...part, index }))
          .filter(part => fit(part) && !used.has(part.node) && isIn(part.node, section));
        // The innermost: a list item holds the paragraphs in it.
        const inner = found.filter(part => !found.some(other => other !== part && part.node.contains(other.node)));
        const chosen = inner.find(part => part.index > last) ?? inner[0];
        if (chosen) {
          last = chosen.index;
          used.add(chosen.node);
          return chosen.node;
        }
      }
      return null;
    }
    const unplaced = [];
    for (const passage of passages) {
      const nodes = passage.shown.map(text => find(text, passage.section)).filter(Boolean);
      if (!nodes.length) {
        unplaced.push(passage);
        continue;
      }
      hosts.push(passageButton(passage, nodes, main));
    }
    return unplaced;
  }

  function passageButton(passage, nodes, main) {
    const own = element('signpost-edit-passage', [], { lang: 'en' });
    const tree = own.attachShadow({ mode: 'open' });
    tree.adoptedStyleSheets = [sheet];
    tree.append(button('Edit', () => edit(passage), {
      class: 'small passage', dir: 'ltr', 'aria-label': `Edit ${passage.kind}: ${firstWords(passage)}` }));
    own.place = passage;
    // What holds all of the passage, unless that holds much else.
    let node = nodes[0];
    while (!nodes.every(other => node.contains(other))) node = node.parentElement;
    if (node === main || node.contains(main) || node.matches('section, article, details')) node = nodes[0];
    while (/^(TR|TBODY|THEAD)$/.test(node.nodeName) || (node.nodeName !== 'TABLE' && node.closest('table') && nodes.length > 1)) node = node.parentElement;
    const details = node.closest('details');
    if (details) details.open = true;
    const summary = node.closest('summary');
    if (summary) summary.after(own);
    else if (/^(LI|TD|TH|DT|DD|FIGCAPTION|CAPTION)$/.test(node.nodeName)) node.append(own);
    else node.after(own);
    return own;
  }

  function removeButtons() {
    for (const own of hosts) own.remove();
    hosts = [];
  }

  function focusOn({ file, start }) {
    const own = hosts.find(own => own.place.file === file && own.place.start === start)
      ?? hosts.find(own => own.place.file === file && own.place.start >= start);
    if (!own) return choices.querySelector('button')?.focus();
    own.shadowRoot.querySelector('button').focus();
    own.scrollIntoView({ block: 'center' });
  }

  // MARK: The dialog

  let isDirty = () => false;
  let reloadWaits = false;

  function scope(passage) {
    if (!passage.isShared) return 'This is this council’s own text: no other council shows it.';
    if (page.councils === 1) return 'Shared guidance.';
    return passage.usedBy === page.councils
      ? `Shared guidance, used by all ${page.councils} councils: what you change here changes for all of them.`
      : `Shared guidance, used by ${passage.usedBy} of ${page.councils} councils: what you change here changes for all of those.`;
  }

  /** The label of the field that a problem is about: its key is the last one before the marked words, or begins them. */
  function fieldOf(found, labels) {
    const [before, ...marked] = found.line ?? [''];
    const keys = text => [...text.matchAll(/([\w-]+)["']?\s*:/g)].map(match => match[1]).filter(key => labels[key]);
    const key = keys(before).pop() ?? keys(marked.join(''))[0];
    return key && labels[key].replace(/[:(].*/, '').trim();
  }
  /** A problem of a text by its line; of a form, whose labels are given, by its field: nobody who fills that in sees the file. */
  function problem(found, labels) {
    const field = labels && fieldOf(found, labels);
    const where = found.lineOfText ? `, line ${found.lineOfText} of the text` : field ? `, in “${field}”` : '';
    return element('li', [
      element('p', [element('strong', `${found.severity[0].toUpperCase()}${found.severity.slice(1)}${where}: `), found.message]),
      found.line?.[1] ? element('p', [cut(found.line[0], -30), element('mark', found.line[1]), cut(found.line[2], 30)], { class: 'words' }) : null,
      found.help ? element('p', found.help) : null,
      found.lineOfText || field ? null : place(found.place ?? ''), element('p', found.rule, { class: 'rule' })]);
  }

  function edit(passage) {
    let current = passage, timer, controller;
    const opener = root.activeElement ?? document.activeElement;
    const text = element('textarea', [], {
      id: 'edit-text', lang: page.sourceTag, dir: 'auto', rows: '8', spellcheck: 'true', 'aria-describedby': 'edit-scope' });
    text.value = passage.text;
    text.rows = Math.min(14, Math.max(4, Math.ceil(passage.text.length / 50) + 1));
    const status = element('p', '', { role: 'status', class: 'summary' });
    const list = element('ul', [], { class: 'found', 'aria-label': 'Findings' });
    const notice = element('div', [], { class: 'notice' });
    const alert = element('div', [], { role: 'alert' });
    const save = button('Save', () => store(), { 'aria-keyshortcuts': 'Control+Enter' });
    const cancel = button('Cancel', () => leave(), { class: 'second' });
    isDirty = () => text.value !== passage.text;
    const values = (page.facts ?? []).filter(fact => passage.values.some(name =>
      fact.kind === 'contact' ? name.startsWith(`contact ${fact.name}`) : name === fact.name));
    fill(dialog, [
      element('h2', `Edit ${passage.kind}`, { id: 'edit-title' }),
      element('p', [element('code', passage.name), `, ${linesOf(passage)}`], { class: 'place' }),
      element('p', scope(passage), { id: 'edit-scope', class: passage.isShared && page.councils > 1 ? 'weak' : null }),
      page.isTranslated ? element('p', `You edit the ${page.sourceLanguage} text. This page shows it in ${page.language}.`) : null,
      passage.stale.length ? element('p', `If its words change, ${passage.stale.length === 1 ? 'this translation becomes' : 'these translations become'} out of date: ${passage.stale.join(', ')}.`) : null,
      values.length ? [element('details', [element('summary', `What the placeholders stand for (${values.length})`),
        element('ul', values.map(fact => element('li', [
          element('p', [element('code', `{{${fact.kind === 'contact' ? 'contact ' : ''}${fact.name}}}`), ` is ${fact.value}`]), place(fact.place)])))])] : [],
      element('label', 'Text in Markdown', { for: 'edit-text' }), text, alert, notice, element('p', [save, cancel], { class: 'actions' }), status, list]);

    const body = () => ({
      file: current.file, start: current.start, end: current.end, version: current.version, text: text.value, council: page.council });

    async function check() {
      controller?.abort();
      controller = new AbortController();
      const told = await ask('check', body(), controller.signal);
      if (!told || !dialog.open) return;
      if (told.status === 409) { status.textContent = ''; return conflict(told, false); }
      if (told.status !== 200) { status.textContent = told.message; return; }
      const found = [...told.here, ...told.elsewhere];
      const errors = found.filter(found => found.severity === 'error').length;
      status.textContent = found.length
        ? `${count(found.length, 'finding')}${errors ? `, ${count(errors, 'error')}` : ''}${told.canBeSaved ? '' : ': it cannot be saved like this'}.` : 'No findings.';
      list.replaceChildren(...found.map(each => problem(each)));
    }
    text.addEventListener('input', () => {
      // Until it is settled which of two versions is meant.
      if (notice.hasChildNodes()) return;
      status.textContent = 'Checking…';
      alert.replaceChildren();
      clearTimeout(timer);
      timer = setTimeout(check, 400);
    });

    /** Both versions, since the file is another than when the passage was opened. */
    function conflict(told, takesFocus = true) {
      alert.replaceChildren(element('p', element('strong', told.message)));
      if (!told.now) {
        notice.replaceChildren(element('p', 'The passage is no longer to be found in the file. Copy your text, close this, and look at the page as it is now.'));
        save.disabled = true;
        return;
      }
      const now = told.now;
      function take() {
        current = { ...current, ...now, name: current.name };
        alert.replaceChildren();
        notice.replaceChildren();
        save.disabled = false;
        text.focus();
        check();
      }
      if (told.isSame) {
        notice.replaceChildren(
          element('p', 'This passage is as it was. Your text can go into the file as it is now: the other change stays.'),
          button('Go on with the new file', take, { class: 'second' }));
      } else {
        notice.replaceChildren(
          element('h3', 'On the disk now', { id: 'edit-now' }),
          element('pre', now.text, { tabindex: '0', role: 'region', 'aria-labelledby': 'edit-now', lang: page.sourceTag }),
          element('p', 'Your own text is in the field above.'),
          element('p', [
            button('Replace it with my text', take, { class: 'second' }),
            button('Start from what is on the disk', () => { text.value = now.text; passage = { ...passage, ...now }; take(); }, { class: 'second' }),
          ], { class: 'actions' }));
      }
      save.disabled = true;
      if (takesFocus) notice.querySelector('button').focus();
    }

    const store = oneAtATime(async () => {
      if (save.disabled) return;
      clearTimeout(timer);
      controller?.abort();
      save.disabled = true;
      status.textContent = 'Saving…';
      const told = await ask('save', body());
      save.disabled = false;
      if (told.status === 409) { status.textContent = 'Not saved.'; return conflict(told); }
      if (told.status !== 200) {
        status.textContent = '';
        alert.replaceChildren(element('p', element('strong', told.message)));
        list.replaceChildren(...(told.problems ?? []).map(found => problem(found)));
        text.focus();
        return save.isConnected;
      }
      isDirty = () => false;
      remember({ on: true, file: current.file, start: current.start, said: told.undo ? 'Saved.' : 'Nothing was changed.' });
      close();
      await load();
      focusOn(current);
      say(told.undo ? 'Saved. The page follows as soon as it is built.' : 'Nothing was changed.');
    });

    const { close, leave } = opened({
      opener, alert, store, stay: () => ({ ...remembered(), on: true, file: current.file, start: current.start }), first: text, unsaved: 'Your change is not saved.', discard: 'Throw my change away',
      stop: () => { controller?.abort(); clearTimeout(timer); } });
    check();
  }

  // MARK: A fact or a contact

  const changeButton = fact => button('Change', () => change(fact), {
    class: 'small', 'aria-label': `Change the ${fact.kind}: ${fact.label ?? fact.name}` });

  const labels = {
    value: 'Value', source: 'Source: where you have it from', checked: 'Checked on (year-month-day)', 'checked-by': 'Checked by (never published)', phone: 'Phone', text: 'Number for text messages',
    email: 'E-mail', web: 'Web address', hours: 'Hours', extension: 'Extension', option: 'Option' };

  /** What a form says of a check. */
  const ofCheck = ['source', 'checked', 'checked-by'];

  /** Who checks is mostly who did the last time: kept in this browser, for the preview alone. */
  const checkerKey = 'signpost-checked-by';
  function noteChecker(field) {
    let name = null;
    try { name = localStorage.getItem(checkerKey); } catch { /* Nothing is kept here. */ }
    if (name) field.value = name;
    // Another's name beside today's date would say what is not so: somebody looks at it.
    else if (field.value) field.select();
    return !name && field.value !== '';
  }
  function keepChecker(name) {
    if (name?.trim()) try { localStorage.setItem(checkerKey, name.trim()); } catch { /* Nothing is kept here. */ }
  }

  async function change(fact) {
    const opener = root.activeElement;
    const kind = fact.kind === 'contact' ? 'contacts' : 'facts';
    let entry = await ask('entry', { file: fact.file, kind, name: fact.name });
    if (entry.status !== 200) return say(`${entry.message} It stands in ${fact.place}.`);
    let timer, controller;
    const inputs = new Map();
    let isSure = false;
    const status = element('p', '', { role: 'status', class: 'summary' });
    const list = element('ul', [], { class: 'found', 'aria-label': 'Findings' });
    const alert = element('div', [], { role: 'alert' });
    const notice = element('div', [], { class: 'notice' });
    const save = button('Save', () => store(), { 'aria-keyshortcuts': 'Control+Enter' });
    const rows = [];
    const old = key => entry.fields.find(field => field.key === key)?.text ?? '';
    for (const key of kind === 'facts' ? ['value', ...ofCheck] : [...Object.keys(labels).slice(4), ...ofCheck]) {
      if (!entry.fields.some(field => field.key === key) && !ofCheck.includes(key)) continue;
      const input = element('input', [], {
        id: 'edit-' + key, type: 'text', autocomplete: 'off', spellcheck: 'false', list: key === 'source' ? 'edit-sources' : null,
        'aria-describedby': key === 'source' && entry.sources.length ? 'edit-sources-help' : null });
      input.value = old(key);
      input.addEventListener('input', changed);
      inputs.set(key, input);
      rows.push(element('label', labels[key], { for: input.id }), input);
      if (key === 'source' && entry.sources.length) {
        rows.push(element('p', `A short name stands for a source that the file lists: ${entry.sources.join(', ')}.`, { id: 'edit-sources-help', class: 'rule' }),
          element('datalist', entry.sources.map(source => element('option', [], { value: source })), { id: 'edit-sources' }));
      }
      if (key === 'checked') rows.push(element('p', button(`I have checked it today (${entry.today})`, () => {
        input.value = entry.today;
        const by = inputs.get('checked-by');
        const isOpen = noteChecker(by);
        changed();
        (isOpen ? by : input).focus();
      }, { class: 'second' }), { class: 'actions' }));
    }
    const values = () => Object.fromEntries([...inputs].map(([key, input]) => [key, input.value]));
    const body = () => ({ file: entry.file, kind, name: fact.name, version: entry.version, values: values(), council: page.council });
    isDirty = () => [...inputs].some(([key, input]) => input.value.trim() !== old(key));
    const isNational = entry.file === 'portal.yml' && page.councils > 1;
    fill(dialog, [
      element('h2', `Change ${fact.label ?? fact.name}`, { id: 'edit-title' }),
      place(fact.place),
      element('p', isNational ? `This is kept for all ${page.councils} councils that have nothing of their own: what you change here changes for all of them.`
        : `This changes everywhere ${page.councilName} shows it.`, { class: isNational ? 'weak' : null }),
      rows, alert, notice, element('p', [save, button('Cancel', () => leave(), { class: 'second' })], { class: 'actions' }),
      status, list]);

    function changed() {
      if (notice.hasChildNodes()) return;
      status.textContent = 'Checking…';
      alert.replaceChildren();
      clearTimeout(timer);
      timer = setTimeout(check, 400);
    }
    async function check() {
      controller?.abort();
      controller = new AbortController();
      const told = await ask('check-entry', body(), controller.signal);
      if (!told || !dialog.open) return;
      if (told.status === 409) { status.textContent = ''; return conflict(told); }
      list.replaceChildren(...told.status === 200 ? [...told.here, ...told.elsewhere].map(found => problem(found, labels)) : []);
      status.textContent = told.status !== 200 ? told.message
        : list.childElementCount ? `${count(list.childElementCount, 'finding')}${told.canBeSaved ? '' : ': it cannot be saved like this'}.` : 'No findings.';
    }
    /** What is on the disk now, beside what was typed. */
    function conflict(told) {
      alert.replaceChildren(element('p', element('strong', told.message)));
      save.disabled = true;
      if (!told.now) {
        notice.replaceChildren(element('p', 'It is no longer there. Copy what you typed, and look at the page as it is now.'));
        return;
      }
      notice.replaceChildren(
        element('h3', 'On the disk now'),
        element('ul', told.now.fields.map(field => element('li', [element('strong', `${labels[field.key] ?? field.key}: `), field.text]))),
        element('p', button('Go on with the new file', () => {
          entry = told.now;
          alert.replaceChildren();
          notice.replaceChildren();
          save.disabled = false;
          changed();
          inputs.values().next().value.focus();
        }, { class: 'second' }), { class: 'actions' }));
    }
    /** A new number beside an old date would look checked. */
    function asksForDate() {
      const isNew = key => inputs.get(key).value.trim() !== old(key);
      if (isSure || isNew('checked') || ![...inputs.keys()].some(key => !ofCheck.includes(key) && isNew(key))) return false;
      const go = () => { isSure = true; alert.replaceChildren(); store(); };
      alert.replaceChildren(
        element('p', element('strong', 'You have changed what families see, but not when it was checked. Have you checked it?')),
        element('p', [
          button('I have checked it today', () => { inputs.get('checked').value = entry.today; noteChecker(inputs.get('checked-by')); go(); }, { class: 'second' }),
          button(old('checked') ? `Keep the date ${old('checked')}` : 'Save without a date', go, { class: 'second' })], { class: 'actions' }));
      alert.querySelector('button').focus();
      return true;
    }
    const store = oneAtATime(async () => {
      if (save.disabled || asksForDate()) return;
      clearTimeout(timer);
      controller?.abort();
      save.disabled = true;
      status.textContent = 'Saving…';
      const told = await ask('save-entry', body());
      save.disabled = false;
      status.textContent = '';
      if (told.status === 409) return conflict(told);
      if (told.status !== 200) {
        alert.replaceChildren(element('p', element('strong', told.message)));
        list.replaceChildren(...(told.problems ?? []).map(found => problem(found, labels)));
        inputs.values().next().value.focus();
        return save.isConnected;
      }
      isDirty = () => false;
      keepChecker(inputs.get('checked-by').value);
      const text = told.undo ? 'Saved.' : 'Nothing was changed.';
      remember({ on: true, file: '', said: text });
      close();
      await load();
      choices.querySelector('button')?.focus();
      say(told.undo ? 'Saved. The page follows as soon as it is built.' : text);
    });
    const { close, leave } = opened({
      opener, alert, store, first: inputs.values().next().value, unsaved: 'Your change is not saved.', discard: 'Throw my change away',
      stop: () => { controller?.abort(); clearTimeout(timer); } });
    if (!fact.checked || fact.isOverdue) status.textContent = fact.checked ? 'It was last checked too long ago.' : 'Nobody has noted when it was last checked.';
  }

  // MARK: A new question

  function addQuestion(target) {
    let timer, controller;
    const opener = root.activeElement;
    const question = element('input', [], { id: 'edit-question', type: 'text', autocomplete: 'off', lang: page.sourceTag, dir: 'auto', 'aria-describedby': 'edit-scope' });
    const answer = element('textarea', [], { id: 'edit-answer', rows: '6', lang: page.sourceTag, dir: 'auto' });
    const status = element('p', '', { role: 'status', class: 'summary' });
    const list = element('ul', [], { class: 'found', 'aria-label': 'Findings' });
    const alert = element('div', [], { role: 'alert' });
    const save = button('Save', () => store(), { 'aria-keyshortcuts': 'Control+Enter' });
    const body = () => ({ file: target.file, version: target.version, name: question.value, text: answer.value, council: page.council });
    isDirty = () => Boolean(question.value.trim() || answer.value.trim());
    fill(dialog, [
      element('h2', 'Add a question', { id: 'edit-title' }),
      element('p', ['At the end of ', element('code', target.name)], { class: 'place' }),
      element('p', scope(target), { id: 'edit-scope', class: target.isShared && page.councils > 1 ? 'weak' : null }),
      page.isTranslated ? element('p', `Write it in ${page.sourceLanguage}; it is translated from there.`) : null,
      element('label', 'Question, as a family would ask it', { for: 'edit-question' }), question,
      element('label', 'Answer in Markdown', { for: 'edit-answer' }), answer, alert,
      element('p', [save, button('Cancel', () => leave(), { class: 'second' })], { class: 'actions' }), status, list]);
    function changed() {
      alert.replaceChildren();
      clearTimeout(timer);
      if (question.value.trim() && answer.value.trim()) timer = setTimeout(check, 400);
    }
    question.addEventListener('input', changed);
    answer.addEventListener('input', changed);
    const moved = 'Somebody has changed this file since you opened this. Copy your text, cancel, and add it again.';
    async function check() {
      controller?.abort();
      controller = new AbortController();
      const told = await ask('check-question', body(), controller.signal);
      if (!told || !dialog.open) return;
      list.replaceChildren(...told.status === 200 ? [...told.here, ...told.elsewhere].map(found => problem(found)) : []);
      status.textContent = told.status === 409 ? moved : told.status !== 200 ? told.message
        : list.childElementCount ? `${count(list.childElementCount, 'finding')}${told.canBeSaved ? '' : ': it cannot be saved like this'}.` : 'No findings.';
    }
    const store = oneAtATime(async () => {
      if (save.disabled) return;
      clearTimeout(timer);
      controller?.abort();
      save.disabled = true;
      const told = await ask('add-question', body());
      save.disabled = false;
      status.textContent = '';
      if (told.status !== 200) {
        alert.replaceChildren(element('p', element('strong', told.status === 409 ? moved : told.message)));
        list.replaceChildren(...(told.problems ?? []).map(found => problem(found)));
        question.focus();
        return save.isConnected;
      }
      isDirty = () => false;
      remember({ on: true, file: told.undo.file, start: told.undo.line, said: 'Added.' });
      close();
      await load();
      choices.querySelector('button')?.focus();
      say('Added. The page follows as soon as it is built.');
    });
    const { close, leave } = opened({
      opener, alert, store, first: question, unsaved: 'Your question is not saved.', discard: 'Throw it away',
      stop: () => { controller?.abort(); clearTimeout(timer); } });
  }

  // MARK: Forms for what is not there yet

  const today = (date, also) => field => element('p', button(`I have checked it today (${date})`, () => {
    field.value = date;
    also();
    field.dispatchEvent(new Event('input'));
    field.focus();
  }, { class: 'second' }), { class: 'actions' });

  /**
   * A form in the dialog: fields by their names, checked while somebody types, saved as one change.
   *
   * A field has a label, and may have a hint, choices (value and words), lines, a list of proposals, a value, and what follows it.
   */
  function form({ title, where, notes = [], fields, isReady = () => true, body, check: checking, save: saving, done, unsaved }) {
    const opener = root.activeElement;
    let timer, controller;
    const inputs = {}, rows = {}, parts = [];
    const own = Object.fromEntries(fields.map(field => [field.key.split('.').pop(), field.label]));
    for (const { key, label, hint, choices: options, lines, proposals, value = '', after, isOwnLanguage } of fields) {
      const id = 'form-' + key.replace(/[^a-z0-9-]/gi, '-');
      const common = { id, 'aria-describedby': hint ? id + '-hint' : null, ...isOwnLanguage ? { lang: page.sourceTag, dir: 'auto' } : {} };
      const input = options ? element('select', options.map(([value, words]) => element('option', words, { value })), common)
        : lines ? element('textarea', [], { ...common, rows: String(lines) })
          : element('input', [], { ...common, type: 'text', autocomplete: 'off', list: proposals?.length ? id + '-list' : null });
      // A choice that is not made would be none.
      input.value = value || (options?.[0][0] ?? '');
      input.addEventListener('input', changed);
      inputs[key] = input;
      rows[key] = element('div', [
        element('label', label, { for: id }), hint ? element('p', hint, { id: id + '-hint', class: 'rule' }) : null, input,
        proposals?.length ? element('datalist', proposals.map(value => element('option', [], { value })), { id: id + '-list' }) : null,
        after ? after(input) : null]);
      parts.push(rows[key]);
    }
    const status = element('p', '', { role: 'status', class: 'summary' });
    const list = element('ul', [], { class: 'found', 'aria-label': 'Findings' });
    const alert = element('div', [], { role: 'alert' });
    const save = button('Save', () => store(), { 'aria-keyshortcuts': 'Control+Enter' });
    const values = () => Object.fromEntries(Object.entries(inputs).filter(([key]) => !rows[key].hidden).map(([key, input]) => [key, input.value]));
    const first = values();
    isDirty = () => Object.entries(values()).some(([key, value]) => value.trim() !== (first[key] ?? '').trim());
    const placed = place(where());
    fill(dialog, [
      element('h2', title, { id: 'edit-title' }), placed, ...notes.map(note => element('p', note)), parts, alert,
      element('p', [save, button('Cancel', () => leave(), { class: 'second' })], { class: 'actions' }), status, list]);
    const moved = 'Somebody has changed this file since you opened this. Copy what you typed, cancel, and open it again.';
    function changed() {
      alert.replaceChildren();
      placed.firstChild.textContent = where();
      clearTimeout(timer);
      if (isReady(values())) timer = setTimeout(review, 400);
    }
    async function review() {
      controller?.abort();
      controller = new AbortController();
      const told = await ask(checking, body(values()), controller.signal);
      if (!told || !dialog.open) return;
      list.replaceChildren(...told.status === 200 ? [...told.here, ...told.elsewhere].map(found => problem(found, own)) : []);
      status.textContent = told.status === 409 ? moved : told.status !== 200 ? told.message
        : list.childElementCount ? `${count(list.childElementCount, 'finding')}${told.canBeSaved ? '' : ': it cannot be saved like this'}.` : 'No findings.';
    }
    const store = oneAtATime(async () => {
      if (save.disabled) return;
      clearTimeout(timer);
      controller?.abort();
      save.disabled = true;
      status.textContent = 'Saving…';
      const told = await ask(saving, body(values()));
      save.disabled = false;
      status.textContent = '';
      if (told.status !== 200) {
        alert.replaceChildren(element('p', element('strong', told.status === 409 ? moved : told.message)));
        list.replaceChildren(...(told.problems ?? []).map(found => problem(found, own)));
        Object.values(inputs)[0].focus();
        return save.isConnected;
      }
      isDirty = () => false;
      keepChecker(inputs['checked-by']?.value);
      const text = told.undo ? done(told) : 'Nothing was changed.';
      remember({ on: true, file: told.undo?.file ?? '', start: told.undo?.line ?? 1, said: text });
      close();
      await load();
      choices.querySelector('button')?.focus();
      say(told.undo ? `${text} The page follows as soon as it is built.` : text);
    });
    const { close, leave } = opened({
      opener, alert, store, first: Object.values(inputs)[0], unsaved, discard: 'Throw it away', stop: () => { controller?.abort(); clearTimeout(timer); } });
    return { inputs, rows, changed };
  }

  const kindNames = {
    page: 'an ordinary page', rights: 'rights: each section is one', faq: 'questions: each heading is one', agenda: 'an agenda: its numbered list becomes a timeline',
    complaints: 'how to complain', contacts: 'contacts: their cards follow the text', glossary: 'words that are explained: each heading is one',
    accessibility: 'the accessibility statement', dates: 'key dates', form: 'questions to answer in one’s own words' };

  function addPage() {
    const slug = text => text.normalize('NFD').replace(/[\u0300-\u036f'’]/g, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '');
    let shown;
    const file = () => {
      if (!shown) return 'A new file of guidance';
      const { owner, kind, name, title } = shown.inputs;
      return `${owner.value === 'council' ? `councils/${page.council}` : 'guidance'}/${kind.value === 'faq' ? 'faq/' : ''}${slug(name.value || title.value) || '…'}.md`;
    };
    shown = form({
      title: 'Add a page', where: file, unsaved: 'Your page is not saved.',
      notes: page.isTranslated ? [`Write it in ${page.sourceLanguage}; it is translated from there.`] : [],
      fields: [
        { key: 'kind', label: 'What kind of page it is', choices: page.kinds.map(kind => [kind, kindNames[kind] ?? kind]) },
        { key: 'owner', label: 'Whose page it is', choices: [
          ['shared', page.councils > 1 ? `of all ${page.councils} councils` : 'shared guidance'], ['council', `only of ${page.councilName}`]] },
        { key: 'title', label: 'Title', isOwnLanguage: true },
        { key: 'section', label: 'Heading of the first section', hint: 'On a page of questions: the first question, as a family would ask it.', isOwnLanguage: true },
        { key: 'text', label: 'What it says, in Markdown', lines: 6, isOwnLanguage: true },
        { key: 'name', label: 'Name in the address (optional)', hint: 'Small letters, digits and hyphens. Without one, it is made from the title.' }],
      isReady: ({ title, section, text }) => title.trim() && section.trim() && text.trim(),
      body: ({ kind, text, ...values }) => ({ kind, text, values, council: page.council }),
      check: 'check-page', save: 'add-page', done: told => `Added: ${told.undo.file}. Its address is ${page.base}${told.address}.` });
    shown.changed();
  }

  /** A fact or contact that the file does not have yet. */
  async function addEntry(kind) {
    const offered = await ask('choices', { council: page.council });
    if (offered.status !== 200) return say(offered.message);
    const isFact = kind === 'facts', known = isFact ? offered.facts : offered.contacts;
    const fileOf = values => offered.files.find(({ file }) => file === values.file) ?? offered.files[0];
    const sources = [...new Set(offered.files.flatMap(file => file.sources))];
    let shown;
    const common = [
      { key: 'source', label: labels.source, hint: sources.length ? `A short name stands for a source that the file lists: ${sources.join(', ')}.` : null, proposals: sources },
      { key: 'checked', label: labels.checked, after: today(offered.today, () => noteChecker(shown.inputs['checked-by'])) },
      { key: 'checked-by', label: labels['checked-by'] },
      { key: 'file', label: 'Who has it', choices: [
        [offered.files[0].file, `only ${page.councilName}`], [offered.files[1].file, 'every council that has none of its own']] }];
    const name = {
      key: 'name', label: isFact ? 'Which fact: its name in {{braces}}' : 'Its name in {{contact …}}', proposals: known.map(({ id }) => id),
      hint: known.length ? `The guidance knows these: ${known.map(({ id, label }) => label === id ? id : `${id} (${label})`).join('; ')}.` : 'Small letters, digits and hyphens.' };
    const own = isFact ? [
      { key: 'value', label: labels.value, hint: '20 minutes, 11, 2026-01-31, yes, or words.' },
      { key: 'label', label: 'What it is, for editors and translators', isOwnLanguage: true },
      { key: 'type', label: 'What its value is', choices: [['', 'as the value says'], ...offered.types.map(type => [type, type])] },
    ] : [
      { key: 'called', label: 'What it is called', isOwnLanguage: true }, { key: 'purpose', label: 'When to use it', isOwnLanguage: true },
      { key: 'group', label: 'Where it stands among the contacts', choices: [['', 'in no group'], ...offered.groups.map(({ id, label }) => [id, label])] },
      ...['phone', 'text', 'email', 'web', 'hours'].map(key => ({ key, label: labels[key], hint: key === 'hours' ? 'Only with the day on which it was checked.' : null }))];
    shown = form({
      title: isFact ? 'Add a fact' : 'Add a contact', unsaved: `Your ${isFact ? 'fact' : 'contact'} is not saved.`,
      where: () => `At the end of ${isFact ? 'facts' : 'contacts'} in ${shown?.inputs.file.value ?? offered.files[0].file}`,
      fields: [name, ...own, ...common],
      isReady: values => values.name.trim() && (isFact ? values.value.trim() : values.called.trim() && ['phone', 'text', 'email', 'web'].some(key => values[key].trim())),
      body: ({ name, file, called, ...values }) => ({
        kind, name: name.trim(), ...fileOf({ file }), council: page.council, values: called === undefined ? values : { name: called, ...values } }),
      check: 'check-new-entry', save: 'add-entry', done: told => `Added, in ${told.undo.file} at line ${told.undo.line}.` });
    if (!isFact) return;
    // What a known fact is has been said already.
    const follow = () => {
      const isKnown = known.some(({ id }) => id === shown.inputs.name.value.trim());
      shown.rows.label.hidden = shown.rows.type.hidden = isKnown;
    };
    shown.inputs.name.addEventListener('input', follow);
    follow();
  }

  // MARK: A council's settings

  async function councilSettings() {
    const told = await ask('settings', { council: page.council });
    if (told.status !== 200) return say(told.message);
    const names = {
      name: 'Full name', 'short-name': 'Short name, for the head of pages and leaflets', website: 'The council’s own website',
      languages: 'Languages', 'brand.colour': 'Colour', 'brand.colour-dark': 'Colour on a dark ground' };
    const hints = { languages: 'Tags with commas between, such as en, pl, ar.', 'brand.colour': '# and six digits, such as #003a5d.' };
    form({
      title: `Settings of ${page.councilName}`, where: () => told.file, unsaved: 'Your change is not saved.',
      notes: ['What is left empty and has no line in the file stays away.'],
      fields: [
        ...Object.entries(told.values).map(([key, value]) => ({ key, label: names[key] ?? key, hint: hints[key], value })),
        ...told.sources.map(({ key, text }) => ({ key: 'sources.' + key, label: `Source “${key}”`, value: text })),
        { key: 'new-source', label: 'A new source: its short name' }, { key: 'new-source-text', label: 'What the new source is', hint: 'Who published it, what it is called, the year.' }],
      isReady: values => Boolean(values['new-source'].trim()) === Boolean(values['new-source-text'].trim()),
      body: ({ 'new-source': key, 'new-source-text': text, ...values }) => ({
        council: page.council, version: told.version, values: key.trim() || text.trim() ? { ...values, ['sources.' + key.trim()]: text } : values }),
      check: 'check-settings', save: 'save-settings', done: () => 'Saved.' });
  }

  async function undo(step) {
    const told = await ask('undo', { id: step.id });
    if (told.status === 409) return say(`Nothing was undone: ${step.file} has been changed on the disk since. Both are as they are there.`);
    if (told.status !== 200) return say(told.message);
    remember({ on: true, file: step.file, start: step.line, said: 'Undone.' });
    await load();
    focusOn({ file: step.file, start: step.line });
    say('Undone: the file is as it was before. The page follows as soon as it is built.');
  }

  /**
   * Opens the dialog, and has it close as people expect: Escape and "Cancel" ask before anything is thrown away, Ctrl and
   * Enter save.
   */
  function opened({ opener, alert, store, first, unsaved, discard, stop, stay }) {
    function close() {
      stop();
      dialog.close();
      dialog.replaceChildren();
      if (!reloadWaits) return;
      if (stay) remember(stay());
      dispatchEvent(new Event('signpost-written'));
    }
    function leave() {
      if (!isDirty()) {
        close();
        return opener?.focus();
      }
      alert.replaceChildren(
        element('p', element('strong', unsaved)),
        element('p', [
          button('Go on editing', () => { alert.replaceChildren(); first.focus(); }, { class: 'second' }),
          button(discard, () => { isDirty = () => false; close(); opener?.focus(); }, { class: 'second' })], { class: 'actions' }));
      alert.querySelector('button').focus();
    }
    dialog.oncancel = event => { event.preventDefault(); leave(); };
    dialog.onkeydown = event => {
      if (event.key === 'Enter' && event.ctrlKey) store();
      // A second press would close it without asking.
      if (event.key === 'Escape') { event.preventDefault(); leave(); }
    };
    dialog.showModal();
    first.focus();
    return { close, leave };
  }

  // A page that somebody is writing on waits; one that is left asks.
  addEventListener('signpost-reload', event => {
    if (!dialog.open) return;
    reloadWaits = true;
    event.preventDefault();
  });
  addEventListener('beforeunload', event => { if (dialog.open && isDirty()) event.preventDefault(); });

  const was = remembered();
  if (was?.on) {
    setEditing(true, was.file ? was : null).then(() => { if (was.said) say(`${was.said} This is the page as it is now.`); });
  }
})();
