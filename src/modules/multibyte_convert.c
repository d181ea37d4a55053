// Running an East Asian codec over a text: the loop over characters, and what error handlers say about those that cannot be converted.
//
// The codec's state is its owner's, and changes with every character: an error handler that uses the same object sees it as it is.
#include <string.h>

#include "modules/multibyte.h"
#include "objects/codec_errors.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/tuple.h"

static const char illegal[] = "illegal multibyte sequence", incomplete[] = "incomplete multibyte sequence";
enum { PAUSE_EVERY = 1024 };
#define HUGE_POSITION INT64_MIN   // a handler's, beyond 64 bits

static void run_leave(MbRun *r) {
  if (r->lock) mutex_unlock(r->lock);
}
static void run_enter(MbRun *r) {
  if (r->lock) mutex_lock(r->t, r->lock);
}

// Lets others have their turn in a long conversion. False: an exception came in.
static bool run_pause(MbRun *r) {
  run_leave(r);
  bool ok = safepoint(r->t) >= 0;
  run_enter(r);
  return ok;
}

void mb_run_end(MbRun *r) {
  v_drop(r->t, r->exception);
  r->exception = V_NULL;
}

// --- Error handlers ---------------------------------------------------------------------------------------------------------------

// Readies r->exception for a bad range; object is stolen and dropped if there is an exception already.
static bool prepare_exception(MbRun *r, Type *type, Value object, int64_t start, int64_t end, const char *reason) {
  if (v_is_null(r->exception)) {
    r->exception = unicode_error_new(r->t, type, r->codec->name, object, start, end, reason);
    return !v_is_null(r->exception);
  }
  v_drop(r->t, object);
  return unicode_error_move(r->t, r->exception, start, end, reason);
}

// Calls the handler of that name, unlocked. *replacement (str; bytes too when encoding) is owned; *pos: the place it gave.
static bool call_handler(MbRun *r, bool encoding, Value *replacement, int64_t *pos) {
  Thread *t = r->t;
  const char *name = str_utf8(t, r->errors, NULL);
  Value handler = name ? codec_lookup_error(t, name) : V_NULL, result = V_NULL;
  if (!v_is_null(handler)) result = object_call1(t, handler, r->exception);
  v_drop(t, handler);
  if (v_is_null(result)) return false;
  const Tuple *answer = v_is_tuple(result) ? v_tuple(result) : NULL;
  bool ok = answer && answer->length == 2 && (v_is_str(answer->items[0]) || (encoding && v_is_bytes(answer->items[0]))) && v_has_flag(answer->items[1], TYPE_INT);
  if (!ok) raise_type_error(t, "%s error handler must return (str, int) tuple", encoding ? "encoding" : "decoding");
  else if (!int_as_i64(answer->items[1], pos)) *pos = HUGE_POSITION;
  if (ok) *replacement = v_own(t, answer->items[0]);
  v_drop(t, result);
  return ok;
}

// The place to go on at, from what a handler gave. False: IndexError.
static bool check_position(Thread *t, int64_t *pos, int64_t size) {
  bool huge = *pos == HUGE_POSITION;
  if (*pos < 0 && !huge) *pos += size;
  if (*pos >= 0 && *pos <= size) return true;
  raise_error(t, &exc_IndexError, "position %lld from error handler out of bounds", (long long)(huge ? -1 : *pos));
  return false;
}

// --- Encoding ---------------------------------------------------------------------------------------------------------------------

static bool put_bytes(BytesBuilder *out, const MbBytes *b) { return bytesb_put(out, b->bytes, b->count); }

// The replacement that a handler gave, encoded where it stands.
static bool encode_replacement(MbRun *r, Value replacement, BytesBuilder *out) {
  if (v_is_bytes(replacement)) return bytesb_put(out, v_bytes(replacement)->data, v_bytes(replacement)->length);
  MbRun strict = *r;
  strict.errors = V_NULL;
  strict.exception = V_NULL;
  int64_t pos = 0;
  bool ok = mb_encode(&strict, replacement, &pos, MB_FLUSH, out);
  mb_run_end(&strict);
  return ok;
}

static bool encode_question_mark(MbRun *r, BytesBuilder *out) {
  MbBytes bytes = {0};
  uint32_t c = '?';
  if (r->codec->encode(r->codec, r->state, &c, 1, true, &bytes) <= 0) return bytesb_byte(out, '?');
  return put_bytes(out, &bytes);
}

static bool encode_error(MbRun *r, Value text, int64_t *pos, int64_t n, const char *reason, BytesBuilder *out) {
  Thread *t = r->t;
  bool ignore = !v_is_null(r->errors) && str_equals_cstr(r->errors, "ignore");
  if (ignore || (!v_is_null(r->errors) && str_equals_cstr(r->errors, "replace"))) {
    *pos += n;
    return ignore || encode_question_mark(r, out);
  }
  Value replacement = V_NULL;
  run_leave(r);
  bool ok = prepare_exception(r, &exc_UnicodeEncodeError, v_own(t, text), *pos, *pos + n, reason);
  if (ok && (v_is_null(r->errors) || str_equals_cstr(r->errors, "strict"))) {
    raise_object(t, r->exception);
    ok = false;
  }
  ok = ok && call_handler(r, true, &replacement, pos);
  run_enter(r);
  if (!ok) return false;
  ok = encode_replacement(r, replacement, out);   // changes the state even if the place turns out to be a bad one
  run_leave(r);
  v_drop(t, replacement);
  ok = ok && check_position(t, pos, v_str(text)->length);
  run_enter(r);
  return ok;
}

static int64_t encode_ascii_run(const Str *s, int64_t pos, BytesBuilder *out) {
  int64_t end = pos;
  while (end < s->length && str_char(s, end) < 0x80) end++;
  if (end == pos) return pos;
  if (str_kind(s) == 1) return bytesb_put(out, s->data + pos, end - pos) ? end : -1;
  char *to = bytesb_reserve(out, end - pos);
  if (!to) return -1;
  for (int64_t i = pos; i < end; i++) *to++ = (char)str_char(s, i);
  out->length += end - pos;
  return end;
}

bool mb_encode(MbRun *r, Value text, int64_t *pos, int flags, BytesBuilder *out) {
  const MbCodec *codec = r->codec;
  const Str *s = v_str(text);
  if (s->length == 0 && !(flags & MB_RESET)) return true;
  for (int64_t count = 1; *pos < s->length; count++) {
    if (count % PAUSE_EVERY == 0 && !run_pause(r)) return false;
    if (codec->plain_ascii && (*pos = encode_ascii_run(s, *pos, out)) < 0) return false;
    if (*pos >= s->length) break;
    MbBytes bytes = {0};
    uint32_t c[2] = {str_char(s, *pos), *pos + 1 < s->length ? str_char(s, *pos + 1) : 0};
    bool last = *pos + 1 == s->length;
    int used = codec->encode(codec, r->state, c, last ? 1 : 2, last && (flags & MB_FLUSH), &bytes);
    if (used == MB_INCOMPLETE) break;
    if (used < 0 ? !encode_error(r, text, pos, -used, illegal, out) : !put_bytes(out, &bytes)) return false;
    if (used > 0) *pos += used;
  }
  MbBytes bytes = {0};
  if (!(flags & MB_RESET) || !codec->encode_end) return true;
  codec->encode_end(r->state, &bytes);
  return put_bytes(out, &bytes);
}

// --- Decoding ---------------------------------------------------------------------------------------------------------------------

static bool decode_error(MbRun *r, const uint8_t *data, size_t size, size_t *pos, size_t n, const char *reason, StrBuilder *out) {
  Thread *t = r->t;
  bool ignore = str_equals_cstr(r->errors, "ignore");
  if (ignore || str_equals_cstr(r->errors, "replace")) {
    *pos += n;
    return ignore || strb_char(out, 0xFFFD);
  }
  Value replacement = V_NULL;
  int64_t next = 0;
  run_leave(r);
  Value object = v_is_null(r->exception) ? bytes_from(t, data, size) : V_NULL;
  bool ok = prepare_exception(r, &exc_UnicodeDecodeError, object, (int64_t)*pos, (int64_t)(*pos + n), reason);
  if (ok && str_equals_cstr(r->errors, "strict")) {
    raise_object(t, r->exception);
    ok = false;
  }
  ok = ok && call_handler(r, false, &replacement, &next) && strb_str(out, replacement) && check_position(t, &next, (int64_t)size);
  v_drop(t, replacement);
  run_enter(r);
  if (ok) *pos = (size_t)next;
  return ok;
}

bool mb_decode_incomplete(MbRun *r, const uint8_t *data, size_t n, size_t *pos, StrBuilder *out) {
  return decode_error(r, data, n, pos, n - *pos, incomplete, out);
}

bool mb_decode(MbRun *r, const uint8_t *data, size_t n, size_t *pos, bool complete, StrBuilder *out) {
  const MbCodec *codec = r->codec;
  for (size_t count = 1; *pos < n; count++) {
    if (count % PAUSE_EVERY == 0 && !run_pause(r)) return false;
    size_t end = *pos;
    while (codec->plain_ascii && end < n && data[end] < 0x80) end++;
    if (end > *pos && !strb_ascii(out, (const char *)data + *pos, end - *pos)) return false;
    *pos = end;
    if (end == n) break;
    MbChars chars = {0};
    int used = codec->decode(codec, r->state, data + *pos, n - *pos, &chars);
    if (used == MB_INCOMPLETE) {
      if (!complete) break;
      if (!mb_decode_incomplete(r, data, n, pos, out)) return false;
    } else if (used < 0) {
      if (!decode_error(r, data, n, pos, (size_t)-used, illegal, out)) return false;
    } else {
      *pos += (size_t)used;
      for (int i = 0; i < chars.count; i++)
        if (!strb_char(out, chars.c[i])) return false;
    }
  }
  return true;
}

// --- Codecs that are one set --------------------------------------------------------------------------------------------------------

int mb_set_decode(const MbCodec *codec, UNUSED_OK MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  const Charset *set = codec->charsets[0];
  if (p[0] < 0x80) return mb_char(out, p[0], 1);
  if (n < 2) return MB_INCOMPLETE;
  uint32_t c = charset_character(set, p[0], p[1]);
  return c ? mb_charset_char(out, set, c, 2) : MB_ILLEGAL(1);
}

int mb_set_encode(const MbCodec *codec, UNUSED_OK MbState *state, const uint32_t *c, size_t n, bool last, MbBytes *out) {
  const Charset *set = codec->charsets[0];
  if (*c < 0x80) return mb_put1(out, *c);
  int pair = charset_find_pair(set, c, n, last);
  if (pair) return pair < 0 ? MB_INCOMPLETE : mb_put2(out, (unsigned)pair, 2);
  unsigned code = charset_code(set, *c);
  return code ? mb_put2(out, code, 1) : MB_ILLEGAL(1);
}
