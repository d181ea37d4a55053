// The buffer protocol from C: asking an object for its bytes, giving them back, and filling simple views.

#include "objects/buffer.h"
#include "objects/error.h"

bool buffer_is_supported(Value v) { return v_type(v)->slots.getbuffer != NULL; }

int buffer_get(Thread *t, Value v, BufferView *view, int flags) {
  const Type *type = v_type(v);
  view->obj = V_NULL;
  if (type->slots.getbuffer) return type->slots.getbuffer(t, v, view, flags);
  raise_type_error(t, "a bytes-like object is required, not '%T'", v);
  return -1;
}

bool buffer_try(Thread *t, Value v, BufferView *view) {
  view->obj = V_NULL;
  if (!buffer_is_supported(v)) return false;
  if (buffer_get(t, v, view, BUFFER_SIMPLE) == 0) return true;
  if (!error_matches(t, &exc_MemoryError)) error_clear(t);
  return false;
}

void buffer_release(Thread *t, BufferView *view) {
  Value obj = view->obj;
  if (v_is_null(obj)) return;
  view->obj = V_NULL;
  const Type *type = v_type(obj);
  if (type->slots.releasebuffer) type->slots.releasebuffer(t, obj, view);
  v_drop(t, obj);
}

int buffer_fill(Thread *t, BufferView *view, Value obj, void *data, int64_t len, bool readonly, int flags) {
  if (flags & BUFFER_WRITABLE && readonly) {
    view->obj = V_NULL;
    raise_error(t, &exc_BufferError, "Object is not writable.");
    return -1;
  }
  *view = (BufferView){
    .data = data, .len = len, .itemsize = 1, .readonly = readonly, .ndim = 1, .format = flags & BUFFER_FORMAT ? "B" : NULL,
    .obj = v_own(t, obj), .inline_dims = {len, 1},
  };
  if (flags & BUFFER_ND) view->shape = &view->inline_dims[0];
  if ((flags & BUFFER_STRIDES) == BUFFER_STRIDES) view->strides = &view->inline_dims[1];
  return 0;
}
