// Pickling support: what object.__reduce_ex__ and object.__getstate__ return.
#include "objects/object_reduce.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_origin.h"

static Value import_copyreg(Thread *t) {
  Value modules = module_sys_modules_hook(t), loaded = V_NULL;
  int r = v_is_null(modules) ? -1 : v_is_dict_exact(modules) ? dict_get(t, v_dict(modules), N(copyreg), &loaded) : 0;
  v_drop(t, modules);
  if (r) return loaded;
  Value import = object_builtin(t, N(__import__));
  if (v_is_null(import)) return V_NULL;
  Value module = object_call1(t, import, N(copyreg));
  v_drop(t, import);
  return module;
}

// ---- state -----------------------------------------------------------------------------------------------------------------------

// The names of the __slots__ of a class and its bases: a list or None. copyreg computes and caches them.
static Value slot_names(Thread *t, Type *type) {
  Value names = V_NULL, copyreg;
  if (dict_get(t, v_dict(type->dict), N(__slotnames__), &names) < 0) return V_NULL;
  if (!v_is_null(names)) {
    if (v_is_none(names) || v_is_list(names)) return names;
    raise_type_error(t, "%.200N.__slotnames__ should be a list or None, not %.200T", type, names);
    v_drop(t, names);
    return V_NULL;
  }
  copyreg = import_copyreg(t);
  if (v_is_null(copyreg)) return V_NULL;
  names = object_call_method1(t, copyreg, N(_slotnames), v_from_obj(type));
  v_drop(t, copyreg);
  if (v_is_null(names) || v_is_none(names) || v_is_list(names)) return names;
  raise_type_error(t, "copyreg._slotnames didn't return a list or None");
  v_drop(t, names);
  return V_NULL;
}

// A dict of the slots that have values; None if there are none.
static Value slot_state(Thread *t, Value self, Value names) {
  Value state = dict_new(t);
  if (v_is_null(state)) return V_NULL;
  for (int64_t i = 0; i < list_length(v_list(names)); i++) {
    Value name = list_get(t, v_list(names), i), value;
    if (v_is_null(name)) break;
    int r = object_lookup_attr(t, self, name, &value);
    if (r > 0) {
      r = dict_set(t, v_dict(state), name, value);
      v_drop(t, value);
    }
    v_drop(t, name);
    if (r < 0) {
      v_drop(t, state);
      return V_NULL;
    }
  }
  if (dict_length(v_dict(state)) > 0) return state;
  v_drop(t, state);
  return V_NONE;
}

// Fields of a C struct that neither __dict__ nor __slots__ accounts for.
static bool has_hidden_fields(const Type *type) {
  while (type->flags & TYPE_HEAP && type->base) type = type->base;
  return (type->size > sizeof(Object) || type->item_size > 0) && !type_is_bare_struct(type);
}

// Fields of the class's and its bases' __slots__. There may be more than names for them, where __slots__ was an iterator.
static int64_t count_members(const Type *type) {
  int64_t n = 0;
  for (; type && type->flags & TYPE_HEAP; type = type->base) n += type->member_slots;
  return n;
}

// Instances that CPython counts in items: it words the refusal differently.
static bool varies_in_length(const Type *type) {
  bool is_code = !(type->flags & TYPE_HEAP) && str_equals_cstr(type->name, "code");     // a type of the layer above
  return is_code || (type->flags & TYPE_VARSIZE && !(type->flags & TYPE_STR)) || type_is_subtype(type, &type_memoryview) || type->flags & TYPE_TYPE;
}

// The __dict__ itself if there is one, for who pickles it must see when several objects share it; else a dict made for the purpose.
static Value attribute_state(Thread *t, Value self) {
  if (v_is_type(self)) return dict_copy(t, v_dict(v_as_type(self)->dict));
  if (!v_is_ptr(self) || !instance_has_attrs(v_obj(self))) return V_NONE;
  Value state = shape_layout(object_shape(v_obj(self))) ? V_NULL : instance_dict_ref(t, v_obj(self), v_type(self));
  if (v_is_null(state)) state = instance_copy_attrs(t, v_obj(self));
  if (v_is_null(state) || dict_length(v_dict(state)) > 0) return state;
  v_drop(t, state);
  return V_NONE;
}

Value object_getstate_default(Thread *t, Value self, bool required) {
  Type *type = v_type(self);
  if (required && varies_in_length(type)) return raise_type_error(t, "cannot pickle %.200T objects", self);
  if (required && has_hidden_fields(type)) return raise_type_error(t, "cannot pickle '%.200T' object", self);
  Value state = attribute_state(t, self), names, slots;
  if (v_is_null(state)) return V_NULL;
  names = slot_names(t, type);
  if (v_is_null(names)) goto failed;
  if (required && count_members(type) > (v_is_none(names) ? 0 : list_length(v_list(names)))) {
    v_drop(t, names);
    raise_type_error(t, "cannot pickle '%.200T' object", self);
    goto failed;
  }
  if (v_is_none(names)) return state;
  slots = slot_state(t, self, names);
  v_drop(t, names);
  if (v_is_null(slots)) goto failed;
  if (v_is_none(slots)) return state;
  Value both = tuple_pack(t, 2, state, slots);
  v_drop(t, state);
  v_drop(t, slots);
  return both;
failed:
  v_drop(t, state);
  return V_NULL;
}

// A bound object.__getstate__, not an override.
static bool is_default_getstate(Thread *t, Value bound, Value self) {
  if (!v_is_exact(bound, SHAPE_BUILTIN)) return false;
  const Native *n = (const Native *)v_obj(bound);
  Value plain = type_lookup(t, &type_object, N(__getstate__));
  bool same = v_is(n->self, self) && v_is_exact(plain, SHAPE_METHOD_DESCRIPTOR) && ((const NativeDescriptor *)v_obj(plain))->def == n->def;
  v_drop(t, plain);
  return same;
}

static Value get_state(Thread *t, Value self, bool required) {
  Value getstate = object_getattr(t, self, N(__getstate__));
  if (v_is_null(getstate)) return V_NULL;
  Value state = is_default_getstate(t, getstate, self) ? object_getstate_default(t, self, required) : object_call0(t, getstate);
  v_drop(t, getstate);
  return state;
}

// ---- arguments of __new__ --------------------------------------------------------------------------------------------------------

static int split_newargs_ex(Thread *t, Value pair, Value *args, Value *kwargs) {
  if (!v_is_tuple(pair)) return (int)(raise_type_error(t, "__getnewargs_ex__ should return a tuple, not '%.200T'", pair), -1);
  const Tuple *p = v_tuple(pair);
  if (p->length != 2) {
    raise_value_error(t, "__getnewargs_ex__ should return a tuple of length 2, not %zd", (size_t)p->length);
    return -1;
  }
  if (!v_is_tuple(p->items[0])) {
    raise_type_error(t, "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%.200T'", p->items[0]);
    return -1;
  }
  if (!v_is_dict(p->items[1])) {
    raise_type_error(t, "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%.200T'", p->items[1]);
    return -1;
  }
  *args = v_own(t, p->items[0]);
  *kwargs = v_own(t, p->items[1]);
  return 0;
}

// *args stays null when the class says nothing.
static int new_arguments(Thread *t, Value self, Value *args, Value *kwargs) {
  Value method;
  *args = *kwargs = V_NULL;
  int r = object_lookup_special(t, self, N(__getnewargs_ex__), &method);
  if (r != 0) {
    if (r < 0) return -1;
    Value pair = object_call0(t, method);
    v_drop(t, method);
    if (v_is_null(pair)) return -1;
    r = split_newargs_ex(t, pair, args, kwargs);
    v_drop(t, pair);
    return r;
  }
  r = object_lookup_special(t, self, N(__getnewargs__), &method);
  if (r <= 0) return r;
  *args = object_call0(t, method);
  v_drop(t, method);
  if (v_is_null(*args) || v_is_tuple(*args)) return v_is_null(*args) ? -1 : 0;
  raise_type_error(t, "__getnewargs__ should return a tuple, not '%.200T'", *args);
  v_clear(t, args);
  return -1;
}

static Value iterator_of_method(Thread *t, Value self, Value method) {
  Value items = object_call_method0(t, self, method);
  if (v_is_null(items)) return V_NULL;
  Value it = object_iter(t, items);
  v_drop(t, items);
  return it;
}

// (cls, *args)
static Value prepend(Thread *t, Value first, Value rest) {
  int64_t n = v_is_null(rest) ? 0 : v_tuple(rest)->length;
  Value tuple = tuple_new(t, n + 1);
  if (v_is_null(tuple)) return V_NULL;
  v_tuple(tuple)->items[0] = v_own(t, first);
  for (int64_t i = 0; i < n; i++) v_tuple(tuple)->items[i + 1] = v_own(t, v_tuple(rest)->items[i]);
  return tuple;
}

// The callable that remakes the object and its arguments.
static int choose_maker(Thread *t, Value copyreg, Value class, Value args, Value kwargs, Value *maker, Value *maker_args) {
  bool keywords = !v_is_null(kwargs) && dict_length(v_dict(kwargs)) > 0;
  *maker = object_getattr(t, copyreg, keywords ? N(__newobj_ex__) : N(__newobj__));
  if (v_is_null(*maker)) return -1;
  *maker_args = keywords ? tuple_pack(t, 3, class, args, kwargs) : prepend(t, class, args);
  return v_is_null(*maker_args) ? -1 : 0;
}

static Value reduce_newobj(Thread *t, Value self) {
  Type *type = v_type(self);
  if (!type->slots.new) return raise_type_error(t, "cannot pickle '%.200T' object", self);
  Value args, kwargs, copyreg = V_NULL, maker = V_NULL, maker_args = V_NULL, state = V_NULL, listitems = V_NULL, dictitems = V_NULL, result = V_NULL;
  if (new_arguments(t, self, &args, &kwargs) < 0) return V_NULL;
  copyreg = import_copyreg(t);
  if (v_is_null(copyreg)) goto done;
  if (choose_maker(t, copyreg, v_from_obj(type), args, kwargs, &maker, &maker_args) < 0) goto done;
  bool is_list = v_is_list(self), is_dict = v_is_dict(self);
  state = get_state(t, self, v_is_null(args) && !is_list && !is_dict);
  if (v_is_null(state)) goto done;
  listitems = is_list ? object_iter(t, self) : V_NONE;
  if (v_is_null(listitems)) goto done;
  dictitems = is_dict ? iterator_of_method(t, self, N(items)) : V_NONE;
  if (v_is_null(dictitems)) goto done;
  result = tuple_pack(t, 5, maker, maker_args, state, listitems, dictitems);
done:
  v_drop(t, args);
  v_drop(t, kwargs);
  v_drop(t, copyreg);
  v_drop(t, maker);
  v_drop(t, maker_args);
  v_drop(t, state);
  v_drop(t, listitems);
  v_drop(t, dictitems);
  return result;
}

Value object_reduce_default(Thread *t, Value self, int protocol) {
  if (protocol >= 2) return reduce_newobj(t, self);
  Value copyreg = import_copyreg(t);
  if (v_is_null(copyreg)) return V_NULL;
  Value name = N(_reduce_ex), result = V_NULL;
  if (!v_is_null(name)) result = object_call_method2(t, copyreg, name, self, v_from_smi(protocol));
  v_drop(t, copyreg);
  return result;
}

Value object_reduce_ex(Thread *t, Value self, int protocol) {
  Value reduce, of_class, plain;
  int r = object_lookup_attr(t, self, N(__reduce__), &reduce);
  if (r < 0) return V_NULL;
  if (r == 0) return object_reduce_default(t, self, protocol);
  of_class = object_getattr(t, v_from_obj(v_type(self)), N(__reduce__));
  if (v_is_null(of_class)) {
    v_drop(t, reduce);
    return V_NULL;
  }
  plain = type_lookup(t, &type_object, N(__reduce__));
  bool overridden = !v_is(of_class, plain);
  v_drop(t, of_class);
  v_drop(t, plain);
  Value result = overridden ? object_call0(t, reduce) : object_reduce_default(t, self, protocol);
  v_drop(t, reduce);
  return result;
}
