// What pickles say of numbers, text and bytes.
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

#include "modules/pickle_loader.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str_core.h"

// --- Numbers ------------------------------------------------------------------------------------------------------------------------------

int pickle_load_int(Loader *l) {
  int64_t n;
  Value keep, v;
  char *line = loader_read_text_line(l, 2, &n, &keep), *end;
  if (!line) return -1;
  errno = 0;
  long x = strtol(line, &end, 0);
  if (errno || *end != '\n' || end[1] != '\0') {
    v = int_from_str(l->t, keep, 0);
    if (v_is_null(v)) error_clear(l->t), raise_value_error(l->t, "could not convert string to int");
  } else {
    v = n == 3 && (x == 0 || x == 1) ? v_from_bool(x) : int_from_i64(l->t, x);
  }
  v_drop(l->t, keep);
  return loader_push(l, v);
}

// The base of an int as it is written.
static int base_of(const char *text) {
  text += *text == '-' || *text == '+';
  char mark = *text == '0' ? (char)(text[1] | 0x20) : 0;
  return mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
}

int pickle_load_long(Loader *l) {
  int64_t n;
  Value keep;
  char *line = loader_read_text_line(l, 2, &n, &keep);
  if (!line) return -1;
  bool marked = line[n - 2] == 'L';
  Value digits = bytes_from(l->t, line, (size_t)n - (marked ? 2 : 1)), v = v_is_null(digits) ? V_NULL : int_from_str(l->t, digits, 0);
  if (marked) line[n - 2] = '\0';
  if (v_is_null(v)) loader_replace_bad_int(l, line, n, base_of(line));
  v_drop(l->t, digits);
  v_drop(l->t, keep);
  return loader_push(l, v);
}

int pickle_load_counted_long(Loader *l, int width) {
  int64_t n;
  if (!loader_read_number(l, width, &n)) return -1;
  if (width == 4) n = (int32_t)n;
  if (n < 0) return (int)(pickle_raise_unpickling(l->t, "LONG pickle has negative byte count"), -1);
  if (n == 0) return loader_push(l, v_from_smi(0));
  const char *p = pickle_read(l, n);
  return p ? loader_push(l, int_from_bytes(l->t, (const uint8_t *)p, (size_t)n, true, true)) : -1;
}

static bool begins_float(const char *p) {
  p += *p == '-' || *p == '+';
  if (*p == '.') p++;
  return (*p >= '0' && *p <= '9') || strncasecmp(p, "inf", 3) == 0 || strncasecmp(p, "nan", 3) == 0;
}

int pickle_load_float(Loader *l) {
  int64_t n;
  Value keep, text, v = V_NULL;
  char *line = loader_read_text_line(l, 2, &n, &keep);
  if (!line) return -1;
  if (!begins_float(line)) {
    raise_value_error(l->t, "could not convert string to float: '%.200s'", line);
  } else {
    text = str_from_latin1(l->t, line, (size_t)n - 1);
    if (!v_is_null(text) && !strchr(line, '_')) v = number_float(l->t, text);
    if (v_is_null(v) && (!error_pending(l->t) || error_matches(l->t, &exc_ValueError))) {
      error_clear(l->t);
      raise_value_error(l->t, "could not convert string to float");
    }
    v_drop(l->t, text);
  }
  v_drop(l->t, keep);
  return loader_push(l, v);
}

int pickle_load_binfloat(Loader *l) {
  const char *p = pickle_read(l, 8);
  if (!p) return -1;
  uint64_t bits;
  double d;
  memcpy(&bits, p, 8);
  bits = __builtin_bswap64(bits);
  memcpy(&d, &bits, 8);
  return loader_push(l, float_new(l->t, d));
}

// --- Text and bytes -----------------------------------------------------------------------------------------------------------------------

static bool wants_bytes(const Loader *l) { return str_equals_cstr(l->encoding, "bytes"); }

// What Python 2 called str.
static Value decode_old_string(Loader *l, Value bytes_stolen) {
  if (v_is_null(bytes_stolen) || wants_bytes(l)) return bytes_stolen;
  const char *encoding = str_utf8(l->t, l->encoding, NULL), *errors = str_utf8(l->t, l->errors, NULL);
  Value v = encoding && errors ? codec_decode_text(l->t, bytes_stolen, encoding, errors) : V_NULL;
  v_drop(l->t, bytes_stolen);
  return v;
}

int pickle_load_string(Loader *l) {
  int64_t n, bad_escape;
  const char *line = pickle_read_line(l, &n);
  if (!line) return -1;
  n--;
  if (n < 2 || line[0] != line[n - 1] || (line[0] != '\'' && line[0] != '"'))
    return (int)(pickle_raise_unpickling(l->t, "the STRING opcode argument must be quoted"), -1);
  return loader_push(l, decode_old_string(l, bytes_escape_decode(l->t, line + 1, (size_t)n - 2, NULL, &bad_escape)));
}

int pickle_load_counted_string(Loader *l, int width) {
  int64_t n;
  if (!loader_read_length(l, width, "BINSTRING", &n)) return -1;
  const char *p = pickle_read(l, n);
  return p ? loader_push(l, decode_old_string(l, bytes_from(l->t, p, (size_t)n))) : -1;
}

int pickle_load_counted_bytes(Loader *l, int width) {
  int64_t n;
  if (!loader_read_length(l, width, "BINBYTES", &n)) return -1;
  if (n > l->in_length - l->next && v_is_null(l->read)) return (int)(pickle_raise_truncated(l), -1);
  Value v = bytes_new(l->t, n);
  if (v_is_null(v)) return -1;
  if (n == 1 || n == 0) {  // these are made once
    char c = 0;
    v_drop(l->t, v);
    v = pickle_read_into(l, &c, n) < 0 ? V_NULL : bytes_from(l->t, &c, (size_t)n);
  } else if (pickle_read_into(l, v_bytes(v)->data, n) < 0) {
    v_drop(l->t, v);
    v = V_NULL;
  }
  return loader_push(l, v);
}

int pickle_load_counted_bytearray(Loader *l) {
  int64_t n;
  if (!loader_read_length(l, 8, "BYTEARRAY8", &n)) return -1;
  if (n > l->in_length - l->next && v_is_null(l->read)) return (int)(pickle_raise_truncated(l), -1);
  BytesBuilder b;
  bytesb_init(&b, l->t);
  char *p = bytesb_reserve(&b, n);
  if (!p || pickle_read_into(l, p, n) < 0) {
    bytesb_discard(&b);
    return -1;
  }
  b.length += n;
  return loader_push(l, bytesb_finish_bytearray(&b));
}

int pickle_load_next_buffer(Loader *l) {
  if (v_is_null(l->buffers))
    return (int)(pickle_raise_unpickling(l->t, "pickle stream refers to out-of-band data but no *buffers* argument was given"), -1);
  Value v = object_iternext(l->t, l->buffers);
  if (v_is_null(v) && !error_pending(l->t)) pickle_raise_unpickling(l->t, "not enough out-of-band buffers");
  return loader_push(l, v);
}

int pickle_load_readonly_buffer(Loader *l) {
  if (loader_need(l, 1) < 0) return -1;
  Value view = memoryview_from(l->t, loader_top(l)), fixed = V_NULL;
  if (v_is_null(view)) return -1;
  Value flag = object_getattr(l->t, view, str_intern_cstr(l->t, "readonly"));
  if (v_is(flag, V_FALSE)) fixed = object_call_method0(l->t, view, PICKLE_NAME(toreadonly));
  bool failed = v_is_null(flag) || (v_is(flag, V_FALSE) && v_is_null(fixed));
  if (!v_is_null(fixed)) v_set(l->t, &l->stack[l->length - 1], fixed);
  v_drop(l->t, flag);
  v_drop(l->t, view);
  return failed ? -1 : 0;
}

int pickle_load_unicode(Loader *l) {
  int64_t n;
  const char *line = pickle_read_line(l, &n);
  return line ? loader_push(l, raw_unicode_escape_decode(l->t, line, (size_t)n - 1, NULL, NULL)) : -1;
}
