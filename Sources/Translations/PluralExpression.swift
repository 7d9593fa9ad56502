/// The value of a `Plural-Forms` field, which gettext gives as a C expression over `n`.
///
/// Tools write the same rule in many ways; two headers agree when they choose the same forms.
public struct PluralExpression: Sendable {
    /// How many forms there are.
    public let formCount: Int
    private let root: Node

    private indirect enum Node: Sendable {
        case n
        case number(Int)
        case not(Node)
        case binary(Operator, Node, Node)
        case conditional(Node, Node, Node)
    }

    private enum Operator: String, Sendable {
        case or = "||"
        case and = "&&"
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
        case add = "+"
        case subtract = "-"
        case multiply = "*"
        case divide = "/"
        case remainder = "%"

        var precedence: Int {
            switch self {
            case .or: 1
            case .and: 2
            case .equal, .notEqual: 3
            case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
            case .add, .subtract: 5
            case .multiply, .divide, .remainder: 6
            }
        }
    }

    /// Reads `nplurals=2; plural=(n != 1);`, or returns nil where that is not what it says.
    public init?(_ header: String) {
        var formCount: Int?
        var root: Node?
        for part in header.split(separator: ";") {
            guard let equals = part.firstIndex(of: "=") else {
                guard part.allSatisfy(\.isWhitespace) else { return nil }
                continue
            }
            let value = part[part.index(after: equals)...]
            switch part[..<equals].filter({ !$0.isWhitespace }) {
            case "nplurals": formCount = Int(value.filter { !$0.isWhitespace })
            case "plural":
                var parser = Parser(value)
                root = parser.parse()
            default: return nil
            }
        }
        guard let formCount, (1...100).contains(formCount), let root else { return nil }
        self.formCount = formCount
        self.root = root
    }

    /// Which form a count takes; nil where the expression divides by zero or gives no form.
    public func index(of count: Int) -> Int? {
        guard let value = Self.value(root, count), (0..<formCount).contains(value) else { return nil }
        return value
    }

    /// Whether both choose the same forms for every number that guidance could hold.
    public func agrees(with other: PluralExpression) -> Bool {
        guard formCount == other.formCount else { return false }
        let samples = Array(0...1_200) + [10_000, 1_000_000, 1_000_001, 2_000_000]
        return samples.allSatisfy { index(of: $0) == other.index(of: $0) }
    }

    private static func value(_ node: Node, _ n: Int) -> Int? {
        switch node {
        case .n: return n
        case .number(let number): return number
        case .not(let inner): return value(inner, n).map { $0 == 0 ? 1 : 0 }
        case .conditional(let condition, let yes, let no):
            guard let condition = value(condition, n) else { return nil }
            return value(condition != 0 ? yes : no, n)
        case .binary(let op, let a, let b):
            guard let a = value(a, n) else { return nil }
            if op == .and, a == 0 { return 0 }
            if op == .or, a != 0 { return 1 }
            guard let b = value(b, n) else { return nil }
            return apply(op, a, b)
        }
    }

    private static func apply(_ op: Operator, _ a: Int, _ b: Int) -> Int? {
        func checked(_ result: (partialValue: Int, overflow: Bool)) -> Int? {
            result.overflow ? nil : result.partialValue
        }
        switch op {
        case .or: return a != 0 || b != 0 ? 1 : 0
        case .and: return a != 0 && b != 0 ? 1 : 0
        case .equal: return a == b ? 1 : 0
        case .notEqual: return a != b ? 1 : 0
        case .less: return a < b ? 1 : 0
        case .lessOrEqual: return a <= b ? 1 : 0
        case .greater: return a > b ? 1 : 0
        case .greaterOrEqual: return a >= b ? 1 : 0
        case .add: return checked(a.addingReportingOverflow(b))
        case .subtract: return checked(a.subtractingReportingOverflow(b))
        case .multiply: return checked(a.multipliedReportingOverflow(by: b))
        case .divide: return checked(a.dividedReportingOverflow(by: b))
        case .remainder: return checked(a.remainderReportingOverflow(dividingBy: b))
        }
    }

    /// Recursive descent with precedence climbing. Nesting is limited, so that no input exhausts the stack.
    private struct Parser {
        private var rest: Substring
        private var depth = 0
        private static let depthLimit = 64

        init(_ text: Substring) { rest = text }

        mutating func parse() -> Node? {
            guard let node = conditional() else { return nil }
            skipSpace()
            return rest.isEmpty ? node : nil
        }

        private mutating func conditional() -> Node? {
            depth += 1
            defer { depth -= 1 }
            guard depth < Self.depthLimit, let condition = binary(above: 0) else { return nil }
            guard take("?") else { return condition }
            guard let yes = conditional(), take(":"), let no = conditional() else { return nil }
            return .conditional(condition, yes, no)
        }

        private mutating func binary(above precedence: Int) -> Node? {
            guard var left = unary() else { return nil }
            while let op = nextOperator(), op.precedence > precedence {
                rest.removeFirst(op.rawValue.count)
                guard let right = binary(above: op.precedence) else { return nil }
                left = .binary(op, left, right)
            }
            return left
        }

        private mutating func unary() -> Node? {
            depth += 1
            defer { depth -= 1 }
            guard depth < Self.depthLimit else { return nil }
            if take("!") { return unary().map { .not($0) } }
            if take("n") { return .n }
            if take("(") {
                guard let inner = conditional(), take(")") else { return nil }
                return inner
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(digits) else { return nil }
            rest.removeFirst(digits.count)
            return .number(number)
        }

        private mutating func nextOperator() -> Operator? {
            skipSpace()
            return Operator(rawValue: String(rest.prefix(2))) ?? Operator(rawValue: String(rest.prefix(1)))
        }

        private mutating func take(_ token: Character) -> Bool {
            skipSpace()
            guard rest.first == token else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func skipSpace() {
            rest = rest.drop(while: \.isWhitespace)
        }
    }
}
