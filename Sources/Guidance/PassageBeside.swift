import Markdown

extension Passage {
    /// This passage without pictures, as it stands beside the same one in another language; nil where it would say the
    /// same again: a name, a number, or words that are shown in the source language because nobody has translated them.
    ///
    /// - Parameter isSource: Whether it is in the language that guidance is written in.
    package func beside(_ first: Passage, isSource: Bool) -> Passage? {
        guard !(isSource && first.translation.isFallback) else { return nil }
        var other = self
        other.inlines = inlines.filter { if case .image = $0 { false } else { true } }
        let words = other.plainText
        return words.contains { $0.isLetter || $0.isNumber } && words != first.plainText ? other : nil
    }
}
