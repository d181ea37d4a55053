// The module _hashlib: hashes, keyed hashes and key derivation of libcrypto (OpenSSL 3).
#include <limits.h>
#include <stdio.h>

#include "modules/hashlib.h"
#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/mappingproxy.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"

Crypto crypto;
static const char *const crypto_names[] = {CRYPTO_FUNCTIONS(LIBRARY_NAME)};
static Value unsupported_error;    // class UnsupportedDigestmodError(ValueError); set when the module is first imported
static Value constructors;         // dict: the module's own constructors -> the name of their digest

// --- Digests ----------------------------------------------------------------------------------------------------------------------

typedef struct DigestName { const char *python, *alias, *crypto; int nid; } DigestName;
static const DigestName digest_names[] = {
    {"md5", "MD5", SN_md5, NID_md5},
    {"sha1", "SHA1", SN_sha1, NID_sha1},
    {"sha224", "SHA224", SN_sha224, NID_sha224},
    {"sha256", "SHA256", SN_sha256, NID_sha256},
    {"sha384", "SHA384", SN_sha384, NID_sha384},
    {"sha512", "SHA512", SN_sha512, NID_sha512},
    {"sha512_224", "SHA512_224", SN_sha512_224, NID_sha512_224},
    {"sha512_256", "SHA512_256", SN_sha512_256, NID_sha512_256},
    {"sha3_224", NULL, SN_sha3_224, NID_sha3_224},
    {"sha3_256", NULL, SN_sha3_256, NID_sha3_256},
    {"sha3_384", NULL, SN_sha3_384, NID_sha3_384},
    {"sha3_512", NULL, SN_sha3_512, NID_sha3_512},
    {"shake_128", NULL, SN_shake128, NID_shake128},
    {"shake_256", NULL, SN_shake256, NID_shake256},
    {"blake2s", "blake2s256", SN_blake2s256, NID_blake2s256},
    {"blake2b", "blake2b512", SN_blake2b512, NID_blake2b512},
};
enum { DIGEST_NAMES = sizeof digest_names / sizeof *digest_names };

Value crypto_raise(Thread *t, Type *type, const char *otherwise) {
  unsigned long code = crypto.ERR_peek_last_error();
  crypto.ERR_clear_error();
  if (!code) return raise_error(t, type, "%s", otherwise ? otherwise : "no reason supplied");
  const char *library = crypto.ERR_lib_error_string(code), *reason = crypto.ERR_reason_error_string(code);
  if (library) return raise_error(t, type, "[%s] %s", library, reason ? reason : "");
  return raise_error(t, type, "%s", reason ? reason : "");
}

EVP_MD *crypto_digest(Thread *t, const char *name, bool for_security) {
  const char *wanted = name;
  bool known = false;
  for (int i = 0; i < DIGEST_NAMES; i++) {
    const DigestName *d = &digest_names[i];
    known = strcmp(name, d->python) == 0 || (d->alias && strcmp(name, d->alias) == 0);
    if (!known) continue;
    wanted = d->crypto;
    break;
  }
  EVP_MD *md = crypto.EVP_MD_fetch(NULL, wanted, known && !for_security ? "-fips" : NULL);
  if (md) return md;
  char otherwise[100];
  snprintf(otherwise, sizeof otherwise, "unsupported hash type %.60s", name);
  crypto_raise(t, &exc_ValueError, otherwise);
  return NULL;
}

const char *crypto_digest_name(const EVP_MD *md) {
  int nid = crypto.EVP_MD_get_type(md);
  for (int i = 0; i < DIGEST_NAMES; i++)
    if (digest_names[i].nid == nid) return digest_names[i].python;
  const char *name = crypto.OBJ_nid2ln(nid);
  return name ? name : crypto.OBJ_nid2sn(nid);
}

EVP_MD *crypto_digest_of(Thread *t, Value digestmod) {
  Value name = V_NULL;
  if (v_is_str(digestmod)) {
    name = v_own(t, digestmod);
  } else {
    int64_t hash = object_hash(t, digestmod);
    if (hash == -1) error_clear(t);   // an unhashable object is no constructor
    else if (dict_get_hash(t, v_dict(constructors), digestmod, hash, &name) < 0) return NULL;
    if (v_is_null(name)) {
      module_raise(t, unsupported_error, "Unsupported digestmod %R", digestmod);
      return NULL;
    }
  }
  const char *text = str_utf8(t, name, NULL);
  EVP_MD *md = text ? crypto_digest(t, text, true) : NULL;
  v_drop(t, name);
  return md;
}

// --- Constructors -----------------------------------------------------------------------------------------------------------------

static int security_flag(Thread *t, Value v) { return v_is_absent(v) ? 1 : object_is_true(t, v); }

static NATIVE(hashlib_new) {
  int for_security = security_flag(t, args[2]);
  if (for_security < 0) return V_NULL;
  size_t n = 0;
  const char *name = v_is_str(args[0]) ? str_utf8(t, args[0], &n) : NULL;
  if (name && strlen(name) == n) return hash_new(t, name, for_security, args[1]);
  error_clear(t);
  return raise_type_error(t, "name must be a string");
}

#define CONSTRUCTORS(X) \
  X(md5) X(sha1) X(sha224) X(sha256) X(sha384) X(sha512) X(sha3_224) X(sha3_256) X(sha3_384) X(sha3_512) X(shake_128) X(shake_256)
#define DEFINE_CONSTRUCTOR(NAME)                                                          \
  static NATIVE(hashlib_openssl_##NAME) {                                                 \
    int for_security = security_flag(t, args[1]);                                         \
    return for_security < 0 ? V_NULL : hash_new(t, #NAME, for_security, args[0]);         \
  }
CONSTRUCTORS(DEFINE_CONSTRUCTOR)

// --- Keyed hashes -----------------------------------------------------------------------------------------------------------------

static NATIVE(hashlib_hmac_new) {
  return hmac_new(t, args[0], v_is_absent_or_none(args[1]) ? V_ABSENT : args[1], args[2]);
}

static Value hmac_at_once(Thread *t, const BufferView *key, const BufferView *message, Value digestmod) {
  if (key->len > INT_MAX) return raise_overflow(t, "key is too long.");
  if (message->len > INT_MAX) return raise_overflow(t, "message is too long.");
  EVP_MD *md = crypto_digest_of(t, digestmod);
  if (!md) return V_NULL;
  unsigned char out[EVP_MAX_MD_SIZE], *done;
  unsigned n = 0;
  ALLOW_THREADS_BEGIN(t)
  done = crypto.HMAC(md, key->data, (int)key->len, message->data, (size_t)message->len, out, &n);
  ALLOW_THREADS_END
  crypto.EVP_MD_free(md);
  return done ? bytes_from(t, out, n) : crypto_raise(t, &exc_ValueError, NULL);
}

static NATIVE(hashlib_hmac_digest) {
  BufferView key, message;
  if (buffer_get(t, args[0], &key, BUFFER_SIMPLE) < 0) return V_NULL;
  Value v = V_NULL;
  if (buffer_get(t, args[1], &message, BUFFER_SIMPLE) == 0) {
    v = hmac_at_once(t, &key, &message, args[2]);
    buffer_release(t, &message);
  }
  buffer_release(t, &key);
  return v;
}

// --- Key derivation ---------------------------------------------------------------------------------------------------------------

static Value pbkdf2(Thread *t, const char *name, const BufferView *password, const BufferView *salt, long iterations, Value dklen) {
  EVP_MD *md = crypto_digest(t, name, true);
  if (!md) return V_NULL;
  long length = crypto.EVP_MD_get_size(md);
  Value key = V_NULL;
  if (password->len > INT_MAX) raise_overflow(t, "password is too long.");
  else if (salt->len > INT_MAX) raise_overflow(t, "salt is too long.");
  else if (iterations < 1) raise_value_error(t, "iteration value must be greater than 0.");
  else if (iterations > INT_MAX) raise_overflow(t, "iteration value is too great.");
  else if (!v_is_absent_or_none(dklen) && module_long(t, dklen, &length) < 0) length = 0;
  else if (length < 1) raise_value_error(t, "key length must be greater than 0.");
  else if (length > INT_MAX) raise_overflow(t, "key length is too great.");
  else key = bytes_new(t, length);
  if (!v_is_null(key)) {
    int ok;
    ALLOW_THREADS_BEGIN(t)
    ok = crypto.PKCS5_PBKDF2_HMAC(password->data, (int)password->len, salt->data, (int)salt->len, (int)iterations, md, (int)length,
                                  (unsigned char *)v_bytes(key)->data);
    ALLOW_THREADS_END
    if (!ok) {
      v_clear(t, &key);
      crypto_raise(t, &exc_ValueError, NULL);
    }
  }
  crypto.EVP_MD_free(md);
  return key;
}

static NATIVE(hashlib_pbkdf2_hmac) {
  if (!v_is_str(args[0]))
    return raise_type_error(t, "pbkdf2_hmac() argument 'hash_name' must be str, not %.50s", v_is_none(args[0]) ? "None" : str_utf8(t, v_type(args[0])->name, NULL));
  const char *name = module_c_text(t, args[0]);
  if (!name) return V_NULL;
  BufferView password, salt;
  if (buffer_get(t, args[1], &password, BUFFER_SIMPLE) < 0) return V_NULL;
  Value key = V_NULL;
  if (buffer_get(t, args[2], &salt, BUFFER_SIMPLE) == 0) {
    long iterations;
    if (module_long(t, args[3], &iterations) == 0) key = pbkdf2(t, name, &password, &salt, iterations, args[4]);
    buffer_release(t, &salt);
  }
  buffer_release(t, &password);
  return key;
}

// args[i] of scrypt as an unsigned C long.
static int unsigned_get(Thread *t, Value v, const char *name, uint64_t *out) {
  if (!v_is_absent(v) && int_as_u64(v, out)) return 0;
  raise_type_error(t, "%s is required and must be an unsigned int", name);
  return -1;
}

static Value scrypt(Thread *t, const BufferView *password, const BufferView *salt, uint64_t n, uint64_t r, uint64_t p, long maxmem, long length) {
  if (!crypto.EVP_PBE_scrypt(NULL, 0, NULL, 0, n, r, p, (uint64_t)maxmem, NULL, 0))
    return crypto_raise(t, &exc_ValueError, "Invalid parameter combination for n, r, p, maxmem.");
  Value key = bytes_new(t, length);
  if (v_is_null(key)) return V_NULL;
  int ok;
  ALLOW_THREADS_BEGIN(t)
  ok = crypto.EVP_PBE_scrypt(password->data, (size_t)password->len, salt->data, (size_t)salt->len, n, r, p, (uint64_t)maxmem,
                             (unsigned char *)v_bytes(key)->data, (size_t)length);
  ALLOW_THREADS_END
  if (ok) return key;
  v_drop(t, key);
  return crypto_raise(t, &exc_ValueError, NULL);
}

static Value scrypt_checked(Thread *t, const BufferView *password, const Value *args) {
  static const char *const names[] = {"n", "r", "p"};
  BufferView salt = {.obj = V_NULL};
  uint64_t number[3];
  long maxmem = 0, length = 64;
  Value key = V_NULL;
  if (!v_is_absent(args[1]) && buffer_get(t, args[1], &salt, BUFFER_SIMPLE) < 0) return V_NULL;
  for (int i = 0; i < 3; i++) {
    Value v = args[2 + i];
    if (v_is_absent(v) || v_is_int(v)) continue;
    raise_type_error(t, "scrypt() argument '%s' must be int, not %.50s", names[i], v_is_none(v) ? "None" : str_utf8(t, v_type(v)->name, NULL));
    buffer_release(t, &salt);
    return V_NULL;
  }
  if ((!v_is_absent(args[5]) && module_long(t, args[5], &maxmem) < 0) || (!v_is_absent(args[6]) && module_long(t, args[6], &length) < 0)) {
    // refused
  } else if (password->len > INT_MAX) {
    raise_overflow(t, "password is too long.");
  } else if (v_is_null(salt.obj)) {
    raise_type_error(t, "salt is required");
  } else if (salt.len > INT_MAX) {
    raise_overflow(t, "salt is too long.");
  } else if (unsigned_get(t, args[2], "n", &number[0]) < 0) {
    // refused
  } else if (number[0] < 2 || number[0] & (number[0] - 1)) {
    raise_value_error(t, "n must be a power of 2.");
  } else if (unsigned_get(t, args[3], "r", &number[1]) < 0 || unsigned_get(t, args[4], "p", &number[2]) < 0) {
    // refused
  } else if (maxmem < 0 || maxmem > INT_MAX) {
    raise_value_error(t, "maxmem must be positive and smaller than %d", INT_MAX);
  } else if (length < 1 || length > INT_MAX) {
    raise_value_error(t, "dklen must be greater than 0 and smaller than %d", INT_MAX);
  } else {
    key = scrypt(t, password, &salt, number[0], number[1], number[2], maxmem, length);
  }
  buffer_release(t, &salt);
  return key;
}

static NATIVE(hashlib_scrypt) {
  BufferView password;
  if (buffer_get(t, args[0], &password, BUFFER_SIMPLE) < 0) return V_NULL;
  Value key = scrypt_checked(t, &password, args);
  buffer_release(t, &password);
  return key;
}

static NATIVE(hashlib_compare_digest) { return module_compare_digest(t, args[0], args[1]); }
static NATIVE(hashlib_get_fips_mode) { return v_from_smi(crypto.EVP_default_properties_is_fips_enabled(NULL)); }

// --- The module -------------------------------------------------------------------------------------------------------------------

#define CONSTRUCTOR_DEF(NAME) \
  {"openssl_" #NAME "($module, /, string=b'', *, usedforsecurity=True)", hashlib_openssl_##NAME, "A new " #NAME " hash object; string: what to hash first.", 0},
static const NativeDef functions[] = {
    {"new($module, /, name, string=b'', *, usedforsecurity=True)", hashlib_new, "A new hash object by the digest's name; string: what to hash first.", 0},
    CONSTRUCTORS(CONSTRUCTOR_DEF)
    {"pbkdf2_hmac($module, /, hash_name, password, salt, iterations,\n            dklen=None)", hashlib_pbkdf2_hmac,
     "Derives a key from a password: PBKDF2, with HMAC of the named digest.", 0},
    {"scrypt($module, /, password, *, salt=None, n=None, r=None, p=None,\n       maxmem=0, dklen=64)", hashlib_scrypt, "The key derivation function scrypt.", 0},
    {"get_fips_mode($module, /)", hashlib_get_fips_mode, "Whether libcrypto runs in FIPS mode.", 0},
    {"compare_digest($module, a, b, /)", hashlib_compare_digest, "Equality of two strs of ASCII or two buffers, in time that tells nothing of their contents.", 0},
    {"hmac_digest($module, /, key, msg, digest)", hashlib_hmac_digest, "The HMAC of a message in one step.", 0},
    {"hmac_new($module, /, key, msg=b'', digestmod=None)", hashlib_hmac_new, "A new HMAC object.", 0},
    {0},
};

typedef struct NameCollector { Thread *t; Value set; bool failed; } NameCollector;

static void collect_name(EVP_MD *md, void *arg) {
  NameCollector *c = arg;
  if (c->failed) return;
  Value name = str_from_cstr(c->t, crypto_digest_name(md));
  c->failed = v_is_null(name) || (!str_equals_cstr(name, "undefined") && set_add(c->t, v_set_obj(c->set), name) < 0);
  v_drop(c->t, name);
}

static Value method_names(Thread *t) {
  NameCollector c = {.t = t, .set = set_new(t, V_NULL)};
  if (v_is_null(c.set)) return V_NULL;
  crypto.EVP_MD_do_all_provided(NULL, collect_name, &c);
  Value names = c.failed ? V_NULL : frozenset_new(t, c.set);
  v_drop(t, c.set);
  return names;
}

static int fill_constructors(Thread *t, Value m) {
  constructors = dict_new(t);
  if (v_is_null(constructors)) return -1;
#define ADD_CONSTRUCTOR(NAME) #NAME,
  static const char *const names[] = {CONSTRUCTORS(ADD_CONSTRUCTOR)};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char full[32];
    snprintf(full, sizeof full, "openssl_%s", names[i]);
    Value function, name = str_from_cstr(t, names[i]);
    int status = v_is_null(name) || dict_get_cstr(t, v_dict(module_dict(m)), full, &function) <= 0 ? -1 : dict_set(t, v_dict(constructors), function, name);
    if (status == 0) v_drop(t, function);
    v_drop(t, name);
    if (status < 0) return -1;
  }
  return 0;
}

static int hashlib_exec(Thread *t, Value m) {
  char file[32];
  snprintf(file, sizeof file, "libcrypto.so.%d", OPENSSL_SHLIB_VERSION);
  if (LIBRARY_LOAD(t, file, crypto) < 0) return -1;
  if (!hashlib_hash_init(t) || !hashlib_hmac_init(t)) return -1;
  if (module_add_exception(t, m, &unsupported_error, "_hashlib", "UnsupportedDigestmodError", &exc_ValueError, NULL) < 0) return -1;
  if (fill_constructors(t, m) < 0 || module_add(t, m, "_constructors", mappingproxy_new(t, constructors)) < 0) return -1;
  if (module_add(t, m, "openssl_md_meth_names", method_names(t)) < 0) return -1;
  if (module_add_type(t, m, &type_hash) < 0 || module_add_type(t, m, &type_hashxof) < 0) return -1;
  return module_add_type(t, m, &type_hmac);
}

const ModuleDef module__hashlib = {.name = "_hashlib",
    .doc = "Message digests as hashlib expects them from a crypto library.", .functions = functions, .exec = hashlib_exec};
