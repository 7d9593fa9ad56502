// The page of dates: works out, on this device only, what follows from the day of the conference. Nothing is stored,
// nothing is sent, and nothing stands in the address unless the reader asks for a link. Without this file the page
// gives the rules in words.
// @shorten-names
(function (document) {
  "use strict";

  var form = document.querySelector("[data-dates]");
  if (!form) return;
  // What is said; beside a second language in both.
  var said = form.querySelectorAll("[data-latest]"), words = said[0].dataset, second = said[1];
  var found = document.querySelector("[data-found]"), list = found.querySelector(".dates");
  var fields = ["day", "month", "year"].map(function (name) { return form.querySelector("[data-" + name + "]"); });
  fields.forEach(function (field) { field.inputMode = "numeric"; });
  var error = document.getElementById("_date-error"), shown = [], start, file = "";

  // Days are counted from 1 January 1970, in UTC: no day is an hour longer than another.
  var DAY = 864e5;
  function number(year, month, day) {
    var date = new Date(Date.UTC(year, month - 1, day));
    var exists = date.getUTCFullYear() == year && date.getUTCMonth() == month - 1 && date.getUTCDate() == day;
    return exists ? date / DAY : NaN;
  }
  function read(iso) { return iso ? Date.parse(iso + "T00:00:00Z") / DAY : NaN; }
  function date(day) { return new Date(day * DAY); }
  function iso(day) { return date(day).toISOString().slice(0, 10); }
  function fill(text, values) {
    return text.replace(/\{([\w-]+)\}/g, function (all, name) { return values[name]; });
  }
  function say(words, name, day) {
    var at = date(day);
    return fill(words[name], {
      date: fill(words.withWeekday, {
        weekday: words.weekdays.split("|")[(at.getUTCDay() + 6) % 7],
        date: fill(words.date, {
          day: at.getUTCDate(), month: words.months.split("|")[at.getUTCMonth()], year: at.getUTCFullYear()
        })
      })
    });
  }

  // Working days are Monday to Friday without the bank holidays of the council's nation, as far as they are known.
  var holidays = form.dataset.holidays.split(" "), from = read(form.dataset.from), to = read(form.dataset.to);
  function isKnown(day) { return day >= from && day <= to; }
  function isWeekend(day) { return date(day).getUTCDay() % 6 == 0; }
  function isWorking(day) { return !isWeekend(day) && holidays.indexOf(iso(day)) < 0; }

  // A day later or earlier; NaN where that needs bank holidays that are not known.
  function count(day, step) {
    var sign = step.before ? -1 : 1, left = step.amount;
    if (step.unit == "minute" || step.unit == "hour") return day;
    if (step.unit == "working-day") {
      if (step.first && left && isKnown(day) && isWorking(day)) left--;
      for (; left > 0; left -= isWorking(day)) {
        if (!isKnown(day) || !isKnown(day + sign)) return NaN;
        day += sign;
      }
      return day;
    }
    // Where the day itself counts, the last day is one nearer to it.
    var nearer = step.first && left ? sign : 0;
    if (step.unit == "day" || step.unit == "week") return day + sign * left * (step.unit == "week" ? 7 : 1) - nearer;
    // The same day of another month; the last of a month that has no such day (Dodds v Walker [1981] UKHL 3).
    var at = date(day), months = at.getUTCMonth() + sign * left * (step.unit == "year" ? 12 : 1);
    var last = date(Date.UTC(at.getUTCFullYear(), months + 1, 0) / DAY);
    return Date.UTC(at.getUTCFullYear(), months, Math.min(at.getUTCDate(), last.getUTCDate())) / DAY - nearer;
  }
  function steps(section) {
    return section.dataset.steps.split("; ").map(function (text) {
      var parts = text.split(" ");
      return { amount: +parts[0], unit: parts[1], before: parts[2] == "before", first: parts[3] == "first" };
    });
  }

  function element(name, text, parent, textBeside) {
    var made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    if (textBeside) {
      made.append(" ");
      var part = element("span", textBeside, made);
      part.className = "second";
      part.lang = second.parentNode.lang;
      part.dir = second.parentNode.dir;
    }
    return made;
  }
  function both(name, word, parent, day) {
    element(name, say(words, word, day), parent, second && say(second.dataset, word, day));
  }
  function clear() {
    shown = [];
    list.textContent = "";
    document.querySelectorAll(".deadline .when").forEach(function (part) { part.remove(); });
    document.querySelectorAll(".deadline.known").forEach(function (part) { part.classList.remove("known"); });
    found.hidden = error.hidden = true;
    fields.forEach(function (field) { field.removeAttribute("aria-invalid"); });
    found.querySelector("[data-link]").value = "";
    found.querySelector("[data-link-shown]").hidden = true;
    if (file) URL.revokeObjectURL(file);
    file = "";
  }
  function wipe() {
    clear();
    fields.forEach(function (field) { field.value = ""; });
    found.querySelector("[value=neutral]").checked = true;
    found.querySelectorAll("details").forEach(function (details) { details.open = false; });
  }

  function show(conference) {
    clear();
    found.hidden = false;
    var today = new Date(), now = number(today.getFullYear(), today.getMonth() + 1, today.getDate());
    var entries = [{
      day: conference, title: words.conference, titleBeside: second && second.dataset.conference, word: "on"
    }];
    document.querySelectorAll(".deadline").forEach(function (section) {
      var heading = section.querySelector("h2, h3, h4, h5, h6");
      // The council does not say what one of the steps is.
      if (!section.dataset.steps) return;
      var all = steps(section), last = all[all.length - 1], before = conference;
      var day = all.reduce(function (day, step) { before = day; return count(day, step); }, conference);
      var part = document.createElement("div");
      part.className = "when box";
      var pair = heading.closest(".pair"), beside = pair && pair.querySelector(".second");
      (pair || heading).after(part);
      var entry = {
        day: day, title: heading.textContent, titleBeside: beside && beside.textContent, place: heading.id, word: "beyond",
        rule: section.querySelector(".rule")
      };
      entries.push(entry);
      if (isNaN(day)) return both("p", entry.word, part);
      section.classList.add("known");
      var isOnTheDay = last.unit == "minute" || last.unit == "hour";
      entry.word = isOnTheDay ? "on" : "latest";
      both("b", entry.word, element("p", "", part), day);
      if (all.length > 1) both("p", "chained", part, before);
      entry.note = day < now ? "passed" : isWeekend(day) || isKnown(day) && !isWorking(day) ? "closed" : "";
      if (entry.note) both("p", entry.note, part);
    });
    // In the order of the days; what is not known comes last, in the order of the page.
    entries.sort(function (one, other) { return (one.day || 1e9) - (other.day || 1e9); });
    entries.forEach(function (entry) {
      var item = element("li", "", list), name = element(entry.place ? "a" : "b", entry.title, item, entry.titleBeside);
      if (entry.place) name.href = "#" + entry.place;
      both("p", entry.word, item, entry.day);
      if (entry.note) both("p", entry.note, item);
      // Whoever takes the list along, or prints it, sees how each day was counted.
      if (!entry.rule) return;
      item.append(entry.rule.cloneNode(true));
      item.lastChild.hidden = false;
    });
    shown = entries.filter(function (entry) { return !isNaN(entry.day); });
    start = conference;
    found.querySelector("h2").focus();
  }

  // Digits of Arabic, Urdu, Bengali and other scripts are digits too.
  function typed(field) {
    // Unicode has the ten digits of these scripts next to each other, from a place that ends in 0, or in 6.
    var text = field.value.trim().replace(/\p{Nd}/gu, function (digit) {
      var place = digit.charCodeAt() & 15;
      return place > 5 && digit > "\u0900" && digit < "\uff00" ? place - 6 : place;
    });
    return /^\d+$/.test(text) ? +text : NaN;
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var values = fields.map(typed);
    var day = values[2] >= 2000 && values[2] <= 2999 ? number(values[2], values[1], values[0]) : NaN;
    if (!isNaN(day)) return show(day);
    clear();
    var wrong = fields.filter(function (field, index) {
      return !(values[index] >= [1, 1, 2000][index] && values[index] <= [31, 12, 2999][index]);
    });
    // The 40th, or the 31st of February: all are numbers, and the year is one.
    error.textContent = "";
    both("span", values[0] * values[1] && values[2] > 1999 ? "noDay" : "invalid", error);
    error.hidden = false;
    if (!wrong[0]) wrong = [fields[0]];
    wrong.forEach(function (field) { field.setAttribute("aria-invalid", true); });
    wrong[0].focus();
  });
  form.querySelector("[data-wipe]").onclick = function () {
    wipe();
    fields[0].focus();
  };

  // A calendar file (RFC 5545): whole days, lines of at most 75 octets that end with CR LF. It says no more than it must.
  function folded(line) {
    var out = "", size = 0;
    Array.from(line).forEach(function (character) {
      var octets = new TextEncoder().encode(character).length;
      if (size + octets > 75) {
        out += "\r\n ";
        size = 1;
      }
      out += character;
      size += octets;
    });
    return out + "\r\n";
  }
  function escaped(text) { return text.replace(/[\\;,]/g, "\\$&").replace(/\s+/g, " "); }
  function calendar(isNeutral) {
    var stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Calendar//EN"];
    // One entry for a day says all that is on it.
    var days = [];
    shown.forEach(function (entry) {
      var last = days[days.length - 1];
      if (last && last.day == entry.day) last.titles.push(entry.title);
      else days.push({ day: entry.day, titles: [entry.title] });
    });
    days.forEach(function (entry) {
      var random = Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) {
        return (byte + 256).toString(16).slice(1);
      }).join("");
      lines.push(
        "BEGIN:VEVENT", "UID:" + random, "DTSTAMP:" + stamp,
        "DTSTART;VALUE=DATE:" + iso(entry.day).replace(/-/g, ""),
        "DTEND;VALUE=DATE:" + iso(entry.day + 1).replace(/-/g, ""),
        "SUMMARY:" + escaped(isNeutral ? form.dataset.neutral : entry.titles.join(" · ")), "CLASS:PRIVATE", "TRANSP:TRANSPARENT",
        "END:VEVENT");
    });
    return lines.concat("END:VCALENDAR").map(folded).join("");
  }
  found.querySelector("[data-save-calendar]").onclick = function () {
    if (file) URL.revokeObjectURL(file);
    file = URL.createObjectURL(new Blob([calendar(found.querySelector("[value=neutral]").checked)], { type: "text/calendar" }));
    var link = document.createElement("a");
    link.href = file;
    link.download = "calendar.ics";
    link.click();
  };

  found.querySelector("[data-make-link]").onclick = function () {
    var link = found.querySelector("[data-link]");
    link.value = location.href.split("#")[0] + "#date=" + iso(start);
    found.querySelector("[data-link-shown]").hidden = false;
    link.focus();
    link.select();
  };

  // A link with a date: read once, and taken out of the address.
  function open() {
    var linked = /^#date=(\d{4})-(\d\d)-(\d\d)$/.exec(location.hash);
    if (!linked) return;
    wipe();
    history.replaceState(null, "", location.pathname);
    if (isNaN(number(linked[1], linked[2], linked[3]))) return;
    [linked[3], linked[2], linked[1]].forEach(function (value, index) { fields[index].value = +value; });
    show(number(linked[1], linked[2], linked[3]));
  }

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

  // Neither going back nor starting the browser again brings it back.
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", function (event) { if (event.persisted) wipe(); });
  addEventListener("hashchange", open);
  wipe();
  open();
})(document);
