"""f-strings: expressions of every kind, nesting, conversions, specs, =, quotes, braces, multi-line."""

name, n, x, d, l = "Ann", 42, 3.14159, {"k": "v", 1: "one"}, [1, 2, 3]
class P:
    a = [10, 20]
    def m(self, k=1): return k * 2
    def __format__(self, s): return f"<{s}>"
    def __repr__(self): return "P()"
p = P()
print(f"{name} {n + 1} {x:.2f} {d['k']} {l[0]} {l[-1:]} {p.a[1]} {p.m(k=5)} {(lambda q: q + 1)(2)} {[i for i in l if i > 1]} { {1: 2}[1] } {{}} {{{n}}}")
print(f"{n!r} {name!r} {name!s} {'é'!a} {p!r} {p} {p!s} {p:abc} {p!r:>5}|{None} {True} {...}")
print(f"{n:5}|{n:<5}|{n:>5}|{n:^5}|{n:05}|{n:+}|{n:x}|{n:#x}|{n:b}|{n:,}|{n:e}|{n:.1f}|{n:c}|{n:%}")
print(f"{name:>10}|{name:*<10}|{name:^10}|{name:.2}|{name:10.2}|{name!r:>8}")
w, pr, fill = 10, 3, "*"
print(f"{x:{w}.{pr}}|{x:{fill}>{w}}|{name:{fill}^{w}}|{x:{'.' + str(pr)}f}|{n:{'0'}{w}}|{n:{w if n else 0}}")
print(f"{n=} {n = } {x=:.2f} {name=!r} {name=!s} {n+1=} {l[0]=} {p.m(3)=} {n = :>5} {'q'=} { n=}")
print(f'{"nested"} {"a" + "b"} {f"{n}"}', f"{'single'} {'it'}", f'''{"triple"} {'both'}''', f"""{'''x'''}""")
print(f"{'a' if n else 'b'} {n if n > 50 else -n} {n and 'yes'} {not n} {n == 42} {n != 42} {n <= 42} {(n := 7)} {n}")
print(f"{'{'} {'}'} {'{}'} {{}} {{{{}}}} {'a:b'} {'!'} {d[1]} {'a' 'b'}")
print(f"""multi
{n
 + 1} line
  {name}""")
print(f"{l!r:>15} {tuple(l)} {set([1])} {dict(a=1)} {*l,} {[*l, 4]} {lambda_ if (lambda_ := 5) else 0}")
print(f"" f"" == "", f"plain", F"upper", fr"raw\n{n}", rf"\{n}", Rf"{n}\t", f"\x41{n}\u20ac\N{BULLET}{{", "a" f"{n}" "b" f"{name}")
def f(a, *b, **c): return a, b, c
print(f"{f(1, *l, k=2)} {f(*'ab', **{'z': 1})} {(yield_ := 3)} {max(l, key=lambda v: -v)} {sum(i for i in l)} {', '.join(str(i) for i in l)} {len(f'{n}')}")
print([f"{i}-{j}" for i in range(2) for j in "ab"], {f"k{i}": f"{i:03}" for i in range(3)}, (lambda v: f"<{v}>")(5), f"{f'{1}'}")
class Meta:
    def __getattr__(self, a): return f"attr {a}"
    def __getitem__(self, k): return f"item {k!r}"
m = Meta()
print(f"{m.x} {m['y']} {m[1:2]} {m[1, 2]} {m.__class__.__name__} {m[...]}")
for bad in ("{n:d}", "{name:d}", "{x:d}", "{l:5}", "{None:>5}", "{undefined}", "{l[9]}", "{d['zz']}", "{1/0}", "{n:q}", "{n:.2d}", "{name:+}", "{name:=5}", "{p.nope}", "{n.x}", "{x:,_}", "{n!r:d}"):
    try:
        print(bad, eval(f'f"{bad}"'))
    except Exception as e:
        print(bad, type(e).__name__, e)
for bad in ("{", "}", "{}", "{n", "{n!}", "{n!x}", "{n!r", "{n:{", "{n:}}", "{a b}", "{n!r:{w}", "{*}", "{lambda x: 1}", "{n = !q}", "{ }", "{!r}", "{:5}", "{n}}", "{#}", "{n:{a{b}}}", "{class}", "{yield}", "{n;m}", "{a=b=c}", "{'a}"):
    try:
        eval(f'f"{bad}"')
        print(bad, "fine")
    except SyntaxError as e:
        print(bad, "|", e.msg)
    except NameError as e:
        print(bad, "name error", e)
