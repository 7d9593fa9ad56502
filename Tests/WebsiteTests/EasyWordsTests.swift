import Guidance
import Markdown
import Testing

@testable import Website

@Suite("Pages in easy words")
struct EasyWordsTests {
    @Test("a paragraph stands beside its picture, which screen readers pass over")
    func picture() throws {
        var attributes = Attributes()
        attributes.picture = "pictures/meeting.svg"
        let block = Block(.paragraph(Passage("It is a meeting.")), attributes: attributes)
        let html = try Sample.html(
            [block], kind: .easy,
            files: ["pictures/meeting.svg": ContentFile(path: "assets/meeting.svg", size: nil)])
        #expect(
            html == """
                <div class="idea"><img src="../../assets/meeting.svg" alt="" loading="lazy"><div>
                <p>It is a meeting.</p>
                </div></div>

                """)
        #expect(try Sample.html([block]) == "<p>It is a meeting.</p>\n")
    }
}
