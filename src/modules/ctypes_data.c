// _ctypes: instances, whatever their type: where their bytes are, what they keep alive, copying in and out, buffers, pickling.
#include <stdio.h>

#include "gc/heap.h"
#include "modules/ctypes.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- Making ------------------------------------------------------------------------------------------------------------------------------

static Value allocate(Thread *t, Type *type, CInfo **info) {
  *info = ctypes_info(type);
  if (!*info) return raise_type_error(t, "abstract class");
  a8_store_rel(&(*info)->final, 1);
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return v;
  v_cdata(v)->size = (*info)->size;
  v_cdata(v)->length = (*info)->length;
  return v;
}

Value ctypes_data_new(Thread *t, Type *type) {
  CInfo *info;
  Value v = allocate(t, type, &info);
  if (v_is_null(v)) return v;
  CData *c = v_cdata(v);
  if (c->size <= (int64_t)sizeof c->small) {
    c->data = c->small.bytes;
    return v;
  }
  c->data = heap_calloc(t, (size_t)c->size);
  c->owns = true;
  if (c->data) return v;
  v_drop(t, v);
  return raise_no_memory(t);
}

Value ctypes_instance_new(Thread *t, Type *type, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames) { return ctypes_data_new(t, type); }

Value ctypes_data_within(Thread *t, Type *type, Value base, int64_t index, char *data) {
  CInfo *info;
  Value v = allocate(t, type, &info);
  if (v_is_null(v)) return v;
  v_cdata(v)->base = v_own(t, base);
  v_cdata(v)->index = index;
  v_cdata(v)->data = data;
  return v;
}

Value ctypes_data_at(Thread *t, Type *type, char *address) {
  CInfo *info;
  Value v = allocate(t, type, &info);
  if (!v_is_null(v)) v_cdata(v)->data = address;
  return v;
}

static void data_clear(Thread *t, Object *o) {
  CData *c = (CData *)(void *)o;
  v_clear(t, &c->objects);
  v_clear(t, &c->base);
}

static void data_dealloc(Thread *t, Object *o) {
  CData *c = (CData *)(void *)o;
  data_clear(t, o);
  if (c->owns) heap_free(t, c->data);
  heap_free_object(t, o);
}

// The base stays until the end, for the bytes are its.
static void data_break_cycle(Thread *t, Object *o) { v_clear(t, &((CData *)(void *)o)->objects); }

static void data_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((CData *)(void *)o)->objects, visit, arg);
  gc_visit_value(((CData *)(void *)o)->base, visit, arg);
}

// --- Bytes -------------------------------------------------------------------------------------------------------------------------------

void ctypes_read(Thread *t, CData *c, void *to, const char *from, int64_t n) {
  CRITICAL_BEGIN(t, ctypes_root(c));
  memcpy(to, from, (size_t)n);
  CRITICAL_END(t);
}

void ctypes_write(Thread *t, CData *c, char *to, const void *from, int64_t n) {
  CRITICAL_BEGIN(t, ctypes_root(c));
  memmove(to, from, (size_t)n);
  CRITICAL_END(t);
}

Value ctypes_get(Thread *t, Value type, Value of, int64_t index, char *p) {
  const CInfo *info = ctypes_info_of(type);
  if (!info) return raise_type_error(t, "abstract class");
  if (!info->code || ctypes_is_simple_subclass(v_as_type(type))) return ctypes_data_within(t, v_as_type(type), of, index, p);
  char bytes[16];
  ctypes_read(t, v_cdata(of), bytes, p, info->size);
  return ctypes_load(t, info, bytes, (Bits){0});
}

// --- What is kept ------------------------------------------------------------------------------------------------------------------------

Value ctypes_objects(Thread *t, CData *c) {
  CData *root = ctypes_root(c);
  Value fresh = root->length ? dict_new(t) : V_NONE, r;
  if (v_is_null(fresh)) return V_NULL;
  CRITICAL_BEGIN(t, root);
  if (v_is_null(root->objects)) {
    root->objects = fresh;
    fresh = V_NULL;
  }
  r = v_own(t, root->objects);
  CRITICAL_END(t);
  v_drop(t, fresh);
  return r;
}

// The way from the root to the place: the indices in hexadecimal, innermost first.
static Value key_of(Thread *t, const CData *c, int64_t index) {
  char text[256];
  int n = snprintf(text, sizeof text, "%x", (unsigned)index);
  for (; !v_is_null(c->base); c = v_cdata(c->base)) {
    if (n > (int)sizeof text - 20) return raise_error(t, &exc_RuntimeError, "ctypes object structure too deep");
    n += snprintf(text + n, sizeof text - (size_t)n, ":%x", (unsigned)c->index);
  }
  return str_from_ascii(t, text, (size_t)n);
}

int ctypes_keep(Thread *t, CData *c, int64_t index, Value owned) {
  if (v_is_null(owned) || v_is_none(owned)) {
    v_drop(t, owned);
    return 0;
  }
  CData *root = ctypes_root(c);
  Value objects = ctypes_objects(t, c), old = V_NULL;
  int r = -1;
  if (!v_is_null(objects) && v_is_exact(objects, SHAPE_DICT)) {
    Value key = key_of(t, c, index);
    if (!v_is_null(key)) r = dict_set(t, v_dict(objects), key, owned);
    v_drop(t, key);
  } else if (!v_is_null(objects)) {
    CRITICAL_BEGIN(t, root);
    old = root->objects;
    root->objects = v_own(t, owned);
    CRITICAL_END(t);
    r = 0;
  }
  v_drop(t, old);
  v_drop(t, objects);
  v_drop(t, owned);
  return r;
}

// --- Storing -----------------------------------------------------------------------------------------------------------------------------

static void prefix_error(Thread *t, Value type) {
  Value e = error_fetch(t);
  raise_error(t, &exc_RuntimeError, "(%N) %T: %S", v_as_type(type), e, e);
  v_drop(t, e);
}

static int mismatch(Thread *t, Value type, Value v) {
  raise_type_error(t, "incompatible types, %T instance instead of %N instance", v, v_as_type(type));
  return -1;
}

// What an assignment of v, an instance of a C type, has the target keep. The bytes themselves are in *bytes or, a pointer, in *pointer.
static int store_instance(Thread *t, Value type, const CInfo *info, Value v, char *p, CData *target, Value *keep) {
  bool to_pointer = ctypes_is_meta(type, &type_ctypes_pointer_meta);
  int is = object_isinstance(t, v, type);
  if (is < 0) return -1;
  if (is) {
    char small[256], *copy = info->size <= (int64_t)sizeof small ? small : heap_alloc(t, (size_t)info->size);
    if (!copy) return raise_no_memory(t), -1;
    ctypes_read(t, v_cdata(v), copy, v_cdata(v)->data, info->size);
    ctypes_write(t, target, p, copy, info->size);
    if (copy != small) heap_free(t, copy);
    *keep = ctypes_objects(t, v_cdata(v));
    return v_is_null(*keep) ? -1 : 0;
  }
  if (!to_pointer || !type_is_subtype(v_type(v), &type_ctypes_array.type)) return mismatch(t, type, v);
  if (!v_is(ctypes_info(v_type(v))->item, info->item)) return mismatch(t, type, v);
  ctypes_write(t, target, p, &v_cdata(v)->data, sizeof(char *));
  Value kept = ctypes_objects(t, v_cdata(v));
  *keep = v_is_null(kept) ? V_NULL : tuple_pack(t, 2, kept, v);
  v_drop(t, kept);
  return v_is_null(*keep) ? -1 : 0;
}

static int store(Thread *t, Value type, const CInfo *info, Value v, char *p, CData *target, Value *keep) {
  if (ctypes_is_data(v)) return store_instance(t, type, info, v, p, target, keep);
  if (info->code) {
    char bytes[16];
    ctypes_read(t, target, bytes, p, info->size);
    if (ctypes_store(t, info, v, bytes, (Bits){0}, keep) < 0) return -1;
    ctypes_write(t, target, p, bytes, info->size);
    return 0;
  }
  if (v_is_tuple(v)) {
    Value made = object_call(t, type, v_tuple(v)->items, (size_t)v_tuple(v)->length, V_NULL);
    if (v_is_null(made)) return prefix_error(t, type), -1;
    int r = store(t, type, info, made, p, target, keep);
    v_drop(t, made);
    return r;
  }
  if (v_is_none(v) && ctypes_is_meta(type, &type_ctypes_pointer_meta)) {
    ctypes_write(t, target, p, &(void *){NULL}, sizeof(void *));
    return 0;
  }
  raise_type_error(t, "expected %N instance, got %T", v_as_type(type), v);
  return -1;
}

int ctypes_set(Thread *t, Value type, Value of, int64_t index, char *p, Value v) {
  const CInfo *info = ctypes_info_of(type);
  Value keep = V_NULL;
  if (!info) return raise_type_error(t, "abstract class"), -1;
  if (store(t, type, info, v, p, v_cdata(of), &keep) == 0) return ctypes_keep(t, v_cdata(of), index, keep);
  v_drop(t, keep);
  return -1;
}

// --- The buffer --------------------------------------------------------------------------------------------------------------------------

static int data_getbuffer(Thread *t, Value self, BufferView *view, int flags) {
  const CInfo *info = ctypes_info(v_type(self)), *item = info;
  CData *c = v_cdata(self);
  for (int i = 0; i < info->ndim; i++) item = ctypes_info_of(item->item);
  *view = (BufferView){.data = c->data, .len = c->size, .itemsize = item->size, .ndim = info->ndim, .obj = v_own(t, self)};
  if (flags & BUFFER_FORMAT) view->format = info->format ? info->format : "B";
  if (flags & BUFFER_ND) view->shape = info->shape;
  return 0;
}

// --- Attributes and methods --------------------------------------------------------------------------------------------------------------

static Value get_base(Thread *t, Value self, UNUSED_OK void *closure) {
  return v_is_null(v_cdata(self)->base) ? V_NONE : v_own(t, v_cdata(self)->base);
}
static Value get_needs_free(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) {
  const CData *c = v_cdata(self);
  return v_from_smi(c->owns || c->data == c->small.bytes);
}
static Value get_objects(Thread *t, Value self, UNUSED_OK void *closure) {
  CData *c = v_cdata(self);
  Value r;
  CRITICAL_BEGIN(t, c);
  r = v_is_null(c->objects) ? V_NONE : v_own(t, c->objects);
  CRITICAL_END(t);
  return r;
}

static NATIVE(data_reduce) {
  CData *c = v_cdata(self);
  const CInfo *info = ctypes_info(v_type(self));
  bool pointers = info->ffi == ffi.ffi_type_pointer || !v_is_null(info->restype);
  for (const CInfo *i = info; i && !pointers; i = ctypes_info_of(i->item)) pointers = i->format && strpbrk(i->format, "&zZPOX");
  if (pointers) return raise_value_error(t, "ctypes objects containing pointers cannot be pickled");
  Value dict = object_get_dict(t, self), bytes = bytes_new(t, c->size), module = V_NULL, unpickle = V_NULL, r = V_NULL;
  if (error_pending(t)) goto done;
  if (v_is_null(dict)) dict = dict_new(t);
  if (v_is_null(dict)) goto done;
  ctypes_read(t, c, v_bytes(bytes)->data, c->data, c->size);
  Value name = str_from_cstr(t, "_ctypes"), modules = module_sys_modules_hook(t);
  if (!v_is_null(name) && dict_get(t, v_dict(modules), name, &module) > 0) unpickle = object_getattr(t, module, N(_unpickle));
  v_drop(t, name);
  v_drop(t, modules);
  if (!v_is_null(unpickle)) {
    Value state = tuple_pack(t, 2, dict, bytes), args2 = v_is_null(state) ? V_NULL : tuple_pack(t, 2, v_from_obj(v_type(self)), state);
    if (!v_is_null(args2)) r = tuple_pack(t, 2, unpickle, args2);
    v_drop(t, state);
    v_drop(t, args2);
  }
done:
  v_drop(t, unpickle);
  v_drop(t, module);
  v_drop(t, bytes);
  v_drop(t, dict);
  return r;
}

static NATIVE(data_setstate) {
  CData *c = v_cdata(self);
  if (!v_has_flag(args[0], TYPE_DICT) || !v_is_bytes(args[1])) return raise_type_error(t, "__setstate__() argument 1 must be dict, argument 2 bytes");
  int64_t n = v_bytes(args[1])->length;
  ctypes_write(t, c, c->data, v_bytes(args[1])->data, n < c->size ? n : c->size);
  Value dict = object_get_dict(t, self);
  int r = v_is_null(dict) ? (error_pending(t) ? -1 : 0) : dict_update(t, v_dict(dict), args[0]);
  v_drop(t, dict);
  return r < 0 ? V_NULL : V_NONE;
}

static NATIVE(from_outparam) { return v_own(t, self); }

static const GetSetDef data_getset[] = {
    {"_b_base_", get_base, NULL, "the instance that this one is a part of, or None", NULL},
    {"_b_needsfree_", get_needs_free, NULL, "1 if the bytes are freed with the instance", NULL},
    {"_objects", get_objects, NULL, "what is kept alive for the bytes' sake", NULL},
    {0},
};
static const NativeDef data_methods[] = {
    {"__ctypes_from_outparam__($self, /)", from_outparam, NULL, NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", data_reduce, NULL, NATIVE_NO_SIGNATURE},
    {"__setstate__($self, dict, bytes, /)", data_setstate, NULL, NATIVE_NO_SIGNATURE},
    {0},
};

static int64_t data_hash(Thread *t, UNUSED_OK Value self) {
  raise_type_error(t, "unhashable type");
  return -1;
}

Type type_ctypes_data;
static const TypeSpec spec_data = {
    .name = "_ctypes._CData",
    .size = sizeof(CData),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF,
    .slots = {.hash = data_hash, .getbuffer = data_getbuffer, .dealloc = data_dealloc, .traverse = data_traverse, .clear = data_break_cycle},
    .methods = data_methods,
    .getset = data_getset,
    .doc = "The base of all C types.",
};

bool ctypes_data_init(Thread *t) { return type_ready(t, &type_ctypes_data, &spec_data, 0); }
