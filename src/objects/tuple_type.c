// The type tuple: sequence operations, hash, comparison, repr and methods.
#include "objects/tuple_type.h"

#include "objects/containers.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/hash_inline.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_tuple;

// --- Sequence operations ----------------------------------------------------------------------------------------------------------

Value tuple_concat(Thread *t, Value a, Value b) {
  Tuple *x = v_tuple(a);
  if (x->length == 0 && v_is_tuple_exact(b)) return v_own(t, b);
  if (!v_is_tuple(b)) return raise_type_error(t, "can only concatenate tuple (not \"%T\") to tuple", b);
  Tuple *y = v_tuple(b);
  if (y->length == 0 && v_is_tuple_exact(a)) return v_own(t, a);
  Value v = tuple_new(t, x->length + y->length);
  if (v_is_null(v)) return v;
  Value *items = v_tuple(v)->items;
  for (int64_t i = 0; i < x->length; i++) items[i] = v_own(t, x->items[i]);
  for (int64_t i = 0; i < y->length; i++) items[x->length + i] = v_own(t, y->items[i]);
  return v;
}

static Value tuple_repeat(Thread *t, Value self, int64_t n) {
  Tuple *u = v_tuple(self);
  if ((u->length == 0 || n == 1) && v_is_tuple_exact(self)) return v_own(t, self);
  if (u->length == 0 || n <= 0) return tuple_empty;
  if (n > TUPLE_MAX_LENGTH / u->length) return raise_no_memory(t);
  Value v = tuple_new(t, u->length * n);
  if (v_is_null(v)) return v;
  Value *to = v_tuple(v)->items;
  for (int64_t k = 0; k < n; k++) {
    for (int64_t i = 0; i < u->length; i++) *to++ = v_own(t, u->items[i]);
  }
  return v;
}

static int64_t tuple_length(Thread *t, Value self) {
  (void)t;
  return v_tuple(self)->length;
}

static Value tuple_item(Thread *t, Value self, int64_t i) {
  Tuple *u = v_tuple(self);
  if ((uint64_t)i >= (uint64_t)u->length) return raise_error(t, &exc_IndexError, "tuple index out of range");
  return v_own(t, u->items[i]);
}

static Value tuple_getitem(Thread *t, Value self, Value key) {
  Tuple *u = v_tuple(self);
  if (v_is_slice(key)) {
    int64_t start, stop, step;
    if (slice_unpack(t, key, &start, &stop, &step) < 0) return V_NULL;
    int64_t n = slice_adjust(u->length, &start, &stop, step);
    if (n == 0) return tuple_empty;
    if (step == 1) return tuple_slice(t, self, start, stop);
    Value v = tuple_new(t, n);
    if (v_is_null(v)) return v;
    for (int64_t i = 0, at = start; i < n; i++, at += step) v_tuple(v)->items[i] = v_own(t, u->items[at]);
    return v;
  }
  int64_t i;
  if (v_is_smi(key)) i = v_smi(key);
  else if (!number_is_index(key)) return raise_type_error(t, "tuple indices must be integers or slices, not %T", key);
  else if (subscript_index(t, key, &i) < 0) return V_NULL;
  return tuple_item(t, self, i < 0 ? i + u->length : i);
}

static int tuple_contains(Thread *t, Value self, Value item) {
  Tuple *u = v_tuple(self);
  for (int64_t i = 0; i < u->length; i++) {
    int r = object_equal(t, u->items[i], item);
    if (r) return r;
  }
  return 0;
}

// --- Hash, comparison, repr -------------------------------------------------------------------------------------------------------

// The xxHash-like mix that CPython uses since 3.8; numbers are its published constants.
static int64_t tuple_hash(Thread *t, Value self) {
  const uint64_t prime1 = 11400714785074694791u, prime2 = 14029467366897019727u, prime5 = 2870177450012600261u;
  if (thread_stack_low(t)) {
    if (recursion_enter(t, "") < 0) return -1;
    recursion_leave(t);
  }
  Tuple *u = v_tuple(self);
  uint64_t acc = prime5;
  for (int64_t i = 0; i < u->length; i++) {
    int64_t lane = object_hash_inline(t, u->items[i]);
    if (lane == -1) return -1;
    acc += (uint64_t)lane * prime2;
    acc = acc << 31 | acc >> 33;
    acc *= prime1;
  }
  acc += (uint64_t)u->length ^ (prime5 ^ 3527539u);
  return acc == UINT64_MAX ? 1546275796 : (int64_t)acc;
}

static Value tuple_richcompare(Thread *t, Value a, Value b, int op) {
  if (!v_is_tuple(a) || !v_is_tuple(b)) return V_NOT_IMPLEMENTED;
  Tuple *x = v_tuple(a), *y = v_tuple(b);
  int64_t i, n = x->length < y->length ? x->length : y->length;
  for (i = 0; i < n; i++) {
    int r = object_equal(t, x->items[i], y->items[i]);
    if (r < 0) return V_NULL;
    if (!r) break;
  }
  if (i == n) return v_from_bool(container_compare_lengths(x->length, y->length, op));
  if (op == CMP_EQ) return V_FALSE;
  if (op == CMP_NE) return V_TRUE;
  return object_compare(t, x->items[i], y->items[i], op);
}

static Value tuple_repr(Thread *t, Value self) {
  Tuple *u = v_tuple(self);
  if (u->length == 0) return str_from_ascii(t, "()", 2);
  int inside = repr_enter(t, self);
  if (inside) return inside > 0 ? str_from_ascii(t, "(...)", 5) : V_NULL;
  StrBuilder b;
  strb_init(&b, t);
  bool ok = strb_char(&b, '(');
  for (int64_t i = 0; ok && i < u->length; i++) {
    if (i > 0 && !strb_ascii(&b, ", ", 2)) break;
    Value text = object_repr(t, u->items[i]);
    ok = !v_is_null(text) && strb_str(&b, text);
    v_drop(t, text);
  }
  repr_leave(t, self);
  if (!ok) {
    strb_discard(&b);
    return V_NULL;
  }
  strb_cstr(&b, u->length > 1 ? ")" : ",)");
  return strb_finish(&b);
}

// --- The type ---------------------------------------------------------------------------------------------------------------------

static Value tuple_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  // A subclass with an __init__ of its own may take keywords.
  if (type->slots.init == type_tuple.slots.init && native_no_keywords(t, "tuple", kwnames) < 0) return V_NULL;
  if (native_check_positional(t, "tuple", nargs, 0, 1) < 0) return V_NULL;
  Value plain = nargs == 0 ? tuple_empty : object_to_tuple(t, args[0]);
  if (v_is_null(plain) || type == &type_tuple) return plain;
  int64_t n = v_tuple(plain)->length;
  Value v = type->slots.alloc(t, type, (size_t)n);
  if (!v_is_null(v)) {
    v_tuple(v)->length = n;
    for (int64_t i = 0; i < n; i++) v_tuple(v)->items[i] = v_own(t, v_tuple(plain)->items[i]);
  }
  v_drop(t, plain);
  return v;
}

static void tuple_dealloc(Thread *t, Object *o) {
  Tuple *u = (Tuple *)o;
  for (int64_t i = u->length; i-- > 0;) v_drop(t, u->items[i]);
  heap_free_object(t, o);
}

static void tuple_traverse(Object *o, GcVisit visit, void *arg) {
  Tuple *u = (Tuple *)o;
  for (int64_t i = 0; i < u->length; i++) gc_visit_value(u->items[i], visit, arg);
}

static Value tuple_index(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  Tuple *u = v_tuple(self);
  int64_t start = slice_bound(t, args[1], 0);
  if (start == -1 && error_pending(t)) return V_NULL;
  int64_t stop = slice_bound(t, args[2], INT64_MAX);
  if (stop == -1 && error_pending(t)) return V_NULL;
  slice_clip(u->length, &start, &stop);
  for (int64_t i = start; i < stop; i++) {
    int r = object_equal(t, u->items[i], args[0]);
    if (r < 0) return V_NULL;
    if (r) return v_from_smi(i);
  }
  return raise_value_error(t, "tuple.index(x): x not in tuple");
}

static Value tuple_count(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  Tuple *u = v_tuple(self);
  int64_t n = 0;
  for (int64_t i = 0; i < u->length; i++) {
    int r = object_equal(t, u->items[i], args[0]);
    if (r < 0) return V_NULL;
    n += r;
  }
  return v_from_smi(n);
}

static Value tuple_getnewargs(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value items = tuple_from(t, v_tuple(self)->items, (size_t)v_tuple(self)->length);
  return v_is_null(items) ? items : tuple_from_stolen(t, &items, 1);
}

static const NativeDef tuple_methods[] = {
    {"__getnewargs__($self, /)", tuple_getnewargs, NULL, 0},
    {"index($self, value, start=0, stop=sys.maxsize, /)", tuple_index,
     "Where the value is first from start to stop; ValueError if it is not there.", 0},
    {"count($self, value, /)", tuple_count, "Return how many times value occurs.", 0},
    CLASS_GETITEM_DEF,
    {0},
};

static const TypeSpec spec_tuple = {
    .name = "tuple",
    .size = sizeof(Tuple),
    .item_size = sizeof(Value),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_VARSIZE | TYPE_TUPLE | TYPE_SEQUENCE | TYPE_MATCH_SELF,
    .slots = {.repr = tuple_repr,
              .hash = tuple_hash,
              .richcompare = tuple_richcompare,
              .iter = tuple_iter,
              .new = tuple_type_new,
              .length = tuple_length,
              .getitem = tuple_getitem,
              .contains = tuple_contains,
              .concat = tuple_concat,
              .repeat = tuple_repeat,
              .seq_item = tuple_item,
              .dealloc = tuple_dealloc,
              .traverse = tuple_traverse},
    .methods = tuple_methods,
    .doc = "An immutable sequence.\n\nWithout an argument the tuple is empty; otherwise it holds the items of iterable. A tuple given as\n"
           "the argument is returned as it is.",
    .text_signature = "(iterable=(), /)",
};

bool tuple_init(Thread *t) { return type_ready(t, &type_tuple, &spec_tuple, SHAPE_TUPLE); }
