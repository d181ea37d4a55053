// function: a code object with its globals, defaults and closure.
#include "objects/function.h"

#include <stddef.h>

#include "code/code.h"
#include "objects/dict.h"
#include "objects/dict_attribute.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/list.h"
#include "objects/module_layout.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"

int (*super_frame_hook)(Thread *t, Value *type, Value *self);
Value (*function_builtins_hook)(Thread *t);

// --- Making -------------------------------------------------------------------------------------------------------------------------

// Where a name was found last, in which table of a dict; 0: nowhere.
typedef struct Place { uint32_t table; int64_t index; } Place;
static _Thread_local Place name_place, builtins_place;

// globals[name], as v_load_keep returns it: modules are asked for the same by every function that is made. 0, -1.
static int look_up(Thread *t, Value globals, Value name, Place *place, Value *v) {
  *v = place->table ? dict_get_cached_inline(t, v_dict(globals), place->table, place->index) : V_NULL;
  if (likely(!v_is_null(*v))) return 0;
  object_share(t, v_obj(globals));
  Place found = {.index = dict_find_cached(v_dict(globals), name, &found.table)};
  if (found.index >= 0) {
    *v = dict_get_cached_inline(t, v_dict(globals), found.table, found.index);
    *place = found;
  }
  if (found.index == -1 || !v_is_null(*v)) return 0;
  return dict_get(t, v_dict(globals), name, v) < 0 ? -1 : 0;
}

// The builtins that functions with these globals see, for f->builtins. V_NULL with an exception.
static Value builtins_of(Thread *t, Value globals) {
  Value v;
  if (look_up(t, globals, N(__builtins__), &builtins_place, &v) < 0) return V_NULL;
  bool found = !v_is_null(v);
  Value builtins = !found ? function_builtins_hook(t) : v_is_ptr(v) && type_is_subtype(v_type(v), &type_module) ? module_dict(v) : v;
  if (v_is_null(builtins)) return V_NULL;
  if (v_is_ptr(builtins)) builtins = v_refer(t, builtins);   // anything may be put there
  if (found) v_drop(t, v);
  return builtins;
}

Value function_new(Thread *t, Value code, Value globals) {
  const Code *c = v_code(code);
  Value module;
  if (look_up(t, globals, N(__name__), &name_place, &module) < 0) return V_NULL;
  module = v_kept_own(t, module);
  Value builtins = builtins_of(t, globals);
  Function *f = v_is_null(builtins) ? NULL : (Function *)heap_new_object(t, SHAPE_FUNCTION, sizeof *f);
  if (!f) {
    v_drop(t, module);
    v_drop(t, builtins);
    return error_pending(t) ? V_NULL : raise_no_memory(t);
  }
  f->code = v_refer(t, code);
  f->globals = v_refer(t, globals);
  f->builtins = builtins;
  f->name = v_own(t, c->name);
  f->qualname = v_own(t, c->qualname);
  f->module = module;
  Tuple *consts = v_tuple(c->consts);
  f->doc = consts->length > 0 && v_is_str(consts->items[0]) ? v_own(t, consts->items[0]) : V_NONE;
  return v_from_obj(f);
}

// Versions are never reused; when they run out, calls are no longer cached.
static a32 next_version = {1};

uint32_t function_version(Thread *t, Function *f) {
  (void)t;
  uint32_t v = a32_load_rlx(&f->version);
  if (v || a32_load_rlx(&next_version) == 0) return v;
  v = a32_fetch_add_rlx(&next_version, 1);
  if (v == 0) a32_store_rlx(&next_version, 0);
  else a32_store_rlx(&f->version, v);
  return v;
}

// --- Attributes -----------------------------------------------------------------------------------------------------------------------

static Value read_field(Thread *t, Function *f, Value *field) {
  Value v;
  CRITICAL_BEGIN(t, f);
  v = v_own(t, *field);
  CRITICAL_END(t);
  return v_is_null(v) ? V_NONE : v;
}

// Replaces a field that calls read without a lock (stolen): what it held stays alive with the function if another thread may be using it.
static int replace_field(Thread *t, Function *f, Value *field, Value stolen, bool keep) {
  Value old, list = V_NULL;
  keep |= !object_is_private(t, &f->ob);
  if (keep && v_is_null(v_load_acq(&f->retired))) {   // once there it stays: looked at without the lock, here and below
    list = list_new(t, 0);
    if (v_is_null(list)) {
      v_drop(t, stolen);
      return -1;
    }
  }
  CRITICAL_BEGIN(t, f);
  old = *field;
  v_store_rel(field, stolen);
  a32_store_rlx(&f->version, 0);
  if (keep && v_is_null(f->retired)) {
    v_store_rel(&f->retired, list);
    list = V_NULL;
  }
  CRITICAL_END(t);
  v_drop(t, list);
  if (!keep) v_drop(t, old);
  else if (!v_is_null(old) && list_append_steal(t, v_list(v_load_acq(&f->retired)), v_kept_own(t, old)) < 0) return -1;
  return 0;
}

static Value get_code(Thread *t, Value self, void *closure) {
  (void)closure;
  return read_field(t, v_function(self), &v_function(self)->code);
}

static int set_code(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Function *f = v_function(self);
  if (v_is_null(value) || !v_is_exact(value, SHAPE_CODE)) {
    raise_type_error(t, "__code__ must be set to a code object");
    return -1;
  }
  int64_t have = v_is_null(f->closure) ? 0 : v_tuple(f->closure)->length;
  if (v_code(value)->nfreevars != have) {
    raise_value_error(t, "%U() requires a code object with %lld free vars, not %d", f->name, (long long)have, v_code(value)->nfreevars);
    return -1;
  }
  if (replace_field(t, f, &f->code, v_refer(t, value), true) < 0) return -1;
  aptr_store_rel(&f->exec, NULL);
  return 0;
}

// __name__ and __qualname__: closure is the field's offset.
static Value *field_at(Value self, void *closure) { return (Value *)(void *)((char *)v_obj(self) + (uintptr_t)closure); }

static Value get_text(Thread *t, Value self, void *closure) { return read_field(t, v_function(self), field_at(self, closure)); }

static int set_text(Thread *t, Value self, Value value, void *closure) {
  if (v_is_null(value) || !v_is_str(value)) {
    raise_type_error(t, "%s must be set to a string object", (uintptr_t)closure == offsetof(Function, name) ? "__name__" : "__qualname__");
    return -1;
  }
  return replace_field(t, v_function(self), field_at(self, closure), v_own(t, value), false);
}

static Value get_defaults(Thread *t, Value self, void *closure) {
  (void)closure;
  return read_field(t, v_function(self), &v_function(self)->defaults);
}

static int set_defaults(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  bool none = v_is_null(value) || v_is_none(value);
  if (!none && !v_is_tuple(value)) {
    raise_type_error(t, "__defaults__ must be set to a tuple object");
    return -1;
  }
  return replace_field(t, v_function(self), &v_function(self)->defaults, none ? V_NULL : v_own(t, value), false);
}

static Value get_kwdefaults(Thread *t, Value self, void *closure) {
  (void)closure;
  return read_field(t, v_function(self), &v_function(self)->kwdefaults);
}

static int set_kwdefaults(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  bool none = v_is_null(value) || v_is_none(value);
  if (!none && !v_is_dict(value)) {
    raise_type_error(t, "__kwdefaults__ must be set to a dict object");
    return -1;
  }
  return replace_field(t, v_function(self), &v_function(self)->kwdefaults, none ? V_NULL : v_own(t, value), false);
}

// The compiler delivers annotations as a tuple of names and values: a dict is made of it when somebody asks.
static Value get_annotations(Thread *t, Value self, void *closure) {
  (void)closure;
  Function *f = v_function(self);
  Value v = read_field(t, f, &f->annotations);
  if (v_is_dict(v)) return v;
  Value d = dict_new(t);
  if (!v_is_null(d) && v_is_tuple(v)) {
    Tuple *u = v_tuple(v);
    for (int64_t i = 0; i + 1 < u->length; i += 2) {
      if (dict_set(t, v_dict(d), u->items[i], u->items[i + 1]) < 0) {
        v_clear(t, &d);
        break;
      }
    }
  }
  v_drop(t, v);
  if (v_is_null(d)) return d;
  Value old = V_NULL;
  CRITICAL_BEGIN(t, f);
  if (v_is_null(f->annotations) || !v_is_dict(f->annotations)) {
    old = f->annotations;
    f->annotations = v_own(t, d);
  } else {
    old = d;   // another thread was first
    d = v_own(t, f->annotations);
  }
  CRITICAL_END(t);
  v_drop(t, old);
  return d;
}

static int set_annotations(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  bool none = v_is_null(value) || v_is_none(value);
  if (!none && !v_is_dict(value)) {
    raise_type_error(t, "__annotations__ must be set to a dict object");
    return -1;
  }
  return replace_field(t, v_function(self), &v_function(self)->annotations, none ? V_NULL : v_own(t, value), false);
}

// --- The type -------------------------------------------------------------------------------------------------------------------------

static bool check_closure(Thread *t, const Code *c, Value closure) {
  if (!v_is_tuple(closure)) {
    if (c->nfreevars && v_is_none(closure)) raise_type_error(t, "arg 5 (closure) must be tuple");
    else if (!v_is_none(closure)) raise_type_error(t, "arg 5 (closure) must be None or tuple");
    else return true;
    return false;
  }
  int64_t n = v_tuple(closure)->length;
  if (n != c->nfreevars) {
    raise_value_error(t, "%U requires closure of length %d, not %lld", c->name, c->nfreevars, (long long)n);
    return false;
  }
  for (int64_t i = 0; i < n; i++) {
    Value v = v_tuple(closure)->items[i];
    if (v_is_exact(v, SHAPE_CELL)) continue;
    raise_type_error(t, "arg 5 (closure) expected cell, found %T", v);
    return false;
  }
  return true;
}

static Value function_make(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type;
  static aptr binder;
  Value a[5];
  if (native_bind(t, &binder, "function(code, globals, name=None, argdefs=None, closure=None)", args, nargs, kwnames, a) < 0) return V_NULL;
  for (int i = 2; i < 5; i++) if (v_is_absent(a[i])) a[i] = V_NONE;
  if (!v_is_exact(a[0], SHAPE_CODE)) return raise_type_error(t, "function() argument 'code' must be code, not %K", a[0]);
  if (!v_is_dict(a[1])) return raise_type_error(t, "function() argument 'globals' must be dict, not %K", a[1]);
  if (!v_is_none(a[2]) && !v_is_str(a[2])) return raise_type_error(t, "arg 3 (name) must be None or string");
  if (!v_is_none(a[3]) && !v_is_tuple(a[3])) return raise_type_error(t, "arg 4 (defaults) must be None or tuple");
  if (!check_closure(t, v_code(a[0]), a[4])) return V_NULL;
  Value v = function_new(t, a[0], a[1]);
  if (v_is_null(v)) return v;
  Function *f = v_function(v);
  if (!v_is_none(a[2])) v_set(t, &f->name, v_own(t, a[2]));
  if (!v_is_none(a[3])) f->defaults = v_own(t, a[3]);
  if (!v_is_none(a[4])) f->closure = v_own(t, a[4]);
  return v;
}

static Value function_repr(Thread *t, Value self) {
  return str_from_format(t, "<function %U at %p>", v_function(self)->qualname, (void *)v_obj(self));
}

static Value function_get(Thread *t, Value self, Value obj, Value type) {
  (void)type;
  if (v_is_null(obj) || v_is_none(obj)) return v_own(t, self);
  return method_new(t, self, obj);
}

static void function_clear(Thread *t, Object *o) {
  Function *f = (Function *)o;
  v_clear(t, &f->module);
  v_clear(t, &f->defaults);
  v_clear(t, &f->kwdefaults);
  v_clear(t, &f->doc);
  instance_clear_ext(t, o, &f->ext);
  v_clear(t, &f->closure);
  v_clear(t, &f->annotations);
  v_clear(t, &f->retired);
}

static void function_dealloc(Thread *t, Object *o) {
  Function *f = (Function *)o;
  function_clear(t, o);
  v_clear(t, &f->globals);
  v_clear(t, &f->builtins);
  v_clear(t, &f->code);
  v_clear(t, &f->name);
  v_clear(t, &f->qualname);
  heap_free_object(t, o);
}

static void function_traverse(Object *o, GcVisit visit, void *arg) {
  Function *f = (Function *)o;
  gc_visit_referred(f->code, visit, arg);
  gc_visit_referred(f->globals, visit, arg);
  gc_visit_referred(f->builtins, visit, arg);
  gc_visit_value(f->name, visit, arg);
  gc_visit_value(f->qualname, visit, arg);
  gc_visit_value(f->module, visit, arg);
  gc_visit_value(f->defaults, visit, arg);
  gc_visit_value(f->kwdefaults, visit, arg);
  gc_visit_value(f->doc, visit, arg);
  gc_visit_value(f->closure, visit, arg);
  gc_visit_value(f->annotations, visit, arg);
  gc_visit_value(f->retired, visit, arg);
  instance_traverse_ext(o, &f->ext, visit, arg);
}

static const GetSetDef function_getset[] = {
    {"__code__", get_code, set_code, NULL, NULL},
    {"__defaults__", get_defaults, set_defaults, NULL, NULL},
    {"__kwdefaults__", get_kwdefaults, set_kwdefaults, NULL, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL, NULL},
    {"__name__", get_text, set_text, NULL, (void *)offsetof(Function, name)},
    {"__qualname__", get_text, set_text, NULL, (void *)offsetof(Function, qualname)},
    DICT_ATTRIBUTE,
    {0},
};
static const MemberDef function_members[] = {
    {"__closure__", MEMBER_VALUE, offsetof(Function, closure), true, NULL},
    {"__doc__", MEMBER_VALUE, offsetof(Function, doc), false, NULL},
    {"__globals__", MEMBER_VALUE, offsetof(Function, globals), true, NULL},
    {"__module__", MEMBER_VALUE, offsetof(Function, module), false, NULL},
    {"__builtins__", MEMBER_VALUE, offsetof(Function, builtins), true, NULL},
    {0},
};

Type type_function;
static TypeSpec spec_function = {
    .name = "function",
    .size = sizeof(Function),
    .flags = TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_METHOD_DESCRIPTOR,
    .ext_offset = offsetof(Function, ext),
    .slots = {.new = function_make, .repr = function_repr, .descr_get = function_get,
              .dealloc = function_dealloc, .traverse = function_traverse, .clear = function_clear},
    .getset = function_getset,
    .members = function_members,
    .doc = "A function made of code and the globals it runs with; argdefs are default values, closure the cells of its free variables.",
    .text_signature = "(code, globals, name=None, argdefs=None, closure=None)",
};

NativeFn function_call_slot;   // vm/ fills it before function_init

bool function_init(Thread *t) {
  spec_function.slots.call = function_call_slot;
  return type_ready(t, &type_function, &spec_function, SHAPE_FUNCTION);
}
