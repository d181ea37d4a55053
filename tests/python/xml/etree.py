# xml.etree: documents parsed, searched, changed and written; events, pulls, namespaces, targets, includes, canonical form, errors.
import copy
import io
import pickle
import xml.etree.ElementTree as ET
from xml.etree import ElementInclude, ElementPath

DOC = """<?xml version="1.0"?>
<!-- head -->
<library xmlns="urn:main" xmlns:x="urn:extra" open="yes">
  <book id="1" x:rank="5"><title>First &amp; only</title><author>Ann</author><author>Bob</author></book>
  <book id="2"><title lang="de">Zwei ☃</title>tail<x:note/><author>Cyd</author></book>
  <!-- inside --><?pi data?>
  <shelf><book id="3"><title/></book></shelf>
</library>"""
root = ET.fromstring(DOC)
ns = {"m": "urn:main", "x": "urn:extra", "": "urn:main"}
print(root.tag, root.attrib, len(root), [c.tag for c in root], repr(root.text), root.get("open"), root.get("none", 1), root.keys(), root.items())
for path in ("m:book", ".//m:book", "m:book/m:title", ".//m:title[@lang]", "m:book[@id='2']", "m:book[@id!='2']", "m:book[m:author='Bob']", "m:book[2]", "m:book[last()]", "m:book[last()-1]", "*", ".", "..", ".//m:author/..", "{*}shelf//{*}book", "{urn:extra}*", ".//{}*", "book", "m:book[m:title]", ".//*[.='Cyd']", ".//m:title[.!='x']", "m:shelf/m:book/@id", "/m:book", "m:book[0]", "m:book[", "m:book[@]", "q:book", "book[title='First & only']", "", "./m:book[position()=1]"):
    try:
        print(path, [(e.tag.split("}")[-1], e.attrib.get("id")) for e in root.findall(path, ns)], root.findtext(path, "none", ns))
    except (SyntaxError, KeyError, TypeError) as e:
        print(path, type(e).__name__, e)
print(root.find("m:book", ns) is root[0], [e.text for e in root.iter("{urn:main}author")], "".join(root[1].itertext()), [e.tag for e in root.iter()][:4], next(root.iterfind("m:book", ns)).get("id"))
ET.register_namespace("ex", "urn:extra")
print(ET.tostring(root[1], "unicode"), ET.tostring(root[0]), ET.tostring(root[1], "us-ascii", short_empty_elements=False), ET.tostring(ET.fromstring("<d xmlns='urn:main'><e/></d>"), "utf-8", xml_declaration=True, default_namespace="urn:main"), ET.tostringlist(root[2]), sep="\n")
e = ET.Element("a", {"k": "v<\"&\n\t"}, extra="1")
b = ET.SubElement(e, "b", n="1")
b.text, b.tail = "text ]]> <", "tail"
e.append(ET.Comment("note -- x"))
e.append(ET.ProcessingInstruction("target", "d"))
e.insert(0, ET.Element("first"))
e.extend([ET.Element("x"), ET.Element("y")])
e[1:1] = [ET.Element("sliced", i=str(i)) for i in range(3)]
del e[-1]
e.set("set", "ü")
print(ET.tostring(e, "unicode"), len(e), e[1:3], bool(list(e)))
e.remove(b)
clone, deep = copy.copy(e), copy.deepcopy(e)
print(clone[0] is e[0], deep[0] is e[0], ET.tostring(deep) == ET.tostring(e), ET.tostring(pickle.loads(pickle.dumps(e))) == ET.tostring(e), repr(e).split(" at ")[0])
ET.indent(e, "--")
print(ET.tostring(e, "unicode"))
tree = ET.ElementTree(root)
tree.write("out.xml", encoding="utf-8", xml_declaration=True)
print(ET.parse("out.xml").getroot()[0].get("id"), open("out.xml", "rb").readline(), tree.find("m:shelf", ns).tag, [x.get("id") for x in tree.iterfind(".//m:book", ns)], tree.getroot() is root)
for method in ("xml", "html", "text"):
    out = io.BytesIO()
    ET.ElementTree(ET.fromstring("<p>a<br/><script>x &lt; y</script><i b='1' a='&#10;'>&#233;</i></p>")).write(out, method=method)
    print(method, out.getvalue())
print([(event, x if isinstance(x, tuple) else getattr(x, "tag", x) if not callable(getattr(x, "tag", 0)) else "special") for event, x in ET.iterparse(io.StringIO(DOC), ("start", "end", "start-ns", "end-ns", "comment", "pi"))][:14])
pull = ET.XMLPullParser(["end"])
for piece in ("<r><a>1</a", "><b/>", "</r>"):
    pull.feed(piece)
    print([(ev, x.tag) for ev, x in pull.read_events()])
pull.close()


class Target:
    def __init__(self): self.log = []
    def start(self, tag, attrs): self.log.append(("start", tag, attrs))
    def end(self, tag): self.log.append(("end", tag))
    def data(self, data): self.log.append(("data", data))
    def comment(self, data): self.log.append(("comment", data))
    def pi(self, target, data): self.log.append(("pi", target, data))
    def start_ns(self, prefix, uri): self.log.append(("ns", prefix, uri))
    def doctype(self, *a): self.log.append(("doctype", *a))
    def close(self): return self.log


parser = ET.XMLParser(target=Target())
parser.feed("<!DOCTYPE r SYSTEM 's.dtd'><r xmlns:q='u' a='1'>x<!--c--><?p d?><q:b/>y</r>")
print(parser.close())
builder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
print(ET.tostring(ET.fromstring("<r><!--kept--><?kept too?>t</r>", ET.XMLParser(target=builder))), ET.canonicalize("<a  z='1' b='2'><!--c--><e/> t </a>"), ET.canonicalize("<a> t <b/></a>", strip_text=True, with_comments=True), ET.XMLID("<a><b id='q'/></a>")[1].keys(), ET.fromstringlist(["<a>", "</a>"]).tag, ET.iselement(e), ET.QName("u", "t").text, ET.QName("u", "t") == "{u}t")
ET.dump(ET.fromstring("<d>x</d>"))
for text in ("", "<a>", "<a></b>", "<a b=1/>", "<a b='1' b='2'/>", "<a>&nope;</a>", "<a/><b/>", "<a>\x01</a>", "<?xml version='1.0' encoding='nope'?><a/>", "<a xmlns:p=''/>", "<p:a/>", b"\xff<a/>", "x<a/>", "<a>]]></a>", "<!DOCTYPE a [<!ENTITY e 'v'>]><a>&e;</a>", "<?xml version='1.0' encoding='latin-1'?><a>é</a>".encode("latin-1"), "<a><![CDATA[<raw>]]></a>", "\ufeff<a/>", "<é ü='ß'/>", "<!DOCTYPE a [<!ATTLIST a d CDATA 'def'>]><a/>"):
    try:
        x = ET.fromstring(text)
        print(repr(text[:30]), x.tag, x.text, x.attrib)
    except ET.ParseError as err:
        print(repr(text[:30]), "ParseError", err, err.code, err.position)
for wrong in (lambda: ET.Element(), lambda: ET.Element("a", 5), lambda: e.append("x"), lambda: e.append(None), lambda: e.remove(b), lambda: e[99], lambda: e.insert("x", b), lambda: ET.tostring(ET.Element(5)), lambda: ET.tostring(ET.Element("a", {"b": 5})), lambda: ET.parse("absent.xml"), lambda: ET.fromstring(5), lambda: ET.SubElement(5, "a"), lambda: ET.XMLPullParser(["nope"]), lambda: ET.register_namespace("ns5", "u"), lambda: e.set("a"), lambda: ET.TreeBuilder().close(), lambda: ET.tostring(root, "unicode", default_namespace="urn:extra"), lambda: e.extend(5), lambda: e.extend([5]), lambda: e.__setitem__(0, 5), lambda: e.__setstate__(5), lambda: ET.ElementTree(5), lambda: ET.tostring(e, "nope"), lambda: ET.indent(e, level=-1), lambda: e.makeelement("a", 5), lambda: e.__copy__().tag, lambda: e.iter(5).__next__(), lambda: e.nothing, lambda: delattr(e, "tag"), lambda: e.find(5)):
    try:
        print(wrong())
    except Exception as err:
        print(type(err).__name__, str(err).split(" at 0x")[0])
with open("part.xml", "w") as f:
    f.write("<part>included</part>")
inc = ET.fromstring("<d xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='part.xml'/><xi:include href='part.xml' parse='text'/></d>")
ElementInclude.include(inc)
print(ET.tostring(inc))
