import Markdown
import Support
import Synchronization
import Testing
import Workspace

@testable import Guidance
@testable import Website

@Suite struct ThemeTests {
    private func problems(_ changes: [String: String]) throws -> [Diagnostic] {
        var diagnostics = Diagnostics()
        _ = Theme.load(in: "themes", files: try Sample.plainThemeFiles(changes), reporting: &diagnostics)
        return diagnostics.sorted
    }

    @Test func theThemeThatComesWithTheProgramHasNoProblem() throws {
        _ = try Sample.theme()
    }

    @Test func aThemeThatIsNotThereIsAnErrorThatNamesTheNearest() throws {
        var diagnostics = Diagnostics()
        let theme = Theme.load(
            "defualt", in: "themes", files: try Sample.plainThemeFiles([:]), reporting: &diagnostics)
        #expect(theme == nil)
        #expect(diagnostics.sorted.map(\.rule) == ["UnknownTheme"])
        #expect(diagnostics.sorted.first?.help == "Did you mean 'default'?")
    }

    struct Broken: CustomTestStringConvertible, Sendable {
        var text: String
        var rule: String
        var place: String
        var help: String?
        var testDescription: String { "\(rule): \(text)" }
    }

    static let broken = [
        Broken(
            text: "a\n  {{titel}}", rule: "UnknownTemplateName", place: "2:3", help: "Did you mean 'title'?"),
        Broken(
            text: "{{language.tga}}", rule: "UnknownTemplateName", place: "1:1", help: "Did you mean 'tag'?"),
        Broken(
            text: "{{#breadcrumb}}{{hreff}}{{/breadcrumb}}", rule: "UnknownTemplateName", place: "1:16",
            help: "Did you mean 'href'?"),
        Broken(text: "{{asset.nothing}}", rule: "UnknownTemplateName", place: "1:1"),
        Broken(text: "é{{> missing}}", rule: "MissingPartial", place: "1:2"),
        Broken(text: "{{> pge}}", rule: "MissingPartial", place: "1:1", help: "Did you mean 'page'?"),
        Broken(text: "{{> page}}", rule: "InvalidTemplate", place: "1:1"),
        Broken(text: "{{string.hom}}", rule: "UnknownString", place: "1:1", help: "Did you mean 'home'?"),
        Broken(text: "{{string.last-reviewed}}", rule: "InvalidTemplate", place: "1:1"),
        Broken(
            text: "x\n{{#summary}}", rule: "InvalidTemplate", place: "2:1",
            help: "Add {{/summary}} where it ends."),
        Broken(text: "{{/summary}}", rule: "InvalidTemplate", place: "1:1"),
        Broken(
            text: "{{#summary}}{{#contents}}{{/summary}}{{/contents}}", rule: "InvalidTemplate", place: "1:26"
        ),
        Broken(
            text: "x\n<main id=\"content\">{{path}}</main>", rule: "ReservedID", place: "2:11",
            help:
                "Write '_content', here and in all that refers to it: links, labels, style sheets, scripts."),
        Broken(text: "<b id=\"a-{{path}}\"></b>", rule: "ReservedID", place: "1:8"),
        Broken(text: "{{=<% %>=}}", rule: "InvalidTemplate", place: "1:1"),
        Broken(text: "{{& path}}", rule: "InvalidTemplate", place: "1:1"),
        Broken(text: "{{< page}}", rule: "InvalidTemplate", place: "1:1"),
        Broken(text: "{{.}}", rule: "InvalidTemplate", place: "1:1"),
        Broken(text: "{{uppercased(path)}}", rule: "InvalidTemplate", place: "1:1"),
        Broken(text: "{{title", rule: "InvalidTemplate", place: "1:1", help: "Add }}."),
        Broken(text: "{{title}}", rule: "EscapedHTML", place: "1:1", help: "Write {{{title}}}."),
        Broken(text: "{{{path}}}", rule: "UnescapedText", place: "1:1", help: "Write {{path}}."),
        Broken(text: "{{is-professional}}", rule: "InvalidTemplate", place: "1:1"),
        Broken(text: "{{language}}", rule: "InvalidTemplate", place: "1:1"),
    ]

    @Test(arguments: broken) func reportsWhatMustacheWouldPassOver(_ broken: Broken) throws {
        let found = try problems(["templates/page.mustache": broken.text])
        let problem = try #require(found.first)
        #expect(problem.rule == broken.rule)
        #expect(problem.location?.description == "themes/default/templates/page.mustache:\(broken.place)")
        if let help = broken.help { #expect(problem.help == help) }
    }

    @Test func reportsALayoutThatNeverPrintsThePageAndASlotInASection() throws {
        let found = try problems(["templates/layout.mustache": "{{#title}}{{title}}{{/title}}"])
        #expect(found.map(\.rule) == ["InvalidTemplate", "InvalidTemplate"])
    }

    @Test func aPartialIsCheckedWhereItIsIncluded() throws {
        let found = try problems([
            "templates/page.mustache": "{{#breadcrumb}}{{>crumb}}{{/breadcrumb}}{{>crumb}}",
            "templates/crumb.mustache": "{{href}}",
        ])
        #expect(found.map { $0.location?.description } == ["themes/default/templates/crumb.mustache:1:1"])
    }

    @Test func partialsAreNotIndented() throws {
        let theme = try Sample.plainTheme([
            "templates/page.mustache": "<div>\n    {{>part}}\n</div>",
            "templates/part.mustache": "<pre>a\nb</pre>\n",
        ])
        let site = try Sample.site([Sample.edition([Sample.page("x")])], theme: theme)
        #expect(try #require(site["avon/x/index.html"]).contains("<div>\n<pre>a\nb</pre>\n</div>"))
    }

    @Test func aValueNeverShowsOneOfTheSameNameFurtherOut() throws {
        // The page has a summary, its cards have none.
        var page = Sample.page("")
        page.summary = Passage("Outer")
        let theme = try Sample.plainTheme(["templates/home.mustache": "{{#cards}}[{{{summary}}}]{{/cards}}"])
        let site = try Sample.site([Sample.edition([page, Sample.page("x")])], theme: theme)
        #expect(try #require(site["avon/index.html"]).contains("<main data-kind=\"home\">[]</main>"))
    }

    /// Names of the contract that a context lacks, or has without being in the contract.
    private static func differences(_ values: [String: any Sendable], _ names: TemplateSchema.Names)
        -> [String]
    {
        Set(values.keys).symmetricDifference(names.keys).sorted()
            + names.flatMap { name, shape -> [String] in
                switch (shape, values[name]) {
                case (.object(let parts), let context as Context):
                    differences(context.values, parts).map { name + "." + $0 }
                case (.list(let parts), let list as [Context]):
                    list.flatMap { differences($0.values, parts) }.map { name + "." + $0 }
                case (.list(let parts), let list as [ListEntry]):
                    list.flatMap { entry in
                        differences(
                            entry.values.values, parts.filter { ListEntry.flags[$0.key] == nil })
                    }
                case (.list, _): [name + " is not a list"]
                case (.flagSlot, let value): value is Bool ? [] : [name + " is no flag of an entry"]
                case (.flag, let value): value is Bool ? [] : [name + " is not a flag"]
                case (.text, let value), (.html, let value), (.textSlot, let value), (.htmlSlot, let value):
                    value is Words || value is Absent ? [] : [name + " is not text"]
                case (.object, let value): value is Absent ? [] : [name + " is not an object"]
                case (.strings, _), (.patterns, _), (.assets, _), (.inlineAssets, _): []
                }
            }
    }

    @Test func everyTemplateGetsExactlyTheNamesOfTheContract() throws {
        let seen = Mutex<[String: Set<String>]>([:])
        var theme = try Sample.plainTheme(["templates/rights.mustache": "x"])
        theme.renderer.observe = { template, context in
            guard let names = TemplateSchema.names(for: template) else { return }
            var found = Self.differences(context.allValues, names)
            if ContextTexts(context) == nil { found.append("a value of no known type") }
            seen.withLock { $0[template, default: []].formUnion(found) }
        }
        var extras = EditionExtras()
        extras.search = .init(vocabulary: "assets/vocabulary-en-0.js", index: "avon/search-en.js")
        extras.leaflets = [
            .init(
                id: "g", title: Passage("G"),
                cover: .init(path: "g.gif", picture: Array("GIF89a".utf8) + [2, 0, 1, 0]),
                files: [.init(path: "g.pdf", format: .a4, pages: 1, sheets: 1, size: 1)])
        ]
        extras.leafletArchive = .init(path: "g.zip", format: nil, size: 1)
        extras.desk = [
            .init(
                language: .english, leaflets: extras.leaflets,
                details: .init(title: Passage("D"), fields: [Passage("F")]))
        ]
        extras.deskBase = "avon"
        var council = Sample.council()
        council.validTo = CalendarDate("2020")
        council.informationFrom = CalendarDate("2007")
        council.brand.logo = "logo.png"
        council.successors = [.init(name: "N", url: nil, area: "A")]
        var page = Sample.page(
            "x", introduction: [.paragraph("i")],
            sections: [Sample.section("a", "A"), Sample.section("b", "B")],
            aliases: ["old"])
        page.reviewed = Sample.today
        page.summary = Passage("S")
        var edition = try Sample.edition(
            [
                page, Sample.page("rights", kind: .rights), Sample.page("w", audience: .professionals),
                Sample.page("faq/q", kind: .faq, sections: [Sample.section("q", "Q?")]),
            ], council: council)
        edition.contactGroups = [
            ContactGroup(
                id: "g", heading: Passage("G"),
                contacts: [Sample.contact("c", ways: [Sample.phone], isNational: true)])
        ]
        edition.accessibility = AccessibilityDetails(
            contactID: "c", responseTime: Passage("1 day"), status: .not, prepared: Sample.today,
            reviewed: Sample.today,
            testedBy: Passage("T"), nonCompliance: [Passage("N")], disproportionateBurden: [], outOfScope: [],
            tests: [Passage("T")], notTested: [Passage("O")],
            location: SourceLocation(file: "x"))
        var polish = edition
        polish.language = try Sample.language("pl")
        polish.review = .draft
        let alternatives = [edition, polish].map {
            Alternative(language: $0.language, base: $0.base, paths: Set($0.pages.map(\.path)))
        }
        edition.alternatives = alternatives
        polish.alternatives = alternatives
        _ = try Sample.site([edition, polish], theme: theme, extras: extras, files: ["logo.png": []])
        let result = seen.withLock { $0 }
        #expect(result.keys.sorted() == (TemplateSchema.required + ["rights"]).sorted())
        for (template, differences) in result { #expect(differences.isEmpty, "\(template)") }
    }

    @Test func layersAThemeOverTheDefaultFileByFileAndKeyByKey() throws {
        let files = try Sample.plainThemeFiles(["theme.yml": Self.colours])
        try files.write(Array("home: Start\n".utf8), to: "themes/mine/strings.yml")
        try files.write(Array("colours: { light: { ink: \"#111111\" } }\n".utf8), to: "themes/mine/theme.yml")
        try files.write(Array("MINE".utf8), to: "themes/mine/templates/page.mustache")
        var diagnostics = Diagnostics()
        let theme = try #require(Theme.load("mine", in: "themes", files: files, reporting: &diagnostics))
        #expect(diagnostics.isEmpty)
        #expect(theme.strings["home"]?.text == "Start" && theme.strings["languages"]?.text == "Languages")
        #expect(theme.tokens.resolved(.light)["ink"] == Colour("#111111"))
        #expect(theme.tokens.resolved(.light)["paper"] == .white)
        let site = try Sample.site([Sample.edition([Sample.page("x")])], theme: theme)
        #expect(try #require(site["avon/x/index.html"]).contains("MINE"))
    }

    @Test func namesTheNearestThemeWhenThereIsNone() throws {
        var diagnostics = Diagnostics()
        #expect(
            Theme.load("defualt", in: "themes", files: try Sample.plainThemeFiles(), reporting: &diagnostics)
                == nil)
        #expect(diagnostics.sorted.first?.help == "Did you mean 'default'?")
    }

    @Test func aMissingTemplateOrStringIsAnError() throws {
        let files = try Sample.plainThemeFiles()
        try files.removeFile("themes/default/templates/home.mustache")
        var diagnostics = Diagnostics()
        #expect(Theme.load(in: "themes", files: files, reporting: &diagnostics) == nil)
        #expect(diagnostics.sorted.map(\.rule) == ["MissingTemplate"])
        #expect(try problems(["strings.yml": "home: Home"]).contains { $0.rule == "MissingString" })
        let text = String(
            decoding: try Sample.plainThemeFiles().read("themes/default/strings.yml"), as: UTF8.self)
        let wrong = text.replacing("ended on {date}", with: "ended on {dat}")
        #expect(try problems(["strings.yml": wrong]).allSatisfy { $0.rule == "UnknownParameter" })
        #expect(try !problems(["strings.yml": wrong]).isEmpty)
    }

    // MARK: - Colours

    static let colours = """
        colours:
          light: { ink: "#000000", paper: "#ffffff", accent: "#003a5d", on-accent: paper, band: accent }
          dark: { ink: "#ffffff", paper: "#000000", accent: "#8ecbf2", on-accent: paper, band: paper }
          contrast: { ink: "#ffffff", paper: "#000000", accent: "#ffff00", on-accent: paper, band: paper }
        pairs:
          - { text: ink, on: paper, ratio: 7 }
          - { text: on-accent, on: accent, ratio: 7 }

        """

    @Test func computesContrastAsTheGuidelinesDo() throws {
        let grey = try #require(Colour("#767676"))
        #expect(formatRatio(grey.contrast(with: .white)) == "4.54:1")
    }

    @Test func aWeakPairIsAnErrorWithTheRatioAndTheNearestColour() throws {
        let weak = Self.colours.replacing("ink: \"#000000\"", with: "ink: \"#777777\"")
        let found = try problems(["theme.yml": weak])
        let problem = try #require(found.first)
        #expect(found.count == 1 && problem.rule == "LowContrast")
        #expect(problem.location?.description == "themes/default/theme.yml:2:17")
        #expect(problem.message.contains("4.47:1") && problem.message.contains("7.00:1"))
        let shade = try #require(
            problem.help?.split(separator: " ").last.flatMap { Colour(String($0.dropLast())) })
        #expect(shade.contrast(with: .white) >= 7)
    }

    @Test func theContrastModeNeedsMore() throws {
        let weak = Self.colours.replacing(
            "contrast: { ink: \"#ffffff\"", with: "contrast: { ink: \"#bbbbbb\"")
        #expect(try problems(["theme.yml": weak]).map(\.rule) == ["LowContrast"])
        let edge = weak.replacing(
            "ratio: 7 }\n  - { text: on", with: "ratio: 7, edge: true }\n  - { text: on")
        #expect(try problems(["theme.yml": edge]).isEmpty)
    }

    @Test func aBrandChangesTheAccentAndWhatFollowsIt() throws {
        let tokens = try Sample.plainTheme(["theme.yml": Self.colours]).tokens
        var council = Sample.council()
        council.brand.colour = "#14532d"
        let colours = tokens.resolved(.light, brand: council.brand)
        #expect(colours["accent"] == Colour("#14532d") && colours["band"] == Colour("#14532d"))
        #expect(colours["on-accent"] == .white)
        #expect(tokens.resolved(.contrast, brand: council.brand) == tokens.resolved(.contrast))
        #expect(tokens.problems(of: council).isEmpty)
        council.brand.colour = "#ffe08a"
        #expect(tokens.resolved(.light, brand: council.brand)["on-accent"] == .black)
        council.brand.colour = "#808080"
        let problem = try #require(tokens.problems(of: council).first)
        #expect(problem.rule == "LowContrast" && problem.help != nil)
        #expect(problem.rule != "ReservedColour")
        council.brand.colour = "grey"
        #expect(tokens.problems(of: council).map(\.rule) == ["InvalidThemeValue"])
    }

    @Test func aStyleSheetThatATemplateNamesStaysApart() throws {
        let theme = try Sample.plainTheme([
            "assets/a.css": "a { color: red }\n", "assets/print.css": "b { color: black }\n",
            "templates/not-found.mustache": "<a href=\"{{home}}\">{{asset.print-css}}</a>",
        ])
        let site = try Sample.site([Sample.edition([])], theme: theme)
        let sheets = site.filter { $0.key.hasSuffix(".css") }
        let main = try #require(sheets.first { $0.key.hasPrefix("assets/site-") }?.value)
        #expect(main.contains("red"))
        #expect(!main.contains("black"))
        #expect(sheets.contains { $0.key.hasPrefix("assets/print-") && $0.value.contains("black") })
    }

    @Test(arguments: [
        ("#8c1a15", true), ("#7a1f2b", true), ("#9b2c0f", true), ("#4b2e83", false), ("#14532d", false),
        ("#1f1b16", false), ("#6b4a00", false),
    ])
    func theColourOfTheExitIsReserved(_ colour: String, _ isReserved: Bool) throws {
        let mode = "{ leave: \"#8c1a15\", accent: \"#000000\", on-accent: \"#ffffff\" }"
        let tokens = try Sample.plainTheme([
            "theme.yml": "colours: { light: \(mode), dark: \(mode), contrast: \(mode) }\n"
        ]).tokens
        var council = Sample.council()
        council.brand.colour = colour
        #expect(tokens.problems(of: council).map(\.rule) == (isReserved ? ["ReservedColour"] : []))
        // Where nothing leaves the site, no colour is reserved for it.
        var without = tokens
        without.hasExit = false
        #expect(without.problems(of: council).isEmpty)
    }

    @Test(arguments: [
        ("colours: { light: { ink: black } }\n", "UnknownColour"), ("colour: {}\n", "UnknownKey"),
        ("colours: { lihgt: {} }\n", "UnknownKey"), ("type: { body: \"1rem;}a{\" }\n", "InvalidThemeValue"),
        ("space: { A: 1rem }\n", "InvalidThemeValue"), ("font: { body: \"url(x)\" }\n", "InvalidThemeValue"),
        ("pairs: [{ text: a, on: b, ratio: 22 }]\n", "InvalidThemeValue"),
        ("pairs: [{ text: a, on: b }]\n", "MissingField"),
        ("exit: maybe\n", "WrongType"),
        (
            "colours: { light: { a: b, b: a }, dark: { a: b, b: a }, contrast: { a: b, b: a } }\n",
            "UnknownColour"
        ),
        ("colours: { light: { a: \"#000000\" } }\n", "MissingColour"),
    ]) func reportsMistakesInThemeValues(_ yaml: String, _ rule: String) throws {
        #expect(try problems(["theme.yml": yaml]).contains { $0.rule == rule })
    }

    @Test(arguments: [
        (
            "from: 2026-01-01\nto: 2026-12-31\ncalendars: [{nations: [england], days: [2026-12]}]\n",
            "InvalidBankHoliday"
        ),
        (
            "from: 2026-01-01\nto: 2026-12-31\ncalendars: [{nations: [wales], days: [2027-01-01]}]\n",
            "InvalidBankHoliday"
        ),
        ("from: 2026\nto: 2026-12-31\ncalendars: []\n", "InvalidBankHoliday"),
        ("from: 2026-01-01\nto: 2026-12-31\ncalendars: [{nations: [englnd], days: []}]\n", "UnknownValue"),
        ("from: 2026-01-01\ncalendars: []\n", "MissingField"),
    ]) func reportsMistakesInBankHolidays(_ yaml: String, _ rule: String) throws {
        #expect(try problems(["bank-holidays.yml": yaml]).contains { $0.rule == rule })
    }

    // MARK: - Assets

    @Test func stylesOfAPageStandInTheHeadIfTheLayoutHasAPlaceForThem() throws {
        let sheet = #"<link rel="stylesheet" href="a.css">"#
        func page(_ layout: String) throws -> String {
            let theme = try Sample.plainTheme([
                "templates/layout.mustache": layout,
                "templates/page.mustache": "\(sheet)\n\(sheet)\n<h1>{{{title}}}</h1>\n\(sheet)\n",
                "templates/not-found.mustache": "\(sheet)\nNothing",
            ])
            let site = try Sample.site([Sample.edition([Sample.page("x")])], theme: theme)
            let other = layout.contains("page-styles") ? "<\(sheet)\n|Nothing>" : "<\(sheet)\nNothing>"
            #expect(site["404.html"] == other)
            return try #require(site["avon/x/index.html"])
        }
        let both = "\(sheet)\n\(sheet)\n", rest = "<h1>A page</h1>\n\(sheet)\n>"
        #expect(try page("<{{{page-styles}}}|{{{main}}}>") == "<\(both)|\(rest)")
        #expect(try page("<{{{main}}}>") == "<\(both)\(rest)")
    }

    @Test func publishesWhatIsUsedUnderANameOfItsContent() throws {
        let theme = try Sample.plainTheme([
            "templates/page.mustache": "{{asset.js-site-js}}|<script>{{{inline.mode-js}}}</script>",
            "assets/js/site.js": "go()", "assets/mode.js": "early()\n", "assets/unused.txt": "x",
            "assets/a.css": "/* note */ a { background: url( 'i/x.svg' ) }\n",
            "assets/i/x.svg": "<svg></svg>",
        ])
        let site = try Sample.site([Sample.edition([Sample.page("x")])], theme: theme)
        let page = try #require(site["avon/x/index.html"])
        let script = try #require(site.keys.first { $0.hasPrefix("assets/js-site-") })
        #expect(page.contains("../../\(script)|<script>early()</script>"))
        let picture = try #require(site.keys.first { $0.hasPrefix("assets/i-x-") })
        let css = try #require(
            site.first { $0.key.hasPrefix("assets/site-") && $0.key.hasSuffix(".css") }?.value)
        #expect(css.hasSuffix("a{background: url(\(picture.dropFirst(7)))}\n"))
        #expect(!css.contains("note") && !site.keys.contains { $0.contains("unused") })
        #expect(theme.policy.contains("'sha256-\(SHA256.base64(Array("early()".utf8)))'"))
    }

    @Test func reportsAssetsThatAreMissingOrUnfit() throws {
        #expect(
            try problems(["assets/a.css": "a { background: url(none.svg) }"]).map(\.rule) == ["MissingAsset"])
        #expect(try problems(["assets/A b.css": ""]).map(\.rule) == ["InvalidAssetName"])
        #expect(
            try problems([
                "assets/a.js": "x('</script>')",
                "templates/page.mustache": "<script>{{{inline.a-js}}}</script>",
            ]).map(\.rule) == ["InvalidAsset"])
    }

    @Test func hashesAsTheStandardDoes() {
        // FIPS 180-4 examples.
        #expect(SHA256.base64(Array("abc".utf8)) == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
        #expect(SHA256.base64([]) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        #expect(
            SHA256.hash(Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)).prefix(4)
                == [0x24, 0x8D, 0x6A, 0x61])
    }

    @Test(arguments: [
        ("a  {  b : c ; }", "a{b : c}\n"),
        ("a::before { content: \"/* x */ ; \" }", "a::before{content: \"/* x */ ; \"}\n"),
        ("a{b:url(data:image/svg+xml,x)}", "a{b:url(data:image/svg+xml,x)}\n"), ("/* unclosed", "\n"),
        ("a{b:url(unclosed", "a{b:url(X)\n"), ("a > b c{}", "a > b c{}\n"), ("'unclosed", "'unclosed\n"),
    ]) func compactsStyleSheets(_ css: String, _ expected: String) {
        #expect(CSS.compact(css) { _ in "X" } == expected)
    }
}

@Suite struct InterfaceKeyTests {
    /// Every key that the program's source names is in the default theme: no reader sees a key, or nothing.
    @Test func everyKeyInTheSourceHasWords() throws {
        let files = LocalFileSystem()
        func text(_ path: String) throws -> String {
            String(decoding: try files.read(Repository.root + "/" + path), as: UTF8.self)
        }
        var known: Set<String> = []
        for path in [
            "themes/default/strings.yml", "themes/default/leaflets/strings.yml",
            "themes/default/leaflets/copies.yml",
        ] {
            for line in try text(path).split(separator: "\n") {
                if let key = line.split(separator: ":").first { known.insert(String(key)) }
            }
        }
        var named: Set<String> = []
        for folder in ["Guidance", "Leaflets", "Website", "Search"] {
            for entry in try files.list(Repository.root + "/Sources/" + folder)
            where entry.name.hasSuffix(".swift") {
                let source = try text("Sources/\(folder)/\(entry.name)")
                for match in source.matches(of: /(?:strings|word|self)[\(\[]\s*"([a-z][a-z0-9-]+)"/) {
                    named.insert(String(match.1))
                }
            }
        }
        #expect(named.count > 12)
        #expect(named.subtracting(known) == [])
    }
}
