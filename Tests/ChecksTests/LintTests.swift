import Support
import Testing
import Workspace

@testable import Checks

@Suite("Rules of a portal")
struct LintTests {
    private func rules(_ files: [String: String], _ rule: String) throws -> [Diagnostic] {
        try LintSample(files).problems(rule)
    }

    private func council(_ text: String) -> [String: String] {
        [LintSample.council: "name: A\nnation: england\nlanguages: [en]\n" + text]
    }

    @Test("two national organisations with one number are found")
    func contactTwice() throws {
        let portal =
            "name: H\nbase-url: https://h.gov.uk\nlanguages: [en]\ncontacts:\n  nyas: {name: NYAS, phone: 0808 808 1001}\n"
        let twice = portal + "  coram: {name: Coram Voice, phone: 0808 808 1001}\n"
        #expect(try rules([LintSample.portal: twice], "ContactTwice").count == 1)
        let other = portal + "  coram: {name: Coram Voice, phone: 0808 800 5792}\n"
        #expect(try rules([LintSample.portal: other], "ContactTwice").isEmpty)
        // A council's switchboard puts people through to several of its teams.
        let own = council(
            "contacts:\n  chair: {name: Chair, phone: 01865 815672}\n  team: {name: Team, phone: 01865 815672}\n"
        )
        #expect(try rules(own, "ContactTwice").isEmpty)
    }

    @Test("an address one letter off another is found, numbered teams are not")
    func nearbyContact() throws {
        func pair(_ a: String, _ b: String) -> [String: String] {
            council("contacts:\n  a: {name: One, email: \(a)}\n  b: {name: Two, email: \(b)}\n")
        }
        #expect(try rules(pair("chair@kent.gov.uk", "chiar@kent.gov.uk"), "NearbyContact").count == 1)
        #expect(try rules(pair("help@kent.gov.uk", "help@kent.gov.ukk"), "NearbyContact").count == 1)
        #expect(try rules(pair("team1@kent.gov.uk", "team2@kent.gov.uk"), "NearbyContact").isEmpty)
        #expect(try rules(pair("CCANorth@kent.gov.uk", "CCASouth@kent.gov.uk"), "NearbyContact").isEmpty)
    }

    @Test("'partially' needs a list of what fails")
    func partial() throws {
        let text = "accessibility: {status: partially, prepared: 2026-11-01}\n"
        #expect(try rules(council(text), "PartialWithoutList").count == 1)
        let listed =
            "accessibility: {status: partially, prepared: 2026-11-01, non-compliance: [Some files have no headings.]}\n"
        #expect(try rules(council(listed), "PartialWithoutList").isEmpty)
    }

    @Test(
        "an address that is an example keeps a strict check from passing",
        arguments: [
            "https://guidance.example.org", "https://a.example", "http://localhost:8000", "https://x.test",
        ])
    func example(_ address: String) throws {
        let found = try rules(
            [LintSample.portal: "name: H\nbase-url: \(address)\nlanguages: [en]\n"], "ExampleAddress")
        #expect(found.map(\.severity) == [.note])
        #expect(found.first?.location?.range?.start == SourcePosition(line: 2, column: 11))
        #expect(Diagnostics(found).escalating(CheckRules.requiredToPublish).hasErrors)
        #expect(try rules([:], "ExampleAddress").isEmpty)
    }

    @Test("a page that leads through others is not empty, one without steps is")
    func leadingPage() throws {
        func problems(_ matter: String) throws -> [Diagnostic] {
            try LintSample([LintSample.page: "---\ntitle: I have a letter\n\(matter)---\n"]).problems(
                "EmptyPage")
        }
        #expect(try problems("steps:\n  - complaints\n").isEmpty)
        #expect(try problems("order: 1\n").count == 1)
    }

    @Test("a sentence may stand in several sections that are shown to some, and not twice for all")
    func repeatedInConditionalSections() throws {
        func problems(_ attributes: String) throws -> Int {
            let section = "If you do not know the day, ask your social worker.\n\n"
            return try LintSample([
                LintSample.page:
                    "# Dates\n\n## One {#a\(attributes)}\n\n\(section)## Two {#b\(attributes)}\n\n\(section)"
            ]).problems("RepeatedText").count
        }
        #expect(try problems("") == 1)
        #expect(try problems(" when=nation:england") == 0)
    }

    @Test("facts age")
    func age() throws {
        let old = council("facts:\n  early: {value: 20 minutes, checked: 2019-01-31}\n")
        #expect(try rules(old, "FactCheckOverdue").count == 1)
        let new = council("facts:\n  early: {value: 20 minutes, checked: 2026-01-31}\n")
        #expect(try rules(new, "FactCheckOverdue").isEmpty)
        let half = council("facts:\n  early: {value: 20 minutes, checked: 2026-01-31}\n  late: 3 days\n")
        #expect(try rules(half, "FactsNeverChecked").count == 1)
        #expect(try rules(new, "FactsNeverChecked").isEmpty)
    }

    @Test(
        "copies and files that nobody reads are named",
        arguments: [
            ("rights (1).md", "CopyOfFile"), ("rights - Copy.md", "CopyOfFile"), ("README.md", "CopyOfFile"),
            ("rights_old.md", "CopyOfFile"), ("rights.docx", "UnreadFile"), ("rights.txt", "UnreadFile"),
            ("rights.MD", "UnreadFile"), ("pl_PL.po", "UnreadFile"), ("guide.yaml", "UnreadFile"),
        ])
    func files(_ name: String, _ rule: String) {
        let rules = CheckRules.folderRules.flatMap { $0.problems(in: ["guidance/" + name], root: "content") }
        #expect(rules.map(\.rule) == [rule])
    }

    @Test(
        "files as they should be are left alone",
        arguments: [
            "rights.md", "your-rights-2019.md", "map.png", "council.yml", "pl.po", "older-children.md",
        ])
    func goodFiles(_ name: String) {
        #expect(CheckRules.folderRules.flatMap { $0.problems(in: ["guidance/" + name], root: "c") }.isEmpty)
    }

    @Test("a sentence that a council's fact makes too long is found in that council only")
    func resolved() throws {
        let words = Array(repeating: "word", count: 28).joined(separator: " ")
        let files = [LintSample.page: "# P\n\nThe \(words) {{title}}.\n"]
        let long = files.merging(council("facts:\n  title: the very independent reviewing officer of us\n")) {
            $1
        }
        #expect(try rules(long, "LongSentence").count == 1)
        #expect(try rules(files.merging(council("facts:\n  title: chair\n")) { $1 }, "LongSentence").isEmpty)
    }

    @Test("a typed number is compared with the contacts")
    func typed() throws {
        let files = council("contacts:\n  chair: {name: C, phone: 01865 815672, email: chair@kent.gov.uk}\n")
        func found(_ text: String) throws -> [Diagnostic] {
            try rules(files.merging([LintSample.page: "# P\n\n\(text)\n"]) { $1 }, "TypedContact")
        }
        #expect(try found("Phone 01865 815672.").first?.help?.contains("{{contact chair}}") == true)
        #expect(try found("Phone 01865 815627.").first?.message.contains("differs by one sign") == true)
        #expect(try found("Write to <chiar@kent.gov.uk>.").first?.message.contains("differs") == true)
        #expect(try found("## Phone 01865 815672").first?.location?.range?.start.column == 10)
    }
}

@Suite("What people say about rules")
struct LintPolicyTests {
    private let text = "# P\n\nWrite TBC in the box."

    @Test("a silence with a reason keeps one rule quiet in one block")
    func silence() throws {
        func rules(_ text: String) throws -> [String] {
            try LintSample([LintSample.page: text]).problems().map(\.rule).filter {
                CheckRules.names.contains($0) && !EditionChecks.requiredToPublish.contains($0)
            }
        }
        #expect(try rules(text) == ["EditorsNote"])
        #expect(try rules(text + " {ignore=EditorsNote because=\"the form says so\"}").isEmpty)
        // Another block is not silenced.
        #expect(
            try rules(text + " {ignore=EditorsNote because=\"the form says so\"}\n\nMore TBC.\n") == [
                "EditorsNote"
            ])
        #expect(
            try rules(text + " {ignore=EditorsNote}").sorted() == ["EditorsNote", "SilenceWithoutReason"])
        #expect(try rules("# P\n\nYes. {ignore=EditorsNote because=\"x\"}") == ["UnusedSilence"])
        #expect(
            try rules("# P\n\n- a\n- TBC {ignore=EditorsNote because=\"a list's item\"}\n- b").isEmpty)
        let unknown = try LintSample([LintSample.page: "# P\n\nYes. {ignore=EditorNote because=\"x\"}"])
            .problems("UnknownRule")
        #expect(unknown.first?.help == "Did you mean 'EditorsNote'?")
    }

    @Test("a portal turns rules off, up and down, everywhere or in one folder")
    func levels() throws {
        func found(_ checks: String) throws -> [Diagnostic] {
            try LintSample([
                LintSample.portal:
                    "name: H\nbase-url: https://h.gov.uk\nlanguages: [en]\nchecks:\n\(checks)\n",
                LintSample.page: text,
            ]).problems().filter {
                ["EditorsNote", "SilenceWithoutReason", "UnknownRule", "UnusedSilence"].contains($0.rule)
            }
        }
        #expect(try found("  EditorsNote: {level: off, because: \"x\"}").isEmpty)
        #expect(try found("  EditorsNote: error").map(\.severity) == [.error])
        #expect(
            try found("  EditorsNote: {level: error, paths: {guidance: {level: off, because: \"x\"}}}")
                .isEmpty)
        #expect(try found("  EditorsNote: {paths: {councils: note}}").map(\.severity) == [.warning])
        #expect(try found("  EditorsNote: {paths: {guidance/page.md: note}}").map(\.severity) == [.note])
        #expect(try found("  EditorNote: off").map(\.rule).contains("UnknownRule"))
    }

    @Test("what must not be published is turned off with a reason only, and not where there is none of it")
    func reasons() throws {
        func found(_ checks: String, _ page: String) throws -> [String] {
            try LintSample([
                LintSample.portal:
                    "name: H\nbase-url: https://h.gov.uk\nlanguages: [en]\nchecks:\n  \(checks)\n",
                LintSample.page: page,
            ]).problems().filter {
                ["EditorsNote", "OddSpace", "SilenceWithoutReason", "UnusedSilence"].contains($0.rule)
            }.map(\.rule).sorted()
        }
        #expect(try found("EditorsNote: off", text) == ["EditorsNote", "SilenceWithoutReason"])
        #expect(
            try found("EditorsNote: {paths: {guidance: off}}", text)
                == ["EditorsNote", "SilenceWithoutReason"])
        #expect(try found("EditorsNote: {paths: {guidance: {level: off, because: x}}}", text) == [])
        #expect(
            try found("EditorsNote: {paths: {guidance: {level: off, because: x}}}", "# P\n\nYes.\n")
                == ["UnusedSilence"])
        // A matter of taste needs no reason, and may never come up.
        #expect(try found("OddSpace: off", "# P\n\nYes , no.\n") == [])
        #expect(try found("OddSpace: off", "# P\n\nYes.\n") == [])
    }

    @Test("a rule's limit can be changed")
    func limit() throws {
        let page = "# P\n\n" + Array(repeating: "word", count: 20).joined(separator: " ") + ".\n"
        func found(_ checks: String) throws -> Int {
            try LintSample([
                LintSample.portal: "name: H\nbase-url: https://h.gov.uk\nlanguages: [en]\n\(checks)",
                LintSample.page: page,
            ]).problems("LongSentence").count
        }
        #expect(try found("") == 0)
        #expect(try found("checks:\n  LongSentence: {limit: 12}\n") == 1)
    }

    @Test("a baseline knows a problem when lines are added above it, and not when there is one more")
    func baseline() throws {
        func check(_ text: String) throws -> (Diagnostics, (Workspace.SourceLocation) -> String?) {
            let found = try LintSample([LintSample.page: text]).problems("EditorsNote")
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let line: (Workspace.SourceLocation) -> String? = {
                $0.range.map { String(lines[$0.start.line - 1]) }
            }
            return (Diagnostics(found), line)
        }
        let (first, line) = try check(text)
        let baseline = Baseline(Baseline(first, line: line).text)
        let (moved, movedLine) = try check("# P\n\nNew.\n\nMore.\n\nWrite TBC in the box.")
        #expect(baseline.new(in: moved, line: movedLine).diagnostics.isEmpty)
        let (more, moreLine) = try check("# P\n\nWrite TBC in the box.\n\nThe chair: TBC.")
        let new = baseline.new(in: more, line: moreLine)
        #expect(new.diagnostics.sorted.map { $0.location?.range?.start.line } == [5])
        let (none, noLine) = try check("# P\n\nFine.")
        #expect(baseline.new(in: none, line: noLine).gone == 1)
    }
}

@Suite("Words that are shown as code")
struct CodeTests {
    @Test(
        "a fence is closed by as many signs of its kind, where it stands",
        arguments: [
            ("```\ncode\n```\n", [Int]()), ("~~~~\n```\n~~~~\n", []), ("````\ncode\n```\n\nWords.\n", [1]),
            ("```\ncode\n~~~\n", [1]), ("> ```\n> code\n> ```\n\nWords.\n", []),
            ("> ```\n> code\n\nWords.\n", [1]),
            ("- one\n\n  ```\n  code\n  ```\n- two\n", []), ("- one\n\n  ```\n  code\n", [3]),
            ("Words.\n\n```\n", [3]),
            ("```\ncode\n``` \n\n```\n\n## Lost {#lost}\n", [5]),
        ])
    func fences(_ text: String, _ lines: [Int]) throws {
        let found = try LintSample([LintSample.page: "# Page\n\n" + text]).problems().filter {
            $0.rule == "UnclosedFence"
        }
        #expect(found.map { ($0.location?.range?.start.line ?? 0) - 2 } == lines)
    }
}

@Suite("What a check puts right")
struct FixTests {
    private func fixed(_ text: String) throws -> String {
        let problems = try LintSample([LintSample.page: text]).problems().filter {
            Fixes.rules.contains($0.rule) && $0.location?.file == LintSample.page
        }
        return Fixes(text, problems: problems).text
    }

    @Test(
        "signs of other programs become Markdown",
        arguments: [
            ("You can bring:\n•\ta friend\n•\ta relative\n", "You can bring:\n\n- a friend\n- a relative\n"),
            ("o\tone\no\ttwo\n", "- one\n- two\n"), ("– one\n– two\n", "- one\n- two\n"),
            ("##What to bring\n\nNotes.\n", "## What to bring\n\nNotes.\n"),
            ("\n\n---\ntitle: Rights\n---\n\nYes.\n", "---\ntitle: Rights\n---\n\nYes.\n"),
            ("This is \\*\\*very\\*\\* old.\n", "This is **very** old.\n"),
            ("Read \\[rights\\](rights.md) now.\n", "Read [rights](rights.md) now.\n"),
            ("A friend , a relative.\n", "A friend, a relative.\n"),
            ("They closed.It moved.\n", "They closed. It moved.\n"),
            ("• one\r\n• two\r\n", "- one\r\n- two\r\n"),
            ("Bring \u{202E}a fr\u{200B}iend\u{202C}.\n", "Bring a friend.\n"),
        ])
    func right(_ text: String, _ wanted: String) throws {
        #expect(try fixed(text) == wanted)
        #expect(try fixed(wanted) == wanted)
    }

    @Test(
        "names with signs in them are no sentences cut together",
        arguments: [
            "Write to jane.Smith@kent.gov.uk today.", "See www.Kent.gov.uk for more.",
            "See <https://www.kent.gov.uk/About.Us> for more.", "Send us Complaint.Docx by post.",
            "It is `bc.users.models.User` there.", "It is bc.users.models.User there.",
            "Ask for `home.You` and `a , b` there.", "Some parents, e.g.You, may come.",
            "Read [the page](https://www.kent.gov.uk/home.You) now.", "See kent.Gov.uk and Amazon.Com there.",
        ])
    func names(_ sentence: String) throws {
        let text = "# Page\n\n\(sentence)\n"
        let found = try LintSample([LintSample.page: text]).problems("OddSpace")
        #expect(found.isEmpty, "\(found)")
        #expect(try fixed(text) == text)
    }

    @Test(
        "the sign that is wrong is put right, not one like it before",
        arguments: [
            (
                "We use [StatusCake](https://www.statuscake.com/) as a basic service.We configure it.",
                "We use [StatusCake](https://www.statuscake.com/) as a basic service. We configure it."
            ),
            (
                "Write to jo.Bloggs@kent.gov.uk.They answer.You wait.We tell you.They help ,too , and go.",
                "Write to jo.Bloggs@kent.gov.uk.They answer. You wait. We tell you. They help ,too, and go."
            ),
            (
                "See `a.b` and **the e.g. list** of [it](x.y.md \"a.B\").They &amp; we meet.You come.",
                "See `a.b` and **the e.g. list** of [it](x.y.md \"a.B\"). They &amp; we meet. You come."
            ),
            (
                "> Line one of it.\n> The *second* line.Here <span>it</span> is.Now go.",
                "> Line one of it.\n> The *second* line. Here <span>it</span> is. Now go."
            ),
            ("Ask \\*us\\*.Now it ends.You go.", "Ask \\*us\\*.Now it ends. You go."),
        ])
    func exactPlace(_ line: String, _ wanted: String) throws {
        let problems = try LintSample([LintSample.page: "# Page\n\n\(line)\n"]).problems("OddSpace")
        #expect(Fixes("# Page\n\n\(line)\n", problems: problems).text == "# Page\n\n\(wanted)\n")
        for problem in problems {
            let range = try #require(problem.location?.range)
            let written = line.split(separator: "\n")[range.start.line - 3].unicodeScalars
            let sign = written[written.index(written.startIndex, offsetBy: range.end.column - 2)]
            #expect(sign == "." || sign == ",")
        }
    }

    @Test(
        "what may be meant in two ways stays",
        arguments: ["a) one\nb) two\n", "    may be meant as code\n", "Nothing wrong here.\n"])
    func unsure(_ text: String) throws {
        #expect(try fixed(text) == text)
    }
}
