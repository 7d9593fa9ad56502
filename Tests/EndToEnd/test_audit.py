"""What Signpost is made of can be told, and a licence that does not fit is seen."""

import importlib.util
import json

from conftest import ROOT

spec = importlib.util.spec_from_file_location("audit", ROOT / "tools/audit.py")
audit = importlib.util.module_from_spec(spec)
spec.loader.exec_module(audit)


def part(kind, use, *licences):
    return audit.Part(kind, "x", "1.0", licences, use, "https://github.com/a/x.git")


def test_licences_that_do_not_fit_are_seen():
    assert part("python", "build", "MIT").is_allowed
    assert part("python", "build", "GPL-3.0-or-later OR MIT").is_allowed
    assert part("python", "build", "MIT AND BSD-3-Clause").is_allowed
    assert part("system", "program", "LGPL-2.1-or-later").is_allowed, "it is linked dynamically"
    assert not part("swift", "program", "LGPL-2.1-or-later").is_allowed, "it is linked into the program"
    assert not part("python", "build", "MIT AND GPL-3.0-or-later").is_allowed
    assert not part("python", "build").is_allowed, "not known is not allowed"
    assert part("python", "test", "GPL-3.0-or-later").is_allowed


def test_licences_are_known_by_their_words():
    assert audit.licence_of_text((ROOT / "LICENSE").read_text()) == "MIT"
    assert audit.licence_of_text("All rights reserved.") is None


def test_packages_of_the_build_are_listed_with_their_licences():
    packages = {found.name: found for found in audit.python_packages(".signpost/venv", "build")}
    assert "typst" in packages and all(found.is_allowed for found in packages.values()), packages


def test_a_bill_of_materials_is_valid_and_whole(tmp_path):
    parts = [part("swift", "program", "Apache-2.0"), audit.Part("system", "libb", "1:2.0+dfsg-1", ("MIT",), "program"),
             audit.Part("python", "c_d", "3", (), "build")]
    audit.write_sbom(parts, "0.1.0", tmp_path / "bom.json")
    bom = json.loads((tmp_path / "bom.json").read_text())
    assert {(found["name"], found["version"]) for found in bom["components"]} == \
        {("x", "1.0"), ("libb", "1:2.0+dfsg-1"), ("c_d", "3")}
    assert bom["metadata"]["component"]["name"] == "signpost"
    assert {found["purl"].split("@")[0] for found in bom["components"]} == \
        {"pkg:swift/github.com/a/x", f"pkg:deb/{audit.distribution()}/libb", "pkg:pypi/c-d"}
