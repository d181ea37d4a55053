// _hashlib.HMAC: keyed hashes on libcrypto.
#include <limits.h>

#include "gc/heap.h"
#include "modules/digest.h"
#include "modules/hashlib.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"

typedef struct Hmac {
  Object ob;
  Mutex lock;
  HMAC_CTX *context;       // under lock; its digest is constant
} Hmac;

static Hmac *v_hmac(Value v) { return (Hmac *)v_obj(v); }

static bool feed(void *context, const uint8_t *p, size_t n) { return crypto.HMAC_Update(context, p, n); }

static int hmac_update(Thread *t, Hmac *h, Value data) {
  int r = digest_feed(t, &h->lock, data, feed, h->context);
  if (r == 0) crypto_raise(t, &exc_ValueError, NULL);
  return r > 0 ? 0 : -1;
}

// Takes the context over. V_NULL: MemoryError.
static Value wrap(Thread *t, HMAC_CTX *context) {
  Value v = type_generic_alloc(t, &type_hmac, 0);
  if (v_is_null(v)) crypto.HMAC_CTX_free(context);
  else v_hmac(v)->context = context;
  return v;
}

static Value keyed(Thread *t, const BufferView *key, Value digestmod) {
  EVP_MD *md = crypto_digest_of(t, digestmod);
  if (!md) return V_NULL;
  HMAC_CTX *context = crypto.HMAC_CTX_new();
  if (!context) {
    crypto.EVP_MD_free(md);
    return raise_no_memory(t);
  }
  int ok = crypto.HMAC_Init_ex(context, key->data, (int)key->len, md, NULL);   // keeps md
  crypto.EVP_MD_free(md);
  if (ok) return wrap(t, context);
  crypto.HMAC_CTX_free(context);
  return crypto_raise(t, &exc_ValueError, NULL);
}

Value hmac_new(Thread *t, Value key, Value message, Value digestmod) {
  BufferView view;
  if (buffer_get(t, key, &view, BUFFER_SIMPLE) < 0) return V_NULL;
  Value v = V_NULL;
  if (view.len > INT_MAX) raise_overflow(t, "key is too long.");
  else if (v_is_absent(digestmod)) raise_type_error(t, "Missing required parameter 'digestmod'.");
  else v = keyed(t, &view, digestmod);
  buffer_release(t, &view);
  if (!v_is_null(v) && !v_is_absent(message) && hmac_update(t, v_hmac(v), message) < 0) v_clear(t, &v);
  return v;
}

static HMAC_CTX *copy_context(Thread *t, Hmac *h) {
  HMAC_CTX *copy = crypto.HMAC_CTX_new();
  if (!copy) {
    raise_no_memory(t);
    return NULL;
  }
  mutex_lock(t, &h->lock);
  int ok = crypto.HMAC_CTX_copy(copy, h->context);
  mutex_unlock(&h->lock);
  if (ok) return copy;
  crypto.HMAC_CTX_free(copy);
  crypto_raise(t, &exc_ValueError, NULL);
  return NULL;
}

static int finish(Thread *t, Hmac *h, uint8_t out[EVP_MAX_MD_SIZE], unsigned *n) {
  HMAC_CTX *copy = copy_context(t, h);
  if (!copy) return -1;
  int ok = crypto.HMAC_Final(copy, out, n);
  crypto.HMAC_CTX_free(copy);
  if (ok) return 0;
  crypto_raise(t, &exc_ValueError, NULL);
  return -1;
}

static NATIVE(hmac_native_update) { return hmac_update(t, v_hmac(self), args[0]) < 0 ? V_NULL : V_NONE; }
static NATIVE(hmac_native_copy) {
  HMAC_CTX *copy = copy_context(t, v_hmac(self));
  return copy ? wrap(t, copy) : V_NULL;
}
static NATIVE(hmac_native_digest) {
  uint8_t out[EVP_MAX_MD_SIZE];
  unsigned n;
  return finish(t, v_hmac(self), out, &n) < 0 ? V_NULL : bytes_from(t, out, n);
}
static NATIVE(hmac_native_hexdigest) {
  uint8_t out[EVP_MAX_MD_SIZE];
  unsigned n;
  return finish(t, v_hmac(self), out, &n) < 0 ? V_NULL : digest_hex(t, out, n);
}

static const EVP_MD *digest_of(Value self) { return crypto.HMAC_CTX_get_md(v_hmac(self)->context); }
static Value hmac_repr(Thread *t, Value self) {
  return str_from_format(t, "<%s HMAC object @ %p>", crypto_digest_name(digest_of(self)), (void *)v_obj(self));
}
static Value hmac_get_name(Thread *t, Value self, UNUSED_OK void *closure) { return str_from_format(t, "hmac-%s", crypto_digest_name(digest_of(self))); }
static Value hmac_get_block_size(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) {
  return v_from_smi(crypto.EVP_MD_get_block_size(digest_of(self)));
}
static Value hmac_get_digest_size(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(crypto.EVP_MD_get_size(digest_of(self))); }

static void hmac_dealloc(Thread *t, Object *o) {
  crypto.HMAC_CTX_free(((Hmac *)o)->context);
  heap_free_object(t, o);
}

static const NativeDef hmac_methods[] = {
    {"update($self, /, msg)", hmac_native_update, "Hash more of the message.", 0},
    {"digest($self, /)", hmac_native_digest, "The digest of the message so far, as bytes.", 0},
    {"hexdigest($self, /)", hmac_native_hexdigest, "The digest of the message so far, as hexadecimal digits.", 0},
    {"copy($self, /)", hmac_native_copy, "A copy of the HMAC object.", 0},
    {0},
};
static const GetSetDef hmac_getset[] = {
    {"digest_size", hmac_get_digest_size, NULL, NULL, NULL},
    {"block_size", hmac_get_block_size, NULL, NULL, NULL},
    {"name", hmac_get_name, NULL, NULL, NULL},
    {0},
};
Type type_hmac;
static const TypeSpec spec_hmac = {
    .name = "_hashlib.HMAC",
    .size = sizeof(Hmac),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.repr = hmac_repr, .dealloc = hmac_dealloc},
    .methods = hmac_methods,
    .getset = hmac_getset,
    .doc = "A keyed hash object: update(msg), digest(), hexdigest(), copy(); name and digest_size.",
};

bool hashlib_hmac_init(Thread *t) { return type_ready(t, &type_hmac, &spec_hmac, 0); }
