import Foundation

/// Where the checkout is, for tests that read the example portal.
public enum Repository {
    public static let root: String = {
        // Tests/Support/Repository.swift
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.path
    }()

    public static let content = root + "/content"
}
