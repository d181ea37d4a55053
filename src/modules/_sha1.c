// The module _sha1: the hash SHA-1 (FIPS 180-4).
#include <endian.h>

#include "modules/digest.h"
#include "objects/module.h"

static const uint32_t initial[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

static inline uint32_t rotate(uint32_t x, int n) { return x << n | x >> (32 - n); }

// w[i] of the message schedule, kept in a ring of sixteen.
static inline uint32_t schedule(uint32_t w[16], int i, const uint8_t *p) {
  if (i < 16) {
    memcpy(&w[i], p + 4 * i, 4);
    return w[i] = be32toh(w[i]);
  }
  return w[i & 15] = rotate(w[(i + 13) & 15] ^ w[(i + 8) & 15] ^ w[(i + 2) & 15] ^ w[i & 15], 1);
}

#define ROUNDS(FROM, TO, F, K)                                             \
  for (int i = FROM; i < TO; i++) {                                        \
    uint32_t next = rotate(a, 5) + (F) + e + (K) + schedule(w, i, p);      \
    e = d, d = c, c = rotate(b, 30), b = a, a = next;                      \
  }

static void compress(void *words, const uint8_t *p, size_t blocks) {
  uint32_t *h = words;
  for (; blocks; blocks--, p += 64) {
    uint32_t w[16], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    ROUNDS(0, 20, d ^ (b & (c ^ d)), 0x5a827999)
    ROUNDS(20, 40, b ^ c ^ d, 0x6ed9eba1)
    ROUNDS(40, 60, (b & c) | (d & (b | c)), 0x8f1bbcdc)
    ROUNDS(60, 80, b ^ c ^ d, 0xca62c1d6)
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
  }
}

static const BlockDetail detail = {.word_size = 4, .compress = compress};
static const DigestKind sha1 = {"sha1", 20, 64, digest_block_update, digest_block_finish, &detail};

static Type type_sha1;
static const TypeSpec spec_sha1 = DIGEST_BLOCK_SPEC("_sha1.sha1", digest_getset, NULL);

static NATIVE(sha1_sha1) { return digest_block_new(t, &type_sha1, &sha1, initial, sizeof initial, args); }

static const NativeDef functions[] = {
    {"sha1($module, /, string=b'', *, usedforsecurity=True)", sha1_sha1, "A new SHA-1 hash object; string: what to hash first.", 0},
    {0},
};

static int sha1_exec(Thread *t, Value m) {
  return !type_ready(t, &type_sha1, &spec_sha1, 0) ? -1 : module_add(t, m, "SHA1Type", v_own_obj(t, &type_sha1));
}

const ModuleDef module__sha1 = {.name = "_sha1", .functions = functions, .exec = sha1_exec};
