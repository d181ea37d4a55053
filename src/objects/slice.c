// slice objects, and the arithmetic of bounds that all sequences share.
#include "objects/slice.h"

#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_slice;

Value slice_new(Thread *t, Value start, Value stop, Value step) {
  Slice *s = (Slice *)heap_new_object(t, SHAPE_SLICE, sizeof(Slice));
  if (!s) return raise_no_memory(t);
  s->start = v_is_null(start) ? V_NONE : v_own(t, start);
  s->stop = v_is_null(stop) ? V_NONE : v_own(t, stop);
  s->step = v_is_null(step) ? V_NONE : v_own(t, step);
  return v_from_obj(s);
}

// --- Bounds -----------------------------------------------------------------------------------------------------------------------

static int64_t clip_index(Thread *t, Value v, const char *error) {
  if (v_is_smi(v)) return v_smi(v);
  if (!number_is_index(v)) {
    raise_type_error(t, "%s", error);
    return -1;
  }
  return number_as_i64_clip(t, v);
}

int64_t slice_bound_or_none(Thread *t, Value v, int64_t default_) {
  if (v_is_absent_or_none(v)) return default_;
  return clip_index(t, v, "slice indices must be integers or None or have an __index__ method");
}

int64_t slice_bound(Thread *t, Value v, int64_t default_) {
  if (v_is_absent(v)) return default_;
  return clip_index(t, v, "slice indices must be integers or have an __index__ method");
}

int subscript_index(Thread *t, Value key, int64_t *out) {
  if (v_is_smi(key)) {
    *out = v_smi(key);
    return 0;
  }
  Value index = number_index(t, key);
  if (v_is_null(index)) return -1;
  int fits = int_as_i64(index, out);
  v_drop(t, index);
  if (fits) return 0;
  raise_error(t, &exc_IndexError, "cannot fit '%T' into an index-sized integer", key);
  return -1;
}

int slice_unpack(Thread *t, Value slice, int64_t *start, int64_t *stop, int64_t *step) {
  Slice *s = v_slice(slice);
  *step = slice_bound_or_none(t, s->step, 1);
  if (*step == -1 && error_pending(t)) return -1;
  if (*step == 0) {
    raise_value_error(t, "slice step cannot be zero");
    return -1;
  }
  if (*step == INT64_MIN) *step = -INT64_MAX;  // so that -step is defined
  *start = slice_bound_or_none(t, s->start, *step < 0 ? INT64_MAX : 0);
  if (*start == -1 && error_pending(t)) return -1;
  *stop = slice_bound_or_none(t, s->stop, *step < 0 ? INT64_MIN : INT64_MAX);
  if (*stop == -1 && error_pending(t)) return -1;
  return 0;
}

// --- slice.indices: the same with ints of any size ----------------------------------------------------------------------------------

// __index__ of a bound, as an int; owned.
static Value bound_as_int(Thread *t, Value v) {
  if (!number_is_index(v)) return raise_type_error(t, "slice indices must be integers or None or have an __index__ method");
  return number_index(t, v);
}

// Clips an owned bound: negative ones count from the end, then between low and high.
static Value clip_int(Thread *t, Value bound, Value length, Value low, Value high) {
  if (int_sign(bound) < 0) {
    Value from_start = int_add(t, bound, length);
    v_drop(t, bound);
    if (v_is_null(from_start)) return V_NULL;
    bound = from_start;
  }
  if (int_compare(bound, low) < 0) {
    v_drop(t, bound);
    return v_own(t, low);
  }
  if (int_compare(bound, high) > 0) {
    v_drop(t, bound);
    return v_own(t, high);
  }
  return bound;
}

static Value indices_for_step(Thread *t, Slice *s, Value length, Value step) {
  bool backwards = int_sign(step) < 0;
  Value low = v_from_smi(backwards ? -1 : 0);
  Value high = backwards ? int_subtract(t, length, v_from_smi(1)) : v_own(t, length);
  Value start = V_NULL, stop = V_NULL, result = V_NULL;
  if (v_is_null(high)) return V_NULL;
  if (v_is_none(s->start)) {
    start = v_own(t, backwards ? high : low);
  } else {
    start = bound_as_int(t, s->start);
    if (!v_is_null(start)) start = clip_int(t, start, length, low, high);
  }
  if (!v_is_null(start)) {
    if (v_is_none(s->stop)) {
      stop = v_own(t, backwards ? low : high);
    } else {
      stop = bound_as_int(t, s->stop);
      if (!v_is_null(stop)) stop = clip_int(t, stop, length, low, high);
    }
  }
  if (!v_is_null(stop)) result = tuple_pack(t, 3, start, stop, step);
  v_drop(t, start);
  v_drop(t, stop);
  v_drop(t, high);
  return result;
}

Value slice_indices_of(Thread *t, Value slice, Value length) {
  Slice *s = v_slice(slice);
  Value result = V_NULL, step = v_is_none(s->step) ? v_from_smi(1) : bound_as_int(t, s->step);
  if (v_is_null(step)) return step;
  if (int_sign(step) == 0) raise_value_error(t, "slice step cannot be zero");
  else result = indices_for_step(t, s, length, step);
  v_drop(t, step);
  return result;
}

static Value slice_indices_method(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  Value length = number_index(t, args[0]);
  if (v_is_null(length)) return length;
  Value result = int_sign(length) < 0 ? raise_value_error(t, "length should not be negative") : slice_indices_of(t, self, length);
  v_drop(t, length);
  return result;
}

// --- The type ---------------------------------------------------------------------------------------------------------------------

static Value slice_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type;
  if (native_no_keywords(t, "slice", kwnames) < 0 || native_check_positional(t, "slice", nargs, 1, 3) < 0) return V_NULL;
  if (nargs == 1) return slice_new(t, V_NULL, args[0], V_NULL);
  return slice_new(t, args[0], args[1], nargs > 2 ? args[2] : V_NULL);
}

static Value slice_repr(Thread *t, Value self) {
  Slice *s = v_slice(self);
  return str_from_format(t, "slice(%R, %R, %R)", s->start, s->stop, s->step);
}

static Value slice_richcompare(Thread *t, Value a, Value b, int op) {
  if (!v_is_slice(a) || !v_is_slice(b)) return V_NOT_IMPLEMENTED;
  if (v_is(a, b)) return v_from_bool(op == CMP_EQ || op == CMP_LE || op == CMP_GE);
  Slice *x = v_slice(a), *y = v_slice(b);
  Value ta = tuple_pack(t, 3, x->start, x->stop, x->step), tb = tuple_pack(t, 3, y->start, y->stop, y->step);
  Value result = v_is_null(ta) || v_is_null(tb) ? V_NULL : object_compare(t, ta, tb, op);
  v_drop(t, ta);
  v_drop(t, tb);
  return result;
}

static Value slice_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Slice *s = v_slice(self);
  Value fields = tuple_pack(t, 3, s->start, s->stop, s->step);
  if (v_is_null(fields)) return fields;
  Value result = tuple_pack(t, 2, v_from_obj(&type_slice), fields);
  v_drop(t, fields);
  return result;
}

static void slice_dealloc(Thread *t, Object *o) {
  Slice *s = (Slice *)o;
  v_drop(t, s->step);
  v_drop(t, s->start);
  v_drop(t, s->stop);
  heap_free_object(t, o);
}

static void slice_traverse(Object *o, GcVisit visit, void *arg) {
  Slice *s = (Slice *)o;
  gc_visit_value(s->start, visit, arg);
  gc_visit_value(s->stop, visit, arg);
  gc_visit_value(s->step, visit, arg);
}

static const MemberDef slice_members[] = {
    {"start", MEMBER_VALUE, offsetof(Slice, start), true, NULL},
    {"stop", MEMBER_VALUE, offsetof(Slice, stop), true, NULL},
    {"step", MEMBER_VALUE, offsetof(Slice, step), true, NULL},
    {0},
};

static const NativeDef slice_methods[] = {
    {"indices($self, object, /)", slice_indices_method,
     "S.indices(len) -> (start, stop, stride)\n\nThe bounds that the slice selects in a sequence of length len, clipped as in indexing.",
     NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", slice_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};

static const TypeSpec spec_slice = {
    .name = "slice",
    .size = sizeof(Slice),
    .flags = TYPE_IMMUTABLE,
    .slots = {.repr = slice_repr,
              .hash = object_hash_not_implemented,
              .richcompare = slice_richcompare,
              .new = slice_type_new,
              .dealloc = slice_dealloc,
              .traverse = slice_traverse},
    .methods = slice_methods,
    .members = slice_members,
    .doc = "slice(stop)\nslice(start, stop[, step])\n\nA slice object, as extended subscripts a[start:stop:step] make them.",
};

bool slice_init(Thread *t) { return type_ready(t, &type_slice, &spec_slice, SHAPE_SLICE); }
