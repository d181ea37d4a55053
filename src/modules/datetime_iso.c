// ISO 8601 text: the grammar of the fromisoformat() methods.
#include <string.h>

#include "modules/datetime_internal.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"

// All functions may look at the byte behind the text they are given: a zero, or what follows in a longer text that is zero-terminated.

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The n digits at s: the place behind them, or NULL.
static const char *digits(const char *s, int n, int *out) {
  *out = 0;
  for (; n > 0; n--, s++) {
    if (!is_digit(*s)) return NULL;
    *out = *out * 10 + (*s - '0');
  }
  return s;
}

static bool parse_week_date(const char *s, const char *end, bool dashes, int year, Ymd *date) {
  IsoWeek w = {year, 0, 1};
  if (!(s = digits(s, 2, &w.week))) return false;
  if (s < end) {
    if (dashes && *s++ != '-') return false;
    if (!digits(s, 1, &w.day)) return false;
  }
  return calendar_from_iso(w, date) == ISO_OK;
}

bool dt_parse_date(const char *s, size_t n, Ymd *date) {
  const char *end = s + n;
  if (!(s = digits(s, 4, &date->year))) return false;
  bool dashes = *s == '-';
  s += dashes;
  if (*s == 'W') return parse_week_date(s + 1, end, dashes, date->year, date);
  if (!(s = digits(s, 2, &date->month))) return false;
  if (dashes && *s++ != '-') return false;
  return digits(s, 2, &date->day);
}

typedef enum { HMS_BAD = -1, HMS_DONE, HMS_MORE } HmsResult;

static HmsResult parse_fraction(const char *s, const char *end, int *us) {
  static const int scale[] = {1, 100000, 10000, 1000, 100, 10, 1};
  int n = end - s >= 6 ? 6 : (int)(end - s);
  if (n == 0) return HMS_BAD;
  if (!(s = digits(s, n, us))) return HMS_BAD;
  *us *= scale[n];
  while (is_digit(*s)) s++;   // beyond microseconds: cut off
  return *s ? HMS_MORE : HMS_DONE;
}

// HH[[:]MM[[:]SS]][.ffffff], with a comma too. HMS_MORE: something stands behind it.
static HmsResult parse_hms(const char *s, const char *end, Clock *c) {
  *c = (Clock){0};
  int *const parts[] = {&c->hour, &c->minute, &c->second};
  bool colons = true;
  for (int i = 0; i < 3; i++) {
    if (!(s = digits(s, 2, parts[i]))) return HMS_BAD;
    char next = *s++;
    if (i == 0) colons = next == ':';
    if (s >= end) return next ? HMS_MORE : HMS_DONE;
    if (colons && next == ':') continue;
    if (next == '.' || next == ',') break;   // of hours or minutes too: as microseconds all the same
    if (colons) return HMS_BAD;
    s--;
  }
  return parse_fraction(s, end, &c->microsecond);
}

bool dt_parse_clock(const char *s, size_t n, IsoClock *out) {
  const char *end = s + n, *zone = s;
  do {
    if (*zone == '+' || *zone == '-' || *zone == 'Z') break;
  } while (++zone < end);
  HmsResult result = parse_hms(s, zone, &out->clock);
  out->has_zone = zone < end;
  out->zone_seconds = out->zone_us = 0;
  if (result == HMS_BAD) return false;
  if (!out->has_zone) return result == HMS_DONE;
  if (*zone == 'Z') return !zone[1];
  Clock offset;
  if (parse_hms(zone + 1, end, &offset) != HMS_DONE) return false;
  int sign = *zone == '-' ? -1 : 1;
  out->zone_seconds = sign * clock_seconds(&offset);
  out->zone_us = sign * offset.microsecond;
  return true;
}

Value dt_iso_zone(Thread *t, const IsoClock *c, Value *zone) {
  *zone = V_NULL;
  if (!c->has_zone) return V_NONE;
  if (c->zone_seconds == 0) {
    *zone = v_own(t, dt_utc);
    return V_NONE;
  }
  Value delta = delta_make(t, &type_timedelta, 0, c->zone_seconds, c->zone_us);
  if (!v_is_null(delta)) *zone = zone_new(t, delta, V_NULL);
  v_drop(t, delta);
  return v_is_null(*zone) ? V_NULL : V_NONE;
}

// YYYY-Www and YYYYWww may have a day of the week behind them, which looks like a separator, or like an hour behind no separator.
int dt_find_separator(const char *s, int n) {
  if (n == 7) return 7;
  if (s[4] != '-') {
    if (s[4] != 'W') return 8;
    int at = 7;
    while (at < n && is_digit(s[at])) at++;
    return at < 9 ? at : at % 2 == 0 ? 7 : 8;
  }
  if (s[5] != 'W') return 10;
  if (n > 8 && s[8] == '-') {
    if (n == 9) return -1;
    return n > 10 && is_digit(s[10]) ? 8 : 10;
  }
  return 8;
}

Value dt_iso_not_str(Thread *t) { return raise_type_error(t, "fromisoformat: argument must be str"); }
Value dt_iso_invalid(Thread *t, Value text) { return raise_value_error(t, "Invalid isoformat string: %R", text); }

const char *dt_iso_utf8(Thread *t, Value text, Value original, size_t *size) {
  const char *s = str_utf8(t, text, size);
  if (!s && error_matches(t, &exc_UnicodeEncodeError)) {
    error_clear(t);
    dt_iso_invalid(t, original);
  }
  return s;
}
