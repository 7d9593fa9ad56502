# Jobs

def read(job):
    data = base64.b64decode(job["data"])
    kind = job["kind"]
    if kind == "docx":
        return Word(data).answer.json()
    if kind == "html":
        return Page(data).answer.json()
    return read_pdf(data)


def limit():
    """A document that fills the memory ends this worker, and nothing else."""
    try:
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    except (ImportError, ValueError, OSError):
        pass
    sys.setrecursionlimit(4000)


def main():
    limit()
    for line in sys.stdin.buffer:
        try:
            answer = read(json.loads(line))
        except Refused as error:
            answer = {"refused": str(error), "help": error.help}
        except ImportError as error:
            answer = {"missing": error.name or str(error)}
        except (MemoryError, RecursionError):
            answer = {"refused": "it is larger or nested deeper than any document"}
        except Exception as error:  # foreign files are broken in more ways than can be foreseen
            answer = {"refused": f"it is damaged ({type(error).__name__}: {shortened(str(error))})"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
