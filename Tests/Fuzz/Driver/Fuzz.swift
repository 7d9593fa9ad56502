import CLibFuzzer
import Foundation
import Harnesses

/// Gives libFuzzer one of the readers of foreign text: `fuzz HARNESS [libFuzzer's options] [CORPUS…]`.
///
/// Without a harness it lists them. What a harness checks is in `Harness.swift`; how to run them, in `CONTRIBUTING.md`.
@main
enum Fuzz {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count > 1, let harness = Harness(rawValue: arguments[1]) else {
            for harness in Harness.allCases { print(harness.rawValue) }
            exit(arguments.count > 1 ? 2 : 0)
        }
        chosen = harness
        var count = CInt(arguments.count - 1)
        // libFuzzer keeps the arguments for as long as it runs.
        let kept = ([arguments[0]] + arguments.dropFirst(2)).map { strdup($0) } + [nil]
        let values = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: kept.count)
        values.initialize(from: kept, count: kept.count)
        var pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = values
        exit(
            LLVMFuzzerRunDriver(&count, &pointer) { data, size in
                chosen.trap(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            })
    }
}

/// Set once, before libFuzzer starts; it calls back on the same thread.
nonisolated(unsafe) private var chosen = Harness.markdown
