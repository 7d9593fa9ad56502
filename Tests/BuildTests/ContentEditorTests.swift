import Build
import Foundation
import Testing
import Workspace

@Suite("Editing passages of guidance")
struct ContentEditorTests {
    private static let page = """
        ---
        title: Your rights  # for families
        ---
        <!-- The team agreed this wording. -->

        You have rights.

        ## You can bring someone {#supporter}

        - a friend
        - {{arrive-early}} early

        The end.

        """

    private static let portal = [
        "portal.yml": "name: P\nbase-url: https://p.example.org\nlanguages: [en]\n",
        "guidance/rights.md": page,
        "councils/a/council.yml":
            "name: A\nnation: england\nlanguages: [en]\nfacts:\n  arrive-early: {value: 20 minutes}\n",
        "councils/b/council.yml":
            "name: B\nnation: england\nlanguages: [en]\nfacts:\n  arrive-early: {value: 10 minutes}\n  only-here: {value: 5}\n",
        "councils/b/own.md": "# Own\n\nWords.\n",
    ]

    private func editor(_ content: [String: String] = portal) -> (Site, ContentEditor) {
        let site = Site(content)
        return (site, ContentEditor(settings: site.settings(), files: site.files))
    }

    private func place(_ editor: ContentEditor, _ file: String, line: Int) async throws -> ContentEditor.Place
    {
        let (passages, version) = try await editor.read(file)
        let entry = try #require(passages.entry(at: line))
        return .init(file: file, lines: entry.lines, version: version)
    }

    @Test("a passage is the lines of a block, and the front matter is none")
    func passages() async throws {
        let (_, editor) = editor()
        let passages = try await editor.read("guidance/rights.md").passages
        #expect(passages.entry(at: 2) == nil)
        #expect(passages.entry(at: 6)?.lines == 6...6)
        #expect(passages.entry(at: 11)?.lines == 10...11)
        #expect(passages.entry(at: 12) == nil)
    }

    @Test("only the lines of the passage change, and undoing puts the bytes back", arguments: ["\n", "\r\n"])
    func saving(end: String) async throws {
        var content = Self.portal
        let before = "\u{FEFF}" + Self.page.replacing("\n", with: end)
        content["guidance/rights.md"] = before
        let (site, editor) = editor(content)
        let list = try await place(editor, "guidance/rights.md", line: 10)
        let step = try #require(
            try await editor.save(list, text: "- a friend\n- a relative\n- {{arrive-early}} early\n"))
        #expect(
            site.files.text("content/guidance/rights.md")
                == before.replacing("- a friend\(end)", with: "- a friend\(end)- a relative\(end)"))
        #expect(step.line == 10 && step.file == "guidance/rights.md")
        _ = try await editor.undo(step.id)
        #expect(site.files.text("content/guidance/rights.md") == before)
        await #expect(throws: ContentEditor.Refusal.self) { try await editor.undo(step.id) }
    }

    @Test("the same text is not written")
    func nothing() async throws {
        let (site, editor) = editor()
        let passage = try await place(editor, "guidance/rights.md", line: 6)
        let time = try site.files.status("content/guidance/rights.md")?.modified
        #expect(try await editor.save(passage, text: "\nYou have rights.\n\n") == nil)
        #expect(try site.files.status("content/guidance/rights.md")?.modified == time)
    }

    @Test("the rules read what is typed, and nothing is written")
    func review() async throws {
        let (site, editor) = editor()
        let passage = try await place(editor, "guidance/rights.md", line: 6)
        let review = try await editor.review(
            passage, text: "You have.\n\nYou have have {{nobody}} rights.", council: "a")
        #expect(review.here.map(\.rule).contains("DoubledWord"))
        let unknown = try #require(review.here.first { $0.rule == "UnknownPlaceholder" })
        #expect(unknown.location?.range?.start == SourcePosition(line: 8, column: 15))
        #expect(review.obstacles.map(\.rule) == ["UnknownPlaceholder"])
        #expect(site.files.text("content/guidance/rights.md") == Self.page)
        let fine = try await editor.review(passage, text: "You have all rights.", council: "a")
        #expect(fine.obstacles.isEmpty && !fine.here.contains { $0.severity == .error })
    }

    @Test("what would keep any council's site from being built is not saved")
    func errors() async throws {
        let (site, editor) = editor()
        let passage = try await place(editor, "guidance/rights.md", line: 6)
        // Council B knows this fact, council A does not.
        let own = try await editor.review(passage, text: "You have {{only-here}} rights.", council: "b")
        #expect(own.obstacles.isEmpty)
        do {
            _ = try await editor.save(passage, text: "You have {{only-here}} rights.")
            Issue.record("it was saved")
        } catch ContentEditor.Refusal.errors(let problems, _) {
            #expect(problems.map(\.rule) == ["MissingFact"])
        }
        #expect(site.files.text("content/guidance/rights.md") == Self.page)
    }

    @Test(
        "a fact that nobody has is an error wherever it stands",
        arguments: [
            "{{nobody}}", "## {{ Nobody }}", "> [!NOTE]\n> - {{contact nobody}}",
            "| a |\n| - |\n| {{nobody}} |", "{{nobody}} {when=nobody}",
        ])
    func nobody(_ text: String) async throws {
        let (site, editor) = editor()
        let passage = try await place(editor, "guidance/rights.md", line: 6)
        await #expect(throws: ContentEditor.Refusal.self) { try await editor.save(passage, text: text) }
        #expect(site.files.text("content/guidance/rights.md") == Self.page)
    }

    @Test("text with a fact that is declared and that no council has is shown nowhere, and that is said")
    func shownNowhere() async throws {
        var content = Self.portal
        content["portal.yml", default: ""] += "facts: {nobody: {label: N, type: number, optional: yes}}\n"
        let (_, editor) = editor(content)
        let passage = try await place(editor, "guidance/rights.md", line: 6)
        let review = try await editor.review(passage, text: "You have.\n\nIt is {{nobody}}.", council: "a")
        let found = try #require(review.here.first { $0.rule == "FactNobodyHas" })
        #expect(found.location?.range?.start.line == 8 && found.help?.contains("council.yml") == true)
        #expect(review.obstacles.isEmpty)
        let other = try await editor.review(passage, text: "{{arrive-early}} early.", council: "a")
        #expect(!other.here.contains { $0.rule == "FactNobodyHas" })
    }

    @Test(
        "what is open at the end of a file is not saved either",
        arguments: ["```\nThe end.", "~~~", "<!-- x"])
    func openAtTheEnd(_ text: String) async throws {
        let (site, editor) = editor()
        let passage = try await place(editor, "guidance/rights.md", line: 13)
        do {
            _ = try await editor.save(passage, text: text)
            Issue.record("it was saved")
        } catch ContentEditor.Refusal.errors(let problems, _) {
            #expect(problems.contains { $0.rule == "SwallowsNeighbours" })
        }
        #expect(site.files.text("content/guidance/rights.md") == Self.page)
        #expect(try await editor.save(passage, text: "```\nThe end.\n```") != nil)
    }

    @Test("an error that is there already does not keep a passage from being mended")
    func oldErrors() async throws {
        var content = Self.portal
        content["guidance/rights.md"] = Self.page.replacing("The end.", with: "The {{nobody}} end.")
        let (site, editor) = editor(content)
        let other = try await place(editor, "guidance/rights.md", line: 6)
        #expect(try await editor.save(other, text: "You have all rights.") != nil)
        let broken = try await place(editor, "guidance/rights.md", line: 13)
        #expect(try await editor.save(broken, text: "The end of {{nobody}} it.") != nil)
        let mended = try await place(editor, "guidance/rights.md", line: 13)
        #expect(try await editor.save(mended, text: "The end.") != nil)
        #expect(site.files.text("content/guidance/rights.md")?.contains("You have all rights.") == true)
    }

    @Test(
        "text that would take its neighbours into itself is not saved",
        arguments: ["```\nYou have rights.", "<!-- You have rights.", "~~~", "<pre>"])
    func swallowing(_ text: String) async throws {
        let (site, editor) = editor()
        let passage = try await place(editor, "guidance/rights.md", line: 6)
        do {
            _ = try await editor.save(passage, text: text)
            Issue.record("it was saved")
        } catch ContentEditor.Refusal.errors(let problems, _) {
            #expect(problems.contains { $0.rule == "SwallowsNeighbours" })
        }
        #expect(site.files.text("content/guidance/rights.md") == Self.page)
    }

    @Test(
        "a request may name any lines",
        arguments: [1...Int.max, 6...Int.max, Int.max...Int.max, 1...1_000_000_000])
    func anyLines(_ lines: ClosedRange<Int>) async throws {
        let (site, editor) = editor()
        var passage = try await place(editor, "guidance/rights.md", line: 6)
        passage.lines = lines
        site.write("guidance/rights.md", "New.\n\n" + Self.page)
        let asked = passage
        guard case .changedOnDisk = try await refusal({ try await editor.save(asked, text: "Mine.") }) else {
            Issue.record("not refused")
            return
        }
    }

    @Test("nothing is written over what somebody else has written")
    func conflicts() async throws {
        let (site, editor) = editor()
        let passage = try await place(editor, "guidance/rights.md", line: 6)
        // Elsewhere in the file: the passage is found again, with the same words.
        let moved = Self.page.replacing("<!-- The", with: "New.\n\n<!-- The")
        site.write("guidance/rights.md", moved)
        guard
            case .changedOnDisk(let now, true) = try await refusal({
                try await editor.save(passage, text: "Mine.")
            })
        else {
            Issue.record("not found again")
            return
        }
        let found = try #require(now)
        #expect(found.text == "You have rights." && found.place.lines == 8...8)
        #expect(site.files.text("content/guidance/rights.md") == moved)
        // In the passage itself: what stands there now.
        site.write("guidance/rights.md", moved.replacing("You have rights.", with: "You have\nmany rights."))
        guard
            case .changedOnDisk(let other, false) = try await refusal({
                try await editor.save(found.place, text: "Mine.")
            })
        else {
            Issue.record("not refused")
            return
        }
        #expect(other?.text == "You have\nmany rights.")
        let newest = try #require(other)
        #expect(try await editor.save(newest.place, text: "Mine.") != nil)
        #expect(
            site.files.text("content/guidance/rights.md")
                == moved.replacing("You have rights.", with: "Mine."))
        // An undo of what has been changed since would lose that.
        let step = try #require(await editor.lastStep)
        site.write("guidance/rights.md", "# Rights\n\nAll new.\n")
        guard case .changedOnDisk = try await refusal({ try await editor.undo(step.id) }) else {
            Issue.record("not refused")
            return
        }
        #expect(site.files.text("content/guidance/rights.md") == "# Rights\n\nAll new.\n")
    }

    private func refusal(_ action: () async throws -> ContentEditor.Step?) async throws
        -> ContentEditor.Refusal
    {
        do {
            _ = try await action()
        } catch let refusal as ContentEditor.Refusal {
            return refusal
        }
        throw NotRefused()
    }

    private struct NotRefused: Error {}

    @Test("of several who save the same passage at once, one does")
    func concurrent() async throws {
        let (site, editor) = editor()
        let passage = try await place(editor, "guidance/rights.md", line: 6)
        let saved = await withTaskGroup(of: Int?.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let step = try? await editor.save(passage, text: "Version \(number).")
                    return step == nil ? nil : number
                }
            }
            return await group.reduce(into: [Int]()) { all, number in if let number { all.append(number) } }
        }
        let number = try #require(saved.first)
        #expect(saved.count == 1)
        #expect(
            site.files.text("content/guidance/rights.md")
                == Self.page.replacing("You have rights.", with: "Version \(number)."))
    }

    @Test(
        "no other file can be read or written",
        arguments: [
            "../secret.md", "guidance/../../secret.md", "guidance/./rights.md", "guidance//rights.md",
            "/etc/passwd", "/content/guidance/rights.md", "guidance/rights.md\0", "portal.yml", "guidance",
            "councils/a/council.yml", "guidance/.hidden.md", "guidance\\rights.md", "", "guidance/",
            "rights.md",
            "guidance/nothing.md", "translations/cy.md", "leaflets/x.md",
        ])
    func otherFiles(_ file: String) async throws {
        let (site, editor) = editor(Self.portal.merging(["../secret.md": "Secret\n"]) { $1 })
        await #expect(throws: ContentEditor.Refusal.self) { try await editor.read(file) }
        let before = site.files.paths
        for lines in [1...1, 3...3, 1...99] {
            let place = ContentEditor.Place(
                file: file, lines: lines, version: ContentHash("Secret\n").description)
            await #expect(throws: ContentEditor.Refusal.self) { try await editor.save(place, text: "Mine.") }
        }
        #expect(site.files.paths == before)
    }

    @Test(
        "lines that are no passage are refused",
        arguments: [1...1, 2...2, 4...6, 6...7, 10...10, 7...7, 90...99])
    func otherLines(_ lines: ClosedRange<Int>) async throws {
        let (site, editor) = editor()
        let version = try await editor.read("guidance/rights.md").version
        let place = ContentEditor.Place(file: "guidance/rights.md", lines: lines, version: version)
        await #expect(throws: ContentEditor.Refusal.self) { try await editor.save(place, text: "Mine.") }
        #expect(site.files.text("content/guidance/rights.md") == Self.page)
    }

    @Test("a link out of the content folder is not followed; one within stays a link")
    func links() async throws {
        let manager = FileManager.default
        let root = NSTemporaryDirectory() + "/signpost-\(UUID().uuidString)"
        defer { try? manager.removeItem(atPath: root) }
        for (path, text) in Self.portal.merging(["../secret.md": "Secret.\n"], uniquingKeysWith: { $1 }) {
            let file = URL(fileURLWithPath: "\(root)/content/\(path)").standardizedFileURL
            try manager.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try manager.createSymbolicLink(
            atPath: root + "/content/guidance/out.md", withDestinationPath: "../../secret.md")
        try manager.createSymbolicLink(
            atPath: root + "/content/councils/a/own.md", withDestinationPath: "../b/own.md")
        try manager.setAttributes(
            [.posixPermissions: 0o664], ofItemAtPath: root + "/content/councils/b/own.md")
        let site = Site(Self.portal)
        var settings = site.settings()
        settings.content = root + "/content"
        settings.themes = Self.themes
        let editor = ContentEditor(settings: settings, files: LocalFileSystem())
        await #expect(throws: ContentEditor.Refusal.self) { try await editor.read("guidance/out.md") }
        let place = try await place(editor, "councils/a/own.md", line: 3)
        #expect(try await editor.save(place, text: "New words.") != nil)
        #expect(
            try String(contentsOfFile: root + "/content/councils/b/own.md", encoding: .utf8)
                == "# Own\n\nNew words.\n")
        #expect(
            try manager.destinationOfSymbolicLink(atPath: root + "/content/councils/a/own.md")
                == "../b/own.md")
        // Whoever could read and write it still can.
        let attributes = try manager.attributesOfItem(atPath: root + "/content/councils/b/own.md")
        #expect(attributes[.posixPermissions] as? Int == 0o664)
        #expect(try String(contentsOfFile: root + "/secret.md", encoding: .utf8) == "Secret.\n")
        // By the name that the folder really has, no link is on the way.
        settings.content = try LocalFileSystem().resolve(root + "/content")
        let plain = ContentEditor(settings: settings, files: LocalFileSystem())
        let same = try await self.place(plain, "councils/b/own.md", line: 3)
        #expect(try await plain.save(same, text: "Newer words.") != nil)
    }

    private static let themes = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../themes").standardizedFileURL.path

    @Test(
        "a new question stands at the end, as the file's other lines end",
        arguments: [
            ("# Questions\n\n## One?\n\nYes.\n", "\n## Can my nan come?\n\nYes,\nshe can.\n"),
            ("# Questions\r\n\r\n## One?\r\n\r\nYes.", "\r\n\r\n## Can my nan come?\r\n\r\nYes,\r\nshe can."),
            ("# Questions\n\n## One?\n\nYes.\n\n", "## Can my nan come?\n\nYes,\nshe can.\n"),
        ])
    func questions(_ file: String, _ added: String) async throws {
        let (site, editor) = editor(Self.portal.merging(["guidance/faq.md": file]) { $1 })
        let version = try await editor.read("guidance/faq.md").version
        for (question, answer) in [
            ("", "Yes."), ("Why?", " \n"), ("# Why?", "Yes."), ("Why?", "```\nYes."), ("Why?", "{{nobody}}"),
        ] {
            await #expect(throws: ContentEditor.Refusal.self) {
                try await editor.add(
                    question: question, answer: answer, file: "guidance/faq.md", version: version)
            }
            #expect(site.files.text("content/guidance/faq.md") == file)
        }
        let step = try #require(
            try await editor.add(
                question: " Can my\nnan come?", answer: "Yes,\nshe can.\n\n", file: "guidance/faq.md",
                version: version))
        #expect(site.files.text("content/guidance/faq.md") == file + added)
        // The same version once more is too old.
        await #expect(throws: ContentEditor.Refusal.self) {
            try await editor.add(question: "Why?", answer: "Yes.", file: "guidance/faq.md", version: version)
        }
        _ = try await editor.undo(step.id)
        #expect(site.files.text("content/guidance/faq.md") == file)
    }

    @Test("too much text is refused")
    func size() async throws {
        let (site, editor) = editor()
        let passage = try await place(editor, "guidance/rights.md", line: 6)
        let long = String(repeating: "word ", count: ContentEditor.longestText / 5 + 1)
        await #expect(throws: ContentEditor.Refusal.self) { try await editor.save(passage, text: long) }
        await #expect(throws: ContentEditor.Refusal.self) { try await editor.save(passage, text: "a\0b") }
        #expect(site.files.text("content/guidance/rights.md") == Self.page)
    }

    // MARK: New pages, entries and settings

    private func page(
        _ title: String = "Visits", council: String? = nil, name: String = "", section: String = "Who comes?",
        text: String = "A social worker."
    ) -> ContentEditor.NewPage {
        .init(council: council, kind: .page, title: title, name: name, section: section, text: text)
    }

    @Test("a new page is written where none was, and undoing takes it away")
    func newPage() async throws {
        let (site, editor) = editor()
        let step = try await editor.add(page("Visits: who & when?", council: "b"))
        #expect(
            site.files.text("content/councils/b/visits-who-when.md")
                == "# Visits: who & when?\n\n## Who comes?\n\nA social worker.\n")
        _ = try await editor.undo(step.id)
        #expect(!site.files.paths.contains("content/councils/b/visits-who-when.md"))
        // In a folder that is not there yet.
        var faq = page("Visits")
        faq.kind = .faq
        _ = try await editor.add(faq)
        #expect(site.files.text("content/guidance/faq/visits.md")?.hasPrefix("# Visits\n") == true)
    }

    @Test("a new page writes over nothing, lies over nothing, and is sound")
    func newPageRefused() async throws {
        let (site, editor) = editor()
        let before = site.files.paths
        let pages = [
            page("Rights"), page("Rights", council: "a"), page("x", name: "own"), page("Own", council: "b"),
            page("…"), page(""), page("# Visits"), page(section: ""), page(text: " \n"),
            page(text: "```\nopen"),
            page(text: "{{nobody}}"), page("Visits", council: "nobody"), page("Visits", council: "../x"),
        ]
        for page in pages {
            await #expect(throws: ContentEditor.Refusal.self, "\(page)") { try await editor.add(page) }
        }
        #expect(site.files.paths == before && site.files.text("content/guidance/rights.md") == Self.page)
        // However a name is written, it stays within the folder.
        #expect(page(name: "../../etc/passwd").file == "guidance/etc-passwd.md")
    }

    private func place(
        _ editor: ContentEditor, _ kind: ContentEditor.EntryKind, _ id: String,
        _ file: String = "councils/a/council.yml"
    ) async throws -> ContentEditor.EntryPlace {
        let choices = try await editor.entryChoices(council: "a")
        let version = try #require(choices.files.first { $0.file == file }).version
        return .init(file: file, kind: kind, id: id, version: version)
    }

    @Test("a fact and a contact that are not there yet are added with their source and date")
    func newEntries() async throws {
        let (site, editor) = editor()
        let file = "content/councils/a/council.yml"
        let before = try #require(site.files.text(file))
        let length = try await place(editor, .fact, "length")
        let values = ["value": "90 minutes", "source": "Leaflet", "checked": "2026-11-01", "label": ""]
        #expect(try await editor.review(new: length, values: values, council: "a").obstacles.isEmpty)
        let step = try #require(try await editor.add(length, values: values))
        let fact = "  length:\n    value: 90 minutes\n    source: Leaflet\n    checked: 2026-11-01\n"
        #expect(site.files.text(file) == before + fact)
        // The same version once more is too old.
        await #expect(throws: ContentEditor.Refusal.self) { try await editor.add(length, values: values) }
        let chair = try await place(editor, .contact, "chair")
        _ = try await editor.add(chair, values: ["name": "Chair", "phone": "01632 960 001"])
        #expect(
            site.files.text(file) == before + fact
                + "contacts:\n  chair:\n    name: Chair\n    phone: 01632 960 001\n")
        await #expect(throws: ContentEditor.Refusal.self) { try await editor.undo(step.id) }
    }

    @Test("an entry that is there, has no value or cannot be one is not added")
    func newEntriesRefused() async throws {
        let (site, editor) = editor()
        let before = site.files.text("content/councils/a/council.yml")
        let tried: [(ContentEditor.EntryKind, String, [String: String])] = [
            (.fact, "arrive-early", ["value": "5 minutes"]), (.fact, "length", [:]),
            (.fact, "a b", ["value": "5"]),
            (.fact, "length", ["value": "5", "deadline": "x"]), (.fact, "../x", ["value": "5"]),
            (.fact, "length", ["value": "5", "checked": "yesterday"]), (.contact, "chair", ["name": "Chair"]),
            (.contact, "chair", ["name": "Chair", "phone": "123456"]),
            (.contact, "chair", ["phone": "01632 960 001"]),
        ]
        for (kind, id, values) in tried {
            let place = try await place(editor, kind, id)
            await #expect(throws: ContentEditor.Refusal.self, "\(id) \(values)") {
                try await editor.add(place, values: values)
            }
        }
        #expect(site.files.text("content/councils/a/council.yml") == before)
    }

    @Test("a council's settings change in their lines")
    func settings() async throws {
        let (site, editor) = editor()
        let now = try await editor.settings(of: "b")
        #expect(now.values == ["name": "B", "languages": "en"])
        let step = try await editor.save(
            settings: [
                "name": "B County Council", "website": "https://b.gov.uk", "languages": "en",
                "short-name": "",
                "brand.colour": "#003a5d", "sources.leaflet": "Leaflet, 2026",
            ], of: "b", version: now.version)
        #expect(step != nil)
        #expect(
            site.files.text("content/councils/b/council.yml")
                == "name: B County Council\nnation: england\nwebsite: \"https://b.gov.uk\"\nlanguages: [en]\nfacts:\n  arrive-early: {value: 10 minutes}\n  only-here: {value: 5}\nbrand:\n  colour: \"#003a5d\"\nsources:\n  leaflet: \"Leaflet, 2026\"\n"
        )
        let version = try await editor.settings(of: "b").version
        for values in [
            ["name": ""], ["languages": "en, klingon"], ["brand.colour": "blue"], ["nation": "wales"],
            ["sources.a b": "x"], ["facts": "x"],
        ] {
            await #expect(throws: ContentEditor.Refusal.self, "\(values)") {
                try await editor.save(settings: values, of: "b", version: version)
            }
        }
    }
}
