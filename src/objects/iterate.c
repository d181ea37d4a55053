// The walk over an iterable.
#include "objects/iterate.h"

#include "objects/error_state.h"
#include "objects/object.h"

int iterate(Thread *t, Value iterable, ItemFn fn, void *arg) {
  Value it = object_iter(t, iterable);
  if (v_is_null(it)) return -1;
  int r = 0;
  while (r == 0) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) {
      if (error_pending(t)) r = -1;
      break;
    }
    r = fn(t, item, arg);
    v_drop(t, item);
  }
  v_drop(t, it);
  return r;
}
