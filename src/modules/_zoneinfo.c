// zoneinfo.ZoneInfo: a time zone of the IANA database, read by zoneinfo._common from a TZif file.
//
// Locking: a zone is immutable once it is made. The weak cache of zones by key is a WeakValueDictionary, the strong one, of those used last, an
// OrderedDict: both keep themselves consistent. WeakValueDictionary.setdefault() looks first and stores then, so `filing` is held around it:
// all who ask for a key get the one zone.
#include <stddef.h>

#include "modules/datetime_internal.h"
#include "modules/owned_lock.h"
#include "modules/zone_rules.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/error_state.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"

enum { STRONG_CACHE_SIZE = 8, HOUR = 3600 };

// What holds between two changes. Owned values.
typedef struct Period {
  Value offset, daylight, name;   // timedelta, timedelta, str
  int64_t seconds;                // the offset
  bool is_daylight;
} Period;

typedef enum { FROM_CACHE, FROM_FILE, WITHOUT_CACHE } ZoneSource;

typedef struct ZoneInfo {
  Object ob;
  Value key;                      // None for a file without one
  Value file;                     // the file's repr; FROM_FILE
  ZoneSource source;
  bool is_fixed;                  // the same always: may be asked without a moment
  size_t nchanges, nperiods;
  int64_t *utc, *local[2];        // the moments of the changes; local[fold]
  uint8_t *kinds;                 // the periods that they begin
  Period *periods;
  const Period *first;            // before all changes; NULL: there is none
  ZoneRules rules;                // after the last
  Period standard, daylight;      // of the rules
  Value rules_text;               // bytes, which the rules' names lie in
} ZoneInfo;
static ZoneInfo *v_zoneinfo(Value v) { return (ZoneInfo *)v_obj(v); }

static Type type_zoneinfo;
static Value strong_cache, weak_cache;
static OwnedLock filing;
static void filing_after_fork(UNUSED_OK Thread *t) { filing = (OwnedLock){0}; }   // whoever held it is not in the child
static struct { Value find_tzfile, load_tzdata, load_data, open, weak_class; } functions;   // made with the module

// --- Periods ------------------------------------------------------------------------------------------------------------------------

static int period_set(Thread *t, Period *p, int64_t seconds, int64_t daylight, Value name /* stolen */) {
  p->seconds = seconds;
  p->is_daylight = daylight != 0;
  p->name = name;
  p->offset = delta_make(t, &type_timedelta, 0, seconds, 0);
  p->daylight = v_is_null(p->offset) ? V_NULL : delta_make(t, &type_timedelta, 0, daylight, 0);
  return v_is_null(p->name) || v_is_null(p->daylight) ? -1 : 0;
}
static void period_drop(Thread *t, Period *p) {
  v_drop(t, p->offset);
  v_drop(t, p->daylight);
  v_drop(t, p->name);
}
static void period_visit(const Period *p, GcVisit visit, void *arg) {
  gc_visit_value(p->offset, visit, arg);
  gc_visit_value(p->daylight, visit, arg);
  gc_visit_value(p->name, visit, arg);
}

// How many of the moments are not after `when`.
static size_t count_passed(const int64_t *moments, size_t n, int64_t when) {
  size_t low = 0;
  while (low < n) {
    size_t middle = low + (n - low) / 2;
    if (moments[middle] <= when) low = middle + 1;
    else n = middle;
  }
  return low;
}

static int attribute_number(Thread *t, Value v, const char *name, int64_t *out) {
  Value key = str_intern_cstr(t, name), number = v_is_null(key) ? V_NULL : object_getattr(t, v, key);
  if (v_is_null(number)) return -1;
  *out = number_as_i64(t, number);
  v_drop(t, number);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

// A civil moment as seconds since 1970 in its own zone, its year and fold. Anything that looks like a datetime will do. 0 or -1.
static int civil_moment(Thread *t, Value v, int64_t *when, int *year, int *fold) {
  if (v_is_datetime(v)) {
    const DateTime *d = v_datetime(v);
    *when = (int64_t)(calendar_ordinal(date_ymd(&d->date)) - EPOCH_ORDINAL) * SECONDS_PER_DAY + clock_seconds(&d->clock);
    *year = d->date.year;
    *fold = d->fold;
    return 0;
  }
  Value key = str_intern_cstr(t, "toordinal"), ordinal = v_is_null(key) ? V_NULL : object_call_method0(t, v, key);
  if (v_is_null(ordinal)) return -1;
  int64_t days = number_as_i64(t, ordinal), hour, minute, second, y, f;
  v_drop(t, ordinal);
  if (days == -1 && error_pending(t)) return -1;
  if (attribute_number(t, v, "hour", &hour) < 0 || attribute_number(t, v, "minute", &minute) < 0 || attribute_number(t, v, "second", &second) < 0 ||
      attribute_number(t, v, "year", &y) < 0 || attribute_number(t, v, "fold", &f) < 0)
    return -1;
  *when = (days - EPOCH_ORDINAL) * SECONDS_PER_DAY + hour * HOUR + minute * 60 + second;
  *year = y < MIN_YEAR ? MIN_YEAR : y > MAX_YEAR ? MAX_YEAR : (int)y;
  *fold = f != 0;
  return 0;
}

// The period of a civil moment, or of no moment at all (None): *out is NULL where that cannot be told. 0 or -1.
static int find_period(Thread *t, const ZoneInfo *z, Value v, const Period **out) {
  *out = NULL;
  if (v_is_none(v)) {
    if (z->is_fixed) *out = &z->standard;
    return 0;
  }
  int64_t when;
  int year, fold;
  if (civil_moment(t, v, &when, &year, &fold) < 0) return -1;
  const int64_t *changes = z->local[fold];
  if (z->nchanges && when < changes[0]) *out = z->first;
  else if (z->nchanges && when <= changes[z->nchanges - 1]) *out = &z->periods[z->kinds[count_passed(changes, z->nchanges, when) - 1]];
  else *out = z->rules.has_daylight && zone_rules_local(&z->rules, when, year, fold) ? &z->daylight : &z->standard;
  return 0;
}

// The period at a moment of UTC, and whether the local time then comes for the second time.
static const Period *find_period_utc(const ZoneInfo *z, int64_t when, int year, bool *fold) {
  *fold = false;
  size_t n = z->nchanges;
  if (n && when < z->utc[0]) return z->first;
  const Period *period, *before;
  size_t passed = count_passed(z->utc, n, when);
  if (n && when <= z->utc[n - 1]) {
    period = &z->periods[z->kinds[passed - 1]];
  } else {
    period = z->rules.has_daylight && zone_rules_utc(&z->rules, when, year, fold) ? &z->daylight : &z->standard;
    passed = n;
  }
  if (!n) return period;
  before = passed >= 2 ? &z->periods[z->kinds[passed - 2]] : z->first;
  if (before && before->seconds - period->seconds > when - z->utc[passed - 1]) *fold = true;
  return period;
}

#define ZONE_ANSWER(method, field)                                                     \
  static NATIVE(zoneinfo_##method) {                                                       \
    const Period *period;                                                              \
    if (find_period(t, v_zoneinfo(self), args[0], &period) < 0) return V_NULL;         \
    return period ? v_own(t, period->field) : V_NONE;                                  \
  }
ZONE_ANSWER(utcoffset, offset)
ZONE_ANSWER(dst, daylight)
ZONE_ANSWER(tzname, name)

static Value with_fold(Thread *t, Value local) {
  const DateTime *d = v_datetime(local);
  Value r = V_NULL;
  if (v_type(local) == &type_datetime) {
    r = datetime_make(t, &type_datetime, date_ymd(&d->date), &d->clock, 1, d->zone);
  } else {
    Value replace = object_getattr(t, local, dt_names.replace), name = v_is_null(replace) ? V_NULL : str_intern_cstr(t, "fold");
    Value names = v_is_null(name) ? V_NULL : tuple_pack(t, 1, name);
    if (!v_is_null(names)) r = object_call(t, replace, (Value[]){v_from_smi(1)}, 0, names);
    v_drop(t, names);
    v_drop(t, replace);
  }
  v_drop(t, local);
  return r;
}

static NATIVE(zoneinfo_fromutc) {
  if (!v_is_datetime(args[0])) return raise_type_error(t, "fromutc: argument must be a datetime");
  Value zone = v_datetime(args[0])->zone;
  if (v_is_null(zone) || v_obj(zone) != v_obj(self)) return raise_value_error(t, "fromutc: dt.tzinfo is not self");
  int64_t when;
  int year, ignored;
  if (civil_moment(t, args[0], &when, &year, &ignored) < 0) return V_NULL;
  bool fold;
  const Period *period = find_period_utc(v_zoneinfo(self), when, year, &fold);
  if (!period) return v_own(t, args[0]);
  Value local = datetime_add(t, args[0], v_delta(period->offset), 1);
  return v_is_null(local) || !fold ? local : with_fold(t, local);
}

// --- Reading a file's data ----------------------------------------------------------------------------------------------------------

// Daylight saving time is a flag in the file; how much it is has to be guessed from the periods beside it.
static void guess_daylight(const ZoneInfo *z, const int64_t *offsets, const bool *is_daylight, int64_t *out) {
  size_t wanted = 0, found = 0, n = z->nperiods;
  for (size_t i = 0; i < n; i++) wanted += is_daylight[i];
  for (size_t i = 1; i < z->nchanges && found < wanted; i++) {
    size_t kind = z->kinds[i], before = z->kinds[i - 1];
    if (!is_daylight[kind] || out[kind]) continue;
    int64_t guess = is_daylight[before] ? 0 : offsets[kind] - offsets[before];
    if (!guess && i + 1 < z->nchanges) {
      size_t after = z->kinds[i + 1];
      if (is_daylight[after]) continue;   // perhaps a later change tells
      guess = offsets[kind] - offsets[after];
    }
    found += guess != 0;
    out[kind] = guess;
  }
  for (size_t i = 0; i < n && found < wanted; i++)
    if (is_daylight[i] && !out[i]) out[i] = HOUR;
}

static void make_local(ZoneInfo *z, const int64_t *offsets) {
  for (size_t i = 0; i < z->nchanges; i++) {
    int64_t after = offsets[z->kinds[i]], before = i ? offsets[z->kinds[i - 1]] : z->nperiods > 1 ? offsets[0] : after;
    z->local[0][i] = z->utc[i] + (before > after ? before : after);
    z->local[1][i] = z->utc[i] + (before > after ? after : before);
  }
}

static int number_at(Thread *t, Value tuple, size_t i, int64_t *out) {
  *out = number_as_i64(t, v_tuple(tuple)->items[i]);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

static int read_changes(Thread *t, ZoneInfo *z, Value kinds, Value moments) {
  size_t n = z->nchanges = (size_t)v_tuple(moments)->length;
  z->utc = heap_calloc(t, (n + 1) * sizeof *z->utc);
  z->local[0] = heap_calloc(t, (n + 1) * sizeof *z->utc);
  z->local[1] = heap_calloc(t, (n + 1) * sizeof *z->utc);
  z->kinds = heap_calloc(t, n + 1);
  if (!z->utc || !z->local[0] || !z->local[1] || !z->kinds) return raise_no_memory(t), -1;
  for (size_t i = 0; i < n; i++) {
    int64_t kind;
    if (number_at(t, moments, i, &z->utc[i]) < 0 || number_at(t, kinds, i, &kind) < 0) return -1;
    if (kind < 0 || (size_t)kind >= z->nperiods) {
      raise_value_error(t, "Invalid transition index found while reading TZif: %zu", (size_t)kind);
      return -1;
    }
    z->kinds[i] = (uint8_t)kind;
  }
  return 0;
}

static int read_periods(Thread *t, ZoneInfo *z, Value offsets, Value flags, Value names) {
  size_t n = z->nperiods;
  int64_t *seconds = heap_calloc(t, (n + 1) * sizeof *seconds), *daylight = heap_calloc(t, (n + 1) * sizeof *daylight);
  bool *is_daylight = heap_calloc(t, n + 1);
  z->periods = heap_calloc(t, (n + 1) * sizeof *z->periods);
  int r = seconds && daylight && is_daylight && z->periods ? 0 : (raise_no_memory(t), -1);
  for (size_t i = 0; i < n && r == 0; i++) {
    int truth = object_is_true(t, v_tuple(flags)->items[i]);
    if (truth < 0 || number_at(t, offsets, i, &seconds[i]) < 0) r = -1;
    else is_daylight[i] = truth;
  }
  if (r == 0) {
    guess_daylight(z, seconds, is_daylight, daylight);
    make_local(z, seconds);
  }
  for (size_t i = 0; i < n && r == 0; i++) r = period_set(t, &z->periods[i], seconds[i], daylight[i], v_own(t, v_tuple(names)->items[i]));
  if (r == 0 && n) {
    z->first = z->nchanges ? &z->periods[z->kinds[0]] : NULL;
    for (size_t i = n; i-- > 0;)
      if (!is_daylight[i]) z->first = &z->periods[i];
  }
  heap_free(t, seconds);
  heap_free(t, daylight);
  heap_free(t, is_daylight);
  return r;
}

static Value rule_name(Thread *t, ZoneName name) { return str_from_utf8(t, name.text, name.n); }

static int read_rules(Thread *t, ZoneInfo *z, Value text) {
  if (!v_is_bytes(text)) return raise_type_error(t, "expected bytes, %.200T found", text), -1;
  z->rules_text = v_own(t, text);
  const char *wrong = zone_rules_parse(v_bytes(text)->data, &z->rules);
  if (wrong) return raise_value_error(t, "%s %R", wrong, text), -1;
  if (period_set(t, &z->standard, z->rules.standard_offset, 0, rule_name(t, z->rules.standard)) < 0) return -1;
  if (!z->rules.has_daylight) return 0;
  return period_set(t, &z->daylight, z->rules.daylight_offset, z->rules.daylight_offset - z->rules.standard_offset, rule_name(t, z->rules.daylight));
}

// Without rules the last period goes on for ever.
static int extend_last(Thread *t, ZoneInfo *z) {
  if (!z->nperiods) return raise_value_error(t, "No time zone information found."), -1;
  const Period *last = &z->periods[z->nchanges ? z->kinds[z->nchanges - 1] : z->nperiods - 1];
  z->standard = (Period){v_own(t, last->offset), v_own(t, last->daylight), v_own(t, last->name), last->seconds, last->is_daylight};
  return 0;
}

static bool is_same(const Period *a, const Period *b) {
  return a->seconds == b->seconds && delta_compare(v_delta(a->daylight), v_delta(b->daylight)) == 0 && str_equal(v_str(a->name), v_str(b->name));
}

static int read_parts(Thread *t, ZoneInfo *z, const Value *part) {
  z->nperiods = (size_t)v_tuple(part[2])->length;
  if (read_changes(t, z, part[0], part[1]) < 0 || read_periods(t, z, part[2], part[3], part[4]) < 0) return -1;
  int has_rules = v_is_none(part[5]) ? 0 : object_is_true(t, part[5]);
  if (has_rules < 0 || (has_rules ? read_rules(t, z, part[5]) : extend_last(t, z)) < 0) return -1;
  z->is_fixed = z->nperiods <= 1 && !z->rules.has_daylight && (!z->nperiods || is_same(&z->periods[0], &z->standard));
  return 0;
}

// zoneinfo._common.load_data gives (kinds, moments, offsets, flags, names, rules).
static int read_file(Thread *t, ZoneInfo *z, Value file) {
  enum { PARTS = 6 };
  Value data = object_call1(t, functions.load_data, file);
  if (v_is_null(data)) return -1;
  bool sound = v_is_tuple(data) && v_tuple(data)->length == PARTS;
  for (int i = 0; i < PARTS - 1 && sound; i++) sound = v_is_tuple(v_tuple(data)->items[i]);
  for (int i = 0; i < 2 && sound; i++) {
    const Value *part = v_tuple(data)->items;
    sound = v_tuple(part[0])->length == v_tuple(part[1])->length && v_tuple(part[2])->length == v_tuple(part[3 + i])->length;
  }
  int r = -1;
  if (!sound) raise_type_error(t, "Invalid data result type: %R", data);
  else r = read_parts(t, z, v_tuple(data)->items);
  v_drop(t, data);
  return r;
}

// --- Making zones -------------------------------------------------------------------------------------------------------------------

static Value open_zone_file(Thread *t, Value key) {
  Value path = object_call1(t, functions.find_tzfile, key), mode = v_is_null(path) ? V_NULL : str_from_cstr(t, "rb"), file = V_NULL;
  if (!v_is_null(mode)) file = v_is_none(path) ? object_call1(t, functions.load_tzdata, key) : object_call2(t, functions.open, path, mode);
  v_drop(t, mode);
  v_drop(t, path);
  return file;
}

// Closes what open_zone_file gave; an error that is pending stays.
static int close_file(Thread *t, Value file) {
  bool failed = error_pending(t);
  Value pending = failed ? error_fetch(t) : V_NULL, name = str_intern_cstr(t, "close");
  Value r = v_is_null(name) ? V_NULL : object_call_method0(t, file, name);
  bool closed = !v_is_null(r);
  v_drop(t, r);
  v_drop(t, file);
  if (!failed) return closed ? 0 : -1;
  if (closed) error_restore(t, pending);
  else error_chain(t, pending);
  return -1;
}

static Value make_zone(Thread *t, Type *type, Value key, ZoneSource source) {
  Value file = open_zone_file(t, key), self = v_is_null(file) ? V_NULL : type->slots.alloc(t, type, 0);
  if (v_is_null(file)) return V_NULL;
  int r = v_is_null(self) ? -1 : 0;
  if (r == 0) {
    v_zoneinfo(self)->key = v_own(t, key);
    v_zoneinfo(self)->source = source;
    r = read_file(t, v_zoneinfo(self), file);
  }
  if (close_file(t, file) < 0) r = -1;
  if (r < 0) v_clear(t, &self);
  return self;
}

static Value weak_cache_of(Thread *t, Type *type) {
  if (type == &type_zoneinfo) return v_own(t, weak_cache);
  Value name = str_intern_cstr(t, "_weak_cache");
  return v_is_null(name) ? V_NULL : object_getattr(t, v_from_obj(type), name);
}

// obj.name(a, b) where only success counts. 0 or -1.
static int call_for_effect(Thread *t, Value obj, const char *method, Value a, Value b) {
  Value name = str_intern_cstr(t, method), r = v_is_null(name) ? V_NULL : object_call_method2(t, obj, name, a, b);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

// Puts the zone at the end of those used last, and forgets the first where they are too many.
static int remember(Thread *t, Type *type, Value key, Value zone) {
  if (type != &type_zoneinfo) return 0;
  if (call_for_effect(t, strong_cache, "pop", key, V_NONE) < 0 || call_for_effect(t, strong_cache, "setdefault", key, zone) < 0) return -1;
  if (dict_length(v_dict(strong_cache)) <= STRONG_CACHE_SIZE) return 0;
  Value name = str_intern_cstr(t, "popitem"), r = v_is_null(name) ? V_NULL : object_call_method1(t, strong_cache, name, V_FALSE);
  if (v_is_null(r) && error_matches(t, &exc_KeyError)) error_clear(t);   // other threads have emptied it
  v_drop(t, r);
  return error_pending(t) ? -1 : 0;
}

static Value cached_zone(Thread *t, Type *type, Value key) {
  Value cache = weak_cache_of(t, type), get = v_is_null(cache) ? V_NULL : str_intern_cstr(t, "get"), zone = V_NULL;
  if (!v_is_null(get)) zone = object_call_method2(t, cache, get, key, V_NONE);
  if (!v_is_null(zone) && v_is_none(zone)) {
    Value made = make_zone(t, type, key, FROM_CACHE), put = v_is_null(made) ? V_NULL : str_intern_cstr(t, "setdefault");
    owned_lock_enter(t, &filing);
    zone = v_is_null(put) ? V_NULL : object_call_method2(t, cache, put, key, made);
    owned_lock_leave(&filing);
    v_drop(t, made);
  }
  v_drop(t, cache);
  if (!v_is_null(zone) && remember(t, type, key, zone) < 0) v_clear(t, &zone);
  return zone;
}

// The only argument, `key`. 0 or -1.
static int take_key(Thread *t, const Value *args, size_t nargs, Value kwnames, Value *key) {
  size_t named = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length;
  if (nargs + named > 1) {
    raise_type_error(t, "function takes at most 1 %sargument (%zu given)", nargs ? "" : "keyword ", nargs + named);
    return -1;
  }
  if (nargs + named == 1 && (!named || str_equals_cstr(v_tuple(kwnames)->items[0], "key"))) return *key = args[0], 0;
  raise_type_error(t, "function missing required argument 'key' (pos 1)");
  return -1;
}

static Value zoneinfo_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  Value key;
  return take_key(t, args, nargs, kwnames, &key) < 0 ? V_NULL : cached_zone(t, type, key);
}

static NATIVE(zoneinfo_no_cache) {
  Value key;
  return take_key(t, args, nargs, kwnames, &key) < 0 ? V_NULL : make_zone(t, (Type *)v_obj(self), key, WITHOUT_CACHE);
}

static NATIVE(zoneinfo_from_file) {
  static aptr binder;
  Value bound[2];
  if (nargs == 0) return raise_type_error(t, "function takes at least 1 positional argument (0 given)");
  if (nargs > 2) return raise_type_error(t, "function takes at most 2 arguments (%zu given)", nargs);
  if (native_bind(t, &binder, "from_file(fobj, /, key=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Type *type = (Type *)v_obj(self);
  Value repr = object_repr(t, bound[0]), zone = v_is_null(repr) ? V_NULL : type->slots.alloc(t, type, 0);
  if (v_is_null(zone)) return v_drop(t, repr), V_NULL;
  v_zoneinfo(zone)->file = repr;
  v_zoneinfo(zone)->source = FROM_FILE;
  v_zoneinfo(zone)->key = v_is_absent(bound[1]) ? V_NONE : v_own(t, bound[1]);
  if (read_file(t, v_zoneinfo(zone), bound[0]) < 0) v_clear(t, &zone);
  return zone;
}

static NATIVE(zoneinfo_clear_cache) {
  static aptr binder;
  Value bound[1];
  if (nargs) return raise_type_error(t, "function takes no positional arguments");
  if (native_bind(t, &binder, "clear_cache(*, only_keys=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Type *type = (Type *)v_obj(self);
  bool exact = type == &type_zoneinfo;
  Value cache = weak_cache_of(t, type);
  if (v_is_null(cache)) return V_NULL;
  int r = 0;
  if (v_is_absent(bound[0]) || v_is_none(bound[0])) {
    Value name = str_intern_cstr(t, "clear"), done = v_is_null(name) ? V_NULL : object_call_method0(t, cache, name);
    v_drop(t, done);
    if (exact && !v_is_null(done)) done = object_call_method0(t, strong_cache, name), v_drop(t, done);
    r = v_is_null(done) ? -1 : 0;
  } else {
    Value keys = object_iter(t, bound[0]), key;
    while (r == 0 && !v_is_null(keys) && !v_is_null(key = object_iternext(t, keys))) {
      r = call_for_effect(t, cache, "pop", key, V_NONE);
      if (r == 0 && exact) r = call_for_effect(t, strong_cache, "pop", key, V_NONE);
      v_drop(t, key);
    }
    if (error_pending(t)) r = -1;
    v_drop(t, keys);
  }
  v_drop(t, cache);
  return r < 0 ? V_NULL : V_NONE;
}

static NATIVE(zoneinfo_init_subclass) {
  (void)args, (void)nargs, (void)kwnames;
  Value cache = object_call0(t, functions.weak_class), name = v_is_null(cache) ? V_NULL : str_intern_cstr(t, "_weak_cache");
  int r = v_is_null(name) ? -1 : object_setattr(t, self, name, cache);
  v_drop(t, cache);
  return r < 0 ? V_NULL : V_NONE;
}

// --- Text and pickles ---------------------------------------------------------------------------------------------------------------

static Value zoneinfo_repr(Thread *t, Value self) {
  const ZoneInfo *z = v_zoneinfo(self);
  Value name = v_type(self)->name;
  if (v_is_none(z->key)) return str_from_format(t, "%U.from_file(%U)", name, z->file);
  return str_from_format(t, "%U(key=%R)", name, z->key);
}
static Value zoneinfo_str(Thread *t, Value self) {
  const ZoneInfo *z = v_zoneinfo(self);
  return v_is_none(z->key) ? zoneinfo_repr(t, self) : object_str(t, z->key);
}

static Value refuse_pickling(Thread *t) {
  Value module = import_module(t, "pickle"), name = v_is_null(module) ? V_NULL : str_intern_cstr(t, "PicklingError");
  Value error = v_is_null(name) ? V_NULL : object_getattr(t, module, name), message = V_NULL, made = V_NULL;
  if (!v_is_null(error)) message = str_from_cstr(t, "Cannot pickle a ZoneInfo file from a file stream.");
  if (!v_is_null(message)) made = object_call1(t, error, message);
  if (!v_is_null(made)) raise_object(t, made);
  v_drop(t, made);
  v_drop(t, message);
  v_drop(t, error);
  v_drop(t, module);
  return V_NULL;
}

static NATIVE(zoneinfo_reduce) {
  (void)args, (void)nargs, (void)kwnames;
  const ZoneInfo *z = v_zoneinfo(self);
  if (z->source == FROM_FILE) return refuse_pickling(t);
  Value name = str_intern_cstr(t, "_unpickle"), function = v_is_null(name) ? V_NULL : object_getattr(t, v_from_obj(v_type(self)), name);
  Value state = v_is_null(function) ? V_NULL : tuple_pack(t, 2, z->key, v_from_smi(z->source == FROM_CACHE));
  Value r = v_is_null(state) ? V_NULL : tuple_pack(t, 2, function, state);
  v_drop(t, state);
  v_drop(t, function);
  return r;
}

static NATIVE(zoneinfo_unpickle) {
  if (native_no_keywords(t, "ZoneInfo._unpickle", kwnames) < 0) return V_NULL;
  if (nargs != 2) return raise_type_error(t, "function takes exactly 2 arguments (%zu given)", nargs);
  int64_t cached = number_as_i64(t, args[1]);
  if (cached == -1 && error_pending(t)) return V_NULL;
  if (cached) return object_call1(t, self, args[0]);
  return make_zone(t, (Type *)v_obj(self), args[0], WITHOUT_CACHE);
}

// --- The type and the module --------------------------------------------------------------------------------------------------------

static void zoneinfo_dealloc(Thread *t, Object *o) {
  ZoneInfo *z = (ZoneInfo *)o;
  v_drop(t, z->key);
  v_drop(t, z->file);
  v_drop(t, z->rules_text);
  for (size_t i = 0; z->periods && i < z->nperiods; i++) period_drop(t, &z->periods[i]);
  period_drop(t, &z->standard);
  period_drop(t, &z->daylight);
  heap_free(t, z->utc);
  heap_free(t, z->local[0]);
  heap_free(t, z->local[1]);
  heap_free(t, z->kinds);
  heap_free(t, z->periods);
  heap_free_object(t, o);
}
static void zoneinfo_traverse(Object *o, GcVisit visit, void *arg) {
  const ZoneInfo *z = (const ZoneInfo *)o;
  gc_visit_value(z->key, visit, arg);
  gc_visit_value(z->file, visit, arg);
  gc_visit_value(z->rules_text, visit, arg);
  for (size_t i = 0; z->periods && i < z->nperiods; i++) period_visit(&z->periods[i], visit, arg);
  period_visit(&z->standard, visit, arg);
  period_visit(&z->daylight, visit, arg);
}

static const NativeDef zoneinfo_methods[] = {
    {"clear_cache($type, *, only_keys=None)", zoneinfo_clear_cache, "Forgets the zones that are kept, or those of some keys.",
     NATIVE_RAW | NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"no_cache($type, key)", zoneinfo_no_cache, "A zone that is read anew and not kept.", NATIVE_RAW | NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"from_file($type, fobj, /, key=None)", zoneinfo_from_file, "The zone that a binary file in the TZif format describes.",
     NATIVE_RAW | NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"utcoffset($self, dt, /)", zoneinfo_utcoffset, "How far local time is ahead of UTC then.", NATIVE_NO_SIGNATURE},
    {"dst($self, dt, /)", zoneinfo_dst, "By how much daylight saving time moves the clock then.", NATIVE_NO_SIGNATURE},
    {"tzname($self, dt, /)", zoneinfo_tzname, "What the zone's time is called then.", NATIVE_NO_SIGNATURE},
    {"fromutc($self, dt, /)", zoneinfo_fromutc, "The local time of a moment given in UTC.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", zoneinfo_reduce, "What pickle needs to find the zone again.", NATIVE_NO_SIGNATURE},
    {"_unpickle($type, key, from_cache, /)", zoneinfo_unpickle, "What pickles of zones call.", NATIVE_RAW | NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"__init_subclass__($type, /, *args, **kwargs)", zoneinfo_init_subclass, "Gives a subclass a cache of its own.",
     NATIVE_RAW | NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {0},
};
static const MemberDef zoneinfo_members[] = {{"key", MEMBER_VALUE, offsetof(ZoneInfo, key), true, NULL}, {0}};
static const TypeSpec spec_zoneinfo = {
    .name = "zoneinfo.ZoneInfo",
    .base = &type_tzinfo,
    .size = sizeof(ZoneInfo),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_WEAKREF,
    .slots = {.new = zoneinfo_new, .repr = zoneinfo_repr, .str = zoneinfo_str, .getattro = object_generic_getattr, .dealloc = zoneinfo_dealloc,
              .traverse = zoneinfo_traverse},
    .methods = zoneinfo_methods,
    .members = zoneinfo_members,
};

// module.name. Owned.
static Value import_from(Thread *t, const char *module_name, const char *name) {
  Value module = import_module(t, module_name), key = v_is_null(module) ? V_NULL : str_intern_cstr(t, name);
  Value r = v_is_null(key) ? V_NULL : object_getattr(t, module, key);
  v_drop(t, module);
  return r;
}

static bool find_functions(Thread *t) {
  return !v_is_null(functions.find_tzfile = import_from(t, "zoneinfo._tzpath", "find_tzfile")) &&
         !v_is_null(functions.load_tzdata = import_from(t, "zoneinfo._common", "load_tzdata")) &&
         !v_is_null(functions.load_data = import_from(t, "zoneinfo._common", "load_data")) && !v_is_null(functions.open = import_from(t, "io", "open")) &&
         !v_is_null(functions.weak_class = import_from(t, "weakref", "WeakValueDictionary"));
}

static bool make_caches(Thread *t) {
  Value ordered = import_from(t, "collections", "OrderedDict");
  if (v_is_null(ordered)) return false;
  strong_cache = object_call0(t, ordered);
  v_drop(t, ordered);
  weak_cache = v_is_null(strong_cache) ? V_NULL : object_call0(t, functions.weak_class);
  return !v_is_null(weak_cache);
}

// The type is made once and serves every import of the module. The import lock is held.
static int zoneinfo_exec(Thread *t, Value m) {
  static bool made;
  Value datetime = import_module(t, "_datetime");
  if (v_is_null(datetime)) return -1;
  v_drop(t, datetime);
  if (!made && (!find_functions(t) || !make_caches(t) || !type_ready(t, &type_zoneinfo, &spec_zoneinfo, 0))) return -1;
  made = true;
  thread_at_fork(filing_after_fork);
  return module_add_type(t, m, &type_zoneinfo);
}

const ModuleDef module__zoneinfo = {.name = "_zoneinfo", .doc = "Time zones of the IANA database.", .exec = zoneinfo_exec};
