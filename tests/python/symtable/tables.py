# symtable: every scope and symbol of a program, and errors.
import symtable
def show(t, d=0):
    print(' '*d, t.get_type(), t.get_name(), t.get_lineno(), t.is_optimized(), t.is_nested(), t.has_children())
    for s in t.get_symbols():
        print(' '*d, '  ', s.get_name(), s.is_referenced(), s.is_parameter(), s.is_global(), s.is_nonlocal(), s.is_declared_global(), s.is_local(), s.is_annotated(), s.is_free(), s.is_imported(), s.is_assigned(), s.is_namespace())
    for c in t.get_children(): show(c, d+2)
    if t.get_type()=='function': print(t.get_parameters(), sorted(t.get_locals()), sorted(t.get_globals()), sorted(t.get_nonlocals()), sorted(t.get_frees()))
    if t.get_type()=='class': print(t.get_methods())
src='''
import os.path as p
x: int = 1
def f(a, /, b, *args, c=1, **kw):
    global g
    y = [i for i in a if (z := i)]
    def inner():
        nonlocal y
        y = x; return lambda q: q + y
    class C:
        attr = 1
        def method(self): return __class__, super().m
        __private = {k: v for k, v in {}}
    return {s for s in a}, (t async for t in a)
'''
show(symtable.symtable(src, 'f', 'exec'))
for bad in ('def f(a,a): pass','x +','nonlocal x'):
    try: symtable.symtable(bad,'f','exec')
    except SyntaxError as e: print(e, e.lineno, e.offset)
for args in (('1','f','bad'),(1,'f','exec'),('1','f',3)):
    try: symtable.symtable(*args)
    except Exception as e: print(type(e),e)
print(symtable.symtable('1+x','f','eval').get_symbols(), symtable.symtable(b'# coding: latin-1\n\xe9=1','f','single').get_identifiers())
