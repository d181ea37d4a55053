// binascii: bytes as text and back (base64, hexadecimal, uuencode, quoted-printable) and the checksums CRC-32 and CRC-CCITT.
//
// Pure functions on borrowed buffers: there is no state to lock. A long CRC is computed detached, the buffer held meanwhile.
#include <zlib.h>

#include "modules/module_help.h"
#include "modules/shared_library.h"
#include "objects/buffer.h"
#include "objects/bytes_impl.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"

static Value error_class, incomplete_class;  // binascii.Error, binascii.Incomplete; set when the module is first imported

#define Z_FUNCTIONS(X) X(crc32_z)
static struct { Z_FUNCTIONS(LIBRARY_FIELD) } z;
static const char *const z_names[] = {Z_FUNCTIONS(LIBRARY_NAME)};

enum { DETACH_FROM = 5 * 1024 };             // bytes of a CRC that are worth giving other threads the processor

// --- Arguments --------------------------------------------------------------------------------------------------------------------

// Bytes of a buffer, or the characters of an ASCII str, as every decoder takes.
static int ascii_get(Thread *t, Value v, ByteArg *a) {
  if (v_is_str(v)) {
    const Str *s = v_str(v);
    if (!str_is_ascii(s)) {
      raise_value_error(t, "string argument should contain only ASCII characters");
      return -1;
    }
    *a = (ByteArg){.data = (const uint8_t *)s->data, .length = s->length, .copy = V_NULL, .view.obj = V_NULL};
    return 0;
  }
  if (buffer_is_supported(v) && byte_arg_get(t, v, a) == 0) return 0;
  error_clear(t);
  raise_type_error(t, "argument should be bytes, buffer or ASCII string, not '%.100T'", v);
  return -1;
}

// An optional flag that is given as an int.
static int flag_get(Thread *t, Value v, bool default_, bool *out) {
  *out = default_;
  if (v_is_absent(v)) return 0;
  int i = number_as_int(t, v);
  if (i == -1 && error_pending(t)) return -1;
  *out = i != 0;
  return 0;
}

// --- Uuencode ---------------------------------------------------------------------------------------------------------------------

// A line's character as its six bits; what is missing at the end counts as spaces. -1: not one of the alphabet.
static int uu_bits(const ByteArg *a, int64_t i) {
  if (i >= a->length || a->data[i] == '\n' || a->data[i] == '\r') return 0;
  return a->data[i] < ' ' || a->data[i] > '`' ? -1 : (a->data[i] - ' ') & 63;
}

static bool uu_is_padding(uint8_t c) { return c == ' ' || c == '`' || c == '\n' || c == '\r'; }

static Value uu_decode(Thread *t, const ByteArg *a) {
  int64_t n = ((a->length > 0 ? a->data[0] : 0) - ' ') & 63, at = 1;
  uint8_t out[64 + 2];
  for (int64_t made = 0; made < n; made += 3) {
    uint32_t group = 0;
    int64_t bits_needed = (n - made < 3 ? n - made : 3) * 8;
    for (int bits = 0; bits < bits_needed; bits += 6, at++) {
      int c = uu_bits(a, at);
      if (c < 0) return module_raise(t, error_class, "Illegal char");
      group |= (uint32_t)c << (18 - bits);
    }
    for (int k = 0; k < 3; k++) out[made + k] = (uint8_t)(group >> (16 - 8 * k));
  }
  for (; at < a->length; at++)
    if (!uu_is_padding(a->data[at])) return module_raise(t, error_class, "Trailing garbage");
  return bytes_from(t, out, (size_t)n);
}

static NATIVE(binascii_a2b_uu) {
  ByteArg a;
  if (ascii_get(t, args[0], &a) < 0) return V_NULL;
  Value v = uu_decode(t, &a);
  byte_arg_clear(t, &a);
  return v;
}

static NATIVE(binascii_b2a_uu) {
  ByteArg a;
  bool backtick;
  if (byte_arg_get(t, args[0], &a) < 0) return V_NULL;
  Value v = V_NULL;
  if (flag_get(t, args[1], false, &backtick) < 0) {
    // refused
  } else if (a.length > 45) {
    module_raise(t, error_class, "At most 45 bytes at once");
  } else {
    char line[64], *p = line, zero = backtick ? '`' : ' ';
    *p++ = a.length ? (char)(' ' + a.length) : zero;
    for (int64_t i = 0; i < a.length; i += 3) {
      uint32_t group = 0;
      for (int k = 0; k < 3; k++) group = group << 8 | (i + k < a.length ? a.data[i + k] : 0);
      for (int shift = 18; shift >= 0; shift -= 6) {
        uint32_t bits = group >> shift & 63;
        *p++ = bits ? (char)(' ' + bits) : zero;
      }
    }
    *p++ = '\n';
    v = bytes_from(t, line, (size_t)(p - line));
  }
  byte_arg_clear(t, &a);
  return v;
}

// --- Base64 -----------------------------------------------------------------------------------------------------------------------

static const char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static uint8_t base64_values[256];   // 64: not of the alphabet; filled when the module is first imported

static Value base64_decode(Thread *t, const ByteArg *a, bool strict) {
  const uint8_t *p = a->data;
  int64_t n = a->length;
  if (strict && n > 0 && p[0] == '=') return module_raise(t, error_class, "Leading padding not allowed");
  Value result = bytes_new(t, (n + 3) / 4 * 3);
  if (v_is_null(result)) return V_NULL;
  uint8_t *start = (uint8_t *)v_bytes(result)->data, *out = start;
  const char *fault = NULL;
  uint32_t group = 0;          // the bits of the characters that wait for the fourth
  int waiting = 0, pads = 0;
  bool padded = false, complete = false;
  for (int64_t i = 0; i < n; i++) {
    if (waiting == 0 && !padded) {   // whole groups of four, as nearly all input is
      for (; n - i >= 4; i += 4, out += 3) {
        uint32_t b0 = base64_values[p[i]], b1 = base64_values[p[i + 1]], b2 = base64_values[p[i + 2]], b3 = base64_values[p[i + 3]];
        if ((b0 | b1 | b2 | b3) & 64) break;
        uint32_t whole = b0 << 18 | b1 << 12 | b2 << 6 | b3;
        out[0] = (uint8_t)(whole >> 16);
        out[1] = (uint8_t)(whole >> 8);
        out[2] = (uint8_t)whole;
      }
      if (i >= n) break;
    }
    if (p[i] == '=') {
      padded = true;
      if (waiting >= 2 && waiting + ++pads >= 4) {
        if (strict && i + 1 < n) fault = "Excess data after padding";
        complete = true;
        break;
      }
      continue;
    }
    uint8_t bits = base64_values[p[i]];
    if (bits >= 64) {
      if (!strict) continue;
      fault = "Only base64 data is allowed";
      break;
    }
    if (strict && padded) {
      fault = "Discontinuous padding not allowed";
      break;
    }
    pads = 0;
    group = group << 6 | bits;
    waiting = (waiting + 1) & 3;
    if (waiting != 1) *out++ = (uint8_t)(group >> (waiting == 0 ? 0 : waiting == 2 ? 4 : 2));
  }
  if (!fault && !complete && waiting == 1) {
    module_raise(t, error_class, "Invalid base64-encoded string: number of data characters (%zd) cannot be 1 more than a multiple of 4",
                 (ssize_t)((out - start) / 3 * 4 + 1));
  } else if (!fault && !complete && waiting) {
    fault = "Incorrect padding";
  }
  if (fault) module_raise(t, error_class, "%s", fault);
  if (error_pending(t)) {
    v_drop(t, result);
    return V_NULL;
  }
  return bytes_shrink(t, result, out - start);
}

static NATIVE(binascii_a2b_base64) {
  ByteArg a;
  bool strict;
  if (ascii_get(t, args[0], &a) < 0) return V_NULL;
  Value v = flag_get(t, args[1], false, &strict) < 0 ? V_NULL : base64_decode(t, &a, strict);
  byte_arg_clear(t, &a);
  return v;
}

static Value base64_encode(Thread *t, const ByteArg *a, bool newline) {
  if (a->length > INT64_MAX / 4 * 3 - 16) return module_raise(t, error_class, "Too much data for base64 line");
  Value result = bytes_new(t, (a->length + 2) / 3 * 4 + newline);
  if (v_is_null(result)) return V_NULL;
  char *out = v_bytes(result)->data;
  const uint8_t *p = a->data, *end = p + a->length;
  for (; end - p >= 3; p += 3, out += 4) {
    uint32_t group = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
    out[0] = base64_alphabet[group >> 18];
    out[1] = base64_alphabet[group >> 12 & 63];
    out[2] = base64_alphabet[group >> 6 & 63];
    out[3] = base64_alphabet[group & 63];
  }
  if (p < end) {
    uint32_t group = (uint32_t)p[0] << 16 | (end - p == 2 ? (uint32_t)p[1] << 8 : 0);
    *out++ = base64_alphabet[group >> 18];
    *out++ = base64_alphabet[group >> 12 & 63];
    *out++ = end - p == 2 ? base64_alphabet[group >> 6 & 63] : '=';
    *out++ = '=';
  }
  if (newline) *out = '\n';
  return result;
}

static NATIVE(binascii_b2a_base64) {
  ByteArg a;
  bool newline;
  if (byte_arg_get(t, args[0], &a) < 0) return V_NULL;
  Value v = flag_get(t, args[1], true, &newline) < 0 ? V_NULL : base64_encode(t, &a, newline);
  byte_arg_clear(t, &a);
  return v;
}

// --- Hexadecimal ------------------------------------------------------------------------------------------------------------------

static int hex_digit(uint8_t c) { return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1; }

static NATIVE(binascii_hexlify) {
  ByteArg a;
  if (byte_arg_get(t, args[0], &a) < 0) return V_NULL;
  Value v = bytes_to_hex_bytes(t, a.data, a.length, args[1], args[2]);
  byte_arg_clear(t, &a);
  return v;
}

static Value hex_decode(Thread *t, const ByteArg *a) {
  if (a->length % 2) return module_raise(t, error_class, "Odd-length string");
  Value result = bytes_new(t, a->length / 2);
  if (v_is_null(result)) return V_NULL;
  for (int64_t i = 0; i < a->length; i += 2) {
    int high = hex_digit(a->data[i]), low = hex_digit(a->data[i + 1]);
    if (high < 0 || low < 0) {
      v_drop(t, result);
      return module_raise(t, error_class, "Non-hexadecimal digit found");
    }
    v_bytes(result)->data[i / 2] = (char)(high << 4 | low);
  }
  return result;
}

static NATIVE(binascii_unhexlify) {
  ByteArg a;
  if (ascii_get(t, args[0], &a) < 0) return V_NULL;
  Value v = hex_decode(t, &a);
  byte_arg_clear(t, &a);
  return v;
}

// --- Quoted-printable -------------------------------------------------------------------------------------------------------------

// What the '=' at p[i] stands for is added to b; returns where to go on.
static int64_t qp_decode_escape(BytesBuilder *b, const uint8_t *p, int64_t i, int64_t n) {
  if (++i >= n) return i;
  if (p[i] == '\n' || p[i] == '\r') {            // a soft line break: nothing
    while (i < n && p[i] != '\n') i++;
    return i < n ? i + 1 : i;
  }
  if (i + 1 < n && hex_digit(p[i]) >= 0 && hex_digit(p[i + 1]) >= 0) {
    bytesb_byte(b, (uint8_t)(hex_digit(p[i]) << 4 | hex_digit(p[i + 1])));
    return i + 2;
  }
  bytesb_byte(b, '=');
  return p[i] == '=' ? i + 1 : i;                // "==" is what a broken encoder makes of '='
}

static NATIVE(binascii_a2b_qp) {
  ByteArg a;
  bool header;
  if (ascii_get(t, args[0], &a) < 0) return V_NULL;
  Value v = V_NULL;
  if (flag_get(t, args[1], false, &header) == 0) {
    BytesBuilder b;
    bytesb_init(&b, t);
    for (int64_t i = 0; i < a.length;) {
      if (a.data[i] == '=') i = qp_decode_escape(&b, a.data, i, a.length);
      else if (header && a.data[i] == '_') bytesb_byte(&b, ' '), i++;
      else bytesb_byte(&b, a.data[i++]);
    }
    v = bytesb_finish(&b);
  }
  byte_arg_clear(t, &a);
  return v;
}

typedef struct QpEncoder {
  BytesBuilder out;
  const uint8_t *p;
  int64_t n;
  bool quote_tabs, is_text, header, crlf;
  int line;                 // characters of the line so far
} QpEncoder;

enum { QP_LINE_MAX = 76 };

static void qp_newline(QpEncoder *q) {
  if (q->crlf) bytesb_byte(&q->out, '\r');
  bytesb_byte(&q->out, '\n');
  q->line = 0;
}

static void qp_soft_break(QpEncoder *q) {
  bytesb_byte(&q->out, '=');
  qp_newline(q);
}

static void qp_put_hex(QpEncoder *q, uint8_t c) {
  static const char digits[] = "0123456789ABCDEF";
  bytesb_byte(&q->out, '=');
  bytesb_byte(&q->out, (uint8_t)digits[c >> 4]);
  bytesb_byte(&q->out, (uint8_t)digits[c & 15]);
}

static bool qp_is_newline(const QpEncoder *q, int64_t i) {
  return q->p[i] == '\n' || (q->p[i] == '\r' && i + 1 < q->n && q->p[i + 1] == '\n');
}

static bool qp_must_quote(const QpEncoder *q, int64_t i) {
  uint8_t c = q->p[i];
  bool last = i + 1 == q->n, blank = c == '\t' || c == ' ', line_end = c == '\r' || c == '\n';
  if (c > 126 || c == '=' || (q->header && c == '_')) return true;
  if (c == '.' && q->line == 0 && (last || q->p[i + 1] == '\n' || q->p[i + 1] == '\r' || q->p[i + 1] == 0)) return true;
  if (line_end) return !q->is_text;
  if (blank) return last || q->quote_tabs;
  return c < 33;
}

// White space before the end of a line would get lost: it is quoted after the fact.
static void qp_protect_blank(QpEncoder *q) {
  if (q->out.failed || q->out.length == 0) return;
  uint8_t c = (uint8_t)q->out.data[q->out.length - 1];
  if (c != ' ' && c != '\t') return;
  q->out.length--;
  qp_put_hex(q, c);
}

static void qp_encode(QpEncoder *q) {
  const uint8_t *newline = q->n ? memchr(q->p, '\n', (size_t)q->n) : NULL;
  q->crlf = newline && newline > q->p && newline[-1] == '\r';   // one kind of line end for all, as the first is
  for (int64_t i = 0; i < q->n; i++) {
    uint8_t c = q->p[i];
    if (qp_must_quote(q, i)) {
      if (q->line + 3 >= QP_LINE_MAX) qp_soft_break(q);
      qp_put_hex(q, c);
      q->line += 3;
    } else if (q->is_text && qp_is_newline(q, i)) {
      qp_protect_blank(q);
      qp_newline(q);
      if (c == '\r') i++;
    } else {
      if (i + 1 != q->n && q->p[i + 1] != '\n' && q->line + 1 >= QP_LINE_MAX) qp_soft_break(q);
      q->line++;
      bytesb_byte(&q->out, q->header && c == ' ' ? '_' : c);
    }
  }
}

static NATIVE(binascii_b2a_qp) {
  ByteArg a;
  QpEncoder q = {0};
  if (byte_arg_get(t, args[0], &a) < 0) return V_NULL;
  Value v = V_NULL;
  if (flag_get(t, args[1], false, &q.quote_tabs) == 0 && flag_get(t, args[2], true, &q.is_text) == 0 &&
      flag_get(t, args[3], false, &q.header) == 0) {
    bytesb_init(&q.out, t);
    q.p = a.data;
    q.n = a.length;
    qp_encode(&q);
    v = bytesb_finish(&q.out);
  }
  byte_arg_clear(t, &a);
  return v;
}

// --- Checksums --------------------------------------------------------------------------------------------------------------------

static uint32_t crc_hqx_table[256];   // of x^16 + x^12 + x^5 + 1, high bit first; filled when the module is first imported

static uint32_t crc_hqx(uint32_t crc, const uint8_t *p, int64_t n) {
  for (int64_t i = 0; i < n; i++) crc = (crc << 8 & 0xFF00) ^ crc_hqx_table[(crc >> 8 & 0xFF) ^ p[i]];
  return crc;
}

static uint32_t crc_32(uint32_t crc, const uint8_t *p, int64_t n) { return (uint32_t)z.crc32_z(crc, p, (size_t)n); }

static Value checksum(Thread *t, Value data, Value seed, uint32_t mask, uint32_t (*update)(uint32_t, const uint8_t *, int64_t)) {
  BufferView view;
  uint64_t crc = 0;
  if (buffer_get(t, data, &view, BUFFER_SIMPLE) < 0) return V_NULL;
  if (!v_is_absent(seed) && module_u64_masked(t, seed, &crc) < 0) {
    buffer_release(t, &view);
    return V_NULL;
  }
  crc &= mask;
  if (view.len > DETACH_FROM) {
    ALLOW_THREADS_BEGIN(t)
    crc = update((uint32_t)crc, view.data, view.len);
    ALLOW_THREADS_END
  } else {
    crc = update((uint32_t)crc, view.data, view.len);
  }
  buffer_release(t, &view);
  return v_from_smi((int64_t)crc);
}

static NATIVE(binascii_crc32) { return checksum(t, args[0], args[1], 0xFFFFFFFFu, crc_32); }
static NATIVE(binascii_crc_hqx) { return checksum(t, args[0], args[1], 0xFFFFu, crc_hqx); }

// --- The module -------------------------------------------------------------------------------------------------------------------

static void fill_tables(void) {
  if (crc_hqx_table[1]) return;
  memset(base64_values, 64, sizeof base64_values);
  for (int i = 0; i < 64; i++) base64_values[(uint8_t)base64_alphabet[i]] = (uint8_t)i;
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t crc = i << 8;
    for (int k = 0; k < 8; k++) crc = crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1;
    crc_hqx_table[i] = crc & 0xFFFF;
  }
}

static int binascii_exec(Thread *t, Value m) {
  if (LIBRARY_LOAD(t, "libz.so.1", z) < 0) return -1;
  fill_tables();
  if (module_add_exception(t, m, &error_class, "binascii", "Error", &exc_ValueError, NULL) < 0) return -1;
  return module_add_exception(t, m, &incomplete_class, "binascii", "Incomplete", &exc_Exception, NULL);
}

static const char hexlify_doc[] =
    "Hexadecimal digits of binary data, two a byte.\n\nsep, a single character, is put between every bytes_per_sep bytes, counted from the right;\n"
    "a negative count counts from the left.";
static const char unhexlify_doc[] = "Binary data of hexadecimal digits, of which there must be an even number.";

static const NativeDef functions[] = {
    {"a2b_uu($module, data, /)", binascii_a2b_uu, "The bytes that one line of uuencoded text stands for.", 0},
    {"b2a_uu($module, data, /, *, backtick=False)", binascii_b2a_uu, "Uuencode a line of at most 45 bytes.", 0},
    {"a2b_base64($module, data, /, *, strict_mode=False)", binascii_a2b_base64,
     "Decode base64 data.\n\nstrict_mode: what is no base64 raises binascii.Error instead of being skipped.", 0},
    {"b2a_base64($module, data, /, *, newline=True)", binascii_b2a_base64, "Base64 of data as one line.", 0},
    {"crc_hqx($module, data, crc, /)", binascii_crc_hqx, "CRC-CCITT of data, going on from crc.", 0},
    {"crc32($module, data, crc=0, /)", binascii_crc32, "CRC-32 of data, going on from crc.", 0},
    {"b2a_hex($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)", binascii_hexlify, hexlify_doc, 0},
    {"hexlify($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)", binascii_hexlify, hexlify_doc, 0},
    {"a2b_hex($module, hexstr, /)", binascii_unhexlify, unhexlify_doc, 0},
    {"unhexlify($module, hexstr, /)", binascii_unhexlify, unhexlify_doc, 0},
    {"a2b_qp($module, /, data, header=False)", binascii_a2b_qp, "Decode quoted-printable data.", 0},
    {"b2a_qp($module, /, data, quotetabs=False, istext=True, header=False)", binascii_b2a_qp,
     "Quoted-printable of data.\n\nistext: line ends stay as they are. quotetabs: so do not tabs and spaces. header: a space becomes '_'.", 0},
    {0},
};

const ModuleDef module_binascii = {.name = "binascii",
    .doc = "Bytes as text and back: hexadecimal, base64, uuencode, quoted-printable.", .functions = functions, .exec = binascii_exec};
