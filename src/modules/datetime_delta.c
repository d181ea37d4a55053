// timedelta: a duration in days, seconds and microseconds. Exact arithmetic goes through the total in microseconds.
#include <math.h>
#include <stdio.h>

#include "modules/datetime_internal.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_timedelta;

#define US_PER_DAY ((int64_t)SECONDS_PER_DAY * US_PER_SECOND)

// --- Making -----------------------------------------------------------------------------------------------------------------------------------

static Value no_int(Thread *t) { return raise_overflow(t, "Python int too large to convert to C int"); }

static Value make_normal(Thread *t, Type *type, int64_t days, int seconds, int microseconds) {
  if (days < INT32_MIN || days > INT32_MAX) return no_int(t);
  if (days < -MAX_DELTA_DAYS || days > MAX_DELTA_DAYS)
    return raise_overflow(t, "days=%d; must have magnitude <= %d", (int)days, MAX_DELTA_DAYS);
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  Delta *d = v_delta(v);
  d->days = (int32_t)days;
  d->seconds = seconds;
  d->microseconds = microseconds;
  return v;
}

static Value from_total(Thread *t, Type *type, __int128 us) {
  __int128 days = us / US_PER_DAY;
  int64_t rest = (int64_t)(us - days * US_PER_DAY);
  if (rest < 0) {
    rest += US_PER_DAY;
    days--;
  }
  if (days < INT32_MIN || days > INT32_MAX) return no_int(t);
  return make_normal(t, type, (int64_t)days, (int)(rest / US_PER_SECOND), (int)(rest % US_PER_SECOND));
}

Value delta_make(Thread *t, Type *type, int64_t days, int64_t seconds, int64_t microseconds) {
  return from_total(t, type, ((__int128)days * SECONDS_PER_DAY + seconds) * US_PER_SECOND + microseconds);
}

__int128 delta_total(const Delta *d) { return ((__int128)d->days * SECONDS_PER_DAY + d->seconds) * US_PER_SECOND + d->microseconds; }

Value delta_subtract(Thread *t, const Delta *a, const Delta *b) {
  return delta_make(t, &type_timedelta, (int64_t)a->days - b->days, (int64_t)a->seconds - b->seconds, (int64_t)a->microseconds - b->microseconds);
}

int delta_compare(const Delta *a, const Delta *b) {
  __int128 x = delta_total(a), y = delta_total(b);
  return (x > y) - (x < y);
}

// --- The constructor ----------------------------------------------------------------------------------------------------------------------------

// What the arguments add up to: whole microseconds, and the fraction of one that floats left over.
typedef struct Sum { __int128 us; double rest; bool huge /* beyond any timedelta: said when all arguments have been looked at */; } Sum;

// An int as __int128; false: beyond any timedelta.
static bool as_wide(Thread *t, Value v, __int128 *out) {
  int64_t i;
  uint8_t bytes[16];
  if (int_as_i64(v, &i)) {
    *out = i;
    return true;
  }
  // 86 bits hold ten times the longest timedelta in microseconds, and leave room for the largest factor.
  if (int_bit_length(v) > 86 || int_to_bytes(t, v, bytes, sizeof bytes, true, true) < 0) return false;
  memcpy(out, bytes, sizeof bytes);
  return true;
}

static int add_int(Thread *t, Value v, int64_t factor, Sum *sum) {
  __int128 n, product;
  if (!as_wide(t, v, &n) || __builtin_mul_overflow(n, (__int128)factor, &product) || __builtin_add_overflow(sum->us, product, &sum->us)) sum->huge = true;
  return error_pending(t) ? -1 : 0;
}

static int add_whole(Thread *t, double whole, int64_t factor, Sum *sum) {
  Value v = int_from_double(t, whole);
  int rc = v_is_null(v) ? -1 : add_int(t, v, factor, sum);
  v_drop(t, v);
  return rc;
}

static int add_component(Thread *t, const char *name, Value v, int64_t factor, Sum *sum) {
  if (v_is_int(v)) return add_int(t, v, factor, sum);
  if (!v_is_float(v)) return raise_type_error(t, "unsupported type for timedelta %s component: %T", name, v), -1;
  double whole, fraction = modf(float_value(v), &whole);
  if (isnan(float_value(v))) fraction = 0;
  if (add_whole(t, whole, factor, sum) < 0) return -1;
  if (fraction == 0) return 0;
  fraction = modf(fraction * (double)factor, &whole);
  sum->us += (int64_t)whole;
  sum->rest += fraction;
  return 0;
}

// The fractions together become whole microseconds; a half goes to the even total.
static void round_rest(Sum *sum) {
  double whole = round(sum->rest);
  if (fabs(whole - sum->rest) == 0.5) {
    int odd = (int)(sum->us & 1);
    whole = 2.0 * round((sum->rest + odd) * 0.5) - odd;
  }
  sum->us += (int64_t)whole;
}

static Value delta_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  static const struct { int argument; const char *name; int64_t factor; } components[] = {
      {2, "microseconds", 1}, {3, "milliseconds", 1000}, {1, "seconds", US_PER_SECOND}, {4, "minutes", 60LL * US_PER_SECOND},
      {5, "hours", 3600LL * US_PER_SECOND}, {0, "days", US_PER_DAY}, {6, "weeks", 7 * US_PER_DAY}};
  Value bound[7];
  if (native_bind(t, &binder, "__new__(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)", args, nargs, kwnames, bound) < 0)
    return V_NULL;
  Sum sum = {0, 0, false};
  for (int i = 0; i < 7; i++) {
    Value v = bound[components[i].argument];
    if (!v_is_absent(v) && add_component(t, components[i].name, v, components[i].factor, &sum) < 0) return V_NULL;
  }
  if (sum.huge) return no_int(t);
  if (sum.rest != 0) round_rest(&sum);
  return from_total(t, type, sum.us);
}

// --- Arithmetic -----------------------------------------------------------------------------------------------------------------------------------

static Value total_int(Thread *t, Value delta) {
  __int128 us = delta_total(v_delta(delta));
  uint8_t bytes[16];
  memcpy(bytes, &us, sizeof bytes);
  return us >= INT64_MIN && us <= INT64_MAX ? int_from_i64(t, (int64_t)us) : int_from_bytes(t, bytes, sizeof bytes, true, true);
}

// The timedelta of an int of microseconds, which is stolen; V_NULL: failed before.
static Value from_int_stolen(Thread *t, Value us) {
  __int128 n;
  if (v_is_null(us)) return V_NULL;
  Value r = as_wide(t, us, &n) ? from_total(t, &type_timedelta, n) : no_int(t);
  v_drop(t, us);
  return r;
}

// a / b rounded to the nearest int, halves to even. Both are ints.
static Value divide_nearest(Thread *t, Value a, Value b) {
  Value pair = int_divmod(t, a, b);
  if (v_is_null(pair)) return V_NULL;
  Value quotient = v_own(t, v_tuple(pair)->items[0]), rest = v_tuple(pair)->items[1];
  Value twice = int_add(t, rest, rest), result = V_NULL;
  if (!v_is_null(twice)) {
    // The rest has the sign of b: what counts is how twice its size compares with b's.
    int order = int_sign(b) < 0 ? int_compare(b, twice) : int_compare(twice, b);
    Value low = int_and(t, quotient, v_from_smi(1));
    bool up = order > 0 || (order == 0 && int_sign(low));
    result = up ? int_add(t, quotient, v_from_smi(1)) : v_own(t, quotient);
    v_drop(t, low);
  }
  v_drop(t, twice);
  v_drop(t, quotient);
  v_drop(t, pair);
  return result;
}

// f.as_integer_ratio(), which a subclass may have made its own: a tuple of two ints. Owned.
static Value float_ratio(Thread *t, Value f) {
  Value ratio = object_call_method0(t, f, dt_names.as_integer_ratio);
  if (v_is_null(ratio)) return V_NULL;
  if (!v_is_tuple(ratio)) raise_type_error(t, "unexpected return type from as_integer_ratio(): expected tuple, got '%.200T'", ratio);
  else if (v_tuple(ratio)->length != 2) raise_value_error(t, "as_integer_ratio() must return a 2-tuple");
  else if (!v_is_int(v_tuple(ratio)->items[0]) || !v_is_int(v_tuple(ratio)->items[1])) raise_type_error(t, "non-integer arguments in division");
  else return ratio;
  v_drop(t, ratio);
  return V_NULL;
}

// delta * f, or delta / f: exact, then rounded.
static Value scale_by_float(Thread *t, Value delta, Value f, bool divide) {
  Value ratio = float_ratio(t, f);
  if (v_is_null(ratio)) return V_NULL;
  Value us = total_int(t, delta), product = V_NULL, result = V_NULL;
  if (!v_is_null(us)) product = int_multiply(t, us, v_tuple(ratio)->items[divide]);
  if (!v_is_null(product)) result = divide_nearest(t, product, v_tuple(ratio)->items[!divide]);
  v_drop(t, us);
  v_drop(t, product);
  v_drop(t, ratio);
  return from_int_stolen(t, result);
}

typedef Value (*IntOp)(Thread *t, Value a, Value b);
static Value with_int(Thread *t, Value delta, Value n, IntOp op) {
  Value us = total_int(t, delta), r = v_is_null(us) ? V_NULL : op(t, us, n);
  v_drop(t, us);
  return r;
}
static Value of_two(Thread *t, Value a, Value b, IntOp op) {
  Value x = total_int(t, b), r = v_is_null(x) ? V_NULL : with_int(t, a, x, op);
  v_drop(t, x);
  return r;
}

static Value delta_add(Thread *t, Value a, Value b) {
  if (!v_is_delta(a) || !v_is_delta(b)) return V_NOT_IMPLEMENTED;
  const Delta *x = v_delta(a), *y = v_delta(b);
  return delta_make(t, &type_timedelta, (int64_t)x->days + y->days, x->seconds + y->seconds, x->microseconds + y->microseconds);
}
static Value delta_sub(Thread *t, Value a, Value b) {
  return v_is_delta(a) && v_is_delta(b) ? delta_subtract(t, v_delta(a), v_delta(b)) : V_NOT_IMPLEMENTED;
}

static Value delta_multiply(Thread *t, Value a, Value b) {
  if (!v_is_delta(a)) return v_is_delta(b) && !v_is_delta(a) ? delta_multiply(t, b, a) : V_NOT_IMPLEMENTED;
  if (v_is_int(b)) return from_int_stolen(t, with_int(t, a, b, int_multiply));
  return v_is_float(b) ? scale_by_float(t, a, b, false) : V_NOT_IMPLEMENTED;
}

static Value delta_true_divide(Thread *t, Value a, Value b) {
  if (!v_is_delta(a)) return V_NOT_IMPLEMENTED;
  if (v_is_delta(b)) return of_two(t, a, b, int_true_divide);
  if (v_is_float(b)) return scale_by_float(t, a, b, true);
  return v_is_int(b) ? from_int_stolen(t, with_int(t, a, b, divide_nearest)) : V_NOT_IMPLEMENTED;
}

static Value delta_floor_divide(Thread *t, Value a, Value b) {
  if (!v_is_delta(a)) return V_NOT_IMPLEMENTED;
  if (v_is_delta(b)) return of_two(t, a, b, int_floor_divide);
  return v_is_int(b) ? from_int_stolen(t, with_int(t, a, b, int_floor_divide)) : V_NOT_IMPLEMENTED;
}

static Value delta_remainder(Thread *t, Value a, Value b) {
  return v_is_delta(a) && v_is_delta(b) ? from_int_stolen(t, of_two(t, a, b, int_remainder)) : V_NOT_IMPLEMENTED;
}

static Value delta_divmod(Thread *t, Value a, Value b) {
  if (!v_is_delta(a) || !v_is_delta(b)) return V_NOT_IMPLEMENTED;
  Value pair = of_two(t, a, b, int_divmod);
  if (v_is_null(pair)) return V_NULL;
  Value rest = from_int_stolen(t, v_own(t, v_tuple(pair)->items[1]));
  Value r = v_is_null(rest) ? V_NULL : tuple_pack(t, 2, v_tuple(pair)->items[0], rest);
  v_drop(t, rest);
  v_drop(t, pair);
  return r;
}

static Value delta_negative(Thread *t, Value v) {
  const Delta *d = v_delta(v);
  return delta_make(t, &type_timedelta, -(int64_t)d->days, -d->seconds, -d->microseconds);
}
static Value delta_positive(Thread *t, Value v) {
  const Delta *d = v_delta(v);
  return make_normal(t, &type_timedelta, d->days, d->seconds, d->microseconds);
}
static Value delta_absolute(Thread *t, Value v) { return v_delta(v)->days < 0 ? delta_negative(t, v) : delta_positive(t, v); }

static int delta_bool(Thread *t, Value v) {
  (void)t;
  const Delta *d = v_delta(v);
  return d->days || d->seconds || d->microseconds;
}

static Value delta_richcompare(Thread *t, Value a, Value b, int op) {
  (void)t;
  if (!v_is_delta(a) || !v_is_delta(b)) return V_NOT_IMPLEMENTED;
  return v_from_bool(dt_compare_result(delta_compare(v_delta(a), v_delta(b)), op));
}

// --- Text, hash, state ------------------------------------------------------------------------------------------------------------------------------

static Value state(Thread *t, Value self) {
  const Delta *d = v_delta(self);
  return tuple_pack(t, 3, v_from_smi(d->days), v_from_smi(d->seconds), v_from_smi(d->microseconds));
}

int64_t delta_hash_of(Thread *t, Value self) {
  Delta *d = v_delta(self);
  int64_t known = (int64_t)a64_load_rlx(&d->hash);
  if (known) return known;
  Value tuple = state(t, self);
  if (v_is_null(tuple)) return -1;
  int64_t hash = object_hash(t, tuple);
  v_drop(t, tuple);
  return dt_hash_cached(&d->hash, hash);
}

static Value delta_repr(Thread *t, Value self) {
  const Delta *d = v_delta(self);
  const struct { const char *name; int value; } parts[] = {{"days", d->days}, {"seconds", d->seconds}, {"microseconds", d->microseconds}};
  char text[96];
  int n = 0;
  text[0] = 0;
  for (int i = 0; i < 3; i++)
    if (parts[i].value) n += snprintf(text + n, sizeof text - (size_t)n, "%s%s=%d", n ? ", " : "", parts[i].name, parts[i].value);
  return str_from_format(t, "%T(%s)", self, n ? text : "0");
}

static Value delta_str(Thread *t, Value self) {
  const Delta *d = v_delta(self);
  char fraction[8] = "";
  if (d->microseconds) snprintf(fraction, sizeof fraction, ".%06d", d->microseconds);
  int hours = d->seconds / 3600, minutes = d->seconds / 60 % 60, seconds = d->seconds % 60;
  if (!d->days) return str_from_format(t, "%d:%02d:%02d%s", hours, minutes, seconds, fraction);
  return str_from_format(t, "%d day%s, %d:%02d:%02d%s", d->days, d->days == 1 || d->days == -1 ? "" : "s", hours, minutes, seconds, fraction);
}

static NATIVE(delta_total_seconds) {
  return with_int(t, self, v_from_smi(US_PER_SECOND), int_true_divide);
}

static NATIVE(delta_reduce) {
  Value s = state(t, self), r = v_is_null(s) ? V_NULL : tuple_pack(t, 2, v_from_obj(v_type(self)), s);
  v_drop(t, s);
  return r;
}

// --- The type -----------------------------------------------------------------------------------------------------------------------------------------

static void delta_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static const NativeDef delta_methods[] = {
    {"total_seconds($self, /)", delta_total_seconds, "The whole duration in seconds, as a float.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", delta_reduce, "What pickle needs to make it again.", NATIVE_NO_SIGNATURE},
    {0},
};
static const MemberDef delta_members[] = {
    {"days", MEMBER_I32, offsetof(Delta, days), true, "Whole days; negative for negative durations."},
    {"seconds", MEMBER_I32, offsetof(Delta, seconds), true, "Seconds beyond the days, 0 to 86399."},
    {"microseconds", MEMBER_I32, offsetof(Delta, microseconds), true, "Microseconds beyond the seconds, 0 to 999999."},
    {0},
};
static const TypeSpec spec_timedelta = {
    .name = "datetime.timedelta",
    .size = sizeof(Delta),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.getattro = object_generic_getattr, .new = delta_type_new, .repr = delta_repr, .str = delta_str, .hash = delta_hash_of, .richcompare = delta_richcompare, .add = delta_add,
              .subtract = delta_sub, .multiply = delta_multiply, .remainder = delta_remainder, .divmod = delta_divmod,
              .floor_divide = delta_floor_divide, .true_divide = delta_true_divide, .negative = delta_negative, .positive = delta_positive,
              .absolute = delta_absolute, .bool_ = delta_bool, .dealloc = delta_dealloc},
    .methods = delta_methods,
    .members = delta_members,
    .doc = "A duration, the sum of what is given: timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0).",
};

bool timedelta_init(Thread *t) {
  return type_ready(t, &type_timedelta, &spec_timedelta, 0) &&
         dt_type_constant(t, &type_timedelta, "resolution", delta_make(t, &type_timedelta, 0, 0, 1)) &&
         dt_type_constant(t, &type_timedelta, "min", delta_make(t, &type_timedelta, -MAX_DELTA_DAYS, 0, 0)) &&
         dt_type_constant(t, &type_timedelta, "max", delta_make(t, &type_timedelta, MAX_DELTA_DAYS, SECONDS_PER_DAY - 1, US_PER_SECOND - 1));
}
