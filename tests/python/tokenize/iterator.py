"""_tokenize.TokenizerIter: tokens of all kinds, their places and lines, errors, warnings, the iterator's rules."""

import _tokenize
import token
import tokenize
import warnings

def show(source):
    print(repr(source))
    try:
        for text, number, line, end_line, column, end_column, whole in _tokenize.TokenizerIter(source):
            print("  ", token.tok_name[number], repr(text), (line, column), (end_line, end_column), repr(whole))
    except Exception as e:
        print("  ", type(e).__name__, e, e.args)

for source in (
    "", "\n\n", "x = 1\n", "if x:\n  y\n\n# c\nz", "if a:\n  if b:\n    c\nd\n", "a$b", "a ? b", "(\n1,\n", '"abc', '"""abc\n', "'''a\nbé\n''' + 1\r\ny = \\\n 2",
    "f\"{x}\"+é1\n", "async def f(): await x\n", "1_0 0x1 @ -> ...\n x\n", "if 1:\n    a\n  b\n", "if 1:\n\ta\n        b\n", "0777\n", "1__0", "x = 5a\n",
    ")", "(]", "a \\ b", "é = ü; x != y <> z\n", "a\0b", "  x\n", "x # type: int\n", "€€", "\\", "x\ry", "\ufeffx", "# coding: latin-1\né", "a\udc80",
    "+ - * / | & < > = . % { } == != <= >= ~ ^ << >> ** += -= *= /= %= &= |= ^= <<= >>= **= // //= @ @= -> ... := ( [ ] ) : , ;\n",
    "match x:\n case _: pass\n", "None True False lambda yield\n", "1.5e3 2j 0b11 0o17 .5 1. 1_000.0_1\n", "b'x' rb'\\n' u'é' r'''q'''\n",
    "def f(a,\n      b): # comment\n    return (a +\n            b)\n", "x = [\n  1, # one\n\n  2]\n", "a;b\n", "\x0cx\n", "x\n    \n  # only\ny\n",
): show(source)

for wrong in ((), (b"x",), (1,), ("a", "b")):
    try: _tokenize.TokenizerIter(*wrong)
    except TypeError as e: print(e)
it = _tokenize.TokenizerIter(source="a b")
print(iter(it) is it, next(it)[0], [t[0] for t in it], next(it, "end"), next(it, "end"))
print(_tokenize.TokenizerIter.__name__, _tokenize.TokenizerIter.__module__)
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    print([t[0] for t in _tokenize.TokenizerIter("0x1for x in y\n1if 1else 2")])
    print([(w.category.__name__, str(w.message), w.filename, w.lineno) for w in seen])
with warnings.catch_warnings():
    warnings.simplefilter("error")
    show("0x1for x in y")
source = open(tokenize.__file__).read()
tokens = list(tokenize._generate_tokens_from_c_tokenizer(source))
print(len(tokens), tokens[1000], tokens[-1])
