"""fromisoformat() of all three types: what random damage to ISO 8601 text does, against the C form's own grammar."""

import random
from _datetime import date, datetime, time, timedelta, timezone

r = random.Random(2020)
good = ["2020-01-02", "20200102", "2020-W01-1", "2020W011", "2020-W01", "2020W01", "12", "12:34", "1234", "12:34:56", "123456", "12:34:56.7", "12:34:56,789012", "123456.789", "T12", "T12:34Z",
        "12:34:56+01:00", "12:34-0130", "123456+01:02:03.5", "2020-01-02T03:04:05", "2020-01-02 03", "20200102T030405", "2020-W53-7T03:04:05.123456789+05", "2020W017T03Z", "2020-W01-1-03", "2020-W0112",
        "9999-12-31T23:59:59.999999-23:59", "2020-01-02T03:04:05.123456+00:00", "2020-01-02é03:04", "2020-01-02\ud80003:04", "2020W01\U0001f60003:04", "2020-W53-1", "2021-W53-1", "12:34:56:789012"]
alphabet = "0123456789-:T ZWz+.,é\ud800\0\u20ac"
def show(f, s):
    try: return repr(f(s))
    except ValueError as e: return str(e)
count = 0
for s in good:
    for f in (date.fromisoformat, time.fromisoformat, datetime.fromisoformat): print(ascii(s), show(f, s).encode("ascii", "backslashreplace").decode())
lines = []
for i in range(6000):
    s = list(r.choice(good))
    for _ in range(r.choice((1, 1, 1, 2, 3))):
        k, at = r.random(), r.randrange(len(s) + 1)
        if k < 0.4 and at < len(s): s[at] = r.choice(alphabet)
        elif k < 0.7: s.insert(at, r.choice(alphabet))
        elif at < len(s): del s[at]
    s = "".join(s)
    answers = [show(f, s) for f in (date.fromisoformat, time.fromisoformat, datetime.fromisoformat)]
    if not all(a.startswith("Invalid isoformat") for a in answers):
        count += 1
        print(ascii(s), ascii(answers))
print(count)
for i in range(300):
    d = datetime(r.randint(1, 9999), r.randint(1, 12), r.randint(1, 28), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59), r.choice((0, r.randint(0, 999999))),
                 r.choice((None, timezone.utc, timezone(timedelta(seconds=r.randint(-86399, 86399))))))
    assert datetime.fromisoformat(d.isoformat()) == d and date.fromisoformat(str(d.date())) == d.date() and time.fromisoformat(str(d.timetz())) == d.timetz()
    y, w, k = d.isocalendar()
    assert date.fromisocalendar(y, w, k) == d.date() == date.fromisoformat(f"{y:04}-W{w:02}-{k}") == date.fromordinal(d.toordinal())
    print(d, d.ctime(), d.timetuple().tm_yday, d.isocalendar())
