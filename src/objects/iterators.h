// The iterators of list, tuple and dict, laid open so that the VM's FOR_ITER can step them in place; and the other plain iterators.
//
// An exhausted iterator has index -1 and gives its sequence up (iterated.h).
#ifndef WEFT_OBJECTS_ITERATORS_H
#define WEFT_OBJECTS_ITERATORS_H

#include "objects/iterated.h"
#include "objects/list.h"
#include "objects/tuple.h"

typedef struct SequenceIterator {   // list_iterator, list_reverseiterator, tuple_iterator, iterator, reversed
  Object ob;
  a64 index;                        // int64_t, relaxed; -1: exhausted
  Value sequence;                   // owned, see iterated.h
} SequenceIterator;

// Index of a reverse iterator that is before the first item but has not been asked again.
enum { AT_FRONT = -2 };

// Marks the iterator exhausted and gives its sequence up. May run Python code.
void sequence_iterator_finish(Thread *t, SequenceIterator *it);
// The item at i of a list iterator where the list's lock may be needed, owned; or the end.
Value list_iterator_next_slow(Thread *t, SequenceIterator *it, int64_t i);

// The next item as v_load_keep returns it; V_NULL without an exception: the end.
static inline __attribute__((always_inline)) Value list_iterator_next_keep(Thread *t, SequenceIterator *it) {
  int64_t i = (int64_t)a64_load_rlx(&it->index);
  if (unlikely(i < 0)) return V_NULL;
  Value sequence = iterated(&it->sequence);
  if (unlikely(v_is_null(sequence))) return V_NULL;
  List *l = v_list(sequence);
  if (likely(object_is_shared_for(t, &l->ob))) {
    if (unlikely((uint64_t)i >= a64_load_acq(&l->length))) {
      sequence_iterator_finish(t, it);
      return V_NULL;
    }
    Value v = list_try_keep(t, l, i);
    if (likely(!v_is_null(v))) {
      a64_store_rlx(&it->index, (uint64_t)(i + 1));
      return v;
    }
  }
  return list_iterator_next_slow(t, it, i);
}

static inline Value list_iterator_next(Thread *t, SequenceIterator *it) { return v_kept_own(t, list_iterator_next_keep(t, it)); }

static inline Value tuple_iterator_next_keep(Thread *t, SequenceIterator *it) {
  int64_t i = (int64_t)a64_load_rlx(&it->index);
  if (unlikely(i < 0)) return V_NULL;
  Value sequence = iterated(&it->sequence);
  if (unlikely(v_is_null(sequence))) return V_NULL;
  Tuple *u = v_tuple(sequence);
  if (unlikely(i >= u->length)) {
    sequence_iterator_finish(t, it);
    return V_NULL;
  }
  a64_store_rlx(&it->index, (uint64_t)(i + 1));
  return v_keep(t, u->items[i]);
}

static inline Value tuple_iterator_next(Thread *t, SequenceIterator *it) { return v_kept_own(t, tuple_iterator_next_keep(t, it)); }

// What iterator gives next, as object_iternext but for a StopIteration, which stays set: the common ones in place.
static inline Value iterator_next_inline(Thread *t, Value iterator) {
  switch (object_shape(v_obj(iterator))) {
    case SHAPE_LIST_ITERATOR: return list_iterator_next(t, (SequenceIterator *)v_obj(iterator));
    case SHAPE_TUPLE_ITERATOR: return tuple_iterator_next(t, (SequenceIterator *)v_obj(iterator));
    default: return v_type(iterator)->slots.iternext(t, iterator);
  }
}

// The next pair of an exact enumerate, or of an exact zip of two, without the tuple: 1 (both owned), 0 exhausted, -1. zip_is_pair: whether
// zip_step may be used.
int enumerate_step(Thread *t, Value enumerate, Value pair[2]);
bool zip_is_pair(Value zip);
int zip_step(Thread *t, Value zip, Value pair[2]);

Value sequence_iterator_new(Thread *t, uint32_t shape, Value sequence, int64_t index);  // borrowed sequence
Value list_iter(Thread *t, Value list);             // slots.iter of list
Value tuple_iter(Thread *t, Value tuple);
Value iterator_new(Thread *t, Value sequence);      // iter() of an object with __getitem__ only
Value callable_iterator_new(Thread *t, Value callable, Value sentinel);
Value reversed_new(Thread *t, Value v);             // reversed(v)
Value enumerate_new(Thread *t, Value iterable);

bool list_iter_init(Thread *t);      // list_iterator, list_reverseiterator, tuple_iterator
bool iter_init(Thread *t);           // iterator, callable_iterator
bool enumerate_init(Thread *t);      // enumerate, reversed
bool builtin_iters_init(Thread *t);  // zip, map, filter

#endif
