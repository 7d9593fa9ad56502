"""Compiles with Typst what Signpost's workers were asked for, and nothing else: `typst_alone.py OUTPUT JOBS…`.

Each file of jobs is one worker's, so there are as many processes here as there.
"""

import base64
import json
import multiprocessing
import os
import pathlib
import sys
import tempfile


def replay(output, log):
    import typst

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "main.typ").write_bytes(b"")
        compiler = typst.Compiler(str(folder / "main.typ"), root=name)

        def finish(data, number, ending):
            (output / f"{log.name}-{number}.{ending}").write_bytes(data[0] if isinstance(data, list) else data)
            return data

        for number, line in enumerate(log.read_text().splitlines()):
            job = json.loads(line)
            if job["step"] == "theme":
                for path, text in job["files"].items():
                    (folder / path).write_text(text)
            elif job["step"] == "layout":
                for path, data in job["files"].items():
                    (folder / path).write_bytes(base64.b64decode(data))
                (folder / "leaflet.json").write_text(job["data"])
                pdf = compiler.compile(
                    input=str(folder / "main.typ"), format="pdf", timestamp=job["timestamp"],
                    pdf_standards=job["standards"], pdf_tags=job["tags"])
                (folder / "pages.pdf").write_bytes(finish(pdf, number, "pdf"))
            elif job["step"] == "impose":
                (folder / "sheets.json").write_text(job["data"])
                finish(compiler.compile(
                    input=str(folder / "impose.typ"), format="pdf", timestamp=job["timestamp"], pdf_tags=False),
                    number, "pdf")
            elif job["step"] == "thumbnail":
                finish(compiler.compile(input=str(folder / "thumbnail.typ"), format="png", ppi=job["ppi"]), number, "png")


def main():
    output, logs = pathlib.Path(sys.argv[1]), [pathlib.Path(path) for path in sys.argv[2:]]
    os.makedirs(output, exist_ok=True)
    processes = [multiprocessing.Process(target=replay, args=(output, log)) for log in logs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return max(process.exitcode != 0 for process in processes)


if __name__ == "__main__":
    sys.exit(main())
