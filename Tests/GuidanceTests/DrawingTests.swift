import Testing
import Workspace

@testable import Guidance

@Suite("Drawings of other people") struct DrawingTests {
    private func danger(_ svg: String) -> String? { Drawing(Array(svg.utf8)).danger?.what }

    @Test(
        "What could run or load something is found, however it is written",
        arguments: [
            "<svg><script>alert(1)</script></svg>", "<svg><SCRIPT href='data:,x'/></svg>",
            "<svg xmlns:s='http://www.w3.org/2000/svg'><s:script>x</s:script></svg>", "<svg onload='x()'/>",
            "<svg\nONLOAD = \"x()\"/>", "<svg a='>' onload='x()'/>", "<svg><g/onclick='x()'/></svg>",
            "<svg><a href='javascript:x()'/></svg>", "<svg><a href='java&#115;cript:x()'/></svg>",
            "<svg><a href='&#x6A;avascript:x()'/></svg>", "<svg><a href=' java&#10;script:x()'/></svg>",
            "<svg><a xlink:href=\"JavaScript:x()\"/></svg>",
            "<svg><animate attributeName='href' values='javascript:x()'/></svg>",
            "<svg><foreignObject><iframe src='/'/></foreignObject></svg>",
            "<!DOCTYPE svg [<!ENTITY j 'javascript:x()'>]><svg><a href='&j;'/></svg>",
            "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x()'>]><svg/>",
            "<?xml-stylesheet href='https://x.example/a.css'?><svg/>",
            "<?xml version='1.0' encoding='ISO-2022-JP'?><svg/>", "<svg><!-- --><script/></svg>",
            "<svg><!-- <b> --><![CDATA[ ]]><script/></svg>", "<svg>\u{0}</svg>", "<svg><script",
            "<svg onload='",
            "<svg><image href='https://x.example/a.png'/></svg>", "<svg><image xlink:href=\"a.png\"/></svg>",
            "<svg><use href='//x.example/a.svg#b'/></svg>",
            "<svg><use HREF='&#104;ttps://x.example/#b'/></svg>",
            "<svg><foreignObject><img src='https://x.example/a.png'/></foreignObject></svg>",
            "<svg><style>@import 'https://x.example/a.css';</style></svg>",
            "<svg><style><![CDATA[a { fill: red } @\\69mport 'a.css']]></style></svg>",
            "<svg><style>@font-face { src: URL( 'https://x.example/a.woff' ) }</style></svg>",
            "<svg><style>a { background: u\\72 l(//x.example) }</style></svg>",
            "<svg><g style='fill: url(https://x.example/a.svg#b)'/></svg>",
            "<svg><g fill=\"url(&quot;a.svg#b&quot;)\"/></svg>",
        ])
    func found(svg: String) {
        #expect(danger(svg) != nil)
    }

    @Test(
        "What only draws is left alone",
        arguments: [
            "", "<svg/>", "no drawing", "<svg", "<svg><!-- <script> --></svg>",
            "<svg><![CDATA[<script>]]></svg>",
            "<svg><a href='https://x.example/'/><use href='#a'/><image xlink:href=' data:image/png;base64,AAAA'/></svg>",
            "<svg><style>a { fill: url(#b); src: url( \"data:font/woff2;base64,AA\" ) }</style><g fill='url(#b)'/></svg>",
            "<svg><g style='filter: url(&quot;#b&quot;)'/></svg>",
            "<svg><title>An @import of a url(https://x.example/)</title></svg>",
            """
            <?xml version="1.0" encoding="UTF-8" standalone="no"?>
            <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" class="icon once" aria-label="hold on = wait">
            <title>A script for the day: on &#38; on</title><style>.a { fill: red }</style><metadata/>
            <text>onload = x</text><path d="M0 0" data-on="1"/></svg>
            """,
        ])
    func drawn(svg: String) {
        #expect(danger(svg) == nil)
    }

    @Test("Text in another encoding is refused, since nobody can look into it")
    func encodings() {
        #expect(Drawing([0xFF, 0xFE, 0x3C, 0x00]).danger != nil)
        #expect(Drawing(Array("<svg>".utf8) + [0xE9]).danger != nil)
    }

    @Test("The place is where the tag begins, and shared pictures, a council's and logos are looked at")
    func places() {
        let files = InMemoryFileSystem()
        for path in ["guidance/a.svg", "councils/x/logo.SVG", "pictures/p.svg"] {
            try? files.write(Array("<svg>\n <g onclick='x()'/></svg>".utf8), to: "/content/" + path)
        }
        let found = PictureFile.problems(
            in: ["guidance/a.svg", "councils/x/logo.SVG", "pictures/p.svg"], root: "/content", files)
        #expect(found.map(\.rule) == ["DrawingWithScript", "DrawingWithScript", "DrawingWithScript"])
        #expect(
            found.first?.location?.range?.start.line == 2 && found.first?.location?.range?.start.column == 2)
    }
}
