import Testing
import Translations
import Workspace

/// The GNU tools read what is written here, and write it back byte for byte.
@Suite struct GettextToolsTests {
    private static let languages = ["pl", "ar", "zh-Hans", "bn", "ur", "fr"].compactMap { Language(tag: $0) }

    private func sample(_ language: Language) -> POFile {
        var generator = CatalogueGenerator(seed: UInt64(language.tag.utf8.reduce(7) { $0 * 31 + Int($1) }))
        return generator.file(language: language, entries: 300)
    }

    private func expectSame(_ ours: String, _ theirs: String) {
        let first = zip(
            ours.split(separator: "\n", omittingEmptySubsequences: false),
            theirs.split(separator: "\n", omittingEmptySubsequences: false)
        ).first { $0 != $1 }
        #expect(ours == theirs, "first difference:\nours   \(first?.0 ?? "")\ntheirs \(first?.1 ?? "")")
    }

    @Test(arguments: languages)
    func `msgcat changes nothing`(language: Language) throws {
        let text = sample(language).serialized()
        let result = try Gettext.run("msgcat", ["a.po"], files: ["a.po": text])
        #expect(result.status == 0, "\(result.errors)")
        expectSame(text, result.output)
    }

    @Test(arguments: languages)
    func `msgfmt finds nothing wrong`(language: Language) throws {
        var file = sample(language)
        // Texts are random here, so whether both end with a line feed is; msgfmt would complain.
        for index in file.entries.indices {
            file.entries[index].id = file.entries[index].id.replacing("\n", with: " ")
            file.entries[index].pluralID = file.entries[index].pluralID?.replacing("\n", with: " ")
            file.entries[index].strings = file.entries[index].strings.map { $0.replacing("\n", with: " ") }
        }
        let result = try Gettext.run(
            "msgfmt", ["--check", "--output-file=/dev/null", "a.po"], files: ["a.po": file.serialized()])
        #expect(result.status == 0)
        #expect(result.errors.isEmpty, "\(result.errors)")
    }

    @Test(arguments: languages)
    func `msgattrib without the obsolete gives the same as leaving them out here`(language: Language) throws {
        var file = sample(language)
        let result = try Gettext.run(
            "msgattrib", ["--no-obsolete", "a.po"], files: ["a.po": file.serialized()])
        file.entries.removeAll(where: \.isObsolete)
        #expect(result.status == 0, "\(result.errors)")
        expectSame(file.serialized(), result.output)
    }

    @Test(arguments: languages)
    func `msgmerge with the template of the same messages changes no translation`(language: Language) throws {
        let messages = (0..<40).map {
            ExtractedMessage(
                id: "Message \($0) about {{fact-\($0)}}", pluralID: $0 % 7 == 0 ? "Messages \($0)" : nil,
                comments: ["Page \($0)"], references: ["guidance/p.md#s-\($0)"])
        }
        let empty = POFile(
            path: "x.po",
            header: CatalogueMerge.header(
                for: language, project: "Signpost", date: try #require(CalendarDate("2026-11-21"))))
        var file = CatalogueMerge.merge(messages, into: empty, language: language).file
        for index in file.entries.indices where index % 3 != 0 {
            file.entries[index].strings = file.entries[index].strings.map { _ in
                CatalogueGenerator.sentences[index % CatalogueGenerator.sentences.count]
            }
        }
        let template = CatalogueMerge.template(messages, path: "x.pot", project: "Signpost").serialized()
        let result = try Gettext.run(
            "msgmerge", ["--quiet", "--previous", "a.po", "a.pot"],
            files: ["a.po": file.serialized(), "a.pot": template])
        #expect(result.status == 0, "\(result.errors)")
        // msgmerge adds the template's date to the header; everything else is the same.
        var diagnostics = Diagnostics()
        let merged = POFile.parse(result.output, path: "x.po", reporting: &diagnostics)
        #expect(diagnostics.sorted == [])
        #expect(merged.entries == file.entries)
        let canonical = try Gettext.run("msgcat", ["a.pot"], files: ["a.pot": template])
        expectSame(template, canonical.output)
    }

    @Test func `a new catalogue passes msgfmt without a warning`() throws {
        for language in Language.all {
            let empty = POFile(
                path: "x.po",
                header: CatalogueMerge.header(
                    for: language, project: "Signpost", date: try #require(CalendarDate("2026-11-21"))))
            let file = CatalogueMerge.merge(UnitMessages.messages, into: empty, language: language).file
            let result = try Gettext.run(
                "msgfmt", ["--check", "--output-file=/dev/null", "a.po"], files: ["a.po": file.serialized()])
            #expect(result.status == 0 && result.errors.isEmpty, "\(language): \(result.errors)")
        }
    }
}
