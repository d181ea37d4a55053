# zoneinfo: changes of the clock, gaps and folds, files made by hand, rules beyond the table, caches, pickles and refusals.
import copy
import datetime
import io
import os
import pickle
import struct
import zoneinfo
from datetime import datetime as DT, timedelta, timezone
from zoneinfo import ZoneInfo

for key, year in (("Europe/London", 2021), ("America/New_York", 2010), ("Australia/Lord_Howe", 2020), ("Asia/Kathmandu", 1985), ("Africa/Casablanca", 2022), ("America/Sao_Paulo", 2015), ("UTC", 2020), ("Pacific/Apia", 2011), ("Asia/Tokyo", 1950), ("Europe/Dublin", 2030), ("Antarctica/Troll", 2040)):
    z = ZoneInfo(key)
    moment, last, changes = DT(year, 1, 1, tzinfo=timezone.utc), None, []
    while moment.year == year:
        local = moment.astimezone(z)
        now = (local.utcoffset(), local.tzname(), local.dst())
        if now != last:
            changes.append(f"{moment:%m-%d %H}h {now[0].total_seconds() / 3600:+g} {now[1]} {now[2]}")
            last = now
        moment += timedelta(hours=6)
    print(key, changes)
z = ZoneInfo("America/New_York")
for naive in (DT(2020, 3, 8, 1, 59, 59), DT(2020, 3, 8, 2, 30), DT(2020, 3, 8, 3), DT(2020, 11, 1, 0, 59), DT(2020, 11, 1, 1, 30), DT(2020, 11, 1, 2), DT(1883, 11, 18, 12, 3, 57), DT(1800, 1, 1), DT(1, 1, 1), DT(9999, 12, 31), DT(2037, 11, 1, 1, 30), DT(2050, 7, 1), DT(2500, 11, 7, 1, 15)):
    for fold in (0, 1):
        d = naive.replace(tzinfo=z, fold=fold)
        try:
            utc = d.astimezone(timezone.utc)
            back = utc.astimezone(z)
            print(d.isoformat(), d.tzname(), d.dst(), utc.isoformat(), back.replace(tzinfo=None) == naive, back.fold)
        except OverflowError as e:
            print(naive, fold, "OverflowError", e)
start = DT(2020, 3, 7, 12, tzinfo=z)
print(start + timedelta(days=1), (start + timedelta(days=1)) - start, ((start + timedelta(days=1)).astimezone(timezone.utc) - start.astimezone(timezone.utc)), start < start.astimezone(ZoneInfo("Asia/Tokyo")), start == start.astimezone(timezone.utc), hash(start) == hash(start.astimezone(timezone.utc)))
print(start.time().tzinfo, datetime.time(12, tzinfo=z).utcoffset(), datetime.time(12, tzinfo=ZoneInfo("UTC")).isoformat(), z.utcoffset(None), z.tzname(None), ZoneInfo("Etc/GMT+5").utcoffset(None))


def build(version, transitions, types, names, footer=b""):
    """A TZif file with its table in both formats."""
    def block(code, times):
        out = struct.pack(">4sc15x6l", b"TZif", version, 0, 0, 0, len(times), len(types), len(names))
        out += struct.pack(f">{len(times)}{code}", *[t for t, _ in times]) + bytes(i for _, i in times)
        return out + b"".join(struct.pack(">lbb", *t) for t in types) + names
    old = block("l", [t for t in transitions if -2**31 <= t[0] < 2**31])
    return old if version == b"\0" else old + block("q", transitions) + b"\n" + footer + b"\n"


types, names = [(3600, 0, 0), (7200, 1, 4)], b"AAA\0BBB\0"
for footer in (b"AAA-1", b"AAA-1BBB,M3.5.0,M10.5.0/3", b"<+03>-3<-02>2:30,J60/0,J300/25", b"AAA-1BBB,59,300", b"AAA-1BBB-2:15:30,M1.1.1/-3,M12.5.6/167", b"", b"bad", b"AAA-1BBB", b"AAA-25", b"AAA-1BBB,M13.1.1,M1.1.1", b"AAA-1BBB,M3.1.1/200,M4.1.1"):
    try:
        made = ZoneInfo.from_file(io.BytesIO(build(b"2", [(0, 1), (10**9, 0)], types, names, footer)), key="Made/Up")
        print(footer, [(str(w.replace(tzinfo=made).utcoffset()), w.replace(tzinfo=made).tzname()) for w in (DT(1960, 1, 1), DT(1990, 1, 1), DT(2020, 2, 1), DT(2021, 7, 1), DT(2022, 12, 31, 23))])
    except ValueError as e:
        print(footer, "ValueError", e)
for data in (b"", b"TZif", b"junk" * 20, build(b"\0", [], types[:1], names), build(b"2", [(5, 0)], types[:1], names, b"AAA-1")[:60]):
    try:
        print(len(data), ZoneInfo.from_file(io.BytesIO(data)).utcoffset(DT(2020, 1, 1)))
    except Exception as e:
        print(len(data), type(e).__name__, e)
nameless = ZoneInfo.from_file(io.BytesIO(build(b"\0", [], types[:1], names)))
print(nameless.key, str(nameless).split(" at ")[0][:30], repr(made)[:60] if made.key else "")
try:
    pickle.dumps(nameless)
except pickle.PicklingError as e:
    print("PicklingError", e)
print(ZoneInfo("UTC") is ZoneInfo("UTC"), ZoneInfo.no_cache("UTC") is ZoneInfo("UTC"), copy.copy(z) is z, copy.deepcopy(z) is z, pickle.loads(pickle.dumps(z)) is z, pickle.loads(pickle.dumps(ZoneInfo.no_cache("UTC"))) is ZoneInfo("UTC"), z == ZoneInfo.no_cache("America/New_York"))
ZoneInfo.clear_cache(only_keys=["UTC"])
held = ZoneInfo("UTC")
ZoneInfo.clear_cache()
print(ZoneInfo("UTC") is held)
for key in ("No/Such", "../etc/passwd", "/usr/share/zoneinfo/UTC", "", "Europe", "a\0b", "zone.tab", "Europe/../UTC", "É"):
    try:
        print(ZoneInfo(key))
    except Exception as e:
        print(repr(key), type(e).__name__, e)
os.makedirs("zones/My")
with open("zones/My/Own", "wb") as f:
    f.write(build(b"2", [(0, 1)], types, names, b"BBB-2"))
zoneinfo.reset_tzpath(to=[os.path.abspath("zones")])
print(ZoneInfo("My/Own").tzname(DT(2000, 1, 1)), sorted(zoneinfo.available_timezones()) == ["My/Own"] or len(zoneinfo.available_timezones()), len(zoneinfo.TZPATH))
for wrong in (["relative"], "text", 5):
    try:
        zoneinfo.reset_tzpath(to=wrong)
    except Exception as e:
        print(type(e).__name__, e)


class Sub(ZoneInfo):
    pass


print(type(Sub("My/Own")).__name__, Sub("My/Own") is Sub("My/Own"), Sub("My/Own") is ZoneInfo("My/Own"), repr(Sub("My/Own")))
for wrong in (lambda: z.utcoffset(5), lambda: z.fromutc(DT(2020, 1, 1)), lambda: z.fromutc(5), lambda: ZoneInfo(), lambda: ZoneInfo(5), lambda: setattr(ZoneInfo("My/Own"), "key", 1)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
