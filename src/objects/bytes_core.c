// The heart of bytes: allocation, the cached empty and one-byte objects, the hash, and the growing BytesBuilder.

#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/error_state.h"
#include "objects/str.h"

Value bytes_empty;
static Value single_bytes[256];

static Bytes *bytes_allocate(Thread *t, int64_t length) {
  if (unlikely(length > INT64_MAX - 33)) return raise_overflow(t, "byte string is too large"), NULL;     // where CPython's header does not fit
  Bytes *b = unlikely(length > INT64_MAX - 64) ? NULL : (Bytes *)heap_new_leaf(t, SHAPE_BYTES, sizeof(Bytes) + (size_t)length + 1);
  if (unlikely(!b)) {
    raise_no_memory(t);
    return NULL;
  }
  b->length = length;
  a64_store_rlx(&b->hash, 0);
  b->data[length] = 0;
  return b;
}

Value bytes_new(Thread *t, int64_t length) {
  if (unlikely(length == 0)) return bytes_empty;
  Bytes *b = bytes_allocate(t, length);
  return b ? v_from_obj(b) : V_NULL;
}

Value bytes_from_byte(uint8_t b) { return single_bytes[b]; }

Value bytes_from(Thread *t, const void *p, size_t n) {
  if (n == 1) return single_bytes[*(const uint8_t *)p];
  Value v = bytes_new(t, (int64_t)n);
  if (!v_is_null(v) && n) memcpy(v_bytes(v)->data, p, n);
  return v;
}

Value bytes_shrink(Thread *t, Value stolen, int64_t length) {
  if (v_is_null(stolen) || v_bytes(stolen)->length == length) return stolen;
  Bytes *b = v_bytes(stolen);
  if (length > 1 && (b->length - length) * 8 <= b->length) {  // little is lost: keep the block
    b->length = length;
    b->data[length] = 0;
    return stolen;
  }
  Value v = bytes_from(t, b->data, (size_t)length);
  v_drop(t, stolen);
  return v;
}

int64_t bytes_hash(Bytes *b) {
  int64_t h = (int64_t)a64_load_rlx(&b->hash);
  if (likely(h)) return h;
  h = hash_bytes(b->data, (size_t)b->length);
  a64_store_rlx(&b->hash, (uint64_t)h);
  return h;
}

// --- The builder ------------------------------------------------------------------------------------------------------------------

void bytesb_init(BytesBuilder *b, Thread *t) {
  b->t = t;
  b->data = b->small;
  b->length = 0;
  b->capacity = (int64_t)sizeof b->small;
  b->failed = false;
}

static char *bytesb_grow(BytesBuilder *b, int64_t n) {
  if (b->failed) return NULL;
  int64_t capacity = n > (INT64_MAX >> 2) - b->length ? -1 : b->length + n;
  if (capacity > 0) capacity += capacity >> 1;
  char *data = NULL;
  if (capacity > 0) data = b->data == b->small ? heap_alloc(b->t, (size_t)capacity) : heap_realloc(b->t, b->data, (size_t)capacity);
  if (!data) {
    raise_no_memory(b->t);
    b->failed = true;
    return NULL;
  }
  if (b->data == b->small) memcpy(data, b->small, (size_t)b->length);
  b->data = data;
  b->capacity = capacity;
  return data + b->length;
}

char *bytesb_reserve(BytesBuilder *b, int64_t n) {
  return likely(n <= b->capacity - b->length && !b->failed) ? b->data + b->length : bytesb_grow(b, n);
}

bool bytesb_byte(BytesBuilder *b, uint8_t c) {
  char *p = bytesb_reserve(b, 1);
  if (!p) return false;
  *p = (char)c;
  b->length++;
  return true;
}

bool bytesb_put(BytesBuilder *b, const void *data, int64_t n) {
  char *p = bytesb_reserve(b, n);
  if (!p) return false;
  if (n) memcpy(p, data, (size_t)n);
  b->length += n;
  return true;
}

bool bytesb_fill(BytesBuilder *b, uint8_t c, int64_t n) {
  if (n <= 0) return !b->failed;
  char *p = bytesb_reserve(b, n);
  if (!p) return false;
  memset(p, c, (size_t)n);
  b->length += n;
  return true;
}

Value bytesb_finish(BytesBuilder *b) {
  Value v = b->failed ? V_NULL : bytes_from(b->t, b->data, (size_t)b->length);
  bytesb_discard(b);
  return v;
}

Value bytesb_finish_bytearray(BytesBuilder *b) {
  Value v = b->failed ? V_NULL : bytearray_from(b->t, b->data, (size_t)b->length);
  bytesb_discard(b);
  return v;
}

void bytesb_discard(BytesBuilder *b) {
  if (b->data != b->small) heap_free(b->t, b->data);
  bytesb_init(b, b->t);
}

// --- Start-up ---------------------------------------------------------------------------------------------------------------------

static Value make_immortal(Bytes *b) {
  object_make_immortal(&b->ob);
  return VALUE((uint64_t)(uintptr_t)b | 1);
}

static void bytes_dealloc_early(Thread *t, Object *o) { heap_free_object(t, o); }

bool bytes_core_init(Thread *t) {
  if (!v_is_null(bytes_empty)) return true;
  shape_table[SHAPE_BYTES].type = &type_bytes;
  shape_table[SHAPE_BYTES].dealloc = bytes_dealloc_early;
  type_bytes.flags |= TYPE_BYTES;
  Bytes *b = bytes_allocate(t, 0);
  if (!b) return false;
  bytes_empty = make_immortal(b);
  for (int c = 0; c < 256; c++) {
    b = bytes_allocate(t, 1);
    if (!b) return false;
    b->data[0] = (char)c;
    single_bytes[c] = make_immortal(b);
  }
  return true;
}
