import Guidance
import Markdown
import Workspace

/// A number or e-mail address typed into text is a second copy that nobody will find when it changes.
struct TypedContactCheck: EditionCheck {
    static let rule = "TypedContact"

    func problems(in edition: Edition) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        func check(_ blocks: [Block], file: String) {
            blocks.forEachPassage { passage in
                for found in Self.contacts(in: passage) {
                    problems.append(
                        .warning(
                            Self.rule, "'\(found)' is typed into the text",
                            at: SourceLocation(file: file, range: passage.range),
                            help:
                                "Make it a contact, and write {{contact name}} here, so that it lives in one place."
                        ))
                }
            }
        }
        for page in edition.pages {
            check(page.introduction, file: page.file)
            for section in page.allSections { check(section.blocks, file: section.file) }
        }
        return problems
    }

    private static func contacts(in passage: Passage) -> [String] {
        // Most text is words alone.
        let isPlain = passage.inlines.allSatisfy { inline in
            if case .text(let text) = inline {
                !text.utf8.contains { (0x30...0x39).contains($0) }
            } else {
                false
            }
        }
        if isPlain { return [] }
        var found: [String] = []
        passage.inlines.forEachInline { inline in
            switch inline {
            case .text(let text): found += phoneNumbers(in: text)
            case .link(let link) where link.destination.hasPrefix("mailto:"):
                found.append(String(link.destination.dropFirst("mailto:".count)))
            default: break
            }
        }
        return found
    }

    /// Runs of ten or eleven digits with single spaces or hyphens between them, from a zero or +44: the
    /// United Kingdom's national numbers (Ofcom, National Telephone Numbering Plan).
    static func phoneNumbers(in text: String) -> [String] {
        guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return [] }
        var found: [String] = []
        var run = ""
        func finish() {
            while let last = run.last, !last.isNumber { run.removeLast() }
            let digits = run.filter(\.isNumber).count
            if run.hasPrefix("0")
                ? (10...11).contains(digits) : run.hasPrefix("+44") && (11...13).contains(digits)
            {
                found.append(run)
            }
            run = ""
        }
        for character in text {
            if character.isASCII, character.isNumber || (run.isEmpty && character == "+") {
                run.append(character)
            } else if !run.isEmpty, " -()".contains(character) {
                run.append(character)
            } else {
                finish()
            }
        }
        finish()
        return found
    }
}
