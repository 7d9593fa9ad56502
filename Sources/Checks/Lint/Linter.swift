import Guidance
import Markdown
import Workspace

/// Reads guidance with every rule.
package struct Linter: Sendable {
    package var context: LintContext
    private let files: any FileSystem

    package init(
        phrases: PhraseIndex, today: CalendarDate, settings: CheckSettings = CheckSettings(),
        in files: any FileSystem
    ) {
        context = LintContext(phrases: phrases, today: today)
        for entry in settings.entries.values { context.limits[entry.rule] = entry.limit }
        self.files = files
    }

    /// The same, with what a portal explains and whom it names.
    package func reading(_ portal: Portal) -> Linter {
        var copy = self
        copy.context.contacts = KnownContacts(
            portal.nationalContacts + portal.councils.flatMap(\.ownContacts))
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
        var problems: [Diagnostic] = []
        for rule in CheckRules.textRules { problems += rule.problems(in: text, context) }
        for placed in text.passages {
            problems += self.problems(of: Prose(placed), in: source.path) { _ in text }
        }
        if let yaml = text.frontMatter {
            let settings = SettingsText(
                file: source.path, text: yaml, firstLine: MarkdownDocument.frontMatterLineOffset + 1)
            for rule in CheckRules.settingsRules { problems += rule.problems(in: settings) }
        }
        return (problems, text.blocks.silences(in: source.path))
    }

    private func problems(of prose: Prose, in file: String, _ text: (String) -> GuidanceText?) -> [Diagnostic]
    {
        CheckRules.proseRules.flatMap { $0.findings(in: prose, context) }.map { finding in
            Diagnostic(
                finding.severity ?? finding.rule.severity, finding.rule.name, finding.message,
                at: LintPlace.location(finding.range, of: prose, in: file, text), help: finding.help)
        }
    }

    /// The problems of a portal's files, settings and shared guidance; editions come one by one.
    package func problems(in portal: Portal) -> (problems: Diagnostics, silences: [Silence]) {
        var problems = Diagnostics()
        var silences: [Silence] = []
        for path in portal.contentFiles {
            let full = joinPath(portal.root, path)
            let isGuidance = path.hasPrefix("guidance/") || path.hasPrefix("councils/")
            if path.hasSuffix(".md"), isGuidance, let source = read(full) {
                let found = self.problems(in: source)
                problems.add(found.problems)
                silences += found.silences
            } else if path == "portal.yml" || path.hasSuffix("/council.yml"), let source = read(full) {
                let settings = SettingsText(source)
                for rule in CheckRules.settingsRules { problems.add(rule.problems(in: settings)) }
            }
        }
        for rule in CheckRules.folderRules {
            problems.add(rule.problems(in: portal.contentFiles, root: portal.root))
        }
        for rule in CheckRules.portalRules { problems.add(rule.problems(in: portal, context)) }
        return (problems, silences)
    }

    /// The problems of a folder of Markdown that is no portal.
    package func problems(
        inFolder folder: String
    ) throws(FileError) -> (problems: Diagnostics, silences: [Silence], files: Int) {
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
        var count = 0
        for path in paths where [".md", ".markdown", ".mdown"].contains(where: path.lowercased().hasSuffix) {
            guard let source = SourceText.read(joinPath(folder, path), in: files, reporting: &problems) else {
                continue
            }
            count += 1
            ConflictMarker.report(in: source, to: &problems)
            _ = MarkdownDocument.parse(source, reporting: &problems)
            let found = linter.problems(in: source)
            problems.add(found.problems)
            silences += found.silences
        }
        for rule in CheckRules.folderRules { problems.add(rule.problems(in: paths, root: folder)) }
        return (problems, silences, count)
    }

    /// What only becomes wrong with a council's facts, contacts and own words.
    package func problems(in edition: Edition) -> Diagnostics {
        guard edition.language == edition.sourceLanguage else { return Diagnostics() }
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
                problems.add(self.problems(of: piece.prose, in: piece.file, text))
            }
            for contact in edition.contactGroups.flatMap(\.contacts) {
                for passage in [contact.name, contact.purpose, contact.hours, contact.area, contact.note]
                    .compactMap({ $0 })
                {
                    let prose = Prose(PlacedPassage(passage: passage, role: .cell))
                    problems.add(self.problems(of: prose, in: contact.location.file, text))
                }
            }
            for rule in CheckRules.editionRules { problems.add(rule.problems(in: whole, context)) }
            return problems
        }
    }

    private func read(_ path: String) -> SourceText? {
        // Whoever loads the portal says what is wrong with a file.
        var ignored = Diagnostics()
        return SourceText.read(path, in: files, reporting: &ignored)
    }
}
