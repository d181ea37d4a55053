// iter(): the iterator over any object with __getitem__, and the one that calls a function until it returns a sentinel.
#include "objects/containers.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/locked_field.h"
#include "objects/names.h"
#include "objects/object.h"
#include "threading/critical.h"

Type type_iterator, type_callable_iterator;

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)args, (void)nargs, (void)kwnames

// --- iterator -----------------------------------------------------------------------------------------------------------------------------

static inline SequenceIterator *iter_of(Value v) { return (SequenceIterator *)v_obj(v); }
static inline int64_t iter_index(const SequenceIterator *it) { return (int64_t)a64_load_rlx(&it->index); }

Value iterator_new(Thread *t, Value sequence) { return sequence_iterator_new(t, SHAPE_ITERATOR, sequence, 0); }

static Value iterator_next(Thread *t, Value self) {
  SequenceIterator *it = iter_of(self);
  int64_t i = iter_index(it);
  if (i < 0) return V_NULL;
  if (i == SMI_MAX) return raise_overflow(t, "iter index too large");
  Value sequence = iterated_own(t, &it->sequence);  // __getitem__ may exhaust this iterator
  if (v_is_null(sequence)) return V_NULL;
  const Type *type = v_type(sequence);
  // A builtin's items need not be what its subscripts are: mmap's are bytes and ints.
  Value v = type->spec && type->slots.seq_item ? type->slots.seq_item(t, sequence, i) : object_getitem(t, sequence, v_from_smi(i));
  if (!v_is_null(v)) {
    a64_store_rlx(&it->index, (uint64_t)(i + 1));
  } else if (error_matches(t, &exc_IndexError) || error_matches(t, &exc_StopIteration)) {
    error_clear(t);
    sequence_iterator_finish(t, it);
  }
  v_drop(t, sequence);
  return v;
}

METHOD(iterator_length_hint) {
  UNUSED_ARGS;
  SequenceIterator *it = iter_of(self);
  int64_t i = iter_index(it);
  Value sequence = i < 0 ? V_NULL : iterated_own(t, &it->sequence);
  if (v_is_null(sequence)) return v_from_smi(0);
  bool countable = v_type(sequence)->slots.length;
  int64_t n = countable ? object_length(t, sequence) : 0;
  v_drop(t, sequence);
  if (!countable) return V_NOT_IMPLEMENTED;
  if (n < 0) return V_NULL;
  return v_from_smi(n > i ? n - i : 0);
}

// (iter, (sequence,), index), or (iter, ((),)) at the end.
METHOD(iterator_reduce) {
  UNUSED_ARGS;
  Value f = object_builtin(t, N(iter)), result = V_NULL;
  if (v_is_null(f)) return f;
  SequenceIterator *it = iter_of(self);
  int64_t i = iter_index(it);
  Value sequence = i < 0 ? V_NULL : iterated_own(t, &it->sequence);
  bool ended = v_is_null(sequence);
  Value call = tuple_pack(t, 1, ended ? tuple_empty : sequence);
  if (!v_is_null(call)) result = ended ? tuple_pack(t, 2, f, call) : tuple_pack(t, 3, f, call, v_from_smi(i));
  v_drop(t, call);
  v_drop(t, sequence);
  v_drop(t, f);
  return result;
}

METHOD(iterator_setstate) {
  UNUSED_ARGS;
  if (!v_is_int(args[0])) return raise_type_error(t, "an integer is required");
  int64_t i = number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  SequenceIterator *it = iter_of(self);
  if (iter_index(it) >= 0) a64_store_rlx(&it->index, (uint64_t)(i < 0 ? 0 : i));
  return V_NONE;
}

static const NativeDef iterator_methods[] = {
    {"__length_hint__($self, /)", iterator_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", iterator_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {"__setstate__($self, state, /)", iterator_setstate, "Puts back the state that __reduce__ gave.", NATIVE_NO_SIGNATURE},
    {0},
};

static void iterator_dealloc(Thread *t, Object *o) {
  v_drop(t, ((SequenceIterator *)o)->sequence);
  heap_free_object(t, o);
}

static void iterator_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((SequenceIterator *)o)->sequence, visit, arg); }

static const TypeSpec spec_iterator = {
    .name = "iterator",
    .size = sizeof(SequenceIterator),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.iter = container_self, .iternext = iterator_next, .dealloc = iterator_dealloc, .traverse = iterator_traverse},
    .methods = iterator_methods,
};

// --- callable_iterator ----------------------------------------------------------------------------------------------------------------------

typedef struct CallableIterator {
  Object ob;
  Value callable, sentinel;  // owned, under the lock; both V_NULL at the end
} CallableIterator;

Value callable_iterator_new(Thread *t, Value callable, Value sentinel) {
  CallableIterator *it = (CallableIterator *)heap_new_object(t, SHAPE_CALLABLE_ITERATOR, sizeof(CallableIterator));
  if (!it) return raise_no_memory(t);
  it->callable = v_own(t, callable);
  it->sentinel = v_own(t, sentinel);
  return v_from_obj(it);
}

static void callable_state(Thread *t, CallableIterator *it, Value *callable, Value *sentinel) {
  CRITICAL_BEGIN(t, it);
  *callable = v_own(t, it->callable);
  *sentinel = v_own(t, it->sentinel);
  CRITICAL_END(t);
}

static void callable_finish(Thread *t, CallableIterator *it) {
  locked_field_set(t, &it->ob, &it->callable, V_NULL);
  locked_field_set(t, &it->ob, &it->sentinel, V_NULL);
}

static Value callable_next(Thread *t, Value self) {
  CallableIterator *it = (CallableIterator *)v_obj(self);
  Value callable, sentinel;
  callable_state(t, it, &callable, &sentinel);
  Value v = v_is_null(callable) ? V_NULL : object_call0(t, callable);
  if (!v_is_null(v)) {
    int r = v_is_null(sentinel) ? -1 : object_equal(t, sentinel, v);
    if (r) {
      v_drop(t, v);
      v = V_NULL;
      if (r > 0) callable_finish(t, it);
    }
  } else if (error_pending(t) && error_matches(t, &exc_StopIteration)) {
    error_clear(t);
    callable_finish(t, it);
  }
  v_drop(t, callable);
  v_drop(t, sentinel);
  return v;
}

METHOD(callable_reduce) {
  UNUSED_ARGS;
  Value f = object_builtin(t, N(iter)), call = V_NULL, result = V_NULL;
  if (v_is_null(f)) return f;
  Value callable, sentinel;
  callable_state(t, (CallableIterator *)v_obj(self), &callable, &sentinel);
  call = v_is_null(callable) || v_is_null(sentinel) ? tuple_pack(t, 1, tuple_empty) : tuple_pack(t, 2, callable, sentinel);
  if (!v_is_null(call)) result = tuple_pack(t, 2, f, call);
  v_drop(t, call);
  v_drop(t, callable);
  v_drop(t, sentinel);
  v_drop(t, f);
  return result;
}

static const NativeDef callable_methods[] = {
    {"__reduce__($self, /)", callable_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};

static void callable_dealloc(Thread *t, Object *o) {
  CallableIterator *it = (CallableIterator *)o;
  v_drop(t, it->callable);
  v_drop(t, it->sentinel);
  heap_free_object(t, o);
}

static void callable_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((CallableIterator *)o)->callable, visit, arg);
  gc_visit_value(((CallableIterator *)o)->sentinel, visit, arg);
}

static const TypeSpec spec_callable_iterator = {
    .name = "callable_iterator",
    .size = sizeof(CallableIterator),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.iter = container_self, .iternext = callable_next, .dealloc = callable_dealloc, .traverse = callable_traverse},
    .methods = callable_methods,
};

bool iter_init(Thread *t) {
  return type_ready(t, &type_iterator, &spec_iterator, SHAPE_ITERATOR) &&
         type_ready(t, &type_callable_iterator, &spec_callable_iterator, SHAPE_CALLABLE_ITERATOR);
}
