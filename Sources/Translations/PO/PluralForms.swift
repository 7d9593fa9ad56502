extension POFile {
    /// The same catalogue with the plural forms of Signpost's own rules, where the header's rules choose the same forms.
    ///
    /// Tools write rules with a form for fractions (Transifex: four for Polish) or without one for millions (Weblate: two
    /// for Portuguese). What the forms of a message were is kept where each of the language's own forms is one of them,
    /// which is tried for the numbers up to 200 and those that end in thousands and millions. Otherwise the catalogue is
    /// left as it is. Without any message that has a plural, the header does not matter.
    package func withForms(of language: Language) -> POFile {
        let own = PluralRules.header(for: language)
        guard let text = header["Plural-Forms"], let expected = PluralExpression(own) else { return self }
        var copy = self
        let hasPlurals = entries.contains { $0.pluralID != nil }
        guard let given = PluralExpression(text) else {
            if !hasPlurals { copy.header["Plural-Forms"] = own }
            return copy
        }
        if given.formCount == expected.formCount, given.agrees(with: expected) { return self }
        guard hasPlurals else {
            copy.header["Plural-Forms"] = own
            return copy
        }
        var indices: [Int] = []
        var taken: Set<Int> = []
        for category in PluralRules.categories(in: language) {
            let counts = Self.counts.filter { PluralRules.category(of: $0, in: language) == category }
            let found = Set(counts.map { given.index(of: $0) })
            // A form for more than one of them, or none, could say something else.
            guard found.count == 1, let index = found.first ?? nil else { return self }
            // Only a form for millions may be the same as another: the form for 2 is not that for 5 in Polish.
            if counts.contains(where: { $0 < 1_000 }), !taken.insert(index).inserted { return self }
            indices.append(index)
        }
        copy.header["Plural-Forms"] = own
        for (number, entry) in entries.enumerated()
        where entry.pluralID != nil && entry.strings.count == given.formCount {
            copy.entries[number].strings = indices.map { entry.strings[$0] }
            if entry.place.strings.count == given.formCount {
                copy.entries[number].place.strings = indices.map { entry.place.strings[$0] }
            }
            // The form for fractions has no place here, and is not lost.
            let dropped = entry.strings.indices.filter { !indices.contains($0) }.map { entry.strings[$0] }
            copy.entries[number].translatorComments += Set(dropped).sorted().filter {
                !$0.isEmpty && !copy.entries[number].strings.contains($0)
            }.map { "was: " + $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
        }
        return copy
    }

    private static let counts =
        Array(0...200) + [1_000, 1_001, 2_000, 10_000, 100_000, 1_000_000, 1_000_001, 2_000_000]
}
