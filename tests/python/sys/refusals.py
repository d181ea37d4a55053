# Types that nobody may instantiate, arguments that are not what C code expects, times beyond the calendar.
import sys
def f(a,b): return a+b
print(sys.call_tracing(f,(1,2)))
try: sys.call_tracing(str, 2)
except TypeError as e: print(e)
try: sys.call_tracing()
except TypeError as e: print(e)
import time
for t in (9999999999999999, -9999999999999999, -2**60, 67768036191676799, 67768036191676800):
  for f in (time.localtime, time.gmtime, time.ctime):
    try: print(f(t))
    except (OverflowError,OSError,ValueError) as e: print(repr(e))
import sys
for x in (sys.flags, sys.version_info, sys.flags):
    try: type(x)()
    except TypeError as e: print(e)
    try: type(x)((1,2,3))
    except TypeError as e: print(e)
    try: type(x).__new__(type(x))
    except TypeError as e: print(e)
    try: type(x).__new__(type(x),[1]*18)
    except TypeError as e: print(e)
print(type(sys.float_info)([1]*11), type(sys.thread_info)([1,2,3]))
def check_dis(tp):
    import types
    try: tp()
    except TypeError as e: print(e)
    try: types.new_class('x',(tp,))
    except TypeError as e: print(e)
check_dis(type(sys.flags)); check_dis(type(sys.version_info))
