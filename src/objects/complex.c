// complex: two doubles.
#include "objects/complex.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_text.h"
#include "objects/format_spec.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

static Complex *v_complex(Value v) { return (Complex *)v_obj(v); }
static bool v_is_complex(Value v) { return v_is_ptr(v) && type_is_subtype(v_type(v), &type_complex); }

Value complex_new(Thread *t, double real, double imag) {
  Complex *c = (Complex *)heap_new_object(t, SHAPE_COMPLEX, sizeof(Complex));
  if (!c) return raise_no_memory(t);
  c->real = real;
  c->imag = imag;
  return v_from_obj(c);
}

// An operand as a complex number: 1; 0 not a number; -1 error.
static int operand(Thread *t, Value v, double *re, double *im) {
  *im = 0.0;
  if (v_is_complex(v)) {
    *re = v_complex(v)->real;
    *im = v_complex(v)->imag;
    return 1;
  }
  if (v_is_float(v)) {
    *re = float_value(v);
    return 1;
  }
  if (!v_is_int(v)) return 0;
  *re = int_as_double(t, v);
  return *re == -1.0 && error_pending(t) ? -1 : 1;
}

#define OPERANDS(a, b)                                                  \
  double ar, ai, br, bi;                                                \
  int ok_ = operand(t, a, &ar, &ai);                                    \
  if (ok_ > 0) ok_ = operand(t, b, &br, &bi);                           \
  if (ok_ <= 0) return ok_ < 0 ? V_NULL : V_NOT_IMPLEMENTED

static Value slot_add(Thread *t, Value a, Value b) { OPERANDS(a, b); return complex_new(t, ar + br, ai + bi); }
static Value slot_subtract(Thread *t, Value a, Value b) { OPERANDS(a, b); return complex_new(t, ar - br, ai - bi); }
static Value slot_multiply(Thread *t, Value a, Value b) { OPERANDS(a, b); return complex_new(t, ar * br - ai * bi, ar * bi + ai * br); }

// Smith's method: divides by the larger part first, so that nothing overflows on the way.
static bool divide(double ar, double ai, double br, double bi, double *re, double *im) {
  if (fabs(br) >= fabs(bi)) {
    if (br == 0.0) return false;
    double ratio = bi / br, denominator = br + bi * ratio;
    *re = (ar + ai * ratio) / denominator;
    *im = (ai - ar * ratio) / denominator;
  } else if (fabs(bi) >= fabs(br)) {
    double ratio = br / bi, denominator = br * ratio + bi;
    *re = (ar * ratio + ai) / denominator;
    *im = (ai * ratio - ar) / denominator;
  } else {
    *re = *im = NAN;
  }
  return true;
}

static Value slot_true_divide(Thread *t, Value a, Value b) {
  OPERANDS(a, b);
  double re, im;
  if (!divide(ar, ai, br, bi, &re, &im)) return raise_error(t, &exc_ZeroDivisionError, "complex division by zero");
  return complex_new(t, re, im);
}

static Value overflow(Thread *t) { return raise_overflow(t, "complex exponentiation"); }
static Value zero_power(Thread *t) { return raise_error(t, &exc_ZeroDivisionError, "0.0 to a negative or complex power"); }

static Value power_int(Thread *t, double xr, double xi, long n) {
  double rr = 1.0, ri = 0.0, pr = xr, pi = xi;
  for (unsigned long m = (unsigned long)labs(n); m; m >>= 1) {
    if (m & 1) {
      double re = rr * pr - ri * pi;
      ri = rr * pi + ri * pr;
      rr = re;
    }
    double re = pr * pr - pi * pi;
    pi = 2 * pr * pi;
    pr = re;
  }
  if (n < 0 && !divide(1.0, 0.0, rr, ri, &rr, &ri)) return zero_power(t);
  if (isinf(rr) || isinf(ri)) return overflow(t);
  return complex_new(t, rr, ri);
}

Value complex_power(Thread *t, double xr, double xi, double yr, double yi) {
  if (yr == 0.0 && yi == 0.0) return complex_new(t, 1.0, 0.0);
  if (yi == 0.0 && yr == floor(yr) && fabs(yr) <= 100.0) return power_int(t, xr, xi, (long)yr);  // of zero, too: its signs count
  if (xr == 0.0 && xi == 0.0) {
    if (yi != 0.0 || yr < 0.0) return zero_power(t);
    return complex_new(t, 0.0, 0.0);
  }
  errno = 0;   // the functions' domain errors, which infinities make, count as much as a result out of range
  double magnitude = hypot(xr, xi), length = pow(magnitude, yr), angle = atan2(xi, xr), phase = angle * yr;
  if (yi != 0.0) {
    length /= exp(angle * yi);
    phase += yi * log(magnitude);
  }
  double re = length * cos(phase), im = length * sin(phase);
  if (errno == EDOM) return zero_power(t);
  if (isinf(re) || isinf(im)) return overflow(t);
  return complex_new(t, re, im);
}

static Value slot_power(Thread *t, Value a, Value b, Value mod) {
  OPERANDS(a, b);
  if (!v_is_none(mod)) return raise_value_error(t, "complex modulo");
  return complex_power(t, ar, ai, br, bi);
}

static Value slot_negative(Thread *t, Value v) { return complex_new(t, -v_complex(v)->real, -v_complex(v)->imag); }
static Value slot_positive(Thread *t, Value v) {
  return v_is_exact(v, SHAPE_COMPLEX) ? v_own(t, v) : complex_new(t, v_complex(v)->real, v_complex(v)->imag);
}
static Value slot_absolute(Thread *t, Value v) {
  double d = hypot(v_complex(v)->real, v_complex(v)->imag);
  if (isinf(d) && isfinite(v_complex(v)->real) && isfinite(v_complex(v)->imag)) return raise_overflow(t, "absolute value too large");
  return float_new(t, d);
}
static int slot_bool(Thread *t, Value v) { (void)t; return v_complex(v)->real != 0.0 || v_complex(v)->imag != 0.0; }

static int64_t slot_hash(Thread *t, Value v) {
  (void)t;
  uint64_t re = (uint64_t)double_hash(v_complex(v)->real, v_obj(v)), im = (uint64_t)double_hash(v_complex(v)->imag, v_obj(v));
  int64_t h = (int64_t)(re + 1000003 * im);
  return h == -1 ? -2 : h;
}

static Value slot_compare(Thread *t, Value a, Value b, int op) {
  if (op != CMP_EQ && op != CMP_NE) return V_NOT_IMPLEMENTED;
  bool equal;
  if (v_is_complex(b)) {
    equal = v_complex(a)->real == v_complex(b)->real && v_complex(a)->imag == v_complex(b)->imag;
  } else if (v_is_int(b)) {
    // Exactly, as float and int compare.
    Value re = float_new(t, v_complex(a)->real);
    int r = v_is_null(re) ? -1 : object_compare_bool(t, re, b, CMP_EQ);
    v_drop(t, re);
    if (r < 0) return V_NULL;
    equal = v_complex(a)->imag == 0.0 && r;
  } else if (v_is_float(b)) {
    equal = v_complex(a)->imag == 0.0 && v_complex(a)->real == float_value(b);
  } else {
    return V_NOT_IMPLEMENTED;
  }
  return v_from_bool(equal == (op == CMP_EQ));
}

static Value slot_repr(Thread *t, Value v) {
  double re = v_complex(v)->real, im = v_complex(v)->imag;
  bool bare = re == 0.0 && !signbit(re);
  char *a = bare ? NULL : double_to_string(re, 'r', 0, 0), *b = double_to_string(im, 'r', 0, bare ? 0 : 1);
  Value r = !b || (!bare && !a) ? raise_no_memory(t) : bare ? str_from_format(t, "%sj", b) : str_from_format(t, "(%s%sj)", a, b);
  free(a);
  free(b);
  return r;
}

// --- Construction -----------------------------------------------------------------------------------------------------------------------

static Value make(Thread *t, Type *type, double re, double im) {
  if (type == &type_complex) return complex_new(t, re, im);
  Value self = type->slots.alloc(t, type, 0);
  if (!v_is_null(self)) {
    v_complex(self)->real = re;
    v_complex(self)->imag = im;
  }
  return self;
}

static bool parse_body(const char *s, const char *end, double *re, double *im) {
  *re = *im = 0.0;
  const char *stop;
  double first = double_from_string(s, (size_t)(end - s), &stop);
  bool have_first = stop > s;
  if (have_first) {
    s = stop;
    if (s == end) {
      *re = first;
      return true;
    }
    if (*s == '+' || *s == '-') {
      *re = first;
      double second = double_from_string(s, (size_t)(end - s), &stop);
      if (stop > s) {
        *im = second;
        s = stop;
      } else {
        *im = *s == '+' ? 1.0 : -1.0;
        s++;
      }
    } else {
      *im = first;
    }
  } else {
    *im = 1.0;
    if (s < end && (*s == '+' || *s == '-')) *im = *s++ == '+' ? 1.0 : -1.0;
  }
  return s + 1 == end && (*s | 32) == 'j';
}

static Value from_text(Thread *t, Type *type, Value text) {
  size_t n;
  Value ascii = float_plain_text(t, text);
  if (v_is_null(ascii)) return V_NULL;
  if (v_is_none(ascii)) return raise_value_error(t, "could not convert string to complex: %R", text);
  const char *s = str_utf8(t, ascii, &n), *end = s + n;
  double re = 0, im = 0;
  while (s < end && isspace((unsigned char)*s)) s++;
  while (end > s && isspace((unsigned char)end[-1])) end--;
  bool bracket = s < end && *s == '(';
  if (bracket) {
    s++;
    while (s < end && isspace((unsigned char)*s)) s++;
    bracket = end > s && end[-1] == ')';
    end--;
    while (end > s && isspace((unsigned char)end[-1])) end--;
    if (!bracket) s = end;
  }
  bool ok = s < end && parse_body(s, end, &re, &im);
  v_drop(t, ascii);
  if (!ok) return raise_value_error(t, "complex() arg is a malformed string");
  return make(t, type, re, im);
}

// v.__complex__() if there is one: 1 with *out a complex, 0, -1.
static int special(Thread *t, Value v, Value *out) {
  Value f;
  int r = object_lookup_special(t, v, N(__complex__), &f);
  if (r <= 0) return r;
  *out = object_call0(t, f);
  v_drop(t, f);
  if (v_is_null(*out)) return -1;
  if (v_is_exact(*out, SHAPE_COMPLEX)) return 1;
  if (!v_is_complex(*out)) {
    raise_type_error(t, "__complex__ returned non-complex (type %.200T)", *out);
  } else if (warn(t, &exc_DeprecationWarning, 1,
                  "__complex__ returned non-complex (type %.200T).  The ability to return an instance of a strict subclass of complex is deprecated, "
                  "and may be removed in a future version of Python.",
                  *out) == 0) {
    return 1;
  }
  v_drop(t, *out);
  return -1;
}

static bool is_number(Value v) { return v_is_complex(v) || v_type(v)->slots.float_ || v_type(v)->slots.index; }

// What v's __complex__ makes of it, or v; owned.
static Value asked(Thread *t, Value v) {
  Value c = V_NULL;
  int r = v_is_exact(v, SHAPE_COMPLEX) ? 0 : special(t, v, &c);
  return r < 0 ? V_NULL : r ? c : v_own(t, v);
}

// The real and imaginary part of a number: 0, -1.
static int parts(Thread *t, Value v, double *re, double *im) {
  *im = 0.0;
  if (v_is_complex(v)) {
    *re = v_complex(v)->real;
    *im = v_complex(v)->imag;
    return 0;
  }
  Value real = number_float(t, v);
  if (v_is_null(real)) return -1;
  *re = float_value(real);
  v_drop(t, real);
  return 0;
}

int number_as_complex(Thread *t, Value v, double *real, double *imag) {
  if (v_is_float(v) && v_is_null(type_lookup(t, v_type(v), N(__complex__)))) {     // a subclass's __float__ is not asked
    *real = float_value(v);
    *imag = 0;
    return 0;
  }
  Value number = asked(t, v);
  int r = -1;
  if (!v_is_null(number) && !is_number(number)) raise_type_error(t, "must be real number, not %T", v);
  else if (!v_is_null(number)) r = parts(t, number, real, imag);
  v_drop(t, number);
  return r;
}

static Value complex_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[2];
  if (native_bind(t, &binder, "complex(real=0, imag=0)", args, nargs, kwnames, a) < 0) return V_NULL;
  bool has_imag = !v_is_absent(a[1]);
  if (!v_is_absent(a[0]) && v_is_exact(a[0], SHAPE_COMPLEX) && !has_imag && type == &type_complex) return v_own(t, a[0]);
  if (!v_is_absent(a[0]) && v_is_str(a[0])) {
    if (has_imag) return raise_type_error(t, "complex() can't take second arg if first is a string");
    return from_text(t, type, a[0]);
  }
  if (has_imag && v_is_str(a[1])) return raise_type_error(t, "complex() second arg can't be a string");
  double ar = 0, ai = 0, br = 0, bi = 0;
  Value first = v_is_absent(a[0]) ? v_from_smi(0) : asked(t, a[0]);
  if (v_is_null(first)) return V_NULL;
  bool a_complex = v_is_complex(first), b_complex = has_imag && v_is_complex(a[1]);
  int r = -1;
  if (!is_number(first)) raise_type_error(t, "complex() first argument must be a string or a number, not '%.200T'", a[0]);
  else if (has_imag && !is_number(a[1])) raise_type_error(t, "complex() second argument must be a number, not '%.200T'", a[1]);
  else r = parts(t, first, &ar, &ai);
  v_drop(t, first);
  if (r < 0 || (has_imag && parts(t, a[1], &br, &bi) < 0)) return V_NULL;
  // real + imag*1j, without adding a zero where a part was no complex number: the sign of zeros survives.
  double re = ar, im = br;
  if (b_complex) re -= bi;
  if (a_complex) im = has_imag ? im + ai : ai;
  return make(t, type, re, im);
}

// --- Methods ------------------------------------------------------------------------------------------------------------------------------

static Value method_conjugate(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return complex_new(t, v_complex(self)->real, -v_complex(self)->imag);
}
static Value method_complex(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return slot_positive(t, self);
}
static Value method_getnewargs(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return tuple_from_stolen(t, (Value[]){float_new(t, v_complex(self)->real), float_new(t, v_complex(self)->imag)}, 2);
}
static Value method_format(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  if (!v_is_str(args[0])) return raise_type_error(t, "__format__() argument must be str, not %K", args[0]);
  return format_complex(t, self, args[0]);
}

static const NativeDef complex_methods[] = {
    {"conjugate($self, /)", method_conjugate, "The number with its imaginary part negated.", 0},
    {"__complex__($self, /)", method_complex, "The number as a plain complex.", 0},
    {"__getnewargs__($self, /)", method_getnewargs, NULL, 0},
    {"__format__($self, format_spec, /)", method_format, "The number as text, formatted as the spec says.", 0},
    {0},
};
static const MemberDef complex_members[] = {
    {"real", MEMBER_F64, offsetof(Complex, real), true, "The real part."},
    {"imag", MEMBER_F64, offsetof(Complex, imag), true, "The imaginary part."},
    {0},
};

static void complex_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

Type type_complex;
static const TypeSpec spec_complex = {
    .name = "complex",
    .size = sizeof(Complex),
    .flags = TYPE_BASETYPE,
    .slots = {.repr = slot_repr, .hash = slot_hash, .richcompare = slot_compare, .new = complex_type_new, .dealloc = complex_dealloc,
              .add = slot_add, .subtract = slot_subtract, .multiply = slot_multiply, .true_divide = slot_true_divide, .power = slot_power,
              .negative = slot_negative, .positive = slot_positive, .absolute = slot_absolute, .bool_ = slot_bool},
    .methods = complex_methods,
    .members = complex_members,
    .doc = "A complex number with these real and imaginary parts, or read from text.",
    .text_signature = "(real=0, imag=0)",
};

bool complex_init(Thread *t) { return type_ready(t, &type_complex, &spec_complex, SHAPE_COMPLEX); }
