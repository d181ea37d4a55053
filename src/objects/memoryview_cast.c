// memoryview.cast: another format, other dimensions, the same bytes.
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/memoryview_impl.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// A constant string for a native format, which outlives every view.
static const char *format_constant(const char *format) {
  static const char *const all[] = {"c", "b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "n", "N", "f", "d", "?", "P",
                                    "@c", "@b", "@B", "@h", "@H", "@i", "@I", "@l", "@L", "@q", "@Q", "@n", "@N", "@f", "@d", "@?", "@P"};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (strcmp(all[i], format) == 0) return all[i];
  return NULL;
}

static bool is_byte_format(char letter) { return letter == 'b' || letter == 'B' || letter == 'c'; }

// What the cast's shape asks for, read to dims; the number of dimensions, or -1.
static int shape_read(Thread *t, Value shape, int64_t *dims, int64_t *product) {
  Value items = v_is_tuple(shape) ? v_own(t, shape) : list_to_tuple(t, v_list(shape));     // no subclass is asked for its items
  if (v_is_null(items)) return -1;
  const Tuple *tuple = v_tuple(items);
  int ndim = -1;
  if (tuple->length > MEMORYVIEW_MAX_NDIM) {
    raise_value_error(t, "memoryview: number of dimensions must not exceed %d", MEMORYVIEW_MAX_NDIM);
  } else {
    ndim = (int)tuple->length;
    for (int i = 0; i < ndim; i++) {
      int64_t n = 0;
      if (!v_is_int(tuple->items[i])) raise_type_error(t, "memoryview.cast(): elements of shape must be integers");
      else if (!int_as_i64(tuple->items[i], &n)) raise_overflow(t, "Python int too large to convert to C ssize_t");
      else if (n <= 0) raise_value_error(t, "memoryview.cast(): elements of shape must be integers > 0");
      else if (__builtin_mul_overflow(*product, n, product)) raise_value_error(t, "memoryview.cast(): product(shape) > SSIZE_MAX");
      if (error_pending(t)) {
        ndim = -1;
        break;
      }
      dims[i] = n;
    }
  }
  v_drop(t, items);
  return ndim;
}

static bool cast_refused(Thread *t, const MemoryView *m, const char *format, bool shaped, const char **constant, int *size) {
  bool zero = false;
  for (int i = 0; i < m->ndim; i++) zero |= m->shape[i] == 0;
  int source_size;
  char source = item_format(m->format, &source_size), target = item_format(format, size);
  *constant = format_constant(format);
  if (!memoryview_is_contiguous(m, 'C')) raise_type_error(t, "memoryview: casts are restricted to C-contiguous views");
  else if ((shaped || m->ndim != 1) && zero) raise_type_error(t, "memoryview: cannot cast view with zeros in shape or strides");
  else if (!target || !*constant)
    raise_value_error(t, "memoryview: destination format must be a native single character format prefixed with an optional '@'");
  // A source of another kind ('<c', a struct) can be cast to bytes.
  else if ((!source || !is_byte_format(source)) && !is_byte_format(target)) raise_type_error(t, "memoryview: cannot cast between two non-byte formats");
  else if (m->len % *size) raise_type_error(t, "memoryview: length is not a multiple of itemsize");
  else return false;
  return true;
}

static Value cast_pinned(Thread *t, const MemoryView *from, Value format_text, Value shape) {
  bool shaped = !v_is_absent(shape);
  if (shaped && !v_is_list(shape) && !v_is_tuple(shape)) return raise_type_error(t, "shape must be a list or a tuple");
  if (!str_is_ascii(v_str(format_text))) {
    v_drop(t, str_encode(t, format_text, "ascii", NULL));  // for its error
    return V_NULL;
  }
  const char *constant, *format = str_utf8(t, format_text, NULL);
  int size, ndim = 1;
  if (!format) return V_NULL;
  int64_t dims[MEMORYVIEW_MAX_NDIM] = {0}, product = 1;
  if (shaped && object_length(t, shape) != 1 && from->ndim != 1) return raise_type_error(t, "memoryview: cast must be 1D -> ND or ND -> 1D");
  if (cast_refused(t, from, format, shaped, &constant, &size)) return V_NULL;
  if (shaped) {
    ndim = shape_read(t, shape, dims, &product);
    if (ndim < 0) return V_NULL;
    if (product != from->len / size) return raise_type_error(t, "memoryview: product(shape) * itemsize != buffer size");
  } else {
    dims[0] = from->len / size;
  }
  MemoryView *m = memoryview_new(t, from->managed, ndim);
  if (!m) return V_NULL;
  m->data = from->data;
  m->len = from->len;
  m->itemsize = size;
  m->readonly = from->readonly;
  m->format = constant;
  if (ndim) memcpy(m->shape, dims, (size_t)ndim * sizeof(int64_t));
  memoryview_set_c_strides(m);
  return v_from_obj(m);
}

NATIVE(memoryview_cast) {
  if (!v_is_str(args[0])) return raise_type_error(t, "cast() argument 'format' must be str, not %K", args[0]);
  MemoryView *m = v_memoryview(self);
  if (!memoryview_pin(t, m)) return V_NULL;
  Value v = cast_pinned(t, m, args[0], args[1]);
  memoryview_unpin(t, m);
  return v;
}
