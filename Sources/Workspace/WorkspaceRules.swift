/// What is wrong with files and YAML, whatever they say.
package enum WorkspaceRules {
    package static let all: [Rule] = [
        Rule(
            "DuplicateYAMLKey", .error, "A setting is given twice, and only one of them could count.",
            bad: "name: Kent\nname: Kent County Council", good: "name: Kent County Council"),
        Rule(
            "FileTooLarge", .error, "A text file of more than 4 MB is no guidance, and hides a mistake.",
            bad: "guidance/everything.md (5 MB)", good: "guidance/rights.md, guidance/plan.md, …"),
        Rule(
            "HiddenCharacter", .error,
            "A text has a character that cannot be seen and that can hide what it says.",
            bad: "name: \u{202E}Kent", good: "name: Kent"),
        Rule(
            "InvalidUTF8", .error, "The file is not UTF-8 text, so its letters cannot be told.",
            bad: "a file saved as Windows-1252", good: "the same file saved as UTF-8"),
        Rule(
            "InvalidYAML", .error, "The settings cannot be read.", bad: "languages: [en, pl",
            good: "languages: [en, pl]"),
        Rule(
            "MissingField", .error, "A setting that is needed is not there.", bad: "nation: england",
            good: "name: Kent County Council\nnation: england"),
        Rule(
            "NulByte", .error, "The file holds a NUL byte, which no text has.", bad: "a file saved as UTF-16",
            good: "the same file saved as UTF-8"),
        Rule(
            "UnknownKey", .error, "Nobody reads this setting, so what it says is lost.",
            bad: "titel: Your rights", good: "title: Your rights"),
        Rule(
            "UnknownValue", .error, "The value is none of those that the setting can have.",
            bad: "nation: britain", good: "nation: england"),
        Rule(
            "UnreadableFile", .error, "A file or folder cannot be read.",
            bad: "a file that only its owner may read", good: "chmod a+r content/guidance/rights.md"),
        Rule(
            "ValueToFillIn", .error, "A setting has dots where somebody has yet to write something.",
            bad: "phone: …", good: "phone: 01632 960 001"),
        Rule(
            "WrongType", .error, "The value is of another sort than the setting takes.",
            bad: "languages: en", good: "languages: [en]"),
        Rule(
            "YAMLTooLarge", .error, "The file has too many values once its aliases are filled in.",
            bad: "a: &a [x, x]\nb: [*a, *a, …]", good: "a: [x, x]"),
    ]
}
