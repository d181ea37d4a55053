"""What the workloads share: reading [THREADS] [SCALE] and running one function on several threads."""

import os
import sys
import threading


def arguments():
    """(threads, scale): the thread count from the first argument or WEFT_THREADS, the scale from the second, 1.0 by default."""
    threads = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("WEFT_THREADS", "1"))
    scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    if threads < 1 or scale <= 0:
        sys.exit("usage: SCRIPT [THREADS] [SCALE]")
    return threads, scale


def run_threads(count, work):
    """Calls work(k) on its own thread for each k below count and returns the results in order; an error in one is raised."""
    results, errors = [None] * count, []

    def body(k):
        try:
            results[k] = work(k)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=body, args=(k,)) for k in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


def share(total, count, k):
    """The k-th of `count` contiguous parts of range(total)."""
    return range(total * k // count, total * (k + 1) // count)
