# One tree, one builder, one parser and one iterator in several threads: nothing is lost. (python3.11 crashes where threads change what
# others copy; stress/python/tree_hammer.py does that.)
import copy
import pickle
import threading
import xml.etree.ElementTree as ET

THREADS, ROUNDS = 4, 300
EXPECTED = (IndexError, ValueError, RuntimeError, ET.ParseError, TypeError)


def together(*bodies):
    failures = []

    def guarded(body, number):
        try:
            body(number)
        except BaseException as e:
            failures.append(repr(e))

    threads = [threading.Thread(target=guarded, args=(bodies[i % len(bodies)], i)) for i in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(failures)


root = ET.Element("root")
together(lambda n: [ET.SubElement(root, f"t{n}", i=str(i)) for i in range(ROUNDS)])
print(len(root), [[c.get("i") for c in root.findall(f"t{n}")] == [str(i) for i in range(ROUNDS)] for n in range(THREADS)])


texts = {"".join(e.get("i") for e in root[::7])}


def look(number):
    for i in range(5):
        twin = copy.copy(root)
        texts.add("".join(e.get("i") for e in twin[::7]))
        texts.add("".join(e.get("i") for e in copy.deepcopy(root)[::7]))
        texts.add("".join(e.get("i") for e in pickle.loads(pickle.dumps(root))[::7]))
        root.findall("t1"), root.findtext("t2"), root.items(), root.keys(), list(root.iter("t3"))


together(look)
print(len(texts))
wide = ET.Element("wide")
for i in range(2000):
    ET.SubElement(ET.SubElement(wide, "x"), "y").text = str(i)
walk, texts, found, words = wide.iter("y"), wide.itertext(), [], []
together(lambda n: found.extend(walk) if n % 2 else words.extend(texts))
print(len(found), len({e.text for e in found}), sorted(map(int, words)) == list(range(2000)))
builder = ET.TreeBuilder()
builder.start("r", {})


def build(number):
    for i in range(ROUNDS):
        try:
            builder.start("e", {"n": str(i)})
            builder.data("x")
            builder.comment("c")
            builder.data("y")
            builder.end("e")
        except EXPECTED:
            pass


together(build)
print(builder.close().tag)
parser = ET.XMLParser()
parser.feed("<r>")
together(lambda n: [parser.feed(f"<i n='{n}'>text &amp; more</i>") for i in range(ROUNDS)])
parser.feed("</r>")
root = parser.close()
print(len(root), {e.text for e in root}, [len(root.findall(f"i[@n='{n}']")) for n in range(THREADS)])
together(lambda n: [ET.fromstring(f"<a><b>{i}</b></a>").findtext("b") for i in range(ROUNDS)])
together(lambda n: [ET._set_factories(ET.Comment, ET.PI) for i in range(ROUNDS)])
