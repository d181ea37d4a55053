# builds: release debug
# timeout: 60
# python3-pygments colours a file of the library, some C and some JSON.
import heapq
import pygments
from pygments import formatters, lexers

with open(heapq.__file__, encoding="utf-8") as stream:
    source = stream.read()[:6000]
print(pygments.highlight(source, lexers.PythonLexer(), formatters.HtmlFormatter(linenos=True, cssclass="x")))
print(pygments.highlight("#include <a.h>\nint main(void) { return 'c' + 0x1f; } // end\n", lexers.get_lexer_by_name("c"), formatters.TerminalFormatter()))
print(pygments.highlight('{"a": [1, 2.5e3, null, true], "b\\n": {}}', lexers.JsonLexer(), formatters.RawTokenFormatter()).decode())
print(lexers.guess_lexer("#!/usr/bin/perl\nprint 1;").name, formatters.HtmlFormatter(style="default").get_style_defs(".x")[:200])
