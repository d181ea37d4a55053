"""Every module that the spine promises is imported and does a little work."""

import abc, bisect, codecs, collections, collections.abc, contextlib, copy, dis, enum, errno, functools, gc, heapq, io, itertools, keyword, marshal, math, operator, os, os.path, queue, reprlib, signal, stat, sys, threading, time, types, warnings, weakref

print(isinstance([], collections.abc.Sequence), bisect.bisect([1, 3], 2), codecs.lookup("utf8").name, collections.Counter("aab")["a"], copy.deepcopy([[1]]), dis.opname[dis.opmap["LOAD_CONST"]], enum.Enum("E", "A B").A.value, errno.ENOENT, functools.reduce(operator.mul, [2, 3, 4]), gc.isenabled(), heapq.nsmallest(2, [3, 1, 2]), io.StringIO("x").read(), list(itertools.chain("a", "b")), keyword.iskeyword("for"), marshal.loads(marshal.dumps([1])), math.isqrt(17), os.path.basename("/a/b"), queue.Queue().empty(), reprlib.repr([1] * 10), signal.SIGINT.name, stat.S_ISDIR(os.stat("/").st_mode), sys.maxsize > 0, threading.current_thread().name, time.gmtime(0).tm_year, types.SimpleNamespace(a=1), warnings.filters != None, weakref.ref(collections.OrderedDict())() , contextlib.suppress().__class__.__name__, abc.ABC.__name__)
for name in "abc bisect codecs collections contextlib copy dis enum errno functools gc heapq io itertools keyword marshal math operator os queue reprlib signal stat sys threading time types warnings weakref posixpath genericpath _collections_abc importlib.util importlib.machinery importlib.abc runpy copyreg opcode site".split():
    try:
        m = __import__(name, fromlist=["x"]); print(name, m.__name__, bool(m.__doc__) or "no doc", end="; ")
    except ImportError as e: print(name, "FAILED", e)
print()
