// Contexts: rules, flags and traps; and the one that is current, which is the value of a context variable.
#include <stddef.h>
#include <string.h>

#include "modules/contextvars.h"
#include "modules/decimal_internal.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_decimal_context, type_decimal_manager;

int context_signal(Thread *t, Value context, uint32_t signals) {
  Signals *flags = v_signals(v_dec_context(context)->flags);
  if (signals & ~a32_load_rlx(&flags->bits)) a32_fetch_or_acqrel(&flags->bits, signals);
  uint32_t trapped = signals & a32_load_rlx(&v_signals(v_dec_context(context)->traps)->bits);
  if (!trapped) return 0;
  signals_raise(t, trapped);
  return -1;
}

// --- Rounding ----------------------------------------------------------------------------------------------------------------------------

static const char *const rounding_names[ROUNDINGS] = {"ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR",
                                                      "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_05UP"};
static Value rounding_texts[ROUNDINGS];

int context_rounding(Thread *t, Value name, Rounding *out) {
  for (int i = 0; v_is_str(name) && i < ROUNDINGS; i++)
    if (v_is(name, rounding_texts[i]) || str_equals_cstr(name, rounding_names[i])) {
      *out = (Rounding)i;
      return 0;
    }
  raise_type_error(t, "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, "
                      "ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]");
  return -1;
}

// --- A context's fields ------------------------------------------------------------------------------------------------------------------

NumContext context_rules(Value context) {
  const DecContext *c = v_dec_context(context);
  return (NumContext){
      .prec = (int64_t)a64_load_rlx(&c->prec),
      .emax = (int64_t)a64_load_rlx(&c->emax),
      .emin = (int64_t)a64_load_rlx(&c->emin),
      .rounding = (Rounding)a32_load_rlx(&c->rounding),
      .clamp = a32_load_rlx(&c->clamp),
  };
}

static int size_argument(Thread *t, Value v, int64_t *out) {
  if (!v_is_int(v)) raise_type_error(t, "an integer is required");
  else if (!int_as_i64(v, out)) raise_overflow(t, "Python int too large to convert to C ssize_t");
  else return 0;
  return -1;
}

// Fields that are numbers.
typedef struct Field {
  const char *name;
  uint32_t offset;
  bool is_wide;
  int64_t minimum, maximum;
  const char *error;
} Field;
enum { FIELD_PREC, FIELD_EMAX, FIELD_EMIN, FIELD_CAPITALS, FIELD_CLAMP, FIELDS };
static const Field fields[FIELDS] = {
    {"prec", offsetof(DecContext, prec), true, 1, NUM_MAX_PREC, "valid range for prec is [1, MAX_PREC]"},
    {"Emax", offsetof(DecContext, emax), true, 0, NUM_MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]"},
    {"Emin", offsetof(DecContext, emin), true, NUM_MIN_EMIN, 0, "valid range for Emin is [MIN_EMIN, 0]"},
    {"capitals", offsetof(DecContext, capitals), false, 0, 1, "valid values for capitals are 0 or 1"},
    {"clamp", offsetof(DecContext, clamp), false, 0, 1, "valid values for clamp are 0 or 1"},
};

static int64_t field_read(Value context, const Field *f) {
  const char *p = (const char *)v_obj(context) + f->offset;
  return f->is_wide ? (int64_t)a64_load_rlx((const a64 *)(const void *)p) : (int64_t)a32_load_rlx((const a32 *)(const void *)p);
}

static int deleted(Thread *t) { return raise_error(t, &exc_AttributeError, "context attributes cannot be deleted"), -1; }

static int field_write(Thread *t, Value context, const Field *f, Value value) {
  int64_t i;
  char *p = (char *)v_obj(context) + f->offset;
  if (v_is_null(value)) return deleted(t);
  if (size_argument(t, value, &i) < 0) return -1;
  if (i < f->minimum || i > f->maximum) return raise_value_error(t, "%s", f->error), -1;
  if (f->is_wide) a64_store_rlx((a64 *)(void *)p, (uint64_t)i);
  else a32_store_rlx((a32 *)(void *)p, (uint32_t)i);
  return 0;
}

static Value field_get(Thread *t, Value self, void *closure) { return int_from_i64(t, field_read(self, closure)); }
static int field_set(Thread *t, Value self, Value value, void *closure) { return field_write(t, self, closure, value); }

static Value rounding_get(Thread *t, Value self, UNUSED_OK void *closure) { return v_own(t, rounding_texts[a32_load_rlx(&v_dec_context(self)->rounding)]); }
static int rounding_set(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  Rounding rounding;
  if (v_is_null(value)) return deleted(t);
  if (context_rounding(t, value, &rounding) < 0) return -1;
  a32_store_rlx(&v_dec_context(self)->rounding, rounding);
  return 0;
}

// flags and traps are no descriptors of the class but found here, as CPython has them.
static Value *signals_field(Value self, Value name) {
  if (!v_is_str(name)) return NULL;
  if (str_equals_cstr(name, "flags")) return &v_dec_context(self)->flags;
  return str_equals_cstr(name, "traps") ? &v_dec_context(self)->traps : NULL;
}

static Value context_getattro(Thread *t, Value self, Value name) {
  const Value *field = signals_field(self, name);
  return field ? v_own(t, *field) : object_generic_getattr(t, self, name);
}

static int context_setattro(Thread *t, Value self, Value name, Value value) {
  if (v_is_null(value)) return deleted(t);
  const Value *field = signals_field(self, name);
  if (!field) return object_generic_setattr(t, self, name, value);
  return signals_assign(t, *field, value, false);
}

Value context_set_named(Thread *t, Value context, const Value *values) {
  static const int order[] = {FIELD_PREC, -1, FIELD_EMIN, FIELD_EMAX, FIELD_CAPITALS, FIELD_CLAMP};
  for (int i = 0; i < 6; i++) {
    if (v_is_absent_or_none(values[i])) continue;
    if ((order[i] < 0 ? rounding_set(t, context, values[i], NULL) : field_write(t, context, &fields[order[i]], values[i])) < 0) return V_NULL;
  }
  if (!v_is_absent_or_none(values[7]) && signals_assign(t, v_dec_context(context)->traps, values[7], true) < 0) return V_NULL;
  if (!v_is_absent_or_none(values[6]) && signals_assign(t, v_dec_context(context)->flags, values[6], true) < 0) return V_NULL;
  return V_NONE;
}

// --- Making contexts ---------------------------------------------------------------------------------------------------------------------

static Value default_context, basic_context, extended_context;   // constant once made
static Value current_variable;                                   // the ContextVar

static void copy_fields(Value to, Value from) {
  for (int i = 0; i < FIELDS; i++) {
    char *p = (char *)v_obj(to) + fields[i].offset;
    int64_t v = field_read(from, &fields[i]);
    if (fields[i].is_wide) a64_store_rlx((a64 *)(void *)p, (uint64_t)v);
    else a32_store_rlx((a32 *)(void *)p, (uint32_t)v);
  }
  a32_store_rlx(&v_dec_context(to)->rounding, a32_load_rlx(&v_dec_context(from)->rounding));
  a32_store_rlx(&v_signals(v_dec_context(to)->traps)->bits, a32_load_rlx(&v_signals(v_dec_context(from)->traps)->bits));
}

// With the default context's rules and no flags; zeros before there is one.
static Value context_alloc(Thread *t, Type *type) {
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return V_NULL;
  v_dec_context(v)->flags = signals_new(t);
  if (!v_is_null(v_dec_context(v)->flags)) v_dec_context(v)->traps = signals_new(t);
  if (v_is_null(v_dec_context(v)->traps)) {
    v_drop(t, v);
    return V_NULL;
  }
  if (!v_is_null(default_context)) copy_fields(v, default_context);
  return v;
}

Value context_copy(Thread *t, Value context) {
  Value v = context_alloc(t, &type_decimal_context);
  if (v_is_null(v)) return V_NULL;
  copy_fields(v, context);
  a32_store_rlx(&v_signals(v_dec_context(v)->flags)->bits, a32_load_rlx(&v_signals(v_dec_context(context)->flags)->bits));
  return v;
}

Value context_current(Thread *t) {
  Value v = contextvar_get(t, current_variable);
  if (!v_is_null(v)) return v;
  v = context_copy(t, default_context);
  if (v_is_null(v)) return V_NULL;
  a32_store_rlx(&v_signals(v_dec_context(v)->flags)->bits, 0);
  if (contextvar_set(t, current_variable, v) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

int context_make_current(Thread *t, Value context) {
  // The three that the module offers are for everybody; who makes one current gets a copy.
  if (!v_is(context, default_context) && !v_is(context, basic_context) && !v_is(context, extended_context))
    return contextvar_set(t, current_variable, context);
  Value copy = context_copy(t, context);
  if (v_is_null(copy)) return -1;
  a32_store_rlx(&v_signals(v_dec_context(copy)->flags)->bits, 0);
  int rc = contextvar_set(t, current_variable, copy);
  v_drop(t, copy);
  return rc;
}

Value context_argument(Thread *t, Value v) {
  if (v_is_absent_or_none(v)) return context_current(t);
  return v_is_dec_context(v) ? v_own(t, v) : raise_type_error(t, "optional argument must be a context");
}

static Value context_type_new(Thread *t, Type *type, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames) {
  return context_alloc(t, type);
}

static int context_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[8];
  if (native_bind(t, &binder, "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)", args, nargs,
                  kwnames, bound) < 0)
    return -1;
  return v_is_null(context_set_named(t, self, bound)) ? -1 : 0;
}

static Value context_repr(Thread *t, Value self) {
  NumContext c = context_rules(self);
  Value head = str_from_format(t, "Context(prec=%lld, rounding=%s, Emin=%lld, Emax=%lld, capitals=%d, clamp=%d, flags=", (long long)c.prec,
                               rounding_names[c.rounding], (long long)c.emin, (long long)c.emax,
                               (int)a32_load_rlx(&v_dec_context(self)->capitals), (int)c.clamp);
  StrBuilder b;
  strb_init(&b, t);
  (void)(strb_str(&b, head) && signals_put(&b, v_dec_context(self)->flags) && strb_cstr(&b, ", traps=") &&
         signals_put(&b, v_dec_context(self)->traps) && strb_char(&b, ')'));
  v_drop(t, head);
  return strb_finish(&b);
}

NATIVE(context_clear_flags) {
  a32_store_rlx(&v_signals(v_dec_context(self)->flags)->bits, 0);
  return V_NONE;
}
NATIVE(context_clear_traps) {
  a32_store_rlx(&v_signals(v_dec_context(self)->traps)->bits, 0);
  return V_NONE;
}
NATIVE(context_method_copy) { return context_copy(t, self); }

NATIVE(context_reduce) {
  const DecContext *c = v_dec_context(self);
  Value parts[8] = {field_get(t, self, (void *)(uintptr_t)&fields[FIELD_PREC]), rounding_get(t, self, NULL),
                    field_get(t, self, (void *)(uintptr_t)&fields[FIELD_EMIN]), field_get(t, self, (void *)(uintptr_t)&fields[FIELD_EMAX]),
                    field_get(t, self, (void *)(uintptr_t)&fields[FIELD_CAPITALS]), field_get(t, self, (void *)(uintptr_t)&fields[FIELD_CLAMP]),
                    V_NULL, V_NULL};
  parts[6] = signals_list(t, c->flags);
  if (!v_is_null(parts[6])) parts[7] = signals_list(t, c->traps);
  Value args_tuple = tuple_from_stolen(t, parts, 8);
  Value result = v_is_null(args_tuple) ? V_NULL : tuple_pack(t, 2, v_from_obj(v_type(self)), args_tuple);
  v_drop(t, args_tuple);
  return result;
}

NATIVE(context_etiny) {
  NumContext c = context_rules(self);
  return int_from_i64(t, num_etiny(&c));
}
NATIVE(context_etop) {
  NumContext c = context_rules(self);
  return int_from_i64(t, num_etop(&c));
}

static void context_dealloc(Thread *t, Object *o) {
  v_drop(t, ((DecContext *)o)->flags);
  v_drop(t, ((DecContext *)o)->traps);
  heap_free_object(t, o);
}
// There is nothing to clear: a cycle through flags or traps goes through their attributes.
static void context_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((DecContext *)o)->flags, visit, arg);
  gc_visit_value(((DecContext *)o)->traps, visit, arg);
}

#define FIELD_GETSET(name, i) {name, field_get, field_set, NULL, (void *)(uintptr_t)&fields[i]}
static const GetSetDef context_getset[] = {
    FIELD_GETSET("prec", FIELD_PREC), FIELD_GETSET("Emax", FIELD_EMAX), FIELD_GETSET("Emin", FIELD_EMIN), {"rounding", rounding_get, rounding_set, NULL, NULL},
    FIELD_GETSET("capitals", FIELD_CAPITALS), FIELD_GETSET("clamp", FIELD_CLAMP), {0},
};
static const TypeSpec spec_context = {
    .name = "decimal.Context",
    .size = sizeof(DecContext),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.new = context_type_new, .init = context_init, .repr = context_repr, .getattro = context_getattro, .setattro = context_setattro,
              .dealloc = context_dealloc, .traverse = context_traverse},
    .methods = decimal_context_methods,
    .getset = context_getset,
    .doc = "The rules of decimal arithmetic: precision, bounds, rounding; what was signaled (flags), and what is raised when it is (traps).",
    .text_signature = "(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)",
};

// --- The current context, for programs ---------------------------------------------------------------------------------------------------

// What localcontext() returns: makes a context current for the time of a with statement.
typedef struct Manager {
  Object ob;
  Value local, outer;   // owned, constant
} Manager;

static NATIVE(manager_enter) {
  Value local = ((Manager *)v_obj(self))->local;
  return context_make_current(t, local) < 0 ? V_NULL : v_own(t, local);
}
static NATIVE(manager_exit) { return context_make_current(t, ((Manager *)v_obj(self))->outer) < 0 ? V_NULL : V_FALSE; }

static void manager_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Manager *)o)->local);
  v_drop(t, ((Manager *)o)->outer);
  heap_free_object(t, o);
}
static void manager_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Manager *)o)->local, visit, arg);
  gc_visit_value(((Manager *)o)->outer, visit, arg);
}

static const NativeDef manager_methods[] = {
    {"__enter__($self, /)", manager_enter, NULL, NATIVE_NO_SIGNATURE},
    {"__exit__($self, /, *args)", manager_exit, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_manager = {
    .name = "decimal.ContextManager",
    .size = sizeof(Manager),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.getattro = object_generic_getattr, .dealloc = manager_dealloc, .traverse = manager_traverse},
    .methods = manager_methods,
};

static NATIVE(module_getcontext) { return context_current(t); }

static NATIVE(module_setcontext) {
  if (!v_is_dec_context(args[0])) return raise_type_error(t, "argument must be a context");
  return context_make_current(t, args[0]) < 0 ? V_NULL : V_NONE;
}

static NATIVE(module_localcontext) {
  static aptr binder;
  Value bound[9];
  if (native_bind(t, &binder, "(ctx=None, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)", args,
                  nargs, kwnames, bound) < 0)
    return V_NULL;
  Value outer = context_current(t), chosen = v_is_null(outer) ? V_NULL : context_argument(t, bound[0]), manager = V_NULL;
  Value local = v_is_null(chosen) ? V_NULL : context_copy(t, chosen);
  v_drop(t, chosen);
  if (!v_is_null(local) && !v_is_null(context_set_named(t, local, bound + 1))) manager = type_generic_alloc(t, &type_decimal_manager, 0);
  if (v_is_null(manager)) {
    v_drop(t, local);
    v_drop(t, outer);
    return V_NULL;
  }
  ((Manager *)v_obj(manager))->local = local;
  ((Manager *)v_obj(manager))->outer = outer;
  return manager;
}

static const NativeDef functions[] = {
    {"getcontext($module, /)", module_getcontext, "The context that is current.", 0},
    {"setcontext($module, context, /)", module_setcontext, "Makes a context the current one.", 0},
    {"localcontext($module, /, ctx=None, **kwargs)", module_localcontext,
     "For a with statement: makes a copy of ctx, or of the current context, the current one meanwhile; keyword arguments change it.", NATIVE_RAW},
    {0},
};

// --- Start-up ----------------------------------------------------------------------------------------------------------------------------

static Value make_context(Thread *t, int64_t prec, Rounding rounding, uint32_t traps) {
  enum { EXPONENTS = 999999 };
  Value v = context_alloc(t, &type_decimal_context);
  if (v_is_null(v)) return V_NULL;
  DecContext *c = v_dec_context(v);
  a64_store_rlx(&c->prec, (uint64_t)prec);
  a64_store_rlx(&c->emax, EXPONENTS);
  a64_store_rlx(&c->emin, (uint64_t)-EXPONENTS);
  a32_store_rlx(&c->rounding, rounding);
  a32_store_rlx(&c->capitals, 1);
  a32_store_rlx(&c->clamp, 0);
  a32_store_rlx(&v_signals(c->traps)->bits, traps);
  return v;
}

static int make_contexts(Thread *t) {
  const uint32_t usual = SIG_INVALID | SIG_DIVISION_BY_ZERO | SIG_OVERFLOW;
  if (!v_is_null(current_variable)) return 0;
  for (int i = 0; i < ROUNDINGS; i++)
    if (v_is_null(rounding_texts[i] = str_intern_cstr(t, rounding_names[i]))) return -1;
  if (!type_ready(t, &type_decimal_context, &spec_context, 0) || !type_ready(t, &type_decimal_manager, &spec_manager, 0)) return -1;
  default_context = make_context(t, 28, ROUND_HALF_EVEN, usual);
  if (!v_is_null(default_context)) basic_context = make_context(t, 9, ROUND_HALF_UP, usual | SIG_UNDERFLOW | SIG_CLAMPED);
  if (!v_is_null(basic_context)) extended_context = make_context(t, 9, ROUND_HALF_EVEN, 0);
  if (v_is_null(extended_context)) return -1;
  current_variable = contextvar_new(t, "decimal_context");
  return v_is_null(current_variable) ? -1 : 0;
}

int decimal_context_init(Thread *t, Value module) {
  if (signals_init(t, module) < 0 || make_contexts(t) < 0 || module_add_functions(t, module, functions) < 0) return -1;
  for (int i = 0; i < ROUNDINGS; i++)
    if (module_add(t, module, rounding_names[i], v_own(t, rounding_texts[i])) < 0) return -1;
  return module_add_type(t, module, &type_decimal_context) < 0 || module_add(t, module, "DefaultContext", v_own(t, default_context)) < 0 ||
                 module_add(t, module, "BasicContext", v_own(t, basic_context)) < 0 ||
                 module_add(t, module, "ExtendedContext", v_own(t, extended_context)) < 0
             ? -1
             : 0;
}
