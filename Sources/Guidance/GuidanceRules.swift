import Workspace

/// What is wrong with a portal, its councils and its pages.
package enum GuidanceRules {
    package static let all: [Rule] = [
        Rule(
            "AddressCollision", .error, "An alias is an address that another page or a file has.",
            bad: "aliases: [complaints]", good: "aliases: [old-complaints]"),
        Rule(
            "BrokenPicture", .warning,
            "Nobody would see a picture: it is empty, cut short, or of another sort than its name says.",
            bad: "guidance/room.png, which is a JPEG file", good: "guidance/room.jpg"),
        Rule(
            "ConflictMarker", .error,
            "Version control left two versions of a text in a page, a list or settings.",
            bad: "⟦<<<<<<< HEAD\nCome early.\n=======\nCome on time.\n⟦>>>>>>> main", good: "Come early."),
        Rule(
            "ContactCheckOverdue", .warning, "Nobody has tried a contact for longer than the portal allows.",
            bad: "checked: 2020-01-31", good: "checked: 2026-11-21"),
        Rule(
            "ContactWithoutChannel", .error, "A contact has no way to reach it.",
            bad: "chair: {name: The chair}",
            good: "chair: {name: The chair, phone: 01865 815672}"),
        Rule(
            "DateInFuture", .error, "Nobody can have checked something on a day to come.",
            bad: "checked: 2062-11-21", good: "checked: 2026-11-21"),
        Rule(
            "DeadFragment", .error, "A link leads to a section that is not there.",
            bad: "[Bring someone](rights.md#suporter)", good: "[Bring someone](rights.md#supporter)"),
        Rule(
            "DeadLink", .error, "A link leads to a page or file that is not there.",
            bad: "[Complain](complain.md)", good: "[Complain](complaints.md)"),
        Rule(
            "DrawingWithScript", .error,
            "A drawing holds a script, or something else that runs or loads when somebody opens its file.",
            bad: "<svg onload=\"track()\">", good: "<svg>"),
        Rule(
            "ForeignPlaceholder", .warning,
            "What stands in double braces is of another generator, and readers see the braces.",
            bad: "Welcome to {{ site.title }}.", good: "Welcome to {{council name}}."),
        Rule(
            "GuessedLink", .warning,
            "A link names a page as another website does, and is taken for the page here.",
            bad: "[Your rights](/docs/rights.html)", good: "[Your rights](rights.md)"),
        Rule(
            "LinkToUnreadFile", .warning, "A link leads to a page in a format that is not read.",
            bad: "[The meeting](meeting.mdx)", good: "[The meeting](meeting.md)"),
        Rule(
            "OtherSiteAddress", .warning,
            "A link starts at the top of a website that is not this one, so its words are shown without a link.",
            bad: "[The form](/sites/default/files/form.pdf)",
            good: "[The form](https://www.kent.gov.uk/sites/default/files/form.pdf)"),
        Rule(
            "CopiedContacts", .warning,
            "A council has the contacts of another one, as in a folder that was copied: families would phone the wrong council.",
            bad: "councils/swale: chair: {name: The chair, phone: 03000 421 553}, as in councils/kent",
            good: "councils/swale: chair: {name: The chair, phone: 01795 417 850}"),
        Rule(
            "DuplicateCouncilName", .error,
            "Two councils have one name, as in a folder that was copied: families cannot tell them apart.",
            bad: "councils/kent: name: Kent County Council\ncouncils/swale: name: Kent County Council",
            good: "councils/swale: name: Swale Borough Council"),
        Rule(
            "DuplicateID", .error, "Two sections of a page have one id, so a link could lead to either.",
            bad: "## Bring someone {#help}\n\n## Get help {#help}",
            good: "## Bring someone {#supporter}\n\n## Get help {#help}"),
        Rule(
            "DuplicatePage", .error, "Two files make one page.", bad: "My page.md and my-page.md",
            good: "my-page.md"),
        Rule(
            "EasyNotShown", .warning, "Easy words stand on no page.",
            bad: "### You can bring someone {easy}, and no page of the kind 'easy'", good: "guidance/easy.md"),
        Rule(
            "EmptyLink", .warning, "A link has no address.", bad: "[the form]()", good: "[the form](form.pdf)"
        ),
        Rule(
            "EmptySection", .warning, "Conditions leave a heading with nothing under it.",
            bad: "## Recording\n\nIt is recorded. {when=recording}",
            good: "## Recording {when=recording}\n\nIt is recorded."),
        Rule(
            "EnormousPicture", .error,
            "A picture is so large that a phone has no room for it, however small its file is.",
            bad: "guidance/plan.png of 60000 by 60000 pixels", good: "the same, 1200 pixels wide"),
        Rule(
            "ExtraTitle", .warning, "A page has one title; other headings stand below it.",
            bad: "# Your rights\n\n# More rights", good: "# Your rights\n\n## More rights"),
        Rule(
            "FactNotShown", .error, "A yes/no fact has no words to show.", bad: "It is {{recording}}.",
            good: "It is recorded. {when=recording}"),
        Rule(
            "ForeignKey", .warning,
            "A setting at the top of pages is another generator's, and does nothing here; it is reported once.",
            bad: "layout: page", good: "(the line taken out)"),
        Rule(
            "HeadingLevelSkipped", .warning, "A heading skips a level, which confuses people who listen.",
            bad: "## Before\n\n#### What to bring", good: "## Before\n\n### What to bring"),
        Rule(
            "HeavyPicture", .warning, "A picture costs a reader with little data more than the page does.",
            bad: "guidance/room.jpg of 4 MB", good: "the same, 1200 pixels wide"),
        Rule(
            "HeavyRecording", .warning, "A recording costs a reader more data than many have in a week.",
            bad: "guidance/chair.mp4 of 200 MB", good: "the same in 480 lines, of 15 MB"),
        Rule(
            "HiddenHeading", .warning,
            "A page's first heading says more than its title, and readers see the title.",
            bad: "---\ntitle: Bins\n---\n\n⟦# Bins are emptied on Tuesdays",
            good: "---\ntitle: Bins are emptied on Tuesdays\n---\n\n# Bins are emptied on Tuesdays"),
        Rule(
            "HoursWithoutCheck", .error, "Opening hours need the date somebody last checked them.",
            bad: "hours: 9am to 5pm", good: "hours: 9am to 5pm\nchecked: 2026-11-21"),
        Rule(
            "InvalidAlias", .error, "An old address is not one within the site.", bad: "aliases: [../plan]",
            good: "aliases: [plan/old]"),
        Rule(
            "InvalidContact", .error, "A phone number or address of a contact cannot be right.",
            bad: "phone: 01865 81567", good: "phone: 01865 815672"),
        Rule(
            "InvalidDates", .error, "A council ends before it begins.",
            bad: "valid-from: 2020-01-01\nvalid-to: 2019-01-01",
            good: "valid-from: 2019-01-01\nvalid-to: 2020-01-01"),
        Rule(
            "InvalidDeadline", .error,
            "A deadline counts from nothing that is known, or for no length of time.",
            bad: "deadline: {from: conferense, direction: after, first-day-counts: no}",
            good: "deadline: {from: conference, direction: after, first-day-counts: no}"),
        Rule(
            "InvalidFileName", .error, "No address can be made from a file's name.", bad: "???.md",
            good: "questions.md"),
        Rule(
            "InvalidIdentifier", .error, "A name has signs that names cannot have.",
            bad: "arrive early: 20 minutes",
            good: "arrive-early: 20 minutes"),
        Rule(
            "MisplacedEasyWords", .error, "Easy words belong inside the section that they say once more.",
            bad: "## You can bring someone {easy}",
            good: "## You can bring someone {#supporter}\n\n### You can bring someone {easy}"),
        Rule(
            "MissingAlternative", .warning, "A picture says nothing to people who cannot see it.",
            bad: "![](map.png)", good: "![The entrance is beside the library](map.png)"),
        Rule(
            "MissingContact", .error, "A council lacks a contact that its text names.",
            bad: "Phone {{contact chair}}.", good: "Phone {{contact chair}}. {when=contact:chair}"),
        Rule(
            "MissingContent", .error, "There is no content folder.", bad: "--content contnt",
            good: "--content content"),
        Rule(
            "MissingCouncilFile", .error, "A council's folder has no council.yml.",
            bad: "councils/kent/rights.md",
            good: "councils/kent/council.yml and rights.md"),
        Rule(
            "MissingFact", .error, "A council lacks a fact that its text names.",
            bad: "Come {{arrive-early}} before.", good: "Come {{arrive-early}} before. {when=arrive-early}"),
        Rule(
            "MissingFile", .error, "A picture or logo is not there.", bad: "![Map](map.png)",
            good: "![Map](map.png), with map.png beside the page"),
        Rule(
            "MissingPortalFile", .error, "The content folder has no portal.yml.",
            bad: "content/guidance only",
            good: "content/portal.yml"),
        Rule(
            "MissingTitle", .warning, "A page has no title, so its file's name is shown.",
            bad: "You have rights.", good: "# Your rights\n\nYou have rights."),
        Rule(
            "HeldForParity", .note,
            "A changed block says in all languages that are treated alike what it said before, until they have its new words.",
            bad: "You can bring somebody, in English alone, where parity: [en, cy]",
            good: "its translation in cy.po"),
        Rule(
            "HeldTooLong", .warning,
            "A changed block has waited for its translation for longer than 'warn-after' says.",
            bad: "cy: {5d41402abc4b2a76: 2026-01-31} in waiting.yml", good: "its translation in cy.po"),
        Rule(
            "MissingInParity", .warning,
            "One of the languages that are treated alike says something, and another does not.",
            bad: "a new row of a table, in English alone, where parity: [en, cy]",
            good: "its translation in cy.po"),
        Rule(
            "InvalidParity", .error,
            "Languages that are treated alike are at least two, and one is the language of the guidance.",
            bad: "parity: [cy]", good: "parity: [en, cy]"),
        Rule(
            "NearbyID", .error,
            "A council's section stands beside a shared one that it was meant to replace, so families read two answers.",
            bad: "## You can bring someone {#suporter}", good: "## You can bring someone {#supporter}"),
        Rule(
            "NoCouncils", .error, "A portal has no council, so there is nothing to publish.",
            bad: "content/councils is empty", good: "signpost new council kent"),
        Rule(
            "NoEasyWords", .error, "A page asks for the easy words of a section that has none.",
            bad: "gathers: [rights#records]",
            good: "gathers: [rights#supporter], where ### You can bring someone {easy} stands in that section"
        ),
        Rule(
            "NoDeadline", .error, "A section is about a fact that does not say what it counts from.",
            bad:
                "## The first core group {#first deadline=core-group-first}, where that fact has no deadline",
            good: "deadline: {from: conference, direction: after, first-day-counts: no}"),
        Rule(
            "OverrideLost", .error,
            "A council's section replaced a shared one that is not there any more, and now stands beside the others.",
            bad: "## Recording {#recording}, where the shared section is now {#recordings}",
            good: "## Recording {#recordings}"),
        Rule(
            "PageBelowThreshold", .warning,
            "A page that is out in a language is too little translated for a new one.",
            bad: "half of a page's messages changed in English",
            good: "their translations mended in the catalogue"),
        Rule(
            "PictureWithPlace", .error,
            "A picture's file says where it was taken, which may be a family's home.",
            bad: "guidance/room.jpg as a phone took it", good: "the same, without GPS in its EXIF"),
        Rule(
            "PictureWithoutCredit", .error,
            "Nothing says whom a picture is from, so nobody knows whether a council may print it.",
            bad: "pictures/meeting.svg alone",
            good:
                "meeting: {source: Drawn for us, author: The council, licence: CC0} in pictures/pictures.yml"),
        Rule(
            "RemoteImage", .warning, "A picture of another site would tell that site who reads the page.",
            bad: "![Map](https://maps.example/map.png)", good: "![Map](map.png)"),
        Rule(
            "ReviewOverdue", .warning, "A page has passed the day by which it must be reviewed.",
            bad: "reviewed: 2020-01-31\nreview-every: 1 year",
            good: "reviewed: 2026-11-21\nreview-every: 1 year"),
        Rule(
            "SharedSectionChanged", .warning,
            "The shared section that a council replaces has changed since the council agreed.",
            bad: "an old record in overrides.yml", good: "signpost councils --council kent --record"),
        Rule(
            "SymlinkLoop", .error, "A symbolic link leads back to where it stands, or nowhere.",
            bad: "guidance/more → guidance", good: "(the link removed)"),
        Rule(
            "SymlinkOutside", .error, "A symbolic link leads out of the content folder.",
            bad: "guidance/rights.md → /home/me/rights.md", good: "a copy of the file"),
        Rule(
            "UnknownContact", .error, "Text or a setting names a contact that nobody declares.",
            bad: "Phone {{contact chiar}}.", good: "Phone {{contact chair}}."),
        Rule(
            "UnknownContactGroup", .error, "A contact is in a group that the portal does not have.",
            bad: "group: advise", good: "group: advice"),
        Rule(
            "UnknownCouncil", .error, "There is no council of this name.", bad: "--council kant",
            good: "--council kent"),
        Rule(
            "UnknownNation", .error, "A condition names no nation of the United Kingdom.",
            bad: "In Wales only. {when=nation:walse}", good: "In Wales only. {when=nation:wales}"),
        Rule(
            "UnknownPage", .error, "A council asks for a shared page that is not there.",
            bad: "guidance: [right]", good: "guidance: [rights]"),
        Rule(
            "UnknownPicture", .error, "A text names a picture that pictures/pictures.yml does not have.",
            bad: "You meet the chair. {picture=chiar}", good: "You meet the chair. {picture=chair}"),
        Rule(
            "UnknownPlaceholder", .error, "Nothing defines what stands in double braces.",
            bad: "Come {{arive-early}} before.", good: "Come {{arrive-early}} before."),
        Rule(
            "UnknownSection", .error, "A council changes a shared section that is not there.",
            bad: "## Recording {#recordings remove}", good: "## Recording {#recording remove}"),
        Rule(
            "UnknownSource", .warning,
            "The short name of a source is not among the portal's or the council's sources.",
            bad:
                "sources: {leaflet: A leaflet of 2024}\nfacts:\n  early: {value: 20 minutes, source: leaftlet}",
            good:
                "sources: {leaflet: A leaflet of 2024}\nfacts:\n  early: {value: 20 minutes, source: leaflet}"
        ),
        Rule(
            "UnusableFile", .error,
            "A page leads to a file that is no document, or holds what a browser or a server would run.",
            bad: "Fill in [the form](form.xml)", good: "Fill in [the form](form.pdf)"),
        Rule(
            "UnusableRecording", .error, "A page has a recording of a kind that not every browser plays.",
            bad: "![The chair says what happens](chair.mov)",
            good: "![The chair says what happens](chair.mp4)"),
        Rule(
            "UnusablePicture", .error, "A page shows a picture of a kind that no browser shows.",
            bad: "![The room](room.heic)", good: "![The room](room.jpg)"),
        Rule(
            "VideoWithoutCaptions", .warning,
            "A film has no captions, so people who cannot hear do not know what is said.",
            bad: "chair.mp4 alone", good: "chair.vtt beside chair.mp4"),
        Rule(
            "WrongFactType", .error, "A council's value is of another sort than the portal says.",
            bad: "arrive-early: 2026-01-02", good: "arrive-early: 20 minutes"),
    ]
}
