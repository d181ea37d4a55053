// str.encode and bytes.decode: short cuts to the built-in codecs, else the registry.

#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str_core.h"

typedef enum { CODEC_OTHER, CODEC_UTF8, CODEC_LATIN1, CODEC_ASCII, CODEC_UTF16, CODEC_UTF32 } KnownCodec;

static KnownCodec codec_known(const char *encoding) {
  static const struct { const char *name; KnownCodec codec; } known[] = {
    {"utf_8", CODEC_UTF8}, {"utf8", CODEC_UTF8}, {"latin_1", CODEC_LATIN1}, {"latin1", CODEC_LATIN1}, {"iso_8859_1", CODEC_LATIN1},
    {"iso8859_1", CODEC_LATIN1}, {"ascii", CODEC_ASCII}, {"us_ascii", CODEC_ASCII}, {"utf_16", CODEC_UTF16}, {"utf16", CODEC_UTF16},
    {"utf_32", CODEC_UTF32}, {"utf32", CODEC_UTF32},
  };
  if (!encoding || strcmp(encoding, "utf-8") == 0) return CODEC_UTF8;
  char name[12];
  size_t n = 0;
  for (const char *p = encoding; *p; p++, n++) {
    if (n == sizeof name - 1) return CODEC_OTHER;
    name[n] = *p == '-' || *p == ' ' ? '_' : *p >= 'A' && *p <= 'Z' ? (char)(*p | 0x20) : *p;
  }
  name[n] = 0;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(name, known[i].name) == 0) return known[i].codec;
  return CODEC_OTHER;
}

static Value encode_by_registry(Thread *t, Value text, const char *encoding, const char *errors) {
  Value v = codec_encode_text(t, text, encoding, errors);
  if (v_is_null(v) || v_is_bytes(v)) return v;
  Value out = V_NULL;
  if (!v_is_bytearray(v))
    raise_type_error(t, "'%.400s' encoder returned '%T' instead of 'bytes'; use codecs.encode() to encode to arbitrary types", encoding, v);
  else if (warn(t, &exc_RuntimeWarning, 1, "encoder %s returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types", encoding) == 0)
    out = bytes_from_object(t, v);
  v_drop(t, v);
  return out;
}

bool codec_names_checked;

int codec_check_names(Thread *t, const char *encoding, const char *errors) {
  Value info = encoding ? codec_lookup(t, encoding) : V_NONE;
  if (v_is_null(info)) return -1;
  v_drop(t, info);
  Value handler = errors ? codec_lookup_error(t, errors) : V_NONE;
  v_drop(t, handler);
  return v_is_null(handler) ? -1 : 0;
}

Value str_encode(Thread *t, Value text, const char *encoding, const char *errors) {
  if (unlikely(codec_names_checked) && codec_check_names(t, encoding, errors) < 0) return V_NULL;
  switch (codec_known(encoding)) {
    case CODEC_UTF8: return utf8_encode(t, text, errors);
    case CODEC_LATIN1: return latin1_encode(t, text, errors);
    case CODEC_ASCII: return ascii_encode(t, text, errors);
    case CODEC_UTF16: return utf16_encode(t, text, errors, 0);
    case CODEC_UTF32: return utf32_encode(t, text, errors, 0);
    default: return encode_by_registry(t, text, encoding, errors);
  }
}

static Value decode_by_registry(Thread *t, const void *data, size_t n, const char *encoding, const char *errors) {
  Value bytes = bytes_from(t, data, n);
  if (v_is_null(bytes)) return bytes;
  Value view = memoryview_from(t, bytes), v = V_NULL;
  v_drop(t, bytes);
  if (!v_is_null(view)) v = codec_decode_text(t, view, encoding, errors);
  v_drop(t, view);
  if (v_is_null(v) || v_is_str(v)) return v;
  raise_type_error(t, "'%.400s' decoder returned '%T' instead of 'str'; use codecs.decode() to decode to arbitrary types", encoding, v);
  v_drop(t, v);
  return V_NULL;
}

Value str_decode(Thread *t, const void *data, size_t n, const char *encoding, const char *errors) {
  if (unlikely(codec_names_checked) && codec_check_names(t, encoding, errors) < 0) return V_NULL;
  if (n == 0) return v_own(t, str_empty);   // without asking whether there is such a codec
  int order = 0;
  switch (codec_known(encoding)) {
    case CODEC_UTF8: return utf8_decode(t, data, n, errors, NULL);
    case CODEC_LATIN1: return latin1_decode(t, data, n);
    case CODEC_ASCII: return ascii_decode(t, data, n, errors);
    case CODEC_UTF16: return utf16_decode(t, data, n, errors, &order, NULL);
    case CODEC_UTF32: return utf32_decode(t, data, n, errors, &order, NULL);
    default: return decode_by_registry(t, data, n, encoding, errors);
  }
}
