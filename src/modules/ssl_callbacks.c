// What libssl calls in the midst of its work: the SNI and message callbacks of Python, the log of keys, the choice of an ALPN protocol.
//
// They come on a thread that holds a connection's lock and a gate (ssl_internal.h), detached as a rule. What Python's message callback raises
// is kept in the connection, and raised when the call that it came from is over.
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "modules/callback_visit.h"
#include "modules/ssl_internal.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/weakref.h"
#include "system/sys_state.h"

// The Python object that stands for a connection: its owner, else its socket, else itself. Owned; None: it is gone.
static Value shown(Thread *t, SslSocket *s) {
  Value owner = instance_field_load(t, &s->ob, &s->owner), r;
  if (!v_is_null(owner)) r = weakref_get(t, owner);
  else if (!v_is_null(s->socket)) r = weakref_get(t, s->socket);
  else return v_own_obj(t, s);
  v_drop(t, owner);
  return v_is_null(r) ? V_NONE : r;
}

// Keeps the pending exception for whoever began the call, in place of an earlier one.
static void keep_exception(Thread *t, SslSocket *s) { v_set(t, &s->raised, error_fetch(t)); }

// --- Server names -----------------------------------------------------------------------------------------------------------------------------

// What the callback answered, as libssl takes it.
static int sni_answer(Thread *t, Value callback, Value answer, int *alert) {
  if (v_is_null(answer)) {
    error_write_unraisable(t, NULL, callback);
    *alert = SSL_AD_HANDSHAKE_FAILURE;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  if (v_is_none(answer)) return SSL_TLSEXT_ERR_OK;
  *alert = (int)number_as_i64(t, answer);
  if (error_pending(t)) {
    error_write_unraisable(t, NULL, answer);
    *alert = SSL_AD_INTERNAL_ERROR;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

static Value server_name(Thread *t, const char *name) {
  if (!name) return V_NONE;
  Value bytes = bytes_from(t, name, strlen(name)), encoding = v_is_null(bytes) ? V_NULL : str_from_cstr(t, "ascii"), text = V_NULL;
  if (!v_is_null(encoding)) text = object_call2(t, v_from_obj(&type_str), bytes, encoding);
  if (v_is_null(text)) error_write_unraisable(t, NULL, bytes);
  v_drop(t, bytes);
  v_drop(t, encoding);
  return text;
}

// The callback and its context (both owned): the connection's present one, else the one that it was made with, if that lives on: libssl asks
// it again for a second ClientHello. V_NULL: none.
static Value sni_callback(Thread *t, SslSocket *s, Value *context) {
  *context = instance_field_load(t, &s->ob, &s->context);
  Value callback = instance_field_load(t, v_obj(*context), &v_ssl_context(*context)->sni_callback);
  if (!v_is_null(callback)) return callback;
  v_set(t, context, weakref_get(t, s->first_context));
  return v_is_null(*context) ? V_NULL : instance_field_load(t, v_obj(*context), &v_ssl_context(*context)->sni_callback);
}

static int on_server_name(SSL *ssl, int *alert, UNUSED_OK void *arg) {
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  SslSocket *s = libssl.SSL_get_ex_data(ssl, 0);
  Value context, callback = sni_callback(t, s, &context), connection = V_NULL, name = V_NULL;
  int rc = SSL_TLSEXT_ERR_OK;
  if (!v_is_null(callback)) {
    connection = shown(t, s);
    if (!v_is_none(connection)) name = server_name(t, libssl.SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name));
    if (v_is_null(name)) {
      *alert = SSL_AD_INTERNAL_ERROR;
      rc = SSL_TLSEXT_ERR_ALERT_FATAL;
    } else {
      Value answer = object_call3(t, callback, connection, name, context);
      rc = sni_answer(t, callback, answer, alert);
      v_drop(t, answer);
    }
  }
  v_drop(t, callback);
  v_drop(t, context);
  v_drop(t, connection);
  v_drop(t, name);
  callback_visit_end(visit);
  return rc;
}

Value ssl_context_get_sni(Thread *t, Value self, UNUSED_OK void *closure) {
  Value v = instance_field_load(t, v_obj(self), &v_ssl_context(self)->sni_callback);
  return v_is_null(v) ? V_NONE : v;
}

int ssl_context_set_sni(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  SslContext *c = v_ssl_context(self);
  if (c->protocol == TLS_CLIENT) return raise_value_error(t, "sni_callback cannot be set on TLS_CLIENT context"), -1;
  bool on = !v_is_null(value) && !v_is_none(value) && object_is_callable(value);
  instance_field_store(t, &c->ob, &c->sni_callback, on ? v_own(t, value) : V_NULL);
  context_enter(t, c, true);
  libssl.SSL_CTX_callback_ctrl(c->ctx, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB, on ? (void (*)(void))on_server_name : NULL);
  context_leave(c);
  return on || (!v_is_null(value) && v_is_none(value)) ? 0 : (raise_type_error(t, "not a callable object"), -1);
}

// --- Messages ---------------------------------------------------------------------------------------------------------------------------------

// The type of a message, and for a record's header the version that it bears.
static int message_type(int kind, const uint8_t *data, int *version) {
  switch (kind) {
    case SSL3_RT_CHANGE_CIPHER_SPEC: return SSL3_MT_CHANGE_CIPHER_SPEC;
    case SSL3_RT_ALERT: return data[1];
    case SSL3_RT_HANDSHAKE: case SSL3_RT_INNER_CONTENT_TYPE: return data[0];
    case SSL3_RT_HEADER: *version = data[1] << 8 | data[2]; return data[0];
    default: return -1;
  }
}

void ssl_context_on_message(int writing, int version, int kind, const void *data, size_t size, SSL *ssl, UNUSED_OK void *arg) {
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  SslSocket *s = libssl.SSL_get_ex_data(ssl, 0);
  Value context = instance_field_load(t, &s->ob, &s->context);
  Value callback = instance_field_load(t, v_obj(context), &v_ssl_context(context)->msg_callback);
  if (!v_is_null(callback)) {
    int type = message_type(kind, data, &version);
    Value args[] = {shown(t, s), str_from_cstr(t, writing ? "write" : "read"), v_from_smi(version), v_from_smi(kind), v_from_smi(type),
                    bytes_from(t, data, size)};
    Value result = v_is_null(args[1]) || v_is_null(args[5]) ? V_NULL : object_call(t, callback, args, 6, V_NULL);
    if (v_is_null(result)) keep_exception(t, s);
    v_drop(t, result);
    for (int i = 0; i < 6; i++) v_drop(t, args[i]);
  }
  v_drop(t, callback);
  v_drop(t, context);
  callback_visit_end(visit);
}

Value ssl_context_get_msg(Thread *t, Value self, UNUSED_OK void *closure) {
  Value v = instance_field_load(t, v_obj(self), &v_ssl_context(self)->msg_callback);
  return v_is_null(v) ? V_NONE : v;
}

int ssl_context_set_msg(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  SslContext *c = v_ssl_context(self);
  bool on = !v_is_null(value) && !v_is_none(value) && object_is_callable(value);
  instance_field_store(t, &c->ob, &c->msg_callback, on ? v_own(t, value) : V_NULL);
  context_enter(t, c, true);
  libssl.SSL_CTX_set_msg_callback(c->ctx, on ? ssl_context_on_message : NULL);
  context_leave(c);
  return on || (!v_is_null(value) && v_is_none(value)) ? 0 : (raise_type_error(t, "not a callable object"), -1);
}

// --- The log of keys --------------------------------------------------------------------------------------------------------------------------

static void on_key(const SSL *ssl, const char *line) {
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  SslSocket *s = libssl.SSL_get_ex_data(ssl, 0);
  Value context = instance_field_load(t, &s->ob, &s->context);
  SslContext *c = v_ssl_context(context);
  int err = 0;
  mutex_lock(t, &c->keylog_lock);
  if (c->keylog && (fprintf(c->keylog, "%s\n", line) < 0 || fflush(c->keylog) != 0)) err = errno;
  mutex_unlock(&c->keylog_lock);
  if (err) {
    Value name = instance_field_load(t, &c->ob, &c->keylog_filename);
    raise_errno(t, err, name, V_NULL);
    keep_exception(t, s);
    v_drop(t, name);
  }
  v_drop(t, context);
  callback_visit_end(visit);
}

void context_close_keylog(Thread *t, SslContext *c) {
  mutex_lock(t, &c->keylog_lock);
  FILE *old = c->keylog;
  c->keylog = NULL;
  mutex_unlock(&c->keylog_lock);
  if (old) fclose(old);
}

Value ssl_context_get_keylog(Thread *t, Value self, UNUSED_OK void *closure) {
  Value v = instance_field_load(t, v_obj(self), &v_ssl_context(self)->keylog_filename);
  return v_is_null(v) ? V_NONE : v;
}

static void set_key_callback(Thread *t, SslContext *c, bool on) {
  context_enter(t, c, true);
  libssl.SSL_CTX_set_keylog_callback(c->ctx, on ? on_key : NULL);
  context_leave(c);
}

// Opens the file to append to, with a first line where it is new. NULL: OSError.
static FILE *open_log(Thread *t, Value path) {
  Value keep;
  const char *name = fs_path_bytes(t, path, &keep);
  if (!name) return NULL;
  FILE *f;
  int err;
  ALLOW_THREADS_BEGIN(t)
  f = fopen(name, "ae");
  err = errno;
  if (f && fseek(f, 0, SEEK_END) == 0 && ftell(f) == 0) {
    fputs("# TLS secrets log file, generated by OpenSSL / Python\n", f);
    fflush(f);
  }
  ALLOW_THREADS_END
  v_drop(t, keep);
  if (!f) raise_errno(t, err, path, V_NULL);
  return f;
}

int ssl_context_set_keylog(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  SslContext *c = v_ssl_context(self);
  set_key_callback(t, c, false);
  instance_field_store(t, &c->ob, &c->keylog_filename, V_NULL);
  context_close_keylog(t, c);
  if (v_is_null(value) || v_is_none(value)) return 0;
  FILE *f = open_log(t, value);
  if (!f) return -1;
  mutex_lock(t, &c->keylog_lock);
  FILE *other = c->keylog;   // another thread was here in between
  c->keylog = f;
  mutex_unlock(&c->keylog_lock);
  if (other) fclose(other);
  instance_field_store(t, &c->ob, &c->keylog_filename, v_own(t, value));
  set_key_callback(t, c, true);
  return 0;
}

// --- ALPN -------------------------------------------------------------------------------------------------------------------------------------

// The gate is open, so the list stays; no Python code.
int ssl_context_on_alpn(UNUSED_OK SSL *ssl, const unsigned char **out, unsigned char *out_length, const unsigned char *in, unsigned in_length, void *arg) {
  const SslContext *c = arg;
  static const unsigned char nothing[1];
  int rc = libssl.SSL_select_next_proto((unsigned char **)(uintptr_t)out, out_length, c->alpn ? c->alpn : nothing, c->alpn ? c->alpn_length : 0, in, in_length);
  return rc == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}
