// What the files of _decimal share: the objects, the context that is current, and conversions.
//
// Decimals are immutable but for the hash, which whoever needs it first computes (every computation gives the same). A context's fields are
// words that its users read and write one by one, whatever other threads do: an operation takes its rules from it as it finds them, and adds
// the signals to its flags at the end.
#ifndef WEFT_MODULES_DECIMAL_INTERNAL_H
#define WEFT_MODULES_DECIMAL_INTERNAL_H

#include "modules/decimal_operations.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"

typedef struct Decimal {
  Object ob;
  a64 hash;        // 0: not known
  Num num;         // owns its limbs
} Decimal;

// A mapping from signals to truth. Made by a program and not by a context, it maps nothing.
typedef struct Signals {
  Object ob;
  a32 bits;
  a32 is_valid;    // constant once made
} Signals;

typedef struct DecContext {
  Object ob;
  a64 prec, emax, emin;
  a32 rounding, capitals, clamp;
  Value flags, traps;   // Signals; owned, constant
} DecContext;

extern Type type_decimal, type_decimal_context, type_decimal_signals, type_decimal_manager;

static inline Decimal *v_decimal(Value v) { return (Decimal *)v_obj(v); }
static inline DecContext *v_dec_context(Value v) { return (DecContext *)v_obj(v); }
static inline Signals *v_signals(Value v) { return (Signals *)v_obj(v); }
static inline bool v_is_decimal(Value v) { return v_type(v) == &type_decimal || type_is_subtype(v_type(v), &type_decimal); }
static inline bool v_is_dec_context(Value v) { return v_type(v) == &type_decimal_context || type_is_subtype(v_type(v), &type_decimal_context); }

// --- Signals ---------------------------------------------------------------------------------------------------------------------------
Value signals_new(Thread *t);                                    // none set
void signals_raise(Thread *t, uint32_t bits);                    // the exception of the first, with a list of all
Value signals_list(Thread *t, Value signals);                    // of the exceptions
bool signals_put(StrBuilder *b, Value signals);                  // the same, as a context's repr has it
// Sets them as a mapping from all signals says, or, if lists are allowed, a list of some. 0, -1.
int signals_assign(Thread *t, Value signals, Value value, bool lists);
int signals_init(Thread *t, Value module);                       // adds the exceptions to the module

// --- Contexts --------------------------------------------------------------------------------------------------------------------------
Value context_current(Thread *t);                                // owned; made when a thread first asks
int context_make_current(Thread *t, Value context);              // 0, -1
Value context_copy(Thread *t, Value context);
NumContext context_rules(Value context);
// Adds to its flags; -1 with the exception that is trapped.
int context_signal(Thread *t, Value context, uint32_t signals);
// An optional argument: V_ABSENT and None are the current context. Owned; V_NULL with TypeError.
Value context_argument(Thread *t, Value v);
int context_rounding(Thread *t, Value name, Rounding *out);      // 0, -1 with TypeError
Value context_set_named(Thread *t, Value context, const Value *values /* prec, rounding, Emin, Emax, capitals, clamp, flags, traps */);   // None or V_NULL

// --- Results ---------------------------------------------------------------------------------------------------------------------------
// An object for a number whose limbs are taken over (also on failure).
Value decimal_new(Thread *t, Type *type, Num *num);
// A number that needs no limbs, and the object's own.
Value decimal_from_i64(Thread *t, int64_t i);
// Runs an operation, detached if it may take long. 0, -1 with MemoryError.
int decimal_run(Thread *t, NumCall *call, NumUnary unary, NumBinary binary, NumTernary ternary, NumWork work);
// out[0] as a Decimal, unless a signal is trapped.
Value decimal_result(Thread *t, NumCall *call, Value context);
Value decimal_result_as(Thread *t, Type *type, NumCall *call, Value context);

// --- Operands --------------------------------------------------------------------------------------------------------------------------
// A Decimal or an int as a number. Use operand_drop when done.
typedef struct Operand {
  const Num *num;
  Value owned;
  Num local;
} Operand;
int operand_get(Thread *t, Value v, Operand *out);        // 1, 0: it is neither, -1
int operand_require(Thread *t, Value v, Operand *out);    // 0, -1 with TypeError
static inline void operand_drop(Thread *t, Operand *o) { v_drop(t, o->owned); }

Value decimal_not_convertible(Thread *t, Value v);         // TypeError
// An operation on Decimals or ints (TypeError for others), its signals in the context.
Value decimal_apply(Thread *t, const Num *a, const Num *b, NumUnary unary, NumBinary binary, Value context);
Value decimal_unary(Thread *t, Value a, NumUnary f, Value context);
Value decimal_binary(Thread *t, Value a, Value b, NumBinary f, Value context);
Value decimal_ternary(Thread *t, Value a, Value b, Value d, NumTernary f, Value context);
Value decimal_divmod(Thread *t, const Num *a, const Num *b, Value context);   // a tuple

// --- Conversions -----------------------------------------------------------------------------------------------------------------------
// To a Decimal of the given class: exactly (signals of a number that cannot be are still the context's), or rounded to the context.
Value decimal_from_str(Thread *t, Type *type, Value text, Value context, bool exactly);
Value decimal_from_int(Thread *t, Type *type, Value i, Value context, bool exactly);
Value decimal_from_double(Thread *t, Type *type, double d, Value context, bool exactly);
Value decimal_from_decimal(Thread *t, Type *type, Value v, Value context);   // rounded
Value decimal_from_any(Thread *t, Type *type, Value v, Value context, bool exactly);
Value decimal_to_int(Thread *t, Value v, Rounding rounding);
Value decimal_ratio(Thread *t, Value v);                  // (numerator, denominator)
double decimal_to_double(Thread *t, Value v);             // -1.0 with an exception
Value decimal_tuple(Thread *t, Value v);                  // a DecimalTuple
int64_t decimal_hash(Thread *t, Value v);
Value decimal_compare(Thread *t, Value a, Value b, int op);
extern Value decimal_tuple_class, decimal_rational;       // DecimalTuple, numbers.Rational
extern Value decimal_names[2];                            // 'numerator', 'denominator'; interned

// --- Text ------------------------------------------------------------------------------------------------------------------------------
Value decimal_text(Thread *t, const Num *num, bool engineering, bool capitals);
// Digits of a coefficient, n of them (num->digits, or 1 for none): 0, -1 with MemoryError. Not terminated.
int decimal_digits(Thread *t, const Num *num, char *out);
Value decimal_format(Thread *t, Value v, Value spec, Value overrides /* V_ABSENT, or a dict */);

extern const NativeDef decimal_context_methods[];         // those below, and the operations
NATIVE(context_clear_flags);
NATIVE(context_clear_traps);
NATIVE(context_method_copy);
NATIVE(context_reduce);
NATIVE(context_etiny);
NATIVE(context_etop);

Value decimal_import(Thread *t, const char *module, const char *name);   // module.name, owned
int decimal_context_init(Thread *t, Value module);        // contexts, signals and exceptions, added to the module
int decimal_type_init(Thread *t, Value module);

#endif
