import ArgumentParser
import Foundation
import Guidance
import Workspace

/// What every command about a site takes.
struct SiteOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder with portal.yml.", valueName: "dir"))
    var content = "content"

    @Option(help: ArgumentHelp("Only this council; repeat for several.", valueName: "id"))
    var council: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only this language, besides the one the guidance is written in; repeat for several.",
            valueName: "tag"))
    var language: [String] = []

    @Option(help: "How problems are written: text, json, github or sarif.")
    var format = DiagnosticFormat.text

    @Flag(help: "Treat what a publishable site must not lack as errors.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "The day that decides what has ended or is overdue (default: today, or SOURCE_DATE_EPOCH).",
            valueName: "yyyy-mm-dd"))
    var date: CalendarDate?

    var today: CalendarDate {
        if let date { return date }
        let environment = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Int.init)
        let seconds = environment ?? Int(Date().timeIntervalSince1970.rounded(.down))
        return CalendarDate(dayNumber: Int((Double(seconds) / 86_400).rounded(.down)))
    }

    func validate() throws {
        if let date, date.day == nil {
            throw ValidationError("--date needs a whole date such as 2026-11-21.")
        }
    }
}

extension DiagnosticFormat: ExpressibleByArgument {}

extension CalendarDate: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}
