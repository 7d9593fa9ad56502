import Translations
import Workspace

/// The words families use and what they mean, as `search/<tag>.yml` gives them for one language.
///
/// The format is described in `docs/search.md`.
public struct SearchVocabulary: Sendable {
    /// What families say, and the words of the guidance that it means.
    public struct Meaning: Sendable {
        /// Each is one way to say it.
        public var wordings: [String]
        public var says: [String]
    }

    /// One line that tells what families say and what it means, where it is written.
    package struct Line: Hashable, Sendable {
        package enum Kind: String, Sendable { case means, formal, alike }

        package var kind: Kind
        /// What the guidance says, as written: each is one way to say it. Of `alike`, all its expressions.
        package var wordings: [String]
        /// What families say; of `alike`, all its expressions.
        package var says: [String]
        package var location: SourceLocation
    }

    /// What families ask of one section in their own words: as `Also asked:` in the guidance, for its translations.
    package struct Asked: Hashable, Sendable {
        /// The page's path and the section's id: `faq/my-children#take-children`.
        package var place: String
        package var phrases: [String]
        package var location: SourceLocation
    }

    /// A kind of danger: what families say, and who helps.
    public struct Danger: Sendable {
        /// A name of its own; empty for the phrases that have no kind.
        public var name: String
        /// Ids of the contacts in its box, in order.
        public var contacts: [String] = []
        /// Patterns of words, see `DangerPattern`.
        public var phrases: [String] = []
    }

    /// A subject near the guidance that guidance like this does not answer, and who does.
    public struct Nearby: Sendable {
        /// A name of its own.
        public var name: String
        /// Who answers, for the reader: "a solicitor, or Citizens Advice".
        public var who: String
        /// Ids of the contacts that are shown, those that a council has; without one, whom it shows where nothing is found.
        public var contacts: [String] = []
        /// What is asked of it, each as an expression.
        public var phrases: [String] = []
    }

    public var language: Language
    /// Words that carry little meaning.
    public var stopWords: [String] = []
    /// What is written together with the word after it, as the Arabic "and", "with" and "the".
    public var beginnings: [String] = []
    /// Words that may stand between the words of an expression: "kick my mum out" is "kick mum out".
    public var fillers: [String] = []
    /// Real words that are never taken for a slip of the finger.
    public var neverCorrect: [String] = []
    /// Forms of one word that no rule sees, such as `child` and `children`.
    public var forms: [[String]] = []
    /// Expressions that mean much the same.
    public var alike: [[String]] = []
    public var means: [Meaning] = []
    /// The lines of `means`, `formal` and `alike` in the order in which they were read.
    package private(set) var lines: [Line] = []
    /// What else is asked, by section.
    package private(set) var alsoAsked: [Asked] = []
    /// What people ask a council that is not in this guidance.
    public var elsewhere: [String] = []
    /// What they ask that is near it, by subject.
    public var nearby: [Nearby] = []
    /// What is said by people who may be in danger, by kind; the order is that of the contacts in the box where a
    /// question is of several kinds.
    public var dangers: [Danger] = []
    /// Lists of words that patterns name as `<name>`.
    public var dangerWords: [String: [String]] = [:]
    /// Patterns of harmless sayings that hold words of danger.
    public var harmlessPhrases: [String] = []
    /// Words of danger that a word one slip away may stand for, if nobody knows that word.
    public var guessedWords: [String] = []
    /// Real words of the language that are one slip away from those.
    public var knownWords: [String] = []
    /// What is asked of each topic, and how guidance answers it.
    var topics = TopicExamples()

    public init(language: Language) {
        self.language = language
    }

    /// A language's vocabulary: the theme's, with what the portal adds to it and takes away.
    ///
    /// - Parameters:
    ///   - themes: The folders of the themes that lie over one another, the topmost first; the first that has
    ///     `search/<tag>.yml` gives the vocabulary.
    ///   - content: The portal's folder, which may have a `search/<tag>.yml` of its own.
    public static func load(
        _ language: Language, themes: [String], content: String, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) -> SearchVocabulary {
        var vocabulary = SearchVocabulary(language: language)
        for source in sources(
            "\(language.tag).yml", themes: themes, content: content, in: files, reporting: &diagnostics)
        {
            vocabulary.add(source, reporting: &diagnostics)
        }
        vocabulary.topics = .load(
            language, themes: themes, content: content, in: files, reporting: &diagnostics)
        return vocabulary
    }

    /// The files of a name in the folders of the search: that of the topmost theme which has one, then the portal's.
    static func sources(
        _ name: String, themes: [String], content: String, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) -> [SourceText] {
        func path(_ folder: String) -> String { joinPath(folder, "search/" + name) }
        var sources: [SourceText] = []
        for file in [themes.map(path).first { files.exists($0) }, path(content)] {
            guard let file, files.exists(file),
                let source = SourceText.read(file, in: files, reporting: &diagnostics)
            else { continue }
            sources.append(source)
        }
        return sources
    }

    /// Reads a vocabulary; what is wrong is reported and left out.
    public static func parse(
        _ source: SourceText, language: Language, reporting diagnostics: inout Diagnostics
    ) -> SearchVocabulary {
        var vocabulary = SearchVocabulary(language: language)
        vocabulary.add(source, reporting: &diagnostics)
        return vocabulary
    }

    /// Adds a file to what is there: first what it takes away, then what it says itself, which comes before
    /// what was there.
    public mutating func add(_ source: SourceText, reporting diagnostics: inout Diagnostics) {
        let reader = YAMLReader(file: source.path)
        if var root = reader.root(source.string) {
            if var removed = root.value("remove")?.mapping() {
                remove(&removed, reader)
                removed.finish()
            }
            stopWords += Self.words(root.value("stop-words"))
            fillers += Self.words(root.value("fillers"))
            beginnings += Self.words(root.value("beginnings"))
            neverCorrect += Self.words(root.value("never-correct"))
            forms += root.value("forms").map { $0.list().map { Self.words($0) } } ?? []
            for item in root.value("alike")?.list() ?? [] {
                let expressions = Self.phrases(item, reader)
                alike.append(expressions)
                lines.append(
                    Line(kind: .alike, wordings: expressions, says: expressions, location: item.location))
            }
            for entry in root.value("also-asked")?.mapping()?.entries ?? [] {
                alsoAsked.append(
                    Asked(
                        place: entry.key, phrases: Self.phrases(entry.value, reader),
                        location: entry.keyLocation))
            }
            if let value = root.value("elsewhere") { elsewhere += Self.phrases(value, reader) }
            for entry in root.value("nearby")?.mapping()?.entries ?? [] { addNearby(entry, reader) }
            var own: [Meaning] = []
            // "formal" is for what professionals say.
            for kind in [Line.Kind.means, .formal] {
                for entry in root.value(kind.rawValue)?.mapping()?.entries ?? [] {
                    let wordings = Self.wordings(entry.key)
                    guard wordings.allSatisfy({ !SearchTerms.terms(of: $0).isEmpty }) else {
                        reader.add(.emptySearchPhrase(entry.key, at: entry.keyLocation))
                        continue
                    }
                    let says = Self.phrases(entry.value, reader)
                    own.append(Meaning(wordings: wordings, says: says))
                    lines.append(
                        Line(kind: kind, wordings: wordings, says: says, location: entry.keyLocation))
                }
            }
            for index in own.indices {
                let key = Self.key(own[index].wordings)
                guard let known = means.firstIndex(where: { Self.key($0.wordings) == key }) else { continue }
                let said = Set(own[index].says)
                own[index].says += means.remove(at: known).says.filter { !said.contains($0) }
            }
            means = own + means
            if var danger = root.value("danger")?.mapping() {
                addDanger(&danger, reader)
                danger.finish()
            }
            root.finish()
        }
        diagnostics.add(reader.diagnostics)
    }

    private mutating func addNearby(_ entry: YAMLMapping.Entry, _ reader: YAMLReader) {
        guard var subject = entry.value.mapping() else { return }
        let who = subject.value("who")?.string().map(\.onOneLine) ?? ""
        let contacts = subject.value("contacts")?.strings() ?? []
        let phrases = subject.value("asked").map { Self.phrases($0, reader) } ?? []
        subject.finish()
        if let known = nearby.firstIndex(where: { $0.name == entry.key }) {
            if !who.isEmpty { nearby[known].who = who }
            if !contacts.isEmpty { nearby[known].contacts = contacts }
            nearby[known].phrases += phrases
        } else if who.isEmpty {
            reader.add(.nobodyToAsk(entry.key, at: entry.keyLocation))
        } else {
            nearby.append(Nearby(name: entry.key, who: who, contacts: contacts, phrases: phrases))
        }
    }

    // MARK: Taking away

    private mutating func remove(_ removed: inout YAMLMapping, _ reader: YAMLReader) {
        func report(_ text: String, _ known: [String], _ location: SourceLocation) {
            reader.add(
                .warning(
                    "NothingToRemove", "the vocabulary does not have '\(text)'", at: location,
                    help: didYouMean(
                        text, among: known,
                        otherwise: "Take the line out, or write it as the vocabulary does.")))
        }
        func take(_ words: [String], from list: inout [String], _ location: SourceLocation) {
            for word in words {
                if !list.contains(word) { report(word, list, location) }
                list.removeAll { $0 == word }
            }
        }
        /// Takes expressions out of every line; a line that says nothing any more goes too.
        func take(_ words: [String], from lines: inout [[String]], _ location: SourceLocation) {
            for word in words {
                if !lines.contains(where: { $0.contains(word) }) {
                    report(word, lines.flatMap { $0 }, location)
                }
                lines = lines.map { $0.filter { $0 != word } }.filter { $0.count > 1 }
            }
        }
        if let value = removed.value("stop-words") {
            take(Self.words(value), from: &stopWords, value.location)
        }
        if let value = removed.value("fillers") {
            take(Self.words(value), from: &fillers, value.location)
        }
        if let value = removed.value("never-correct") {
            take(Self.words(value), from: &neverCorrect, value.location)
        }
        if let value = removed.value("forms") { take(Self.words(value), from: &forms, value.location) }
        if let value = removed.value("alike") {
            let taken = Self.phrases(value, reader)
            take(taken, from: &alike, value.location)
            for index in lines.indices where lines[index].kind == .alike {
                lines[index].wordings.removeAll { taken.contains($0) }
                lines[index].says = lines[index].wordings
            }
            lines.removeAll { $0.kind == .alike && $0.wordings.count < 2 }
        }
        if let value = removed.value("elsewhere") {
            take(Self.phrases(value, reader), from: &elsewhere, value.location)
        }
        if let value = removed.value("nearby") {
            for name in value.strings() {
                if !nearby.contains(where: { $0.name == name }) {
                    report(name, nearby.map(\.name), value.location)
                }
                nearby.removeAll { $0.name == name }
            }
        }
        if let lines = removed.value("means")?.mapping() {
            for entry in lines.entries {
                for wording in Self.wordings(entry.key) {
                    let key = Self.key([wording])
                    let known = means.indices.filter { index in
                        means[index].wordings.contains { Self.key([$0]) == key }
                    }
                    if known.isEmpty { report(wording, means.flatMap(\.wordings), entry.keyLocation) }
                    if entry.value.isNull {
                        for index in known { means[index].wordings.removeAll { Self.key([$0]) == key } }
                        for index in self.lines.indices where self.lines[index].kind != .alike {
                            self.lines[index].wordings.removeAll { Self.key([$0]) == key }
                        }
                        continue
                    }
                    for word in Self.phrases(entry.value, reader) where !known.isEmpty {
                        if !known.contains(where: { means[$0].says.contains(word) }) {
                            report(word, known.flatMap { means[$0].says }, entry.value.location)
                        }
                        for index in known { means[index].says.removeAll { $0 == word } }
                    }
                }
            }
            means.removeAll { $0.wordings.isEmpty }
            self.lines.removeAll { $0.wordings.isEmpty }
        }
        if var danger = removed.value("danger")?.mapping() {
            func takePhrases(_ value: YAMLValue?, of kind: String) {
                guard let value else { return }
                let known = dangers.firstIndex { $0.name == kind }
                var phrases = known.map { dangers[$0].phrases } ?? []
                take(patterns(value, reader), from: &phrases, value.location)
                if let known { dangers[known].phrases = phrases }
            }
            takePhrases(danger.value("phrases"), of: "")
            for entry in danger.value("kinds")?.mapping()?.entries ?? [] {
                takePhrases(entry.value, of: entry.key)
            }
            if let value = danger.value("not") {
                take(patterns(value, reader), from: &harmlessPhrases, value.location)
            }
            if let value = danger.value("guess") {
                take(Self.words(value), from: &guessedWords, value.location)
            }
            danger.finish()
        }
    }

    // MARK: Reading

    private static func words(_ value: YAMLValue?) -> [String] {
        value?.string().map { SearchTerms.terms(of: $0) } ?? []
    }

    /// What the guidance says, in one or several wordings: `live elsewhere / leave home`.
    private static func wordings(_ text: String) -> [String] {
        text.split(separator: "/", omittingEmptySubsequences: false).map {
            $0.split(separator: " ").joined(separator: " ")
        }
    }

    /// Equal for wordings that differ in case, accents or apostrophes alone.
    private static func key(_ wordings: [String]) -> [[String]] { wordings.map { SearchTerms.terms(of: $0) } }

    /// Expressions separated by commas.
    private static func phrases(_ value: YAMLValue, _ reader: YAMLReader) -> [String] {
        guard let text = value.string() else { return [] }
        // Chinese, Arabic and Urdu have their own commas.
        let parts = text.unicodeScalars.split { [",", "،", "、", "，"].contains($0) }.map(Substring.init)
        return parts.compactMap { part in
            var words: [String] = []
            for piece in part.utf8.split(separator: UInt8(ascii: " ")).map(Substring.init) {
                words += piece == "*" ? ["*"] : SearchTerms.terms(of: String(piece))
            }
            if words.isEmpty || words.first == "*" || words.last == "*" {
                reader.add(.emptySearchPhrase(String(part), at: value.location))
                return nil
            }
            return words.joined(separator: " ")
        }
    }

    // MARK: Danger

    private mutating func addDanger(_ danger: inout YAMLMapping, _ reader: YAMLReader) {
        for entry in danger.value("words")?.mapping()?.entries ?? [] {
            guard let text = entry.value.string() else { continue }
            guard let list = DangerPattern(list: text) else {
                reader.add(.invalidDangerPhrase(text, at: entry.value.location))
                continue
            }
            if checkLists(list, entry.value.location, reader) {
                dangerWords[entry.key, default: []].append(list.text)
            }
        }
        add(
            Danger(
                name: "", contacts: danger.value("contacts")?.strings() ?? [],
                phrases: patterns(danger.value("phrases"), reader)))
        for entry in danger.value("kinds")?.mapping()?.entries ?? [] {
            guard var kind = entry.value.mapping() else { continue }
            add(
                Danger(
                    name: entry.key, contacts: kind.value("contacts")?.strings() ?? [],
                    phrases: patterns(kind.value("phrases"), reader)))
            kind.finish()
        }
        harmlessPhrases += patterns(danger.value("not"), reader)
        guessedWords += Self.words(danger.value("guess"))
        knownWords += Self.words(danger.value("known"))
    }

    private mutating func add(_ danger: Danger) {
        guard let known = dangers.firstIndex(where: { $0.name == danger.name }) else {
            dangers.append(danger)
            return
        }
        if !danger.contacts.isEmpty { dangers[known].contacts = danger.contacts }
        dangers[known].phrases += danger.phrases
    }

    /// Patterns with their words folded.
    private func patterns(_ value: YAMLValue?, _ reader: YAMLReader) -> [String] {
        guard let value else { return [] }
        return value.list().compactMap { item in
            guard let text = item.string() else { return nil }
            guard let pattern = DangerPattern(text) else {
                reader.add(.invalidDangerPhrase(text, at: item.location))
                return nil
            }
            return checkLists(pattern, item.location, reader) ? pattern.text : nil
        }
    }

    /// Whether there are all the lists that a pattern names; reports the first that is missing.
    private func checkLists(_ pattern: DangerPattern, _ location: SourceLocation, _ reader: YAMLReader)
        -> Bool
    {
        guard let missing = pattern.lists.first(where: { dangerWords[$0] == nil }) else { return true }
        reader.add(
            .error(
                "UnknownDangerWords", "there is no list of words '\(missing)'", at: location,
                help: didYouMean(
                    missing, among: dangerWords.keys.sorted(),
                    otherwise: "Write the list under 'danger: words:'.")))
        return false
    }
}

extension Diagnostic {
    fileprivate static func invalidDangerPhrase(_ text: String, at location: SourceLocation) -> Diagnostic {
        .error(
            "InvalidDangerPhrase", "'\(text)' is not a pattern of words", at: location,
            help:
                "Write words with spaces between; 'a/b' is either word, '(a b/c)' either of several, '[a]' may be "
                + "missing, '*' up to two words, 'word~' the beginning of a word, '<name>' a list. A '*' cannot "
                + "stand at an end.")
    }

    fileprivate static func nobodyToAsk(_ subject: String, at location: SourceLocation) -> Diagnostic {
        .error(
            "NobodyToAsk", "nothing says who answers questions about '\(subject)'", at: location,
            help: "Write 'who:' for the reader, as in 'who: a solicitor, or Citizens Advice'.")
    }

    fileprivate static func emptySearchPhrase(_ text: String, at location: SourceLocation) -> Diagnostic {
        .error(
            "EmptySearchPhrase", "'\(text)' has no word to search for", at: location,
            help: "Remove it, or check the commas around it. A '*' stands between words.")
    }
}
