// _ssl._SSLSocket: a TLS connection, over a socket or two MemoryBIOs: handshake, reading, writing, the end.
//
// Each is a step of libssl, done detached under the connection's lock, which says in the end what it needs to go on: then the thread waits for
// the socket without any lock, as the socket's time-out allows, and takes the step again.
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>

#include "modules/deadline.h"
#include "modules/module_help.h"
#include "modules/socket_internal.h"
#include "modules/ssl_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/weakref.h"

// --- Making -----------------------------------------------------------------------------------------------------------------------------------

// The name of the peer to ask for, and to find in its certificate. 0, -1.
static int set_hostname(Thread *t, SslSocket *s, SslContext *c, const char *host) {
  size_t n = strlen(host);
  if (n == 0 || *host == '.') return raise_value_error(t, "server_hostname cannot be an empty string or start with a leading dot."), -1;
  s->server_hostname = str_from_cstr(t, host);
  if (v_is_null(s->server_hostname)) return -1;
  ASN1_OCTET_STRING *address = libcrypto.a2i_IPADDRESS(host);
  if (!address) libcrypto.ERR_clear_error();
  bool ok = address || libssl.SSL_ctrl(s->ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, (void *)(uintptr_t)host);
  if (ok && a32_load_rlx(&c->check_hostname)) {
    X509_VERIFY_PARAM *verification = libssl.SSL_get0_param(s->ssl);
    libcrypto.X509_VERIFY_PARAM_set_hostflags(verification, a32_load_rlx(&c->host_flags));
    if (address)
      ok = libcrypto.X509_VERIFY_PARAM_set1_ip(verification, libcrypto.ASN1_STRING_get0_data(address), (size_t)libcrypto.ASN1_STRING_length(address));
    else
      ok = libcrypto.X509_VERIFY_PARAM_set1_host(verification, host, n);
  }
  if (address) libcrypto.ASN1_OCTET_STRING_free(address);
  if (!ok) SSL_RAISE(t, NULL);
  return ok ? 0 : -1;
}

// What the SSL reads from and writes to. 0, -1.
static int set_transport(Thread *t, SslSocket *s) {
  BIO *in = v_is_null(s->socket) ? transport_of_memory(v_memory_bio(s->incoming)) : transport_of_socket(s);
  BIO *out = v_is_null(s->socket) ? transport_of_memory(v_memory_bio(s->outgoing)) : in;
  if (in && out) {
    libssl.SSL_set_bio(s->ssl, in, out);
    return 0;
  }
  if (in) libcrypto.BIO_free(in);
  raise_no_memory(t);
  return -1;
}

static void set_post_handshake_auth(SslSocket *s) {
  if (!s->server) {
    libssl.SSL_set_post_handshake_auth(s->ssl, 1);
    return;
  }
  int mode = libssl.SSL_get_verify_mode(s->ssl);   // only a server that asks for certificates may put the question off
  if (mode & SSL_VERIFY_PEER) libssl.SSL_set_verify(s->ssl, mode | SSL_VERIFY_POST_HANDSHAKE, libssl.SSL_get_verify_callback(s->ssl));
}

// The gate of c is open. 0, -1.
static int make_ssl(Thread *t, SslSocket *s, SslContext *c, const char *host) {
  libcrypto.ERR_clear_error();
  s->ssl = libssl.SSL_new(c->ctx);
  if (!s->ssl) return SSL_RAISE(t, NULL), -1;
  static const unsigned char session_context[] = "Python";
  if (s->server) libssl.SSL_set_session_id_context(s->ssl, session_context, sizeof session_context);
  libssl.SSL_set_ex_data(s->ssl, 0, s);
  if (set_transport(t, s) < 0) return -1;
  libssl.SSL_ctrl(s->ssl, SSL_CTRL_MODE, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY, NULL);
  if (a32_load_rlx(&c->post_handshake_auth)) set_post_handshake_auth(s);
  if (host && set_hostname(t, s, c, host) < 0) return -1;
  (s->server ? libssl.SSL_set_accept_state : libssl.SSL_set_connect_state)(s->ssl);
  return 0;
}

// A host name argument as ASCII; *out NULL for None. 0, -1.
static int hostname_argument(Thread *t, Value v, const char **out) {
  *out = NULL;
  if (v_is_absent_or_none(v)) return 0;
  if (!v_is_str(v)) return raise_type_error(t, "argument must be str, not %T", v), -1;
  size_t n;
  const char *text = str_utf8(t, v, &n);
  if (!text) return -1;
  if (!str_is_ascii(v_str(v))) {
    Value name = str_intern_cstr(t, "encode"), ascii = str_intern_cstr(t, "ascii");
    v_drop(t, object_call_method1(t, v, name, ascii));   // raises UnicodeEncodeError
    return -1;
  }
  if (strlen(text) != n) return raise_type_error(t, "argument must be encoded string without null bytes, not %T", v), -1;
  *out = text;
  return 0;
}

Value ssl_socket_new(Thread *t, Value context, Value socket, Value incoming, Value outgoing, bool server, Value hostname, Value owner, Value session) {
  SslContext *c = v_ssl_context(context);
  const char *host;
  if (hostname_argument(t, hostname, &host) < 0) return V_NULL;
  if (server && c->protocol == TLS_CLIENT) return SSL_RAISE(t, "Cannot create a server socket with a PROTOCOL_TLS_CLIENT context");
  if (!server && c->protocol == TLS_SERVER) return SSL_RAISE(t, "Cannot create a client socket with a PROTOCOL_TLS_SERVER context");
  Value v = type_generic_alloc(t, &type_ssl_socket, 0);
  if (v_is_null(v)) return V_NULL;
  SslSocket *s = v_ssl_socket(v);
  s->server = server;
  s->fd = -1;
  s->context = v_own(t, context);
  s->first_context = weakref_new(t, context, V_NULL);
  bool ok = !v_is_null(s->first_context);
  if (v_is_null(socket)) {
    s->incoming = v_own(t, incoming);
    s->outgoing = v_own(t, outgoing);
  } else {
    s->socket = ok ? weakref_new(t, socket, V_NULL) : V_NULL;
    ok = !v_is_null(s->socket);
  }
  if (ok) {
    context_enter(t, c, false);
    ok = make_ssl(t, s, c, host) == 0;
    context_leave(c);
  }
  if (ok && !v_is_absent_or_none(owner)) ok = ssl_socket_set_owner(t, s, owner) == 0;
  if (ok && !v_is_absent_or_none(session)) ok = ssl_socket_set_session(t, s, session) == 0;
  if (ok) return v;
  v_drop(t, v);
  return V_NULL;
}

static void ssl_socket_dealloc(Thread *t, Object *o) {
  SslSocket *s = (SslSocket *)o;
  if (s->ssl) libssl.SSL_free(s->ssl);
  v_drop(t, s->socket);
  v_drop(t, s->incoming);
  v_drop(t, s->outgoing);
  v_drop(t, s->context);
  v_drop(t, s->first_context);
  v_drop(t, s->owner);
  v_drop(t, s->server_hostname);
  v_drop(t, s->raised);
  heap_free_object(t, o);
}
static void ssl_socket_traverse(Object *o, GcVisit visit, void *arg) {
  SslSocket *s = (SslSocket *)o;
  gc_visit_value(s->socket, visit, arg);
  gc_visit_value(s->incoming, visit, arg);
  gc_visit_value(s->outgoing, visit, arg);
  gc_visit_value(s->context, visit, arg);
  gc_visit_value(s->first_context, visit, arg);
  gc_visit_value(s->owner, visit, arg);
  gc_visit_value(s->raised, visit, arg);
}

// --- Steps ------------------------------------------------------------------------------------------------------------------------------------

// An operation under way: on which connection, over which socket, until when.
typedef struct Operation {
  SslSocket *s;
  Value socket;              // owned; V_NULL: MemoryBIOs
  int64_t timeout_ns, deadline;
  void *data;                // of a read or write
  size_t size, moved;
  SslOutcome outcome;
  Value raised;              // by a callback, owned; V_NULL: none
} Operation;

static bool operation_begin(Thread *t, Operation *op, Value self) {
  *op = (Operation){.s = v_ssl_socket(self), .socket = V_NULL, .deadline = DEADLINE_NEVER, .raised = V_NULL};
  if (v_is_null(op->s->socket)) return true;
  op->socket = weakref_get(t, op->s->socket);
  if (v_is_null(op->socket)) {
    SSL_RAISE(t, "Underlying socket connection gone");
    return false;
  }
  op->timeout_ns = socket_timeout(v_socket(op->socket));
  if (op->timeout_ns > 0) op->deadline = deadline_in(op->timeout_ns);
  return true;
}

static void operation_end(Thread *t, Operation *op) {
  v_drop(t, op->socket);
  v_drop(t, op->raised);
}

typedef int (*Step)(Operation *op);   // calls libssl; its result: above 0 done

static int step_handshake(Operation *op) { return libssl.SSL_do_handshake(op->s->ssl); }
static int step_read(Operation *op) { return libssl.SSL_read_ex(op->s->ssl, op->data, op->size, &op->moved); }
static int step_write(Operation *op) { return libssl.SSL_write_ex(op->s->ssl, op->data, op->size, &op->moved); }
static int step_shutdown(Operation *op) {
  // What came after the peer's end is not TLS any more, and must stay in the socket.
  if (op->s->shutdown_sent) libssl.SSL_set_read_ahead(op->s->ssl, 0);
  int rc = libssl.SSL_shutdown(op->s->ssl);
  if (rc == 0) op->s->shutdown_sent = true;
  return rc;
}

// Whether SSL_get_error says why: a read or write fails with 0, shutting down with less.
static void take_outcome(Operation *op, int result, bool failed) {
  SslOutcome *o = &op->outcome;
  o->err = errno;
  o->result = result;
  o->error = failed ? libssl.SSL_get_error(op->s->ssl, result) : SSL_ERROR_NONE;
  o->code = libcrypto.ERR_peek_last_error();
  o->verified = libssl.SSL_get_verify_result(op->s->ssl);
  o->closed = libssl.SSL_get_shutdown(op->s->ssl) == SSL_RECEIVED_SHUTDOWN;
  libcrypto.ERR_clear_error();
}

static void operation_step(Thread *t, Operation *op, Step step) {
  SslSocket *s = op->s;
  Value context = instance_field_load(t, &s->ob, &s->context);
  owned_lock_enter(t, &s->lock);
  context_enter(t, v_ssl_context(context), false);
  s->fd = v_is_null(op->socket) ? -1 : socket_fd(v_socket(op->socket));
  ALLOW_THREADS_BEGIN(t)
  libcrypto.ERR_clear_error();
  errno = 0;
  int result = step(op);
  take_outcome(op, result, step == step_shutdown ? result < 0 : result < 1);
  ALLOW_THREADS_END
  v_set(t, &op->raised, s->raised);
  s->raised = V_NULL;
  context_leave(v_ssl_context(context));
  owned_lock_leave(&s->lock);
  v_drop(t, context);
}

// --- Waiting ----------------------------------------------------------------------------------------------------------------------------------

enum Wait { WAIT_READY, WAIT_MAY_NOT, WAIT_TIMED_OUT, WAIT_CLOSED, WAIT_RAISED };

static bool wants(const SslOutcome *o) { return o->error == SSL_ERROR_WANT_READ || o->error == SSL_ERROR_WANT_WRITE; }

// Waits for what the last step wants, if the socket may wait. No lock is held, but for a write's turn.
static enum Wait operation_wait(Thread *t, Operation *op) {
  if (v_is_null(op->socket) || op->timeout_ns == 0) return WAIT_MAY_NOT;
  struct pollfd p = {.fd = socket_fd(v_socket(op->socket)), .events = op->outcome.error == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN};
  if (p.fd < 0) return WAIT_CLOSED;
  for (;;) {
    int n, err;
    ALLOW_THREADS_BEGIN(t)
    n = poll(&p, 1, deadline_left_ms(op->deadline));
    err = errno;
    ALLOW_THREADS_END
    if (safepoint(t) < 0) return WAIT_RAISED;
    if (n > 0) return WAIT_READY;
    if (n == 0) return WAIT_TIMED_OUT;
    if (err != EINTR) return raise_errno(t, err, V_NULL, V_NULL), WAIT_RAISED;
  }
}

// Raises what a callback left. True: there was something.
static bool raise_from_callback(Thread *t, Operation *op) {
  if (v_is_null(op->raised)) return false;
  raise_object(t, op->raised);
  return true;
}

// The failure of the last step; a callback's exception becomes its context.
static Value raise_failure(Thread *t, Operation *op) {
  SSL_RAISE_OUTCOME(t, op->s, &op->outcome);
  if (!v_is_null(op->raised)) {
    Value earlier = op->raised;
    op->raised = V_NULL;
    error_chain(t, earlier);
  }
  return V_NULL;
}

// --- Handshake --------------------------------------------------------------------------------------------------------------------------------

static bool handshake(Thread *t, Operation *op) {
  for (;;) {
    operation_step(t, op, step_handshake);
    if (op->outcome.result > 0) return !raise_from_callback(t, op);
    enum Wait wait = wants(&op->outcome) ? operation_wait(t, op) : WAIT_MAY_NOT;
    switch (wait) {
      case WAIT_READY: continue;
      case WAIT_MAY_NOT: raise_failure(t, op); return false;
      case WAIT_TIMED_OUT: SSL_RAISE_AT(t, &exc_TimeoutError, "The handshake operation timed out"); return false;
      case WAIT_CLOSED: SSL_RAISE_AT(t, &type_ssl_error, "Underlying socket has been closed."); return false;
      case WAIT_RAISED: return false;
    }
  }
}

static NATIVE(ssl_socket_do_handshake) {
  Operation op;
  bool ok = operation_begin(t, &op, self) && handshake(t, &op);
  operation_end(t, &op);
  return ok ? V_NONE : V_NULL;
}

static NATIVE(ssl_socket_verify_client_post_handshake) {
  SslSocket *s = v_ssl_socket(self);
  owned_lock_enter(t, &s->lock);
  libcrypto.ERR_clear_error();
  int ok = libssl.SSL_verify_client_post_handshake(s->ssl);
  owned_lock_leave(&s->lock);
  return ok ? V_NONE : SSL_RAISE(t, NULL);
}

// --- Reading ----------------------------------------------------------------------------------------------------------------------------------

// Fills op->data. False: an exception.
static bool read_some(Thread *t, Operation *op) {
  for (;;) {
    operation_step(t, op, step_read);
    if (op->outcome.result > 0) return !raise_from_callback(t, op);
    op->moved = 0;
    if (op->outcome.error == SSL_ERROR_ZERO_RETURN && op->outcome.closed) return true;
    switch (wants(&op->outcome) ? operation_wait(t, op) : WAIT_MAY_NOT) {
      case WAIT_READY: case WAIT_CLOSED: continue;   // the next step says that the descriptor is bad
      case WAIT_MAY_NOT: raise_failure(t, op); return false;
      case WAIT_TIMED_OUT: raise_error(t, &exc_TimeoutError, "The read operation timed out"); return false;
      case WAIT_RAISED: return false;
    }
  }
}

static Value read_bytes(Thread *t, Operation *op, int64_t size) {
  if (size < 0) return raise_value_error(t, "size should not be negative");
  Value bytes = bytes_new(t, size);
  if (v_is_null(bytes) || size == 0) return bytes;
  op->data = v_bytes(bytes)->data;
  op->size = (size_t)size;
  if (!read_some(t, op)) {
    v_drop(t, bytes);
    return V_NULL;
  }
  return (int64_t)op->moved == size ? bytes : bytes_shrink(t, bytes, (int64_t)op->moved);
}

static Value read_into(Thread *t, Operation *op, int64_t size, Value buffer) {
  BufferView view;
  if (buffer_get(t, buffer, &view, BUFFER_WRITABLE) < 0) {
    error_clear(t);
    return raise_type_error(t, "read() argument 2 must be read-write bytes-like object, not %T", buffer);
  }
  bool whole = size <= 0 || size > view.len, ok = true;
  op->data = view.data;
  op->size = (size_t)(whole ? view.len : size);
  if (op->size > INT_MAX && whole) {
    raise_overflow(t, "maximum length can't fit in a C 'int'");
    ok = false;
  } else if (op->size) {
    ok = read_some(t, op);
  }
  buffer_release(t, &view);
  return ok ? v_from_smi((int64_t)op->moved) : V_NULL;
}

static NATIVE(ssl_socket_read) {
  if (native_no_keywords(t, "read", kwnames) < 0) return V_NULL;
  if (nargs < 1 || nargs > 2) return raise_type_error(t, "_ssl._SSLSocket.read requires 1 to 2 arguments");
  int64_t size = number_as_i64(t, args[0]);
  if (size == -1 && error_pending(t)) return V_NULL;
  Operation op;
  Value r = V_NULL;
  if (operation_begin(t, &op, self)) r = nargs == 1 ? read_bytes(t, &op, size) : read_into(t, &op, size, args[1]);
  operation_end(t, &op);
  return r;
}

static NATIVE(ssl_socket_pending) {
  SslSocket *s = v_ssl_socket(self);
  owned_lock_enter(t, &s->lock);
  int n = libssl.SSL_pending(s->ssl);
  owned_lock_leave(&s->lock);
  return v_from_smi(n);
}

// --- Writing ----------------------------------------------------------------------------------------------------------------------------------

static bool write_all(Thread *t, Operation *op) {
  for (;;) {
    operation_step(t, op, step_write);
    if (op->outcome.result > 0) return !raise_from_callback(t, op);
    switch (wants(&op->outcome) ? operation_wait(t, op) : WAIT_MAY_NOT) {
      case WAIT_READY: continue;
      case WAIT_MAY_NOT: raise_failure(t, op); return false;
      case WAIT_TIMED_OUT: raise_error(t, &exc_TimeoutError, "The write operation timed out"); return false;
      case WAIT_CLOSED: raise_error(t, &type_ssl_error, "Underlying socket has been closed."); return false;
      case WAIT_RAISED: return false;
    }
  }
}

static NATIVE(ssl_socket_write) {
  Operation op;
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  bool ok = operation_begin(t, &op, self);
  if (ok) {
    op.data = view.data;
    op.size = (size_t)view.len;
    bool may_wait = !v_is_null(op.socket) && op.timeout_ns != 0;
    if (may_wait) owned_lock_enter(t, &op.s->write_turn);
    ok = write_all(t, &op);
    if (may_wait) owned_lock_leave(&op.s->write_turn);
  }
  operation_end(t, &op);
  buffer_release(t, &view);
  return ok ? v_from_smi((int64_t)op.moved) : V_NULL;
}

// --- The end ----------------------------------------------------------------------------------------------------------------------------------

// Says that this is the end and waits for the peer to say so, which it is asked for twice. False: an exception.
static bool shut_down(Thread *t, Operation *op) {
  int asked = 0;
  for (;;) {
    operation_step(t, op, step_shutdown);
    if (op->outcome.result > 0 || (op->outcome.result == 0 && ++asked > 1)) return !raise_from_callback(t, op);
    if (op->outcome.result == 0) continue;
    switch (wants(&op->outcome) ? operation_wait(t, op) : WAIT_MAY_NOT) {
      case WAIT_READY: continue;
      case WAIT_MAY_NOT: case WAIT_CLOSED: raise_failure(t, op); return false;
      case WAIT_TIMED_OUT:
        raise_error(t, &exc_TimeoutError, op->outcome.error == SSL_ERROR_WANT_READ ? "The read operation timed out" : "The write operation timed out");
        return false;
      case WAIT_RAISED: return false;
    }
  }
}

static NATIVE(ssl_socket_shutdown) {
  Operation op;
  Value r = V_NULL;
  if (operation_begin(t, &op, self)) {
    if (!v_is_null(op.socket) && socket_fd(v_socket(op.socket)) < 0) SSL_RAISE(t, "Underlying socket connection gone");
    else if (shut_down(t, &op)) r = v_is_null(op.socket) ? V_NONE : v_own(t, op.socket);
  }
  operation_end(t, &op);
  return r;
}

// --- The type ---------------------------------------------------------------------------------------------------------------------------------

static const NativeDef ssl_socket_methods[] = {
    {"do_handshake($self, /)", ssl_socket_do_handshake, NULL, 0},
    {"write($self, b, /)", ssl_socket_write, "Encrypts bytes and sends them; tells how many.", 0},
    {"read(size, [buffer])", ssl_socket_read, "read(size, [buffer])\n\nWhat was received, at most size bytes of it; or how many of them went into the buffer.",
     NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"pending($self, /)", ssl_socket_pending, "How many bytes are decrypted and wait to be read.", 0},
    {"getpeercert($self, der=False, /)", ssl_socket_getpeercert, "The peer's certificate: a dict, empty if it was not checked; or its DER form.", 0},
    {"get_channel_binding($self, /, cb_type=\'tls-unique\')", ssl_socket_get_channel_binding, "What binds other protocols to this channel, as bytes or None.", 0},
    {"cipher($self, /)", ssl_socket_cipher, NULL, 0},
    {"shared_ciphers($self, /)", ssl_socket_shared_ciphers, NULL, 0},
    {"version($self, /)", ssl_socket_version, NULL, 0},
    {"selected_alpn_protocol($self, /)", ssl_socket_selected_alpn_protocol, NULL, 0},
    {"compression($self, /)", ssl_socket_compression, NULL, 0},
    {"shutdown($self, /)", ssl_socket_shutdown, "Ends the TLS session and gives back the socket.", 0},
    {"verify_client_post_handshake($self, /)", ssl_socket_verify_client_post_handshake, "Asks a client for its certificate after the handshake (TLS 1.3).", 0},
    {"get_unverified_chain($self, /)", ssl_socket_get_unverified_chain, NULL, 0},
    {"get_verified_chain($self, /)", ssl_socket_get_verified_chain, NULL, 0},
    {0},
};
Type type_ssl_socket;
static const TypeSpec spec_ssl_socket = {
    .name = "_ssl._SSLSocket",
    .size = sizeof(SslSocket),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.dealloc = ssl_socket_dealloc, .traverse = ssl_socket_traverse},
    .methods = ssl_socket_methods,
    .getset = ssl_socket_getset,
};

bool ssl_socket_init(Thread *t) { return type_ready(t, &type_ssl_socket, &spec_ssl_socket, 0); }
