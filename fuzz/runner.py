"""Runs the fuzzer's programs, one after the other in this process, and prints what each did: the part that weft and python3.11 both run.

A line of the input is a JSON list [kind, source]; for each there is a line of output, its number and the text of what happened, in ASCII.
Kinds "run", "calls", "scenes": the program's code object is described and then run; what it shows is collected, and so is the traceback that ends it.
Kind "compile": the source is only compiled: either the error, with its place, or the code object and the tree.
"""

import ast
import contextlib
import gc
import hashlib
import io
import itertools
import json
import linecache
import os
import re
import resource
import signal
import sys
import traceback
import types
import warnings

FILE = "<fuzz>"
LONGEST = 400
MOST_EVENTS = 500
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,16}\b|(?<=\bat )0x[0-9a-f]+\b")


def _is_iterator(cls):
    """Whether it is one of the language's own iterators, whose repr tells nothing."""
    return (cls.__module__ == "builtins" and hasattr(cls, "__next__")) or (cls.__module__ == "itertools" and cls not in (itertools.count, itertools.repeat))


def describe(value):
    """A value as text that does not depend on the run: iterators by their first items, no addresses."""
    name = type(value).__name__
    try:
        if _is_iterator(type(value)):
            text = repr(list(itertools.islice(value, 12)))
        elif type(value) in (set, frozenset):
            text = repr(sorted(map(repr, value)))
        elif isinstance(value, (set, frozenset)) and type(value).__repr__ in (set.__repr__, frozenset.__repr__):
            text = f"{name}({sorted(map(repr, value))})"
        elif type(value) is dict and "__doc__" in value:
            text = "with documentation"     # a namespace, of a type most of all
        else:
            text = repr(value)
    except Exception as error:
        text = f"!{type(error).__name__}: {error}"
    return f"{name} {_ADDRESS.sub('0x', text)[:LONGEST]}"


def _message(error):
    try:
        return _ADDRESS.sub("0x", str(error))[:LONGEST]
    except Exception as second:     # a KeyError's key may have no repr
        return f"!{type(second).__name__}"


def describe_error(error):
    """Type and message, with the place of a syntax error and what hangs below the error."""
    text = f"{type(error).__name__}: {_message(error)}"
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

    unraisable = []

    def note_unraisable(what):
        unraisable.append(f"ignored in {type(what.object).__name__}: {describe_error(what.exc_value)}")

    sys.unraisablehook = note_unraisable
    module = types.ModuleType("fuzzed")
    sys.modules["fuzzed"] = module
    run, trace = maker_of_runs(out)
    module.__dict__.update(show=show, show_error=show_error, attempt=maker_of_attempts(module.__dict__, out), run=run, trace=trace, drive=maker_of_drives(out))
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
    gc.collect()        # in weft some cycles have gone before, as that of a generator and the traceback it has caught
    sys.unraisablehook = lambda what: None
    out += [f"{w.category.__name__} {w.lineno} {_message(w.message)}" for w in caught] + sorted(unraisable)


class TooLong(BaseException):
    """Raised when a program has had its time."""


def stopper(real, number, alarms):
    """A handler of the alarm: it notes it in the list, raises TooLong, and ends the process when the program goes on after that."""
    def stop(*ignored):
        alarms.append(1)
        if len(alarms) > 1:
            real.write(f"{number} 'too long'\n")
            real.flush()
            os._exit(0)
        raise TooLong

    return stop


class Dirty:
    """What a call's arguments may work on while the call does: calling it changes the containers that it holds, another way each time."""

    MOST = 40

    def __init__(self):
        self.reset()

    def reset(self):
        self.box, self.table, self.bag, self.raw, self.turn = [3, 1, 2], {"a": 1, "b": 2}, {1, 2}, bytearray(b"abcd"), 0

    def __call__(self, *ignored):
        self.turn += 1
        if self.turn > self.MOST:
            raise KeyError("enough")
        if self.turn % 3 == 1:
            self.box.append(self.turn)
            self.table[self.turn] = self.turn
            self.bag.add(self.turn)
            self.raw.append(self.turn)
        else:
            self.box.clear()
            self.table.clear()
            self.bag.clear()
            self.raw.clear()

    def __repr__(self):
        return "dirty"


def maker_of_attempts(space, out):
    """attempt(call, receiver): what came of the call, an expression in which the receiver, another, is `r`; and what has become of the receiver."""
    dirty = space["dirty"] = Dirty()

    def attempt(call, receiver=None):
        dirty.reset()
        text = call
        try:
            if receiver:
                space["r"] = eval(receiver, space)
                text += f" [{receiver}]"
            result = describe(eval(call, space))
        except TooLong:
            raise
        except BaseException as error:
            result = describe_error(error)
        out.append(f"{text}: {result}" + (f"; {describe(space['r'])}" if "r" in space else ""))
        space.pop("r", None)

    return attempt


def _error_text(error):
    """The traceback from the program's own frames on."""
    text = "".join(traceback.format_exception(error))
    return _ADDRESS.sub("0x", text.split(FILE, 1)[-1])[:4000]


def maker_of_runs(out):
    """run(function, ...): its result or the traceback. trace(function, ...): the same, and every event in the program's own frames."""

    def run(function, *args, **kw):
        try:
            out.append("-> " + describe(function(*args, **kw)))
        except TooLong:
            raise
        except BaseException as error:
            out.append("-> " + _error_text(error))

    def trace(function, *args):
        def note(frame, event, arg):
            if len(out) > MOST_EVENTS:
                sys.settrace(None)
            if frame.f_code.co_filename != FILE:
                return None
            out.append(f"{event} {frame.f_code.co_name} {frame.f_lineno} {type(arg[1] if event == 'exception' else arg).__name__}")
            return note

        sys.settrace(note)
        try:
            run(function, *args)
        finally:
            sys.settrace(None)

    return run, trace


_STATES = ("gi_running", "gi_suspended", "gi_yieldfrom", "cr_running", "cr_suspended", "cr_await", "ag_running", "ag_await")


def _state(thing):
    frame = next((f for f in (getattr(thing, name, None) for name in ("gi_frame", "cr_frame", "ag_frame")) if f), None)
    texts = [f"{name} {type(value).__name__ if not isinstance(value, bool) else value}" for name in _STATES if (value := getattr(thing, name, _STATES)) is not _STATES]
    return " ".join(texts + [f"line {frame.f_lineno}" if frame else "no frame"])


def maker_of_drives(out):
    def drive(thing, steps):
        """Calls one method of a generator or its like after the other, each step its name and arguments, and shows what comes of it; the step "state" shows how it stands."""
        for name, *args in steps:
            try:
                out.append(f"{name}: " + (_state(thing) if name == "state" else describe(getattr(thing, name)(*args))))
            except TooLong:
                raise
            except BaseException as error:
                out.append(f"{name}: {describe_error(error)}")

    return drive


CHECKS = {"run": check_run, "calls": check_run, "scenes": check_run, "compile": check_compile}


def main():
    real = sys.stdout
    seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    if memory:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    gc.disable()        # cycles go when a program is through: when else would be the collector's affair
    lines = list(sys.stdin)     # all of them: a program may read its standard input too
    for number, line in enumerate(lines):
        kind, source = json.loads(line)
        out = []
        alarms = []
        printed = io.StringIO()
        signal.signal(signal.SIGALRM, stopper(real, number, alarms))
        signal.setitimer(signal.ITIMER_REAL, seconds, seconds / 2)
        signal.setitimer(signal.ITIMER_PROF, seconds + 1)       # kills the process: what never looks at signals is not stopped otherwise
        try:
            with contextlib.redirect_stdout(printed):
                CHECKS[kind](source, out)
        except TooLong:
            pass
        signal.setitimer(signal.ITIMER_REAL, 0)
        if alarms:      # a program may catch it, too
            out = ["too long"]
        if printed.getvalue() and not alarms:
            out.append("printed " + _ADDRESS.sub("0x", printed.getvalue())[:4000])
        real.write(f"{number} {ascii(chr(10).join(out))}\n")
        real.flush()
        gc.freeze()


if __name__ == "__main__":
    main()
