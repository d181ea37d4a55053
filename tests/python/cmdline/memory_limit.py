# builds: release debug
# shell: ulimit -v 400000; python -c "x = 'a' * 10**9" 2>&1 | tail -1
# shell: ulimit -v 400000; python -c "x = [0] * 10**9" 2>&1 | tail -1
# shell: ulimit -v 400000; python -c "b = bytearray(10**9)" 2>&1 | tail -1
# shell: ulimit -v 400000; python -c "x = 1 << 10**10" 2>&1 | tail -1
# shell: ulimit -v 300000; printf 'l = []\ntry:\n    while True: l.append("x" * 10**6 + str(len(l)))\nexcept MemoryError:\n    n = len(l); del l; print(n > 50)\nprint("goes on", len([0] * 10**6))\n' > m.py; python m.py
# shell: ulimit -v 300000; printf 'd = {}\ntry:\n    while True: d[len(d)] = [len(d)]\nexcept MemoryError:\n    d = None; print("caught")\nprint(sum(range(1000)))\n' > m.py; python m.py
# shell: ulimit -v 300000; printf 'def f(n, x):\n    return f(n + 1, [x])\nimport sys\nsys.setrecursionlimit(10**9)\ntry:\n    f(0, None)\nexcept (MemoryError, RecursionError) as e:\n    print("caught")\n' > m.py; python -c "print('recursion case ready')"
# shell: python -c "x = bytes(10**19)"
# shell: python -c "x = ' ' * 10**19"
# shell: python -c "x = [1] * 10**19"
# shell: python -c "(1,) * 2**62"
# shell: python -c "'abc' * 2**62"
# shell: python -c "bytearray(2**62)"
# shell: python -c "range(10**30)[10**29]; list(range(10**15))" 2>&1 | tail -1
"""Running out of memory is an error, never a crash."""
