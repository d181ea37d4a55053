// Operators of classes that define them in Python, without C between their frames and the instruction's.
#include "vm/dunder.h"

#include "objects/declined.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/type_lookup.h"
#include "objects/type_slots.h"
#include "vm/call.h"
#include "vm/operands.h"

// --- Pushing ------------------------------------------------------------------------------------------------------------------------

// The Python function that `name` means on type, as v_keep returns it, and its code's translation, if a call with n arguments needs no
// binding; else V_NULL.
static inline Value plain_function(Thread *t, Type *type, Value name, size_t n, Exec **exec) {
  AttrKind kind;
  Value f = type_lookup_keep(t, type, name, &kind);
  if (likely(kind == ATTR_FUNCTION && v_is_exact(f, SHAPE_FUNCTION))) {
    Exec *e = *exec = aptr_load_acq(&v_function(f)->exec);
    if (likely(e && e->plain_argc == (int64_t)n)) return f;
  }
  v_drop(t, f);
  return V_NULL;
}

static inline DunderResult push_plain(Thread *t, Exec *e, Value function, const Value *args, size_t n, uint64_t ret) {
  if (likely(call_push_plain(t, e, ref_from(function), args, n, ret))) return DUNDER_PUSHED;
  v_drop(t, function);
  return DUNDER_FAILED;
}

static inline DunderResult push(Thread *t, Value name, const Value *args, size_t n, RetKind kind) {
  Exec *e;
  Value f = plain_function(t, v_type(args[0]), name, n, &e);
  return v_is_null(f) ? DUNDER_NONE : push_plain(t, e, f, args, n, RET_WORD(kind, 0, 0, 0));
}

DunderResult dunder_binary(Thread *t, Value x, Value y, int number) {
  const SlotBinary *o = slot_binary_of(number % OP_INPLACE);
  const Type *tx = v_type(x), *ty = v_type(y);
  void *inplace = number >= OP_INPLACE && o ? slot_function(&tx->slots, o->inplace_offset) : NULL;
  if (!o) return DUNDER_NONE;
  if (inplace) return inplace == o->inplace_generic ? push(t, *o->inplace_name, (Value[]){x, y}, 2, RET_OPERATOR) : DUNDER_NONE;
  if (slot_function(&tx->slots, o->offset) != o->generic || (number == OP_ADD + OP_INPLACE && tx->slots.iconcat)) return DUNDER_NONE;
  if (tx != ty && type_is_subtype(ty, tx)) return DUNDER_NONE;   // who may be asked first
  return push(t, *o->name, (Value[]){x, y}, 2, RET_OPERATOR);
}

DunderResult dunder_compare(Thread *t, Value x, Value y, int cmp) {
  const Type *tx = v_type(x), *ty = v_type(y);
  if (tx->slots.richcompare != slot_generic_richcompare || (tx != ty && type_is_subtype(ty, tx))) return DUNDER_NONE;
  if (recursion_enter(t, " in comparison") < 0) return DUNDER_FAILED;
  DunderResult r = push(t, slot_compare_name(cmp), (Value[]){x, y}, 2, RET_COMPARISON);
  if (r != DUNDER_PUSHED) recursion_leave(t);
  return r;
}

DunderResult dunder_subscript(Thread *t, Value container, Value key) {
  if (v_type(container)->slots.getitem != slot_generic_getitem) return DUNDER_NONE;
  return push(t, N(__getitem__), (Value[]){container, key}, 2, RET_OPERATOR);
}

DunderResult dunder_store_subscript(Thread *t, Value container, Value key, Value value) {
  if (v_type(container)->slots.setitem != slot_generic_setitem) return DUNDER_NONE;
  return push(t, N(__setitem__), (Value[]){container, key, value}, 3, RET_OPERATOR);
}

DunderResult dunder_contains(Thread *t, Value container, Value item) {
  if (v_type(container)->slots.contains != slot_generic_contains) return DUNDER_NONE;
  return push(t, N(__contains__), (Value[]){container, item}, 2, RET_OPERATOR);
}

DunderResult dunder_iter(Thread *t, Value v) {
  return v_type(v)->slots.iter == slot_generic_iter ? push(t, N(__iter__), &v, 1, RET_OPERATOR) : DUNDER_NONE;
}

DunderResult dunder_next(Thread *t, Value iterator) {
  return v_type(iterator)->slots.iternext == slot_generic_iternext ? push(t, N(__next__), &iterator, 1, RET_NEXT) : DUNDER_NONE;
}

Value dunder_call_function(Thread *t, Value v, size_t n) {
  Type *type = v_type(v);
  Exec *e;
  return type->slots.call == slot_generic_call ? plain_function(t, type, N(__call__), n + 1, &e) : V_NULL;
}

DunderResult dunder_enter(Thread *t, Ref *window, unsigned at) {
  Value manager = ref_value(window[0]);
  AttrKind kind;
  Exec *e;
  Value exit = type_lookup_keep(t, v_type(manager), N(__exit__), &kind);
  // Not translated yet: the generic way does that before the block is entered.
  bool plain = kind == ATTR_FUNCTION && v_is_exact(exit, SHAPE_FUNCTION) && aptr_load_acq(&v_function(exit)->exec);
  Value bound = plain ? method_new(t, exit, manager) : V_NULL;
  v_drop(t, exit);
  if (!plain) return DUNDER_NONE;
  if (unlikely(v_is_null(bound))) return DUNDER_FAILED;
  Value enter = plain_function(t, v_type(manager), N(__enter__), 1, &e);
  if (unlikely(v_is_null(enter))) {
    v_drop(t, bound);
    return DUNDER_NONE;
  }
  window[1] = window[0];   // keeps the manager for the call, whose result takes its place
  window[0] = ref_from(bound);
  return push_plain(t, e, enter, &manager, 1, RET_WORD(RET_STORE, 1, at + 1, 0));
}

// --- Returning ----------------------------------------------------------------------------------------------------------------------

static int finish_binary(Thread *t, Frame *f, const Inst *ip, Value result) {
  if (unlikely(v_is_not_implemented(result))) {
    BinaryOperands o = operands_of_binary(f, ip);
    result = number_binary_declined(t, o.x, o.y, o.number);
    if (v_is_null(result)) return -1;
  }
  unsigned op = a16_load_rlx(&ip->op);
  slot_finish2(t, f, ip->a, op < X_ADD_KS || op >= X_ADD_SI ? ip->b : 0xFFFF, op < X_ADD_SK ? ip->c : 0xFFFF, result);
  return 0;
}

static int finish_compare(Thread *t, Frame *f, const Inst *ip, unsigned op, Value result) {
  bool right_is_slot = op < X_LT_SK;
  if (unlikely(v_is_not_implemented(result))) {
    Value y = right_is_slot ? ref_value(f->fp[ip->c]) : VALUE(ip[(int16_t)ip->c].word);
    result = object_compare_declined(t, ref_value(f->fp[ip->b]), y, (int)((op - X_LT_SS) % 6));
    if (v_is_null(result)) return -1;
  }
  slot_finish2(t, f, ip->a, ip->b, right_is_slot ? ip->c : 0xFFFF, result);
  return 0;
}

static int finish_compare_jump(Thread *t, Frame *f, const Inst *ip, unsigned op, Value result) {
  unsigned n = op - X_JT_LT_SS, form = n / 12;
  if (unlikely(v_is_not_implemented(result))) {
    Value y = form == 0 ? ref_value(f->fp[ip->b]) : form == 1 ? VALUE(ip[(int16_t)ip->b].word) : v_from_smi((int16_t)ip->b);
    result = object_compare_declined(t, ref_value(f->fp[ip->a]), y, (int)(n % 6));
    if (v_is_null(result)) return -1;
  }
  slot_drop(t, f, ip->a);
  if (form == 0) slot_drop(t, f, ip->b);
  int truth = object_is_true(t, result);
  v_drop(t, result);
  return truth < 0 ? -1 : truth == (n % 12 < 6);
}

static int finish_contains(Thread *t, Frame *f, const Inst *ip, bool in, Value result) {
  int truth = object_is_true(t, result);
  v_drop(t, result);
  if (truth < 0) return -1;
  slot_drop(t, f, ip->b);
  slot_drop(t, f, ip->c);
  ref_set(t, &f->fp[ip->a], v_from_bool(truth == in));
  return 0;
}

static int finish_iter(Thread *t, Frame *f, const Inst *ip, Value result) {
  if (unlikely(!object_is_iterator(result))) {
    raise_type_error(t, "iter() returned non-iterator of type '%.100T'", result);
    v_drop(t, result);
    return -1;
  }
  if (ip->a != ip->b) slot_drop(t, f, ip->b);
  ref_set(t, &f->fp[ip->a], result);
  return 0;
}

int dunder_returned(Thread *t, Frame *f, const Inst *ip, Value result) {
  unsigned op = a16_load_rlx(&ip->op);
  if (op >= X_ADD_SS && op <= X_ISUBTRACT_SI) return finish_binary(t, f, ip, result);
  if (op >= X_LT_SS && op <= X_GE_SK) return finish_compare(t, f, ip, op, result);
  if (op >= X_JT_LT_SS && op <= X_JF_GE_SI) return finish_compare_jump(t, f, ip, op, result);
  switch (op) {
    case X_CONTAINS: return finish_contains(t, f, ip, true, result);
    case X_NOT_CONTAINS: return finish_contains(t, f, ip, false, result);
    case X_GET_ITER: return finish_iter(t, f, ip, result);
    case X_STORE_SUBSCR:
      v_drop(t, result);
      slot_drop(t, f, ip->c);
      slot_drop(t, f, ip->a);
      slot_drop(t, f, ip->b);
      return 0;
    default:
      slot_finish2(t, f, ip->a, ip->b, op == X_SUBSCR ? ip->c : 0xFFFF, result);
      return 0;
  }
}
