// Sending and receiving: the methods of sockets that move data.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/deadline.h"
#include "modules/socket_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "system/sys_state.h"

// One transfer; which fields count depends on the call.
typedef struct Transfer {
  void *data;
  size_t size;
  int flags;
  SocketAddress address;
  socklen_t address_length;
} Transfer;

static int64_t attempt_recv(int fd, void *p) {
  Transfer *x = p;
  return recv(fd, x->data, x->size, x->flags);
}
static int64_t attempt_recvfrom(int fd, void *p) {
  Transfer *x = p;
  memset(&x->address, 0, sizeof x->address);
  x->address_length = sizeof x->address;
  return recvfrom(fd, x->data, x->size, x->flags, &x->address.any, &x->address_length);
}
static int64_t attempt_send(int fd, void *p) {
  Transfer *x = p;
  return send(fd, x->data, x->size, x->flags);
}
static int64_t attempt_sendto(int fd, void *p) {
  Transfer *x = p;
  return sendto(fd, x->data, x->size, x->flags, &x->address.any, x->address_length);
}

// A size argument; absent: 0. 0, or -1 with an exception.
static int size_arg(Thread *t, Value v, const char *function, int64_t *out) {
  *out = v_is_absent(v) ? 0 : number_as_i64(t, v);
  if (*out == -1 && error_pending(t)) return -1;
  if (*out >= 0) return 0;
  return raise_value_error(t, "negative buffersize in %s", function), -1;
}

// (data, address of x): steals data.
static Value with_address(Thread *t, const Socket *s, const Transfer *x, Value data) {
  Value address = v_is_null(data) ? V_NULL : socket_address_make(t, &x->address, x->address_length, s->proto);
  Value r = v_is_null(address) ? V_NULL : tuple_pack(t, 2, data, address);
  v_drop(t, data);
  v_drop(t, address);
  return r;
}

// --- Receiving --------------------------------------------------------------------------------------------------------------------------------

// args: size[, flags]. The bytes received; *x as the call left it.
static Value receive(Thread *t, Socket *s, const Value *args, const char *function, SocketAttempt attempt, Transfer *x) {
  int64_t size;
  if (size_arg(t, args[0], function, &size) < 0 || socket_int(t, args[1], 0, &x->flags) < 0) return V_NULL;
  Value bytes = bytes_new(t, size);
  if (v_is_null(bytes)) return V_NULL;
  x->data = v_bytes(bytes)->data;
  x->size = (size_t)size;
  int64_t n = socket_call(t, s, false, socket_timeout(s), attempt, x);
  if (n >= 0) return n == size ? bytes : bytes_shrink(t, bytes, n);
  v_drop(t, bytes);
  return V_NULL;
}

SOCKET_FN(socket_recv) {
  SOCKET_UNUSED;
  Transfer x;
  return receive(t, v_socket(self), args, "recv", attempt_recv, &x);
}

SOCKET_FN(socket_recvfrom) {
  SOCKET_UNUSED;
  Transfer x;
  return with_address(t, v_socket(self), &x, receive(t, v_socket(self), args, "recvfrom", attempt_recvfrom, &x));
}

// Exports a buffer to be written into. 0, or -1 with TypeError.
static int writable(Thread *t, Value v, const char *function, BufferView *view) {
  if (buffer_get(t, v, view, BUFFER_WRITABLE) == 0) return 0;
  error_clear(t);
  return raise_type_error(t, "%s() argument 1 must be read-write bytes-like object, not %T", function, v), -1;
}

static int writable_item(Thread *t, Value v, BufferView *view) {
  if (buffer_get(t, v, view, BUFFER_WRITABLE) == 0) return 0;
  error_clear(t);
  return raise_type_error(t, "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers"), -1;
}

// args: buffer[, nbytes[, flags]]. The number of bytes received, or -1.
static int64_t receive_into(Thread *t, Socket *s, const Value *args, const char *function, const char *too_small, SocketAttempt attempt, Transfer *x) {
  BufferView view;
  int64_t size, n = -1;
  if (writable(t, args[0], function, &view) < 0) return -1;
  if (size_arg(t, args[1], function, &size) == 0 && socket_int(t, args[2], 0, &x->flags) == 0) {
    if (size > view.len) {
      raise_value_error(t, "%s", too_small);
    } else {
      x->data = view.data;
      x->size = (size_t)(size ? size : view.len);
      n = socket_call(t, s, false, socket_timeout(s), attempt, x);
    }
  }
  buffer_release(t, &view);
  return n;
}

SOCKET_FN(socket_recv_into) {
  SOCKET_UNUSED;
  Transfer x;
  int64_t n = receive_into(t, v_socket(self), args, "recv_into", "buffer too small for requested bytes", attempt_recv, &x);
  return n < 0 ? V_NULL : v_from_smi(n);
}

SOCKET_FN(socket_recvfrom_into) {
  SOCKET_UNUSED;
  Transfer x;
  int64_t n = receive_into(t, v_socket(self), args, "recvfrom_into", "nbytes is greater than the length of the buffer", attempt_recvfrom, &x);
  return n < 0 ? V_NULL : with_address(t, v_socket(self), &x, v_from_smi(n));
}

// --- Sending ------------------------------------------------------------------------------------------------------------------------------------

SOCKET_FN(socket_send) {
  SOCKET_UNUSED;
  Socket *s = v_socket(self);
  Transfer x;
  BufferView view;
  if (socket_int(t, args[1], 0, &x.flags) < 0 || buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  x.data = view.data;
  x.size = (size_t)view.len;
  int64_t n = socket_call(t, s, true, socket_timeout(s), attempt_send, &x);
  buffer_release(t, &view);
  return n < 0 ? V_NULL : v_from_smi(n);
}

// The time-out is for all of it together.
static int send_all(Thread *t, Socket *s, Transfer *x) {
  int64_t timeout = socket_timeout(s), deadline = timeout > 0 ? deadline_in(timeout) : DEADLINE_NEVER;
  do {
    int64_t left = timeout > 0 ? deadline_left(deadline) : timeout;
    if (timeout > 0 && left == 0) return raise_error(t, &exc_TimeoutError, "timed out"), -1;
    int64_t n = socket_call(t, s, true, left, attempt_send, x);
    if (n < 0) return -1;
    x->data = (char *)x->data + n;
    x->size -= (size_t)n;
    if (safepoint(t) < 0) return -1;
  } while (x->size > 0);
  return 0;
}

SOCKET_FN(socket_sendall) {
  SOCKET_UNUSED;
  Transfer x;
  BufferView view;
  if (socket_int(t, args[1], 0, &x.flags) < 0 || buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  x.data = view.data;
  x.size = (size_t)view.len;
  int rc = send_all(t, v_socket(self), &x);
  buffer_release(t, &view);
  return rc < 0 ? V_NULL : V_NONE;
}

SOCKET_FN(socket_sendto) {
  SOCKET_UNUSED;
  Socket *s = v_socket(self);
  Transfer x = {.flags = 0};
  BufferView view;
  if (nargs < 2 || nargs > 3) return raise_type_error(t, "sendto() takes 2 or 3 arguments (%zu given)", nargs);
  if (nargs == 3 && socket_int(t, args[1], 0, &x.flags) < 0) return V_NULL;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  int64_t n = -1;
  if (socket_address_parse(t, s, args[nargs - 1], "sendto", &x.address, &x.address_length) == 0 &&
      sys_audit_args(t, "socket.sendto", (Value[]){self, args[nargs - 1]}, 2) == 0) {
    x.data = view.data;
    x.size = (size_t)view.len;
    n = socket_call(t, s, true, socket_timeout(s), attempt_sendto, &x);
  }
  buffer_release(t, &view);
  return n < 0 ? V_NULL : v_from_smi(n);
}

// --- Messages -----------------------------------------------------------------------------------------------------------------------------------

typedef struct Message {
  struct msghdr header;
  int flags;
  BufferView *views;        // of the data's parts
  struct iovec *parts;
  size_t count;
  SocketAddress address;
  void *control;
} Message;

static int64_t attempt_sendmsg(int fd, void *p) {
  Message *m = p;
  return sendmsg(fd, &m->header, m->flags);
}
static int64_t attempt_recvmsg(int fd, void *p) {
  Message *m = p;
  m->header.msg_name = &m->address;
  m->header.msg_namelen = sizeof m->address;
  return recvmsg(fd, &m->header, m->flags);
}

static void message_release(Thread *t, Message *m) {
  for (size_t i = 0; i < m->count; i++) buffer_release(t, &m->views[i]);
  free(m->views);
  free(m->parts);
  free(m->control);
}

// Exports the buffers of an iterable. 0 or -1.
static int message_take(Thread *t, Message *m, Value buffers, const char *function, bool receiving) {
  Value list = object_to_list(t, buffers);
  if (v_is_null(list)) {
    if (!error_matches(t, &exc_TypeError)) return -1;
    error_clear(t);
    return raise_type_error(t, "%s() argument 1 must be an iterable", function), -1;
  }
  int64_t n = list_length(v_list(list));
  m->views = malloc(((size_t)n + 1) * sizeof *m->views);
  m->parts = malloc(((size_t)n + 1) * sizeof *m->parts);
  bool good = m->views && m->parts;
  if (!good) raise_no_memory(t);
  for (int64_t i = 0; good && i < n; i++) {
    Value v = list_get(t, v_list(list), i);
    good = !v_is_null(v) && (receiving ? writable_item(t, v, &m->views[i]) : buffer_get(t, v, &m->views[i], BUFFER_SIMPLE)) == 0;
    v_drop(t, v);
    if (!good) break;
    m->parts[i] = (struct iovec){m->views[i].data, (size_t)m->views[i].len};
    m->count++;
  }
  v_drop(t, list);
  m->header.msg_iov = m->parts;
  m->header.msg_iovlen = m->count;
  return good ? 0 : -1;
}

// CMSG_LEN and CMSG_SPACE that refuse what does not fit.
static bool control_space(int64_t data, size_t *space) {
  if (data < 0 || (uint64_t)data > INT32_MAX - CMSG_SPACE(1)) return false;
  *space = CMSG_SPACE((size_t)data);
  return true;
}

typedef struct ControlItem { int level, type; BufferView data; } ControlItem;

static int control_item(Thread *t, Value v, ControlItem *out) {
  static const char where[] = "[sendmsg() ancillary data items]() argument must be";
  if (!v_type(v)->slots.length || !v_type(v)->slots.getitem) return raise_type_error(t, "%s 3-item sequence, not %T", where, v), -1;
  Value tuple = object_to_tuple(t, v);
  if (v_is_null(tuple)) return -1;
  int rc = -1;
  const Tuple *u = v_tuple(tuple);
  if (u->length != 3) raise_type_error(t, "%s sequence of length 3, not %lld", where, (long long)u->length);
  else if (socket_int(t, u->items[0], 0, &out->level) == 0 && socket_int(t, u->items[1], 0, &out->type) == 0)
    rc = buffer_get(t, u->items[2], &out->data, BUFFER_SIMPLE);
  v_drop(t, tuple);
  return rc;
}

static int control_fill(Thread *t, Message *m, const ControlItem *items, size_t n) {
  size_t total = 0, space;
  for (size_t i = 0; i < n; i++) {
    if (!control_space(items[i].data.len, &space)) return raise_error(t, &exc_OSError, "ancillary data item too large"), -1;
    total += space;
    if (total > INT32_MAX) return raise_error(t, &exc_OSError, "too much ancillary data"), -1;
  }
  m->control = calloc(1, total + 1);
  if (!m->control) return raise_no_memory(t), -1;
  m->header.msg_control = m->control;
  m->header.msg_controllen = total;
  struct cmsghdr *c = CMSG_FIRSTHDR(&m->header);
  for (size_t i = 0; i < n; i++, c = CMSG_NXTHDR(&m->header, c)) {
    c->cmsg_level = items[i].level;
    c->cmsg_type = items[i].type;
    c->cmsg_len = CMSG_LEN((size_t)items[i].data.len);
    memcpy(CMSG_DATA(c), items[i].data.data, (size_t)items[i].data.len);
  }
  return 0;
}

// The ancillary data argument of sendmsg. 0 or -1.
static int control_take(Thread *t, Message *m, Value ancillary) {
  Value list = object_to_list(t, ancillary);
  if (v_is_null(list)) {
    if (!error_matches(t, &exc_TypeError)) return -1;
    error_clear(t);
    return raise_type_error(t, "sendmsg() argument 2 must be an iterable"), -1;
  }
  size_t n = (size_t)list_length(v_list(list)), taken = 0;
  ControlItem *items = malloc((n + 1) * sizeof *items);
  int rc = items ? 0 : (raise_no_memory(t), -1);
  for (; rc == 0 && taken < n; taken++) {
    Value v = list_get(t, v_list(list), (int64_t)taken);
    rc = v_is_null(v) ? -1 : control_item(t, v, &items[taken]);
    v_drop(t, v);
    if (rc < 0) break;
  }
  if (rc == 0 && n > 0) rc = control_fill(t, m, items, n);
  for (size_t i = 0; i < taken; i++) buffer_release(t, &items[i].data);
  free(items);
  v_drop(t, list);
  return rc;
}

SOCKET_FN(socket_sendmsg) {
  SOCKET_UNUSED;
  Socket *s = v_socket(self);
  Message m;
  memset(&m, 0, sizeof m);
  bool addressed = !v_is_absent_or_none(args[3]);
  int64_t n = -1;
  socklen_t length;
  if (socket_int(t, args[2], 0, &m.flags) < 0) return V_NULL;
  if (addressed) {
    if (socket_address_parse(t, s, args[3], "sendmsg", &m.address, &length) < 0) return V_NULL;
    m.header.msg_name = &m.address;
    m.header.msg_namelen = length;
  }
  if (sys_audit_args(t, "socket.sendmsg", (Value[]){self, addressed ? args[3] : V_NONE}, 2) < 0) return V_NULL;
  if (message_take(t, &m, args[0], "sendmsg", false) == 0 && (v_is_absent(args[1]) || control_take(t, &m, args[1]) == 0))
    n = socket_call(t, s, true, socket_timeout(s), attempt_sendmsg, &m);
  message_release(t, &m);
  return n < 0 ? V_NULL : v_from_smi(n);
}

// [(level, type, data)...]. An item that the kernel cut short is as long as what arrived of it.
static Value control_list(Thread *t, struct msghdr *header) {
  Value list = list_new(t, 0);
  for (struct cmsghdr *c = header->msg_controllen > 0 ? CMSG_FIRSTHDR(header) : NULL; c && !v_is_null(list); c = CMSG_NXTHDR(header, c)) {
    char *end = (char *)header->msg_control + header->msg_controllen, *data = (char *)CMSG_DATA(c);
    size_t said = c->cmsg_len > CMSG_LEN(0) ? c->cmsg_len - CMSG_LEN(0) : 0, room = data < end ? (size_t)(end - data) : 0;
    Value bytes = bytes_from(t, data, said < room ? said : room);
    Value item = v_is_null(bytes) ? V_NULL : tuple_pack(t, 3, v_from_smi(c->cmsg_level), v_from_smi(c->cmsg_type), bytes);
    v_drop(t, bytes);
    if (v_is_null(item) || list_append_steal(t, v_list(list), item) < 0) v_clear(t, &list);
  }
  return list;
}

// Closes the descriptors that came with a message nobody will get.
static void close_rights(struct msghdr *header) {
  for (struct cmsghdr *c = header->msg_controllen > 0 ? CMSG_FIRSTHDR(header) : NULL; c; c = CMSG_NXTHDR(header, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < n; i++) {
      int fd;
      memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
      close(fd);
    }
  }
}

// Receives into m's parts. The count, or -1.
static int64_t receive_message(Thread *t, Socket *s, Message *m, const Value *args) {
  int64_t size;
  if (socket_int(t, args[1], 0, &m->flags) < 0) return -1;
  size = v_is_absent(args[0]) ? 0 : number_as_i64(t, args[0]);
  if (size == -1 && error_pending(t)) return -1;
  if (size < 0 || size > INT32_MAX) return raise_value_error(t, "invalid ancillary data buffer length"), -1;
  m->control = size ? malloc((size_t)size) : NULL;
  if (size && !m->control) return raise_no_memory(t), -1;
  m->header.msg_control = m->control;
  m->header.msg_controllen = (size_t)size;
  return socket_call(t, s, false, socket_timeout(s), attempt_recvmsg, m);
}

// (first, ancillary data, flags, address): steals first.
static Value message_result(Thread *t, const Socket *s, Message *m, Value first) {
  Value list = v_is_null(first) ? V_NULL : control_list(t, &m->header);
  Value address = v_is_null(list) ? V_NULL : socket_address_make(t, &m->address, m->header.msg_namelen, s->proto);
  Value r = v_is_null(address) ? V_NULL : tuple_pack(t, 4, first, list, v_from_smi(m->header.msg_flags), address);
  if (v_is_null(r)) close_rights(&m->header);
  v_drop(t, first);
  v_drop(t, list);
  v_drop(t, address);
  return r;
}

SOCKET_FN(socket_recvmsg) {
  SOCKET_UNUSED;
  int64_t size = number_as_i64(t, args[0]);
  if (size == -1 && error_pending(t)) return V_NULL;
  if (size < 0) return raise_value_error(t, "negative buffer size in recvmsg()");
  Value bytes = bytes_new(t, size), result = V_NULL;
  if (v_is_null(bytes)) return V_NULL;
  Message m;
  memset(&m, 0, sizeof m);
  struct iovec part = {v_bytes(bytes)->data, (size_t)size};
  m.header.msg_iov = &part;
  m.header.msg_iovlen = 1;
  int64_t n = receive_message(t, v_socket(self), &m, args + 1);
  if (n < 0) v_drop(t, bytes);
  else result = message_result(t, v_socket(self), &m, n == size ? bytes : bytes_shrink(t, bytes, n));
  message_release(t, &m);
  return result;
}

SOCKET_FN(socket_recvmsg_into) {
  SOCKET_UNUSED;
  Message m;
  memset(&m, 0, sizeof m);
  Value result = V_NULL;
  if (message_take(t, &m, args[0], "recvmsg_into", true) == 0) {
    int64_t n = receive_message(t, v_socket(self), &m, args + 1);
    if (n >= 0) result = message_result(t, v_socket(self), &m, v_from_smi(n));
  }
  message_release(t, &m);
  return result;
}

// --- The kernel's ciphers (AF_ALG) ----------------------------------------------------------------------------------------------------------------

// Ancillary data of a cipher message: the operation, and where given the initialisation vector and the length of what is only authenticated.
static int alg_control(Thread *t, Message *m, int op, const BufferView *iv, int assoclen) {
  size_t total = CMSG_SPACE(4) + (iv ? CMSG_SPACE(sizeof(struct af_alg_iv) + (size_t)iv->len) : 0) + (assoclen >= 0 ? CMSG_SPACE(4) : 0);
  m->control = calloc(1, total);
  if (!m->control) return raise_no_memory(t), -1;
  m->header.msg_control = m->control;
  m->header.msg_controllen = total;
  struct cmsghdr *c = CMSG_FIRSTHDR(&m->header);
  *c = (struct cmsghdr){.cmsg_level = SOL_ALG, .cmsg_type = ALG_SET_OP, .cmsg_len = CMSG_LEN(4)};
  memcpy(CMSG_DATA(c), &op, 4);
  if (iv) {
    c = CMSG_NXTHDR(&m->header, c);
    uint32_t n = (uint32_t)iv->len;
    *c = (struct cmsghdr){.cmsg_level = SOL_ALG, .cmsg_type = ALG_SET_IV, .cmsg_len = CMSG_LEN(sizeof(struct af_alg_iv) + n)};
    memcpy(CMSG_DATA(c), &n, 4);
    memcpy(CMSG_DATA(c) + 4, iv->data, n);
  }
  if (assoclen >= 0) {
    c = CMSG_NXTHDR(&m->header, c);
    *c = (struct cmsghdr){.cmsg_level = SOL_ALG, .cmsg_type = ALG_SET_AEAD_ASSOCLEN, .cmsg_len = CMSG_LEN(4)};
    memcpy(CMSG_DATA(c), &assoclen, 4);
  }
  return 0;
}

SOCKET_FN(socket_sendmsg_afalg) {
  SOCKET_UNUSED;
  Socket *s = v_socket(self);
  static aptr binder;
  Value bound[5];
  if (native_bind(t, &binder, "sendmsg_afalg(msg=(), *, op=None, iv=None, assoclen=None, flags=0)", args, nargs, kwnames, bound) < 0) return V_NULL;
  if (s->family != AF_ALG) return raise_error(t, &exc_OSError, "algset is only supported for AF_ALG");
  int op = -1, assoclen = -1;
  Message m;
  memset(&m, 0, sizeof m);
  if (v_is_absent_or_none(bound[1])) return raise_type_error(t, "Invalid or missing argument 'op'");
  if (socket_int(t, bound[1], -1, &op) < 0 || socket_int(t, bound[4], 0, &m.flags) < 0) return V_NULL;
  if (op < 0) return raise_type_error(t, "Invalid or missing argument 'op'");
  if (!v_is_absent_or_none(bound[3])) {
    if (socket_int(t, bound[3], -1, &assoclen) < 0) return V_NULL;
    if (assoclen < 0) return raise_type_error(t, "assoclen must be positive");
  }
  BufferView iv;
  bool has_iv = !v_is_absent_or_none(bound[2]);
  if (has_iv && buffer_get(t, bound[2], &iv, BUFFER_SIMPLE) < 0) return V_NULL;
  int64_t n = -1;
  if (alg_control(t, &m, op, has_iv ? &iv : NULL, assoclen) == 0 &&
      (v_is_absent(bound[0]) || message_take(t, &m, bound[0], "sendmsg_afalg", false) == 0))
    n = socket_call(t, s, true, socket_timeout(s), attempt_sendmsg, &m);
  message_release(t, &m);
  if (has_iv) buffer_release(t, &iv);
  return n < 0 ? V_NULL : v_from_smi(n);
}

const NativeDef socket_io_methods[] = {
    {"recv($self, buffersize, flags=0, /)", socket_recv, "Receives up to buffersize bytes.", NATIVE_NO_SIGNATURE},
    {"recv_into($self, buffer, nbytes=0, flags=0, /)", socket_recv_into,
     "Receives into a buffer and tells how many bytes came.", NATIVE_NO_SIGNATURE},
    {"recvfrom($self, buffersize, flags=0, /)", socket_recvfrom, "Receives up to buffersize bytes and the sender's address.", NATIVE_NO_SIGNATURE},
    {"recvfrom_into($self, buffer, nbytes=0, flags=0, /)", socket_recvfrom_into,
     "Receives into a buffer and tells how many bytes came, and from whom.", NATIVE_NO_SIGNATURE},
    {"send($self, data, flags=0, /)", socket_send, "send(data[, flags]) -> count\n\nSend data to the socket; may send less than all.", NATIVE_NO_SIGNATURE},
    {"sendall($self, data, flags=0, /)", socket_sendall, "Sends the data to the last byte.", NATIVE_NO_SIGNATURE},
    {"sendto($self, data, flags, address, /)", socket_sendto,
     "Sends data to an address and tells how many bytes were taken.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"recvmsg($self, bufsize, ancbufsize=0, flags=0, /)", socket_recvmsg, "Receives data together with control messages.",
     NATIVE_NO_SIGNATURE},
    {"recvmsg_into($self, buffers, ancbufsize=0, flags=0, /)", socket_recvmsg_into,
     "Receives data into several buffers, together with control messages.", NATIVE_NO_SIGNATURE},
    {"sendmsg($self, buffers, ancdata=(), flags=0, address=None, /)", socket_sendmsg, "Sends data together with control messages.",
     NATIVE_NO_SIGNATURE},
    {"sendmsg_afalg($self, msg=(), /, *, op, iv=None, assoclen=None, flags=0)", socket_sendmsg_afalg,
     "Sends data to a crypto socket of the kernel, with what the operation needs.",
     NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {0},
};
