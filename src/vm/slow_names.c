// Names: locals, cells, globals, builtins and the namespaces of class bodies and modules; and what is found by a name of its own, such as
// sys.displayhook.
#include "vm/slow_names.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/tuple.h"

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
