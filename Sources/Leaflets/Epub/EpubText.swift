import Guidance
import Markdown
import Translations

/// Writes the words of a leaflet as XHTML: each block, and each run within it, in its own language and direction.
struct EpubText {
    let data: LeafletData
    /// Where each place of the leaflet is, by its label: `part-2.xhtml#s-supporter`.
    let places: [String: String]
    /// The names of pictures within the book, by their paths below the content folder.
    let pictures: [String: String]

    private var edition: Edition { data.edition }
    private var isTranslated: Bool { edition.language != edition.sourceLanguage }

    // MARK: Blocks

    func blocks(_ blocks: [Block], level: Int, kind: PageKind, isInside: Bool = false) -> String {
        var shown: String?
        return blocks.map { block in
            // One notice stands before a run of blocks in the same state.
            let state = isInside ? nil : data.state(of: block)
            defer { shown = state }
            let notice =
                state.flatMap {
                    $0 == shown ? nil : "<p class=\"notice\">\(word("leaflet-part-\($0)"))</p>\n"
                }
            return (notice ?? "") + self.block(block, level: level, kind: kind)
        }.joined()
    }

    private func block(_ block: Block, level: Int, kind: PageKind) -> String {
        func inner(_ blocks: [Block]) -> String {
            self.blocks(blocks, level: level, kind: kind, isInside: true)
        }
        switch block.content {
        case .paragraph(let passage):
            let words = element("p", passage)
            guard kind == .easy, let picture = block.attributes?.picture.flatMap({ pictures[$0] }) else {
                return words
            }
            return "<div class=\"idea\"><img src=\"\(Self.escaped(picture))\" alt=\"\"/>\n\(words)</div>\n"
        case .heading(_, let passage): return element("h\(min(6, level))", passage)
        case .list(let list):
            let items = list.items.map { item -> String in
                let turn =
                    item.attributes?.isYourTurn ?? false
                    ? "<strong>\(word("leaflet-your-turn")):</strong> " : ""
                if item.blocks.count == 1, case .paragraph(let passage)? = item.blocks.first?.content {
                    return "<li>\(turn)\(span(passage))</li>\n"
                }
                return "<li>\(turn)\n\(inner(item.blocks))</li>\n"
            }.joined()
            guard let start = list.start else { return "<ul>\n\(items)</ul>\n" }
            return start == 1 ? "<ol>\n\(items)</ol>\n" : "<ol start=\"\(start)\">\n\(items)</ol>\n"
        case .quote(let blocks): return "<blockquote>\n\(inner(blocks))</blockquote>\n"
        case .callout(let callout, let blocks):
            return
                "<div class=\"box\" role=\"note\">\n<p><strong>\(word("callout-\(callout.rawValue)"))</strong></p>\n"
                + inner(blocks) + "</div>\n"
        case .footnote(let number, let blocks):
            return
                "<aside epub:type=\"footnote\" role=\"doc-footnote\" id=\"note-\(Self.escaped(number))\">\n"
                + "<p>[\(Self.escaped(number))]</p>\n\(inner(blocks))</aside>\n"
        case .code(_, let text):
            return "<pre dir=\"ltr\" translate=\"no\"><code>\(Self.escaped(text))</code></pre>\n"
        case .thematicBreak: return "<hr/>\n"
        case .table(let table):
            func row(_ cells: [Passage], _ tag: String) -> String {
                "<tr>" + cells.map { "<\(tag)>\(span($0))</\(tag)>" }.joined() + "</tr>\n"
            }
            return "<table>\n<thead>\n\(row(table.header, "th"))</thead>\n<tbody>\n"
                + table.rows.map { row($0, "td") }.joined() + "</tbody>\n</table>\n"
        }
    }

    // MARK: Passages

    /// A passage as an element of its own.
    func element(_ tag: String, _ passage: Passage, attributes: String = "") -> String {
        "<\(tag)\(attributes)\(language(of: passage))>\(inlines(of: passage))</\(tag)>\n"
    }

    /// A passage within an element.
    func span(_ passage: Passage) -> String {
        let language = language(of: passage)
        return language.isEmpty ? inlines(of: passage) : "<span\(language)>\(inlines(of: passage))</span>"
    }

    private func language(of passage: Passage) -> String {
        isTranslated && passage.translation.isFallback ? Self.attributes(of: edition.sourceLanguage) : ""
    }

    private func inlines(of passage: Passage) -> String {
        inlines(passage.inlines, passage.translation.isFallback ? data.sourceText : data.ownText)
    }

    private func inlines(_ inlines: [Inline], _ setting: TextSetting) -> String {
        inlines.map { inline in
            switch inline {
            case .text(let text): self.text(text, setting)
            case .lineBreak: "<br/>"
            case .code(let text): "<code dir=\"ltr\" translate=\"no\">\(Self.escaped(text))</code>"
            case .emphasis(let content): "<em>\(self.inlines(content, setting))</em>"
            case .strong(let content): "<strong>\(self.inlines(content, setting))</strong>"
            case .strikethrough(let content): "<del>\(self.inlines(content, setting))</del>"
            case .footnote(let number):
                "<a epub:type=\"noteref\" role=\"doc-noteref\" href=\"#note-\(Self.escaped(number))\">[\(Self.escaped(number))]</a>"
            // Photographs stay on the website; their words are here.
            case .image(let image): self.text(image.alternative, setting)
            case .placeholder(let placeholder): Self.escaped("{{\(placeholder.name)}}")
            case .value(let value): self.value(value, setting)
            case .link(let link): self.link(link, setting)
            }
        }.joined()
    }

    private func value(_ value: Inline.Value, _ setting: TextSetting) -> String {
        switch value.kind {
        case .term:
            "<bdi\(Self.attributes(of: edition.sourceLanguage))>\(Self.escaped(value.text))</bdi>"
        case .literal: literal(value.text, value.destination)
        case .words: text(value.text, setting)
        }
    }

    private func link(_ link: Inline.Link, _ setting: TextSetting) -> String {
        let words = inlines(link.content, setting)
        switch data.leaflet.target(of: link, in: edition, data.publishedPath) {
        case .inside(let label):
            return places[label].map { "<a href=\"\(Self.escaped($0))\">\(words)</a>" } ?? words
        case .address(let address) where Link.scheme(of: address) == "sms": return words
        case .address(let address): return "<a href=\"\(Self.escaped(address))\">\(words)</a>"
        case .nowhere: return words
        }
    }

    /// A phone number or an address: from left to right, whatever stands around it.
    func literal(_ text: String, _ destination: String?) -> String {
        let lines = text.split(separator: "\n").map { Self.escaped(String($0)) }.joined(separator: "<br/>")
        // E-readers know no text messages: the number alone is copied or typed.
        guard let destination = destination.flatMap({ Link.safe($0) }),
            Link.scheme(of: destination) != "sms"
        else {
            return "<bdi dir=\"ltr\" translate=\"no\">\(lines)</bdi>"
        }
        return "<a href=\"\(Self.escaped(destination))\" dir=\"ltr\" translate=\"no\">\(lines)</a>"
    }

    /// Words of the interface.
    func word(_ key: String, _ parameters: [String: String] = [:]) -> String {
        text(edition.strings.marked(key, parameters), data.ownText)
    }

    /// Text in which numbers, addresses and words of another language keep their order and their language.
    func text(_ text: String, _ setting: TextSetting) -> String {
        SourceWords.pieces(of: text).map { text, isSource in
            if isSource {
                return
                    "<bdi\(Self.attributes(of: InterfaceStrings.themeLanguage))>\(Self.escaped(text))</bdi>"
            }
            return setting.pieces(of: text).map { text, run in
                guard let run else { return Self.escaped(text) }
                let latin =
                    run.hasLatinWords
                    ? setting.latin.map { " lang=\"\($0.tag)\" xml:lang=\"\($0.tag)\"" } : nil
                return "<bdi\(latin ?? "") dir=\"ltr\">\(Self.escaped(text))</bdi>"
            }.joined()
        }.joined()
    }

    // MARK: XML

    static func attributes(of language: Language) -> String {
        " lang=\"\(language.tag)\" xml:lang=\"\(language.tag)\" dir=\"\(language.direction.rawValue)\""
    }

    /// Text of XML 1.0 (fifth edition, 2.2 and 2.4): what no document may hold is left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
