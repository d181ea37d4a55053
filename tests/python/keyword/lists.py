"""keyword: lists, predicates; every keyword is refused as a name, soft keywords are not."""

import keyword

print(keyword.kwlist, keyword.softkwlist, len(keyword.kwlist))
print([keyword.iskeyword(w) for w in ("if", "If", "print", "None", "match", "", "async", "lambda")], [keyword.issoftkeyword(w) for w in ("match", "case", "_", "type", "if")])
refused = []
for w in keyword.kwlist:
    try:
        compile(f"{w} = 1", "k", "exec")
    except SyntaxError as e: refused.append(e.msg)
print(len(refused) == len(keyword.kwlist), sorted(set(refused)))
for w in keyword.softkwlist + ["type", "print", "exec", "self", "nonlocals"]:
    ns = {}
    exec(f"{w} = 5\ndef f({w}=1): return {w}\nr = {w} + f()", ns); print(w, ns["r"], end="; ")
print()
for src in ("def if(): pass", "class None: pass", "import as", "x.if", "f(class=1)", "lambda def: 1", "for in in in: pass", "global if", "from x import class", "with a as None: pass", "def f(None): pass", "True = 1", "del False", "x.None = 1", "__debug__ = 1", "def __debug__(): pass", "f(__debug__=1)", "x.__debug__ = 1"):
    try:
        compile(src, "k", "exec"); print(src, "fine")
    except SyntaxError as e: print(src, "|", e.msg)
print("if".isidentifier(), [w for w in ("a1", "1a", "_", "é", "a-b", "class") if w.isidentifier() and not keyword.iskeyword(w)])
