// Before the first paint: what was chosen on this device. Nothing is stored until somebody chooses.
(function (root) {
  // Somebody left this tab quickly, and Back leads here: go on to where they went. An address that is typed, or a link
  // from elsewhere, opens the site again.
  function goOn(event) {
    try {
      var left = sessionStorage.left, entry = performance.getEntriesByType("navigation")[0];
      if (!left) return;
      if (event ? event.persisted : entry && entry.type == "back_forward") {
        root.hidden = true;
        location.replace(left);
      } else if (!event) {
        sessionStorage.removeItem("left");
      }
    } catch (error) {}
  }
  goOn();
  addEventListener("pageshow", goOn);
  function apply() {
    root.dataset.js = "";
    try {
      var mode = localStorage.mode, size = localStorage.size;
      if (mode == "contrast") root.dataset.mode = mode;
      else if (mode) root.dataset.mode = matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light";
      else delete root.dataset.mode;
      if (size) root.dataset.size = size;
      else delete root.dataset.size;
    } catch (error) {}
  }
  apply();
  addEventListener("pageshow", apply);
  // Chosen on another page that is open, or told late by the browser.
  addEventListener("storage", apply);
})(document.documentElement);
