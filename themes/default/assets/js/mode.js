// Before the first paint: what was chosen on this device. Nothing is stored until somebody chooses.
(function (root) {
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
