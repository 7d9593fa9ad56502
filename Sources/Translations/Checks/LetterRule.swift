import Workspace

/// Letters are those of the language, not look-alikes of a neighbour: Arabic yeh in Urdu, cedillas in Romanian,
/// Russian letters in Ukrainian, traditional characters in simplified Chinese.
struct LetterRule: TranslationRule {
    static let name = "WrongLetter"

    func check(_ translation: CheckedTranslation) -> [Diagnostic] {
        let wrong = Self.replacements[translation.language.tag] ?? [:]
        let isArabic = translation.language.script == .arabic
        var seen: Set<Unicode.Scalar> = []
        return translation.target.words.enumerated().compactMap { index, scalar in
            var help: String?
            if let right = wrong[scalar] {
                help =
                    right.isEmpty
                    ? "\(translation.language.englishName) does not use it." : "Write '\(right)'."
            } else if isArabic,
                (0xFB50...0xFBFF).contains(scalar.value) || (0xFE70...0xFEFC).contains(scalar.value)
            {
                help = "It is a shape for old fonts; type the letter with a keyboard of the language."
            }
            guard let help, seen.insert(scalar).inserted else { return nil }
            return .error(
                Self.name,
                "'\(scalar)' (U+\(MixedScriptRule.hex(scalar))) is not a letter of \(translation.language.englishName)",
                at: translation.location(index..<(index + 1)), help: help)
        }
    }

    /// By language: the wrong character, and the right one where there is one.
    private static let replacements: [String: [Unicode.Scalar: String]] = {
        let persianArabic: [Unicode.Scalar: String] = ["ي": "ی", "ى": "ی", "ك": "ک"]
        var table: [String: [Unicode.Scalar: String]] = [
            // Urdu: yeh U+06CC, kaf U+06A9, heh goal U+06C1 (Unicode Standard, chapter 9, Arabic).
            "ur": persianArabic.merging(["ه": "ہ"]) { $1 },
            "fa": persianArabic,
            "ckb": persianArabic,
            "ps": ["ك": "ک"],
            "ar": ["ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ے": "ي", "ە": "ه"],
            "ro": ["ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț"],
            "tr": ["ș": "ş", "Ș": "Ş", "ț": "", "ţ": ""],
            "bn": ["ৰ": "র", "ৱ": "ব"],
        ]
        func letters(_ text: String) -> [Unicode.Scalar: String] {
            Dictionary(text.unicodeScalars.map { ($0, "") }) { first, _ in first }
        }
        table["uk"] = letters("ыэёъЫЭЁЪ")
        table["bg"] = letters("ыэёіїєґЫЭЁІЇЄҐ")
        table["ru"] = letters("іїєґІЇЄҐ")
        let pairs = zip(simplified.unicodeScalars, traditional.unicodeScalars)
        table["zh-Hans"] = Dictionary(pairs.map { ($1, "\($0)") }) { first, _ in first }
        table["zh-Hant"] = Dictionary(pairs.map { ($0, "\($1)") }) { first, _ in first }
        return table
    }()

    // Common characters of guidance that only one of the two ways of writing Chinese has, in the same order.
    private static let simplified =
        "们会说这个来对时为国学护计划帮请议与将还开关门问题让从过电话长车见觉听读写认识论讲谈让该该谁语调证评诉词试详误"
        + "员务报导师医疗药专业产亲权处决组织约网络给经结终绝统续维级约纸线练细绍带师应张强录录忆总恶悬惊愿战执护担"
        + "择换损据时显术机构检楼样标树桥档残没况济测满灭热爱状独现环疗监盖简类紧红级继续罗职联胜脑节苏获虑补装观规视"
        + "设访评询费资质赶赵车转轻较输边达迁运连进远违适选递邮邻钟钱错键闭间闻阅队阶际陆险随难页顾顿须顺预领频颜额风飞饭馆马驾验"
    private static let traditional =
        "們會說這個來對時為國學護計劃幫請議與將還開關門問題讓從過電話長車見覺聽讀寫認識論講談讓該該誰語調證評訴詞試詳誤"
        + "員務報導師醫療藥專業產親權處決組織約網絡給經結終絕統續維級約紙線練細紹帶師應張強錄錄憶總惡懸驚願戰執護擔"
        + "擇換損據時顯術機構檢樓樣標樹橋檔殘沒況濟測滿滅熱愛狀獨現環療監蓋簡類緊紅級繼續羅職聯勝腦節蘇獲慮補裝觀規視"
        + "設訪評詢費資質趕趙車轉輕較輸邊達遷運連進遠違適選遞郵鄰鐘錢錯鍵閉間聞閱隊階際陸險隨難頁顧頓須順預領頻顏額風飛飯館馬駕驗"
}
