import Guidance
import Markdown
import Translations
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

    /// Phone numbers in text, as pages and leaflets find them, that a phone could dial.
    static func phoneNumbers(in text: String) -> [String] {
        var copy = text
        guard copy.withUTF8({ TextSetting.latinScript.mayHaveRuns($0) }) else { return [] }
        let scanner = TextScanner(text)
        return scanner.phones().map { scanner.text($0.range) }.filter { found in
            // 18001 before a number is Relay UK's.
            let number = found.hasPrefix("1800") ? found.dropFirst(6) : found[...]
            return (try? PhoneNumber(String(number))) != nil
        }
    }
}
