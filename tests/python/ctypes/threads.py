# ctypes and threads: callbacks on threads that C made, and one structure, array, function and type used by many threads.
import threading
from ctypes import *

libc = CDLL(None)
START = CFUNCTYPE(c_void_p, c_void_p)
seen = []
local = threading.local()


def body(argument):
    local.argument = argument
    seen.append((local.argument, threading.current_thread() is not threading.main_thread()))
    return argument + 1


start = START(body)
threads = [c_ulong() for _ in range(4)]
for i, thread in enumerate(threads):
    assert libc.pthread_create(byref(thread), None, start, c_void_p(100 + i)) == 0
for thread in threads:
    result = c_void_p()
    assert libc.pthread_join(thread, byref(result)) == 0
    print(result.value)
print(sorted(seen))


class Shared(Structure):
    _fields_ = [("n", c_int), ("name", c_char_p)]


shared, array = Shared(name=b"n"), (c_long * 100)()
compare = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))(lambda a, b: a[0] - b[0])
libc.abs.argtypes = [c_int]


def work(k):
    for i in range(150):
        shared.n, shared.name, array[k] = i, b"n%d" % i, i
        assert libc.abs(-i) == i
        own = (c_int * 5)(5, 3, 1, 4, 2)
        libc.qsort(own, 5, sizeof(c_int), compare)
        assert list(own) == [1, 2, 3, 4, 5]
        assert POINTER(c_int * (i % 7 + 1)) is POINTER(c_int * (i % 7 + 1))
        libc.abs.restype = c_int


workers = [threading.Thread(target=work, args=(k,)) for k in range(4)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(shared.n, array[:5], shared.name)
