import Guidance
import Markdown
import Workspace

/// What people have said about rules: levels in `portal.yml`, silences in blocks.
package struct LintPolicy: Sendable {
    private let settings: CheckSettings
    private let root: String
    /// The rules that are turned off with a reason only: a site that families read must not have what they find.
    private let required: Set<String>
    package private(set) var silences: [Silence]

    package init(
        _ settings: CheckSettings = CheckSettings(), root: String = "",
        required: Set<String> = CheckRules.requiredToPublish, silences: [Silence] = []
    ) {
        self.settings = settings
        self.root = root.hasSuffix("/") || root.isEmpty ? root : root + "/"
        self.required = required
        self.silences = silences
    }

    package func adding(_ more: [Silence]) -> LintPolicy {
        LintPolicy(settings, root: root, required: required, silences: silences + more)
    }

    /// What kept problems quiet.
    package struct Use: Sendable {
        package var silences: Set<Silence> = []
        package var settings: Set<CheckSettings.Setting> = []
        /// Problems that are left alone for a reason.
        package var excused: [ExcusedDiagnostic] = []

        package init() {}
    }

    /// The problems as the portal wants them; what is silenced with a reason is not among them.
    ///
    /// Errors of the modules that read content cannot be turned off: nothing could be built.
    package func apply(to diagnostics: Diagnostics) -> Diagnostics {
        var ignored = Use()
        return apply(to: diagnostics, noting: &ignored)
    }

    package func apply(to diagnostics: Diagnostics, noting use: inout Use) -> Diagnostics {
        guard !silences.isEmpty || !settings.entries.isEmpty else { return diagnostics }
        let byRule = Dictionary(grouping: silences, by: \.rule)
        var left: [Diagnostic] = []
        for var diagnostic in diagnostics.sorted {
            guard Self.isOpen(diagnostic) else {
                left.append(diagnostic)
                continue
            }
            if let silence = byRule[diagnostic.rule]?.first(where: { $0.covers(diagnostic) }) {
                use.silences.insert(silence)
                if let reason = silence.reason {
                    use.excused.append(ExcusedDiagnostic(diagnostic, because: reason, isInSource: true))
                    continue
                }
            }
            if let setting = settings.setting(of: diagnostic.rule, at: path(of: diagnostic)),
                !lacksReason(setting)
            {
                use.settings.insert(setting)
                switch setting.level {
                case .off:
                    if let reason = setting.reason {
                        use.excused.append(ExcusedDiagnostic(diagnostic, because: reason, isInSource: false))
                    }
                    continue
                case .note: diagnostic.severity = .note
                case .warning: diagnostic.severity = .warning
                case .error: diagnostic.severity = .error
                }
            }
            left.append(diagnostic)
        }
        return Diagnostics(left)
    }

    /// Whether a setting would hide what must not be published, and does not say why it may.
    private func lacksReason(_ setting: CheckSettings.Setting) -> Bool {
        setting.level == .off && setting.reason == nil && required.contains(setting.rule)
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
    ///   - use: What kept something quiet; nil where nobody knows, because not all was looked at.
    ///   - rules: Every rule's name.
    package func problems(of use: Use?, rules: [String]) -> [Diagnostic] {
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
            } else if let use, !use.silences.contains(silence) {
                problems.append(
                    UnusedSilence.rule.diagnostic(
                        "'\(silence.rule)' has nothing to say here, so this does nothing",
                        at: silence.location, help: "Take it out."))
            }
        }
        for entry in settings.entries.values {
            guard rules.contains(entry.rule) else {
                problems.append(
                    .error(
                        "UnknownRule", "there is no rule '\(entry.rule)'", at: entry.location,
                        help: didYouMean(
                            entry.rule, among: rules, otherwise: "'signpost check --rules' lists them.")))
                continue
            }
            for setting in entry.settings {
                if lacksReason(setting) {
                    problems.append(
                        SilenceWithoutReason.rule.diagnostic(
                            "'\(setting.rule)' is to be off, and nobody says why: a site that families read must not have what it finds",
                            at: setting.location, help: "Write {level: off, because: \"…\"}."))
                } else if let use, setting.level == .off, setting.reason != nil,
                    // What others find may only come up in a build.
                    CheckRules.names.contains(setting.rule), !use.settings.contains(setting)
                {
                    problems.append(
                        UnusedSilence.rule.diagnostic(
                            "'\(setting.rule)' has nothing to say here, so this does nothing",
                            at: setting.location, help: "Take it out."))
                }
            }
        }
        return problems
    }
}
