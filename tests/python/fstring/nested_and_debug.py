"""f-strings: nested specifications, `=` with every kind of expression, conversions, quotes, lambdas and braces, and what the compiler refuses."""


def attempt(source, **names):
    try:
        print(source, "->", ascii(eval(source, names)))
    except Exception as error:
        place = f" {error.lineno}:{error.offset}-{error.end_offset} {error.text!r}" if isinstance(error, SyntaxError) else ""
        print(ascii(source), "->", type(error).__name__, ascii(str(error)) + place)


class Show:
    def __format__(self, spec):
        return f"<{spec}>"

    def __repr__(self):
        return "Show()"


x, y, s, w = 3.14159, [1, 2], "text", 10
o = Show()
d = {"k": "v", "a b": 1}
print(f"{x:{w}.{3}}|{x:{'>'}{w}}|{x!r:>{w}}|{x:{w}.{w // 4}f}|{s:{'*^'}{w}}|{o:{w}{s}{'x'!r}}|{o:%Y-%m:{w:03}}")
print(f"{x=}|{x = }|{x  =!s}|{x=:.2f}|{x=!r:>12}|{ x=}|{x= :5.1f}|{y[0]=}|{d['k']=}|{x + 1=}|{(lambda a: a * 2)(4)=}|{s.upper()=}|{x == 3=}|{x != 3=}|{x <= 3=}|{x >= 3 =}|{o=:spec}|{o=!s:>9}|{s=!a}|{'e'=!a}")
print(f"{'a' 'b'}|{'''q'''}|{d['a b']}|{ {1: 2}[1] }|{ {1, 2} }|{[i for i in y]}|{(yy := 5)}|{yy:{yy}}|{x if x else y}|{not x}|{-x}|{*y, 3}|{y,}|{lambda_}" if (lambda_ := 1) else "")
print(f"{{}}|{{{x}}}|{{{{|}}}}|{{{s!r}}}|{'{'}|{'}'}|{'{}'}|{s}{{{s}}}")
print(f"""{
    x
    :.2f
}""" if False else f"""{
    x
:.2f}|{
    y
}""")
print(f"\x41{s}\N{BULLET}\t{s}\u00e9", rf"\x41{s}\n\N{s}", Rf"{x:\d}" if False else rf"\{s}", f"{s}" "plain{x}" f"{w}", "a" f"b" rf"\c", f"", f"" f"", type(f"{s}") is str)
print(f"{x:}|{x!s:}|{x!r}|{None}|{...}|{True:5}|{None!s:>6}|{y!r:>10}|{s:5.2}|{s:s}|{w:b}|{w:#x}|{w:+}|{w:,}|{w:c}|{w:%}|{w:e}|{1e10:,.2f}|{-0.0:z.1f}")
print((lambda a: f"{a}{(lambda b: str(a) + str(b))(2)}")(1), f"{f'{x}'}", f"""{f'{f"{x}"}'}""", f"{'%s' % f'{x:{w}}'}", [f"{i}{j}" for i in "ab" for j in range(2)], f"{(lambda: (yield))}"[:20])
for source in ("f'{}'", "f'{ }'", "f'{!r}'", "f'{:x}'", "f'{=}'", "f'{a!}'", "f'{a!x}'", "f'{a!rr}'", "f'{a! r}'", "f'{a !r}'", "f'{a!r }'", "f'{a'", "f'a}'", "f'}'", "f'{'", "f'{a:{b'", "f'{a:{b}'", "f'{a:{b:{c}}}'", "f'{a:{b:{c:{d}}}}'", "f'{a[}'", "f'{a(]}'", "f'{a)}'", "f'{a]}'",
               "f'{\\\\n}'", "f'{a\\\\b}'", "f'{#}'", "f'{a#b}'", "f'{\"\\\\n\"}'", "f'{a b}'", "f'{a.}'", "f'{1 +}'", "f'{lambda x: 1}'", "f'{(lambda x: 1)}'[:12]", "f'{lambda: 1}'", "f'{a := 5}'", "f'{(a := 5)}'", "f'{a:=5}'", "f'{yield}'", "f'{await x}'", "f'{*a}'", "f'{**a}'",
               "f'{a = b}'", "f'{a=!}'", "f'{a==}'", "f'{x!r:{y!s:}}'", "f'{del a}'", "f'{return}'", "f'{pass}'", "f'{a;b}'", "f'{a}' b'x'", "f'{a}' = 1", "f'{0x}'", "f'{1_}'", "f'{\"'", "f'{''}'", "f'''{'''}'''", "f'{a!s:\\\\x}'", "f'\\\\N{no such}'", "f'\\\\N'", "f'\\\\x4'", "f'{a:\\\\N{BULLET}}'", "f'{\"a\" \"b}'",
               "f'{for}'", "f'{None=}'", "f'{a!r=}'", "fb'x'", "bf'x'", "fu'x'", "Fr'{w}'", "rF'{w!r:>4}'", "f'{w:{w}{w}}'", "f'{s:{w}s}'", "f'{w:{\"x\"}}'", "f'{w:{s}}'", "f'{a:b!r}'", "f'{o:b!r}'", "f'{o:a{\"}\"}b}'", "f'{o:{{}}'", "f'{o:}}'", "f'{w,}'", "f'{w:,}'", "f'{ w }'", "f'{\tw\t}'", "f'{w!s}{'", "f'{a\n}'"):
    attempt(source, o=o, w=w, s=s, x=x, y=y)
order = []


def note(value):
    order.append(value)
    return value


f"{note(1)}{note(2):{note(3)}{note(4)}}{note(5)!r:{note(6)}}"
print(order)


class Bad:
    def __format__(self, spec):
        return 5

    def __repr__(self):
        return None

    def __str__(self):
        raise KeyError("str")


for source in ("f'{b}'", "f'{b!r}'", "f'{b!s}'", "f'{b!a}'", "f'{b=}'", "f'{b:5}'", "format(b)", "'{}'.format(b)", "'%s' % b", "'%r' % b", "f'{object():5}'", "f'{[]:5}'", "f'{None:5}'", "f'{1:s}'", "f'{\"a\":d}'", "f'{1.5:d}'", "f'{1:.2}'", "f'{1:10000000000000000000}'", "f'{1:.10000000000000000000f}'"):
    attempt(source, b=Bad())
