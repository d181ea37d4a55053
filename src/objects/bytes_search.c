// bytes and bytearray: find, index, count, startswith, endswith, removeprefix, removesuffix.

#include "objects/bytes_impl.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/text_search.h"
#include "objects/tuple.h"

typedef struct Bounds { int64_t start, end; } Bounds;

static bool count_check(Thread *t, const char *name, Value self, size_t nargs, Value kwnames) {
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length) {
    raise_type_error(t, "%s.%s() takes no keyword arguments", v_is_bytes(self) ? "bytes" : "bytearray", name);
    return false;
  }
  if (nargs < 1) raise_type_error(t, "%s() takes at least 1 argument (0 given)", name);
  else if (nargs > 3) raise_type_error(t, "%s() takes at most 3 arguments (%zu given)", name, nargs);
  return nargs >= 1 && nargs <= 3;
}

static bool bounds_read(Thread *t, const Value *args, size_t nargs, Bounds *b) {
  *b = (Bounds){0, INT64_MAX};
  if (nargs > 1 && (b->start = slice_bound_or_none(t, args[1], 0)) == -1 && error_pending(t)) return false;
  if (nargs > 2 && (b->end = slice_bound_or_none(t, args[2], INT64_MAX)) == -1 && error_pending(t)) return false;
  return true;
}

// --- find and its kin -------------------------------------------------------------------------------------------------------------

typedef enum { SEEK_FIND, SEEK_RFIND, SEEK_COUNT } Seek;
typedef struct FindCall { ByteArg sub; Bounds bounds; Seek seek; } FindCall;

static Value find_op(Thread *t, const ByteSource *s, void *arg) {
  (void)t;
  const FindCall *c = arg;
  Bounds b = c->bounds;
  slice_clip(s->length, &b.start, &b.end);
  int64_t n = b.end - b.start;
  if (n < c->sub.length) return v_from_smi(c->seek == SEEK_COUNT ? 0 : -1);
  const uint8_t *p = s->data + b.start;
  if (c->seek == SEEK_COUNT) return v_from_smi(text_count(1, p, n, c->sub.data, c->sub.length, INT64_MAX));
  int64_t at = (c->seek == SEEK_FIND ? text_find : text_rfind)(1, p, n, c->sub.data, c->sub.length);
  return v_from_smi(at < 0 ? -1 : at + b.start);
}

static Value find_call(Thread *t, const char *name, Seek seek, Value self, const Value *args, size_t nargs, Value kwnames) {
  FindCall c = {.seek = seek};
  if (!count_check(t, name, self, nargs, kwnames) || !bounds_read(t, args, nargs, &c.bounds)) return V_NULL;
  if (byte_arg_get_or_int(t, args[0], &c.sub, "argument should be integer or bytes-like object, not '%T'") < 0) return V_NULL;
  Value v = bytes_with(t, self, find_op, &c);
  byte_arg_clear(t, &c.sub);
  return v;
}

static Value index_result(Thread *t, Value at) {
  if (!v_is_null(at) && v_smi(at) < 0) return raise_value_error(t, "subsection not found");
  return at;
}

NATIVE(bytes_native_find) { return find_call(t, "find", SEEK_FIND, self, args, nargs, kwnames); }
NATIVE(bytes_native_rfind) { return find_call(t, "rfind", SEEK_RFIND, self, args, nargs, kwnames); }
NATIVE(bytes_native_count) { return find_call(t, "count", SEEK_COUNT, self, args, nargs, kwnames); }
NATIVE(bytes_native_index) { return index_result(t, find_call(t, "index", SEEK_FIND, self, args, nargs, kwnames)); }
NATIVE(bytes_native_rindex) { return index_result(t, find_call(t, "rindex", SEEK_RFIND, self, args, nargs, kwnames)); }

// --- startswith, endswith ---------------------------------------------------------------------------------------------------------

typedef struct AffixCall { ByteArg affix; Bounds bounds; bool at_end; } AffixCall;

static bool affix_matches(const ByteSource *s, const AffixCall *c) {
  Bounds b = c->bounds;
  slice_clip(s->length, &b.start, &b.end);
  int64_t n = c->affix.length;
  if (b.end - b.start < n) return false;
  return n == 0 || memcmp(s->data + (c->at_end ? b.end - n : b.start), c->affix.data, (size_t)n) == 0;
}

static Value affix_op(Thread *t, const ByteSource *s, void *arg) {
  (void)t;
  return v_from_bool(affix_matches(s, arg));
}

// 1, 0, -1.
static int affix_try(Thread *t, Value self, Value affix, AffixCall *c) {
  if (byte_arg_get(t, affix, &c->affix) < 0) return -1;
  Value v = bytes_with(t, self, affix_op, c);
  byte_arg_clear(t, &c->affix);
  return v_is(v, V_TRUE);
}

static Value affix_call(Thread *t, const char *name, bool at_end, Value self, const Value *args, size_t nargs, Value kwnames) {
  AffixCall c = {.at_end = at_end};
  if (!count_check(t, name, self, nargs, kwnames) || !bounds_read(t, args, nargs, &c.bounds)) return V_NULL;
  int found = 0;
  if (v_is_tuple(args[0])) {
    const Tuple *affixes = v_tuple(args[0]);
    for (int64_t i = 0; i < affixes->length && found == 0; i++) found = affix_try(t, self, affixes->items[i], &c);
  } else if (!buffer_is_supported(args[0])) {
    return raise_type_error(t, "%s first arg must be bytes or a tuple of bytes, not %T", name, args[0]);
  } else {
    found = affix_try(t, self, args[0], &c);
  }
  return found < 0 ? V_NULL : v_from_bool(found);
}

NATIVE(bytes_native_startswith) { return affix_call(t, "startswith", false, self, args, nargs, kwnames); }
NATIVE(bytes_native_endswith) { return affix_call(t, "endswith", true, self, args, nargs, kwnames); }

static Value remove_op(Thread *t, const ByteSource *s, void *arg) {
  const AffixCall *c = arg;
  int64_t n = affix_matches(s, c) ? c->affix.length : 0;
  return c->at_end ? bytes_result_slice(t, s, 0, s->length - n) : bytes_result_slice(t, s, n, s->length);
}

static Value remove_affix(Thread *t, Value self, Value affix, bool at_end) {
  AffixCall c = {.bounds = {0, INT64_MAX}, .at_end = at_end};
  if (byte_arg_get(t, affix, &c.affix) < 0) return V_NULL;
  Value v = bytes_with(t, self, remove_op, &c);
  byte_arg_clear(t, &c.affix);
  return v;
}

NATIVE(bytes_native_removeprefix) { return remove_affix(t, self, args[0], false); }
NATIVE(bytes_native_removesuffix) { return remove_affix(t, self, args[0], true); }
