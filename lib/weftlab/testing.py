"""The command ./test: builds every flavour and runs all tests of the project, the fast ones first.

A test has a name like python/free-fold0/int/shifts, and a function that returns None when it passes and else a text that says
what went wrong. Tests of one stage run side by side, one a core.
"""

import argparse
import concurrent.futures
import dataclasses
import fnmatch
import functools
import glob
import os
import re
import shutil
import sys
import time
from typing import Callable

from weftlab import BUILD, ORACLE, ROOT, builds, checks, conformance, faults, fuzz, fuzz_targets, installation, process, program_path, programs

# TSan's deadlock detector allows a thread 64 pthread mutexes at once; fork holds one for each bucket of the parking lot. It sees only those few
# mutexes anyway, not weft's own locks.
SANITIZER_OPTIONS = {
    "TSAN_OPTIONS": "halt_on_error=1:exitcode=66:detect_deadlocks=0:history_size=4:die_after_fork=0",
    "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1:detect_stack_use_after_return=0",
    "UBSAN_OPTIONS": "print_stacktrace=1",
}

# How many times longer than a Release build a flavour may take.
SLOWNESS = {"": 1, "debug": 4, "tsan": 20, "asan": 8, "fuzz": 8}


@dataclasses.dataclass
class Test:
    name: str
    function: Callable
    preset: str = None


@dataclasses.dataclass
class Stage:
    """Tests that need the same build; `targets` are what must be built of its preset."""

    title: str
    tests: list
    preset: str = None
    targets: tuple = ("all",)


def _slowness(preset):
    return SLOWNESS[preset.partition("-")[2]]


def _tail(data, lines=40):
    return "\n".join(data.decode(errors="backslashreplace").rstrip().splitlines()[-lines:])


def _failure(outcome):
    """None for a clean exit, else how the process ended and the last lines it wrote."""
    if outcome.status == 0 and not outcome.timed_out:
        return None
    return "\n".join(filter(None, (outcome.describe_end(), _tail(outcome.stdout), _tail(outcome.stderr, 80))))


# ---- the kinds of tests ---------------------------------------------------------------------------------------------

def check_tests():
    return [Test(f"checks/{name}", lambda check=check: "\n".join(check()) or None) for name, check in checks.ALL.items()]


def python_tests(preset, options=(), label=""):
    return [Test(f"python/{preset}{label}/{program.name}",
                 functools.partial(programs.check, program, preset, options, _slowness(preset)))
            for program in programs.find_programs() if programs.fits(program, preset)]


def _names(pattern):
    return [os.path.basename(path).partition(".")[0] for path in sorted(glob.glob(os.path.join(ROOT, pattern)))]


def _run_unit(preset, name):
    path = os.path.join(BUILD, preset, "unit", name)
    return _failure(process.run([path], timeout=30 * _slowness(preset), cwd=os.path.join(BUILD, preset)))


def unit_tests(preset):
    return [Test(f"unit/{preset}/{name}", functools.partial(_run_unit, preset, name))
            for name in _names("tests/unit/test_*.c")]


def _run_stress(preset, argv, scale=1):
    env = dict(os.environ, PYTHONHASHSEED="0")
    return _failure(process.run(argv, env=env, timeout=60 * max(1, scale) * _slowness(preset)))


def stress_tests(preset, scale, seeds):
    """The stress programs in Python, each with seeded yields; arguments THREADS SCALE ROUNDS SEED."""
    tests = []
    for name in _names("stress/python/[!_]*.py"):
        script = os.path.join(ROOT, "stress", "python", name + ".py")
        for seed in seeds:
            chaos = [] if seed == 0 else ["-X", f"chaos={seed}"]
            argv = [program_path(preset), *chaos, script, "4", str(scale), "1", str(seed)]
            tests.append(Test(f"stress/{preset}/{name}/{seed}", functools.partial(_run_stress, preset, argv, scale)))
    return tests


def c_stress_tests(preset, seeds):
    tests = []
    for name in _names("stress/*.c"):
        for seed in seeds:
            argv = [os.path.join(BUILD, preset, "stress", name), "4", "1", "1", str(seed)]
            tests.append(Test(f"stress/{preset}/c/{name}/{seed}", functools.partial(_run_stress, preset, argv)))
    return tests


@functools.lru_cache(maxsize=None)
def _workload_result(script, scale):
    outcome = process.run([ORACLE, script, "1", scale], env=dict(os.environ, PYTHONHASHSEED="0"), timeout=60)
    problem = _failure(outcome)
    if problem:
        raise RuntimeError(f"python3.11: {problem}")
    return outcome.stdout


def _run_workload(preset, script, threads, scale):
    wanted = _workload_result(script, scale)
    env = dict(os.environ, PYTHONHASHSEED="0")
    outcome = process.run([program_path(preset), script, str(threads), scale], env=env, timeout=60 * _slowness(preset))
    problem = _failure(outcome)
    if problem is None and outcome.stdout != wanted:
        problem = f"python3.11 prints:\n{_tail(wanted)}\nweft prints:\n{_tail(outcome.stdout)}"
    return problem


def workload_tests(preset, scale, thread_counts):
    return [Test(f"workload/{preset}/{name}/{threads}",
                 functools.partial(_run_workload, preset, os.path.join(ROOT, "stress", "workloads", name + ".py"),
                                   threads, scale))
            for name in _names("stress/workloads/[!_]*.py") for threads in thread_counts]


def fault_tests(preset, walks):
    return [Test(f"faults/{preset}/{walk.name}", functools.partial(faults.check, walk, preset, 300 * _slowness(preset)))
            for walk in walks]


def conformance_tests(mode, files):
    """Files of the CPython test-suite: none of the methods that passed before may fail."""
    return [Test(f"conformance/{mode}/{name}", functools.partial(conformance.check_file, mode, mode, name))
            for name in files if conformance.read_expected(name)]


FUZZ_SEED, FUZZ_BATCH = 1, 100


def fuzz_tests(preset, count):
    """Random programs, always the same: so many of them, a test for each batch."""
    return [Test(f"fuzz/{preset}/{FUZZ_SEED}/{start}",
                 functools.partial(fuzz.check, preset, FUZZ_SEED, range(start, start + FUZZ_BATCH), _slowness(preset)))
            for start in range(0, count, FUZZ_BATCH)]


FUZZ_SECONDS = 300


def fuzz_input_tests(preset):
    """The inputs that the fuzz targets have had trouble with."""
    return [Test(f"fuzz/{preset}/inputs/{target}", functools.partial(fuzz_targets.replay, target, preset, 60 * _slowness(preset)))
            for target in fuzz_targets.TARGETS]


def fuzz_target_tests(preset):
    """libFuzzer on each fuzz target for some minutes, going on from the corpus of earlier runs."""
    return [Test(f"fuzz/{preset}/{target}", functools.partial(fuzz_targets.check, target, preset, FUZZ_SECONDS, FUZZ_SEED))
            for target in fuzz_targets.TARGETS]


# ---- the command ./run, tested as a user meets it -------------------------------------------------------------------

def _expect_run(arguments, status, *patterns):
    outcome = process.run([os.path.join(ROOT, "run"), *arguments], timeout=120)
    text = (outcome.stdout + outcome.stderr).decode(errors="replace")
    problems = [f"no match for {pattern!r}" for pattern in patterns if not re.search(pattern, text)]
    if outcome.status != status:
        problems.append(f"expected exit status {status}: {outcome.describe_end()}")
    return "\n".join([*problems, text]) if problems else None


def command_tests():
    """./run with programs that agree, fail, differ and hang."""
    data = os.path.join(ROOT, "tests", "run")
    cases = {
        "agree": (["--threads", "1,2", "--repeat", "1", os.path.join(data, "agree.py"), "{threads}", "--threads"], 0,
                  r"weft +1 ", r"weftt +2 ", r"every run printed: agreed \['--threads'\]"),
        "fail": (["--threads", "1", "--repeat", "1", os.path.join(data, "fail.py")], 1, r"exit status 3", r"gone wrong"),
        "differ": (["--threads", "1,2", "--repeat", "1", os.path.join(data, "differ.py")], 2, r"results differ"),
        "hang": (["--threads", "1", "--repeat", "1", "--timeout", "1", os.path.join(data, "hang.py")], 1, r"time limit"),
        "no-script": ([os.path.join(data, "none.py")], 64, r"no such script"),
        "bad-option": (["--threads", "none"], 64, r"usage: run"),
        "build": (["--build"], 0),
    }
    return [Test(f"run/{name}", functools.partial(_expect_run, *case)) for name, case in cases.items()]


def installation_tests():
    """What `cmake --install` and cpack make of the Release builds, which the stages before have built."""
    return [*(Test(f"install/{preset}", functools.partial(installation.check_tree, preset)) for preset in installation.PROGRAMS),
            Test("install/package", installation.check_package)]


# ---- stages ---------------------------------------------------------------------------------------------------------

FOLD_OFF = ("-X", "fold=0")


def all_stages(long):
    stages = [Stage("source checks", check_tests())]
    for preset in ("gil", "free"):
        # The short form has to end in time on two cores: each mode of a program once, in the builds where it says most.
        unfolded = python_tests(preset, FOLD_OFF, "-fold0") if long or preset == "gil" else []
        tests = (python_tests(preset) + unfolded + workload_tests(preset, "1" if long else "0.1", (1, 2, 4) if long else (1, 3))
                 + stress_tests(preset, 4 if long else 1, range(0, 10) if long else (0, 1)))
        stages.append(Stage(f"{preset} programs", tests, preset))
        files = conformance.choose(()) if long else conformance.quick_files()
        stages.append(Stage(f"{preset} conformance", conformance_tests(preset, files), preset))
        stages.append(Stage(f"{preset} random programs", fuzz_tests(preset, 20000 if long else 400), preset))
    stages.append(Stage("the command ./run", command_tests(), "gil"))
    stages.append(Stage("installation", installation_tests(), "free"))
    in_c = ("all", "unit-tests", "stress-tests", "fuzz-targets")
    for preset in ("gil-debug", "free-debug"):
        tests = unit_tests(preset) + c_stress_tests(preset, (1,)) + fuzz_input_tests(preset) + (python_tests(preset) if long or preset == "free-debug" else [])
        stages.append(Stage(f"{preset} units and programs", tests, preset, in_c))
    for preset in ("gil-debug", "free-debug") if long else ("gil-debug",):
        tests = fault_tests(preset, faults.every_allocation() if long else faults.sample())
        stages.append(Stage(f"{preset} allocation failures", tests, preset, ("fault-tests",)))
    for preset in ("free-tsan", "gil-tsan") if long else ("free-tsan",):
        tests = (unit_tests(preset) + c_stress_tests(preset, range(1, 6) if long else (1,))
                 + stress_tests(preset, 0.5 if long else 0.1, range(0, 4) if long else (1,)))
        stages.append(Stage(f"{preset} units and stress", tests, preset, in_c))
    if long:
        for preset in ("gil-asan", "free-asan"):
            tests = unit_tests(preset) + python_tests(preset) + stress_tests(preset, 0.1, (1,))
            stages.append(Stage(f"{preset} units and programs", tests, preset, in_c))
        stages.append(Stage("gil-fuzz targets", fuzz_target_tests("gil-fuzz"), "gil-fuzz", ("all", "fuzz-targets")))
    return stages


def select(stages, only, pattern, title=None):
    """The stages with what --only, --stage and --filter leave of their tests."""
    selected = []
    for stage in stages:
        mode = (stage.preset or "").partition("-")[0]
        if (only and mode and mode != only) or (title and title not in stage.title):
            continue
        stage.tests = [test for test in stage.tests
                       if not pattern or pattern in test.name or fnmatch.fnmatch(test.name, pattern)]
        if stage.tests:
            selected.append(stage)
    return selected


PENDING = os.path.join(ROOT, "tests", "pending.txt")


def pending_reasons():
    """Pattern of test names -> why these tests cannot pass yet. Each line of tests/pending.txt: PATTERN, blanks, reason."""
    reasons = {}
    with open(PENDING, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                pattern, reason = line.strip().split(maxsplit=1)
                reasons[pattern] = reason
    return reasons


def set_aside(stages):
    """Takes the pending tests out of the stages; returns (name, reason) of each."""
    reasons = pending_reasons()
    pending = []
    for stage in stages:
        kept = []
        for test in stage.tests:
            reason = next((why for pattern, why in reasons.items() if fnmatch.fnmatch(test.name, pattern)), None)
            if reason:
                pending.append((test.name, reason))
            else:
                kept.append(test)
        stage.tests = kept
    return pending


class Tally:
    """Counts results and prints failures as they come. `journal` names a file that gets a line "NAME SECONDS" for each test passed."""

    def __init__(self, journal=None):
        self.passed = 0
        self.failed = []
        self.journal = journal

    def passed_before(self):
        """Names of the tests that the journal says have passed."""
        if not self.journal or not os.path.exists(self.journal):
            return frozenset()
        with open(self.journal, encoding="utf-8") as lines:
            return frozenset(line.split()[0] for line in lines)

    def record(self, name, problem, seconds=0):
        if problem is None:
            self.passed += 1
            if self.journal:
                with open(self.journal, "a", encoding="utf-8") as lines:
                    lines.write(f"{name} {seconds:.1f}\n")
            return
        self.failed.append(name)
        print(f"FAILED {name}")
        print("    " + problem.strip().replace("\n", "\n    "), flush=True)


def _guarded(test):
    """(what went wrong or None, seconds it took)"""
    start = time.monotonic()
    try:
        problem = test.function()
    except Exception as error:      # a test that cannot even be run has failed
        problem = f"{type(error).__name__}: {error}"
    return problem, time.monotonic() - start


def run_stage(stage, tally, jobs):
    start = time.monotonic()
    if stage.preset:
        try:
            builds.build(stage.preset, stage.targets)
        except builds.BuildError as error:
            tally.record(f"build/{stage.preset}", str(error))
            return
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        failed_before = len(tally.failed)
        for test, (problem, seconds) in zip(stage.tests, pool.map(_guarded, stage.tests)):
            tally.record(test.name, problem, seconds)
    failed = len(tally.failed) - failed_before
    print(f"{stage.title}: {len(stage.tests) - failed} passed, {failed} failed ({time.monotonic() - start:.0f} s)", flush=True)


def parse_arguments(argv):
    parser = argparse.ArgumentParser(prog="test", description="Builds weft and runs its tests.", allow_abbrev=False)
    parser.add_argument("--long", action="store_true", help="also the long forms: address sanitizer, more seeds, full workloads")
    parser.add_argument("--only", choices=("gil", "free"), help="tests of one mode only")
    parser.add_argument("--stage", metavar="TEXT", help="tests of the stages whose title contains TEXT")
    parser.add_argument("--filter", metavar="PATTERN", help="tests whose name contains PATTERN, or matches it as a glob")
    parser.add_argument("--resume", metavar="FILE", help="note in FILE each test passed and how long it took; those noted there before are left out")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="tests at a time; one a core if not given")
    parser.add_argument("--pending", action="store_true", help="run the tests of tests/pending.txt too")
    parser.add_argument("--list", action="store_true", help="print the names of the tests and stop")
    return parser.parse_args(argv)


def main(argv=None):
    options = parse_arguments(sys.argv[1:] if argv is None else argv)
    process.accept_interrupts()
    for name, value in SANITIZER_OPTIONS.items():
        os.environ.setdefault(name, value)
    stages = select(all_stages(options.long), options.only, options.filter, options.stage)
    if options.list:
        print(*(test.name for stage in stages for test in stage.tests), sep="\n")
        return 0
    shutil.rmtree(programs.SCRATCH, ignore_errors=True)
    pending = [] if options.pending else set_aside(stages)
    tally = Tally(options.resume)
    done = tally.passed_before()
    for stage in stages:
        stage.tests = [test for test in stage.tests if test.name not in done]
        if stage.tests:
            run_stage(stage, tally, options.jobs)
    if tally.failed:
        print("failed:", *tally.failed[:200], sep="\n    ")
    for name, reason in pending:
        print(f"not yet {name}: {reason}")
    skipped = f", {len(pending)} skipped" if pending else ""
    print(f"{tally.passed} passed, {len(tally.failed)} failed{skipped}")
    return 1 if tally.failed or not (tally.passed or done) else 0


if __name__ == "__main__":
    sys.exit(main())
