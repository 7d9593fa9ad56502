// A form to type on, and to print or copy: nothing is stored, nothing is sent, and what was typed goes when the page is left.
// Without this file the page has lines to write on.
(function (document) {
  "use strict";

  var form = document.querySelector("[data-answers]");
  if (!form) return;
  var fields = [];
  form.querySelectorAll(".answer").forEach(function (section) {
    var lines = section.querySelector(".lines");
    // A picture is drawn on paper.
    if (!lines) return;
    var heading = section.querySelector("h2, h3, h4, h5, h6");
    var beside = section.querySelector(".beside"), count = lines.children.length, field = document.createElement(count > 1 ? "textarea" : "input");
    if (count > 1) field.rows = Math.min(count, 8);
    field.autocomplete = "off";
    field.spellcheck = false;
    field.dir = "auto";
    if (beside) beside.id = "_" + heading.id + "-beside";
    field.setAttribute("aria-labelledby", heading.id);
    if (beside) field.setAttribute("aria-describedby", beside.id);
    // Paper shows all of it, however long: a field would cut it off.
    var printed = document.createElement("p");
    printed.className = "print typed";
    printed.dir = "auto";
    field.oninput = function () {
      printed.textContent = field.value;
      lines.classList.toggle("filled", !!field.value.trim());
    };
    // A browser shows the place to write, and may leave the rest of a tall field off the screen.
    field.onfocus = function () { field.scrollIntoView({ block: "nearest" }); };
    lines.before(field, printed);
    fields.push(field);
  });
  // Enter within one line must not load the page again.
  form.addEventListener("submit", function (event) { event.preventDefault(); });

  function wipe() {
    fields.forEach(function (field) {
      field.value = "";
      field.oninput();
    });
  }
  function all(selector, found) { document.querySelectorAll(selector).forEach(found); }
  function first() { if (fields[0]) fields[0].focus(); }
  all("[data-wipe]", function (button) {
    button.onclick = function () {
      wipe();
      first();
    };
  });
  // For those who have no printer: each question with its answer, to be pasted into a message. Whoever gets it may not read
  // the page's language: the question stands there in English too.
  var status = document.querySelector("[data-copied]");
  function copy() {
    var written = fields.filter(function (field) { return field.value.trim(); });
    if (!written.length) return first();
    navigator.clipboard.writeText(written.map(function (field) {
      return ["aria-labelledby", "aria-describedby"].map(function (name) {
        var label = document.getElementById(field.getAttribute(name));
        return label ? label.textContent.trim() + "\n" : "";
      }).join("") + field.value.trim();
    }).join("\n\n")).then(function () { status.textContent = status.dataset.copied; }, function () {});
  }
  // Browsers let a page copy where nobody else can have changed it: not in a folder, and not without https.
  all("[data-copy]", function (button) {
    if (navigator.clipboard) button.onclick = copy;
    else button.remove();
  });
  // Asks before a link takes away what is typed: another language, the menu, an answer of the search. Leaving quickly never
  // asks, nor does "Back". Within the page, on a new one, or for a phone call nothing is lost.
  addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.download) return;
    if (!/^(https?|file):/.test(link.protocol) || link.pathname == location.pathname) return;
    // The form of a page that has got its second language is another one.
    if (!form.isConnected || !fields.some(function (field) { return field.value.trim(); })) return;
    if (!confirm(form.dataset.typed)) event.preventDefault();
  });
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", function (event) { if (event.persisted) wipe(); });
})(document);
