// _ctypes: calling C functions: arguments to C values, libffi's call, the result to a Python value, and the private copy of errno.
#include <alloca.h>
#include <errno.h>

#include "gc/heap.h"
#include "modules/ctypes.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

static __thread int private_errno;
int *ctypes_errno(void) { return &private_errno; }

// --- Arguments ---------------------------------------------------------------------------------------------------------------------------

Value ctypes_argument_new(Thread *t, char tag, ffi_type *type, Value keep_owned, const void *bytes, int64_t n) {
  Value v = type_generic_alloc(t, &type_ctypes_argument, 0);
  if (v_is_null(v)) {
    v_drop(t, keep_owned);
    return v;
  }
  CArgument *a = (CArgument *)(void *)v_obj(v);
  a->tag = tag;
  a->ffi = type;
  a->keep = keep_owned;
  a->size = n;
  memcpy(&a->value, bytes, (size_t)n);
  return v;
}

static Value argument_repr(Thread *t, Value self) {
  const CArgument *a = (const CArgument *)(const void *)v_obj(self);
  const CInfo info = {.code = a->tag, .size = ctypes_code_size(a->tag)};
  if (a->tag == 'c') {
    unsigned char c = (unsigned char)a->value.bytes[0];
    if (c < 32 || c > 126 || c == '\'' || c == '\\') return str_from_format(t, "<cparam '%c' ('\\x%02x')>", a->tag, c);
    return str_from_format(t, "<cparam '%c' ('%c')>", a->tag, c);
  }
  if (strchr("bBhHiIlLqQfd", a->tag)) {
    Value v = ctypes_load(t, &info, a->value.bytes, (Bits){0});
    Value r = v_is_null(v) ? V_NULL : str_from_format(t, "<cparam '%c' (%R)>", a->tag, v);
    v_drop(t, v);
    return r;
  }
  if (strchr("zZP", a->tag)) return str_from_format(t, "<cparam '%c' (%p)>", a->tag, a->value.p);
  return str_from_format(t, "<cparam '%c' at %p>", a->tag, (const void *)a);
}

static Value argument_object(Thread *t, Value self, UNUSED_OK void *closure) {
  const CArgument *a = (const CArgument *)(const void *)v_obj(self);
  return v_is_null(a->keep) ? V_NONE : v_own(t, a->keep);
}

static void argument_dealloc(Thread *t, Object *o) {
  v_drop(t, ((CArgument *)(void *)o)->keep);
  heap_free_object(t, o);
}
static void argument_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((CArgument *)(void *)o)->keep, visit, arg); }

// One argument on its way: its type, its bytes or where they are, and what is kept until the call is over.
typedef struct Passed {
  ffi_type *type;
  Value keep;
  void *at;
  union { char bytes[16]; void *p; int64_t i; long double alignment; } value;
} Passed;

static void pass_pointer(Passed *a, const void *p) {
  a->type = ffi.ffi_type_pointer;
  a->value.p = (void *)(uintptr_t)p;
}

static int pass_data(Thread *t, Value v, Passed *a) {
  const CInfo *info = ctypes_info(v_type(v));
  CData *c = v_cdata(v);
  a->keep = v_own(t, v);
  if (info->ndim) return pass_pointer(a, c->data), 0;   // as C does: the address of the first item
  a->type = info->ffi;
  if (info->size <= (int64_t)sizeof a->value) {
    ctypes_read(t, c, &a->value, c->data, info->size);
    return 0;
  }
  Value copy = bytes_new(t, info->size);
  if (v_is_null(copy)) return -1;
  ctypes_read(t, c, v_bytes(copy)->data, c->data, info->size);
  a->at = v_bytes(copy)->data;
  v_set(t, &a->keep, copy);
  return 0;
}

static int pass_text(Thread *t, Value v, Passed *a) {
  const CInfo info = {.code = v_is_bytes(v) ? 'z' : 'Z', .size = sizeof(void *)};
  a->type = ffi.ffi_type_pointer;
  return ctypes_store(t, &info, v, a->value.bytes, (Bits){0}, &a->keep);
}

static int pass_int(Thread *t, Value v, Passed *a) {
  int64_t i;
  uint64_t u;
  a->type = ffi.ffi_type_sint32;
  if (int_as_i64(v, &i)) a->value.i = i;
  else if (int_as_u64(v, &u)) a->value.i = (int64_t)u;
  else return raise_overflow(t, "int too long to convert"), -1;
  int32_t low = (int32_t)a->value.i;
  memcpy(&a->value, &low, sizeof low);
  return 0;
}

static int pass(Thread *t, Value v, size_t number, Passed *a) {
  if (type_is_subtype(v_type(v), &type_ctypes_argument)) {
    const CArgument *given = (const CArgument *)(const void *)v_obj(v);
    a->type = given->ffi;
    memcpy(&a->value, &given->value, sizeof given->value.bytes);
    a->keep = v_own(t, v);
    return 0;
  }
  if (ctypes_is_data(v)) return pass_data(t, v, a);
  if (v_is_none(v)) return pass_pointer(a, NULL), 0;
  if (v_has_flag(v, TYPE_INT)) return pass_int(t, v, a);
  if (v_is_bytes(v) || v_is_str(v)) return pass_text(t, v, a);
  Value as;
  int found = object_lookup_attr(t, v, N(_as_parameter_), &as);
  if (found == 0) raise_type_error(t, "Don't know how to convert parameter %zu", number);
  if (found <= 0) return -1;
  int r = recursion_enter(t, " while processing _as_parameter_");
  if (r == 0) {
    r = pass(t, as, number, a);
    recursion_leave(t);
  }
  if (r == 0 && v_is_null(a->keep)) a->keep = v_own(t, as);
  v_drop(t, as);
  return r;
}

// "argument 1: TypeError: ..." around what went wrong.
static void wrap_error(Thread *t, size_t number) {
  Value e = error_fetch(t);
  raise_error(t, v_as_type(ctypes_argument_error), "argument %zu: %T: %S", number, e, e);
  v_drop(t, e);
}

static int convert(Thread *t, const Value *args, size_t nargs, Value converters, Passed *out) {
  size_t typed = v_is_null(converters) ? 0 : (size_t)v_tuple(converters)->length;
  for (size_t i = 0; i < nargs; i++) {
    Value given = i < typed ? object_call1(t, v_tuple(converters)->items[i], args[i]) : v_own(t, args[i]);
    int r = v_is_null(given) ? -1 : pass(t, given, i + 1, &out[i]);
    if (r == 0 && v_is_null(out[i].keep)) out[i].keep = given;
    else v_drop(t, given);
    if (r < 0) return wrap_error(t, i + 1), -1;
    if (!out[i].at) out[i].at = &out[i].value;
  }
  return 0;
}

// --- Results -----------------------------------------------------------------------------------------------------------------------------

static bool is_simple(Value restype) { return ctypes_info_of(restype) && ctypes_info_of(restype)->code; }

static Value result_of(Thread *t, Value restype, char *bytes) {
  const CInfo plain_int = {.code = 'i', .size = sizeof(int)};
  if (v_is_null(restype)) return ctypes_load(t, &plain_int, bytes, (Bits){0});
  if (v_is_none(restype)) return V_NONE;
  const CInfo *info = ctypes_info_of(restype);
  if (!info) {   // a callable, for an int
    Value i = ctypes_load(t, &plain_int, bytes, (Bits){0}), r = v_is_null(i) ? V_NULL : object_call1(t, restype, i);
    v_drop(t, i);
    return r;
  }
  Value r, check;
  if (is_simple(restype) && !ctypes_is_simple_subclass(v_as_type(restype))) {
    r = ctypes_load(t, info, bytes, (Bits){0});
    if (info->code == 'O') v_drop(t, r);   // the reference that the function returned is ours
  } else {
    r = ctypes_data_new(t, v_as_type(restype));
    if (!v_is_null(r)) memcpy(v_cdata(r)->data, bytes, (size_t)info->size);
  }
  int found = v_is_null(r) ? 0 : object_lookup_attr(t, restype, N(_check_retval_), &check);
  if (found == 0) return r;
  Value checked = found < 0 ? V_NULL : object_call1(t, check, r);
  if (found > 0) v_drop(t, check);
  v_drop(t, r);
  return checked;
}

static ffi_type *result_type(Value restype) {
  if (v_is_null(restype)) return ffi.ffi_type_sint32;
  if (v_is_none(restype)) return ffi.ffi_type_void;
  const CInfo *info = ctypes_info_of(restype);
  return info ? info->ffi : ffi.ffi_type_sint32;
}

// --- The call ----------------------------------------------------------------------------------------------------------------------------

void ctypes_swap_errno(int flags) {
  if (!(flags & FUNCFLAG_USE_ERRNO)) return;
  int e = errno;
  errno = private_errno;
  private_errno = e;
}

static void invoke(Thread *t, ffi_cif *cif, void *f, void *result, void **values, int flags) {
  void (*fn)(void);
  memcpy(&fn, &f, sizeof fn);
  if (!(flags & FUNCFLAG_PYTHONAPI)) thread_detach(t);
  ctypes_swap_errno(flags);
  ffi.ffi_call(cif, fn, result, values);
  ctypes_swap_errno(flags);
  if (!(flags & FUNCFLAG_PYTHONAPI)) thread_attach(t);
}

Value ctypes_call(Thread *t, void *f, const Value *args, size_t nargs, int flags, Value converters, Value restype) {
  if (nargs > CTYPES_MAX_ARGCOUNT)
    return raise_error(t, v_as_type(ctypes_argument_error), "too many arguments (%zu), maximum is %d", nargs, CTYPES_MAX_ARGCOUNT);
  Passed *passed = heap_calloc(t, (nargs + 1) * sizeof *passed);
  if (!passed) return raise_no_memory(t);
  Value r = V_NULL;
  if (convert(t, args, nargs, converters, passed) == 0) {
    ffi_type **types = alloca((nargs + 1) * sizeof *types), *rtype = result_type(restype);
    void **values = alloca((nargs + 1) * sizeof *values);
    for (size_t i = 0; i < nargs; i++) types[i] = passed[i].type, values[i] = passed[i].at;
    size_t room = rtype->size < sizeof(ffi_arg) ? sizeof(ffi_arg) : rtype->size;
    char *result = alloca(room + 16);
    memset(result, 0, room + 16);
    ffi_cif cif;
    size_t fixed = v_is_null(converters) ? nargs : (size_t)v_tuple(converters)->length;
    ffi_status status = fixed < nargs ? ffi.ffi_prep_cif_var(&cif, FFI_DEFAULT_ABI, (unsigned)fixed, (unsigned)nargs, rtype, types)
                                      : ffi.ffi_prep_cif(&cif, FFI_DEFAULT_ABI, (unsigned)nargs, rtype, types);
    if (status == FFI_OK) {
      invoke(t, &cif, f, result, values, flags);
      r = flags & FUNCFLAG_PYTHONAPI && error_pending(t) ? V_NULL : result_of(t, restype, result);
    } else {
      raise_error(t, &exc_RuntimeError, "ffi_prep_cif failed");
    }
  }
  for (size_t i = 0; i < nargs; i++) v_drop(t, passed[i].keep);
  heap_free(t, passed);
  return r;
}

Type type_ctypes_argument;
static const GetSetDef argument_getset[] = {{"_obj", argument_object, NULL, "the wrapped object", NULL}, {0}};
static const TypeSpec spec_argument = {
    .name = "CArgObject",
    .size = sizeof(CArgument),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.repr = argument_repr, .dealloc = argument_dealloc, .traverse = argument_traverse},
    .getset = argument_getset,
    .doc = "A C value on its way to a function.",
};

bool ctypes_call_init(Thread *t) { return type_ready(t, &type_ctypes_argument, &spec_argument, 0); }
