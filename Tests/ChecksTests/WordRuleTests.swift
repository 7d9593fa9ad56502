import Support
import Testing
import Workspace

@testable import Checks

/// What is wrong at which words, and its clean twin.
@Suite("Words at their place")
struct WordRuleTests {
    private func found(_ page: String, _ rule: String) throws -> [String] {
        try LintSample([LintSample.page: "# Page\n\n" + page + "\n"]).problems(rule).map {
            "\($0.location?.range?.start.line ?? 0):\($0.location?.range?.start.column ?? 0)"
        }
    }

    /// - Parameter page: `⟦` stands where the rule has something to say.
    private func check(_ page: String, _ rule: String) throws {
        var places: [String] = []
        var (line, column) = (3, 1)
        for sign in page {
            if sign == Rule.mark {
                places.append("\(line):\(column)")
            } else if sign == "\n" {
                (line, column) = (line + 1, 1)
            } else {
                column += sign.unicodeScalars.count
            }
        }
        #expect(try found(page.filter { $0 != Rule.mark }, rule) == places)
    }

    @Test(
        "e-mail addresses that nobody can use",
        arguments: [
            "Write to ⟦cp(at)kent.gov.uk.", "Write to ⟦cp [at] kent [dot] gov [dot] uk now.",
            "E-mail ⟦cp@kent .gov.uk or phone.", "E-mail ⟦cp@ kent.gov.uk or phone.",
            "E-mail ⟦cp@kent. gov.uk or phone.", "E-mail ⟦cp@@kent.gov.uk.", "E-mail ⟦cp@kent..gov.uk.",
            "E-mail ⟦cp@kent,gov.uk.", "E-mail ⟦cp@kent gov.uk.", "E-mail ⟦cp @kent.gov.uk.",
            // Twins.
            "Write to cp@kent.gov.uk.", "Follow us @kent.gov.uk.", "Meet @ the office.",
            "Use your @kent.gov.uk address.",
            "Write to jo@kent.gov.uk. Gov help is free.", "Write to jo@kent.gov.uk, or phone.",
            "Say who (at the door) you are.", "Write `cp(at)kent.gov.uk` for it.",
            "Write to jo@kent.gov.uk, nhs staff too.",
        ])
    func email(_ page: String) throws {
        try check(page, "BrokenEmail")
    }

    @Test(
        "numbers that no phone can dial",
        arguments: [
            "Phone ⟦01865 81567 for help.", "Phone us on ⟦01865 8156722.", "Call ⟦0300 12 1234 now.",
            "Ring the office on ⟦020 7946 09581.", "Text ⟦07700 90012.",
            "Phone 01865 815672 or ⟦01865 81567.",
            "Ask for ⟦ext. 4512.", "Tel: ⟦01865-81567",
            // Twins.
            "Phone 01865 815672.", "Phone 0800 1111, 24 hours a day.", "Call 0300 123 1234 24 hours.",
            "Your account number is 01234567.", "Call on 01 02 2026.", "Phone 01632 960 111/112.",
            "Phone 01865 815672 ext. 12.", "Phone 01865 815672, or ask for extension 33.", "Text 85258.",
            "Call between 09 30 and 10 30.", "Phone 016977 2345.", "Phone 0044 1865 815672 from abroad.",
            "Call 01865 815672 0900 to 1700.", "Phone 0845 46 47.", "An extension of 15 days is rare.",
            "Write the reference 00123456 on it.", "Phone 18001 0300 123 1234.",
        ])
    func number(_ page: String) throws {
        try check(page, "ImpossibleNumber")
    }

    @Test(
        "pictures that are described by their files",
        arguments: [
            "![⟦image001](a.png)", "![⟦IMG_2034.JPG](a.png)", "![⟦Picture 3](a.png)", "![⟦room.png](a.png)",
            "![⟦A picture containing text, description automatically generated](a.png)",
            "![⟦20240312_1](a.png)",
            // Twins.
            "![A table in the room](a.png)", "![](a.png)", "![Picture of the room](a.png)",
            "![Room 3](a.png)",
            "![Chart of visits in 2024](a.png)",
        ])
    func alternative(_ page: String) throws {
        try check(page, "AlternativeIsName")
    }

    @Test(
        "one number behind two names",
        arguments: [
            "- Childline: 0800 1111\n- ⟦NSPCC: 0800 1111",
            "**Police:** 01865 815672\n\n**⟦Housing:** 01865 815672",
            "| Who | Phone |\n|---|---|\n| Childline | 0800 1111 |\n| NSPCC | 0800 1111 |",
            // Twins.
            "- Childline: 0800 1111\n- NSPCC: 0808 800 5000",
            "- The chair: 01865 815672\n- Conference chair: 01865 815672",
            "- Phone: 01865 815672\n- Out of hours: 01865 815672",
            "Childline is on 0800 1111. Ask NSPCC on 0800 1111.",
        ])
    func twoNames(_ page: String) throws {
        try check(page, "NumberForTwo")
    }

    @Test(
        "what points above the first words of a page, or below its last",
        arguments: [
            "As ⟦mentioned above, you can come.", "You can come (⟦see above).",
            "Come.\n\nFor the rest, ⟦see below.",
            // Twins.
            "Come.\n\nAs mentioned above, you can come.", "Look at the door (see above the bell).",
            "For the rest, see below.\n\nCome.", "For the rest, see below: you can come. Ask first.",
        ])
    func pointers(_ page: String) throws {
        try check(page, "ReferenceToNothing")
    }

    @Test(
        "a heading without its space, and what only begins with its sign",
        arguments: [
            "⟦##What to bring", "⟦#What to bring",
            // Twins.
            "## What to bring", "#OurKent", "#1 is the chair.", "`##What to bring`",
        ])
    func heading(_ page: String) throws {
        try check(page, "HeadingWithoutSpace")
    }

    @Test("the mark of a campaign is no heading that could be put right without a doubt")
    func hashtag() throws {
        let text = "# Page\n\n#OurKent is back on Monday.\n"
        let problems = try LintSample([LintSample.page: text]).problems("HeadingWithoutSpace")
        #expect(Fixes(text, problems: problems).changes.isEmpty)
        let heading = "# Page\n\n#What to bring\n"
        let others = try LintSample([LintSample.page: heading]).problems("HeadingWithoutSpace")
        #expect(Fixes(heading, problems: others).text == "# Page\n\n# What to bring\n")
    }

    @Test(
        "long sentences, and the rows of a table that did not become one",
        arguments: [
            "⟦" + String(repeating: "word ", count: 30) + "ends.",
            // Twins.
            String(repeating: "word ", count: 29) + "ends.",
            String(repeating: "| word word ", count: 20) + "|",
        ])
    func sentence(_ page: String) throws {
        try check(page, "LongSentence")
    }

    @Test(
        "dates with stops and hyphens are on the calendar or not",
        arguments: [
            "Come on Monday ⟦12.3.2024.", "Come on ⟦31.2.2024.", "Come on ⟦31-4-2024.",
            // Twins.
            "Come on Thursday 14.3.2024.", "Come on 14-3-2024.", "Version 2.31.2024 is out.",
            "See 14.3 of it.",
        ])
    func date(_ page: String) throws {
        try check(page, "ImpossibleDate")
    }

    @Test(
        "a date with stops that is past is one of a day gone by",
        arguments: ["⟦We will meet on 14.3.2024.", "We will meet on 14.3.2099."])
    func dayGoneBy(_ page: String) throws {
        #expect(try found(page.filter { $0 != Rule.mark }, "DayGoneBy").isEmpty != page.contains(Rule.mark))
    }

    @Test(
        "elements of HTML that readers would see",
        arguments: [
            "⟦<div class=\"box\">\nCome.\n</div>", "⟦Come <b>early</b>.",
            // Twins.
            "Come **early**.", "Write `<b>` here.", "Come.\n\n<!-- ask the chair -->",
            "Fewer than 3 < 4 > 2.",
        ])
    func html(_ page: String) throws {
        try check(page, "RawHTML")
    }

    @Test("marks of HTML that have a sign in Markdown are put right, others stay")
    func fixedHTML() throws {
        func fixed(_ text: String) throws -> String {
            let page = "# Page\n\n\(text)\n"
            let problems = try LintSample([LintSample.page: page]).problems("RawHTML")
            return String(Fixes(page, problems: problems).text.dropFirst(8).dropLast())
        }
        #expect(try fixed("Come <b>early</b>.") == "Come **early**.")
        #expect(
            try fixed("<a href=\"rights.md\">Your rights</a> are here.")
                == "[Your rights](rights.md) are here.")
        // What only says how something looks is left out.
        #expect(
            try fixed("<p class=\"lead\">Come <b style=\"color: red\">early</b>.</p>") == "Come **early**.")
        #expect(
            try fixed("See <a class=\"x\" href=\"rights.md\" target=\"_blank\">your rights</a>.")
                == "See [your rights](rights.md).")
        #expect(try fixed("<img width=\"9\" alt=\"The room\" src=\"a.png\">") == "![The room](a.png)")
        #expect(
            try fixed("<div class=\"box\">\n\nCome.\n\n</div>\n\n<div>\n\nSit.\n\n</div>")
                .split(separator: "\n") == ["Come.", "Sit."])
        // What says more stays: where a link leads to, who sees it, words for nobody.
        for text in [
            "<p id=\"who\">Come.</p>", "<div hidden>\n\nCome.\n\n</div>", "<div>\n\nCome.",
            "<span style=\"display: none\">Come.</span>", "<img src=\"a.png\">", "<p lang=\"pl\">Tak.</p>",
        ] { #expect(try fixed(text) == text) }
        #expect(try fixed("<video src=\"a.mp4\"></video>") == "<video src=\"a.mp4\"></video>")
    }
}
