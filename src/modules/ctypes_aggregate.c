// _ctypes: structures and unions: what `_fields_`, `_pack_` and `_anonymous_` make of a class, and initialising instances.
#include <stdio.h>

#include "gc/heap.h"
#include "modules/ctypes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_new.h"

// --- From _fields_ -----------------------------------------------------------------------------------------------------------------------

// A growing format text and list of what libffi has to pass, in one structure while a class is described.
typedef struct Describer {
  Thread *t;
  Value cls;
  FieldLayout layout;
  StrBuilder format;
  ffi_type **elements;   // a heap block
  size_t count, capacity;
  bool has_union, has_bitfield;
} Describer;

static int add_element(Describer *d, ffi_type *type) {
  if (d->count + 1 >= d->capacity) {
    size_t capacity = d->capacity ? 2 * d->capacity : 8;
    ffi_type **bigger = heap_realloc(d->t, d->elements, capacity * sizeof *bigger);
    if (!bigger) return raise_no_memory(d->t), -1;
    d->elements = bigger;
    d->capacity = capacity;
  }
  d->elements[d->count++] = type;
  d->elements[d->count] = NULL;
  return 0;
}

// libffi knows no arrays: their items stand one by one. More than a few are passed in memory anyhow, whatever they are.
static int add_elements(Describer *d, const CInfo *info) {
  if (!info->ndim) return add_element(d, info->ffi);
  const CInfo *item = ctypes_info_of(info->item);
  for (int64_t i = 0; i < info->length; i++)
    if (add_elements(d, item) < 0) return -1;
  return 0;
}

static void format_field(Describer *d, const CInfo *info, Value name) {
  char text[32];
  for (int i = 0; i < info->ndim; i++) {
    strb_ascii(&d->format, text, (size_t)snprintf(text, sizeof text, "%c%lld", i ? ',' : '(', (long long)info->shape[i]));
    if (i == info->ndim - 1) strb_char(&d->format, ')');
  }
  strb_cstr(&d->format, info->format ? info->format : "B");
  strb_char(&d->format, ':');
  strb_str(&d->format, name);
  strb_char(&d->format, ':');
}

static int read_width(Describer *d, const CInfo *info, Value type, Value width, int *out) {
  if (!ctypes_code_is_integer(info->code)) return raise_type_error(d->t, "bit fields not allowed for type %N", v_as_type(type)), -1;
  int64_t n = number_as_i64(d->t, width);
  if (n == -1 && error_pending(d->t)) return -1;
  if (n <= 0 || n > info->size * 8) return raise_value_error(d->t, "number of bits invalid for bit field"), -1;
  *out = (int)n;
  d->has_bitfield = true;
  return 0;
}

static int add_field(Describer *d, Value pair, int64_t i, int64_t index) {
  Thread *t = d->t;
  const Tuple *p = v_is_tuple(pair) ? v_tuple(pair) : NULL;
  if (!p || p->length < 2 || p->length > 3 || !v_is_str(p->items[0])) return raise_type_error(t, "'_fields_' must be a sequence of (name, C type) pairs"), -1;
  CInfo *info = ctypes_info_of(p->items[1]);
  if (!info) return raise_type_error(t, "second item in _fields_ tuple (index %lld) must be a C type", (long long)i), -1;
  int width = 0;
  if (p->length == 3 && read_width(d, info, p->items[1], p->items[2], &width) < 0) return -1;
  a8_store_rel(&info->final, 1);
  d->has_union |= info->has_union;
  d->has_bitfield |= info->has_bitfield;
  Value field = ctypes_field_new(t, p->items[1], width, index, &d->layout);
  if (v_is_null(field)) return -1;
  format_field(d, info, p->items[0]);
  Value name = str_intern(t, str_exact(t, p->items[0]));
  int r = v_is_null(name) ? -1 : type_type.slots.setattro(t, d->cls, name, field);
  v_drop(t, name);
  v_drop(t, field);
  return r < 0 ? -1 : add_elements(d, info);
}

static int read_pack(Describer *d) {
  Value pack;
  int found = object_lookup_attr(d->t, d->cls, N(_pack_), &pack);
  if (found <= 0) return found;
  int64_t n = v_has_flag(pack, TYPE_INT) ? number_as_i64(d->t, pack) : -1;
  v_drop(d->t, pack);
  if (n >= 0 && n <= INT32_MAX) return d->layout.pack = n, 0;
  error_clear(d->t);
  raise_value_error(d->t, "_pack_ must be a non-negative integer");
  return -1;
}

// --- Anonymous fields --------------------------------------------------------------------------------------------------------------------

static int lift_fields(Thread *t, Value cls, Value outer) {
  Value fields = object_getattr(t, ctypes_field_type(outer), N(_fields_)), list = v_is_null(fields) ? V_NULL : object_to_list(t, fields);
  int r = v_is_null(list) ? -1 : 0;
  for (int64_t i = 0; r == 0 && i < list_length(v_list(list)); i++) {
    Value pair = list_get(t, v_list(list), i), name = object_getitem(t, pair, v_from_smi(0));
    Value inner = v_is_null(name) ? V_NULL : object_getattr(t, ctypes_field_type(outer), name);
    Value mine = V_NULL;
    if (v_is_null(inner)) r = -1;
    else if (v_type(inner) != &type_ctypes_field) raise_type_error(t, "unexpected type"), r = -1;
    else if (v_is_null(mine = ctypes_field_within(t, outer, inner))) r = -1;
    else r = ctypes_field_is_anonymous(inner) ? lift_fields(t, cls, mine) : type_type.slots.setattro(t, cls, name, mine);
    v_drop(t, mine);
    v_drop(t, inner);
    v_drop(t, name);
    v_drop(t, pair);
  }
  v_drop(t, list);
  v_drop(t, fields);
  return r;
}

static int lift_anonymous(Thread *t, Value cls) {
  Value names;
  int found = object_lookup_attr(t, cls, N(_anonymous_), &names);
  if (found <= 0) return found;
  Value list = object_to_tuple_or(t, names, "_anonymous_ must be a sequence");
  int r = v_is_null(list) ? -1 : 0;
  for (int64_t i = 0; r == 0 && i < v_tuple(list)->length; i++) {
    Value name = v_tuple(list)->items[i], field = object_getattr(t, cls, name);
    if (v_is_null(field)) r = -1;
    else if (v_type(field) != &type_ctypes_field) raise_error(t, &exc_AttributeError, "'%S' is specified in _anonymous_ but not in _fields_", name), r = -1;
    else ctypes_field_set_anonymous(field), r = lift_fields(t, cls, field);
    v_drop(t, field);
  }
  v_drop(t, list);
  v_drop(t, names);
  return r;
}

// --- Setting _fields_ --------------------------------------------------------------------------------------------------------------------

static int finish(Describer *d, CInfo *info, int64_t count) {
  FieldLayout *l = &d->layout;
  Thread *t = d->t;
  int64_t rest = l->align ? l->size % l->align : 0, padding = rest ? l->align - rest : 0;
  strb_char(&d->format, '}');
  Value format = strb_finish(&d->format);
  if (v_is_null(format)) return -1;
  heap_free(t, info->format);
  info->format = ctypes_format(t, "%s", l->is_union || l->pack ? "B" : str_utf8(t, format, NULL));   // what has no text: bytes
  v_drop(t, format);
  if (!info->format) return -1;
  info->size = l->size + padding;
  info->align = l->align ? l->align : 1;
  info->length += count;
  info->has_union = d->has_union || l->is_union;
  info->has_bitfield = d->has_bitfield;
  heap_free(t, info->own.elements);
  info->own = (ffi_type){.size = (size_t)info->size, .alignment = (unsigned short)info->align, .type = FFI_TYPE_STRUCT, .elements = d->elements};
  d->elements = NULL;
  info->ffi = &info->own;
  return lift_anonymous(t, d->cls);
}

// The fields of the base come first: its size, format and elements are what the description starts with.
static int begin(Describer *d, const CInfo *base) {
  if (!base) return strb_cstr(&d->format, "T{") ? 0 : -1;
  d->layout.size = d->layout.offset = d->layout.is_union ? 0 : base->size;
  d->layout.align = base->align;
  d->has_union = base->has_union && !d->layout.is_union;
  d->has_bitfield = base->has_bitfield;
  size_t n = base->format ? strlen(base->format) : 0;
  if (n > 2 && base->format[0] == 'T') strb_ascii(&d->format, base->format, n - 1);
  else strb_cstr(&d->format, "T{");
  for (ffi_type **e = base->own.elements; e && *e; e++)
    if (add_element(d, *e) < 0) return -1;
  return 0;
}

static int describe(Thread *t, Value cls, Value fields) {
  CInfo *info = ctypes_raw_info(cls);
  if (!info->known) {
    raise_type_error(t, "ctypes state is not initialized");
    return -1;
  }
  if (a8_load_acq(&info->final)) {
    raise_error(t, &exc_AttributeError, "_fields_ is final");
    return -1;
  }
  Value list = object_to_tuple_or(t, fields, "'_fields_' must be a sequence of pairs");
  if (v_is_null(list)) return -1;
  CInfo *base = ctypes_info(v_as_type(cls)->base);
  Describer d = {.t = t, .cls = cls, .layout = {.is_union = ctypes_is_meta(cls, &type_ctypes_union_meta)}};
  Value swapped;
  int found = object_lookup_attr(t, cls, N(_swappedbytes_), &swapped), r = found < 0 ? -1 : 0;
  v_drop(t, swapped);
  d.layout.big_endian = found > 0;
  strb_init(&d.format, t);
  if (base) a8_store_rel(&base->final, 1);
  info->length = base ? base->length : 0;
  int64_t n = v_tuple(list)->length, union_size = d.layout.is_union && base ? base->size : 0;
  if (r == 0) r = read_pack(&d);
  if (r == 0) r = begin(&d, base);
  for (int64_t i = 0; r == 0 && i < n; i++) {
    r = add_field(&d, v_tuple(list)->items[i], i, info->length + i);
    if (d.layout.is_union && d.layout.size > union_size) union_size = d.layout.size;
  }
  if (d.layout.is_union) d.layout.size = union_size;
  if (r == 0 && a8_load_acq(&info->final)) {   // by being a field's type
    raise_error(t, &exc_AttributeError, "Structure or union cannot contain itself");
    r = -1;
  }
  if (r == 0) r = finish(&d, info, n);
  if (r == 0) a8_store_rel(&info->final, 1);
  strb_discard(&d.format);
  heap_free(t, d.elements);
  v_drop(t, list);
  return r;
}

static int aggregate_setattr(Thread *t, Value cls, Value name, Value v) {
  if (type_type.slots.setattro(t, cls, name, v) < 0) return -1;
  return !v_is_null(v) && v_is_str(name) && str_equals_cstr(name, "_fields_") ? describe(t, cls, v) : 0;
}

static Value aggregate_type_new(Thread *t, Type *meta, const Value *args, size_t nargs, Value kwnames) {
  Value cls = type_type_new(t, meta, args, nargs, kwnames), fields = V_NULL, abstract;
  if (v_is_null(cls)) return cls;
  CInfo *info = ctypes_raw_info(cls), *base = ctypes_info(v_as_type(cls)->base);
  int found = dict_get_cstr(t, v_dict(v_as_type(cls)->dict), "_abstract_", &abstract), r = found < 0 ? -1 : 0;
  v_drop(t, abstract);
  if (found > 0) return cls;
  info->known = true;
  info->align = 1;
  info->own = (ffi_type){.alignment = 1, .type = FFI_TYPE_STRUCT};
  info->ffi = &info->own;
  if (r == 0) r = dict_get(t, v_dict(v_as_type(cls)->dict), N(_fields_), &fields);
  if (r > 0) {
    r = object_setattr(t, cls, N(_fields_), fields);   // BigEndianStructure's metaclass swaps the types on the way
    v_drop(t, fields);
  } else if (r == 0 && base) {
    r = ctypes_info_copy(t, info, base);
    a8_store_rel(&base->final, 1);
  } else if (r == 0) {
    info->format = ctypes_format(t, "B");
    r = info->format ? 0 : -1;
  }
  if (r < 0) v_clear(t, &cls);
  return cls;
}

// --- Instances ---------------------------------------------------------------------------------------------------------------------------

// Positional arguments go to the fields of the base first. The number of arguments used up, or -1.
static int64_t set_positional(Thread *t, Value self, const Type *type, const Value *args, int64_t nargs, Value kwnames) {
  int64_t at = 0;
  if (type->base && ctypes_info(type->base)) {
    at = set_positional(t, self, type->base, args, nargs, kwnames);
    if (at < 0 || at == nargs) return at;
  }
  Value fields;
  int found = dict_get(t, v_dict(type->dict), N(_fields_), &fields);
  if (found <= 0) return found < 0 ? -1 : at;
  Value list = object_to_tuple(t, fields);
  v_drop(t, fields);
  if (v_is_null(list)) return -1;
  int r = 0;
  for (int64_t i = 0; r == 0 && at < nargs && i < v_tuple(list)->length; i++, at++) {
    Value name = object_getitem(t, v_tuple(list)->items[i], v_from_smi(0));
    int twice = v_is_null(name) ? -1 : v_is_null(kwnames) ? 0 : object_contains(t, kwnames, name);
    if (twice > 0) raise_type_error(t, "duplicate values for field %R", name);
    r = twice ? -1 : object_setattr(t, self, name, args[at]);
    v_drop(t, name);
  }
  v_drop(t, list);
  return r < 0 ? -1 : at;
}

static int aggregate_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (nargs) {
    int64_t used = set_positional(t, self, v_type(self), args, (int64_t)nargs, kwnames);
    if (used < 0) return -1;
    if (used < (int64_t)nargs) return raise_type_error(t, "too many initializers"), -1;
  }
  int64_t named = v_is_null(kwnames) ? 0 : v_tuple(kwnames)->length;
  for (int64_t i = 0; i < named; i++)
    if (object_setattr(t, self, v_tuple(kwnames)->items[i], args[(int64_t)nargs + i]) < 0) return -1;
  return 0;
}

Type type_ctypes_structure_meta, type_ctypes_union_meta;
CType type_ctypes_structure, type_ctypes_union;
static const TypeSpec spec_structure_meta = {
    .name = "_ctypes.PyCStructType", .base = &type_ctypes_meta, .flags = TYPE_BASETYPE,
    .slots = {.new = aggregate_type_new, .setattro = aggregate_setattr},
    .doc = "The metaclass of structures.",
};
static const TypeSpec spec_union_meta = {
    .name = "_ctypes.UnionType", .base = &type_ctypes_meta, .flags = TYPE_BASETYPE,
    .slots = {.new = aggregate_type_new, .setattro = aggregate_setattr},
    .doc = "The metaclass of unions.",
};
static const TypeSpec spec_structure = {
    .name = "_ctypes.Structure", .base = &type_ctypes_data, .flags = TYPE_BASETYPE,
    .slots = {.new = ctypes_instance_new, .init = aggregate_init},
    .doc = "The base of structures: subclasses give _fields_.",
};
static const TypeSpec spec_union = {
    .name = "_ctypes.Union", .base = &type_ctypes_data, .flags = TYPE_BASETYPE,
    .slots = {.new = ctypes_instance_new, .init = aggregate_init},
    .doc = "The base of unions: subclasses give _fields_.",
};

bool ctypes_aggregate_init(Thread *t) {
  return type_ready(t, &type_ctypes_structure_meta, &spec_structure_meta, 0) && type_ready(t, &type_ctypes_union_meta, &spec_union_meta, 0) &&
         ctypes_ready(t, &type_ctypes_structure, &spec_structure, &type_ctypes_structure_meta) &&
         ctypes_ready(t, &type_ctypes_union, &spec_union, &type_ctypes_union_meta);
}
