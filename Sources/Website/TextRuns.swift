import Translations

/// Writes text so that numbers, addresses and words of another script keep their order and their language.
enum TextRuns {
    /// Appends text as HTML, with an element of its own around each run.
    static func write(
        _ text: UnsafeBufferPointer<UInt8>, _ setting: TextSetting, to bytes: inout [UInt8]
    ) {
        guard setting.mayHaveRuns(text) else { return HTML.append(text, to: &bytes) }
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        var end = 0
        func plain(_ range: Range<Int>) {
            guard !range.isEmpty else { return }
            var part = String.UnicodeScalarView()
            part.append(contentsOf: scalars[range])
            HTML.append(String(part), to: &bytes)
        }
        for run in TextScanner.runs(in: scalars, setting) {
            plain(end..<run.range.lowerBound)
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
            plain(run.range)
            append("</bdi>", to: &bytes)
            end = run.range.upperBound
        }
        plain(end..<scalars.count)
    }

    static func write(_ text: String, _ setting: TextSetting, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { write($0, setting, to: &bytes) }
    }

    static func html(_ text: String, _ setting: TextSetting) -> [UInt8] {
        var bytes: [UInt8] = []
        write(text, setting, to: &bytes)
        return bytes
    }

    private static func append(_ text: StaticString, to bytes: inout [UInt8]) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}
