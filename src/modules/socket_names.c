// Names for the network: hosts, services, protocols, interfaces, and numbers in network order.
#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/module_help.h"
#include "modules/socket_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/sys_state.h"
#include "threading/mutex.h"

// --- Host names ---------------------------------------------------------------------------------------------------------------------------------

SOCKET_FN(socket_gethostname) {
  SOCKET_UNUSED;
  char name[1024];
  int r, err;
  if (sys_audit_args(t, "socket.gethostname", NULL, 0) < 0) return V_NULL;
  ALLOW_THREADS_BEGIN(t)
  r = gethostname(name, sizeof name - 1);
  err = errno;
  ALLOW_THREADS_END
  name[sizeof name - 1] = 0;
  return r < 0 ? raise_errno(t, err, V_NULL, V_NULL) : str_decode_fs(t, name, strlen(name));
}

SOCKET_FN(socket_sethostname) {
  SOCKET_UNUSED;
  Value bytes = v_is_bytes(args[0]) ? v_own(t, args[0]) : v_is_str(args[0]) ? str_encode_fs(t, args[0]) : V_NULL;
  if (v_is_null(bytes)) return error_pending(t) ? V_NULL : raise_type_error(t, "sethostname() argument 1 must be str, not %T", args[0]);
  int r = sys_audit(t, "socket.sethostname", args[0]);
  if (r == 0 && sethostname(v_bytes(bytes)->data, (size_t)v_bytes(bytes)->length) < 0) {
    socket_error(t);
    r = -1;
  }
  v_drop(t, bytes);
  return r < 0 ? V_NULL : V_NONE;
}

SOCKET_FN(socket_gethostbyname) {
  SOCKET_UNUSED;
  Value keep;
  const char *name = socket_host_arg(t, args[0], "gethostbyname", &keep);
  SocketAddress a;
  int r = !name || sys_audit(t, "socket.gethostbyname", args[0]) < 0 ? -1 : socket_resolve(t, name, AF_INET, &a);
  v_drop(t, keep);
  return r < 0 ? V_NULL : socket_ip_text(t, &a);
}

static int append_stolen(Thread *t, Value list, Value item) { return v_is_null(item) ? -1 : list_append_steal(t, v_list(list), item); }

// (name, aliases, addresses)
static Value host_entry(Thread *t, const struct hostent *h) {
  Value aliases = list_new(t, 0), addresses = list_new(t, 0), name = str_decode_fs(t, h->h_name, strlen(h->h_name)), r = V_NULL;
  bool good = !v_is_null(aliases) && !v_is_null(addresses) && !v_is_null(name);
  for (char **p = h->h_aliases; good && p && *p; p++) good = append_stolen(t, aliases, str_decode_fs(t, *p, strlen(*p))) == 0;
  for (char **p = h->h_addr_list; good && *p; p++) {
    SocketAddress a;
    a.any.sa_family = (sa_family_t)h->h_addrtype;
    memcpy(h->h_addrtype == AF_INET ? (void *)&a.in.sin_addr : (void *)&a.in6.sin6_addr, *p, (size_t)h->h_length);
    good = append_stolen(t, addresses, socket_ip_text(t, &a)) == 0;
  }
  if (good) r = tuple_pack(t, 3, name, aliases, addresses);
  v_drop(t, name);
  v_drop(t, aliases);
  v_drop(t, addresses);
  return r;
}

enum { HOST_BUFFER = 16384 };

// Looks a host up, by address if `address`, else by name.
static Value host_look_up(Thread *t, const char *name, const SocketAddress *address) {
  struct hostent space, *found = NULL;
  int h_error = 0;
  char *buffer = malloc(HOST_BUFFER);
  if (!buffer) return raise_no_memory(t);
  ALLOW_THREADS_BEGIN(t)
  if (!address) gethostbyname_r(name, &space, buffer, HOST_BUFFER, &found, &h_error);
  else if (address->any.sa_family == AF_INET) gethostbyaddr_r(&address->in.sin_addr, 4, AF_INET, &space, buffer, HOST_BUFFER, &found, &h_error);
  else gethostbyaddr_r(&address->in6.sin6_addr, 16, AF_INET6, &space, buffer, HOST_BUFFER, &found, &h_error);
  ALLOW_THREADS_END
  Value r = found ? host_entry(t, found) : socket_host_error(t, h_error);
  free(buffer);
  return r;
}

// The name is resolved first, so that a bad one is a gaierror as everywhere.
SOCKET_FN(socket_gethostbyname_ex) {
  SOCKET_UNUSED;
  Value keep, r = V_NULL;
  const char *name = socket_host_arg(t, args[0], "gethostbyname_ex", &keep);
  SocketAddress a;
  if (name && sys_audit(t, "socket.gethostbyname", args[0]) == 0 && socket_resolve(t, name, AF_INET, &a) == 0) r = host_look_up(t, name, NULL);
  v_drop(t, keep);
  return r;
}

SOCKET_FN(socket_gethostbyaddr) {
  SOCKET_UNUSED;
  Value keep, r = V_NULL;
  const char *name = socket_host_arg(t, args[0], "gethostbyaddr", &keep);
  SocketAddress a;
  if (name && sys_audit(t, "socket.gethostbyaddr", args[0]) == 0 && socket_resolve(t, name, AF_UNSPEC, &a) == 0) r = host_look_up(t, name, &a);
  v_drop(t, keep);
  return r;
}

// --- getaddrinfo, getnameinfo -----------------------------------------------------------------------------------------------------------------------

static Value address_info(Thread *t, const struct addrinfo *a) {
  SocketAddress address;
  memset(&address, 0, sizeof address);
  memcpy(&address, a->ai_addr, a->ai_addrlen);
  Value where = socket_address_make(t, &address, a->ai_addrlen, 0);
  Value name = v_is_null(where) ? V_NULL : str_decode_fs(t, a->ai_canonname ? a->ai_canonname : "", a->ai_canonname ? strlen(a->ai_canonname) : 0);
  Value r = v_is_null(name) ? V_NULL
                            : tuple_pack(t, 5, v_from_smi(a->ai_family), v_from_smi(a->ai_socktype), v_from_smi(a->ai_protocol), name, where);
  v_drop(t, name);
  v_drop(t, where);
  return r;
}

// ASCII that the idna codec would leave as it is; the codec says what is wrong with anything else.
static bool is_plain_host(const Str *s) {
  int64_t label = 0;
  if (!str_is_ascii(s)) return false;
  for (int64_t i = 0; i < str_length(s); i++) {
    if (s->data[i] != '.') label++;
    else if (label == 0) return false;
    else label = 0;
    if (label >= 64) return false;
  }
  return true;
}

// A host or port argument as bytes: V_NONE for None, V_NULL with an exception.
static Value info_host(Thread *t, Value v) {
  if (v_is_absent_or_none(v)) return V_NONE;
  if (v_is_str(v)) return str_encode(t, v, is_plain_host(v_str(v)) ? NULL : "idna", NULL);
  if (v_is_bytes(v)) return v_own(t, v);
  return raise_type_error(t, "getaddrinfo() argument 1 must be string or None");
}

static Value info_port(Thread *t, Value v) {
  if (v_is_absent_or_none(v)) return V_NONE;
  if (v_is_bytes(v)) return v_own(t, v);
  if (v_is_int(v)) {
    int64_t n;
    if (!int_as_i64(v, &n)) return raise_overflow(t, "Python int too large to convert to C long");
    char text[24];
    int length = snprintf(text, sizeof text, "%lld", (long long)n);
    return bytes_from(t, text, (size_t)length);
  }
  return v_is_str(v) ? str_encode(t, v, NULL, NULL) : raise_error(t, &exc_OSError, "Int or String expected");
}

static Value info_list(Thread *t, Value host, Value port, const struct addrinfo *hints) {
  struct addrinfo *found = NULL;
  const char *h = v_is_none(host) ? NULL : v_bytes(host)->data, *p = v_is_none(port) ? NULL : v_bytes(port)->data;
  int code;
  ALLOW_THREADS_BEGIN(t)
  code = getaddrinfo(h, p, hints, &found);
  ALLOW_THREADS_END
  if (code) return socket_gai_error(t, code);
  Value list = list_new(t, 0);
  for (const struct addrinfo *a = found; a && !v_is_null(list); a = a->ai_next)
    if (append_stolen(t, list, address_info(t, a)) < 0) v_clear(t, &list);
  freeaddrinfo(found);
  return list;
}

SOCKET_FN(socket_getaddrinfo) {
  SOCKET_UNUSED;
  int n[4];
  for (int i = 0; i < 4; i++)
    if (socket_int(t, args[2 + i], 0, &n[i]) < 0) return V_NULL;
  Value host = info_host(t, args[0]), port = v_is_null(host) ? V_NULL : info_port(t, args[1]), r = V_NULL;
  Value what[] = {args[0], args[1], v_from_smi(n[0]), v_from_smi(n[1]), v_from_smi(n[2])};
  struct addrinfo hints = {.ai_family = n[0], .ai_socktype = n[1], .ai_protocol = n[2], .ai_flags = n[3]};
  if (!v_is_null(port) && sys_audit_args(t, "socket.getaddrinfo", what, 5) == 0) r = info_list(t, host, port, &hints);
  v_drop(t, host);
  v_drop(t, port);
  return r;
}

// The numeric address that getnameinfo is given. 0 or -1.
static int name_info_address(Thread *t, Value v, SocketAddress *out) {
  const Tuple *u = v_tuple(v);
  if (u->length < 2 || u->length > 4) return raise_type_error(t, "getnameinfo(): illegal sockaddr argument"), -1;
  if (!v_is_str(u->items[0])) return raise_type_error(t, "getnameinfo(): illegal sockaddr argument"), -1;
  int n[3] = {0, 0, 0};
  for (int64_t i = 1; i < u->length; i++)
    if (socket_int(t, u->items[i], 0, &n[i - 1]) < 0) return -1;
  if (n[1] < 0 || n[1] > 0xFFFFF) return raise_overflow(t, "getnameinfo(): flowinfo must be 0-1048575."), -1;
  const char *host = str_utf8(t, u->items[0], NULL);
  if (!host) return -1;
  char port[16];
  snprintf(port, sizeof port, "%d", n[0]);
  struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_DGRAM, .ai_flags = AI_NUMERICHOST}, *found;
  int code;
  ALLOW_THREADS_BEGIN(t)
  code = getaddrinfo(host, port, &hints, &found);
  ALLOW_THREADS_END
  if (code) return socket_gai_error(t, code), -1;
  bool several = found->ai_next != NULL;
  if (!several) memcpy(out, found->ai_addr, found->ai_addrlen);
  freeaddrinfo(found);
  if (several) return raise_error(t, &exc_OSError, "sockaddr resolved to multiple addresses"), -1;
  if (out->any.sa_family == AF_INET && u->length != 2) return raise_error(t, &exc_OSError, "IPv4 sockaddr must be 2 tuple"), -1;
  if (out->any.sa_family == AF_INET6) {
    out->in6.sin6_flowinfo = htonl((uint32_t)n[1]);
    out->in6.sin6_scope_id = (uint32_t)n[2];
  }
  return 0;
}

SOCKET_FN(socket_getnameinfo) {
  SOCKET_UNUSED;
  int flags = 0, code;
  SocketAddress a;
  char host[NI_MAXHOST], port[NI_MAXSERV];
  if (socket_int(t, args[1], 0, &flags) < 0) return V_NULL;
  if (!v_is_tuple(args[0])) return raise_type_error(t, "getnameinfo() argument 1 must be a tuple");
  memset(&a, 0, sizeof a);
  if (name_info_address(t, args[0], &a) < 0 || sys_audit(t, "socket.getnameinfo", args[0]) < 0) return V_NULL;
  ALLOW_THREADS_BEGIN(t)
  code = getnameinfo(&a.any, a.any.sa_family == AF_INET ? sizeof a.in : sizeof a.in6, host, sizeof host, port, sizeof port, flags);
  ALLOW_THREADS_END
  if (code) return socket_gai_error(t, code);
  Value h = str_decode_fs(t, host, strlen(host)), p = str_from_cstr(t, port);
  Value r = v_is_null(h) || v_is_null(p) ? V_NULL : tuple_pack(t, 2, h, p);
  v_drop(t, h);
  v_drop(t, p);
  return r;
}

// --- Services and protocols -------------------------------------------------------------------------------------------------------------------------
// The C library answers in static memory: names_mutex is held from the call until the answer is copied.

static Mutex names_mutex = MUTEX_INIT;

// A str argument's text; NULL with TypeError. Absent: NULL without.
static const char *text_arg(Thread *t, Value v, const char *function, int number) {
  if (v_is_absent(v)) return NULL;
  if (v_is_str(v)) return str_utf8(t, v, NULL);
  raise_type_error(t, "%s() argument %d must be str, not %T", function, number, v);
  return NULL;
}

SOCKET_FN(socket_getservbyname) {
  SOCKET_UNUSED;
  const char *name = text_arg(t, args[0], "getservbyname", 1), *proto = name ? text_arg(t, args[1], "getservbyname", 2) : NULL;
  if (error_pending(t)) return V_NULL;
  if (sys_audit_args(t, "socket.getservbyname", (Value[]){args[0], v_is_absent(args[1]) ? str_empty : args[1]}, 2) < 0) return V_NULL;
  int port = -1;
  ALLOW_THREADS_BEGIN(t)
  raw_mutex_lock(&names_mutex);
  const struct servent *s = getservbyname(name, proto);
  if (s) port = ntohs((uint16_t)s->s_port);
  raw_mutex_unlock(&names_mutex);
  ALLOW_THREADS_END
  return port < 0 ? raise_error(t, &exc_OSError, "service/proto not found") : v_from_smi(port);
}

SOCKET_FN(socket_getservbyport) {
  SOCKET_UNUSED;
  int port;
  char name[256];
  if (socket_int(t, args[0], 0, &port) < 0) return V_NULL;
  const char *proto = text_arg(t, args[1], "getservbyport", 2);
  if (error_pending(t)) return V_NULL;
  if (port < 0 || port > 0xFFFF) return raise_overflow(t, "getservbyport: port must be 0-65535.");
  if (sys_audit_args(t, "socket.getservbyport", (Value[]){v_from_smi(port), v_is_absent(args[1]) ? str_empty : args[1]}, 2) < 0) return V_NULL;
  *name = 0;
  ALLOW_THREADS_BEGIN(t)
  raw_mutex_lock(&names_mutex);
  const struct servent *s = getservbyport(htons((uint16_t)port), proto);
  if (s) snprintf(name, sizeof name, "%s", s->s_name);
  raw_mutex_unlock(&names_mutex);
  ALLOW_THREADS_END
  return *name ? str_from_cstr(t, name) : raise_error(t, &exc_OSError, "port/proto not found");
}

SOCKET_FN(socket_getprotobyname) {
  SOCKET_UNUSED;
  const char *name = text_arg(t, args[0], "getprotobyname", 1);
  if (!name) return V_NULL;
  int number = -1;
  ALLOW_THREADS_BEGIN(t)
  raw_mutex_lock(&names_mutex);
  const struct protoent *p = getprotobyname(name);
  if (p) number = p->p_proto;
  raw_mutex_unlock(&names_mutex);
  ALLOW_THREADS_END
  return number < 0 ? raise_error(t, &exc_OSError, "protocol not found") : v_from_smi(number);
}

// --- Numbers in network order -----------------------------------------------------------------------------------------------------------------------

static Value swap16(Thread *t, Value v, const char *function) {
  int n = number_as_int(t, v);
  if (n == -1 && error_pending(t)) return V_NULL;
  if (n < 0) return raise_overflow(t, "%s: can't convert negative Python int to C 16-bit unsigned integer", function);
  if (n > 0xFFFF) return raise_overflow(t, "%s: Python int too large to convert to C 16-bit unsigned integer", function);
  return v_from_smi(htons((uint16_t)n));
}

static Value swap32(Thread *t, Value v) {
  uint64_t n;
  if (!v_is_int(v)) return raise_type_error(t, "expected int, %T found", v);
  if (int_sign(v) < 0) return raise_overflow(t, "can't convert negative value to unsigned int");
  if (!int_as_u64(v, &n)) return raise_overflow(t, "Python int too large to convert to C unsigned long");
  return n > UINT32_MAX ? raise_overflow(t, "int larger than 32 bits") : v_from_smi(htonl((uint32_t)n));
}

SOCKET_FN(socket_htons) { SOCKET_UNUSED; return swap16(t, args[0], "htons"); }
SOCKET_FN(socket_ntohs) { SOCKET_UNUSED; return swap16(t, args[0], "ntohs"); }
SOCKET_FN(socket_htonl) { SOCKET_UNUSED; return swap32(t, args[0]); }
SOCKET_FN(socket_ntohl) { SOCKET_UNUSED; return swap32(t, args[0]); }

// --- Addresses as text ------------------------------------------------------------------------------------------------------------------------------

SOCKET_FN(socket_inet_aton) {
  SOCKET_UNUSED;
  struct in_addr a;
  const char *text = text_arg(t, args[0], "inet_aton", 1);
  if (!text) return V_NULL;
  return inet_aton(text, &a) ? bytes_from(t, &a, sizeof a) : raise_error(t, &exc_OSError, "illegal IP address string passed to inet_aton");
}

SOCKET_FN(socket_inet_ntoa) {
  SOCKET_UNUSED;
  BufferView view;
  SocketAddress a = {.in = {.sin_family = AF_INET}};
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  bool fits = view.len == sizeof a.in.sin_addr;
  if (fits) memcpy(&a.in.sin_addr, view.data, sizeof a.in.sin_addr);
  buffer_release(t, &view);
  return fits ? socket_ip_text(t, &a) : raise_error(t, &exc_OSError, "packed IP wrong length for inet_ntoa");
}

SOCKET_FN(socket_inet_pton) {
  SOCKET_UNUSED;
  int family;
  char packed[sizeof(struct in6_addr)];
  if (socket_int(t, args[0], 0, &family) < 0) return V_NULL;
  const char *text = text_arg(t, args[1], "inet_pton", 2);
  if (!text) return V_NULL;
  int r = inet_pton(family, text, packed);
  if (r < 0) return socket_error(t);
  if (r == 0) return raise_error(t, &exc_OSError, "illegal IP address string passed to inet_pton");
  return family == AF_INET || family == AF_INET6 ? bytes_from(t, packed, family == AF_INET ? 4 : 16)
                                                 : raise_error(t, &exc_OSError, "unknown address family");
}

SOCKET_FN(socket_inet_ntop) {
  SOCKET_UNUSED;
  int family;
  BufferView view;
  SocketAddress a;
  if (socket_int(t, args[0], 0, &family) < 0 || buffer_get(t, args[1], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  bool known = family == AF_INET || family == AF_INET6, fits = view.len == (family == AF_INET ? 4 : 16);
  memset(&a, 0, sizeof a);
  a.any.sa_family = (sa_family_t)family;
  if (known && fits) memcpy(family == AF_INET ? (void *)&a.in.sin_addr : (void *)&a.in6.sin6_addr, view.data, (size_t)view.len);
  buffer_release(t, &view);
  if (!known) return raise_value_error(t, "unknown address family %d", family);
  return fits ? socket_ip_text(t, &a) : raise_value_error(t, "invalid length of packed IP address string");
}

// --- Interfaces -------------------------------------------------------------------------------------------------------------------------------------

SOCKET_FN(socket_if_nameindex) {
  SOCKET_UNUSED;
  struct if_nameindex *all = if_nameindex();
  if (!all) return socket_error(t);
  Value list = list_new(t, 0);
  for (const struct if_nameindex *i = all; i->if_index && i->if_name && !v_is_null(list); i++) {
    Value name = str_decode_fs(t, i->if_name, strlen(i->if_name));
    Value pair = v_is_null(name) ? V_NULL : tuple_pack(t, 2, v_from_smi(i->if_index), name);
    v_drop(t, name);
    if (append_stolen(t, list, pair) < 0) v_clear(t, &list);
  }
  if_freenameindex(all);
  return list;
}

SOCKET_FN(socket_if_nametoindex) {
  SOCKET_UNUSED;
  Value keep;
  const char *name = fs_path_bytes(t, args[0], &keep);
  if (!name) return V_NULL;
  unsigned index = if_nametoindex(name);
  v_drop(t, keep);
  return index ? v_from_smi(index) : raise_error(t, &exc_OSError, "no interface with this name");
}

SOCKET_FN(socket_if_indextoname) {
  SOCKET_UNUSED;
  uint64_t index;
  char name[IF_NAMESIZE];
  if (v_is_int(args[0]) && int_sign(args[0]) < 0) return raise_overflow(t, "can't convert negative value to unsigned int");
  if (module_unsigned(t, args[0], &index) < 0) return V_NULL;
  if (index > UINT32_MAX || !if_indextoname((unsigned)index, name)) return raise_errno(t, ENXIO, V_NULL, V_NULL);
  return str_decode_fs(t, name, strlen(name));
}

const NativeDef socket_name_functions[] = {
    {"gethostbyname($module, host, /)", socket_gethostbyname, "An IPv4 address of the host.",
     NATIVE_NO_SIGNATURE},
    {"gethostbyname_ex($module, host, /)", socket_gethostbyname_ex, "Names and IPv4 addresses of the host.", NATIVE_NO_SIGNATURE},
    {"gethostbyaddr($module, host, /)", socket_gethostbyaddr, "Names and addresses of the host with this address.", NATIVE_NO_SIGNATURE},
    {"gethostname($module, /)", socket_gethostname, "The name of this machine.", NATIVE_NO_SIGNATURE},
    {"sethostname($module, name, /)", socket_sethostname, "Gives this machine another name.", NATIVE_NO_SIGNATURE},
    {"getservbyname($module, servicename, protocolname=None, /)", socket_getservbyname, "The port of a service.", NATIVE_NO_SIGNATURE},
    {"getservbyport($module, port, protocolname=None, /)", socket_getservbyport, "The service of a port.", NATIVE_NO_SIGNATURE},
    {"getprotobyname($module, name, /)", socket_getprotobyname, "The number of a protocol.", NATIVE_NO_SIGNATURE},
    {"getaddrinfo($module, host, port, family=0, type=0, proto=0, flags=0)", socket_getaddrinfo,
     "The addresses, with families and types, that a host and port stand for.", NATIVE_NO_SIGNATURE},
    {"getnameinfo($module, sockaddr, flags, /)", socket_getnameinfo,
     "Host and port of an address, as names where they have any.", NATIVE_NO_SIGNATURE},
    {"ntohs($module, integer, /)", socket_ntohs, "Puts the bytes of a 16-bit number from the network into the machine's order.", NATIVE_NO_SIGNATURE},
    {"ntohl($module, integer, /)", socket_ntohl, "Puts the bytes of a 32-bit number from the network into the machine's order.", NATIVE_NO_SIGNATURE},
    {"htons($module, integer, /)", socket_htons, "Puts the bytes of a 16-bit number into the network's order.", NATIVE_NO_SIGNATURE},
    {"htonl($module, integer, /)", socket_htonl, "Puts the bytes of a 32-bit number into the network's order.", NATIVE_NO_SIGNATURE},
    {"inet_aton($module, string, /)", socket_inet_aton, "The four bytes for an IPv4 address, given as text.", NATIVE_NO_SIGNATURE},
    {"inet_ntoa($module, packed_ip, /)", socket_inet_ntoa, "The text for an IPv4 address, given as four bytes.", NATIVE_NO_SIGNATURE},
    {"inet_pton($module, af, ip, /)", socket_inet_pton, "The bytes for an address of that family, given as text.", NATIVE_NO_SIGNATURE},
    {"inet_ntop($module, af, packed_ip, /)", socket_inet_ntop, "The text for an address of that family, given as bytes.", NATIVE_NO_SIGNATURE},
    {"if_nameindex($module, /)", socket_if_nameindex, "Number and name of each network interface, as a list of pairs.", NATIVE_NO_SIGNATURE},
    {"if_nametoindex($module, if_name, /)", socket_if_nametoindex, "The number of a network interface.", NATIVE_NO_SIGNATURE},
    {"if_indextoname($module, if_index, /)", socket_if_indextoname, "The name of a network interface.", NATIVE_NO_SIGNATURE},
    {0},
};
