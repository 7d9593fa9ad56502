/// Makes a theme's script small for publishing, as `CSS.compact` does for style sheets.
///
/// Lines that hold only a `//` comment go, and so does indentation. A script that says `// @shorten-names` on a
/// line of its own is made much smaller: all comments and spaces go, and local names become one or two letters.
/// It must end every statement with a semicolon and have no template literals, arrow functions, `let` or
/// `const`: every name that a function declares with `var`, `function` or `catch` is replaced in that function
/// wherever it is not a property, by a name that nothing else has there. A script must not use a name both for
/// something of its own and for something of the browser (`self`). A first line that begins with `//#` is for the
/// browser and stays.
enum Script {
    /// The smaller script; the source itself where it is not understood.
    static func compact(_ source: String) -> String {
        guard source.hasPrefix("//#"), let end = source.firstIndex(of: "\n") else { return small(source) }
        return source[...end] + small(String(source[source.index(after: end)...]))
    }

    private static func small(_ source: String) -> String {
        guard source.contains("\n// @shorten-names\n") || source.hasPrefix("// @shorten-names\n") else {
            return withoutCommentLines(source)
        }
        guard let tokens = Scanner(source).tokens(), !tokens.contains(where: isModern) else {
            return withoutCommentLines(source)
        }
        let names = ShortNames(tokens)
        var output = ""
        var previous: Token?
        for (index, token) in tokens.enumerated() {
            let text = names.names[index] ?? token.text
            if let previous, needsSpace(previous, token) { output += " " }
            output += text
            previous = token
        }
        return output + "\n"
    }

    /// A script with a template literal stays as it is: its lines may be text.
    private static func withoutCommentLines(_ source: String) -> String {
        guard !source.utf8.contains(UInt8(ascii: "`")) else { return source }
        return source.split(separator: "\n").map { line in line.drop { $0 == " " || $0 == "\t" } }
            .filter { !$0.isEmpty && !$0.hasPrefix("//") }.joined(separator: "\n") + "\n"
    }

    /// Declarations whose names are not looked for.
    private static func isModern(_ token: Token) -> Bool {
        token.kind == .name && ["let", "const", "class"].contains(token.text)
    }

    struct Token: Equatable {
        enum Kind { case name, number, string, pattern, mark }

        var kind: Kind
        var text: String
    }

    private static func needsSpace(_ a: Token, _ b: Token) -> Bool {
        func isWord(_ token: Token) -> Bool { token.kind == .name || token.kind == .number }
        if isWord(a) && isWord(b) { return true }
        if a.kind == .pattern && isWord(b) { return true }
        guard a.kind == .mark, b.kind == .mark, let last = a.text.last else { return false }
        return (last == "+" || last == "-") && b.text.first == last
    }

    private static func isProperty(_ index: Int, in tokens: [Token]) -> Bool {
        if index > 0, tokens[index - 1].text == ".", tokens[index - 1].kind == .mark { return true }
        guard index + 1 < tokens.count, tokens[index + 1] == Token(kind: .mark, text: ":"), index > 0 else {
            return false
        }
        return tokens[index - 1].text == "{" || tokens[index - 1].text == ","
    }

    /// What names become: each function's own get short names, the same in different functions where nothing hinders
    /// it, since what is alike compresses well.
    private struct ShortNames {
        /// By the place of a token.
        private(set) var names: [Int: String] = [:]
        private var scopes = [Scope()]
        /// The scope of each token.
        private var places: [Int] = []
        private let tokens: [Token]

        private struct Scope {
            var parent: Int?
            var declared: Set<String> = []
            /// Names of scopes around it that it uses, or one within it.
            var foreign: Set<String> = []
            var short: [String: String] = [:]
        }

        init(_ tokens: [Token]) {
            self.tokens = tokens
            findScopes()
            var uses: [String: Int] = [:]
            var taken = keywords
            var owners: [Int: Int] = [:]
            for (index, token) in tokens.enumerated()
            where token.kind == .name && !isProperty(index, in: tokens) {
                var scope = places[index]
                while !scopes[scope].declared.contains(token.text), let parent = scopes[scope].parent {
                    scopes[scope].foreign.insert(token.text)
                    scope = parent
                }
                if scopes[scope].declared.contains(token.text) {
                    owners[index] = scope
                    uses[token.text, default: 0] += 1
                } else {
                    taken.insert(token.text)
                }
            }
            let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
            let candidates = (letters + letters.flatMap { first in letters.map { first + $0 } })
                .filter { !taken.contains($0) }
            let ordered = uses.keys.sorted { (uses[$1] ?? 0, $0) < (uses[$0] ?? 0, $1) }
            let wanted = Dictionary(uniqueKeysWithValues: zip(ordered, candidates))
            // A scope comes after the one around it.
            for scope in scopes.indices {
                var used = Set(scopes[scope].foreign.compactMap { short($0, in: scopes[scope].parent) })
                var late: [String] = []
                for name in ordered where scopes[scope].declared.contains(name) {
                    if let short = wanted[name], short.count == 1, used.insert(short).inserted {
                        scopes[scope].short[name] = short
                    } else {
                        late.append(name)
                    }
                }
                for name in late {
                    guard let short = candidates.first(where: { !used.contains($0) }) else { continue }
                    used.insert(short)
                    scopes[scope].short[name] = short
                }
            }
            for (index, scope) in owners { names[index] = scopes[scope].short[tokens[index].text] }
        }

        private func short(_ name: String, in scope: Int?) -> String? {
            var next = scope
            while let scope = next {
                if scopes[scope].declared.contains(name) { return scopes[scope].short[name] }
                next = scopes[scope].parent
            }
            return nil
        }

        private func mark(_ index: Int, _ text: String) -> Bool {
            index < tokens.count && tokens[index].kind == .mark && tokens[index].text == text
        }

        /// A function's scope begins with its parameters and ends with its body.
        private mutating func findScopes() {
            /// Scopes that are open, each with the depth of braces outside its body.
            var open: [(scope: Int, depth: Int)] = [(0, -1)]
            var depth = 0
            var parameters: Int?
            for (index, token) in tokens.enumerated() {
                let scope = open[open.count - 1].scope
                places.append(scope)
                switch (token.kind, token.text) {
                case (.name, "function"):
                    if index + 1 < tokens.count, tokens[index + 1].kind == .name {
                        scopes[scope].declared.insert(tokens[index + 1].text)
                    }
                case (.mark, "(") where isFunction(before: index):
                    scopes.append(Scope(parent: scope))
                    open.append((scopes.count - 1, depth))
                    parameters = scopes.count - 1
                case (.mark, ")") where parameters == scope: parameters = nil
                case (.mark, "{"): depth += 1
                case (.mark, "}"):
                    depth -= 1
                    if open.count > 1, open[open.count - 1].depth == depth { open.removeLast() }
                case (.name, "catch"):
                    if index + 2 < tokens.count { scopes[scope].declared.insert(tokens[index + 2].text) }
                case (.name, "var"): addVariables(after: index, to: scope)
                case (.name, _): if parameters == scope { scopes[scope].declared.insert(token.text) }
                default: break
                }
            }
        }

        private func isFunction(before index: Int) -> Bool {
            index > 0 && tokens[index - 1].text == "function"
                || index > 1 && tokens[index - 1].kind == .name && tokens[index - 2].text == "function"
        }

        /// The names in `var a = f(b, c), d;`: a and d.
        private mutating func addVariables(after index: Int, to scope: Int) {
            var depth = 0
            var expectsName = true
            for token in tokens[(index + 1)...] {
                if expectsName, token.kind == .name {
                    scopes[scope].declared.insert(token.text)
                    expectsName = false
                    continue
                }
                if depth == 0, token.kind == .name, token.text == "in" || token.text == "of" { return }
                guard token.kind == .mark else { continue }
                switch token.text {
                case "(", "[", "{": depth += 1
                case ")", "]", "}":
                    depth -= 1
                    if depth < 0 { return }
                case ",": if depth == 0 { expectsName = true }
                case ";": if depth == 0 { return }
                default: break
                }
            }
        }
    }

    private static let keywords: Set<String> = [
        "break", "case", "catch", "continue", "default", "delete", "do", "else", "false", "finally", "for",
        "function",
        "if", "in", "instanceof", "let", "new", "null", "of", "return", "switch", "this", "throw", "true",
        "try",
        "typeof", "undefined", "var", "void", "while", "with", "yield",
    ]

    /// Splits a script into tokens.
    private struct Scanner {
        private let characters: [Character]
        private var position = 0

        init(_ source: String) {
            characters = Array(source)
        }

        /// Nil where the script ends in the middle of a string, or has a template literal.
        func tokens() -> [Token]? {
            var scanner = self
            var tokens: [Token] = []
            while scanner.skipSpaceAndComments() {
                guard let token = scanner.next(after: tokens.last) else { return nil }
                tokens.append(token)
            }
            return tokens
        }

        private func peek(_ offset: Int = 0) -> Character? {
            position + offset < characters.count ? characters[position + offset] : nil
        }

        /// Whether anything follows.
        private mutating func skipSpaceAndComments() -> Bool {
            while let character = peek() {
                if character.isWhitespace {
                    position += 1
                } else if character == "/", peek(1) == "/" {
                    while let next = peek(), !next.isNewline { position += 1 }
                } else if character == "/", peek(1) == "*" {
                    position += 2
                    while peek() != nil, !(peek() == "*" && peek(1) == "/") { position += 1 }
                    position += 2
                } else {
                    return true
                }
            }
            return false
        }

        private mutating func next(after previous: Token?) -> Token? {
            guard let first = peek() else { return nil }
            let start = position
            func token(_ kind: Token.Kind) -> Token {
                Token(kind: kind, text: String(characters[start..<position]))
            }
            if first == "`" { return nil }
            if first == "\"" || first == "'" {
                position += 1
                while let character = peek(), character != first {
                    position += character == "\\" ? 2 : 1
                }
                guard peek() == first else { return nil }
                position += 1
                return token(.string)
            }
            if first == "/", startsPattern(after: previous) {
                return skipPattern() ? token(.pattern) : nil
            }
            if first.isLetter || first == "_" || first == "$" {
                while let character = peek(),
                    character.isLetter || character.isNumber || character == "_" || character == "$"
                {
                    position += 1
                }
                return token(.name)
            }
            if first.isNumber {
                while let character = peek(), character.isLetter || character.isNumber || character == "." {
                    position += 1
                }
                return token(.number)
            }
            // `++` and `--` are one: `a + +b` is something else.
            position += (first == "+" || first == "-") && peek(1) == first ? 2 : 1
            return token(.mark)
        }

        /// A `/` divides after a value and starts a pattern elsewhere.
        private func startsPattern(after previous: Token?) -> Bool {
            guard let previous else { return true }
            switch previous.kind {
            case .number, .string, .pattern: return false
            case .name: return ["return", "typeof", "case", "in", "of", "else"].contains(previous.text)
            case .mark: return ![")", "]", "}"].contains(previous.text)
            }
        }

        private mutating func skipPattern() -> Bool {
            position += 1
            var isInClass = false
            while let character = peek(), !character.isNewline {
                position += character == "\\" ? 2 : 1
                if character == "[" { isInClass = true }
                if character == "]" { isInClass = false }
                if character == "/", !isInClass {
                    while let flag = peek(), flag.isLetter { position += 1 }
                    return true
                }
            }
            return false
        }
    }
}
