import Guidance
import Markdown
import Translations
import Workspace

/// An edition as a reader meets it: every passage with its facts filled in, and where it comes from.
struct EditionText {
    struct Piece {
        var page: Page
        var section: Section?
        var file: String
        var prose: Prose
    }

    let edition: Edition
    let pieces: [Piece]
    /// Reads a file once more, for the exact place of what was found in it.
    private let text: (String) -> GuidanceText?

    init(_ edition: Edition, text: @escaping (String) -> GuidanceText?) {
        self.edition = edition
        self.text = text
        var pieces: [Piece] = []
        for page in edition.pages {
            for placed in PlacedPassage.all(in: page.introduction) {
                pieces.append(Piece(page: page, section: nil, file: page.file, prose: Prose(placed)))
            }
            page.forEachSection { section in
                for placed in [PlacedPassage(passage: section.heading, role: .heading(section.level))]
                    + PlacedPassage.all(in: section.blocks)
                {
                    pieces.append(
                        Piece(page: page, section: section, file: section.file, prose: Prose(placed)))
                }
            }
        }
        self.pieces = pieces
    }

    func location(_ range: Range<Int>?, in piece: Piece) -> SourceLocation {
        LintPlace.location(range, of: piece.prose, in: piece.file, text)
    }
}

enum LintPlace {
    /// Where a stretch of a passage stands in its file.
    static func location(
        _ range: Range<Int>?, of prose: Prose, in file: String, _ text: (String) -> GuidanceText?
    ) -> SourceLocation {
        let whole = SourceLocation(file: file, range: prose.passage.range)
        guard let range, let text = text(file) else { return whole }
        // Words may stand in an address too: both are read side by side.
        if let exact = SourceAlignment(prose, lines: text.lines)?.range(of: range) {
            return SourceLocation(file: file, range: exact)
        }
        return SourceLocation(
            file: file,
            range: text.place(
                of: prose.text(range), in: prose.passage.range, occurrence: prose.occurrence(of: range)))
    }
}
