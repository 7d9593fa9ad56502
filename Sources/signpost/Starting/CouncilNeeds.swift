import Checks
import Guidance
import Markdown
import Translations
import Workspace

/// What a council still lacks for a site that can be published.
struct CouncilNeeds: Sendable {
    private let id: String
    /// Facts that the shared guidance cannot do without, then those that it uses where a council has them.
    private var needed: [(name: String, label: String, kind: String)] = []
    private var useful: [(name: String, label: String, kind: String)] = []
    private var contacts: [(id: String, label: String)] = []
    /// What a site that families read must not lack.
    private var gaps: [Diagnostic] = []
    private var errors = Diagnostics()

    /// - Parameter text: The `council.yml` that the council has or is to have.
    /// - Returns: Nil where the portal cannot be read.
    init?(_ id: String, _ text: String, of content: String, _ files: some FileSystem) {
        self.id = id
        let path = joinPath(content, "councils/\(id)/council.yml")
        let tried = files.copyOfGuidance(in: content)
        try? tried.write(Array(text.utf8), to: path)
        var ignored = Diagnostics()
        guard let portal = Portal.load(from: content, in: tried, councils: [id], reporting: &ignored),
            let council = portal.council(id)
        else { return nil }
        var problems = Diagnostics()
        let source = LanguageResources(
            language: portal.sourceLanguage, translator: nil, strings: InterfaceStrings([:]), review: nil)
        let guidance = portal.guidance(of: council, in: tried, reporting: &problems)
        let editions = portal.editions(
            of: guidance, resources: [source], today: CalendarDate(dayNumber: 0), reporting: &problems)
        errors = Diagnostics(
            problems.sorted.filter { ["MissingFact", "MissingContact", "FactNotShown"].contains($0.rule) })
        for edition in editions { gaps += EditionChecks.problems(in: edition).sorted }
        gaps = gaps.filter { CheckRules.requiredToPublish.contains($0.rule) }
        let usage = Usage(of: portal, in: tried, reporting: &ignored)
        let messages = errors.sorted.map(\.message)
        for name in usage.facts.keys.sorted() {
            guard let fact = portal.facts[name], fact.value == nil, council.facts[name]?.value == nil else {
                continue
            }
            let row = (name, fact.label ?? name, fact.kind?.rawValue ?? "text")
            if messages.contains(where: { $0.hasSuffix("has no fact '\(name)'") }) {
                needed.append(row)
            } else {
                useful.append(row)
            }
        }
        let labels = Dictionary(portal.councilContacts.map { ($0.id, $0.label) }) { first, _ in first }
        let own = Set(council.ownContacts.map(\.id) + portal.nationalContacts.map(\.id))
        contacts = usage.contacts.keys.sorted().filter { !own.contains($0) }.map { ($0, labels[$0] ?? $0) }
    }

    /// Whether the guidance cannot be shown for this council yet.
    var isDraft: Bool { errors.hasErrors }

    /// The facts as lines that only have to be filled in.
    var factLines: String {
        (needed + useful).map { fact in
            // No value stands there that somebody could take for true.
            let written =
                switch fact.kind {
                case "duration": ", such as 20 minutes or 5 working days"
                case "number": ", as a number"
                case "date": ", as a date such as 2026-01-31"
                case "yes-no": ", yes or no"
                default: ""
                }
            return "  # \(fact.label)\(written)\n"
                + "  # \(fact.name): {value: …, source: where it is written, checked: the day you looked}\n"
        }.joined()
    }

    var contactLines: String {
        contacts.map { contact in
            "  # \(contact.label)\n  # \(contact.id):\n  #   name: …\n  #   phone: …\n"
        }.joined()
    }

    /// What to do next.
    func text(path: String) -> String {
        var output = ""
        func list(_ title: String, _ rows: [String]) {
            if !rows.isEmpty { output += "\n\(title)\n" + rows.map { "  - \($0)\n" }.joined() }
        }
        list("The shared guidance needs these facts:", needed.map { "\($0.label) (\($0.name))" })
        list("It names these contacts where a council has them:", contacts.map { "\($0.label) (\($0.id))" })
        list("A site that families read must not lack:", gaps.map { $0.message })
        if !useful.isEmpty || !needed.isEmpty {
            output +=
                "\nIt uses \(useful.count) more facts where a council has them. Write down what is true in \(path); "
                + "each is there as a line to fill in.\n"
        }
        output +=
            isDraft
            ? "Until then the council is a draft: the others are published as before. See it with: signpost check "
                + "--council \(id)\n"
            : "See it with: signpost serve --council \(id) --open\n"
        return output
    }
}

/// What somebody who has started a portal does next.
struct NextSteps {
    let folder: String
    let content: String
    let council: String

    func text(in files: LocalFileSystem) -> String {
        let path = joinPath(content, "councils/\(council)/council.yml")
        let go = folder == "." ? "" : "  cd \(folder)\n"
        var output = "\nYour portal is there. Next:\n\(go)  signpost serve --open\n"
        if let bytes = try? files.read(path),
            let needs = CouncilNeeds(council, String(decoding: bytes, as: UTF8.self), of: content, files)
        {
            output += needs.text(path: path)
        }
        return output
    }
}

extension FileSystem {
    /// The guidance and settings of a content folder, to try a change that is not written.
    func copyOfGuidance(in content: String) -> InMemoryFileSystem {
        let copy = InMemoryFileSystem()
        func add(_ folder: String) {
            for entry in (try? scan(folder)) ?? [] where entry.entry.name.first != "." {
                let path = joinPath(folder, entry.entry.name)
                switch entry.status?.kind {
                case .directory? where entry.entry.kind != .symbolicLink: add(path)
                case .file?:
                    // What else lies there is asked for by its name only.
                    let isRead = path.hasSuffix(".md") || path.hasSuffix(".yml")
                    try? copy.write(isRead ? (try? read(path)) ?? [] : [], to: path)
                default: break
                }
            }
        }
        add(content)
        return copy
    }
}
