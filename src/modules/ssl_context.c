// _ssl._SSLContext: the settings that connections are made with.
#include <limits.h>
#include <stddef.h>

#include "modules/module_help.h"
#include "modules/socket_internal.h"
#include "modules/ssl_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"

// --- The gate -------------------------------------------------------------------------------------------------------------------------------

// How many gates the thread is inside: within a callback it passes all others, or it could wait for itself.
static _Thread_local int inside;

static int gate_make(SslContext *c) {
  pthread_rwlockattr_t attr;
  pthread_rwlockattr_init(&attr);
  pthread_rwlockattr_setkind_np(&attr, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);   // changes are rare and come through
  int rc = pthread_rwlock_init(&c->gate, &attr);
  pthread_rwlockattr_destroy(&attr);
  c->has_gate = rc == 0;
  a32_store_rel(&c->gate_fork_count, thread_fork_count());   // pairs with the load in context_enter
  return rc;
}

// In the child of a fork: those who were inside stayed in the parent, so the gate is made anew, by whichever thread comes first.
static void gate_remake(Thread *t, SslContext *c) {
  static Mutex remaking = MUTEX_INIT;
  mutex_lock(t, &remaking);
  if (a32_load_rlx(&c->gate_fork_count) != thread_fork_count()) gate_make(c);
  mutex_unlock(&remaking);
}

void context_enter(Thread *t, SslContext *c, bool change) {
  if (inside++) return;
  if (a32_load_acq(&c->gate_fork_count) != thread_fork_count()) gate_remake(t, c);
  if ((change ? pthread_rwlock_trywrlock : pthread_rwlock_tryrdlock)(&c->gate) == 0) return;
  ALLOW_THREADS_BEGIN(t)
  (change ? pthread_rwlock_wrlock : pthread_rwlock_rdlock)(&c->gate);
  ALLOW_THREADS_END
}

void context_leave(SslContext *c) {
  if (--inside == 0) pthread_rwlock_unlock(&c->gate);
}

// --- Verifying ------------------------------------------------------------------------------------------------------------------------------

int context_verify_mode(const SslContext *c) {
  switch (libssl.SSL_CTX_get_verify_mode(c->ctx) & (SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT)) {
    case SSL_VERIFY_NONE: return 0;
    case SSL_VERIFY_PEER: return 1;
    default: return 2;
  }
}

static void set_verify_mode(SslContext *c, int mode) {
  static const int flags[] = {SSL_VERIFY_NONE, SSL_VERIFY_PEER, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT};
  libssl.SSL_CTX_set_verify(c->ctx, flags[mode], libssl.SSL_CTX_get_verify_callback(c->ctx));
}

// --- Making -----------------------------------------------------------------------------------------------------------------------------------

// The method of a PROTOCOL_* number, with the warning that some deserve. NULL: an exception.
static const SSL_METHOD *method_of(Thread *t, int protocol) {
  const char *old = NULL;
  const SSL_METHOD *(*method)(void) = NULL;
  switch (protocol) {
    case TLS_ANY: method = libssl.TLS_method; old = "TLS"; break;
    case TLS_1: method = libssl.TLSv1_method; old = "TLSv1"; break;
    case TLS_1_1: method = libssl.TLSv1_1_method; old = "TLSv1_1"; break;
    case TLS_1_2: method = libssl.TLSv1_2_method; old = "TLSv1_2"; break;
    case TLS_CLIENT: method = libssl.TLS_client_method; break;
    case TLS_SERVER: method = libssl.TLS_server_method; break;
    default: raise_value_error(t, "invalid or unsupported protocol version %i", protocol); return NULL;
  }
  if (old && warn(t, &exc_DeprecationWarning, 2, "ssl.PROTOCOL_%s is deprecated", old) < 0) return NULL;
  return method();
}

static void set_defaults(SslContext *c) {
  libssl.SSL_CTX_set_options(c->ctx, (SSL_OP_ALL & ~(uint64_t)SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS) | SSL_OP_NO_SSLv3 | SSL_OP_NO_COMPRESSION |
                                         SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_SINGLE_DH_USE | SSL_OP_SINGLE_ECDH_USE |
                                         SSL_OP_IGNORE_UNEXPECTED_EOF);
  libssl.SSL_CTX_ctrl(c->ctx, SSL_CTRL_MODE, SSL_MODE_RELEASE_BUFFERS, NULL);
  static const unsigned char session_context[] = "Python";
  libssl.SSL_CTX_set_session_id_context(c->ctx, session_context, sizeof session_context);
  X509_VERIFY_PARAM *verification = libssl.SSL_CTX_get0_param(c->ctx);
  libcrypto.X509_VERIFY_PARAM_set_flags(verification, X509_V_FLAG_TRUSTED_FIRST);
  libcrypto.X509_VERIFY_PARAM_set_hostflags(verification, a32_load_rlx(&c->host_flags));
  libssl.SSL_CTX_set_post_handshake_auth(c->ctx, 0);
}

static Value context_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (type == &type_ssl_context && native_no_keywords(t, "_SSLContext", kwnames) < 0) return V_NULL;
  if (native_check_positional(t, "_SSLContext", nargs, 1, 1) < 0) return V_NULL;
  int protocol = number_as_int(t, args[0]);
  if (protocol == -1 && error_pending(t)) return V_NULL;
  const SSL_METHOD *method = method_of(t, protocol);
  if (!method) return V_NULL;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  SslContext *c = v_ssl_context(v);
  c->protocol = protocol;
  ALLOW_THREADS_BEGIN(t)
  c->ctx = libssl.SSL_CTX_new(method);
  ALLOW_THREADS_END
  if (!c->ctx || gate_make(c) != 0) {
    if (c->ctx) raise_no_memory(t);
    else SSL_RAISE(t, NULL);
    v_drop(t, v);
    return V_NULL;
  }
  a32_store_rlx(&c->host_flags, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  a32_store_rlx(&c->check_hostname, protocol == TLS_CLIENT);
  set_verify_mode(c, protocol == TLS_CLIENT ? 2 : 0);
  set_defaults(c);
  libcrypto.ERR_clear_error();
  return v;
}

static void context_dealloc(Thread *t, Object *o) {
  SslContext *c = (SslContext *)o;
  if (c->ctx) libssl.SSL_CTX_free(c->ctx);
  context_close_keylog(t, c);
  v_drop(t, c->sni_callback);
  v_drop(t, c->msg_callback);
  v_drop(t, c->keylog_filename);
  if (c->has_gate) pthread_rwlock_destroy(&c->gate);
  heap_free(t, c->alpn);
  heap_free_object(t, o);
}
static void context_traverse(Object *o, GcVisit visit, void *arg) {
  SslContext *c = (SslContext *)o;
  gc_visit_value(c->sni_callback, visit, arg);
  gc_visit_value(c->msg_callback, visit, arg);
}
static void context_clear(Thread *t, Object *o) {
  SslContext *c = (SslContext *)o;
  v_clear(t, &c->sni_callback);
  v_clear(t, &c->msg_callback);
}

// --- Connections ----------------------------------------------------------------------------------------------------------------------------

static NATIVE(context_wrap_socket) {
  int server = object_is_true(t, args[1]);
  if (server < 0) return V_NULL;
  if (!ssl_is_a(args[0], &type_socket)) return raise_type_error(t, "_wrap_socket() argument 'sock' must be _socket.socket, not %T", args[0]);
  return ssl_socket_new(t, self, args[0], V_NULL, V_NULL, server, args[2], args[3], args[4]);
}

static NATIVE(context_wrap_bio) {
  static const char *const names[] = {"incoming", "outgoing"};
  for (int i = 0; i < 2; i++)
    if (v_type(args[i]) != &type_ssl_memory_bio)
      return raise_type_error(t, "_wrap_bio() argument '%s' must be _ssl.MemoryBIO, not %T", names[i], args[i]);
  int server = object_is_true(t, args[2]);
  if (server < 0) return V_NULL;
  return ssl_socket_new(t, self, V_NULL, args[0], args[1], server, args[3], args[4], args[5]);
}

// --- Ciphers and protocols --------------------------------------------------------------------------------------------------------------------

static NATIVE(context_set_ciphers) {
  SslContext *c = v_ssl_context(self);
  const char *list = module_text_argument(t, args[0], "set_ciphers() argument");
  if (!list) return V_NULL;
  context_enter(t, c, true);
  int ok = libssl.SSL_CTX_set_cipher_list(c->ctx, list);
  context_leave(c);
  libcrypto.ERR_clear_error();
  return ok ? V_NONE : raise_error(t, &type_ssl_error, "No cipher can be selected.");
}

static NATIVE(context_get_ciphers) {
  SslContext *c = v_ssl_context(self);
  context_enter(t, c, false);
  SSL *ssl = libssl.SSL_new(c->ctx);
  Value list = V_NULL;
  if (!ssl) {
    SSL_RAISE(t, NULL);
  } else {
    const void *ciphers = libssl.SSL_get_ciphers(ssl);
    int n = stack_length(ciphers);
    list = list_new(t, n);
    for (int i = 0; i < n && !v_is_null(list); i++)
      if (list_append_steal(t, v_list(list), cipher_dict(t, stack_item(ciphers, i))) < 0) v_clear(t, &list);
    libssl.SSL_free(ssl);
  }
  context_leave(c);
  return list;
}

static NATIVE(context_set_alpn_protocols) {
  SslContext *c = v_ssl_context(self);
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  uint8_t *copy = NULL;
  if (view.len > UINT_MAX) raise_overflow(t, "protocols longer than %u bytes", UINT_MAX);
  else if (!(copy = heap_alloc(t, (size_t)view.len + 1))) raise_no_memory(t);
  if (copy) {
    memcpy(copy, view.data, (size_t)view.len);
    context_enter(t, c, true);
    uint8_t *old = c->alpn;
    c->alpn = copy;
    c->alpn_length = (uint32_t)view.len;
    int failed = libssl.SSL_CTX_set_alpn_protos(c->ctx, copy, c->alpn_length);
    libssl.SSL_CTX_set_alpn_select_cb(c->ctx, ssl_context_on_alpn, c);
    context_leave(c);
    heap_free(t, old);
    libcrypto.ERR_clear_error();
    if (failed) raise_no_memory(t);
  }
  buffer_release(t, &view);
  return error_pending(t) ? V_NULL : V_NONE;
}

static NATIVE(context_set_ecdh_curve) {
  SslContext *c = v_ssl_context(self);
  Value keep;
  const char *name = fs_path_bytes(t, args[0], &keep);
  if (!name) return V_NULL;
  int nid = libcrypto.OBJ_sn2nid(name);
  v_drop(t, keep);
  if (nid == 0) return raise_value_error(t, "unknown elliptic curve name %R", args[0]);
  context_enter(t, c, true);
  long ok = libssl.SSL_CTX_ctrl(c->ctx, SSL_CTRL_SET_GROUPS, 1, &nid);
  context_leave(c);
  return ok ? V_NONE : SSL_RAISE(t, NULL);
}

static NATIVE(context_session_stats) {
  static const struct { const char *name; int command; } stats[] = {
      {"number", SSL_CTRL_SESS_NUMBER}, {"connect", SSL_CTRL_SESS_CONNECT}, {"connect_good", SSL_CTRL_SESS_CONNECT_GOOD},
      {"connect_renegotiate", SSL_CTRL_SESS_CONNECT_RENEGOTIATE}, {"accept", SSL_CTRL_SESS_ACCEPT}, {"accept_good", SSL_CTRL_SESS_ACCEPT_GOOD},
      {"accept_renegotiate", SSL_CTRL_SESS_ACCEPT_RENEGOTIATE}, {"hits", SSL_CTRL_SESS_HIT}, {"misses", SSL_CTRL_SESS_MISSES},
      {"timeouts", SSL_CTRL_SESS_TIMEOUTS}, {"cache_full", SSL_CTRL_SESS_CACHE_FULL},
  };
  Value dict = dict_new(t);
  for (size_t i = 0; i < sizeof stats / sizeof *stats && !v_is_null(dict); i++)
    if (dict_set_cstr(t, v_dict(dict), stats[i].name, v_from_smi(libssl.SSL_CTX_ctrl(v_ssl_context(self)->ctx, stats[i].command, 0, NULL))) < 0)
      v_clear(t, &dict);
  return dict;
}

// --- Attributes -----------------------------------------------------------------------------------------------------------------------------

#define GETTER(name) static Value context_get_##name(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure)
#define SETTER(name) static int context_set_##name(Thread *t, Value self, Value value, UNUSED_OK void *closure)
#define NEED_VALUE(t, value) \
  if (v_is_null(value)) return raise_type_error((t), "function takes at least one argument"), -1

// value as a C long, or a C int. 0, -1.
static int as_long(Thread *t, Value value, int64_t *out) {
  NEED_VALUE(t, value);
  Value i = number_index(t, value);
  if (v_is_null(i)) return -1;
  bool fits = int_as_i64(i, out);
  v_drop(t, i);
  return fits ? 0 : (raise_overflow(t, "Python int too large to convert to C long"), -1);
}

static int as_int(Thread *t, Value value, int *out) {
  int64_t i;
  if (as_long(t, value, &i) < 0) return -1;
  if (i > INT_MAX) return raise_overflow(t, "signed integer is greater than maximum"), -1;
  if (i < INT_MIN) return raise_overflow(t, "signed integer is less than minimum"), -1;
  *out = (int)i;
  return 0;
}

GETTER(check_hostname) { return v_from_bool(a32_load_rlx(&v_ssl_context(self)->check_hostname)); }
SETTER(check_hostname) {
  SslContext *c = v_ssl_context(self);
  NEED_VALUE(t, value);
  int on = object_is_true(t, value);
  if (on < 0) return -1;
  context_enter(t, c, true);
  if (on && context_verify_mode(c) == 0) set_verify_mode(c, 2);
  a32_store_rlx(&c->check_hostname, (uint32_t)on);
  context_leave(c);
  return 0;
}

GETTER(host_flags) { return v_from_smi(a32_load_rlx(&v_ssl_context(self)->host_flags)); }
SETTER(host_flags) {
  SslContext *c = v_ssl_context(self);
  NEED_VALUE(t, value);
  uint64_t flags;
  if (module_u64_masked(t, value, &flags) < 0) return -1;
  context_enter(t, c, true);
  a32_store_rlx(&c->host_flags, (uint32_t)flags);
  libcrypto.X509_VERIFY_PARAM_set_hostflags(libssl.SSL_CTX_get0_param(c->ctx), (uint32_t)flags);
  context_leave(c);
  return 0;
}

GETTER(verify_mode) {
  SslContext *c = v_ssl_context(self);
  context_enter(t, c, false);
  int mode = context_verify_mode(c);
  context_leave(c);
  return v_from_smi(mode);
}
SETTER(verify_mode) {
  SslContext *c = v_ssl_context(self);
  int mode;
  if (as_int(t, value, &mode) < 0) return -1;
  if (mode == 0 && a32_load_rlx(&c->check_hostname))
    return raise_value_error(t, "Cannot set verify_mode to CERT_NONE when check_hostname is enabled."), -1;
  if (mode < 0 || mode > 2) return raise_value_error(t, "invalid value for verify_mode"), -1;
  context_enter(t, c, true);
  set_verify_mode(c, mode);
  context_leave(c);
  return 0;
}

GETTER(verify_flags) {
  SslContext *c = v_ssl_context(self);
  context_enter(t, c, false);
  unsigned long flags = libcrypto.X509_VERIFY_PARAM_get_flags(libssl.SSL_CTX_get0_param(c->ctx));
  context_leave(c);
  return int_from_u64(t, flags);
}
SETTER(verify_flags) {
  SslContext *c = v_ssl_context(self);
  NEED_VALUE(t, value);
  uint64_t wanted;
  if (!v_is_int(value)) return raise_type_error(t, "argument must be int, not %T", value), -1;
  if (module_u64_masked(t, value, &wanted) < 0) return -1;
  context_enter(t, c, true);
  X509_VERIFY_PARAM *verification = libssl.SSL_CTX_get0_param(c->ctx);
  unsigned long now = libcrypto.X509_VERIFY_PARAM_get_flags(verification), clear = now & ~wanted, set = ~now & wanted;
  int ok = (!clear || libcrypto.X509_VERIFY_PARAM_clear_flags(verification, clear)) && (!set || libcrypto.X509_VERIFY_PARAM_set_flags(verification, set));
  context_leave(c);
  if (ok) return 0;
  SSL_RAISE(t, NULL);
  return -1;
}

GETTER(options) {
  SslContext *c = v_ssl_context(self);
  context_enter(t, c, false);
  uint64_t options = libssl.SSL_CTX_get_options(c->ctx);
  context_leave(c);
  return int_from_u64(t, options);
}
SETTER(options) {
  SslContext *c = v_ssl_context(self);
  int64_t wanted;
  if (as_long(t, value, &wanted) < 0) return -1;
  static const uint64_t versions = SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1 | SSL_OP_NO_TLSv1_2 | SSL_OP_NO_TLSv1_3;
  context_enter(t, c, false);
  uint64_t now = libssl.SSL_CTX_get_options(c->ctx);
  context_leave(c);
  if (~now & (uint64_t)wanted & versions && warn(t, &exc_DeprecationWarning, 2, "ssl.OP_NO_SSL*/ssl.OP_NO_TLS* options are deprecated") < 0) return -1;
  context_enter(t, c, true);
  libssl.SSL_CTX_clear_options(c->ctx, now & ~(uint64_t)wanted);
  libssl.SSL_CTX_set_options(c->ctx, ~now & (uint64_t)wanted);
  context_leave(c);
  return 0;
}

enum { LOWEST = -2, HIGHEST = -1 };   // TLSVersion.MINIMUM_SUPPORTED and MAXIMUM_SUPPORTED

static Value get_version(Thread *t, Value self, int command, int none) {
  SslContext *c = v_ssl_context(self);
  context_enter(t, c, false);
  long version = libssl.SSL_CTX_ctrl(c->ctx, command, 0, NULL);
  context_leave(c);
  return v_from_smi(version ? version : none);
}

static int check_version(Thread *t, int64_t version) {
  const char *old = NULL;
  switch (version) {
    case SSL3_VERSION: old = "SSLv3"; break;
    case TLS1_VERSION: old = "TLSv1"; break;
    case TLS1_1_VERSION: old = "TLSv1_1"; break;
    case TLS1_2_VERSION: case TLS1_3_VERSION: case LOWEST: case HIGHEST: return 0;
    default: return raise_value_error(t, "Unsupported TLS/SSL version 0x%x", (unsigned)version), -1;
  }
  return warn(t, &exc_DeprecationWarning, 2, "ssl.TLSVersion.%s is deprecated", old);
}

// `open`: the one of LOWEST and HIGHEST that sets no bound; the other stands for `extreme`.
static int set_version(Thread *t, Value self, Value value, int command, int open, int extreme) {
  SslContext *c = v_ssl_context(self);
  int64_t version;
  if (as_long(t, value, &version) < 0) return -1;
  if (version > INT_MAX) return raise_overflow(t, "Option is too long"), -1;
  if (c->protocol != TLS_ANY && c->protocol != TLS_CLIENT && c->protocol != TLS_SERVER)
    return raise_value_error(t, "The context's protocol doesn't support modification of highest and lowest version."), -1;
  if (check_version(t, version) < 0) return -1;
  long bound = version == open ? 0 : version < 0 ? extreme : version;
  context_enter(t, c, true);
  long ok = libssl.SSL_CTX_ctrl(c->ctx, command, bound, NULL);
  context_leave(c);
  if (ok) return 0;
  libcrypto.ERR_clear_error();
  return raise_value_error(t, "Unsupported protocol version 0x%x", (unsigned)bound), -1;
}

GETTER(minimum_version) { return get_version(t, self, SSL_CTRL_GET_MIN_PROTO_VERSION, LOWEST); }
GETTER(maximum_version) { return get_version(t, self, SSL_CTRL_GET_MAX_PROTO_VERSION, HIGHEST); }
SETTER(minimum_version) { return set_version(t, self, value, SSL_CTRL_SET_MIN_PROTO_VERSION, LOWEST, TLS1_3_VERSION); }
SETTER(maximum_version) { return set_version(t, self, value, SSL_CTRL_SET_MAX_PROTO_VERSION, HIGHEST, TLS1_VERSION); }

GETTER(num_tickets) {
  SslContext *c = v_ssl_context(self);
  context_enter(t, c, false);
  size_t n = libssl.SSL_CTX_get_num_tickets(c->ctx);
  context_leave(c);
  return int_from_u64(t, n);
}
SETTER(num_tickets) {
  SslContext *c = v_ssl_context(self);
  int64_t n;
  if (as_long(t, value, &n) < 0) return -1;
  if (n < 0) return raise_value_error(t, "value must be non-negative"), -1;
  if (c->protocol != TLS_SERVER) return raise_value_error(t, "SSLContext is not a server context."), -1;
  context_enter(t, c, true);
  int ok = libssl.SSL_CTX_set_num_tickets(c->ctx, (size_t)n);
  context_leave(c);
  return ok == 1 ? 0 : (raise_value_error(t, "failed to set num tickets."), -1);
}

GETTER(post_handshake_auth) { return v_from_bool(a32_load_rlx(&v_ssl_context(self)->post_handshake_auth)); }
SETTER(post_handshake_auth) {
  SslContext *c = v_ssl_context(self);
  if (v_is_null(value)) return raise_error(t, &exc_AttributeError, "cannot delete attribute"), -1;
  int on = object_is_true(t, value);
  if (on < 0) return -1;
  context_enter(t, c, true);
  a32_store_rlx(&c->post_handshake_auth, (uint32_t)on);
  libssl.SSL_CTX_set_post_handshake_auth(c->ctx, on);
  context_leave(c);
  return 0;
}

GETTER(protocol) { return v_from_smi(v_ssl_context(self)->protocol); }
GETTER(security_level) { return v_from_smi(libssl.SSL_CTX_get_security_level(v_ssl_context(self)->ctx)); }

static const NativeDef context_methods[] = {
    {"_wrap_socket($self, /, sock, server_side, server_hostname=None, *,\n             owner=None, session=None)", context_wrap_socket, NULL, 0},
    {"_wrap_bio($self, /, incoming, outgoing, server_side,\n          server_hostname=None, *, owner=None, session=None)", context_wrap_bio, NULL, 0},
    {"set_ciphers($self, cipherlist, /)", context_set_ciphers, NULL, 0},
    {"get_ciphers($self, /)", context_get_ciphers, NULL, 0},
    {"_set_alpn_protocols($self, protos, /)", context_set_alpn_protocols, NULL, 0},
    {"set_ecdh_curve($self, name, /)", context_set_ecdh_curve, NULL, 0},
    {"session_stats($self, /)", context_session_stats, NULL, 0},
    {"load_cert_chain($self, /, certfile, keyfile=None, password=None)", ssl_context_load_cert_chain, NULL, 0},
    {"load_dh_params($self, path, /)", ssl_context_load_dh_params, NULL, 0},
    {"load_verify_locations($self, /, cafile=None, capath=None, cadata=None)", ssl_context_load_verify_locations, NULL, 0},
    {"set_default_verify_paths($self, /)", ssl_context_set_default_verify_paths, NULL, 0},
    {"cert_store_stats($self, /)", ssl_context_cert_store_stats, "How many certificates, authorities' among them, and revocation lists are trusted.", 0},
    {"get_ca_certs($self, /, binary_form=False)", ssl_context_get_ca_certs, "The authorities' certificates that were loaded, as dicts or in DER.", 0},
    {0},
};
static const GetSetDef context_getset[] = {
    {"check_hostname", context_get_check_hostname, context_set_check_hostname, NULL, NULL},
    {"_host_flags", context_get_host_flags, context_set_host_flags, NULL, NULL},
    {"minimum_version", context_get_minimum_version, context_set_minimum_version, NULL, NULL},
    {"maximum_version", context_get_maximum_version, context_set_maximum_version, NULL, NULL},
    {"num_tickets", context_get_num_tickets, context_set_num_tickets, "How many TLS 1.3 session tickets a server sends.", NULL},
    {"options", context_get_options, context_set_options, NULL, NULL},
    {"post_handshake_auth", context_get_post_handshake_auth, context_set_post_handshake_auth, NULL, NULL},
    {"protocol", context_get_protocol, NULL, NULL, NULL},
    {"verify_flags", context_get_verify_flags, context_set_verify_flags, NULL, NULL},
    {"verify_mode", context_get_verify_mode, context_set_verify_mode, NULL, NULL},
    {"security_level", context_get_security_level, NULL, "OpenSSL's security level: what it refuses as too weak.", NULL},
    {"sni_callback", ssl_context_get_sni, ssl_context_set_sni, "What is asked when a client names the host that it wants.", NULL},
    {"_msg_callback", ssl_context_get_msg, ssl_context_set_msg, NULL, NULL},
    {"keylog_filename", ssl_context_get_keylog, ssl_context_set_keylog, NULL, NULL},
    {0},
};
Type type_ssl_context;
static const TypeSpec spec_context = {
    .name = "_ssl._SSLContext",
    .size = sizeof(SslContext),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF,   // connections know the context they were made with weakly
    .slots = {.new = context_new, .dealloc = context_dealloc, .traverse = context_traverse, .clear = context_clear},
    .methods = context_methods,
    .getset = context_getset,
};

bool ssl_context_init(Thread *t) { return type_ready(t, &type_ssl_context, &spec_context, 0); }
