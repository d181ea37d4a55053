// The kinds of items that an array can have.
#include "modules/array_items.h"

#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"

// --- Packing ----------------------------------------------------------------------------------------------------------------------

static int out_of_range(Thread *t, const char *what, bool below) {
  raise_overflow(t, "%s is %s than %s", what, below ? "less" : "greater", below ? "minimum" : "maximum");
  return -1;
}

// An int, or what has __index__.
static int as_signed(Thread *t, Value v, const char *too_large, int64_t *out) {
  Value i = number_index(t, v);
  if (v_is_null(i)) return -1;
  bool fits = int_as_i64(i, out);
  v_drop(t, i);
  if (fits) return 0;
  raise_overflow(t, "%s", too_large);
  return -1;
}

static int as_unsigned(Thread *t, Value v, const char *negative, const char *too_large, uint64_t *out) {
  Value i = number_index(t, v);
  if (v_is_null(i)) return -1;
  bool fits = int_as_u64(i, out), below = int_sign(i) < 0;
  v_drop(t, i);
  if (fits) return 0;
  raise_overflow(t, "%s", below ? negative : too_large);
  return -1;
}

// The bounds that CPython names for the narrow codes: first those of the C type that it converts to, then those of the item.
typedef struct Bounds { char letter; int64_t low, high; const char *what; } Bounds;
static const Bounds bounds[] = {
    {'b', INT16_MIN, INT16_MAX, "signed short integer"}, {'b', INT8_MIN, INT8_MAX, "signed char"},
    {'B', 0, UINT8_MAX, "unsigned byte integer"},        {'h', INT16_MIN, INT16_MAX, "signed short integer"},
    {'H', INT32_MIN, INT32_MAX, "signed integer"},       {'H', 0, UINT16_MAX, "unsigned short"},
    {'i', INT32_MIN, INT32_MAX, "signed integer"},
};

static int pack_narrow(Thread *t, const ArrayCode *code, Value v, char *out) {
  int64_t i;
  if (as_signed(t, v, "Python int too large to convert to C long", &i) < 0) return -1;
  for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++) {
    const Bounds *b = &bounds[k];
    if (b->letter == code->letter && (i < b->low || i > b->high)) return out_of_range(t, b->what, i < b->low);
  }
  int8_t i1 = (int8_t)i;
  int16_t i2 = (int16_t)i;
  int32_t i4 = (int32_t)i;
  memcpy(out, code->size == 1 ? (void *)&i1 : code->size == 2 ? (void *)&i2 : (void *)&i4, code->size);
  return 0;
}

static int pack_signed(Thread *t, const ArrayCode *code, Value v, char *out) {
  int64_t i;
  if (as_signed(t, v, code->letter == 'l' ? "Python int too large to convert to C long" : "int too big to convert", &i) < 0) return -1;
  memcpy(out, &i, sizeof i);
  return 0;
}

static int pack_unsigned(Thread *t, const ArrayCode *code, Value v, char *out) {
  static const char negative[] = "can't convert negative value to unsigned int", large[] = "Python int too large to convert to C unsigned long";
  uint64_t u;
  bool longlong = code->letter == 'Q';
  if (as_unsigned(t, v, longlong ? "can't convert negative int to unsigned" : negative, longlong ? "int too big to convert" : large, &u) < 0) return -1;
  if (code->size == 4) {
    if (u > UINT32_MAX) return out_of_range(t, "unsigned int", false);
    uint32_t u4 = (uint32_t)u;
    memcpy(out, &u4, sizeof u4);
  } else {
    memcpy(out, &u, sizeof u);
  }
  return 0;
}

static int pack_float(Thread *t, const ArrayCode *code, Value v, char *out) {
  double d = number_as_double(t, v);
  if (d == -1.0 && error_pending(t)) return -1;
  float f = (float)d;
  memcpy(out, code->size == 4 ? (void *)&f : (void *)&d, code->size);
  return 0;
}

static int pack_char(Thread *t, UNUSED_OK const ArrayCode *code, Value v, char *out) {
  if (!v_is_str(v) || str_length(v_str(v)) != 1) {
    raise_type_error(t, "array item must be unicode character");
    return -1;
  }
  uint32_t c = str_char(v_str(v), 0);
  memcpy(out, &c, sizeof c);
  return 0;
}

// --- Unpacking --------------------------------------------------------------------------------------------------------------------

static Value unpack_signed(Thread *t, const ArrayCode *code, const char *p) {
  int8_t i1;
  int16_t i2;
  int32_t i4;
  int64_t i8;
  switch (code->size) {
    case 1: memcpy(&i1, p, 1); return v_from_smi(i1);
    case 2: memcpy(&i2, p, 2); return v_from_smi(i2);
    case 4: memcpy(&i4, p, 4); return v_from_smi(i4);
    default: memcpy(&i8, p, 8); return int_from_i64(t, i8);
  }
}

static Value unpack_unsigned(Thread *t, const ArrayCode *code, const char *p) {
  uint64_t u = 0;
  memcpy((char *)&u + (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 8 - code->size : 0), p, code->size);
  return int_from_u64(t, u);
}

static Value unpack_float(Thread *t, const ArrayCode *code, const char *p) {
  float f;
  double d;
  if (code->size == 4) {
    memcpy(&f, p, 4);
    d = f;
  } else {
    memcpy(&d, p, 8);
  }
  return float_new(t, d);
}

static Value unpack_char(Thread *t, UNUSED_OK const ArrayCode *code, const char *p) {
  uint32_t c;
  memcpy(&c, p, 4);
  return c > 0x10FFFF ? raise_value_error(t, "chr() arg not in range(0x110000)") : str_from_char(t, c);
}

// --- The table --------------------------------------------------------------------------------------------------------------------

#define NATIVE_ORDER(FORMAT) (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? FORMAT##_LE : FORMAT##_BE)
const char array_letters[] = "bBuhHiIlLqQfd";
static const ArrayCode codes[] = {
    {'b', 1, MACHINE_S8, unpack_signed, pack_narrow},
    {'B', 1, MACHINE_U8, unpack_unsigned, pack_narrow},
    {'u', 4, NATIVE_ORDER(MACHINE_UTF32), unpack_char, pack_char},
    {'h', 2, NATIVE_ORDER(MACHINE_S16), unpack_signed, pack_narrow},
    {'H', 2, NATIVE_ORDER(MACHINE_U16), unpack_unsigned, pack_narrow},
    {'i', 4, NATIVE_ORDER(MACHINE_S32), unpack_signed, pack_narrow},
    {'I', 4, NATIVE_ORDER(MACHINE_U32), unpack_unsigned, pack_unsigned},
    {'l', 8, NATIVE_ORDER(MACHINE_S64), unpack_signed, pack_signed},
    {'L', 8, NATIVE_ORDER(MACHINE_U64), unpack_unsigned, pack_unsigned},
    {'q', 8, NATIVE_ORDER(MACHINE_S64), unpack_signed, pack_signed},
    {'Q', 8, NATIVE_ORDER(MACHINE_U64), unpack_unsigned, pack_unsigned},
    {'f', 4, NATIVE_ORDER(MACHINE_FLOAT), unpack_float, pack_float},
    {'d', 8, NATIVE_ORDER(MACHINE_DOUBLE), unpack_float, pack_float},
};

const ArrayCode *array_code_find(uint32_t letter) {
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
    if ((uint32_t)codes[i].letter == letter) return &codes[i];
  return NULL;
}

// --- Pickles from other machines --------------------------------------------------------------------------------------------------

// Bytes of a format that must divide the whole. For text CPython asks for more than a character has.
static int format_size(int format) {
  if (format <= MACHINE_S8) return 1;
  if (format <= MACHINE_S16_BE) return 2;
  if (format <= MACHINE_S32_BE || format == MACHINE_FLOAT_LE || format == MACHINE_FLOAT_BE) return 4;
  return format == MACHINE_UTF16_LE || format == MACHINE_UTF16_BE ? 4 : 8;
}

static bool format_is_big_endian(int format) { return format > MACHINE_S8 && format % 2; }

// The code whose items are integers of this size and sign: the last in the table, as CPython has it.
static char integer_letter(int size, bool is_signed) {
  char letter = 0;
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    const ArrayCode *c = &codes[i];
    if (c->size == size && (is_signed ? c->unpack == unpack_signed : c->unpack == unpack_unsigned)) letter = c->letter;
  }
  return letter;
}

static Value decode_number(Thread *t, const uint8_t *p, int format, int size) {
  uint8_t native[ARRAY_ITEM_MAX];
  bool reverse = format_is_big_endian(format) == (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
  if (format >= MACHINE_FLOAT_LE) {
    for (int i = 0; i < size; i++) native[i] = p[reverse ? size - 1 - i : i];
    return unpack_float(t, array_code_find(size == 4 ? 'f' : 'd'), (const char *)native);
  }
  bool is_signed = format <= MACHINE_S8 ? format == MACHINE_S8 : format / 2 % 2 == 0;
  return int_from_bytes(t, p, (size_t)size, !format_is_big_endian(format), is_signed);
}

Value array_decode(Thread *t, Value bytes, int format, char *letter) {
  const Bytes *b = v_bytes(bytes);
  int size = format_size(format), order = format_is_big_endian(format) ? 1 : -1;
  if (b->length % size) return raise_value_error(t, "string length not a multiple of item size");
  if (format == MACHINE_UTF16_LE || format == MACHINE_UTF16_BE) return utf16_decode(t, b->data, (size_t)b->length, "strict", &order, NULL);
  if (format >= MACHINE_UTF32_LE) return utf32_decode(t, b->data, (size_t)b->length, "strict", &order, NULL);
  if (format < MACHINE_FLOAT_LE) {
    bool is_signed = format <= MACHINE_S8 ? format == MACHINE_S8 : format / 2 % 2 == 0;
    *letter = integer_letter(size, is_signed);
  }
  Value list = list_new(t, b->length / size);
  for (int64_t at = 0; !v_is_null(list) && at < b->length; at += size) {
    Value item = decode_number(t, (const uint8_t *)b->data + at, format, size);
    if (v_is_null(item) || list_append_steal(t, v_list(list), item) < 0) v_clear(t, &list);
  }
  return list;
}
