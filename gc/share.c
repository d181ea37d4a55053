// Marking a container as used by more than its owner: the slow half of object_share.
#include "gc/refcount.h"
#include "threading/critical.h"

#if OBJECT_BIASED
_Static_assert(offsetof(Object, mutex) - offsetof(Object, own) == CRITICAL_OWNER_OFFSET, "critical.h finds the owner by the lock");
#endif

// Under the lock: the owner looks at the flag under the same lock before it frees a replaced array at once.
void object_share_slow(Thread *t, Object *o) {
  CRITICAL_BEGIN(t, o);
  a8_fetch_or_rel(&o->flags, OBJ_SHARED);
  CRITICAL_END(t);
}
