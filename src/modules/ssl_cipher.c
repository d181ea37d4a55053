// How cipher suites are shown: as the tuple of SSLSocket.cipher() and the dict of SSLContext.get_ciphers().
#include <string.h>

#include "modules/ssl_internal.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

static Value text_or_none(Thread *t, const char *s) { return s ? str_from_cstr(t, s) : V_NONE; }

Value cipher_tuple(Thread *t, const SSL_CIPHER *cipher) {
  Value items[] = {text_or_none(t, libssl.SSL_CIPHER_get_name(cipher)), text_or_none(t, libssl.SSL_CIPHER_get_version(cipher)),
                   v_from_smi(libssl.SSL_CIPHER_get_bits(cipher, NULL))};
  return tuple_from_stolen(t, items, 3);
}

static Value long_name(Thread *t, int nid) { return nid == NID_undef ? V_NONE : text_or_none(t, libcrypto.OBJ_nid2ln(nid)); }

static Value description(Thread *t, const SSL_CIPHER *cipher) {
  char text[512] = "";
  libssl.SSL_CIPHER_description(cipher, text, sizeof text - 1);
  size_t n = strlen(text);
  if (n > 1 && text[n - 1] == '\n') n--;
  return str_from_utf8(t, text, n);
}

Value cipher_dict(Thread *t, const SSL_CIPHER *cipher) {
  int algorithm_bits, strength = libssl.SSL_CIPHER_get_bits(cipher, &algorithm_bits);
  const struct { const char *key; Value value; } entries[] = {
      {"id", v_from_smi(libssl.SSL_CIPHER_get_id(cipher))},
      {"name", text_or_none(t, libssl.SSL_CIPHER_get_name(cipher))},
      {"protocol", text_or_none(t, libssl.SSL_CIPHER_get_version(cipher))},
      {"description", description(t, cipher)},
      {"strength_bits", v_from_smi(strength)},
      {"alg_bits", v_from_smi(algorithm_bits)},
      {"aead", v_from_bool(libssl.SSL_CIPHER_is_aead(cipher))},
      {"symmetric", long_name(t, libssl.SSL_CIPHER_get_cipher_nid(cipher))},
      {"digest", long_name(t, libssl.SSL_CIPHER_get_digest_nid(cipher))},
      {"kea", long_name(t, libssl.SSL_CIPHER_get_kx_nid(cipher))},
      {"auth", long_name(t, libssl.SSL_CIPHER_get_auth_nid(cipher))},
  };
  Value dict = dict_new(t);
  for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
    if (!v_is_null(dict) && (v_is_null(entries[i].value) || dict_set_cstr(t, v_dict(dict), entries[i].key, entries[i].value) < 0)) {
      v_drop(t, dict);
      dict = V_NULL;
    }
    v_drop(t, entries[i].value);
  }
  return dict;
}
