import Workspace

/// What a quotation that starts with `[!NOTE]` is: a box with a word that says how much it matters.
public enum Callout: String, CaseIterable, Hashable, Sendable {
    case note, tip, important, warning, caution
    /// What many may pass over: closed on a screen until somebody opens it.
    case more
    /// What is said in the recording before it.
    case transcript

    /// Whether it warns of harm.
    package var warns: Bool {
        switch self {
        case .note, .tip, .important, .more, .transcript: false
        case .warning, .caution: true
        }
    }

    /// Whether a screen shows its first line alone until somebody opens it. The words beside the mark are its heading.
    package var folds: Bool { self == .more || self == .transcript }

    /// What other programs call their boxes.
    private static let others: [String: Callout] = [
        "abstract": .note, "summary": .note, "info": .note, "todo": .note, "question": .note, "faq": .note,
        "help": .note, "example": .note, "quote": .note, "cite": .note, "seealso": .note,
        "hint": .tip, "success": .tip, "check": .tip, "done": .tip, "attention": .warning,
        "danger": .caution, "error": .caution, "failure": .caution, "fail": .caution, "missing": .caution,
        "bug": .caution, "details": .more, "collapse": .more, "accordion": .more, "expand": .more,
    ]

    /// The kind that comes nearest to a word in meaning or else in letters; a note where none does.
    package static func nearest(to name: String) -> Callout {
        let name = name.lowercased()
        return Callout(rawValue: name) ?? others[name]
            ?? nearestName(to: name, among: allCases.map(\.rawValue)).flatMap(Callout.init) ?? .note
    }

    /// The mark at the start of a quotation's text.
    struct Mark {
        /// As it is written.
        var name: String
        /// How many UTF-8 bytes the mark takes, with the sign of a box that folds: `[!NOTE]-`.
        var length: Int
    }

    static func mark(in text: String) -> Mark? {
        guard text.hasPrefix("[!"), let close = text.firstIndex(of: "]") else { return nil }
        let name = text[text.index(text.startIndex, offsetBy: 2)..<close]
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0 == "-" || $0 == "_" }) else { return nil }
        var after = text[text.index(after: close)...]
        if let sign = after.first, sign == "-" || sign == "+" { after = after.dropFirst() }
        guard after.first?.isWhitespace ?? true else { return nil }
        return Mark(name: String(name), length: text.utf8.count - after.utf8.count)
    }

    /// A callout's first paragraph without its mark.
    ///
    /// Words beside the mark are a paragraph of their own, as a title is, unless their sentence goes on in the next line.
    ///
    /// - Parameter lineEnd: Which of the inlines is the end of the first line.
    static func text(
        of passage: Passage, mark: Mark, lineEnd: Int?
    ) -> (title: Passage?, rest: Passage?) {
        var inlines = passage.inlines
        guard case .text(let start)? = inlines.first else { return (nil, passage) }
        var lines: [[Inline]] = []
        inlines[0] = .text(String(decoding: start.utf8.dropFirst(mark.length), as: UTF8.self))
        if let lineEnd, inlines.indices.contains(lineEnd) {
            lines = [Array(inlines[..<lineEnd]), Array(inlines[(lineEnd + 1)...])]
        } else {
            lines = [inlines]
        }
        lines = lines.map(trimmed)
        if lines.count == 2, !lines[0].isEmpty, case .text(let next)? = lines[1].first,
            next.first?.isLowercase == true
        {
            lines = [[], lines[0] + [.text(" ")] + lines[1]]
        }
        let texts = lines.enumerated().map { index, line -> Passage? in
            guard !line.isEmpty else { return nil }
            var range = passage.range
            if index > 0, lines.count > 1, !lines[0].isEmpty, let whole = range,
                whole.start.line < whole.end.line
            {
                range = SourceRange(SourcePosition(line: whole.start.line + 1, column: 1), whole.end)
            }
            return Passage(line.joiningText, range: range)
        }
        return (texts[0], texts.count > 1 ? texts[1] : nil)
    }

    private static func trimmed(_ line: [Inline]) -> [Inline] {
        var line = line
        if case .text(let first)? = line.first {
            line[0] = .text(String(first.drop(while: \.isWhitespace)))
        }
        if case .text(let last)? = line.last, last.last?.isWhitespace == true {
            line[line.count - 1] = .text(String(last.reversed().drop(while: \.isWhitespace).reversed()))
        }
        return line.filter { $0 != .text("") }
    }
}

extension [Inline] {
    /// The same without texts that stand beside one another.
    package var joiningText: [Inline] {
        reduce(into: []) { result, inline in
            if case .text(let text) = inline, case .text(let before)? = result.last {
                result[result.count - 1] = .text(before + text)
            } else {
                result.append(inline)
            }
        }
    }
}
