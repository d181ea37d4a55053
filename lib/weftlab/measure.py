"""Measures one run of a command through build/measure: wall and CPU time, peak memory, context switches."""

import dataclasses
import os

from weftlab import BUILD, process

MEASURE = os.path.join(BUILD, "measure")


@dataclasses.dataclass
class Measured:
    """A finished run and its figures; times in seconds, memory in KiB. The figures are None if it was killed."""

    outcome: process.Outcome
    wall: float = None
    cpu: float = None
    peak_kib: int = None
    voluntary: int = None
    involuntary: int = None


def run(argv, **options):
    """As process.run, with the child's own figures beside the outcome."""
    reader, writer = os.pipe()
    try:
        outcome = process.run([MEASURE, str(writer), *argv], pass_fds=(writer,), **options)
    finally:
        os.close(writer)
        with os.fdopen(reader) as stream:
            os.set_blocking(reader, False)      # a killed run may have left the other end open in a grandchild
            report = stream.read() or ""
    outcome.argv = list(argv)
    fields = report.split()
    if outcome.timed_out or len(fields) != 7:
        return Measured(outcome)
    status, wall_ns, user_us, system_us, peak_kib, voluntary, involuntary = map(int, fields)
    outcome.status = os.waitstatus_to_exitcode(status)
    outcome.wall = wall_ns / 1e9
    return Measured(outcome, wall_ns / 1e9, (user_us + system_us) / 1e6, peak_kib, voluntary, involuntary)
