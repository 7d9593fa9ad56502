import Guidance
import Markdown

/// Sections that a reader completes: with a date that follows from the day of the conference, or in their own words.
extension HTMLWriter {
    /// Opens what stands around such a section; the scripts and the style sheets find it by its class.
    ///
    /// - Returns: Whether it did, so that it must be closed.
    mutating func openFillIn(_ section: Section) -> Bool {
        if let deadline = section.deadline {
            write("<section class=\"deadline\"")
            if !deadline.steps.isEmpty {
                write(" data-steps=\"")
                writeEscaped(deadline.steps.map(\.written).joined(separator: "; "))
                write("\"")
            }
            write(">\n")
            return true
        }
        guard section.answer != nil else { return false }
        write("<section class=\"answer\">\n")
        return true
    }

    /// What stands under the heading: for whoever reads the answer and not the page's language, its English.
    mutating func writeSourceHeading(_ section: Section) {
        guard let heading = section.sourceHeading, !hasSourceHeadingBeside(section) else { return }
        writeBeside(heading)
    }

    /// What stands under the title of a page of answers: the same in English.
    mutating func writeSourceTitle(of page: Page) {
        if second == nil, let title = page.sourceTitle { writeBeside(title) }
    }

    private mutating func writeBeside(_ words: Passage) {
        let language = setting.edition.sourceLanguage
        write("<p class=\"beside\" lang=\"")
        writeEscaped(language.tag)
        write("\" dir=\"")
        writeEscaped(language.direction.rawValue)
        write("\">")
        writeEscaped(words.plainText)
        write("</p>\n")
    }

    /// The rule that the date follows from, which the script shows below the date too.
    private mutating func write(_ deadline: Deadline, of section: String) {
        // What is no matter of days is said by the section's own words alone.
        write(deadline.countsDays ? "<p class=\"meta rule\">" : "<p class=\"meta rule\" hidden>")
        write(setting.edition.html(deadline))
        if let second, let other = second.rule(of: section) {
            write(" <span class=\"second\"")
            write(second.attributes)
            write(">")
            write(other)
            write("</span>")
        }
        write("</p>\n")
    }

    mutating func closeFillIn(_ section: Section) {
        let edition = setting.edition
        if let deadline = section.deadline {
            write(deadline, of: section.id)
            write("<p class=\"print fill\">")
            write(edition.fill(.dateToFillIn))
            writeSecond(.dateToFillIn)
            write("</p>\n")
        }
        switch section.answer {
        case .lines(let lines)?:
            write("<div class=\"lines\">")
            for _ in 0..<lines { write("<p></p>") }
            write("</div>\n")
        case .drawing?: write("<div class=\"drawing\"></div>\n")
        case nil: break
        }
        write("</section>\n")
    }
}

extension EditionSetting {
    /// The rule of a deadline in words.
    func html(_ deadline: Deadline) -> [UInt8] {
        TextRuns.html(deadline.explanation(in: strings) ?? deadline.rule(in: strings), text)
    }
}

extension Deadline.Step {
    /// As the script reads it: `10 working-day after`, `5 day before first`.
    fileprivate var written: String {
        let unit = unit.rawValue.replacing(" ", with: "-")
        return "\(amount) \(unit) \(direction.rawValue)" + (countsFirstDay ? " first" : "")
    }
}
