import ArgumentParser

/// Builds the site.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "build", abstract: "Publish the site.")
}
