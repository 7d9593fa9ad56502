import CCMarkGFM

/// The library that reads Markdown.
public enum MarkdownParser {
    /// The version of cmark-gfm that runs, which may not be the one this program was compiled with.
    public static var version: String { String(cString: cmark_version_string()) }
}
