import Foundation
import Testing
import Workspace

@testable import Leaflets

/// Workers that are a plain Python, without Typst: what happens around the engine.
@Suite struct WorkerTests {
    static let theme = LeafletTheme(
        templates: [], fonts: LeafletFonts(byScript: [:], forPrinter: [:]), strings: [:],
        fingerprint: ContentHash(""))

    @Test func aMissingPythonIsAReasonNotACrash() async {
        await #expect(throws: TypstWorkers.EngineMissing.self) {
            try await TypstWorkers(.init(python: "/no/such/python", count: 1), theme: Self.theme)
        }
    }

    @Test func aProgramThatIsNoPythonIsAReason() async throws {
        let error = await #expect(throws: TypstWorkers.EngineMissing.self) {
            try await TypstWorkers(.init(python: "/bin/true", count: 1), theme: Self.theme)
        }
        #expect(try #require(error).reason.contains("/bin/true"))
    }

    @Test func skippedLeafletsAreNamed() throws {
        var diagnostics = Diagnostics()
        let spec = try #require(
            LeafletSpec.parse(
                SourceText(
                    path: "leaflets/guide.yml", text: "title: T\nformats: [a4]\nsections: [{page: a}]\n"),
                reporting: &diagnostics))
        let problem = try #require(LeafletBuilder.skipped([spec], because: "no Typst"))
        #expect(problem.severity == .warning)
        #expect(problem.message == "these leaflets were not made: guide (no Typst)")
        #expect(LeafletBuilder.skipped([], because: "no Typst") == nil)
        #expect(Diagnostics([problem]).escalating(LeafletBuilder.strictRules).hasErrors)
    }

    @Test(arguments: [
        ("PDF/UA-1 error: the text `\"ক\"` could not be displayed with font `\"Noto Sans\"`", "ক"),
        ("PDF/UA-1 error: the text `\"\\u{1f9ff}\"` could not be displayed with font `\"X\"`", "\u{1F9FF}"),
        ("PDF/UA-1 error: the text `\"\\\"\"` could not be displayed with font `\"X\"`", "\""),
    ])
    func theEnginesQuotedLettersAreUnderstood(message: String, text: String) {
        #expect(LeafletBuilder.missingGlyphs(in: message) == text)
    }

    @Test func otherErrorsNameNoLetters() {
        #expect(LeafletBuilder.missingGlyphs(in: "unknown variable: x") == nil)
    }
}

/// The project's private environment, if it is there.
private enum Engine {
    static let python: String? = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".signpost/venv/bin/python").path()
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()
}

/// With the real engine, where it is installed.
@Suite(.enabled(if: Engine.python != nil), .serialized) struct EngineTests {
    private func workers(
        _ template: String, limit: Duration = .seconds(30), mostMemory: Int = 1 << 30
    ) async throws -> TypstWorkers {
        var theme = WorkerTests.theme
        theme.templates = [
            .init(name: "leaflet.typ", path: "themes/default/leaflets/leaflet.typ", text: template)
        ]
        var settings = TypstWorkers.Settings(
            python: try #require(Engine.python), count: 1, timeLimit: limit)
        settings.mostMemory = mostMemory
        return try await TypstWorkers(settings, theme: theme)
    }

    private func job(_ data: String = "{}", step: String = "layout") -> JSONValue {
        .object([
            ("step", .string(step)), ("data", .string(data)), ("timestamp", .int(0)),
            ("standards", .array([])),
            ("tags", .bool(true)),
        ])
    }

    private static let plain =
        "#let leaflet(d) = [#d.at(\"text\", default: \"x\")#context [#metadata((pages: 1, over: ()))<leaflet-info>]]"

    @Test(arguments: [(1 << 30, 1), (1, 3)])
    func aWorkerThatHoldsTooMuchIsReplacedBetweenLeaflets(mostMemory: Int, processes: Int) async throws {
        let workers = try await workers(Self.plain, mostMemory: mostMemory)
        var seen: Set<Int32> = []
        for _ in 0..<3 {
            let made = try await workers.withWorker { lease in
                // Both steps of a leaflet are the same worker's.
                let first = await lease.run(job())
                let second = await lease.run(job("{\"text\": \"y\"}"))
                return (lease.processID, first.pdf != nil && second.pdf != nil)
            }
            #expect(made.1)
            seen.insert(made.0)
        }
        #expect(seen.count == processes)
    }

    @Test func aWorkerKilledInTheMiddleFailsItsJobAndTheNextOneIsMade() async throws {
        let workers = try await workers(
            "#let leaflet(d) = { for i in range(d.at(\"n\", default: 0)) { for j in range(100000) {} }; "
                + Self.plain.dropFirst("#let leaflet(d) = ".count) + "}", limit: .seconds(600))
        let first = try await workers.withWorker { lease in
            let process = lease.processID
            // A thread of its own: tasks wait where other tests keep all cores busy.
            Thread.detachNewThread {
                Thread.sleep(forTimeInterval: 0.3)
                kill(process, SIGKILL)
            }
            return await lease.run(job("{\"n\": 100000}"))
        }
        #expect(first.pdf == nil)
        #expect(try #require(first.failure).contains("stopped in the middle"))
        let second = try await workers.withWorker { await $0.run(job()) }
        #expect(second.failure == nil)
        #expect(try #require(second.pdf).starts(with: Array("%PDF".utf8)))
        await workers.stop()
    }

    @Test func aJobThatTakesTooLongIsEnded() async throws {
        let workers = try await workers(
            "#let leaflet(d) = { for i in range(100000) { for j in range(100000) {} } }",
            limit: .milliseconds(400))
        let answer = try await workers.withWorker { await $0.run(job()) }
        #expect(try #require(answer.failure).contains("took longer"))
        await workers.stop()
    }

    @Test func anErrorInATemplateHasItsPlace() async throws {
        let workers = try await workers("#let leaflet(d) = [\n  #unknown-thing\n]")
        let answer = try await workers.withWorker { await $0.run(job()) }
        let error = try #require(answer.errors?.first)
        #expect(error.message.contains("unknown variable"))
        #expect(error.file == "leaflet.typ")
        #expect(error.line == 2)
        await workers.stop()
    }

    @Test func contentIsDataAndTemplatesReadNothingElse() async throws {
        let workers = try await workers(
            "#let leaflet(d) = [#read(d.text)#context [#metadata((pages: 1, over: ()))<leaflet-info>]]")
        let answer = try await workers.withWorker { await $0.run(job("{\"text\": \"/etc/passwd\"}")) }
        #expect(answer.pdf == nil)
        #expect(try #require(answer.errors?.first).message.contains("not found"))
        await workers.stop()
    }

    /// What one worker does depends on nothing it did before: each step, straight after each other one.
    @Test func aLeafletIsMeasuredTheSameAfterAnyOtherStep() async throws {
        let workers = try await workers(
            "#let leaflet-cover(d) = []\n#let leaflet(d) = [#d.text#(pagebreak() * 5)#context [#metadata((pages: d.pages, over: ()))<leaflet-info>]]"
        )
        let sheets = Imposition.trifold(direction: .leftToRight).json(
            title: "x", date: try #require(CalendarDate("2026-01-01"))
        ).serialized()
        for (index, between) in ["layout", "impose", "thumbnail", "measure"].enumerated() {
            let (before, after) = try await workers.withWorker { lease in
                let before = await lease.run(job("{\"text\": \"x\", \"pages\": 1}"))
                _ = await lease.run(
                    .object([
                        ("step", .string(between)), ("timestamp", .int(0)), ("ppi", .int(20)),
                        ("standards", .array([])), ("tags", .bool(true)),
                        ("data", .string(between == "impose" ? sheets : "{\"text\": \"y\", \"pages\": 2}")),
                    ]))
                return (
                    before,
                    await lease.run(job("{\"text\": \"z\", \"pages\": \(index + 3)}", step: "measure"))
                )
            }
            #expect(before.info?.pages == 1)
            #expect(after.failure == nil, "after \(between)")
            #expect(after.info?.pages == index + 3, "after \(between)")
        }
        await workers.stop()
    }

    @Test func manyJobsShareFewWorkers() async throws {
        let workers = try await workers(Self.plain)
        let answers = try await (0..<20).concurrentMap(width: 20) { number in
            try await workers.withWorker { await $0.run(job("{\"text\": \"number \(number)\"}")) }
        }
        #expect(answers.allSatisfy { $0.pdf != nil })
        await workers.stop()
    }
}
