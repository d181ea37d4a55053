"""The coverage-guided fuzzers: libFuzzer's programs of the presets gil-fuzz and free-fuzz, their seeds, and what they find.

Everything lies in build/fuzz/TARGET: seeds (made anew for each run), the corpus (what libFuzzer has kept, from run to run), findings and the log
of the last run. The inputs of fuzz/corpus/TARGET, each of which was a finding once, are run at the beginning.
"""

import argparse
import ast
import dataclasses
import glob
import hashlib
import keyword
import os
import random
import re
import shutil
import subprocess
import sys
import warnings

from weftlab import BUILD, ROOT, builds, fuzz_mutations, fuzz_programs, process, program_path

FOLDER = os.path.join(BUILD, "fuzz")
CORPUS = os.path.join(ROOT, "fuzz", "corpus")
SECONDS_AN_INPUT = 60
MEMORY_MB = 6000

ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1:detect_stack_use_after_return=0",
    "UBSAN_OPTIONS": "print_stacktrace=1",
}


@dataclasses.dataclass
class Target:
    """A fuzz target: the longest input that libFuzzer makes, and words for its dictionary."""

    longest: int
    words: list


_TYPE_CODES = b"0NFTS.iIlfgxysutaAzZ()[{<>rW"
_OPERATORS = ("( ) [ ] { } : ; , . = == != := -> * ** / // % @ + - ~ & | ^ << >> < > <= >= += -= *= **= //= >>= ... \\ ' \" ''' \"\"\" f' rb' b' f\"{ }\" {x!r} "
              "0x 0b 1e9 1_0 1j").split()
_SOURCE_WORDS = [*keyword.kwlist, *keyword.softkwlist, *_OPERATORS, "\n", "\n    ", "\n\t", "\x0c", "# type: int\n", "# type: ignore\n", "# coding: latin-1\n", "\ufeff", "except*",
                 "from __future__ import annotations\n", "__class__", "__debug__", "super()", "\\N{DIGIT ONE}", "\\x41"]
_PATTERN_WORDS = ["(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?P<n>", "(?P=n)", "(?(1)", "(?i:", "(?-i:", "(?x)", "*?", "++", "{2,}", "{0,3}?", "{1}+", "[^", "[a-z]", "\\b", "\\B", "\\w", "\\W", "\\d",
                  "\\s", "\\1", "\\Z", "|", "\\u0130", "\\N{KELVIN SIGN}"]
TARGETS = {
    "front_end": Target(1500, [word.encode() for word in _SOURCE_WORDS]),
    "marshal": Target(1000, [bytes([code | flag]) + tail for code in _TYPE_CODES for flag in (0, 128) for tail in (b"", b"\1\0\0\0", b"\1")]),
    "pyc": Target(2000, [bytes([code | flag]) + tail for code in _TYPE_CODES for flag in (0, 128) for tail in (b"", b"\1\0\0\0", b"\1")]),
    "sre": Target(200, [word.encode() for word in _PATTERN_WORDS]),
}


# ---- seeds ----------------------------------------------------------------------------------------------------------

def _programs():
    return sorted(glob.glob(os.path.join(ROOT, "tests", "python", "**", "*.py"), recursive=True))


def _statements(path):
    """The statements of a program that are not too long, each as a text of its own."""
    with open(path, encoding="utf-8", errors="replace") as stream:
        source = stream.read()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            return []
    return [text for text in (ast.get_source_segment(source, node) for node in tree.body) if text and len(text) < 1000]


def _source_seeds(generator):
    statements = sorted({text for path in _programs() for text in _statements(path)})
    texts = generator.sample(statements, min(1500, len(statements)))
    texts += ["\n".join(fuzz_programs.make(generator).splitlines()[:12]) for _ in range(60)]
    texts += [fuzz_mutations.damage(generator, text) for text in generator.sample(texts, 300)]
    for text in texts:
        yield bytes([generator.choice((0, 0, 4, 32, 36, 8, 16, 64, 128, 1, 2, 3))]) + text.encode("utf-8", "replace") + b"\n"


def _patterns():
    """Texts that may be patterns: all strings in the tests of re."""
    found = set()
    for path in glob.glob(os.path.join(ROOT, "tests", "python", "re", "*.py")):
        with open(path, encoding="utf-8") as stream:
            tree = ast.parse(stream.read())
        found |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 100}
    return sorted(found)


def _packed_words(words):
    return b"".join(bytes([word]) if word < 0xF8 else b"\xff" + word.to_bytes(4, "little") for word in words)


def _pattern_seeds(generator):
    from re import _compiler, _parser
    for pattern in _patterns():
        text = generator.choice(["", "abc", "aaab bbb", "x=1, y=22", "Straße\nSTRASSE", "\u0130i\u0131I \u212a"]).encode()
        yield bytes([generator.choice((0, 0, 2)), generator.choice((0, 0, 1, 4, 8, 64, 5)), len(text)]) + text + pattern.encode("utf-8", "replace")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                parsed = _parser.parse(pattern, 0)
                words = _compiler._code(parsed, 0)
            except (re.error, RecursionError, OverflowError, ValueError):
                continue
        if len(words) < 120 and parsed.state.groups < 16:
            yield bytes([1, parsed.state.groups - 1, len(text)]) + text + _packed_words(words)


def _write_seeds(folder, seeds):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for seed in seeds:
        with open(os.path.join(folder, hashlib.sha1(seed).hexdigest()[:16]), "wb") as stream:
            stream.write(seed)


def make_seeds(target, preset, seed):
    """Fills the target's folder of seeds; returns it."""
    generator = random.Random(seed)
    seeds = os.path.join(FOLDER, target, "seeds")
    if target == "sre":
        _write_seeds(seeds, _pattern_seeds(generator))
    elif target == "front_end":
        _write_seeds(seeds, _source_seeds(generator))
    else:
        sources, made = os.path.join(FOLDER, target, "sources"), os.path.join(FOLDER, target, "made")
        _write_seeds(sources, _source_seeds(generator))
        shutil.rmtree(made, ignore_errors=True)
        script = os.path.join(ROOT, "fuzz", "marshal_seeds.py")
        subprocess.run([program_path(preset), "-W", "ignore", "-X", "utf8", script, made, sources], check=True, stdin=subprocess.DEVNULL, env=dict(os.environ, **ENVIRONMENT))
        shutil.rmtree(seeds, ignore_errors=True)
        os.rename(os.path.join(made, target), seeds)
        shutil.rmtree(made)
        shutil.rmtree(sources)
    return seeds


def _write_dictionary(target):
    path = os.path.join(FOLDER, target, "dictionary")
    with open(path, "w", encoding="ascii") as stream:
        for word in TARGETS[target].words:
            stream.write('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n')
    return path


# ---- running --------------------------------------------------------------------------------------------------------

@dataclasses.dataclass
class Result:
    """What a run did; `report` is None without a finding."""

    seconds: int
    executions: int
    report: str = None


_REPORT = re.compile(r"^(FINDING|==\d+==\s*ERROR|.*runtime error:|.*Assertion .* failed|SUMMARY)", re.MULTILINE)


def _report(log, findings):
    begin = _REPORT.search(log)
    text = log[begin.start():] if begin else log[-4000:]
    return "\n".join([text[:6000].rstrip(), *(f"input: {os.path.relpath(path, ROOT)}" for path in findings)])


def run(target, preset, seconds, seed, inputs=()):
    """Fuzzes for so many seconds, or runs the given inputs. The fuzz target must have been built."""
    folder = os.path.join(FOLDER, target)
    corpus, findings, committed = os.path.join(folder, "corpus"), os.path.join(folder, "findings"), os.path.join(CORPUS, target)
    os.makedirs(corpus, exist_ok=True)
    os.makedirs(findings, exist_ok=True)
    before = set(os.listdir(findings))
    argv = [os.path.join(BUILD, preset, "fuzz", target), f"-timeout={SECONDS_AN_INPUT}", f"-rss_limit_mb={MEMORY_MB}", f"-artifact_prefix={findings}/", "-print_final_stats=1",
            "-detect_leaks=0"]
    env = dict(os.environ, **ENVIRONMENT)
    if inputs:
        argv += inputs
        env["WEFT_FUZZ_LEAKS"] = "1"
    else:
        argv += [f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={TARGETS[target].longest}", f"-dict={_write_dictionary(target)}", "-reload=0", corpus,
                 make_seeds(target, preset, seed), *([committed] if os.path.isdir(committed) else [])]
    outcome = process.run(argv, env=env, cwd=folder, timeout=seconds + 600)
    log = (outcome.stdout + outcome.stderr).decode(errors="replace")
    with open(os.path.join(folder, "log"), "w", encoding="utf-8") as stream:
        stream.write(log)
    executed = re.search(r"^stat::number_of_executed_units: (\d+)", log, re.MULTILINE)
    result = Result(round(outcome.wall), int(executed[1]) if executed else len(inputs))
    if outcome.status != 0 or outcome.timed_out:
        new = sorted(set(os.listdir(findings)) - before)
        result.report = outcome.describe_end() + "\n" + _report(log, [os.path.join(findings, name) for name in new])
    return result


def check(target, preset, seconds, seed):
    """For the test runner: None, or the finding."""
    return run(target, preset, seconds, seed).report


def replay(target, preset, timeout):
    """For the test runner: the inputs of fuzz/corpus in a build without libFuzzer. None, or what went wrong."""
    outcome = process.run([os.path.join(BUILD, preset, "fuzz", target), os.path.join(CORPUS, target)], timeout=timeout)
    if outcome.status == 0 and not outcome.timed_out:
        return None
    return outcome.describe_end() + "\n" + "\n".join((outcome.stdout + outcome.stderr).decode(errors="replace").splitlines()[-40:])


def main(argv=None):
    parser = argparse.ArgumentParser(prog="fuzz/run", description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("inputs", nargs="*", help="run these inputs, looking for leaks with each, instead of fuzzing")
    parser.add_argument("--seconds", type=int, default=300, help="how long (default 300)")
    parser.add_argument("--seed", type=int, default=None, help="default: a random one, printed")
    parser.add_argument("--preset", choices=("gil-fuzz", "free-fuzz"), default="gil-fuzz")
    parser.add_argument("--no-build", action="store_true", help="use the programs as they are")
    options = parser.parse_args(sys.argv[1:] if argv is None else argv)
    process.accept_interrupts()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1, 10**6)
    if not options.no_build:
        try:
            builds.build(options.preset, ("all", "fuzz-targets"))
        except builds.BuildError as error:
            print(f"fuzz/run: {error}", file=sys.stderr)
            return 69
    if not options.inputs:
        print(f"seed {seed}", flush=True)
    result = run(options.target, options.preset, options.seconds, seed, [os.path.abspath(path) for path in options.inputs])
    if result.report:
        print(result.report)
    print(f"{options.target}: {result.seconds} s, {result.executions} executions, {'a finding' if result.report else 'no finding'}")
    return 1 if result.report else 0


if __name__ == "__main__":
    sys.exit(main())
