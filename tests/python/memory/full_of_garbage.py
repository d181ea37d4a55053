# builds: release debug
# Memory that unreachable cycles have filled can be had again, whether many small ones or a few large ones.
import gc
import resource

FREE = 192 << 20


class Node:
    pass


class Finalised:
    ended = 0

    def __del__(self):
        Finalised.ended += 1


def address_space():
    with open("/proc/self/statm") as stream:
        return int(stream.read().split()[0]) * resource.getpagesize()


def cycle(kind, payload):
    a, b = kind(), kind()
    a.other, b.other = b, a
    a.payload = payload and bytearray(payload)


def fill(kind, payload):
    made = 0
    try:
        while True:
            cycle(kind, payload)
            made += 1
    except MemoryError:
        pass
    return made


gc.disable()
resource.setrlimit(resource.RLIMIT_AS, (address_space() + FREE, -1))
for kind, payload in (Node, 0), (Node, 1 << 20), (Node, 1000), (Finalised, 1 << 20), (Node, 0):
    made = fill(kind, payload)
    found = gc.collect()
    print(kind.__name__, payload, made > 100, found >= 2 * made, bool(bytearray(FREE // 4)))
print(Finalised.ended > 100)
