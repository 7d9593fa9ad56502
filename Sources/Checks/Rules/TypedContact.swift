import Guidance
import Markdown
import Translations
import Workspace

/// A number or e-mail address typed into text is a second copy that nobody will find when it changes.
struct TypedContact: ProseRule {
    static let rule = Rule(
        "TypedContact", .warning,
        "A phone number or e-mail address is typed into text, where nobody finds it when it changes.",
        bad: "Phone ⟦01865 815672.", good: "Phone {{contact chair}}.")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        guard context.isPortal, prose.role != .cell || !prose.hasValues else { return [] }
        var found: [Finding] = []
        var typed: [(shown: String, destination: String)] = []
        prose.passage.inlines.forEachInline { inline in
            switch inline {
            case .text(let text):
                for number in phoneNumbers(in: text) {
                    let dialled = (try? PhoneNumber(plain(number)))?.dialled ?? number
                    typed.append((number, "tel:" + dialled))
                }
            case .link(let link):
                guard let destination = link.destination.written else { return }
                let words = link.content.plainText
                if destination.hasPrefix("mailto:") {
                    let address = String(destination.dropFirst("mailto:".count).prefix { $0 != "?" })
                    typed.append((words.isEmpty ? address : words, address))
                } else if destination.hasPrefix("tel:"), phoneNumbers(in: words).isEmpty {
                    // Where its number is shown it is found as text.
                    typed.append((words, destination))
                }
            default: break
            }
        }
        for ((shown, destination), range) in zip(typed, prose.ranges(of: typed.map(\.shown))) {
            found.append(
                Finding(rule, message(shown, destination, context), range, help: help(destination, context)))
        }
        return found
    }

    private static func message(_ shown: String, _ destination: String, _ context: LintContext) -> String {
        if context.contacts.name(of: destination) == nil,
            let near = context.contacts.nearMiss(of: destination)
        {
            return
                "'\(shown)' is typed into the text, and differs by \(near.signs == 1 ? "one sign" : "two digits") from the contact '\(near.name)'"
        }
        return "'\(shown)' is typed into the text"
    }

    private static func help(_ destination: String, _ context: LintContext) -> String {
        if let name = context.contacts.name(of: destination) {
            return
                "It is the contact '\(name)': write {{contact \(name)\(destination.contains("@") ? " email" : "")}}."
        }
        if let near = context.contacts.nearMiss(of: destination) {
            return "If you mean that contact, write {{contact \(near.name)}}; else make this one a contact."
        }
        return "Make it a contact, and write {{contact name}} here, so that it lives in one place."
    }

    private static func plain(_ number: String) -> String {
        // 18001 before a number is Relay UK's.
        number.hasPrefix("1800") ? String(number.dropFirst(6)) : number
    }

    /// Phone numbers in text, as pages and leaflets find them, that a phone could dial.
    static func phoneNumbers(in text: String) -> [String] {
        var copy = text
        guard copy.withUTF8({ TextSetting.latinScript.mayHaveRuns($0) }) else { return [] }
        let scanner = TextScanner(text)
        return scanner.phones().map { scanner.text($0.range) }.filter {
            (try? PhoneNumber(plain($0))) != nil
        }
    }
}
