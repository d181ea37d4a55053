// Checks pattern code before it is run, so that code from elsewhere than the library's compiler can do no harm.
//
// Walks the code as the engine would, with an end for each part that jumps may not leave. What it does not check is whether the code makes
// sense. Groups must be opened and closed in pairs only as far as marks stay within their array.
#include "gc/heap.h"
#include "modules/sre.h"
#include "objects/error.h"
#include "objects/object.h"

typedef struct Checker {
  Thread *t;
  const uint32_t *code;
  int64_t groups;
  SreNotes *notes;
} Checker;

// False: MemoryError.
static bool note(Checker *c, size_t place) {
  SreNotes *notes = c->notes;
  if (notes->count == notes->capacity) {
    size_t capacity = notes->capacity ? notes->capacity * 2 : 16;
    uint32_t *places = heap_realloc(c->t, notes->places, capacity * sizeof *places);
    if (!places) {
      raise_no_memory(c->t);
      return false;
    }
    notes->places = places;
    notes->capacity = capacity;
  }
  notes->places[notes->count++] = (uint32_t)place;
  return true;
}

// The set in [i, end), its FAILURE included.
static bool set_is_valid(const uint32_t *code, size_t i, size_t end) {
  while (i < end) {
    uint32_t op = code[i++];
    size_t left = end - i;
    switch (op) {
      case SRE_FAILURE: return i == end;
      case SRE_NEGATE: break;
      case SRE_LITERAL:
        if (left < 1) return false;
        i++;
        break;
      case SRE_RANGE:
      case SRE_RANGE_UNI_IGNORE:
        if (left < 2) return false;
        i += 2;
        break;
      case SRE_CHARSET:
        if (left < 8) return false;
        i += 8;
        break;
      case SRE_BIGCHARSET: {
        if (left < 65) return false;
        uint32_t blocks = code[i++];
        for (int k = 0; k < 256; k++)
          if (((const uint8_t *)(code + i))[k] >= blocks) return false;
        i += 64;
        if (blocks > 256 || end - i < (size_t)blocks * 8) return false;
        i += (size_t)blocks * 8;
        break;
      }
      case SRE_CATEGORY:
        if (left < 1 || code[i] >= SRE_CATEGORIES) return false;
        i++;
        break;
      default: return false;
    }
  }
  return false;
}

// The words after an opcode at i-1 whose first is a skip: the end of the part it spans (beyond `end`: invalid, answered as 0).
static size_t skip_end(const uint32_t *code, size_t i, size_t end) {
  return i < end && code[i] >= 1 && code[i] <= end - i ? i + code[i] : 0;
}

static bool part_is_valid(Checker *c, size_t i, size_t end);

static bool body_is_valid(Checker *c, size_t i, size_t end) {
  if (i > end || recursion_enter(c->t, " while validating a regular expression") < 0) return false;
  bool ok = part_is_valid(c, i, end);
  recursion_leave(c->t);
  return ok;
}

static bool info_is_valid(Checker *c, size_t i, size_t stop) {
  const uint32_t *code = c->code;
  if (stop - i < 4) return false;
  uint32_t flags = code[i + 1];
  if (flags & ~7u || ((flags & SRE_INFO_PREFIX) && (flags & SRE_INFO_CHARSET)) || ((flags & SRE_INFO_LITERAL) && !(flags & SRE_INFO_PREFIX))) return false;
  i += 4;
  if (flags & SRE_INFO_PREFIX) {
    if (stop - i < 2) return false;
    uint32_t length = code[i], skip = code[i + 1];
    if (length == 0 || skip > length || length > (stop - i - 2) / 2 || stop - i - 2 != 2 * (size_t)length) return false;
    for (uint32_t k = 0; k < length; k++)
      if (code[i + 2 + length + k] > k) return false;
    return true;
  }
  if (flags & SRE_INFO_CHARSET) return set_is_valid(code, i, stop);
  return i == stop;
}

// One-character code ended by SUCCESS, filling [i, end).
static bool unit_is_valid(Checker *c, size_t i, size_t end) {
  if (i >= end) return false;
  size_t length;
  switch (c->code[i]) {
    case SRE_ANY: case SRE_ANY_ALL: length = 1; break;
    case SRE_LITERAL: case SRE_NOT_LITERAL: case SRE_LITERAL_IGNORE: case SRE_NOT_LITERAL_IGNORE: case SRE_LITERAL_UNI_IGNORE:
    case SRE_NOT_LITERAL_UNI_IGNORE: case SRE_LITERAL_LOC_IGNORE: case SRE_NOT_LITERAL_LOC_IGNORE: length = 2; break;
    case SRE_IN: case SRE_IN_IGNORE: case SRE_IN_UNI_IGNORE: case SRE_IN_LOC_IGNORE: {
      size_t stop = skip_end(c->code, i + 1, end);
      if (!stop || !set_is_valid(c->code, i + 2, stop)) return false;
      length = stop - i;
      break;
    }
    default: return false;
  }
  return i + length + 1 == end && c->code[i + length] == SRE_SUCCESS && note(c, i);
}

static bool branch_is_valid(Checker *c, size_t *i, size_t end) {
  const uint32_t *code = c->code;
  size_t target = 0, at = *i;
  for (;;) {
    if (at >= end) return false;
    if (code[at] == 0) break;
    size_t stop = skip_end(code, at, end);
    // An alternative ends in a jump behind the whole branch.
    if (!stop || stop >= end || stop - at < 3 || code[stop - 2] != SRE_JUMP) return false;
    size_t to = skip_end(code, stop - 1, end);
    if (!to || (target && to != target)) return false;
    target = to;
    if (!body_is_valid(c, at + 1, stop - 2)) return false;
    at = stop;
  }
  if (target != at + 1) return false;
  *i = target;
  return true;
}

static bool part_is_valid(Checker *c, size_t i, size_t end) {
  const uint32_t *code = c->code;
  while (i < end) {
    uint32_t op = code[i++];
    size_t left = end - i, start = i - 1, stop;
    bool noted = false;
    switch (op) {
      case SRE_MARK:
        if (left < 1 || code[i] >= 2 * (uint64_t)c->groups) return false;
        i++;
        break;
      case SRE_FAILURE: case SRE_ANY: case SRE_ANY_ALL: break;
      case SRE_LITERAL: case SRE_NOT_LITERAL: case SRE_LITERAL_IGNORE: case SRE_NOT_LITERAL_IGNORE: case SRE_LITERAL_UNI_IGNORE:
      case SRE_NOT_LITERAL_UNI_IGNORE: case SRE_LITERAL_LOC_IGNORE: case SRE_NOT_LITERAL_LOC_IGNORE:
        if (left < 1) return false;
        i++;
        noted = true;
        break;
      case SRE_AT:
        if (left < 1 || code[i] >= SRE_ATS) return false;
        i++;
        break;
      case SRE_CATEGORY:
        if (left < 1 || code[i] >= SRE_CATEGORIES) return false;
        i++;
        noted = true;
        break;
      case SRE_IN: case SRE_IN_IGNORE: case SRE_IN_UNI_IGNORE: case SRE_IN_LOC_IGNORE:
        stop = skip_end(code, i, end);
        if (!stop || !set_is_valid(code, i + 1, stop)) return false;
        i = stop;
        noted = true;
        break;
      case SRE_INFO:
        stop = skip_end(code, i, end);
        if (!stop || !info_is_valid(c, i, stop)) return false;
        i = stop;
        break;
      case SRE_BRANCH:
        if (!branch_is_valid(c, &i, end)) return false;
        break;
      case SRE_REPEAT_ONE: case SRE_MIN_REPEAT_ONE: case SRE_POSSESSIVE_REPEAT_ONE:
        stop = skip_end(code, i, end);
        if (!stop || stop - i < 4 || code[i + 1] > code[i + 2] || !unit_is_valid(c, i + 3, stop)) return false;
        i = stop;
        noted = true;
        break;
      case SRE_REPEAT: case SRE_POSSESSIVE_REPEAT: {
        stop = skip_end(code, i, end);   // where UNTIL or SUCCESS stands
        if (!stop || stop - i < 3 || stop >= end || code[i + 1] > code[i + 2] || !body_is_valid(c, i + 3, stop)) return false;
        bool ok = op == SRE_REPEAT ? code[stop] == SRE_MAX_UNTIL || code[stop] == SRE_MIN_UNTIL : code[stop] == SRE_SUCCESS;
        if (!ok) return false;
        i = stop + 1;
        noted = true;
        break;
      }
      case SRE_ATOMIC_GROUP:
        stop = skip_end(code, i, end);
        if (!stop || stop - i < 2 || code[stop - 1] != SRE_SUCCESS || !body_is_valid(c, i + 1, stop - 1)) return false;
        i = stop;
        break;
      case SRE_ASSERT: case SRE_ASSERT_NOT:
        stop = skip_end(code, i, end);
        if (!stop || stop - i < 3 || code[i + 1] & 0x80000000u || code[stop - 1] != SRE_SUCCESS || !body_is_valid(c, i + 2, stop - 1)) return false;
        i = stop;
        break;
      case SRE_GROUPREF: case SRE_GROUPREF_IGNORE: case SRE_GROUPREF_UNI_IGNORE: case SRE_GROUPREF_LOC_IGNORE:
        if (left < 1 || code[i] >= (uint64_t)c->groups) return false;
        i++;
        break;
      case SRE_GROUPREF_EXISTS: {
        if (left < 2 || code[i] >= (uint64_t)c->groups || code[i + 1] < 2) return false;
        size_t no = code[i + 1] <= end - i ? i + code[i + 1] : 0;
        if (!no || no < i + 2) return false;
        // With an else part, the yes part ends in a jump over it.
        size_t jump = no >= i + 4 && code[no - 2] == SRE_JUMP ? skip_end(code, no - 1, end) : 0;
        if (jump && jump >= no && body_is_valid(c, i + 2, no - 2) && body_is_valid(c, no, jump)) {
          i = jump;
          break;
        }
        if (error_pending(c->t) || !body_is_valid(c, i + 2, no)) return false;
        i = no;
        break;
      }
      default: return false;
    }
    if (noted && !note(c, start)) return false;
  }
  return i == end;
}

bool sre_code_is_valid(Thread *t, const uint32_t *code, size_t size, int64_t groups, SreNotes *notes) {
  Checker c = {t, code, groups, notes};
  return size > 0 && code[size - 1] == SRE_SUCCESS && part_is_valid(&c, 0, size - 1);
}
