# datetime: strptime and strftime with every directive, ISO texts both ways, folds, replacing, arithmetic at the edges, own subclasses, errors.
import copy
import datetime as dt
import locale
import pickle
import time
from datetime import date, datetime, time as Time, timedelta, timezone, tzinfo

moment = datetime(2024, 2, 29, 13, 5, 9, 42, timezone(timedelta(hours=-3, minutes=-30, seconds=-15), "ODD"))
for code in "aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%fq":
    if code in "s":
        continue
    row = []
    for value in (moment, datetime(1, 1, 1), date(999, 12, 31), Time(0, 0, 0, 5)):
        try:
            row.append(value.strftime("%" + code))
        except ValueError as e:
            row.append(f"ValueError {e}")
    print(code, row)
print(repr(moment.strftime("%Y-%m-%dT%H:%M:%S.%f%z é %%z %")), moment.strftime(""), f"{moment:%d/%m}", format(date(2020, 1, 2), ""), "{:%H}".format(Time(5)), moment.strftime("%-d %_d %5Y"), moment.strftime("\0x") == "\0x")
PARSE = [("2024-02-29 13:05:09.000042", "%Y-%m-%d %H:%M:%S.%f"), ("29 Feb 24", "%d %b %y"), ("thursday, 1 february 2024", "%A, %d %B %Y"), ("12:30 am", "%I:%M %p"), ("12 PM", "%I %p"), ("2024 060", "%Y %j"), ("2024 9 4", "%Y %W %w"), ("2024 08 0", "%Y %U %w"), ("2024-W09-4", "%G-W%V-%u"), ("+0530", "%z"), ("-05:30:15.5", "%z"), ("Z", "%z"), ("UTC", "%Z"), ("69", "%y"), ("68", "%y"), ("1 2 3", "%d%t%m %y"), ("Thu Feb 29 13:05:09 2024", "%c"), ("02/29/24", "%x"), ("13:05:09", "%X"), ("100%", "100%%"), ("  5", "%d"), ("0.5", "%S.%f"), ("59.123456", "%S.%f"), ("60", "%S"), ("61", "%S"),
         ("2023-02-29", "%Y-%m-%d"), ("x", "%Y"), ("2024 extra", "%Y"), ("", "%Y"), ("2024", ""), ("5", "%"), ("5", "%Q"), ("32", "%d"), ("13", "%m"), ("24", "%H"), ("99", "%j"), ("+9999", "%z"), ("+05:3", "%z"), ("2024 53 1", "%G %V %u"), ("53 1", "%V %u"), ("2024 10", "%G %V"), ("2024 10 1", "%Y %V %u"), ("200 366", "%f %j"), ("2023 366", "%Y %j"), ("1 1", "%d %d"), ("a", "a%%"), ("FEB", "%b"), ("٢٠٢٤", "%Y"), ("12:00 xm", "%I:%M %p"), ("0", "%I"), ("2021-00-1", "%Y-%W-%w"), ("2021-00-0", "%Y-%U-%w")]
for text, form in PARSE:
    for parse in (datetime.strptime, lambda t, f: tuple(time.strptime(t, f))):
        try:
            print(repr(text), form, repr(parse(text, form)))
        except Exception as e:
            print(repr(text), form, type(e).__name__, e)
for text in ("2024-02-29", "20240229", "2024-W09-4", "2024W094", "2024-W09", "2024-060", "2024-2-9", "2024-02-30", "0000-01-01", "2020-W53-7", "2021-W53-1", "2024-W09-8", "", "2024-02", "２０２４-01-01", "2024-01-01T"):
    try:
        print(text, date.fromisoformat(text))
    except ValueError as e:
        print(text, "ValueError", e)
for text in ("2024-02-29T13:05:09.123456+05:30", "2024-02-29 13:05", "20240229T130509Z", "2024-02-29T13", "2024-02-29T13:05:09,5", "2024-02-29T13:05:09.1234567", "2024-02-29T24:00:00", "2024-02-29T13:05+00:00:30.5", "2024-02-29T13:05:09.", "2024-02-29T13:60", "2024-02-29T13:05-00:00", "2024-02-29x13:05", "2024-W09-4T10:00", "2024-02-29T1305:09", "2024-02-29T13:05:09+24:00", "2024-02-29T13:05:09 Z", "2024-02-29T13:05:09+05"):
    try:
        print(text, repr(datetime.fromisoformat(text)), datetime.fromisoformat(text).isoformat())
    except ValueError as e:
        print(text, "ValueError", e)
for text in ("04:05:06.789", "T04:05", "0405", "04", "4:05", "04:05:06.7890123Z", "24:00", "04:05:61", "t04", "04:05:06-23:59:59.999999", ""):
    try:
        print(text, repr(Time.fromisoformat(text)))
    except ValueError as e:
        print(text, "ValueError", e)
for spec in ("auto", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nope", 5):
    try:
        print(spec, moment.isoformat(" ", spec), moment.timetz().isoformat(timespec=spec), datetime(1, 1, 1).isoformat("é", spec))
    except Exception as e:
        print(spec, type(e).__name__, e)


class Changing(tzinfo):
    """An hour is added in the second half of the year; the hour before the change back happens twice."""

    def utcoffset(self, d): return timedelta(hours=1 if d and (d.month > 6 or d.fold) else 0)
    def dst(self, d): return self.utcoffset(d)
    def tzname(self, d): return f"C{self.utcoffset(d).seconds // 3600}"


z = Changing()
early, late = datetime(2020, 3, 1, 1, tzinfo=z), datetime(2020, 3, 1, 1, tzinfo=z, fold=1)
print(early == late, hash(early) == hash(late), early.utcoffset(), late.utcoffset(), late.tzname(), late, repr(late), late.replace(fold=0) == early, late.astimezone(timezone.utc), early - late, early == early.astimezone(timezone.utc), late == late.astimezone(timezone.utc), pickle.loads(pickle.dumps(late.replace(tzinfo=None))).fold, late.timetz().fold, copy.copy(late).fold, datetime(2020, 8, 1, tzinfo=z) - datetime(2020, 2, 1, tzinfo=timezone.utc))


class Day(date):
    def __new__(cls, *args, note="", **kw):
        self = super().__new__(cls, *args, **kw)
        self.note = note
        return self

    def __add__(self, other): return type(self)(*super().__add__(other).timetuple()[:3], note=self.note)


class Stamp(datetime):
    pass


d = Day(2024, 12, 31, note="n")
print(repr(d + timedelta(1)), (d + timedelta(1)).note, type(d.replace(day=1)).__name__, type(Day.fromordinal(5)).__name__, type(Stamp.now() - timedelta(1)).__name__, type(Stamp.strptime("5", "%d")).__name__, type(Stamp(2020, 1, 1) + timedelta(1)).__name__, type(Stamp.combine(d, Time(5))).__name__, repr(Stamp.fromisoformat("2020-01-01")), Stamp(2020, 1, 1) == datetime(2020, 1, 1), type(Stamp(2020, 1, 1).date()).__name__, d.isocalendar(), d.isocalendar().week, repr(d.isocalendar()), date.fromisocalendar(2024, 53 - 1, 7))
t = timedelta(days=-1, hours=5, microseconds=7)
print(t, repr(t), t / 3, t // timedelta(hours=1), divmod(t, timedelta(hours=5)), t % timedelta(minutes=7), -t, abs(t), t * 1.5, t / timedelta(days=2), t.total_seconds(), bool(timedelta()), timedelta(weeks=1, milliseconds=1.5), timedelta.resolution, timedelta.max, timedelta(0.5, 0.5, 0.5), t * -3 // 2, timedelta(microseconds=0.5), timedelta(microseconds=1.5), sum([t, t], timedelta()), str(timedelta(days=1)), str(timedelta(days=-2)))
for wrong in (lambda: datetime.max + timedelta(microseconds=1), lambda: date.min - timedelta(1), lambda: timedelta.max * 2, lambda: timedelta(days=10**10), lambda: t / 0, lambda: t // 0, lambda: t % 5, lambda: t + 5, lambda: t * "x", lambda: timedelta("x"), lambda: datetime(2024, 13, 1), lambda: datetime(2024, 1, 1, fold=2), lambda: datetime(2024, 1, 1, tzinfo="x"), lambda: Time(24), lambda: date(2024, 1), lambda: datetime(2024, 1, 1) < date(2024, 1, 1), lambda: early < datetime(2020, 1, 1), lambda: early - datetime(2020, 1, 1), lambda: Time(1) < Time(1, tzinfo=timezone.utc), lambda: datetime(2024, 1, 1).astimezone("x"), lambda: timezone(timedelta(1)), lambda: timezone(5), lambda: timezone(timedelta(0), 5), lambda: datetime.fromtimestamp(1e20), lambda: datetime.fromtimestamp(float("nan")), lambda: date.fromordinal(0), lambda: date.fromisocalendar(2024, 53, 1), lambda: date.fromisocalendar(2024, 1, 8), lambda: datetime.combine(1, 2), lambda: datetime.strptime(5, "%d"), lambda: date(2024, 1, 1).replace(day=32), lambda: datetime(2024, 1, 1).strftime(5), lambda: tzinfo().utcoffset(None), lambda: tzinfo().fromutc(early), lambda: type("Z", (tzinfo,), {"utcoffset": lambda s, d: 5})().fromutc(datetime(2020, 1, 1)), lambda: datetime(2020, 1, 1, tzinfo=type("Z", (tzinfo,), {"utcoffset": lambda s, d: 5})()).utcoffset(), lambda: datetime(2020, 1, 1, tzinfo=type("Z", (tzinfo,), {"tzname": lambda s, d: 5, "utcoffset": lambda s, d: None})()).tzname(), lambda: datetime(2020, 1, 1, tzinfo=type("Z", (tzinfo,), {"utcoffset": lambda s, d: timedelta(2)})()).isoformat(), lambda: datetime.fromisoformat(5), lambda: date.today(1), lambda: datetime.utcfromtimestamp("x"), lambda: hash(datetime(2020, 1, 1, tzinfo=tzinfo()))):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
