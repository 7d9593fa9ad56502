import Testing

@testable import Preview

@Suite("What open pages are told of new builds")
struct PreviewStateTests {
    private let pages = ["/", "/north/", "/north/pl/rights/", "/south/rights/"]

    /// The pages that load themselves again after a build that changed these files.
    private func reloaded(_ changed: [String]) -> [String] {
        let state = PreviewState()
        let before = pages.map(state.site)
        state.finish(changing: changed)
        return zip(pages, before).filter { state.site(of: $0) != $1 }.map(\.0)
    }

    @Test("a page is loaded again where files of its council have changed")
    func folders() {
        #expect(reloaded([]) == [])
        #expect(reloaded(["north/rights/index.html"]) == ["/north/", "/north/pl/rights/"])
        #expect(reloaded(["south/search-en.js", "index.html"]) == ["/", "/south/rights/"])
    }

    @Test("what no open page shows leaves it as it is")
    func unseen() {
        #expect(reloaded(["sitemap.xml", "robots.txt", "north/leaflets/guide.pdf"]) == [])
    }

    @Test("one build after another counts, and every change of the site")
    func several() async throws {
        let state = PreviewState()
        state.finish(changing: ["north/index.html"])
        let north = state.site(of: "/north/")
        state.finish(changing: ["south/index.html"])
        #expect(state.site(of: "/north/") == north)
        state.finish(changing: ["north/index.html"])
        #expect(state.site(of: "/north/") != north && state.site(of: "/north/") != state.site(of: "/south/"))
    }
}
