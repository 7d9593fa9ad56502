import Foundation
import Preview
import Support
import Testing
import Workspace

@Suite("Showing a published site")
struct PreviewFilesTests {
    private let files = PreviewFiles(
        folder: "/site",
        files: InMemoryFileSystem([
            "/site/index.html": "chooser", "/site/404.html": "not here", "/site/kent/index.html": "kent",
            "/site/kent/my page/index.html": "spaces", "/site/assets/theme.css": "css",
            "/site/.signpost/manifest": "m",
            "/secret.txt": "secret",
        ]))

    private func text(_ path: String) -> String {
        switch files.answer(to: path) {
        case .file(let bytes, let type): "\(type) \(String(decoding: bytes, as: UTF8.self))"
        case .redirect(let target): "to \(target)"
        case .missing(let bytes): "missing: \(String(decoding: bytes, as: UTF8.self))"
        }
    }

    @Test(
        "addresses are answered as a web server does",
        arguments: [
            ("/", "text/html; charset=utf-8 chooser"), ("", "text/html; charset=utf-8 chooser"),
            ("/kent/", "text/html; charset=utf-8 kent"),
            ("/kent/index.html", "text/html; charset=utf-8 kent"),
            ("/kent", "to /kent/"), ("/assets/theme.css", "text/css; charset=utf-8 css"),
            ("/kent/my%20page/", "text/html; charset=utf-8 spaces"), ("/assets/", "missing: not here"),
            ("/nothing", "missing: not here"), ("/kent/index.html/", "missing: not here"),
        ])
    func answers(_ path: String, _ expected: String) {
        #expect(text(path) == expected)
    }

    @Test(
        "nothing outside the site and none of its records is shown",
        arguments: [
            "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/.signpost/manifest",
            "/%2Esignpost/manifest",
            "/..\\secret.txt", "/%00", "/%zz", "/%f", "/%ff",
        ])
    func outside(_ path: String) {
        #expect(text(path) == "missing: not here")
    }

    @Test(
        "a folder without its slash is found on this host, whatever slashes came before",
        arguments: ["//kent", "///kent", "/kent", "//kent//my%20page", "/%6bent", "//assets"])
    func redirects(_ path: String) throws {
        guard case .redirect(let target) = files.answer(to: path) else {
            Issue.record("\(path) is no redirect")
            return
        }
        #expect(target.hasPrefix("/") && !target.hasPrefix("//") && target.hasSuffix("/"))
        #expect(!target.contains(" "))
    }

    @Test(
        "a symbolic link is followed inside the site only",
        arguments: ["file.html", "folder/", "folder/x.html"])
    func links(_ path: String) throws {
        let manager = FileManager.default
        let root = NSTemporaryDirectory() + "/signpost-\(UUID().uuidString)"
        defer { try? manager.removeItem(atPath: root) }
        for folder in ["site/real", "secret"] {
            try manager.createDirectory(atPath: root + "/" + folder, withIntermediateDirectories: true)
        }
        for (file, text) in [
            ("site/real/index.html", "fine"), ("site/real/x.html", "fine"), ("site/real/file.html", "fine"),
            ("secret/index.html", "secret"), ("secret/x.html", "secret"),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: root + "/" + file))
        }
        let site = PreviewFiles(folder: root + "/site", files: LocalFileSystem())
        for (target, isShown) in [("real", true), ("../secret", false), (root + "/secret", false)] {
            for link in ["file.html", "folder"] {
                try? manager.removeItem(atPath: root + "/site/" + link)
                try manager.createSymbolicLink(
                    atPath: root + "/site/" + link,
                    withDestinationPath: link == "folder" ? target : target + "/x.html")
            }
            switch site.answer(to: "/" + path) {
            case .file(let bytes, _):
                #expect(isShown && String(decoding: bytes, as: UTF8.self) == "fine")
            case .redirect, .missing: #expect(!isShown)
            }
        }
    }
}
