import ArgumentParser
import Build
import Checks
import Workspace

/// Loads and validates everything; renders nothing, and writes nothing but a baseline or leaflets that are asked for.
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
              signpost check --leaflets                         whether everything fits on paper
              signpost check --external                         whether links to other sites still lead somewhere
            """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions
    @OptionGroup var closing: ClosingOptions

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

    @Flag(
        help: ArgumentHelp(
            "Ask other sites whether links to them still lead somewhere.",
            discussion: "What was reached is not asked again for a week."))
    var external = false

    @Flag(
        help: ArgumentHelp(
            "Lay out every leaflet too, to see what does not fit.",
            discussion: "This takes as long as making them. A build after it has them already."))
    var leaflets = false

    @Option(
        help: ArgumentHelp("Between two questions to one site.", visibility: .hidden))
    var secondsBetweenQuestions = 1.0

    @Flag(help: "Show all problems of a rule that has many.")
    var all = false

    @Flag(help: "Say how long each rule took, in milliseconds of processor time.")
    var timing = false

    func validate() throws {
        if rules { try problems.allow([.text, .json, .markdown], for: "The list of rules") }
        if explain != nil { try problems.allow([.text], for: "What a rule means") }
        if writeBaseline, baseline == nil {
            throw ValidationError("--write-baseline needs --baseline and the name of the file.")
        }
        if external, path != nil {
            throw ValidationError("--external looks at the links of a portal, not of a folder.")
        }
        if leaflets, path != nil {
            throw ValidationError("--leaflets lays out what a portal prints, not a folder.")
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
        let files = options.files
        var settings = options.settings(baseURL: nil)
        settings.readsEverything = true
        settings.clock = timing ? RuleClock() : nil
        let check = CheckRun(
            settings: settings, files: files, external: external ? secondsBetweenQuestions : nil,
            laysOut: leaflets)
        var found = try await find(check)
        if fix, try put(right: found.diagnostics, check, terminal) { found = try await find(check) }
        var diagnostics = found.diagnostics
        if options.strict { diagnostics = diagnostics.escalating(StrictRules.names) }
        let known = try compare(&diagnostics, check)
        terminal.report(
            diagnostics, as: problems.format, files: files, most: all ? nil : Self.most,
            excused: found.excused)
        if problems.format == .text, !closing.quiet {
            terminal.writeError(Self.summary(diagnostics, found.excused) + known)
        }
        if let clock = settings.clock { terminal.writeError(Self.table(of: clock)) }
        if diagnostics.hasErrors { throw ExitCode(1) }
    }

    private func find(_ check: CheckRun) async throws -> CheckRun.Found {
        guard let path else { return await check.read() }
        let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        do { return try await check.folder(folder) } catch {
            throw ValidationError("cannot read '\(path)': \(error.explanation)")
        }
    }

    /// Changes files, and says how; returns whether there was anything to change.
    private func put(right diagnostics: Diagnostics, _ check: CheckRun, _ terminal: Terminal) throws -> Bool {
        do {
            let changes = try check.putRight(diagnostics)
            for (file, change) in changes {
                terminal.writeError(
                    "\(file):\(change.line): fixed [\(change.rule)]\n - \(change.before)\n + \(change.after)\n"
                )
            }
            return !changes.isEmpty
        } catch {
            throw ValidationError("cannot change '\(error.path)': \(error.explanation)")
        }
    }

    /// How many problems of one rule are shown without `--all`.
    static let most = 20

    /// Takes out what the baseline knows; returns what there is to say about it.
    private func compare(_ diagnostics: inout Diagnostics, _ check: CheckRun) throws -> String {
        guard let baseline else { return "" }
        if writeBaseline {
            try OtherFile.refuse(baseline, unlessStarting: "# Problems", option: "--baseline")
            do {
                let count = try check.write(baseline: diagnostics, to: baseline)
                diagnostics = Diagnostics()
                return "\(count) problems written to \(baseline).\n"
            } catch {
                throw ValidationError("cannot write '\(baseline)': \(error.explanation)")
            }
        }
        do {
            let (new, known, gone) = try check.compare(diagnostics, withBaseline: baseline)
            diagnostics = new
            return "\(known) known problems are not shown"
                + (gone == 0 ? ".\n" : "; \(gone) are gone: write the baseline anew.\n")
        } catch {
            throw ValidationError("cannot read '\(baseline)': \(error.explanation)")
        }
    }

    private static func table(of clock: RuleClock) -> String {
        var table = TextTable()
        for (rule, time) in clock.times {
            let microseconds =
                time.components.attoseconds / 1_000_000_000_000 + time.components.seconds * 1_000_000
            table.add("\(microseconds / 1000).\(microseconds % 1000 / 100)", rule)
        }
        return "\nMilliseconds by rule:\n" + table.text(indent: "  ")
    }

    /// - Parameter excused: Problems that are left alone for a reason.
    private static func summary(_ diagnostics: Diagnostics, _ excused: [ExcusedDiagnostic]) -> String {
        func table(_ counts: [(rule: String, count: Int)]) -> String {
            var table = TextTable()
            for (rule, count) in counts { table.add("\(count)", rule) }
            return table.text(indent: "  ")
        }
        var text =
            diagnostics.isEmpty
            ? "No problems.\n" : "\n\(diagnostics.counted):\n" + table(diagnostics.countsByRule)
        // What is silenced on a page has its reason there.
        let byPortal = Diagnostics(excused.filter { !$0.isInSource }.map(\.diagnostic))
        if !byPortal.isEmpty {
            text += "\nLeft alone, for reasons that portal.yml gives:\n" + table(byPortal.countsByRule)
        }
        return text
    }
}
