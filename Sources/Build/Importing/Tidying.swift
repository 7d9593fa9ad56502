import Checks
import Guidance
import Markdown
import Workspace

/// Gives a document the structure that its look has: bold lines become headings, typed bullets lists, lines paragraphs.
struct Tidying {
    private(set) var document: ForeignDocument

    init(_ document: ForeignDocument) {
        self.document = document
        clean()
        splitParagraphs()
        leaveOutJumpLists()
        makeTypedLists()
        joinLists()
        makeHeadings()
    }

    private typealias Placed = ForeignDocument.Placed

    private mutating func clean() {
        document.blocks = document.blocks.compactMap { placed in
            var placed = placed
            var marks: [String] = []
            placed.block =
                [placed.block].mapPassages { Passage(Self.apart($0.inlines, &marks).tidied) }[0]
            for mark in marks {
                lose(placed, "the mark of a footnote behind an e-mail address: it stands apart now", mark)
            }
            if case .heading(let level, let passage) = placed.block.content {
                let pictures = passage.inlines.images
                let words = passage.inlines.asHeading
                guard words.isEmpty else {
                    placed.block.content = .heading(level: level, Passage(words))
                    if passage.inlines.hasFootnote {
                        lose(placed, "the mark of a footnote in a heading", passage.plainText)
                    }
                    if !pictures.isEmpty { lose(placed, "a picture in a heading", passage.plainText) }
                    return placed
                }
                guard !pictures.isEmpty else { return nil }
                placed.block.content = .paragraph(Passage(pictures))
            }
            if case .table(let table) = placed.block.content {
                return tidied(table, placed)
            }
            return placed.block.isEmpty ? nil : placed
        }
    }

    /// The mark of a footnote apart from the e-mail address before it, to which it would belong: `help@kent.gov.uk1`.
    private static func apart(_ inlines: [Inline], _ found: inout [String]) -> [Inline] {
        var marks: [String] = []
        let result = inlines.mapLeaves { inline in
            guard case .text(let text) = inline, text.contains("@") else { return [inline] }
            let mended = text.replacing(
                /([\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})([\u{B9}\u{B2}\u{B3}\u{2070}\u{2074}-\u{2079}\u{2020}\u{2021}\u{A7}*]+|\d{1,2})(?![\w@-])/
            ) { match in
                marks.append(String(match.output.0))
                return match.output.1 + " " + match.output.2
            }
            return [.text(mended)]
        }
        found += marks
        return result
    }

    /// Cells are one line each in Markdown, and the head's words are bold by themselves.
    private mutating func tidied(_ table: Block.Table, _ placed: Placed) -> Placed? {
        var table = table
        var placed = placed
        var notes = false
        var pictures = false
        func cell(_ passage: Passage, isHead: Bool) -> Passage {
            let lines = passage.inlines.lines.filter { !$0.isEmpty }
            var result: [Inline] = []
            for line in lines {
                if let last = result.plainText.last { result.append(.text(last.isPunctuation ? " " : "; ")) }
                result += line
            }
            notes = notes || result.hasFootnote
            pictures = pictures || !result.images.isEmpty
            result = result.filter {
                switch $0 {
                case .footnote, .image: false
                default: true
                }
            }
            if isHead, let words = result.whollyBold { result = words }
            return Passage(result.tidied)
        }
        table.header = table.header.map { cell($0, isHead: true) }
        table.rows = table.rows.map { $0.map { cell($0, isHead: false) } }
            .filter { $0.contains { !$0.inlines.isEmpty } }
        if notes {
            lose(
                placed, "the mark of a footnote in a table",
                table.header.map(\.plainText).joined(separator: " | "))
        }
        if pictures {
            lose(placed, "a picture in a table", table.header.map(\.plainText).joined(separator: " | "))
        }
        let all = [table.header] + table.rows
        // Columns without a word are only there for their width.
        let kept = table.header.indices.filter { column in
            all.contains { $0.indices.contains(column) && !$0[column].inlines.isEmpty }
        }
        guard !kept.isEmpty else { return nil }
        table.header = kept.map { table.header[$0] }
        table.rows = table.rows.map { row in kept.map { row[$0] } }
        table.alignments = Array(repeating: .none, count: kept.count)
        placed.block.content = .table(table)
        return placed
    }

    private mutating func lose(_ placed: Placed, _ what: String, _ text: String) {
        document.losses.append(.init(place: placed.place, what: what, text: text))
    }

    // MARK: Paragraphs

    /// An empty line within a paragraph ends it.
    private mutating func splitParagraphs() {
        document.blocks = document.blocks.flatMap { placed -> [Placed] in
            guard case .paragraph(let passage) = placed.block.content else { return [placed] }
            var parts = passage.inlines.lines.split(whereSeparator: \.isEmpty)
            // A bold line over others, as pages have that end lines instead of paragraphs.
            parts = parts.flatMap { part -> [ArraySlice<[Inline]>] in
                guard part.count > 1, let first = part.first, first.whollyBold != nil,
                    boldLine(Placed(Block(.paragraph(Passage(first))), place: placed.place)) != nil,
                    !first.plainText.hasSuffix(":"),
                    part.dropFirst().contains(where: { $0.whollyBold == nil })
                else { return [part] }
                return [part.prefix(1), part.dropFirst()]
            }
            guard parts.count > 1 else { return [placed] }
            return parts.map { lines in
                var part = placed
                part.block = Block(.paragraph(Passage(Array(lines.joined(separator: [.lineBreak])))))
                return part
            }
        }
    }

    /// "On this page": every page has such a list already.
    private mutating func leaveOutJumpLists() {
        var left: [ForeignDocument.Note] = []
        document.blocks.removeAll { placed in
            guard case .list(let list) = placed.block.content else { return false }
            var passages: [Passage] = []
            [Block(.list(list))].forEachPassage { passages.append($0) }
            let areAllJumps =
                passages.count > 1
                && passages.allSatisfy { passage in
                    guard passage.inlines.count == 1, case .link(let link)? = passage.inlines.first else {
                        return false
                    }
                    return link.destination.written?.hasPrefix("#") ?? false
                }
            if areAllJumps {
                left.append(
                    .init(
                        place: placed.place, what: "the list of links to the sections of the page",
                        text: passages.map(\.plainText).joined(separator: "; ")))
            }
            return areAllJumps
        }
        document.leftOut += left
    }

    // MARK: Lists

    private enum Sign: Equatable {
        case bullet(Character)
        /// A dash or an `o`, which may be a part of a sentence.
        case weakBullet(Character)
        case number(Int)
        case letter(Int)
    }

    private static let signs: Set<Character> = [
        "•", "●", "▪", "■", "◦", "‣", "⁃", "·", "➢", "✓", "►", "➤", "❖", "*", "\u{F0B7}", "\u{F0A7}",
        "\u{F0D8}",
    ]

    /// Typed lists within each other: another sign below an item is a list of that item's, until the first comes again.
    private struct TypedLevels {
        private var levels: [(sign: Sign, list: Block.List)] = []

        /// Whether the next item is the first of its list.
        var isNew: Bool { levels.last?.list.items.isEmpty ?? true }

        /// Goes to the level of a sign.
        ///
        /// - Returns: False where the list ends before it: numbers below bullets begin another.
        mutating func open(_ sign: Sign) -> Bool {
            if let level = levels.lastIndex(where: { Self.isSame($0.sign, sign) }) {
                while levels.count > level + 1 { close() }
                return true
            }
            let start: Int?
            switch sign {
            case .bullet, .weakBullet: start = nil
            case .number(let number):
                guard levels.isEmpty else { return false }
                start = number
            case .letter(let number): start = number
            }
            levels.append((sign, .init(start: start, items: [])))
            return true
        }

        mutating func add(_ block: Block) {
            guard !levels.isEmpty else { return }
            levels[levels.count - 1].list.items.append(.init(blocks: [block]))
        }

        private mutating func close() {
            guard let last = levels.popLast(), let parent = levels.indices.last,
                let item = levels[parent].list.items.indices.last
            else { return }
            levels[parent].list.items[item].blocks.append(Block(.list(last.list)))
        }

        var closed: Block.List? {
            var copy = self
            while copy.levels.count > 1 { copy.close() }
            return copy.levels.first?.list
        }

        private static func isSame(_ a: Sign, _ b: Sign) -> Bool {
            switch (a, b) {
            case (.bullet(let a), .bullet(let b)), (.weakBullet(let a), .weakBullet(let b)): a == b
            case (.number, .number), (.letter, .letter): true
            case (.bullet, _), (.weakBullet, _), (.number, _), (.letter, _): false
            }
        }
    }

    /// The sign of a list at the start of a line, and the line without it.
    private static func sign(_ line: [Inline]) -> (Sign, [Inline])? {
        guard let first = line.first else { return nil }
        var text: String
        switch first {
        case .text(let words): text = words
        case .strong(let content):
            // A bold number before words that are not: the number is the sign.
            guard case .text(let words)? = content.first, content.count == 1, line.count > 1 else {
                return nil
            }
            text = words
        default: return nil
        }
        text = String(text.drop { $0.isWhitespace })
        func rest(_ count: Int) -> [Inline] {
            let words = String(text.dropFirst(count).drop { $0.isWhitespace })
            var result = Array(line.dropFirst())
            if !words.isEmpty {
                if case .strong = first {
                    result.insert(.strong([.text(words)]), at: 0)
                } else {
                    result.insert(.text(words), at: 0)
                }
            }
            return result.tidied
        }
        guard let sign = text.first else { return nil }
        let after = text.dropFirst()
        let isSpaced = after.first?.isWhitespace ?? (line.count > 1)
        if signs.contains(sign), sign != "*" || isSpaced { return (.bullet(sign), rest(1)) }
        if "–—-o".contains(sign), isSpaced { return (.weakBullet(sign == "o" ? sign : "-"), rest(1)) }
        let open = sign == "(" ? 1 : 0
        let head = text.dropFirst(open)
        let digits = head.prefix { $0.isASCII && $0.isNumber }
        if (1...2).contains(digits.count), let number = Int(digits) {
            let mark = head.dropFirst(digits.count)
            if let end = mark.first, end == ")" || (end == "." && open == 0),
                mark.dropFirst().first?.isWhitespace ?? (line.count > 1)
            {
                return (.number(number), rest(open + digits.count + 1))
            }
        }
        if let letter = head.first, letter.isASCII, letter.isLowercase, head.dropFirst().first == ")",
            head.dropFirst(2).first?.isWhitespace ?? false, let value = letter.asciiValue
        {
            return (.letter(Int(value) - 96), rest(open + 2))
        }
        return nil
    }

    /// Lines that start with a sign, in one paragraph or in several after one another.
    private mutating func makeTypedLists() {
        /// A line of a paragraph, or a block that is none.
        struct Piece {
            var placed: Placed
            var line: [Inline]?
            var sign: (Sign, [Inline])?
            var startsParagraph: Bool
        }
        var pieces: [Piece] = []
        for placed in document.blocks {
            guard case .paragraph(let passage) = placed.block.content else {
                pieces.append(Piece(placed: placed, line: nil, sign: nil, startsParagraph: true))
                continue
            }
            for (index, line) in passage.inlines.lines.enumerated() {
                pieces.append(
                    Piece(placed: placed, line: line, sign: Self.sign(line), startsParagraph: index == 0))
            }
        }
        // A dash, letter or number alone is a part of a sentence, or a heading's number.
        func isList(_ index: Int) -> Bool {
            guard let (sign, rest) = pieces[index].sign, !rest.isEmpty else { return false }
            /// The sign of the line before or after, and the next number or letter beyond a deeper list.
            func neighbour(_ step: Int, where isMeant: (Sign) -> Bool = { _ in true }) -> Sign? {
                var other = index + step
                while pieces.indices.contains(other), let sign = pieces[other].sign?.0 {
                    if isMeant(sign) { return sign }
                    other += step
                }
                return nil
            }
            switch sign {
            case .bullet: return true
            case .weakBullet:
                return [neighbour(-1), neighbour(1)].contains {
                    switch $0 {
                    case .bullet?, .weakBullet?: true
                    case .number?, .letter?, nil: false
                    }
                }
            case .number(let number):
                func isNumber(_ sign: Sign) -> Bool { if case .number = sign { true } else { false } }
                return neighbour(1, where: isNumber) == .number(number + 1)
                    || neighbour(-1, where: isNumber) == .number(number - 1)
            case .letter(let number):
                func isLetter(_ sign: Sign) -> Bool { if case .letter = sign { true } else { false } }
                return neighbour(1, where: isLetter) == .letter(number + 1)
                    || neighbour(-1, where: isLetter) == .letter(number - 1)
            }
        }
        var result: [Placed] = []
        var index = 0
        while index < pieces.count {
            guard isList(index), pieces[index].sign != nil else {
                var lines: [[Inline]] = []
                let placed = pieces[index].placed
                guard let line = pieces[index].line else {
                    result.append(placed)
                    index += 1
                    continue
                }
                lines.append(line)
                index += 1
                while index < pieces.count, !pieces[index].startsParagraph, !isList(index),
                    let line = pieces[index].line
                {
                    lines.append(line)
                    index += 1
                }
                let inlines = Array(lines.joined(separator: [.lineBreak])).tidied
                if !inlines.isEmpty {
                    var part = placed
                    part.block = Block(.paragraph(Passage(inlines)))
                    result.append(part)
                }
                continue
            }
            var levels = TypedLevels()
            let place = pieces[index].placed.place
            while index < pieces.count, isList(index), let (sign, rest) = pieces[index].sign {
                guard levels.open(sign) else { break }
                var line = rest
                index += 1
                // What goes on in the next lines of the paragraph.
                while index < pieces.count, !pieces[index].startsParagraph, pieces[index].sign == nil,
                    let more = pieces[index].line, !more.isEmpty
                {
                    line += [.text(" ")] + more
                    index += 1
                }
                let item = Block(.paragraph(Passage(line.tidied)))
                if case .letter = sign, levels.isNew {
                    document.losses.append(
                        .init(
                            place: place, what: "letters before the items of a list: they are numbers now",
                            text: [item].words))
                }
                levels.add(item)
            }
            if let list = levels.closed { result.append(Placed(Block(.list(list)), place: place)) }
        }
        document.blocks = result
    }

    /// Lists that follow each other are one, where the numbers go on or both have bullets.
    private mutating func joinLists() {
        var result: [Placed] = []
        for placed in document.blocks {
            if case .list(let new) = placed.block.content, let last = result.last,
                case .list(var old) = last.block.content
            {
                let goesOn =
                    old.start == nil ? new.start == nil : new.start == (old.start ?? 0) + old.items.count
                if goesOn {
                    old.items += new.items
                    result[result.count - 1].block.content = .list(old)
                    continue
                }
            }
            result.append(placed)
        }
        document.blocks = result
    }

    // MARK: Headings

    private mutating func makeHeadings() {
        let isHeading = document.blocks.map { if case .heading = $0.block.content { true } else { false } }
        let hasHeadings = isHeading.contains(true)
        let lines = document.blocks.map { boldLine($0) }
        // Three bold lines after each other are an address, or a passage that somebody wants seen; at the very top they
        // are a title on several lines.
        let becomes = document.blocks.indices.map { index in
            let next = index + 1
            let run =
                lines[..<index].reversed().prefix { $0 != nil }.count
                + lines[next...].prefix { $0 != nil }.count
            return lines[index] != nil && run < 2 && (next < document.blocks.count || index == 0)
                && !isFollowedByHeading(index, isHeading)
        }
        // Larger letters are a higher level; the title's are another thing.
        let sizes = Set(
            document.blocks.indices.compactMap { index -> Int? in
                guard becomes[index], hasHeadings || index > 0 else { return nil }
                let isTitle =
                    index == 1 && lines[0] != nil && document.blocks[0].size == document.blocks[1].size
                return isTitle ? nil : document.blocks[index].size
            }
        ).sorted(by: >)
        var level = 1
        // The words of a glossary lie below its heading, however it is set.
        var isGlossary = false
        for index in document.blocks.indices {
            if case .heading(let own, let passage) = document.blocks[index].block.content {
                level = own
                isGlossary = !hasHeadings && KindWords.kind(of: passage.plainText) == .glossary
                continue
            }
            guard becomes[index], let words = lines[index] else { continue }
            let rank = min(document.blocks[index].size.flatMap(sizes.firstIndex) ?? 0, 2)
            let kind = KindWords.kind(of: words.plainText)
            if kind != nil { isGlossary = false }
            document.blocks[index].block.content = .heading(
                level: hasHeadings
                    ? min(level + 1 + rank, 6) : index == 0 ? 1 : isGlossary ? max(3, 2 + rank) : 2 + rank,
                Passage(words))
            if !hasHeadings, kind == .glossary { isGlossary = true }
        }
    }

    private func isFollowedByHeading(_ index: Int, _ isHeading: [Bool]) -> Bool {
        isHeading.indices.contains(index + 1) && isHeading[index + 1] && index > 0
    }

    /// The words of a paragraph that looks like a heading: short, and bold or in capitals from end to end.
    private func boldLine(_ placed: Placed) -> [Inline]? {
        guard case .paragraph(let passage) = placed.block.content else { return nil }
        let text = passage.plainText
        guard text.count <= 80, text.count >= 2, let last = text.last, !".!;,".contains(last),
            passage.inlines.images.isEmpty, FoundData.ways(in: passage).isEmpty
        else { return nil }
        let letters = text.filter(\.isLetter)
        let isCapital = letters.count >= 5 && letters.allSatisfy(\.isUppercase) && text.contains(" ")
        guard let words = passage.inlines.whollyBold ?? (isCapital ? passage.inlines : nil) else {
            return nil
        }
        var heading = words.asHeading
        if case .text(var words)? = heading.last, words.hasSuffix(":") {
            words.removeLast()
            heading[heading.count - 1] = .text(words)
        }
        heading = heading.tidied
        return heading.isEmpty ? nil : heading
    }
}

extension [Inline] {
    var images: [Inline] {
        var found: [Inline] = []
        forEachInline { if case .image = $0 { found.append($0) } }
        return found
    }

    var hasFootnote: Bool {
        var found = false
        forEachInline { if case .footnote = $0 { found = true } }
        return found
    }
}

extension Block {
    /// Whether a reader would see nothing of it.
    var isEmpty: Bool {
        switch content {
        case .paragraph(let passage), .heading(_, let passage): passage.inlines.isEmpty
        case .list(let list): list.items.allSatisfy { $0.blocks.allSatisfy(\.isEmpty) }
        case .quote(let blocks), .callout(_, let blocks): blocks.allSatisfy(\.isEmpty)
        case .code(_, let text): text.allSatisfy(\.isWhitespace)
        case .footnote, .table: false
        case .thematicBreak: true
        }
    }
}

extension [Block] {
    /// Their words, with a space between blocks.
    var words: String {
        var parts: [String] = []
        forEachPassage { parts.append($0.plainText) }
        return parts.joined(separator: " ")
    }
}
