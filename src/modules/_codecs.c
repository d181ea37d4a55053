// _codecs: the codec registry and the built-in codecs as Python functions, which the package `encodings` is built on.
//
// Encoders return (bytes, characters read), decoders (str, bytes read).

#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/text_native.h"
#include "objects/tuple.h"

// --- Arguments and results --------------------------------------------------------------------------------------------------------

// A C string of an argument. False: TypeError or ValueError.
static bool text_argument(Thread *t, const char *function, int position, Value v, const char **out) {
  if (v_is_str(v)) return (*out = module_c_text(t, v)) != NULL;
  raise_type_error(t, "%s() argument %d must be str, not %K", function, position, v);
  return false;
}

// The optional `errors`: NULL when absent or None.
static bool errors_argument(Thread *t, const char *function, Value v, const char **out) {
  *out = NULL;
  if (v_is_absent_or_none(v)) return true;
  if (v_is_str(v)) return text_argument(t, function, 2, v, out);
  raise_type_error(t, "%s() argument 2 must be str or None, not %K", function, v);
  return false;
}

static bool flag_argument(Thread *t, Value v, bool default_, bool *out) {
  int truth = v_is_absent(v) ? default_ : number_as_int(t, v);
  if (truth == -1 && error_pending(t)) return false;
  *out = truth != 0;
  return true;
}

// (first, n); steals first, which may have failed.
static Value result(Thread *t, Value first, int64_t n) {
  return v_is_null(first) ? first : tuple_from_stolen(t, (Value[]){first, v_from_smi(n)}, 2);
}

typedef struct Input { const void *data; size_t size; BufferView view; } Input;

// Bytes to decode; text_too: a str stands for its UTF-8.
static bool input_open(Thread *t, Value v, bool text_too, Input *in) {
  in->view.obj = V_NULL;
  if (text_too && v_is_str(v)) {
    in->data = str_utf8(t, v, &in->size);
    return in->data != NULL;
  }
  if (buffer_get(t, v, &in->view, BUFFER_SIMPLE) < 0) return false;
  in->data = in->view.data;
  in->size = (size_t)in->view.len;
  return true;
}

static void input_close(Thread *t, Input *in) {
  if (!v_is_null(in->view.obj)) buffer_release(t, &in->view);
}

// --- Registry ---------------------------------------------------------------------------------------------------------------------

static NATIVE(codecs_register) { return codec_register(t, args[0]) < 0 ? V_NULL : V_NONE; }
static NATIVE(codecs_unregister) { return codec_unregister(t, args[0]) < 0 ? V_NULL : V_NONE; }

static NATIVE(codecs_lookup) {
  const char *encoding;
  if (!v_is_str(args[0])) return raise_type_error(t, "lookup() argument must be str, not %K", args[0]);
  return text_argument(t, "lookup", 1, args[0], &encoding) ? codec_lookup(t, encoding) : V_NULL;
}

static Value through_registry(Thread *t, const char *name, const Value *args, Value (*call)(Thread *, Value, const char *, const char *)) {
  const char *encoding = "utf-8", *errors = NULL;
  const char *const parameters[2] = {"encoding", "errors"};
  const char **const out[2] = {&encoding, &errors};
  for (int i = 0; i < 2; i++) {
    if (v_is_absent(args[i + 1])) continue;
    if (!v_is_str(args[i + 1])) return raise_type_error(t, "%s() argument '%s' must be str, not %K", name, parameters[i], args[i + 1]);
    if (!text_argument(t, name, i + 2, args[i + 1], out[i])) return V_NULL;
  }
  return call(t, args[0], encoding, errors);
}

static NATIVE(codecs_encode) { return through_registry(t, "encode", args, codec_encode); }
static NATIVE(codecs_decode) { return through_registry(t, "decode", args, codec_decode); }

static NATIVE(codecs_register_error) {
  const char *name;
  if (!text_argument(t, "register_error", 1, args[0], &name)) return V_NULL;
  return codec_register_error(t, name, args[1]) < 0 ? V_NULL : V_NONE;
}

static NATIVE(codecs_lookup_error) {
  const char *name;
  if (!v_is_str(args[0])) return raise_type_error(t, "lookup_error() argument must be str, not %K", args[0]);
  return text_argument(t, "lookup_error", 1, args[0], &name) ? codec_lookup_error(t, name) : V_NULL;
}

// --- Encoders ---------------------------------------------------------------------------------------------------------------------

typedef Value (*EncodeFn)(Thread *t, Value text, const char *errors);

static Value encode_call(Thread *t, const char *name, const Value *args, EncodeFn encode) {
  const char *errors;
  if (!v_is_str(args[0])) return raise_type_error(t, "%s() argument 1 must be str, not %K", name, args[0]);
  if (!errors_argument(t, name, args[1], &errors)) return V_NULL;
  return result(t, encode(t, args[0], errors), v_str(args[0])->length);
}

static Value encode_utf7(Thread *t, Value text, const char *errors) { (void)errors; return utf7_encode(t, text); }
static Value encode_escape(Thread *t, Value text, const char *errors) { (void)errors; return unicode_escape_encode(t, text); }
static Value encode_raw_escape(Thread *t, Value text, const char *errors) { (void)errors; return raw_unicode_escape_encode(t, text); }
static Value encode_utf16_le(Thread *t, Value text, const char *errors) { return utf16_encode(t, text, errors, -1); }
static Value encode_utf16_be(Thread *t, Value text, const char *errors) { return utf16_encode(t, text, errors, 1); }
static Value encode_utf32_le(Thread *t, Value text, const char *errors) { return utf32_encode(t, text, errors, -1); }
static Value encode_utf32_be(Thread *t, Value text, const char *errors) { return utf32_encode(t, text, errors, 1); }

#define ENCODER(NAME, FN) static NATIVE(codecs_##NAME) { return encode_call(t, #NAME, args, FN); }
ENCODER(utf_7_encode, encode_utf7)
ENCODER(utf_8_encode, utf8_encode)
ENCODER(utf_16_le_encode, encode_utf16_le)
ENCODER(utf_16_be_encode, encode_utf16_be)
ENCODER(utf_32_le_encode, encode_utf32_le)
ENCODER(utf_32_be_encode, encode_utf32_be)
ENCODER(unicode_escape_encode, encode_escape)
ENCODER(raw_unicode_escape_encode, encode_raw_escape)
ENCODER(latin_1_encode, latin1_encode)
ENCODER(ascii_encode, ascii_encode)

typedef Value (*OrderedEncodeFn)(Thread *t, Value text, const char *errors, int byte_order);

static Value ordered_encode_call(Thread *t, const char *name, const Value *args, OrderedEncodeFn encode) {
  const char *errors;
  if (!v_is_str(args[0])) return raise_type_error(t, "%s() argument 1 must be str, not %K", name, args[0]);
  if (!errors_argument(t, name, args[1], &errors)) return V_NULL;
  int order = v_is_absent(args[2]) ? 0 : number_as_int(t, args[2]);
  if (order == -1 && error_pending(t)) return V_NULL;
  return result(t, encode(t, args[0], errors, order < 0 ? -1 : order > 0), v_str(args[0])->length);
}

static NATIVE(codecs_utf_16_encode) { return ordered_encode_call(t, "utf_16_encode", args, utf16_encode); }
static NATIVE(codecs_utf_32_encode) { return ordered_encode_call(t, "utf_32_encode", args, utf32_encode); }

static NATIVE(codecs_charmap_encode) {
  const char *errors;
  if (!v_is_str(args[0])) return raise_type_error(t, "charmap_encode() argument 1 must be str, not %K", args[0]);
  if (!errors_argument(t, "charmap_encode", args[1], &errors)) return V_NULL;
  Value mapping = v_is_absent_or_none(args[2]) ? V_NULL : args[2];
  return result(t, charmap_encode(t, args[0], mapping, errors), v_str(args[0])->length);
}

static NATIVE(codecs_charmap_build) {
  if (!v_is_str(args[0])) return raise_type_error(t, "charmap_build() argument must be str, not %K", args[0]);
  return charmap_build(t, args[0]);
}

static NATIVE(codecs_escape_encode) {
  const char *errors;
  if (!v_is_bytes(args[0])) return raise_type_error(t, "escape_encode() argument 1 must be bytes, not %K", args[0]);
  if (!errors_argument(t, "escape_encode", args[1], &errors)) return V_NULL;
  const Bytes *in = v_bytes(args[0]);
  BytesBuilder b;
  bytesb_init(&b, t);
  for (int64_t i = 0; i < in->length && !b.failed; i++) {
    uint8_t c = (uint8_t)in->data[i];
    if (c == '\'' || c == '\\') bytesb_put(&b, (char[]){'\\', (char)c}, 2);
    else if (c == '\t') bytesb_put(&b, "\\t", 2);
    else if (c == '\n') bytesb_put(&b, "\\n", 2);
    else if (c == '\r') bytesb_put(&b, "\\r", 2);
    else if (c >= ' ' && c < 0x7F) bytesb_byte(&b, c);
    else bytesb_put(&b, (char[]){'\\', 'x', "0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15]}, 4);
  }
  return result(t, bytesb_finish(&b), in->length);
}

static NATIVE(codecs_readbuffer_encode) {
  const char *errors;
  Input in;
  if (!input_open(t, args[0], true, &in)) return V_NULL;
  Value v = V_NULL;
  if (errors_argument(t, "readbuffer_encode", args[1], &errors)) v = result(t, bytes_from(t, in.data, in.size), (int64_t)in.size);
  input_close(t, &in);
  return v;
}

// --- Decoders ---------------------------------------------------------------------------------------------------------------------

// How a decoder is called: the input, errors, and the place for the bytes used (NULL when the input is complete).
typedef Value (*DecodeFn)(Thread *t, const void *data, size_t n, const char *errors, size_t *consumed);

static Value decode_call(Thread *t, const char *name, Value data, Value errors_value, Value final_value, bool final_default, bool text_too, DecodeFn decode) {
  const char *errors;
  bool final;
  Input in;
  if (!input_open(t, data, text_too, &in)) return V_NULL;
  size_t consumed = in.size;
  Value text = V_NULL;
  if (errors_argument(t, name, errors_value, &errors) && flag_argument(t, final_value, final_default, &final))
    text = decode(t, in.data, in.size, errors, final ? NULL : &consumed);
  input_close(t, &in);
  return result(t, text, (int64_t)consumed);
}

static Value decode_ordered(Thread *t, const void *p, size_t n, const char *errors, size_t *consumed, int order, bool wide) {
  return wide ? utf32_decode(t, p, n, errors, &order, consumed) : utf16_decode(t, p, n, errors, &order, consumed);
}
static Value decode_utf16(Thread *t, const void *p, size_t n, const char *errors, size_t *used) { return decode_ordered(t, p, n, errors, used, 0, false); }
static Value decode_utf16_le(Thread *t, const void *p, size_t n, const char *errors, size_t *used) { return decode_ordered(t, p, n, errors, used, -1, false); }
static Value decode_utf16_be(Thread *t, const void *p, size_t n, const char *errors, size_t *used) { return decode_ordered(t, p, n, errors, used, 1, false); }
static Value decode_utf32(Thread *t, const void *p, size_t n, const char *errors, size_t *used) { return decode_ordered(t, p, n, errors, used, 0, true); }
static Value decode_utf32_le(Thread *t, const void *p, size_t n, const char *errors, size_t *used) { return decode_ordered(t, p, n, errors, used, -1, true); }
static Value decode_utf32_be(Thread *t, const void *p, size_t n, const char *errors, size_t *used) { return decode_ordered(t, p, n, errors, used, 1, true); }
static Value decode_latin1(Thread *t, const void *p, size_t n, const char *errors, size_t *used) {
  (void)errors, (void)used;
  return latin1_decode(t, p, n);
}
static Value decode_ascii(Thread *t, const void *p, size_t n, const char *errors, size_t *used) {
  (void)used;
  return ascii_decode(t, p, n, errors);
}

// An escape such as \d is kept as it is, with a warning.
static Value warned(Thread *t, Value text, const void *data, int64_t bad_escape) {
  if (v_is_null(text) || bad_escape < 0) return text;
  const char *at = (const char *)data + bad_escape;
  bool octal = *at >= '0' && *at <= '7';
  int r = octal ? warn(t, &exc_DeprecationWarning, 1, "invalid octal escape sequence '\\%.3s'", at)
                : warn(t, &exc_DeprecationWarning, 1, "invalid escape sequence '\\%c'", *at & 0xFF);
  if (r < 0) v_clear(t, &text);
  return text;
}

static Value decode_escape(Thread *t, const void *p, size_t n, const char *errors, size_t *used) {
  int64_t bad;
  Value text = unicode_escape_decode(t, p, n, errors, used, &bad);
  return warned(t, text, p, bad);
}
static Value decode_bytes_escape(Thread *t, const void *p, size_t n, const char *errors, size_t *used) {
  (void)used;
  int64_t bad;
  Value bytes = bytes_escape_decode(t, p, n, errors, &bad);
  return warned(t, bytes, p, bad);
}

#define DECODER(NAME, FN) static NATIVE(codecs_##NAME) { return decode_call(t, #NAME, args[0], args[1], args[2], false, false, FN); }
#define COMPLETE_DECODER(NAME, TEXT_TOO, FN) \
  static NATIVE(codecs_##NAME) { return decode_call(t, #NAME, args[0], args[1], V_ABSENT, true, TEXT_TOO, FN); }
#define ESCAPE_DECODER(NAME, FN) static NATIVE(codecs_##NAME) { return decode_call(t, #NAME, args[0], args[1], args[2], true, true, FN); }
DECODER(utf_7_decode, utf7_decode)
DECODER(utf_8_decode, utf8_decode)
DECODER(utf_16_decode, decode_utf16)
DECODER(utf_16_le_decode, decode_utf16_le)
DECODER(utf_16_be_decode, decode_utf16_be)
DECODER(utf_32_decode, decode_utf32)
DECODER(utf_32_le_decode, decode_utf32_le)
DECODER(utf_32_be_decode, decode_utf32_be)
ESCAPE_DECODER(unicode_escape_decode, decode_escape)
ESCAPE_DECODER(raw_unicode_escape_decode, raw_unicode_escape_decode)
COMPLETE_DECODER(latin_1_decode, false, decode_latin1)
COMPLETE_DECODER(ascii_decode, false, decode_ascii)
COMPLETE_DECODER(escape_decode, true, decode_bytes_escape)

static bool ordered_arguments(Thread *t, const char *name, const Value *args, const char **errors, int *order, bool *final) {
  if (!errors_argument(t, name, args[1], errors)) return false;
  *order = v_is_absent(args[2]) ? 0 : number_as_int(t, args[2]);
  return !(*order == -1 && error_pending(t)) && flag_argument(t, args[3], false, final);
}

// (text, bytes used, byte order: the one that was asked for, else the one found)
static Value ordered_decode_call(Thread *t, const char *name, const Value *args, bool wide) {
  const char *errors;
  bool final;
  Input in;
  int wanted;
  if (!input_open(t, args[0], false, &in)) return V_NULL;
  Value text = V_NULL;
  size_t consumed = in.size;
  int order = 0;
  if (ordered_arguments(t, name, args, &errors, &wanted, &final)) {
    size_t *used = final ? NULL : &consumed;
    order = wanted < 0 ? -1 : wanted > 0;
    text = wide ? utf32_decode(t, in.data, in.size, errors, &order, used) : utf16_decode(t, in.data, in.size, errors, &order, used);
    if (wanted) order = wanted;
  }
  input_close(t, &in);
  if (v_is_null(text)) return text;
  return tuple_from_stolen(t, (Value[]){text, v_from_smi((int64_t)consumed), v_from_smi(order)}, 3);
}

static NATIVE(codecs_utf_16_ex_decode) { return ordered_decode_call(t, "utf_16_ex_decode", args, false); }
static NATIVE(codecs_utf_32_ex_decode) { return ordered_decode_call(t, "utf_32_ex_decode", args, true); }

static NATIVE(codecs_charmap_decode) {
  const char *errors;
  Input in;
  if (!input_open(t, args[0], false, &in)) return V_NULL;
  Value mapping = v_is_absent_or_none(args[2]) ? V_NULL : args[2], v = V_NULL;
  if (errors_argument(t, "charmap_decode", args[1], &errors)) v = result(t, charmap_decode(t, in.data, in.size, mapping, errors), (int64_t)in.size);
  input_close(t, &in);
  return v;
}

// --- The module -------------------------------------------------------------------------------------------------------------------

#define ENCODER_ROW(NAME) {#NAME "($module, str, errors=None, /)", codecs_##NAME, NULL, 0}
#define DECODER_ROW(NAME) {#NAME "($module, data, errors=None, final=False, /)", codecs_##NAME, NULL, 0}

static const NativeDef codecs_functions[] = {
  {"register($module, search_function, /)", codecs_register, "Adds a function that finds codecs by name.", 0},
  {"unregister($module, search_function, /)", codecs_unregister, "Takes a search function out again and forgets what was found.", 0},
  {"lookup($module, encoding, /)", codecs_lookup, "The codec of a name.", 0},
  {"encode($module, /, obj, encoding='utf-8', errors='strict')", codecs_encode, "Encodes obj with a codec of any kind.", 0},
  {"decode($module, /, obj, encoding='utf-8', errors='strict')", codecs_decode, "Decodes obj with a codec of any kind.", 0},
  {"register_error($module, errors, handler, /)", codecs_register_error, "Names an error handler.", 0},
  {"lookup_error($module, name, /)", codecs_lookup_error, "The error handler of a name.", 0},
  {"escape_encode($module, data, errors=None, /)", codecs_escape_encode, NULL, 0},
  {"escape_decode($module, data, errors=None, /)", codecs_escape_decode, NULL, 0},
  ENCODER_ROW(utf_8_encode), DECODER_ROW(utf_8_decode), ENCODER_ROW(utf_7_encode), DECODER_ROW(utf_7_decode),
  {"utf_16_encode($module, str, errors=None, byteorder=0, /)", codecs_utf_16_encode, NULL, 0},
  ENCODER_ROW(utf_16_le_encode), ENCODER_ROW(utf_16_be_encode), DECODER_ROW(utf_16_decode), DECODER_ROW(utf_16_le_decode), DECODER_ROW(utf_16_be_decode),
  {"utf_16_ex_decode($module, data, errors=None, byteorder=0, final=False, /)", codecs_utf_16_ex_decode, NULL, 0},
  {"utf_32_encode($module, str, errors=None, byteorder=0, /)", codecs_utf_32_encode, NULL, 0},
  ENCODER_ROW(utf_32_le_encode), ENCODER_ROW(utf_32_be_encode), DECODER_ROW(utf_32_decode), DECODER_ROW(utf_32_le_decode), DECODER_ROW(utf_32_be_decode),
  {"utf_32_ex_decode($module, data, errors=None, byteorder=0, final=False, /)", codecs_utf_32_ex_decode, NULL, 0},
  ENCODER_ROW(unicode_escape_encode), ENCODER_ROW(raw_unicode_escape_encode),
  {"unicode_escape_decode($module, data, errors=None, final=True, /)", codecs_unicode_escape_decode, NULL, 0},
  {"raw_unicode_escape_decode($module, data, errors=None, final=True, /)", codecs_raw_unicode_escape_decode, NULL, 0},
  ENCODER_ROW(latin_1_encode), ENCODER_ROW(ascii_encode),
  {"latin_1_decode($module, data, errors=None, /)", codecs_latin_1_decode, NULL, 0},
  {"ascii_decode($module, data, errors=None, /)", codecs_ascii_decode, NULL, 0},
  {"charmap_encode($module, str, errors=None, mapping=None, /)", codecs_charmap_encode, NULL, 0},
  {"charmap_decode($module, data, errors=None, mapping=None, /)", codecs_charmap_decode, NULL, 0},
  {"charmap_build($module, map, /)", codecs_charmap_build, NULL, 0},
  {"readbuffer_encode($module, data, errors=None, /)", codecs_readbuffer_encode, NULL, 0},
  {0},
};

const ModuleDef module__codecs = {.name = "_codecs", .functions = codecs_functions};
