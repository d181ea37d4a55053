"""Configures and builds CMake presets; quiet when nothing is to be done, plain words when something fails."""

import fcntl
import os
import shutil
import subprocess
import sys

from weftlab import BUILD, ROOT


class BuildError(Exception):
    """A configure or build step failed; the text is what to show."""


def _say(text):
    print(f"weft: {text}", file=sys.stderr, flush=True)


def _last_lines(text, count=60):
    lines = text.rstrip().splitlines()
    return "\n".join(lines[-count:])


def _checked(argv, what):
    done = subprocess.run(argv, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace")
    if done.returncode != 0:
        raise BuildError(f"{what} failed:\n{_last_lines(done.stdout)}")
    return done.stdout


def _nothing_to_do(tree, targets):
    done = subprocess.run(["ninja", "-C", tree, "-n", *targets], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return done.returncode == 0 and "no work to do" in done.stdout


def build(preset, targets=("all",)):
    """Brings the preset's targets up to date. One build at a time works in a checkout; others wait. Raises BuildError."""
    for tool in ("cmake", "ninja", "gcc"):
        if shutil.which(tool) is None:
            raise BuildError(f"{tool} is not installed")
    os.makedirs(BUILD, exist_ok=True)
    tree = os.path.join(BUILD, preset)
    with open(os.path.join(BUILD, ".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(os.path.join(tree, "build.ninja")):
            _checked(["cmake", "--preset", preset], f"configuring {preset}")
        if _nothing_to_do(tree, targets):
            return
        _say(f"building {preset} ...")
        _checked(["ninja", "-C", tree, "-j", str(os.cpu_count()), *targets], f"building {preset}")
