import Foundation
import Testing
import Workspace

@testable import Website

@Suite struct ScriptCompactorTests {
    @Test(arguments: [
        ("x = y - -z; i++; --j;", "x=y- -z;i++;--j;\n"),
        ("var first = 1; // one\nfoo(first);", "var a=1;foo(a);\n"),
        ("/* c */ function add(x, why) { return x + +why; }", "function c(b,a){return b+ +a;}\n"),
        ("var name = { name: other.name, 'x y': 1 };", "var a={name:other.name,'x y':1};\n"),
        ("var a = b / c / d, e = /[/] \\/x/g.test('// no');", "var a=b/c/d,e=/[/] \\/x/g.test('// no');\n"),
        ("for (var key in list) if (a < b) use(key);", "for(var c in list)if(a<b)use(c);\n"),
        ("try { go(); } catch (error) { stop(error); }", "try{go();}catch(a){stop(a);}\n"),
    ])
    func namesAreShortenedAndSpacesGo(source: String, expected: String) {
        #expect(Script.compact("// @shorten-names\n" + source) == expected)
    }

    @Test(arguments: [
        // The same name is the same letter; what a function within uses keeps its name apart.
        (
            "function f(one, two) { return one - two; } function g(two, three) { return two + three; }",
            "function d(b,a){return b-a;}function e(a,c){return a+c;}\n"
        ),
        (
            "var one = 1; function f(two) { var one = two; return one; }",
            "var a=1;function c(b){var a=b;return a;}\n"
        ),
        (
            "function f(one) { return function (two) { return one + two; }; }",
            "function c(a){return function(b){return a+b;};}\n"
        ),
        ("function f() { late = a; var late; return late; }", "function c(){b=a;var b;return b;}\n"),
        (
            "function f(x) { if (x) { return { x: x }; } return x; } x();",
            "function b(a){if(a){return{x:a};}return a;}x();\n"
        ),
    ])
    func aFunctionsOwnNamesAreShortInItAlone(source: String, expected: String) {
        #expect(Script.compact("// @shorten-names\n" + source) == expected)
    }

    @Test func aFirstLineForTheBrowserStays() {
        #expect(
            Script.compact("//# hint\n// one\n// @shorten-names\nvar name = 1;") == "//# hint\nvar a=1;\n")
        #expect(Script.compact("//# hint\n// one\nlet name = 1") == "//# hint\nlet name = 1\n")
    }

    @Test(arguments: ["var x = `a`;", "var x = 'open", "f(/open", "let name = 1;", "const name = 1;"])
    func whatIsNotUnderstoodKeepsItsNames(source: String) {
        #expect(
            Script.compact("// @shorten-names\n" + source).hasSuffix(
                source.contains("`") ? source : source + "\n"))
    }

    @Test func namesStayWhereTheScriptDoesNotAllowShorterOnes() {
        #expect(Script.compact("// one\nconst name = 1\n\n  use(name)\n") == "const name = 1\nuse(name)\n")
    }

    @Test func theThemesScriptBecomesSmall() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../themes/default/assets/search/search.js").standardizedFileURL.path
        let source = String(decoding: try LocalFileSystem().read(path), as: UTF8.self)
        let small = Script.compact(source)
        #expect(small.utf8.count < source.utf8.count * 6 / 10)
        if let folder = ProcessInfo.processInfo.environment["SIGNPOST_SEARCH_OUTPUT"] {
            try LocalFileSystem().write(Array(small.utf8), to: "\(folder)/search.js")
        }
    }
}
