// The module _datetime: its names, and what all its types use for arguments, pickled state and hashes.
#include <limits.h>

#include "modules/datetime_internal.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"

struct DtNames dt_names;

// --- Arguments --------------------------------------------------------------------------------------------------------------------------

int dt_int(Thread *t, Value v, int *out) {
  if (v_is_absent(v)) return 0;
  Value index = number_index(t, v);
  if (v_is_null(index)) return -1;
  int64_t i;
  bool fits = int_as_i64(index, &i);
  v_drop(t, index);
  if (!fits) raise_overflow(t, "Python int too large to convert to C long");
  else if (i > INT_MAX) raise_overflow(t, "signed integer is greater than maximum");
  else if (i < INT_MIN) raise_overflow(t, "signed integer is less than minimum");
  else {
    *out = (int)i;
    return 0;
  }
  return -1;
}

int dt_ints(Thread *t, const Value *args, int n, int *const *out) {
  for (int i = 0; i < n; i++)
    if (dt_int(t, args[i], out[i]) < 0) return -1;
  return 0;
}

int dt_required_date(Thread *t, const Value *bound, Ymd *date) {
  static const char *const names[] = {"year", "month", "day"};
  int *const fields[] = {&date->year, &date->month, &date->day};
  for (int i = 0; i < 3; i++) {
    if (v_is_absent(bound[i])) return raise_type_error(t, "function missing required argument '%s' (pos %d)", names[i], i + 1), -1;
    if (dt_int(t, bound[i], fields[i]) < 0) return -1;
  }
  return 0;
}

int dt_parse_end(Thread *t, const NativeParse *parse, const Value *clock, Value fold) {
  int ignored;
  if (v_is_null(parse->refused)) return 0;
  for (int i = 0; i < 4; i++)
    if (!v_is_absent(clock[i]) && dt_int(t, clock[i], &ignored) < 0) return -1;
  if (!v_is_absent(fold) && dt_int(t, fold, &ignored) < 0) return -1;
  return native_parse_end(t, parse);
}

int dt_zone(Thread *t, Value v, Value *out) {
  if (v_is_absent(v)) return 0;
  if (!v_is_none(v) && !v_is_tzinfo(v)) return raise_type_error(t, "tzinfo argument must be None or of a tzinfo subclass, not type '%T'", v), -1;
  *out = v_is_none(v) ? V_NULL : v;
  return 0;
}

int dt_check_date(Thread *t, Ymd date) {
  if (date.year < MIN_YEAR || date.year > MAX_YEAR) raise_value_error(t, "year %d is out of range", date.year);
  else if (date.month < 1 || date.month > 12) raise_value_error(t, "month must be in 1..12");
  else if (date.day < 1 || date.day > calendar_days_in_month(date.year, date.month)) raise_value_error(t, "day is out of range for month");
  else return 0;
  return -1;
}

int dt_check_clock(Thread *t, const Clock *c, int fold) {
  if (c->hour < 0 || c->hour > 23) raise_value_error(t, "hour must be in 0..23");
  else if (c->minute < 0 || c->minute > 59) raise_value_error(t, "minute must be in 0..59");
  else if (c->second < 0 || c->second > 59) raise_value_error(t, "second must be in 0..59");
  else if (c->microsecond < 0 || c->microsecond >= US_PER_SECOND) raise_value_error(t, "microsecond must be in 0..999999");
  else if (fold != 0 && fold != 1) raise_value_error(t, "fold must be either 0 or 1");
  else return 0;
  return -1;
}

int dt_exactly(Thread *t, const char *name, size_t nargs, size_t n, Value kwnames) {
  if (native_no_keywords(t, name, kwnames) < 0) return -1;
  if (nargs == n) return 0;
  raise_type_error(t, "%s() takes exactly %zu argument%s (%zu given)", name, n, n == 1 ? "" : "s", nargs);
  return -1;
}

int dt_text_argument(Thread *t, const char *name, Value v) {
  if (v_is_str(v)) return 0;
  raise_type_error(t, "%s() argument 1 must be str, not %K", name, v);
  return -1;
}

int dt_state(Thread *t, Value v, const StateRule *rule, uint8_t *out) {
  bool text = v_is_str(v);
  if (!text && !v_is_bytes(v)) return 0;
  if ((text ? v_str(v)->length : v_bytes(v)->length) != (int64_t)rule->size) return 0;
  uint32_t c = text ? str_char(v_str(v), (int64_t)rule->at) : (uint8_t)v_bytes(v)->data[rule->at];
  if (rule->folds) c &= 0x7F;
  if (c < (uint32_t)rule->minimum || c >= (uint32_t)rule->limit) return 0;
  for (size_t i = 0; i < rule->size; i++) {
    c = text ? str_char(v_str(v), (int64_t)i) : (uint8_t)v_bytes(v)->data[i];
    if (c > 0xFF) {
      raise_value_error(t, "Failed to encode latin1 string when unpickling a %s object. pickle.load(data, encoding='latin1') is assumed.", rule->what);
      return -1;
    }
    out[i] = (uint8_t)c;
  }
  return 1;
}

Value dt_time_module_call(Thread *t, Value name, const Value *args, size_t nargs) {
  Value module = import_module(t, "time"), f = v_is_null(module) ? V_NULL : object_getattr(t, module, name);
  Value result = v_is_null(f) ? V_NULL : object_call(t, f, args, nargs, V_NULL);
  v_drop(t, f);
  v_drop(t, module);
  return result;
}

// --- State, hashes, comparison ----------------------------------------------------------------------------------------------------------

int64_t dt_hash_cached(a64 *field, int64_t hash) {
  if (hash != -1) a64_store_rlx(field, (uint64_t)hash);
  return hash;
}

int64_t dt_hash_delta(Thread *t, a64 *field, int64_t days, int64_t seconds, int64_t us, Value offset) {
  Value whole = delta_make(t, &type_timedelta, days, seconds, us);
  Value utc = v_is_null(whole) ? V_NULL : delta_subtract(t, v_delta(whole), v_delta(offset));
  int64_t hash = v_is_null(utc) ? -1 : delta_hash_of(t, utc);
  v_drop(t, utc);
  v_drop(t, whole);
  return dt_hash_cached(field, hash);
}

Value dt_not_comparable(Thread *t, Value a, Value b) { return raise_type_error(t, "can't compare %T to %T", a, b); }

void dt_pack_date(uint8_t out[4], Ymd date) {
  out[0] = (uint8_t)(date.year >> 8);
  out[1] = (uint8_t)date.year;
  out[2] = (uint8_t)date.month;
  out[3] = (uint8_t)date.day;
}

void dt_pack_clock(uint8_t out[6], const Clock *c) {
  out[0] = (uint8_t)c->hour;
  out[1] = (uint8_t)c->minute;
  out[2] = (uint8_t)c->second;
  for (int i = 0; i < 3; i++) out[3 + i] = (uint8_t)(c->microsecond >> (16 - 8 * i));
}

void dt_unpack_clock(const uint8_t in[6], Clock *c, int *fold) {
  *fold = *fold || in[0] >> 7;
  *c = (Clock){in[0] & 0x7F, in[1], in[2], in[3] << 16 | in[4] << 8 | in[5]};
}

Value dt_reduced(Thread *t, Value self, const uint8_t *state, size_t n, Value zone) {
  Value data = bytes_from(t, state, n);
  Value args = v_is_null(data) ? V_NULL : v_is_null(zone) ? tuple_pack(t, 1, data) : tuple_pack(t, 2, data, zone);
  Value result = v_is_null(args) ? V_NULL : tuple_pack(t, 2, v_from_obj(v_type(self)), args);
  v_drop(t, args);
  v_drop(t, data);
  return result;
}

// --- The module -------------------------------------------------------------------------------------------------------------------------

bool dt_type_constant(Thread *t, Type *type, const char *name, Value value) {
  Value key = v_is_null(value) ? V_NULL : str_intern_cstr(t, name);
  bool fine = !v_is_null(key) && dict_set(t, v_dict(type->dict), key, value) == 0;
  v_drop(t, value);
  return fine;
}

static bool make_names(Thread *t) {
#define DT_MAKE_NAME(name) \
  if (v_is_null(dt_names.name = str_intern_cstr(t, #name))) return false;
  DT_NAMES(DT_MAKE_NAME)
  return true;
}

static bool make_types(Thread *t) {
  return make_names(t) && timedelta_init(t) && tzinfo_init(t) && date_init(t) && time_init(t) && datetime_init(t);
}

// The types are made once and serve every import of the module. The import lock is held.
static int datetime_exec(Thread *t, Value m) {
  static bool made;
  if (!made && !make_types(t)) return -1;
  made = true;
  Type *const types[] = {&type_date, &type_datetime, &type_time, &type_timedelta, &type_timezone, &type_tzinfo};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (module_add_type(t, m, types[i]) < 0) return -1;
  if (module_add(t, m, "UTC", v_own(t, dt_utc)) < 0 || module_add_int(t, m, "MINYEAR", MIN_YEAR) < 0) return -1;
  return module_add_int(t, m, "MAXYEAR", MAX_YEAR);
}

const ModuleDef module__datetime = {.name = "_datetime", .doc = "Dates, times of day, moments, durations and time zones.", .exec = datetime_exec};
