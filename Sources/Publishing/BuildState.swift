import Workspace

/// What the last build was made from and what it wrote, so that the next one does only what has changed.
///
/// It lives in a cache folder outside the site; losing it costs time, never correctness. A file that is
/// damaged, of another version or for another output folder is ignored.
public struct BuildState: Sendable {
    /// A file of the output, as it was left.
    public struct Output: Hashable, Sendable {
        public var path: String
        public var hash: ContentHash
        public var status: FileStatus
        /// Of what the file was made from; nil where nobody said.
        public var key: ContentHash?

        public init(path: String, hash: ContentHash, status: FileStatus, key: ContentHash? = nil) {
            self.path = path
            self.hash = hash
            self.status = status
            self.key = key
        }
    }

    /// What is known of one unit, such as one edition.
    public struct Unit: Sendable {
        /// Of everything the unit was made from; the caller decides what that is.
        public var fingerprint: ContentHash
        /// Sorted by path.
        public var outputs: [Output]
        /// The problems found while the unit was made, to be shown again when it is not made again.
        public var diagnostics: [Diagnostic]
        /// What the caller wants to know of the unit when it is not made again.
        package var record: String

        public init(
            fingerprint: ContentHash, outputs: [Output], diagnostics: [Diagnostic] = [], record: String = ""
        ) {
            self.fingerprint = fingerprint
            self.outputs = outputs
            self.diagnostics = diagnostics
            self.record = record
        }
    }

    /// Of the program's version and the options that shape the output.
    public var program: ContentHash
    public var inputs: InputSnapshot
    public var units: [String: Unit]
    /// When the outputs were put in place, in nanoseconds since 1970.
    public var published: Int64
    /// When this was written to the cache, in the same way; 0 where it has not been.
    private var saved: Int64 = 0

    public init(program: ContentHash, inputs: InputSnapshot, units: [String: Unit], published: Int64) {
        self.program = program
        self.inputs = inputs
        self.units = units
        self.published = published
    }

    /// The state after a build.
    ///
    /// - Parameters:
    ///   - outcome: What was published.
    ///   - fingerprints: Of each unit's inputs; a unit without one is made again every time.
    ///   - diagnostics: The problems of each unit; those of the whole portal go under a unit that has no files.
    ///   - records: What the caller wants to know of units.
    public init(
        program: ContentHash, inputs: InputSnapshot, outcome: Publication.Outcome,
        fingerprints: [String: ContentHash], diagnostics: [String: [Diagnostic]],
        records: [String: String] = [:]
    ) {
        let names = Set(outcome.outputs.keys).union(fingerprints.keys).union(diagnostics.keys)
        var units: [String: Unit] = [:]
        for name in names {
            units[name] = Unit(
                fingerprint: fingerprints[name] ?? ContentHash(high: 0, low: 0),
                outputs: outcome.outputs[name] ?? [], diagnostics: (diagnostics[name] ?? []).sorted(),
                record: records[name] ?? "")
        }
        self.init(program: program, inputs: inputs, units: units, published: outcome.published)
    }

    /// Every problem of the last build.
    public var diagnostics: Diagnostics {
        var all = Diagnostics()
        for unit in units.values { all.add(unit.diagnostics) }
        return all
    }

    /// Whether a build with this program from these inputs would write the same again.
    public func isCurrent(program: ContentHash, inputs: InputSnapshot) -> Bool {
        self.program == program && inputs.isUnchanged(since: self.inputs)
    }
}

extension BuildState {
    private static let header = Array("signpost state 3\n".utf8)

    private static func path(_ cacheDirectory: String) -> String { joinPath(cacheDirectory, "state") }

    /// The state that the last build into this output folder left; nil where there is none that can be used.
    ///
    /// Where the disk's clock is behind this machine's (a network folder), its times are put back as far: the state's own
    /// file tells what time it was there. More than a day is no other clock, but a file that was copied with its time.
    public static func load(
        from cacheDirectory: String, output: String, in files: some FileSystem
    ) -> BuildState? {
        guard let bytes = try? files.read(path(cacheDirectory)),
            let output = try? files.resolve(output)
        else { return nil }
        var state = BuildState(bytes: bytes, output: output)
        if let saved = state?.saved, let status = (try? files.status(path(cacheDirectory))) ?? nil {
            let behind = saved - status.modified
            if (1..<86_400_000_000_000).contains(behind) {
                state?.inputs.taken -= behind
                state?.published -= behind
            }
        }
        return state
    }

    /// Saves the state; a failure is a warning, since the site itself is fine.
    public func save(
        to cacheDirectory: String, output: String, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) {
        do {
            let output = try files.resolve(output)
            try files.makeDirectory(cacheDirectory)
            try files.write(bytes(output: output), to: Self.path(cacheDirectory))
        } catch {
            diagnostics.add(
                .warning(
                    "CannotSaveState",
                    "cannot save what this build was made from: \(error.explanation)",
                    at: SourceLocation(file: cacheDirectory),
                    help: "The site is complete; the next build will take longer than it need."))
        }
    }

    /// - Parameter now: When it is saved, in nanoseconds since 1970.
    func bytes(output: String, at now: Int64 = FileStatus.now) -> [UInt8] {
        var body = ByteWriter()
        body.text(output)
        body.hash(program)
        body.word(UInt64(bitPattern: now))
        body.word(UInt64(bitPattern: published))
        body.word(UInt64(bitPattern: inputs.taken))
        body.number(inputs.isComplete ? 1 : 0)
        body.number(inputs.entries.count)
        for entry in inputs.entries {
            body.path(entry.path)
            body.number(Int(entry.kind.rawValue) << 1 | (entry.hash == nil ? 0 : 1))
            if entry.kind == .file {
                body.number(entry.status.kind == .file ? 1 : 0)
                body.status(entry.status)
            }
            if let hash = entry.hash { body.hash(hash) }
        }
        body.number(units.count)
        for (name, unit) in units.sorted(by: { OutputPath($0.key) < OutputPath($1.key) }) {
            body.text(name)
            body.hash(unit.fingerprint)
            body.number(unit.outputs.count)
            for output in unit.outputs {
                body.path(output.path)
                body.hash(output.hash)
                body.status(output.status)
                body.number(output.key == nil ? 0 : 1)
                if let key = output.key { body.hash(key) }
            }
            body.number(unit.diagnostics.count)
            for diagnostic in unit.diagnostics { body.diagnostic(diagnostic) }
            body.text(unit.record)
        }
        var head = ByteWriter()
        head.hash(ContentHash(body.bytes))
        return Self.header + head.bytes + body.bytes
    }

    init?(bytes: [UInt8], output: String) {
        let start = Self.header.count + 16
        guard bytes.starts(with: Self.header), bytes.count >= start else { return nil }
        let decoded: BuildState? = bytes.withUnsafeBytes { all in
            var head = ByteReader(UnsafeRawBufferPointer(rebasing: all[Self.header.count..<start]))
            let body = UnsafeRawBufferPointer(rebasing: all[start...])
            guard head.hash() == ContentHash(body) else { return nil }
            var reader = ByteReader(body)
            return BuildState(&reader, output: output)
        }
        guard let decoded else { return nil }
        self = decoded
    }

    private init?(_ reader: inout ByteReader, output: String) {
        guard reader.text() == output else { return nil }
        let program = reader.hash()
        let saved = Int64(bitPattern: reader.word())
        let published = Int64(bitPattern: reader.word())
        let taken = Int64(bitPattern: reader.word())
        let isComplete = reader.number() == 1
        let inputCount = reader.count()
        var entries: [InputSnapshot.Entry] = []
        entries.reserveCapacity(inputCount)
        for _ in 0..<inputCount {
            let path = reader.path()
            let flags = reader.number()
            guard !reader.failed, flags >= 0, flags < 512,
                let kind = InputSnapshot.Entry.Kind(rawValue: UInt8(flags >> 1))
            else { return nil }
            var status = FileStatus.unknown
            if kind == .file {
                let isKnown = reader.number() == 1
                let read = reader.status()
                if isKnown { status = read }
            }
            entries.append(
                InputSnapshot.Entry(
                    path: path, kind: kind, status: status, hash: flags & 1 == 1 ? reader.hash() : nil))
        }
        let unitCount = reader.count()
        var units: [String: Unit] = [:]
        for _ in 0..<unitCount {
            let name = reader.text()
            let fingerprint = reader.hash()
            let outputCount = reader.count()
            guard !reader.failed else { return nil }
            var outputs: [Output] = []
            outputs.reserveCapacity(outputCount)
            for _ in 0..<outputCount {
                let path = reader.path()
                let hash = reader.hash()
                let status = reader.status()
                let key = reader.number() == 1 ? reader.hash() : nil
                outputs.append(Output(path: path, hash: hash, status: status, key: key))
                if reader.failed { return nil }
            }
            let diagnosticCount = reader.count()
            var diagnostics: [Diagnostic] = []
            for _ in 0..<diagnosticCount {
                guard let diagnostic = reader.diagnostic() else { return nil }
                diagnostics.append(diagnostic)
            }
            units[name] = Unit(
                fingerprint: fingerprint, outputs: outputs, diagnostics: diagnostics, record: reader.text())
        }
        guard !reader.failed, reader.isAtEnd else { return nil }
        self.init(
            program: program, inputs: InputSnapshot(entries: entries, taken: taken, isComplete: isComplete),
            units: units, published: published)
        self.saved = saved
    }
}

extension ByteWriter {
    fileprivate mutating func diagnostic(_ value: Diagnostic) {
        text(value.rule)
        text(value.severity.rawValue)
        text(value.message)
        number(value.location == nil ? 0 : 1)
        if let location = value.location { self.location(location) }
        number(value.help == nil ? 0 : 1)
        if let help = value.help { text(help) }
        number(value.related.count)
        for related in value.related {
            text(related.message)
            location(related.location)
        }
    }

    private mutating func location(_ value: SourceLocation) {
        text(value.file)
        number(value.range == nil ? 0 : 1)
        guard let range = value.range else { return }
        for position in [range.start, range.end] {
            number(position.line)
            number(position.column)
        }
    }
}

extension ByteReader {
    fileprivate mutating func diagnostic() -> Diagnostic? {
        let rule = text()
        guard let severity = Diagnostic.Severity(rawValue: text()) else { return nil }
        let message = text()
        let location = number() == 1 ? self.location() : nil
        let help = number() == 1 ? text() : nil
        let related = (0..<count()).map { _ in Diagnostic.Related(text(), at: self.location()) }
        return failed ? nil : Diagnostic(severity, rule, message, at: location, help: help, related: related)
    }

    private mutating func location() -> SourceLocation {
        let file = text()
        guard number() == 1 else { return SourceLocation(file: file) }
        let start = SourcePosition(line: number(), column: number())
        let end = SourcePosition(line: number(), column: number())
        return SourceLocation(file: file, range: SourceRange(start, end))
    }
}
