// What the iterators of the container types share.
#include "objects/containers.h"

#include "objects/list.h"
#include "objects/object.h"
#include "objects/tuple.h"

Value container_self(Thread *t, Value self) { return v_own(t, self); }

Value container_iterator_reduced(Thread *t, Value maker_stolen, Value copy_stolen) {
  Value result = V_NULL;
  if (!v_is_null(copy_stolen)) {
    Value rest = v_is_none(copy_stolen) ? list_new(t, 0) : object_to_list(t, copy_stolen);
    Value call = v_is_null(rest) ? V_NULL : tuple_from_stolen(t, &rest, 1);
    if (!v_is_null(call)) result = tuple_pack(t, 2, maker_stolen, call);
    v_drop(t, call);
  }
  v_drop(t, maker_stolen);
  v_drop(t, copy_stolen);
  return result;
}
