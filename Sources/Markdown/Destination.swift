/// Where a link leads, or where a picture comes from.
public enum Destination: Hashable, Sendable {
    /// As it is written: an address, or a path from the file that it stands in. In an edition always an address.
    case address(String)
    /// A page of the edition by its path, and maybe a section of it by its id.
    case page(String, section: String?)
    /// A file below the content folder, which is published because a page names it.
    case file(String)

    /// As it is written; nil for what an edition has found out.
    public var written: String? {
        if case .address(let text) = self { text } else { nil }
    }
}

extension Destination: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self = .address(text) }
}
