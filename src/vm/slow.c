// The eval loop's helpers: operators, names, building and taking apart, exceptions.
#include "vm/slow.h"

#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/instance.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/set.h"
#include "objects/slice_bounds.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/super.h"
#include "objects/type_lookup.h"
#include "vm/call.h"
#include "vm/dunder.h"
#include "vm/trace.h"

// --- Operators ----------------------------------------------------------------------------------------------------------------------

// A number that float arithmetic takes as it is: an exact float, or an int that a double represents exactly.
static bool plain_double(Value v, double *d) {
  const int64_t limit = (int64_t)1 << 53;
  if (v_is_flo(v)) {
    *d = v_flo(v);
    return true;
  }
  if (v_is_smi(v)) {
    *d = (double)v_smi(v);
    return v_smi(v) <= limit && v_smi(v) >= -limit;
  }
  if (!v_is_exact(v, SHAPE_FLOAT)) return false;
  *d = float_value(v);
  return true;
}

// Float arithmetic on mixed operands; false: not for it.
static bool mixed_arithmetic(Thread *t, Value x, Value y, int number, Value *r) {
  double a, b;
  if (v_are_smi(x, y) || !plain_double(x, &a) || !plain_double(y, &b)) return false;
  switch (number) {
    case OP_ADD: *r = float_new(t, a + b); return true;
    case OP_SUBTRACT: *r = float_new(t, a - b); return true;
    case OP_MULTIPLY: *r = float_new(t, a * b); return true;
    case OP_TRUE_DIVIDE:
      if (b == 0.0) return false;
      *r = float_new(t, a / b);
      return true;
    default: return false;
  }
}

// --- Appending to a str in place ----
// `s += x` in a loop must not copy s each time: where nobody else refers to the left operand, and the result replaces it, the text grows
// in its own block, of which twice the need is taken each time a longer text has outgrown it.

static void copy_text(Str *to, int64_t at, const Str *from) {
  int kind = str_kind(to);
  char *p = to->data + at * kind;
  if (str_kind(from) == kind) {
    memcpy(p, from->data, (size_t)(from->length * kind));
    return;
  }
  for (int64_t i = 0; i < from->length; i++) {
    uint32_t c = str_char(from, i);
    if (kind == 2) ((uint16_t *)(void *)p)[i] = (uint16_t)c;
    else ((uint32_t *)(void *)p)[i] = c;
  }
}

static void end_text(Str *s, int64_t length) {
  s->length = length;
  memset(s->data + length * str_kind(s), 0, (size_t)str_kind(s));
}

// The left operand stands, as the only reference, in the destination slot. False: not for it.
static bool append_in_place(Thread *t, Ref *slot, Value y) {
  enum { WORTH_GROWING = 32 };
  Value x = ref_value(*slot);
  if (!ref_is_owned(*slot) || !v_is_str_exact(x) || !v_is_str_exact(y) || v_is(x, y)) return false;
  Str *a = v_str(x), *b = v_str(y);
  int kind = str_kind(a);
  if (a->length == 0 || b->length == 0 || str_kind(b) > kind || str_is_ascii(a) != str_is_ascii(b) || str_is_interned(a) ||
      !object_is_unique(t, &a->ob))
    return false;
  int64_t length = a->length + b->length, room = ((int64_t)heap_object_size(&a->ob) - (int64_t)sizeof(Str)) / kind - 1;
  if (length > room) {
    if (a->length < WORTH_GROWING || length > INT64_MAX / 16) return false;
    Value grown = str_new(t, length * 2, kind == 1 ? (str_is_ascii(a) ? 0x7F : 0xFF) : kind == 2 ? 0xFFFF : 0x10FFFF);
    if (v_is_null(grown)) {
      error_clear(t);
      return false;
    }
    memcpy(v_str(grown)->data, a->data, (size_t)(a->length * kind));
    end_text(v_str(grown), a->length);
    int64_t used = a->length;
    ref_set(t, slot, grown);
    a = v_str(grown);
    a->length = used;
  }
  copy_text(a, a->length, b);
  end_text(a, length);
  a64_store_rlx(&a->hash, 0);
  void *utf8 = aptr_load_rlx(&a->utf8);
  if (utf8) {
    aptr_store_rlx(&a->utf8, NULL);
    heap_free(t, utf8);
  }
  return true;
}

// The answer of an instruction's helper when a method may have been pushed; DUNDER_NONE is not for it.
static inline int pushed_or(DunderResult r, int failed) { return likely(r == DUNDER_PUSHED) ? SLOW_PUSHED : failed; }

int slow_binary(Thread *t, Frame *f, const Inst *ip) {
  BinaryOperands o = operands_of_binary(f, ip);
  Value r;
  if (dunder_possible(o.x) || dunder_possible(o.y)) {
    DunderResult d = dunder_possible(o.x) ? dunder_binary(t, o.x, o.y, o.number) : dunder_reflected(t, o.x, o.y, o.number);
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  if (o.number % OP_INPLACE == OP_ADD && ip->a == o.x_slot && append_in_place(t, &f->fp[ip->a], o.y)) {
    if (o.y_slot != 0xFFFF) slot_drop(t, f, o.y_slot);
    return true;
  }
  if (!mixed_arithmetic(t, o.x, o.y, o.number % OP_INPLACE, &r)) r = number_binary(t, o.x, o.y, o.number);
  if (v_is_null(r)) return false;
  slot_finish2(t, f, ip->a, o.x_slot, o.y_slot, r);
  return true;
}

int slow_unary(Thread *t, Frame *f, const Inst *ip) {
  Value x = ref_value(f->fp[ip->b]), r;
  unsigned op = a16_load_rlx(&ip->op);
  if (dunder_possible(x)) {
    DunderResult d = op == X_NOT ? dunder_truth(t, x) : dunder_unary(t, x, op);
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  switch (op) {
    case X_NEGATIVE: r = number_negative(t, x); break;
    case X_POSITIVE: r = number_positive(t, x); break;
    case X_INVERT: r = number_invert(t, x); break;
    default: {
      int truth = object_is_true(t, x);
      r = truth < 0 ? V_NULL : v_from_bool(!truth);
    }
  }
  if (v_is_null(r)) return false;
  slot_finish2(t, f, ip->a, ip->b, 0xFFFF, r);
  return true;
}

static Value compare(Thread *t, Value x, Value y, int cmp) {
  if ((cmp == CMP_EQ || cmp == CMP_NE) && v_is_str_exact(x) && v_is_str_exact(y))
    return v_from_bool((v_is(x, y) || str_equal(v_str(x), v_str(y))) == (cmp == CMP_EQ));
  return object_compare(t, x, y, cmp);
}

int slow_compare(Thread *t, Frame *f, const Inst *ip) {
  unsigned op = (unsigned)(a16_load_rlx(&ip->op) - X_LT_SS), c = op < 6 ? ip->c : 0xFFFF;
  Value x = ref_value(f->fp[ip->b]), y = op < 6 ? ref_value(f->fp[ip->c]) : VALUE(ip[(int16_t)ip->c].word);
  if (dunder_possible(x)) {
    DunderResult d = dunder_compare(t, x, y, (int)(op % 6));
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  Value r = compare(t, x, y, (int)(op % 6));
  if (v_is_null(r)) return false;
  slot_finish2(t, f, ip->a, ip->b, c, r);
  return true;
}

int slow_compare_jump(Thread *t, Frame *f, const Inst *ip) {
  unsigned op = (unsigned)(a16_load_rlx(&ip->op) - X_JT_LT_SS), form = op / 12;   // 0 slots, 1 constant, 2 immediate
  Value x = ref_value(f->fp[ip->a]);
  Value y = form == 0 ? ref_value(f->fp[ip->b]) : form == 1 ? VALUE(ip[(int16_t)ip->b].word) : v_from_smi((int16_t)ip->b);
  if (dunder_possible(x)) {
    DunderResult d = dunder_compare(t, x, y, (int)(op % 6));
    if (d != DUNDER_NONE) return pushed_or(d, -1);
  }
  Value r = compare(t, x, y, (int)(op % 6));
  if (v_is_null(r)) return -1;
  slot_drop(t, f, ip->a);
  if (form == 0) slot_drop(t, f, ip->b);
  if (v_is(r, V_TRUE)) return 1;
  if (v_is(r, V_FALSE)) return 0;
  int truth = object_is_true(t, r);
  v_drop(t, r);
  return truth;
}

int slow_truth_kept(Thread *t, Value v) {
  if (dunder_possible(v)) {
    DunderResult d = dunder_truth(t, v);
    if (d != DUNDER_NONE) return pushed_or(d, -1);
  }
  return object_is_true(t, v);
}

int slow_truth(Thread *t, Frame *f, unsigned slot) {
  int truth = slow_truth_kept(t, ref_value(f->fp[slot]));
  if (truth == 0 || truth == 1) slot_drop(t, f, slot);
  return truth;
}

int slow_contains(Thread *t, Frame *f, const Inst *ip) {
  Value container = ref_value(f->fp[ip->c]), item = ref_value(f->fp[ip->b]);
  if (dunder_possible(container)) {
    DunderResult d = dunder_contains(t, container, item);
    if (d != DUNDER_NONE) return pushed_or(d, -1);
  }
  int in = object_contains(t, container, item);
  if (in < 0) return -1;
  slot_drop(t, f, ip->b);
  slot_drop(t, f, ip->c);
  return in;
}

int slow_subscript(Thread *t, Frame *f, const Inst *ip, Value key, unsigned key_slot) {
  Value container = ref_value(f->fp[ip->b]);
  if (dunder_possible(container)) {
    DunderResult d = dunder_subscript(t, container, key);
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  Value v = object_getitem(t, container, key);
  if (v_is_null(v)) return false;
  slot_finish2(t, f, ip->a, ip->b, key_slot, v);
  return true;
}

static bool slice_bound_plain(Value v, int64_t none, int64_t *out) {
  *out = v_is_smi(v) ? v_smi(v) : none;
  return v_is_smi(v) || v_is_none(v);
}

Value slow_slice(Thread *t, Value container, Value start, Value stop) {
  int64_t i, j;
  if (!v_is_ptr(container) || !slice_bound_plain(start, 0, &i) || !slice_bound_plain(stop, INT64_MAX, &j)) return V_ABSENT;
  switch (object_shape(v_obj(container))) {
    // Bounds from the end have to be worked out under the list's lock.
    case SHAPE_LIST: return (i | j) < 0 ? list_slice_stepped(t, v_list(container), i, j, 1) : list_slice(t, v_list(container), i, j);
    case SHAPE_STR: return slice_adjust(str_length(v_str(container)), &i, &j, 1) ? str_slice(t, container, i, j) : str_empty;
    case SHAPE_TUPLE: return slice_adjust(v_tuple(container)->length, &i, &j, 1) ? tuple_slice(t, container, i, j) : tuple_empty;
    default: return V_ABSENT;
  }
}

int slow_store_subscript(Thread *t, Frame *f, const Inst *ip) {
  Value container = ref_value(f->fp[ip->a]), key = ref_value(f->fp[ip->b]), value = ref_value(f->fp[ip->c]);
  if (dunder_possible(container)) {
    DunderResult d = dunder_store_subscript(t, container, key, value);
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  bool done = false;
  if (v_is_list_exact(container) && v_is_smi(key)) {
    done = list_set(t, v_list(container), v_smi(key), value) == 0;
  }
  if (!done && object_setitem(t, container, key, value) < 0) return false;
  slot_drop(t, f, ip->c);
  slot_drop(t, f, ip->a);
  slot_drop(t, f, ip->b);
  return true;
}

// --- Names --------------------------------------------------------------------------------------------------------------------------

void raise_name_error(Thread *t, Type *type, const char *format, Value name) {
  error_clear(t);
  raise_error(t, type, format, name);
  if (type != &exc_NameError || !t->exc || object_type(t->exc) != type) return;
  v_set(t, &((NameErrorException *)(void *)t->exc)->name, v_own(t, name));
}

static Value local_name(const Frame *f, unsigned i) { return v_tuple(frame_code(f)->localsplusnames)->items[i]; }

static const char UNBOUND_LOCAL[] = "cannot access local variable '%U' where it is not associated with a value";

void raise_unbound_local(Thread *t, Frame *f, unsigned local) {
  raise_name_error(t, &exc_UnboundLocalError, UNBOUND_LOCAL, local_name(f, local));
}

void raise_unbound_deref(Thread *t, Frame *f, unsigned local) {
  const Code *c = frame_code(f);
  if ((int)local < c->nlocalsplus - c->nfreevars) {
    raise_unbound_local(t, f, local);
  } else {
    raise_name_error(t, &exc_NameError, "cannot access free variable '%U' where it is not associated with a value in enclosing scope",
                     local_name(f, local));
  }
}

// A mapping's item: 1, 0 absent (KeyError swallowed), -1.
static int mapping_get(Thread *t, Value mapping, Value name, Value *out) {
  if (v_is_dict_exact(mapping)) return dict_get(t, v_dict(mapping), name, out);
  *out = object_getitem(t, mapping, name);
  if (!v_is_null(*out)) return 1;
  if (!error_matches(t, &exc_KeyError)) return -1;
  error_clear(t);
  return 0;
}

static Value undefined_name(Thread *t, Value name) {
  raise_name_error(t, &exc_NameError, "name '%U' is not defined", name);
  return V_NULL;
}

Value slow_load_global(Thread *t, Frame *f, Value name) {
  Value v;
  int found = mapping_get(t, frame_globals(f), name, &v);
  if (found == 0) found = mapping_get(t, frame_builtins(f), name, &v);
  if (found < 0) return V_NULL;
  return found ? v : undefined_name(t, name);
}

// A module's code that is called as a function has its globals for locals.
static Value names_of(const Frame *f) { return v_is_null(f->locals) ? frame_globals(f) : f->locals; }

// Unlike LOAD_GLOBAL this looks into globals of a dict's subclass, past its own __getitem__.
bool slow_load_name(Thread *t, Frame *f, Value name, Value *out) {
  int found = v_is_null(f->locals) ? 0 : mapping_get(t, f->locals, name, out);
  if (found == 0) found = dict_get(t, v_dict(frame_globals(f)), name, out);
  if (found == 0) found = mapping_get(t, frame_builtins(f), name, out);
  if (found == 0) undefined_name(t, name);
  return found > 0;
}

// Whether nothing can be waiting for the death of v: an object without references, or one that outlives everybody.
static bool is_inert(Value v) {
  return !v_is_ptr(v) || v_is_null(v) || object_is_immortal(v_obj(v)) || object_is_deferred(v_obj(v)) || !shape_of(v_obj(v))->traverse;
}

static bool holds_inert_only(Thread *t, const Function *f) {
  bool inert = true;
  for (int64_t i = 0; inert && !v_is_null(f->defaults) && i < v_tuple(f->defaults)->length; i++) inert = is_inert(v_tuple(f->defaults)->items[i]);
  Value key, value;
  int64_t pos = 0;
  while (inert && !v_is_null(f->kwdefaults) && dict_next(t, v_dict(f->kwdefaults), &pos, &key, &value)) {
    inert = is_inert(value);
    v_drop(t, key);
    v_drop(t, value);
  }
  return inert;
}

// What a module or a class defines is called by every thread, so frames do not count it. Inner functions, and those with objects as
// defaults, are counted all the same until many threads use them: they may be the last to hold something that is to die with them.
static void defer_definition(Thread *t, Value v) {
  if (!v_is_ptr(v) || v_is_null(v)) return;
  if (v_is_exact(v, SHAPE_FUNCTION)) {
    const Function *f = v_function(v);
    if (!(v_code(v_load_acq(&f->code))->flags & CO_NESTED) && holds_inert_only(t, f)) object_make_deferred(t, v_obj(v));
  } else if (v_is_exact(v, SHAPE_PROPERTY)) {
    const Property *p = (const Property *)v_obj(v);
    defer_definition(t, p->get);
    defer_definition(t, p->set);
    defer_definition(t, p->del);
    object_make_deferred(t, v_obj(v));
  } else if (v_is_exact(v, SHAPE_CLASSMETHOD) || v_is_exact(v, SHAPE_STATICMETHOD)) {
    defer_definition(t, ((const ClassMethod *)v_obj(v))->callable);
    object_make_deferred(t, v_obj(v));
  }
}

bool slow_store_name(Thread *t, Frame *f, Value name, Value value) {
  defer_definition(t, value);
  Value names = names_of(f);
  if (v_is_dict_exact(names)) return dict_set(t, v_dict(names), name, value) == 0;
  return object_setitem(t, names, name, value) == 0;
}

bool slow_delete_name(Thread *t, Frame *f, Value name) {
  if (object_setitem(t, names_of(f), name, V_NULL) == 0) return true;
  undefined_name(t, name);
  return false;
}

bool slow_store_global(Thread *t, Frame *f, Value name, Value value) {
  defer_definition(t, value);
  return dict_set(t, v_dict(frame_globals(f)), name, value) == 0;
}

bool slow_delete_global(Thread *t, Frame *f, Value name) {
  int rc = dict_delete(t, v_dict(frame_globals(f)), name);
  if (rc == 0) undefined_name(t, name);
  return rc > 0;
}

Value slow_load_classderef(Thread *t, Frame *f, unsigned local) {
  Value v = V_NULL;
  if (!v_is_null(f->locals)) {
    int found = mapping_get(t, f->locals, local_name(f, local), &v);
    if (found) return found < 0 ? V_NULL : v;
  }
  v = cell_get(t, (Cell *)v_obj(ref_value(f->fp[local])));
  if (v_is_null(v)) raise_unbound_deref(t, f, local);
  return v;
}

bool slow_setup_annotations(Thread *t, Frame *f) {
  if (v_is_null(f->locals)) {
    raise_system_error(t, "no locals found when setting up annotations");
    return false;
  }
  Value v;
  int found = mapping_get(t, f->locals, N(__annotations__), &v);
  if (found < 0) return false;
  if (found) {
    v_drop(t, v);
    return true;
  }
  v = dict_new(t);
  if (v_is_null(v)) return false;
  bool ok = slow_store_name(t, f, N(__annotations__), v);
  v_drop(t, v);
  return ok;
}

Value slow_super_method(Thread *t, Value cell, Value self, Value name) {
  if (v_is_unbound(self) || !v_is_exact(cell, SHAPE_CELL)) return V_NULL;
  Value class = cell_get_keep(t, (Cell *)v_obj(cell));
  if (v_is_null(class)) return V_NULL;
  Value method = v_is_type(class) ? super_find_method(t, v_as_type(class), self, name) : V_NULL;
  if (!v_is_kept(class)) method = v_kept_own(t, method);   // dropping may be a safepoint
  v_drop(t, class);
  return method;
}

// Without looking further: an instance whose hidden class has no such slot.
static bool surely_lacks(const Object *o, Value name) {
  uint32_t shape = a32_load_acq(&o->shape);
  return shape_layout(shape) && shape_find_slot(shape, name) < 0;
}

int slow_load_method(Thread *t, Value obj, Value name, Value *method) {
  Type *type = v_type(obj);
  if (type->slots.getattro != object_generic_getattr) {
    *method = object_getattr(t, obj, name);
    return v_is_null(*method) ? -1 : 0;
  }
  AttrKind kind;
  Value found = type_lookup_keep(t, type, name, &kind);
  if (kind == ATTR_FUNCTION || kind == ATTR_NATIVE) {
    if (v_is_ptr(obj) && instance_has_attrs(v_obj(obj)) && !surely_lacks(v_obj(obj), name)) {
      Value own;
      found = v_kept_own(t, found);   // what follows may be a safepoint
      int rc = instance_get_attr(t, v_obj(obj), name, &own);
      if (rc != 0) {
        v_drop(t, found);
        *method = own;
        return rc < 0 ? -1 : 0;
      }
    }
    *method = found;
    return 1;
  }
  v_drop(t, found);
  *method = object_getattr(t, obj, name);
  return v_is_null(*method) ? -1 : 0;
}

bool slow_fill_member(Thread *t, Object *o, uint32_t offset, Value owned) {
  const Type *type = object_type(o);
  uint32_t slots = type->ext_offset + 8;   // of attributes that the shape names: those are never empty, but for a moment
  bool is_member = !type->ext_offset || offset < slots || offset >= slots + 8u * type->inline_slots;
  return is_member && instance_fill_member(t, o, offset, owned);
}

Value slow_property_function(Thread *t, Value obj, Value name, bool setter) {
  Type *type = v_type(obj);
  bool generic = setter ? type->slots.setattro == object_generic_setattr : type->slots.getattro == object_generic_getattr;
  TypeAttr *e = generic ? type_attrs_find(aptr_load_acq(&type->attrs), name) : NULL;
  if (likely(!e || e->kind != ATTR_PROPERTY)) return V_NULL;
  AttrKind kind;
  Value p = type_lookup_keep(t, type, name, &kind), f = V_NULL;
  if (!v_is_null(p) && v_is_exact(p, SHAPE_PROPERTY)) f = v_load_acq(setter ? &((Property *)v_obj(p))->set : &((Property *)v_obj(p))->get);
  if (!v_is_null(f) && v_is_exact(f, SHAPE_FUNCTION) && call_is_plain(f, setter ? 2 : 1)) f = v_keep(t, f);
  else f = V_NULL;
  if (!v_is_kept(p)) f = v_kept_own(t, f);   // dropping may be a safepoint
  v_drop(t, p);
  return f;
}

// --- Building and taking apart --------------------------------------------------------------------------------------------------------

static bool unpack_too_many(Thread *t, int64_t n) {
  raise_value_error(t, "too many values to unpack (expected %lld)", (long long)n);
  return false;
}

static bool unpack_too_few(Thread *t, int64_t n, int64_t got, bool at_least) {
  raise_value_error(t, "not enough values to unpack (expected %s%lld, got %lld)", at_least ? "at least " : "", (long long)n, (long long)got);
  return false;
}

static Value unpack_iterator(Thread *t, Value v) {
  Value it = object_iter(t, v);
  const Type *type = v_type(v);
  bool is_sequence = type->slots.seq_item || (type->flags & TYPE_HEAP && type->slots.getitem);
  if (v_is_null(it) && error_matches(t, &exc_TypeError) && !type->slots.iter && !is_sequence) {
    error_clear(t);
    raise_type_error(t, "cannot unpack non-iterable %T object", v);
  }
  return it;
}

static void drop_refs(Thread *t, Ref *refs, int64_t n) {
  for (int64_t i = 0; i < n; i++) ref_clear(t, &refs[i]);
}

// The first n items of an iterator into out, the first at out[total - 1] and so on downwards.
static bool unpack_items(Thread *t, Value it, int64_t n, Ref *out, int64_t total, int64_t expected, bool at_least) {
  for (int64_t i = 0; i < n; i++) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) {
      if (!error_pending(t)) unpack_too_few(t, expected, i, at_least);
      drop_refs(t, out + total - i, i);
      return false;
    }
    out[total - 1 - i] = ref_from(item);
  }
  return true;
}

bool slow_unpack(Thread *t, Value v, int64_t n, Ref *out) {
  for (int64_t i = 0; i < n; i++) out[i] = REF_UNBOUND;
  if (v_is_tuple_exact(v)) {
    Tuple *u = v_tuple(v);
    if (u->length != n) return u->length > n ? unpack_too_many(t, n) : unpack_too_few(t, n, u->length, false);
    for (int64_t i = 0; i < n; i++) out[n - 1 - i] = ref_from(v_keep(t, u->items[i]));
    return true;
  }
  if (v_is_list_exact(v)) {
    List *l = v_list(v);
    int64_t length = list_length(l);
    if (length != n) return length > n ? unpack_too_many(t, n) : unpack_too_few(t, n, length, false);
    int64_t i = 0;
    for (; i < n; i++) {
      Value item = list_get(t, l, i);
      if (v_is_null(item)) break;
      out[n - 1 - i] = ref_from(item);
    }
    if (i == n) return true;
    drop_refs(t, out + n - i, i);
    return unpack_too_few(t, n, i, false);
  }
  Value it = unpack_iterator(t, v);
  if (v_is_null(it)) return false;
  bool ok = unpack_items(t, it, n, out, n, n, false);
  if (ok) {
    Value more = object_iternext(t, it);
    if (!v_is_null(more) || error_pending(t)) {
      ok = false;
      if (!v_is_null(more)) unpack_too_many(t, n);
      v_drop(t, more);
      drop_refs(t, out, n);
    }
  }
  v_drop(t, it);
  return ok;
}

bool slow_unpack_ex(Thread *t, Value v, int64_t before, int64_t after, Ref *out) {
  int64_t total = before + 1 + after;
  for (int64_t i = 0; i < total; i++) out[i] = REF_UNBOUND;
  Value it = unpack_iterator(t, v);
  if (v_is_null(it)) return false;
  bool ok = unpack_items(t, it, before, out, total, before + after, true);
  if (!ok) {
    v_drop(t, it);
    return false;
  }
  Value rest = object_to_list(t, it);
  v_drop(t, it);
  if (!v_is_null(rest)) {
    int64_t n = list_length(v_list(rest));
    if (n >= after) {
      for (int64_t i = 0; i < after; i++) out[after - 1 - i] = ref_from(list_pop(t, v_list(rest), n - after));
      out[after] = ref_from(rest);
      return true;
    }
    unpack_too_few(t, before + after, before + n, true);
    v_drop(t, rest);
  }
  drop_refs(t, out + total - before, before);
  return false;
}

Value slow_build_map(Thread *t, Ref *items, int64_t n) {
  Value d = dict_new_sized(t, n);
  if (v_is_null(d)) return d;
  for (int64_t i = 0; i < n; i++) {
    if (dict_set(t, v_dict(d), ref_value(items[2 * i]), ref_value(items[2 * i + 1])) < 0) {
      v_drop(t, d);
      return V_NULL;
    }
  }
  drop_refs(t, items, 2 * n);
  return d;
}

// Few interned strs, no two of them the same: a dict of them needs no look-ups while it is made.
static bool are_distinct_names(const Tuple *keys) {
  enum { FEW = 8 };
  if (keys->length > FEW) return false;
  for (int64_t i = 0; i < keys->length; i++) {
    if (!v_is_str_exact(keys->items[i]) || !str_is_interned(v_str(keys->items[i]))) return false;
    for (int64_t k = 0; k < i; k++)
      if (v_is(keys->items[i], keys->items[k])) return false;
  }
  return true;
}

Value slow_build_const_key_map(Thread *t, Ref *items, int64_t n) {
  if (n && are_distinct_names(v_tuple(ref_value(items[n])))) {
    for (int64_t i = 0; i < n; i++)
      if (!ref_is_owned(items[i])) items[i] = ref_from(v_own(t, ref_value(items[i])));
    Value named = dict_new_named(t, v_tuple(ref_value(items[n]))->items, (const Value *)items, n);
    for (int64_t i = 0; i < n; i++) items[i] = REF_UNBOUND;
    ref_clear(t, &items[n]);
    return named;
  }
  Value d = dict_new_sized(t, n);
  if (v_is_null(d)) return d;
  Tuple *keys = v_tuple(ref_value(items[n]));
  for (int64_t i = 0; i < n; i++) {
    if (dict_set(t, v_dict(d), keys->items[i], ref_value(items[i])) < 0) {
      v_drop(t, d);
      return V_NULL;
    }
  }
  drop_refs(t, items, n + 1);
  return d;
}

Value slow_build_set(Thread *t, Ref *items, int64_t n) {
  Value s = set_new(t, V_NULL);
  if (v_is_null(s)) return s;
  for (int64_t i = 0; i < n; i++) {
    if (set_add(t, v_set_obj(s), ref_value(items[i])) < 0) {
      v_drop(t, s);
      return V_NULL;
    }
  }
  drop_refs(t, items, n);
  return s;
}

Value slow_build_string(Thread *t, Ref *items, int64_t n) {
  Value v = str_join_array(t, V_NULL, (const Value *)items, (size_t)n);
  if (!v_is_null(v)) drop_refs(t, items, n);
  return v;
}

Value slow_format(Thread *t, Value v, Value spec, int conversion) {
  Value text = conversion == 1 ? object_str(t, v) : conversion == 2 ? object_repr(t, v) : conversion == 3 ? object_ascii(t, v) : v_own(t, v);
  if (v_is_null(text) || (v_is_str_exact(text) && v_is_null(spec))) return text;
  Value r = object_format(t, text, spec);
  v_drop(t, text);
  return r;
}

Value slow_make_function(Thread *t, Frame *f, Ref *operands, unsigned flags) {
  unsigned n = 0;
  Ref *defaults = flags & 1 ? &operands[n++] : NULL, *kwdefaults = flags & 2 ? &operands[n++] : NULL;
  Ref *annotations = flags & 4 ? &operands[n++] : NULL, *closure = flags & 8 ? &operands[n++] : NULL;
  Value v = function_new(t, ref_value(operands[n]), frame_globals(f));
  if (v_is_null(v)) return v;
  Function *fn = v_function(v);
  if (closure) fn->closure = ref_take(t, closure);
  if (annotations) fn->annotations = ref_take(t, annotations);
  if (kwdefaults) fn->kwdefaults = ref_take(t, kwdefaults);
  if (defaults) fn->defaults = ref_take(t, defaults);
  ref_clear(t, &operands[n]);
  return v;
}

bool slow_list_extend(Thread *t, Value list, Value iterable) {
  if (list_extend(t, v_list(list), iterable) == 0) return true;
  Type *type = v_type(iterable);
  if (error_matches(t, &exc_TypeError) && !type->slots.iter && !type->slots.seq_item && !(type->flags & TYPE_HEAP && type->slots.getitem)) {
    error_clear(t);
    raise_type_error(t, "Value after * must be an iterable, not %T", iterable);
  }
  return false;
}

bool slow_dict_update(Thread *t, Value dict, Value other) {
  if (dict_merge(t, v_dict(dict), other, 1) == 0) return true;
  if (error_matches(t, &exc_AttributeError)) {
    error_clear(t);
    raise_type_error(t, "'%T' object is not a mapping", other);
  }
  return false;
}

bool slow_dict_merge(Thread *t, Value dict, Value other, Value function) {
  if (dict_merge(t, v_dict(dict), other, 2) == 0) return true;
  call_explain_kwargs(t, function, other);
  return false;
}

// --- Exceptions and with --------------------------------------------------------------------------------------------------------------

static bool exc_type_is_valid(Value type) {
  if (!v_is_tuple(type)) return v_is_exception_class(type);
  for (int64_t i = 0; i < v_tuple(type)->length; i++) {
    if (!v_is_exception_class(v_tuple(type)->items[i])) return false;
  }
  return true;
}

static bool exc_matches(Value exc, Value type) {
  if (!v_is_tuple(type)) return type_is_subtype(v_type(exc), v_as_type(type));
  for (int64_t i = 0; i < v_tuple(type)->length; i++) {
    if (exc_matches(exc, v_tuple(type)->items[i])) return true;
  }
  return false;
}

bool slow_check_exc_match(Thread *t, Value exc, Value type, bool *match) {
  if (!exc_type_is_valid(type)) {
    raise_type_error(t, "catching classes that do not inherit from BaseException is not allowed");
    return false;
  }
  *match = exc_matches(exc, type);
  return true;
}

// An exception instance from what `raise` was given: owned, V_NULL with an exception.
static Value exception_from(Thread *t, Value v, const char *otherwise) {
  if (v_is_exception_class(v)) {
    Value exc = object_call0(t, v);
    if (v_is_null(exc) || v_is_exception(exc)) return exc;
    raise_type_error(t, "calling %R should have returned an instance of BaseException, not %R", v, v_from_obj(v_type(exc)));
    v_drop(t, exc);
    return V_NULL;
  }
  if (v_is_exception(v)) return v_own(t, v);
  return raise_type_error(t, otherwise);
}

bool slow_raise(Thread *t, Value v, Value cause) {
  Value exc = exception_from(t, v, "exceptions must derive from BaseException");
  if (v_is_null(exc)) return false;
  if (!v_is_absent(cause)) {
    Value fixed = v_is_none(cause) ? V_NONE : exception_from(t, cause, "exception causes must derive from BaseException");
    if (v_is_null(fixed)) {
      v_drop(t, exc);
      return false;
    }
    exception_set_cause(t, exc, fixed);
    v_drop(t, fixed);
  }
  raise_object(t, exc);
  v_drop(t, exc);
  return false;
}

// Finds the native __enter__ and __exit__ of a class that cannot change and whose instances cannot be called. Such a manager stands for its
// bound __exit__ on the stack, so none is made. False: not such a class.
static bool find_native_manager(Thread *t, Type *type) {
  if (likely(t->vm->manager.type == type)) return true;
  if (type->flags & (TYPE_HEAP | TYPE_OPEN) || type->slots.call) return false;
  AttrKind enter_kind, exit_kind;
  Value enter = type_lookup_kind(t, type, N(__enter__), &enter_kind), exit = type_lookup_kind(t, type, N(__exit__), &exit_kind);
  bool native = enter_kind == ATTR_NATIVE && exit_kind == ATTR_NATIVE;
  if (native) {
    t->vm->manager.type = type;
    t->vm->manager.enter = (NativeDescriptor *)v_obj(enter);
    t->vm->manager.exit = (NativeDescriptor *)v_obj(exit);
  }
  v_drop(t, enter);
  v_drop(t, exit);
  return native;
}

static Value call_descriptor(Thread *t, NativeDescriptor *d, Value self, const Value *args, size_t nargs) {
  if (likely(native_takes_directly(&d->binding, nargs))) return d->def->fn(t, self, args, nargs, V_NULL);
  return native_call(t, d->def, &d->binding, self, args, nargs, V_NULL);
}

Value slow_exit_with(Thread *t, Frame *f, Value exit, const Value *args) {
  if (!find_native_manager(t, v_type(exit))) return object_call(t, exit, args, 3, V_NULL);
  NativeDescriptor *method = t->vm->manager.exit;
  if (likely(!f->traced)) return call_descriptor(t, method, exit, args, 3);
  return trace_native_call(t, f, v_steal_obj(method), (Value[]){exit, args[0], args[1], args[2]}, 4, V_NULL);
}

// Gets ready what the block's end will run: were there no memory for that then, a manager in Python would keep its lock.
static bool prepare_exit(Thread *t, Value exit) {
  Value function = v_is_exact(exit, SHAPE_METHOD) ? ((Method *)v_obj(exit))->function : exit;
  return !v_is_exact(function, SHAPE_FUNCTION) || function_exec(t, v_function(function));
}

int slow_before_with(Thread *t, Frame *f, const Inst *ip, bool is_async) {
  Ref *window = &f->fp[ip->a];
  Value manager = ref_value(window[0]), enter, exit;
  if (!is_async && dunder_possible(manager)) {
    DunderResult d = dunder_enter(t, window, ip->a);
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  if (!is_async && find_native_manager(t, v_type(manager))) {
    enter = call_descriptor(t, t->vm->manager.enter, manager, NULL, 0);
    if (v_is_null(enter)) return false;
    window[1] = ref_from(enter);
    return true;
  }
  const char *protocol = is_async ? "asynchronous context manager" : "context manager";
  Value name = is_async ? N(__aenter__) : N(__enter__);
  AttrKind kind;
  int found = 1;
  enter = type_lookup_kind(t, v_type(manager), name, &kind);
  bool unbound = kind == ATTR_FUNCTION || kind == ATTR_NATIVE;   // called with the manager, it need not be bound to it
  if (!unbound) {
    v_drop(t, enter);
    found = object_lookup_special(t, manager, name, &enter);
  }
  if (found <= 0) {
    if (found == 0) raise_type_error(t, "'%T' object does not support the %s protocol", manager, protocol);
    return false;
  }
  found = object_lookup_special(t, manager, is_async ? N(__aexit__) : N(__exit__), &exit);
  if (found <= 0) {
    if (found == 0)
      raise_type_error(t, "'%T' object does not support the %s protocol (missed %s method)", manager, protocol, is_async ? "__aexit__" : "__exit__");
    v_drop(t, enter);
    return false;
  }
  if (!prepare_exit(t, exit)) {
    v_drop(t, enter);
    v_drop(t, exit);
    return false;
  }
  window[1] = window[0];   // keeps the manager for the call
  window[0] = ref_from(exit);
  Value r = unbound ? object_call1(t, enter, manager) : object_call0(t, enter);
  v_drop(t, enter);
  if (v_is_null(r)) return false;
  ref_set(t, &window[1], r);
  return true;
}

// An attribute of the sys module, found the way a program would. Owned.
static Value sys_attribute(Thread *t, Value name) {
  Value modules = module_sys_modules_hook(t), sys = V_NULL, v = V_NULL;
  if (!v_is_null(modules)) sys = object_getitem(t, modules, N(sys));
  if (!v_is_null(sys)) v = object_getattr(t, sys, name);
  v_drop(t, modules);
  v_drop(t, sys);
  return v;
}

bool slow_print_expr(Thread *t, Value v) {
  Value hook = sys_attribute(t, N(displayhook));
  if (v_is_null(hook)) {
    if (error_matches(t, &exc_AttributeError)) {
      error_clear(t);
      raise_error(t, &exc_RuntimeError, "lost sys.displayhook");
    }
    return false;
  }
  Value r = object_call1(t, hook, v);
  v_drop(t, hook);
  v_drop(t, r);
  return !v_is_null(r);
}

Value slow_load_build_class(Thread *t, Frame *f) {
  Value v;
  int found = mapping_get(t, frame_builtins(f), N(__build_class__), &v);
  if (found > 0) return v;
  if (found == 0) raise_error(t, &exc_NameError, "__build_class__ not found");
  return V_NULL;
}
