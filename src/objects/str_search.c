// str: find, index, count, startswith, endswith and `in`.

#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str_impl.h"
#include "objects/text_search.h"
#include "objects/tuple.h"

bool needle_init(Thread *t, Needle *n, const Str *s, int kind) {
  int own = str_kind(s);
  n->length = s->length;
  n->heap = NULL;
  n->impossible = own > kind;
  n->data = s->data;
  if (own >= kind) return true;
  void *to = n->small;
  if (s->length * kind > (int64_t)sizeof n->small) {
    to = n->heap = heap_alloc(t, (size_t)(s->length * kind));
    if (!to) {
      raise_no_memory(t);
      return false;
    }
  }
  chars_copy(kind, to, 0, own, s->data, 0, s->length);
  n->data = to;
  return true;
}

void needle_free(Thread *t, Needle *n) {
  if (n->heap) heap_free(t, n->heap);
}

// Compares across kinds without memory of its own.
static int64_t find_across_kinds(const Str *s, const Str *sub, int64_t start, int64_t end) {
  int kind = str_kind(s);
  for (int64_t last = end - sub->length; start <= last; start++) {
    int64_t step = text_find_char(kind, text_at(kind, s->data, start), last - start + 1, str_char(sub, 0));
    if (step < 0) return -1;
    start += step;
    int64_t i = 1;
    while (i < sub->length && str_char(s, start + i) == str_char(sub, i)) i++;
    if (i == sub->length) return start;
  }
  return -1;
}

int64_t str_find(const Str *s, const Str *sub, int64_t start, int64_t end) {
  int kind = str_kind(s), own = str_kind(sub);
  slice_clip(s->length, &start, &end);
  if (end - start < sub->length || own > kind) return -1;
  if (sub->length == 0) return start;
  if (own != kind) return find_across_kinds(s, sub, start, end);
  int64_t at = text_find(kind, text_at(kind, s->data, start), end - start, sub->data, sub->length);
  return at < 0 ? -1 : at + start;
}

int str_contains(Thread *t, Value self, Value item) {
  if (!v_is_str(item)) {
    raise_type_error(t, "'in <string>' requires string as left operand, not %T", item);
    return -1;
  }
  const Str *s = v_str(self), *sub = v_str(item);
  if (str_kind(sub) > str_kind(s) || sub->length > s->length) return 0;
  Needle n;
  if (!needle_init(t, &n, sub, str_kind(s))) return -1;
  bool found = text_find(str_kind(s), s->data, s->length, n.data, n.length) >= 0;
  needle_free(t, &n);
  return found;
}

// --- find, rfind, index, rindex, count ------------------------------------------------------------------------------------------------

typedef struct FindCall { const Str *s; const void *data; Needle needle; int64_t start, end; bool misses; } FindCall;

static bool count_check(Thread *t, const char *name, size_t nargs, Value kwnames) {
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length) {
    raise_type_error(t, "str.%s() takes no keyword arguments", name);
    return false;
  }
  if (nargs < 1) raise_type_error(t, "%s() takes at least 1 argument (0 given)", name);
  else if (nargs > 3) raise_type_error(t, "%s() takes at most 3 arguments (%zu given)", name, nargs);
  return nargs >= 1 && nargs <= 3;
}

static bool bounds_read(Thread *t, const Value *args, size_t nargs, int64_t length, int64_t *start, int64_t *end) {
  *start = 0;
  *end = INT64_MAX;
  if (nargs > 1 && (*start = slice_bound_or_none(t, args[1], 0)) == -1 && error_pending(t)) return false;
  if (nargs > 2 && (*end = slice_bound_or_none(t, args[2], INT64_MAX)) == -1 && error_pending(t)) return false;
  slice_clip(length, start, end);
  return true;
}

// Reads (sub[, start[, end]]); on success needle_free must follow.
static bool find_call_read(Thread *t, FindCall *c, const char *name, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (!count_check(t, name, nargs, kwnames)) return false;
  c->s = v_str(self);
  if (!bounds_read(t, args, nargs, c->s->length, &c->start, &c->end)) return false;
  if (!v_is_str(args[0])) {
    raise_type_error(t, "must be str, not %T", args[0]);
    return false;
  }
  int kind = str_kind(c->s);
  if (!needle_init(t, &c->needle, v_str(args[0]), kind)) return false;
  c->data = text_at(kind, c->s->data, c->start);
  c->misses = c->needle.impossible || c->end - c->start < c->needle.length;
  return true;
}

typedef int64_t (*SearchFn)(int kind, const void *s, int64_t n, const void *p, int64_t m);

// The position, -1 not found, -2 error.
static int64_t find_call(Thread *t, const char *name, SearchFn search, Value self, const Value *args, size_t nargs, Value kwnames) {
  FindCall c;
  if (!find_call_read(t, &c, name, self, args, nargs, kwnames)) return -2;
  int64_t at = c.misses ? -1 : search(str_kind(c.s), c.data, c.end - c.start, c.needle.data, c.needle.length);
  needle_free(t, &c.needle);
  return at < 0 ? -1 : at + c.start;
}

static Value find_result(int64_t at) { return at == -2 ? V_NULL : v_from_smi(at); }

static Value index_result(Thread *t, int64_t at) {
  if (at == -1) return raise_value_error(t, "substring not found");
  return find_result(at);
}

NATIVE(str_native_find) { return find_result(find_call(t, "find", text_find, self, args, nargs, kwnames)); }
NATIVE(str_native_rfind) { return find_result(find_call(t, "rfind", text_rfind, self, args, nargs, kwnames)); }
NATIVE(str_native_index) { return index_result(t, find_call(t, "index", text_find, self, args, nargs, kwnames)); }
NATIVE(str_native_rindex) { return index_result(t, find_call(t, "rindex", text_rfind, self, args, nargs, kwnames)); }

NATIVE(str_native_count) {
  FindCall c;
  if (!find_call_read(t, &c, "count", self, args, nargs, kwnames)) return V_NULL;
  int64_t n = c.misses ? 0 : text_count(str_kind(c.s), c.data, c.end - c.start, c.needle.data, c.needle.length, INT64_MAX);
  needle_free(t, &c.needle);
  return v_from_smi(n);
}

// --- startswith, endswith ---------------------------------------------------------------------------------------------------------

static bool matches_at(const Str *s, const Str *affix, int64_t at) {
  int ks = str_kind(s), ka = str_kind(affix);
  if (ka == ks) return text_equal(ks, text_at(ks, s->data, at), affix->data, affix->length);
  if (ka > ks) return false;
  for (int64_t i = 0; i < affix->length; i++)
    if (char_get(ks, s->data, at + i) != char_get(ka, affix->data, i)) return false;
  return true;
}

static bool affix_matches(const Str *s, const Str *affix, int64_t start, int64_t end, bool at_end) {
  if (end - start < affix->length) return false;
  return matches_at(s, affix, at_end ? end - affix->length : start);
}

static Value affix_call(Thread *t, const char *name, bool at_end, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (!count_check(t, name, nargs, kwnames)) return V_NULL;
  const Str *s = v_str(self);
  int64_t start, end;
  if (!bounds_read(t, args, nargs, s->length, &start, &end)) return V_NULL;
  if (v_is_str(args[0])) return v_from_bool(affix_matches(s, v_str(args[0]), start, end, at_end));
  if (!v_is_tuple(args[0])) return raise_type_error(t, "%s first arg must be str or a tuple of str, not %T", name, args[0]);
  const Tuple *affixes = v_tuple(args[0]);
  for (int64_t i = 0; i < affixes->length; i++) {
    if (!v_is_str(affixes->items[i])) return raise_type_error(t, "tuple for %s must only contain str, not %T", name, affixes->items[i]);
    if (affix_matches(s, v_str(affixes->items[i]), start, end, at_end)) return V_TRUE;
  }
  return V_FALSE;
}

NATIVE(str_native_startswith) { return affix_call(t, "startswith", false, self, args, nargs, kwnames); }
NATIVE(str_native_endswith) { return affix_call(t, "endswith", true, self, args, nargs, kwnames); }

static Value without_affix(Thread *t, const char *name, Value self, Value affix, bool at_end) {
  if (!v_is_str(affix)) return raise_type_error(t, "%s() argument must be str, not %K", name, affix);
  const Str *s = v_str(self), *a = v_str(affix);
  if (a->length == 0 || !affix_matches(s, a, 0, s->length, at_end)) return str_exact(t, self);
  return at_end ? str_slice(t, self, 0, s->length - a->length) : str_slice(t, self, a->length, s->length);
}

NATIVE(str_native_removeprefix) { return without_affix(t, "removeprefix", self, args[0], false); }
NATIVE(str_native_removesuffix) { return without_affix(t, "removesuffix", self, args[0], true); }
