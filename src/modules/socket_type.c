// The socket type: making, naming and connecting sockets, their options and time-outs. Sending and receiving are in socket_io.c.
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/_warnings.h"
#include "modules/deadline.h"
#include "modules/module_help.h"
#include "modules/socket_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/sys_state.h"

Type type_socket;
a64 socket_default_timeout_ns = {(uint64_t)-1};

Value socket_error(Thread *t) { return error_pending(t) ? V_NULL : raise_errno(t, errno, V_NULL, V_NULL); }

int socket_int(Thread *t, Value v, int default_, int *out) {
  *out = v_is_absent(v) ? default_ : number_as_int(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

// --- Waiting --------------------------------------------------------------------------------------------------------------------------------

int socket_wait(Thread *t, Socket *s, bool writing, int64_t deadline) {
  struct pollfd p = {.events = writing ? POLLOUT : POLLIN};
  for (;;) {
    int n, err;
    p.fd = socket_fd(s);
    if (p.fd < 0) return 0;   // the attempt will say EBADF
    ALLOW_THREADS_BEGIN(t)
    n = poll(&p, 1, deadline_left_ms(deadline));
    err = errno;
    ALLOW_THREADS_END
    if (n > 0) return 0;
    if (n == 0) return raise_error(t, &exc_TimeoutError, "timed out"), -1;
    if (err != EINTR) return raise_errno(t, err, V_NULL, V_NULL), -1;
    if (safepoint(t) < 0) return -1;
  }
}

int64_t socket_call(Thread *t, Socket *s, bool writing, int64_t timeout_ns, SocketAttempt attempt, void *data) {
  int64_t deadline = timeout_ns > 0 ? deadline_in(timeout_ns) : DEADLINE_NEVER;
  for (;;) {
    if (timeout_ns > 0 && socket_wait(t, s, writing, deadline) < 0) return -1;
    int64_t n;
    int err;
    ALLOW_THREADS_BEGIN(t)
    n = attempt(socket_fd(s), data);
    err = errno;
    ALLOW_THREADS_END
    if (n >= 0) return n;
    bool lost_it = timeout_ns > 0 && (err == EAGAIN || err == EWOULDBLOCK);   // another thread took what poll() had seen
    if (err == EINTR ? safepoint(t) < 0 : !lost_it) {
      errno = err;
      socket_error(t);
      return -1;
    }
  }
}

int socket_timeout_arg(Thread *t, Value v, int64_t *ns) {
  *ns = -1;
  if (v_is_none(v)) return 0;
  if (module_seconds_as_ns(t, v, ns) < 0) return -1;
  if (*ns < 0) return raise_value_error(t, "Timeout value out of range"), -1;
  if (*ns / NS_PER_MS < INT_MAX) return 0;
  return raise_overflow(t, "timeout doesn't fit into C timeval"), -1;
}

static int set_blocking(int fd, bool blocking) {
  int flags = fcntl(fd, F_GETFL), wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  return flags < 0 ? -1 : flags == wanted ? 0 : fcntl(fd, F_SETFL, wanted);
}

// Sets the time-out and makes the descriptor block, or not, accordingly. 0 or -1 with an exception.
static int apply_timeout(Thread *t, Socket *s, int64_t ns) {
  a64_store_rlx(&s->timeout_ns, (uint64_t)ns);
  if (set_blocking(socket_fd(s), ns < 0) == 0) return 0;
  socket_error(t);
  return -1;
}

// --- Making -----------------------------------------------------------------------------------------------------------------------------------

static Value socket_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  a32_store_rlx(&v_socket(v)->fd, (uint32_t)-1);
  a64_store_rlx(&v_socket(v)->timeout_ns, (uint64_t)-1);
  return v;
}

// What kind of socket an existing descriptor is, where the caller does not say (-1). 0 or -1.
static int examine(Thread *t, int fd, int *family, int *type, int *proto) {
  SocketAddress a;
  socklen_t n = sizeof a;
  int known = getsockname(fd, &a.any, &n), *const fields[] = {type, proto};
  static const int options[] = {SO_TYPE, SO_PROTOCOL};
  if (known < 0 && (*family == -1 || errno == EBADF || errno == ENOTSOCK)) return socket_error(t), -1;
  if (*family == -1) *family = a.any.sa_family;
  for (int i = 0; i < 2; i++) {
    n = sizeof(int);
    if (*fields[i] == -1 && getsockopt(fd, SOL_SOCKET, options[i], fields[i], &n) < 0) return socket_error(t), -1;
  }
  return 0;
}

static int fileno_arg(Thread *t, Value v, int *fd) {
  *fd = number_as_int(t, v);
  if (*fd == -1 && error_pending(t)) return -1;
  if (*fd < 0) return raise_value_error(t, "negative file descriptor"), -1;
  return 0;
}

// A descriptor for a new socket. -1 with OSError.
static int open_fd(Thread *t, int family, int type, int proto) {
  int fd, err;
  ALLOW_THREADS_BEGIN(t)
  fd = socket(family, type | SOCK_CLOEXEC, proto);
  err = errno;
  ALLOW_THREADS_END
  if (fd < 0) raise_errno(t, err, V_NULL, V_NULL);
  return fd;
}

// Makes self a socket on fd, which stays the caller's on failure.
static int adopt(Thread *t, Socket *s, int fd, int family, int type, int proto) {
  s->family = family;
  s->type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  s->proto = proto;
  a32_store_rel(&s->fd, (uint32_t)fd);
  int64_t timeout = type & SOCK_NONBLOCK ? 0 : (int64_t)a64_load_rlx(&socket_default_timeout_ns);
  a64_store_rlx(&s->timeout_ns, (uint64_t)timeout);
  return timeout >= 0 ? apply_timeout(t, s, timeout) : 0;
}

static int socket_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[4];
  int n[3], fd = -1;
  if (native_bind(t, &binder, "socket(family=-1, type=-1, proto=-1, fileno=None)", args, nargs, kwnames, bound) < 0) return -1;
  for (int i = 0; i < 3; i++)
    if (socket_int(t, bound[i], -1, &n[i]) < 0) return -1;
  bool given = !v_is_absent_or_none(bound[3]);
  if (sys_audit_args(t, "socket.__new__", (Value[]){self, v_from_smi(n[0]), v_from_smi(n[1]), v_from_smi(n[2])}, 4) < 0) return -1;
  if (given) {
    if (fileno_arg(t, bound[3], &fd) < 0 || examine(t, fd, &n[0], &n[1], &n[2]) < 0) return -1;
  } else {
    if (n[0] == -1) n[0] = AF_INET;
    if (n[1] == -1) n[1] = SOCK_STREAM;
    if (n[2] == -1) n[2] = 0;
    fd = open_fd(t, n[0], n[1], n[2]);
    if (fd < 0) return -1;
  }
  if (adopt(t, v_socket(self), fd, n[0], n[1], n[2]) == 0) return 0;
  a32_store_rel(&v_socket(self)->fd, (uint32_t)-1);
  if (!given) close(fd);
  return -1;
}

static Value socket_repr(Thread *t, Value self) {
  Socket *s = v_socket(self);
  return str_from_format(t, "<socket object, fd=%d, family=%d, type=%d, proto=%d>", socket_fd(s), s->family, s->type, s->proto);
}

// Takes the descriptor out; -1: another was quicker, or there was none.
static int take_fd(Socket *s) {
  uint32_t fd;
  do fd = a32_load_acq(&s->fd); while (fd != (uint32_t)-1 && !a32_cas_acqrel(&s->fd, fd, (uint32_t)-1));
  return (int32_t)fd;
}

static void socket_finalize(Thread *t, Value self) {
  Socket *s = v_socket(self);
  if (socket_fd(s) < 0) return;
  Value pending = error_fetch(t);
  warnings_unclosed(t, self, "unclosed %R", self);
  int fd = take_fd(s);
  if (fd >= 0) {
    ALLOW_THREADS_BEGIN(t)
    close(fd);
    ALLOW_THREADS_END
  }
  error_restore(t, pending);
}

static void socket_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

SOCKET_FN(socket_close) {
  SOCKET_UNUSED;
  int fd = take_fd(v_socket(self)), err = 0;
  if (fd < 0) return V_NONE;
  ALLOW_THREADS_BEGIN(t)
  if (close(fd) < 0) err = errno;
  ALLOW_THREADS_END
  return err && err != ECONNRESET ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE;   // a reset peer is no news to someone who closes
}

SOCKET_FN(socket_detach) { SOCKET_UNUSED; return v_from_smi(take_fd(v_socket(self))); }
SOCKET_FN(socket_fileno) { SOCKET_UNUSED; return v_from_smi(socket_fd(v_socket(self))); }

// --- Naming and connecting --------------------------------------------------------------------------------------------------------------------

SOCKET_FN(socket_bind) {
  SOCKET_UNUSED;
  Socket *s = v_socket(self);
  SocketAddress a;
  socklen_t n;
  int r, err;
  if (socket_address_parse(t, s, args[0], "bind", &a, &n) < 0 || sys_audit_args(t, "socket.bind", (Value[]){self, args[0]}, 2) < 0) return V_NULL;
  ALLOW_THREADS_BEGIN(t)
  r = bind(socket_fd(s), &a.any, n);
  err = errno;
  ALLOW_THREADS_END
  return r < 0 ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE;
}

SOCKET_FN(socket_listen) {
  SOCKET_UNUSED;
  int backlog, r, err;
  if (socket_int(t, args[0], SOMAXCONN < 128 ? SOMAXCONN : 128, &backlog) < 0) return V_NULL;
  ALLOW_THREADS_BEGIN(t)
  r = listen(socket_fd(v_socket(self)), backlog < 0 ? 0 : backlog);
  err = errno;
  ALLOW_THREADS_END
  return r < 0 ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE;
}

typedef struct AcceptCall { SocketAddress address; socklen_t length; } AcceptCall;
static int64_t attempt_accept(int fd, void *data) {
  AcceptCall *c = data;
  c->length = sizeof c->address;
  return accept4(fd, &c->address.any, &c->length, SOCK_CLOEXEC);
}

SOCKET_FN(socket_accept) {
  SOCKET_UNUSED;
  Socket *s = v_socket(self);
  AcceptCall c;
  memset(&c, 0, sizeof c);
  int fd = (int)socket_call(t, s, false, socket_timeout(s), attempt_accept, &c);
  if (fd < 0) return V_NULL;
  Value address = socket_address_make(t, &c.address, c.length, s->proto);
  Value r = v_is_null(address) ? V_NULL : tuple_pack(t, 2, v_from_smi(fd), address);
  v_drop(t, address);
  if (v_is_null(r)) close(fd);
  return r;
}

static int64_t attempt_connected(int fd, void *data) {
  (void)data;
  int err = 0;
  socklen_t n = sizeof err;
  if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &err, &n) < 0) return -1;
  errno = err;
  return err == 0 || err == EISCONN ? 0 : -1;
}

// Waits for a connection that is being made. 0, or the errno it ended with; -1 with an exception: time-out, or a signal's handler raised.
static int await_connection(Thread *t, Socket *s) {
  int64_t timeout = socket_timeout(s);
  if (socket_wait(t, s, true, timeout > 0 ? deadline_in(timeout) : DEADLINE_NEVER) < 0) return -1;
  return attempt_connected(socket_fd(s), NULL) < 0 ? errno : 0;
}

// 0, an errno, or -1 with an exception.
static int connect_to(Thread *t, Socket *s, const SocketAddress *a, socklen_t n) {
  int r, err;
  ALLOW_THREADS_BEGIN(t)
  r = connect(socket_fd(s), &a->any, n);
  err = errno;
  ALLOW_THREADS_END
  if (r == 0) return 0;
  int64_t timeout = socket_timeout(s);
  if (err == EINTR && safepoint(t) < 0) return -1;
  bool wait = err == EINTR ? timeout != 0 : timeout > 0 && err == EINPROGRESS;   // an interrupted connect goes on by itself
  return wait ? await_connection(t, s) : err;
}

static int connect_arg(Thread *t, Value self, Value address, const char *function, SocketAddress *a, socklen_t *n) {
  return socket_address_parse(t, v_socket(self), address, function, a, n) < 0 ||
                 sys_audit_args(t, "socket.connect", (Value[]){self, address}, 2) < 0
             ? -1
             : 0;
}

SOCKET_FN(socket_connect) {
  SOCKET_UNUSED;
  SocketAddress a;
  socklen_t n;
  if (connect_arg(t, self, args[0], "connect", &a, &n) < 0) return V_NULL;
  int err = connect_to(t, v_socket(self), &a, n);
  return err > 0 ? raise_errno(t, err, V_NULL, V_NULL) : err < 0 ? V_NULL : V_NONE;
}

SOCKET_FN(socket_connect_ex) {
  SOCKET_UNUSED;
  SocketAddress a;
  socklen_t n;
  if (connect_arg(t, self, args[0], "connect_ex", &a, &n) < 0) return V_NULL;
  int err = connect_to(t, v_socket(self), &a, n);
  if (err >= 0) return v_from_smi(err);
  if (!error_matches(t, &exc_TimeoutError)) return V_NULL;
  error_clear(t);
  return v_from_smi(EWOULDBLOCK);
}

typedef int (*NameCall)(int fd, struct sockaddr *a, socklen_t *n);
static Value socket_name(Thread *t, Value self, NameCall call) {
  Socket *s = v_socket(self);
  SocketAddress a;
  socklen_t n = sizeof a;
  int r, err;
  memset(&a, 0, sizeof a);
  ALLOW_THREADS_BEGIN(t)
  r = call(socket_fd(s), &a.any, &n);
  err = errno;
  ALLOW_THREADS_END
  return r < 0 ? raise_errno(t, err, V_NULL, V_NULL) : socket_address_make(t, &a, n, s->proto);
}
static int name_here(int fd, struct sockaddr *a, socklen_t *n) { return getsockname(fd, a, n); }
static int name_there(int fd, struct sockaddr *a, socklen_t *n) { return getpeername(fd, a, n); }
SOCKET_FN(socket_getsockname) { SOCKET_UNUSED; return socket_name(t, self, name_here); }
SOCKET_FN(socket_getpeername) { SOCKET_UNUSED; return socket_name(t, self, name_there); }

SOCKET_FN(socket_shutdown) {
  SOCKET_UNUSED;
  int how = number_as_int(t, args[0]), r, err;
  if (how == -1 && error_pending(t)) return V_NULL;
  ALLOW_THREADS_BEGIN(t)
  r = shutdown(socket_fd(v_socket(self)), how);
  err = errno;
  ALLOW_THREADS_END
  return r < 0 ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE;
}

// --- Options ------------------------------------------------------------------------------------------------------------------------------------

SOCKET_FN(socket_getsockopt) {
  SOCKET_UNUSED;
  int level, option, length, fd = socket_fd(v_socket(self));
  if (socket_int(t, args[0], 0, &level) < 0 || socket_int(t, args[1], 0, &option) < 0 || socket_int(t, args[2], 0, &length) < 0) return V_NULL;
  if (length == 0) {
    int flag = 0;
    socklen_t n = sizeof flag;
    return getsockopt(fd, level, option, &flag, &n) < 0 ? socket_error(t) : v_from_smi(flag);
  }
  if (length < 0 || length > 1024) return raise_error(t, &exc_OSError, "getsockopt buflen out of range");
  char buffer[1024];
  socklen_t n = (socklen_t)length;
  return getsockopt(fd, level, option, buffer, &n) < 0 ? socket_error(t) : bytes_from(t, buffer, n);
}

// VM_SOCKETS_BUFFER sizes are 64 bits wide.
static bool is_wide_option(const Socket *s, int level, int option) {
  return s->family == AF_VSOCK && level == AF_VSOCK && option >= SO_VM_SOCKETS_BUFFER_SIZE && option <= SO_VM_SOCKETS_BUFFER_MAX_SIZE;
}

static int set_option_to_int(Thread *t, Socket *s, int level, int option, Value v) {
  if (is_wide_option(s, level, option)) {
    int64_t wide = number_as_i64(t, v);
    return wide == -1 && error_pending(t) ? -1 : setsockopt(socket_fd(s), level, option, &wide, sizeof wide);
  }
  int flag = number_as_int(t, v);
  return flag == -1 && error_pending(t) ? -1 : setsockopt(socket_fd(s), level, option, &flag, sizeof flag);
}

SOCKET_FN(socket_setsockopt) {
  SOCKET_UNUSED;
  Socket *s = v_socket(self);
  int level, option, r;
  bool unset = nargs == 4 && v_is_none(args[2]);
  if (nargs != 3 && !unset) return raise_type_error(t, "setsockopt() takes exactly 3 arguments (%zu given)", nargs);
  if (socket_int(t, args[0], 0, &level) < 0 || socket_int(t, args[1], 0, &option) < 0) return V_NULL;
  if (unset) {
    int64_t n = number_as_i64(t, args[3]);
    if (n == -1 && error_pending(t)) return V_NULL;
    r = setsockopt(socket_fd(s), level, option, NULL, (socklen_t)n);
  } else if (v_is_int(args[2])) {
    r = set_option_to_int(t, s, level, option, args[2]);
  } else {
    BufferView view;
    if (buffer_get(t, args[2], &view, BUFFER_SIMPLE) < 0) return V_NULL;
    r = setsockopt(socket_fd(s), level, option, view.data, (socklen_t)view.len);
    int err = errno;
    buffer_release(t, &view);
    errno = err;
  }
  return r < 0 ? socket_error(t) : V_NONE;
}

static Value timeout_value(Thread *t, int64_t ns) { return ns < 0 ? V_NONE : float_new(t, (double)ns / NS_PER_SECOND); }

SOCKET_FN(socket_settimeout) {
  SOCKET_UNUSED;
  int64_t ns;
  return socket_timeout_arg(t, args[0], &ns) < 0 || apply_timeout(t, v_socket(self), ns) < 0 ? V_NULL : V_NONE;
}
SOCKET_FN(socket_gettimeout) { SOCKET_UNUSED; return timeout_value(t, socket_timeout(v_socket(self))); }
static Value socket_get_timeout(Thread *t, Value self, void *closure) { (void)closure; return timeout_value(t, socket_timeout(v_socket(self))); }

SOCKET_FN(socket_setblocking) {
  SOCKET_UNUSED;
  int block = object_is_true(t, args[0]);
  return block < 0 || apply_timeout(t, v_socket(self), block ? -1 : 0) < 0 ? V_NULL : V_NONE;
}
SOCKET_FN(socket_getblocking) { SOCKET_UNUSED; return v_from_bool(socket_timeout(v_socket(self)) != 0); }

// --- The type -----------------------------------------------------------------------------------------------------------------------------------

static const NativeDef connection_methods[] = {
    {"_accept($self, /)", socket_accept, "Takes the next connection: its file descriptor and the peer's address.", NATIVE_NO_SIGNATURE},
    {"bind($self, address, /)", socket_bind, "Gives the socket an address of this machine.", NATIVE_NO_SIGNATURE},
    {"close($self, /)", socket_close, "Closes the socket for good.", NATIVE_NO_SIGNATURE},
    {"connect($self, address, /)", socket_connect, "Connects with the address.", NATIVE_NO_SIGNATURE},
    {"connect_ex($self, address, /)", socket_connect_ex,
     "Connects with the address and returns an error number, 0 if it worked.",
     NATIVE_NO_SIGNATURE},
    {"detach($self, /)", socket_detach, "Gives up the file descriptor and returns it, still open.", NATIVE_NO_SIGNATURE},
    {"fileno($self, /)", socket_fileno, "The number of the file descriptor.", NATIVE_NO_SIGNATURE},
    {"getpeername($self, /)", socket_getpeername, "The address of the other side.", NATIVE_NO_SIGNATURE},
    {"getsockname($self, /)", socket_getsockname, "The address of this side.", NATIVE_NO_SIGNATURE},
    {"getsockopt($self, level, option, buffersize=0, /)", socket_getsockopt, "The value of an option, as int or bytes.",
     NATIVE_NO_SIGNATURE},
    {"listen($self, backlog=128, /)", socket_listen, "Lets others connect; backlog limits how many wait for an accept.", NATIVE_NO_SIGNATURE},
    {"setblocking($self, flag, /)", socket_setblocking, "Says whether calls may wait.",
     NATIVE_NO_SIGNATURE},
    {"getblocking($self, /)", socket_getblocking, "Whether calls may wait.",
     NATIVE_NO_SIGNATURE},
    {"settimeout($self, timeout, /)", socket_settimeout, "Says how many seconds a call may wait; None: for ever.", NATIVE_NO_SIGNATURE},
    {"gettimeout($self, /)", socket_gettimeout, "How many seconds a call may wait, or None.",
     NATIVE_NO_SIGNATURE},
    {"setsockopt($self, level, option, value, optlen=None, /)", socket_setsockopt, "setsockopt(level, option, value: int | buffer | None[, optlen])",
     NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"shutdown($self, flag, /)", socket_shutdown, "shutdown(flag)\n\nShut down one or both halves of the connection.", NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef socket_getset[] = {{"timeout", socket_get_timeout, NULL, "the socket timeout", NULL}, {0}};
static const MemberDef socket_members[] = {{"family", MEMBER_I32, offsetof(Socket, family), true, "the socket family"},
                                           {"type", MEMBER_I32, offsetof(Socket, type), true, "the socket type"},
                                           {"proto", MEMBER_I32, offsetof(Socket, proto), true, "the socket protocol"},
                                           {0}};

bool socket_type_init(Thread *t) {
  static NativeDef methods[64];
  static TypeSpec spec = {
      .name = "_socket.socket",
      .size = sizeof(Socket),
      .flags = TYPE_BASETYPE,
      .slots = {.new = socket_new, .init = socket_init, .repr = socket_repr, .finalize = socket_finalize, .dealloc = socket_dealloc},
      .methods = methods,
      .getset = socket_getset,
      .members = socket_members,
      .doc = "A new socket of this family and type, or one for a file descriptor; programs run by this one do not get it.",
  };
  if (type_socket.flags & TYPE_READY) return true;
  size_t n = 0;
  for (const NativeDef *d = connection_methods; d->signature; d++) methods[n++] = *d;
  for (const NativeDef *d = socket_io_methods; d->signature; d++) methods[n++] = *d;
  return type_ready(t, &type_socket, &spec, 0);
}
