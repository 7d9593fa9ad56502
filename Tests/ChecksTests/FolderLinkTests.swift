import Support
import Testing
import Workspace

@testable import Checks

/// Links of a folder of Markdown that is no portal.
@Suite("Links within a folder")
struct FolderLinkTests {
    private static let rules: Set<String> = ["DeadLink", "DeadFragment", "MissingFile"]

    /// Rule, file below the folder, line, column and help of what is found.
    private func found(_ files: [String: String]) async throws -> [String] {
        let day = try #require(CalendarDate("2026-11-28"))
        let system = InMemoryFileSystem(
            Dictionary(uniqueKeysWithValues: files.map { ("old/\($0.key)", $0.value) }))
        let linter = Linter(phrases: LintSample.phrases, today: day, in: system)
        return try await linter.problems(inFolder: "old").problems.sorted.filter {
            Self.rules.contains($0.rule)
        }
        .map { problem in
            let start = problem.location?.range?.start
            return
                "\(problem.rule) \(problem.location?.file.dropFirst(4) ?? "") \(start?.line ?? 0):\(start?.column ?? 0) \(problem.help ?? "")"
        }
    }

    private static let rights = "# Your rights\n\nYou can come.\n\n## Bring somebody\n\nYou can.\n"

    @Test(
        "a page, a section and a picture that are not there are found at their place, with the nearest name")
    func dead() async throws {
        let page = """
            # The meeting

            Read [your rights](rihgts.md), [who can come](rights.md#bring-sombody) and [the end](#the-end).

            ![The room](romm.png)

            Read [the form](papers/form.pdf).
            """
        #expect(
            try await found(["meeting.md": page, "rights.md": Self.rights, "room.png": "x"]) == [
                "DeadLink meeting.md 3:20 Did you mean 'rights.md'?",
                "DeadFragment meeting.md 3:47 Did you mean 'bring-somebody'?",
                "DeadFragment meeting.md 3:86 ",
                "MissingFile meeting.md 5:13 Did you mean 'room.png'?",
                "DeadLink meeting.md 7:17 ",
            ])
    }

    @Test("a page of the same name in another folder is named by its path from here")
    func elsewhere() async throws {
        #expect(
            try await found([
                "a/one.md": "# One\n\n[Two](two.md) is there.\n", "b/c/two.md": "# Two\n\nYes.\n",
            ])
                == ["DeadLink a/one.md 3:7 Did you mean '../b/c/two.md'?"])
    }

    @Test("letters in another case lead nowhere on a web server")
    func letterCase() async throws {
        #expect(
            try await found(["one.md": "# One\n\n[Two](Two.MD) is there.\n", "two.md": "# Two\n\nYes.\n"])
                == ["DeadLink one.md 3:7 Did you mean 'two.md'?"])
    }

    @Test(
        "what some program can follow is left alone",
        arguments: [
            "[A](rights.md)", "[A](rights.md#bring-somebody)", "[A](rights#bring-somebody)",
            "[A](./rights.md)",
            "[A](/rights)", "[A](/rights/)", "[A](rights.html#bring-somebody)", "[A](rights/)",
            "[A](rights.md#Bring_Somebody)", "[A](rights.md#your-rights)", "[A](rights.md#top)", "[A](#)",
            "[A](../outside.md)", "[A](https://www.gov.uk/nowhere.md)", "[A](mailto:a@kent.gov.uk)",
            "[A](www.kent.gov.uk/x)", "[A](jo@kent.gov.uk)", "[A]({{ site.baseurl }}/x.md)", "[A](papers)",
            "[A](papers/form%20one.pdf)", "![A](papers/map.png)", "![A](https://kent.gov.uk/map.png)",
            "![A](data:image/png;base64,AAAA)", "[A](/sites/default/files/form.pdf)",
            "[A](rights.md#:~:text=x)",
            "[A](old-rights)", "[A](#written-here)", "[A](#who)", "`[A](nowhere.md)`",
            "![](media/image3.emf)",
        ])
    func alive(_ link: String) async throws {
        let page = """
            # The meeting

            \(link) is a word of it.

            ## Who {#who}

            You.

            <a name="written-here"></a>
            """
        #expect(
            try await found([
                "meeting.md": page, "rights.md": "---\npermalink: /old-rights\n---\n\n" + Self.rights,
                "papers/form one.pdf": "x", "papers/map.png": "x",
            ]) == [])
    }

    @Test(
        "a folder of another program keeps pictures and pages where that program finds them",
        arguments: [
            ("hugo.toml", "content/rights/_index.md", "static/images/map.png"),
            ("_config.yml", "_pages/rights.md", "assets/images/map.png"),
            ("mkdocs.yml", "docs/rights.md", "docs/images/map.png"),
            ("config/tech-docs.yml", "source/rights.html.md.erb", "source/images/map.png"),
        ])
    func sites(_ settings: String, _ page: String, _ picture: String) async throws {
        let folder = page.split(separator: "/")[0]
        let text = "# The meeting\n\n[Rights](/rights/), [more](../rights/) and [tags](/tags/all/).\n\n"
        let files = [
            settings: "title: x", page: Self.rights, picture: "x",
            "\(folder)/meeting.md": text + "![The room](/images/map.png)\n",
        ]
        #expect(try await found(files) == [])
        // What is named as a file, and is nowhere, is dead there as well.
        let dead = text + "[Form](form.md) and ![the room](/images/mpa.png) are not there.\n"
        #expect(
            try await found(files.merging(["\(folder)/meeting.md": dead]) { $1 }).map {
                $0.prefix { $0 != " " }
            }
                == ["DeadLink", "MissingFile"])
    }

    @Test("parts that another page takes in lead to its sections")
    func parts() async throws {
        #expect(
            try await found([
                "guide/_errors.md": "See [the rights](#bring-somebody).\n", "guide/_rights.md": Self.rights,
            ]) == [])
    }

    @Test("a page with the tags of a template may have more sections than are written")
    func templates() async throws {
        let link = "[Errors](#errors) are there.\n\n"
        #expect(try await found(["a.md": "# A\n\n\(link){% include errors.md %}\n"]) == [])
        #expect(try await found(["a.md": "# A\n\n\(link)"]).count == 1)
    }
}
