// str: split, rsplit, splitlines, partition, join, strip and replace.

#include "objects/error.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str_impl.h"
#include "objects/text_search.h"
#include "objects/text_split.h"
#include "objects/tuple.h"
#include "objects/unicode.h"
#include "threading/critical.h"

// --- split ------------------------------------------------------------------------------------------------------------------------

static Value str_piece(Thread *t, const SplitSource *s, int64_t start, int64_t end) {
  const Str *owner = v_str(s->owner);
  if (str_is_ascii(owner) && !(start == 0 && end == s->length)) return str_from_ascii(t, owner->data + start, (size_t)(end - start));
  return str_slice(t, s->owner, start, end);
}

SplitSource str_split_source(Value v) {
  const Str *s = v_str(v);
  return (SplitSource){.owner = v, .kind = str_kind(s), .data = s->data, .length = s->length, .unicode = true, .piece = str_piece};
}

typedef Value (*SplitSpaceFn)(Thread *t, const SplitSource *s, int64_t max);
typedef Value (*SplitFn)(Thread *t, const SplitSource *s, const void *sep, int64_t m, int64_t max);

static Value split_call(Thread *t, Value self, const Value *args, SplitSpaceFn by_space, SplitFn by_sep) {
  int64_t max = -1;
  if (!v_is_absent(args[1]) && (max = number_as_i64(t, args[1])) == -1 && error_pending(t)) return V_NULL;
  SplitSource source = str_split_source(self);
  if (v_is_absent_or_none(args[0])) return by_space(t, &source, max);
  if (!v_is_str(args[0])) return raise_type_error(t, "must be str or None, not %T", args[0]);
  const Str *sep = v_str(args[0]);
  if (sep->length == 0) return raise_value_error(t, "empty separator");
  Needle n;
  if (!needle_init(t, &n, sep, source.kind)) return V_NULL;
  Value list;
  if (n.impossible) {
    Value whole = str_exact(t, self);
    list = v_is_null(whole) ? whole : list_from_stolen(t, &whole, 1);
  } else {
    list = by_sep(t, &source, n.data, n.length, max);
  }
  needle_free(t, &n);
  return list;
}

NATIVE(str_native_split) { return split_call(t, self, args, text_split_space, text_split); }
NATIVE(str_native_rsplit) { return split_call(t, self, args, text_rsplit_space, text_rsplit); }

NATIVE(str_native_splitlines) {
  int keep = v_is_absent(args[0]) ? 0 : number_as_int(t, args[0]);
  if (keep == -1 && error_pending(t)) return V_NULL;
  SplitSource source = str_split_source(self);
  return text_splitlines(t, &source, keep != 0);
}

// --- partition --------------------------------------------------------------------------------------------------------------------

static Value partition_call(Thread *t, Value self, Value sep, bool from_end) {
  if (!v_is_str(sep)) return raise_type_error(t, "must be str, not %T", sep);
  const Str *s = v_str(self), *p = v_str(sep);
  if (p->length == 0) return raise_value_error(t, "empty separator");
  Needle n;
  if (!needle_init(t, &n, p, str_kind(s))) return V_NULL;
  int64_t at = -1;
  if (!n.impossible && n.length <= s->length) at = (from_end ? text_rfind : text_find)(str_kind(s), s->data, s->length, n.data, n.length);
  needle_free(t, &n);
  Value parts[3];
  if (at >= 0) {
    parts[0] = str_slice(t, self, 0, at);
    parts[1] = v_own(t, sep);
    parts[2] = str_slice(t, self, at + p->length, s->length);
  } else {
    parts[0] = parts[1] = parts[2] = str_empty;
    parts[from_end ? 2 : 0] = v_own(t, self);     // itself, be it of a subclass
  }
  for (int i = 0; i < 3; i++)
    if (v_is_null(parts[i])) {
      for (int j = 0; j < 3; j++) v_drop(t, parts[j]);
      return V_NULL;
    }
  return tuple_from_stolen(t, parts, 3);
}

NATIVE(str_native_partition) { return partition_call(t, self, args[0], false); }
NATIVE(str_native_rpartition) { return partition_call(t, self, args[0], true); }

// --- join -------------------------------------------------------------------------------------------------------------------------

typedef struct JoinFault { bool too_long; size_t index; Value item; } JoinFault;  // item: owned, what is no str; V_NULL: none

// Length and width of the joined text; -1 and the reason. Raises nothing, for the caller may hold a lock.
static int64_t join_measure(Thread *t, const Str *sep, const Value *items, size_t n, uint32_t *max_class, JoinFault *fault) {
  int64_t length = 0;
  uint32_t widest = n > 1 && sep->length ? str_max_class(sep) : 0x7F;
  for (size_t i = 0; i < n; i++) {
    if (unlikely(!v_is_str_exact(items[i]) && !v_is_str(items[i]))) {
      fault->index = i;
      fault->item = v_own(t, items[i]);
      return -1;
    }
    const Str *s = v_str(items[i]);
    if (unlikely(!str_is_ascii(s)) && str_max_class(s) > widest) widest = str_max_class(s);
    if (__builtin_add_overflow(length, s->length + (i ? sep->length : 0), &length)) {
      fault->too_long = true;
      return -1;
    }
  }
  *max_class = widest;
  return length;
}

static Value join_raise(Thread *t, JoinFault *fault) {
  if (fault->too_long) return raise_overflow(t, "join() result is too long for a Python string");
  raise_type_error(t, "sequence item %zu: expected str instance, %T found", fault->index, fault->item);
  v_drop(t, fault->item);
  return V_NULL;
}

static void join_write_bytes(char *out, const Str *sep, const Value *items, size_t n) {
  size_t between = (size_t)sep->length;
  for (size_t i = 0; i < n; i++) {
    const Str *s = v_str(items[i]);
    if (s->length == 1) *out++ = s->data[0];
    else out = chars_copy_few(out, s->data, (size_t)s->length);
    if (i + 1 == n) break;
    if (between == 1) *out++ = sep->data[0];
    else out = chars_copy_few(out, sep->data, between);
  }
}

static void join_write(int kind, char *out, const Str *sep, const Value *items, size_t n) {
  if (kind == 1) {
    join_write_bytes(out, sep, items, n);
    return;
  }
  int sep_kind = str_kind(sep);
  size_t sep_bytes = (size_t)(sep->length * kind);
  for (size_t i = 0; i < n; i++) {
    if (i && sep_bytes) {
      chars_copy(kind, out, 0, sep_kind, sep->data, 0, sep->length);
      out += sep_bytes;
    }
    const Str *s = v_str(items[i]);
    chars_copy(kind, out, 0, str_kind(s), s->data, 0, s->length);
    out += s->length * kind;
  }
}

// V_NULL with a fault, or with MemoryError pending.
static Value join_items(Thread *t, const Str *separator, const Value *items, size_t n, JoinFault *fault) {
  if (n == 0) return str_empty;
  if (n == 1 && v_is_str_exact(items[0])) return v_own(t, items[0]);
  uint32_t max_class;
  int64_t length = join_measure(t, separator, items, n, &max_class, fault);
  if (length < 0) return V_NULL;
  Value out = str_new(t, length, max_class);
  if (!v_is_null(out) && length) join_write(kind_for(max_class), v_str(out)->data, separator, items, n);
  return out;
}

// A result of one character may be one of the cached ones.
static Value join_result(Thread *t, Value v, JoinFault *fault) {
  if (fault->too_long || !v_is_null(fault->item)) return join_raise(t, fault);
  if (v_is_null(v) || v_str(v)->length != 1) return v;
  Value c = str_from_char(t, str_char(v_str(v), 0));
  v_drop(t, v);
  return c;
}

Value str_join_array(Thread *t, Value sep, const Value *items, size_t n) {
  JoinFault fault = {.item = V_NULL};
  return join_result(t, join_items(t, v_str(v_is_null(sep) ? str_empty : sep), items, n, &fault), &fault);
}

// A list is read under its lock: it may be changed by another thread meanwhile.
static Value join_list(Thread *t, Value sep, List *l) {
  JoinFault fault = {.item = V_NULL};
  Value v;
  CRITICAL_BEGIN(t, l);
  const ListArray *array = aptr_load_acq(&l->array);
  v = join_items(t, v_str(sep), array ? array->items : NULL, (size_t)list_length(l), &fault);
  CRITICAL_END(t);
  return join_result(t, v, &fault);
}

Value str_join(Thread *t, Value sep, Value iterable) {
  if (v_is_list_exact(iterable)) return join_list(t, sep, v_list(iterable));
  if (v_is_tuple_exact(iterable)) return str_join_array(t, sep, v_tuple(iterable)->items, (size_t)v_tuple(iterable)->length);
  Value items = object_to_tuple_or(t, iterable, "can only join an iterable");
  if (v_is_null(items)) return items;
  Value v = str_join_array(t, sep, v_tuple(items)->items, (size_t)v_tuple(items)->length);
  v_drop(t, items);
  return v;
}

NATIVE(str_native_join) { return str_join(t, self, args[0]); }

// --- strip ------------------------------------------------------------------------------------------------------------------------

enum { STRIP_LEFT = 1, STRIP_RIGHT = 2 };

static Value strip_space(Thread *t, Value self, int sides) {
  const Str *s = v_str(self);
  int64_t start = 0, end = s->length;
  if (sides & STRIP_LEFT)
    while (start < end && unicode_is_space(str_char(s, start))) start++;
  if (sides & STRIP_RIGHT)
    while (end > start && unicode_is_space(str_char(s, end - 1))) end--;
  return str_slice(t, self, start, end);
}

// Membership in the set of characters to strip: a bit map for Latin-1, a search for the rest.
typedef struct CharSet { uint64_t latin1[4]; const Str *all; } CharSet;

static void charset_init(CharSet *set, const Str *chars) {
  *set = (CharSet){.all = chars};
  for (int64_t i = 0; i < chars->length; i++) {
    uint32_t c = str_char(chars, i);
    if (c < 256) set->latin1[c >> 6] |= (uint64_t)1 << (c & 63);
  }
}

static bool charset_has(const CharSet *set, uint32_t c) {
  if (c < 256) return set->latin1[c >> 6] >> (c & 63) & 1;
  return text_find_char(str_kind(set->all), set->all->data, set->all->length, c) >= 0;
}

// Whether one of the few characters to strip is c.
static inline bool latin1_has(const char *chars, size_t n, char c) {
  for (size_t i = 0; i < n; i++)
    if (chars[i] == c) return true;
  return false;
}

enum { FEW_CHARS = 8 };

static Value strip_latin1(Thread *t, Value self, const Str *chars, int sides) {
  const char *text = v_str(self)->data;
  int64_t start = 0, end = v_str(self)->length;
  if (str_kind(chars) == 1 && chars->length <= FEW_CHARS) {
    size_t n = (size_t)chars->length;
    if (sides & STRIP_LEFT)
      while (start < end && latin1_has(chars->data, n, text[start])) start++;
    if (sides & STRIP_RIGHT)
      while (end > start && latin1_has(chars->data, n, text[end - 1])) end--;
    return str_slice(t, self, start, end);
  }
  CharSet set;
  charset_init(&set, chars);
  if (sides & STRIP_LEFT)
    while (start < end && charset_has(&set, (uint8_t)text[start])) start++;
  if (sides & STRIP_RIGHT)
    while (end > start && charset_has(&set, (uint8_t)text[end - 1])) end--;
  return str_slice(t, self, start, end);
}

static Value strip_call(Thread *t, const char *name, Value self, Value chars, int sides) {
  if (v_is_absent_or_none(chars)) return strip_space(t, self, sides);
  if (!v_is_str(chars)) return raise_type_error(t, "%s arg must be None or str", name);
  CharSet set;
  const Str *s = v_str(self);
  int64_t start = 0, end = s->length;
  if (str_kind(s) == 1) return strip_latin1(t, self, v_str(chars), sides);
  charset_init(&set, v_str(chars));
  if (sides & STRIP_LEFT)
    while (start < end && charset_has(&set, str_char(s, start))) start++;
  if (sides & STRIP_RIGHT)
    while (end > start && charset_has(&set, str_char(s, end - 1))) end--;
  return str_slice(t, self, start, end);
}

NATIVE(str_native_strip) { return strip_call(t, "strip", self, args[0], STRIP_LEFT | STRIP_RIGHT); }
NATIVE(str_native_lstrip) { return strip_call(t, "lstrip", self, args[0], STRIP_LEFT); }
NATIVE(str_native_rstrip) { return strip_call(t, "rstrip", self, args[0], STRIP_RIGHT); }

// --- replace ----------------------------------------------------------------------------------------------------------------------

// All three texts in one kind, wide enough for the result.
static Value replace_widened(Thread *t, Value self, const Str *old, const Str *new_, int64_t max) {
  const Str *s = v_str(self);
  int kind = str_kind(s), out_kind = str_kind(new_) > kind ? str_kind(new_) : kind;
  Needle p, r, wide = {.data = s->data};
  if (!needle_init(t, &p, old, out_kind)) return V_NULL;
  Value result = V_NULL;
  if (needle_init(t, &r, new_, out_kind)) {
    if (kind == out_kind || needle_init(t, &wide, s, out_kind)) {
      int64_t count = text_count(out_kind, wide.data, s->length, p.data, p.length, max);
      int64_t length = text_replaced_length(s->length, count, p.length, r.length);
      if (count == 0) {
        result = str_exact(t, self);
      } else if (length < 0) {
        raise_overflow(t, "replace string is too long");
      } else if (length == 0) {
        result = str_empty;
      } else {
        uint32_t ms = str_max_class(s), mr = str_max_class(new_), max_class = ms > mr ? ms : mr;
        result = str_new(t, length, max_class);
        if (!v_is_null(result)) text_replace(out_kind, wide.data, s->length, p.data, p.length, r.data, r.length, count, v_str(result)->data);
      }
      if (kind != out_kind) needle_free(t, &wide);
    }
    needle_free(t, &r);
  }
  needle_free(t, &p);
  return result;
}

// What was taken out may have been the widest characters: brings the text back to the smallest kind.
static Value narrowed(Thread *t, Value v, const Str *old) {
  if (v_is_null(v) || str_is_ascii(v_str(v)) || (str_is_ascii(old) && v_str(v)->length > 1)) return v;
  Str *s = v_str(v);
  int kind = str_kind(s);
  if (s->length > 1 && chars_max(kind, s->data, 0, s->length) == str_max_class(s)) return v;
  Value narrow = str_from_chars(t, kind, s->data, s->length);
  v_drop(t, v);
  return narrow;
}

// One Latin-1 character by another, everywhere.
static Value replace_latin1(Thread *t, Value self, char old, char new_) {
  const Str *s = v_str(self);
  const char *first = memchr(s->data, old, (size_t)s->length);
  if (!first) return str_exact(t, self);
  uint32_t max_class = str_max_class(s), mine = (uint8_t)new_ < 0x80 ? 0x7F : 0xFF;
  Value result = str_new(t, s->length, mine > max_class ? mine : max_class);
  if (v_is_null(result)) return V_NULL;
  text_swap_latin1(v_str(result)->data, s->data, s->length, old, new_);
  return result;
}

NATIVE(str_native_replace) {
  for (int i = 0; i < 2; i++)
    if (!v_is_str(args[i])) return raise_type_error(t, "replace() argument %d must be str, not %K", i + 1, args[i]);
  int64_t max = -1;
  if (!v_is_absent(args[2]) && (max = number_as_i64(t, args[2])) == -1 && error_pending(t)) return V_NULL;
  const Str *s = v_str(self), *old = v_str(args[0]), *new_ = v_str(args[1]);
  if (max < 0) max = INT64_MAX;
  if (max == 0 || str_kind(old) > str_kind(s) || old->length > s->length) return str_exact(t, self);
  if (old->length == 0 && new_->length == 0) return str_exact(t, self);
  if (old->length == 1 && new_->length == 1 && max >= s->length && s->length > 1 && str_kind(s) == 1 && str_kind(new_) == 1)
    return narrowed(t, replace_latin1(t, self, old->data[0], new_->data[0]), old);
  return narrowed(t, replace_widened(t, self, old, new_, max), old);
}
