# builds: release debug
# timeout: 60
# python3-yaml's pure loader and dumper: documents with anchors, tags, block and flow styles, and the errors of bad ones.
import yaml

text = """
name: weft   # comment
list: [1, 2.5, 0x1F, 1_000, true, ~, "q\\t\\u00e9", 'it''s']
block: |
  hello
   world
folded: >-
  one
  two

  three
when: 2001-12-14 21:59:43.10 -5
day: 2026-11-21
base: &base {x: 1, y: [a, b]}
derived:
  <<: *base
  z: !!str 12
? !!str key
: !!set {a, b}
binary: !!binary aGVsbG8=
---
- second
- - nested
  - {k: v}
...
"""
for document in yaml.load_all(text, Loader=yaml.SafeLoader):
    print(document)
    print(yaml.dump(document, Dumper=yaml.SafeDumper, default_flow_style=False, sort_keys=False, allow_unicode=True))
for bad in ("a: [1, 2", "a: b: c", "\tx: 1", "*unknown", "a: !!python/object:os.system {}", "{a, b: }: : :"):
    try:
        print(yaml.load(bad, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        print(type(error).__name__, error)
print([type(event).__name__ for event in yaml.parse("- a\n- {b: c}\n", Loader=yaml.SafeLoader)])
