def f():
    raise ValueError("in -m module")
f()
