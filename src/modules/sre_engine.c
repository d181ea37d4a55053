// The matching engine: runs a pattern's program over a text by backtracking, without recursion.
//
// One stack holds two sorts of entries. A choice says where to go on, and from which place in the text, when what was tried fails. An undo
// entry says what a variable was before it changed: a group's mark, a repeat's count, the innermost repeat. Failing pops entries, undoing,
// down to the newest choice. A fence stands where a part that is matched on its own begins (look-around, atomic group, possessive repeat):
// when the part has matched, the choices above its fence are dropped but the undo entries stay, for they belong to the outside too.
#include "gc/heap.h"
#include "modules/sre.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"

enum EntryKind {
  UNDO_MARK,          // pc: mark, a: old place, b: old last_index
  UNDO_COUNT,         // pc: repeat, a: old count, b: old last place
  UNDO_REPEAT,        // a: old innermost repeat
  UNDO_REPEATS,       // a: old innermost repeat, b: old number of them
  CHOICE_BRANCH,      // pc: next alternative, a: place
  CHOICE_GO_ON,       // pc: where to go on, a: place
  CHOICE_GREEDY_ONE,  // pc: after the opcode, a: place of the first item, b: items taken
  CHOICE_LAZY_ONE,    // pc: after the opcode, a: place after the items taken, b: their number
  CHOICE_GREEDY_TAIL, // pc: the UNTIL, a: place
  CHOICE_LAZY_MORE,   // pc: the UNTIL, a: place
  FENCE_ASSERT,       // pc: where to go on, a: place, b: outer fence
  FENCE_ASSERT_NOT,
  FENCE_ATOMIC,
  FENCE_POSSESSIVE,   // pc: after the opcode, a: place, b: outer fence; its repeat is the innermost
};

typedef SreEntry Entry;

typedef struct SreRepeat {
  uint32_t pc;        // after the REPEAT opcode: skip, min, max, body
  int64_t count;      // items matched so far; begins at -1, as reaching UNTIL adds one
  int64_t last;       // where the newest item began; -1
  int64_t outer;      // enclosing repeat; -1
} Repeat;

// --- Characters -----------------------------------------------------------------------------------------------------------------------------

static inline __attribute__((always_inline)) uint32_t char_at(const SreState *s, int64_t i, const int kind) {
  if (kind == 1) return ((const uint8_t *)s->text)[i];
  if (kind == 2) return ((const uint16_t *)s->text)[i];
  return ((const uint32_t *)s->text)[i];
}

static inline __attribute__((always_inline)) bool in_set(const SreSet *set, uint32_t c, const int kind) {
  if (kind == 1 || c < 256) return set->table[c] & set->mask;
  return set->unit ? sre_unit_accepts(set->unit, c) : set->wide;
}

// The set of the unit at pc; NULL: it has none.
static inline const SreSet *set_of_unit(const SreProgram *p, const uint32_t *pc) {
  return pc[0] == SRE_TABLE ? &p->sets[pc[1]] : pc[0] == SRE_TABLE_IN ? &p->sets[pc[2]] : NULL;
}

static inline __attribute__((always_inline)) bool accepts(const SreProgram *p, const uint32_t *pc, uint32_t c, const int kind) {
  switch (pc[0]) {
    case SRE_LITERAL: return c == pc[1];
    case SRE_TABLE: return in_set(&p->sets[pc[1]], c, kind);
    case SRE_TABLE_IN: return in_set(&p->sets[pc[2]], c, kind);
    default: return sre_unit_accepts(pc, c);
  }
}

// Where text[i:end] has a character that is not in the set; end.
static inline __attribute__((always_inline)) int64_t end_of_set(const SreState *s, const SreSet *set, int64_t i, int64_t end, const int kind) {
  const uint8_t *table = set->table;
  const uint8_t mask = set->mask;
  if (kind == 1) {
    const uint8_t *text = s->text;
    for (; end - i >= 4; i += 4) {
      if (!(table[text[i]] & mask)) return i;
      if (!(table[text[i + 1]] & mask)) return i + 1;
      if (!(table[text[i + 2]] & mask)) return i + 2;
      if (!(table[text[i + 3]] & mask)) return i + 3;
    }
  }
  while (i < end && in_set(set, char_at(s, i, kind), kind)) i++;
  return i;
}

enum { LONG_ENOUGH_FOR_MEMCHR = 32 };

// Where text[i:end] has the character; end.
static inline __attribute__((always_inline)) int64_t find_char(const SreState *s, uint32_t c, int64_t i, int64_t end, const int kind) {
  int64_t near = kind == 1 && end - i > LONG_ENOUGH_FOR_MEMCHR ? i + LONG_ENOUGH_FOR_MEMCHR : end;
  while (i < near && char_at(s, i, kind) != c) i++;
  if (kind != 1 || i < near || near == end) return i;
  const uint8_t *text = s->text, *at = c < 256 ? memchr(text + i, (int)c, (size_t)(end - i)) : NULL;
  return at ? at - text : end;
}

// How many characters from `from` on the unit at pc accepts, at most `max`.
static inline __attribute__((always_inline)) int64_t count_one(const SreState *s, const uint32_t *pc, int64_t from, uint32_t max, const int kind) {
  int64_t end = s->end, i = from;
  if (max != SRE_MAXREPEAT && end - from > (int64_t)max) end = from + max;
  const SreSet *set = set_of_unit(s->program, pc);
  if (set) return end_of_set(s, set, i, end, kind) - from;
  switch (pc[0]) {
    case SRE_ANY_ALL: return end - from;
    case SRE_ANY: return find_char(s, '\n', i, end, kind) - from;
    case SRE_NOT_LITERAL: return find_char(s, pc[1], i, end, kind) - from;
    case SRE_LITERAL:
      while (i < end && char_at(s, i, kind) == pc[1]) i++;
      break;
    default:
      while (i < end && sre_unit_accepts(pc, char_at(s, i, kind))) i++;
  }
  return i - from;
}

static inline bool is_unicode_word(uint32_t c) { return c < 128 ? sre_is_ascii_word(c) : sre_is_unicode_word(c); }

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
    case SRE_AT_NON_BOUNDARY: before = sre_is_ascii_word(left), after = sre_is_ascii_word(right); break;
    case SRE_AT_LOC_BOUNDARY:
    case SRE_AT_LOC_NON_BOUNDARY: before = sre_is_locale_word(left), after = sre_is_locale_word(right); break;
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
    else if (!same && op == SRE_GROUPREF_UNI_IGNORE) same = sre_lower_unicode(a) == sre_lower_unicode(b);
    else if (!same && op == SRE_GROUPREF_LOC_IGNORE) same = sre_lower_locale(a) == sre_lower_locale(b);
    if (!same) return false;
  }
  return true;
}

// --- The stack ------------------------------------------------------------------------------------------------------------------------------

// Room for more than the `depth` entries there are.
static bool stack_grow(SreState *s, size_t depth) {
  size_t capacity = s->capacity * 2;
  bool own = s->stack == s->own_stack;
  Entry *fresh = heap_realloc(s->t, own ? NULL : s->stack, capacity * sizeof *fresh);
  if (!fresh) {
    raise_no_memory(s->t);
    return false;
  }
  if (own) memcpy(fresh, s->own_stack, depth * sizeof *fresh);
  s->stack = fresh;
  s->capacity = capacity;
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

// What was tried above the fence has matched: its choices go, what it changed can still be undone. The fence goes too. The new depth.
static size_t drop_choices(Entry *stack, size_t fence, size_t depth) {
  size_t to = fence;
  for (size_t i = fence + 1; i < depth; i++)
    if (stack[i].kind < CHOICE_BRANCH) stack[to++] = stack[i];
  return to;
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

#define PUSH(kind, pc, a, b)                                                                   \
  do {                                                                                         \
    if (unlikely(depth == s->capacity)) {                                                      \
      if (!stack_grow(s, depth)) return -1;                                                    \
      stack = s->stack;                                                                        \
    }                                                                                          \
    stack[depth++] = (Entry){kind, (uint32_t)(pc), a, b};                                      \
  } while (0)
// With no choice on the stack nothing is ever undone.
#define PUSH_UNDO(kind, pc, a, b) do { if (depth) PUSH(kind, pc, a, b); } while (0)
#define FAIL goto fail
// Often enough that a signal is noticed, where a program can go round: behind repeats and after failures.
#define STEP do { if (unlikely(++s->steps % STEPS_BETWEEN_SAFEPOINTS == 0) && safepoint(s->t) < 0) return -1; } while (0)

// False: an alternative's first instruction, at pc, does not accept the character at ptr.
static inline __attribute__((always_inline)) bool may_begin(const SreState *s, const SreProgram *p, const uint32_t *pc, int64_t ptr, const int kind) {
  if (pc[0] != SRE_LITERAL && pc[0] != SRE_TABLE && pc[0] != SRE_TABLE_IN) return true;
  return ptr < s->end && accepts(p, pc, char_at(s, ptr, kind), kind);
}

// Matches from s->start. 1, 0, -1. On 1 the marks stand; on 0 all is as before.
static inline __attribute__((always_inline)) int run(SreState *s, const int kind) {
  const SreProgram *program = s->program;
  const uint32_t *const code = program->code;
  const SreLoop *const loops = program->loops;
  Entry *stack = s->stack;
  size_t depth = 0;
  uint32_t pc = 0;
  const int64_t end = s->end;
  int64_t ptr = s->start;
  int64_t fence = -1, repeat = -1;   // innermost of each
  bool marked = false;               // a mark was set that will not be undone
  s->repeat_count = 0;
  STEP;

  for (;;) {
    uint32_t op = code[pc++];
    switch (op) {
      case SRE_MARK: {
        uint32_t mark = code[pc++];
        if (depth) PUSH(UNDO_MARK, mark, s->marks[mark], s->last_index);
        else marked = true;
        s->marks[mark] = ptr;
        if (mark & 1) s->last_index = mark / 2 + 1;
        continue;
      }
      case SRE_LITERAL:
        if (ptr >= end || char_at(s, ptr, kind) != code[pc]) FAIL;
        ptr++, pc++;
        continue;
      case SRE_TABLE:
        if (ptr >= end || !in_set(&program->sets[code[pc]], char_at(s, ptr, kind), kind)) FAIL;
        ptr++, pc++;
        continue;
      case SRE_TABLE_IN:
        if (ptr >= end || !in_set(&program->sets[code[pc + 1]], char_at(s, ptr, kind), kind)) FAIL;
        ptr++, pc += code[pc];
        continue;
      case SRE_ANY:
        if (ptr >= end || char_at(s, ptr, kind) == '\n') FAIL;
        ptr++;
        continue;
      case SRE_ANY_ALL:
        if (ptr >= end) FAIL;
        ptr++;
        continue;
      case SRE_NOT_LITERAL:
        if (ptr >= end || char_at(s, ptr, kind) == code[pc]) FAIL;
        ptr++, pc++;
        continue;
      case SRE_CATEGORY: case SRE_IN: case SRE_LITERAL_LOC_IGNORE: case SRE_NOT_LITERAL_LOC_IGNORE: case SRE_IN_LOC_IGNORE:
        if (ptr >= end || !sre_unit_accepts(code + pc - 1, char_at(s, ptr, kind))) FAIL;
        ptr++;
        pc += sre_unit_length(code + pc - 1) - 1;
        continue;
      case SRE_AT:
        if (!at_position(s, code[pc++], ptr, kind)) FAIL;
        continue;
      case SRE_INFO:
        if (end - ptr < (int64_t)code[pc + 2]) FAIL;
        pc += code[pc];
        continue;
      case SRE_JUMP:
        pc += code[pc];
        continue;
      case SRE_BRANCH:
        goto branch;
      case SRE_REPEAT_ONE: {
        if (end - ptr < (int64_t)code[pc + 1]) FAIL;
        int64_t n = count_one(s, code + pc + 3, ptr, code[pc + 2], kind);
        if (n < (int64_t)code[pc + 1]) FAIL;
        if (n > (int64_t)code[pc + 1]) PUSH(CHOICE_GREEDY_ONE, pc, ptr, n);
        ptr += n;
        pc += code[pc];
        continue;
      }
      case SRE_MIN_REPEAT_ONE: {
        uint32_t least = code[pc + 1];
        if (end - ptr < (int64_t)least) FAIL;
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
      case SRE_OPTIONAL: {
        uint32_t first = code[pc + 1], behind = pc + code[pc] + 1;
        if (first != SRE_NO_SET && (ptr >= end || !in_set(&program->sets[first], char_at(s, ptr, kind), kind))) {
          pc = behind;
          continue;
        }
        if (code[pc + 2]) PUSH(CHOICE_GO_ON, behind, ptr, 0);
        pc += 3;
        continue;
      }
      case SRE_NOP: continue;
      case SRE_REPEAT:
        if (unlikely(s->repeat_count == s->repeat_capacity) && !repeats_grow(s)) return -1;
        PUSH_UNDO(UNDO_REPEATS, 0, repeat, (int64_t)s->repeat_count);
        s->repeats[s->repeat_count] = (Repeat){pc, -1, -1, repeat};
        repeat = (int64_t)s->repeat_count++;
        pc += loops[code[pc]].skip;
        continue;
      case SRE_MAX_UNTIL: {
        STEP;
        Repeat *r = &s->repeats[repeat];
        const SreLoop *loop = &loops[code[r->pc]];
        int64_t n = r->count + 1;
        bool needed = n < (int64_t)loop->min, choice = loop->choice;
        bool begins = loop->first == SRE_NO_SET || (ptr < end && in_set(&program->sets[loop->first], char_at(s, ptr, kind), kind));
        if (needed && !begins) FAIL;
        if (needed || (begins && (n < (int64_t)loop->max || loop->max == SRE_MAXREPEAT) && ptr != r->last)) {
          if (!needed && choice) PUSH(CHOICE_GREEDY_TAIL, pc, ptr, 0);
          PUSH_UNDO(UNDO_COUNT, repeat, r->count, r->last);
          r->count = n;
          if (!needed) r->last = ptr;
          pc = r->pc + 3;
          continue;
        }
        PUSH_UNDO(UNDO_REPEAT, 0, repeat, 0);
        repeat = r->outer;
        continue;
      }
      case SRE_MIN_UNTIL: {
        STEP;
        Repeat *r = &s->repeats[repeat];
        if (r->count + 1 < (int64_t)loops[code[r->pc]].min) {
          PUSH_UNDO(UNDO_COUNT, repeat, r->count, r->last);
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
        PUSH_UNDO(UNDO_REPEATS, 0, repeat, (int64_t)s->repeat_count);
        s->repeats[s->repeat_count] = (Repeat){pc, 0, -1, repeat};
        repeat = (int64_t)s->repeat_count++;
        goto possessive;
      case SRE_ATOMIC_GROUP:
        PUSH(FENCE_ATOMIC, pc + code[pc], ptr, fence);
        fence = (int64_t)depth - 1;
        pc++;
        continue;
      case SRE_ASSERT:
        if (ptr < (int64_t)code[pc + 1]) FAIL;
        PUSH(FENCE_ASSERT, pc + code[pc], ptr, fence);
        fence = (int64_t)depth - 1;
        ptr -= code[pc + 1];
        pc += 2;
        continue;
      case SRE_ASSERT_NOT:
        if (ptr < (int64_t)code[pc + 1]) {
          pc += code[pc];
          continue;
        }
        PUSH(FENCE_ASSERT_NOT, pc + code[pc], ptr, fence);
        fence = (int64_t)depth - 1;
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
          if ((s->match_all && ptr != end) || (s->must_advance && ptr == s->start)) FAIL;
          s->ptr = ptr;
          return 1;
        }
        Entry e = stack[fence];
        size_t at = (size_t)fence;
        fence = e.b;
        if (e.kind == FENCE_ASSERT_NOT) {
          while (depth > at + 1) undo(s, &stack[--depth], &repeat);
          depth = at;
          FAIL;
        }
        depth = drop_choices(stack, at, depth);
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
    while (code[pc] != 0 && !may_begin(s, program, code + pc + 1, ptr, kind)) pc += code[pc];
    if (code[pc] == 0) FAIL;
    // Alternatives that cannot begin here need not be tried later either.
    uint32_t other = pc + code[pc];
    while (code[other] != 0 && !may_begin(s, program, code + other + 1, ptr, kind)) other += code[other];
    if (code[other] != 0) PUSH(CHOICE_BRANCH, other, ptr, 0);
    pc++;
    continue;

  possessive: {   // the innermost repeat is one, between two items
    Repeat *r = &s->repeats[repeat];
    const uint32_t *limits = code + r->pc;
    bool needed = r->count < (int64_t)limits[1];
    if (needed || ((r->count < (int64_t)limits[2] || limits[2] == SRE_MAXREPEAT) && ptr != r->last)) {
      if (!needed) r->last = ptr;
      PUSH(FENCE_POSSESSIVE, r->pc, ptr, fence);
      fence = (int64_t)depth - 1;
      pc = r->pc + 3;
      continue;
    }
    pc = r->pc + limits[0] + 1;
    PUSH(UNDO_REPEAT, 0, repeat, 0);
    repeat = r->outer;
    continue;
  }

  fail:
    STEP;
    for (;;) {
      if (depth == 0) {
        if (marked) sre_state_reset(s);
        return 0;
      }
      Entry *e = &stack[depth - 1];
      switch (e->kind) {
        case CHOICE_BRANCH:
          pc = e->pc;
          ptr = e->a;
          depth--;
          goto branch;
        case CHOICE_GO_ON:
          pc = e->pc;
          ptr = e->a;
          depth--;
          break;
        case CHOICE_GREEDY_ONE: {
          pc = e->pc;
          int64_t least = code[pc + 1], n = e->b - 1;
          const uint32_t *tail = code + pc + code[pc];
          // The rest begins with a certain character: go back to where there is one.
          if (tail[0] == SRE_LITERAL)
            while (n >= least && (e->a + n >= end || char_at(s, e->a + n, kind) != tail[1])) n--;
          else if (tail[0] == SRE_TABLE || tail[0] == SRE_TABLE_IN)
            while (n >= least && (e->a + n >= end || !accepts(program, tail, char_at(s, e->a + n, kind), kind))) n--;
          if (n < least) {
            depth--;
            continue;
          }
          ptr = e->a + n;
          if (n > least) e->b = n;
          else depth--;
          pc += code[pc];
          break;
        }
        case CHOICE_LAZY_ONE: {
          pc = e->pc;
          const uint32_t *tail = code + pc + code[pc];
          if (e->a >= end || !accepts(program, code + pc + 3, char_at(s, e->a, kind), kind)) {
            depth--;
            continue;
          }
          ptr = ++e->a;
          e->b++;
          if (code[pc + 2] != SRE_MAXREPEAT && e->b >= (int64_t)code[pc + 2]) depth--;
          else if (tail[0] == SRE_LITERAL && (ptr >= end || char_at(s, ptr, kind) != tail[1])) continue;   // take one more at once
          pc += code[pc];
          break;
        }
        case CHOICE_GREEDY_TAIL:
          pc = e->pc;
          ptr = e->a;
          depth--;
          PUSH(UNDO_REPEAT, 0, repeat, 0);
          repeat = s->repeats[repeat].outer;
          break;
        case CHOICE_LAZY_MORE: {
          Repeat *r = &s->repeats[repeat];
          int64_t n = r->count + 1;
          uint32_t most = loops[code[r->pc]].max;
          ptr = e->a;
          depth--;
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
          depth--;
          break;
        case FENCE_POSSESSIVE: {
          fence = e->b;
          ptr = e->a;
          depth--;
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
          depth--;
          continue;
        default:
          undo(s, e, &repeat);
          depth--;
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
  return s->start > s->end ? 0 : run_kind(s);
}

// --- Searching ------------------------------------------------------------------------------------------------------------------------------

static inline __attribute__((always_inline)) bool has_prefix(const SreState *s, const SreProgram *p, int64_t i, const int kind) {
  for (uint32_t k = 1; k < p->prefix_length; k++)
    if (char_at(s, i + k, kind) != p->prefix[k]) return false;
  return true;
}

// The first place in [i, last] where a match may begin; -1.
static inline __attribute__((always_inline)) int64_t next_candidate(const SreState *s, int64_t i, int64_t last, const int kind) {
  const SreProgram *p = s->program;
  if (p->prefix_length) {
    while ((i = find_char(s, p->prefix[0], i, last + 1, kind)) <= last && !has_prefix(s, p, i, kind)) i++;
  } else if (p->first != SRE_NO_SET) {
    const SreSet *set = &p->sets[p->first];
    while (i <= last && !in_set(set, char_at(s, i, kind), kind)) i++;
  }
  return i <= last ? i : -1;
}

static inline __attribute__((always_inline)) int search(SreState *s, const int kind) {
  const SreProgram *p = s->program;
  int64_t i = s->start, last = s->end - p->width;
  if (p->anchored && last > 0) last = 0;
  STEP;
  while (i <= last) {
    i = next_candidate(s, i, last, kind);
    if (i < 0) break;
    s->start = i;
    if (p->literal) {
      s->ptr = i + p->prefix_length;
      return 1;
    }
    int r = kind == 1 ? run1(s) : kind == 2 ? run2(s) : run4(s);
    if (r != 0) return r;
    s->must_advance = false;
    i++;
  }
  return 0;
}

int sre_search(SreState *s) { return s->kind == 1 ? search(s, 1) : s->kind == 2 ? search(s, 2) : search(s, 4); }

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
  if (v_is_exact(string, SHAPE_BYTES)) {
    s->is_bytes = true;
    s->text = v_bytes(string)->data;
    s->kind = 1;
    s->length = v_bytes(string)->length;
    return 0;
  }
  if (!buffer_try(t, string, &s->view)) {
    if (!error_pending(t)) raise_type_error(t, "expected string or bytes-like object, got '%.200T'", string);
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
  memset(s, 0, offsetof(SreState, own_stack));
  s->t = t;
  s->program = &p->program;
  s->stack = s->own_stack;
  s->capacity = SRE_OWN_ENTRIES;
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
  s->marks = s->own_marks;
  if (p->groups * 2 > SRE_OWN_MARKS) {
    s->marks = heap_alloc(t, (size_t)p->groups * 2 * sizeof *s->marks);
    if (!s->marks) {
      raise_no_memory(t);
      sre_state_end(s);
      return -1;
    }
  }
  for (int64_t i = 0; i < p->groups * 2; i++) s->marks[i] = -1;
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
  s->has_view = false;
  if (s->marks && s->marks != s->own_marks) heap_free(t, s->marks);
  if (s->stack && s->stack != s->own_stack) heap_free(t, s->stack);
  if (s->repeats) heap_free(t, s->repeats);
  s->marks = NULL;
  s->stack = NULL;
  s->repeats = NULL;
  v_drop(t, s->string);
  s->string = V_NULL;
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
