/// Numbers that English guidance writes in words, and other words that a wrong translation turns around.
enum EnglishNumbers {
    private static let values: [String: Int] = [
        "zero": 0, "one": 1, "once": 1, "first": 1, "single": 1, "two": 2, "twice": 2, "second": 2, "both": 2,
        "pair": 2, "couple": 2, "three": 3, "third": 3, "four": 4, "fourth": 4, "five": 5, "fifth": 5,
        "six": 6,
        "sixth": 6, "seven": 7, "seventh": 7, "eight": 8, "eighth": 8, "nine": 9, "ninth": 9, "ten": 10,
        "tenth": 10, "eleven": 11, "twelve": 12, "twelfth": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
        "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
        "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
        "thousand": 1000, "midday": 12, "noon": 12, "midnight": 0, "half": 30, "quarter": 15,
    ]

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ]

    private static let turning: Set<String> = [
        "no", "not", "never", "none", "nobody", "without", "cannot", "can't", "don't", "won't", "must",
        "only",
        "unless", "except", "before", "after", "within", "until", "minute", "minutes", "hour", "hours", "day",
        "days", "week", "weeks", "month", "months", "year", "years", "working", "monday", "tuesday",
        "wednesday",
        "thursday", "friday", "saturday", "sunday", "daily", "weekly", "monthly", "every", "least", "most",
    ]

    /// The number that a lower-case word may stand for; months by their number.
    static func value(_ word: String) -> Int? {
        values[word] ?? months.firstIndex(of: word).map { $0 + 1 }
    }

    private static let negations: Set<String> = [
        "no", "not", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot",
        "unless", "except", "only", "hardly",
    ]

    /// Whether a lower-case word turns the sense of its sentence around.
    static func negates(_ word: String) -> Bool {
        negations.contains(word) || word.replacing("’", with: "'").hasSuffix("n't")
    }

    /// Whether a change of this word changes what the reader must know.
    static func isFigure(_ word: String) -> Bool {
        value(word) != nil || turning.contains(word.replacing("’", with: "'"))
    }
}
