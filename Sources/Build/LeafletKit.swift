import Guidance
import Leaflets
import Translations
import Website
import Workspace

/// Which leaflets a build makes.
package enum LeafletsMade: Sendable {
    case none, all
    /// Those that the builds of this process used last, whatever their words say now; of councils for which there are
    /// none, those that were made before.
    case latest

    var areWanted: Bool { if case .none = self { false } else { true } }
    var areAllMade: Bool { if case .latest = self { false } else { true } }
}

/// What makes leaflets: their specifications, the theme's templates and running layout workers.
package struct LeafletKit: Sendable {
    let specs: [LeafletSpec]
    let builder: LeafletBuilder
    private let workers: TypstWorkers
    /// Whether somebody else ends the workers.
    private let keepsWorkers: Bool

    /// Starts the workers; nil where there are no leaflets to make, or no engine to make them with, which is
    /// reported.
    ///
    /// - Parameters:
    ///   - specs: The leaflets to make.
    ///   - cache: A folder for finished leaflets, shared by all outputs of a portal.
    ///   - count: How many workers.
    ///   - leaflets: Which leaflets are made.
    ///   - kept: Has workers of an earlier build, and keeps those of this one; nil: they end with the kit.
    ///   - publishedPath: The path within the site of a content file; nil where the site has no such file.
    static func start(
        _ settings: SiteSettings, specs: [LeafletSpec], cache: String, count: Int,
        making leaflets: LeafletsMade = .all, keeping kept: KeptParts? = nil,
        publishedPath: @escaping @Sendable (String) -> String?, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) async -> LeafletKit? {
        guard !specs.isEmpty else { return nil }
        guard let theme = LeafletTheme.load(from: settings.themeFolders, in: files, reporting: &diagnostics)
        else {
            return nil
        }
        do {
            let wanted = TypstWorkers.Settings(python: settings.python, count: count)
            let workers =
                if let kept { try await kept.workers(wanted, theme: theme, in: files) } else {
                    try await TypstWorkers(wanted, theme: theme)
                }
            var builder = LeafletBuilder(
                theme: theme, workers: workers, content: settings.content, files: files, cache: cache,
                publishedPath: publishedPath)
            if specs.contains(where: \.isMadeInBraille) {
                do throws(BrailleTranslator.Missing) {
                    builder.braille =
                        if let kept { try await kept.braille(settings) } else {
                            try await BrailleTranslator(python: settings.python)
                        }
                } catch {
                    let reason = error.reason
                    if let skipped = LeafletBuilder.brailleSkipped(specs, because: reason) {
                        diagnostics.add(skipped)
                    }
                }
            }
            builder.makesNew = leaflets.areAllMade
            return LeafletKit(
                specs: LeafletSpec.inOrder(specs), builder: builder, workers: workers,
                keepsWorkers: kept != nil)
        } catch {
            let reason = (error as? TypstWorkers.EngineMissing)?.reason ?? "\(error)"
            if let skipped = LeafletBuilder.skipped(specs, because: reason) { diagnostics.add(skipped) }
            return nil
        }
    }

    /// Whether something to make leaflets with is there now that a build went without.
    ///
    /// - Parameter lacking: The rules that said so.
    static func canStart(
        _ settings: SiteSettings, lacking: Set<String>, in files: some FileSystem
    ) async -> Bool {
        if lacking.contains(LeafletBuilder.brailleRule),
            let braille = try? await BrailleTranslator(python: settings.python)
        {
            braille.stop()
            return true
        }
        guard lacking.contains(LeafletBuilder.skippedRule) else { return false }
        var ignored = Diagnostics()
        guard let theme = LeafletTheme.load(from: settings.themeFolders, in: files, reporting: &ignored),
            let workers = try? await TypstWorkers(
                TypstWorkers.Settings(python: settings.python, count: 1), theme: theme)
        else { return false }
        await workers.stop()
        return true
    }

    /// Whether it has what an earlier build said it lacked.
    func has(_ lacking: Set<String>) -> Bool {
        lacking.contains(LeafletBuilder.skippedRule)
            || lacking.contains(LeafletBuilder.brailleRule) && builder.braille != nil
    }

    /// All leaflets of a council, by language.
    func leaflets(of editions: [Edition], _ model: SiteModel) async -> [Language: LeafletOutput] {
        let others = model.withTranslators(editions)
        let source = editions.inSourceLanguage
        let made = await others.concurrentMap(width: others.count) { own in
            await builder.build(
                own.edition, specs: specs, translator: own.translator, source: source, others: others)
        }
        return Dictionary(zip(editions.map(\.language), made), uniquingKeysWith: { $1 })
    }

    func stop() async {
        guard !keepsWorkers else { return }
        builder.braille?.stop()
        await workers.stop()
    }

    /// Where finished leaflets are kept, for every output of a portal.
    package static func cache(for content: String) -> String { joinPath(content, "../.signpost/leaflets") }
}

extension SiteSettings {
    /// Where the website has a content file: what links of leaflets lead to, without a build of the site.
    func publishedPath(in files: any FileSystem) -> @Sendable (String) -> String? {
        { [content] source in
            (try? files.read(joinPath(content, source))).map {
                SiteBuilder.publishedPath(of: source, holding: $0)
            }
        }
    }

    /// The folders of the themes that lie over one another, the default first.
    package var themeFolders: [String] {
        (theme == "default" ? ["default"] : ["default", theme]).map { joinPath(themes, $0) }
    }
}

extension LeafletOutput {
    /// What the print desk shows of an edition.
    func desk(of edition: Edition) -> EditionExtras.DeskLanguage {
        EditionExtras.DeskLanguage(
            language: edition.language, leaflets: extras(base: edition.base),
            details: leaflets.lazy.compactMap(\.details).first.map {
                EditionExtras.Details(title: $0.title, fields: $0.fields)
            })
    }

    /// What the page of leaflets shows: each leaflet once, with its formats.
    ///
    /// - Parameter base: The edition's address, before the paths of the files.
    func extras(base: String) -> [EditionExtras.Leaflet] {
        var result: [EditionExtras.Leaflet] = []
        for made in leaflets {
            func file(_ file: LeafletDescription.File, isForPrint: Bool) -> EditionExtras.LeafletFile {
                EditionExtras.LeafletFile(
                    path: joinPath(base, file.path),
                    format: made.format, second: made.second,
                    isForPrint: isForPrint,
                    pages: isForPrint || !made.format.hasPages ? nil : made.pages,
                    sheets: made.format.isPaper && (isForPrint || made.printing == nil) ? made.sheets : nil,
                    size: file.size, isTyped: made.isTyped)
            }
            let cover = made.thumbnail.flatMap { picture in
                (try? self.files.first { $0.path == picture.path }?.content.bytes()).flatMap {
                    EditionExtras.Leaflet.Cover(path: joinPath(base, picture.path), picture: $0)
                }
            }
            let files =
                [file(made.reading, isForPrint: false)]
                + (made.printing.map { [file($0, isForPrint: true)] } ?? [])
            if let index = result.firstIndex(where: { $0.id == made.name }) {
                result[index].files += files
                result[index].cover = result[index].cover ?? cover
            } else {
                result.append(
                    EditionExtras.Leaflet(
                        id: made.name, title: made.title, summary: made.subtitle,
                        cover: cover, files: files))
            }
        }
        return result
    }
}

extension SiteModel {
    /// Pages, sections, groups and councils that leaflets name and nobody has.
    ///
    /// - Parameter inventories: What some councils have. Only where one of them lacks something, all the others
    ///   are looked at: mostly what one council has, all have.
    func problems(
        of specs: [LeafletSpec], given inventories: [LeafletInventory], in files: some FileSystem
    ) -> [Diagnostic] {
        guard !specs.isEmpty else { return [] }
        var known = LeafletInventory(portal)
        for inventory in inventories { known.formUnion(inventory) }
        guard specs.contains(where: { !$0.check(against: known).isEmpty }) else { return [] }
        var ignored = Diagnostics()
        guard let whole = Portal.load(from: settings.content, in: files, reporting: &ignored) else {
            return []
        }
        // Sections are the same in every language.
        let source = languages.filter { $0.language == whole.sourceLanguage }
        for council in whole.councils {
            let guidance = whole.guidance(of: council, in: files, reporting: &ignored)
            for edition in whole.editions(
                of: guidance, resources: source, today: settings.today, reporting: &ignored)
            { known.add(edition) }
        }
        return specs.flatMap { $0.check(against: known) }
    }
}

extension Diagnostic {
    /// Where a leaflet that was finished is not there any more.
    static func cannotRead(_ error: FileError) -> Diagnostic {
        .error(
            "UnreadableFile", "cannot read this finished leaflet: \(error.explanation)",
            at: SourceLocation(file: error.path), help: "Build again: it is made anew.")
    }
}
