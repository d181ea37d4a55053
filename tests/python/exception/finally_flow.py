"""finally with every way out: nested loops, returns overriding, generators closing, exceptions replaced, counters."""

trace = []

def f(way, n=0):
    for i in range(2):
        try:
            trace.append(f"t{i}")
            try:
                if way == "return": return "inner"
                if way == "break": break
                if way == "continue": continue
                if way == "raise": raise ValueError(way)
                if way == "exit": raise SystemExit(3)
                if way == "yieldlike": [x for x in (_ for _ in [1 / n])]
            finally:
                trace.append("fin1")
                if way == "raise" and i == 0: continue
        except ValueError:
            trace.append("caught")
        else:
            trace.append("else")
        finally:
            trace.append("fin2")
    else:
        trace.append("loop else")
    return "end"

for way in ("return", "break", "continue", "raise", "none", "exit", "yieldlike"):
    try:
        result = f(way)
    except BaseException as e:
        result = repr(e)
    print(way, result, " ".join(trace))
    trace.clear()

def overrides():
    for _ in [1]:
        try:
            try:
                raise KeyError
            finally:
                return 1
        finally:
            try:
                return 2
            finally:
                pass

print(overrides())

def loops():
    count = 0
    while True:
        try:
            count += 1
            if count < 5:
                continue
            if count < 8:
                raise ValueError
            break
        except ValueError:
            count += 10
        finally:
            count += 100
    return count

print(loops())

def gen():
    try:
        for i in range(3):
            try:
                yield i
            finally:
                trace.append(f"y{i}")
    finally:
        trace.append("outer")

for stop in (0, 1, 5):
    for x in gen():
        if x == stop:
            break
    print(stop, trace)
    trace.clear()
g = gen()
next(g)
try:
    g.throw(KeyError("k"))
except KeyError as e:
    print(repr(e), trace)

def stack(n):
    try:
        if n:
            return stack(n - 1)
        raise ValueError("bottom")
    except ValueError as e:
        e.args += (n,)
        if n == 3:
            return e.args
        raise
    finally:
        trace.append(n)

trace.clear()
print(stack(5), trace)

class Cleanup:
    def __init__(self, name): self.name = name
    def __enter__(self): trace.append("+" + self.name)
    def __exit__(self, *a): trace.append("-" + self.name)

def mixed():
    with Cleanup("a"):
        try:
            with Cleanup("b"):
                try:
                    return "value"
                finally:
                    trace.append("inner finally")
        finally:
            trace.append("outer finally")

trace.clear()
print(mixed(), trace)
def del_in_finally():
    x = [1]
    try:
        return x
    finally:
        x = None
print(del_in_finally(), (lambda: [1 for _ in range(2)])())
