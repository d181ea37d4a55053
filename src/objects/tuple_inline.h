// Small tuples made and taken apart in line: what `return a, b` and `x, y = f()` come to.
#ifndef WEFT_OBJECTS_TUPLE_INLINE_H
#define WEFT_OBJECTS_TUPLE_INLINE_H

#include "gc/heap_inline.h"
#include "objects/tuple.h"

// A tuple whose items the caller fills at once, before anything else happens: they hold anything. NULL: tuple_new must make it.
static inline Tuple *tuple_new_unfilled(Thread *t, int64_t length) {
  size_t size = sizeof(Tuple) + (size_t)length * sizeof(Value);
  if (unlikely(length <= 0 || size > SMALL_MAX)) return NULL;
  Object *o = heap_take_object(t->heap, PAGE_GC, (uint32_t)(size + 15) >> 4);
  if (unlikely(!o)) return NULL;
  object_header_init(t, o, SHAPE_TUPLE, GC_TRACKED);
  Tuple *u = (Tuple *)o;
  u->length = length;
  return u;
}

// Frees a tuple, exactly of that type, of which the caller has the one reference, and whose items it has taken.
static inline void tuple_free_emptied(Thread *t, Tuple *u) {
  assert(object_is_unique(t, &u->ob));
  heap_free_object_fast(t, &u->ob);
}

#endif
