# syslog: what reaches the standard error by LOG_PERROR, masks, arguments, several threads.
import syslog
import threading


def attempt(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "->", type(e).__name__, e)


syslog.openlog("weft-test", syslog.LOG_PERROR | syslog.LOG_NDELAY, syslog.LOG_LOCAL3)
syslog.syslog("plain")
syslog.syslog(syslog.LOG_ERR, "an error: 100%s")
print(syslog.setlogmask(syslog.LOG_UPTO(syslog.LOG_WARNING)))
syslog.syslog(syslog.LOG_DEBUG, "masked")
syslog.syslog(syslog.LOG_WARNING, "not masked")
print(syslog.setlogmask(255), syslog.LOG_MASK(syslog.LOG_ERR), syslog.LOG_UPTO(3))
threads = [threading.Thread(target=lambda: [syslog.syslog("from a thread") for _ in range(5)]) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
syslog.closelog()
syslog.closelog()
syslog.openlog(ident="keyword", logoption=syslog.LOG_PERROR)
syslog.syslog("named")
attempt("message", lambda: syslog.syslog(3))
attempt("priority", lambda: syslog.syslog("x", "y"))
attempt("nothing", lambda: syslog.syslog())
attempt("mask", lambda: syslog.setlogmask("x"))
attempt("LOG_MASK", lambda: syslog.LOG_MASK("x"))
print({n: getattr(syslog, n) for n in dir(syslog) if n.startswith("LOG_") and isinstance(getattr(syslog, n), int)})
