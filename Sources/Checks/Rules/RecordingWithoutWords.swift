import Guidance
import Markdown
import Workspace

/// A recording whose words stand nowhere: who cannot hear it, or cannot play it here, does not know what it says. In sign
/// language the words are those of the text around it.
struct RecordingWithoutWords: TextRule {
    static let rule = Rule(
        "RecordingWithoutWords", .warning, "Nothing says in words what a recording says.",
        bad: "⟦![The chair says what happens](chair.mp3)",
        good: "![The chair says what happens](chair.mp3)\n\n> [!TRANSCRIPT]\n> First we say who we are.")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        problems(text.blocks, text)
    }

    private static func problems(_ blocks: [Block], _ text: GuidanceText) -> [Diagnostic] {
        blocks.indices.flatMap { index -> [Diagnostic] in
            switch blocks[index].content {
            case .paragraph(let passage):
                guard let recording = passage.figure?.image.recording, recording.variant != .signed else {
                    return []
                }
                if blocks.indices.contains(index + 1),
                    case .callout(.transcript, _) = blocks[index + 1].content
                {
                    return []
                }
                return [
                    rule.diagnostic(
                        "nobody who cannot hear this recording gets to know what it says",
                        at: text.location(blocks[index].range),
                        help: "Write its words below it: '> [!TRANSCRIPT]', and '> ' before each line.")
                ]
            case .list(let list): return list.items.flatMap { problems($0.blocks, text) }
            case .quote(let inner), .callout(_, let inner), .footnote(_, let inner):
                return problems(inner, text)
            case .heading, .code, .thematicBreak, .table: return []
            }
        }
    }
}
