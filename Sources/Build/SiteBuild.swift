import Guidance
import Leaflets
import Publishing
import Search
import Synchronization
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
    let leaflets: LeafletsMade
    /// Only this part of the councils, to be joined with the others by `SiteMerge`; nil: the whole site.
    let shard: Shard?
    /// The program's version and its options, as every shard of a site has them.
    let release: String
    let files: any FileSystem
    let progress: any BuildProgress
    /// Of several councils that have changed, only this one is made again, and the others stay as they are; nil: all.
    let first: String?
    /// Is told of the site as soon as it is there, before anything is tidied up.
    let published: @Sendable (Publication.Outcome) -> Void
    /// What the builds of this process leave for one another; nil where there is one alone.
    let kept: KeptParts?

    package init(
        settings: SiteSettings, output: String, cache: String, jobs: Int, program: ContentHash,
        leaflets: LeafletsMade = .all, shard: Shard? = nil, release: String = "", files: any FileSystem,
        progress: any BuildProgress = NoProgress(), keeping kept: KeptParts? = nil, first: String? = nil,
        published: @escaping @Sendable (Publication.Outcome) -> Void = { _ in }
    ) {
        self.published = published
        self.first = first
        self.kept = kept
        self.settings = settings
        self.output = output
        self.cache = cache
        self.jobs = jobs
        self.program = program
        self.leaflets = leaflets
        self.shard = shard
        self.release = release
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
        /// Whether leaflets are missing, or older than their words: a build that makes them has yet to follow.
        package var awaitsLeaflets = false
        /// Whether councils stay as they were that have changed since: a build of all of them has yet to follow.
        package var awaitsCouncils = false
    }

    /// The unit of what belongs to the whole site: the chooser, style sheets, `sitemap.xml`.
    static let portalUnit = "portal"
    /// The unit of what a shard says of itself.
    private static let shardUnit = "shard"

    /// What came of one council.
    private struct CouncilResult: Sendable {
        var id: String
        var diagnostics = Diagnostics()
        var summary = CouncilSummary()
        /// Whether the council was kept as it is.
        var isKept = false
        /// Whether it has changed, and stays as it was for now.
        var isOld = false
        /// What leaflets can name; nil where the council was kept as it is, or there are none.
        var inventory: LeafletInventory?
        /// The finished leaflets that the council uses.
        var cacheKeys: [String] = []
        var awaitsLeaflets = false
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

        let awaitedLeaflets = previous?.units[Self.awaitedUnit] != nil
        let lacking = leaflets.areWanted ? previous.map(Self.lackedForLeaflets) ?? [] : []
        if let previous, previous.isCurrent(program: program, inputs: inputs),
            previous.units[Self.awaitedCouncilsUnit] == nil,
            !awaitedLeaflets || !leaflets.areAllMade,
            await !LeafletKit.canStart(settings, lacking: lacking, in: files),
            await publication.keepAll(previous.units.keys)
        {
            report.diagnostics.add(previous.diagnostics)
            report.outcome = publication.commit(reporting: &report.diagnostics, published: published)
            report.wasCurrent = report.outcome?.changedNothing ?? false
            report.awaitsLeaflets = awaitedLeaflets
            if let outcome = report.outcome, outcome.wasRefreshed || inputs.wasRefreshed {
                save(
                    previous.fingerprints, previous.diagnosticsByUnit,
                    previous.units.mapValues(\.record), inputs, outcome, &report.diagnostics)
            }
            return report
        }

        let recording = RecordingFileSystem(files)
        var global = Diagnostics()
        guard
            let model = await SiteModel.load(
                settings, in: recording, program: program, knowing: findings(of: previous),
                keeping: kept ?? KeptParts(), reporting: &global)
        else {
            report.diagnostics.add(global)
            publication.abandon()
            return report
        }
        if let linter = model.linter {
            let (problems, silences) = linter.problems(in: model.portal)
            global.add(model.policy.adding(silences).apply(to: model.counted(problems)))
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
        func hasChanged(_ council: Council) -> Bool {
            previous?.units[council.id].map { $0.fingerprint != known[council.id] } ?? true
        }
        let builder = SiteBuilder(
            theme: model.theme,
            contentFiles: Self.contentFiles(
                inputs, content: settings.content, in: recording, reporting: &global))
        let councils = model.portal.councils.enumerated().filter { shard?.contains($0.offset) ?? true }
            .map(\.element)
        let changed = councils.filter(hasChanged)
        // What nobody has waited for is made at once.
        let first = changed.first { $0.id == self.first }
        let themes = settings.themeFolders.map { $0 + "/" }
        let theme = inputs.fingerprint(in: recording) { path in themes.contains { path.hasPrefix($0) } }
        let vocabulary = inputs.fingerprint(in: recording) { $0.hasPrefix(searchFolder) }
        // With errors nothing is published: then all problems are found, and nothing is made.
        let hasErrors = await findsErrors(global, first.map { [$0] } ?? changed, model, recording)
        let search = ContentHash("\(program) \(theme) \(vocabulary)")
        let spoken = [model.portal.sourceLanguage] + model.searchWords.languages
        let makers = Makers(
            pages: ContentHash("\(program) \(theme)"), search: search,
            vocabulary: ContentHash("\(search) \(spoken.map(\.tag))"), hasErrors: hasErrors)
        model.searchWords.know(Self.vocabularies(of: previous, madeFrom: makers.vocabulary))

        let specs =
            leaflets.areWanted
            ? LeafletSpec.loadAll(from: settings.content, in: files, reporting: &global) : []
        let finished = LeafletKit.cache(for: settings.content)
        let needsKit =
            !hasErrors && (leaflets.areAllMade || changed.contains { kept?.leaflets(of: $0.id) == nil })
        let kit = await LeafletKit.start(
            settings, specs: needsKit ? specs : [], cache: finished, count: jobs, making: leaflets,
            keeping: kept, publishedPath: { builder.publishedPath(ofAsset: $0) }, in: files,
            reporting: &global)
        let lost = LostAddresses(model, specs: leaflets.areWanted ? specs : nil, besides: global)
        global.add(model.policy.apply(to: Diagnostics(lost.councilProblems())))
        // Several councils keep the machine busy, one of them does not.
        let width = max(1, jobs / max(1, first == nil ? changed.count : 1))
        progress.start(total: councils.count)
        let results = await councils.concurrentMap(width: jobs) { council -> CouncilResult in
            defer { progress.advance(council.identity.shortName) }
            // What went without leaflets is made again as soon as there is something to make them with.
            let isLater = first.map { $0.id != council.id } ?? false
            if isLater || !(kit?.has(lacking) ?? false), let unit = previous?.units[council.id],
                isLater || unit.fingerprint == known[council.id],
                let record = previous?.units[Self.summaryUnit(council.id)]?.record,
                let summary = CouncilSummary(record, of: council, in: model), publication.keep(council.id)
            {
                return CouncilResult(
                    id: council.id, diagnostics: Diagnostics(unit.diagnostics), summary: summary,
                    isKept: true, isOld: unit.fingerprint != known[council.id])
            }
            return await build(
                council, model, builder, makers, kit, namesLeaflets: !specs.isEmpty, lost, recording,
                publication.unit(council.id), width: width)
        }
        await kit?.stop()
        if Task.isCancelled {
            publication.abandon()
            progress.finish()
            return report
        }
        global.add(model.problems(of: specs, given: results.compactMap(\.inventory), in: files))

        var diagnostics: [String: [Diagnostic]] = [:]
        for result in results {
            diagnostics[result.id] = result.diagnostics.sorted
            report.diagnostics.add(result.diagnostics)
        }
        var made: [String: ContentHash] = [:]
        for result in results {
            made[Self.summaryUnit(result.id)] = result.summary.fingerprint(builder)
        }
        if let shard {
            let source = SiteMerge.source(&inputs, program: release, in: recording)
            let record = ShardRecord(
                shard: shard, source: source, councils: results.map { ($0.id, $0.summary.text) })
            publication.unit(Self.shardUnit).write(
                ShardRecord.path, record.text, describing: "what part of the site this is")
        } else {
            let (fingerprint, problems) = buildPortal(
                model, builder, results, made, makers, previous, publication, shared)
            made[Self.portalUnit] = fingerprint
            global.add(problems)
        }
        diagnostics[Self.portalUnit] = global.sorted
        report.diagnostics.add(global)
        if settings.isStrict { report.diagnostics = report.diagnostics.escalating(StrictRules.names) }

        report.awaitsCouncils = results.contains(where: \.isOld)
        guard !report.diagnostics.hasErrors else {
            publication.abandon()
            progress.finish()
            return report
        }
        report.outcome = publication.commit(reporting: &report.diagnostics, published: published)
        if let outcome = report.outcome {
            inputs.note(recording)
            // Of what was read, not of what was there before or is there now.
            for (council, result) in zip(councils, results) where !result.isKept {
                fingerprints[council.id] =
                    result.awaitsLeaflets ? nil : fingerprint(of: council, others, &inputs, recording)
            }
            for result in results where result.isOld {
                fingerprints[result.id] = previous?.units[result.id]?.fingerprint
            }
            if report.awaitsCouncils { fingerprints[Self.awaitedCouncilsUnit] = program }
            report.awaitsLeaflets = results.contains(where: \.awaitsLeaflets)
            if report.awaitsLeaflets { fingerprints[Self.awaitedUnit] = program }
            for (path, found) in model.catalogueFindings {
                made[Self.catalogueUnit + path] = found.fingerprint
                diagnostics[Self.catalogueUnit + path] = found.diagnostics
            }
            var records = results.map { (Self.summaryUnit($0.id), $0.summary.text) }
            for (language, name) in model.searchWords.names {
                made[Self.vocabularyUnit + language.tag] = makers.vocabulary
                records.append((Self.vocabularyUnit + language.tag, name))
            }
            save(
                fingerprints.merging(made) { $1 }, diagnostics,
                Dictionary(records, uniquingKeysWith: { $1 }), inputs, outcome, &report.diagnostics)
            report.pages = outcome.paths.count { $0.hasSuffix(".html") }
            // What no leaflet of the whole portal is made from any more is not kept.
            if kit != nil, leaflets.areAllMade, shard == nil, settings.councils.isEmpty,
                settings.languages.isEmpty,
                results.allSatisfy({ !$0.isKept })
            {
                LeafletBuilder.prune(
                    cache: finished, keeping: Set(results.flatMap(\.cacheKeys)), in: files)
            }
        }
        progress.finish()
        return report
    }

    /// The rules by which a build said that it had nothing to make leaflets with.
    private static func lackedForLeaflets(_ state: BuildState) -> Set<String> {
        Set(state.units.values.flatMap { $0.diagnostics.map(\.rule) })
            .intersection([LeafletBuilder.skippedRule, LeafletBuilder.brailleRule])
    }

    /// A unit without files, where leaflets have yet to be made.
    private static let awaitedUnit = "leaflets to come"
    /// The same, where councils have yet to be made again.
    private static let awaitedCouncilsUnit = "councils to come"

    /// What is known of a catalogue is kept as a unit without files.
    private static let catalogueUnit = "catalogue "

    /// What the words of a language's search are called is kept as a unit without files.
    private static let vocabularyUnit = "vocabulary "

    private static func vocabularies(
        of previous: BuildState?, madeFrom fingerprint: ContentHash
    ) -> [Language: String] {
        var names: [Language: String] = [:]
        for (unit, state) in previous?.units ?? [:]
        where unit.hasPrefix(vocabularyUnit) && state.fingerprint == fingerprint {
            guard let language = Language(tag: String(unit.dropFirst(vocabularyUnit.count))) else { continue }
            names[language] = state.record
        }
        return names
    }

    private func findings(of previous: BuildState?) -> [String: CatalogueFindings] {
        var known: [String: CatalogueFindings] = [:]
        for (name, unit) in previous?.units ?? [:] where name.hasPrefix(Self.catalogueUnit) {
            known[String(name.dropFirst(Self.catalogueUnit.count))] = CatalogueFindings(
                fingerprint: unit.fingerprint, diagnostics: unit.diagnostics)
        }
        return known
    }

    private var councilsFolder: String { joinPath(settings.content, "councils") + "/" }
    private var searchFolder: String { joinPath(settings.content, "search") + "/" }

    // MARK: Councils

    /// What makes pages and search indexes, as far as it is the same for all editions.
    private struct Makers: Sendable {
        /// Of the program, its options and the theme.
        var pages: ContentHash
        /// Of these and the vocabulary.
        var search: ContentHash
        /// Of these and the languages: what the words of the search are made from.
        var vocabulary: ContentHash
        /// Whether it is known that nothing will be published.
        var hasErrors: Bool
    }

    /// Whether anything that is to be built has an error, found before any of it is rendered.
    ///
    /// - Parameter changed: The councils that are to be built.
    private func findsErrors(
        _ global: Diagnostics, _ changed: [Council], _ model: SiteModel, _ files: some FileSystem
    ) async -> Bool {
        if global.hasErrors { return true }
        // For one council, the problems of all its languages are known before it is rendered.
        guard changed.count > 1 else { return false }
        return await changed.concurrentMap(width: jobs) {
            !Task.isCancelled && model.hasErrors(in: $0, in: files)
        }.contains(true)
    }

    /// - Parameter width: How many languages are rendered at the same time.
    private func build(
        _ council: Council, _ model: SiteModel, _ builder: SiteBuilder, _ makers: Makers, _ kit: LeafletKit?,
        namesLeaflets: Bool, _ lost: LostAddresses, _ files: some FileSystem, _ unit: UnitWriter,
        width: Int
    ) async -> CouncilResult {
        var result = CouncilResult(id: council.id)
        // Of a build that is not wanted any more, nothing is published.
        if Task.isCancelled { return result }
        let (editions, problems) = model.editions(of: council, in: files)
        result.diagnostics.add(problems)
        if namesLeaflets {
            var inventory = LeafletInventory(model.portal)
            if let source = editions.inSourceLanguage {
                inventory.add(source)
            }
            result.inventory = inventory
        }
        let hasErrors = makers.hasErrors || result.diagnostics.hasErrors
        let leaflets = await makeLeaflets(
            of: editions, model, kit, named: namesLeaflets && !hasErrors, unit, &result)
        if Task.isCancelled { return result }
        var summary = CouncilSummary()
        var plans: [(plan: EditionPlan, edition: Edition, extras: EditionExtras)] = []
        var searches: [Language: EditionExtras.SearchFiles] = [:]
        for edition in editions {
            if let words = model.searchWords.path(edition.language), let path = model.searchPath(of: edition)
            {
                searches[edition.language] = .init(vocabulary: words, index: path)
            }
        }
        // For staff, in the language they work in: what families get in any language.
        let deskEdition = editions.first {
            $0.language == $0.sourceLanguage && !(leaflets.outputs[$0.language]?.leaflets.isEmpty ?? true)
        }
        for edition in editions {
            if Task.isCancelled { return result }
            var extras = EditionExtras()
            extras.deskBase = deskEdition?.base
            if edition.language == deskEdition?.language {
                extras.desk = editions.compactMap { leaflets.outputs[$0.language]?.desk(of: $0) }
            }
            extras.search = searches[edition.language]
            if extras.search != nil { extras.sourceSearch = edition.otherSearched.flatMap { searches[$0] } }
            if let made = leaflets.outputs[edition.language] {
                extras.leaflets = made.extras(base: edition.base)
                extras.leafletArchive = leaflets.archive
            }
            let plan = builder.plan(edition, extras: extras)
            plans.append((plan, edition, extras))
            summary.editions.append(EditionSummary(plan))
            summary.assets.formUnion(edition.assets)
            if let logo = council.identity.brand.logo { summary.assets.insert(logo) }
            result.diagnostics.add(builder.problems(of: plan))
        }
        let topics = CouncilTopics(
            editions.inSourceLanguage,
            plans.first { $0.edition.language == $0.edition.sourceLanguage }?.plan.key, model)
        // With errors nothing is published, so there is no use in rendering.
        if !makers.hasErrors, !result.diagnostics.hasErrors {
            _ = await plans.concurrentMap(width: width) { plan, edition, extras in
                if Task.isCancelled { return }
                if let path = extras.search?.index {
                    writeIndex(of: edition, plan.key, to: path, model, makers, unit, topics: topics)
                }
                builder.render(plan, madeBy: makers.pages, keep: unit.keep) { path, bytes, source, key in
                    unit.write(path, bytes, describing: source, key: key)
                }
            }
        }
        for (index, first) in plans.enumerated() {
            for language in first.edition.sideBySide {
                guard let other = plans.first(where: { $0.edition.language == language })?.plan else {
                    continue
                }
                let pair = builder.plan(first.edition, beside: other, extras: first.extras)
                summary.editions[index].add(pair: pair)
                if makers.hasErrors || result.diagnostics.hasErrors { continue }
                builder.render(pair, madeBy: makers.pages, keep: unit.keep) { path, bytes, source, key in
                    unit.write(path, bytes, describing: source, key: key)
                }
            }
        }
        result.summary = summary
        let source = summary.editions.first { $0.language == $0.sourceLanguage }
        result.diagnostics.add(
            model.policy.apply(to: Diagnostics(PublishedPlaces.problems(of: editions, specs: lost.specs))))
        let gone = lost.problems(
            of: council, editions, paths: source?.paths ?? [], besides: result.diagnostics)
        result.diagnostics.add(model.policy.apply(to: Diagnostics(gone)))
        return result
    }

    /// Which topics the sections of a council's editions answer, told once and only where an index is written.
    private final class CouncilTopics: Sendable {
        /// Nil where the council is not published in the source language.
        private let source: Edition?
        /// Of this edition.
        let key: ContentHash?
        private let model: SiteModel
        private let told = Mutex<SectionTopics??>(nil)

        init(_ source: Edition?, _ key: ContentHash?, _ model: SiteModel) {
            (self.source, self.key, self.model) = (source, key, model)
        }

        var topics: SectionTopics? {
            told.withLock { told in
                if let told { return told }
                let topics = source.flatMap(model.topics)
                told = .some(topics)
                return topics
            }
        }
    }

    private func writeIndex(
        of edition: Edition, _ own: ContentHash, to path: String, _ model: SiteModel, _ makers: Makers,
        _ unit: UnitWriter, topics: CouncilTopics
    ) {
        var digest = Digest()
        digest.add(makers.search)
        digest.add(own)
        digest.add(topics.key)
        let key = digest.hash
        guard !unit.keep(path, key: key),
            let (path, index) = model.searchIndex(of: edition, topics.topics)
        else { return }
        unit.write(path, index.script.bytes, describing: "search index", key: key)
    }

    /// A council's leaflets in every language, and all of them in one file besides.
    private func makeLeaflets(
        of editions: [Edition], _ model: SiteModel, _ kit: LeafletKit?, named: Bool, _ unit: UnitWriter,
        _ result: inout CouncilResult
    ) async -> (outputs: [Language: LeafletOutput], archive: EditionExtras.LeafletFile?) {
        // With errors nothing is published, so there is no use in laying out leaflets.
        guard named, !result.diagnostics.hasErrors, let first = editions.first else { return ([:], nil) }
        let id = first.council.id
        var outputs: [Language: LeafletOutput] = [:]
        if !leaflets.areAllMade, let latest = kept?.leaflets(of: id) {
            for edition in editions { outputs[edition.language] = latest[edition.language] }
            result.awaitsLeaflets = true
        } else if let kit {
            outputs = await kit.leaflets(of: editions, model)
            if !Task.isCancelled { kept?.keep(outputs.mapValues(asLatest), of: id) }
        }
        do throws(FileError) {
            return (outputs, try write(outputs, of: editions, to: unit, &result))
        } catch {
            kept?.keep(nil, of: id)
            // Another build may have cleared away what this process still knew; the build that follows makes it anew.
            guard leaflets.areAllMade else { return ([:], nil) }
            result.diagnostics.add(.cannotRead(error))
            return (outputs, nil)
        }
    }

    /// Leaflets as a later build uses them: what keeps them from being published is for the build that makes them to say.
    private func asLatest(_ output: LeafletOutput) -> LeafletOutput {
        var latest = output
        let all =
            settings.isStrict ? output.diagnostics.escalating(StrictRules.names) : output.diagnostics
        latest.diagnostics = Diagnostics(all.sorted.filter { $0.severity != .error })
        return latest
    }

    /// Writes a council's leaflets, those that are not on the site already.
    private func write(
        _ outputs: [Language: LeafletOutput], of editions: [Edition], to unit: UnitWriter,
        _ result: inout CouncilResult
    ) throws(FileError) -> EditionExtras.LeafletFile? {
        var papers: [LeafletOutput.File] = []
        for edition in editions {
            guard let output = outputs[edition.language] else { continue }
            result.diagnostics.add(output.diagnostics)
            result.cacheKeys += output.cacheKeys
            result.awaitsLeaflets = result.awaitsLeaflets || output.isUnfinished
            for file in output.files {
                let path = joinPath(edition.base, file.path)
                if let key = file.key, unit.keep(path, key: key) { continue }
                unit.write(path, try file.content.bytes(), describing: "leaflet", key: file.key)
            }
            papers += output.papers(in: "\(edition.council.id)/\(edition.language.tag)")
        }
        guard !papers.isEmpty, let first = editions.first else { return nil }
        let source = editions.inSourceLanguage ?? first
        let path = joinPath(source.base, "leaflets/\(source.council.id).zip")
        let keys = papers.map { paper in paper.key.map { "\(paper.path) \($0)" } }
        let key =
            keys.contains(nil)
            ? nil : ContentHash("\(program)\n\(keys.compactMap(\.self).joined(separator: "\n"))")
        if let key, let size = unit.keepSized(path, key: key) {
            return EditionExtras.LeafletFile(path: path, format: nil, size: size)
        }
        var archive = ZipArchive()
        for paper in papers {
            let bytes = try paper.content.bytes()
            do throws(ZipArchive.Problem) {
                try archive.add(paper.path, bytes)
            } catch {
                result.diagnostics.add(.cannotArchive(first.council.name, error))
                return nil
            }
        }
        do {
            let bytes = try archive.bytes()
            unit.write(path, bytes, describing: "leaflets in one file", key: key)
            return EditionExtras.LeafletFile(path: path, format: nil, size: bytes.count)
        } catch {
            result.diagnostics.add(.cannotArchive(first.council.name, error))
            return nil
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

    /// A council's part in the whole site, such as its pages' addresses, is kept as a unit without files.
    private static func summaryUnit(_ council: String) -> String { "\(council) summary" }

    private func buildPortal(
        _ model: SiteModel, _ builder: SiteBuilder, _ results: [CouncilResult],
        _ summaries: [String: ContentHash], _ makers: Makers, _ previous: BuildState?,
        _ publication: Publication, _ shared: ContentHash
    ) -> (fingerprint: ContentHash, diagnostics: [Diagnostic]) {
        let own = ContentHash(
            "\(program) \(shared) \(model.portal.councils.map { "\($0.identity)" }) "
                + results.map { "\($0.id) \(summaries[Self.summaryUnit($0.id)].map(\.description) ?? "")" }
                .joined(separator: " "))
        if previous?.units[Self.portalUnit]?.fingerprint == own, publication.keep(Self.portalUnit) {
            return (own, [])
        }
        let unit = publication.unit(Self.portalUnit)
        return (
            own,
            Self.portalFiles(
                of: results.map(\.summary), model, builder, to: unit, vocabulary: makers.vocabulary)
        )
    }

    /// Writes what belongs to no council alone.
    ///
    /// - Parameter vocabulary: Of what the words of the search are made from; nil where no later build keeps them.
    static func portalFiles(
        of summaries: [CouncilSummary], _ model: SiteModel, _ builder: SiteBuilder, to unit: UnitWriter,
        vocabulary: ContentHash? = nil
    ) -> [Diagnostic] {
        let languages = Set(summaries.flatMap(\.editions).map(\.language))
        // Pages in the language of the guidance bring the words of English.
        for language in languages.isEmpty ? [] : languages.union([.english]) {
            guard let path = model.searchWords.path(language) else { continue }
            if let vocabulary, unit.keep(path, key: vocabulary) { continue }
            guard let file = model.searchWords.file(language) else { continue }
            unit.write(path, file.script.bytes, describing: "search vocabulary", key: vocabulary)
        }
        return builder.portalFiles(
            model.portal.identity(), editions: summaries.flatMap(\.editions),
            assets: summaries.reduce(into: []) { $0.formUnion($1.assets) },
            sourceLanguage: model.portal.sourceLanguage, notice: model.portal.notice,
            strings: model.sourceStrings, today: model.settings.today,
            formerBases: model.portal.formerBases(ofWholeSite: model.settings.councils.isEmpty)
        ) { path, bytes, source in unit.write(path, bytes, describing: source) }
    }

    /// Pictures and documents that lie among the guidance; only those that pages use are published.
    static func contentFiles(
        _ inputs: InputSnapshot, content: String, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) -> [String: [UInt8]] {
        let prefix = content + "/"
        var found: [String: [UInt8]] = [:]
        for entry in inputs.entries where entry.kind == .file && entry.path.hasPrefix(prefix) {
            let path = String(entry.path.dropFirst(prefix.count))
            guard ["guidance/", "councils/", "pictures/"].contains(where: path.hasPrefix),
                !path.hasSuffix(".md"), !path.hasSuffix(".yml")
            else { continue }
            do {
                found[path] = try files.read(entry.path)
            } catch {
                // A link that leads out has been told.
                if diagnostics.sorted.contains(where: { $0.location?.file == entry.path }) { continue }
                diagnostics.add(
                    .error(
                        "UnreadableFile", "cannot read this file: \(error.explanation)",
                        at: SourceLocation(file: entry.path)))
            }
        }
        return found
    }

    private func save(
        _ fingerprints: [String: ContentHash], _ diagnostics: [String: [Diagnostic]],
        _ records: [String: String], _ inputs: InputSnapshot, _ outcome: Publication.Outcome,
        _ problems: inout Diagnostics
    ) {
        BuildState(
            program: program, inputs: inputs, outcome: outcome, fingerprints: fingerprints,
            diagnostics: diagnostics, records: records
        ).save(to: cache, output: output, in: files, reporting: &problems)
    }
}

extension BuildState {
    fileprivate var fingerprints: [String: ContentHash] { units.mapValues(\.fingerprint) }
    fileprivate var diagnosticsByUnit: [String: [Diagnostic]] { units.mapValues(\.diagnostics) }
}
