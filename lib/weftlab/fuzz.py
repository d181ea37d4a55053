"""The differential fuzzer: random programs, and sources with something wrong in them, that must do the same in weft and in python3.11.

Program number I of seed S is always the same. Programs run many to a process (fuzz/runner.py); where the two interpreters' reports differ, lines
are taken out of the program as long as they still do, and what is left is printed with both reports.
"""

import argparse
import ast
import concurrent.futures
import dataclasses
import difflib
import json
import os
import random
import sys
import tempfile

from weftlab import ORACLE, ROOT, builds, fuzz_calls, fuzz_mutations, fuzz_programs, fuzz_scenes, process, program_path

RUNNER = os.path.join(ROOT, "fuzz", "runner.py")
MAKERS = {"run": fuzz_programs.make, "compile": fuzz_mutations.make, "calls": fuzz_calls.make, "scenes": fuzz_scenes.make}
TESTED = ("run", "compile", "scenes", "calls")      # the kinds that ./test runs
SECONDS = 4.0       # of a program under python3.11
MEMORY = 2 << 30    # bytes of data of a process that runs programs, so that one that wants 10 GiB harms nobody
LONGEST_WAIT = 300.0
MOST_ROUNDS = 60
RUNS_AGAIN = 2      # of python3.11, for a program on which the two differ
SLOWNESS = {"": 1, "debug": 4, "tsan": 20, "asan": 8}     # of a kind of build against a release build
ENDED = "process ended: "
TOO_LONG = "too long"       # what the runner says of a program that it had to stop


@dataclasses.dataclass
class Program:
    seed: int
    number: int
    kind: str
    source: str

    @property
    def name(self):
        return f"{self.kind} {self.number} of seed {self.seed}"


def make_program(seed, number, kinds):
    kind = kinds[number % len(kinds)]
    return Program(seed, number, kind, MAKERS[kind](random.Random(f"{seed}/{number}")))


# ---- running --------------------------------------------------------------------------------------------------------

def _run_some(interpreter, jobs, slowness, memory):
    """Reports of the first jobs, up to one that ends the process early, and how it ended."""
    lines = "".join(json.dumps(job) + "\n" for job in jobs)
    with tempfile.TemporaryDirectory() as scratch:
        outcome = process.run([*interpreter, RUNNER, str(SECONDS * slowness), str(memory)], env=process.plain_environment(), cwd=scratch, stdin=lines.encode(), timeout=LONGEST_WAIT)
    reports = []
    for line in outcome.stdout.decode("ascii", "replace").splitlines():
        number, _, text = line.partition(" ")
        if number != str(len(reports)) or text[-1:] not in ("'", '"'):
            break
        reports.append(ast.literal_eval(text))
    complaint = outcome.stderr.decode("utf-8", "replace")
    return reports, outcome.describe_end() + ("\n" + complaint[-4000:] if complaint else "")


def run_all(interpreter, jobs, slowness=1, memory=MEMORY):
    """The report of each job. One that ends or hangs the process is reported so, and the others run in a new one. memory: bytes, or 0 for no limit."""
    reports = []
    while len(reports) < len(jobs):
        some, end = _run_some(interpreter, jobs[len(reports):], slowness, memory)
        reports += some
        if some[-1:] == [TOO_LONG]:     # one that swallowed the order to stop has ended its process
            continue
        if len(reports) < len(jobs):
            reports.append(ENDED + end)
        elif end != "exit status 0":      # what a sanitizer wrote, or a crash at the very end
            reports[-1] += "\nafter the last program: " + end
    return reports


def says_nothing(report):
    """Whether a report of python3.11's is none: it needs too long, or dies of the program."""
    return report == TOO_LONG or report.startswith(ENDED)


class Pair:
    """Both interpreters, asked the same."""

    def __init__(self, preset, options, slowness):
        self.weft = [program_path(preset), *options]
        self.slowness = slowness
        self.memory = 0 if slowness in (SLOWNESS["tsan"], SLOWNESS["asan"]) else MEMORY     # a sanitizer's shadow counts as data

    def differ(self, jobs, wanted=None):
        """For each job (python3.11's report, weft's) where they are not alike, else None. What python3.11 does in one run and not in another
        (where addresses decide, as in the hash of None or of a nan) says nothing. Nor does how deep the recursion limit strikes, and what handlers do
        there: in python3.11 it depends on what has been specialised and which calls pass through C. `wanted`: python3.11's reports, if they are there
        already."""
        wanted = list(wanted or run_all([ORACLE], jobs))
        asked = [i for i, report in enumerate(wanted) if not says_nothing(report)]
        got = list(wanted)
        for i, report in zip(asked, run_all(self.weft, [jobs[i] for i in asked], self.slowness, self.memory)):
            got[i] = report
        late = [i for i in asked if got[i] == TOO_LONG]
        for i, again in zip(late, run_all(self.weft, [jobs[i] for i in late], self.slowness, self.memory)):
            got[i] = again      # a machine that does much else, or weft
        hungry = [i for i, (a, b) in enumerate(zip(wanted, got)) if a != b and "MemoryError" in a + b]
        for i in hungry:        # two interpreters reach the limit at different places
            wanted[i], got[i] = run_all([ORACLE], [jobs[i]], 1, 0)[0], run_all(self.weft, [jobs[i]], self.slowness, 0)[0]
        pairs = [None if a == b or says_nothing(a) else (a, b) for a, b in zip(wanted, got)]
        pairs = [None if pair and all("RecursionError" in report for report in pair) else pair for pair in pairs]
        for _ in range(RUNS_AGAIN):
            doubtful = [i for i, pair in enumerate(pairs) if pair]
            for i, again in zip(doubtful, run_all([ORACLE], [jobs[i] for i in doubtful], 1, 0)):
                if again != wanted[i]:
                    pairs[i] = None
        return pairs


# ---- reducing -------------------------------------------------------------------------------------------------------

def _indent(line):
    return len(line) - len(line.lstrip())


def _block_end(lines, start):
    end = start + 1
    while end < len(lines) and _indent(lines[end]) > _indent(lines[start]):
        end += 1
    return end


def _cuts(lines):
    """Runs of lines to take out: halves, quarters... of the whole, single lines, statements with what is indented below them."""
    cuts = {(start, end) for start in range(len(lines)) for end in (start + 1, _block_end(lines, start))}
    size = len(lines) // 2
    while size > 1:
        cuts.update((start, min(start + size, len(lines))) for start in range(0, len(lines), size))
        size //= 2
    return sorted(cuts, key=lambda cut: cut[0] - cut[1])


def _without(lines, cuts):
    gone = {index for start, end in cuts for index in range(start, end)}
    return [line for index, line in enumerate(lines) if index not in gone]


def _unwrapped(lines):
    """The program with one compound statement replaced by its body."""
    for start, line in enumerate(lines):
        end = _block_end(lines, start)
        if end > start + 1:
            step = _indent(lines[start + 1]) - _indent(line)
            yield lines[:start] + [inner[step:] for inner in lines[start + 1:end]] + lines[end:]


def _same_nature(before, after):
    """Whether a difference is of the kind that is looked for: a process that ended remains one, and code that differs no more than that."""
    if "process ended" in before[1]:
        return "process ended" in after[1]
    if (before[1] == TOO_LONG) != (after[1] == TOO_LONG):
        return False
    return "process ended" not in after[0] + after[1] and _only_code(before) == _only_code(after)


def _only_code(reports):
    """Whether nothing but digests differs."""
    a, b = (report.splitlines() for report in reports)
    return len(a) == len(b) and all(x == y or x.startswith(("code ", "tree ")) for x, y in zip(a, b))


def _still_differing(pair, program, candidates, reports):
    """(lines, reports) of those candidates that make a difference of the same nature."""
    results = pair.differ([(program.kind, "".join(lines)) for lines in candidates])
    return [(lines, result) if result and _same_nature(reports, result) else None for lines, result in zip(candidates, results)]


def _step(pair, program, lines, reports):
    """A smaller program and its reports, or None. What can go one by one may go together; if not all, then the first few."""
    cuts = _cuts(lines)
    good = [cut for cut, found in zip(cuts, _still_differing(pair, program, [_without(lines, [cut]) for cut in cuts], reports)) if found]
    candidates, count = [], 1
    while count < 2 * len(good):
        candidates.append(_without(lines, good[:count]))
        count *= 2
    found = [x for x in _still_differing(pair, program, candidates + ([] if good else list(_unwrapped(lines))), reports) if x]
    return min(found, key=lambda item: len(item[0]), default=None)


def reduce(pair, program, reports):
    """A smaller source that still makes a difference, and the reports on it."""
    lines = program.source.splitlines(keepends=True)
    for _ in range(MOST_ROUNDS):
        found = _step(pair, program, lines, reports)
        if not found:
            break
        lines, reports = found
    return "".join(lines), reports


# ---- the command ----------------------------------------------------------------------------------------------------

def describe(program, source, reports, name):
    wanted, got = (report.splitlines() for report in reports)
    changes = difflib.unified_diff(wanted, got, "python3.11", name, n=1, lineterm="")
    return "\n".join([f"=== {program.name}", repr(source) if program.kind == "compile" and not source.isprintable() else source.rstrip("\n"), "---", *changes])


def check_batch(pairs, programs, reducing=True):
    """For each pair texts about the programs on which its interpreters differ. python3.11 answers once for all pairs."""
    jobs = [(program.kind, program.source) for program in programs]
    wanted = run_all([ORACLE], jobs)
    for program, report in zip(programs, wanted):
        if report.startswith(ENDED):
            print(f"{program.name} is left out, python3.11's own {report.splitlines()[0]}", file=sys.stderr)
    texts = [[] for _ in pairs]
    for pair, found in zip(pairs, texts):
        for program, reports in zip(programs, pair.differ(jobs, wanted)):
            if reports:
                source = program.source
                if reducing:
                    source, reports = reduce(pair, program, reports)
                found.append(describe(program, source, reports, os.path.basename(pair.weft[0])))
    return texts


def check(preset, seed, numbers, slowness=1, kinds=TESTED):
    """For the test runner: None, or what differs among these programs of the seed."""
    pair = Pair(preset, (), slowness)
    return "\n".join(check_batch([pair], [make_program(seed, number, kinds) for number in numbers])[0]) or None


def _parse(argv):
    parser = argparse.ArgumentParser(prog="fuzz/differential", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--seed", type=int, default=None, help="default: a random one, printed")
    parser.add_argument("--first", type=int, default=0, metavar="I", help="number of the first program (default 0)")
    parser.add_argument("--count", type=int, default=2000, help="how many programs (default 2000)")
    parser.add_argument("--kind", choices=tuple(MAKERS), action="append", help="only programs of this kind; may be repeated")
    parser.add_argument("--programs-per-process", type=int, default=100, metavar="N")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--preset", action="append", help="the build of weft: gil, free, gil-debug, free-asan... (default gil); may be repeated, python3.11 answers once for all")
    parser.add_argument("--option", action="append", default=[], help="an option of weft's, such as -Xfold=0; may be repeated")
    parser.add_argument("--most", type=int, default=40, help="stop after so many differences (default 40)")
    parser.add_argument("--show", action="store_true", help="print the programs and run none")
    parser.add_argument("--no-reduce", action="store_true", help="print whole programs")
    parser.add_argument("--no-build", action="store_true", help="use the program as it is")
    return parser.parse_args(argv)


def main(argv=None):
    options = _parse(sys.argv[1:] if argv is None else argv)
    process.accept_interrupts()
    sys.stdout.reconfigure(errors="backslashreplace")     # a report may hold lone surrogates
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    kinds = tuple(options.kind or MAKERS)
    numbers = range(options.first, options.first + options.count)
    if options.show:
        for number in numbers:
            program = make_program(seed, number, kinds)
            print(f"=== {program.name}\n{program.source}")
        return 0
    presets = options.preset or ["gil"]
    if not options.no_build:
        for preset in presets:
            builds.build(preset)
    pairs = [Pair(preset, options.option, SLOWNESS[preset.partition("-")[2]]) for preset in presets]
    print(f"seed {seed}", flush=True)
    differences, done = [0] * len(pairs), 0
    batches = [numbers[start:start + options.programs_per_process] for start in range(0, len(numbers), options.programs_per_process)]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        def go(batch):
            if sum(differences) >= options.most:
                return 0, [[] for _ in pairs]
            return len(batch), check_batch(pairs, [make_program(seed, number, kinds) for number in batch], not options.no_reduce)
        for count, found in pool.map(go, batches):
            done += count
            for index, texts in enumerate(found):
                differences[index] += len(texts)
                for text in texts:
                    print(text, flush=True)
    for preset, pair, number in zip(presets, pairs, differences):
        print(f"{done} programs of seed {seed} under {os.path.basename(pair.weft[0])} ({preset}): {number} differ")
    return 1 if any(differences) else 0


if __name__ == "__main__":
    sys.exit(main())
