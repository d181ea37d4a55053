// The items of an exact tuple or list of known length, all at once: for taking it apart in line.
#ifndef WEFT_OBJECTS_ITEMS_INLINE_H
#define WEFT_OBJECTS_ITEMS_INLINE_H

#include "objects/list.h"
#include "objects/tuple.h"

// The n items of v (borrowed) into out, as v_keep returns them, without a safepoint. False: v is no such thing or has not n items, or another
// thread changes it just now; then nothing is in out.
static inline __attribute__((always_inline)) bool items_keep(Thread *t, Value v, unsigned n, Value *out) {
  if (v_is_exact(v, SHAPE_TUPLE)) {
    if (unlikely(v_tuple(v)->length != n)) return false;
    for (unsigned i = 0; i < n; i++) out[i] = v_keep(t, v_tuple(v)->items[i]);
    return true;
  }
  if (!v_is_exact(v, SHAPE_LIST)) return false;
  List *l = v_list(v);
  object_share(t, &l->ob);
  if (unlikely(a64_load_acq(&l->length) != n)) return false;   // pairs with the release store in list_append_inline
  unsigned taken = 0;
  while (taken < n && likely(!v_is_null(out[taken] = list_try_keep(t, l, taken)))) taken++;
  if (likely(taken == n)) return true;
  while (taken) v_drop(t, out[--taken]);
  return false;
}

#endif
