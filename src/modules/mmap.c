// mmap: files and anonymous memory mapped into the address space.
//
// The mapping (data, size) and the position change under the object's lock, and bytes are copied under it too: another thread may resize or
// close. Exported buffers (and calls that run detached) count in `exports`, which keeps the mapping where it is.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "threading/critical.h"

enum { ACCESS_DEFAULT, ACCESS_READ, ACCESS_WRITE, ACCESS_COPY };

typedef struct Map {
  Object ob;
  char *data;          // NULL: closed
  int64_t size, pos;
  int64_t exports;
  int64_t offset;      // constant, as are fd, flags and access
  int fd;              // our own duplicate; -1: anonymous memory
  int flags, access;
} Map;

static Type type_mmap;
static inline Map *v_map(Value v) { return (Map *)v_obj(v); }

#define METHOD(name) static Value map_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static Value closed_error(Thread *t) { return raise_value_error(t, "mmap closed or invalid"); }
static int check_writable(Thread *t, const Map *m) {
  return m->access == ACCESS_READ ? (raise_type_error(t, "mmap can't modify a readonly memory map."), -1) : 0;
}

// A signed size argument; absent: stays. 0 or -1.
static int size_arg(Thread *t, Value v, int64_t *out) {
  if (v_is_absent(v)) return 0;
  *out = number_as_i64(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

// --- Making -------------------------------------------------------------------------------------------------------------------------------

typedef struct MapRequest { int fd, flags, prot, access; int64_t length, offset; } MapRequest;

static int request_access(Thread *t, MapRequest *r, bool explicit) {
  if (r->access != ACCESS_DEFAULT && explicit) return raise_value_error(t, "mmap can't specify both access and flags, prot."), -1;
  switch (r->access) {
    case ACCESS_READ: r->flags = MAP_SHARED, r->prot = PROT_READ; return 0;
    case ACCESS_WRITE: r->flags = MAP_SHARED, r->prot = PROT_READ | PROT_WRITE; return 0;
    case ACCESS_COPY: r->flags = MAP_PRIVATE, r->prot = PROT_READ | PROT_WRITE; return 0;
    case ACCESS_DEFAULT:
      if (!(r->prot & PROT_WRITE)) r->access = ACCESS_READ;
      return 0;
    default: return raise_value_error(t, "mmap invalid access parameter."), -1;
  }
}

// Checks the length against the file's; 0 means all from offset on. 0 or -1.
static int request_length(Thread *t, MapRequest *r) {
  struct stat st;
  if (r->fd == -1 || fstat(r->fd, &st) < 0 || !S_ISREG(st.st_mode)) return 0;
  if (r->length == 0) {
    if (st.st_size == 0) return raise_value_error(t, "cannot mmap an empty file"), -1;
    if (r->offset >= st.st_size) return raise_value_error(t, "mmap offset is greater than file size"), -1;
    r->length = st.st_size - r->offset;
  } else if (r->offset > st.st_size || st.st_size - r->offset < r->length) {
    return raise_value_error(t, "mmap length is greater than file size"), -1;
  }
  return 0;
}

static Value map_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[6];
  if (native_bind(t, &binder, "mmap(fileno, length, flags=1, prot=3, access=0, offset=0)", args, nargs, kwnames, bound) < 0) return V_NULL;
  MapRequest r = {.flags = MAP_SHARED, .prot = PROT_READ | PROT_WRITE};
  int *const ints[] = {&r.fd, NULL, &r.flags, &r.prot, &r.access};
  for (int i = 0; i < 5; i++) {
    if (!ints[i] || v_is_absent(bound[i])) continue;
    *ints[i] = number_as_int(t, bound[i]);
    if (*ints[i] == -1 && error_pending(t)) return V_NULL;
  }
  if (size_arg(t, bound[1], &r.length) < 0 || size_arg(t, bound[5], &r.offset) < 0) return V_NULL;
  if (r.length < 0) return raise_overflow(t, "memory mapped length must be positive");
  if (r.offset < 0) return raise_overflow(t, "memory mapped offset must be positive");
  if (request_access(t, &r, !v_is_absent(bound[2]) || !v_is_absent(bound[3])) < 0 || request_length(t, &r) < 0) return V_NULL;
  int fd = -1;
  if (r.fd == -1) r.flags |= MAP_ANONYMOUS;
  else if ((fd = fcntl(r.fd, F_DUPFD_CLOEXEC, 0)) < 0) return raise_errno(t, errno, V_NULL, V_NULL);
  Value v = type->slots.alloc(t, type, 0);
  void *data = v_is_null(v) ? MAP_FAILED : mmap(NULL, (size_t)r.length, r.prot, r.flags, fd, r.offset);
  if (data == MAP_FAILED) {
    if (!v_is_null(v)) raise_errno(t, errno, V_NULL, V_NULL);
    if (fd >= 0) close(fd);
    if (!v_is_null(v)) v_map(v)->fd = -1;
    v_drop(t, v);
    return V_NULL;
  }
  Map *m = v_map(v);
  m->data = data;
  m->size = r.length;
  m->offset = r.offset;
  m->fd = fd;
  m->flags = r.flags;
  m->access = r.access;
  return v;
}

static void map_dealloc(Thread *t, Object *o) {
  Map *m = (Map *)o;
  if (m->data) munmap(m->data, (size_t)m->size);
  if (m->fd >= 0) close(m->fd);
  heap_free_object(t, o);
}

METHOD(close) {
  UNUSED;
  Map *m = v_map(self);
  char *data = NULL;
  int64_t size = 0;
  bool pinned;
  int fd = -1;
  CRITICAL_BEGIN(t, m);
  pinned = m->exports > 0;
  if (!pinned && m->data) {
    data = m->data;
    size = m->size;
    fd = m->fd;
    m->data = NULL;
    m->fd = -1;
  }
  CRITICAL_END(t);
  if (pinned) return raise_error(t, &exc_BufferError, "cannot close exported pointers exist");
  if (!data) return V_NONE;
  ALLOW_THREADS_BEGIN(t)
  munmap(data, (size_t)size);
  if (fd >= 0) close(fd);
  ALLOW_THREADS_END
  return V_NONE;
}

// Keeps the mapping where it is. The data, or NULL with ValueError.
static char *pin(Thread *t, Map *m, int64_t *size) {
  char *data;
  CRITICAL_BEGIN(t, m);
  data = m->data;
  *size = m->size;
  if (data) m->exports++;
  CRITICAL_END(t);
  if (!data) closed_error(t);
  return data;
}
static void unpin(Thread *t, Map *m) {
  CRITICAL_BEGIN(t, m);
  m->exports--;
  CRITICAL_END(t);
}

// --- Reading and writing at the position ----------------------------------------------------------------------------------------------------

// n bytes from the position on (fewer at the end), which moves. n < 0: all; line: up to and with the next newline.
static Value take(Thread *t, Map *m, int64_t n, bool line) {
  Value bytes = V_NULL;
  bool open;
  CRITICAL_BEGIN(t, m);
  open = m->data != NULL;
  if (open) {
    int64_t left = m->size > m->pos ? m->size - m->pos : 0;
    if (n < 0 || n > left) n = left;
    const char *from = m->data + m->pos, *end = line ? memchr(from, '\n', (size_t)n) : NULL;
    if (end) n = end + 1 - from;
    bytes = bytes_from(t, from, (size_t)n);
    if (!v_is_null(bytes)) m->pos += n;
  }
  CRITICAL_END(t);
  return open ? bytes : closed_error(t);
}

METHOD(read) {
  UNUSED;
  int64_t n = -1;
  if (!v_is_absent(args[0]) && !v_is_none(args[0]) && size_arg(t, args[0], &n) < 0) return V_NULL;
  return take(t, v_map(self), n, false);
}
METHOD(readline) { UNUSED; return take(t, v_map(self), -1, true); }

METHOD(read_byte) {
  UNUSED;
  Map *m = v_map(self);
  int byte = -1;
  bool open;
  CRITICAL_BEGIN(t, m);
  open = m->data != NULL;
  if (open && m->pos < m->size) byte = (unsigned char)m->data[m->pos++];
  CRITICAL_END(t);
  if (!open) return closed_error(t);
  return byte < 0 ? raise_value_error(t, "read byte out of range") : v_from_smi(byte);
}

// Copies n bytes to the position, which moves. 1 done, 0 no room, -1 closed.
static int put(Thread *t, Map *m, const void *bytes, int64_t n) {
  int done;
  CRITICAL_BEGIN(t, m);
  done = !m->data ? -1 : m->pos <= m->size && m->size - m->pos >= n;
  if (done > 0) {
    memcpy(m->data + m->pos, bytes, (size_t)n);
    m->pos += n;
  }
  CRITICAL_END(t);
  return done;
}

METHOD(write) {
  UNUSED;
  Map *m = v_map(self);
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  int done = check_writable(t, m) < 0 ? -2 : put(t, m, view.data, view.len);
  int64_t n = view.len;
  buffer_release(t, &view);
  return done > 0 ? v_from_smi(n) : done == 0 ? raise_value_error(t, "data out of range") : done == -1 ? closed_error(t) : V_NULL;
}

METHOD(write_byte) {
  UNUSED;
  Map *m = v_map(self);
  int64_t n = number_as_i64(t, args[0]);
  if (n == -1 && error_pending(t)) return V_NULL;
  if (n < 0) return raise_overflow(t, "unsigned byte integer is less than minimum");
  if (n > 255) return raise_overflow(t, "unsigned byte integer is greater than maximum");
  if (check_writable(t, m) < 0) return V_NULL;
  int done = put(t, m, &(unsigned char){(unsigned char)n}, 1);
  return done > 0 ? V_NONE : done == 0 ? raise_value_error(t, "write byte out of range") : closed_error(t);
}

METHOD(tell) {
  UNUSED;
  int64_t pos;
  CRITICAL_BEGIN(t, v_map(self));
  pos = v_map(self)->data ? v_map(self)->pos : -1;
  CRITICAL_END(t);
  return pos < 0 ? closed_error(t) : v_from_smi(pos);
}

METHOD(seek) {
  UNUSED;
  Map *m = v_map(self);
  int64_t distance = 0, how = 0;
  enum { DONE, CLOSED, BAD_TYPE, BAD_PLACE } result = DONE;
  if (size_arg(t, args[0], &distance) < 0 || size_arg(t, args[1], &how) < 0) return V_NULL;
  CRITICAL_BEGIN(t, m);
  int64_t base = how == SEEK_CUR ? m->pos : how == SEEK_END ? m->size : 0, where;
  if (!m->data) result = CLOSED;
  else if (how < 0 || how > 2) result = BAD_TYPE;
  else if (__builtin_add_overflow(base, distance, &where) || where < 0 || where > m->size) result = BAD_PLACE;
  else m->pos = where;
  CRITICAL_END(t);
  return result == DONE ? V_NONE : result == CLOSED ? closed_error(t)
       : raise_value_error(t, result == BAD_TYPE ? "unknown seek type" : "seek out of range");
}

// --- Searching, moving, resizing -------------------------------------------------------------------------------------------------------------

static int64_t clip(int64_t i, int64_t size) {
  if (i < 0) i += size;
  return i < 0 ? 0 : i > size ? size : i;
}

static Value search(Thread *t, Value self, const Value *args, bool last) {
  Map *m = v_map(self);
  BufferView view;
  int64_t size, found = -1;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  char *data = pin(t, m, &size);
  int64_t from = m->pos, to = size;
  if (data && size_arg(t, args[1], &from) == 0 && size_arg(t, args[2], &to) == 0) {
    from = clip(from, size);
    to = clip(to, size);
    for (int64_t i = last ? to - view.len : from; i >= from && i + view.len <= to && found < 0; i += last ? -1 : 1)
      if (memcmp(data + i, view.data, (size_t)view.len) == 0) found = i;
  }
  if (data) unpin(t, m);
  buffer_release(t, &view);
  return error_pending(t) ? V_NULL : v_from_smi(found);
}
METHOD(find) { UNUSED; return search(t, self, args, false); }
METHOD(rfind) { UNUSED; return search(t, self, args, true); }

METHOD(move) {
  UNUSED;
  Map *m = v_map(self);
  int64_t to = 0, from = 0, n = 0;
  if (size_arg(t, args[0], &to) < 0 || size_arg(t, args[1], &from) < 0 || size_arg(t, args[2], &n) < 0 || check_writable(t, m) < 0) return V_NULL;
  bool open, good = false;
  CRITICAL_BEGIN(t, m);
  open = m->data != NULL;
  if (open) {
    good = to >= 0 && from >= 0 && n >= 0 && m->size - to >= n && m->size - from >= n;
    if (good) memmove(m->data + to, m->data + from, (size_t)n);
  }
  CRITICAL_END(t);
  if (!open) return closed_error(t);
  return good ? V_NONE : raise_value_error(t, "source, destination, or count out of range");
}

METHOD(flush) {
  UNUSED;
  Map *m = v_map(self);
  int64_t from = 0, size, n, err = 0;
  char *data = pin(t, m, &size);
  if (!data) return V_NULL;
  n = size;
  bool bad = size_arg(t, args[0], &from) < 0 || size_arg(t, args[1], &n) < 0;
  if (!bad && (from < 0 || n < 0 || size - from < n)) {
    raise_value_error(t, "flush values out of range");
    bad = true;
  }
  if (!bad && m->access != ACCESS_READ && m->access != ACCESS_COPY) {
    ALLOW_THREADS_BEGIN(t)
    if (msync(data + from, (size_t)n, MS_SYNC) < 0) err = errno;
    ALLOW_THREADS_END
  }
  unpin(t, m);
  return bad ? V_NULL : err ? raise_errno(t, (int)err, V_NULL, V_NULL) : V_NONE;
}

METHOD(madvise) {
  UNUSED;
  Map *m = v_map(self);
  int64_t size, from = 0, n, err = 0;
  int option = number_as_int(t, args[0]);
  if (option == -1 && error_pending(t)) return V_NULL;
  char *data = pin(t, m, &size);
  if (!data) return V_NULL;
  n = size;
  bool bad = size_arg(t, args[1], &from) < 0 || size_arg(t, args[2], &n) < 0;
  if (!bad && (from < 0 || from >= size)) bad = (raise_value_error(t, "madvise start out of bounds"), true);
  if (!bad && n < 0) bad = (raise_value_error(t, "madvise length invalid"), true);
  if (!bad && n > INT64_MAX - from) bad = (raise_overflow(t, "madvise length too large"), true);
  if (!bad) {
    if (n > size - from) n = size - from;
    if (madvise(data + from, (size_t)n, option) < 0) err = errno;
  }
  unpin(t, m);
  return bad ? V_NULL : err ? raise_errno(t, (int)err, V_NULL, V_NULL) : V_NONE;
}

METHOD(size) {
  UNUSED;
  const Map *m = v_map(self);
  struct stat st;
  if (!m->data) return closed_error(t);
  return fstat(m->fd, &st) < 0 ? raise_errno(t, errno, V_NULL, V_NULL) : v_from_smi(st.st_size);
}

METHOD(resize) {
  UNUSED;
  Map *m = v_map(self);
  int64_t n = 0;
  if (size_arg(t, args[0], &n) < 0) return V_NULL;
  enum { DONE, CLOSED, PINNED, FAILED } result = DONE;
  int err = 0;
  if (m->data && (m->access == ACCESS_READ || m->access == ACCESS_COPY))
    return raise_type_error(t, "mmap can't resize a readonly or copy-on-write memory map.");
  if (n < 0 || n > INT64_MAX - m->offset) return raise_value_error(t, "new size out of range");
  CRITICAL_BEGIN(t, m);
  if (!m->data) result = CLOSED;
  else if (m->exports) result = PINNED;
  else if (m->fd >= 0 && ftruncate(m->fd, m->offset + n) < 0) result = FAILED, err = errno;
  if (result == DONE) {
    void *moved = mremap(m->data, (size_t)m->size, (size_t)n, MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) {
      result = FAILED;
      err = errno;
    } else {
      m->data = moved;
      m->size = n;
    }
  }
  CRITICAL_END(t);
  if (result == PINNED) return raise_error(t, &exc_BufferError, "mmap can't resize with extant buffers exported.");
  return result == DONE ? V_NONE : result == CLOSED ? closed_error(t) : raise_errno(t, err, V_NULL, V_NULL);
}

// --- As a sequence of bytes -------------------------------------------------------------------------------------------------------------------

static int64_t map_length(Thread *t, Value self) {
  int64_t n;
  CRITICAL_BEGIN(t, v_map(self));
  n = v_map(self)->data ? v_map(self)->size : -1;
  CRITICAL_END(t);
  if (n < 0) closed_error(t);
  return n;
}

// The byte at i (negative: from the end), or -1 with an exception.
static int byte_at(Thread *t, Map *m, int64_t i) {
  int64_t size;
  char *data = pin(t, m, &size);
  if (!data) return -1;
  if (i < 0) i += size;
  int byte = i >= 0 && i < size ? (unsigned char)data[i] : -1;
  unpin(t, m);
  if (byte < 0) raise_error(t, &exc_IndexError, "mmap index out of range");
  return byte;
}

static Value map_item(Thread *t, Value self, int64_t i) {
  int byte = byte_at(t, v_map(self), i);
  return byte < 0 ? V_NULL : bytes_from_byte((uint8_t)byte);
}

// What a slice selects of `size` bytes. 0 or -1.
static int slice_indices(Thread *t, Value slice, int64_t size, int64_t *start, int64_t *step, int64_t *count) {
  int64_t stop;
  if (slice_unpack(t, slice, start, &stop, step) < 0) return -1;
  *count = slice_adjust(size, start, &stop, *step);
  return 0;
}

static Value map_getitem(Thread *t, Value self, Value key) {
  Map *m = v_map(self);
  if (number_is_index(key)) {
    int64_t i = number_as_i64(t, key);
    if (i == -1 && error_pending(t)) return V_NULL;
    int byte = byte_at(t, m, i);
    return byte < 0 ? V_NULL : v_from_smi(byte);
  }
  if (!v_is_slice(key)) return raise_type_error(t, "mmap indices must be integers");
  int64_t size, start, step, count;
  char *data = pin(t, m, &size);
  if (!data) return V_NULL;
  Value bytes = V_NULL;
  if (slice_indices(t, key, size, &start, &step, &count) == 0 && !v_is_null(bytes = bytes_new(t, count)))
    for (int64_t i = 0; i < count; i++) v_bytes(bytes)->data[i] = data[start + i * step];
  unpin(t, m);
  return bytes;
}

static int set_byte(Thread *t, Map *m, Value key, Value value) {
  int64_t i = number_as_i64(t, key), n, size = map_length(t, v_from_obj(m));
  if (error_pending(t)) return -1;
  if (i >= size || i < -size) return raise_error(t, &exc_IndexError, "mmap index out of range"), -1;
  if (!number_is_index(value)) return raise_type_error(t, "mmap item value must be an int"), -1;
  n = number_as_i64(t, value);
  if (n == -1 && error_pending(t)) return -1;
  char *data = pin(t, m, &size);
  if (!data) return -1;
  if (i < 0) i += size;
  bool inside = i >= 0 && i < size, fits = n >= 0 && n <= 255;
  if (inside && fits) data[i] = (char)n;
  unpin(t, m);
  if (!inside) raise_error(t, &exc_IndexError, "mmap index out of range");
  else if (!fits) raise_value_error(t, "mmap item value must be in range(0, 256)");
  return inside && fits ? 0 : -1;
}

static int set_slice(Thread *t, Map *m, Value key, Value value) {
  BufferView view;
  int64_t size, start, step, count;
  if (buffer_get(t, value, &view, BUFFER_SIMPLE) < 0) return -1;
  char *data = pin(t, m, &size);
  int rc = data ? slice_indices(t, key, size, &start, &step, &count) : -1;
  if (rc == 0 && view.len != count) rc = (raise_error(t, &exc_IndexError, "mmap slice assignment is wrong size"), -1);
  for (int64_t i = 0; rc == 0 && i < count; i++) data[start + i * step] = ((const char *)view.data)[i];
  if (data) unpin(t, m);
  buffer_release(t, &view);
  return rc;
}

static int map_setitem(Thread *t, Value self, Value key, Value value) {
  Map *m = v_map(self);
  if (check_writable(t, m) < 0) return -1;
  bool is_index = number_is_index(key);
  if (!is_index && !v_is_slice(key)) return raise_type_error(t, "mmap indices must be integers"), -1;
  if (v_is_null(value)) return raise_type_error(t, is_index ? "mmap doesn't support item deletion" : "mmap object doesn't support slice deletion"), -1;
  return is_index ? set_byte(t, m, key, value) : set_slice(t, m, key, value);
}

static int map_getbuffer(Thread *t, Value self, BufferView *view, int flags) {
  Map *m = v_map(self);
  int64_t size;
  char *data = pin(t, m, &size);
  if (!data) return -1;
  if (buffer_fill(t, view, self, data, size, m->access == ACCESS_READ, flags) == 0) return 0;
  unpin(t, m);
  return -1;
}
static void map_releasebuffer(Thread *t, Value self, BufferView *view) {
  (void)view;
  unpin(t, v_map(self));
}

// --- The type and the module --------------------------------------------------------------------------------------------------------------------

static Value map_repr(Thread *t, Value self) {
  static const char *const names[] = {"ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE", "ACCESS_COPY"};
  const Map *m = v_map(self);
  if (!m->data) return str_from_format(t, "<%T closed=True>", self);
  return str_from_format(t, "<%T closed=False, access=%s, length=%lld, pos=%lld, offset=%lld>", self, names[m->access], (long long)m->size,
                         (long long)m->pos, (long long)m->offset);
}

static Value map_closed(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(!v_map(self)->data);
}

METHOD(enter) {
  UNUSED;
  return v_map(self)->data ? v_own(t, self) : closed_error(t);
}
METHOD(exit) {
  UNUSED;
  return map_close(t, self, NULL, 0, V_NULL);
}

static const NativeDef map_methods[] = {
    {"close($self, /)", map_close, NULL, NATIVE_NO_SIGNATURE},
    {"find($self, sub, start=0, end=0, /)", map_find, NULL, NATIVE_NO_SIGNATURE},
    {"rfind($self, sub, start=0, end=0, /)", map_rfind, NULL, NATIVE_NO_SIGNATURE},
    {"flush($self, offset=0, size=0, /)", map_flush, NULL, NATIVE_NO_SIGNATURE},
    {"madvise($self, option, start=0, length=0, /)", map_madvise, NULL, NATIVE_NO_SIGNATURE},
    {"move($self, dest, src, count, /)", map_move, NULL, NATIVE_NO_SIGNATURE},
    {"read($self, n=None, /)", map_read, NULL, NATIVE_NO_SIGNATURE},
    {"read_byte($self, /)", map_read_byte, NULL, NATIVE_NO_SIGNATURE},
    {"readline($self, /)", map_readline, NULL, NATIVE_NO_SIGNATURE},
    {"resize($self, newsize, /)", map_resize, NULL, NATIVE_NO_SIGNATURE},
    {"seek($self, pos, whence=0, /)", map_seek, NULL, NATIVE_NO_SIGNATURE},
    {"size($self, /)", map_size, NULL, NATIVE_NO_SIGNATURE},
    {"tell($self, /)", map_tell, NULL, NATIVE_NO_SIGNATURE},
    {"write($self, bytes, /)", map_write, NULL, NATIVE_NO_SIGNATURE},
    {"write_byte($self, byte, /)", map_write_byte, NULL, NATIVE_NO_SIGNATURE},
    {"__enter__($self, /)", map_enter, NULL, NATIVE_NO_SIGNATURE},
    {"__exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)", map_exit, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef map_getset[] = {{"closed", map_closed, NULL, NULL, NULL}, {0}};
static const TypeSpec spec_mmap = {
    .name = "mmap.mmap",
    .size = sizeof(Map),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF | TYPE_IMMUTABLE,
    .slots = {.new = map_new, .repr = map_repr, .length = map_length, .getitem = map_getitem, .setitem = map_setitem, .seq_item = map_item,
              .getbuffer = map_getbuffer, .releasebuffer = map_releasebuffer, .dealloc = map_dealloc},
    .methods = map_methods,
    .getset = map_getset,
    .doc = "Maps part of a file, or fresh memory, so that it can be used like bytes.",
};

static int mmap_exec(Thread *t, Value m) {
#define C(name) {#name, name}
  static const struct { const char *name; int value; } constants[] = {
      C(ACCESS_DEFAULT), C(ACCESS_READ), C(ACCESS_WRITE), C(ACCESS_COPY), C(PROT_READ), C(PROT_WRITE), C(PROT_EXEC), C(MAP_SHARED), C(MAP_PRIVATE),
      C(MAP_ANON), C(MAP_ANONYMOUS), C(MAP_DENYWRITE), C(MAP_EXECUTABLE), C(MAP_POPULATE), C(MAP_STACK), C(MADV_NORMAL), C(MADV_RANDOM),
      C(MADV_SEQUENTIAL), C(MADV_WILLNEED), C(MADV_DONTNEED), C(MADV_REMOVE), C(MADV_DONTFORK), C(MADV_DOFORK), C(MADV_HWPOISON),
      C(MADV_MERGEABLE), C(MADV_UNMERGEABLE), C(MADV_HUGEPAGE), C(MADV_NOHUGEPAGE), C(MADV_DONTDUMP), C(MADV_DODUMP), C(MADV_FREE)};
#undef C
  if (!(type_mmap.flags & TYPE_READY) && !type_ready(t, &type_mmap, &spec_mmap, 0)) return -1;
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  int64_t page = sysconf(_SC_PAGESIZE);
  return module_add_int(t, m, "PAGESIZE", page) < 0 || module_add_int(t, m, "ALLOCATIONGRANULARITY", page) < 0 ||
                 module_add(t, m, "error", v_own_obj(t, &exc_OSError)) < 0 || module_add_type(t, m, &type_mmap) < 0
             ? -1
             : 0;
}

const ModuleDef module_mmap = {.name = "mmap", .exec = mmap_exec};
