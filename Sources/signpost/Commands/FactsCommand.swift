import ArgumentParser
import Build
import Guidance
import Workspace

/// Prints each fact and contact: its value per council, source, check date, and where it is used.
struct FactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "List every fact and contact: its values, sources, check dates, and where it is used.")

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions

    @Option(help: ArgumentHelp("Only this fact or contact; repeat for several.", valueName: "name"))
    var fact: [String] = []

    func validate() throws { try problems.allow([.text, .json], for: "The list of facts") }

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
        let usage = Usage(of: portal, in: files, reporting: &diagnostics)
        let facts = portal.factRows().filter { fact.isEmpty || fact.contains($0.name) }
        let contacts = portal.contactRows().filter { fact.isEmpty || fact.contains($0.name) }
        let known = Set(portal.knownFacts).union(portal.contactRows().map(\.name))
        for name in fact where !known.contains(name) {
            throw ValidationError(
                "There is no fact or contact '\(name)'. " + (didYouMean(name, among: known) ?? ""))
        }
        if problems.format == .json {
            let entries =
                facts.map { Self.json($0, "fact", usage.facts) }
                + contacts.map { Self.json($0, "contact", usage.contacts) }
            terminal.write(JSONValue.object([("facts", .array(entries))]).serialized(pretty: true) + "\n")
        } else {
            terminal.write(Self.text("Facts", facts, usage.facts))
            terminal.write(Self.text("Contacts", contacts, usage.contacts))
            let empty = portal.factsWithoutValue()
            if fact.isEmpty, !empty.isEmpty {
                terminal.write("Declared, but without a value anywhere: \(empty.joined(separator: ", "))\n")
            }
        }
        if diagnostics.hasErrors {
            terminal.report(diagnostics, as: .text, files: files)
            throw ExitCode(1)
        }
    }

    private static func text(_ title: String, _ rows: [Portal.FactRow], _ usage: [String: [String]]) -> String
    {
        guard !rows.isEmpty else { return "" }
        var output = "\(title)\n\n"
        var start = rows.startIndex
        while start < rows.endIndex {
            let name = rows[start].name
            let end = rows[start...].firstIndex { $0.name != name } ?? rows.endIndex
            output += name + (rows[start].label.map { " – \($0)" } ?? "") + "\n"
            var table = TextTable()
            for row in rows[start..<end] {
                table.add(
                    row.council ?? "(all)", row.value,
                    "checked: \(row.checked.map(\.description) ?? "never")"
                        + (row.checkedBy.map { " by \($0)" } ?? ""),
                    row.source ?? "no source")
            }
            output += table.text(indent: "  ")
            let places = usage[name] ?? []
            output += places.isEmpty ? "  not used\n\n" : "  used in: \(places.joined(separator: ", "))\n\n"
            start = end
        }
        return output
    }

    private static func json(
        _ row: Portal.FactRow, _ kind: String, _ usage: [String: [String]]
    ) -> JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return .object([
            ("kind", .string(kind)), ("name", .string(row.name)), ("label", text(row.label)),
            ("council", text(row.council)), ("value", .string(row.value)), ("source", text(row.source)),
            ("checked", text(row.checked?.description)),
            ("checkedBy", text(row.checkedBy)), ("file", .string(row.location.file)),
            ("line", row.location.range.map { .int($0.start.line) } ?? .null),
            ("usedIn", .array((usage[row.name] ?? []).map { .string($0) })),
        ])
    }
}
