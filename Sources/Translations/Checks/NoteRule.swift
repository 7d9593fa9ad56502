import Workspace

/// What a translator has left for later: families read it as if it were meant for them.
struct NoteRule: TranslationRule {
    static let name = "NoteInTranslation"

    /// Written so in every language.
    private static let marks: Set<String> = ["TODO", "TBC", "TBA", "TBD", "FIXME", "XXX", "XXXX"]

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        let source = translation.source.scalars
        let target = translation.target.scalars
        let known = Set(Self.words(source).map(\.text))
        var found = Self.words(target).filter { Self.marks.contains($0.text) && !known.contains($0.text) }
            .map(\.range)
        // A gap in brackets that the English has not; a link's words stand in brackets too.
        if !source.contains("[") {
            var index = target.startIndex
            while let open = target[index...].firstIndex(of: "["),
                let close = target[open...].firstIndex(of: "]")
            {
                index = close + 1
                let isLink = index < target.count && target[index] == "("
                // `[^law]` is a footnote, which has a rule of its own.
                let isFootnote = target[open + 1] == "^"
                if !isLink, !isFootnote, close > open + 1 { found.append(open..<(close + 1)) }
            }
        }
        return found.map { range in
            .warning(
                Self.name, "'\(Self.text(target[range]))' looks like a note that a translator left",
                at: translation.location(range), help: "Ask the translator, then write what belongs here.")
        }
    }

    private static func words(_ scalars: [Unicode.Scalar]) -> [(text: String, range: Range<Int>)] {
        var words: [(String, Range<Int>)] = []
        var index = 0
        while index < scalars.count {
            let end = scalars[index...].firstIndex { !$0.isLetter } ?? scalars.count
            if end > index { words.append((text(scalars[index..<end]), index..<end)) }
            index = end + 1
        }
        return words
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
