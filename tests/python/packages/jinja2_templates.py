# builds: release debug
# timeout: 60
# python3-jinja2: templates compiled to Python, with inheritance, macros, loops, filters, and its errors.
import jinja2

loader = jinja2.DictLoader({
    "base": "<title>{% block title %}none{% endblock %}</title>\n{% block body %}{% endblock %}\n{# gone #}end",
    "page": """{% extends "base" %}{% from "macros" import item with context %}
{% block title %}{{ super() }}: {{ title|upper|replace("A", "4") }}{% endblock %}
{% block body -%}
{% for row in rows recursive %}{{ loop.index }}/{{ loop.length }} {{ item(row, loop.first) }}
{% else %}no rows{% endfor %}
{%- set total = namespace(n=0) %}{% for row in rows if row.price > 1 %}{% set total.n = total.n + row.price %}{% endfor %}
total {{ "%.2f"|format(total.n) }}, {{ rows|map(attribute="name")|join(", ") }}, {{ rows|groupby("kind")|length }} kinds
{{ rows|selectattr("price", "gt", 2)|list|tojson }}
{% endblock %}""",
    "macros": "{% macro item(row, first=false) %}{{ row.name|e }}={{ row.price|round(1) }}{% if first %} (first){% endif %} {{ title }}{% endmacro %}",
    "broken": "line one\n{% for x in %}\n{% endfor %}",
    "missing": "{{ nothing.at.all }}",
})
environment = jinja2.Environment(loader=loader, autoescape=jinja2.select_autoescape(["page"]), undefined=jinja2.StrictUndefined)
rows = [{"name": "<apple>", "price": 1.25, "kind": "fruit"}, {"name": "plum", "price": 3.5, "kind": "fruit"}, {"name": "nail", "price": 0.1, "kind": "iron"}]
print(environment.get_template("page").render(title="Salad", rows=rows))
print(environment.get_template("page").render(title="Empty", rows=[]))
for name in ("broken", "missing", "absent"):
    try:
        print(environment.get_template(name).render())
    except jinja2.TemplateError as error:
        print(type(error).__name__, error)
print(environment.from_string("{{ [3, 1, 2]|sort|first }} {{ 7 // 2 }} {{ 'x' ~ 5 }} {{ range(4)|batch(2)|list }}").render())
