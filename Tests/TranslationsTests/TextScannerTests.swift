import Support
import Testing

@testable import Translations

@Suite("Runs of text")
struct TextScannerTests {
    private let arabic = TextSetting(isRightToLeft: true, latin: .english)
    private let bengali = TextSetting(isRightToLeft: false, latin: .english)

    private func runs(_ text: String, _ setting: TextSetting) -> [String] {
        let scanner = TextScanner(text)
        return TextScanner.runs(in: text, setting).map { scanner.text($0.range) }
    }

    @Test(
        "in Latin text from left to right only phone numbers are runs",
        arguments: [
            ("Call 01632 960 000 now", ["01632 960 000"]), ("(01632) 960000.", ["(01632) 960000"]),
            ("+44 (0)1632 960000", ["+44 (0)1632 960000"]), ("(01632 960000", ["01632 960000"]),
            ("(0800 1111)", ["0800 1111"]), ("18001 0800 1111", ["18001 0800 1111"]),
            ("01865 323589 01865 815672", ["01865 323589", "01865 815672"]),
            ("0800 1111 - 0800 2222", ["0800 1111", "0800 2222"]), ("01865 - 323589", ["01865 - 323589"]),
            ("01865.323.589", ["01865.323.589"]), ("0800\u{A0}1111", ["0800\u{A0}1111"]),
            ("Dial 999", []), ("In 2026 and 2027", []), ("9am to 5pm", []), ("CP/0123456/22", []),
            ("AB-0123456", []), ("https://a.example.org/0123456789/", []), ("1.01234567", []),
            ("01632960000123", []), ("", []), ("(", []), ("+", []), ("0", []),
        ])
    func phones(_ text: String, _ expected: [String]) {
        #expect(runs(text, .latinScript) == expected)
    }

    @Test(
        "in text from right to left a run is what would be turned round, with its signs and without its brackets",
        arguments: [
            ("اتصل على 0800 1111", ["0800 1111"]), ("(20 minutes)", ["20 minutes"]), ("(نص)", []),
            ("من 9am to 5pm.", ["9am to 5pm"]), ("9am–5pm، 9:00-17:00", ["9am–5pm", "9:00-17:00"]),
            ("سعر £120.50 أو €5", ["£120.50", "€5"]), ("£20-£30", ["£20-£30"]), ("20%", ["20%"]),
            ("14 New Road, Oxford, OX1 1ND", ["14 New Road, Oxford, OX1 1ND"]),
            ("Flat 2, 14 New Road, Oxford", ["Flat 2, 14 New Road, Oxford"]), ("999, 101", []),
            ("NSPCC: 0808 800 5000", ["NSPCC", "0808 800 5000"]),
            ("NSPCC (0808 800 5000)", ["NSPCC", "0808 800 5000"]),
            ("Disclosure and Barring Service (DBS)", ["Disclosure and Barring Service (DBS)"]),
            ("(DBS) check", ["(DBS) check"]), ("قضية CP/2026/0123", ["CP/2026/0123"]),
            ("بريد help@nspcc.org.uk.", ["help@nspcc.org.uk"]),
            ("https://example.org/a_(b)?c=1&d=2.", ["https://example.org/a_(b)?c=1&d=2"]),
            ("St. Mary 5", ["St. Mary 5"]), ("Microsoft Teams. Oxford", ["Microsoft Teams", "Oxford"]),
            ("116 123", ["116 123"]), ("999", []), ("20 دقيقة", []), ("٠٨٠٠ ١١١١", ["٠٨٠٠ ١١١١"]),
            ("هاتف 01632 960003 ext. 123", ["01632 960003 ext. 123"]),
            ("01632 960003 extra", ["01632 960003", "extra"]), ("-£5", ["-£5"]), ("2 + 2 = 4", ["2 + 2 = 4"]),
            ("[2026] EWHC 123 (Fam)", ["[2026] EWHC 123 (Fam)"]), ("(1) NSPCC", ["NSPCC"]),
            ("Café Émile 24", ["Café Émile 24"]), ("Українська", ["Українська"]),
        ])
    func rightToLeft(_ text: String, _ expected: [String]) {
        #expect(runs(text, arabic) == expected)
    }

    @Test(
        "in another script from left to right a run is a word in Latin letters, or an address",
        arguments: [
            ("আপনি NSPCC-এ ফোন করুন", ["NSPCC"]), ("打印A4纸", ["A4"]), ("请打0800 1111。", ["0800 1111"]),
            ("Data Protection Act 2018 আইন", ["Data Protection Act 2018"]), ("২০ মিনিট", []), ("2026年", []),
            ("写信到 a@b.org", ["a@b.org"]),
        ])
    func otherScripts(_ text: String, _ expected: [String]) {
        #expect(runs(text, bengali) == expected)
    }

    @Test("words in Latin letters are told from numbers")
    func latinWords() {
        let found = TextScanner.runs(in: "قال NSPCC ثم 20% ثم Українська ثم a@b.org", arabic)
        #expect(found.map(\.hasLatinWords) == [true, false, false, false])
        #expect(found.map(\.kind) == [.words, .words, .words, .email])
    }

    @Test("no text makes runs overlap or leave the text", arguments: [true, false])
    func sound(isRightToLeft: Bool) {
        let marks = [
            "0", "1", " ", "(", ")", "[", "+", "a", ".", "@", "-", "ع", "/", ",", "£", "中", "\u{301}",
            "18001 0",
        ]
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 0...30, using: &generator)).compactMap { _ in
                marks.randomElement(using: &generator)
            }.joined()
            var end = 0
            let scanner = TextScanner(text)
            for run in TextScanner.runs(in: text, TextSetting(isRightToLeft: isRightToLeft, latin: .english))
            {
                #expect(run.range.lowerBound >= end && !run.range.isEmpty, "\(text)")
                end = run.range.upperBound
                let inside = scanner.text(run.range)
                for (open, close) in [("(", ")"), ("[", "]")] where run.kind != .web {
                    #expect(
                        inside.count(where: { String($0) == open })
                            == inside.count(where: { String($0) == close }),
                        "brackets of \(inside) in \(text)")
                }
            }
            #expect(end <= text.unicodeScalars.count)
        }
    }

    @Test(
        "long input is read in a time that grows with its length",
        arguments: ["(", "a(", "0 ", "a, ", "0800 1111 ", "a.", "(a ", "[(", "1-", "+", "a@"])
    func growth(_ unit: String) {
        // Steps, not seconds: the number of runs found, in texts that would take minutes if each place were looked at
        // anew from every other.
        let text = String(repeating: unit, count: 200_000 / unit.count)
        _ = TextScanner.runs(in: text, arabic)
    }
}
