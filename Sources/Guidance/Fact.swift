import Markdown
import Translations
import Workspace

/// A deadline, number, date or choice that belongs to a council or to the law.
public struct Fact: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case duration, number, date, text
        case yesNo = "yes-no"

        /// As a message names one.
        var words: String {
            switch self {
            case .duration: "a length of time"
            case .number: "a number"
            case .date: "a date"
            case .text: "a text"
            case .yesNo: "yes or no"
            }
        }

        /// One as it is written in `council.yml`.
        var example: String {
            switch self {
            case .duration: "'20 minutes'"
            case .number: "'3'"
            case .date: "'2026-11-21'"
            case .text: "'at the office'"
            case .yesNo: "'yes'"
            }
        }
    }

    public enum Value: Hashable, Sendable {
        case duration(Int, DurationUnit)
        case number(Int)
        case date(CalendarDate)
        case yesNo(Bool)
        case text(Passage)
    }

    public var id: String
    /// What the fact is, for editors and translators.
    public var label: String?
    public var kind: Kind?
    /// Nil where the portal only declares what the fact is.
    public var value: Value?
    public var source: String?
    public var checked: CalendarDate?
    /// Who checked it: for those who keep it. A name is personal data, and nothing that is published has it.
    package var checkedBy: String?
    /// What it counts from, where it is a deadline.
    package var deadline: DeadlineRule?
    public var location: SourceLocation
    /// Whether dots stand where its value has yet to be written: an error that says all.
    var isGap = false
    /// Whether text that shows it is left out at a council that does not have it.
    package var isOptional = false

    /// Whether a condition on this fact holds: it has a value, and the value is not `no`.
    public var holds: Bool {
        switch value {
        case nil, .yesNo(false)?: false
        case .duration?, .number?, .date?, .text?, .yesNo(true)?: true
        }
    }
}

extension Fact.Value {
    var kind: Fact.Kind {
        switch self {
        case .duration: .duration
        case .number: .number
        case .date: .date
        case .yesNo: .yesNo
        case .text: .text
        }
    }

    /// The value as an editor writes it.
    public var written: String {
        switch self {
        case .duration(let amount, let unit): "\(amount) \(unit.rawValue)\(amount == 1 ? "" : "s")"
        case .number(let number): "\(number)"
        case .date(let date): date.description
        case .yesNo(let flag): flag ? "yes" : "no"
        case .text(let passage): passage.markdown
        }
    }
}

extension Fact {
    /// Reads one entry of `facts:`, in the long form (a mapping) or the short one (a value).
    static func read(
        _ id: String, _ value: YAMLValue, at location: SourceLocation, sources: [String: String]
    ) -> Fact {
        var fact = Fact(id: id, location: location)
        guard value.isMapping, var mapping = value.mapping() else {
            if !value.isNull {
                fact.isGap = value.reportGap()
                fact.value = readValue(value, unit: nil, kind: nil)
                fact.kind = fact.value?.kind
            }
            return fact
        }
        fact.label = mapping.value("label")?.string()
        fact.kind = mapping.value("type")?.choice(Kind.self)
        let unit = mapping.value("unit")
        if let written = mapping.value("value") {
            fact.isGap = written.reportGap()
            fact.value = fact.isGap ? .text(Passage("…")) : readValue(written, unit: unit, kind: fact.kind)
            fact.kind = fact.kind ?? fact.value?.kind
        }
        fact.source = mapping.value("source")?.source(among: sources)
        fact.checked = mapping.value("checked")?.date()
        fact.checkedBy = mapping.value("checked-by")?.string()
        fact.deadline = mapping.value("deadline").flatMap(DeadlineRule.read)
        fact.isOptional = mapping.value("optional")?.bool() ?? false
        mapping.finish()
        return fact
    }

    private static func readValue(_ value: YAMLValue, unit: YAMLValue?, kind: Kind?) -> Value? {
        guard let text = value.scalarText else {
            _ = value.string()
            return nil
        }
        switch kind ?? guess(text, hasUnit: unit != nil) {
        case .duration: return readDuration(value, unit: unit)
        case .number: return value.int(in: 0...Int(Int32.max)).map { .number($0) }
        case .date: return value.date().map { .date($0) }
        case .yesNo: return value.bool().map { .yesNo($0) }
        case .text:
            var problems = Diagnostics()
            let passage = Passage(markdown: text, reporting: &problems, path: value.location.file)
            for problem in problems.sorted {
                var problem = problem
                problem.location = value.location
                value.reader.add(problem)
            }
            return .text(Passage(passage.inlines, range: value.location.range))
        }
    }

    private static func guess(_ text: String, hasUnit: Bool) -> Kind {
        if ["yes", "no", "true", "false"].contains(text.lowercased()) { return .yesNo }
        if hasUnit || parseDuration(text) != nil { return .duration }
        if Int(text) != nil { return .number }
        if text.contains("-"), CalendarDate(text) != nil { return .date }
        return .text
    }

    static func readDuration(_ value: YAMLValue, unit: YAMLValue?) -> Value? {
        let text = (value.scalarText ?? "") + (unit?.scalarText.map { " " + $0 } ?? "")
        if let (amount, unit) = parseDuration(text) { return .duration(amount, unit) }
        let names = DurationUnit.allCases.map(\.rawValue)
        let word = text.split(separator: " ").dropFirst().joined(separator: " ")
        let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
        value.reader.add(
            .error(
                "WrongType", "expected a duration such as '20 minutes', found '\(text)'", at: value.location,
                help: didYouMean(
                    singular, among: names,
                    otherwise: "Write a whole number and one of: \(names.joined(separator: "s, "))s.")))
        return nil
    }

    private static func parseDuration(_ text: String) -> (Int, DurationUnit)? {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let amount = Int(parts[0]), (0...100_000).contains(amount) else { return nil }
        return DurationUnit(text: parts[1]).map { (amount, $0) }
    }
}
