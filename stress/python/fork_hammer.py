"""Forks while other threads are in the middle of everything: the child works, alone, with whatever it was left."""

import gc
import os
import sys
import threading
import weakref

from _hammer import main


class Thing:
    def __init__(self, n):
        self.n = n
        self.me = self


def child_works(run):
    stop = []
    shared_list, shared_dict, shared_set = [], {}, set()
    lock = threading.Lock()

    class Base:
        value = 0

    class Derived(Base):
        pass

    def hammer(k, choices):
        i = 0
        while not stop:
            i += 1
            shared_list.append([i])
            if len(shared_list) > 500:
                del shared_list[:400]
            shared_dict[i % 100] = (k, i)
            shared_set.add(i % 50)
            shared_set.discard(choices.below(50))
            Base.value = i
            Base.method = lambda self, i=i: i
            thing = Thing(i)
            weakref.ref(thing)
            cls = type(f"T{i}", (Base,), {})
            assert cls().value >= 0
            sys.intern(f"name {i % 1000}")
            with lock:
                sys.stdout.write("")
            if i % 200 == 0:
                gc.collect(0)

    def child():
        assert threading.active_count() == 1
        fresh = [[i] for i in range(1000)]
        fresh.sort(key=lambda x: -x[0])
        shared_list.append([0])
        shared_dict["child"] = 1
        shared_set.add("child")
        for i in range(20):
            Base.value = i
            assert Derived().value == i
            Base.method = lambda self: "child"
            assert Derived().method() == "child"
            assert type(f"C{i}", (Base,), {})().value == i
        thing = Thing(1)
        died = weakref.ref(thing)
        del thing
        gc.collect()
        assert died() is None
        results = []
        threads = [threading.Thread(target=lambda k=k: results.append(sum(range(1000)) + k)) for k in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(results) == [499500 + k for k in range(4)]
        sys.stdout.write("")
        sys.stdout.flush()
        eval(compile("[x for x in range(10)]", "<child>", "eval"))

    def fork(k, choices):
        try:
            for _ in range(run.iterations(4000)):
                pid = os.fork()
                if pid == 0:
                    status = 1
                    try:
                        child()
                        status = 0
                    except BaseException as error:
                        os.write(2, f"child: {type(error).__name__}: {error}\n".encode())
                    finally:
                        os._exit(status)
                _, status = os.waitpid(pid, 0)
                assert status == 0, f"child ended with {status}"
        finally:
            finished.append(k)
            if len(finished) == run.threads:
                stop.append(1)

    finished = []
    run.hammer(hammer, fork)


main(child_works)
