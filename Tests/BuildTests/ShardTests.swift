import Build
import Support
import Testing
import Workspace

/// Parts of a site, built apart and joined.
@Suite("Shards")
struct ShardTests {
    private func errors(_ report: SiteBuild.Report) -> [String] {
        report.diagnostics.sorted.filter { $0.severity == .error }.map(\.rule)
    }

    /// Two councils, one of them with a picture and an old address.
    private func site() -> Site {
        Site(
            Site.twoCouncils.merging([
                "councils/south/map.svg":
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\" height=\"3\"></svg>",
                "councils/south/visits.md":
                    "---\naliases: [old/visits]\n---\n\n# Visits: \\\\ and more\n\n## Where {#where}\n\n![A map](map.svg)\n",
                "councils/west/council.yml":
                    "name: West Council\nnation: wales\nlanguages: [en]\nfacts: {arrive-early: {value: 5 minutes}}\n",
            ]) { $1 })
    }

    @Test("joined, they are the whole, byte for byte", arguments: [1, 2, 3, 4])
    func whole(count: Int) async throws {
        let site = site()
        #expect(errors(await site.build(to: "whole")) == [])
        var parts: [String] = []
        for number in 1...count {
            let part = "part-\(number)"
            #expect(errors(await site.build(to: part, shard: Shard("\(number)/\(count)"))) == [])
            parts.append(part)
        }
        if count == 3 {
            // Each has its own councils, and nothing of the whole site.
            #expect(site.page("north/index.html", in: "part-1") != nil)
            #expect(site.page("south/index.html", in: "part-1") == nil)
            #expect(site.page("index.html", in: "part-1") == nil)
        }
        let merged = await site.merge(parts.reversed(), to: "merged")
        #expect(errors(merged) == [])
        let (left, right) = (site.published(in: "merged"), site.published(in: "whole"))
        #expect(Set(left.keys).union(right.keys).filter { left[$0] != right[$0] }.sorted() == [])
        #expect(
            site.files.text("merged/.signpost/manifest") == site.files.text("whole/.signpost/manifest"))
    }

    @Test("a part that is missing, twice there, of another site or damaged is refused")
    func refused() async throws {
        let site = site()
        for number in 1...2 { await site.build(to: "part-\(number)", shard: Shard("\(number)/2")) }
        #expect(errors(await site.merge(["part-1"], to: "merged")) == ["MissingShard"])
        #expect(
            errors(await site.merge(["part-1", "part-1"], to: "merged")).sorted() == [
                "MissingShard", "SameShard",
            ])
        await site.build(to: "third", shard: Shard("3/3"))
        #expect(errors(await site.merge(["part-1", "part-2", "third"], to: "merged")) == ["SameShard"])
        await site.build(to: "whole")
        #expect(errors(await site.merge(["part-1", "part-2", "whole"], to: "merged")) == ["NotAShard"])
        try site.files.write(Array("cut".utf8), to: "part-2/south/index.html")
        #expect(errors(await site.merge(["part-1", "part-2"], to: "merged")) == ["DamagedShard"])
        #expect(site.published(in: "merged").isEmpty)
    }

    @Test("parts of other content or another day are refused")
    func outdated() async throws {
        let site = site()
        for number in 1...2 { await site.build(to: "part-\(number)", shard: Shard("\(number)/2")) }
        #expect(
            errors(await site.merge(["part-1", "part-2"], to: "merged", today: "2026-11-29")).contains(
                "OutdatedShard"))
        try site.replace("15 minutes", with: "16 minutes", in: "councils/north/council.yml")
        #expect(
            Set(errors(await site.merge(["part-1", "part-2"], to: "merged"))) == ["OutdatedShard"])
    }

    @Test(
        "the number of a part is one of as many as there are",
        arguments: ["0/2", "3/2", "1", "1/0", "a/b", "1/2/3", "-1/2"])
    func numbers(text: String) {
        #expect(Shard(text) == nil)
    }
}
