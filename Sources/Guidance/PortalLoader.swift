import Markdown
import Translations
import Workspace

extension Portal {
    /// Reads `portal.yml`, every `council.yml` and the shared guidance below a content folder.
    ///
    /// Problems are added to `diagnostics`; the result is nil only where nothing sensible can follow, such
    /// as a missing content folder.
    public static func load(
        from root: String, in files: some FileSystem, councils wanted: [String] = [],
        reporting diagnostics: inout Diagnostics
    ) -> Portal? {
        guard var tree = ContentTree.scan(root, in: files, reporting: &diagnostics) else { return nil }
        tree.findPrograms(root: root, in: files, councils: wanted)
        let portalPath = joinPath(root, "portal.yml")
        guard tree.contains("portal.yml") else {
            diagnostics.add(
                .error(
                    "MissingPortalFile", "there is no portal.yml in the content folder",
                    at: SourceLocation(file: portalPath),
                    help: "Add one with name, base-url and languages, or run 'signpost new portal'."))
            return nil
        }
        guard let source = SourceText.read(portalPath, in: files, reporting: &diagnostics) else { return nil }
        let reader = YAMLReader(file: portalPath)
        let mapping = reader.root(source.string)
        guard var mapping else {
            diagnostics.add(reader.diagnostics)
            return nil
        }
        var portal = Portal(reading: &mapping, root: root, tree: tree, reporting: &diagnostics)
        mapping.finish()
        diagnostics.add(reader.diagnostics)
        portal.pictures = Picture.loadAll(from: root, tree, in: files, reporting: &diagnostics)
        portal.loadCouncils(wanted, in: files, reporting: &diagnostics)
        portal.loadSharedPages(in: files, reporting: &diagnostics)
        portal.checkNames(reporting: &diagnostics)
        let ids = Set(portal.councils.map(\.id))
        let pictures = tree.files.filter { path in
            let parts = path.split(separator: "/", maxSplits: 2)
            return parts.first == "guidance" || parts.first == "pictures"
                || parts.first == "councils" && parts.count > 2 && ids.contains(String(parts[1]))
        }
        diagnostics.add(PictureFile.problems(in: pictures, root: root, files))
        portal.published = PublishedPages.load(from: root, in: files, reporting: &diagnostics)
        portal.waiting = WaitingMessages.load(from: root, in: files, reporting: &diagnostics)
        portal.checkNeverHeld(&diagnostics)
        portal.recorded = PublishedAddresses.load(from: root, in: files, reporting: &diagnostics)
        return portal
    }

    private init(
        reading mapping: inout YAMLMapping, root: String, tree: ContentTree,
        reporting diagnostics: inout Diagnostics
    ) {
        let reader = mapping.reader
        self.root = root
        self.tree = tree
        name = mapping.required("name")?.passage() ?? Passage("")
        description = mapping.value("description")?.passage()
        baseURL = mapping.required("base-url").flatMap(Self.readBaseURL) ?? ""
        languages = mapping.required("languages").map(Self.readLanguages) ?? []
        let defaultValue = mapping.value("default-language")
        sourceLanguage = defaultValue.flatMap(Self.readLanguage) ?? languages.first ?? .english
        if !languages.contains(sourceLanguage) {
            if !languages.isEmpty, let defaultValue {
                reader.add(
                    .error(
                        "UnknownLanguage", "the default language is not one of the portal's languages",
                        at: defaultValue.location, help: "Add \(sourceLanguage.tag) to 'languages'."))
            }
            languages.insert(sourceLanguage, at: 0)
        }
        notice = []
        if let value = mapping.value("notice"), let text = value.string() {
            var problems = Diagnostics()
            let document = MarkdownDocument.parse(
                SourceText(path: value.location.file, text: text), reporting: &problems)
            // The text's own lines mean nothing to a reader of the YAML file: the place is the value.
            for var problem in problems.sorted {
                problem.location = value.location
                reader.add(problem)
            }
            notice = document.blocks.mapPassages {
                Passage($0.inlines, translation: $0.translation, range: value.location.range)
            }
        }
        allowsSearchEngines = mapping.value("search-engines")?.bool() ?? true
        exit = Self.readExit(mapping.value("exit"))
        translations = Self.readTranslationPolicy(mapping.value("translations"))
        parity = ParitySettings.read(mapping.value("parity"))
        if let value = mapping.value("side-by-side") {
            sideBySide = Self.readSideBySide(value, among: languages, of: "portal")
        }
        contactsValidForMonths = mapping.value("contacts-valid-for")?.months() ?? 12
        sources = mapping.value("sources").map(Self.readSources) ?? [:]
        contactGroups = []
        if let groups = mapping.value("contact-groups")?.mapping() {
            contactGroups = groups.entries.compactMap { entry in
                entry.value.passage().map { (entry.key, $0) }
            }
        }
        footerContacts = mapping.value("footer-contacts").map { value in
            value.list().compactMap { item in item.string().map { ($0, item.location) } }
        }
        homeQuestions = mapping.value("home-questions")?.addresses() ?? []
        homeContacts = mapping.value("home-contacts")?.addresses() ?? []
        firstContact = FirstContact.read(mapping.value("first-contact"))
        facts = Self.readFacts(mapping.value("facts"), sources: sources)
        contacts = Self.readContacts(
            mapping.value("contacts"), sources: sources, isNational: true, audience: .families)
        accessibility = mapping.value("accessibility").flatMap(AccessibilitySettings.read)
        checks = mapping.value("checks").map(CheckSettings.read) ?? CheckSettings()
        let factsValidFor = mapping.value("facts-valid-for")
        factsValidForMonths = factsValidFor?.months() ?? 24
        wantsFactDates = factsValidFor != nil
        baseURLLocation = mapping.entries.first { $0.key == "base-url" }?.value.location
        knownFacts = Set(facts.keys)
        for entry in mapping.value("council-contacts")?.mapping()?.entries ?? [] {
            guard Identifier.isValid(entry.key) else {
                reader.add(
                    .error(
                        "InvalidIdentifier", "'\(entry.key)' cannot be the id of a contact",
                        at: entry.keyLocation, help: "Use letters, digits and hyphens."))
                continue
            }
            if let label = entry.value.line() { councilContacts.append((entry.key, label)) }
        }
        knownContacts = Set(contacts.map(\.contact.id) + councilContacts.map(\.id))
        councils = []
        sharedPages = []
    }

    // MARK: Councils

    private mutating func loadCouncils(
        _ wanted: [String], in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) {
        let ids = tree.folders(in: "councils")
        for id in wanted where !ids.contains(id) {
            diagnostics.add(
                .error(
                    "UnknownCouncil", "there is no council '\(id)'",
                    at: SourceLocation(file: joinPath(root, "councils")),
                    help: didYouMean(id, oneOf: ids))
            )
        }
        // Every council is read, the unwanted ones too: what they name decides what is known.
        for id in ids {
            guard let council = loadCouncil(id, in: files, reporting: &diagnostics) else { continue }
            knownFacts.formUnion(council.facts.keys)
            knownContacts.formUnion(council.contacts.map(\.contact.id))
            allCouncils.append(council)
            if wanted.contains(id) || wanted.isEmpty && !council.isDraft { councils.append(council) }
        }
        // One that cannot be read may be out.
        if wanted.isEmpty, councils.isEmpty, !allCouncils.isEmpty, allCouncils.count == ids.count {
            diagnostics.add(
                .error(
                    "NoCouncils", "every council of the portal is a draft", at: allCouncils.first?.location,
                    help: "Build one with '--council \(allCouncils[0].id)', or delete its line 'draft: yes'.")
            )
        }
        if ids.isEmpty {
            diagnostics.add(
                .error(
                    "NoCouncils", "the portal has no council",
                    at: SourceLocation(file: joinPath(root, "councils")),
                    help: "Add one with 'signpost new council <id>'."))
        }
    }

    private func loadCouncil(
        _ id: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> Council? {
        let folder = joinPath(joinPath(root, "councils"), id)
        let path = joinPath(folder, "council.yml")
        guard Identifier.isValid(id), Identifier.slug(id) == id else {
            diagnostics.add(
                .error(
                    "InvalidIdentifier", "'\(id)' cannot be a council's id, which is part of its address",
                    at: SourceLocation(file: folder),
                    help: "Rename the folder with small letters, digits and hyphens."))
            return nil
        }
        guard tree.contains("councils/\(id)/council.yml") else {
            diagnostics.add(
                .error(
                    "MissingCouncilFile", "this council has no council.yml", at: SourceLocation(file: path),
                    help: "Add one with name, nation and languages."))
            return nil
        }
        guard let source = SourceText.read(path, in: files, reporting: &diagnostics) else { return nil }
        let reader = YAMLReader(file: path)
        defer { diagnostics.add(reader.diagnostics) }
        guard var mapping = reader.root(source.string) else { return nil }
        let council = readCouncil(id, &mapping, folder: "councils/\(id)")
        mapping.finish()
        guard var council else { return nil }
        council.recordedOverrides = readRecord(id, in: files, reporting: &diagnostics)
        return council
    }

    private func readCouncil(_ id: String, _ mapping: inout YAMLMapping, folder: String) -> Council? {
        let reader = mapping.reader
        let name = mapping.required("name")?.line()
        let nation = mapping.required("nation")?.choice(Nation.self)
        let languagesValue = mapping.required("languages")
        var languages = languagesValue.map(Self.readLanguages) ?? []
        for language in languages where !self.languages.contains(language) {
            reader.add(
                .error(
                    "UnknownLanguage",
                    "the portal does not publish \(language.englishName) (\(language.tag))",
                    at: languagesValue?.location, help: "Add \(language.tag) to 'languages' in portal.yml."))
        }
        if !languages.contains(sourceLanguage) { languages.insert(sourceLanguage, at: 0) }
        let own = mapping.value("sources").map(Self.readSources) ?? [:]
        let sources = self.sources.merging(own) { $1 }
        let audience = mapping.value("audience")?.choice(Audience.self) ?? .families
        var guidance = Council.SharedGuidance.all
        if let value = mapping.value("guidance") {
            if value.isSequence {
                guidance = .only(Set(value.strings()))
            } else {
                switch value.string() {
                case "all"?: break
                case "none"?: guidance = .only([])
                default:
                    reader.add(
                        .error(
                            "UnknownValue", "'guidance' is all, none or a list of page names",
                            at: value.location))
                }
            }
        }
        var identity = CouncilIdentity(
            id: id, name: name ?? id, shortName: mapping.value("short-name")?.line() ?? name ?? id,
            nation: nation ?? .england, website: mapping.value("website").flatMap(Self.readWebAddress),
            validFrom: mapping.value("valid-from")?.date(), validTo: mapping.value("valid-to")?.date(),
            successors: [], informationFrom: mapping.value("information-from")?.date(), brand: .init())
        for successor in mapping.value("successors")?.list() ?? [] {
            guard var fields = successor.mapping() else { continue }
            if let name = fields.required("name")?.line() {
                identity.successors.append(
                    .init(
                        name: name, url: fields.value("url").flatMap(Self.readWebAddress),
                        area: fields.value("area")?.string()))
            }
            fields.finish()
        }
        if let from = identity.validFrom, let to = identity.validTo, to < from {
            reader.add(
                .error(
                    "InvalidDates", "valid-to is before valid-from",
                    at: mapping.entries.first { $0.key == "valid-to" }?.value.location))
        }
        if let brand = mapping.value("brand") { identity.brand = readBrand(brand, folder: folder) }
        var council = Council(
            identity: identity, languages: languages, sharedGuidance: guidance, audience: audience,
            facts: Self.readFacts(mapping.value("facts"), sources: sources, declared: facts),
            accessibility: mapping.value("accessibility").flatMap(AccessibilitySettings.read),
            recordedOverrides: [:], location: mapping.location,
            contacts: Self.readContacts(
                mapping.value("contacts"), sources: sources, isNational: false, audience: audience))
        if let value = mapping.value("parity") { council.parity = readParity(value, of: council) }
        if let value = mapping.value("side-by-side") {
            council.sideBySide = Self.readSideBySide(value, among: languages, of: "council")
        }
        council.isDraft = mapping.value("draft")?.bool() ?? false
        council.homeQuestions = mapping.value("home-questions")?.addresses()
        return name == nil || nation == nil || languagesValue == nil ? nil : council
    }

    private func readParity(_ value: YAMLValue, of council: Council) -> [Language] {
        var parity: [Language] = []
        for item in value.list() {
            guard let tag = item.string() else { continue }
            if let language = council.languages.first(where: { $0.tag == tag }) {
                if !parity.contains(language) { parity.append(language) }
            } else {
                value.reader.add(
                    .error(
                        "UnknownLanguage", "the council does not publish '\(tag)'", at: item.location,
                        help: didYouMean(tag, among: council.languages.map(\.tag))))
            }
        }
        guard parity.contains(sourceLanguage), parity.count > 1 else {
            value.reader.add(
                .error(
                    "InvalidParity",
                    "'parity' names the language that guidance is written in (\(sourceLanguage.tag)) and at least one other",
                    at: value.location, help: "Write parity: [\(sourceLanguage.tag), cy]."))
            return []
        }
        return parity
    }

    private static func readSideBySide(
        _ value: YAMLValue, among languages: [Language], of owner: String
    ) -> [Language] {
        var chosen: [Language] = []
        for item in value.list() {
            guard let tag = item.string() else { continue }
            if let language = languages.first(where: { $0.tag == tag }) {
                if !chosen.contains(language) { chosen.append(language) }
            } else {
                value.reader.add(
                    .error(
                        "UnknownLanguage", "the \(owner) does not publish '\(tag)'", at: item.location,
                        help: didYouMean(tag, among: languages.map(\.tag))))
            }
        }
        return chosen
    }

    private func readBrand(_ value: YAMLValue, folder: String) -> CouncilIdentity.Brand {
        var brand = CouncilIdentity.Brand()
        brand.location = value.location
        guard var fields = value.mapping() else { return brand }
        func colour(_ key: String, _ fields: inout YAMLMapping) -> String? {
            guard let value = fields.value(key), let text = value.string() else { return nil }
            guard text.utf8.count == 7, text.hasPrefix("#"), text.dropFirst().allSatisfy(\.isHexDigit) else {
                value.reader.add(
                    .error(
                        "WrongType", "expected a colour such as \"#003a5d\", found '\(text)'",
                        at: value.location,
                        help: "Write # and six hexadecimal digits, in quotes."))
                return nil
            }
            return text.lowercased()
        }
        brand.colour = colour("colour", &fields)
        brand.darkColour = colour("colour-dark", &fields)
        if let value = fields.value("logo"), let name = value.string() {
            let path = joinPath(folder, name)
            if !tree.contains(path) {
                value.reader.add(.error("MissingFile", "there is no file '\(path)'", at: value.location))
            } else if let fault = AttachedFile(path).faultAsPicture(name, in: tree) {
                value.reader.add(.error(fault.rule, fault.what, at: value.location, help: fault.help))
            } else {
                brand.logo = path
            }
        }
        fields.finish()
        return brand
    }

    private func readRecord(
        _ id: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> [String: String] {
        guard tree.contains(OverrideRecord.path(of: id)),
            let source = SourceText.read(
                joinPath(root, OverrideRecord.path(of: id)), in: files, reporting: &diagnostics)
        else { return [:] }
        let reader = YAMLReader(file: source.path)
        defer { diagnostics.add(reader.diagnostics) }
        var record: [String: String] = [:]
        for entry in reader.root(source.string)?.entries ?? [] { record[entry.key] = entry.value.string() }
        return record
    }

    // MARK: Shared guidance

    private mutating func loadSharedPages(
        in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) {
        sharedPages = loadPages(in: "guidance", files, reporting: &diagnostics)
        let paths = Set(sharedPages.map(\.path))
        for council in councils {
            guard case .only(let names) = council.sharedGuidance else { continue }
            for name in names.sorted() where !paths.contains(name == "index" ? "" : name) {
                diagnostics.add(
                    .error(
                        "UnknownPage", "there is no shared page '\(name)'", at: council.location,
                        help: didYouMean(name, among: paths)))
            }
        }
    }

    /// Reads every page below a folder; two files with one address are an error.
    package func loadPages(
        in folder: String, _ files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> [SourcePage] {
        var pages: [SourcePage] = []
        var owners: [String: String] = [:]
        for path in tree.markdown(in: folder) {
            guard
                let source = SourceText.read(joinPath(root, path), in: files, reporting: &diagnostics),
                let page = SourcePage.read(
                    source, relativePath: String(path.dropFirst(folder.count + 1)), reporting: &diagnostics)
            else { continue }
            if let owner = owners[page.path] {
                diagnostics.add(
                    .error(
                        "DuplicatePage", "two files make the page '\(page.path)'",
                        at: SourceLocation(file: page.file), help: "Rename or remove one of them.",
                        related: [.init("the other file", at: SourceLocation(file: owner))]))
                continue
            }
            owners[page.path] = page.file
            pages.append(page)
        }
        ForeignKeys.report(pages, to: &diagnostics)
        return pages.sorted { $0.path < $1.path }
    }

    // MARK: Names

    private func checkNames(reporting diagnostics: inout Diagnostics) {
        let groups = contactGroups.map(\.id)
        for entry in contacts + councils.flatMap(\.contacts) {
            if let group = entry.group, !groups.contains(group) {
                diagnostics.add(
                    .error(
                        "UnknownContactGroup", "'\(group)' is not one of the portal's contact groups",
                        at: entry.groupLocation,
                        help: didYouMean(group, oneOf: groups)))
            }
        }
        checkDeadlines(reporting: &diagnostics)
        checkCopies(reporting: &diagnostics)
        for (id, location) in footerContacts ?? [] where !knownContacts.contains(id) {
            diagnostics.add(
                .error(
                    "UnknownContact", "there is no contact '\(id)'", at: location,
                    help: didYouMean(id, among: knownContacts)))
        }
        for (id, location) in homeContacts where !groups.contains(id) {
            diagnostics.add(
                .error(
                    "UnknownContactGroup", "'\(id)' is not one of the portal's contact groups", at: location,
                    help: didYouMean(id, oneOf: groups)))
        }
        // A council may leave a shared page out; that is no mistake of the portal.
        for (address, location) in homeQuestions + sharedPages.flatMap(\.frontMatter.steps) {
            SectionAddress(address).problem(
                at: location, among: sharedPages.map { ($0.path, $0.sections.map(\.id)) }
            ).map { diagnostics.add($0) }
        }
        let places = sharedPages.map { ($0.path, $0.sectionIDs) }
        for (former, location) in sharedPages.flatMap(\.frontMatter.formerIDs) {
            former.address.problem(at: location, among: places).map { diagnostics.add($0) }
        }
        if let accessibility { check(accessibility, among: contacts, reporting: &diagnostics) }
        for council in councils {
            guard let own = council.accessibility else { continue }
            check(own, among: contacts + council.contacts, reporting: &diagnostics)
            for (key, isThere) in [
                ("status", (own.status ?? accessibility?.status) != nil),
                ("prepared", (own.prepared ?? accessibility?.prepared) != nil),
            ] where !isThere {
                diagnostics.add(
                    .error(
                        "MissingField", "the accessibility details have no '\(key)'", at: own.location,
                        help: "Add '\(key)' here, or for all councils in portal.yml."))
            }
        }
    }

    /// A council's folder that was copied, and still says what the first one says.
    private func checkCopies(reporting diagnostics: inout Diagnostics) {
        func plain(_ text: String) -> String {
            text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        // Each is compared with all before it: what is compared is made once.
        var seen: [(council: Council, name: String, shortName: String, contacts: [Contact])] = []
        for council in allCouncils where !council.isDraft {
            let own = council.identity
            let name = plain(own.name)
            let shortName = plain(own.shortName)
            let contacts = council.contacts.map(\.contact)
            // One council may have guidance for families and guidance for professionals, or follow itself.
            let others = seen.filter { other in
                let dates = other.council.identity
                let isBefore = dates.validTo.map { end in own.validFrom.map { end < $0 } ?? false } ?? false
                let isAfter = own.validTo.map { end in dates.validFrom.map { end < $0 } ?? false } ?? false
                return other.council.audience == council.audience && !isBefore && !isAfter
            }
            seen.append((council, name, shortName, contacts))
            if let other = others.first(where: { $0.name == name }) {
                diagnostics.add(copy("name", own.name, council, other.council))
            } else if let other = others.first(where: { $0.shortName == shortName }) {
                diagnostics.add(copy("short name", own.shortName, council, other.council))
            }
            if contacts.count > 1,
                let other = others.first(where: { other in
                    other.contacts.count == contacts.count
                        && zip(other.contacts, contacts).allSatisfy {
                            $0.id == $1.id && $0.name.plainText == $1.name.plainText && $0.ways == $1.ways
                        }
                })?.council
            {
                diagnostics.add(
                    .warning(
                        "CopiedContacts",
                        "every contact of \(own.name) is the same as that of \(other.identity.name)",
                        at: council.location,
                        help: "Write this council's own, or move what councils share to portal.yml.",
                        related: [.init("the other council", at: other.location)]))
            }
        }
    }

    private func copy(_ what: String, _ value: String, _ council: Council, _ other: Council) -> Diagnostic {
        .error(
            "DuplicateCouncilName", "two councils have the \(what) '\(value)'", at: council.location,
            help:
                "Write the \(what) of the council '\(council.id)' in its council.yml, or delete the copied folder.",
            related: [.init("the other council", at: other.location)])
    }

    private func check(
        _ settings: AccessibilitySettings, among contacts: [ContactEntry],
        reporting diagnostics: inout Diagnostics
    ) {
        guard let id = settings.contactID, !contacts.contains(where: { $0.contact.id == id }) else { return }
        diagnostics.add(
            .error(
                "UnknownContact", "there is no contact '\(id)'", at: settings.location,
                help: didYouMean(id, among: knownContacts)))
    }

    // MARK: Values

    private static func readBaseURL(_ value: YAMLValue) -> String? {
        guard var text = value.string() else { return nil }
        while text.hasSuffix("/") { text.removeLast() }
        guard WebAddress.isValid(text), !text.contains("#"), !text.contains("?")
        else {
            value.reader.add(
                .error(
                    "WrongType",
                    "expected a web address such as https://guidance.example.org, found '\(text)'",
                    at: value.location))
            return nil
        }
        return text
    }

    private static func readWebAddress(_ value: YAMLValue) -> String? {
        guard let text = value.string() else { return nil }
        guard WebAddress.isValid(text) else {
            value.reader.add(
                .error(
                    "WrongType", "expected a web address that starts with https://, found '\(text)'",
                    at: value.location))
            return nil
        }
        if let warning = Link.warning(of: text, at: value.location) { value.reader.add(warning) }
        return text
    }

    private static func readLanguages(_ value: YAMLValue) -> [Language] {
        var languages: [Language] = []
        for language in value.list().compactMap(readLanguage) where !languages.contains(language) {
            languages.append(language)
        }
        return languages
    }

    private static func readLanguage(_ value: YAMLValue) -> Language? {
        guard let tag = value.string() else { return nil }
        if let language = Language(tag: tag) { return language }
        value.reader.add(
            .error(
                "UnknownLanguage", "'\(tag)' is not a language that Signpost knows", at: value.location,
                help: Language.advice(on: tag)))
        return nil
    }

    private static func readExit(_ value: YAMLValue?) -> PortalIdentity.ExitSettings {
        // BBC Weather is neutral, quick to load and always there: the default of GOV.UK's component.
        var exit = PortalIdentity.ExitSettings(
            url: "https://www.bbc.co.uk/weather", audiences: [.families, .youngPeople])
        guard var fields = value?.mapping() else { return exit }
        if let url = fields.value("url").flatMap(readWebAddress) { exit.url = url }
        if let audiences = fields.value("audiences") {
            exit.audiences = Set(audiences.list().compactMap { $0.choice(Audience.self) })
        }
        fields.finish()
        return exit
    }

    private static func readTranslationPolicy(_ value: YAMLValue?) -> TranslationPolicy {
        var policy = TranslationPolicy(threshold: 80, publishesDrafts: false)
        guard var fields = value?.mapping() else { return policy }
        if let threshold = fields.value("threshold")?.int(in: 0...100) { policy.threshold = threshold }
        if let drafts = fields.value("publish-drafts")?.bool() { policy.publishesDrafts = drafts }
        fields.finish()
        return policy
    }

    private static func readSources(_ value: YAMLValue) -> [String: String] {
        var sources: [String: String] = [:]
        for entry in value.mapping()?.entries ?? [] { sources[entry.key] = entry.value.string() }
        return sources
    }

    private static func readFacts(
        _ value: YAMLValue?, sources: [String: String], declared: [String: Fact] = [:]
    ) -> [String: Fact] {
        var facts: [String: Fact] = [:]
        for entry in value?.mapping()?.entries ?? [] {
            guard Identifier.isValid(entry.key), entry.key != "contact" else {
                entry.value.reader.add(
                    .error(
                        "InvalidIdentifier", "'\(entry.key)' cannot be the name of a fact",
                        at: entry.keyLocation,
                        help: "Use letters, digits and hyphens."))
                continue
            }
            var fact = Fact.read(entry.key, entry.value, at: entry.keyLocation, sources: sources)
            if let declaration = declared[entry.key] {
                fact.label = fact.label ?? declaration.label
                if let kind = declaration.kind, let own = fact.kind, kind != own, !fact.isGap {
                    // A bare value is read as what the portal says it is: `11` may be a text.
                    if kind == .text, let value = fact.value {
                        fact.value = .text(Passage(value.written, range: entry.value.location.range))
                    } else {
                        entry.value.reader.add(
                            .error(
                                "WrongFactType",
                                "the portal says that '\(entry.key)' is \(kind.words), and this is \(own.words)",
                                at: entry.value.location,
                                help:
                                    "Write \(kind.words) here, such as \(kind.example), or 'type: \(own.rawValue)' in portal.yml.",
                                related: [.init("declared here", at: declaration.location)]))
                    }
                }
                fact.kind = declaration.kind ?? fact.kind
            }
            facts[entry.key] = fact
        }
        return facts
    }

    private static func readContacts(
        _ value: YAMLValue?, sources: [String: String], isNational: Bool, audience: Audience
    ) -> [ContactEntry] {
        (value?.mapping()?.entries ?? []).compactMap { entry in
            guard Identifier.isValid(entry.key) else {
                entry.value.reader.add(
                    .error(
                        "InvalidIdentifier", "'\(entry.key)' cannot be the name of a contact",
                        at: entry.keyLocation, help: "Use letters, digits and hyphens."))
                return nil
            }
            return ContactEntry.read(
                entry.key, entry.value, at: entry.keyLocation, isNational: isNational, sources: sources,
                audience: audience)
        }
    }
}
