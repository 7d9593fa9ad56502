import Markdown
import Workspace

/// How old a reader must be, by Flesch and Kincaid.
///
/// The grade is 0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid and others 1975); five years are
/// added, since grade 1 begins at six in the United States.
struct ReadingAge: TextRule {
    static let rule = Rule(
        "ReadingAge", .warning,
        "A section needs a reader who is older than the portal's limit; half of adults read as children of 11 do. Up to three years more are a note.",
        bad:
            "⟦## Procedure\n\nProfessionals participating in multidisciplinary deliberations collaboratively evaluate available documentation concerning developmental implications. Representatives subsequently formulate appropriate recommendations regarding coordinated safeguarding interventions. Administrative communication facilitates organisational accountability throughout statutory proceedings. Participants appreciate comprehensive preparation.",
        good:
            "## What happens\n\nThe people at the meeting look at what they know. They talk about how your child is. Then they say what would help. Somebody writes down what they say. You get a copy of it, and you can ask to have it changed if there is a mistake.",
        limit: 11)

    /// Years over the limit that are a note: in a short section the formula cannot tell them from chance.
    private static let doubt = 3

    /// Fewer words tell nothing.
    private static let least = 30

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        guard (text.audience ?? context.audience) != .professionals else { return [] }
        var found: [Diagnostic] = []
        var heading: SourceRange?
        var passages: [PlacedPassage] = []
        func finish() {
            defer { passages = [] }
            let prose = passages.map(Prose.init)
            let limit = context.limit(of: rule)
            guard let age = age(of: prose).map({ Int($0.rounded()) }), age > limit else { return }
            let worst = prose.flatMap { prose in prose.sentences.map { (prose, $0) } }
                .filter { $0.1.count > 3 }.max { cost($0.0, $0.1) < cost($1.0, $1.1) }
            let help = worst.map { prose, sentence in
                "Use shorter words and sentences. The hardest is: '\(prose.text(ofSentence: sentence).prefix(90))…'"
            }
            var problem = rule.diagnostic(
                "this section needs a reading age of \(age); the limit is \(limit)",
                at: text.location(heading ?? passages.first?.passage.range), help: help)
            if age <= limit + doubt { problem.severity = .note }
            found.append(problem)
        }
        for placed in text.passages {
            if case .heading = placed.role {
                finish()
                heading = placed.block
            } else {
                passages.append(placed)
            }
        }
        finish()
        return found
    }

    /// Years; nil for too little text.
    static func age(of prose: [Prose]) -> Double? {
        let words = prose.reduce(0) { $0 + $1.words.count }
        let sentences = prose.reduce(0) { $0 + $1.sentences.count }
        guard words >= least, sentences > 0 else { return nil }
        let syllables = prose.reduce(0) { $0 + $1.words.reduce(0) { $0 + Self.syllables(in: $1.text) } }
        return 0.39 * Double(words) / Double(sentences) + 11.8 * Double(syllables) / Double(words) - 15.59 + 5
    }

    private static func cost(_ prose: Prose, _ sentence: Range<Int>) -> Double {
        let syllables = prose.words[sentence].reduce(0) { $0 + Self.syllables(in: $1.text) }
        return 0.39 * Double(sentence.count) + 11.8 * Double(syllables) / Double(sentence.count)
    }

    /// Runs of vowels, without a silent e at the end. An address counts as one: nobody reads it as words.
    static func syllables(in word: String) -> Int {
        let letters = Array(word.utf8)
        guard !letters.contains(UInt8(ascii: "@")), !letters.contains(UInt8(ascii: ".")) else { return 1 }
        func isVowel(_ index: Int) -> Bool { "aeiouy".utf8.contains(letters[index]) }
        var count = 0
        for index in letters.indices where isVowel(index) && (index == 0 || !isVowel(index - 1)) {
            count += 1
        }
        let last = letters.count - 1
        if count > 1, last >= 2, letters[last] == UInt8(ascii: "e"), !isVowel(last - 1) {
            let isSounded = letters[last - 1] == UInt8(ascii: "l") && !isVowel(last - 2)
            if !isSounded { count -= 1 }
        }
        if count > 1, last >= 3, letters[last] == UInt8(ascii: "d"), letters[last - 1] == UInt8(ascii: "e"),
            letters[last - 2] != UInt8(ascii: "t"), letters[last - 2] != UInt8(ascii: "d"), !isVowel(last - 2)
        {
            count -= 1
        }
        return max(1, count)
    }
}
