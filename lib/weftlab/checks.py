"""Checks of the source tree itself: include cycles, the mode macro, banned atomics, sanitizer suppressions, unfinished marks, prose.

Each check returns a list of complaints, empty when all is well.
"""

import glob
import json
import os
import re
import subprocess

from weftlab import ORACLE, ROOT

SOURCE_FOLDERS = ("src", "threading", "gc")


def _sources(*folders):
    for folder in folders:
        for extension in ("c", "h", "def", "inc"):
            yield from sorted(glob.glob(os.path.join(ROOT, folder, "**", f"*.{extension}"), recursive=True))


def _relative(path):
    return os.path.relpath(path, ROOT)


def _read(path):
    with open(path, encoding="utf-8") as stream:
        return stream.read()


_COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.DOTALL)


def _code_only(text):
    """The text with comments emptied, line numbers kept; strings stay."""
    def blank(match):
        return match[0] if match[0].startswith('"') else "\n" * match[0].count("\n")
    return _COMMENT_OR_STRING.sub(blank, text)


# ---- includes -------------------------------------------------------------------------------------------------------

_INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def _resolve(name, includer):
    for folder in (os.path.dirname(includer), ROOT, os.path.join(ROOT, "src")):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            return os.path.normpath(path)
    return None


def _unit(path):
    return os.path.splitext(_relative(path))[0]


def include_graph():
    """Unit (x.c with x.h) -> units whose files it includes."""
    graph = {}
    for path in _sources(*SOURCE_FOLDERS):
        targets = graph.setdefault(_unit(path), set())
        for name in _INCLUDE.findall(_code_only(_read(path))):
            found = _resolve(name, path)
            if found is not None and _unit(found) != _unit(path):
                targets.add(_unit(found))
    return graph


def _cycles(graph):
    """Strongly connected components of more than one unit (Tarjan's algorithm, with a stack of its own)."""
    index, low, on_stack, stack, cycles = {}, {}, set(), [], []
    for root in graph:
        if root in index:
            continue
        work = [(root, iter(sorted(graph.get(root, ()))))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(sorted(graph.get(target, ())))))
                    break
                if target in on_stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = []
                    while not component or component[-1] != node:
                        component.append(stack.pop())
                        on_stack.discard(component[-1])
                    if len(component) > 1:
                        cycles.append(sorted(component))
    return cycles


def include_cycles():
    """Knowledge flows one way: no unit may include itself by way of others."""
    return ["units include each other: " + ", ".join(members) for members in _cycles(include_graph())]


# Folder -> folders above it that it must not include. What a lower folder asks of a higher one goes through a slot.
LAYERS = {
    "threading": ("gc", "src"),
    "gc": ("src",),
    "src/front": ("threading", "src/vm", "src/system", "src/modules", "src/runtime"),
    "src/objects": ("src/front", "src/vm", "src/system", "src/modules", "src/runtime"),
    "src/vm": ("src/system", "src/modules", "src/runtime"),
    "src/system": ("src/modules", "src/runtime"),
    "src/modules": ("src/runtime",),
}


def layers():
    complaints = []
    for unit, targets in sorted(include_graph().items()):
        for folder, above in LAYERS.items():
            if unit.startswith(folder + "/"):
                complaints += [f"{unit} includes {target}, which lies above {folder}/" for target in sorted(targets)
                               if target.startswith(tuple(name + "/" for name in above))]
    return complaints


# ---- words that may not stand in the source -------------------------------------------------------------------------

MODE_MACRO_FILES = ("gc/object.h", "gc/refcount.h")


def mode_macro():
    """Only threading/ and the two headers of object layout and counting may know which build this is."""
    complaints = []
    for path in _sources(*SOURCE_FOLDERS):
        name = _relative(path)
        if name.startswith("threading/") or name in MODE_MACRO_FILES:
            continue
        for number, line in enumerate(_code_only(_read(path)).splitlines(), 1):
            if re.search(r"\bWEFT_GIL\b", line):
                complaints.append(f"{name}:{number}: tests WEFT_GIL")
    return complaints


def banned_atomics():
    """libatomic_ops makes fences of these three, which ThreadSanitizer does not model."""
    complaints = []
    for path in _sources(*SOURCE_FOLDERS, "stress", "tests/unit", "fuzz"):
        for number, line in enumerate(_code_only(_read(path)).splitlines(), 1):
            found = re.search(r"\bAO_\w*(load_full|store_full|nop_full)\b", line)
            if found:
                complaints.append(f"{_relative(path)}:{number}: {found[0]} is banned")
    return complaints


def suppressions():
    """A sanitizer report is a bug: nothing in the tree may silence one."""
    complaints = []
    for path in _sources(*SOURCE_FOLDERS, "stress", "tests/unit", "fuzz"):
        for number, line in enumerate(_code_only(_read(path)).splitlines(), 1):
            if re.search(r"\bno_sanitize|__(tsan|asan|lsan|ubsan)_default_suppressions|AnnotateIgnore", line):
                complaints.append(f"{_relative(path)}:{number}: silences a sanitizer")
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in (".git", "build")]
        complaints += [f"{_relative(os.path.join(folder, name))}: looks like a suppression file" for name in files
                       if re.search(r"\.supp$|suppressions?\.txt$", name)]
    return complaints


def unfinished_marks():
    complaints = []
    for path in _sources(*SOURCE_FOLDERS, "stress", "tests/unit", "fuzz"):
        for number, line in enumerate(_read(path).splitlines(), 1):
            found = re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line)
            if found:
                complaints.append(f"{_relative(path)}:{number}: {found[0]}; say it in docs/roadmap.md, or do it")
    return complaints


def first_lines():
    """A file opens with a sentence that says what it is for."""
    complaints = []
    for path in _sources(*SOURCE_FOLDERS, "stress", "tests/unit", "fuzz"):
        first = _read(path).split("\n", 1)[0]
        if not re.match(r"(/\*+|//)\s*\S+(\s+\S+){2,}", first):
            complaints.append(f"{_relative(path)}:1: no sentence that says what the file is for")
    return complaints


# ---- prose ----------------------------------------------------------------------------------------------------------

# Run by the oracle with names of modules: prints what its C-level modules, classes and their members say of themselves.
_DOC_TEXTS = """
import json, sys, types
texts, seen = set(), set()
def walk(thing, depth):
    if id(thing) in seen: return
    seen.add(id(thing))
    text = getattr(thing, "__doc__", None)
    if isinstance(text, str): texts.add(text)
    if depth and isinstance(thing, (type, types.ModuleType)):
        for value in list(vars(thing).values()):
            if not isinstance(value, types.ModuleType): walk(value, depth - 1)
for name in sys.argv[1:]:
    try: walk(__import__(name), 3)
    except ImportError: pass
classes = [object]
for cls in classes:
    new = [c for c in type.__subclasses__(cls) if id(c) not in seen and not c.__flags__ & 1 << 9]
    for c in new: walk(c, 1)
    classes += new
print(json.dumps(sorted(texts)))
"""

_STRINGS = re.compile(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*')


def _strings(text):
    """(line number, value) of each string of C source, neighbours joined; escapes count as blanks."""
    code = re.sub(r"'(?:\\.|[^'\\\n])'", "0", _code_only(text))
    for match in _STRINGS.finditer(code):
        joined = re.sub(r'"\s*"', "", match[0])[1:-1].replace('\\"', '"')
        yield code.count("\n", 0, match.start()) + 1, re.sub(r"\\n", " ", joined)


def own_prose():
    """What our functions and classes say of themselves is said in words of our own: no sentence of python3.11's texts is among them.

    Signatures and names are interface and may be alike, and so may what is no longer than a few words.
    """
    names = re.findall(r"^MODULE\((\w+)\)", _read(os.path.join(ROOT, "src/modules/inittab.def")), re.MULTILINE)
    output = subprocess.run([ORACLE, "-W", "ignore", "-c", _DOC_TEXTS, *names], stdout=subprocess.PIPE, check=True).stdout
    theirs = set()
    for text in json.loads(output):
        theirs.add(" ".join(text.split()))
        theirs.update(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    complaints = []
    for path in _sources(*SOURCE_FOLDERS):
        for number, value in _strings(_read(path)):
            value = " ".join(value.split())
            if len(value) > 20 and value in theirs and not re.fullmatch(r"[\w.]*\(.*\)\.?|[\w.]+|-X \w+", value):
                complaints.append(f"{_relative(path)}:{number}: in python3.11's words: {value!r}")
    return complaints


ALL = {
    "include-cycles": include_cycles,
    "layers": layers,
    "mode-macro": mode_macro,
    "banned-atomics": banned_atomics,
    "suppressions": suppressions,
    "unfinished-marks": unfinished_marks,
    "first-lines": first_lines,
    "own-prose": own_prose,
}
