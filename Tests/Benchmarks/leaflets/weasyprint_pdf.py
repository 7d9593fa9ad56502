"""Prints HTML files with WeasyPrint: `weasyprint_pdf.py OUTPUT PROCESSES FILES…`."""

import multiprocessing
import pathlib
import sys


def make(task):
    from weasyprint import HTML

    source, target = task
    HTML(filename=source).write_pdf(target, pdf_variant="pdf/ua-1")


def main():
    output, processes = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    tasks = [(path, str(output / (pathlib.Path(path).stem + ".pdf"))) for path in sys.argv[3:]]
    with multiprocessing.Pool(processes) as pool:
        pool.map(make, tasks, chunksize=1)


if __name__ == "__main__":
    main()
