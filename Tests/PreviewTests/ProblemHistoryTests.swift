import Preview
import Testing
import Workspace

@Suite("Problems of one build after another")
struct ProblemHistoryTests {
    private func warning(_ message: String, line: Int) -> Diagnostic {
        .warning("Odd", message, at: SourceLocation(file: "a.md", range: SourceRange(line: line, column: 1)))
    }

    private func error(_ message: String) -> Diagnostic {
        .error("Bad", message, at: SourceLocation(file: "a.md", range: SourceRange(line: 1, column: 1)))
    }

    @Test("what moves is no new problem, and a second one like it is")
    func moved() {
        var history = ProblemHistory()
        let first = history.take(Diagnostics([warning("x", line: 3)]), isWhole: true)
        #expect(first.new.sorted.count == 1 && first.mended == 0 && first.known == 0)
        let second = history.take(
            Diagnostics([warning("x", line: 9), warning("x", line: 12)]), isWhole: true)
        #expect(second.new.sorted.count == 1 && second.known == 1 && second.mended == 0)
        let third = history.take(Diagnostics(), isWhole: true)
        #expect(third.new.isEmpty && third.mended == 2)
    }

    @Test("a build that stopped at an error mends nothing, and the next whole one repeats nothing")
    func stopped() {
        var history = ProblemHistory()
        let warnings = (1...4).map { warning("\($0)", line: $0) }
        _ = history.take(Diagnostics(warnings), isWhole: true)
        let failed = history.take(Diagnostics([error("no")]), isWhole: false)
        #expect(failed.new.sorted == [error("no")] && failed.mended == 0)
        let again = history.take(Diagnostics([error("no"), error("no more")]), isWhole: false)
        #expect(again.new.sorted == [error("no more")] && again.known == 1)
        let mended = history.take(Diagnostics(warnings), isWhole: true)
        #expect(mended.new.isEmpty && mended.known == 4 && mended.mended == 2)
    }

    @Test("an error that was mended and comes back is said again")
    func back() {
        var history = ProblemHistory()
        _ = history.take(Diagnostics([error("no")]), isWhole: false)
        _ = history.take(Diagnostics(), isWhole: true)
        #expect(history.take(Diagnostics([error("no")]), isWhole: false).new.sorted.count == 1)
    }
}
