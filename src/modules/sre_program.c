// Makes the program that runs from valid pattern code: sets become tables, and choices that could never help are left out.
//
// A repeat of one character need not be taken back item by item if what follows cannot begin with such a character: `[^"]+"` is matched as
// `[^"]++"`. What may follow a place is found by walking the code from there (first_walk), a bounded number of steps; what is not found within
// them may be anything. Whether a walk passes a condition, such as `\b` or a look-ahead, matters only at the end of the pattern: with no
// condition on the way, success behind the longest repeat is certain, so a shorter one is never asked for.
#include <string.h>

#include "gc/heap.h"
#include "modules/sre.h"
#include "objects/error_state.h"

typedef struct Bits { uint64_t words[4]; } Bits;

typedef struct Builder {
  Thread *t;
  SreProgram *program;
  const uint32_t *code;
  const SreNotes *notes;
  Bits *bits;                // of each set
  size_t sets, loops;
} Builder;

// --- Sets -------------------------------------------------------------------------------------------------------------------------------------

static void bits_add(Bits *b, uint32_t c) { b->words[c >> 6] |= (uint64_t)1 << (c & 63); }
static bool bits_have(const Bits *b, uint32_t c) { return b->words[c >> 6] >> (c & 63) & 1; }
static void bits_join(Bits *b, const Bits *more) { for (int i = 0; i < 4; i++) b->words[i] |= more->words[i]; }
static bool bits_meet(const Bits *a, const Bits *b) {
  for (int i = 0; i < 4; i++)
    if (a->words[i] & b->words[i]) return true;
  return false;
}

static Bits bits_of_unit(const uint32_t *unit) {
  Bits b = {{0}};
  for (uint32_t c = 0; c < 256; c++)
    if (sre_unit_accepts(unit, c)) bits_add(&b, c);
  return b;
}

enum { SETS_COMPARED = 32 };   // a new set is looked for among so many of the newest only

static uint32_t set_add(Builder *b, const Bits *bits, bool wide, const uint32_t *unit) {
  SreSet *sets = b->program->sets;
  for (size_t i = b->sets; i-- > 0 && b->sets - i <= SETS_COMPARED;)
    if (sets[i].unit == unit && sets[i].wide == wide && memcmp(&b->bits[i], bits, sizeof *bits) == 0) return (uint32_t)i;
  size_t number = b->sets++;
  uint8_t *table = b->program->tables + number / 8 * 256, mask = (uint8_t)(1 << number % 8);
  for (uint32_t c = 0; c < 256; c++)
    if (bits_have(bits, c)) table[c] |= mask;
  b->bits[number] = *bits;
  sets[number] = (SreSet){table, mask, wide, unit};
  return (uint32_t)number;
}

static uint32_t unit_add(Builder *b, const uint32_t *unit) {
  uint32_t length = sre_unit_length(unit);
  const SreSet *sets = b->program->sets;
  for (size_t i = b->sets; i-- > 0 && b->sets - i <= SETS_COMPARED;)
    if (sets[i].unit && sre_unit_length(sets[i].unit) == length && memcmp(sets[i].unit, unit, length * sizeof *unit) == 0) return (uint32_t)i;
  Bits bits = bits_of_unit(unit);
  return set_add(b, &bits, sre_unit_is_wide(unit), unit);
}

// --- What may come first ----------------------------------------------------------------------------------------------------------------------

typedef struct First {
  Bits bits;
  bool wide;        // characters from 256 on
  bool any;         // whatever: nothing is known
  bool end;         // it may match without a character: at the end of the text, or because the pattern ends
  bool empty;       // the part may be empty
  int steps;        // left
} First;

enum { FIRST_STEPS = 200, FIRST_DEPTH = 20 };

static void first_add_unit(const Builder *b, size_t pc, First *f) {
  const uint32_t *unit = b->code + pc, *made = b->program->code + pc;
  if (made[0] == SRE_TABLE || made[0] == SRE_TABLE_IN) {
    uint32_t number = made[0] == SRE_TABLE ? made[1] : made[2];
    bits_join(&f->bits, &b->bits[number]);
  } else if (sre_unit_is_locale(unit)) {
    f->any = true;
  } else {
    Bits bits = bits_of_unit(unit);
    bits_join(&f->bits, &bits);
  }
  f->wide |= sre_unit_is_wide(unit);
}

// The REPEAT whose UNTIL stands at `until`.
static size_t repeat_of(const Builder *b, size_t until) {
  for (size_t i = b->notes->count; i-- > 0;) {
    size_t pc = b->notes->places[i];
    if (b->code[pc] == SRE_REPEAT && pc + 1 + b->code[pc + 1] == until) return pc;
  }
  return SIZE_MAX;
}

// Adds what may be matched first from pc on; a part ends at `stop` (SIZE_MAX: the pattern's end). conditional: a condition was passed.
static void first_walk(const Builder *b, size_t pc, size_t stop, bool conditional, First *f, int depth) {
  const uint32_t *code = b->code;
  if (depth > FIRST_DEPTH) f->any = true;
  for (;;) {
    if (f->any || f->steps-- <= 0) {
      f->any = true;
      return;
    }
    if (pc == stop) {
      f->empty = true;
      return;
    }
    switch (code[pc]) {
      case SRE_MARK: pc += 2; break;
      case SRE_JUMP: case SRE_INFO: pc += 1 + code[pc + 1]; break;
      case SRE_AT:
        if (code[pc + 1] == SRE_AT_END || code[pc + 1] == SRE_AT_END_LINE) bits_add(&f->bits, '\n');
        if (code[pc + 1] == SRE_AT_END || code[pc + 1] == SRE_AT_END_LINE || code[pc + 1] == SRE_AT_END_STRING) {
          f->end = true;
          return;
        }
        conditional = true;
        pc += 2;
        break;
      case SRE_ASSERT: case SRE_ASSERT_NOT:
        conditional = true;
        pc += 1 + code[pc + 1];
        break;
      case SRE_REPEAT_ONE: case SRE_MIN_REPEAT_ONE: case SRE_POSSESSIVE_REPEAT_ONE:
        first_add_unit(b, pc + 4, f);
        if (code[pc + 2] > 0) return;
        pc += 1 + code[pc + 1];
        break;
      case SRE_BRANCH:
        for (pc++; code[pc] != 0; pc += code[pc]) first_walk(b, pc + 1, stop, conditional, f, depth + 1);
        return;
      case SRE_REPEAT:
        first_walk(b, pc + 4, stop, conditional, f, depth + 1);
        if (code[pc + 2] > 0) return;
        pc += 2 + code[pc + 1];
        break;
      case SRE_MAX_UNTIL: case SRE_MIN_UNTIL: {
        size_t repeat = repeat_of(b, pc);
        if (repeat == SIZE_MAX) f->any = true;
        else first_walk(b, repeat + 4, stop, conditional, f, depth + 1);
        pc++;
        break;
      }
      case SRE_SUCCESS:
        if (conditional) f->any = true;
        f->end = true;
        return;
      case SRE_FAILURE: return;
      default:
        if (sre_unit_length(code + pc)) first_add_unit(b, pc, f);
        else f->any = true;
        return;
    }
  }
}

static First first_of(const Builder *b, size_t pc, size_t stop) {
  First f = {.steps = FIRST_STEPS};
  first_walk(b, pc, stop, false, &f, 0);
  return f;
}

// Both known, and no character may begin either.
static bool first_differ(const First *a, const First *b) {
  return !a->any && !b->any && !(a->wide && b->wide) && !bits_meet(&a->bits, &b->bits);
}

static uint32_t first_set(Builder *b, const First *f) { return f->any || f->empty || f->end ? SRE_NO_SET : set_add(b, &f->bits, f->wide, NULL); }

// --- Instructions -------------------------------------------------------------------------------------------------------------------------------

static void make_unit(Builder *b, size_t pc) {
  const uint32_t *unit = b->code + pc;
  uint32_t *made = b->program->code + pc;
  if (unit[0] == SRE_ANY || unit[0] == SRE_ANY_ALL || unit[0] == SRE_LITERAL || unit[0] == SRE_NOT_LITERAL || sre_unit_is_locale(unit)) return;
  uint32_t number = unit_add(b, unit);
  bool in = sre_unit_length(unit) > 2;
  made[0] = in ? SRE_TABLE_IN : SRE_TABLE;
  made[in ? 2 : 1] = number;
}

static void make_repeat_one(Builder *b, size_t pc) {
  const uint32_t *code = b->code;
  if (code[pc + 2] == code[pc + 3]) return;
  First unit = {.steps = 1}, tail = first_of(b, pc + 1 + code[pc + 1], SIZE_MAX);
  first_add_unit(b, pc + 4, &unit);
  if (!first_differ(&unit, &tail)) return;
  // A lazy one takes all that it can, too, if what follows needs a character that it does not accept.
  bool lazy_at_end = code[pc] == SRE_MIN_REPEAT_ONE && tail.end;
  if (!lazy_at_end) b->program->code[pc] = SRE_POSSESSIVE_REPEAT_ONE;
}

static void make_repeat(Builder *b, size_t pc) {
  const uint32_t *code = b->code;
  size_t until = pc + 1 + code[pc + 1];
  First item = first_of(b, pc + 4, until), tail = first_of(b, until + 1, SIZE_MAX);
  SreLoop loop = {code[pc + 1], code[pc + 2], code[pc + 3], first_set(b, &item), true};
  if (loop.first != SRE_NO_SET && !tail.end && first_differ(&item, &tail)) loop.choice = false;
  uint32_t *made = b->program->code + pc;
  if (code[until] == SRE_MAX_UNTIL && loop.min == 0 && loop.max == 1) {
    made[0] = SRE_OPTIONAL;
    made[2] = loop.first;
    made[3] = loop.choice;
    made[until - pc] = SRE_NOP;
    return;
  }
  made[1] = (uint32_t)b->loops;
  b->program->loops[b->loops++] = loop;
}

static void read_info(Builder *b) {
  SreProgram *p = b->program;
  const uint32_t *code = b->code, *first = code[0] == SRE_INFO ? code + 1 + code[1] : code;
  p->anchored = first[0] == SRE_AT && (first[1] == SRE_AT_BEGINNING || first[1] == SRE_AT_BEGINNING_STRING);
  p->first = SRE_NO_SET;
  uint32_t flags = code[0] == SRE_INFO ? code[2] : 0;
  if (code[0] == SRE_INFO) p->width = code[3];
  // Code need not come from the library: whatever it says, no character beyond the end is looked at.
  if (flags & SRE_INFO_PREFIX) {
    p->prefix_length = code[5];
    p->prefix = code + 7;
    p->literal = flags & SRE_INFO_LITERAL;
    if (p->width < p->prefix_length) p->width = p->prefix_length;
    return;
  }
  if (flags & SRE_INFO_CHARSET) {
    Bits bits = {{0}};
    for (uint32_t c = 0; c < 256; c++)
      if (sre_set_accepts(code + 5, c)) bits_add(&bits, c);
    p->first = set_add(b, &bits, true, NULL);
  } else {
    First f = first_of(b, 0, SIZE_MAX);
    p->first = first_set(b, &f);
  }
  if (p->first != SRE_NO_SET && p->width == 0) p->width = 1;
}

// Units first, for the walks look at their sets.
static void make_instructions(Builder *b) {
  const SreNotes *notes = b->notes;
  for (size_t i = 0; i < notes->count; i++)
    if (sre_unit_length(b->code + notes->places[i])) make_unit(b, notes->places[i]);
  for (size_t i = 0; i < notes->count; i++) {
    size_t pc = notes->places[i];
    if (b->program->code[pc] != b->code[pc]) continue;   // a unit; or made already: what was checked in two ways is noted twice
    if (b->code[pc] == SRE_REPEAT_ONE || b->code[pc] == SRE_MIN_REPEAT_ONE) make_repeat_one(b, pc);
    else if (b->code[pc] == SRE_REPEAT) make_repeat(b, pc);
  }
}

int sre_program_make(Thread *t, SreProgram *p, const uint32_t *code, size_t size, const SreNotes *notes) {
  Builder b = {.t = t, .program = p, .code = code, .notes = notes};
  size_t sets = notes->count + 1;   // a set at most for each unit and each repeat, and one for what matches begin with
  p->code = heap_alloc(t, size * sizeof *p->code);
  p->sets = heap_alloc(t, sets * sizeof *p->sets);
  p->tables = heap_alloc(t, (sets + 7) / 8 * 256);
  p->loops = heap_alloc(t, sets * sizeof *p->loops);
  b.bits = heap_alloc(t, sets * sizeof *b.bits);
  bool ok = p->code && p->sets && p->tables && p->loops && b.bits;
  if (ok) {
    memcpy(p->code, code, size * sizeof *code);
    memset(p->tables, 0, (sets + 7) / 8 * 256);
    make_instructions(&b);
    read_info(&b);
  } else {
    raise_no_memory(t);
  }
  if (b.bits) heap_free(t, b.bits);
  return ok ? 0 : -1;
}

void sre_program_free(Thread *t, SreProgram *p) {
  if (p->code) heap_free(t, p->code);
  if (p->sets) heap_free(t, p->sets);
  if (p->loops) heap_free(t, p->loops);
  if (p->tables) heap_free(t, p->tables);
}
