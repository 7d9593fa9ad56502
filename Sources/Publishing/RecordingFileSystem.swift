import Synchronization
import Workspace

/// Passes everything on to another file system, and keeps the fingerprint of every file that is read.
///
/// It is how a build knows what it was made from, without reading anything twice.
public final class RecordingFileSystem: LayeredFileSystem {
    enum Read: Hashable, Sendable {
        case content(ContentHash)
        /// Two reads gave different content, or one of them none.
        case unstable
    }

    public let base: any FileSystem
    private let recorded = Mutex<[String: Read]>([:])

    public init(_ base: any FileSystem) {
        self.base = base
    }

    var hashes: [String: Read] { recorded.withLock { $0 } }

    public func read(_ path: String) throws(FileError) -> [UInt8] {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try base.read(path)
        } catch {
            recorded.withLock { $0[path] = .unstable }
            throw error
        }
        let read = Read.content(ContentHash(bytes))
        recorded.withLock { recorded in
            if let earlier = recorded.updateValue(read, forKey: path), earlier != read {
                recorded[path] = .unstable
            }
        }
        return bytes
    }
}
