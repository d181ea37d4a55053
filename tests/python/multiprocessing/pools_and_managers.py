# multiprocessing: pools, managers, shared memory, pipes, queues, locks and events among children, and errors that travel back.
# timeout: 60
import multiprocessing as mp
import multiprocessing.managers
import multiprocessing.shared_memory
import os
import pickle
import sys
import time


def square(x):
    if x == 13:
        raise ValueError("unlucky", x)
    return x * x


def setup(base):
    global offset
    offset = base


def shifted(x, y=0):
    return offset + x + y


def fill(name, start, count):
    memory = mp.shared_memory.SharedMemory(name)
    for i in range(start, start + count):
        memory.buf[i] = i * 3 % 256
    memory.close()


def talk(connection):
    while (message := connection.recv()) is not None:
        connection.send((os.getpid() != message[0], message[1:]))
    connection.send_bytes(b"bye")
    connection.close()


def add(lock, shared, times):
    for _ in range(times):
        with lock:
            shared["n"] = shared.get("n", 0) + 1
            shared["list"] = shared.get("list", []) + [1]


def consume(tasks, results):
    for item in iter(tasks.get, None):
        results.put((item, item.upper()))
        tasks.task_done()
    tasks.task_done()


def leave(code):
    if code == "raise":
        sys.stderr = open(os.devnull, "w")
        raise KeyError("in the child")
    sys.exit(code)


def meet(barrier, event, queue):
    barrier.wait()
    event.wait()
    queue.put("through")


class Counter:
    def __init__(self, start=0): self.n = start
    def up(self, by=1):
        self.n += by
        return self.n
    def fail(self): raise LookupError("remote")


class Manager(multiprocessing.managers.BaseManager):
    pass


Manager.register("Counter", Counter, exposed=["up", "fail"])


def main():
    with mp.get_context("fork").Pool(2, setup, (100,)) as pool:
        print(pool.map(square, range(8), chunksize=3), list(pool.imap(square, range(4))), sorted(pool.imap_unordered(square, range(5), 2)), pool.starmap(shifted, [(1, 2), (3,)]), pool.apply(shifted, (5,), {"y": 1}))
        done = []
        result = pool.apply_async(square, (7,), callback=lambda r: done.append(r))
        print(result.get(20), result.ready(), result.successful())
        for call in (lambda: pool.map(square, [1, 13, 2]), lambda: pool.apply_async(square, (13,)).get(), lambda: pool.map(lambda x: x, [1]), lambda: pool.apply_async(time.sleep, (0.2,)).get(0.001), lambda: list(pool.imap(square, [12, 13]))):
            try:
                print(call())
            except Exception as e:
                print(type(e).__name__, str(e)[:60], e.args[:2] if isinstance(e, ValueError) else "", type(e.__cause__).__name__)
        pool.close()
        pool.join()
        try:
            pool.apply(square, (1,))
        except ValueError as e:
            print(e)
    for wrong in (lambda: mp.get_context("nope"), lambda: mp.Pool(0), lambda: mp.Process(group=1), lambda: mp.Process(target=square).join(), lambda: mp.set_start_method("fork") or mp.set_start_method("spawn")):
        try:
            print(wrong())
        except Exception as e:
            print(type(e).__name__, e)

    memory = mp.shared_memory.SharedMemory(create=True, size=100)
    workers = [mp.Process(target=fill, args=(memory.name, s, 25)) for s in range(0, 100, 25)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    print(memory.size, bytes(memory.buf[:100]) == bytes(i * 3 % 256 for i in range(100)), [w.exitcode for w in workers])
    memory.close()
    memory.unlink()
    try:
        mp.shared_memory.SharedMemory(memory.name)
    except FileNotFoundError as e:
        print(e.errno)
    items = mp.shared_memory.ShareableList([1, 2.5, "text", b"bytes", None, True])
    items[2] = "new"
    print(list(items), len(items), items.count(1), items.index(2.5), items.format)
    try:
        items[2] = "much longer than before"
    except ValueError as e:
        print(e)
    items.shm.close()
    items.shm.unlink()

    here, there = mp.Pipe()
    child = mp.Process(target=talk, args=(there,), name="talker")
    child.start()
    there.close()
    for i in range(3):
        here.send((os.getpid(), i, {"k": [i]}))
        print(here.recv(), here.poll(0))
    here.send(None)
    print(here.recv_bytes(), child.name, child.daemon)
    child.join()
    try:
        here.recv()
    except EOFError as e:
        print("EOFError", e)
    print(repr(child).split()[0], repr(child).split()[-1], child.exitcode, child.is_alive())
    print([(p.start(), p.join(), p.exitcode)[2] for p in [mp.Process(target=leave, args=(c,)) for c in (0, 3, None, "raise")]])

    with mp.Manager() as manager:
        shared, lock = manager.dict(), manager.Lock()
        workers = [mp.Process(target=add, args=(lock, shared, 5)) for _ in range(3)]
        for w in workers:
            w.start()
        for w in workers:
            w.join()
        names = manager.list(["b", "a"])
        names.append("c")
        names.sort()
        space = manager.Namespace(x=1)
        space.y = [2]
        print(shared["n"], len(shared["list"]), list(names), names[1:], space, space.y, sorted(shared.copy()), str(names), manager.Value("i", 5).value, manager.Queue().empty(), "n" in shared)
        for wrong in (lambda: shared["none"], lambda: names[9], lambda: names.nothing, lambda: space.z):
            try:
                print(wrong())
            except Exception as e:
                print(type(e).__name__, str(e).splitlines()[0] if str(e) else "")
    with Manager() as manager:
        counter = manager.Counter(10)
        print(counter.up(), counter.up(by=5))
        try:
            counter.fail()
        except LookupError as e:
            print(type(e).__name__, e.args)

    tasks, results = mp.JoinableQueue(), mp.SimpleQueue()
    worker = mp.Process(target=consume, args=(tasks, results), daemon=True)
    worker.start()
    for word in ("one", "two", None):
        tasks.put(word)
    tasks.join()
    print(results.get(), results.get(), results.empty(), worker.join(), worker.exitcode)
    barrier, event, queue = mp.Barrier(3), mp.Event(), mp.Queue()
    workers = [mp.Process(target=meet, args=(barrier, event, queue)) for _ in range(2)]
    for w in workers:
        w.start()
    barrier.wait()
    event.set()
    print([queue.get(timeout=20) for _ in workers])
    for w in workers:
        w.join()
    semaphore = mp.BoundedSemaphore(1)
    print(semaphore.acquire(), semaphore.acquire(False), semaphore.release(), mp.RLock().acquire(), mp.Lock(), mp.Condition(), mp.current_process().name, mp.parent_process(), mp.active_children(), mp.cpu_count() > 0)
    for wrong in (semaphore.release, lambda: mp.Lock().release(), lambda: pickle.dumps(mp.Lock()), lambda: pickle.dumps(mp.Queue())):
        try:
            print(wrong())
        except Exception as e:
            print(type(e).__name__, e)


if __name__ == "__main__":
    main()
    context = mp.get_context("spawn")
    with context.Pool(1) as pool:
        print(pool.map(square, [1, 2, 3]), context.get_start_method())
