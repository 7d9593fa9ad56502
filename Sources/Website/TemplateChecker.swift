import Workspace

/// Finds what the Mustache library would pass over in silence.
struct TemplateChecker {
    let templates: [String: TemplateSyntax]
    /// The texts of `strings.yml`.
    let strings: [String: ThemeString]
    /// Names for `asset.` and `inline.`.
    let assets: Set<String>
    private(set) var diagnostics = Diagnostics()
    private(set) var usedAssets: Set<String> = []
    private(set) var inlinedAssets: Set<String> = []
    private var printsMain = false

    init(templates: [String: TemplateSyntax], strings: [String: ThemeString], assets: Set<String>) {
        self.templates = templates
        self.strings = strings
        self.assets = assets
    }

    /// Checks every template that stands for a page, and the partials from where they are included.
    mutating func check() {
        for (name, template) in templates.sorted(by: { $0.key < $1.key }) {
            guard let names = TemplateSchema.names(for: name) else { continue }
            check(template.nodes, in: template, scopes: [names], includes: [name])
        }
        if let layout = templates[TemplateSchema.layout], !printsMain {
            diagnostics.add(
                .error(
                    "InvalidTemplate", "the layout never prints the page",
                    at: SourceLocation(file: layout.file),
                    help: "Put {{{main}}} where the page's own text goes."))
        }
    }

    private mutating func check(
        _ nodes: [TemplateSyntax.Node], in template: TemplateSyntax, scopes: [TemplateSchema.Names],
        includes: [String]
    ) {
        for node in nodes {
            switch node {
            case .variable(let name, let isEscaped, let range):
                let location = SourceLocation(file: template.file, range: range)
                guard let shape = resolve(name, scopes, at: location) else { continue }
                print(name, shape, isEscaped: isEscaped, at: location)
            case .section(let name, let isInverted, let range, let children):
                let location = SourceLocation(file: template.file, range: range)
                var inner = scopes
                switch resolve(name, scopes, at: location) {
                case .object(let names), .list(let names): inner.append(names)
                case .text, .html, .flag, nil: break
                case .flagSlot:
                    if isInverted {
                        diagnostics.add(
                            .error(
                                "InvalidTemplate", "'\(name)' can only be asked for with '#'", at: location,
                                help: "'is-current' and 'is-other' are each other's opposite."))
                    }
                case .textSlot, .htmlSlot:
                    invalid(
                        "'\(name)' can be printed in the layout, but not asked for with a section",
                        at: location)
                case .strings, .patterns, .assets, .inlineAssets:
                    invalid("'\(name)' cannot be asked for with a section", at: location)
                }
                check(children, in: template, scopes: inner, includes: includes)
            case .partial(let name, let range):
                let location = SourceLocation(file: template.file, range: range)
                guard let partial = templates[name] else {
                    diagnostics.add(
                        .error(
                            "MissingPartial", "there is no template '\(name).mustache'", at: location,
                            help: didYouMean(name, among: templates.keys)))
                    continue
                }
                guard !includes.contains(name) else {
                    invalid("'\(name)' includes itself", at: location)
                    continue
                }
                check(partial.nodes, in: partial, scopes: scopes, includes: includes + [name])
            }
        }
    }

    private mutating func print(
        _ name: String, _ shape: TemplateShape, isEscaped: Bool, at location: SourceLocation
    ) {
        switch shape {
        case .text, .textSlot:
            guard isEscaped else {
                diagnostics.add(
                    .error(
                        "UnescapedText", "'\(name)' is plain text and must be escaped", at: location,
                        help: "Write {{\(name)}}."))
                return
            }
        case .html, .htmlSlot:
            guard !isEscaped else {
                diagnostics.add(
                    .error(
                        "EscapedHTML", "'\(name)' is HTML and would show as text", at: location,
                        help: "Write {{{\(name)}}}."))
                return
            }
            if name == "main" { printsMain = true }
        case .flag, .flagSlot: invalid("'\(name)' is a flag and has no text", at: location)
        case .object, .list: invalid("'\(name)' has parts and no text of its own", at: location)
        case .strings, .patterns, .assets, .inlineAssets:
            invalid("'\(name)' needs a name after it", at: location)
        }
    }

    private mutating func resolve(
        _ path: String, _ scopes: [TemplateSchema.Names], at location: SourceLocation
    ) -> TemplateShape? {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first else { return nil }
        guard var shape = scopes.reversed().lazy.compactMap({ $0[first] }).first else {
            unknown(first, among: scopes.flatMap(\.keys), at: location)
            return nil
        }
        for (index, part) in parts.enumerated().dropFirst() {
            switch shape {
            case .object(let names):
                guard let next = names[part] else {
                    unknown(part, among: names.keys, at: location)
                    return nil
                }
                shape = next
            case .strings:
                return string(parts[index...].joined(separator: "."), at: location)
            case .patterns:
                return string(parts[index...].joined(separator: "."), isPattern: true, at: location)
            case .assets, .inlineAssets:
                let name = parts[index...].joined(separator: ".")
                guard assets.contains(name) else {
                    unknown(name, among: assets, at: location)
                    return nil
                }
                if case .assets = shape {
                    usedAssets.insert(name)
                    return .text
                }
                inlinedAssets.insert(name)
                return .html
            case .text, .html, .flag, .list, .textSlot, .htmlSlot, .flagSlot:
                invalid("'\(parts[..<index].joined(separator: "."))' has no parts", at: location)
                return nil
            }
        }
        return shape
    }

    private mutating func string(
        _ key: String, isPattern: Bool = false, at location: SourceLocation
    ) -> TemplateShape? {
        guard let string = strings[key] else {
            diagnostics.add(
                .error(
                    "UnknownString", "strings.yml has no key '\(key)'", at: location,
                    help: didYouMean(key, among: strings.keys)))
            return nil
        }
        guard isPattern || !string.text.contains("{") else {
            invalid("the string '\(key)' has parameters, which a template cannot fill in", at: location)
            return nil
        }
        return .text
    }

    private mutating func unknown(
        _ name: String, among names: some Sequence<String>, at location: SourceLocation
    ) {
        let known = Set(names)
        diagnostics.add(
            .error(
                "UnknownTemplateName", "nothing is called '\(name)' here", at: location,
                help: didYouMean(
                    name, among: known,
                    otherwise: known.isEmpty
                        ? nil : "Known here: " + known.sorted().joined(separator: ", ") + ".")))
    }

    private mutating func invalid(_ message: String, at location: SourceLocation) {
        diagnostics.add(.error("InvalidTemplate", message, at: location))
    }
}
