import Guidance
import Leaflets
import Translations
import Workspace

/// JSON Schemas (draft 2020-12) of the YAML files of a portal, so that an editor completes keys, says what they mean and
/// shows mistakes while somebody types.
///
/// They say what the readers of the files say about form: which keys there are, which must be there, what a value looks
/// like. Whether a name is known elsewhere (a contact, a page, a file) and whether a phone number is one is for
/// `signpost check`. The tests hold them against the readers both ways.
package enum SettingsSchemas {
    package struct File: Sendable {
        /// `portal.schema.json`.
        package var name: String
        /// The files it is for, below the content folder, as VS Code and other editors match them.
        package var matches: [String]
        package var schema: JSONValue
    }

    /// - Parameter rules: The names of all rules, for `checks`.
    package static func all(rules: [String]) -> [File] {
        func file(_ name: String, _ title: String, _ matches: [String], _ body: JSONValue) -> File {
            guard case .object(let fields) = body else {
                return File(name: name, matches: matches, schema: body)
            }
            return File(
                name: "\(name).schema.json", matches: matches,
                schema: .object(
                    [
                        ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
                        ("title", .string(title)),
                    ] + fields))
        }
        return [
            file("portal", "The settings of a portal", ["portal.yml"], portal(rules)),
            file(
                "council", "The settings, facts and contacts of a council", ["councils/*/council.yml"],
                council),
            file("leaflet", "What goes into a leaflet", ["leaflets/*.yml"], leaflet),
            file(
                "pictures", "Whom pictures are from", [Picture.register],
                mapping(
                    of: object([
                        Key("file", text, "The picture's file in this folder; default: its name and .svg."),
                        Key("source", text, "Where it is from.", isRequired: true),
                        Key("author", text, "Who made it.", isRequired: true),
                        Key("licence", text, "Who may use it, and how.", isRequired: true),
                    ]), names: identifier)),
            file("search", "Words that families use", ["search/*.yml"], search),
            file("glossary", "How terms are translated", ["translations/glossary.yml"], glossary),
            file(
                "published", "Pages that are out in a language", ["translations/published.yml"],
                mapping(of: optional(list(of: text)), names: languageTags)),
            file(
                "addresses", "Every address that has been published; written by the program",
                ["addresses.yml"],
                object([
                    Key("at-top", addresses, "Councils whose pages stood at the top of the site."),
                    Key("shared", addresses, "What councils share."),
                    Key("qr-codes", addresses, "Where QR codes on leaflets lead."),
                    Key(
                        "councils",
                        mapping(
                            of: optional(
                                object([
                                    Key("own", addresses, "What it has besides."),
                                    Key("without", addresses, "What of the shared it never had."),
                                    Key("own-qr-codes", addresses, "Where its QR codes lead besides."),
                                    Key(
                                        "without-qr-codes", addresses,
                                        "Where QR codes of others lead, and its own never did."),
                                ]))), "Every council that has been published."),
                ])),
            file(
                "overrides", "What a council's overrides stand on", ["councils/*/overrides.yml"],
                mapping(of: text)),
        ]
    }

    // MARK: Files

    private static let addresses = list(of: text)

    private static func portal(_ rules: [String]) -> JSONValue {
        object(
            [
                Key("name", text, "The portal's title.", isRequired: true),
                Key("base-url", address, "Where the site will be published.", isRequired: true),
                Key("languages", languages, "Tags of every language the portal publishes.", isRequired: true),
                Key(
                    "default-language", language,
                    "The language the guidance is written in; default: the first."),
                Key("description", text, "One sentence about the portal."),
                Key("notice", text, "Markdown shown at the top of every page."),
                Key("search-engines", flag, "Whether search engines may list the site; default yes."),
                Key(
                    "exit",
                    object([
                        Key("url", webAddress, "Where 'Leave this site' leads."),
                        Key("audiences", list(of: audience), "Whose pages have the button."),
                    ]), "The button 'Leave this site'."),
                Key(
                    "translations",
                    object([
                        Key("threshold", number(0...100), "Percent of a page that must be translated."),
                        Key("publish-drafts", flag, "Publish catalogues that nobody has reviewed."),
                    ]), "When a translation is published."),
                Key(
                    "parity",
                    object([
                        Key(
                            "never-held", list(of: text),
                            "Pages and sections, such as rights#danger, whose changes do not wait."),
                        Key(
                            "warn-after", number(1...365),
                            "Days after which a block that waits is a warning; default 30."),
                    ]), "How languages that a council treats alike wait for one another."),
                Key(
                    "side-by-side", languages,
                    "Languages beside which every page in another language can be read."),
                Key("contacts-valid-for", months, "How long a contact's check date counts."),
                Key("facts-valid-for", months, "How long a fact's check date counts."),
                Key("checks", checks(rules), "Which rules count, and where."),
                Key("sources", mapping(of: text), "Short names for sources."),
                Key("contact-groups", mapping(of: text), "Headings of the contacts page, in order."),
                Key(
                    "facts", facts, "What each fact is; a value here holds for every council without its own."
                ),
                Key(
                    "home-questions", list(of: text),
                    "What home pages answer at once: pages or sections, such as faq/my-children#take-children."
                ),
                Key(
                    "home-contacts", list(of: text),
                    "The contact groups whose first number stands on home pages, in order."),
                Key(
                    "first-contact", text,
                    "What stands first under \"Who to phone\" on home pages; yes for the theme's words on a social worker, no for none."
                ),
                Key("footer-contacts", list(of: text), "The contacts at the foot of every page."),
                Key("contacts", contacts, "Contacts that every council shows."),
                Key(
                    "council-contacts", mapping(of: text, names: identifier),
                    "Contacts that the guidance names where a council has them, and what they are."),
                Key("accessibility", accessibility, "What every council's accessibility statement says."),
            ])
    }

    private static var council: JSONValue {
        object([
            Key("name", text, "The council's full name.", isRequired: true),
            Key("nation", choice(Nation.self), "Whose law holds.", isRequired: true),
            Key("languages", languages, "Tags of the languages it is published in.", isRequired: true),
            Key(
                "parity", languages,
                "Languages that say the same at any time: changed blocks wait until all have them."),
            Key(
                "side-by-side", languages,
                "Languages beside which its pages in other languages can be read; [] for none."),
            Key("short-name", text, "For the header and leaflets."),
            Key("draft", flag, "Being prepared: left out of the site."),
            Key("website", webAddress, "The council's own website."),
            Key("valid-from", date, "The first day this body existed."),
            Key("valid-to", date, "The last day this body existed."),
            Key(
                "successors",
                list(
                    of: object([
                        Key("name", text, "Who to ask instead.", isRequired: true),
                        Key("url", webAddress, "Its website."), Key("area", text, "Where it is responsible."),
                    ])), "Who to ask instead, after 'valid-to'."),
            Key(
                "home-questions", list(of: text),
                "What the home page answers at once, instead of the portal's."),
            Key("information-from", date, "How old the published facts are."),
            Key(
                "guidance",
                any([list(of: text), .object([("enum", .array([.string("all"), .string("none")]))])]),
                "Which shared pages it uses."),
            Key("audience", audience, "The default audience of its own pages."),
            Key(
                "brand",
                object([
                    Key("colour", colour, "Of links and headings, such as \"#003a5d\"."),
                    Key("colour-dark", colour, "The same on a dark ground."),
                    Key("logo", text, "A file in the council's folder."),
                ]), "How the site looks like the council's."),
            Key("sources", mapping(of: text), "Short names for sources."),
            Key("facts", facts, "What is so at this council, each with source and check date."),
            Key("contacts", contacts, "Whom families can reach here."),
            Key("accessibility", accessibility, "What the accessibility statement needs by law."),
        ])
    }

    private static var leaflet: JSONValue {
        let format = choice(LeafletFormat.self)
        let texts = any([text, list(of: text)])
        let panel = choice(LeafletSpec.Panel.self)
        let common = [
            Key("panel", any([panel, list(of: panel)]), "Where it stands on the folded sheet."),
            Key("formats", list(of: format), "Only in these formats."),
            Key("new-page", flag, "Starts on a new page."),
        ]
        let last = JSONValue.object([("const", .string("last"))])
        let room = "May go where a folded leaflet is too long; 'last': after all else that may."
        let ifRoom = Key("optional", any([flag, last]), room)
        let parts = [
            [
                Key("page", text, "The page to show, such as 'rights'.", isRequired: true),
                Key("sections", list(of: text), "Only these sections."),
                Key("without", list(of: text), "Not these sections."),
                Key("optional", any([flag, last, list(of: text)]), room),
                Key("page-title", flag, "Whether the page's title is shown."),
                Key("introduction", flag, "Whether what stands before the sections is shown."),
                Key("paragraphs", number(1...20), "At most so many paragraphs of each section."),
            ],
            [
                Key(
                    "contacts", any([.object([("const", .string("all"))]), list(of: text)]),
                    "Groups of contacts, or all.", isRequired: true),
                Key("title", text, "The heading."), Key("own", flag, "Only the council's own."), ifRoom,
            ],
            [
                Key("write", text, "A heading with lines to write on.", isRequired: true),
                Key("text", texts, "What stands above the lines."),
                Key("lines", number(1...200), "How many lines."), ifRoom,
            ],
            [
                Key("fill-in", text, "A heading with fields to fill in.", isRequired: true),
                Key("text", texts, "What stands above the fields."),
                Key("fields", texts, "The labels of the fields.", isRequired: true), ifRoom,
            ],
        ]
        let change = object([
            Key("formats", list(of: format), "Its formats for this council."),
            Key("without", list(of: text), "Parts that this council leaves out."),
        ])
        return object([
            Key("title", text, "What stands on the cover.", isRequired: true),
            Key("subtitle", text, "Below the title."),
            Key("about", texts, "What the leaflet is, for its list."),
            Key("page", text, "The page that the QR code leads to."),
            Key("contents", flag, "Whether it has a list of its parts."),
            Key("order", number(LeafletSpec.orders), "Its place among the leaflets, the lowest first."),
            Key("side-by-side", flag, "Whether it is also made in two languages side by side."),
            Key(
                "layout", choice(LeafletSpec.Layout.self),
                "Whether it has a cover, a head, fits a sheet or one page, or is in easy words."),
            Key("formats", list(of: format, least: 1), "The formats that are made.", isRequired: true),
            Key(
                "sections", list(of: any(parts.map { object($0 + common) }), least: 1), "Its parts.",
                isRequired: true),
            Key(
                "councils", mapping(of: any([flag, change])),
                "What is different for a council; no: none is made."),
        ])
    }

    private static var search: JSONValue {
        let phrases = list(of: text)
        let common = [
            Key("stop-words", text, "Words that say nothing."),
            Key("fillers", text, "Words around a question."),
            Key("never-correct", text, "Words that are never taken for a misspelling."),
            Key("elsewhere", text, "What this guidance is not about."),
        ]
        let danger = object([
            Key("words", mapping(of: text), "Lists of words, by name."),
            Key("contacts", list(of: text), "Whom to show first."),
            Key("phrases", phrases, "What says danger."),
            Key(
                "kinds",
                mapping(
                    of: optional(
                        object([
                            Key("contacts", list(of: text), "Whom to show first."),
                            Key("phrases", phrases, "What says this danger."),
                        ]))), "Kinds of danger."),
            Key("not", phrases, "What sounds like danger and is none."),
            Key("guess", text, "Words that are tried for a misspelling."),
            Key("known", text, "Words that are right."),
        ])
        let removed = object(
            common + [
                Key("forms", text, "Words to take out of 'forms'."),
                Key("alike", text, "Words to take out of 'alike'."),
                Key("nearby", list(of: text), "Subjects to take out of 'nearby'."),
                Key(
                    "means", mapping(of: optional(text)),
                    "Words to take out of 'means'; nothing for a whole line."),
                Key(
                    "danger",
                    object([
                        Key("phrases", phrases, "Phrases to take out."),
                        Key("kinds", mapping(of: phrases), "Phrases to take out, by kind."),
                        Key("not", phrases, "Phrases to take out."), Key("guess", text, "Words to take out."),
                    ]), "What to take out of 'danger'."),
            ])
        return object(
            common + [
                Key("beginnings", text, "What is written together with the word after it."),
                Key("forms", list(of: text), "Forms of one word, a line each."),
                Key("alike", list(of: text), "Words that mean the same, a line each."),
                Key("means", mapping(of: text), "What the guidance says, and what families say for it."),
                Key("formal", mapping(of: text), "The same for what professionals say."),
                Key("also-asked", mapping(of: text), "Words for one section, such as 'rights#supporter'."),
                Key(
                    "nearby",
                    mapping(
                        of: object([
                            Key("who", text, "Who answers questions about it, for the reader."),
                            Key("contacts", list(of: text), "Contacts to show."),
                            Key("asked", text, "What is asked about it."),
                        ])), "Subjects near this guidance that it does not answer."),
                Key("danger", danger, "What says that somebody is in danger."),
                Key("remove", removed, "What to take out of the theme's words."),
            ])
    }

    private static var glossary: JSONValue {
        guard
            case .object(let fields) = object([
                Key("message", text, "The English of one message whose translation need not have the term."),
                Key("words", text, "English words in which it is not the term, wherever they stand."),
                Key("languages", any([language, languages]), "The languages it is for. Otherwise all."),
                Key("reason", text, "Why.", isRequired: true),
            ])
        else { return .null }
        let exception = JSONValue.object(
            fields + [("oneOf", .array([given("message"), given("words")]))])
        return mapping(
            of: .object([
                ("type", types(["object", "null"])),
                (
                    "properties",
                    .object([(Glossary.exceptionsKey, optional(list(of: exception)))])
                ),
                ("additionalProperties", any([text, list(of: text)])),
                (
                    "propertyNames",
                    any([languageTags, .object([("const", .string(Glossary.exceptionsKey))])])
                ),
            ]), mayBeEmpty: true)
    }

    // MARK: Parts

    private static var facts: JSONValue {
        func when(_ kind: Fact.Kind, _ value: JSONValue) -> JSONValue {
            .object([
                (
                    "if",
                    .object([
                        ("required", .array([.string("type"), .string("value")])),
                        ("properties", .object([("type", .object([("const", .string(kind.rawValue))]))])),
                        // A duration may have its unit beside it.
                        ("not", given("unit")),
                    ])
                ), ("then", .object([("properties", .object([("value", value)]))])),
            ])
        }
        guard
            case .object(let fields) = object([
                Key("label", text, "What it is, for editors and translators."),
                Key("type", choice(Fact.Kind.self), "What its value is."),
                Key("value", text, "20 minutes, 11, 2026-01-31, yes, or words."),
                Key("unit", text, "Of a number that is a duration."),
                Key("source", text, "Where it is written: a short name from 'sources', or words."),
                Key("checked", date, "The day somebody looked."),
                Key("checked-by", text, "Who looked: for those who keep it, and never published."),
                Key("deadline", deadline, "What it counts from, where it is a deadline."),
                Key("optional", flag, "Text that shows it is left out at a council that does not have it."),
            ])
        else { return .null }
        let long = JSONValue.object(
            fields + [
                (
                    "allOf",
                    .array([
                        when(.duration, optional(duration)),
                        when(.number, optional(number(0...Int(Int32.max)))), when(.date, optional(date)),
                        when(.yesNo, optional(flag)),
                    ])
                )
            ])
        return mapping(of: any([text, .object([("type", .string("null"))]), long]), names: factName)
    }

    private static var deadline: JSONValue {
        object([
            Key(
                "from", any([text, list(of: text)]), "'conference', or the facts whose day it counts from.",
                isRequired: true),
            Key(
                "direction", choice(DeadlineRule.Direction.self), "Before or after that day.",
                isRequired: true),
            Key("first-day-counts", flag, "Whether that day is the first day.", isRequired: true),
            Key("length", duration, "How long it is, where the fact is yes or no."),
        ])
    }

    private static var contacts: JSONValue {
        let lines = any([text, list(of: text)])
        guard
            case .object(let fields) = object([
                Key("name", text, "What it is called.", isRequired: true),
                Key("purpose", text, "When to use it."), Key("group", text, "One of 'contact-groups'."),
                Key("phone", text, "A phone number, in quotation marks if it has no spaces."),
                Key("text", text, "A number for text messages."), Key("email", text, "An e-mail address."),
                Key("web", text, "A web address."),
                Key("post", lines, "The lines of an address for letters."),
                Key("visit", lines, "The lines of an address to go to."),
                Key("hours", text, "When it is open; only with 'checked'."),
                Key("extension", text, "What is dialled once somebody answers."),
                Key("option", text, "The option to choose once somebody answers."),
                Key(
                    "relay", any([flag, number(0...999_999), pattern("^[0-9 ]+$")]),
                    "Relay UK: no, or the number to call instead."),
                Key("note", text, "What else to know before getting in touch."),
                Key("save", flag, "Whether readers can save it on their phone; 'no' where nothing is said."),
                Key("area", text, "Where it is for."),
                Key("nations", list(of: choice(Nation.self)), "Councils of which nations show it."),
                Key("audience", audience, "Who it is for."), Key("source", text, "Where it is written."),
                Key("checked", date, "The day somebody tried it."),
                Key("checked-by", text, "Who tried it: for those who keep it, and never published."),
            ])
        else { return .null }
        let channels = Contact.Channel.allCases.map { given($0.rawValue) }
        let isShown: [(String, JSONValue)] = [
            ("anyOf", .array(channels)), ("if", given("hours")), ("then", given("checked")),
        ]
        return mapping(of: .object(fields + isShown), names: identifier)
    }

    private static var accessibility: JSONValue {
        object([
            Key("publisher", text, "Who runs the website; default: the council."),
            Key("contact", text, "The id of the contact who takes reports."),
            Key("response-time", text, "How soon somebody answers."),
            Key(
                "status", choice(AccessibilityDetails.Status.self), "How far the site follows the guidelines."
            ),
            Key("prepared", date, "The day the statement was written."),
            Key("reviewed", date, "The day it was last looked at."),
            Key("tested-by", text, "Who tested the site."),
            Key("non-compliance", list(of: text), "What does not follow the guidelines."),
            Key("disproportionate-burden", list(of: text), "What would cost too much to mend."),
            Key("out-of-scope", list(of: text), "What the law does not ask for."),
            Key("tests", list(of: text), "What was tested, and what came out."),
            Key("not-tested", list(of: text), "What nobody has tested yet."),
        ])
    }

    private static func checks(_ rules: [String]) -> JSONValue {
        let level = anyCase(
            CheckSettings.Level.allCases.map(\.rawValue) + ["yes", "no", "on", "true", "false"],
            or: [.bool(true), .bool(false)])
        let because = Key("because", text, "Why, where it is off.")
        let path = object([Key("level", level, "How much it counts there.", isRequired: true), because])
        let long = object([
            Key("level", level, "How much it counts."), because,
            Key("limit", number(1...1000), "The most that it allows."),
            Key("paths", mapping(of: any([level, path])), "Levels of files and folders."),
        ])
        return mapping(of: any([level, long]), names: .object([("enum", .array(rules.map { .string($0) }))]))
    }

    // MARK: Values

    /// Any scalar: YAML readers of editors take `999` for a number and `yes` for a text.
    private static let text = JSONValue.object([("type", types(["string", "number", "boolean"]))])
    private static let flag = anyCase(
        ["yes", "no", "on", "off", "true", "false"], or: [.bool(true), .bool(false)])
    private static let address = pattern("^[hH][tT][tT][pP][sS]?://[^\\s#?]*[^\\s#?/][^\\s#?]*$")
    private static let webAddress = pattern("^[hH][tT][tT][pP][sS]?:\\S*$")
    private static let colour = pattern("^#[0-9a-fA-F]{6}$")
    private static let months = pattern("^0*([1-9]|[1-9][0-9]{1,2}|1[01][0-9]{2}|1200) +(months?|years?)$")
    private static let duration = pattern(
        "^0*[0-9]{1,6} +(" + DurationUnit.allCases.map(\.rawValue).joined(separator: "|") + ")s?$")
    private static let identifier = pattern("^[A-Za-z0-9][A-Za-z0-9._-]*$")
    private static let factName = JSONValue.object([
        ("pattern", .string("^[A-Za-z0-9][A-Za-z0-9._-]*$")),
        ("not", .object([("const", .string("contact"))])),
    ])
    private static let date = JSONValue.object([
        ("type", types(["string", "integer"])), ("minimum", .int(1000)), ("maximum", .int(9999)),
        ("pattern", .string("^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")),
    ])
    private static let languageTags = JSONValue.object([
        ("enum", .array(Language.all.map { .string($0.tag) }))
    ])
    private static let language = languageTags
    private static let languages = list(of: languageTags)
    private static let audience = choice(Audience.self)

    private static func pattern(_ pattern: String) -> JSONValue {
        .object([("type", .string("string")), ("pattern", .string(pattern))])
    }

    private static func number(_ range: ClosedRange<Int>) -> JSONValue {
        .object([
            ("type", .string("integer")), ("minimum", .int(range.lowerBound)),
            ("maximum", .int(range.upperBound)),
        ])
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> JSONValue
    where Choice.RawValue == String {
        anyCase(type.allCases.map(\.rawValue))
    }

    /// The names as they are proposed, and as people write them besides: `Northern Ireland`.
    private static func anyCase(_ names: [String], or others: [JSONValue] = []) -> JSONValue {
        let patterns = names.map { name in
            name.map { letter in
                letter == "-" ? "[-_ ]" : "[\(letter)\(letter.uppercased())]"
            }.joined()
        }
        return any([
            .object([("enum", .array(names.map { .string($0) } + others))]),
            pattern("^(" + patterns.joined(separator: "|") + ")$"),
        ])
    }

    private static func types(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }

    private static func any(_ schemas: [JSONValue]) -> JSONValue { .object([("anyOf", .array(schemas))]) }

    private static func optional(_ schema: JSONValue) -> JSONValue {
        any([schema, .object([("type", .string("null"))])])
    }

    /// A mapping in which a key has a value.
    private static func given(_ key: String) -> JSONValue {
        .object([
            ("required", .array([.string(key)])),
            (
                "properties",
                .object([(key, .object([("not", .object([("type", .string("null"))]))]))])
            ),
        ])
    }

    private static func list(of item: JSONValue, least: Int = 0) -> JSONValue {
        .object([("type", .string("array")), ("items", item), ("minItems", .int(least))])
    }

    private static func mapping(
        of value: JSONValue, names: JSONValue? = nil, mayBeEmpty: Bool = false
    ) -> JSONValue {
        .object(
            [
                ("type", mayBeEmpty ? types(["object", "null"]) : .string("object")),
                ("additionalProperties", value),
            ] + (names.map { [("propertyNames", $0)] } ?? []))
    }

    private struct Key {
        var name: String
        var schema: JSONValue
        var description: String
        var isRequired: Bool

        init(_ name: String, _ schema: JSONValue, _ description: String, isRequired: Bool = false) {
            self.name = name
            self.schema = schema
            self.description = description
            self.isRequired = isRequired
        }
    }

    /// A mapping with these keys and no other. A key without a value is as if it was not there.
    private static func object(_ keys: [Key]) -> JSONValue {
        let properties = keys.map { key -> (String, JSONValue) in
            guard case .object(let fields) = key.isRequired ? key.schema : optional(key.schema) else {
                return (key.name, key.schema)
            }
            return (key.name, .object([("description", .string(key.description))] + fields))
        }
        let needed = keys.filter(\.isRequired).map { JSONValue.string($0.name) }
        return .object(
            [
                ("type", .string("object")), ("additionalProperties", .bool(false)),
                ("properties", .object(properties)),
            ] + (needed.isEmpty ? [] : [("required", .array(needed))]))
    }
}
