// Follows what is written: loads the page again after a build, and shows the errors that keep one from being made.
// It is put into pages on their way to the browser; the published files do not have it.
(() => {
  'use strict';
  // In a frame it is the page around it that follows.
  if (self !== top) return;
  const script = document.currentScript;
  const kept = 'signpost-preview';

  const element = (name, content, attributes = {}) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...[content].flat().filter(part => part !== null));
    return node;
  };

  // The page that is followed: this one, or the one in the frame of a view. Null while it is on its way.
  const followed = () => {
    if (!script.dataset.frame) return { path: location.pathname, shown: script.dataset.shown };
    try {
      const { contentDocument: page, contentWindow } = document.querySelector(script.dataset.frame);
      return { path: contentWindow.location.pathname, shown: page.querySelector('script[data-shown]').dataset.shown };
    } catch { return null; }
  };

  // In a tree of its own, so that neither the theme nor the preview changes what the other looks like.
  const host = element('signpost-preview', [], { lang: 'en', dir: 'ltr' });
  const root = host.attachShadow({ mode: 'open' });
  const overlay = element('section', [], { 'aria-labelledby': 'what', class: 'overlay' });
  const bar = element('div', [], { class: 'bar' });
  const said = element('p', [], { role: 'status', class: 'said' });
  overlay.hidden = bar.hidden = true;
  root.append(element('link', [], { rel: 'stylesheet', href: '/.preview/preview.css' }), overlay, bar, said);
  document.body.append(host);

  // What the reader has typed, opened and scrolled to is there again after the page was loaded anew.
  const fields = () => [...document.querySelectorAll('input, textarea, select')];
  const isSwitch = field => field.type === 'checkbox' || field.type === 'radio';
  const nameOf = (field, index) => field.id || field.name || String(index);
  function keep() {
    try {
      sessionStorage.setItem(kept, JSON.stringify({
        path: location.pathname, x: scrollX, y: scrollY,
        values: fields().map((field, index) => [nameOf(field, index), isSwitch(field) ? field.checked : field.value]),
        focus: fields().map(nameOf)[fields().indexOf(document.activeElement)],
        open: [...document.querySelectorAll('details')].map(details => details.open),
      }));
    } catch { /* No storage: the page starts from its top. */ }
  }
  function restore() {
    let was;
    try {
      was = JSON.parse(sessionStorage.getItem(kept));
      sessionStorage.removeItem(kept);
    } catch { return; }
    if (was?.path !== location.pathname) return;
    const values = new Map(was.values);
    document.querySelectorAll('details').forEach((details, index) => { details.open = was.open[index] ?? details.open; });
    fields().forEach((field, index) => {
      const name = nameOf(field, index), value = values.get(name);
      if (field.type !== 'file' && value !== undefined && value !== (isSwitch(field) ? field.checked : field.value)) {
        if (isSwitch(field)) field.checked = value; else field.value = value;
        for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
      }
      if (name === was.focus) field.focus({ preventScroll: true });
    });
    scrollTo(was.x, was.y);
  }
  restore();

  function place(text) { return text ? element('p', element('code', text), { class: 'place' }) : null; }
  function line(parts) {
    return parts && element('pre', element('code', [parts[0], element('mark', parts[1] || ' '), parts[2]]));
  }
  function card(problem) {
    return element('li', [
      element('h3', problem.message), place(problem.place), line(problem.line),
      problem.help ? element('p', [element('strong', 'What to do: '), problem.help]) : null,
      ...problem.related.map(other => element('div', [
        element('p', `See also: ${other.message}`), place(other.place), line(other.line)])),
      element('p', problem.rule, { class: 'rule' }),
    ]);
  }

  const count = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;
  let isHidden = false;
  function put(away) {
    isHidden = away;
    overlay.hidden = away;
    bar.hidden = !away;
    (away ? bar : overlay).querySelector('button').focus();
  }
  function showProblems(told) {
    const errors = count(told.problems.length + told.more, 'error');
    const hide = element('button', 'Hide', { type: 'button', 'aria-keyshortcuts': 'Escape' });
    const show = element('button', `Show ${errors}`, { type: 'button' });
    hide.addEventListener('click', () => put(true));
    show.addEventListener('click', () => put(false));
    overlay.replaceChildren(
      element('header', [element('h2', `Not built: ${errors}`, { id: 'what' }), hide]),
      element('p', 'Below is the page as it was before. It follows when the errors are mended and saved.'),
      element('ol', told.problems.map(card)));
    if (told.more) overlay.append(element('p', `And ${told.more} more; the terminal has them.`));
    bar.replaceChildren(show);
    overlay.hidden = isHidden;
    bar.hidden = !isHidden;
    const first = told.problems[0];
    say(`Not built: ${errors}. ${first ? `${first.place ?? ''} ${first.message}` : ''}`, true);
  }
  overlay.addEventListener('keydown', event => { if (event.key === 'Escape') put(true); });

  // One line at the foot of the window, which screen readers say.
  function say(text, onlyToScreenReaders = false) {
    if (said.textContent !== text) said.textContent = text;
    said.classList.toggle('unseen', onlyToScreenReaders || !text);
  }

  let building;
  function show(told) {
    clearTimeout(building);
    if (told.phase === 'building') {
      // Most builds are over before anybody could read it.
      building = setTimeout(() => say('Building…'), 400);
      return;
    }
    if (told.phase === 'failed') return showProblems(told);
    overlay.hidden = bar.hidden = true;
    say('');
    isHidden = false;
  }

  (async () => {
    for (let seen = '', failures = 0;;) {
      const page = followed();
      try {
        const answer = await fetch(`/.preview/state?seen=${seen}&page=${encodeURIComponent(page?.path ?? '/')}`, { cache: 'no-store' });
        if (!answer.ok) throw answer.status;
        const told = await answer.json();
        failures = 0;
        // A frame may show another page by now, which has not asked yet.
        const now = followed();
        const isAnswered = now && now.path === page?.path && now.shown === page.shown;
        if (isAnswered && told.site !== now.shown) {
          // Not while somebody is writing on it: what is typed would be lost.
          if (!dispatchEvent(new Event('signpost-reload', { cancelable: true }))) {
            await new Promise(done => addEventListener('signpost-written', done, { once: true }));
          }
          if (!script.dataset.frame) {
            keep();
            return location.reload();
          }
        }
        if (told.serial !== seen) show(told);
        seen = told.serial;
        if (!isAnswered) {
          seen = '';
          await new Promise(done => setTimeout(done, 500));
        }
      } catch {
        if (++failures === 3) say('The preview has stopped. Start it again with: signpost serve');
        await new Promise(done => setTimeout(done, 1000));
      }
    }
  })();
})();
