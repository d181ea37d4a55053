"""Tracing starts, stops and is asked for while other threads allocate and free, and give blocks to one another."""

import queue
import threading
import tracemalloc

stop = threading.Event()
given = queue.SimpleQueue()

def work():
    n = 0
    while not stop.is_set():
        n += 1
        block = [bytearray(n % 5000), {n: str(n)}, [n] * (n % 300)]
        given.put(block)
        try: del given.get_nowait()[:]
        except queue.Empty: pass

threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads: thread.start()
try:
    for round in range(12):
        tracemalloc.start(1 + round * 4)
        mine = [bytearray(500) for _ in range(200)]
        assert all(tracemalloc.get_object_traceback(b)[-1].lineno == 24 for b in mine)
        current, peak = tracemalloc.get_traced_memory()
        assert 100000 <= current <= peak
        if round % 3 == 0: assert len(tracemalloc.take_snapshot().traces) >= 400
        if round % 5 == 0: tracemalloc.clear_traces()
        tracemalloc.stop()
        assert tracemalloc.get_traced_memory() == (0, 0) and tracemalloc.get_object_traceback(mine[0]) is None
finally:
    stop.set()
for thread in threads: thread.join()
while not given.empty(): given.get()
tracemalloc.start()
kept = [bytearray(100) for _ in range(1000)]
print(tracemalloc.get_traced_memory()[0] > 100000)
del kept
print(tracemalloc.get_traced_memory()[0] < 100000)
