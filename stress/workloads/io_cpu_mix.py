"""I/O beside computation: two threads exchange messages over pipes while THREADS others compute.

Each message needs the interpreter for an instant only. Under a GIL the exchange waits a switch interval whenever a
computing thread holds it (the convoy effect), so that the messages, not the computation, set the running time.
"""

import os
import threading

from _parallel import arguments, run_threads, share

MESSAGE = 64


def read_exactly(fd, size):
    data = b""
    while len(data) < size:
        part = os.read(fd, size - len(data))
        if not part:
            raise EOFError("the pipe was closed")
        data += part
    return data


def echo(incoming, outgoing, messages):
    """Sends back every message with its bytes reversed."""
    for _ in range(messages):
        os.write(outgoing, read_exactly(incoming, MESSAGE)[::-1])


def ask(incoming, outgoing, messages):
    checksum = 0
    for i in range(messages):
        os.write(outgoing, (i * 7919).to_bytes(8, "little") * (MESSAGE // 8))
        answer = read_exactly(incoming, MESSAGE)
        checksum = (checksum * 31 + int.from_bytes(answer[:8], "big")) % 1000000007
    return checksum


def compute(numbers):
    total = 0
    for n in numbers:
        x = n
        for _ in range(20):
            x = (x * x + n) % 65521
        total += x
    return total


def main():
    threads, scale = arguments()
    messages, numbers = max(1, round(100 * scale)), max(1, round(900_000 * scale))
    request_read, request_write = os.pipe()
    answer_read, answer_write = os.pipe()
    results = {}

    def talk():
        results["checksum"] = ask(answer_read, request_write, messages)

    talkers = [threading.Thread(target=talk), threading.Thread(target=echo, args=(request_read, answer_write, messages))]
    for thread in talkers:
        thread.start()
    total = sum(run_threads(threads, lambda k: compute(share(numbers, threads, k))))
    for thread in talkers:
        thread.join()
    for fd in (request_read, request_write, answer_read, answer_write):
        os.close(fd)
    print(f"{messages} messages, checksum {results['checksum']}; {numbers} numbers, total {total}")


if __name__ == "__main__":
    main()
