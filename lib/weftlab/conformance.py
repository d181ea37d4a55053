"""The CPython test-suite against weft: every method's result is recorded, a regression fails, an improvement asks to be recorded.

tests/conformance/expected/FILE.txt names the methods that python3.11 passes, in the same harness, with the result that weft is expected to
have. The first column of a method's line:
  +  passes in both builds      g  passes in weft only      t  passes in weftt only      -  passes in neither
  c  skips itself in weft as an implementation detail of CPython
  ?  not judged: passes in one run and fails in another, under python3.11 too or by its timing
A line without such a column names the class of the methods that follow it.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import fnmatch
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

from weftlab import BUILD, ORACLE, PROGRAMS, ROOT, builds, process, program_path

HOME = os.path.join(ROOT, "tests", "conformance")
EXPECTED = os.path.join(HOME, "expected")
RUNNER = os.path.join(HOME, "runner.py")
RESULTS = os.path.join(BUILD, "conformance")
SUITE = "/usr/lib/python3.11/test"
MODES = ("gil", "free")
MARKS = {(True, True): "+", (True, False): "g", (False, True): "t", (False, False): "-"}
# What a method says that skips itself because it is about CPython's insides (test.support.cpython_only, impl_detail, _testcapi).
OWN_SKIPS = ("implementation detail", "specific to CPython", "is internal", "_testcapi", "ndarray object required", "testing an internal kind", "testing error message from implementation")
FILE_SECONDS, IDLE_SECONDS, RESTARTS = 900, 120, 40


# ---- files of the suite ---------------------------------------------------------------------------------------------

def _words(name):
    with open(os.path.join(HOME, name), encoding="utf-8") as lines:
        return [word for line in lines if not line.startswith("#") for word in line.split()]


def suite_files():
    """Names of all test modules below the package `test`: 'test_int', 'test_json.test_decode'..."""
    found = []
    for path in glob.glob(os.path.join(SUITE, "**", "test_*.py"), recursive=True):
        parts = os.path.relpath(path, SUITE)[:-3].split(os.sep)
        # A package's modules count if it is a test package itself; data folders hold files that only look like tests.
        if all(os.path.exists(os.path.join(SUITE, *parts[:i], "__init__.py")) for i in range(1, len(parts))) and \
                all(part.startswith("test_") or part in ("builtin", "extension", "frozen", "import_", "source", "resources") for part in parts):
            found.append(".".join(parts))
    return sorted(found)


def choose(patterns):
    """The files that the patterns name; a package's name stands for its files."""
    everything = suite_files()
    if not patterns:
        return everything
    return [name for name in everything
            if any(fnmatch.fnmatch(name, pattern) or name.startswith(pattern + ".") for pattern in patterns)]


def quick_files():
    return choose(_words("quick.txt"))


# ---- running one file -----------------------------------------------------------------------------------------------

@dataclasses.dataclass
class FileResult:
    """methods: id -> [result, reason]; problem: why the file could not be run to its end, or None."""

    methods: dict = dataclasses.field(default_factory=dict)
    problem: str = None
    skipped: bool = False
    wall: float = 0.0


def _wait(child, report, deadline, idle):
    """'' when the child has ended, else why it was killed."""
    size, since = -1, time.monotonic()
    while True:
        try:
            child.wait(0.1)
            return ""
        except subprocess.TimeoutExpired:
            pass
        now = time.monotonic()
        grown = os.path.getsize(report) if os.path.exists(report) else 0
        if grown != size:
            size, since = grown, now
        if now > deadline or now - since > idle:
            return "hang"


def _read_report(path, offset, result):
    """Adds the lines from `offset` on to the result. Returns (method under way or None, whether the module has been run to its end)."""
    running, ended = None, False
    with open(path, encoding="utf-8", errors="replace") as stream:
        stream.seek(offset)
        for line in stream:
            fields = line.rstrip("\n").split("\t")
            kind = fields[0]
            if kind == "S":
                running = fields[1]
            elif kind == "R" and len(fields) == 4:
                running = None
                if result.methods.get(fields[1], ["pass"])[0] in ("pass", "skip"):
                    result.methods[fields[1]] = fields[2:]
            elif kind == "N":
                result.skipped, result.problem, ended = True, fields[1], True
            elif kind == "X":
                result.problem, ended = fields[1], True
            elif kind == "E":
                ended = True
    return running, ended


def _environment(scratch):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "WEFT"))}
    env.update(PYTHONHASHSEED="0", TMPDIR=scratch, WEFT_CACHE_DIR=os.path.join(RESULTS, "cache"))
    return env


def run_file(program, name, file_seconds=FILE_SECONDS, idle_seconds=IDLE_SECONDS):
    """Runs one test module under `program`; goes on behind a method that crashed or hung."""
    result = FileResult()
    start = time.monotonic()
    scratch = tempfile.mkdtemp(prefix="weft-conformance-")
    report, skip, log = (os.path.join(scratch, x) for x in ("report", "skip", "log"))
    offset = 0
    open(report, "w").close()
    try:
        for _ in range(RESTARTS):
            with open(skip, "w", encoding="utf-8") as stream:
                stream.writelines(f"{method}\n" for method in result.methods)
            work = tempfile.mkdtemp(dir=scratch)
            with open(log, "wb") as output:
                child = subprocess.Popen([program, RUNNER, f"test.{name}", report, skip], env=_environment(work), cwd=work,
                                         stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)
                killed = _wait(child, report, start + file_seconds, idle_seconds)
                process.kill_group(child)
                child.wait()
            running, ended = _read_report(report, offset, result)
            offset = os.path.getsize(report)
            if ended:
                return result
            how = killed or process.describe_status(child.returncode)
            if running is None or time.monotonic() - start > file_seconds:
                with open(log, encoding="utf-8", errors="replace") as output:
                    last = [line.strip() for line in output if line.strip()][-1:]
                result.problem = ": ".join([how, *last])[:300]
                if running is not None:
                    result.methods[running] = ["hang", how]
                return result
            result.methods[running] = ["hang" if killed else "crash", how]
        result.problem = f"{RESTARTS} crashes"
        return result
    finally:
        result.wall = time.monotonic() - start
        shutil.rmtree(scratch, ignore_errors=True)


# ---- what is expected -----------------------------------------------------------------------------------------------

def _expected_path(name):
    return os.path.join(EXPECTED, name + ".txt")


def read_expected(name):
    """{method id: mark}; {} if the file is not known."""
    marks, group = {}, ""
    try:
        with open(_expected_path(name), encoding="utf-8") as lines:
            for line in lines:
                line = line.rstrip("\n")
                if not line or line.startswith("#"):
                    continue
                if line[1:2] == " " and line[0] in "+gt-c?":
                    marks[f"{group}.{line[2:]}" if group else line[2:]] = line[0]
                else:
                    group = line
    except FileNotFoundError:
        pass
    return marks


def write_expected(name, marks):
    os.makedirs(EXPECTED, exist_ok=True)
    group = None
    with open(_expected_path(name), "w", encoding="utf-8") as stream:
        for method in sorted(marks):
            owner, _, last = method.rpartition(".")
            if owner != group:
                stream.write(f"{owner}\n")
                group = owner
            stream.write(f"{marks[method]} {last}\n")


def cpython_only():
    """[(pattern, reason)] of tests/conformance/cpython_only.txt."""
    with open(os.path.join(HOME, "cpython_only.txt"), encoding="utf-8") as lines:
        return [tuple(line.strip().split(maxsplit=1)) for line in lines if line.strip() and not line.startswith("#")]


def judge(name, mode, result):
    """Compares with what is expected: (ids that pass no more, ids that pass now, ids that pass, ids that count)."""
    lost, gained, passed, counted = [], [], [], []
    good = "+" + mode[0].replace("f", "t")
    for method, mark in read_expected(name).items():
        if mark in "c?":
            continue
        counted.append(method)
        passes = result.methods.get(method, [""])[0] in ("pass", "xfail")
        if passes:
            passed.append(method)
        if passes and mark not in good:
            gained.append(method)
        if not passes and mark in good:
            lost.append(method)
    return lost, gained, passed, counted


def why(result, method):
    """In words, why a method does not pass."""
    outcome, reason = result.methods.get(method, ["not run", result.problem or ""])
    return f"{outcome}: {reason}" if reason else outcome


# ---- keeping results -----------------------------------------------------------------------------------------------

def _result_path(mode, name):
    return os.path.join(RESULTS, mode, name + ".json")


def save(mode, name, result):
    os.makedirs(os.path.join(RESULTS, mode), exist_ok=True)
    with open(_result_path(mode, name), "w", encoding="utf-8") as stream:
        json.dump(dataclasses.asdict(result), stream)


def load(mode, name):
    try:
        with open(_result_path(mode, name), encoding="utf-8") as stream:
            return FileResult(**json.load(stream))
    except FileNotFoundError:
        return None


def record_oracle(name, result):
    """python3.11's passes become the file's methods; marks of methods that stay are kept."""
    old = read_expected(name)
    only = cpython_only()
    marks = {}
    for method, (outcome, _) in result.methods.items():
        if outcome == "pass" and not any(fnmatch.fnmatch(method, pattern) for pattern, _ in only):
            marks[method] = old.get(method, "-")
    if marks:
        write_expected(name, marks)


def record(name):
    """Takes the last results of both builds as what is expected."""
    results = {mode: load(mode, name) for mode in MODES}
    only = cpython_only()
    marks = {method: mark for method, mark in read_expected(name).items() if not any(fnmatch.fnmatch(method, pattern) for pattern, _ in only)}
    for method, mark in marks.items():
        if mark == "?":
            continue
        was = {"gil": mark in "+g", "free": mark in "+t"}
        now, own_skip = {}, False
        for mode, result in results.items():
            outcome, reason = result.methods.get(method, ["", ""]) if result else ["", ""]
            now[mode] = outcome in ("pass", "xfail") if result else was[mode]
            own_skip |= outcome == "skip" and any(words in reason for words in OWN_SKIPS)
        marks[method] = "c" if own_skip else MARKS[now["gil"], now["free"]]
    if marks:
        write_expected(name, marks)
    elif os.path.exists(_expected_path(name)):
        os.remove(_expected_path(name))


# ---- docs/compatibility.md ------------------------------------------------------------------------------------------

def _share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _cause(text):
    """A reason with its particulars cut off, for counting."""
    return text if len(text) <= 110 else text[:110] + "..."


def write_document():
    everyday = set(choose(_words("everyday.txt")))
    rows, causes, totals = [], collections.Counter(), collections.Counter()
    measured = {mode: bool(glob.glob(_result_path(mode, "*"))) for mode in MODES}

    def cell(passed, whole, mode):
        return f"{passed} ({_share(passed, whole)})" if measured[mode] else "not measured yet"

    for path in sorted(glob.glob(os.path.join(EXPECTED, "*.txt"))):
        name = os.path.basename(path)[:-4]
        marks = read_expected(name).values()
        counted = sum(mark not in "c?" for mark in marks)
        passing = {"gil": sum(mark in "+g" for mark in marks), "free": sum(mark in "+t" for mark in marks)}
        rows.append((name, counted, passing["gil"], passing["free"]))
        for group in ("all", "everyday") if name in everyday else ("all",):
            totals[group, "methods"] += counted
            totals[group, "files"] += 1
            for mode in MODES:
                totals[group, mode] += passing[mode]
                totals[group, mode, "files"] += passing[mode] == counted
        for mode in MODES:
            result = load(mode, name)
            if result and measured[mode]:
                causes.update(_cause(why(result, method)) for method, mark in read_expected(name).items()
                              if mark not in "c?" and result.methods.get(method, [""])[0] not in ("pass", "xfail"))
    with open(os.path.join(ROOT, "docs", "compatibility.md"), "w", encoding="utf-8") as out:
        out.write("# Compatibility\n\nWritten by `tests/conformance/run --record`; do not edit. The methods of the CPython 3.11 test-suite that "
                  "python3.11 itself passes in the same harness\n(no `-u` resources), less those that are about CPython's own insides, and how many of "
                  "them pass here.\n\n| files | methods | weft | weftt | files passing whole: weft | weftt |\n|---|---|---|---|---|---|\n")
        for group, title in (("everyday", "everyday Python (tests/conformance/everyday.txt)"), ("all", "all files recorded")):
            n = totals[group, "methods"]
            out.write(f"| {title}: {totals[group, 'files']} | {n} | {cell(totals[group, 'gil'], n, 'gil')} | "
                      f"{cell(totals[group, 'free'], n, 'free')} | {totals[group, 'gil', 'files']} | "
                      f"{totals[group, 'free', 'files'] if measured['free'] else '-'} |\n")
        out.write("\n## File by file\n\n| file | methods | weft | weftt |\n|---|---|---|---|\n")
        for name, counted, gil, free in rows:
            out.write(f"| {name} | {counted} | {cell(gil, counted, 'gil')} | {cell(free, counted, 'free')} |\n")
        if causes:
            out.write("\n## Commonest causes of failure, both builds together\n\n| methods | cause |\n|---|---|\n")
            for text, count in causes.most_common(60):
                out.write(f"| {count} | {text.replace('|', '/').replace('<', '&lt;')} |\n")


# ---- for ./test -----------------------------------------------------------------------------------------------------

def check_file(mode, preset, name):
    """None, or which methods pass no more. Timing flakes get a second chance."""
    for attempt in (1, 2):
        result = run_file(program_path(preset), name)
        save(mode, name, result)
        lost, _, _, _ = judge(name, mode, result)
        if not lost:
            return None
    return "\n".join(f"{method}: {why(result, method)}" for method in lost)


# ---- the command ----------------------------------------------------------------------------------------------------

def _parse(argv):
    parser = argparse.ArgumentParser(prog="tests/conformance/run", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("files", nargs="*", help="names or patterns of test files (test_int, test_json, 'test_un*'); 'everyday', 'quick'; default all")
    parser.add_argument("--only", choices=MODES, help="one build only")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--oracle", action="store_true", help="run python3.11 and note which methods it passes")
    parser.add_argument("--record", action="store_true", help="take the results as what is expected, and write docs/compatibility.md")
    parser.add_argument("--failures", action="store_true", help="print every method that does not pass, with the reason")
    parser.add_argument("--seconds", type=int, default=FILE_SECONDS, help="time limit of a file")
    parser.add_argument("--flavour", choices=("debug", "tsan", "asan"), help="a build with asserts or sanitizers in place of Release")
    parser.add_argument("--no-build", action="store_true", help="use the programs as they are")
    return parser.parse_args(argv)


def _preset(mode, options):
    return f"{mode}-{options.flavour}" if options.flavour else mode


def main(argv=None):
    options = _parse(sys.argv[1:] if argv is None else argv)
    process.accept_interrupts()
    patterns = [word for name in options.files for word in (_words(name + ".txt") if name in ("everyday", "quick") else [name])]
    files = choose(patterns)
    modes = ["oracle"] if options.oracle else [options.only] if options.only else list(MODES)
    if not options.oracle:
        files = [name for name in files if read_expected(name)]
        for mode in modes:
            if not options.no_build:
                builds.build(_preset(mode, options))
    if not files:
        print("no such test files", file=sys.stderr)
        return 64
    programs = {"oracle": ORACLE, **{mode: program_path(_preset(mode, options)) for mode in MODES}}
    jobs = [(mode, name) for name in files for mode in modes]
    lost_methods, totals = [], collections.Counter()

    def go(job):
        mode, name = job
        return run_file(programs[mode], name, options.seconds)

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for number, ((mode, name), result) in enumerate(zip(jobs, pool.map(go, jobs)), 1):
            save(mode, name, result)
            label = f"[{number}/{len(jobs)}] {PROGRAMS.get(mode, 'python3.11')} {name}"
            if mode == "oracle":
                record_oracle(name, result)
                passed = sum(outcome == "pass" for outcome, _ in result.methods.values())
                print(f"{label}: {passed}/{len(result.methods)} ({result.wall:.0f} s) {result.problem or ''}", flush=True)
                continue
            lost, gained, passed, counted = judge(name, mode, result)
            totals[mode] += len(passed)
            totals[mode, "all"] += len(counted)
            lost_methods += [(mode, method, why(result, method)) for method in lost]
            print(f"{label}: {len(passed)}/{len(counted)} ({result.wall:.0f} s)"
                  + (f", {len(lost)} lost" if lost else "") + (f", {len(gained)} gained" if gained else "")
                  + (f" {result.problem}" if result.problem else ""), flush=True)
            if options.failures:
                for method in counted:
                    if method not in passed:
                        print(f"    {method}: {why(result, method)}")
    if options.record and not options.oracle:
        for name in files:
            record(name)
        write_document()
    for mode, method, reason in lost_methods:
        print(f"LOST {PROGRAMS[mode]} {method}: {reason}")
    for mode in modes:
        if totals[mode, "all"]:
            print(f"{PROGRAMS[mode]}: {totals[mode]} of {totals[mode, 'all']} methods ({_share(totals[mode], totals[mode, 'all'])})")
    return 1 if lost_methods and not options.record else 0


if __name__ == "__main__":
    sys.exit(main())
