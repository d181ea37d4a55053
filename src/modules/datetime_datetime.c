// datetime: a day and a time of day, naive or of a time zone.
#include <stddef.h>
#include <stdio.h>

#include "modules/datetime_internal.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"

Type type_datetime;
static Value epoch;   // 1970-01-01 UTC

static int fold_of(Value v) { return v_datetime(v)->fold; }
static Ymd ymd_of(Value v) { return date_ymd(v_date(v)); }
static const Clock *clock_of(Value v) { return &v_datetime(v)->clock; }
static Value zone_of(Value v) { return v_datetime(v)->zone; }

// --- Making -------------------------------------------------------------------------------------------------------------------------------

static Value alloc_datetime(Thread *t, Type *type, Ymd date, const Clock *c, int fold, Value zone) {
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  DateTime *d = v_datetime(v);
  d->date.year = (uint16_t)date.year;
  d->date.month = (uint8_t)date.month;
  d->date.day = (uint8_t)date.day;
  d->clock = *c;
  d->fold = fold;
  d->zone = v_is_null(zone) ? V_NULL : v_own(t, zone);
  return v;
}

Value datetime_make(Thread *t, Type *type, Ymd date, const Clock *c, int fold, Value zone) {
  return dt_check_date(t, date) < 0 || dt_check_clock(t, c, fold) < 0 ? V_NULL : alloc_datetime(t, type, date, c, fold, zone);
}

Value datetime_make_cls(Thread *t, Value cls, Ymd date, const Clock *c, int fold, Value zone) {
  if (v_obj(cls) == &type_datetime.ob) return datetime_make(t, &type_datetime, date, c, fold, zone);
  const Value args[] = {v_from_smi(date.year),   v_from_smi(date.month),  v_from_smi(date.day),         v_from_smi(c->hour),
                        v_from_smi(c->minute), v_from_smi(c->second), v_from_smi(c->microsecond), zone_or_none(zone)};
  return object_call(t, cls, args, 8, V_NULL);
}

// Of v's class.
static Value make_like(Thread *t, Value v, Ymd date, const Clock *c, int fold, Value zone) {
  return datetime_make_cls(t, v_from_obj(v_type(v)), date, c, fold, zone);
}

// hour, minute, second, microsecond, tzinfo, fold.
static int bind_rest(Thread *t, const Value *bound, Ymd date, Clock *c, Value *zone, int *fold) {
  if (dt_ints(t, bound, 4, (int *const[]){&c->hour, &c->minute, &c->second, &c->microsecond}) < 0) return -1;
  if (dt_int(t, bound[5], fold) < 0 || dt_check_date(t, date) < 0 || dt_check_clock(t, c, *fold) < 0) return -1;
  return dt_zone(t, bound[4], zone);
}

static Value from_state(Thread *t, Type *type, const uint8_t *state, Value zone) {
  Clock c;
  int fold = state[2] >> 7, ignored = 0;
  if (!v_is_none(zone) && !v_is_tzinfo(zone)) return raise_type_error(t, "bad tzinfo state arg");
  dt_unpack_clock(state + 4, &c, &ignored);
  c.hour = state[4];
  return alloc_datetime(t, type, (Ymd){state[0] << 8 | state[1], state[2] & 0x7F, state[3]}, &c, fold, v_is_none(zone) ? V_NULL : zone);
}

static Value datetime_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static const StateRule rule = {"datetime", 10, 2, 1, 13, true};
  static aptr binder;
  uint8_t state[10];
  Value bound[9], zone = V_NULL;
  if (nargs == 1 || nargs == 2) {
    int pickled = dt_state(t, args[0], &rule, state);
    if (pickled) return pickled < 0 ? V_NULL : from_state(t, type, state, nargs == 2 ? args[1] : V_NONE);
  }
  Ymd date;
  Clock c = {0};
  int fold = 0;
  static const char signature[] = "(year=?, month=?, day=?, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)";
  NativeParse parse;
  if (native_parse(t, &binder, signature, args, nargs, kwnames, bound, &parse) < 0 || dt_required_date(t, bound, &date) < 0 ||
      dt_parse_end(t, &parse, bound + 3, bound[8]) < 0 || bind_rest(t, bound + 3, date, &c, &zone, &fold) < 0)
    return V_NULL;
  return datetime_make(t, type, date, &c, fold, zone);
}

// --- From moments -------------------------------------------------------------------------------------------------------------------------

// Is the local civil time of this moment one that was shown a little earlier already? 1, 0, -1.
static int comes_again(Thread *t, time_t when, Ymd date, const Clock *c) {
  int64_t shown = dt_civil_seconds(t, date, c), utc = DT_EPOCH_SECONDS + when;
  int64_t before = shown < 0 ? -1 : dt_local_seconds(t, utc - MAX_FOLD_SECONDS);
  if (before < 0) return -1;
  int64_t jump = shown - before - MAX_FOLD_SECONDS;
  if (jump >= 0) return 0;
  before = dt_local_seconds(t, utc + jump);
  return before < 0 ? -1 : before == shown;
}

static Value from_moment(Thread *t, Value cls, time_t when, int us, bool local, Value zone) {
  struct tm tm;
  if ((local ? dt_local_time(t, when, &tm) : dt_utc_time(t, when, &tm)) < 0) return V_NULL;
  Ymd date = {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
  Clock c = {tm.tm_hour, tm.tm_min, tm.tm_sec > 59 ? 59 : tm.tm_sec, us};
  int fold = local && v_is_null(zone) ? comes_again(t, when, date, &c) : 0;
  return fold < 0 ? V_NULL : datetime_make_cls(t, cls, date, &c, fold, zone);
}

// The civil time of a moment in a zone, by its fromutc(); local time without one.
static Value in_zone(Thread *t, Value cls, time_t when, int us, Value zone) {
  Value utc = from_moment(t, cls, when, us, v_is_null(zone), zone);
  if (v_is_null(utc) || v_is_null(zone)) return utc;
  Value result = object_call_method1(t, zone, dt_names.fromutc, utc);
  v_drop(t, utc);
  return result;
}

static NATIVE(datetime_now) {
  Value zone = V_NULL;
  struct timespec now;
  if (dt_zone(t, args[0], &zone) < 0) return V_NULL;
  clock_gettime(CLOCK_REALTIME, &now);
  return in_zone(t, self, now.tv_sec, (int)(now.tv_nsec / 1000), zone);
}

static NATIVE(datetime_utcnow) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return from_moment(t, self, now.tv_sec, (int)(now.tv_nsec / 1000), false, V_NULL);
}

static NATIVE(datetime_fromtimestamp) {
  Value zone = V_NULL;
  time_t when;
  int us;
  if (dt_zone(t, args[1], &zone) < 0 || dt_timestamp_us(t, args[0], &when, &us) < 0) return V_NULL;
  return in_zone(t, self, when, us, zone);
}

static NATIVE(datetime_utcfromtimestamp) {
  time_t when;
  int us;
  if (dt_exactly(t, "utcfromtimestamp", nargs, 1, kwnames) < 0 || dt_timestamp_us(t, args[0], &when, &us) < 0) return V_NULL;
  return from_moment(t, self, when, us, false, V_NULL);
}

// --- From text and parts ------------------------------------------------------------------------------------------------------------------

static NATIVE(datetime_strptime) {
  if (dt_exactly(t, "strptime", nargs, 2, kwnames) < 0) return V_NULL;
  for (int i = 0; i < 2; i++)
    if (!v_is_str(args[i])) return raise_type_error(t, "strptime() argument %d must be str, not %K", i + 1, args[i]);
  Value module = import_module(t, "_strptime"), result = V_NULL;
  if (!v_is_null(module)) result = object_call_method(t, dt_names._strptime_datetime, (const Value[]){module, self, args[0], args[1]}, 4, V_NULL);
  v_drop(t, module);
  return result;
}

// The text with a surrogate that stands where a separator may stand replaced by T: any character may separate. Owned; V_NULL with an exception.
static Value plain_separator(Thread *t, Value text) {
  static const int places[] = {7, 8, 10};
  Str *s = v_str(text);
  for (int i = 0; i < 3 && places[i] < s->length; i++) {
    uint32_t c = str_char(s, places[i]);
    if (c < 0xD800 || c > 0xDFFF) continue;
    Value head = str_slice(t, text, 0, places[i]), tail = v_is_null(head) ? V_NULL : str_slice(t, text, places[i] + 1, s->length);
    Value result = v_is_null(tail) ? V_NULL : str_from_format(t, "%UT%U", head, tail);
    v_drop(t, head);
    v_drop(t, tail);
    return result;
  }
  return v_own(t, text);
}

static size_t utf8_length(unsigned char first) { return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4; }

// s[0..n) as date and time; a date alone is midnight.
static bool parse_both(const char *s, size_t n, Ymd *date, IsoClock *clock) {
  *clock = (IsoClock){0};
  if (n < 7) return false;
  int separator = dt_find_separator(s, (int)n);
  if (separator < 0 || (size_t)separator > n || !dt_parse_date(s, (size_t)separator, date)) return false;
  if (n == (size_t)separator) return true;
  size_t at = (size_t)separator + utf8_length((unsigned char)s[separator]);
  return at <= n && dt_parse_clock(s + at, n - at, clock);
}

static NATIVE(datetime_fromisoformat) {
  if (!v_is_str(args[0])) return dt_iso_not_str(t);
  Value text = plain_separator(t, args[0]), zone, result = V_NULL;
  if (v_is_null(text)) return V_NULL;
  size_t n;
  const char *s = dt_iso_utf8(t, text, args[0], &n);
  Ymd date;
  IsoClock parsed;
  if (s && !parse_both(s, n, &date, &parsed)) dt_iso_invalid(t, args[0]);
  else if (s && !v_is_null(dt_iso_zone(t, &parsed, &zone))) {
    result = datetime_make_cls(t, self, date, &parsed.clock, 0, zone);
    v_drop(t, zone);
  }
  v_drop(t, text);
  return result;
}

static NATIVE(datetime_combine) {
  static aptr binder;
  Value a[3];
  NativeParse parse;
  if (native_parse(t, &binder, "combine(date, time, tzinfo=None)", args, nargs, kwnames, a, &parse) < 0 || native_parse_next(t, &parse, 0) < 0) return V_NULL;
  if (!v_is_date(a[0])) return raise_type_error(t, "combine() argument 1 must be datetime.date, not %K", a[0]);
  if (native_parse_next(t, &parse, 1) < 0) return V_NULL;
  if (!v_is_time(a[1])) return raise_type_error(t, "combine() argument 2 must be datetime.time, not %K", a[1]);
  Time *time = v_time(a[1]);
  Value zone = time->zone;
  if (native_parse_end(t, &parse) < 0 || dt_zone(t, a[2], &zone) < 0) return V_NULL;
  return datetime_make_cls(t, self, ymd_of(a[0]), &time->clock, time->fold, zone);
}

static NATIVE(datetime_replace) {
  Ymd date = ymd_of(self);
  Clock c = *clock_of(self);
  Value zone = zone_of(self);
  int fold = fold_of(self);
  if (dt_ints(t, args, 3, (int *const[]){&date.year, &date.month, &date.day}) < 0 || bind_rest(t, args + 3, date, &c, &zone, &fold) < 0) return V_NULL;
  return datetime_make(t, v_type(self), date, &c, fold, zone);
}

// --- Its zone -----------------------------------------------------------------------------------------------------------------------------

static NATIVE(datetime_utcoffset) { return zone_utcoffset(t, zone_of(self), self); }
static NATIVE(datetime_dst) { return zone_dst(t, zone_of(self), self); }
static NATIVE(datetime_tzname) { return zone_tzname(t, zone_of(self), self); }

// The offset with another fold.
static Value offset_with_fold(Thread *t, Value v, int fold) {
  if (v_is_null(zone_of(v))) return V_NONE;
  Value twin = alloc_datetime(t, v_type(v), ymd_of(v), clock_of(v), fold, zone_of(v));
  Value offset = v_is_null(twin) ? V_NULL : zone_utcoffset(t, zone_of(v), twin);
  v_drop(t, twin);
  return offset;
}

// --- Arithmetic ---------------------------------------------------------------------------------------------------------------------------

// Microseconds from the beginning of the calendar's day 0.
static int64_t civil_us(Value v) {
  const Clock *c = clock_of(v);
  return ((int64_t)calendar_ordinal(ymd_of(v)) * SECONDS_PER_DAY + clock_seconds(c)) * US_PER_SECOND + c->microsecond;
}

Value datetime_add(Thread *t, Value v, const Delta *delta, int factor) {
  const int64_t us_per_day = (int64_t)SECONDS_PER_DAY * US_PER_SECOND;
  if (!v_is_datetime(v)) return raise_type_error(t, "expected datetime, got %T", v);
  __int128 us = civil_us(v) + factor * delta_total(delta);
  if (us < us_per_day || us >= (__int128)(MAX_ORDINAL + 1) * us_per_day) return raise_overflow(t, "date value out of range");
  int64_t rest = (int64_t)(us % us_per_day);
  int seconds = (int)(rest / US_PER_SECOND);
  Clock c = {seconds / 3600, seconds / 60 % 60, seconds % 60, (int)(rest % US_PER_SECOND)};
  return make_like(t, v, calendar_from_ordinal((int)(us / us_per_day)), &c, 0, zone_of(v));
}

// Both offsets. 0, -1; *a and *b are owned or V_NULL.
static int both_offsets(Thread *t, Value x, Value y, Value *a, Value *b) {
  *b = V_NULL;
  *a = zone_utcoffset(t, zone_of(x), x);
  if (!v_is_null(*a)) *b = zone_utcoffset(t, zone_of(y), y);
  return v_is_null(*b) ? -1 : 0;
}

static bool same_zone(Value a, Value b) { return v_obj(zone_or_none(zone_of(a))) == v_obj(zone_or_none(zone_of(b))); }

static Value difference(Thread *t, int64_t us) { return delta_make(t, &type_timedelta, 0, us / US_PER_SECOND, us % US_PER_SECOND); }

static Value subtract(Thread *t, Value a, Value b) {
  int64_t us = civil_us(a) - civil_us(b);
  if (same_zone(a, b)) return difference(t, us);
  Value x, y, result = V_NULL;
  if (both_offsets(t, a, b, &x, &y) == 0) {
    if (v_is_none(x) != v_is_none(y)) raise_type_error(t, "can't subtract offset-naive and offset-aware datetimes");
    else {
      if (!offsets_equal(x, y)) us -= (int64_t)(delta_total(v_delta(x)) - delta_total(v_delta(y)));
      result = difference(t, us);
    }
  }
  v_drop(t, x);
  v_drop(t, y);
  return result;
}

static Value datetime_add_slot(Thread *t, Value a, Value b) {
  if (v_is_datetime(a)) return v_is_delta(b) ? datetime_add(t, a, v_delta(b), 1) : V_NOT_IMPLEMENTED;
  return v_is_delta(a) ? datetime_add(t, b, v_delta(a), 1) : V_NOT_IMPLEMENTED;
}

static Value datetime_subtract_slot(Thread *t, Value a, Value b) {
  if (!v_is_datetime(a)) return V_NOT_IMPLEMENTED;
  if (v_is_datetime(b)) return subtract(t, a, b);
  return v_is_delta(b) ? datetime_add(t, a, v_delta(b), -1) : V_NOT_IMPLEMENTED;
}

// --- Comparison and hash ------------------------------------------------------------------------------------------------------------------

static void pack(Value v, uint8_t out[10]) {
  dt_pack_date(out, ymd_of(v));
  dt_pack_clock(out + 4, clock_of(v));
}

static int packed_order(Value a, Value b) {
  uint8_t x[10], y[10];
  pack(a, x);
  pack(b, y);
  return memcmp(x, y, 10);
}

// Does the offset depend on the fold? Such a time equals none in another zone (PEP 495), for the sake of hashes. 1, 0, -1.
static int depends_on_fold(Thread *t, Value v, Value offset) {
  Value other = offset_with_fold(t, v, !fold_of(v));
  if (v_is_null(other)) return -1;
  int differs = !offsets_equal(offset, other);
  v_drop(t, other);
  return differs;
}

static Value compare_offsets(Thread *t, Value a, Value b, int op, Value offset_a, Value offset_b) {
  int order;
  if (offsets_equal(offset_a, offset_b)) order = packed_order(a, b);
  else if (!v_is_none(offset_a) && !v_is_none(offset_b)) {
    __int128 x = civil_us(a) - delta_total(v_delta(offset_a)), y = civil_us(b) - delta_total(v_delta(offset_b));
    order = (x > y) - (x < y);
  } else if (op == CMP_EQ || op == CMP_NE) return v_from_bool(op == CMP_NE);
  else return raise_type_error(t, "can't compare offset-naive and offset-aware datetimes");
  if (order == 0 && (op == CMP_EQ || op == CMP_NE)) {
    int differs = depends_on_fold(t, a, offset_a);
    if (differs == 0) differs = depends_on_fold(t, b, offset_b);
    if (differs < 0) return V_NULL;
    order = differs;
  }
  return v_from_bool(dt_compare_result(order, op));
}

static Value datetime_richcompare(Thread *t, Value a, Value b, int op) {
  if (!v_is_datetime(b)) {
    if (!v_is_date(b)) return V_NOT_IMPLEMENTED;
    // A date's own comparison would look at the days alone: it must not come to its turn.
    return op == CMP_EQ || op == CMP_NE ? v_from_bool(op == CMP_NE) : dt_not_comparable(t, a, b);
  }
  if (same_zone(a, b)) return v_from_bool(dt_compare_result(packed_order(a, b), op));
  Value x, y, result = V_NULL;
  if (both_offsets(t, a, b, &x, &y) == 0) result = compare_offsets(t, a, b, op, x, y);
  v_drop(t, x);
  v_drop(t, y);
  return result;
}

// Times that differ in fold only are equal, so the fold must not matter.
static int64_t datetime_hash(Thread *t, Value self) {
  DateTime *d = v_datetime(self);
  int64_t known = (int64_t)a64_load_rlx(&d->date.hash), hash;
  if (known) return known;
  Value offset = fold_of(self) ? offset_with_fold(t, self, 0) : zone_utcoffset(t, d->zone, self);
  if (v_is_null(offset)) return -1;
  if (v_is_none(offset)) {
    uint8_t packed[10];
    pack(self, packed);
    return dt_hash_cached(&d->date.hash, hash_bytes(packed, 10));
  }
  hash = dt_hash_delta(t, &d->date.hash, calendar_ordinal(ymd_of(self)), clock_seconds(&d->clock), d->clock.microsecond, offset);
  v_drop(t, offset);
  return hash;
}

// --- Text ---------------------------------------------------------------------------------------------------------------------------------

static Value datetime_repr(Thread *t, Value self) {
  const Date *d = v_date(self);
  const Clock *c = clock_of(self);
  char rest[64] = "";
  if (c->microsecond) snprintf(rest, sizeof rest, ", %d, %d", c->second, c->microsecond);
  else if (c->second) snprintf(rest, sizeof rest, ", %d", c->second);
  Value repr = str_from_format(t, "%T(%d, %d, %d, %d, %d%s)", self, d->year, d->month, d->day, c->hour, c->minute, rest);
  if (fold_of(self)) repr = dt_append_keyword(t, repr, "fold", v_from_smi(1));
  return v_is_null(zone_of(self)) ? repr : dt_append_keyword(t, repr, "tzinfo", v_own(t, zone_of(self)));
}

static NATIVE(datetime_isoformat) {
  static aptr binder;
  Value a[2];
  NativeParse parse;
  if (native_parse(t, &binder, "isoformat(sep='T', timespec='auto')", args, nargs, kwnames, a, &parse) < 0) return V_NULL;
  TimeSpec spec;
  char text[CLOCK_TEXT], offset[OFFSET_TEXT];
  const Date *d = v_date(self);
  uint32_t separator = 'T';
  if (!v_is_absent(a[0])) {
    if (!v_is_str(a[0]) || v_str(a[0])->length != 1) return raise_type_error(t, "isoformat() argument 1 must be a unicode character, not %K", a[0]);
    separator = str_char(v_str(a[0]), 0);
  }
  if (v_is_absent(a[1]) || v_is_str(a[1]))
    if (native_parse_end(t, &parse) < 0) return V_NULL;
  if (dt_timespec(t, a[1], 2, &spec) < 0) return V_NULL;
  dt_clock_text(text, clock_of(self), spec);
  if (dt_offset_text(t, offset, ":", zone_of(self), self) < 0) return V_NULL;
  Value between = str_from_char(t, separator);
  Value result = v_is_null(between) ? V_NULL : str_from_format(t, "%04d-%02d-%02d%U%s%s", d->year, d->month, d->day, between, text, offset);
  v_drop(t, between);
  return result;
}

static Value datetime_str(Thread *t, Value self) {
  Value space = str_from_char(t, ' '), result = object_call_method1(t, self, dt_names.isoformat, space);
  v_drop(t, space);
  return result;
}

static NATIVE(datetime_ctime) { return dt_ctime(t, ymd_of(self), clock_of(self)); }

// --- Conversions --------------------------------------------------------------------------------------------------------------------------

static NATIVE(datetime_date) { return date_make(t, &type_date, ymd_of(self)); }
static NATIVE(datetime_time) { return time_make(t, &type_time, clock_of(self), fold_of(self), V_NULL); }
static NATIVE(datetime_timetz) { return time_make(t, &type_time, clock_of(self), fold_of(self), zone_of(self)); }

static NATIVE(datetime_timetuple) {
  Value dst = zone_dst(t, zone_of(self), self);
  if (v_is_null(dst)) return V_NULL;
  int flag = v_is_none(dst) ? -1 : delta_total(v_delta(dst)) != 0;
  v_drop(t, dst);
  return dt_timetuple(t, ymd_of(self), clock_of(self), flag);
}

static NATIVE(datetime_utctimetuple) {
  Value offset = zone_utcoffset(t, zone_of(self), self);
  if (v_is_null(offset)) return V_NULL;
  Value utc = v_is_none(offset) ? v_own(t, self) : datetime_add(t, self, v_delta(offset), -1), result = V_NULL;
  if (!v_is_null(utc) && !v_is_datetime(utc)) raise_type_error(t, "expected datetime, got %T", utc);
  else if (!v_is_null(utc)) result = dt_timetuple(t, ymd_of(utc), clock_of(utc), 0);
  v_drop(t, utc);
  v_drop(t, offset);
  return result;
}

static NATIVE(datetime_timestamp) {
  const Clock *c = clock_of(self);
  if (v_is_null(zone_of(self))) {
    int64_t seconds = dt_local_to_utc_seconds(t, ymd_of(self), c, fold_of(self));
    return seconds < 0 ? V_NULL : float_new(t, (double)(seconds - DT_EPOCH_SECONDS) + c->microsecond / 1e6);
  }
  Value since = subtract(t, self, epoch);
  if (v_is_null(since)) return V_NULL;
  int64_t us = (int64_t)delta_total(v_delta(since));
  v_drop(t, since);
  Value total = int_from_i64(t, us), result = v_is_null(total) ? V_NULL : int_true_divide(t, total, v_from_smi(US_PER_SECOND));
  v_drop(t, total);
  return result;
}

// The fixed offset that local time has at a moment (seconds since 1970), with its name.
static Value local_zone(Thread *t, time_t when) {
  struct tm tm;
  if (dt_local_time(t, when, &tm) < 0) return V_NULL;
  Value offset = delta_make(t, &type_timedelta, 0, tm.tm_gmtoff, 0);
  Value name = v_is_null(offset) ? V_NULL : str_decode_fs(t, tm.tm_zone, strlen(tm.tm_zone));
  Value zone = v_is_null(name) ? V_NULL : zone_new(t, offset, name);
  v_drop(t, name);
  v_drop(t, offset);
  return zone;
}

static Value local_zone_of_naive(Thread *t, Value v) {
  int64_t seconds = dt_local_to_utc_seconds(t, ymd_of(v), clock_of(v), fold_of(v));
  return seconds < 0 ? V_NULL : local_zone(t, (time_t)(seconds - DT_EPOCH_SECONDS));
}

static time_t floor_seconds(Value utc) {
  const Clock *c = clock_of(utc);
  return (time_t)((int64_t)calendar_ordinal(ymd_of(utc)) * SECONDS_PER_DAY + clock_seconds(c) - DT_EPOCH_SECONDS);
}

// v moved by the offset (stolen) to UTC, shown in `zone` (V_NULL: local time).
static Value to_zone(Thread *t, Value v, Value offset, Value zone) {
  Value moved = v_is_null(offset) ? V_NULL : datetime_add(t, v, v_delta(offset), -1), utc = V_NULL, result = V_NULL;
  v_drop(t, offset);
  if (!v_is_null(moved) && !v_is_datetime(moved)) raise_type_error(t, "expected datetime, got %T", moved);
  else if (!v_is_null(moved)) {
    Value target = v_is_null(zone) ? local_zone(t, floor_seconds(moved)) : v_own(t, zone);
    if (!v_is_null(target)) utc = alloc_datetime(t, v_type(moved), ymd_of(moved), clock_of(moved), fold_of(moved), target);
    if (!v_is_null(utc)) result = object_call_method1(t, target, dt_names.fromutc, utc);
    v_drop(t, target);
  }
  v_drop(t, utc);
  v_drop(t, moved);
  return result;
}

static NATIVE(datetime_astimezone) {
  Value zone = V_NULL, own, offset;
  if (dt_zone(t, args[0], &zone) < 0) return V_NULL;
  own = v_is_null(zone_of(self)) ? local_zone_of_naive(t, self) : v_own(t, zone_of(self));
  if (v_is_null(own)) return V_NULL;
  if (!v_is_null(zone) && v_obj(own) == v_obj(zone)) {
    v_drop(t, own);
    return v_own(t, self);
  }
  offset = zone_utcoffset(t, own, self);
  if (!v_is_null(offset) && v_is_none(offset)) {
    // A zone that knows no offset says as much as none.
    v_drop(t, own);
    own = local_zone_of_naive(t, self);
    offset = v_is_null(own) ? V_NULL : zone_utcoffset(t, own, self);
  }
  v_drop(t, own);
  return to_zone(t, self, offset, zone);
}

// --- Pickling -----------------------------------------------------------------------------------------------------------------------------

static Value reduce(Thread *t, Value self, int protocol) {
  uint8_t state[10];
  pack(self, state);
  if (protocol > 3 && fold_of(self)) state[2] |= 0x80;
  return dt_reduced(t, self, state, sizeof state, zone_of(self));
}
static NATIVE(datetime_reduce) { return reduce(t, self, 2); }
static NATIVE(datetime_reduce_ex) {
  int protocol;
  if (dt_exactly(t, "__reduce_ex__", nargs, 1, kwnames) < 0 || dt_int(t, args[0], &protocol) < 0) return V_NULL;
  return reduce(t, self, protocol);
}

// --- The type -----------------------------------------------------------------------------------------------------------------------------

static Value datetime_get_int(Thread *t, Value self, void *offset) {
  (void)t;
  return v_from_smi(*(const int *)((char *)v_datetime(self) + (intptr_t)offset));
}
static Value datetime_get_zone(Thread *t, Value self, UNUSED_OK void *closure) { return v_own(t, zone_or_none(zone_of(self))); }

static void datetime_dealloc(Thread *t, Object *o) {
  v_drop(t, ((DateTime *)o)->zone);
  heap_free_object(t, o);
}
static void datetime_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((DateTime *)o)->zone, visit, arg); }

static const NativeDef datetime_methods[] = {
    {"now($type, /, tz=None)", datetime_now,
     "This moment in the time zone tz, or in local time without a zone.",
     NATIVE_CLASS},
    {"utcnow($type, /)", datetime_utcnow, "This moment in UTC, without a zone.", NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"fromtimestamp($type, timestamp, tz=None)", datetime_fromtimestamp, "The moment so many seconds after the epoch, in tz or in local time.",
     NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"utcfromtimestamp($type, timestamp, /)", datetime_utcfromtimestamp, "The moment so many seconds after the epoch, in UTC, without a zone.",
     NATIVE_CLASS | NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"strptime($type, date_string, format, /)", datetime_strptime, "The date and time that a text written in this format stands for.",
     NATIVE_CLASS | NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"combine($type, date, time, tzinfo=None)", datetime_combine, "A date and a time of day put together.",
     NATIVE_CLASS | NATIVE_NO_SIGNATURE | NATIVE_RAW},
    {"fromisoformat($type, string, /)", datetime_fromisoformat, "The date and time that a text in one of ISO 8601's formats stands for.",
     NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"date($self, /)", datetime_date, "The date alone.", NATIVE_NO_SIGNATURE},
    {"time($self, /)", datetime_time, "The time of day alone, without the zone.", NATIVE_NO_SIGNATURE},
    {"timetz($self, /)", datetime_timetz, "The time of day alone, with its zone.", NATIVE_NO_SIGNATURE},
    {"ctime($self, /)", datetime_ctime, "Date and time as C's ctime() writes them.", NATIVE_NO_SIGNATURE},
    {"timetuple($self, /)", datetime_timetuple, "The fields as a time.struct_time.", NATIVE_NO_SIGNATURE},
    {"timestamp($self, /)", datetime_timestamp, "Seconds since the epoch, as a float.", NATIVE_NO_SIGNATURE},
    {"utctimetuple($self, /)", datetime_utctimetuple, "The same moment in UTC as a time.struct_time.", NATIVE_NO_SIGNATURE},
    {"isoformat($self, sep='T', timespec='auto')", datetime_isoformat,
     "Date and time in ISO 8601's format, with sep between them and the time as exact as timespec says.",
     NATIVE_NO_SIGNATURE | NATIVE_RAW},
    {"utcoffset($self, /)", datetime_utcoffset, "What the zone says is its distance from UTC, or None.", NATIVE_NO_SIGNATURE},
    {"tzname($self, /)", datetime_tzname, "What the zone says is its name, or None.", NATIVE_NO_SIGNATURE},
    {"dst($self, /)", datetime_dst, "What the zone says of daylight saving time, or None.", NATIVE_NO_SIGNATURE},
    {"replace($self, year=?, month=?, day=?, hour=?, minute=?, second=?, microsecond=?, tzinfo=?, *, fold=?)", datetime_replace,
     "The same with other values for the fields given.", NATIVE_NO_SIGNATURE},
    {"astimezone($self, tz=None)", datetime_astimezone, "The same moment in another zone, the local one by default.", NATIVE_NO_SIGNATURE},
    {"__reduce_ex__($self, proto, /)", datetime_reduce_ex, "What pickle needs to make it again.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", datetime_reduce, "What pickle needs to make it again.", NATIVE_NO_SIGNATURE},
    {0},
};
#define DATETIME_FIELD(name, place) {#name, datetime_get_int, NULL, NULL, (void *)offsetof(DateTime, place)}
static const GetSetDef datetime_getset[] = {DATETIME_FIELD(hour, clock.hour), DATETIME_FIELD(minute, clock.minute), DATETIME_FIELD(second, clock.second), DATETIME_FIELD(microsecond, clock.microsecond),
                                            {"tzinfo", datetime_get_zone, NULL, NULL, NULL}, DATETIME_FIELD(fold, fold), {0}};
static const TypeSpec spec_datetime = {
    .name = "datetime.datetime",
    .base = &type_date,
    .size = sizeof(DateTime),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.getattro = object_generic_getattr, .new = datetime_type_new, .repr = datetime_repr, .str = datetime_str, .hash = datetime_hash, .richcompare = datetime_richcompare,
              .add = datetime_add_slot, .subtract = datetime_subtract_slot, .dealloc = datetime_dealloc, .traverse = datetime_traverse},
    .methods = datetime_methods,
    .getset = datetime_getset,
    .doc = "A date with a time of day and, perhaps, a time zone: datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0).",
};

bool datetime_init(Thread *t) {
  const Clock first = {0}, last = {23, 59, 59, US_PER_SECOND - 1};
  if (!type_ready(t, &type_datetime, &spec_datetime, 0)) return false;
  epoch = datetime_make(t, &type_datetime, (Ymd){1970, 1, 1}, &first, 0, dt_utc);
  return !v_is_null(epoch) &&
         dt_type_constant(t, &type_datetime, "min", datetime_make(t, &type_datetime, (Ymd){MIN_YEAR, 1, 1}, &first, 0, V_NULL)) &&
         dt_type_constant(t, &type_datetime, "max", datetime_make(t, &type_datetime, (Ymd){MAX_YEAR, 12, 31}, &last, 0, V_NULL)) &&
         dt_type_constant(t, &type_datetime, "resolution", delta_make(t, &type_timedelta, 0, 0, 1));
}
