"""The command ./run: one threaded program under both builds at several thread counts, results checked, times compared."""

import argparse
import json
import os
import statistics
import sys
import tempfile

from weftlab import PROGRAMS, ROOT, builds, measure, program_path

USAGE_ERROR = 64
UNAVAILABLE = 69
DEFAULT_SCRIPT = os.path.join(ROOT, "stress", "workloads", "spectral_norm.py")

DESCRIPTION = """\
Builds weft (GIL) and weftt (free-threaded), runs SCRIPT under both at each thread count and checks that every run
prints the same. WEFT_THREADS holds the thread count, and {threads} in ARGS is replaced by it. With no SCRIPT a bundled
workload is run. Exit status: 0 all agree, 1 a run failed, 2 results differ, 64 wrong usage."""


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(USAGE_ERROR, f"run: {message}\n")


def _thread_counts(text):
    try:
        counts = [int(part) for part in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a list of thread counts: {text!r}") from None
    if min(counts) < 1:
        raise argparse.ArgumentTypeError("a thread count is at least 1")
    return list(dict.fromkeys(counts))


def _positive(kind):
    def parse(text):
        try:
            value = kind(text)
        except ValueError:
            value = 0
        if not value > 0:
            raise argparse.ArgumentTypeError(f"not a positive number: {text!r}")
        return value
    return parse


def parse_arguments(argv):
    """Options stand before SCRIPT; everything after it belongs to the script, whatever it looks like."""
    parser = _Parser(prog="run", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter,
                     allow_abbrev=False, usage="run [--threads 1,2,4] [--repeat N] [--timeout S] [SCRIPT [ARGS...]]\n"
                                               "       run --build")
    parser.add_argument("--threads", type=_thread_counts, default=[1, 2, 4], metavar="LIST",
                        help="thread counts, with commas between (default 1,2,4)")
    parser.add_argument("--repeat", type=_positive(int), default=3, metavar="N",
                        help="runs of each kind; times are medians (default 3)")
    parser.add_argument("--timeout", type=_positive(float), default=60.0, metavar="S",
                        help="seconds after which a run counts as hanging (default 60)")
    parser.add_argument("--build", action="store_true", help="stop after the build")
    parser.add_argument("script", nargs=argparse.REMAINDER, metavar="SCRIPT [ARGS...]")
    options = parser.parse_args(argv)
    if options.script[:1] == ["--"]:
        del options.script[0]
    if options.script and not os.path.exists(options.script[0]):
        parser.error(f"no such script: {options.script[0]}")
    return options


class Cell:
    """All runs of one build at one thread count."""

    def __init__(self, mode, threads):
        self.mode = mode
        self.threads = threads
        self.runs = []
        self.stats = []

    @property
    def failure(self):
        for run in self.runs:
            if run.outcome.timed_out or run.outcome.status != 0:
                return run.outcome
        return None

    def median(self, field):
        return statistics.median(getattr(run, field) for run in self.runs)

    def median_stat(self, key):
        figures = [stats[key] for stats in self.stats if stats.get(key) is not None]
        return statistics.median(figures) if figures else None


def summarise_stats(path):
    """Adds up what -X stats=json:FILE says of the threads: {'gil_share', 'voluntary', 'forced'}, empty without a report.

    gil_share is the part of the threads' wish to run (CPU time plus waiting for the GIL) that was spent waiting.
    """
    try:
        with open(path) as stream:
            threads = json.load(stream)["threads"]
    except (OSError, ValueError, KeyError):
        return {}
    waited = sum(thread.get("gil_wait_ns", 0) for thread in threads)
    ran = sum(thread.get("cpu_ns", 0) for thread in threads)
    return {"gil_share": waited / (waited + ran) if waited + ran else 0.0,
            "voluntary": sum(thread.get("voluntary_switches", 0) for thread in threads),
            "forced": sum(thread.get("forced_switches", 0) for thread in threads)}


def run_once(mode, threads, script, timeout, scratch):
    stats_path = os.path.join(scratch, "stats.json")
    if os.path.exists(stats_path):
        os.unlink(stats_path)
    arguments = [word.replace("{threads}", str(threads)) for word in script[1:]]
    argv = [program_path(mode), "-X", f"stats=json:{stats_path}", script[0], *arguments]
    env = dict(os.environ, WEFT_THREADS=str(threads), PYTHONHASHSEED="0")
    return measure.run(argv, env=env, timeout=timeout), summarise_stats(stats_path)


def run_all(options):
    """Interleaves the repeats, so that a drift of the machine's speed touches all cells alike."""
    cells = [Cell(mode, threads) for threads in options.threads for mode in PROGRAMS]
    with tempfile.TemporaryDirectory(prefix="weft-run-") as scratch:
        for _ in range(options.repeat):
            for cell in cells:
                if cell.failure is None:
                    run, stats = run_once(cell.mode, cell.threads, options.script, options.timeout, scratch)
                    cell.runs.append(run)
                    cell.stats.append(stats)
    return cells


# ---- the report -----------------------------------------------------------------------------------------------------

def _row(cell, slowest):
    name = PROGRAMS[cell.mode]
    if cell.failure is not None:
        return [name, str(cell.threads), cell.failure.describe_end()]
    wall, cpu = cell.median("wall"), cell.median("cpu")
    speedup = f"{slowest / wall:.2f}x" if slowest else "-"
    share, voluntary, forced = (cell.median_stat(key) for key in ("gil_share", "voluntary", "forced"))
    return [name, str(cell.threads), f"{wall:.3f} s", speedup, f"{100 * cpu / wall:.0f} %",
            "-" if share is None else f"{100 * share:.1f} %",
            "-" if voluntary is None else f"{voluntary:.0f} + {forced:.0f}",
            f"{cell.median('peak_kib') / 1024:.1f} MiB"]


def format_table(rows):
    columns = len(rows[0])
    widths = [max(len(row[i]) for row in rows if len(row) == columns) for i in range(columns)]
    lines = []
    for row in rows:
        full = len(row) == columns      # a failed run's row ends in a sentence
        cells = [row[0].ljust(widths[0])]
        cells += [text.rjust(width) if full or i == 0 else text for i, (text, width) in enumerate(zip(row[1:], widths[1:]))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def print_table(cells, smallest):
    rows = [["build", "threads", "wall", "speed-up", "CPU", "GIL wait", "switches", "peak memory"]]
    for mode in PROGRAMS:
        mine = [cell for cell in cells if cell.mode == mode]
        base = next((cell.median("wall") for cell in mine if cell.threads == smallest and cell.failure is None), None)
        rows += [_row(cell, base) for cell in mine]
    print(format_table(rows))
    print(f"speed-up against {smallest} thread{'s' if smallest > 1 else ''} of the same build; GIL wait as a share of the "
          "time in which threads wanted to run; switches voluntary + forced")


def _show(label, data, limit=4000):
    text = data.decode(errors="replace")
    if len(text) > limit:
        text = text[:limit // 2] + "\n[...]\n" + text[-limit // 2:]
    if text:
        print(f"--- {label}", *text.rstrip("\n").splitlines(), sep="\n    ")


def print_failures(cells):
    for cell in cells:
        if cell.failure is not None:
            print(f"\n{PROGRAMS[cell.mode]}, {cell.threads} threads: {cell.failure.describe_end()}")
            _show("stderr", cell.failure.stderr)


def different_outputs(cells):
    """Output -> the runs that printed it, in order of appearance; failed runs are left out."""
    groups = {}
    for cell in cells:
        if cell.failure is None:
            for run in cell.runs:
                names = groups.setdefault(run.outcome.stdout, [])
                name = f"{PROGRAMS[cell.mode]} {cell.threads}"
                if name not in names:
                    names.append(name)
    return groups


def print_difference(groups):
    print("\nthe results differ:")
    for output, names in groups.items():
        _show("printed by " + ", ".join(names), output)


def main(argv=None):
    options = parse_arguments(sys.argv[1:] if argv is None else argv)
    try:
        for preset in PROGRAMS:
            builds.build(preset)
    except builds.BuildError as error:
        print(f"weft: {error}", file=sys.stderr)
        return UNAVAILABLE
    if options.build:
        return 0

    options.script = options.script or [DEFAULT_SCRIPT]
    cells = run_all(options)
    print(" ".join(options.script))
    print_table(cells, min(options.threads))
    groups = different_outputs(cells)
    failed = any(cell.failure is not None for cell in cells)
    if failed:
        print_failures(cells)
    if len(groups) > 1:
        print_difference(groups)
    if failed:
        return 1
    if len(groups) > 1:
        return 2
    output = next(iter(groups), b"").decode(errors="replace").rstrip("\n")
    if len(output.splitlines()) <= 5:
        print("every run printed:", output)
    else:
        print(f"every run printed the same {len(output.splitlines())} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
