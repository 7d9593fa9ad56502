import Workspace

/// As many words are emphasised, and strongly emphasised, as in the English.
///
/// Marks count only where CommonMark takes them for marks: `**重要。**请` shows its stars.
struct EmphasisRule: TranslationRule {
    static let name = "EmphasisMismatch"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        guard translation.isMarkdown else { return [] }
        let kinds = [
            ("**…**", translation.source.strongCount, translation.target.strongCount),
            ("*…*", translation.source.emphasisCount, translation.target.emphasisCount),
        ].filter { $0.1 != $0.2 }
        guard !kinds.isEmpty else { return [] }
        let lacks = kinds.contains { $0.2 < $0.1 }
        let problems: [Diagnostic] = [
            .error(
                Self.name,
                kinds.map { "the English has \($0.1) × \($0.0), the translation \($0.2)" }.joined(
                    separator: "; "),
                at: translation.location(),
                help: lacks
                    ? "Mark the same words. A mark does not work between a punctuation mark and a letter: put the punctuation outside."
                    : "Mark only what the English marks; write a plain star as \\*.")
        ]
        return translation.isKept(in: .emphasis) ? problems.map(\.asNote) : problems
    }
}

/// A translation is one block, as the English is: no blank line, no list or heading mark at its start, no white space
/// at its ends.
struct ShapeRule: TranslationRule {
    static let name = "MessageShape"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        let source = translation.source.scalars
        let target = translation.target.scalars
        func isSpace(_ scalar: Unicode.Scalar?) -> Bool { scalar?.isSpace == true }
        for (name, mine, theirs, range) in [
            ("starts", target.first, source.first, 0..<1),
            ("ends", target.last, source.last, max(0, target.count - 1)..<target.count),
        ] where isSpace(mine) != isSpace(theirs) || (mine == "\n") != (theirs == "\n") {
            problems.append(
                .error(
                    Self.name,
                    isSpace(mine)
                        ? "the translation \(name) with white space" : "the English \(name) with white space",
                    at: translation.location(range), help: "Start and end as the English does."))
        }
        if let blank = blankLine(target), blankLine(source) == nil {
            problems.append(
                .error(
                    Self.name, "a blank line makes two paragraphs of one",
                    at: translation.location(blank..<(blank + 2)),
                    help: "Write the translation as one paragraph."))
        }
        if translation.isMarkdown, let length = blockMark(target), blockMark(source) == nil {
            problems.append(
                .error(
                    Self.name, "this start makes a list, a heading or a quotation of the text",
                    at: translation.location(0..<length),
                    help: "Put another word first, or a backslash before the mark: 3\\. or \\-."))
        }
        return problems
    }

    private func blankLine(_ text: [Unicode.Scalar]) -> Int? {
        text.indices.first { $0 + 1 < text.count && text[$0] == "\n" && text[$0 + 1] == "\n" }
    }

    private func blockMark(_ text: [Unicode.Scalar]) -> Int? {
        guard let first = text.first else { return nil }
        func spaceFollows(_ index: Int) -> Bool { index >= text.count || text[index] == " " }
        switch first {
        case ">": return 1
        case "-", "+", "*": return spaceFollows(1) ? 1 : nil
        case "#":
            let count = text.prefix { $0 == "#" }.count
            return count <= 6 && spaceFollows(count) ? count : nil
        default:
            let digits = text.prefix { ("0"..."9").contains($0) }.count
            guard (1...9).contains(digits), digits < text.count, text[digits] == "." || text[digits] == ")",
                spaceFollows(digits + 1)
            else { return nil }
            return digits + 1
        }
    }
}

/// A translation refers to the same footnotes as the English.
struct FootnoteRule: TranslationRule {
    static let name = "FootnoteMismatch"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        guard translation.isMarkdown else { return [] }
        let (missing, extra) = translation.difference(.footnote)
        let wanted = translation.source.values(.footnote)
        return extra.map { token -> Diagnostic in
            .error(
                Self.name, "the footnote \(token.value) is not in the English, or not as often",
                at: translation.location(token.range),
                help: wanted.isEmpty
                    ? "The English has none." : "The English has \(wanted.joined(separator: " ")).")
        }
            + missing.map {
                .error(
                    Self.name, "the footnote \($0) of the English is missing in the translation",
                    at: translation.location(), help: "Write \($0) after the words that it belongs to.")
            }
    }
}
