import ArgumentParser
import Checks
import Workspace

/// Loads and validates everything; renders nothing, and writes nothing but a baseline that is asked for.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find every problem in the content and the theme; write nothing.",
        discussion: """
            Examples:
              signpost check
              signpost check --strict --format sarif > problems.sarif
              signpost check --path ~/our-old-pages             any folder of Markdown
              signpost check --path ~/our-old-pages --fix       put right what can only be meant one way
              signpost check --explain LongSentence
              signpost check --baseline known.txt --write-baseline
              signpost check --baseline known.txt               only what is new
            """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions

    @Option(help: ArgumentHelp("Read a folder of Markdown that is no portal.", valueName: "dir"))
    var path: String?

    @Flag(help: "List every rule, and read nothing.")
    var rules = false

    @Option(help: ArgumentHelp("Say what a rule is about, with an example.", valueName: "rule"))
    var explain: String?

    @Option(help: ArgumentHelp("Show only problems that are not in this file.", valueName: "file"))
    var baseline: String?

    @Flag(help: "Write today's problems to the file of --baseline.")
    var writeBaseline = false

    @Flag(help: "Put right what can only be meant one way, and show what was changed.")
    var fix = false

    @Flag(help: "Show all problems of a rule that has many.")
    var all = false

    func validate() throws {
        if writeBaseline, baseline == nil {
            throw ValidationError("--write-baseline needs --baseline and the name of the file.")
        }
        if let explain, !RuleRegister.names.contains(explain) {
            throw ValidationError(
                "There is no rule '\(explain)'. "
                    + (didYouMean(explain, among: RuleRegister.names) ?? "'--rules' lists them."))
        }
    }

    func run() async throws {
        let terminal = Terminal.current()
        if rules { return terminal.write(RuleText.list(RuleRegister.all, as: problems.format)) }
        if let explain, let rule = RuleRegister.all.first(where: { $0.name == explain }) {
            return terminal.write(RuleText.explanation(of: rule))
        }
        let files = LocalFileSystem()
        var settings = options.settings(baseURL: nil)
        settings.readsEverything = true
        let check = CheckRun(settings: settings, files: files)
        var diagnostics = try await find(check)
        if fix, try put(right: diagnostics, terminal, files) { diagnostics = try await find(check) }
        if options.strict { diagnostics = diagnostics.escalating(StrictRules.names) }
        let known = try compare(&diagnostics, files)
        terminal.report(diagnostics, as: problems.format, files: files, most: all ? nil : Self.most)
        if problems.format == .text { terminal.writeError(Self.summary(diagnostics) + known) }
        if diagnostics.hasErrors { throw ExitCode(1) }
    }

    private func find(_ check: CheckRun) async throws -> Diagnostics {
        guard let path else { return await check.portal() }
        let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let found: (diagnostics: Diagnostics, files: Int)
        do { found = try check.folder(folder) } catch {
            throw ValidationError("cannot read '\(path)': \(error.explanation)")
        }
        return found.diagnostics
    }

    /// Changes files, and says how; returns whether there was anything to change.
    private func put(
        right diagnostics: Diagnostics, _ terminal: Terminal, _ files: LocalFileSystem
    ) throws -> Bool {
        let fixable = diagnostics.sorted.filter { Fixes.rules.contains($0.rule) }
        let byFile = Dictionary(grouping: fixable) { $0.location?.file ?? "" }
        var count = 0
        for file in byFile.keys.sorted() {
            guard let bytes = try? files.read(file) else { continue }
            let fixes = Fixes(String(decoding: bytes, as: UTF8.self), problems: byFile[file] ?? [])
            guard !fixes.changes.isEmpty else { continue }
            do { try files.write(Array(fixes.text.utf8), to: file) } catch {
                throw ValidationError("cannot change '\(file)': \(error.explanation)")
            }
            for change in fixes.changes {
                terminal.writeError(
                    "\(file):\(change.line): fixed [\(change.rule)]\n - \(change.before)\n + \(change.after)\n"
                )
            }
            count += fixes.changes.count
        }
        return count > 0
    }

    /// How many problems of one rule are shown without `--all`.
    private static let most = 20

    /// Takes out what the baseline knows; returns what there is to say about it.
    private func compare(_ diagnostics: inout Diagnostics, _ files: LocalFileSystem) throws -> String {
        guard let baseline else { return "" }
        var lines: [String: [Substring]] = [:]
        func line(_ location: SourceLocation) -> String? {
            guard let number = location.range?.start.line else { return nil }
            let file =
                lines[location.file]
                ?? (try? files.read(location.file)).map {
                    String(decoding: $0, as: UTF8.self).split(
                        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                } ?? []
            lines[location.file] = file
            return file.indices.contains(number - 1) ? String(file[number - 1]) : nil
        }
        if writeBaseline {
            let written = Baseline(diagnostics, line: line)
            do { try files.write(Array(written.text.utf8), to: baseline) } catch {
                throw ValidationError("cannot write '\(baseline)': \(error.explanation)")
            }
            diagnostics = Diagnostics()
            return "\(written.count) problems written to \(baseline).\n"
        }
        let text: String
        do { text = String(decoding: try files.read(baseline), as: UTF8.self) } catch {
            throw ValidationError("cannot read '\(baseline)': \(error.explanation)")
        }
        let new = Baseline(text).new(in: diagnostics, line: line)
        diagnostics = new.diagnostics
        return "\(new.known) known problems are not shown"
            + (new.gone == 0 ? ".\n" : "; \(new.gone) are gone: write the baseline anew.\n")
    }

    private static func summary(_ diagnostics: Diagnostics) -> String {
        guard !diagnostics.isEmpty else { return "No problems.\n" }
        var table = TextTable()
        for (rule, count) in diagnostics.countsByRule { table.add("\(count)", rule) }
        let counts = [(Diagnostic.Severity.error, "error"), (.warning, "warning"), (.note, "note")].compactMap
        {
            severity, name -> String? in
            let count = diagnostics.count(severity)
            return count == 0 ? nil : "\(count) \(name)\(count == 1 ? "" : "s")"
        }
        return "\n\(counts.joined(separator: ", ")):\n" + table.text(indent: "  ")
    }
}
