import Checks
import Guidance
import Leaflets
import Markdown
import Website
import Workspace

/// Finds every problem of a portal, or of a folder of Markdown; renders nothing, writes nothing but leaflets for a later
/// build, where it is asked to lay them out.
package struct CheckRun: Sendable {
    let settings: SiteSettings
    let files: any FileSystem
    /// Seconds between two questions to another site; nil: none is asked.
    let external: Double?
    /// Whether leaflets are laid out, to see what only their pages tell: what does not fit, and signs that no font has.
    let laysOut: Bool

    /// - Parameters:
    ///   - external: Seconds between two questions to another site; nil: none is asked.
    ///   - laysOut: Whether leaflets are laid out.
    package init(
        settings: SiteSettings, files: any FileSystem, external: Double? = nil, laysOut: Bool = false
    ) {
        self.settings = settings
        self.files = files
        self.external = external
        self.laysOut = laysOut
    }

    /// What was found, and what was found and is left alone for a reason.
    package struct Found: Sendable {
        package var diagnostics = Diagnostics()
        package var excused: [ExcusedDiagnostic] = []
    }

    package func portal() async -> Diagnostics { await read().diagnostics }

    /// The same, with what is left alone.
    package func read() async -> Found {
        var diagnostics = Diagnostics()
        guard let model = await SiteModel.load(settings, in: files, reporting: &diagnostics) else {
            return Found(diagnostics: diagnostics)
        }
        let builder = SiteBuilder(theme: model.theme)
        let specs = LeafletSpec.loadAll(from: settings.content, in: files, reporting: &diagnostics)
        let leaflets =
            specs.isEmpty
            ? nil : LeafletTheme.load(from: settings.themeFolders, in: files, reporting: &diagnostics)
        let lost = LostAddresses(model, specs: specs, besides: diagnostics)
        let width = 2
        let kit =
            laysOut
            ? await LeafletKit.start(
                settings, specs: specs, cache: LeafletKit.cache(for: settings.content), count: width,
                publishedPath: settings.publishedPath(in: files), in: files, reporting: &diagnostics) : nil
        let search = await SearchReview.start(model, count: width, in: files, reporting: &diagnostics)
        let results = await model.portal.councils.concurrentMap(width: width) { council in
            let (editions, problems, _) = model.allProblems(of: council, in: files)
            var all = problems
            var paths: [String] = []
            for edition in editions {
                let plan = builder.plan(edition)
                all.add(builder.problems(of: plan))
                if edition.language == edition.sourceLanguage { paths = EditionSummary(plan).paths }
                if let leaflets {
                    all.add(
                        leaflets.problems(of: specs, in: edition, content: settings.content, files: files))
                }
            }
            // A build lays them out where nothing else is wrong.
            if let kit, !model.policy.apply(to: all).hasErrors {
                for output in await kit.leaflets(of: editions, model).values { all.add(output.diagnostics) }
            }
            all.add(PublishedPlaces.problems(of: editions, specs: specs))
            all.add(lost.problems(of: council, editions, paths: paths, besides: all))
            var inventory = LeafletInventory(model.portal)
            if let edition = editions.first { inventory.add(edition) }
            if let source = editions.inSourceLanguage {
                for (edition, spec) in editions.flatMap({ edition in specs.map { (edition, $0) } }) {
                    if let problem = spec.rightsDropped(in: edition, comparedWith: source) {
                        all.add(problem)
                    }
                }
            }
            let links = external == nil ? [] : ExternalLink.places(in: editions)
            return (all, inventory, await search.look(at: editions, model), links)
        }
        await kit?.stop()
        for result in results { diagnostics.add(result.0) }
        diagnostics.add(lost.councilProblems())
        diagnostics.add(search.problems(of: results.map(\.2)))
        diagnostics.add(model.problems(of: specs, given: results.map(\.1), in: files))
        if let external {
            let review = LinkReview(
                cache: joinPath(settings.content, "../.signpost/links"), today: settings.today, files: files,
                visitor: LinkVisitor(pause: .seconds(external)))
            diagnostics.add(await review.problems(with: ExternalLink.joined(results.flatMap(\.3))))
        }
        var silences: [Silence] = []
        if let linter = model.linter {
            let found = linter.problems(in: model.portal)
            diagnostics.add(found.problems)
            silences = found.silences
        }
        // Every file was read, so these are all silences, the shared guidance's too.
        let policy = LintPolicy(of: model.portal, silences: silences)
        let isWhole = settings.councils.isEmpty && settings.languages.isEmpty
        return finish(diagnostics, policy, isWhole: isWhole)
    }

    /// A folder of Markdown that is no portal.
    package func folder(_ path: String) async throws(FileError) -> Found {
        var diagnostics = Diagnostics()
        let phrases = PhraseIndex.load(
            folders: settings.themeFolders.map { joinPath($0, "checks") }, in: files, reporting: &diagnostics)
        let linter = Linter(phrases: phrases, today: settings.today, clock: settings.clock, in: files)
        let found = try await linter.problems(inFolder: path)
        diagnostics.add(found.problems)
        let policy = LintPolicy(root: path, silences: found.silences)
        return finish(diagnostics, policy, isWhole: true)
    }

    private func finish(_ diagnostics: Diagnostics, _ policy: LintPolicy, isWhole: Bool) -> Found {
        var use = LintPolicy.Use()
        var found = Found(diagnostics: policy.apply(to: diagnostics, noting: &use))
        found.diagnostics.add(policy.problems(of: isWhole ? use : nil, rules: RuleRegister.names))
        found.excused = use.excused
        return found
    }
}

extension CheckRun {
    /// Changes what can only be meant one way, in the files; returns what was changed.
    package func putRight(
        _ diagnostics: Diagnostics
    ) throws(FileError) -> [(file: String, change: Fixes.Change)] {
        let fixable = diagnostics.sorted.filter { Fixes.rules.contains($0.rule) }
        let byFile = Dictionary(grouping: fixable) { $0.location?.file ?? "" }
        var changes: [(file: String, change: Fixes.Change)] = []
        for file in byFile.keys.sorted() {
            guard let bytes = try? files.read(file) else { continue }
            let fixes = Fixes(
                String(decoding: bytes, as: UTF8.self), problems: byFile[file] ?? [],
                pages: pages(beside: file))
            guard !fixes.changes.isEmpty else { continue }
            do { try files.write(Array(fixes.text.utf8), to: file) } catch {
                throw FileError(file, error.reason)
            }
            changes += fixes.changes.map { (file, $0) }
        }
        return changes
    }

    /// The pages that links of a file can name: those of its folder, and where a council's own page stands, the shared
    /// ones.
    private func pages(beside file: String) -> KnownPages {
        var folders = [
            file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        ]
        let councils = joinPath(settings.content, "councils") + "/"
        if file.hasPrefix(councils) {
            let below = folders[0].dropFirst(councils.count).split(separator: "/").dropFirst()
            folders.append(joinPath(joinPath(settings.content, "guidance"), below.joined(separator: "/")))
        }
        let files = files
        return KnownPages { [folders] path in
            folders.contains { (try? files.read($0.isEmpty ? path : joinPath($0, path))) != nil }
        }
    }

    /// Writes what is known today; returns how many problems that are.
    package func write(baseline diagnostics: Diagnostics, to path: String) throws(FileError) -> Int {
        let lines = LinesOfFiles(files: files)
        let written = Baseline(diagnostics) { lines.line(at: $0) }
        try files.write(Array(written.text.utf8), to: path)
        return written.count
    }

    /// Takes out what a baseline knows.
    ///
    /// - Returns: What is new, how many problems are known, and how many that were are gone.
    package func compare(
        _ diagnostics: Diagnostics, withBaseline path: String
    ) throws(FileError) -> (new: Diagnostics, known: Int, gone: Int) {
        let text = String(decoding: try files.read(path), as: UTF8.self)
        let lines = LinesOfFiles(files: files)
        let new = Baseline(text).new(in: diagnostics) { lines.line(at: $0) }
        return (new.diagnostics, new.known, new.gone)
    }
}

/// Lines of files, each of which is read once.
private final class LinesOfFiles {
    private let files: any FileSystem
    private var known: [String: [Substring]] = [:]

    init(files: any FileSystem) {
        self.files = files
    }

    func line(at location: SourceLocation) -> String? {
        guard let number = location.range?.start.line else { return nil }
        let lines =
            known[location.file]
            ?? (try? files.read(location.file)).map {
                String(decoding: $0, as: UTF8.self).split(
                    omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            } ?? []
        known[location.file] = lines
        return lines.indices.contains(number - 1) ? String(lines[number - 1]) : nil
    }
}
