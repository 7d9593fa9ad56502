import Guidance
import Leaflets
import Publishing
import Search
import Translations
import Website
import Workspace

/// Builds a site: loads it, renders what has changed, publishes all of it or nothing.
///
/// The unit of work is a council with all its languages. Councils are independent: they are rendered at the
/// same time, and one whose inputs have not changed is kept as it is.
package struct SiteBuild: Sendable {
    let settings: SiteSettings
    let output: String
    /// Where the state of the last build and finished leaflets are kept.
    let cache: String
    let jobs: Int
    /// A fingerprint of the program and of every option that shapes the output.
    let program: ContentHash
    /// Whether leaflets are made.
    let makesLeaflets: Bool
    let files: any FileSystem
    let progress: any BuildProgress

    package init(
        settings: SiteSettings, output: String, cache: String, jobs: Int, program: ContentHash,
        makesLeaflets: Bool = true, files: any FileSystem, progress: any BuildProgress = NoProgress()
    ) {
        self.settings = settings
        self.output = output
        self.cache = cache
        self.jobs = jobs
        self.program = program
        self.makesLeaflets = makesLeaflets
        self.files = files
        self.progress = progress
    }

    package struct Report: Sendable {
        package var diagnostics = Diagnostics()
        /// Nil where nothing was published.
        package var outcome: Publication.Outcome?
        /// Whether nothing had to be done at all.
        package var wasCurrent = false
        package var pages = 0
    }

    /// The unit of what belongs to the whole site: the chooser, style sheets, `sitemap.xml`.
    private static let portalUnit = "portal"

    /// What came of one council.
    private struct CouncilResult: Sendable {
        var id: String
        var diagnostics = Diagnostics()
        /// Nil where the council was kept as it is.
        var summary: CouncilSummary?
        /// What leaflets can name; nil where the council was kept as it is, or there are none.
        var inventory: LeafletInventory?
        /// The finished leaflets that the council uses.
        var cacheKeys: [String] = []
    }

    /// What the whole site's pages need of a council.
    private struct CouncilSummary: Sendable {
        var editions: [EditionSummary]
        var assets: Set<String>

        func fingerprint(_ builder: SiteBuilder) -> ContentHash {
            let files = assets.sorted().compactMap { builder.publishedPath(ofAsset: $0) }
            return ContentHash((editions.map(\.description) + files).joined(separator: "\n"))
        }
    }

    /// The folders a site is made from.
    package static func roots(of settings: SiteSettings) -> [String] {
        [settings.content] + settings.themeFolders
    }

    package func run() async -> Report {
        var report = Report()
        let previous = BuildState.load(from: cache, output: output, in: files)
        var inputs = await InputSnapshot.take(
            roots: Self.roots(of: settings),
            since: previous?.inputs, in: files)
        guard
            let publication = Publication.open(
                output: output,
                apartFrom: [InputFolder("content", settings.content), InputFolder("theme", settings.themes)],
                previous: previous, files: files, reporting: &report.diagnostics)
        else { return report }

        if let previous, previous.isCurrent(program: program, inputs: inputs),
            await publication.keepAll(previous.units.keys)
        {
            report.diagnostics.add(previous.diagnostics)
            report.outcome = publication.commit(reporting: &report.diagnostics)
            report.wasCurrent = report.outcome?.changedNothing ?? false
            if let outcome = report.outcome, outcome.wasRefreshed || inputs.wasRefreshed {
                save(previous.fingerprints, previous.diagnosticsByUnit, inputs, outcome, &report.diagnostics)
            }
            return report
        }

        let recording = RecordingFileSystem(files)
        var global = Diagnostics()
        guard let model = await SiteModel.load(settings, in: recording, reporting: &global) else {
            report.diagnostics.add(global)
            publication.abandon()
            return report
        }
        if let linter = model.linter {
            let (problems, silences) = linter.problems(in: model.portal)
            global.add(model.policy.adding(silences).apply(to: problems))
        }
        inputs.note(recording)
        // Nothing is made of the questions that an editor keeps.
        let shared = inputs.fingerprint(in: recording) { path in
            !path.hasPrefix(councilsFolder)
                && !(path.hasPrefix(searchFolder)
                    && AskedQuestions.isFileName(String(path.dropFirst(searchFolder.count))))
        }
        let others = fingerprintOfOthers(model, shared)
        // Of councils that may be kept; the others' files are read when they are built.
        var fingerprints: [String: ContentHash] = [:]
        for council in model.portal.councils where previous?.units[council.id] != nil {
            fingerprints[council.id] = fingerprint(of: council, others, &inputs, recording)
        }
        let known = fingerprints
        let builder = SiteBuilder(theme: model.theme, contentFiles: contentFiles(inputs, recording))

        let specs =
            makesLeaflets
            ? LeafletSpec.loadAll(from: settings.content, in: files, reporting: &global) : []
        let finished = LeafletKit.cache(for: settings.content)
        var started = await LeafletKit.start(
            settings, specs: specs, cache: finished, count: jobs, in: files, reporting: &global)
        started?.builder.publishedPath = { builder.publishedPath(ofAsset: $0) }
        let kit = started
        progress.start(total: model.portal.councils.count)
        let results = await model.portal.councils.concurrentMap(width: jobs) { council -> CouncilResult in
            defer { progress.advance(council.identity.shortName) }
            if let unit = previous?.units[council.id], unit.fingerprint == known[council.id],
                publication.keep(council.id)
            {
                return CouncilResult(id: council.id, diagnostics: Diagnostics(unit.diagnostics))
            }
            return await build(
                council, model, builder, kit, namesLeaflets: !specs.isEmpty, recording,
                publication.unit(council.id))
        }
        await kit?.stop()
        global.add(model.problems(of: specs, given: results.compactMap(\.inventory), in: files))

        var diagnostics: [String: [Diagnostic]] = [:]
        for result in results {
            diagnostics[result.id] = result.diagnostics.sorted
            report.diagnostics.add(result.diagnostics)
        }
        let portal = buildPortal(
            model, builder, results, recording, previous, publication, shared)
        global.add(portal.diagnostics)
        diagnostics[Self.portalUnit] = global.sorted
        report.diagnostics.add(global)
        if settings.isStrict { report.diagnostics = report.diagnostics.escalating(StrictRules.names) }

        guard !report.diagnostics.hasErrors else {
            publication.abandon()
            progress.finish()
            return report
        }
        report.outcome = publication.commit(reporting: &report.diagnostics)
        if let outcome = report.outcome {
            inputs.note(recording)
            // Of what was read, not of what was there before or is there now.
            for (council, result) in zip(model.portal.councils, results) where result.summary != nil {
                fingerprints[council.id] = fingerprint(of: council, others, &inputs, recording)
            }
            save(
                fingerprints.merging(portal.fingerprints) { $1 }, diagnostics, inputs, outcome,
                &report.diagnostics)
            report.pages = outcome.paths.count { $0.hasSuffix(".html") }
            // What no leaflet of the whole portal is made from any more is not kept.
            if kit != nil, settings.councils.isEmpty, settings.languages.isEmpty,
                results.allSatisfy({ $0.summary != nil })
            {
                LeafletBuilder.prune(
                    cache: finished, keeping: Set(results.flatMap(\.cacheKeys)), in: files)
            }
        }
        progress.finish()
        return report
    }

    private var councilsFolder: String { joinPath(settings.content, "councils") + "/" }
    private var searchFolder: String { joinPath(settings.content, "search") + "/" }

    // MARK: Councils

    private func build(
        _ council: Council, _ model: SiteModel, _ builder: SiteBuilder, _ kit: LeafletKit?,
        namesLeaflets: Bool, _ files: some FileSystem, _ unit: UnitWriter
    ) async -> CouncilResult {
        var result = CouncilResult(id: council.id)
        let (editions, problems) = model.editions(of: council, in: files)
        result.diagnostics.add(problems)
        if namesLeaflets {
            var inventory = LeafletInventory(model.portal)
            if let source = editions.first(where: { $0.language == $0.sourceLanguage }) {
                inventory.add(source)
            }
            result.inventory = inventory
        }
        let leaflets = await makeLeaflets(of: editions, model, kit, unit, &result)
        var summary = CouncilSummary(editions: [], assets: [])
        var sourceSearch: EditionExtras.SearchFiles?
        for edition in editions {
            var extras = EditionExtras()
            if let words = model.searchWords[edition.language],
                let (path, index) = model.searchIndex(of: edition)
            {
                unit.write(path, index.script.bytes, describing: "search index")
                extras.search = .init(vocabulary: words.path, index: path)
                if edition.language == edition.sourceLanguage {
                    sourceSearch = extras.search
                } else {
                    extras.sourceSearch = sourceSearch
                }
            }
            if let made = leaflets.outputs[edition.language] {
                extras.leaflets = made.extras(base: edition.base)
                extras.leafletArchive = leaflets.archive
            }
            let plan = builder.plan(edition, extras: extras)
            result.diagnostics.add(plan.diagnostics)
            summary.editions.append(EditionSummary(plan))
            summary.assets.formUnion(edition.assets)
            if let logo = council.identity.brand.logo { summary.assets.insert(logo) }
            // With errors nothing is published, so there is no use in rendering.
            if result.diagnostics.hasErrors { continue }
            result.diagnostics.add(
                builder.render(plan) { path, bytes, source in unit.write(path, bytes, describing: source) })
        }
        result.summary = summary
        return result
    }

    /// Lays out a council's leaflets in every language, and puts all of them into one file besides.
    private func makeLeaflets(
        of editions: [Edition], _ model: SiteModel, _ kit: LeafletKit?, _ unit: UnitWriter,
        _ result: inout CouncilResult
    ) async -> (outputs: [Language: LeafletOutput], archive: EditionExtras.LeafletFile?) {
        // With errors nothing is published, so there is no use in laying out leaflets.
        guard let kit, !result.diagnostics.hasErrors, let first = editions.first else { return ([:], nil) }
        let source = editions.first { $0.language == $0.sourceLanguage }
        let made = await editions.concurrentMap(width: editions.count) { edition in
            await kit.builder.build(
                edition, specs: kit.specs,
                translator: model.languages.first { $0.language == edition.language }?.translator,
                source: source)
        }
        var outputs: [Language: LeafletOutput] = [:]
        var archive = ZipArchive()
        do {
            for (edition, output) in zip(editions, made) {
                result.diagnostics.add(output.diagnostics)
                result.cacheKeys += output.cacheKeys
                outputs[edition.language] = output
                for file in output.files {
                    unit.write(joinPath(edition.base, file.path), file.bytes, describing: "leaflet")
                }
                for paper in output.papers(in: "\(edition.council.id)/\(edition.language.tag)") {
                    try archive.add(paper.path, paper.bytes)
                }
            }
            guard !archive.isEmpty else { return (outputs, nil) }
            let source = source ?? first
            let path = joinPath(source.base, "leaflets/\(source.council.id).zip")
            let bytes = try archive.bytes()
            unit.write(path, bytes, describing: "leaflets in one file")
            return (outputs, EditionExtras.LeafletFile(path: path, format: nil, size: bytes.count))
        } catch {
            result.diagnostics.add(.cannotArchive(first.council.name, error))
            return (outputs, nil)
        }
    }

    /// A fingerprint of what every council is made from besides its own folder: everything shared, and what others name.
    private func fingerprintOfOthers(_ model: SiteModel, _ shared: ContentHash) -> ContentHash {
        let names =
            model.portal.knownNames.joined(separator: "\n") + "\n"
            + model.portal.councils.map(\.id).joined(separator: " ")
        return ContentHash("\(program) \(shared) \(ContentHash(names))")
    }

    private func fingerprint(
        of council: Council, _ others: ContentHash, _ inputs: inout InputSnapshot, _ files: some FileSystem
    ) -> ContentHash {
        let own = inputs.fingerprint(ofFolder: councilsFolder + council.id, in: files)
        return ContentHash("\(others) \(own)")
    }

    // MARK: The whole site

    private func buildPortal(
        _ model: SiteModel, _ builder: SiteBuilder, _ results: [CouncilResult], _ files: some FileSystem,
        _ previous: BuildState?, _ publication: Publication, _ shared: ContentHash
    ) -> (fingerprints: [String: ContentHash], diagnostics: Diagnostics) {
        var diagnostics = Diagnostics()
        // A council's part in the whole site, such as its pages' addresses, is kept as a unit without files.
        func name(_ id: String) -> String { "\(id) summary" }
        var fingerprints: [String: ContentHash] = [:]
        for result in results {
            fingerprints[name(result.id)] =
                result.summary?.fingerprint(builder) ?? previous?.units[name(result.id)]?.fingerprint
        }
        let own = ContentHash(
            "\(program) \(shared) \(model.portal.councils.map { "\($0.identity)" }) "
                + results.map { "\($0.id) \(fingerprints[name($0.id)].map(\.description) ?? "")" }.joined(
                    separator: " "))
        fingerprints[Self.portalUnit] = own
        if previous?.units[Self.portalUnit]?.fingerprint == own, publication.keep(Self.portalUnit) {
            return (fingerprints, diagnostics)
        }
        var summaries: [CouncilSummary] = []
        for (council, result) in zip(model.portal.councils, results) {
            if let summary = result.summary {
                summaries.append(summary)
            } else {
                let editions = model.editions(of: council, in: files).editions
                let summary = CouncilSummary(
                    editions: editions.map { EditionSummary(builder.plan($0)) },
                    assets: Set(editions.flatMap(\.assets) + [council.identity.brand.logo].compactMap { $0 }))
                fingerprints[name(council.id)] = summary.fingerprint(builder)
                summaries.append(summary)
            }
        }
        let unit = publication.unit(Self.portalUnit)
        for language in Set(summaries.flatMap(\.editions).map(\.language)) {
            guard let words = model.searchWords[language] else { continue }
            unit.write(words.path, words.vocabulary.script.bytes, describing: "search vocabulary")
        }
        diagnostics.add(
            builder.portalFiles(
                model.portal.identity(), editions: summaries.flatMap(\.editions),
                assets: summaries.reduce(into: []) { $0.formUnion($1.assets) },
                sourceLanguage: model.portal.sourceLanguage, notice: model.portal.notice,
                strings: model.theme.sourceStrings, today: settings.today
            ) { path, bytes, source in unit.write(path, bytes, describing: source) })
        return (fingerprints, diagnostics)
    }

    /// Pictures and documents that lie among the guidance; only those that pages use are published.
    private func contentFiles(_ inputs: InputSnapshot, _ files: some FileSystem) -> [String: [UInt8]] {
        let prefix = settings.content + "/"
        var found: [String: [UInt8]] = [:]
        for entry in inputs.entries where entry.kind == .file && entry.path.hasPrefix(prefix) {
            let path = String(entry.path.dropFirst(prefix.count))
            guard path.hasPrefix("guidance/") || path.hasPrefix("councils/"),
                !path.hasSuffix(".md"), !path.hasSuffix(".yml")
            else { continue }
            found[path] = try? files.read(entry.path)
        }
        return found
    }

    private func save(
        _ fingerprints: [String: ContentHash], _ diagnostics: [String: [Diagnostic]], _ inputs: InputSnapshot,
        _ outcome: Publication.Outcome, _ problems: inout Diagnostics
    ) {
        BuildState(
            program: program, inputs: inputs, outcome: outcome, fingerprints: fingerprints,
            diagnostics: diagnostics
        ).save(to: cache, output: output, in: files, reporting: &problems)
    }
}

extension BuildState {
    fileprivate var fingerprints: [String: ContentHash] { units.mapValues(\.fingerprint) }
    fileprivate var diagnosticsByUnit: [String: [Diagnostic]] { units.mapValues(\.diagnostics) }
}
