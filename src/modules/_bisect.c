// The module _bisect: where an item belongs in a sorted sequence.
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// A dict is no sequence, which it takes a class of Python's to change. True: TypeError.
static bool is_plain_dict(Thread *t, Value v) {
  if (!v_has_flag(v, TYPE_DICT) || v_type(v)->flags & TYPE_HEAP) return false;
  raise_type_error(t, "%.200T is not a sequence", v);
  return true;
}

static Value item_at(Thread *t, Value sequence, int64_t i) {
  if (v_is_list_exact(sequence)) {
    Value v = list_get_inline(t, v_list(sequence), i);
    return v_is_null(v) ? raise_error(t, &exc_IndexError, "list index out of range") : v;
  }
  const TypeSlots *slots = &v_type(sequence)->slots;
  if (is_plain_dict(t, sequence)) return V_NULL;
  if (!slots->getitem && !slots->seq_item) return raise_type_error(t, "'%.200T' object does not support indexing", sequence);
  Value index = int_from_i64(t, i), item = v_is_null(index) ? V_NULL : object_getitem(t, sequence, index);
  v_drop(t, index);
  return item;
}

// The key of an item: what the function makes of it (stolen), or itself.
static Value key_of(Thread *t, Value item, Value function) {
  if (v_is_null(item) || v_is_absent_or_none(function)) return item;
  Value key = object_call1(t, function, item);
  v_drop(t, item);
  return key;
}

// Index in [lo, hi) at which x belongs, behind (right) or in front of what equals it. -1: exception.
static int64_t search(Thread *t, Value sequence, Value x, int64_t lo, int64_t hi, Value function, bool right) {
  if (lo < 0) return raise_value_error(t, "lo must be non-negative"), -1;
  if (hi == -1) {
    if (is_plain_dict(t, sequence)) return -1;
    hi = object_length(t, sequence);
    if (hi < 0) return -1;
  }
  while (lo < hi) {
    int64_t middle = lo + (hi - lo) / 2;
    Value key = key_of(t, item_at(t, sequence, middle), function);
    if (v_is_null(key)) return -1;
    int r = right ? object_compare_bool(t, x, key, CMP_LT) : object_compare_bool(t, key, x, CMP_LT);
    v_drop(t, key);
    if (r < 0) return -1;
    if (r == right) hi = middle;
    else lo = middle + 1;
  }
  return lo;
}

// args: a, x, lo, hi, key. A missing hi, or None, is the length. 0, -1.
static int bounds(Thread *t, const Value *args, int64_t *lo, int64_t *hi) {
  *lo = 0;
  *hi = -1;
  if (!v_is_absent(args[2])) {
    *lo = number_as_i64(t, args[2]);
    if (*lo == -1 && error_pending(t)) return -1;
  }
  if (!v_is_absent_or_none(args[3])) {
    if (!number_is_index(args[3])) return raise_type_error(t, "argument should be integer or None, not '%.200T'", args[3]), -1;
    if (module_index(t, args[3], &exc_IndexError, hi) < 0) {
      if (error_matches(t, &exc_IndexError)) {
        error_clear(t);
        raise_overflow(t, "cannot fit '%T' into an index-sized integer", args[3]);
      }
      return -1;
    }
  }
  return 0;
}

static Value bisect(Thread *t, const Value *args, bool right) {
  int64_t lo, hi;
  if (bounds(t, args, &lo, &hi) < 0) return V_NULL;
  int64_t i = search(t, args[0], args[1], lo, hi, args[4], right);
  return i < 0 ? V_NULL : int_from_i64(t, i);
}

static Value insort(Thread *t, const Value *args, bool right) {
  int64_t lo, hi;
  if (bounds(t, args, &lo, &hi) < 0) return V_NULL;
  Value x = key_of(t, v_own(t, args[1]), args[4]);
  int64_t i = v_is_null(x) ? -1 : search(t, args[0], x, lo, hi, args[4], right);
  v_drop(t, x);
  if (i < 0) return V_NULL;
  if (v_is_list_exact(args[0])) return list_insert(t, v_list(args[0]), i, args[1]) < 0 ? V_NULL : V_NONE;
  Value index = int_from_i64(t, i), r = v_is_null(index) ? V_NULL : object_call_method2(t, args[0], N(insert), index, args[1]);
  v_drop(t, index);
  v_drop(t, r);
  return v_is_null(r) ? r : V_NONE;
}

METHOD(bisect_right) {
  UNUSED_ARGS;
  return bisect(t, args, true);
}
METHOD(bisect_left) {
  UNUSED_ARGS;
  return bisect(t, args, false);
}
METHOD(insort_right) {
  UNUSED_ARGS;
  return insort(t, args, true);
}
METHOD(insort_left) {
  UNUSED_ARGS;
  return insort(t, args, false);
}

static const NativeDef bisect_functions[] = {
    {"bisect_right($module, /, a, x, lo=0, hi=None, *, key=None)", bisect_right,
     "Where to put x in the sorted list a so that it stays sorted: behind all items equal to x.", 0},
    {"bisect_left($module, /, a, x, lo=0, hi=None, *, key=None)", bisect_left,
     "Where to put x in the sorted list a so that it stays sorted: in front of all items equal to x.", 0},
    {"insort_right($module, /, a, x, lo=0, hi=None, *, key=None)", insort_right,
     "Puts x into the sorted list a, behind all items equal to x.", 0},
    {"insort_left($module, /, a, x, lo=0, hi=None, *, key=None)", insort_left,
     "Puts x into the sorted list a, in front of all items equal to x.", 0},
    {0},
};

const ModuleDef module__bisect = {
    .name = "_bisect",
    .doc = "Bisection algorithms: keeping a list sorted without sorting it after each insertion.",
    .functions = bisect_functions,
};
