// The iterators over list and tuple: forwards over both, backwards over list.
#include "objects/iterators.h"

#include "objects/containers.h"
#include "objects/error.h"
#include "objects/error_state.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"

Type type_list_iterator, type_list_reverseiterator, type_tuple_iterator;

static inline SequenceIterator *iter_of(Value v) { return (SequenceIterator *)v_obj(v); }
static inline int64_t iter_index(const SequenceIterator *it) { return (int64_t)a64_load_rlx(&it->index); }

Value sequence_iterator_new(Thread *t, uint32_t shape, Value sequence, int64_t index) {
  SequenceIterator *it = (SequenceIterator *)heap_new_object(t, shape, sizeof(SequenceIterator));
  if (!it) return raise_no_memory(t);
  a64_store_rlx(&it->index, (uint64_t)index);
  it->sequence = v_own(t, sequence);
  return v_from_obj(it);
}

void sequence_iterator_finish(Thread *t, SequenceIterator *it) {
  a64_store_rlx(&it->index, (uint64_t)-1);
  iterated_release(t, &it->ob, &it->sequence);
}

Value list_iterator_next_slow(Thread *t, SequenceIterator *it, int64_t i) {
  Value sequence = iterated_own(t, &it->sequence);
  if (v_is_null(sequence)) return V_NULL;
  Value v = list_get_inline(t, v_list(sequence), i);
  if (v_is_null(v)) sequence_iterator_finish(t, it);
  else a64_store_rlx(&it->index, (uint64_t)(i + 1));
  v_drop(t, sequence);
  return v;
}

Value list_iter(Thread *t, Value list) { return sequence_iterator_new(t, SHAPE_LIST_ITERATOR, list, 0); }
Value tuple_iter(Thread *t, Value tuple) { return sequence_iterator_new(t, SHAPE_TUPLE_ITERATOR, tuple, 0); }

static Value list_next(Thread *t, Value self) { return list_iterator_next(t, iter_of(self)); }
static Value tuple_next(Thread *t, Value self) { return tuple_iterator_next(t, iter_of(self)); }

static Value reverse_next(Thread *t, Value self) {
  SequenceIterator *it = iter_of(self);
  int64_t i = iter_index(it);
  if (i == -1) return V_NULL;
  Value sequence = iterated_own(t, &it->sequence);
  if (v_is_null(sequence)) return V_NULL;
  Value v = i >= 0 ? list_get_inline(t, v_list(sequence), i) : V_NULL;
  if (v_is_null(v)) sequence_iterator_finish(t, it);  // at the front, or the list has become shorter
  else a64_store_rlx(&it->index, (uint64_t)(i > 0 ? i - 1 : AT_FRONT));
  v_drop(t, sequence);
  return v;
}

// --- Methods ------------------------------------------------------------------------------------------------------------------------

// Of what iterated() gave: reading a length is no safepoint. 0 after the end.
static int64_t length_of(Value sequence) {
  if (v_is_null(sequence)) return 0;
  return v_is_list(sequence) ? list_length(v_list(sequence)) : v_tuple(sequence)->length;
}

static Value iter_length_hint(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)t, (void)args, (void)nargs, (void)kwnames;
  SequenceIterator *it = iter_of(self);
  int64_t i = iter_index(it);
  if (i < 0) return v_from_smi(0);
  int64_t n = length_of(iterated(&it->sequence)) - i;
  return v_from_smi(n < 0 ? 0 : n);
}

static Value reverse_length_hint(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)t, (void)args, (void)nargs, (void)kwnames;
  SequenceIterator *it = iter_of(self);
  int64_t n = iter_index(it) + 1;
  return v_from_smi(n <= 0 || length_of(iterated(&it->sequence)) < n ? 0 : n);
}

// (function, (sequence,), index), or (function, (empty,)) at the end.
static Value reduce_with(Thread *t, Value function, SequenceIterator *it, Value empty) {
  Value f = object_builtin(t, function), result = V_NULL;
  int64_t i = iter_index(it);  // after the look-up, which may run Python code
  if (!v_is_null(f)) {
    Value sequence = i != -1 ? iterated_own(t, &it->sequence) : V_NULL;
    bool ended = v_is_null(sequence);
    Value args = tuple_pack(t, 1, ended ? empty : sequence);
    if (!v_is_null(args)) result = ended ? tuple_pack(t, 2, f, args) : tuple_pack(t, 3, f, args, v_from_smi(i == AT_FRONT ? -1 : i));
    v_drop(t, args);
    v_drop(t, sequence);
  }
  v_drop(t, f);
  v_drop(t, empty);
  return result;
}

static Value list_iter_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value empty = list_new(t, 0);
  return v_is_null(empty) ? empty : reduce_with(t, N(iter), iter_of(self), empty);
}

static Value tuple_iter_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return reduce_with(t, N(iter), iter_of(self), tuple_empty);
}

static Value reverse_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value empty = list_new(t, 0);
  if (v_is_null(empty)) return empty;
  return reduce_with(t, iter_index(iter_of(self)) != -1 ? N(reversed) : N(iter), iter_of(self), empty);
}

static Value iter_setstate(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  SequenceIterator *it = iter_of(self);
  if (!v_is_int(args[0])) return raise_type_error(t, "an integer is required");
  int64_t i = number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  if (iter_index(it) >= 0) {
    Value sequence = iterated(&it->sequence);
    if (i < 0) i = 0;
    if (v_is_exact(self, SHAPE_TUPLE_ITERATOR) && i > length_of(sequence)) i = length_of(sequence);
    a64_store_rlx(&it->index, (uint64_t)i);
  }
  return V_NONE;
}

static Value reverse_setstate(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  SequenceIterator *it = iter_of(self);
  if (!v_is_int(args[0])) return raise_type_error(t, "an integer is required");
  int64_t i = number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  if (iter_index(it) != -1) {
    int64_t n = length_of(iterated(&it->sequence));
    if (i < -1) i = -1;
    if (i > n - 1) i = n - 1;
    a64_store_rlx(&it->index, (uint64_t)(i < 0 ? AT_FRONT : i));
  }
  return V_NONE;
}

static const NativeDef list_iter_methods[] = {
    {"__length_hint__($self, /)", iter_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", list_iter_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {"__setstate__($self, state, /)", iter_setstate, "Puts back the state that __reduce__ gave.", NATIVE_NO_SIGNATURE},
    {0},
};
static const NativeDef tuple_iter_methods[] = {
    {"__length_hint__($self, /)", iter_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", tuple_iter_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {"__setstate__($self, state, /)", iter_setstate, "Puts back the state that __reduce__ gave.", NATIVE_NO_SIGNATURE},
    {0},
};
static const NativeDef reverse_methods[] = {
    {"__length_hint__($self, /)", reverse_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", reverse_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {"__setstate__($self, state, /)", reverse_setstate, "Puts back the state that __reduce__ gave.", NATIVE_NO_SIGNATURE},
    {0},
};

// --- The types ----------------------------------------------------------------------------------------------------------------------

static void iter_dealloc(Thread *t, Object *o) {
  v_drop(t, ((SequenceIterator *)o)->sequence);
  heap_free_object(t, o);
}

static void iter_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((SequenceIterator *)o)->sequence, visit, arg); }

#define ITERATOR_SPEC(TYPE, NAME, NEXT, METHODS)                                    \
  static const TypeSpec spec_##TYPE = {                                             \
      .name = NAME,                                                                 \
      .size = sizeof(SequenceIterator),                                             \
      .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,                                \
      .slots = {.iter = container_self, .iternext = NEXT, .dealloc = iter_dealloc, .traverse = iter_traverse}, \
      .methods = METHODS,                                                           \
  };
ITERATOR_SPEC(list_iterator, "list_iterator", list_next, list_iter_methods)
ITERATOR_SPEC(list_reverseiterator, "list_reverseiterator", reverse_next, reverse_methods)
ITERATOR_SPEC(tuple_iterator, "tuple_iterator", tuple_next, tuple_iter_methods)

bool list_iter_init(Thread *t) {
  return type_ready(t, &type_list_iterator, &spec_list_iterator, SHAPE_LIST_ITERATOR) &&
         type_ready(t, &type_list_reverseiterator, &spec_list_reverseiterator, SHAPE_LIST_REVERSEITERATOR) &&
         type_ready(t, &type_tuple_iterator, &spec_tuple_iterator, SHAPE_TUPLE_ITERATOR);
}
