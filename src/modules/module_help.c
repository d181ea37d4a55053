// Exception classes, arguments as C has them, and times in seconds, for C-level modules.
#include "modules/module_help.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "gc/heap.h"
#include "objects/buffer.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Value module_new_exception(Thread *t, const char *module, const char *name, Type *base, const char *doc) {
  Value cls = V_NULL, title = str_from_cstr(t, name), home = str_from_cstr(t, module), about = doc ? str_from_cstr(t, doc) : V_NONE;
  Value bases = tuple_pack(t, 1, v_from_obj(base)), dict = dict_new(t);
  bool ok = !v_is_null(title) && !v_is_null(home) && !v_is_null(about) && !v_is_null(bases) && !v_is_null(dict) &&
            dict_set(t, v_dict(dict), N(__module__), home) == 0 && dict_set(t, v_dict(dict), N(__doc__), about) == 0;
  if (ok) cls = object_call3(t, v_from_obj(&type_type), title, bases, dict);
  v_drop(t, title);
  v_drop(t, home);
  v_drop(t, about);
  v_drop(t, bases);
  v_drop(t, dict);
  return cls;
}

int module_add_exception(Thread *t, Value m, Value *slot, const char *module, const char *name, Type *base, const char *doc) {
  if (v_is_null(*slot)) *slot = module_new_exception(t, module, name, base, doc);
  return v_is_null(*slot) ? -1 : module_add(t, m, name, v_own(t, *slot));
}

Value module_raise(Thread *t, Value cls, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  raise_errorv(t, v_as_type(cls), format, ap);
  va_end(ap);
  return V_NULL;
}

Value module_empty_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return type->slots.alloc(t, type, 0);
}

int module_u64_masked(Thread *t, Value v, uint64_t *out) {
  Value i = number_index(t, v), mask = V_NULL, low = V_NULL;
  if (v_is_null(i)) return -1;
  int64_t signed_value;
  int status = 0;
  if (int_as_i64(i, &signed_value)) {
    *out = (uint64_t)signed_value;
  } else {
    mask = int_from_u64(t, UINT64_MAX);
    if (!v_is_null(mask)) low = int_and(t, i, mask);
    if (v_is_null(low)) status = -1;
    else int_as_u64(low, out);
  }
  v_drop(t, i);
  v_drop(t, mask);
  v_drop(t, low);
  return status;
}

int module_unsigned(Thread *t, Value v, uint64_t *out) {
  if (!v_is_int(v)) raise_type_error(t, "an integer is required");
  else if (int_sign(v) < 0) raise_value_error(t, "value must be positive");
  else if (int_as_u64(v, out)) return 0;
  else raise_overflow(t, "Python int too large to convert to C unsigned long");
  return -1;
}

int module_index(Thread *t, Value v, Type *overflow, int64_t *out) {
  Value i = number_index(t, v);
  if (v_is_null(i)) return -1;
  bool fits = int_as_i64(i, out);
  v_drop(t, i);
  if (fits) return 0;
  if (overflow == &exc_OverflowError) raise_overflow(t, "Python int too large to convert to C ssize_t");
  else raise_error(t, overflow, "cannot fit '%T' into an index-sized integer", v);
  return -1;
}

static int too_large(Thread *t) {
  raise_overflow(t, "timestamp too large to convert to C _PyTime_t");
  return -1;
}

int module_time_as_ns(Thread *t, Value v, int64_t unit_ns, int64_t *ns) {
  if (v_is_float(v)) {
    double d = float_value(v);
    if (isnan(d)) {
      raise_value_error(t, "Invalid value NaN (not a number)");
      return -1;
    }
    d *= (double)unit_ns;
    d = d >= 0 ? ceil(d) : floor(d);
    if (!(d >= -9223372036854775808.0 && d < 9223372036854775808.0)) return too_large(t);
    *ns = (int64_t)d;
    return 0;
  }
  int64_t n = number_as_i64(t, v);
  if (n == -1 && error_pending(t)) {
    if (!error_matches(t, &exc_OverflowError)) return -1;
    error_clear(t);
    return too_large(t);
  }
  return __builtin_mul_overflow(n, unit_ns, ns) ? too_large(t) : 0;
}

int module_seconds_as_ns(Thread *t, Value v, int64_t *ns) { return module_time_as_ns(t, v, 1000000000, ns); }

int module_fileno(Thread *t, Value v, int *fd) {
  Value method, number = V_NULL;
  if (v_is_int(v)) {
    number = v_own(t, v);
  } else {
    int found = object_lookup_attr(t, v, N(fileno), &method);
    if (found == 0) raise_type_error(t, "argument must be an int, or have a fileno() method.");
    if (found <= 0) return -1;
    number = object_call0(t, method);
    v_drop(t, method);
  }
  if (v_is_null(number)) return -1;
  bool is_int = v_is_int(number);
  *fd = is_int ? number_as_int(t, number) : -1;
  v_drop(t, number);
  if (!is_int) raise_type_error(t, "fileno() returned a non-integer");
  else if (*fd < 0 && !error_pending(t)) raise_value_error(t, "file descriptor cannot be a negative integer (%d)", *fd);
  return *fd < 0 ? -1 : 0;
}

// --- Comparing secrets ------------------------------------------------------------------------------------------------------------

static bool digests_equal(const unsigned char *a, size_t na, const unsigned char *b, size_t nb) {
  volatile const unsigned char *left = na == nb ? a : b, *right = b;
  volatile unsigned char differences = na != nb;
  for (size_t i = 0; i < nb; i++) differences = (unsigned char)(differences | (left[i] ^ right[i]));
  return differences == 0;
}

Value module_compare_digest(Thread *t, Value x, Value y) {
  if (v_is_str(x) && v_is_str(y)) {
    Str *a = v_str(x), *b = v_str(y);
    if (!str_is_ascii(a) || !str_is_ascii(b)) return raise_type_error(t, "comparing strings with non-ASCII characters is not supported");
    return v_from_bool(digests_equal((const unsigned char *)a->data, (size_t)a->length, (const unsigned char *)b->data, (size_t)b->length));
  }
  if (!buffer_is_supported(x) && !buffer_is_supported(y))
    return raise_type_error(t, "unsupported operand types(s) or combination of types: '%.100T' and '%.100T'", x, y);
  BufferView a, b;
  if (buffer_get(t, x, &a, BUFFER_SIMPLE) < 0) return V_NULL;
  if (buffer_get(t, y, &b, BUFFER_SIMPLE) < 0) {
    buffer_release(t, &a);
    return V_NULL;
  }
  bool equal = digests_equal(a.data, (size_t)a.len, b.data, (size_t)b.len);
  buffer_release(t, &a);
  buffer_release(t, &b);
  return v_from_bool(equal);
}

const char *module_c_text(Thread *t, Value str) {
  size_t size;
  const char *text = str_utf8(t, str, &size);
  if (!text || strlen(text) == size) return text;
  raise_value_error(t, "embedded null character");
  return NULL;
}

const char *module_text_argument(Thread *t, Value v, const char *what) {
  if (v_is_str(v)) return module_c_text(t, v);
  raise_type_error(t, "%s must be str, not %K", what, v);
  return NULL;
}

int module_optional_text(Thread *t, Value v, const char *what, const char **out) {
  *out = NULL;
  if (v_is_absent_or_none(v)) return 0;
  if (!v_is_str(v)) return raise_type_error(t, "%s must be str or None, not %K", what, v), -1;
  *out = module_c_text(t, v);
  return *out ? 0 : -1;
}

wchar_t *module_wide_text(Thread *t, Value str) {
  const Str *s = v_str(str);
  wchar_t *wide = heap_alloc(t, ((size_t)str_length(s) + 1) * sizeof *wide);
  if (!wide) return raise_no_memory(t), NULL;
  for (int64_t i = 0; i < str_length(s); i++) {
    wide[i] = (wchar_t)str_char(s, i);
    if (wide[i]) continue;
    heap_free(t, wide);
    return raise_value_error(t, "embedded null character"), NULL;
  }
  wide[str_length(s)] = 0;
  return wide;
}

int module_long(Thread *t, Value v, long *out) {
  Value i = number_index(t, v);
  if (v_is_null(i)) return -1;
  int64_t n = 0;
  bool fits = int_as_i64(i, &n);
  v_drop(t, i);
  *out = (long)n;
  if (!fits) raise_overflow(t, "Python int too large to convert to C long");
  return fits ? 0 : -1;
}
