"""warnings: warn, filters by action, category, module; catch_warnings, simplefilter, showwarning, stacklevel, errors."""

import warnings

def record(*actions, f):
    with warnings.catch_warnings(record=True) as w:
        warnings.resetwarnings()
        for a in actions: warnings.simplefilter(*a) if isinstance(a, tuple) else warnings.simplefilter(a)
        try:
            f()
        except Warning as e: return f"raised {e!r}"
    return [(x.category.__name__, str(x.message)) for x in w]
def emit():
    for i in range(3): warnings.warn("message", UserWarning)
    warnings.warn("other"); warnings.warn("dep", DeprecationWarning); warnings.warn(RuntimeWarning("instance"))
for a in ("always", "ignore", "default", "module", "once", "error"): print(a, record(a, f=emit))
print(record("ignore", ("always", DeprecationWarning), f=emit), record("always", ("error", RuntimeWarning), f=emit))
with warnings.catch_warnings(record=True) as w:
    warnings.filterwarnings("always"); warnings.filterwarnings("ignore", message="skip.*"); warnings.filterwarnings("error", "boom", UserWarning)
    warnings.warn("skip this"); warnings.warn("keep this")
    try: warnings.warn("boom now")
    except UserWarning as e: print("error", e)
print([str(x.message) for x in w], w[0].lineno > 0, w[0].filename.endswith("filters.py"), w[0].source, str(w[0]).startswith("{message"))
def outer(level): inner(level)
def inner(level): warnings.warn("levelled", stacklevel=level)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always"); outer(1); outer(2); outer(3); outer(100)
print([x.lineno - outer.__code__.co_firstlineno for x in w[:2]], w[3].filename)
for bad in (lambda: warnings.warn(5, UserWarning) if False else warnings.warn("x", int), lambda: warnings.warn("x", "y"), lambda: warnings.warn(), lambda: warnings.simplefilter("nope"), lambda: warnings.filterwarnings("ignore", 5), lambda: warnings.simplefilter("ignore", int), lambda: warnings.filterwarnings("ignore", category=5), lambda: warnings.warn_explicit("m"), lambda: warnings.simplefilter("ignore", lineno=-1), lambda: warnings.warn("x", stacklevel="q")):
    try:
        print(bad())
    except (TypeError, AssertionError) as e: print(type(e).__name__, e)
shown = []
with warnings.catch_warnings():
    warnings.simplefilter("always"); warnings.showwarning = lambda m, c, f, l, file=None, line=None: shown.append((str(m), c.__name__)); warnings.warn("to hook")
print(shown, warnings.formatwarning("msg", UserWarning, "file.py", 3, "the line"), repr(warnings.formatwarning("msg", UserWarning, "nofile", 3)))
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always"); warnings.warn_explicit("explicit", UserWarning, "some.py", 42, module="mod"); warnings.warn_explicit(ValueError if False else UserWarning("obj"), None, "f", 1)
print([(str(x.message), x.filename, x.lineno) for x in w])
class Mine(UserWarning): pass
class Sub(Mine): pass
print(record("ignore", ("always", Mine), f=lambda: [warnings.warn("m", c) for c in (Mine, Sub, UserWarning)]))
registry = {}; warnings.simplefilter("default")
with warnings.catch_warnings(record=True) as w:
    for i in range(3): warnings.warn_explicit("same", UserWarning, "f.py", 1, registry=registry)
    warnings.warn_explicit("same", UserWarning, "f.py", 2, registry=registry)
print(len(w), len(registry) > 0); before = list(warnings.filters)
with warnings.catch_warnings(): warnings.resetwarnings(); print(warnings.filters)
print(warnings.filters == before, [c.__name__ for c in Warning.__subclasses__()][:6])
with warnings.catch_warnings(action="ignore") if False else warnings.catch_warnings(): warnings.simplefilter("ignore"); warnings.warn("silent")
