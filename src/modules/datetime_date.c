// date: a day of the calendar; and what isocalendar() returns.
#include <stddef.h>
#include <stdio.h>

#include "modules/datetime_internal.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_date;
static Type type_iso_calendar_date;   // a tuple of three
static const Clock midnight;

// --- Making -------------------------------------------------------------------------------------------------------------------------------

static Value alloc_date(Thread *t, Type *type, Ymd date) {
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  v_date(v)->year = (uint16_t)date.year;
  v_date(v)->month = (uint8_t)date.month;
  v_date(v)->day = (uint8_t)date.day;
  return v;
}

Value date_make(Thread *t, Type *type, Ymd date) { return dt_check_date(t, date) < 0 ? V_NULL : alloc_date(t, type, date); }

Value date_make_cls(Thread *t, Value cls, Ymd date) {
  if (v_obj(cls) == &type_date.ob) return date_make(t, &type_date, date);
  if (v_obj(cls) == &type_datetime.ob) return datetime_make(t, &type_datetime, date, &midnight, 0, V_NULL);
  const Value args[] = {v_from_smi(date.year), v_from_smi(date.month), v_from_smi(date.day)};
  return object_call(t, cls, args, 3, V_NULL);
}

static Value date_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static const StateRule rule = {"date", 4, 2, 1, 13, false};
  static aptr binder;
  uint8_t state[4];
  Value bound[3];
  if (nargs == 1) {
    int pickled = dt_state(t, args[0], &rule, state);
    if (pickled) return pickled < 0 ? V_NULL : alloc_date(t, type, (Ymd){state[0] << 8 | state[1], state[2], state[3]});
  }
  Ymd date;
  NativeParse parse;
  if (native_parse(t, &binder, "(year=?, month=?, day=?)", args, nargs, kwnames, bound, &parse) < 0 || dt_required_date(t, bound, &date) < 0 ||
      native_parse_end(t, &parse) < 0)
    return V_NULL;
  return date_make(t, type, date);
}

static NATIVE(date_today) {
  Value now = dt_time_module_call(t, dt_names.time, NULL, 0);
  Value result = v_is_null(now) ? V_NULL : object_call_method1(t, self, dt_names.fromtimestamp, now);
  v_drop(t, now);
  return result;
}

static NATIVE(date_fromtimestamp) {
  time_t when;
  struct tm tm;
  if (dt_timestamp_seconds(t, args[0], &when) < 0 || dt_local_time(t, when, &tm) < 0) return V_NULL;
  return date_make_cls(t, self, (Ymd){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday});
}

static NATIVE(date_fromordinal) {
  int ordinal;
  if (dt_exactly(t, "fromordinal", nargs, 1, kwnames) < 0 || dt_int(t, args[0], &ordinal) < 0) return V_NULL;
  if (ordinal < 1) return raise_value_error(t, "ordinal must be >= 1");
  return date_make_cls(t, self, calendar_from_ordinal(ordinal));
}

static NATIVE(date_fromisoformat) {
  if (!v_is_str(args[0])) return dt_iso_not_str(t);
  size_t n;
  const char *s = dt_iso_utf8(t, args[0], args[0], &n);
  if (!s) return V_NULL;
  Ymd date;
  if ((n != 7 && n != 8 && n != 10) || !dt_parse_date(s, n, &date)) return dt_iso_invalid(t, args[0]);
  return date_make_cls(t, self, date);
}

static NATIVE(date_fromisocalendar) {
  static aptr binder;
  IsoWeek w;
  int *const numbers[] = {&w.year, &w.week, &w.day};
  Value bound[3];
  NativeParse parse;
  int r = native_parse(t, &binder, "fromisocalendar(year, week, day)", args, nargs, kwnames, bound, &parse);
  for (int i = 0; i < 3 && r == 0; i++) r = native_parse_next(t, &parse, i) < 0 ? -1 : dt_int(t, bound[i], numbers[i]);
  if (r < 0 || native_parse_end(t, &parse) < 0) {
    if (!error_matches(t, &exc_OverflowError)) return V_NULL;
    error_clear(t);
    return raise_value_error(t, "ISO calendar component out of range");
  }
  Ymd date;
  switch (calendar_from_iso(w, &date)) {
    case ISO_BAD_YEAR: return raise_value_error(t, "Year is out of range: %d", w.year);
    case ISO_BAD_WEEK: return raise_value_error(t, "Invalid week: %d", w.week);
    case ISO_BAD_DAY: return raise_value_error(t, "Invalid day: %d (range is [1, 7])", w.day);
    default: return date_make_cls(t, self, date);
  }
}

static NATIVE(date_replace) {
  Ymd date = date_ymd(v_date(self));
  return dt_ints(t, args, 3, (int *const[]){&date.year, &date.month, &date.day}) < 0 ? V_NULL : date_make(t, v_type(self), date);
}

// --- Arithmetic, comparison, hash ---------------------------------------------------------------------------------------------------------

static Value move(Thread *t, Value date, int64_t days) {
  int64_t ordinal = calendar_ordinal(date_ymd(v_date(date))) + days;
  if (ordinal < 1 || ordinal > MAX_ORDINAL) return raise_overflow(t, "date value out of range");
  return date_make_cls(t, v_from_obj(v_type(date)), calendar_from_ordinal((int)ordinal));
}

static Value date_add(Thread *t, Value a, Value b) {
  if (v_is_datetime(a) || v_is_datetime(b)) return V_NOT_IMPLEMENTED;
  if (v_is_date(a)) return v_is_delta(b) ? move(t, a, v_delta(b)->days) : V_NOT_IMPLEMENTED;
  return v_is_delta(a) ? move(t, b, v_delta(a)->days) : V_NOT_IMPLEMENTED;
}

static Value date_subtract(Thread *t, Value a, Value b) {
  if (v_is_datetime(a) || v_is_datetime(b) || !v_is_date(a)) return V_NOT_IMPLEMENTED;
  if (v_is_delta(b)) return move(t, a, -(int64_t)v_delta(b)->days);
  if (!v_is_date(b)) return V_NOT_IMPLEMENTED;
  return delta_make(t, &type_timedelta, calendar_ordinal(date_ymd(v_date(a))) - calendar_ordinal(date_ymd(v_date(b))), 0, 0);
}

static Value date_richcompare(Thread *t, Value a, Value b, int op) {
  (void)t;
  if (!v_is_date(b)) return V_NOT_IMPLEMENTED;
  uint8_t x[4], y[4];
  dt_pack_date(x, date_ymd(v_date(a)));
  dt_pack_date(y, date_ymd(v_date(b)));
  return v_from_bool(dt_compare_result(memcmp(x, y, 4), op));
}

static int64_t date_hash(Thread *t, Value self) {
  (void)t;
  Date *d = v_date(self);
  int64_t known = (int64_t)a64_load_rlx(&d->hash);
  uint8_t packed[4];
  if (known) return known;
  dt_pack_date(packed, date_ymd(d));
  return dt_hash_cached(&d->hash, hash_bytes(packed, 4));
}

// --- Text ---------------------------------------------------------------------------------------------------------------------------------

static Value date_repr(Thread *t, Value self) {
  const Date *d = v_date(self);
  return str_from_format(t, "%T(%d, %d, %d)", self, d->year, d->month, d->day);
}
static NATIVE(date_isoformat) {
  const Date *d = v_date(self);
  return str_from_format(t, "%04d-%02d-%02d", d->year, d->month, d->day);
}
static Value date_str(Thread *t, Value self) { return object_call_method0(t, self, dt_names.isoformat); }
static NATIVE(date_ctime) { return dt_ctime(t, date_ymd(v_date(self)), &midnight); }

// datetime has no other.
static NATIVE(date_strftime) {
  if (dt_text_argument(t, "strftime", args[0]) < 0) return V_NULL;
  const DateTime *d = v_is_datetime(self) ? v_datetime(self) : NULL;
  Value tuple = object_call_method0(t, self, dt_names.timetuple);
  Value result = v_is_null(tuple) ? V_NULL : dt_strftime(t, args[0], tuple, d ? d->zone : V_NULL, self, d ? d->clock.microsecond : 0);
  v_drop(t, tuple);
  return result;
}

// --- The rest -----------------------------------------------------------------------------------------------------------------------------

static NATIVE(date_timetuple) { return dt_timetuple(t, date_ymd(v_date(self)), &midnight, -1); }
static NATIVE(date_toordinal) { return v_from_smi(calendar_ordinal(date_ymd(v_date(self)))); }
static NATIVE(date_weekday) { return v_from_smi(calendar_weekday(date_ymd(v_date(self)))); }
static NATIVE(date_isoweekday) { return v_from_smi(calendar_weekday(date_ymd(v_date(self))) + 1); }

static Value make_iso_date(Thread *t, Type *type, const int *fields) {
  Value v = type->slots.alloc(t, type, 3);
  if (v_is_null(v)) return V_NULL;
  v_tuple(v)->length = 3;
  for (int i = 0; i < 3; i++) v_tuple(v)->items[i] = v_from_smi(fields[i]);
  return v;
}

static NATIVE(date_isocalendar) {
  IsoWeek w = calendar_iso_week(date_ymd(v_date(self)));
  return make_iso_date(t, &type_iso_calendar_date, (int[]){w.year, w.week, w.day});
}

static NATIVE(date_reduce) {
  uint8_t state[4];
  dt_pack_date(state, date_ymd(v_date(self)));
  return dt_reduced(t, self, state, sizeof state, V_NULL);
}

static Value date_get_year(Thread *t, Value self, UNUSED_OK void *closure) { return (void)t, v_from_smi(v_date(self)->year); }
static Value date_get_month(Thread *t, Value self, UNUSED_OK void *closure) { return (void)t, v_from_smi(v_date(self)->month); }
static Value date_get_day(Thread *t, Value self, UNUSED_OK void *closure) { return (void)t, v_from_smi(v_date(self)->day); }

static void date_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static const NativeDef date_methods[] = {
    {"fromtimestamp($type, timestamp, /)", date_fromtimestamp,
     "The local date at so many seconds after the epoch.", NATIVE_CLASS},
    {"fromordinal($type, ordinal, /)", date_fromordinal, "The date so many days after the last day before year 1.",
     NATIVE_CLASS | NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"fromisoformat($type, string, /)", date_fromisoformat, "The date that a text in a format of ISO 8601 stands for.",
     NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"fromisocalendar($type, year, week, day)", date_fromisocalendar,
     "The date of a day in a week of ISO 8601's calendar; undoes isocalendar().",
     NATIVE_CLASS | NATIVE_NO_SIGNATURE | NATIVE_RAW},
    {"today($type, /)", date_today, "The local date, or date and time, of this moment.", NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"ctime($self, /)", date_ctime, "The date as C's ctime() writes it.", NATIVE_NO_SIGNATURE},
    {"strftime($self, format)", date_strftime, "The date written as the format says.", NATIVE_NO_SIGNATURE},
    {"__format__($self, format, /)", dt_format, "As strftime(); as str() if the format is empty.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"timetuple($self, /)", date_timetuple, "The date as a time.struct_time at midnight.", NATIVE_NO_SIGNATURE},
    {"isocalendar($self, /)", date_isocalendar, "Year, week and weekday in ISO 8601's calendar, as a named tuple.", NATIVE_NO_SIGNATURE},
    {"isoformat($self, /)", date_isoformat, "The date as YYYY-MM-DD.", NATIVE_NO_SIGNATURE},
    {"isoweekday($self, /)", date_isoweekday, "The weekday, from 1 for Monday to 7 for Sunday.", NATIVE_NO_SIGNATURE},
    {"toordinal($self, /)", date_toordinal, "Which day it is, counted from 1 January of year 1, which is 1.", NATIVE_NO_SIGNATURE},
    {"weekday($self, /)", date_weekday, "The weekday, from 0 for Monday to 6 for Sunday.", NATIVE_NO_SIGNATURE},
    {"replace($self, year=?, month=?, day=?)", date_replace, "The same date with other values for the fields given.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", date_reduce, "What pickle needs to make it again.", NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef date_getset[] = {
    {"year", date_get_year, NULL, NULL, NULL}, {"month", date_get_month, NULL, NULL, NULL}, {"day", date_get_day, NULL, NULL, NULL}, {0}};
static const TypeSpec spec_date = {
    .name = "datetime.date",
    .size = sizeof(Date),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.getattro = object_generic_getattr, .new = date_type_new, .repr = date_repr, .str = date_str, .hash = date_hash, .richcompare = date_richcompare, .add = date_add,
              .subtract = date_subtract, .dealloc = date_dealloc},
    .methods = date_methods,
    .getset = date_getset,
    .doc = "A day of the Gregorian calendar: date(year, month, day).",
};

// --- IsoCalendarDate ----------------------------------------------------------------------------------------------------------------------

static Value iso_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[3];
  int fields[3];
  if (native_bind(t, &binder, "IsoCalendarDate(year, week, weekday)", args, nargs, kwnames, bound) < 0) return V_NULL;
  return dt_ints(t, bound, 3, (int *const[]){&fields[0], &fields[1], &fields[2]}) < 0 ? V_NULL : make_iso_date(t, type, fields);
}

static Value iso_repr(Thread *t, Value self) {
  const Value *items = v_tuple(self)->items;
  return str_from_format(t, "%.200T(year=%S, week=%S, weekday=%S)", self, items[0], items[1], items[2]);
}

static Value iso_get(Thread *t, Value self, void *index) { return v_own(t, v_tuple(self)->items[(intptr_t)index]); }

static NATIVE(iso_reduce) {
  const Value *items = v_tuple(self)->items;
  Value plain = tuple_from(t, items, 3), init = v_is_null(plain) ? V_NULL : tuple_pack(t, 1, plain);
  Value result = v_is_null(init) ? V_NULL : tuple_pack(t, 2, v_from_obj(&type_tuple), init);
  v_drop(t, init);
  v_drop(t, plain);
  return result;
}

static const NativeDef iso_methods[] = {{"__reduce__($self, /)", iso_reduce, "__reduce__() -> (cls, state)", NATIVE_NO_SIGNATURE}, {0}};
static const GetSetDef iso_getset[] = {
    {"year", iso_get, NULL, NULL, (void *)0}, {"week", iso_get, NULL, NULL, (void *)1}, {"weekday", iso_get, NULL, NULL, (void *)2}, {0}};
static const TypeSpec spec_iso_calendar_date = {
    .name = "datetime.IsoCalendarDate",
    .base = &type_tuple,
    .size = sizeof(Tuple),
    .item_size = sizeof(Value),
    .flags = TYPE_IMMUTABLE | TYPE_VARSIZE,
    .slots = {.new = iso_type_new, .repr = iso_repr},
    .methods = iso_methods,
    .getset = iso_getset,
    .doc = "The result of date.isocalendar() or datetime.isocalendar()\n\nThis object may be accessed either as a tuple of\n"
           "  ((year, week, weekday))\nor via the object attributes as named in the above tuple.",
};

bool date_init(Thread *t) {
  return type_ready(t, &type_date, &spec_date, 0) && type_ready(t, &type_iso_calendar_date, &spec_iso_calendar_date, 0) &&
         dt_type_constant(t, &type_date, "min", date_make(t, &type_date, (Ymd){MIN_YEAR, 1, 1})) &&
         dt_type_constant(t, &type_date, "max", date_make(t, &type_date, (Ymd){MAX_YEAR, 12, 31})) &&
         dt_type_constant(t, &type_date, "resolution", delta_make(t, &type_timedelta, 1, 0, 0));
}
