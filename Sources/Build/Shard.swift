import Workspace

/// One of several parts of a portal's councils, each built by itself: on other cores or other machines.
package struct Shard: Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    package let number: Int
    package let count: Int

    /// Reads `2/8`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1,
            (1...count).contains(number)
        else { return nil }
        self.number = number
        self.count = count
    }

    package var description: String { "\(number)/\(count)" }

    /// Whether the council at this place of the portal belongs to it.
    func contains(_ place: Int) -> Bool { place % count == number - 1 }
}

/// What a shard is part of and what the whole site's pages need of its councils: a file among its pages.
struct ShardRecord: Sendable {
    static let path = "signpost-shard.txt"
    private static let header = "signpost shard 1"

    var shard: Shard
    /// Of the content, the theme, the program's version and the options: equal for all shards of a site.
    var source: ContentHash
    /// Each council's summary as text, in the order of the portal.
    var councils: [(id: String, summary: String)]

    var text: String {
        "\(Self.header)\nshard\t\(shard)\nsource\t\(source)\n"
            + councils.map { "council\t\($0.id)\n\($0.summary)" }.joined()
    }

    init(shard: Shard, source: ContentHash, councils: [(id: String, summary: String)]) {
        self.shard = shard
        self.source = source
        self.councils = councils
    }

    init?(_ text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: true)[...]
        func field(_ name: String) -> Substring? {
            guard let line = lines.popFirst(), line.hasPrefix(name + "\t") else { return nil }
            return line.dropFirst(name.utf8.count + 1)
        }
        guard lines.popFirst() == Self.header[...], let shard = field("shard").flatMap({ Shard(String($0)) }),
            let source = field("source").flatMap({ ContentHash($0) })
        else { return nil }
        self.shard = shard
        self.source = source
        councils = []
        for line in lines {
            if line.hasPrefix("council\t") {
                councils.append((String(line.dropFirst("council\t".count)), ""))
            } else if councils.isEmpty {
                return nil
            } else {
                councils[councils.count - 1].summary += line + "\n"
            }
        }
    }
}
