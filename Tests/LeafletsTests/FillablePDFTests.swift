import Foundation
import Testing
import Translations

@testable import Leaflets

/// Fields in a laid-out leaflet, on files as small as the engine's form allows.
@Suite struct FillablePDFTests {
    /// A file as the engine writes it.
    private static func written(_ objects: [String], root: Int) -> [UInt8] {
        var text = "%PDF-1.7\n"
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f\r\n"
        for (index, object) in objects.enumerated() {
            let digits = "\(text.utf8.count)"
            table += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n\r\n"
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = text.utf8.count
        text +=
            table
            + "trailer\n<</Size \(objects.count + 1)/Root \(root) 0 R/ID[(a)(b)]>>\nstartxref\n\(start)\n%%EOF"
        return Array(text.utf8)
    }

    /// A file with one font, in a stream of which stand an end and a reference that are none.
    private static let letters = written(
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>",
            "<</Type/Font/Subtype/Type0/BaseFont/A/DescendantFonts[5 0 R]/ToUnicode 4 0 R>>",
            "<</Length 26>>\nstream\nendobj 2 0 R 5 0 R endobj\nendstream",
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/W[1 1 600]>>",
        ], root: 1)

    /// A file with two links of the theme, one of another sort between them, and their tags.
    private static func file(tag: String = "/S/Link") -> [UInt8] {
        let objects = [
            "<</Type/Pages/Kids[]/Count 0>>",
            "<</Type/StructElem\(tag)/P 9 0 R/K[<</Type/OBJR/Pg 1 0 R/Obj 5 0 R>>]>>",
            "<</Type/StructElem\(tag)/P 9 0 R/K[<</Type/OBJR/Pg 1 0 R/Obj 6 0 R>>]>>",
            "<</Type/StructElem/S/Link/P 9 0 R/K[3<</Type/OBJR/Pg 1 0 R/Obj 7 0 R>>]>>",
            "<</Type/Annot/Subtype/Link/Rect[1 2 3 4]/Border[0 0 0]/A<</Type/Action/S/URI/URI(x-signpost-field:1)>>/F 4/StructParent 0/Contents(x-signpost-field:1)>>",
            "<</Type/Annot/Subtype/Link/Rect[5 6 7 8]/Border[0 0 0]/A<</Type/Action/S/URI/URI(x-signpost-field:0)>>/F 4/StructParent 1/Contents(x-signpost-field:0)>>",
            "<</Type/Annot/Subtype/Link/Rect[0 0 0 0]/A<</Type/Action/S/URI/URI(https://a.example)>>/F 4/StructParent 2>>",
            "<</Type/Catalog/Pages 1 0 R/Lang(en)>>",
        ]
        return written(objects, root: 8)
    }

    private static let fields = [
        FillablePDF.Field(label: "What I “want”) >>", lines: 1), FillablePDF.Field(label: "نعم", lines: 6),
    ]

    @Test func linksOfTheThemeBecomeFieldsAndTheirTagsForms() throws {
        let made = try FillablePDF.made(
            Self.file(), fields: Self.fields, letters: Self.letters, isRightToLeft: false)
        #expect(made.starts(with: Self.file()))
        let added = String(decoding: made.dropFirst(Self.file().count), as: UTF8.self)
        #expect(
            added.contains(
                "5 0 obj\n<</Type/Annot/Subtype/Widget/Rect[1 2 3 4]/F 4/StructParent 0/FT/Tx/T(field-2)/TU<FEFF064606390645>/Ff 4096/Q 0"
            ))
        #expect(
            added.contains(
                "6 0 obj\n<</Type/Annot/Subtype/Widget/Rect[5 6 7 8]/F 4/StructParent 1/FT/Tx/T(field-1)/TU<FEFF0057"
            ))
        #expect(
            added.contains(
                "2 0 obj\n<</Type/StructElem/S/Form/P 9 0 R/K[<</Type/OBJR/Pg 1 0 R/Obj 5 0 R>>]>>"))
        #expect(!added.contains("a.example") && !added.contains("4 0 obj"))
        // In their own order, not in that of the file.
        #expect(added.contains("<</Type/Catalog/AcroForm<</Fields[6 0 R 5 0 R]/NeedAppearances true"))
        #expect(added.contains("/Size 12/Root 8 0 R/ID[(a)(b)]/Prev "))
        #expect(
            try FillablePDF.made(Self.file(), fields: Self.fields, letters: Self.letters, isRightToLeft: true)
                != made)
    }

    @Test func theFontComesAlongWithAllThatItIsMadeOf() throws {
        let made = try FillablePDF.made(
            Self.file(), fields: Self.fields, letters: Self.letters, isRightToLeft: false)
        let added = String(decoding: made.dropFirst(Self.file().count), as: UTF8.self)
        #expect(added.contains("/DA(/Wingdings 12 Tf 0 g)/DR<</Font<</Wingdings 9 0 R>>>>>>"))
        #expect(
            added.contains(
                "9 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/A/DescendantFonts[11 0 R]/ToUnicode 10 0 R>>\n")
        )
        // What is in a stream stays as it is.
        #expect(
            added.contains("10 0 obj\n<</Length 26>>\nstream\nendobj 2 0 R 5 0 R endobj\nendstream\nendobj"))
        #expect(added.contains("11 0 obj\n<</Type/Font/Subtype/CIDFontType2"))
        // The pages that showed the letters do not.
        #expect(!added.contains("/Kids"))
    }

    @Test(arguments: [
        ("en", true), ("cy", true), ("pl", true), ("ro", true), ("uk", true), ("so", true), ("el", true),
        ("ar", false), ("ur", false), ("ckb", false), ("bn", false), ("pa", false), ("ti", false),
        ("zh-Hans", false), ("th", false),
    ])
    func whatCanBeTypedFollowsFromTheScriptAndTheFonts(tag: String, isTyped: Bool) throws {
        let language = try #require(Language(tag: tag))
        let family = LeafletFonts.Family(name: "One")
        let fonts = LeafletFonts(byScript: [language.script: [family]], forPrinter: [:])
        #expect((fonts.typedFamily(for: language) != nil) == isTyped)
        // The letters of names and addresses come from the same font, or from none.
        let two = LeafletFonts(byScript: [language.script: [family, .init(name: "Two")]], forPrinter: [:])
        #expect(two.typedFamily(for: language) == nil)
        let part = LeafletFonts(
            byScript: [language.script: [.init(name: "One", covers: "latin-in-cjk")]], forPrinter: [:])
        #expect(part.typedFamily(for: language) == nil)
        // What the words of its own exemplars are made of.
        let letters = FillablePDF.letters(of: language.script)
        #expect("Ŵŷ Chcę źdźbło țară și ș Żółć Ґґ Її Щщ ẹọ ữ “’”—€".allSatisfy { letters.contains($0) })
    }

    @Test func everyEntryOfTheNewTableIsTheBeginningOfItsObject() throws {
        let made = try FillablePDF.made(
            Self.file(), fields: Self.fields, letters: Self.letters, isRightToLeft: false)
        let text = String(decoding: made, as: UTF8.self)
        let table = try #require(text.components(separatedBy: "xref\n").dropLast().last)
        let entries = table.matches(of: /(\d+) 1\n(\d{10}) 00000 n\r\n/)
        #expect(entries.count == 8)
        for entry in entries {
            let offset = try #require(Int(entry.2))
            #expect(made[offset...].starts(with: "\(entry.1) 0 obj\n".utf8))
        }
    }

    @Test func aFileOfAnotherFormIsAReasonAndNoTrap() {
        let file = Self.file()
        for broken in [
            [], Array("%PDF-1.7".utf8), Array(file.dropLast(40)), Array(file.prefix(300)),
            Array(String(decoding: file, as: UTF8.self).replacing("/Root 8", with: "/Root 99").utf8),
            Array(String(decoding: file, as: UTF8.self).replacing("startxref\n", with: "startxref\n9").utf8),
            Self.file(tag: "/S/P"),
        ] {
            #expect(throws: FillablePDF.Problem.self) {
                _ = try FillablePDF.made(
                    broken, fields: Self.fields, letters: Self.letters, isRightToLeft: false)
            }
        }
        #expect(throws: FillablePDF.Problem.self) {
            _ = try FillablePDF.made(
                file, fields: Self.fields + Self.fields, letters: Self.letters, isRightToLeft: false)
        }
        var cut = file
        while !cut.isEmpty {
            cut.removeLast(min(cut.count, 7))
            _ = try? FillablePDF.made(cut, fields: Self.fields, letters: Self.letters, isRightToLeft: false)
        }
    }
}
