import Guidance
import Markdown
import Workspace

/// A number or e-mail address typed into text is a second copy that nobody will find when it changes.
struct TypedContactCheck: EditionCheck {
    static let rule = "TypedContact"

    func problems(in edition: Edition) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        func check(_ blocks: [Block], file: String) {
            // Numbers have digits, and addresses are links.
            blocks.forEachPassage(in: [.digits, .references]) { passage in
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
        func check(_ sections: [Section]) {
            for section in sections {
                check(section.blocks, file: section.file)
                check(section.children)
            }
        }
        for page in edition.pages {
            check(page.introduction, file: page.file)
            check(page.sections)
        }
        return problems
    }

    private static func contacts(in passage: Passage) -> [String] {
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
        func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
        // Most text has too few digits for any number.
        var copy = text
        let digits = copy.withUTF8 { bytes in
            var count = 0
            for byte in bytes { count &+= byte &- UInt8(ascii: "0") < 10 ? 1 : 0 }
            return count
        }
        guard digits >= 10 else { return [] }
        var found: [String] = []
        var run: [UInt8] = []
        func finish() {
            while let last = run.last, !isDigit(last) { run.removeLast() }
            let digits = run.count(where: isDigit)
            let isNational = run.first == UInt8(ascii: "0")
            if isNational
                ? (10...11).contains(digits) : run.starts(with: "+44".utf8) && (11...13).contains(digits)
            {
                found.append(String(decoding: run, as: UTF8.self))
            }
            run.removeAll(keepingCapacity: true)
        }
        for byte in text.utf8 {
            if isDigit(byte) || (run.isEmpty && byte == UInt8(ascii: "+")) {
                run.append(byte)
            } else if !run.isEmpty, " -()".utf8.contains(byte) {
                run.append(byte)
            } else if !run.isEmpty {
                finish()
            }
        }
        finish()
        return found
    }
}
