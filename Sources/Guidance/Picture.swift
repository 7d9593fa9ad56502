import Markdown
import Workspace

/// A picture of the folder `pictures/`, which a paragraph in easy words can show by its name.
package struct Picture: Sendable {
    /// Below the content folder: `pictures/meeting.svg`.
    package var path: String
    package var credit: PictureCredit
}

/// Whom a picture is from. Without it nobody can know whether a council may print the picture.
package struct PictureCredit: Hashable, Sendable {
    package var source: String
    package var author: String
    package var licence: String
}

extension Picture {
    /// Who made each picture, and who may use it.
    package static let register = "pictures/pictures.yml"

    /// What both browsers and leaflets show.
    private static let endings = ["svg", "png", "jpg", "jpeg", "webp"]

    /// Reads the folder's register: an entry for each file, by the name that texts use.
    static func loadAll(
        from root: String, _ tree: ContentTree, in files: some FileSystem,
        reporting diagnostics: inout Diagnostics
    ) -> [String: Picture] {
        let lying = tree.files.filter { path in
            path.hasPrefix("pictures/") && endings.contains { path.lowercased().hasSuffix("." + $0) }
        }
        var pictures: [String: Picture] = [:]
        var named: Set<String> = []
        if tree.contains(register),
            let source = SourceText.read(joinPath(root, register), in: files, reporting: &diagnostics)
        {
            let reader = YAMLReader(file: source.path)
            for entry in reader.root(source.string)?.entries ?? [] {
                guard let (path, credit) = read(entry, lying) else { continue }
                named.insert(path)
                pictures[entry.key] = credit.map { Picture(path: path, credit: $0) }
            }
            diagnostics.add(reader.diagnostics)
        }
        for path in lying where !named.contains(path) {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            diagnostics.add(
                .error(
                    "PictureWithoutCredit", "nothing says whom this picture is from and who may print it",
                    at: SourceLocation(file: joinPath(root, path)),
                    help:
                        "Add it to \(register): 'name: {file: \(name), source: …, author: …, licence: …}', or delete it."
                ))
        }
        return pictures
    }

    /// The path of an entry's picture, and whom it is from where the entry says it all.
    private static func read(
        _ entry: YAMLMapping.Entry, _ lying: [String]
    ) -> (path: String, credit: PictureCredit?)? {
        let reader = entry.value.reader
        guard Identifier.isValid(entry.key) else {
            reader.add(
                .error(
                    "InvalidIdentifier", "'\(entry.key)' cannot be the name of a picture",
                    at: entry.keyLocation, help: "Use letters, digits and hyphens."))
            return nil
        }
        guard var fields = entry.value.mapping() else { return nil }
        defer { fields.finish() }
        let help = "Councils print these pictures, so they must know whom to thank and what is allowed."
        let fileValue = fields.value("file")
        let source = fields.required("source", help: help)?.line()
        let author = fields.required("author", help: help)?.line()
        let licence = fields.required("licence", help: help)?.line()
        let name = fileValue?.line() ?? "\(entry.key).svg"
        let path = "pictures/\(name)"
        guard lying.contains(path) else {
            let names = lying.map { String($0.dropFirst("pictures/".count)) }
            reader.add(
                .error(
                    "MissingFile", "there is no picture 'pictures/\(name)'",
                    at: fileValue?.location ?? entry.keyLocation,
                    help: didYouMean(
                        name, among: names,
                        otherwise: "Put an SVG, PNG, JPEG or WebP file there, or take the entry out.")))
            return nil
        }
        guard let source, let author, let licence else { return (path, nil) }
        return (path, PictureCredit(source: source, author: author, licence: licence))
    }
}

extension PictureCredit {
    /// `The council, Drawn for us, CC0`.
    package var words: String { "\(author), \(source), \(licence)" }
}
