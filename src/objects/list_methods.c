// list as Python sees it: subscripts, operators, comparison, methods and the type.
//
// Loops that call Python code (equality, repr) own the item they look at and read the length anew each time round: the list may change.
#include "objects/list.h"

#include "objects/containers.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/iterators.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_list;

// --- Subscripts -------------------------------------------------------------------------------------------------------------------

static Value item_or_error(Thread *t, List *l, int64_t i) {
  Value v = i < 0 ? list_get_from_end(t, l, i) : list_get_inline(t, l, i);
  return v_is_null(v) ? raise_error(t, &exc_IndexError, "list index out of range") : v;
}

// A sequence's own item: the index has been made positive.
static Value list_seq_item(Thread *t, Value self, int64_t i) {
  return i < 0 ? raise_error(t, &exc_IndexError, "list index out of range") : item_or_error(t, v_list(self), i);
}

static Value list_getitem(Thread *t, Value self, Value key) {
  List *l = v_list(self);
  if (likely(v_is_smi(key))) return item_or_error(t, l, v_smi(key));
  if (v_is_slice(key)) {
    int64_t start, stop, step;
    return slice_unpack(t, key, &start, &stop, &step) < 0 ? V_NULL : list_slice_stepped(t, l, start, stop, step);
  }
  if (!number_is_index(key)) return raise_type_error(t, "list indices must be integers or slices, not %T", key);
  int64_t i;
  return subscript_index(t, key, &i) < 0 ? V_NULL : item_or_error(t, l, i);
}

// Takes n items, `step` > 0 apart, out of the list into `victims`; the lock held, bounds within the list.
static void take_stepped_locked(List *l, int64_t start, int64_t step, int64_t n, Value *victims) {
  int64_t length = list_length(l), to = start, taken = 0;
  Value *items = ((ListArray *)aptr_load_rlx(&l->array))->items;
  for (int64_t i = start, next = start; i < length; i++) {
    if (i == next && taken < n) {
      victims[taken++] = items[i];
      next += step;
    } else {
      v_store_rel(&items[to++], items[i]);
    }
  }
  for (int64_t i = to; i < length; i++) v_store_rel(&items[i], V_NULL);
  a64_store_rel(&l->length, (uint64_t)to);  // after the slots are clear
}

// What is taken is dropped in ascending order afterwards, as CPython does.
static int delete_stepped(Thread *t, List *l, int64_t start, int64_t stop, int64_t step) {
  Value *victims = NULL;
  int64_t n;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  n = slice_adjust(list_length(l), &start, &stop, step);
  if (n > 0 && step < 0) {
    start += step * (n - 1);
    step = -step;
  }
  if (n > 0 && (victims = heap_alloc(t, (size_t)n * sizeof(Value)))) take_stepped_locked(l, start, step, n, victims);
  CRITICAL_END(t);
  if (n > 0 && !victims) return raise_no_memory(t), -1;
  for (int64_t i = 0; i < n; i++) v_drop(t, victims[i]);
  heap_free(t, victims);
  return 0;
}

static int set_stepped(Thread *t, List *l, int64_t start, int64_t stop, int64_t step, Value iterable) {
  Value source = list_copy_of(t, iterable, "must assign iterable to extended slice");
  if (v_is_null(source)) return -1;
  int64_t given = list_length(v_list(source)), n;
  object_share(t, &l->ob);
  // The items swap places with those of `source`, which dies with them.
  CRITICAL_BEGIN(t, l);
  n = slice_adjust(list_length(l), &start, &stop, step);
  ListArray *to = aptr_load_rlx(&l->array), *from = aptr_load_rlx(&v_list(source)->array);
  for (int64_t i = 0, at = start; n == given && i < n; i++, at += step) {
    Value v = to->items[at];
    v_store_rel(&to->items[at], from->items[i]);
    from->items[i] = v;
  }
  CRITICAL_END(t);
  if (n == given) list_reverse(t, v_list(source));  // lists drop their items from the end, CPython drops these from the start
  v_drop(t, source);
  if (n == given) return 0;
  raise_value_error(t, "attempt to assign sequence of size %lld to extended slice of size %lld", (long long)given, (long long)n);
  return -1;
}

static int list_setitem_slice(Thread *t, List *l, Value key, Value value) {
  int64_t start, stop, step;
  if (slice_unpack(t, key, &start, &stop, &step) < 0) return -1;
  // The bounds count from the length before an iterable written in Python runs, as in CPython.
  bool plain = v_is_null(value) || v_is_list_exact(value) || v_is_tuple_exact(value);
  if (step == 1 && !plain) slice_adjust(list_length(l), &start, &stop, step);
  if (step == 1) return list_set_slice(t, l, start, stop, value);
  return v_is_null(value) ? delete_stepped(t, l, start, stop, step) : set_stepped(t, l, start, stop, step, value);
}

static int list_setitem(Thread *t, Value self, Value key, Value value) {
  List *l = v_list(self);
  int64_t i;
  if (v_is_smi(key)) i = v_smi(key);
  else if (v_is_slice(key)) return list_setitem_slice(t, l, key, value);
  else if (!number_is_index(key)) return raise_type_error(t, "list indices must be integers or slices, not %T", key), -1;
  else if (subscript_index(t, key, &i) < 0) return -1;
  Value old;
  if (!v_is_null(value)) {
    if (list_set(t, l, i, value) == 0) return 0;
  } else if (list_take(t, l, i, &old)) {
    v_drop(t, old);
    return 0;
  }
  raise_error(t, &exc_IndexError, "list assignment index out of range");
  return -1;
}

// --- Sequence operations ------------------------------------------------------------------------------------------------------------

static int64_t list_len(Thread *t, Value self) {
  (void)t;
  return list_length(v_list(self));
}

// First index in [start, stop) whose item equals v; -1 none, -2 an exception.
static int64_t find_item(Thread *t, List *l, Value v, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop; i++) {
    Value item = list_get_inline(t, l, i);
    if (v_is_null(item)) break;
    int r = object_equal(t, item, v);
    v_drop(t, item);
    if (r) return r > 0 ? i : -2;
  }
  return -1;
}

static int list_contains(Thread *t, Value self, Value item) {
  int64_t i = find_item(t, v_list(self), item, 0, INT64_MAX);
  return i >= 0 ? 1 : i == -1 ? 0 : -1;
}

static Value list_concat(Thread *t, Value a, Value b) {
  if (!v_is_list(b)) return raise_type_error(t, "can only concatenate list (not \"%T\") to list", b);
  int64_t n = list_length(v_list(a)) + list_length(v_list(b));
  Value v = list_new(t, n);
  if (v_is_null(v)) return v;
  if (list_extend_list(t, v_list(v), v_list(a)) == 0 && list_extend_list(t, v_list(v), v_list(b)) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

static Value list_iconcat(Thread *t, Value a, Value b) { return list_extend(t, v_list(a), b) < 0 ? V_NULL : v_own(t, a); }

static Value list_repeat_slot(Thread *t, Value self, int64_t n) { return list_repeat(t, v_list(self), n); }

static Value list_irepeat(Thread *t, Value self, int64_t n) {
  return list_multiply(t, v_list(self), n) < 0 ? V_NULL : v_own(t, self);
}

// --- Comparison and repr ------------------------------------------------------------------------------------------------------------

static Value list_richcompare(Thread *t, Value a, Value b, int op) {
  if (!v_is_list(a) || !v_is_list(b)) return V_NOT_IMPLEMENTED;
  List *x = v_list(a), *y = v_list(b);
  if (list_length(x) != list_length(y) && (op == CMP_EQ || op == CMP_NE)) return v_from_bool(op == CMP_NE);
  for (int64_t i = 0;; i++) {
    Value p = list_get_inline(t, x, i), q = v_is_null(p) ? V_NULL : list_get_inline(t, y, i);
    if (v_is_null(q)) {
      v_drop(t, p);
      return v_from_bool(container_compare_lengths(list_length(x), list_length(y), op));
    }
    int r = object_equal(t, p, q);
    // Comparing may have made a list shorter: then the lengths decide.
    if (r == 0 && (i >= list_length(x) || i >= list_length(y))) r = 1;
    Value result = V_NULL;
    if (r == 0) result = op == CMP_EQ ? V_FALSE : op == CMP_NE ? V_TRUE : object_compare(t, p, q, op);
    v_drop(t, p);
    v_drop(t, q);
    if (r <= 0) return result;
  }
}

static Value list_repr(Thread *t, Value self) {
  List *l = v_list(self);
  if (list_length(l) == 0) return str_from_ascii(t, "[]", 2);
  int inside = repr_enter(t, self);
  if (inside) return inside > 0 ? str_from_ascii(t, "[...]", 5) : V_NULL;
  StrBuilder b;
  strb_init(&b, t);
  bool ok = strb_char(&b, '[');
  for (int64_t i = 0; ok; i++) {
    Value item = list_get_inline(t, l, i);
    if (v_is_null(item)) break;
    if (i > 0) strb_ascii(&b, ", ", 2);
    Value text = object_repr(t, item);
    v_drop(t, item);
    ok = !v_is_null(text) && strb_str(&b, text);
    v_drop(t, text);
  }
  repr_leave(t, self);
  if (!ok) {
    strb_discard(&b);
    return V_NULL;
  }
  strb_char(&b, ']');
  return strb_finish(&b);
}

// --- Methods ------------------------------------------------------------------------------------------------------------------------

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)args, (void)nargs, (void)kwnames

METHOD(list_append_method) {
  UNUSED_ARGS;
  return list_append_inline(t, v_list(self), v_own(t, args[0])) < 0 ? V_NULL : V_NONE;
}

METHOD(list_extend_method) {
  UNUSED_ARGS;
  return list_extend(t, v_list(self), args[0]) < 0 ? V_NULL : V_NONE;
}

METHOD(list_insert_method) {
  UNUSED_ARGS;
  int64_t i = number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  return list_insert(t, v_list(self), i, args[1]) < 0 ? V_NULL : V_NONE;
}

METHOD(list_pop_method) {
  UNUSED_ARGS;
  int64_t i = -1;
  if (!v_is_absent(args[0])) {
    i = v_is_smi(args[0]) ? v_smi(args[0]) : number_as_i64(t, args[0]);
    if (i == -1 && error_pending(t)) return V_NULL;
  }
  return list_pop(t, v_list(self), i);
}

METHOD(list_clear_method) {
  UNUSED_ARGS;
  list_clear(t, v_list(self));
  return V_NONE;
}

METHOD(list_copy_method) {
  UNUSED_ARGS;
  return list_slice(t, v_list(self), 0, INT64_MAX);
}

METHOD(list_reverse_method) {
  UNUSED_ARGS;
  list_reverse(t, v_list(self));
  return V_NONE;
}

METHOD(list_index_method) {
  UNUSED_ARGS;
  List *l = v_list(self);
  int64_t start = slice_bound(t, args[1], 0);
  if (start == -1 && error_pending(t)) return V_NULL;
  int64_t stop = slice_bound(t, args[2], INT64_MAX);
  if (stop == -1 && error_pending(t)) return V_NULL;
  if (start < 0 && (start += list_length(l)) < 0) start = 0;
  if (stop < 0 && (stop += list_length(l)) < 0) stop = 0;
  int64_t i = find_item(t, l, args[0], start, stop);
  if (i >= 0) return v_from_smi(i);
  return i == -1 ? raise_value_error(t, "%R is not in list", args[0]) : V_NULL;
}

METHOD(list_count_method) {
  UNUSED_ARGS;
  List *l = v_list(self);
  int64_t n = 0;
  for (int64_t i = 0;; i++) {
    Value item = list_get_inline(t, l, i);
    if (v_is_null(item)) return v_from_smi(n);
    int r = object_equal(t, item, args[0]);
    v_drop(t, item);
    if (r < 0) return V_NULL;
    n += r;
  }
}

METHOD(list_remove_method) {
  UNUSED_ARGS;
  List *l = v_list(self);
  int64_t i = find_item(t, l, args[0], 0, INT64_MAX);
  if (i == -2) return V_NULL;
  Value old;
  if (i < 0) return raise_value_error(t, "list.remove(x): x not in list");
  if (list_take(t, l, i, &old)) v_drop(t, old);      // unless the comparison has made the list shorter
  return V_NONE;
}

METHOD(list_sort_method) {
  UNUSED_ARGS;
  int reverse = 0;
  if (!v_is_absent(args[1])) {
    reverse = number_as_int(t, args[1]);
    if (reverse == -1 && error_pending(t)) return V_NULL;
  }
  return list_sort(t, v_list(self), v_is_absent_or_none(args[0]) ? V_NULL : args[0], reverse != 0) < 0 ? V_NULL : V_NONE;
}

METHOD(list_sizeof) {
  UNUSED_ARGS;
  int64_t capacity = 0;
  object_share(t, v_obj(self));
  CRITICAL_BEGIN(t, v_obj(self));
  ListArray *array = aptr_load_rlx(&v_list(self)->array);
  if (array) capacity = array->capacity;
  CRITICAL_END(t);
  return v_from_smi((int64_t)v_type(self)->size + capacity * (int64_t)sizeof(Value));
}

METHOD(list_getitem_method) {
  UNUSED_ARGS;
  return list_getitem(t, self, args[0]);
}

METHOD(list_reversed_method) {
  UNUSED_ARGS;
  int64_t n = list_length(v_list(self));
  return sequence_iterator_new(t, SHAPE_LIST_REVERSEITERATOR, self, n > 0 ? n - 1 : AT_FRONT);
}

static const NativeDef list_methods[] = {
    {"__getitem__($self, index, /)", list_getitem_method, "The item that belongs to y.", NATIVE_COEXIST | NATIVE_NO_SIGNATURE},
    {"__reversed__($self, /)", list_reversed_method, "Return an iterator over the items from the last to the first.", 0},
    {"__sizeof__($self, /)", list_sizeof, "Return the bytes that the list takes in memory.", 0},
    {"clear($self, /)", list_clear_method, "Remove all items.", 0},
    {"copy($self, /)", list_copy_method, "Return a new list with the same items.", 0},
    {"append($self, object, /)", list_append_method, "Add object at the end.", 0},
    {"insert($self, index, object, /)", list_insert_method, "Put object in front of the item at index.", 0},
    {"extend($self, iterable, /)", list_extend_method, "Add the items of iterable at the end.", 0},
    {"pop($self, index=-1, /)", list_pop_method,
     "Takes out and returns the item at index, the last one by default; IndexError if there is none.",
     0},
    {"remove($self, value, /)", list_remove_method, "Take out the first item that equals value.\n\nRaises ValueError if there is none.", 0},
    {"index($self, value, start=0, stop=sys.maxsize, /)", list_index_method,
     "Where the value is first from start to stop; ValueError if it is not there.", 0},
    {"count($self, value, /)", list_count_method, "Return how many times value occurs.", 0},
    {"reverse($self, /)", list_reverse_method, "Reverse the order of the items in place.", 0},
    {"sort($self, /, *, key=None, reverse=False)", list_sort_method,
     "Put the items in ascending order, in place, and return None.\n\nThe sort is stable. With a key function the items are ordered by what it\n"
     "returns for each; reverse makes the order descending.",
     0},
    CLASS_GETITEM_DEF,
    {0},
};

// --- The type -----------------------------------------------------------------------------------------------------------------------

static Value list_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return type == &type_list ? list_new(t, 0) : type->slots.alloc(t, type, 0);
}

static int list_init_slot(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  // A subclass with a __new__ of its own may take keywords.
  if (v_type(self)->slots.new == list_type_new && native_no_keywords(t, "list", kwnames) < 0) return -1;
  if (native_check_positional(t, "list", nargs, 0, 1) < 0) return -1;
  List *l = v_list(self);
  if (aptr_load_rlx(&l->array)) list_clear(t, l);
  return nargs ? list_extend(t, l, args[0]) : 0;
}

static void list_dealloc(Thread *t, Object *o) {
  List *l = (List *)o;
  ListArray *array = aptr_load_rlx(&l->array);
  if (array) {
    for (int64_t i = list_length(l); i-- > 0;) v_drop(t, array->items[i]);
    heap_free(t, array);
  }
  heap_free_object(t, o);
}

static void list_traverse(Object *o, GcVisit visit, void *arg) {
  List *l = (List *)o;
  ListArray *array = aptr_load_rlx(&l->array);
  for (int64_t i = list_length(l); i-- > 0;) gc_visit_value(array->items[i], visit, arg);
}

static void list_gc_clear(Thread *t, Object *o) { list_clear(t, (List *)o); }

static const TypeSpec spec_list = {
    .name = "list",
    .size = sizeof(List),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_LIST | TYPE_SEQUENCE | TYPE_MATCH_SELF,
    .slots = {.repr = list_repr,
              .hash = object_hash_not_implemented,
              .richcompare = list_richcompare,
              .iter = list_iter,
              .new = list_type_new,
              .init = list_init_slot,
              .length = list_len,
              .getitem = list_getitem,
              .setitem = list_setitem,
              .contains = list_contains,
              .concat = list_concat,
              .iconcat = list_iconcat,
              .repeat = list_repeat_slot,
              .irepeat = list_irepeat,
              .seq_item = list_seq_item,
              .dealloc = list_dealloc,
              .traverse = list_traverse,
              .clear = list_gc_clear},
    .methods = list_methods,
    .doc = "A mutable sequence.\n\nWithout an argument the list is empty; otherwise it holds the items of iterable.",
    .text_signature = "(iterable=(), /)",
};

bool list_init(Thread *t) { return type_ready(t, &type_list, &spec_list, SHAPE_LIST); }
