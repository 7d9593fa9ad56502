// Asks before a link takes away what is typed on this page: another language, the menu, an answer of the search. Whoever must
// leave quickly is never asked, by the link or by the keys, nor by "Back". Nothing is stored, so nothing could come along.
(function (document) {
  "use strict";

  var form = document.querySelector("[data-typed]");
  if (!form) return;
  function isTyped() {
    return Array.from(form.querySelectorAll("textarea, input")).some(function (field) { return field.value.trim(); });
  }
  addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    // What others do with a click is done by now: leaving this site, or the second language without leaving the page.
    if (!link || event.defaultPrevented || !form.isConnected || !isTyped()) return;
    // Within the page, on a new one, a file to keep, or a phone call: nothing is lost.
    if (event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.download || !/^(https?|file):/.test(link.protocol)) return;
    if (link.hash && link.href.split("#")[0] == location.href.split("#")[0]) return;
    if (!confirm(form.dataset.typed)) event.preventDefault();
  });
})(document);
