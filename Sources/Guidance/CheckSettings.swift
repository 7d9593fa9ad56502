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
/// ```
package struct CheckSettings: Sendable {
    package enum Level: String, CaseIterable, Sendable {
        case off, note, warning, error
    }

    package struct Entry: Sendable {
        package var rule: String
        package var location: SourceLocation
        package var level: Level?
        /// The most that the rule allows, where it measures something.
        package var limit: Int?
        /// Levels of files and folders below the content folder, the longest path first.
        package var paths: [(path: String, level: Level, location: SourceLocation)] = []
    }

    package var entries: [String: Entry] = [:]

    /// The rules of which the portal makes errors, everywhere or somewhere.
    package var raised: Set<String> {
        Set(
            entries.values.filter { $0.level == .error || $0.paths.contains { $0.level == .error } }.map(
                \.rule))
    }

    package init() {}

    static func read(_ value: YAMLValue) -> CheckSettings {
        var settings = CheckSettings()
        for entry in value.mapping()?.entries ?? [] {
            var read = Entry(rule: entry.key, location: entry.keyLocation)
            if entry.value.isMapping, var fields = entry.value.mapping() {
                read.level = fields.value("level")?.level()
                read.limit = fields.value("limit")?.int(in: 1...1000)
                for path in fields.value("paths")?.mapping()?.entries ?? [] {
                    let name = path.key.split(separator: "/").joined(separator: "/")
                    if let level = path.value.level() { read.paths.append((name, level, path.keyLocation)) }
                }
                read.paths.sort { $0.path.utf8.count > $1.path.utf8.count }
                fields.finish()
            } else {
                read.level = entry.value.level()
            }
            settings.entries[entry.key] = read
        }
        return settings
    }

    /// What a rule is at a file, by its path below the content folder; nil where the portal says nothing.
    package func level(of rule: String, at path: String) -> Level? {
        guard let entry = entries[rule] else { return nil }
        let own = entry.paths.first { path == $0.path || path.hasPrefix($0.path + "/") }
        return own?.level ?? entry.level
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
