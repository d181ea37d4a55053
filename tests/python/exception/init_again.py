# __init__ of an exception that exists already sets all fields anew.
for make in (lambda: ImportError("m", name="n", path="p"), lambda: ModuleNotFoundError("m", name="n")):
    e = make()
    for args, kw in (((), {}), (("x",), {}), (("a", "b"), {"name": 1}), (("y",), {"path": 2})):
        e.__init__(*args, **kw)
        print(type(e).__name__, e.args, e.msg, e.name, e.path, str(e))
e = NameError("m", name="n")
e.__init__("z")
print(e.args, e.name)
e = AttributeError("m", name="n", obj=3)
e.__init__("z", name="k")
print(e.args, e.name, e.obj)
try:
    e.__init__("q", nonsense=1)
except TypeError as error:
    print(error, e.args, e.name)
