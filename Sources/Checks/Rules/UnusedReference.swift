import Markdown
import Workspace

/// `[Note]: word` is Markdown for where links named Note lead, and is never shown. A line that was meant to be read is
/// gone.
struct UnusedReference: TextRule {
    static let rule = Rule(
        "UnusedReference", .warning,
        "A line in the form '[words]: word' is taken for the address of a link, and no reader sees it.",
        bad: "You can bring someone.\n\n⟦[Note]: free", good: "You can bring someone.\n\nNote: free")

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        // Few lines begin so; the others cost a look at one sign.
        var known: String?
        return text.lines.indices.compactMap { index -> Diagnostic? in
            guard
                let open = text.lines[index].utf8.first(where: {
                    $0 != 0x20 && $0 != 0x3E && $0 != 0x2D && $0 != 0x2A
                }),
                open == UInt8(ascii: "["), index + 1 >= text.firstLine,
                let match = String(text.lines[index]).wholeMatch(
                    of:
                        /([ >*-]*)\[((?:[^\[\]\\]|\\.)+)\]:[ \t]*(\S*)(?:[ \t]+("[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*/
                ),
                !text.isCode(line: index + 1)
            else { return nil }
            let label = String(match.output.2)
            var destination = String(match.output.3)
            if destination.isEmpty, text.lines.indices.contains(index + 1) {
                destination = String(text.lines[index + 1].drop { $0 == " " })
            }
            // A footnote; a remark of the writer's, `[//]: # (…)`; a list of addresses, of which some are no more used.
            guard !label.hasPrefix("^"), !["#", "<>"].contains(destination), !isAddress(destination),
                !destination.isEmpty
            else { return nil }
            let all = known ?? Self.normal(text.source.string)
            known = all
            let name = "[" + Self.normal(label) + "]"
            let uses = all.ranges(of: name).count - all.ranges(of: name + ":").count
            guard uses <= 0, !isShown(label, line: index + 1, text) else { return nil }
            return rule.diagnostic(
                "readers do not see '[\(label)]: \(destination)': it says where links named '\(label)' lead, and there is none",
                at: text.location(
                    line: index + 1, column: match.output.1.unicodeScalars.count,
                    length: label.unicodeScalars.count + 3),
                help: "Write the words without the square brackets: '\(label): \(destination)'.")
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        let plain = text.drop { $0 == "<" }.lowercased()
        return plain.contains("://") || plain.hasPrefix("/") || plain.hasPrefix("#") || plain.hasPrefix("./")
            || plain.hasPrefix("../") || plain.hasPrefix("mailto:") || plain.hasPrefix("tel:")
            || [".md", ".html", ".htm", ".pdf", ".png", ".jpg", ".svg"].contains {
                plain.prefix { $0 != "#" && $0 != ">" }.hasSuffix($0)
            }
    }

    /// Names of links in any case and spacing are one (CommonMark, 4.7).
    private static func normal(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether the line is a part of a paragraph, which a definition cannot interrupt.
    private static func isShown(_ label: String, line: Int, _ text: GuidanceText) -> Bool {
        text.passages.contains { placed in
            guard let range = placed.passage.range, (range.start.line...range.end.line).contains(line) else {
                return false
            }
            return placed.passage.plainText.contains("[\(label)]:")
        }
    }
}
