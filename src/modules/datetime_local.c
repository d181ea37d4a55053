// _datetime and the system's idea of local time; timestamps.
#include <errno.h>
#include <math.h>

#include "modules/datetime_internal.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/object.h"

typedef struct tm *(*TimeConverter)(const time_t *, struct tm *);

static int convert(Thread *t, TimeConverter converter, time_t when, struct tm *tm) {
  errno = 0;
  if (converter(&when, tm)) return 0;
  raise_errno(t, errno ? errno : EINVAL, V_NULL, V_NULL);
  return -1;
}

int dt_local_time(Thread *t, time_t when, struct tm *tm) { return convert(t, localtime_r, when, tm); }
int dt_utc_time(Thread *t, time_t when, struct tm *tm) { return convert(t, gmtime_r, when, tm); }

int64_t dt_civil_seconds(Thread *t, Ymd date, const Clock *c) {
  if (date.year < MIN_YEAR || date.year > MAX_YEAR) return raise_value_error(t, "year %d is out of range", date.year), -1;
  return (int64_t)calendar_ordinal(date) * SECONDS_PER_DAY + clock_seconds(c);
}

int64_t dt_local_seconds(Thread *t, int64_t utc) {
  struct tm tm;
  if (dt_local_time(t, (time_t)(utc - DT_EPOCH_SECONDS), &tm) < 0) return -1;
  return dt_civil_seconds(t, (Ymd){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday}, &(Clock){tm.tm_hour, tm.tm_min, tm.tm_sec, 0});
}

// PEP 495: a civil time is the image of one moment, of two (fold says which), or of none (a gap: fold says which side's rule to go on with).
int64_t dt_local_to_utc_seconds(Thread *t, Ymd date, const Clock *c, int fold) {
  int64_t civil = dt_civil_seconds(t, date, c);
  int64_t shown = civil < 0 ? -1 : dt_local_seconds(t, civil);
  if (shown < 0) return -1;
  int64_t offset = shown - civil, first = civil - offset, first_shown = dt_local_seconds(t, first), other_offset, second;
  if (first_shown < 0) return -1;
  if (first_shown == civil) {
    // One answer; is there another at the other side of a change of offset?
    second = fold ? first + MAX_FOLD_SECONDS : first - MAX_FOLD_SECONDS;
    int64_t second_shown = dt_local_seconds(t, second);
    if (second_shown < 0) return -1;
    other_offset = second_shown - second;
    if (offset == other_offset) return first;
  } else {
    other_offset = first_shown - first;
  }
  second = civil - other_offset;
  int64_t second_shown = dt_local_seconds(t, second);
  if (second_shown < 0) return -1;
  if (second_shown == civil) return second;
  if (first_shown == civil) return first;
  return (first < second) == (fold != 0) ? first : second;
}

// --- Timestamps ---------------------------------------------------------------------------------------------------------------------------

static int timestamp_overflow(Thread *t) {
  raise_overflow(t, "timestamp out of range for platform time_t");
  return -1;
}

static int whole_seconds(Thread *t, double d, time_t *seconds) {
  if (!(d >= -0x1p63 && d < 0x1p63)) return timestamp_overflow(t);
  *seconds = (time_t)d;
  return 0;
}

static int not_a_number(Thread *t) {
  raise_value_error(t, "Invalid value NaN (not a number)");
  return -1;
}

static int int_seconds(Thread *t, Value v, time_t *seconds) {
  Value index = number_index(t, v);
  if (v_is_null(index)) return -1;
  int64_t i;
  bool fits = int_as_i64(index, &i);
  v_drop(t, index);
  if (!fits) return timestamp_overflow(t);
  *seconds = (time_t)i;
  return 0;
}

int dt_timestamp_seconds(Thread *t, Value v, time_t *seconds) {
  if (!v_is_float(v)) return int_seconds(t, v, seconds);
  if (isnan(float_value(v))) return not_a_number(t);
  return whole_seconds(t, floor(float_value(v)), seconds);
}

int dt_timestamp_us(Thread *t, Value v, time_t *seconds, int *us) {
  *us = 0;
  if (!v_is_float(v)) return int_seconds(t, v, seconds);
  if (isnan(float_value(v))) return not_a_number(t);
  double whole, fraction = rint(modf(float_value(v), &whole) * US_PER_SECOND);   // the rounding mode is to nearest, ties to even
  if (fraction >= US_PER_SECOND) {
    fraction -= US_PER_SECOND;
    whole += 1;
  } else if (fraction < 0) {
    fraction += US_PER_SECOND;
    whole -= 1;
  }
  *us = (int)fraction;
  return whole_seconds(t, whole, seconds);
}
