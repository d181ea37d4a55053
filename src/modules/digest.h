// What the hash modules written here (_md5, _sha1, _sha256, _sha512, _sha3, _blake2) share: the object, its methods and the buffering of blocks.
//
// Locking: a hash's state is guarded by its mutex, a real one in both builds, for long input is hashed detached.
#ifndef WEFT_MODULES_DIGEST_H
#define WEFT_MODULES_DIGEST_H

#include "objects/text_native.h"
#include "threading/mutex.h"

enum { DIGEST_STATE_WORDS = 36, DIGEST_DETACH_FROM = 2048 /* bytes of input */ };

typedef struct DigestKind {
  const char *name;
  uint32_t digest_size, block_size;
  void (*update)(const struct DigestKind *kind, void *state, const uint8_t *p, size_t n);
  void (*finish)(const struct DigestKind *kind, void *state, uint8_t *out, size_t n);   // uses the state up
  const void *detail;                        // the kind's own constants
} DigestKind;

typedef struct Digest {
  Object ob;
  Mutex lock;
  uint32_t digest_size;                      // constant, as kind
  const DigestKind *kind;
  uint64_t state[DIGEST_STATE_WORDS];        // under lock
} Digest;

static inline Digest *v_digest(Value v) { return (Digest *)v_obj(v); }

// A hash with `state` copied in, fed with data (V_ABSENT: nothing) and owned; V_NULL with TypeError or BufferError.
Value digest_new(Thread *t, Type *type, const DigestKind *kind, const void *state, size_t state_size, Value data);
// 0, or -1 with TypeError ("Strings must be encoded before hashing"...) or BufferError.
int digest_update(Thread *t, Digest *d, Value data);
// The digest of what came so far, n bytes; the hash can go on.
void digest_peek(Thread *t, Digest *d, uint8_t *out, size_t n);
// The buffer of what is to be hashed; 0, -1.
int digest_buffer(Thread *t, Value data, BufferView *view);
// Feeds the bytes of data to fn(context, bytes, n) under the lock, detached if they are many. 1; 0: fn said false; -1 with an exception.
typedef bool (*DigestFeedFn)(void *context, const uint8_t *p, size_t n);
int digest_feed(Thread *t, Mutex *lock, Value data, DigestFeedFn fn, void *context);
// n bytes as lower-case hexadecimal digits, a str.
Value digest_hex(Thread *t, const uint8_t *p, size_t n);
// Rejects an object whose truth cannot be told: the flag usedforsecurity, which changes nothing. 0, -1.
int digest_check_flag(Thread *t, Value usedforsecurity);

NATIVE(digest_native_copy);
NATIVE(digest_native_digest);
NATIVE(digest_native_hexdigest);
NATIVE(digest_native_update);
Value digest_get_name(Thread *t, Value self, void *closure);
Value digest_get_block_size(Thread *t, Value self, void *closure);
Value digest_get_digest_size(Thread *t, Value self, void *closure);
void digest_dealloc(Thread *t, Object *o);
extern const GetSetDef digest_getset[];      // name, block_size, digest_size

#define DIGEST_METHODS(PARAMETER)                                                                                \
  {"copy($self, /)", digest_native_copy, "Another hash object that has taken the same bytes so far.", 0},        \
  {"digest($self, /)", digest_native_digest, "The digest of what was hashed so far, as bytes.", 0},              \
  {"hexdigest($self, /)", digest_native_hexdigest, "The digest of what was hashed so far, as hexadecimal digits.", 0}, \
  {"update($self, " PARAMETER ", /)", digest_native_update, "Hash more data.", 0}

// --- Hashes of the MD4 family: words changed by one block after the other, the last padded and ended by the length ------------------
typedef struct BlockState {
  union { uint32_t w32[8]; uint64_t w64[8]; } words;
  uint64_t length;                           // bytes so far
  uint8_t pending[128];
} BlockState;

typedef struct BlockDetail {
  uint8_t word_size;                         // 4 or 8: the length takes two of them
  bool little_endian;
  void (*compress)(void *words, const uint8_t *p, size_t blocks);
} BlockDetail;

extern const NativeDef digest_block_methods[];
#define DIGEST_BLOCK_SPEC(NAME, GETSET, MEMBERS)                                                                             \
  {.name = NAME, .size = sizeof(Digest), .flags = TYPE_NO_INSTANTIATE, .slots = {.dealloc = digest_dealloc},                 \
   .methods = digest_block_methods, .getset = GETSET, .members = MEMBERS}
void digest_block_update(const DigestKind *kind, void *state, const uint8_t *p, size_t n);
void digest_block_finish(const DigestKind *kind, void *state, uint8_t *out, size_t n);
// name(string=b'', *, usedforsecurity=True): args as bound.
Value digest_block_new(Thread *t, Type *type, const DigestKind *kind, const void *words, size_t size, const Value *args);

#endif
