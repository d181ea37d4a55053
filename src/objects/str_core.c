// The heart of str: allocation by kind, making text from raw characters, comparing, hashing, slicing, concatenation.
//
// Every function that makes a str narrows it to the smallest kind, so equality is a length, kind and memory compare. '' and the 256
// one-character strs of Latin-1 are immortal and made once.
#include "objects/str_core.h"

#include "gc/heap_inline.h"
#include "objects/error_state.h"
#include "objects/text_native.h"

Value str_empty;
static Value latin1_chars[256];

// --- Raw characters ---------------------------------------------------------------------------------------------------------------

#define HIGH_BITS 0x8080808080808080u

typedef uint64_t Vector __attribute__((vector_size(16), may_alias, aligned(1)));

size_t bytes_ascii_prefix(const char *p, size_t n) {
  size_t i = 0;
  for (; i + 64 <= n; i += 64) {
    const Vector *v = (const Vector *)(const void *)(p + i);
    Vector all = v[0] | v[1] | v[2] | v[3];
    if ((all[0] | all[1]) & HIGH_BITS) break;
  }
  for (; i + 8 <= n; i += 8) {
    uint64_t w;
    memcpy(&w, p + i, 8);
    if (w & HIGH_BITS) return i + (size_t)(__builtin_ctzll(w & HIGH_BITS) >> 3);
  }
  for (; i < n; i++)
    if (p[i] & 0x80) return i;
  return n;
}

bool bytes_are_ascii(const char *p, size_t n) { return bytes_ascii_prefix(p, n) == n; }

VECTORISED uint32_t chars_max(int kind, const void *data, int64_t start, int64_t end) {
  if (kind == 1) return bytes_are_ascii((const char *)data + start, (size_t)(end - start)) ? 0x7F : 0xFF;
  uint32_t all = 0;
  if (kind == 2) {
    const uint16_t *p = data;
    for (int64_t i = start; i < end; i++) all |= p[i];
  } else {
    const uint32_t *p = data;
    for (int64_t i = start; i < end; i++) all |= p[i];
  }
  return all < 0x80 ? 0x7F : all < 0x100 ? 0xFF : all < 0x10000 ? 0xFFFF : STR_MAX_CHAR;
}

#define COPY_LOOP(TO, FROM)                                            \
  do {                                                                 \
    TO *d = (TO *)to + to_start;                                       \
    const FROM *s = (const FROM *)from + from_start;                   \
    for (int64_t i = 0; i < n; i++) d[i] = (TO)s[i];                   \
  } while (0)

VECTORISED void chars_copy(int to_kind, void *to, int64_t to_start, int from_kind, const void *from, int64_t from_start, int64_t n) {
  if (to_kind == from_kind) {
    memcpy((char *)to + to_start * to_kind, (const char *)from + from_start * from_kind, (size_t)(n * to_kind));
    return;
  }
  switch (to_kind * 8 + from_kind) {
    case 1 * 8 + 2: COPY_LOOP(uint8_t, uint16_t); break;
    case 1 * 8 + 4: COPY_LOOP(uint8_t, uint32_t); break;
    case 2 * 8 + 1: COPY_LOOP(uint16_t, uint8_t); break;
    case 2 * 8 + 4: COPY_LOOP(uint16_t, uint32_t); break;
    case 4 * 8 + 1: COPY_LOOP(uint32_t, uint8_t); break;
    default: COPY_LOOP(uint32_t, uint16_t); break;
  }
}

void chars_fill(int kind, void *data, int64_t start, int64_t n, uint32_t c) {
  if (kind == 1) {
    memset((char *)data + start, (int)c, (size_t)n);
  } else if (kind == 2) {
    uint16_t *p = (uint16_t *)data + start;
    for (int64_t i = 0; i < n; i++) p[i] = (uint16_t)c;
  } else {
    uint32_t *p = (uint32_t *)data + start;
    for (int64_t i = 0; i < n; i++) p[i] = c;
  }
}

// --- Making -----------------------------------------------------------------------------------------------------------------------

// A str with room for `room` >= length characters of the kind that max_char needs.
static Str *str_allocate(Thread *t, int64_t length, int64_t room, uint32_t max_char) {
  int kind = kind_for(max_char);
  if (unlikely(room > (INT64_MAX - 64) / 4)) {
    raise_no_memory(t);
    return NULL;
  }
  Str *s = (Str *)heap_new_leaf(t, SHAPE_STR, sizeof(Str) + (size_t)(room + 1) * (size_t)kind);
  if (unlikely(!s)) {
    raise_no_memory(t);
    return NULL;
  }
  s->length = length;
  a64_store_rlx(&s->hash, 0);
  aptr_store_rlx(&s->utf8, NULL);
  a32_store_rlx(&s->ob.aux, (uint32_t)kind | (max_char < 0x80 ? STR_ASCII : 0));
  return s;
}

Value str_new(Thread *t, int64_t length, uint32_t max_char) {
  if (unlikely(length == 0)) return str_empty;
  Str *s = str_allocate(t, length, length, max_char);
  if (unlikely(!s)) return V_NULL;
  char_set(kind_for(max_char), s->data, length, 0);
  return v_from_obj(s);
}

Value str_char_at(const Str *s, int64_t i) {
  if (i < 0) i += s->length;
  if (unlikely((uint64_t)i >= (uint64_t)s->length)) return V_NULL;
  uint32_t c = str_char(s, i);
  return likely(c < 0x100) ? latin1_chars[c] : V_NULL;
}

Value str_latin1_char(uint8_t c) { return latin1_chars[c]; }

Value str_from_char(Thread *t, uint32_t c) {
  if (likely(c < 0x100)) return latin1_chars[c];
  Value v = str_new(t, 1, c);
  if (!v_is_null(v)) char_set(kind_for(c), v_str(v)->data, 0, c);
  return v;
}

// The pieces of texts, which most strs are: an ASCII str of n > 0 characters that hold anything, in a small block straight from the free
// list. NULL, without an exception: not so small, or none is free.
static inline Str *take_small_ascii(Thread *t, size_t n) {
  size_t size = sizeof(Str) + n + 1;
  if (unlikely(size > SMALL_MAX)) return NULL;
  Str *o = (Str *)heap_take_object(t->heap, PAGE_LEAF, (uint32_t)(size + 15) >> 4);
  if (unlikely(!o)) return NULL;
  object_header_init(t, &o->ob, SHAPE_STR, 0);
  o->length = (int64_t)n;
  a64_store_rlx(&o->hash, 0);
  aptr_store_rlx(&o->utf8, NULL);
  a32_store_rlx(&o->ob.aux, 1 | STR_ASCII);
  return o;
}

Value str_from_ascii(Thread *t, const char *s, size_t n) {
  if (unlikely(n <= 1)) return n ? latin1_chars[(uint8_t)*s] : str_empty;
  Str *o = take_small_ascii(t, n);
  if (likely(o != NULL)) {
    *chars_copy_few(o->data, s, n) = 0;
    return v_from_obj(o);
  }
  Value v = str_new(t, (int64_t)n, 0x7F);
  if (!v_is_null(v)) memcpy(v_str(v)->data, s, n);
  return v;
}

Value str_from_latin1(Thread *t, const char *s, size_t n) {
  if (n == 1) return latin1_chars[(uint8_t)*s];
  Value v = str_new(t, (int64_t)n, bytes_are_ascii(s, n) ? 0x7F : 0xFF);
  if (!v_is_null(v)) memcpy(v_str(v)->data, s, n);
  return v;
}

Value str_from_chars(Thread *t, int kind, const void *data, int64_t n) {
  if (n == 1) return str_from_char(t, char_get(kind, data, 0));
  uint32_t max_char = chars_max(kind, data, 0, n);
  Value v = str_new(t, n, max_char);
  if (!v_is_null(v)) chars_copy(kind_for(max_char), v_str(v)->data, 0, kind, data, 0, n);
  return v;
}

Value str_from_ucs4(Thread *t, const uint32_t *s, int64_t n) { return str_from_chars(t, 4, s, n); }

Value str_copy(Thread *t, Value v) {
  const Str *s = v_str(v);
  return str_from_chars(t, str_kind(s), s->data, s->length);
}

Value str_exact(Thread *t, Value v) { return likely(v_is_str_exact(v)) ? v_own(t, v) : str_copy(t, v); }

// --- Comparing and hashing --------------------------------------------------------------------------------------------------------

bool str_equal(const Str *a, const Str *b) {
  if (a == b) return true;
  if (a->length != b->length || str_kind(a) != str_kind(b)) return false;
  return memcmp(a->data, b->data, (size_t)a->length * (size_t)str_kind(a)) == 0;
}

bool str_equals_cstr(Value v, const char *ascii) {
  const Str *s = v_str(v);
  size_t n = strlen(ascii);
  return (int64_t)n == s->length && str_is_ascii(s) && memcmp(s->data, ascii, n) == 0;
}

int str_compare(const Str *a, const Str *b) {
  int64_t n = a->length < b->length ? a->length : b->length;
  int ka = str_kind(a), kb = str_kind(b);
  if (ka == 1 && kb == 1) {
    int c = memcmp(a->data, b->data, (size_t)n);
    if (c) return c < 0 ? -1 : 1;
  } else {
    for (int64_t i = 0; i < n; i++) {
      uint32_t x = char_get(ka, a->data, i), y = char_get(kb, b->data, i);
      if (x != y) return x < y ? -1 : 1;
    }
  }
  return a->length < b->length ? -1 : a->length > b->length;
}

// The cache is written by whoever comes first; every writer stores the same word, so relaxed order is enough.
int64_t str_hash(Str *s) {
  int64_t h = (int64_t)a64_load_rlx(&s->hash);
  if (likely(h)) return h;
  h = hash_bytes(s->data, (size_t)s->length * (size_t)str_kind(s));
  a64_store_rlx(&s->hash, (uint64_t)h);
  return h;
}

// --- Slices and concatenation -----------------------------------------------------------------------------------------------------

Value str_slice(Thread *t, Value v, int64_t start, int64_t end) {
  Str *s = v_str(v);
  if (start < 0) start = 0;
  if (end > s->length) end = s->length;
  if (start >= end) return str_empty;
  if (start == 0 && end == s->length) return str_exact(t, v);
  int kind = str_kind(s);
  if (str_is_ascii(s)) return str_from_ascii(t, s->data + start, (size_t)(end - start));
  return str_from_chars(t, kind, s->data + start * kind, end - start);
}

Value str_concat(Thread *t, Value a, Value b) {
  Str *x = v_str(a), *y = v_str(b);
  if (x->length == 0) return str_exact(t, b);
  if (y->length == 0) return str_exact(t, a);
  if (likely(str_is_ascii(x) && str_is_ascii(y))) {
    size_t n = (size_t)x->length, m = (size_t)y->length;
    Str *o = likely(n <= SMALL_MAX && m <= SMALL_MAX) ? take_small_ascii(t, n + m) : NULL;
    if (likely(o != NULL)) {
      *chars_copy_few(chars_copy_few(o->data, x->data, n), y->data, m) = 0;
      return v_from_obj(o);
    }
  }
  uint32_t mx = str_max_class(x), my = str_max_class(y), max_char = mx > my ? mx : my;
  Value v = str_new(t, x->length + y->length, max_char);
  if (v_is_null(v)) return v;
  int kind = kind_for(max_char);
  chars_copy(kind, v_str(v)->data, 0, str_kind(x), x->data, 0, x->length);
  chars_copy(kind, v_str(v)->data, x->length, str_kind(y), y->data, 0, y->length);
  return v;
}

// Room to ask for when an accumulator outgrows its block: a quarter more than needed, once it is no longer small.
static int64_t append_room(int64_t length) { return length < 128 ? length : length + (length >> 2); }

static bool append_in_place(Thread *t, Str *s, const Str *add) {
  int kind = str_kind(s);
  if (str_kind(add) > kind || str_is_interned(s) || !object_is_unique(t, &s->ob)) return false;
  int64_t length = s->length + add->length;
  if (sizeof(Str) + (size_t)(length + 1) * (size_t)kind > heap_object_size(&s->ob)) return false;
  chars_copy(kind, s->data, s->length, str_kind(add), add->data, 0, add->length);
  char_set(kind, s->data, length, 0);
  s->length = length;
  a64_store_rlx(&s->hash, 0);
  if (!str_is_ascii(add)) a32_store_rlx(&s->ob.aux, (uint32_t)kind);
  void *utf8 = aptr_load_rlx(&s->utf8);
  if (utf8) {
    aptr_store_rlx(&s->utf8, NULL);
    heap_free(t, utf8);
  }
  return true;
}

Value str_append(Thread *t, Value left, Value right) {
  Str *x = v_str(left), *y = v_str(right);
  if (!v_is_str_exact(left) || x->length == 0 || y->length == 0 || x == y) {
    Value v = str_concat(t, left, right);
    v_drop(t, left);
    return v;
  }
  if (append_in_place(t, x, y)) return left;
  uint32_t mx = str_max_class(x), my = str_max_class(y), max_char = mx > my ? mx : my;
  int64_t length = x->length + y->length;
  Str *s = str_allocate(t, length, object_is_unique(t, &x->ob) ? append_room(length) : length, max_char);
  if (s) {
    int kind = kind_for(max_char);
    chars_copy(kind, s->data, 0, str_kind(x), x->data, 0, x->length);
    chars_copy(kind, s->data, x->length, str_kind(y), y->data, 0, y->length);
    char_set(kind, s->data, length, 0);
  }
  v_drop(t, left);
  return s ? v_from_obj(s) : V_NULL;
}

// --- Start-up ---------------------------------------------------------------------------------------------------------------------

static Value make_immortal(Str *s) {
  object_make_immortal(&s->ob);
  return VALUE((uint64_t)(uintptr_t)s | 1);
}

bool str_core_init(Thread *t) {
  if (!v_is_null(str_empty)) return true;
  shape_table[SHAPE_STR].type = &type_str;
  shape_table[SHAPE_STR].dealloc = str_dealloc;
  type_str.flags |= TYPE_STR;
  Str *s = str_allocate(t, 0, 0, 0);
  if (!s) return false;
  str_empty = make_immortal(s);
  for (int c = 0; c < 256; c++) {
    s = str_allocate(t, 1, 1, (uint32_t)c);
    if (!s) return false;
    s->data[0] = (char)c;
    latin1_chars[c] = make_immortal(s);
  }
  return true;
}

void str_dealloc(Thread *t, Object *o) {
  Str *s = (Str *)o;
  if (str_is_interned(s)) str_intern_forget(t, s);
  void *utf8 = aptr_load_acq(&s->utf8);
  if (utf8) heap_free(t, utf8);
  heap_free_object_fast(t, o);
}
