// Reads a page aloud by voices of the device itself. A voice that is not local sends the words away: it is never used.
// This file is loaded when somebody asks for it.
(function (document) {
  "use strict";

  var opener = document.querySelector("[data-listen]"), main = document.querySelector("main"), speech = window.speechSynthesis;
  if (!opener || opener.dataset.ready) return;
  opener.dataset.ready = "";
  var said = opener.dataset.listen.split("|"), bar, status, rate = 1, queue = [], button, block, turn = 0;

  var style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = opener.dataset.style;
  document.head.append(style);

  // A voice of the language, and for Chinese of the same letters; of this country, if there is one.
  function locale(tag) { return new Intl.Locale(tag.replace(/_/g, "-")); }
  function voice(tag) {
    var wanted = locale(tag), place = wanted.region || "GB", all = speech.getVoices().filter(function (voice) {
      try {
        var own = locale(voice.lang).maximize();
        return voice.localService && own.language == wanted.language && own.script == wanted.maximize().script;
      } catch (error) { return false; }
    });
    return all.find(function (voice) { return locale(voice.lang).region == place; }) || all[0];
  }
  function languageOf(element) { return element.closest("[lang]").lang; }

  // The parts of a section, or of the page, that hold text, each once: the innermost blocks.
  var BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, summary, label, .second, .pair > div";
  function parts(heading) {
    var all = Array.from(main.querySelectorAll(BLOCKS)), start = all.indexOf(heading);
    // From the title on, all of the page.
    var rest = all.slice(start + 1), end = rest.findIndex(function (part) { return part.tagName == "H2" && heading.tagName == "H2"; });
    return [heading].concat(end < 0 ? rest : rest.slice(0, end)).filter(function (part) {
      return part.textContent.trim() && part.checkVisibility() && !part.querySelector(BLOCKS) && !part.closest(".listen, nav, .meta, .permalink, .switch");
    });
  }
  // The words of a part; the number of a footnote is not read out.
  function words(part) {
    var nodes = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), text = "", node;
    while ((node = nodes.nextNode())) text += node.parentElement.closest("sup") ? node.data.replace(/[^]/g, " ") : node.data;
    return text;
  }
  function sentences(part) {
    var text = words(part), tag = languageOf(part), found = [];
    if (Intl.Segmenter) {
      for (var piece of new Intl.Segmenter(tag, { granularity: "sentence" }).segment(text)) found.push([piece.index, piece.segment]);
    } else {
      text.replace(/[^.!?。！？؟۔।]+[.!?。！？؟۔।]*\s*/g, function (segment, index) { found.push([index, segment]); });
    }
    return found.filter(function (piece) { return piece[1].trim(); }).map(function (piece) {
      return { part: part, start: piece[0], text: piece[1], tag: tag };
    });
  }

  // The sentence that is read is marked; where the browser cannot mark a sentence, its block.
  function mark(sentence) {
    if (block) block.classList.remove("reading");
    block = null;
    if (window.Highlight) CSS.highlights.delete("reading");
    if (!sentence) return;
    if (!window.Highlight) {
      block = sentence.part;
      return block.classList.add("reading");
    }
    var range = document.createRange(), nodes = document.createTreeWalker(sentence.part, NodeFilter.SHOW_TEXT), at = 0, node;
    var end = sentence.start + sentence.text.trimEnd().length, isOpen = false;
    while ((node = nodes.nextNode())) {
      var next = at + node.length;
      if (!isOpen && sentence.start < next) {
        range.setStart(node, sentence.start - at);
        isOpen = true;
      }
      if (end <= next) {
        range.setEnd(node, end - at);
        break;
      }
      at = next;
    }
    CSS.highlights.set("reading", new Highlight(range));
  }

  function say(own) {
    if (own != turn) return;
    var sentence = queue.shift();
    mark(sentence);
    if (!sentence) return stop();
    var utterance = new SpeechSynthesisUtterance(sentence.text), chosen = voice(sentence.tag);
    utterance.voice = chosen;
    utterance.lang = chosen.lang;
    utterance.rate = rate;
    // Stopping ends an utterance too: only the turn that it belongs to goes on.
    utterance.onend = utterance.onerror = function () { say(own); };
    speech.speak(utterance);
  }
  function stop() {
    turn++;
    queue = [];
    speech.cancel();
    mark();
    if (button) button.textContent = said[0];
    button = null;
  }
  function read(heading, pressed) {
    var isOn = button == pressed;
    stop();
    if (isOn) return;
    // What the device has no voice of its own for is left out.
    queue = parts(heading).flatMap(sentences).filter(function (sentence) { return voice(sentence.tag); });
    button = pressed;
    pressed.textContent = said[1];
    say(turn);
  }

  function control(heading) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "quiet listen";
    made.textContent = said[0];
    made.id = "_listen-" + heading.id;
    made.setAttribute("aria-describedby", heading.id);
    made.onclick = function () { read(heading, made); };
    heading.after(made);
    return made;
  }
  function open() {
    status.textContent = "";
    opener.hidden = true;
    bar.hidden = false;
    var headings = Array.from(main.querySelectorAll("h2[id], [id] > h2, [id] > .pair > h2")).filter(function (heading) {
      return heading.checkVisibility() && !heading.closest(".found");
    });
    headings.forEach(function (heading) {
      heading.id = heading.id || "_" + heading.parentElement.closest("[id]").id + "-heading";
      control(heading);
    });
    var title = main.querySelector("h1");
    title.id = title.id || "_page-title";
    var whole = control(title);
    whole.focus();
    // It was asked for: no second press is needed.
    whole.click();
  }

  bar = document.createElement("fieldset");
  bar.className = "choices listen";
  bar.hidden = true;
  var legend = document.createElement("legend");
  legend.textContent = said[2];
  bar.append(legend);
  [[said[3], .7], [said[4], 1], [said[5], 1.3]].forEach(function (choice) {
    var label = document.createElement("label"), input = document.createElement("input");
    input.type = "radio";
    input.name = "reading-speed";
    input.checked = choice[1] == 1;
    input.onchange = function () { rate = choice[1]; };
    label.append(input, choice[0]);
    bar.append(label);
  });
  status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "listen";
  opener.after(bar, status);

  function start() {
    if (!bar.hidden) return;
    if (voice(document.documentElement.lang)) open();
    else status.textContent = said[6];
  }
  // Some browsers tell their voices late, some tell an empty list at first.
  var isAsked = false;
  opener.onclick = function () {
    if (speech.getVoices().length || isAsked) return start();
    isAsked = true;
    var timer = setTimeout(start, 1500);
    speech.addEventListener("voiceschanged", function () {
      clearTimeout(timer);
      start();
    }, { once: true });
  };
  opener.onclick();

  addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", function () { if (document.hidden) stop(); });
  document.querySelectorAll("[data-exit]").forEach(function (link) { link.addEventListener("click", stop); });
})(document);
