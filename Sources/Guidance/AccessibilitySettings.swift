import Markdown
import Workspace

/// What a portal or a council says for the accessibility statement; what it leaves out is nil.
struct AccessibilitySettings: Sendable {
    var publisher: String?
    var contactID: String?
    var responseTime: Passage?
    var status: AccessibilityDetails.Status?
    var prepared: CalendarDate?
    var reviewed: CalendarDate?
    var testedBy: Passage?
    var nonCompliance: [Passage]?
    var disproportionateBurden: [Passage]?
    var outOfScope: [Passage]?
    var tests: [Passage]?
    var notTested: [Passage]?
    var location: SourceLocation

    static func read(_ value: YAMLValue) -> AccessibilitySettings? {
        guard var fields = value.mapping() else { return nil }
        func passages(_ key: String) -> [Passage]? {
            fields.value(key)?.list().compactMap { $0.passage() }
        }
        let settings = AccessibilitySettings(
            publisher: fields.value("publisher")?.string(), contactID: fields.value("contact")?.string(),
            responseTime: fields.value("response-time")?.passage(),
            status: fields.value("status")?.choice(AccessibilityDetails.Status.self),
            prepared: fields.value("prepared")?.date(), reviewed: fields.value("reviewed")?.date(),
            testedBy: fields.value("tested-by")?.passage(), nonCompliance: passages("non-compliance"),
            disproportionateBurden: passages("disproportionate-burden"),
            outOfScope: passages("out-of-scope"), tests: passages("tests"),
            notTested: passages("not-tested"), location: value.location)
        fields.finish()
        return settings
    }

    /// Every text, in the order in which it is written.
    var passages: [Passage] {
        [responseTime, testedBy].compactMap { $0 }
            + [nonCompliance, disproportionateBurden, outOfScope, tests, notTested].flatMap { $0 ?? [] }
    }

    /// These settings with every text changed.
    func mapPassages(_ change: (Passage) -> Passage) -> AccessibilitySettings {
        var copy = self
        copy.responseTime = responseTime.map(change)
        copy.testedBy = testedBy.map(change)
        copy.nonCompliance = nonCompliance?.map(change)
        copy.disproportionateBurden = disproportionateBurden?.map(change)
        copy.outOfScope = outOfScope?.map(change)
        copy.tests = tests?.map(change)
        copy.notTested = notTested?.map(change)
        return copy
    }
}

extension AccessibilityDetails {
    /// What a council says, and beneath it what its portal says for all; nil without a status and a date.
    init?(_ own: AccessibilitySettings?, over shared: AccessibilitySettings?) {
        guard let status = own?.status ?? shared?.status, let prepared = own?.prepared ?? shared?.prepared,
            let location = own?.location ?? shared?.location
        else { return nil }
        self.init(
            publisher: own?.publisher ?? shared?.publisher, contactID: own?.contactID ?? shared?.contactID,
            responseTime: own?.responseTime ?? shared?.responseTime, status: status, prepared: prepared,
            reviewed: own?.reviewed ?? shared?.reviewed, testedBy: own?.testedBy ?? shared?.testedBy,
            nonCompliance: own?.nonCompliance ?? shared?.nonCompliance ?? [],
            disproportionateBurden: own?.disproportionateBurden ?? shared?.disproportionateBurden ?? [],
            outOfScope: own?.outOfScope ?? shared?.outOfScope ?? [], tests: own?.tests ?? shared?.tests ?? [],
            notTested: own?.notTested ?? shared?.notTested ?? [], location: location)
    }
}
