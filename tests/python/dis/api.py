"""The dis module's objects: instructions, line starts, code_info, Bytecode, jump targets; shapes, not opcodes, are printed."""

import dis
import io
import opcode

def f(a, b=1):
    "doc"
    total = 0
    for i in range(a):
        if i % 2:
            total += i * b
        else:
            try:
                total -= int("x")
            except ValueError:
                continue
    return [total, lambda: total]

ins = list(dis.get_instructions(f))
print(len(ins) > 20, all(isinstance(i.opname, str) and i.opname == dis.opname[i.opcode] for i in ins), [i.offset for i in ins] == sorted(i.offset for i in ins), ins[0].offset, all(i.offset % 2 == 0 for i in ins), any(i.is_jump_target for i in ins), {i.starts_line for i in ins if i.starts_line} <= set(range(f.__code__.co_firstlineno, f.__code__.co_firstlineno + 15)))
print([i.argval for i in ins if i.opname in ("LOAD_GLOBAL",)][:2], sorted({i.argval for i in ins if i.opcode in dis.haslocal})[:3], any(i.argval == "x" for i in ins if i.opcode in dis.hasconst), all(i.positions.lineno for i in ins if i.opname not in ("COPY_FREE_VARS", "MAKE_CELL", "RESUME", "RETURN_GENERATOR") and i.positions and i.positions.lineno), ins[0]._fields[:4])
print([l - f.__code__.co_firstlineno for _, l in dis.findlinestarts(f.__code__)][:6], sorted(set(dis.findlabels(f.__code__.co_code))) == sorted(i.offset for i in ins if i.is_jump_target) or "handler targets extra")
info = dis.code_info(f).splitlines(); print(*[l for l in info if not l.startswith("Stack size") and "0x" not in l and not l.startswith("Filename")], sep="\n")
out = io.StringIO(); dis.dis(f, file=out); text = out.getvalue(); print("LOAD_CONST" in text, ">>" in text, "Disassembly of <code object <lambda>" in text, "ExceptionTable:" in text, text.count("\n") > 25)
out = io.StringIO(); dis.dis("x = y + 1", file=out); print([w for w in ("LOAD_NAME", "BINARY_OP", "STORE_NAME", "(y)", "(+)", "(x)") if w in out.getvalue()])
class C:
    def m(self): return 1
    @staticmethod
    def s(): return 2
    v = 5
out = io.StringIO(); dis.dis(C, file=out, depth=0); print([l for l in out.getvalue().splitlines() if l.startswith("Disassembly")]); b = dis.Bytecode(f); print(len(list(b)) == len(ins), b.first_line == f.__code__.co_firstlineno, b.codeobj is f.__code__, "RETURN_VALUE" in b.dis(), repr(b).startswith("Bytecode("))
for bad in (lambda: dis.dis(5), lambda: dis.get_instructions(5).__next__(), lambda: dis.code_info(5), lambda: dis.dis("x ="), lambda: dis.stack_effect(999), lambda: dis.stack_effect("x")):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, str(e)[:50])
print(dis.opname[dis.opmap["RETURN_VALUE"]], len(dis.opname) >= 256, "LOAD_FAST" in dis.opmap, dis.hasjrel != [], dis.HAVE_ARGUMENT > 0, opcode.opmap is dis.opmap, dis.cmp_op[:6], dis.opmap["LOAD_CONST"] in dis.hasconst, dis.opmap["LOAD_NAME"] in dis.hasname, dis.opmap["LOAD_FAST"] in dis.haslocal, dis.EXTENDED_ARG == dis.opmap["EXTENDED_ARG"], dis.stack_effect(dis.opmap["POP_TOP"]), dis.stack_effect(dis.opmap["LOAD_CONST"], 0), dis.pretty_flags(f.__code__.co_flags))
def g():
    yield 1
async def h(): await g()
print([dis.pretty_flags(x.__code__.co_flags) for x in (g, h, lambda *a, **k: 0)])
try:
    1 / 0
except ZeroDivisionError as e:
    out = io.StringIO(); dis.distb(e.__traceback__, file=out); print("-->" in out.getvalue())
