// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "signpost",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "signpost", targets: ["signpost"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    ],
    targets: [
        // C libraries, each touched by one module only.
        .systemLibrary(
            name: "CCMarkGFM",
            pkgConfig: "libcmark-gfm",
            providers: [
                .apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"]),
            ]),
        .systemLibrary(
            name: "CXXHash", pkgConfig: "libxxhash",
            providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
        .systemLibrary(
            name: "CQREncode", pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"]), .brew(["qrencode"])]),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"]), .brew(["snowball"])]),
        .systemLibrary(name: "CJemalloc", pkgConfig: "jemalloc", providers: [.apt(["libjemalloc-dev"])]),

        .target(name: "CMarkArena"),

        // The pipeline: a module imports only modules listed before it.
        .target(name: "Workspace", dependencies: ["CXXHash", "Yams"]),
        .target(name: "Markdown", dependencies: ["CCMarkGFM", "CMarkArena", "Workspace"]),
        .target(
            name: "Translations", dependencies: ["CStemmer", "Workspace", "Markdown"],
            resources: [.embedInCode("Exchange/exchange.py")]),
        .target(name: "Guidance", dependencies: ["Workspace", "Markdown", "Translations"]),
        .target(
            name: "Website",
            dependencies: [
                "Workspace", "Markdown", "Translations", "Guidance",
                .product(name: "Mustache", package: "swift-mustache"),
            ]),
        .target(
            name: "Search", dependencies: ["Workspace", "Markdown", "Translations", "Guidance"],
            resources: [
                .embedInCode("Worker/engine.py"), .embedInCode("Worker/page.js"),
                .embedInCode("Worker/explain.js"), .embedInCode("Worker/nearest.py"),
            ]),
        .target(
            name: "Leaflets",
            dependencies: ["Workspace", "Markdown", "Translations", "Guidance", "CQREncode"],
            resources: [
                .embedInCode("Worker/worker.py"), .embedInCode("Worker/main.typ"),
                .embedInCode("Worker/impose.typ"), .embedInCode("Worker/thumbnail.typ"),
                .embedInCode("Worker/copies-main.typ"), .embedInCode("Braille/braille.py"),
            ]),
        .target(name: "Checks", dependencies: ["Workspace", "Markdown", "Translations", "Guidance"]),
        .target(name: "Publishing", dependencies: ["Workspace"]),
        .target(
            name: "Build",
            dependencies: [
                "Workspace", "Markdown", "Translations", "Guidance", "Website", "Search", "Leaflets",
                "Checks", "Publishing",
            ],
            resources: [
                .embedInCode("Importing/Worker/answer.py"), .embedInCode("Importing/Worker/word.py"),
                .embedInCode("Importing/Worker/webpage.py"), .embedInCode("Importing/Worker/pdf.py"),
                .embedInCode("Importing/Worker/worker.py"),
            ]),
        .target(
            name: "Preview",
            dependencies: [
                "Workspace", .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ],
            resources: [
                .embedInCode("Browser/preview.js"), .embedInCode("Browser/findings.js"),
                .embedInCode("Browser/edit.js"), .embedInCode("Browser/view.html"),
                .embedInCode("Browser/view.js"), .embedInCode("Browser/view.css"),
                .embedInCode("Browser/preview.css"),
            ]),
        .executableTarget(
            name: "signpost",
            dependencies: [
                "Workspace", "Markdown", "Translations", "Guidance", "Website", "Search", "Leaflets",
                "Checks", "Publishing", "Build", "Preview",
                .target(name: "CJemalloc", condition: .when(platforms: [.linux])),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .target(
            name: "Harnesses",
            dependencies: [
                "Workspace", "Markdown", "Translations", "Guidance", "Website", "Search", "Leaflets",
                "Preview",
            ],
            path: "Tests/Fuzz/Harnesses"),
        .testTarget(name: "FuzzTests", dependencies: ["Harnesses", "Support", "Workspace"]),
        .target(name: "Support", dependencies: ["Workspace"], path: "Tests/Support"),
        .testTarget(name: "WorkspaceTests", dependencies: ["Workspace", "Support"]),
        .executableTarget(
            name: "leaflet-samples",
            dependencies: ["Leaflets", "Guidance", "Translations", "Markdown", "Workspace"],
            path: "Tests/LeafletSamples"),
        .testTarget(
            name: "LeafletsTests",
            dependencies: ["Leaflets", "Guidance", "Translations", "Markdown", "Workspace", "Support"]),
        .testTarget(name: "MarkdownTests", dependencies: ["Markdown", "Support"]),
        .testTarget(
            name: "SearchTests",
            dependencies: ["Search", "Website", "Guidance", "Translations", "Workspace", "Support"]),
        .testTarget(
            name: "ChecksTests",
            dependencies: ["Checks", "Guidance", "Markdown", "Translations", "Workspace", "Support"]),
        .testTarget(
            name: "BuildTests",
            dependencies: [
                "Build", "Workspace", "Markdown", "Translations", "Guidance", "Website", "Search",
                "Leaflets", "Checks", "Publishing", "Support",
            ]),
        .testTarget(name: "GuidanceTests", dependencies: ["Guidance", "Support"]),
        .testTarget(name: "WebsiteTests", dependencies: ["Website", "Support"]),
        .testTarget(name: "PreviewTests", dependencies: ["Preview", "Support", "Workspace"]),
        .testTarget(name: "PublishingTests", dependencies: ["Publishing", "Workspace"]),
        .testTarget(name: "TranslationsTests", dependencies: ["Translations", "Workspace"]),
    ],
    swiftLanguageModes: [.v6]
)

// Only where it is asked for, since its parts are compiled with libFuzzer's counters: see `make fuzz`.
if Context.environment["SIGNPOST_FUZZ"] != nil {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/LibFuzzer"),
        .executableTarget(
            name: "fuzz",
            dependencies: ["CLibFuzzer", "Harnesses"], path: "Tests/Fuzz/Driver"),
    ]
}
