import ArgumentParser
import Build
import Foundation
import Guidance
import Workspace

/// Tells what has changed in a portal since a day or a version.
struct ChangesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Tell what has changed since a day or a version, council by council.",
        discussion: """
            Compares facts, contacts, sections and councils with what Git has kept, and says it in words (Markdown), \
            with who has changed each file. What is not committed yet counts too.

            Examples:
              signpost changes 2026-10-01
              signpost changes v2026-autumn --council kent > report.md
              signpost changes HEAD~20 --format json
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

    @Argument(
        help: ArgumentHelp("A day such as 2026-10-01, or a commit, tag or branch of Git.", valueName: "since")
    )
    var since: String

    @Option(
        help: ArgumentHelp("The folder with portal.yml.", valueName: "dir"), transform: PortalFolder.content)
    var content = PortalFolder.nearest + "content"

    @Option(
        help: ArgumentHelp(
            "Only this council, and what every council shares; repeat for several.", valueName: "id"))
    var council: [String] = []

    @Option(help: "How it is written: text (Markdown) or json.")
    var format = Format.text

    func run() throws {
        let files = LocalFileSystem()
        let terminal = Terminal.current()
        let content = content.count > 1 && content.hasSuffix("/") ? String(content.dropLast()) : content
        var problems = Diagnostics()
        guard let new = Portal.load(from: content, in: files, councils: council, reporting: &problems) else {
            terminal.report(problems, as: .text, files: files)
            throw ExitCode(1)
        }
        let history = try GitHistory(of: content)
        let commit = try history.commit(since)
        let kept = try history.files(of: commit, at: content)
        var ignored = Diagnostics()
        guard let old = Portal.load(from: content, in: kept, reporting: &ignored) else {
            throw ValidationError("At '\(since)' there was no portal in \(content).")
        }
        let changes = PortalChanges(from: old, in: kept, to: new, in: files)
            .of(councils: council)
        switch format {
        case .json:
            terminal.write(
                changes.json { (try? history.people(of: $0, since: commit)) ?? [] }.serialized(pretty: true)
                    + "\n")
        case .text:
            guard !changes.changes.isEmpty else {
                terminal.write("No fact, contact or section has changed since \(since).\n")
                return
            }
            terminal.write("# What has changed since \(since)\n\n")
            terminal.write(
                changes.report { file in
                    let names = (try? history.people(of: file, since: commit)) ?? []
                    return names.isEmpty ? nil : names.joined(separator: ", ")
                })
        }
    }
}

/// What Git knows of a folder.
private final class GitHistory {
    private let folder: String
    /// The folder's path in the repository, with a slash at its end; nothing at the top.
    private let prefix: String
    private var known: [String: [String]] = [:]

    init(of folder: String) throws {
        guard let answer = try? Self.git(["rev-parse", "--show-prefix"], in: folder) else {
            throw ValidationError("\(folder) is not kept by Git, so nobody knows what it said before.")
        }
        self.folder = folder
        prefix = String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// The commit that is meant: the last one before a day, or the one of that name.
    func commit(_ since: String) throws -> String {
        let answer: Data?
        if let day = CalendarDate(since), day.day != nil {
            answer = try? Self.git(
                ["rev-list", "-1", "--before=\(day)T00:00:00", "HEAD"], in: folder)
            guard let answer, !answer.isEmpty else {
                throw ValidationError("Git has nothing of \(folder) from before \(day).")
            }
        } else {
            // What starts with a hyphen would be an option.
            answer =
                since.hasPrefix("-")
                ? nil : try? Self.git(["rev-parse", "--verify", "--quiet", since + "^{commit}"], in: folder)
        }
        guard let answer, !answer.isEmpty else {
            throw ValidationError(
                "'\(since)' is neither a day such as 2026-10-01 nor a commit, tag or branch.")
        }
        return String(decoding: answer, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// The guidance and settings as they were.
    func files(of commit: String, at content: String) throws -> InMemoryFileSystem {
        let list = try Self.git(["ls-tree", "-r", "-z", "--full-tree", "--name-only", commit], in: folder)
        let copy = InMemoryFileSystem()
        let names = String(decoding: list, as: UTF8.self).split(separator: "\0").map(String.init)
            .filter { $0.hasPrefix(prefix) }
        let read = names.filter { ($0.hasSuffix(".md") || $0.hasSuffix(".yml")) && !$0.contains("\n") }
        for name in names where !read.contains(name) {
            // What else lies there is asked for by its name only.
            try copy.write([], to: joinPath(content, String(name.dropFirst(prefix.count))))
        }
        let input = Data(read.map { "\(commit):\($0)\n" }.joined().utf8)
        var answer = try Self.git(["cat-file", "--batch"], in: folder, input: input)[...]
        for name in read {
            guard let end = answer.firstIndex(of: 0x0A) else { break }
            let fields = String(decoding: answer[..<end], as: UTF8.self).split(separator: " ")
            answer = answer[(end + 1)...]
            guard fields.count == 3, let size = Int(fields[2]), answer.count > size else { continue }
            let stop = answer.startIndex + size
            try copy.write(
                Array(answer[answer.startIndex..<stop]),
                to: joinPath(content, String(name.dropFirst(prefix.count))))
            answer = answer[(stop + 1)...]
        }
        return copy
    }

    /// Who has changed a file since, the last first.
    func people(of file: String, since commit: String) throws -> [String] {
        if let known = known[file] { return known }
        let path = file.hasPrefix(folder + "/") ? String(file.dropFirst(folder.count + 1)) : file
        let log = try Self.git(["log", "-z", "--format=%an", "\(commit)..HEAD", "--", path], in: folder)
        var names: [String] = []
        for name in String(decoding: log, as: UTF8.self).split(separator: "\0").map(String.init)
        where !names.contains(name) { names.append(name) }
        let open = try Self.git(["status", "--porcelain", "--", path], in: folder)
        if !open.isEmpty { names.insert("not committed yet", at: 0) }
        known[file] = names
        return names
    }

    private struct Failure: Error {}

    private static func git(_ arguments: [String], in folder: String, input: Data? = nil) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        if let input {
            let pipe = Pipe()
            process.standardInput = pipe
            try process.run()
            // Beside the reading: each side waits where the other's pipe is full.
            DispatchQueue.global().async {
                try? pipe.fileHandleForWriting.write(contentsOf: input)
                try? pipe.fileHandleForWriting.close()
            }
        } else {
            process.standardInput = FileHandle.nullDevice
            try process.run()
        }
        let answer = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
        return answer
    }
}
