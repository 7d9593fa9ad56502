import Guidance
import Workspace

/// A contact as a vCard 3.0 (RFC 2426), which old phones read too.
enum VCard {
    /// - Parameter age: a sentence about the age of old information, which the phone keeps with the number.
    static func bytes(_ contact: Contact, organisation: String?, age: String? = nil) -> [UInt8] {
        var output: [UInt8] = []
        // Nothing in a value may end its line: the next would be another field.
        func line(_ name: String, _ value: String) {
            append(name + ":" + HiddenCharacters.removed(from: value), to: &output)
        }
        let name = escape(contact.name.plainText)
        line("BEGIN", "VCARD")
        line("VERSION", "3.0")
        line("N", ";\(name);;;")
        line("FN", name)
        if let organisation { line("ORG", escape(organisation)) }
        for way in contact.ways {
            switch way.channel {
            case .phone: line("TEL;TYPE=WORK,VOICE", escape(number(way)))
            case .text: line("TEL;TYPE=CELL,MSG", escape(number(way)))
            case .email: line("EMAIL;TYPE=INTERNET", escape(way.text))
            case .web: line("URL", way.destination ?? way.text)
            case .post, .visit:
                let parts = way.text.split(separator: "\n").map { escape(String($0)) }
                line("ADR;TYPE=WORK", ";;" + parts.joined(separator: "\\, ") + ";;;;")
            }
        }
        let notes = [
            contact.purpose?.plainText, contact.note?.plainText, contact.hours?.plainText,
            contact.area?.plainText, age,
        ].compactMap { $0 }
        if !notes.isEmpty { line("NOTE", escape(notes.joined(separator: "\n"))) }
        line("END", "VCARD")
        return output
    }

    /// The number as it is dialled.
    private static func number(_ way: Contact.Way) -> String {
        guard let destination = way.destination, let colon = destination.firstIndex(of: ":") else {
            return way.text
        }
        // A pause before what is dialled once somebody answers: phones read the comma, and not RFC 3966.
        return String(destination[destination.index(after: colon)...]).replacing(";ext=", with: ",")
    }

    private static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\\", ",", ";": result += "\\\(scalar)"
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Lines have at most 75 bytes; longer ones go on after a space, never within a letter.
    private static func append(_ line: String, to output: inout [UInt8]) {
        var length = 0
        for scalar in line.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if length + bytes.count > 75 {
                output += [0x0D, 0x0A, 0x20]
                length = 1
            }
            output += bytes
            length += bytes.count
        }
        output += [0x0D, 0x0A]
    }
}
