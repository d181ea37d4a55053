// enumerate and reversed.
#include "objects/containers.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/locked_field.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"

Type type_enumerate, type_reversed;

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)args, (void)nargs, (void)kwnames

// --- enumerate ------------------------------------------------------------------------------------------------------------------------------

typedef struct Enumerate {
  Object ob;
  Value iterator;   // owned, constant
  Value index;      // an int. A small one is read and written without the lock (threads sharing an enumerate may see a number twice)
} Enumerate;

static inline Enumerate *enumerate_of(Value v) { return (Enumerate *)v_obj(v); }

static Value enumerate_make(Thread *t, Type *type, Value iterable, Value start) {
  // The object comes first: a subclass's __del__ sees it where the arguments are refused.
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return v;
  Value index = v_is_absent(start) ? v_from_smi(0) : number_index(t, start), it = v_is_null(index) ? V_NULL : object_iter(t, iterable);
  enumerate_of(v)->iterator = it;
  enumerate_of(v)->index = index;
  if (!v_is_null(it)) return v;
  v_drop(t, v);
  return V_NULL;
}

Value enumerate_new(Thread *t, Value iterable) { return enumerate_make(t, &type_enumerate, iterable, V_ABSENT); }

// Is keyword i called `name`? Otherwise a TypeError.
static bool check_keyword(Thread *t, Value kwnames, int64_t i, const char *name) {
  if (str_equals_cstr(v_tuple(kwnames)->items[i], name)) return true;
  raise_type_error(t, "'%S' is an invalid keyword argument for enumerate()", v_tuple(kwnames)->items[i]);
  return false;
}

static Value enumerate_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  size_t nkeywords = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length, n = nargs + nkeywords;
  if (n == 0) return raise_type_error(t, nkeywords || type != &type_enumerate ? "enumerate() missing required argument 'iterable' (pos 1)" : "enumerate() missing required argument 'iterable'");
  if (n > 2) return raise_type_error(t, "enumerate() takes at most 2 arguments (%zu given)", n);
  bool named = false;
  for (size_t i = 0; i < nkeywords; i++) named |= str_equals_cstr(v_tuple(kwnames)->items[i], "iterable");
  if (type != &type_enumerate && nargs == 0 && !named) return raise_type_error(t, "enumerate() missing required argument 'iterable' (pos 1)");
  if (nkeywords == 2 && str_equals_cstr(v_tuple(kwnames)->items[0], "start")) {
    return check_keyword(t, kwnames, 1, "iterable") ? enumerate_make(t, type, args[1], args[0]) : V_NULL;
  }
  static const char *const names[] = {"iterable", "start"};
  for (size_t i = 0; i < nkeywords; i++) {
    if (!check_keyword(t, kwnames, (int64_t)i, names[nargs + i])) return V_NULL;
  }
  return enumerate_make(t, type, args[0], n > 1 ? args[1] : V_ABSENT);
}

// The index, owned; the next call gets the one after it.
static Value next_index(Thread *t, Enumerate *e) {
  Value i = v_load_rlx(&e->index);
  if (likely(v_is_smi(i) && v_smi(i) < SMI_MAX)) {
    v_store_rlx(&e->index, v_from_smi(v_smi(i) + 1));
    return i;
  }
  i = locked_field(t, &e->ob, &e->index);
  Value next = int_add(t, i, v_from_smi(1));
  if (v_is_null(next)) {
    v_drop(t, i);
    return next;
  }
  locked_field_set(t, &e->ob, &e->index, next);
  return i;
}

int enumerate_step(Thread *t, Value self, Value pair[2]) {
  Enumerate *e = enumerate_of(self);
  pair[1] = iterator_next_inline(t, e->iterator);
  if (unlikely(v_is_null(pair[1]))) return error_pending(t) ? -1 : 0;
  pair[0] = next_index(t, e);
  if (likely(!v_is_null(pair[0]))) return 1;
  v_drop(t, pair[1]);
  return -1;
}

static Value enumerate_next(Thread *t, Value self) {
  Value pair[2];
  return enumerate_step(t, self, pair) > 0 ? tuple_from_stolen(t, pair, 2) : V_NULL;
}

METHOD(enumerate_reduce) {
  UNUSED_ARGS;
  Enumerate *e = enumerate_of(self);
  Value index = locked_field(t, &e->ob, &e->index), result = V_NULL;
  Value call = tuple_pack(t, 2, e->iterator, index);
  if (!v_is_null(call)) result = tuple_pack(t, 2, v_from_obj(v_type(self)), call);
  v_drop(t, call);
  v_drop(t, index);
  return result;
}

static void enumerate_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Enumerate *)o)->iterator);
  v_drop(t, ((Enumerate *)o)->index);
  heap_free_object(t, o);
}

static void enumerate_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Enumerate *)o)->iterator, visit, arg); }

static const NativeDef enumerate_methods[] = {
    {"__reduce__($self, /)", enumerate_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    CLASS_GETITEM_DEF,
    {0},
};

static const TypeSpec spec_enumerate = {
    .name = "enumerate",
    .size = sizeof(Enumerate),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.iter = container_self, .iternext = enumerate_next, .new = enumerate_type_new, .dealloc = enumerate_dealloc,
              .traverse = enumerate_traverse},
    .methods = enumerate_methods,
    .doc = "An iterator over (number, item) pairs: the items of iterable, counted from start.",
    .text_signature = "(iterable, start=0)",
};

// --- reversed -------------------------------------------------------------------------------------------------------------------------------

static inline SequenceIterator *reversed_of(Value v) { return (SequenceIterator *)v_obj(v); }

static Value reversed_make(Thread *t, Type *type, Value sequence) {
  Value method;
  int r = object_lookup_special(t, sequence, N(__reversed__), &method);
  if (r < 0) return V_NULL;
  if (r > 0 && !v_is_none(method)) {
    Value v = object_call0(t, method);
    v_drop(t, method);
    return v;
  }
  const Type *of = v_type(sequence);
  if (r > 0 || of->flags & TYPE_DICT || !of->slots.seq_item) return raise_type_error(t, "'%.200T' object is not reversible", sequence);
  int64_t n = object_length(t, sequence);
  if (n < 0) return V_NULL;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return v;
  reversed_of(v)->sequence = v_own(t, sequence);
  a64_store_rlx(&reversed_of(v)->index, (uint64_t)(n - 1));
  return v;
}

Value reversed_new(Thread *t, Value v) { return reversed_make(t, &type_reversed, v); }

static Value reversed_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (type->slots.init == type_reversed.slots.init && native_no_keywords(t, "reversed", kwnames) < 0) return V_NULL;
  if (native_check_positional(t, "reversed", nargs, 1, 1) < 0) return V_NULL;
  return reversed_make(t, type, args[0]);
}

static Value reversed_next(Thread *t, Value self) {
  SequenceIterator *it = reversed_of(self);
  int64_t i = (int64_t)a64_load_rlx(&it->index);
  if (i < 0) {
    if (!v_is_null(iterated(&it->sequence))) sequence_iterator_finish(t, it);
    return V_NULL;
  }
  Value sequence = iterated_own(t, &it->sequence);  // __getitem__ may exhaust this iterator
  if (v_is_null(sequence)) return V_NULL;
  Value v = object_getitem(t, sequence, v_from_smi(i));
  if (!v_is_null(v)) {
    a64_store_rlx(&it->index, (uint64_t)(i - 1));
  } else if (error_matches(t, &exc_IndexError) || error_matches(t, &exc_StopIteration)) {
    error_clear(t);
    sequence_iterator_finish(t, it);
  }
  v_drop(t, sequence);
  return v;
}

METHOD(reversed_length_hint) {
  UNUSED_ARGS;
  SequenceIterator *it = reversed_of(self);
  int64_t position = (int64_t)a64_load_rlx(&it->index) + 1;
  Value sequence = position <= 0 ? V_NULL : iterated_own(t, &it->sequence);
  if (v_is_null(sequence)) return v_from_smi(0);
  int64_t n = object_length(t, sequence);
  v_drop(t, sequence);
  if (n < 0) return V_NULL;
  return v_from_smi(n < position ? 0 : position);
}

METHOD(reversed_reduce) {
  UNUSED_ARGS;
  SequenceIterator *it = reversed_of(self);
  int64_t i = (int64_t)a64_load_rlx(&it->index);
  Value type = v_from_obj(v_type(self)), result = V_NULL;
  Value sequence = iterated_own(t, &it->sequence);
  bool ended = v_is_null(sequence);
  Value call = tuple_pack(t, 1, ended ? tuple_empty : sequence);
  v_drop(t, sequence);
  if (v_is_null(call)) return call;
  result = ended ? tuple_pack(t, 2, type, call) : tuple_pack(t, 3, type, call, v_from_smi(i));
  v_drop(t, call);
  return result;
}

METHOD(reversed_setstate) {
  UNUSED_ARGS;
  SequenceIterator *it = reversed_of(self);
  if (!v_is_int(args[0])) return raise_type_error(t, "an integer is required");
  int64_t i = number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  Value sequence = iterated_own(t, &it->sequence);
  if (!v_is_null(sequence)) {
    int64_t n = object_length(t, sequence);
    v_drop(t, sequence);
    if (n < 0) return V_NULL;
    a64_store_rlx(&it->index, (uint64_t)(i < -1 ? -1 : i > n - 1 ? n - 1 : i));
  }
  return V_NONE;
}

static void reversed_dealloc(Thread *t, Object *o) {
  v_drop(t, ((SequenceIterator *)o)->sequence);
  heap_free_object(t, o);
}

static void reversed_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((SequenceIterator *)o)->sequence, visit, arg); }

static const NativeDef reversed_methods[] = {
    {"__length_hint__($self, /)", reversed_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", reversed_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {"__setstate__($self, state, /)", reversed_setstate, "Puts back the state that __reduce__ gave.", NATIVE_NO_SIGNATURE},
    {0},
};

static const TypeSpec spec_reversed = {
    .name = "reversed",
    .size = sizeof(SequenceIterator),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.iter = container_self, .iternext = reversed_next, .new = reversed_type_new, .dealloc = reversed_dealloc,
              .traverse = reversed_traverse},
    .methods = reversed_methods,
    .doc = "Return an iterator over the values of a sequence, the last first.",
    .text_signature = "(sequence, /)",
};

bool enumerate_init(Thread *t) {
  return type_ready(t, &type_enumerate, &spec_enumerate, SHAPE_ENUMERATE) && type_ready(t, &type_reversed, &spec_reversed, SHAPE_REVERSED);
}
