#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension String {
    /// Below, at or above 0 as this text's UTF-8 bytes come before, are, or come after the other's.
    ///
    /// Swift's own order and equality look past the Unicode form, and the bytes of two views compare slowly;
    /// a build compares many thousand paths.
    package func compareBytes(with other: String) -> Int {
        let fast: Int?? = utf8.withContiguousStorageIfAvailable { a in
            other.utf8.withContiguousStorageIfAvailable { b in
                guard let x = a.baseAddress, let y = b.baseAddress else { return a.count - b.count }
                let order = Int(memcmp(x, y, min(a.count, b.count)))
                return order != 0 ? order : a.count - b.count
            }
        }
        if let fast, let fast { return fast }
        if utf8.elementsEqual(other.utf8) { return 0 }
        return utf8.lexicographicallyPrecedes(other.utf8) ? -1 : 1
    }
}
