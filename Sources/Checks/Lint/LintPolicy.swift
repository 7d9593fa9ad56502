import Guidance
import Markdown
import Workspace

/// What people have said about rules: levels in `portal.yml`, silences in blocks.
package struct LintPolicy: Sendable {
    private let settings: CheckSettings
    private let root: String
    package private(set) var silences: [Silence]

    package init(_ settings: CheckSettings = CheckSettings(), root: String = "", silences: [Silence] = []) {
        self.settings = settings
        self.root = root.hasSuffix("/") || root.isEmpty ? root : root + "/"
        self.silences = silences
    }

    package func adding(_ more: [Silence]) -> LintPolicy {
        LintPolicy(settings, root: root, silences: silences + more)
    }

    /// The problems as the portal wants them; what is silenced with a reason is not among them.
    ///
    /// Errors of the modules that read content cannot be turned off: nothing could be built.
    package func apply(
        to diagnostics: Diagnostics, used: (Silence) -> Void = { _ in }
    ) -> Diagnostics {
        guard !silences.isEmpty || !settings.entries.isEmpty else { return diagnostics }
        let byRule = Dictionary(grouping: silences, by: \.rule)
        return Diagnostics(
            diagnostics.sorted.compactMap { diagnostic in
                guard Self.isOpen(diagnostic) else { return diagnostic }
                if let silence = byRule[diagnostic.rule]?.first(where: { $0.covers(diagnostic) }) {
                    used(silence)
                    if silence.reason != nil { return nil }
                }
                guard let level = settings.level(of: diagnostic.rule, at: path(of: diagnostic)) else {
                    return diagnostic
                }
                var changed = diagnostic
                switch level {
                case .off: return nil
                case .note: changed.severity = .note
                case .warning: changed.severity = .warning
                case .error: changed.severity = .error
                }
                return changed
            })
    }

    /// Whether people may decide about a problem: a warning, or an error that a rule of this module found.
    private static func isOpen(_ diagnostic: Diagnostic) -> Bool {
        diagnostic.severity != .error || CheckRules.names.contains(diagnostic.rule)
    }

    private func path(of diagnostic: Diagnostic) -> String {
        let file = diagnostic.location?.file ?? ""
        return file.hasPrefix(root) ? String(file.dropFirst(root.count)) : file
    }

    /// What is wrong with the silences and the settings themselves.
    ///
    /// - Parameters:
    ///   - used: The silences that kept something quiet; nil where nobody knows, because not all was looked at.
    ///   - rules: Every rule's name.
    package func problems(used: Set<Silence>?, rules: [String]) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        for silence in silences {
            if !rules.contains(silence.rule) {
                problems.append(
                    .error(
                        "UnknownRule", "there is no rule '\(silence.rule)'", at: silence.location,
                        help: didYouMean(
                            silence.rule, among: rules, otherwise: "'signpost check --rules' lists them.")))
            } else if silence.reason == nil {
                problems.append(
                    SilenceWithoutReason.rule.diagnostic(
                        "'\(silence.rule)' is to be left alone here, and nobody says why",
                        at: silence.location,
                        help: "Write {ignore=\(silence.rule) because=\"…\"}."))
            } else if let used, !used.contains(silence) {
                problems.append(
                    UnusedSilence.rule.diagnostic(
                        "'\(silence.rule)' has nothing to say here, so this does nothing",
                        at: silence.location, help: "Take it out."))
            }
        }
        for entry in settings.entries.values where !rules.contains(entry.rule) {
            problems.append(
                .error(
                    "UnknownRule", "there is no rule '\(entry.rule)'", at: entry.location,
                    help: didYouMean(
                        entry.rule, among: rules, otherwise: "'signpost check --rules' lists them.")))
        }
        return problems
    }
}
