import Workspace

/// What keeps a site from being written.
package enum PublishingRules {
    package static let all: [Rule] = [
        Rule(
            "AddedFile", .error, "The published site holds a file that Signpost did not write.",
            bad: "site/notes.html, put there by hand", good: "the file removed"),
        Rule(
            "AlteredFile", .error, "A published file is not as Signpost wrote it.",
            bad: "site/rights/index.html, changed by hand", good: "the change made in content/"),
        Rule(
            "CannotSaveState", .warning, "What the build was made from cannot be kept for the next one.",
            bad: "--cache /read-only", good: "--cache ~/.cache/signpost"),
        Rule(
            "CannotWrite", .error, "A file cannot be written.", bad: "--output /read-only",
            good: "--output site"),
        Rule(
            "ChangedOutput", .warning,
            "A file that is no longer part of the site was changed by hand, so it stays.",
            bad: "site/old/index.html, changed by hand", good: "the file deleted, or kept on purpose"),
        Rule(
            "CorruptManifest", .error, "The list of files that Signpost wrote is damaged.",
            bad: "a manifest cut in half", good: "an empty output folder"),
        Rule(
            "ForeignFile", .error, "A file that Signpost did not write is in the way.",
            bad: "site/index.html, made by another program", good: "--output of its own"),
        Rule(
            "InvalidOutputPath", .error, "An address cannot be the name of a file everywhere.",
            bad: "guidance/con.md", good: "guidance/conference.md"),
        Rule(
            "LostFile", .error, "A published file is not there any more.",
            bad: "site/rights/index.html, deleted", good: "signpost build"),
        Rule(
            "NoManifest", .error, "The folder is no site that Signpost wrote.",
            bad: "signpost verify ~/Documents",
            good: "signpost verify site"),
        Rule(
            "NotOnMirror", .error, "What a mirror holds lacks a file of the site.",
            bad: "signpost verify site --against held.txt, without rights/index.html",
            good: "the site copied to the mirror again"),
        Rule(
            "OutputBusy", .error, "Another build is writing to the folder.",
            bad: "two builds with one --output", good: "one --output each"),
        Rule(
            "OutputCollision", .error, "Two things would be written to one file.",
            bad: "a council 'rights' and a page 'rights'", good: "another name for one of them"),
        Rule(
            "OutputNotAFolder", .error, "The site cannot be written to a file.", bad: "--output site.zip",
            good: "--output site"),
        Rule(
            "OutputNotOurs", .error, "The folder holds files that Signpost did not write.",
            bad: "--output ~/Documents", good: "--output site"),
        Rule(
            "OutputOverlapsContent", .error, "The site would be written into what it is made from.",
            bad: "--output content", good: "--output site"),
        Rule(
            "RestoredOutput", .note,
            "A published file was changed or lost since the last build, and is written again.",
            bad: "site/rights/index.html, changed by hand", good: "the change made in content/"),
        Rule(
            "StrayAddress", .error, "A mirror holds a file that the site does not have.",
            bad: "https://mirror.example/help/old-page/", good: "the file removed from the mirror"),
        Rule(
            "UnfinishedBuild", .error, "A build of the site was stopped before it was finished.",
            bad: "signpost build, killed", good: "signpost build"),
    ]
}
