extension POEntry {
    /// What names the units that an entry is in a file without contexts and plurals: one, or one for each form.
    package var unitPlaces: [String] {
        let place = references.isEmpty ? "\(context ?? "")/\(id)" : references.joined(separator: " ")
        return pluralID == nil ? [place] : strings.indices.map { "\(place)[\($0)]" }
    }
}

/// Makes entries with contexts and plurals of the units of a file that has neither.
package struct UnitPlaces {
    private let own: POFile
    private var byPlace: [String: (entry: Int, form: Int)] = [:]
    private var byText: [String: [Int]] = [:]

    /// - Parameter own: The catalogue whose messages were sent.
    package init(_ own: POFile) {
        self.own = own
        for (index, entry) in own.entries.enumerated() where !entry.isObsolete {
            for (form, place) in entry.unitPlaces.enumerated() {
                byPlace[place] = byPlace[place] ?? (index, form)
            }
            if entry.pluralID == nil { byText[entry.id, default: []].append(index) }
        }
    }

    /// The entries that a file says something of. Forms that it lacks stay as they are.
    ///
    /// - Parameter notes: Of what is not read: English that has several meanings, without its place.
    package func entries(of sent: [POEntry], notes: inout [String]) -> [POEntry] {
        var found: [Int: POEntry] = [:]
        var order: [Int] = []
        var rest: [POEntry] = []
        for unit in sent {
            let index: Int
            var form = 0
            if let place = unit.references.first.flatMap({ byPlace[$0] }), isText(unit.id, of: place.entry) {
                (index, form) = place
            } else if let same = byText[unit.id] {
                guard same.count == 1 else {
                    let line = unit.place.id?.keyword.start.line ?? 0
                    notes.append(
                        "line \(line): not read: '\(unit.id)' has several meanings, and the unit's place is not in the file"
                    )
                    continue
                }
                index = same[0]
            } else {
                rest.append(unit)
                continue
            }
            if found[index] == nil {
                order.append(index)
                var entry = own.entries[index]
                (entry.isFuzzy, entry.place) = (false, unit.place)
                if let field = unit.place.strings.first ?? unit.place.id {
                    entry.place.strings = entry.strings.map { _ in field }
                }
                found[index] = entry
            }
            found[index]?.strings[form] = unit.strings[0]
            if let place = unit.place.strings.first,
                found[index]?.place.strings.indices.contains(form) == true
            {
                found[index]?.place.strings[form] = place
            }
            if unit.isFuzzy { found[index]?.isFuzzy = true }
        }
        return order.compactMap { found[$0] } + rest
    }

    private func isText(_ text: String, of index: Int) -> Bool {
        own.entries[index].id == text || own.entries[index].pluralID == text
    }
}
