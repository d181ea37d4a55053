# builds: release debug
# timeout: 60
# python3-docutils turns a real document of reStructuredText into HTML.
import docutils.core
import gzip

with gzip.open("/usr/share/doc/python3-docutils/README.txt.gz", "rt", encoding="utf-8") as stream:
    source = stream.read()
settings = {"report_level": 5, "embed_stylesheet": False, "stylesheet_path": "", "generator": False, "_disable_config": True}
html = docutils.core.publish_string(source, writer_name="html5", settings_overrides=settings).decode()
print(len(html), html.count("<p>"), html.count("<h2>"))
print(html)
parts = docutils.core.publish_parts("A *short* text::\n\n  code\n\n.. note:: ``x``\n\n=== ===\n a   b\n=== ===\n", writer_name="latex",
                                    settings_overrides=settings)
print(parts["body"])
