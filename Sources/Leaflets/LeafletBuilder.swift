import Foundation
import Guidance
import Markdown
import Translations
import Workspace

/// What was made for one edition.
public struct LeafletOutput: Sendable {
    package struct File: Sendable {
        /// Below the edition's base address: `leaflets/guide-for-parents-booklet.pdf`.
        package var path: String
        package var content: LeafletContent
        /// Of all that it is made from; nil where it may come out differently the next time.
        package var key: ContentHash?
    }

    package var files: [File] = []
    public var leaflets: [LeafletDescription] = []
    public var diagnostics = Diagnostics()
    /// The cache entries that hold these leaflets.
    public var cacheKeys: [String] = []
    /// Whether a leaflet is missing, or older than its words, because no new ones were to be made.
    package var isUnfinished = false

    /// The same, with what is kept on disk read when it is needed.
    package var withoutBytes: LeafletOutput {
        var output = self
        for index in output.files.indices {
            output.files[index].content = output.files[index].content.withoutBytes
        }
        return output
    }

    /// The files for reading and for the printer, without pictures, in a folder for a council and language.
    package func papers(in folder: String) -> [File] {
        let wanted = Set(leaflets.flatMap { [$0.reading.path, $0.printing?.path].compactMap { $0 } })
        return files.filter { wanted.contains($0.path) }.map { file in
            var paper = file
            paper.path = joinPath(folder, file.path.split(separator: "/").last.map(String.init) ?? file.path)
            return paper
        }
    }
}

/// One leaflet in one format, for the page that lists them.
public struct LeafletDescription: Sendable {
    public struct File: Hashable, Sendable {
        public var path: String
        /// Bytes.
        public var size: Int
    }

    public var name: String
    public var title: Passage
    public var subtitle: Passage?
    public var format: LeafletFormat
    /// The language that it is set beside; nil: it has one language.
    public var second: Language?
    /// Pages of the file for reading; panels, for a folded leaflet.
    public var pages: Int
    /// Pages on paper, before they are put on sheets.
    public var printedPages: Int
    /// Tagged, for the screen and screen readers.
    public var reading: File
    /// For the printer only; nil where the file for reading is printed as it is.
    public var printing: File?
    /// A picture of the cover (PNG).
    public var thumbnail: File?
    /// What was done to make a folded leaflet fit.
    public var fit: Leaflet.Fit
    /// The rights it holds: `rights#supporter`.
    public var rights: [String]
    /// The first box to fill in by hand: what it is about, and its lines.
    package var details: (title: Passage, fields: [Passage])?
    /// Whether it has fields to type in.
    public var isTyped = false

    /// Sheets of A4 paper, printed on both sides.
    public var sheets: Int {
        switch format {
        case .a4, .largePrint: (printedPages + 1) / 2
        case .booklet: (printedPages + 3) / 4
        case .trifold: 1
        case .form, .epub, .braille: 0
        }
    }
}

/// Makes the leaflets of editions.
public struct LeafletBuilder: Sendable {
    /// Leaflets were not made, because the engine is not there.
    package static let skippedRule = "LeafletsSkipped"
    /// The same of braille alone, because liblouis is not there.
    package static let brailleRule = "BrailleSkipped"
    /// Warnings that `--strict` makes errors.
    public static let strictRules: Set<String> = [
        skippedRule, brailleRule, "LeafletFontMissing",
    ]

    /// Pixels: shown at half of that on a web page, it is sharp on a phone too.
    private static let thumbnailWidth = 256.0

    let theme: LeafletTheme
    let workers: TypstWorkers
    /// The path within the site of a content file; nil where the site has no such file.
    private let publishedPath: @Sendable (String) -> String?
    private let files: any FileSystem
    private let content: String
    private let cache: LeafletCache?
    /// Whether leaflets are made that nobody has made before.
    package var makesNew = true
    /// Makes braille; nil: none is made.
    package var braille: BrailleTranslator?

    /// - Parameters:
    ///   - content: The content folder, for logos and for the places of problems.
    ///   - cache: A folder for finished leaflets; nil: make every one anew.
    ///   - publishedPath: The path within the site of a content file, for links to it; nil where it has no such file.
    public init(
        theme: LeafletTheme, workers: TypstWorkers, content: String, files: any FileSystem, cache: String?,
        publishedPath: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.publishedPath = publishedPath
        self.theme = theme
        self.workers = workers
        self.files = files
        self.content = content
        self.cache = cache.map {
            LeafletCache(
                folder: $0, files: files,
                engine: ContentHash("\(workers.engine) \(LeafletFontFolders.fingerprint(files))"))
        }
    }

    /// The problem to report where there is no engine: the site is built without these leaflets.
    public static func skipped(_ specs: [LeafletSpec], because reason: String) -> Diagnostic? {
        guard !specs.isEmpty else { return nil }
        let names = specs.map(\.name).sorted().joined(separator: ", ")
        return .warning(
            skippedRule, "these leaflets were not made: \(names) (\(reason))", at: nil,
            help:
                "Run 'make site', which installs the layout engine, or 'signpost doctor' to see what is missing."
        )
    }

    /// Makes every leaflet of an edition that the specifications ask for.
    ///
    /// - Parameters:
    ///   - formats: Only these; nil: all.
    ///   - translator: The edition's catalogue; nil for the source language.
    ///   - source: The council's edition in the source language, whose rights every other must hold.
    ///   - others: The council's editions, with their catalogues, that it may be set beside.
    public func build(
        _ edition: Edition, specs: [LeafletSpec], formats: Set<LeafletFormat>? = nil,
        translator: (any MessageTranslator)? = nil, source: Edition? = nil,
        others: [(edition: Edition, translator: (any MessageTranslator)?)] = []
    ) async -> LeafletOutput {
        var output = LeafletOutput()
        var jobs: [Job] = []
        let seconds = edition.sideBySide.compactMap { language in
            others.first { $0.edition.language == language }
        }
        for spec in specs {
            let translated = spec.translated(for: edition, by: translator)
            let own = spec.formats(for: edition.council.id)
            for format in own where formats?.contains(format) ?? true {
                if format == .braille {
                    guard braille != nil else { continue }
                    if let problem = theme.brailleMissing(for: edition.language, spec) {
                        output.diagnostics.add(problem)
                        continue
                    }
                }
                // One picture of each leaflet is shown: that of the format which the file lists first.
                jobs.append(
                    Job(spec: translated, format: format, hasThumbnail: format == own.first(where: \.isPaper))
                )
                guard spec.isSideBySide, format.canBePaired else { continue }
                for second in seconds {
                    var ignored = Diagnostics()
                    jobs.append(
                        Job(
                            spec: translated, format: format, hasThumbnail: false,
                            second: .init(
                                spec: spec.translated(for: second.edition, by: second.translator),
                                edition: theme.completing(second.edition, reporting: &ignored))))
                }
            }
        }
        if let source {
            for spec in specs {
                if let problem = spec.rightsDropped(in: edition, comparedWith: source) {
                    output.diagnostics.add(problem)
                }
            }
        }
        let theme = self.theme
        let edition = theme.completing(edition, reporting: &output.diagnostics)
        var logoProblems = Diagnostics()
        let logo = LeafletLogo.read(for: edition, content: content, files: files, reporting: &logoProblems)
        output.diagnostics.add(logoProblems)
        let files = JobFiles(
            logo: logo,
            pictures: LeafletPicture.readAll(
                for: edition, content: content, files: self.files, reporting: &output.diagnostics))
        let results = await jobs.concurrentMap(width: max(1, jobs.count)) { job in
            await make(job, edition: edition, files: files)
        }
        for result in results {
            output.diagnostics.add(result.diagnostics)
            output.files += result.files
            output.leaflets += result.leaflets
            output.cacheKeys += result.cacheKeys
            output.isUnfinished = output.isUnfinished || result.isUnfinished
        }
        return output
    }

    /// A leaflet to be made.
    private struct Job: Sendable {
        /// What it is set beside.
        struct Second: Sendable {
            var spec: LeafletSpec
            var edition: Edition
        }

        var spec: LeafletSpec
        var format: LeafletFormat
        var hasThumbnail: Bool
        var second: Second?

        /// The leaflet; nil where nothing of it is there.
        func leaflet(
            of edition: Edition, fit: Leaflet.Fit = .init(), _ publishedPath: (String) -> String?
        ) -> Leaflet? {
            var leaflet = Leaflet(
                spec, format: format, edition: edition, fit: fit, publishedPath: publishedPath)
            leaflet?.second = second?.edition.language
            return leaflet
        }
    }

    /// What leaflets show besides words.
    private struct JobFiles: Sendable {
        var logo: LeafletLogo?
        /// By their paths below the content folder.
        var pictures: [String: LeafletPicture]

        /// Those that a leaflet can show.
        func json(for leaflet: Leaflet) -> JSONValue {
            var files: [String: [UInt8]] = [:]
            if let logo { files[logo.name] = logo.bytes }
            for page in leaflet.pages where page.kind == .easy {
                for block in page.allSections.flatMap(\.blocks) {
                    guard let picture = block.attributes?.picture.flatMap({ pictures[$0] }) else { continue }
                    files[picture.name] = picture.bytes
                }
            }
            return .object(
                files.sorted { $0.key < $1.key }.map {
                    ($0.key, .string(Data($0.value).base64EncodedString()))
                })
        }
    }

    private func data(
        _ leaflet: Leaflet, _ edition: Edition, _ files: JobFiles, beside second: Job.Second?
    ) -> LeafletData {
        var data = LeafletData(
            leaflet: leaflet, edition: edition, theme: theme,
            colours: edition.council.brand.colour.flatMap { Colour($0) }.map { BrandColours(brand: $0) }
                ?? .standard,
            logo: files.logo.map { ($0.name, edition.council.name) },
            pictures: files.pictures.mapValues(\.name), publishedPath: publishedPath)
        guard let second,
            let other = Leaflet(
                second.spec, format: leaflet.format, edition: second.edition, publishedPath: publishedPath)
        else { return data }
        data.second = SecondWords(
            other,
            LeafletData(
                leaflet: leaflet, edition: second.edition, theme: theme, colours: data.colours, logo: nil,
                pictures: data.pictures, publishedPath: publishedPath))
        return data
    }

    private func make(
        _ job: Job, edition: Edition, files: JobFiles
    ) async -> LeafletOutput {
        guard !Task.isCancelled,
            let whole = job.leaflet(of: edition, publishedPath)
        else { return LeafletOutput() }
        let format = job.format
        let first = data(whole, edition, files, beside: job.second)
        let key = cache?.key(
            [first.json(forPrinter: false).serialized(), theme.fingerprint.description]
                + [differsOnPaper(first) ? first.json(forPrinter: true).serialized() : ""]
                + [form(of: format), files.logo?.hash.description].compactMap(\.self)
                + [whole.choices, job.hasThumbnail ? "thumbnail" : ""])
        if let key, let made = cache?.read(key) {
            return output(made, whole, key: key, Diagnostics())
        }
        guard makesNew, !Task.isCancelled else {
            var nothing = LeafletOutput()
            nothing.isUnfinished = true
            return nothing
        }
        if format == .epub { return book(first, whole, files, key: key) }
        if format == .braille { return await braille(first, whole, key: key) }
        var diagnostics = Diagnostics()
        var made: MadeLeaflet?
        do {
            // A worker may die for reasons that are not the leaflet's: one more try.
            for attempt in 0..<2 {
                let step = try await workers.withWorker { lease in
                    // Whoever has waited for a worker may not be wanted any more.
                    if Task.isCancelled { return Step() }
                    return await lay(
                        out: whole, job, edition: edition, files: files, on: lease)
                }
                made = step.made
                diagnostics = step.diagnostics
                if made != nil || !step.workerDied || attempt == 1 { break }
            }
        } catch is CancellationError {
        } catch {
            let reason = (error as? TypstWorkers.EngineMissing)?.reason ?? "\(error)"
            diagnostics.add(failure(first, reason))
        }
        guard let made else {
            var nothing = LeafletOutput()
            nothing.diagnostics = diagnostics
            nothing.isUnfinished = Task.isCancelled
            return nothing
        }
        return output(keep(made, key, given: diagnostics), whole, key: key, diagnostics)
    }

    /// A leaflet as it is kept among those that are finished; as it is, where there was a problem with it.
    private func keep(_ made: MadeLeaflet, _ key: String?, given problems: Diagnostics) -> MadeLeaflet {
        guard let key, problems.isEmpty else { return made }
        return cache?.write(made, key) ?? made
    }

    /// A leaflet as a book, for which no layout is needed.
    private func book(
        _ data: LeafletData, _ leaflet: Leaflet, _ files: JobFiles, key: String?
    ) -> LeafletOutput {
        do {
            let bytes = try EpubBook(data: data, pictures: files.pictures).bytes()
            let made = MadeLeaflet(
                pages: 0, printedPages: 0, reading: .made(bytes), fit: leaflet.fit)
            return output(keep(made, key, given: Diagnostics()), leaflet, key: key, Diagnostics())
        } catch {
            var nothing = LeafletOutput()
            nothing.diagnostics.add(failure(data, "\(error)"))
            return nothing
        }
    }

    /// What decides how a format is written, besides its data and its layout.
    private func form(of format: LeafletFormat) -> String? {
        switch format {
        case .a4, .booklet, .trifold, .largePrint: nil
        case .form: "form \(FillablePDF.version)"
        case .epub: "epub \(EpubBook.version)"
        case .braille: "braille \(BrailleBook.version) \(braille?.version ?? "")"
        }
    }

    /// A leaflet in braille.
    private func braille(
        _ data: LeafletData, _ leaflet: Leaflet, key: String?
    ) async -> LeafletOutput {
        var nothing = LeafletOutput()
        guard let braille, let settings = theme.braille else { return nothing }
        do throws(BrailleTranslator.Problem) {
            let book = BrailleBook(data: data, settings: settings, engine: braille.version)
            let file = try await book.made(by: braille)
            let problems = signsMissing(file.unknown, data)
            let made = MadeLeaflet(
                pages: file.pages, printedPages: file.pages, reading: .made(file.bytes), fit: leaflet.fit)
            let found = Diagnostics(problems)
            return output(keep(made, key, given: found), leaflet, key: key, found)
        } catch {
            switch error {
            case .noTable(let table):
                nothing.diagnostics.add(
                    Diagnostic(
                        .note, "BrailleTableMissing",
                        "there is no braille in \(data.edition.language.englishName): this liblouis (\(braille.version)) has no table '\(table)'",
                        at: leaflet.spec.location,
                        help:
                            "Install a newer liblouis, or name another table in the theme's leaflets/braille.yml."
                    ))
            case .failed(let reason): nothing.diagnostics.add(failure(data, reason))
            }
        }
        return nothing
    }

    /// Whether the printer gets other letters than those that are read: of another font, or with the signs that a
    /// file for reading must do without.
    private func differsOnPaper(_ data: LeafletData) -> Bool {
        theme.fonts.forPrinter[data.edition.language.tag] != nil || data.hasArabicMarks
    }

    private func output(
        _ made: MadeLeaflet, _ leaflet: Leaflet, key: String?, _ diagnostics: Diagnostics
    ) -> LeafletOutput {
        let spec = leaflet.spec
        let format = leaflet.format
        var output = LeafletOutput()
        output.diagnostics = diagnostics
        let base = "leaflets/" + spec.fileName(format, in: leaflet.language, beside: leaflet.second)
        func file(_ path: String, _ content: LeafletContent?) -> LeafletDescription.File? {
            guard let content else { return nil }
            let own = diagnostics.isEmpty ? key.map { ContentHash("\($0) \(path)") } : nil
            output.files.append(.init(path: path, content: content, key: own))
            return LeafletDescription.File(path: path, size: content.size)
        }
        guard let reading = file(base + format.ending, made.reading) else { return output }
        output.leaflets = [
            LeafletDescription(
                name: spec.name, title: spec.title, subtitle: spec.subtitle, format: format,
                second: leaflet.second,
                pages: made.pages, printedPages: made.printedPages,
                reading: reading, printing: file(base + "-print.pdf", made.printing),
                thumbnail: file(base + ".png", made.thumbnail), fit: made.fit, rights: leaflet.rights,
                details: spec.details,
                isTyped: format == .form && theme.fonts.typedFamily(for: leaflet.language) != nil)
        ]
        output.cacheKeys = key.map { [$0] } ?? []
        if let problem = leftOut(made, leaflet) { output.diagnostics.add(problem) }
        return output
    }

    // MARK: Layout

    private struct Step: Sendable {
        var made: MadeLeaflet?
        var workerDied = false
        var diagnostics = Diagnostics()
    }

    private func lay(
        out whole: Leaflet, _ job: Job, edition: Edition, files: JobFiles,
        on lease: borrowing TypstWorkers.Lease
    ) async -> Step {
        var step = Step()
        var leaflet = whole
        var data = self.data(leaflet, edition, files, beside: job.second)
        let timestamp = data.date.dayNumber * 86_400
        func layout(_ data: LeafletData, forPrinter: Bool, onlyMeasured: Bool = false) -> JSONValue {
            .object([
                ("step", .string(onlyMeasured ? "measure" : "layout")),
                ("data", .string(data.json(forPrinter: forPrinter).serialized())),
                ("files", files.json(for: data.leaflet)),
                ("timestamp", .int(timestamp)),
                ("standards", .array(forPrinter ? [] : [.string("ua-1")])),
                ("tags", .bool(!forPrinter)),
            ])
        }
        /// The answer's file, or the problems it tells of.
        func accept(_ answer: TypstAnswer) -> [UInt8]? {
            let problems = diagnose(answer, data)
            step.diagnostics.add(problems)
            if answer.failure != nil { step.workerDied = true }
            guard !problems.contains(where: { $0.severity == .error || $0.rule == "LeafletFontMissing" })
            else {
                return nil
            }
            return answer.pdf.map { Array($0) }
        }

        // What has a fixed room is laid out in several ways: until one of them fits, nobody needs the file.
        let isTried = whole.hasFixedRoom
        var answer = await lease.run(layout(data, forPrinter: false, onlyMeasured: isTried))
        typealias Shaped = (leaflet: Leaflet, data: LeafletData, answer: TypstAnswer)
        /// Lays it out in another way; whether there is another way that the leaflet's words allow.
        func shaped(_ fit: Leaflet.Fit) async -> Shaped? {
            guard let leaflet = job.leaflet(of: edition, fit: fit, publishedPath) else { return nil }
            let data = self.data(leaflet, edition, files, beside: job.second)
            return (leaflet, data, await lease.run(layout(data, forPrinter: false, onlyMeasured: true)))
        }
        // One step after the other, until the leaflet fits.
        /// The best of the ways to put its parts on panels, where one is better than the way it is.
        func packed(_ leaflet: Leaflet, _ info: TypstAnswer.Info) async -> Shaped? {
            var better: Shaped?
            for fit in leaflet.packings(info) {
                guard let way = await shaped(fit), let over = way.answer.info?.over else { continue }
                if over.lines < (better?.answer.info?.over ?? info.over).lines { better = way }
                if over.isEmpty { break }
            }
            return better
        }
        while let info = answer.info, !info.over.isEmpty {
            if let better = await packed(leaflet, info) { (leaflet, data, answer) = better }
            guard let over = answer.info?.over, !over.isEmpty else { break }
            guard let fit = leaflet.tighterFit(for: Set(over.map(\.panel))), let next = await shaped(fit)
            else {
                step.diagnostics.add(tooLong(over, data))
                // A sheet that is full goes on to the next one; nothing is cut.
                if leaflet.format == .trifold { return step }
                break
            }
            (leaflet, data, answer) = next
        }
        /// A way in which everything fits, with its parts put where there is room.
        func fitting(_ fit: Leaflet.Fit) async -> Shaped? {
            var way = await shaped(fit)
            if let tried = way, let info = tried.answer.info, !info.over.isEmpty {
                way = await packed(tried.leaflet, info)
            }
            return way?.answer.info?.over.isEmpty ?? false ? way : nil
        }
        /// Of rights, as many as there is room for say more than the others.
        func fillRights() async {
            guard leaflet.fit.rightsParagraphs != nil else { return }
            var (known, most) = (0, leaflet.rights.count - 1)
            while known < most {
                let count = (known + most + 1) / 2
                var fit = leaflet.fit
                fit.fullerRights = count
                if let way = await fitting(fit) {
                    (leaflet, data, answer) = way
                    known = count
                } else {
                    most = count - 1
                }
            }
        }
        // The last thing that went may have made room enough for one that went before, or for whole sections.
        await fillRights()
        var wishes = leaflet.fit.dropped.dropLast().reversed().map(Leaflet.Fit.restoring)
        if leaflet.format == .trifold, !leaflet.fit.keepsSections {
            wishes.append({ $0.keepsSections = true })
            wishes.append({ $0.keepsLists = true })
        }
        for wish in wishes {
            var fit = leaflet.fit
            wish(&fit)
            if let way = await fitting(fit) { (leaflet, data, answer) = way }
        }
        // The end of a list would be read alone, beyond a fold: a right's second paragraph is worth less than that.
        if let fit = leaflet.fitForWholeLists, let way = await fitting(fit) {
            (leaflet, data, answer) = way
            await fillRights()
        }
        // The worker's last layout is the one that is put on sheets.
        let unmeasured = answer.failure
        if isTried { answer = await lease.run(layout(data, forPrinter: false)) }
        guard let reading = accept(answer), let info = answer.info else { return step }
        // Whatever happened on the way here: what does not fit is not handed out.
        guard info.over.isEmpty || leaflet.format != .trifold else {
            if let unmeasured {
                step.workerDied = true
                step.diagnostics.add(failure(data, "whether it fits could not be measured: \(unmeasured)"))
            } else {
                step.diagnostics.add(tooLong(info.over, data))
            }
            return step
        }
        var made = MadeLeaflet(
            pages: info.pages, printedPages: info.pages, reading: .made(reading), fit: leaflet.fit)
        if leaflet.format == .form {
            let fields = info.fields ?? []
            guard !fields.isEmpty else {
                step.diagnostics.add(data.leaflet.spec.nothingToFillIn)
                return step
            }
            // Where typed letters would come out wrong, there are lines to write on.
            guard let family = theme.fonts.typedFamily(for: edition.language) else {
                step.made = made
                return step
            }
            let letters = await lease.run(
                .object([
                    ("step", .string("letters")), ("family", .string(family)), ("timestamp", .int(timestamp)),
                    ("letters", .string(FillablePDF.letters(of: edition.language.script))),
                ]))
            guard let letters = accept(letters) else { return step }
            do {
                made.reading = .made(
                    try FillablePDF.made(
                        reading, fields: fields, letters: letters,
                        isRightToLeft: edition.language.isRightToLeft))
                step.made = made
            } catch {
                step.diagnostics.add(failure(data, error.reason))
            }
            return step
        }

        if job.hasThumbnail {
            let picture = await lease.run(
                .object([
                    ("step", .string("thumbnail")),
                    ("ppi", .double(25.4 * Self.thumbnailWidth / Double(leaflet.format.coverWidth))),
                ]))
            guard let thumbnail = accept(picture) else { return step }
            made.thumbnail = .made(thumbnail)
        }

        var pages = info.pages
        if differsOnPaper(data) {
            let printed = await lease.run(layout(data, forPrinter: true))
            if let over = printed.info?.over, over.isEmpty || !info.over.isEmpty, let bytes = accept(printed)
            {
                pages = printed.info?.pages ?? pages
                if !leaflet.format.isImposed { made.printing = .made(bytes) }
            } else {
                // The printer's letters take more room than there is: print what is read.
                guard accept(await lease.run(layout(data, forPrinter: false))) != nil else { return step }
            }
        }
        made.printedPages = pages
        if leaflet.format.isImposed {
            let direction: ReadingDirection = edition.language.isRightToLeft ? .rightToLeft : .leftToRight
            let sheets =
                leaflet.format == .trifold
                ? Imposition.trifold(direction: direction)
                : Imposition.booklet(pages: pages, direction: direction)
            let imposed = await lease.run(
                .object([
                    ("step", .string("impose")), ("timestamp", .int(timestamp)),
                    (
                        "data",
                        .string(
                            sheets.json(title: data.leaflet.spec.title.plainText, date: data.date)
                                .serialized())
                    ),
                ]))
            guard let printing = accept(imposed) else { return step }
            made.printing = .made(printing)
        }
        step.made = made
        return step
    }

    // MARK: Problems

    /// The problem to report where there is no liblouis: everything else is made.
    package static func brailleSkipped(_ specs: [LeafletSpec], because reason: String) -> Diagnostic? {
        let names = specs.filter(\.isMadeInBraille).map(\.name).sorted().joined(separator: ", ")
        guard !names.isEmpty else { return nil }
        return .warning(
            brailleRule, "the braille of these leaflets was not made: \(names) (\(reason))", at: nil,
            help:
                "Install liblouis (Debian and Ubuntu: apt-get install liblouis-bin; macOS: brew install liblouis), or take 'braille' from their formats."
        )
    }

    /// Where the signs that no table has are written.
    private func signsMissing(_ unknown: [(sign: String, text: String)], _ data: LeafletData) -> [Diagnostic]
    {
        Set(unknown.map(\.sign)).sorted().flatMap { sign -> [Diagnostic] in
            let found = data.sources.filter { $0.text.contains(sign) }.map {
                position(of: sign, in: $0.location)
            }
            let places = found.isEmpty ? [data.leaflet.spec.location] : Set(found).sorted()
            return places.map { place in
                .warning(
                    "BrailleSignMissing",
                    "the braille in \(data.edition.language.englishName) has a full cell for '\(sign)', which its table does not have",
                    at: place, help: "Use a word instead, or tell the transcriber.")
            }
        }
    }

    /// What a folded leaflet has no room for; nil where it holds everything.
    private func leftOut(_ made: MadeLeaflet, _ leaflet: Leaflet) -> Diagnostic? {
        guard !made.fit.dropped.isEmpty else { return nil }
        let spec = leaflet.spec
        let names = made.fit.dropped.map(\.name).joined(separator: ", ")
        return Diagnostic(
            .note, "LeafletShortened",
            "the leaflet '\(spec.name)' (\(leaflet.format.rawValue)) in \(leaflet.language.englishName) has no room for: \(names)",
            at: spec.location,
            help:
                "The leaflet says so, with the address to read it at. What must not go is not 'optional'; fewer 'paragraphs' and shorter words make room."
        )
    }

    private func label(_ data: LeafletData) -> String {
        "'\(data.leaflet.spec.name)' (\(data.leaflet.format.rawValue)) of \(data.edition.council.name) in \(data.edition.language.englishName)"
    }

    private func failure(_ data: LeafletData, _ reason: String) -> Diagnostic {
        .error(
            "LeafletFailed", "the leaflet \(label(data)) could not be made: \(reason)",
            at: data.leaflet.spec.location,
            help: data.logo == nil && data.pictures.isEmpty
                ? nil : "Leave its pictures out, the logo first: one of them may be too much to draw.")
    }

    private func tooLong(_ over: [TypstAnswer.Info.Over], _ data: LeafletData) -> [Diagnostic] {
        over.map { item in
            if item.panel == "sheet" {
                return .warning(
                    "LeafletTooLong",
                    "the leaflet \(label(data)) takes more paper than its \(data.leaflet.spec.layout.rawValue): it is over by \(item.lines) \(item.lines == 1 ? "line" : "lines")",
                    at: data.leaflet.spec.location,
                    help:
                        "Choose fewer sections, or shorten them. Until then it goes on to another sheet. The type is never made smaller than clear print."
                )
            }
            let panel =
                switch LeafletSpec.Panel(rawValue: item.panel) {
                case .cover?: "the cover"
                case .flap?: "the flap"
                case .inside?: "the three inside panels"
                case .back?: "the back panel"
                case nil: "the \(item.panel)"
                }
            let sections = data.leaflet.parts.filter { $0.panel.rawValue == item.panel }.flatMap { part in
                switch part.content {
                case .page(let content) where content.page.kind == .rights: [String]()
                case .page(let content): content.sections.map { "\(part.id)#\($0.id)" }
                case .contacts, .write, .fillIn: ["'\(data.leaflet.spec.parts[part.number].name)'"]
                }
            }
            let help =
                if item.panel == "cover" {
                    "Shorten the leaflet's title, or the first paragraph of 'notice' in portal.yml."
                } else if sections.isEmpty {
                    "Move a part to another panel, or choose fewer."
                } else {
                    "Mark one of these as optional, give it fewer 'paragraphs', shorten it, or let it stand on another panel: \(sections.joined(separator: ", "))."
                }
            return .error(
                "LeafletTooLong",
                "the leaflet \(label(data)) does not fit: \(panel) \(item.panel == "inside" ? "are" : "is") over by \(item.lines) \(item.lines == 1 ? "line" : "lines")",
                at: data.leaflet.spec.location, help: help + " The type is never made smaller."
            )
        }
    }

    private func diagnose(_ answer: TypstAnswer, _ data: LeafletData) -> [Diagnostic] {
        if let reason = answer.failure { return [failure(data, reason)] }
        var problems: [Diagnostic] = []
        for warning in answer.warnings ?? [] {
            if let family = Self.suffix(of: warning.message, after: "unknown font family: ") {
                problems.append(missingFont(family, data))
            } else {
                problems.append(.warning("LeafletLayoutWarning", warning.message, at: place(of: warning)))
            }
        }
        for error in answer.errors ?? [] {
            if let text = Self.missingGlyphs(in: error.message) {
                problems += missingGlyph(text, data)
            } else if Self.picturesFaults.contains(where: error.message.hasPrefix) {
                problems.append(unreadablePicture(error.message, data))
            } else {
                let hints = error.hints.joined(separator: " ")
                problems.append(
                    .error(
                        "LeafletThemeError",
                        "the leaflet \(label(data)) could not be laid out: \(error.message)",
                        at: place(of: error) ?? data.leaflet.spec.location, help: hints.isEmpty ? nil : hints)
                )
            }
        }
        return problems
    }

    /// How the engine's messages about pictures begin.
    private static let picturesFaults = [
        "failed to decode image", "failed to parse SVG", "failed to load linked image",
    ]

    /// The engine does not say which picture it is.
    private func unreadablePicture(_ reason: String, _ data: LeafletData) -> Diagnostic {
        let logo = data.logo.flatMap { _ in data.edition.council.brand.logo }
        let paths = (logo.map { [$0] } ?? []) + data.pictures.keys.sorted()
        return .error(
            "LeafletFailed", "the leaflet \(label(data)) cannot show a picture: \(reason)",
            at: paths.first.map { SourceLocation(file: joinPath(content, $0)) }
                ?? data.leaflet.spec.location,
            help: paths.isEmpty
                ? nil
                : "Save it anew, a drawing as 'Plain SVG' or as PNG: \(paths.joined(separator: ", ")).")
    }

    /// The template a problem is in.
    func place(of problem: TypstAnswer.Problem) -> SourceLocation? {
        guard let template = theme.templates.first(where: { $0.name == problem.file }) else { return nil }
        return SourceLocation(
            file: template.path,
            range: problem.line.map { SourceRange(line: $0, column: (problem.column ?? 0) + 1) })
    }

    private func missingFont(_ family: String, _ data: LeafletData) -> Diagnostic {
        let named = data.languages.flatMap {
            theme.fonts.families(for: $0, forPrinter: false) + theme.fonts.families(for: $0, forPrinter: true)
        }
        let name = named.first { $0.name.lowercased() == family.lowercased() }?.name ?? family
        return .warning(
            "LeafletFontMissing",
            "the font '\(name)' is not installed, so leaflets in \(data.edition.language.englishName) were not made",
            at: nil,
            help:
                "Install it (Debian: fonts-noto-core and fonts-noto-cjk), or name another in the theme's leaflets/fonts.yml."
        )
    }

    /// Where the letters that no font has are written.
    private func missingGlyph(_ text: String, _ data: LeafletData) -> [Diagnostic] {
        func describe(_ text: String) -> String {
            text.unicodeScalars.map { scalar in
                let digits = String(scalar.value, radix: 16, uppercase: true)
                return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            }.joined(separator: " ")
        }
        let fonts = theme.fonts.families(for: data.edition.language, forPrinter: false).map(\.name)
        func problem(_ location: SourceLocation?) -> Diagnostic {
            .error(
                "MissingGlyph",
                "no font of the leaflets has '\(text)' (\(describe(text)))", at: location,
                help:
                    "Use another sign, or add a font that has it to the theme's leaflets/fonts.yml. Tried: \(fonts.joined(separator: ", "))."
            )
        }
        let found = data.sources.filter {
            $0.text.contains(text) || $0.text.unicodeScalars.contains { text.unicodeScalars.contains($0) }
        }
        let places = Set(found.map { position(of: text, in: $0.location) })
        return places.isEmpty ? [problem(data.leaflet.spec.location)] : places.sorted().map { problem($0) }
    }

    /// The exact place of a text within a range of its file, or the range where it cannot be found.
    private func position(of text: String, in location: SourceLocation) -> SourceLocation {
        guard let range = location.range, let first = text.unicodeScalars.first,
            let bytes = try? files.read(location.file)
        else { return location }
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        for number in range.start.line...max(range.start.line, range.end.line)
        where lines.indices.contains(number - 1) {
            let scalars = Array(lines[number - 1].unicodeScalars)
            let from = number == range.start.line ? min(range.start.column - 1, scalars.count) : 0
            if let index = scalars[from...].firstIndex(of: first) {
                return SourceLocation(
                    file: location.file,
                    range: SourceRange(line: number, column: index + 1, length: text.unicodeScalars.count))
            }
        }
        return location
    }

    static func suffix(of text: String, after prefix: String) -> String? {
        text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }

    /// The letters in the engine's message that no font has: `the text "x" could not be displayed with …`.
    static func missingGlyphs(in message: String) -> String? {
        guard message.contains("could not be displayed"), let open = message.range(of: "the text `\""),
            let close = message.range(of: "\"` could not", range: open.upperBound..<message.endIndex)
        else { return nil }
        return unescaped(message[open.upperBound..<close.lowerBound])
    }

    /// A text as the engine quotes it: `\u{1f600}`, `\"`, `\\`.
    private static func unescaped(_ text: Substring) -> String {
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                result.append(scalar)
                continue
            }
            guard let next = rest.popFirst() else { break }
            if next == "u", rest.first == "{", let end = rest.firstIndex(of: "}") {
                let digits = String(String.UnicodeScalarView(rest.dropFirst().prefix(upTo: end)))
                if let value = UInt32(digits, radix: 16), let decoded = Unicode.Scalar(value) {
                    result.append(decoded)
                }
                rest = rest[rest.index(after: end)...]
            } else {
                result.append(next)
            }
        }
        return String(result)
    }
}

extension [TypstAnswer.Info.Over] {
    fileprivate var lines: Int { reduce(0) { $0 + $1.lines } }
}

extension LeafletFormat {
    /// Millimetres.
    fileprivate var coverWidth: Int {
        switch self {
        case .a4, .largePrint, .form, .epub, .braille: 210
        case .booklet: 148
        case .trifold: 100
        }
    }
}

extension Imposition {
    func json(title: String, date: CalendarDate) -> JSONValue {
        .object([
            ("title", .string(title)),
            (
                "date",
                .object([
                    ("year", .int(date.year)), ("month", .int(date.month ?? 1)), ("day", .int(date.day ?? 1)),
                ])
            ),
            ("width", .int(width)), ("height", .int(height)),
            (
                "sides",
                .array(
                    sides.map { side in
                        let slots = side.slots.compactMap { slot in
                            slot.page.map {
                                JSONValue.object([
                                    ("page", .int($0)), ("x", .int(slot.x)), ("width", .int(slot.width)),
                                    ("height", .int(slot.height)), ("page-width", .int(slot.pageWidth)),
                                ])
                            }
                        }
                        return .object([
                            ("slots", .array(slots)), ("folds", .array(side.folds.map { .int($0) })),
                        ])
                    })
            ),
        ])
    }
}

extension LeafletSpec {
    /// The words in an edition's language; what is not translated is marked as in the source language, and what other
    /// languages of a parity do not have yet says what it said before.
    func translated(for edition: Edition, by translator: (any MessageTranslator)?) -> LeafletSpec {
        let isSource = edition.language == edition.sourceLanguage
        guard !isSource || !edition.heldTexts.isEmpty else { return self }
        var copy = mapPassages { passage in
            if let held = edition.heldTexts[passage.markdown] { return held }
            if isSource { return passage }
            switch translator?.translation(of: passage.markdown, context: nil) ?? .missing {
            case .current(let text):
                return Passage(Passage(markdown: text).inlines, range: passage.range)
            case .stale:
                return Passage(passage.inlines, translation: .replaced, range: passage.range)
            case .missing:
                return Passage(passage.inlines, translation: .missing, range: passage.range)
            }
        }
        if !isSource, copy.title.translation == .current {
            copy.sourceTitle = Passage(title.inlines, translation: .missing)
        }
        return copy
    }
}

extension LeafletTheme {
    /// What can be said of an edition's leaflets before any is laid out: `check` makes none.
    ///
    /// - Parameter content: The content folder, for logos and pictures.
    package func problems(
        of specs: [LeafletSpec], in edition: Edition, content: String, files: any FileSystem
    ) -> Diagnostics {
        var problems = Diagnostics()
        for spec in specs {
            let formats = spec.formats(for: edition.council.id)
            if formats.contains(.braille), let problem = brailleMissing(for: edition.language, spec) {
                problems.add(problem)
            }
            if formats.contains(.form), let form = Leaflet(spec, format: .form, edition: edition),
                !form.asksForWords
            {
                problems.add(spec.nothingToFillIn)
            }
        }
        guard specs.contains(where: { !$0.formats(for: edition.council.id).isEmpty }) else { return problems }
        let edition = completing(edition, reporting: &problems)
        _ = LeafletLogo.read(for: edition, content: content, files: files, reporting: &problems)
        _ = LeafletPicture.readAll(for: edition, content: content, files: files, reporting: &problems)
        return problems
    }

    /// Why a leaflet has no braille in a language; nil where it has.
    fileprivate func brailleMissing(for language: Language, _ spec: LeafletSpec) -> Diagnostic? {
        guard braille?.tables[language.tag] == nil else { return nil }
        return Diagnostic(
            .note, "BrailleTableMissing",
            "the leaflet '\(spec.name)' has no braille in \(language.englishName): there is no table for this language",
            at: spec.location,
            help:
                "A transcriber can make it from the other files. If liblouis has a table of six dots, name it in the theme's leaflets/braille.yml."
        )
    }

    /// The edition with the words of leaflets that its own catalogue of interface words lacks.
    func completing(_ edition: Edition, reporting diagnostics: inout Diagnostics) -> Edition {
        let lacking = stringKeys.filter { !edition.strings.contains($0) }
        guard !lacking.isEmpty else { return edition.asPaperSaysIt }
        let isTheme = edition.language == InterfaceStrings.themeLanguage
        if !isTheme {
            diagnostics.add(
                .warning(
                    "LeafletStringMissing",
                    "\(lacking.count) words of leaflets have no \(edition.language.englishName) translation, so leaflets show them in \(InterfaceStrings.themeLanguage.englishName): \(lacking.prefix(3).joined(separator: ", "))\(lacking.count > 3 ? " …" : "")",
                    at: nil))
        }
        var edition = edition
        var texts = strings
        for key in edition.strings.keys { texts[key] = edition.strings[key] }
        let untranslated = isTheme ? [] : edition.strings.untranslated.union(lacking)
        edition.strings = InterfaceStrings(texts, untranslated: untranslated)
        return edition.asPaperSaysIt
    }
}

extension Edition {
    /// Readers who may have no social worker are not told to ask theirs: the website's own words stand there.
    fileprivate var asPaperSaysIt: Edition {
        guard !namesSocialWorker else { return self }
        var edition = self
        edition.strings = strings.saying([
            "leaflet-not-checked": "contacts-undated", "leaflet-other-formats-text": "other-formats",
        ])
        return edition
    }
}

extension LeafletSpec {
    /// The problem to report of a form without a place to write.
    fileprivate var nothingToFillIn: Diagnostic {
        .warning(
            "NothingToFillIn",
            "the leaflet '\(name)' has nothing to fill in, so it is not made as a form", at: location,
            help:
                "Take 'form' from its formats, or add a part with 'fill-in' or 'write', or a page of the kind 'form'."
        )
    }
}

extension Leaflet {
    /// Whether it has a place to write: a box, a question, the day that a deadline counts from.
    fileprivate var asksForWords: Bool {
        func asks(_ sections: [Section]) -> Bool {
            sections.contains { section in
                if section.deadline != nil { return true }
                if case .lines? = section.answer { return true }
                return asks(section.children)
            }
        }
        return parts.contains { part in
            switch part.content {
            case .write, .fillIn: true
            case .page(let content): asks(content.sections)
            case .contacts: false
            }
        }
    }
}
