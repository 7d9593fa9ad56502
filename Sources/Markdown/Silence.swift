import Workspace

/// What `{ignore=Rule because="…"}` at the end of a block asks for: that one rule says nothing about this block.
package struct Silence: Hashable, Sendable {
    package var rule: String
    /// Why; nil where nobody says.
    package var reason: String?
    package var file: String
    /// The block's first and last line.
    package var lines: ClosedRange<Int>
    /// Where the braces stand.
    package var location: SourceLocation

    package func covers(_ diagnostic: Diagnostic) -> Bool {
        guard diagnostic.rule == rule, let place = diagnostic.location, place.file == file,
            let range = place.range
        else { return false }
        return lines.contains(range.start.line)
    }
}

extension [Block] {
    /// What the blocks of a file ask to be left alone, in order.
    package func silences(in file: String) -> [Silence] {
        var found: [Silence] = []
        for block in self where block.traits.contains(.attributes) {
            block.attributes?.addSilences(to: &found, file: file, range: block.range)
            switch block.content {
            case .list(let list):
                for item in list.items {
                    // An item's own text; a list within it is other items' own.
                    item.attributes?.addSilences(to: &found, file: file, range: item.blocks.first?.range)
                    found += item.blocks.silences(in: file)
                }
            case .quote(let blocks), .callout(_, let blocks), .footnote(_, let blocks):
                found += blocks.silences(in: file)
            case .paragraph, .heading, .code, .thematicBreak, .table: break
            }
        }
        return found
    }
}

extension Attributes {
    fileprivate func addSilences(to found: inout [Silence], file: String, range block: SourceRange?) {
        guard !ignoredRules.isEmpty, let block = block ?? range else { return }
        for rule in ignoredRules {
            found.append(
                Silence(
                    rule: rule, reason: reason, file: file,
                    lines: block.start.line...Swift.max(block.start.line, block.end.line),
                    location: SourceLocation(file: file, range: range ?? block)))
        }
    }
}
