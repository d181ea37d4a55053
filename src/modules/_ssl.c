// The module _ssl: TLS by libssl (OpenSSL 3), under the library's ssl.py.
#include <stdio.h>
#include <string.h>

#include "modules/module_help.h"
#include "modules/ssl_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"
#include "system/sys_state.h"

struct LibSsl libssl;
struct LibCrypto libcrypto;
static const char *const libssl_names[] = {LIBSSL_FUNCTIONS(LIBRARY_NAME)};
static const char *const libcrypto_names[] = {LIBCRYPTO_FUNCTIONS(LIBRARY_NAME)};

// --- Random numbers -------------------------------------------------------------------------------------------------------------------------

static NATIVE(module_rand_add) {
  BufferView view;
  Value encoded = V_NULL;
  if (v_is_str(args[0])) {
    size_t n;
    const char *text = str_utf8(t, args[0], &n);
    encoded = text ? bytes_from(t, text, n) : V_NULL;
    if (v_is_null(encoded)) return V_NULL;
  }
  double entropy = number_as_double(t, args[1]);
  if ((entropy == -1.0 && error_pending(t)) || buffer_get(t, v_is_null(encoded) ? args[0] : encoded, &view, BUFFER_SIMPLE) < 0) {
    v_drop(t, encoded);
    return V_NULL;
  }
  const char *p = view.data;
  for (int64_t left = view.len; left >= 0;) {   // nothing at all is added, too
    int n = left > INT32_MAX ? INT32_MAX : (int)left;
    libcrypto.RAND_add(p, n, entropy);
    p += n;
    left = left == n ? -1 : left - n;
  }
  buffer_release(t, &view);
  v_drop(t, encoded);
  return V_NONE;
}

// n random bytes. V_NULL: an exception.
static Value random_bytes(Thread *t, Value size) {
  int n = number_as_int(t, size);
  if (n == -1 && error_pending(t)) return V_NULL;
  if (n < 0) return raise_value_error(t, "num must be positive");
  Value bytes = bytes_new(t, n);
  if (v_is_null(bytes)) return V_NULL;
  libcrypto.ERR_clear_error();
  if (libcrypto.RAND_bytes((unsigned char *)v_bytes(bytes)->data, n) == 1) return bytes;
  v_drop(t, bytes);
  unsigned long code = libcrypto.ERR_get_error();
  const char *reason = libcrypto.ERR_reason_error_string(code);
  Value text = reason ? str_from_cstr(t, reason) : V_NONE, number = int_from_u64(t, code), exc = V_NULL;
  if (!v_is_null(text) && !v_is_null(number)) exc = object_call2(t, v_from_obj(&type_ssl_error), number, text);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, text);
  v_drop(t, number);
  v_drop(t, exc);
  return V_NULL;
}

static NATIVE(module_rand_bytes) { return random_bytes(t, args[0]); }
static NATIVE(module_rand_pseudo_bytes) {
  if (warn(t, &exc_DeprecationWarning, 1, "ssl.RAND_pseudo_bytes() is deprecated") < 0) return V_NULL;
  Value bytes = random_bytes(t, args[0]);
  return v_is_null(bytes) ? V_NULL : tuple_from_stolen(t, (Value[]){bytes, V_TRUE}, 2);
}
static NATIVE(module_rand_status) { return v_from_bool(libcrypto.RAND_status()); }

// --- Objects --------------------------------------------------------------------------------------------------------------------------------

// (number, short name, long name, dotted numbers)
static Value object_tuple(Thread *t, const ASN1_OBJECT *object) {
  int nid = libcrypto.OBJ_obj2nid(object);
  if (nid == NID_undef) return raise_value_error(t, "Unknown object");
  Value numbers = ssl_object_text(t, object, true);
  if (v_is_null(numbers)) return V_NULL;
  Value items[] = {v_from_smi(nid), str_from_cstr(t, libcrypto.OBJ_nid2sn(nid)), str_from_cstr(t, libcrypto.OBJ_nid2ln(nid)), numbers};
  return tuple_from_stolen(t, items, 4);
}

static NATIVE(module_txt2obj) {
  const char *text = module_text_argument(t, args[0], "txt2obj() argument 'txt'");
  int named = v_is_absent(args[1]) ? 0 : object_is_true(t, args[1]);
  if (!text || named < 0) return V_NULL;
  ASN1_OBJECT *object = libcrypto.OBJ_txt2obj(text, !named);
  libcrypto.ERR_clear_error();
  if (!object) return raise_value_error(t, "unknown object '%.100s'", text);
  Value r = object_tuple(t, object);
  libcrypto.ASN1_OBJECT_free(object);
  return r;
}

static NATIVE(module_nid2obj) {
  int nid = number_as_int(t, args[0]);
  if (nid == -1 && error_pending(t)) return V_NULL;
  if (nid < NID_undef) return raise_value_error(t, "NID must be positive.");
  const ASN1_OBJECT *object = libcrypto.OBJ_nid2obj(nid);
  libcrypto.ERR_clear_error();
  return object ? object_tuple(t, object) : raise_value_error(t, "unknown NID %i", nid);
}

// --- Files ----------------------------------------------------------------------------------------------------------------------------------

static Value file_text(Thread *t, const char *s) { return str_decode_fs(t, s, strlen(s)); }

static NATIVE(module_get_default_verify_paths) {
  Value items[] = {file_text(t, libcrypto.X509_get_default_cert_file_env()), file_text(t, libcrypto.X509_get_default_cert_file()),
                   file_text(t, libcrypto.X509_get_default_cert_dir_env()), file_text(t, libcrypto.X509_get_default_cert_dir())};
  return tuple_from_stolen(t, items, 4);
}

static NATIVE(module_test_decode_cert) {
  Value keep;
  const char *path = fs_path_bytes(t, args[0], &keep);
  if (!path) return V_NULL;
  BIO *b = libcrypto.BIO_new_file(path, "rb");
  v_drop(t, keep);
  X509 *certificate = b ? libcrypto.PEM_read_bio_X509(b, NULL, NULL, NULL) : NULL;
  if (b) libcrypto.BIO_free(b);
  libcrypto.ERR_clear_error();
  if (!certificate) return raise_error(t, &type_ssl_error, b ? "Error decoding PEM-encoded file" : "Can't open file");
  Value r = certificate_decode(t, certificate);
  libcrypto.X509_free(certificate);
  return r;
}

static const NativeDef functions[] = {
    {"RAND_add($module, string, entropy, /)", module_rand_add, "Stirs a text into the generator; entropy: how many bytes of it nobody could guess.", 0},
    {"RAND_bytes($module, n, /)", module_rand_bytes, "n bytes that nobody can guess.", 0},
    {"RAND_pseudo_bytes($module, n, /)", module_rand_pseudo_bytes, "(n random bytes, whether nobody can guess them); deprecated.", 0},
    {"RAND_status($module, /)", module_rand_status, "Whether the generator was given enough to start from.", 0},
    {"txt2obj($module, /, txt, name=False)", module_txt2obj, "What OpenSSL knows of an object, given its numbers, or with name its name too.", 0},
    {"nid2obj($module, nid, /)", module_nid2obj, "What OpenSSL knows of an object, given OpenSSL's number for it.", 0},
    {"get_default_verify_paths($module, /)", module_get_default_verify_paths,
     "Where OpenSSL looks for authorities' certificates: variable and file, variable and folder.", 0},
    {"_test_decode_cert($module, path, /)", module_test_decode_cert, NULL, 0},
    {0},
};

// --- Constants ------------------------------------------------------------------------------------------------------------------------------

typedef struct Constant { const char *name; int64_t value; } Constant;
#define SAME(name) {#name, name},
#define ALERT(name) {"ALERT_DESCRIPTION_" #name, SSL_AD_##name},
#define OPTION(name) {"OP_" #name, SSL_OP_##name},
static const Constant constants[] = {
    {"CERT_NONE", 0}, {"CERT_OPTIONAL", 1}, {"CERT_REQUIRED", 2},
    {"ENCODING_PEM", CERTIFICATE_PEM}, {"ENCODING_DER", CERTIFICATE_DER},
    {"PROTOCOL_SSLv23", TLS_ANY}, {"PROTOCOL_TLS", TLS_ANY}, {"PROTOCOL_TLS_CLIENT", TLS_CLIENT}, {"PROTOCOL_TLS_SERVER", TLS_SERVER},
    {"PROTOCOL_TLSv1", TLS_1}, {"PROTOCOL_TLSv1_1", TLS_1_1}, {"PROTOCOL_TLSv1_2", TLS_1_2},
    {"PROTO_MINIMUM_SUPPORTED", -2}, {"PROTO_MAXIMUM_SUPPORTED", -1}, {"PROTO_SSLv3", SSL3_VERSION}, {"PROTO_TLSv1", TLS1_VERSION},
    {"PROTO_TLSv1_1", TLS1_1_VERSION}, {"PROTO_TLSv1_2", TLS1_2_VERSION}, {"PROTO_TLSv1_3", TLS1_3_VERSION},
    {"SSL_ERROR_SSL", PY_SSL_SSL}, {"SSL_ERROR_WANT_READ", PY_SSL_WANT_READ}, {"SSL_ERROR_WANT_WRITE", PY_SSL_WANT_WRITE},
    {"SSL_ERROR_WANT_X509_LOOKUP", PY_SSL_WANT_X509_LOOKUP}, {"SSL_ERROR_SYSCALL", PY_SSL_SYSCALL},
    {"SSL_ERROR_ZERO_RETURN", PY_SSL_ZERO_RETURN}, {"SSL_ERROR_WANT_CONNECT", PY_SSL_WANT_CONNECT}, {"SSL_ERROR_EOF", PY_SSL_EOF},
    {"SSL_ERROR_INVALID_ERROR_CODE", PY_SSL_INVALID},
    {"HOSTFLAG_ALWAYS_CHECK_SUBJECT", X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT}, {"HOSTFLAG_NEVER_CHECK_SUBJECT", X509_CHECK_FLAG_NEVER_CHECK_SUBJECT},
    {"HOSTFLAG_NO_WILDCARDS", X509_CHECK_FLAG_NO_WILDCARDS}, {"HOSTFLAG_NO_PARTIAL_WILDCARDS", X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS},
    {"HOSTFLAG_MULTI_LABEL_WILDCARDS", X509_CHECK_FLAG_MULTI_LABEL_WILDCARDS},
    {"HOSTFLAG_SINGLE_LABEL_SUBDOMAINS", X509_CHECK_FLAG_SINGLE_LABEL_SUBDOMAINS},
    {"VERIFY_DEFAULT", 0}, {"VERIFY_CRL_CHECK_LEAF", X509_V_FLAG_CRL_CHECK},
    {"VERIFY_CRL_CHECK_CHAIN", X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL}, {"VERIFY_X509_STRICT", X509_V_FLAG_X509_STRICT},
    {"VERIFY_ALLOW_PROXY_CERTS", X509_V_FLAG_ALLOW_PROXY_CERTS}, {"VERIFY_X509_TRUSTED_FIRST", X509_V_FLAG_TRUSTED_FIRST},
    {"VERIFY_X509_PARTIAL_CHAIN", X509_V_FLAG_PARTIAL_CHAIN},
    OPTION(NO_SSLv2) OPTION(NO_SSLv3) OPTION(NO_TLSv1) OPTION(NO_TLSv1_1) OPTION(NO_TLSv1_2) OPTION(NO_TLSv1_3)
    OPTION(CIPHER_SERVER_PREFERENCE) OPTION(SINGLE_DH_USE) OPTION(NO_TICKET) OPTION(SINGLE_ECDH_USE) OPTION(NO_COMPRESSION)
    OPTION(ENABLE_MIDDLEBOX_COMPAT) OPTION(NO_RENEGOTIATION) OPTION(IGNORE_UNEXPECTED_EOF)
    {"OP_ALL", (int64_t)(SSL_OP_ALL & ~(uint64_t)SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS)},
    ALERT(CLOSE_NOTIFY) ALERT(UNEXPECTED_MESSAGE) ALERT(BAD_RECORD_MAC) ALERT(RECORD_OVERFLOW) ALERT(DECOMPRESSION_FAILURE)
    ALERT(HANDSHAKE_FAILURE) ALERT(BAD_CERTIFICATE) ALERT(UNSUPPORTED_CERTIFICATE) ALERT(CERTIFICATE_REVOKED) ALERT(CERTIFICATE_EXPIRED)
    ALERT(CERTIFICATE_UNKNOWN) ALERT(ILLEGAL_PARAMETER) ALERT(UNKNOWN_CA) ALERT(ACCESS_DENIED) ALERT(DECODE_ERROR) ALERT(DECRYPT_ERROR)
    ALERT(PROTOCOL_VERSION) ALERT(INSUFFICIENT_SECURITY) ALERT(INTERNAL_ERROR) ALERT(USER_CANCELLED) ALERT(NO_RENEGOTIATION)
    ALERT(UNSUPPORTED_EXTENSION) ALERT(CERTIFICATE_UNOBTAINABLE) ALERT(UNRECOGNIZED_NAME) ALERT(BAD_CERTIFICATE_STATUS_RESPONSE)
    ALERT(BAD_CERTIFICATE_HASH_VALUE) ALERT(UNKNOWN_PSK_IDENTITY)
};
static const struct { const char *name; bool there; } features[] = {
    {"HAS_SNI", true}, {"HAS_TLS_UNIQUE", true}, {"HAS_ECDH", true}, {"HAS_NPN", false}, {"HAS_ALPN", true}, {"HAS_SSLv2", false},
    {"HAS_SSLv3", false}, {"HAS_TLSv1", true}, {"HAS_TLSv1_1", true}, {"HAS_TLSv1_2", true}, {"HAS_TLSv1_3", true},
};

// (major, minor, fix, patch, status) of a version number.
static Value version_tuple(Thread *t, unsigned long version) {
  Value items[] = {v_from_smi(version >> 28 & 0xFF), v_from_smi(version >> 20 & 0xFF), v_from_smi(version >> 12 & 0xFF), v_from_smi(version >> 4 & 0xFF),
                   v_from_smi(version & 0xF)};
  return tuple_from_stolen(t, items, 5);
}

static int add_constants(Thread *t, Value m) {
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  for (size_t i = 0; i < sizeof features / sizeof *features; i++)
    if (module_add(t, m, features[i].name, v_from_bool(features[i].there)) < 0) return -1;
  unsigned long version = libcrypto.OpenSSL_version_num();
  return module_add_int(t, m, "OPENSSL_VERSION_NUMBER", (int64_t)version) < 0 || module_add(t, m, "OPENSSL_VERSION_INFO", version_tuple(t, version)) < 0 ||
                 module_add_str(t, m, "OPENSSL_VERSION", libcrypto.OpenSSL_version(OPENSSL_VERSION)) < 0 ||
                 module_add(t, m, "_OPENSSL_API_VERSION", version_tuple(t, OPENSSL_VERSION_NUMBER)) < 0 ||
                 module_add_str(t, m, "_DEFAULT_CIPHERS", "ALL:!COMPLEMENTOFDEFAULT:!eNULL") < 0
             ? -1
             : 0;
}

// --- Start-up -------------------------------------------------------------------------------------------------------------------------------

static int load_libraries(Thread *t) {
  char file[32];
  snprintf(file, sizeof file, "libcrypto.so.%d", OPENSSL_SHLIB_VERSION);
  if (LIBRARY_LOAD(t, file, libcrypto) < 0) return -1;
  snprintf(file, sizeof file, "libssl.so.%d", OPENSSL_SHLIB_VERSION);
  if (LIBRARY_LOAD(t, file, libssl) < 0) return -1;
  if (libssl.OPENSSL_init_ssl(OPENSSL_INIT_LOAD_SSL_STRINGS | OPENSSL_INIT_LOAD_CRYPTO_STRINGS, NULL)) return 0;
  return raise_error(t, &exc_ImportError, "libssl cannot be started"), -1;
}

static int ssl_exec(Thread *t, Value m) {
  Value socket = import_module(t, "_socket");   // its type of sockets
  if (v_is_null(socket)) return -1;
  v_drop(t, socket);
  if (load_libraries(t) < 0 || !transport_init(t) || !ssl_error_init(t, m)) return -1;
  if (!ssl_memory_bio_init(t) || !ssl_session_init(t) || !ssl_certificate_init(t) || !ssl_context_init(t) || !ssl_socket_init(t)) return -1;
  static Type *const types[] = {&type_ssl_context, &type_ssl_socket, &type_ssl_memory_bio, &type_ssl_session, &type_ssl_certificate};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (module_add_type(t, m, types[i]) < 0) return -1;
  return add_constants(t, m) < 0 ? -1 : ssl_names_add(t, m);
}

const ModuleDef module__ssl = {.name = "_ssl", .doc = "TLS for the module ssl, which is the one to use.", .functions = functions, .exec = ssl_exec};
