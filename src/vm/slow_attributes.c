// Attributes: finding methods, getters and setters of properties, and filling members.
#include "vm/slow_attributes.h"

#include "objects/instance.h"
#include "objects/super.h"
#include "objects/type_lookup.h"
#include "vm/call.h"

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
