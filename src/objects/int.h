// int: 62-bit immediates, beyond that boxed big ints on GMP's mpn limbs.
//
// Immutable. Results are canonical: whatever fits a word is immediate. Instances of subclasses (bool among them) are always boxed.
#ifndef WEFT_OBJECTS_INT_H
#define WEFT_OBJECTS_INT_H

#include "objects/int_limbs.h"

Value int_from_double(Thread *t, double d);     // truncates; OverflowError/ValueError for inf/nan
Value int_from_text(Thread *t, const char *text, size_t n, int base);  // digits as the lexer delivers them; ValueError; digit limit
Value int_from_str(Thread *t, Value str_or_bytes, int base);  // int(x, base)'s parsing
Value int_from_bytes(Thread *t, const uint8_t *p, size_t n, bool little_endian, bool is_signed);
// 0, or -1 with OverflowError when it does not fit. is_signed as in int.to_bytes.
int int_to_bytes(Thread *t, Value v, uint8_t *p, size_t n, bool little_endian, bool is_signed);
// 1 and *out; 0: out of range (no exception). v is an int.
int int_as_i64(Value v, int64_t *out);
int int_as_u64(Value v, uint64_t *out);
double int_as_double(Thread *t, Value v);       // OverflowError "int too large to convert to float"; -1.0
double int_frexp(Value v, int64_t *exponent);   // for math.log, true division
int int_sign(Value v);
uint64_t int_bit_length(Value v);
int64_t int_hash(Value v);
int int_compare(Value a, Value b);              // -1 0 1, both ints
Value int_add(Thread *t, Value a, Value b);     // both ints (any form)
Value int_subtract(Thread *t, Value a, Value b);
Value int_multiply(Thread *t, Value a, Value b);
Value int_true_divide(Thread *t, Value a, Value b);
Value int_invert(Thread *t, Value a);
Value int_absolute(Thread *t, Value a);
Value int_floor_divide(Thread *t, Value a, Value b);
Value int_remainder(Thread *t, Value a, Value b);
Value int_divmod(Thread *t, Value a, Value b);  // tuple
Value int_power(Thread *t, Value a, Value b, Value mod /* None or int */);  // b >= 0 unless there is a mod: the other powers are floats
Value int_lshift(Thread *t, Value a, Value b);
Value int_rshift(Thread *t, Value a, Value b);
Value int_and(Thread *t, Value a, Value b);
Value int_or(Thread *t, Value a, Value b);
Value int_xor(Thread *t, Value a, Value b);
Value int_negative(Thread *t, Value a);
Value int_gcd(Thread *t, Value a, Value b);
Value int_to_text(Thread *t, Value v, int base, bool prefix);  // str; digit limit for base 10
extern int64_t int_max_str_digits;              // sys.set_int_max_str_digits
bool int_init(Thread *t);

#endif
