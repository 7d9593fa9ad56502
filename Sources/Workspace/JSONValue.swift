/// A JSON value whose objects keep their order, so that the same data always gives the same bytes.
public indirect enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([(String, JSONValue)])

    public func serialized(pretty: Bool = false) -> String {
        var output = ""
        write(to: &output, indent: pretty ? 0 : nil)
        return output
    }

    private func write(to output: inout String, indent: Int?) {
        func newline(_ depth: Int?) {
            guard let depth else { return }
            output += "\n" + String(repeating: "  ", count: depth)
        }
        switch self {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .int(let value): output += "\(value)"
        case .double(let value): output += value.isFinite ? "\(value)" : "null"
        case .string(let text): Self.write(text, to: &output)
        case .array(let values):
            if values.isEmpty {
                output += "[]"
                return
            }
            output += "["
            for (index, value) in values.enumerated() {
                if index > 0 { output += "," }
                newline(indent.map { $0 + 1 })
                value.write(to: &output, indent: indent.map { $0 + 1 })
            }
            newline(indent)
            output += "]"
        case .object(let fields):
            if fields.isEmpty {
                output += "{}"
                return
            }
            output += "{"
            for (index, field) in fields.enumerated() {
                if index > 0 { output += "," }
                newline(indent.map { $0 + 1 })
                Self.write(field.0, to: &output)
                output += indent == nil ? ":" : ": "
                field.1.write(to: &output, indent: indent.map { $0 + 1 })
            }
            newline(indent)
            output += "}"
        }
    }

    private static func write(_ text: String, to output: inout String) {
        output += "\""
        let scalars = text.unicodeScalars
        // Where the text starts that is not written yet: most of it is written as it is.
        var start = scalars.startIndex
        for index in scalars.indices {
            guard let escape = escape(scalars[index]) else { continue }
            output += text[start..<index]
            output += escape
            start = scalars.index(after: index)
        }
        output += text[start...]
        output += "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        // Line separators end a line in JavaScript before 2019; `<` could end a script element.
        case "\u{0}"..."\u{1F}", "\u{2028}", "\u{2029}", "<":
            let hex = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        // Not raw on a terminal either; those beyond four digits are no text of any language.
        case _ where HiddenCharacters.contains(scalar) && scalar.value <= 0xFFFF:
            let hex = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        default: return nil
        }
    }
}
