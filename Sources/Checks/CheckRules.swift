import Workspace

/// Every rule of this module. A rule is one file in `Rules/`, or in `Editions/` where it asks what a council lacks.
package enum CheckRules {
    static let textRules: [any TextRule.Type] = [
        AllCapitals.self, AlsoAskedShown.self, AlternativeIsName.self, AnswerComesLate.self, BareAddress.self,
        BoldHeading.self,
        BrokenText.self,
        BulletAsText.self, ClickHere.self,
        DamagedLink.self, EasyIdeaWithoutPicture.self,
        EmptyHeading.self, EmptyItem.self, EmptyLinkText.self, EmptyPage.self, EscapedMarkup.self,
        ForeignSyntax.self, FrontMatterNotFirst.self, GoneSite.self, HeadingWithoutSpace.self,
        HiddenSign.self, IndentedCode.self,
        InsecureLink.self, LeadInAlone.self, LinkShowsAnother.self, LongEasyParagraph.self,
        LongEasySentence.self,
        MixedListEnds.self,
        NearbyAddress.self, NumberForTwo.self, OneTextTwoLinks.self, ReadingAge.self,
        RecordingWithoutWords.self, ReferenceToNothing.self,
        RepeatedHeading.self,
        RepeatedText.self, TableAsText.self, UnclosedFence.self, UnexplainedAbbreviation.self,
        UnexplainedJargon.self, UntestedEasyRead.self, UnusedReference.self,
        WordResidue.self,
    ]

    /// Rules of an edition that read a page of no portal alone.
    static let pageRules: [any TextRule.Type] = [
        EventTwoValues.self, OutsideNationalLimit.self, RoleTwoNames.self,
    ]

    static let proseRules: [any ProseRule.Type] =
        [
            BrokenEmail.self, BrokenPlaceholder.self, DayGoneBy.self, DoubledWord.self, HalfGivenHours.self,
            ImpossibleDate.self,
            ImpossibleNumber.self, ImpossibleTime.self, LetterInNumber.self, LongSentence.self,
            NumbersNotToldApart.self, OddSpace.self,
            PersonalData.self,
            QuestionOnStatement.self,
            StrayMarks.self, TypedContact.self, UnbalancedSigns.self, UndefinedReference.self,
        ] + phraseTypes

    /// Rules that read the values of facts where they are written, before any page shows them.
    static let valueRules: [any ProseRule.Type] = [
        ImpossibleDate.self, ImpossibleTime.self, LetterInNumber.self,
    ]
    static let valueRuleNames = Set(valueRules.map { $0.rule.name })

    private static let phraseTypes: [any PhraseRule.Type] = [
        AbolishedBody.self, BlamingWords.self, CovidArrangement.self, EditorsNote.self,
        InterpreterNotTranslator.self, PlainWords.self, ProfessionalsWording.self, RepealedLaw.self,
        ReplacedGuidance.self,
    ]

    static let editionRules: [any EditionRule.Type] = [
        ContactTwice.self, EventTwoValues.self, FactContradicted.self, HalfGivenHours.self,
        MissingHours.self, MixedHours.self, NearbyContact.self, OutsideNationalLimit.self,
        PageWithoutReview.self, PartialWithoutList.self, RoleTwoNames.self,
        TypedFact.self, TypedTime.self,
    ]

    static let portalRules: [any PortalRule.Type] = [
        ContactsNearlyAgree.self, ExampleAddress.self, FactCheckOverdue.self, FactsNeverChecked.self,
    ]

    static let settingsRules: [any SettingsRule.Type] = [
        FutureDate.self, LooksLikeDate.self, LooksLikeDuration.self, LooksLikeYesNo.self,
        QuotesAroundValue.self,
        ValueIsComment.self,
    ]

    static let folderRules: [any FolderRule.Type] = [CopyOfFile.self, UnreadFile.self]

    /// The rules that know English words and sentences, and would only be wrong about others.
    static let englishRules: Set<String> = Set(
        phraseTypes.map { $0.rule.name }
            + [
                AnswerComesLate.rule, BrokenText.rule, ClickHere.rule, DayGoneBy.rule, DoubledWord.rule,
                EventTwoValues.rule, HalfGivenHours.rule,
                LongSentence.rule, OutsideNationalLimit.rule, QuestionOnStatement.rule, ReadingAge.rule,
                ReferenceToNothing.rule, RoleTwoNames.rule, TypedTime.rule, UnbalancedSigns.rule,
                UnexplainedAbbreviation.rule, UnexplainedJargon.rule, NumbersNotToldApart.rule,
            ].map(\.name)
    )
    // What an editor has left for later is English in any text: TBC, lorem ipsum.
    .subtracting([EditorsNote.rule.name])

    /// The rules that `--fix` puts right.
    static let fixableRules: [any FixableRule.Type] = [
        BulletAsText.self, EscapedMarkup.self, ForeignPlaceholder.self, ForeignSyntax.self,
        FrontMatterNotFirst.self, HeadingWithoutSpace.self, HiddenSign.self, RawHTML.self,
        OddSpace.self, UnknownCallout.self,
    ]

    /// The rules whose words are lists.
    static let phraseRules: [Rule] =
        phraseTypes.map { $0.rule } + [
            GoneSite.rule, RoleTwoNames.rule, UnexplainedJargon.rule,
        ]

    /// What a site that families read must not have: `--strict` makes it an error.
    package static let requiredToPublish: Set<String> = EditionChecks.requiredToPublish.union([
        AbolishedBody.rule.name, "BrokenPicture", EditorsNote.rule.name, EscapedMarkup.rule.name,
        EventTwoValues.rule.name,
        ExampleAddress.rule.name, "ExtraTableCells", FactContradicted.rule.name, "ForeignPlaceholder",
        ForeignSyntax.rule.name, HiddenSign.rule.name,
        "NoteInTranslation", "OtherSiteAddress", OutsideNationalLimit.rule.name,
        BrokenEmail.rule.name, BrokenPlaceholder.rule.name,
        ImpossibleDate.rule.name, ImpossibleNumber.rule.name, ImpossibleTime.rule.name,
        LetterInNumber.rule.name, LinkShowsAnother.rule.name,
        PartialWithoutList.rule.name, PersonalData.rule.name, RepealedLaw.rule.name, UnclosedFence.rule.name,
        "UndefinedFootnote",
        "UnusedFootnote",
        WordResidue.rule.name,
    ])

    package static let all: [Rule] =
        Set(
            textRules.map { $0.rule } + proseRules.map { $0.rule } + editionRules.map { $0.rule }
                + portalRules.map { $0.rule } + settingsRules.map { $0.rule } + folderRules.map { $0.rule }
                + EditionChecks.rules + [
                    SilenceWithoutReason.rule, UnusedFact.rule, UnusedSilence.rule, unknownRule,
                    otherLanguage,
                ]
        )
        .sorted { $0.name < $1.name }

    static let names = Set(all.map(\.name))

    private static let otherLanguage = Rule(
        "OtherLanguage", .note, "Text is not in English, so the rules about English words do not read it.",
        bad: "a page in Welsh, in a folder for 'check --path'", good: "lang: cy")

    private static let unknownRule = Rule(
        "UnknownRule", .error, "A setting or a block names a rule that is not there.",
        bad: "checks: {LongSentances: off}", good: "checks: {LongSentence: off}")
}
