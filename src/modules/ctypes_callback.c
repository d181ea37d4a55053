// _ctypes: C functions that call Python ones: libffi's closures.
//
// C may call one on any thread, attached or detached, also on one that is not Python's: that has a thread state for the time of the call.
#include "gc/heap.h"
#include "modules/callback_visit.h"
#include "modules/ctypes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// Constant once made.
typedef struct CThunk {
  Object ob;
  Value callable, argtypes, restype;   // owned; restype V_NULL: not told
  ffi_closure *closure;
  void *code;
  ffi_cif cif;
  ffi_type **types;                    // a heap block
  int flags;
} CThunk;

static Type type_thunk;

// --- Being called ------------------------------------------------------------------------------------------------------------------------

static Value argument(Thread *t, Value type, const char *p) {
  const CInfo *info = ctypes_info_of(type);
  if (info->code && !ctypes_is_simple_subclass(v_as_type(type))) return ctypes_load(t, info, p, (Bits){0});
  Value v = ctypes_data_new(t, v_as_type(type));
  if (!v_is_null(v)) memcpy(v_cdata(v)->data, p, (size_t)info->size);
  return v;
}

static void report(Thread *t, const char *what, Value callable) {
  if (error_pending(t)) error_write_unraisable(t, what, callable);
}

static void store_result(Thread *t, const CThunk *thunk, Value v, void *out) {
  const CInfo *info = ctypes_info_of(thunk->restype);
  if (!info) return;
  char bytes[16] = {0};
  Value keep;
  if (ctypes_store(t, info, v, bytes, (Bits){0}, &keep) < 0) {
    report(t, "on converting result of ctypes callback function", thunk->callable);
    return;
  }
  // libffi takes integers narrower than a register from a whole one.
  if (ctypes_code_is_integer(info->code)) {
    Value i = ctypes_load(t, info, bytes, (Bits){0});
    int64_t n = 0;
    if (v_is_smi(i)) n = v_smi(i);
    else if (!v_has_flag(i, TYPE_INT) || !int_as_i64(i, &n)) memcpy(&n, bytes, sizeof n);
    v_drop(t, i);
    memcpy(out, &n, sizeof n);
  } else {
    memcpy(out, bytes, (size_t)info->size);
  }
  if (v_is_null(keep)) return;
  if (info->code == 'O') return;   // the caller owns it
  v_drop(t, keep);
  if (info->code == 'Z') warn(t, &exc_RuntimeWarning, 1, "memory leak in callback function.");
  if (error_pending(t)) report(t, "on converting result of ctypes callback function", thunk->callable);
}

static void call_python(Thread *t, const CThunk *thunk, void *out, void **values) {
  int64_t n = v_tuple(thunk->argtypes)->length, made = 0;
  Value *args = heap_calloc(t, (size_t)(n + 1) * sizeof *args), r = V_NULL;
  if (!args) raise_no_memory(t);
  while (args && made < n && !v_is_null(args[made] = argument(t, v_tuple(thunk->argtypes)->items[made], values[made]))) made++;
  if (args && made == n) r = object_call(t, thunk->callable, args, (size_t)n, V_NULL);
  report(t, "on calling ctypes callback function", thunk->callable);
  if (!v_is_null(r)) store_result(t, thunk, r, out);
  v_drop(t, r);
  for (int64_t i = 0; i < made; i++) v_drop(t, args[i]);
  heap_free(t, args);
}

static void entry(UNUSED_OK ffi_cif *cif, void *out, void **values, void *data) {
  const CThunk *thunk = data;
  CallbackVisit v;
  if (thunk->cif.rtype->size) memset(out, 0, thunk->cif.rtype->size < sizeof(ffi_arg) ? sizeof(ffi_arg) : thunk->cif.rtype->size);
  ctypes_swap_errno(thunk->flags);
  if (!callback_visit_begin_anywhere(&v)) return;
  // The callback may be in the midst of a function of CPython's kind, whose error is not ours to lose.
  struct Object *pending = v.t->exc;
  v.t->exc = NULL;
  call_python(v.t, thunk, out, values);
  v.t->exc = pending;
  callback_visit_end(v);
  ctypes_swap_errno(thunk->flags);
}

// --- Making ------------------------------------------------------------------------------------------------------------------------------

void *ctypes_thunk_code(Value thunk) { return ((const CThunk *)(const void *)v_obj(thunk))->code; }

static void thunk_dealloc(Thread *t, Object *o) {
  CThunk *thunk = (CThunk *)(void *)o;
  if (thunk->closure) ffi.ffi_closure_free(thunk->closure);
  v_drop(t, thunk->callable);
  v_drop(t, thunk->argtypes);
  v_drop(t, thunk->restype);
  heap_free(t, thunk->types);
  heap_free_object(t, o);
}

static void thunk_traverse(Object *o, GcVisit visit, void *arg) {
  const CThunk *thunk = (const CThunk *)(const void *)o;
  gc_visit_value(thunk->callable, visit, arg);
  gc_visit_value(thunk->argtypes, visit, arg);
  gc_visit_value(thunk->restype, visit, arg);
}

static bool prepare(Thread *t, CThunk *thunk, const CInfo *result) {
  unsigned n = (unsigned)v_tuple(thunk->argtypes)->length;
  thunk->types = heap_calloc(t, (n + 1) * sizeof *thunk->types);
  if (!thunk->types) {
    raise_no_memory(t);
    return false;
  }
  for (unsigned i = 0; i < n; i++) {
    const CInfo *info = ctypes_info_of(v_tuple(thunk->argtypes)->items[i]);
    if (!info) {
      raise_type_error(t, "invalid argument type for callback function");
      return false;
    }
    thunk->types[i] = info->ndim ? ffi.ffi_type_pointer : info->ffi;
  }
  thunk->closure = ffi.ffi_closure_alloc(sizeof *thunk->closure, &thunk->code);
  if (thunk->closure && ffi.ffi_prep_cif(&thunk->cif, FFI_DEFAULT_ABI, n, result ? result->ffi : ffi.ffi_type_void, thunk->types) == FFI_OK &&
      ffi.ffi_prep_closure_loc(thunk->closure, &thunk->cif, entry, thunk, thunk->code) == FFI_OK)
    return true;
  raise_error(t, &exc_RuntimeError, "ffi_prep_closure failed");
  return false;
}

Value ctypes_thunk_new(Thread *t, Value callable, Value argtypes, Value restype, int flags) {
  const CInfo *result = v_is_null(restype) || v_is_none(restype) ? NULL : ctypes_info_of(restype);
  if (!v_is_null(restype) && !v_is_none(restype) && !(result && result->code)) return raise_type_error(t, "invalid result type for callback function");
  Value v = type_generic_alloc(t, &type_thunk, 0);
  if (v_is_null(v)) return v;
  CThunk *thunk = (CThunk *)(void *)v_obj(v);
  thunk->callable = v_own(t, callable);
  thunk->argtypes = v_own(t, argtypes);
  thunk->restype = v_is_null(restype) ? V_NULL : v_own(t, restype);
  thunk->flags = flags;
  if (!prepare(t, thunk, result)) v_clear(t, &v);
  return v;
}

static const TypeSpec spec_thunk = {
    .name = "_ctypes.CThunkObject",
    .size = sizeof(CThunk),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.dealloc = thunk_dealloc, .traverse = thunk_traverse},
    .doc = "A C function that calls a Python one.",
};

bool ctypes_callback_init(Thread *t) { return type_ready(t, &type_thunk, &spec_thunk, 0); }
