import Support
import Testing
import Workspace

@Suite("What was looked at in a file system")
struct FileTraceTests {
    private let files = InMemoryFileSystem()

    private func write(_ path: String, _ text: String) throws {
        try files.write(Array(text.utf8), to: path)
    }

    @Test("nothing has changed where what was looked at is the same, whatever else has")
    func same() throws {
        try write("a/one.md", "1")
        let tracing = TracingFileSystem(files)
        _ = try tracing.read("a/one.md")
        _ = tracing.exists("a/none.md")
        try write("a/one.md", "1")
        try write("b/two.md", "2")
        #expect(tracing.trace.isSame(in: files))
    }

    @Test("a file that reads otherwise, or is gone, is a change")
    func content() throws {
        try write("a.md", "1")
        let tracing = TracingFileSystem(files)
        _ = try tracing.read("a.md")
        try write("a.md", "2")
        #expect(!tracing.trace.isSame(in: files))
        try write("a.md", "1")
        #expect(tracing.trace.isSame(in: files))
        try files.removeFile("a.md")
        #expect(!tracing.trace.isSame(in: files))
    }

    @Test("a file that was not there and now is, is a change")
    func appears() throws {
        let tracing = TracingFileSystem(files)
        #expect(!tracing.exists("a.md"))
        #expect(throws: FileError.self) { try tracing.read("b.md") }
        let trace = tracing.trace
        try write("a.md", "1")
        #expect(!trace.isSame(in: files))
        try files.removeFile("a.md")
        #expect(trace.isSame(in: files))
        try write("b.md", "1")
        #expect(!trace.isSame(in: files))
    }

    @Test("another name in a folder that was listed is a change")
    func names() throws {
        try write("a/one.md", "1")
        let tracing = TracingFileSystem(files)
        _ = try tracing.list("a")
        try write("a/one.md", "2")
        #expect(tracing.trace.isSame(in: files))
        try write("a/two.md", "2")
        #expect(!tracing.trace.isSame(in: files))
    }

    @Test("what two looks saw in two ways is never the same")
    func unstable() throws {
        try write("a.md", "1")
        let tracing = TracingFileSystem(files)
        _ = try tracing.read("a.md")
        try write("a.md", "2")
        _ = try tracing.read("a.md")
        #expect(!tracing.trace.isSame(in: files))
        try write("a.md", "1")
        #expect(!tracing.trace.isSame(in: files))
    }
}
