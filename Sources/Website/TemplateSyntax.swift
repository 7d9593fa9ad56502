import Workspace

/// A template as a tree whose tags know their places.
///
/// The Mustache library renders templates but is silent about names that nothing defines, and does not say
/// where a tag stands; so they are read here first.
struct TemplateSyntax: Sendable {
    indirect enum Node: Sendable {
        case variable(name: String, isEscaped: Bool, range: SourceRange)
        case section(name: String, isInverted: Bool, range: SourceRange, children: [Node])
        case partial(name: String, range: SourceRange)
    }

    let name: String
    let file: String
    let nodes: [Node]
    /// The text for the Mustache library: without white space before partials that stand alone on their line,
    /// which it would repeat before each of their lines, also within `<pre>` and `<textarea>`.
    let text: String
    /// The same with marks around every value that is printed as running text.
    let markedText: String
    /// Whether the library can read it; what hinders it has been reported.
    let isSound: Bool

    /// The partials that the template names.
    var partials: [String] {
        func collect(_ nodes: [Node]) -> [String] {
            nodes.flatMap { node -> [String] in
                switch node {
                case .variable: []
                case .section(_, _, _, let children): collect(children)
                case .partial(let name, _): [name]
                }
            }
        }
        return collect(nodes)
    }

    init(name: String, file: String, text: String, reporting diagnostics: inout Diagnostics) {
        var parser = TemplateParser(file: file, text: text)
        parser.run()
        diagnostics.add(parser.diagnostics)
        isSound = parser.diagnostics.isEmpty
        self.name = name
        self.file = file
        self.nodes = parser.root
        self.text = String(parser.output)
        self.markedText = String(parser.markedOutput)
        diagnostics.add(Self.openIDs(in: text, file: file))
    }

    /// The ids of a template that a section of a page could have too: no id of a section begins with `_`.
    private static func openIDs(in text: String, file: String) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            var rest = line
            while let start = rest.range(of: " id=\"") {
                rest = rest[start.upperBound...]
                guard let end = rest.firstIndex(of: "\"") else { break }
                let id = rest[..<end]
                rest = rest[end...]
                // `{{id}}` alone is one that the program gives, or a section's own.
                let isGiven = id.hasPrefix("{{") && id.count { $0 == "{" } == 2 && id.hasSuffix("}}")
                guard !id.hasPrefix("_"), !isGiven else { continue }
                let column = line.unicodeScalars.distance(from: line.startIndex, to: id.startIndex) + 1
                found.append(
                    .error(
                        "ReservedID", "a section of a page could have the id '\(id)' too",
                        at: SourceLocation(
                            file: file,
                            range: SourceRange(
                                line: index + 1, column: column, length: id.unicodeScalars.count)),
                        help:
                            "Write '_\(id)', here and in all that refers to it: links, labels, style sheets, scripts."
                    ))
            }
        }
        return found
    }
}

extension Substring {
    /// The first place of a text, without Foundation.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while let first = self[start...].firstIndex(of: text[text.startIndex]) {
            if self[first...].hasPrefix(text) { return first..<index(first, offsetBy: text.count) }
            start = index(after: first)
        }
        return nil
    }
}

private struct TemplateParser {
    private struct Open {
        var name: String
        var isInverted: Bool
        var range: SourceRange
        var children: [TemplateSyntax.Node] = []
    }

    let file: String
    let scalars: [Unicode.Scalar]
    var diagnostics = Diagnostics()
    var root: [TemplateSyntax.Node] = []
    var output = String.UnicodeScalarView()
    var markedOutput = String.UnicodeScalarView()
    private var markup = MarkupContext()
    private var open: [Open] = []
    private var position = 0
    private var line = 1
    private var column = 1

    init(file: String, text: String) {
        self.file = file
        self.scalars = Array(text.unicodeScalars)
    }

    mutating func run() {
        while position < scalars.count {
            if matches("{{", at: position) {
                tag()
            } else {
                output.append(scalars[position])
                markedOutput.append(scalars[position])
                markup.read(scalars[position])
                advance()
            }
        }
        for section in open.reversed() {
            problem(
                "the section '\(section.name)' is never closed", section.range,
                help: "Add {{/\(section.name)}} where it ends.")
        }
        while let section = open.popLast() { append(close(section)) }
    }

    private mutating func tag() {
        let start = SourcePosition(line: line, column: column)
        let first = position
        let isTriple = matches("{{{", at: position)
        let ending = isTriple ? "}}}" : "}}"
        var end = position + (isTriple ? 3 : 2)
        let contentStart = end
        while end < scalars.count, !matches(ending, at: end) { end += 1 }
        guard end < scalars.count else {
            let range = SourceRange(start, SourcePosition(line: start.line, column: start.column + 2))
            problem("this tag is never closed", range, help: "Add \(ending).")
            // What follows cannot be told from text.
            while position < scalars.count { advance() }
            return
        }
        var content = String(String.UnicodeScalarView(scalars[contentStart..<end]))
        while position < end + ending.utf8.count { advance() }
        let range = SourceRange(start, SourcePosition(line: line, column: column))

        var sigil: Character?
        if !isTriple, let mark = content.first, "#^/>!&<$=%".contains(mark) {
            sigil = mark
            content.removeFirst()
        }
        let name = Self.trimmed(content)
        let source = scalars[first..<position]
        if sigil == "!" { return keep(source) }
        guard sigil.map({ !"&<$=%".contains($0) }) ?? true else {
            return problem("'{{\(sigil.map { String($0) } ?? "")' is not supported in templates", range)
        }
        guard !name.isEmpty, name != ".", name.unicodeScalars.allSatisfy(Self.isNameCharacter) else {
            return problem(
                "'\(name)' cannot be a name in a template", range,
                help: "Names have letters, digits, hyphens, and full stops between their parts.")
        }
        switch sigil {
        case "#", "^":
            open.append(Open(name: name, isInverted: sigil == "^", range: range))
            keep(source)
        case "/":
            guard let section = open.last else {
                return problem("{{/\(name)}} closes a section that was never opened", range)
            }
            if section.name != name {
                problem(
                    "{{/\(name)}} stands where the section '\(section.name)' must be closed first", range,
                    related: [
                        .init("it was opened here", at: SourceLocation(file: file, range: section.range))
                    ])
            }
            open.removeLast()
            append(close(section))
            keep(source)
        case ">":
            if standsAlone(first, position) {
                while let last = output.last, last == " " || last == "\t" {
                    output.removeLast()
                    markedOutput.removeLast()
                }
            }
            append(.partial(name: name, range: range))
            keep(source)
        default:
            append(.variable(name: name, isEscaped: !isTriple, range: range))
            let isMarked = !isTriple && markup.isRunningText
            if isMarked { markedOutput.append(TextMarks.open) }
            keep(source)
            if isMarked { markedOutput.append(TextMarks.close) }
        }
    }

    private mutating func append(_ node: TemplateSyntax.Node) {
        if open.isEmpty { root.append(node) } else { open[open.count - 1].children.append(node) }
    }

    private func close(_ section: Open) -> TemplateSyntax.Node {
        .section(
            name: section.name, isInverted: section.isInverted, range: section.range,
            children: section.children)
    }

    private mutating func keep(_ source: ArraySlice<Unicode.Scalar>) {
        output.append(contentsOf: source)
        markedOutput.append(contentsOf: source)
    }

    private func standsAlone(_ start: Int, _ end: Int) -> Bool {
        func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
        var before = start
        while before > 0, isBlank(scalars[before - 1]) { before -= 1 }
        var after = end
        while after < scalars.count, isBlank(scalars[after]) { after += 1 }
        return (before == 0 || scalars[before - 1] == "\n")
            && (after == scalars.count || scalars[after] == "\n" || scalars[after] == "\r")
    }

    private mutating func problem(
        _ message: String, _ range: SourceRange, help: String? = nil, related: [Diagnostic.Related] = []
    ) {
        diagnostics.add(
            .error(
                "InvalidTemplate", message, at: SourceLocation(file: file, range: range), help: help,
                related: related))
    }

    private mutating func advance() {
        if scalars[position] == "\n" {
            line += 1
            column = 1
        } else {
            column += 1
        }
        position += 1
    }

    private func matches(_ text: String, at place: Int) -> Bool {
        var index = place
        for scalar in text.unicodeScalars {
            guard index < scalars.count, scalars[index] == scalar else { return false }
            index += 1
        }
        return true
    }

    private static func trimmed(_ text: String) -> String {
        var view = Substring(text)
        while view.first?.isWhitespace == true { view.removeFirst() }
        while view.last?.isWhitespace == true { view.removeLast() }
        return String(view)
    }

    private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
        default: false
        }
    }
}
