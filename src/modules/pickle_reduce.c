// Writing objects that have no opcodes of their own: globals by their names, everything else by what __reduce_ex__ and its like say.
#include "modules/pickle.h"
#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/object_reduce.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_lookup.h"

// --- Globals ------------------------------------------------------------------------------------------------------------------------------

// The registered extension code of a global: 1 *code; 0 none; -1.
static int extension_code(Saver *s, Value v, Value module, Value name, int64_t *code) {
  Thread *t = s->t;
  if (dict_length(v_dict(pickle_tables.extension_registry)) == 0) return 0;
  Value key = tuple_pack(t, 2, module, name), found = V_NULL;
  int r = v_is_null(key) ? -1 : dict_get(t, v_dict(pickle_tables.extension_registry), key, &found);
  v_drop(t, key);
  if (r <= 0) return r;
  if (!v_is_int(found)) pickle_raise_pickling(t, "Can't pickle %R: extension code %R isn't an integer", v, found);
  else if (!int_as_i64(found, code) || *code <= 0 || *code > INT32_MAX)
    raise_error(t, &exc_RuntimeError, "Can't pickle %R: extension code %lld is out of range", v, (long long)*code);
  v_drop(t, found);
  return error_pending(t) ? -1 : 1;
}

static int put_extension(Saver *s, int64_t code) {
  char text[5];
  int width = code <= 0xFF ? 1 : code <= 0xFFFF ? 2 : 4;
  text[0] = (char)(width == 1 ? PK_EXT1 : width == 2 ? PK_EXT2 : PK_EXT4);
  pickle_pack(text + 1, (uint64_t)code, width);
  return pickle_put(s, text, 1 + width);
}

// One of the two lines of GLOBAL. what: "module" or "global".
static int put_identifier(Saver *s, Value name, const char *what) {
  size_t n;
  const char *text = s->proto >= 3 || str_is_ascii(v_str(name)) ? str_utf8(s->t, name, &n) : NULL;
  if (!text) {
    if (error_pending(s->t) && !error_matches(s->t, &exc_UnicodeEncodeError)) return -1;
    error_clear(s->t);
    pickle_raise_pickling(s->t, "can't pickle %s identifier '%S' using pickle protocol %d", what, name, s->proto);
    return -1;
  }
  return pickle_put(s, text, (int64_t)n) < 0 ? -1 : pickle_put_op(s, '\n');
}

static int put_global_lines(Saver *s, Value module, Value name) {
  Value old_module = v_own(s->t, module), old_name = v_own(s->t, name);
  int status = s->fix_imports ? pickle_old_names(s->t, &old_module, &old_name) : 0;
  if (status == 0 && pickle_put_op(s, PK_GLOBAL) < 0) status = -1;
  if (status == 0) status = put_identifier(s, old_module, "module") < 0 ? -1 : put_identifier(s, old_name, "global");
  v_drop(s->t, old_module);
  v_drop(s->t, old_name);
  return status;
}

// What stands behind the last dot.
static Value last_name(Thread *t, Value name) {
  const Str *text = v_str(name);
  int64_t dot = text->length;
  while (dot > 0 && str_char(text, dot - 1) != '.') dot--;
  return dot ? str_slice(t, name, dot, text->length) : v_own(t, name);
}

// getattr(parent, last name): how the older protocols reach into classes.
static int save_by_getattr(Saver *s, Value parent, Value name) {
  Thread *t = s->t;
  Value getattr = object_builtin(t, N(getattr)), last = last_name(t, name);
  Value arguments = tuple_pack(t, 2, parent, last), reduced = v_is_null(getattr) || v_is_null(arguments) ? V_NULL : tuple_pack(t, 2, getattr, arguments);
  int status = v_is_null(reduced) ? -1 : pickle_save_reduce(s, reduced, V_NULL);
  v_drop(t, getattr);
  v_drop(t, last);
  v_drop(t, arguments);
  v_drop(t, reduced);
  return status;
}

static int put_named_global(Saver *s, Value module_name, Value name) {
  if (s->proto < 4) return put_global_lines(s, module_name, name);
  return pickle_save(s, module_name) < 0 || pickle_save(s, name) < 0 ? -1 : pickle_put_op(s, PK_STACK_GLOBAL);
}

// A dotted name that leads back to the module is shortened.
static int put_global(Saver *s, Value module, Value module_name, Value name, Value parent) {
  if (!v_is(parent, module)) return s->proto >= 4 ? put_named_global(s, module_name, name) : save_by_getattr(s, parent, name);
  Value last = last_name(s->t, name);
  int status = v_is_null(last) ? -1 : put_named_global(s, module_name, last);
  v_drop(s->t, last);
  return status;
}

// Looks the global up by its names, to be sure that it will be found again: *module and *parent, owned. 0, -1.
static int check_global(Thread *t, Value v, Value module_name, Value name, Value *module, Value *parent) {
  Value found = V_NULL;
  *parent = V_NULL;
  *module = pickle_import(t, module_name);
  if (v_is_null(*module)) {
    pickle_raise_pickling(t, "Can't pickle %R: import of module %R failed", v, module_name);
    return -1;
  }
  int r = pickle_find_dotted(t, *module, name, &found, parent);
  if (r <= 0) {
    error_clear(t);
    pickle_raise_pickling(t, "Can't pickle %R: attribute lookup %S on %S failed", v, name, module_name);
  } else if (!v_is(found, v)) {
    r = 0;
    pickle_raise_pickling(t, "Can't pickle %R: it's not the same object as %S.%S", v, module_name, name);
  }
  v_drop(t, found);
  return r > 0 ? 0 : -1;
}

static int save_named_global(Saver *s, Value v, Value module_name, Value name) {
  Value module, parent;
  int64_t code = 0;
  int status = check_global(s->t, v, module_name, name, &module, &parent);
  if (status == 0 && s->proto >= 2) status = extension_code(s, v, module_name, name, &code);
  if (status > 0) status = put_extension(s, code);
  else if (status == 0) status = put_global(s, module, module_name, name, parent) < 0 ? -1 : pickle_memoize(s, v);
  v_drop(s->t, module);
  v_drop(s->t, parent);
  return status;
}

// The name of a builtin class or function is made anew each time it is asked for in CPython: it is never in the memo.
static Value global_name(Thread *t, Value v) {
  Value name;
  int r = object_lookup_attr(t, v, N(__qualname__), &name);
  if (r == 0) return object_getattr(t, v, N(__name__));
  if (r < 0) return V_NULL;
  bool builtin = v_is_native(v) || (v_is_type(v) && v_as_type(v)->spec);
  if (!builtin || !v_is_str_exact(name) || str_length(v_str(name)) < 2) return name;
  Value fresh = str_is_ascii(v_str(name)) ? str_from_ascii(t, v_str(name)->data, (size_t)v_str(name)->length) : v_own(t, name);
  v_drop(t, name);
  return fresh;
}

int pickle_save_global(Saver *s, Value v, Value given) {
  Thread *t = s->t;
  Value name = v_is_null(given) ? global_name(t, v) : v_own(t, given), module_name = V_NULL;
  int status = v_is_null(name) ? -1 : pickle_check_dotted(t, V_NULL, name);
  if (status == 0) module_name = pickle_module_of(t, v, name);
  status = v_is_null(module_name) ? -1 : save_named_global(s, v, module_name, name);
  v_drop(t, name);
  v_drop(t, module_name);
  return status;
}

// --- Reductions ---------------------------------------------------------------------------------------------------------------------------

typedef struct Reduced { Value callable, arguments, state, items, pairs, setter; } Reduced;  // borrowed from the tuple; V_NULL: none

static int check_iterator(Thread *t, Value v, const char *which) {
  if (v_is_null(v) || object_is_iterator(v)) return 0;
  pickle_raise_pickling(t, "%s element of the tuple returned by __reduce__ must be an iterator, not %T", which, v);
  return -1;
}

static int unpack_reduced(Thread *t, Value tuple, Reduced *r) {
  const Tuple *p = v_tuple(tuple);
  Value parts[6] = {V_NULL, V_NULL, V_NULL, V_NULL, V_NULL, V_NULL};
  if (p->length < 2 || p->length > 6) {
    pickle_raise_pickling(t, "tuple returned by __reduce__ must contain 2 through 6 elements");
    return -1;
  }
  for (int64_t i = 0; i < p->length; i++) parts[i] = i >= 2 && v_is_none(p->items[i]) ? V_NULL : p->items[i];
  *r = (Reduced){parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]};
  if (!object_is_callable(r->callable)) pickle_raise_pickling(t, "first item of the tuple returned by __reduce__ must be callable");
  else if (!v_is_tuple(r->arguments)) pickle_raise_pickling(t, "second item of the tuple returned by __reduce__ must be a tuple");
  else if (check_iterator(t, r->items, "fourth") < 0 || check_iterator(t, r->pairs, "fifth") < 0) return -1;
  else if (!v_is_null(r->setter) && !object_is_callable(r->setter))
    pickle_raise_pickling(t, "sixth element of the tuple returned by __reduce__ must be a function, not %T", r->setter);
  else return 0;
  return -1;
}

// Protocols from 4 on say __newobj_ex__ with an opcode of its own; the older ones by partial(cls.__new__, cls, *args, **kwargs)().
static int save_newobj_ex(Saver *s, Value arguments) {
  Thread *t = s->t;
  const Tuple *p = v_tuple(arguments);
  if (p->length != 3)
    return (int)(pickle_raise_pickling(t, "length of the NEWOBJ_EX argument tuple must be exactly 3, not %zd", (size_t)p->length), -1);
  Value cls = p->items[0], args = p->items[1], kwargs = p->items[2];
  if (!v_is_type(cls)) pickle_raise_pickling(t, "first item from NEWOBJ_EX argument tuple must be a class, not %.200T", cls);
  else if (!v_is_tuple(args)) pickle_raise_pickling(t, "second item from NEWOBJ_EX argument tuple must be a tuple, not %.200T", args);
  else if (!v_is_dict(kwargs)) pickle_raise_pickling(t, "third item from NEWOBJ_EX argument tuple must be a dict, not %.200T", kwargs);
  if (error_pending(t)) return -1;
  if (s->proto >= 4) return pickle_save(s, cls) < 0 || pickle_save(s, args) < 0 || pickle_save(s, kwargs) < 0 ? -1 : pickle_put_op(s, PK_NEWOBJ_EX);
  Value make = object_getattr(t, cls, N(__new__)), all = v_is_null(make) ? V_NULL : tuple_new(t, v_tuple(args)->length + 2);
  if (v_is_null(all)) {
    v_drop(t, make);
    return -1;
  }
  v_tuple(all)->items[0] = make;
  v_tuple(all)->items[1] = v_own(t, cls);
  for (int64_t i = 0; i < v_tuple(args)->length; i++) v_tuple(all)->items[i + 2] = v_own(t, v_tuple(args)->items[i]);
  Value partial = object_call_ex(t, pickle_tables.partial, all, kwargs);
  v_drop(t, all);
  int status = v_is_null(partial) || pickle_save(s, partial) < 0 || pickle_save(s, tuple_empty) < 0 ? -1 : pickle_put_op(s, PK_REDUCE);
  v_drop(t, partial);
  return status;
}

// obj.__class__ is what the class is compared with.
static int check_class(Thread *t, Value cls, Value v) {
  if (!v_is_type(cls)) {
    pickle_raise_pickling(t, "args[0] from __newobj__ args is not a type");
    return -1;
  }
  if (v_is_null(v)) return 0;
  Value its = V_NULL;
  int r = object_lookup_attr(t, v, N(__class__), &its);
  if (r < 0) return -1;
  bool same = v_is(r > 0 ? its : v_from_obj(v_type(v)), cls);
  v_drop(t, its);
  if (!same) pickle_raise_pickling(t, "args[0] from __newobj__ args has the wrong class");
  return same ? 0 : -1;
}

static int save_newobj(Saver *s, Value arguments, Value v) {
  Thread *t = s->t;
  int64_t n = v_tuple(arguments)->length;
  if (n < 1) return (int)(pickle_raise_pickling(t, "__newobj__ arglist is empty"), -1);
  Value cls = v_tuple(arguments)->items[0];
  if (check_class(t, cls, v) < 0 || pickle_save(s, cls) < 0) return -1;
  Value rest = tuple_slice(t, arguments, 1, n);
  int status = v_is_null(rest) || pickle_save(s, rest) < 0 ? -1 : pickle_put_op(s, PK_NEWOBJ);
  v_drop(t, rest);
  return status;
}

enum { MADE_BY_CALL, MADE_BY_NEWOBJ, MADE_BY_NEWOBJ_EX };
// The two functions of copyreg are known by their names.
static int how_made(Saver *s, Value callable) {
  Value name = V_NULL;
  if (s->proto < 2) return MADE_BY_CALL;
  if (object_lookup_attr(s->t, callable, N(__name__), &name) < 0) return -1;
  int how = v_is_null(name) || !v_is_str(name) ? MADE_BY_CALL
            : str_equals_cstr(name, "__newobj_ex__") ? MADE_BY_NEWOBJ_EX
            : str_equals_cstr(name, "__newobj__")    ? MADE_BY_NEWOBJ
                                                     : MADE_BY_CALL;
  v_drop(s->t, name);
  return how;
}

static int save_making(Saver *s, const Reduced *r, Value v) {
  switch (how_made(s, r->callable)) {
    case MADE_BY_NEWOBJ: return save_newobj(s, r->arguments, v);
    case MADE_BY_NEWOBJ_EX: return save_newobj_ex(s, r->arguments);
    case MADE_BY_CALL: return pickle_save(s, r->callable) < 0 || pickle_save(s, r->arguments) < 0 ? -1 : pickle_put_op(s, PK_REDUCE);
    default: return -1;
  }
}

int pickle_remember_made(Saver *s, Value v) {
  if (v_is_null(v)) return 0;
  int64_t number = pickle_memo_find(&s->memo, v);
  if (number < 0) return pickle_memoize(s, v);
  return pickle_put_op(s, PK_POP) < 0 || pickle_put_get(s, number) < 0 ? -1 : 1;
}

static int save_state(Saver *s, const Reduced *r, Value v) {
  if (v_is_null(r->state)) return 0;
  if (v_is_null(r->setter)) return pickle_save(s, r->state) < 0 ? -1 : pickle_put_op(s, PK_BUILD);
  // setter(v, state), whose result is thrown away.
  if (pickle_save(s, r->setter) < 0 || pickle_save(s, v) < 0 || pickle_save(s, r->state) < 0) return -1;
  return pickle_put(s, (char[]){(char)PK_TUPLE2, PK_REDUCE, PK_POP}, 3);
}

int pickle_save_reduce(Saver *s, Value reduced, Value v) {
  Reduced r;
  if (unpack_reduced(s->t, reduced, &r) < 0 || save_making(s, &r, v) < 0) return -1;
  int known = pickle_remember_made(s, v);
  if (known) return known < 0 ? -1 : 0;
  if (!v_is_null(r.items) && pickle_save_items(s, r.items) < 0) return -1;
  if (!v_is_null(r.pairs) && pickle_save_pairs(s, r.pairs) < 0) return -1;
  return save_state(s, &r, v);
}

int pickle_save_class(Saver *s, Value v) {
  Value only = v_as_type(v) == &type_NoneType             ? V_NONE
               : v_as_type(v) == &type_ellipsis           ? V_ELLIPSIS
               : v_as_type(v) == &type_NotImplementedType ? V_NOT_IMPLEMENTED
                                                          : V_NULL;
  if (v_is_null(only)) return pickle_save_global(s, v, V_NULL);
  Value arguments = tuple_pack(s->t, 1, only), reduced = v_is_null(arguments) ? V_NULL : tuple_pack(s->t, 2, v_from_obj(&type_type), arguments);
  int status = v_is_null(reduced) ? -1 : pickle_save_reduce(s, reduced, v);
  v_drop(s->t, arguments);
  v_drop(s->t, reduced);
  return status;
}

// --- The choice ---------------------------------------------------------------------------------------------------------------------------

// What the pickler's own table, else copyreg's, has for the class: 1 *out owned; 0; -1.
static int find_reducer(Saver *s, Type *type, Value *out) {
  *out = V_NULL;
  if (v_is_null(s->dispatch_table)) return dict_get(s->t, v_dict(pickle_tables.dispatch_table), v_from_obj(type), out);
  *out = object_getitem(s->t, s->dispatch_table, v_from_obj(type));
  if (!v_is_null(*out)) return 1;
  if (!error_matches(s->t, &exc_KeyError)) return -1;
  error_clear(s->t);
  return 0;
}

// v.__reduce_ex__ is object's own: it need not be made a bound method to be called.
static bool reduces_by_default(Thread *t, Value v) {
  Type *type = v_type(v);
  if (!v_is_ptr(v) || type->slots.getattro != object_generic_getattr) return false;
  Value found = type_lookup(t, type, N(__reduce_ex__)), own = V_NULL;
  bool plain = !v_is_null(found) && v_is_exact(found, SHAPE_METHOD_DESCRIPTOR) && ((const NativeDescriptor *)v_obj(found))->type == &type_object;
  v_drop(t, found);
  if (!plain || !instance_has_attrs(v_obj(v))) return plain;
  plain = instance_get_attr(t, v_obj(v), N(__reduce_ex__), &own) == 0;
  v_drop(t, own);
  return plain;
}

static Value call_reduce(Saver *s, Value v) {
  Thread *t = s->t;
  Value method, result;
  if (reduces_by_default(t, v)) return object_reduce_ex(t, v, s->proto);
  int r = object_lookup_attr(t, v, N(__reduce_ex__), &method);
  if (r > 0) {
    result = object_call1(t, method, v_from_smi(s->proto));
    v_drop(t, method);
    return result;
  }
  if (r == 0) r = object_lookup_attr(t, v, N(__reduce__), &method);
  if (r == 0) return pickle_raise_pickling(t, "can't pickle '%.200T' object: %R", v, v);
  if (r < 0) return V_NULL;
  result = object_call0(t, method);
  v_drop(t, method);
  return result;
}

static int save_reduction(Saver *s, Value reduced_stolen, Value v) {
  int status = -1;
  if (v_is_null(reduced_stolen)) return -1;
  if (v_is_str(reduced_stolen)) status = pickle_save_global(s, v, reduced_stolen);
  else if (!v_is_tuple(reduced_stolen)) pickle_raise_pickling(s->t, "__reduce__ must return a string or tuple");
  else status = pickle_save_reduce(s, reduced_stolen, v);
  v_drop(s->t, reduced_stolen);
  return status;
}

int pickle_save_object(Saver *s, Value v) {
  Thread *t = s->t;
  Type *type = v_type(v);
  if (!v_is_null(s->reducer_override)) {
    Value override = v_own(t, s->reducer_override), reduced = object_call1(t, override, v);
    v_drop(t, override);
    if (!v_is_not_implemented(reduced)) return save_reduction(s, reduced, v);
  }
  if (type == &type_type) return pickle_save_class(s, v);
  if (type == &type_function) return pickle_save_global(s, v, V_NULL);
  Value reducer;
  int r = find_reducer(s, type, &reducer);
  if (r < 0) return -1;
  if (r > 0) {
    Value reduced = object_call1(t, reducer, v);
    v_drop(t, reducer);
    return save_reduction(s, reduced, v);
  }
  if (v_is_type(v)) return pickle_save_global(s, v, V_NULL);
  r = pickle_save_instance(s, v);
  if (r) return r < 0 ? -1 : 0;
  return save_reduction(s, call_reduce(s, v), v);
}
