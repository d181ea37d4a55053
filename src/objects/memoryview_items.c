// The items of a memory view: addresses, native formats, copying and comparing.

#include <stddef.h>
#include <stdlib.h>

#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/memoryview_impl.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Addresses --------------------------------------------------------------------------------------------------------------------

char *item_address(char *p, int64_t i, const int64_t *strides, const int64_t *suboffsets, int dim) {
  p += strides[dim] * i;
  if (suboffsets && suboffsets[dim] >= 0) {
    char *target;
    memcpy(&target, p, sizeof target);
    p = target + suboffsets[dim];
  }
  return p;
}

bool geometry_is_contiguous(int ndim, const int64_t *shape, const int64_t *strides, const int64_t *suboffsets, int64_t itemsize, char order) {
  if (suboffsets) return false;
  for (int i = 0; i < ndim; i++)
    if (shape[i] == 0) return true;
  int64_t step = itemsize;
  for (int k = 0; k < ndim; k++) {
    int i = order == 'C' ? ndim - 1 - k : k;
    if (shape[i] > 1 && strides[i] != step) return false;
    step *= shape[i];
  }
  return true;
}

static char *copy_c_order(char *out, char *p, int dim, int ndim, const int64_t *shape, const int64_t *strides, const int64_t *suboffsets, int64_t itemsize) {
  if (dim == ndim) {
    memcpy(out, p, (size_t)itemsize);
    return out + itemsize;
  }
  for (int64_t i = 0; i < shape[dim]; i++) out = copy_c_order(out, item_address(p, i, strides, suboffsets, dim), dim + 1, ndim, shape, strides, suboffsets, itemsize);
  return out;
}

static void copy_fortran_order(char *out, int64_t step, char *p, int dim, int ndim, const int64_t *shape, const int64_t *strides, const int64_t *suboffsets,
                               int64_t itemsize) {
  if (dim == ndim) {
    memcpy(out, p, (size_t)itemsize);
    return;
  }
  for (int64_t i = 0; i < shape[dim]; i++)
    copy_fortran_order(out + i * step, step * shape[dim], item_address(p, i, strides, suboffsets, dim), dim + 1, ndim, shape, strides, suboffsets, itemsize);
}

void items_copy_out(char *out, char *p, int ndim, const int64_t *shape, const int64_t *strides, const int64_t *suboffsets, int64_t itemsize, char order) {
  if (geometry_is_contiguous(ndim, shape, strides, suboffsets, itemsize, order)) {
    int64_t n = itemsize;
    for (int i = 0; i < ndim; i++) n *= shape[i];
    if (n) memcpy(out, p, (size_t)n);
  } else if (order == 'F') {
    copy_fortran_order(out, itemsize, p, 0, ndim, shape, strides, suboffsets, itemsize);
  } else {
    copy_c_order(out, p, 0, ndim, shape, strides, suboffsets, itemsize);
  }
}

// --- Native formats ---------------------------------------------------------------------------------------------------------------

static int letter_size(char letter) {
  switch (letter) {
    case 'c': case 'b': case 'B': case '?': return 1;
    case 'h': case 'H': return (int)sizeof(short);
    case 'i': case 'I': return (int)sizeof(int);
    case 'f': return (int)sizeof(float);
    case 'l': case 'L': case 'q': case 'Q': case 'n': case 'N': case 'd': case 'P': return 8;
    default: return 0;
  }
}

char item_format(const char *format, int *size) {
  if (!format) format = "B";
  if (*format == '@') format++;
  *size = *format && !format[1] ? letter_size(*format) : 0;
  return *size ? *format : 0;
}

static Value format_unsupported(Thread *t, const char *format) {
  return raise_error(t, &exc_NotImplementedError, "memoryview: format %s not supported", format);
}

static bool is_signed(char letter) { return strchr("bhilqn", letter) != NULL; }
static bool is_unsigned(char letter) { return strchr("BHILQNP", letter) != NULL; }

static int64_t read_signed(const char *p, int size) {
  int8_t b;
  short h;
  int i;
  int64_t q;
  switch (size) {
    case 1: memcpy(&b, p, 1); return b;
    case 2: memcpy(&h, p, 2); return h;
    case 4: memcpy(&i, p, 4); return i;
    default: memcpy(&q, p, 8); return q;
  }
}

static uint64_t read_unsigned(const char *p, int size) {
  uint64_t x = (uint64_t)read_signed(p, size);
  return size == 8 ? x : x & (((uint64_t)1 << (8 * size)) - 1);
}

static double read_float(const char *p, int size) {
  float f;
  double d;
  if (size == 4) {
    memcpy(&f, p, 4);
    return f;
  }
  memcpy(&d, p, 8);
  return d;
}

Value item_unpack(Thread *t, const char *p, const char *format) {
  int size;
  char letter = item_format(format, &size);
  if (letter == 'B') return v_from_smi((uint8_t)*p);
  if (!letter) return format_unsupported(t, format);
  if (is_signed(letter)) return int_from_i64(t, read_signed(p, size));
  if (is_unsigned(letter)) return int_from_u64(t, read_unsigned(p, size));
  if (letter == '?') return v_from_bool(*p != 0);
  if (letter == 'c') return bytes_from(t, p, 1);
  return float_new(t, read_float(p, size));
}

static int invalid(Thread *t, const char *what, const char *format) {
  if (*what == 't') raise_type_error(t, "memoryview: invalid type for format '%s'", format);
  else raise_value_error(t, "memoryview: invalid value for format '%s'", format);
  return -1;
}

static int pack_integer(Thread *t, char *out, Value v, char letter, int size, const char *format) {
  // An address may be written as a negative number, and by an int alone.
  if (letter == 'P' ? !v_is_int(v) : !number_is_index(v)) return invalid(t, "type", format);
  Value i = number_index(t, v);
  if (v_is_null(i)) {
    if (!error_matches(t, &exc_TypeError)) return -1;
    error_clear(t);
    return invalid(t, "type", format);
  }
  int status = int_to_bytes(t, i, (uint8_t *)out, (size_t)size, true, is_signed(letter) || (letter == 'P' && int_sign(i) < 0));
  v_drop(t, i);
  if (status == 0) return 0;
  error_clear(t);
  return invalid(t, "value", format);
}

static int pack_float(Thread *t, char *out, Value v, int size, const char *format) {
  double d = number_as_double(t, v);
  if (d == -1.0 && error_pending(t)) {
    bool wrong_type = error_matches(t, &exc_TypeError);
    if (!wrong_type && !error_matches(t, &exc_OverflowError) && !error_matches(t, &exc_ValueError)) return -1;
    error_clear(t);
    return invalid(t, wrong_type ? "type" : "value", format);
  }
  float f = (float)d;
  if (size == 4) memcpy(out, &f, 4);
  else memcpy(out, &d, 8);
  return 0;
}

int item_pack(Thread *t, char out[16], Value v, const char *format) {
  int size;
  char letter = item_format(format, &size);
  if (!format) format = "B";
  if (!letter) return v_is_null(format_unsupported(t, format)) ? -1 : 0;
  if (is_signed(letter) || is_unsigned(letter)) return pack_integer(t, out, v, letter, size, format);
  if (letter == 'f' || letter == 'd') return pack_float(t, out, v, size, format);
  if (letter == '?') {
    int truth = object_is_true(t, v);
    if (truth < 0) return -1;
    *out = (char)truth;
    return 0;
  }
  if (!v_is_bytes(v)) return invalid(t, "type", format);
  if (v_bytes(v)->length != 1) return invalid(t, "value", format);
  *out = v_bytes(v)->data[0];
  return 0;
}

// --- Comparing --------------------------------------------------------------------------------------------------------------------

// How one side's items are read: natively, or by a bound struct.Struct(format).unpack.
typedef struct Reader { const char *format; char letter; int size; int64_t itemsize; Value unpack; } Reader;

static bool reader_init(Thread *t, Reader *r, const char *format, int64_t itemsize) {
  *r = (Reader){.format = format ? format : "B", .itemsize = itemsize, .unpack = V_NULL};
  r->letter = item_format(format, &r->size);
  if (r->letter) return true;
  Value import = object_builtin(t, N(__import__)), name = str_from_cstr(t, "struct"), module = V_NULL, maker = V_NULL, object = V_NULL;
  Value text = str_from_cstr(t, r->format), class_name = N(Struct), unpack_name = N(unpack);
  if (!v_is_null(import) && !v_is_null(name)) module = object_call1(t, import, name);
  if (!v_is_null(module) && !v_is_null(class_name)) maker = object_getattr(t, module, class_name);
  if (!v_is_null(maker) && !v_is_null(text)) object = object_call1(t, maker, text);
  if (!v_is_null(object) && !v_is_null(unpack_name)) r->unpack = object_getattr(t, object, unpack_name);
  v_drop(t, import), v_drop(t, name), v_drop(t, module), v_drop(t, maker), v_drop(t, object), v_drop(t, text);
  return !v_is_null(r->unpack);
}

// A value for comparing: a struct of one item is that item, of several a tuple.
static Value reader_read(Thread *t, const Reader *r, const char *p) {
  if (r->letter) return item_unpack(t, p, r->format);
  Value bytes = bytes_from(t, p, (size_t)r->itemsize);
  if (v_is_null(bytes)) return bytes;
  Value tuple = object_call1(t, r->unpack, bytes);
  v_drop(t, bytes);
  if (v_is_null(tuple) || !v_is_tuple(tuple) || v_tuple(tuple)->length != 1) return tuple;
  Value item = v_own(t, v_tuple(tuple)->items[0]);
  v_drop(t, tuple);
  return item;
}

static int item_equal(Thread *t, const Reader *ra, const char *a, const Reader *rb, const char *b) {
  if (ra->letter && ra->letter == rb->letter && !strchr("fd?", ra->letter)) return memcmp(a, b, (size_t)ra->size) == 0;
  Value x = reader_read(t, ra, a), y = v_is_null(x) ? V_NULL : reader_read(t, rb, b);
  int equal = -1;
  if (!v_is_null(y)) {
    Value answer = object_compare(t, x, y, CMP_EQ);
    if (!v_is_null(answer)) {
      equal = object_is_true(t, answer);
      v_drop(t, answer);
    }
  }
  v_drop(t, x);
  v_drop(t, y);
  return equal;
}

typedef struct Pair { const BufferView *a, *b; Reader ra, rb; } Pair;

static int arrays_equal(Thread *t, const Pair *p, char *a, char *b, int dim) {
  if (dim == p->a->ndim) return item_equal(t, &p->ra, a, &p->rb, b);
  for (int64_t i = 0; i < p->a->shape[dim]; i++) {
    int equal = arrays_equal(t, p, item_address(a, i, p->a->strides, p->a->suboffsets, dim), item_address(b, i, p->b->strides, p->b->suboffsets, dim), dim + 1);
    if (equal <= 0) return equal;
  }
  return 1;
}

int items_equal(Thread *t, const BufferView *a, const BufferView *b) {
  if (a->ndim != b->ndim) return 0;
  for (int i = 0; i < a->ndim; i++) {
    if (a->shape[i] != b->shape[i]) return 0;
    if (a->shape[i] == 0) return 1;
  }
  Pair p = {.a = a, .b = b};
  int equal = -1;
  if (reader_init(t, &p.ra, a->format, a->itemsize)) {
    if (reader_init(t, &p.rb, b->format, b->itemsize)) equal = arrays_equal(t, &p, a->data, b->data, 0);
    v_drop(t, p.rb.unpack);
  }
  v_drop(t, p.ra.unpack);
  if (equal < 0 && !error_matches(t, &exc_MemoryError) && !error_matches(t, &exc_ImportError)) {
    error_clear(t);  // a format that struct does not know makes a view equal to nothing
    equal = 0;
  }
  return equal;
}
