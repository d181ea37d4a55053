# builds: release debug
# timeout: 60
# python3-mako: templates turned into Python modules, with defs, inheritance, filters and loops.
from mako import exceptions
from mako.lookup import TemplateLookup
from mako.template import Template

print(Template("""<%! import string %>\\
<%def name="row(cells)">
  % for cell in cells:
[${cell | h,trim}]${loop.last and "." or ","}\\
  % endfor
</%def>\\
% for i in range(3):
${row(["<%d>" % i, " x "])}
% endfor
## gone
<% total = sum(range(10)) %>total ${total} ${string.capwords("two words")} ${"a&b" | u}
<%text>${raw}</%text>
""").render())
lookup = TemplateLookup()
lookup.put_string("base", "<h1>${self.title()}</h1>${next.body()}<%def name='title()'>base</%def>")
lookup.put_string("page", "<%inherit file='base'/><%def name='title()'>page of ${name}</%def>body ${', '.join(sorted(context.keys()))}")
print(lookup.get_template("page").render(name="weft"))
for bad in ("% if x:\nno end", "${", "<%def>x</%def>"):
    try:
        Template(bad)
    except exceptions.MakoException as error:
        print(type(error).__name__, error)
