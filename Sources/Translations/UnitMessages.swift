/// A unit of time that a fact is counted in.
public enum DurationUnit: String, CaseIterable, Sendable {
    case minute, hour, day
    case workingDay = "working day"
    case week, month, year

    /// The English of one.
    public var singularMessage: String { "{n} \(rawValue)" }
    /// The English of several.
    public var pluralMessage: String { "{n} \(rawValue)s" }

    /// Reads what an editor writes: `working day` or `working days`.
    public init?(text: some StringProtocol) {
        let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        guard let unit = Self.allCases.first(where: { text == $0.rawValue || text == $0.rawValue + "s" })
        else {
            return nil
        }
        self = unit
    }
}

/// Durations written out by each language's own plural rules, through plural messages of its catalogue.
public enum UnitMessages {
    /// `msgctxt` of the messages.
    public static let context = "duration"

    /// The messages to extract, one for each unit.
    public static let messages: [ExtractedMessage] = DurationUnit.allCases.map {
        ExtractedMessage(
            context: context, id: $0.singularMessage, pluralID: $0.pluralMessage,
            comments: ["A length of time; {n} is a number, written with the digits 0 to 9."],
            isMarkdown: false)
    }

    /// An amount of a unit in words, with the digits 0–9.
    ///
    /// - Parameter catalogue: The catalogue of the language; nil for English.
    /// - Returns: The text, and whether it is in the language asked for. Without a translation it is English.
    public static func spellOut(
        _ amount: Int, _ unit: DurationUnit, language: Language, catalogue: Catalogue?
    ) -> (text: String, isTranslated: Bool) {
        spellOut(
            amount, singular: unit.singularMessage, plural: unit.pluralMessage, context: context,
            language: language, catalogue: catalogue)
    }

    /// Any message with a count, such as "{n} results".
    public static func spellOut(
        _ amount: Int, singular: String, plural: String, context: String?, language: Language,
        catalogue: Catalogue?
    ) -> (text: String, isTranslated: Bool) {
        if language != .english, let catalogue,
            let text = catalogue.plural(id: singular, plural: plural, count: amount, context: context)
        {
            return (text, true)
        }
        let english = amount.magnitude == 1 ? singular : plural
        return (english.replacing("{n}", with: "\(amount)"), language == .english)
    }
}
