import Checks
import Leaflets

/// What `--strict` makes an error.
enum StrictRules {
    static let names: Set<String> = CheckRules.requiredToPublish.union(LeafletBuilder.strictRules)
}
