/// A place in a text file.
///
/// Lines and columns start at 1. Columns count Unicode scalars, as libYAML and SARIF
/// (`columnKind: unicodeCodePoints`) do.
public struct SourcePosition: Hashable, Comparable, Sendable {
    // Half the size of `Int`: every block of every page holds two positions.
    private var storedLine: Int32
    private var storedColumn: Int32

    public var line: Int {
        get { Int(storedLine) }
        set { storedLine = Int32(clamping: newValue) }
    }

    public var column: Int {
        get { Int(storedColumn) }
        set { storedColumn = Int32(clamping: newValue) }
    }

    public init(line: Int, column: Int) {
        storedLine = Int32(clamping: line)
        storedColumn = Int32(clamping: column)
    }

    public static func < (a: SourcePosition, b: SourcePosition) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// A stretch of a text file: from `start` up to, not including, `end`.
public struct SourceRange: Hashable, Comparable, Sendable {
    public var start: SourcePosition
    public var end: SourcePosition

    public init(_ start: SourcePosition, _ end: SourcePosition) {
        self.start = start
        self.end = max(start, end)
    }

    /// A range of `length` columns on one line.
    public init(line: Int, column: Int, length: Int = 1) {
        self.init(
            SourcePosition(line: line, column: column),
            SourcePosition(line: line, column: column + max(0, length)))
    }

    public static func < (a: SourceRange, b: SourceRange) -> Bool {
        (a.start, a.end) < (b.start, b.end)
    }
}

/// A file and, where it is known, the place in it.
public struct SourceLocation: Hashable, Comparable, Sendable {
    /// The path as the user would type it.
    public var file: String
    public var range: SourceRange?

    public init(file: String, range: SourceRange? = nil) {
        self.file = file
        self.range = range
    }

    public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
        if a.file != b.file { return a.file < b.file }
        switch (a.range, b.range) {
        case (nil, nil): return false
        case (nil, _): return true
        case (_, nil): return false
        case (let x?, let y?): return x < y
        }
    }
}

extension SourceLocation: CustomStringConvertible {
    public var description: String {
        guard let start = range?.start else { return file }
        return "\(file):\(start.line):\(start.column)"
    }
}
