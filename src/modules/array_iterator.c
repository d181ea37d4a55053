// Iterators over arrays.
#include "gc/heap.h"
#include "modules/array_internal.h"
#include "objects/containers.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/locked_field.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "threading/critical.h"

// Locking: index under the iterator's lock; array is dropped (V_NULL) at the end, under it.
typedef struct ArrayIterator {
  Object ob;
  Value array;
  int64_t index;
} ArrayIterator;

Type type_arrayiterator;

Value array_iter(Thread *t, Value self) {
  Value v = type_generic_alloc(t, &type_arrayiterator, 0);
  if (!v_is_null(v)) ((ArrayIterator *)v_obj(v))->array = v_own(t, self);
  return v;
}

static Value iterator_next(Thread *t, Value self) {
  ArrayIterator *it = (ArrayIterator *)v_obj(self);
  Value array, finished = V_NULL;
  int64_t i;
  CRITICAL_BEGIN(t, it);
  array = v_own(t, it->array);
  i = it->index++;
  CRITICAL_END(t);
  if (v_is_null(array)) return V_NULL;
  Value item = array_item_at(t, v_array(array), i);
  if (v_is_null(item)) {
    CRITICAL_BEGIN(t, it);
    finished = it->array;
    it->array = V_NULL;
    CRITICAL_END(t);
  }
  v_drop(t, finished);
  v_drop(t, array);
  return item;
}

static NATIVE(iterator_reduce) {
  ArrayIterator *it = (ArrayIterator *)v_obj(self);
  Value array, maker = object_builtin(t, N(iter));
  int64_t i;
  if (v_is_null(maker)) return V_NULL;
  CRITICAL_BEGIN(t, it);
  array = v_own(t, it->array);
  i = it->index;
  CRITICAL_END(t);
  if (v_is_null(array)) return tuple_from_stolen(t, (Value[]){maker, tuple_pack(t, 1, tuple_empty)}, 2);
  return tuple_from_stolen(t, (Value[]){maker, tuple_from_stolen(t, &array, 1), v_from_smi(i)}, 3);
}

static NATIVE(iterator_setstate) {
  ArrayIterator *it = (ArrayIterator *)v_obj(self);
  if (!v_is_int(args[0])) return raise_type_error(t, "an integer is required");
  int64_t i = number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  Value array = locked_field(t, &it->ob, &it->array);
  int64_t length = v_is_null(array) ? 0 : array_length_of(t, v_array(array));
  v_drop(t, array);
  CRITICAL_BEGIN(t, it);
  it->index = i < 0 ? 0 : i > length ? length : i;
  CRITICAL_END(t);
  return V_NONE;
}

static void iterator_dealloc(Thread *t, Object *o) {
  v_drop(t, ((ArrayIterator *)o)->array);
  heap_free_object(t, o);
}
static void iterator_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((ArrayIterator *)o)->array, visit, arg); }

static const NativeDef iterator_methods[] = {
    {"__reduce__($self, /)", iterator_reduce, "What pickle needs.", 0},
    {"__setstate__($self, state, /)", iterator_setstate, "Go on from an index.", 0},
    {0},
};
static const TypeSpec spec_arrayiterator = {
    .name = "array.arrayiterator",
    .size = sizeof(ArrayIterator),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.iter = container_self, .iternext = iterator_next, .dealloc = iterator_dealloc, .traverse = iterator_traverse},
    .methods = iterator_methods,
};

bool array_iterator_init(Thread *t) { return type_ready(t, &type_arrayiterator, &spec_arrayiterator, 0); }
