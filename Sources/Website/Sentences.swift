import Markdown

/// Where sentences end, so that a long answer can be read in short paragraphs.
extension Passage {
    /// The passage in paragraphs of a few sentences each; whole where it is short.
    ///
    /// Widths are those of Latin letters: a line on a phone holds about 35 of them. Whole sentences are never taken
    /// apart, nor is what stands in quotation marks or brackets.
    func shortParagraphs(longest: Int = 230, wanted: Int = 170) -> [Passage] {
        guard inlines.width > longest else { return [self] }
        var parts: [[Inline]] = []
        var last = 0
        for sentence in inlines.sentences() {
            let width = sentence.width
            if parts.isEmpty || last + width > wanted {
                parts.append(sentence)
                last = width
            } else {
                parts[parts.count - 1] += sentence
                last += width
            }
        }
        // No line of three words on its own at the end.
        if parts.count > 1, last < 40 { parts[parts.count - 2] += parts.removeLast() }
        return parts.map { Passage($0.trimmed, translation: translation, range: range) }
    }

    /// The first sentence and the rest, where the first is a word or two: "No.", "不能。".
    func shortAnswer() -> (answer: Passage, rest: Passage)? {
        let sentences = inlines.sentences()
        guard sentences.count > 1, sentences[0].count == 1, case .text = sentences[0][0],
            sentences[0].width <= 16
        else { return nil }
        func passage(_ inlines: [Inline]) -> Passage {
            Passage(inlines, translation: translation, range: range)
        }
        return (passage(sentences[0]), passage(Array(sentences.dropFirst().joined())))
    }
}

extension [Inline] {
    /// How wide the words are, in Latin letters.
    fileprivate var width: Int {
        Passage(self).plainText.reduce(0) { sum, character in
            let value = character.unicodeScalars.first?.value ?? 0
            // Chinese, and the signs that are as wide.
            return sum + ((0x2E80...0x9FFF).contains(value) || (0xFF00...0xFFEF).contains(value) ? 2 : 1)
        }
    }

    /// Without white space at either end.
    fileprivate var trimmed: [Inline] {
        var result = self
        if case .text(let text)? = result.first {
            result[0] = .text(String(text.drop(while: \.isWhitespace)))
        }
        if case .text(let text)? = result.last {
            var text = Substring(text)
            while text.last?.isWhitespace == true { text.removeLast() }
            result[result.count - 1] = .text(String(text))
        }
        return result
    }

    /// Cut after each sentence; joined again they are what they were.
    fileprivate func sentences() -> [[Inline]] {
        var sentences: [[Inline]] = [[]]
        var depth = 0
        var isQuoted = false
        for inline in self {
            guard case .text(let text) = inline else {
                sentences[sentences.count - 1].append(inline)
                continue
            }
            var start = text.startIndex
            var index = start
            while index < text.endIndex {
                let character = text[index]
                var next = text.index(after: index)
                switch character {
                case "(", "（", "“", "„", "«", "「": depth += 1
                case ")", "）", "”", "»", "」": depth = Swift.max(0, depth - 1)
                case "\"": isQuoted.toggle()
                default: break
                }
                if character.endsSentence {
                    // Quotation marks and brackets that close here belong to the sentence.
                    while next < text.endIndex, ")）”»」\"".contains(text[next]) {
                        if text[next] == "\"" { isQuoted.toggle() } else { depth = Swift.max(0, depth - 1) }
                        next = text.index(after: next)
                    }
                    let after = text[next...].first { !$0.isWhitespace }
                    let isApart = character.needsNoSpace || next < text.endIndex && text[next].isWhitespace
                    if isApart, depth == 0, !isQuoted, !(after?.isLowercase ?? false) {
                        while next < text.endIndex, text[next].isWhitespace { next = text.index(after: next) }
                        sentences[sentences.count - 1].append(.text(String(text[start..<next])))
                        sentences.append([])
                        start = next
                    }
                }
                index = next
            }
            if start < text.endIndex { sentences[sentences.count - 1].append(.text(String(text[start...]))) }
        }
        return sentences.filter { !$0.isEmpty }
    }
}

extension Character {
    fileprivate var endsSentence: Bool { ".!?…。！？।॥۔؟።".contains(self) }
    /// Chinese has no spaces between sentences.
    fileprivate var needsNoSpace: Bool { "。！？".contains(self) }
}
