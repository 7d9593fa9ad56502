import Markdown
import Workspace

/// Where sentences end, so that a long answer can be read in short paragraphs.
extension Passage {
    /// The passage in paragraphs of a few sentences each; whole where it is short.
    ///
    /// Widths are those of Latin letters: a line on a phone holds about 35 of them. Whole sentences are never taken
    /// apart, nor is what stands in quotation marks or brackets.
    func shortParagraphs(longest: Int = 230, wanted: Int = 170) -> [Passage] {
        let text = plainText
        // No sign is wider than its bytes.
        guard text.utf8.count > longest, text.width > longest else { return [self] }
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
    fileprivate var width: Int { Passage(self).plainText.width }

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
        var quotation = Quotation()
        for inline in self {
            guard case .text(let text) = inline else {
                sentences[sentences.count - 1].append(inline)
                continue
            }
            let scalars = text.unicodeScalars
            var start = scalars.startIndex
            var index = start
            while index < scalars.endIndex {
                let scalar = scalars[index]
                index = scalars.index(after: index)
                guard !scalar.isWordOfASCII else { continue }
                quotation.read(scalar)
                guard scalar.endsSentence else { continue }
                // Quotation marks and brackets that close here belong to the sentence.
                while index < scalars.endIndex, scalars[index].mayCloseSentence {
                    quotation.close(scalars[index])
                    index = scalars.index(after: index)
                }
                let following = index < scalars.endIndex ? scalars[index].properties : nil
                let isApart =
                    following?.isWhitespace ?? false
                    || scalar.needsNoSpace && !(following?.isGraphemeExtend ?? false)
                guard isApart, !quotation.isOpen else { continue }
                var next = index
                while next < scalars.endIndex, scalars[next].isSpace {
                    next = scalars.index(after: next)
                }
                if next < scalars.endIndex, scalars[next].isLowercase { continue }
                sentences[sentences.count - 1].append(.text(String(scalars[start..<next])))
                sentences.append([])
                start = next
                index = next
            }
            if start < scalars.endIndex {
                sentences[sentences.count - 1].append(.text(String(scalars[start...])))
            }
        }
        return sentences.filter { !$0.isEmpty }
    }
}

/// Whether a text has come into brackets or quotation marks that are still open.
private struct Quotation {
    private var depth = 0
    private var isQuoted = false

    var isOpen: Bool { depth > 0 || isQuoted }

    mutating func read(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "(", "（", "“", "„", "«", "「": depth += 1
        default: close(scalar)
        }
    }

    mutating func close(_ scalar: Unicode.Scalar) {
        switch scalar {
        case ")", "）", "”", "»", "」": depth = max(0, depth - 1)
        case "\"": isQuoted.toggle()
        default: break
        }
    }
}

extension String {
    /// How wide the words are, in Latin letters.
    fileprivate var width: Int { unicodeScalars.reduce(0) { $0 + $1.width } }
}

extension Unicode.Scalar {
    fileprivate var width: Int {
        switch value {
        case ..<0x300: 1
        // Chinese, and the signs that are as wide.
        case 0x2E80...0x9FFF, 0xFF00...0xFFEF: 2
        default: properties.isGraphemeExtend || properties.isDefaultIgnorableCodePoint ? 0 : 1
        }
    }

    /// A letter or a space, as nearly all of English is.
    fileprivate var isWordOfASCII: Bool { value < 0x80 && (value | 0x20 >= 0x61 || value == 0x20) }

    fileprivate var endsSentence: Bool {
        switch self {
        case ".", "!", "?", "…", "。", "！", "？", "।", "॥", "۔", "؟", "።": true
        default: false
        }
    }

    /// Chinese has no spaces between sentences.
    fileprivate var needsNoSpace: Bool {
        switch self {
        case "。", "！", "？": true
        default: false
        }
    }

    fileprivate var mayCloseSentence: Bool {
        switch self {
        case ")", "）", "”", "»", "」", "\"": true
        default: false
        }
    }
}
