//# allFunctionsCalledOnLoad
// Search of one council's guidance, in the browser alone: no request, address, history or storage ever
// holds a question. The index is a script (search-*.js) that Signpost writes; docs/search.md tells its
// format, the markup this script looks for, and how answers are ranked.
// The first line has the browser make all functions ready while the file arrives, beside the page: a first search needs
// most of them, and one by one they take a tenth of its time.
// @shorten-names
(function (root) {
  'use strict';
  var api = root.signpostSearch = root.signpostSearch || {};

  // ---- Words ----------------------------------------------------------------------------------
  // The same folding as Sources/Search/Folding.swift; Tests/Search/terms.tsv holds both to it.
  // What stands inside words and goes when they are folded; the marks that go too.
  var SPARE = "'’ʼ\xad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff", MARKS = SPARE + '\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u09bc\u093c\u0a3c\u0abc';
  // The letters, marks and digits of what most texts are written in: a phone takes several milliseconds to make a pattern
  // with \p{L} ready. A text that has anything else gets it.
  var USUAL = '0-9A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u017f\u0300-\u036f\u0610-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06fc\u0985-\u098c\u098f\u0990\u0993-\u09a8\u09aa-\u09b0\u09b2\u09b6-\u09b9\u09bc-\u09c4\u09c7\u09c8\u09cb-\u09ce\u09d7\u09df-\u09e1\u09e6-\u09f1\u4e00-\u9fef';
  // What parts words.
  var GAPS = '!-&(-/:-@[-`{-~\xa0-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7\u055a-\u055f\u0589\u060c\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u1361-\u1368\u2000-\u200a\u2010-\u2018\u201a-\u2029\u202f-\u205f';
  var RARE = new RegExp('[^\0-\x9f' + USUAL + SPARE + GAPS + '\u3000-\u3002\u3008-\u3011\uff01-\uff0f\uff1a-\uff1f]'), patterns = {};
  function pattern(text, isDropped) {
    var isRare = RARE.test(text), name = [isRare, isDropped], letters = isRare ? '\\p{L}\\p{M}\\p{N}' : USUAL;
    return patterns[name] = patterns[name] || new RegExp(isDropped ? '[' + MARKS + ']|[^' + letters + '\n]' : '[' + letters + SPARE + ']+', isRare ? 'gu' : 'g');
  }
  var LETTERS = { 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'þ': 'th' }, FROM = 'łđøıðƙٱىةیېےێکەھہۃںڕڵۆؤئґё', TO = 'ldoidkايهييييكههههنرلوويге';
  for (var letter = 0; letter < FROM.length; letter++) LETTERS[FROM[letter]] = TO[letter];
  var SPECIAL = new RegExp('[' + Object.keys(LETTERS).join('') + '\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]', 'g');
  var HAN = /[\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\u{20000}-\u{323af}]+/gu;
  var HAN_ANY = /[\u3005-\u303b\u3400-\u9fff\uf900-\ufad9]/, foldCache = new Map();

  // Words, each on a line of its own: a phone folds all of a text in a tenth of the time that its words take one by one.
  function foldAll(words) {
    return words.normalize('NFKD').toLowerCase().normalize('NFKD').replace(pattern(words, true), '').replace(SPECIAL, function (c) {
      return LETTERS[c] || String((c.charCodeAt(0) & 15) - (c > '\u0965' ? 6 : 0));
    });
  }
  function fold(word) {
    var folded = foldCache.get(word);
    if (folded === undefined) {
      folded = /^[a-z]+$/.test(word) ? word : foldAll(word);
      if (foldCache.size < 20000) foldCache.set(word, folded);
    }
    return folded;
  }

  // The folded words of a text; Chinese characters as overlapping pairs, or `apart`. With `places`, each as [word, start, end].
  function terms(text, places, apart) {
    var found = [], words = pattern(text), isHan = /[\u3005-\uffff]/.test(text), match, run, last, i;
    function add(word, start, end) {
      if (word) found.push(places ? [word, start, end] : word);
    }
    words.lastIndex = 0;
    while ((match = words.exec(text))) {
      var word = match[0], at = match.index;
      HAN.lastIndex = last = 0;
      while (isHan && (run = HAN.exec(word))) {
        add(fold(word.slice(last, run.index)), at + last, at + run.index);
        var characters = Array.from(run[0]), offset = at + run.index;
        for (i = 0; i < characters.length - (!apart && characters.length > 1); i++) {
          var pair = characters[i] + (!apart && characters[i + 1] || '');
          add(pair, offset, offset + pair.length);
          offset += characters[i].length;
        }
        last = run.index + run[0].length;
      }
      add(fold(word.slice(last)), at + last, at + word.length);
    }
    return found;
  }
  api.terms = terms;

  // ---- Slips of the finger --------------------------------------------------------------------
  // Rows of ten keys.
  var ROWS = 'qwertyuiopasdfghjkl;zxcvbnm';
  function near(a, b) {
    var x = ROWS.indexOf(a), y = ROWS.indexOf(b);
    return x >= 0 && y >= 0 && Math.abs(x % 10 - y % 10) < 2 && Math.abs((x / 10 | 0) - (y / 10 | 0)) < 2;
  }

  // How many slips (insert, leave out, replace, swap) lead from a to b, at most `limit`; a neighbouring key
  // or a swap is a smaller slip than another letter. Infinity where it is more.
  function slips(a, b, limit) {
    var n = a.length, m = b.length;
    if (Math.abs(n - m) > limit) return Infinity;
    var older, old = [], row = [], i, j, least;
    for (j = 0; j <= m; j++) old[j] = j;
    for (i = 1; i <= n; i++) {
      row = [i];
      least = i;
      for (j = 1; j <= m; j++) {
        var same = a[i - 1] === b[j - 1];
        var cost = same ? old[j - 1] : Math.min(old[j - 1] + (near(a[i - 1], b[j - 1]) ? 0.8 : 1), old[j] + 1, row[j - 1] + 1);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, older[j - 2] + 0.8);
        row[j] = cost;
        if (cost < least) least = cost;
      }
      if (least > limit) return Infinity;
      older = old;
      old = row;
    }
    return old[m] <= limit ? old[m] : Infinity;
  }

  function bits(word) {
    var set = 0;
    for (var i = 0; i < word.length; i++) set |= 1 << (word.charCodeAt(i) & 31);
    return set;
  }
  function count(set) {
    for (var n = 0; set; n++) set &= set - 1;
    return n;
  }

  // ---- The engine -----------------------------------------------------------------------------
  var BETWEEN = ' ,/=\n';
  var K = api.weights = {
    title: 1, also: 2.3, body: 1.05, b: 0.2, k1: 1.4, synonym: 0.88, slip: 0.67, prefix: 0.6, stop: 0.5,
    span: 0.76, alone: 0.8, phrase: 2.75, meant: 1.5, line: 2, known: 0.9, cover: 0.035, least: 0.1, stopsLeast: 0.24,
    // What an answer is given for what the question is about, where that is sure; and what must be sure of it to be shown.
    // `tells` is what a level of a word's weight in a topic is (levelWeight in TopicWeights.swift); in a translation less: it has
    // fewer examples, which make its weights surer than they are.
    topic: 8, topicLeast: 0.25, tells: 2.5, tellsTranslated: 2,
    // Answers are clear where this sum is at least so much, in a translation less: its vocabulary is smaller, and its words
    // have more forms. What the best of them cover of the question, some of their score in words that the pages do not have,
    // how surely one answers its topic; less some for each word of the question that nobody knows, and for how surely it is
    // about something else. That counts as far as no heading asks the same: what is elsewhere for one portal is what another is
    // about.
    clear: { least: 0.93, leastTranslated: 0.74, score: 0.3, unknown: 0.14, topic: 0.9, topicTranslated: 0.3, outside: 5 },
    // The same where nothing is known of topics, or the guidance is about others.
    clearByWords: { least: 0.7, leastTranslated: 0.62, score: 0.8, unknown: 1.2, topic: 0, topicTranslated: 0, outside: 0 }
  };

  // `words`: the language's vocabulary, the same for all councils. `data`: one council's index.
  function Engine(words, data) {
    var self = this;
    self.data = data;
    self.vocabulary = words;
    self.simple = {};
    var han = Array.from((words.simple || '') + (data.simple || '')), i;
    for (i = 0; i < han.length; i += 2) self.simple[han[i]] = han[i + 1];
    self.groups = new Map();   // word -> number of its group of forms
    self.stems = new Map();    // word without the longest ending of its language -> number of the group
    self.stemOf = [];          // of each group
    self.irregular = [];       // the words of each group that another stem would lead elsewhere
    self.size = 1;             // groups; 0 is the end of a text
    self.stops = new Set();
    self.keep = new Set((words.keep || '').split(' '));
    self.skip = new Set((words.skip || '').split(' '));
    self.beginnings = new Set((words.begin || '').split(' '));
    self.dialect = words.dialect && {};
    (words.dialect || '').replace(/(.)(.)/gu, function (all, said, written) { self.dialect[said] = written; });
    self.letters = words.latin && {};
    (words.latin || '').replace(/(\^?.)(.)/g, function (all, letter, sound) { self.letters[letter] = sound; });
    self.ending = words.endings && new RegExp('^(.{3,}?)(?:' + words.endings.replace(/ /g, '|') + ')$', 'gm');
    self.cache = new Map();
    [words.forms, data.forms].forEach(function (forms) {
      if (forms) forms.split('\n').forEach(function (line) {
        var tied = line[0] !== '!', parts = line.slice(!tied).split(' '), start = parts.shift(), number;
        parts.forEach(function (end, i) {
          var word = start + (end === '-' ? '' : end);
          if (!i) number = tied ? self.group(word) : self.size++;
          self.groups.set(word, number);
          if (i || !tied) (self.irregular[number] = self.irregular[number] || []).push(word);
        });
      });
    });
    (words.stop || '').split(' ').forEach(function (word) { self.stops.add(self.group(word)); });
    self.readText(data);
    // Sayings, on a line each the number of what they mean and they: 0=saying,saying,…; what is not in this guidance has no
    // number, what is near it that of its subject: #0=saying,saying,….
    self.subjects = words.near || [];
    self.says = '\n' + (words.says || '').split('\n').map(function (line, i) {
      return i.toString(36) + '=' + line;
    }).join('\n') + '\n=' + (words.off || '') + self.subjects.map(function (subject, i) {
      return '\n#' + i + '=' + subject[2];
    }).join('') + '\n';
    self.means = ' ' + (words.means || '') + ' ';
    self.sayings = { next: new Map() };
    self.lines = new Map();    // by where a line begins in `says`
    self.heads = new Set();    // the groups whose sayings are in the tree
    self.saidGroups = new Map();
  }
  api.Engine = Engine;
  var E = Engine.prototype;

  // A word, or words on lines of their own, without the longest ending of the language.
  E.stem = function (words) { return this.ending ? words.replace(this.ending, '$1') : words; };
  E.ofStem = function (stem) {
    var number = this.stems.get(stem);
    if (number === undefined) {
      this.stems.set(stem, number = this.size++);
      this.stemOf[number] = stem;
    }
    return number;
  };
  E.group = function (word, stem) {
    var number = this.groups.get(word);
    if (number === undefined) this.groups.set(word, number = this.ofStem(stem || this.stem(word)));
    return number;
  };
  // Traditional Chinese characters count as the simplified ones.
  E.terms = function (text, places, apart) {
    var simple = this.simple;
    return terms(/[\u3400-\uffff]/.test(text) ? text.replace(/[\u3400-\u9fff]/g, function (c) { return simple[c] || c; }) : text, places, apart);
  };
  // What parts words; and what a piece of text between those may hold that makes it more than one word.
  var PARTS = new RegExp(' ?[' + GAPS + '][ ' + GAPS + ']*', 'g');
  var ODD = /[\u05be-\u05c6\u2070-\u2bff\u3000-\u303f\u3400-\u9fff\ud800-\udfff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef]/, HAN_ONLY = /^[\u4e00-\u9fff]{2,}$/;

  // Calls `found` with what each line of an index is, its text and its place; the index has them in columns (docs/search.md).
  function eachLine(data, found) {
    var passages = [];
    function column(name, apart) {
      var list = (data[name] || '').split(apart || '\n'), at = 0;
      return function () { return list[at++]; };
    }
    var place = column('places'), title = column('titles'), ask = column('asks'), line = column('lines'), again = column('again', ' ');
    (data.rows || '').replace(/(\D)(\d*)/g, function (all, kind, count) {
      for (count = +count || 1; count > 0; count--) {
        var own = kind;
        if (kind === ':') own = passages[parseInt(again(), 36)];
        else if (kind === '-' || kind === '~') passages.push(own = [kind, line()]);
        if (own !== kind) found(own[0], own[1]);
        else if (kind === '+') found(kind, ask());
        else found(kind, title(), place());
      }
    });
  }
  // The lines of an index, each after what it is.
  api.lines = function (data) {
    var all = [];
    eachLine(data, function (kind, text, place) { all.push(kind + (place === undefined ? '' : place + '\t') + text); });
    return all;
  };

  // Reads the pages as far as no vocabulary is needed: while that is still on its way. All that is done word by word is for
  // the browser's own functions, which work on the whole text at once.
  var prepared = new WeakMap();
  function prepare(data) {
    var page, entry, entries = [], texts = [], fields = [];
    eachLine(data, function (kind, own, place) {
      if (kind === '-' || kind === '~') {
        entry.body.push({ text: own, foreign: kind === '~' });
        texts.push(own);
        fields.push(2);
      } else if (kind === '+') own.split('\t').forEach(function (phrase) {
        texts.push(phrase);
        fields.push(1);
      });
      else if (kind === '#' || kind === '*') page = { path: place, title: own };
      else {
        entries.push(entry = { page: page, id: place, title: own, foreign: kind === '!', body: [], start: texts.length });
        texts.push(own);
        fields.push(0);
      }
      if (entry) entry.end = texts.length;
    });
    // What is more than one word is taken apart later; the rest is folded at once. A tab, which no text has, ends each text.
    var pieces = (texts.join(' \t ') + ' \t').replace(PARTS, ' ').toLowerCase().split(' '), odd = [];
    var plain = Array.from(new Set(pieces)).filter(function (piece) { return !ODD.test(piece) || !odd.push(piece); });
    prepared.set(data, { entries: entries, fields: fields, pieces: pieces, odd: odd, plain: plain, words: foldAll(plain.join('\n')) });
  }
  E.readText = function (data) {
    if (!prepared.has(data)) prepare(data);
    var self = this, read = prepared.get(data), known = new Map(), plain = read.plain, i, t;
    // The next engine of these pages has entries of its own.
    prepared.delete(data);
    self.entries = read.entries;
    self.fields = read.fields; // of each text: 0 a title, 1 what is also asked, 2 a sentence
    read.odd.forEach(function (piece) { known.set(piece, self.groupsOf(piece)); });
    var words = read.words.split('\n'), stems = self.stem(read.words).split('\n');
    for (i = 0; i < plain.length; i++) known.set(plain[i], words[i] ? self.group(words[i], stems[i]) : -1);
    known.set('\t', 0);
    self.ownWords = '\n' + Array.from(self.groups.keys()).join('\n') + '\n';
    // The groups of all words in a row, and where each text begins. No loop of ours goes over them: it would be done before
    // a phone has made it fast.
    var groups = read.pieces.map(known.get, known);
    if (read.odd.length) groups = groups.flat();
    if (groups.indexOf(-1) >= 0) groups = groups.filter(function (g) { return g >= 0; });
    self.text = Int32Array.from(groups);
    var n = self.entries.length, count = self.fields.length, from = self.from = new Int32Array(count + 1), textOf = self.textOf = new Int32Array(groups.length);
    for (t = 0; t < count; t++) textOf.fill(t, from[t], from[t + 1] = groups.indexOf(0, from[t]) + 1);
    // In how many entries each group stands.
    var df = self.df = new Int32Array(self.size), total = 0, average;
    function tally(g) { df[g]++; }
    self.entryOf = new Int32Array(count);
    self.entries.forEach(function (entry, e) {
      entry.length = 0;
      for (t = entry.start; t < entry.end; t++) {
        self.entryOf[t] = e;
        if (self.fields[t] === 2) entry.length += from[t + 1] - from[t] - 1;
      }
      total += entry.length;
      new Set(groups.slice(from[entry.start], from[entry.end])).forEach(tally);
    });
    average = total / (n || 1) || 1;
    self.entries.forEach(function (entry) { entry.norm = 1 - K.b + K.b * entry.length / average; });
    self.postings = [];
    self.unknown = Math.log(1 + (n + 0.5) / 1.5) * 0.9;
    // Room for the sums of a search; what is not zero is cleared after it.
    self.values = new Float32Array(n * 40);
    self.scratch = new Float32Array(n);
    self.top = new Float32Array(n);
    self.touched = new Uint8Array(n);
    self.stamps = new Int32Array(self.size);
    self.stamp = 0;
  };
  // The groups of the words of a piece of text. A piece of Chinese is a sentence: pairs of characters of its clauses.
  E.groupsOf = function (piece) {
    var self = this, groups = [], i;
    piece.split(/[\u3000-\u3003\u3008-\u3011\uff01-\uff0f\uff1a-\uff1f]/).forEach(function (clause) {
      if (HAN_ONLY.test(clause)) for (i = 0; i < clause.length - 1; i++) groups.push(self.group(clause.slice(i, i + 2)));
      else self.terms(clause).forEach(function (word) { groups.push(self.group(word)); });
    });
    return groups;
  };
  // Where a group stands: [entry, weight, entry, weight, …]; nothing, where it does not.
  E.posts = function (g) {
    if (!this.df[g]) return;
    var list = this.postings[g], at, t, e, last = -1, weight;
    if (list) return list;
    list = this.postings[g] = [];
    for (at = this.text.indexOf(g); at >= 0; at = this.text.indexOf(g, at + 1)) {
      e = this.entryOf[t = this.textOf[at]];
      if (e !== last) list.push(last = e, weight = 0);
      weight += this.fields[t] === 2 ? K.body / this.entries[e].norm : this.fields[t] ? K.also : K.title;
      list[list.length - 1] = weight / (weight + K.k1);
    }
    return list;
  };
  // How much a group tells, by how few entries have it.
  E.idf = function (g) {
    var df = this.df[g] || 0, idf = Math.log(1 + (this.entries.length - df + 0.5) / (df + 0.5));
    return this.stops.has(g) ? Math.min(idf, K.stop) : idf;
  };
  // The entry's own questions: where they stand in `text`, and their groups.
  E.asks = function (entry) {
    var self = this;
    if (!entry.asks) {
      entry.asks = [];
      for (var t = entry.start; t < entry.end; t++) if (self.fields[t] < 2) {
        var groups = self.text.slice(self.from[t], self.from[t + 1] - 1);
        entry.asks.push({ t: t, groups: groups, key: groups.join(' ') });
      }
    }
    return entry.asks;
  };
  // What such a question weighs without repeated words.
  E.weight = function (ask) {
    var self = this;
    if (ask.weight === undefined) {
      ask.weight = 0;
      new Set(ask.groups).forEach(function (g) { ask.weight += self.idf(g); });
    }
    return ask.weight;
  };

  // ---- Sayings --------------------------------------------------------------------------------
  // A tree of groups; `list` are meanings, each a list of groups. Of thousands of sayings a question needs a few: they
  // are looked up where they stand, when a word comes that they begin with. The browser's own search in a text is quick.

  // Calls `found` with each word that begins so, and where it stands, until it says that this is enough.
  function look(text, start, found) {
    for (var at = text.indexOf(start), end; at >= 0; at = text.indexOf(start, at + 1)) {
      if (BETWEEN.indexOf(text[at - 1]) < 0) continue;
      for (end = at + start.length; BETWEEN.indexOf(text[end]) < 0;) end++;
      if (found(text.slice(at, end), at)) return true;
    }
    return false;
  }
  // The line of a place in `says`; nothing where it is before the sayings: numbers may look like words.
  E.lineAt = function (at) {
    var self = this, from = self.says.lastIndexOf('\n', at) + 1, line = self.lines.get(from);
    if (!line) self.lines.set(from, line = { from: from, to: self.says.indexOf('=', from) });
    return at > line.to && line;
  };
  // Calls `found` with the place and line of each word of a group in the sayings, until it says that this is enough.
  E.each = function (g, found) {
    var self = this, stem = self.stemOf[g], starts = new Set(stem ? [stem] : []);
    // Words of many spellings begin in a few ways.
    (self.irregular[g] || []).forEach(function (word) { starts.add(word.slice(0, 4)); });
    starts = Array.from(starts);
    return starts.some(function (start) {
      return starts.every(function (other) { return other === start || !start.startsWith(other); }) && look(self.says, start, function (word, at) {
        var line = self.group(word) === g && self.lineAt(at);
        return line && found(at, line);
      });
    });
  };
  // What a line's sayings mean: lists of groups.
  E.meanings = function (line) {
    var self = this;
    self.wordings = self.wordings || self.means.slice(1, -1).split(',');
    if (!line.list) line.list = [].concat.apply([], self.says.slice(line.from, line.to).split(' ').filter(Boolean).map(function (place) {
      var number = parseInt(place, 36), wordings = self.wordings[number];
      if (typeof wordings === 'string') wordings = self.wordings[number] = wordings.split('/').map(function (wording) {
        return wording.split(' ').map(function (word) { return self.group(word); });
      });
      return wordings;
    }));
    return line.list;
  };
  // The sayings that begin with a group (-1: with a `*`), as a tree.
  E.head = function (g) {
    var self = this, root = self.sayings, says = self.says;
    if (self.heads.has(g)) return root.next.get(g);
    self.heads.add(g);
    function add(at, line) {
      if (says[at - 1] !== ',' && says[at - 1] !== '=') return;
      var node = root, groups = says.slice(at, says.indexOf('\n', at)).split(',', 1)[0].split(' ').map(function (word, i) {
        return !i ? g : word === '*' ? -1 : self.group(word);
      });
      groups.forEach(function (g) {
        var next = (node.next = node.next || new Map()).get(g);
        if (!next) node.next.set(g, next = {});
        node = next;
      });
      node.groups = groups;
      if (says[line.from] === '#') node.near = +says.slice(line.from + 1, line.to);
      else if (line.from < line.to) node.list = (node.list || []).concat(self.meanings(line));
      else node.off = true;
    }
    if (g >= 0) self.each(g, add);
    else look(says, '*', function (word, at) { add(at, self.lineAt(at)); });
    return root.next.get(g);
  };
  // Whether a line's sayings mean something here, or are elsewhere or near.
  E.isLive = function (line) {
    var self = this;
    if (line.live === undefined) line.live = line.from === line.to || self.says[line.from] === '#' || self.meanings(line).some(function (wording) {
      return wording.every(function (g) { return self.df[g]; });
    });
    return line.live;
  };
  // Whether a group, or a word as it is written, stands in such a saying.
  E.isSaid = function (g) {
    var self = this, said = self.saidGroups.get(g);
    if (said === undefined && g !== undefined) self.saidGroups.set(g, said = self.each(g, function (at, line) { return self.isLive(line); }));
    return said;
  };
  E.isSaidWord = function (word) {
    var self = this;
    return look(self.says, word, function (found, at) { return found === word && self.isLive(self.lineAt(at) || { live: false }); });
  };
  // All their words. Only a word that is known nowhere needs that, and the group of every word of the vocabulary.
  E.said = function () {
    var self = this, said = self.saidWords, words = Array.from(new Set((self.means + self.says).split(/[ ,\/=\n]+/))), stems, i, at;
    if (said) return said;
    stems = self.stem(words.join('\n')).split('\n');
    for (i = 0; i < words.length; i++) self.group(words[i], stems[i]);
    said = self.saidWords = new Set();
    for (at = self.says.indexOf('='); at >= 0; at = self.says.indexOf('=', at + 1)) {
      if (self.isLive(self.lineAt(at + 1) || { live: false })) self.says.slice(at + 1, self.says.indexOf('\n', at)).split(/[ ,]/).forEach(said.add, said);
    }
    said.delete('*');
    return said;
  };
  // The group of a word that the pages or the vocabulary have.
  E.find = function (word) {
    var self = this, g = self.groups.get(word);
    if (g !== undefined || self.saidWords) return g;
    return look(self.means, word, function (found) { return found === word; }) || look(self.says, word, function (found, at) { return found === word && self.lineAt(at); }) ? self.group(word) : undefined;
  };

  // The entries that have all of some groups of words.
  E.having = function (groups) {
    var self = this, lists = groups.map(function (g) {
      return (self.posts(g) || []).filter(function (value, i) { return !(i & 1); });
    }).sort(function (a, b) { return a.length - b.length; });
    return (lists.shift() || []).filter(function (entry) {
      return lists.every(function (list) { return list.indexOf(entry) >= 0; });
    });
  };
  // What a saying means on these pages: the wordings that they have. Nothing, where an answer that has such a wording
  // has the saying itself too: its words lead there best.
  E.meaning = function (node) {
    if (node.live) return node.live;
    var self = this, groups = node.groups, telling = groups.filter(function (g) { return g >= 0 && !self.stops.has(g); });
    var goals = new Set(), list = node.list.filter(function (wording) {
      var found = self.having(wording);
      found.forEach(goals.add, goals);
      return found.length || wording.every(function (g) { return self.df[g]; });
    });
    var whole = ' ' + groups.join(' ') + ' ', isSaid = Array.from(goals).some(function (goal) {
      return self.asks(self.entries[goal]).some(function (ask) { return (' ' + ask.key + ' ').indexOf(whole) >= 0; });
    });
    if (!isSaid && (telling.length > 1 || telling.length === groups.length)) isSaid = self.having(telling).some(goals.has, goals);
    return node.live = isSaid ? [] : list;
  };
  // Whether no answer has all the words of something that is not in this guidance: else it is.
  E.isElsewhere = function (node) {
    if (node.away === undefined) node.away = !this.having(node.groups.filter(function (g) { return g >= 0; })).length;
    return node.away;
  };

  // Whether one text of the pages has all of some groups; or one of their headings.
  E.together = function (groups, isHeading) {
    var self = this, i, t, own, first = groups[0];
    if (groups.some(function (g) { return !self.df[g]; })) return false;
    for (i = self.text.indexOf(first); i >= 0; i = self.text.indexOf(first, i + 1)) {
      t = self.textOf[i];
      own = isHeading && self.fields[t] ? [] : self.text.slice(self.from[t], self.from[t + 1]);
      if (groups.every(function (g) { return own.indexOf(g) >= 0; })) return true;
    }
    return false;
  };
  // Whether a page is about a phrase of a subject: its title names the subject, and has with one of its headings, or with
  // its first sentence, all words that tell something.
  E.isAbout = function (phrase, names) {
    var self = this, telling = phrase.filter(function (g) { return !self.stops.has(g); });
    return telling.length > 1 && telling.every(function (g) { return self.df[g]; }) && self.entries.some(function (entry) {
      var page = entry.page, at = entry.start, own;
      page.groups = page.groups || self.groupsOf(page.title);
      // A question says by itself what it asks: the title of its topic adds nothing.
      if (/^faq(\/|$)/.test(page.path) || !telling.some(function (g) { return names(g) && page.groups.indexOf(g) >= 0; })) return false;
      own = self.text.slice(self.from[at], self.from[at + (entry.id || at + 1 === entry.end ? 1 : 2)]);
      return telling.every(function (g) { return page.groups.indexOf(g) >= 0 || own.indexOf(g) >= 0; });
    });
  };
  // Whether the pages say nothing of a subject near them: no heading, and no page with its headings, has what is asked of it.
  E.isOpen = function (subject) {
    var self = this;
    if (subject.open === undefined) {
      var phrases = subject[2].split(',').map(function (phrase) {
        return phrase.split(' ').filter(function (word) { return word !== '*'; }).map(function (word) { return self.group(word); });
      });
      subject.open = !phrases.some(function (phrase) {
        // What half of the phrases have names the subject.
        return self.together(phrase, true) || self.isAbout(phrase, function (g) {
          return 2 * phrases.filter(function (other) { return other.indexOf(g) >= 0; }).length >= phrases.length;
        });
      });
    }
    return subject.open;
  };
  E.isNearby = function (node) {
    if (node.by === undefined) node.by = this.isOpen(this.subjects[node.near]) && !this.together(node.groups.filter(function (g) { return g >= 0; }));
    return node.by;
  };

  // What may stay of a word that nobody knows: without its endings, one after the other, without what is written together
  // with it in front, or without its last letters.
  E.cuts = function (word) {
    var self = this, all = [], i;
    function ends(form) {
      while (all.indexOf(form = self.stem(form)) < 0) {
        // What English writes otherwise before an ending: "taping" is of "tape", "stopping" of "stop".
        if (/^[a-z]+$/.test(form)) all.push(form + 'e', form.replace(/([^aeiou])\1$/, '$1'));
        all.push(form);
      }
    }
    // Characters of a way of speaking, for those that are written.
    if (self.dialect) ends(word.replace(/./gu, function (c) { return self.dialect[c] || c; }));
    ends(word);
    for (i = 1; i < word.length - 2; i++) if (self.beginnings.has(word.slice(0, i))) ends(word.slice(i));
    for (i = 1; i < 3 && word.length - i > 3; i++) all.push(word.slice(0, -i));
    return all;
  };

  // What a word of a question may stand for: [[group, weight], …].
  E.resolve = function (word, typing) {
    var self = this, key = typing ? word + '*' : word, known = self.cache.get(key);
    if (known) return known;
    var found = [], g = self.find(word), exact = self.df[g] || self.stops.has(g) || self.isSaid(g);
    if (exact) found.push([g, 1]);
    if (!exact) {
      // Another form of a known word.
      self.cuts(word).some(function (form) {
        g = self.ofStem(form);
        if (self.df[g] || self.isSaid(g)) found.push([g, 0.9]);
        return found.length;
      });
    }
    if (typing && word.length > 1 && !(exact && self.stops.has(g))) self.completions(word, found, exact || found.length ? 0.35 : 1);
    if (!found.length && self.letters && /^[a-z]+$/.test(word)) self.spoken(word, found);
    if (!found.length && !self.keep.has(word) && !/^\d/.test(word)) self.corrections(word, found);
    if (self.cache.size > 500) self.cache.clear();
    self.cache.set(key, found);
    return found;
  };
  // A word typed in Latin letters, for a language of others: known words that sound the same, vowels and breath aside. Of
  // those, the ones whose vowels are nearest.
  function sound(word) {
    return word.replace(/([bcdgjkpst])h/g, '$1').replace(/ng/g, 'n').replace(/[eyi]+/g, 'i').replace(/[ouw]+/g, 'o').replace(/h/g, '').replace(/[zq]/g, function (c) {
      return c === 'q' ? 'k' : 'j';
    }).replace(/(.)\1+/g, '$1');
  }
  function frame(sound) { return sound.replace(/[aio]/g, '').replace(/(.)\1+/g, '$1'); }
  E.spoken = function (word, found) {
    var self = this, typed = sound(word), best = Infinity, list = [];
    if (!self.sounds) {
      self.sounds = new Map();
      self.known().forEach(function (known) {
        var own = sound(Array.from(known).map(function (c, i) { return !i && self.letters['^' + c] || self.letters[c] || ''; }).join('')), key = frame(own);
        if (key.length > 1 && !/[a-z]/.test(known)) self.sounds.set(key, (self.sounds.get(key) || []).concat([[own, self.groups.get(known)]]));
      });
    }
    (self.sounds.get(frame(typed)) || []).forEach(function (known) {
      var cost = slips(typed, known[0], 3);
      if (cost > typed.length / 3) return;
      best = Math.min(best, cost);
      list.push([known[1], cost]);
    });
    list.forEach(function (known) {
      if (known[1] <= best + 0.5 && found.every(function (other) { return other[0] !== known[0]; })) found.push([known[0], 0.8]);
    });
  };
  // Every word that the pages or sayings have.
  E.known = function () {
    var self = this;
    if (!self.words) {
      self.said();
      self.words = [];
      self.groups.forEach(function (g, word) {
        if (self.df[g] || self.saidWords.has(word)) self.words.push(word);
      });
    }
    return self.words;
  };
  E.completions = function (word, found, share) {
    var self = this, list = [], seen = new Set(found.map(function (f) { return f[0]; }));
    var all = new Set();
    [self.ownWords, self.means, self.says].forEach(function (words) {
      look(words, word, function (known) { if (known !== word) all.add(known); });
    });
    Array.from(all).filter(function (known) { return self.df[self.group(known)] || self.isSaidWord(known); }).sort().slice(0, 12).forEach(function (known) {
      var g = self.groups.get(known);
      if (!seen.has(g)) { seen.add(g); list.push([g, K.prefix * share * Math.min(1, word.length / known.length + 0.3)]); }
    });
    list.forEach(function (f) { found.push(f); });
  };
  E.corrections = function (word, found) {
    var limit = word.length < (this.vocabulary.source ? 5 : 4) ? 0 : word.length < 8 ? 1 : 2, self = this, set = bits(word), best = Infinity, list = [];
    // Split or joined words: "socialworker".
    for (var cut = 3; cut <= word.length - 3; cut++) {
      var a = self.groups.get(word.slice(0, cut)), b = self.groups.get(word.slice(cut));
      if (self.df[a] && self.df[b] && !self.stops.has(a)) {
        found.push([a, 0.8], [b, 0.8]);
        return;
      }
    }
    // Of three letters, one may be missing from a word that families use: "kik" for "kick".
    var isShort = !limit && word.length === 3;
    if (isShort) limit = 1;
    if (!limit) return;
    if (!self.byLength) {
      self.byLength = [];
      self.known().forEach(function (known) {
        (self.byLength[known.length] = self.byLength[known.length] || []).push({ word: known, set: bits(known), group: self.groups.get(known) });
      });
    }
    for (var length = word.length - limit; length <= word.length + limit; length++) {
      (self.byLength[length] || []).forEach(function (known) {
        if (count(known.set ^ set) > 2 * limit || isShort && (length < 4 || known.word[0] !== word[0] || !self.saidWords.has(known.word))) return;
        var cost = slips(word, known.word, limit);
        if (cost === Infinity) return;
        if (known.word[0] !== word[0]) cost += 0.5;
        if (self.stops.has(known.group)) cost += 0.5;
        if (cost < best) best = cost;
        list.push([known.group, cost]);
      });
    }
    var seen = new Set();
    list.forEach(function (f) {
      if (f[1] > best + 0.3 || seen.has(f[0])) return;
      seen.add(f[0]);
      found.push([f[0], K.slip / (0.75 + f[1] * 0.35)]);
    });
  };

  // ---- Topics ---------------------------------------------------------------------------------
  // How likely a question is about each topic, by weights of its words: multinomial logistic regression, learned as
  // TopicWeights.swift has it. In `topics` each topic's character; in `telling` the words, each after a capital letter for how
  // much of the one before it begins with; in `tells` a line for each word, the topics after the level of its weight in them.
  // Calls `found` with each topic of a line and its level: `2AB4C`.
  function eachTopic(line, found) {
    line.replace(/(\d)(\D+)/g, function (all, level, names) { Array.from(names).forEach(function (name) { found(name, +level); }); });
  }
  E.about = function (words) {
    var self = this, sums = {}, odds = {}, known = 0, sum = 0, weight, told = self.told;
    if (!self.data.topics || !self.vocabulary.topics) return odds;
    if (!told) {
      var telling = self.vocabulary.telling, ends = telling.split(/[A-Z]/), same = telling.replace(/[^A-Z]+/g, ''), last = '';
      told = self.told = { topics: Array.from(self.vocabulary.topics), words: [], lines: self.vocabulary.tells.split('\n') };
      for (var i = 0; i < same.length; i++) told.words.push(last = last.slice(0, same.charCodeAt(i) - 65) + ends[i + 1]);
      self.data.topics.split('\n').forEach(function (line, e) {
        for (var topics = self.entries[e].topics = [], level = 0, i = 0; i < line.length; i++) {
          if (line[i] >= '0' && line[i] <= '9') level = line[i] / 4;
          else topics.push([line[i], level]);
        }
      });
    }
    var stems = new Set(words.map(function (word) {
      var stem = self.stem(word), g;
      if (told.words.indexOf(stem) >= 0) return stem;
      // What it may stand for.
      g = (self.resolve(word).filter(function (option) { return option[1] >= 0.5; })[0] || [])[0];
      return self.stemOf[g] || self.stem((self.irregular[g] || [''])[0]);
    }));
    stems.forEach(function (stem) {
      var found = told.lines[told.words.indexOf(stem)];
      if (!found) return;
      known++;
      eachTopic(found, function (name, level) { sums[name] = (sums[name] || 0) + level; });
    });
    if (!known) return odds;
    weight = (self.vocabulary.source ? K.tellsTranslated : K.tells) / Math.sqrt(known);
    told.topics.forEach(function (name) { sum += odds[name] = Math.exp(weight * (sums[name] || 0)); });
    Object.keys(odds).forEach(function (name) { odds[name] /= sum; });
    return odds;
  };

  // A question, taken apart: words with what they may stand for, and spans (words that mean something together).
  E.read = function (query) {
    var self = this, words = self.terms(query.slice(0, 400)).slice(0, 40), slots = [], spans = [], i;
    var typing = /[a-z\d]$/i.test(query) || /[^\0-\x7f]$/.test(query) && /[\p{L}\p{M}\p{N}]$/u.test(query);
    for (i = 0; i < words.length; i++) {
      var word = words[i], next = words[i + 1], joined = next && self.groups.get(word + next);
      if (self.df[joined] && ((word + next).length > 7 || !self.df[self.groups.get(word)])) {
        slots.push({ word: word + next, options: [[joined, 1]] });
        i++;
        continue;
      }
      slots.push({ word: word, options: self.resolve(word, typing && i === words.length - 1) });
    }
    slots.forEach(function (slot) {
      slot.main = slot.options.length ? slot.options[0][0] : -1;
      slot.stop = slot.options.length > 0 && self.stops.has(slot.main);
      slot.part = 1;
      slot.weight = 0;
      slot.options.forEach(function (option) { slot.weight = Math.max(slot.weight, self.df[option[0]] ? self.idf(option[0]) * (option[1] > 0.5 ? 1 : option[1] * 2) : 0); });
      slot.known = slot.weight > 0;
      if (!slot.weight) slot.weight = slot.stop ? K.stop : self.unknown * (slot.word.length < 3 ? 0.4 : 1);
    });
    // Follows the sayings that start at a place, word by word; a `*` is up to three words.
    function follow(node, at, share, places) {
      var list = node.list && self.meaning(node);
      if (list && list.length) spans.push({ at: places, list: list, share: share });
      // A word that was put right may be another one: it does not tell that a question is about something else.
      if (node.off && share >= 0.9 && self.isElsewhere(node)) places.forEach(function (s) { slots[s].off = 1; });
      if (node.near >= 0 && share >= 0.8 && self.isNearby(node)) places.forEach(function (s) {
        slots[s].near = node.near;
        slots[s].alone = slots[s].alone !== false && places.length < 2;
      });
      function step(from, node) {
        if (from < slots.length) slots[from].options.slice(0, 3).forEach(function (option) {
          var next = node === self.sayings ? self.head(option[0]) : node.next && node.next.get(option[0]);
          if (next) follow(next, from + 1, share * option[1], places.concat(from));
        });
        if (from > i && from < slots.length && self.skip.has(slots[from].word)) step(from + 1, node);
      }
      step(at, node);
      var gap = node === self.sayings ? self.head(-1) : node.next && node.next.get(-1);
      if (gap) for (var skip = 0; skip < 4; skip++) step(at + skip, gap);
    }
    for (i = 0; i < slots.length; i++) follow(self.sayings, i, 1, []);
    // What a part of a span means as well is said by that part.
    spans = spans.filter(function (span) {
      spans.forEach(function (part) {
        if (part.at.length < span.at.length && part.at.every(function (s) { return span.at.indexOf(s) >= 0; })) {
          span.list = span.list.filter(function (wording) { return part.list.indexOf(wording) < 0; });
        }
      });
      return span.list.length;
    });
    // A span weighs like what it means; its words alone mean less.
    spans.forEach(function (span) {
      var least = 0;
      span.list.forEach(function (groups) {
        var idf = 0;
        groups.forEach(function (g) { idf += self.idf(g); });
        least = Math.max(least, idf / Math.sqrt(groups.length));
      });
      // A word that the pages have themselves means less of something else.
      if (span.at.length < 2 && slots[span.at[0]].known) span.share *= K.known;
      least = Math.min(least, self.unknown) * K.span * span.share;
      span.at.forEach(function (s) {
        var slot = slots[s];
        if (!slot.known && !slot.meant) slot.weight = slot.stop ? slot.weight : 0.01;
        slot.meant = true;
        if (span.at.length > 1) slot.part = K.alone;
      });
      span.least = least;
    });
    spans.forEach(function (span) {
      var sum = 0;
      span.at.forEach(function (s) { sum += slots[s].weight; });
      if (sum < span.least) span.at.forEach(function (s) { slots[s].weight += (span.least - sum) / span.at.length; });
    });
    // Half of what is known of the question is elsewhere, or a third of it of a subject near the guidance (half where
    // that is a single word): nothing is held back for that.
    function most(name) {
      var own = slots.filter(function (slot) { return slot[name] !== undefined; });
      return own.length && own.length * (own.some(function (slot) { return slot.alone === false; }) ? 2 : 1) >= slots.filter(function (slot) {
        return slot[name] === undefined && !slot.stop && (slot.known || slot.meant);
      }).length ? own[0][name] : -1;
    }
    return { slots: slots, spans: spans, words: words, off: most('off') >= 0, near: self.subjects[most('near')] };
  };

  // The best answers: [{entry, score}, …], best first.
  E.search = function (query, limit) {
    var self = this, read = self.read(query), slots = read.slots, n = self.entries.length, count = slots.length;
    if (!count || !n) return { results: [] };
    var values = self.values, scratch = self.scratch, best = self.top, touched = self.touched, total = 0, e, s, i, p, posts, at;
    values.fill(0, 0, n * count);
    // Per slot and entry: how well the entry answers the word.
    slots.forEach(function (slot, s) {
      total += slot.weight;
      slot.options.forEach(function (option) {
        if (!(posts = self.posts(option[0]))) return;
        var value = self.idf(option[0]) * option[1] * slot.part;
        for (p = 0; p < posts.length; p += 2) {
          at = s * n + posts[p];
          if (value * posts[p + 1] > values[at]) values[at] = value * posts[p + 1];
        }
      });
    });
    // The same for each span by what it means.
    read.spans.forEach(function (span) {
      var hit = [];
      span.list.forEach(function (groups) {
        var seen = [], factor = K.synonym * span.share / Math.sqrt(groups.length);
        groups.forEach(function (g) {
          if (!(posts = self.posts(g))) return;
          var idf = self.idf(g);
          for (p = 0; p < posts.length; p += 2) {
            e = posts[p];
            if (!touched[e]++) seen.push(e);
            scratch[e] += idf * posts[p + 1];
          }
        });
        for (i = 0; i < seen.length; i++) {
          e = seen[i];
          // All words of a meaning together count; a part of them counts little.
          var part = touched[e] / groups.length, score = factor * scratch[e] * part * part;
          if (!best[e]) hit.push(e);
          best[e] = score > best[e] ? score + 0.2 * best[e] : best[e] + 0.2 * score;
          scratch[e] = touched[e] = 0;
        }
      });
      for (i = 0; i < hit.length; i++) {
        e = hit[i];
        var sum = 0;
        for (s = 0; s < span.at.length; s++) sum += values[span.at[s] * n + e];
        if (best[e] > sum) for (s = 0; s < span.at.length; s++) values[span.at[s] * n + e] = best[e] / span.at.length;
        best[e] = 0;
      }
    });
    var top = [], least = 0, about = self.about(read.words);
    for (e = 0; e < n; e++) {
      var score = 0, covered = 0, topic = (self.entries[e].topics || []).reduce(function (sum, topic) {
        return sum + topic[1] * (about[topic[0]] || 0);
      }, 0);
      for (s = 0, at = e; s < count; s++, at += n) {
        if (!values[at]) continue;
        score += values[at];
        covered += Math.min(slots[s].weight, values[at] * 2);
      }
      score = score * (1 - K.cover + K.cover * covered / total) + K.topic * topic;
      if (score <= least) continue;
      for (i = top.length; i && top[i - 1].score < score;) i--;
      top.splice(i, 0, { entry: self.entries[e], score: score, covered: covered / total, topic: topic });
      if (top.length > 30) { top.pop(); least = top[29].score; }
    }
    self.near(top, read, total);
    top.sort(function (a, b) { return b.score - a.score; });
    var onlyStops = slots.every(function (slot) { return slot.stop && !slot.meant; });
    var good = top.filter(function (result) {
      return read.off ? result.ask > 1.9 : onlyStops ? result.ask > K.stopsLeast : result.covered >= K.least || result.ask > 0.6 || result.topic > K.topicLeast;
    });
    var named = self.named(query);
    good = named.concat(good.filter(function (result) {
      return named.every(function (other) { return other.entry !== result.entry; });
    }));
    // A question of a subject near the guidance that the guidance does not ask itself.
    var isAsked = good.some(function (result) { return result.ask > 1.9; }), near = isAsked ? null : read.near;
    // The words that tell something, and those of them that nobody knows.
    var telling = slots.filter(function (slot) { return !slot.stop || slot.meant; });
    // (Half of the pairs of Chinese characters are no words.)
    var unknown = telling.reduce(function (sum, slot) { return sum + (slot.known || slot.meant ? 0 : HAN_ANY.test(slot.word) ? 0.5 : 1); }, 0);
    function most(name) {
      return good.reduce(function (most, result) { return Math.max(most, result[name]); }, 0);
    }
    // How far the guidance is about something else than the topics that are known.
    var other = self.told ? (self.data.other || 0) / 100 : 1;
    function weight(name) { return (1 - other) * K.clear[name] + other * K.clearByWords[name]; }
    var sure = most('covered') + weight('score') * Math.min(most('score') / self.unknown, 3) + weight(self.vocabulary.source ? 'topicTranslated' : 'topic') * most('topic') -
      weight('unknown') * unknown / (telling.length || 1) -
      weight('outside') * ((about['!'] || 0) + (about['~'] || 0)) * Math.max(0, 1 - most('ask'));
    var isClear = isAsked || !near && good.length > 0 && sure >= weight(self.vocabulary.source ? 'leastTranslated' : 'least');
    return { results: good.slice(0, isClear ? limit || 10 : 5), isClear: isClear, near: near, read: read };
  };

  // Answers with a phone number, however it is typed (without spaces, with +44, in other digits), and the entry of a
  // contact that is named: on the page of contacts before all others.
  E.named = function (query) {
    var self = this, words = self.terms(query), digits = words.join('').replace(/\D/g, '').replace(/^(00)?44(?=\d{9,10}$)/, '0'), found = [];
    function telling(word) { return !self.stops.has(self.groups.get(word)); }
    words = words.filter(telling);
    if (digits.length < 6 || digits.length > 13) digits = '';
    function add(isIt) {
      self.entries.forEach(function (entry) {
        var line = entry.body.findIndex(function (line) { return isIt(line.text); });
        if (line >= 0 && found.every(function (other) { return other.entry !== entry; })) {
          found.push({ entry: entry, line: line, score: Infinity, covered: 1, ask: 1, topic: 0 });
        }
      });
    }
    self.names = self.names || (self.data.help || []).map(function (contact) { return self.terms(contact[1]).filter(telling); });
    (self.data.help || []).forEach(function (contact, i) {
      var name = self.names[i];
      if (digits ? contact[2].replace(/\D/g, '') === digits : words.length * 2 >= name.length && words.length && words.every(function (word) {
        return name.indexOf(word) >= 0;
      })) add(function (text) { return text.startsWith(contact[1] + ' · '); });
    });
    if (digits) add(function (text) { return text.replace(/\D/g, '').indexOf(digits) >= 0; });
    return found;
  };

  // A word or two before the first stop or comma: "No.", "Yes, you can", in any language.
  var REPLY = /^[^.!,\u060c\u06d4\u0964\u3002\uff01\uff0c]{1,8}[.!,\u060c\u06d4\u0964\u3002\uff01\uff0c]/;
  // How near the questions of each entry, and its sentences, are to what was asked.
  E.near = function (top, read, total) {
    var self = this, stamps = self.stamps, slots = read.slots, count = slots.length, values = new Float32Array(count), s, i, g;
    // The whole question, or all of it but stop words (which are not in the index for what else is asked).
    function key(slots) { return slots.map(function (slot) { return slot.main; }).join(' '); }
    var whole = key(slots), telling = slots.filter(function (slot) { return !slot.stop; });
    // What the whole question means.
    var meant = {}, isMeant;
    read.spans.forEach(function (span) {
      if (telling.every(function (slot) { return span.at.indexOf(slots.indexOf(slot)) >= 0; })) span.list.forEach(function (groups) { isMeant = meant[groups.join(' ')] = true; });
    });
    telling = telling.length > 1 && key(telling);
    // What a text has of the question, in the same measure as `total`.
    function matched(t) {
      var stamp = ++self.stamp, sum = 0;
      for (i = self.from[t]; i < self.from[t + 1]; i++) stamps[self.text[i]] = stamp;
      for (s = 0; s < count; s++) {
        var options = slots[s].options, most = 0;
        for (i = 0; i < options.length; i++) if (options[i][1] > most && stamps[options[i][0]] === stamp) most = options[i][1];
        values[s] = most * slots[s].weight;
      }
      read.spans.forEach(function (span) {
        for (i = 0; i < span.list.length; i++) {
          for (g = 0; g < span.list[i].length && stamps[span.list[i][g]] === stamp;) g++;
          if (g === span.list[i].length) break;
        }
        if (i === span.list.length) return;
        var most = K.synonym * span.share, sum = 0, weight = 0;
        span.at.forEach(function (s) { sum += values[s]; weight += slots[s].weight; });
        if (most * weight > sum) span.at.forEach(function (s) { values[s] = most * slots[s].weight; });
      });
      for (s = 0; s < count; s++) sum += values[s];
      return sum;
    }
    top.forEach(function (result) {
      var best = 0, most = 0;
      var asks = self.asks(result.entry);
      asks.forEach(function (ask) {
        ask.share = ask.key === whole || ask.key === telling ? 2 : isMeant && meant[ask.groups.filter(function (g) { return !self.stops.has(g); }).join(' ')] ? K.meant : 0;
        ask.matched = ask.share ? 0 : 2 * matched(ask.t);
        if (ask.share > best) best = ask.share;
      });
      // What an ask weighs itself takes from what it has of the question: most need not be weighed.
      if (best < 2) asks.sort(function (a, b) { return b.matched - a.matched; }).some(function (ask) {
        if (ask.matched <= best * total) return true;
        best = Math.max(best, ask.matched / (total + self.weight(ask) || 1));
      });
      result.ask = best;
      result.line = 0;
      for (var t = result.entry.start, line = 0; t < result.entry.end; t++) if (self.fields[t] === 2) {
        var share = matched(t) / (total || 1);
        if (share > most + 0.01) { most = share; result.line = line; }
        line++;
      }
      // What asks the same is answered by its first words, however many of the question's others have; and what begins
      // with "No." is not shown by a later sentence, which alone says less or something else.
      if (best > 1 || REPLY.test((result.entry.body[0] || '').text)) result.line = 0;
      result.score += K.phrase * best * best + K.line * most * most;
    });
  };

  // ---- Words of danger ------------------------------------------------------------------------
  // A pattern is a row of parts: words, lists, gaps and choices of rows (docs/search.md). It is read when a question comes
  // that may match it. The words of patterns and questions are squeezed: romanised words have no spelling of their own.
  var PART = /\*+|[()[\]/]|<\d+>|[^\s()[\]/<>*]+/g;
  function squeeze(word) {
    return word.replace(/([a-z])\1+/g, function (all, c) { return c === 'e' ? 'i' : c === 'o' ? 'u' : c; });
  }
  // Every way to write a word with letters that may be missing: `dh?amki`.
  function spellings(word) {
    var cut = word.indexOf('?');
    if (cut < 1) return [squeeze(word)];
    return spellings(word.slice(0, cut) + word.slice(cut + 1)).concat(spellings(word.slice(0, cut - 1) + word.slice(cut + 1)));
  }
  // A choice: `words` alone, what words may start or end with, and rows of more parts.
  function choice(free) {
    return { words: [], starts: [], finals: [], rows: [], free: free };
  }
  function addWord(made, token) {
    var from = token[0] === '~', to = token[token.length - 1] === '~';
    if (!from && !to && token.indexOf('?') < 0) return made.words.push(token);
    spellings(token.slice(from ? 1 : 0, to ? -1 : token.length)).forEach(function (one) {
      if (from) made.finals.push([one, to]);
      else (to ? made.starts : made.words).push(one);
    });
  }
  function readPattern(text, lists) {
    var tokens = text.match(PART) || [], place = 0, isHan = HAN_ANY.test(text);
    // Chinese is one word a character.
    function isWord(at) {
      var token = tokens[at];
      return '([*<'.indexOf(token[0]) < 0 && !(isHan && HAN_ANY.test(token));
    }
    function row() {
      var parts = [];
      while (place < tokens.length && '/)]'.indexOf(tokens[place]) < 0) item(parts);
      return parts;
    }
    function item(parts) {
      var token = tokens[place++], made;
      if (token === '(' || token === '[') {
        made = choice(token === '[');
        place--;
        do {
          place++;
          if (isWord(place) && '/)]'.indexOf(tokens[place + 1]) >= 0) addWord(made, tokens[place++]);
          else made.rows.push(row());
        } while (tokens[place] === '/');
        place++;
        parts.push(made);
      } else if (token[0] === '*') parts.push({ gap: (token[1] ? 5 : 2) * (isHan ? 2 : 1) });
      else if (token[0] === '<') parts.push(lists(+token.slice(1, -1)));
      else if (isWord(place - 1)) {
        addWord(made = choice(), token);
        parts.push(made);
      } else terms(token, false, true).forEach(function (one) {
        made = choice();
        made.words.push(squeeze(one));
        parts.push(made);
      });
    }
    return row();
  }
  E.readPatterns = function () {
    var self = this, data = self.vocabulary, help = self.data.help || [], texts = (data.lists || '').split('\n');
    // Lists may name one another: one is there before it is read.
    var made = [];
    self.lists = function (number) {
      if (!made[number]) {
        made[number] = {};
        if (texts[number]) Object.assign(made[number], readPattern(texts[number], self.lists)[0]);
      }
      return made[number];
    };
    function read(text) {
      var isHan = +HAN_ANY.test(text);
      return (text || '').split('\n').filter(Boolean).map(function (line) {
        var all = line.slice(0, 2) === '= ';
        var text = all ? line.slice(2) : line, skip = text.indexOf('[') < 0 ? text : text.replace(/\[[^[\]]*\]/g, ' ');
        return { text: text, all: all, han: isHan && +HAN_ANY.test(skip), skip: /\([^()]*\(|\[/.test(skip) ? '' : skip };
      });
    }
    // The places in `help` of contacts; those that a council does not have are passed over.
    function known(contacts) {
      return (contacts || '').split(' ').map(function (id) {
        return help.findIndex(function (line) { return line[0] === id; });
      }).filter(function (place) { return place >= 0; });
    }
    // Somebody must always be offered.
    var usual = known(data.usual), anybody = usual.length ? usual : [0, 1, 2];
    self.first = anybody.slice(0, 1);
    self.kinds = (data.danger || []).map(function (kind) {
      var own = known(kind[0]);
      return { help: own.length ? own : anybody, patterns: read(kind[1]) };
    });
    self.harmless = read(data.safe);
    self.guesses = (data.guess || '').split(' ').filter(Boolean);
    self.real = new Set((data.known || '').split(' ').concat(self.guesses));
  };
  function has(part, word) {
    if (part.words.length < 9) return part.words.indexOf(word) >= 0;
    return (part.set = part.set || new Set(part.words)).has(word);
  }
  // Where a part that starts at a place may end. A choice remembers it for the words it saw last.
  function ends(part, words, at) {
    var found = [], word = words[at], i;
    if (part.gap) {
      for (i = at; i <= Math.min(at + part.gap, words.length); i++) found.push(i);
      return found;
    }
    if (part.seen !== words) {
      part.seen = words;
      part.ends = [];
    }
    if (part.ends[at]) return part.ends[at];
    if (part.free) found.push(at);
    if (word !== undefined && (has(part, word) || part.starts.some(function (start) {
      return word.startsWith(start);
    }) || part.finals.some(function (final) {
      return final[1] ? word.includes(final[0]) : word.endsWith(final[0]);
    }))) found.push(at + 1);
    part.rows.forEach(function (row) {
      follow(row, words, at).forEach(function (end) { if (found.indexOf(end) < 0) found.push(end); });
    });
    return (part.ends[at] = found);
  }
  function follow(row, words, at) {
    var now = [at];
    for (var i = 0; i < row.length && now.length; i++) {
      if (now.length === 1) {
        now = ends(row[i], words, now[0]);
        continue;
      }
      var next = [];
      now.forEach(function (place) {
        ends(row[i], words, place).forEach(function (end) { if (next.indexOf(end) < 0) next.push(end); });
      });
      now = next;
    }
    return now;
  }
  // What patterns that words cannot match have, besides what may be missing: a part of plain words alone, none of them there.
  function missing(words, isHan) {
    var other = isHan ? '[^()~?<*/\\s' + words.join('') + ']+' : '(?!(?:' + words.join('|') + ')(?![^ )/]))[^ ()/~?<*]+';
    return new RegExp('(?:^| )(?:\\(' + other + '(?:[ /]' + other + ')*\\)|' + other + '(?![^ (])(?![^()]*\\)))');
  }
  // Where patterns match: [start, end, start, end, …]; the nearest end, or the farthest.
  function places(words, patterns, lists, without, far) {
    var found = [];
    patterns.forEach(function (pattern) {
      if (pattern.skip && without[pattern.han].test(pattern.skip)) return;
      pattern.row = pattern.row || readPattern(pattern.text, lists);
      for (var at = 0; at < (pattern.all ? 1 : words.length); at++) {
        var all = follow(pattern.row, words, at);
        if (pattern.all) all = all.filter(function (end) { return end === words.length; });
        if (all.length) found.push(at, Math[far ? 'max' : 'min'].apply(null, all));
      }
    });
    return found;
  }
  // A word that neither the guidance nor the language knows, one slip away from a word of danger, stands for that. Any
  // other word is what it says.
  E.guess = function (word) {
    var g = this.find(word), self = this;
    if (word.length < 5 || self.real.has(word) || self.keep.has(word) || self.df[g] || self.stops.has(g) || self.isSaid(g)) return word;
    return self.guesses.find(function (guess) { return slips(word, guess, 1) <= 1; }) || word;
  };
  // The places in `data.help` of those who help, where somebody may be in danger; else nothing.
  E.danger = function (query) {
    var self = this, help = [];
    if (!self.kinds) self.readPatterns();
    var words = self.terms(query.slice(0, 2000), false, true);
    function look(words) {
      var harmless, without;
      words = words.map(squeeze);
      without = [missing(words), missing(words, true)];
      self.kinds.forEach(function (kind) {
        var found = places(words, kind.patterns, self.lists, without), i, j;
        if (found.length && !harmless) harmless = places(words, self.harmless, self.lists, without, true);
        for (i = 0; i < found.length; i += 2) {
          // A harmless saying takes all of the danger, or none: "out of the window" is not "out".
          for (j = 0; j < harmless.length && (harmless[j] > found[i] || found[i + 1] > harmless[j + 1]);) j += 2;
          if (j < harmless.length) continue;
          kind.help.forEach(function (place) { if (help.indexOf(place) < 0) help.push(place); });
          break;
        }
      });
    }
    look(words);
    if (!help.length && self.guesses.length) look(words.map(self.guess, self));
    return help.length ? help : null;
  };

  // The groups of the words to mark.
  E.marked = function (read) {
    var set = new Set(), self = this;
    read.slots.forEach(function (slot) {
      slot.options.forEach(function (option) { if (option[1] > 0.4 && !self.stops.has(option[0])) set.add(option[0]); });
    });
    read.spans.forEach(function (span) {
      span.list.forEach(function (groups) { groups.forEach(function (g) { set.add(g); }); });
    });
    return set;
  };

  // Whether a question may be in a language that nobody here reads: of its words, two or more, none is known. Somebody may
  // be in danger in any language.
  E.isUnread = function (read) {
    var words = read.slots.filter(function (slot) { return slot.weight; });
    return words.length > 1 && !this.knows(read);
  };

  // How much of a question this language's pages know, from 0 to 1.
  E.knows = function (read) {
    var known = 0, all = 0;
    read.slots.forEach(function (slot) {
      all += slot.weight;
      if (slot.meant || slot.options.length && slot.options[0][1] >= 0.8) known += slot.weight;
    });
    return all ? known / all : 0;
  };

  // Answers with what is needed to show them.
  E.ask = function (query, foreign) {
    var self = this, found = self.search(query), read = found.read || self.read(query), set = self.marked(read);
    return {
      results: found.results.map(function (result) {
        return { entry: result.entry, line: result.line, engine: self, set: set, foreign: foreign };
      }),
      isClear: found.isClear, near: found.near, knows: self.knows(read), isUnread: !found.results.length && self.isUnread(read)
    };
  };
  // Whether a question may be in the source language: its own language knows little of it.
  E.isForeign = function (query, own) { return !!this.vocabulary.source && own.knows <= 0.8 && /[a-z]{2}/i.test(query); };
  // A question in the source language: its answers, in this page's language where they are translated. What that language
  // knows better, it also tells whether it is here.
  E.merge = function (own, other) {
    if (other.knows <= own.knows) return own;
    var self = this, byPlace = new Map(), taken = new Set(), here = [], there = [];
    self.entries.forEach(function (entry) { byPlace.set(entry.page.path + '#' + entry.id, entry); });
    other.results.forEach(function (result) {
      var entry = byPlace.get(result.entry.page.path + '#' + result.entry.id);
      if (entry) {
        taken.add(entry);
        here.push({ entry: entry, line: entry.body.length === result.entry.body.length ? result.line : 0, engine: self, set: new Set() });
      } else there.push(result);
    });
    own.results.forEach(function (result) { if (!taken.has(result.entry)) there.push(result); });
    return { results: here.concat(there).slice(0, other.isClear ? 10 : 5), isClear: other.isClear, near: other.near };
  };

  // ---- The page -------------------------------------------------------------------------------
  if (typeof document === 'undefined') return;
  var engines = {}, VERSION = 3;

  // Brings a language's words and a council's index, side by side and once; `done` gets an engine, or nothing if one of
  // them is missing, broken or of another version. The pages may be in another language than the words.
  function load(words, url, language, done, pages) {
    var state = engines[language] = engines[language] || { waiting: [], missing: 2 };
    if ('engine' in state) return done(state.engine);
    state.waiting.push(done);
    if (state.waiting.length > 1) return;
    function ready(event) {
      var own = api['words ' + language], data = api[pages || language];
      if (--state.missing) {
        // The pages are there first: they are read while the words come.
        if (event && data && data.v === VERSION) prepare(data);
        return;
      }
      state.engine = own && data && own.v === VERSION && data.v === VERSION ? new Engine(own, data) : null;
      state.waiting.forEach(function (wait) { wait(state.engine); });
    }
    [[pages || language, url], ['words ' + language, words]].forEach(function (file) {
      // The page may have brought it already, or asked for it, with this script.
      if (api[file[0]]) return ready();
      var script = [].find.call(document.scripts || [], function (script) { return script.getAttribute('src') === file[1]; });
      if (script) {
        script.addEventListener('load', ready);
        script.addEventListener('error', ready);
        return;
      }
      script = document.createElement('script');
      script.charset = 'utf-8';
      script.src = file[1];
      script.onload = script.onerror = ready;
      document.head.appendChild(script);
    });
  }

  function make(name, parent, text) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (parent) parent.appendChild(element);
    return element;
  }

  // Text with the words of `set` in <mark>, and what stands between isolate marks kept left to right.
  function write(parent, text, engine, set) {
    text.split(/\u2066|\u2069/).forEach(function (part, i) {
      var place = i % 2 ? make('bdi', parent) : parent, at = 0;
      if (i % 2) place.dir = 'ltr';
      engine.terms(part, true).forEach(function (found) {
        if (found[1] < at || !set.has(engine.groups.get(found[0]))) return;
        place.appendChild(document.createTextNode(part.slice(at, found[1])));
        make('mark', place, part.slice(found[1], at = found[2]));
      });
      place.appendChild(document.createTextNode(part.slice(at)));
    });
  }

  function start(box) {
    var input = box.querySelector('input'), status = box.querySelector('[role=status]'), list = box.querySelector('[data-search-results]');
    if (!input || !status || !list) return;
    var data = box.dataset, words = {}, foreignWords = [], isOpen, timer, opening, latest = '', form = input.form;
    var danger = make('div'), none = make('div');
    danger.dataset.searchDanger = '';
    none.dataset.searchNone = '';
    danger.hidden = none.hidden = true;
    status.parentNode.insertBefore(danger, status.nextSibling);
    list.parentNode.insertBefore(none, list.nextSibling);
    input.autocomplete = 'off';
    box.hidden = false;

    function say(name, value) {
      return (data[name] || words[name] || '').replace(/\{\w+\}/, value);
    }
    // Words that nobody has translated say which language they are in.
    function tongue(element, name) {
      if (name === 'opening' || name === 'broken' ? data.lang : foreignWords.indexOf(name) >= 0) element.lang = 'en';
      else element.removeAttribute('lang');
      return element;
    }
    function heading(parent, name) {
      tongue(make('p', parent, say(name)), name).dataset.searchHeading = '';
    }
    function link(entry, foreign) {
      // An index lies in the folder of its edition.
      return ((foreign ? data.sourceLink : data.link) || (foreign ? data.sourceIndex : data.index).replace(/[^/]*$/, '{page}index.html{id}'))
        .replace('{page}', entry.page.path && encodeURI(entry.page.path) + '/')
        .replace('{id}', entry.id && '#' + encodeURIComponent(entry.id));
    }
    function foreignText(element, foreign) {
      if (!foreign) return;
      element.lang = data.sourceLanguage;
      element.dir = 'auto';
    }
    function item(parent, result) {
      var entry = result.entry, row = make('li', parent), anchor = make('a', row), line = entry.body[result.line];
      anchor.href = link(entry, result.foreign);
      if (result.foreign) anchor.hreflang = data.sourceLanguage;
      foreignText(anchor, result.foreign || entry.foreign);
      write(anchor, entry.title, result.engine, result.set);
      if (line) {
        var passage = make('p', row);
        passage.dataset.searchPassage = '';
        foreignText(passage, result.foreign || line.foreign);
        write(passage, line.text, result.engine, result.set);
        var next = entry.body[result.line + 1];
        if (line.text.length + (next ? next.text.length : 999) < 130 && /[.?!\u061f\u06d4\u0964]$/.test(line.text) && next.foreign === line.foreign) write(passage, ' ' + next.text, result.engine, result.set);
      }
      if (result.foreign) tongue(make('p', row, say('foreign')), 'foreign').dataset.searchPage = '';
      if (entry.id) {
        var page = make('p', row);
        page.dataset.searchPage = '';
        tongue(page, 'page');
        write(page, say('page', entry.page.title), result.engine, new Set());
      }
    }
    function contacts(parent, engine, chosen) {
      var rows = make('ul', parent), help = engine.data.help || [];
      (chosen ? chosen.map(function (place) { return help[place]; }) : help).forEach(function (contact) {
        if (!contact) return;
        var row = make('li', rows), anchor;
        row.append(contact[1] + ': ');
        anchor = make('a', row);
        anchor.href = contact[3];
        make('bdi', anchor, contact[2]).dir = 'ltr';
        if (chosen && contact[4]) make('p', row, contact[4]).dataset.searchNote = '';
      });
    }
    function clear() {
      list.textContent = danger.textContent = none.textContent = '';
      danger.hidden = none.hidden = true;
    }
    function show(engine, found, isDanger) {
      clear();
      // A portal without contacts has nobody to name.
      if (!engine.data.help) isDanger = null;
      if (isDanger) {
        heading(danger, 'danger');
        contacts(danger, engine, isDanger);
        danger.hidden = false;
        // The first number is seen at once, above what stands at the foot of the screen and above the keys of a phone.
        var row = danger.querySelector('li'), view = typeof visualViewport === 'undefined' ? null : visualViewport;
        if (row && row.getBoundingClientRect && row.getBoundingClientRect().bottom > (view ? view.height : innerHeight) - 70) input.scrollIntoView();
      }
      found.results.forEach(function (result) { item(list, result); });
      // Whom the vocabulary names for a subject near the guidance, if the council has them.
      var near = !found.isClear && found.near, adviser = (near ? near[1].split(' ') : []).map(function (id) {
        return (engine.data.help || []).findIndex(function (contact) { return contact[0] === id; });
      }).filter(function (place) { return place >= 0; });
      if (!found.isClear) {
        // What people here often ask, where nothing is near; and whom to ask, the council's own number and an adviser's.
        if (!found.results.length) {
          var often = make('ul', none);
          (engine.data.often || []).forEach(function (place) {
            if (engine.entries[place]) item(often, { entry: engine.entries[place], engine: engine, set: new Set() });
          });
        }
        if (engine.data.help) {
          heading(none, 'ask');
          contacts(none, engine, adviser.length ? adviser : engine.data.ask);
        }
        none.hidden = false;
      }
      tongue(status, found.isClear ? 'count' : near ? 'near' : 'none').textContent = (isDanger ? [say('danger')].concat(isDanger.slice(0, 1).map(function (place) { return (engine.data.help[place] || [])[2]; })).join(': ') + '. ' : '') +
        (found.isClear ? say('count', found.results.length) : near ? say('near', near[0]) : say('none'));
    }
    function search() {
      var query = latest = input.value.trim() && input.value;
      timer = clearTimeout(timer);
      if (!query) {
        clearTimeout(opening);
        clear();
        status.textContent = '';
        return;
      }
      clearTimeout(opening);
      // Said where it takes a while: to show it takes a slow phone a tenth of a second, in which it could search.
      if (!list.firstChild && none.hidden) opening = setTimeout(function () { tongue(status, 'opening').textContent = say('opening'); }, 250);
      load(data.words, data.index, data.language, function (engine) {
        if (query !== latest) return;
        clearTimeout(opening);
        if (!engine) {
          clear();
          tongue(status, 'broken').textContent = say('broken');
          return;
        }
        words = engine.data.says || words;
        foreignWords = (engine.data.foreign || '').split(' ');
        isOpen = true;
        var own = engine.ask(query), isDanger = engine.danger(query);
        show(engine, own, isDanger || own.isUnread && !engine.isForeign(query, own) && engine.first);
        if (!engine.isForeign(query, own)) return;
        // Without pages in that language it still knows who is in danger.
        load(data.words.replace(/[^/]*$/, engine.vocabulary.source), data.sourceIndex || data.index, data.sourceLanguage, function (source) {
          if (!source || query !== latest) return;
          // The same contacts, in this page's language.
          if (!isDanger && (isDanger = source.danger(query))) isDanger = isDanger.map(function (place) {
            var contact = (source.data.help || [])[place];
            return (engine.data.help || []).findIndex(function (own) { return contact && own[0] === contact[0]; });
          });
          var other = data.sourceIndex ? source.ask(query, true) : own;
          show(engine, data.sourceIndex ? engine.merge(own, other) : own, isDanger || own.isUnread && other.isUnread && engine.first);
        }, data.sourceIndex ? '' : data.language);
      });
    }

    input.addEventListener('focus', function () {
      load(data.words, data.index, data.language, function () {});
    }, { once: true });
    input.addEventListener('input', function (event) {
      timer = clearTimeout(timer);
      // The first question waits for the index, not for the next key.
      if (!event.isComposing) timer = setTimeout(search, input.value && isOpen ? 60 : 0);
    });
    input.addEventListener('compositionend', search);
    input.addEventListener('search', search);
    if (form) form.addEventListener('submit', function (event) { event.preventDefault(); search(); });
    box.addEventListener('keydown', function (event) {
      // What is still to be shown must not take the focus away from an answer.
      if (event.key === 'ArrowDown' && timer) search();
      var links = Array.from(box.querySelectorAll('a'));
      var at = links.indexOf(document.activeElement);
      if (event.key === 'Escape' && (input.value || at >= 0)) {
        input.value = '';
        search();
        if (at >= 0) input.focus();
      } else if (event.key === 'Enter' && event.target === input) {
        if (!event.isComposing) search();
      } else if (event.key === 'ArrowDown' && at < links.length - 1 && (at >= 0 || event.target === input)) {
        links[at + 1].focus();
      } else if (event.key === 'ArrowUp' && at >= 0) {
        (links[at - 1] || input).focus();
      } else return;
      if (event.key !== 'Enter') event.preventDefault();
    });
    // Somebody who presses Back must not find the question.
    addEventListener('pagehide', function () {
      input.value = latest = '';
      clearTimeout(opening);
      clear();
      status.textContent = '';
    });
    if (document.activeElement === input) load(data.words, data.index, data.language, function () {});
    if (input.value) search();
  }

  [].forEach.call(document.querySelectorAll('[data-search]'), start);
})(typeof window === 'undefined' ? globalThis : window);
