"""Starting a portal and a council."""

import json
import os
import pty
import re
import select
import subprocess

import pytest
import yaml
from conftest import PROGRAM, ROOT, run

THEME = ["--theme", ROOT / "themes/default"]
FLAGS = ["--name", "Help: for \"families\"", "--council", "kent", "--council-name", "Kent County Council", "--nation",
         "england", "--languages", "en,pl", "--colour", "#0B3D2E", "--base-url", "https://families.kent.example/",
         "--ci", "github", "--yes"]


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new")
    result = run("new", "portal", "kent-families", *FLAGS, cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder / "kent-families", result.stdout


def test_a_new_portal_builds_with_guidance_to_start_from(started):
    folder, said = started
    result = run("build", "--no-leaflets", *THEME, cwd=folder, timeout=300)
    assert result.returncode == 0 and "error:" not in result.stderr, result.stderr
    page = (folder / "site/rights/index.html").read_text()
    assert "Kent County Council" in page and 'href="https://families.kent.example/rights/"' in page
    assert (folder / "site/faq/index.html").exists()
    assert "#0b3d2e" in (folder / "content/councils/kent/council.yml").read_text()
    # A translation that nobody here has checked is not out.
    assert (folder / "content/translations/pl.po").exists() and not (folder / "site/pl").exists()
    assert "signpost serve --open" in said and "cd kent-families" in said


def test_nothing_is_said_that_only_others_have_published(started):
    folder, _ = started
    texts = {path: path.read_text() for path in folder.rglob("*.*") if "site" not in path.parts and path.is_file()
             and path.suffix in (".md", ".yml")}
    assert len(texts) > 30
    for path, text in texts.items():
        # Where a number was read stays with it.
        if path.name == "portal.yml":
            text = re.sub(r"^sources:\n(  .*\n)+", "", text, flags=re.M)
        assert not re.search(r"Southwark|Oxfordshire|Cumbria|East Sussex|bermondsey", text, re.I), path
        assert not re.search(r"^reviewed:", text, re.M) or path.name == "portal.yml", path
    portal = yaml.safe_load((folder / "content/portal.yml").read_text())
    assert portal["name"] == 'Help: for "families"' and portal["languages"] == ["en", "pl"]
    assert portal["search-engines"] is False and "accessibility" not in portal and "notice" not in portal
    # What the law says stays, and what one council says does not.
    assert all(fact["label"].startswith("England: ") for fact in portal["facts"].values() if "value" in fact)
    assert "chair" in portal["council-contacts"] and "emergency" in portal["contacts"]


def test_the_files_beside_the_guidance_are_sound(started):
    folder, _ = started
    steps = yaml.safe_load((folder / ".github/workflows/publish.yml").read_text())["jobs"]["site"]["steps"]
    commands = [step["run"].split("signpost ", 1)[1] for step in steps if "/signpost " in step.get("run", "")]
    assert [command.split()[0] for command in commands] == ["check", "build", "due"]
    for command in commands:
        assert run(*command.split()[:1], "--help").returncode == 0
        for option in re.findall(r"--[a-z-]+", command):
            assert option in run(command.split()[0], "--help").stdout
    assert "/site/" in (folder / ".gitignore").read_text().splitlines()
    readme = (folder / "README.md").read_text()
    for command in re.findall(r"signpost ([a-z]+)", readme):
        assert run(command, "--help").returncode == 0, command
    for path in re.findall(r"`(content/[^`]*)`", readme):
        assert (folder / path).exists(), path


def test_the_first_council_has_the_lines_that_are_promised(started):
    folder, said = started
    assert "each is there as a line to fill in" in said
    council = (folder / "content/councils/kent/council.yml").read_text()
    count = int(re.search(r"It uses (\d+) more facts", said)[1])
    assert count > 5 and len(re.findall(r"^  # [\w-]+: \{value:", council, re.M)) == count
    assert re.search(r"^  # chair:$", council, re.M)


def test_the_council_file_needs_only_to_be_filled_in(started):
    """Each line that is there as a comment is right when its sign is taken away and its dots are written over; no value
    stands there that could be taken for true."""
    folder, _ = started
    result = run("new", "council", "medway", "--name", "Medway Council", cwd=folder)
    assert result.returncode == 0 and "It uses" in result.stdout and "chair" in result.stdout
    file = folder / "content/councils/medway/council.yml"
    text = file.read_text()
    assert "draft" not in text
    assert run("check", *THEME, cwd=folder, timeout=300).returncode == 0
    filled = re.sub(r"^( *)# (arrive-early|recording|advocate-age):", r"\1\2:", text, flags=re.M)
    filled = re.sub(r"the day you looked", "2026-11-01", filled)
    file.write_text(filled)
    left = [d for d in json.loads(run("check", *THEME, "--format", "json", cwd=folder, timeout=300).stdout)["diagnostics"]
            if d["severity"] == "error"]
    assert {d["rule"] for d in left} <= {"ValueToFillIn", "WrongType", "WrongFactType"} and len(left) == 3, left
    for name, value in {"arrive-early": "25 minutes", "recording": "yes", "advocate-age": "11"}.items():
        filled = re.sub(rf"^(  {name}: .value: )…", rf"\g<1>{value}", filled, flags=re.M)
    filled = re.sub(r"^  # chair:\n  #   name: …\n  #   phone: …", "  chair:\n    name: The chair\n    phone: 01632 960 001",
                    filled, flags=re.M)
    assert filled.count("# ") < text.count("# ")
    file.write_text(filled)
    result = run("check", *THEME, cwd=folder, timeout=300)
    assert result.returncode == 0, result.stderr
    council = yaml.safe_load(filled)
    assert set(council["facts"]) == {"arrive-early", "recording", "advocate-age"} and "chair" in council["contacts"]


def test_a_council_that_lacks_what_the_guidance_needs_stops_nobody(site):
    site.write("portal.yml", "name: Guidance\nbase-url: https://guidance.example.org\nlanguages: [en]\n"
               "facts: {early: {label: How early to come, type: duration}}\n")
    site.write("councils/a/council.yml", "name: A\nnation: england\nlanguages: [en]\nfacts: {early: 20 minutes}\n")
    site.write("guidance/rights.md", "# Rights\n\nCome {{early}} before.\n")
    result = run("new", "council", "b", "--name", "B", "--nation", "wales", cwd=site.folder)
    assert result.returncode == 0
    assert "The shared guidance needs these facts:\n  - How early to come (early)" in result.stdout
    file = site.content / "councils/b/council.yml"
    assert "draft: yes" in file.read_text()
    assert site.build().returncode == 0
    assert (site.output / "rights/index.html").exists() and not (site.output / "b").exists()
    assert "MissingFact" in site.run("check", "--council", "b").stderr
    text = file.read_text()
    file.write_text(re.sub(r"^draft.*\n", "", text, flags=re.M).replace("  # early:", "  early:")
                    .replace("value: …", "value: 20 minutes").replace("the day you looked", "2026-11-01"))
    assert site.build().returncode == 0
    assert "Come 20 minutes before." in (site.output / "b/rights/index.html").read_text()


@pytest.mark.parametrize("arguments, said", [
    (["--colour", "green"], "six hexadecimal digits"), (["--languages", "en,xx"], "'xx' is not a language"),
    (["--languages", "en,en"], "each once"), (["--council", "A B"], "cannot be an address"),
    (["--base-url", "nowhere"], "needs an address such as"), (["--nation", "atlantis"], "nation"),
    (["--ci", "carrier-pigeon"], "ci"), (["--languages", ""], "needs tags such as"),
    (["--colour", "#ffdd00"], "--colour '#5c5000'"), (["--colour", "#b00020"], "the link that leaves the site")])
def test_what_cannot_be_used_is_said_and_nothing_is_written(tmp_path, arguments, said):
    result = run("new", "portal", "p", *arguments, "--yes", cwd=tmp_path)
    assert result.returncode == 64 and said in result.stderr
    assert not list(tmp_path.iterdir())


def test_it_asks_who_is_there_to_answer(tmp_path):
    master, slave = pty.openpty()
    process = subprocess.Popen([PROGRAM, "new", "portal", "p"], cwd=tmp_path, stdin=slave, stdout=slave, stderr=slave,
                               env={**os.environ, "TERM": "dumb"})
    os.close(slave)
    said = ""

    def until(text):
        nonlocal said
        start = len(said)
        while text not in said[start:]:
            ready, _, _ = select.select([master], [], [], 60)
            assert ready, said
            said += os.read(master, 65536).decode()

    answers = [("portal called", "Our guidance"), ("full name", "London Borough of Barnet"), ("published", "nonsense"),
               ("cannot be used", "https://barnet.example"), ("addresses? [barnet]", ""), ("nation", ""),
               ("languages", "en ur"), ("colour", "#ffdd00"), ("could not be read", ""), ("checked and published", "gitlab")]
    for question, answer in answers:
        until(question)
        os.write(master, (answer + "\n").encode())
    try:
        while part := os.read(master, 65536):
            said += part.decode(errors="replace")
    except OSError:
        pass  # The program has ended.
    assert process.wait(timeout=60) == 0, said
    council = (tmp_path / "p/content/councils/barnet/council.yml").read_text()
    # Return takes the colour that was proposed.
    assert council.startswith('name: "London Borough of Barnet"') and '#5c5000' in council
    jobs = yaml.safe_load((tmp_path / "p/.gitlab-ci.yml").read_text())
    assert {"check", "preview", "pages", "due"} <= set(jobs) and "schedule" in jobs["due"]["rules"][0]["if"]
    for job in ("check", "preview", "pages", "due"):
        for command in re.findall(r"release/signpost (\w+)(.*?)(?: \||$)", "\n".join(jobs[job]["script"]), re.M):
            known = run(command[0], "--help").stdout
            assert all(option in known for option in re.findall(r"--[a-z-]+", command[1])), command
    assert (tmp_path / "p/README.md").read_text().count("content/translations/") == 1 and not (tmp_path / "p/.github").exists()


ANSWERS = ["Our guidance", "Kent County Council", "https://kent.example", "", "wales", "en", "#0b3d2e", "none"]


def test_answers_through_a_pipe_are_taken_in_their_order(tmp_path):
    result = run("new", "portal", "p", cwd=tmp_path, input="\n".join(ANSWERS) + "\n")
    assert result.returncode == 0, result.stderr
    # What was asked and what was answered can be read afterwards.
    assert "What is the portal called? [Family guidance] Our guidance\n" in result.stdout
    council = (tmp_path / "p/content/councils/kent/council.yml").read_text()
    assert "nation: wales" in council and "#0b3d2e" in council


@pytest.mark.parametrize("answers, said", [
    ([], "--name"), (ANSWERS[:4], "--nation"), ([*ANSWERS[:4], "atlantis", "en", "", "none"], "needs one of"),
    ([*ANSWERS[:6], "#b00020", "none"], "The nearest that does")])
def test_answers_that_end_early_or_cannot_be_used_write_nothing(tmp_path, answers, said):
    result = run("new", "portal", "p", cwd=tmp_path, input="".join(answer + "\n" for answer in answers))
    assert result.returncode == 64 and said in result.stderr, result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("colour", ["#ffdd00", "#b00020", "#ff0000", "#00ff00", "#808080", "#ffffff", "#8c1a15"])
def test_the_colour_that_is_proposed_does(tmp_path, colour):
    refused = run("new", "portal", "p", "--colour", colour, "--yes", cwd=tmp_path)
    better = re.search(r"--colour '(#[0-9a-f]{6})'", refused.stderr)
    assert refused.returncode == 64 and better, refused.stderr
    assert run("new", "portal", "p", "--colour", better[1], "--yes", cwd=tmp_path).returncode == 0
    checked = run("check", *THEME, cwd=tmp_path / "p", timeout=300)
    assert checked.returncode == 0 and "LowContrast" not in checked.stderr, checked.stderr


@pytest.mark.parametrize("nation", ["wales", "scotland", "northern-ireland"])
def test_a_portal_of_another_nation_is_sound_and_says_what_it_lacks(tmp_path, nation):
    result = run("new", "portal", "p", "--council", "ours", "--council-name", "Our Council", "--nation", nation,
                 "--yes", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    folder = tmp_path / "p"
    readme = (folder / "README.md").read_text()
    assert f"--nation {nation}" in readme and "Family Rights Group" in readme and f"nations: [{nation}]" in readme
    for path in re.findall(r"`(content/[^`]*)`", readme):
        assert (folder / path).exists(), path
    # A country has no place, street or shop of one council in it.
    assert not re.search(r"bermondsey|one stop shop \(", result.stdout, re.I)
    result = run("build", "--no-leaflets", *THEME, cwd=folder, timeout=300)
    assert result.returncode == 0 and "error:" not in result.stderr, result.stderr
    assert "In England" not in (folder / "site/core-group/index.html").read_text()


def test_a_folder_that_has_files_of_its_own_keeps_them(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    assert run("new", "portal", "--yes", cwd=tmp_path).returncode == 0
    assert (tmp_path / "README.md").read_text() == "mine" and (tmp_path / ".gitignore").exists()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert run("new", "portal", "--yes", cwd=tmp_path).returncode == 64
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_portal_in_another_language_says_that_its_words_are_examples_in_english(tmp_path):
    result = run("new", "portal", "p", "--name", "Help i deuluoedd", "--council", "mon", "--council-name", "Cyngor Môn",
                 "--nation", "wales", "--languages", "cy,en", "--ci", "none", "--yes", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert "examples in English" in result.stdout and "Welsh" in result.stdout
    pages = sorted((tmp_path / "p/content/guidance").rglob("*.md"))
    checked = run("check", "--content", "p/content", "--format", "json", cwd=tmp_path)
    named = {d["file"] for d in json.loads(checked.stdout)["diagnostics"] if d["rule"] == "EditorsNote"}
    assert len(pages) == 4 and {path.name for path in pages} == {name.rsplit("/", 1)[1] for name in named}
    tried = run("search", "try", "i want to die", "--content", "p/content", cwd=tmp_path)
    assert "BOX OF DANGER" in tried.stdout, tried.stdout + tried.stderr


@pytest.mark.parametrize("nation", ["England", "NORTHERN-IRELAND", "Northern Ireland", "wales"])
def test_a_nation_is_taken_in_any_case(site, nation):
    result = run("new", "council", "b", "--name", "B", "--nation", nation, cwd=site.folder)
    assert result.returncode == 0, result.stderr
    council = yaml.safe_load((site.folder / "content/councils/b/council.yml").read_text())
    assert council["nation"] == nation.lower().replace(" ", "-")


def test_a_new_council_has_the_languages_of_the_portal_or_those_asked_for(site):
    portal = (site.folder / "content/portal.yml").read_text()
    site.write("portal.yml", re.sub(r"languages: .*", "languages: [en, pl, ur]", portal))

    def languages(name, *arguments):
        result = run("new", "council", name, "--name", name, *arguments, cwd=site.folder)
        assert result.returncode == 0, result.stderr
        return yaml.safe_load((site.folder / f"content/councils/{name}/council.yml").read_text())["languages"]

    assert languages("b") == ["en", "pl", "ur"]
    assert languages("c", "--languages", "ur,en") == ["en", "ur"]
    for wrong in ["en,cy", "pl"]:
        result = run("new", "council", "d", "--name", "D", "--languages", wrong, cwd=site.folder)
        assert result.returncode == 64 and ("published in 'cy'" if "cy" in wrong else "one of its languages") in result.stderr
    assert not (site.folder / "content/councils/d").exists()


@pytest.mark.parametrize("arguments", [[], ["--content", "guidance"]])
def test_a_preview_without_a_portal_says_how_to_make_one_and_ends(tmp_path, arguments):
    result = run("serve", *arguments, cwd=tmp_path, timeout=60)
    assert result.returncode == 64 and "signpost new portal" in result.stderr
    assert not list(tmp_path.iterdir())
