import Testing
import Translations

@Suite struct PluralRulesTests {
    @Test(arguments: Language.all)
    func `categories are those of CLDR`(language: Language) throws {
        let expected = try #require(PluralTable.expected[language.tag])
        #expect(expected.count == 203)
        let wrong = expected.filter { PluralRules.category(of: $0.key, in: language) != $0.value }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: Language.all)
    func `categories in use are listed in the order of CLDR`(language: Language) throws {
        let expected = try #require(PluralTable.expected[language.tag])
        #expect(PluralRules.categories(in: language) == Set(expected.values).sorted())
    }

    @Test(arguments: Language.all)
    func `the Plural-Forms header chooses the same form`(language: Language) throws {
        let header = try #require(PluralExpression(PluralRules.header(for: language)))
        #expect(header.formCount == PluralRules.categories(in: language).count)
        let wrong = (Array(0...1_200) + [1_000_000, 1_000_001]).filter {
            header.index(of: $0) != PluralRules.index(of: $0, in: language)
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: [
        ("pl", "many one few few many many many many many few many many"),
        ("ro", "few one few few few few few other other other other few"),
        ("ar", "zero one two few few few many many many many other other"),
        ("ur", "other one other other other other other other other other other other"),
        ("bn", "one one other other other other other other other other other other"),
        ("zh-Hans", "other other other other other other other other other other other other"),
        ("uk", "many one few few many many many many one few many one"),
        ("ti", "one one other other other other other other other other other other"),
        ("cy", "zero one two few other many other other other other other other"),
    ])
    func `the languages of the portal at the numbers that tell them apart`(tag: String, expected: String)
        throws
    {
        let language = try #require(Language(tag: tag))
        let found = [0, 1, 2, 3, 5, 6, 11, 20, 21, 22, 100, 101].map {
            PluralRules.category(of: $0, in: language).rawValue
        }
        #expect(found == expected.split(separator: " ").map(String.init))
    }

    @Test(arguments: [
        ("pl", 0, true), ("pl", 1, false), ("ar", 0, true), ("ar", 2, true), ("ar", 3, false),
        ("uk", 0, false),
        ("bn", 0, false), ("en", 0, true), ("zh-Hans", 0, false), ("en", 7, false),
    ])
    func `only a form of one single number may leave the number out`(tag: String, form: Int, expected: Bool)
        throws
    {
        let language = try #require(Language(tag: tag))
        #expect(PluralRules.isSingleNumber(form: form, in: language) == expected)
    }

    @Test(arguments: [
        "", "nplurals=2", "plural=n;", "nplurals=2; plural=n+;", "nplurals=0; plural=0;",
        "nplurals=x; plural=0;",
        "nplurals=2; plural=n != 1; extra", "nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=(n;",
        "nplurals=2; plural=" + String(repeating: "(", count: 10_000),
    ])
    func `what is no plural header is not read`(text: String) {
        #expect(PluralExpression(text) == nil)
    }

    @Test func `a plural expression that gives no form says so`() throws {
        #expect(try #require(PluralExpression("nplurals=2; plural=n/0;")).index(of: 3) == nil)
        #expect(try #require(PluralExpression("nplurals=2; plural=n;")).index(of: 3) == nil)
        #expect(
            try #require(PluralExpression("nplurals=2; plural=9223372036854775807*n;")).index(of: 3) == nil)
    }

    @Test func `headers written differently agree when they choose alike`() throws {
        let a = try #require(PluralExpression("nplurals=2; plural=(n != 1);"))
        let b = try #require(PluralExpression("nplurals=2; plural=n==1 ? 0 : 1"))
        let c = try #require(PluralExpression("nplurals=2; plural=n > 1;"))
        #expect(a.agrees(with: b))
        #expect(!a.agrees(with: c))
    }
}
