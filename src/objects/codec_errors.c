// What happens when a codec meets bad input: built-in handlers are acted out here, others are called with a UnicodeError instance.

#include "objects/codec_errors.h"

#include <strings.h>

#include "objects/codec_handlers.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str_core.h"
#include "objects/tuple.h"

ErrorsKind errors_kind(const char *errors) {
  static const struct { const char *name; ErrorsKind kind; } kinds[] = {
    {"strict", ERRORS_STRICT}, {"ignore", ERRORS_IGNORE}, {"replace", ERRORS_REPLACE}, {"surrogateescape", ERRORS_SURROGATEESCAPE},
    {"surrogatepass", ERRORS_SURROGATEPASS}, {"backslashreplace", ERRORS_BACKSLASHREPLACE}, {"xmlcharrefreplace", ERRORS_XMLCHARREFREPLACE},
  };
  if (!errors) return ERRORS_STRICT;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(errors, kinds[i].name) == 0) return kinds[i].kind;
  return ERRORS_OTHER;
}

// --- Exceptions -------------------------------------------------------------------------------------------------------------------

Value unicode_error_new(Thread *t, Type *type, const char *encoding, Value object, int64_t start, int64_t end, const char *reason) {
  if (v_is_null(object)) return V_NULL;
  Value name = str_from_cstr(t, encoding), why = str_from_cstr(t, reason), exc = V_NULL;
  if (!v_is_null(name) && !v_is_null(why))
    exc = exception_new(t, type, (Value[]){name, object, v_from_smi(start), v_from_smi(end), why}, 5);
  v_drop(t, name);
  v_drop(t, why);
  v_drop(t, object);
  return exc;
}

static Value raise_owned(Thread *t, Value exc) {
  if (v_is_null(exc)) return exc;
  raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

Value raise_decode_error(Thread *t, const char *encoding, const void *data, size_t n, int64_t start, int64_t end, const char *reason) {
  return raise_owned(t, unicode_error_new(t, &exc_UnicodeDecodeError, encoding, bytes_from(t, data, n), start, end, reason));
}

Value raise_encode_error(Thread *t, const char *encoding, Value text, int64_t start, int64_t end, const char *reason) {
  return raise_owned(t, unicode_error_new(t, &exc_UnicodeEncodeError, encoding, v_own(t, text), start, end, reason));
}

bool unicode_error_move(Thread *t, Value exc, int64_t start, int64_t end, const char *reason) {
  UnicodeErrorException *e = (UnicodeErrorException *)v_obj(exc);
  Value why = str_from_cstr(t, reason);
  if (v_is_null(why)) return false;
  e->start = start;
  e->end = end;
  v_set(t, &e->reason, why);
  return true;
}

// --- Calling a registered handler -------------------------------------------------------------------------------------------------

// The handler's (replacement, position), checked; *replacement owned.
static bool handler_call(Thread *t, Value *handler, const char *errors, Value exc, bool decoding, Value *replacement, int64_t *pos) {
  const char *shape = decoding ? "decoding error handler must return (str, int) tuple" : "encoding error handler must return (str/bytes, int) tuple";
  if (v_is_null(*handler)) *handler = codec_lookup_error(t, errors);
  if (v_is_null(*handler)) return false;
  Value result = object_call1(t, *handler, exc);
  if (v_is_null(result)) return false;
  bool ok = v_is_tuple(result) && v_tuple(result)->length == 2;
  if (ok) {
    Value text = v_tuple(result)->items[0];
    ok = v_is_str(text) || (!decoding && v_is_bytes(text));
  }
  if (!ok) {
    raise_type_error(t, "%s", shape);
    v_drop(t, result);
    return false;
  }
  *pos = number_as_i64(t, v_tuple(result)->items[1]);
  ok = *pos != -1 || !error_pending(t);
  if (ok) *replacement = v_own(t, v_tuple(result)->items[0]);
  v_drop(t, result);
  return ok;
}

static bool position_check(Thread *t, int64_t *pos, int64_t size) {
  int64_t asked = *pos;
  if (*pos < 0) *pos += size;
  if (*pos >= 0 && *pos <= size) return true;
  raise_error(t, &exc_IndexError, "position %lld from error handler out of bounds", (long long)(asked < 0 ? *pos : asked));
  return false;
}

// --- Decoding ---------------------------------------------------------------------------------------------------------------------

void decoding_init(Decoding *d, Thread *t, const char *encoding, const char *errors, const void *data, size_t n) {
  d->t = t;
  d->encoding = encoding;
  d->errors = errors;
  d->kind = errors_kind(errors);
  d->start = d->pos = data;
  d->end = d->start + n;
  d->handler = d->exception = d->input = V_NULL;
  strb_init(&d->out, t);
}

static bool decoding_fail(Decoding *d, int64_t start, int64_t end, const char *reason) {
  raise_decode_error(d->t, d->encoding, d->start, (size_t)(d->end - d->start), start, end, reason);
  return false;
}

static bool decoding_call_handler(Decoding *d, int64_t start, int64_t end, const char *reason) {
  Thread *t = d->t;
  if (v_is_null(d->exception)) {
    Value object = bytes_from(t, d->start, (size_t)(d->end - d->start));
    d->exception = unicode_error_new(t, &exc_UnicodeDecodeError, d->encoding, object, start, end, reason);
    if (v_is_null(d->exception)) return false;
  } else if (!unicode_error_move(t, d->exception, start, end, reason)) {
    return false;
  }
  Value replacement = V_NULL;
  int64_t pos;
  if (!handler_call(t, &d->handler, d->errors, d->exception, true, &replacement, &pos)) return false;
  Value object = ((UnicodeErrorException *)v_obj(d->exception))->object;  // the handler may have put another one there
  bool ok = !v_is_null(object) && v_is_bytes(object);
  if (!ok) raise_type_error(t, "object attribute must be bytes");
  if (ok) {
    object = v_own(t, object);
    v_set(t, &d->input, object);
    d->start = (const uint8_t *)v_bytes(object)->data;
    d->end = d->start + v_bytes(object)->length;
    ok = position_check(t, &pos, v_bytes(object)->length) && strb_str(&d->out, replacement);
  }
  v_drop(t, replacement);
  if (ok) d->pos = d->start + pos;
  return ok;
}

bool decoding_error(Decoding *d, int64_t start, int64_t end, const char *reason) {
  static const char hex[] = "0123456789abcdef";
  bool ok = true;
  switch (d->kind) {
    case ERRORS_STRICT: return decoding_fail(d, start, end, reason);
    case ERRORS_IGNORE: break;
    case ERRORS_REPLACE: ok = strb_char(&d->out, 0xFFFD); break;
    case ERRORS_BACKSLASHREPLACE:
      for (int64_t i = start; ok && i < end; i++)
        ok = strb_ascii(&d->out, (char[]){'\\', 'x', hex[d->start[i] >> 4], hex[d->start[i] & 15]}, 4);
      break;
    case ERRORS_SURROGATEESCAPE: {
      int64_t n = handler_escapable_bytes(d->start + start, end - start);
      if (n == 0) return decoding_fail(d, start, end, reason);
      for (int64_t i = 0; ok && i < n; i++) ok = strb_char(&d->out, 0xDC00u + d->start[start + i]);
      end = start + n;
      break;
    }
    case ERRORS_SURROGATEPASS: {
      SurrogateForm form = handler_surrogate_form(d->encoding);
      uint32_t c = handler_surrogate_read(form, d->start + start, (d->end - d->start) - start);
      if (!c) return decoding_fail(d, start, end, reason);
      ok = strb_char(&d->out, c);
      end = start + form.width;
      break;
    }
    default: return decoding_call_handler(d, start, end, reason);
  }
  d->pos = d->start + end;
  return ok;
}

Value decoding_finish(Decoding *d, bool ok) {
  Value v = V_NULL;
  if (ok) v = strb_finish(&d->out);
  else strb_discard(&d->out);
  v_drop(d->t, d->handler);
  v_drop(d->t, d->exception);
  v_drop(d->t, d->input);
  return v;
}

// --- Encoding ---------------------------------------------------------------------------------------------------------------------

void encoding_init(Encoding *e, Thread *t, const char *encoding, const char *errors, Value text) {
  e->t = t;
  e->encoding = encoding;
  e->errors = errors;
  e->kind = errors_kind(errors);
  e->text = text;
  e->handler = e->exception = V_NULL;
  bytesb_init(&e->out, t);
}

bool encoding_fail(Encoding *e, int64_t start, int64_t end, const char *reason) {
  if (v_is_null(e->exception)) raise_encode_error(e->t, e->encoding, e->text, start, end, reason);
  else if (unicode_error_move(e->t, e->exception, start, end, reason)) raise_object(e->t, e->exception);
  return false;
}

static bool encoding_call_handler(Encoding *e, int64_t start, int64_t end, const char *reason, Value *replacement, int64_t *pos) {
  Thread *t = e->t;
  if (v_is_null(e->exception)) {
    e->exception = unicode_error_new(t, &exc_UnicodeEncodeError, e->encoding, v_own(t, e->text), start, end, reason);
    if (v_is_null(e->exception)) return false;
  } else if (!unicode_error_move(t, e->exception, start, end, reason)) {
    return false;
  }
  if (!handler_call(t, &e->handler, e->errors, e->exception, false, replacement, pos)) return false;
  if (position_check(t, pos, v_str(e->text)->length)) return true;
  v_drop(t, *replacement);
  return false;
}

static Value question_marks(Thread *t, int64_t n) {
  Value v = str_new(t, n, 0x7F);
  if (!v_is_null(v) && n) memset(v_str(v)->data, '?', (size_t)n);
  return v;
}

static Value encode_surrogates(Encoding *e, int64_t start, int64_t end) {
  SurrogateForm form = handler_surrogate_form(e->encoding);
  const Str *s = v_str(e->text);
  for (int64_t i = start; i < end; i++)
    if (!form.width || !char_is_surrogate(str_char(s, i))) return V_NULL;
  Value v = bytes_new(e->t, (end - start) * form.width);
  if (v_is_null(v)) return v;
  for (int64_t i = start; i < end; i++) handler_surrogate_write(form, str_char(s, i), (uint8_t *)v_bytes(v)->data + (i - start) * form.width);
  return v;
}

// The bytes behind escaped surrogates at the start of the range; a shorter run ends there and the rest is reported anew.
static Value encode_escaped(Encoding *e, int64_t start, int64_t *end) {
  const Str *s = v_str(e->text);
  int64_t n = handler_escaped_chars(s, start, *end);
  if (n == 0) return V_NULL;
  Value v = bytes_new(e->t, n);
  if (v_is_null(v)) return v;
  for (int64_t i = 0; i < n; i++) v_bytes(v)->data[i] = (char)(str_char(s, start + i) - 0xDC00);
  *end = start + n;
  return v;
}

bool encoding_error(Encoding *e, int64_t start, int64_t end, const char *reason, Value *replacement, int64_t *pos) {
  Thread *t = e->t;
  const Str *s = v_str(e->text);
  Value v = V_NULL;
  switch (e->kind) {
    case ERRORS_STRICT: break;
    case ERRORS_IGNORE: v = str_empty; break;
    case ERRORS_REPLACE: v = question_marks(t, end - start); break;
    case ERRORS_BACKSLASHREPLACE: v = handler_escape_chars(t, s, start, end, ESCAPE_BACKSLASH); break;
    case ERRORS_XMLCHARREFREPLACE: v = handler_escape_chars(t, s, start, end, ESCAPE_XML); break;
    case ERRORS_SURROGATEESCAPE: v = encode_escaped(e, start, &end); break;
    case ERRORS_SURROGATEPASS: v = encode_surrogates(e, start, end); break;
    default: return encoding_call_handler(e, start, end, reason, replacement, pos);
  }
  if (v_is_null(v)) return error_pending(t) ? false : encoding_fail(e, start, end, reason);
  *replacement = v;
  *pos = end;
  return true;
}

Value encoding_finish(Encoding *e, bool ok) {
  Value v = V_NULL;
  if (ok) v = bytesb_finish(&e->out);
  else bytesb_discard(&e->out);
  v_drop(e->t, e->handler);
  v_drop(e->t, e->exception);
  return v;
}
