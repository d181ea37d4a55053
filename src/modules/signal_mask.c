// Sets of signals.
#include "modules/signal_mask.h"

#include "objects/error.h"
#include "objects/object.h"
#include "objects/set.h"

static int add_to_mask(Thread *t, Value item, sigset_t *mask) {
  int64_t n = number_as_i64(t, item);
  if (n == -1 && error_pending(t)) {
    if (!error_matches(t, &exc_OverflowError)) return -1;
    error_clear(t);
  }
  if (n < 1 || n >= SIGNAL_COUNT) {
    raise_value_error(t, "signal number %ld out of range [1; %i]", (long)n, SIGNAL_COUNT - 1);
    return -1;
  }
  // The C library keeps two signals to itself; range(1, NSIG) is common enough to be let through.
  if (sigaddset(mask, (int)n) < 0) return warn(t, &exc_RuntimeWarning, 1, "invalid signal number %ld, please use valid_signals()", (long)n);
  return 0;
}

int signal_mask_from(Thread *t, Value iterable, sigset_t *mask) {
  sigemptyset(mask);
  Value it = object_iter(t, iterable), item;
  if (v_is_null(it)) return -1;
  int r = 0;
  while (r == 0 && !v_is_null(item = object_iternext(t, it))) {
    r = add_to_mask(t, item, mask);
    v_drop(t, item);
  }
  v_drop(t, it);
  return r < 0 || error_pending(t) ? -1 : 0;
}

Value signal_mask_as_set(Thread *t, const sigset_t *mask) {
  Value set = set_new(t, V_NULL);
  for (int n = 1; !v_is_null(set) && n < SIGNAL_COUNT; n++) {
    if (sigismember(mask, n) != 1 || set_add(t, v_set_obj(set), v_from_smi(n)) == 0) continue;
    v_drop(t, set);
    return V_NULL;
  }
  return set;
}
