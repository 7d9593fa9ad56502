import Guidance
import Leaflets
import Translations
import Website
import Workspace

/// Makes the leaflets of some councils and writes them, one council after another.
package struct LeafletRun: Sendable {
    let settings: SiteSettings
    /// Nil: all.
    let formats: Set<LeafletFormat>?
    let output: String
    let cache: String
    /// How many leaflets are laid out at the same time.
    let jobs: Int
    let makesCopiesSheet: Bool
    let makesZip: Bool
    let files: any FileSystem
    let progress: any BuildProgress

    package init(
        settings: SiteSettings, formats: Set<LeafletFormat>? = nil, output: String, cache: String,
        jobs: Int, makesCopiesSheet: Bool = false, makesZip: Bool = false, files: any FileSystem,
        progress: any BuildProgress = NoProgress()
    ) {
        self.settings = settings
        self.formats = formats
        self.output = output
        self.cache = cache
        self.jobs = jobs
        self.makesCopiesSheet = makesCopiesSheet
        self.makesZip = makesZip
        self.files = files
        self.progress = progress
    }

    /// One leaflet that was written.
    package struct Row: Sendable {
        package var council: String
        package var language: String
        package var made: LeafletDescription
        /// With the output folder.
        package var reading: String
        package var printing: String?
    }

    package func run() async -> (rows: [Row], diagnostics: Diagnostics) {
        var diagnostics = Diagnostics()
        var rows: [Row] = []
        guard let (model, councils) = await load(&diagnostics), !diagnostics.hasErrors else {
            return (rows, diagnostics)
        }
        let specs = LeafletSpec.loadAll(from: settings.content, in: files, reporting: &diagnostics)
        var known = LeafletInventory(model.portal)
        if let council = councils.first {
            if let edition = model.editions(of: council, in: files).editions.first { known.add(edition) }
        }
        diagnostics.add(model.problems(of: specs, given: [known], in: files))
        guard !diagnostics.hasErrors else { return (rows, diagnostics) }
        let kit = await LeafletKit.start(
            settings, specs: specs, cache: cache, count: jobs,
            publishedPath: settings.publishedPath(in: files), in: files, reporting: &diagnostics)
        guard let kit else {
            if diagnostics.sorted.allSatisfy({ $0.rule != "LeafletsSkipped" && $0.severity != .error }) {
                let folder = joinPath(settings.content, "leaflets")
                diagnostics.add(
                    .error(
                        "NoLeaflets", "there are no leaflets to make", at: SourceLocation(file: folder),
                        help: "Describe one in \(folder)/<name>.yml."))
            }
            return (rows, diagnostics)
        }
        var record = WrittenLeaflets(output: output, cache: cache, in: files)
        var scope = WrittenLeaflets.Scope(
            councils: [], languages: settings.languages.isEmpty ? nil : Set(settings.languages),
            formats: formats.map { Set($0.map(\.rawValue)) })
        progress.start(total: councils.count)
        var reasons: [Diagnostic] = []
        for council in councils {
            let (made, problems) = await make(council, model, kit, &record)
            rows += made
            diagnostics.add(problems)
            if !problems.hasErrors {
                scope.councils.insert(council.id)
                if made.isEmpty { reasons.append(whyNothing(council, specs, model)) }
            }
            progress.advance(council.identity.shortName)
        }
        progress.finish()
        await kit.stop()
        // Where nothing at all was made, that is a failure; beside others, a council may have none.
        diagnostics.add(
            rows.isEmpty
                ? Diagnostics(reasons).escalating(["NoLeaflets"]) : Diagnostics(reasons))
        if settings.councils.isEmpty {
            let all = Set(model.portal.allCouncils.map(\.id))
            scope.councils.formUnion(record.entries.values.map(\.council).filter { !all.contains($0) })
        }
        record.removeStale(scope, in: files, reporting: &diagnostics)
        record.save(in: files)
        return (rows, diagnostics)
    }

    /// Reads the portal, and finds the councils that are wanted.
    ///
    /// All of it is read, whatever is wanted: the address in a QR code and the other languages on the back page
    /// must be those of the published site. Only a site with an address of its own is taken by itself.
    private func load(_ diagnostics: inout Diagnostics) async -> (SiteModel, [Council])? {
        var whole = settings
        if settings.baseURL == nil { whole.councils = [] }
        whole.languages = []
        var found = Diagnostics()
        guard let model = await SiteModel.load(whole, in: files, reporting: &found) else {
            diagnostics.add(found)
            return nil
        }
        let portal = model.portal
        // Other councils' problems are theirs.
        let others = portal.allCouncils.map(\.id).filter {
            !settings.councils.isEmpty && !settings.councils.contains($0)
        }
        let folders = others.map { joinPath(settings.content, "councils/\($0)/") }
        diagnostics.add(
            Diagnostics(
                found.sorted.filter { problem in
                    !folders.contains { problem.location?.file.hasPrefix($0) ?? false }
                }))
        for id in settings.councils
        where settings.baseURL == nil && !portal.allCouncils.contains(where: { $0.id == id }) {
            diagnostics.add(
                .error(
                    "UnknownCouncil", "there is no council '\(id)'",
                    at: SourceLocation(file: joinPath(settings.content, "councils")),
                    help: didYouMean(id, among: portal.allCouncils.map(\.id))))
        }
        diagnostics.add(settings.unknownLanguages(of: portal))
        let councils = portal.councils.filter {
            settings.councils.isEmpty || settings.councils.contains($0.id)
        }
        return (model, councils)
    }

    /// Why a council gets no leaflet at all.
    private func whyNothing(_ council: Council, _ specs: [LeafletSpec], _ model: SiteModel) -> Diagnostic {
        let name = council.identity.name
        let languages = council.languages.map(\.tag)
        let offered = specs.map { $0.formats(for: council.id) }
        let paths = Set(specs.flatMap(\.pagePaths))
        let editions = model.editions(of: council, in: files).editions
        let reason: String
        let help: String
        if !settings.languages.isEmpty, !settings.languages.contains(where: languages.contains) {
            reason = "it is not published in \(settings.languages.joined(separator: ", "))"
            help = "It has: \(languages.joined(separator: ", "))."
        } else if offered.allSatisfy(\.isEmpty) {
            reason = "every leaflet is switched off for it"
            help = "Take it from 'councils' in \(specs.map(\.file).joined(separator: ", "))."
        } else if let formats, offered.allSatisfy({ formats.isDisjoint(with: $0) }) {
            let known = Set(offered.joined()).map(\.rawValue).sorted()
            reason =
                "none of its leaflets is made as \(formats.map(\.rawValue).sorted().joined(separator: ", "))"
            help = "There are: \(known.joined(separator: ", "))."
        } else if editions.allSatisfy({ edition in edition.pages.allSatisfy { $0.audience == .professionals }
        }) {
            reason = "its pages are for professionals"
            help = "Leaflets are for families. Pages for families get 'audience: families'."
        } else if !settings.languages.isEmpty,
            editions.inSourceLanguage?.hasPage(of: paths) ?? false,
            !editions.contains(where: {
                settings.languages.contains($0.language.tag) && $0.hasPage(of: paths)
            })
        {
            reason =
                "no page that leaflets are made of is translated into \(settings.languages.joined(separator: ", "))"
            help = "'signpost translations status' says what is missing."
        } else {
            let pages = paths.sorted().map { $0.isEmpty ? "index" : $0 }
            reason = "it has none of the sections that leaflets are made of"
            help =
                "Leaflets take sections of these pages: \(pages.joined(separator: ", ")). Write one of them for this council, or describe another leaflet in \(joinPath(settings.content, "leaflets"))/."
        }
        return .warning(
            "NoLeaflets", "no leaflet was made for \(name): \(reason)",
            at: SourceLocation(file: joinPath(settings.content, "councils/\(council.id)")), help: help)
    }

    private func make(
        _ council: Council, _ model: SiteModel, _ kit: LeafletKit, _ record: inout WrittenLeaflets
    ) async -> (rows: [Row], diagnostics: Diagnostics) {
        var (editions, diagnostics) = model.editions(of: council, in: files)
        guard !diagnostics.hasErrors else { return ([], diagnostics) }
        let source = editions.inSourceLanguage
        let others = model.withTranslators(editions)
        var wanted = others
        if !settings.languages.isEmpty {
            wanted.removeAll { !settings.languages.contains($0.edition.language.tag) }
        }
        editions = wanted.map(\.edition)
        let outputs = await wanted.concurrentMap(width: max(1, wanted.count)) {
            [formats, source, others] own in
            await kit.builder.build(
                own.edition, specs: kit.specs, formats: formats, translator: own.translator,
                source: source, others: others)
        }
        var written: [PrintFile] = []
        var rows: [Row] = []
        for (edition, output) in zip(editions, outputs) {
            diagnostics.add(output.diagnostics)
            let folder = "\(council.id)/\(edition.language.tag)"
            func path(_ file: LeafletDescription.File) -> String {
                let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
                return joinPath(folder, name)
            }
            for made in output.leaflets {
                for file in [made.reading, made.printing].compactMap({ $0 }) {
                    guard let own = output.files.first(where: { $0.path == file.path }) else { continue }
                    do {
                        written.append(
                            PrintFile(
                                path: path(file), bytes: try own.content.bytes(),
                                language: edition.language.tag, format: made.format.rawValue))
                    } catch {
                        diagnostics.add(.cannotRead(error))
                    }
                }
                rows.append(
                    Row(
                        council: council.id, language: edition.language.tag, made: made,
                        reading: joinPath(self.output, path(made.reading)),
                        printing: made.printing.map { joinPath(self.output, path($0)) }))
            }
        }
        if makesCopiesSheet, !rows.isEmpty, !diagnostics.hasErrors, let edition = source ?? editions.first {
            let (pdf, problems) = await kit.builder.copiesSheet(
                for: edition, of: zip(editions, outputs).map { ($0.language, $1.leaflets) })
            diagnostics.add(problems)
            if let pdf { written.append(PrintFile(path: "\(council.id)/copies.pdf", bytes: pdf)) }
        }
        guard !diagnostics.hasErrors else { return ([], diagnostics) }
        write(written, of: council, &record, &diagnostics)
        return (diagnostics.hasErrors ? [] : rows, diagnostics)
    }

    private struct PrintFile {
        /// Below the output folder.
        var path: String
        var bytes: [UInt8]
        /// Nil for what belongs to all of a council's languages.
        var language: String?
        var format: String?
    }

    /// Writes a council's files; each is there whole or not at all.
    private func write(
        _ written: [PrintFile], of council: Council, _ record: inout WrittenLeaflets,
        _ diagnostics: inout Diagnostics
    ) {
        var all = written
        if makesZip, !written.isEmpty {
            do {
                var archive = ZipArchive()
                for file in written { try archive.add(file.path, file.bytes) }
                all.append(PrintFile(path: "\(council.id).zip", bytes: try archive.bytes()))
            } catch {
                diagnostics.add(.cannotArchive(council.identity.name, error))
                return
            }
        }
        let obstacles = all.compactMap { record.obstacle(to: $0.path, $0.bytes, in: files) }
        diagnostics.add(obstacles)
        guard obstacles.isEmpty else { return }
        for file in all {
            let path = joinPath(output, file.path)
            do {
                // What is there already, and the same, keeps its date.
                if (try? files.status(path))??.size == file.bytes.count, (try? files.read(path)) == file.bytes
                {
                    record.add(
                        file.path, file.bytes, council: council.id, language: file.language,
                        format: file.format)
                    continue
                }
                if let slash = path.lastIndex(of: "/") { try files.makeDirectory(String(path[..<slash])) }
                try files.write(file.bytes, to: path)
                record.add(
                    file.path, file.bytes, council: council.id, language: file.language, format: file.format)
            } catch {
                diagnostics.add(
                    .error(
                        "CannotWrite", "cannot write this file: \(error.explanation)",
                        at: SourceLocation(file: path), help: "Choose another folder with --output."))
                return
            }
        }
    }
}

extension Edition {
    fileprivate func hasPage(of paths: Set<String>) -> Bool {
        pages.contains { paths.contains($0.path) && $0.audience != .professionals }
    }
}
