// What contexts read from files: certificates, keys, authorities, Diffie-Hellman parameters.
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "modules/callback_visit.h"
#include "modules/ssl_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"

// The bytes of a path argument that may be None (*keep V_NULL, *out NULL). 0, -1.
static int path_argument(Thread *t, Value v, const char *name, Value *keep, const char **out) {
  *keep = V_NULL;
  *out = NULL;
  if (v_is_absent_or_none(v)) return 0;
  *out = fs_path_bytes(t, v, keep);
  if (*out) return 0;
  *keep = V_NULL;
  if (error_matches(t, &exc_TypeError)) {
    error_clear(t);
    raise_type_error(t, "%s should be a valid filesystem path", name);
  }
  return -1;
}

// Raises what a failed call of libssl on files means.
static Value raise_file_error(Thread *t, int err, int line) {
  if (!err) return ssl_raise(t, NULL, line);
  libcrypto.ERR_clear_error();
  return raise_errno(t, err, V_NULL, V_NULL);
}

// --- Passwords --------------------------------------------------------------------------------------------------------------------------------

typedef struct Password {
  Value callable;      // borrowed; V_NULL: the text is known
  char *text;          // heap_alloc'd; NULL: not known yet
  size_t size;
  bool failed;         // an exception is pending
} Password;

// Takes the text out of a str, bytes or bytearray. False: TypeError with these words, or ValueError.
static bool password_take(Thread *t, Password *p, Value v, const char *wrong_type) {
  Value encoded = V_NULL;
  BufferView view;
  if (v_is_str(v)) {
    size_t n;
    const char *text = str_utf8(t, v, &n);
    if (text) encoded = bytes_from(t, text, n);
  } else if (v_is_bytes(v) || v_is_bytearray(v)) {
    encoded = v_own(t, v);
  } else {
    raise_type_error(t, "%s", wrong_type);
  }
  if (v_is_null(encoded)) return false;
  bool ok = buffer_get(t, encoded, &view, BUFFER_SIMPLE) == 0;
  v_drop(t, encoded);
  if (!ok) return false;
  if (view.len > INT_MAX) {
    raise_value_error(t, "password cannot be longer than %d bytes", INT_MAX);
    ok = false;
  } else {
    heap_free(t, p->text);
    p->size = (size_t)view.len;
    p->text = heap_alloc(t, p->size + 1);
    ok = p->text;
    if (ok) memcpy(p->text, view.data, p->size);
    else raise_no_memory(t);
  }
  buffer_release(t, &view);
  return ok;
}

static bool password_ask(Thread *t, Password *p) {
  Value answer = object_call0(t, p->callable);
  bool ok = !v_is_null(answer) && password_take(t, p, answer, "password callback must return a string");
  v_drop(t, answer);
  return ok;
}

static int on_password(char *out, int room, UNUSED_OK int writing, void *arg) {
  Password *p = arg;
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  int n = -1;
  if (!p->failed) {
    if (!v_is_null(p->callable) && !password_ask(t, p)) {
      p->failed = true;
    } else if (p->size > (size_t)room) {
      raise_value_error(t, "password cannot be longer than %d bytes", room);
      p->failed = true;
    } else {
      memcpy(out, p->text, p->size);
      n = (int)p->size;
    }
  }
  callback_visit_end(visit);
  return n;
}

// --- Certificate and key ------------------------------------------------------------------------------------------------------------------------

// Loads both, detached. 0: done; a line for the error's message otherwise.
static int load_chain(Thread *t, SSL_CTX *ctx, const char *certificates, const char *key, int *err) {
  int line = 0;
  ALLOW_THREADS_BEGIN(t)
  libcrypto.ERR_clear_error();
  errno = 0;
  if (libssl.SSL_CTX_use_certificate_chain_file(ctx, certificates) != 1) line = __LINE__;
  *err = errno;
  if (!line) {
    errno = 0;
    if (libssl.SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1) line = __LINE__;
    *err = errno;
  }
  if (!line) {
    *err = 0;
    if (libssl.SSL_CTX_check_private_key(ctx) != 1) line = __LINE__;
  }
  ALLOW_THREADS_END
  return line;
}

NATIVE(ssl_context_load_cert_chain) {
  SslContext *c = v_ssl_context(self);
  Value keep_certificates, keep_key = V_NULL;
  const char *certificates, *key;
  Password password = {.callable = V_NULL};
  if (v_is_none(args[0])) return raise_type_error(t, "certfile should be a valid filesystem path");
  if (path_argument(t, args[0], "certfile", &keep_certificates, &certificates) < 0) return V_NULL;
  bool ok = path_argument(t, args[1], "keyfile", &keep_key, &key) == 0, with_password = !v_is_absent_or_none(args[2]);
  if (ok && with_password) {
    if (object_is_callable(args[2])) password.callable = args[2];
    else ok = password_take(t, &password, args[2], "password should be a string or callable");
  }
  if (ok) {
    int err;
    context_enter(t, c, true);
    pem_password_cb *callback = libssl.SSL_CTX_get_default_passwd_cb(c->ctx);
    void *data = libssl.SSL_CTX_get_default_passwd_cb_userdata(c->ctx);
    if (with_password) {
      libssl.SSL_CTX_set_default_passwd_cb(c->ctx, on_password);
      libssl.SSL_CTX_set_default_passwd_cb_userdata(c->ctx, &password);
    }
    int line = load_chain(t, c->ctx, certificates, key ? key : certificates, &err);
    libssl.SSL_CTX_set_default_passwd_cb(c->ctx, callback);
    libssl.SSL_CTX_set_default_passwd_cb_userdata(c->ctx, data);
    context_leave(c);
    ok = !line;
    if (password.failed) libcrypto.ERR_clear_error();
    else if (line) raise_file_error(t, err, line);
  }
  heap_free(t, password.text);
  v_drop(t, keep_certificates);
  v_drop(t, keep_key);
  return ok ? V_NONE : V_NULL;
}

NATIVE(ssl_context_load_dh_params) {
  SslContext *c = v_ssl_context(self);
  Value keep, mode;
  const char *path = fs_path_bytes(t, args[0], &keep);
  if (!path) return V_NULL;
  mode = str_from_cstr(t, "rb");
  if (v_is_null(mode) || sys_audit_args(t, "open", (Value[]){args[0], mode, v_from_smi(0)}, 3) < 0) {
    v_drop(t, mode);
    v_drop(t, keep);
    return V_NULL;
  }
  v_drop(t, mode);
  FILE *f;
  int err;
  DH *parameters = NULL;
  ALLOW_THREADS_BEGIN(t)
  libcrypto.ERR_clear_error();
  f = fopen(path, "rbe");
  err = errno;
  if (f) {
    fclose(f);
    errno = 0;
    BIO *b = libcrypto.BIO_new_file(path, "rb");
    if (b) parameters = libcrypto.PEM_read_bio_DHparams(b, NULL, NULL, NULL);
    err = errno;
    if (b) libcrypto.BIO_free(b);
  }
  ALLOW_THREADS_END
  v_drop(t, keep);
  if (!parameters) {
    if (f && !err) return SSL_RAISE(t, NULL);
    libcrypto.ERR_clear_error();
    return raise_errno(t, err, args[0], V_NULL);
  }
  context_enter(t, c, true);
  long ok = libssl.SSL_CTX_ctrl(c->ctx, SSL_CTRL_SET_TMP_DH, 0, parameters);
  context_leave(c);
  libcrypto.DH_free(parameters);
  return ok ? V_NONE : SSL_RAISE(t, NULL);
}

// --- Authorities --------------------------------------------------------------------------------------------------------------------------------

static bool is_error(unsigned long code, int library, int reason) { return ERR_GET_LIB(code) == library && ERR_GET_REASON(code) == reason; }

// Adds all certificates of b to the store. How many came; *code: the error that ended it, 0: none.
static int add_certificates(X509_STORE *store, BIO *b, bool der, unsigned long *code) {
  int n = 0;
  for (;; n++) {
    X509 *certificate = der ? libcrypto.d2i_X509_bio(b, NULL) : libcrypto.PEM_read_bio_X509(b, NULL, NULL, NULL);
    if (!certificate) break;
    int ok = libcrypto.X509_STORE_add_cert(store, certificate);
    libcrypto.X509_free(certificate);
    if (!ok && !is_error(libcrypto.ERR_peek_last_error(), ERR_LIB_X509, X509_R_CERT_ALREADY_IN_HASH_TABLE)) break;
    libcrypto.ERR_clear_error();
  }
  *code = libcrypto.ERR_peek_last_error();
  return n;
}

static int load_data(Thread *t, SslContext *c, const void *data, int64_t size, bool der) {
  if (size <= 0) return raise_value_error(t, "Empty certificate data"), -1;
  if (size > INT_MAX) return raise_overflow(t, "Certificate data is too long."), -1;
  libcrypto.ERR_clear_error();
  BIO *b = libcrypto.BIO_new_mem_buf(data, (int)size);
  if (!b) return SSL_RAISE(t, "Can't allocate buffer"), -1;
  unsigned long code;
  context_enter(t, c, true);
  int n = add_certificates(libssl.SSL_CTX_get_cert_store(c->ctx), b, der, &code);
  context_leave(c);
  libcrypto.BIO_free(b);
  if (n == 0) {
    SSL_RAISE(t, der ? "not enough data: cadata does not contain a certificate" : "no start line: cadata does not contain a certificate");
    return -1;
  }
  bool at_end = der ? is_error(code, ERR_LIB_ASN1, ASN1_R_HEADER_TOO_LONG) : is_error(code, ERR_LIB_PEM, PEM_R_NO_START_LINE);
  if (code && !at_end) return SSL_RAISE(t, NULL), -1;
  libcrypto.ERR_clear_error();
  return 0;
}

static int load_cadata(Thread *t, SslContext *c, Value v) {
  static const char wrong[] = "cadata should be an ASCII string or a bytes-like object";
  if (v_is_str(v)) {
    size_t n;
    if (!str_is_ascii(v_str(v))) return raise_type_error(t, "%s", wrong), -1;
    const char *text = str_utf8(t, v, &n);
    return text ? load_data(t, c, text, (int64_t)n, false) : -1;
  }
  if (!buffer_is_supported(v)) return raise_type_error(t, "%s", wrong), -1;
  BufferView view;
  if (buffer_get(t, v, &view, BUFFER_SIMPLE) < 0) return -1;
  int rc = load_data(t, c, view.data, view.len, true);
  buffer_release(t, &view);
  return rc;
}

static int load_files(Thread *t, SslContext *c, const char *file, const char *folder) {
  int ok, err;
  context_enter(t, c, true);
  ALLOW_THREADS_BEGIN(t)
  libcrypto.ERR_clear_error();
  errno = 0;
  ok = libssl.SSL_CTX_load_verify_locations(c->ctx, file, folder);
  err = errno;
  ALLOW_THREADS_END
  context_leave(c);
  if (ok == 1) return 0;
  raise_file_error(t, err, __LINE__);
  return -1;
}

NATIVE(ssl_context_load_verify_locations) {
  SslContext *c = v_ssl_context(self);
  if (v_is_absent_or_none(args[0]) && v_is_absent_or_none(args[1]) && v_is_absent_or_none(args[2]))
    return raise_type_error(t, "cafile, capath and cadata cannot be all omitted");
  Value keep_file, keep_folder = V_NULL;
  const char *file, *folder;
  if (path_argument(t, args[0], "cafile", &keep_file, &file) < 0) return V_NULL;
  bool ok = path_argument(t, args[1], "capath", &keep_folder, &folder) == 0;
  if (ok && !v_is_absent_or_none(args[2])) ok = load_cadata(t, c, args[2]) == 0;
  if (ok && (file || folder)) ok = load_files(t, c, file, folder) == 0;
  v_drop(t, keep_file);
  v_drop(t, keep_folder);
  return ok ? V_NONE : V_NULL;
}

NATIVE(ssl_context_set_default_verify_paths) {
  SslContext *c = v_ssl_context(self);
  int ok;
  context_enter(t, c, true);
  ALLOW_THREADS_BEGIN(t)
  ok = libssl.SSL_CTX_set_default_verify_paths(c->ctx);
  ALLOW_THREADS_END
  context_leave(c);
  return ok ? V_NONE : SSL_RAISE(t, NULL);
}

// --- What is loaded -------------------------------------------------------------------------------------------------------------------------------

NATIVE(ssl_context_cert_store_stats) {
  SslContext *c = v_ssl_context(self);
  int certificates = 0, authorities = 0, lists = 0;
  context_enter(t, c, false);
  X509_STORE *store = libssl.SSL_CTX_get_cert_store(c->ctx);
  libcrypto.X509_STORE_lock(store);
  const void *objects = libcrypto.X509_STORE_get0_objects(store);
  for (int i = 0; i < stack_length(objects); i++) {
    const X509_OBJECT *o = stack_item(objects, i);
    X509_LOOKUP_TYPE type = libcrypto.X509_OBJECT_get_type(o);
    certificates += type == X509_LU_X509;
    authorities += type == X509_LU_X509 && libcrypto.X509_check_ca(libcrypto.X509_OBJECT_get0_X509(o));
    lists += type == X509_LU_CRL;
  }
  libcrypto.X509_STORE_unlock(store);
  context_leave(c);
  Value dict = dict_new(t);
  if (!v_is_null(dict) && (dict_set_cstr(t, v_dict(dict), "x509", v_from_smi(certificates)) < 0 ||
                           dict_set_cstr(t, v_dict(dict), "crl", v_from_smi(lists)) < 0 ||
                           dict_set_cstr(t, v_dict(dict), "x509_ca", v_from_smi(authorities)) < 0))
    v_clear(t, &dict);
  return dict;
}

NATIVE(ssl_context_get_ca_certs) {
  SslContext *c = v_ssl_context(self);
  int binary = v_is_absent(args[0]) ? 0 : object_is_true(t, args[0]);
  if (binary < 0) return V_NULL;
  Value list = list_new(t, 0);
  context_enter(t, c, false);
  X509_STORE *store = libssl.SSL_CTX_get_cert_store(c->ctx);
  const void *objects = libcrypto.X509_STORE_get0_objects(store);
  for (int i = 0; !v_is_null(list); i++) {
    // Only looked at under the store's lock, which is no lock to make Python objects under: handshakes add to the store.
    X509 *certificate = NULL;
    libcrypto.X509_STORE_lock(store);
    bool more = i < stack_length(objects);
    const X509_OBJECT *o = more ? stack_item(objects, i) : NULL;
    if (o) certificate = libcrypto.X509_OBJECT_get0_X509(o);   // NULL: a revocation list
    if (certificate && libcrypto.X509_check_ca(certificate)) libcrypto.X509_up_ref(certificate);
    else certificate = NULL;
    libcrypto.X509_STORE_unlock(store);
    if (!more) break;
    if (!certificate) continue;
    if (list_append_steal(t, v_list(list), binary ? certificate_der(t, certificate) : certificate_decode(t, certificate)) < 0) v_clear(t, &list);
    libcrypto.X509_free(certificate);
  }
  context_leave(c);
  return list;
}
