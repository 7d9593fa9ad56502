/// The known name nearest to a mistyped one, if any is near enough to be meant.
///
/// Nearness is the Damerau–Levenshtein distance (insert, delete, replace, swap neighbours), at most a
/// third of the length of the longer name.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let target = Array(name.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in candidates.sorted() where candidate != name {
        let scalars = Array(candidate.lowercased().unicodeScalars)
        let limit = max(1, max(target.count, scalars.count) / 3)
        guard abs(scalars.count - target.count) <= limit else { continue }
        let distance = editDistance(target, scalars)
        if distance <= limit, distance < best?.distance ?? .max {
            best = (candidate, distance)
        }
    }
    return best?.name
}

/// "Did you mean 'x'?", or what to do instead when nothing is near.
public func didYouMean(
    _ name: String, among candidates: some Sequence<String>, otherwise: String? = nil
) -> String? {
    if let near = nearestName(to: name, among: candidates) { return "Did you mean '\(near)'?" }
    return otherwise
}

/// "Did you mean 'x'?", or all the names there are where nothing is near.
public func didYouMean(_ name: String, oneOf known: some Sequence<String>) -> String {
    let names = known.joined(separator: ", ")
    return didYouMean(
        name, among: known, otherwise: names.isEmpty ? "None is known yet." : "Known: \(names).") ?? ""
}

/// How many signs were left out, put in, changed or swapped with the next.
package func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [Int](repeating: i, count: b.count + 1)
        for j in 1...b.count {
            let cost = a[i - 1] == b[j - 1] ? 0 : 1
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                row[j] = min(row[j], beforeLast[j - 2] + 1)
            }
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
