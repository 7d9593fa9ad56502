import Markdown
import Testing

@testable import Website

@Suite struct SentencesTests {
    @Test func aShortPassageStaysWhole() {
        let passage = Passage("No. A conference cannot take your children.")
        #expect(passage.shortParagraphs() == [passage])
    }

    @Test(arguments: [
        String(repeating: "Tell them the truth in a few simple words. ", count: 9),
        String(repeating: "আপনার সোশ্যাল ওয়ার্কার অনেক প্রশ্নের উত্তর দিতে পারেন। ", count: 9),
        String(repeating: "آپ کے سوشل ورکر بہت سے سوالوں کے جواب دے سکتے ہیں۔ ", count: 9),
        String(repeating: "您的社工可以回答很多问题。", count: 16),
    ])
    func aLongPassageIsDividedBetweenSentences(_ text: String) {
        let parts = Passage(text).shortParagraphs().map(\.plainText)
        #expect(parts.count > 1)
        for part in parts {
            #expect([".", "।", "۔", "。"].contains { part.hasSuffix($0) }, "\(part)")
        }
        #expect(parts.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }

    @Test func quotationsBracketsAndNumbersAreNotDivided() {
        let sentence = "For example: \"Some people are worried. It is not your fault.\" (Ask. Then wait.) "
        let hours = "It is open from 9.30am to 3pm, and costs £1.50 e.g. for a call. "
        let parts = Passage(String(repeating: sentence + hours, count: 4)).shortParagraphs().map(\.plainText)
        #expect(parts.count > 1)
        for part in parts {
            #expect(part.filter { $0 == "\"" }.count % 2 == 0, "\(part)")
            #expect(part.filter { $0 == "(" }.count == part.filter { $0 == ")" }.count, "\(part)")
            #expect(!part.hasPrefix("for a call"), "\(part)")
        }
    }

    @Test(arguments: [
        ("No. It cannot.", "No. "), ("不能。会议不能。", "不能。"), ("না। পারে না।", "না। "), ("لا. لا يمكن.", "لا. "),
        ("No, you do not have to go. Ask.", nil), ("No", nil),
        ("It is a meeting. You meet people.", nil),
        ("A child protection plan is for a child. Ask.", nil),
    ])
    func anAnswerOfAWordOrTwoStandsOut(_ text: String, _ answer: String?) {
        let found = Passage(text).shortAnswer()
        #expect(found?.answer.plainText == answer)
        #expect(found.map { $0.answer.plainText + $0.rest.plainText } ?? text == text)
    }

    @Test func whatIsWrittenWithOtherSignsStaysInItsSentence() {
        let inlines: [Inline] = [
            .text(String(repeating: "You can say no. ", count: 16) + "Read about "),
            .link(
                .init(destination: .page("rights", section: nil), content: [.text("signing. An agreement")])),
            .text(". Then ask."),
        ]
        let last = Passage(inlines).shortParagraphs().last
        #expect(last?.plainText.hasSuffix("Read about signing. An agreement. Then ask.") == true)
    }
}
