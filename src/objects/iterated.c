// Giving up what an iterator has iterated over: at once if nobody can be looking at it, else after a grace period.
#include "objects/iterated.h"

#include "gc/counts.h"
#include "threading/qsbr.h"

bool (*iterated_in_frame_hook)(const Thread *t, const Object *iterator);

static void drop_word(Thread *t, void *word) { v_drop(t, VALUE((uintptr_t)word)); }

// A comprehension has its iterator twice, as its argument and on the value stack.
static bool is_nobody_elses(Thread *t, Object *iterator) {
  return object_is_private(t, iterator) || (object_has_own_references(t, iterator, 2) && iterated_in_frame_hook && iterated_in_frame_hook(t, iterator));
}

void iterated_release(Thread *t, Object *iterator, Value *field) {
  if (likely(is_nobody_elses(t, iterator))) {
    Value old = v_load_rlx(field);
    v_store_rlx(field, V_NULL);
    v_drop(t, old);
    return;
  }
  Value old = v_exchange_slot(field, V_NULL);
  if (v_is_ptr(old) && !v_is_null(old)) qsbr_retire_late(t, (void *)(uintptr_t)old.w, 0, drop_word);
}
