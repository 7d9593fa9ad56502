import Leaflets
import Synchronization
import Translations
import Workspace

/// What a process that builds a site again and again keeps of it: parts that are made of files alone, as long as those
/// files stay the same.
///
/// A part may depend on nothing but its key and the files that it is made with. What was looked at is noted while the part
/// is made, also names of files that were not there, and is looked at again before it is used.
package final class KeptParts: Sendable {
    private struct Part: Sendable {
        var key: String
        var trace: FileTrace
        var value: any Sendable
    }

    private let parts = Mutex<[String: Part]>([:])
    /// Running layout workers, with what they were started for.
    private let workers = Mutex<(key: ContentHash, workers: TypstWorkers)?>(nil)

    private let braille = Mutex<BrailleTranslator?>(nil)
    /// The leaflets of each council that a build used last.
    private let leaflets = Mutex<[String: [Language: LeafletOutput]]>([:])

    package init() {}

    /// - Parameter council: Its id.
    func leaflets(of council: String) -> [Language: LeafletOutput]? { leaflets.withLock { $0[council] } }

    func keep(_ made: [Language: LeafletOutput]?, of council: String) {
        // The next build asks for few of them, and a nation's take a gigabyte.
        leaflets.withLock { $0[council] = made?.mapValues(\.withoutBytes) }
    }

    /// Workers that wait for the next build: one looks through all fonts of the machine before it can do anything.
    func workers(
        _ settings: TypstWorkers.Settings, theme: LeafletTheme, in files: some FileSystem
    ) async throws -> TypstWorkers {
        let key = ContentHash("\(settings) \(theme.fingerprint) \(LeafletFontFolders.fingerprint(files))")
        let running = workers.withLock { $0 }
        if let running, running.key == key { return running.workers }
        await running?.workers.stop()
        let started = try await TypstWorkers(settings, theme: theme)
        workers.withLock { $0 = (key, started) }
        return started
    }

    /// What makes braille; started where there is none that runs.
    func braille(_ settings: SiteSettings) async throws(BrailleTranslator.Missing) -> BrailleTranslator {
        if let running = braille.withLock({ $0 }), running.isAlive { return running }
        let started = try await BrailleTranslator(python: settings.python)
        braille.withLock { $0 = started }
        return started
    }

    /// A part as it was made before; it is made where there is none, or where something that it was made of has changed.
    ///
    /// - Parameters:
    ///   - name: One part is kept of each name.
    ///   - key: What it is made of besides files.
    ///   - make: Reads with the file system that it is given and no other.
    func part<Value: Sendable>(
        _ name: String, for key: String = "", in files: some FileSystem, make: (TracingFileSystem) -> Value
    ) -> Value {
        if let part = parts.withLock({ $0[name] }), part.key == key, let value = part.value as? Value,
            part.trace.isSame(in: files)
        {
            return value
        }
        let tracing = TracingFileSystem(files)
        let value = make(tracing)
        let part = Part(key: key, trace: tracing.trace, value: value)
        parts.withLock { $0[name] = part }
        return value
    }
}

/// A part and what is wrong with the files that it is made of.
struct PartAndProblems<Value: Sendable>: Sendable {
    var value: Value
    var problems = Diagnostics()
}
