"""What the stress programs share: arguments THREADS SCALE ROUNDS SEED, seeded choices, and threads that start together."""

import gc
import sys
import threading
import time

ITERATIONS = 20_000


class Choices:
    """A small generator of pseudo-random numbers; each thread has its own, so a seed fixes what every thread does."""

    def __init__(self, seed):
        self.state = (seed * 2862933555777941757 + 3037000493) % (1 << 64)

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % n

    def pick(self, items):
        return items[self.below(len(items))]


class Run:
    """The arguments of this run, and how to put threads to work."""

    def __init__(self, argv):
        self.threads = int(argv[1]) if len(argv) > 1 else 4
        self.scale = float(argv[2]) if len(argv) > 2 else 1.0
        self.rounds = int(argv[3]) if len(argv) > 3 else 1
        self.seed = int(argv[4]) if len(argv) > 4 else 1
        self.round = 0

    def iterations(self, weight=1.0):
        """How often a thread repeats its work, for work that takes `weight` times an ordinary step."""
        return max(20, round(ITERATIONS * self.scale / weight))

    def hammer(self, *works):
        """Runs every work(k, choices) on `threads` threads at once; returns {work: [results]}; the first error is raised."""
        errors, results = [], {work: [None] * self.threads for work in works}
        barrier = threading.Barrier(self.threads * len(works))

        def body(work, k, number):
            try:
                choices = Choices(self.seed * 1000003 + self.round * 1009 + number)
                barrier.wait()
                results[work][k] = work(k, choices)
            except BaseException as error:
                errors.append(error)
                barrier.abort()

        threads = [threading.Thread(target=body, args=(work, k, number * self.threads + k))
                   for number, work in enumerate(works) for k in range(self.threads)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for error in errors:
            if not isinstance(error, threading.BrokenBarrierError):
                raise error
        return results


def settle(condition, seconds=20):
    """Waits until condition() holds. A thread that has been joined may still be freeing what other threads gave back to it."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        gc.collect()
        time.sleep(0.001)


def main(*scenarios):
    """Runs each scenario(run) in every round; a scenario asserts its invariants at its end."""
    run = Run(sys.argv)
    for run.round in range(run.rounds):
        for scenario in scenarios:
            scenario(run)
    print(f"ok: {', '.join(scenario.__name__ for scenario in scenarios)}; "
          f"{run.threads} threads, {run.rounds} rounds, seed {run.seed}")
