import Workspace

/// Names in running text that have signs of punctuation within them: `jane.smith@kent.gov.uk`, `www.kent.gov.uk`,
/// `complaint.docx`, `users.models.User`, `e.g.`.
enum WrittenName {
    /// Whether a stretch without a space has such a name.
    static func isOne(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
        if word.contains(where: { "@/\\_=#~|<>&+%".unicodeScalars.contains($0) }) { return true }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        // A stop within: with a sign of a name before and behind it.
        let inner = parts.indices.dropLast().filter { index in
            isName(parts[index].last) && isName(parts[index + 1].first)
        }
        if inner.count > 1 { return true }
        guard let stop = inner.first else { return false }
        let ending = String(String.UnicodeScalarView(parts[stop + 1].prefix(while: isName))).lowercased()
        let name = String(String.UnicodeScalarView(parts[stop].reversed().prefix(while: isName))).lowercased()
        return name == "www" || fileEndings.contains(ending) || domains.contains(ending)
    }

    private static func isName(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(isName) ?? false }

    private static func isName(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isLetter || scalar.properties.numericType != nil || scalar == "-"
    }

    /// Files that offices exchange and that sites are made of.
    private static let fileEndings: Set<String> = [
        "doc", "docx", "docm", "dot", "dotx", "odt", "ods", "odp", "pdf", "rtf", "txt", "md", "csv", "tsv",
        "xls", "xlsx", "xlsm", "ppt", "pptx", "pub", "msg", "eml", "ics", "vcf", "zip", "jpg", "jpeg", "png",
        "gif", "svg", "webp", "avif", "heic", "tif", "tiff", "bmp", "mp3", "mp4", "m4a", "wav", "mov", "webm",
        "vtt", "srt", "brf", "epub", "htm", "html", "asp", "aspx", "php", "jsp", "css", "js", "json", "xml",
        "yml", "yaml", "toml", "ini", "po", "pot", "exe", "py", "rb", "sh", "swift",
    ]

    /// Generic top-level domains in everyday use and those of the UK and its neighbours.
    /// Source: IANA, Root Zone Database.
    private static let domains: Set<String> = [
        "com", "org", "net", "uk", "gov", "edu", "int", "eu", "ie", "io", "scot", "wales", "cymru", "london",
        "nhs", "ngo", "biz", "im", "je", "gg",
    ]
}
