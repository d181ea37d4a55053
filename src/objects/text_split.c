// Splitting text at white space, separators and line ends.
//
// Pieces gather in a PieceList, on the C stack while they are few, and become a list in one step.

#include "objects/text_split.h"

#include "objects/error_state.h"
#include "objects/list.h"
#include "objects/text_search.h"
#include "objects/unicode.h"

#define INLINE static inline __attribute__((always_inline))

typedef struct PieceList {
  Thread *t;
  Value *items;
  int64_t count, capacity;
  bool failed;
  Value small[32];
} PieceList;

static void pieces_init(PieceList *l, Thread *t) {
  l->t = t;
  l->items = l->small;
  l->count = 0;
  l->capacity = (int64_t)(sizeof l->small / sizeof *l->small);
  l->failed = false;
}

static bool pieces_grow(PieceList *l) {
  int64_t capacity = l->capacity * 2;
  size_t bytes = (size_t)capacity * sizeof(Value);
  Value *items = l->items == l->small ? heap_alloc(l->t, bytes) : heap_realloc(l->t, l->items, bytes);
  if (!items) {
    raise_no_memory(l->t);
    return false;
  }
  if (l->items == l->small) memcpy(items, l->small, sizeof l->small);
  l->items = items;
  l->capacity = capacity;
  return true;
}

// Takes an owned piece; V_NULL means that making it failed.
static bool pieces_add(PieceList *l, Value piece) {
  if (v_is_null(piece) || (l->count == l->capacity && !pieces_grow(l))) {
    v_drop(l->t, piece);
    l->failed = true;
    return false;
  }
  l->items[l->count++] = piece;
  return true;
}

static Value pieces_finish(PieceList *l, bool reversed) {
  Value list = V_NULL;
  if (l->failed) {
    for (int64_t i = 0; i < l->count; i++) v_drop(l->t, l->items[i]);
  } else {
    for (int64_t i = 0, j = l->count - 1; reversed && i < j; i++, j--) {
      Value swap = l->items[i];
      l->items[i] = l->items[j];
      l->items[j] = swap;
    }
    list = list_from_stolen(l->t, l->items, (size_t)l->count);
  }
  if (l->items != l->small) heap_free(l->t, l->items);
  return list;
}

INLINE uint32_t at(int kind, const void *s, int64_t i) {
  return kind == 1 ? ((const uint8_t *)s)[i] : kind == 2 ? ((const uint16_t *)s)[i] : ((const uint32_t *)s)[i];
}

// --- White space ------------------------------------------------------------------------------------------------------------------

enum { SPACE_BYTES = 1, SPACE_STR = 2 };
static const uint8_t space_table[256] = {
  ['\t'] = 3, ['\n'] = 3, [11] = 3, [12] = 3, ['\r'] = 3, [' '] = 3, [0x1C] = 2, [0x1D] = 2, [0x1E] = 2, [0x1F] = 2, [0x85] = 2, [0xA0] = 2,
};

INLINE bool is_space(int kind, uint32_t c, uint8_t which) {
  return kind == 1 || c < 0x100 ? space_table[c] & which : unicode_is_space(c);
}

INLINE void split_space(PieceList *l, const SplitSource *s, int kind, int64_t max) {
  const void *d = s->data;
  uint8_t which = s->unicode ? SPACE_STR : SPACE_BYTES;
  int64_t i = 0, n = s->length;
  for (;;) {
    while (i < n && is_space(kind, at(kind, d, i), which)) i++;
    if (i == n) return;
    int64_t start = i;
    if (max-- == 0) {  // the rest, white space at its end included
      pieces_add(l, s->piece(l->t, s, start, n));
      return;
    }
    while (i < n && !is_space(kind, at(kind, d, i), which)) i++;
    if (!pieces_add(l, s->piece(l->t, s, start, i))) return;
  }
}

INLINE void rsplit_space(PieceList *l, const SplitSource *s, int kind, int64_t max) {
  const void *d = s->data;
  uint8_t which = s->unicode ? SPACE_STR : SPACE_BYTES;
  int64_t i = s->length;
  for (;;) {
    while (i > 0 && is_space(kind, at(kind, d, i - 1), which)) i--;
    if (i == 0) return;
    int64_t end = i;
    if (max-- == 0) {
      pieces_add(l, s->piece(l->t, s, 0, end));
      return;
    }
    while (i > 0 && !is_space(kind, at(kind, d, i - 1), which)) i--;
    if (!pieces_add(l, s->piece(l->t, s, i, end))) return;
  }
}

// maxsplit -1 becomes a number no text can reach.
static int64_t split_limit(int64_t max) { return max < 0 ? INT64_MAX : max; }

Value text_split_space(Thread *t, const SplitSource *s, int64_t max) {
  PieceList l;
  pieces_init(&l, t);
  max = split_limit(max);
  if (s->kind == 1) split_space(&l, s, 1, max);
  else if (s->kind == 2) split_space(&l, s, 2, max);
  else split_space(&l, s, 4, max);
  return pieces_finish(&l, false);
}

Value text_rsplit_space(Thread *t, const SplitSource *s, int64_t max) {
  PieceList l;
  pieces_init(&l, t);
  max = split_limit(max);
  if (s->kind == 1) rsplit_space(&l, s, 1, max);
  else if (s->kind == 2) rsplit_space(&l, s, 2, max);
  else rsplit_space(&l, s, 4, max);
  return pieces_finish(&l, true);
}

// --- Separators -------------------------------------------------------------------------------------------------------------------

// Where byte c stands from position i on; n: nowhere. Pieces are short more often than not, so the first bytes are looked at in place.
static int64_t find_byte(const uint8_t *d, int64_t i, int64_t n, uint8_t c) {
  enum { NEAR = 12 };
  int64_t near = n - i < NEAR ? n : i + NEAR;
  for (; i < near; i++)
    if (d[i] == c) return i;
  const uint8_t *p = i < n ? memchr(d + i, c, (size_t)(n - i)) : NULL;
  return p ? p - d : n;
}

static Value split_at_byte(Thread *t, const SplitSource *s, uint8_t c, int64_t max) {
  PieceList l;
  pieces_init(&l, t);
  int64_t i = 0, n = s->length;
  for (; max > 0; max--) {
    int64_t end = find_byte(s->data, i, n, c);
    if (end == n || !pieces_add(&l, s->piece(t, s, i, end))) break;
    i = end + 1;
  }
  if (!l.failed) pieces_add(&l, s->piece(t, s, i, n));
  return pieces_finish(&l, false);
}

Value text_split(Thread *t, const SplitSource *s, const void *sep, int64_t m, int64_t max) {
  PieceList l;
  max = split_limit(max);
  if (m == 1 && s->kind == 1) return split_at_byte(t, s, *(const uint8_t *)sep, max);
  pieces_init(&l, t);
  int64_t i = 0, n = s->length;
  for (; max > 0; max--) {
    int64_t step = text_find(s->kind, text_at(s->kind, s->data, i), n - i, sep, m);
    if (step < 0 || !pieces_add(&l, s->piece(t, s, i, i + step))) break;
    i += step + m;
  }
  if (!l.failed) pieces_add(&l, s->piece(t, s, i, n));
  return pieces_finish(&l, false);
}

Value text_rsplit(Thread *t, const SplitSource *s, const void *sep, int64_t m, int64_t max) {
  PieceList l;
  pieces_init(&l, t);
  max = split_limit(max);
  int64_t end = s->length;
  for (; max > 0; max--) {
    int64_t hit = text_rfind(s->kind, s->data, end, sep, m);
    if (hit < 0 || !pieces_add(&l, s->piece(t, s, hit + m, end))) break;
    end = hit;
  }
  if (!l.failed) pieces_add(&l, s->piece(t, s, 0, end));
  return pieces_finish(&l, true);
}

// --- Lines ------------------------------------------------------------------------------------------------------------------------

INLINE void splitlines(PieceList *l, const SplitSource *s, int kind, bool keep_ends) {
  const void *d = s->data;
  int64_t n = s->length;
  for (int64_t i = 0; i < n;) {
    int64_t start = i;
    if (s->unicode) {
      while (i < n && !(at(kind, d, i) < 0x20 || at(kind, d, i) >= 0x7F ? unicode_is_linebreak(at(kind, d, i)) : false)) i++;
    } else {
      while (i < n && at(kind, d, i) != '\n' && at(kind, d, i) != '\r') i++;
    }
    int64_t end = i;
    if (i < n) i += at(kind, d, i) == '\r' && i + 1 < n && at(kind, d, i + 1) == '\n' ? 2 : 1;
    if (!pieces_add(l, s->piece(l->t, s, start, keep_ends ? i : end))) return;
  }
}

Value text_splitlines(Thread *t, const SplitSource *s, bool keep_ends) {
  PieceList l;
  pieces_init(&l, t);
  if (s->kind == 1) splitlines(&l, s, 1, keep_ends);
  else if (s->kind == 2) splitlines(&l, s, 2, keep_ends);
  else splitlines(&l, s, 4, keep_ends);
  return pieces_finish(&l, false);
}
