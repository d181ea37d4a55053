"""Random programs about the language's darker corners: scenes of classes, generators, coroutines, exceptions, scopes and tracebacks, expanded from a table of rules.

A rule is a list of alternatives; <name> in one stands for an alternative of the rule of that name, over several lines at the indentation it stands at. What a rule itself
would make too deep becomes its first alternative, which is a short one.
"""

import re
import warnings

from weftlab import fuzz_values as values
from weftlab.fuzz_scene_rules import RULES

SCENES = 4          # of a program
DEEPEST = 7

BROKEN = 0.03       # how often a scene that does not compile is kept, alone

_PLACEHOLDER = re.compile(r"<([a-z_]+)>")
_ATTEMPT = re.compile(r"attempt\('(.*?)'(?:, '(.*)')?\)$")
_IMPORTS = ("abc array asyncio bisect collections contextlib copy dataclasses datetime decimal enum fractions functools heapq inspect io itertools json math operator re struct sys traceback types typing warnings weakref "
            "collections.abc").split()


class Maker:
    def __init__(self, random):
        self.random = random

    def expand(self, rule, depth=0):
        """The text of a rule, lines after the first not indented."""
        alternatives = RULES[rule]
        template = alternatives[0] if depth > DEEPEST else self.random.choice(alternatives)
        lines = []
        for line in template.split("\n"):
            indent = line[:len(line) - len(line.lstrip())]
            lines += [indent + piece if piece else piece for piece in self.fill_line(line[len(indent):], depth + 1).split("\n")]
        return "\n".join(lines)

    def fill_line(self, line, depth):
        attempt = _ATTEMPT.match(line)
        if attempt:     # the expressions within are quoted once they are whole
            return f"attempt({', '.join(repr(self.fill_line(part, depth)) for part in attempt.groups() if part)})"
        return _PLACEHOLDER.sub(lambda match: self.fill(match, depth), line)

    def fill(self, match, depth):
        word = match[1]
        if word in RULES:
            return self.expand(word, depth)
        if word in values.VALUES:
            return self.random.choice(values.VALUES[word])
        return match[0]


def _compiles(source):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "scene", "exec")
            return True
        except (SyntaxError, ValueError):
            return False


def make(random):
    maker = Maker(random)
    scenes = []
    while len(scenes) < SCENES:
        scene = maker.expand("scene")
        if _compiles(scene):
            scenes.append(scene)
        elif random.random() < BROKEN:
            scenes = [scene]
            break
    head = ["import " + ", ".join(_IMPORTS), *values.classes_used(scenes)]
    return "\n".join(head + scenes) + "\n"
