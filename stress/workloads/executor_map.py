"""A ThreadPoolExecutor: many small tasks mapped and submitted, results gathered in order and as they come."""

from concurrent.futures import ThreadPoolExecutor, as_completed

from _parallel import arguments

CHUNK = 40


def collatz(n):
    """Steps until n reaches 1."""
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def longest(first):
    return max((collatz(n), -n) for n in range(first, first + CHUNK))


def main():
    threads, scale = arguments()
    chunks = max(1, round(1100 * scale))
    with ThreadPoolExecutor(threads) as executor:
        mapped = list(executor.map(longest, range(1, chunks * CHUNK, CHUNK)))
        futures = {executor.submit(collatz, n): n for n in range(1, 2 * chunks)}
        submitted = {futures[future]: future.result() for future in as_completed(futures)}
        broken = executor.submit(collatz, "x")
        assert isinstance(broken.exception(), TypeError), "an error must reach its future"
    steps, start = max(mapped)
    print(f"{chunks * CHUNK} numbers, longest {steps} steps from {-start}, {len(submitted)} submitted with {sum(submitted.values())} steps")


if __name__ == "__main__":
    main()
