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

    @Test func theBrowserGetsWordsInTopicsByTheLevelOfTheirCount() {
        let fields = model(examples).script(Self.words).fields(TopicCodes(["bring", "court"]))
        // `A` is the first topic that guidance answers, `!` is elsewhere.
        let words = fields.words.split(separator: "\n")
        #expect(words.contains("mum=3A"), "\(words)")
        #expect(words.contains("judge=2B") && words.contains("tax=2!"), "\(words)")
        // A word of one example tells nothing, and none is written twice.
        #expect(!words.contains { $0.hasPrefix("pay=") })
        #expect(words == words.sorted())
        #expect(fields.topics.hasSuffix("!6 A12 B12"), "\(fields.topics)")
    }

    @Test func aTopicHasTheSameCharacterInEveryLanguage() {
        // In this language nobody wrote of `bring`.
        let fields = model(examples.filter { $0.0 != "bring" }).script(Self.words).fields(
            TopicCodes(["bring", "court"]))
        #expect(fields.words.split(separator: "\n").contains("judge=2B"), "\(fields.words)")
        // What the guidance's language does not answer is left out.
        let others = model(examples).script(Self.words).fields(TopicCodes(["court"]))
        #expect(others.words.split(separator: "\n").contains("judge=2A"), "\(others.words)")
        #expect(!others.topics.contains("B"))
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
