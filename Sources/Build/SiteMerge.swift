import Guidance
import Publishing
import Search
import Website
import Workspace

/// Joins the shards of a site into the whole: exactly the bytes that one build would have written.
///
/// Pages are copied as they are; what belongs to the whole site, such as the chooser and `sitemap.xml`, is made here.
package struct SiteMerge: Sendable {
    let settings: SiteSettings
    /// The folders that `build --shard` wrote.
    let shards: [String]
    let output: String
    /// The program's version and its options, as the shards had them.
    let program: String
    let jobs: Int
    let files: any FileSystem

    package init(
        settings: SiteSettings, shards: [String], output: String, program: String, jobs: Int,
        files: any FileSystem
    ) {
        self.settings = settings
        self.shards = shards
        self.output = output
        self.program = program
        self.jobs = jobs
        self.files = files
    }

    /// Of everything that all shards of a site are made from.
    static func source(
        _ inputs: inout InputSnapshot, program: String, in files: some FileSystem
    ) -> ContentHash {
        ContentHash("\(program) \(inputs.fingerprint(in: files) { _ in true })")
    }

    package func run() async -> SiteBuild.Report {
        var report = SiteBuild.Report()
        var inputs = await InputSnapshot.take(roots: SiteBuild.roots(of: settings), in: files)
        let source = Self.source(&inputs, program: program, in: files)
        let records = read(madeFrom: source, reporting: &report.diagnostics)
        guard !report.diagnostics.hasErrors,
            let model = await SiteModel.load(settings, in: files, reporting: &report.diagnostics),
            !report.diagnostics.hasErrors,
            let publication = Publication.open(
                output: output,
                apartFrom: [InputFolder("content", settings.content), InputFolder("theme", settings.themes)]
                    + shards.map { InputFolder("shard", $0) },
                previous: nil, files: files, reporting: &report.diagnostics)
        else { return report }
        let copied = await records.concurrentMap(width: jobs) { folder, _ in
            copy(folder, to: publication.unit(folder))
        }
        for problems in copied { report.diagnostics.add(problems) }
        let builder = SiteBuilder(
            theme: model.theme,
            contentFiles: SiteBuild.contentFiles(
                inputs, content: settings.content, in: files, reporting: &report.diagnostics))
        guard !report.diagnostics.hasErrors else { return report }
        let known = Dictionary(
            records.flatMap { $0.record.councils.map { ($0.id, $0.summary) } },
            uniquingKeysWith: { a, _ in a })
        var summaries: [CouncilSummary] = []
        for council in model.portal.councils {
            guard let summary = known[council.id].flatMap({ CouncilSummary($0, of: council, in: model) })
            else {
                report.diagnostics.add(.damaged(shards[0], "it lacks '\(council.id)'"))
                continue
            }
            summaries.append(summary)
        }
        report.diagnostics.add(
            SiteBuild.portalFiles(
                of: summaries, model, builder, to: publication.unit(SiteBuild.portalUnit)))
        guard !report.diagnostics.hasErrors else {
            publication.abandon()
            return report
        }
        report.outcome = publication.commit(reporting: &report.diagnostics)
        report.pages = report.outcome?.paths.count { $0.hasSuffix(".html") } ?? 0
        return report
    }

    /// The records of all shards, each once and all of one site.
    private func read(
        madeFrom source: ContentHash, reporting diagnostics: inout Diagnostics
    ) -> [(folder: String, record: ShardRecord)] {
        var found: [(folder: String, record: ShardRecord)] = []
        for folder in shards {
            guard let bytes = try? files.read(joinPath(folder, ShardRecord.path)),
                let record = ShardRecord(String(decoding: bytes, as: UTF8.self))
            else {
                diagnostics.add(
                    .error(
                        "NotAShard", "this is no part of a site",
                        at: SourceLocation(file: folder),
                        help: "Give the folders that 'signpost build --shard' wrote."))
                continue
            }
            if record.source != source {
                diagnostics.add(
                    .error(
                        "OutdatedShard",
                        "this part was built from other content, with another theme, version or options",
                        at: SourceLocation(file: folder),
                        help:
                            "Build every part from the same checkout with the same options, --date too, and give 'merge' the same."
                    ))
            }
            found.append((folder, record))
        }
        guard let count = found.first?.record.shard.count else { return found }
        for number in 1...count {
            let same = found.filter { $0.record.shard.number == number && $0.record.shard.count == count }
            if same.isEmpty {
                diagnostics.add(
                    .error(
                        "MissingShard", "part \(number)/\(count) of the site is not there", at: nil,
                        help: "Build it with --shard \(number)/\(count)."))
            }
            for other in same.dropFirst() {
                diagnostics.add(
                    .error(
                        "SameShard", "this is part \(number)/\(count), as \(same[0].folder) is",
                        at: SourceLocation(file: other.folder), help: "Give each part once."))
            }
        }
        for other in found where other.record.shard.count != count {
            diagnostics.add(
                .error(
                    "SameShard",
                    "this is one of \(other.record.shard.count) parts, and others are of \(count)",
                    at: SourceLocation(file: other.folder), help: "Build all with the same number of parts."))
        }
        return found
    }

    private func copy(_ folder: String, to unit: UnitWriter) -> Diagnostics {
        var diagnostics = Diagnostics()
        guard let list = PublishedFile.list(of: folder, in: files) else {
            diagnostics.add(.damaged(folder, "the list of its files cannot be read"))
            return diagnostics
        }
        for file in list where file.path != ShardRecord.path {
            guard let bytes = try? files.read(joinPath(folder, file.path)), ContentHash(bytes) == file.hash
            else {
                diagnostics.add(.damaged(joinPath(folder, file.path), "it is not as it was written"))
                continue
            }
            unit.write(file.path, bytes, describing: joinPath(folder, file.path))
        }
        return diagnostics
    }
}

extension Diagnostic {
    fileprivate static func damaged(_ path: String, _ reason: String) -> Diagnostic {
        .error(
            "DamagedShard", "a part of the site cannot be used: \(reason)", at: SourceLocation(file: path),
            help: "Copy or build it again, with its folder .signpost.")
    }
}
