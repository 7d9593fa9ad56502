import Workspace

/// Who has checked a translation.
public enum ReviewState: Hashable, Sendable, CustomStringConvertible {
    /// Machine-drafted, or checked by nobody yet.
    case draft
    case reviewed(by: String, on: CalendarDate)

    /// Reads `draft` or `reviewed by NAME on YYYY-MM-DD`, as catalogues write it in `X-Signpost-Review`.
    public init?(_ text: some StringProtocol) {
        let words = text.split(whereSeparator: \.isWhitespace)
        if words == ["draft"] {
            self = .draft
            return
        }
        guard words.count >= 5, words.starts(with: ["reviewed", "by"]), words[words.count - 2] == "on",
            let date = CalendarDate(String(words[words.count - 1])), date.day != nil
        else { return nil }
        self = .reviewed(by: words[2..<(words.count - 2)].joined(separator: " "), on: date)
    }

    public var description: String {
        switch self {
        case .draft: "draft"
        case .reviewed(let name, let date): "reviewed by \(name) on \(date)"
        }
    }
}
