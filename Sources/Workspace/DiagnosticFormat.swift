/// How problems are written out.
public enum DiagnosticFormat: String, CaseIterable, Sendable {
    /// For people: `path:line:col: error: message [Rule]`, the source line and a caret range.
    case text
    /// For programs: one object with `diagnostics` and `summary`; `excused` where a command leaves problems alone.
    case json
    /// GitHub Actions workflow commands.
    case github
    /// SARIF 2.1.0.
    case sarif
    /// A table for a report.
    case markdown
}

extension Diagnostics {
    /// All problems, in order, in a format.
    ///
    /// - Parameters:
    ///   - source: The lines of a file, for excerpts; nil where it cannot be read.
    ///   - colour: Whether text may hold terminal colours.
    ///   - version: The program's version, for SARIF.
    ///   - most: How many problems of one rule text shows; nil for all.
    ///   - limitsErrors: Whether that counts for errors too, which else are all shown.
    ///   - rules: What there is to say of the rules, for SARIF.
    ///   - excused: What is left alone for a reason, for JSON and SARIF; nil where a command leaves nothing alone.
    package func formatted(
        _ format: DiagnosticFormat, source: (String) -> [Substring]?, colour: Bool = false,
        version: String = "", most: Int? = nil, limitsErrors: Bool = false, rules: [Rule] = [],
        excused: [ExcusedDiagnostic]? = nil
    ) -> String {
        switch format {
        case .text: text(source: source, colour: colour, most: most, limitsErrors: limitsErrors)
        case .json: json(excused).serialized(pretty: true) + "\n"
        case .github: github
        case .sarif: sarif(version: version, rules, excused ?? []).serialized(pretty: true) + "\n"
        case .markdown: markdown
        }
    }

    /// How many problems there are, and of which rules: the most frequent first.
    package var countsByRule: [(rule: String, count: Int)] {
        Dictionary(grouping: sorted, by: \.rule).map { ($0.key, $0.value.count) }
            .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }

    private var markdown: String {
        func cell(_ text: String) -> String {
            text.replacing("\n", with: " ").replacing("|", with: "\\|").replacing("<", with: "&lt;")
        }
        var output = "| where | what | rule |\n| --- | --- | --- |\n"
        for diagnostic in sorted {
            let help = diagnostic.help.map { " " + $0 } ?? ""
            output +=
                "| \(cell(diagnostic.location.map { "\($0)" } ?? "")) | **\(diagnostic.severity.rawValue)**: \(cell(diagnostic.message + help)) | \(diagnostic.rule) |\n"
        }
        return output
    }

    /// Longer lines are not shown below a problem; in characters.
    private static let longestExcerpt = 400

    private func text(source: (String) -> [Substring]?, colour: Bool, most: Int?, limitsErrors: Bool)
        -> String
    {
        func paint(_ text: String, _ code: String) -> String {
            colour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
        }
        var cache: [String: [Substring]?] = [:]
        func lines(_ file: String) -> [Substring]? {
            if let known = cache[file] { return known }
            let read = source(file)
            cache[file] = .some(read)
            return read
        }
        var output = ""
        func excerpt(_ location: SourceLocation) {
            guard let range = location.range, let all = lines(location.file),
                all.indices.contains(range.start.line - 1)
            else { return }
            // No further than may be shown: a line as long as a file can have as many problems as it has words.
            let written = all[range.start.line - 1].unicodeScalars.prefix(Self.longestExcerpt + 1)
            guard written.count <= Self.longestExcerpt else { return }
            // One character for each, so that the mark below stands under what it means.
            let line = written.map { scalar -> Unicode.Scalar in
                scalar == "\t" ? " " : HiddenCharacters.contains(scalar) ? "\u{FFFD}" : scalar
            }
            let number = "\(range.start.line)"
            let gutter = String(repeating: " ", count: number.count)
            var shown = String.UnicodeScalarView()
            shown.append(contentsOf: line)
            let end = range.end.line == range.start.line ? range.end.column : line.count + 1
            let width = Swift.max(1, Swift.min(end, line.count + 1) - range.start.column)
            output += " \(number) | \(String(shown))\n"
            output += " \(gutter) | " + String(repeating: " ", count: range.start.column - 1)
            output += paint(String(repeating: "^", count: width), "1;32") + "\n"
        }
        // By place, but what is worst comes last: a terminal is read from its foot.
        let placed = sorted
        let all = Diagnostic.Severity.allCases.reversed().flatMap { severity in
            placed.filter { $0.severity == severity }
        }
        var shown: [String: Int] = [:]
        for diagnostic in all {
            shown[diagnostic.rule, default: 0] += 1
            if let most, limitsErrors || diagnostic.severity != .error,
                shown[diagnostic.rule, default: 0] > most
            {
                continue
            }
            let label =
                switch diagnostic.severity {
                case .error: paint("error", "1;31")
                case .warning: paint("warning", "1;35")
                case .note: paint("note", "1;36")
                }
            if let location = diagnostic.location {
                output += HiddenCharacters.shown("\(location): ", inOneLine: true)
            }
            output +=
                "\(label): \(HiddenCharacters.shown(diagnostic.message, inOneLine: true)) [\(diagnostic.rule)]\n"
            if let location = diagnostic.location { excerpt(location) }
            if let help = diagnostic.help {
                output += "   \(paint("help", "1;36")): \(HiddenCharacters.shown(help, inOneLine: true))\n"
            }
            for related in diagnostic.related {
                output += HiddenCharacters.shown("\(related.location): ", inOneLine: true)
                output +=
                    "\(paint("note", "1;36")): \(HiddenCharacters.shown(related.message, inOneLine: true))\n"
                excerpt(related.location)
            }
        }
        for (rule, count) in countsByRule {
            let hidden =
                all.lazy.filter { $0.rule == rule && (limitsErrors || $0.severity != .error) }.count
                - (most ?? count)
            if hidden > 0 { output += "… and \(hidden) more [\(rule)]; --all shows them\n" }
        }
        return output
    }

    private func json(_ excused: [ExcusedDiagnostic]?) -> JSONValue {
        let left = excused.map { excused in
            ("excused", JSONValue.array(excused.map { Self.json($0.diagnostic, because: $0.reason) }))
        }
        return .object(
            [("diagnostics", .array(sorted.map { Self.json($0) }))] + [left].compactMap(\.self)
                + [
                    (
                        "summary",
                        .object([("errors", .int(count(.error))), ("warnings", .int(count(.warning)))])
                    )
                ])
    }

    private static func json(_ diagnostic: Diagnostic, because reason: String? = nil) -> JSONValue {
        func place(_ location: SourceLocation?) -> [(String, JSONValue)] {
            [
                ("file", location.map { .string($0.file) } ?? .null),
                ("line", location?.range.map { .int($0.start.line) } ?? .null),
                ("column", location?.range.map { .int($0.start.column) } ?? .null),
            ]
        }
        return .object(
            [
                ("rule", .string(diagnostic.rule)), ("severity", .string(diagnostic.severity.rawValue)),
                ("message", .string(diagnostic.message)),
            ] + place(diagnostic.location) + [
                ("help", diagnostic.help.map { .string($0) } ?? .null),
                (
                    "related",
                    .array(
                        diagnostic.related.map {
                            .object([("message", .string($0.message))] + place($0.location))
                        })
                ),
            ] + (reason.map { [("reason", .string($0))] } ?? []))
    }

    private var github: String {
        func escape(_ text: String, property: Bool) -> String {
            var result = ""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "%": result += "%25"
                case "\r": result += "%0D"
                case "\n": result += "%0A"
                case _ where HiddenCharacters.contains(scalar):
                    result += "<\(HiddenCharacters.name(scalar))>"
                case ":" where property: result += "%3A"
                case "," where property: result += "%2C"
                default: result.unicodeScalars.append(scalar)
                }
            }
            return result
        }
        return sorted.map { diagnostic in
            let command = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
            var properties: [String] = []
            if let location = diagnostic.location {
                properties.append("file=" + escape(location.file, property: true))
                if let range = location.range {
                    properties.append("line=\(range.start.line),col=\(range.start.column)")
                }
            }
            properties.append("title=" + escape(diagnostic.rule, property: true))
            let message = diagnostic.message + (diagnostic.help.map { "\n" + $0 } ?? "")
            return "::\(command) \(properties.joined(separator: ","))::\(escape(message, property: false))\n"
        }.joined()
    }

    /// SARIF 2.1.0 (OASIS Standard, 27 March 2020).
    private func sarif(
        version: String, _ register: [Rule], _ excused: [ExcusedDiagnostic]
    ) -> JSONValue {
        func physical(_ location: SourceLocation) -> JSONValue {
            var parts: [(String, JSONValue)] = [
                ("artifactLocation", .object([("uri", .string(Self.uri(location.file)))]))
            ]
            if let range = location.range {
                parts.append(
                    (
                        "region",
                        .object([
                            ("startLine", .int(range.start.line)), ("startColumn", .int(range.start.column)),
                            ("endLine", .int(range.end.line)), ("endColumn", .int(range.end.column)),
                        ])
                    ))
            }
            return .object([("physicalLocation", .object(parts))])
        }
        let rules = Set(sorted.map(\.rule) + excused.map(\.diagnostic.rule)).sorted()
        let known = Dictionary(register.map { ($0.name, $0) }) { first, _ in first }
        func text(_ text: String) -> JSONValue { .object([("text", .string(text))]) }
        func describe(_ name: String) -> JSONValue {
            guard let rule = known[name] else { return .object([("id", .string(name))]) }
            return .object([
                ("id", .string(name)), ("shortDescription", text(rule.summary)),
                ("help", text("Instead of:\n\(rule.badText)\n\nWrite:\n\(rule.good)")),
                (
                    "defaultConfiguration",
                    .object([("level", .string(rule.severity.rawValue))])
                ),
            ])
        }
        func result(_ diagnostic: Diagnostic) -> [(String, JSONValue)] {
            [
                ("ruleId", .string(diagnostic.rule)), ("level", .string(diagnostic.severity.rawValue)),
                (
                    "message",
                    .object([
                        (
                            "text",
                            .string(diagnostic.message + (diagnostic.help.map { " " + $0 } ?? ""))
                        )
                    ])
                ), ("locations", .array(diagnostic.location.map { [physical($0)] } ?? [])),
                (
                    "relatedLocations",
                    .array(
                        diagnostic.related.map { related in
                            guard case .object(let fields) = physical(related.location) else { return .null }
                            return .object(
                                fields + [("message", .object([("text", .string(related.message))]))])
                        })
                ),
            ]
        }
        // Programs that read SARIF show what is left alone apart from what is to be done.
        func suppressed(_ excused: ExcusedDiagnostic) -> [(String, JSONValue)] {
            let suppression: [(String, JSONValue)] = [
                ("kind", .string(excused.isInSource ? "inSource" : "external")),
                ("justification", .string(excused.reason)),
            ]
            return result(excused.diagnostic) + [("suppressions", .array([.object(suppression)]))]
        }
        let results = (sorted.map(result) + excused.map(suppressed)).map(JSONValue.object)
        return .object([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .string("2.1.0")),
            (
                "runs",
                .array([
                    .object([
                        (
                            "tool",
                            .object([
                                (
                                    "driver",
                                    .object([
                                        ("name", .string("signpost")), ("version", .string(version)),
                                        (
                                            "rules",
                                            .array(rules.map(describe))
                                        ),
                                    ])
                                )
                            ])
                        ), ("columnKind", .string("unicodeCodePoints")), ("results", .array(results)),
                    ])
                ])
            ),
        ])
    }

    private static func uri(_ path: String) -> String {
        var result = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += hex.utf8.count == 1 ? "%0" + hex : "%" + hex
            }
        }
        return result
    }
}
