import Build
import Foundation
import Support
import Testing
import Workspace

/// No build may remember too much: after any edits, the site is what a first build would make.
@Suite("Building again makes what a first build makes")
struct IncrementalTests {
    /// One way to change a portal; `number` makes what it writes new.
    private struct Edit: Sendable {
        var name: String
        var make: @Sendable (Site, _ number: Int, inout SeededGenerator) throws -> Void
    }

    /// How often each portal is edited and built; `SIGNPOST_EDITS` asks for more.
    private static let rounds =
        ProcessInfo.processInfo.environment["SIGNPOST_EDITS"].flatMap { Int($0) } ?? 4

    /// A number as a word, where a figure would be a problem.
    private static func letters(_ number: Int) -> String {
        String(
            String(number).map {
                Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8($0.wholeNumberValue ?? 0)))
            })
    }

    private static let edits: [Edit] = [
        Edit(name: "a sentence of the shared guidance") { site, number, _ in
            site.write(
                "guidance/rights.md",
                "# Your rights\n\n## You can bring someone {#supporter}\n\nBring friend \(number).\n")
        },
        Edit(name: "a section more") { site, number, _ in
            site.write(
                "guidance/meeting.md",
                "# The meeting\n\n## Before it {#before}\n\nCome {{arrive-early}} before the start.\n\n"
                    + "## Part \(number) {#part-\(number)}\n\nSee [your rights](rights.md#supporter).\n")
        },
        Edit(name: "a page that comes or goes") { site, number, _ in
            if site.files.exists("content/guidance/extra.md") {
                try site.remove("guidance/extra.md")
            } else {
                site.write("guidance/extra.md", "# Extra \(number)\n\n## More {#more}\n\nMore words.\n")
            }
        },
        Edit(name: "a question's words") { site, number, _ in
            site.write(
                "guidance/faq/first.md",
                "# First questions\n\n## Can my nan come? {#nan}\n\nAlso asked: gran; granny \(number)\n\nYes. Ask us.\n"
            )
        },
        Edit(name: "a fact of a council") { site, number, random in
            let council = ["north", "south"].randomElement(using: &random) ?? "north"
            site.write(
                "councils/\(council)/council.yml",
                "name: \(council) council\nnation: england\nlanguages: [en, pl]\nfacts:\n"
                    + "  arrive-early: {value: \(number % 50 + 5) minutes, source: the chair, checked: 2026-11-01}\n"
            )
        },
        Edit(name: "a council that comes or goes") { site, number, _ in
            if site.files.exists("content/councils/west/council.yml") {
                try site.remove("councils/west/council.yml")
            } else {
                site.write(
                    "councils/west/council.yml",
                    "name: West \(number)\nnation: wales\nlanguages: [en]\nfacts: {arrive-early: {value: 5 minutes}}\n"
                )
            }
        },
        Edit(name: "a council's own section") { site, number, _ in
            site.write(
                "councils/south/rights.md",
                "# Your rights\n\n## You can bring someone {#supporter}\n\nHere, bring \(number) people.\n")
        },
        Edit(name: "a translation") { site, number, _ in
            let old = String(decoding: try site.files.read("content/translations/pl.po"), as: UTF8.self)
            site.write(
                "translations/pl.po",
                old.replacing(/msgstr "Spotkanie[^"]*"/, with: "msgstr \"Spotkanie \(letters(number))\""))
        },
        Edit(name: "what a term is called") { site, number, _ in
            site.write("guidance/words.md", "# Words\n\n## Meeting {#meeting}\n\nPeople meet.\n")
            site.write(
                "translations/glossary.yml",
                "\"meeting\":\n  pl: [\"potkani\", \"\(letters(number))\"]\n")
        },
        Edit(name: "the portal's own words of the interface") { site, number, _ in
            site.write(
                "translations/interface/pl.po",
                "msgid \"\"\nmsgstr \"\"\n\"Language: pl\\n\"\n\nmsgid \"Menu\"\nmsgstr \"Menu \(letters(number))\"\n"
            )
        },
        Edit(name: "the portal's name") { site, number, _ in
            let old = String(decoding: try site.files.read("content/portal.yml"), as: UTF8.self)
            site.write("portal.yml", old.replacing(/name: Help[^\n]*/, with: "name: Help \(number)"))
        },
        Edit(name: "languages side by side") { site, _, _ in
            let old = String(decoding: try site.files.read("content/portal.yml"), as: UTF8.self)
            let line = "side-by-side: [en]\n"
            site.write(
                "portal.yml", old.contains(line) ? old.replacing(line, with: "") : old + line)
        },
        Edit(name: "the vocabulary") { site, number, _ in
            site.write("search/en.yml", "means:\n  nan: granny \(letters(number)), nana\n")
        },
        Edit(name: "a picture") { site, number, _ in
            site.write("guidance/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><!--\(number)--></svg>")
            site.write("guidance/index.md", "# Help for your family\n\n![A map of \(number)](map.svg)\n")
        },
        Edit(name: "the theme's style") { site, number, _ in
            let path = "themes/default/assets/print.css"
            let old = String(decoding: try site.files.read(path), as: UTF8.self)
            try site.files.write(
                Array((old + "/* \(number) */\n.x\(number) { color: red }\n").utf8), to: path)
        },
        Edit(name: "words of the interface") { site, number, _ in
            let path = "themes/default/strings.yml"
            let old = String(decoding: try site.files.read(path), as: UTF8.self)
            try site.files.write(
                Array(old.replacing(/(?m)^menu: .*$/, with: "menu: Menu \(number)").utf8), to: path)
        },
    ]

    @Test("edits of every kind, in any order", arguments: [1, 2])
    func incrementalIsClean(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let site = Site(Site.twoCouncils)
        await site.build()
        // As a preview does, which reads again only what has changed.
        let kept = KeptParts()
        await site.build(to: "preview", keeping: kept)
        var done: [String] = []
        var day = 28
        for number in 1...Self.rounds {
            for _ in 0...Int.random(in: 0...1, using: &random) {
                let edit = try #require(Self.edits.randomElement(using: &random))
                done.append(edit.name)
                try edit.make(site, number + Int(seed) * 100, &random)
            }
            if Int.random(in: 0..<5, using: &random) == 0, day < 30 { day += 1 }
            let today = "2026-11-\(day)"
            let again = await site.build(today: today)
            // The council that is looked at first, then the others.
            let council = ["north", "south", "west"].randomElement(using: &random)
            await site.build(to: "preview", today: today, keeping: kept, first: council)
            let preview = await site.build(to: "preview", today: today, keeping: kept)
            let clean = await site.build(to: "clean-\(number)", today: today)
            try #require(
                clean.diagnostics.sorted.filter { $0.severity == .error } == [], "after: \(done)")
            let right = site.published(in: "clean-\(number)")
            for (output, report) in [("site", again), ("preview", preview)] {
                #expect(
                    report.diagnostics.sorted.map(\.message) == clean.diagnostics.sorted.map(\.message),
                    "\(output) after: \(done)")
                let left = site.published(in: output)
                let different = Set(left.keys).union(right.keys).filter { left[$0] != right[$0] }
                #expect(different.sorted() == [], "\(output) after: \(done)")
            }
        }
    }

    @Test("of several councils that have changed, the first is made alone")
    func firstCouncil() async throws {
        let site = Site(Site.twoCouncils)
        await site.build()
        site.write(
            "guidance/rights.md",
            "# Your rights\n\n## You can bring someone {#supporter}\n\nBring your gran.\n")
        let first = await site.build(first: "south")
        #expect(first.awaitsCouncils)
        #expect(try #require(site.page("south/rights/index.html")).contains("Bring your gran."))
        #expect(!(try #require(site.page("north/rights/index.html")).contains("Bring your gran.")))
        // The others have not been forgotten, though no file has changed since.
        let rest = await site.build()
        #expect(!rest.awaitsCouncils && !rest.wasCurrent)
        await site.build(to: "clean")
        #expect(site.published() == site.published(in: "clean"))
        #expect(await site.build().wasCurrent)
    }

    @Test("where the first council has not changed, all that have are made")
    func firstCouncilIsTheSame() async throws {
        let site = Site(Site.twoCouncils)
        await site.build()
        site.write(
            "councils/north/rights.md",
            "# Your rights\n\n## You can bring someone {#supporter}\n\nBring two people.\n")
        let report = await site.build(first: "south")
        #expect(!report.awaitsCouncils)
        #expect(try #require(site.page("north/rights/index.html")).contains("Bring two people."))
    }

    @Test("an error of another council is found after the first one is shown")
    func firstCouncilHasNoError() async throws {
        let site = Site(Site.twoCouncils)
        await site.build()
        site.write("councils/north/rights.md", "# Your rights\n\n{{nobody-knows}}\n")
        site.write("guidance/extra.md", "# Extra\n\n## More {#more}\n\nMore words.\n")
        let first = await site.build(first: "south")
        #expect(first.awaitsCouncils && first.outcome != nil)
        #expect(site.page("south/extra/index.html") != nil)
        let rest = await site.build()
        #expect(rest.outcome == nil && rest.diagnostics.sorted.contains { $0.rule == "UnknownPlaceholder" })
    }
}
