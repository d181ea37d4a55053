// The type bytes: what its slots do, and the table of its methods.

#include "objects/bytes_impl.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/text_iter.h"
#include "objects/tuple.h"

Type type_bytes;

static void bytes_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static Value bytes_subtype_from(Thread *t, Type *type, Value exact) {
  if (v_is_null(exact)) return exact;
  Bytes *from = v_bytes(exact);
  Value v = type->slots.alloc(t, type, (size_t)from->length + 1);
  if (!v_is_null(v)) {
    v_bytes(v)->length = from->length;
    memcpy(v_bytes(v)->data, from->data, (size_t)from->length + 1);
  }
  v_drop(t, exact);
  return v;
}

static Value bytes_make(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[3];
  if (native_bind(t, &binder, "bytes(source=b'', encoding='utf-8', errors='strict')", args, nargs, kwnames, in) < 0) return V_NULL;
  bool plain = !v_is_absent(in[0]) && v_is_absent(in[1]) && v_is_absent(in[2]);
  Value v;
  int made = 0;
  if (plain && v_is_exact(in[0], SHAPE_BYTES)) {
    v = v_own(t, in[0]);
  } else if (!plain || (made = bytes_special(t, in[0], &v)) == 0) {
    BytesBuilder b;
    bytesb_init(&b, t);
    if (bytes_construct(t, in[0], in[1], in[2], &b, false)) {
      v = bytesb_finish(&b);
    } else {
      bytesb_discard(&b);
      return V_NULL;
    }
  } else if (made < 0) {
    return V_NULL;
  }
  return type == &type_bytes ? v : bytes_subtype_from(t, type, v);
}

Value bytes_from_object(Thread *t, Value v) {
  if (v_is_exact(v, SHAPE_BYTES)) return v_own(t, v);
  BytesBuilder b;
  bytesb_init(&b, t);
  if (bytes_collect_hinted(t, v, &b, "bytes must be in range(0, 256)", "bytes")) return bytesb_finish(&b);
  bytesb_discard(&b);
  return V_NULL;
}

static int64_t bytes_hash_slot(Thread *t, Value self) {
  (void)t;
  return bytes_hash(v_bytes(self));
}

static Value bytes_richcompare(Thread *t, Value a, Value b, int op) {
  if (!v_is_bytes(a) || !v_is_bytes(b)) return bytes_warn_compare(t, a, b, op, true) < 0 ? V_NULL : V_NOT_IMPLEMENTED;
  return bytes_compare(t, a, b, op);
}

static Value bytes_str(Thread *t, Value self) { return bytes_warn_str(t, self) < 0 ? V_NULL : bytes_repr(t, self); }

static int64_t bytes_length_slot(Thread *t, Value self) {
  (void)t;
  return v_bytes(self)->length;
}

static Value bytes_item(Thread *t, Value self, int64_t i) {
  const Bytes *b = v_bytes(self);
  if (i < 0 || i >= b->length) return raise_error(t, &exc_IndexError, "index out of range");
  return v_from_smi((uint8_t)b->data[i]);
}

static Value bytes_getitem(Thread *t, Value self, Value key) {
  int64_t i, stop, step;
  if (v_is_slice(key)) return slice_unpack(t, key, &i, &stop, &step) < 0 ? V_NULL : bytes_getitem_slice(t, self, i, stop, step);
  if (likely(v_is_smi(key))) i = v_smi(key);
  else if (!number_is_index(key)) return raise_type_error(t, "byte indices must be integers or slices, not %T", key);
  else if (subscript_index(t, key, &i) < 0) return V_NULL;
  return bytes_item(t, self, i < 0 ? i + v_bytes(self)->length : i);
}

static Value bytes_remainder(Thread *t, Value a, Value b) { return v_is_bytes(a) ? bytes_mod(t, a, b, false) : V_NOT_IMPLEMENTED; }

static int bytes_getbuffer(Thread *t, Value self, BufferView *view, int flags) {
  return buffer_fill(t, view, self, v_bytes(self)->data, v_bytes(self)->length, true, flags);
}

// --- Methods of bytes alone -------------------------------------------------------------------------------------------------------

static NATIVE(bytes_getnewargs) {
  Value copy = bytes_from(t, v_bytes(self)->data, (size_t)v_bytes(self)->length);
  return v_is_null(copy) ? copy : tuple_from_stolen(t, &copy, 1);
}

static NATIVE(bytes_dunder_bytes) {
  if (v_is_exact(self, SHAPE_BYTES)) return v_own(t, self);
  return bytes_from(t, v_bytes(self)->data, (size_t)v_bytes(self)->length);
}

static NATIVE(bytes_fromhex) {
  BytesBuilder b;
  bytesb_init(&b, t);
  if (!bytes_from_hex(t, args[0], &b)) {
    bytesb_discard(&b);
    return V_NULL;
  }
  Value v = bytesb_finish(&b);
  if (v_is_null(v) || v_as_type(self) == &type_bytes) return v;
  Value made = object_call1(t, self, v);
  v_drop(t, v);
  return made;
}

static NATIVE(bytes_sizeof) { return int_from_u64(t, heap_object_size(v_obj(self))); }

static const NativeDef bytes_methods[] = {
  {"__getnewargs__($self, /)", bytes_getnewargs, NULL, NATIVE_NO_SIGNATURE},
  {"__bytes__($self, /)", bytes_dunder_bytes, "An exact bytes with the same contents.", 0},
  {"__sizeof__($self, /)", bytes_sizeof, "Bytes of memory taken.", 0},
  BYTES_METHODS,
  {"fromhex($type, string, /)", bytes_fromhex, "The bytes that pairs of hexadecimal digits stand for.", NATIVE_CLASS},
  {0},
};

static const TypeSpec spec_bytes = {
  .name = "bytes",
  .size = sizeof(Bytes),
  .item_size = 1,
  .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_BYTES | TYPE_VARSIZE | TYPE_MATCH_SELF,
  .slots = {
    .new = bytes_make, .dealloc = bytes_dealloc, .repr = bytes_repr, .str = bytes_str, .hash = bytes_hash_slot, .richcompare = bytes_richcompare,
    .iter = bytes_iter, .length = bytes_length_slot, .getitem = bytes_getitem, .seq_item = bytes_item, .contains = bytes_contains,
    .concat = bytes_concat_values, .repeat = bytes_repeat, .remainder = bytes_remainder, .getbuffer = bytes_getbuffer,
  },
  .methods = bytes_methods,
  .doc = "An array of numbers from 0 to 255 that stays as it is: made of numbers, of bytes, of text in an encoding, or of that many zeros.",
};

bool bytes_init(Thread *t) { return bytes_core_init(t) && type_ready(t, &type_bytes, &spec_bytes, SHAPE_BYTES); }
