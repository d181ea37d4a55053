"""Many threads on one XML tree, builder, parser and walk. Seeks lost children, places read after they were freed, texts joined twice."""

import copy
import pickle
import xml.etree.ElementTree as ET

from _hammer import main


def appends_are_not_lost(run):
    root = ET.Element("root")

    def work(k, choices):
        for i in range(run.iterations(4)):
            ET.SubElement(root, f"t{k}", i=str(i))

    run.hammer(work)
    for k in range(run.threads):
        assert [e.get("i") for e in root.findall(f"t{k}")] == [str(i) for i in range(run.iterations(4))]


def changes_and_copies(run):
    root = ET.Element("root")
    root.extend(ET.Element("s") for _ in range(20))

    def change(k, choices):
        for i in range(run.iterations(10)):
            try:
                root[choices.below(9):choices.below(12)] = [ET.Element("s"), ET.Element("s", n=str(i))]
                root.insert(choices.below(5), ET.Element("s"))
                del root[choices.below(6)]
                del root[::7]
                root[0].text = root[1].tail = str(k)
                root[2].attrib = {"k": "v"}
                root.set("n", str(i))
                if len(root) > 40:
                    root[20:] = []
                root.remove(root[-1])
            except (IndexError, ValueError):
                pass

    def look(k, choices):
        for i in range(run.iterations(200)):
            assert all(e.tag in ("s", "root") for e in root.iter())
            "".join(root.itertext())
            assert {e.tag for e in root.findall("s")} <= {"s"}
            root.findtext("s"), root.items(), root.keys(), root[1:9:2], repr(root)
            assert copy.copy(root).tag == copy.deepcopy(root).tag == pickle.loads(pickle.dumps(root)).tag == "root"

    def reset(k, choices):
        for i in range(run.iterations(200)):
            root.__setstate__({"tag": "root", "text": ["a", "b"], "_children": [ET.Element("s") for _ in range(choices.below(30))]})
            assert root.text in ("ab", "0", None), root.text

    run.hammer(change, look, reset)
    assert all(e.tag == "s" for e in root)


def one_walk_for_all(run):
    root = ET.Element("root")
    n = run.iterations(8)
    for i in range(n):
        ET.SubElement(ET.SubElement(root, "x"), "y").text = str(i)
    walk, texts = root.iter("y"), root.itertext()

    def elements(k, choices):
        return [e.text for e in walk]

    def strings(k, choices):
        return list(texts)

    for part in run.hammer(elements, strings).values():
        assert sorted(int(text) for mine in part for text in mine) == list(range(n))


def one_builder(run):
    builder = ET.TreeBuilder(insert_comments=True)
    builder.start("root", {})

    def work(k, choices):
        for i in range(run.iterations(8)):
            try:
                builder.start("e", {"n": str(i)})
                builder.data("x")
                builder.comment("c")
                builder.data(choices.pick(("y", "z", "")))
                builder.end("e")
            except IndexError:
                pass

    run.hammer(work)
    "".join(text for e in builder.close().iter() for text in (e.text, e.tail) if text)


def one_parser(run):
    parser = ET.XMLParser()
    parser.feed("<r>")

    def work(k, choices):
        for i in range(run.iterations(8)):
            parser.feed(f"<i n='{k}'>text &amp; more</i>")
            assert parser.target is not None and parser.entity == {}

    run.hammer(work)
    parser.feed("</r>")
    root = parser.close()
    assert {e.text for e in root} == {"text & more"}
    assert all(len(root.findall(f"i[@n='{k}']")) == run.iterations(8) for k in range(run.threads))


def parsers_apart(run):
    def work(k, choices):
        for i in range(run.iterations(20)):
            assert ET.fromstring(f"<a x='{k}'><b>{i}</b></a>").findtext("b") == str(i)
            ET._set_factories(ET.Comment, ET.PI)

    run.hammer(work)


main(appends_are_not_lost, changes_and_copies, one_walk_for_all, one_builder, one_parser, parsers_apart)
