// Operators of classes that define them in Python, without C between their frames and the instruction's.
#include "vm/dunder.h"

#include "objects/declined.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/type_lookup.h"
#include "objects/type_slots.h"
#include "vm/call.h"
#include "vm/operands.h"

// --- Pushing ------------------------------------------------------------------------------------------------------------------------

// The Python function that `name` means on type, as v_keep returns it, and its code's translation, if a call with n arguments needs no
// binding; else V_NULL, also where the class has not been asked for the name yet: the generic way does that.
static inline __attribute__((always_inline)) Value plain_function(Thread *t, Type *type, Value name, size_t n, Exec **exec) {
  TypeAttrs *attrs = aptr_load_acq(&type->attrs);
  TypeAttr *entry = type_attrs_find(attrs, name);
  if (unlikely(!entry) || unlikely(entry->kind != ATTR_FUNCTION)) return V_NULL;
  Value f = v_load_keep(t, &type->attrs, attrs, &entry->value);
  if (unlikely(v_is_null(f))) return V_NULL;
  if (likely(v_is_exact(f, SHAPE_FUNCTION))) {
    Exec *e = *exec = aptr_load_acq(&v_function(f)->exec);
    if (likely(e && e->plain_argc == (int64_t)n)) return f;
  }
  v_drop(t, f);
  return V_NULL;
}

static __attribute__((noinline)) DunderResult push_making_room(Thread *t, Exec *e, Value function, const Value *args, size_t n, uint64_t ret) {
  if (likely(call_push_plain(t, e, ref_from(function), args, n, ret))) return DUNDER_PUSHED;
  v_drop(t, function);
  return DUNDER_FAILED;
}

// As call_push_plain of such a function, which it takes. Where there is room, and that is nearly always, it calls nothing.
static inline __attribute__((always_inline)) DunderResult push_plain(Thread *t, Exec *e, Value function, const Value *args, size_t n, uint64_t ret) {
  Frame *caller = t->frame;
  Ref *window = call_ready_window(t, caller, e);
  if (unlikely(!window)) return push_making_room(t, e, function, args, n, ret);
  call_begin_plain(t, caller, caller + 1, window, e, ref_from(function), args, n, ret);
  return DUNDER_PUSHED;
}

// What a frame's aux says of the method where the instruction leaves it open.
enum { AUX_REFLECTED = 1, AUX_LENGTH };

static inline DunderResult push_as(Thread *t, Value name, const Value *args, size_t n, RetKind kind, unsigned aux) {
  Exec *e;
  Value f = plain_function(t, v_type(args[0]), name, n, &e);
  return v_is_null(f) ? DUNDER_NONE : push_plain(t, e, f, args, n, RET_WORD(kind, 0, 0, aux));
}

static inline DunderResult push(Thread *t, Value name, const Value *args, size_t n, RetKind kind) { return push_as(t, name, args, n, kind, 0); }

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

// Whether x's type leaves the operator to whoever is on its right: numbers do, unless that is one too, and so does what has no such slot.
static bool surely_declines(Value x, const Type *ty, const SlotBinary *o) {
  if (v_is_int_exact(x) || v_is_float_exact(x)) return !(ty->flags & TYPE_INT) && !type_is_subtype(ty, &type_float);
  const Type *tx = v_type(x);
  return !(tx->flags & TYPE_HEAP) && !slot_function(&tx->slots, o->offset) && !slot_function(&tx->slots, o->inplace_offset);
}

DunderResult dunder_reflected(Thread *t, Value x, Value y, int number) {
  const SlotBinary *o = slot_binary_of(number % OP_INPLACE);
  const Type *ty = v_type(y);
  if (!o || slot_function(&ty->slots, o->offset) != o->generic || !surely_declines(x, ty, o)) return DUNDER_NONE;
  return push_as(t, *o->reflected_name, (Value[]){y, x}, 2, RET_OPERATOR, AUX_REFLECTED);
}

DunderResult dunder_unary(Thread *t, Value v, unsigned op) {
  const TypeSlots *s = &v_type(v)->slots;
  switch (op) {
    case X_NEGATIVE: return s->negative == slot_generic_negative ? push(t, N(__neg__), &v, 1, RET_OPERATOR) : DUNDER_NONE;
    case X_POSITIVE: return s->positive == slot_generic_positive ? push(t, N(__pos__), &v, 1, RET_OPERATOR) : DUNDER_NONE;
    case X_INVERT: return s->invert == slot_generic_invert ? push(t, N(__invert__), &v, 1, RET_OPERATOR) : DUNDER_NONE;
    default: return DUNDER_NONE;
  }
}

DunderResult dunder_truth(Thread *t, Value v) {
  const TypeSlots *s = &v_type(v)->slots;
  if (s->bool_) return s->bool_ == slot_generic_bool ? push(t, N(__bool__), &v, 1, RET_OPERATOR) : DUNDER_NONE;
  return s->length == slot_generic_length ? push_as(t, N(__len__), &v, 1, RET_OPERATOR, AUX_LENGTH) : DUNDER_NONE;
}

DunderResult dunder_compare(Thread *t, Value x, Value y, int cmp) {
  const Type *tx = v_type(x), *ty = v_type(y);
  if (tx->slots.richcompare != slot_generic_richcompare || (tx != ty && type_is_subtype(ty, tx))) return DUNDER_NONE;
  if (recursion_enter(t, " in comparison") < 0) return DUNDER_FAILED;
  DunderResult r = push(t, slot_compare_name(cmp), (Value[]){x, y}, 2, RET_COMPARISON);
  if (r != DUNDER_PUSHED) recursion_leave(t);
  return r;
}

DunderResult dunder_subscript(Thread *t, const Frame *f, const Inst *ip, Value container, Value key, unsigned key_slot) {
  Type *type = v_type(container);
  if (type->slots.getitem != slot_generic_getitem) return DUNDER_NONE;
  Exec *e;
  Value function = plain_function(t, type, N(__getitem__), 2, &e);
  if (unlikely(v_is_null(function))) return DUNDER_NONE;
  unsigned nlocals = f->exec->nlocals;
  bool stays = (ip->b < nlocals || ip->b == ip->a) && (key_slot < nlocals || key_slot == ip->a || key_slot == 0xFFFF);
  return push_plain(t, e, function, (Value[]){container, key}, 2, stays ? RET_WORD(RET_STORE, 1, ip->a, 0) : RET_WORD(RET_OPERATOR, 0, 0, 0));
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

DunderResult dunder_descriptor(Thread *t, Value obj, Value name, unsigned dest) {
  Type *type = v_type(obj);
  TypeAttrs *attrs = aptr_load_acq(&type->attrs);
  TypeAttr *entry = type->slots.getattro == object_generic_getattr ? type_attrs_find(attrs, name) : NULL;
  if (!entry || entry->kind != ATTR_DATA) return DUNDER_NONE;
  Value d = v_load_keep(t, &type->attrs, attrs, &entry->value);
  Exec *e;
  bool generic = !v_is_null(d) && v_type(d)->slots.descr_get == slot_generic_descr_get;
  Value get = generic ? plain_function(t, v_type(d), N(__get__), 3, &e) : V_NULL;
  DunderResult r = DUNDER_NONE;
  if (likely(!v_is_null(get))) r = push_plain(t, e, get, (Value[]){d, obj, v_from_obj(type)}, 3, RET_WORD(RET_STORE, 2, dest, 0));
  if (likely(r == DUNDER_PUSHED)) {   // no slot of the caller holds these two
    t->frame->fp[0] = ref_from(d);
    t->frame->fp[2] = ref_from(v_keep(t, v_from_obj(type)));
  } else {
    v_drop(t, d);
  }
  return r;
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

static DunderOutcome finish_binary(Thread *t, Frame *f, const Inst *ip, Value result, bool reflected) {
  if (unlikely(v_is_not_implemented(result))) {
    BinaryOperands o = operands_of_binary(f, ip);
    result = reflected ? number_binary_refused(t, o.x, o.y, o.number) : number_binary_declined(t, o.x, o.y, o.number);
    if (v_is_null(result)) return DUNDER_ERROR;
  }
  unsigned op = a16_load_rlx(&ip->op);
  slot_finish2(t, f, ip->a, op < X_ADD_KS || op >= X_ADD_SI ? ip->b : 0xFFFF, op < X_ADD_SK ? ip->c : 0xFFFF, result);
  return DUNDER_NEXT;
}

static DunderOutcome finish_compare(Thread *t, Frame *f, const Inst *ip, unsigned op, Value result) {
  bool right_is_slot = op < X_LT_SK;
  if (unlikely(v_is_not_implemented(result))) {
    Value y = right_is_slot ? ref_value(f->fp[ip->c]) : VALUE(ip[(int16_t)ip->c].word);
    result = object_compare_declined(t, ref_value(f->fp[ip->b]), y, (int)((op - X_LT_SS) % 6));
    if (v_is_null(result)) return DUNDER_ERROR;
  }
  slot_finish2(t, f, ip->a, ip->b, right_is_slot ? ip->c : 0xFFFF, result);
  return DUNDER_NEXT;
}

static DunderOutcome finish_compare_jump(Thread *t, Frame *f, const Inst *ip, unsigned op, Value result) {
  unsigned n = op - X_JT_LT_SS, form = n / 12;
  if (unlikely(v_is_not_implemented(result))) {
    Value y = form == 0 ? ref_value(f->fp[ip->b]) : form == 1 ? VALUE(ip[(int16_t)ip->b].word) : v_from_smi((int16_t)ip->b);
    result = object_compare_declined(t, ref_value(f->fp[ip->a]), y, (int)(n % 6));
    if (v_is_null(result)) return DUNDER_ERROR;
  }
  slot_drop(t, f, ip->a);
  if (form == 0) slot_drop(t, f, ip->b);
  int truth = object_is_true(t, result);
  v_drop(t, result);
  return truth < 0 ? DUNDER_ERROR : truth == (n % 12 < 6) ? DUNDER_JUMP : DUNDER_NEXT;
}

static DunderOutcome finish_contains(Thread *t, Frame *f, const Inst *ip, bool in, Value result) {
  int truth = object_is_true(t, result);
  v_drop(t, result);
  if (truth < 0) return DUNDER_ERROR;
  slot_drop(t, f, ip->b);
  slot_drop(t, f, ip->c);
  ref_set(t, &f->fp[ip->a], v_from_bool(truth == in));
  return DUNDER_NEXT;
}

static DunderOutcome finish_iter(Thread *t, Frame *f, const Inst *ip, Value result) {
  if (unlikely(!object_is_iterator(result))) {
    raise_type_error(t, "iter() returned non-iterator of type '%.100T'", result);
    v_drop(t, result);
    return DUNDER_ERROR;
  }
  if (ip->a != ip->b) slot_drop(t, f, ip->b);
  ref_set(t, &f->fp[ip->a], result);
  return DUNDER_NEXT;
}

// The truth of the operand, which is in b for `not`, else in a.
static DunderOutcome finish_truth(Thread *t, Frame *f, const Inst *ip, unsigned op, Value result, bool length) {
  int64_t truth = length ? slot_length_returned(t, result) : slot_bool_returned(t, result);
  if (unlikely(truth < 0)) return DUNDER_ERROR;
  switch (op) {
    case X_JUMP_TRUE:
    case X_JUMP_FALSE:
      slot_drop(t, f, ip->a);
      return !truth == (op == X_JUMP_FALSE) ? DUNDER_JUMP_FAR : DUNDER_NEXT;
    case X_NOT:
      slot_finish2(t, f, ip->a, ip->b, 0xFFFF, v_from_bool(!truth));
      return DUNDER_NEXT;
    default:
      if (!truth == (op == X_JUMP_FALSE_OR_POP)) return DUNDER_JUMP_FAR;
      ref_clear(t, &f->fp[ip->a]);
      return DUNDER_NEXT;
  }
}

DunderOutcome dunder_returned(Thread *t, Frame *f, const Inst *ip, Value result, unsigned aux) {
  unsigned op = a16_load_rlx(&ip->op);
  if (op >= X_ADD_SS && op <= X_ISUBTRACT_SI) return finish_binary(t, f, ip, result, aux == AUX_REFLECTED);
  if (op >= X_LT_SS && op <= X_GE_SK) return finish_compare(t, f, ip, op, result);
  if (op >= X_JT_LT_SS && op <= X_JF_GE_SI) return finish_compare_jump(t, f, ip, op, result);
  switch (op) {
    case X_CONTAINS: return finish_contains(t, f, ip, true, result);
    case X_NOT_CONTAINS: return finish_contains(t, f, ip, false, result);
    case X_GET_ITER: return finish_iter(t, f, ip, result);
    case X_NOT:
    case X_JUMP_TRUE:
    case X_JUMP_FALSE:
    case X_JUMP_TRUE_OR_POP:
    case X_JUMP_FALSE_OR_POP: return finish_truth(t, f, ip, op, result, aux == AUX_LENGTH);
    case X_STORE_SUBSCR:
      v_drop(t, result);
      slot_drop(t, f, ip->c);
      slot_drop(t, f, ip->a);
      slot_drop(t, f, ip->b);
      return DUNDER_NEXT;
    default:
      slot_finish2(t, f, ip->a, ip->b, op == X_SUBSCR ? ip->c : 0xFFFF, result);
      return DUNDER_NEXT;
  }
}
