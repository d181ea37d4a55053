// _hashlib.HASH and HASHXOF: hash objects on libcrypto.
#include "gc/heap.h"
#include "modules/digest.h"
#include "modules/hashlib.h"
#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"

typedef struct Hash {
  Object ob;
  Mutex lock;
  EVP_MD_CTX *context;     // under lock
  const char *name;        // constant; what Python calls the digest
  int digest_size, block_size;
} Hash;

static Hash *v_hash(Value v) { return (Hash *)v_obj(v); }

static Value hash_alloc(Thread *t, Type *type) {
  Value v = type_generic_alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  v_hash(v)->context = crypto.EVP_MD_CTX_new();
  if (v_hash(v)->context) return v;
  v_drop(t, v);
  return raise_no_memory(t);
}

static bool feed(void *context, const uint8_t *p, size_t n) { return crypto.EVP_DigestUpdate(context, p, n); }

static int hash_update(Thread *t, Hash *h, Value data) {
  int r = digest_feed(t, &h->lock, data, feed, h->context);
  if (r == 0) crypto_raise(t, &exc_ValueError, NULL);
  return r > 0 ? 0 : -1;
}

Value hash_new(Thread *t, const char *name, bool for_security, Value data) {
  BufferView view;
  if (!v_is_absent(data)) {      // wrong data are complained of before the name
    if (digest_buffer(t, data, &view) < 0) return V_NULL;
    buffer_release(t, &view);
  }
  EVP_MD *md = crypto_digest(t, name, for_security);
  if (!md) return V_NULL;
  bool xof = crypto.EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF;
  Value v = hash_alloc(t, xof ? &type_hashxof : &type_hash);
  if (!v_is_null(v)) {
    Hash *h = v_hash(v);
    h->name = crypto_digest_name(md);
    h->digest_size = crypto.EVP_MD_get_size(md);
    h->block_size = crypto.EVP_MD_get_block_size(md);
    if (!crypto.EVP_DigestInit_ex(h->context, md, NULL)) {
      v_clear(t, &v);
      crypto_raise(t, &exc_ValueError, NULL);
    } else if (!v_is_absent(data) && hash_update(t, h, data) < 0) {
      v_clear(t, &v);
    }
  }
  crypto.EVP_MD_free(md);
  return v;
}

// A copy of the context as it is now. NULL: an exception is set.
static EVP_MD_CTX *copy_context(Thread *t, Hash *h) {
  EVP_MD_CTX *copy = crypto.EVP_MD_CTX_new();
  if (!copy) {
    raise_no_memory(t);
    return NULL;
  }
  mutex_lock(t, &h->lock);
  int ok = crypto.EVP_MD_CTX_copy(copy, h->context);
  mutex_unlock(&h->lock);
  if (ok) return copy;
  crypto.EVP_MD_CTX_free(copy);
  crypto_raise(t, &exc_ValueError, NULL);
  return NULL;
}

// The first n bytes of the digest. 0, -1.
static int finish(Thread *t, Hash *h, uint8_t *out, size_t n, bool xof) {
  EVP_MD_CTX *copy = copy_context(t, h);
  if (!copy) return -1;
  int ok;
  if (!xof) {
    ok = crypto.EVP_DigestFinal(copy, out, NULL);
  } else if (n == 0) {
    ok = 1;
  } else {
    ALLOW_THREADS_BEGIN(t)
    ok = crypto.EVP_DigestFinalXOF(copy, out, n);
    ALLOW_THREADS_END
  }
  crypto.EVP_MD_CTX_free(copy);
  if (ok) return 0;
  crypto_raise(t, &exc_ValueError, NULL);
  return -1;
}

static NATIVE(hash_native_copy) {
  Hash *h = v_hash(self);
  Value v = type_generic_alloc(t, v_type(self), 0);
  if (v_is_null(v)) return V_NULL;
  Hash *copy = v_hash(v);
  copy->name = h->name;
  copy->digest_size = h->digest_size;
  copy->block_size = h->block_size;
  copy->context = copy_context(t, h);
  if (copy->context) return v;
  v_drop(t, v);
  return V_NULL;
}

static NATIVE(hash_native_update) { return hash_update(t, v_hash(self), args[0]) < 0 ? V_NULL : V_NONE; }
static NATIVE(hash_native_digest) {
  uint8_t out[EVP_MAX_MD_SIZE];
  return finish(t, v_hash(self), out, 0, false) < 0 ? V_NULL : bytes_from(t, out, (size_t)v_hash(self)->digest_size);
}
static NATIVE(hash_native_hexdigest) {
  uint8_t out[EVP_MAX_MD_SIZE];
  return finish(t, v_hash(self), out, 0, false) < 0 ? V_NULL : digest_hex(t, out, (size_t)v_hash(self)->digest_size);
}

static Value squeeze(Thread *t, Value self, Value length, bool hex) {
  int64_t n;
  if (module_index(t, length, &exc_OverflowError, &n) < 0) return V_NULL;
  if (n < 0 && !hex) return raise_system_error(t, "Negative size passed to PyBytes_FromStringAndSize");
  if (n < 0 || n > INT64_MAX / 2) return raise_no_memory(t);
  Value bytes = bytes_new(t, n);
  if (v_is_null(bytes)) return V_NULL;
  if (finish(t, v_hash(self), (uint8_t *)v_bytes(bytes)->data, (size_t)n, true) < 0) v_clear(t, &bytes);
  if (!hex || v_is_null(bytes)) return bytes;
  Value text = digest_hex(t, (const uint8_t *)v_bytes(bytes)->data, (size_t)n);
  v_drop(t, bytes);
  return text;
}
static NATIVE(xof_native_digest) { return squeeze(t, self, args[0], false); }
static NATIVE(xof_native_hexdigest) { return squeeze(t, self, args[0], true); }

static Value hash_repr(Thread *t, Value self) {
  return str_from_format(t, "<%s %N object @ %p>", v_hash(self)->name, v_type(self), (void *)v_obj(self));
}
static Value hash_get_name(Thread *t, Value self, UNUSED_OK void *closure) { return str_from_cstr(t, v_hash(self)->name); }
static Value hash_get_block_size(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(v_hash(self)->block_size); }
static Value hash_get_digest_size(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(v_hash(self)->digest_size); }
static Value xof_get_digest_size(UNUSED_OK Thread *t, UNUSED_OK Value self, UNUSED_OK void *closure) { return v_from_smi(0); }

static void hash_dealloc(Thread *t, Object *o) {
  crypto.EVP_MD_CTX_free(((Hash *)o)->context);
  heap_free_object(t, o);
}

static const NativeDef hash_methods[] = {
    {"update($self, obj, /)", hash_native_update, "Hash more data.", 0},
    {"digest($self, /)", hash_native_digest, "The digest of what was hashed so far, as bytes.", 0},
    {"hexdigest($self, /)", hash_native_hexdigest, "The digest of what was hashed so far, as hexadecimal digits.", 0},
    {"copy($self, /)", hash_native_copy, "Another hash object that has taken the same bytes so far.", 0},
    {0},
};
static const GetSetDef hash_getset[] = {
    {"digest_size", hash_get_digest_size, NULL, NULL, NULL},
    {"block_size", hash_get_block_size, NULL, NULL, NULL},
    {"name", hash_get_name, NULL, "algorithm name.", NULL},
    {0},
};
Type type_hash;
static const TypeSpec spec_hash = {
    .name = "_hashlib.HASH",
    .size = sizeof(Hash),
    .flags = TYPE_BASETYPE | TYPE_NO_INSTANTIATE,
    .slots = {.repr = hash_repr, .dealloc = hash_dealloc},
    .methods = hash_methods,
    .getset = hash_getset,
    .doc = "A hash object: update(data), digest(), hexdigest(), copy(); name and digest_size.",
    .text_signature = "(name, string=b\'\')",
};

static const NativeDef xof_methods[] = {
    {"digest($self, /, length)", xof_native_digest, "The first `length` bytes of the digest.", 0},
    {"hexdigest($self, /, length)", xof_native_hexdigest, "The first `length` bytes of the digest, as hexadecimal digits.", 0},
    {0},
};
static const GetSetDef xof_getset[] = {{"digest_size", xof_get_digest_size, NULL, NULL, NULL}, {0}};
Type type_hashxof;
static const TypeSpec spec_hashxof = {
    .name = "_hashlib.HASHXOF",
    .base = &type_hash,
    .size = sizeof(Hash),
    .flags = TYPE_BASETYPE | TYPE_NO_INSTANTIATE,
    .slots = {.dealloc = hash_dealloc},
    .methods = xof_methods,
    .getset = xof_getset,
    .doc = "A hash object whose digest has any length: update(data), digest(length), hexdigest(length), copy(); name.",
    .text_signature = "(name, string=b\'\')",
};

bool hashlib_hash_init(Thread *t) { return type_ready(t, &type_hash, &spec_hash, 0) && type_ready(t, &type_hashxof, &spec_hashxof, 0); }
