// A page with nothing but the search's box, for trying it outside a browser: as much of a document as a script needs that
// keeps to the markup of docs/search.md. `open` makes the page, then the theme's script is run, then `ask` asks.
(function (root) {
  'use strict';

  const dashed = (name) => name.replace(/[A-Z]/g, (c) => '-' + c.toLowerCase());

  class Node {
    constructor() { this.parentNode = null; }
    get nextSibling() {
      const all = this.parentNode ? this.parentNode.childNodes : [];
      return all[all.indexOf(this) + 1] || null;
    }
    remove() { if (this.parentNode) this.parentNode.removeChild(this); }
  }

  class Text extends Node {
    constructor(text) { super(); this.textContent = String(text); }
  }

  class Element extends Node {
    constructor(name) {
      super();
      Object.assign(this, { tagName: name.toUpperCase(), childNodes: [], dataset: {}, attributes: {}, style: {}, hidden: false, value: '', lang: '', dir: '' });
      this.listeners = {};
      const names = new Set();
      this.classList = {
        add: (name) => names.add(name), remove: (name) => names.delete(name), contains: (name) => names.has(name),
        toggle: (name, on = !names.has(name)) => { names[on ? 'add' : 'delete'](name); return on; },
      };
    }
    get children() { return this.childNodes.filter((node) => node instanceof Element); }
    get firstChild() { return this.childNodes[0] || null; }
    get firstElementChild() { return this.children[0] || null; }
    get textContent() { return this.childNodes.map((node) => node.textContent).join(''); }
    set textContent(text) {
      this.replaceChildren(...(text === '' || text == null ? [] : [text]));
    }
    get ownerDocument() { return root.document; }
    insertBefore(node, next) {
      node.remove();
      const place = next ? this.childNodes.indexOf(next) : this.childNodes.length;
      this.childNodes.splice(place, 0, node);
      node.parentNode = this;
      return node;
    }
    appendChild(node) { return this.insertBefore(node, null); }
    append(...nodes) { nodes.forEach((node) => this.appendChild(node instanceof Node ? node : new Text(node))); }
    prepend(...nodes) { nodes.reverse().forEach((node) => this.insertBefore(node instanceof Node ? node : new Text(node), this.firstChild)); }
    after(...nodes) { nodes.reverse().forEach((node) => this.parentNode.insertBefore(node instanceof Node ? node : new Text(node), this.nextSibling)); }
    before(...nodes) { nodes.forEach((node) => this.parentNode.insertBefore(node instanceof Node ? node : new Text(node), this)); }
    removeChild(node) {
      this.childNodes.splice(this.childNodes.indexOf(node), 1);
      node.parentNode = null;
      return node;
    }
    replaceChildren(...nodes) {
      this.childNodes.forEach((node) => { node.parentNode = null; });
      this.childNodes = [];
      this.append(...nodes);
    }
    setAttribute(name, value) {
      if (name.startsWith('data-')) this.dataset[name.slice(5).replace(/-([a-z])/g, (all, c) => c.toUpperCase())] = String(value);
      else this.attributes[name] = String(value);
    }
    getAttribute(name) {
      const own = Object.keys(this.dataset).find((key) => 'data-' + dashed(key) === name);
      return own ? this.dataset[own] : name in this.attributes ? this.attributes[name] : null;
    }
    hasAttribute(name) { return this.getAttribute(name) !== null || name === 'hidden' && this.hidden; }
    removeAttribute(name) { if (name === 'hidden') this.hidden = false; else delete this.attributes[name]; }
    // Selectors of a name, attributes and their values, side by side.
    matches(selector) {
      return selector.split(',').some((one) => {
        const [, name, rest] = /^\s*([a-z0-9]*|\*)((?:\[[^\]]+\])*)\s*$/i.exec(one) || (() => { throw new Error('the page for trying a search does not know the selector ' + one); })();
        return (!name || name === '*' || this.tagName === name.toUpperCase()) && (rest.match(/[^\[\]]+/g) || []).every((attribute) => {
          const [key, value] = attribute.split('=');
          return value === undefined ? this.hasAttribute(key) : this.getAttribute(key) === value.replace(/^["']|["']$/g, '');
        });
      });
    }
    querySelectorAll(selector) {
      return this.children.flatMap((child) => (child.matches(selector) ? [child] : []).concat(child.querySelectorAll(selector)));
    }
    querySelector(selector) { return this.querySelectorAll(selector)[0] || null; }
    closest(selector) { return this.matches(selector) ? this : this.parentNode && this.parentNode.closest ? this.parentNode.closest(selector) : null; }
    contains(node) { return node === this || this.childNodes.some((child) => child === node || child.contains && child.contains(node)); }
    addEventListener(type, listener) { (this.listeners[type] = this.listeners[type] || []).push(listener); }
    removeEventListener(type, listener) { this.listeners[type] = (this.listeners[type] || []).filter((known) => known !== listener); }
    focus() { root.document.activeElement = this; }
    blur() { root.document.activeElement = root.document.body; }
  }

  function fire(element, type) {
    const event = { type, target: element, currentTarget: element, isComposing: false, preventDefault() {}, stopPropagation() {} };
    (element.listeners[type] || []).slice().forEach((listener) => listener.call(element, event));
  }

  root.self = root;
  // Nothing waits: what is to be done later is done when the script has nothing else to do.
  let timers = [], numbers = 0;
  root.setTimeout = (work, delay, ...values) => { timers.push({ number: ++numbers, delay: delay || 0, work: () => work(...values) }); return numbers; };
  root.clearTimeout = (number) => { timers = timers.filter((timer) => timer.number !== number); };
  root.requestAnimationFrame = (work) => root.setTimeout(work, 16);
  root.requestIdleCallback = (work) => root.setTimeout(() => work({ didTimeout: false, timeRemaining: () => 50 }), 1);
  root.addEventListener = root.removeEventListener = () => {};
  function settle() {
    for (let turn = 0; timers.length && turn < 1000; turn++) {
      const next = timers.reduce((first, timer) => timer.delay < first.delay ? timer : first);
      root.clearTimeout(next.number);
      next.work();
    }
  }

  let input, box, edition;
  root.open = function (text) {
    edition = JSON.parse(text);
    const head = new Element('head'), body = new Element('body'), html = new Element('html');
    html.append(head, body);
    head.appendChild = head.append = function (script) {
      if (!(script.src in edition.files)) return script.onerror && script.onerror();
      (0, eval)(edition.files[script.src]);
      if (script.onload) script.onload();
      fire(script, 'load');
      return script;
    };
    root.document = {
      head, body, documentElement: html, activeElement: body, readyState: 'complete', currentScript: null,
      createElement: (name) => new Element(name), createTextNode: (text) => new Text(text),
      createDocumentFragment: () => { throw new Error('the page for trying a search has no fragments'); },
      querySelectorAll: (selector) => html.querySelectorAll(selector), querySelector: (selector) => html.querySelector(selector),
      getElementById: (id) => html.querySelectorAll('*').find((element) => element.id === id) || null,
      addEventListener() {}, removeEventListener() {},
    };
    box = new Element('div');
    box.dataset.search = '';
    Object.assign(box.dataset, edition.box);
    input = new Element('input');
    input.setAttribute('type', 'search');
    input.form = null;
    const status = new Element('p'), results = new Element('ol');
    status.setAttribute('role', 'status');
    results.dataset.searchResults = '';
    box.append(input, status, results);
    body.append(box);
  };

  const plain = (element) => element ? element.textContent.replace(/[\u2066\u2069]/g, '') : null;
  function answer(row) {
    const link = row.querySelector('a'), page = row.querySelectorAll('[data-search-page]');
    return {
      address: link.href, title: plain(link), passage: plain(row.querySelector('[data-search-passage]')),
      page: page.length ? plain(page[page.length - 1]) : null, language: link.hreflang || box.dataset.language,
      marked: row.querySelectorAll('mark').map(plain),
    };
  }
  function contact(row) {
    const note = row.querySelector('[data-search-note]'), text = plain(row);
    return { text: (note ? text.slice(0, text.length - plain(note).length) : text).trim(), address: row.querySelector('a').href, note: plain(note) };
  }
  const isContact = (row) => /^(tel|sms|mailto):/.test(row.querySelector('a').href);

  // What a page shows after a question is typed.
  root.ask = function (question, explains) {
    input.value = question;
    fire(input, 'input');
    settle();
    const danger = box.querySelector('[data-search-danger]'), none = box.querySelector('[data-search-none]');
    const below = none && !none.hidden ? none.querySelectorAll('li') : [];
    const shown = {
      status: plain(box.querySelector('[role=status]')),
      answers: box.querySelector('[data-search-results]').querySelectorAll('li').map(answer),
      danger: danger && !danger.hidden ? danger.querySelectorAll('li').map(contact) : [],
      often: below.filter((row) => !isContact(row)).map(answer),
      ask: below.filter(isContact).map(contact),
      // The page says so above the answers.
      isClear: !!none && none.hidden,
    };
    // An engine besides the page's own takes as long to make as many questions to answer.
    const engine = (explains || !shown.isClear) && root.signpostTrial.engine(box.dataset.language);
    const read = engine ? engine.read(question) : {};
    shown.isElsewhere = !!read.off;
    shown.isNearby = !shown.isClear && !!read.near;
    if (explains) Object.assign(shown, root.signpostTrial.explain(question, shown, box.dataset));
    return JSON.stringify(shown);
  };
})(globalThis);
