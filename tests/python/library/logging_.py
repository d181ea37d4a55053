# logging: levels, handlers, formatters, filters, propagation, rotation, queues, configuration, threads.
import io
import logging
import logging.config
import logging.handlers
import os
import queue
import threading

out = io.StringIO()
handler = logging.StreamHandler(out)
handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(funcName)s:%(lineno)d:%(threadName)s %(message)s"))
log = logging.getLogger("a.b")
log.addHandler(handler)
log.setLevel(logging.DEBUG)
log.propagate = False


def work():
    log.debug("debug %d %s", 1, "x")
    log.info("info %(k)s", {"k": "v"})
    log.warning("percent %%")
    log.error("bad format %d", "x") if False else None
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("caught")
    log.log(35, "odd level", stacklevel=1)
    log.info("with stack", stack_info=False, extra={"user": "u"})


work()
print(out.getvalue().replace(__file__, "FILE"))
print(logging.getLogger("a.b") is log, log.parent.name, log.getEffectiveLevel(), logging.getLevelName(35), logging.getLevelName("INFO"), log.isEnabledFor(5))

for style, text in (("{", "{levelname:>8}|{message!r}"), ("$", "${levelname} $message"), ("%", "%(levelname)-8s|%(message)s")):
    f = logging.Formatter(text, style=style)
    print(f.format(logging.LogRecord("n", logging.INFO, "p.py", 1, "m %s", ("arg",), None)))
f = logging.Formatter("%(asctime)s %(message)s", "%Y")
print(len(f.format(logging.LogRecord("n", 20, "p", 1, "m", None, None)).split()[0]))
for text, style in (("%(nope", "%"), ("{", "{"), ("plain", "%")):
    try:
        logging.Formatter(text, style=style)
    except ValueError as e:
        print(e)


class Odd(logging.Filter):
    def filter(self, record):
        return record.args[0] % 2


out2 = io.StringIO()
h2 = logging.StreamHandler(out2)
h2.addFilter(Odd())
log2 = logging.getLogger("numbers")
log2.addHandler(h2)
log2.propagate = False
for i in range(6):
    log2.warning("n %d", i)
print(out2.getvalue().split("\n"))

memory = logging.handlers.MemoryHandler(3, flushLevel=logging.ERROR, target=h2)
rotating = logging.handlers.RotatingFileHandler("r.log", maxBytes=60, backupCount=2)
log3 = logging.getLogger("rot")
log3.addHandler(rotating)
log3.propagate = False
for i in range(12):
    log3.warning("line number %d", i)
rotating.close()
print(sorted(os.listdir(".")), [open(n).read() for n in sorted(os.listdir(".")) if n.startswith("r.log")])

q = queue.Queue()
listener = logging.handlers.QueueListener(q, h2)
h2.filters.clear()
log4 = logging.getLogger("queued")
log4.addHandler(logging.handlers.QueueHandler(q))
log4.propagate = False
listener.start()
threads = [threading.Thread(target=lambda k=k: [log4.warning("thread %d message %d", k, i) for i in range(20)]) for k in range(4)]
for t in threads: t.start()
for t in threads: t.join()
listener.stop()
print(len(out2.getvalue().split("\n")), len(set(out2.getvalue().split("\n"))))

logging.config.dictConfig({
    "version": 1, "disable_existing_loggers": False,
    "formatters": {"brief": {"format": "%(name)s-%(message)s"}},
    "handlers": {"file": {"class": "logging.FileHandler", "filename": "conf.log", "formatter": "brief", "level": "INFO"}},
    "loggers": {"conf": {"handlers": ["file"], "level": "DEBUG", "propagate": False}}})
logging.getLogger("conf").debug("no")
logging.getLogger("conf.child").info("yes")
print(open("conf.log").read())
try:
    logging.config.dictConfig({"version": 1, "handlers": {"h": {"class": "no.such"}}})
except ValueError as e:
    print(e, "|", e.__cause__)
with open("c.ini", "w") as c:
    c.write("[loggers]\nkeys=root\n[handlers]\nkeys=h\n[formatters]\nkeys=f\n[logger_root]\nlevel=INFO\nhandlers=h\n"
            "[handler_h]\nclass=StreamHandler\nargs=(sys.stdout,)\nformatter=f\n[formatter_f]\nformat=ini %(message)s\n")
logging.config.fileConfig("c.ini")
logging.info("to stdout")
logging.lastResort.setLevel(logging.ERROR)
print(logging.LoggerAdapter(log, {"k": 1}).process("m", {}))
print(repr(log), repr(handler), repr(logging.getLogger()))
