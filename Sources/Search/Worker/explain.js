// Tells why a search answers as it does, by what the theme's engine gives to everybody: how it reads a question, which
// words are of one group, and which answers it finds. What stands where is read from the index and the vocabulary, in the
// format of docs/search.md.
(function (root) {
  'use strict';
  const engines = new Map(), pages = new Map();

  function engine(language) {
    const api = root.signpostSearch || {}, words = api['words ' + language], data = api[language];
    if (!engines.has(language) && typeof api.Engine === 'function' && words && data) engines.set(language, new api.Engine(words, data));
    return engines.get(language);
  }

  // The entries of an index by their address from its folder, and the groups of all words that stand somewhere.
  function known(language) {
    if (pages.has(language)) return pages.get(language);
    const one = engine(language), data = one.data, words = one.vocabulary, entries = new Map(), groups = new Map(), counts = new Map();
    let page, entry;
    function note(text, amount) {
      one.terms(text).forEach((word) => {
        if (word === '*') return;
        counts.set(word, (counts.get(word) || 0) + amount);
        if (!groups.has(word)) groups.set(word, one.group(word));
      });
    }
    root.signpostSearch.lines(data).forEach((line) => {
      const parts = line.slice(1).split('\t');
      if ('#*'.includes(line[0])) page = { path: parts[0], title: parts[1] };
      else if ('?!'.includes(line[0])) {
        const address = (page.path && encodeURI(page.path) + '/') + 'index.html' + (parts[0] && '#' + encodeURIComponent(parts[0]));
        entries.set(address, entry = { page, id: parts[0], title: parts[1], also: [], body: [] });
        note(parts[1], 1);
      } else if (line[0] === '+') {
        entry.also = parts;
        parts.forEach((phrase) => note(phrase, 1));
      } else if (line) {
        entry.body.push(parts[0]);
        note(parts[0], 1);
      }
    });
    // Meanings by the groups of their wordings, and what families say for them.
    const meanings = (words.means || '').split(','), sayings = [];
    meanings.concat((words.says || '').split(/[\n,]/), (words.stop || '').split(' '), (words.off || '').split(','), (words.near || []).flatMap((subject) => subject[2].split(','))).forEach((text) => note(text.replace(/[/*]/g, ' '), 0));
    const wordings = new Map();
    meanings.forEach((text, number) => text.split('/').forEach((wording) => {
      const key = wording.split(' ').map((word) => groups.get(word)).join(' ');
      if (!wordings.has(key)) wordings.set(key, { text: wording, meanings: [] });
      wordings.get(key).meanings.push(number);
    }));
    const meant = new Map();
    (words.says || '').split('\n').forEach((line, number) => {
      if (line) line.split(',').forEach((phrase) => meant.set(phrase, (meant.get(phrase) || []).concat(number)));
    });
    meant.forEach((meanings, phrase) => {
      sayings.push({
        phrase, meanings, groups: phrase.split(' ').filter((word) => word !== '*').map((word) => groups.get(word)),
      });
    });
    const forms = new Map();
    groups.forEach((group, word) => {
      if (!forms.has(group)) forms.set(group, []);
      forms.get(group).push(word);
    });
    forms.forEach((list) => list.sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1)));
    const found = { entries, groups, forms, meanings, wordings, sayings };
    pages.set(language, found);
    return found;
  }

  function understood(question, language) {
    const one = engine(language), here = known(language), read = one.read(question);
    const words = read.slots.map((slot) => ({
      word: slot.word, isStop: !!slot.stop, isOnPages: !!slot.known, isMeant: !!slot.meant, isElsewhere: !!slot.off || slot.near !== undefined,
      options: slot.options.map(([group, weight]) => {
        const forms = here.forms.get(group) || [];
        const kind = here.groups.get(slot.word) === group ? 'known' : weight >= 0.9 ? 'form'
          : forms.some((form) => form.startsWith(slot.word)) ? 'completed' : forms.some((form) => slot.word.startsWith(form) || slot.word.endsWith(form)) ? 'part' : 'corrected';
        return { kind, forms };
      }),
    }));
    const sayings = read.spans.map((span) => {
      const keys = span.list.map((groups) => groups.join(' ')), numbers = new Set();
      keys.forEach((key) => (here.wordings.get(key) || { meanings: [] }).meanings.forEach((number) => numbers.add(number)));
      const slots = span.at.map((place) => read.slots[place]);
      const lines = here.sayings.filter((saying) => saying.groups.length === slots.length && saying.meanings.some((number) => numbers.has(number))
        && saying.groups.every((group, i) => slots[i].options.some((option) => option[0] === group)));
      return {
        said: slots.map((slot) => slot.word),
        wordings: [...new Set(span.list.map((groups) => (here.wordings.get(groups.join(' ')) || { text: groups.map((group) => (here.forms.get(group) || ['?'])[0]).join(' ') }).text))],
        lines: lines.flatMap((saying) => saying.meanings.filter((number) => numbers.has(number)).map((number) => ({ phrase: saying.phrase, meaning: here.meanings[number] }))),
      };
    });
    const about = one.about ? one.about(read.words) : {};
    const topics = Object.keys(about).map((code) => ({ code, share: about[code] })).filter((topic) => topic.share >= 0.1)
      .sort((a, b) => b.share - a.share);
    return { language, words, topics, sayings, knows: one.knows(read), isElsewhere: !!read.off };
  }

  // Where an entry has the words of a question, or of what they mean.
  function matches(question, language, entry) {
    const one = engine(language), here = known(language), read = one.read(question);
    const fields = [['title', [entry.title]], ['alsoAsked', entry.also], ['body', entry.body]].map(([name, texts]) => {
      const words = new Map();
      texts.forEach((text) => one.terms(text).forEach((word) => {
        const group = here.groups.get(word);
        if (!words.has(group)) words.set(group, new Set());
        words.get(group).add(word);
      }));
      return [name, words];
    });
    function where(groups) {
      const found = {};
      fields.forEach(([name, words]) => {
        const list = [...new Set(groups.flatMap((group) => [...(words.get(group) || [])]))];
        if (list.length) found[name] = list;
      });
      return found;
    }
    const has = (group) => fields.some(([, words]) => words.has(group)), list = [];
    read.slots.forEach((slot) => {
      const found = where(slot.options.map((option) => option[0]));
      if (Object.keys(found).length && !slot.stop) list.push({ said: slot.word, isMeaning: false, fields: found });
    });
    read.spans.forEach((span) => {
      const groups = span.list.filter((wording) => wording.every(has)).flat();
      if (groups.length) list.push({ said: span.at.map((place) => read.slots[place].word).join(' … '), isMeaning: true, fields: where(groups) });
    });
    // A question of nothing but stop words is answered by them.
    if (!list.length) read.slots.forEach((slot) => {
      const found = where(slot.options.map((option) => option[0]));
      if (Object.keys(found).length) list.push({ said: slot.word, isMeaning: false, fields: found });
    });
    return list;
  }

  // The fewest words in a row that are danger by themselves and without which the question is none; else the fewest that
  // are danger by themselves.
  function dangerousWords(question, one) {
    const places = one.terms(question.slice(0, 2000), true, true);
    let spare = null;
    for (let count = 1; count <= Math.min(places.length, 30); count++) {
      for (let at = 0; at + count <= places.length; at++) {
        const from = places[at][1], to = places[at + count - 1][2], part = question.slice(from, to);
        if (!one.danger(part)) continue;
        spare = spare || part;
        if (!one.danger(question.slice(0, from) + ' ' + question.slice(to))) return part;
      }
    }
    return spare;
  }

  function explain(question, shown, data) {
    const one = engine(data.language);
    if (!one) return {};
    const other = data.sourceLanguage && data.sourceIndex && data.sourceLanguage !== data.language && engine(data.sourceLanguage);
    const folders = [[data.language, data.index], ...(other ? [[data.sourceLanguage, data.sourceIndex]] : [])].map(([language, index]) => [language, index.replace(/[^/]*$/, '')]);
    const results = new Map(folders.map(([language]) => {
      const list = engine(language).search(question).results;
      return [language, new Map(list.map((result) => [result.entry.page.path + '#' + result.entry.id, result]))];
    }));
    let isOther = false;
    const answers = shown.answers.map((answer) => {
      for (const [language, folder] of folders) {
        const entry = answer.address.startsWith(folder) && known(language).entries.get(answer.address.slice(folder.length));
        if (!entry) continue;
        const key = entry.page.path + '#' + entry.id, result = results.get(language).get(key);
        // Found by the other language's words.
        const from = result || !other ? language : data.sourceLanguage, there = results.get(from) && results.get(from).get(key);
        if (from !== data.language) isOther = true;
        const source = from === language ? entry : [...known(from).entries.values()].find((one) => one.page.path + '#' + one.id === key) || entry;
        return Object.assign({}, answer, { covered: there && there.covered != null ? there.covered : null, foundIn: from, topics: ((there && there.entry.topics) || []).map(([code, share]) => ({ code, share })), matches: matches(question, from, source) });
      }
      return answer;
    });
    return {
      answers, understood: [understood(question, data.language), ...(isOther ? [understood(question, data.sourceLanguage)] : [])],
      dangerousWords: shown.danger.length ? dangerousWords(question, one) : null,
    };
  }
  root.signpostTrial = { engine, explain };
})(globalThis);
