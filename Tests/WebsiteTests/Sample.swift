import Markdown
import Support
import Testing
import Translations
import Workspace

@testable import Guidance
@testable import Website

/// Small editions and themes, declared in the tests.
enum Sample {
    static let today = CalendarDate(dayNumber: 20_778)  // 21 November 2026

    /// The default theme's own words, so that tests read as the site does.
    static func strings() throws -> InterfaceStrings { try theme().englishStrings }

    /// The theme that comes with the program.
    static func theme() throws -> Theme {
        #expect(defaultTheme.problems.isEmpty)
        return try #require(defaultTheme.theme)
    }

    private static let defaultTheme: (theme: Theme?, problems: [Diagnostic]) = {
        var diagnostics = Diagnostics()
        let theme = Theme.load(in: themesFolder, files: LocalFileSystem(), reporting: &diagnostics)
        return (theme, diagnostics.sorted)
    }()

    static let themesFolder = Repository.root + "/themes"

    /// A theme of bare templates, whose output is easy to read, with the default words.
    static func plainTheme(_ changes: [String: String] = [:]) throws -> Theme {
        var diagnostics = Diagnostics()
        let files = try plainThemeFiles(changes)
        let theme = Theme.load(in: "themes", files: files, reporting: &diagnostics)
        #expect(diagnostics.sorted.isEmpty)
        return try #require(theme)
    }

    static func plainThemeFiles(_ changes: [String: String] = [:]) throws -> InMemoryFileSystem {
        var files = [
            "layout":
                "<html lang=\"{{language.tag}}\">{{#ended}}<b>{{{text}}}</b>{{#successors}}[{{name}} {{href}}]{{/successors}}{{/ended}}{{#old-information}}<i>{{{old-information}}}</i>{{/old-information}}{{#exit}}EXIT {{href}}{{/exit}}<nav>{{#navigation}}<a href=\"{{href}}\"{{#is-current}} aria-current=\"page\"{{/is-current}}>{{{title}}}</a>{{/navigation}}</nav>{{#languages}}<a lang=\"{{tag}}\" href=\"{{href}}\"{{^is-here}} data-away{{/is-here}}>{{name}}</a>{{/languages}}{{#alternates}}<link hreflang=\"{{tag}}\" href=\"{{href}}\">{{/alternates}}{{#canonical}}<link rel=\"canonical\" href=\"{{canonical}}\">{{/canonical}}{{#is-hidden-from-search-engines}}<meta name=\"robots\" content=\"noindex\">{{/is-hidden-from-search-engines}}<title>{{title}}</title><main data-kind=\"{{page-kind}}\">{{{main}}}</main></html>",
            "redirect":
                "<meta http-equiv=\"refresh\" content=\"0; url={{href}}\"><link rel=\"canonical\" href=\"{{canonical}}\"><a href=\"{{href}}\">{{title-text}}</a>",
            "page":
                "<h1>{{{title}}}</h1>{{#translation}}{{#missing}}<p>{{{missing}}}</p>{{/missing}}{{#source}}<a href=\"{{source}}\">source</a>{{/source}}{{/translation}}{{#breadcrumb}}<a href=\"{{href}}\">{{{title}}}</a>{{/breadcrumb}}{{{introduction}}}{{{contents}}}{{{sections}}}{{#reviewed}}{{text}} {{iso}}{{/reviewed}}",
            "home":
                "<h1>{{{title}}}</h1>{{#cards}}<a href=\"{{href}}\">{{{title}}}</a>{{/cards}}|{{#professional-cards}}<a href=\"{{href}}\">{{{title}}}</a>{{/professional-cards}}",
            "faq":
                "{{#topics}}<h2>{{{title}}}</h2>{{#questions}}<a href=\"{{href}}\">{{{title}}}</a>{{/questions}}{{/topics}}{{{sections}}}",
            "topic": "<h1>{{{title}}}</h1>{{{sections}}}",
            "a-to-z":
                "{{#letters}}{{#letter}}<h2>{{letter}}</h2>{{/letter}}{{#questions}}<a href=\"{{href}}\">{{{title}}}</a>{{/questions}}{{/letters}}",
            "contacts":
                "{{#groups}}<h2>{{{heading}}}</h2>{{#contacts}}<h3>{{{name}}}</h3>{{#ways}}{{#href}}<a href=\"{{href}}\">{{{text}}}</a>{{/href}}{{^href}}{{{text}}}{{/href}}{{/ways}}{{#checked}}{{checked}}{{/checked}}{{#is-unchecked}}UNCHECKED{{/is-unchecked}}{{#vcard}}<a href=\"{{vcard}}\">{{{save}}}</a>{{/vcard}}{{/contacts}}{{/groups}}{{#danger}}DANGER <a href=\"{{href}}\">{{{text}}}</a>{{/danger}}{{#checked}} ALL: {{checked}}{{/checked}}",
            "accessibility":
                "{{status}}|{{{enforcement}}}|{{prepared}}|{{#contact}}{{{name}}}{{/contact}}{{#non-compliance}}<li>{{{item}}}</li>{{/non-compliance}}",
            "leaflets":
                "{{#leaflets}}{{{title}}}{{#read}}[{{href}} {{pages}}]{{/read}}{{#print}}[{{href}} {{sheets}}]{{/print}}{{#others}}({{href}}: {{name}}. {{use}}){{/others}}{{#files}}<a href=\"{{href}}\">{{label}}</a> {{size}}{{/files}}{{/leaflets}}{{#printing}}<dl>{{#formats}}{{name}}; {{/formats}}{{help}}</dl>{{/printing}}{{#desk-href}}<a href=\"{{desk-href}}\">{{source-string.desk-title}}</a>{{/desk-href}}",
            "desk":
                "{{#desk}}<section lang=\"{{tag}}\">{{english-name}}{{#leaflets}}<li>{{{title}}}|{{{own-title}}}{{#files}}[{{href}} {{name}}. {{sheets}}]{{/files}}</li>{{/leaflets}}{{#details}}{{{title}}}{{#fields}}<b>{{{label}}}</b>{{/fields}}{{/details}}</section>{{/desk}}",
            "chooser":
                "<ul>{{#councils}}<li><a href=\"{{href}}\">{{name}}</a></li>{{/councils}}</ul><ol>{{#past-councils}}<li><a href=\"{{href}}\">{{name}}</a> {{note}}</li>{{/past-councils}}</ol>",
            "not-found": "<a href=\"{{home}}\">{{string.not-found-home}}</a>",
        ].reduce(into: [:]) { $0["themes/default/templates/\($1.key).mustache"] = $1.value }
        files["themes/default/theme.yml"] = "exit: true\n"
        let local = LocalFileSystem()
        files["themes/default/strings.yml"] = String(
            decoding: try local.read(joinPath(themesFolder, "default/strings.yml")), as: UTF8.self)
        for (name, text) in changes { files["themes/default/" + name] = text }
        return InMemoryFileSystem(files)
    }

    static let english = Language.english
    static func language(_ tag: String) throws -> Language { try #require(Language(tag: tag)) }

    static func council(_ id: String = "avon", name: String? = nil) -> CouncilIdentity {
        CouncilIdentity(
            id: id, name: name ?? "\(id.capitalized) Council", shortName: id.capitalized, nation: .england,
            website: "https://\(id).example", validFrom: nil, validTo: nil, successors: [],
            informationFrom: nil,
            brand: .init())
    }

    static func portal(isSingle: Bool = false, searchEngines: Bool = true) -> PortalIdentity {
        PortalIdentity(
            name: Passage("Conferences"), description: Passage("Guidance for families."),
            baseURL: "https://guidance.example", isSingleCouncil: isSingle,
            allowsSearchEngines: searchEngines,
            exit: .init(url: "https://weather.example", audiences: [.families, .youngPeople]))
    }

    static func edition(
        _ pages: [Page], council: CouncilIdentity = council(), portal: PortalIdentity = portal(),
        language: Language = .english, strings: InterfaceStrings? = nil
    ) throws -> Edition {
        Edition(
            portal: portal, council: council, language: language, sourceLanguage: .english, latin: .english,
            pages: pages,
            contactGroups: [], footerContacts: [], accessibility: nil,
            councilLocation: SourceLocation(file: "content/councils/\(council.id)/council.yml"),
            alternatives: [],
            review: nil, notice: [], strings: try strings ?? Self.strings(), today: today, assets: [])
    }

    static func page(
        _ path: String, kind: PageKind = .page, audience: Audience = .families, title: String = "A page",
        introduction: [Block] = [], sections: [Section] = [], aliases: [String] = []
    ) -> Page {
        Page(
            path: path, kind: kind, audience: audience, title: Passage(title), summary: nil, order: 0,
            reviewed: nil,
            reviewDue: nil, aliases: aliases, introduction: introduction, sections: sections, coverage: 1,
            file: "content/guidance/\(path).md")
    }

    static func section(
        _ id: String, _ heading: String, _ blocks: [Block] = [], children: [Section] = [], level: Int = 2
    ) -> Section {
        Section(
            id: id, level: level, heading: Passage(heading), blocks: blocks, children: children,
            alsoAsked: [],
            file: "content/guidance/page.md", range: nil)
    }

    static func contact(
        _ id: String, ways: [Contact.Way], checked: CalendarDate? = nil, isNational: Bool = false,
        canBeSaved: Bool = false
    ) -> Contact {
        Contact(
            id: id, name: Passage(id.capitalized), purpose: nil, ways: ways, hours: nil, area: nil,
            relay: .before("18001"),
            audience: .families, source: nil, checked: checked, isCheckOverdue: false, isNational: isNational,
            canBeSaved: canBeSaved, location: SourceLocation(file: "content/portal.yml"))
    }

    static let phone = Contact.Way(channel: .phone, text: "01632 960 000", destination: "tel:+441632960000")

    /// Everything that an edition's pages and the portal make, by path.
    static func site(
        _ editions: [Edition], theme: Theme? = nil, extras: EditionExtras = EditionExtras(),
        files: [String: [UInt8]] = [:]
    ) throws -> [String: String] {
        let theme = try theme ?? plainTheme()
        let builder = SiteBuilder(theme: theme, contentFiles: files)
        var output: [String: String] = [:]
        func emit(_ path: String, _ bytes: [UInt8], _ describing: String) {
            #expect(output[path] == nil, "written twice: \(path)")
            output[path] = String(decoding: bytes, as: UTF8.self)
        }
        var summaries: [EditionSummary] = []
        for edition in editions {
            let plan = builder.plan(edition, extras: extras)
            #expect(builder.problems(of: plan).isEmpty)
            builder.render(plan, emit: emit)
            summaries.append(EditionSummary(plan))
        }
        let first = try #require(editions.first)
        #expect(
            builder.portalFiles(
                first.portal, editions: summaries, sourceLanguage: .english, strings: theme.englishStrings,
                today: today, emit: emit
            ).isEmpty)
        return output
    }

    /// Blocks as they are written on a page.
    static func html(
        _ blocks: [Block], kind: PageKind = .page, language: String = "en", path: String = "rights",
        paths: Set<String> = ["", "rights"], source: (base: String, paths: Set<String>)? = nil,
        files: [String: ContentFile] = [:]
    ) throws -> String {
        var writer = HTMLWriter(
            try setting(language: language, path: path, paths: paths, source: source, files: files),
            kind: kind)
        writer.write(blocks)
        return String(decoding: writer.take(), as: UTF8.self)
    }

    static func setting(
        language: String = "en", path: String = "rights", paths: Set<String> = ["", "rights"],
        source: (base: String, paths: Set<String>)? = nil, files: [String: ContentFile] = [:]
    ) throws -> PageSetting {
        let edition = EditionSetting(
            language: try Self.language(language), sourceLanguage: .english, paths: paths, source: source,
            files: files, strings: try strings(), latin: .english)
        return PageSetting(
            editionRoot: Address.up(from: path), siteRoot: Address.up(from: path) + "../", path: path,
            edition: edition)
    }
}

extension Passage {
    func with(_ state: TranslationState) -> Passage {
        var passage = self
        passage.translation = state
        return passage
    }
}

func paragraph(_ inlines: Inline...) -> Block { Block(.paragraph(Passage(inlines))) }
