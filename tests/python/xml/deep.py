# Trees deeper than any stack: built, walked, copied, dropped; circles; parsed ones.
# timeout: 120
import copy
import gc
import pickle
import xml.etree.ElementTree as ET

N = 50000
root = element = ET.Element("r")
for i in range(N):
    element = ET.SubElement(element, "x")
element.text = "end"
print(sum(1 for _ in root.iter()), len(list(root.iter("x"))), "".join(root.itertext()))
for f in (lambda: pickle.dumps(root), lambda: ET.tostring(root)):
    try:
        print(len(f()))
    except RecursionError:
        print("RecursionError")
del root, element
gc.collect()
parser = ET.XMLParser()
parser.feed("<a k='v'>t" * N)
parser.feed("</a>u" * (N - 1) + "</a>")
root = parser.close()
print(sum(1 for _ in root.iter()), sum(len(text) for text in root.itertext()))
del root, parser
circle = ET.Element("c")
circle.append(circle)
walk = circle.iter()
print([next(walk) is circle for _ in range(5)])
del circle, walk
print(gc.collect() > 0)
shallow = ET.Element("r")
element = shallow
for i in range(400):
    element = ET.SubElement(element, "x", n=str(i))
del element
twin = copy.deepcopy(shallow)
print(ET.tostring(twin) == ET.tostring(shallow), sum(1 for _ in twin.iter()))
