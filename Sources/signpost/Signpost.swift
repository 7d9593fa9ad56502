import ArgumentParser
import Workspace

@main
struct Signpost: AsyncParsableCommand {
    func run() async throws {}
}
