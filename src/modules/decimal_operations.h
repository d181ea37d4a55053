// The operations of the General Decimal Arithmetic specification, on the numbers of decimal_number.h.
//
// All have the same form: *r, which is none of the operands, becomes the result, and signals are added to c->status. They run within num_call_*.
#ifndef WEFT_MODULES_DECIMAL_OPERATIONS_H
#define WEFT_MODULES_DECIMAL_OPERATIONS_H

#include "modules/decimal_number.h"

#define NUM_UNARY_OPERATIONS(X)                                                                                                  \
  X(plus) X(minus) X(abs) X(sqrt) X(exp) X(ln) X(log10) X(next_plus) X(next_minus) X(reduce) X(to_integral_exact) X(to_integral_value) \
  X(logb) X(invert)
#define NUM_BINARY_OPERATIONS(X)                                                                                                 \
  X(add) X(subtract) X(multiply) X(divide) X(divide_int) X(remainder) X(remainder_near) X(compare_numbers) X(compare_signal)     \
  X(compare_total) X(compare_total_mag) X(max) X(max_mag) X(min) X(min_mag) X(next_toward) X(quantize) X(power) X(logical_and)   \
  X(logical_or) X(logical_xor) X(rotate) X(scaleb) X(shift) X(copy_sign)
#define NUM_DECLARE_UNARY(name) void num_##name(Num *r, const Num *a, NumContext *c);
#define NUM_DECLARE_BINARY(name) void num_##name(Num *r, const Num *a, const Num *b, NumContext *c);
NUM_UNARY_OPERATIONS(NUM_DECLARE_UNARY)
NUM_BINARY_OPERATIONS(NUM_DECLARE_BINARY)

void num_fma(Num *r, const Num *a, const Num *b, const Num *d, NumContext *c);
void num_power_modulo(Num *r, const Num *a, const Num *b, const Num *modulus, NumContext *c);
void num_divmod(Num *quotient, Num *remainder, const Num *a, const Num *b, NumContext *c);
// Whether f, given these operands, does without memory of its own, so that it may be called outside of num_call_*: the commonest operations on
// numbers of everyday size.
bool num_is_light(NumBinary f, const Num *a, const Num *b, const NumContext *c);
// Puts numbers in an order in which 1.0 and 1.00 differ, and NaNs have a place: -1, 0, 1.
int num_order_total(const Num *a, const Num *b);
bool num_is_normal(const Num *a, const NumContext *c);
bool num_is_subnormal(const Num *a, const NumContext *c);
const char *num_class(const Num *a, const NumContext *c);
bool num_same_quantum(const Num *a, const Num *b);

// The natural logarithm of ten is computed once for all precisions that are common. Before the first operation; false: no memory.
bool num_elementary_init(void);

#endif
