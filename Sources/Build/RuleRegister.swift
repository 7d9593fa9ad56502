import Checks
import Guidance
import Leaflets
import Markdown
import Publishing
import Search
import Translations
import Website
import Workspace

/// What a build or a command reports besides.
enum BuildRules {
    static let all: [Rule] = [
        Rule(
            "AskedFindsLittle", .warning, "A question that families ask finds only what may help.",
            bad: "who is the boss of my social worker", good: "Also asked: social worker's boss"),
        Rule(
            "AskedFindsNothing", .warning, "A question that families ask finds nothing.",
            bad: "can my nan come", good: "Also asked: nan, grandmother"),
        Rule(
            "AskedQuestionsSkipped", .note, "The questions of families could not be put to the search.",
            bad: "content/search/asked-en.txt, without mini-racer", good: "make site"),
        Rule(
            "CannotArchive", .error, "The leaflets of a council are too many for one ZIP file.",
            bad: "signpost leaflets --zip, with more than 4 GB", good: "signpost leaflets --zip --language pl"
        ),
        Rule(
            AddressMove.rule, .error, "A page or section cannot be given another address.",
            bad: "signpost move rights complaints, where there is a page 'complaints'",
            good: "signpost move rights your-rights"),
        Rule(
            DocumentImport.rule, .error, "Documents cannot be brought in.",
            bad: "signpost import photographs --council kent",
            good: "signpost import leaflet.docx --council kent"),
        Rule(
            "CannotRecord", .error, "The published addresses cannot be written down.",
            bad: "signpost build --record, where nobody may write to content", good: "chmod u+w content"),
        Rule(
            "CannotRemove", .warning, "A leaflet that is out of date cannot be removed.",
            bad: "a folder that nobody may write to", good: "chmod u+w leaflets"),
        Rule(
            "DamagedShard", .error, "A part of a site is not as it was written.",
            bad: "a folder that was copied without .signpost", good: "rclone copy part-1 remote:parts/1"),
        Rule(
            "DeadExternalLink", .warning, "A link to another site leads nowhere; 'check --external' asks.",
            bad: "[the law](https://www.legislation.example/gone)", good: "the page's address of today"),
        Rule(
            "DraftNotPublished", .warning, "A translation that nobody has reviewed is not published.",
            bad: "X-Signpost-Review: draft", good: "X-Signpost-Review: reviewed by A. Nowak on 2026-11-21"),
        Rule(
            "DuplicateCatalogue", .warning, "Two catalogues are for one language, and one is not read.",
            bad: "pl.po and pl_PL.po", good: "pl.po"),
        Rule(
            "ExternalLinksSkipped", .note, "No other site can be asked from this machine.",
            bad: "signpost check --external, without a line", good: "signpost check --external, with one"),
        Rule(
            "FactNobodyHas", .warning,
            "In the preview's editor: a passage shows a fact that no council has, so it stands on no page.",
            bad: "It takes {{length}}.", good: "length: 90 minutes"),
        Rule(
            LostAddresses.rule, .warning,
            "An address that was published is gone; an error if a QR code on a leaflet leads there.",
            bad: "guidance/rights.md renamed to your-rights.md",
            good: "signpost move rights your-rights"),
        Rule(
            "MissingCatalogue", .warning, "A language has no catalogue, so it is not published.",
            bad: "languages: [en, pl], without pl.po", good: "signpost translations merge --language pl"),
        Rule(
            "MissingInterfaceStrings", .warning, "Words of the interface are not translated.",
            bad: "no translation of 'Search'", good: "msgid \"Search\" msgstr \"Szukaj\""),
        Rule(
            "MissingShard", .error, "A part of a site is not among those to be joined.",
            bad: "signpost merge part-1, of two parts", good: "signpost merge part-1 part-2"),
        Rule(
            "MovedExternalLink", .note, "A link to another site leads elsewhere for good.",
            bad: "[Childline](http://childline.example)", good: "[Childline](https://www.childline.example/)"
        ),
        Rule(
            "NoCouncilNamed", .error, "A question to the search is for one council of several.",
            bad: "signpost search try \"can they take my kids\"",
            good: "signpost search try \"can they take my kids\" --council oxfordshire"),
        Rule(
            "NoLeaflets", .error, "There are no leaflets to make.", bad: "an empty leaflets folder",
            good: "leaflets/guide-for-parents.yml"),
        Rule(
            "NoQuestions", .error, "There are no questions to propose words for.",
            bad: "signpost search suggest, without asked-en.txt", good: "content/search/asked-en.txt"),
        Rule(
            "NotAShard", .error, "A folder to be joined is no part of a site.",
            bad: "signpost merge site", good: "signpost build --shard 1/2 --output part-1"),
        Rule(
            "NothingToFind", .error, "A council has no section that the search can find.",
            bad: "a council with an empty page", good: "## Can my nan come?"),
        Rule(
            "OldLeafletKept", .warning, "A leaflet that is out of date was changed by hand, so it stays.",
            bad: "an old PDF, changed", good: "(the file removed)"),
        Rule(
            "OutdatedShard", .error, "A part of a site was built from something else.",
            bad: "part-1 of yesterday's content",
            good: "every part built from one commit, with the same options"),
        Rule(
            "SameShard", .error, "The parts of a site do not make one whole.",
            bad: "signpost merge part-1 part-1", good: "signpost merge part-1 part-2"),
        Rule(
            "SearchFailed", .error, "The theme's search cannot be run outside a browser.",
            bad: "search.js with an error", good: "make site"),
        Rule(
            "UncheckedExternalLink", .note, "A site does not say whether a link to it leads somewhere.",
            bad: "a site that turns programs away", good: "the link opened in a browser"),
    ]
}

/// Every rule that any module reports, by name.
package enum RuleRegister {
    package static let all: [Rule] =
        (WorkspaceRules.all + MarkdownRules.all + TranslationRules.all + GuidanceRules.all + WebsiteRules.all
        + SearchRules.all + LeafletRules.all + CheckRules.all + PublishingRules.all + BuildRules.all)
        .sorted { $0.name < $1.name }

    package static let names = all.map(\.name)
}
