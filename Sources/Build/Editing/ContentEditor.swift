import Guidance
import Markdown
import Workspace

/// Changes files of a portal passage by passage, for somebody who looks at the page.
///
/// Everything is refused that could lose what somebody else has written, or that would keep the site from being built.
/// One change is made at a time.
package actor ContentEditor {
    /// The passage that is meant, as it was when it was read.
    package struct Place: Hashable, Sendable {
        /// Below the content folder.
        package var file: String
        package var lines: ClosedRange<Int>
        /// Of the whole file.
        package var version: String

        package init(file: String, lines: ClosedRange<Int>, version: String) {
            self.file = file
            self.lines = lines
            self.version = version
        }
    }

    /// A passage and its words on the disk.
    package struct Found: Hashable, Sendable {
        package var place: Place
        package var text: String
    }

    package enum Refusal: Error, Sendable {
        /// No file that is edited here, or no passage of it.
        case notEditable(String)
        /// The file is another now. With what stands there now; nil where it is no longer to be found.
        case changedOnDisk(now: Found?, isSame: Bool)
        /// The same for a fact or a contact.
        case entryChangedOnDisk(now: Entry?)
        /// It has errors, so that nothing could be built; in the files as they would be.
        case errors([Diagnostic], in: any FileSystem)
        case notWritten(FileError)
    }

    /// What can be undone.
    package struct Step: Hashable, Sendable {
        package var id: Int
        package var file: String
        package var line: Int
    }

    /// What there is to say of a passage that is being written.
    package struct Review: Sendable {
        /// In the passage itself.
        package var here: [Diagnostic]
        /// Errors elsewhere that were not there before.
        package var elsewhere: [Diagnostic]
        /// Of both, what keeps it from being saved.
        package var obstacles: [Diagnostic]
        /// The lines of the passage in the file as it would be.
        package var firstLine: Int
        /// The files as they would be.
        package var files: any FileSystem
    }

    private struct Kept {
        var step: Step
        /// The whole path, with every link resolved.
        var path: String
        /// Nil where the file was not there.
        var before: [UInt8]?
        var after: ContentHash
    }

    let settings: SiteSettings
    private let files: any FileSystem
    private let kept: KeptParts
    private var model: SiteModel?
    private var steps: [Kept] = []
    private var lastID = 0
    /// Files as they were handed out, to find a passage again in a file that has changed since.
    private var seen: [(version: String, bytes: [UInt8])] = []
    /// Of the content as it is, by the councils that were asked for and the file.
    private var known: [String: Diagnostics] = [:]

    private static let mostSteps = 50
    private static let mostSeen = 50
    /// A longer text is no passage: larger pages than this are not read either.
    package static let longestText = 64 << 10

    private static let swallows = "SwallowsNeighbours"

    /// - Parameter kept: What the builds of this process leave for one another.
    package init(settings: SiteSettings, files: any FileSystem, keeping kept: KeptParts = KeptParts()) {
        var settings = settings
        settings.readsEverything = true
        self.settings = settings
        self.files = files
        self.kept = kept
    }

    /// To be said when there is something new to read.
    package func forget() {
        model = nil
        known = [:]
    }

    package var lastStep: Step? { steps.last?.step }

    // MARK: Reading

    /// The passages of a Markdown file, and its version.
    package func read(_ file: String) throws(Refusal) -> (passages: Passages, version: String) {
        let (_, bytes) = try bytes(of: file)
        guard let passages = Passages(bytes, path: joinPath(settings.content, file)) else {
            throw .notEditable("\(file) is no UTF-8 text.")
        }
        let version = ContentHash(bytes).description
        remember(bytes, version)
        return (passages, version)
    }

    private func remember(_ bytes: [UInt8], _ version: String) {
        guard !seen.contains(where: { $0.version == version }) else { return }
        seen.append((version, bytes))
        if seen.count > Self.mostSeen { seen.removeFirst() }
    }

    /// A file of guidance by its path below the content folder, with every link on the way resolved.
    private func bytes(of file: String) throws(Refusal) -> (path: String, bytes: [UInt8]) {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        let isGuidance =
            parts.count > 1 && parts[0] == "guidance" || parts.count > 2 && parts[0] == "councils"
        guard isGuidance || file == "glossary.md" else {
            throw .notEditable("Only guidance of this portal is edited here.")
        }
        return try bytes(of: file, parts, ending: ".md")
    }

    /// The portal's settings, or a council's.
    func settingsBytes(of file: String) throws(Refusal) -> (path: String, bytes: [UInt8]) {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        let isCouncil = parts.count == 3 && parts[0] == "councils" && parts[2] == "council.yml"
        guard isCouncil || file == "portal.yml" else {
            throw .notEditable("Only portal.yml and the councils' council.yml are changed here.")
        }
        return try bytes(of: file, parts, ending: ".yml")
    }

    private func bytes(
        of file: String, _ parts: [Substring], ending: String
    ) throws(Refusal) -> (path: String, bytes: [UInt8]) {
        let path = try realPath(of: file, parts, ending: ending)
        do {
            guard let status = try files.linkStatus(path), status.kind == .file else {
                throw FileError(file, .notFound)
            }
            guard status.size <= SourceText.sizeLimit else {
                throw Refusal.notEditable("\(file) is too large to be edited here.")
            }
            return (path, try files.read(path))
        } catch let error as Refusal {
            throw error
        } catch {
            throw .notEditable("\(file) cannot be read.")
        }
    }

    /// Where a new file of guidance goes: in a folder of the content, or in one that is to be made there.
    func newPath(of file: String) throws(Refusal) -> String {
        let refusal = Refusal.notEditable("\(file) would not be guidance of this portal.")
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1, parts[0] == "guidance" || parts[0] == "councils" && parts.count > 2,
            parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }),
            let root = try? files.resolve(settings.content)
        else { throw refusal }
        // As far as the folders are there, no link leads out of the content.
        var folder = root
        var isMissing = false
        for part in parts.dropLast() {
            folder = joinPath(folder, String(part))
            guard !isMissing, files.exists(folder) else {
                isMissing = true
                continue
            }
            guard let real = try? files.resolve(folder), real.hasPrefix(root + "/") else { throw refusal }
            folder = real
        }
        return joinPath(folder, String(parts[parts.count - 1]))
    }

    /// Whether nothing has this name, a link that leads nowhere neither.
    func isFree(_ path: String) -> Bool {
        do { return try files.linkStatus(path) == nil } catch { return false }
    }

    /// Nothing that leads out of the content folder, by its name or by a link.
    private func realPath(
        of file: String, _ parts: [Substring], ending: String
    ) throws(Refusal) -> String {
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".") && !part.contains("\\")
                && part.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        }
        guard isPlain, file.hasSuffix(ending) else {
            throw .notEditable("Only guidance of this portal is edited here.")
        }
        guard let root = try? files.resolve(settings.content),
            let real = try? files.resolve(joinPath(settings.content, file)),
            real.hasPrefix(root.hasSuffix("/") ? root : root + "/"), real.hasSuffix(ending)
        else {
            throw .notEditable("\(file) is not there, or a link leads from it out of the content folder.")
        }
        return real
    }

    // MARK: Changing

    struct Change {
        var path: String
        var before: [UInt8]
        var after: [UInt8]
        /// In the file as it would be; nil where the passage is taken away.
        var lines: ClosedRange<Int>?
        var keepsNeighbours: Bool
        var line: Int
        /// Whether the file is not there yet.
        var isNew = false
    }

    private func change(_ place: Place, to text: String) throws(Refusal) -> Change {
        guard text.utf8.count <= Self.longestText else {
            throw .notEditable("A passage has at most \(Self.longestText / 1024) KB.")
        }
        let (path, bytes) = try bytes(of: place.file)
        guard ContentHash(bytes).description == place.version else { throw changedOnDisk(place, bytes) }
        guard let passages = Passages(bytes, path: path),
            passages.entries.contains(where: { $0.lines == place.lines })
        else { throw .notEditable("There is no passage at these lines of \(place.file).") }
        let new = FileLines.lines(of: text)
        let after = passages.file.replacing(
            place.lines.lowerBound..<place.lines.upperBound + 1, with: new)
        guard let changed = Passages(after, path: path) else {
            throw .notEditable("The text holds signs that no text has.")
        }
        let first = place.lines.lowerBound
        return Change(
            path: path, before: bytes, after: after,
            lines: new.isEmpty ? nil : first...first + new.count - 1,
            keepsNeighbours: passages.keepsNeighbours(of: place.lines, in: changed)
                && (changed.isClosed(path: path) || !passages.isClosed(path: path)), line: first)
    }

    /// What is wrong with a passage as somebody has just written it. Nothing is written.
    ///
    /// - Parameter council: Whose page is looked at.
    package func review(
        _ place: Place, text: String, council: String
    ) async throws -> Review {
        let change = try change(place, to: text)
        return try await review(change, place.file, place.version, councils: [council])
    }

    func review(
        _ change: Change, _ file: String, _ version: String, councils: [String]
    ) async throws -> Review {
        guard let model = await loaded() else {
            throw Refusal.notEditable("The portal cannot be read: see the errors on the page.")
        }
        let name = joinPath(settings.content, file)
        // Read by its name, and by where a link leads to.
        func with(_ bytes: [UInt8]) -> TrialFileSystem {
            TrialFileSystem(files, with: Dictionary([(name, bytes), (change.path, bytes)]) { $1 })
        }
        let trial = with(change.after)
        let key = "\(councils)\n\(file)\n\(version)"
        let before: Diagnostics
        if let known = known[key] {
            before = known
        } else {
            // The same file as it was, whatever somebody writes meanwhile.
            let unchanged: any FileSystem = change.isNew ? files : with(change.before)
            before = await ContentTrial(model: model, files: unchanged)
                .problems(councils: councils, of: file)
            known[key] = before
        }
        let after = await ContentTrial(model: model, files: trial)
            .problems(councils: councils, of: file)
        var here = after.sorted.filter { problem in
            guard let location = problem.location, location.file == name, let range = location.range else {
                return false
            }
            return change.lines?.contains(range.start.line) ?? false
        }
        if !change.keepsNeighbours {
            here.insert(
                .error(
                    Self.swallows, "with this text, what stands before or after it would be read differently",
                    at: SourceLocation(file: name, range: SourceRange(line: change.line, column: 1)),
                    help:
                        "Close what the text opens (``` or <!--), and leave a blank line between paragraphs."),
                at: 0)
        }
        here += factsNobodyHas(change, name, model.portal)
        let new = ContentTrial.newErrors(in: after, before: before)
        let obstacles = here.filter { $0.rule == Self.swallows } + new
        return Review(
            here: here, elsewhere: new.filter { !here.contains($0) }, obstacles: obstacles,
            firstLine: change.line, files: trial)
    }

    /// Facts of a passage that no council has: it would stand on no page, and whoever wrote it would look for it.
    private func factsNobodyHas(_ change: Change, _ file: String, _ portal: Portal) -> [Diagnostic] {
        guard file.hasSuffix(".md"), let lines = change.lines,
            let passages = Passages(change.after, path: change.path)
        else { return [] }
        var found: [Diagnostic] = []
        passages.entries.filter { $0.lines.overlaps(lines) }.map(\.block).forEachPassage { passage in
            passage.inlines.forEachInline { inline in
                guard case .placeholder(let placeholder) = inline, let fact = portal.facts[placeholder.name],
                    fact.value == nil,
                    !portal.councils.contains(where: { $0.facts[placeholder.name]?.value != nil })
                else { return }
                found.append(
                    .warning(
                        "FactNobodyHas",
                        "no council has the fact '\(placeholder.name)', so this is shown nowhere yet",
                        at: SourceLocation(file: file, range: placeholder.range ?? passage.range),
                        help: "Give it a value in a council's council.yml, or choose another fact."))
            }
        }
        return found
    }

    func loaded() async -> SiteModel? {
        if let model { return model }
        var ignored = Diagnostics()
        let loaded = await SiteModel.load(settings, in: files, keeping: kept, reporting: &ignored)
        model = loaded
        return loaded
    }

    /// Writes a passage: its lines, and no others.
    ///
    /// - Returns: What can be undone; nil where the text is what the file has already.
    package func save(_ place: Place, text: String) async throws -> Step? {
        let change = try change(place, to: text)
        return try await save(change, place.file, place.version) { editor, now in
            editor.changedOnDisk(place, now)
        }
    }

    /// The change that a new question at the end of a page of questions is.
    ///
    /// - Parameter version: Of the file as it was read.
    private func adding(
        _ question: String, _ answer: String, to file: String, _ version: String
    ) throws(Refusal) -> Change {
        let (path, bytes) = try bytes(of: file)
        guard ContentHash(bytes).description == version else {
            throw .changedOnDisk(now: nil, isSame: false)
        }
        let heading = question.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let words = FileLines.lines(of: answer)
        guard !heading.isEmpty, !heading.hasPrefix("#"), !words.isEmpty,
            heading.utf8.count + answer.utf8.count <= Self.longestText
        else { throw .notEditable("Write a question, and an answer to it.") }
        guard let passages = Passages(bytes, path: path) else {
            throw .notEditable("\(file) is no UTF-8 text.")
        }
        let count = passages.file.count
        let space: [[UInt8]] = count == 0 || passages.file.isBlank(count) ? [] : [[]]
        let new = space + [Array("## \(heading)".utf8), []] + words
        let after = passages.file.replacing(count + 1..<count + 1, with: new)
        guard let changed = Passages(after, path: path) else {
            throw .notEditable("The text holds signs that no text has.")
        }
        let first = count + space.count + 1
        let isHeading = changed.entries.contains { entry in
            if case .heading(level: 2, _) = entry.block.content {
                entry.lines == first...first
            } else {
                false
            }
        }
        return Change(
            path: path, before: bytes, after: after, lines: first...count + new.count,
            keepsNeighbours: isHeading && passages.keepsNeighbours(of: count + 1...count + 1, in: changed)
                && changed.isClosed(path: path),
            line: first)
    }

    /// What is wrong with a new question. Nothing is written.
    package func review(
        question: String, answer: String, file: String, version: String, council: String
    ) async throws -> Review {
        try await review(adding(question, answer, to: file, version), file, version, councils: [council])
    }

    /// Puts a new question at the end of a page of questions.
    package func add(question: String, answer: String, file: String, version: String) async throws -> Step? {
        try await save(adding(question, answer, to: file, version), file, version) { _, _ in
            .changedOnDisk(now: nil, isSame: false)
        }
    }

    func save(
        _ change: Change, _ file: String, _ version: String,
        refusal: (isolated ContentEditor, [UInt8]) -> Refusal
    ) async throws -> Step? {
        guard change.after != change.before else { return nil }
        let review = try await review(change, file, version, councils: settings.councils)
        guard review.obstacles.isEmpty else { throw Refusal.errors(review.obstacles, in: review.files) }
        // While it was read with the rules, somebody may have written the file, here or with another program.
        let (path, now) = try file.hasSuffix(".md") ? bytes(of: file) : settingsBytes(of: file)
        guard now == change.before, path == change.path else { throw refusal(self, now) }
        return try write(change.after, over: now, at: path, file, line: change.line)
    }

    func write(
        _ bytes: [UInt8], over before: [UInt8]?, at path: String, _ file: String, line: Int
    ) throws(Refusal) -> Step {
        do {
            if before == nil, let slash = path.lastIndex(of: "/") {
                try files.makeDirectory(String(path[..<slash]))
            }
            try files.write(bytes, to: path)
        } catch { throw .notWritten(FileError(file, error.reason)) }
        lastID += 1
        let step = Step(id: lastID, file: file, line: line)
        steps.append(Kept(step: step, path: path, before: before, after: ContentHash(bytes)))
        if steps.count > Self.mostSteps { steps.removeFirst() }
        forget()
        return step
    }

    /// Puts back what a file was before the newest change made here.
    ///
    /// - Parameter id: Of the step that is meant: somebody may have made another in another window.
    package func undo(_ id: Int) throws(Refusal) -> Step {
        guard let last = steps.last, last.step.id == id else {
            throw .notEditable("There is a newer change, or none. Load the page again.")
        }
        let file = last.step.file
        let (path, now) = try file.hasSuffix(".md") ? bytes(of: file) : settingsBytes(of: file)
        guard path == last.path, ContentHash(now) == last.after else {
            throw .changedOnDisk(now: nil, isSame: false)
        }
        if let before = last.before {
            do { try files.write(before, to: path) } catch {
                throw .notWritten(FileError(last.step.file, error.reason))
            }
        } else {
            do { try files.removeFile(path) } catch {
                throw .notWritten(FileError(last.step.file, error.reason))
            }
        }
        steps.removeLast()
        forget()
        return last.step
    }

    // MARK: Changed meanwhile

    /// Finds a passage again in a file that somebody has changed since it was read.
    private func changedOnDisk(_ place: Place, _ bytes: [UInt8]) -> Refusal {
        let version = ContentHash(bytes).description
        // Lines come from a request, which may name any.
        var place = place
        guard let old = seen.first(where: { $0.version == place.version })?.bytes,
            let now = Passages(bytes, path: place.file)
        else { return .changedOnDisk(now: nil, isSame: false) }
        remember(bytes, version)
        let before = FileLines(old)
        place.lines = place.lines.clamped(to: 1...max(1, before.count))
        let (top, foot) = before.same(as: now.file)
        let shift = now.file.count - before.count
        func found(_ lines: ClosedRange<Int>) -> Found {
            Found(
                place: Place(file: place.file, lines: lines, version: version),
                text: now.file.text(of: lines))
        }
        let text = before.text(of: place.lines)
        if place.lines.upperBound <= top || place.lines.lowerBound > before.count - foot {
            let moved = place.lines.upperBound <= top ? 0 : shift
            let lines = place.lines.lowerBound + moved...place.lines.upperBound + moved
            if now.entries.contains(where: { $0.lines == lines }), now.file.text(of: lines) == text {
                return .changedOnDisk(now: found(lines), isSame: true)
            }
        }
        // What stands where it stood.
        let first = min(place.lines.lowerBound, top + 1)
        let last = max(place.lines.upperBound + shift, first)
        let entry =
            now.entries.first {
                $0.lines.overlaps(place.lines.lowerBound...max(place.lines.lowerBound, last))
            }
            ?? now.entries.first { $0.lines.overlaps(first...last) }
        return .changedOnDisk(now: entry.map { found($0.lines) }, isSame: false)
    }
}
