"""The types module: SimpleNamespace, MappingProxyType, MethodType, FunctionType, DynamicClassAttribute, new_class, names."""

import types

n = types.SimpleNamespace(a=1, b=[2])
n.c = 3; del n.a
print(n, n == types.SimpleNamespace(b=[2], c=3), vars(n), types.SimpleNamespace(), n != 5, hasattr(n, "a"))
n.me = n; print(n)
class NS(types.SimpleNamespace): pass
print(NS(x=1), repr(NS(**{"not id": 2})))
for bad in (lambda: types.SimpleNamespace(1), lambda: n.zz, lambda: hash(n), lambda: n < n, lambda: types.SimpleNamespace(**{1: 2})):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
d = {"k": 1}; m = types.MappingProxyType(d); d["j"] = 2
print(m, m["k"], len(m), list(m), m.get("z"), "j" in m, m == d, m | {"z": 3}, {"z": 3} | m, dict(m), list(m.items()), m.copy(), list(reversed(m)), hash(types.MappingProxyType.__init__) is not None)
for bad in (lambda: m.__setitem__("a", 1), lambda: m.pop("k"), lambda: types.MappingProxyType([1]), lambda: types.MappingProxyType(), lambda: m["zz"], lambda: hash(m), lambda: m.update({})):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
def f(a, b=2): return a, b
print(types.MethodType(f, "self")(9), types.MethodType(f, 1) == types.MethodType(f, 1), types.FunctionType(f.__code__, globals(), "g", (5,))(1), isinstance(f, types.FunctionType), isinstance(len, types.BuiltinFunctionType), isinstance([].append, types.BuiltinMethodType), types.LambdaType is types.FunctionType, isinstance(f.__code__, types.CodeType), isinstance((x for x in ()), types.GeneratorType), isinstance(types, types.ModuleType), isinstance(n.__init__, types.MethodWrapperType), isinstance(str.join, types.MethodDescriptorType), isinstance(int.__add__, types.WrapperDescriptorType), isinstance(type.__dict__["__mro__"], types.MemberDescriptorType), isinstance(dict.__dict__["fromkeys"], types.ClassMethodDescriptorType), types.NoneType is type(None), types.EllipsisType, types.NotImplementedType, isinstance(int | str, types.UnionType), isinstance(list[int], types.GenericAlias), types.GenericAlias(list, (int,)) == list[int])
mod = types.ModuleType("mymod", "my doc"); mod.x = 5; exec("y = x + 1", mod.__dict__)
print(mod, mod.__name__, mod.__doc__, mod.y, sorted(k for k in vars(mod) if not k.startswith("_")), mod.__spec__)
mod.__getattr__ = lambda name: f"module getattr {name}"; print(mod.anything)
C = types.new_class("C", (dict,), {}, lambda ns: ns.update(v=1, m=lambda self: len(self)))
print(C.__name__, C(a=1).m(), C.v, types.prepare_class("X", (), {"metaclass": type})[0], types.resolve_bases((int,)))
class Dyn:
    @types.DynamicClassAttribute
    def v(self): return "instance value"
print(Dyn().v)
try:
    Dyn.v
except AttributeError as e: print("AttributeError")
@types.coroutine
def old():
    x = yield "yielded"
    return x
async def uses(): return await old()
c = uses(); print(c.send(None))
try:
    c.send("result")
except StopIteration as s: print(s.value)
code = f.__code__.replace(co_name="renamed", co_consts=f.__code__.co_consts)
print(code.co_name, types.FunctionType(code, {})(1, 2), types.CellType(5).cell_contents, isinstance(types.TracebackType, type), [t for t in ("AsyncGeneratorType", "CoroutineType", "FrameType", "GetSetDescriptorType") if hasattr(types, t)], sorted(types.__all__)[:4])
g = list[int]; print(g, g.__origin__, g.__args__, g(), dict[str, int], list[list[int]], tuple[()], g == list[int], hash(g) == hash(list[int]), repr(list["x"]), type[int], g.__parameters__, list[int] | None, isinstance([], g.__origin__))
try:
    isinstance([], g)
except TypeError as e: print(e)
