"""Differential tests: each program of tests/python must print under weft what it prints under python3.11, and end alike.

A program may open with comment lines that set how it is run:

    # args: one 'two words'       its arguments
    # stdin: first\\nsecond\\n      its input, with escapes as in a Python string
    # env: NAME=VALUE             an environment variable; may be repeated
    # flags: -O -W error          options of the interpreter
    # timeout: 60                 seconds (default 30)
    # builds: release debug       the kinds of builds it makes sense in (default all; ulimit -v, say, stops a sanitizer)
    # command: -c 'print(1)'      an interpreter command line run instead of the program; may be repeated
    # shell: python -c 'f(' 2>&1  a command for /bin/sh, where `python` is the interpreter; may be repeated

$SCRIPT in a command names the program's own file, and $DATA the folder `data` beside it. Every command runs in an empty
folder of its own; a program that needs something that is not there fails: nothing is skipped for what a machine lacks.
"""

import dataclasses
import difflib
import glob
import hashlib
import json
import os
import re
import shlex
import shutil
import tempfile

from weftlab import BUILD, ORACLE, ROOT, process, program_path

SUITE = os.path.join(ROOT, "tests", "python")
CACHE = os.path.join(BUILD, "oracle")
SCRATCH = os.path.join(BUILD, "scratch")
CACHE_FORMAT = 4
DEFAULT_TIMEOUT = 30.0

_HEADER = re.compile(rb"#\s*(args|stdin|env|flags|timeout|builds|command|shell):[ \t]?(.*?)[ \t]*\r?\n?$")


@dataclasses.dataclass
class Program:
    """One test program and how it is to be run."""

    path: str
    source: bytes
    args: list = dataclasses.field(default_factory=list)
    stdin: bytes = b""
    env: dict = dataclasses.field(default_factory=dict)
    flags: list = dataclasses.field(default_factory=list)
    timeout: float = DEFAULT_TIMEOUT
    builds: tuple = ()
    commands: list = dataclasses.field(default_factory=list)    # of ("command" or "shell", text)

    @property
    def name(self):
        return os.path.relpath(self.path, SUITE).removesuffix(".py")


def read_program(path):
    with open(path, "rb") as stream:
        source = stream.read()
    program = Program(path, source)
    for line in source.splitlines(keepends=True):
        if not line.startswith(b"#"):
            break
        header = _HEADER.match(line)
        if header is None:
            continue
        key, value = header[1].decode(), header[2].decode(errors="surrogateescape")
        if key == "args":
            program.args += shlex.split(value)
        elif key == "stdin":
            program.stdin += value.encode("utf-8", "surrogateescape").decode("unicode_escape").encode("latin-1")
        elif key == "env":
            name, _, setting = value.partition("=")
            program.env[name] = setting
        elif key == "flags":
            program.flags += shlex.split(value)
        elif key == "timeout":
            program.timeout = float(value)
        elif key == "builds":
            program.builds = tuple(value.split())
        else:
            program.commands.append((key, value))
    return program


def find_programs():
    """Every program of the suite. Folders named `data` hold what programs read, and modules start with an underscore."""
    found = []
    for path in glob.glob(os.path.join(SUITE, "**", "*.py"), recursive=True):
        parts = os.path.relpath(path, SUITE).split(os.sep)
        if "data" not in parts[:-1] and not parts[-1].startswith("_"):
            found.append(path)
    return [read_program(path) for path in sorted(found)]


def fits(program, preset):
    """Whether the program is meant for this kind of build."""
    return not program.builds or (preset.partition("-")[2] or "release") in program.builds


# ---- running --------------------------------------------------------------------------------------------------------

def _environment(program, interpreter, scratch):
    env = process.plain_environment()
    env |= {"HOME": os.environ.get("HOME", "/"), "TMPDIR": scratch, "PYTHON": interpreter, "SCRIPT": program.path,
            "DATA": os.path.join(os.path.dirname(program.path), "data")}
    if "XDG_CACHE_HOME" in os.environ:
        env["XDG_CACHE_HOME"] = os.environ["XDG_CACHE_HOME"]
    env.update(program.env)
    return env


def _command_lines(program, interpreter, options):
    """The argument lists to run, one after the other."""
    start = [interpreter, *options, *program.flags]
    if not program.commands:
        return [[*start, program.path, *program.args]]
    lines = []
    for kind, text in program.commands:
        if kind == "command":
            values = {"$SCRIPT": program.path, "$DATA": os.path.join(os.path.dirname(program.path), "data")}
            words = shlex.split(text)
            for name, value in values.items():
                words = [word.replace(name, value) for word in words]
            lines.append([*start, *words])
        else:
            lines.append(["/bin/sh", "-c", f'python() {{ {shlex.join(start)} "$@"; }}\n{text}'])
    return lines


_ADDRESS = re.compile(rb"\b0x[0-9a-f]{6,16}\b")


def _normalise(data, interpreter, scratch):
    data = data.replace(os.fsencode(scratch), b"<scratch>").replace(os.fsencode(interpreter), b"<python>")
    return _ADDRESS.sub(b"0xADDRESS", data)


def _run(program, interpreter, options, slowness):
    """Runs all of the program's commands; returns {'stdout', 'stderr', 'end'} as normalised text."""
    os.makedirs(SCRATCH, exist_ok=True)
    result = {"stdout": b"", "stderr": b"", "end": ""}
    for argv in _command_lines(program, interpreter, options):
        scratch = tempfile.mkdtemp(dir=SCRATCH)
        try:
            outcome = process.run(argv, env=_environment(program, interpreter, scratch), cwd=scratch,
                                  stdin=program.stdin, timeout=program.timeout * slowness)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        for stream in ("stdout", "stderr"):
            result[stream] += _normalise(getattr(outcome, stream), interpreter, scratch)
            if len(program.commands) > 1:
                result[stream] += b"\n=== next command\n"
        result["end"] += outcome.describe_end() + "\n"
    return {key: value if isinstance(value, str) else value.decode(errors="backslashreplace")
            for key, value in result.items()}


def _oracle_digest(program):
    digest = hashlib.sha256(f"{CACHE_FORMAT} {program.path} {os.stat(ORACLE).st_mtime_ns}\n".encode())
    digest.update(program.source)
    for folder in ("data", ""):
        pattern = "*" if folder else "_*.py"
        for path in sorted(glob.glob(os.path.join(os.path.dirname(program.path), folder, pattern))):
            if os.path.isfile(path):
                with open(path, "rb") as stream:
                    digest.update(stream.read())
    return digest.hexdigest()


def expected(program):
    """What python3.11 does with the program; remembered under build/oracle until the program changes."""
    path = os.path.join(CACHE, _oracle_digest(program) + ".json")
    try:
        with open(path) as stream:
            return json.load(stream)
    except (OSError, ValueError):
        pass
    result = _run(program, ORACLE, (), 1)
    if "time limit" not in result["end"]:
        os.makedirs(CACHE, exist_ok=True)
        temporary = f"{path}.{os.getpid()}"
        with open(temporary, "w") as stream:
            json.dump(result, stream)
        os.replace(temporary, path)
    return result


def check(program, preset, options=(), slowness=1):
    """Runs the program under a build; returns None if it agrees with python3.11, else the difference as text."""
    return compare(expected(program), _run(program, program_path(preset), options, slowness))


def compare(wanted, got):
    if wanted == got:
        return None
    report = []
    for key in ("end", "stdout", "stderr"):
        if wanted[key] != got[key]:
            lines = difflib.unified_diff(wanted[key].splitlines(), got[key].splitlines(),
                                         f"{key} of python3.11", f"{key} of weft", lineterm="", n=2)
            report += list(lines)[:60]
    if got["stderr"] and wanted["stderr"] == got["stderr"] == "":
        report += ["stderr:", got["stderr"]]
    return "\n".join(report)
