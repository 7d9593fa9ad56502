// What a page does beyond reading: colours and text size, leaving quickly, lists to tick, opening what an address
// points at, printing. Everything a reader needs works without this file.
(function (document, root) {
  "use strict";

  function find(selector) { return document.querySelector(selector); }
  function all(selector, act) { document.querySelectorAll(selector).forEach(act); }
  // A private window or a strict browser may refuse to store: then the choice lasts for this page.
  function store(key, value) {
    try {
      if (value) localStorage[key] = value;
      else localStorage.removeItem(key);
    } catch (error) {}
  }
  function stored(key) {
    try { return localStorage[key] || ""; } catch (error) { return ""; }
  }

  // Colours and text size. mode.js has set them on the root before the first paint.
  var contrast = find("#_contrast");
  function wantsContrast() { return matchMedia("(prefers-contrast:more)").matches; }
  function sync() {
    var mode = root.dataset.mode;
    if (contrast) contrast.checked = mode ? mode == "contrast" : wantsContrast();
    all("[name=size]", function (input) { input.checked = input.value == (root.dataset.size || "1"); });
  }
  if (contrast) contrast.onchange = function () {
    root.dataset.mode = contrast.checked ? "contrast" : matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light";
    if (!contrast.checked && !wantsContrast()) delete root.dataset.mode;
    store("mode", contrast.checked ? "contrast" : wantsContrast() && "plain");
  };
  all("[name=size]", function (input) {
    input.onchange = function () {
      root.dataset.size = input.value;
      store("size", input.value > 1 && input.value);
    };
  });

  // Leaving quickly: the link, or Shift pressed alone three times, each within five seconds of the one before.
  var exit = find(".exit"), presses = 0, alone, timer, overlay;
  // Words that nobody has translated say which language they are in.
  function tongue(element) {
    if (exit.dataset.lang) element.lang = exit.dataset.lang;
    return element;
  }
  function say(text) { tongue(find(".exit-status")).textContent = text || ""; }
  function stop(text) {
    clearTimeout(timer);
    presses = 0;
    say(text);
    if (text) timer = setTimeout(say, 5000);
  }
  function leave(event) {
    if (event) event.preventDefault();
    stop();
    // Where leaving is practised, the first time only says that it works; nobody is held there a second time.
    var practice = find("[data-practice]:empty");
    if (practice) {
      practice.textContent = practice.dataset.practice;
      return;
    }
    overlay = document.createElement("div");
    overlay.className = "leaving";
    overlay.setAttribute("role", "alert");
    document.body.append(overlay);
    tongue(overlay).textContent = exit.dataset.leaving;
    document.title = exit.dataset.leaving;
    // What was ticked is nobody else's business. Pages of this tab that Back leads to go on to the same place: mode.js.
    store("ticks");
    try { sessionStorage.left = exit.href; } catch (error) {}
    // Replaces this page, so that Back does not return to it.
    location.replace(exit.href);
  }
  if (exit) {
    all("[data-exit]", function (link) { link.onclick = leave; });
    addEventListener("keydown", function (event) {
      // Shift held with another key is a capital letter; with Alt or Ctrl it changes the keyboard's language.
      alone = event.key == "Shift" && !event.altKey && !event.ctrlKey && !event.metaKey && (alone || !event.repeat);
      if (!alone && presses) stop();
    });
    addEventListener("pointerdown", function () { alone = false; });
    addEventListener("keyup", function (event) {
      if (event.key != "Shift" || !alone || overlay) return;
      alone = false;
      if (++presses > 2) return leave();
      clearTimeout(timer);
      say(exit.dataset[presses > 1 ? "twice" : "once"]);
      timer = setTimeout(stop, 5000, exit.dataset.expired);
    });
  }

  // Lists to tick. Kept under the words themselves, so that a changed list never shows a tick on another thing.
  function code(text) {
    for (var hash = 5381, i = 0; i < text.length; i++) hash = (hash * 33 ^ text.charCodeAt(i)) >>> 0;
    return hash.toString(36);
  }
  var boxes = [], done = find("[data-done]");
  function count() {
    if (done) done.textContent = done.dataset.done
      .replace("{done}", boxes.filter(function (box) { return box.checked; }).length).replace("{all}", boxes.length);
  }
  all(".checklist-page ul:not([class]) > li", function (item) {
    var label = document.createElement("label"), box = document.createElement("input");
    box.type = "checkbox";
    box.value = code((item.querySelector(".pair > div") || item).textContent.trim());
    box.checked = (" " + stored("ticks") + " ").includes(" " + box.value + " ");
    box.onchange = function () {
      var rest = stored("ticks").split(" ").filter(function (tick) { return tick && tick != box.value; });
      store("ticks", rest.concat(box.checked ? box.value : []).join(" "));
      count();
    };
    label.append(box);
    while (item.firstChild) label.append(item.firstChild);
    item.append(label);
    boxes.push(box);
  });
  count();
  all("[data-clear]", function (button) {
    button.onclick = function () {
      boxes.forEach(function (box) { box.checked = false; });
      store("ticks");
      count();
    };
  });

  // What opens from the header lies over the page: a click elsewhere or Escape closes it.
  function closeTools(event) {
    // A card that fills the screen goes back.
    if (event.key == "Escape") all(".shows :checked", function (card) { card.checked = false; });
    all("details[name][open]", function (tool) {
      if (event.key == "Escape" && tool.contains(event.target)) tool.firstElementChild.focus();
      if (event.key == "Escape" || !event.key && !tool.contains(event.target)) tool.open = false;
    });
  }
  addEventListener("click", closeTools);
  addEventListener("keydown", closeTools);

  // The chooser: only the councils whose names hold what is typed.
  var filter = find("[data-filter]");
  function plain(text) { return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, ""); }
  if (filter) filter.oninput = function () {
    var shown = 0;
    all("main section", function (section) {
      var here = 0;
      section.querySelectorAll("li.card").forEach(function (item) {
        var name = item.firstElementChild;
        item.hidden = !plain(name.textContent).includes(plain(filter.value.trim()));
        here += !item.hidden;
      });
      section.hidden = !here;
      shown += here;
    });
    filter.nextElementSibling.textContent = shown ? "" : filter.dataset.none;
  };

  // An address that points into something closed opens it.
  function open() {
    var target;
    // An address that somebody mistyped may not decode.
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (error) {}
    // A section that is on another page now.
    if (target && target.className == "moved") location.replace(target.firstChild.href);
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName == "DETAILS" && !node.open) {
        node.open = true;
        target.scrollIntoView();
      }
    }
  }
  addEventListener("hashchange", open);
  open();

  // Another language, or two, but the same section.
  all(".languages a, .permalink [href*=-and-]", function (link) {
    link.onclick = function () { link.hash = location.hash; };
  });

  // The search of every page: its script and its index are loaded when somebody opens it.
  var panel = find("#_search-panel");
  if (panel) all("[data-find]", function (opener) {
    function show(open) {
      panel.hidden = !open;
      opener.setAttribute("aria-expanded", open);
      if (!open) return opener.focus();
      // All at once, and run in this order: on a slow line one after the other is too long. The words, the most of it, are
      // last: the pages are read before.
      var data = panel.dataset;
      if (data.client) [data.client, data.index, data.words].forEach(function (file) {
        var script = document.createElement("script");
        script.async = false;
        script.charset = "utf-8";
        script.src = file;
        // The search asks once more for what is not there, and then says so.
        script.onerror = function () { script.remove(); };
        document.head.append(script);
        data.client = "";
      });
      panel.querySelector("input").focus();
    }
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-expanded", false);
    opener.setAttribute("aria-controls", panel.id);
    opener.onclick = function (event) {
      event.preventDefault();
      show(panel.hidden);
    };
    opener.onkeydown = function (event) {
      if (event.key == " ") opener.onclick(event);
    };
    panel.querySelector("[data-close]").onclick = function () { show(false); };
    panel.addEventListener("keydown", function (event) {
      if (event.key == "Escape" && event.target.value === "") show(false);
    });
  });

  // A page that is being filled in stays, and gets the second language: the words from beside the other page, and what puts
  // them in, whose address is with them.
  all("[data-pair]", function (link) {
    function load(file, then) {
      var script = document.createElement("script");
      script.charset = "utf-8";
      script.src = new URL(file, link.href);
      script.onload = then;
      script.onerror = function () { location = link.href; };
      document.head.append(script);
    }
    link.onclick = function (event) {
      event.preventDefault();
      link.id = "_asked";
      load("beside.js", function () { load(/data-script="([^"]+)/.exec(window.signpostBeside)[1]); });
    };
  });

  // Reading aloud: its script is loaded when somebody asks for it.
  all("[data-listen]", function (button) {
    button.hidden = !window.speechSynthesis;
    button.onclick = function () {
      var script = document.createElement("script");
      script.src = button.dataset.script;
      document.head.append(script);
      button.onclick = null;
    };
  });

  // Words that are explained open their explanation in place. It comes from a file beside the glossary, loaded for the
  // first of them; where it does not come, the link leads to the glossary as it does without this script.
  var explained = {};
  all("a.word", function (link) {
    var said, file = link.href.replace(/[^/]*#.*/, "words.js");
    function close() {
      if (said) said.remove();
      said = "";
      link.setAttribute("aria-expanded", false);
    }
    function show() {
      explained[file] = explained[file] || window.signpostWords || {};
      var text = explained[file][decodeURIComponent(link.hash.slice(1))];
      if (!text) return location.assign(link.href);
      said = document.createElement("span");
      said.className = "said";
      // Read aloud where it changes after it is there.
      said.setAttribute("role", "status");
      // Below its paragraph: within, it would tear the sentence apart.
      var block = link.closest("p") || link.parentNode;
      block.tagName == "P" ? block.after(said) : block.append(said);
      link.setAttribute("aria-expanded", true);
      setTimeout(function (note) { note.innerHTML = text; }, 50, said);
    }
    link.setAttribute("role", "button");
    close();
    link.onclick = function (event) {
      event.preventDefault();
      if (said) return close();
      if (explained[file]) return show();
      var script = document.createElement("script");
      script.charset = "utf-8";
      script.src = file;
      script.onload = script.onerror = show;
      document.head.append(script);
    };
    link.onkeydown = function (event) {
      if (event.key == " ") link.onclick(event);
      if (event.key == "Escape") close();
    };
  });

  all("[data-print]", function (button) { button.onclick = function () { print(); }; });

  addEventListener("storage", sync);
  addEventListener("pageshow", sync);
  sync();
  root.dataset.ready = "";
})(document, document.documentElement);
