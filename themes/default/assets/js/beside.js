// Puts the second language into a page that is being filled in, without leaving it: what is typed stays where it is, in
// this page and nowhere else. It is loaded when somebody asks for it, after the words, which are in a file beside the other page.
(function (document) {
  "use strict";

  var link = document.getElementById("_asked"), main = document.querySelector("main"), html = window.signpostBeside;
  if (!link || !html) return;
  function fields() { return Array.from(main.querySelectorAll("input, textarea")).filter(function (field) { return field.id != "_second" && !field.closest("#_search-panel"); }); }
  var typed = fields().map(function (field) { return [field.value, field.checked]; }), wasFound = main.querySelector("[data-found]:not([hidden])");
  var made = document.createElement("template"), base = link.href, scripts = [];
  made.innerHTML = html;
  // Addresses count from where the words come from.
  made.content.querySelectorAll("[href], [src]").forEach(function (element) {
    ["href", "src"].forEach(function (name) {
      var address = element.getAttribute(name);
      if (address && address[0] != "#") element.setAttribute(name, new URL(address, base).href);
    });
    if (element.tagName == "SCRIPT") scripts.push(element);
  });
  var style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL(made.content.getElementById("_second").dataset.style, base).href;
  // The panel of the search is the page's own.
  Array.from(main.children).forEach(function (part) { if (part.id != "_search-panel") part.remove(); });
  scripts.forEach(function (script) { script.remove(); });
  main.append(made.content);
  function done() {
    fields().forEach(function (field, index) {
      if (!typed[index]) return;
      if (field.type == "radio") field.checked = typed[index][1];
      else field.value = typed[index][0];
      if (field.oninput) field.oninput();
    });
    var shown = wasFound && main.querySelector("[data-dates] button");
    if (shown) shown.click();
    main.querySelectorAll("[data-print]").forEach(function (button) { button.onclick = function () { print(); }; });
    var box = document.getElementById("_second");
    box.focus();
    box.scrollIntoView({ block: "nearest" });
  }
  document.head.append(style);
  style.onload = style.onerror = function () {
    var left = scripts.length;
    if (!left) done();
    scripts.forEach(function (old) {
      var script = document.createElement("script");
      script.src = old.src;
      script.onload = script.onerror = function () { if (!--left) done(); };
      main.append(script);
    });
  };
})(document);
