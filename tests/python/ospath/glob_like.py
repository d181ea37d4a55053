"""Path programs: a glob written with os.path and os.scandir, path trees, extension statistics, unique names, tree diff."""

import os

for f in "a.py b.py c.txt sub/d.py sub/e.md sub/deep/f.py sub/deep/g.tar.gz x.py.bak README".split():
    os.makedirs(os.path.dirname(f) or ".", exist_ok=True)
    with open(f, "w") as h: h.write(f * 3)
def match(name, pat):
    if not pat: return not name
    if pat[0] == "*": return match(name, pat[1:]) or bool(name) and match(name[1:], pat)
    return bool(name) and pat[0] in ("?", name[0]) and match(name[1:], pat[1:])
def glob(pattern, root=""):
    head, _, rest = pattern.partition("/")
    for e in sorted(os.listdir(root or ".")):
        full = os.path.join(root, e)
        if head == "**":
            if os.path.isdir(full): yield from glob(pattern, full)
            continue
        if match(e, head):
            if not rest: yield full
            elif os.path.isdir(full): yield from glob(rest, full)
    if head == "**": yield from glob(rest, root)
for pat in ("*.py", "sub/*", "*/d.py", "**/*.py", "?.*", "sub/*/*.gz", "nope*", "*"): print(pat, list(glob(pat)))
ext = {}
for r, _, fs in os.walk("."):
    for f in fs: ext.setdefault(os.path.splitext(f)[1], []).append(os.path.relpath(os.path.join(r, f)))
print({k: sorted(v) for k, v in sorted(ext.items())})
def unique(path):
    base, e = os.path.splitext(path); n = 1
    while os.path.exists(path): path = f"{base} ({n}){e}"; n += 1
    return path
print(unique("a.py"), unique("new.py")); open("a (1).py", "w").close(); print(unique("a.py"))
def snapshot(root): return {os.path.relpath(os.path.join(r, f), root): os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(root) for f in fs}
before = snapshot("."); os.remove("b.py"); open("sub/new", "w").close()
with open("c.txt", "a") as f: f.write("!")
after = snapshot("."); print(sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys()), [k for k in sorted(before.keys() & after.keys()) if before[k] != after[k]])
print(os.path.join(*"a b c".split()), "/".join(os.path.normpath("x/../y/./z").split(os.sep)), [os.path.relpath(a, b) for a, b in (("a/b", "a/c"), ("a", "a/b/c"), ("/x", "/"))], os.path.commonpath([os.path.abspath(f) for f in after]) == os.getcwd(), max(after, key=lambda f: (f.count("/"), f)))
