"""Runs the fuzzer's programs, one after the other in this process, and prints what each did: the part that weft and python3.11 both run.

A line of the input is a JSON list [kind, source]; for each there is a line of output, its number and the text of what happened, in ASCII.
Kind "run": the program's code object is described and then run; what it shows is collected, and so is the traceback that ends it.
Kind "compile": the source is only compiled: either the error, with its place, or the code object and the tree.
"""

import ast
import contextlib
import hashlib
import io
import itertools
import json
import linecache
import re
import signal
import sys
import traceback
import types
import warnings

FILE = "<fuzz>"
LONGEST = 400
ITERATORS = (types.GeneratorType, map, filter, zip, enumerate, reversed, itertools.chain, itertools.islice, itertools.count, itertools.cycle)
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b|(?<=\bat )0x[0-9a-f]+\b")


def describe(value):
    """A value as text that does not depend on the run: iterators by their first items, no addresses."""
    name = type(value).__name__
    try:
        if isinstance(value, ITERATORS):
            text = repr(list(itertools.islice(value, 12)))
        elif type(value) in (set, frozenset):
            text = repr(sorted(map(repr, value)))
        else:
            text = repr(value)
    except Exception as error:
        text = f"!{type(error).__name__}: {error}"
    return f"{name} {_ADDRESS.sub('0x', text)[:LONGEST]}"


def describe_error(error):
    """Type and message, with the place of a syntax error and what hangs below the error."""
    text = f"{type(error).__name__}: {_ADDRESS.sub('0x', str(error))[:LONGEST]}"
    if isinstance(error, SyntaxError):
        text += f" {error.args[1:]!r}"
    if isinstance(error, BaseExceptionGroup):
        text += f" [{', '.join(map(describe_error, error.exceptions))}]"
    for link in ("__cause__", "__context__"):
        below = getattr(error, link)
        if below is not None:
            text += f" {link} {type(below).__name__}"
    return text


def _codes(code):
    yield code
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _codes(inner)


def _code_parts(code):
    # None's hash, and so a frozenset's order, is not the same everywhere.
    constants = [sorted(map(repr, x)) if isinstance(x, frozenset) else x for x in code.co_consts if not isinstance(x, types.CodeType)]
    return [repr(part) for part in (code.co_code, code.co_linetable, code.co_exceptiontable, code.co_stacksize, code.co_names, code.co_varnames,
                                    code.co_freevars, code.co_cellvars, code.co_flags, code.co_firstlineno, constants)]


def _digest(texts):
    return hashlib.md5("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def compile_source(source, out):
    """The code object, or None; warnings and errors go to `out`."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            return compile(source, FILE, "exec", dont_inherit=True)
        except Exception as error:
            out.append(describe_error(error))
            return None
        finally:
            out += [f"{w.category.__name__} {w.lineno} {w.message}" for w in caught]


def check_compile(source, out):
    code = compile_source(source, out)
    if code is None:
        return
    out += [f"code {c.co_qualname} {_digest(_code_parts(c))}" for c in _codes(code)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        out.append("tree " + _digest([ast.dump(ast.parse(source), include_attributes=True)]))


def check_run(source, out):
    code = compile_source(source, out)
    if code is None:
        return
    out += [f"code {c.co_qualname} {_digest(_code_parts(c))}" for c in _codes(code)]
    linecache.cache[FILE] = (len(source), None, source.splitlines(True), FILE)

    def show(*values):
        out.append("; ".join(map(describe, values)))

    def show_error(error):
        out.append(describe_error(error))

    module = types.ModuleType("fuzzed")
    sys.modules["fuzzed"] = module
    module.__dict__.update(show=show, show_error=show_error)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(code, module.__dict__)
        except TooLong:
            raise
        except BaseException:
            text = traceback.format_exc().split(FILE, 1)
            out.append(_ADDRESS.sub("0x", text[-1])[:4000])
        module.__dict__.clear()         # what is said of coroutines that nobody awaited is said here
    out += [f"{w.category.__name__} {w.lineno} {_ADDRESS.sub('0x', str(w.message))}" for w in caught]


class TooLong(BaseException):
    """Raised when a program has had its time."""


def stop(number, frame):
    raise TooLong


CHECKS = {"run": check_run, "compile": check_compile}


def main():
    real = sys.stdout
    seconds = float(sys.argv[1])
    signal.signal(signal.SIGALRM, stop)
    for number, line in enumerate(sys.stdin):
        kind, source = json.loads(line)
        out = []
        printed = io.StringIO()
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            with contextlib.redirect_stdout(printed):
                CHECKS[kind](source, out)
        except TooLong:
            out = ["too long"]
        signal.setitimer(signal.ITIMER_REAL, 0)
        if printed.getvalue():
            out.append("printed " + _ADDRESS.sub("0x", printed.getvalue())[:4000])
        real.write(f"{number} {ascii(chr(10).join(out))}\n")
        real.flush()


if __name__ == "__main__":
    main()
