// Calendar arithmetic: the proleptic Gregorian calendar of years 1 to 9999, ordinals (1 = 1 January of year 1), ISO weeks.
#ifndef WEFT_MODULES_DATETIME_CALENDAR_H
#define WEFT_MODULES_DATETIME_CALENDAR_H

#include <stdbool.h>

enum { MIN_YEAR = 1, MAX_YEAR = 9999, MAX_ORDINAL = 3652059, EPOCH_ORDINAL = 719163 /* 1970-01-01 */, SECONDS_PER_DAY = 86400 };

typedef struct Ymd { int year, month, day; } Ymd;
typedef struct IsoWeek { int year, week, day; } IsoWeek;   // day: 1 = Monday

bool calendar_is_leap(int year);
int calendar_days_in_month(int year, int month);
int calendar_day_of_year(Ymd date);           // 1 January is 1
int calendar_ordinal(Ymd date);
Ymd calendar_from_ordinal(int ordinal);       // ordinal >= 1; may lie beyond MAX_YEAR
int calendar_weekday(Ymd date);               // 0 = Monday
IsoWeek calendar_iso_week(Ymd date);
// The date of an ISO week's day; year beyond MAX_YEAR is possible at the end.
typedef enum { ISO_OK, ISO_BAD_YEAR, ISO_BAD_WEEK, ISO_BAD_DAY } IsoResult;
IsoResult calendar_from_iso(IsoWeek week, Ymd *date);

#endif
