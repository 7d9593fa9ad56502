import Synchronization
import Translations
import Workspace

/// Writes text so that numbers, addresses and words of another script keep their order and their language.
enum TextRuns {
    /// Appends text as HTML, with an element of its own around each run.
    static func write(_ text: String, _ setting: TextSetting, to bytes: inout [UInt8]) {
        for piece in setting.pieces(of: text) {
            guard let run = piece.run else {
                HTML.append(piece.text, to: &bytes)
                continue
            }
            switch run.kind {
            case .phone, .email, .web: append("<bdi dir=\"ltr\" translate=\"no\">", to: &bytes)
            case .words:
                if run.hasLatinWords, let latin = setting.latin {
                    append("<bdi lang=\"", to: &bytes)
                    HTML.append(latin.tag, to: &bytes)
                    append("\" dir=\"ltr\">", to: &bytes)
                } else {
                    append("<bdi dir=\"ltr\">", to: &bytes)
                }
            }
            switch run.kind {
            case .email, .web: HTML.appendAddress(String(piece.text), to: &bytes)
            case .phone, .words: HTML.append(piece.text, to: &bytes)
            }
            append("</bdi>", to: &bytes)
        }
    }

    static func html(_ text: String, _ setting: TextSetting) -> [UInt8] {
        var bytes: [UInt8] = []
        write(text, setting, to: &bytes)
        return bytes
    }

    /// The HTML of texts that may hold runs: what is shared by a nation's councils is looked through once.
    final class Memo: Sendable {
        private struct Key: Hashable {
            var text: ContentHash
            var setting: TextSetting
        }

        private let known = Mutex<[Key: [UInt8]]>([:])

        /// Appends the same as `TextRuns.write`.
        func write(_ text: String, _ setting: TextSetting, to bytes: inout [UInt8]) {
            var copy = text
            guard copy.withUTF8({ setting.mayHaveRuns($0) }) else { return HTML.append(text, to: &bytes) }
            let key = Key(text: ContentHash(text), setting: setting)
            if let html = known.withLock({ $0[key] }) {
                bytes += html
                return
            }
            let html = TextRuns.html(text, setting)
            known.withLock { $0[key] = html }
            bytes += html
        }
    }

    private static func append(_ text: StaticString, to bytes: inout [UInt8]) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}
