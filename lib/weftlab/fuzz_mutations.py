"""Sources with something wrong in them: a random piece of the library or of a random program, with tokens lost, doubled, swapped or slipped in."""

import ast
import functools
import glob
import os
import re

from weftlab import fuzz_programs

LIBRARY = "/usr/lib/python3.11"
LONGEST = 30        # lines of a piece

_TOKEN = re.compile(r"\n[ \t]*|[ \t]+|\w+|'[^'\n]*'|\"[^\"\n]*\"|\*\*=?|//=?|[<>]{2}=?|[-+*/%&|^@=!<>:]=|->|\.\.\.|.", re.DOTALL)
_INSERTS = ["(", ")", "[", "]", "{", "}", ":", ";", ",", ".", "=", "==", ":=", "->", "*", "**", "@", "!", "?", "$", "\\", "'", '"', "'''", 'f"{', "}", "0", "1_", "0x", "1e", "0777", "1.5j",
            "b'é'", "'\\N{x}'", "f'{x!z}'", "f'{}'", "f'{a:{b}'", "rb'", "u'x' b'y'", "\t", " ", "\n", "\n    ", "\n\t", "\\\n", "#", "\x00", "\x0c", "é", "€", "\u00a0", "_", "__debug__", "...", "~", "<>",
            "None", "True", "print x", "exec 'x'", "*a", "**k", "*, a", "/,", "lambda", "lambda:", "yield", "await", "async", "return", "nonlocal x", "global x", "import", "from . import *",
            "from __future__ import braces", "from __future__ import annotations\n", "del", "pass", "break", "continue", "if", "else", "else:", "elif", "for", "for x in", "while", "in", "not", "is", "and", "or",
            "try:", "except:", "except* E:", "finally:", "with", "as", "class", "def", "def f(", "match x:", "case _:", "raise", "assert", "1 if 2", "x for x in y", "=1", "+= 1", "f()", "f() = 1", "(yield)",
            "{**a}", "{*a}", "[*a]", "a, *b", "x: int", "(x): int = 1", "-", "not not"]


@functools.lru_cache(maxsize=32)
def _pieces(path):
    """The top-level statements of a library file, as text."""
    with open(path, encoding="utf-8", errors="replace") as stream:
        source = stream.read()
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    lines = source.splitlines(keepends=True)
    found = []
    for node in tree.body:
        for inner in (node, *getattr(node, "body", ())):
            if inner.end_lineno - inner.lineno < LONGEST and inner.col_offset in (0, 4):
                text = "".join(lines[inner.lineno - 1:inner.end_lineno])
                found.append(re.sub(r"(?m)^    ", "", text) if inner.col_offset else text)
    return found


@functools.lru_cache(maxsize=None)
def _library():
    return sorted(glob.glob(os.path.join(LIBRARY, "*.py")) + glob.glob(os.path.join(LIBRARY, "asyncio", "*.py")))


def _original(random):
    if random.random() < 0.5:
        lines = fuzz_programs.make(random).splitlines(keepends=True)
        start = random.randrange(len(lines))
        return "".join(lines[start:start + LONGEST]) if random.random() < 0.3 else "".join(lines[:LONGEST])
    # A few files of many, so that those once parsed serve several programs.
    pieces = _pieces(_library()[random.randrange(len(_library()))])
    return random.choice(pieces) if pieces else "pass\n"


def _mutate(random, tokens):
    at = random.randrange(len(tokens))
    other = random.randrange(len(tokens))
    match random.randrange(9):
        case 0:
            del tokens[at]
        case 1:
            tokens.insert(at, tokens[at])
        case 2:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        case 3 | 4:
            tokens.insert(at, random.choice(_INSERTS))
        case 5:
            tokens[at] = random.choice(_INSERTS)
        case 6:
            tokens.insert(at, f" {random.choice(_INSERTS)} ")
        case 7:
            tokens[at] = tokens[other]
        case 8:
            del tokens[at:at + random.choice((2, 3, 5, 8, len(tokens)))]
    return tokens or ["\n"]


def damage(random, text):
    """The text with something wrong in it."""
    tokens = _TOKEN.findall(text) or ["\n"]
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        tokens = _mutate(random, tokens)
    return "".join(tokens)


def make(random):
    return damage(random, _original(random))
