// What the files of _hashlib share: libcrypto's functions, its errors, and finding a digest.
//
// Locking: a context of OpenSSL is used by one thread at a time, under its object's mutex, which is held while long input is hashed detached.
#ifndef WEFT_MODULES_HASHLIB_H
#define WEFT_MODULES_HASHLIB_H

#define OPENSSL_SUPPRESS_DEPRECATED 1   // HMAC_* of before 3.0: CPython's answers are theirs
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/objects.h>

#include "modules/shared_library.h"
#include "objects/text_native.h"

#define CRYPTO_FUNCTIONS(X)                                                                                                             \
  X(ERR_peek_last_error) X(ERR_clear_error) X(ERR_lib_error_string) X(ERR_reason_error_string) X(EVP_MD_CTX_new) X(EVP_MD_CTX_free)      \
  X(EVP_MD_CTX_copy) X(EVP_MD_CTX_get0_md) X(EVP_DigestInit_ex) X(EVP_DigestUpdate) X(EVP_DigestFinal) X(EVP_DigestFinalXOF)             \
  X(EVP_MD_get_size) X(EVP_MD_get_block_size) X(EVP_MD_get_flags) X(EVP_MD_get_type) X(EVP_MD_fetch) X(EVP_MD_free) X(OBJ_nid2ln)        \
  X(OBJ_nid2sn) X(EVP_MD_do_all_provided) X(EVP_default_properties_is_fips_enabled) X(PKCS5_PBKDF2_HMAC) X(EVP_PBE_scrypt) X(HMAC)       \
  X(HMAC_CTX_new) X(HMAC_CTX_free) X(HMAC_CTX_copy) X(HMAC_CTX_get_md) X(HMAC_Init_ex) X(HMAC_Update) X(HMAC_Final)
typedef struct Crypto { CRYPTO_FUNCTIONS(LIBRARY_FIELD) } Crypto;
extern Crypto crypto;

// Raises type with what libcrypto says went wrong last, or `otherwise` (NULL: "no reason supplied") if it says nothing.
Value crypto_raise(Thread *t, Type *type, const char *otherwise);
// A digest by Python's name or libcrypto's; free it with EVP_MD_free. NULL: ValueError.
EVP_MD *crypto_digest(Thread *t, const char *name, bool for_security);
// What Python calls it.
const char *crypto_digest_name(const EVP_MD *md);
// A digest given as a str or as one of the module's own constructors. NULL: ValueError or UnsupportedDigestmodError.
EVP_MD *crypto_digest_of(Thread *t, Value digestmod);

// --- The types --------------------------------------------------------------------------------------------------------------------
extern Type type_hash, type_hashxof, type_hmac;
bool hashlib_hash_init(Thread *t);
bool hashlib_hmac_init(Thread *t);
// A hash object fed with data (V_ABSENT: nothing).
Value hash_new(Thread *t, const char *name, bool for_security, Value data);
Value hmac_new(Thread *t, Value key, Value message /* V_ABSENT: none */, Value digestmod);

#endif
