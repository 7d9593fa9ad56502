import Markdown
import Translations
import Workspace

/// Turns what editors write in links into addresses within an edition, and finds the dead ones.
struct LinkResolver {
    let portal: Portal
    let council: Council
    /// Every page of the council with the ids of its visible sections.
    let targets: [String: Set<String>]
    /// What else there is to lead to on the pages that show contacts: their cards and groups.
    private let cards: [String: Set<String>]
    /// Files that pages show or link to, below the content folder.
    var assets: Set<String> = []
    /// Whose readers files are for; nil: those of the guidance's own language.
    var language: Language?
    var diagnostics = Diagnostics()
    /// The folder of the file that was asked for last: links come page by page.
    private var lastFolder: (file: String, folder: String, isShared: Bool)?
    /// What is being resolved, as it is written.
    private var subject: String?

    /// - Parameter contacts: What the pages of contacts show.
    init(portal: Portal, council: Council, pages: [MergedPage], contacts: [ContactEntry] = []) {
        self.portal = portal
        self.council = council
        var targets: [String: Set<String>] = [:]
        for merged in pages {
            var ids: Set<String> = []
            func collect(_ sections: [SourceSection]) {
                for section in sections {
                    ids.insert(section.id)
                    collect(section.children)
                }
            }
            collect(merged.page.sections)
            targets[merged.page.path] = ids
        }
        self.targets = targets
        let groups = Set(portal.contactGroups.map(\.id))
        var cards: [String: Set<String>] = [:]
        for merged in pages where merged.page.kind == .contacts && !merged.page.path.isEmpty {
            let audience = merged.page.frontMatter.audience ?? merged.defaultAudience
            let shown = contacts.filter {
                audience == .professionals || $0.contact.audience != .professionals
            }
            cards[merged.page.path] = Set(
                shown.flatMap { entry in
                    let group = entry.group.flatMap { groups.contains($0) ? $0 : nil } ?? "other"
                    return ["contact-" + entry.contact.id, "group-" + group]
                })
        }
        self.cards = cards
    }

    /// Where what an editor wrote leads; nil where nothing is there.
    mutating func resolve(
        _ written: Destination, page: String, file: String, range: SourceRange?
    ) -> Destination? {
        guard case .address(let destination) = written, Link.scheme(of: destination) == nil else {
            return written
        }
        let location = SourceLocation(file: file, range: range)
        subject = destination
        let utf8 = destination.utf8
        let hash = utf8.firstIndex(of: UInt8(ascii: "#"))
        let fragment = hash.map { String(destination[utf8.index(after: $0)...]) }
        let address = destination[..<(hash ?? utf8.endIndex)]
        let target = String(address[..<(address.utf8.firstIndex(of: UInt8(ascii: "?")) ?? address.endIndex)])
        if target.isEmpty {
            guard fragment != nil else {
                report(
                    .warning(
                        "EmptyLink", "this link leads nowhere", at: location,
                        help: "Give it an address or remove it."))
                return nil
            }
            return link(to: page, fragment, location)
        }
        let (folder, isShared) = logicalFolder(of: file)
        if folder.isEmpty, let name = Self.plainPage(target), targets[name] != nil {
            return link(to: name, fragment, location)
        }
        let written = PageLink.percentDecoded(target)
        guard let path = PageLink.normalize(written.hasPrefix("/") ? written : joinPath(folder, written))
        else {
            dead(written, location)
            return nil
        }
        if PageLink.isPage(path) {
            let address = PageLink.address(of: path)
            if targets[address] != nil { return link(to: address, fragment, location) }
            return guessed(written, address, fragment, location)
        }
        if let ending = Self.webEndings.first(where: path.lowercased().hasSuffix) {
            let address = path.dropLast(ending.count).split(separator: "/")
                .map { Identifier.slug(String($0)) }.joined(separator: "/")
            let file = isShared ? "guidance/" + path : "councils/\(council.id)/" + path
            return guessed(written, address, fragment, location, isThere: portal.tree.contains(file))
        }
        let asset = isShared ? "guidance/" + path : "councils/\(council.id)/" + path
        guard portal.tree.contains(asset) else {
            if written.hasPrefix("/") { return guessed(written, path, fragment, location) }
            dead(written, location)
            return nil
        }
        return attach(AttachedFile(asset), as: written, location)
    }

    /// Publishes a file, or the one beside it that is for readers of this language, with what belongs to it.
    ///
    /// Nil, with an error, for what is not for readers.
    private mutating func attach(
        _ file: AttachedFile, as written: String, _ location: SourceLocation
    ) -> Destination? {
        let isThere = portal.tree.contains
        let shown = language.map { file.shown(in: $0, where: isThere) } ?? file
        var companions: [String?] = [shown.path, shown.easyRead(where: isThere)]
        if shown.isRecording {
            companions.append(shown.poster(where: isThere))
            companions.append(shown.captions(in: language ?? portal.sourceLanguage, where: isThere)?.path)
        }
        for path in companions.compactMap({ $0 }) {
            guard
                let fault = AttachedFile(path).faultAsDocument(
                    path == file.path ? written : path, in: portal.tree)
            else {
                assets.insert(path)
                continue
            }
            report(.error(fault.rule, fault.what, at: location, help: fault.help))
            if path == shown.path { return nil }
        }
        return .file(shown.path)
    }

    /// Endings of pages of other generators and websites.
    private static let webEndings = [".html", ".htm", ".aspx", ".php", ".mdx", ".markdown", ".erb"]

    /// Where a link most likely leads that names no page as it stands: `/docs/rights` or `rights.html` to `rights.md`.
    ///
    /// What starts at the top of another website and is no page here has its words shown without a link.
    private mutating func guessed(
        _ written: String, _ address: String, _ fragment: String?, _ location: SourceLocation,
        isThere: Bool = false
    ) -> Destination? {
        let isRooted = written.hasPrefix("/")
        var parts = address.split(separator: "/")[...]
        if parts.last == "index" { parts.removeLast() }
        while !parts.isEmpty {
            // As it stands, or in the folder of its subject: `/visits/` for `family/visits.md`.
            let tail = parts.joined(separator: "/")
            let below =
                targets[tail] == nil && isRooted ? targets.keys.filter { $0.hasSuffix("/" + tail) } : []
            let path = below.count == 1 ? below[0] : tail
            if targets[path] != nil {
                report(
                    .warning(
                        "GuessedLink", "'\(written)' is taken for the page '\(path).md'", at: location,
                        help: "Write \(path).md."))
                let known = targets[path]?.contains(fragment ?? "") == true
                return link(to: path, known ? fragment : nil, location)
            }
            parts.removeFirst()
        }
        if isThere {
            report(
                .warning(
                    "LinkToUnreadFile",
                    "'\(written)' is a file that is not read, so the words of this link lead nowhere",
                    at: location,
                    help: "Give the page's file the ending .md, and name it so here."))
            return nil
        }
        guard written.hasPrefix("/") else {
            dead(written, location)
            return nil
        }
        report(
            .warning(
                "OtherSiteAddress",
                "'\(written)' is an address of another website without its name: its words are shown without a link",
                at: location,
                help: "Write the whole address, https://…, or the page's file here, such as rights.md."))
        return nil
    }

    /// The address of `name.md` in the same folder, where it is spelt as it is in addresses; most links are such.
    private static func plainPage(_ target: String) -> String? {
        guard target.hasSuffix(".md") else { return nil }
        let name = target.dropLast(3)
        guard name != "index",
            name.utf8.allSatisfy({ byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            })
        else { return nil }
        return String(name)
    }

    /// The file of an image, or nil where there is none.
    mutating func resolveImage(_ source: String, file: String, range: SourceRange?) -> Destination? {
        subject = source
        let (folder, isShared) = logicalFolder(of: file)
        if let path = PageLink.normalize(joinPath(folder, PageLink.percentDecoded(source))) {
            let asset = isShared ? "guidance/" + path : "councils/\(council.id)/" + path
            if portal.tree.contains(asset) {
                let recording = AttachedFile(asset)
                let place = SourceLocation(file: file, range: range)
                if !recording.isRecording, !AttachedFile.unplayed.contains(recording.ending),
                    let fault = recording.faultAsPicture(source, in: portal.tree)
                {
                    // What Word draws itself is left out; a photograph is meant to be seen.
                    report(
                        recording.ending == "emf" || recording.ending == "wmf"
                            ? .warning(fault.rule, fault.what, at: place, help: fault.help)
                            : .error(fault.rule, fault.what, at: place, help: fault.help))
                    return nil
                }
                if AttachedFile.unplayed.contains(recording.ending) {
                    report(
                        .error(
                            "UnusableRecording",
                            "not every browser plays a recording that ends with '.\(recording.ending)'",
                            at: SourceLocation(file: file, range: range),
                            help:
                                "Save '\(source)' as MP4 (a film) or MP3 (sound alone), and name it so here.")
                    )
                    return nil
                }
                guard let attached = attach(recording, as: source, place) else { return nil }
                if recording.kind == .video, recording.variant != .signed,
                    recording.captions(in: portal.sourceLanguage, where: portal.tree.contains) == nil
                {
                    report(
                        .warning(
                            "VideoWithoutCaptions",
                            "people who cannot hear, or who watch without sound, get no words with this film",
                            at: SourceLocation(file: file, range: range),
                            help:
                                "Put its captions beside it as '\(AttachedFile(source).sibling(ending: "vtt"))' (WebVTT). A film in sign language is named '….bsl.\(recording.ending)'."
                        ))
                }
                return attached
            }
        }
        report(
            .error(
                "MissingFile", "there is no file '\(source)'", at: SourceLocation(file: file, range: range),
                help: "Put the picture beside the page, and name it as it is written here."))
        return nil
    }

    private mutating func link(
        to path: String, _ fragment: String?, _ location: SourceLocation
    ) -> Destination? {
        guard let fragment, !fragment.isEmpty else { return .page(path, section: nil) }
        let known = targets[path] ?? []
        let cards = cards[path] ?? []
        if known.contains(fragment) || cards.contains(fragment) { return .page(path, section: fragment) }
        // What the shared guidance lacks is told once, and not of every council.
        let shared =
            isShared(location.file)
            ? portal.sharedPages.first { $0.path == path }?.allSections.map(\.id) : nil
        let isToldOnce = shared.map { !$0.contains(fragment) } ?? false
        let ids = isToldOnce ? Set(shared ?? []) : known
        let name = "page '\(path.isEmpty ? "index" : path)'"
        report(
            .error(
                "DeadFragment",
                "the \(isToldOnce ? "shared \(name)" : "\(name) of \(council.identity.name)") has no section '\(fragment)'",
                at: location,
                help: didYouMean(
                    fragment, among: ids.union(cards),
                    otherwise: didYouMean(fragment, oneOf: ids.sorted()))))
        return nil
    }

    private mutating func report(_ problem: Diagnostic) {
        var problem = problem
        problem.subject = subject
        diagnostics.add(problem)
    }

    private mutating func dead(_ target: String, _ location: SourceLocation) {
        func names(_ paths: some Sequence<String>) -> [String] {
            paths.map { $0.isEmpty ? "index.md" : $0 + ".md" }
        }
        guard isShared(location.file) else {
            report(
                .error(
                    "DeadLink", "\(council.identity.name) has no page or file '\(target)'", at: location,
                    help: didYouMean(target, among: names(targets.keys))))
            return
        }
        // A fault of the shared guidance is told once, and not of every council.
        let path = PageLink.normalize(joinPath(logicalFolder(of: location.file).0, target))
        let lacking = portal.councils.filter { council in
            path.map { !portal.tree.contains("councils/\(council.id)/\($0)") } ?? true
        }
        let whose =
            lacking.count == portal.councils.count
            ? "there is no page or file '\(target)'"
            : lacking.contains { $0.id == council.id }
                ? "\(lacking.map(\.identity.name).joined(separator: ", ")): no page or file '\(target)'"
                : "\(council.identity.name) has no page or file '\(target)'"
        report(
            .error(
                "DeadLink", whose, at: location,
                help: didYouMean(target, among: names(portal.sharedPages.map(\.path)))))
    }

    /// Whether a file is of the guidance that all councils share.
    private mutating func isShared(_ file: String) -> Bool { logicalFolder(of: file).isShared }

    /// The folder of a page's file below `guidance/` or the council's folder.
    private mutating func logicalFolder(of file: String) -> (String, isShared: Bool) {
        if let lastFolder, lastFolder.file == file { return (lastFolder.folder, lastFolder.isShared) }
        let prefix = portal.root.hasSuffix("/") ? portal.root : portal.root + "/"
        var path = file.hasPrefix(prefix) ? String(file.dropFirst(prefix.count)) : file
        let isShared = path.hasPrefix("guidance/")
        path = isShared ? String(path.dropFirst("guidance/".count)) : path
        let own = "councils/\(council.id)/"
        if path.hasPrefix(own) { path = String(path.dropFirst(own.count)) }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        lastFolder = (file, folder, isShared)
        return (folder, isShared)
    }
}

/// Where the links of pages lead, as far as their words tell.
package enum PageLink {
    /// What stands before `#` and `?`, and the rest.
    package static func parts(of destination: String) -> (target: String, rest: String) {
        let end = destination.firstIndex { $0 == "#" || $0 == "?" } ?? destination.endIndex
        return (String(destination[..<end]), String(destination[end...]))
    }

    /// Whether a path is one of a page: a Markdown file, or a name without an ending.
    package static func isPage(_ path: String) -> Bool {
        path.hasSuffix(".md") || !(path.split(separator: "/").last ?? "").contains(".")
    }

    /// The address of a page from its path: `Faq/My page.md` is `faq/my-page`, and `index` is empty.
    package static func address(of path: String) -> String {
        var address = path.hasSuffix(".md") ? String(path.dropLast(3)) : path
        if address.hasSuffix(".html") { address.removeLast(5) }
        address = address.split(separator: "/").map { Identifier.slug(String($0)) }.joined(separator: "/")
        if address == "index" { return "" }
        if address.hasSuffix("/index") { address.removeLast(6) }
        return address
    }

    /// The path from a folder to a file, both below the same folder.
    package static func relative(_ path: String, from folder: String) -> String {
        let target = path.split(separator: "/")
        let here = folder.split(separator: "/")
        var same = 0
        while same < here.count, same < target.count - 1, here[same] == target[same] { same += 1 }
        return String(repeating: "../", count: here.count - same)
            + target[same...].joined(separator: "/")
    }

    /// The path without `.` and `..`; nil if it leads above the folder.
    package static func normalize(_ path: String) -> String? {
        var parts: [Substring] = []
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": if parts.popLast() == nil { return nil }
            default: parts.append(part)
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }

    package static func percentDecoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        let source = Array(text.utf8)
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
                let value = UInt8(
                    String(decoding: source[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                index += 3
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
