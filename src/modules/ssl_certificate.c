// Certificates: as the dict of getpeercert(), in DER and PEM, and as objects of the type Certificate.
//
// An X509 is not changed once it was read, but for what libcrypto caches in it under a lock of its own.
#include <string.h>

#include "modules/ssl_internal.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Small parts ----------------------------------------------------------------------------------------------------------------------------

Value ssl_object_text(Thread *t, const ASN1_OBJECT *object, bool numbers) {
  char small[256];
  int n = libcrypto.OBJ_obj2txt(small, sizeof small, object, numbers);
  if (n < 0) return SSL_RAISE(t, NULL);
  if (n == 0 && numbers) return V_NONE;
  if (n < (int)sizeof small) return str_from_utf8(t, small, (size_t)n);
  char *large = heap_alloc(t, (size_t)n + 1);
  if (!large) return raise_no_memory(t);
  n = libcrypto.OBJ_obj2txt(large, n + 1, object, numbers);
  Value text = n < 0 ? SSL_RAISE(t, NULL) : str_from_utf8(t, large, (size_t)n);
  heap_free(t, large);
  return text;
}

static Value string_text(Thread *t, const ASN1_STRING *s) {
  return str_from_utf8(t, (const char *)libcrypto.ASN1_STRING_get0_data(s), (size_t)libcrypto.ASN1_STRING_length(s));
}

static BIO *memory(Thread *t) {
  BIO *b = libcrypto.BIO_new(libcrypto.BIO_s_mem());
  if (!b) raise_error(t, &type_ssl_error, "failed to allocate BIO");
  return b;
}

// What was printed into b.
static Value printed(Thread *t, BIO *b) {
  char *data = NULL;
  long n = libcrypto.BIO_ctrl(b, BIO_CTRL_INFO, 0, &data);
  return n < 0 ? SSL_RAISE(t, NULL) : str_from_utf8(t, data ? data : "", (size_t)n);
}

// --- Names ----------------------------------------------------------------------------------------------------------------------------------

// (name, value)
static Value name_attribute(Thread *t, const X509_NAME_ENTRY *entry) {
  Value name = ssl_object_text(t, libcrypto.X509_NAME_ENTRY_get_object(entry), false), value = V_NULL;
  if (v_is_null(name)) return V_NULL;
  const ASN1_STRING *data = libcrypto.X509_NAME_ENTRY_get_data(entry);
  unsigned char *utf8 = NULL;
  if (libcrypto.ASN1_STRING_type(data) == V_ASN1_BIT_STRING) {
    value = bytes_from(t, libcrypto.ASN1_STRING_get0_data(data), (size_t)libcrypto.ASN1_STRING_length(data));
  } else {
    int n = libcrypto.ASN1_STRING_to_UTF8(&utf8, data);
    value = n < 0 ? SSL_RAISE(t, NULL) : str_from_utf8(t, (const char *)utf8, (size_t)n);
    libcrypto.CRYPTO_free(utf8, OPENSSL_FILE, OPENSSL_LINE);
  }
  return tuple_from_stolen(t, (Value[]){name, value}, 2);
}

// A tuple of relative names, each a tuple of its attributes.
static Value name_tuple(Thread *t, const X509_NAME *name) {
  Value outer = list_new(t, 0), inner = V_NULL;
  int n = libcrypto.X509_NAME_entry_count(name), level = -1;
  for (int i = 0; i < n && !v_is_null(outer); i++) {
    const X509_NAME_ENTRY *entry = libcrypto.X509_NAME_get_entry(name, i);
    bool same = level == libcrypto.X509_NAME_ENTRY_set(entry);
    level = libcrypto.X509_NAME_ENTRY_set(entry);
    if (!same && !v_is_null(inner) && list_append_steal(t, v_list(outer), list_to_tuple(t, v_list(inner))) < 0) v_clear(t, &outer);
    if (!same) {
      v_drop(t, inner);
      inner = list_new(t, 1);
    }
    if (v_is_null(inner) || list_append_steal(t, v_list(inner), name_attribute(t, entry)) < 0) v_clear(t, &outer);
  }
  if (!v_is_null(outer) && !v_is_null(inner) && list_append_steal(t, v_list(outer), list_to_tuple(t, v_list(inner))) < 0) v_clear(t, &outer);
  Value tuple = v_is_null(outer) ? V_NULL : list_to_tuple(t, v_list(outer));
  v_drop(t, inner);
  v_drop(t, outer);
  return tuple;
}

// --- Alternative names ----------------------------------------------------------------------------------------------------------------------

static Value address_text(Thread *t, const ASN1_STRING *address) {
  const unsigned char *p = libcrypto.ASN1_STRING_get0_data(address);
  int n = libcrypto.ASN1_STRING_length(address);
  if (n == 4) return str_from_format(t, "%d.%d.%d.%d", p[0], p[1], p[2], p[3]);
  if (n != 16) return str_from_cstr(t, "<invalid>");
  char text[40], *out = text;
  for (int i = 0; i < 16; i += 2) out += sprintf(out, "%s%X", i ? ":" : "", p[i] << 8 | p[i + 1]);
  return str_from_cstr(t, text);
}

static Value registered_id(Thread *t, const ASN1_OBJECT *object) {
  char text[2048];
  int n = libcrypto.OBJ_obj2txt(text, sizeof text, object, 0);
  if (n < 0) return SSL_RAISE(t, NULL);
  return n >= (int)sizeof text ? str_from_cstr(t, "<INVALID>") : str_from_utf8(t, text, (size_t)n);
}

// (kind, value) of what libcrypto prints as "kind:value".
static Value other_name(Thread *t, GENERAL_NAME *name) {
  if (name->type != GEN_OTHERNAME && name->type != GEN_X400 && name->type != GEN_EDIPARTY &&
      warn(t, &exc_RuntimeWarning, 1, "Unknown general name type %d", name->type) < 0)
    return V_NULL;
  BIO *b = memory(t);
  if (!b) return V_NULL;
  libcrypto.GENERAL_NAME_print(b, name);
  char text[2048];
  int n = libcrypto.BIO_gets(b, text, sizeof text - 1);
  libcrypto.BIO_free(b);
  if (n < 0) return SSL_RAISE(t, NULL);
  const char *colon = strchr(text, ':');
  if (!colon) return raise_value_error(t, "Invalid value %.200s", text);
  Value items[] = {str_from_utf8(t, text, (size_t)(colon - text)), str_from_utf8(t, colon + 1, (size_t)(text + n - (colon + 1)))};
  return tuple_from_stolen(t, items, 2);
}

static Value alternative_name(Thread *t, GENERAL_NAME *name) {
  const char *kind;
  Value value;
  switch (name->type) {
    case GEN_DIRNAME: kind = "DirName"; value = name_tuple(t, name->d.directoryName); break;
    case GEN_EMAIL: kind = "email"; value = string_text(t, name->d.rfc822Name); break;
    case GEN_DNS: kind = "DNS"; value = string_text(t, name->d.dNSName); break;
    case GEN_URI: kind = "URI"; value = string_text(t, name->d.uniformResourceIdentifier); break;
    case GEN_RID: kind = "Registered ID"; value = registered_id(t, name->d.registeredID); break;
    case GEN_IPADD: kind = "IP Address"; value = address_text(t, name->d.iPAddress); break;
    default: return other_name(t, name);
  }
  if (v_is_null(value)) return V_NULL;
  return tuple_from_stolen(t, (Value[]){str_from_cstr(t, kind), value}, 2);
}

// tuple(list), which is dropped; None if it is empty and `none`; V_NULL stays.
static Value as_tuple(Thread *t, Value list, bool none) {
  if (v_is_null(list)) return V_NULL;
  Value tuple = none && list_length(v_list(list)) == 0 ? V_NONE : list_to_tuple(t, v_list(list));
  v_drop(t, list);
  return tuple;
}

static Value alternative_names(Thread *t, const X509 *certificate) {
  GENERAL_NAMES *names = libcrypto.X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
  if (!names) return V_NONE;
  Value list = list_new(t, 0);
  int n = stack_length(names);
  for (int i = 0; i < n && !v_is_null(list); i++)
    if (list_append_steal(t, v_list(list), alternative_name(t, stack_item(names, i))) < 0) v_clear(t, &list);
  libcrypto.GENERAL_NAMES_free(names);
  return as_tuple(t, list, false);
}

// --- Where to ask for more ------------------------------------------------------------------------------------------------------------------

// The addresses of one kind of service that the issuer offers: a tuple, or None.
static Value authority_uris(Thread *t, const X509 *certificate, int kind) {
  AUTHORITY_INFO_ACCESS *info = libcrypto.X509_get_ext_d2i(certificate, NID_info_access, NULL, NULL);
  if (!info) return V_NONE;
  Value list = list_new(t, 0);
  int n = stack_length(info);
  for (int i = 0; i < n && !v_is_null(list); i++) {
    const ACCESS_DESCRIPTION *one = stack_item(info, i);
    if (libcrypto.OBJ_obj2nid(one->method) != kind || one->location->type != GEN_URI) continue;
    if (list_append_steal(t, v_list(list), string_text(t, one->location->d.uniformResourceIdentifier)) < 0) v_clear(t, &list);
  }
  libcrypto.AUTHORITY_INFO_ACCESS_free(info);
  return as_tuple(t, list, true);
}

static Value revocation_uris(Thread *t, const X509 *certificate) {
  CRL_DIST_POINTS *points = libcrypto.X509_get_ext_d2i(certificate, NID_crl_distribution_points, NULL, NULL);
  if (!points) return V_NONE;
  Value list = list_new(t, 0);
  int n = stack_length(points);
  for (int i = 0; i < n && !v_is_null(list); i++) {
    const DIST_POINT *point = stack_item(points, i);
    if (!point->distpoint || point->distpoint->type != 0) continue;   // 0: full names
    const GENERAL_NAMES *names = point->distpoint->name.fullname;
    int m = stack_length(names);
    for (int j = 0; j < m && !v_is_null(list); j++) {
      const GENERAL_NAME *name = stack_item(names, j);
      if (name->type == GEN_URI && list_append_steal(t, v_list(list), string_text(t, name->d.uniformResourceIdentifier)) < 0) v_clear(t, &list);
    }
  }
  libcrypto.CRL_DIST_POINTS_free(points);
  return as_tuple(t, list, true);
}

// --- The whole ------------------------------------------------------------------------------------------------------------------------------

static Value time_text(Thread *t, const ASN1_TIME *time) {
  BIO *b = memory(t);
  if (!b) return V_NULL;
  libcrypto.ASN1_TIME_print(b, time);
  Value text = printed(t, b);
  libcrypto.BIO_free(b);
  return text;
}

static Value serial_text(Thread *t, X509 *certificate) {
  BIO *b = memory(t);
  if (!b) return V_NULL;
  libcrypto.i2a_ASN1_INTEGER(b, libcrypto.X509_get_serialNumber(certificate));
  Value text = printed(t, b);
  libcrypto.BIO_free(b);
  return text;
}

// dict[key] = owned; None is left out if it may be. False: an exception.
static bool put(Thread *t, Value dict, const char *key, Value owned, bool optional) {
  bool ok = !v_is_null(owned) && ((optional && v_is_none(owned)) || dict_set_cstr(t, v_dict(dict), key, owned) == 0);
  v_drop(t, owned);
  return ok;
}

Value certificate_decode(Thread *t, X509 *c) {
  Value dict = dict_new(t);
  if (v_is_null(dict)) return V_NULL;
  bool ok = put(t, dict, "subject", name_tuple(t, libcrypto.X509_get_subject_name(c)), false) &&
            put(t, dict, "issuer", name_tuple(t, libcrypto.X509_get_issuer_name(c)), false) &&
            put(t, dict, "version", v_from_smi(libcrypto.X509_get_version(c) + 1), false) &&
            put(t, dict, "serialNumber", serial_text(t, c), false) &&
            put(t, dict, "notBefore", time_text(t, libcrypto.X509_get0_notBefore(c)), false) &&
            put(t, dict, "notAfter", time_text(t, libcrypto.X509_get0_notAfter(c)), false) &&
            put(t, dict, "subjectAltName", alternative_names(t, c), true) &&
            put(t, dict, "OCSP", authority_uris(t, c, NID_ad_OCSP), true) &&
            put(t, dict, "caIssuers", authority_uris(t, c, NID_ad_ca_issuers), true) &&
            put(t, dict, "crlDistributionPoints", revocation_uris(t, c), true);
  libcrypto.ERR_clear_error();
  if (!ok) v_clear(t, &dict);
  return dict;
}

Value certificate_der(Thread *t, X509 *certificate) {
  unsigned char *der = NULL;
  int n = libcrypto.i2d_X509(certificate, &der);
  if (n < 0) return SSL_RAISE(t, NULL);
  Value bytes = bytes_from(t, der, (size_t)n);
  libcrypto.CRYPTO_free(der, OPENSSL_FILE, OPENSSL_LINE);
  return bytes;
}

// --- Certificate ----------------------------------------------------------------------------------------------------------------------------

typedef struct Certificate {
  Object ob;
  X509 *x509;      // constant
} Certificate;

static X509 *x509_of(Value v) { return ((Certificate *)v_obj(v))->x509; }

Value certificate_new(Thread *t, X509 *certificate) {
  Value v = type_generic_alloc(t, &type_ssl_certificate, 0);
  if (v_is_null(v)) return V_NULL;
  libcrypto.X509_up_ref(certificate);
  ((Certificate *)v_obj(v))->x509 = certificate;
  return v;
}

Value certificate_list(Thread *t, const STACK_OF(X509) *chain) {
  int n = stack_length(chain);
  Value list = list_new(t, n);
  for (int i = 0; i < n && !v_is_null(list); i++)
    if (list_append_steal(t, v_list(list), certificate_new(t, stack_item(chain, i))) < 0) v_clear(t, &list);
  return list;
}

static void certificate_dealloc(Thread *t, Object *o) {
  X509 *x509 = ((Certificate *)o)->x509;
  if (x509) libcrypto.X509_free(x509);
  heap_free_object(t, o);
}

static Value pem_text(Thread *t, X509 *certificate, bool trusted) {
  BIO *b = memory(t);
  if (!b) return V_NULL;
  int ok = trusted ? libcrypto.PEM_write_bio_X509_AUX(b, certificate) : libcrypto.PEM_write_bio_X509(b, certificate);
  Value text = ok ? printed(t, b) : SSL_RAISE(t, NULL);
  libcrypto.BIO_free(b);
  return text;
}

static NATIVE(certificate_public_bytes) {
  int format = v_is_absent(args[0]) ? CERTIFICATE_PEM : number_as_int(t, args[0]);
  if (format == -1 && error_pending(t)) return V_NULL;
  switch (format) {
    case CERTIFICATE_PEM: return pem_text(t, x509_of(self), false);
    case CERTIFICATE_PEM_TRUSTED: return pem_text(t, x509_of(self), true);
    case CERTIFICATE_DER: return certificate_der(t, x509_of(self));
    default: return raise_value_error(t, "Unsupported format");
  }
}

static NATIVE(certificate_get_info) { return certificate_decode(t, x509_of(self)); }

static Value certificate_repr(Thread *t, Value self) {
  BIO *b = memory(t);
  if (!b) return V_NULL;
  libcrypto.X509_NAME_print_ex(b, libcrypto.X509_get_subject_name(x509_of(self)), 0, XN_FLAG_RFC2253);
  Value subject = printed(t, b), text = V_NULL;
  libcrypto.BIO_free(b);
  if (!v_is_null(subject)) text = str_from_format(t, "<%N '%U'>", v_type(self), subject);
  v_drop(t, subject);
  return text;
}

static int64_t certificate_hash(UNUSED_OK Thread *t, Value self) {
  return (int64_t)libcrypto.X509_subject_name_hash(x509_of(self));   // 32 bits: never -1
}

static Value certificate_compare(UNUSED_OK Thread *t, Value a, Value b, int op) {
  if (v_type(b) != &type_ssl_certificate || (op != CMP_EQ && op != CMP_NE)) return V_NOT_IMPLEMENTED;
  bool same = libcrypto.X509_cmp(x509_of(a), x509_of(b)) == 0;
  return v_from_bool(same == (op == CMP_EQ));
}

static const NativeDef certificate_methods[] = {
    {"public_bytes($self, /, format=Encoding.PEM)", certificate_public_bytes, NULL, 0},
    {"get_info($self, /)", certificate_get_info, NULL, 0},
    {0},
};
Type type_ssl_certificate;
static const TypeSpec spec_certificate = {
    .name = "_ssl.Certificate",
    .size = sizeof(Certificate),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.repr = certificate_repr, .hash = certificate_hash, .richcompare = certificate_compare, .dealloc = certificate_dealloc},
    .methods = certificate_methods,
};

bool ssl_certificate_init(Thread *t) { return type_ready(t, &type_ssl_certificate, &spec_certificate, 0); }
