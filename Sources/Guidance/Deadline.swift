import Translations
import Workspace

/// What a fact that is a deadline counts from, in which direction, and whether the first day counts.
///
/// The length of time and its unit (calendar or working days) are the fact's value.
package struct DeadlineRule: Hashable, Sendable {
    package enum Start: Hashable, Sendable {
        /// The day of the conference.
        case conference
        /// The day that another fact's deadline gives: of the first of these facts that the council has.
        case deadlines([String])
    }

    package enum Direction: String, CaseIterable, Sendable { case before, after }

    package var start: Start
    package var direction: Direction
    /// Whether the day it counts from is the first day of the count.
    package var countsFirstDay: Bool
    /// The length of time that a yes/no fact stands for.
    package var length: Length?
    package var location: SourceLocation

    package struct Length: Hashable, Sendable {
        package var amount: Int
        package var unit: DurationUnit
    }

    static let conference = "conference"

    static func read(_ value: YAMLValue) -> DeadlineRule? {
        guard var mapping = value.mapping() else { return nil }
        let starts = mapping.required("from").map { value in
            value.isSequence ? value.strings() : value.string().map { [$0] } ?? []
        }
        let direction = mapping.required("direction")?.choice(Direction.self)
        let countsFirstDay = mapping.required("first-day-counts")?.bool()
        let length = mapping.value("length").flatMap { value -> Length? in
            guard case .duration(let amount, let unit)? = Fact.readDuration(value, unit: nil) else {
                return nil
            }
            return Length(amount: amount, unit: unit)
        }
        mapping.finish()
        guard let starts, !starts.isEmpty, let direction, let countsFirstDay else { return nil }
        return DeadlineRule(
            start: starts == [conference] ? .conference : .deadlines(starts), direction: direction,
            countsFirstDay: countsFirstDay, length: length, location: value.location)
    }
}

/// A deadline of one council: every step from the day of the conference to it.
package struct Deadline: Hashable, Sendable {
    /// One count of days.
    package struct Step: Hashable, Sendable {
        package var amount: Int
        package var unit: DurationUnit
        /// Both in words of the edition's language: `10 working days`.
        package var length = ""
        package var direction: DeadlineRule.Direction
        package var countsFirstDay: Bool
    }

    /// The first counts from the conference, each other from the one before. None where the council does not say
    /// what one of them is: then nothing can be worked out.
    package var steps: [Step]
    /// Whether the day it counts from is the first day of the last count.
    package var countsFirstDay: Bool
    /// Whether the last count is of days or longer, so that it matters if the first one counts.
    package var countsDays: Bool
    package var isBefore: Bool
}

extension Deadline {
    /// Every count from the conference to the deadline, in words of the theme: "10 working days after your conference. The day
    /// itself does not count." Words that nobody has translated stand between the marks of `SourceWords`.
    ///
    /// - Parameter saysFirstDay: Whether it says of first days if they count.
    /// - Returns: Nothing where there are no steps and no days.
    package func rule(in strings: InterfaceStrings, saysFirstDay: Bool = true) -> String {
        let strings = strings.marked
        var sentences: [String] = []
        for (index, step) in steps.enumerated() {
            let key = (index == 0 ? "deadline-" : "deadline-then-") + step.direction.rawValue
            sentences.append(strings(key, ["length": step.length]))
            // Counts that begin alike share what is said of their first days.
            let next = steps[(index + 1)...].first { $0.unit.isLongerThanADay }
            if saysFirstDay, step.unit.isLongerThanADay, next?.countsFirstDay != step.countsFirstDay {
                sentences.append(strings[firstDay(step.countsFirstDay)])
            }
        }
        if steps.isEmpty, countsDays { sentences = [strings[firstDay(countsFirstDay)]] }
        return sentences.reduce("") { text, sentence in
            text + (text.isEmpty || SourceWords.removed(from: text).hasSuffix("。") ? "" : " ") + sentence
        }
    }

    /// How to count, as can be said once of many deadlines: whether first days count. Nil where its counts differ in that, or are no
    /// matter of days.
    package func firstDay(in strings: InterfaceStrings) -> String? {
        let days = steps.filter(\.unit.isLongerThanADay).map(\.countsFirstDay)
        guard let counts = days.first, days.allSatisfy({ $0 == counts }) else { return nil }
        return strings.marked("deadline-rule", ["rule": strings.marked[firstDay(counts)]])
    }

    private func firstDay(_ counts: Bool) -> String {
        counts ? "first-day-counted" : "first-day-not-counted"
    }

    /// The same below a text that has said what happens; nil of a deadline that is no matter of days.
    package func explanation(in strings: InterfaceStrings) -> String? {
        countsDays ? strings.marked("deadline-rule", ["rule": rule(in: strings)]) : nil
    }
}

extension DurationUnit {
    fileprivate var isLongerThanADay: Bool {
        switch self {
        case .day, .workingDay, .week, .month, .year: true
        case .minute, .hour: false
        }
    }
}

extension CouncilPreparation {
    /// The deadline that a fact is; nil where it is none.
    func deadline(_ name: String) -> Deadline? {
        guard let rule = rule(of: name) else { return nil }
        let unit = length(of: name, rule)?.unit
        return Deadline(
            steps: steps(to: name, seen: []) ?? [], countsFirstDay: rule.countsFirstDay,
            countsDays: unit?.isLongerThanADay ?? false, isBefore: rule.direction == .before)
    }

    private func rule(of name: String) -> DeadlineRule? {
        council.facts[name]?.deadline ?? portal.facts[name]?.deadline
    }

    private func length(of name: String, _ rule: DeadlineRule) -> DeadlineRule.Length? {
        switch fact(name)?.value {
        case .duration(let amount, let unit)?: DeadlineRule.Length(amount: amount, unit: unit)
        case .yesNo(true)?: rule.length
        case .yesNo(false)?, .number?, .date?, .text?, nil: nil
        }
    }

    private func steps(to name: String, seen: Set<String>) -> [Deadline.Step]? {
        // A circle is reported where the facts are read.
        guard !seen.contains(name), let rule = rule(of: name), let length = length(of: name, rule) else {
            return nil
        }
        let step = Deadline.Step(
            amount: length.amount, unit: length.unit, direction: rule.direction,
            countsFirstDay: rule.countsFirstDay)
        switch rule.start {
        case .conference: return [step]
        case .deadlines(let starts):
            guard let start = starts.first(where: { fact($0)?.holds ?? false }) else { return nil }
            return steps(to: start, seen: seen.union([name])).map { $0 + [step] }
        }
    }
}

extension Portal {
    /// Reports deadlines that count from nothing that is known, in a circle, or for no length of time.
    func checkDeadlines(reporting diagnostics: inout Diagnostics) {
        check(facts, known: facts, reporting: &diagnostics)
        for council in allCouncils {
            let own = council.facts.filter { $0.value.deadline != nil }
            // A council that gives a value only has the deadline that the portal declares.
            let known = facts.merging(council.facts) { $1.deadline == nil ? $0 : $1 }
            check(own, known: known, reporting: &diagnostics)
        }
    }

    private func check(
        _ facts: [String: Fact], known: [String: Fact], reporting diagnostics: inout Diagnostics
    ) {
        for (name, fact) in facts.sorted(by: { $0.key < $1.key }) {
            guard let rule = fact.deadline else { continue }
            func fail(_ message: String, help: String?) {
                diagnostics.add(.error("InvalidDeadline", message, at: rule.location, help: help))
            }
            switch fact.kind {
            case .yesNo? where rule.length == nil:
                fail(
                    "'\(name)' is a yes/no fact: its deadline has no length of time",
                    help: "Add one, such as 'length: 1 working day'.")
            case .duration? where rule.length != nil:
                fail(
                    "'\(name)' is a length of time itself: its deadline needs no 'length'",
                    help: "Take 'length' out.")
            case .number?, .date?, .text?:
                fail(
                    "'\(name)' is neither a length of time nor yes/no, so it is no deadline",
                    help: "Take 'deadline' out, or make it 'type: duration'.")
            case .yesNo?, .duration?, nil: break
            }
            for start in rule.starts where known[start]?.deadline == nil {
                let deadlines =
                    known.filter { $0.value.deadline != nil }.map(\.key) + [DeadlineRule.conference]
                fail(
                    "this deadline counts from '\(start)', which is no deadline",
                    help: didYouMean(
                        start, among: deadlines,
                        otherwise: "Write 'from: conference', or give '\(start)' a deadline."))
            }
            if let circle = circle(from: name, known) {
                fail(
                    "this deadline counts from itself: \(circle.joined(separator: ", "))",
                    help: "Let one of them count from the conference.")
            }
        }
    }
}

extension DeadlineRule {
    /// The facts that it may count from; none where it counts from the conference.
    fileprivate var starts: [String] {
        switch start {
        case .conference: []
        case .deadlines(let names): names
        }
    }
}

extension Portal {
    /// The facts from one to itself, where each counts from the next.
    fileprivate func circle(from name: String, _ known: [String: Fact]) -> [String]? {
        var paths = [[name]]
        var seen: Set<String> = []
        while let path = paths.popLast() {
            for start in known[path[path.count - 1]]?.deadline?.starts ?? [] {
                if start == name { return path + [start] }
                if seen.insert(start).inserted { paths.append(path + [start]) }
            }
        }
        return nil
    }

    /// Whether a fact says what it counts from, here or in any council.
    func isDeadline(_ name: String) -> Bool {
        facts[name]?.deadline != nil || allCouncils.contains { $0.facts[name]?.deadline != nil }
    }
}
