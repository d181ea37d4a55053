// _socket: the module's table, its exceptions, and the functions that make or close sockets.
#include <fcntl.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/deadline.h"
#include "modules/module_help.h"
#include "modules/socket_internal.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Exceptions -----------------------------------------------------------------------------------------------------------------------------------

static Value gaierror_class, herror_class;

// cls(code, text)
static Value raise_coded(Thread *t, Value cls, int code, const char *text) {
  Value message = str_from_cstr(t, text);
  Value exc = v_is_null(message) ? V_NULL : object_call2(t, cls, v_from_smi(code), message);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, message);
  v_drop(t, exc);
  return V_NULL;
}

Value socket_gai_error(Thread *t, int code) {
  return code == EAI_SYSTEM ? socket_error(t) : raise_coded(t, gaierror_class, code, gai_strerror(code));
}
Value socket_host_error(Thread *t, int code) { return raise_coded(t, herror_class, code, hstrerror(code)); }

// --- Functions --------------------------------------------------------------------------------------------------------------------------------------

SOCKET_FN(socket_close_fd) {
  SOCKET_UNUSED;
  int fd, err = 0;
  if (socket_int(t, args[0], 0, &fd) < 0) return V_NULL;
  ALLOW_THREADS_BEGIN(t)
  if (close(fd) < 0) err = errno;
  ALLOW_THREADS_END
  return err && err != ECONNRESET ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE;
}

SOCKET_FN(socket_dup_fd) {
  SOCKET_UNUSED;
  int fd;
  if (socket_int(t, args[0], 0, &fd) < 0) return V_NULL;
  fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return fd < 0 ? socket_error(t) : v_from_smi(fd);
}

// A socket object for a descriptor, which is closed on failure.
static Value wrap(Thread *t, int fd, int family, int type, int proto) {
  Value bound[] = {v_from_smi(family), v_from_smi(type), v_from_smi(proto), v_from_smi(fd)};
  Value s = object_call(t, v_from_obj(&type_socket), bound, 4, V_NULL);
  if (v_is_null(s)) close(fd);
  return s;
}

SOCKET_FN(socket_pair) {
  SOCKET_UNUSED;
  int family, type, proto, fds[2], r, err;
  if (socket_int(t, args[0], AF_UNIX, &family) < 0 || socket_int(t, args[1], SOCK_STREAM, &type) < 0 || socket_int(t, args[2], 0, &proto) < 0)
    return V_NULL;
  ALLOW_THREADS_BEGIN(t)
  r = socketpair(family, type | SOCK_CLOEXEC, proto, fds);
  err = errno;
  ALLOW_THREADS_END
  if (r < 0) return raise_errno(t, err, V_NULL, V_NULL);
  Value a = wrap(t, fds[0], family, type, proto), b = V_NULL, pair = V_NULL;
  if (v_is_null(a)) close(fds[1]);
  else b = wrap(t, fds[1], family, type, proto);
  if (!v_is_null(b)) pair = tuple_pack(t, 2, a, b);
  v_drop(t, a);
  v_drop(t, b);
  return pair;
}

// How much of a control message `data` bytes take; `padded` with what follows them.
static Value control_size(Thread *t, Value v, const char *function, bool padded) {
  int64_t data = number_as_i64(t, v);
  if (data == -1 && error_pending(t)) return V_NULL;
  if (data < 0 || data > INT32_MAX - (int64_t)(padded ? CMSG_SPACE(1) : CMSG_LEN(0))) return raise_overflow(t, "%s() argument out of range", function);
  return v_from_smi((int64_t)(padded ? CMSG_SPACE((size_t)data) : CMSG_LEN((size_t)data)));
}
SOCKET_FN(socket_cmsg_len) { SOCKET_UNUSED; return control_size(t, args[0], "CMSG_LEN", false); }
SOCKET_FN(socket_cmsg_space) { SOCKET_UNUSED; return control_size(t, args[0], "CMSG_SPACE", true); }

SOCKET_FN(socket_getdefaulttimeout) {
  SOCKET_UNUSED;
  int64_t ns = (int64_t)a64_load_rlx(&socket_default_timeout_ns);
  return ns < 0 ? V_NONE : float_new(t, (double)ns / NS_PER_SECOND);
}

SOCKET_FN(socket_setdefaulttimeout) {
  SOCKET_UNUSED;
  int64_t ns;
  if (socket_timeout_arg(t, args[0], &ns) < 0) return V_NULL;
  a64_store_rlx(&socket_default_timeout_ns, (uint64_t)ns);
  return V_NONE;
}

static const NativeDef own_functions[] = {
    {"close($module, integer, /)", socket_close_fd, "Closes a socket given by its file descriptor.", NATIVE_NO_SIGNATURE},
    {"dup($module, integer, /)", socket_dup_fd, "Another file descriptor for the same socket.", NATIVE_NO_SIGNATURE},
    {"socketpair($module, family=AF_UNIX, type=SOCK_STREAM, proto=0, /)", socket_pair,
     "Two sockets that are connected with each other.", NATIVE_NO_SIGNATURE},
    {"getdefaulttimeout($module, /)", socket_getdefaulttimeout, "The timeout that new sockets get, in seconds, or None.", NATIVE_NO_SIGNATURE},
    {"setdefaulttimeout($module, timeout, /)", socket_setdefaulttimeout,
     "Says which timeout new sockets get, in seconds, or None.", NATIVE_NO_SIGNATURE},
    {"CMSG_LEN($module, length, /)", socket_cmsg_len,
     "Size of a control message with that much data, without padding behind it.", NATIVE_NO_SIGNATURE},
    {"CMSG_SPACE($module, length, /)", socket_cmsg_space,
     "Size of a control message with that much data, with padding behind it.", NATIVE_NO_SIGNATURE},
    {0},
};

// --- The module ---------------------------------------------------------------------------------------------------------------------------------------

static int socket_exec(Thread *t, Value m) {
  if (!socket_type_init(t) || module_add_functions(t, m, socket_name_functions) < 0 || module_add(t, m, "error", v_own_obj(t, &exc_OSError)) < 0 ||
      module_add(t, m, "timeout", v_own_obj(t, &exc_TimeoutError)) < 0 ||
      module_add_exception(t, m, &herror_class, "socket", "herror", &exc_OSError, NULL) < 0 ||
      module_add_exception(t, m, &gaierror_class, "socket", "gaierror", &exc_OSError, NULL) < 0 || module_add_type(t, m, &type_socket) < 0 ||
      module_add(t, m, "SocketType", v_own_obj(t, &type_socket)) < 0 || module_add(t, m, "has_ipv6", V_TRUE) < 0)
    return -1;
  return socket_constants_add(t, m);
}

const ModuleDef module__socket = {
    .name = "_socket",
    .doc = "Sockets, host names and network interfaces, for the module socket.",
    .functions = own_functions,
    .exec = socket_exec,
};
