// _ctypes: the descriptors of structures' and unions' fields, and where fields lie: as gcc lays them out, bit fields included.
#include <string.h>
#include <wchar.h>

#include "gc/heap.h"
#include "modules/ctypes.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"

typedef struct CField {
  Object ob;
  Value type;        // owned, constant as all of it
  int64_t offset, size, index;
  Bits bits;
  bool anonymous;    // set once, while the class is made
} CField;

static CField *v_field(Value v) { return (CField *)v_obj(v); }
Value ctypes_field_type(Value field) { return v_field(field)->type; }
bool ctypes_field_is_anonymous(Value field) { return v_field(field)->anonymous; }
void ctypes_field_set_anonymous(Value field) { v_field(field)->anonymous = true; }

// --- Layout ------------------------------------------------------------------------------------------------------------------------------

static void place_aligned(FieldLayout *l, const CInfo *info, CField *f) {
  int64_t align = l->pack && l->pack < info->align ? l->pack : info->align;
  if (align > 1 && l->offset % align) {
    int64_t gap = align - l->offset % align;
    l->size += gap;
    l->offset += gap;
  }
  f->offset = l->offset;
  l->size += info->size;
  l->offset += info->size;
  if (align > l->align) l->align = align;
}

// gcc goes on in the open storage unit while the bits fit, widens it when the declared type is wider, and opens a new one otherwise.
static void place_bits(FieldLayout *l, const CInfo *info, CField *f, int64_t width) {
  int64_t declared = info->size * 8;
  if (l->open_bits && declared <= l->open_bits && l->used_bits + width <= l->open_bits) {
    f->offset = l->offset - l->open_bits / 8;
  } else if (l->open_bits && declared >= l->open_bits && l->used_bits + width <= declared) {
    l->offset += info->size - l->open_bits / 8;
    l->size += info->size - l->open_bits / 8;
    l->open_bits = declared;
    f->offset = l->offset - info->size;
  } else {
    l->open_bits = declared;
    l->used_bits = 0;
    place_aligned(l, info, f);
  }
  int64_t low = l->big_endian ? l->open_bits - l->used_bits - width : l->used_bits;
  f->bits = (Bits){(uint16_t)low, (uint16_t)width};
  l->used_bits += width;
}

Value ctypes_field_new(Thread *t, Value type, int width, int64_t index, FieldLayout *l) {
  const CInfo *info = ctypes_info_of(type);
  Value v = type_generic_alloc(t, &type_ctypes_field, 0);
  if (v_is_null(v)) return v;
  CField *f = v_field(v);
  f->type = v_own(t, type);
  f->index = index;
  f->size = info->size;
  if (l->is_union) l->size = l->offset = l->open_bits = 0;
  if (width) {
    place_bits(l, info, f, width);
  } else {
    l->open_bits = 0;
    place_aligned(l, info, f);
  }
  return v;
}

Value ctypes_field_within(Thread *t, Value outer, Value inner) {
  Value v = type_generic_alloc(t, &type_ctypes_field, 0);
  if (v_is_null(v)) return v;
  CField *f = v_field(v);
  const CField *o = v_field(outer), *i = v_field(inner);
  f->type = v_own(t, i->type);
  f->offset = o->offset + i->offset;
  f->index = o->index + i->index;
  f->size = i->size;
  f->bits = i->bits;
  f->anonymous = i->anonymous;
  return v;
}

// --- Arrays of characters: bytes and str, as if they were simple values ----------------------------------------------------------------------

// The code of the items if the field is such an array, else 0.
static char character_array(const CField *f) {
  if (!ctypes_is_meta(f->type, &type_ctypes_array_meta)) return 0;
  const CInfo *item = ctypes_info_of(ctypes_info_of(f->type)->item);
  return item && (item->code == 'c' || item->code == 'u') ? item->code : 0;
}

static int characters_set(Thread *t, CData *c, const CField *f, char code, Value v) {
  int64_t room = code == 'c' ? f->size : f->size / (int64_t)sizeof(wchar_t);
  bool good = code == 'c' ? v_is_bytes(v) : v_is_str(v);
  if (!good) return raise_type_error(t, code == 'c' ? "expected bytes, %T found" : "unicode string expected instead of %T instance", v), -1;
  int64_t n = code == 'c' ? (int64_t)strlen(v_bytes(v)->data) : str_length(v_str(v));
  if (n > room) return raise_value_error(t, code == 'c' ? "bytes too long (%lld, maximum length %lld)" : "string too long (%lld, maximum length %lld)", (long long)n, (long long)room), -1;
  ctypes_characters_write(t, c, f->offset, code, v, n, room);
  return 0;
}

// --- Access ------------------------------------------------------------------------------------------------------------------------------

static Value field_get(Thread *t, Value self, Value obj, UNUSED_OK Value type) {
  const CField *f = v_field(self);
  if (v_is_null(obj)) return v_own(t, self);
  if (!ctypes_is_data(obj)) return raise_type_error(t, "not a ctype instance");
  char *p = v_cdata(obj)->data + f->offset, code = character_array(f);
  if (code) return ctypes_characters_at(t, v_cdata(obj), p, f->size, code);
  if (!f->bits.width) return ctypes_get(t, f->type, obj, f->index, p);
  char bytes[16];
  ctypes_read(t, v_cdata(obj), bytes, p, f->size);
  return ctypes_load(t, ctypes_info_of(f->type), bytes, f->bits);
}

static int field_set(Thread *t, Value self, Value obj, Value v) {
  const CField *f = v_field(self);
  if (!ctypes_is_data(obj)) return raise_type_error(t, "not a ctype instance"), -1;
  if (v_is_null(v)) return raise_type_error(t, "can't delete attribute"), -1;
  char *p = v_cdata(obj)->data + f->offset, code = character_array(f);
  if (code && !ctypes_is_data(v)) return characters_set(t, v_cdata(obj), f, code, v);
  if (!f->bits.width) return ctypes_set(t, f->type, obj, f->index, p, v);
  char bytes[16];
  Value keep;
  ctypes_read(t, v_cdata(obj), bytes, p, f->size);
  if (ctypes_store(t, ctypes_info_of(f->type), v, bytes, f->bits, &keep) < 0) return -1;
  ctypes_write(t, v_cdata(obj), p, bytes, f->size);
  return 0;
}

static Value field_repr(Thread *t, Value self) {
  const CField *f = v_field(self);
  if (!f->bits.width) return str_from_format(t, "<Field type=%N, ofs=%lld, size=%lld>", v_as_type(f->type), (long long)f->offset, (long long)f->size);
  return str_from_format(t, "<Field type=%N, ofs=%lld:%d, bits=%d>", v_as_type(f->type), (long long)f->offset, f->bits.low, f->bits.width);
}

static Value get_offset(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(v_field(self)->offset); }
// A bit field's place in its unit and its width, in one number.
static Value get_size(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) {
  const CField *f = v_field(self);
  return v_from_smi(f->bits.width ? (int64_t)f->bits.width << 16 | f->bits.low : f->size);
}

static void field_dealloc(Thread *t, Object *o) {
  v_drop(t, ((CField *)(void *)o)->type);
  heap_free_object(t, o);
}
static void field_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((CField *)(void *)o)->type, visit, arg); }

static const GetSetDef field_getset[] = {
    {"offset", get_offset, NULL, "where the field begins, in bytes", NULL},
    {"size", get_size, NULL, "how many bytes it takes; of a bit field, its width and place", NULL},
    {0},
};

Type type_ctypes_field;
static const TypeSpec spec_field = {
    .name = "_ctypes.CField",
    .size = sizeof(CField),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.descr_get = field_get, .descr_set = field_set, .repr = field_repr, .dealloc = field_dealloc, .traverse = field_traverse},
    .getset = field_getset,
    .doc = "A field of a structure or union.",
};

bool ctypes_field_init(Thread *t) { return type_ready(t, &type_ctypes_field, &spec_field, 0); }
