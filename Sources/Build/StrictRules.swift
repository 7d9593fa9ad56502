import Checks
import Guidance
import Leaflets
import Markdown

/// What `--strict` makes an error.
package enum StrictRules {
    package static let names: Set<String> = CheckRules.requiredToPublish.union(
        LeafletBuilder.strictRules
    ).union(ParitySettings.strictRules).union([LostAddresses.rule])
}

extension LintPolicy {
    /// What a portal makes of problems, and the silences that count beside its own settings.
    init(of portal: Portal, silences: [Silence]) {
        self.init(portal.checks, root: portal.root, required: StrictRules.names, silences: silences)
    }
}
