import Mustache
import Testing
import Translations
import Workspace

@testable import Guidance
@testable import Website

/// A template with the texts put in is what the library makes of the same context.
@Suite struct TemplateOutlineTests {
    private struct Names: MustacheNames {
        let prefix: String
        func text(_ name: String) -> String? { name == "nothing" ? nil : prefix + name }
    }

    private static let template = """
        <title>{{title}}</title><p class="{{title}}">{{title}} {{{html}}} {{{root}}}x</p>
        {{#flag}}yes {{string.a}}{{/flag}}{{^flag}}no {{{string.b}}}{{/flag}}
        {{#list}}<li>{{#is-current}}<b>{{title}}</b>{{/is-current}}{{#is-other}}{{title}}{{/is-other}}{{^title}}-{{/title}}</li>{{/list}}
        {{^list}}none{{/list}}{{#object}}{{inner}}{{title}}{{/object}}{{^object}}no object{{/object}}
        {{asset.nothing}}{{#string.nothing}}?{{/string.nothing}}{{> part}}
        """

    private static func renderer() throws -> TemplateRenderer {
        EscapedText.register()
        var diagnostics = Diagnostics()
        var library = MustacheLibrary()
        var marked = MustacheLibrary()
        for (name, text) in ["page": template, "part": "<i>{{title}}</i>{{object.inner}}"] {
            let syntax = TemplateSyntax(name: name, file: name, text: text, reporting: &diagnostics)
            #expect(syntax.isSound)
            try library.register(EscapedText.pragma + syntax.text, named: name)
            try marked.register(EscapedText.pragma + syntax.markedText, named: name)
        }
        return TemplateRenderer(library, marked: marked)
    }

    private static func context(_ title: String, flag: Bool = true, entries: Int = 2, hasObject: Bool = true)
        -> Context
    {
        let outer = Context([
            "root": Words("../\(title)/"), "string": Names(prefix: "\(title) & "),
            "asset": Names(prefix: "a"),
            // Hidden by the inner one.
            "title": Words("outer"),
        ])
        return Context(
            [
                "title": Words(title), "html": Words("<em>\(title)</em>"), "flag": flag,
                "list": (0..<entries).map {
                    ListEntry(
                        values: Context(["title": $0 == 1 ? Absent() : Words("\(title) \($0)")]), number: $0)
                },
                "object": hasObject ? Context(["inner": Words("")]) : Absent(),
            ], over: outer)
    }

    @Test(
        "texts, flags, lists and names come out as the library makes them",
        arguments: ["en", "ar"])
    func same(language: String) throws {
        let renderer = try Self.renderer()
        let setting = TextSetting(try Sample.language(language), latin: .english)
        // A text with the mark of a slot brings its own elements, and words of another script are marked.
        let titles = [
            "Plain", "<b>\"A\" & 'b'</b>", "", "ملف PDF (NHS)", "Call 01632 960 000",
            "a\(Frame.Slot.folder.mark)b & c",
        ]
        for title in titles {
            for (flag, entries, hasObject) in [
                (true, 2, true), (false, 2, true), (true, 0, true), (true, 3, false),
            ] {
                let context = Self.context(title, flag: flag, entries: entries, hasObject: hasObject)
                let anew = renderer.renderAnew(context, withTemplate: "page", in: setting)
                for _ in 0..<2 {
                    let shown = renderer.render(context, withTemplate: "page", in: setting)
                    #expect(String(decoding: shown, as: UTF8.self) == String(decoding: anew, as: UTF8.self))
                }
            }
        }
    }

    @Test func onlyWhatATemplateCanAskForIsPartOfTheStructure() throws {
        func structure(_ context: Context) throws -> ContentHash {
            try #require(ContextTexts(context)).structure
        }
        let one = try structure(Self.context("one"))
        #expect(try structure(Self.context("two")) == one)
        #expect(try structure(Self.context("one", flag: false)) != one)
        #expect(try structure(Self.context("one", entries: 3)) != one)
        #expect(try structure(Self.context("one", hasObject: false)) != one)
        // The same values, otherwise nested.
        #expect(
            try structure(Context(["a": [Context(["b": true]), Context([:])]]))
                != structure(Context(["a": [Context([:]), Context(["b": true])]])))
        // A type that is not known is rendered as before.
        #expect(ContextTexts(Context(["a": "text"])) == nil)
    }
}
