// Growing output for the compression modules.
#include "modules/stream_output.h"

#include "objects/error.h"

static const int32_t steps[] = {32 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 8 << 20, 16 << 20, 16 << 20, 32 << 20,
                                32 << 20, 32 << 20, 32 << 20, 64 << 20, 64 << 20, 128 << 20, 128 << 20, 256 << 20};
enum { STEPS = sizeof steps / sizeof *steps };

void stream_output_init(StreamOutput *o, Thread *t, int64_t first, int64_t limit) {
  bytesb_init(&o->bytes, t);
  o->first = first;
  o->limit = limit < 0 ? INT64_MAX : limit;
  o->steps = 0;
}

uint8_t *stream_output_room(StreamOutput *o, unsigned *n) {
  int64_t size = steps[o->steps < STEPS ? o->steps : STEPS - 1];
  if (o->steps++ == 0 && o->first) size = o->first;
  if (size > steps[STEPS - 1]) size = steps[STEPS - 1];
  if (size > o->limit - o->bytes.length) size = o->limit - o->bytes.length;
  uint8_t *room = size ? (uint8_t *)bytesb_reserve(&o->bytes, size) : NULL;
  *n = room ? (unsigned)size : 0;
  return room;
}

Value stream_output_finish(StreamOutput *o) {
  if (!error_pending(o->bytes.t)) return bytesb_finish(&o->bytes);
  bytesb_discard(&o->bytes);
  return V_NULL;
}
