// The module _md5: the hash MD5 (RFC 1321).
#include <endian.h>

#include "modules/digest.h"
#include "objects/module.h"

static const uint32_t initial[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

static const uint32_t sines[64] = {   // the integer part of 2**32 * |sin(i + 1)|
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be,
    0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c,
    0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1,
    0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static inline uint32_t rotate(uint32_t x, int n) { return x << n | x >> (32 - n); }
static inline uint32_t word_at(const uint8_t *p, int i) {
  uint32_t w;
  memcpy(&w, p + 4 * i, 4);
  return le32toh(w);
}

#define STEP(F, a, b, c, d, k, s, i) a = b + rotate(a + F(b, c, d) + x[k] + sines[i], s)
#define F1(x, y, z) (z ^ (x & (y ^ z)))
#define F2(x, y, z) F1(z, x, y)
#define F3(x, y, z) (x ^ y ^ z)
#define F4(x, y, z) (y ^ (x | ~z))
// Four steps of a round: the block's words k0, k0 + dk...
#define FOUR(F, k0, dk, i, s1, s2, s3, s4)              \
  STEP(F, a, b, c, d, (k0) & 15, s1, i);                \
  STEP(F, d, a, b, c, ((k0) + (dk)) & 15, s2, i + 1);   \
  STEP(F, c, d, a, b, ((k0) + 2 * (dk)) & 15, s3, i + 2); \
  STEP(F, b, c, d, a, ((k0) + 3 * (dk)) & 15, s4, i + 3);
#define ROUND(F, k0, dk, i, s1, s2, s3, s4)                 \
  FOUR(F, k0, dk, i, s1, s2, s3, s4)                        \
  FOUR(F, (k0) + 4 * (dk), dk, i + 4, s1, s2, s3, s4)       \
  FOUR(F, (k0) + 8 * (dk), dk, i + 8, s1, s2, s3, s4)       \
  FOUR(F, (k0) + 12 * (dk), dk, i + 12, s1, s2, s3, s4)

static void compress(void *words, const uint8_t *p, size_t blocks) {
  uint32_t *h = words;
  for (; blocks; blocks--, p += 64) {
    uint32_t x[16], a = h[0], b = h[1], c = h[2], d = h[3];
    for (int i = 0; i < 16; i++) x[i] = word_at(p, i);
    ROUND(F1, 0, 1, 0, 7, 12, 17, 22)
    ROUND(F2, 1, 5, 16, 5, 9, 14, 20)
    ROUND(F3, 5, 3, 32, 4, 11, 16, 23)
    ROUND(F4, 0, 7, 48, 6, 10, 15, 21)
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
  }
}

static const BlockDetail detail = {.word_size = 4, .little_endian = true, .compress = compress};
static const DigestKind md5 = {"md5", 16, 64, digest_block_update, digest_block_finish, &detail};

static Type type_md5;
static const TypeSpec spec_md5 = DIGEST_BLOCK_SPEC("_md5.md5", digest_getset, NULL);

static NATIVE(md5_md5) { return digest_block_new(t, &type_md5, &md5, initial, sizeof initial, args); }

static const NativeDef functions[] = {
    {"md5($module, /, string=b'', *, usedforsecurity=True)", md5_md5, "A new MD5 hash object; string: what to hash first.", 0},
    {0},
};

static int md5_exec(Thread *t, Value m) {
  return !type_ready(t, &type_md5, &spec_md5, 0) ? -1 : module_add(t, m, "MD5Type", v_own_obj(t, &type_md5));
}

const ModuleDef module__md5 = {.name = "_md5", .functions = functions, .exec = md5_exec};
