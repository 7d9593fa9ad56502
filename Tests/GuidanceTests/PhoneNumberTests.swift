import Guidance
import Support
import Testing
import Translations
import Workspace

@Suite("Phone numbers")
struct PhoneNumberTests {
    @Test(
        "what people paste is dialled rightly",
        arguments: [
            ("01865 323589", "+441865323589"), ("+44 (0)1865 323589", "+441865323589"),
            ("+44(0)1865 323589", "+441865323589"), ("+44 1865 323589", "+441865323589"),
            ("+4401865323589", "+441865323589"), ("0044 1865 323589", "+441865323589"),
            ("00 44 (0) 1865 323589", "+441865323589"), ("(01865) 323589", "+441865323589"),
            ("01865-323-589", "+441865323589"), ("01865.323.589", "+441865323589"),
            ("01865\u{A0}323\u{2011}589", "+441865323589"), ("01865/323589", "+441865323589"),
            ("020 7525 3977", "+442075253977"), ("07717 420419", "+447717420419"),
            ("0808 801 0366", "+448088010366"), ("0300 061 0614", "+443000610614"),
            ("0800 1111", "08001111"), ("0800 400 100", "+44800400100"), ("016977 2345", "+44169772345"),
            ("01204 52345", "+44120452345"), ("999", "999"), ("101", "101"), ("116 123", "116123"),
            ("00353 1 234 5678", "+35312345678"), ("+48 22 123 45 67", "+48221234567"),
        ])
    func dialled(_ text: String, _ expected: String) throws {
        #expect(try PhoneNumber(text).dialled == expected)
    }

    @Test(
        "a number of the wrong length, without its zero or with letters is refused",
        arguments: [
            ("01865 32358", "has 10 digits"), ("01865 3235899", "has 12 digits"),
            ("0808 801 036", "10 digits"),
            ("020 7525 397", "10 digits"), ("07717 42041", "10 digits"), ("+44 1865 32358", "10 digits"),
            ("+44 (0)1865 3235899", "12 digits"), ("1865 815672", "the 0 at the start"),
            ("7717 420419", "the 0 at the start"), ("44 1865 323589", "lacks the +"),
            ("0600 123456", "no number of the United Kingdom starts with"), ("12345", "no phone number of"),
            ("1XX", "only fills a place"), ("01XXX XXXXXX", "only fills a place"),
            ("0800 ???", "only fills a place"),
            ("call us", "is not a phone number"), ("", "is not a phone number"),
            ("+", "is not a phone number"),
            ("01632 96OOOO", "has a letter where a digit is meant"),
            ("+0 1865 323589", "cannot be dialled from abroad"),
            ("+44", "dialled from abroad"), ("+1234567890123456", "16 digits"),
        ])
    func refused(_ text: String, _ part: String) {
        do {
            let number = try PhoneNumber(text)
            Issue.record("\(text) was read as \(number.dialled)")
        } catch {
            #expect(
                error.message.contains(part)
                    || part == "cannot be dialled from abroad" && error.message.contains("abroad"),
                "\(error.message)")
            #expect(!error.help.isEmpty)
        }
    }

    @Test(
        "an extension or option is taken off, however it is written",
        arguments: [
            ("01865 323589 ext 123", PhoneNumber.Menu.extension("123")),
            ("01865 323589 ext. 123", .extension("123")),
            ("01865 323589, extension 7", .extension("7")), ("01865 323589x123", .extension("123")),
            ("01865 323589 x 123", .extension("123")), ("01865 323589 (ext 12", .extension("12")),
            ("01865 323589 #45", .extension("45")), ("01865 323589 option 2", .option("2")),
            ("01865 323589, opt 3", .option("3")),
        ])
    func menu(_ text: String, _ expected: PhoneNumber.Menu) throws {
        let number = try PhoneNumber(text)
        #expect(number.menu == expected)
        #expect(number.text == "01865 323589")
        #expect(number.dialled == "+441865323589")
    }

    @Test("numbers for messages may be short", arguments: ["85258", "60777"])
    func messages(_ text: String) throws {
        #expect(try PhoneNumber(text, messages: true).dialled == text)
        #expect(throws: PhoneNumber.Problem.self) { try PhoneNumber(text) }
    }

    @Test("no text makes it trap, and what is dialled is digits")
    func anything() {
        let marks = ["0", "1", "4", "+", " ", "(", ")", "x", "ext", "option", "-", "é", "٠", "00", "44", "9"]
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...14, using: &generator)).compactMap { _ in
                marks.randomElement(using: &generator)
            }.joined()
            guard let number = try? PhoneNumber(text) else { continue }
            #expect(number.dialled.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "+") })
            #expect(!number.dialled.hasPrefix("+440") && !number.dialled.hasPrefix("+0"), "\(text)")
        }
    }
}

@Suite("Contacts by phone")
struct ContactByPhoneTests {
    private func contact(_ fields: String) throws -> (Contact?, [Diagnostic]) {
        let site = try load(
            sampleSite([
                "content/councils/a/council.yml":
                    "name: A\nnation: england\nlanguages: [en]\ncontacts:\n  c:\n    name: C\n\(fields)"
            ]))
        return (site.editions.first?.contactGroups.first?.contacts.first, site.diagnostics)
    }

    @Test("relay is offered for voice lines, and for short codes only where the data says so")
    func relay() throws {
        #expect(try contact("    phone: 01865 323589\n").0?.relay == .before("18001"))
        #expect(try contact("    phone: 01865 323589\n    relay: no\n").0?.relay == nil)
        #expect(try contact("    phone: 999\n").0?.relay == nil)
        #expect(try contact("    phone: 116 123\n").0?.relay == nil)
        #expect(try contact("    phone: 999\n    relay: 18000\n").0?.relay == .instead("18000"))
        #expect(try contact("    email: a@b.example\n").0?.relay == nil)
        let (_, problems) = try contact("    phone: 111\n    relay: yes\n")
        #expect(problems.map(\.rule) == ["InvalidContact"])
    }

    @Test("an extension is dialled and shown, and belongs to a phone number")
    func menu() throws {
        let way = try #require(
            try contact("    phone: 01865 323589\n    extension: \"0123\"\n").0?.ways.first)
        #expect(way.destination == "tel:+441865323589;ext=0123")
        #expect(way.text == "01865 323589")
        #expect(way.shown.contains("0123"))
        let option = try #require(try contact("    phone: 01865 323589, option 2\n").0?.ways.first)
        #expect(option.destination == "tel:+441865323589;ext=2")
        for wrong in [
            "    email: a@b.example\n    extension: 12\n", "    phone: 01865 323589\n    extension: x\n",
            "    phone: 01865 323589\n    extension: 1\n    option: 2\n",
        ] {
            #expect(try contact(wrong).1.map(\.rule) == ["InvalidContact"])
        }
    }
}
