import Guidance
import Website
import Workspace

/// What the whole site's pages need of a council: its pages' addresses, and the files of the content it uses.
struct CouncilSummary: Sendable {
    var editions: [EditionSummary] = []
    var assets: Set<String> = []

    init() {}

    /// The summary of a council that was not made again; nil where the text is none of this model.
    init?(_ text: String, of council: Council, in model: SiteModel) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: true)[...]
        while let line = lines.first, line.hasPrefix("asset\t") {
            assets.insert(String(line.dropFirst("asset\t".count)))
            lines = lines.dropFirst()
        }
        guard let records = EditionRecord.read(lines) else { return nil }
        for record in records {
            guard let own = model.languages.first(where: { $0.language.tag == record.language }) else {
                return nil
            }
            editions.append(
                EditionSummary(
                    record, council: council.identity, language: own.language,
                    sourceLanguage: model.portal.sourceLanguage, strings: own.strings, latin: own.latin))
        }
    }

    /// As text, for the next build and for other machines.
    var text: String {
        (assets.sorted().map { "asset\t\($0)" } + editions.flatMap { EditionRecord($0).lines })
            .map { $0 + "\n" }.joined()
    }

    func fingerprint(_ builder: SiteBuilder) -> ContentHash {
        let files = assets.sorted().compactMap { builder.publishedPath(ofAsset: $0) }
        return ContentHash((editions.map(\.description) + files).joined(separator: "\n"))
    }
}
