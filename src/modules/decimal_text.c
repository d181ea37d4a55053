// Decimal numbers to text and from it.
#include <stdio.h>
#include <string.h>

#include "modules/decimal_internal.h"
#include "objects/error.h"
#include "objects/int_gmp.h"
#include "objects/str.h"
#include "objects/unicode.h"

// --- To text -------------------------------------------------------------------------------------------------------------------------

static void put_u64(uint64_t v, int n, char *out) {
  while (n-- > 0) {
    out[n] = (char)('0' + v % 10);
    v /= 10;
  }
}

static void put_small(u128 v, int n, char *out) {
  enum { PART = 19 };
  while (n > PART) {
    put_u64((uint64_t)(v % num_pow10[PART]), PART, out + n - PART);
    v /= num_pow10[PART];
    n -= PART;
  }
  put_u64((uint64_t)v, n, out);
}

typedef struct DigitWork {
  const Num *num;
  char *out;
} DigitWork;
static void put_big(void *arg) {
  const DigitWork *w = arg;
  char *text = mpz_get_str(NULL, 10, &w->num->big);
  memcpy(w->out, text, (size_t)w->num->digits);
}

int decimal_digits(Thread *t, const Num *num, char *out) {
  enum { LONG = 2000 };
  if (!num_is_big(num)) {
    put_small(num->small, num->digits ? (int)num->digits : 1, out);
    return 0;
  }
  DigitWork w = {num, out};
  bool is_long = num->digits > LONG;
  if (is_long) thread_detach(t);
  bool done = gmp_run_scratch(put_big, &w);
  if (is_long) thread_attach(t);
  if (!done) raise_no_memory(t);
  return done ? 0 : -1;
}

static char *put_special(const Num *num, char *end) {
  const char *name = num_is_inf(num) ? "Infinity" : num->flags & NUM_SNAN ? "sNaN" : "NaN";
  return stpcpy(end, name);
}

// Digits before the point, in the usual notation and in the one where exponents are multiples of three.
static int64_t point_place(const Num *num, bool engineering) {
  int64_t whole = num->exp + num->digits;
  if (num->exp <= 0 && whole > -6) return whole;
  if (!engineering) return 1;
  int64_t third = (num_is_zero(num) ? whole + 1 : whole - 1) % 3;
  if (third < 0) third += 3;
  return num_is_zero(num) ? third - 1 : third + 1;
}

Value decimal_text(Thread *t, const Num *num, bool engineering, bool capitals) {
  enum { OTHERS = 64 };
  char small[SMALL_DIGITS + OTHERS], *text = num_is_big(num) ? heap_alloc(t, (size_t)num->digits + OTHERS) : small;
  if (!text) return raise_no_memory(t);
  char *end = text;
  int64_t n = num->digits;
  bool done = true;
  if (num_is_negative(num)) *end++ = '-';
  if (num_is_special(num)) {
    end = put_special(num, end);
    done = n == 0 || decimal_digits(t, num, end) == 0;
    end += n;
  } else {
    int64_t place = point_place(num, engineering), whole = num->exp + n;
    for (int64_t i = place - 1; i < 0; i++) {
      *end++ = '0';
      if (i == place - 1) *end++ = '.';
    }
    done = decimal_digits(t, num, end) == 0;
    end += n;
    for (int64_t i = n; i < place; i++) *end++ = '0';
    if (place > 0 && place < n) {
      memmove(end - (n - place) + 1, end - (n - place), (size_t)(n - place));
      end[-(n - place)] = '.';
      end++;
    }
    if (whole != place) end += sprintf(end, "%c%+lld", capitals ? 'E' : 'e', (long long)(whole - place));
  }
  Value result = done ? str_from_ascii(t, text, (size_t)(end - text)) : V_NULL;
  if (text != small) heap_free(t, text);
  return result;
}

// --- From text -----------------------------------------------------------------------------------------------------------------------

// What a text says, before any number is made of it.
typedef struct Scan {
  uint32_t flags;
  const char *digits;      // may have a point among them
  int64_t length;          // of that range
  int64_t count;           // digits of the coefficient, leading zeros not counted
  int64_t exp;
} Scan;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool take_word(const char **p, const char *end, const char *word) {
  size_t n = strlen(word);
  if ((size_t)(end - *p) < n || strncasecmp(*p, word, n) != 0) return false;
  *p += n;
  return true;
}

// An exponent; one beyond all bounds is as good as a larger one.
static bool scan_exponent(const char *p, const char *end, int64_t *out) {
  enum { MOST_DIGITS = 19 };   // of a number that a word holds
  const uint64_t beyond = 4000000000000000000;
  bool negative = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) p++;
  if (p == end) return false;
  uint64_t value = 0;
  int digits = 0;
  for (; p < end; p++) {
    if (!is_digit(*p)) return false;
    if (digits || *p != '0') digits++;
    if (digits <= MOST_DIGITS) value = value * 10 + (uint64_t)(*p - '0');
  }
  if (digits > MOST_DIGITS || value > beyond) value = beyond;
  *out = negative ? -(int64_t)value : (int64_t)value;
  return true;
}

// Digits with at most one point if `point`. The first character behind them.
static const char *scan_digits(const char *p, const char *end, bool point, Scan *s) {
  int64_t places = 0, seen = 0;
  bool after = false;
  s->digits = p;
  s->count = 0;
  for (; p < end; p++) {
    if (*p == '.' && point && !after) {
      after = true;
      continue;
    }
    if (!is_digit(*p)) break;
    seen++;
    if (s->count || *p != '0') s->count++;
    places += after;
  }
  s->length = p - s->digits;
  s->exp = -places;
  return seen || !point ? p : NULL;
}

static bool scan(const char *p, const char *end, Scan *s) {
  s->flags = p < end && *p == '-' ? NUM_NEG : 0;
  if (p < end && (*p == '-' || *p == '+')) p++;
  bool signaling = p < end && (*p == 's' || *p == 'S');
  if (take_word(&p, end, "nan") || take_word(&p, end, "snan")) {
    s->flags |= signaling ? NUM_SNAN : NUM_NAN;
    return scan_digits(p, end, false, s) == end;
  }
  if (take_word(&p, end, "infinity") || take_word(&p, end, "inf")) {
    s->flags |= NUM_INF;
    s->count = s->length = 0;
    return p == end;
  }
  p = scan_digits(p, end, true, s);
  if (!p) return false;
  if (p == end) return true;
  int64_t exponent;
  if ((*p != 'e' && *p != 'E') || !scan_exponent(p + 1, end, &exponent)) return false;
  s->exp += exponent;
  return true;
}

static void small_coefficient(Num *r, const Scan *s) {
  enum { PART = 18 };   // digits that are collected in one word
  uint64_t part = 0;
  u128 value = 0;
  int n = 0;
  for (int64_t i = 0; i < s->length; i++) {
    if (s->digits[i] == '.') continue;
    part = part * 10 + (uint64_t)(s->digits[i] - '0');
    if (++n < PART) continue;
    value = value * num_pow10[PART] + part;
    part = 0;
    n = 0;
  }
  r->small = value * num_pow10[n] + part;
}

static void big_coefficient(Num *r, const Scan *s) {
  char *text = gmp_scratch((size_t)s->length + 1);
  size_t n = 0;
  for (int64_t i = 0; i < s->length; i++)
    if (s->digits[i] != '.') text[n++] = s->digits[i];
  text[n] = '\0';
  mpz_t z;
  mpz_init(z);
  mpz_set_str(z, text, 10);
  num_set_sized_mpz(r, z, s->count);
}

// The number that was scanned. Within gmp_run_scratch unless it is short.
static void from_scan(Num *r, const Scan *s) {
  r->flags = s->flags;
  r->exp = s->flags & NUM_SPECIAL ? 0 : s->exp;
  if (s->count <= SMALL_DIGITS) {
    small_coefficient(r, s);
    r->digits = s->count;
    if (!s->count && !(s->flags & NUM_SPECIAL)) r->digits = 1;
  } else {
    big_coefficient(r, s);
  }
}

typedef struct ParseWork {
  const Scan *scan;
  bool exactly;
} ParseWork;

static void settle(Num *r, const Scan *s, bool exactly, NumContext *c) {
  if (num_is_nan(r)) {
    if (s->count > c->prec - c->clamp) num_invalid(r, c, SIG_CONVERSION_SYNTAX);
  } else {
    num_finalize(r, c);
  }
  if (!exactly) return;
  if (c->status & (SIG_INEXACT | SIG_ROUNDED | SIG_CLAMPED)) num_invalid(r, c, SIG_INVALID_OPERATION);
  c->status &= SIG_ERRORS;
}

static void parse_work(NumCall *call) {
  const ParseWork *w = call->data;
  from_scan(&call->out[0], w->scan);
  settle(&call->out[0], w->scan, w->exactly, &call->context);
}

static Value from_text(Thread *t, Type *type, const char *p, const char *end, Value context, bool exactly) {
  Scan s;
  NumCall call = {.context = exactly ? num_max_context : context_rules(context)};
  if (!scan(p, end, &s)) {
    num_invalid(&call.out[0], &call.context, SIG_CONVERSION_SYNTAX);
  } else if (s.count <= SMALL_DIGITS && exactly) {
    from_scan(&call.out[0], &s);
    settle(&call.out[0], &s, true, &call.context);
  } else {
    call.data = &(ParseWork){&s, exactly};
    if (decimal_run(t, &call, NULL, NULL, NULL, parse_work) < 0) return V_NULL;
  }
  if (call.context.status && context_signal(t, context, call.context.status) < 0) {
    num_clear(&call.out[0]);
    return V_NULL;
  }
  return decimal_new(t, type, &call.out[0]);
}

// Characters as ASCII: the digits of all scripts; without surrounding spaces and underscores if those are allowed. What cannot be part of a
// number becomes '?'.
static size_t plain_text(const Str *s, bool liberal, char *out) {
  int64_t start = 0, end = s->length;
  while (liberal && start < end && unicode_is_space(str_char(s, start))) start++;
  while (liberal && start < end && unicode_is_space(str_char(s, end - 1))) end--;
  size_t n = 0;
  for (int64_t i = start; i < end; i++) {
    uint32_t c = str_char(s, i);
    if (c == '_' && liberal) continue;
    int digit = c > 127 ? unicode_decimal(c) : -1;
    out[n++] = digit >= 0 ? (char)('0' + digit) : c > 0 && c <= 127 ? (char)c : '?';
  }
  return n;
}

Value decimal_from_str(Thread *t, Type *type, Value v, Value context, bool exactly) {
  enum { SHORT = 128 };
  char small[SHORT], *text = small;
  const Str *s = v_str(v);
  if (s->length > SHORT && !(text = heap_alloc(t, (size_t)s->length))) return raise_no_memory(t);
  size_t n = plain_text(s, exactly, text);
  Value result = from_text(t, type, text, text + n, context, exactly);
  if (text != small) heap_free(t, text);
  return result;
}
