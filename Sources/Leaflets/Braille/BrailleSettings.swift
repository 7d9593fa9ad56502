import Translations
import Workspace

/// What a theme says of braille: the size of a page, and which table of liblouis writes which language.
public struct BrailleSettings: Hashable, Sendable {
    /// Cells on a line.
    public var cells: Int
    /// Lines on a page, with the one that has its number.
    public var lines: Int
    /// Tables by language tag. A language without one has no braille.
    public var tables: [String: String]
    /// For what stands in Latin letters within text of another language: names, e-mail addresses, whole passages that are
    /// not translated. Also for punctuation that a table lacks.
    public var latin: String

    /// The table for text of a language, in a leaflet that is in another one or in the same.
    func table(for language: Language, in own: Language) -> String {
        guard language != own else { return tables[own.tag] ?? latin }
        // Who reads another language may not know how English is contracted.
        return language == .english ? latin : tables[language.tag] ?? latin
    }

    static func parse(_ source: SourceText, reporting diagnostics: inout Diagnostics) -> BrailleSettings? {
        let reader = YAMLReader(file: source.path)
        defer { diagnostics.add(reader.diagnostics) }
        guard var root = reader.root(source.string) else { return nil }
        // Narrower, a web address takes half a page; no embosser has more.
        let cells = root.value("cells").flatMap { $0.int(in: 20...100) } ?? 40
        let lines = root.value("lines").flatMap { $0.int(in: 10...100) } ?? 25
        let latin = root.required("latin").flatMap(table)
        var tables: [String: String] = [:]
        if let mapping = root.required("tables")?.mapping() {
            for entry in mapping.entries {
                guard Language(tag: entry.key) != nil else {
                    reader.add(
                        .error("UnknownLanguage", "unknown language '\(entry.key)'", at: entry.keyLocation))
                    continue
                }
                tables[entry.key] = table(entry.value)
            }
        }
        root.finish()
        guard let latin else { return nil }
        return BrailleSettings(cells: cells, lines: lines, tables: tables, latin: latin)
    }

    /// Names of files of liblouis alone: nothing else of the machine is read.
    private static func table(_ value: YAMLValue) -> String? {
        guard let name = value.string() else { return nil }
        let isName = name.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains($0)
        }
        guard isName, !name.isEmpty, !name.hasPrefix(".") else {
            value.reader.add(
                .error(
                    "WrongType", "'\(name)' is not the name of a table", at: value.location,
                    help: "Name a file of liblouis, such as en-ueb-g2.ctb."))
            return nil
        }
        return name
    }
}
