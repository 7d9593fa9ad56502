import Guidance
import Workspace

/// The values of `theme.yml`: colours for each mode, and what else becomes a custom property.
public struct ThemeTokens: Sendable {
    public enum Mode: String, CaseIterable, Sendable { case light, dark, contrast }

    /// A colour, or the name of another colour of the same mode.
    enum ColourValue: Hashable, Sendable {
        case colour(Colour)
        case name(String)
    }

    struct Entry<Value: Hashable & Sendable>: Hashable, Sendable {
        var value: Value
        var location: SourceLocation
    }

    /// A text colour (or an edge) and the ground it stands on.
    struct Pair: Hashable, Sendable {
        var text: String
        var ground: String
        /// The least contrast ratio.
        var ratio: Double
        /// Not text: the ratio of the mode `contrast` does not apply.
        var isEdge: Bool
        var location: SourceLocation
    }

    var colours: [Mode: [String: Entry<ColourValue>]] = [:]
    var pairs: [Pair] = []
    /// What text pairs of the mode `contrast` need.
    var contrastRatio = 15.0
    /// Custom properties by group: `type`, `space`, `size`, `font`.
    var groups: [String: [String: Entry<String>]] = [:]
    /// Whether the theme shows the "Leave this site" button.
    public var hasExit = true

    static let groupNames = ["type", "space", "size", "font"]
    static let accent = "accent"
    static let onAccent = "on-accent"
    /// The ground of the link that leaves the site: no council has it, so that it is always seen at once.
    static let leave = "leave"

    /// Lays the values of one `theme.yml` over these.
    mutating func apply(_ text: String, file: String, reporting diagnostics: inout Diagnostics) {
        let reader = YAMLReader(file: file)
        defer { diagnostics.add(reader.diagnostics) }
        guard var root = reader.root(text) else { return }
        if var modes = root.value("colours")?.mapping() {
            for mode in Mode.allCases {
                for entry in modes.value(mode.rawValue)?.mapping()?.entries ?? [] {
                    guard Self.check(name: entry, reader), let text = entry.value.string() else { continue }
                    let value: ColourValue
                    if let colour = Colour(text) {
                        value = .colour(colour)
                    } else if Self.isName(text) {
                        value = .name(text)
                    } else {
                        reader.add(
                            .error(
                                "InvalidThemeValue", "'\(text)' is not a colour", at: entry.value.location,
                                help: "Write #rrggbb, such as #003a5d, or the name of another colour."))
                        continue
                    }
                    colours[mode, default: [:]][entry.key] = Entry(
                        value: value, location: entry.value.location)
                }
            }
            modes.finish()
        }
        if let list = root.value("pairs") {
            pairs = list.list().compactMap { Self.pair($0, reader) }
        }
        if let value = root.value("contrast-ratio") {
            if let ratio = Self.ratio(value, reader) { contrastRatio = ratio }
        }
        for group in Self.groupNames {
            for entry in root.value(group)?.mapping()?.entries ?? [] {
                guard Self.check(name: entry, reader), let text = entry.value.string() else { continue }
                guard Self.isSafe(text) else {
                    reader.add(
                        .error(
                            "InvalidThemeValue", "'\(text)' cannot be a value of a custom property",
                            at: entry.value.location,
                            help: "Leave out braces, semicolons, backslashes, url() and comments."))
                    continue
                }
                groups[group, default: [:]][entry.key] = Entry(value: text, location: entry.value.location)
            }
        }
        if let exit = root.value("exit")?.bool() { hasExit = exit }
        root.finish()
    }

    private static func pair(_ value: YAMLValue, _ reader: YAMLReader) -> Pair? {
        guard var mapping = value.mapping() else { return nil }
        let text = mapping.required("text")?.string()
        let ground = mapping.required("on")?.string()
        let ratio = mapping.required("ratio").flatMap { Self.ratio($0, reader) }
        let isEdge = mapping.value("edge")?.bool() ?? false
        mapping.finish()
        guard let text, let ground, let ratio else { return nil }
        return Pair(text: text, ground: ground, ratio: ratio, isEdge: isEdge, location: value.location)
    }

    private static func ratio(_ value: YAMLValue, _ reader: YAMLReader) -> Double? {
        guard let text = value.string() else { return nil }
        guard let ratio = Double(text), (1...21).contains(ratio) else {
            reader.add(
                .error(
                    "InvalidThemeValue", "'\(text)' is not a contrast ratio", at: value.location,
                    help: "Write a number from 1 to 21."))
            return nil
        }
        return ratio
    }

    private static func check(name entry: YAMLMapping.Entry, _ reader: YAMLReader) -> Bool {
        if isName(entry.key) { return true }
        reader.add(
            .error(
                "InvalidThemeValue", "'\(entry.key)' cannot be the name of a custom property",
                at: entry.keyLocation, help: "Use lower-case letters, digits and hyphens."))
        return false
    }

    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    private static func isSafe(_ text: String) -> Bool {
        !text.isEmpty && !text.utf8.contains { $0 < 0x20 || "{};\\<@".utf8.contains($0) }
            && !text.lowercased().contains("url(") && !text.contains("/*")
    }
}

// MARK: - Colours of one mode

extension ThemeTokens {
    /// A mode's colours with every reference followed, branded if a brand is given.
    func resolved(_ mode: Mode, brand: CouncilIdentity.Brand? = nil) -> [String: Colour] {
        let values = colours[mode]?.mapValues(\.value) ?? [:]
        if let accent = Self.accent(of: brand, in: mode) {
            return resolved(branding(accent, values))
        }
        return resolved(values)
    }

    private static func accent(of brand: CouncilIdentity.Brand?, in mode: Mode) -> Colour? {
        switch mode {
        case .light: brand?.colour.flatMap { Colour($0) }
        case .dark: brand?.darkColour.flatMap { Colour($0) }
        case .contrast: nil
        }
    }

    /// The values with another accent, and with the more readable of the theme's own colours on it.
    private func branding(_ accent: Colour, _ values: [String: ColourValue]) -> [String: ColourValue] {
        var values = values
        let candidates = [Self.onAccent, "ink", "paper"].compactMap { resolved(values)[$0] }
        values[Self.accent] = .colour(accent)
        if let best = candidates.max(by: { $0.contrast(with: accent) < $1.contrast(with: accent) }) {
            values[Self.onAccent] = .colour(best)
        }
        return values
    }

    private func resolved(_ values: [String: ColourValue]) -> [String: Colour] {
        var result: [String: Colour] = [:]
        for name in values.keys {
            var next = name
            // As many steps as there are colours: a longer chain goes in circles.
            for _ in 0...values.count {
                guard let value = values[next] else { break }
                switch value {
                case .colour(let colour): result[name] = colour
                case .name(let other):
                    next = other
                    continue
                }
                break
            }
        }
        return result
    }

    /// Problems of the theme itself: names that lead nowhere, colours that a mode lacks, weak pairs.
    func problems() -> [Diagnostic] {
        var problems: [Diagnostic] = []
        let names = Set(colours.values.flatMap(\.keys))
        for mode in Mode.allCases {
            let entries = colours[mode] ?? [:]
            let values = resolved(mode)
            for name in names.sorted() where entries[name] == nil {
                let other = Mode.allCases.compactMap { colours[$0]?[name]?.location }.first
                problems.append(
                    .error(
                        "MissingColour", "the mode '\(mode.rawValue)' has no colour '\(name)'", at: other,
                        help: "Give every colour in each of the modes light, dark and contrast."))
            }
            for (name, entry) in entries where values[name] == nil {
                guard case .name(let other) = entry.value else { continue }
                problems.append(
                    .error(
                        "UnknownColour", "no colour is called '\(other)'", at: entry.location,
                        help: didYouMean(other, among: entries.keys)))
            }
        }
        for pair in pairs {
            for name in [pair.text, pair.ground] where !names.contains(name) {
                problems.append(
                    .error(
                        "UnknownColour", "no colour is called '\(name)'", at: pair.location,
                        help: didYouMean(name, among: names)))
            }
        }
        for mode in Mode.allCases {
            let values = resolved(mode)
            for (pair, ratio) in weakPairs(values, mode) {
                guard let text = values[pair.text], let ground = values[pair.ground] else { continue }
                let needed = needed(pair, mode)
                let better = text.nearestShade { $0.contrast(with: ground) >= needed }
                problems.append(
                    .error(
                        "LowContrast",
                        "in the mode '\(mode.rawValue)', '\(pair.text)' \(text) on '\(pair.ground)' \(ground) "
                            + "has a contrast of \(formatRatio(ratio)); it needs \(formatRatio(needed))",
                        at: colours[mode]?[pair.text]?.location ?? pair.location,
                        help: better.map { "The nearest shade that passes is \($0)." }
                            ?? "No shade of '\(pair.text)' passes: change '\(pair.ground)'.",
                        related: [.init("the pair is asked for here", at: pair.location)]))
            }
        }
        return problems
    }

    /// Weak pairs that a council's own colours bring about.
    func problems(of council: CouncilIdentity) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        let brand = council.brand
        for (value, key) in [(brand.colour, "colour"), (brand.darkColour, "colour-dark")] {
            guard let value, Colour(value) == nil else { continue }
            problems.append(
                .error(
                    "InvalidThemeValue", "'\(value)' is not a colour", at: brand.location,
                    help: "Write the brand's '\(key)' as #rrggbb, such as #003a5d."))
        }
        for mode in Mode.allCases {
            guard let accent = Self.accent(of: brand, in: mode) else { continue }
            for fault in faults(of: accent, in: mode) {
                switch fault {
                case .reserved(let leave, let better):
                    problems.append(
                        .error(
                            "ReservedColour",
                            "the colour \(accent) of '\(council.id)' in the mode '\(mode.rawValue)' is like \(leave), "
                                + "the colour of the link that leaves the site",
                            at: brand.location,
                            help:
                                "Choose another of the council's colours: somebody in danger must see that link at once."
                                + (better.map { " The nearest that passes is \($0)." } ?? "")))
                case .weak(let pair, let ratio, let better):
                    problems.append(
                        .error(
                            "LowContrast",
                            "with the colour \(accent) of '\(council.id)' in the mode '\(mode.rawValue)', "
                                + "'\(pair.text)' on '\(pair.ground)' has a contrast of \(formatRatio(ratio)); "
                                + "it needs \(formatRatio(needed(pair, mode)))",
                            at: brand.location,
                            help: better.map { "The nearest shade that passes is \($0)." },
                            related: [.init("the pair is asked for here", at: pair.location)]))
                }
            }
        }
        return problems
    }

    /// Why a colour cannot be a council's, each with the nearest colour that can.
    private enum Fault {
        case reserved(leave: Colour, better: Colour?)
        case weak(Pair, ratio: Double, better: Colour?)
    }

    private func faults(of accent: Colour, in mode: Mode) -> [Fault] {
        let plain = resolved(mode)
        let leave = hasExit ? plain[Self.leave] : nil
        let own = colours[mode]?.mapValues(\.value) ?? [:]
        func weak(_ accent: Colour) -> [(Pair, Double)] {
            weakPairs(resolved(branding(accent, own)), mode)
        }
        // What the theme gets wrong by itself is reported there.
        let known = Set(weakPairs(plain, mode).map(\.0))
        let isReserved = leave.map { accent.isLike($0) } ?? false
        let weakest = weak(accent).first { !known.contains($0.0) }
        guard isReserved || weakest != nil else { return [] }
        func passes(_ colour: Colour) -> Bool {
            !(leave.map { colour.isLike($0) } ?? false) && weak(colour).allSatisfy { known.contains($0.0) }
        }
        // A shade of its own hue is still the council's colour; where the hue itself is taken, a neighbour is nearer.
        let better =
            (isReserved ? nil : accent.nearestShade(where: passes)) ?? accent.nearestNeighbour(where: passes)
        var faults: [Fault] = []
        if isReserved, let leave { faults.append(.reserved(leave: leave, better: better)) }
        if let (pair, ratio) = weakest { faults.append(.weak(pair, ratio: ratio, better: better)) }
        return faults
    }

    /// Why a colour cannot be a council's in the mode that is the usual one, in words for somebody who chooses it, with
    /// the nearest colour that can; nil where it can.
    package func advice(on colour: Colour) -> (reason: String, better: Colour?)? {
        switch faults(of: colour, in: .light).first {
        case nil: nil
        case .reserved(let leave, let better):
            (
                "The colour \(colour) is like \(leave), the colour of the link that leaves the site. Somebody in danger "
                    + "must see that link at once.", better
            )
        case .weak(let pair, let ratio, let better):
            (
                "Words in the colour \(colour), or on it, could not be read well enough: the contrast of "
                    + "'\(pair.text)' on '\(pair.ground)' would be \(formatRatio(ratio)), and has to be "
                    + "\(formatRatio(needed(pair, .light))).", better
            )
        }
    }

    private func needed(_ pair: Pair, _ mode: Mode) -> Double {
        mode == .contrast && !pair.isEdge ? max(pair.ratio, contrastRatio) : pair.ratio
    }

    private func weakPairs(_ values: [String: Colour], _ mode: Mode) -> [(Pair, Double)] {
        pairs.compactMap { pair in
            guard let text = values[pair.text], let ground = values[pair.ground] else { return nil }
            let ratio = text.contrast(with: ground)
            return ratio < needed(pair, mode) ? (pair, ratio) : nil
        }
    }
}

// MARK: - CSS

extension ThemeTokens {
    /// The tokens as custom properties, in the colours of a brand.
    func css(brand: CouncilIdentity.Brand?) -> String {
        func properties(_ mode: Mode) -> String {
            let scheme = mode == .light ? "light" : "dark"
            return resolved(mode, brand: brand).sorted { $0.key < $1.key }
                .map { "--colour-\($0.key):\($0.value);" }.joined() + "color-scheme:\(scheme)"
        }
        let others = Self.groupNames.flatMap { group in
            (groups[group] ?? [:]).sorted { $0.key < $1.key }.map {
                "--\(group)-\($0.key):\($0.value.value);"
            }
        }.joined()
        let (dark, contrast) = (properties(.dark), properties(.contrast))
        return ":root{\(others)\(properties(.light))}\n"
            + "@media screen and (prefers-color-scheme:dark){:root:not([data-mode]){\(dark)}}\n"
            + "@media screen and (prefers-contrast:more){:root:not([data-mode]){\(contrast)}}\n"
            + "@media screen{:root[data-mode=dark]{\(dark)}:root[data-mode=contrast]{\(contrast)}}\n"
            // Apart, because browsers that do not know :has() drop the whole rule.
            + "@media screen{:root:not([data-ready]):has(#_contrast:checked){\(contrast)}}\n"
    }
}

/// A ratio with two decimals, rounded down: a ratio just under its threshold never looks as if it passed.
func formatRatio(_ ratio: Double) -> String {
    let hundredths = Int(ratio * 100)
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest):1"
}
