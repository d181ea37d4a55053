// Giving up what an iterator has iterated over: at once if nobody can be looking at it, else after a grace period.
#include "objects/iterated.h"

#include "threading/qsbr.h"

static void drop_word(Thread *t, void *word) { v_drop(t, VALUE((uintptr_t)word)); }

void iterated_release(Thread *t, Object *iterator, Value *field) {
  if (likely(object_is_private(t, iterator))) {
    Value old = v_load_rlx(field);
    v_store_rlx(field, V_NULL);
    v_drop(t, old);
    return;
  }
  Value old = v_exchange_slot(field, V_NULL);
  if (v_is_ptr(old) && !v_is_null(old)) qsbr_retire_late(t, (void *)(uintptr_t)old.w, 0, drop_word);
}
