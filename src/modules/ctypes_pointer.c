// _ctypes: pointers: the metaclass that reads _type_, `contents`, and items and slices of what is pointed to.
#include <stdio.h>

#include "gc/heap.h"
#include "modules/ctypes.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/type_new.h"

// --- The metaclass -----------------------------------------------------------------------------------------------------------------------

static int set_item_type(Thread *t, Value cls, Value item) {
  CInfo *info = ctypes_raw_info(cls), *pointee = ctypes_info_of(item);
  if (!v_is_type(item)) return raise_type_error(t, "_type_ must be a type"), -1;
  if (!pointee) return raise_type_error(t, "_type_ must have storage info"), -1;
  char *format = ctypes_format(t, "&%s", pointee->format ? pointee->format : "B");
  if (!format) return -1;
  if (pointee->ndim) {   // an array: its dimensions belong to what is pointed to
    StrBuilder b;
    strb_init(&b, t);
    strb_char(&b, '&');
    for (int i = 0; i < pointee->ndim; i++) {
      char text[32];
      strb_ascii(&b, text, (size_t)snprintf(text, sizeof text, "%c%lld", i ? ',' : '(', (long long)pointee->shape[i]));
    }
    strb_char(&b, ')');
    Value dims = strb_finish(&b);
    char *whole = v_is_null(dims) ? NULL : ctypes_format(t, "%s%s", str_utf8(t, dims, NULL), format + 1);
    v_drop(t, dims);
    heap_free(t, format);
    if (!(format = whole)) return -1;
  }
  heap_free(t, info->format);
  info->format = format;
  v_set(t, &info->item, v_own(t, item));
  return 0;
}

static Value pointer_type_new(Thread *t, Type *meta, const Value *args, size_t nargs, Value kwnames) {
  Value cls = type_type_new(t, meta, args, nargs, kwnames), item;
  if (v_is_null(cls)) return cls;
  CInfo *info = ctypes_raw_info(cls);
  info->size = info->align = sizeof(void *);
  info->length = 1;
  info->ffi = ffi.ffi_type_pointer;
  info->known = true;
  int found = dict_get(t, v_dict(v_as_type(cls)->dict), N(_type_), &item), r = found < 0 ? -1 : 0;   // a base's does not count
  if (found > 0) {
    r = set_item_type(t, cls, item);
    v_drop(t, item);
  }
  if (r < 0) v_clear(t, &cls);
  return cls;
}

static NATIVE(pointer_set_type) {
  if (set_item_type(t, self, args[0]) < 0 || type_type.slots.setattro(t, self, N(_type_), args[0]) < 0) return V_NULL;
  return V_NONE;
}

static NATIVE(pointer_from_param) {
  Value item = ctypes_raw_info(self)->item;
  if (v_is_none(args[0])) return V_NONE;
  int is = v_is_null(item) ? 0 : object_isinstance(t, args[0], item);
  if (is < 0) return V_NULL;
  if (is > 0) return ctypes_argument_new(t, 'P', ffi.ffi_type_pointer, v_own(t, args[0]), &v_cdata(args[0])->data, sizeof(char *));
  if (type_is_subtype(v_type(args[0]), &type_ctypes_pointer.type) || type_is_subtype(v_type(args[0]), &type_ctypes_array.type)) {
    const CInfo *given = ctypes_info(v_type(args[0]));
    is = v_is_null(given->item) || v_is_null(item) ? 0 : object_issubclass(t, given->item, item);
    if (is != 0) return is < 0 ? V_NULL : v_own(t, args[0]);
  }
  return ctypes_from_param(t, self, args[0]);
}

// --- Instances ---------------------------------------------------------------------------------------------------------------------------

static char *target(Thread *t, Value self) {
  char *p;
  ctypes_read(t, v_cdata(self), &p, v_cdata(self)->data, sizeof p);
  if (!p) raise_value_error(t, "NULL pointer access");
  return p;
}

static Value item_type(Value self) { return ctypes_info(v_type(self))->item; }

static Value get_contents(Thread *t, Value self, UNUSED_OK void *closure) {
  char *p = target(t, self);
  return p ? ctypes_data_within(t, v_as_type(item_type(self)), self, 0, p) : V_NULL;
}

static int set_contents(Thread *t, Value self, Value v, UNUSED_OK void *closure) {
  if (v_is_null(v)) return raise_type_error(t, "Pointer does not support item deletion"), -1;
  if (!ctypes_is_data(v)) return raise_type_error(t, "expected %N instead of %T", v_as_type(item_type(self)), v), -1;
  ctypes_write(t, v_cdata(self), v_cdata(self)->data, &v_cdata(v)->data, sizeof(char *));
  if (ctypes_keep(t, v_cdata(self), 1, v_own(t, v)) < 0) return -1;
  Value kept = ctypes_objects(t, v_cdata(v));
  return v_is_null(kept) ? -1 : ctypes_keep(t, v_cdata(self), 0, kept);
}

static Value pointer_item(Thread *t, Value self, int64_t i) {
  char *p = target(t, self);
  if (!p) return V_NULL;
  // What it points to is not part of the pointer: an item is within it only to keep it alive.
  return ctypes_get(t, item_type(self), self, i, p + i * ctypes_info_of(item_type(self))->size);
}

static int pointer_set_item(Thread *t, Value self, int64_t i, Value v) {
  char *p = target(t, self);
  return p ? ctypes_set(t, item_type(self), self, i, p + i * ctypes_info_of(item_type(self))->size, v) : -1;
}

static Value pointer_slice(Thread *t, Value self, Value key) {
  const Slice *s = v_slice(key);
  int64_t step = 1, start = 0, stop;
  if (!v_is_none(s->step)) {
    step = number_as_i64(t, s->step);
    if (step == -1 && error_pending(t)) return V_NULL;
    if (step == 0) return raise_value_error(t, "slice step cannot be zero");
  }
  if (!v_is_none(s->start)) start = number_as_i64(t, s->start);
  else if (step < 0) return raise_value_error(t, "slice start is required for step < 0");
  if (start == -1 && error_pending(t)) return V_NULL;
  if (v_is_none(s->stop)) return raise_value_error(t, "slice stop is required");
  stop = number_as_i64(t, s->stop);
  if (stop == -1 && error_pending(t)) return V_NULL;
  int64_t n = step > 0 ? (stop > start ? (stop - start - 1) / step + 1 : 0) : (stop < start ? (start - stop - 1) / -step + 1 : 0);
  char code = ctypes_info_of(item_type(self))->code;
  if (code == 'c' || code == 'u') {
    int64_t size = code == 'c' ? 1 : 4;
    char *p = n ? target(t, self) : NULL;
    if (n && !p) return V_NULL;
    Value copy = bytes_new(t, n * size);
    for (int64_t i = 0; !v_is_null(copy) && i < n; i++) memcpy(v_bytes(copy)->data + i * size, p + (start + i * step) * size, (size_t)size);
    return ctypes_characters(t, copy, code, true);
  }
  return ctypes_item_list(t, self, start, step, n, pointer_item);
}

static Value pointer_getitem(Thread *t, Value self, Value key) {
  if (v_is_slice(key)) return pointer_slice(t, self, key);
  if (!number_is_index(key)) return raise_type_error(t, "Pointer indices must be integer");
  int64_t i = number_as_i64(t, key);
  return i == -1 && error_pending(t) ? V_NULL : pointer_item(t, self, i);
}

static int pointer_setitem(Thread *t, Value self, Value key, Value v) {
  if (v_is_null(v)) return raise_type_error(t, "Pointer does not support item deletion"), -1;
  int64_t i = number_as_i64(t, key);
  return i == -1 && error_pending(t) ? -1 : pointer_set_item(t, self, i, v);
}

static int pointer_bool(Thread *t, Value self) {
  void *p;
  ctypes_read(t, v_cdata(self), &p, v_cdata(self)->data, sizeof p);
  return p != NULL;
}

static Value pointer_new(Thread *t, Type *type, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames) {
  const CInfo *info = ctypes_info(type);
  if (!info || v_is_null(info->item)) return raise_type_error(t, "Cannot create instance: has no _type_");
  return ctypes_data_new(t, type);
}

static int pointer_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "POINTER", kwnames) < 0 || native_check_positional(t, "POINTER", nargs, 0, 1) < 0) return -1;
  return nargs ? set_contents(t, self, args[0], NULL) : 0;
}

static const NativeDef pointer_meta_methods[] = {
    {"from_param(object, /)", pointer_from_param, "What is passed for an object to a function.", NATIVE_NO_SIGNATURE},
    {"set_type(type, /)", pointer_set_type, "Tells what an incomplete pointer type points to.", NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef pointer_getset[] = {{"contents", get_contents, set_contents, "what is pointed to", NULL}, {0}};

Type type_ctypes_pointer_meta;
CType type_ctypes_pointer;
static const TypeSpec spec_pointer_meta = {
    .name = "_ctypes.PyCPointerType", .base = &type_ctypes_meta, .flags = TYPE_BASETYPE,
    .slots = {.new = pointer_type_new},
    .methods = pointer_meta_methods,
    .doc = "The metaclass of pointers.",
};
static const TypeSpec spec_pointer = {
    .name = "_ctypes._Pointer", .base = &type_ctypes_data, .flags = TYPE_BASETYPE,
    .slots = {.new = pointer_new, .init = pointer_init, .getitem = pointer_getitem, .setitem = pointer_setitem, .bool_ = pointer_bool},
    .getset = pointer_getset,
    .doc = "The base of pointer types: subclasses give _type_.",
};

bool ctypes_pointer_init(Thread *t) {
  return type_ready(t, &type_ctypes_pointer_meta, &spec_pointer_meta, 0) && ctypes_ready(t, &type_ctypes_pointer, &spec_pointer, &type_ctypes_pointer_meta);
}
