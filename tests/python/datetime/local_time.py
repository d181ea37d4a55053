# env: TZ=EST+05EDT,M3.2.0,M11.1.0
"""Local time: folds and gaps at changes of offset, timestamps both ways, astimezone() of naive times, comparison across folds."""

from _datetime import *
import datetime as library
import time as clock

print(library.datetime is datetime, clock.tzname)
for fold in (0, 1):
    for when in (datetime(2020, 3, 8, 1, 59, 59), datetime(2020, 3, 8, 2, 30), datetime(2020, 3, 8, 3), datetime(2020, 11, 1, 0, 59), datetime(2020, 11, 1, 1, 30), datetime(2020, 11, 1, 2), datetime(2020, 7, 1, 12, 0, 0, 5)):
        when = when.replace(fold=fold)
        stamp = when.timestamp()
        print(repr(when), stamp, repr(datetime.fromtimestamp(stamp)), when.astimezone(), when.astimezone(timezone.utc), when.astimezone().tzname())
for stamp in range(1604206800 - 3600, 1604206800 + 3 * 3600 + 1, 900):
    back = datetime.fromtimestamp(stamp)
    print(stamp, repr(back), back.timestamp() == stamp, datetime.fromtimestamp(stamp, timezone.utc), date.fromtimestamp(stamp))
for wrong in (datetime.min, datetime.max):
    try: print(wrong.timestamp())
    except (ValueError, OverflowError) as e: print(type(e).__name__, e)
    try: print(wrong.astimezone())
    except (ValueError, OverflowError) as e: print(type(e).__name__, e)
class Local(tzinfo):
    def utcoffset(self, dt): return dt.replace(tzinfo=None).astimezone().utcoffset() if dt else None
    def dst(self, dt): return timedelta(0)
    def tzname(self, dt): return "local"
local = Local()
x, y = datetime(2020, 11, 1, 1, 30, tzinfo=local), datetime(2020, 11, 1, 1, 30, tzinfo=local, fold=1)
print(x == y, hash(x) == hash(y), x - y, x == x.astimezone(timezone.utc), x < y.astimezone(timezone.utc), x.utcoffset(), y.utcoffset(), x.astimezone(timezone.utc) - y.astimezone(timezone.utc))
print(datetime(2020, 7, 1, tzinfo=local) == datetime(2020, 7, 1, 4, tzinfo=timezone.utc), {x: 1}.get(y), x.timestamp(), y.timestamp())
now, stamp = datetime.now(), clock.time()
print(abs(now.timestamp() - stamp) < 60, abs(datetime.now(timezone.utc).timestamp() - stamp) < 60, abs(datetime.utcnow().replace(tzinfo=timezone.utc).timestamp() - stamp) < 60, type(date.today()), datetime.today() >= now)
for stamp in (0, -1, 1e9 + 0.25, -86400 * 365.25 * 60): print(datetime.fromtimestamp(stamp), datetime.utcfromtimestamp(stamp), datetime.fromtimestamp(stamp).timestamp() == stamp)
