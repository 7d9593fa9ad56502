/// Hears how far a run has come.
package protocol BuildProgress: Sendable {
    /// The number of councils that will be done.
    func start(total: Int)
    /// One more is done.
    func advance(_ name: String)
    func finish()
}

/// Says nothing.
package struct NoProgress: BuildProgress {
    package init() {}

    package func start(total: Int) {}
    package func advance(_ name: String) {}
    package func finish() {}
}
