// StrBuilder: a text that grows at its end, kept in the narrowest kind that holds what was appended so far.
//
// Small texts live inside the builder itself; larger ones in a buffer that grows by half. After a failed allocation every further call
// fails, and strb_finish reports the pending MemoryError; so does appending a text whose making has failed.

#include "objects/error_state.h"
#include "objects/str_core.h"

void strb_init(StrBuilder *b, Thread *t) {
  b->t = t;
  b->data = b->small;
  b->length = 0;
  b->capacity = (int64_t)sizeof b->small;
  b->kind = 1;
  b->failed = false;
}

static bool strb_fail(StrBuilder *b) {
  if (!b->failed) raise_no_memory(b->t);
  b->failed = true;
  return false;
}

static void strb_free_data(StrBuilder *b) {
  if (b->data != b->small) heap_free(b->t, b->data);
}

// Makes room for `extra` more characters of at least `kind`; capacity counts characters of the present kind.
static bool strb_reserve_slow(StrBuilder *b, int64_t extra, int kind) {
  if (b->failed) return false;
  if (extra > (INT64_MAX >> 4) - b->length) return strb_fail(b);
  if (kind < b->kind) kind = b->kind;
  int64_t needed = b->length + extra, capacity = b->capacity;
  if (needed > capacity) capacity = needed + (needed >> 1) + 32;
  if (kind == b->kind && b->data != b->small) {
    char *data = heap_realloc(b->t, b->data, (size_t)capacity * (size_t)kind);
    if (!data) return strb_fail(b);
    b->data = data;
  } else {
    char *data = heap_alloc(b->t, (size_t)capacity * (size_t)kind);
    if (!data) return strb_fail(b);
    chars_copy(kind, data, 0, b->kind, b->data, 0, b->length);
    strb_free_data(b);
    b->data = data;
  }
  b->kind = kind;
  b->capacity = capacity;
  return true;
}

static inline bool strb_reserve(StrBuilder *b, int64_t extra, int kind) {
  if (likely(extra <= b->capacity - b->length && kind <= b->kind && !b->failed)) return true;
  return strb_reserve_slow(b, extra, kind);
}

bool strb_char(StrBuilder *b, uint32_t c) {
  if (!strb_reserve(b, 1, kind_for(c))) return false;
  char_set(b->kind, b->data, b->length++, c);
  return true;
}

bool strb_ascii(StrBuilder *b, const char *s, size_t n) {
  if (!strb_reserve(b, (int64_t)n, 1)) return false;
  chars_copy(b->kind, b->data, b->length, 1, s, 0, (int64_t)n);
  b->length += (int64_t)n;
  return true;
}

bool strb_cstr(StrBuilder *b, const char *ascii) { return strb_ascii(b, ascii, strlen(ascii)); }

static inline bool strb_chars(StrBuilder *b, int kind, const void *data, int64_t start, int64_t n, uint32_t max_class) {
  if (likely(kind == 1 && b->kind == 1 && n <= b->capacity - b->length && !b->failed)) {
    chars_copy_few(b->data + b->length, (const char *)data + start, (size_t)n);
    b->length += n;
    return true;
  }
  if (!strb_reserve(b, n, kind_for(max_class))) return false;
  chars_copy(b->kind, b->data, b->length, kind, data, start, n);
  b->length += n;
  return true;
}

bool strb_str(StrBuilder *b, Value v) {
  if (unlikely(v_is_null(v))) {
    b->failed = true;
    return false;
  }
  const Str *s = v_str(v);
  return strb_chars(b, str_kind(s), s->data, 0, s->length, str_max_class(s));
}

bool strb_slice(StrBuilder *b, const Str *s, int64_t start, int64_t end) {
  if (start >= end) return !b->failed;
  int kind = str_kind(s);
  uint32_t max_class = kind <= b->kind ? 0 : chars_max(kind, s->data, start, end);
  return strb_chars(b, kind, s->data, start, end - start, max_class);
}

bool strb_fill(StrBuilder *b, uint32_t c, int64_t n) {
  if (n <= 0) return !b->failed;
  if (!strb_reserve(b, n, kind_for(c))) return false;
  chars_fill(b->kind, b->data, b->length, n, c);
  b->length += n;
  return true;
}

Value strb_finish(StrBuilder *b) {
  Value v = b->failed ? V_NULL : str_from_chars(b->t, b->kind, b->data, b->length);
  strb_discard(b);
  return v;
}

void strb_discard(StrBuilder *b) {
  strb_free_data(b);
  strb_init(b, b->t);
}
