// _ctypes: arrays: the metaclass that reads _length_ and _type_, items and slices, and the text attributes of character arrays.
#include <wchar.h>

#include "gc/heap.h"
#include "modules/ctypes.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/descriptor.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_new.h"

// --- The metaclass -----------------------------------------------------------------------------------------------------------------------

static int read_length(Thread *t, Value cls, int64_t *length) {
  Value v;
  int found = object_lookup_attr(t, cls, N(_length_), &v);
  if (found < 0) return -1;
  if (found == 0) return raise_error(t, &exc_AttributeError, "class must define a '_length_' attribute"), -1;
  if (!v_has_flag(v, TYPE_INT)) raise_type_error(t, "The '_length_' attribute must be an integer");
  else if (int_sign(v) < 0) raise_value_error(t, "The '_length_' attribute must not be negative");
  else if (!int_as_i64(v, length)) raise_overflow(t, "The '_length_' attribute is too large");
  v_drop(t, v);
  return error_pending(t) ? -1 : 0;
}

static int read_item(Thread *t, Value cls, Value *item) {
  int found = object_lookup_attr(t, cls, N(_type_), item);
  if (found == 0) raise_error(t, &exc_AttributeError, "class must define a '_type_' attribute");
  if (found <= 0) return -1;
  if (ctypes_info_of(*item)) return 0;
  v_clear(t, item);
  raise_type_error(t, "_type_ must have storage info");
  return -1;
}

static int describe(Thread *t, CInfo *info, Value item_owned, int64_t length) {
  CInfo *item = ctypes_info_of(item_owned);
  info->item = item_owned;
  info->length = length;
  info->align = item->align;
  info->has_union = item->has_union;
  info->has_bitfield = item->has_bitfield;
  info->ffi = ffi.ffi_type_pointer;
  if (__builtin_mul_overflow(item->size, length, &info->size)) return raise_overflow(t, "array too large"), -1;
  info->ndim = item->ndim + 1;
  info->shape = heap_alloc(t, (size_t)info->ndim * sizeof *info->shape);
  if (!info->shape) return raise_no_memory(t), -1;
  info->shape[0] = length;
  for (int i = 0; i < item->ndim; i++) info->shape[i + 1] = item->shape[i];
  info->format = ctypes_format(t, "%s", item->format ? item->format : "B");
  info->known = info->format != NULL;
  return info->known ? 0 : -1;
}

static Value array_raw_get(Thread *t, Value self, void *closure);
static int array_raw_set(Thread *t, Value self, Value v, void *closure);
static Value array_value_get(Thread *t, Value self, void *closure);
static int array_value_set(Thread *t, Value self, Value v, void *closure);
static const GetSetDef raw_def = {"raw", array_raw_get, array_raw_set, "all the bytes", NULL};
static const GetSetDef value_def = {"value", array_value_get, array_value_set, "the text up to the first NUL", NULL};

static int add_attribute(Thread *t, Value cls, const GetSetDef *def) {
  Value descriptor = getset_descriptor_new(t, v_as_type(cls), def), name = v_is_null(descriptor) ? V_NULL : str_intern_cstr(t, def->name);
  int r = v_is_null(name) ? -1 : type_type.slots.setattro(t, cls, name, descriptor);
  v_drop(t, descriptor);
  return r;
}

static Value array_type_new(Thread *t, Type *meta, const Value *args, size_t nargs, Value kwnames) {
  Value cls = type_type_new(t, meta, args, nargs, kwnames), item;
  int64_t length = 0;
  if (v_is_null(cls)) return cls;
  if (read_length(t, cls, &length) == 0 && read_item(t, cls, &item) == 0 && describe(t, ctypes_raw_info(cls), item, length) == 0) {
    char code = ctypes_info_of(item)->code;
    if ((code != 'c' || add_attribute(t, cls, &raw_def) == 0) && ((code != 'c' && code != 'u') || add_attribute(t, cls, &value_def) == 0)) return cls;
  }
  v_drop(t, cls);
  return V_NULL;
}

// --- Text --------------------------------------------------------------------------------------------------------------------------------

static char code_of(Value self) { return ctypes_info_of(ctypes_info(v_type(self))->item)->code; }

static Value array_raw_get(Thread *t, Value self, UNUSED_OK void *closure) {
  CData *c = v_cdata(self);
  Value copy = bytes_new(t, c->size);
  if (!v_is_null(copy)) ctypes_read(t, c, v_bytes(copy)->data, c->data, c->size);
  return copy;
}

static int array_raw_set(Thread *t, Value self, Value v, UNUSED_OK void *closure) {
  BufferView view;
  if (v_is_null(v)) return raise_error(t, &exc_AttributeError, "cannot delete attribute"), -1;
  if (buffer_get(t, v, &view, BUFFER_SIMPLE) < 0) return -1;
  bool fits = view.len <= v_cdata(self)->size;
  if (fits) ctypes_write(t, v_cdata(self), v_cdata(self)->data, view.data, view.len);
  else raise_value_error(t, "byte string too long");
  buffer_release(t, &view);
  return fits ? 0 : -1;
}

static Value array_value_get(Thread *t, Value self, UNUSED_OK void *closure) {
  CData *c = v_cdata(self);
  return ctypes_characters_at(t, c, c->data, c->size, code_of(self));
}

static int array_value_set(Thread *t, Value self, Value v, UNUSED_OK void *closure) {
  CData *c = v_cdata(self);
  bool wide = code_of(self) == 'u';
  if (v_is_null(v)) return raise_type_error(t, "can't delete attribute"), -1;
  if (wide ? !v_is_str(v) : !v_is_bytes(v)) {
    raise_type_error(t, wide ? "unicode string expected instead of %T instance" : "bytes expected instead of %T instance", v);
    return -1;
  }
  int64_t n = wide ? str_length(v_str(v)) : v_bytes(v)->length, room = wide ? c->size / (int64_t)sizeof(wchar_t) : c->size;
  if (n > room) return raise_value_error(t, wide ? "string too long" : "byte string too long"), -1;
  ctypes_characters_write(t, c, 0, wide ? 'u' : 'c', v, n, room);
  return 0;
}

// --- Items -------------------------------------------------------------------------------------------------------------------------------

static char *item_at(Thread *t, Value self, int64_t i) {
  const CInfo *info = ctypes_info(v_type(self));
  if (i >= 0 && i < info->length) return v_cdata(self)->data + i * ctypes_info_of(info->item)->size;
  raise_error(t, &exc_IndexError, "invalid index");
  return NULL;
}

static Value array_item(Thread *t, Value self, int64_t i) {
  char *p = item_at(t, self, i);
  return p ? ctypes_get(t, ctypes_info(v_type(self))->item, self, i, p) : V_NULL;
}

static int array_set_item(Thread *t, Value self, int64_t i, Value v) {
  char *p = item_at(t, self, i);
  return p ? ctypes_set(t, ctypes_info(v_type(self))->item, self, i, p, v) : -1;
}

static Value array_slice(Thread *t, Value self, Value slice) {
  const CInfo *info = ctypes_info(v_type(self));
  int64_t start, stop, step, size = ctypes_info_of(info->item)->size;
  if (slice_unpack(t, slice, &start, &stop, &step) < 0) return V_NULL;
  int64_t n = slice_adjust(info->length, &start, &stop, step);
  char code = code_of(self);
  if (code != 'c' && code != 'u') return ctypes_item_list(t, self, start, step, n, array_item);
  Value copy = bytes_new(t, n * size);
  if (v_is_null(copy)) return copy;
  CRITICAL_BEGIN(t, ctypes_root(v_cdata(self)));
  for (int64_t i = 0; i < n; i++) memcpy(v_bytes(copy)->data + i * size, v_cdata(self)->data + (start + i * step) * size, (size_t)size);
  CRITICAL_END(t);
  return ctypes_characters(t, copy, code, true);
}

static int64_t index_of(Thread *t, Value self, Value key) {
  int64_t i = number_as_i64(t, key);
  return i < 0 ? i + ctypes_info(v_type(self))->length : i;
}

static Value array_getitem(Thread *t, Value self, Value key) {
  if (v_is_slice(key)) return array_slice(t, self, key);
  if (!number_is_index(key)) return raise_type_error(t, "indices must be integers");
  int64_t i = index_of(t, self, key);
  return error_pending(t) ? V_NULL : array_item(t, self, i);
}

static int array_set_slice(Thread *t, Value self, Value slice, Value v) {
  int64_t start, stop, step;
  if (slice_unpack(t, slice, &start, &stop, &step) < 0) return -1;
  int64_t n = slice_adjust(ctypes_info(v_type(self))->length, &start, &stop, step), given = object_length(t, v);
  if (given < 0) return -1;
  if (given != n) return raise_value_error(t, "Can only assign sequence of same size"), -1;
  for (int64_t i = 0; i < n; i++) {
    Value item = object_getitem(t, v, v_from_smi(i));
    int r = v_is_null(item) ? -1 : array_set_item(t, self, start + i * step, item);
    v_drop(t, item);
    if (r < 0) return -1;
  }
  return 0;
}

static int array_setitem(Thread *t, Value self, Value key, Value v) {
  if (v_is_null(v)) return raise_type_error(t, "Array does not support item deletion"), -1;
  if (v_is_slice(key)) return array_set_slice(t, self, key, v);
  if (!number_is_index(key)) return raise_type_error(t, "indices must be integer"), -1;
  int64_t i = index_of(t, self, key);
  return error_pending(t) ? -1 : array_set_item(t, self, i, v);
}

static int64_t array_length(UNUSED_OK Thread *t, Value self) { return ctypes_info(v_type(self))->length; }

static int array_init(Thread *t, Value self, const Value *args, size_t nargs, UNUSED_OK Value kwnames) {
  for (size_t i = 0; i < nargs; i++)
    if (array_set_item(t, self, (int64_t)i, args[i]) < 0) return -1;
  return 0;
}

Type type_ctypes_array_meta;
CType type_ctypes_array;
static const NativeDef array_methods[] = {CLASS_GETITEM_DEF, {0}};
static const TypeSpec spec_array_meta = {
    .name = "_ctypes.PyCArrayType", .base = &type_ctypes_meta, .flags = TYPE_BASETYPE,
    .slots = {.new = array_type_new},
    .doc = "The metaclass of arrays.",
};
static const TypeSpec spec_array = {
    .name = "_ctypes.Array", .base = &type_ctypes_data, .flags = TYPE_BASETYPE | TYPE_SEQUENCE,
    .slots = {.new = ctypes_instance_new, .init = array_init, .getitem = array_getitem, .setitem = array_setitem, .seq_item = array_item, .length = array_length},
    .methods = array_methods,
    .doc = "The base of arrays: subclasses give _length_ and _type_.",
};

bool ctypes_array_init(Thread *t) {
  return type_ready(t, &type_ctypes_array_meta, &spec_array_meta, 0) && ctypes_ready(t, &type_ctypes_array, &spec_array, &type_ctypes_array_meta);
}
