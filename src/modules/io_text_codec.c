// TextIOWrapper's codecs: bytes to text and back, and the incremental codecs that other encodings go through.
#include <string.h>

#include "modules/io_text.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/tuple.h"

static CodecKind codec_kind(Value encoding) {
  const Str *s = v_str(encoding);
  char plain[16];
  int n = 0;
  for (int64_t i = 0; i < str_length(s) && n < 15; i++) {
    uint32_t c = str_char(s, i);
    if (c >= 'A' && c <= 'Z') c |= 32;
    if (c != '-' && c != '_' && c != ' ') plain[n++] = (char)(c < 128 ? c : '?');
  }
  plain[n] = '\0';
  if (strcmp(plain, "utf8") == 0) return CODEC_UTF8;
  if (strcmp(plain, "ascii") == 0 || strcmp(plain, "usascii") == 0) return CODEC_ASCII;
  if (strcmp(plain, "latin1") == 0 || strcmp(plain, "iso88591") == 0) return CODEC_LATIN1;
  return CODEC_OTHER;
}

int textio_set_encoding(Thread *t, TextIo *x, Value encoding, Value errors) {
  if (unlikely(codec_names_checked) && !v_is_absent_or_none(errors)) {
    const char *name = str_utf8(t, errors, NULL);
    if (!name || codec_check_names(t, NULL, name) < 0) return -1;
  }
  bool locale = v_is_absent_or_none(encoding) || str_equals_cstr(encoding, "locale");
  Value name = locale ? str_from_cstr(t, "UTF-8") : v_own(t, encoding);
  Value handler = v_is_absent_or_none(errors) ? str_from_cstr(t, "strict") : v_own(t, errors);
  if (v_is_null(name) || v_is_null(handler)) {
    v_drop(t, name);
    v_drop(t, handler);
    return -1;
  }
  v_set(t, &x->encoding, name);
  v_set(t, &x->errors, handler);
  v_clear(t, &x->encoder);
  v_clear(t, &x->decoder);
  x->codec = codec_kind(name);
  if (x->codec != CODEC_OTHER) return 0;
  if (!str_utf8(t, name, NULL)) return -1;
  Value info = codec_lookup(t, v_str(name)->data);
  if (v_is_null(info)) return -1;
  Value is_text;
  int r = object_lookup_attr(t, info, N(_is_text_encoding), &is_text);
  v_drop(t, info);
  if (r <= 0) return r;
  r = object_is_true(t, is_text);
  v_drop(t, is_text);
  if (r == 0) raise_error(t, &exc_LookupError, "'%U' is not a text encoding; use codecs.open() to handle arbitrary codecs", name);
  return r > 0 ? 0 : -1;
}

// The codec's incremental encoder or decoder.
static Value make_incremental(Thread *t, TextIo *x, const char *which) {
  Value info = codec_lookup(t, v_str(x->encoding)->data), key = v_is_null(info) ? V_NULL : str_intern_cstr(t, which);
  Value factory = v_is_null(key) ? V_NULL : object_getattr(t, info, key);
  v_drop(t, info);
  if (v_is_null(factory)) return V_NULL;
  Value r = object_call1(t, factory, x->errors);
  v_drop(t, factory);
  return r;
}

int textio_need_decoder(Thread *t, TextIo *x) {
  if (x->codec != CODEC_OTHER || !v_is_null(x->decoder)) return 0;
  x->decoder = make_incremental(t, x, "incrementaldecoder");
  return v_is_null(x->decoder) ? -1 : 0;
}

// Decodes once more what has just failed, through the codec's own decoder: tracebacks show its frames, which programs compare and people search for.
static Value fail_in_decoder(Thread *t, TextIo *x, Value bytes, bool final) {
  if (!error_matches(t, &exc_UnicodeDecodeError) || strcmp(textio_errors(x), "strict") != 0) return V_NULL;
  error_clear(t);
  Value decoder = make_incremental(t, x, "incrementaldecoder");
  if (v_is_null(decoder)) return V_NULL;
  Value text = object_call_method2(t, decoder, N(decode), bytes, v_from_bool(final));
  v_drop(t, decoder);
  if (!v_is_null(text) && !v_is_str(text)) {
    raise_type_error(t, "decoder should return a string result, not '%.200T'", text);
    v_clear(t, &text);
  }
  return text;
}

// Text of the bytes (the tail is part of them for UTF-8), newlines not yet looked at.
static Value decode_bytes(Thread *t, TextIo *x, Value bytes, bool final) {
  const Bytes *b = v_bytes(bytes);
  switch (x->codec) {
    case CODEC_UTF8: {
      size_t consumed = 0, n = (size_t)b->length;
      Value text = utf8_decode(t, b->data, n, textio_errors(x), final ? NULL : &consumed);
      if (v_is_null(text)) return fail_in_decoder(t, x, bytes, final);
      x->tail_length = final ? 0 : (int)(n - consumed);
      memcpy(x->tail, b->data + (final ? n : consumed), (size_t)x->tail_length);
      return text;
    }
    case CODEC_ASCII: {
      Value text = ascii_decode(t, b->data, (size_t)b->length, textio_errors(x));
      return v_is_null(text) ? fail_in_decoder(t, x, bytes, final) : text;
    }
    case CODEC_LATIN1: return latin1_decode(t, b->data, (size_t)b->length);
    default: {
      Value text = object_call_method2(t, x->decoder, N(decode), bytes, v_from_bool(final));
      if (!v_is_null(text) && !v_is_str(text)) {
        raise_type_error(t, "decoder should return a string result, not '%.200T'", text);
        v_clear(t, &text);
      }
      return text;
    }
  }
}

Value textio_decode_lines(Thread *t, TextIo *x, Value bytes, bool final) {
  Value text = decode_bytes(t, x, bytes, final);
  return !v_is_null(text) && x->universal ? newlines_decode(t, text, final, x->translate, &x->pending_cr, &x->seen) : text;
}

int textio_decoder_state(Thread *t, TextIo *x, Value *kept, int64_t *flags) {
  Value state = io_call0(t, x->decoder, "getstate");
  if (v_is_null(state)) return -1;
  Value *item = v_is_tuple(state) && v_tuple(state)->length == 2 ? v_tuple(state)->items : NULL;
  bool ok = item && v_is_bytes(item[0]) && v_is_int(item[1]);
  if (!ok) raise_type_error(t, "illegal decoder state");
  else if (!int_as_i64(item[1], flags) || *flags >> 30) ok = (raise_error(t, &exc_OverflowError, "decoder state is too large"), false);
  if (ok) {
    *kept = v_own(t, item[0]);
    if (x->universal) *flags = *flags << 1 | x->pending_cr;
  }
  v_drop(t, state);
  return ok ? 0 : -1;
}

int textio_set_decoder_state(Thread *t, TextIo *x, Value kept, int64_t flags) {
  x->pending_cr = x->universal && (flags & 1);
  Value state = tuple_pack(t, 2, kept, v_from_smi(x->universal ? flags >> 1 : flags));
  Value r = v_is_null(state) ? V_NULL : io_call1(t, x->decoder, "setstate", state);
  v_drop(t, state);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

Value textio_encode(Thread *t, TextIo *x, Value text) {
  switch (x->codec) {
    case CODEC_UTF8: return utf8_encode(t, text, textio_errors(x));
    case CODEC_ASCII: return ascii_encode(t, text, textio_errors(x));
    case CODEC_LATIN1: return latin1_encode(t, text, textio_errors(x));
    default: {
      Value r = io_call1(t, x->encoder, "encode", text);
      if (!v_is_null(r) && !v_is_bytes(r)) {
        raise_type_error(t, "encoder should return a bytes object, not '%.200T'", r);
        v_clear(t, &r);
      }
      return r;
    }
  }
}

int textio_need_encoder(Thread *t, TextIo *x) {
  if (x->codec != CODEC_OTHER || !x->can_write) return 0;
  v_set(t, &x->encoder, make_incremental(t, x, "incrementalencoder"));
  if (v_is_null(x->encoder)) return -1;
  if (!x->seekable) return 0;
  Value at = io_call0(t, x->buffer, "tell");
  if (v_is_null(at)) return -1;
  Value r = v_is_int(at) && int_sign(at) == 0 ? V_NONE : io_call1(t, x->encoder, "setstate", v_from_smi(0));
  v_drop(t, at);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}
