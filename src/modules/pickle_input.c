// The input of an unpickler: a buffer that the file fills, with bytes that it lets one peek at before they are read, or bytes in memory.
#include "modules/pickle.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"

enum { PREFETCH = 128 * 1024 };

Value pickle_raise_truncated(Loader *l) { return pickle_raise_unpickling(l->t, "pickle data was truncated"); }

static int call_file(Loader *l, Value method, Value argument /* V_ABSENT: none */, Value *out) {
  *out = v_is_absent(argument) ? object_call0(l->t, method) : object_call1(l->t, method, argument);
  return v_is_null(*out) ? -1 : 0;
}

int pickle_loader_set_data(Thread *t, Loader *l, Value data) {
  BufferView view;
  if (buffer_get(t, data, &view, BUFFER_ND) < 0) return -1;
  buffer_release(t, &l->view);
  l->view = view;
  l->in = view.data;
  l->in_length = l->prefetched = view.len;
  l->next = 0;
  return 0;
}

int pickle_skip_consumed(Loader *l) {
  int64_t consumed = l->next - l->prefetched;
  Value r;
  if (consumed <= 0 || v_is_null(l->read)) return 0;
  if (call_file(l, l->read, v_from_smi(consumed), &r) < 0) return -1;
  v_drop(l->t, r);
  l->prefetched = l->next;
  return 0;
}

// Fills the buffer by peeking. 1: with n bytes at least; 0: no; -1.
static int peek(Loader *l, int64_t n) {
  Value data;
  if (v_is_null(l->peek) || n >= PREFETCH) return 0;
  if (call_file(l, l->peek, v_from_smi(PREFETCH), &data) < 0) {
    if (!error_matches(l->t, &exc_NotImplementedError)) return -1;
    error_clear(l->t);
    v_clear(l->t, &l->peek);
    return 0;
  }
  int status = pickle_loader_set_data(l->t, l, data);
  v_drop(l->t, data);
  if (status < 0) return -1;
  l->prefetched = 0;
  return n <= l->in_length;
}

// What the file's read(n) gives. 0, -1.
static int read_from_file(Loader *l, int64_t n, Value *data) {
  Value count = int_from_i64(l->t, n);
  int status = v_is_null(count) ? -1 : call_file(l, l->read, count, data);
  v_drop(l->t, count);
  return status;
}

// Fills the buffer with n bytes or, if the file has no more, with fewer. 0, -1.
static int fill(Loader *l, int64_t n) {
  Value data;
  if (pickle_skip_consumed(l) < 0) return -1;
  int r = peek(l, n);
  if (r) return r < 0 ? -1 : 0;
  if (read_from_file(l, n, &data) < 0) return -1;
  int status = pickle_loader_set_data(l->t, l, data);
  v_drop(l->t, data);
  return status;
}

const char *pickle_read_slow(Loader *l, int64_t n) {
  if (l->next > INT64_MAX - n) return (void)pickle_raise_unpickling(l->t, "read would overflow (invalid bytecode)"), NULL;
  if (!v_is_null(l->read) && n > SMI_MAX) return (void)raise_overflow(l->t, "Python int too large to convert to C ssize_t"), NULL;
  if (v_is_null(l->read)) return (void)pickle_raise_truncated(l), NULL;
  if (fill(l, n) < 0) return NULL;
  if (l->in_length < n) return (void)pickle_raise_truncated(l), NULL;
  l->next = n;
  return l->in;
}

static const char *line_in_buffer(Loader *l, int64_t *n) {
  const char *start = l->in + l->next, *end = l->in_length > l->next ? memchr(start, '\n', (size_t)(l->in_length - l->next)) : NULL;
  if (!end) return NULL;
  *n = end - start + 1;
  l->next += *n;
  return start;
}

const char *pickle_read_line(Loader *l, int64_t *n) {
  const char *line = line_in_buffer(l, n);
  Value data;
  if (line) return line;
  if (v_is_null(l->read)) return (void)pickle_raise_truncated(l), NULL;
  if (pickle_skip_consumed(l) < 0 || call_file(l, l->readline, V_ABSENT, &data) < 0) return NULL;
  int status = pickle_loader_set_data(l->t, l, data);
  v_drop(l->t, data);
  if (status < 0) return NULL;
  if (l->in_length == 0 || l->in[l->in_length - 1] != '\n') return (void)pickle_raise_truncated(l), NULL;
  *n = l->next = l->in_length;
  return l->in;
}

// By readinto(), into a bytearray: a view of p itself could outlive it.
static int64_t read_by_readinto(Loader *l, char *p, int64_t n) {
  Thread *t = l->t;
  memset(p, 0, (size_t)n);
  Value room = bytearray_from(t, p, (size_t)n), view = v_is_null(room) ? V_NULL : memoryview_from(t, room), count = V_NULL;
  int64_t got = -1;
  BufferView filled;
  if (!v_is_null(view) && call_file(l, l->readinto, view, &count) == 0) got = number_as_i64(t, count);
  if (got < 0 && !error_pending(t)) raise_value_error(t, "readinto() returned negative size");
  if (got >= 0 && buffer_get(t, room, &filled, BUFFER_SIMPLE) == 0) {
    if (got > filled.len) got = filled.len;
    if (got > n) got = n;
    memcpy(p, filled.data, (size_t)got);
    buffer_release(t, &filled);
  }
  v_drop(t, count);
  v_drop(t, view);
  v_drop(t, room);
  return got;
}

static int64_t read_by_read(Loader *l, char *p, int64_t n) {
  Value data;
  if (read_from_file(l, n, &data) < 0) return -1;
  int64_t got = -1;
  if (v_is_bytes(data)) {
    got = v_bytes(data)->length < n ? v_bytes(data)->length : n;
    memcpy(p, v_bytes(data)->data, (size_t)got);
  } else {
    raise_value_error(l->t, "read() returned non-bytes object (%R)", v_from_obj(v_type(data)));
  }
  v_drop(l->t, data);
  return got;
}

int pickle_read_into(Loader *l, char *p, int64_t n) {
  int64_t here = l->in_length - l->next < n ? l->in_length - l->next : n;
  if (here > 0) {
    memcpy(p, l->in + l->next, (size_t)here);
    l->next += here;
    p += here;
    n -= here;
  }
  if (n == 0) return 0;
  if (v_is_null(l->read)) return (int)(pickle_raise_truncated(l), -1);
  if (pickle_skip_consumed(l) < 0) return -1;
  int64_t got = v_is_null(l->readinto) ? read_by_read(l, p, n) : read_by_readinto(l, p, n);
  if (got >= 0 && got < n) pickle_raise_truncated(l);
  return got == n ? 0 : -1;
}

static int optional_method(Thread *t, Value file, Value name, Value *out) {
  Value found;
  if (object_lookup_attr(t, file, name, &found) < 0) return -1;
  v_set(t, out, found);
  return 0;
}

int pickle_loader_set_file(Thread *t, Loader *l, Value file) {
  if (optional_method(t, file, N(peek), &l->peek) < 0 || optional_method(t, file, PICKLE_NAME(readinto), &l->readinto) < 0 ||
      optional_method(t, file, N(read), &l->read) < 0 || optional_method(t, file, N(readline), &l->readline) < 0)
    return -1;
  if (!v_is_null(l->read) && !v_is_null(l->readline)) return 0;
  v_clear(t, &l->peek);
  v_clear(t, &l->readinto);
  v_clear(t, &l->read);
  v_clear(t, &l->readline);
  raise_type_error(t, "file must have 'read' and 'readline' attributes");
  return -1;
}
