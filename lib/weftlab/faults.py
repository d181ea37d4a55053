"""Allocation failures: tests/faults/walk.c lets allocations of a program's run fail, one a run, and judges how the run ends.

The programs are start-up itself and those of tests/faults/programs. One whose first comment lines contain `# fresh` is started anew for
each case. To look into a finding at N, run the walk that the report shows with `--at N` under a debugger, `break walk_allocation_fails`.
"""

import dataclasses
import glob
import os
import re
import shlex
import subprocess
import tempfile

from weftlab import BUILD, ROOT, process

PROGRAMS = os.path.join(ROOT, "tests", "faults", "programs")
SAMPLED_CASES = 150
PIECES, MOST_CASES = 4, 2500    # of the long walk of a program, and of each piece


@dataclasses.dataclass
class Walk:
    """A run of the walker: its own options, and the arguments of the program walked through."""

    name: str
    options: list
    arguments: list


def _programs():
    """(name, walker's options, weft's arguments) of all that is walked through."""
    found = [("startup-isolated", [], ["-I", "-S", "-c", "pass"]), ("startup", [], ["-c", "pass"])]
    for path in sorted(glob.glob(os.path.join(PROGRAMS, "[!_]*.py"))):
        with open(path, encoding="utf-8") as source:
            fresh = any(line.strip() == "# fresh" for line in source)
        found.append((os.path.basename(path).removesuffix(".py"), ["--program", *(["--fresh"] if fresh else [])], [path]))
    return found


def sample():
    """Some allocations of each program, spread over its run."""
    return [Walk(name, [*options, "--cases", str(SAMPLED_CASES // 5 if "--fresh" in options else SAMPLED_CASES)], arguments)
            for name, options, arguments in _programs()]


def every_allocation():
    """All of them, or 10,000 spread over the run, one at a time and, for some, with all later ones failing too.

    In pieces that can be done side by side.
    """
    walks = []
    for name, options, arguments in _programs():
        for piece in range(PIECES):
            walks.append(Walk(f"{name}/{piece}", [*options, "--stride", str(PIECES), "--offset", str(piece), "--cases", str(MOST_CASES)], arguments))
        walks.append(Walk(f"{name}/all-later", [*options, "--span", "0", "--cases", "1000"], arguments))
    return walks


_FRAME = re.compile(r"^\S*/walk\((\w*)\+(0x[0-9a-f]+)\) ?\[0x[0-9a-f]+\]$", re.MULTILINE)


def _symbolise(program, text):
    """The text with the walker's stack frames as function and line."""
    frames = sorted(set(_FRAME.findall(text)))
    if not frames:
        return text
    symbols = {}
    for line in subprocess.run(["nm", program], capture_output=True, text=True, check=True).stdout.splitlines():
        value, _, name = line.rpartition(" ")
        if value[:1].isalnum():
            symbols[name] = int(value.split()[0], 16)
    addresses = "\n".join(hex(symbols.get(name, 0) + int(offset, 16) - 1) for name, offset in frames)
    answer = subprocess.run(["addr2line", "-fse", program], input=addresses, capture_output=True, text=True, check=True).stdout.splitlines()
    places = {frame: f"    {answer[2 * i]} {answer[2 * i + 1]}" for i, frame in enumerate(frames)}
    return _FRAME.sub(lambda match: places[match.groups()], text)


def check(walk, preset, timeout):
    """None if the walk finds nothing, else its report."""
    program = os.path.join(BUILD, preset, "faults", "walk")
    argv = [program, *walk.options, "--", *walk.arguments]
    with tempfile.TemporaryDirectory() as scratch:      # what programs that are stopped short leave behind
        outcome = process.run(argv, env=dict(os.environ, TMPDIR=scratch), timeout=timeout)
    if outcome.status == 0 and not outcome.timed_out:
        return None
    report = _symbolise(program, outcome.stdout.decode(errors="replace")) + outcome.stderr.decode(errors="replace")
    return f"{shlex.join(argv)}\n{outcome.describe_end()}\n{report[:6000]}"
