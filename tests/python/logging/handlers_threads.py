# logging's handlers at work: rotation by size and time, queues and listeners, sockets, contexts, records, errors in handlers, many threads.
import contextlib
import copy
import io
import logging
import logging.handlers
import os
import pickle
import queue
import socketserver
import struct
import threading

log = logging.getLogger("work")
log.setLevel(logging.DEBUG)
log.propagate = False


@contextlib.contextmanager
def using(handler, fmt="%(message)s"):
    handler.setFormatter(logging.Formatter(fmt))
    log.addHandler(handler)
    try:
        yield handler
    finally:
        log.removeHandler(handler)
        handler.close()


with using(logging.handlers.RotatingFileHandler("size.log", maxBytes=60, backupCount=2)) as h:
    h.namer = lambda name: name.replace(".log.", ".") + ".old"
    for i in range(12):
        log.info("message number %d", i)
for name in sorted(n for n in os.listdir() if n.startswith("size")):
    print(name, open(name).read().split("\n"))
with using(logging.handlers.TimedRotatingFileHandler("timed.log", when="S", interval=5, backupCount=1, utc=True)) as h:
    print(h.when, h.interval, h.suffix, h.extMatch.pattern, h.computeRollover(1000), h.shouldRollover(logging.makeLogRecord({"msg": "x"})))
for when in ("midnight", "W3", "H", "D"):
    h = logging.handlers.TimedRotatingFileHandler("t.log", when=when, utc=True, delay=True)
    print(when, h.interval, h.suffix, h.computeRollover(86400 * 10 + 5) - 86400 * 10)
    h.close()
for when in ("W", "W9", "Q"):
    try:
        logging.handlers.TimedRotatingFileHandler("t.log", when=when, delay=True)
    except ValueError as e:
        print(e)
with using(logging.handlers.WatchedFileHandler("watched.log")):
    log.info("first")
    os.rename("watched.log", "moved.log")
    log.info("second")
print(open("moved.log").read(), open("watched.log").read())

q, out = queue.Queue(), io.StringIO()
target = logging.StreamHandler(out)
target.setLevel(logging.WARNING)
target.setFormatter(logging.Formatter("%(threadName)s %(levelname)s %(message)s"))
listener = logging.handlers.QueueListener(q, target, respect_handler_level=True)
listener.start()
with using(logging.handlers.QueueHandler(q)):
    def work(n):
        for i in range(30):
            log.log(logging.WARNING if i % 3 == 0 else logging.DEBUG, "step %d of %d", i, n)
    workers = [threading.Thread(target=work, args=(n,), name=f"worker-{n}") for n in range(4)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
listener.stop()
lines = out.getvalue().splitlines()
print(len(lines), sorted(lines)[:3], [x.split()[3] for x in lines if x.startswith("worker-2")])

received = []


class Receiver(socketserver.StreamRequestHandler):
    def handle(self):
        while len(head := self.rfile.read(4)) == 4:
            record = logging.makeLogRecord(pickle.loads(self.rfile.read(struct.unpack(">L", head)[0])))
            received.append((record.getMessage(), record.levelno, record.args, bool(record.exc_text)))


server = socketserver.TCPServer(("127.0.0.1", 0), Receiver)
thread = threading.Thread(target=server.handle_request)
thread.start()
with using(logging.handlers.SocketHandler(*server.server_address)):
    log.info("over %s", "tcp")
    try:
        {}["missing"]
    except KeyError:
        log.exception("failed")
thread.join()
server.server_close()
print(received)

with using(logging.StreamHandler(stream := io.StringIO()), "%(levelname)s %(user)s %(funcName)s %(message)s") as h:
    adapter = logging.LoggerAdapter(log, {"user": "ann"})

    def called():
        adapter.warning("careful %s", {"k": 1})
        adapter.log(25, "level 25", stack_info=False)

    called()
    previous = logging.getLogRecordFactory()
    logging.setLogRecordFactory(lambda *a, **k: (r := previous(*a, **k), setattr(r, "user", "made"))[0])
    log.info("from the factory")
    logging.setLogRecordFactory(previous)
    logging.addLevelName(25, "NOTICE")
    adapter.log(25, "named")
    print(stream.getvalue(), logging.getLevelName(25), logging.getLevelName("NOTICE"), logging.getLevelName(26), adapter)
    err = io.StringIO()
    with contextlib.redirect_stderr(err):
        log.info("too %d few")
        log.info("no %s user", "x")
    print([line for line in err.getvalue().splitlines() if not line.startswith("  ")])
print(copy.copy(log) is log, pickle.loads(pickle.dumps(log)) is log, log, log.getChild("sub.part").name, log.hasHandlers(), logging.getLogger("work.x").manager is log.manager)
log.disabled = True
print(log.isEnabledFor(50), logging.lastResort, logging.getLevelName(10), logging.root)
record = logging.LogRecord("n", 20, "/p/file.py", 7, "m %s", ("a",), None, func="f")
print(record, record.module, record.filename, logging.BufferingFormatter().format([record, record]), logging.Formatter("%(asctime)s", "%Y").usesTime(), logging.Formatter("{levelname!r:>10}", style="{").format(record))
