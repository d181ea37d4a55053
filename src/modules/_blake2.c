// The module _blake2: BLAKE2b and BLAKE2s (RFC 7693) with all their parameters: key, salt, personalisation, tree hashing.
#include <endian.h>
#include <stdio.h>

#include "gc/heap.h"
#include "modules/digest.h"
#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"

typedef struct BlakeState {
  union { uint32_t w32[8]; uint64_t w64[8]; } h;
  uint64_t count[2];           // bytes compressed so far
  uint32_t used;               // bytes pending: the last block is kept back until it is known to be the last
  bool last_node;
  uint8_t pending[128];
} BlakeState;

typedef struct BlakeDetail {
  uint32_t word_size, max_digest, max_key, salt_size, person_size;
  const void *initial;
  void (*compress)(BlakeState *s, const uint8_t *p, bool last);
  aptr *binder;
  const char *signature;
} BlakeDetail;

// --- The compression functions ----------------------------------------------------------------------------------------------------

static const uint8_t sigma[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};
static const uint64_t initial_b[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};
static const uint32_t initial_s[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

#define ROTATE(BITS, x, n) ((x) >> (n) | (x) << ((BITS) - (n)))
#define MIX(BITS, a, b, c, d, x, y, R1, R2, R3, R4)                                    \
  v[a] += v[b] + (x), v[d] = ROTATE(BITS, v[d] ^ v[a], R1), v[c] += v[d], v[b] = ROTATE(BITS, v[b] ^ v[c], R2); \
  v[a] += v[b] + (y), v[d] = ROTATE(BITS, v[d] ^ v[a], R3), v[c] += v[d], v[b] = ROTATE(BITS, v[b] ^ v[c], R4);

#define DEFINE_COMPRESS(NAME, BITS, ROUNDS, INITIAL, R1, R2, R3, R4)                   \
  static void NAME(BlakeState *s, const uint8_t *p, bool last) {                       \
    uint##BITS##_t m[16], v[16], *h = s->h.w##BITS;                                    \
    for (int i = 0; i < 16; i++) {                                                     \
      memcpy(&m[i], p + sizeof *m * (size_t)i, sizeof *m);                             \
      m[i] = le##BITS##toh(m[i]);                                                      \
    }                                                                                  \
    for (int i = 0; i < 8; i++) v[i] = h[i], v[i + 8] = INITIAL[i];                    \
    v[12] ^= (uint##BITS##_t)s->count[0];                                              \
    v[13] ^= (uint##BITS##_t)(BITS == 64 ? s->count[1] : s->count[0] >> 32);           \
    if (last) v[14] = ~v[14];                                                          \
    if (last && s->last_node) v[15] = ~v[15];                                          \
    for (int r = 0; r < ROUNDS; r++) {                                                 \
      const uint8_t *k = sigma[r % 10];                                                \
      MIX(BITS, 0, 4, 8, 12, m[k[0]], m[k[1]], R1, R2, R3, R4)                         \
      MIX(BITS, 1, 5, 9, 13, m[k[2]], m[k[3]], R1, R2, R3, R4)                         \
      MIX(BITS, 2, 6, 10, 14, m[k[4]], m[k[5]], R1, R2, R3, R4)                        \
      MIX(BITS, 3, 7, 11, 15, m[k[6]], m[k[7]], R1, R2, R3, R4)                        \
      MIX(BITS, 0, 5, 10, 15, m[k[8]], m[k[9]], R1, R2, R3, R4)                        \
      MIX(BITS, 1, 6, 11, 12, m[k[10]], m[k[11]], R1, R2, R3, R4)                      \
      MIX(BITS, 2, 7, 8, 13, m[k[12]], m[k[13]], R1, R2, R3, R4)                       \
      MIX(BITS, 3, 4, 9, 14, m[k[14]], m[k[15]], R1, R2, R3, R4)                       \
    }                                                                                  \
    for (int i = 0; i < 8; i++) h[i] ^= v[i] ^ v[i + 8];                               \
  }
DEFINE_COMPRESS(compress_b, 64, 12, initial_b, 32, 24, 16, 63)
DEFINE_COMPRESS(compress_s, 32, 10, initial_s, 16, 12, 8, 7)

static void count_up(BlakeState *s, uint64_t n) {
  s->count[0] += n;
  if (s->count[0] < n) s->count[1]++;
}

static void blake_update(const DigestKind *kind, void *state, const uint8_t *p, size_t n) {
  BlakeState *s = state;
  const BlakeDetail *detail = kind->detail;
  uint32_t size = kind->block_size;
  while (n) {
    if (s->used == size) {
      count_up(s, size);
      detail->compress(s, s->pending, false);
      s->used = 0;
    }
    if (s->used == 0 && n > size) {
      count_up(s, size);
      detail->compress(s, p, false);
      p += size;
      n -= size;
      continue;
    }
    size_t take = n < size - s->used ? n : size - s->used;
    memcpy(s->pending + s->used, p, take);
    s->used += (uint32_t)take;
    p += take;
    n -= take;
  }
}

static void blake_finish(const DigestKind *kind, void *state, uint8_t *out, size_t n) {
  BlakeState *s = state;
  const BlakeDetail *detail = kind->detail;
  memset(s->pending + s->used, 0, kind->block_size - s->used);
  count_up(s, s->used);
  detail->compress(s, s->pending, true);
  for (size_t i = 0; i < n; i++) out[i] = (uint8_t)(detail->word_size == 8 ? s->h.w64[i / 8] >> (8 * (i % 8)) : s->h.w32[i / 4] >> (8 * (i % 4)));
}

// --- The types --------------------------------------------------------------------------------------------------------------------

#define PARAMETERS "key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True)"
static aptr binder_b, binder_s;
static const BlakeDetail detail_b = {8, 64, 64, 16, 16, initial_b, compress_b, &binder_b, "blake2b(data=b'', /, *, digest_size=64, " PARAMETERS};
static const BlakeDetail detail_s = {4, 32, 32, 8, 8, initial_s, compress_s, &binder_s, "blake2s(data=b'', /, *, digest_size=32, " PARAMETERS};
static const DigestKind kind_b = {"blake2b", 64, 128, blake_update, blake_finish, &detail_b};
static const DigestKind kind_s = {"blake2s", 32, 64, blake_update, blake_finish, &detail_s};
static Type type_blake2b, type_blake2s;

enum { DATA, DIGEST_SIZE, KEY, SALT, PERSON, FANOUT, DEPTH, LEAF_SIZE, NODE_OFFSET, NODE_DEPTH, INNER_SIZE, LAST_NODE, FOR_SECURITY, PARAMETER_COUNT };

// What the constructor's arguments say.
typedef struct BlakeParameters {
  int digest_size, fanout, depth, node_depth, inner_size, last_node;
  uint64_t leaf_size, node_offset;
  BufferView key, salt, person;      // obj null: not given
} BlakeParameters;

static int read_int(Thread *t, Value v, int *out) {
  if (v_is_absent(v)) return 0;
  *out = number_as_int(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

static int read_flag(Thread *t, Value v, int *out) {
  if (v_is_absent(v)) return 0;
  *out = object_is_true(t, v);
  return *out < 0 ? -1 : 0;
}

static int read_buffer(Thread *t, Value v, BufferView *view) { return v_is_absent(v) ? 0 : buffer_get(t, v, view, BUFFER_SIMPLE); }

static int refuse(Thread *t, const char *format, long long a, long long b) {
  raise_value_error(t, format, a, b);
  return -1;
}

static int read_node_offset(Thread *t, Value v, uint64_t *out) {
  if (v_is_absent(v)) return 0;
  if (module_unsigned(t, v, out) == 0) return 0;
  if (!error_matches(t, &exc_OverflowError)) return -1;
  error_clear(t);
  raise_overflow(t, "int too big to convert");
  return -1;
}

// What is merely converted comes first, then what is checked.
static int read_arguments(Thread *t, const Value *a, const BlakeDetail *detail, BlakeParameters *p) {
  *p = (BlakeParameters){.digest_size = (int)detail->max_digest, .fanout = 1, .depth = 1};
  if (read_int(t, a[DIGEST_SIZE], &p->digest_size) < 0 || read_buffer(t, a[KEY], &p->key) < 0 || read_buffer(t, a[SALT], &p->salt) < 0 ||
      read_buffer(t, a[PERSON], &p->person) < 0 || read_int(t, a[FANOUT], &p->fanout) < 0 || read_int(t, a[DEPTH], &p->depth) < 0 ||
      (!v_is_absent(a[LEAF_SIZE]) && module_unsigned(t, a[LEAF_SIZE], &p->leaf_size) < 0) || read_node_offset(t, a[NODE_OFFSET], &p->node_offset) < 0 ||
      read_int(t, a[NODE_DEPTH], &p->node_depth) < 0 || read_int(t, a[INNER_SIZE], &p->inner_size) < 0 ||
      read_flag(t, a[LAST_NODE], &p->last_node) < 0 || digest_check_flag(t, a[FOR_SECURITY]) < 0)
    return -1;
  return 0;
}

static int check_arguments(Thread *t, const BlakeDetail *detail, const BlakeParameters *p) {
  int max = (int)detail->max_digest;
  if (p->digest_size <= 0 || p->digest_size > max) return refuse(t, "digest_size must be between 1 and %lld bytes", max, 0);
  if (p->salt.len > detail->salt_size) return refuse(t, "maximum salt length is %lld bytes", detail->salt_size, 0);
  if (p->person.len > detail->person_size) return refuse(t, "maximum person length is %lld bytes", detail->person_size, 0);
  if (p->fanout < 0 || p->fanout > 255) return refuse(t, "fanout must be between 0 and 255", 0, 0);
  if (p->depth <= 0 || p->depth > 255) return refuse(t, "depth must be between 1 and 255", 0, 0);
  if (p->leaf_size > UINT32_MAX) return raise_overflow(t, "leaf_size is too large"), -1;
  if (detail->word_size == 4 && p->node_offset >> 48) return raise_overflow(t, "node_offset is too large"), -1;
  if (p->node_depth < 0 || p->node_depth > 255) return refuse(t, "node_depth must be between 0 and 255", 0, 0);
  if (p->inner_size < 0 || p->inner_size > max) return refuse(t, "inner_size must be between 0 and is %lld", max, 0);
  if (p->key.len > detail->max_key) return refuse(t, "maximum key length is %lld bytes", detail->max_key, 0);
  return 0;
}

static void put(uint8_t *block, size_t at, const BufferView *view) {
  if (view->len) memcpy(block + at, view->data, (size_t)view->len);
}

// The initial value mixed with the parameter block, and the key as the first block of input.
static void blake_start(const DigestKind *kind, const BlakeParameters *p, BlakeState *s) {
  const BlakeDetail *detail = kind->detail;
  bool wide = detail->word_size == 8;
  uint8_t block[64] = {(uint8_t)p->digest_size, (uint8_t)p->key.len, (uint8_t)p->fanout, (uint8_t)p->depth};
  uint32_t leaf_size = htole32((uint32_t)p->leaf_size);
  uint64_t node_offset = htole64(p->node_offset);
  memcpy(block + 4, &leaf_size, 4);
  memcpy(block + 8, &node_offset, wide ? 8 : 6);
  block[wide ? 16 : 14] = (uint8_t)p->node_depth;
  block[wide ? 17 : 15] = (uint8_t)p->inner_size;
  put(block, wide ? 32 : 16, &p->salt);
  put(block, wide ? 48 : 24, &p->person);
  *s = (BlakeState){.last_node = p->last_node};
  for (int i = 0; i < 8; i++) {
    if (wide) {
      memcpy(&s->h.w64[i], block + 8 * i, 8);
      s->h.w64[i] = le64toh(s->h.w64[i]) ^ initial_b[i];
    } else {
      memcpy(&s->h.w32[i], block + 4 * i, 4);
      s->h.w32[i] = le32toh(s->h.w32[i]) ^ initial_s[i];
    }
  }
  if (p->key.len) {
    put(s->pending, 0, &p->key);
    s->used = kind->block_size;
  }
}

static Value blake_make(Thread *t, Type *type, const DigestKind *kind, const Value *a, const BlakeParameters *p) {
  BlakeState state;
  blake_start(kind, p, &state);
  Value v = digest_new(t, type, kind, &state, sizeof state, V_ABSENT);
  if (v_is_null(v)) return V_NULL;
  v_digest(v)->digest_size = (uint32_t)p->digest_size;
  if (v_is_absent(a[DATA]) || digest_update(t, v_digest(v), a[DATA]) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

static Value blake_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  const DigestKind *kind = type == &type_blake2b ? &kind_b : &kind_s;
  const BlakeDetail *detail = kind->detail;
  Value a[PARAMETER_COUNT], v = V_NULL;
  BlakeParameters p;
  if (native_bind(t, detail->binder, detail->signature, args, nargs, kwnames, a) < 0) return V_NULL;
  if (read_arguments(t, a, detail, &p) == 0 && check_arguments(t, detail, &p) == 0) v = blake_make(t, type, kind, a, &p);
  buffer_release(t, &p.key);
  buffer_release(t, &p.salt);
  buffer_release(t, &p.person);
  return v;
}

static const NativeDef blake_methods[] = {DIGEST_METHODS("data"), {0}};

#define SIGNATURE(NAME) "(data=b'', /, *, digest_size=_blake2." NAME ".MAX_DIGEST_SIZE,\n        key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,\n" \
  "        node_offset=0, node_depth=0, inner_size=0, last_node=False,\n        usedforsecurity=True)"
#define DEFINE_SPEC(NAME, TITLE)                                    \
  static const TypeSpec spec_##NAME = {                             \
      .name = "_blake2." #NAME,                                     \
      .size = sizeof(Digest),                                       \
      .slots = {.new = blake_new, .dealloc = digest_dealloc},       \
      .methods = blake_methods,                                     \
      .getset = digest_getset,                                      \
      .doc = "A new " TITLE " hash object.",                        \
      .text_signature = SIGNATURE(#NAME),                           \
  };
DEFINE_SPEC(blake2b, "BLAKE2b")
DEFINE_SPEC(blake2s, "BLAKE2s")

static int add_constant(Thread *t, Value m, Type *type, const char *prefix, const char *name, int64_t n) {
  char full[64];
  snprintf(full, sizeof full, "%s%s", prefix, name);
  return dict_set_cstr(t, v_dict(type->dict), name, v_from_smi(n)) < 0 ? -1 : module_add_int(t, m, full, n);
}

static int add_type(Thread *t, Value m, Type *type, const char *prefix, const BlakeDetail *detail) {
  if (module_add_type(t, m, type) < 0 || add_constant(t, m, type, prefix, "SALT_SIZE", detail->salt_size) < 0 ||
      add_constant(t, m, type, prefix, "PERSON_SIZE", detail->person_size) < 0 || add_constant(t, m, type, prefix, "MAX_KEY_SIZE", detail->max_key) < 0)
    return -1;
  return add_constant(t, m, type, prefix, "MAX_DIGEST_SIZE", detail->max_digest);
}

static int blake2_exec(Thread *t, Value m) {
  if (!type_ready(t, &type_blake2b, &spec_blake2b, 0) || !type_ready(t, &type_blake2s, &spec_blake2s, 0)) return -1;
  return add_type(t, m, &type_blake2b, "BLAKE2B_", &detail_b) < 0 ? -1 : add_type(t, m, &type_blake2s, "BLAKE2S_", &detail_s);
}

const ModuleDef module__blake2 = {.name = "_blake2", .doc = "BLAKE2b and BLAKE2s for hashlib", .exec = blake2_exec};
