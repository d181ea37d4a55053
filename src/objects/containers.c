// What the container types share among themselves, and their start-up.
#include "objects/containers.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/iterators.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/range.h"
#include "objects/set.h"
#include "objects/slice.h"
#include "objects/str.h"

Value container_self(Thread *t, Value self) { return v_own(t, self); }

Value container_builtin(Thread *t, const char *name) {
  Value v;
  int r = dict_get_cstr(t, v_dict(native_builtins_dict), name, &v);
  if (r == 0) raise_error(t, &exc_AttributeError, "%s", name);
  return v;
}

bool containers_init(Thread *t) {
  static bool (*const steps[])(Thread *) = {slice_init, list_iter_init, dict_iter_init, dict_views_init, set_init,
                                            range_init, iter_init,      enumerate_init, builtin_iters_init};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    if (!steps[i](t)) return false;
  }
  return true;
}
