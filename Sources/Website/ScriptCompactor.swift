/// Makes a theme's script small for publishing, as `CSS.compact` does for style sheets.
///
/// Comments and spaces go, and local names become one or two letters. It understands plain scripts
/// without template literals: every name that the script declares with `var`, `function` or `catch` is
/// replaced wherever it is not a property, by a name used nowhere else, so scopes need not be known. Names
/// that a browser has too stay as they are, because they may mean the browser's outside the function.
enum Script {
    /// The smaller script; the source itself where it is not understood.
    static func compact(_ source: String) -> String {
        guard let tokens = Scanner(source).tokens() else { return source }
        let names = shortNames(for: tokens)
        var output = ""
        var previous: Token?
        for (index, token) in tokens.enumerated() {
            var text = token.text
            if token.kind == .name, let short = names[text], !isProperty(index, in: tokens) { text = short }
            if let previous, needsSpace(previous, token) { output += " " }
            output += text
            previous = token
        }
        return output + "\n"
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

    /// What scripts pass to their functions under the browser's own name, or call by it elsewhere.
    private static let browserNames: Set<String> = [
        "Array", "Date", "JSON", "Map", "Math", "Number", "Object", "Promise", "RegExp", "Set", "String",
        "addEventListener",
        "console", "document", "event", "fetch", "globalThis", "history", "localStorage", "location",
        "matchMedia",
        "navigator", "parent", "performance", "print", "screen", "self", "sessionStorage", "setTimeout",
        "status",
        "top", "undefined", "window",
    ]

    /// Names that the script declares, most used first, and what they become.
    private static func shortNames(for tokens: [Token]) -> [String: String] {
        let declared = declaredNames(in: tokens).subtracting(browserNames)
        var uses: [String: Int] = [:]
        var taken = keywords
        for (index, token) in tokens.enumerated() where token.kind == .name {
            if declared.contains(token.text), !isProperty(index, in: tokens) {
                uses[token.text, default: 0] += 1
            } else {
                taken.insert(token.text)
            }
        }
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
        var candidates = (letters + letters.flatMap { first in letters.map { first + $0 } })
            .filter { !taken.contains($0) }[...]
        var names: [String: String] = [:]
        for name in uses.keys.sorted(by: { (uses[$1] ?? 0, $0) < (uses[$0] ?? 0, $1) }) {
            guard let short = candidates.popFirst() else { break }
            names[name] = short
        }
        return names
    }

    private static func declaredNames(in tokens: [Token]) -> Set<String> {
        var names: Set<String> = []
        func mark(_ index: Int, _ text: String) -> Bool {
            index < tokens.count && tokens[index].kind == .mark && tokens[index].text == text
        }
        func add(_ index: Int) {
            guard index < tokens.count, tokens[index].kind == .name else { return }
            names.insert(tokens[index].text)
        }
        for (index, token) in tokens.enumerated() where token.kind == .name {
            switch token.text {
            case "function":
                var next = index + 1
                if !mark(next, "(") {
                    add(next)
                    next += 1
                }
                while next < tokens.count, !mark(next, ")") {
                    add(next)
                    next += 1
                }
            case "catch": add(index + 2)
            case "var": addVariables(after: index, in: tokens, to: &names)
            default: break
            }
        }
        return names
    }

    /// The names in `var a = f(b, c), d;`: a and d.
    private static func addVariables(after index: Int, in tokens: [Token], to names: inout Set<String>) {
        var depth = 0
        var expectsName = true
        for token in tokens[(index + 1)...] {
            if expectsName, token.kind == .name {
                names.insert(token.text)
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
