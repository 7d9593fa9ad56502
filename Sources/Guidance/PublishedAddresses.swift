import Workspace

/// Every address that a portal has published: `addresses.yml`, which `build --record` keeps.
///
/// ```yaml
/// at-top:
///   - kent
/// shared:
///   - leaflets/guide-for-parents-a4.pdf
///   - pl/
///   - rights
///   - rights#supporter
/// qr-codes:
///   - rights
/// councils:
///   kent:
///     own:
///       - visits
///     without:
///       - rights#recording
/// ```
///
/// An address is below a council's own: a page, `page#section`, a file, or `pl/` for a language; the home page is
/// `index`. What councils share is written once, and of each council only what is different: most of a nation's portal
/// is shared. Sorted, one to a line, so that what two people record merges; an address stays until its line is taken out.
package struct PublishedAddresses: Sendable {
    /// What councils have of something: what they share, and what is different.
    package struct Layers: Hashable, Sendable {
        package var shared: Set<String> = []
        package var own: [String: Set<String>] = [:]
        /// A page stands for all its sections.
        package var without: [String: Set<String>] = [:]

        /// All that one council has.
        package func all(of council: String) -> Set<String> {
            let without = without[council] ?? []
            return shared.filter { address in
                !without.contains(address) && !without.contains(PublishedAddresses.page(of: address))
            }.union(own[council] ?? [])
        }

        /// The layers of what each council has, where at least `shared` is shared.
        package init(_ all: [String: Set<String>], sharing shared: Set<String>) {
            self.shared = shared
            for (council, addresses) in all {
                own[council] = addresses.subtracting(shared)
                let missing = shared.subtracting(addresses)
                without[council] = missing.filter { address in
                    let page = PublishedAddresses.page(of: address)
                    return page == address || !missing.contains(page)
                }
            }
        }

        package init() {}
    }

    package var addresses = Layers()
    /// The pages and languages that QR codes on leaflets lead to: of a council's, those that it has.
    private var qrCodes = Layers()
    /// Every council that has been published.
    package var councils: Set<String> = []
    /// Councils whose addresses stood at the top of the site, since the portal had no other.
    package var atTop: Set<String> = []
    /// Where each line is: `council own address`.
    private var places: [String: SourceLocation] = [:]

    package init() {}

    /// `rights` of `rights#supporter`.
    package static func page(of address: String) -> String {
        address.utf8.firstIndex(of: UInt8(ascii: "#")).map { String(address[..<$0]) } ?? address
    }

    /// The addresses of a council that QR codes on its leaflets lead to.
    package func printed(of council: String) -> Set<String> {
        qrCodes.all(of: council).intersection(addresses.all(of: council))
    }

    /// Where an address of a council is recorded, and whether it is among those that councils share.
    package func location(of address: String, council: String) -> (SourceLocation?, isShared: Bool) {
        if let own = places["own \(council) \(address)"] { return (own, false) }
        return (places["shared \(address)"], true)
    }

    /// Where a council is recorded.
    package func location(of council: String) -> SourceLocation? { places["council \(council)"] }

    package static func path(in root: String) -> String { joinPath(root, "addresses.yml") }

    // MARK: Reading and writing

    private static let sharedKey = "shared"
    private static let codesKey = "qr-codes"

    /// Reads the record of a portal; empty where there is none.
    package static func load(
        from root: String, in files: some FileSystem, reporting diagnostics: inout Diagnostics
    ) -> PublishedAddresses {
        var result = PublishedAddresses()
        let path = path(in: root)
        guard files.exists(path), let source = SourceText.read(path, in: files, reporting: &diagnostics)
        else { return result }
        let reader = YAMLReader(file: path)
        if var mapping = reader.root(source.string) {
            result.atTop = Set(mapping.value("at-top")?.strings() ?? [])
            result.addresses.shared = result.read(mapping.value(sharedKey), "shared")
            result.qrCodes.shared = result.read(mapping.value(codesKey), "code")
            for entry in mapping.value("councils")?.mapping()?.entries ?? [] {
                let council = entry.key
                result.councils.insert(council)
                result.places["council \(council)"] = entry.keyLocation
                guard var fields = entry.value.mapping() else { continue }
                result.addresses.own[council] = result.read(fields.value("own"), "own \(council)")
                result.addresses.without[council] = result.read(fields.value("without"), "")
                result.qrCodes.own[council] = result.read(fields.value("own-qr-codes"), "")
                result.qrCodes.without[council] = result.read(fields.value("without-qr-codes"), "")
                fields.finish()
            }
            mapping.finish()
        }
        diagnostics.add(reader.diagnostics)
        return result
    }

    private mutating func read(_ value: YAMLValue?, _ kind: String) -> Set<String> {
        var all: Set<String> = []
        for item in value?.list() ?? [] {
            guard let address = item.string() else { continue }
            all.insert(address)
            if !kind.isEmpty { places["\(kind) \(address)"] = item.location }
        }
        return all
    }

    package func serialized() -> String {
        var output = """
            # Every address that has been published. Written by 'signpost build --record', not by hand.
            # Taking out a line lets that address die: whoever has it on paper or in a letter finds nothing.

            """
        func list(_ key: String, _ addresses: Set<String>?, _ indent: String = "") {
            guard let addresses, !addresses.isEmpty else { return }
            output += "\(indent)\(key):\n"
            for address in addresses.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
                output += "\(indent)  - \(Self.scalar(address))\n"
            }
        }
        list("at-top", atTop)
        list(Self.sharedKey, addresses.shared)
        list(Self.codesKey, qrCodes.shared)
        if !councils.isEmpty { output += "councils:\n" }
        for council in councils.sorted() {
            output += "  \(Self.scalar(council)):\n"
            list("own", addresses.own[council], "    ")
            list("without", addresses.without[council], "    ")
            list("own-qr-codes", qrCodes.own[council], "    ")
            list("without-qr-codes", qrCodes.without[council], "    ")
        }
        return output
    }

    /// Text as YAML reads it back: nearly every address is plain.
    private static func scalar(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.isLetter || ("0"..."9").contains($0) || "-_./#".unicodeScalars.contains($0)
        }
        let first = text.unicodeScalars.first
        let startsPlain = first.map { $0.isLetter || ("0"..."9").contains($0) } ?? false
        return isPlain && startsPlain && text != "null" ? text : JSONValue.string(text).serialized()
    }
}

extension Portal {
    /// Where councils stood before another came or went, by their ids: at the top of the site (empty), or in a folder.
    ///
    /// - Parameter isWhole: Whether no council was left out on purpose.
    package func formerBases(ofWholeSite isWhole: Bool) -> [String: [String]] {
        guard isWhole else { return [:] }
        guard isSingleCouncil, let council = councils.first else {
            return Dictionary(uniqueKeysWithValues: recorded.atTop.map { ($0, [""]) })
        }
        // It had others beside it.
        let stoodInFolder = recorded.councils.count > 1 && recorded.councils.contains(council.id)
        return stoodInFolder ? [council.id: [council.id]] : [:]
    }
}

extension PublishedAddresses {
    /// What a council has published today.
    package struct Current: Sendable {
        package var addresses: Set<String> = []
        /// Those that do not come from the council's own files.
        package var shared: Set<String> = []
        package var qrCodes: Set<String> = []
        /// Old addresses of pages, and where they lead.
        package var aliases: [String: String] = [:]

        package init() {}

        /// Whether somebody who has this address finds what it led to.
        package func has(_ address: String) -> Bool {
            if addresses.contains(address) { return true }
            let page = PublishedAddresses.page(of: address)
            guard page != address, let target = aliases[page] else { return false }
            return addresses.contains(target + address.dropFirst(page.count))
        }
    }

    /// Adds what is published today, and forgets nothing.
    ///
    /// - Parameter isAlone: Whether the portal has one council, whose addresses stand at the top.
    package func adding(_ current: [String: Current], isAlone: Bool) -> PublishedAddresses {
        var result = self
        var addresses: [String: Set<String>] = [:]
        var codes: [String: Set<String>] = [:]
        let all = councils.union(current.keys)
        for council in all {
            // Nothing is recorded of a council that is new here.
            let isKnown = councils.contains(council)
            let today = current[council]
            addresses[council] = (isKnown ? self.addresses.all(of: council) : [])
                .union(today?.addresses ?? [])
                .union(self.addresses.shared.filter { today?.has($0) ?? false })
            codes[council] = (isKnown ? printed(of: council) : []).union(today?.qrCodes ?? [])
        }
        let shared = current.values.reduce(into: Set<String>()) { $0.formUnion($1.shared) }
        let sharedCodes = current.values.reduce(into: Set<String>()) {
            $0.formUnion($1.qrCodes.intersection($1.shared))
        }
        result.addresses = Layers(addresses, sharing: self.addresses.shared.union(shared))
        let allCodes = qrCodes.shared.union(sharedCodes)
        // Where the page itself is not there, nothing need be said of its code.
        for council in all { codes[council]?.formUnion(allCodes.subtracting(addresses[council] ?? [])) }
        result.qrCodes = Layers(codes, sharing: allCodes)
        result.councils = all
        if isAlone { result.atTop.formUnion(current.keys) }
        return result
    }
}
