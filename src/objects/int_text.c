// int to text and back: GMP's radix conversion, Python's literals and the limit on decimal digits.
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/int_gmp.h"
#include "objects/object.h"
#include "objects/str.h"

int64_t int_max_str_digits = 4300;

// --- To text --------------------------------------------------------------------------------------------------------------------------

static const char *prefix_of(int base) { return base == 2 ? "0b" : base == 8 ? "0o" : base == 16 ? "0x" : ""; }

static Value too_long(Thread *t) {
  return raise_value_error(t, "Exceeds the limit (%lld digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
                           (long long)int_max_str_digits);
}

static Value smi_to_text(Thread *t, int64_t i, int base, bool prefix) {
  char buffer[80], *end = buffer + sizeof buffer, *p = end;
  uint64_t m = i < 0 ? (uint64_t)-i : (uint64_t)i;
  if (base == 10) {
    static const char pairs[] = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354"
                                "555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";
    while (m >= 100) {
      p -= 2;
      memcpy(p, pairs + m % 100 * 2, 2);
      m /= 100;
    }
    if (m >= 10) {
      p -= 2;
      memcpy(p, pairs + m * 2, 2);
    } else {
      *--p = (char)('0' + m);
    }
  } else {
    do *--p = "0123456789abcdefghijklmnopqrstuvwxyz"[m % (unsigned)base];
    while (m /= (unsigned)base);
  }
  if (prefix) {
    const char *text = prefix_of(base);
    p -= strlen(text);
    memcpy(p, text, strlen(text));
  }
  if (i < 0) *--p = '-';
  return str_from_ascii(t, p, (size_t)(end - p));
}

typedef struct WriteWork {
  char *out;
  const mpz_t *z;
  int base;
} WriteWork;

static void write_digits(void *arg) {
  const WriteWork *w = arg;
  mpz_get_str(w->out, w->base, *w->z);
}

Value int_to_text(Thread *t, Value v, int base, bool prefix) {
  if (v_is_smi(v)) return smi_to_text(t, v_smi(v), base, prefix);
  IntView a;
  int_view(&a, v);
  if (a.n == 0) return smi_to_text(t, 0, base, prefix);
  mpz_t z;
  mpz_roinit_n(z, a.limbs, a.negative ? -a.n : a.n);
  bool limited = base == 10 && int_max_str_digits > 0;
  // 3.32 bits a digit: far beyond the limit there is no need to convert.
  if (limited && (double)int_bit_length(v) > 3.33 * (double)int_max_str_digits + 64) return too_long(t);
  size_t size = mpz_sizeinbase(z, base) + 4;
  char *buffer = heap_alloc(t, size);
  if (!buffer) return raise_no_memory(t);
  bool long_work = a.n > 2000;
  if (long_work) thread_detach(t);
  bool done = gmp_run(write_digits, &(WriteWork){buffer, &z, base});
  if (long_work) thread_attach(t);
  if (!done) {
    heap_free(t, buffer);
    return raise_no_memory(t);
  }
  size_t n = strlen(buffer), sign = a.negative;
  Value r;
  if (limited && (int64_t)(n - sign) > int_max_str_digits) {
    r = too_long(t);
  } else if (prefix && *prefix_of(base)) {
    r = str_from_format(t, "%s%s%s", sign ? "-" : "", prefix_of(base), buffer + sign);
  } else {
    r = str_from_ascii(t, buffer, n);
  }
  heap_free(t, buffer);
  return r;
}

// --- From text ------------------------------------------------------------------------------------------------------------------------

static int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

typedef enum { PARSE_OK, PARSE_INVALID, PARSE_ERROR } ParseResult;

typedef struct ReadWork {
  mp_limb_t *out;
  mp_size_t limbs;
  const unsigned char *values;
  size_t n;
  int base;
} ReadWork;

static void read_digits(void *arg) {
  ReadWork *w = arg;
  w->limbs = mpn_set_str(w->out, w->values, w->n, w->base);
}

// `digits` holds n characters of the base (underscores already gone).
static ParseResult parse_digits(Thread *t, const char *digits, size_t n, int base, bool negative, Value *out) {
  for (size_t i = 0; i < n; i++)
    if (digit_value(digits[i]) >= base) return PARSE_INVALID;
  if (n <= 18 && (base <= 10 || n <= 11)) {
    int64_t x = 0;
    for (size_t i = 0; i < n; i++) x = x * base + digit_value(digits[i]);
    *out = int_from_i64(t, negative ? -x : x);
    return PARSE_OK;
  }
  bool power_of_two = (base & (base - 1)) == 0;
  if (!power_of_two && int_max_str_digits > 0 && (int64_t)n > int_max_str_digits) {
    raise_value_error(t, "Exceeds the limit (%lld digits) for integer string conversion: value has %zu digits; use sys.set_int_max_str_digits() to increase the limit",
                      (long long)int_max_str_digits, n);
    return PARSE_ERROR;
  }
  unsigned char *values = heap_alloc(t, n);
  Int *o = values ? int_alloc(t, (int64_t)((double)n * (base > 10 ? 0.0809 : 0.0520)) + 2) : NULL;
  if (!o) {
    if (values) heap_free(t, values);
    raise_no_memory(t);
    return PARSE_ERROR;
  }
  size_t start = 0;
  while (start < n - 1 && digits[start] == '0') start++;
  for (size_t i = start; i < n; i++) values[i] = (unsigned char)digit_value(digits[i]);
  bool long_work = n > 20000;
  if (long_work) thread_detach(t);
  ReadWork w = {o->limbs, 0, values + start, n - start, base};
  bool done = gmp_run(read_digits, &w);
  if (long_work) thread_attach(t);
  heap_free(t, values);
  if (!done) {
    heap_free_object(t, &o->ob);
    raise_no_memory(t);
    return PARSE_ERROR;
  }
  *out = int_finish(t, o, w.limbs, negative);
  return PARSE_OK;
}

// An ASCII literal as int() takes it: sign, prefix (base 0 or matching), single underscores between digits.
static ParseResult parse_literal(Thread *t, const char *s, size_t n, int base, Value *out) {
  const char *end = s + n;
  bool negative = false;
  if (s < end && (*s == '+' || *s == '-')) negative = *s++ == '-';
  int named = 0;
  if (end - s >= 2 && *s == '0') {
    char c = (char)(s[1] | 32);
    named = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
  }
  bool zero_only = false;
  if (base == 0) {
    if (named) base = named;
    else {
      base = 10;
      zero_only = s < end && *s == '0';  // "010" is no literal, "000" is
    }
  } else if (named != base) {
    named = 0;
  }
  if (named) {
    s += 2;
    if (s < end && *s == '_') s++;
  }
  if (s == end || *s == '_' || end[-1] == '_') return PARSE_INVALID;
  size_t length = (size_t)(end - s);
  char stack[128], *digits = length <= sizeof stack ? stack : heap_alloc(t, length);
  if (!digits) {
    raise_no_memory(t);
    return PARSE_ERROR;
  }
  size_t count = 0;
  ParseResult r = PARSE_OK;
  bool nonzero = false;
  for (; s < end; s++) {
    if (*s == '_') {
      if (s[1] == '_') r = PARSE_INVALID;
      continue;
    }
    nonzero |= *s != '0';
    digits[count++] = *s;
  }
  if (zero_only && nonzero) r = PARSE_INVALID;
  if (r == PARSE_OK) r = parse_digits(t, digits, count, base, negative, out);
  if (digits != stack) heap_free(t, digits);
  return r;
}

Value int_from_text(Thread *t, const char *text, size_t n, int base) {
  Value v = V_NULL;
  ParseResult r = parse_literal(t, text, n, base, &v);
  if (r == PARSE_INVALID) return raise_value_error(t, "invalid literal for int() with base %d: '%.200s'", base, text);
  return r == PARSE_OK ? v : V_NULL;
}

// What may stand around a number: unlike for str.isspace, no separator of ASCII (0x1c to 0x1f) may.
static bool is_space(char c) { return c == ' ' || (c >= 9 && c <= 13); }

Value int_from_str(Thread *t, Value v, int base) {
  if (base != 0 && (base < 2 || base > 36)) return raise_value_error(t, "int() base must be >= 2 and <= 36, or 0");
  const char *ascii;
  char *copy = NULL;
  int64_t n;
  if (v_is_str(v)) {
    const Str *s = v_str(v);
    n = str_length(s);
    ascii = s->data;
    if (!str_is_ascii(s)) {
      // Other scripts' digits and spaces count as their ASCII equals; anything else can't be part of a number.
      copy = heap_alloc(t, (size_t)n + 1);
      if (!copy) return raise_no_memory(t);
      for (int64_t i = 0; i < n; i++) {
        uint32_t c = str_char(s, i);
        int d = c < 128 ? -1 : uc_decimal_value(c);
        copy[i] = c < 128 ? (char)c : uc_is_property_white_space(c) ? ' ' : d >= 0 ? (char)('0' + d) : '?';
      }
      ascii = copy;
    }
  } else {
    ascii = v_bytes(v)->data;
    n = v_bytes(v)->length;
  }
  const char *start = ascii, *end = ascii + n;
  while (start < end && is_space(*start)) start++;
  while (end > start && is_space(end[-1])) end--;
  Value result = V_NULL;
  ParseResult r = end > start ? parse_literal(t, start, (size_t)(end - start), base, &result) : PARSE_INVALID;
  if (copy) heap_free(t, copy);
  if (r == PARSE_INVALID) return raise_value_error(t, "invalid literal for int() with base %d: %.200R", base, v);
  return r == PARSE_OK ? result : V_NULL;
}
