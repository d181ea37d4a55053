# TreeBuilder: text in pieces, factories of all kinds, comments and instructions, events, wrong calls.
import re
import xml.etree.ElementTree as ET


def show(f):
    try:
        print(re.sub(r" at 0x\w+", "", repr(f())))
    except Exception as e:
        print(type(e).__name__, re.sub(r" at 0x\w+", "", str(e)))


def text_of(*pieces, comment=None):
    builder = ET.TreeBuilder()
    builder.start("a", {})
    for i, piece in enumerate(pieces):
        if i == comment:
            builder.comment("c")
        builder.data(piece)
    builder.end("a")
    return builder.close()


for pieces in (("x",), ("x", "y"), (5,), (5, 6), (b"x", b"y"), (["l"], "m"), (["l", 5], "m"), ("", ""), (None, None)):
    element = text_of(*pieces)
    show(element.__getstate__)
    show(lambda: element.text)
    show(element.__getstate__)
for comment in (1, 2):
    for pieces in (("5", "6", "7"), ("5", "5", "6", "7"), ("5", "6", ["l"]), (5, 6, 7), ("ab", "cd", 5)):
        show(lambda: text_of(*pieces, comment=comment).__getstate__())
print("-- wrong calls")
b = ET.TreeBuilder()
for call in ("b.end('a')", "b.close()", "b.data('x')", "b.start('a', 5)", "b.start('a')", "b.start()", "b.pi('t')", "b.pi('t', 'd')", "b.comment('c')", "b.pi()", "b.data()",
             "b.start('a', {})", "b.end('b')", "b.start('b', {})", "b.end('c')", "b.close()", "ET.TreeBuilder(1, 2)", "ET.TreeBuilder(5).start('a', {})", "ET.TreeBuilder(foo=1)",
             "ET.TreeBuilder(insert_pis='x')", "ET.TreeBuilder(comment_factory=5).comment('x')", "b.foo", "setattr(b, 'foo', 1)", "ET.TreeBuilder.__doc__",
             "ET.TreeBuilder.start.__text_signature__", "ET._set_factories(5, None)", "ET._set_factories(None, 5)", "ET._set_factories(5)",
             "[f.__name__ for f in ET._set_factories(ET.Comment, ET.PI)]"):
    print(end=call + ": ")
    show(lambda: eval(call))
print("-- factories")


class Node(list):
    """What is no Element may be a node: it is appended to, and has text and tail."""

    def __init__(self, tag, attrib):
        self.tag, self.attrib, self.text, self.tail = tag, attrib, None, None

    def __repr__(self):
        return f"Node({self.tag}, {self.attrib}, {self.text}, {self.tail}, {list(self)})"


class Sub(ET.Element):
    pass


DOC = "<a x='1'>t<b>u</b>v<!--c-->w<?p d?>z</a>"


def parse(text, **options):
    return ET.XML(text, ET.XMLParser(target=ET.TreeBuilder(**options)))


show(lambda: parse(DOC, element_factory=Node))
show(lambda: ET.tostring(parse(DOC, element_factory=Sub)))
show(lambda: type(parse(DOC, element_factory=Sub)[0]).__name__)
show(lambda: parse(DOC, element_factory=lambda tag, attrib: Node(tag, attrib) if tag == "b" else ET.Element(tag, attrib))[0])
show(lambda: list(parse(DOC, element_factory=lambda tag, attrib: Node(tag, attrib) if tag == "b" else ET.Element(tag, attrib)).iter()))
show(lambda: parse(DOC, element_factory=lambda tag, attrib: 5))
show(lambda: parse(DOC, element_factory=lambda tag: 5))
for options in ({"insert_comments": True}, {"insert_pis": True}, {"insert_comments": True, "insert_pis": True}):
    show(lambda: ET.tostring(parse(DOC, **options)))
    show(lambda: ET.tostring(parse("<!--before--><?before?>" + DOC + "<!--after-->", **options)))
show(lambda: ET.tostring(parse(DOC, insert_comments=True, comment_factory=lambda text: ET.Element("comment", {"of": text}))))
show(lambda: ET.tostring(parse(DOC, insert_pis=True, pi_factory=lambda target, text=None: ET.Element(target, {"of": text}))))
show(lambda: ET.tostring(parse(DOC, insert_comments=True, comment_factory=lambda text: [])))
old = ET._set_factories(None, None)
show(lambda: ET.tostring(parse(DOC, insert_comments=True, insert_pis=True)))
b = ET.TreeBuilder()
print(b.comment("plain"), b.pi("target", "data"), b.pi("target"))
ET._set_factories(*old)
print("-- events")
ALL = ("start", "end", "start-ns", "end-ns", "comment", "pi")


def events(names, text, **options):
    queue = []
    parser = ET.XMLParser(target=ET.TreeBuilder(**options))
    parser._setevents(queue, names)
    parser.feed(text)
    parser.close()
    return [(name, v.tag if isinstance(v, ET.Element) and isinstance(v.tag, str) else v.text if isinstance(v, ET.Element) else v) for name, v in queue]


TEXT = "<!--0--><p:a xmlns:p='u' xmlns='v'>1<b q='r'/><!--c--><?pi data?><?none?>2</p:a>"
for names in (ALL, ("end",), None, ("start-ns",), ("end-ns",), ("comment",), ("pi",), ["start", "start"], (n for n in ALL), {"end": 1}, (b"start", b"end")):
    show(lambda: events(names, TEXT))
show(lambda: events(ALL, TEXT, insert_comments=True, insert_pis=True))
for wrong in (5, [5], ["x"], ["start", None], "end", ["ende"]):
    show(lambda: events(wrong, TEXT))
parser = ET.XMLParser()
show(lambda: parser._setevents(5))
show(lambda: parser._setevents())
show(lambda: ET.XMLParser(target=[])._setevents([], ["end"]))


class Queue:
    def append(self, event):
        if event[0] == "end":
            raise KeyError("enough")
        print(event[0], event[1].tag)


parser = ET.XMLParser()
parser._setevents(Queue(), ["start", "end"])
show(lambda: parser.feed("<a><b/><c/></a>"))
