// _ctypes: function pointers: their types, making them from an address, a library's symbol or a Python function, and calling them.
#include <dlfcn.h>

#include "gc/heap.h"
#include "modules/ctypes.h"
#include "modules/ctypes_python_api.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_new.h"
#include "system/sys_state.h"

// restype, errcheck and argtypes change by assignment: instance_field_load and _store.
typedef struct CFunction {
  CData data;
  Value restype, argtypes, errcheck;   // owned; V_NULL: as the type says
  Value paramflags;                    // owned tuple, constant; V_NULL: none
  Value callable;                      // owned, constant; V_NULL: none
} CFunction;

static CFunction *v_function(Value v) { return (CFunction *)v_obj(v); }

enum { PARAM_IN = 1, PARAM_OUT = 2, PARAM_LCID = 4 };

// --- Types -------------------------------------------------------------------------------------------------------------------------------

// What argtypes are kept as: a tuple of these. V_NULL with an exception.
enum { GIVEN, CONVERTERS, TYPES };   // the sequence as assigned; a from_param for each of TYPES, a tuple
static Value read_argtypes(Thread *t, Value given) {
  Value types = object_to_tuple_or(t, given, "_argtypes_ must be a sequence of types");
  if (v_is_null(types)) return types;
  int64_t n = v_tuple(types)->length;
  if (n > CTYPES_MAX_ARGCOUNT) {
    v_drop(t, types);
    return raise_error(t, v_as_type(ctypes_argument_error), "_argtypes_ has too many arguments (%lld), maximum is %d", (long long)n, CTYPES_MAX_ARGCOUNT);
  }
  Value converters = tuple_new(t, n), triple;
  for (int64_t i = 0; i < n && !v_is_null(converters); i++) {
    Value type = v_tuple(types)->items[i], converter;
    const CInfo *info = ctypes_info_of(type);
    const char *trouble = NULL;
    if (info && info->has_union && !info->ndim) trouble = "a union";
    else if (info && info->has_bitfield && !info->ndim) trouble = "a struct/union with a bitfield";
    int found = trouble ? 0 : object_lookup_attr(t, type, N(from_param), &converter);
    if (found > 0) {
      v_tuple(converters)->items[i] = converter;
      continue;
    }
    if (trouble) raise_type_error(t, "item %lld in _argtypes_ passes %s by value, which is unsupported.", (long long)i + 1, trouble);
    else if (found == 0) raise_type_error(t, "item %lld in _argtypes_ has no from_param method", (long long)i + 1);
    v_clear(t, &converters);
  }
  triple = v_is_null(converters) ? V_NULL : tuple_pack(t, 3, given, converters, types);
  v_drop(t, types);
  v_drop(t, converters);
  return triple;
}

static int check_restype(Thread *t, Value v, const char *error) {
  if (v_is_none(v) || ctypes_info_of(v) || object_is_callable(v)) return 0;
  raise_type_error(t, error);
  return -1;
}

static int describe(Thread *t, Value cls) {
  CInfo *info = ctypes_raw_info(cls);
  Dict *dict = v_dict(v_as_type(cls)->dict);   // what a base says does not count
  Value v;
  int found = dict_get(t, dict, N(_flags_), &v);
  if (found < 0) return -1;
  bool good = found && v_has_flag(v, TYPE_INT);
  info->flags = good ? number_as_int(t, v) : 0;
  v_drop(t, v);
  if (!good) return raise_type_error(t, "class must define _flags_ which must be an integer"), -1;
  found = dict_get(t, dict, N(_argtypes_), &v);
  if (found > 0) {
    info->argtypes = read_argtypes(t, v);
    v_drop(t, v);
    if (v_is_null(info->argtypes)) return -1;
  }
  if (found >= 0) found = dict_get(t, dict, N(_restype_), &v);
  if (found > 0) {
    info->restype = v;
    if (check_restype(t, v, "_restype_ must be a type, a callable, or None") < 0) return -1;
  }
  info->size = info->align = sizeof(void *);
  info->length = 1;
  info->ffi = ffi.ffi_type_pointer;
  info->format = ctypes_format(t, "X{}");
  info->known = info->format != NULL;
  return found < 0 || !info->known ? -1 : 0;
}

static Value function_type_new(Thread *t, Type *meta, const Value *args, size_t nargs, Value kwnames) {
  Value cls = type_type_new(t, meta, args, nargs, kwnames);
  if (!v_is_null(cls) && describe(t, cls) < 0) v_clear(t, &cls);
  return cls;
}

// --- Parameter flags ---------------------------------------------------------------------------------------------------------------------

static int check_paramflag(Thread *t, Value flag, Value type, int64_t number) {
  const Tuple *p = v_is_tuple(flag) ? v_tuple(flag) : NULL;
  if (!p || p->length < 1 || p->length > 3 || !v_has_flag(p->items[0], TYPE_INT) || (p->length > 1 && !v_is_none(p->items[1]) && !v_is_str(p->items[1])))
    return raise_type_error(t, "paramflags must be a sequence of (int [,string [,value]]) tuples"), -1;
  int64_t bits = number_as_i64_clip(t, p->items[0]);
  switch (bits & (PARAM_IN | PARAM_OUT | PARAM_LCID)) {
    case 0: case PARAM_IN: case PARAM_IN | PARAM_LCID: case PARAM_IN | PARAM_OUT: return 0;
    case PARAM_OUT: break;
    default: return raise_type_error(t, "paramflag value %lld not supported", (long long)bits), -1;
  }
  const CInfo *info = ctypes_info_of(type);
  if (info && (info->ffi == ffi.ffi_type_pointer)) return 0;
  if (v_is_type(type)) raise_type_error(t, "'out' parameter %lld must be a pointer type, not %N", (long long)number, v_as_type(type));
  return -1;
}

static int set_paramflags(Thread *t, CFunction *f, const CInfo *info, Value flags) {
  if (v_is_none(flags)) return 0;
  if (!v_is_tuple(flags)) return raise_type_error(t, "paramflags must be a tuple or None"), -1;
  if (!v_is_null(info->argtypes)) {
    const Tuple *types = v_tuple(v_tuple(info->argtypes)->items[TYPES]);
    if (types->length != v_tuple(flags)->length) return raise_value_error(t, "paramflags must have the same length as argtypes"), -1;
    for (int64_t i = 0; i < types->length; i++)
      if (check_paramflag(t, v_tuple(flags)->items[i], types->items[i], i + 1) < 0) return -1;
  }
  f->paramflags = v_own(t, flags);
  return 0;
}

// What a call with parameter flags passes, and which of it comes back.
typedef struct CallPlan {
  Value *args;      // owned, n of them
  bool *out, *inout;
  int64_t n, used, results;
} CallPlan;

static Value given_or_default(Thread *t, CallPlan *plan, const Tuple *flag, const Value *args, size_t nargs, Value kwnames) {
  Value name = flag->length > 1 ? flag->items[1] : V_NONE;
  if (plan->used < (int64_t)nargs) return v_own(t, args[plan->used++]);
  int64_t named = v_is_null(kwnames) || v_is_none(name) ? 0 : v_tuple(kwnames)->length;
  for (int64_t i = 0; i < named; i++)
    if (str_equal(v_str(v_tuple(kwnames)->items[i]), v_str(name))) {
      plan->used++;
      return v_own(t, args[(int64_t)nargs + i]);
    }
  if (flag->length > 2) return v_own(t, flag->items[2]);
  return v_is_none(name) ? raise_type_error(t, "not enough arguments") : raise_type_error(t, "required argument '%S' missing", name);
}

static Value plan_argument(Thread *t, CallPlan *plan, int64_t i, Value type, const Tuple *flag, const Value *args, size_t nargs, Value kwnames) {
  int64_t bits = number_as_i64_clip(t, flag->items[0]) & (PARAM_IN | PARAM_OUT | PARAM_LCID);
  if (bits == (PARAM_IN | PARAM_LCID)) return flag->length > 2 ? v_own(t, flag->items[2]) : v_from_smi(0);
  if (bits == (PARAM_IN | PARAM_OUT)) plan->inout[i] = true, plan->results++;
  if (bits != PARAM_OUT) return given_or_default(t, plan, flag, args, nargs, kwnames);
  plan->out[i] = true;
  plan->results++;
  if (flag->length > 2) return v_own(t, flag->items[2]);
  const CInfo *info = ctypes_info_of(type);
  if (info && info->code) return raise_value_error(t, "%N 'out' parameter must be passed as default value", v_as_type(type));
  return object_call0(t, info && !info->ndim && !v_is_null(info->item) ? info->item : type);
}

static int make_plan(Thread *t, CallPlan *plan, Value argtypes, Value paramflags, const Value *args, size_t nargs, Value kwnames) {
  const Tuple *types = v_tuple(argtypes), *flags = v_tuple(paramflags);
  plan->n = types->length;
  plan->args = heap_calloc(t, (size_t)plan->n * (sizeof(Value) + 2) + 1);
  if (!plan->args) return raise_no_memory(t), -1;
  plan->out = (bool *)(plan->args + plan->n);
  plan->inout = plan->out + plan->n;
  for (int64_t i = 0; i < plan->n; i++) {
    plan->args[i] = plan_argument(t, plan, i, types->items[i], v_tuple(flags->items[i]), args, nargs, kwnames);
    if (v_is_null(plan->args[i])) return -1;
  }
  int64_t given = (int64_t)nargs + (v_is_null(kwnames) ? 0 : v_tuple(kwnames)->length);
  if (given <= plan->used) return 0;
  raise_type_error(t, "call takes exactly %lld arguments (%lld given)", (long long)plan->used, (long long)given);
  return -1;
}

static Value plan_results(Thread *t, const CallPlan *plan, Value result_stolen) {
  if (plan->results == 0 || v_is_null(result_stolen)) return result_stolen;
  Value tuple = tuple_new(t, plan->results);
  v_drop(t, result_stolen);
  int64_t at = 0;
  for (int64_t i = 0; i < plan->n && !v_is_null(tuple); i++) {
    if (!plan->out[i] && !plan->inout[i]) continue;
    Value v = plan->inout[i] ? v_own(t, plan->args[i]) : object_call_method0(t, plan->args[i], N(__ctypes_from_outparam__));
    if (v_is_null(v)) v_clear(t, &tuple);
    else v_tuple(tuple)->items[at++] = v;
  }
  if (v_is_null(tuple) || plan->results > 1) return tuple;
  Value only = v_own(t, v_tuple(tuple)->items[0]);
  v_drop(t, tuple);
  return only;
}

static void plan_free(Thread *t, CallPlan *plan) {
  for (int64_t i = 0; plan->args && i < plan->n; i++) v_drop(t, plan->args[i]);
  heap_free(t, plan->args);
}

// --- Calling -----------------------------------------------------------------------------------------------------------------------------

// What the function returned, or what errcheck made of it: *final then, unless errcheck gave the arguments back.
static Value checked_call(Thread *t, Value self, const Value *args, size_t nargs, const CInfo *info, Value argtypes, Value restype, bool *final) {
  void *code;
  ctypes_read(t, v_cdata(self), &code, v_cdata(self)->data, sizeof code);
  if (!code) return raise_value_error(t, "NULL pointer access");
  Value converters = v_is_null(argtypes) ? V_NULL : v_tuple(argtypes)->items[CONVERTERS];
  size_t required = v_is_null(converters) ? 0 : (size_t)v_tuple(converters)->length;
  if (required > nargs)
    return raise_type_error(t, "this function takes at least %zu argument%s (%zu given)", required, required == 1 ? "" : "s", nargs);
  Value result = ctypes_call(t, code, args, nargs, info->flags, converters, restype);
  Value errcheck = v_is_null(result) ? V_NULL : instance_field_load(t, v_obj(self), &v_function(self)->errcheck);
  if (v_is_null(errcheck)) return result;
  Value given = tuple_from(t, args, nargs), r = v_is_null(given) ? V_NULL : object_call3(t, errcheck, result, self, given);
  *final = !v_is(r, given);
  if (!*final) v_set(t, &r, v_own(t, result));
  v_drop(t, given);
  v_drop(t, errcheck);
  v_drop(t, result);
  return r;
}

static Value function_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  CFunction *f = v_function(self);
  const CInfo *info = ctypes_info(v_type(self));
  Value restype = instance_field_load(t, v_obj(self), &f->restype), argtypes = instance_field_load(t, v_obj(self), &f->argtypes), r;
  bool final = false;
  if (v_is_null(restype) && !v_is_null(info->restype)) restype = v_own(t, info->restype);
  if (v_is_null(argtypes) && !v_is_null(info->argtypes)) argtypes = v_own(t, info->argtypes);
  if (v_is_null(f->paramflags) || v_is_null(argtypes) || v_tuple(v_tuple(argtypes)->items[TYPES])->length != v_tuple(f->paramflags)->length) {
    r = checked_call(t, self, args, nargs, info, argtypes, restype, &final);
  } else {
    CallPlan plan = {0};
    r = make_plan(t, &plan, v_tuple(argtypes)->items[TYPES], f->paramflags, args, nargs, kwnames) < 0
            ? V_NULL
            : checked_call(t, self, plan.args, (size_t)plan.n, info, argtypes, restype, &final);
    if (!final) r = plan_results(t, &plan, r);
    plan_free(t, &plan);
  }
  v_drop(t, argtypes);
  v_drop(t, restype);
  return r;
}

// --- Making ------------------------------------------------------------------------------------------------------------------------------

void *ctypes_dll_symbol(Thread *t, Value name, Value dll) {
  Value handle = object_getattr(t, dll, N(_handle));
  uint64_t h;
  if (v_is_null(handle)) return NULL;
  bool good = v_has_flag(handle, TYPE_INT) && int_as_u64(handle, &h);
  v_drop(t, handle);
  if (!good) return raise_type_error(t, "the _handle attribute of the second argument must be an integer"), NULL;
  const char *text = v_is_str(name) ? str_utf8(t, name, NULL) : v_is_bytes(name) ? v_bytes(name)->data : NULL;
  if (!text && !error_pending(t)) raise_type_error(t, "function name must be string, bytes object or integer");
  if (!text) return NULL;
  void *library = (void *)(uintptr_t)h, *symbol = ctypes_python_api(library, text);
  if (!symbol) symbol = dlsym(library, text);
  if (!symbol) raise_error(t, &exc_AttributeError, "%s", dlerror());
  return symbol;
}

static Value from_dll(Thread *t, Type *type, const Value *args, size_t nargs) {
  const Tuple *pair = v_tuple(args[0]);
  if (pair->length != 2) return raise_type_error(t, "argument 1 must be sequence of length 2, not %lld", (long long)pair->length);
  if (sys_audit_args(t, "ctypes.dlsym", (Value[]){pair->items[1], pair->items[0]}, 2) < 0) return V_NULL;
  void *code = ctypes_dll_symbol(t, pair->items[0], pair->items[1]);
  Value v = code ? ctypes_data_new(t, type) : V_NULL;
  if (v_is_null(v)) return v;
  memcpy(v_cdata(v)->data, &code, sizeof code);
  if ((nargs < 2 || set_paramflags(t, v_function(v), ctypes_info(type), args[1]) == 0) && ctypes_keep(t, v_cdata(v), 0, v_own(t, pair->items[1])) == 0) return v;
  v_drop(t, v);
  return V_NULL;
}

static Value from_callable(Thread *t, Type *type, Value callable) {
  const CInfo *info = ctypes_info(type);
  if (v_is_null(info->argtypes)) return raise_type_error(t, "cannot construct instance of this class: no argtypes");
  Value thunk = ctypes_thunk_new(t, callable, v_tuple(info->argtypes)->items[TYPES], info->restype, info->flags);
  Value v = v_is_null(thunk) ? V_NULL : ctypes_data_new(t, type);
  if (v_is_null(v)) {
    v_drop(t, thunk);
    return v;
  }
  void *code = ctypes_thunk_code(thunk);
  memcpy(v_cdata(v)->data, &code, sizeof code);
  v_function(v)->callable = v_own(t, callable);
  if (ctypes_keep(t, v_cdata(v), 0, thunk) < 0) v_clear(t, &v);
  return v;
}

static Value function_new(Thread *t, Type *type, const Value *args, size_t nargs, UNUSED_OK Value kwnames) {
  if (nargs == 0) return ctypes_data_new(t, type);
  if (!ctypes_info(type)) return raise_type_error(t, "abstract class");
  if (v_is_tuple(args[0])) return from_dll(t, type, args, nargs);
  if (nargs == 1 && v_has_flag(args[0], TYPE_INT)) {
    uint64_t code = 0;
    int64_t i;
    if (int_as_i64(args[0], &i)) code = (uint64_t)i;
    else int_as_u64(args[0], &code);
    Value v = ctypes_data_new(t, type);
    if (!v_is_null(v)) memcpy(v_cdata(v)->data, &code, sizeof code);
    return v;
  }
  if (object_is_callable(args[0])) return from_callable(t, type, args[0]);
  return raise_type_error(t, "argument must be callable or integer function address");
}

// --- Attributes --------------------------------------------------------------------------------------------------------------------------

static Value get_restype(Thread *t, Value self, UNUSED_OK void *c) {
  Value v = instance_field_load(t, v_obj(self), &v_function(self)->restype);
  if (!v_is_null(v)) return v;
  const CInfo *info = ctypes_info(v_type(self));
  return v_is_null(info->restype) ? V_NONE : v_own(t, info->restype);
}
static int set_restype(Thread *t, Value self, Value v, UNUSED_OK void *c) {
  if (!v_is_null(v) && check_restype(t, v, "restype must be a type, a callable, or None") < 0) return -1;
  instance_field_store(t, v_obj(self), &v_function(self)->restype, v_is_null(v) ? V_NULL : v_own(t, v));
  return 0;
}

static Value get_argtypes(Thread *t, Value self, UNUSED_OK void *c) {
  Value argtypes = instance_field_load(t, v_obj(self), &v_function(self)->argtypes);
  const CInfo *info = ctypes_info(v_type(self));
  if (v_is_null(argtypes)) return v_is_null(info->argtypes) ? V_NONE : v_own(t, v_tuple(info->argtypes)->items[GIVEN]);
  Value given = v_own(t, v_tuple(argtypes)->items[GIVEN]);
  v_drop(t, argtypes);
  return given;
}
static int set_argtypes(Thread *t, Value self, Value v, UNUSED_OK void *c) {
  Value argtypes = v_is_null(v) || v_is_none(v) ? V_NULL : read_argtypes(t, v);
  if (v_is_null(argtypes) && error_pending(t)) return -1;
  instance_field_store(t, v_obj(self), &v_function(self)->argtypes, argtypes);
  return 0;
}

static Value get_errcheck(Thread *t, Value self, UNUSED_OK void *c) {
  Value v = instance_field_load(t, v_obj(self), &v_function(self)->errcheck);
  return v_is_null(v) ? V_NONE : v;
}
static int set_errcheck(Thread *t, Value self, Value v, UNUSED_OK void *c) {
  if (!v_is_null(v) && !object_is_callable(v)) return raise_type_error(t, "the errcheck attribute must be callable"), -1;
  instance_field_store(t, v_obj(self), &v_function(self)->errcheck, v_is_null(v) ? V_NULL : v_own(t, v));
  return 0;
}

static int function_bool(Thread *t, Value self) {
  void *p;
  ctypes_read(t, v_cdata(self), &p, v_cdata(self)->data, sizeof p);
  return p != NULL;
}

static Value function_repr(Thread *t, Value self) { return str_from_format(t, "<%T object at %p>", self, (void *)v_obj(self)); }

static void function_break_cycle(Thread *t, Object *o) {
  CFunction *f = (CFunction *)(void *)o;
  v_clear(t, &f->restype);
  v_clear(t, &f->argtypes);
  v_clear(t, &f->errcheck);
  v_clear(t, &f->paramflags);
  v_clear(t, &f->callable);
  type_ctypes_data.slots.clear(t, o);
}

static void function_dealloc(Thread *t, Object *o) {
  function_break_cycle(t, o);
  type_ctypes_data.slots.dealloc(t, o);
}

static void function_traverse(Object *o, GcVisit visit, void *arg) {
  const CFunction *f = (const CFunction *)(const void *)o;
  gc_visit_value(f->restype, visit, arg);
  gc_visit_value(f->argtypes, visit, arg);
  gc_visit_value(f->errcheck, visit, arg);
  gc_visit_value(f->paramflags, visit, arg);
  gc_visit_value(f->callable, visit, arg);
  type_ctypes_data.slots.traverse(o, visit, arg);
}

static const GetSetDef function_getset[] = {
    {"errcheck", get_errcheck, set_errcheck, "called with result, function and arguments after each call", NULL},
    {"restype", get_restype, set_restype, "what becomes of the result", NULL},
    {"argtypes", get_argtypes, set_argtypes, "what the arguments are turned into", NULL},
    {0},
};

Type type_ctypes_function_meta;
CType type_ctypes_function;
static const TypeSpec spec_function_meta = {
    .name = "_ctypes.PyCFuncPtrType", .base = &type_ctypes_meta, .flags = TYPE_BASETYPE,
    .slots = {.new = function_type_new},
    .doc = "The metaclass of function pointers.",
};
static const TypeSpec spec_function = {
    .name = "_ctypes.CFuncPtr", .base = &type_ctypes_data, .size = sizeof(CFunction), .flags = TYPE_BASETYPE,
    .slots = {.new = function_new, .call = function_call, .repr = function_repr, .bool_ = function_bool, .dealloc = function_dealloc,
              .traverse = function_traverse, .clear = function_break_cycle},
    .getset = function_getset,
    .doc = "The base of function pointer types.",
};

bool ctypes_function_init(Thread *t) {
  return type_ready(t, &type_ctypes_function_meta, &spec_function_meta, 0) && ctypes_ready(t, &type_ctypes_function, &spec_function, &type_ctypes_function_meta);
}
