import Markdown
import Workspace

/// Sections that a council meant to replace, and published beside the shared ones instead: two rights that contradict
/// each other.
package struct NearbySections {
    let guidance: CouncilGuidance

    init(_ guidance: CouncilGuidance) { self.guidance = guidance }

    func report(to diagnostics: inout Diagnostics) {
        let added = Dictionary(grouping: guidance.overrides.filter { $0.kind == .adds }, by: \.page)
        for merged in guidance.pages {
            guard let added = added[merged.page.path] else { continue }
            var sections: [SourceSection] = []
            func collect(_ children: [SourceSection]) {
                for section in children {
                    sections.append(section)
                    collect(section.children)
                }
            }
            collect(merged.page.sections)
            let own = "/councils/\(guidance.council.id)/"
            let shared = sections.filter { !$0.file.contains(own) }
            for override in added {
                guard
                    let new = sections.first(where: {
                        $0.id == override.section && $0.file == override.location.file
                            && $0.range == override.location.range
                    }), let near = shared.first(where: { Self.areNear(new, $0) })
                else { continue }
                diagnostics.add(
                    .error(
                        "NearbyID",
                        "'\(new.id)' stands beside the shared section '\(near.id)', which it seems to be meant to replace",
                        at: override.location,
                        help:
                            "Write {#\(near.id)} to replace it, or give this section another heading and id.",
                        related: [
                            .init(
                                "the shared section", at: SourceLocation(file: near.file, range: near.range))
                        ]))
            }
        }
        reportRenamed(to: &diagnostics)
    }

    /// What the council recorded as replaced or removed, and now is neither: the shared section has another id.
    private func reportRenamed(to diagnostics: inout Diagnostics) {
        let pages = Set(guidance.pages.map(\.page.path))
        for override in guidance.overrides where override.kind == .adds {
            guard guidance.council.recordedOverrides[override.key] != nil, pages.contains(override.page)
            else {
                continue
            }
            diagnostics.add(
                .error(
                    "OverrideLost",
                    "this replaced a shared section that is not there any more, so now it stands beside the others",
                    at: override.location,
                    help:
                        "Give it the shared section's new id, or run 'signpost councils --council \(guidance.council.id) --record' if it is right."
                ))
        }
    }

    /// Whether two sections have one heading, or ids that differ by one letter.
    private static func areNear(_ a: SourceSection, _ b: SourceSection) -> Bool {
        a.id != b.id && isNear(a.heading, id: a.id, to: b)
    }

    /// Whether a heading with an id would be taken for that of a section.
    package static func isNear(_ heading: Passage, id: String, to section: SourceSection) -> Bool {
        if id == section.id || words(heading) == words(section.heading) { return true }
        // `review-1` and `review-2` are meant to differ.
        guard id.filter(\.isNumber) == section.id.filter(\.isNumber), min(id.count, section.id.count) >= 5
        else { return false }
        return isOneEdit(id, section.id)
    }

    private static func words(_ heading: Passage) -> [String] {
        heading.plainText.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func isOneEdit(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a), Array(b))
        let prefix = zip(a, b).prefix { $0 == $1 }.count
        let suffix = zip(a.dropFirst(prefix).reversed(), b.dropFirst(prefix).reversed()).prefix { $0 == $1 }
            .count
        return max(a.count, b.count) - prefix - suffix <= 1
    }
}
