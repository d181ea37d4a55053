// What BZ2Compressor and LZMACompressor have in common.
#include "modules/compressor.h"

#include "objects/buffer.h"
#include "objects/error.h"

Value compressor_compress(Thread *t, Value self, Value data, CompressFn run) {
  Compressor *c = (Compressor *)v_obj(self);
  BufferView view;
  if (buffer_get(t, data, &view, BUFFER_SIMPLE) < 0) return V_NULL;
  mutex_lock(t, &c->lock);
  Value v = c->flushed ? raise_value_error(t, "Compressor has been flushed") : run(t, c, view.data, (size_t)view.len, false);
  mutex_unlock(&c->lock);
  buffer_release(t, &view);
  return v;
}

Value compressor_flush(Thread *t, Value self, CompressFn run) {
  Compressor *c = (Compressor *)v_obj(self);
  mutex_lock(t, &c->lock);
  Value v = V_NULL;
  if (c->flushed) {
    raise_value_error(t, "Repeated call to flush()");
  } else {
    c->flushed = true;
    v = run(t, c, NULL, 0, true);
  }
  mutex_unlock(&c->lock);
  return v;
}
