import ArgumentParser

/// Loads and validates everything; renders nothing, writes nothing.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find every problem in the content and the theme; write nothing.")
}
