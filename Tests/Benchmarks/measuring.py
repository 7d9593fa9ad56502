"""Running a program and knowing what it took."""

import dataclasses
import json
import os
import pathlib
import statistics
import subprocess
import sys
import typing


class Failure(Exception):
    """What was built is wrong, or could not be built."""


@dataclasses.dataclass(frozen=True)
class Context:
    signpost: pathlib.Path
    root: pathlib.Path
    work: pathlib.Path
    pages: int
    rounds: int
    councils: int = 153
    languages: typing.Sequence[str] = ("en",)

    def note(self, text):
        print(f"  … {text}", flush=True)


@dataclasses.dataclass(frozen=True)
class Measure:
    """One number, and what is wanted of it."""

    name: str
    value: float
    unit: str = ""
    at_least: typing.Optional[float] = None
    at_most: typing.Optional[float] = None
    detail: str = ""

    @property
    def is_met(self):
        """None where nothing is wanted."""
        if self.at_least is not None:
            return self.value >= self.at_least
        if self.at_most is not None:
            return self.value <= self.at_most
        return None

    def as_dict(self):
        return {**dataclasses.asdict(self), "is_met": self.is_met}

    def __str__(self):
        digits = 0 if abs(self.value) >= 100 else 1 if abs(self.value) >= 10 else 3
        text = f"{self.name:<46}{self.value:>10.{digits}f} {self.unit:<4}"
        if self.is_met is not None:
            limit = f"at least {self.at_least:g}" if self.at_least is not None else f"at most {self.at_most:g}"
            text += f" wanted {limit:<14} {'met' if self.is_met else 'MISSED'}"
        return text.rstrip() + (f"  ({self.detail})" if self.detail else "")


@dataclasses.dataclass(frozen=True)
class Run:
    # By the clock.
    seconds: float
    # Seconds of all processors together: steadier than the clock where other work is being done.
    cpu: float
    # Bytes of the largest process.
    peak: int
    output: str


# The kernel counts the memory of whoever starts a process as the process's own, so a small one starts it.
LAUNCHER = """
import json, os, sys, time
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
unit = 1 if sys.platform == "darwin" else 1024
own = os.waitstatus_to_exitcode(status)
os.write(3, json.dumps([seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, own]).encode())
"""


def run(command, cwd, environment=None) -> Run:
    """Runs a command to its end; a failing one is a Failure that shows what it said."""
    # Blocks that an earlier run left to be written would be written at this one's cost.
    os.sync()
    reader, writer = os.pipe()
    try:
        process = subprocess.Popen(
            ["/bin/sh", "-c", f'exec 3>&{writer}; exec "$@"', "sh",
             sys.executable, "-I", "-S", "-c", LAUNCHER, *map(str, command)],
            cwd=cwd, env={**os.environ, **(environment or {})}, pass_fds=[writer], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        output, _ = process.communicate()
    finally:
        os.close(writer)
    with os.fdopen(reader) as told:
        answer = told.read()
    if not answer:
        raise Failure(f"cannot start {command[0]}: {output[-2000:]}")
    seconds, cpu, peak, status = json.loads(answer)
    if status != 0:
        raise Failure(f"{' '.join(map(str, command))} ended with {status}:\n{output[-2000:]}")
    return Run(seconds, cpu, int(peak), output)


def median(values):
    return statistics.median(values)


def spread(values, digits=2):
    """All values, for the reader to judge how steady they are."""
    return " ".join(f"{value:.{digits}f}" for value in values)
