// Runs in the head, before anything is painted: the colours and text size that were chosen on this device.
// Nothing is stored until somebody chooses, and nothing ever leaves the device.
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
  // A page that comes back with the Back button must look like the one before it.
  addEventListener("pageshow", apply);
})(document.documentElement);
