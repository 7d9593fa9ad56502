import Foundation
import Guidance
import Leaflets
import Markdown
import Translations
import Workspace

/// Makes every leaflet of a portal with the package's own code, and says what each must contain: the tests of
/// PDFs read both.
///
/// `leaflet-samples CONTENT THEME PYTHON OUTPUT [TRANSLATIONS]`, where TRANSLATIONS is a folder with
/// `<tag>.json` files: source Markdown to translated Markdown. Without it, the portal's catalogues are used.
@main
struct LeafletSamples {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 5 else {
            print("usage: leaflet-samples CONTENT THEME PYTHON OUTPUT [TRANSLATIONS]")
            exit(64)
        }
        let files = LocalFileSystem()
        var diagnostics = Diagnostics()
        guard let portal = Portal.load(from: arguments[1], in: files, reporting: &diagnostics),
            let theme = LeafletTheme.load(from: [arguments[2]], in: files, reporting: &diagnostics)
        else { return report(diagnostics) }
        let specs = LeafletSpec.loadAll(from: arguments[1], in: files, reporting: &diagnostics)
        guard let today = CalendarDate("2026-11-21") else { return }
        let output = arguments[4]
        try files.makeDirectory(output)

        var words = strings(of: arguments[2] + "/strings.yml", files, &diagnostics)
        words.merge(theme.strings) { $1 }

        var resources: [LanguageResources] = []
        var translators: [Language: any MessageTranslator] = [:]
        for language in portal.languages {
            if language == portal.sourceLanguage {
                resources.append(
                    LanguageResources(
                        language: language, translator: nil, strings: InterfaceStrings(words), review: nil))
                continue
            }
            if arguments.count > 5 {
                guard let bytes = try? files.read("\(arguments[5])/\(language.tag).json"),
                    let texts = try? JSONDecoder().decode([String: String].self, from: Data(bytes))
                else { continue }
                let translator = SampleTranslator(texts: texts)
                translators[language] = translator
                resources.append(
                    LanguageResources(
                        language: language, translator: translator,
                        strings: InterfaceStrings(words.mapValues { texts[$0] ?? $0 }), review: .draft))
            } else {
                func catalogue(_ path: String) -> Catalogue? {
                    guard files.exists(path),
                        let source = SourceText.read(path, in: files, reporting: &diagnostics)
                    else { return nil }
                    let file = POFile.parse(source, reporting: &diagnostics)
                    return Catalogue(file, language: language)
                }
                guard let guidance = catalogue("\(arguments[1])/translations/\(language.tag).po") else {
                    continue
                }
                let interface = catalogue("\(arguments[2])/translations/\(language.tag).po")
                let translator = CatalogueTranslator(
                    guidance: guidance, interfaces: [interface].compactMap { $0 })
                translators[language] = translator
                let (strings, _) = InterfaceStrings.translated(
                    words, into: language, by: [guidance] + [interface].compactMap { $0 })
                resources.append(
                    LanguageResources(
                        language: language, translator: translator, strings: strings, review: guidance.review)
                )
            }
        }
        var editions: [Edition] = []
        for council in portal.councils {
            let guidance = portal.guidance(of: council, in: files, reporting: &diagnostics)
            editions += portal.editions(
                of: guidance, resources: resources, today: today, reporting: &diagnostics)
        }
        diagnostics = Diagnostics(diagnostics.sorted.filter { $0.severity == .error })
        var known = LeafletInventory(portal)
        for edition in editions where edition.language == portal.sourceLanguage { known.add(edition) }
        for spec in specs { diagnostics.add(spec.check(against: known)) }

        let clock = ContinuousClock()
        let start = clock.now
        let workers: TypstWorkers
        do {
            workers = try await TypstWorkers(.init(python: arguments[3], count: 2), theme: theme)
        } catch {
            let reason = (error as? TypstWorkers.EngineMissing)?.reason ?? "\(error)"
            if let skipped = LeafletBuilder.skipped(specs, because: reason) { diagnostics.add(skipped) }
            return report(diagnostics)
        }
        let started = clock.now
        let builder = LeafletBuilder(
            theme: theme, workers: workers, content: arguments[1], files: files,
            cache: ProcessInfo.processInfo.environment["LEAFLET_CACHE"])
        let results = await editions.concurrentMap(width: 2) { [translators] edition in
            await builder.build(edition, specs: specs, translator: translators[edition.language])
        }
        let made = clock.now
        var list: [JSONValue] = []
        var count = 0
        for (edition, result) in zip(editions, results) {
            diagnostics.add(result.diagnostics)
            let folder = "\(output)/\(edition.council.id)/\(edition.language.tag)"
            try files.makeDirectory(folder + "/leaflets")
            for file in result.files {
                try files.write(file.content.bytes(), to: folder + "/" + file.path)
                if file.path.hasSuffix(".pdf") { count += 1 }
            }
            for leaflet in result.leaflets {
                guard let spec = specs.first(where: { $0.name == leaflet.name }) else { continue }
                list.append(
                    .object([
                        ("council", .string(edition.council.id)), ("language", .string(edition.language.tag)),
                        ("dir", .string(edition.language.direction.rawValue)),
                        ("name", .string(leaflet.name)), ("format", .string(leaflet.format.rawValue)),
                        ("title", .string(leaflet.title.plainText)),
                        ("page-reference", .string(edition.strings["leaflet-see-page"])),
                        ("pages", .int(leaflet.pages)),
                        ("reading", .string(folder + "/" + leaflet.reading.path)),
                        ("print", leaflet.printing.map { .string(folder + "/" + $0.path) } ?? .null),
                        (
                            "passages",
                            .array(
                                passages(of: spec, leaflet, edition, translators[edition.language]).map {
                                    .string($0)
                                })
                        ),
                    ]))
            }
        }
        await workers.stop()
        try files.write(
            Array(JSONValue.array(list).serialized(pretty: true).utf8), to: output + "/leaflets.json")
        report(diagnostics)
        print("\(count) PDFs; engine started in \(started - start), all made in \(made - started)")
    }

    static func strings(
        of path: String, _ files: some FileSystem, _ diagnostics: inout Diagnostics
    ) -> [String: String] {
        guard let source = SourceText.read(path, in: files, reporting: &diagnostics),
            let root = YAMLReader(file: path).root(source.string)
        else { return [:] }
        return Dictionary(
            root.entries.compactMap { entry in entry.value.scalarText.map { (entry.key, $0) } },
            uniquingKeysWith: { $1 })
    }

    static func report(_ diagnostics: Diagnostics) {
        print(diagnostics.formatted(.text, source: { _ in nil }), terminator: "")
    }

    /// The words of a leaflet in reading order, from the edition alone.
    static func passages(
        of spec: LeafletSpec, _ made: LeafletDescription, _ edition: Edition,
        _ translator: (any MessageTranslator)?
    ) -> [String] {
        func own(_ passage: Passage) -> String {
            guard let translator,
                case .current(let text) = translator.translation(of: passage.markdown, context: nil)
            else { return passage.plainText }
            return Passage(markdown: text).plainText
        }
        var all: [String] = [own(spec.title)]
        func add(_ blocks: [Block]) { blocks.forEachPassage { all.append($0.plainText) } }
        func add(_ sections: [Section]) {
            for section in sections {
                all.append(section.heading.plainText)
                add(section.blocks)
                add(section.children)
            }
        }
        // One title stands for all groups of a short leaflet, and its numbers beside the names.
        let isShort = made.format == .a4 && spec.layout == .plain
        func add(_ groups: [ContactGroup], titled: Bool) {
            for group in groups {
                // Those that differ by their area only are named once.
                let areas = group.contacts.compactMap(\.area)
                if made.format == .trifold, made.fit.isBrief, areas.count > 1,
                    areas.count == group.contacts.count,
                    group.contacts.allSatisfy({ Leaflet.briefWays(of: $0).count == 1 })
                {
                    all.append(group.heading.plainText)
                    for (area, contact) in zip(areas, group.contacts) {
                        all.append(area.plainText)
                        all += Leaflet.briefWays(of: contact).map(\.text)
                    }
                    continue
                }
                let isLeftOut = isShort && titled || made.format == .trifold && (titled || made.fit.isBrief)
                if !isLeftOut {
                    all.append(group.heading.plainText)
                }
                for contact in group.contacts {
                    all.append(contact.name.plainText)
                    if made.format == .trifold {
                        all += Leaflet.briefWays(of: contact).map(\.text)
                        continue
                    }
                    let brief = Leaflet.briefWays(of: contact)
                    let isBeside = isShort && brief.count == 1 && [.phone, .text].contains(brief[0].channel)
                    if isBeside { all += brief.map(\.text) }
                    if let purpose = contact.purpose { all.append(purpose.plainText) }
                    if !isBeside { all += isShort ? brief.map(\.text) : contact.ways.map(\.text) }
                }
            }
        }
        let format = made.format
        guard let leaflet = Leaflet(spec, format: format, edition: edition, fit: made.fit) else { return [] }
        let order: [LeafletSpec.Panel] = format == .trifold ? [.flap, .inside, .back] : [.inside]
        let lastPage = leaflet.parts.lastIndex { if case .page = $0.content { true } else { false } } ?? -1
        for panel in order {
            for (number, part) in leaflet.parts.enumerated()
            where format != .trifold || part.panel == panel {
                // Whom to phone at once: a line or two of names and numbers.
                let isUrgent =
                    format != .trifold
                    && (spec.layout == .sheet || spec.layout != .guide && number < lastPage)
                // Numbers on the back of a guide stand there where it has room, and stand inside too.
                if format != .trifold, spec.layout == .guide, part.panel == .back { continue }
                switch part.content {
                case .page(let content):
                    if let title = content.title { all.append(title.plainText) }
                    add(content.introduction)
                    add(content.sections)
                    add(content.groups, titled: false)
                case .contacts(let title, let groups) where isUrgent:
                    if let title { all.append(own(title)) }
                    for contact in groups.flatMap(\.contacts) {
                        all.append(contact.name.plainText)
                        all += Leaflet.briefWays(of: contact).map(\.text)
                    }
                case .contacts(let title, let groups):
                    if let title { all.append(own(title)) }
                    add(groups, titled: title != nil)
                case .write(let title, let text, _): all += [own(title)] + text.map(own)
                case .fillIn(let title, let text, let fields):
                    if !made.fit.isBrief { all.append(own(title)) }
                    all += text.map(own) + fields.map(own)
                }
            }
        }
        return all
    }
}

struct SampleTranslator: MessageTranslator {
    var texts: [String: String]

    func translation(of message: String, context: String?) -> MessageTranslation {
        texts[message].map { .current($0) } ?? .missing
    }

    func duration(_ amount: Int, _ unit: DurationUnit) -> String? {
        texts["\(amount) \(unit.rawValue)"] ?? texts["\(amount) \(unit.rawValue)s"]
    }
}
