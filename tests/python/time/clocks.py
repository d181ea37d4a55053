"""time: monotonic clocks, sleep, struct_time, strftime, strptime-free conversion, gmtime, mktime, errors."""

import time

a, b = time.monotonic(), time.monotonic(); p = time.perf_counter(); q = time.process_time(); time.sleep(0.01)
print(b >= a, time.perf_counter() - p >= 0.009, time.process_time() >= q, time.time() > 1.6e9, time.time_ns() // 10**9 - int(time.time()) in (-1, 0, 1), isinstance(time.monotonic_ns(), int), isinstance(time.perf_counter_ns(), int), isinstance(time.thread_time(), float), [time.get_clock_info(n).monotonic for n in ("monotonic", "time", "perf_counter", "process_time")], time.get_clock_info("time").adjustable)
for t in (0, 86399, 1e9, 1234567890.75, -1, 2**31, 951782400, 4102444800): g = time.gmtime(t); print(t, tuple(g), time.asctime(g), time.strftime("%Y-%m-%d %H:%M:%S %j %a %b %p %I %y %%", g))
g = time.gmtime(1e9); print(g, g.tm_year, g[1], g.tm_zone, g.tm_gmtoff, len(g), g == tuple(g), time.struct_time(range(9)), time.mktime(time.localtime(1e9)), time.ctime(0), time.timezone, time.altzone, time.daylight, time.tzname, time.asctime(time.struct_time((2024, 2, 29, 1, 2, 3, 3, 60, 0))))
for spec in "%d %m %U %w %W %x %X %c %Z %z %A %B %e %F %T %D %R %n %t %h %G %V %u %C %s".split(): print(spec, repr(time.strftime(spec, time.gmtime(1e9))), end="; ")
print(time.strftime("é %Y €", g), repr(time.strftime("", g)), time.strftime("%", g), time.strftime("%Y", (99, 1, 1, 0, 0, 0, 0, 1, 0)), time.strftime("%H", (2000, 1, 1, 25 - 2, 0, 0, 0, 1, 0)))
for bad in (lambda: time.gmtime("x"), lambda: time.gmtime(1e30), lambda: time.gmtime(float("nan")), lambda: time.sleep(-1), lambda: time.sleep("x"), lambda: time.mktime((1, 2)), lambda: time.mktime("x"), lambda: time.strftime("%Y", 5), lambda: time.strftime("%Y", (2000, 13, 1, 0, 0, 0, 0, 1, 0)), lambda: time.strftime("%Y", (2000, 1, 32, 0, 0, 0, 0, 1, 0)), lambda: time.strftime(5), lambda: time.asctime((1,)), lambda: time.struct_time((1,)), lambda: time.get_clock_info("nope"), lambda: time.localtime(2**70), lambda: time.struct_time(5), lambda: time.asctime((2000, 1, 1, 99, 0, 0, 0, 1, 0)), lambda: time.clock_gettime(999), lambda: time.ctime("x"), lambda: setattr(g, "tm_year", 5), lambda: time.strftime("%Y\0", g)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
print(time.clock_gettime(time.CLOCK_MONOTONIC) > 0, time.clock_getres(time.CLOCK_REALTIME) > 0, time.clock_gettime_ns(time.CLOCK_PROCESS_CPUTIME_ID) > 0, time.pthread_getcpuclockid is not None)
import os
os.environ["TZ"] = "EST5EDT,M3.2.0,M11.1.0"; time.tzset(); print(time.tzname, time.timezone, time.altzone, time.daylight, time.localtime(0).tm_hour, time.localtime(1625097600).tm_isdst, time.mktime((2021, 7, 1, 0, 0, 0, 0, 0, -1)), time.ctime(1625097600), time.strftime("%Z %z", time.localtime(0)))
print(time.localtime().tm_year >= 2024, time.gmtime().tm_year >= 2024, time.strftime("%Y") >= "2024", len(time.ctime()) == 24, time.mktime(time.localtime()) > 1e9, time.sleep(0), [t for t in (time.gmtime(i * 86400 * 30) for i in range(3))][2].tm_mon)
