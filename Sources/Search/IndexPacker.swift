/// Packs the text of an index into about three quarters of what gzip makes of it.
///
/// A context-mixing model (Mahoney, "Adaptive Weighing of Context Models for Lossless Data Compression",
/// 2005) guesses each bit from the bytes before it, the word it stands in and the last place where the same
/// five bytes stood; an arithmetic coder writes what the guess leaves open. The browser's copy is `unpack` in
/// the theme's `search.js`. All arithmetic is on whole numbers, so that both give the same bits everywhere.
struct IndexPacker {
    static func pack(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 3)
        var low: UInt32 = 0
        var high: UInt32 = .max
        var model = Model(capacity: bytes.count)
        for byte in bytes {
            for shift in stride(from: 7, through: 0, by: -1) {
                let bit = Int(byte >> UInt8(shift) & 1)
                let middle = split(low, high, model.probability())
                if bit == 1 { high = middle } else { low = middle &+ 1 }
                model.learn(bit)
                while (low ^ high) & 0xFF00_0000 == 0 {
                    output.append(UInt8(high >> 24))
                    low <<= 8
                    high = high << 8 | 255
                }
            }
        }
        for shift in [24, 16, 8, 0] as [UInt32] { output.append(UInt8(truncatingIfNeeded: low >> shift)) }
        // The decoder reads zeros after the end.
        while output.last == 0 { output.removeLast() }
        return output
    }

    /// What `pack` packed; used by the tests.
    static func unpack(_ packed: [UInt8], count: Int) -> [UInt8] {
        var position = 0
        func next() -> UInt32 {
            defer { position += 1 }
            return position < packed.count ? UInt32(packed[position]) : 0
        }
        var low: UInt32 = 0
        var high: UInt32 = .max
        var code: UInt32 = 0
        for _ in 0..<4 { code = code << 8 | next() }
        var model = Model(capacity: count)
        for _ in 0..<count * 8 {
            let middle = split(low, high, model.probability())
            let bit = code <= middle ? 1 : 0
            if bit == 1 { high = middle } else { low = middle &+ 1 }
            model.learn(bit)
            while (low ^ high) & 0xFF00_0000 == 0 {
                low <<= 8
                high = high << 8 | 255
                code = code << 8 | next()
            }
        }
        return model.decoded
    }

    /// 64 letters, for a text file.
    static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 4 / 3 + 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            var group: UInt32 = 0
            for offset in 0..<3 {
                group = group << 8 | (offset < part.count ? UInt32(part[start + offset]) : 0)
            }
            for digit in 0...part.count { text.append(letters[Int(group >> UInt32(18 - 6 * digit) & 63)]) }
        }
        while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The last number of the lower part, which stands for a 1, of a range split by a probability of 12 bits.
    private static func split(_ low: UInt32, _ high: UInt32, _ probability: Int) -> UInt32 {
        let range = high - low
        let p = UInt32(probability)
        return low + (range >> 12) * p + ((range & 0xFFF) * p) >> 12
    }
}

extension IndexPacker {
    /// Guesses the next bit, and learns what it was.
    private struct Model: ~Copyable {
        static let contexts = 6
        static let slotBits: UInt32 = 21
        static let inputs = contexts + 1
        /// A slot learns at least this slowly after so many bits.
        static let countLimit: UInt8 = 20

        /// What was coded so far, and how much that is.
        private let bytes: UnsafeMutablePointer<UInt8>
        private(set) var count = 0
        /// Per slot: how likely a 1 is (16 bits), and how often it was seen.
        private let chance: UnsafeMutablePointer<UInt16>
        private let seen: UnsafeMutablePointer<UInt8>
        private let slots = 1 << Int(Model.slotBits)
        /// Two sets of mixing weights: by the bits of this byte so far, and by how much context is known.
        private let byBits: UnsafeMutablePointer<Int32>
        private let byContext: UnsafeMutablePointer<Int32>
        private let lastPlace: UnsafeMutablePointer<Int32>
        private let stretch: UnsafeMutablePointer<Int32>
        private let rate: UnsafeMutablePointer<Int32>

        private let hashes: UnsafeMutablePointer<UInt32>
        private let rows: UnsafeMutablePointer<Int>
        private let used: UnsafeMutablePointer<Int>
        private let input: UnsafeMutablePointer<Int32>
        private var bits: UInt32 = 1
        /// The bits of this half of the byte so far, after a 1.
        private var node = 1
        private var word: UInt32 = 0
        private var matchPlace = 0
        private var matchLength = 0
        private var guess: Int32 = 0
        private var rowA = 0
        private var rowB = 0

        /// - Parameter capacity: Bytes that will be coded at most.
        init(capacity: Int) {
            func make<T>(_ count: Int, _ value: T) -> UnsafeMutablePointer<T> {
                let pointer = UnsafeMutablePointer<T>.allocate(capacity: count)
                pointer.initialize(repeating: value, count: count)
                return pointer
            }
            bytes = make(capacity + 1, 0)
            chance = make(slots, 32768)
            seen = make(slots, 0)
            byBits = make(256 * Model.inputs, 10000)
            byContext = make(85 * Model.inputs, 10000)
            lastPlace = make(1 << 16, 0)
            hashes = make(Model.contexts, 0)
            rows = make(Model.contexts, 0)
            used = make(Model.contexts, 0)
            input = make(Model.inputs, 0)
            stretch = make(4096, 2047)
            rate = make(Int(Model.countLimit) + 1, 0)
            for (index, value) in Model.stretchTable().enumerated() { stretch[index] = value }
            for index in 0...Int(Model.countLimit) { rate[index] = Int32(40960 / (10 * index + 14)) }
            hash()
        }

        deinit {
            bytes.deallocate()
            chance.deallocate()
            seen.deallocate()
            byBits.deallocate()
            byContext.deallocate()
            lastPlace.deallocate()
            hashes.deallocate()
            rows.deallocate()
            used.deallocate()
            input.deallocate()
            stretch.deallocate()
            rate.deallocate()
        }

        /// What was coded.
        var decoded: [UInt8] { Array(UnsafeBufferPointer(start: bytes, count: count)) }

        /// How likely the next bit is a 1: 1 to 4094 of 4096.
        mutating func probability() -> Int {
            var known = 0
            for k in 0..<Model.contexts {
                // Half a byte's slots lie side by side, which spares the memory of old phones.
                if node == 1 {
                    var row = (hashes[k] &+ bits &* 0x9E37_79B1) &* 0x85EB_CA6B
                    row ^= row >> 13
                    row = row &* 0xC2B2_AE35
                    rows[k] = Int(row >> (36 - Model.slotBits)) << 4
                }
                let index = rows[k] + node
                used[k] = index
                if seen[index] > 0 {
                    if k < 5 { known = k }
                    input[k] = stretch[Int(chance[index] >> 4)]
                } else {
                    input[k] = 0
                }
            }
            input[Model.contexts] = match()
            rowA = Int(bits) * Model.inputs
            rowB = (known * 17 + min(matchLength, 16)) * Model.inputs
            var sum = 0
            for k in 0..<Model.inputs { sum += Int(byBits[rowA + k] + byContext[rowB + k]) * Int(input[k]) }
            guess = min(max(Model.squash(Int32(max(-2047, min(2047, sum >> 16)))), 1), 4094)
            return Int(guess)
        }

        private mutating func match() -> Int32 {
            guard matchLength > 0 else { return 0 }
            let expected = UInt32(bytes[matchPlace]) | 256
            let shift = UInt32(bits.leadingZeroBitCount) - 24
            guard expected >> (shift + 1) == bits else {
                matchLength = 0
                return 0
            }
            let weight = Int32(64 + 32 * min(matchLength, 15))
            return expected >> shift & 1 == 1 ? weight : -weight
        }

        mutating func learn(_ bit: Int) {
            let error = (Int32(bit << 12) - guess) * 6
            for k in 0..<Model.inputs {
                let change = (input[k] * error + 8192) >> 14
                byBits[rowA + k] += change
                byContext[rowB + k] += change
            }
            for k in 0..<Model.contexts {
                let index = used[k]
                let value = Int32(chance[index])
                chance[index] = UInt16(
                    value + (((bit == 1 ? 65535 : 0) - value) * rate[Int(seen[index])]) >> 12)
                if seen[index] < Model.countLimit { seen[index] += 1 }
            }
            bits = bits << 1 | UInt32(bit)
            node = node > 7 ? 1 : node << 1 | bit
            if bits > 255 { finishByte() }
        }

        private mutating func finishByte() {
            let byte = UInt8(bits & 255)
            bits = 1
            bytes[count] = byte
            count += 1
            let isLetter = byte > 127 || (97...122).contains(byte | 32)
            word = isLetter ? (word &+ UInt32(byte | 32)) &* 0x2F0B_4C47 : 0
            if matchLength > 0, bytes[matchPlace] == byte {
                matchLength += 1
                matchPlace += 1
            } else {
                matchLength = 0
            }
            if count > 4 {
                var hash: UInt32 = 0
                for offset in 1...5 { hash = (hash &+ UInt32(bytes[count - offset])) &* 0x2F0B_4C47 }
                let place = Int(hash >> 16)
                if matchLength == 0 {
                    matchPlace = Int(lastPlace[place])
                    while matchLength < 20, matchPlace - 1 - matchLength >= 0,
                        bytes[matchPlace - 1 - matchLength] == bytes[count - 1 - matchLength]
                    {
                        matchLength += 1
                    }
                    if matchLength < 5 { matchLength = 0 }
                }
                lastPlace[place] = Int32(count)
            }
            hash()
        }

        private mutating func hash() {
            var last: UInt32 = 0
            for offset in 1...4 where count >= offset {
                last |= UInt32(bytes[count - offset]) << UInt32(8 * (offset - 1))
            }
            for k in 0..<Model.contexts {
                let context = k == 5 ? word : k == 4 ? last : last & (1 << UInt32(8 * k) - 1)
                let hash = (context &+ UInt32(k) &* 0x3C6E_F372) &* 0x9E37_79B1
                hashes[k] = hash ^ hash >> 15
            }
        }

        /// A probability of 12 bits from its logarithm of odds in 1/256.
        private static func squash(_ value: Int32) -> Int32 {
            let low = Int(value >> 7) + 16
            let part = value & 127
            return (squashTable[low] * (128 - part) + squashTable[low + 1] * part + 64) >> 7
        }

        private static let squashTable: [Int32] = [
            1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607,
            3785,
            3901, 3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
        ]

        /// The inverse of `squash`.
        private static func stretchTable() -> [Int32] {
            var table: [Int32] = []
            for value in Int32(-2047)...2047 {
                let end = Int(squash(value))
                while table.count <= end { table.append(value) }
            }
            while table.count < 4096 { table.append(2047) }
            return table
        }
    }
}
