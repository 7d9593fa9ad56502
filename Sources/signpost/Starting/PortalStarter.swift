import Build
import Foundation
import Guidance
import Translations
import Workspace

/// The files of a new portal: the shared guidance of the portal that comes with Signpost, without what others have
/// published about themselves.
struct PortalStarter: Sendable {
    struct Choices: Sendable {
        var title: String
        var baseURL: String
        var council: String
        var councilName: String
        var nation: Nation
        /// The first is the one that the guidance is written in.
        var languages: [Language]
        /// `#rrggbb`.
        var colour: String?
        var ci: Service

        enum Service: String, CaseIterable, Sendable { case github, gitlab, none }
    }

    let choices: Choices
    /// The content folder that comes with Signpost; nil where it is not there.
    let example: String?
    let files: any FileSystem

    /// Texts by their paths within the portal's folder; `content` is the folder with `portal.yml` there.
    func texts(content: String) -> [String: String] {
        var texts: [String: String] = [:]
        for (path, text) in guidance() { texts[joinPath(content, path)] = text }
        let path = joinPath(content, "councils/\(choices.council)/council.yml")
        texts[path] = council()
        // With a line to fill in for each fact and contact that this guidance knows.
        let needs = CouncilNeeds(choices.council, council(), of: content, InMemoryFileSystem(texts))
        texts[path] = council(facts: needs?.factLines ?? "", contacts: needs?.contactLines ?? "")
        texts[".gitignore"] = "# What Signpost makes again.\n.signpost/\n/site/\n/leaflets/\n.DS_Store\n"
        texts["README.md"] = readme(content, beside: Array(texts.keys))
        texts.merge(editorSettings(content)) { $1 }
        switch choices.ci {
        case .github: texts[".github/workflows/publish.yml"] = github(content)
        case .gitlab: texts[".gitlab-ci.yml"] = gitlab(content)
        case .none: break
        }
        return texts
    }

    // MARK: Guidance

    private func guidance() -> [String: String] {
        guard let example, let portal = read(joinPath(example, "portal.yml")),
            choices.languages[0] == .english
        else { return Self.smallest(choices) }
        var texts = ["portal.yml": self.portal(from: portal, in: example)]
        var folders = ["guidance", "leaflets", "pictures"]
        while let folder = folders.popLast() {
            for entry in (try? files.list(joinPath(example, folder))) ?? [] {
                let path = joinPath(folder, entry.name)
                if entry.kind == .directory { folders.append(path) }
                guard [".md", ".yml", ".svg"].contains(where: path.hasSuffix),
                    let text = read(joinPath(example, path))
                else { continue }
                texts[path] =
                    path.hasSuffix(".md")
                    ? Self.unreviewed(text)
                    : path.hasPrefix("leaflets/") ? Self.withoutCouncils(text) : text
            }
        }
        for language in choices.languages {
            for path in ["translations/\(language.tag).po", "search/\(language.tag).yml"] {
                texts[path] = read(joinPath(example, path))
            }
        }
        if choices.languages.count > 1 {
            texts["translations/glossary.yml"] = read(joinPath(example, "translations/glossary.yml"))
        }
        return texts
    }

    private func read(_ path: String) -> String? {
        (try? files.read(path)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A leaflet without what is different for councils that this portal does not have.
    static func withoutCouncils(_ text: String) -> String {
        var isLeft = true
        return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            if let first = line.first, first != " ", first != "#", first != "-" {
                isLeft = !line.hasPrefix("councils:")
            }
            return isLeft || line.isEmpty
        }.joined(separator: "\n")
    }

    /// A page without the date of a review that somebody else has done.
    static func unreviewed(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else { return text }
        if let review = lines[..<end].firstIndex(where: { $0.hasPrefix("reviewed:") }) {
            lines.remove(at: review)
        }
        return lines.joined(separator: "\n")
    }

    private func portal(from text: String, in example: String) -> String {
        let blocks = YAMLBlocks(text)
        var output = """
            name: \(Scaffold.quoted(choices.title))
            # Where the site will be published.
            base-url: \(Scaffold.quoted(choices.baseURL))
            languages: [\(choices.languages.map(\.tag).joined(separator: ", "))]
            description: Plain guidance for families who are invited to a child protection conference.
            # No search engine lists the site until you take this line away.
            search-engines: false

            """
        // What is said of the example's own tests is not said of this portal.
        let ofTests = Set(YAMLBlocks.placeholders(in: blocks["accessibility"] ?? ""))
        let facts = blocks["facts"].map { YAMLBlocks.without(ofTests, in: $0) }
        let contacts = blocks["contacts"]
        // Nor what its councils have published.
        let used = YAMLBlocks.values(of: "source", in: (facts ?? "") + (contacts ?? ""))
        let sources = blocks["sources"].map { block in
            YAMLBlocks.without(YAMLBlocks.entries(of: block).subtracting(used), in: block)
        }
        for key in [
            "exit", "contacts-valid-for", "sources", "contact-groups", "home-questions", "home-contacts",
            "footer-contacts",
        ] {
            if let block = key == "sources" ? sources : blocks[key] { output += "\n" + block }
        }
        let expected = contactsOfCouncils(in: example)
        if !expected.isEmpty {
            output +=
                "\n# The contacts that the guidance names where a council has them: add them to its council.yml.\n"
            output += "council-contacts:\n"
            for (id, name) in expected { output += "  \(id): \(Scaffold.quoted(name))\n" }
        }
        if let facts {
            output += "\n# What each fact is. The values are in the council.yml files.\n" + facts
        }
        if let contacts {
            output += "\n# For every council. Try each of them, then change 'checked'.\n" + contacts
        }
        return output
    }

    /// The contacts that the guidance names and that each council gives itself, with what a council calls them.
    private func contactsOfCouncils(in example: String) -> [(String, String)] {
        var ignored = Diagnostics()
        guard let portal = Portal.load(from: example, in: files, reporting: &ignored) else { return [] }
        let used = Set(
            Usage(of: portal, in: files, reporting: &ignored).contacts.filter { places in
                // Of the shared guidance; a council's own pages are not taken over.
                places.value.contains { place in !portal.allCouncils.contains { place.hasPrefix($0.id + "/") }
                }
            }.keys)
        let known = Set(portal.nationalContacts.map(\.id))
        var names: [String: String] = Dictionary(
            portal.councilContacts.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
        for contact in portal.allCouncils.flatMap(\.ownContacts) where names[contact.id] == nil {
            names[contact.id] = contact.purpose?.plainText ?? contact.name.plainText
        }
        return used.subtracting(known).sorted().compactMap { id in names[id].map { (id, $0) } }
    }

    /// A portal without the guidance that comes with Signpost.
    private static func smallest(_ choices: Choices) -> [String: String] {
        let language = choices.languages[0]
        let isEnglish = language == .english
        // 'EditorsNote' finds it: nobody publishes English as if it were another language.
        let note =
            isEnglish
            ? ""
            : "[Delete this: the words here are examples in English. Write them in \(language.englishName).]\n\n"
        let comment =
            isEnglish
            ? "" : "# The words below are examples in English: write them in \(language.englishName).\n"
        return [
            "portal.yml": """
            \(comment)name: \(Scaffold.quoted(choices.title))
            base-url: \(Scaffold.quoted(choices.baseURL))
            languages: [\(choices.languages.map(\.tag).joined(separator: ", "))]
            description: Plain guidance for families.
            # No search engine lists the site until you take this line away.
            search-engines: false
            contact-groups:
              danger: When someone is in danger now
              questions: When you have a question
            contacts:
              emergency:
                name: Emergency services
                purpose: Someone is hurt or in danger now
                group: danger
                phone: "999"
                relay: 18000

            """,
            "guidance/index.md": """
            ---
            summary: Start here.
            order: 0
            ---

            # Help for your family

            \(note)Say in two sentences who this is for, and what readers find here.

            """,
            "guidance/rights.md": """
            ---
            summary: What you can ask for and expect.
            order: 10
            ---

            # Your rights

            \(note)## You can bring someone {#supporter}

            You can bring a person you trust.

            """,
            "guidance/faq/first-questions.md": """
            ---
            summary: What families ask first.
            ---

            # First questions

            \(note)## Who can I phone? {#who-to-phone}

            Also asked: helpline; someone to talk to

            If someone is in danger now, phone {{contact emergency}}.

            """,
            "guidance/contacts.md": """
            ---
            summary: People you can phone or write to.
            order: 90
            ---

            # Contacts

            \(note)Choose what you need below.

            """,
        ]
    }

    // MARK: The council

    private func council(facts: String = "", contacts: String = "") -> String {
        let brand = choices.colour.map { "brand:\n  colour: \"\($0)\"\n" } ?? ""
        return Scaffold.council(
            name: choices.councilName, nation: choices.nation, languages: choices.languages, more: brand,
            facts: facts, contacts: contacts)
    }

    // MARK: Files besides

    /// Completion, explanations and errors for the YAML files, in Visual Studio Code.
    private func editorSettings(_ content: String) -> [String: String] {
        let schemas = SettingsSchemas.all(rules: RuleRegister.names)
        var texts: [String: String] = [:]
        for file in schemas {
            texts[".vscode/signpost/\(file.name)"] = file.schema.serialized(pretty: true) + "\n"
        }
        let matches = schemas.map { file in
            (
                "./.vscode/signpost/\(file.name)",
                JSONValue.array(file.matches.map { .string("/\(content)/\($0)") })
            )
        }
        texts[".vscode/settings.json"] =
            JSONValue.object([
                ("yaml.schemas", .object(matches)), ("files.encoding", .string("utf8")),
                ("files.trimTrailingWhitespace", .bool(true)),
            ]).serialized(pretty: true) + "\n"
        texts[".vscode/extensions.json"] =
            JSONValue.object([("recommendations", .array([.string("redhat.vscode-yaml")]))])
            .serialized(pretty: true) + "\n"
        return texts
    }

    /// - Parameter paths: The files that the portal has.
    private func readme(_ content: String, beside paths: [String]) -> String {
        let own = "councils/\(choices.council)/"
        let places = [
            ("what every council says", "guidance/"), ("what \(choices.councilName) says", own),
            ("phone numbers and facts of \(choices.councilName)", own + "council.yml"),
            ("helplines for everybody, and what each fact is", "portal.yml"),
            ("translations", "translations/"), ("leaflets to print", "leaflets/"),
        ].filter { place in paths.contains { $0.hasPrefix(joinPath(content, place.1)) } }
        let rows = places.map { "| \($0.0) | `\(content)/\($0.1)` |" }.joined(separator: "\n")
        return """
            # \(choices.title)

            This folder holds guidance for families. Signpost makes a website and leaflets of it.

            ## Every day

            ```sh
            signpost serve --open     # see the site while you write; errors are shown on the page
            signpost check            # everything that should be mended
            signpost build            # write the site to site/
            ```

            | What you want to change | Where it is |
            | --- | --- |
            \(rows)

            ## Before the first family reads it

            1. \(firstStep)
            2. Fill in the facts and contacts of `council.yml`, each with its source and the day you checked it.
            3. Add `accessibility` to `council.yml`: who takes reports, and how the site was tested.
            4. Set `base-url` in `portal.yml`, and take away `search-engines: false` when the site may be found.
            5. `signpost check --strict` finds no error: then publish.

            Add a council: `signpost new council ID --name "Its name" --nation \(choices.nation.rawValue)`.

            """
    }

    /// What there is to do about the guidance, in the first council's nation.
    private var firstStep: String {
        guard hasGuidance else { return "Write every page: the words that are there are examples." }
        guard choices.nation != .england else {
            return
                "Read every page. What is England's alone (its laws and helplines) is shown for councils in England."
        }
        let nation = choices.nation.englishName
        let missing = contactsElsewhere.map(\.name.plainText)
        return
            "Read every page. The guidance was written for England. What is England's law is not shown for "
            + "\(choices.councilName); the law and the words of \(nation) are yours to add."
            + (missing.isEmpty
                ? ""
                : " These helplines are not for \(nation): \(missing.joined(separator: ", ")). Add those of \(nation) "
                    + "to `portal.yml`, with `nations: [\(choices.nation.rawValue)]`.")
    }

    /// Whether the guidance that comes with Signpost is in the portal.
    private var hasGuidance: Bool { example != nil && choices.languages[0] == .english }

    /// The contacts for everybody that are not for the first council's nation.
    private var contactsElsewhere: [Contact] {
        guard let example else { return [] }
        var ignored = Diagnostics()
        return Portal.load(from: example, in: files, reporting: &ignored)?.contacts(notFor: choices.nation)
            ?? []
    }

    private func github(_ content: String) -> String {
        """
        # Checks each change, and publishes the main branch to GitHub Pages. Set the repository variable SIGNPOST to the
        # repository with Signpost's source, such as example/signpost.
        name: publish
        on:
          push:
          pull_request:
          schedule:
            - cron: "0 6 * * 1" # Mondays: what has become due
        permissions:
          contents: read
          pages: write
          id-token: write
        jobs:
          site:
            runs-on: ubuntu-latest
            container: swift:6.2
            environment: ${{ github.ref == 'refs/heads/main' && 'github-pages' || 'preview' }}
            steps:
              - uses: actions/checkout@v4
              - uses: actions/checkout@v4
                with:
                  repository: ${{ vars.SIGNPOST }}
                  path: .signpost-source
              - run: make -C .signpost-source build
              - run: .signpost-source/.build/release/signpost check --content \(content) --format github
              - run: .signpost-source/.build/release/signpost build --content \(content) --strict --output site
              - if: github.event_name == 'schedule'
                run: .signpost-source/.build/release/signpost due --content \(content) --within 30d >> "$GITHUB_STEP_SUMMARY"
              # The change as a site: unpack it, and open index.html.
              - if: github.event_name == 'pull_request'
                uses: actions/upload-artifact@v4
                with:
                  name: preview
                  path: site
              - if: github.ref == 'refs/heads/main'
                uses: actions/upload-pages-artifact@v3
                with:
                  path: site
              - if: github.ref == 'refs/heads/main'
                uses: actions/deploy-pages@v4

        """
    }

    private func gitlab(_ content: String) -> String {
        """
        # Checks each merge request and shows it as a site, publishes the main branch to GitLab Pages, and looks each week
        # at what is due. Set the variable SIGNPOST to the address of Signpost's source. For the weekly look, add a schedule
        # under Build > Pipeline schedules: "0 6 * * 1" is Mondays at six.
        image: swift:6.2
        workflow:
          rules:
            - if: $CI_PIPELINE_SOURCE == "merge_request_event"
            - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
        before_script:
          - git clone --depth 1 "$SIGNPOST" .signpost-source
          - make -C .signpost-source build
        check:
          script:
            - .signpost-source/.build/release/signpost check --content \(content)
          rules:
            - if: $CI_PIPELINE_SOURCE == "merge_request_event"
        # The merge request has a button that opens the change as a site.
        preview:
          script:
            - .signpost-source/.build/release/signpost build --content \(content) --output public
            - project="${CI_PROJECT_PATH#"$CI_PROJECT_ROOT_NAMESPACE"/}"
            - host="https://$CI_PROJECT_ROOT_NAMESPACE.$CI_PAGES_DOMAIN"
            - echo "PREVIEW=$host/-/$project/-/jobs/$CI_JOB_ID/artifacts/public/index.html" > preview.env
          artifacts:
            paths: [public]
            reports:
              dotenv: preview.env
            expire_in: 2 weeks
          environment:
            name: preview/$CI_COMMIT_REF_SLUG
            url: $PREVIEW
            auto_stop_in: 2 weeks
          rules:
            - if: $CI_PIPELINE_SOURCE == "merge_request_event"
        pages:
          script:
            - .signpost-source/.build/release/signpost build --content \(content) --strict --output public
          artifacts:
            paths: [public]
          rules:
            - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
        # Fails where something is due: then GitLab writes to whoever made the schedule.
        due:
          script:
            - .signpost-source/.build/release/signpost due --content \(content) --within 30d | tee due.txt
            - grep -q "^Nothing is due" due.txt
          artifacts:
            when: always
            paths: [due.txt]
          rules:
            - if: $CI_PIPELINE_SOURCE == "schedule"

        """
    }
}

/// The parts of a YAML file that start at the beginning of a line, as they are written.
struct YAMLBlocks {
    private var blocks: [String: String] = [:]

    init(_ text: String) {
        var key: String?
        var comment = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("#") || line.isEmpty {
                comment += line + "\n"
                continue
            }
            if !line.hasPrefix(" "), !line.hasPrefix("-"), let colon = line.firstIndex(of: ":") {
                key = String(line[..<colon])
                comment = ""
            }
            if let key {
                blocks[key, default: ""] += comment + line + "\n"
                comment = ""
            }
        }
    }

    subscript(_ key: String) -> String? { blocks[key] }

    /// A block without the entries of these names.
    static func without(_ names: Set<String>, in block: String) -> String {
        var keeps = true
        return block.split(separator: "\n").filter { line in
            if line.hasPrefix("  "), !line.hasPrefix("   "), let colon = line.firstIndex(of: ":") {
                keeps = !names.contains(String(line[..<colon].dropFirst(2)))
            }
            return keeps
        }.joined(separator: "\n") + "\n"
    }

    /// The names of a block's entries.
    static func entries(of block: String) -> Set<String> {
        Set(
            block.split(separator: "\n").compactMap { line in
                guard line.hasPrefix("  "), !line.hasPrefix("   "), let colon = line.firstIndex(of: ":")
                else {
                    return nil
                }
                return String(line[..<colon].dropFirst(2))
            })
    }

    /// What is said for a key, wherever it stands.
    static func values(of key: String, in text: String) -> Set<String> {
        Set(
            text.split(separator: "\n").compactMap { line in
                let words = line.drop { $0 == " " }
                return words.hasPrefix(key + ": ")
                    ? words.dropFirst(key.count + 2).trimmingCharacters(in: .whitespaces) : nil
            })
    }

    /// The names between `{{` and `}}`.
    static func placeholders(in text: String) -> [String] {
        text.components(separatedBy: "{{").dropFirst().compactMap { $0.components(separatedBy: "}}").first }
    }
}

extension Nation {
    fileprivate var englishName: String {
        switch self {
        case .england: "England"
        case .wales: "Wales"
        case .scotland: "Scotland"
        case .northernIreland: "Northern Ireland"
        }
    }
}
