// The module _sha3: SHA-3 and SHAKE (FIPS 202), on the permutation Keccak-f[1600].
#include <endian.h>

#include "gc/heap.h"
#include "modules/digest.h"
#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"

typedef struct Sponge {
  uint64_t lanes[25];
  uint32_t at;             // bytes absorbed (or squeezed) of the present block
} Sponge;

enum { SUFFIX_SHA3 = 0x06, SUFFIX_SHAKE = 0x1F };   // the domain bits with the first bit of the padding

static const uint64_t round_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static inline uint64_t rotate(uint64_t x, int n) { return n ? x << n | x >> (64 - n) : x; }

static void permute(uint64_t *a) {
  // The lane that each lane moves to, and how far it turns, in the order in which one displaces the next.
  static const uint8_t target[24] = {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1};
  static const uint8_t turn[24] = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44};
  for (int round = 0; round < 24; round++) {
    uint64_t column[5], moving = a[1];
    for (int x = 0; x < 5; x++) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int x = 0; x < 5; x++) {
      uint64_t d = column[(x + 4) % 5] ^ rotate(column[(x + 1) % 5], 1);
      for (int y = 0; y < 25; y += 5) a[y + x] ^= d;
    }
    moving = a[1];
    for (int i = 0; i < 24; i++) {
      uint64_t next = a[target[i]];
      a[target[i]] = rotate(moving, turn[i]);
      moving = next;
    }
    for (int y = 0; y < 25; y += 5) {
      uint64_t row[5];
      memcpy(row, a + y, sizeof row);
      for (int x = 0; x < 5; x++) a[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
    }
    a[0] ^= round_constants[round];
  }
}

static void absorb_byte(Sponge *s, uint32_t at, uint8_t byte) { s->lanes[at / 8] ^= (uint64_t)byte << (8 * (at % 8)); }

static void sponge_update(const DigestKind *kind, void *state, const uint8_t *p, size_t n) {
  Sponge *s = state;
  uint32_t rate = kind->block_size;
  while (n) {
    if (s->at == 0 && n >= rate) {
      for (uint32_t i = 0; i < rate / 8; i++) {
        uint64_t lane;
        memcpy(&lane, p + 8 * i, 8);
        s->lanes[i] ^= le64toh(lane);
      }
      permute(s->lanes);
      p += rate;
      n -= rate;
      continue;
    }
    absorb_byte(s, s->at++, *p++);
    n--;
    if (s->at == rate) {
      permute(s->lanes);
      s->at = 0;
    }
  }
}

static void sponge_finish(const DigestKind *kind, void *state, uint8_t *out, size_t n) {
  Sponge *s = state;
  uint32_t rate = kind->block_size;
  absorb_byte(s, s->at, kind->digest_size ? SUFFIX_SHA3 : SUFFIX_SHAKE);
  absorb_byte(s, rate - 1, 0x80);
  for (size_t i = 0; i < n; i++) {
    if (i % rate == 0) permute(s->lanes);
    uint32_t at = (uint32_t)(i % rate);
    out[i] = (uint8_t)(s->lanes[at / 8] >> (8 * (at % 8)));
  }
}

// --- The types --------------------------------------------------------------------------------------------------------------------

#define KINDS(X) X(sha3_224, 28, 144) X(sha3_256, 32, 136) X(sha3_384, 48, 104) X(sha3_512, 64, 72) X(shake_128, 0, 168) X(shake_256, 0, 136)
#define DEFINE_KIND(NAME, SIZE, RATE) \
  static const DigestKind kind_##NAME = {#NAME, SIZE, RATE, sponge_update, sponge_finish, NULL}; \
  static Type type_##NAME;
KINDS(DEFINE_KIND)

static Value sponge_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[2];
  const DigestKind *kind = NULL;
  // CPython names all six alike in errors.
  if (native_bind(t, &binder, "sha3_224(data=b'', /, *, usedforsecurity=True)", args, nargs, kwnames, a) < 0 || digest_check_flag(t, a[1]) < 0) return V_NULL;
#define FIND_KIND(NAME, SIZE, RATE) if (type == &type_##NAME) kind = &kind_##NAME;
  KINDS(FIND_KIND)
  Sponge empty = {0};
  return digest_new(t, type, kind, &empty, sizeof empty, a[0]);
}

// The first n bytes that a SHAKE gives: bytes or hexadecimal digits.
static Value squeeze(Thread *t, Value self, Value length, bool hex) {
  uint64_t n;
  if (module_unsigned(t, length, &n) < 0) return V_NULL;
  if (n >= (uint64_t)1 << 29) return raise_value_error(t, "length is too large");
  Value bytes = bytes_new(t, (int64_t)n);
  if (v_is_null(bytes)) return V_NULL;
  uint8_t *out = (uint8_t *)v_bytes(bytes)->data;
  if (n >= DIGEST_DETACH_FROM) {
    uint64_t state[DIGEST_STATE_WORDS];
    Digest *d = v_digest(self);
    mutex_lock(t, &d->lock);
    memcpy(state, d->state, sizeof state);
    mutex_unlock(&d->lock);
    ALLOW_THREADS_BEGIN(t)
    d->kind->finish(d->kind, state, out, n);
    ALLOW_THREADS_END
  } else {
    digest_peek(t, v_digest(self), out, n);
  }
  if (!hex) return bytes;
  Value text = digest_hex(t, out, n);
  v_drop(t, bytes);
  return text;
}
static NATIVE(shake_digest) { return squeeze(t, self, args[0], false); }
static NATIVE(shake_hexdigest) { return squeeze(t, self, args[0], true); }

static Value get_rate(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(v_digest(self)->kind->block_size * 8); }
static Value get_capacity(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(1600 - v_digest(self)->kind->block_size * 8); }
static Value get_suffix(Thread *t, Value self, UNUSED_OK void *closure) {
  char suffix = v_digest(self)->digest_size ? SUFFIX_SHA3 : SUFFIX_SHAKE;
  return bytes_from(t, &suffix, 1);
}

static const GetSetDef sponge_getset[] = {
    {"block_size", digest_get_block_size, NULL, NULL, NULL},
    {"name", digest_get_name, NULL, NULL, NULL},
    {"digest_size", digest_get_digest_size, NULL, NULL, NULL},
    {"_capacity_bits", get_capacity, NULL, NULL, NULL},
    {"_rate_bits", get_rate, NULL, NULL, NULL},
    {"_suffix", get_suffix, NULL, NULL, NULL},
    {0},
};
static const NativeDef sha3_methods[] = {DIGEST_METHODS("data"), {0}};
static const NativeDef shake_methods[] = {
    {"copy($self, /)", digest_native_copy, "Another hash object that has taken the same bytes so far.", 0},
    {"digest($self, length, /)", shake_digest, "The first `length` bytes of the digest.", 0},
    {"hexdigest($self, length, /)", shake_hexdigest, "The first `length` bytes of the digest, as hexadecimal digits.", 0},
    {"update($self, data, /)", digest_native_update, "Hash more data.", 0},
    {0},
};

static bool ready(Thread *t, Type *type, const char *name, TypeSpec *spec, bool shake) {
  *spec = (TypeSpec){
      .name = name,
      .size = sizeof(Digest),
      .slots = {.new = sponge_new, .dealloc = digest_dealloc},
      .methods = shake ? shake_methods : sha3_methods,
      .getset = sponge_getset,
      .doc = shake ? "A new SHAKE hash object; data: what to hash first." : "A new SHA-3 hash object; data: what to hash first.",
  };
  return type_ready(t, type, spec, 0);
}

static int sha3_exec(Thread *t, Value m) {
#define ADD_KIND(NAME, SIZE, RATE)                                                    \
  static TypeSpec spec_##NAME;                                                        \
  if (!(type_##NAME.flags & TYPE_READY) && !ready(t, &type_##NAME, "_sha3." #NAME, &spec_##NAME, SIZE == 0)) return -1; \
  if (module_add_type(t, m, &type_##NAME) < 0) return -1;
  KINDS(ADD_KIND)
  return module_add_int(t, m, "keccakopt", 0) < 0 ? -1 : module_add_str(t, m, "implementation", "tiny_sha3");
}

const ModuleDef module__sha3 = {.name = "_sha3", .exec = sha3_exec};
