# select() and poll objects over pipes: readiness, time-outs, bad arguments.
import os
import select

r, w = os.pipe()
r2, w2 = os.pipe()


class Wrapped:
    def __init__(self, fd):
        self.fd = fd

    def fileno(self):
        return self.fd

    def __repr__(self):
        return "wrapped"


class Odd:
    def __init__(self, answer):
        self.answer = answer

    def fileno(self):
        return self.answer


def attempt(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "->", type(e).__name__, e)


name = {r: "r", w: "w", r2: "r2", w2: "w2"}


def names(lists):
    return [[name.get(x, x) for x in part] for part in lists]


wrapped = Wrapped(r)
print(names(select.select([r, r2], [w], [], 0)))
os.write(w, b"x")
print(names(select.select([r, r2, wrapped, r], [w, w2], [r], 0)))
print(names(select.select((r,), set(), iter([]), None)))
print(names(select.select([r2], [], [], 0.01)))
print(names(select.select([], [], [], 0)))

attempt("negative timeout", lambda: select.select([], [], [], -1))
attempt("tiny negative timeout", lambda: select.select([], [], [], -1e-12))
attempt("timeout text", lambda: select.select([], [], [], "x"))
attempt("timeout nan", lambda: select.select([], [], [], float("nan")))
attempt("timeout huge", lambda: select.select([], [], [], 1e300))
attempt("timeout huge int", lambda: select.select([], [], [], 2**80))
attempt("not iterable", lambda: select.select(1, [], [], 0))
attempt("third not iterable", lambda: select.select([], [], None, 0))
attempt("negative", lambda: select.select([-1], [], [], 0))
attempt("beyond FD_SETSIZE", lambda: select.select([5000], [], [], 0))
attempt("beyond int", lambda: select.select([2**40], [], [], 0))
attempt("no fileno", lambda: select.select(["x"], [], [], 0))
attempt("odd fileno", lambda: select.select([Odd("1")], [], [], 0))
attempt("negative fileno", lambda: select.select([Odd(-5)], [], [], 0))
attempt("too many", lambda: select.select([r] * 1025, [], [], 0))
attempt("few arguments", lambda: select.select([]))
print(select.error is OSError)


class Growing(list):
    def fileno(self):
        return r

    def __iter__(self):
        return iter([self])


print(len(select.select(Growing(), [], [], 0)[0]))



class Shrinking:
    def fileno(self):
        del crowd[5:]
        return w


crowd = [Shrinking() for _ in range(10)]
ready = select.select([], crowd, [], 0)
print(len(ready[1]), len(crowd), ready[1] == crowd)
p = select.poll()
print(p.poll(0))
attempt("register", lambda: p.register(r))
attempt("register again", lambda: p.register(wrapped, select.POLLIN))
p.register(w, select.POLLOUT)
p.register(r2, select.POLLIN)
print([(name[fd], ev) for fd, ev in p.poll(0)])
p.modify(w, 0)
print([(name[fd], ev) for fd, ev in p.poll()])
p.unregister(r)
print([(name[fd], ev) for fd, ev in p.poll(5)])
os.close(w2)
print([(name[fd], ev == select.POLLHUP) for fd, ev in p.poll(1000)])
os.close(r2)
print([(name[fd], ev == select.POLLNVAL) for fd, ev in p.poll(1000)])
attempt("modify unknown", lambda: p.modify(r, 1))
attempt("unregister unknown", lambda: p.unregister(10_000))
attempt("mask negative", lambda: p.register(r, -1))
attempt("mask large", lambda: p.register(r, 65536))
attempt("mask text", lambda: p.register(r, "x"))
attempt("poll text", lambda: p.poll("x"))
attempt("poll nan", lambda: p.poll(float("nan")))
attempt("poll huge", lambda: p.poll(2**33))
attempt("poll huger", lambda: p.poll(1e30))
attempt("register nothing", lambda: p.register())
attempt("instantiate", lambda: type(p)())
attempt("negative fd", lambda: p.register(-1))
print(type(p), select.POLLIN | select.POLLPRI | select.POLLOUT, select.PIPE_BUF)
print(sorted(n for n in dir(select) if n.isupper()))
