// What an SSL reads from and writes to, as OpenSSL's BIOs: a socket, or two MemoryBIOs. Neither blocks.
//
// A socket is asked with MSG_DONTWAIT, whether or not it blocks for others, so that no call of libssl waits under the connection's lock.
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/socket.h>

#include "modules/module_help.h"
#include "modules/ssl_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"

static BIO_METHOD *socket_method, *memory_method;   // constant once made

static void retry_later(BIO *b, int flag) { libcrypto.BIO_set_flags(b, flag | BIO_FLAGS_SHOULD_RETRY); }
static void no_retry(BIO *b) { libcrypto.BIO_clear_flags(b, BIO_FLAGS_RWS | BIO_FLAGS_SHOULD_RETRY); }

static BIO *transport_new(const BIO_METHOD *method, void *data) {
  BIO *b = libcrypto.BIO_new(method);
  if (!b) return NULL;
  libcrypto.BIO_set_data(b, data);
  libcrypto.BIO_set_init(b, 1);
  return b;
}

// --- Sockets --------------------------------------------------------------------------------------------------------------------------------

static bool may_retry(int err) { return err == EAGAIN || err == EWOULDBLOCK || err == EINTR || err == EINPROGRESS || err == EALREADY; }

static int socket_receive(BIO *b, char *out, int size) {
  SslSocket *s = libcrypto.BIO_get_data(b);
  no_retry(b);
  errno = 0;
  ssize_t n = recv(s->fd, out, (size_t)size, MSG_DONTWAIT);
  if (n == 0) s->at_end = true;
  else if (n < 0 && may_retry(errno)) retry_later(b, BIO_FLAGS_READ);
  return (int)n;
}

static int socket_send(BIO *b, const char *data, int size) {
  const SslSocket *s = libcrypto.BIO_get_data(b);
  no_retry(b);
  errno = 0;
  ssize_t n = send(s->fd, data, (size_t)size, MSG_DONTWAIT);
  if (n < 0 && may_retry(errno)) retry_later(b, BIO_FLAGS_WRITE);
  return (int)n;
}

static long socket_control(BIO *b, int command, UNUSED_OK long number, UNUSED_OK void *pointer) {
  const SslSocket *s = libcrypto.BIO_get_data(b);
  switch (command) {
    case BIO_CTRL_EOF: return s->at_end;
    case BIO_CTRL_FLUSH: case BIO_CTRL_DUP: return 1;
    default: return 0;
  }
}

BIO *transport_of_socket(SslSocket *s) { return transport_new(socket_method, s); }

// --- Memory ---------------------------------------------------------------------------------------------------------------------------------

// Takes up to size bytes out. The lock is held.
static size_t take(MemoryBio *m, char *out, size_t size) {
  size_t there = m->end - m->start, n = size < there ? size : there;
  if (n) memcpy(out, m->data + m->start, n);
  m->start += n;
  if (m->start == m->end) m->start = m->end = 0;
  return n;
}

// Puts bytes in; false: no memory. The lock is held.
static bool give(MemoryBio *m, const char *data, size_t size) {
  size_t there = m->end - m->start;
  if (m->end + size > m->capacity && m->start) {
    memmove(m->data, m->data + m->start, there);
    m->start = 0;
    m->end = there;
  }
  if (m->end + size > m->capacity) {
    size_t capacity = m->capacity ? m->capacity : 1024;
    while (capacity < m->end + size) capacity *= 2;
    char *grown = realloc(m->data, capacity);
    if (!grown) return false;
    m->data = grown;
    m->capacity = capacity;
  }
  if (size) memcpy(m->data + m->end, data, size);
  m->end += size;
  return true;
}

static int memory_receive(BIO *b, char *out, int size) {
  MemoryBio *m = libcrypto.BIO_get_data(b);
  no_retry(b);
  raw_mutex_lock(&m->lock);
  int n = (int)take(m, out, (size_t)size);
  bool ended = m->eof_written;
  raw_mutex_unlock(&m->lock);
  if (n > 0 || size == 0) return n;
  if (ended) return 0;
  retry_later(b, BIO_FLAGS_READ);
  return -1;
}

static int memory_send(BIO *b, const char *data, int size) {
  MemoryBio *m = libcrypto.BIO_get_data(b);
  no_retry(b);
  raw_mutex_lock(&m->lock);
  bool ok = give(m, data, (size_t)size);
  raw_mutex_unlock(&m->lock);
  return ok ? size : -1;
}

static long memory_control(BIO *b, int command, UNUSED_OK long number, UNUSED_OK void *pointer) {
  MemoryBio *m = libcrypto.BIO_get_data(b);
  if (command == BIO_CTRL_FLUSH || command == BIO_CTRL_DUP) return 1;
  if (command != BIO_CTRL_PENDING && command != BIO_CTRL_EOF) return 0;
  raw_mutex_lock(&m->lock);
  size_t there = m->end - m->start;
  raw_mutex_unlock(&m->lock);
  return command == BIO_CTRL_EOF ? there == 0 : (long)there;
}

BIO *transport_of_memory(MemoryBio *m) { return transport_new(memory_method, m); }

static BIO_METHOD *method_new(const char *name, int (*receive)(BIO *, char *, int), int (*send)(BIO *, const char *, int),
                              long (*control)(BIO *, int, long, void *)) {
  BIO_METHOD *method = libcrypto.BIO_meth_new(BIO_TYPE_SOURCE_SINK, name);
  if (!method) return NULL;
  libcrypto.BIO_meth_set_read(method, receive);
  libcrypto.BIO_meth_set_write(method, send);
  libcrypto.BIO_meth_set_ctrl(method, control);
  return method;
}

bool transport_init(Thread *t) {
  if (memory_method) return true;
  socket_method = method_new("socket", socket_receive, socket_send, socket_control);
  memory_method = socket_method ? method_new("memory", memory_receive, memory_send, memory_control) : NULL;
  if (!memory_method) raise_no_memory(t);
  return memory_method;
}

// --- MemoryBIO ------------------------------------------------------------------------------------------------------------------------------

static Value memory_bio_new(Thread *t, Type *type, UNUSED_OK const Value *args, size_t nargs, Value kwnames) {
  if (type == &type_ssl_memory_bio) {
    if (!v_is_null(kwnames)) return raise_type_error(t, "MemoryBIO() takes no keyword arguments");
    if (nargs) return raise_type_error(t, "MemoryBIO() takes no positional arguments");
  }
  return type->slots.alloc(t, type, 0);
}

static void memory_bio_dealloc(Thread *t, Object *o) {
  free(((MemoryBio *)o)->data);
  heap_free_object(t, o);
}

static size_t memory_bio_pending(Thread *t, MemoryBio *m) {
  (void)t;
  raw_mutex_lock(&m->lock);
  size_t n = m->end - m->start;
  raw_mutex_unlock(&m->lock);
  return n;
}

static NATIVE(memory_bio_read) {
  MemoryBio *m = v_memory_bio(self);
  int size = v_is_absent(args[0]) ? -1 : number_as_int(t, args[0]);
  if (size == -1 && error_pending(t)) return V_NULL;
  size_t there = memory_bio_pending(t, m), wanted = size < 0 || (size_t)size > there ? there : (size_t)size;
  if (wanted > INT_MAX) wanted = INT_MAX;
  Value bytes = bytes_new(t, (int64_t)wanted);
  if (v_is_null(bytes)) return V_NULL;
  raw_mutex_lock(&m->lock);
  size_t n = take(m, v_bytes(bytes)->data, wanted);
  raw_mutex_unlock(&m->lock);
  return n == wanted ? bytes : bytes_shrink(t, bytes, (int64_t)n);
}

static NATIVE(memory_bio_write) {
  MemoryBio *m = v_memory_bio(self);
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  Value result = v_from_smi(view.len);
  if (view.len > INT_MAX) {
    result = raise_overflow(t, "string longer than %d bytes", INT_MAX);
  } else {
    raw_mutex_lock(&m->lock);
    bool ended = m->eof_written, ok = !ended && give(m, view.data, (size_t)view.len);
    raw_mutex_unlock(&m->lock);
    if (ended) result = raise_error(t, &type_ssl_error, "cannot write() after write_eof()");
    else if (!ok) result = raise_no_memory(t);
  }
  buffer_release(t, &view);
  return result;
}

static NATIVE(memory_bio_write_eof) {
  MemoryBio *m = v_memory_bio(self);
  raw_mutex_lock(&m->lock);
  m->eof_written = true;
  raw_mutex_unlock(&m->lock);
  return V_NONE;
}

static Value memory_bio_get_pending(Thread *t, Value self, UNUSED_OK void *closure) {
  return v_from_smi((int64_t)memory_bio_pending(t, v_memory_bio(self)));
}
static Value memory_bio_get_eof(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) {
  MemoryBio *m = v_memory_bio(self);
  raw_mutex_lock(&m->lock);
  bool at_end = m->start == m->end && m->eof_written;
  raw_mutex_unlock(&m->lock);
  return v_from_bool(at_end);
}

static const NativeDef memory_bio_methods[] = {
    {"read($self, size=-1, /)", memory_bio_read, "Takes up to size bytes out, all there are if size is negative.", 0},
    {"write($self, b, /)", memory_bio_write, "Puts bytes in and tells how many.", 0},
    {"write_eof($self, /)", memory_bio_write_eof, "Nothing will be put in any more: the stream ends with what is there.", 0},
    {0},
};
static const GetSetDef memory_bio_getset[] = {
    {"pending", memory_bio_get_pending, NULL, "How many bytes can be read.", NULL},
    {"eof", memory_bio_get_eof, NULL, "Whether the end was written and all before it was read.", NULL},
    {0},
};
Type type_ssl_memory_bio;
static const TypeSpec spec_memory_bio = {
    .name = "_ssl.MemoryBIO",
    .size = sizeof(MemoryBio),
    .slots = {.new = memory_bio_new, .dealloc = memory_bio_dealloc},
    .methods = memory_bio_methods,
    .getset = memory_bio_getset,
};

bool ssl_memory_bio_init(Thread *t) { return type_ready(t, &type_ssl_memory_bio, &spec_memory_bio, 0); }
