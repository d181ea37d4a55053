// str: padding, tabs, repetition, and translation through a table.

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/codecs.h"
#include "objects/str_impl.h"

// --- Padding ----------------------------------------------------------------------------------------------------------------------

static Value pad(Thread *t, Value self, int64_t left, int64_t right, uint32_t c) {
  const Str *s = v_str(self);
  if (left < 0) left = 0;
  if (right < 0) right = 0;
  if (left == 0 && right == 0) return str_exact(t, self);
  if (left > INT64_MAX - s->length || right > INT64_MAX - (left + s->length)) return raise_overflow(t, "padded string is too long");
  uint32_t mine = str_max_class(s), max_class = c > mine ? c : mine;
  Value out = str_new(t, left + s->length + right, max_class);
  if (v_is_null(out)) return out;
  if (v_str(out)->length == 1) {  // an empty text padded by one
    v_drop(t, out);
    return str_from_char(t, c);
  }
  int kind = kind_for(max_class);
  char *p = v_str(out)->data;
  chars_fill(kind, p, 0, left, c);
  chars_copy(kind, p, left, str_kind(s), s->data, 0, s->length);
  chars_fill(kind, p, left + s->length, right, c);
  return out;
}

static bool pad_arguments(Thread *t, const Value *args, int64_t *width, uint32_t *fill) {
  *width = number_as_i64(t, args[0]);
  if (*width == -1 && error_pending(t)) return false;
  *fill = ' ';
  if (v_is_absent(args[1])) return true;
  if (!v_is_str(args[1])) raise_type_error(t, "The fill character must be a unicode character, not %T", args[1]);
  else if (v_str(args[1])->length != 1) raise_type_error(t, "The fill character must be exactly one character long");
  else *fill = str_char(v_str(args[1]), 0);
  return !error_pending(t);
}

// How many characters are missing to the width.
static int64_t missing(Value text, int64_t width) {
  int64_t length = v_str(text)->length;
  return width > length ? width - length : 0;
}

NATIVE(str_native_ljust) {
  int64_t width;
  uint32_t c;
  if (!pad_arguments(t, args, &width, &c)) return V_NULL;
  return pad(t, self, 0, missing(self, width), c);
}

NATIVE(str_native_rjust) {
  int64_t width;
  uint32_t c;
  if (!pad_arguments(t, args, &width, &c)) return V_NULL;
  return pad(t, self, missing(self, width), 0, c);
}

NATIVE(str_native_center) {
  int64_t width;
  uint32_t c;
  if (!pad_arguments(t, args, &width, &c)) return V_NULL;
  int64_t margin = missing(self, width);
  if (!margin) return str_exact(t, self);
  int64_t left = margin / 2 + (margin & width & 1);
  return pad(t, self, left, margin - left, c);
}

NATIVE(str_native_zfill) {
  int64_t width = number_as_i64(t, args[0]);
  if (width == -1 && error_pending(t)) return V_NULL;
  const Str *s = v_str(self);
  int64_t fill = missing(self, width);
  if (!fill) return str_exact(t, self);
  Value out = pad(t, self, fill, 0, '0');
  if (v_is_null(out) || s->length == 0) return out;
  uint32_t sign = str_char(s, 0);
  if (sign == '+' || sign == '-') {
    int kind = str_kind(v_str(out));
    char_set(kind, v_str(out)->data, 0, sign);
    char_set(kind, v_str(out)->data, fill, '0');
  }
  return out;
}

NATIVE(str_native_expandtabs) {
  int tab = v_is_absent(args[0]) ? 8 : number_as_int(t, args[0]);
  if (tab == -1 && error_pending(t)) return V_NULL;
  const Str *s = v_str(self);
  StrBuilder b;
  strb_init(&b, t);
  int64_t column = 0;
  for (int64_t i = 0; i < s->length && !b.failed; i++) {
    uint32_t c = str_char(s, i);
    if (c == '\t') {
      int64_t n = tab > 0 ? tab - column % tab : 0;
      if (b.length > INT64_MAX - n) {
        strb_discard(&b);
        return raise_overflow(t, "new string is too long");
      }
      strb_fill(&b, ' ', n);
      column += n;
    } else {
      strb_char(&b, c);
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
  }
  return strb_finish(&b);
}

Value str_repeat(Thread *t, Value self, int64_t n) {
  const Str *s = v_str(self);
  if (n < 1 || s->length == 0) return str_empty;
  if (n == 1) return str_exact(t, self);
  int64_t length;
  if (__builtin_mul_overflow(s->length, n, &length)) return raise_overflow(t, "repeated string is too long");
  Value out = str_new(t, length, str_max_class(s));
  if (v_is_null(out)) return out;
  int kind = str_kind(s);
  char *p = v_str(out)->data;
  if (s->length == 1) {
    chars_fill(kind, p, 0, n, str_char(s, 0));
    return out;
  }
  size_t total = (size_t)(length * kind), done = (size_t)(s->length * kind);
  memcpy(p, s->data, done);
  while (done < total) {  // doubling
    size_t step = done < total - done ? done : total - done;
    memcpy(p + done, p, step);
    done += step;
  }
  return out;
}

// --- translate --------------------------------------------------------------------------------------------------------------------

// What the table says of c: 1 and *out (owned: str, int or None), 0 no entry, -1 error.
static int translate_lookup(Thread *t, Value table, uint32_t c, Value *out) {
  *out = object_getitem(t, table, v_from_smi(c));
  if (!v_is_null(*out)) return 1;
  if (!error_matches(t, &exc_LookupError)) return -1;
  error_clear(t);
  return 0;
}

static bool translate_put(StrBuilder *b, Value to) {
  Thread *t = b->t;
  if (v_is_none(to)) return true;
  if (v_is_str(to)) return strb_str(b, to);
  if (!v_is_int(to)) {
    raise_type_error(t, "character mapping must return integer, None or str");
    return false;
  }
  int64_t c;
  if (!int_as_i64(to, &c) || c < 0 || c > (int64_t)STR_MAX_CHAR) {
    raise_value_error(t, "character mapping must be in range(0x%x)", STR_MAX_CHAR + 1);
    return false;
  }
  return strb_char(b, (uint32_t)c);
}

// ASCII characters are looked up once each: a table that maps one to one ASCII character, or to nothing, is remembered.
enum { SEEN_NOT = 0xFF, SEEN_SELF = 0xFE, SEEN_GONE = 0xFD };

static bool translate_char(StrBuilder *b, Value table, uint32_t c, uint8_t seen[128]) {
  if (c < 128 && seen[c] != SEEN_NOT) {
    if (seen[c] == SEEN_GONE) return true;
    return strb_char(b, seen[c] == SEEN_SELF ? c : seen[c]);
  }
  Value to;
  int found = translate_lookup(b->t, table, c, &to);
  if (found < 0) return false;
  if (found == 0) {
    if (c < 128) seen[c] = SEEN_SELF;
    return strb_char(b, c);
  }
  if (c < 128) {
    int64_t i = -1;
    if (v_is_none(to)) seen[c] = SEEN_GONE;
    else if (v_is_str_exact(to) && v_str(to)->length == 1) i = str_char(v_str(to), 0);
    else if (v_is_smi(to)) i = v_smi(to);
    if (i >= 0 && i < 128) seen[c] = (uint8_t)i;
  }
  bool ok = translate_put(b, to);
  v_drop(b->t, to);
  return ok;
}

NATIVE(str_native_translate) {
  const Str *s = v_str(self);
  uint8_t seen[128];
  memset(seen, SEEN_NOT, sizeof seen);
  StrBuilder b;
  strb_init(&b, t);
  for (int64_t i = 0; i < s->length; i++)
    if (!translate_char(&b, args[0], str_char(s, i), seen)) {
      strb_discard(&b);
      return V_NULL;
    }
  return strb_finish(&b);
}

static Value maketrans_pairs(Thread *t, const Value *args, Value dict) {
  for (int i = 1; i < 3; i++)
    if (!v_is_absent(args[i]) && !v_is_str(args[i])) return raise_type_error(t, "maketrans() argument %d must be str, not %K", i + 1, args[i]);
  if (!v_is_str(args[0])) return raise_type_error(t, "first maketrans argument must be a string if there is a second argument");
  const Str *from = v_str(args[0]), *to = v_str(args[1]);
  if (from->length != to->length) return raise_value_error(t, "the first two maketrans arguments must have equal length");
  for (int64_t i = 0; i < from->length; i++)
    if (dict_set(t, v_dict(dict), v_from_smi(str_char(from, i)), v_from_smi(str_char(to, i))) < 0) return V_NULL;
  if (v_is_absent(args[2])) return dict;
  const Str *gone = v_str(args[2]);
  for (int64_t i = 0; i < gone->length; i++)
    if (dict_set(t, v_dict(dict), v_from_smi(str_char(gone, i)), V_NONE) < 0) return V_NULL;
  return dict;
}

static Value maketrans_dict(Thread *t, Value from, Value dict) {
  if (!v_is_dict_exact(from)) return raise_type_error(t, "if you give only one argument to maketrans it must be a dict");
  int64_t pos = 0;
  Value key, value;
  while (dict_next(t, v_dict(from), &pos, &key, &value)) {
    int status = 0;
    if (v_is_str(key)) {
      if (v_str(key)->length != 1) {
        raise_value_error(t, "string keys in translate table must be of length 1");
        status = -1;
      } else {
        status = dict_set(t, v_dict(dict), v_from_smi(str_char(v_str(key), 0)), value);
      }
    } else if (v_is_int(key)) {
      status = dict_set(t, v_dict(dict), key, value);
    } else {
      raise_type_error(t, "keys in translate table must be strings or integers");
      status = -1;
    }
    v_drop(t, key);
    v_drop(t, value);
    if (status < 0) return V_NULL;
  }
  return dict;
}

NATIVE(str_native_maketrans) {
  Value dict = dict_new(t);
  if (v_is_null(dict)) return dict;
  Value result = v_is_absent(args[1]) ? maketrans_dict(t, args[0], dict) : maketrans_pairs(t, args, dict);
  if (v_is_null(result)) v_drop(t, dict);
  return result;
}

// --- encode -----------------------------------------------------------------------------------------------------------------------

const char *str_argument(Thread *t, const char *method, const char *parameter, Value v, const char *default_) {
  if (v_is_absent(v)) return default_;
  if (!v_is_str(v)) {
    raise_type_error(t, "%s() argument '%s' must be str, not %K", method, parameter, v);
    return NULL;
  }
  size_t n;
  const char *s = str_utf8(t, v, &n);
  if (!s) return NULL;
  if (strlen(s) == n) return s;
  raise_value_error(t, "embedded null character");
  return NULL;
}

NATIVE(str_native_encode) {
  const char *encoding = str_argument(t, "encode", "encoding", args[0], "utf-8");
  const char *errors = encoding ? str_argument(t, "encode", "errors", args[1], "strict") : NULL;
  return errors ? str_encode(t, self, encoding, errors) : V_NULL;
}
