import Testing

@testable import Website

@Suite struct TextRunsTests {
    private func html(_ text: String, isRightToLeft: Bool) -> String {
        var bytes: [UInt8] = []
        var text = text
        text.withUTF8 { TextRuns.write($0, isRightToLeft: isRightToLeft, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("Call 01632 960 000 now", "Call <bdi dir=\"ltr\">01632 960 000</bdi> now"),
        ("(01632) 960000.", "<bdi dir=\"ltr\">(01632) 960000</bdi>."),
        ("+44 1632 960000", "<bdi dir=\"ltr\">+44 1632 960000</bdi>"),
        ("(01632 960000", "(<bdi dir=\"ltr\">01632 960000</bdi>"),
        ("Dial 999", "Dial 999"), ("In 2026 and 2027", "In 2026 and 2027"), ("5 of 10", "5 of 10"),
        ("9am to 5pm", "9am to 5pm"), ("0 and 1", "0 and 1"), ("", ""), ("(", "("), ("+", "+"), ("0", "0"),
        ("é & <b> \"q\" 'p'", "é &amp; &lt;b&gt; &quot;q&quot; &#39;p&#39;"),
    ]) func leftToRightTextIsolatesPhoneNumbersOnly(_ text: String, _ expected: String) {
        #expect(html(text, isRightToLeft: false) == expected)
    }

    @Test(arguments: [
        ("اتصل 01632 960 000 الآن", "اتصل <bdi dir=\"ltr\">01632 960 000</bdi> الآن"),
        ("هاتف (01632) 960000.", "هاتف <bdi dir=\"ltr\">(01632) 960000</bdi>."),
        ("من 9am to 5pm.", "من <bdi dir=\"ltr\">9am to 5pm</bdi>."),
        ("9:30am - 3pm", "<bdi dir=\"ltr\">9:30am - 3pm</bdi>"),
        ("OX1 1ND", "<bdi dir=\"ltr\">OX1 1ND</bdi>"),
        ("بريد help@nspcc.org.uk.", "بريد <bdi dir=\"ltr\">help@nspcc.org.uk</bdi>."),
        ("www.gov.uk/find", "<bdi dir=\"ltr\">www.gov.uk/find</bdi>"),
        ("https://a.example/b?c=1&d=2", "<bdi dir=\"ltr\">https://a.example/b?c=1&amp;d=2</bdi>"),
        ("+44 1632 960000", "<bdi dir=\"ltr\">+44 1632 960000</bdi>"),
        // Nothing that the bidirectional algorithm would turn round.
        ("Microsoft Teams", "Microsoft Teams"), ("20 دقيقة", "20 دقيقة"), ("(نص)", "(نص)"), ("(a)", "(a)"),
        ("(20 30", "(<bdi dir=\"ltr\">20 30</bdi>"), ("+", "+"), ("999", "999"),
    ]) func rightToLeftTextIsolatesAllThatWouldTurnRound(_ text: String, _ expected: String) {
        #expect(html(text, isRightToLeft: true) == expected)
    }

    @Test(arguments: [true, false]) func neverLosesAByte(isRightToLeft: Bool) {
        // Every short text of these marks comes out again once the elements are taken away.
        let marks = ["0", "1", " ", "(", ")", "+", "a", ".", "@", "-", "ع", "/"]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0...24, using: &generator)).compactMap { _ in
                marks.randomElement(using: &generator)
            }.joined()
            let bare = html(text, isRightToLeft: isRightToLeft)
                .split(separator: "<bdi dir=\"ltr\">", omittingEmptySubsequences: false).joined()
                .split(separator: "</bdi>", omittingEmptySubsequences: false).joined()
            #expect(bare == text)
        }
    }
}
