// The thread's pending exception, and the one failure that needs no message: no memory.
#include "objects/error_state.h"

Value (*error_no_memory_hook)(Thread *t);

// Pending while start-up fails before MemoryError is ready. It has no fields, so nothing but its type may be asked for.
static Object early_error = OBJECT_IMMORTAL_INIT(SHAPE_EARLY_ERROR);

Value error_fetch(Thread *t) {
  Object *exc = t->exc;
  t->exc = NULL;
  return exc ? v_steal_obj(exc) : V_NULL;
}

void error_restore(Thread *t, Value exc) {
  Object *old = t->exc;
  t->exc = v_is_null(exc) ? NULL : v_obj(exc);
  if (old) decref(t, old);
}

void error_clear(Thread *t) { error_restore(t, V_NULL); }

Value raise_no_memory(Thread *t) {
  error_restore(t, error_no_memory_hook ? error_no_memory_hook(t) : v_from_obj(&early_error));
  return V_NULL;
}
