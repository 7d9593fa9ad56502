import ArgumentParser
import Build
import Foundation
import Guidance
import Leaflets
import Markdown
import Search
import Translations
import Workspace

/// Says what Signpost finds on this machine.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what is there, what is missing, and how to get it.",
        discussion: """
            Looks for the content, the theme, the layout engine of leaflets and the fonts that the portal's languages \
            need. Exit status 1 if something that is needed is missing.
            """)

    @Option(
        help: ArgumentHelp("The folder with portal.yml.", valueName: "dir"), transform: PortalFolder.content)
    var content = PortalFolder.nearest + "content"

    @Option(help: ArgumentHelp("The theme's folder. Default: themes/default.", valueName: "dir"))
    var theme: String?

    func run() async throws {
        let options = try SiteOptions.parse(
            ["--content=\(content)"] + (theme.map { ["--theme=\($0)"] } ?? []))
        let findings = await Doctor(settings: options.settings(baseURL: nil), files: LocalFileSystem())
            .findings()
        var table = TextTable()
        for finding in findings {
            table.add(finding.state.rawValue, finding.subject, finding.text)
            if let help = finding.help { table.add("", "", help) }
        }
        Terminal.current().write(table.text())
        if findings.contains(where: { $0.state == .missing }) { throw ExitCode(1) }
    }
}

/// Looks at the machine.
struct Doctor: Sendable {
    let settings: SiteSettings
    let files: LocalFileSystem

    struct Finding: Sendable {
        enum State: String, Sendable {
            case found = "ok"
            /// Needed.
            case missing
            /// Something works less well without it.
            case absent = "optional"
            /// There, but not as it was tested.
            case other = "note"
        }

        var state: State
        var subject: String
        var text: String
        /// How to get it.
        var help: String?
    }

    func findings() async -> [Finding] {
        var found = [
            Finding(state: .found, subject: "Signpost", text: Signpost.version),
            Finding(state: .found, subject: "cmark-gfm", text: MarkdownParser.version),
        ]
        if let allocator = Allocator.name {
            found.append(Finding(state: .found, subject: "Memory", text: allocator))
        }
        var diagnostics = Diagnostics()
        let portal = Portal.load(from: settings.content, in: files, reporting: &diagnostics)
        found.append(content(portal))
        let hasTheme = settings.themeFolders.contains { files.exists(joinPath($0, "theme.yml")) }
        let folder = settings.themeFolders.last ?? settings.themes
        found.append(
            hasTheme
                ? Finding(state: .found, subject: "Theme", text: folder)
                : Finding(
                    state: .missing, subject: "Theme", text: "there is no theme.yml in \(folder)",
                    help: "Name the theme's folder with --theme, or start where themes/default is."))
        var problems = Diagnostics()
        if let leaflets = LeafletTheme.load(from: settings.themeFolders, in: files, reporting: &problems) {
            found += await engine(leaflets, portal?.languages ?? [])
        } else {
            found.append(
                Finding(
                    state: .missing, subject: "Leaflets",
                    text: problems.sorted.first?.message ?? "the theme has no templates for leaflets",
                    help: problems.sorted.first?.help))
        }
        found.append(await braille())
        found.append(await search())
        found.append(await tables())
        found.append(gettext())
        found.append(pdfText())
        return found
    }

    /// What there is of the layout engine and of the fonts for some languages.
    func leafletFindings(for languages: [Language]) async -> [Finding] {
        var problems = Diagnostics()
        guard let theme = LeafletTheme.load(from: settings.themeFolders, in: files, reporting: &problems)
        else { return [] }
        return await engine(theme, languages).filter { $0.subject != "Typst" || $0.state == .missing }
    }

    private func content(_ portal: Portal?) -> Finding {
        guard files.exists(joinPath(settings.content, "portal.yml")) else {
            return Finding(
                state: .missing, subject: "Content",
                text: "there is no \(joinPath(settings.content, "portal.yml"))",
                help: "Name the folder with --content, or start one with 'signpost new portal'.")
        }
        guard let portal else {
            return Finding(
                state: .missing, subject: "Content", text: "\(settings.content) cannot be read",
                help: "Run 'signpost check' to see why.")
        }
        return Finding(
            state: .found, subject: "Content",
            text: "\(settings.content): councils: \(portal.councils.count), languages: "
                + portal.languages.map(\.tag).joined(separator: " "))
    }

    private func engine(_ theme: LeafletTheme, _ languages: [Language]) async -> [Finding] {
        let python = settings.python
        let workers: TypstWorkers
        do {
            workers = try await TypstWorkers(TypstWorkers.Settings(python: python, count: 1), theme: theme)
        } catch {
            let reason = (error as? TypstWorkers.EngineMissing)?.reason ?? "\(error)"
            return [
                Finding(
                    state: .missing, subject: "Typst", text: "no leaflets can be made: \(reason) (\(python))",
                    help:
                        "Run 'make site', or '\(python) -m pip install typst==\(TypstWorkers.testedEngine)'; "
                        + "SIGNPOST_PYTHON names another Python.")
            ]
        }
        let isTested = workers.engine == TypstWorkers.testedEngine
        var found = [
            Finding(
                state: isTested ? .found : .other, subject: "Typst", text: "\(workers.engine) (\(python))",
                help: isTested
                    ? nil
                    : "Leaflets are tested with \(TypstWorkers.testedEngine): "
                        + "\(python) -m pip install typst==\(TypstWorkers.testedEngine)")
        ]
        let families = await workers.fontFamilies()
        await workers.stop()
        guard let families else {
            found.append(
                Finding(
                    state: .missing, subject: "Fonts",
                    text: "the layout engine did not say which fonts there are"))
            return found
        }
        return found + fonts(theme.fonts, languages, installed: Set(families.map { $0.lowercased() }))
    }

    /// One finding for each writing system of the portal.
    private func fonts(_ fonts: LeafletFonts, _ languages: [Language], installed: Set<String>) -> [Finding] {
        let scripts = Dictionary(grouping: languages, by: \.script).sorted {
            $0.key.rawValue < $1.key.rawValue
        }
        return scripts.map { script, languages in
            let subject = "Fonts, \(script.rawValue)"
            var names: [String] = []
            for language in languages {
                for printing in [false, true] {
                    for family in fonts.families(for: language, forPrinter: printing)
                    where !names.contains(family.name) {
                        names.append(family.name)
                    }
                }
            }
            let readers = languages.map(\.englishName).joined(separator: ", ")
            guard !names.isEmpty else {
                return Finding(
                    state: .missing, subject: subject, text: "the theme names no font for \(readers)",
                    help: "Name one in the theme's leaflets/fonts.yml.")
            }
            let lacking = names.filter { !installed.contains($0.lowercased()) }
            guard !lacking.isEmpty else {
                return Finding(
                    state: .found, subject: subject, text: "\(names.joined(separator: ", ")) (\(readers))")
            }
            let packages = Set(lacking.compactMap(Self.package)).sorted()
            return Finding(
                state: .missing, subject: subject,
                text: "\(lacking.joined(separator: ", ")): no leaflets in \(readers)",
                help: packages.isEmpty
                    ? "Install it, or name another font in the theme's leaflets/fonts.yml."
                    : "Debian and Ubuntu: apt-get install \(packages.joined(separator: " ")). Elsewhere: fonts.google.com/noto"
            )
        }
    }

    /// The Debian package that has a font.
    private static func package(of family: String) -> String? {
        guard family.hasPrefix("Noto ") else { return nil }
        return family.contains("CJK") ? "fonts-noto-cjk" : "fonts-noto-core"
    }

    private func braille() async -> Finding {
        do {
            let translator = try await BrailleTranslator(python: settings.python)
            translator.stop()
            return Finding(state: .found, subject: "Braille", text: "liblouis \(translator.version)")
        } catch {
            return Finding(
                state: .absent, subject: "Braille",
                text: "no leaflets can be made in braille: \(error.reason)",
                help: "Debian and Ubuntu: apt-get install liblouis-bin. macOS: brew install liblouis")
        }
    }

    private func search() async -> Finding {
        let python = settings.python
        do {
            let trials = try await SearchTrials(python: python, count: 1, client: "")
            trials.stop()
            return Finding(
                state: .found, subject: "Search",
                text: "can be tried: JavaScript by mini-racer \(trials.engine)")
        } catch {
            return Finding(
                state: .absent, subject: "Search",
                text: "works on the site, but cannot be tried here: \(error.reason)", help: SearchKit.help)
        }
    }

    /// What reads and writes spreadsheets and documents with translations.
    private func tables() async -> Finding {
        let exchange = ExchangeFile(python: settings.python)
        for kind in [ExchangeFile.Kind.xlsx, .docx] {
            do {
                // Where the package is there, an empty file is refused.
                _ = try await exchange.read(
                    "/dev/null", kind, source: .english, languages: [], charset: nil)
            } catch {
                guard let help = error.help else { continue }
                return Finding(
                    state: .absent, subject: "Tables",
                    text: "translations cannot come in or go out as \(kind.rawValue): \(error.reason)",
                    help: help)
            }
        }
        return Finding(state: .found, subject: "Tables", text: "translations in .xlsx and .docx")
    }

    private func program(_ name: String) -> String? {
        let folders = (SiteOptions.environment("PATH") ?? "").split(separator: ":").map(String.init)
        return folders.first { files.exists(joinPath($0, name)) }.map { joinPath($0, name) }
    }

    /// What reads the text of PDFs for `signpost import`.
    private func pdfText() -> Finding {
        if let path = program("pdftotext") { return Finding(state: .found, subject: "PDF text", text: path) }
        return Finding(
            state: .absent, subject: "PDF text", text: "not there; only 'signpost import' of PDFs uses it",
            help: "Debian and Ubuntu: apt-get install poppler-utils. macOS: brew install poppler")
    }

    private func gettext() -> Finding {
        if let path = program("msgfmt") { return Finding(state: .found, subject: "gettext", text: path) }
        return Finding(
            state: .absent, subject: "gettext", text: "not there; only translators' own checks use it",
            help: "Debian and Ubuntu: apt-get install gettext. macOS: brew install gettext")
    }
}
