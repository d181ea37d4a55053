// bytes and bytearray: reading arguments, running operations with the bytes held still, making results; construction, hex, comparison.

#include "objects/bytes_impl.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/memoryview_impl.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/text_search.h"
#include "objects/tuple.h"
#include "threading/critical.h"

// --- Arguments --------------------------------------------------------------------------------------------------------------------

static Value bytearray_snapshot(Thread *t, Value v) {
  ByteArray *b = (ByteArray *)v_obj(v);
  Value copy;
  CRITICAL_BEGIN(t, b);
  copy = bytes_from(t, bytearray_data(b), (size_t)bytearray_length(b));
  CRITICAL_END(t);
  return copy;
}

int byte_arg_get(Thread *t, Value v, ByteArg *a) {
  a->copy = V_NULL;
  a->view.obj = V_NULL;
  if (v_is_bytearray(v)) {
    v = a->copy = bytearray_snapshot(t, v);
    if (v_is_null(v)) return -1;
  }
  if (v_is_bytes(v)) {
    a->data = (const uint8_t *)v_bytes(v)->data;
    a->length = v_bytes(v)->length;
    return 0;
  }
  if (buffer_get(t, v, &a->view, BUFFER_SIMPLE) < 0) return -1;
  a->data = a->view.data;
  a->length = a->view.len;
  return 0;
}

bool byte_arg_try(Thread *t, Value v, ByteArg *a) {
  if (buffer_is_supported(v) && byte_arg_get(t, v, a) == 0) return true;
  if (error_pending(t) && !error_matches(t, &exc_MemoryError)) error_clear(t);
  return false;
}

Value bytes_from_plain(Thread *t, Value v) {
  ByteArg a;
  if (!byte_arg_try(t, v, &a)) return V_NULL;
  Value copy = bytes_from(t, (const char *)a.data, (size_t)a.length);
  byte_arg_clear(t, &a);
  return copy;
}

void byte_arg_clear(Thread *t, ByteArg *a) {
  v_clear(t, &a->copy);
  if (!v_is_null(a->view.obj)) buffer_release(t, &a->view);
}

int byte_value(Thread *t, Value v) {
  int64_t i;
  if (likely(v_is_smi(v))) {
    i = v_smi(v);
  } else {
    i = number_as_i64_clip(t, v);
    if (i == -1 && error_pending(t)) return -1;
  }
  if (i >= 0 && i < 256) return (int)i;
  raise_value_error(t, "byte must be in range(0, 256)");
  return -1;
}

int byte_arg_get_or_int(Thread *t, Value v, ByteArg *a, const char *type_message) {
  if (buffer_is_supported(v)) return byte_arg_get(t, v, a);
  a->copy = V_NULL;
  a->view.obj = V_NULL;
  if (!number_is_index(v)) {
    raise_type_error(t, type_message, v);
    return -1;
  }
  int i = byte_value(t, v);
  if (i < 0) return -1;
  a->single = (uint8_t)i;
  a->data = &a->single;
  a->length = 1;
  return 0;
}

// --- Self and results -------------------------------------------------------------------------------------------------------------

Value bytes_with(Thread *t, Value self, BytesOp op, void *arg) {
  ByteSource s = {.owner = self};
  if (likely(v_is_bytes(self))) {
    s.data = (const uint8_t *)v_bytes(self)->data;
    s.length = v_bytes(self)->length;
    return op(t, &s, arg);
  }
  ByteArray *b = (ByteArray *)v_obj(self);
  Value v;
  CRITICAL_BEGIN(t, b);
  s.data = (const uint8_t *)bytearray_data(b);
  s.length = bytearray_length(b);
  s.array = true;
  v = op(t, &s, arg);
  CRITICAL_END(t);
  return v;
}

Value bytes_result(Thread *t, const ByteSource *s, const void *p, int64_t n) {
  return s->array ? bytearray_from(t, p, (size_t)n) : bytes_from(t, p, (size_t)n);
}

Value bytes_result_slice(Thread *t, const ByteSource *s, int64_t start, int64_t end) {
  if (start == 0 && end == s->length && v_is_exact(s->owner, SHAPE_BYTES)) return v_own(t, s->owner);
  return bytes_result(t, s, s->data + start, end > start ? end - start : 0);
}

Value bytes_result_new(Thread *t, const ByteSource *s, int64_t n, uint8_t **data) {
  if (s->array) {
    Value v = bytearray_from(t, NULL, (size_t)n);
    if (!v_is_null(v)) *data = (uint8_t *)bytearray_data((ByteArray *)v_obj(v));
    return v;
  }
  Value v = bytes_new(t, n);
  if (!v_is_null(v)) *data = (uint8_t *)v_bytes(v)->data;
  return v;
}

// --- Construction -----------------------------------------------------------------------------------------------------------------

static bool collect_int(Thread *t, Value v, BytesBuilder *b, const char *range_message) {
  int64_t i;
  if (likely(v_is_smi(v))) {
    i = v_smi(v);
  } else {
    i = number_as_i64_clip(t, v);
    if (i == -1 && error_pending(t)) return false;
  }
  if (i < 0 || i > 255) {
    raise_value_error(t, "%s", range_message);
    return false;
  }
  return bytesb_byte(b, (uint8_t)i);
}

static bool collect_list(Thread *t, List *l, BytesBuilder *b, const char *range_message) {
  for (int64_t i = 0;; i++) {
    Value v = list_get(t, l, i);
    if (v_is_null(v)) return true;
    bool ok = collect_int(t, v, b, range_message);
    v_drop(t, v);
    if (!ok || ((i & 1023) == 1023 && safepoint(t) < 0)) return false;
  }
}

static bool collect_iterable(Thread *t, Value v, BytesBuilder *b, const char *range_message) {
  Value it = object_iter(t, v);
  if (v_is_null(it)) return false;
  bool ok = true;
  while (ok) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) {
      ok = !error_pending(t);
      break;
    }
    ok = collect_int(t, item, b, range_message);
    v_drop(t, item);
  }
  v_drop(t, it);
  return ok;
}

// A buffer of any shape, its items in C order.
static bool collect_buffer(Thread *t, Value v, BytesBuilder *b) {
  if (v_is_bytes(v)) return bytesb_put(b, v_bytes(v)->data, v_bytes(v)->length);
  if (v_is_bytearray(v)) {
    ByteArg a;
    if (byte_arg_get(t, v, &a) < 0) return false;
    bool ok = bytesb_put(b, a.data, a.length);
    byte_arg_clear(t, &a);
    return ok;
  }
  BufferView view;
  if (buffer_get(t, v, &view, BUFFER_FULL_RO) < 0) return false;
  char *out = bytesb_reserve(b, view.len);
  if (out && view.len) {
    if (view.shape && view.strides) items_copy_out(out, view.data, view.ndim, view.shape, view.strides, view.suboffsets, view.itemsize, 'C');
    else memcpy(out, view.data, (size_t)view.len);
    b->length += view.len;
  }
  buffer_release(t, &view);
  return out != NULL;
}

bool bytes_collect(Thread *t, Value v, BytesBuilder *b, const char *range_message, const char *type_name) {
  if (buffer_is_supported(v)) return collect_buffer(t, v, b);
  if (v_is_list_exact(v)) return collect_list(t, v_list(v), b, range_message);
  const TypeSlots *slots = &v_type(v)->slots;
  if (v_is_str(v) || (!slots->iter && !slots->getitem && !slots->seq_item)) {
    raise_type_error(t, "cannot convert '%T' object to %s", v, type_name);
    return false;
  }
  return collect_iterable(t, v, b, range_message);
}

bool bytes_collect_hinted(Thread *t, Value v, BytesBuilder *b, const char *range_message, const char *type_name) {
  const TypeSlots *slots = &v_type(v)->slots;
  bool asked = !buffer_is_supported(v) && !v_is_str(v) && (slots->iter || slots->getitem);
  if (!asked || v_is_list_exact(v)) return bytes_collect(t, v, b, range_message, type_name);
  Value it = object_iter(t, v);
  if (v_is_null(it)) {
    if (!error_matches(t, &exc_TypeError)) return false;
    error_clear(t);
    raise_type_error(t, "cannot convert '%.200T' object to %s", v, type_name);
    return false;
  }
  bool ok = object_length_hint(t, v, 0) >= 0 && bytes_collect(t, it, b, range_message, type_name);
  v_drop(t, it);
  return ok;
}

// 1: v was a count and b holds its zeros; 0: it is none; -1: error.
static int construct_zeros(Thread *t, Value v, BytesBuilder *b, bool to_bytearray) {
  if (!number_is_index(v)) return 0;
  Value index = number_index(t, v);
  if (v_is_null(index)) {
    if (!error_matches(t, &exc_TypeError)) return -1;
    error_clear(t);
    return 0;
  }
  int64_t n;
  bool fits = int_as_i64(index, &n);
  v_drop(t, index);
  if (!fits) raise_overflow(t, "cannot fit '%.200T' into an index-sized integer", v);
  else if (n < 0) raise_value_error(t, "negative count");
  else if (n > INT64_MAX - 33 && !to_bytearray) raise_overflow(t, "byte string is too large");   // 33: the size of CPython's empty bytes
  else return bytesb_fill(b, 0, n) ? 1 : -1;
  return -1;
}

static const char *name_argument(Thread *t, const char *type_name, const char *parameter, Value v) {
  if (!v_is_str(v)) return raise_type_error(t, "%s() argument '%s' must be str, not %K", type_name, parameter, v), NULL;
  size_t n;
  const char *name = str_utf8(t, v, &n);
  if (!name || strlen(name) == n) return name;
  return raise_value_error(t, "embedded null character"), NULL;
}

int bytes_name_arguments(Thread *t, Value encoding, Value errors, bool to_bytearray) {
  const char *type_name = to_bytearray ? "bytearray" : "bytes";
  if (!v_is_absent(encoding) && !name_argument(t, type_name, "encoding", encoding)) return -1;
  return !v_is_absent(errors) && !name_argument(t, type_name, "errors", errors) ? -1 : 0;
}

static bool construct_encoded(Thread *t, Value source, Value encoding, Value errors, BytesBuilder *b, const char *type_name) {
  const char *encoding_name = NULL, *errors_name = NULL;
  if (!v_is_absent(encoding) && !(encoding_name = name_argument(t, type_name, "encoding", encoding))) return false;
  if (!v_is_absent(errors) && !(errors_name = name_argument(t, type_name, "errors", errors))) return false;
  if (v_is_absent(source) || !v_is_str(source)) {
    raise_type_error(t, encoding_name ? "encoding without a string argument" : "errors without a string argument");
    return false;
  }
  if (!encoding_name) {
    raise_type_error(t, "string argument without an encoding");
    return false;
  }
  Value encoded = str_encode(t, source, encoding_name, errors_name);
  if (v_is_null(encoded)) return false;
  bool ok = bytesb_put(b, v_bytes(encoded)->data, v_bytes(encoded)->length);
  v_drop(t, encoded);
  return ok;
}

int bytes_special(Thread *t, Value source, Value *out) {
  Value method;
  int found = object_lookup_special(t, source, N(__bytes__), &method);
  if (found <= 0) return found;
  *out = object_call0(t, method);
  v_drop(t, method);
  if (v_is_null(*out)) return -1;
  if (v_is_bytes(*out)) return 1;
  raise_type_error(t, "__bytes__ returned non-bytes (type %T)", *out);
  v_drop(t, *out);
  return -1;
}

bool bytes_construct(Thread *t, Value source, Value encoding, Value errors, BytesBuilder *b, bool to_bytearray) {
  const char *type_name = to_bytearray ? "bytearray" : "bytes";
  if (!v_is_absent(encoding) || !v_is_absent(errors)) return construct_encoded(t, source, encoding, errors, b, type_name);
  if (v_is_absent(source)) return true;
  if (v_is_str(source)) {
    raise_type_error(t, "string argument without an encoding");
    return false;
  }
  int zeros = construct_zeros(t, source, b, to_bytearray);
  if (zeros) return zeros > 0;
  if (to_bytearray) return bytes_collect(t, source, b, "byte must be in range(0, 256)", type_name);
  return bytes_collect_hinted(t, source, b, "bytes must be in range(0, 256)", type_name);
}

// --- Hexadecimal ------------------------------------------------------------------------------------------------------------------

typedef struct HexLayout {
  int64_t size;         // bytes between separators; 0: none
  int64_t first;        // bytes before the first separator
  int64_t separators;
  uint8_t separator;
} HexLayout;

static bool hex_separator(Thread *t, Value sep, uint32_t max, uint8_t *out) {
  int64_t n = object_length(t, sep);
  if (n < 0) return false;
  if (n != 1) {
    raise_value_error(t, "sep must be length 1.");
    return false;
  }
  uint32_t c;
  if (v_is_str(sep)) c = str_char(v_str(sep), 0);
  else if (v_is_bytes(sep)) c = (uint8_t)v_bytes(sep)->data[0];
  else {
    raise_type_error(t, "sep must be str or bytes.");
    return false;
  }
  if (c > max) {
    raise_value_error(t, "sep must be ASCII.");
    return false;
  }
  *out = (uint8_t)c;
  return true;
}

static bool hex_layout(Thread *t, int64_t n, Value sep, uint32_t max_separator, Value bytes_per_sep, HexLayout *layout) {
  int64_t group = v_is_absent(bytes_per_sep) ? 1 : number_as_int(t, bytes_per_sep);
  if (group == -1 && error_pending(t)) return false;
  *layout = (HexLayout){0};
  if (v_is_absent(sep)) group = 0;
  else if (!hex_separator(t, sep, max_separator, &layout->separator)) return false;
  int64_t size = layout->size = group < 0 ? -group : group;
  layout->separators = size && n ? (n - 1) / size : 0;
  layout->first = !size ? -1 : group < 0 ? size : n % size ? n % size : size;
  if (n <= (INT64_MAX - layout->separators) / 2) return true;
  raise_no_memory(t);
  return false;
}

static void hex_fill(char *out, const uint8_t *p, int64_t n, const HexLayout *layout) {
  static const char digits[] = "0123456789abcdef";
  int64_t until = layout->first;
  for (int64_t i = 0; i < n; i++) {
    if (until == 0) {
      *out++ = (char)layout->separator;
      until = layout->size;
    }
    if (until > 0) until--;
    *out++ = digits[p[i] >> 4];
    *out++ = digits[p[i] & 15];
  }
}

Value bytes_to_hex(Thread *t, const uint8_t *p, int64_t n, Value sep, Value bytes_per_sep) {
  HexLayout layout;
  if (!hex_layout(t, n, sep, 0x7F, bytes_per_sep, &layout)) return V_NULL;
  Value text = str_new(t, 2 * n + layout.separators, 0x7F);
  if (!v_is_null(text) && n) hex_fill(v_str(text)->data, p, n, &layout);
  return text;
}

Value bytes_to_hex_bytes(Thread *t, const uint8_t *p, int64_t n, Value sep, Value bytes_per_sep) {
  HexLayout layout;
  if (!hex_layout(t, n, sep, 0xFF, bytes_per_sep, &layout)) return V_NULL;
  Value bytes = bytes_new(t, 2 * n + layout.separators);
  if (!v_is_null(bytes)) hex_fill(v_bytes(bytes)->data, p, n, &layout);
  return bytes;
}

static int hex_digit(uint32_t c) {
  if (c - '0' < 10) return (int)(c - '0');
  c |= 0x20;
  return c - 'a' < 6 ? (int)(c - 'a') + 10 : -1;
}

static bool is_space(uint32_t c) { return c == ' ' || (c >= 9 && c <= 13); }

static bool refuse_hex(Thread *t, int64_t position) {
  raise_value_error(t, "non-hexadecimal number found in fromhex() arg at position %lld", (long long)position);
  return false;
}

bool bytes_from_hex(Thread *t, Value text, BytesBuilder *b) {
  if (!v_is_str(text)) {
    raise_type_error(t, "fromhex() argument must be str, not %K", text);
    return false;
  }
  const Str *s = v_str(text);
  for (int64_t i = 0; i < s->length; i++)       // before anything else
    if (str_char(s, i) >= 128) return refuse_hex(t, i);
  for (int64_t i = 0; i < s->length;) {
    uint32_t c = str_char(s, i);
    if (is_space(c)) {
      i++;
      continue;
    }
    int high = hex_digit(c), low = i + 1 < s->length ? hex_digit(str_char(s, i + 1)) : -1;
    if (high < 0 || low < 0) return refuse_hex(t, high < 0 ? i : i + 1);
    if (!bytesb_byte(b, (uint8_t)(high << 4 | low))) return false;
    i += 2;
  }
  return true;
}

// --- Operators both types have ----------------------------------------------------------------------------------------------------

static Value contains_op(Thread *t, const ByteSource *s, void *arg) {
  (void)t;
  const ByteArg *a = arg;
  return v_from_bool(text_find(1, s->data, s->length, a->data, a->length) >= 0);
}

int bytes_contains(Thread *t, Value self, Value item) {
  ByteArg a;
  if (!buffer_is_supported(item) && number_is_index(item)) {
    Value index = number_index(t, item);
    v_drop(t, index);
    if (v_is_null(index)) {
      error_clear(t);
      return raise_type_error(t, "a bytes-like object is required, not '%T'", item), -1;
    }
  }
  if (byte_arg_get_or_int(t, item, &a, "a bytes-like object is required, not '%T'") < 0) return -1;
  Value found = bytes_with(t, self, contains_op, &a);
  byte_arg_clear(t, &a);
  return v_is(found, V_TRUE);
}

typedef struct CompareCall { ByteArg *other; int op; } CompareCall;

static Value compare_op(Thread *t, const ByteSource *s, void *arg) {
  (void)t;
  const CompareCall *c = arg;
  int64_t n = s->length < c->other->length ? s->length : c->other->length;
  if ((c->op == CMP_EQ || c->op == CMP_NE) && s->length != c->other->length) return v_from_bool(c->op == CMP_NE);
  int order = n ? memcmp(s->data, c->other->data, (size_t)n) : 0;
  if (order == 0) order = s->length < c->other->length ? -1 : s->length > c->other->length;
  switch (c->op) {
    case CMP_LT: return v_from_bool(order < 0);
    case CMP_LE: return v_from_bool(order <= 0);
    case CMP_EQ: return v_from_bool(order == 0);
    case CMP_NE: return v_from_bool(order != 0);
    case CMP_GT: return v_from_bool(order > 0);
    default: return v_from_bool(order >= 0);
  }
}

bool bytes_warnings;

int bytes_warn_str(Thread *t, Value v) {
  if (likely(!bytes_warnings)) return 0;
  return warn(t, &exc_BytesWarning, 1, "str() on a %s instance", v_is_bytes(v) ? "bytes" : "bytearray");
}

int bytes_warn_compare(Thread *t, Value a, Value b, int op, bool numbers_too) {
  if (likely(!bytes_warnings) || (op != CMP_EQ && op != CMP_NE)) return 0;
  const char *what = v_is_bytearray(a) || v_is_bytearray(b) ? "bytearray" : "bytes";
  if (v_is_str(a) || v_is_str(b)) return warn(t, &exc_BytesWarning, 1, "Comparison between %s and string", what);
  if (numbers_too && (v_is_int(a) || v_is_int(b))) return warn(t, &exc_BytesWarning, 1, "Comparison between %s and int", what);
  return 0;
}

Value bytes_compare(Thread *t, Value a, Value b, int op) {
  ByteArg other;
  if (byte_arg_get(t, b, &other) < 0) {
    error_clear(t);  // an object whose buffer is not to be had does not compare
    return V_NOT_IMPLEMENTED;
  }
  Value v = bytes_with(t, a, compare_op, &(CompareCall){&other, op});
  byte_arg_clear(t, &other);
  return v;
}

static Value concat_op(Thread *t, const ByteSource *s, void *arg) {
  const ByteArg *other = arg;
  if (s->length > INT64_MAX - other->length) return raise_no_memory(t);
  uint8_t *out;
  Value v = bytes_result_new(t, s, s->length + other->length, &out);
  if (v_is_null(v)) return v;
  if (s->length) memcpy(out, s->data, (size_t)s->length);
  if (other->length) memcpy(out + s->length, other->data, (size_t)other->length);
  return v;
}

Value bytes_concat_values(Thread *t, Value a, Value b) {
  if (v_is_exact(a, SHAPE_BYTES) && v_is_exact(b, SHAPE_BYTES)) {
    if (v_bytes(a)->length == 0) return v_own(t, b);
    if (v_bytes(b)->length == 0) return v_own(t, a);
  }
  ByteArg other;
  if (!buffer_is_supported(b) || byte_arg_get(t, b, &other) < 0) {
    error_clear(t);     // whatever the object says
    return raise_type_error(t, "can't concat %T to %T", b, a);
  }
  Value v = bytes_with(t, a, concat_op, &other);
  byte_arg_clear(t, &other);
  return v;
}

static Value repeat_op(Thread *t, const ByteSource *s, void *arg) {
  int64_t n = *(int64_t *)arg, length;
  if (n < 0) n = 0;
  if (__builtin_mul_overflow(n, s->length, &length)) return s->array ? raise_no_memory(t) : raise_overflow(t, "repeated bytes are too long");
  if (n == 1) return bytes_result_slice(t, s, 0, s->length);
  uint8_t *out;
  Value v = bytes_result_new(t, s, length, &out);
  if (v_is_null(v) || length == 0) return v;
  size_t total = (size_t)length, done = (size_t)s->length;
  memcpy(out, s->data, done);
  while (done < total) {
    size_t step = done < total - done ? done : total - done;
    memcpy(out + done, out, step);
    done += step;
  }
  return v;
}

Value bytes_repeat(Thread *t, Value self, int64_t n) { return bytes_with(t, self, repeat_op, &n); }

typedef struct SliceCall { int64_t start, stop, step; } SliceCall;

static Value slice_op(Thread *t, const ByteSource *s, void *arg) {
  SliceCall c = *(SliceCall *)arg;
  int64_t n = slice_adjust(s->length, &c.start, &c.stop, c.step);
  if (n <= 0) return bytes_result(t, s, NULL, 0);
  if (c.step == 1) return bytes_result_slice(t, s, c.start, c.start + n);
  uint8_t *out;
  Value v = bytes_result_new(t, s, n, &out);
  for (int64_t i = 0; !v_is_null(v) && i < n; i++, c.start += c.step) out[i] = s->data[c.start];
  return v;
}

Value bytes_getitem_slice(Thread *t, Value self, int64_t start, int64_t stop, int64_t step) {
  return bytes_with(t, self, slice_op, &(SliceCall){start, stop, step});
}
