// Parses struct formats, and turns values into packed bytes and back.
#include "modules/struct_layout.h"

#include <ctype.h>
#include <math.h>

#include "gc/heap.h"
#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_origin.h"
#include "threading/critical.h"

Value struct_error;

// --- Formats ----------------------------------------------------------------------------------------------------------------------

// What a letter stands for: bytes of an item natively (they are the alignment too) and in the standard modes; 0: not there.
typedef struct Letter { char letter; uint8_t kind, native, standard; } Letter;

static const Letter letters[] = {
    {'b', FIELD_INT, 1, 1}, {'B', FIELD_UINT, 1, 1}, {'h', FIELD_INT, 2, 2}, {'H', FIELD_UINT, 2, 2}, {'i', FIELD_INT, 4, 4},
    {'I', FIELD_UINT, 4, 4}, {'l', FIELD_INT, 8, 4}, {'L', FIELD_UINT, 8, 4}, {'q', FIELD_INT, 8, 8}, {'Q', FIELD_UINT, 8, 8},
    {'n', FIELD_INT, 8, 0}, {'N', FIELD_UINT, 8, 0}, {'P', FIELD_POINTER, 8, 0}, {'c', FIELD_CHAR, 1, 1}, {'?', FIELD_BOOL, 1, 1},
    {'e', FIELD_FLOAT, 2, 2}, {'f', FIELD_FLOAT, 4, 4}, {'d', FIELD_FLOAT, 8, 8}, {'s', FIELD_STRING, 1, 1}, {'p', FIELD_PASCAL, 1, 1},
    {'x', FIELD_STRING, 1, 1},
};

static const Letter *letter_find(char c) {
  for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
    if (letters[i].letter == c) return &letters[i];
  return NULL;
}

typedef struct Mode { bool native, swap; } Mode;

static Mode mode_read(const char **p) {
  bool little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
  switch (**p) {
    case '<': ++*p; return (Mode){false, !little};
    case '>':
    case '!': ++*p; return (Mode){false, little};
    case '=': ++*p; return (Mode){false, false};
    case '@': ++*p; return (Mode){true, false};
    default: return (Mode){true, false};
  }
}

static int refuse(Thread *t, const char *why) {
  module_raise(t, struct_error, "%s", why);
  return -1;
}

// The repeat count before a letter, 1 if there is none; *p is left at the letter.
static int count_read(Thread *t, const char **p, int64_t *count) {
  *count = 1;
  if (!isdigit((unsigned char)**p)) return 0;
  *count = 0;
  for (; isdigit((unsigned char)**p); ++*p)
    if (__builtin_mul_overflow(*count, 10, count) || __builtin_add_overflow(*count, **p - '0', count)) return refuse(t, "total struct size too long");
  return **p ? 0 : refuse(t, "repeat count given without format specifier");
}

// Goes through the format, filling the layout's numbers and, where there is room for them, its fields.
static int format_walk(Thread *t, const char *p, StructLayout *layout, bool fill) {
  Mode mode = mode_read(&p);
  int64_t size = 0, items = 0;
  int32_t fields = 0;
  for (; *p; p++) {
    if (isspace((unsigned char)*p)) continue;
    int64_t n;
    if (count_read(t, &p, &n) < 0) return -1;
    const Letter *l = letter_find(*p);
    int64_t width = !l ? 0 : mode.native ? l->native : l->standard;
    if (width == 0) return refuse(t, "bad char in struct format");
    int64_t start = size;
    if (mode.native && __builtin_add_overflow(size, -size & (width - 1), &start)) return refuse(t, "total struct size too long");
    if (n > (INT64_MAX - start) / width) return refuse(t, "total struct size too long");
    size = start + n * width;
    bool text = *p == 's' || *p == 'p';
    if (*p == 'x' || (n == 0 && !text)) continue;
    if (fill) {
      layout->fields[fields] = (StructField){.offset = start, .width = text ? n : width, .repeat = text ? 1 : n, .kind = l->kind,
                                             .swap = mode.swap, .checked = !mode.native || *p == 'e', .letter = *p};
    }
    fields++;
    if (__builtin_add_overflow(items, text ? 1 : n, &items)) return refuse(t, "total struct size too long");
  }
  layout->size = size;
  layout->count = items;
  layout->field_count = fields;
  return 0;
}

static Value format_as_text(Thread *t, Value format) {
  Value bytes = V_NULL;
  if (v_is_str(format)) bytes = ascii_encode(t, format, NULL);
  else if (v_is_bytes(format)) bytes = v_own(t, format);
  else raise_type_error(t, "Struct() argument 1 must be a str or bytes object, not %.200U", type_bare_name(v_type(format)));
  if (v_is_null(bytes)) return V_NULL;
  const Bytes *b = v_bytes(bytes);
  Value text = V_NULL;
  if (strlen(b->data) != (size_t)b->length) refuse(t, "embedded null character");
  else text = str_from_latin1(t, b->data, (size_t)b->length);
  v_drop(t, bytes);
  return text;
}

StructLayout *struct_layout_new(Thread *t, Value format) {
  Value text = format_as_text(t, format);
  if (v_is_null(text)) return NULL;
  StructLayout measured, *layout = NULL;
  const char *p = str_utf8(t, text, NULL);
  if (p && format_walk(t, p, &measured, false) == 0) {
    layout = heap_alloc(t, sizeof *layout + (size_t)measured.field_count * sizeof layout->fields[0]);
    if (!layout) raise_no_memory(t);
  }
  if (!layout) {
    v_drop(t, text);
    return NULL;
  }
  layout->older = NULL;
  layout->format = text;
  format_walk(t, p, layout, true);
  return layout;
}

void struct_layout_free(Thread *t, StructLayout *layout) {
  while (layout) {
    StructLayout *older = layout->older;
    v_drop(t, layout->format);
    heap_free(t, layout);
    layout = older;
  }
}

// --- Numbers in memory ------------------------------------------------------------------------------------------------------------

static inline uint64_t load(const char *p, int64_t width, bool swap) {
  uint16_t h;
  uint32_t i;
  uint64_t q;
  switch (width) {
    case 1: return (uint8_t)*p;
    case 2: memcpy(&h, p, 2); return swap ? __builtin_bswap16(h) : h;
    case 4: memcpy(&i, p, 4); return swap ? __builtin_bswap32(i) : i;
    default: memcpy(&q, p, 8); return swap ? __builtin_bswap64(q) : q;
  }
}

static inline void store(char *p, int64_t width, bool swap, uint64_t x) {
  uint16_t h = (uint16_t)x;
  uint32_t i = (uint32_t)x;
  switch (width) {
    case 1: *p = (char)x; break;
    case 2: h = swap ? __builtin_bswap16(h) : h; memcpy(p, &h, 2); break;
    case 4: i = swap ? __builtin_bswap32(i) : i; memcpy(p, &i, 4); break;
    default: x = swap ? __builtin_bswap64(x) : x; memcpy(p, &x, 8); break;
  }
}

enum { HALF_INFINITY = 0x7C00, HALF_NAN = 0x7E00 };

static double half_as_double(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double d = exponent == 31 ? (fraction ? NAN : INFINITY) : exponent ? ldexp(1024 + fraction, exponent - 25) : ldexp(fraction, -24);
  return bits >> 15 ? -d : d;
}

// Rounded half to even. False: too large.
static bool double_as_half(double d, uint16_t *out) {
  uint16_t sign = signbit(d) ? 0x8000 : 0;
  double magnitude = fabs(d);
  *out = sign;
  if (isnan(d)) {
    *out = sign | HALF_NAN;
  } else if (isinf(d)) {
    *out = sign | HALF_INFINITY;
  } else if (magnitude < 0x1p-14) {
    *out = sign | (uint16_t)nearbyint(ldexp(magnitude, 24));   // subnormal; 1024 of them are the smallest normal number
  } else {
    int exponent;
    double scaled = nearbyint(ldexp(frexp(magnitude, &exponent), 11));   // 1024 to 2048, the latter being the next power's 1024
    int64_t bits = ((int64_t)exponent + 13) * 1024 + (int64_t)scaled;
    if (bits >= HALF_INFINITY) return false;
    *out = sign | (uint16_t)bits;
  }
  return true;
}

// --- Packing ----------------------------------------------------------------------------------------------------------------------

static int out_of_range(Thread *t, const StructField *f) {
  int bits = 8 * (int)f->width - (f->kind == FIELD_INT);
  long long max = (1LL << bits) - 1, min = f->kind == FIELD_INT ? -max - 1 : 0;
  const char *sign = f->kind == FIELD_INT ? "" : "u";
  if (f->width == 1) module_raise(t, struct_error, "%sbyte format requires %lld <= number <= %lld", sign, min, max);
  else if (f->width == 2 && !f->swap) module_raise(t, struct_error, "%sshort format requires %lld <= number <= %lld", sign, min, max);
  else module_raise(t, struct_error, "'%c' format requires %lld <= number <= %lld", f->letter, min, max);
  return -1;
}

// Eight bytes in the other order: an int is refused by struct, what has __index__ only by the conversion.
static int wide_out_of_range(Thread *t, const StructField *f, Value number, Value v) {
  uint8_t bytes[8];
  if (v_is_int(v)) return refuse(t, "int too large to convert");
  return int_to_bytes(t, number, bytes, sizeof bytes, true, f->kind == FIELD_INT);
}

static int pointer_out_of_range(Thread *t, Value number, Value v) {
  if (v_is_int(v)) return refuse(t, "int too large to convert");
  raise_overflow(t, "Python int too large to convert to C %s", int_sign(number) < 0 ? "long" : "unsigned long");
  return -1;
}

// `number` is what v stands for. CPython packs fields in the machine's own order, however asked for, with other code than the rest, and words
// its refusals there in another way.
static int pack_number(Thread *t, const StructField *f, char *p, Value number, Value v) {
  int64_t i;
  uint64_t u;
  if (f->kind == FIELD_INT || (f->width == 2 && !f->swap) || f->width == 1) {
    if (f->width == 8 && f->swap && !int_as_i64(number, &i)) return wide_out_of_range(t, f, number, v);
    if (!int_as_i64(number, &i)) return refuse(t, "argument out of range");
    int shift = 64 - 8 * (int)f->width;
    bool fits = f->kind == FIELD_INT ? (int64_t)((uint64_t)i << shift) >> shift == i : (uint64_t)i << shift >> shift == (uint64_t)i;
    if (!fits) return out_of_range(t, f);
    store(p, f->width, f->swap, (uint64_t)i);
    return 0;
  }
  if (!int_as_u64(number, &u)) {
    if (f->width == 8 && f->swap) return wide_out_of_range(t, f, number, v);
    if (f->kind != FIELD_POINTER) return refuse(t, "argument out of range");
    if (!int_as_i64(number, &i)) return pointer_out_of_range(t, number, v);
    u = (uint64_t)i;
  }
  if (f->width < 8 && u >> (8 * f->width)) return out_of_range(t, f);
  store(p, f->width, f->swap, u);
  return 0;
}

static int pack_int(Thread *t, const StructField *f, char *p, Value v) {
  if (v_is_int(v)) return pack_number(t, f, p, v, v);
  if (!number_is_index(v)) return refuse(t, "required argument is not an integer");
  Value number = number_index(t, v);
  if (v_is_null(number)) return -1;
  int status = pack_number(t, f, p, number, v);
  v_drop(t, number);
  return status;
}

static int float_too_large(Thread *t, const StructField *f, Value v) {
  if (v_is_int(v)) return refuse(t, "int too large to convert");
  raise_overflow(t, "float too large to pack with %c format", f->letter);
  return -1;
}

static int pack_float(Thread *t, const StructField *f, char *p, Value v) {
  double d = v_is_flo(v) ? v_flo(v) : number_as_double(t, v);
  if (d == -1.0 && error_pending(t)) {
    error_clear(t);
    return refuse(t, "required argument is not a float");
  }
  uint16_t half;
  uint32_t bits4;
  uint64_t bits8;
  if (f->width == 8) {
    memcpy(&bits8, &d, 8);
    store(p, 8, f->swap, bits8);
  } else if (f->width == 4) {
    float single = (float)d;
    if (f->checked && isinf(single) && !isinf(d)) return float_too_large(t, f, v);
    memcpy(&bits4, &single, 4);
    store(p, 4, f->swap, bits4);
  } else {
    if (!double_as_half(d, &half)) return float_too_large(t, f, v);
    store(p, 2, f->swap, half);
  }
  return 0;
}

// Bytes or a bytearray: as many of them as fit, after a length byte if it is a Pascal string.
static int pack_text(Thread *t, const StructField *f, char *p, Value v) {
  if (!v_is_bytes(v) && !v_is_bytearray(v)) {
    module_raise(t, struct_error, "argument for '%c' must be a bytes object", f->letter);
    return -1;
  }
  int64_t head = f->letter == 'p', room = f->width - head, n;
  if (v_is_bytes(v)) {
    n = v_bytes(v)->length < room ? v_bytes(v)->length : room;
    if (n > 0) memcpy(p + head, v_bytes(v)->data, (size_t)n);
  } else {
    const ByteArray *b = (const ByteArray *)v_obj(v);
    CRITICAL_BEGIN(t, b);
    n = bytearray_length(b) < room ? bytearray_length(b) : room;
    if (n > 0) memcpy(p + head, bytearray_data(b), (size_t)n);
    CRITICAL_END(t);
  }
  if (head && f->width) *p = (char)(n < 255 ? n : 255);
  return 0;
}

static int pack_item(Thread *t, const StructField *f, char *p, Value v) {
  int truth;
  switch (f->kind) {
    case FIELD_INT:
    case FIELD_UINT:
    case FIELD_POINTER: return pack_int(t, f, p, v);
    case FIELD_FLOAT: return pack_float(t, f, p, v);
    case FIELD_BOOL:
      truth = object_is_true(t, v);
      if (truth < 0) return -1;
      *p = (char)truth;
      return 0;
    case FIELD_CHAR:
      if (!v_is_bytes(v) || v_bytes(v)->length != 1) return refuse(t, "char format requires a bytes object of length 1");
      *p = v_bytes(v)->data[0];
      return 0;
    default: return pack_text(t, f, p, v);
  }
}

int struct_pack(Thread *t, const StructLayout *layout, char *p, const Value *values) {
  for (int32_t i = 0; i < layout->field_count; i++) {
    const StructField *f = &layout->fields[i];
    for (int64_t k = 0; k < f->repeat; k++)
      if (pack_item(t, f, p + f->offset + k * f->width, *values++) < 0) return -1;
  }
  return 0;
}

// --- Unpacking --------------------------------------------------------------------------------------------------------------------

static Value unpack_float(Thread *t, const StructField *f, const char *p) {
  uint64_t bits = load(p, f->width, f->swap);
  double d;
  float single;
  if (f->width == 8) {
    memcpy(&d, &bits, 8);
  } else if (f->width == 4) {
    uint32_t bits4 = (uint32_t)bits;
    memcpy(&single, &bits4, 4);
    d = single;
  } else {
    d = half_as_double((uint16_t)bits);
  }
  return float_new(t, d);
}

static Value unpack_pascal(Thread *t, const StructField *f, const char *p) {
  if (f->width == 0) return raise_system_error(t, "Negative size passed to PyBytes_FromStringAndSize");
  int64_t n = (uint8_t)*p;
  return bytes_from(t, p + 1, (size_t)(n < f->width ? n : f->width - 1));
}

static inline Value unpack_item(Thread *t, const StructField *f, const char *p) {
  int shift;
  uint64_t bits;
  switch (f->kind) {
    case FIELD_INT:
      shift = 64 - 8 * (int)f->width;
      bits = load(p, f->width, f->swap);
      return int_from_i64(t, (int64_t)(bits << shift) >> shift);
    case FIELD_UINT:
    case FIELD_POINTER: return int_from_u64(t, load(p, f->width, f->swap));
    case FIELD_FLOAT: return unpack_float(t, f, p);
    case FIELD_BOOL: return v_from_bool(*p != 0);
    case FIELD_CHAR: return bytes_from(t, p, 1);
    case FIELD_PASCAL: return unpack_pascal(t, f, p);
    default: return bytes_from(t, p, (size_t)f->width);
  }
}

Value struct_unpack(Thread *t, const StructLayout *layout, const char *p) {
  if (layout->count == 0) return v_own(t, tuple_empty);
  Value result = tuple_new(t, layout->count);
  if (v_is_null(result)) return V_NULL;
  Value *out = v_tuple(result)->items;
  for (int32_t i = 0; i < layout->field_count; i++) {
    const StructField *f = &layout->fields[i];
    for (int64_t k = 0; k < f->repeat; k++, out++) {
      *out = unpack_item(t, f, p + f->offset + k * f->width);
      if (v_is_null(*out)) {
        v_drop(t, result);
        return V_NULL;
      }
    }
  }
  return result;
}
