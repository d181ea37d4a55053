# html and html.parser: entities both ways, a link collector, an outline of broken pages, events with positions, chunks of any size.
import html
import html.entities
from html.parser import HTMLParser

for text in ("a & b < c > \"d\" 'e'", "", "&amp;", "ünï ☃", "<script>alert('x')</script>"):
    print(html.escape(text), html.escape(text, quote=False), html.unescape(html.escape(text)) == text)
for text in ("&lt;&gt;&amp;&quot;&#39;", "&eacute;&Eacute;&hearts;", "&#x41;&#65;&#X61", "&amp", "&ampersand", "&notit;", "&notin;", "&nosuch;", "&#0;", "&#128;&#x80;&#159;", "&#xD800;", "&#x110000;", "&#99999999999;", "&#1;&#xb;", "&;", "&#;", "&#x;", "&a", "&AMP;&Aacute", "&nbsp;|", "&bne;", "&copy2024", "&CounterClockwiseContourIntegral;", "&lt&lt;", "&#xfdd0;x", "a&b=c&copy=1"):
    print(text, ascii(html.unescape(text)))
print(len(html.entities.html5), html.entities.name2codepoint["euro"], html.entities.codepoint2name[8364], html.entities.entitydefs["eacute"])


class Events(HTMLParser):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.seen = []

    def note(self, *what):
        self.seen.append((*what, self.getpos()))

    def handle_starttag(self, tag, attrs): self.note("start", tag, attrs, self.get_starttag_text())
    def handle_endtag(self, tag): self.note("end", tag)
    def handle_startendtag(self, tag, attrs): self.note("startend", tag, attrs)
    def handle_data(self, data): self.note("data", data)
    def handle_comment(self, data): self.note("comment", data)
    def handle_decl(self, decl): self.note("decl", decl)
    def handle_pi(self, data): self.note("pi", data)
    def handle_entityref(self, name): self.note("entity", name)
    def handle_charref(self, name): self.note("char", name)
    def unknown_decl(self, data): self.note("unknown", data)


PAGES = ["<!DOCTYPE html><html lang=en><body class='a b' data-x>Hi &amp; bye<br/><img src=x.png alt=\"q &lt; &eacute\"></body></html>", "<p>one<p>two</p></div>text", "<a href='x>y' b=c d>link</a >", "<!-- comment --><!-- bad -> --><!--><!-- unclosed", "<?php echo 1 ?>after<?x>", "<![CDATA[data]]><![if IE]>x<![endif]>", "<script>if (a < b && c > d) { '</p>' }</script>x<style>a>b{}</style>",
         "<", "< a>", "<1>", "</>", "</ p>", "<a", "<a b", "<a b='", "&#x41;&#65;&copy;&nope;& &", "<DIV ID=X>Up</Div>", "<a\nb\n=\n'c'\nd=e>\nline\n</a\n>", "<a/b/c=d/>", "<input value=a'b\"c disabled>", "<a b=1 b=2>", "<p></p x='y'>", "text & more &am", "<!ELEMENT br EMPTY>", "<textarea><b>not</b></textarea>", "<a href=\"&#106;avascript&colon;x\">", "<x:y z:w='1'/>", "<title>a &amp; <b>c</title>", "\0<a>\0</a>", "<é ü='ß'>"]
for page in PAGES:
    for convert in (True, False):
        p = Events(convert_charrefs=convert)
        p.feed(page)
        p.close()
        print(repr(page[:50]), convert, p.seen)
    whole = [x[:-1] for x in p.seen]
    pieces = Events(convert_charrefs=False)
    for c in page:
        pieces.feed(c)
    pieces.close()
    merged = []
    for x in pieces.seen:
        if x[0] == "data" and merged and merged[-1][0] == "data":
            merged[-1] = ("data", merged[-1][1] + x[1])
        else:
            merged.append(x[:-1])
    print("  pieces alike:", merged == whole)


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.stack, self.links, self.text = [], {}, []

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.stack.append(dict(attrs).get("href"))

    def handle_endtag(self, tag):
        if tag == "a" and self.stack:
            self.stack.pop()

    def handle_data(self, data):
        if self.stack:
            self.links[self.stack[-1]] = self.links.get(self.stack[-1], "") + data


links = Links()
links.feed("<ul>" + "".join(f"<li><a href='/p?a={i}&amp;b=2'>page <b>{i}</b> &gt;</a>" for i in range(4)) + "<a name=x>none</a></ul>")
print(links.links, links.rawdata == "", links.getpos())
links.reset()
for wrong in (lambda: links.feed(5), lambda: links.feed(b"x"), lambda: html.escape(5), lambda: html.unescape(None), lambda: HTMLParser().error("x"), lambda: HTMLParser(True)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
