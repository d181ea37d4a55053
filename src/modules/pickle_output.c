// The output of a pickler: one growing buffer, cut into frames, and from there to the file.
//
// A frame's header is left room for when its first byte is written and filled in when it is committed; a frame too short to be worth a header
// is moved over it.
#include "gc/heap.h"
#include "modules/pickle.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/object.h"

static int grow(Saver *s, int64_t n) {
  int64_t capacity = (s->length + n) * 2;
  if (capacity < 1024) capacity = 1024;
  char *out = s->out ? heap_realloc(s->t, s->out, (size_t)capacity) : heap_alloc(s->t, (size_t)capacity);
  if (!out) {
    raise_no_memory(s->t);
    return -1;
  }
  s->out = out;
  s->capacity = capacity;
  return 0;
}

char *pickle_reserve_slow(Saver *s, int64_t n) {
  bool begins = s->framing && s->frame_start < 0;
  int64_t needed = begins ? n + PICKLE_FRAME_HEADER : n;
  if (s->capacity - s->length < needed && grow(s, needed) < 0) return NULL;
  if (begins) {
    s->frame_start = s->length;
    s->length += PICKLE_FRAME_HEADER;
    s->frame_full = s->length + PICKLE_FRAME_TARGET;
  }
  return s->out + s->length;
}

int pickle_commit_frame(Saver *s) {
  if (!s->framing || s->frame_start < 0) return 0;
  char *frame = s->out + s->frame_start;
  int64_t n = s->length - s->frame_start - PICKLE_FRAME_HEADER;
  if (n >= PICKLE_FRAME_MIN) {
    frame[0] = (char)PK_FRAME;
    pickle_pack(frame + 1, (uint64_t)n, 8);
  } else {
    memmove(frame, frame + PICKLE_FRAME_HEADER, (size_t)n);
    s->length -= PICKLE_FRAME_HEADER;
  }
  s->frame_start = -1;
  s->frame_full = INT64_MAX;
  return 0;
}

static int write_to_file(Saver *s, Value data) {
  Value r = object_call1(s->t, s->write, data);
  v_drop(s->t, r);
  return v_is_null(r) ? -1 : 0;
}

int pickle_flush(Saver *s) {
  if (pickle_commit_frame(s) < 0) return -1;
  Value data = bytes_from(s->t, s->out, (size_t)s->length);
  int status = v_is_null(data) ? -1 : write_to_file(s, data);
  v_drop(s->t, data);
  s->length = 0;
  return status;
}

int pickle_end_frame(Saver *s) {
  if (pickle_commit_frame(s) < 0) return -1;
  return v_is_null(s->write) ? 0 : pickle_flush(s);
}

// Large data to the file without a copy in the buffer.
static int bypass(Saver *s, const void *data, int64_t n, Value payload) {
  if (pickle_flush(s) < 0) return -1;
  Value made = v_is_null(payload) ? bytes_from(s->t, data, (size_t)n) : v_own(s->t, payload);
  int status = v_is_null(made) ? -1 : write_to_file(s, made);
  v_drop(s->t, made);
  return status;
}

int pickle_put_large(Saver *s, const void *header, int64_t header_length, const void *data, int64_t n, Value payload) {
  if (likely(n < PICKLE_FRAME_TARGET)) {
    char *to = pickle_reserve(s, header_length + n);
    if (!to) return -1;
    memcpy(to, header, (size_t)header_length);
    memcpy(to + header_length, data, (size_t)n);
    s->length += header_length + n;
    return 0;
  }
  bool framing = s->framing;
  if (pickle_commit_frame(s) < 0) return -1;
  s->framing = false;
  int status = pickle_put(s, header, header_length);
  if (status == 0) status = v_is_null(s->write) ? pickle_put(s, data, n) : bypass(s, data, n, payload);
  s->framing = framing;
  return status;
}
