import Workspace

/// The header's `Language` is that of the file's name, in any tool's way to write it: `pl_PL`, `zh_CN`.
struct LanguageHeaderRule: CatalogueFileRule {
    static let name = "CatalogueLanguage"

    func check(_ file: POFile, language: Language) -> [Diagnostic] {
        let found = file.header["Language"]?.filter { !$0.isWhitespace } ?? ""
        if Language(localeName: found) == language { return [] }
        let help = "Write \"Language: \(language.tag)\\n\" in the header, or rename the file."
        return [
            .error(
                Self.name,
                found.isEmpty
                    ? "the header does not say which language this catalogue is in"
                    : "the header says '\(found)', but the file is named for \(language.tag)",
                at: file.location(file.header.range(of: "Language") ?? file.header.place.id?.keyword),
                help: help)
        ]
    }
}

/// The header's `Plural-Forms` choose the same forms as the language's own rules, where any message has a plural.
///
/// Rules that can be brought into agreement have been by then (`POFile.withForms(of:)`).
struct PluralHeaderRule: CatalogueFileRule {
    static let name = "PluralFormsHeader"

    func check(_ file: POFile, language: Language) -> [Diagnostic] {
        let right = PluralRules.header(for: language)
        let help = "Write \"Plural-Forms: \(right)\\n\" in the header."
        let place = file.location(file.header.range(of: "Plural-Forms") ?? file.header.place.id?.keyword)
        guard let text = file.header["Plural-Forms"] else {
            let needed = file.entries.contains { $0.pluralID != nil && !$0.isObsolete }
            return needed ? [.error(Self.name, "the header has no Plural-Forms", at: place, help: help)] : []
        }
        guard let found = PluralExpression(text) else {
            return [.error(Self.name, "these Plural-Forms cannot be understood", at: place, help: help)]
        }
        guard let expected = PluralExpression(right), !found.agrees(with: expected) else { return [] }
        return [
            .error(
                Self.name,
                found.formCount == expected.formCount
                    ? "these Plural-Forms choose other forms than \(language.englishName) does"
                    : "\(language.englishName) has \(expected.formCount) plural forms, not \(found.formCount)",
                at: place, help: help)
        ]
    }
}

/// `X-Signpost-Review` can be understood.
struct ReviewHeaderRule: CatalogueFileRule {
    static let name = "CatalogueReview"

    func check(_ file: POFile, language: Language) -> [Diagnostic] {
        guard file.header.review == nil, !file.header.isReviewedByMessage else { return [] }
        return [
            .error(
                Self.name, "this review state cannot be understood, so the catalogue counts as a draft",
                at: file.location(file.header.range(of: "X-Signpost-Review")),
                help:
                    "Write 'draft', 'reviewed by NAME on YYYY-MM-DD', or 'by message' if comments say it at each message."
            )
        ]
    }
}

/// A message with a plural has every form that the language has.
struct PluralFormsRule: CatalogueFileRule {
    static let name = "IncompletePlural"

    func check(_ file: POFile, language: Language) -> [Diagnostic] {
        let categories = PluralRules.categories(in: language)
        return file.entries.flatMap { entry -> [Diagnostic] in
            guard entry.pluralID != nil, !entry.isObsolete, !entry.isUntranslated else { return [] }
            let numbers = categories.enumerated().map { "msgstr[\($0.offset)] (\($0.element.rawValue))" }
            let help = "\(language.englishName) needs " + numbers.joined(separator: ", ") + "."
            if entry.strings.count != categories.count {
                let form = min(entry.strings.count, categories.count + 1) - 1
                return [
                    .error(
                        Self.name,
                        "this message has \(entry.strings.count) forms, \(language.englishName) has \(categories.count)",
                        at: file.location(of: entry, form: form), help: help)
                ]
            }
            return entry.strings.enumerated().filter(\.element.isEmpty).map { form, _ in
                .error(
                    Self.name, "the form for '\(categories[form].rawValue)' is not translated",
                    at: file.location(of: entry, form: form), help: help)
            }
        }
    }
}
