import Foundation
import Workspace

/// Translations as agencies and offices send and want them: XLIFF 1.2 and 2.0, CSV, spreadsheets, tables in documents.
///
/// A worker in Python reads and writes them (`exchange.py`); spreadsheets and documents with `openpyxl` and `python-docx`.
/// What comes of a file is an ordinary catalogue, so that everything that is asked of a `.po` is asked of them as well.
package struct ExchangeFile: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case xliff, csv, xlsx, docx

        /// What the end of a file's name says; nil for catalogues and for what cannot be read.
        package init?(path: String) {
            switch path.split(separator: ".").last?.lowercased() {
            case "xlf", "xliff", "sdlxliff", "mqxliff", "mxliff": self = .xliff
            case "csv", "tsv": self = .csv
            case "xlsx", "xlsm": self = .xlsx
            case "docx": self = .docx
            default: return nil
            }
        }

        /// The end of the name of a file of this kind.
        package var ending: String { self == .xliff ? "xlf" : rawValue }
    }

    package struct Failure: Error, Hashable, Sendable {
        /// In plain words.
        package var reason: String
        package var help: String?
    }

    /// What a file says.
    package struct Reading: Sendable {
        /// The language that it names itself.
        package var language: String?
        /// Its translations, with the line or row of each as its place.
        package var file: POFile
        /// Whether it says of each text if it is finished; a table without such a column does not.
        package var tellsUnfinished = false
        /// What was not read, and what was assumed.
        package var notes: [String]
        /// Units with a tag of the tool that nothing here stands for: not read.
        package var unreadable: [Diagnostic]
    }

    private let python: String

    /// - Parameter python: The Python that has `openpyxl` and `python-docx`.
    package init(python: String) { self.python = python }

    /// The packages of spreadsheets and documents: those of `tools/requirements.txt`.
    package static let packages = ["openpyxl": "openpyxl==3.1.5", "docx": "python-docx==1.2.0"]

    private struct Answer: Decodable {
        struct Unit: Decodable {
            var line: Int
            var id: String
            var source: String
            var target: String
            /// Nil where the file does not say of any text whether it is finished.
            var stale: Bool?
            var codes: Bool
        }
        var refused: String?
        var missing: String?
        var units: [Unit]?
        var language: String?
        var notes: [String]?
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - source: The language that the texts are written in.
    ///   - languages: Those of which a column of translations may have the tag; every language's may have its name.
    ///   - wanted: The language that is asked for: a column called after another is not taken.
    ///   - charset: The code page of a CSV file that is not in UTF-8 or UTF-16.
    ///   - isByPlace: Whether one English text may stand there with several translations, told apart by their places.
    package func read(
        _ path: String, _ kind: Kind, source: Language, languages: [Language], wanted: Language? = nil,
        charset: String?, isByPlace: Bool = false
    ) async throws(Failure) -> Reading {
        var job: [(String, JSONValue)] = [
            ("do", .string("read")), ("kind", .string(kind.rawValue)), ("path", .string(path)),
            ("source", Self.names(of: source)),
            (
                "languages",
                .array(
                    Language.all.map { language in
                        // A column "No" or "ID" is hardly one of Norwegian or Indonesian.
                        let names =
                            [language.englishName, language.nativeName]
                            + (languages.contains(language) ? [language.tag] : [])
                        return .object([
                            ("tag", .string(language.tag)), ("names", .array(names.map { .string($0) })),
                        ])
                    })
            ),
        ]
        if let wanted { job.append(("wanted", .string(wanted.tag))) }
        if let charset { job.append(("charset", .string(charset))) }
        let answer = try await ask(job)
        var reading = Reading(
            language: answer.language, file: POFile(path: path), notes: answer.notes ?? [], unreadable: [])
        var known: [String: String] = [:]
        for unit in answer.units ?? [] {
            let range = SourceRange(line: unit.line, column: 1)
            if unit.codes {
                reading.unreadable.append(
                    .error(
                        "ToolMarkup", "this unit has a tag of the translation tool, which is no text",
                        at: SourceLocation(file: path, range: range),
                        help: "Have the tool write the text without it, as it was sent."))
                continue
            }
            guard !unit.target.isEmpty else { continue }
            let name = isByPlace ? "\(unit.id)\n\(unit.source)" : unit.source
            if let other = known[name] {
                if other != unit.target {
                    reading.notes.append(
                        "line \(unit.line): not read: a second translation of the same English, '\(unit.target)'"
                    )
                }
                continue
            }
            known[name] = unit.target
            var entry = POEntry(id: unit.source, strings: [unit.target])
            entry.isFuzzy = unit.stale ?? false
            reading.tellsUnfinished = reading.tellsUnfinished || unit.stale != nil
            if isByPlace, !unit.id.isEmpty { entry.references = [unit.id] }
            entry.place = POPlace()
            entry.place.id = POPlace.Field(keyword: range)
            entry.place.strings = [POPlace.Field(keyword: range)]
            reading.file.entries.append(entry)
        }
        return reading
    }

    /// Writes messages for translators.
    package func write(
        _ entries: [POEntry], to path: String, _ kind: Kind, language: Language, source: Language
    ) async throws(Failure) {
        let units = entries.flatMap { entry -> [JSONValue] in
            var notes = entry.extractedComments
            if let context = entry.context { notes.append("Context: \(context).") }
            if entry.isFuzzy, let previous = entry.previous?.id {
                notes.append("The English was: \(previous)")
            }
            return entry.unitPlaces.enumerated().map { form, place in
                var notes = notes
                var text = entry.id
                if let plural = entry.pluralID {
                    let isOne =
                        PluralRules.index(of: 1, in: language) == form
                        && PluralRules.isSingleNumber(form: form, in: language)
                    if !isOne { text = plural }
                    notes.append("The form for \(PluralRules.examples(of: form, in: language)).")
                }
                return .object([
                    ("source", .string(text)), ("target", .string(entry.strings[form])),
                    ("stale", .bool(entry.isFuzzy)), ("where", .string(place)),
                    ("notes", .array(notes.map { .string($0) })),
                ])
            }
        }
        _ = try await ask([
            ("do", .string("write")), ("kind", .string(kind.rawValue)), ("path", .string(path)),
            ("language", .string(language.tag)), ("source_language", .string(source.tag)),
            ("source", Self.names(of: source)), ("names", .array([.string(language.englishName)])),
            ("units", .array(units)),
        ])
    }

    private static func names(of language: Language) -> JSONValue {
        .array([language.englishName, language.nativeName, language.tag].map { .string($0) })
    }

    private func ask(_ job: [(String, JSONValue)]) async throws(Failure) -> Answer {
        let worker: WorkerProcess
        do {
            worker = try WorkerProcess(
                python: python, script: String(decoding: PackageResources.exchange_py, as: UTF8.self))
        } catch {
            throw Failure(reason: "cannot start \(python): \(error.explanation)")
        }
        defer { worker.stop() }
        guard
            case .line(let line) = await worker.exchange(
                WorkerProcess.line(.object(job)), within: .seconds(120)),
            let answer = try? JSONDecoder().decode(Answer.self, from: Data(line))
        else { throw Failure(reason: "\(python) gave no answer") }
        if let missing = answer.missing {
            throw Failure(
                reason: "Python's package for such files is not there (\(python))",
                help: "Run 'make site', or '\(python) -m pip install \(Self.packages[missing] ?? missing)'.")
        }
        if let reason = answer.refused { throw Failure(reason: reason) }
        return answer
    }
}
