# importlib.resources, metadata and util: packages with data, distributions described on disk, modules loaded lazily and by hand.
import importlib
import importlib.metadata
import importlib.resources
import importlib.util
import os
import sys
import warnings

FILES = {
    "site/box/__init__.py": "NAME = __name__\n",
    "site/box/words.txt": "ünï\nzwei\n",
    "site/box/sub/__init__.py": "",
    "site/box/sub/blob.bin": "\x01\x02",
    "site/box/plain/notes.md": "# notes\n",
    "site/box_tool-2.5.dist-info/METADATA": "Metadata-Version: 2.1\nName: box-tool\nVersion: 2.5\nSummary: Packs boxes\nAuthor: A. Uthor\nKeywords: a,b\nRequires-Python: >=3.8\nRequires-Dist: first (>=1.0)\nRequires-Dist: second ; extra == 'all'\nProvides-Extra: all\nClassifier: One\nClassifier: Two\n\nThe long\ndescription.\n",
    "site/box_tool-2.5.dist-info/RECORD": "box/__init__.py,sha256=abc,20\nbox/words.txt,,\n../bin/box,,\n",
    "site/box_tool-2.5.dist-info/entry_points.txt": "[console_scripts]\nbox = box:main\npack = box.cli:pack [all]\n\n[box.plugins]\nzip = box.sub:Zip.make\n",
    "site/box_tool-2.5.dist-info/top_level.txt": "box\n",
    "site/old.egg-info/PKG-INFO": "Metadata-Version: 1.0\nName: old\nVersion: 0.1\n",
    "site/old.egg-info/requires.txt": "six\n\n[dev]\nflake\n\n[dev:python_version<'3']\nmock\n",
    "site/lazy.py": "print('lazy executed')\nvalue = 7\n",
}
for name, text in FILES.items():
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "w", encoding="utf-8") as f:
        f.write(text)
sys.path.insert(0, os.path.abspath("site"))
res = importlib.resources
root = res.files("box")
print(sorted(p.name for p in root.iterdir() if p.name != "__pycache__"), (root / "words.txt").read_text(encoding="utf-8").split(), root.joinpath("sub", "blob.bin").read_bytes(), (root / "absent").is_file(), (root / "sub").is_dir())
with res.as_file(root / "words.txt") as path:
    print(type(path).__name__, path.name, path.exists())
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    print(res.read_text("box", "words.txt"), res.read_binary("box.sub", "blob.bin"), res.is_resource("box", "sub"), sorted(set(res.contents("box")) - {"__pycache__"}), res.open_text("box", "words.txt").readline())
print(sorted({str(w.message) for w in seen if w.category is DeprecationWarning}))
for call in (lambda: res.files("lazy_none"), lambda: (root / "absent").read_text(), lambda: res.files("os.path").joinpath("x").is_file(), lambda: res.files(5)):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, getattr(e, "name", None) or str(e).replace(os.getcwd(), ""))

md = importlib.metadata
d = md.distribution("box-tool")
print(d.version, d.metadata["Summary"], d.metadata.get_all("Classifier"), d.metadata.json["keywords"], d.metadata.json["description"], d.requires, d.name)
print(md.version("Box.Tool"), md.requires("old"), md.metadata("old")["Name"])
print([(str(f), f.size, f.hash and (f.hash.mode, f.hash.value), f.suffix) for f in d.files], d.files[1].read_text(encoding="utf-8").split(), d.files[0].locate().exists())
eps = d.entry_points
print(sorted(eps.names), sorted(eps.groups), eps["pack"], eps["pack"].extras, eps["zip"].module, eps["zip"].attr, [e.name for e in eps.select(group="console_scripts")], eps.select(name="zip", group="none"))
print(md.entry_points(group="box.plugins"), md.EntryPoint("n", "os.path:join", "g").load().__name__, sorted(k for k, v in md.packages_distributions().items() if "box-tool" in v))
for call in (lambda: md.version("not-there"), lambda: md.distribution(""), lambda: md.EntryPoint("n", "", "g").load(), lambda: md.EntryPoint("n", "os:nope", "g").load(), lambda: eps["nope"], lambda: md.distribution(None)):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
print(sorted(x.metadata["Name"] for x in md.distributions(path=["site"])))

util = importlib.util
spec = util.find_spec("lazy")
spec.loader = util.LazyLoader(spec.loader)
module = util.module_from_spec(spec)
sys.modules["lazy"] = module
spec.loader.exec_module(module)
print("made", type(module).__name__)
print(module.value, type(module).__name__)
print(util.resolve_name(".x", "a.b"), util.resolve_name("..y", "a.b"), util.resolve_name("z", None), util.find_spec("box.none"), os.path.dirname(util.cache_from_source("d/m.py")), util.source_from_cache(util.cache_from_source("d/m.py")), util.cache_from_source("m.py", optimization=2)[-10:])
for call in (lambda: util.resolve_name("...q", "a.b"), lambda: util.resolve_name(".q", ""), lambda: util.find_spec("none.sub"), lambda: util.find_spec("."), lambda: util.source_from_cache("m.py"), lambda: importlib.import_module(".x"), lambda: util.cache_from_source("a.py", optimization="b-d"), lambda: importlib.reload(5), lambda: importlib.reload(type(sys)("not_in"))):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
by_hand = util.spec_from_file_location("hand", "site/lazy.py")
hand = util.module_from_spec(by_hand)
by_hand.loader.exec_module(hand)
print(hand.__name__, hand.value, hand.__spec__.has_location, hand.__cached__ and "lazy" in hand.__cached__, util.decode_source(b"# coding: latin-1\r\nx = '\xe9'\r"), len(util.source_hash(b"abc")))
with open("site/lazy.py", "w") as f:
    f.write("value = 'again and longer'\n")
importlib.invalidate_caches()
print(importlib.reload(sys.modules["lazy"]).value, importlib.import_module("box.sub").__name__, importlib.import_module(".sub", "box").__package__)
