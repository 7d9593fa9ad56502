/// A problem found in content, a theme or the output: a value with a place, never an exception.
public struct Diagnostic: Hashable, Sendable {
    public enum Severity: String, Hashable, Comparable, CaseIterable, Sendable {
        case error, warning, note

        public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

        private var rank: Int {
            switch self {
            case .error: 0
            case .warning: 1
            case .note: 2
            }
        }
    }

    /// Another place that explains the problem.
    public struct Related: Hashable, Sendable {
        public var message: String
        public var location: SourceLocation

        public init(_ message: String, at location: SourceLocation) {
            self.message = message
            self.location = location
        }
    }

    /// The stable, `UpperCamel` name of the rule that found it.
    public var rule: String
    public var severity: Severity
    /// What is wrong, in plain words.
    public var message: String
    public var location: SourceLocation?
    /// The words in the source that it is about, where `location` is only the passage that they stand in.
    package var subject: String?
    /// What to do about it.
    public var help: String?
    public var related: [Related]

    public init(
        _ severity: Severity, _ rule: String, _ message: String, at location: SourceLocation?,
        help: String? = nil, related: [Related] = []
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.location = location
        self.help = help
        self.related = related
    }

    public static func error(
        _ rule: String, _ message: String, at location: SourceLocation?, help: String? = nil,
        related: [Related] = []
    ) -> Diagnostic {
        Diagnostic(.error, rule, message, at: location, help: help, related: related)
    }

    public static func warning(
        _ rule: String, _ message: String, at location: SourceLocation?, help: String? = nil,
        related: [Related] = []
    ) -> Diagnostic {
        Diagnostic(.warning, rule, message, at: location, help: help, related: related)
    }
}

extension Diagnostic: Comparable {
    /// By place, so that a reader can walk a file from top to bottom; then errors first.
    public static func < (a: Diagnostic, b: Diagnostic) -> Bool {
        switch (a.location, b.location) {
        case (nil, _?): return true
        case (_?, nil): return false
        case (let x?, let y?) where x != y: return x < y
        default: break
        }
        if a.severity != b.severity { return a.severity < b.severity }
        if a.rule != b.rule { return a.rule < b.rule }
        return a.message < b.message
    }
}

/// A collection of problems: every one once, in order.
public struct Diagnostics: Sendable {
    private var all: Set<Diagnostic> = []

    public init() {}

    public init(_ diagnostics: some Sequence<Diagnostic>) {
        all = Set(diagnostics)
    }

    public var isEmpty: Bool { all.isEmpty }
    public var hasErrors: Bool { all.contains { $0.severity == .error } }
    public var sorted: [Diagnostic] {
        // Numbers are moved about instead of problems, which are large.
        let found = Array(all)
        return found.indices.sorted { found[$0] < found[$1] }.map { found[$0] }
    }

    public func count(_ severity: Diagnostic.Severity) -> Int {
        all.reduce(0) { $0 + ($1.severity == severity ? 1 : 0) }
    }

    public mutating func add(_ diagnostic: Diagnostic) {
        all.insert(diagnostic)
    }

    public mutating func add(_ diagnostics: some Sequence<Diagnostic>) {
        all.formUnion(diagnostics)
    }

    public mutating func add(_ other: Diagnostics) {
        all.formUnion(other.all)
    }

    package mutating func replaceEach(_ change: (Diagnostic) -> Diagnostic) {
        if !all.isEmpty { all = Set(all.map(change)) }
    }

    /// The same problems with every warning of the given rules made an error (`--strict`).
    public func escalating(_ rules: Set<String>) -> Diagnostics {
        Diagnostics(
            all.map { diagnostic in
                guard diagnostic.severity != .error, rules.contains(diagnostic.rule) else {
                    return diagnostic
                }
                var escalated = diagnostic
                escalated.severity = .error
                return escalated
            })
    }
}

/// A problem that somebody has decided to leave alone, and why.
package struct ExcusedDiagnostic: Sendable {
    package var diagnostic: Diagnostic
    package var reason: String
    /// Whether the reason stands where the problem is; otherwise it stands in the portal's settings.
    package var isInSource: Bool

    package init(_ diagnostic: Diagnostic, because reason: String, isInSource: Bool) {
        self.diagnostic = diagnostic
        self.reason = reason
        self.isInSource = isInSource
    }
}
