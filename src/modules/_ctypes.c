// The module _ctypes: C data types and calling C functions, on libffi. Functions and constants; the types are in ctypes_*.c.
#include <dlfcn.h>
#include <string.h>
#include <wchar.h>

#include "gc/heap.h"
#include "modules/ctypes.h"
#include "modules/ctypes_python_api.h"
#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/sys_state.h"

FfiLibrary ffi;
static const char *const ffi_names[] = {FFI_SYMBOLS(LIBRARY_NAME)};
Value ctypes_argument_error;

// --- Sizes and addresses -----------------------------------------------------------------------------------------------------------------

// The description of a type, or of the type of an object.
static const CInfo *info_of_either(Value v) { return v_is_type(v) ? ctypes_info_of(v) : ctypes_info(v_type(v)); }

static NATIVE(size_of) {
  const CInfo *info = ctypes_info_of(args[0]);
  if (info) return int_from_i64(t, info->size);
  return ctypes_is_data(args[0]) ? int_from_i64(t, v_cdata(args[0])->size) : raise_type_error(t, "this type has no size");
}

static NATIVE(alignment_of) {
  const CInfo *info = info_of_either(args[0]);
  return info ? int_from_i64(t, info->align) : raise_type_error(t, "no alignment info");
}

static NATIVE(address_of) {
  if (!ctypes_is_data(args[0])) return raise_type_error(t, "invalid type");
  if (sys_audit(t, "ctypes.addressof", args[0]) < 0) return V_NULL;
  return int_from_u64(t, (uint64_t)(uintptr_t)v_cdata(args[0])->data);
}

static NATIVE(by_reference) {
  int64_t offset = v_is_absent(args[1]) ? 0 : number_as_i64(t, args[1]);
  if (offset == -1 && error_pending(t)) return V_NULL;
  if (!ctypes_is_data(args[0])) return raise_type_error(t, "byref() argument must be a ctypes instance, not '%T'", args[0]);
  char *p = v_cdata(args[0])->data + offset;
  return ctypes_argument_new(t, 'P', ffi.ffi_type_pointer, v_own(t, args[0]), &p, sizeof p);
}

static NATIVE(make_pointer_type) { return ctypes_pointer_to(t, args[0]); }

static NATIVE(make_pointer) {
  if (!ctypes_info(v_type(args[0]))) return raise_type_error(t, "_type_ must have storage info");
  Value type = ctypes_pointer_to(t, v_from_obj(v_type(args[0]))), r = v_is_null(type) ? V_NULL : object_call1(t, type, args[0]);
  v_drop(t, type);
  return r;
}

// What the instance had to say before stays where it was for parts of it, which point into it: only a root's own block is replaced.
static NATIVE(resize_data) {
  const CInfo *info = ctypes_info(v_type(args[0]));
  int64_t size = number_as_i64(t, args[1]);
  if (size == -1 && error_pending(t)) return V_NULL;
  if (!info || !ctypes_is_data(args[0])) return raise_type_error(t, "excepted ctypes instance");
  if (size < info->size) return raise_value_error(t, "minimum size is %lld", (long long)info->size);
  CData *c = v_cdata(args[0]);
  if (!c->owns && c->data != c->small.bytes) return raise_value_error(t, "Memory cannot be resized because this object doesn't own it");
  char *block = size > (int64_t)sizeof c->small ? heap_calloc(t, (size_t)size) : NULL;
  if (!block && size > (int64_t)sizeof c->small) return raise_no_memory(t);
  CRITICAL_BEGIN(t, c);
  if (block) {
    memcpy(block, c->data, (size_t)(size < c->size ? size : c->size));
    if (c->owns) heap_retire(t, &c->ob, c->data);
    c->data = block;
    c->owns = true;
  }
  c->size = size;
  CRITICAL_END(t);
  return V_NONE;
}

static NATIVE(buffer_info) {
  const CInfo *info = info_of_either(args[0]);
  if (!info) return raise_type_error(t, "not a ctypes type or object");
  Value shape = tuple_new(t, info->ndim);
  if (v_is_null(shape)) return shape;
  for (int i = 0; i < info->ndim; i++) v_tuple(shape)->items[i] = v_from_smi(info->shape[i]);
  return tuple_from_stolen(t, (Value[]){str_from_cstr(t, info->format ? info->format : "B"), v_from_smi(info->ndim), shape}, 3);
}

// --- Libraries ---------------------------------------------------------------------------------------------------------------------------

static NATIVE(open_library) {
  int mode = v_is_absent(args[1]) ? RTLD_NOW : number_as_int(t, args[1]);
  if (mode == -1 && error_pending(t)) return V_NULL;
  Value name = V_NULL;
  if (v_is_bytes(args[0])) name = v_own(t, args[0]);
  else if (v_is_str(args[0])) name = str_encode_fs(t, args[0]);
  else if (!v_is_none(args[0])) return raise_type_error(t, "expected str, bytes or os.PathLike object, not %T", args[0]);
  if (error_pending(t)) return V_NULL;
  void *handle = NULL;
  if (sys_audit(t, "ctypes.dlopen", args[0]) == 0) {
    char trouble[512] = "dlopen() error";
    const char *file = v_is_null(name) ? NULL : v_bytes(name)->data;
    ALLOW_THREADS_BEGIN(t)
    handle = dlopen(file, mode | RTLD_NOW);
    const char *error = handle ? NULL : dlerror();
    if (error) strncpy(trouble, error, sizeof trouble - 1);
    ALLOW_THREADS_END
    if (!handle) raise_error(t, &exc_OSError, "%s", trouble);
  }
  v_drop(t, name);
  return handle ? int_from_u64(t, (uint64_t)(uintptr_t)handle) : V_NULL;
}

static void *pointer_argument(Thread *t, Value v) {
  uint64_t u = 0;
  int64_t i;
  if (!v_has_flag(v, TYPE_INT)) raise_type_error(t, "an integer is required");
  else if (int_as_i64(v, &i)) u = (uint64_t)i;
  else if (!int_as_u64(v, &u)) raise_overflow(t, "int too large to convert to C pointer");
  return (void *)(uintptr_t)u;
}

static NATIVE(close_library) {
  void *handle = pointer_argument(t, args[0]);
  if (error_pending(t)) return V_NULL;
  return dlclose(handle) ? raise_error(t, &exc_OSError, "%s", dlerror()) : V_NONE;
}

static NATIVE(find_symbol) {
  void *handle = pointer_argument(t, args[0]);
  const char *name = error_pending(t) ? NULL : v_is_str(args[1]) ? str_utf8(t, args[1], NULL) : NULL;
  if (!name) return error_pending(t) ? V_NULL : raise_type_error(t, "dlsym() argument 2 must be str, not %T", args[1]);
  void *symbol = ctypes_python_api(handle, name);
  if (!symbol) symbol = dlsym(handle, name);
  return symbol ? int_from_u64(t, (uint64_t)(uintptr_t)symbol) : raise_error(t, &exc_OSError, "%s", dlerror());
}

static Value call_address(Thread *t, Value address, Value arguments, int flags) {
  void *f = pointer_argument(t, address);
  if (error_pending(t)) return V_NULL;
  if (!v_is_tuple(arguments)) return raise_type_error(t, "argument 2 must be tuple, not %T", arguments);
  return ctypes_call(t, f, v_tuple(arguments)->items, (size_t)v_tuple(arguments)->length, flags, V_NULL, V_NULL);
}
static NATIVE(call_function) { return call_address(t, args[0], args[1], 0); }
static NATIVE(call_cdeclfunction) { return call_address(t, args[0], args[1], FUNCFLAG_CDECL); }

// --- errno, objects ----------------------------------------------------------------------------------------------------------------------

static NATIVE(get_errno) { return sys_audit_args(t, "ctypes.get_errno", NULL, 0) < 0 ? V_NULL : v_from_smi(*ctypes_errno()); }
static NATIVE(set_errno) {
  int fresh = number_as_int(t, args[0]), old = *ctypes_errno();
  if ((fresh == -1 && error_pending(t)) || sys_audit(t, "ctypes.set_errno", args[0]) < 0) return V_NULL;
  *ctypes_errno() = fresh;
  return v_from_smi(old);
}

static NATIVE(object_from_address) {
  void *p = pointer_argument(t, args[0]);
  return error_pending(t) || sys_audit(t, "ctypes.PyObj_FromPtr", args[0]) < 0 ? V_NULL : v_own(t, VALUE((uint64_t)(uintptr_t)p));
}
static NATIVE(count_up) {
  Value more = v_own(t, args[0]);
  (void)more;   // that is what was asked for: a reference too many
  return v_own(t, args[0]);
}
static NATIVE(count_down) {
  Value mine = v_own(t, args[0]);
  v_drop(t, mine);
  v_drop(t, mine);
  return v_own(t, args[0]);
}

static NATIVE(unpickle) {
  Value new = object_getattr(t, args[0], N(__new__)), v = v_is_null(new) ? V_NULL : object_call1(t, new, args[0]);
  Value setstate = v_is_null(v) ? V_NULL : object_getattr(t, v, N(__setstate__));
  Value done = v_is_null(setstate) ? V_NULL : object_call_ex(t, setstate, args[1], V_NULL);
  if (v_is_null(done)) v_clear(t, &v);
  v_drop(t, done);
  v_drop(t, setstate);
  v_drop(t, new);
  return v;
}

// --- Functions whose addresses ctypes calls through a function type ----------------------------------------------------------------------

// They take and return words as py_object passes them; the caller is attached.
static bool is_pointer_type(Value type) {
  const CInfo *info = ctypes_info_of(type);
  return info && (ctypes_is_meta(type, &type_ctypes_pointer_meta) || ctypes_is_meta(type, &type_ctypes_function_meta) || (info->code && strchr("sPzUZXO", info->code)));
}

static uint64_t cast_to(void *p, uint64_t source, uint64_t type_word) {
  Thread *t = thread_current();
  Value src = VALUE(source), type = VALUE(type_word);
  if (!is_pointer_type(type)) {
    if (v_is_type(type)) raise_type_error(t, "cast() argument 2 must be a pointer type, not %N", v_as_type(type));
    else raise_type_error(t, "cast() argument 2 must be a pointer type, not %T", type);
    return 0;
  }
  Value r = object_call0(t, type);
  if (v_is_null(r)) return 0;
  if (ctypes_is_data(src)) {   // the pointer keeps what the source keeps, and the source
    Value objects = ctypes_objects(t, v_cdata(src)), key = int_from_u64(t, (uint64_t)(uintptr_t)v_obj(src));
    bool ok = !v_is_null(objects) && !v_is_null(key);
    if (ok && v_is_exact(objects, SHAPE_DICT)) ok = dict_set(t, v_dict(objects), key, src) == 0;
    v_drop(t, key);
    if (!ok) {
      v_drop(t, objects);
      v_drop(t, r);
      return 0;
    }
    v_set(t, &v_cdata(r)->objects, objects);
  }
  memcpy(v_cdata(r)->data, &p, sizeof p);
  return v_is_ptr(r) ? (uint64_t)(uintptr_t)v_obj(r) : r.w;
}

static uint64_t string_at(const char *p, int size) {
  Thread *t = thread_current();
  Value audited[] = {int_from_u64(t, (uint64_t)(uintptr_t)p), v_from_smi(size)};
  if (sys_audit_args(t, "ctypes.string_at", audited, 2) < 0) return 0;
  Value r = bytes_from(t, p, size < 0 ? strlen(p) : (size_t)size);
  return (uint64_t)(uintptr_t)v_obj(r);
}

static uint64_t wstring_at(const wchar_t *p, int size) {
  Thread *t = thread_current();
  Value audited[] = {int_from_u64(t, (uint64_t)(uintptr_t)p), v_from_smi(size)};
  if (sys_audit_args(t, "ctypes.wstring_at", audited, 2) < 0) return 0;
  Value r = str_from_ucs4(t, (const uint32_t *)(const void *)p, size < 0 ? (int64_t)wcslen(p) : size);
  return (uint64_t)(uintptr_t)v_obj(r);
}

// --- The module --------------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"sizeof(type_or_instance, /)", size_of, "The size in bytes of a C type or an instance.", NATIVE_NO_SIGNATURE},
    {"alignment(type_or_instance, /)", alignment_of, "The alignment in bytes of a C type or an instance.", NATIVE_NO_SIGNATURE},
    {"addressof(instance, /)", address_of, "The address of an instance's bytes.", NATIVE_NO_SIGNATURE},
    {"byref(instance, offset=0, /)", by_reference, "A light pointer to an instance, for a parameter only.", NATIVE_NO_SIGNATURE},
    {"POINTER(type, /)", make_pointer_type, "The type of pointers to a C type.", NATIVE_NO_SIGNATURE},
    {"pointer(instance, /)", make_pointer, "A pointer to an instance.", NATIVE_NO_SIGNATURE},
    {"resize(instance, size, /)", resize_data, "Gives an instance more memory.", NATIVE_NO_SIGNATURE},
    {"buffer_info(type_or_instance, /)", buffer_info, "(format, dimensions, shape) of the buffer.", NATIVE_NO_SIGNATURE},
    {"dlopen(name, flag=2, /)", open_library, "Opens a shared library.", NATIVE_NO_SIGNATURE},
    {"dlclose(handle, /)", close_library, "Closes a library.", NATIVE_NO_SIGNATURE},
    {"dlsym(handle, name, /)", find_symbol, "A symbol's address.", NATIVE_NO_SIGNATURE},
    {"call_function(address, arguments, /)", call_function, NULL, NATIVE_NO_SIGNATURE},
    {"call_cdeclfunction(address, arguments, /)", call_cdeclfunction, NULL, NATIVE_NO_SIGNATURE},
    {"get_errno()", get_errno, NULL, NATIVE_NO_SIGNATURE},
    {"set_errno(value, /)", set_errno, NULL, NATIVE_NO_SIGNATURE},
    {"PyObj_FromPtr(address, /)", object_from_address, NULL, NATIVE_NO_SIGNATURE},
    {"Py_INCREF(object, /)", count_up, NULL, NATIVE_NO_SIGNATURE},
    {"Py_DECREF(object, /)", count_down, NULL, NATIVE_NO_SIGNATURE},
    {"_unpickle(type, state, /)", unpickle, NULL, NATIVE_NO_SIGNATURE},
    {0},
};

static int add_address(Thread *t, Value m, const char *name, void (*f)(void)) {
  uint64_t address;
  memcpy(&address, &f, sizeof f);
  return module_add(t, m, name, int_from_u64(t, address));
}

static bool make_types(Thread *t) {
  return ctypes_types_init(t) && ctypes_data_init(t) && ctypes_call_init(t) && ctypes_field_init(t) && ctypes_simple_init(t) && ctypes_aggregate_init(t) &&
         ctypes_array_init(t) && ctypes_pointer_init(t) && ctypes_function_init(t) && ctypes_callback_init(t);
}

static int ctypes_exec(Thread *t, Value m) {
  if (LIBRARY_LOAD(t, "libffi.so.8", ffi) < 0 || !make_types(t)) return -1;
  Type *const types[] = {&type_ctypes_structure.type, &type_ctypes_union.type, &type_ctypes_array.type, &type_ctypes_pointer.type, &type_ctypes_simple.type,
                         &type_ctypes_function.type};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (module_add_type(t, m, types[i]) < 0) return -1;
  static const struct { const char *name; int value; } constants[] = {
      {"FUNCFLAG_CDECL", FUNCFLAG_CDECL},       {"FUNCFLAG_PYTHONAPI", FUNCFLAG_PYTHONAPI}, {"FUNCFLAG_USE_ERRNO", FUNCFLAG_USE_ERRNO},
      {"FUNCFLAG_USE_LASTERROR", FUNCFLAG_USE_LASTERROR}, {"RTLD_LOCAL", RTLD_LOCAL},        {"RTLD_GLOBAL", RTLD_GLOBAL},
      {"CTYPES_MAX_ARGCOUNT", CTYPES_MAX_ARGCOUNT},
  };
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  if (module_add_exception(t, m, &ctypes_argument_error, "ctypes", "ArgumentError", &exc_Exception, NULL) < 0 || module_add_str(t, m, "__version__", "1.1.0") < 0 ||
      module_add(t, m, "_pointer_type_cache", v_own(t, ctypes_pointer_cache)) < 0)
    return -1;
  return add_address(t, m, "_memmove_addr", (void (*)(void))memmove) < 0 || add_address(t, m, "_memset_addr", (void (*)(void))memset) < 0 ||
                 add_address(t, m, "_cast_addr", (void (*)(void))cast_to) < 0 || add_address(t, m, "_string_at_addr", (void (*)(void))string_at) < 0 ||
                 add_address(t, m, "_wstring_at_addr", (void (*)(void))wstring_at) < 0
             ? -1
             : 0;
}

const ModuleDef module__ctypes = {
    .name = "_ctypes",
    .doc = "C data types, and calls into C libraries.",
    .functions = functions,
    .exec = ctypes_exec,
};
