import Workspace

/// What is wrong with catalogues and translations.
package enum TranslationRules {
    package static let all: [Rule] = [
        Rule(
            "CatalogueEncoding", .note, "A catalogue is not in UTF-8.", bad: "a catalogue saved as UTF-16",
            good: "the same catalogue saved as UTF-8"),
        Rule(
            "CatalogueLanguage", .error, "The catalogue's header names another language than its file.",
            bad: "ur.po: Language: ar", good: "ur.po: Language: ur"),
        Rule(
            "CatalogueReview", .error, "The review state of a catalogue cannot be understood.",
            bad: "X-Signpost-Review: yes", good: "X-Signpost-Review: reviewed by A. Nowak on 2026-11-21"),
        Rule(
            "DirectionControl", .error, "An invisible direction control turns text round for some readers.",
            bad: "a translation with U+202E in it", good: "the same without it"),
        Rule(
            "DuplicateMessage", .error, "A message is in the catalogue twice.",
            bad: "msgid \"Chair\" … msgid \"Chair\"", good: "msgid \"Chair\""),
        Rule(
            "EmailMismatch", .error, "The translation has another e-mail address than the English.",
            bad: "help@nspcc.org.uk → pomoc@nspcc.org.uk", good: "help@nspcc.org.uk → help@nspcc.org.uk"),
        Rule(
            "EmphasisMismatch", .warning, "The translation stresses other words than the English.",
            bad: "**not** recorded → nie jest nagrywane", good: "**not** recorded → **nie** jest nagrywane"),
        Rule(
            "FootnoteMismatch", .error, "A translation refers to other footnotes than the English.",
            bad: "It is a right.[^law] → To prawo.", good: "It is a right.[^law] → To prawo.[^law]"),
        Rule(
            "ForeignPunctuation", .warning, "A sign is written as another language writes it.",
            bad: "是的.", good: "是的。"),
        Rule(
            "GlossaryTerm", .warning, "A term is not translated as the glossary says.",
            bad: "chair → krzesło", good: "chair → przewodniczący"),
        Rule(
            "HTMLInTranslation", .error, "A translation has HTML tags, which readers would see as text.",
            bad: "msgstr \"<b>Masz prawo</b>\"", good: "msgstr \"**Masz prawo**\""),
        Rule(
            "IncompletePlural", .error, "A message lacks forms that the language has.",
            bad: "two forms in Polish", good: "three forms in Polish"),
        Rule(
            "InvalidPO", .error, "The catalogue is not a PO file at this line.", bad: "msgid Chair",
            good: "msgid \"Chair\""),
        Rule(
            "InvalidPOEscape", .error, "A backslash in a PO file stands before a letter that means nothing.",
            bad: "msgid \"C:\\Users\"", good: "msgid \"C:\\\\Users\""),
        Rule(
            "InvalidGlossaryException", .error,
            "An exception in the glossary says neither in which message nor in which words, or both.",
            bad: "except: [{reason: a room}]", good: "except: [{words: conference room, reason: a room}]"),
        Rule(
            "InvalidGlossaryForm", .error, "A form in the glossary has no letters.",
            bad: "plan: {pl: ['*']}", good: "plan: {pl: ['plan*']}"),
        Rule(
            "LinkMismatch", .error, "A link of the translation leads elsewhere.",
            bad: "[rights](rights.md) → [prawa](plan.md)", good: "[rights](rights.md) → [prawa](rights.md)"),
        Rule(
            "MarkedUnfinished", .warning, "A new text that came in is marked as not finished.",
            bad: "#, fuzzy at a new msgstr", good: "the same without #, fuzzy"),
        Rule(
            "MessageShape", .error, "The translation would be another sort of block than the English.",
            bad: "Three days → 3. dni", good: "Three days → trzy dni"),
        Rule(
            "MixedScript", .error, "One word has letters of two scripts, such as a Cyrillic а.",
            bad: "plаn with U+0430", good: "plan"),
        Rule(
            "NoteInTranslation", .warning, "A translator has left a note or a gap in a translation.",
            bad: "You can come. → Możesz przyjść. TODO", good: "You can come. → Możesz przyjść."),
        Rule(
            "NumberMismatch", .error, "A number of the English is not in the translation, or another is.",
            bad: "within 15 days → w ciągu 5 dni", good: "within 15 days → w ciągu 15 dni"),
        Rule(
            "OtherOrder", .note,
            "Contacts or facts of a translation that came in stand in another order than in the English.",
            bad: "{{emergency}}, then {{childline}} → {{childline}}, then {{emergency}}",
            good: "{{emergency}}, then {{childline}} → {{emergency}}, potem {{childline}}"),
        Rule(
            "PhoneMismatch", .error, "A phone number differs from the English.",
            bad: "0800 1111 → 0800 1112", good: "0800 1111 → 0800 1111"),
        Rule(
            "PlaceholderMismatch", .error, "A fact or contact of the English is not in the translation.",
            bad: "{{arrive-early}} before → przed czasem",
            good: "{{arrive-early}} before → {{arrive-early}} przed"),
        Rule(
            "PluralFormsHeader", .error, "The catalogue's header counts other plurals than the language.",
            bad: "Plural-Forms: nplurals=2; plural=(n!=1);  (Polish)",
            good: "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : …);"),
        Rule(
            "SameAsBefore", .warning,
            "A translation that came in is still that of the English as it was before it changed.",
            bad: "two days before → dzień przed", good: "two days before → dwa dni przed"),
        Rule(
            "ToolMarkup", .error,
            "A translation that was sent has a tag of the translation tool in its text.",
            bad: "<target>Masz <x id=\"1\"/>prawo</target>", good: "<target>Masz prawo</target>"),
        Rule(
            "UnknownLanguage", .error, "No language that Signpost or the portal knows has this tag.",
            bad: "languages: [en, ku]", good: "languages: [en, pl]"),
        Rule(
            "UnreadableTranslations", .error, "A file that was sent cannot be read.",
            bad: "a .csv in a code page that nobody names", good: "the same saved as 'CSV UTF-8'"),
        Rule(
            "UnnamedCalendar", .warning,
            "A date does not say that it is Gregorian, in a language whose readers may count otherwise.",
            bad: "{day} {month} {year} → {day} {month} {year}  (Tigrinya)",
            good: "{day} {month} {year} → {day} {month} {year} (ኣቆጻጽራ ግሪጎርያን)"),
        Rule(
            "UnsupportedCharset", .error, "The catalogue is not in UTF-8.", bad: "charset=ISO-8859-2",
            good: "charset=UTF-8"),
        Rule(
            "UntranslatedCopy", .warning, "The translation is the English text again.",
            bad: "Your rights → Your rights", good: "Your rights → Twoje prawa"),
        Rule(
            "UntranslatedWord", .warning, "A word in a text of another script is still English.",
            bad: "the chair in an Arabic sentence", good: "the Arabic word for the chair"),
        Rule(
            "UnusedGlossaryException", .warning, "No translation needs this exception in the glossary.",
            bad: "words: press conference, which nothing says any more",
            good: "the glossary without this exception"),
        Rule(
            "UnwrittenTranslations", .error, "A file for translators cannot be written.",
            bad: "a .docx without Python's package python-docx", good: "the same after 'make site'"),
        Rule(
            "URLMismatch", .error, "A web address differs from the English.",
            bad: "https://www.nspcc.org.uk → https://www.nspcc.pl",
            good: "https://www.nspcc.org.uk → https://www.nspcc.org.uk"),
        Rule(
            "WrongLetter", .error, "A letter is one that the language does not have.",
            bad: "an Arabic ك in Urdu", good: "the Urdu ک"),
        Rule(
            "WrongScript", .error, "The translation is not in the language's script.",
            bad: "haqooq  (Urdu)", good: "حقوق"),
    ]
}
