// Decimal floating-point numbers as the General Decimal Arithmetic specification (Cowlishaw) has them: the number, the rules that an
// operation obeys, and what all operations are made of. The operations themselves are declared in decimal_operations.h.
//
// A number is (-1)**sign * coefficient * 10**exp, or an infinity, or a NaN whose coefficient is its payload. A coefficient of up to 38
// digits lies in the number itself; a longer one is GMP's:
//
//     flags   digits          coefficient
//     0       1...38          small < 10**digits (zero has one digit)
//     0       39...           big
//     INF     0               small = 0
//     NAN     0...            small or big, by digits; 0: no payload
//
// Everything here runs within gmp_run_scratch (objects/int_gmp.h), which num_call does: memory is never given back, lack of it leaves by a
// jump, so nothing fails. Exceptions of it are marked "anywhere": those allocate nothing. A Num may share its limbs with another, for they
// are never changed once made.
#ifndef WEFT_MODULES_DECIMAL_NUMBER_H
#define WEFT_MODULES_DECIMAL_NUMBER_H

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

typedef unsigned __int128 u128;

enum { NUM_NEG = 1, NUM_INF = 2, NUM_NAN = 4, NUM_SNAN = 8, NUM_NANS = NUM_NAN | NUM_SNAN, NUM_SPECIAL = NUM_INF | NUM_NANS };
enum { SMALL_DIGITS = 38 };

typedef struct Num {
  int64_t exp, digits;
  uint32_t flags;
  union {
    u128 small;
    __mpz_struct big;
  };
} Num;

// The modes of rounding.
typedef enum Rounding {
  ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP, ROUNDINGS
} Rounding;

#define NUM_MAX_PREC 999999999999999999
#define NUM_MAX_EMAX 999999999999999999
#define NUM_MIN_EMIN (-NUM_MAX_EMAX)
#define NUM_MIN_ETINY (NUM_MIN_EMIN - (NUM_MAX_PREC - 1))

// What an operation signals. The conditions of SIG_INVALID are one signal, InvalidOperation. The order is that of a context's repr.
enum {
  SIG_CLAMPED = 1, SIG_CONVERSION_SYNTAX = 2, SIG_DIVISION_BY_ZERO = 4, SIG_DIVISION_IMPOSSIBLE = 8, SIG_DIVISION_UNDEFINED = 16,
  SIG_INEXACT = 32, SIG_INVALID_CONTEXT = 64, SIG_INVALID_OPERATION = 128, SIG_FLOAT_OPERATION = 256, SIG_OVERFLOW = 512, SIG_ROUNDED = 1024,
  SIG_SUBNORMAL = 2048, SIG_UNDERFLOW = 4096,
  SIG_INVALID = SIG_CONVERSION_SYNTAX | SIG_DIVISION_IMPOSSIBLE | SIG_DIVISION_UNDEFINED | SIG_INVALID_CONTEXT | SIG_INVALID_OPERATION,
  SIG_ERRORS = SIG_INVALID | SIG_DIVISION_BY_ZERO,
};

// The rules: precision in digits, the bounds of the adjusted exponent, rounding, and whether exponents are clamped as IEEE 754 does.
typedef struct NumContext {
  int64_t prec, emax, emin;
  Rounding rounding;
  bool clamp;
  uint32_t status;   // signals are added to it
} NumContext;

// Room for every number there is: operations that must be exact.
extern const NumContext num_max_context;

static inline int64_t num_etiny(const NumContext *c) { return c->emin - (c->prec - 1); }
static inline int64_t num_etop(const NumContext *c) { return c->emax - (c->prec - 1); }
static inline bool num_is_big(const Num *a) { return a->digits > SMALL_DIGITS; }
static inline bool num_is_special(const Num *a) { return a->flags & NUM_SPECIAL; }
static inline bool num_is_nan(const Num *a) { return a->flags & NUM_NANS; }
static inline bool num_is_inf(const Num *a) { return a->flags & NUM_INF; }
static inline bool num_is_negative(const Num *a) { return a->flags & NUM_NEG; }
static inline bool num_is_zero(const Num *a) { return a->digits == 1 && a->small == 0 && !num_is_special(a); }
static inline int64_t num_adjusted(const Num *a) { return a->exp + a->digits - 1; }

// --- Making (anywhere) -------------------------------------------------------------------------------------------------------------
void num_set(Num *r, bool negative, uint64_t coefficient, int64_t exp);
void num_set_int(Num *r, int64_t i);
void num_set_inf(Num *r, bool negative);
void num_set_nan(Num *r);                                     // quiet, without payload
void num_invalid(Num *r, NumContext *c, uint32_t condition);  // num_set_nan, and signals
void num_set_small(Num *r, u128 coefficient);                 // < 10**38; sets `digits` too, not flags and exp

// --- Coefficients: signs and exponents are neither looked at nor changed. r may be an operand. ---------------------------------------
extern const u128 num_pow10[SMALL_DIGITS + 1];
int num_small_digits(u128 coefficient);                       // anywhere
void num_set_mpz(Num *r, mpz_t z);                            // takes z over
void num_set_sized_mpz(Num *r, mpz_t z, int64_t digits);      // the same where the number of digits is known
mpz_srcptr num_mpz(const Num *a, mpz_ptr view);               // to read; view holds it if need be
void num_mpz_pow10(mpz_t out, int64_t n);                     // initialises out
void num_shift_left(Num *r, const Num *a, int64_t n);         // times 10**n
typedef enum Rest { REST_NONE, REST_LOW, REST_HALF, REST_HIGH } Rest;   // how what was cut off compares to half a unit
Rest num_shift_right(Num *r, const Num *a, int64_t n);        // divided by 10**n
void num_low_digits(Num *r, const Num *a, int64_t n);         // modulo 10**n
int num_last_digit(const Num *a);                             // anywhere
void num_increment(Num *r);
int64_t num_trailing_zeros(const Num *a);                     // of a coefficient that is not zero
int num_compare_coefficients(const Num *a, const Num *b);     // anywhere
bool num_rounds_up(Rest rest, Rounding rounding, bool negative, int last_digit);   // anywhere

// --- Numbers -------------------------------------------------------------------------------------------------------------------------
// Brings a result into the context: rounds, and sees to exponents out of range.
void num_finalize(Num *r, NumContext *c);
// If an operand is a NaN, *r is the one that goes on (b may be NULL).
bool num_take_nan(Num *r, const Num *a, const Num *b, NumContext *c);
// To another exponent, rounding as asked. What was cut off is returned.
Rest num_rescale(Num *r, const Num *a, int64_t exp, Rounding rounding);
int num_compare_magnitude(const Num *a, const Num *b);        // neither is a NaN; anywhere if both are small
int num_compare(const Num *a, const Num *b);                  // the same
bool num_is_integer(const Num *a);
bool num_is_odd(const Num *a);                                // of an integer

// --- Calling operations --------------------------------------------------------------------------------------------------------------
typedef struct NumCall NumCall;
typedef void (*NumUnary)(Num *r, const Num *a, NumContext *c);
typedef void (*NumBinary)(Num *r, const Num *a, const Num *b, NumContext *c);
typedef void (*NumTernary)(Num *r, const Num *a, const Num *b, const Num *d, NumContext *c);
// For what is no such operation: may set out[0] and out[1] (which are zero at first) and finds its data in `data`.
typedef void (*NumWork)(NumCall *call);
struct NumCall {
  Num out[2];            // limbs of results belong to the caller: num_clear
  const Num *a, *b, *d;  // operands
  NumContext context;    // its status holds the signals afterwards
  void *data;
};
// False: no memory.
bool num_call_unary(NumCall *call, NumUnary f);
bool num_call_binary(NumCall *call, NumBinary f);
bool num_call_ternary(NumCall *call, NumTernary f);
bool num_call_work(NumCall *call, NumWork f);
void num_clear(Num *a);  // frees the limbs that a result owns

#endif
