import ArgumentParser
import Build
import Guidance
import Translations
import Workspace

/// Keeps translations on an editor's word.
struct KeepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keep",
        abstract: "Keep translations whose English changed in its words and not in its meaning.",
        discussion: """
            Shows what each sentence said before and says now, with its translations. Without --as nothing is written. A \
            change of a number, a negation, a placeholder, or of words such as "must", "can" and "may" is refused unless \
            --meaning-unchanged says so. Who kept what, when and why is written into the catalogues.

            Example:
              signpost translations keep --as "Ann Editor" --reason "a typo" --only "bring a freind"
            """)

    @OptionGroup var options: SiteOptions

    @Option(name: .customLong("as"), help: "The name of the editor who says that the meaning is the same.")
    var name: String?

    @Option(help: "Why: a typo, a plainer word.")
    var reason: String?

    @Option(
        help: "Only sentences that hold this text, before or after the change; may be given several times.")
    var only: [String] = []

    @Flag(help: "Keep them although figures, negations or words such as 'must' have changed.")
    var meaningUnchanged = false

    func validate() throws {
        if name != nil, reason?.allSatisfy(\.isWhitespace) ?? true {
            throw ValidationError("Say why the meaning is the same: --reason \"a typo\".")
        }
        if name?.allSatisfy(\.isWhitespace) == true { throw ValidationError("--as needs a name.") }
    }

    func run() async throws {
        let terminal = Terminal.current()
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        let catalogues = CatalogueFiles(settings: settings, files: files)
        guard let portal = Portal.load(from: settings.content, in: files, reporting: &diagnostics) else {
            terminal.report(diagnostics, as: .text, files: files)
            throw ExitCode(1)
        }
        let unknown = settings.unknownLanguages(of: portal)
        guard unknown.isEmpty else {
            terminal.report(unknown, as: .text, files: files)
            throw ExitCode(1)
        }
        let languages = portal.languages.filter {
            $0 != portal.sourceLanguage && (settings.languages.isEmpty || settings.languages.contains($0.tag))
        }
        let messages = portal.allMessages(in: files, reporting: &diagnostics).map(\.extracted)
        var changed: [(file: POFile, language: Language, kept: [KeptTranslation])] = []
        for language in languages {
            var found = Diagnostics()
            let known = catalogues.read(catalogues.guidancePath(language), language, reporting: &found)
            diagnostics.add(found)
            // A damaged catalogue is left alone: writing it anew could lose translations.
            guard let known, !found.hasErrors else { continue }
            let merged = CatalogueMerge.merge(messages, into: known, language: language).file
            let kept = KeptTranslation.all(in: merged).filter { kept in
                only.isEmpty || only.contains { kept.before.contains($0) || kept.after.contains($0) }
            }
            if !kept.isEmpty { changed.append((merged, language, kept)) }
        }
        show(changed, terminal)
        let refused = changed.flatMap(\.kept).filter { !meaningUnchanged && !$0.obstacles.isEmpty }
        if let name, let reason {
            try catalogues.recordPublishedPages(of: portal, in: languages, today: options.today)
            for (file, _, kept) in changed {
                var file = file
                let allowed = kept.filter { meaningUnchanged || $0.obstacles.isEmpty }
                guard !allowed.isEmpty else { continue }
                for one in allowed { file.keep(one, by: name, on: options.today, because: reason) }
                try catalogues.write(file)
                terminal.write("\(file.path): \(allowed.count) kept\n")
            }
        } else if !changed.isEmpty {
            terminal.write("Nothing was written. To keep them: --as NAME --reason WHY\n")
        }
        let errors = Diagnostics(diagnostics.sorted.filter { $0.severity == .error })
        terminal.report(errors, as: .text, files: files)
        if errors.hasErrors || (name != nil && !refused.isEmpty) { throw ExitCode(1) }
    }

    private func show(
        _ changed: [(file: POFile, language: Language, kept: [KeptTranslation])], _ terminal: Terminal
    ) {
        struct Edit: Hashable {
            var before: String
            var after: String
        }
        var order: [Edit] = []
        var translations: [Edit: [String]] = [:]
        var obstacles: [Edit: [String]] = [:]
        for (_, language, kept) in changed {
            for one in kept {
                let edit = Edit(before: one.before, after: one.after)
                if translations[edit] == nil { order.append(edit) }
                translations[edit, default: []].append("\(language.tag): \(one.translation)")
                obstacles[edit] = one.obstacles
            }
        }
        if order.isEmpty { terminal.write("No translation waits because its English has changed.\n") }
        for edit in order {
            terminal.write("before: \(edit.before)\nnow:    \(edit.after)\n")
            for text in translations[edit] ?? [] { terminal.write("  \(text)\n") }
            if let found = obstacles[edit], !found.isEmpty {
                terminal.write(
                    meaningUnchanged
                        ? "  (\(found.joined(separator: ", ")))\n"
                        : "  refused: \(found.joined(separator: ", ")). If it means the same: --meaning-unchanged\n"
                )
            }
            terminal.write("\n")
        }
    }
}
