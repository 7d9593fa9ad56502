import Guidance
import Support
import Testing
import Translations
import Workspace

@testable import Search

@Suite struct TopicTests {
    /// Words and their numbers, as a lexicon has them.
    private static let words = [
        "a", "along", "and", "be", "bring", "can", "come", "council", "court", "is", "it", "judge", "me",
        "mum",
        "my", "pay", "sits", "take", "tax", "there", "will", "with", "zebra",
    ]

    private func numbers(_ text: String) -> [Int32] {
        Set(text.split(separator: " ").compactMap { Self.words.firstIndex(of: String($0)) }.map(Int32.init))
            .sorted()
    }

    private func model(_ examples: [(String, String)]) -> TopicModel {
        TopicModel(examples.map { .init(topic: $0.0, words: numbers($0.1)) })
    }

    private let examples = [
        ("bring", "can mum come with me"), ("bring", "bring my mum"), ("bring", "take my mum along"),
        ("court", "is it a court"), ("court", "will there be a judge"), ("court", "judge and court"),
        ("elsewhere", "council tax"), ("elsewhere", "pay my council tax"),
    ]

    @Test func wordsOfExamplesTellWhatATextIsAbout() throws {
        let model = model(examples)
        #expect(model.topics == ["elsewhere", "nearby", "bring", "court"])
        let likely = try #require(model.probabilities(of: numbers("mum sits with me")))
        #expect(likely[2] > 0.7 && abs(likely.reduce(0, +) - 1) < 0.001)
        // No example is near it.
        #expect(likely[1] == 0)
        let court = try #require(model.probabilities(of: numbers("judge")))
        #expect(court[3] > court[2] && court[3] > court[0])
        #expect(model.probabilities(of: numbers("zebra")) == nil)
        #expect(model.probabilities(of: []) == nil)
    }

    private func weights(_ examples: [(String, String)]) -> TopicWeights {
        TopicWeights(examples.map { .init(topic: $0.0, words: numbers($0.1)) }, names: Self.words)
    }

    /// The words, as the browser reads them.
    private func words(_ fields: TopicWeights.Fields) -> [String] {
        var found: [String] = []
        for character in fields.words {
            if let same = character.asciiValue, character.isUppercase {
                found.append(String((found.last ?? "").prefix(Int(same) - 65)))
            } else {
                found[found.count - 1].append(character)
            }
        }
        return found
    }

    /// Of each word its level in each topic, as the browser reads them.
    private func levels(_ fields: TopicWeights.Fields) -> [String: [Character: Int]] {
        var all: [String: [Character: Int]] = [:]
        for (word, line) in zip(words(fields), fields.levels.split(separator: "\n")) {
            var level = 0
            for character in line {
                if let digit = character.wholeNumberValue {
                    level = digit
                } else {
                    all[word, default: [:]][character] = level
                }
            }
        }
        return all
    }

    @Test func theBrowserGetsWordsInTopicsByTheLevelOfTheirWeight() throws {
        let fields = weights(examples).fields(TopicCodes(["bring", "court"]))
        // `A` is the first topic that guidance answers, `!` is elsewhere; nobody asked what is nearby.
        #expect(fields.topics == "!AB")
        let found = levels(fields)
        #expect(found["mum"]?.keys.sorted() == ["A"], "\(found)")
        #expect(found["judge"]?.keys.sorted() == ["B"] && found["tax"]?.keys.sorted() == ["!"], "\(found)")
        #expect(found.values.allSatisfy { $0.values.allSatisfy { (1...9).contains($0) } })
        // A word of one example tells nothing, and none is written twice.
        #expect(found["pay"] == nil)
        let words = words(fields)
        #expect(words == words.sorted() && words.count == found.count)
        #expect(words.count == fields.levels.split(separator: "\n").count)
    }

    @Test func aWordIsWeighedByWhatOthersOfItsQuestionsTell() throws {
        // `it` stands in as many questions of one topic as `judge`, never alone; and in some of another.
        let more =
            examples + (0..<6).flatMap { _ in [("court", "it is a judge"), ("bring", "can it come along")] }
        let found = levels(weights(more).fields(TopicCodes(["bring", "court"])))
        #expect((found["judge"]?["B"] ?? 0) > (found["it"]?["B"] ?? 0), "\(found)")
    }

    @Test func weightsDoNotDependOnTheNumbersOfWords() {
        let names = Array(Self.words.reversed())
        let turned = examples.map { topic, text in
            TopicModel.Example(
                topic: topic,
                words: Set(
                    text.split(separator: " ").compactMap { names.firstIndex(of: String($0)) }.map(Int32.init)
                )
                .sorted())
        }
        let codes = TopicCodes(["bring", "court"])
        #expect(TopicWeights(turned, names: names).fields(codes) == weights(examples).fields(codes))
    }

    @Test func withoutExamplesNothingIsTold() {
        #expect(weights([]).fields(TopicCodes(["bring"])) == TopicWeights.Fields())
        #expect(
            weights([("bring", ""), ("court", "is it")]).fields(TopicCodes(["bring", "court"]))
                == TopicWeights.Fields())
    }

    @Test func aTopicHasTheSameCharacterInEveryLanguage() {
        // In this language nobody wrote of `bring`.
        let fields = weights(examples.filter { $0.0 != "bring" }).fields(TopicCodes(["bring", "court"]))
        #expect(levels(fields)["judge"]?.keys.sorted() == ["B"], "\(fields.words)")
        // What the guidance's language does not answer is left out.
        let others = weights(examples).fields(TopicCodes(["court"]))
        #expect(levels(others)["judge"]?.keys.sorted() == ["A"], "\(others.words)")
        #expect(others.topics == "!A")
        let many = TopicCodes((0..<300).map { "t\($0)" }.sorted())
        let codes = (0..<300).compactMap { many["t\($0)"] }
        #expect(Set(codes).count == 300)
        #expect(codes.allSatisfy { $0.unicodeScalars.count == 1 && !"0123456789\"\\=\n <&>'".contains($0) })
        #expect(many.topic(of: codes[7]) == "t7")
    }

    private func lexicon(_ files: [String: String]) throws -> (SearchLexicon, [Diagnostic]) {
        let disk = InMemoryFileSystem()
        for (path, text) in files { try disk.write(Array(text.utf8), to: path) }
        var diagnostics = Diagnostics()
        let vocabulary = SearchVocabulary.load(
            .english, themes: ["over", "theme"], content: "content", in: disk, reporting: &diagnostics)
        return (SearchLexicon(vocabulary), diagnostics.sorted)
    }

    @Test func examplesComeFromTheTopmostThemeAndThePortal() throws {
        let (lexicon, problems) = try lexicon([
            "theme/search/topics-en.txt": "# bring: who comes along\nmay I bring mum\n",
            "over/search/topics-en.txt": "# court\n\nis there a judge\n",
            "content/search/topics-en.txt": "# dogs\nmay my dog come\n",
            "theme/search/topics-en.guidance.txt": "# court\nIt is not a court.\n",
        ])
        #expect(problems.isEmpty)
        #expect(lexicon.vocabulary.topics.questions.map(\.topic) == ["court", "dogs"])
        #expect(lexicon.vocabulary.topics.answered == ["court"])
        let unknown = lexicon.unknownTopics(lexicon)
        #expect(unknown.map(\.rule) == ["UnknownTopic"])
        #expect(unknown.first?.location?.description == "content/search/topics-en.txt:1:1")
    }

    @Test func anExampleAboveTheFirstTopicIsAnError() throws {
        let (lexicon, problems) = try lexicon([
            "content/search/topics-en.txt": "\nmay my dog come\n# dogs\nwoof\n"
        ])
        #expect(problems.map(\.rule) == ["ExampleWithoutTopic"])
        #expect(problems.first?.location?.description == "content/search/topics-en.txt:2:1")
        #expect(lexicon.vocabulary.topics.questions.isEmpty)
        // Where nothing tells what guidance answers, nobody can say which topic is unknown.
        #expect(lexicon.unknownTopics(lexicon).isEmpty)
    }
}
