# xml.dom.minidom, pulldom and xml.sax: trees built and changed, printed, handlers and filters at work, writers, resolvers, errors.
import io
import xml.dom
import xml.dom.minidom as md
import xml.dom.pulldom as pulldom
import xml.parsers.expat
import xml.sax
import xml.sax.handler
import xml.sax.saxutils as su
import xml.sax.xmlreader

DOC = '<!DOCTYPE r [<!ELEMENT r ANY><!ENTITY e "ent">]><r a="1" xmlns:n="u"><!--c--><b n:k="v">text &e; &lt;</b><b/><?pi d?><![CDATA[<raw>]]>tail</r>'
d = md.parseString(DOC)
r = d.documentElement
print(d.toxml(), r.tagName, r.getAttribute("a"), repr(r.getAttribute("none")), r.hasAttribute("a"), [n.nodeName for n in r.childNodes], [n.nodeType for n in r.childNodes], len(d.getElementsByTagName("b")), d.getElementsByTagNameNS("*", "b").length, d.doctype.name, r.firstChild.data, r.lastChild.data)
print(d.toprettyxml(indent="  ", encoding="utf-8").decode(), r.attributes.keys(), r.attributes["a"].value, r.getAttributeNS("u", "k"), r.childNodes[1].attributes.item(0).name, r.childNodes[1].attributes.length)
n = d.createElement("new")
n.setAttribute("q", '<"&\n>')
n.setAttributeNS("urn:x", "x:y", "z")
n.appendChild(d.createTextNode("a < b ]]>"))
n.appendChild(d.createComment("note"))
n.appendChild(d.createCDATASection("raw <"))
r.insertBefore(n, r.childNodes[1])
old = r.replaceChild(d.createProcessingInstruction("t", "data"), r.getElementsByTagName("b")[1])
print(r.toxml(), old.parentNode, n.nextSibling.nodeName, n.previousSibling.nodeName, n.parentNode is r, n.ownerDocument is d, r.hasChildNodes())
c = r.cloneNode(True)
c.removeChild(c.firstChild)
print(c.toxml() != r.toxml(), c.isSameNode(r), md.parseString("<a/>").documentElement.toxml(), d.importNode(md.parseString("<i><j/></i>").documentElement, True).toxml())
t = d.createElement("t")
for piece in ("one ", "two ", "", "three"):
    t.appendChild(d.createTextNode(piece))
t.normalize()
t.firstChild.splitText(4)
print(len(t.childNodes), t.firstChild.data, t.firstChild.wholeText, t.firstChild.substringData(0, 3), t.firstChild.appendData("!"), t.toxml(), t.firstChild.length, t.firstChild.replaceData(0, 1, "Z"), t.firstChild.data)
made = md.getDOMImplementation().createDocument("urn:m", "m:top", md.getDOMImplementation().createDocumentType("m:top", "pub", "sys"))
print(made.toxml("utf-8"), made.documentElement.namespaceURI, made.documentElement.localName, made.documentElement.prefix, xml.dom.getDOMImplementation().hasFeature("core", "2.0"))
for wrong in (lambda: r.appendChild(d.createAttribute("x")), lambda: r.removeChild(d), lambda: d.appendChild(d.createElement("second")), lambda: r.insertBefore(n, old), lambda: t.firstChild.substringData(99, 1), lambda: md.parseString("<a>"), lambda: md.parseString(""), lambda: md.parse("absent"), lambda: d.createElementNS("u", "a:b:c").tagName, lambda: r.removeAttribute("none"), lambda: r.setAttributeNode(n.getAttributeNode("q")), lambda: d.createComment("--").toxml(), lambda: r.firstChild.appendChild(n), lambda: d.renameNode(n, "u", "p:q").tagName, lambda: r.attributes["none"], lambda: n.getElementsByTagName(5).length):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
with md.parseString("<u><v/></u>") as doc:
    pass
print(doc.childNodes, [(ev, node.nodeName, node.nodeType) for ev, node in pulldom.parseString("<a><b>t</b><!--c--></a>")])
events = pulldom.parseString("<a><item n='1'>x</item><item n='2'><y/></item></a>")
for ev, node in events:
    if ev == pulldom.START_ELEMENT and node.tagName == "item":
        events.expandNode(node)
        print(node.toxml())


class Handler(xml.sax.handler.ContentHandler, xml.sax.handler.ErrorHandler, xml.sax.handler.DTDHandler, xml.sax.handler.LexicalHandler):
    def __init__(self):
        super().__init__()
        self.log = []

    def startDocument(self): self.log.append("begin")
    def endDocument(self): self.log.append("end")
    def startElement(self, name, attrs): self.log.append(("start", name, dict(attrs.items()), attrs.getLength(), self._locator and (self._locator.getLineNumber(), self._locator.getColumnNumber())))
    def endElement(self, name): self.log.append(("end", name))
    def startElementNS(self, name, qname, attrs): self.log.append(("startNS", name, qname, dict(attrs.items()), attrs.getQNames()))
    def startPrefixMapping(self, prefix, uri): self.log.append(("prefix", prefix, uri))
    def characters(self, text): self.log.append(("text", text))
    def processingInstruction(self, target, data): self.log.append(("pi", target, data))
    def skippedEntity(self, name): self.log.append(("skipped", name))
    def notationDecl(self, *a): self.log.append(("notation", a))
    def comment(self, text): self.log.append(("comment", text))
    def startDTD(self, *a): self.log.append(("dtd", a))
    def startCDATA(self): self.log.append("cdata")
    def warning(self, e): self.log.append(("warning", str(e)))


for namespaces in (False, True):
    h = Handler()
    p = xml.sax.make_parser()
    p.setContentHandler(h)
    p.setFeature(xml.sax.handler.feature_namespaces, namespaces)
    p.setProperty(xml.sax.handler.property_lexical_handler, h)
    p.parse(io.StringIO("<!DOCTYPE r SYSTEM 'x'><r xmlns='u' a='1'>\n<b q='2'/>t<!--c--><?p d?><![CDATA[z]]></r>".replace("SYSTEM 'x'", "[]")))
    print(h.log)
inc = xml.sax.make_parser()
h = Handler()
inc.setContentHandler(h)
for piece in ("<a", " b='1'", ">te", "xt</a>"):
    inc.feed(piece)
inc.close()
print(h.log)
for text in ("<a>", "<a></b>", "", "<a>&x;</a>", "<a b='1' b='2'/>"):
    try:
        xml.sax.parseString(text, Handler())
    except xml.sax.SAXParseException as e:
        print(e, e.getLineNumber(), e.getColumnNumber(), e.getMessage())


class Rename(su.XMLFilterBase):
    def startElement(self, name, attrs):
        super().startElement(name.upper(), attrs)

    def endElement(self, name):
        super().endElement(name.upper())


out = io.StringIO()
f = Rename(xml.sax.make_parser())
f.setContentHandler(su.XMLGenerator(out, "utf-8", short_empty_elements=True))
f.parse(io.StringIO("<a x='&lt;&#10;'>t &amp; u<b/></a>"))
print(out.getvalue(), su.escape("<&>é", {"é": "&eacute;"}), su.unescape("&lt;&x;", {"&x;": "X"}), su.quoteattr('a"b'), su.quoteattr("a\"b'c"), su.quoteattr("\n\t"))
g = su.XMLGenerator(buffer := io.BytesIO(), "ascii")
g.startDocument()
g.startElementNS((None, "r"), "r", xml.sax.xmlreader.AttributesNSImpl({(None, "k"): "ü"}, {(None, "k"): "k"}))
g.characters("☃")
g.ignorableWhitespace(" ")
g.processingInstruction("p", "d")
g.endElementNS((None, "r"), "r")
g.endDocument()
print(buffer.getvalue())
for wrong in (lambda: p.setFeature("nope", 1), lambda: p.getProperty("nope"), lambda: xml.sax.parse("absent.xml", Handler()), lambda: xml.sax.make_parser(["no.such.module"]).__class__.__name__, lambda: p.setFeature(xml.sax.handler.feature_validation, 1), lambda: xml.sax.xmlreader.AttributesImpl({"a": "1"}).getValue("b"), lambda: p.setLocale("x")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
