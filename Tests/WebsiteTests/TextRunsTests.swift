import Support
import Testing
import Translations
import Workspace

@testable import Website

@Suite struct TextRunsTests {
    private func html(_ text: String, _ setting: TextSetting) -> String {
        String(decoding: TextRuns.html(text, setting), as: UTF8.self)
    }

    private let rightToLeft = TextSetting(isRightToLeft: true, latin: .english)

    @Test(arguments: [
        ("Call 01632 960 000 now", "Call <bdi dir=\"ltr\" translate=\"no\">01632 960 000</bdi> now"),
        ("Dial 999", "Dial 999"), ("", ""),
        (
            "é & <b> \"q\" 'p' 0123456",
            "é &amp; &lt;b&gt; &quot;q&quot; &#39;p&#39; <bdi dir=\"ltr\" translate=\"no\">0123456</bdi>"
        ),
    ]) func phoneNumbersStandInElementsOfTheirOwn(_ text: String, _ expected: String) {
        #expect(html(text, .latinScript) == expected)
    }

    @Test(arguments: [
        ("من 9:00-17:00.", "من <bdi dir=\"ltr\">9:00-17:00</bdi>."),
        ("(20 minutes)", "(<bdi lang=\"en\" dir=\"ltr\">20 minutes</bdi>)"),
        ("Marks & Spencer قال", "<bdi lang=\"en\" dir=\"ltr\">Marks &amp; Spencer</bdi> قال"),
        (
            "خط LGBT+ للمساعدة", "خط <bdi lang=\"en\" dir=\"ltr\">LGBT+</bdi> للمساعدة"
        ),
        ("www.gov.uk/a?b&c", "<bdi dir=\"ltr\" translate=\"no\">www.<wbr>gov.<wbr>uk/<wbr>a?b&amp;c</bdi>"),
    ]) func wordsOfAnotherScriptHaveTheirLanguage(_ text: String, _ expected: String) {
        #expect(html(text, rightToLeft) == expected)
    }

    @Test func neverLosesACharacter() {
        let marks = ["0", "1", " ", "(", ")", "+", "a", ".", "@", "-", "ع", "/", "中", "£"]
        var generator = SeededGenerator(seed: 3)
        for setting in [
            TextSetting.latinScript, rightToLeft, TextSetting(isRightToLeft: false, latin: .english),
        ] {
            for _ in 0..<1500 {
                let text = (0..<Int.random(in: 0...24, using: &generator)).compactMap { _ in
                    marks.randomElement(using: &generator)
                }.joined()
                let bare = html(text, setting).replacing(/<\/?bdi[^>]*>/, with: "")
                    .replacing("<wbr>", with: "")
                #expect(bare == text)
            }
        }
    }

    @Test("a template's values are marked where they are read as text, and nowhere else")
    func contexts() throws {
        var diagnostics = Diagnostics()
        let template = TemplateSyntax(
            name: "x", file: "x.mustache",
            text: """
                <title>{{a}}</title><p class="{{b}}" title='{{c}}'>{{d}} {{{e}}}</p>
                <a lang="pl">{{f}}<b>{{g}}</b></a><img alt="{{h}}">{{i}}
                """, reporting: &diagnostics)
        let marked = template.markedText.split(separator: "\u{1}").dropFirst().map { $0.prefix(5) }
        #expect(marked == ["{{d}}", "{{i}}"])
        #expect(template.markedText.replacing(/[\u{1}\u{2}]/, with: "") == template.text)
        let shown = String(
            decoding: TextMarks.resolve(
                "<p title=\"PDF\">\u{1}ملف PDF &amp; &lt;b&gt;\u{2}</p>", rightToLeft), as: UTF8.self)
        #expect(
            shown
                == "<p title=\"PDF\">ملف <bdi lang=\"en\" dir=\"ltr\">PDF</bdi> &amp; &lt;<bdi lang=\"en\" dir=\"ltr\">b</bdi>&gt;</p>"
        )
        // A value cannot bring marks or markup of its own.
        #expect(TextMarks.resolve("\u{1}a\u{2}<i>\u{2}", .latinScript) == Array("a<i>\u{2}".utf8))
    }
}
