# calendar, zoneinfo, uuid, secrets, ipaddress, graphlib, sched, copyreg, platform, getpass, timeit, numbers, locale.
import calendar
import copyreg
import datetime
import getpass
import graphlib
import ipaddress
import numbers
import os
import pickle
import platform
import sched
import secrets
import time
import timeit
import uuid
import zoneinfo

print(calendar.month(2024, 2), calendar.TextCalendar(6).formatmonth(2023, 10), calendar.monthrange(2100, 2), calendar.isleap(1900), calendar.leapdays(1, 2024), calendar.weekday(2000, 1, 1), calendar.timegm((1970, 1, 2, 0, 0, 0)))
print(list(calendar.Calendar().itermonthdays2(2024, 9))[:9], calendar.HTMLCalendar().formatmonth(2024, 1)[:120], calendar.day_name[0], list(calendar.month_abbr)[:4])
try:
    calendar.monthrange(2024, 13)
except calendar.IllegalMonthError as e:
    print(e)
z = zoneinfo.ZoneInfo("Europe/Berlin")
for when in (datetime.datetime(2024, 3, 31, 1, 59, tzinfo=z), datetime.datetime(2024, 3, 31, 3, 0, tzinfo=z), datetime.datetime(2024, 10, 27, 2, 30, tzinfo=z), datetime.datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=z), datetime.datetime(1900, 1, 1, tzinfo=z), datetime.datetime(2090, 7, 1, tzinfo=z)):
    print(when.isoformat(), when.tzname(), when.dst(), when.astimezone(zoneinfo.ZoneInfo("America/New_York")).isoformat())
print(z, z.key, zoneinfo.ZoneInfo("Europe/Berlin") is z, pickle.loads(pickle.dumps(z)) is z, "UTC" in zoneinfo.available_timezones())
try:
    zoneinfo.ZoneInfo("No/Where")
except zoneinfo.ZoneInfoNotFoundError as e:
    print(e)
u = uuid.UUID("12345678-1234-5678-1234-567812345678")
print(u, repr(u), u.int, u.hex, u.urn, u.version, u.variant, u.fields, uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid3(uuid.NAMESPACE_URL, "x"), uuid.uuid4().version, len({uuid.uuid1() for _ in range(50)}), u < uuid.UUID(int=2**127))
try:
    uuid.UUID("xyz")
except ValueError as e:
    print(e)
print(len(secrets.token_hex(8)), len(secrets.token_bytes(5)), secrets.compare_digest("a", "a"), secrets.randbelow(1), secrets.choice("z"), len(secrets.token_urlsafe(16)))
n = ipaddress.ip_network("192.168.0.0/29")
print(list(n.hosts()), n.broadcast_address, n.num_addresses, ipaddress.ip_address("192.168.0.3") in n, list(n.subnets(new_prefix=30)), n.supernet(), n.overlaps(ipaddress.ip_network("192.168.0.4/31")))
print(ipaddress.ip_address("::1").is_loopback, ipaddress.ip_address("2001:db8::1").exploded, ipaddress.IPv6Address("::ffff:1.2.3.4").ipv4_mapped, list(ipaddress.collapse_addresses(map(ipaddress.ip_network, ["10.0.0.0/25", "10.0.0.128/25"]))),
      list(ipaddress.summarize_address_range(ipaddress.IPv4Address("1.0.0.0"), ipaddress.IPv4Address("1.0.0.9"))), ipaddress.ip_interface("1.2.3.4/24").network, sorted([ipaddress.IPv4Address(9), ipaddress.IPv4Address(3)]), f"{ipaddress.IPv4Address(5):b}")
for bad in ("1.2.3", "1.2.3.256", "::g", "01.2.3.4", "1::2::3"):
    try:
        ipaddress.ip_address(bad)
    except ValueError as e:
        print(e)
for bad in ("1.2.3.4/24", "1.0.0.0/33", "1.0.0.0/x"):
    try:
        ipaddress.IPv4Network(bad)
    except ValueError as e:
        print(type(e).__name__, e)
t = graphlib.TopologicalSorter({"D": {"B", "C"}, "B": {"A"}, "C": {"A"}})
t.prepare()
while t.is_active():
    ready = sorted(t.get_ready())
    print(ready)
    t.done(*ready)
try:
    list(graphlib.TopologicalSorter({1: [2], 2: [3], 3: [1]}).static_order())
except graphlib.CycleError as e:
    print(e.args[0], len(e.args[1]))
clock = [0]
s = sched.scheduler(lambda: clock[0], lambda d: clock.__setitem__(0, clock[0] + d))
for delay, text in ((3, "c"), (1, "a"), (2, "b")):
    s.enter(delay, 1, lambda text=text: print(text, clock[0]))
e = s.enter(9, 1, print)
s.cancel(e)
print(len(s.queue), s.run(), s.empty())


class Odd:
    def __init__(self, v): self.v = v


copyreg.pickle(Odd, lambda o: (Odd, (o.v * 2,)))
print(pickle.loads(pickle.dumps(Odd(4))).v, copyreg.dispatch_table[Odd] is not None)
print(platform.system(), platform.machine() == os.uname().machine, platform.python_version(), platform.python_version_tuple(), len(platform.uname()), isinstance(platform.platform(), str), platform.architecture()[0], platform.freedesktop_os_release()["ID"])
os.environ["LOGNAME"] = "someone"
print(getpass.getuser(), timeit.timeit("x += 1", "x = 0", number=100) >= 0, len(timeit.repeat("pass", number=10, repeat=3)), timeit.Timer("1").autorange()[0] > 0)
print([isinstance(x, k) for x in (1, 1.5, 1j) for k in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral)])
