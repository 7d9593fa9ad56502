/// What a preview has besides the published site: its scripts, and the page for when there is no site yet.
enum PreviewPages {
    // Addresses that no site has: names that start with a dot are never published.
    private static let scriptPath = "/.preview/preview.js"
    private static let panelPath = "/.preview/findings.js"
    static let statePath = "/.preview/state"
    static let findingsPath = "/.preview/findings"
    private static let editorPath = "/.preview/edit.js"
    /// A page around a page of the site, which it shows as others see it.
    static let viewPath = "/.preview/view.html"
    /// A page of the site lets nothing be framed. This one frames the site alone, and is framed by nobody.
    static let viewPolicy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """
    /// What is asked of the editor is the rest of the path.
    static let editPrefix = "/.preview/edit/"

    /// A file of the preview's own.
    static func asset(_ path: String) -> [UInt8]? {
        switch path {
        case scriptPath: PackageResources.preview_js
        case panelPath: PackageResources.findings_js
        case editorPath: PackageResources.edit_js
        case viewPath: PackageResources.view_html
        case "/.preview/view.js": PackageResources.view_js
        case "/.preview/view.css": PackageResources.view_css
        case "/.preview/preview.css": PackageResources.preview_css
        default: nil
        }
    }

    /// A page of a site with the scripts in it.
    ///
    /// - Parameter editToken: What the page's scripts show to change anything; nil where nothing can be.
    static func page(_ html: [UInt8], of site: String, editToken: String? = nil) -> [UInt8] {
        var tags = "<script src=\"\(scriptPath)\" data-shown=\"\(site)\" defer></script>\n"
        tags += "<script src=\"\(panelPath)\" defer></script>\n"
        if let editToken {
            tags += "<script src=\"\(editorPath)\" data-token=\"\(editToken)\" defer></script>\n"
        }
        let tag = Array(tags.utf8)
        // A page of a theme that leaves the end tag out takes it at its end.
        let place = html.indices.last { html[$0...].starts(with: "</body>".utf8) } ?? html.endIndex
        return html[..<place] + tag + html[place...]
    }

    /// Stands where nothing has been built yet.
    static let waiting = Array(
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Not built yet</title>
        <body>
        <h1>Nothing has been built yet</h1>
        <p>The first page comes as soon as it is built.</p>
        </body>
        </html>

        """.utf8)
}
