// bytes and bytearray: ASCII case, questions, padding, tabs, translation, decoding.

#include "objects/bytes_impl.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str_impl.h"

static inline bool is_lower(uint8_t c) { return (uint8_t)(c - 'a') < 26; }
static inline bool is_upper(uint8_t c) { return (uint8_t)(c - 'A') < 26; }
static inline bool is_alpha(uint8_t c) { return is_lower(c | 0x20); }
static inline bool is_digit(uint8_t c) { return (uint8_t)(c - '0') < 10; }
static inline bool is_space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }
static bool is_alpha_byte(uint8_t c) { return is_alpha(c); }
static bool is_digit_byte(uint8_t c) { return is_digit(c); }
static bool is_space_byte(uint8_t c) { return is_space(c); }
static bool is_alnum_byte(uint8_t c) { return is_alpha(c) || is_digit(c); }

// --- Case -------------------------------------------------------------------------------------------------------------------------

typedef enum { CASE_LOWER, CASE_UPPER, CASE_SWAP, CASE_CAPITAL, CASE_TITLE } CaseMap;

static Value case_op(Thread *t, const ByteSource *s, void *arg) {
  CaseMap map = *(CaseMap *)arg;
  uint8_t *out;
  Value v = bytes_result_new(t, s, s->length, &out);
  if (v_is_null(v)) return v;
  bool in_word = false;
  for (int64_t i = 0; i < s->length; i++) {
    uint8_t c = s->data[i];
    bool flip;
    switch (map) {
      case CASE_LOWER: flip = is_upper(c); break;
      case CASE_UPPER: flip = is_lower(c); break;
      case CASE_SWAP: flip = is_alpha(c); break;
      case CASE_CAPITAL: flip = i == 0 ? is_lower(c) : is_upper(c); break;
      default: flip = in_word ? is_upper(c) : is_lower(c); in_word = is_alpha(c); break;
    }
    out[i] = flip ? c ^ 0x20 : c;
  }
  return v;
}

static Value case_call(Thread *t, Value self, CaseMap map) { return bytes_with(t, self, case_op, &map); }

NATIVE(bytes_native_lower) { return case_call(t, self, CASE_LOWER); }
NATIVE(bytes_native_upper) { return case_call(t, self, CASE_UPPER); }
NATIVE(bytes_native_swapcase) { return case_call(t, self, CASE_SWAP); }
NATIVE(bytes_native_capitalize) { return case_call(t, self, CASE_CAPITAL); }
NATIVE(bytes_native_title) { return case_call(t, self, CASE_TITLE); }

// --- Questions --------------------------------------------------------------------------------------------------------------------

typedef bool (*ByteIs)(uint8_t c);

static Value all_op(Thread *t, const ByteSource *s, void *arg) {
  (void)t;
  ByteIs is = *(ByteIs *)arg;
  for (int64_t i = 0; i < s->length; i++)
    if (!is(s->data[i])) return V_FALSE;
  return v_from_bool(s->length > 0);
}

static Value all_call(Thread *t, Value self, ByteIs is) { return bytes_with(t, self, all_op, &is); }

NATIVE(bytes_native_isalnum) { return all_call(t, self, is_alnum_byte); }
NATIVE(bytes_native_isalpha) { return all_call(t, self, is_alpha_byte); }
NATIVE(bytes_native_isdigit) { return all_call(t, self, is_digit_byte); }
NATIVE(bytes_native_isspace) { return all_call(t, self, is_space_byte); }

static Value ascii_op(Thread *t, const ByteSource *s, void *arg) {
  (void)t, (void)arg;
  for (int64_t i = 0; i < s->length; i++)
    if (s->data[i] & 0x80) return V_FALSE;
  return V_TRUE;
}
NATIVE(bytes_native_isascii) { return bytes_with(t, self, ascii_op, NULL); }

// True if there are letters and all are of the case asked for.
static Value one_case_op(Thread *t, const ByteSource *s, void *arg) {
  (void)t;
  bool want_upper = *(bool *)arg, some = false;
  for (int64_t i = 0; i < s->length; i++) {
    if (!is_alpha(s->data[i])) continue;
    if (is_upper(s->data[i]) != want_upper) return V_FALSE;
    some = true;
  }
  return v_from_bool(some);
}
NATIVE(bytes_native_islower) { return bytes_with(t, self, one_case_op, &(bool){false}); }
NATIVE(bytes_native_isupper) { return bytes_with(t, self, one_case_op, &(bool){true}); }

static Value title_op(Thread *t, const ByteSource *s, void *arg) {
  (void)t, (void)arg;
  bool some = false, in_word = false;
  for (int64_t i = 0; i < s->length; i++) {
    uint8_t c = s->data[i];
    if (is_alpha(c)) {
      if (is_upper(c) == in_word) return V_FALSE;
      some = true;
    }
    in_word = is_alpha(c);
  }
  return v_from_bool(some);
}
NATIVE(bytes_native_istitle) { return bytes_with(t, self, title_op, NULL); }

// --- Padding ----------------------------------------------------------------------------------------------------------------------

typedef enum { PAD_LEFT, PAD_RIGHT, PAD_BOTH, PAD_ZERO } PadSide;
typedef struct PadCall { int64_t width; uint8_t fill; PadSide side; } PadCall;

static Value pad_op(Thread *t, const ByteSource *s, void *arg) {
  const PadCall *c = arg;
  int64_t margin = c->width > s->length ? c->width - s->length : 0;
  if (!margin) return bytes_result_slice(t, s, 0, s->length);
  int64_t left = c->side == PAD_RIGHT ? 0 : c->side == PAD_BOTH ? margin / 2 + (margin & c->width & 1) : margin;
  uint8_t *out;
  Value v = bytes_result_new(t, s, c->width, &out);
  if (v_is_null(v)) return v;
  memset(out, c->fill, (size_t)left);
  if (s->length) memcpy(out + left, s->data, (size_t)s->length);
  memset(out + left + s->length, c->fill, (size_t)(margin - left));
  if (c->side == PAD_ZERO && s->length && (s->data[0] == '+' || s->data[0] == '-')) {
    out[0] = s->data[0];
    out[left] = '0';
  }
  return v;
}

static Value pad_call(Thread *t, const char *name, Value self, const Value *args, PadSide side) {
  PadCall c = {.width = number_as_i64(t, args[0]), .fill = side == PAD_ZERO ? '0' : ' ', .side = side};
  if (c.width == -1 && error_pending(t)) return V_NULL;
  if (side != PAD_ZERO && !v_is_absent(args[1])) {
    ByteArg fill = {.length = 0, .copy = V_NULL, .view = {.obj = V_NULL}};
    bool ok = (v_is_bytes(args[1]) || v_is_bytearray(args[1])) && byte_arg_get(t, args[1], &fill) == 0 && fill.length == 1;
    if (ok) c.fill = fill.data[0];
    byte_arg_clear(t, &fill);
    if (!ok) return error_pending(t) ? V_NULL : raise_type_error(t, "%s() argument 2 must be a byte string of length 1, not %K", name, args[1]);
  }
  return bytes_with(t, self, pad_op, &c);
}

NATIVE(bytes_native_center) { return pad_call(t, "center", self, args, PAD_BOTH); }
NATIVE(bytes_native_ljust) { return pad_call(t, "ljust", self, args, PAD_RIGHT); }
NATIVE(bytes_native_rjust) { return pad_call(t, "rjust", self, args, PAD_LEFT); }
NATIVE(bytes_native_zfill) { return pad_call(t, "zfill", self, args, PAD_ZERO); }

static Value expandtabs_op(Thread *t, const ByteSource *s, void *arg) {
  int tab = *(int *)arg;
  BytesBuilder b;
  bytesb_init(&b, t);
  int64_t column = 0;
  for (int64_t i = 0; i < s->length && !b.failed; i++) {
    uint8_t c = s->data[i];
    if (c == '\t') {
      int64_t n = tab > 0 ? tab - column % tab : 0;
      if (b.length > INT64_MAX - n) {
        bytesb_discard(&b);
        return raise_overflow(t, "result too long");
      }
      bytesb_fill(&b, ' ', n);
      column += n;
    } else {
      bytesb_byte(&b, c);
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
  }
  return s->array ? bytesb_finish_bytearray(&b) : bytesb_finish(&b);
}

NATIVE(bytes_native_expandtabs) {
  int tab = v_is_absent(args[0]) ? 8 : number_as_int(t, args[0]);
  if (tab == -1 && error_pending(t)) return V_NULL;
  return bytes_with(t, self, expandtabs_op, &tab);
}

// --- translate --------------------------------------------------------------------------------------------------------------------

typedef struct TranslateCall { const uint8_t *table; bool gone[256]; bool deletes; } TranslateCall;

static Value translate_op(Thread *t, const ByteSource *s, void *arg) {
  const TranslateCall *c = arg;
  uint8_t *out;
  int64_t kept = s->length;
  if (c->deletes) {
    kept = 0;
    for (int64_t i = 0; i < s->length; i++) kept += !c->gone[s->data[i]];
  }
  if (!c->table && kept == s->length) return bytes_result_slice(t, s, 0, s->length);
  Value v = bytes_result_new(t, s, kept, &out);
  if (v_is_null(v)) return v;
  for (int64_t i = 0; i < s->length; i++) {
    uint8_t b = s->data[i];
    if (!c->gone[b]) *out++ = c->table ? c->table[b] : b;
  }
  return v;
}

NATIVE(bytes_native_translate) {
  TranslateCall c = {0};
  ByteArg table = {.copy = V_NULL, .view = {.obj = V_NULL}}, gone;
  if (!v_is_none(args[0])) {
    if (byte_arg_get(t, args[0], &table) < 0) return V_NULL;
    if (table.length != 256) {
      byte_arg_clear(t, &table);
      return raise_value_error(t, "translation table must be 256 characters long");
    }
    c.table = table.data;
  }
  Value v = V_NULL;
  bool ok = true;
  if (!v_is_absent(args[1])) {
    ok = byte_arg_get(t, args[1], &gone) == 0;
    if (ok) {
      c.deletes = gone.length > 0;
      for (int64_t i = 0; i < gone.length; i++) c.gone[gone.data[i]] = true;
      byte_arg_clear(t, &gone);
    }
  }
  if (ok) v = bytes_with(t, self, translate_op, &c);
  byte_arg_clear(t, &table);
  return v;
}

NATIVE(bytes_native_maketrans) {
  ByteArg from, to;
  if (byte_arg_get(t, args[0], &from) < 0) return V_NULL;
  Value v = V_NULL;
  if (byte_arg_get(t, args[1], &to) == 0) {
    v = from.length == to.length ? bytes_new(t, 256) : raise_value_error(t, "maketrans arguments must have same length");
    if (!v_is_null(v)) {
      uint8_t *table = (uint8_t *)v_bytes(v)->data;
      for (int i = 0; i < 256; i++) table[i] = (uint8_t)i;
      for (int64_t i = 0; i < from.length; i++) table[from.data[i]] = to.data[i];
    }
    byte_arg_clear(t, &to);
  }
  byte_arg_clear(t, &from);
  return v;
}

// --- hex, decode ------------------------------------------------------------------------------------------------------------------

NATIVE(bytes_native_hex) {
  ByteArg a;
  if (byte_arg_get(t, self, &a) < 0) return V_NULL;
  Value v = bytes_to_hex(t, a.data, a.length, args[0], args[1]);
  byte_arg_clear(t, &a);
  return v;
}

NATIVE(bytes_native_decode) {
  const char *encoding = str_argument(t, "decode", "encoding", args[0], "utf-8");
  const char *errors = encoding ? str_argument(t, "decode", "errors", args[1], "strict") : NULL;
  if (!errors) return V_NULL;
  ByteArg a;
  if (byte_arg_get(t, self, &a) < 0) return V_NULL;
  Value v = str_decode(t, a.data, (size_t)a.length, encoding, errors);
  byte_arg_clear(t, &a);
  return v;
}
