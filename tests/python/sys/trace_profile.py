"""sys.settrace and sys.setprofile: events in order, line numbers, local tracing, exceptions, generators; removal."""

import sys
import threading

log = []
def tracer(frame, event, arg):
    if frame.f_code.co_filename == __file__ and frame.f_code.co_name not in ("done",):
        log.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, arg if event in ("return",) and isinstance(arg, (int, str, type(None))) else (arg[0].__name__ if event == "exception" else None)))
    return tracer
def run(f, *a):
    log.clear(); sys.settrace(tracer)
    try: f(*a)
    except Exception as e: pass
    finally: sys.settrace(None)
    print(f.__name__, *log, sep="\n  ")
def simple(a):
    b = a + 1
    if b > 5:
        return "big"
    return b
def loop():
    t = 0
    for i in range(2):
        t += i
    while t < 3:
        t += 2
    return t
def raises():
    try:
        {}["k"]
    except KeyError:
        x = 1
    raise ValueError("v")
def gen():
    yield 1
    yield 2
def uses_gen():
    return sum(gen())
def nested():
    def inner():
        return 5
    return inner() + simple(1)
def comp():
    return [i * 2 for i in range(2)]
def withs():
    with open("/dev/null") as f:
        x = 1
    return x
def multi():
    return simple(
        3)
for f, a in ((simple, (1,)), (simple, (9,)), (loop, ()), (raises, ()), (uses_gen, ()), (nested, ()), (comp, ()), (withs, ()), (multi, ())): run(f, *a)
events = []
def prof(frame, event, arg): events.append((event, frame.f_code.co_name if event in ("call", "return") else getattr(arg, "__name__", arg)))
def profiled(): return len([1, 2]) + abs(-3)
sys.setprofile(prof); profiled(); sys.setprofile(None); print(events)
class Stop(Exception): pass
def stopping(frame, event, arg):
    if event == "line": raise Stop("from tracer")
    return stopping
def victim():
    x = 1
    return x
sys.settrace(stopping)
try:
    victim()
except Stop as e: print(e, sys.gettrace())
sys.settrace(None)
lines = []
def local(frame, event, arg):
    lines.append((event, frame.f_lineno - frame.f_code.co_firstlineno, dict(frame.f_locals)))
    return local
def target():
    a = 1
    b = a + 1
    return b
sys.settrace(lambda f, e, a: local if f.f_code is target.__code__ else None); target(); sys.settrace(None); print(*lines, sep="\n")
def no_lines(frame, event, arg): frame.f_trace_lines = False; log.append(event); return no_lines
log.clear(); sys.settrace(no_lines); target(); sys.settrace(None); print(log)
seen = []
def threaded(): x = 1; return x
threading.settrace(lambda f, e, a: seen.append((f.f_code.co_name, e)) if f.f_code.co_name == "threaded" else None); t = threading.Thread(target=threaded); t.start(); t.join(); threading.settrace(None); print(seen, sys.gettrace())
