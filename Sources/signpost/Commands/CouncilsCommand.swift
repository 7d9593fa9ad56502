import ArgumentParser
import Build
import Guidance
import Workspace

/// Prints what each council says instead of the shared guidance, and what has changed under it.
struct CouncilsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "councils",
        abstract: "List what each council says instead of, or besides, the shared guidance.",
        discussion: """
            A section that replaces a shared one stands on what the shared one said at that time. --record notes \
            that, in councils/<id>/overrides.yml; when the shared section changes later, the build warns.
            """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions

    @Flag(help: "Note that the overrides are right for the shared sections as they are now.")
    var record = false

    func validate() throws { try problems.allow([.text, .json], for: "The list of councils") }

    func run() throws {
        let files = options.files
        let terminal = Terminal.current()
        var diagnostics = Diagnostics()
        guard
            let portal = Portal.load(
                from: options.content, in: files, councils: options.council, reporting: &diagnostics)
        else {
            terminal.report(diagnostics, as: problems.format, files: files)
            throw ExitCode(1)
        }
        var entries: [JSONValue] = []
        for council in portal.councils {
            let overrides = portal.guidance(of: council, in: files, reporting: &diagnostics).overrides
            if record { try Self.record(overrides, council, portal, files) }
            let recorded = record ? Self.fingerprints(overrides) : council.recordedOverrides
            if problems.format == .json {
                entries += overrides.map { Self.json($0, Self.state($0, recorded)) }
            } else {
                terminal.write(Self.text(council, overrides, recorded))
            }
        }
        if problems.format == .json {
            terminal.write(JSONValue.object([("overrides", .array(entries))]).serialized(pretty: true) + "\n")
        }
        let errors = Diagnostics(diagnostics.sorted.filter { $0.severity == .error })
        if errors.hasErrors {
            terminal.report(errors, as: .text, files: files)
            throw ExitCode(1)
        }
    }

    private static func text(
        _ council: Council, _ overrides: [Override], _ recorded: [String: String]
    ) -> String {
        var table = TextTable()
        for override in overrides {
            table.add(
                override.kind.rawValue, override.key, state(override, recorded), override.location.description
            )
        }
        let body = overrides.isEmpty ? "  shows the shared guidance as it is\n" : table.text(indent: "  ")
        return "\(council.id) – \(council.identity.name)\n\(body)\n"
    }

    private static func state(_ override: Override, _ recorded: [String: String]) -> String {
        guard let shared = override.shared else { return "" }
        guard let known = recorded[override.key] else { return "not recorded" }
        return known == OverrideRecord.text(of: shared) ? "up to date" : "THE SHARED SECTION HAS CHANGED"
    }

    private static func fingerprints(_ overrides: [Override]) -> [String: String] {
        var result: [String: String] = [:]
        for override in overrides { result[override.key] = override.shared.map(OverrideRecord.text) }
        return result
    }

    private static func record(
        _ overrides: [Override], _ council: Council, _ portal: Portal, _ files: some FileSystem
    ) throws {
        let lines = fingerprints(overrides).sorted { $0.key < $1.key }.map {
            "\"\($0.key)\": \"\($0.value)\"\n"
        }
        guard !lines.isEmpty else { return }
        let text = """
            # What the shared sections were when this council last agreed to its overrides.
            # Written by 'signpost councils --record'.

            """
        try files.write(
            Array((text + lines.joined()).utf8),
            to: joinPath(portal.root, OverrideRecord.path(of: council.id)))
    }

    private static func json(_ override: Override, _ state: String) -> JSONValue {
        .object([
            ("council", .string(override.council)), ("kind", .string(override.kind.rawValue)),
            ("page", .string(override.page)), ("section", override.section.map { .string($0) } ?? .null),
            ("state", state.isEmpty ? .null : .string(state)), ("file", .string(override.location.file)),
            ("line", override.location.range.map { .int($0.start.line) } ?? .null),
        ])
    }
}
