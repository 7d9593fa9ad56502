import Foundation
import Testing

@testable import Search

/// The rows of `Tests/Search/terms.tsv`, which the script in the browser is held to as well.
private func termsTable() throws -> [[String]] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Search/terms.tsv").standardizedFileURL
    let text = try String(contentsOf: url, encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
        line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
}

@Suite struct SearchTermsTests {
    @Test func termsAreTheOnesOfTheSharedTable() throws {
        let table = try termsTable()
        #expect(table.count > 30)
        for row in table {
            try #require(row.count == 3, "\(row)")
            #expect(SearchTerms.terms(of: row[1]).joined(separator: " ") == row[2], "\(row[0]): \(row[1])")
        }
    }

    @Test func foldingTwiceChangesNothing() throws {
        for row in try termsTable() {
            for term in SearchTerms.terms(of: row[1]) {
                #expect(SearchTerms.terms(of: term) == [term], "\(row[0]): \(term)")
            }
        }
    }
}

@Suite struct SentenceTests {
    @Test(arguments: [
        (
            "No. The conference cannot take your children. Only a court can.",
            ["No. The conference cannot take your children.", "Only a court can."]
        ),
        (
            "Come at 9.30am to the room. Ask Mr. Smith for help.",
            ["Come at 9.30am to the room.", "Ask Mr. Smith for help."]
        ),
        ("Without an end", ["Without an end"]),
        ("", []),
        ("هل تحتاج إلى محام؟ لا تحتاج إليه.", ["هل تحتاج إلى محام؟", "لا تحتاج إليه."]),
        ("会议不会带走您的孩子。只有法院可以决定。", ["会议不会带走您的孩子。", "只有法院可以决定。"]),
    ])
    func textFallsIntoSentences(text: String, expected: [String]) {
        #expect(text.sentences() == expected)
    }
}
