import Workspace

/// A picture whose words for people who cannot see it are the name of its file.
struct AlternativeIsName: TextRule {
    static let rule = Rule(
        "AlternativeIsName", .warning,
        "The words for people who cannot see a picture are the name of its file, or say nothing of it.",
        bad: "![⟦image001](room.png)", good: "![A round table with six chairs](room.png)")

    /// What cameras, scanners and office programs call their pictures.
    private static let stems: Set<String> = [
        "image", "img", "picture", "pic", "photo", "photograph", "graphic", "figure", "fig", "screenshot",
        "screen shot", "scan", "dsc", "dscn", "dscf", "untitled", "unnamed", "logo1", "banner1", "diagram",
        "chart", "icon", "alt", "alt text", "alternative text", "placeholder", "img_", "download",
    ]

    static func problems(in text: GuidanceText, _ context: LintContext) -> [Diagnostic] {
        PlacedLink.pictures(in: text).compactMap { picture in
            guard let what = fault(of: picture.text) else { return nil }
            return rule.diagnostic(
                "'\(picture.text)' is \(what), which tells nobody what the picture shows",
                at: text.location(text.place(of: picture.text, in: picture.range)),
                help:
                    "Say in a few words what somebody who cannot see it needs to know: ![six people at a round table](…)."
            )
        }
    }

    private static func fault(of words: String) -> String? {
        let plain = words.lowercased().trimmed(of: " ._-")
        if plain.contains("description automatically generated") || plain.contains("ai-generated content") {
            return "what a program has guessed"
        }
        guard !plain.isEmpty, !plain.contains(where: \.isNewline) else { return nil }
        if let dot = plain.lastIndex(of: "."),
            pictureEndings.contains(String(plain[plain.index(after: dot)...]))
        {
            return "the name of a file"
        }
        // `image001`, `IMG_2034`, `photo 3`, `picture`
        let stem = plain.trimmedOfFigures
        guard stems.contains(stem) || stem.isEmpty && plain.count >= 3 else { return nil }
        return stem == plain ? "no description" : "the name of a file"
    }

    private static let pictureEndings: Set<String> = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "tif", "tiff", "heic", "emf", "wmf",
    ]
}

extension String {
    /// Without figures and signs at its end.
    fileprivate var trimmedOfFigures: String {
        var text = self
        while let last = text.last, last.isNumber || " ._-()".contains(last) { text.removeLast() }
        return text
    }
}
