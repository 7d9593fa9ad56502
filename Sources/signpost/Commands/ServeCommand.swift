import ArgumentParser
import Build
import Foundation
import Guidance
import Preview
import Publishing
import Workspace

/// Builds the site, shows it on this machine, and builds it again when the content changes.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Show the site on this machine while you write.",
        discussion: """
            Builds the site and shows it at http://localhost:8000, or at the next port that is free. When you save a \
            file it is built again, and the page that is open in your browser loads itself anew. Errors are shown over \
            the last good page, and go when they are mended. Stop with Ctrl-C. \
            The preview has a folder of its own: what 'signpost build' has published stays as it is. \
            "Edit" at the corner of a page changes the guidance, passage by passage, on this machine only.

            Examples:
              signpost serve --open
              signpost serve --council oxfordshire --no-leaflets --port 8080
              signpost serve --host 192.168.1.20     for a phone on the same network, by an address with a token
            """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var problems: ProblemOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "The port to listen on. Default: 8000, or the next one that is free.", valueName: "n"))
    var port: UInt16?

    @Option(
        help: ArgumentHelp(
            "The address of this machine to listen on. With another than the default, whoever has the address that is "
                + "printed can read what you write.", valueName: "address"))
    var host = "127.0.0.1"

    @Flag(help: "Open the site in the browser.")
    var open = false

    @Flag(help: "Only show the site: nothing can be edited in the page.")
    var readOnly = false

    /// Ports that are tried where none is named: more are not taken by chance.
    private static let ports: ClosedRange<UInt16> = 8000...8019

    func run() async throws {
        let terminal = Terminal.current()
        let files = options.files
        // Without a portal there will be no page, however long somebody waits.
        guard files.exists(joinPath(options.content, "portal.yml")) else {
            throw ValidationError(
                "there is no portal in '\(options.content)'. 'signpost new portal NAME' makes one; run this in its folder, or name its content folder with --content."
            )
        }
        let folder = output.preview(for: options).output
        // Before the build, which may take long, for a port that is taken.
        let kept = KeptParts()
        let settings = options.settings(baseURL: output.baseURL)
        let findings = FindingsReader(settings: settings, site: folder, files: files, kept: kept)
        let editor = ContentEditor(settings: settings, files: files, keeping: kept)
        let server = try await listen(
            folder, files, EditDesk(findings: findings, editor: editor, today: options.today))
        let preview = PreviewRun(
            options: options, problems: problems, output: output, server: server, findings: findings,
            editor: editor,
            terminal: terminal,
            files: files, kept: kept)
        if let warning = preview.warning { terminal.writeError(warning) }
        if open { Browser.open(preview.address, terminal) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask { try await preview.run() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func listen(
        _ folder: String, _ files: ContainedFileSystem, _ desk: EditDesk
    ) async throws -> PreviewServer {
        let address = host == "localhost" ? "127.0.0.1" : host
        do throws(PreviewServer.Failure) {
            return try await PreviewServer.start(
                folder: folder, host: address, ports: port.map { [$0] } ?? Array(Self.ports),
                access: ["127.0.0.1", "::1"].contains(address) ? .thisMachine : .byToken(), files: files,
                findings: { await desk.findings.findings(at: $0) },
                editing: readOnly ? nil : PreviewEditing { await desk.answer($0, $1) })
        } catch {
            switch error {
            case .notAnAddress(let host):
                throw ValidationError(
                    "'\(host)' is not an address of this machine. Give one such as 192.168.1.20, or 0.0.0.0 for all."
                )
            case .cannotListen(let port, let reason):
                throw ValidationError("cannot listen on port \(port): \(reason). Try another with --port.")
            }
        }
    }
}
