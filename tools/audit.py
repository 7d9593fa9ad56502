#!/usr/bin/env python3
"""What Signpost is made of: names, versions, licences, and what is known to be wrong with them.

    audit.py                   a table of every part, and what needs a look
    audit.py --sbom FILE       the parts of the program as a bill of materials (CycloneDX 1.6, JSON)

Everything is read from this machine: Swift packages from the checkout, system libraries from what the program is
linked with, Python packages from their environments. It ends with 1 where a licence is unknown or not one that a
program under MIT may be given away with, or where a newer package waits to be installed (on Debian and Ubuntu that is
how security fixes come; run `apt-get update` first). Known problems of Python packages come from `pip-audit`, where it
is installed and has a line to the outside; otherwise the table says that nobody looked.
"""

import argparse
import dataclasses
import importlib.metadata
import json
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build/release/signpost"

# Licences (SPDX) of parts that may stand in or beside a program under MIT. Libraries under the LGPL are linked
# dynamically, so that anybody can put in another. Tools that only tests run may be under any free licence.
PERMISSIVE = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH Swift-exception", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-CMU",
    "MPL-2.0", "OFL-1.1", "curl", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib", "Public domain",
}
DYNAMIC = {"LGPL-2.0-or-later", "LGPL-2.1", "LGPL-2.1-or-later", "LGPL-3.0-or-later"}


@dataclasses.dataclass(frozen=True)
class Part:
    kind: str       # swift, system, python, font
    name: str
    version: str
    licences: tuple
    use: str        # program (linked), system (what these need), build (runs while publishing) or test
    address: str = ""

    @property
    def purl(self):
        """The package's address: https://github.com/package-url/purl-spec"""
        if self.kind == "swift":
            return f"pkg:swift/{self.address.removeprefix('https://').removesuffix('.git')}@{self.version}"
        if self.kind == "python":
            return f"pkg:pypi/{self.name.lower().replace('_', '-')}@{self.version}"
        return f"pkg:deb/{distribution()}/{self.name}@{self.version.replace('+', '%2B').replace(':', '%3A')}"

    @property
    def is_allowed(self):
        if self.use in ("test", "system"):
            return bool(self.licences) or self.use == "system"
        allowed = PERMISSIVE | (DYNAMIC if self.kind == "system" else set())
        return bool(self.licences) and all(is_within(licence, allowed) for licence in self.licences)


def is_within(expression, allowed):
    """Whether an SPDX expression can be met by the licences allowed: any of `OR`, all of `AND`."""
    if expression in allowed:
        return True
    text = expression.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    if " OR " in text:
        return any(is_within(part, allowed) for part in text.split(" OR "))
    if " AND " in text:
        return all(is_within(part, allowed) for part in text.split(" AND "))
    return text in allowed


def distribution():
    try:
        text = pathlib.Path("/etc/os-release").read_text()
    except OSError:
        return "debian"
    found = re.search(r"^ID=\"?([a-z]+)", text, re.M)
    return found.group(1) if found else "debian"


def run(*command, cwd=ROOT):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout


def licence_of_text(text):
    """The SPDX name of a licence by its own words; nothing where it is none of these."""
    words = re.sub(r"\s+", " ", text)
    if "Apache License" in words and "Version 2.0" in words:
        return "Apache-2.0 WITH Swift-exception" if "Runtime Library Exception" in words else "Apache-2.0"
    if "Permission is hereby granted, free of charge" in words:
        return "MIT"
    if "Redistribution and use in source and binary forms" in words:
        return "BSD-3-Clause" if "Neither the name" in words else "BSD-2-Clause"
    if "Permission to use, copy, modify, and/or distribute" in words:
        return "ISC"
    return None


def swift_packages():
    tree = json.loads(run("swift", "package", "show-dependencies", "--format", "json"))
    found = {}

    def visit(node):
        for child in node["dependencies"]:
            texts = sorted(pathlib.Path(child["path"]).glob("LICEN[CS]E*"))
            licence = licence_of_text(texts[0].read_text()) if texts else None
            found[child["identity"]] = Part(
                "swift", child["name"], child["version"], (licence,) if licence else (), "program", child["url"])
            visit(child)
    visit(tree)
    return list(found.values())


def system_libraries(program):
    """The packages that own the libraries the program needs, and those that these need in turn (`use` is "system").

    Not the Swift toolchain's own, which belong to no package.
    """
    if not all(map(shutil.which, ("ldd", "readelf", "dpkg-query"))):
        return []
    direct = set(re.findall(r"\(NEEDED\).*\[(.+)\]", run("readelf", "-d", str(program))))
    paths = dict(re.findall(r"(\S+) => (/\S+)", run("ldd", str(program))))
    # /lib may be a link to /usr/lib, and the package's list may have either.
    spellings = {}
    for name, path in paths.items():
        for spelling in (path, str(pathlib.Path(path).resolve()), "/usr" + path):
            spellings[spelling] = name
    owners = {}
    listing = subprocess.run(["dpkg-query", "-S", *spellings], capture_output=True, text=True).stdout
    for line in listing.splitlines():
        owner, _, path = line.partition(": ")
        if path in spellings:
            owners.setdefault(owner.split(":")[0], set()).add(spellings[path])
    return [debian(owner, "program" if names & direct else "system", "system")
            for owner, names in sorted(owners.items())]


# The names that Debian's copyright files use, as SPDX has them.
DEBIAN_NAMES = {
    "expat": "MIT", "mit": "MIT", "bsd-2-clause": "BSD-2-Clause", "bsd-3-clause": "BSD-3-Clause",
    "bsd-3-clauses": "BSD-3-Clause", "bsd-2-clauses": "BSD-2-Clause", "bsd-3": "BSD-3-Clause", "bsd": "BSD-3-Clause",
    "apache-2.0": "Apache-2.0", "apache-2": "Apache-2.0", "isc": "ISC", "zlib": "Zlib", "ofl-1.1": "OFL-1.1",
    "lgpl-2.1+": "LGPL-2.1-or-later", "lgpl-2.1": "LGPL-2.1", "lgpl-2+": "LGPL-2.0-or-later",
    "lgpl-3+": "LGPL-3.0-or-later", "gpl-2+": "GPL-2.0-or-later", "gpl-3+": "GPL-3.0-or-later",
    "bsd-3-snowball": "BSD-3-Clause", "sil-1.1": "OFL-1.1", "bsd3": "BSD-3-Clause", "public-domain": "Public domain",
}


def debian(package, use, kind):
    version = run("dpkg-query", "-W", "-f=${Version}", package)
    return Part(kind, package, version, debian_licences(package), use)


def debian_licences(package):
    """The licences of what is installed (`Files: *`, and of what the package installs elsewhere it says in words)."""
    try:
        text = pathlib.Path(f"/usr/share/doc/{package}/copyright").read_text(errors="replace")
    except OSError:
        return ()
    main = re.search(r"^Files:\s*\*.*?^License:[ \t]*(\S[^\n]*)", text, re.M | re.S)
    if main:
        choices = re.split(r",?\s+or\s+", main.group(1).strip())
        named = [[DEBIAN_NAMES.get(name.lower(), name) for name in re.split(r",?\s+and\s+|,\s*", choice) if name]
                 for choice in choices]
        return (" OR ".join(" AND ".join(dict.fromkeys(names)) for names in named),)
    found = licence_of_text(text)
    if found:
        return (found,)
    lesser = re.search(r"Lesser General Public License.{0,80}?version\s+(2\.1|3)", text, re.I | re.S)
    if lesser or "LGPL" in text:
        return ("LGPL-2.1-or-later",)
    if "SIL Open Font License" in text or "SIL OPEN FONT LICENSE" in text:
        return ("OFL-1.1",)
    return ()


def fonts():
    if not shutil.which("dpkg-query"):
        return []
    names = re.findall(r"\bfonts-[a-z-]+", (ROOT / "tools/install.sh").read_text())
    installed = [name for name in dict.fromkeys(names) if subprocess.run(
        ["dpkg-query", "-W", name], capture_output=True).returncode == 0]
    return [debian(name, "build", "font") for name in installed]


# What old packages call their licence, by trove classifier: https://pypi.org/classifiers/
CLASSIFIERS = {
    "MIT License": "MIT", "Apache Software License": "Apache-2.0", "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "Historical Permission Notice and Disclaimer (HPND)": "MIT-CMU",
}


def python_licences(package):
    metadata = package.metadata
    expression = metadata.get("License-Expression")
    if expression:
        return (expression,)
    names = [name.split(" :: ")[-1] for name in metadata.get_all("Classifier", []) if name.startswith("License :: ")]
    named = dict.fromkeys(CLASSIFIERS.get(name, name) for name in names if name != "OSI Approved")
    if named:
        # A package with several gives the choice: https://pypi.org/classifiers/ has no way to say otherwise.
        return (" OR ".join(named),)
    text = (metadata.get("License") or "").strip()
    if text:
        return (licence_of_text(text) or text.splitlines()[0],)
    for file in package.files or []:
        if re.search(r"LICEN[CS]E", file.name):
            found = licence_of_text(file.locate().read_text(errors="replace"))
            return (found,) if found else ()
    return ()


def python_packages(environment, use):
    parts = []
    for folder in sorted((ROOT / environment).glob("lib/python3*/site-packages")):
        for found in importlib.metadata.distributions(path=[str(folder)]):
            name = found.metadata["Name"]
            if name not in ("pip", "setuptools", "wheel"):
                parts.append(Part("python", name, found.version, python_licences(found), use))
    return sorted(parts, key=lambda part: part.name.lower())


def waiting(parts):
    """Installed Debian packages for which the machine knows a newer version."""
    if not shutil.which("apt-cache"):
        return {}
    ours = {part.name: part for part in parts if part.kind in ("system", "font")}
    text = subprocess.run(["apt-cache", "policy", *ours], capture_output=True, text=True).stdout
    found = re.findall(r"^(\S+):\n\s+Installed: \S+\n\s+Candidate: (\S+)", text, re.M)
    return {ours[name]: version for name, version in found
            if name in ours and version not in ("(none)", ours[name].version)}


def known_problems(environment):
    """What `pip-audit` says of an environment; nothing where it cannot be asked."""
    folder = next((ROOT / environment).glob("lib/python3*/site-packages"), None)
    if not folder or not shutil.which("pip-audit"):
        return None
    result = subprocess.run(
        ["pip-audit", "--path", str(folder), "--format", "json", "--progress-spinner", "off"],
        capture_output=True, text=True)
    try:
        return [f"{item['name']} {item['version']}: {problem['id']}"
                for item in json.loads(result.stdout)["dependencies"] for problem in item.get("vulns", [])]
    except (ValueError, KeyError):
        return None


def write_sbom(parts, version, path):
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.output import make_outputter
    from cyclonedx.schema import OutputFormat, SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    from packageurl import PackageURL

    licences = LicenseFactory()
    bom = Bom()
    program = Component(
        name="signpost", version=version, type=ComponentType.APPLICATION, bom_ref="signpost",
        licenses=[licences.make_from_string("MIT")])
    bom.metadata.component = program
    components = []
    for part in sorted(parts, key=lambda part: part.purl):
        component = Component(
            name=part.name, version=part.version, bom_ref=part.purl, purl=PackageURL.from_string(part.purl),
            type=ComponentType.LIBRARY if part.kind != "font" else ComponentType.FILE,
            licenses=[licences.make_from_string(" AND ".join(part.licences))] if part.licences else [])
        bom.components.add(component)
        components.append(component)
    bom.register_dependency(program, components)
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem:
        raise SystemExit(f"the bill of materials is not valid: {problem}")
    pathlib.Path(path).write_text(text + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sbom", metavar="FILE", help="write the parts of the program as CycloneDX 1.6")
    arguments = parser.parse_args()
    if not PROGRAM.exists():
        raise SystemExit("Build the program first: make build")
    parts = swift_packages() + system_libraries(PROGRAM) + fonts() + python_packages(".signpost/venv", "build")
    if arguments.sbom:
        version = run(str(PROGRAM), "--version").strip()
        write_sbom(parts, version, arguments.sbom)
        print(f"{arguments.sbom}: {len(parts)} parts of Signpost {version}")
        return
    shipped = {(part.name, part.version) for part in parts}
    parts += [part for part in python_packages(".signpost/test-venv", "test")
              if (part.name, part.version) not in shipped]
    print("| part | version | licence | used by |\n|---|---|---|---|")
    for part in parts:
        print(f"| {part.name} | {part.version} | {' and '.join(part.licences) or 'unknown'} | {part.use} |")
    faults = [f"{part.name}: its licence is {' and '.join(part.licences) or 'not known'}"
              for part in parts if not part.is_allowed]
    faults += [f"{part.name}: {version} can be installed, {part.version} is"
               for part, version in waiting(parts).items()]
    print()
    for environment in (".signpost/venv", ".signpost/test-venv"):
        problems = known_problems(environment)
        if problems is None:
            print(f"Known problems of {environment}: nobody looked; install pip-audit, and run this with a line.")
        else:
            faults += problems
    if faults:
        print("\n".join(["", "To look at:"] + [f"- {fault}" for fault in faults]))
        sys.exit(1)
    print(f"{len(parts)} parts, every licence known and allowed.")


if __name__ == "__main__":
    main()
