# trace and timeit: lines counted, functions and callers listed, listings annotated, the command line; statements timed with clocks of one's own.
import contextlib
import io
import os
import re
import subprocess
import sys
import timeit
import trace

with open("subject.py", "w") as f:
    f.write('''"""A module to be traced."""
import os

def choose(n):
    if n > 2:
        return "big"
    elif n == 2:
        return "two"
    return "small"

class Counter:
    def __init__(self):
        self.n = 0

    def bump(self, by=1):
        self.n += by
        return [self.n
                for _ in range(by)]

def unused():
    return None

def main():
    c = Counter()
    for i in range(4):
        choose(i)
        c.bump(i)
    return c.n

if __name__ == "__main__":
    print("main gives", main())
''')
sys.path.insert(0, os.getcwd())
import subject

t = trace.Trace(count=True, trace=False, countfuncs=False)
print(t.runfunc(subject.main))
counts = t.results().counts
print(sorted((os.path.basename(f), n, c) for (f, n), c in counts.items()))
t = trace.Trace(count=False, trace=False, countfuncs=True)
t.runctx("subject.main(); subject.choose(2)", {"subject": subject}, {})
print(sorted((os.path.basename(f), m, n) for (f, m, n), c in t.results().calledfuncs.items()))
t = trace.Trace(count=False, trace=False, countcallers=True)
t.runfunc(subject.main)
print(sorted((a[2], b[2]) for (a, b), c in t.results().callers.items()))
out = io.StringIO()
with contextlib.redirect_stdout(out):
    trace.Trace(count=False, trace=True, ignoremods=["nothing"], ignoredirs=[sys.prefix]).run("subject.choose(1)")
print(out.getvalue().splitlines()[:1] != [], len([x for x in out.getvalue().splitlines() if x.startswith("subject.py")]))
out = io.StringIO()
with contextlib.redirect_stdout(out):
    trace.Trace(count=False, trace=True).runfunc(subject.choose, 3)
print(out.getvalue())
t = trace.Trace(count=True, trace=False)
t.runfunc(subject.main)
results = t.results()
other = trace.CoverageResults({(os.path.abspath("subject.py"), 5): 100})
results.update(other)
with contextlib.redirect_stdout(io.StringIO()) as out:
    results.write_results(show_missing=True, summary=True, coverdir="cover")
print(re.sub(r"\(.*\)", "", out.getvalue()), sorted(n for n in os.listdir("cover") if n.startswith("subject")), open("cover/subject.cover").read(), sep="\n")
print(trace._find_executable_linenos("subject.py"), sorted(trace._find_executable_linenos("subject.py")))
for args in (["--count", "--missing", "-C", "c2", "subject.py"], ["--listfuncs", "subject.py"], ["--count", "--listfuncs", "subject.py"], ["--trace", "--ignore-module", "subject", "--module", "subject"]):
    r = subprocess.run([sys.executable, "-m", "trace", *args], capture_output=True, text=True)
    print(args, r.returncode, [x for x in r.stdout.splitlines() if "subject" in x or "main" in x][:4], r.stderr.splitlines()[-1:])


class Clock:
    def __init__(self): self.now = 0
    def __call__(self):
        self.now += 1
        return self.now


seen = []
print(timeit.Timer("seen.append(1)", "x = 1", Clock(), {"seen": seen}).timeit(7), len(seen), timeit.Timer(lambda: seen.append(2), timer=Clock()).repeat(3, 2), len(seen), timeit.timeit("y = x", "x = 2", Clock(), 3), timeit.repeat("pass", timer=Clock(), repeat=2, number=1))
marks = []
print(timeit.Timer("pass", timer=iter([0, 0.1, 0, 0.1, 0, 0.3]).__next__).autorange(lambda n, s: marks.append((n, s))), marks)
out = io.StringIO()
with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
    for args in (["-n", "2", "-r", "1", "-u", "sec", "-s", "a = 1", "a", "b = a"], ["-n1", "-r2", "-v", "-p", "pass"], ["-n", "1", "1/0"], ["-z"], ["-u", "year", "1"]):
        print(args, timeit.main(args, _wrap_timer=lambda timer: Clock()))
print(re.sub(r'File "<timeit-src>", line \d+', "File", out.getvalue()))
for wrong in (lambda: timeit.Timer("x ="), lambda: timeit.Timer("return"), lambda: timeit.Timer(5), lambda: timeit.Timer("x", 5), lambda: timeit.timeit("nope", number=1), lambda: timeit.Timer("pass", "  indented")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
