// The calendar's rules as arithmetic on days.
#include "modules/datetime_calendar.h"

static const int days_before[] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
enum { DAYS_4_YEARS = 1461, DAYS_100_YEARS = 36524, DAYS_400_YEARS = 146097 };

bool calendar_is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int days_before_month(int year, int month) { return days_before[month] + (month > 2 && calendar_is_leap(year)); }
static int days_before_year(int year) {
  int y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}

int calendar_days_in_month(int year, int month) {
  return month == 2 && calendar_is_leap(year) ? 29 : days_before[month + 1] - days_before[month];
}

int calendar_day_of_year(Ymd d) { return days_before_month(d.year, d.month) + d.day; }
int calendar_ordinal(Ymd d) { return days_before_year(d.year) + calendar_day_of_year(d); }
int calendar_weekday(Ymd d) { return (calendar_ordinal(d) + 6) % 7; }

Ymd calendar_from_ordinal(int ordinal) {
  int n = ordinal - 1;
  int year = n / DAYS_400_YEARS * 400 + 1;
  n %= DAYS_400_YEARS;
  int centuries = n / DAYS_100_YEARS;
  n -= centuries * DAYS_100_YEARS;
  int fours = n / DAYS_4_YEARS;
  n %= DAYS_4_YEARS;
  int years = n / 365;
  n -= years * 365;
  year += centuries * 100 + fours * 4 + years;
  // The last day of a leap year at the end of a cycle would be day 0 of a year too many.
  if (centuries == 4 || years == 4) return (Ymd){year - 1, 12, 31};
  int month = (n + 50) >> 5;   // at most one too large
  if (days_before_month(year, month) > n) month--;
  return (Ymd){year, month, n - days_before_month(year, month) + 1};
}

// The ordinal of the Monday that begins week 1: the week with the year's first Thursday.
static int first_monday(int year) {
  int first = calendar_ordinal((Ymd){year, 1, 1}), weekday = (first + 6) % 7;
  return weekday > 3 ? first - weekday + 7 : first - weekday;
}

static int floor_divide(int a, int b) { return a / b - (a % b < 0); }

IsoWeek calendar_iso_week(Ymd d) {
  int year = d.year, today = calendar_ordinal(d);
  int days = today - first_monday(year), week = floor_divide(days, 7);
  if (week < 0) {
    year--;
    days = today - first_monday(year);
    week = days / 7;
  } else if (week >= 52 && today >= first_monday(year + 1)) {
    year++;
    week = 0;
  }
  return (IsoWeek){year, week + 1, (today + 6) % 7 + 1};
}

// Years that begin on a Thursday, and leap years that begin on a Wednesday, have 53 weeks.
static bool is_long_year(int year) {
  int weekday = calendar_weekday((Ymd){year, 1, 1});
  return weekday == 3 || (weekday == 2 && calendar_is_leap(year));
}

IsoResult calendar_from_iso(IsoWeek w, Ymd *date) {
  if (w.year < MIN_YEAR || w.year > MAX_YEAR) return ISO_BAD_YEAR;
  if (w.week < 1 || w.week > (is_long_year(w.year) ? 53 : 52)) return ISO_BAD_WEEK;
  if (w.day < 1 || w.day > 7) return ISO_BAD_DAY;
  *date = calendar_from_ordinal(first_monday(w.year) + (w.week - 1) * 7 + w.day - 1);
  return ISO_OK;
}
