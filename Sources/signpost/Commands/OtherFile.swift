import ArgumentParser
import Workspace

/// A file that stands where an option wants one written, and that is something else: it was named by mistake.
enum OtherFile {
    /// Refuses to write over a file whose name has another ending.
    static func refuse(_ path: String, unlessEnding ending: String, option: String) throws {
        guard !path.lowercased().hasSuffix(ending), exists(path) else { return }
        throw refusal(path, option)
    }

    /// Refuses to write over a file that starts otherwise.
    static func refuse(_ path: String, unlessStarting start: String, option: String) throws {
        guard let bytes = try? LocalFileSystem().read(path), !bytes.isEmpty, !bytes.starts(with: start.utf8)
        else { return }
        throw refusal(path, option)
    }

    private static func exists(_ path: String) -> Bool { (try? LocalFileSystem().read(path)) != nil }

    private static func refusal(_ path: String, _ option: String) -> ValidationError {
        ValidationError(
            "'\(path)' is there, and is another kind of file. Give \(option) another name, or delete it first."
        )
    }
}
