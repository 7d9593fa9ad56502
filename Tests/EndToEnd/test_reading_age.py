"""Reading ages of `signpost check` beside those of textstat, which looks syllables up in a dictionary of sounds."""

import re
import statistics

import textstat

from conftest import PORTAL, ROOT

LEAST_WORDS = 30
# Years that are added to a grade of school in the United States.
GRADE_TO_AGE = 5


def paragraphs(text):
    """Whole sentences of a section, without signs that are no words."""
    text = re.sub(r"\{\{[^}]*\}\}", "5 days", text)
    text = re.sub(r"\{[^}]*\}|\*\*|⟦\w+⟧|\[([^\]]*)\]\([^)]*\)", r"\1", text)
    for paragraph in re.split(r"\n\s*\n|\n(?=(?:[-*]|\d\.) )", text):
        paragraph = re.sub(r"^([-*]|\d+\.) ", "", re.sub(r"\s+", " ", paragraph).strip())
        if paragraph and paragraph[0] not in "|<:>#" and paragraph[-1] in ".?!":
            yield paragraph


def sections(folder):
    for page in sorted(folder.glob("**/*.md")):
        text = re.sub(r"\A---\n.*?\n---\n", "", page.read_text(), flags=re.S)
        for section in re.split(r"(?m)^#{1,4} .*$", text):
            found = list(paragraphs(section))
            if sum(len(paragraph.split()) for paragraph in found) >= LEAST_WORDS:
                yield found


def test_reading_ages_are_those_of_a_dictionary(site):
    texts = [*sections(ROOT / "content/guidance"), *sections(ROOT / "Tests/Checks/messy")]
    assert len(texts) > 100
    site.write("portal.yml", PORTAL + "checks: {ReadingAge: {limit: 1}}\n")
    page = site.write("guidance/ages.md", "# Ages\n\n" + "\n".join(
        f"## Part number {number}\n\n" + "\n\n".join(text) + "\n" for number, text in enumerate(texts)))
    lines = page.read_text().split("\n")
    differences = []
    for problem in site.problems("--all"):
        if problem["rule"] == "ReadingAge" and problem["file"].endswith("ages.md"):
            number = int(lines[problem["line"] - 1].split()[-1])
            age = int(re.search(r"reading age of (\d+)", problem["message"])[1])
            grade = textstat.flesch_kincaid_grade(" ".join(texts[number]))
            differences.append(age - grade - GRADE_TO_AGE)
    assert len(differences) >= len(texts) - 2
    # Ages are whole years, which alone makes a quarter of a year.
    assert abs(statistics.mean(differences)) < 0.3
    assert statistics.mean(map(abs, differences)) < 0.5
    assert max(map(abs, differences)) < 2.5


def test_a_section_for_older_readers_is_a_note_and_one_for_students_a_warning(site):
    twelve = ("The social worker writes a report before the conference. You can read the report with somebody you "
              "trust, and you can ask questions about anything that is difficult to understand or that is wrong.")
    student = ("Professionals participating in multidisciplinary deliberations collaboratively evaluate available "
               "documentation concerning developmental implications. Representatives subsequently formulate "
               "appropriate recommendations regarding coordinated safeguarding interventions, and administrative "
               "communication facilitates organisational accountability throughout statutory proceedings.")
    site.write("guidance/rights.md", f"# R\n\n## Report\n\n{twelve}\n\n## Procedure\n\n{student}\n")
    found = {p["line"]: p["severity"] for p in site.problems() if p["rule"] == "ReadingAge"}
    assert found == {3: "note", 7: "warning"}


def test_rules_say_how_long_they_took(site):
    told = site.run("check", "--timing").stderr
    times = dict((rule, float(time)) for time, rule in re.findall(r"^  +(\d+\.\d) +(\w+)$", told, re.M))
    assert {"ReadingAge", "LongSentence", "RepeatedText", "UnreadFile"} <= set(times)
    assert list(times.values()) == sorted(times.values(), reverse=True)
    assert "Milliseconds" not in site.run("check").stderr
