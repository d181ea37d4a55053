// The hash object that the digest modules share.
#include "modules/digest.h"

#include <endian.h>

#include "gc/heap.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"

// --- Input ------------------------------------------------------------------------------------------------------------------------

int digest_buffer(Thread *t, Value data, BufferView *view) {
  if (v_is_str(data)) raise_type_error(t, "Strings must be encoded before hashing");
  else if (!buffer_is_supported(data)) raise_type_error(t, "object supporting the buffer API required");
  else return buffer_get(t, data, view, BUFFER_SIMPLE);
  return -1;
}

int digest_check_flag(Thread *t, Value usedforsecurity) {
  return v_is_absent(usedforsecurity) || object_is_true(t, usedforsecurity) >= 0 ? 0 : -1;
}

int digest_feed(Thread *t, Mutex *lock, Value data, DigestFeedFn fn, void *context) {
  BufferView view;
  if (digest_buffer(t, data, &view) < 0) return -1;
  bool ok;
  mutex_lock(t, lock);
  if (view.len >= DIGEST_DETACH_FROM) {
    ALLOW_THREADS_BEGIN(t)
    ok = fn(context, view.data, (size_t)view.len);
    ALLOW_THREADS_END
  } else {
    ok = fn(context, view.data, (size_t)view.len);
  }
  mutex_unlock(lock);
  buffer_release(t, &view);
  return ok;
}

static bool feed(void *digest, const uint8_t *p, size_t n) {
  Digest *d = digest;
  d->kind->update(d->kind, d->state, p, n);
  return true;
}

int digest_update(Thread *t, Digest *d, Value data) { return digest_feed(t, &d->lock, data, feed, d) < 0 ? -1 : 0; }

Value digest_new(Thread *t, Type *type, const DigestKind *kind, const void *state, size_t state_size, Value data) {
  Value v = type_generic_alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  Digest *d = v_digest(v);
  d->kind = kind;
  d->digest_size = kind->digest_size;
  assert(state_size <= sizeof d->state);
  memcpy(d->state, state, state_size);
  if (v_is_absent(data) || digest_update(t, d, data) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

// --- Methods ----------------------------------------------------------------------------------------------------------------------

void digest_peek(Thread *t, Digest *d, uint8_t *out, size_t n) {
  uint64_t state[DIGEST_STATE_WORDS];
  mutex_lock(t, &d->lock);
  memcpy(state, d->state, sizeof state);
  mutex_unlock(&d->lock);
  d->kind->finish(d->kind, state, out, n);
}

Value digest_hex(Thread *t, const uint8_t *p, size_t n) {
  static const char digits[] = "0123456789abcdef";
  Value text = str_new(t, (int64_t)n * 2, 0x7F);
  if (v_is_null(text)) return V_NULL;
  char *out = v_str(text)->data;
  for (size_t i = 0; i < n; i++) {
    *out++ = digits[p[i] >> 4];
    *out++ = digits[p[i] & 15];
  }
  return text;
}

NATIVE(digest_native_copy) {
  Digest *d = v_digest(self);
  Value v = type_generic_alloc(t, v_type(self), 0);
  if (v_is_null(v)) return V_NULL;
  Digest *copy = v_digest(v);
  copy->kind = d->kind;
  copy->digest_size = d->digest_size;
  mutex_lock(t, &d->lock);
  memcpy(copy->state, d->state, sizeof copy->state);
  mutex_unlock(&d->lock);
  return v;
}

NATIVE(digest_native_digest) {
  Digest *d = v_digest(self);
  uint8_t out[64];
  digest_peek(t, d, out, d->digest_size);
  return bytes_from(t, out, d->digest_size);
}

NATIVE(digest_native_hexdigest) {
  Digest *d = v_digest(self);
  uint8_t out[64];
  digest_peek(t, d, out, d->digest_size);
  return digest_hex(t, out, d->digest_size);
}

NATIVE(digest_native_update) { return digest_update(t, v_digest(self), args[0]) < 0 ? V_NULL : V_NONE; }

Value digest_get_name(Thread *t, Value self, UNUSED_OK void *closure) { return str_from_cstr(t, v_digest(self)->kind->name); }
Value digest_get_block_size(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(v_digest(self)->kind->block_size); }
Value digest_get_digest_size(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(v_digest(self)->digest_size); }

const GetSetDef digest_getset[] = {
    {"name", digest_get_name, NULL, NULL, NULL},
    {"block_size", digest_get_block_size, NULL, NULL, NULL},
    {"digest_size", digest_get_digest_size, NULL, NULL, NULL},
    {0},
};

void digest_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

// --- Blocks -----------------------------------------------------------------------------------------------------------------------

void digest_block_update(const DigestKind *kind, void *state, const uint8_t *p, size_t n) {
  const BlockDetail *detail = kind->detail;
  BlockState *s = state;
  size_t size = kind->block_size, used = s->length % size;
  s->length += n;
  if (used) {
    size_t room = size - used, take = n < room ? n : room;
    memcpy(s->pending + used, p, take);
    if (take < room) return;
    detail->compress(&s->words, s->pending, 1);
    p += take;
    n -= take;
  }
  if (n >= size) detail->compress(&s->words, p, n / size);
  if (n % size) memcpy(s->pending, p + n / size * size, n % size);
}

static void put_length(uint8_t *at, uint64_t bits, bool little_endian) {
  uint64_t word = little_endian ? htole64(bits) : htobe64(bits);
  memcpy(at, &word, sizeof word);
}

void digest_block_finish(const DigestKind *kind, void *state, uint8_t *out, size_t n) {
  const BlockDetail *detail = kind->detail;
  BlockState *s = state;
  uint8_t end[256] = {0x80};
  size_t size = kind->block_size, used = s->length % size, tail = 2 * detail->word_size;
  size_t padding = (used + 1 + tail <= size ? size : 2 * size) - used;
  put_length(end + padding - 8, s->length << 3, detail->little_endian);
  digest_block_update(kind, s, end, padding);
  for (size_t i = 0; i < n; i++) {
    size_t k = detail->little_endian ? i % 4 : detail->word_size - 1 - i % detail->word_size;
    out[i] = (uint8_t)(detail->word_size == 8 ? s->words.w64[i / 8] >> (8 * k) : s->words.w32[i / 4] >> (8 * k));
  }
}

const NativeDef digest_block_methods[] = {DIGEST_METHODS("obj"), {0}};

Value digest_block_new(Thread *t, Type *type, const DigestKind *kind, const void *words, size_t size, const Value *args) {
  if (digest_check_flag(t, args[1]) < 0) return V_NULL;
  BlockState state = {0};
  memcpy(&state.words, words, size);
  return digest_new(t, type, kind, &state, sizeof state, args[0]);
}
