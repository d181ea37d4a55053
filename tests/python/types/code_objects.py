"""Code objects: attributes that programs read, names and constants, flags, positions, equality, replace."""

import types

def sample(a, b=1, /, c=2, *args, d, e=3, **kw):
    "The doc."
    x = a + b
    def inner(): return x + c
    for i in range(3): x += i
    return inner, [q for q in (1, 2)], GLOBAL_NAME, args.attr_name

c = sample.__code__
print(c.co_name, c.co_qualname, c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_varnames, c.co_cellvars, c.co_freevars, c.co_filename.endswith("code_objects.py"), c.co_firstlineno, c.co_consts[0], "GLOBAL_NAME" in c.co_names, "attr_name" in c.co_names)
flags = {"OPTIMIZED": 1, "NEWLOCALS": 2, "VARARGS": 4, "VARKEYWORDS": 8, "NESTED": 16, "GENERATOR": 32, "COROUTINE": 128, "ASYNC_GENERATOR": 512}
def gen(): yield
async def coro(): pass
async def agen(): yield
def outer():
    def nested(): pass
    return nested
for f in (sample, gen, coro, agen, outer(), lambda *a: a, lambda **k: k):
    print(f.__name__, [n for n, v in flags.items() if f.__code__.co_flags & v])
inner = [k for k in c.co_consts if isinstance(k, types.CodeType)]
print([(k.co_name, k.co_qualname, k.co_freevars, k.co_argcount) for k in inner])
m = compile("x = 1\ny = 'two'\nz = (3, 4.5, None, True)\ndef f(): pass\n", "<m>", "exec")
print(m.co_name, m.co_filename, m.co_names, [k for k in m.co_consts if not isinstance(k, types.CodeType)], m.co_flags & 3, m.co_varnames, m.co_argcount, m.co_nlocals)
print(sorted({line for _, _, line in m.co_lines() if line}), len(list(m.co_positions())) > 0, all(len(p) == 4 for p in m.co_positions()), isinstance(m.co_code, bytes), len(m.co_code) % 2, isinstance(m.co_linetable, bytes), isinstance(m.co_exceptiontable, bytes), m.co_stacksize > 0)
a, b = compile("1 + x", "f", "eval"), compile("1 + x", "f", "eval")
print(a == b, hash(a) == hash(b), a == compile("1 + y", "f", "eval"), a != b, a == 5, compile("1", "f", "eval") == compile("1.0", "f", "eval"))
r = c.replace(co_name="other", co_firstlineno=1, co_filename="else.py")
print(r.co_name, r.co_firstlineno, r.co_filename, r == c, c.replace() == c)
for bad in (lambda: c.replace(nope=1), lambda: c.replace(co_name=5), lambda: types.CodeType(), lambda: setattr(c, "co_name", "x"), lambda: c < r, lambda: c.replace(co_argcount="x"), lambda: exec(sample.__code__), lambda: exec(outer().__code__), lambda: eval((lambda: undefined_q).__code__), lambda: exec((lambda x: x).__code__) or "no arguments bound"):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, str(e)[:70])
print(eval((lambda: 42).__code__), repr(c).split(" at ")[0], type(c).__name__)
class K:
    v = 1
    def m(self): return __class__
print(K.m.__code__.co_freevars, K.m.__code__.co_qualname, [k.co_name for k in compile("class Z:\n def q(self): pass", "f", "exec").co_consts if isinstance(k, types.CodeType)])
def walk(code, depth=0):
    yield depth, code.co_name
    for k in code.co_consts:
        if isinstance(k, types.CodeType): yield from walk(k, depth + 1)
print(list(walk(compile("def a():\n def b(): return lambda: [x for x in ()]\nclass C:\n def d(self): yield\n", "f", "exec"))))
