extension Collection where Element: Sendable, Index: Sendable {
    /// Applies `transform` to every element, at most `width` at a time, and returns the results in order.
    public func concurrentMap<Result: Sendable>(
        width: Int, _ transform: @escaping @Sendable (Element) async throws -> Result
    ) async rethrows -> [Result] {
        let elements = Array(self)
        var results = [Result?](repeating: nil, count: elements.count)
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            var next = 0
            func start() {
                guard next < elements.count else { return }
                let index = next
                let element = elements[index]
                next += 1
                group.addTask { (index, try await transform(element)) }
            }
            for _ in 0..<Swift.max(1, width) { start() }
            while let (index, result) = try await group.next() {
                results[index] = result
                start()
            }
        }
        return results.compactMap { $0 }
    }
}
