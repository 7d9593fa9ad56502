// Shows a page of the site as others see it: in a frame, at another width, in other colours, without scripts, printed.
// Nothing is stored, and the page itself is as it is published: what is changed is how the browser answers its styles.
(() => {
  'use strict';
  const find = id => document.getElementById(id);
  const main = document.querySelector('main');
  const fields = ['width', 'colours', 'scripts', 'print'];
  const given = new URLSearchParams(location.search);
  let frame, observer;

  /** A page of this site and nothing else: neither another site nor a script. */
  function pageOf(text) {
    if (!text?.startsWith('/')) return '/';
    const url = new URL(text, location.origin);
    return url.origin === location.origin && !url.pathname.startsWith('/.preview/') ? url.pathname + url.search + url.hash : '/';
  }
  let page = pageOf(given.get('page'));

  for (const id of fields) {
    const field = find(id);
    if (field.type === 'checkbox') field.checked = given.get(id) === field.value;
    else if ([...field.options].some(option => option.value === given.get(id))) field.value = given.get(id);
    field.addEventListener('change', () => open(scroll()));
  }
  const isOn = id => find(id).checked;
  // Paper has no window and one set of colours.
  const colours = () => isOn('print') ? '' : find('colours').value;
  const width = () => isOn('print') ? '' : find('width').value;

  // MARK: How the styles are answered

  const always = '(min-width: 0px)', never = '(max-width: -1px)';

  /** A query of a style sheet, as it would be met by those whom the view is for. */
  function adapted(query) {
    let text = query.trim();
    const answer = (pattern, isMet) => { text = text.replace(pattern, isMet ? always : never); };
    const scheme = isOn('print') ? 'light' : colours();
    if (scheme === 'light' || scheme === 'dark') {
      for (const one of ['light', 'dark']) answer(new RegExp(`\\(\\s*prefers-color-scheme\\s*:\\s*${one}\\s*\\)`, 'gi'), one === scheme);
    }
    if (colours()) {
      answer(/\(\s*prefers-contrast\s*(:\s*more\s*)?\)/gi, colours() === 'contrast');
      answer(/\(\s*prefers-contrast\s*:\s*no-preference\s*\)/gi, colours() !== 'contrast');
    }
    if (isOn('scripts')) {
      answer(/\(\s*scripting\s*:\s*none\s*\)/gi, true);
      answer(/\(\s*scripting\s*(:\s*(enabled|initial-only)\s*)?\)/gi, false);
    }
    const [, sign, type, rest = ''] = isOn('print') && text.match(/^(?:(not|only)\s+)?(screen|print)\b(?:\s+(and\s.*))?$/i) || [];
    if (!type) return text;
    const isPrint = type.toLowerCase() === 'print', isNot = sign?.toLowerCase() === 'not';
    if (!isPrint) return isNot ? 'all' : 'not all';
    return `${isNot ? 'not ' : ''}all ${rest}`.trim();
  }
  function adapt(media) {
    const text = Array.from(media, adapted).join(', ');
    if (text !== media.mediaText) media.mediaText = text;
  }
  function adaptRules(rules) {
    for (const rule of rules) {
      if (rule.media) adapt(rule.media);
      if (rule.styleSheet) adaptRules(rule.styleSheet.cssRules);
      if (rule.cssRules) adaptRules(rule.cssRules);
    }
  }

  /** The paper, as the style sheets want it: a condition on the width is about what is left between its margins. */
  function paper(sheets) {
    let page = null;
    const look = rules => {
      for (const rule of rules) {
        if (rule.constructor.name === 'CSSPageRule' && !rule.selectorText) page = rule.style;
        else if (rule.cssRules) look(rule.cssRules);
      }
    };
    for (const sheet of sheets) look(sheet.cssRules);
    return {
      inlineSize: /landscape/.test(page?.getPropertyValue('size')) ? '297mm' : '210mm',
      paddingLeft: page?.marginLeft || '10mm', paddingRight: page?.marginRight || '10mm' };
  }

  function adaptPage(shown) {
    const root = shown.documentElement;
    const sheets = [...shown.styleSheets, ...shown.adoptedStyleSheets];
    for (const sheet of sheets) {
      adapt(sheet.media);
      adaptRules(sheet.cssRules);
    }
    for (const source of shown.querySelectorAll('picture source[media]')) source.media = source.media.split(',').map(adapted).join(', ');
    if (width()) root.style.scrollbarWidth = 'none'; // A phone's takes no room.
    if (isOn('print')) {
      Object.assign(frame.style, paper(sheets));
      if (!isOn('scripts')) frame.contentWindow.dispatchEvent(new Event('beforeprint'));
    }
    // What was chosen on this device with the site's own switch, and is kept by the browser, does not count here.
    observer?.disconnect();
    if (!colours()) return;
    const choose = () => {
      const isContrast = colours() === 'contrast';
      if (isContrast ? root.dataset.mode !== 'contrast' : 'mode' in root.dataset) {
        if (isContrast) root.dataset.mode = 'contrast'; else delete root.dataset.mode;
      }
      const contrast = shown.getElementById('_contrast');
      if (contrast) contrast.checked = isContrast;
    };
    choose();
    observer = new MutationObserver(choose);
    observer.observe(root, { attributes: true, attributeFilter: ['data-mode'] });
  }

  // MARK: The frame

  const scroll = () => {
    try { return [frame.contentWindow.scrollX, frame.contentWindow.scrollY]; } catch { return [0, 0]; }
  };

  function describe() {
    const parts = [
      width() && `${width()} px`, { light: 'light', dark: 'dark', contrast: 'high contrast' }[colours()],
      isOn('print') && 'as printed', isOn('scripts') && 'without scripts'].filter(Boolean);
    const name = parts.length ? parts.join(' · ') : 'as this window shows it';
    find('name').textContent = name[0].toUpperCase() + name.slice(1);
    frame.title = `The page: ${name}`;
    find('note').textContent = isOn('print')
      ? 'One long sheet of A4. Where pages end, and what stands at their edges, is in the print preview of the browser: Ctrl+P on the page itself.' : '';
    find('width').disabled = find('colours').disabled = isOn('print');
    // Wider than some windows: then it is scrolled here, and by keyboard too.
    if (isOn('print')) main.tabIndex = 0; else main.removeAttribute('tabindex');
    const title = (() => { try { return frame.contentDocument.title; } catch { return ''; } })();
    document.title = [name, title].filter(Boolean).join(' – ');
    find('back').href = page;
    const query = new URLSearchParams({ page });
    for (const id of fields) {
      const field = find(id), value = field.type === 'checkbox' ? field.checked && field.value : field.value;
      if (value) query.set(id, value);
    }
    history.replaceState(null, '', `?${query}`);
  }

  /** Loads the page anew, with what the view asks for, and goes to where it was scrolled to. */
  function open([x, y] = [0, 0]) {
    return new Promise(done => {
      const next = document.createElement('iframe');
      next.className = width() ? 'coming narrow' : 'coming';
      // The page around it may still look in; no script of the page runs.
      if (isOn('scripts')) next.setAttribute('sandbox', 'allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox');
      const scheme = isOn('print') ? 'light' : colours();
      if (scheme === 'light' || scheme === 'dark') next.style.colorScheme = scheme;
      let isFirst = true;
      next.addEventListener('load', () => {
        if (next !== frame) return;
        try {
          const { pathname, search, hash } = next.contentWindow.location;
          page = pathname + search + hash;
          adaptPage(next.contentDocument);
          next.contentWindow.addEventListener('pagehide', () => next.classList.add('coming'));
          if (isFirst && (x || y)) next.contentWindow.scrollTo({ left: x, top: y, behavior: 'instant' });
          describe();
        } catch {
          // A link has led to another site, which the preview's policy does not let in.
          find('note').textContent = 'The link leads to another site, which is not shown in a view. Go back with your browser, or to the page.';
        }
        next.classList.remove('coming');
        if (isFirst) done();
        isFirst = false;
      });
      next.src = page;
      const had = frame && document.activeElement === frame;
      frame = next;
      main.replaceChildren(next);
      if (had) next.focus();
      describe();
    });
  }

  open();
  addEventListener('signpost-reload', event => {
    event.preventDefault();
    const { pathname, search, hash } = frame.contentWindow.location;
    page = pathname + search + hash;
    open(scroll()).then(() => dispatchEvent(new Event('signpost-written')));
  });
})();
