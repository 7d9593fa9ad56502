import Markdown
import Testing
import Workspace

@testable import Guidance
@testable import Website

@Suite struct VCardTests {
    @Test(
        "Nothing in a name, note or address can add a field",
        arguments: ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{0B}", "\u{0C}", "\u{202E}"])
    func lineEnds(end: String) {
        let text = "Help\(end)TEL:+441"
        let contact = Contact(
            id: "help", name: Passage(text), purpose: Passage(text),
            ways: [
                Contact.Way(channel: .web, text: text, destination: "https://x.example/\(end)TEL:+441"),
                Contact.Way(channel: .post, text: text), Contact.Way(channel: .email, text: text),
            ],
            hours: nil, area: nil, note: Passage(text), relay: nil, audience: .families, source: nil,
            checked: nil, isCheckOverdue: false, isNational: false,
            location: SourceLocation(file: "council.yml"))
        let bytes = VCard.bytes(contact, organisation: text, age: text)
        let written = String(decoding: bytes, as: UTF8.self)
        let lines = written.unicodeScalars.split { $0 == "\r" || $0 == "\n" }
        #expect(!lines.contains { $0.starts(with: "TEL".unicodeScalars) })
        for scalar in written.unicodeScalars where scalar != "\r" && scalar != "\n" {
            #expect(!HiddenCharacters.contains(scalar))
        }
        // From BEGIN to END; lines that go on in the next one start with a space.
        #expect(lines.count { $0.first != " " } == 10)
    }
}
