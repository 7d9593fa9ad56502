import Guidance
import Markdown

/// Pages in easy words, and the links between them and the pages that say the same in full.
extension HTMLWriter {
    /// A link to the same section for other readers.
    mutating func writeTwin(of section: Section) {
        guard let twin = section.twin, let target = pageTarget(twin.address.path, twin.address.section) else {
            return
        }
        let word: Word =
            switch twin.form {
            case .simple: .easyLink
            case .easyRead: .easyReadLink
            case .full: .easyFull
            }
        let edition = setting.edition
        var title = HTMLWriter(setting)
        title.writeUnlinked(section.heading)
        write("<p class=\"permalink\"><a href=\"")
        for part in target.href { writeEscaped(part) }
        write("\"")
        switch target.kind {
        case .within, .external: break
        case .otherLanguage:
            write(" hreflang=\"")
            writeEscaped(edition.sourceLanguage.tag)
            write("\" class=\"other-language\"")
        }
        write(">")
        write(edition.fill(word, ["title": title.take()]))
        if target.kind == .otherLanguage { write(edition.languageNote) }
        write("</a></p>\n")
    }

    /// Opens what stands around a picture and its paragraph.
    ///
    /// The words say all that the picture shows, so a screen reader is not told of it.
    ///
    /// - Returns: Whether it did: two elements must be closed.
    mutating func openPictured(_ block: Block) -> Bool {
        guard kind == .easy, let picture = block.attributes?.picture else { return false }
        write("<div class=\"idea\">")
        write(Inline.Image(source: .file(picture), alternative: ""))
        write("<div>\n")
        return true
    }

    /// Who has tried the page; that nobody has is a line that opens, so that it keeps nobody from the page itself.
    mutating func writeTesters(of page: Page) {
        let edition = setting.edition
        guard !page.testers.isEmpty else {
            write("<details class=\"notice\"><summary>")
            write(edition.fill(.easyUntried))
            write("</summary>\n<p>")
            write(edition.fill(.easyUntested))
            write("</p>\n</details>\n")
            return
        }
        var names: [UInt8] = []
        for (index, tester) in page.testers.enumerated() {
            if index > 0 { names += Array("; ".utf8) }
            writeSourceName(tester.who, to: &names)
            if let date = tester.date {
                names += Array(" (".utf8)
                HTML.append(edition.strings.text(date), to: &names)
                names += Array(")".utf8)
            }
        }
        write("<p class=\"meta\">")
        write(edition.fill(.easyTested, ["who": names]))
        write("</p>\n")
    }

    /// Whom the pictures of a page are from.
    mutating func writeCredits(_ credits: [PictureCredit]) {
        guard !credits.isEmpty else { return }
        var names: [UInt8] = []
        for (index, credit) in credits.enumerated() {
            if index > 0 { names += Array("; ".utf8) }
            writeSourceName(credit.words, to: &names)
        }
        write("<p class=\"meta\">")
        write(setting.edition.fill(.easyPictures, ["credits": names]))
        write("</p>\n")
    }

    /// Names are in the language of the guidance, whatever the page's.
    private func writeSourceName(_ name: String, to bytes: inout [UInt8]) {
        let edition = setting.edition
        guard edition.isTranslated else { return HTML.append(name, to: &bytes) }
        bytes += Array(
            "<bdi lang=\"\(edition.sourceLanguage.tag)\" dir=\"\(edition.sourceLanguage.direction.rawValue)\">"
                .utf8)
        HTML.append(name, to: &bytes)
        bytes += Array("</bdi>".utf8)
    }
}
