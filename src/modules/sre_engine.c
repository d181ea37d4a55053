// The matching engine: runs the re compiler's code over a text by backtracking, without recursion.
//
// One stack holds two sorts of entries. A choice says where to go on, and from which place in the text, when what was tried fails. An undo
// entry says what a variable was before it changed: a group's mark, a repeat's count, the innermost repeat. Failing pops entries, undoing,
// down to the newest choice. A fence stands where a part that is matched on its own begins (look-around, atomic group, possessive repeat):
// when the part has matched, the choices above its fence are dropped but the undo entries stay, for they belong to the outside too.
#include <ctype.h>

#include "gc/heap.h"
#include "modules/sre.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/unicode.h"

enum EntryKind {
  UNDO_MARK,          // pc: mark, a: old place, b: old last_index
  UNDO_COUNT,         // pc: repeat, a: old count, b: old last place
  UNDO_REPEAT,        // a: old innermost repeat
  UNDO_REPEATS,       // a: old innermost repeat, b: old number of them
  CHOICE_BRANCH,      // pc: next alternative, a: place
  CHOICE_GREEDY_ONE,  // pc: after the opcode, a: place of the first item, b: items taken
  CHOICE_LAZY_ONE,    // pc: after the opcode, a: place after the items taken, b: their number
  CHOICE_GREEDY_TAIL, // pc: the UNTIL, a: place
  CHOICE_LAZY_MORE,   // pc: the UNTIL, a: place
  FENCE_ASSERT,       // pc: where to go on, a: place, b: outer fence
  FENCE_ASSERT_NOT,
  FENCE_ATOMIC,
  FENCE_POSSESSIVE,   // pc: after the opcode, a: place, b: outer fence; its repeat is the innermost
};

typedef struct SreEntry {
  uint32_t kind, pc;
  int64_t a, b;
} Entry;

typedef struct SreRepeat {
  uint32_t pc;        // after the REPEAT opcode: skip, min, max, body
  int64_t count;      // items matched so far; begins at -1, as reaching UNTIL adds one
  int64_t last;       // where the newest item began; -1
  int64_t outer;      // enclosing repeat; -1
} Repeat;

// --- Characters -----------------------------------------------------------------------------------------------------------------------------

uint32_t sre_lower_ascii(uint32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
static uint32_t lower_locale(uint32_t c) { return c < 256 ? (uint32_t)tolower((int)c) : c; }
static uint32_t upper_locale(uint32_t c) { return c < 256 ? (uint32_t)toupper((int)c) : c; }
static uint32_t lower_unicode(uint32_t c) { return c < 128 ? sre_lower_ascii(c) : unicode_simple_lower(c); }

// What an ASCII character is, for the categories that patterns are full of.
enum { IS_DIGIT = 1, IS_WORD = 2, IS_SPACE = 4, IS_UNI_SPACE = 8 };
static const uint8_t ascii_kinds[128] = {
    ['0' ... '9'] = IS_DIGIT | IS_WORD, ['a' ... 'z'] = IS_WORD, ['A' ... 'Z'] = IS_WORD, ['_'] = IS_WORD,
    [' '] = IS_SPACE | IS_UNI_SPACE, ['\t' ... '\r'] = IS_SPACE | IS_UNI_SPACE, [0x1c ... 0x1f] = IS_UNI_SPACE,
};

static bool is_ascii(uint32_t c, uint8_t kind) { return c < 128 && ascii_kinds[c] & kind; }
static bool is_ascii_space(uint32_t c) { return is_ascii(c, IS_SPACE); }
static bool is_ascii_digit(uint32_t c) { return is_ascii(c, IS_DIGIT); }
static bool is_ascii_word(uint32_t c) { return is_ascii(c, IS_WORD); }
static bool is_locale_word(uint32_t c) { return c == '_' || (c < 256 && isalnum((int)c)); }
static bool is_unicode_word(uint32_t c) {
  if (c < 128) return is_ascii_word(c);
  return unicode_is_alpha(c) || unicode_is_decimal(c) || unicode_is_digit(c) || unicode_is_numeric(c);
}

// The bit of a category, or of what it negates; 0: it has none.
static uint8_t kind_of_category(uint32_t category, bool *negated) {
  *negated = category == SRE_NOT_DIGIT || category == SRE_NOT_SPACE || category == SRE_NOT_WORD || category == SRE_UNI_NOT_DIGIT ||
             category == SRE_UNI_NOT_SPACE || category == SRE_UNI_NOT_WORD;
  switch (category) {
    case SRE_DIGIT: case SRE_NOT_DIGIT: case SRE_UNI_DIGIT: case SRE_UNI_NOT_DIGIT: return IS_DIGIT;
    case SRE_WORD: case SRE_NOT_WORD: case SRE_UNI_WORD: case SRE_UNI_NOT_WORD: return IS_WORD;
    case SRE_SPACE: case SRE_NOT_SPACE: return IS_SPACE;
    case SRE_UNI_SPACE: case SRE_UNI_NOT_SPACE: return IS_UNI_SPACE;
    default: return 0;
  }
}

static bool in_category(uint32_t category, uint32_t c) {
  switch (category) {
    case SRE_DIGIT: return is_ascii_digit(c);
    case SRE_NOT_DIGIT: return !is_ascii_digit(c);
    case SRE_SPACE: return is_ascii_space(c);
    case SRE_NOT_SPACE: return !is_ascii_space(c);
    case SRE_WORD: return is_ascii_word(c);
    case SRE_NOT_WORD: return !is_ascii_word(c);
    case SRE_LINEBREAK: return c == '\n';
    case SRE_NOT_LINEBREAK: return c != '\n';
    case SRE_LOC_WORD: return is_locale_word(c);
    case SRE_LOC_NOT_WORD: return !is_locale_word(c);
    case SRE_UNI_DIGIT: return c < 128 ? is_ascii_digit(c) : unicode_is_decimal(c);
    case SRE_UNI_NOT_DIGIT: return !(c < 128 ? is_ascii_digit(c) : unicode_is_decimal(c));
    case SRE_UNI_SPACE: return unicode_is_space(c);
    case SRE_UNI_NOT_SPACE: return !unicode_is_space(c);
    case SRE_UNI_WORD: return is_unicode_word(c);
    case SRE_UNI_NOT_WORD: return !is_unicode_word(c);
    case SRE_UNI_LINEBREAK: return unicode_is_linebreak(c);
    default: return !unicode_is_linebreak(c);
  }
}

static inline bool in_charset(const uint32_t *bits, uint32_t c) { return c < 256 && bits[c >> 5] >> (c & 31) & 1; }

static bool in_set(const uint32_t *set, uint32_t c) {
  bool found = true;
  for (;;) {
    switch (*set++) {
      case SRE_FAILURE: return !found;
      case SRE_NEGATE: found = !found; break;
      case SRE_LITERAL:
        if (c == *set++) return found;
        break;
      case SRE_CATEGORY:
        if (in_category(*set++, c)) return found;
        break;
      case SRE_RANGE:
        if (set[0] <= c && c <= set[1]) return found;
        set += 2;
        break;
      case SRE_RANGE_UNI_IGNORE: {
        if (set[0] <= c && c <= set[1]) return found;
        uint32_t upper = unicode_simple_upper(c);
        if (set[0] <= upper && upper <= set[1]) return found;
        set += 2;
        break;
      }
      case SRE_CHARSET:
        if (in_charset(set, c)) return found;
        set += 8;
        break;
      default: {   // SRE_BIGCHARSET: number of blocks, 256 bytes that say which block a high byte has, blocks of 256 bits
        uint32_t blocks = *set++;
        if (c < 65536) {
          uint32_t block = ((const uint8_t *)set)[c >> 8];
          if (set[64 + block * 8 + ((c & 255) >> 5)] >> (c & 31) & 1) return found;
        }
        set += 64 + blocks * 8;
      }
    }
  }
}

static bool in_set_locale(const uint32_t *set, uint32_t c) {
  uint32_t lower = lower_locale(c), upper = upper_locale(c);
  return in_set(set, lower) || (upper != lower && in_set(set, upper));
}

static bool equal_locale(uint32_t wanted, uint32_t c) { return c == wanted || lower_locale(c) == wanted || upper_locale(c) == wanted; }

// Whether one-character code at pc accepts c.
static inline bool accepts(const uint32_t *pc, uint32_t c) {
  switch (pc[0]) {
    case SRE_ANY: return c != '\n';
    case SRE_ANY_ALL: return true;
    case SRE_LITERAL: return c == pc[1];
    case SRE_NOT_LITERAL: return c != pc[1];
    case SRE_IN: return in_set(pc + 2, c);
    case SRE_CATEGORY: return in_category(pc[1], c);
    case SRE_LITERAL_IGNORE: return sre_lower_ascii(c) == pc[1];
    case SRE_NOT_LITERAL_IGNORE: return sre_lower_ascii(c) != pc[1];
    case SRE_IN_IGNORE: return in_set(pc + 2, sre_lower_ascii(c));
    case SRE_LITERAL_UNI_IGNORE: return lower_unicode(c) == pc[1];
    case SRE_NOT_LITERAL_UNI_IGNORE: return lower_unicode(c) != pc[1];
    case SRE_IN_UNI_IGNORE: return in_set(pc + 2, lower_unicode(c));
    case SRE_LITERAL_LOC_IGNORE: return equal_locale(pc[1], c);
    case SRE_NOT_LITERAL_LOC_IGNORE: return !equal_locale(pc[1], c);
    default: return in_set_locale(pc + 2, c);   // SRE_IN_LOC_IGNORE
  }
}

// Length of a one-character instruction at pc; 0: it is none.
static inline uint32_t one_length(const uint32_t *pc) {
  switch (pc[0]) {
    case SRE_ANY:
    case SRE_ANY_ALL: return 1;
    case SRE_LITERAL: case SRE_NOT_LITERAL: case SRE_CATEGORY: case SRE_LITERAL_IGNORE: case SRE_NOT_LITERAL_IGNORE: case SRE_LITERAL_UNI_IGNORE:
    case SRE_NOT_LITERAL_UNI_IGNORE: case SRE_LITERAL_LOC_IGNORE: case SRE_NOT_LITERAL_LOC_IGNORE: return 2;
    case SRE_IN: case SRE_IN_IGNORE: case SRE_IN_UNI_IGNORE: case SRE_IN_LOC_IGNORE: return 1 + pc[1];
    default: return 0;
  }
}

static inline __attribute__((always_inline)) uint32_t char_at(const SreState *s, int64_t i, const int kind) {
  if (kind == 1) return ((const uint8_t *)s->text)[i];
  if (kind == 2) return ((const uint16_t *)s->text)[i];
  return ((const uint32_t *)s->text)[i];
}

// Where the characters that are in the set end. The sets most often met, one category or one table of bits, are not taken apart each time.
static inline __attribute__((always_inline)) int64_t end_of_set(const SreState *s, const uint32_t *set, int64_t i, int64_t end, const int kind) {
  if (set[0] == SRE_CATEGORY && set[2] == SRE_FAILURE) {
    bool negated;
    uint8_t bit = kind_of_category(set[1], &negated);
    for (; i < end; i++) {
      uint32_t c = char_at(s, i, kind);
      bool in = c < 128 && bit ? !(ascii_kinds[c] & bit) == negated : in_category(set[1], c);
      if (!in) break;
    }
  } else if (set[0] == SRE_CHARSET && set[9] == SRE_FAILURE) {
    while (i < end && in_charset(set + 1, char_at(s, i, kind))) i++;
  } else if (set[0] == SRE_NEGATE && set[1] == SRE_CHARSET && set[10] == SRE_FAILURE) {
    while (i < end && !in_charset(set + 2, char_at(s, i, kind))) i++;
  } else {
    while (i < end && in_set(set, char_at(s, i, kind))) i++;
  }
  return i;
}

// How many characters from `from` on the one-character code at pc accepts, at most `max`.
static inline __attribute__((always_inline)) int64_t count_one(const SreState *s, const uint32_t *pc, int64_t from, uint32_t max, const int kind) {
  int64_t end = s->end, i = from;
  if (max != SRE_MAXREPEAT && end - from > (int64_t)max) end = from + max;
  switch (pc[0]) {
    case SRE_ANY_ALL: return end - from;
    case SRE_ANY:
      while (i < end && char_at(s, i, kind) != '\n') i++;
      break;
    case SRE_LITERAL:
      while (i < end && char_at(s, i, kind) == pc[1]) i++;
      break;
    case SRE_NOT_LITERAL:
      while (i < end && char_at(s, i, kind) != pc[1]) i++;
      break;
    case SRE_IN: return end_of_set(s, pc + 2, i, end, kind) - from;
    default:
      while (i < end && accepts(pc, char_at(s, i, kind))) i++;
  }
  return i - from;
}

static inline __attribute__((always_inline)) bool at_position(const SreState *s, uint32_t at, int64_t i, const int kind) {
  bool before, after;
  switch (at) {
    case SRE_AT_BEGINNING:
    case SRE_AT_BEGINNING_STRING: return i == 0;
    case SRE_AT_BEGINNING_LINE: return i == 0 || char_at(s, i - 1, kind) == '\n';
    case SRE_AT_END: return i == s->end || (i == s->end - 1 && char_at(s, i, kind) == '\n');
    case SRE_AT_END_LINE: return i == s->end || char_at(s, i, kind) == '\n';
    case SRE_AT_END_STRING: return i == s->end;
    default: break;
  }
  if (s->end == 0) return false;   // in an empty text nothing is a boundary, nor a non-boundary
  uint32_t left = i > 0 ? char_at(s, i - 1, kind) : ' ', right = i < s->end ? char_at(s, i, kind) : ' ';
  switch (at) {
    case SRE_AT_BOUNDARY:
    case SRE_AT_NON_BOUNDARY: before = is_ascii_word(left), after = is_ascii_word(right); break;
    case SRE_AT_LOC_BOUNDARY:
    case SRE_AT_LOC_NON_BOUNDARY: before = is_locale_word(left), after = is_locale_word(right); break;
    default: before = is_unicode_word(left), after = is_unicode_word(right);
  }
  bool boundary = at == SRE_AT_BOUNDARY || at == SRE_AT_LOC_BOUNDARY || at == SRE_AT_UNI_BOUNDARY;
  return (before != after) == boundary;
}

// Whether the text at i repeats text[from:to]. fold: what is compared.
static inline __attribute__((always_inline)) bool repeats_text(const SreState *s, uint32_t op, int64_t from, int64_t to, int64_t i, const int kind) {
  if (s->end - i < to - from) return false;
  for (; from < to; from++, i++) {
    uint32_t a = char_at(s, from, kind), b = char_at(s, i, kind);
    bool same = a == b;
    if (!same && op == SRE_GROUPREF_IGNORE) same = sre_lower_ascii(a) == sre_lower_ascii(b);
    else if (!same && op == SRE_GROUPREF_UNI_IGNORE) same = lower_unicode(a) == lower_unicode(b);
    else if (!same && op == SRE_GROUPREF_LOC_IGNORE) same = lower_locale(a) == lower_locale(b);
    if (!same) return false;
  }
  return true;
}

// --- The stack ------------------------------------------------------------------------------------------------------------------------------

static bool stack_grow(SreState *s) {
  size_t capacity = s->capacity ? s->capacity * 2 : 64;
  Entry *fresh = heap_realloc(s->t, s->stack, capacity * sizeof *fresh);
  if (!fresh) {
    raise_no_memory(s->t);
    return false;
  }
  s->stack = fresh;
  s->capacity = capacity;
  return true;
}

static inline bool push(SreState *s, uint32_t kind, uint32_t pc, int64_t a, int64_t b) {
  if (unlikely(s->depth == s->capacity) && !stack_grow(s)) return false;
  s->stack[s->depth++] = (Entry){kind, pc, a, b};
  return true;
}

static bool repeats_grow(SreState *s) {
  size_t capacity = s->repeat_capacity ? s->repeat_capacity * 2 : 8;
  Repeat *fresh = heap_realloc(s->t, s->repeats, capacity * sizeof *fresh);
  if (!fresh) {
    raise_no_memory(s->t);
    return false;
  }
  s->repeats = fresh;
  s->repeat_capacity = capacity;
  return true;
}

// What was tried above the fence has matched: its choices go, what it changed can still be undone. The fence goes too.
static void drop_choices(SreState *s, size_t fence) {
  size_t to = fence;
  for (size_t i = fence + 1; i < s->depth; i++)
    if (s->stack[i].kind < CHOICE_BRANCH) s->stack[to++] = s->stack[i];
  s->depth = to;
}

static inline void undo(SreState *s, const Entry *e, int64_t *repeat) {
  switch (e->kind) {
    case UNDO_MARK:
      s->marks[e->pc] = e->a;
      s->last_index = e->b;
      break;
    case UNDO_COUNT:
      s->repeats[e->pc].count = e->a;
      s->repeats[e->pc].last = e->b;
      break;
    case UNDO_REPEAT: *repeat = e->a; break;
    case UNDO_REPEATS:
      *repeat = e->a;
      s->repeat_count = (size_t)e->b;
      break;
    default: break;
  }
}

// --- Running --------------------------------------------------------------------------------------------------------------------------------

enum { STEPS_BETWEEN_SAFEPOINTS = 4096 };

#define PUSH(kind, pc, a, b) do { if (unlikely(!push(s, kind, (uint32_t)(pc), a, b))) return -1; } while (0)
#define FAIL goto fail

// Matches from s->start. 1, 0, -1. On 1 the marks stand; on 0 all is as before.
static inline __attribute__((always_inline)) int run(SreState *s, const int kind) {
  const uint32_t *code = s->code;
  uint32_t pc = 0;
  int64_t ptr = s->start;
  int64_t fence = -1, repeat = -1;   // innermost of each
  const size_t base = s->depth;
  s->repeat_count = 0;

  for (;;) {
    if (unlikely(++s->steps % STEPS_BETWEEN_SAFEPOINTS == 0) && safepoint(s->t) < 0) return -1;
    uint32_t op = code[pc++];
    switch (op) {
      case SRE_MARK: {
        uint32_t mark = code[pc++];
        PUSH(UNDO_MARK, mark, s->marks[mark], s->last_index);
        s->marks[mark] = ptr;
        if (mark & 1) s->last_index = mark / 2 + 1;
        continue;
      }
      case SRE_LITERAL:
        if (ptr >= s->end || char_at(s, ptr, kind) != code[pc]) FAIL;
        ptr++, pc++;
        continue;
      case SRE_ANY: case SRE_ANY_ALL: case SRE_NOT_LITERAL: case SRE_CATEGORY: case SRE_IN: case SRE_LITERAL_IGNORE: case SRE_NOT_LITERAL_IGNORE:
      case SRE_IN_IGNORE: case SRE_LITERAL_UNI_IGNORE: case SRE_NOT_LITERAL_UNI_IGNORE: case SRE_IN_UNI_IGNORE: case SRE_LITERAL_LOC_IGNORE:
      case SRE_NOT_LITERAL_LOC_IGNORE: case SRE_IN_LOC_IGNORE:
        if (ptr >= s->end || !accepts(code + pc - 1, char_at(s, ptr, kind))) FAIL;
        ptr++;
        pc += one_length(code + pc - 1) - 1;
        continue;
      case SRE_AT:
        if (!at_position(s, code[pc++], ptr, kind)) FAIL;
        continue;
      case SRE_INFO:
        if (s->end - ptr < (int64_t)code[pc + 2]) FAIL;
        pc += code[pc];
        continue;
      case SRE_JUMP:
        pc += code[pc];
        continue;
      case SRE_BRANCH:
        goto branch;
      case SRE_REPEAT_ONE: {
        if (s->end - ptr < (int64_t)code[pc + 1]) FAIL;
        int64_t n = count_one(s, code + pc + 3, ptr, code[pc + 2], kind);
        if (n < (int64_t)code[pc + 1]) FAIL;
        if (n > (int64_t)code[pc + 1]) PUSH(CHOICE_GREEDY_ONE, pc, ptr, n);
        ptr += n;
        pc += code[pc];
        continue;
      }
      case SRE_MIN_REPEAT_ONE: {
        uint32_t least = code[pc + 1];
        if (s->end - ptr < (int64_t)least) FAIL;
        if (least && count_one(s, code + pc + 3, ptr, least, kind) < (int64_t)least) FAIL;
        ptr += least;
        if (code[pc + 2] > least) PUSH(CHOICE_LAZY_ONE, pc, ptr, least);
        pc += code[pc];
        continue;
      }
      case SRE_POSSESSIVE_REPEAT_ONE: {
        int64_t n = count_one(s, code + pc + 3, ptr, code[pc + 2], kind);
        if (n < (int64_t)code[pc + 1]) FAIL;
        ptr += n;
        pc += code[pc];
        continue;
      }
      case SRE_REPEAT:
        if (unlikely(s->repeat_count == s->repeat_capacity) && !repeats_grow(s)) return -1;
        PUSH(UNDO_REPEATS, 0, repeat, (int64_t)s->repeat_count);
        s->repeats[s->repeat_count] = (Repeat){pc, -1, -1, repeat};
        repeat = (int64_t)s->repeat_count++;
        pc += code[pc];
        continue;
      case SRE_MAX_UNTIL: {
        Repeat *r = &s->repeats[repeat];
        const uint32_t *limits = code + r->pc;
        int64_t n = r->count + 1;
        bool needed = n < (int64_t)limits[1];
        if (needed || ((n < (int64_t)limits[2] || limits[2] == SRE_MAXREPEAT) && ptr != r->last)) {
          if (!needed) PUSH(CHOICE_GREEDY_TAIL, pc, ptr, 0);
          PUSH(UNDO_COUNT, repeat, r->count, r->last);
          r->count = n;
          if (!needed) r->last = ptr;
          pc = r->pc + 3;
          continue;
        }
        PUSH(UNDO_REPEAT, 0, repeat, 0);
        repeat = r->outer;
        continue;
      }
      case SRE_MIN_UNTIL: {
        Repeat *r = &s->repeats[repeat];
        if (r->count + 1 < (int64_t)code[r->pc + 1]) {
          PUSH(UNDO_COUNT, repeat, r->count, r->last);
          r->count++;
          pc = r->pc + 3;
          continue;
        }
        PUSH(CHOICE_LAZY_MORE, pc, ptr, 0);
        PUSH(UNDO_REPEAT, 0, repeat, 0);
        repeat = r->outer;
        continue;
      }
      case SRE_POSSESSIVE_REPEAT:
        if (unlikely(s->repeat_count == s->repeat_capacity) && !repeats_grow(s)) return -1;
        PUSH(UNDO_REPEATS, 0, repeat, (int64_t)s->repeat_count);
        s->repeats[s->repeat_count] = (Repeat){pc, 0, -1, repeat};
        repeat = (int64_t)s->repeat_count++;
        goto possessive;
      case SRE_ATOMIC_GROUP:
        PUSH(FENCE_ATOMIC, pc + code[pc], ptr, fence);
        fence = (int64_t)s->depth - 1;
        pc++;
        continue;
      case SRE_ASSERT:
        if (ptr < (int64_t)code[pc + 1]) FAIL;
        PUSH(FENCE_ASSERT, pc + code[pc], ptr, fence);
        fence = (int64_t)s->depth - 1;
        ptr -= code[pc + 1];
        pc += 2;
        continue;
      case SRE_ASSERT_NOT:
        if (ptr < (int64_t)code[pc + 1]) {
          pc += code[pc];
          continue;
        }
        PUSH(FENCE_ASSERT_NOT, pc + code[pc], ptr, fence);
        fence = (int64_t)s->depth - 1;
        ptr -= code[pc + 1];
        pc += 2;
        continue;
      case SRE_GROUPREF: case SRE_GROUPREF_IGNORE: case SRE_GROUPREF_UNI_IGNORE: case SRE_GROUPREF_LOC_IGNORE: {
        int64_t from = s->marks[2 * code[pc]], to = s->marks[2 * code[pc] + 1];
        if (from < 0 || to < from || !repeats_text(s, op, from, to, ptr, kind)) FAIL;
        ptr += to - from;
        pc++;
        continue;
      }
      case SRE_GROUPREF_EXISTS: {
        int64_t from = s->marks[2 * code[pc]], to = s->marks[2 * code[pc] + 1];
        pc += from >= 0 && to >= from ? 2 : code[pc + 1];
        continue;
      }
      case SRE_SUCCESS: {
        if (fence < 0) {
          if ((s->match_all && ptr != s->end) || (s->must_advance && ptr == s->start)) FAIL;
          s->ptr = ptr;
          s->depth = base;
          return 1;
        }
        Entry e = s->stack[fence];
        size_t at = (size_t)fence;
        fence = e.b;
        if (e.kind == FENCE_ASSERT_NOT) {
          while (s->depth > at + 1) undo(s, &s->stack[--s->depth], &repeat);
          s->depth = at;
          FAIL;
        }
        drop_choices(s, at);
        if (e.kind == FENCE_POSSESSIVE) {
          s->repeats[repeat].count++;
          goto possessive;
        }
        if (e.kind == FENCE_ASSERT) ptr = e.a;
        pc = e.pc;
        continue;
      }
      default:   // SRE_FAILURE
        FAIL;
    }

  branch:   // pc: an alternative's skip; 0 ends them
    for (;; pc += code[pc]) {
      if (code[pc] == 0) FAIL;
      uint32_t first = code[pc + 1];
      // An alternative whose first character does not fit need not be entered.
      if (first == SRE_LITERAL && (ptr >= s->end || char_at(s, ptr, kind) != code[pc + 2])) continue;
      if (first == SRE_IN && (ptr >= s->end || !in_set(code + pc + 3, char_at(s, ptr, kind)))) continue;
      break;
    }
    if (code[pc + code[pc]] != 0) PUSH(CHOICE_BRANCH, pc + code[pc], ptr, 0);
    pc++;
    continue;

  possessive: {   // the innermost repeat is one, between two items
    Repeat *r = &s->repeats[repeat];
    const uint32_t *limits = code + r->pc;
    bool needed = r->count < (int64_t)limits[1];
    if (needed || ((r->count < (int64_t)limits[2] || limits[2] == SRE_MAXREPEAT) && ptr != r->last)) {
      if (!needed) r->last = ptr;
      PUSH(FENCE_POSSESSIVE, r->pc, ptr, fence);
      fence = (int64_t)s->depth - 1;
      pc = r->pc + 3;
      continue;
    }
    pc = r->pc + limits[0] + 1;
    PUSH(UNDO_REPEAT, 0, repeat, 0);
    repeat = r->outer;
    continue;
  }

  fail:
    for (;;) {
      if (s->depth == base) return 0;
      Entry *e = &s->stack[s->depth - 1];
      switch (e->kind) {
        case CHOICE_BRANCH:
          pc = e->pc;
          ptr = e->a;
          s->depth--;
          goto branch;
        case CHOICE_GREEDY_ONE: {
          pc = e->pc;
          int64_t least = code[pc + 1], n = e->b - 1;
          const uint32_t *tail = code + pc + code[pc];
          if (tail[0] == SRE_LITERAL)   // the rest begins with a known character: go back to where it is
            while (n >= least && (e->a + n >= s->end || char_at(s, e->a + n, kind) != tail[1])) n--;
          if (n < least) {
            s->depth--;
            continue;
          }
          ptr = e->a + n;
          if (n > least) e->b = n;
          else s->depth--;
          pc += code[pc];
          break;
        }
        case CHOICE_LAZY_ONE: {
          pc = e->pc;
          if (e->a >= s->end || !accepts(code + pc + 3, char_at(s, e->a, kind))) {
            s->depth--;
            continue;
          }
          ptr = ++e->a;
          e->b++;
          if (code[pc + 2] != SRE_MAXREPEAT && e->b >= (int64_t)code[pc + 2]) s->depth--;
          pc += code[pc];
          break;
        }
        case CHOICE_GREEDY_TAIL:
          pc = e->pc;
          ptr = e->a;
          s->depth--;
          PUSH(UNDO_REPEAT, 0, repeat, 0);
          repeat = s->repeats[repeat].outer;
          break;
        case CHOICE_LAZY_MORE: {
          Repeat *r = &s->repeats[repeat];
          int64_t n = r->count + 1;
          uint32_t most = code[r->pc + 2];
          ptr = e->a;
          s->depth--;
          if ((n >= (int64_t)most && most != SRE_MAXREPEAT) || ptr == r->last) continue;
          PUSH(UNDO_COUNT, repeat, r->count, r->last);
          r->count = n;
          r->last = ptr;
          pc = r->pc + 3;
          break;
        }
        case FENCE_ASSERT_NOT:
          fence = e->b;
          ptr = e->a;
          pc = e->pc;
          s->depth--;
          break;
        case FENCE_POSSESSIVE: {
          fence = e->b;
          ptr = e->a;
          s->depth--;
          Repeat *r = &s->repeats[repeat];
          if (r->count < (int64_t)code[r->pc + 1]) continue;
          pc = r->pc + code[r->pc] + 1;
          PUSH(UNDO_REPEAT, 0, repeat, 0);
          repeat = r->outer;
          break;
        }
        case FENCE_ASSERT:
        case FENCE_ATOMIC:
          fence = e->b;
          s->depth--;
          continue;
        default:
          undo(s, e, &repeat);
          s->depth--;
          continue;
      }
      break;
    }
  }
}

static int run1(SreState *s) { return run(s, 1); }
static int run2(SreState *s) { return run(s, 2); }
static int run4(SreState *s) { return run(s, 4); }
static int run_kind(SreState *s) { return s->kind == 1 ? run1(s) : s->kind == 2 ? run2(s) : run4(s); }

int sre_match_here(SreState *s) {
  s->depth = 0;
  return s->start > s->end ? 0 : run_kind(s);
}

// --- Searching ------------------------------------------------------------------------------------------------------------------------------

// What the INFO block tells about every match.
typedef struct Hint {
  int64_t width;           // least
  const uint32_t *prefix;  // of prefix_length characters; NULL: none
  uint32_t prefix_length;
  bool literal;            // the prefix is all
  const uint32_t *set;     // of the first character; NULL
  bool anchored;           // to the beginning of the text
} Hint;

static Hint hint_of(const uint32_t *code) {
  Hint h = {0};
  const uint32_t *first = code[0] == SRE_INFO ? code + 1 + code[1] : code;
  h.anchored = first[0] == SRE_AT && (first[1] == SRE_AT_BEGINNING || first[1] == SRE_AT_BEGINNING_STRING);
  if (code[0] != SRE_INFO) return h;
  h.width = code[3];
  if (code[2] & SRE_INFO_PREFIX) {
    h.prefix_length = code[5];
    h.prefix = code + 7;
    h.literal = code[2] & SRE_INFO_LITERAL;
  } else if (code[2] & SRE_INFO_CHARSET) {
    h.set = code + 5;
  }
  // Code need not come from the library: whatever it says, no character beyond the end is looked at.
  if (h.width < h.prefix_length) h.width = h.prefix_length;
  if (h.set && h.width == 0) h.width = 1;
  return h;
}

static inline __attribute__((always_inline)) int64_t next_candidate(const SreState *s, const Hint *h, int64_t i, int64_t last, const int kind) {
  if (h->prefix_length) {
    for (; i <= last; i++) {
      if (kind == 1 && h->prefix[0] < 256) {
        const char *text = s->text, *at = memchr(text + i, (int)h->prefix[0], (size_t)(last - i + 1));
        if (!at) return -1;
        i = at - text;
      } else if (char_at(s, i, kind) != h->prefix[0]) {
        continue;
      }
      uint32_t k = 1;
      while (k < h->prefix_length && char_at(s, i + k, kind) == h->prefix[k]) k++;
      if (k == h->prefix_length) return i;
    }
    return -1;
  }
  if (h->set)
    while (i <= last && !in_set(h->set, char_at(s, i, kind))) i++;
  return i <= last ? i : -1;
}

static int64_t candidate(const SreState *s, const Hint *h, int64_t i, int64_t last) {
  return s->kind == 1 ? next_candidate(s, h, i, last, 1) : s->kind == 2 ? next_candidate(s, h, i, last, 2) : next_candidate(s, h, i, last, 4);
}

int sre_search(SreState *s) {
  Hint h = hint_of(s->code);
  int64_t i = s->start, last = s->end - h.width;
  if (h.anchored && last > 0) last = 0;
  while (i <= last) {
    i = candidate(s, &h, i, last);
    if (i < 0) break;
    s->start = i;
    s->depth = 0;
    if (h.literal) {
      s->ptr = i + h.prefix_length;
      return 1;
    }
    int r = run_kind(s);
    if (r != 0) return r;
    s->must_advance = false;
    i++;
    if (unlikely(++s->steps % STEPS_BETWEEN_SAFEPOINTS == 0) && safepoint(s->t) < 0) return -1;
  }
  return 0;
}

// --- The state --------------------------------------------------------------------------------------------------------------------------------

// Characters of a str or bytes-like object. 0, -1.
static int open_text(Thread *t, SreState *s, Value string) {
  if (v_is_str(string)) {
    Str *text = v_str(string);
    s->text = text->data;
    s->kind = str_kind(text);
    s->length = str_length(text);
    return 0;
  }
  if (buffer_get(t, string, &s->view, BUFFER_SIMPLE) < 0) {
    if (error_matches(t, &exc_TypeError)) {
      error_clear(t);
      raise_type_error(t, "expected string or bytes-like object, got '%.200T'", string);
    }
    return -1;
  }
  s->has_view = true;
  s->is_bytes = true;
  s->text = s->view.data;
  s->kind = 1;
  s->length = s->view.len;
  return 0;
}

static int64_t clip(int64_t i, int64_t low, int64_t high) { return i < low ? low : i > high ? high : i; }

int sre_state_begin(Thread *t, SreState *s, Pattern *p, Value string, int64_t pos, int64_t endpos) {
  memset(s, 0, sizeof *s);
  s->t = t;
  s->code = p->code;
  s->groups = p->groups;
  s->last_index = -1;
  s->string = v_own(t, string);
  if (open_text(t, s, string) < 0) {
    sre_state_end(s);
    return -1;
  }
  const char *problem = s->is_bytes && p->is_bytes == 0   ? "cannot use a string pattern on a bytes-like object"
                        : !s->is_bytes && p->is_bytes > 0 ? "cannot use a bytes pattern on a string-like object"
                                                          : NULL;
  if (problem) {
    raise_type_error(t, "%s", problem);
    sre_state_end(s);
    return -1;
  }
  if (p->groups) {
    s->marks = heap_alloc(t, (size_t)p->groups * 2 * sizeof *s->marks);
    if (!s->marks) {
      raise_no_memory(t);
      sre_state_end(s);
      return -1;
    }
    for (int64_t i = 0; i < p->groups * 2; i++) s->marks[i] = -1;
  }
  s->pos = s->start = s->ptr = clip(pos, 0, s->length);
  s->end = clip(endpos, 0, s->length);
  return 0;
}

void sre_state_reset(SreState *s) {
  s->last_index = -1;
  for (int64_t i = 0; i < s->groups * 2; i++) s->marks[i] = -1;
}

void sre_state_end(SreState *s) {
  Thread *t = s->t;
  if (s->has_view) buffer_release(t, &s->view);
  if (s->marks) heap_free(t, s->marks);
  if (s->stack) heap_free(t, s->stack);
  if (s->repeats) heap_free(t, s->repeats);
  v_drop(t, s->string);
  memset(s, 0, sizeof *s);
  s->t = t;
}

Value sre_slice(Thread *t, Value string, int64_t start, int64_t end) {
  if (v_is_str(string)) return str_slice(t, string, start, end);
  BufferView view;
  if (v_is_exact(string, SHAPE_BYTES) && start == 0 && end == v_bytes(string)->length) return v_own(t, string);
  if (buffer_get(t, string, &view, BUFFER_SIMPLE) < 0) return V_NULL;
  // A bytearray may have shrunk since the match.
  start = clip(start, 0, view.len);
  end = clip(end, start, view.len);
  Value r = bytes_from(t, (const char *)view.data + start, (size_t)(end - start));
  buffer_release(t, &view);
  return r;
}
