import Workspace

/// What is wrong with a theme, or with content that meets it.
package enum WebsiteRules {
    package static let all: [Rule] = [
        Rule(
            "EscapedHTML", .error, "A template would show HTML as text.", bad: "{{main}}", good: "{{{main}}}"),
        Rule(
            "InvalidAsset", .error, "A script that stands in the page would end it too early.",
            bad: "const end = '</script>'", good: "const end = '<' + '/script>'"),
        Rule(
            "InvalidAssetName", .error, "An asset's name would differ between machines.",
            bad: "assets/Logo New.svg", good: "assets/logo-new.svg"),
        Rule(
            "InvalidBankHoliday", .error, "A day of bank-holidays.yml is no day, or not within its span.",
            bad: "days: [2026-12]", good: "days: [2026-12-25]"),
        Rule(
            "InvalidTemplate", .error, "A template cannot be read.", bad: "{{#pages}}",
            good: "{{#pages}}…{{/pages}}"),
        Rule(
            "InvalidThemeValue", .error, "A value of theme.yml is not of its sort.", bad: "ground: white-ish",
            good: "ground: \"#ffffff\""),
        Rule(
            "LowContrast", .error, "Text would be hard to read on its ground (WCAG 2.2, 1.4.3 and 1.4.6).",
            bad: "colour: \"#cccccc\"", good: "colour: \"#003a5d\""),
        Rule(
            "MissingAsset", .error, "A style sheet names a file that is not there.", bad: "url(icon.svgg)",
            good: "url(icon.svg)"),
        Rule(
            "MissingColour", .error, "A colour is not given in every mode.", bad: "light: {accent: …}",
            good: "light: {accent: …}, dark: {accent: …}, contrast: {accent: …}"),
        Rule(
            "MissingPartial", .error, "A template includes one that is not there.", bad: "{{> heder}}",
            good: "{{> header}}"),
        Rule(
            "MissingString", .error, "strings.yml lacks words that the site shows.",
            bad: "strings.yml without 'search'", good: "search: Search"),
        Rule(
            "MissingTemplate", .error, "The theme lacks a template.", bad: "no templates/page.mustache",
            good: "the template of the default theme"),
        Rule(
            "ReservedColour", .error, "A council's colour is like that of the link that leaves the site.",
            bad: "colour: \"#8c1a15\"", good: "colour: \"#003a5d\""),
        Rule(
            "ReservedID", .error,
            "Ids that begin with '_' are the theme's: no section has one, and no template has another.",
            bad: "## Content {#_content}", good: "## Content {#content}"),
        Rule(
            "UnescapedText", .error, "A template would print text without escaping it.", bad: "{{{title}}}",
            good: "{{title}}"),
        Rule(
            "UnknownColour", .error, "theme.yml names a colour that is not there.", bad: "ground: papper",
            good: "ground: paper"),
        Rule(
            "UnknownParameter", .error, "A string of the theme has a gap that nothing fills.",
            bad: "updated: On {dat}", good: "updated: On {date}"),
        Rule(
            "UnknownString", .error, "A template asks for words that strings.yml does not have.",
            bad: "{{string.serch}}", good: "{{string.search}}"),
        Rule(
            "UnknownTemplateName", .error, "A template asks for something that is not there.",
            bad: "{{titel}}", good: "{{title}}"),
        Rule(
            "UnknownTheme", .error, "There is no theme of this name.", bad: "--theme themes/kant",
            good: "--theme themes/kent"),
    ]
}
