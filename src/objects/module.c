// Module objects: a namespace with a name, and the declaration of C-level modules.
#include "objects/module.h"

#include <stddef.h>
#include <string.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

// The dict is made with the module and never replaced, so reading `dict` needs no lock; `ext` refers to the same dict, as in any object in
// dict mode.

static int fill_names(Thread *t, Dict *d, Value name, Value doc) {
  if (dict_set(t, d, N(__name__), name) < 0 || dict_set(t, d, N(__doc__), doc) < 0 || dict_set(t, d, N(__package__), V_NONE) < 0 ||
      dict_set(t, d, N(__loader__), V_NONE) < 0 || dict_set(t, d, N(__spec__), V_NONE) < 0)
    return -1;
  return 0;
}

static Value module_alloc(Thread *t, Type *type) {
  Value self = type->slots.alloc(t, type, 0);
  if (v_is_null(self)) return V_NULL;
  Value dict = dict_new(t);
  if (v_is_null(dict)) {
    v_drop(t, self);
    return V_NULL;
  }
  v_module(self)->dict = dict;
  v_module(self)->ext = v_own(t, dict).w | 1;
  return self;
}

static Value module_make(Thread *t, Value name, Value doc) {
  Value self = module_alloc(t, &type_module);
  if (v_is_null(self)) return V_NULL;
  v_module(self)->name = v_own(t, name);
  if (fill_names(t, v_dict(v_module(self)->dict), name, doc) < 0) {
    v_drop(t, self);
    return V_NULL;
  }
  object_make_deferred(t, v_obj(self));
  object_make_late(t, v_obj(v_module(self)->dict));
  return self;
}

Value module_new(Thread *t, Value name) { return module_make(t, name, V_NONE); }

Value module_from_def(Thread *t, const ModuleDef *def) {
  Value name = str_intern_cstr(t, def->name);
  Value doc = def->doc ? str_from_cstr(t, def->doc) : V_NONE;
  if (v_is_null(name) || v_is_null(doc)) return V_NULL;
  Value module = module_make(t, name, doc);
  v_drop(t, doc);
  if (v_is_null(module)) return V_NULL;
  v_module(module)->def = def;
  if (def->functions && module_add_functions(t, module, def->functions) < 0) v_clear(t, &module);
  return module;
}

int module_add_functions(Thread *t, Value module, const NativeDef *functions) {
  const ModuleDef *own = v_module(module)->def;
  Value told = own && own->functions_module ? str_intern_cstr(t, own->functions_module) : v_own(t, v_module(module)->name);
  if (v_is_null(told)) return -1;
  for (const NativeDef *f = functions; f->signature; f++) {
    char name[128];
    size_t n = strcspn(f->signature, "(");
    assert(n < sizeof name);
    memcpy(name, f->signature, n);
    name[n] = '\0';
    Value native = native_new(t, f, module, told);
    if (!v_is_null(native)) object_make_deferred(t, v_obj(native));
    if (module_add(t, module, name, native) < 0) {
      v_drop(t, told);
      return -1;
    }
  }
  v_drop(t, told);
  return 0;
}

int module_exec_def(Thread *t, Value module, const ModuleDef *def) { return def->exec ? def->exec(t, module) : 0; }

int module_add(Thread *t, Value module, const char *name, Value stolen) {
  if (v_is_null(stolen)) return -1;
  Value key = str_intern_cstr(t, name);
  if (v_is_null(key)) {
    v_drop(t, stolen);
    return -1;
  }
  return dict_set_steal(t, v_dict(module_dict(module)), key, stolen);
}

int module_add_int(Thread *t, Value module, const char *name, int64_t v) { return module_add(t, module, name, int_from_i64(t, v)); }
int module_add_str(Thread *t, Value module, const char *name, const char *utf8) { return module_add(t, module, name, str_from_cstr(t, utf8)); }

int module_add_type(Thread *t, Value module, Type *type) {
  const char *name = type->spec ? type->spec->name : str_utf8(t, type->name, NULL);
  if (!name) return -1;
  const char *dot = strrchr(name, '.');
  return module_add(t, module, dot ? dot + 1 : name, v_own_obj(t, type));
}

// --- The type -----------------------------------------------------------------------------------------------------------------------

static Value module_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return module_alloc(t, type);
}

static int module_type_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[2];
  if (native_bind(t, &binder, "module(name, doc=None)", args, nargs, kwnames, a) < 0) return -1;
  if (!v_is_str(a[0])) {
    raise_type_error(t, "module() argument 'name' must be str, not %K", a[0]);
    return -1;
  }
  v_set(t, &v_module(self)->name, v_own(t, a[0]));
  return fill_names(t, v_dict(v_module(self)->dict), a[0], v_is_absent(a[1]) ? V_NONE : a[1]);
}

Value module_importlib;
Value (*module_sys_modules_hook)(Thread *t);

static Value importlib_call(Thread *t, const char *function, Value arg) {
  if (v_is_null(module_importlib)) return V_NULL;
  Value name = str_intern_cstr(t, function), r = V_NULL;
  Value f = v_is_null(name) ? V_NULL : object_getattr(t, module_importlib, name);
  if (!v_is_null(f)) r = object_call1(t, f, arg);
  v_drop(t, f);
  return r;
}

static Value module_repr(Thread *t, Value self) {
  Value r = importlib_call(t, "_module_repr", self);
  if (!v_is_null(r) || error_pending(t)) return r;
  Value name = v_module(self)->name;
  return v_is_null(name) ? str_from_cstr(t, "<module '?'>") : str_from_format(t, "<module %R>", name);
}

// Whether module.__spec__._initializing is true, as while an import of it is under way.
static int is_initializing(Thread *t, Value dict) {
  Value spec, flag;
  int r = dict_get(t, v_dict(dict), N(__spec__), &spec);
  if (r <= 0) return r;
  r = object_lookup_attr(t, spec, N(_initializing), &flag);
  v_drop(t, spec);
  if (r <= 0) return r;
  r = object_is_true(t, flag);
  v_drop(t, flag);
  return r;
}

static Value module_missing(Thread *t, Value self, Value name) {
  Value dict = v_module(self)->dict, getattr, module_name;
  int r = dict_get(t, v_dict(dict), N(__getattr__), &getattr);
  if (r < 0) return V_NULL;
  if (r > 0) {
    Value v = object_call1(t, getattr, name);
    v_drop(t, getattr);
    return v;
  }
  r = dict_get(t, v_dict(dict), N(__name__), &module_name);
  if (r < 0) return V_NULL;
  if (r == 0 || !v_is_str(module_name)) {
    v_drop(t, module_name);
    return raise_error(t, &exc_AttributeError, "module has no attribute '%U'", name);
  }
  int busy = is_initializing(t, dict);
  Value message = V_NULL;
  if (busy > 0)
    message = str_from_format(t, "partially initialized module '%U' has no attribute '%U' (most likely due to a circular import)", module_name, name);
  else if (busy == 0)
    message = str_from_format(t, "module '%U' has no attribute '%U'", module_name, name);
  v_drop(t, module_name);
  if (v_is_null(message)) return V_NULL;
  Value exc = exception_new(t, &exc_AttributeError, &message, 1);
  v_drop(t, message);
  if (v_is_null(exc)) return V_NULL;
  ((AttributeErrorException *)v_obj(exc))->name = v_own(t, name);
  ((AttributeErrorException *)v_obj(exc))->obj = v_own(t, self);
  raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

static Value module_getattro(Thread *t, Value self, Value name) {
  // The dict first: no data descriptor of ModuleType has an ordinary name.
  Value v;
  if (likely(v_is_exact(self, SHAPE_MODULE)) && str_length(v_str(name)) > 0 && str_char(v_str(name), 0) != '_') {
    int r = dict_get(t, v_dict(v_module(self)->dict), name, &v);
    if (r) return r > 0 ? v : V_NULL;
  }
  v = object_generic_getattr(t, self, name);
  if (!v_is_null(v) || !error_matches(t, &exc_AttributeError)) return v;
  error_clear(t);
  return module_missing(t, self, name);
}

static Value module_get_dict(Thread *t, Value self, void *closure) {
  (void)closure;
  return v_own(t, v_module(self)->dict);
}

static Value module_get_annotations(Thread *t, Value self, void *closure) {
  (void)closure;
  Dict *d = v_dict(v_module(self)->dict);
  Value v;
  int r = dict_get(t, d, N(__annotations__), &v);
  if (r) return r > 0 ? v : V_NULL;
  Value fresh = dict_new(t);
  if (v_is_null(fresh)) return V_NULL;
  r = dict_setdefault(t, d, N(__annotations__), fresh, &v);
  v_drop(t, fresh);
  return r < 0 ? V_NULL : v;
}

static int module_set_annotations(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Dict *d = v_dict(v_module(self)->dict);
  if (!v_is_null(value)) return dict_set(t, d, N(__annotations__), value);
  int r = dict_delete(t, d, N(__annotations__));
  if (r == 0) raise_error(t, &exc_AttributeError, "__annotations__");
  return r > 0 ? 0 : -1;
}

static Value module_dir(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value dict = object_getattr(t, self, N(__dict__)), f = V_NULL, names = V_NULL;   // a subclass may have an attribute of its own there
  if (v_is_null(dict)) return dict;
  if (!v_is_dict(dict)) {
    raise_type_error(t, "<module>.__dict__ is not a dictionary");
  } else {
    int r = dict_get(t, v_dict(dict), N(__dir__), &f);
    if (r >= 0) names = r ? object_call0(t, f) : dict_keys_list(t, v_dict(dict));
  }
  v_drop(t, f);
  v_drop(t, dict);
  return names;
}

static void module_clear(Thread *t, Object *o) {
  Module *m = (Module *)o;
  instance_clear_ext(t, o, &m->ext);
  v_clear(t, &m->dict);
  v_clear(t, &m->name);
}

static void module_dealloc(Thread *t, Object *o) {
  module_clear(t, o);
  heap_free_object(t, o);
}

static void module_traverse(Object *o, GcVisit visit, void *arg) {
  instance_traverse_ext(o, &((Module *)o)->ext, visit, arg);
  gc_visit_value(((Module *)o)->dict, visit, arg);
  gc_visit_value(((Module *)o)->name, visit, arg);
}

static const NativeDef module_methods[] = {
    {"__dir__($self, /)", module_dir, "The names in the module, or what its own __dir__ says.", NATIVE_NO_SIGNATURE}, {0}};
static const GetSetDef module_getset[] = {
    {"__annotations__", module_get_annotations, module_set_annotations, NULL, NULL},
    {0},
};
static const GetSetDef module_computed[] = {{"__dict__", module_get_dict, NULL, NULL, NULL}, {0}};

Type type_module;
static const TypeSpec spec_module = {
    .name = "module",
    .size = sizeof(Module),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF | TYPE_HAS_EXT,
    .ext_offset = offsetof(Module, ext),
    .slots = {.new = module_type_new, .init = module_type_init, .repr = module_repr, .getattro = module_getattro,
              .setattro = object_generic_setattr, .dealloc = module_dealloc, .traverse = module_traverse, .clear = module_clear},
    .methods = module_methods,
    .getset = module_getset,
    .computed_members = module_computed,
    .doc = "A module with this name, which has to be a string, and with this text about it.",
    .text_signature = "(name, doc=None)",
};

bool module_init(Thread *t) { return type_ready(t, &type_module, &spec_module, SHAPE_MODULE); }
