"""f-strings as templates in programs: reports, trees, SQL-like text, recursion, joins, alignment from data, debugging."""

def tree(node, indent=0):
    name, children = node
    return f"{' ' * indent}{name}\n" + "".join(tree(c, indent + 2) for c in children)

print(tree(("root", [("a", [("a1", []), ("a2", [])]), ("b", [])])), end="")

def table(rows, headers):
    widths = [max(len(f"{r[i]}") for r in [headers, *rows]) for i in range(len(headers))]
    line = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
    def fmt(r): return "|" + "|".join(f" {v:>{w}} " if isinstance(v, (int, float)) else f" {v!s:<{w}} " for v, w in zip(r, widths)) + "|"
    return "\n".join([line, fmt(headers), line, *map(fmt, rows), line])

print(table([("alpha", 1, 2.5), ("be", 20, None), ("gamma", 300, True)], ("name", "n", "x")))

class Money:
    def __init__(self, amount, currency="EUR"): self.amount, self.currency = amount, currency
    def __format__(self, spec):
        if spec.endswith("S"):
            return f"{self.amount:{spec[:-1]}} {self.currency}"
        if spec == "":
            return str(self)
        return format(self.amount, spec)
    def __str__(self): return f"{self.currency}{self.amount:,.2f}"
m = Money(1234.5)
print(f"{m} {m:.1f} {m:>10.2fS} {m!s:>15} {m!r:.5}")

def html(tag, *children, **attrs):
    a = "".join(f' {k.rstrip("_")}="{v}"' for k, v in attrs.items())
    return f"<{tag}{a}>{''.join(f'{c}' for c in children)}</{tag}>"
print(html("div", html("p", "hi ", html("b", 5)), html("br"), id="x", class_="y"))

def plural(n, word, suffix="s"): return f"{n} {word}{suffix * (n != 1)}"
print(", ".join(plural(n, "file") for n in range(3)), f"{plural(2, 'bus', 'es')}")

class Vec:
    def __init__(self, *c): self.c = c
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{v!r}' for v in self.c)})"
    def __format__(self, spec): return f"({', '.join(f'{v:{spec}}' for v in self.c)})"
v = Vec(1.5, -2, 1e3)
print(f"{v} {v!r} {v:.2f} {v:>8} {v:+.1e} {v=} {v=:.1f}")

def hexdump(data):
    for i in range(0, len(data), 8):
        part = data[i:i + 8]
        yield f"{i:04x}  {' '.join(f'{b:02x}' for b in part):<23}  {''.join(chr(b) if 32 <= b < 127 else '.' for b in part)}"
print(*hexdump(b"Hello\x00\xffWorld!\n..."), sep="\n")

def seconds(s):
    h, rest = divmod(s, 3600)
    m, s = divmod(rest, 60)
    h, m = int(h), int(m)
    return f"{f'{h:d}:' if h else ''}{m:02d}:{s:04.1f}" if s % 1 else f"{f'{h:d}:' if h else ''}{m:02d}:{s:02.0f}"
print([seconds(s) for s in (5, 65.5, 3661, 86399)])

def progress(done, total, width=20):
    filled = width * done // total
    return f"[{'#' * filled:<{width}}] {done / total:>6.1%} {done:>{len(str(total))}}/{total}"
print(*(progress(i, 150) for i in (0, 37, 75, 150)), sep="\n")

level = 0
def trace(msg): return f"{'  ' * level}{msg}"
def fact(n):
    global level
    lines.append(trace(f"fact({n=})"))
    level += 1
    r = 1 if n < 2 else n * fact(n - 1)
    level -= 1
    lines.append(trace(f"-> {r=:,}"))
    return r
lines = []
fact(4)
print("\n".join(lines))
template = lambda **kw: f"{kw['greeting']}, {kw.get('name', 'nobody')}{kw.get('mark', '.')}"
print(template(greeting="Hi"), template(greeting="Yo", name="Z", mark="!?"))
code = [f"def f{i}(x): return x {op} {i}" for i, op in enumerate("+-*", 1)]
ns = {}
exec("\n".join(code), ns)
print([ns[f"f{i}"](10) for i in (1, 2, 3)], f"{ns['f1'].__name__}", f"{'-' * 5:=^15}", f"{'':>3}|{'':*<3}|")
