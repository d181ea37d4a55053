# shell: python -X tracemalloc -c 'import tracemalloc as t; print(t.is_tracing(), t.get_traceback_limit(), t.get_traced_memory() > (10000, 10000))'
# shell: python -X tracemalloc=5 -c 'import tracemalloc as t; print(t.is_tracing(), t.get_traceback_limit())'
# shell: python -X tracemalloc=0 -c 'import tracemalloc as t; print(t.is_tracing(), t.get_traceback_limit())'
# shell: PYTHONTRACEMALLOC=3 python -c 'import tracemalloc as t; print(t.is_tracing(), t.get_traceback_limit())'
# shell: PYTHONTRACEMALLOC=3 python -X tracemalloc=4 -c 'import tracemalloc as t; print(t.is_tracing(), t.get_traceback_limit())'
# shell: PYTHONTRACEMALLOC=3 python -E -c 'import tracemalloc as t; print(t.is_tracing(), t.get_traceback_limit())'
# shell: PYTHONTRACEMALLOC= python -c 'import tracemalloc as t; print(t.is_tracing(), t.get_traceback_limit())'
# shell: python -X tracemalloc=many -c 1 2>&1 | head -1
# shell: python -X tracemalloc=-1 -c 1 2>&1 | head -1
# shell: PYTHONTRACEMALLOC=1x python -c 1 2>&1 | head -1
# shell: python -X tracemalloc=2 -W always $SCRIPT 2>&1
# shell: python -W always $SCRIPT 2>&1
"""-X tracemalloc and PYTHONTRACEMALLOC; a ResourceWarning tells where the object came from, or how to find out."""

import sys

def opened():
    return open("left.txt", "w")

def leave():
    f = opened()
    f.write("x")

if __name__ == "__main__":
    leave()
    print("end", file=sys.stderr)
