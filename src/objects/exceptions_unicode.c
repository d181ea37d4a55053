// The Unicode errors: encoding, object, range and reason, and the messages made of them.
#include <stddef.h>
#include <stdio.h>

#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/exceptions.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

static UnicodeErrorException *v_unicode_error(Value v) { return (UnicodeErrorException *)v_obj(v); }

static bool check_str(Thread *t, Value v, int position) {
  if (v_is_str(v)) return true;
  raise_type_error(t, "argument %d must be str, not %K", position, v);
  return false;
}

// Fills from (encoding?, object, start, end, reason); `first` is the object's position.
static int fill(Thread *t, Value self, const Value *args, bool has_encoding, Value object) {
  UnicodeErrorException *e = v_unicode_error(self);
  size_t at = has_encoding ? 1 : 0;
  int64_t start = number_as_i64(t, args[at + 1]);
  if (start == -1 && error_pending(t)) return -1;
  int64_t end = number_as_i64(t, args[at + 2]);
  if (end == -1 && error_pending(t)) return -1;
  if (!check_str(t, args[at + 3], (int)at + 4)) return -1;
  if (has_encoding) v_set(t, &e->encoding, v_own(t, args[0]));
  v_set(t, &e->object, v_own(t, object));
  v_set(t, &e->reason, v_own(t, args[at + 3]));
  e->start = start;
  e->end = end;
  return 0;
}

static int arity(Thread *t, size_t nargs, size_t want) {
  if (nargs == want) return 0;
  raise_type_error(t, "function takes exactly %d arguments (%d given)", (int)want, (int)nargs);
  return -1;
}

static int encode_error_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (exception_base_init(t, self, args, nargs, kwnames) < 0 || arity(t, nargs, 5) < 0) return -1;
  if (!check_str(t, args[0], 1) || !check_str(t, args[1], 2)) return -1;
  return fill(t, self, args, true, args[1]);
}

static int decode_error_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (exception_base_init(t, self, args, nargs, kwnames) < 0 || arity(t, nargs, 5) < 0) return -1;
  if (!check_str(t, args[0], 1)) return -1;
  Value object = V_NULL;
  for (int i = 2; i < 5; i++) {      // refused before the object is looked at
    bool right = i < 4 ? number_as_i64(t, args[i]) != -1 || !error_pending(t) : check_str(t, args[i], i + 1);
    if (!right) return -1;
  }
  if (v_is_bytes(args[1])) {
    object = v_own(t, args[1]);
  } else {
    BufferView view;
    if (buffer_get(t, args[1], &view, BUFFER_SIMPLE) < 0) return -1;
    object = bytes_from(t, view.data, (size_t)view.len);
    buffer_release(t, &view);
  }
  if (v_is_null(object)) return -1;
  int r = fill(t, self, args, true, object);
  v_drop(t, object);
  return r;
}

static int translate_error_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (exception_base_init(t, self, args, nargs, kwnames) < 0 || arity(t, nargs, 4) < 0) return -1;
  if (!check_str(t, args[0], 1)) return -1;
  return fill(t, self, args, false, args[0]);
}

// "'\xe9'", "'\u20ac'" or "'\U0001f600'" for one character.
static void escape_char(char out[16], uint32_t c) {
  const char *format = c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x";
  snprintf(out, 16, format, c);
}

static Value text_error_str(Thread *t, Value self, const char *verb) {
  UnicodeErrorException *e = v_unicode_error(self);
  if (v_is_null(e->object)) return v_own(t, str_empty);
  bool one = e->start >= 0 && e->start < str_length(v_str(e->object)) && e->end == e->start + 1;
  char c[16];
  if (one) escape_char(c, str_char(v_str(e->object), e->start));
  if (v_is_null(e->encoding)) {
    if (one) return str_from_format(t, "can't %s character '%s' in position %lld: %S", verb, c, (long long)e->start, e->reason);
    return str_from_format(t, "can't %s characters in position %lld-%lld: %S", verb, (long long)e->start, (long long)e->end - 1, e->reason);
  }
  if (one) return str_from_format(t, "'%S' codec can't %s character '%s' in position %lld: %S", e->encoding, verb, c, (long long)e->start, e->reason);
  return str_from_format(t, "'%S' codec can't %s characters in position %lld-%lld: %S", e->encoding, verb, (long long)e->start,
                         (long long)e->end - 1, e->reason);
}

static Value encode_error_str(Thread *t, Value self) { return text_error_str(t, self, "encode"); }
static Value translate_error_str(Thread *t, Value self) { return text_error_str(t, self, "translate"); }

static Value decode_error_str(Thread *t, Value self) {
  UnicodeErrorException *e = v_unicode_error(self);
  if (v_is_null(e->object)) return v_own(t, str_empty);
  if (e->start >= 0 && e->start < v_bytes(e->object)->length && e->end == e->start + 1)
    return str_from_format(t, "'%S' codec can't decode byte 0x%02x in position %lld: %S", e->encoding,
                           (unsigned)(uint8_t)v_bytes(e->object)->data[e->start], (long long)e->start, e->reason);
  return str_from_format(t, "'%S' codec can't decode bytes in position %lld-%lld: %S", e->encoding, (long long)e->start,
                         (long long)e->end - 1, e->reason);
}

static void unicode_error_clear(Thread *t, Object *o) {
  UnicodeErrorException *e = (UnicodeErrorException *)o;
  v_clear(t, &e->encoding);
  v_clear(t, &e->object);
  v_clear(t, &e->reason);
  exception_base_release(t, &e->base);
}

static void unicode_error_dealloc(Thread *t, Object *o) {
  unicode_error_clear(t, o);
  heap_free_object(t, o);
}

static void unicode_error_traverse(Object *o, GcVisit visit, void *arg) {
  UnicodeErrorException *e = (UnicodeErrorException *)o;
  gc_visit_value(e->encoding, visit, arg);
  gc_visit_value(e->object, visit, arg);
  gc_visit_value(e->reason, visit, arg);
  exception_base_traverse(o, visit, arg);
}

static const MemberDef unicode_error_members[] = {
    {"encoding", MEMBER_VALUE, offsetof(UnicodeErrorException, encoding), false, "exception encoding"},
    {"object", MEMBER_VALUE, offsetof(UnicodeErrorException, object), false, "exception object"},
    {"start", MEMBER_I64, offsetof(UnicodeErrorException, start), false, "exception start"},
    {"end", MEMBER_I64, offsetof(UnicodeErrorException, end), false, "exception end"},
    {"reason", MEMBER_VALUE, offsetof(UnicodeErrorException, reason), false, "exception reason"},
    {0},
};

#define UNICODE_SPEC(Name, prefix, text)                                                                                  \
  const TypeSpec spec_exc_##Name = {                                                                                      \
      .name = #Name, .base = &exc_UnicodeError, .size = sizeof(UnicodeErrorException),                                    \
      .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_EXC, .ext_offset = offsetof(BaseException, ext),                       \
      .slots = {.new = exception_base_new, .init = prefix##_init, .str = prefix##_str, .dealloc = unicode_error_dealloc,  \
                .traverse = unicode_error_traverse, .clear = unicode_error_clear},                                        \
      .members = unicode_error_members, .doc = text,                                                                      \
  };
UNICODE_SPEC(UnicodeDecodeError, decode_error, "Bytes that the encoding does not allow.")
UNICODE_SPEC(UnicodeEncodeError, encode_error, "Text that the encoding cannot express.")
UNICODE_SPEC(UnicodeTranslateError, translate_error, "Text that a translation cannot express.")
