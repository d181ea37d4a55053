// SSLError and its family, and what calls of libssl raise.
#include <string.h>

#include "modules/module_help.h"
#include "modules/ssl_internal.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/exceptions.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_new.h"

struct SslErrors ssl_errors;

// --- The classes ----------------------------------------------------------------------------------------------------------------------------

static Value ssl_error_str(Thread *t, Value self) {
  const OSErrorException *e = (const OSErrorException *)v_obj(self);
  Value text = e->strerror;
  return !v_is_null(text) && v_is_str(text) ? v_own(t, text) : object_str(t, e->base.args);
}

Type type_ssl_error;
static TypeSpec spec_ssl_error;   // constant once made: the fields of OSError's

static bool ready_base(Thread *t) {
  if (type_ssl_error.flags & TYPE_READY) return true;
  spec_ssl_error = spec_exc_OSError;
  spec_ssl_error.name = "ssl.SSLError";
  spec_ssl_error.base = &exc_OSError;
  spec_ssl_error.slots.str = ssl_error_str;
  spec_ssl_error.slots.init = NULL;
  spec_ssl_error.slots.new = NULL;
  spec_ssl_error.methods = NULL;
  spec_ssl_error.getset = NULL;
  spec_ssl_error.members = NULL;
  spec_ssl_error.doc = "What went wrong in the TLS library.";
  return type_ready(t, &type_ssl_error, &spec_ssl_error, 0);
}

// class SSLCertVerificationError(SSLError, ValueError)
static Value new_verification_error(Thread *t, const char *doc) {
  Value bases = tuple_pack(t, 2, v_from_obj(&type_ssl_error), v_from_obj(&exc_ValueError)), dict = dict_new(t), cls = V_NULL;
  Value name = str_from_cstr(t, "SSLCertVerificationError"), module = str_from_cstr(t, "ssl"), about = str_from_cstr(t, doc);
  if (!v_is_null(bases) && !v_is_null(dict) && !v_is_null(name) && !v_is_null(module) && !v_is_null(about) &&
      dict_set(t, v_dict(dict), N(__module__), module) == 0 && dict_set(t, v_dict(dict), N(__doc__), about) == 0)
    cls = type_new_class(t, &type_type, name, bases, dict, NULL, V_NULL);
  v_drop(t, bases);
  v_drop(t, dict);
  v_drop(t, name);
  v_drop(t, module);
  v_drop(t, about);
  return cls;
}

bool ssl_error_init(Thread *t, Value m) {
  if (!ready_base(t)) return false;
  if (v_is_null(ssl_errors.certificate)) ssl_errors.certificate = new_verification_error(t, "The peer's certificate did not pass.");
  if (v_is_null(ssl_errors.certificate)) return false;
#define ADD(field, name, doc) \
  if (module_add_exception(t, m, &ssl_errors.field, "ssl", name, &type_ssl_error, doc) < 0) return false;
  ADD(zero_return, "SSLZeroReturnError", "The peer has ended the TLS session in an orderly way.")
  ADD(want_read, "SSLWantReadError", "A connection that may not wait has to receive more before this can go on.")
  ADD(want_write, "SSLWantWriteError", "A connection that may not wait has to send more before this can go on.")
  ADD(syscall, "SSLSyscallError", "A system call failed beneath TLS.")
  ADD(eof, "SSLEOFError", "The connection broke off without the end of the TLS session.")
#undef ADD
  return module_add_type(t, m, &type_ssl_error) == 0 &&
         module_add(t, m, "SSLCertVerificationError", v_own(t, ssl_errors.certificate)) == 0;
}

// --- Raising --------------------------------------------------------------------------------------------------------------------------------

static int set_attribute(Thread *t, Value object, const char *name, Value owned) {
  Value key = str_intern_cstr(t, name);
  int rc = v_is_null(key) || v_is_null(owned) ? -1 : object_setattr(t, object, key, owned);
  v_drop(t, owned);
  return rc;
}

static Value text_or_none(Thread *t, const char *s) { return s ? str_from_cstr(t, s) : V_NONE; }

// What is said about a certificate that did not pass; None: nothing.
static Value verification_text(Thread *t, const SslSocket *s, long verified) {
  Value host = v_is_null(s->server_hostname) ? V_NONE : s->server_hostname;
  if (verified == X509_V_ERR_HOSTNAME_MISMATCH) return str_from_format(t, "Hostname mismatch, certificate is not valid for '%S'.", host);
  if (verified == X509_V_ERR_IP_ADDRESS_MISMATCH) return str_from_format(t, "IP address mismatch, certificate is not valid for '%S'.", host);
  return text_or_none(t, libcrypto.X509_verify_cert_error_string(verified));
}

static Value message_of(Thread *t, const char *library, const char *reason, const char *text, Value verification /* V_NULL: none */, int line) {
  if (!text) text = "unknown error";
  if (!v_is_null(verification) && reason && library)
    return str_from_format(t, "[%s: %s] %s: %S (_ssl.c:%d)", library, reason, text, verification, line);
  if (reason && library) return str_from_format(t, "[%s: %s] %s (_ssl.c:%d)", library, reason, text, line);
  if (library) return str_from_format(t, "[%s] %s (_ssl.c:%d)", library, text, line);
  return str_from_format(t, "%s (_ssl.c:%d)", text, line);
}

// Raises cls(number, message) with the attributes that say where in OpenSSL it came from. s: for certificates' errors, else NULL.
static Value raise_named(Thread *t, Value cls, long number, unsigned long code, const char *text, const SslSocket *s, long verified, int line) {
  char reason[SSL_NAME_SIZE];
  const char *library = code ? ssl_library_name(ERR_GET_LIB(code)) : NULL;
  bool named = code && ssl_reason_name(ERR_GET_LIB(code), ERR_GET_REASON(code), reason);
  if (code && !text) text = libcrypto.ERR_reason_error_string(code);
  Value verification = s ? verification_text(t, s, verified) : V_NULL, message = V_NULL, exc = V_NULL;
  if (!s || !v_is_null(verification)) message = message_of(t, library, named ? reason : NULL, text, verification, line);
  if (!v_is_null(message)) exc = object_call2(t, cls, v_from_smi(number), message);
  if (!v_is_null(exc) && set_attribute(t, exc, "reason", text_or_none(t, named ? reason : NULL)) == 0 &&
      set_attribute(t, exc, "library", text_or_none(t, library)) == 0 &&
      (!s || (set_attribute(t, exc, "verify_code", v_from_smi(verified)) == 0 &&
              set_attribute(t, exc, "verify_message", v_own(t, verification)) == 0)))
    raise_object(t, exc);
  v_drop(t, verification);
  v_drop(t, message);
  v_drop(t, exc);
  return V_NULL;
}

Value ssl_raise(Thread *t, const char *text, int line) {
  unsigned long code = text ? 0 : libcrypto.ERR_peek_last_error();
  libcrypto.ERR_clear_error();
  return raise_named(t, v_from_obj(&type_ssl_error), ERR_GET_REASON(code), code, text, NULL, 0, line);
}

static bool is_ssl_reason(unsigned long code, int reason) { return ERR_GET_LIB(code) == ERR_LIB_SSL && ERR_GET_REASON(code) == reason; }

typedef struct Verdict { Value cls; int number; const char *text; } Verdict;

static Verdict failed_in_library(const SslOutcome *o) {
  if (!o->code) return (Verdict){v_from_obj(&type_ssl_error), PY_SSL_SSL, "A failure in the SSL library occurred"};
  if (is_ssl_reason(o->code, SSL_R_CERTIFICATE_VERIFY_FAILED)) return (Verdict){ssl_errors.certificate, PY_SSL_SSL, NULL};
  if (is_ssl_reason(o->code, SSL_R_UNEXPECTED_EOF_WHILE_READING)) return (Verdict){ssl_errors.eof, PY_SSL_EOF, "EOF occurred in violation of protocol"};
  return (Verdict){v_from_obj(&type_ssl_error), PY_SSL_SSL, NULL};
}

static Verdict failed_beneath(const SslOutcome *o) {
  if (!o->code && o->result < 0) return (Verdict){ssl_errors.syscall, PY_SSL_SYSCALL, "Some I/O error occurred"};
  if (!o->code) return (Verdict){ssl_errors.eof, PY_SSL_EOF, "EOF occurred in violation of protocol"};
  bool certificate = is_ssl_reason(o->code, SSL_R_CERTIFICATE_VERIFY_FAILED);
  return (Verdict){certificate ? ssl_errors.certificate : v_from_obj(&type_ssl_error), PY_SSL_SYSCALL, NULL};
}

static Verdict verdict_of(const SslOutcome *o) {
  Value plain = v_from_obj(&type_ssl_error);
  switch (o->error) {
    case SSL_ERROR_ZERO_RETURN: return (Verdict){ssl_errors.zero_return, PY_SSL_ZERO_RETURN, "TLS/SSL connection has been closed (EOF)"};
    case SSL_ERROR_WANT_READ: return (Verdict){ssl_errors.want_read, PY_SSL_WANT_READ, "The operation did not complete (read)"};
    case SSL_ERROR_WANT_WRITE: return (Verdict){ssl_errors.want_write, PY_SSL_WANT_WRITE, "The operation did not complete (write)"};
    case SSL_ERROR_WANT_X509_LOOKUP: return (Verdict){plain, PY_SSL_WANT_X509_LOOKUP, "The operation did not complete (X509 lookup)"};
    case SSL_ERROR_WANT_CONNECT: return (Verdict){plain, PY_SSL_WANT_CONNECT, "The operation did not complete (connect)"};
    case SSL_ERROR_SYSCALL: return failed_beneath(o);
    case SSL_ERROR_SSL: return failed_in_library(o);
    default: return (Verdict){plain, PY_SSL_INVALID, "Invalid error code"};
  }
}

Value ssl_raise_outcome(Thread *t, SslSocket *s, const SslOutcome *o, int line) {
  // The system said why. (Of a read or write, whose failures are 0, python3.11 says that the stream broke off.)
  if (o->error == SSL_ERROR_SYSCALL && !o->code && o->result < 0 && !v_is_null(s->socket)) return raise_errno(t, o->err, V_NULL, V_NULL);
  Verdict v = verdict_of(o);
  bool certificate = v_is(v.cls, ssl_errors.certificate);
  return raise_named(t, v.cls, v.number, o->code, v.text, certificate ? s : NULL, o->verified, line);
}
