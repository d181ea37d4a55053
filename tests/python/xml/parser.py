# XMLParser: targets with few and many methods, entities, encodings, document types, errors and their places, files, parsers half made.
import io
import re
import sys
import warnings
import xml.etree.ElementTree as ET


def show(f):
    try:
        print(re.sub(r" at 0x\w+", "", repr(f())))
    except ET.ParseError as e:
        print("ParseError", e, e.code, e.position, e.args, e.msg)
    except Exception as e:
        print(type(e).__name__, re.sub(r" at 0x\w+", "", str(e)))


class Recorder:
    def __init__(self, *methods):
        self.log = []
        for name in methods:
            setattr(self, name, lambda *args, name=name: self.log.append((name, *args)))


DOC = "<?xml version='1.0'?><!DOCTYPE r PUBLIC 'pub' 's.dtd'><!--h--><r a='1' xmlns:q='u' q:b='2'>x\ny<q:e/>&amp;<?p d?><?e?></r>"
for methods in ((), ("start",), ("end",), ("data",), ("start", "end", "data"), ("comment", "pi"), ("start_ns", "end_ns"), ("start_ns",), ("end_ns",), ("doctype",), ("close",),
                ("start", "end", "data", "comment", "pi", "start_ns", "end_ns", "doctype", "close")):
    target = Recorder(*methods)
    parser = ET.XMLParser(target=target)
    show(lambda: parser.feed(DOC))
    show(parser.close)
    print(target.log)


class Failing:
    def start(self, tag, attrs):
        print("start", tag)
        if tag == "b":
            raise KeyError(tag)

    def end(self, tag):
        print("end", tag)


show(lambda: ET.XMLParser(target=Failing()).feed("<a><b><c/></b></a>"))
show(lambda: ET.XMLParser(target=5).feed("<a>x</a>"))


class Raising:
    @property
    def data(self):
        raise ZeroDivisionError("no data")


show(lambda: ET.XMLParser(target=Raising()))
print("-- calls")
p = ET.XMLParser.__new__(ET.XMLParser)
for call in ("ET.XMLParser(5)", "ET.XMLParser(encoding=5)", "ET.XMLParser(encoding='a\\0b')", "ET.XMLParser(encoding='nope').feed('<a/>')", "ET.XMLParser(encoding='nope').feed(b'<a/>')",
             "p.feed('a')", "p.close()", "p._setevents([])", "p._parse_whole(io.BytesIO())", "p.target", "p.entity", "p.version == ET.XMLParser().version", "ET.XMLParser(html=1)",
             "ET.XMLParser().feed(5)", "ET.XMLParser().feed()", "ET.XMLParser().feed(chr(0xd800))", "ET.XMLParser()._parse_whole(5)", "setattr(ET.XMLParser(), 'target', 5)",
             "ET.XMLParser().foo", "ET.XMLParser().entity", "type(ET.XMLParser().target).__name__", "ET.XMLParser.__doc__", "ET.XMLParser.feed.__text_signature__"):
    print(end=call + ": ")
    show(lambda: eval(call))
print("-- entities")
SYSTEM = "<!DOCTYPE a SYSTEM 'x'>"
for text in ("<a>&undefd;</a>", SYSTEM + "<a>&undefd;&other;</a>", SYSTEM + "<a>1&undefd;2</a>", SYSTEM + "<a b='&undefd;'/>", SYSTEM + "<a>&" + "long" * 50 + ";</a>",
             SYSTEM + "<a>&ünïcode;</a>"):
    parser = ET.XMLParser()
    parser.entity["undefd"] = "VALUE"
    show(lambda: parser.feed(text))
    show(lambda: (lambda e: (e.text, e.attrib))(parser.close()))
target = Recorder("data")
parser = ET.XMLParser(target=target)
parser.entity["undefd"] = ["any", "thing"]
parser.feed(SYSTEM + "<a>&undefd;</a>")
print(target.log)
print("-- encodings")
for text in ("<?xml version='1.0' encoding='%s'?><a b='é'>ü€</a>", "<a>ascii</a>"):
    for encoding in ("utf-8", "utf-16", "latin-1", "cp1252", "iso8859-15", "koi8-r", "us-ascii", "utf-7", "shift_jis", "nope", "cp437", "hex", "utf-8-sig"):
        try:
            data = text.replace("%s", encoding).encode(encoding, "replace")
        except LookupError:
            data = text.replace("%s", encoding).encode()
        for declared in (None, encoding):
            parser = ET.XMLParser(encoding=declared)
            print(end=f"{encoding} {declared}: ")
            show(lambda: parser.feed(data))
            show(lambda: (lambda e: e if e is None else (e.text, e.attrib))(parser.close()))
show(lambda: ET.fromstring("<?xml version='1.0' encoding='utf-16'?><a>é</a>").text)
show(lambda: ET.fromstring(bytearray(b"<a>bytearray</a>")).text)
show(lambda: ET.fromstring(memoryview(b"<a>memory</a>")).text)
print("-- places of errors")
for text in ("", " ", "<a>\n<b>\n</a>", "<a></b>", "<a b='1' b='2'/>", "<a/>\n<b/>", "<p:a/>", "<a>\x01</a>", b"\xff", b"<a>\xff</a>", "x", "<a b=1/>", "<a>&#0;</a>", "<a>&#xd800;</a>",
             "<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>", "<a xmlns:xml='u'/>", "<a><![CDATA[", "<!-- -- --><a/>", "<?xml?><a/>", "<a></a >", "\n\n<a>é<é"):
    parser = ET.XMLParser()
    print(end=repr(text) + ": ")
    show(lambda: parser.feed(text))
    show(parser.close)
    show(lambda: parser.feed("<more/>"))
    show(parser.close)
print("-- pieces")
for size in (1, 2, 3, 7, 1000):
    parser = ET.XMLParser()
    data = "<a é='ß'>ünï<b>☃ &lt; &#x1F600;</b>t\r\nail</a>".encode()
    for i in range(0, len(data), size):
        parser.feed(data[i:i + size])
    root = parser.close()
    print(root.attrib, [root.text, root[0].text, root[0].tail])
print("-- files")


class File:
    def __init__(self, *pieces):
        self.pieces = list(pieces)

    def read(self, n):
        return self.pieces.pop(0) if self.pieces else ""


for pieces in ((b"<a>", b"x</a>"), ("<a>", "é</a>"), ("<a>", b"x</a>", None), (bytearray(b"<a/>"),), ("<a>\ud800</a>",), (5,)):
    show(lambda: ET.XMLParser()._parse_whole(File(*pieces)))
show(lambda: ET.parse(io.StringIO("<a>text</a>")).getroot().text)
show(lambda: ET.parse(io.BytesIO(b"<a>"), ET.XMLParser()).getroot())
show(lambda: ET.XMLParser(target=Recorder("start"))._parse_whole(File("<a/>")))
print("-- within a callback")


class Again:
    def start(self, tag, attrs):
        try:
            self.parser.entity["k"] = tag
            print(tag, self.parser.entity, self.parser.target is self)
        except RuntimeError as e:
            print(e)


again = Again()
again.parser = ET.XMLParser(target=again)
again.parser.feed("<a><b/></a>")


class Old(ET.XMLParser):
    def doctype(self, *args):
        print("never called")


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    Old().feed("<!DOCTYPE a><a/>")
    ET.XMLParser().feed("<!DOCTYPE a><a/>")
print([(w.category.__name__, str(w.message)) for w in caught])
parser = ET.XMLParser()
parser.feed("<a>")
parser.__init__(target=ET.TreeBuilder())
parser.feed("<b>x</b>")
print(parser.close().tag)
root = ET.fromstring("<r>" + "<i k='v'>t</i>" * 20000 + "</r>")
print(len(root), root[19999].attrib, sys.getsizeof(root) > 20000 * 8, len({id(child.tag) for child in root}))
