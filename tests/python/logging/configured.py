# logging configured by dictionaries, files and a listener: filters, formatters, hierarchies, mistakes, and what a module says.
import io
import logging
import logging.config
import logging.handlers
import os
import sys
import warnings


class Upper(logging.Formatter):
    def format(self, record):
        return super().format(record).upper()


class OnlyEven(logging.Filter):
    def __init__(self, name="", field="n"):
        super().__init__(name)
        self.field = field

    def filter(self, record):
        return getattr(record, self.field, 0) % 2 == 0


class Keeping(logging.Handler):
    kept = []

    def emit(self, record):
        self.kept.append(self.format(record))


def make_handler(prefix, stream=None):
    h = logging.StreamHandler(stream or sys.stdout)
    h.setFormatter(logging.Formatter(prefix + "%(message)s"))
    return h


CONFIG = {
    "version": 1, "disable_existing_loggers": True,
    "formatters": {"plain": {"format": "%(levelname)-8s|%(name)s|%(message)s"}, "brace": {"format": "{name}: {message:>20}", "style": "{"}, "upper": {"()": Upper, "fmt": "up %(message)s"}, "dollar": {"format": "$levelname ${message}", "style": "$", "validate": True}},
    "filters": {"even": {"()": OnlyEven, "field": "n"}, "app": {"name": "app"}},
    "handlers": {
        "out": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stdout", "level": "INFO", "filters": ["even"]},
        "upper": {"class": "logging.StreamHandler", "formatter": "upper", "stream": "ext://sys.stdout"},
        "file": {"class": "logging.FileHandler", "filename": "app.log", "mode": "w", "formatter": "brace", "delay": True, "encoding": "utf-8"},
        "kept": {"()": Keeping, "formatter": "dollar"},
        "made": {"()": "cfg://factories.make", "prefix": "cfg://prefixes[second]"},
        "memory": {"class": "logging.handlers.MemoryHandler", "capacity": 3, "flushLevel": 40, "target": "kept"},
    },
    "factories": {"make": make_handler}, "prefixes": {"first": "1>", "second": "2>"},
    "loggers": {"app": {"level": "DEBUG", "handlers": ["out", "file"], "propagate": False}, "app.db": {"level": "WARNING", "handlers": ["upper"]}, "mem": {"handlers": ["memory"], "level": 5}, "made": {"handlers": ["made"]}},
    "root": {"level": "ERROR", "handlers": ["kept"]},
}
old = logging.getLogger("old")
logging.config.dictConfig(CONFIG)
app, db, mem = logging.getLogger("app"), logging.getLogger("app.db"), logging.getLogger("mem")
print(old.disabled, app.handlers, db.getEffectiveLevel(), logging.getLogger("app.db.pool").getEffectiveLevel(), mem.level, [c.name for c in (db.parent, app.parent)])
app.info("started %s %d", "now", 3)
app.info("odd one", extra={"n": 1})
app.debug("only in the file é")
db.info("not at all")
db.warning("both %(a)s", {"a": "mapped"})
logging.getLogger("app.db.pool").error("from the pool")
mem.log(5, "one")
mem.info("two")
print(Keeping.kept)
mem.error("three flushes")
logging.getLogger("elsewhere").error("root")
logging.getLogger("made").error("by a factory")
print(Keeping.kept)
for h in app.handlers:
    h.flush()
print(open("app.log", encoding="utf-8").read())
logging.config.dictConfig({"version": 1, "incremental": True, "handlers": {"kept": {"level": "CRITICAL"}}, "loggers": {"app": {"level": "ERROR"}}})
print(app.level, logging._handlers["kept"].level)

with open("log.ini", "w") as f:
    f.write("""[loggers]
keys=root,part
[handlers]
keys=con,never
[formatters]
keys=short
[logger_root]
level=WARNING
handlers=con
[logger_part]
level=DEBUG
handlers=con
qualname=whole.part
propagate=0
[handler_con]
class=StreamHandler
level=NOTSET
formatter=short
args=(sys.stdout,)
[handler_never]
class=handlers.MemoryHandler
args=(10,)
[formatter_short]
format=%(name)s %(levelname).3s %(message)s
class=logging.Formatter
""")
logging.config.fileConfig("log.ini", disable_existing_loggers=False)
logging.getLogger("whole.part").debug("detail")
logging.getLogger("whole").info("hidden")
logging.getLogger("whole").warning("shown")
for wrong in ({}, {"version": 2}, {"version": 1, "handlers": {"h": {"class": "no.such.Class"}}}, {"version": 1, "root": {"handlers": ["absent"]}}, {"version": 1, "handlers": {"h": {"class": "logging.StreamHandler", "level": "LOUD"}}},
              {"version": 1, "handlers": {"h": {"class": "logging.StreamHandler", "formatter": "f"}}}, {"version": 1, "formatters": {"f": {"format": "%(x)z"}}}, {"version": 1, "formatters": {"f": {"format": "{a b}", "style": "{"}}}, {"version": 1, "loggers": {"a": {"level": 5.5}}}, 5):
    try:
        logging.config.dictConfig(wrong)
        print("accepted")
    except Exception as e:
        print(type(e).__name__, e, "|", e.__cause__)
for call in (lambda: logging.config.fileConfig("absent.ini"), lambda: logging.config.fileConfig(io.StringIO("nothing")), lambda: logging.Formatter("%(x)", style="!"), lambda: logging.Formatter("none"), lambda: logging.getLogger(5), lambda: app.log("INFO", "x"), lambda: app.setLevel("x"),
             lambda: app.info("x", extra={"message": 1}), lambda: logging.basicConfig(stream=1, filename="f", force=True), lambda: logging.basicConfig(bad=1, force=True), lambda: logging.setLoggerClass(int)):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, str(e).replace(os.getcwd(), ""))
