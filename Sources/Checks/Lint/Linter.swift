import Guidance
import Markdown
import Workspace

/// Reads guidance with every rule.
package struct Linter: Sendable {
    package var context: LintContext
    private var files: any FileSystem

    package init(
        phrases: PhraseIndex, today: CalendarDate, settings: CheckSettings = CheckSettings(),
        clock: RuleClock? = nil, in files: any FileSystem
    ) {
        context = LintContext(phrases: phrases, today: today)
        context.clock = clock
        for entry in settings.entries.values { context.limits[entry.rule] = entry.limit }
        self.files = files
    }

    /// The same, looking at other files: what they would be after a change.
    package func looking(at files: any FileSystem) -> Linter {
        var copy = self
        copy.files = files
        return copy
    }

    /// The same, with what a portal explains and whom it names.
    package func reading(_ portal: Portal) -> Linter {
        var copy = self
        copy.context.isEnglish = portal.sourceLanguage == .english
        copy.context.contacts = KnownContacts(
            portal.nationalContacts + portal.councils.flatMap(\.ownContacts))
        for council in portal.councils {
            copy.context.facts[council.id] = KnownFacts(council, in: portal)
        }
        for page in portal.sharedPages where page.kind == .glossary { copy.explain(page.sections) }
        // A contact's name says what its short form means: NYAS, the National Youth Advocacy Service.
        for contact in portal.nationalContacts + portal.councils.flatMap(\.ownContacts) {
            copy.explain(contact.name)
        }
        return copy
    }

    private mutating func explain(_ sections: [SourceSection]) {
        for section in sections {
            explain(section.heading)
            context.terms.append(
                Prose(PlacedPassage(passage: section.heading, role: .paragraph)).words.map(\.text))
            // A term may be explained under another: "… (CIN)".
            for placed in PlacedPassage.all(in: section.blocks) { explain(placed.passage) }
            explain(section.children)
        }
    }

    private mutating func explain(_ passage: Passage) {
        for word in Prose(PlacedPassage(passage: passage, role: .paragraph)).words {
            context.explained.insert(word.text)
        }
    }

    /// The problems of one file as it is written, and what it asks to be left alone.
    package func problems(in source: SourceText) -> (problems: [Diagnostic], silences: [Silence]) {
        let text = GuidanceText(source)
        var linter = self
        if let audience = text.audience { linter.context.audience = audience }
        return linter.problems(in: text)
    }

    private func problems(in text: GuidanceText) -> (problems: [Diagnostic], silences: [Silence]) {
        let source = text.source
        var problems: [Diagnostic] = []
        for rule in CheckRules.textRules + CheckRules.pageRules where context.reads(rule.rule) {
            problems += context.timed(rule.rule) { rule.problems(in: text, context) }
        }
        for prose in text.proses {
            problems += self.problems(of: prose) { range, prose in
                LintPlace.location(range, of: prose, in: source.path) { _ in text }
            }
        }
        if let settings = text.settings {
            for rule in CheckRules.settingsRules {
                problems += context.timed(rule.rule) { rule.problems(in: settings, context) }
            }
            problems += self.problems(of: settings, ["title", "summary"])
        }
        return (Self.withoutEchoes(problems), text.blocks.silences(in: source.path))
    }

    /// What says most about a stretch of text, first. What else a stretch looks like is then of no interest: a tag of
    /// another generator is no gap that an editor left, and a body that is no more needs no explanation.
    private static let mostSaying = [
        WordResidue.rule, EscapedMarkup.rule, ForeignSyntax.rule, FrontMatterNotFirst.rule, TableAsText.rule,
        StrayMarks.rule, UndefinedReference.rule, EditorsNote.rule, RepealedLaw.rule, ReplacedGuidance.rule,
        AbolishedBody.rule, CovidArrangement.rule, AllCapitals.rule,
    ].map(\.name)

    /// Rules that take what others have said already for something else.
    private static let echoes: Set<String> = Set(
        mostSaying
            + [
                BareAddress.rule, DoubledWord.rule, LongSentence.rule, OddSpace.rule, UnbalancedSigns.rule,
                UnexplainedAbbreviation.rule,
            ].map(\.name))

    private static func withoutEchoes(_ problems: [Diagnostic]) -> [Diagnostic] {
        func rank(_ problem: Diagnostic) -> Int? { mostSaying.firstIndex(of: problem.rule) }
        let saying = problems.compactMap { problem in
            rank(problem).flatMap { rank in problem.location?.range.map { (rank: rank, range: $0) } }
        }
        guard !saying.isEmpty else { return problems }
        return problems.filter { problem in
            guard echoes.contains(problem.rule), let range = problem.location?.range else { return true }
            let own = rank(problem) ?? mostSaying.count
            let isSentence = problem.rule == LongSentence.rule.name
            return !saying.contains { other in
                guard other.rank < own else { return false }
                let larger = other.range
                return larger.start <= range.start && range.start < larger.end
                    || range.start <= larger.start && larger.start < range.end && !isSentence
            }
        }
    }

    /// - Parameter place: Where a stretch of the text stands; all of it where the stretch is nil.
    private func problems(of prose: Prose, at place: (Range<Int>?, Prose) -> SourceLocation) -> [Diagnostic] {
        CheckRules.proseRules.filter { context.reads($0.rule) }.flatMap { rule in
            context.timed(rule.rule) { rule.findings(in: prose, context) }
        }.filter { finding in
            // What is wrong with a fact alone is said once, where the fact is written.
            guard prose.hasValues, CheckRules.valueRuleNames.contains(finding.rule.name),
                let range = finding.range
            else { return true }
            return !prose.pieces.contains {
                $0.kind == .reference && $0.range.lowerBound <= range.lowerBound
                    && range.upperBound <= $0.range.upperBound
            }
        }.map { finding in
            Diagnostic(
                finding.severity ?? finding.rule.severity, finding.rule.name, finding.message,
                at: place(finding.range, prose), help: finding.help)
        }
    }

    /// The problems of settings that readers see as text.
    private func problems(of file: SettingsText, _ keys: Set<String>) -> [Diagnostic] {
        file.settings.filter { $0.indent == 0 && keys.contains($0.key) }.flatMap {
            problems(of: $0, in: file)
        }
    }

    private func problems(of setting: SettingsText.Setting, in file: SettingsText) -> [Diagnostic] {
        // A list in brackets is read as the words in it.
        let isList = setting.value.first == "[" && setting.value.last == "]"
        let (text, offset) = isList ? (setting.value.dropFirst().dropLast(), 1) : setting.words
        let prose = Prose(PlacedPassage(passage: Passage(String(text)), role: .cell))
        return problems(of: prose) { range, prose in
            let range = range ?? 0..<prose.scalars.count
            return file.location(setting, from: offset + range.lowerBound, length: range.count)
        }
    }

    /// The problems of the values of facts that are text.
    private func problems(ofFacts file: SettingsText) -> [Diagnostic] {
        file.factSettings.filter { $0.words.text.utf8.contains { $0 &- 0x30 < 10 } && $0.value.first != "{" }
            .flatMap { setting in
                let (text, offset) = setting.words
                let prose = Prose(PlacedPassage(passage: Passage(String(text)), role: .cell))
                return CheckRules.valueRules.flatMap { rule in
                    context.timed(rule.rule) { rule.findings(in: prose, context) }
                }.map { finding in
                    let range = finding.range ?? 0..<prose.scalars.count
                    return Diagnostic(
                        finding.severity ?? finding.rule.severity, finding.rule.name, finding.message,
                        at: file.location(setting, from: offset + range.lowerBound, length: range.count),
                        help: finding.help)
                }
            }
    }

    /// The problems of a leaflet's own words, which are printed as they are: no fact is filled in there.
    private func problems(ofLeaflet file: SettingsText) -> [Diagnostic] {
        file.settings.filter { Self.leafletWords.contains($0.key) }.flatMap { setting in
            let value = String(setting.value)
            return problems(of: setting, in: file)
                + value.ranges(of: /\{\{[^{}]*\}\}/).map { range in
                    let scalars = value.unicodeScalars
                    return Diagnostic(
                        BrokenPlaceholder.rule.severity, BrokenPlaceholder.rule.name,
                        "readers see '\(value[range])' as it stands here: a leaflet's own words have no facts",
                        at: file.location(
                            setting, from: scalars.distance(from: scalars.startIndex, to: range.lowerBound),
                            length: value[range].unicodeScalars.count),
                        help: "Write the sentence on a page, and name the page's section in the leaflet.")
                }
        }
    }

    private static let leafletWords: Set<String> = [
        "title", "subtitle", "about", "text", "write", "fill-in", "fields",
    ]

    /// The problems of a portal's files, settings and shared guidance; editions come one by one.
    ///
    /// - Parameter wanted: Whether a file is looked at by itself, by its path below the content folder.
    package func problems(
        in portal: Portal, where wanted: (String) -> Bool = { _ in true }
    ) -> (problems: Diagnostics, silences: [Silence]) {
        var problems = Diagnostics()
        var silences: [Silence] = []
        for path in portal.contentFiles where wanted(path) {
            let full = joinPath(portal.root, path)
            let isGuidance = path.hasPrefix("guidance/") || path.hasPrefix("councils/")
            if path.hasSuffix(".md"), isGuidance, let source = read(full) {
                var linter = self
                let council = council(of: path, portal)
                linter.context.nations = nations(of: council, portal)
                linter.context.audience = council?.audience ?? .families
                let found = linter.problems(in: source)
                problems.add(found.problems)
                silences += found.silences
            } else if path == "portal.yml" || path.hasSuffix("/council.yml"), let source = read(full) {
                let settings = SettingsText(source)
                for rule in CheckRules.settingsRules {
                    problems.add(context.timed(rule.rule) { rule.problems(in: settings, context) })
                }
                problems.add(self.problems(of: settings, ["name", "description", "notice", "first-contact"]))
                problems.add(self.problems(ofFacts: settings))
            } else if path.hasSuffix(".yml"), path.split(separator: "/").dropLast().last == "leaflets",
                let source = read(full)
            {
                problems.add(self.problems(ofLeaflet: SettingsText(source)))
            }
        }
        for rule in CheckRules.folderRules {
            problems.add(
                context.timed(rule.rule) { rule.problems(in: portal.contentFiles, root: portal.root) })
        }
        if !context.isEnglish {
            problems.add(
                Diagnostic(
                    .note, "OtherLanguage",
                    "the guidance is written in \(portal.sourceLanguage.englishName): rules about English words do not read it",
                    at: SourceLocation(file: joinPath(portal.root, "portal.yml")),
                    help: "'OtherLanguage: off' under 'checks' in portal.yml takes this note away."))
        }
        for rule in CheckRules.portalRules {
            problems.add(context.timed(rule.rule) { rule.problems(in: portal, context) })
        }
        problems.add(UnusedFact.problems(in: portal, files))
        return (problems, silences)
    }

    /// Whose file it is; nil for shared guidance.
    private func council(of path: String, _ portal: Portal) -> Council? {
        let parts = path.split(separator: "/")
        guard parts.first == "councils", parts.count > 1 else { return nil }
        return portal.allCouncils.first { $0.id == parts[1] }
    }

    /// The council's own nation, or for shared guidance every council's.
    private func nations(of council: Council?, _ portal: Portal) -> Set<Nation> {
        if let council { return [council.identity.nation] }
        let all = Set(portal.councils.map(\.identity.nation))
        return all.isEmpty ? Set(Nation.allCases) : all
    }

    /// The problems of a folder of Markdown that is no portal.
    package func problems(
        inFolder folder: String
    ) async throws(FileError) -> (problems: Diagnostics, silences: [Silence], files: Int) {
        var paths: [String] = []
        func walk(_ path: String) throws(FileError) {
            for entry in try files.list(joinPath(folder, path)) where !entry.name.hasPrefix(".") {
                let child = joinPath(path, entry.name)
                switch entry.kind {
                case .file: paths.append(child)
                case .directory: try walk(child)
                case .symbolicLink, .other: break
                }
            }
        }
        try walk("")
        paths.sort()
        var linter = self
        linter.context.isPortal = false
        var problems = Diagnostics()
        var silences: [Silence] = []
        let written = paths.filter { path in
            Self.pageEndings.contains { path.lowercased().hasSuffix($0) }
        }
        let read = await written.concurrentMap(width: 2) { [linter] path in
            linter.read(path, below: folder)
        }
        var others: [(file: String, language: String?)] = []
        for page in read {
            problems.add(page.problems)
            silences += page.silences
            if let other = page.otherLanguage { others.append(other) }
        }
        let pages = read.compactMap(\.page)
        problems.add(
            FolderLinks(root: folder, paths: paths, pages: pages, in: files).problems(linter.context))
        for rule in CheckRules.folderRules {
            problems.add(context.timed(rule.rule) { rule.problems(in: paths, root: folder) })
        }
        if let note = Self.note(on: others) { problems.add(note) }
        return (problems, silences, pages.count)
    }

    /// Endings of files that are read in a folder that is no portal.
    private static let pageEndings = [".md", ".markdown", ".mdown", ".md.erb"]

    /// One page of a folder that is no portal.
    private struct ReadPage: Sendable {
        var problems = Diagnostics()
        var silences: [Silence] = []
        /// Nil where the file cannot be read.
        var page: FolderLinks.Page?
        var otherLanguage: (file: String, language: String?)?
    }

    private func read(_ path: String, below folder: String) -> ReadPage {
        var result = ReadPage()
        guard let source = SourceText.read(joinPath(folder, path), in: files, reporting: &result.problems)
        else { return result }
        let text = GuidanceText(source, reporting: &result.problems)
        var linter = self
        linter.context.isEnglish = true
        if case .other(let language) = PageLanguage(of: text, path: path) {
            linter.context.isEnglish = false
            result.otherLanguage = (source.path, language)
        }
        if let audience = text.audience { linter.context.audience = audience }
        let found = linter.problems(in: text)
        result.problems.add(found.problems)
        result.silences = found.silences
        result.page = FolderLinks.Page(text, path: path)
        return result
    }

    /// Says once for a whole folder what was not read with every rule.
    private static func note(on others: [(file: String, language: String?)]) -> Diagnostic? {
        guard let first = others.first else { return nil }
        let names = Set(others.compactMap(\.language)).sorted()
        let what = others.count == 1 ? "this page is" : "\(others.count) pages are"
        return Diagnostic(
            .note, "OtherLanguage",
            "\(what) not in English\(names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"): rules about English words have not read \(others.count == 1 ? "it" : "them")",
            at: SourceLocation(file: first.file),
            help: "If a page is in English, write 'lang: en' between the lines --- at its top.",
            related: others.dropFirst().prefix(9).map {
                Diagnostic.Related($0.language ?? "another language", at: SourceLocation(file: $0.file))
            })
    }

    /// What only becomes wrong with a council's facts, contacts and own words.
    package func problems(in edition: Edition) -> Diagnostics {
        guard edition.language == edition.sourceLanguage else { return Diagnostics() }
        var linter = self
        linter.context.nations = [edition.council.nation]
        return linter.read(edition)
    }

    private func read(_ edition: Edition) -> Diagnostics {
        var cache: [String: GuidanceText?] = [:]
        func text(_ file: String) -> GuidanceText? {
            if let known = cache[file] { return known }
            let read = file.hasSuffix(".md") ? read(file).map { GuidanceText($0) } : nil
            cache[file] = .some(read)
            return read
        }
        return withoutActuallyEscaping(text) { text in
            var problems = Diagnostics()
            let whole = EditionText(edition, text: text)
            for piece in whole.pieces where piece.prose.hasValues {
                problems.add(
                    self.problems(of: piece.prose) { LintPlace.location($0, of: $1, in: piece.file, text) })
            }
            for contact in edition.contactGroups.flatMap(\.contacts) {
                for passage in [contact.name, contact.purpose, contact.hours, contact.area, contact.note]
                    .compactMap({ $0 })
                {
                    let prose = Prose(PlacedPassage(passage: passage, role: .cell))
                    let file = contact.location.file
                    problems.add(
                        self.problems(of: prose) { LintPlace.location($0, of: $1, in: file, text) })
                }
            }
            for rule in CheckRules.editionRules where context.reads(rule.rule) {
                problems.add(context.timed(rule.rule) { rule.problems(in: whole, context) })
            }
            return problems
        }
    }

    private func read(_ path: String) -> SourceText? {
        // Whoever loads the portal says what is wrong with a file.
        var ignored = Diagnostics()
        return SourceText.read(path, in: files, reporting: &ignored)
    }
}
