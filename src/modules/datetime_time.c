// time: a time of day, naive or of a time zone.
#include <stddef.h>
#include <stdio.h>

#include "modules/datetime_internal.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_time;

// --- Making -------------------------------------------------------------------------------------------------------------------------------

static Value alloc_time(Thread *t, Type *type, const Clock *c, int fold, Value zone) {
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  v_time(v)->clock = *c;
  v_time(v)->fold = fold;
  v_time(v)->zone = v_is_null(zone) ? V_NULL : v_own(t, zone);
  return v;
}

Value time_make(Thread *t, Type *type, const Clock *c, int fold, Value zone) {
  return dt_check_clock(t, c, fold) < 0 ? V_NULL : alloc_time(t, type, c, fold, zone);
}

static Value time_make_cls(Thread *t, Value cls, const Clock *c, Value zone) {
  if (v_obj(cls) == &type_time.ob) return time_make(t, &type_time, c, 0, zone);
  const Value args[] = {v_from_smi(c->hour), v_from_smi(c->minute), v_from_smi(c->second), v_from_smi(c->microsecond), zone_or_none(zone)};
  return object_call(t, cls, args, 5, V_NULL);
}

// hour, minute, second, microsecond, tzinfo, fold.
static int bind_fields(Thread *t, const Value *bound, Clock *c, Value *zone, int *fold) {
  if (dt_ints(t, bound, 4, (int *const[]){&c->hour, &c->minute, &c->second, &c->microsecond}) < 0 || dt_int(t, bound[5], fold) < 0) return -1;
  return dt_check_clock(t, c, *fold) < 0 ? -1 : dt_zone(t, bound[4], zone);
}

static Value from_state(Thread *t, Type *type, const uint8_t *state, Value zone) {
  Clock c;
  int fold = 0;
  if (!v_is_none(zone) && !v_is_tzinfo(zone)) return raise_type_error(t, "bad tzinfo state arg");
  dt_unpack_clock(state, &c, &fold);
  return alloc_time(t, type, &c, fold, v_is_none(zone) ? V_NULL : zone);
}

static Value time_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static const StateRule rule = {"time", 6, 0, 0, 24, true};
  static aptr binder;
  uint8_t state[6];
  Value bound[6], zone = V_NULL;
  if (nargs == 1 || nargs == 2) {
    int pickled = dt_state(t, args[0], &rule, state);
    if (pickled) return pickled < 0 ? V_NULL : from_state(t, type, state, nargs == 2 ? args[1] : V_NONE);
  }
  Clock c = {0};
  int fold = 0;
  NativeParse parse;
  if (native_parse(t, &binder, "(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)", args, nargs, kwnames, bound, &parse) < 0 ||
      dt_parse_end(t, &parse, bound, bound[5]) < 0 || bind_fields(t, bound, &c, &zone, &fold) < 0)
    return V_NULL;
  return time_make(t, type, &c, fold, zone);
}

static NATIVE(time_fromisoformat) {
  if (!v_is_str(args[0])) return dt_iso_not_str(t);
  size_t n;
  IsoClock parsed;
  Value zone;
  const char *s = dt_iso_utf8(t, args[0], args[0], &n);
  if (!s) return V_NULL;
  int designator = *s == 'T';
  if (!dt_parse_clock(s + designator, n - (size_t)designator, &parsed)) return dt_iso_invalid(t, args[0]);
  if (v_is_null(dt_iso_zone(t, &parsed, &zone))) return V_NULL;
  Value result = time_make_cls(t, self, &parsed.clock, zone);
  v_drop(t, zone);
  return result;
}

static NATIVE(time_replace) {
  Clock c = v_time(self)->clock;
  Value zone = v_time(self)->zone;
  int fold = v_time(self)->fold;
  return bind_fields(t, args, &c, &zone, &fold) < 0 ? V_NULL : time_make(t, v_type(self), &c, fold, zone);
}

// --- Its zone, comparison, hash -----------------------------------------------------------------------------------------------------------

static NATIVE(time_utcoffset) { return zone_utcoffset(t, v_time(self)->zone, V_NONE); }
static NATIVE(time_dst) { return zone_dst(t, v_time(self)->zone, V_NONE); }
static NATIVE(time_tzname) { return zone_tzname(t, v_time(self)->zone, V_NONE); }

// Microseconds since midnight, UTC.
static int64_t utc_us(Value v, Value offset) {
  const Clock *c = &v_time(v)->clock;
  return (int64_t)clock_seconds(c) * US_PER_SECOND + c->microsecond - (int64_t)delta_total(v_delta(offset));
}

static int packed_order(Value a, Value b) {
  uint8_t x[6], y[6];
  dt_pack_clock(x, &v_time(a)->clock);
  dt_pack_clock(y, &v_time(b)->clock);
  return memcmp(x, y, 6);
}

static Value compare_offsets(Thread *t, Value a, Value b, int op, Value offset_a, Value offset_b) {
  if (offsets_equal(offset_a, offset_b)) return v_from_bool(dt_compare_result(packed_order(a, b), op));
  if (!v_is_none(offset_a) && !v_is_none(offset_b)) {
    int64_t x = utc_us(a, offset_a), y = utc_us(b, offset_b);
    return v_from_bool(dt_compare_result((x > y) - (x < y), op));
  }
  if (op == CMP_EQ || op == CMP_NE) return v_from_bool(op == CMP_NE);
  return raise_type_error(t, "can't compare offset-naive and offset-aware times");
}

static Value time_richcompare(Thread *t, Value a, Value b, int op) {
  if (!v_is_time(b)) return V_NOT_IMPLEMENTED;
  if (v_obj(zone_or_none(v_time(a)->zone)) == v_obj(zone_or_none(v_time(b)->zone))) return v_from_bool(dt_compare_result(packed_order(a, b), op));
  Value offset_a = zone_utcoffset(t, v_time(a)->zone, V_NONE), offset_b = V_NULL, result = V_NULL;
  if (!v_is_null(offset_a)) offset_b = zone_utcoffset(t, v_time(b)->zone, V_NONE);
  if (!v_is_null(offset_b)) result = compare_offsets(t, a, b, op, offset_a, offset_b);
  v_drop(t, offset_a);
  v_drop(t, offset_b);
  return result;
}

// The fold has no say, even where the offset depends on it.
static int64_t time_hash(Thread *t, Value self) {
  Time *v = v_time(self);
  int64_t known = (int64_t)a64_load_rlx(&v->hash), hash;
  if (known) return known;
  Value offset = zone_utcoffset(t, v->zone, V_NONE);
  if (v_is_null(offset)) return -1;
  if (v_is_none(offset)) {
    uint8_t packed[6];
    dt_pack_clock(packed, &v->clock);
    return dt_hash_cached(&v->hash, hash_bytes(packed, 6));
  }
  hash = dt_hash_delta(t, &v->hash, 0, clock_seconds(&v->clock), v->clock.microsecond, offset);
  v_drop(t, offset);
  return hash;
}

// --- Text ---------------------------------------------------------------------------------------------------------------------------------

static Value time_repr(Thread *t, Value self) {
  const Clock *c = &v_time(self)->clock;
  Value repr = c->microsecond ? str_from_format(t, "%T(%d, %d, %d, %d)", self, c->hour, c->minute, c->second, c->microsecond)
               : c->second    ? str_from_format(t, "%T(%d, %d, %d)", self, c->hour, c->minute, c->second)
                              : str_from_format(t, "%T(%d, %d)", self, c->hour, c->minute);
  if (!v_is_null(v_time(self)->zone)) repr = dt_append_keyword(t, repr, "tzinfo", v_own(t, v_time(self)->zone));
  return v_time(self)->fold ? dt_append_keyword(t, repr, "fold", v_from_smi(1)) : repr;
}

static NATIVE(time_isoformat) {
  TimeSpec spec;
  char text[CLOCK_TEXT], offset[OFFSET_TEXT];
  if (dt_timespec(t, args[0], 1, &spec) < 0) return V_NULL;
  dt_clock_text(text, &v_time(self)->clock, spec);
  return dt_offset_text(t, offset, ":", v_time(self)->zone, V_NONE) < 0 ? V_NULL : str_from_format(t, "%s%s", text, offset);
}
static Value time_str(Thread *t, Value self) { return object_call_method0(t, self, dt_names.isoformat); }

static NATIVE(time_strftime) {
  if (dt_text_argument(t, "strftime", args[0]) < 0) return V_NULL;
  const Clock *c = &v_time(self)->clock;
  const Value items[] = {v_from_smi(1900), v_from_smi(1), v_from_smi(1), v_from_smi(c->hour), v_from_smi(c->minute), v_from_smi(c->second),
                         v_from_smi(0),    v_from_smi(1), v_from_smi(-1)};
  Value tuple = tuple_from(t, items, 9);
  Value result = v_is_null(tuple) ? V_NULL : dt_strftime(t, args[0], tuple, v_time(self)->zone, V_NONE, c->microsecond);
  v_drop(t, tuple);
  return result;
}

// --- Pickling -----------------------------------------------------------------------------------------------------------------------------

static Value reduce(Thread *t, Value self, int protocol) {
  uint8_t state[6];
  dt_pack_clock(state, &v_time(self)->clock);
  if (protocol > 3 && v_time(self)->fold) state[0] |= 0x80;
  return dt_reduced(t, self, state, sizeof state, v_time(self)->zone);
}
static NATIVE(time_reduce) { return reduce(t, self, 2); }
static NATIVE(time_reduce_ex) {
  int protocol;
  if (dt_exactly(t, "__reduce_ex__", nargs, 1, kwnames) < 0 || dt_int(t, args[0], &protocol) < 0) return V_NULL;
  return reduce(t, self, protocol);
}

// --- The type -----------------------------------------------------------------------------------------------------------------------------

static Value time_get_int(Thread *t, Value self, void *offset) { return (void)t, v_from_smi(*(const int *)((char *)v_time(self) + (intptr_t)offset)); }
static Value time_get_zone(Thread *t, Value self, UNUSED_OK void *closure) { return v_own(t, zone_or_none(v_time(self)->zone)); }

static void time_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Time *)o)->zone);
  heap_free_object(t, o);
}
static void time_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Time *)o)->zone, visit, arg); }

static const NativeDef time_methods[] = {
    {"isoformat($self, timespec='auto')", time_isoformat,
     "The time in ISO 8601's format, as exact as timespec says.",
     NATIVE_NO_SIGNATURE},
    {"strftime($self, format)", time_strftime, "The time written as the format says.", NATIVE_NO_SIGNATURE},
    {"__format__($self, format, /)", dt_format, "As strftime(); as str() if the format is empty.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"utcoffset($self, /)", time_utcoffset, "What the zone says is its distance from UTC, or None.", NATIVE_NO_SIGNATURE},
    {"tzname($self, /)", time_tzname, "What the zone says is its name, or None.", NATIVE_NO_SIGNATURE},
    {"dst($self, /)", time_dst, "What the zone says of daylight saving time, or None.", NATIVE_NO_SIGNATURE},
    {"replace($self, hour=?, minute=?, second=?, microsecond=?, tzinfo=?, *, fold=?)", time_replace, "The same with other values for the fields given.",
     NATIVE_NO_SIGNATURE},
    {"fromisoformat($type, string, /)", time_fromisoformat, "The time that a text in one of ISO 8601's formats stands for.", NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"__reduce_ex__($self, proto, /)", time_reduce_ex, "What pickle needs to make it again.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", time_reduce, "What pickle needs to make it again.", NATIVE_NO_SIGNATURE},
    {0},
};
#define TIME_FIELD(name, place) {#name, time_get_int, NULL, NULL, (void *)offsetof(Time, place)}
static const GetSetDef time_getset[] = {TIME_FIELD(hour, clock.hour), TIME_FIELD(minute, clock.minute), TIME_FIELD(second, clock.second), TIME_FIELD(microsecond, clock.microsecond),
                                        {"tzinfo", time_get_zone, NULL, NULL, NULL}, TIME_FIELD(fold, fold), {0}};
static const TypeSpec spec_time = {
    .name = "datetime.time",
    .size = sizeof(Time),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.getattro = object_generic_getattr, .new = time_type_new, .repr = time_repr, .str = time_str, .hash = time_hash, .richcompare = time_richcompare, .dealloc = time_dealloc,
              .traverse = time_traverse},
    .methods = time_methods,
    .getset = time_getset,
    .doc = "A time of day with, perhaps, a time zone: time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0).",
};

bool time_init(Thread *t) {
  const Clock first = {0}, last = {23, 59, 59, US_PER_SECOND - 1};
  return type_ready(t, &type_time, &spec_time, 0) && dt_type_constant(t, &type_time, "min", time_make(t, &type_time, &first, 0, V_NULL)) &&
         dt_type_constant(t, &type_time, "max", time_make(t, &type_time, &last, 0, V_NULL)) &&
         dt_type_constant(t, &type_time, "resolution", delta_make(t, &type_timedelta, 0, 0, 1));
}
