// What the files of _socket share: the socket object, addresses, waiting, errors.
//
// Locking: a socket's fd and time-out are atomic words; family, type and proto are set by __init__, before others see the object. close() and
// detach() exchange the fd, so one thread closes it; another that is inside a system call on it fares as POSIX says. All system calls that can
// block run detached, on buffers that are exported or the call's own.
#ifndef WEFT_MODULES_SOCKET_INTERNAL_H
#define WEFT_MODULES_SOCKET_INTERNAL_H

#include <errno.h>
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/qrtr.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "objects/module.h"

typedef struct Socket {
  Object ob;
  a32 fd;             // int32_t; -1: none
  int family, type, proto;
  a64 timeout_ns;     // int64_t; -1: blocking, 0: non-blocking
} Socket;

extern Type type_socket;
static inline Socket *v_socket(Value v) { return (Socket *)v_obj(v); }
static inline int socket_fd(const Socket *s) { return (int32_t)a32_load_acq(&s->fd); }
static inline int64_t socket_timeout(const Socket *s) { return (int64_t)a64_load_rlx(&s->timeout_ns); }

#define SOCKET_FN(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define SOCKET_UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- Errors -----------------------------------------------------------------------------------------------------------------------
Value socket_error(Thread *t);                    // OSError of errno, unless an exception is set already
Value socket_gai_error(Thread *t, int code);      // gaierror (EAI_SYSTEM: of errno)
Value socket_host_error(Thread *t, int code);     // herror of an h_errno

// --- System calls -----------------------------------------------------------------------------------------------------------------
typedef int64_t (*SocketAttempt)(int fd, void *data);   // negative: errno says why
// Waits (at most timeout_ns, negative: no limit, 0: not at all) until the socket is ready, and attempts; repeats after signals and when
// another thread was quicker. The result, or -1 with an exception: TimeoutError, OSError, a handler's.
int64_t socket_call(Thread *t, Socket *s, bool writing, int64_t timeout_ns, SocketAttempt attempt, void *data);
// The wait alone: 0, or -1 with an exception.
int socket_wait(Thread *t, Socket *s, bool writing, int64_t deadline);

// A time-out argument, None being -1. 0 or -1.
int socket_timeout_arg(Thread *t, Value v, int64_t *ns);
extern a64 socket_default_timeout_ns;

// --- Addresses ----------------------------------------------------------------------------------------------------------------------
typedef union SocketAddress {
  struct sockaddr any;
  struct sockaddr_in in;
  struct sockaddr_in6 in6;
  struct sockaddr_un un;
  struct sockaddr_nl netlink;
  struct sockaddr_ll packet;
  struct sockaddr_vm vm;
  struct sockaddr_can can;
  struct sockaddr_tipc tipc;
  struct sockaddr_qrtr qrtr;
  struct sockaddr_alg alg;
  struct sockaddr_storage storage;
} SocketAddress;

// A Python address for the socket's family. function: for messages. 0 or -1. May resolve names.
int socket_address_parse(Thread *t, const Socket *s, Value v, const char *function, SocketAddress *out, socklen_t *length);
// The Python form of an address that a system call filled in; proto: the socket's, or 0.
Value socket_address_make(Thread *t, const SocketAddress *address, socklen_t length, int proto);
Value socket_ip_text(Thread *t, const SocketAddress *address);   // of an IPv4 or IPv6 one
// The address of a host name, "" and "<broadcast>" included. af: AF_UNSPEC or what it must be. 0 or -1.
int socket_resolve(Thread *t, const char *name, int af, SocketAddress *out);
// A host name as NUL-free bytes (borrowed from *keep, which the caller drops); NULL: TypeError. function: whose first argument it is, or NULL.
const char *socket_host_arg(Thread *t, Value v, const char *function, Value *keep);
Value socket_device_name(Thread *t, unsigned index);             // "" if there is no such interface

// --- The parts ----------------------------------------------------------------------------------------------------------------------
extern const NativeDef socket_io_methods[], socket_name_functions[];
int socket_constants_add(Thread *t, Value m);
bool socket_type_init(Thread *t);
// An argument as a C int, absent: the default. 0 or -1.
int socket_int(Thread *t, Value v, int default_, int *out);

#endif
