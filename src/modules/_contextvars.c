// _contextvars: variables whose values belong to a context, and the contexts that threads and tasks run in.
//
// A Context points to an immutable map (context_map.h), so copying one takes no time. A thread's current context is Thread.context, empty
// until asked for. Only the thread that runs in a context sets variables there; others may read it: `map` is replaced, and read by others,
// under the context's lock. `entered` is claimed by compare-and-swap, so a context never runs twice at a time.
#include "modules/context_map.h"
#include "modules/contextvars.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/locked_field.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Context {
  Object ob;
  Value map;        // owned; never V_NULL but after clearing
  Value previous;   // while entered: what the thread ran in before, owned; V_NULL: none
  a32 entered;
} Context;

typedef struct Token {
  Object ob;
  Value context, var;   // owned, constant
  Value old_value;      // owned, constant; V_NULL: the variable had none
  a32 used;
} Token;

static Type type_context, type_context_var, type_token, type_token_missing;
static Value missing;
static a64 next_serial = {1};

static inline Context *v_context(Value v) { return (Context *)v_obj(v); }
static inline Token *v_token(Value v) { return (Token *)v_obj(v); }

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- The current context ------------------------------------------------------------------------------------------------------------------

static Value context_new(Thread *t, Value map_stolen) {
  Value v = type_context.slots.alloc(t, &type_context, 0);
  if (v_is_null(v)) v_drop(t, map_stolen);
  else v_context(v)->map = map_stolen;
  return v;
}

// Borrowed; V_NULL: no memory.
static Value context_current(Thread *t) {
  if (!t->context) {
    Value v = context_new(t, V_NONE);
    if (v_is_null(v)) return V_NULL;
    t->context = v_obj(v);
  }
  return v_from_obj(t->context);
}

static Value context_map_of(Thread *t, Value context) { return locked_field(t, v_obj(context), &v_context(context)->map); }
static void context_set_map(Thread *t, Value context, Value stolen) { locked_field_set(t, v_obj(context), &v_context(context)->map, stolen); }

static int context_enter(Thread *t, Value context) {
  Context *c = v_context(context);
  if (!a32_cas_acqrel(&c->entered, 0, 1)) {
    raise_error(t, &exc_RuntimeError, "cannot enter context: %R is already entered", context);
    return -1;
  }
  c->previous = t->context ? v_steal_obj(t->context) : V_NULL;
  t->context = v_obj(v_own(t, context));
  return 0;
}

static int context_exit(Thread *t, Value context) {
  Context *c = v_context(context);
  if (t->context != &c->ob) {
    raise_error(t, &exc_RuntimeError, "cannot exit context: thread state references a different context object");
    return -1;
  }
  Value mine = v_steal_obj(t->context);
  t->context = v_is_null(c->previous) ? NULL : v_obj(c->previous);
  c->previous = V_NULL;
  a32_store_rel(&c->entered, 0);
  v_drop(t, mine);
  return 0;
}

Value context_copy_current(Thread *t) {
  Value current = context_current(t);
  return v_is_null(current) ? V_NULL : context_new(t, context_map_of(t, current));
}
METHOD(copy_context) { UNUSED; return context_copy_current(t); }

// --- Context ------------------------------------------------------------------------------------------------------------------------------

static Value context_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type, (void)args;
  if (nargs || (!v_is_null(kwnames) && v_tuple(kwnames)->length)) return raise_type_error(t, "Context() does not accept any arguments");
  return context_new(t, V_NONE);
}

// The value of key in the context, owned: 1, 0 absent, -1 TypeError.
static int context_find(Thread *t, Value self, Value key, Value *out) {
  *out = V_NULL;
  if (v_type(key) != &type_context_var) {
    raise_type_error(t, "a ContextVar key was expected, got %R", key);
    return -1;
  }
  Value map = context_map_of(t, self), found = context_map_get(map, key);
  *out = v_own(t, found);
  v_drop(t, map);
  return !v_is_null(*out);
}

static Value context_getitem(Thread *t, Value self, Value key) {
  Value v;
  if (context_find(t, self, key, &v) == 0) raise_key_error(t, key);
  return v;
}

static int context_contains(Thread *t, Value self, Value key) {
  Value v;
  int found = context_find(t, self, key, &v);
  v_drop(t, v);
  return found;
}

static int64_t context_length(Thread *t, Value self) {
  Value map = context_map_of(t, self);
  int64_t n = context_map_length(map);
  v_drop(t, map);
  return n;
}

METHOD(context_get) {
  UNUSED;
  Value v;
  return context_find(t, self, args[0], &v) == 0 ? v_own(t, v_is_absent(args[1]) ? V_NONE : args[1]) : v;
}

// Iterators: over a list that was made when they were, by a list_iterator of its own.
typedef struct PartIterator { Object ob; Value items; int64_t length; } PartIterator;
static Type type_keys, type_values, type_items;

static Value iterate(Thread *t, Value self, ContextMapPart part) {
  Value map = context_map_of(t, self), list = context_map_list(t, map, part);
  Value items = v_is_null(list) ? V_NULL : object_iter(t, list);
  Type *type = part == CONTEXT_KEYS ? &type_keys : part == CONTEXT_VALUES ? &type_values : &type_items;
  Value it = v_is_null(items) ? V_NULL : type_generic_alloc(t, type, 0);
  if (v_is_null(it)) {
    v_drop(t, items);
  } else {
    ((PartIterator *)v_obj(it))->items = items;
    ((PartIterator *)v_obj(it))->length = list_length(v_list(list));
  }
  v_drop(t, map);
  v_drop(t, list);
  return it;
}

static Value part_iter(Thread *t, Value self) { return v_own(t, self); }
static Value part_next(Thread *t, Value self) { return object_iternext(t, ((PartIterator *)v_obj(self))->items); }
static int64_t part_length(Thread *t, Value self) { (void)t; return ((PartIterator *)v_obj(self))->length; }
static void part_clear(Thread *t, Object *o) { v_clear(t, &((PartIterator *)o)->items); }
static void part_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((PartIterator *)o)->items, visit, arg); }
static void part_dealloc(Thread *t, Object *o) {
  part_clear(t, o);
  heap_free_object(t, o);
}

#define PART_SPEC(NAME)                                                                                                  \
  {.name = NAME, .size = sizeof(PartIterator), .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,                            \
   .slots = {.iter = part_iter, .iternext = part_next, .length = part_length,                                            \
             .dealloc = part_dealloc, .traverse = part_traverse, .clear = part_clear}}
static const TypeSpec spec_keys = PART_SPEC("keys"), spec_values = PART_SPEC("values"), spec_items = PART_SPEC("items");

static Value context_iter(Thread *t, Value self) { return iterate(t, self, CONTEXT_KEYS); }
METHOD(context_keys) { UNUSED; return iterate(t, self, CONTEXT_KEYS); }
METHOD(context_values) { UNUSED; return iterate(t, self, CONTEXT_VALUES); }
METHOD(context_items) { UNUSED; return iterate(t, self, CONTEXT_ITEMS); }
METHOD(context_copy) { UNUSED; return context_new(t, context_map_of(t, self)); }

METHOD(context_run) {
  if (nargs < 1) return raise_type_error(t, "run() missing 1 required positional argument");
  if (context_enter(t, self) < 0) return V_NULL;
  Value r = object_call(t, args[0], args + 1, nargs - 1, kwnames);
  Value pending = error_fetch(t);
  if (context_exit(t, self) < 0) {
    if (!v_is_null(pending)) error_chain(t, pending);
    v_clear(t, &r);
  } else if (!v_is_null(pending)) {
    error_restore(t, pending);
  }
  return r;
}

static Value context_richcompare(Thread *t, Value a, Value b, int op) {
  if (v_type(a) != &type_context || v_type(b) != &type_context || (op != CMP_EQ && op != CMP_NE)) return V_NOT_IMPLEMENTED;
  Value x = context_map_of(t, a), y = context_map_of(t, b);
  int same = context_map_equal(t, x, y);
  v_drop(t, x);
  v_drop(t, y);
  return same < 0 ? V_NULL : v_from_bool(same == (op == CMP_EQ));
}

static void context_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Context *)o)->map);
  v_drop(t, ((Context *)o)->previous);
  heap_free_object(t, o);
}

static void context_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Context *)o)->map, visit, arg);
  gc_visit_value(((Context *)o)->previous, visit, arg);
}

static void context_clear(Thread *t, Object *o) {
  v_set(t, &((Context *)o)->map, V_NONE);
  v_clear(t, &((Context *)o)->previous);
}

static const NativeDef context_methods[] = {
    {"get($self, key, default=None, /)", context_get, "The value that the variable has here, or the default.", 0},
    {"items($self, /)", context_items, "Pairs of a variable and its value here, as a list.", 0},
    {"keys($self, /)", context_keys, "The variables that have a value here, as a list.", 0},
    {"values($self, /)", context_values, "The values that variables have here, as a list.", 0},
    {"copy($self, /)", context_copy, "Another context with the same values, made at once.", 0},
    {"run($self, callable, /, *args, **kwargs)", context_run, "Call callable(*args, **kwargs) in the context.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {0},
};

static const TypeSpec spec_context = {
    .name = "_contextvars.Context",
    .size = sizeof(Context),
    .flags = TYPE_IMMUTABLE | TYPE_WEAKREF,
    .slots = {.new = context_type_new, .hash = object_hash_not_implemented, .richcompare = context_richcompare, .iter = context_iter,
              .length = context_length, .getitem = context_getitem, .contains = context_contains,
              .dealloc = context_dealloc, .traverse = context_traverse, .clear = context_clear},
    .methods = context_methods,
};

// --- Token --------------------------------------------------------------------------------------------------------------------------------

static Value token_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type, (void)args, (void)nargs, (void)kwnames;
  return raise_error(t, &exc_RuntimeError, "Tokens can only be created by ContextVars");
}

static Value token_repr(Thread *t, Value self) {
  Token *k = v_token(self);
  return str_from_format(t, "<Token%s var=%R at %p>", a32_load_rlx(&k->used) ? " used" : "", k->var, (void *)k);
}

static Value token_var(Thread *t, Value self, void *closure) { (void)closure; return v_own(t, v_token(self)->var); }
static Value token_old_value(Thread *t, Value self, void *closure) {
  (void)closure;
  Value v = v_token(self)->old_value;
  return v_own(t, v_is_null(v) ? missing : v);
}

static void token_clear(Thread *t, Object *o) {
  v_clear(t, &((Token *)o)->context);
  v_clear(t, &((Token *)o)->var);
  v_clear(t, &((Token *)o)->old_value);
}

static void token_dealloc(Thread *t, Object *o) {
  token_clear(t, o);
  heap_free_object(t, o);
}

static void token_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Token *)o)->context, visit, arg);
  gc_visit_value(((Token *)o)->var, visit, arg);
  gc_visit_value(((Token *)o)->old_value, visit, arg);
}

static Value missing_repr(Thread *t, Value self) { (void)self; return str_from_cstr(t, "<Token.MISSING>"); }

static const GetSetDef token_getset[] = {{"var", token_var, NULL, NULL, NULL}, {"old_value", token_old_value, NULL, NULL, NULL}, {0}};
static const NativeDef token_methods[] = {CLASS_GETITEM_DEF, {0}};
static const TypeSpec spec_token = {
    .name = "_contextvars.Token",
    .size = sizeof(Token),
    .flags = TYPE_IMMUTABLE,
    .slots = {.new = token_type_new, .repr = token_repr, .hash = object_hash_not_implemented,
              .dealloc = token_dealloc, .traverse = token_traverse, .clear = token_clear},
    .methods = token_methods,
    .getset = token_getset,
};
static const TypeSpec spec_token_missing = {
    .name = "Token.MISSING", .size = sizeof(Object), .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE, .slots = {.repr = missing_repr}};

// --- ContextVar ---------------------------------------------------------------------------------------------------------------------------

static Value var_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[2];
  size_t named = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length;
  if (nargs + named > 2) return raise_type_error(t, "ContextVar() takes at most 2 %sarguments (%zu given)", nargs ? "" : "keyword ", nargs + named);
  if (nargs != 1)
    return raise_type_error(t, "ContextVar() takes %s 1 positional argument (%zu given)", nargs ? "at most" : "exactly", nargs);
  if (native_bind(t, &binder, "ContextVar(name, *, default=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  if (!v_is_str(bound[0])) return raise_type_error(t, "context variable name must be a str");
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  ContextVar *var = v_context_var(v);
  var->serial = a64_fetch_add_rlx(&next_serial, 1);
  var->name = v_own(t, bound[0]);
  var->initial = v_is_absent(bound[1]) ? V_NULL : v_own(t, bound[1]);
  return v;
}

static Value var_repr(Thread *t, Value self) {
  ContextVar *var = v_context_var(self);
  int inside = repr_enter(t, self);
  if (inside) return inside > 0 ? str_from_cstr(t, "...") : V_NULL;
  Value r = v_is_null(var->initial) ? str_from_format(t, "<ContextVar name=%R at %p>", var->name, (void *)var)
                                    : str_from_format(t, "<ContextVar name=%R default=%R at %p>", var->name, var->initial, (void *)var);
  repr_leave(t, self);
  return r;
}

METHOD(var_get) {
  UNUSED;
  Value found = t->context ? context_map_get(v_context(v_from_obj(t->context))->map, self) : V_NULL;
  if (!v_is_null(found)) return v_own(t, found);
  if (!v_is_absent(args[0])) return v_own(t, args[0]);
  Value initial = v_context_var(self)->initial;
  return v_is_null(initial) ? raise_value(t, &exc_LookupError, self) : v_own(t, initial);
}

METHOD(var_set) {
  UNUSED;
  Value context = context_current(t);
  Value token = v_is_null(context) ? V_NULL : type_token.slots.alloc(t, &type_token, 0);
  if (v_is_null(token)) return V_NULL;
  Value old = v_context(context)->map;
  Value map = context_map_with(t, old, self, args[0]);
  if (v_is_null(map)) {
    v_drop(t, token);
    return V_NULL;
  }
  v_token(token)->context = v_own(t, context);
  v_token(token)->var = v_own(t, self);
  v_token(token)->old_value = v_own(t, context_map_get(old, self));
  context_set_map(t, context, map);
  return token;
}

METHOD(var_reset) {
  UNUSED;
  Value token = args[0];
  if (v_type(token) != &type_token) return raise_type_error(t, "expected an instance of Token, got %R", token);
  Token *k = v_token(token);
  if (a32_load_acq(&k->used)) return raise_error(t, &exc_RuntimeError, "%R has already been used once", token);
  if (!v_is(k->var, self)) return raise_value_error(t, "%R was created by a different ContextVar", token);
  Value context = context_current(t);
  if (v_is_null(context)) return V_NULL;
  if (!v_is(k->context, context)) return raise_value_error(t, "%R was created in a different Context", token);
  a32_store_rel(&k->used, 1);
  Value old = v_context(context)->map;
  Value map = v_is_null(k->old_value) ? context_map_without(t, old, self) : context_map_with(t, old, self, k->old_value);
  if (v_is_null(map)) return V_NULL;
  context_set_map(t, context, map);
  return V_NONE;
}

static void var_clear(Thread *t, Object *o) {
  v_clear(t, &((ContextVar *)o)->name);
  v_clear(t, &((ContextVar *)o)->initial);
}

static void var_dealloc(Thread *t, Object *o) {
  var_clear(t, o);
  heap_free_object(t, o);
}

static void var_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((ContextVar *)o)->name, visit, arg);
  gc_visit_value(((ContextVar *)o)->initial, visit, arg);
}

static const MemberDef var_members[] = {{"name", MEMBER_VALUE, offsetof(ContextVar, name), true, NULL}, {0}};
static const NativeDef var_methods[] = {
    {"get($self, default=<unrepresentable>, /)", var_get, "The value here, else the given default, else the variable's own.", 0},
    {"set($self, value, /)", var_set, "Gives the variable a value here, and returns a token to undo that.", 0},
    {"reset($self, token, /)", var_reset, "Undoes the set() that returned the token.", 0},
    CLASS_GETITEM_DEF,
    {0},
};
static const TypeSpec spec_context_var = {
    .name = "_contextvars.ContextVar",
    .size = sizeof(ContextVar),
    .flags = TYPE_IMMUTABLE,
    .slots = {.new = var_type_new, .repr = var_repr, .dealloc = var_dealloc, .traverse = var_traverse, .clear = var_clear},
    .methods = var_methods,
    .members = var_members,
};

// --- The module -----------------------------------------------------------------------------------------------------------------------------

static bool make_types(Thread *t) {
  if (type_context.flags & TYPE_READY) return true;
  if (!context_map_init(t) || !type_ready(t, &type_context_var, &spec_context_var, 0) || !type_ready(t, &type_token_missing, &spec_token_missing, 0) ||
      !type_ready(t, &type_token, &spec_token, 0) || !type_ready(t, &type_keys, &spec_keys, 0) || !type_ready(t, &type_values, &spec_values, 0) ||
      !type_ready(t, &type_items, &spec_items, 0))
    return false;
  missing = type_token_missing.slots.alloc(t, &type_token_missing, 0);
  Value name = N(MISSING);
  return !v_is_null(missing) && !v_is_null(name) && dict_set(t, v_dict(type_token.dict), name, missing) == 0 &&
         type_ready(t, &type_context, &spec_context, 0);
}

// --- For C ----------------------------------------------------------------------------------------------------------------------------------

Value contextvar_new(Thread *t, const char *name) {
  Value text = str_from_cstr(t, name), var = V_NULL;
  if (!v_is_null(text) && make_types(t)) var = object_call1(t, v_from_obj(&type_context_var), text);
  v_drop(t, text);
  return var;
}

Value contextvar_get(Thread *t, Value var) {
  Value found = t->context ? context_map_get(v_context(v_from_obj(t->context))->map, var) : V_NULL;
  return v_is_null(found) ? V_NULL : v_own(t, found);
}

int contextvar_set(Thread *t, Value var, Value value) {
  Value context = context_current(t), map = V_NULL;
  if (!v_is_null(context)) map = context_map_with(t, v_context(context)->map, var, value);
  if (v_is_null(map)) return -1;
  context_set_map(t, context, map);
  return 0;
}

static const NativeDef functions[] = {{"copy_context($module, /)", copy_context, NULL, 0}, {0}};

static int contextvars_exec(Thread *t, Value m) {
  return make_types(t) && module_add_type(t, m, &type_context) == 0 && module_add_type(t, m, &type_context_var) == 0 &&
                 module_add_type(t, m, &type_token) == 0
             ? 0
             : -1;
}

const ModuleDef module__contextvars = {.name = "_contextvars", .doc = "Context Variables", .functions = functions, .exec = contextvars_exec};
