# pyexpat: every handler and what it is told, attributes of parsers, buffered text, interning, namespaces, external entities, encodings.
from xml.parsers import expat

DOCUMENT = b"""<?xml version='1.0' encoding='iso-8859-1' standalone='no'?>
<?target some data?>
<!-- a comment -->
<!DOCTYPE root PUBLIC 'public-id' 'system-id' [
<!NOTATION note SYSTEM 'note.exe'>
<!NOTATION other PUBLIC 'pub'>
<!ENTITY internal 'text of the \xe9ntity'>
<!ENTITY external SYSTEM 'entity.file'>
<!ENTITY public PUBLIC 'p' 'q'>
<!ENTITY % parameter 'value'>
<!ENTITY picture SYSTEM 'picture.png' NDATA note>
<!ELEMENT root ANY>
<!ELEMENT mixed (#PCDATA | a | b)*>
<!ELEMENT sequence (a, (b | c)?, d+, e*)>
<!ELEMENT empty EMPTY>
<!ATTLIST root kind (x | y) 'x' id ID #REQUIRED other CDATA #IMPLIED fixed CDATA #FIXED 'f'>
]>
<root id='1' xmlns='urn:default' xmlns:p='urn:p'>
  <p:child p:attribute='v&lt;' plain='&internal;'>text &amp; more &internal; \xe4\xf6</p:child>
  <![CDATA[cdata <section> &amp;]]>
  &external;
  <mixed/><empty></empty>
</root>
"""
KINDS = [name for name in dir(expat.ParserCreate()) if name.endswith(("Handler", "Expand"))]
print(KINDS)


def parser_with(kinds, *args, **settings):
    parser = expat.ParserCreate(*args)
    for name, value in settings.items():
        setattr(parser, name, value)

    def make(kind):
        def handler(*values):
            if kind == "ExternalEntityRefHandler":
                values = (sorted(values[0].split("\f")), *values[1:])
            print(" ", kind, values)
            return 1
        return handler

    for kind in kinds:
        setattr(parser, kind, make(kind))
    return parser


for args, settings in [((), {}), ((None, "!"), {}), ((None, "!"), {"namespace_prefixes": True}), ((None, ""), {"ordered_attributes": True, "buffer_text": True}),
                       (("utf-8",), {"specified_attributes": True}), ((), {"buffer_text": True, "buffer_size": 7})]:
    print(args, settings)
    parser = parser_with([k for k in KINDS if not k.startswith("Default")], *args, **settings)
    try:
        print(parser.Parse(DOCUMENT, True), sorted(k for k in parser.intern if k))
    except expat.ExpatError as e:
        print(e, e.code, e.lineno, e.offset)
    print(parser.CurrentLineNumber, parser.CurrentColumnNumber, parser.CurrentByteIndex, parser.ErrorCode, parser.buffer_used, parser.GetInputContext())

for kind in KINDS:
    print(kind)
    parser = parser_with([kind])
    for i in range(0, len(DOCUMENT), 100):
        parser.Parse(DOCUMENT[i:i + 100])
    print(parser.Parse(b"", True))

print("external entities")
parser = expat.ParserCreate()


def external(context, base, system_id, public_id):
    print("external", context, base, system_id, public_id, parser.GetInputContext() is not None)
    child = parser.ExternalEntityParserCreate(context)
    print(child.CharacterDataHandler is parser.CharacterDataHandler, child.intern is parser.intern, child.buffer_text)
    return child.Parse("<b>inner \u20ac</b>", True)


parser.buffer_text = True
parser.SetBase("the/base")
parser.ExternalEntityRefHandler = external
parser.CharacterDataHandler = lambda s: print("text", repr(s))
parser.StartElementHandler = lambda *a: print("start", a)
parser.Parse("<!DOCTYPE a [<!ENTITY e SYSTEM 'file'>]><a>1&e;2</a>", 1)
print(parser.GetBase(), parser.buffer_text, parser.CharacterDataHandler is not None)

parser = expat.ParserCreate()
parser.UseForeignDTD(True)
print(parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS))
parser.ExternalEntityRefHandler = lambda *a: print("foreign", a) or 1
parser.Parse(b"<?xml version='1.0'?><a/>", True)

print("errors")
for text in (b"<a>", b"<a></b>", b"", b"<a/><b/>", b"<a x='1' x='2'/>", b"&x;", b"<a>&x;</a>", b"<a>\xff</a>", "<a>\ud800</a>", b"<a:b/>", b"<a\x00/>",
             b"<?xml version='1.0' encoding='utf-16'?><a/>", b"<?xml version='1.0' encoding='nonsense'?><a/>", b"<?xml version='1.0' encoding='utf-32'?><a/>",
             b"<?xml version='1.0' encoding='cp1252'?><a>\x80</a>", b"<?xml version='1.0' encoding='koi8-r'?><a>\xc1\xc2</a>", b"<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>", b"\xef\xbb\xbf<a/>",
             "<a>\u00e9\u20ac\U0001f600</a>".encode("utf-16"), "<?xml version='1.0' encoding='ascii'?><a>\u00e9</a>"):
    parser = parser_with(["CharacterDataHandler", "StartElementHandler"], None, " ")
    try:
        print(parser.Parse(text, True))
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as e:
        print(type(e).__name__, e, getattr(e, "code", ""), parser.ErrorCode, parser.ErrorLineNumber, parser.ErrorColumnNumber, parser.ErrorByteIndex)

print("exceptions out of handlers")
for kind in ("StartElementHandler", "CharacterDataHandler", "EntityDeclHandler", "ExternalEntityRefHandler", "NotStandaloneHandler", "ElementDeclHandler"):
    parser = parser_with(KINDS[:2])

    def broken(*values):
        raise KeyError(kind)

    setattr(parser, kind, broken)
    try:
        print(parser.Parse(DOCUMENT, True))
    except KeyError as e:
        print(repr(e), [k for k in KINDS if getattr(parser, k) is not None])
parser = expat.ParserCreate()
parser.NotStandaloneHandler = lambda: 0
try:
    parser.Parse(b"<!DOCTYPE a SYSTEM 'x'><a/>", True)
except expat.ExpatError as e:
    print(e)
parser = expat.ParserCreate()
parser.NotStandaloneHandler = lambda: "x"
try:
    parser.Parse(b"<!DOCTYPE a SYSTEM 'x'><a/>", True)
except (expat.ExpatError, TypeError) as e:
    print(type(e).__name__, e)

print("handlers that change handlers")
parser = expat.ParserCreate()


def start(name, attributes):
    print("start", name)
    parser.CharacterDataHandler = None if name == "b" else lambda s: print("text", s)


parser.StartElementHandler = start
parser.buffer_text = True
parser.Parse(b"<a>one<b>two</b>three<c>four</c></a>", True)


class Reader:
    def __init__(self, pieces):
        self.pieces = list(pieces)

    def read(self, n):
        return self.pieces.pop(0)


for pieces in ([b"<a>", b"b", b"</a>", b""], [b"<a/>", bytearray(b" "), b""], ["text"], [b"x" * 5000], [b"<a>", b""], [None]):
    parser = parser_with(["StartElementHandler"])
    try:
        print(parser.ParseFile(Reader(pieces)))
    except (expat.ExpatError, TypeError, ValueError) as e:
        print(type(e).__name__, e)

print("arguments")
p = expat.ParserCreate()
for statement in ("p.foo", "p.foo=1", "del p.buffer_size", "p.buffer_size='x'", "p.buffer_size=0", "p.buffer_size=2**40", "p.buffer_text='x'", "p.StartElementHandler", "p.buffer_used",
                  "p.ErrorCode=1", "p.intern={}", "del p.StartElementHandler", "p.Parse(1)", "p.Parse()", "p.ParseFile(1)", "expat.ParserCreate(1)", "expat.ParserCreate(None,'ab')",
                  "expat.ParserCreate(intern=1)", "expat.ParserCreate('a\\0')", "p.Parse(b'<a>',foo=1)", "p.SetParamEntityParsing(2)", "p.UseForeignDTD()", "p.GetBase()", "p.SetBase(1)", "p.GetInputContext()",
                  "p.ExternalEntityParserCreate(1)", "p.ExternalEntityParserCreate(None, 1)", "expat.ErrorString(3)", "expat.ErrorString(1000)", "expat.ErrorString('x')", "expat.XMLParserType()",
                  "expat.ParserCreate(encoding='utf-8',namespace_separator=None).namespace_prefixes", "p.ordered_attributes=3", "p.ordered_attributes", "p.Parse('<a><b>',True)", "p.ErrorCode", "p.Parse(b'')"):
    try:
        if statement.startswith("del") or "=" in statement and "(" not in statement.split("=")[0]:
            exec(statement)
            print(statement, "done")
        else:
            print(statement, repr(eval(statement)))
    except Exception as e:
        print(statement, "->", type(e).__name__, e)
print(expat.EXPAT_VERSION, expat.version_info, expat.native_encoding, expat.features[0], expat.error is expat.ExpatError, expat.ExpatError.__mro__)
print(vars(expat.model).keys() - {"__name__", "__doc__", "__package__", "__loader__", "__spec__"} and sorted((k, v) for k, v in vars(expat.model).items() if k.startswith("XML")))
print(sorted(expat.errors.codes.items()), expat.errors.messages[3], expat.errors.XML_ERROR_SYNTAX)
