import Workspace

/// Settings at the top of pages that come from another generator: Jekyll, Hugo, Eleventy, GOV.UK's tech docs.
enum ForeignKeys {
    /// Keys that are known to be others', even where one of ours is spelt much like it.
    static let known: Set<String> = [
        "author", "authors", "categories", "category", "collection", "date", "description", "draft",
        "excerpt",
        "image", "keywords", "lang", "last_reviewed_on", "lastmod", "layout", "menu", "nav_order",
        "owner_slack",
        "parent", "permalink", "published", "redirect_from", "review_in", "slug", "subtitle", "tags",
        "template",
        "type", "url", "weight",
    ]

    /// What to write instead, where there is something.
    private static let ours: [String: String] = [
        "description": "summary", "excerpt": "summary", "weight": "order", "nav_order": "order",
        "redirect_from": "aliases", "permalink": "aliases", "url": "aliases", "last_reviewed_on": "reviewed",
        "review_in": "review-every",
        "type": "kind",
    ]

    /// One warning for each key of a folder's pages; one for each page that its old generator would have hidden.
    static func report(_ pages: [SourcePage], to diagnostics: inout Diagnostics) {
        var places: [String: [SourceLocation]] = [:]
        for page in pages {
            for (key, value, location) in page.frontMatter.foreign {
                let hides =
                    key == "draft" && value?.lowercased() == "true"
                    || key == "published" && value?.lowercased() == "false"
                if hides {
                    diagnostics.add(
                        .warning(
                            "ForeignKey", "'\(key)' does not hide this page here: it is published",
                            at: location,
                            help: "Move the page out of the content folder until it is ready."))
                } else {
                    places[key, default: []].append(location)
                }
            }
        }
        for (key, places) in places {
            let places = places.sorted()
            let others = places.count - 1
            diagnostics.add(
                .warning(
                    "ForeignKey",
                    "'\(key)' is a setting of another generator and does nothing here"
                        + (others == 0
                            ? ""
                            : " (also in \(others) other \(others == 1 ? "page" : "pages") of this folder)"),
                    at: places.first,
                    help: ours[key].map { "Write '\($0)' instead, or take it out." } ?? "Take it out."))
        }
    }
}
