# pyexpat: parsers of their own in several threads, and one that several threads feed and change at once.
import threading
import xml.dom.minidom
import xml.etree.ElementTree as ElementTree
import xml.sax
from xml.parsers import expat

DOCUMENT = "<root>" + "".join("<item id='%d'><name>n%d</name>text &amp; more</item>" % (i, i % 7) for i in range(300)) + "</root>"
results = {}


def build(k):
    tree = ElementTree.fromstring(DOCUMENT)
    dom = xml.dom.minidom.parseString(DOCUMENT)
    events = []
    handler = xml.sax.ContentHandler()
    handler.startElement = lambda name, attributes: events.append(name)
    xml.sax.parseString(DOCUMENT, handler)
    results[k] = (len(tree), len(ElementTree.tostring(tree)), sum(int(e.get("id")) for e in tree), len(dom.getElementsByTagName("name")), len(events))


threads = [threading.Thread(target=build, args=(k,)) for k in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results.items()))

# One parser: what each thread adds is read whole, in some order.
parser = expat.ParserCreate()
parser.buffer_text = True
starts, texts = [], []
parser.StartElementHandler = lambda name, attributes: starts.append(name)
parser.CharacterDataHandler = lambda s: texts.append(s)
parser.Parse("<root>")


def feed(k):
    for i in range(200):
        parser.Parse("<e%d>%s</e%d>" % (k, "x" * i, k))
        parser.buffer_size = 100 + i
        parser.CommentHandler = len
        parser.ordered_attributes = i & 1
        assert parser.CurrentLineNumber == 1


threads = [threading.Thread(target=feed, args=(k,)) for k in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
parser.Parse("</root>", True)
print(len(starts), sorted((name, starts.count(name)) for name in set(starts)), sum(map(len, texts)))

# A handler that waits for another thread, which uses another parser.
outer = expat.ParserCreate()


def start(name, attributes):
    def inner():
        p = expat.ParserCreate()
        p.StartElementHandler = lambda *a: print("inner", a)
        p.Parse("<inner/>", True)
    t = threading.Thread(target=inner)
    t.start()
    t.join()
    print("outer", name)


outer.StartElementHandler = start
outer.Parse("<a><b/></a>", True)
