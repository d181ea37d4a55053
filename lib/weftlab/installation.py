"""What users install: the tree of `cmake --install`, moved elsewhere, and the Debian package.

An installed program must start from the code that came with it: with an empty cache folder of the user's, nothing of start-up is compiled.
"""

import os
import re
import tempfile

from weftlab import BUILD, process

PROGRAMS = {"gil": "weft", "free": "weftt"}
# Loaded by every start; compiled anew only when the installed code is missing or does not fit the library.
OF_EVERY_START = ("_bootstrap", "_bootstrap_external", "io", "abc", "site", "os", "posixpath")


def _failure_of(argv, **options):
    outcome = process.run(argv, timeout=120, **options)
    if outcome.status == 0 and not outcome.timed_out:
        return None
    return f"{' '.join(argv)}: {outcome.describe_end()}\n{(outcome.stdout + outcome.stderr).decode(errors='replace')}"


def check_tree(preset):
    """Installs, moves the tree, runs the program there."""
    with tempfile.TemporaryDirectory() as scratch:
        first, moved, cache = (os.path.join(scratch, name) for name in ("first", "moved", "cache"))
        problem = _failure_of(["cmake", "--install", os.path.join(BUILD, preset), "--prefix", first])
        if problem:
            return problem
        os.rename(first, moved)
        program = os.path.join(moved, "bin", PROGRAMS[preset])
        problem = _failure_of([program, "-I", "-c", "import json, threading"], env={**process.plain_environment(), "WEFT_CACHE_DIR": cache})
        if problem:
            return problem
        compiled = {name.partition(".")[0] for _, _, names in os.walk(cache) for name in names}
        missing = [path for path in (f"share/man/man1/{PROGRAMS[preset]}.1", "lib/weft/cache") if not os.path.exists(os.path.join(moved, path))]
        problems = [f"not installed: {path}" for path in missing] + [f"compiled at start-up: {name}" for name in OF_EVERY_START if name in compiled]
        if "threading" not in compiled:
            problems.append("the cache folder was not used at all: this test has seen nothing")
        return "\n".join(problems) or None


def check_package():
    """The .deb holds both programs and says what it depends on; dpkg-deb reads it."""
    with tempfile.TemporaryDirectory() as scratch:
        problem = _failure_of(["cpack", "--config", os.path.join(BUILD, "gil", "CPackConfig.cmake"), "-B", scratch])
        if problem:
            return problem
        (package,) = (name for name in os.listdir(scratch) if name.endswith(".deb"))
        listing = process.run(["dpkg-deb", "--contents", os.path.join(scratch, package)]).stdout.decode()
        depends = process.run(["dpkg-deb", "--field", os.path.join(scratch, package), "Depends"]).stdout.decode()
        wanted = (r"\./usr/bin/weft\n", r"\./usr/bin/weftt\n", r"\./usr/share/man/man1/weftt\.1", r"\./usr/lib/weft/cache/.*/os\.weft-311\.pyc")
        problems = [f"not in the package: {pattern}" for pattern in wanted if not re.search(pattern, listing)]
        problems += [f"does not depend on {name}: {depends}" for name in ("libpython3.11-stdlib", "libgmp10") if name not in depends]
        return "\n".join(problems) or None
