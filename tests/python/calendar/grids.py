# calendar: months and years as text and HTML, iterators, week starts, locales, counts, and the command line's errors.
import calendar
import datetime
import io
import subprocess
import sys

for first in (0, 6):
    c = calendar.TextCalendar(first)
    print(c.formatmonth(2024, 2), c.formatmonth(1582, 10, w=3, l=2), c.formatweekheader(9), c.formatyear(2023, m=4, w=2, c=2), sep="\n")
    print([list(x)[:3] for x in (c.itermonthdates(2000, 1), c.itermonthdays(2000, 1), c.itermonthdays2(2000, 1), c.itermonthdays3(2000, 1), c.itermonthdays4(2000, 1))])
    print(c.monthdatescalendar(2021, 2)[0][0], c.monthdays2calendar(2021, 2)[-1], c.monthdayscalendar(2021, 2), len(c.yeardatescalendar(2021, 5)), c.yeardayscalendar(2021)[0][0][0], list(c.iterweekdays()), c.getfirstweekday())
h = calendar.HTMLCalendar(6)
print(h.formatmonth(2022, 5), h.formatmonth(2022, 5, withyear=False)[:90], h.formatyear(1999, 2)[:300], h.formatyearpage(2000, css="x.css", encoding="ascii")[:260], sep="\n")


class Marked(calendar.HTMLCalendar):
    cssclasses = ["w"] * 5 + ["e f"] * 2
    cssclass_noday, cssclass_month_head, cssclass_month, cssclass_year_head = "none", "head", "m", "y"

    def formatday(self, day, weekday):
        return super().formatday(day, weekday) if day != 13 else "<td>!</td>"


print(Marked().formatmonth(2023, 10)[:700])
for locale in ("C", "C.UTF-8", "POSIX"):
    print(calendar.LocaleTextCalendar(0, locale).formatmonthname(2020, 3, 20), calendar.LocaleHTMLCalendar(locale=locale).formatweekheader())
print([y for y in range(1890, 2021) if calendar.isleap(y)][:5], calendar.leapdays(1900, 2001), [calendar.monthrange(y, 2) for y in (1900, 2000, 2023, 2024)], [calendar.weekday(y, 1, 1) for y in (1, 1970, 2024, 9999, 10000)])
print(calendar.timegm((1970, 1, 1, 0, 0, 0)), calendar.timegm((2038, 1, 19, 3, 14, 8, 0, 0, 0)), calendar.timegm((1900, 2, 30, 25, 61, 61)), calendar.timegm(datetime.datetime(2020, 2, 29).timetuple()))
print(list(calendar.day_name), list(calendar.month_name), calendar.day_abbr[2], calendar.month_abbr[1:4], len(calendar.month_name), calendar.day_name[-1], calendar.month_name[::5])
calendar.setfirstweekday(calendar.SUNDAY)
print(calendar.firstweekday(), calendar.month(2020, 1), calendar.monthcalendar(2020, 2), calendar.weekheader(3), calendar.week(((1, 6), (0, 0)), 3) if hasattr(calendar, "week") else "", sep="\n")
calendar.setfirstweekday(0)
for wrong in (lambda: calendar.monthrange(2020, 0), lambda: calendar.setfirstweekday(7), lambda: calendar.month(0, 1), lambda: calendar.TextCalendar().formatmonth(2020, 13), lambda: calendar.weekday(0, 1, 1), lambda: calendar.day_name[7], lambda: calendar.timegm((1, 2)), lambda: list(calendar.Calendar().itermonthdates(9999, 12))[-1],
              lambda: calendar.weekday(2021, 2, 30), lambda: calendar.isleap("x"), lambda: calendar.LocaleTextCalendar(locale="xx_NOPE").formatweekday(0, 3)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
print(issubclass(calendar.IllegalMonthError, ValueError), calendar.IllegalWeekdayError(9), calendar.prcal, sep="|")
calendar.prmonth(2000, 12)
calendar.prcal(2021, m=6)
for args in (["2020", "2"], ["-t", "html", "2020"], ["-L", "xx"], ["2020", "13"], ["-m", "2", "-w", "3", "2022"], ["x"]):
    r = subprocess.run([sys.executable, "-m", "calendar", *args], capture_output=True, text=True)
    print(args, r.returncode, r.stdout[:200], r.stderr.splitlines()[-1:])


def nth_weekday(year, month, n, weekday):
    return [d for d in calendar.Calendar().itermonthdates(year, month) if d.month == month and d.weekday() == weekday][n]


print([str(nth_weekday(2024, m, 1, 1)) for m in (1, 5, 9)], str(nth_weekday(2024, 11, -1, 3)), [(y, m) for y in range(2020, 2024) for m in range(1, 13) if calendar.weekday(y, m, 13) == 4])
