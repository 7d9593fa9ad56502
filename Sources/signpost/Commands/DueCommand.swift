import ArgumentParser
import Build
import Guidance
import Workspace

/// Lists what has to be looked at by a day.
struct DueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "due", abstract: "List what somebody has to look at soon, by whose it is.",
        discussion: """
            Pages with 'review-every', facts and contacts by their check dates, accessibility statements each year, and \
            translations whose original has changed. What nobody has ever checked is due at once.

            Examples:
              signpost due --within 60d
              signpost due --within 3m --council kent
              signpost due --within 1y --format ical > due.ics
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, ical }

    @OptionGroup var options: SiteOptions

    @Option(
        help: ArgumentHelp(
            "How far to look ahead: a number and d, w, m or y, for days, weeks, months or years.",
            valueName: "time"))
    var within = Period(days: 30)

    @Option(help: "How it is written: text, json or ical.")
    var format = Format.text

    func run() throws {
        let files = options.files
        let terminal = Terminal.current()
        var diagnostics = Diagnostics()
        let settings = options.settings(baseURL: nil)
        guard
            let portal = Portal.load(
                from: options.contentFolder, in: files, councils: options.council, reporting: &diagnostics)
        else {
            terminal.report(diagnostics, as: .text, files: files)
            throw ExitCode(1)
        }
        let upkeep = Upkeep(
            of: portal, settings: settings, until: within.end(from: settings.today), in: files,
            reporting: &diagnostics)
        switch format {
        case .text: terminal.write(Self.text(upkeep, until: within.end(from: settings.today)))
        case .json: terminal.write(upkeep.json.serialized(pretty: true) + "\n")
        case .ical: terminal.write(upkeep.calendar)
        }
        let errors = Diagnostics(diagnostics.sorted.filter { $0.severity == .error })
        if errors.hasErrors {
            terminal.report(errors, as: .text, files: files)
            throw ExitCode(1)
        }
    }

    private static func text(_ upkeep: Upkeep, until end: CalendarDate) -> String {
        var output = ""
        let owners = Dictionary(grouping: upkeep.items, by: upkeep.owner)
        for owner in owners.keys.sorted() {
            var table = TextTable()
            for item in owners[owner] ?? [] {
                let state =
                    item.last == nil
                    ? "now" : upkeep.isOverdue(item) ? "overdue since \(item.due)" : "\(item.due)"
                let last = item.last.flatMap { day in item.lastBy.map { "last: \(day) by \($0)" } }
                table.add(state, item.kind.rawValue, item.name, item.location.description, last ?? "")
            }
            output += "\(owner)\n\(table.text(indent: "  "))\n"
        }
        let overdue = upkeep.items.count(where: upkeep.isOverdue)
        return output
            + (upkeep.items.isEmpty
                ? "Nothing is due up to \(end).\n"
                : "To look at up to \(end): \(upkeep.items.count), of which overdue: \(overdue).\n")
    }
}

/// A length of time such as `60d`.
struct Period: ExpressibleByArgument, Sendable {
    private let days: Int
    private let months: Int

    init(days: Int) { (self.days, months) = (days, 0) }

    init?(argument: String) {
        guard let unit = argument.last, let amount = Int(argument.dropLast()), (0...10_000).contains(amount)
        else { return nil }
        switch unit {
        case "d": (days, months) = (amount, 0)
        case "w": (days, months) = (amount * 7, 0)
        case "m": (days, months) = (0, amount)
        case "y": (days, months) = (0, amount * 12)
        default: return nil
        }
    }

    var defaultValueDescription: String { "\(days)d" }

    func end(from today: CalendarDate) -> CalendarDate { today.adding(months: months).adding(days: days) }
}
