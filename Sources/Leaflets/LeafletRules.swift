import Workspace

/// What is wrong with leaflets.
package enum LeafletRules {
    package static let all: [Rule] = [
        Rule(
            "BrailleSignMissing", .warning,
            "No braille table has a sign, so a full cell stands for it.", bad: "a picture sign in the text",
            good: "a word instead"),
        Rule(
            "BrailleSkipped", .warning, "Braille was not made, because liblouis is not there.",
            bad: "signpost build without liblouis", good: "apt install liblouis-bin"),
        Rule(
            "BrailleTableMissing", .note, "There is no braille in a language, because it has no table.",
            bad: "formats: [braille], and a language without a table", good: "a language that has one"),
        Rule(
            "IncompleteLeafletTheme", .error, "The theme lacks a file that leaflets are made with.",
            bad: "a theme without leaflets/fonts.yml", good: "the file of the default theme"),
        Rule(
            "InvalidLeafletName", .error, "A leaflet's file name cannot be an address.",
            bad: "leaflets/Guide (new).yml", good: "leaflets/guide-for-parents.yml"),
        Rule(
            "InvalidLeafletPart", .error, "A part of a leaflet does not say what to show.",
            bad: "parts: [{optional: yes}]", good: "parts: [{page: rights}]"),
        Rule(
            "LeafletFailed", .error, "A leaflet could not be made.", bad: "a layout engine that stops",
            good: "signpost doctor"),
        Rule(
            "LeafletFontMissing", .warning,
            "A font is not installed, so leaflets in some languages are not made.",
            bad: "Urdu leaflets without Noto Nastaliq", good: "apt install fonts-noto-core"),
        Rule(
            "LeafletLayoutWarning", .warning, "The layout engine has a remark about the theme's leaflets.",
            bad: "an unknown font in leaflet.typ", good: "a font of fonts.yml"),
        Rule(
            "LeafletRightsDropped", .error, "A translated leaflet lacks rights that the English one has.",
            bad: "a right that is not translated", good: "the right translated"),
        Rule(
            "LeafletShortened", .note,
            "A folded leaflet has no room for what is optional in it.",
            bad: "{page: plan, optional: yes}, and too many words before it",
            good: "fewer paragraphs of what is there"),
        Rule(
            "LeafletsSkipped", .warning, "Leaflets were not made, because the layout engine is not there.",
            bad: "signpost build without Typst", good: "make site"),
        Rule(
            "LeafletStringMissing", .warning, "Words of leaflets are not translated.",
            bad: "no translation of 'Please turn over'", good: "the theme's catalogue with it"),
        Rule(
            "LeafletThemeError", .error, "The theme's leaflet cannot be laid out.",
            bad: "#set text(fnt: 12pt)", good: "#set text(font: \"Noto Sans\")"),
        Rule(
            "LeafletTooLong", .error, "A leaflet does not fit its panels.", bad: "parts: [{page: faq}]",
            good: "parts: [{page: rights}]"),
        Rule(
            "MissingGlyph", .error, "No font of the leaflets has a sign, which would be an empty box.",
            bad: "a picture sign in the text", good: "a word instead"),
        Rule(
            "NothingToFillIn", .warning, "A leaflet is to be a form, and has nothing to fill in.",
            bad: "formats: [form], and pages to read alone", good: "sections: [{write: My questions}]"),
        Rule(
            "OptionalRights", .error, "Rights are never left out of a leaflet.",
            bad: "{page: rights, optional: yes}", good: "{page: rights}"),
        Rule(
            "UnknownLeafletCouncil", .error, "A leaflet names a council that is not there.",
            bad: "councils: {kant: …}", good: "councils: {kent: …}"),
        Rule(
            "UnknownLeafletPage", .error, "A leaflet names a page that is not there.", bad: "{page: right}",
            good: "{page: rights}"),
        Rule(
            "UnknownLeafletSection", .error, "A leaflet names a section that is not there.",
            bad: "{page: rights, sections: [suporter]}", good: "{page: rights, sections: [supporter]}"),
        Rule(
            "UnusableLogo", .warning, "Leaflets cannot show a logo of this sort.", bad: "logo: logo.gif",
            good: "logo: logo.svg"),
    ]
}
