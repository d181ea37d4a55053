// The iterators of str, bytes and bytearray: an index into a sequence, laid out as the other sequence iterators.
//
// As those (iterators.h), an exhausted one has index -1 and gives its sequence up.

#include "objects/text_iter.h"

#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/error_state.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/tuple.h"

static Type type_str_ascii_iterator;

static Value iterator_make(Thread *t, const Type *type, Value sequence) {
  SequenceIterator *it = (SequenceIterator *)heap_new_object(t, type->shape, sizeof *it);
  if (!it) return raise_no_memory(t);
  it->sequence = v_own(t, sequence);
  return v_from_obj(it);
}

Value str_iter(Thread *t, Value self) { return iterator_make(t, v_is_exact(self, SHAPE_STR) && str_is_ascii(v_str(self)) ? &type_str_ascii_iterator : &type_str_iterator, self); }
Value bytes_iter(Thread *t, Value self) { return iterator_make(t, &type_bytes_iterator, self); }
Value bytearray_iter(Thread *t, Value self) { return iterator_make(t, &type_bytearray_iterator, self); }

static void iterator_dealloc(Thread *t, Object *o) {
  v_drop(t, ((SequenceIterator *)o)->sequence);   // null once exhausted
  heap_free_object(t, o);
}

static void iterator_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((SequenceIterator *)o)->sequence, visit, arg); }

// Of what iterated() gave: reading a length is no safepoint. 0 after the end.
static int64_t sequence_length(Value sequence) {
  if (v_is_null(sequence)) return 0;
  if (v_is_str(sequence)) return v_str(sequence)->length;
  if (v_is_bytes(sequence)) return v_bytes(sequence)->length;
  return bytearray_length((ByteArray *)v_obj(sequence));
}

// --- Stepping ---------------------------------------------------------------------------------------------------------------------

static inline int64_t index_of(const SequenceIterator *it) { return (int64_t)a64_load_rlx(&it->index); }

static Value str_iterator_next(Thread *t, Value self) {
  SequenceIterator *it = (SequenceIterator *)v_obj(self);
  int64_t i = index_of(it);
  if (i < 0) return V_NULL;
  Value sequence = iterated(&it->sequence);
  if (unlikely(v_is_null(sequence))) return V_NULL;
  const Str *s = v_str(sequence);
  if (unlikely(i >= s->length)) {
    sequence_iterator_finish(t, it);
    return V_NULL;
  }
  a64_store_rlx(&it->index, (uint64_t)(i + 1));
  return str_from_char(t, str_char(s, i));
}

static Value bytes_iterator_next(Thread *t, Value self) {
  SequenceIterator *it = (SequenceIterator *)v_obj(self);
  int64_t i = index_of(it);
  if (i < 0) return V_NULL;
  Value sequence = iterated(&it->sequence);
  if (unlikely(v_is_null(sequence))) return V_NULL;
  const Bytes *b = v_bytes(sequence);
  if (unlikely(i >= b->length)) {
    sequence_iterator_finish(t, it);
    return V_NULL;
  }
  a64_store_rlx(&it->index, (uint64_t)(i + 1));
  return v_from_smi((uint8_t)b->data[i]);
}

// Reading may have to wait for the lock, while others that use the iterator end it.
static __attribute__((noinline)) Value bytearray_iterator_next_slow(Thread *t, SequenceIterator *it, int64_t i) {
  Value sequence = iterated_own(t, &it->sequence);
  if (v_is_null(sequence)) return V_NULL;
  int c = bytearray_get_locked(t, (ByteArray *)v_obj(sequence), i);
  if (c < 0) sequence_iterator_finish(t, it);
  else a64_store_rlx(&it->index, (uint64_t)(i + 1));
  v_drop(t, sequence);
  return c >= 0 ? v_from_smi(c) : V_NULL;
}

static Value bytearray_iterator_next(Thread *t, Value self) {
  SequenceIterator *it = (SequenceIterator *)v_obj(self);
  int64_t i = index_of(it);
  Value sequence = i < 0 ? V_NULL : iterated(&it->sequence);
  if (unlikely(v_is_null(sequence))) return V_NULL;
  int c = bytearray_try_get(t, (ByteArray *)v_obj(sequence), i);
  if (unlikely(c < 0)) return bytearray_iterator_next_slow(t, it, i);
  a64_store_rlx(&it->index, (uint64_t)(i + 1));
  return v_from_smi(c);
}

static Value iterator_self(Thread *t, Value self) { return v_own(t, self); }

// --- Methods ----------------------------------------------------------------------------------------------------------------------

static NATIVE(iterator_length_hint) {
  const SequenceIterator *it = (SequenceIterator *)v_obj(self);
  int64_t i = index_of(it);
  if (i < 0) return v_from_smi(0);
  int64_t left = sequence_length(iterated(&it->sequence)) - i;
  return v_from_smi(left > 0 ? left : 0);
}

static NATIVE(iterator_reduce) {
  const SequenceIterator *it = (SequenceIterator *)v_obj(self);
  Value iter = object_builtin(t, N(iter));
  if (v_is_null(iter)) return iter;
  int64_t i = index_of(it);   // after the look-up, which may run Python code
  bool of_str = v_is_exact(self, SHAPE_STR_ITERATOR) || v_type(self) == &type_str_ascii_iterator;
  Value sequence = i >= 0 ? iterated_own(t, &it->sequence) : V_NULL;
  bool ended = v_is_null(sequence);
  Value arguments = tuple_pack(t, 1, !ended ? sequence : of_str ? str_empty : tuple_empty);
  v_drop(t, sequence);
  if (v_is_null(arguments)) {
    v_drop(t, iter);
    return arguments;
  }
  return tuple_from_stolen(t, (Value[]){iter, arguments, v_from_smi(i)}, ended ? 2 : 3);
}

static NATIVE(iterator_setstate) {
  SequenceIterator *it = (SequenceIterator *)v_obj(self);
  if (!v_is_int(args[0])) return raise_type_error(t, "an integer is required");
  int64_t i = number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  if (index_of(it) >= 0) {
    int64_t length = sequence_length(iterated(&it->sequence));
    bool growing = v_is_exact(self, SHAPE_BYTEARRAY_ITERATOR);  // it may be longer by then
    a64_store_rlx(&it->index, (uint64_t)(i < 0 ? 0 : i > length && !growing ? length : i));
  }
  return V_NONE;
}

static const NativeDef iterator_methods[] = {
  {"__length_hint__($self, /)", iterator_length_hint, "How many items are left.", NATIVE_NO_SIGNATURE},
  {"__reduce__($self, /)", iterator_reduce, "What pickle needs.", NATIVE_NO_SIGNATURE},
  {"__setstate__($self, state, /)", iterator_setstate, "Sets the position.", NATIVE_NO_SIGNATURE},
  {0},
};

#define ITERATOR_SPEC(NAME, NEXT)                                                                                             \
  {.name = NAME, .size = sizeof(SequenceIterator), .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE, .methods = iterator_methods, \
   .slots = {.iter = iterator_self, .iternext = NEXT, .dealloc = iterator_dealloc, .traverse = iterator_traverse}}

static const TypeSpec spec_str_ascii_iterator = ITERATOR_SPEC("str_ascii_iterator", str_iterator_next);
static const TypeSpec spec_str_iterator = ITERATOR_SPEC("str_iterator", str_iterator_next);
static const TypeSpec spec_bytes_iterator = ITERATOR_SPEC("bytes_iterator", bytes_iterator_next);
static const TypeSpec spec_bytearray_iterator = ITERATOR_SPEC("bytearray_iterator", bytearray_iterator_next);

Type type_str_iterator, type_bytes_iterator, type_bytearray_iterator;

bool text_iter_init(Thread *t) {
  return type_ready(t, &type_str_iterator, &spec_str_iterator, SHAPE_STR_ITERATOR) &&
         type_ready(t, &type_str_ascii_iterator, &spec_str_ascii_iterator, 0) &&
         type_ready(t, &type_bytes_iterator, &spec_bytes_iterator, SHAPE_BYTES_ITERATOR) &&
         type_ready(t, &type_bytearray_iterator, &spec_bytearray_iterator, SHAPE_BYTEARRAY_ITERATOR);
}
