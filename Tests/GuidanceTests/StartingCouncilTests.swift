import Guidance
import Support
import Testing
import Workspace

@Suite("A council that has little yet")
struct StartingCouncilTests {
    private let shared = """
        # Day

        Come {{early}} before. It is good.

        Always.

        - Bring {{papers}}.
        - Bring a friend.

        | What | When |
        | ---- | ---- |
        | Come | {{early}} |
        | Go | at noon |

        ## Wait {{early}} {#wait}

        Text.

        ## More {#more}

        > Ask for {{papers}}.

        """

    private func site(_ declared: String, council: String = "", councils: [String] = []) throws -> LoadedSite
    {
        try load(
            sampleSite([
                "content/portal.yml": "name: Help\nbase-url: https://help.example\nlanguages: [en]\n"
                    + declared,
                "content/guidance/day.md": shared,
                "content/councils/a/council.yml":
                    "name: A\nnation: england\nlanguages: [en]\nfacts: {early: 20 minutes, papers: the letter}\n",
                "content/councils/b/council.yml": "name: B\nnation: wales\nlanguages: [en]\n" + council,
            ]), councils: councils)
    }

    private func words(_ site: LoadedSite, _ id: String) throws -> [String] {
        let page = try #require(try site.edition(id).page("day"))
        var words: [String] = []
        page.introduction.forEachPassage { words.append($0.plainText) }
        for section in page.allSections {
            words.append(section.heading.plainText)
            section.blocks.forEachPassage { words.append($0.plainText) }
        }
        return words
    }

    @Test("text that shows an optional fact is left out where a council lacks it, and nothing else is")
    func optional() throws {
        let site = try site(
            "facts: {early: {type: duration, optional: yes}, papers: {type: text, optional: yes}}\n")
        #expect(site.diagnostics.filter { $0.severity == .error }.isEmpty)
        #expect(
            try words(site, "b") == ["Always.", "Bring a friend.", "What", "When", "Go", "at noon"])
        #expect(site.diagnostics.map(\.rule).filter { $0 == "EmptySection" }.count == 1)
        #expect(
            try words(site, "a") == [
                "Come 20 minutes before. It is good.", "Always.", "Bring the letter.", "Bring a friend.",
                "What", "When", "Come", "20 minutes", "Go", "at noon", "Wait 20 minutes", "Text.", "More",
                "Ask for the letter.",
            ])
    }

    @Test("without the word, and with a value of the portal's own, nothing is left out")
    func required() throws {
        let lacking = try site("facts: {early: {type: duration}, papers: {type: text}}\n")
        #expect(Set(lacking.diagnostics.filter { $0.severity == .error }.map(\.rule)) == ["MissingFact"])
        let given = try site(
            "facts: {early: {value: 1 hour, optional: yes}, papers: {value: it, optional: yes}}\n")
        #expect(given.diagnostics.filter { $0.severity == .error }.isEmpty)
        #expect(try words(given, "b").first == "Come 1 hour before. It is good.")
    }

    @Test("a draft stops nobody, is left out of the site, and is there when it is asked for")
    func draft() throws {
        let facts = "facts: {early: {type: duration}, papers: {type: text}}\n"
        let whole = try site(facts, council: "draft: yes\n")
        #expect(whole.diagnostics.filter { $0.severity == .error }.isEmpty)
        #expect(whole.editions.map(\.council.id) == ["a"])
        #expect(whole.editions.first?.base == "")
        let asked = try site(facts, council: "draft: yes\n", councils: ["b"])
        #expect(asked.diagnostics.contains { $0.rule == "MissingFact" })
        #expect(asked.portal?.councils.map(\.id) == ["b"])
    }

    @Test("a portal with drafts alone says so")
    func draftsAlone() throws {
        let site = try load(
            sampleSite([
                "content/councils/a/council.yml": "name: A\nnation: england\nlanguages: [en]\ndraft: yes\n"
            ]))
        #expect(site.diagnostics.filter { $0.severity == .error }.map(\.rule) == ["NoCouncils"])
        // Of one that cannot be read nobody knows it: a draft is not to be published for a tab in another's file.
        let unread = try load(
            sampleSite([
                "content/councils/a/council.yml": "name: A\nnation: england\nfacts:\n\tx: 1\n",
                "content/councils/b/council.yml": "name: B\nnation: england\nlanguages: [en]\ndraft: yes\n",
            ]))
        #expect(unread.diagnostics.filter { $0.severity == .error }.map(\.rule) == ["InvalidYAML"])
    }

    @Test("a contact that councils are expected to give is known before one gives it")
    func contacts() throws {
        let files = sampleSite([
            "content/guidance/day.md": "# Day\n\nPhone {{contact chair}}. {when=contact:chair}\n\nYes.\n"
        ])
        #expect(try load(files).diagnostics.contains { $0.rule == "UnknownContact" })
        var declared = files
        declared["content/portal.yml", default: ""] += "\ncouncil-contacts: {chair: The chair}\n"
        let site = try load(declared)
        #expect(site.diagnostics.filter { $0.severity == .error }.isEmpty)
        #expect(try words(site, "a") == ["Yes."])
        declared["content/portal.yml", default: ""] += "council-contacts: {a b: x}\n"
        #expect(try load(declared).diagnostics.contains { $0.severity == .error })
    }
}
