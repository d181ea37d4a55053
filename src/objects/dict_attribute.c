// The __dict__ attribute of builtin types.
#include "objects/dict_attribute.h"

#include "objects/instance.h"

Value dict_attribute_get(Thread *t, Value self, void *closure) {
  (void)closure;
  return instance_get_dict(t, v_obj(self));
}

int dict_attribute_set(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  return instance_set_dict(t, self, value);
}
