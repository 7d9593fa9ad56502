import Workspace

/// A gettext catalogue (`.po`) or template (`.pot`).
///
/// Format: the GNU gettext manual, "The Format of PO Files". Reading and writing a well-formed file keeps every
/// entry, comment and flag; the writer wraps lines as `msgcat` does, so that files that other tools have saved do
/// not change.
public struct POFile: Hashable, Sendable {
    /// The path as the user would type it.
    public var path: String
    public var header: POHeader
    /// Every entry but the header, obsolete ones included, in order.
    public var entries: [POEntry]

    public init(path: String, header: POHeader = POHeader(), entries: [POEntry] = []) {
        self.path = path
        self.header = header
        self.entries = entries
    }

    /// A file and a range in it.
    public func location(_ range: SourceRange?) -> SourceLocation {
        SourceLocation(file: path, range: range)
    }

    /// Where an entry's `msgid` stands.
    public func location(of entry: POEntry) -> SourceLocation { location(entry.place.id?.keyword) }

    /// Where a form of a translation stands, or a stretch of its unescaped text in Unicode scalars.
    public func location(
        of entry: POEntry, form: Int = 0, scalars: Range<Int>? = nil
    ) -> SourceLocation {
        guard entry.place.strings.indices.contains(form) else { return location(of: entry) }
        return location(entry.place.strings[form].range(scalars))
    }
}

/// The first entry of a catalogue: fields about the file, by name.
public struct POHeader: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// In the order of the file.
    public var fields: [Field]
    public var translatorComments: [String] = []
    public var flags: [String] = []
    /// Lines of the header that are no field; kept as they are, after the fields.
    public var otherLines: [String] = []
    /// Whether the file has a header at all.
    public var isPresent = true
    public var place = POPlace()

    public init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// The value of a field; names are compared without regard to case.
    public subscript(_ name: String) -> String? {
        get { fields.first { $0.name.lowercased() == name.lowercased() }?.value }
        set {
            let index = fields.firstIndex { $0.name.lowercased() == name.lowercased() }
            switch (index, newValue) {
            case (let index?, let value?): fields[index].value = value
            case (let index?, nil): fields.remove(at: index)
            case (nil, let value?): fields.append(Field(name, value))
            case (nil, nil): break
            }
        }
    }

    /// The review state; nil where the field says something else. A header without the field is a draft.
    public var review: ReviewState? {
        guard let text = self["X-Signpost-Review"] else { return .draft }
        return ReviewState(text)
    }

    /// Where the value of a field stands, or the header.
    public func range(of name: String) -> SourceRange? {
        guard let field = place.strings.first else { return nil }
        var offset = 0
        for line in fieldText.split(separator: "\n", omittingEmptySubsequences: false) {
            let length = line.unicodeScalars.count
            if let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased() {
                return field.range(offset..<(offset + length))
            }
            offset += length + 1
        }
        return place.id?.keyword
    }

    /// The text as it stood in the file that was read, for places.
    var fieldText: String { place.strings.first?.pieces.map { POEscape.unescaped($0.raw) }.joined() ?? "" }

    init(entry: POEntry) {
        fields = []
        for line in (entry.strings.first ?? "").split(separator: "\n") {
            if let colon = line.firstIndex(of: ":"), colon > line.startIndex {
                let value = line[line.index(after: colon)...]
                fields.append(
                    Field(
                        String(line[..<colon]), value.first == " " ? String(value.dropFirst()) : String(value)
                    ))
            } else {
                otherLines.append(String(line))
            }
        }
        translatorComments = entry.translatorComments
        flags = entry.flags
        place = entry.place
    }

    var entry: POEntry {
        let text = fields.map { "\($0.name): \($0.value)\n" } + otherLines.map { $0 + "\n" }
        var entry = POEntry(id: "", strings: [text.joined()])
        entry.translatorComments = translatorComments
        entry.flags = flags
        return entry
    }
}
