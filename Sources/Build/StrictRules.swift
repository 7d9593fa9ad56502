import Checks
import Guidance
import Leaflets

/// What `--strict` makes an error.
package enum StrictRules {
    package static let names: Set<String> = CheckRules.requiredToPublish.union(
        LeafletBuilder.strictRules
    ).union(ParitySettings.strictRules).union([LostAddresses.rule])
}
