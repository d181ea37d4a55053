// What a connection can be asked: certificates, ciphers, protocols, its session, and what it belongs to.
#include <string.h>

#include "modules/module_help.h"
#include "modules/ssl_internal.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/weakref.h"

static void enter(Thread *t, SslSocket *s) { owned_lock_enter(t, &s->lock); }
static void leave(SslSocket *s) { owned_lock_leave(&s->lock); }

static Value text_or_none(Thread *t, const char *s) { return s ? str_from_cstr(t, s) : V_NONE; }

// --- Certificates -----------------------------------------------------------------------------------------------------------------------------

NATIVE(ssl_socket_getpeercert) {
  SslSocket *s = v_ssl_socket(self);
  int der = v_is_absent(args[0]) ? 0 : object_is_true(t, args[0]);
  if (der < 0) return V_NULL;
  enter(t, s);
  bool finished = libssl.SSL_is_init_finished(s->ssl);
  X509 *certificate = finished ? libssl.SSL_get1_peer_certificate(s->ssl) : NULL;
  bool verified = finished && libssl.SSL_CTX_get_verify_mode(libssl.SSL_get_SSL_CTX(s->ssl)) & SSL_VERIFY_PEER;
  leave(s);
  if (!finished) return raise_value_error(t, "handshake not done yet");
  if (!certificate) return V_NONE;
  Value r = der ? certificate_der(t, certificate) : verified ? certificate_decode(t, certificate) : dict_new(t);
  libcrypto.X509_free(certificate);
  return r;
}

NATIVE(ssl_socket_get_verified_chain) {
  SslSocket *s = v_ssl_socket(self);
  enter(t, s);
  const STACK_OF(X509) *chain = libssl.SSL_get0_verified_chain(s->ssl);
  Value list = chain ? certificate_list(t, chain) : V_NONE;
  leave(s);
  return list;
}

// What the peer sent; a server's libssl keeps the peer's own certificate apart. (None in its place: it sent none.)
NATIVE(ssl_socket_get_unverified_chain) {
  SslSocket *s = v_ssl_socket(self);
  enter(t, s);
  const STACK_OF(X509) *chain = libssl.SSL_get_peer_cert_chain(s->ssl);
  Value list = chain ? certificate_list(t, chain) : V_NONE;
  X509 *own = s->server && chain ? libssl.SSL_get1_peer_certificate(s->ssl) : NULL;
  leave(s);
  if (s->server && chain && !v_is_null(list)) {
    Value first = own ? certificate_new(t, own) : V_NONE;
    if (v_is_null(first) || list_insert(t, v_list(list), 0, first) < 0) v_clear(t, &list);
    v_drop(t, first);
  }
  if (own) libcrypto.X509_free(own);
  return list;
}

// --- What was agreed on -------------------------------------------------------------------------------------------------------------------------

NATIVE(ssl_socket_cipher) {
  SslSocket *s = v_ssl_socket(self);
  enter(t, s);
  const SSL_CIPHER *cipher = libssl.SSL_get_current_cipher(s->ssl);   // of a constant table
  leave(s);
  return cipher ? cipher_tuple(t, cipher) : V_NONE;
}

// What this side would take, also before the peer has said anything.
NATIVE(ssl_socket_shared_ciphers) {
  SslSocket *s = v_ssl_socket(self);
  Value context = instance_field_load(t, &s->ob, &s->context);
  enter(t, s);
  context_enter(t, v_ssl_context(context), false);
  const void *ciphers = libssl.SSL_get_ciphers(s->ssl);
  int n = stack_length(ciphers);
  Value list = ciphers ? list_new(t, n) : V_NONE;
  for (int i = 0; i < n && !v_is_null(list); i++)
    if (list_append_steal(t, v_list(list), cipher_tuple(t, stack_item(ciphers, i))) < 0) v_clear(t, &list);
  context_leave(v_ssl_context(context));
  leave(s);
  v_drop(t, context);
  return list;
}

NATIVE(ssl_socket_version) {
  SslSocket *s = v_ssl_socket(self);
  enter(t, s);
  const char *version = libssl.SSL_is_init_finished(s->ssl) ? libssl.SSL_get_version(s->ssl) : NULL;   // constant text
  leave(s);
  return text_or_none(t, version);
}

NATIVE(ssl_socket_selected_alpn_protocol) {
  SslSocket *s = v_ssl_socket(self);
  const unsigned char *name;
  unsigned n;
  enter(t, s);
  libssl.SSL_get0_alpn_selected(s->ssl, &name, &n);
  Value r = name ? str_from_utf8(t, (const char *)name, n) : V_NONE;
  leave(s);
  return r;
}

NATIVE(ssl_socket_compression) {
  SslSocket *s = v_ssl_socket(self);
  enter(t, s);
  const COMP_METHOD *method = libssl.SSL_get_current_compression(s->ssl);
  int nid = method ? libcrypto.COMP_get_type(method) : NID_undef;
  leave(s);
  return nid == NID_undef ? V_NONE : text_or_none(t, libcrypto.OBJ_nid2sn(nid));
}

enum { FINISHED_SIZE = 128 };

NATIVE(ssl_socket_get_channel_binding) {
  SslSocket *s = v_ssl_socket(self);
  const char *kind = v_is_absent(args[0]) ? "tls-unique" : module_text_argument(t, args[0], "get_channel_binding() argument 'cb_type'");
  if (!kind) return V_NULL;
  if (strcmp(kind, "tls-unique") != 0) return raise_value_error(t, "'%s' channel binding type not implemented", kind);
  char message[FINISHED_SIZE];
  enter(t, s);
  // The first Finished of the handshake: the client's, or the server's when a session was taken up.
  bool ours = (libssl.SSL_session_reused(s->ssl) != 0) == s->server;
  size_t n = ours ? libssl.SSL_get_finished(s->ssl, message, sizeof message) : libssl.SSL_get_peer_finished(s->ssl, message, sizeof message);
  leave(s);
  return n ? bytes_from(t, message, n) : V_NONE;
}

// --- Attributes -----------------------------------------------------------------------------------------------------------------------------------

#define GETTER(name) static Value get_##name(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure)
#define SETTER(name) static int set_##name(Thread *t, Value self, Value value, UNUSED_OK void *closure)

GETTER(context) { return instance_field_load(t, v_obj(self), &v_ssl_socket(self)->context); }
SETTER(context) {
  SslSocket *s = v_ssl_socket(self);
  if (v_is_null(value) || !ssl_is_a(value, &type_ssl_context)) return raise_type_error(t, "The value must be a SSLContext"), -1;
  SslContext *c = v_ssl_context(value);
  enter(t, s);
  context_enter(t, c, false);
  libssl.SSL_set_SSL_CTX(s->ssl, c->ctx);
  libssl.SSL_set_msg_callback(s->ssl, v_is_null(v_load_acq(&c->msg_callback)) ? NULL : ssl_context_on_message);
  context_leave(c);
  instance_field_store(t, &s->ob, &s->context, v_own(t, value));
  leave(s);
  return 0;
}

GETTER(server_side) { return v_from_bool(v_ssl_socket(self)->server); }
GETTER(server_hostname) {
  Value name = v_ssl_socket(self)->server_hostname;
  return v_is_null(name) ? V_NONE : v_own(t, name);
}

GETTER(owner) {
  SslSocket *s = v_ssl_socket(self);
  Value ref = instance_field_load(t, &s->ob, &s->owner), owner = v_is_null(ref) ? V_NULL : weakref_get(t, ref);
  v_drop(t, ref);
  return v_is_null(owner) ? V_NONE : owner;
}
int ssl_socket_set_owner(Thread *t, SslSocket *s, Value owner) {
  Value ref = weakref_new(t, owner, V_NULL);
  if (v_is_null(ref)) return -1;
  instance_field_store(t, &s->ob, &s->owner, ref);
  return 0;
}
SETTER(owner) { return ssl_socket_set_owner(t, v_ssl_socket(self), v_is_null(value) ? V_NONE : value); }

GETTER(session) {
  SslSocket *s = v_ssl_socket(self);
  enter(t, s);
  Value session = ssl_session_of(t, s);
  leave(s);
  return session;
}
int ssl_socket_set_session(Thread *t, SslSocket *s, Value session) {
  if (v_is_null(session) || v_type(session) != &type_ssl_session) return raise_type_error(t, "Value is not a SSLSession."), -1;
  Value context = instance_field_load(t, &s->ob, &s->context), other = v_ssl_session(session)->context;
  bool same = v_is(context, other);
  v_drop(t, context);
  if (!same) return raise_value_error(t, "Session refers to a different SSLContext."), -1;
  if (s->server) return raise_value_error(t, "Cannot set session for server-side SSLSocket."), -1;
  enter(t, s);
  bool finished = libssl.SSL_is_init_finished(s->ssl);
  SSL_SESSION *copy = finished ? NULL : libssl.SSL_SESSION_dup(v_ssl_session(session)->session);
  int ok = copy && libssl.SSL_set_session(s->ssl, copy);
  leave(s);
  if (copy) libssl.SSL_SESSION_free(copy);
  if (finished) return raise_value_error(t, "Cannot set session after handshake."), -1;
  if (ok) return 0;
  SSL_RAISE(t, NULL);
  return -1;
}
SETTER(session) { return ssl_socket_set_session(t, v_ssl_socket(self), value); }
GETTER(session_reused) {
  SslSocket *s = v_ssl_socket(self);
  enter(t, s);
  bool reused = libssl.SSL_session_reused(s->ssl);
  leave(s);
  return v_from_bool(reused);
}

const GetSetDef ssl_socket_getset[] = {
    {"context", get_context, set_context, "The context whose settings are used; can be changed by an SNI callback.", NULL},
    {"server_side", get_server_side, NULL, "Whether this is the server's end.", NULL},
    {"server_hostname", get_server_hostname, NULL, "The host name that a client asked for, or None.", NULL},
    {"owner", get_owner, set_owner, "The object of the ssl module that it belongs to, which it does not keep alive.", NULL},
    {"session", get_session, set_session, "The TLS session; a client can set one to take up before the handshake.", NULL},
    {"session_reused", get_session_reused, NULL, "Whether the handshake took up an earlier session.", NULL},
    {0},
};
