// The module _sha256: the hashes SHA-224 and SHA-256 (FIPS 180-4).
#include <endian.h>
#include <stddef.h>

#include "modules/digest.h"
#include "objects/module.h"

static const uint32_t initial_224[8] = {
    0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
};
static const uint32_t initial_256[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};
static const uint32_t constants[64] = {   // the first 32 bits of the fractional parts of the cube roots of the first 64 primes
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

typedef uint32_t Word;
#define from_big_endian be32toh
static inline Word rotate(Word x, int n) { return x >> n | x << (32 - n); }
static inline Word big0(Word x) { return rotate(x, 2) ^ rotate(x, 13) ^ rotate(x, 22); }
static inline Word big1(Word x) { return rotate(x, 6) ^ rotate(x, 11) ^ rotate(x, 25); }
static inline Word small0(Word x) { return rotate(x, 7) ^ rotate(x, 18) ^ x >> 3; }
static inline Word small1(Word x) { return rotate(x, 17) ^ rotate(x, 19) ^ x >> 10; }

#include "modules/sha2.inc"

static const BlockDetail detail = {.word_size = 4, .compress = compress};
static const DigestKind sha224 = {"sha224", 28, 64, digest_block_update, digest_block_finish, &detail};
static const DigestKind sha256 = {"sha256", 32, 64, digest_block_update, digest_block_finish, &detail};

static Type type_sha224, type_sha256;
static const TypeSpec spec_sha224 = DIGEST_BLOCK_SPEC("_sha256.sha224", getset, members);
static const TypeSpec spec_sha256 = DIGEST_BLOCK_SPEC("_sha256.sha256", getset, members);

static NATIVE(sha256_sha224) { return digest_block_new(t, &type_sha224, &sha224, initial_224, sizeof initial_224, args); }
static NATIVE(sha256_sha256) { return digest_block_new(t, &type_sha256, &sha256, initial_256, sizeof initial_256, args); }

static const NativeDef functions[] = {
    {"sha224($module, /, string=b'', *, usedforsecurity=True)", sha256_sha224, "A new SHA-224 hash object; string: what to hash first.", 0},
    {"sha256($module, /, string=b'', *, usedforsecurity=True)", sha256_sha256, "A new SHA-256 hash object; string: what to hash first.", 0},
    {0},
};

static int sha256_exec(Thread *t, Value m) {
  if (!type_ready(t, &type_sha224, &spec_sha224, 0) || !type_ready(t, &type_sha256, &spec_sha256, 0)) return -1;
  if (module_add(t, m, "SHA224Type", v_own_obj(t, &type_sha224)) < 0) return -1;
  return module_add(t, m, "SHA256Type", v_own_obj(t, &type_sha256));
}

const ModuleDef module__sha256 = {.name = "_sha256", .functions = functions, .exec = sha256_exec};
