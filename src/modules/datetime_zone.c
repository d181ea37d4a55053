// tzinfo, the base class of time zones, and timezone, a fixed offset from UTC.
#include <stddef.h>
#include <stdio.h>

#include "modules/datetime_internal.h"
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_tzinfo, type_timezone;
Value dt_utc;

// Immutable.
typedef struct Zone {
  Object ob;
  Value offset, name;      // owned; name: V_NULL where none was given
} Zone;
static Zone *v_zone(Value v) { return (Zone *)v_obj(v); }

// --- What the other types ask of a zone ---------------------------------------------------------------------------------------------------

// Strictly between -24 and 24 hours?
static bool in_range(const Delta *d) { return d->days == 0 || (d->days == -1 && (d->seconds || d->microseconds)); }

static Value ask_offset(Thread *t, Value zone, const char *method, Value name, Value arg) {
  Value offset = object_call_method1(t, zone, name, arg);
  if (v_is_null(offset) || v_is_none(offset)) return offset;
  if (!v_is_delta(offset)) raise_type_error(t, "tzinfo.%s() must return None or timedelta, not '%.200T'", method, offset);
  else if (!in_range(v_delta(offset)))
    raise_value_error(t, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
  else return offset;
  v_drop(t, offset);
  return V_NULL;
}

Value zone_utcoffset(Thread *t, Value zone, Value arg) {
  if (v_is_null(zone)) return V_NONE;
  if (v_type(zone) == &type_timezone) return v_own(t, v_zone(zone)->offset);
  return ask_offset(t, zone, "utcoffset", dt_names.utcoffset, arg);
}
Value zone_dst(Thread *t, Value zone, Value arg) { return v_is_null(zone) ? V_NONE : ask_offset(t, zone, "dst", dt_names.dst, arg); }

Value zone_tzname(Thread *t, Value zone, Value arg) {
  if (v_is_null(zone)) return V_NONE;
  Value name = object_call_method1(t, zone, dt_names.tzname, arg);
  if (v_is_null(name) || v_is_none(name) || v_is_str(name)) return name;
  raise_type_error(t, "tzinfo.tzname() must return None or a string, not '%T'", name);
  v_drop(t, name);
  return V_NULL;
}

bool offsets_equal(Value a, Value b) {
  if (v_is_none(a) || v_is_none(b)) return v_is_none(a) && v_is_none(b);
  return delta_compare(v_delta(a), v_delta(b)) == 0;
}

// --- tzinfo -------------------------------------------------------------------------------------------------------------------------------

static Value not_implemented(Thread *t, const char *method) {
  return raise_error(t, &exc_NotImplementedError, "a tzinfo subclass must implement %s()", method);
}
static NATIVE(tzinfo_tzname) { return not_implemented(t, "tzname"); }
static NATIVE(tzinfo_utcoffset) { return not_implemented(t, "utcoffset"); }
static NATIVE(tzinfo_dst) { return not_implemented(t, "dst"); }

// An offset (stolen) that must not be None.
static Value needed(Thread *t, Value offset, const char *message) {
  return v_is_none(offset) ? raise_value_error(t, "%s", message) : offset;
}

// Adds the daylight saving time that holds at `standard` (stolen), the civil time without any.
static Value add_dst(Thread *t, Value zone, Value standard) {
  if (v_is_null(standard)) return V_NULL;
  Value dst = needed(t, zone_dst(t, zone, standard), "fromutc: tz.dst() gave inconsistent results; cannot convert");
  Value result = V_NULL;
  if (!v_is_null(dst)) result = delta_total(v_delta(dst)) ? datetime_add(t, standard, v_delta(dst), 1) : v_own(t, standard);
  v_drop(t, dst);
  v_drop(t, standard);
  return result;
}

static NATIVE(tzinfo_fromutc) {
  Value when = args[0];
  if (!v_is_datetime(when)) return raise_type_error(t, "fromutc: argument must be a datetime");
  Value zone = v_datetime(when)->zone;
  if (v_is_null(zone) || v_obj(zone) != v_obj(self)) return raise_value_error(t, "fromutc: dt.tzinfo is not self");
  Value offset = needed(t, zone_utcoffset(t, zone, when), "fromutc: non-None utcoffset() result required");
  Value dst = v_is_null(offset) ? V_NULL : needed(t, zone_dst(t, zone, when), "fromutc: non-None dst() result required");
  Value standard = v_is_null(dst) ? V_NULL : delta_subtract(t, v_delta(offset), v_delta(dst));
  Value result = v_is_null(standard) ? V_NULL : add_dst(t, zone, datetime_add(t, when, v_delta(standard), 1));
  v_drop(t, standard);
  v_drop(t, dst);
  v_drop(t, offset);
  return result;
}

static NATIVE(tzinfo_reduce) {
  Value function, init_args = v_own(t, tuple_empty), state, result = V_NULL;
  int found = object_lookup_attr(t, self, dt_names.__getinitargs__, &function);
  if (found < 0) return V_NULL;
  if (found) {
    init_args = object_call0(t, function);
    v_drop(t, function);
    if (v_is_null(init_args)) return V_NULL;
  }
  state = object_call_method0(t, self, dt_names.__getstate__);
  if (!v_is_null(state)) result = tuple_pack(t, 3, v_from_obj(v_type(self)), init_args, state);
  v_drop(t, state);
  v_drop(t, init_args);
  return result;
}

static void plain_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static const NativeDef tzinfo_methods[] = {
    {"tzname($self, dt, /)", tzinfo_tzname, "What the zone is called then.", NATIVE_NO_SIGNATURE},
    {"utcoffset($self, dt, /)", tzinfo_utcoffset, "How far local time is ahead of UTC then.",
     NATIVE_NO_SIGNATURE},
    {"dst($self, dt, /)", tzinfo_dst, "By how much daylight saving time moves the clock then.", NATIVE_NO_SIGNATURE},
    {"fromutc($self, dt, /)", tzinfo_fromutc, "The local time of a moment given in UTC.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", tzinfo_reduce, "What pickle needs to make it again.", NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_tzinfo = {
    .name = "datetime.tzinfo",
    .size = sizeof(Object),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.getattro = object_generic_getattr, .new = module_empty_new, .dealloc = plain_dealloc},
    .methods = tzinfo_methods,
    .doc = "What time zones have in common; subclasses know their rules.",
};

// --- timezone -----------------------------------------------------------------------------------------------------------------------------

static Value make_zone(Thread *t, Value offset, Value name) {
  Value v = type_timezone.slots.alloc(t, &type_timezone, 0);
  if (v_is_null(v)) return V_NULL;
  v_zone(v)->offset = v_own(t, offset);
  v_zone(v)->name = v_is_null(name) ? V_NULL : v_own(t, name);
  return v;
}

Value zone_new(Thread *t, Value offset, Value name) {
  if (v_is_null(name) && delta_total(v_delta(offset)) == 0) return v_own(t, dt_utc);
  if (!in_range(v_delta(offset)))
    return raise_value_error(t, "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not %R.", offset);
  return make_zone(t, offset, name);
}

static Value timezone_type_new(Thread *t, UNUSED_OK Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[2];
  NativeParse parse;
  if (native_parse(t, &binder, "timezone(offset, name=<unrepresentable>)", args, nargs, kwnames, bound, &parse) < 0 || native_parse_next(t, &parse, 0) < 0) return V_NULL;
  if (!v_is_delta(bound[0])) return raise_type_error(t, "timezone() argument 1 must be datetime.timedelta, not %K", bound[0]);
  bool named = !v_is_absent(bound[1]);
  if (named && !v_is_str(bound[1])) return raise_type_error(t, "timezone() argument 2 must be str, not %K", bound[1]);
  return native_parse_end(t, &parse) < 0 ? V_NULL : zone_new(t, bound[0], named ? bound[1] : V_NULL);
}

static void timezone_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Zone *)o)->offset);
  v_drop(t, ((Zone *)o)->name);
  heap_free_object(t, o);
}
static void timezone_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Zone *)o)->offset, visit, arg);
  gc_visit_value(((Zone *)o)->name, visit, arg);
}

static Value timezone_richcompare(Thread *t, Value a, Value b, int op) {
  (void)t;
  if ((op != CMP_EQ && op != CMP_NE) || !dt_is_a(b, &type_timezone)) return V_NOT_IMPLEMENTED;
  return v_from_bool(dt_compare_result(delta_compare(v_delta(v_zone(a)->offset), v_delta(v_zone(b)->offset)), op));
}
static int64_t timezone_hash(Thread *t, Value self) { return delta_hash_of(t, v_zone(self)->offset); }

static bool is_utc(Value v) { return v_obj(v) == v_obj(dt_utc); }

static Value timezone_repr(Thread *t, Value self) {
  const Zone *z = v_zone(self);
  if (is_utc(self)) return str_from_format(t, "%T.utc", self);
  if (v_is_null(z->name)) return str_from_format(t, "%T(%R)", self, z->offset);
  return str_from_format(t, "%T(%R, %R)", self, z->offset, z->name);
}

static Value timezone_str(Thread *t, Value self) {
  const Zone *z = v_zone(self);
  if (!v_is_null(z->name)) return v_own(t, z->name);
  char text[OFFSET_TEXT];
  if (delta_total(v_delta(z->offset)) == 0) return str_from_cstr(t, "UTC");
  return dt_offset_text(t, text, ":", self, V_NONE) < 0 ? V_NULL : str_from_format(t, "UTC%s", text);
}

static int check_argument(Thread *t, const char *method, Value arg) {
  if (v_is_none(arg) || v_is_datetime(arg)) return 0;
  raise_type_error(t, "%s(dt) argument must be a datetime instance or None, not %.200T", method, arg);
  return -1;
}
static NATIVE(timezone_tzname) { return check_argument(t, "tzname", args[0]) < 0 ? V_NULL : timezone_str(t, self); }
static NATIVE(timezone_utcoffset) { return check_argument(t, "utcoffset", args[0]) < 0 ? V_NULL : v_own(t, v_zone(self)->offset); }
static NATIVE(timezone_dst) { return check_argument(t, "dst", args[0]) < 0 ? V_NULL : V_NONE; }

static NATIVE(timezone_fromutc) {
  if (!v_is_datetime(args[0])) return raise_type_error(t, "fromutc: argument must be a datetime");
  Value zone = v_datetime(args[0])->zone;
  if (v_is_null(zone) || v_obj(zone) != v_obj(self)) return raise_value_error(t, "fromutc: dt.tzinfo is not self");
  return datetime_add(t, args[0], v_delta(v_zone(self)->offset), 1);
}

static NATIVE(timezone_getinitargs) {
  const Zone *z = v_zone(self);
  return v_is_null(z->name) ? tuple_pack(t, 1, z->offset) : tuple_pack(t, 2, z->offset, z->name);
}

static const NativeDef timezone_methods[] = {
    {"tzname($self, dt, /)", timezone_tzname,
     "The name it was given, else UTC and the distance.", NATIVE_NO_SIGNATURE},
    {"utcoffset($self, dt, /)", timezone_utcoffset, "The distance from UTC that it was given.", NATIVE_NO_SIGNATURE},
    {"dst($self, dt, /)", timezone_dst, "None: nobody knows.", NATIVE_NO_SIGNATURE},
    {"fromutc($self, dt, /)", timezone_fromutc, "The local time of a moment given in UTC.", NATIVE_NO_SIGNATURE},
    {"__getinitargs__($self, /)", timezone_getinitargs, "The arguments to make it again.", NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_timezone = {
    .name = "datetime.timezone",
    .base = &type_tzinfo,
    .size = sizeof(Zone),
    .flags = TYPE_IMMUTABLE,
    .slots = {.new = timezone_type_new, .repr = timezone_repr, .str = timezone_str, .hash = timezone_hash, .richcompare = timezone_richcompare,
              .dealloc = timezone_dealloc, .traverse = timezone_traverse},
    .methods = timezone_methods,
    .doc = "A zone at a fixed distance from UTC.",
};

static Value zone_of_seconds(Thread *t, int seconds) {
  Value offset = delta_make(t, &type_timedelta, 0, seconds, 0), zone = v_is_null(offset) ? V_NULL : make_zone(t, offset, V_NULL);
  v_drop(t, offset);
  return zone;
}

bool tzinfo_init(Thread *t) {
  enum { LARGEST = 23 * 3600 + 59 * 60 };
  if (!type_ready(t, &type_tzinfo, &spec_tzinfo, 0) || !type_ready(t, &type_timezone, &spec_timezone, 0)) return false;
  dt_utc = zone_of_seconds(t, 0);
  return !v_is_null(dt_utc) && dt_type_constant(t, &type_timezone, "utc", v_own(t, dt_utc)) &&
         dt_type_constant(t, &type_timezone, "min", zone_of_seconds(t, -LARGEST)) &&
         dt_type_constant(t, &type_timezone, "max", zone_of_seconds(t, LARGEST));
}
