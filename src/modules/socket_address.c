// Socket addresses: from Python's tuples and strings to the kernel's structs, and back.
#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <stddef.h>
#include <string.h>

#include "modules/socket_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Host names -----------------------------------------------------------------------------------------------------------------------------

const char *socket_host_arg(Thread *t, Value v, const char *function, Value *keep) {
  *keep = V_NULL;
  if (v_is_bytes(v)) {
    *keep = v_own(t, v);
  } else if (v_is_bytearray(v)) {
    *keep = object_bytes(t, v);
  } else if (v_is_str(v)) {
    *keep = str_is_ascii(v_str(v)) ? bytes_from(t, v_str(v)->data, (size_t)str_length(v_str(v))) : str_encode(t, v, "idna", NULL);
    if (v_is_null(*keep) && !error_matches(t, &exc_MemoryError)) {
      error_clear(t);
      raise_type_error(t, "encoding of hostname failed");
    }
  } else {
    if (function) raise_type_error(t, "%s() argument 1 must be str, bytes or bytearray, not %T", function, v);
    else raise_type_error(t, "str, bytes or bytearray expected, not %T", v);
  }
  if (v_is_null(*keep)) return NULL;
  if (strlen(v_bytes(*keep)->data) == (size_t)v_bytes(*keep)->length) return v_bytes(*keep)->data;
  v_clear(t, keep);
  raise_type_error(t, "host name must not contain null character");
  return NULL;
}

// getaddrinfo, detached. 0 and *found, or -1 with gaierror.
static int look_up(Thread *t, const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
  int code;
  ALLOW_THREADS_BEGIN(t)
  code = getaddrinfo(name, service, hints, found);
  ALLOW_THREADS_END
  if (code == 0) return 0;
  *found = NULL;
  socket_gai_error(t, code);
  return -1;
}

static int resolve_wildcard(Thread *t, int af, SocketAddress *out) {
  struct addrinfo hints = {.ai_family = af, .ai_socktype = SOCK_DGRAM, .ai_flags = AI_PASSIVE}, *found;
  if (look_up(t, NULL, "0", &hints, &found) < 0) return -1;
  bool several = found->ai_next != NULL;
  if (several) raise_error(t, &exc_OSError, "wildcard resolved to multiple address");
  else memcpy(out, found->ai_addr, found->ai_addrlen);
  freeaddrinfo(found);
  return several ? -1 : 0;
}

static bool is_literal(const char *name, int af, SocketAddress *out) {
  if (af != AF_INET6 && inet_pton(AF_INET, name, &out->in.sin_addr) > 0) {
    out->in.sin_family = AF_INET;
    return true;
  }
  if (af != AF_INET && !strchr(name, '%') && inet_pton(AF_INET6, name, &out->in6.sin6_addr) > 0) {
    out->in6.sin6_family = AF_INET6;
    return true;
  }
  return false;
}

int socket_resolve(Thread *t, const char *name, int af, SocketAddress *out) {
  memset(out, 0, sizeof *out);
  if (!*name) return resolve_wildcard(t, af, out);
  if (strcmp(name, "255.255.255.255") == 0 || strcmp(name, "<broadcast>") == 0) {
    if (af != AF_INET && af != AF_UNSPEC) return raise_error(t, &exc_OSError, "address family mismatched"), -1;
    out->in.sin_family = AF_INET;
    out->in.sin_addr.s_addr = INADDR_BROADCAST;
    return 0;
  }
  if (is_literal(name, af, out)) return 0;
  struct addrinfo hints = {.ai_family = af}, *found;
  if (look_up(t, name, NULL, &hints, &found) < 0) return -1;
  memcpy(out, found->ai_addr, found->ai_addrlen);
  freeaddrinfo(found);
  return 0;
}

// --- From Python --------------------------------------------------------------------------------------------------------------------------

// Checks that an address is a tuple of min to max items. 0 or -1.
static int expect_tuple(Thread *t, Value v, const char *function, const char *family, int64_t min, int64_t max, const char *shape) {
  if (!v_is_tuple(v)) return raise_type_error(t, "%s(): %s address must be tuple, not %.500T", function, family, v), -1;
  if (v_tuple(v)->length >= min && v_tuple(v)->length <= max) return 0;
  return raise_type_error(t, "%s address must be a %s", family, shape), -1;
}

static Value item(Value tuple, int64_t i) { return i < v_tuple(tuple)->length ? v_tuple(tuple)->items[i] : V_ABSENT; }

static int port_arg(Thread *t, Value v, const char *function, uint16_t *port) {
  int n = number_as_int(t, v);
  if (n == -1 && error_pending(t)) {
    if (!error_matches(t, &exc_OverflowError)) return -1;
    error_clear(t);
  }
  if (n < 0 || n > 0xFFFF) return raise_overflow(t, "%s(): port must be 0-65535.", function), -1;
  *port = htons((uint16_t)n);
  return 0;
}

// An unsigned 32-bit item. 0 or -1.
static int u32_arg(Thread *t, Value v, uint32_t *out) {
  int64_t n = number_as_i64(t, v);
  if (n == -1 && error_pending(t)) return -1;
  *out = (uint32_t)n;
  return 0;
}

static int parse_inet(Thread *t, Value v, const char *function, SocketAddress *out, socklen_t *length) {
  Value keep;
  if (expect_tuple(t, v, function, "AF_INET", 2, 2, "pair (host, port)") < 0) return -1;
  const char *host = socket_host_arg(t, item(v, 0), NULL, &keep);
  uint16_t port;
  int rc = !host || port_arg(t, item(v, 1), function, &port) < 0 ? -1 : socket_resolve(t, host, AF_INET, out);
  v_drop(t, keep);
  if (rc < 0) return -1;
  out->in.sin_family = AF_INET;
  out->in.sin_port = port;
  *length = sizeof out->in;
  return 0;
}

static int parse_inet6(Thread *t, Value v, const char *function, SocketAddress *out, socklen_t *length) {
  if (expect_tuple(t, v, function, "AF_INET6", 2, 4, "tuple (host, port[, flowinfo[, scopeid]])") < 0) return -1;
  Value keep;
  const char *host = socket_host_arg(t, item(v, 0), NULL, &keep);
  uint32_t flow = 0, scope = 0;
  uint16_t port;
  int rc = !host || port_arg(t, item(v, 1), function, &port) < 0 || (!v_is_absent(item(v, 2)) && u32_arg(t, item(v, 2), &flow) < 0) ||
                   (!v_is_absent(item(v, 3)) && u32_arg(t, item(v, 3), &scope) < 0)
               ? -1
               : 0;
  if (rc == 0 && flow > 0xFFFFF) {
    raise_overflow(t, "%s(): flowinfo must be 0-1048575.", function);
    rc = -1;
  }
  if (rc == 0) rc = socket_resolve(t, host, AF_INET6, out);
  v_drop(t, keep);
  if (rc < 0) return -1;
  out->in6.sin6_family = AF_INET6;
  out->in6.sin6_port = port;
  out->in6.sin6_flowinfo = htonl(flow);
  out->in6.sin6_scope_id = scope;
  *length = sizeof out->in6;
  return 0;
}

static int parse_unix(Thread *t, Value v, SocketAddress *out, socklen_t *length) {
  Value bytes = v_is_str(v) ? str_encode_fs(t, v) : V_NULL;
  if (v_is_null(bytes) && v_is_str(v)) return -1;
  BufferView view;
  if (buffer_get(t, v_is_null(bytes) ? v : bytes, &view, BUFFER_SIMPLE) < 0) {
    v_drop(t, bytes);
    return -1;
  }
  size_t n = (size_t)view.len;
  bool abstract = n == 0 || *(const char *)view.data == 0;   // Linux: a name that is no path (empty: the kernel chooses); its length is part of it
  bool fits = n + !abstract <= sizeof out->un.sun_path;
  if (fits) {
    memset(out, 0, sizeof out->un);
    out->un.sun_family = AF_UNIX;
    memcpy(out->un.sun_path, view.data, n);
    *length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n + !abstract);
  } else {
    raise_error(t, &exc_OSError, "AF_UNIX path too long");
  }
  buffer_release(t, &view);
  v_drop(t, bytes);
  return fits ? 0 : -1;
}

static int parse_netlink(Thread *t, Value v, const char *function, SocketAddress *out, socklen_t *length) {
  uint32_t pid, groups;
  if (expect_tuple(t, v, function, "AF_NETLINK", 2, 2, "pair (pid, groups)") < 0) return -1;
  if (u32_arg(t, item(v, 0), &pid) < 0 || u32_arg(t, item(v, 1), &groups) < 0) return -1;
  out->netlink = (struct sockaddr_nl){.nl_family = AF_NETLINK, .nl_pid = pid, .nl_groups = groups};
  *length = sizeof out->netlink;
  return 0;
}

static int parse_vsock(Thread *t, Value v, const char *function, SocketAddress *out, socklen_t *length) {
  uint32_t cid, port;
  if (expect_tuple(t, v, function, "AF_VSOCK", 2, 2, "pair (cid, port)") < 0) return -1;
  if (u32_arg(t, item(v, 0), &cid) < 0 || u32_arg(t, item(v, 1), &port) < 0) return -1;
  memset(&out->vm, 0, sizeof out->vm);
  out->vm.svm_family = AF_VSOCK;
  out->vm.svm_cid = cid;
  out->vm.svm_port = port;
  *length = sizeof out->vm;
  return 0;
}

static int parse_qrtr(Thread *t, Value v, const char *function, SocketAddress *out, socklen_t *length) {
  uint32_t node, port;
  if (expect_tuple(t, v, function, "AF_QIPCRTR", 2, 2, "pair (node, port)") < 0) return -1;
  if (u32_arg(t, item(v, 0), &node) < 0 || u32_arg(t, item(v, 1), &port) < 0) return -1;
  out->qrtr = (struct sockaddr_qrtr){.sq_family = AF_QIPCRTR, .sq_node = node, .sq_port = port};
  *length = sizeof out->qrtr;
  return 0;
}

// The index of a network interface by name, which may be "" (0). 0 or -1 with OSError.
static int device_arg(Thread *t, Value v, int *index) {
  Value bytes = v_is_str(v) ? str_encode_fs(t, v) : v_own(t, v);
  if (v_is_null(bytes)) return -1;
  if (!v_is_bytes(bytes)) {
    v_drop(t, bytes);
    return raise_type_error(t, "interface name must be str or bytes, not %T", v), -1;
  }
  const char *name = v_bytes(bytes)->data;
  errno = ENODEV;
  *index = *name ? (int)if_nametoindex(name) : 0;
  int rc = *name && *index == 0 ? (raise_errno(t, errno, V_NULL, V_NULL), -1) : 0;
  v_drop(t, bytes);
  return rc;
}

static int parse_packet(Thread *t, Value v, const char *function, SocketAddress *out, socklen_t *length) {
  if (expect_tuple(t, v, function, "AF_PACKET", 2, 5, "tuple of two to five elements") < 0) return -1;
  int index, numbers[3] = {0, PACKET_HOST, 0};
  if (device_arg(t, item(v, 0), &index) < 0) return -1;
  for (int i = 0; i < 3; i++) {
    if (v_is_absent(item(v, i + 1))) continue;
    numbers[i] = number_as_int(t, item(v, i + 1));
    if (numbers[i] == -1 && error_pending(t)) return -1;
  }
  if (numbers[0] < 0 || numbers[0] > 0xFFFF) return raise_overflow(t, "%s(): proto argument must be 0-65535.", function), -1;
  memset(&out->packet, 0, sizeof out->packet);
  if (!v_is_absent(item(v, 4))) {
    BufferView view;
    if (buffer_get(t, item(v, 4), &view, BUFFER_SIMPLE) < 0) return -1;
    bool fits = view.len <= (int64_t)sizeof out->packet.sll_addr;
    if (fits) {
      memcpy(out->packet.sll_addr, view.data, (size_t)view.len);
      out->packet.sll_halen = (unsigned char)view.len;
    } else {
      raise_value_error(t, "hardware address must be 8 bytes or less");
    }
    buffer_release(t, &view);
    if (!fits) return -1;
  }
  out->packet.sll_family = AF_PACKET;
  out->packet.sll_protocol = htons((uint16_t)numbers[0]);
  out->packet.sll_ifindex = index;
  out->packet.sll_pkttype = (unsigned char)numbers[1];
  out->packet.sll_hatype = (unsigned short)numbers[2];
  *length = sizeof out->packet;
  return 0;
}

static int parse_can(Thread *t, const Socket *s, Value v, const char *function, SocketAddress *out, socklen_t *length) {
  int index;
  bool isotp = s->proto == CAN_ISOTP, j1939 = s->proto == CAN_J1939;
  int64_t most = isotp ? 3 : j1939 ? 4 : 1, least = isotp ? 3 : j1939 ? 4 : 1;
  const char *shape = isotp ? "tuple (interface, rx_addr, tx_addr)" : j1939 ? "tuple (interface, name, pgn, addr)" : "tuple (interface,)";
  if (expect_tuple(t, v, function, "AF_CAN", least, most, shape) < 0 || device_arg(t, item(v, 0), &index) < 0) return -1;
  uint32_t numbers[3] = {0, 0, 0};
  uint64_t name = 0;
  for (int64_t i = 1; i < most; i++) {
    if (j1939 && i == 1) {
      if (!v_is_int(item(v, 1)) || !int_as_u64(item(v, 1), &name)) return raise_type_error(t, "an integer is required"), -1;
    } else if (u32_arg(t, item(v, i), &numbers[i - 1]) < 0) {
      return -1;
    }
  }
  memset(&out->can, 0, sizeof out->can);
  out->can.can_family = AF_CAN;
  out->can.can_ifindex = index;
  if (isotp) {
    out->can.can_addr.tp.rx_id = numbers[0];
    out->can.can_addr.tp.tx_id = numbers[1];
  } else if (j1939) {
    out->can.can_addr.j1939.name = name;
    out->can.can_addr.j1939.pgn = numbers[1];
    out->can.can_addr.j1939.addr = (uint8_t)numbers[2];
  }
  *length = sizeof out->can;
  return 0;
}

static int parse_tipc(Thread *t, Value v, const char *function, SocketAddress *out, socklen_t *length) {
  if (expect_tuple(t, v, function, "AF_TIPC", 4, 5, "tuple (addr_type, v1, v2, v3[, scope])") < 0) return -1;
  uint32_t n[5] = {0, 0, 0, 0, TIPC_CLUSTER_SCOPE};
  for (int64_t i = 0; i < v_tuple(v)->length; i++)
    if (u32_arg(t, item(v, i), &n[i]) < 0) return -1;
  memset(&out->tipc, 0, sizeof out->tipc);
  out->tipc.family = AF_TIPC;
  out->tipc.addrtype = (unsigned char)n[0];
  out->tipc.scope = (signed char)n[4];
  switch (n[0]) {
    case TIPC_ADDR_NAMESEQ:
      out->tipc.addr.nameseq.type = n[1];
      out->tipc.addr.nameseq.lower = n[2];
      out->tipc.addr.nameseq.upper = n[3];
      break;
    case TIPC_ADDR_NAME:
      out->tipc.addr.name.name.type = n[1];
      out->tipc.addr.name.name.instance = n[2];
      break;
    case TIPC_ADDR_ID:
      out->tipc.addr.id.node = n[1];
      out->tipc.addr.id.ref = n[2];
      break;
    default: return raise_type_error(t, "%s(): Invalid address type", function), -1;
  }
  *length = sizeof out->tipc;
  return 0;
}

// A NUL-terminated name into a field of `size` bytes. 0 or -1.
static int name_arg(Thread *t, Value v, const char *what, char *field, size_t size) {
  size_t n;
  if (!v_is_str(v)) return raise_type_error(t, "%s must be str, not %T", what, v), -1;
  const char *text = str_utf8(t, v, &n);
  if (!text) return -1;
  if (n >= size) return raise_value_error(t, "%s too long.", what), -1;
  memcpy(field, text, n);
  return 0;
}

static int parse_alg(Thread *t, Value v, const char *function, SocketAddress *out, socklen_t *length) {
  if (expect_tuple(t, v, function, "AF_ALG", 2, 4, "tuple (type, name [, feat[, mask]])") < 0) return -1;
  uint32_t feat = 0, mask = 0;
  memset(&out->alg, 0, sizeof out->alg);
  if (name_arg(t, item(v, 0), "AF_ALG type", (char *)out->alg.salg_type, sizeof out->alg.salg_type) < 0 ||
      name_arg(t, item(v, 1), "AF_ALG name", (char *)out->alg.salg_name, sizeof out->alg.salg_name) < 0 ||
      (!v_is_absent(item(v, 2)) && u32_arg(t, item(v, 2), &feat) < 0) || (!v_is_absent(item(v, 3)) && u32_arg(t, item(v, 3), &mask) < 0))
    return -1;
  out->alg.salg_family = AF_ALG;
  out->alg.salg_feat = feat;
  out->alg.salg_mask = mask;
  *length = sizeof out->alg;
  return 0;
}

int socket_address_parse(Thread *t, const Socket *s, Value v, const char *function, SocketAddress *out, socklen_t *length) {
  switch (s->family) {
    case AF_INET: return parse_inet(t, v, function, out, length);
    case AF_INET6: return parse_inet6(t, v, function, out, length);
    case AF_UNIX: return parse_unix(t, v, out, length);
    case AF_NETLINK: return parse_netlink(t, v, function, out, length);
    case AF_PACKET: return parse_packet(t, v, function, out, length);
    case AF_VSOCK: return parse_vsock(t, v, function, out, length);
    case AF_CAN: return parse_can(t, s, v, function, out, length);
    case AF_TIPC: return parse_tipc(t, v, function, out, length);
    case AF_QIPCRTR: return parse_qrtr(t, v, function, out, length);
    case AF_ALG: return parse_alg(t, v, function, out, length);
    default: return raise_error(t, &exc_OSError, "%s(): bad family", function), -1;
  }
}

// --- To Python ------------------------------------------------------------------------------------------------------------------------------

Value socket_ip_text(Thread *t, const SocketAddress *a) {
  char text[INET6_ADDRSTRLEN];
  const void *bits = a->any.sa_family == AF_INET ? (const void *)&a->in.sin_addr : (const void *)&a->in6.sin6_addr;
  return inet_ntop(a->any.sa_family, bits, text, sizeof text) ? str_from_cstr(t, text) : raise_errno(t, errno, V_NULL, V_NULL);
}

Value socket_device_name(Thread *t, unsigned index) {
  char name[IF_NAMESIZE] = "";
  if (index && !if_indextoname(index, name)) *name = 0;
  return str_decode_fs(t, name, strlen(name));
}

// A tuple of owned values; V_NULL among them: failed before.
static Value pack_stolen(Thread *t, const Value *items, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (!v_is_null(items[i])) continue;
    for (size_t k = 0; k < n; k++) v_drop(t, items[k]);
    return V_NULL;
  }
  return tuple_from_stolen(t, items, n);
}
#define PACK(...) pack_stolen(t, (Value[]){__VA_ARGS__}, sizeof((Value[]){__VA_ARGS__}) / sizeof(Value))

static Value make_unix(Thread *t, const SocketAddress *a, socklen_t length) {
  size_t path_offset = offsetof(struct sockaddr_un, sun_path), n = length > path_offset ? length - path_offset : 0;
  if (n > 0 && a->un.sun_path[0] == 0) return bytes_from(t, a->un.sun_path, n);
  return str_decode_fs(t, a->un.sun_path, strnlen(a->un.sun_path, n));
}

static Value make_can(Thread *t, const SocketAddress *a, int proto) {
  Value name = socket_device_name(t, (unsigned)a->can.can_ifindex);
  switch (proto) {
    case CAN_ISOTP: return PACK(name, v_from_smi(a->can.can_addr.tp.rx_id), v_from_smi(a->can.can_addr.tp.tx_id));
    case CAN_J1939:
      return PACK(name, int_from_u64(t, a->can.can_addr.j1939.name), v_from_smi(a->can.can_addr.j1939.pgn), v_from_smi(a->can.can_addr.j1939.addr));
    default: return PACK(name);
  }
}

static Value make_tipc(Thread *t, const SocketAddress *a) {
  Value kind = v_from_smi(a->tipc.addrtype), scope = v_from_smi(a->tipc.scope);
  switch (a->tipc.addrtype) {
    case TIPC_ADDR_NAMESEQ:
      return PACK(kind, v_from_smi(a->tipc.addr.nameseq.type), v_from_smi(a->tipc.addr.nameseq.lower), v_from_smi(a->tipc.addr.nameseq.upper), scope);
    case TIPC_ADDR_NAME:
      return PACK(kind, v_from_smi(a->tipc.addr.name.name.type), v_from_smi(a->tipc.addr.name.name.instance),
                  v_from_smi(a->tipc.addr.name.name.instance), scope);
    case TIPC_ADDR_ID: return PACK(kind, v_from_smi(a->tipc.addr.id.node), v_from_smi(a->tipc.addr.id.ref), v_from_smi(0), scope);
    default: return raise_value_error(t, "Invalid address type");
  }
}

static Value make_packet(Thread *t, const SocketAddress *a) {
  const struct sockaddr_ll *p = &a->packet;
  return PACK(socket_device_name(t, (unsigned)p->sll_ifindex), v_from_smi(ntohs(p->sll_protocol)), v_from_smi(p->sll_pkttype),
              v_from_smi(p->sll_hatype), bytes_from(t, p->sll_addr, p->sll_halen));
}

Value socket_address_make(Thread *t, const SocketAddress *a, socklen_t length, int proto) {
  if (length == 0) return V_NONE;   // the kernel did not say
  switch (a->any.sa_family) {
    case AF_INET: return PACK(socket_ip_text(t, a), v_from_smi(ntohs(a->in.sin_port)));
    case AF_INET6:
      return PACK(socket_ip_text(t, a), v_from_smi(ntohs(a->in6.sin6_port)), v_from_smi(ntohl(a->in6.sin6_flowinfo)), v_from_smi(a->in6.sin6_scope_id));
    case AF_UNIX: return make_unix(t, a, length);
    case AF_NETLINK: return PACK(v_from_smi(a->netlink.nl_pid), v_from_smi(a->netlink.nl_groups));
    case AF_PACKET: return make_packet(t, a);
    case AF_VSOCK: return PACK(v_from_smi(a->vm.svm_cid), v_from_smi(a->vm.svm_port));
    case AF_CAN: return make_can(t, a, proto);
    case AF_TIPC: return make_tipc(t, a);
    case AF_QIPCRTR: return PACK(v_from_smi(a->qrtr.sq_node), v_from_smi(a->qrtr.sq_port));
    default: return PACK(v_from_smi(a->any.sa_family), bytes_from(t, a->any.sa_data, sizeof a->any.sa_data));
  }
}
