// member_descriptor and getset_descriptor: attributes of builtin types and __slots__ of classes.
#include "objects/descriptor.h"

#include "objects/error.h"
#include "objects/float.h"
#include "objects/instance.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_member_descriptor, type_getset_descriptor;

// ---- common to all ---------------------------------------------------------------------------------------------------------------

typedef struct { Object ob; Type *type; Value name; } AnyDescriptor;   // how member and getset descriptors begin
static inline AnyDescriptor *any(Value v) { return (AnyDescriptor *)v_obj(v); }

int descriptor_check(Thread *t, Value name, const Type *type, Value obj) {
  if (likely(type_is_subtype(v_type(obj), type))) return 0;
  raise_type_error(t, "descriptor '%U' for '%.100N' objects doesn't apply to a '%.100T' object", name, type, obj);
  return -1;
}

Value descriptor_reduce(Thread *t, Type *type, Value name) {
  Value getattr = object_builtin(t, N(getattr));
  if (v_is_null(getattr)) return V_NULL;
  Value args = tuple_pack(t, 2, v_from_obj(type), name);
  Value result = v_is_null(args) ? V_NULL : tuple_pack(t, 2, getattr, args);
  v_drop(t, args);
  v_drop(t, getattr);
  return result;
}

static void any_dealloc(Thread *t, Object *o) {
  v_drop(t, ((AnyDescriptor *)o)->name);
  heap_free_object(t, o);
}

static void any_traverse(Object *o, GcVisit visit, void *arg) { visit(&((AnyDescriptor *)o)->type->ob, false, arg); }

static Value any_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return descriptor_reduce(t, any(self)->type, any(self)->name);
}

static Value any_objclass(Thread *t, Value self, void *closure) {
  (void)closure;
  return v_own_obj(t, any(self)->type);
}

static Value any_name(Thread *t, Value self, void *closure) {
  (void)closure;
  return v_own(t, any(self)->name);
}

static Value any_qualname(Thread *t, Value self, void *closure) {
  (void)closure;
  return str_from_format(t, "%U.%U", any(self)->type->qualname, any(self)->name);
}

static const NativeDef any_methods[] = {
    {"__reduce__($self, /)", any_reduce, NULL, NATIVE_NO_SIGNATURE},
    {0},
};

static Value optional_text(Thread *t, const char *text) { return text ? str_from_cstr(t, text) : V_NONE; }

// ---- member_descriptor -----------------------------------------------------------------------------------------------------------

static Value member_new(Thread *t, Type *type, Value stolen_name, const MemberDef *def, int32_t offset) {
  if (v_is_null(stolen_name)) return V_NULL;
  MemberDescriptor *m = (MemberDescriptor *)heap_new_object(t, SHAPE_MEMBER_DESCRIPTOR, sizeof *m);
  if (!m) {
    v_drop(t, stolen_name);
    return raise_no_memory(t);
  }
  m->type = type;
  m->name = stolen_name;
  m->def = def;
  m->offset = offset;
  m->computed = NULL;
  object_make_deferred(t, &m->ob);
  return v_steal_obj(m);
}

Value member_descriptor_new(Thread *t, Type *type, const MemberDef *def) {
  return member_new(t, type, str_intern_cstr(t, def->name), def, (int32_t)def->offset);
}

Value computed_member_new(Thread *t, Type *type, const GetSetDef *def) {
  Value m = member_new(t, type, str_intern_cstr(t, def->name), NULL, 0);
  if (!v_is_null(m)) v_member_descriptor(m)->computed = def;
  return m;
}

Value slot_member_new(Thread *t, Type *type, Value name, int32_t offset) { return member_new(t, type, v_own(t, name), NULL, offset); }

static double double_from_bits(uint64_t bits) {
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}

static uint64_t bits_of_double(double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  return bits;
}

static Value member_read(Thread *t, const MemberDescriptor *m, Value obj) {
  Object *o = v_obj(obj);
  if (m->computed) return m->computed->get(t, obj, m->computed->closure);
  if (!m->def) {
    Value v = instance_member_load(t, o, m->offset);
    return v_is_null(v) ? raise_attribute_error(t, obj, m->name) : v;
  }
  const void *field = (const char *)o + m->offset;
  switch (m->def->kind) {
    case MEMBER_VALUE: {
      Value v = instance_field_load(t, o, field);
      return v_is_null(v) ? V_NONE : v;
    }
    case MEMBER_I32: return int_from_i64(t, (int32_t)a32_load_rlx(field));
    case MEMBER_U32: return int_from_i64(t, a32_load_rlx(field));
    case MEMBER_I64: return int_from_i64(t, (int64_t)a64_load_rlx(field));
    case MEMBER_BOOL: return v_from_bool(a8_load_rlx(field));
    case MEMBER_F64: return float_new(t, double_from_bits(a64_load_rlx(field)));
  }
  return raise_system_error(t, "bad member descriptor");
}

static int member_write_value(Thread *t, const MemberDescriptor *m, Value obj, Value value) {
  Object *o = v_obj(obj);
  Value owned = v_is_null(value) ? V_NULL : v_own(t, value);
  if (m->def) {
    instance_field_store(t, o, instance_member(o, m->offset), owned);
    return 0;
  }
  if (!instance_member_store(t, o, m->offset, owned) && v_is_null(value)) {
    raise_value(t, &exc_AttributeError, m->name);
    return -1;
  }
  return 0;
}

static int member_write_number(Thread *t, const MemberDescriptor *m, Value obj, Value value) {
  void *field = (char *)v_obj(obj) + m->offset;
  if (v_is_null(value)) {
    raise_type_error(t, "can't delete numeric/char attribute");
    return -1;
  }
  if (m->def->kind == MEMBER_BOOL) {
    if (!v_is(value, V_TRUE) && !v_is(value, V_FALSE)) {
      raise_type_error(t, "attribute value type must be bool");
      return -1;
    }
    a8_store_rlx(field, v_is(value, V_TRUE));
    return 0;
  }
  if (m->def->kind == MEMBER_F64) {
    double d = number_as_double(t, value);
    if (d == -1.0 && error_pending(t)) return -1;
    a64_store_rlx(field, bits_of_double(d));
    return 0;
  }
  if (m->def->kind == MEMBER_I64 && !v_is_int(value)) {
    a64_store_rlx(field, (uint64_t)-1);   // the field is written before the error is noticed, in python3.11 too
    raise_type_error(t, "an integer is required");
    return -1;
  }
  int64_t i = number_as_i64(t, value);
  if (i == -1 && error_pending(t)) return -1;
  switch (m->def->kind) {
    case MEMBER_I32: case MEMBER_U32: a32_store_rlx(field, (uint32_t)i); break;
    default: a64_store_rlx(field, (uint64_t)i); break;
  }
  return 0;
}

static Value member_descr_get(Thread *t, Value self, Value obj, Value type) {
  (void)type;
  const MemberDescriptor *m = v_member_descriptor(self);
  if (v_is_null(obj)) return v_own(t, self);
  if (descriptor_check(t, m->name, m->type, obj) < 0) return V_NULL;
  return member_read(t, m, obj);
}

static int member_descr_set(Thread *t, Value self, Value obj, Value value) {
  const MemberDescriptor *m = v_member_descriptor(self);
  if (descriptor_check(t, m->name, m->type, obj) < 0) return -1;
  if (m->computed ? !m->computed->set : m->def && m->def->readonly) {
    raise_error(t, &exc_AttributeError, "readonly attribute");
    return -1;
  }
  if (m->computed) return m->computed->set(t, obj, value, m->computed->closure);
  if (!m->def || m->def->kind == MEMBER_VALUE) return member_write_value(t, m, obj, value);
  return member_write_number(t, m, obj, value);
}

static Value member_repr(Thread *t, Value self) {
  return str_from_format(t, "<member '%U' of '%N' objects>", any(self)->name, any(self)->type);
}

static Value member_doc(Thread *t, Value self, void *closure) {
  (void)closure;
  const MemberDescriptor *m = v_member_descriptor(self);
  return optional_text(t, m->computed ? m->computed->doc : m->def ? m->def->doc : NULL);
}

static const GetSetDef member_getset[] = {
    {"__doc__", member_doc, NULL, NULL, NULL},
    {"__qualname__", any_qualname, NULL, NULL, NULL},
    {0},
};
static const GetSetDef member_computed[] = {{"__objclass__", any_objclass, NULL, NULL, NULL}, {"__name__", any_name, NULL, NULL, NULL}, {0}};

const TypeSpec spec_member_descriptor = {
    .name = "member_descriptor",
    .size = sizeof(MemberDescriptor),
    .slots = {.repr = member_repr, .descr_get = member_descr_get, .descr_set = member_descr_set, .dealloc = any_dealloc,
              .traverse = any_traverse},
    .methods = any_methods,
    .getset = member_getset,
    .computed_members = member_computed,
};

// ---- getset_descriptor -----------------------------------------------------------------------------------------------------------

Value getset_descriptor_new(Thread *t, Type *type, const GetSetDef *def) {
  Value name = str_intern_cstr(t, def->name);
  if (v_is_null(name)) return V_NULL;
  GetSetDescriptor *g = (GetSetDescriptor *)heap_new_object(t, SHAPE_GETSET_DESCRIPTOR, sizeof *g);
  if (!g) {
    v_drop(t, name);
    return raise_no_memory(t);
  }
  g->type = type;
  g->name = name;
  g->def = def;
  object_make_deferred(t, &g->ob);
  return v_steal_obj(g);
}

static inline GetSetDescriptor *v_getset(Value v) { return (GetSetDescriptor *)v_obj(v); }

static Value getset_descr_get(Thread *t, Value self, Value obj, Value type) {
  (void)type;
  const GetSetDescriptor *g = v_getset(self);
  if (v_is_null(obj)) return v_own(t, self);
  if (descriptor_check(t, g->name, g->type, obj) < 0) return V_NULL;
  if (g->def->get) return g->def->get(t, obj, g->def->closure);
  return raise_error(t, &exc_AttributeError, "attribute '%U' of '%.100N' objects is not readable", g->name, g->type);
}

static int getset_descr_set(Thread *t, Value self, Value obj, Value value) {
  const GetSetDescriptor *g = v_getset(self);
  if (descriptor_check(t, g->name, g->type, obj) < 0) return -1;
  if (g->def->set) return g->def->set(t, obj, value, g->def->closure);
  raise_error(t, &exc_AttributeError, "attribute '%U' of '%.100N' objects is not writable", g->name, g->type);
  return -1;
}

Value descriptor_read(Thread *t, Value d, Value obj) {
  const Type *type = ((const AnyDescriptor *)v_obj(d))->type;
  if (v_is_exact(d, SHAPE_GETSET_DESCRIPTOR)) {
    if (type == &type_object) return v_keep(t, v_from_obj(v_type(obj)));  // it has but one: __class__
    const GetSetDef *def = v_getset(d)->def;
    return def->get && type_is_subtype(v_type(obj), type) ? def->get(t, obj, def->closure) : V_ABSENT;
  }
  return v_is_exact(d, SHAPE_MEMBER_DESCRIPTOR) && type_is_subtype(v_type(obj), type) ? member_read(t, v_member_descriptor(d), obj) : V_ABSENT;
}

static Value getset_repr(Thread *t, Value self) {
  return str_from_format(t, "<attribute '%U' of '%N' objects>", any(self)->name, any(self)->type);
}

static Value getset_doc(Thread *t, Value self, void *closure) {
  (void)closure;
  return optional_text(t, v_getset(self)->def->doc);
}

static const GetSetDef getset_getset[] = {
    {"__doc__", getset_doc, NULL, NULL, NULL},
    {"__qualname__", any_qualname, NULL, NULL, NULL},
    {0},
};
static const GetSetDef getset_computed[] = {{"__objclass__", any_objclass, NULL, NULL, NULL}, {"__name__", any_name, NULL, NULL, NULL}, {0}};

const TypeSpec spec_getset_descriptor = {
    .name = "getset_descriptor",
    .size = sizeof(GetSetDescriptor),
    .slots = {.repr = getset_repr, .descr_get = getset_descr_get, .descr_set = getset_descr_set, .dealloc = any_dealloc,
              .traverse = any_traverse},
    .getset = getset_getset,
    .computed_members = getset_computed,
};

bool descriptor_init(Thread *t) {
  return type_ready(t, &type_member_descriptor, &spec_member_descriptor, SHAPE_MEMBER_DESCRIPTOR) &&
         type_ready(t, &type_getset_descriptor, &spec_getset_descriptor, SHAPE_GETSET_DESCRIPTOR);
}
