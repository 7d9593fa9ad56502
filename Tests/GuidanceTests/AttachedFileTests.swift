import Testing
import Translations

@testable import Guidance

@Suite("Files that belong together by their names")
struct AttachedFileTests {
    @Test(
        "a name tells the variant",
        arguments: [
            ("guidance/form.pdf", "guidance/form", nil, "pdf"),
            (
                "guidance/form.pl.pdf", "guidance/form",
                Language(tag: "pl").map(AttachedFile.Variant.language), "pdf"
            ),
            ("form.zh-Hans.PDF", "form", Language(tag: "zh-Hans").map(AttachedFile.Variant.language), "pdf"),
            ("chair.bsl.mp4", "chair", .signed, "mp4"),
            ("form.easy-read.pdf", "form", .easyRead, "pdf"),
            ("v1.2.pdf", "v1.2", nil, "pdf"),
            ("a.b/none", "a.b/none", nil, ""),
        ] as [(String, String, AttachedFile.Variant?, String)])
    func names(_ path: String, _ stem: String, _ variant: AttachedFile.Variant?, _ ending: String) {
        let file = AttachedFile(path)
        #expect(file.stem == stem)
        #expect(file.variant == variant)
        #expect(file.ending == ending)
    }

    @Test("readers get the file of their language, and films in sign language are for all")
    func languages() throws {
        let polish = try #require(Language(tag: "pl")), urdu = try #require(Language(tag: "ur"))
        let there: Set = [
            "chair.mp4", "chair.pl.mp4", "chair.pl.vtt", "chair.vtt", "chair.bsl.mp4", "chair.jpg",
        ]
        let chair = AttachedFile("chair.mp4")
        #expect(chair.shown(in: polish, where: there.contains).path == "chair.pl.mp4")
        #expect(chair.shown(in: urdu, where: there.contains).path == "chair.mp4")
        #expect(
            AttachedFile("chair.bsl.mp4").shown(in: polish, where: there.contains).path == "chair.bsl.mp4")
        #expect(chair.captions(in: polish, where: there.contains)?.path == "chair.pl.vtt")
        #expect(chair.captions(in: urdu, where: there.contains)?.path == "chair.vtt")
        #expect(chair.poster(where: there.contains) == "chair.jpg")
        #expect(AttachedFile("other.mp4").captions(in: polish, where: there.contains) == nil)
    }
}
