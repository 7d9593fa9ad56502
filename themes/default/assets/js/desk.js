// The print desk: of the list of all files, the one that is wanted; and a slip with the details of a meeting. Nothing is
// stored, nothing is sent, and what was typed goes when the page is left. Without this file the page is the list.
(function (document) {
  "use strict";

  var form = document.querySelector("[data-desk]"), files = document.querySelector("[data-files]");
  var root = document.documentElement;
  if (!form || !files) return;
  function of(element, selector) { return element.querySelector(selector); }
  function all(element, selector) { return Array.prototype.slice.call(element.querySelectorAll(selector)); }
  function field(name) { return of(form, "#_desk-" + name); }

  var language = field("language"), leaflet = field("leaflet"), size = field("size"), families = field("families");
  var sections = all(files, "[data-key]"), chosen;

  // What was chosen stays chosen wherever the other language or leaflet has it.
  function offer(select, elements, name, key) {
    var before = select.value;
    select.textContent = "";
    elements.forEach(function (element) {
      var option = document.createElement("option");
      option.textContent = name(element);
      option.value = key(element);
      select.append(option);
    });
    select.value = before;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
    return elements[select.selectedIndex];
  }
  function text(selector) { return function (element) { return of(element, selector).textContent; }; }
  function data(name) { return function (element) { return element.dataset[name]; }; }
  function words(element) { return element.textContent; }
  function fill(element, name, count) {
    element.textContent = element.dataset[name].replace("{count}", count);
  }

  function update() {
    chosen = offer(language, sections, text("h2"), data("key"));
    var item = offer(leaflet, all(chosen, "[data-leaflet]"), text("[data-title]"), data("leaflet"));
    var file = offer(size, all(item, "a"), words, words);
    var count = Math.max(1, Math.min(99, Math.floor(+families.value) || 1)), own = of(item, "[data-own-title]");
    var link = of(form, "[data-file]"), what = of(form, "[data-what]");
    link.href = file.href;
    what.textContent = of(item, "[data-title]").textContent;
    // The title that is on the paper, for somebody who cannot read it.
    if (own) what.append(" – ", own.cloneNode(true));
    fill(of(form, "[data-copies]"), "copies", count);
    fill(of(form, "[data-sheets]"), "sheets", count * /\d+/.exec(of(file.parentNode, ".meta").textContent));
    // How to print this size stands below the list.
    var term = all(files, "dt").find(function (element) { return element.textContent === size.value; });
    while (term && term.matches("dt")) term = term.nextElementSibling;
    of(form, "[data-help]").textContent = term ? term.textContent : "";
  }
  form.addEventListener("change", function (event) {
    update();
    // What is no number of families is counted as one, and the browser says why.
    if (event.target === families) families.reportValidity();
  });
  families.oninput = update;
  // Enter within one line must not load the page again.
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  // Heard away from its place, a link says what it leads to.
  sections.forEach(function (section) {
    all(section, "[data-leaflet] a").forEach(function (link) {
      var title = of(link.closest("[data-leaflet]"), "[data-title]");
      link.setAttribute("aria-label", [of(section, "h2"), title, link].map(words).join(". "));
    });
  });
  update();
  files.open = false;

  var inputs = all(form, "[data-field]"), slip = of(document, "[data-slip]");
  // The slip speaks the family's language, with the words of this page below where they are others.
  function write() {
    var box = of(files, "[data-key='" + chosen.dataset.tag + "'] [data-details]") || of(files, "[data-details]");
    var section = box.closest("[data-key]"), mine = of(files, "[data-key='" + root.lang + "'] [data-details]");
    var list = of(slip, "dl"), labels = all(box, ":scope > span");
    slip.lang = section.dataset.tag;
    slip.dir = section.dataset.direction;
    function beside(element, words, other) {
      element.lang = root.lang;
      element.dir = root.dir;
      element.textContent = other === words ? "" : other;
    }
    of(slip, "h2").replaceChildren.apply(of(slip, "h2"), copies(of(box, "b")));
    beside(of(slip, "[data-beside]"), of(box, "b").textContent, of(mine || box, "b").textContent);
    list.textContent = "";
    inputs.forEach(function (input, number) {
      var row = document.createElement("div"), term = document.createElement("dt"), small = document.createElement("span");
      var value = document.createElement("dd"), words = document.createElement("bdi"), name = form.querySelector("label[for='" + input.id + "']").textContent;
      if (labels[number]) term.append.apply(term, copies(labels[number]));
      beside(small, term.textContent, name);
      if (small.textContent) term.append(" ", small);
      words.lang = root.lang;
      words.dir = "auto";
      words.textContent = input.value.trim();
      value.append(words);
      row.append(term, value);
      list.append(row);
    });
  }
  function copies(element) { return Array.prototype.slice.call(element.cloneNode(true).childNodes); }
  function wipe() {
    inputs.forEach(function (input) { input.value = ""; });
    of(slip, "dl").textContent = "";
  }
  var print = of(form, "[data-print-slip]");
  if (!print) return;
  print.onclick = function () {
    write();
    slip.hidden = false;
    root.dataset.slip = "";
    window.print();
  };
  addEventListener("afterprint", function () {
    slip.hidden = true;
    delete root.dataset.slip;
  });
  of(form, "[data-wipe]").onclick = function () {
    wipe();
    inputs[0].focus();
  };
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", function (event) { if (event.persisted) wipe(); });
})(document);
