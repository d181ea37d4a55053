"""What compile() says of text that may go on: the flags that codeop sets, single and eval mode."""


def show(source, mode="exec", flags=0):
    try:
        compile(source, "<test>", mode, flags)
    except SyntaxError as e:
        print(ascii(source), mode, "->", type(e).__name__, ascii(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, ascii(e.text))
    except (ValueError, MemoryError) as e:
        print(ascii(source), mode, "->", type(e).__name__, e)
    else:
        print(ascii(source), mode, "-> fine")


CASES = [
    '',
    '\n',
    'x',
    'x\n',
    'x = ',
    'x = (',
    'x = (1,\n',
    'if x',
    'if x:',
    'if x:\n',
    'if x:\n  y',
    'if x:\n  y\n',
    'if x:\n  y\n\n',
    'if x:\n  y\nelse',
    'def f(',
    'def f():',
    'def f():\n',
    'def f():\n  pass',
    'class A:',
    '@a',
    '@a\n',
    'for',
    'for x in',
    'while 1',
    'try:',
    'try:\n x\n',
    'try:\n x\nexcept',
    'with a',
    'with a as',
    'lambda',
    'lambda x',
    'a b',
    'a b\n',
    'f(a b',
    'x = "a',
    'x = "a\n',
    "x = '''a",
    "x = '''a\n",
    'x \\',
    'x \\\n',
    '# comment',
    '# comment\n',
    'a;',
    'a; b',
    'a\nb',
    'a\n\nb',
    'import',
    'from a',
    'from a import (',
    'return',
    'match x:',
    'match x:\n case 1:',
    'a = 1 if',
    'a.',
    'a[',
    '{1:',
    '{1: 2',
    'del',
    'raise x from',
    'yield',
    'assert',
    'print',
    '1_',
    '0x',
    'async',
    'async def f():',
    'f"{',
    'f"{a',
    'f"{a b}"',
    "f'''{a",
    'if 1:\n  if 2:\n    x\n  y\nz',
    'x = 1; if 2: 3',
    '(1\n2\n',
    '[\n\n',
    'x)',
    'x = 1 +\n',
    ')',
]

ALLOW_INCOMPLETE, DONT_IMPLY_DEDENT = 0x4000, 0x200
for source in CASES:
    for mode in "single", "eval", "exec":
        show(source, mode)
    show(source, "single", DONT_IMPLY_DEDENT | ALLOW_INCOMPLETE)
    show(source, "exec", DONT_IMPLY_DEDENT | ALLOW_INCOMPLETE)
