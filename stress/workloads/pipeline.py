"""A pipeline over queue.Queue: one producer, THREADS workers and a collector, with bounded queues between them."""

import queue
import threading

from _parallel import arguments

BATCH = 40
END = object()


def transform(text):
    """Some work on a line: a rolling hash of its words and their lengths."""
    value = 7
    for word in text.split():
        value = (value * 31 + len(word) * ord(word[0]) + ord(word[-1])) % 1000003
    return value


def produce(jobs, total, workers):
    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]
    for first in range(0, total, BATCH):
        batch = [(i, " ".join(words[(i * k + k) % 8] for k in range(1, 12))) for i in range(first, min(first + BATCH, total))]
        jobs.put(batch)
    for _ in range(workers):
        jobs.put(END)


def work(jobs, results):
    while (batch := jobs.get()) is not END:
        results.put([(i, transform(text)) for i, text in batch])
    results.put(END)


def collect(results, total, workers):
    values = [None] * total
    while workers:
        batch = results.get()
        if batch is END:
            workers -= 1
            continue
        for i, value in batch:
            assert values[i] is None, "an item arrived twice"
            values[i] = value
    return values


def main():
    workers, scale = arguments()
    total = max(BATCH, round(260_000 * scale))
    jobs, results = queue.Queue(8), queue.Queue(8)
    threads = [threading.Thread(target=produce, args=(jobs, total, workers))]
    threads += [threading.Thread(target=work, args=(jobs, results)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    values = collect(results, total, workers)
    for thread in threads:
        thread.join()
    checksum = 0
    for value in values:
        checksum = (checksum * 131 + value) % 4294967291
    print(f"{total} items, checksum {checksum}, queues empty: {jobs.empty() and results.empty()}")


if __name__ == "__main__":
    main()
