// Calling the operations of decimal_operations.h for objects: operands, results, signals.
#include "modules/decimal_internal.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/tuple.h"
#include "system/import.h"

// --- Running operations --------------------------------------------------------------------------------------------------------------

// Whether other threads should not have to wait for it.
static bool is_long(const NumCall *call) {
  enum { LONG = 1500 };   // digits: some ten microseconds
  return call->context.prec > LONG || (call->a && call->a->digits > LONG) || (call->b && call->b->digits > LONG);
}

int decimal_run(Thread *t, NumCall *call, NumUnary unary, NumBinary binary, NumTernary ternary, NumWork work) {
  bool detach = is_long(call), done;
  if (detach) thread_detach(t);
  if (binary) done = num_call_binary(call, binary);
  else if (unary) done = num_call_unary(call, unary);
  else if (ternary) done = num_call_ternary(call, ternary);
  else done = num_call_work(call, work);
  if (detach) thread_attach(t);
  if (!done) raise_no_memory(t);
  return done ? 0 : -1;
}

Value decimal_new(Thread *t, Type *type, Num *num) {
  Value v;
  if (type == &type_decimal) {
    Object *o = heap_new_leaf(t, type_decimal.shape, sizeof(Decimal));
    if (!o) {
      num_clear(num);
      return raise_no_memory(t);
    }
    v = v_steal_obj(o);
    a64_store_rlx(&v_decimal(v)->hash, 0);
  } else {
    v = type->slots.alloc(t, type, 0);
    if (v_is_null(v)) {
      num_clear(num);
      return V_NULL;
    }
  }
  v_decimal(v)->num = *num;
  return v;
}

Value decimal_from_i64(Thread *t, int64_t i) {
  Num num;
  num_set_int(&num, i);
  return decimal_new(t, &type_decimal, &num);
}

Value decimal_result_as(Thread *t, Type *type, NumCall *call, Value context) {
  if (call->context.status && context_signal(t, context, call->context.status) < 0) {
    num_clear(&call->out[0]);
    return V_NULL;
  }
  return decimal_new(t, type, &call->out[0]);
}
Value decimal_result(Thread *t, NumCall *call, Value context) { return decimal_result_as(t, &type_decimal, call, context); }

Value decimal_not_convertible(Thread *t, Value v) { return raise_type_error(t, "conversion from %T to Decimal is not supported", v); }

// --- Operands --------------------------------------------------------------------------------------------------------------------------

int operand_get(Thread *t, Value v, Operand *o) {
  int64_t i;
  o->owned = V_NULL;
  if (v_is_smi(v)) {
    num_set_int(&o->local, v_smi(v));
    o->num = &o->local;
    return 1;
  }
  if (v_is_decimal(v)) {
    o->num = &v_decimal(v)->num;
    return 1;
  }
  if (!v_is_int(v)) return 0;
  if (int_as_i64(v, &i)) {
    num_set_int(&o->local, i);
    o->num = &o->local;
    return 1;
  }
  o->owned = decimal_from_int(t, &type_decimal, v, V_NULL, true);
  if (v_is_null(o->owned)) return -1;
  o->num = &v_decimal(o->owned)->num;
  return 1;
}

int operand_require(Thread *t, Value v, Operand *o) {
  int got = operand_get(t, v, o);
  if (got == 0) decimal_not_convertible(t, v);
  return got > 0 ? 0 : -1;
}

// --- Applying --------------------------------------------------------------------------------------------------------------------------

Value decimal_apply(Thread *t, const Num *a, const Num *b, NumUnary unary, NumBinary binary, Value context) {
  NumCall call;
  call.a = a;
  call.b = b;
  call.context = context_rules(context);
  if (binary && num_is_light(binary, a, b, &call.context)) binary(&call.out[0], a, b, &call.context);
  else if (decimal_run(t, &call, unary, binary, NULL, NULL) < 0) return V_NULL;
  return decimal_result(t, &call, context);
}

Value decimal_unary(Thread *t, Value a, NumUnary f, Value context) {
  Operand x;
  if (operand_require(t, a, &x) < 0) return V_NULL;
  Value result = decimal_apply(t, x.num, NULL, f, NULL, context);
  operand_drop(t, &x);
  return result;
}

Value decimal_binary(Thread *t, Value a, Value b, NumBinary f, Value context) {
  Operand x, y;
  if (operand_require(t, a, &x) < 0) return V_NULL;
  Value result = V_NULL;
  if (operand_require(t, b, &y) == 0) {
    result = decimal_apply(t, x.num, y.num, NULL, f, context);
    operand_drop(t, &y);
  }
  operand_drop(t, &x);
  return result;
}

Value decimal_ternary(Thread *t, Value a, Value b, Value d, NumTernary f, Value context) {
  Operand x = {.owned = V_NULL}, y = {.owned = V_NULL}, z = {.owned = V_NULL};
  Value result = V_NULL;
  if (operand_require(t, a, &x) == 0 && operand_require(t, b, &y) == 0 && operand_require(t, d, &z) == 0) {
    NumCall call = {.a = x.num, .b = y.num, .d = z.num, .context = context_rules(context)};
    if (decimal_run(t, &call, NULL, NULL, f, NULL) == 0) result = decimal_result(t, &call, context);
  }
  operand_drop(t, &x);
  operand_drop(t, &y);
  operand_drop(t, &z);
  return result;
}

static void divmod_work(NumCall *call) { num_divmod(&call->out[0], &call->out[1], call->a, call->b, &call->context); }

Value decimal_divmod(Thread *t, const Num *a, const Num *b, Value context) {
  NumCall call = {.a = a, .b = b, .context = context_rules(context)};
  if (decimal_run(t, &call, NULL, NULL, NULL, divmod_work) < 0) return V_NULL;
  Value quotient = decimal_result(t, &call, context);
  if (v_is_null(quotient)) {
    num_clear(&call.out[1]);
    return V_NULL;
  }
  return tuple_from_stolen(t, (Value[]){quotient, decimal_new(t, &type_decimal, &call.out[1])}, 2);
}

Value decimal_import(Thread *t, const char *module, const char *name) {
  Value m = import_module(t, module), key = v_is_null(m) ? V_NULL : str_intern_cstr(t, name);
  Value v = v_is_null(key) ? V_NULL : object_getattr(t, m, key);
  v_drop(t, m);
  return v;
}
