# Element: calls, attributes, children as a sequence, states, copies, searches, and what each of them says of wrong arguments.
import copy
import pickle
import re
import xml.etree.ElementTree as ET


def show(f):
    try:
        print(re.sub(r" at 0x\w+", "", repr(f())))
    except Exception as e:
        print(type(e).__name__, re.sub(r" at 0x\w+", "", str(e)))


def run(env, *calls):
    for call in calls:
        print(end=call + ": ")
        show(lambda: eval(call, env))


e = ET.Element("a", {"x": "1"})
s = ET.SubElement(e, "s")
clone = copy.copy(e)
print(clone.attrib is e.attrib, clone[0] is s, ET.Element("z", {}).attrib, e.attrib is e.attrib)


class Named(ET.Element):
    def __repr__(self):
        return f"<{self.tag}>"


class Loop(ET.Element):
    pass


loop = Loop("loop")
loop.tag = loop
env = {"ET": ET, "e": e, "s": s, "copy": copy, "Named": Named, "loop": loop, "slice": slice}
print("-- calls")
run(env, "ET.Element()", "ET.Element(tag='a')", "ET.Element('a', 5)", "ET.Element('a', None)", "ET.Element('a', {}, {})", "ET.Element('a', attrib=5)",
    "ET.Element('a', attrib={'q': '1'}, q='2').attrib", "ET.Element('a', {'q': '1'}, attrib={'q': '1'}, r='2').attrib", "ET.Element(5).tag",
    "ET.SubElement(e)", "ET.SubElement(None, 'a')", "ET.SubElement(e, 'a', None)", "ET.SubElement(e, 'a', {'b': 1}, attrib=4).attrib",
    "ET.SubElement(e, 'a', {}, {})", "ET.SubElement(e, 'a', attrib={'p': 'q'}, r='s').attrib", "repr(loop)", "Named('n')", "len(e)", "ET.Element.__doc__",
    "e.__getattribute__('zz')", "e.foo", "setattr(e, 'foo', 5)", "setattr(ET.Element, 'x', 1)", "ET.Element.__module__", "e < e", "hash(e) == hash(e)",
    "bool(e), bool(s)", "ET.Element.get.__text_signature__", "ET.Element.__base__", "e.__sizeof__() > 0")
print("-- again")
e.__init__("n", y="2")
print(e.tag, e.attrib, len(e), e.text)
e.append(s)
e.text = "t"
e.__init__("m")
print(e.tag, e.attrib, len(e), e.text)
print("-- sequence")
run(env, "e.append(None)", "e.append('x')", "e.insert(0, 'x')", "e.insert('x', s)", "e.insert(10**30, s)", "e.insert(-5, s)", "e.insert(99, s)", "e.extend(5)",
    "e.extend([5])", "e.extend(None)", "e.extend(x for x in [s, s])", "e.remove(None)", "e.remove(ET.Element('q'))", "e.remove(s)", "len(e)", "e['x']", "e[99]",
    "e[10**30]", "e[-1]", "e[-99]", "e[1:3]", "e[::-1]", "e[::2]", "e[5:1]", "e['a':]", "e.__setitem__(99, s)", "e.__setitem__('x', s)", "e.__setitem__(0, 5)",
    "e.__delitem__('x')", "e.__delitem__(99)", "e.__setitem__(slice(0, 1), 5)", "e.__setitem__(slice(0, 1), [5])", "e.__setitem__(slice(0, 5, 2), [s])",
    "e.__setitem__(slice(0, 1, 0), [s])", "e.makeelement('a', 5)", "e.makeelement('a', {'b': 'c'}).attrib", "e.makeelement('a')", "s in e, 5 in e", "list(e)")
for setting in ("e[1:2] = k[:3]", "e[:] = k", "e[::2] = k[:3]", "e[5:0:-2] = k[:2]", "del e[1]", "del e[-1]", "del e[::2]", "e[1:1] = k[2:4]", "del e[4:1:-1]",
                "e[:] = e", "e[0] = k[5]", "e[-1] = k[4]", "e[2:] = ()", "e[1:5] = iter(k)", "del e[:]", "e[3:] = k[:1]", "del e[5:]", "e[0:0] = e", "del e[-1:-9:-3]"):
    e = ET.Element("p")
    e.extend(ET.Element(f"c{i}") for i in range(6))
    k = [ET.Element(f"k{i}") for i in range(6)]
    try:
        exec(setting)
        print(setting, [c.tag for c in e])
    except ValueError as error:
        print(setting, error)
print("-- attributes")
e = env["e"] = ET.Element("a", {"k": "v"})
run(env, "e.keys(), e.items()", "ET.Element('q').keys(), ET.Element('q').items()", "e.get('k'), e.get('n'), e.get('n', 5), e.get(default=1, key='n')", "e.get()",
    "e.get([])", "e.set('a')", "e.set('a', 1)", "e.set([], 1)", "e.attrib", "setattr(e, 'attrib', 5)", "setattr(e, 'attrib', {'n': 1})", "e.items()",
    "delattr(e, 'attrib')", "delattr(e, 'tag')", "delattr(e, 'text')", "delattr(e, 'tail')", "e.clear()", "e.tag, e.attrib, e.text, len(e)")
print("-- states")
run(env, "e.__setstate__(5)", "e.__setstate__({})", "e.__setstate__({'tag': 'a', 'nope': 1})", "e.__setstate__({'tag': 'a', '_children': (1,)})",
    "e.__setstate__({'tag': 'a', '_children': [1]})", "e.__setstate__({5: 'a'})", "e.__setstate__({'tag': 1, 'attrib': {}, 'text': 1, 'tail': 1, '_children': [], 'n': 3})",
    "e.__getstate__()", "e.__setstate__({'tag': 'b', '_children': [s, s], 'attrib': {'x': 'y'}})", "e.attrib, len(e)", "e.__setstate__({'tag': 'c', '_children': [s, 5, s]})",
    "len(e)", "e.__setstate__({'tag': 'd', 'attrib': {'n': 1}})", "e.attrib, len(e)", "e.__setstate__({'tag': 'd', 'text': ['a', 'b'], 'tail': ['c', 5]})",
    "e.__getstate__()", "e.text", "e.tail", "e.__getstate__()", "e.__reduce_ex__(2)[1:]", "e.__reduce_ex__(1)", "e.__copy__(1)", "e.__deepcopy__(5)", "e.__deepcopy__()",
    "copy.deepcopy(ET.Element('a', {'d': [1]})).attrib", "e.iter().__reduce__()")
tree = ET.fromstring("<a b='c'>one<d>two</d>three<!--x--><e f='g'><h/></e>tail</a>")
for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
    print(ET.tostring(pickle.loads(pickle.dumps(tree, protocol))) == ET.tostring(tree))
n = Named("n", {"k": "v"})
n.append(Named("m"))
print(type(copy.copy(n)).__name__, type(copy.deepcopy(n)).__name__, type(copy.deepcopy(n)[0]).__name__, type(pickle.loads(pickle.dumps(n))).__name__)
shared = {"k": "v"}
pair = ET.Element("pair")
pair.extend([ET.Element("x"), ET.Element("y")])
pair[0].attrib = pair[1].attrib = shared
pair.append(pair[0])
memo = {}
deep = copy.deepcopy(pair, memo)
print(deep[0].attrib is deep[1].attrib, deep[0].attrib is shared, deep[2] is deep[0], deep[0] is pair[0], memo[id(pair)] is deep, memo[id(pair[1])] is deep[1])


class Odd:
    def __deepcopy__(self, memo):
        return "odd copy"


strange = ET.Element(Odd(), {"k": Odd()})
strange.text, strange.tail = Odd(), [Odd(), "x"]
twin = copy.deepcopy(strange)
print(twin.tag, twin.attrib, twin.text, twin.tail)
print("-- searches")
e = env["e"] = ET.fromstring("<a><b>1</b><c/><b k='v'>2<d>3</d></b><n:x xmlns:n='urn:n'>4</n:x></a>")
e.append(ET.Comment("note"))
run(env, "e.find('b').text, e.find('zz')", "e.find(5)", "e.find()", "e.find('b', {})", "e.find('b/d').text", "e.find('{urn:n}x').text", "e.find('n:x', {'n': 'urn:n'}).text",
    "e.findtext('b'), e.findtext('c'), e.findtext('zz'), e.findtext('zz', 5), e.findtext('b/d'), e.findtext(default=1, path='q')", "e.findall('b')", "e.findall('zz')",
    "e.findall('*')", "e.findall('{*}x')", "e.findall('{}b')", "e.findall(b'b')", "e.findall(path='c', namespaces=None)", "list(e.iterfind('b'))", "e.find(b'*')",
    "[x.text for x in e.iter()]", "[x.text for x in e.iter('b')]", "[x.text for x in e.iter(tag='*')]", "len(list(e.iter(b'*')))", "list(e.iter(5))", "list(e.iter('zz'))",
    "list(e.itertext())", "[x.text for x in e.iter(ET.Comment)]", "e.iter(1, 2)", "type(e.iter())()", "type(e.iter()).__name__, type(e.itertext()).__module__",
    "type('S', (type(e.iter()),), {})")


class Picky:
    def __eq__(self, other):
        if other == "c":
            raise ValueError("not this one")
        return False


env["picky"] = Picky()
run(env, "list(e.iter(picky))", "e.find(picky)", "e.findall(picky)")
e = ET.Element("r")
e.extend(ET.Element(f"c{i}") for i in range(4))
seen = []
for child in e.iter():
    seen.append(child.tag)
    if child.tag == "c1":
        child.append(ET.Element("new"))
        del e[3]
print(seen)
e.text, e[0].text, e[0].tail, e[1].tail = "", 5, ["x"], 0
print(list(e.itertext()))
it = e.iter()
print(sum(1 for _ in it), list(it), next(it, "end"))
