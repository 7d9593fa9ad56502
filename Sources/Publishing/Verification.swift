import Workspace

/// Compares a published site with the list of what Signpost wrote there.
///
/// The fingerprints find what went wrong in copying and what somebody changed by hand. They are no seal: whoever
/// means harm and may write to the folder can write the list as well.
public enum Verification {
    /// - Returns: The number of files that are on the list; nil where there is no list.
    public static func run(
        _ name: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> Int? {
        do throws(FileError) {
            return try verify(name, in: files, reporting: &diagnostics)
        } catch {
            diagnostics.add(
                .error(
                    "UnreadableFile", "cannot read this: \(error.explanation)",
                    at: SourceLocation(file: error.path)))
            return nil
        }
    }

    /// What Signpost wrote there; nil, with what is wrong, where that is not known.
    static func manifest(
        of name: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) throws(FileError) -> Manifest? {
        let place = joinPath(joinPath(name, OutputFolder.records), "manifest")
        guard try files.linkStatus(place)?.kind == .file else {
            diagnostics.add(
                .error(
                    "NoManifest", "this is no site that Signpost wrote: its list of files is not there",
                    at: SourceLocation(file: place),
                    help: "Give the folder that 'signpost build' writes to, or a copy with its '.signpost'."))
            return nil
        }
        guard let manifest = Manifest(bytes: try files.read(place)) else {
            diagnostics.add(
                .error(
                    "CorruptManifest", "the list of files that Signpost wrote here is damaged",
                    at: SourceLocation(file: place), help: "Build the site again."))
            return nil
        }
        return manifest
    }

    private static func verify(
        _ name: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) throws(FileError) -> Int? {
        guard let manifest = try manifest(of: name, in: files, reporting: &diagnostics) else { return nil }
        let records = joinPath(name, OutputFolder.records)
        if try files.linkStatus(joinPath(records, "pending")) != nil {
            diagnostics.add(
                .error(
                    "UnfinishedBuild", "a build of this site was stopped before it was finished",
                    at: SourceLocation(file: name), help: "Build it again."))
        }
        var found: Set<OutputPath> = []
        try walk(OutputPath(""), name, in: files) { path in found.insert(path) }
        func report(_ rule: String, _ message: String, _ path: OutputPath, _ help: String) {
            diagnostics.add(
                .error(rule, message, at: SourceLocation(file: joinPath(name, path.text)), help: help))
        }
        for line in manifest.lines {
            let file = joinPath(name, line.path.text)
            guard found.remove(line.path) != nil else {
                report(
                    "LostFile", "this file of the site is not there", line.path,
                    "Build or copy the site again.")
                continue
            }
            guard try files.linkStatus(file)?.kind == .file, ContentHash(try files.read(file)) == line.hash
            else {
                report(
                    "AlteredFile", "this file is not as Signpost wrote it", line.path,
                    "Build or copy the site again.")
                continue
            }
        }
        for path in found where !OutputFolder.harmless.contains(path.text) {
            report("AddedFile", "Signpost did not write this file", path, "Remove it if nobody needs it.")
        }
        // What a build that was stopped left there has been told above, and goes with the next one.
        if try files.linkStatus(joinPath(records, "pending")) == nil {
            for entry in try files.list(records) where !["lock", "manifest"].contains(entry.name) {
                report(
                    "AddedFile", "Signpost did not write this file",
                    OutputPath(joinPath(OutputFolder.records, entry.name)), "Remove it if nobody needs it.")
            }
        }
        return manifest.lines.count
    }

    private static func walk(
        _ folder: OutputPath, _ root: String, in files: some FileSystem, _ visit: (OutputPath) -> Void
    ) throws(FileError) {
        for entry in try files.list(joinPath(root, folder.text)) {
            let path = OutputPath(joinPath(folder.text, entry.name))
            if path.text == OutputFolder.records { continue }
            if entry.kind == .directory {
                try walk(path, root, in: files, visit)
            } else {
                visit(path)
            }
        }
    }
}
