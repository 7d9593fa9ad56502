import Markdown
import Translations

/// A file that a page shows or leads to, and what its name says of it: `form.pl.pdf`, `happens.bsl.mp4`.
///
/// Files of the same name in one folder belong together, so that whoever has a recording in Polish, or a form in easy words,
/// puts it beside the other and is done.
package struct AttachedFile: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case audio, video, other }

    /// What stands between the name and the ending.
    package enum Variant: Hashable, Sendable {
        case language(Language)
        /// British or Irish Sign Language: its words are those around it.
        case signed
        case easyRead
    }

    /// Below the content folder: `guidance/forms/complaint.pl.pdf`.
    package let path: String
    /// With neither variant nor ending: `guidance/forms/complaint`.
    package let stem: String
    package let variant: Variant?
    /// In small letters, without the dot.
    package let ending: String

    package init(_ path: String) {
        self.path = path
        let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last else {
            (stem, variant, ending) = (path, nil, "")
            return
        }
        ending = last.lowercased()
        variant = parts.count > 2 ? Self.variant(parts[parts.count - 2]) : nil
        let cut = last.count + 1 + (variant == nil ? 0 : parts[parts.count - 2].count + 1)
        stem = String(path.dropLast(cut))
    }

    private static func variant(_ text: Substring) -> Variant? {
        switch text.lowercased() {
        case "bsl", "isl": .signed
        case "easy-read", "easyread": .easyRead
        default: Language(tag: String(text)).map(Variant.language)
        }
    }

    package var kind: Kind {
        if Self.audio.contains(ending) { return .audio }
        return Self.video.contains(ending) ? .video : .other
    }

    package var isRecording: Bool { kind != .other }

    /// What every browser of today plays.
    private static let audio: Set<String> = ["mp3", "m4a", "ogg", "opus"]
    private static let video: Set<String> = ["mp4", "webm"]
    /// What cameras and offices make, and browsers do not play.
    package static let unplayed: Set<String> = [
        "mov", "avi", "wmv", "mkv", "m4v", "mpg", "mpeg", "3gp", "flv", "wma", "aiff", "amr", "caf",
    ]

    /// What both browsers and leaflets show, and what browsers alone do.
    static let pictures: Set<String> = ["jpg", "jpeg", "png", "webp", "gif", "svg"]
    /// What families and councils save, print and fill in. Whatever is not here is not published: a browser or a server
    /// might run it in the site's name.
    static let documents: Set<String> = [
        "pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp", "epub",
        "brf",
        "ics", "vcf", "vtt", "zip", "heic", "heif", "tif", "tiff", "bmp",
    ]

    /// Whether a page may lead to it, as its name says.
    var isPublishable: Bool {
        isRecording || Self.pictures.contains(ending) || Self.documents.contains(ending)
            || Self.unplayed.contains(ending)
    }

    /// Bytes from which `program(in:)` tells.
    static let telling = 1024

    /// What a browser or a server would run, told by how a file begins, whatever its name says (WHATWG MIME Sniffing, 7.1);
    /// nil for what is only read, shown or saved. A drawing (SVG) is told too.
    static func program(in start: [UInt8]) -> String? {
        var text = start[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) {
            text = text.dropFirst(3)
        } else if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
            // UTF-16: what begins a document has no letter outside ASCII.
            text = text.dropFirst(2).filter { $0 != 0 }[...]
        }
        text = text.drop { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains($0) }
        func begins(_ word: String) -> Bool { text.starts(with: word.utf8) }
        if begins("<?php") || begins("<?=") || begins("<%") { return "a program for a server" }
        if begins("<"), let next = text.dropFirst().first,
            next == UInt8(ascii: "!") || next == UInt8(ascii: "?") || Character(Unicode.Scalar(next)).isLetter
        {
            return "a web page or XML"
        }
        let letter = String(decoding: text, as: UTF8.self).lowercased()
        if letter.hasPrefix("mime-version:") || letter.hasPrefix("from:") && letter.contains("mime-version:")
        {
            return "a web page saved as a letter (MHT)"
        }
        if begins("#!") { return "a script" }
        if ["CWS", "FWS", "ZWS"].contains(where: begins), text.count > 3, text[text.startIndex + 3] < 0x40 {
            return "a Flash film"
        }
        return begins("\u{7F}ELF") || begins("\0asm") || begins("MZ") && text.contains(0) ? "a program" : nil
    }

    /// The same file in another variant, or another one that belongs to it.
    package func sibling(_ variant: String? = nil, ending: String? = nil) -> String {
        stem + (variant.map { "." + $0 } ?? "") + "." + (ending ?? self.ending)
    }

    /// The file for readers of a language.
    package func shown(in language: Language, where isThere: (String) -> Bool) -> AttachedFile {
        if case .language(language)? = variant { return self }
        let own = sibling(language.tag)
        return variant != .signed && variant != .easyRead && isThere(own) ? AttachedFile(own) : self
    }

    /// The picture that stands in place of a video until somebody starts it.
    package func poster(where isThere: (String) -> Bool) -> String? {
        ["jpg", "jpeg", "png", "webp"].map { sibling(ending: $0) }.first(where: isThere)
    }

    /// The words of a video as it goes on (WebVTT), and their language; nil: that of the recording.
    package func captions(
        in language: Language, where isThere: (String) -> Bool
    ) -> (path: String, language: Language?)? {
        let own = sibling(language.tag, ending: "vtt")
        if isThere(own) { return (own, language) }
        let plain = sibling(ending: "vtt")
        return isThere(plain) ? (plain, nil) : nil
    }

    /// The same document in easy words.
    package func easyRead(where isThere: (String) -> Bool) -> String? {
        guard variant != .easyRead, !isRecording else { return nil }
        return ["easy-read", "easyread"].map { sibling($0) }.first(where: isThere)
    }
}

extension AttachedFile {
    /// Why it is not published, and what to do instead.
    struct Fault {
        let rule: String
        let what: String
        let help: String
    }

    static let documentRule = "UnusableFile"
    static let pictureRule = "UnusablePicture"

    /// - Parameter name: As whoever is told of it wrote it.
    func faultAsDocument(_ name: String, in tree: ContentTree) -> Fault? {
        if let program = tree.programs[path] { return Self.fault(name, holding: program) }
        return isPublishable
            ? nil
            : Fault(
                rule: Self.documentRule,
                what: ending.isEmpty
                    ? "'\(name)' has no ending that says what it is"
                    : "a file that ends with '.\(ending)' is no document that readers can be given",
                help:
                    "Save '\(name)' as PDF (or as an office, text or calendar file), make it a page of its own (.md), or put it into a ZIP file."
            )
    }

    /// The same for a picture or a logo.
    func faultAsPicture(_ name: String, in tree: ContentTree) -> Fault? {
        if let program = tree.programs[path] { return Self.fault(name, holding: program) }
        return Self.pictures.contains(ending)
            ? nil
            : Fault(
                rule: Self.pictureRule,
                what: ending.isEmpty
                    ? "'\(name)' has no ending that says what picture it is"
                    : "no browser shows a picture that ends with '.\(ending)'",
                help: "Save '\(name)' as JPEG, PNG or SVG, and name it so here.")
    }

    private static func fault(_ name: String, holding program: String) -> Fault {
        Fault(
            rule: documentRule,
            what: "'\(name)' holds \(program), which a browser or a server may run in the site's name",
            help: "Save it anew as what its name says, or as PDF.")
    }
}

extension Inline.Image {
    /// The recording that it names, which is played and not looked at.
    package var recording: AttachedFile? {
        let path =
            switch source {
            case .address(let written): written
            case .file(let path): path
            case .page: ""
            }
        let file = AttachedFile(path)
        return file.isRecording ? file : nil
    }
}

extension Passage {
    /// A picture or recording that stands by itself, and what is said below it: a paragraph with nothing else but words in
    /// emphasis.
    package var figure: (image: Inline.Image, caption: Passage?)? {
        guard case .image(let image)? = inlines.first else { return nil }
        let rest = inlines.dropFirst().filter {
            switch $0 {
            case .text(let text): !text.allSatisfy(\.isWhitespace)
            case .lineBreak: false
            default: true
            }
        }
        if rest.isEmpty { return (image, nil) }
        guard rest.count == 1, case .emphasis(let words)? = rest.first else { return nil }
        return (image, Passage(words, translation: translation, range: range))
    }
}
