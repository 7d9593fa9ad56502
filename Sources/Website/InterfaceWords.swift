import Guidance
import Markdown
import Workspace

/// The strings that the program itself needs, besides those that templates name.
enum Word: String, CaseIterable {
    case pageTitle = "page-title"
    case home
    case faqTitle = "faq-title"
    case faqDescription = "faq-description"
    case aToZTitle = "a-to-z-title"
    case contactsTitle = "contacts-title"
    case accessibilityTitle = "accessibility-title"
    case leafletsTitle = "leaflets-title"
    case leafletsDescription = "leaflets-description"
    case linkToQuestion = "link-to-question"
    case relatedQuestions = "related-questions"
    case yourTurn = "your-turn"
    case calloutNote = "callout-note"
    case calloutTip = "callout-tip"
    case calloutImportant = "callout-important"
    case calloutWarning = "callout-warning"
    case calloutCaution = "callout-caution"
    case calloutMore = "callout-more"
    case calloutTranscript = "callout-transcript"
    case easyReadFile = "easy-read-file"
    case footnote, footnotes
    case footnoteBack = "footnote-back"
    case table
    case externalLink = "external-link"
    case inLanguage = "in-language"
    case phone, text, email, web, post, visit
    case relay
    case relayInstead = "relay-instead"
    case `extension`, option
    case contactsOther = "contacts-other"
    case lastChecked = "last-checked"
    case checkOverdue = "check-overdue"
    case saveContact = "save-contact"
    case date
    case dateMonth = "date-month"
    case month1 = "month-1"
    case month2 = "month-2"
    case month3 = "month-3"
    case month4 = "month-4"
    case month5 = "month-5"
    case month6 = "month-6"
    case month7 = "month-7"
    case month8 = "month-8"
    case month9 = "month-9"
    case month10 = "month-10"
    case month11 = "month-11"
    case month12 = "month-12"
    case monthAlone1 = "month-alone-1"
    case monthAlone2 = "month-alone-2"
    case monthAlone3 = "month-alone-3"
    case monthAlone4 = "month-alone-4"
    case monthAlone5 = "month-alone-5"
    case monthAlone6 = "month-alone-6"
    case monthAlone7 = "month-alone-7"
    case monthAlone8 = "month-alone-8"
    case monthAlone9 = "month-alone-9"
    case monthAlone10 = "month-alone-10"
    case monthAlone11 = "month-alone-11"
    case monthAlone12 = "month-alone-12"
    case lastReviewed = "last-reviewed"
    case wordsReviewedOld = "words-reviewed-old"
    case wordsReviewedEnded = "words-reviewed-ended"
    case contactOld = "contact-old"
    case someChecked = "contacts-some-checked"
    case switchOn = "switch-on"
    case switchOff = "switch-off"
    case dangerNow = "danger-now"
    case checklistDone = "checklist-done"
    case stageBefore = "stage-before"
    case stageDay = "stage-day"
    case stageAfter = "stage-after"
    case stageHelp = "stage-help"
    case ended
    case endedArea = "ended-area"
    case oldInformation = "old-information"
    case translationReviewed = "translation-reviewed"
    case translationMissing = "translation-missing"
    case translationReplaced = "translation-replaced"
    case translationStale = "translation-stale"
    case readInLanguage = "read-in-language"
    case showBeside = "show-beside"
    case noteMissing = "note-missing"
    case noteReplaced = "note-replaced"
    case noteStale = "note-stale"
    case accessibilityApplies = "accessibility-applies"
    case accessibilityFully = "accessibility-fully"
    case accessibilityPartially = "accessibility-partially"
    case accessibilityNot = "accessibility-not"
    case accessibilityCommitment = "accessibility-commitment"
    case accessibilityResponse = "accessibility-response"
    case accessibilityEnforcementEHRC = "accessibility-enforcement-ehrc"
    case accessibilityEnforcementECNI = "accessibility-enforcement-ecni"
    case accessibilityEnforcementLink = "accessibility-enforcement-link"
    case accessibilityEASS = "accessibility-eass"
    case accessibilityECNI = "accessibility-ecni"
    case accessibilityPrepared = "accessibility-prepared"
    case accessibilityReviewed = "accessibility-reviewed"
    case chooserTitle = "chooser-title"
    case chooserEnded = "chooser-ended"
    case chooserOld = "chooser-old"
    case notFoundTitle = "not-found-title"
    case redirectLink = "redirect-link"
    case firstDayCounted = "first-day-counted"
    case firstDayNotCounted = "first-day-not-counted"
    case deadlineAfter = "deadline-after"
    case deadlineBefore = "deadline-before"
    case deadlineThenAfter = "deadline-then-after"
    case deadlineThenBefore = "deadline-then-before"
    case deadlineRule = "deadline-rule"
    case dateToFillIn = "date-to-fill-in"
    case easyLink = "easy-link"
    case easyReadLink = "easy-read-link"
    case easyFull = "easy-full"
    case easyUntested = "easy-untested"
    case easyUntried = "easy-untried"
    case easyTested = "easy-tested"
    case easyPictures = "easy-pictures"
    case leafletRead = "leaflet-read"
    case leafletPrint = "leaflet-print"
    case leafletReadPrint = "leaflet-read-print"
    case leafletPages = "leaflet-pages"
    case leafletSheets = "leaflet-sheets"
    case leafletLabel = "leaflet-label"
    case deskTitle = "desk-title"
    case leafletFormatA4 = "leaflet-format-a4"
    case leafletFormatBooklet = "leaflet-format-booklet"
    case leafletFormatTrifold = "leaflet-format-trifold"
    case leafletFormatLargePrint = "leaflet-format-large-print"
    case leafletFormatEpub = "leaflet-format-epub"
    case leafletHelpEpub = "leaflet-help-epub"
    case leafletFormatBraille = "leaflet-format-braille"
    case leafletHelpBraille = "leaflet-help-braille"
    case leafletTranscribe = "leaflet-transcribe"
    case leafletFormatForm = "leaflet-format-form"
    case leafletHelpForm = "leaflet-help-form"
    case leafletFillIn = "leaflet-fill-in"
    case leafletByHand = "leaflet-by-hand"
    case leafletHelpByHand = "leaflet-help-by-hand"
    case leafletHelpA4 = "leaflet-help-a4"
    case leafletHelpBooklet = "leaflet-help-booklet"
    case leafletHelpTrifold = "leaflet-help-trifold"
    case leafletHelpLargePrint = "leaflet-help-large-print"

    static let months: [Word] = [
        .month1, .month2, .month3, .month4, .month5, .month6, .month7, .month8, .month9, .month10, .month11,
        .month12,
    ]
    /// As a month is called without a day.
    static let monthsAlone: [Word] = [
        .monthAlone1, .monthAlone2, .monthAlone3, .monthAlone4, .monthAlone5, .monthAlone6, .monthAlone7,
        .monthAlone8, .monthAlone9, .monthAlone10, .monthAlone11, .monthAlone12,
    ]

    /// The word at the head of a callout.
    init(_ callout: Callout) {
        self =
            switch callout {
            case .note: .calloutNote
            case .tip: .calloutTip
            case .important: .calloutImportant
            case .warning: .calloutWarning
            case .caution: .calloutCaution
            case .more: .calloutMore
            case .transcript: .calloutTranscript
            }
    }

    /// What the program can fill in.
    var parameters: [String] {
        switch self {
        case .pageTitle: ["page", "site"]
        case .table, .saveContact, .accessibilityEnforcementLink: ["name"]
        case .inLanguage, .translationMissing, .translationReplaced, .translationStale, .readInLanguage,
            .showBeside, .noteReplaced, .noteStale, .noteMissing:
            ["language"]
        case .relay, .relayInstead, .dangerNow, .extension, .option, .footnote: ["number"]
        case .lastChecked, .someChecked, .checkOverdue, .lastReviewed, .accessibilityPrepared,
            .accessibilityReviewed,
            .chooserEnded,
            .chooserOld:
            ["date"]
        case .wordsReviewedOld: ["date", "from"]
        case .wordsReviewedEnded: ["date", "ended"]
        case .contactOld: ["from"]
        case .date: ["day", "month", "year"]
        case .dateMonth: ["month", "year"]
        case .ended, .oldInformation: ["council", "date"]
        case .endedArea: ["area"]
        case .translationReviewed: ["name", "date"]
        case .accessibilityApplies, .accessibilityCommitment: ["council"]
        case .accessibilityResponse: ["time"]
        case .checklistDone: ["done", "all"]
        case .easyLink, .easyReadLink, .easyFull: ["title"]
        case .deadlineAfter, .deadlineBefore, .deadlineThenAfter, .deadlineThenBefore: ["length"]
        case .deadlineRule: ["rule"]
        case .easyTested: ["who"]
        case .easyPictures: ["credits"]
        case .redirectLink: ["page"]
        case .leafletPages, .leafletSheets: ["count"]
        case .leafletLabel: ["title", "format", "use"]
        default: []
        }
    }
}

extension InterfaceStrings {
    subscript(_ word: Word) -> String { self[word.rawValue] }

    func callAsFunction(_ word: Word, _ parameters: [String: String]) -> String {
        self(word.rawValue, parameters)
    }

    /// A date spelled out: "21 November 2026", "December 2007", "2007".
    func text(_ date: CalendarDate) -> String {
        let year = "\(date.year)"
        guard let month = date.month else { return year }
        guard let day = date.day else {
            return self(.dateMonth, ["month": self[Word.monthsAlone[month - 1]], "year": year])
        }
        return self(.date, ["day": "\(day)", "month": self[Word.months[month - 1]], "year": year])
    }
}

extension CalendarDate {
    /// Whether the whole day, month or year is over.
    func isOver(on today: CalendarDate) -> Bool {
        if let month, day == nil { return (year, month) < (today.year, today.month ?? 1) }
        if month == nil { return year < today.year }
        return self < today
    }
}
