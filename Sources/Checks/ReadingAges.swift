import Guidance
import Markdown

/// How old a reader must be for text, as the rule `ReadingAge` reckons it.
package enum ReadingAges {
    /// Years, of the paragraphs, list items and cells of blocks; nil where there is too little text to tell.
    ///
    /// The formula is for English.
    package static func age(of blocks: [Block]) -> Int? {
        let prose = PlacedPassage.all(in: blocks).filter {
            if case .heading = $0.role { false } else { true }
        }
        return ReadingAge.age(of: prose.map(Prose.init)).map { Int($0.rounded()) }
    }
}
