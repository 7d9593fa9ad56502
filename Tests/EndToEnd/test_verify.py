"""A published site compared with what was written; names that scripts and folders have of their own."""

import json
import shutil

from conftest import run


def found(site, folder="site"):
    result = run("verify", "--format", "json", folder, cwd=site.folder)
    problems = json.loads(result.stdout)["diagnostics"]
    assert result.returncode == (1 if problems else 0), result.stderr
    return {(p["rule"], p["file"].removeprefix(folder + "/")) for p in problems}


def test_what_was_altered_added_or_lost_is_named_in_the_site_and_in_a_copy(site):
    assert site.build().returncode == 0
    assert found(site) == set()
    assert "is as Signpost wrote it" in run("verify", "site", cwd=site.folder).stdout
    shutil.copytree(site.output, site.folder / "copy")
    copy = site.folder / "copy"
    page = copy / "rights/index.html"
    page.write_bytes(page.read_bytes()[:-1])
    (copy / "404.html").unlink()
    (copy / "rights/extra.js").write_text("alert(1)")
    assert found(site, "copy") == {
        ("AlteredFile", "rights/index.html"), ("LostFile", "404.html"), ("AddedFile", "rights/extra.js")}
    assert found(site) == set()
    assert run("verify", "content", cwd=site.folder).returncode == 1


def test_what_was_added_to_the_records_is_named(site):
    assert site.build().returncode == 0
    (site.output / ".signpost/extra.html").write_text("<script>alert(1)</script>")
    (site.output / ".signpost/more").mkdir()
    assert found(site) == {("AddedFile", ".signpost/extra.html"), ("AddedFile", ".signpost/more")}


def test_a_mirror_is_known_by_a_list(site):
    assert site.build().returncode == 0
    wanted = run("verify", "site", "--against", "https://mirror.example/help", cwd=site.folder)
    assert wanted.returncode == 0 and wanted.stderr == ""
    published = {path for path in site.files() if not path.startswith(".signpost/")}
    assert wanted.stdout.splitlines() == sorted(f"https://mirror.example/help/{path}" for path in published)
    (site.folder / "held.txt").write_text(wanted.stdout)
    same = run("verify", "site", "--against", "held.txt", cwd=site.folder)
    assert (same.returncode, same.stdout) == (0, f"The mirror has a file for each of those in site: {len(published)}. Names were compared, not what is in them.\n")
    (site.folder / "held.txt").write_text(wanted.stdout.replace("help/rights/", "help/right/"))
    differs = run("verify", "site", "--against", "held.txt", cwd=site.folder)
    line = wanted.stdout.splitlines().index("https://mirror.example/help/rights/index.html") + 1
    assert differs.returncode == 1
    assert "site/rights/index.html: error: the mirror's list does not have this file [NotOnMirror]" in differs.stderr
    assert f"held.txt:{line}:1: error: the site has no file for this address [StrayAddress]" in differs.stderr
    # A list of something else is told in a few lines.
    (site.folder / "held.txt").write_text("".join(f"https://mirror.example/other/{n}\n" for n in range(500)))
    for options, lines in [([], 20), (["--all"], 500)]:
        result = run("verify", "site", "--against", "held.txt", *options, cwd=site.folder)
        assert result.stderr.count("error: the site has no file for this address") == lines
        assert ("… and 480 more [StrayAddress]; --all shows them" in result.stderr) == (not options)
    # A site that is not whole is no measure.
    (site.output / "404.html").unlink()
    for against in ("https://mirror.example/help", "held.txt", "nowhere.txt"):
        result = run("verify", "site", "--against", against, cwd=site.folder)
        assert result.returncode == 1 and result.stdout == "" and "[LostFile]" in result.stderr
        assert "[NotOnMirror]" not in result.stderr


def test_names_that_scripts_and_folders_have_of_their_own_collide_with_nothing(site):
    names = ["constructor", "assets", "search", "index", "404", "leaflets", "tostring", "sitemap"]
    for name in names:
        site.write(f"councils/{name}/council.yml", f"name: Council {name}\nnation: england\nlanguages: [en]\n")
        if name != "index":
            site.write(f"guidance/{name}.md", f"# Page {name}\n\n## Part {{#{name}}}\n\nText of {name}.\n")
    site.write("guidance/faq.md", "# FAQ\n\n" + "".join(
        f"## Question {name} {{#{name}}}\n\nAnswer {name}.\n\n" for name in ["constructor", "valueOf", "toString"]))
    result = site.build()
    assert result.returncode == 0, result.stderr
    for council in ["a", *names]:
        for page in names:
            if page != "index":
                text = (site.output / council / page / "index.html").read_text()
                assert f"Text of {page}." in text and f'id="{page}"' in text
    site.write("councils/__proto__/council.yml", "name: P\nnation: england\nlanguages: [en]\n")
    refused = site.build()
    assert refused.returncode == 1 and "[InvalidIdentifier]" in refused.stderr
