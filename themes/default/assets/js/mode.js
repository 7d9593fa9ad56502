// Before the first paint: what was chosen on this device. Nothing is stored until somebody chooses.
(function (root) {
  function apply(event) {
    var data = root.dataset;
    data.js = "";
    try {
      // Somebody left this tab quickly, and Back leads here: go on to where they went. An address that is typed, or a
      // link from elsewhere, opens the site again. (The newer way to ask for the kind of navigation is longer.)
      var session = sessionStorage, mode = localStorage.mode, size = localStorage.size;
      if (session.left && (event ? event.persisted : performance.navigation.type == 2)) {
        root.hidden = true;
        location.replace(session.left);
      } else if (!event) delete session.left;
      if (mode == "contrast") data.mode = mode;
      else if (mode) data.mode = matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light";
      else delete data.mode;
      if (size) data.size = size;
      else delete data.size;
    } catch (error) {}
  }
  apply();
  addEventListener("pageshow", apply);
  // Chosen on another page that is open, or told late by the browser.
  addEventListener("storage", apply);
})(document.documentElement);
