import Testing
import Translations
import Workspace

/// The GNU tools read what is written here, and write it back byte for byte.
@Suite struct GettextToolsTests {
    private static let languages = ["pl", "ar", "zh-Hans", "bn", "ur", "fr"].compactMap { Language(tag: $0) }

    @Test(arguments: languages)
    func `msgcat changes nothing`(language: Language) throws {
        var generator = CatalogueGenerator(seed: UInt64(language.tag.utf8.reduce(7) { $0 * 31 + Int($1) }))
        let text = generator.file(language: language, entries: 300).serialized()
        let result = try Gettext.run("msgcat", ["a.po"], files: ["a.po": text])
        #expect(result.status == 0, "\(result.errors)")
        let ours = text.split(separator: "\n", omittingEmptySubsequences: false)
        let theirs = result.output.split(separator: "\n", omittingEmptySubsequences: false)
        let first = zip(ours, theirs).first { $0 != $1 }
        #expect(
            text == result.output, "first difference:\nours   \(first?.0 ?? "")\nmsgcat \(first?.1 ?? "")")
    }
}
