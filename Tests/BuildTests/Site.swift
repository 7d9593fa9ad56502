import Build
import Publishing
import Support
import Synchronization
import Workspace

/// A portal that a test declares, with the theme that comes with the program, in memory.
final class Site: Sendable {
    let files: InMemoryFileSystem
    private let makesLeaflets: Bool
    private let themes: String

    /// - Parameter content: Files by their path below the content folder.
    init(_ content: [String: String], makesLeaflets: Bool = false, theme: String = "default") {
        files = InMemoryFileSystem()
        self.makesLeaflets = makesLeaflets
        themes = theme
        for (path, bytes) in Self.theme { try? files.write(bytes, to: "themes/default/" + path) }
        for (path, text) in content { write(path, text) }
    }

    /// What stands for the thousands of examples of what families ask: reading those took most of the time of these tests.
    private static let topics = [
        "search/topics-en.txt": "# bring: who comes along\nmay I bring my mum\n# elsewhere\nwill it rain\n",
        "search/topics-en.guidance.txt": "# bring\nYou can bring someone.\n",
        "search/topics-pl.txt": "# bring\nczy mogę zabrać mamę\n",
    ]

    /// The files of the default theme by their path in its folder, with few examples of topics.
    private static let theme: [String: [UInt8]] = {
        let disk = LocalFileSystem()
        let root = Repository.root + "/themes/default"
        var found: [String: [UInt8]] = [:]
        func read(_ folder: String) {
            for entry in (try? disk.list(joinPath(root, folder))) ?? [] {
                let path = joinPath(folder, entry.name)
                if entry.kind == .directory {
                    read(path)
                } else if !path.hasPrefix("search/topics-") {
                    found[path] = try? disk.read(joinPath(root, path))
                }
            }
        }
        read("")
        for (path, text) in topics { found[path] = Array(text.utf8) }
        return found
    }()

    func write(_ path: String, _ text: String) {
        try? files.write(Array(text.utf8), to: "content/" + path)
    }

    func remove(_ path: String) throws { try files.removeFile("content/" + path) }

    /// Changes the first place where a file of the content says something.
    func replace(_ text: String, with other: String, in path: String) throws {
        let all = try files.read("content/" + path)
        let whole = String(decoding: all, as: UTF8.self)
        guard let range = whole.firstRange(of: text) else { throw NotThere(text: text, path: path) }
        write(path, whole.replacingCharacters(in: range, with: other))
    }

    struct NotThere: Error {
        var text: String
        var path: String
    }

    func settings(today: String = "2026-11-28", change: (inout SiteSettings) -> Void = { _ in })
        -> SiteSettings
    {
        var settings = SiteSettings(
            content: "content", themes: "themes", theme: themes,
            today: CalendarDate(today) ?? CalendarDate(dayNumber: 0), python: "/no/such/python")
        change(&settings)
        return settings
    }

    /// Builds into `output`, with the state of the last build into it.
    ///
    /// - Parameters:
    ///   - kept: What builds leave for one another, as those of one process do.
    ///   - first: The council that alone is made again, where several have changed.
    @discardableResult
    func build(
        to output: String = "site", today: String = "2026-11-28", shard: Shard? = nil,
        keeping kept: KeptParts? = nil, first: String? = nil,
        change: (inout SiteSettings) -> Void = { _ in }
    ) async -> SiteBuild.Report {
        let settings = settings(today: today, change: change)
        return await SiteBuild(
            settings: settings, output: output, cache: "cache/\(output)", jobs: 2,
            program: ContentHash("\(settings)"), leaflets: makesLeaflets ? .all : .none, shard: shard,
            release: "\(settings)", files: files, keeping: kept, first: first
        ).run()
    }

    /// Joins shards.
    func merge(
        _ parts: [String], to output: String, today: String = "2026-11-28"
    ) async -> SiteBuild.Report {
        let settings = settings(today: today)
        return await SiteMerge(
            settings: settings, shards: parts, output: output, program: "\(settings)", jobs: 2, files: files
        ).run()
    }

    /// A file of the built site as text.
    func page(_ path: String, in output: String = "site") -> String? { files.text(joinPath(output, path)) }

    /// Every file of a built site that visitors can ask for.
    func published(in output: String = "site") -> [String: [UInt8]] {
        let prefix = output + "/"
        var found: [String: [UInt8]] = [:]
        for path in files.paths where path.hasPrefix(prefix) && !path.hasPrefix(prefix + ".signpost/") {
            found[String(path.dropFirst(prefix.count))] = try? files.read(path)
        }
        return found
    }
}

extension Site {
    /// Two councils and two languages.
    static let twoCouncils: [String: String] = [
        "portal.yml": """
        name: Help for families
        base-url: https://help.example.org
        languages: [en, pl]
        translations: {publish-drafts: yes, threshold: 0}
        facts:
          arrive-early: {label: How early to come, type: duration}
          recording: {label: Whether it may be recorded, type: yes-no}

        """,
        "guidance/index.md": "# Help for your family\n\nRead about the meeting.\n",
        "guidance/meeting.md": """
        # The meeting

        ## Before it {#before}

        Come {{arrive-early}} before the start.

        ## Who comes {#people}

        Your social worker comes.

        """,
        "guidance/rights.md": "# Your rights\n\n## You can bring someone {#supporter}\n\nBring a friend.\n",
        "guidance/faq/first.md": """
        # First questions

        ## Can my nan come? {#nan}

        Also asked: grandmother; gran

        Yes. Ask us first.

        """,
        "councils/north/council.yml": """
        name: North Council
        nation: england
        languages: [en, pl]
        facts:
          arrive-early: {value: 15 minutes, source: the chair, checked: 2026-11-01}

        """,
        "councils/south/council.yml": """
        name: South Council
        nation: england
        languages: [en, pl]
        facts:
          arrive-early: {value: 30 minutes, source: the chair, checked: 2026-11-01}

        """,
        "councils/south/visits.md": "# Visits\n\n## Where {#where}\n\nWe come to your home.\n",
        "translations/pl.po": """
        msgid ""
        msgstr ""
        "Language: pl\\n"
        "Content-Type: text/plain; charset=UTF-8\\n"
        "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"
        "X-Signpost-Review: draft\\n"

        msgid "The meeting"
        msgstr "Spotkanie"

        msgid "Who comes"
        msgstr "Kto przychodzi"

        msgid "Your social worker comes."
        msgstr "Przychodzi twój pracownik socjalny."

        msgid "Your rights"
        msgstr "Twoje prawa"

        msgid "Bring a friend."
        msgstr "Przyprowadź przyjaciela."

        """,
    ]
}
