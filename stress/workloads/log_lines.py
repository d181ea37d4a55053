"""Logging from many threads: named loggers, levels, a filter and formatters, into one file, whose lines are then counted."""

import collections
import logging
import os
import tempfile

from _parallel import arguments, run_threads, share

TASKS = 8


class Sampled(logging.Filter):
    """Lets every second debug record of a task pass."""

    def filter(self, record):
        return record.levelno > logging.DEBUG or record.args[0] % 2 == 0


def set_up(path):
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(funcName)s: %(message)s"))
    handler.addFilter(Sampled())
    root = logging.getLogger("work")
    root.setLevel(logging.DEBUG)
    root.propagate = False
    root.addHandler(handler)
    return handler


def do_task(number, records):
    log = logging.getLogger(f"work.task{number}")
    for i in range(records):
        log.debug("step %d of %d", i, records)
        if i % 10 == 0:
            log.info("progress %d %%", 100 * i // records)
        if i % 50 == 49:
            try:
                {}[i]
            except LookupError as error:
                log.warning("missing: %s", error)


def count_lines(path):
    counts = collections.Counter()
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            level, name, function, _ = line.split(" ", 3)
            assert function == "do_task:", line
            counts[level] += 1
            counts[name] += 1
    return counts


def main():
    threads, scale = arguments()
    records = max(1, round(5_000 * scale))
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "log")
    handler = set_up(path)
    run_threads(threads, lambda k: [do_task(number, records) for number in share(TASKS, threads, k)])
    handler.close()
    counts = count_lines(path)
    os.unlink(path)
    os.rmdir(folder)
    print(f"{TASKS} tasks, {records} records each: " + ", ".join(f"{name} {counts[name]}" for name in sorted(counts)))


if __name__ == "__main__":
    main()
