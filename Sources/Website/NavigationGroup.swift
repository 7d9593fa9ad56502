import Guidance

/// Pages of the navigation that belong together, in the order of the home page's own headings.
struct NavigationGroup: Sendable {
    /// Nil for the pages that stand before all others, and where nobody has said when a page helps.
    var stage: Stage?
    var entries: [EditionPlan.Entry]

    /// The contacts come first: they are what somebody in need looks for.
    static func groups(of entries: [EditionPlan.Entry]) -> [NavigationGroup] {
        guard EditionPlan.Entry.haveStages(entries) else {
            return [NavigationGroup(stage: nil, entries: entries)]
        }
        let contacts = NavigationGroup(stage: nil, entries: entries.filter(\.isContacts))
        let staged = Stage.allCases.map { stage in
            NavigationGroup(
                stage: stage, entries: entries.filter { !$0.isContacts && $0.shownStage == stage })
        }
        return ([contacts] + staged).filter { !$0.entries.isEmpty }
    }
}

extension EditionPlan.Entry {
    /// Whether somebody has said of a page when it helps; else lists are not parted by it.
    static func haveStages(_ entries: [EditionPlan.Entry]) -> Bool {
        entries.contains { $0.kind == PageKind.page.rawValue && $0.stage != nil }
    }

    /// A page of which nobody has said it helps at any time.
    var shownStage: Stage { stage ?? .help }

    var isContacts: Bool { kind == PageKind.contacts.rawValue }

    /// Phone numbers, answers, words explained, paper and how to use the site safely: no number of other pages takes
    /// their place in the navigation.
    var isFoundFromEveryPage: Bool {
        isContacts || kind == PageKind.faq.rawValue || kind == PageKind.glossary.rawValue
            || path == EditionPlan.leafletsPath || path == EditionPlan.safetyPath
    }
}

extension Stage {
    var heading: Word {
        switch self {
        case .before: .stageBefore
        case .day: .stageDay
        case .after: .stageAfter
        case .help: .stageHelp
        }
    }
}
