# How code is laid out, with the place of each instruction: exits that are copied over jumps, match, except*, annotations in match.
import dis
import types

SOURCES = (
    "try:\n    a\nfinally:\n    while x: break\n", "try:\n    a\nfinally:\n    if x: y\n    else: z\n", "try:\n    a\nfinally: b if c else d\n",
    "def f():\n    match x:\n        case 1 | 2:\n            return 3\n", "def g():\n    match x:\n        case int(n) | float(n): return v\n",
    "def h():\n    with a:\n        match x:\n            case 1 | 2: return\n    return 5\n", "def f(): return a if b else c\n",
    "def f():\n    while x: break\n    return y\n", "def f():\n    for x in y:\n        if z: break\n    else: return 3\n    return\n",
    "try:\n    a\nexcept E as e:\n    match [1]:\n        case {'a': n}:\n            o = C()\n",
    "try:\n    a\nfinally:\n    match x:\n        case 1 | 2 if z(): v\n", "try:\n    try:\n        v = None\n    except* A as e:\n        f(e)\nexcept B as e:\n    g(e)\n",
    "try:\n    a\nexcept* A:\n    pass\nexcept* B as b:\n    c\nelse:\n    d\nfinally:\n    e\nf\n", "match x:\n    case object(real=0):\n        v: (float) = 1\n",
    "try:\n    x\nexcept* A:\n    y: int\n", "while x:\n    match y:\n        case 1: z += 1\n        case [*_]: break\n        case _: continue\n",
)


def show(code):
    print(code.co_name, code.co_stacksize, code.co_exceptiontable.hex())
    for i in dis.get_instructions(code):
        print(i.offset, i.opname, i.arg if isinstance(i.argval, types.CodeType) else i.argval, *i.positions)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            show(constant)


for source in SOURCES:
    print(source)
    show(compile(source, "<source>", "exec"))
