import Workspace

/// What `checks:` in `portal.yml` says about rules: how much each counts, and where.
///
/// ```yaml
/// checks:
///   LongSentence: off
///   ReadingAge:
///     level: error
///     limit: 12
///     paths: {councils/oxfordshire-board: off}
///   ContactsNeverChecked:
///     paths:
///       councils/southwark: {level: off, because: the numbers are those of a leaflet of 2007}
/// ```
package struct CheckSettings: Sendable {
    package enum Level: String, CaseIterable, Sendable {
        case off, note, warning, error
    }

    /// What is said of a rule for all files, or for one path.
    package struct Setting: Hashable, Sendable {
        package var rule: String
        package var level: Level
        /// Why; nil where nobody says.
        package var reason: String?
        package var location: SourceLocation
    }

    package struct Entry: Sendable {
        package var rule: String
        package var location: SourceLocation
        /// For all files; nil where only paths have one.
        package var everywhere: Setting?
        /// The most that the rule allows, where it measures something.
        package var limit: Int?
        /// Those of files and folders below the content folder, the longest path first.
        package var paths: [(path: String, setting: Setting)] = []

        package var settings: [Setting] { (everywhere.map { [$0] } ?? []) + paths.map(\.setting) }
    }

    package var entries: [String: Entry] = [:]

    /// The rules of which the portal makes errors, everywhere or somewhere.
    package var raised: Set<String> {
        Set(entries.values.filter { $0.settings.contains { $0.level == .error } }.map(\.rule))
    }

    package init() {}

    static func read(_ value: YAMLValue) -> CheckSettings {
        var settings = CheckSettings()
        for entry in value.mapping()?.entries ?? [] {
            var read = Entry(rule: entry.key, location: entry.keyLocation)
            if entry.value.isMapping, var fields = entry.value.mapping() {
                read.everywhere = setting(entry.key, &fields, at: entry.keyLocation)
                read.limit = fields.value("limit")?.int(in: 1...1000)
                for path in fields.value("paths")?.mapping()?.entries ?? [] {
                    let name = path.key.split(separator: "/").joined(separator: "/")
                    var found: Setting?
                    if path.value.isMapping, var own = path.value.mapping() {
                        _ = own.required("level")
                        found = setting(entry.key, &own, at: path.keyLocation)
                        own.finish()
                    } else {
                        found = path.value.level().map {
                            Setting(rule: entry.key, level: $0, location: path.keyLocation)
                        }
                    }
                    if let found { read.paths.append((name, found)) }
                }
                read.paths.sort { $0.path.utf8.count > $1.path.utf8.count }
                fields.finish()
            } else {
                read.everywhere = entry.value.level().map {
                    Setting(rule: entry.key, level: $0, location: entry.keyLocation)
                }
            }
            settings.entries[entry.key] = read
        }
        return settings
    }

    private static func setting(
        _ rule: String, _ fields: inout YAMLMapping, at location: SourceLocation
    ) -> Setting? {
        let reason = fields.value("because")?.string()
        return fields.value("level")?.level().map {
            Setting(rule: rule, level: $0, reason: reason, location: location)
        }
    }

    /// What is said of a rule at a file, by its path below the content folder; nil where the portal says nothing.
    package func setting(of rule: String, at path: String) -> Setting? {
        guard let entry = entries[rule] else { return nil }
        let own = entry.paths.first { path == $0.path || path.hasPrefix($0.path + "/") }
        return own?.setting ?? entry.everywhere
    }
}

extension YAMLValue {
    /// A level in any case; YAML 1.1 writes `off` for no.
    fileprivate func level() -> CheckSettings.Level? {
        switch scalarText?.lowercased() {
        case "off", "no", "false": return .off
        case "on", "yes", "true": return .warning
        case let text?:
            if let level = CheckSettings.Level(rawValue: text) { return level }
            return choice(CheckSettings.Level.self)
        case nil: return choice(CheckSettings.Level.self)
        }
    }
}
