// Decompressing in pieces, for bzip2 and lzma.
#include "modules/decompressor.h"

#include "gc/heap.h"
#include "modules/module_help.h"
#include "modules/stream_output.h"
#include "objects/buffer.h"
#include "objects/error.h"
#include "objects/object.h"

static Decompressor *v_decompressor(Value v) { return (Decompressor *)v_obj(v); }

void decompressor_reset_locked(Thread *t, Decompressor *d) {
  d->needs_input = true;
  d->unusable = false;
  d->waiting = 0;
  v_set(t, &d->unused_data, bytes_empty);
}

void decompressor_release(Thread *t, Decompressor *d) {
  if (d->input) heap_free(t, d->input);
  v_drop(t, d->unused_data);
}

// Puts n more bytes behind those that wait. 0, -1.
static int keep(Thread *t, Decompressor *d, const uint8_t *p, size_t n) {
  if (d->waiting + n > d->capacity) {
    size_t capacity = d->waiting + n;
    uint8_t *input = heap_realloc(t, d->input, capacity);
    if (!input) {
      raise_no_memory(t);
      return -1;
    }
    d->input = input;
    d->capacity = capacity;
  }
  if (n) memcpy(d->input + d->waiting, p, n);
  d->waiting += n;
  return 0;
}

// Reads from step->in until the input is used up, the limit reached or the stream at its end. 0, -1.
static int run_steps(Thread *t, Decompressor *d, DecompressStep *step, StreamOutput *out, int64_t limit, DecompressFn run, int flags) {
  step->out = stream_output_room(out, &step->out_left);
  if (!step->out && error_pending(t)) return -1;
  for (;;) {
    unsigned room = step->out_left;
    int ended = run(t, d, step);
    out->bytes.length += room - step->out_left;
    if (ended < 0) return -1;
    if (ended) d->eof = true;
    if (ended || (step->in_left == 0 && (!(flags & DECOMPRESS_DRAINS) || step->out_left > 0))) return 0;
    if (step->out_left > 0) continue;
    if (out->bytes.length == limit) return 0;
    step->out = stream_output_room(out, &step->out_left);
    if (!step->out) return -1;
  }
}

// What is left of the input after a call.
static int save_rest(Thread *t, Decompressor *d, const DecompressStep *step, bool from_waiting) {
  if (d->eof) {
    d->needs_input = false;
    d->waiting = 0;
    if (step->in_left == 0) return 0;
    Value rest = bytes_from(t, step->in, step->in_left);
    if (v_is_null(rest)) return -1;
    v_set(t, &d->unused_data, rest);
    return 0;
  }
  if (step->in_left == 0) {
    d->waiting = 0;
    d->needs_input = step->out_left > 0;
    return 0;
  }
  d->needs_input = false;
  if (from_waiting) {
    memmove(d->input, step->in, step->in_left);
    d->waiting = step->in_left;
    return 0;
  }
  d->waiting = 0;
  return keep(t, d, step->in, step->in_left);
}

static Value decompress_locked(Thread *t, Decompressor *d, const BufferView *data, int64_t limit, DecompressFn run, int flags) {
  if (d->eof) return raise_error(t, &exc_EOFError, "%s", flags & DECOMPRESS_DRAINS ? "Already at end of stream" : "End of stream already reached");
  if (d->unusable) return raise_value_error(t, "Decompressor is unusable after a previous error");
  bool from_waiting = d->waiting > 0;
  if (from_waiting && keep(t, d, data->data, (size_t)data->len) < 0) return V_NULL;
  DecompressStep step = {.in = from_waiting ? d->input : data->data, .in_left = from_waiting ? d->waiting : (size_t)data->len};
  StreamOutput out;
  stream_output_init(&out, t, 0, limit);
  if (run_steps(t, d, &step, &out, limit, run, flags) < 0) {
    d->waiting = 0;
    if (flags & DECOMPRESS_FAILS_FOR_GOOD) {
      d->needs_input = false;
      d->unusable = true;
    }
  } else {
    save_rest(t, d, &step, from_waiting);
  }
  return stream_output_finish(&out);
}

Value decompressor_decompress(Thread *t, Value self, const Value *args, DecompressFn run, int flags) {
  Decompressor *d = v_decompressor(self);
  BufferView data;
  int64_t limit = -1;
  if (buffer_get(t, args[0], &data, BUFFER_SIMPLE) < 0) return V_NULL;
  Value v = V_NULL;
  if (v_is_absent(args[1]) || module_index(t, args[1], &exc_OverflowError, &limit) == 0) {
    mutex_lock(t, &d->lock);
    v = decompress_locked(t, d, &data, limit, run, flags);
    mutex_unlock(&d->lock);
  }
  buffer_release(t, &data);
  return v;
}

static Value get_unused_data(Thread *t, Value self, UNUSED_OK void *closure) {
  Decompressor *d = v_decompressor(self);
  mutex_lock(t, &d->lock);
  Value v = v_own(t, d->unused_data);
  mutex_unlock(&d->lock);
  return v;
}
static Value get_flag(Thread *t, Value self, const bool *flag) {
  mutex_lock(t, &v_decompressor(self)->lock);
  bool set = *flag;
  mutex_unlock(&v_decompressor(self)->lock);
  return v_from_bool(set);
}
static Value get_eof(Thread *t, Value self, UNUSED_OK void *closure) { return get_flag(t, self, &v_decompressor(self)->eof); }
static Value get_needs_input(Thread *t, Value self, UNUSED_OK void *closure) { return get_flag(t, self, &v_decompressor(self)->needs_input); }

const GetSetDef decompressor_computed[] = {
    {"eof", get_eof, NULL, "Whether the end of the compressed data has been read.", NULL},
    {"unused_data", get_unused_data, NULL, "What follows the compressed data, as bytes.", NULL},
    {"needs_input", get_needs_input, NULL, "Whether nothing more comes out before more is put in.", NULL},
    {0},
};
