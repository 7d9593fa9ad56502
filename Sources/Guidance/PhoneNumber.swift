/// A phone number of the United Kingdom as people write it, or another country's with its international prefix.
///
/// Measured against the National Telephone Numbering Plan (Ofcom): a digit too many or too few, or a lost zero at the
/// start, is found where it is written, not by a parent at night.
public struct PhoneNumber: Hashable, Sendable {
    /// What is dialled once somebody answers.
    public enum Menu: Hashable, Sendable {
        /// `ext 123`.
        case `extension`(String)
        /// `option 2`.
        case option(String)

        public var digits: String {
            switch self {
            case .extension(let digits), .option(let digits): digits
            }
        }
    }

    /// In the form of ITU-T E.164: `+441632960000`; short codes such as 999 and numbers that work within the country
    /// only, such as 0800 1111, as they are.
    public let dialled: String
    /// The number as it was written, without what is dialled afterwards.
    public let text: String
    public let menu: Menu?
    /// Whether it is a short code: no area, no prefix.
    public let isShort: Bool
    /// Whether no subscriber can have it: kept for drama by Ofcom, or digits that only fill a place.
    public let isFiller: Bool

    /// Whether it can be sent a text message: the number of a mobile phone, or one that is too short for a landline. Of
    /// numbers in other countries it is not known.
    package var takesMessages: Bool {
        dialled.hasPrefix("+447") || dialled.count <= 6 || !dialled.hasPrefix("+44")
    }

    /// What is wrong with a number, and what to do.
    public struct Problem: Error, Hashable, Sendable {
        public var message: String
        public var help: String
    }

    /// - Parameter messages: Whether it takes text messages, which have short codes of their own.
    public init(_ written: String, messages: Bool = false) throws(Problem) {
        let (number, menu) = Self.split(written)
        self.menu = menu
        text = number
        guard !number.isEmpty, number.unicodeScalars.allSatisfy(Self.isPart) else {
            if number.contains(where: { $0.isNumber }), number.contains(where: { "xX?*#_…".contains($0) }) {
                throw Problem(
                    message: "'\(written)' only fills a place: it is not a whole phone number",
                    help: "Write the number, or leave the contact out until you have it.")
            }
            let meant = Self.withDigits(number)
            if meant.unicodeScalars.allSatisfy(Self.isPart),
                number.contains(where: { $0.isASCII && $0.isNumber })
            {
                throw Problem(
                    message: "'\(written)' has a letter where a digit is meant",
                    help: "Write \(meant), if that is the number.")
            }
            throw Problem(
                message: "'\(written)' is not a phone number",
                help: "Use digits and spaces only, as people say it: 01632 960 000.")
        }
        var digits = number.filter { $0.isASCII && $0.isNumber }
        let hasPlus = number.drop { $0 == "(" || $0 == " " }.hasPrefix("+")
        var country: String?
        if hasPlus || digits.hasPrefix("00") {
            country = hasPlus ? digits : String(digits.dropFirst(2))
        }
        if let country {
            // ITU-T E.164: a country code that never starts with 0, and fifteen digits at most.
            guard (8...16).contains(country.count), country.first != "0" else {
                throw Problem(
                    message: "'\(written)' is not a phone number that can be dialled from abroad",
                    help: "Write +44 and the number without its 0, or the number as it is dialled here.")
            }
            guard country.hasPrefix("44") else {
                guard country.count <= 15 else {
                    throw Self.wrongLength(written, country.count, "at most 15")
                }
                dialled = "+" + country
                isShort = false
                isFiller = false
                return
            }
            // `+44 (0)1865`: the zero is for callers within the country (E.123).
            let national = country.dropFirst(2)
            digits = national.hasPrefix("0") ? String(national) : "0" + national
        }
        isShort = !digits.hasPrefix("0")
        if isShort {
            guard Self.isShortCode(digits, messages: messages) else {
                if digits.hasPrefix("44"), digits.count == 12 {
                    throw Problem(
                        message: "'\(written)' lacks the + before 44",
                        help: "Write +\(number), or start with 0.")
                }
                if (9...10).contains(digits.count), let length = Self.lengths("0" + digits),
                    length.contains(digits.count + 1)
                {
                    throw Problem(
                        message: "the 0 at the start of '\(written)' is missing",
                        help: "Write 0\(number), in quotation marks if it has no spaces.")
                }
                throw Problem(
                    message: "'\(written)' is no phone number of the United Kingdom",
                    help: "National numbers start with 0; short ones are 999, 101, 111 and the like.")
            }
            dialled = digits
            isFiller = false
            return
        }
        guard let lengths = Self.lengths(digits) else {
            throw Problem(
                message: "no number of the United Kingdom starts with '\(digits.prefix(4))'",
                help: "Look it up where the number comes from.")
        }
        guard lengths.contains(digits.count) else {
            let wanted = lengths.sorted().map { "\($0)" }.joined(separator: " or ")
            throw Self.wrongLength(written, digits.count, wanted)
        }
        // 0800 1111 and the like have no international form.
        dialled = digits.count < 10 ? digits : "+44" + digits.dropFirst()
        isFiller = Self.isFiller(digits)
    }

    /// The same with digits for the letters that look like them: `01865` for `Ol865`.
    package static func withDigits(_ written: String) -> String {
        String(
            written.map { character in
                switch character {
                case "O", "o": "0"
                case "l", "I", "|": "1"
                default: character
                }
            })
    }

    private static func wrongLength(_ written: String, _ count: Int, _ wanted: String) -> Problem {
        Problem(
            message: "'\(written)' has \(count) digits; a number like this has \(wanted)",
            help: "Look for a digit that is missing or stands twice.")
    }

    /// What people paste: spaces of any width, hyphens of any kind, full stops, slashes, brackets.
    private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "0"..."9", "+", "(", ")", "-", ".", "/", " ", "\u{A0}", "\u{2009}", "\u{202F}", "\u{2010}",
            "\u{2011}",
            "\u{2012}", "\u{2013}":
            true
        default: false
        }
    }

    /// Takes off `ext 123`, `x123`, `#123`, `option 2` at the end.
    private static func split(_ written: String) -> (String, Menu?) {
        func trimmed(_ text: Substring) -> String {
            var text = text
            while let last = text.last, last.isWhitespace || ",;".contains(last) { text.removeLast() }
            while text.first?.isWhitespace == true { text.removeFirst() }
            return String(text)
        }
        let text = trimmed(written[...])
        let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }
        guard (1...7).contains(digits.count) else { return (text, nil) }
        var head = text.dropLast(digits.count)
        while let last = head.last, last.isWhitespace || ".:)(,-".contains(last) { head.removeLast() }
        let words = ["extension", "extn", "ext", "x", "#", "option", "opt"]
        let lowered = head.lowercased()
        guard let word = words.first(where: { lowered.hasSuffix($0) }) else { return (text, nil) }
        let before = head.dropLast(word.count)
        // A filler such as `01XX 123` is not an extension.
        guard before.count(where: { $0.isNumber }) >= 3, before.last.map({ !$0.isLetter }) ?? false,
            word != "x" || before.last.map({ $0.isWhitespace || $0.isNumber }) ?? false
        else { return (text, nil) }
        let value = String(digits.reversed())
        var number = before
        while let last = number.last, last == "(" || last == "," || last.isWhitespace { number.removeLast() }
        return (trimmed(number), word.hasPrefix("opt") ? .option(value) : .extension(value))
    }
}

// MARK: - The numbering plan

extension PhoneNumber {
    /// Emergency, police, health, power cuts, social harm lines (116), directory enquiries (118).
    private static func isShortCode(_ digits: String, messages: Bool) -> Bool {
        if messages, (5...6).contains(digits.count), let first = digits.first, "678".contains(first) {
            return true
        }
        switch digits.count {
        case 3:
            return ["999", "112", "101", "105", "111", "119", "159", "100", "123", "150", "195"].contains(
                digits)
        case 5: return ["18000", "18001", "18002"].contains(digits)
        case 6: return digits.hasPrefix("116") || digits.hasPrefix("118")
        default: return false
        }
    }

    /// How many digits a number that starts so can have, the 0 included (National Telephone Numbering Plan, part B).
    private static func lengths(_ digits: String) -> Set<Int>? {
        func starts(_ prefixes: String...) -> Bool { prefixes.contains { digits.hasPrefix($0) } }
        if digits.hasPrefix("01") {
            guard let third = digits.dropFirst(2).first, third != "0" else { return nil }
            return shortAreas.contains(String(digits.prefix(5))) || digits.hasPrefix("016977")
                ? [10, 11] : [11]
        }
        if starts("020", "023", "024", "028", "029") { return [11] }
        if starts("030", "033", "034", "037") { return [11] }
        if starts("055", "056") { return [11] }
        if starts("070", "071", "072", "073", "074", "075", "076", "077", "078", "079") { return [11] }
        // Childline's number is the last of its length.
        if digits == "08001111" { return [8] }
        if starts("0800") { return [10, 11] }
        if digits.hasPrefix("084546"), digits.count == 8 { return [8] }
        if starts("0808", "082", "084", "087", "09") { return [11] }
        return nil
    }

    /// Areas in which some numbers have ten digits.
    private static let shortAreas: Set<String> = [
        "01204", "01208", "01254", "01276", "01297", "01298", "01363", "01364", "01384", "01386", "01404",
        "01420",
        "01460", "01461", "01480", "01488", "01524", "01527", "01562", "01566", "01606", "01629", "01635",
        "01647",
        "01659", "01695", "01726", "01744", "01750", "01768", "01827", "01837", "01884", "01900", "01905",
        "01935",
        "01946", "01949", "01963", "01995",
    ]

    /// Ofcom, "Telephone numbers for use in TV and radio drama programmes".
    private static let drama = [
        "01134960", "01144960", "01154960", "01164960", "01174960", "01184960", "01214960", "01314960",
        "01414960",
        "01514960", "01614960", "02079460", "01914980", "02896496", "02920180", "01632960", "07700900",
        "08081570",
        "09098790", "03069990",
    ]

    private static func isFiller(_ digits: String) -> Bool {
        if drama.contains(where: { digits.hasPrefix($0) }) { return true }
        guard digits.count >= 10 else { return false }
        // One digit over and over, or digits counted up or down.
        let tail = Array(digits.suffix(6).utf8)
        if Set(tail).count == 1 { return true }
        let whole = Array(digits.dropFirst().utf8)
        let steps = Set(zip(whole, whole.dropFirst()).map { (Int($1) - Int($0) + 10) % 10 })
        return steps == [1] || steps == [9]
    }
}
