import Foundation
import Workspace

/// The text of a catalogue as agencies send it: UTF-8 with or without a byte order mark, UTF-16, or the code page that
/// its header names.
package enum CatalogueText {
    /// Reads a catalogue's text; nil where nobody can know what its bytes mean.
    ///
    /// What the header says is believed, as far as it can be true. A file that says UTF-8 and is something else is an
    /// error, which names the likely code page and shows what would be read: a guess could put wrong letters on a page.
    package static func read(
        _ bytes: [UInt8], path: String, language: Language?, reporting diagnostics: inout Diagnostics
    ) -> SourceText? {
        func note(_ name: String) {
            diagnostics.add(
                Diagnostic(
                    .note, "CatalogueEncoding", "this catalogue is in \(name)",
                    at: SourceLocation(file: path),
                    help: "It was read as that. 'signpost translations extract' writes it as UTF-8."))
        }
        if let encoding = utf16(bytes) {
            guard let text = String(data: Data(bytes), encoding: encoding) else {
                diagnostics.add(
                    .error(
                        "UnsupportedCharset", "this catalogue seems to be in UTF-16, but is damaged",
                        at: SourceLocation(file: path), help: "Have it sent again, as UTF-8."))
                return nil
            }
            note("UTF-16")
            return SourceText(path: path, text: declaringUTF8(text.replacing("\u{FEFF}", with: "")))
        }
        guard String(validating: bytes, as: UTF8.self) == nil else {
            return SourceText.check(bytes, path: path, reporting: &diagnostics)
        }
        let declared = declaredCharset(bytes)
        if let declared, !isUTF8(declared) {
            if let page = CodePage(charset: declared),
                let text = page.decode(bytes)
            {
                note(page.name)
                return SourceText(path: path, text: declaringUTF8(text))
            }
            diagnostics.add(
                .error(
                    "UnsupportedCharset",
                    "this catalogue says that it is in \(declared), which cannot be read",
                    at: SourceLocation(file: path), help: "Have it sent again, as UTF-8."))
            return nil
        }
        let (line, column, rest) = firstForeign(bytes)
        let page = CodePage(
            usedFor: language ?? headerField("Language: ", in: bytes).flatMap { Language(localeName: $0) })
        let sample = page.decode(Array(rest)).map { "“\($0)”" }
        diagnostics.add(
            .error(
                "UnsupportedCharset",
                declared == nil
                    ? "this catalogue is not in UTF-8, and does not say what it is in"
                    : "this catalogue says that it is in UTF-8, but is not",
                at: SourceLocation(file: path, range: SourceRange(line: line, column: column)),
                help: sample.map {
                    "If \($0) is right here, it is in \(page.name): write \"charset=\(page.charset)\" in its header."
                } ?? "Have it sent again, as UTF-8."))
        return nil
    }

    private static func isUTF8(_ charset: String) -> Bool { ["UTF-8", "UTF8", "CHARSET"].contains(charset) }

    /// UTF-16 with a byte order mark, or without one where every other byte of the start is zero.
    private static func utf16(_ bytes: [UInt8]) -> String.Encoding? {
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        let start = bytes.prefix(64)
        guard start.count >= 8 else { return nil }
        let zeros = (0...1).map { odd in start.indices.count { $0 % 2 == odd && start[$0] == 0 } }
        if zeros[1] * 2 == start.count, zeros[0] == 0 { return .utf16LittleEndian }
        if zeros[0] * 2 == start.count, zeros[1] == 0 { return .utf16BigEndian }
        return nil
    }

    /// What the header names, in capitals.
    private static func declaredCharset(_ bytes: [UInt8]) -> String? {
        headerField("charset=", in: bytes)?.uppercased()
    }

    /// What the header says after a mark. It is ASCII in every code page that is used for catalogues.
    private static func headerField(_ mark: String, in bytes: [UInt8]) -> String? {
        let start = String(decoding: bytes.prefix(8192).filter { $0 < 0x80 }, as: UTF8.self)
        guard let mark = start.firstRange(of: mark) else { return nil }
        let name = start[mark.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        return name.isEmpty ? nil : String(name)
    }

    /// The text is UTF-8 from here on, and its header says so.
    private static func declaringUTF8(_ text: String) -> String {
        guard let mark = text.firstRange(of: "charset=") else { return text }
        let name = text[mark.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        return text.replacingCharacters(in: name.startIndex..<name.endIndex, with: "UTF-8")
    }

    /// Where the first byte stands that is no UTF-8, and the word around it.
    private static func firstForeign(_ bytes: [UInt8]) -> (line: Int, column: Int, word: ArraySlice<UInt8>) {
        let ends: Set<UInt8> = [0x0A, 0x0D, 0x20, 0x22]
        guard let index = bytes.firstIndex(where: { $0 >= 0x80 }) else { return (1, 1, []) }
        let lineStart = bytes[..<index].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let wordStart = bytes[lineStart..<index].lastIndex(where: ends.contains).map { $0 + 1 } ?? lineStart
        let wordEnd = bytes[index...].firstIndex(where: ends.contains) ?? bytes.endIndex
        return (
            bytes[..<index].count { $0 == 0x0A } + 1, index - lineStart + 1, bytes[wordStart..<wordEnd]
        )
    }

    /// An 8-bit or multi-byte character set from before Unicode.
    private struct CodePage {
        /// As people call it, and as a header names it.
        var name: String
        var charset: String
        var encoding: String.Encoding

        /// The numbers are those of `CFStringEncodings`.
        private static let all: [(names: [String], charset: String, number: UInt)] = [
            (["1250"], "windows-1250", 0x501), (["1251"], "windows-1251", 0x502),
            (["1252"], "windows-1252", 0x500), (["1253"], "windows-1253", 0x503),
            (["1254"], "windows-1254", 0x504), (["1255"], "windows-1255", 0x505),
            (["1256"], "windows-1256", 0x506), (["1257"], "windows-1257", 0x507),
            (["1258"], "windows-1258", 0x508),
            (["88591", "LATIN1", "ASCII", "USASCII"], "ISO-8859-1", 0x201),
            (["88592", "LATIN2"], "ISO-8859-2", 0x202), (["88595"], "ISO-8859-5", 0x205),
            (["88596"], "ISO-8859-6", 0x206), (["88599", "LATIN5"], "ISO-8859-9", 0x209),
            (["885913"], "ISO-8859-13", 0x20D), (["885915", "LATIN9"], "ISO-8859-15", 0x20F),
            (["885916", "LATIN10"], "ISO-8859-16", 0x210), (["KOI8R"], "KOI8-R", 0xA02),
            (["GB18030", "GBK", "GB2312"], "GB18030", 0x632), (["BIG5"], "Big5", 0xA03),
        ]

        private init(_ page: (names: [String], charset: String, number: UInt)) {
            charset = page.charset
            name = page.charset.hasPrefix("windows") ? page.charset.capitalized : page.charset
            encoding = String.Encoding(rawValue: 0x8000_0000 | page.number)
        }

        init?(charset: String) {
            let bare = charset.uppercased().filter { $0.isLetter || $0.isNumber }
            let number = bare.replacing("WINDOWS", with: "").replacing("ISO", with: "").replacing(
                "CP", with: "")
            guard let page = Self.all.first(where: { $0.names.contains(number) || $0.names.contains(bare) })
            else { return nil }
            self.init(page)
        }

        /// What Windows used for a language.
        init(usedFor language: Language?) {
            let name =
                switch language?.tag {
                case "pl", "ro", "cs", "sk", "hu", "sq", "hr", "sl", "bs": "1250"
                case "ru", "uk", "bg", "sr", "mk", "be": "1251"
                case "el": "1253"
                case "tr": "1254"
                case "he", "yi": "1255"
                case "ar", "fa", "ur", "ps", "ckb": "1256"
                case "lt", "lv", "et": "1257"
                case "vi": "1258"
                case "zh-Hans": "GB18030"
                case "zh-Hant": "BIG5"
                default: "1252"
                }
            self.init(Self.all.first { $0.names.contains(name) } ?? Self.all[2])
        }

        func decode(_ bytes: [UInt8]) -> String? { String(data: Data(bytes), encoding: encoding) }
    }
}
