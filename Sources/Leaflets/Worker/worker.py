"""Makes PDFs with Typst: one job per line of JSON on standard input, one answer per line on standard output.

The first line answered says which engine there is. Files of the theme and of jobs live in a
private folder that is also the root Typst may read from, and that is removed at the end.
"""

import base64
import json
import os
import re
import resource
import select
import shutil
import signal
import sys
import tempfile
import time

ANSI = re.compile(r"\x1b\[[0-9;]*m")
PLACE = re.compile(r"┌─ (.*):(\d+):(\d+)")

# Apart, so that no letter joins the next one.
LETTERS = b"""#let job = json("letters.json")
#set page(width: 200mm, height: auto)
#set text(font: job.family, fallback: false, ligatures: false, lang: "en")
#job.letters.codepoints().join(" ")
"""

# A leaflet takes some 200 MB and a second. A drawing can ask for any amount of either, and a worker that is busy does not
# see that nobody waits for it any more.
MOST_MEMORY = 3 << 30
MOST_SECONDS = 60


def limit(what, most):
    """Limits this process, where the system can and nobody has done so already."""
    try:
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(what, (most, hard))
    except (OSError, ValueError):
        pass


def limit_next_job():
    """Each core may be busy for as long as a job may take."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    limit(resource.RLIMIT_CPU, int(used) + MOST_SECONDS * (os.cpu_count() or 1))


def watch(folder):
    """Starts a process that removes the folder when this one is gone, however it went, and that ends this one where it is
    busy for nobody: whoever asked is gone."""
    worker = os.getpid()
    gone, held = os.pipe()
    try:
        if os.fork():
            os.close(gone)
            return
    except OSError:
        os.close(gone)
        return
    try:
        for name in (signal.SIGINT, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        os.close(held)
        end = select.poll()
        end.register(gone, 0)
        either = select.poll()
        either.register(gone, 0)
        either.register(0, 0)
        either.poll()
        if not end.poll(1000):
            os.kill(worker, signal.SIGKILL)
        # The other end of the line hears that nobody is here any more.
        os.close(0)
        os.close(1)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os._exit(0)


def answer(value):
    sys.stdout.write(json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def problems(error, folder):
    """The engine's message and its place in the theme, one entry for each problem."""
    text = ANSI.sub("", getattr(error, "diagnostic", "") or "")
    found = []
    for part in re.split(r"(?m)^(?=(?:error|warning): )", text):
        head = re.match(r"(?:error|warning): (.*)", part)
        if not head:
            continue
        place = PLACE.search(part)
        entry = {"message": head.group(1).strip(), "hints": re.findall(r"= hint: (.*)", part)}
        if place:
            entry["file"] = os.path.basename(place.group(1))
            entry["line"] = int(place.group(2))
            entry["column"] = int(place.group(3))
        found.append(entry)
    if not found:
        found.append({"message": getattr(error, "message", None) or str(error), "hints": []})
    return found


def held():
    """The bytes of memory that this process holds; where the system does not say, the most it ever held."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class Worker:
    most_memory = None

    def __init__(self, typst, folder):
        self.typst = typst
        self.folder = folder
        self.job_files = []
        self.write("main.typ", b"")
        # Looked through once: it takes longer than a leaflet.
        self.all_fonts = typst.Fonts()
        # A query looks at what its compiler compiled last, so leaflets have one of their own.
        self.leaflets = self.compiler("main.typ")
        self.others = self.compiler("main.typ")

    def compiler(self, main):
        return self.typst.Compiler(self.path(main), root=self.folder, font_paths=self.all_fonts)

    def path(self, name):
        if not re.fullmatch(r"[A-Za-z0-9._-]+", name) or name.startswith("."):
            raise ValueError("not a file name: " + name)
        return os.path.join(self.folder, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)

    def compile(self, main, **options):
        """Compiles what is not a leaflet."""
        return self.others.compile_with_warnings(input=self.path(main), **options)

    def theme(self, job):
        for name, text in job["files"].items():
            self.write(name, text.encode())
        self.most_memory = job.get("most-memory")
        return {}

    def prepare(self, job):
        """Puts a leaflet's data and files where the theme reads them."""
        for name in self.job_files:
            os.unlink(self.path(name))
        self.job_files = []
        for name, data in job.get("files", {}).items():
            self.write(name, base64.b64decode(data))
            self.job_files.append(name)
        self.write("leaflet.json", job["data"].encode())

    def measured(self):
        """What the theme measured of the last layout."""
        return json.loads(self.leaflets.query("<leaflet-info>", field="value", one=True))

    def measure(self, job):
        """Lays out a leaflet without making a file: for trying whether it fits."""
        self.prepare(job)
        return {"info": self.measured(), "warnings": []}

    def layout(self, job):
        """Lays out a leaflet: the PDF, and what the theme measured."""
        self.prepare(job)
        pdf, warnings = self.leaflets.compile_with_warnings(
            format="pdf", timestamp=job["timestamp"], pdf_standards=job["standards"], pdf_tags=job["tags"])
        self.write("pages.pdf", pdf)
        return {
            "pdf": base64.b64encode(pdf).decode(),
            "info": self.measured(),
            "warnings": [p for warning in warnings for p in problems(warning, self.folder)],
        }

    def letters(self, job):
        """A file with each letter of a font once: the font, with these letters alone, and which is which."""
        self.write("letters.json", json.dumps({"family": job["family"], "letters": job["letters"]}).encode())
        self.write("letters.typ", LETTERS)
        pdf, warnings = self.compile("letters.typ", format="pdf", timestamp=job["timestamp"], pdf_tags=False)
        return {
            "pdf": base64.b64encode(pdf).decode(),
            "warnings": [p for warning in warnings for p in problems(warning, self.folder)],
        }

    def sheet(self, job):
        """Lays out the page with the numbers of copies."""
        self.write("leaflet.json", job["data"].encode())
        pdf, warnings = self.compile(
            "copies-main.typ", format="pdf", timestamp=job["timestamp"], pdf_standards=job["standards"])
        return {
            "pdf": base64.b64encode(pdf).decode(),
            "warnings": [p for warning in warnings for p in problems(warning, self.folder)],
        }

    def fonts(self, job):
        """What fonts there are."""
        return {"families": sorted(set(self.all_fonts.families()))}

    def impose(self, job):
        """Puts the pages of the last layout on sheets."""
        self.write("sheets.json", job["data"].encode())
        pdf, _ = self.compile("impose.typ", format="pdf", timestamp=job["timestamp"], pdf_tags=False)
        return {"pdf": base64.b64encode(pdf).decode()}

    def thumbnail(self, job):
        """A picture of the last layout's cover."""
        png, _ = self.compile("thumbnail.typ", format="png", ppi=job["ppi"])
        return {"pdf": base64.b64encode(png[0] if isinstance(png, list) else png).decode()}


def main():
    try:
        folder = tempfile.mkdtemp(prefix="signpost-leaflets-")
    except OSError as error:
        answer({"failure": f"no folder for temporary files: {error.strerror}"})
        return
    # Before there are threads.
    watch(folder)
    try:
        import importlib.metadata

        import typst

        version = importlib.metadata.version("typst")
    except Exception as error:
        answer({"failure": f"{type(error).__name__}: {error}"})
        shutil.rmtree(folder, ignore_errors=True)
        return
    # Everything Typst prints must not get between the answers.
    answers = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = os.fdopen(answers, "w", encoding="ascii")
    limit(resource.RLIMIT_DATA, MOST_MEMORY)
    try:
        try:
            worker = Worker(typst, folder)
        except Exception as error:
            answer({"failure": f"{type(error).__name__}: {error}"})
            return
        steps = {
            "theme": worker.theme, "layout": worker.layout, "measure": worker.measure, "impose": worker.impose, "thumbnail": worker.thumbnail,
            "sheet": worker.sheet, "letters": worker.letters, "fonts": worker.fonts}
        answer({"engine": version})
        for line in sys.stdin:
            started = time.perf_counter()
            limit_next_job()
            try:
                job = json.loads(line)
                result = steps[job["step"]](job)
            except typst.TypstError as error:
                result = {"errors": problems(error, folder)}
            except OSError as error:
                result = {"failure": error.strerror or str(error)}
            except Exception as error:
                result = {"failure": f"{type(error).__name__}: {error}"}
            result["seconds"] = time.perf_counter() - started
            # Whoever asked starts another one for the next leaflet.
            if worker.most_memory is not None and held() > worker.most_memory:
                result["full"] = True
            answer(result)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
