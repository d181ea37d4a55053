// The slot table: dunders and C slots, and filling one from the other.
#include "objects/type_slots.h"

#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_lookup.h"

#define AT(slot) offsetof(TypeSlots, slot)
#define SIG0 "($self, /)"
#define SIG_VALUE "($self, value, /)"
#define SIG_KEY "($self, key, /)"
#define SIG_ANY "($self, /, *args, **kwargs)"

#define UNARY(dunder, slot, doc) {&N(dunder), AT(slot), WRAP_UNARY, (void *)slot_generic_##slot, SIG0, doc},
#define BINARY(dunder, rdunder, slot, op)                                                                       \
  {&N(dunder), AT(slot), WRAP_BINARY, (void *)slot_generic_##slot, SIG_VALUE, "self " op " value."},            \
  {&N(rdunder), AT(slot), WRAP_BINARY_REFLECTED, (void *)slot_generic_##slot, SIG_VALUE, "value " op " self."},
#define INPLACE(dunder, slot, op) {&N(dunder), AT(slot), WRAP_BINARY, (void *)slot_generic_##slot, SIG_VALUE, "self " op " value, in place."},
#define COMPARE(dunder, wrap, op) {&N(dunder), AT(richcompare), wrap, (void *)slot_generic_richcompare, SIG_VALUE, "self " op " value."},

const SlotEntry slot_entries[] = {
    {&N(__getattribute__), AT(getattro), WRAP_GETATTR, (void *)slot_generic_getattr_hook, "($self, name, /)", "The attribute called name."},
    {&N(__getattr__), AT(getattro), WRAP_NONE, (void *)slot_generic_getattr_hook, NULL, NULL},
    {&N(__setattr__), AT(setattro), WRAP_SETATTR, (void *)slot_generic_setattro, "($self, name, value, /)", "Sets an attribute."},
    {&N(__delattr__), AT(setattro), WRAP_DELATTR, (void *)slot_generic_setattro, "($self, name, /)", "Removes an attribute."},
    {&N(__repr__), AT(repr), WRAP_UNARY, (void *)slot_generic_repr, SIG0, "The text that repr() shows."},
    {&N(__hash__), AT(hash), WRAP_HASH, (void *)slot_generic_hash, SIG0, "The hash of self."},
    {&N(__call__), AT(call), WRAP_CALL, (void *)slot_generic_call, SIG_ANY, "Calls self as a function."},
    {&N(__str__), AT(str), WRAP_UNARY, (void *)slot_generic_str, SIG0, "The text that str() gives."},
    COMPARE(__lt__, WRAP_LT, "<")
    COMPARE(__le__, WRAP_LE, "<=")
    COMPARE(__eq__, WRAP_EQ, "==")
    COMPARE(__ne__, WRAP_NE, "!=")
    COMPARE(__gt__, WRAP_GT, ">")
    COMPARE(__ge__, WRAP_GE, ">=")
    UNARY(__iter__, iter, "An iterator over self.")
    {&N(__next__), AT(iternext), WRAP_NEXT, (void *)slot_generic_iternext, SIG0, "The next item."},
    {&N(__get__), AT(descr_get), WRAP_DESCR_GET, (void *)slot_generic_descr_get, "($self, instance, owner=None, /)", "The attribute's value for instance."},
    {&N(__set__), AT(descr_set), WRAP_DESCR_SET, (void *)slot_generic_descr_set, "($self, instance, value, /)", "Sets the attribute of instance."},
    {&N(__delete__), AT(descr_set), WRAP_DESCR_DELETE, (void *)slot_generic_descr_set, "($self, instance, /)", "Removes the attribute of instance."},
    {&N(__init__), AT(init), WRAP_INIT, (void *)slot_generic_init, SIG_ANY, "Fills in a new instance; see type(self) for what it accepts."},
    {&N(__new__), AT(new), WRAP_NONE, (void *)slot_generic_new, NULL, NULL},
    {&N(__del__), AT(finalize), WRAP_FINALIZE, (void *)slot_generic_finalize, SIG0, "Called before self is destroyed."},

    UNARY(__await__, await, "An iterator to await self with.")
    UNARY(__aiter__, aiter, "An asynchronous iterator over self.")
    UNARY(__anext__, anext, "An awaitable for the next item.")

    BINARY(__add__, __radd__, add, "+")
    BINARY(__sub__, __rsub__, subtract, "-")
    BINARY(__mul__, __rmul__, multiply, "*")
    BINARY(__mod__, __rmod__, remainder, "%")
    {&N(__divmod__), AT(divmod), WRAP_BINARY, (void *)slot_generic_divmod, SIG_VALUE, "divmod(self, value)."},
    {&N(__rdivmod__), AT(divmod), WRAP_BINARY_REFLECTED, (void *)slot_generic_divmod, SIG_VALUE, "divmod(value, self)."},
    {&N(__pow__), AT(power), WRAP_TERNARY, (void *)slot_generic_power, "($self, value, mod=None, /)", "pow(self, value, mod)."},
    {&N(__rpow__), AT(power), WRAP_TERNARY_REFLECTED, (void *)slot_generic_power, "($self, value, mod=None, /)", "pow(value, self, mod)."},
    UNARY(__neg__, negative, "-self")
    UNARY(__pos__, positive, "+self")
    UNARY(__abs__, absolute, "abs(self)")
    {&N(__bool__), AT(bool_), WRAP_BOOL, (void *)slot_generic_bool, SIG0, "True if self is true."},
    UNARY(__invert__, invert, "~self")
    BINARY(__lshift__, __rlshift__, lshift, "<<")
    BINARY(__rshift__, __rrshift__, rshift, ">>")
    BINARY(__and__, __rand__, and_, "&")
    BINARY(__xor__, __rxor__, xor_, "^")
    BINARY(__or__, __ror__, or_, "|")
    UNARY(__int__, int_, "int(self)")
    UNARY(__float__, float_, "float(self)")
    INPLACE(__iadd__, iadd, "+")
    INPLACE(__isub__, isubtract, "-")
    INPLACE(__imul__, imultiply, "*")
    INPLACE(__imod__, iremainder, "%")
    {&N(__ipow__), AT(ipower), WRAP_TERNARY, (void *)slot_generic_ipower, SIG_VALUE, "self ** value, in place."},
    INPLACE(__ilshift__, ilshift, "<<")
    INPLACE(__irshift__, irshift, ">>")
    INPLACE(__iand__, iand, "&")
    INPLACE(__ixor__, ixor, "^")
    INPLACE(__ior__, ior, "|")
    BINARY(__floordiv__, __rfloordiv__, floor_divide, "//")
    BINARY(__truediv__, __rtruediv__, true_divide, "/")
    INPLACE(__ifloordiv__, ifloor_divide, "//")
    INPLACE(__itruediv__, itrue_divide, "/")
    UNARY(__index__, index, "self as an integer that can index a sequence.")
    BINARY(__matmul__, __rmatmul__, matmul, "@")
    INPLACE(__imatmul__, imatmul, "@")

    {&N(__len__), AT(length), WRAP_LENGTH, (void *)slot_generic_length, SIG0, "The number of items."},
    {&N(__getitem__), AT(getitem), WRAP_BINARY, (void *)slot_generic_getitem, SIG_KEY, "self[key]"},
    {&N(__setitem__), AT(setitem), WRAP_SETITEM, (void *)slot_generic_setitem, "($self, key, value, /)", "Sets self[key] to value."},
    {&N(__delitem__), AT(setitem), WRAP_DELITEM, (void *)slot_generic_setitem, SIG_KEY, "Removes self[key]."},
    {&N(__contains__), AT(contains), WRAP_CONTAINS, (void *)slot_generic_contains, SIG_KEY, "True if key is in self."},
    {&N(__add__), AT(concat), WRAP_BINARY, NULL, SIG_VALUE, "self + value."},
    {&N(__mul__), AT(repeat), WRAP_REPEAT, NULL, SIG_VALUE, "self * value."},
    {&N(__rmul__), AT(repeat), WRAP_REPEAT, NULL, SIG_VALUE, "value * self."},
    {&N(__iadd__), AT(iconcat), WRAP_BINARY, NULL, SIG_VALUE, "self + value, in place."},
    {&N(__imul__), AT(irepeat), WRAP_REPEAT, NULL, SIG_VALUE, "self * value, in place."},
    {&N(__getitem__), AT(seq_item), WRAP_SEQ_ITEM, (void *)slot_generic_seq_item, SIG_KEY, "self[key]"},
    {NULL, 0, WRAP_NONE, NULL, NULL, NULL},
};

static inline bool entry_is(const SlotEntry *e, Value name) { return v_is(*e->name, name); }

// ---- inheriting ------------------------------------------------------------------------------------------------------------------

static void inherit_one(Type *type, const Type *base, uint32_t offset) {
  void **field = slot_field(&type->slots, offset);
  if (!*field) *field = slot_function(&base->slots, offset);
}

void type_inherit_slots(Type *type, const Type *base) {
  // A type that compares or hashes in its own way inherits neither from its base.
  bool own_equality = type->slots.richcompare || type->slots.hash;
  for (const SlotEntry *e = slot_entries; e->name; e++) {
    bool equality = e->offset == AT(richcompare) || e->offset == AT(hash);
    // `new` is decided by type_ready: a builtin type that has none cannot be instantiated.
    if ((equality && own_equality) || e->offset == AT(new)) continue;
    inherit_one(type, base, e->offset);
  }
  inherit_one(type, base, AT(alloc));
  inherit_one(type, base, AT(getbuffer));
  inherit_one(type, base, AT(releasebuffer));
  inherit_one(type, base, AT(dealloc));
  if (!type->slots.traverse) {
    type->slots.traverse = base->slots.traverse;
    if (!type->slots.clear) type->slots.clear = base->slots.clear;
  }
}

// ---- from dunders to slots -------------------------------------------------------------------------------------------------------

typedef struct { void *specific, *generic; bool use_generic; } SlotChoice;

static void choose_specific(SlotChoice *c, void *fn) {
  if (!fn) return;
  if (!c->specific || c->specific == fn) c->specific = fn;
  else c->use_generic = true;
}

// What the dunder of `e`, as found along the MRO, asks of the slot. A builtin class's dunder stands for that class's own C function, which
// is absent when the dunder fills another slot there (list.__add__ is `concat`, not `add`).
static void consider_entry(Thread *t, const Type *type, const SlotEntry *e, SlotChoice *c) {
  Type *owner = NULL;
  Value found = type_lookup_mro_quietly(t, type, *e->name, &owner);
  if (v_is_null(found)) return;
  const WrapperDescriptor *w = v_is_exact(found, SHAPE_WRAPPER_DESCRIPTOR) ? v_wrapper_descriptor(found) : NULL;
  if (!(owner->flags & TYPE_HEAP)) {
    if (!v_is(*e->name, N(__getattr__))) choose_specific(c, slot_function(&owner->slots, e->offset));
  } else if (w && w->entry->wrap == e->wrap && v_is(*w->entry->name, *e->name) && type_is_subtype(type, w->type)) {
    if (w->entry->offset == e->offset) choose_specific(c, w->wrapped);
  } else if (e->offset == AT(hash) && v_is_none(found)) {
    choose_specific(c, (void *)object_hash_not_implemented);
  } else {
    c->use_generic = true;
  }
  v_drop(t, found);
}

// The entries from *e on that share its slot; *e moves past them.
static void refill_group(Thread *t, Type *type, const SlotEntry **e) {
  SlotChoice choice = {0};
  uint32_t offset = (*e)->offset;
  for (; (*e)->name && (*e)->offset == offset; (*e)++) {
    consider_entry(t, type, *e, &choice);
    if ((*e)->generic) choice.generic = (*e)->generic;
  }
  void **slot = slot_field(&type->slots, offset), *chosen = choice.use_generic ? choice.generic : choice.specific;
  // A loop may be running over an instance: it calls the slot again without asking whether there is one.
  if (!chosen && *slot && offset == AT(iternext)) chosen = (void *)object_next_not_implemented;
  *slot = chosen;
}

void type_refill_slots(Thread *t, Type *type, Value name) {
  if (!(type->flags & TYPE_HEAP)) return;
  for (const SlotEntry *e = slot_entries; e->name;) {
    bool concerned = v_is_null(name);
    for (const SlotEntry *g = e; !concerned && g->name && g->offset == e->offset; g++) concerned = entry_is(g, name);
    if (concerned) {
      refill_group(t, type, &e);
    } else {
      uint32_t offset = e->offset;
      while (e->name && e->offset == offset) e++;
    }
  }
  if (type->slots.finalize) type->flags |= TYPE_HAS_FINALIZER;
  else type->flags &= ~(uint32_t)TYPE_HAS_FINALIZER;
}

int type_slot_effect(Value name) {
  const Str *s = v_str(name);
  if (str_length(s) < 5 || str_char(s, 0) != '_' || str_char(s, 1) != '_') return 0;
  if (v_is(name, N(__get__)) || v_is(name, N(__set__)) || v_is(name, N(__delete__))) return SLOT_EFFECT_REFILL | SLOT_EFFECT_FLUSH_ALL;
  for (const SlotEntry *e = slot_entries; e->name; e++)
    if (entry_is(e, name)) return SLOT_EFFECT_REFILL;
  return 0;
}

void type_slots_register(void) {
  type_refill_slots_hook = type_refill_slots;
  type_slot_effect_hook = type_slot_effect;
}

// ---- from slots to dunders -------------------------------------------------------------------------------------------------------

int type_add_slot_wrappers(Thread *t, Type *type) {
  const TypeSlots *own = &type->spec->slots;
  Dict *dict = v_dict(type->dict);
  for (const SlotEntry *e = slot_entries; e->name; e++) {
    void *fn = slot_function(own, e->offset);
    if (!fn || e->wrap == WRAP_NONE) continue;
    int there = dict_contains(t, dict, *e->name);
    if (there < 0) return -1;
    if (there) continue;
    Value wrapper = fn == (void *)object_hash_not_implemented ? V_NONE : wrapper_descriptor_new(t, type, e, fn);
    if (v_is_null(wrapper) || dict_set_steal(t, dict, *e->name, wrapper) < 0) return -1;
  }
  if (own->richcompare && !own->hash) return dict_set(t, dict, N(__hash__), V_NONE);
  return 0;
}
