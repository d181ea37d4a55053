// bytes and bytearray: split, splitlines, partition, join, strip and replace.

#include "objects/bytes_impl.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/text_search.h"
#include "objects/text_split.h"
#include "objects/tuple.h"

// --- split ------------------------------------------------------------------------------------------------------------------------

static Value bytes_piece(Thread *t, const SplitSource *s, int64_t start, int64_t end) {
  if (start == 0 && end == s->length && v_is_exact(s->owner, SHAPE_BYTES)) return v_own(t, s->owner);
  return bytes_from(t, (const char *)s->data + start, (size_t)(end - start));
}

static Value bytearray_piece(Thread *t, const SplitSource *s, int64_t start, int64_t end) {
  return bytearray_from(t, (const char *)s->data + start, (size_t)(end - start));
}

static SplitSource split_source(const ByteSource *s) {
  return (SplitSource){.owner = s->owner, .kind = 1, .data = s->data, .length = s->length, .piece = s->array ? bytearray_piece : bytes_piece};
}

typedef struct SplitCall { ByteArg sep; bool by_space, from_end, keep_ends; int64_t max; } SplitCall;

static Value split_op(Thread *t, const ByteSource *s, void *arg) {
  const SplitCall *c = arg;
  SplitSource source = split_source(s);
  if (c->by_space) return (c->from_end ? text_rsplit_space : text_split_space)(t, &source, c->max);
  return (c->from_end ? text_rsplit : text_split)(t, &source, c->sep.data, c->sep.length, c->max);
}

static Value split_call(Thread *t, Value self, const Value *args, bool from_end) {
  SplitCall c = {.from_end = from_end, .max = -1};
  if (!v_is_absent(args[1]) && (c.max = number_as_i64(t, args[1])) == -1 && error_pending(t)) return V_NULL;
  c.by_space = v_is_absent_or_none(args[0]);
  if (c.by_space) return bytes_with(t, self, split_op, &c);
  if (byte_arg_get(t, args[0], &c.sep) < 0) return V_NULL;
  Value v = c.sep.length ? bytes_with(t, self, split_op, &c) : raise_value_error(t, "empty separator");
  byte_arg_clear(t, &c.sep);
  return v;
}

NATIVE(bytes_native_split) { return split_call(t, self, args, false); }
NATIVE(bytes_native_rsplit) { return split_call(t, self, args, true); }

static Value splitlines_op(Thread *t, const ByteSource *s, void *arg) {
  SplitSource source = split_source(s);
  return text_splitlines(t, &source, ((SplitCall *)arg)->keep_ends);
}

NATIVE(bytes_native_splitlines) {
  int keep = v_is_absent(args[0]) ? 0 : number_as_int(t, args[0]);
  if (keep == -1 && error_pending(t)) return V_NULL;
  return bytes_with(t, self, splitlines_op, &(SplitCall){.keep_ends = keep != 0});
}

// --- partition --------------------------------------------------------------------------------------------------------------------

typedef struct PartitionCall { ByteArg sep; Value sep_value; bool from_end; } PartitionCall;

static Value partition_op(Thread *t, const ByteSource *s, void *arg) {
  const PartitionCall *c = arg;
  int64_t at = (c->from_end ? text_rfind : text_find)(1, s->data, s->length, c->sep.data, c->sep.length);
  Value parts[3];
  if (at < 0) {
    for (int i = 0; i < 3; i++) {
      bool whole = i == (c->from_end ? 2 : 0);
      parts[i] = bytes_result_slice(t, s, 0, whole ? s->length : 0);
    }
  } else {
    parts[0] = bytes_result_slice(t, s, 0, at);
    parts[1] = s->array ? bytearray_from(t, c->sep.data, (size_t)c->sep.length) : v_own(t, c->sep_value);
    parts[2] = bytes_result_slice(t, s, at + c->sep.length, s->length);
  }
  for (int i = 0; i < 3; i++)
    if (v_is_null(parts[i])) {
      for (int j = 0; j < 3; j++) v_drop(t, parts[j]);
      return V_NULL;
    }
  return tuple_from_stolen(t, parts, 3);
}

static Value partition_call(Thread *t, Value self, Value sep, bool from_end) {
  PartitionCall c = {.sep_value = sep, .from_end = from_end};
  if (byte_arg_get(t, sep, &c.sep) < 0) return V_NULL;
  Value v = c.sep.length ? bytes_with(t, self, partition_op, &c) : raise_value_error(t, "empty separator");
  byte_arg_clear(t, &c.sep);
  return v;
}

NATIVE(bytes_native_partition) { return partition_call(t, self, args[0], false); }
NATIVE(bytes_native_rpartition) { return partition_call(t, self, args[0], true); }

// --- join -------------------------------------------------------------------------------------------------------------------------

static Value join_items(Thread *t, const ByteArg *sep, const Tuple *items, bool to_bytearray) {
  BytesBuilder b;
  bytesb_init(&b, t);
  for (int64_t i = 0; i < items->length; i++) {
    if (i) bytesb_put(&b, sep->data, sep->length);
    ByteArg a;
    if (!buffer_is_supported(items->items[i]) || byte_arg_get(t, items->items[i], &a) < 0) {
      error_clear(t);   // whatever the object says
      raise_type_error(t, "sequence item %lld: expected a bytes-like object, %T found", (long long)i, items->items[i]);
      bytesb_discard(&b);
      return V_NULL;
    }
    bytesb_put(&b, a.data, a.length);
    byte_arg_clear(t, &a);
  }
  return to_bytearray ? bytesb_finish_bytearray(&b) : bytesb_finish(&b);
}

// The common case: exact bytes throughout, joined without a builder. V_NULL without an exception: some item is something else.
static Value join_exact(Thread *t, const ByteArg *sep, const Tuple *items) {
  int64_t length = items->length ? sep->length * (items->length - 1) : 0;
  for (int64_t i = 0; i < items->length; i++) {
    if (!v_is_exact(items->items[i], SHAPE_BYTES)) return V_NULL;
    if (__builtin_add_overflow(length, v_bytes(items->items[i])->length, &length)) return V_NULL;
  }
  Value v = bytes_new(t, length);
  if (v_is_null(v) || length == 0) return v;
  char *out = v_bytes(v)->data;
  for (int64_t i = 0; i < items->length; i++) {
    if (i && sep->length) out = (char *)memcpy(out, sep->data, (size_t)sep->length) + sep->length;
    const Bytes *b = v_bytes(items->items[i]);
    out = (char *)memcpy(out, b->data, (size_t)b->length) + b->length;
  }
  return v;
}

NATIVE(bytes_native_join) {
  Value items = object_to_tuple_or(t, args[0], "can only join an iterable");
  if (v_is_null(items)) return items;
  const Tuple *list = v_tuple(items);
  Value v;
  ByteArg sep;
  if (list->length == 1 && v_is_exact(list->items[0], SHAPE_BYTES) && v_is_bytes(self)) {
    v = v_own(t, list->items[0]);
  } else if (byte_arg_get(t, self, &sep) < 0) {
    v = V_NULL;
  } else {
    v = v_is_bytes(self) && sep.length < 1 << 20 && list->length < 1 << 20 ? join_exact(t, &sep, list) : V_NULL;
    if (v_is_null(v) && !error_pending(t)) v = join_items(t, &sep, list, v_is_bytearray(self));
    byte_arg_clear(t, &sep);
  }
  v_drop(t, items);
  return v;
}

// --- strip ------------------------------------------------------------------------------------------------------------------------

enum { STRIP_LEFT = 1, STRIP_RIGHT = 2 };
typedef struct StripCall { bool member[256]; int sides; } StripCall;

static Value strip_op(Thread *t, const ByteSource *s, void *arg) {
  const StripCall *c = arg;
  int64_t start = 0, end = s->length;
  if (c->sides & STRIP_LEFT)
    while (start < end && c->member[s->data[start]]) start++;
  if (c->sides & STRIP_RIGHT)
    while (end > start && c->member[s->data[end - 1]]) end--;
  return bytes_result_slice(t, s, start, end);
}

static Value strip_call(Thread *t, Value self, Value chars, int sides) {
  StripCall c = {.sides = sides};
  ByteArg a = {.data = (const uint8_t *)" \t\n\r\v\f", .length = 6, .copy = V_NULL, .view = {.obj = V_NULL}};
  if (!v_is_absent_or_none(chars) && byte_arg_get(t, chars, &a) < 0) return V_NULL;
  for (int64_t i = 0; i < a.length; i++) c.member[a.data[i]] = true;
  byte_arg_clear(t, &a);
  return bytes_with(t, self, strip_op, &c);
}

NATIVE(bytes_native_strip) { return strip_call(t, self, args[0], STRIP_LEFT | STRIP_RIGHT); }
NATIVE(bytes_native_lstrip) { return strip_call(t, self, args[0], STRIP_LEFT); }
NATIVE(bytes_native_rstrip) { return strip_call(t, self, args[0], STRIP_RIGHT); }

// --- replace ----------------------------------------------------------------------------------------------------------------------

typedef struct ReplaceCall { ByteArg old, new_; int64_t max; } ReplaceCall;

static Value replace_op(Thread *t, const ByteSource *s, void *arg) {
  const ReplaceCall *c = arg;
  const ByteArg *old = &c->old, *new_ = &c->new_;
  int64_t count = old->length == 0 && new_->length == 0 ? 0 : text_count(1, s->data, s->length, old->data, old->length, c->max);
  if (count == 0) return bytes_result_slice(t, s, 0, s->length);
  int64_t length = text_replaced_length(s->length, count, old->length, new_->length);
  if (length < 0) return raise_overflow(t, "replace bytes is too long");
  uint8_t *out;
  Value v = bytes_result_new(t, s, length, &out);
  if (!v_is_null(v) && length) text_replace(1, s->data, s->length, old->data, old->length, new_->data, new_->length, count, out);
  return v;
}

NATIVE(bytes_native_replace) {
  ReplaceCall c = {.max = -1};
  if (byte_arg_get(t, args[0], &c.old) < 0) return V_NULL;
  Value v = V_NULL;
  if (byte_arg_get(t, args[1], &c.new_) == 0) {
    bool counted = !v_is_absent(args[2]);
    if (counted) c.max = number_as_i64(t, args[2]);
    bool failed = counted && c.max == -1 && error_pending(t);
    if (c.max < 0) c.max = INT64_MAX;
    if (!failed) v = bytes_with(t, self, replace_op, &c);
    byte_arg_clear(t, &c.new_);
  }
  byte_arg_clear(t, &c.old);
  return v;
}
