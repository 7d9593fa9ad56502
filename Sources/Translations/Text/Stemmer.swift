import CStemmer

/// Snowball's stemmer of a language: tells which words are forms of one another.
package final class Stemmer {
    private let stemmer: OpaquePointer

    /// Nil for a language that Snowball has no algorithm for.
    package init?(_ language: Language) {
        guard let name = Self.algorithms[language.tag], let stemmer = sb_stemmer_new(name, "UTF_8") else {
            return nil
        }
        self.stemmer = stemmer
    }

    deinit { sb_stemmer_delete(stemmer) }

    /// The stem of a word in small letters: equal for words that are forms of one another.
    package func stem(_ word: String) -> String {
        let bytes = Array(word.utf8)
        guard bytes.count < 200 else { return word }
        return bytes.withUnsafeBufferPointer { buffer in
            guard let result = sb_stemmer_stem(stemmer, buffer.baseAddress, Int32(buffer.count)) else {
                return word
            }
            let length = Int(sb_stemmer_length(stemmer))
            return String(decoding: UnsafeBufferPointer(start: result, count: length), as: UTF8.self)
        }
    }

    /// Those of libstemmer 2.2.
    private static let algorithms: [String: String] = [
        "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
        "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
        "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
        "nb": "norwegian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
        "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
        "yi": "yiddish",
    ]
}
