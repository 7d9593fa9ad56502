import Guidance
import Leaflets
import Website
import Workspace

/// Writes down what a portal has published, so that no address of it is lost: `addresses.yml`.
package struct AddressRecording: Sendable {
    let settings: SiteSettings
    let files: any FileSystem

    package init(settings: SiteSettings, files: any FileSystem) {
        self.settings = settings
        self.files = files
    }

    package struct Outcome: Sendable {
        package var path: String
        /// How many lines are new.
        package var added: Int
        package var diagnostics = Diagnostics()
    }

    /// Adds what the whole portal publishes today; nil where it cannot be read.
    ///
    /// An address that was recorded stays. A record that cannot be read is left alone: writing it anew would forget.
    package func run() async -> Outcome {
        let path = PublishedAddresses.path(in: settings.content)
        var outcome = Outcome(path: path, added: 0)
        var found = Diagnostics()
        guard let model = await SiteModel.load(settings, in: files, reporting: &found) else {
            outcome.diagnostics = found
            return outcome
        }
        let specs = LeafletSpec.loadAll(from: settings.content, in: files, reporting: &found)
        let unreadable = found.sorted.filter { $0.severity == .error && $0.location?.file == path }
        guard unreadable.isEmpty else {
            outcome.diagnostics = Diagnostics(unreadable)
            return outcome
        }
        let builder = SiteBuilder(theme: model.theme)
        let places = PublishedPlaces(model.portal)
        let all = await model.portal.councils.concurrentMap(width: 2) { council in
            let editions = model.editions(of: council, in: files).editions
            let source = editions.inSourceLanguage
            let paths = source.map { EditionSummary(builder.plan($0)).paths } ?? []
            return (council.id, places.current(editions, paths: paths, specs: specs))
        }
        var current: [String: PublishedAddresses.Current] = [:]
        for (id, places) in all { current[id] = places }
        let recorded = model.portal.recorded.adding(current, isAlone: model.portal.isSingleCouncil)
        let text = recorded.serialized()
        let before = (try? files.read(path)).map { String(decoding: $0, as: UTF8.self) }
        guard text != before else { return outcome }
        let known = Set((before ?? "").split(separator: "\n"))
        outcome.added = text.split(separator: "\n").count { !known.contains($0) && !$0.hasPrefix("#") }
        do {
            try files.write(Array(text.utf8), to: path)
        } catch {
            outcome.diagnostics.add(
                .error(
                    "CannotRecord", "the published addresses cannot be written down: \(error.explanation)",
                    at: SourceLocation(file: path),
                    help: "Make the folder writable, and run 'signpost build --record' again."))
        }
        return outcome
    }
}
