import Search
import Synchronization
import Translations
import Workspace

/// The words that the searches of a site share, by language.
///
/// The files that a browser gets are made when they are first asked for: `check` needs none of them, and a build that knows
/// from the last one what they are called needs none either, as long as they lie where they are published.
package final class SearchWords: Sendable {
    private let lexicons: [Language: SearchLexicon]
    private let source: Language
    private let state = Mutex(State())

    private struct State: Sendable {
        var files: [Language: VocabularyFile]?
        var names: [Language: String] = [:]
    }

    init(_ lexicons: [SearchLexicon] = [], source: Language = .english) {
        self.lexicons = Dictionary(lexicons.map { ($0.language, $0) }, uniquingKeysWith: { $1 })
        self.source = source
    }

    package var languages: [Language] { lexicons.keys.sorted { $0.tag < $1.tag } }

    package func lexicon(_ language: Language) -> SearchLexicon? { lexicons[language] }

    /// What the browser gets of a language's words.
    package func file(_ language: Language) -> VocabularyFile? {
        guard lexicons[language] != nil else { return nil }
        return state.withLock { state in
            let files = state.files ?? makeFiles()
            state.files = files
            return files[language]
        }
    }

    /// Where the browser finds them, within the site.
    package func path(_ language: Language) -> String? {
        (state.withLock { $0.names[language] } ?? file(language)?.name).map { "assets/" + $0 }
    }

    /// Says what the files are called that would be made.
    func know(_ names: [Language: String]) {
        state.withLock { $0.names = names }
    }

    /// What is known to be called so, or has been made.
    var names: [Language: String] {
        state.withLock { state in
            state.names.merging(state.files?.mapValues(\.name) ?? [:]) { $1 }
        }
    }

    /// Each language's words with those of the other that people type in.
    private func makeFiles() -> [Language: VocabularyFile] {
        var files: [Language: VocabularyFile] = [:]
        if let own = lexicons[source] {
            if source != .english, let english = lexicons[.english] {
                (files[source], files[.english]) = VocabularyFile.pair(own, english)
            } else {
                files[source] = VocabularyFile(own)
            }
        }
        let main = files[source].flatMap { file in lexicons[source].map { (lexicon: $0, file: file) } }
        for (language, lexicon) in lexicons where files[language] == nil {
            files[language] = VocabularyFile(lexicon, source: main)
        }
        return files
    }
}
