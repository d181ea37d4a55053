# env: GIVEN=from header
# env: EMPTY=
"""os.environ as a mapping, getenv, putenv, expand, strerror, sysconf, path-like behaviour of environb."""

import os

e = os.environ
print(e["GIVEN"], repr(e["EMPTY"]), e.get("NOPE"), "GIVEN" in e, os.getenv("GIVEN"), os.getenv("NOPE", "dflt"), os.environb[b"GIVEN"], type(e).__name__, len(e) > 3)
e["NEW"] = "x=y"; e["UNI"] = "é€"; print(os.environb[b"UNI"], e.pop("NEW"), e.setdefault("SD", "1"), e.copy().__class__.__name__, sorted(k for k in e if k in ("SD", "UNI", "GIVEN")), e | {"Z": "1"} != e)
for bad in (lambda: e["NOPE"], lambda: e.__setitem__(5, "x"), lambda: e.__setitem__("x", 5), lambda: e.__delitem__("NOPE"), lambda: e.__setitem__("a=b", "x"), lambda: e.__setitem__("a", "x\0y"), lambda: e.get(5), lambda: os.getenv(), lambda: os.putenv("a=", "b"), lambda: os.unsetenv("a=b"), lambda: os.sysconf("NOPE"), lambda: os.strerror("x")):
    try:
        print(bad())
    except Exception as x: print(type(x).__name__, x)
e.update(A="1", B="2"); print({k: e[k] for k in "AB"}); del e["A"]; print("A" in e, os.system("test -z \"$A\" && test \"$B\" = 2"))
print(os.path.expandvars("$GIVEN ${B} $NOPE ${} $"), os.path.expanduser("~") == e["HOME"], os.path.expanduser("~nosuchuser/x"), os.strerror(2), os.sysconf("SC_PAGESIZE") % 1024, os.sysconf_names["SC_OPEN_MAX"] >= 0, os.get_exec_path()[0], os.supports_bytes_environ)
os.environ.clear(); print(len(os.environ), os.getenv("PATH")); print(os.popen is not None, hasattr(os, "fork"), os.error is OSError, os.P_WAIT, os.WNOHANG, os.EX_OK, os.F_OK, os.SEEK_CUR, sorted(n for n in os.__all__ if n.startswith("path")))
