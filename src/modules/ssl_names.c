// The names of OpenSSL's libraries and errors: what SSLError.library and SSLError.reason say.
//
// A reason's name follows from libcrypto's text for it, upper-cased with underscores: "wrong version number" is WRONG_VERSION_NUMBER. Two
// tables hold what does not: reasons whose name is another, and reasons that python3.11 has no name for, being younger than it. They go by
// number, as not all of them stand in public headers.
#include <ctype.h>
#include <string.h>

#include "modules/ssl_internal.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Libraries ------------------------------------------------------------------------------------------------------------------------------

typedef struct Library { const char *name; int number; } Library;
#define LIBRARY(name) {#name, ERR_LIB_##name},
// Sorted; X509V3 and X509 stand in the order in which python3.11 goes through them: of two reasons of one name the later is found by it.
static const Library libraries[] = {
    LIBRARY(ASN1) LIBRARY(ASYNC) LIBRARY(BIO) LIBRARY(BN) LIBRARY(BUF) LIBRARY(CMP) LIBRARY(CMS) LIBRARY(COMP) LIBRARY(CONF) LIBRARY(CRMF)
    LIBRARY(CRYPTO) LIBRARY(CT) LIBRARY(DH) LIBRARY(DSA) LIBRARY(DSO) LIBRARY(EC) LIBRARY(ECDH) LIBRARY(ECDSA) LIBRARY(ENGINE) LIBRARY(ESS)
    LIBRARY(EVP) LIBRARY(FIPS) LIBRARY(HMAC) LIBRARY(HTTP) LIBRARY(KDF) LIBRARY(MASK) LIBRARY(NONE) LIBRARY(OBJ) LIBRARY(OCSP) LIBRARY(OFFSET)
    LIBRARY(OSSL_DECODER) LIBRARY(OSSL_ENCODER) LIBRARY(OSSL_STORE) LIBRARY(PEM) LIBRARY(PKCS12) LIBRARY(PKCS7) LIBRARY(PROP) LIBRARY(PROV)
    LIBRARY(RAND) LIBRARY(RSA) LIBRARY(SM2) LIBRARY(SSL) LIBRARY(SYS) LIBRARY(TS) LIBRARY(UI) LIBRARY(USER) LIBRARY(X509V3) LIBRARY(X509)
};
enum { LIBRARIES = sizeof libraries / sizeof *libraries };

const char *ssl_library_name(int library) {
  for (int i = 0; i < LIBRARIES; i++)
    if (libraries[i].number == library) return libraries[i].name;
  return NULL;
}

// --- Reasons --------------------------------------------------------------------------------------------------------------------------------

enum { REASON_FIRST = 99, REASON_LAST = 430, REASON_LAST_SSL = 1130 };   // where to look for them; from 1000 on are alerts of the peer

typedef struct Reason { int library, reason; const char *name; } Reason;
#define NAMED(library, reason, name) {ERR_LIB_##library, reason, #name},
static const Reason irregular[] = {
    NAMED(CRYPTO, 101, FIPS_MODE_NOT_SUPPORTED) NAMED(DH, 102, INVALID_PUBKEY) NAMED(DSA, 110, SEED_LEN_SMALL) NAMED(DSO, 100, CTRL_FAILED)
    NAMED(DSO, 102, FINISH_FAILED) NAMED(DSO, 103, LOAD_FAILED) NAMED(DSO, 104, NULL_HANDLE) NAMED(DSO, 105, STACK_ERROR) NAMED(DSO, 106, SYM_FAILURE)
    NAMED(DSO, 107, UNLOAD_FAILED) NAMED(DSO, 108, UNSUPPORTED) NAMED(ENGINE, 105, ENGINE_IS_NOT_IN_LIST) NAMED(ENGINE, 108, ID_OR_NAME_MISSING)
    NAMED(EVP, 166, ERROR_SETTING_FIPS_MODE) NAMED(EVP, 219, EXPECTING_A_ECX_KEY) NAMED(EVP, 142, EXPECTING_A_EC_KEY)
    NAMED(EVP, 167, FIPS_MODE_NOT_SUPPORTED) NAMED(EVP, 168, INVALID_FIPS_MODE) NAMED(EVP, 162, PARTIALLY_OVERLAPPING)
    NAMED(OSSL_DECODER, 100, MISSING_GET_PARAMS) NAMED(OSSL_ENCODER, 101, ENCODER_NOT_FOUND) NAMED(OSSL_ENCODER, 100, INCORRECT_PROPERTY_QUERY)
    NAMED(OSSL_ENCODER, 102, MISSING_GET_PARAMS) NAMED(RAND, 137, DERIVATION_FUNCTION_MANDATORY_FOR_FIPS) NAMED(RAND, 101, FUNC_NOT_IMPLEMENTED)
    NAMED(RAND, 123, FWRITE_ERROR) NAMED(RSA, 136, SLEN_CHECK_FAILED) NAMED(RSA, 135, SLEN_RECOVERY_FAILED)
    NAMED(SSL, 143, AT_LEAST_TLS_1_0_NEEDED_IN_FIPS_MODE) NAMED(SSL, 158, AT_LEAST_TLS_1_2_NEEDED_IN_SUITEB_MODE)
    NAMED(SSL, 380, ILLEGAL_SUITEB_DIGEST) NAMED(SSL, 358, MISSING_SRP_PARAM) NAMED(SSL, 330, NO_GOST_CERTIFICATE_SENT_BY_PEER)
    NAMED(SSL, 361, SRP_A_CALC) NAMED(TS, 137, CANNOT_LOAD_CERT) NAMED(TS, 138, CANNOT_LOAD_KEY) NAMED(TS, 136, VAR_LOOKUP_FAILURE)
    NAMED(UI, 109, SYSASSIGN_ERROR) NAMED(UI, 110, SYSDASSGN_ERROR) NAMED(UI, 111, SYSQIOW_ERROR)
};
#define YOUNG(library, reason) {ERR_LIB_##library, reason, NULL},
static const Reason nameless[] = {
    YOUNG(BN, 121) YOUNG(RSA, 180) YOUNG(RSA, 181) YOUNG(DH, 130) YOUNG(EVP, 227) YOUNG(DSA, 116) YOUNG(X509, 140) YOUNG(X509, 147) YOUNG(CONF, 125)
    YOUNG(CONF, 126) YOUNG(CRYPTO, 122) YOUNG(EC, 117) YOUNG(EC, 127) YOUNG(EC, 176) YOUNG(SSL, 305) YOUNG(SSL, 310) YOUNG(SSL, 333) YOUNG(SSL, 1115)
    YOUNG(SSL, 1120) YOUNG(OSSL_STORE, 123) YOUNG(CMS, 182) YOUNG(CMS, 194) YOUNG(CMS, 195) YOUNG(CMS, 196) YOUNG(PROV, 202) YOUNG(PROV, 203)
    YOUNG(PROV, 217) YOUNG(PROV, 230) YOUNG(CMP, 165) YOUNG(CMP, 178) YOUNG(CMP, 179) YOUNG(CMP, 183) YOUNG(CMP, 189) YOUNG(CMP, 190)
    YOUNG(HTTP, 126) YOUNG(HTTP, 127) YOUNG(HTTP, 129)
};

static const Reason *find(const Reason *table, size_t n, int library, int reason) {
  for (size_t i = 0; i < n; i++)
    if (table[i].library == library && table[i].reason == reason) return &table[i];
  return NULL;
}
#define FIND(table, library, reason) find(table, sizeof table / sizeof *table, library, reason)

bool ssl_reason_name(int library, int reason, char name[SSL_NAME_SIZE]) {
  const Reason *known = FIND(irregular, library, reason);
  if (known) return snprintf(name, SSL_NAME_SIZE, "%s", known->name) > 0;
  // Below and above are those that all libraries share.
  if (reason < REASON_FIRST || reason > REASON_LAST_SSL || FIND(nameless, library, reason)) return false;
  const char *text = libcrypto.ERR_reason_error_string(ERR_PACK(library, 0, reason));
  if (!text || strlen(text) >= SSL_NAME_SIZE) return false;
  char *out = name;
  for (; *text; text++) {
    if (isalnum((unsigned char)*text)) *out++ = (char)toupper((unsigned char)*text);
    else if (out > name && out[-1] != '_') *out++ = '_';
  }
  *out = 0;
  return out > name;
}

// --- The module's tables --------------------------------------------------------------------------------------------------------------------

static int add_reason(Thread *t, Dict *by_code, Dict *by_name, int library, int reason, const char *name) {
  Value key = tuple_pack(t, 2, v_from_smi(library), v_from_smi(reason)), text = v_is_null(key) ? V_NULL : str_from_cstr(t, name);
  int rc = v_is_null(text) || dict_set(t, by_code, key, text) < 0 || dict_set(t, by_name, text, key) < 0 ? -1 : 0;
  v_drop(t, key);
  v_drop(t, text);
  return rc;
}

static int add_reasons(Thread *t, Dict *by_code, Dict *by_name) {
  char name[SSL_NAME_SIZE];
  for (int i = 0; i < LIBRARIES; i++) {
    int library = libraries[i].number, last = library == ERR_LIB_SSL ? REASON_LAST_SSL : REASON_LAST;
    for (int reason = REASON_FIRST; reason <= last; reason++)
      if (ssl_reason_name(library, reason, name) && add_reason(t, by_code, by_name, library, reason, name) < 0) return -1;
  }
  return 0;
}

static int add_libraries(Thread *t, Dict *names) {
  for (int i = 0; i < LIBRARIES; i++) {
    Value name = str_from_cstr(t, libraries[i].name);
    int rc = v_is_null(name) ? -1 : dict_set(t, names, v_from_smi(libraries[i].number), name);
    v_drop(t, name);
    if (rc < 0) return -1;
  }
  return 0;
}

int ssl_names_add(Thread *t, Value m) {
  Value by_code = dict_new(t), by_name = dict_new(t), names = dict_new(t);
  bool made = !v_is_null(by_code) && !v_is_null(by_name) && !v_is_null(names) && add_reasons(t, v_dict(by_code), v_dict(by_name)) == 0 &&
              add_libraries(t, v_dict(names)) == 0;
  if (!made) {
    v_drop(t, by_code);
    v_drop(t, by_name);
    v_drop(t, names);
    return -1;
  }
  int rc = module_add(t, m, "err_codes_to_names", by_code);
  if (module_add(t, m, "err_names_to_codes", by_name) < 0) rc = -1;
  return module_add(t, m, "lib_codes_to_names", names) < 0 ? -1 : rc;
}
