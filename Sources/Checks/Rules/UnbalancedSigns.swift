import Workspace

/// Brackets and quotation marks that open and never close, or close and never opened.
struct UnbalancedSigns: ProseRule {
    static let rule = Rule(
        "UnbalancedSigns", .warning,
        "A bracket or quotation mark opens and never closes, or closes and never opened.",
        bad: "Bring someone ⟦(a friend or a relative.", good: "Bring someone (a friend or a relative).")

    static func findings(in prose: Prose, _ context: LintContext) -> [Finding] {
        var open: [(sign: Unicode.Scalar, index: Int)] = []
        let scalars = prose.scalars
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case "(", "“": open.append((scalar, index))
            case ")":
                if open.last?.sign == "(" {
                    open.removeLast()
                    continue
                }
                // `a)` and `1)` count, and `:)` smiles.
                let start =
                    scalars[..<index].lastIndex {
                        !$0.isLetter && $0.properties.numericType == nil
                    }
                    .map { $0 + 1 } ?? 0
                if index - start <= 2 { continue }
                return [problem(scalar, index)]
            case "”":
                guard open.last?.sign == "“" else { return [problem(scalar, index)] }
                open.removeLast()
            default: break
            }
        }
        return open.first.map { [problem($0.sign, $0.index)] } ?? []
    }

    private static func problem(_ sign: Unicode.Scalar, _ index: Int) -> Finding {
        let closes = sign == ")" || sign == "”"
        return Finding(
            rule, "this '\(sign)' \(closes ? "closes nothing" : "never closes")", index..<(index + 1),
            help: closes ? "Add the sign that opens, or delete this one." : "Add the sign that closes.")
    }
}
