// _ctypes: what all metaclasses share: the description behind a class, from_address and its like, `type * n`, and the caches of types.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "gc/heap.h"
#include "modules/ctypes.h"
#include "objects/buffer.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/shape.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_new.h"
#include "system/sys_state.h"

Value ctypes_pointer_cache;
static Value array_cache;   // dict: (item type, length) -> array type

// --- Descriptions ------------------------------------------------------------------------------------------------------------------------

char *ctypes_format(Thread *t, const char *format, ...) {
  va_list ap, again;
  va_start(ap, format);
  va_copy(again, ap);
  int n = vsnprintf(NULL, 0, format, ap);
  char *out = heap_alloc(t, (size_t)n + 1);
  if (out) vsnprintf(out, (size_t)n + 1, format, again);
  else raise_no_memory(t);
  va_end(ap);
  va_end(again);
  return out;
}

static void *copy_block(Thread *t, const void *from, size_t n) {
  void *p = heap_alloc(t, n ? n : 1);
  if (p) memcpy(p, from, n);
  else raise_no_memory(t);
  return p;
}

static void info_clear(Thread *t, CInfo *info) {
  v_clear(t, &info->item);
  v_clear(t, &info->argtypes);
  v_clear(t, &info->restype);
  heap_free(t, info->format);
  heap_free(t, info->shape);
  heap_free(t, info->own.elements);
  memset(info, 0, sizeof *info);
}

static size_t count_elements(const ffi_type *type) {
  size_t n = 0;
  while (type->elements && type->elements[n]) n++;
  return n;
}

int ctypes_info_copy(Thread *t, CInfo *to, const CInfo *from) {
  info_clear(t, to);
  *to = *from;
  to->final = (a8){0};
  to->item = v_is_null(from->item) ? V_NULL : v_own(t, from->item);
  to->argtypes = v_is_null(from->argtypes) ? V_NULL : v_own(t, from->argtypes);
  to->restype = v_is_null(from->restype) ? V_NULL : v_own(t, from->restype);
  to->format = NULL;
  to->shape = NULL;
  to->own.elements = NULL;
  if (from->ffi == &from->own) to->ffi = &to->own;
  if (from->format && !(to->format = copy_block(t, from->format, strlen(from->format) + 1))) return -1;
  if (from->shape && !(to->shape = copy_block(t, from->shape, (size_t)from->ndim * sizeof *from->shape))) return -1;
  if (from->own.elements && !(to->own.elements = copy_block(t, from->own.elements, (count_elements(&from->own) + 1) * sizeof(ffi_type *)))) return -1;
  return 0;
}

static void meta_dealloc(Thread *t, Object *o) {
  info_clear(t, &((CType *)(void *)o)->info);
  type_object_dealloc(t, o);
}

static void meta_traverse(Object *o, GcVisit visit, void *arg) {
  const CInfo *info = &((CType *)(void *)o)->info;
  gc_visit_value(info->item, visit, arg);
  gc_visit_value(info->argtypes, visit, arg);
  gc_visit_value(info->restype, visit, arg);
  type_object_traverse(o, visit, arg);
}

static void meta_clear(Thread *t, Object *o) {
  CInfo *info = &((CType *)(void *)o)->info;
  v_clear(t, &info->item);
  v_clear(t, &info->argtypes);
  v_clear(t, &info->restype);
  type_object_clear(t, o);
}

bool ctypes_ready(Thread *t, CType *type, const TypeSpec *spec, Type *meta) {
  if (!type_ready(t, &type->type, spec, 0)) return false;
  if (object_type(&type->type.ob) == meta) return true;
  if (!shape_init_class_object(t, &type->type, meta)) return false;
  a32_store_rel(&type->type.ob.shape, type->type.class_shape);
  return true;
}

// --- Instances from elsewhere ------------------------------------------------------------------------------------------------------------

static const CInfo *concrete_info(Thread *t, Value cls) {
  const CInfo *info = ctypes_info_of(cls);
  if (!info) raise_type_error(t, "abstract class");
  return info;
}

static NATIVE(from_address) {
  uint64_t address;
  if (!v_has_flag(args[0], TYPE_INT)) return raise_type_error(t, "integer expected");
  int64_t i;
  if (int_as_i64(args[0], &i)) address = (uint64_t)i;
  else if (!int_as_u64(args[0], &address)) return raise_overflow(t, "Python int too large to convert to C unsigned long");
  if (sys_audit(t, "ctypes.cdata", args[0]) < 0 || !concrete_info(t, self)) return V_NULL;
  return ctypes_data_at(t, v_as_type(self), (char *)(uintptr_t)address);
}

static int check_room(Thread *t, int64_t length, int64_t offset, int64_t size) {
  if (offset < 0) {
    raise_value_error(t, "offset cannot be negative");
    return -1;
  }
  if (size <= length - offset) return 0;
  raise_value_error(t, "Buffer size too small (%lld instead of at least %lld bytes)", (long long)length, (long long)(size + offset));
  return -1;
}

static int64_t optional_offset(Thread *t, Value v) { return v_is_absent(v) ? 0 : number_as_i64(t, v); }

// The instance keeps a memoryview of the exporter, which stays exported as long.
static NATIVE(from_buffer) {
  const CInfo *info = concrete_info(t, self);
  int64_t offset = info ? optional_offset(t, args[1]) : -1;
  if (!info || (offset == -1 && error_pending(t))) return V_NULL;
  Value view = memoryview_from(t, args[0]), r = V_NULL;
  BufferView flat;
  if (v_is_null(view)) return V_NULL;
  if (buffer_get(t, view, &flat, BUFFER_SIMPLE | BUFFER_FULL_RO) == 0) {
    if (flat.readonly) raise_type_error(t, "underlying buffer is not writable");
    else if (flat.strides && flat.ndim > 0 && flat.strides[flat.ndim - 1] != flat.itemsize) raise_type_error(t, "underlying buffer is not C contiguous");
    else if (check_room(t, flat.len, offset, info->size) == 0) r = ctypes_data_at(t, v_as_type(self), (char *)flat.data + offset);
    buffer_release(t, &flat);
  }
  if (!v_is_null(r) && ctypes_keep(t, v_cdata(r), -1, v_own(t, view)) < 0) v_clear(t, &r);
  v_drop(t, view);
  return r;
}

static NATIVE(from_buffer_copy) {
  const CInfo *info = concrete_info(t, self);
  int64_t offset = info ? optional_offset(t, args[1]) : -1;
  BufferView view;
  if (!info || (offset == -1 && error_pending(t)) || buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  Value r = check_room(t, view.len, offset, info->size) < 0 ? V_NULL : ctypes_data_new(t, v_as_type(self));
  if (!v_is_null(r)) memcpy(v_cdata(r)->data, (const char *)view.data + offset, (size_t)info->size);
  buffer_release(t, &view);
  return r;
}

static NATIVE(in_dll) {
  Value handle = object_getattr(t, args[0], N(_handle));
  if (v_is_null(handle)) return V_NULL;
  bool good = v_has_flag(handle, TYPE_INT);
  v_drop(t, handle);
  if (!good) return raise_type_error(t, "the _handle attribute of the second argument must be an integer");
  if (!concrete_info(t, self)) return V_NULL;
  void *symbol = ctypes_dll_symbol(t, args[1], args[0]);
  if (symbol) return ctypes_data_at(t, v_as_type(self), symbol);
  if (!error_matches(t, &exc_AttributeError)) return V_NULL;
  Value e = error_fetch(t);
  raise_error(t, &exc_ValueError, "%S", e);
  v_drop(t, e);
  return V_NULL;
}

Value ctypes_from_param(Thread *t, Value cls, Value v) {
  int is = object_isinstance(t, v, cls);
  if (is != 0) return is < 0 ? V_NULL : v_own(t, v);
  if (type_is_subtype(v_type(v), &type_ctypes_argument)) {
    Value kept = ((const CArgument *)(const void *)v_obj(v))->keep, item = ctypes_raw_info(cls)->item;   // a pointer made by byref()
    is = v_is_null(kept) || v_is_null(item) ? 0 : object_isinstance(t, kept, item);
    if (is != 0) return is < 0 ? V_NULL : v_own(t, v);
    return raise_type_error(t, "expected %N instance instead of pointer to %T", v_as_type(cls), v_is_null(kept) ? V_NONE : kept);
  }
  Value as;
  int found = object_lookup_attr(t, v, N(_as_parameter_), &as);
  if (found < 0) return V_NULL;
  if (found == 0) return raise_type_error(t, "expected %N instance instead of %T", v_as_type(cls), v);
  Value r = V_NULL;
  if (recursion_enter(t, " while processing _as_parameter_") == 0) {
    r = ctypes_from_param(t, cls, as);
    recursion_leave(t);
  }
  v_drop(t, as);
  return r;
}
static NATIVE(from_param) { return ctypes_from_param(t, self, args[0]); }

// --- Arrays of a type, pointers to a type ------------------------------------------------------------------------------------------------

// A class made as a class statement would: meta(name, (base,), {..}). Steals the dict.
static Value make_class(Thread *t, Type *meta, Value name_owned, Type *base, Value dict_stolen) {
  Value bases = tuple_pack(t, 1, v_from_obj(base)), r = V_NULL;
  if (!v_is_null(bases) && !v_is_null(name_owned) && !v_is_null(dict_stolen)) r = object_call3(t, v_from_obj(meta), name_owned, bases, dict_stolen);
  v_drop(t, bases);
  v_drop(t, name_owned);
  v_drop(t, dict_stolen);
  return r;
}

static Value dict_of(Thread *t, Value name, Value owned, Value name2, Value owned2) {
  Value d = dict_new(t);
  bool ok = !v_is_null(d) && !v_is_null(owned) && dict_set(t, v_dict(d), name, owned) == 0 && (v_is_null(name2) || dict_set(t, v_dict(d), name2, owned2) == 0);
  v_drop(t, owned);
  v_drop(t, owned2);
  if (!ok) v_clear(t, &d);
  return d;
}

static Value cached(Thread *t, Value cache, Value key, Value made_stolen) {
  Value r = V_NULL;
  if (!v_is_null(made_stolen)) dict_setdefault(t, v_dict(cache), key, made_stolen, &r);
  v_drop(t, made_stolen);
  return r;
}

Value ctypes_array_of(Thread *t, Value item, int64_t length) {
  Value n = int_from_i64(t, length), key = v_is_null(n) ? V_NULL : tuple_pack(t, 2, item, n), r = V_NULL;
  if (!v_is_null(key) && dict_get(t, v_dict(array_cache), key, &r) == 0) {
    Value name = v_is_type(item) ? str_from_format(t, "%.200N_Array_%lld", v_as_type(item), (long long)length) : str_from_cstr(t, "Array");
    Value dict = dict_of(t, N(_length_), v_own(t, n), N(_type_), v_own(t, item));
    r = cached(t, array_cache, key, make_class(t, &type_ctypes_array_meta, name, &type_ctypes_array.type, dict));
  }
  v_drop(t, key);
  v_drop(t, n);
  return r;
}

Value ctypes_pointer_to(Thread *t, Value item) {
  Value r = V_NULL;
  if (dict_get(t, v_dict(ctypes_pointer_cache), item, &r) != 0) return r;
  if (v_is_str(item)) {   // a name: what it points to is told later by set_type
    r = make_class(t, &type_ctypes_pointer_meta, str_from_format(t, "LP_%U", item), &type_ctypes_pointer.type, dict_new(t));
    if (v_is_null(r)) return r;
    Value key = int_from_u64(t, (uint64_t)(uintptr_t)v_obj(r));
    return cached(t, ctypes_pointer_cache, key, r);
  }
  if (!v_is_type(item)) return raise_type_error(t, "must be a ctypes type");
  Value name = str_from_format(t, "LP_%N", v_as_type(item));
  return cached(t, ctypes_pointer_cache, item, make_class(t, &type_ctypes_pointer_meta, name, &type_ctypes_pointer.type, dict_of(t, N(_type_), v_own(t, item), V_NULL, V_NULL)));
}

static Value meta_repeat(Thread *t, Value self, int64_t n) {
  if (n < 0) return raise_value_error(t, "Array length must be >= 0, not %lld", (long long)n);
  return ctypes_array_of(t, self, n);
}

// --- The common metaclass ----------------------------------------------------------------------------------------------------------------

static const NativeDef meta_methods[] = {
    {"from_address(integer, /)", from_address, "An instance at the memory address given.", NATIVE_NO_SIGNATURE},
    {"from_buffer(object, offset=0, /)", from_buffer, "An instance on a writable buffer.", NATIVE_NO_SIGNATURE},
    {"from_buffer_copy(object, offset=0, /)", from_buffer_copy, "An instance with a copy of a buffer's bytes.", NATIVE_NO_SIGNATURE},
    {"from_param(object, /)", from_param, "What is passed for an object to a function.", NATIVE_NO_SIGNATURE},
    {"in_dll(library, name, /)", in_dll, "An instance that is a variable of a library.", NATIVE_NO_SIGNATURE},
    {0},
};

Type type_ctypes_meta;
static const TypeSpec spec_meta = {
    .name = "_ctypes.CType_Type",
    .base = &type_type,
    .size = sizeof(CType),
    .flags = TYPE_BASETYPE,
    .slots = {.repeat = meta_repeat, .dealloc = meta_dealloc, .traverse = meta_traverse, .clear = meta_clear},
    .methods = meta_methods,
    .doc = "What the metaclasses of C types have in common.",
};

bool ctypes_types_init(Thread *t) {
  if (v_is_null(array_cache)) array_cache = dict_new(t);
  if (v_is_null(ctypes_pointer_cache)) ctypes_pointer_cache = dict_new(t);
  return !v_is_null(array_cache) && !v_is_null(ctypes_pointer_cache) && type_ready(t, &type_ctypes_meta, &spec_meta, 0);
}
