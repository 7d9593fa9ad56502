import Testing

@testable import Translations

@Suite struct LanguageTests {
    @Test func `every language with plural rules has one rule`() {
        let tags = PluralRules.table.flatMap { $0.tags.split(separator: " ").map(String.init) }
        #expect(Set(tags).count == tags.count)
        #expect(Set(tags) == Set(Language.all.map(\.tag)))
        #expect(Language.all.count > 200)
    }

    @Test(arguments: [
        ("he", Language.Direction.rightToLeft), ("yi", .rightToLeft), ("dv", .rightToLeft),
        ("sd", .rightToLeft),
        ("pa-Arab", .rightToLeft), ("cy", .leftToRight), ("th", .leftToRight), ("pa", .leftToRight),
    ])
    func `a script has its direction`(tag: String, direction: Language.Direction) throws {
        #expect(try #require(Language(tag: tag)).direction == direction)
    }

    @Test(arguments: [
        ("ku", "kmr"), ("cym", "cy"), ("welsh", "cy"), ("Cymraeg", "cy"), ("pt_BR", "pt"), ("kurdish", "ckb"),
        ("zh", "zh-Hans"), ("iw", "he"), ("rom", "ro"), ("prs", "fa"), ("cnr", "sr-Latn"), ("pnb", "pa-Arab"),
    ])
    func `of an unknown tag the advice names what is near`(tag: String, near: String) {
        #expect(Language(tag: tag) == nil)
        #expect(Language.advice(on: tag).contains("'\(near)'"), "\(Language.advice(on: tag))")
    }

    @Test func `a tag like none gets an example`() {
        #expect(Language.advice(on: "qqqqqqqq").contains("'cy' for Welsh"))
    }

    @Test(arguments: [
        ("pa_PK", "pa-Arab"), ("pa_Arab", "pa-Arab"), ("sr@latin", "sr-Latn"), ("sr_RS", "sr"),
        ("cy_GB", "cy"),
        ("uz_Cyrl_UZ", "uz-Cyrl"), ("yue_HK", "yue"), ("prs_AF", "fa"), ("cnr_Cyrl", "sr"),
        ("cnr", "sr-Latn"),
    ])
    func `a script is heard where the language is written in it`(name: String, tag: String) {
        #expect(Language(localeName: name)?.tag == tag)
    }

    @Test func `Chinese characters belong in Japanese, and kana nowhere else`() {
        #expect(WritingSystem(.japanese).accepts(.han))
        #expect(!WritingSystem(.simplifiedHan).accepts(.kana))
        #expect(WritingSystem("か") == .kana)
    }

    @Test func `names and commas are of languages that are known, once each`() {
        let known = Set(Language.all.map(\.tag))
        for (named, table) in Language.nameTable {
            let tags = table.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
            #expect(known.contains(named) && known.isSuperset(of: tags))
            #expect(Set(tags).count == tags.count)
        }
        let tags = Language.listTable.flatMap { $0.tags.split(separator: " ").map(String.init) }
        #expect(known.isSuperset(of: tags) && Set(tags).count == tags.count)
        #expect(Language.all.filter { Language.english.name(in: $0) != nil }.count > 150)
        // No comma of another script, and nothing that cannot be seen.
        for language in Language.all where language.script == .arabic {
            #expect(!language.list(["a", "b"]).contains(","))
        }
        #expect(!Language.listTable.contains { $0.separator.contains("\u{200F}") })
    }
}
