/// What a name stands for in a template.
indirect enum TemplateShape: Sendable {
    /// Escaped by `{{…}}`.
    case text
    /// Needs `{{{…}}}`.
    case html
    case flag
    case object([String: TemplateShape])
    case list([String: TemplateShape])
    /// Known only when the page is put into its frame: can be printed, not asked for.
    case textSlot, htmlSlot
    /// Known only then, too: can be asked for with `{{#…}}`.
    case flagSlot
    /// `string.<key>`, `asset.<name>`, `inline.<name>`.
    case strings, assets, inlineAssets
    /// `pattern.<key>`: a string with its parameters, for a script to fill in.
    case patterns
}

/// The names that each template can use: the contract of docs/theming.md.
enum TemplateSchema {
    typealias Names = [String: TemplateShape]

    static let layout = "layout"
    static let redirect = "redirect"
    /// For pages that lead through others.
    static let path = "path"
    /// Templates that every theme has, besides the partials they name.
    static let required = [
        layout, redirect, "page", "home", "faq", "topic", "a-to-z", "contacts", "accessibility", "leaflets",
        "desk", "chooser",
        "not-found",
    ]
    /// Templates for a kind of page that a theme may have.
    static let optional = ["rights", "agenda", "complaints", "glossary", "dates", "form", "easy", path]
    /// `page-prepare` is for the page `prepare` alone.
    static let pagePrefix = "page-"

    static func names(for template: String) -> Names? {
        switch template {
        case layout: common.merging(frame) { $1 }
        case redirect:
            common.merging([
                "href": .text, "canonical": .text, "title-text": .text, "has-sections": .flag,
                "sections": .list(["href": .text, "id": .text, "title": .text]),
            ]) { $1 }
        case "chooser": common.merging(["title": .html]) { $1 }.merging(chooser) { $1 }
        case "not-found": common.merging(["title": .html]) { $1 }
        case path: page.merging(["steps": .list(point)]) { $1 }
        case "home": page.merging(home) { $1 }
        case "faq", "topic": page.merging(questions) { $1 }
        case "a-to-z": page.merging(letters) { $1 }
        case "contacts":
            page.merging([
                "groups": .list(group), "has-relay": .flag, "checked": .text, "has-unchecked": .flag,
                "danger": .object(danger),
                "names-social-worker": .flag,
            ]) { $1 }
        case "accessibility": page.merging(accessibility) { $1 }
        case "leaflets": page.merging(leaflets) { $1 }
        case "desk": page.merging(desk) { $1 }
        case "page": page
        case _ where optional.contains(template) || template.hasPrefix(pagePrefix): page
        default: nil
        }
    }

    static let language: Names = ["tag": .text, "direction": .text, "name": .text, "english-name": .text]

    static let common: Names = [
        "string": .strings, "source-string": .strings, "pattern": .patterns, "asset": .assets,
        "inline": .inlineAssets,
        "root": .text, "home": .text,
        "language": .object(language), "source-language": .object(language), "is-source-language": .flag,
        "portal": .object(["name": .html, "href": .text, "has-chooser": .flag]),
        "council": .object([
            "id": .text, "name": .text, "short-name": .text, "website": .text,
            "logo": .object(["src": .text, "width": .text, "height": .text]),
        ]),
        "exit": .object(["href": .text]), "find": search,
        "faq-href": .text, "contacts-href": .text, "leaflets-href": .text, "accessibility-href": .text,
        "privacy-href": .text, "safety-href": .text,
        "notice": .object(["summary": .html, "text": .html]),
    ]

    /// An entry of the navigation.
    private static let link: Names = [
        "href": .text, "title": .html, "path": .text, "kind": .text, "is-current": .flagSlot,
        "is-other": .flagSlot,
    ]

    static let frame: Names = [
        "title": .textSlot, "description": .textSlot, "main": .htmlSlot, "page-kind": .textSlot,
        "page-path": .textSlot, "reader": .textSlot, "page-styles": .htmlSlot,
        "audience": .text, "is-for-young-people": .flag, "is-side-by-side": .flag, "canonical": .text,
        "alternates": .list(["tag": .text, "href": .text]),
        "is-hidden-from-search-engines": .flag, "policy": .text, "stylesheet": .text,
        "navigation": .list(link),
        "navigation-groups": .list(["heading": .html, "entries": .list(link)]),
        "has-navigation": .flag, "has-search-panel": .flag, "professionals-href": .text,
        "languages": .list([
            "tag": .text, "name": .text, "direction": .text, "href": .text, "is-current": .flag,
            "is-here": .flag,
        ]),
        "has-languages": .flag,
        "ended": .object([
            "text": .html, "has-successors": .flag,
            "successors": .list(["name": .text, "href": .text, "area": .text]),
        ]),
        "old-information": .html,
        "helplines": .list(["name": .html, "text": .html, "href": .text]), "has-helplines": .flag,
    ]

    static let page: Names = common.merging([
        "title": .html, "kind": .text, "path": .text, "audience": .text, "is-professional": .flag,
        "summary": .html, "breadcrumb": .list(["href": .text, "title": .html]),
        "has-breadcrumb": .flag,
        "contents": .html, "introduction": .html, "sections": .html,
        "reviewed": .object(["text": .text, "iso": .text]), "has-notices": .flag, "has-folded-notices": .flag,
        "second": .object([
            "heading": .html, "show": .html, "on": .text, "off": .text, "tag": .text, "direction": .text,
            "string": .strings, "pattern": .patterns,
        ]),
        "pairs": .list(["href": .text, "words": .text, "tag": .text, "text": .html]),
        "bank-holidays": .object([
            "days": .text, "from": .text, "to": .text, "from-text": .text, "to-text": .text,
        ]),
        "translation": .object([
            "has-notice": .flag, "is-draft": .flag, "missing": .html, "replaced": .html, "stale": .html,
            "reviewed": .text, "source": .text, "source-text": .html, "source-tag": .text,
        ]),
    ]) { $1 }

    /// What a card can lead to; each has a flag, for its icon.
    static let cardKinds = [
        "page", "rights", "faq", "agenda", "complaints", "contacts", "glossary", "accessibility", "leaflets",
        "dates", "form", "easy",
    ]

    static let card: Names = [
        "href": .text, "title": .html, "summary": .html, "kind": .text, "path": .text,
    ].merging(cardKinds.map { ("is-" + $0, .flag) }) { $1 }

    static let way: Names = [
        "channel": .text, "is-phone": .flag, "is-text": .flag, "is-email": .flag, "is-web": .flag,
        "is-post": .flag, "is-visit": .flag, "label": .text, "text": .html, "href": .text,
        "is-literal": .flag,
    ]

    static let contact: Names = [
        "id": .text, "name": .html, "part": .html, "purpose": .html, "ways": .list(way), "hours": .html,
        "area": .html,
        "note": .html, "relay": .html, "relay-instead": .html, "checked": .text, "aged": .text,
        "is-unchecked": .flag, "is-overdue": .flag,
        "is-national": .flag,
        "vcard": .text, "save": .html,
    ]

    static let danger: Names = ["href": .text, "text": .html]

    static let group: Names = [
        "id": .text, "heading": .html, "second-heading": .html, "contacts": .list(contact),
        "services": .list(["name": .html, "second-name": .html, "contacts": .list(contact)]),
    ]

    static let home: Names = [
        "cards": .list(card), "has-cards": .flag, "professional-cards": .list(card),
        "has-professional-cards": .flag, "main-contacts": .list(contact), "has-main-contacts": .flag,
        "first-contact": .html, "phones-social-worker": .flag, "has-first-contacts": .flag,
        "questions": .list(point), "has-questions": .flag, "has-doors": .flag,
        "doors": .list(["id": .text, "heading": .html, "cards": .list(card)]),
        "choices": .list(["href": .text, "title": .html, "summary": .html]), "has-choices": .flag,
    ]

    /// A page or a section, and what it says first.
    static let point: Names = ["href": .text, "title": .html, "answer": .html]

    static let question: Names = ["href": .text, "title": .html]

    static let search = TemplateShape.object([
        "vocabulary": .text, "index": .text, "root": .text, "source-index": .text,
        "source-language": .text, "source-root": .text, "pair-root": .text, "pair-source-root": .text,
    ])

    static let questions: Names = [
        "search": search, "a-to-z-href": .text,
        "topics": .list([
            "id": .text, "href": .text, "title": .html, "summary": .html, "is-current": .flagSlot,
            "is-other": .flagSlot, "questions": .list(question),
        ]),
    ]

    static let letters: Names = [
        "search": search, "has-letters": .flag,
        "letters": .list(["letter": .text, "id": .text, "questions": .list(question)]),
    ]

    static let accessibility: Names = [
        "applies": .html, "commitment": .html, "status": .text, "contact": .object(contact),
        "response": .html,
        "non-compliance": .list(["item": .html]), "disproportionate-burden": .list(["item": .html]),
        "out-of-scope": .list(["item": .html]), "has-problems": .flag, "has-non-compliance": .flag,
        "has-disproportionate-burden": .flag, "has-out-of-scope": .flag, "enforcement": .html,
        "prepared": .text, "last-reviewed": .text, "tested-by": .html,
        "tests": .list(["item": .html]), "has-tests": .flag,
        "not-tested": .list(["item": .html]), "has-not-tested": .flag,
    ]

    static let leafletFile: Names = [
        "href": .text, "format": .text, "type": .text, "type-name": .text, "name": .text, "use": .text,
        "label": .text, "is-for-print": .flag, "pages": .text, "sheets": .text, "size": .text, "help": .text,
        "id": .text, "labelled-by": .text,
        "second": .object(["name": .text, "tag": .text, "direction": .text]),
    ]

    static let leaflets: Names = [
        "leaflets": .list([
            "id": .text, "title": .html, "summary": .html,
            "cover": .object(["src": .text, "width": .text, "height": .text]),
            "read": .object(leafletFile), "print": .object(leafletFile), "others": .list(leafletFile),
            "has-others": .flag, "others-id": .text, "others-labelled-by": .text, "files": .list(leafletFile),
        ]),
        "printing": .list(["formats": .list(["name": .text]), "help": .text]), "has-printing": .flag,
        "desk-href": .text,
        "archive": .object(["href": .text, "size": .text]),
    ]

    static let details: Names = [
        "title": .html, "fields": .list(["number": .text, "label": .html]),
    ]

    static let desk: Names = [
        "desk": .list([
            "tag": .text, "direction": .text, "key": .text, "name": .text, "english-name": .text,
            "is-other": .flag, "details": .object(details),
            "leaflets": .list([
                "id": .text, "title": .html, "own-title": .html,
                "files": .list([
                    "href": .text, "format": .text, "name": .text, "sheets": .text, "size": .text,
                ]),
            ]),
        ]),
        "details": .object(details),
        "printing": .list(["formats": .list(["name": .text]), "help": .text]), "has-printing": .flag,
    ]

    static let council: Names = [
        "id": .text, "name": .text, "href": .text, "nation": .text, "is-ended": .flag, "is-old": .flag,
        "note": .text, "is-professional": .flag, "has-languages": .flag,
        "languages": .list(["tag": .text, "name": .text, "direction": .text, "href": .text]),
    ]

    static let chooser: Names = [
        "councils": .list(council), "is-long": .flag,
        "letters": .list(["letter": .text, "id": .text, "councils": .list(council)]),
        "professional-councils": .list(council), "has-professional-councils": .flag,
        "has-past-councils": .flag, "past-councils": .list(council),
        "description": .html,
    ]
}
