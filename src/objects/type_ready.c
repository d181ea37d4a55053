// Readying builtin types: from a TypeSpec to a type object with slots, MRO and dict.
//
// Start-up needs objects of some types (str, dict, tuple, descriptors) before those types are ready: type_bootstrap binds every fixed shape
// to its type first, so that such objects can be made; one that dies before its type is ready is left where it is. Readying then prepares a type (shape,
// slots, flags: no allocation) and completes it (names, dict, MRO).
#include "objects/type_ready.h"

#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/mro.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/property.h"
#include "objects/shape.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_lookup.h"
#include "objects/type_origin.h"
#include "objects/type_slots.h"

Type *const type_of_immediate[16] = {
    [0x3] = &type_int, [0x7] = &type_int, [0xB] = &type_int, [0xF] = &type_int, [0x5] = &type_float, [0xD] = &type_float,
};

enum { INHERITED_FLAGS = TYPE_INT | TYPE_LIST | TYPE_TUPLE | TYPE_STR | TYPE_BYTES | TYPE_DICT | TYPE_EXC | TYPE_TYPE | TYPE_FLOAT | TYPE_SET |
                         TYPE_BYTEARRAY | TYPE_SEQUENCE | TYPE_MAPPING | TYPE_MATCH_SELF | TYPE_WEAKREF | TYPE_HAS_EXT | TYPE_VARSIZE };

// ---- preparing -------------------------------------------------------------------------------------------------------------------

static void plain_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static void prepare_layout(Type *type, const Type *base) {
  const TypeSpec *spec = type->spec;
  type->size = spec->size ? spec->size : base ? base->size : (uint32_t)sizeof(Object);
  type->item_size = spec->item_size ? spec->item_size : base ? base->item_size : 0;
  type->flags = spec->flags;
  if (base) type->flags |= base->flags & INHERITED_FLAGS;
  type->ext_offset = spec->ext_offset ? spec->ext_offset : base ? base->ext_offset : 0;
}

static void prepare_shape(Type *type, uint32_t shape) {
  Shape *s = &shape_table[shape];
  type->shape = type->dict_shape = shape;
  s->type = type;
  s->dealloc = type->slots.dealloc;
  s->traverse = type->slots.traverse;
  s->clear = type->slots.clear;
  s->size = type->flags & TYPE_VARSIZE ? 0 : type->size;
  s->flags = (type->slots.finalize ? SHAPE_HAS_FINALIZER : 0) | (type->flags & TYPE_WEAKREF ? SHAPE_WEAKREFABLE : 0);
}

static void prepare_header(Type *type) {
  const Object header = OBJECT_IMMORTAL_INIT(SHAPE_TYPE);
  type->ob = header;
  a8_fetch_or_rel(&type->ob.flags, OBJ_SHARED);   // attribute arrays are read without a lock
}

static bool prepare(Thread *t, Type *type, const TypeSpec *spec, uint32_t shape) {
  if (type->spec) return true;
  if (shape == 0) shape = shape_new();
  if (shape == 0) {
    raise_no_memory(t);
    return false;
  }
  Type *base = spec->base ? spec->base : type == &type_object ? NULL : &type_object;
  type->spec = spec;
  type->base = base;
  type->slots = spec->slots;
  prepare_header(type);
  prepare_layout(type, base);
  if (type->slots.richcompare && !type->slots.hash) type->slots.hash = object_hash_not_implemented;
  if (base) type_inherit_slots(type, base);
  if (!type->slots.dealloc) type->slots.dealloc = plain_dealloc;
  if (!type->slots.alloc) type->slots.alloc = type_generic_alloc;
  // As in CPython, a builtin type gets object's __new__ only by saying so; derived from another builtin type it inherits.
  if (!type->slots.new && base && base != &type_object) type->slots.new = base->slots.new;
  if (!type->slots.new && type != &type_object) type->flags |= TYPE_NO_INSTANTIATE;
  if (type->flags & TYPE_NO_INSTANTIATE) type->slots.new = NULL;
  if (type->slots.finalize) type->flags |= TYPE_HAS_FINALIZER;
  prepare_shape(type, shape);
  return true;
}

static void early_dealloc(Thread *t, Object *o) { (void)t, (void)o; }

bool type_bootstrap(Thread *t) {
  (void)t;
  type_slots_register();
#define BIND_SHAPE(ID, name) shape_table[SHAPE_##ID].type = &type_##name, shape_table[SHAPE_##ID].dealloc = early_dealloc;
  BUILTIN_SHAPES(BIND_SHAPE)
  shape_table[SHAPE_EARLY_ERROR].type = &exc_MemoryError;
  // What v_is_str and its like ask of objects that are made before their type is ready.
  type_str.flags |= TYPE_STR;
  type_tuple.flags |= TYPE_TUPLE;
  type_dict.flags |= TYPE_DICT;
  type_list.flags |= TYPE_LIST;
  return true;
}

// ---- completing ------------------------------------------------------------------------------------------------------------------

static Value type_new_wrapper(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Type *type = v_as_type(self);
  if (nargs < 1) return raise_type_error(t, "%N.__new__(): not enough arguments", type);
  if (!v_is_type(args[0])) return raise_type_error(t, "%N.__new__(X): X is not a type object (%T)", type, args[0]);
  Type *sub = v_as_type(args[0]);
  if (!type_is_subtype(sub, type)) return raise_type_error(t, "%N.__new__(%N): %N is not a subtype of %N", type, sub, sub, type);
  // Stepping over the builtin base that knows how to lay its instances out must not be possible.
  Type *builtin = sub;
  while (builtin && builtin->flags & TYPE_HEAP) builtin = builtin->base;
  if (builtin && builtin->slots.new != type->slots.new) {
    const Type *named = sub;    // it may go by the name of a class that has its __new__ from it, as io.RawIOBase
    while (named->slots.new != builtin->slots.new) named = named->base;
    return raise_type_error(t, "%N.__new__(%N) is not safe, use %N.__new__()", type, sub, named);
  }
  return type->slots.new(t, sub, args + 1, nargs - 1, kwnames);
}

static const NativeDef new_def = {"__new__($type, *args, **kwargs)", type_new_wrapper, "Makes a new instance of the type given.",
                                  NATIVE_RAW};

// What a static type's dict holds lives as long as the type, for ever: nobody counts it.
static bool put(Thread *t, Type *type, Value name, Value stolen) {
  if (v_is_null(name) || v_is_null(stolen)) return false;
  if (v_is_ptr(stolen)) {
    object_make_immortal(v_obj(stolen));
    stolen = v_steal_obj(v_obj(stolen));
  }
  return dict_set_steal(t, v_dict(type->dict), name, stolen) == 0;
}

// The method's name is the signature's text up to the parenthesis.
static Value native_name(Thread *t, const NativeDef *def) {
  size_t n = strcspn(def->signature, "(");
  Value name = str_from_ascii(t, def->signature, n);
  return v_is_null(name) ? V_NULL : str_intern_immortal(t, name);
}

static bool has_name(Thread *t, Type *type, Value name) { return dict_contains(t, v_dict(type->dict), name) == 1; }

static Value static_native(Thread *t, const NativeDef *def, Type *type) {
  Value native = native_new(t, def, v_from_obj(type), V_NULL);
  if (v_is_null(native)) return V_NULL;
  Value result = staticmethod_new(t, native);
  v_drop(t, native);
  return result;
}

static bool add_methods(Thread *t, Type *type, bool coexisting) {
  for (const NativeDef *def = type->spec->methods; def && def->signature; def++) {
    if (((def->flags & NATIVE_COEXIST) != 0) != coexisting) continue;
    Value name = native_name(t, def);
    if (v_is_null(name)) return false;
    if (!coexisting && has_name(t, type, name)) continue;
    Value descriptor = def->flags & NATIVE_STATIC ? static_native(t, def, type) : native_descriptor_new(t, def, type);
    if (!put(t, type, name, descriptor)) return false;
  }
  return true;
}

static bool add_members(Thread *t, Type *type) {
  for (const MemberDef *m = type->spec->members; m && m->name; m++)
    if (!put(t, type, str_intern_cstr(t, m->name), member_descriptor_new(t, type, m))) return false;
  for (const GetSetDef *c = type->spec->computed_members; c && c->name; c++)
    if (!put(t, type, str_intern_cstr(t, c->name), computed_member_new(t, type, c))) return false;
  for (const GetSetDef *g = type->spec->getset; g && g->name; g++)
    if (!put(t, type, str_intern_cstr(t, g->name), getset_descriptor_new(t, type, g))) return false;
  return true;
}

static bool fill_names(Thread *t, Type *type) {
  const char *name = type->spec->name, *dot = strrchr(name, '.');
  type->name = str_intern_cstr(t, name);
  type->qualname = str_intern_cstr(t, dot ? dot + 1 : name);
  Value module = dot ? str_from_cstr(t, name) : v_own(t, N(builtins));
  if (dot && !v_is_null(module)) {
    Value full = module;
    module = str_slice(t, full, 0, dot - name);
    v_drop(t, full);
    if (!v_is_null(module)) module = str_intern_immortal(t, module);
  }
  type->module_hint = module;
  return !v_is_null(type->name) && !v_is_null(type->qualname) && !v_is_null(module);
}

static bool fill_dict(Thread *t, Type *type) {
  const TypeSpec *spec = type->spec;
  type->dict = dict_new(t);
  if (v_is_null(type->dict)) return false;
  a8_fetch_or_rel(&v_obj(type->dict)->flags, OBJ_SHARED);
  type->ext = type->dict.w | 1;
  if (type_add_slot_wrappers(t, type) < 0) return false;
  if (spec->slots.new && !(type->flags & TYPE_NO_INSTANTIATE) &&
      !put(t, type, N(__new__), native_new(t, &new_def, v_from_obj(type), V_NULL)))
    return false;
  if (type_names_its_module(type) && !has_name(t, type, N(__module__)) && !put(t, type, N(__module__), v_own(t, type->module_hint))) return false;
  if (!add_methods(t, type, false) || !add_methods(t, type, true) || !add_members(t, type)) return false;
  if (!has_name(t, type, N(__doc__)) && !put(t, type, N(__doc__), spec->doc ? str_from_cstr(t, spec->doc) : V_NONE)) return false;
  return true;
}

static bool fill_bases(Thread *t, Type *type) {
  if (type->base && !(type->base->flags & TYPE_READY)) {
    raise_system_error(t, "type '%s' is readied before its base", type->spec->name);
    return false;
  }
  type->bases = type->base ? tuple_pack(t, 1, v_from_obj(type->base)) : v_own(t, tuple_empty);
  if (v_is_null(type->bases)) return false;
  Value mro = type->base ? mro_compute(t, type) : tuple_pack(t, 1, v_from_obj(type));
  if (v_is_null(mro)) return false;
  v_store_rel(&type->mro, mro);
  return !type->base || type_add_subclass(t, type->base, type) == 0;
}

bool type_ready(Thread *t, Type *type, const TypeSpec *spec, uint32_t shape) {
  if (type->flags & TYPE_READY) return true;
  if (!prepare(t, type, spec, shape)) return false;
  type->flags |= TYPE_READY | TYPE_IMMUTABLE;
  if (!fill_names(t, type) || !fill_dict(t, type) || !fill_bases(t, type)) return false;
  if (!shape_init_class_object(t, type, &type_type)) return false;
  a32_store_rel(&type->ob.shape, type->class_shape);
  a64_store_rel(&type->version, type_next_version());
  return true;
}
