// The type bytearray: a mutable byte string. While a buffer is exported the data neither moves nor changes its length: resizing raises
// BufferError. bytes.h has the locking rule.

#include "objects/bytes_impl.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/text_iter.h"
#include "objects/tuple.h"
#include "threading/critical.h"

Type type_bytearray;

// --- Memory -----------------------------------------------------------------------------------------------------------------------

// Why a change under the lock failed; the error is raised after the lock is released.
typedef enum { CHANGE_OK, CHANGE_NO_MEMORY, CHANGE_EXPORTED, CHANGE_RANGE, CHANGE_EMPTY, CHANGE_MISSING } Change;

static int change_raise(Thread *t, Change change, const char *message) {
  switch (change) {
    case CHANGE_OK: return 0;
    case CHANGE_NO_MEMORY: raise_no_memory(t); break;
    case CHANGE_EXPORTED: raise_error(t, &exc_BufferError, "Existing exports of data: object cannot be re-sized"); break;
    case CHANGE_RANGE: case CHANGE_EMPTY: raise_error(t, &exc_IndexError, "%s", message); break;
    case CHANGE_MISSING: raise_value_error(t, "%s", message); break;
  }
  return -1;
}

// The byte at p, which readers without the lock may be reading.
static void byte_put(char *p, char c) { a8_store_rlx((a8 *)(void *)p, (uint8_t)c); }

// memmove within b, or into it. Lock held.
static void bytes_put(Thread *t, const ByteArray *b, char *to, const char *from, int64_t n) {
  if (n <= 0 || to == from) return;
  if (object_is_unshared(t, &b->ob)) memmove(to, from, (size_t)n);
  else if (to < from) for (int64_t i = 0; i < n; i++) byte_put(to + i, from[i]);
  else for (int64_t i = n; i-- > 0;) byte_put(to + i, from[i]);
}

// The first n bytes move to a block of the given capacity. Lock held. The block, or NULL.
static char *reallocate_locked(Thread *t, ByteArray *b, int64_t n, int64_t capacity) {
  char *old = bytearray_data(b), *data;
  if (old && object_is_unshared(t, &b->ob)) {
    data = heap_realloc(t, old, (size_t)capacity);
    old = NULL;
  } else {
    data = heap_alloc(t, (size_t)capacity);
    if (data && old) memcpy(data, old, (size_t)n);
  }
  if (!data) return NULL;
  b->capacity = capacity;
  aptr_store_rel(&b->data, data);  // pairs with bytearray_get: the bytes are there first
  heap_retire(t, &b->ob, old);
  return data;
}

static void length_set(ByteArray *b, int64_t length) { a64_store_rel(&b->length, (uint64_t)length); }

// Makes room for a length of n, with an eighth beyond what is needed, before the bytes are put there and the length is set. Lock held.
static Change reserve_locked(Thread *t, ByteArray *b, int64_t n) {
  if (n == bytearray_length(b)) return CHANGE_OK;
  if (b->exports > 0) return CHANGE_EXPORTED;
  if (n < b->capacity) return CHANGE_OK;
  if (n > INT64_MAX - 64 - (n >> 3)) return CHANGE_NO_MEMORY;
  return reallocate_locked(t, b, bytearray_length(b), n + (n >> 3) + (n < 9 ? 3 : 6) + 1) ? CHANGE_OK : CHANGE_NO_MEMORY;
}

// Lowers the length, and gives memory back once less than half is used; failing to do that is no error. Lock held, nothing exported.
static void shrink_locked(Thread *t, ByteArray *b, int64_t length) {
  length_set(b, length);  // pairs with bytearray_get: whoever sees the shorter block sees this
  if (length < b->capacity / 2) reallocate_locked(t, b, length, length + 1);
}

// Replaces [start, end) by n bytes. Lock held. If p lies in b, through an exported view, the length cannot change.
static Change splice_locked(Thread *t, ByteArray *b, int64_t start, int64_t end, const uint8_t *p, int64_t n) {
  int64_t length = bytearray_length(b), grown = n - (end - start);
  if (grown > 0 && length > INT64_MAX - 64 - grown) return CHANGE_NO_MEMORY;
  Change change = reserve_locked(t, b, length + grown);
  if (change != CHANGE_OK) return change;
  char *data = bytearray_data(b);
  if (grown) bytes_put(t, b, data + start + n, data + end, length - end);
  bytes_put(t, b, data + start, (const char *)p, n);  // p may be a view of b itself
  if (grown > 0) length_set(b, length + grown);
  else if (grown < 0) shrink_locked(t, b, length + grown);
  return CHANGE_OK;
}

static ByteArray *as_bytearray(Value v) { return (ByteArray *)v_obj(v); }

Value bytearray_from(Thread *t, const void *p, size_t n) {
  ByteArray *b = (ByteArray *)heap_new_object(t, SHAPE_BYTEARRAY, sizeof *b);
  if (!b) return raise_no_memory(t);
  char *data = heap_alloc(t, n + 1);
  if (!data) {
    v_drop(t, v_from_obj(b));
    return raise_no_memory(t);
  }
  if (p && n) memcpy(data, p, n);
  aptr_store_rlx(&b->data, data);
  a64_store_rlx(&b->length, n);
  b->capacity = (int64_t)n + 1;
  return v_from_obj(b);
}

static void bytearray_dealloc(Thread *t, Object *o) {
  ByteArray *b = (ByteArray *)o;
  if (b->exports > 0) {
    raise_system_error(t, "deallocated bytearray object has exported buffers");
    error_write_unraisable(t, NULL, V_NULL);
  }
  heap_retire(t, o, bytearray_data(b));
  heap_free_object(t, o);
}

// --- Construction -----------------------------------------------------------------------------------------------------------------

static Value bytearray_make(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return v;
  ByteArray *b = as_bytearray(v);
  char *data = heap_alloc(t, 1);
  if (!data) {
    v_drop(t, v);
    return raise_no_memory(t);
  }
  aptr_store_rlx(&b->data, data);
  b->capacity = 1;
  return v;
}

static int bytearray_construct(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[3];
  if (native_bind(t, &binder, "bytearray(source=b'', encoding='utf-8', errors='strict')", args, nargs, kwnames, in) < 0) return -1;
  ByteArray *a = as_bytearray(self);
  Change change = CHANGE_OK;
  if (bytes_name_arguments(t, in[1], in[2], true) < 0) return -1;
  // What it held goes before the source is looked at, whatever comes of that.
  CRITICAL_BEGIN(t, a);
  if (bytearray_length(a) > 0) change = splice_locked(t, a, 0, bytearray_length(a), NULL, 0);
  CRITICAL_END(t);
  if (change != CHANGE_OK) return change_raise(t, change, NULL);
  BytesBuilder b;
  bytesb_init(&b, t);
  if (!bytes_construct(t, in[0], in[1], in[2], &b, true)) {
    bytesb_discard(&b);
    return -1;
  }
  CRITICAL_BEGIN(t, a);
  change = splice_locked(t, a, 0, bytearray_length(a), (const uint8_t *)b.data, b.length);
  CRITICAL_END(t);
  bytesb_discard(&b);
  return change_raise(t, change, NULL);
}

static Value repr_op(Thread *t, const ByteSource *s, void *arg) { return bytes_quote(t, arg, s->data, s->length, ")", '\''); }

static Value bytearray_repr(Thread *t, Value self) {
  Value prefix = str_from_format(t, "%N(b", v_type(self));
  const char *text = v_is_null(prefix) ? NULL : str_utf8(t, prefix, NULL);
  Value v = V_NULL;
  if (text && str_is_ascii(v_str(prefix))) {
    v = bytes_with(t, self, repr_op, (void *)(uintptr_t)text);
  } else if (text) {  // a class with a name beyond ASCII
    Value rest = bytes_with(t, self, repr_op, "");
    if (!v_is_null(rest)) v = str_concat(t, prefix, rest);
    v_drop(t, rest);
  }
  v_drop(t, prefix);
  return v;
}

// --- Items ------------------------------------------------------------------------------------------------------------------------

static int64_t bytearray_length_slot(Thread *t, Value self) {
  (void)t;
  return bytearray_length(as_bytearray(self));
}

int bytearray_get_locked(Thread *t, ByteArray *b, int64_t index) {
  int c = -1;
  object_share(t, &b->ob);
  CRITICAL_BEGIN(t, b);
  if (index < bytearray_length(b)) c = (uint8_t)bytearray_data(b)[index];
  CRITICAL_END(t);
  return c;
}

static Value bytearray_item(Thread *t, Value self, int64_t i) {
  int c = i < 0 ? -1 : bytearray_get(t, as_bytearray(self), i);
  return c < 0 ? raise_error(t, &exc_IndexError, "bytearray index out of range") : v_from_smi(c);
}

static int index_read(Thread *t, Value key, int64_t *i) {
  if (likely(v_is_smi(key))) {
    *i = v_smi(key);
    return 0;
  }
  if (number_is_index(key)) return subscript_index(t, key, i);
  raise_type_error(t, "bytearray indices must be integers or slices, not %T", key);
  return -1;
}

static Value bytearray_getitem(Thread *t, Value self, Value key) {
  int64_t i, stop, step;
  if (v_is_slice(key)) return slice_unpack(t, key, &i, &stop, &step) < 0 ? V_NULL : bytes_getitem_slice(t, self, i, stop, step);
  if (index_read(t, key, &i) < 0) return V_NULL;
  return bytearray_item(t, self, i < 0 ? i + bytearray_length(as_bytearray(self)) : i);
}

static int set_item(Thread *t, ByteArray *b, int64_t i, Value value) {
  int c = v_is_null(value) ? 0 : byte_value(t, value);
  if (c < 0) return -1;
  Change change = CHANGE_RANGE;
  CRITICAL_BEGIN(t, b);
  if (i < 0) i += bytearray_length(b);
  if (i >= 0 && i < bytearray_length(b)) {
    change = CHANGE_OK;
    if (v_is_null(value)) change = splice_locked(t, b, i, i + 1, NULL, 0);
    else byte_put(bytearray_data(b) + i, (char)c);
  }
  CRITICAL_END(t);
  return change_raise(t, change, "bytearray index out of range");
}

// Every step-th byte goes; the gaps close. Lock held.
static Change delete_stepped_locked(Thread *t, ByteArray *b, int64_t start, int64_t step, int64_t n) {
  if (n == 0) return CHANGE_OK;
  if (b->exports > 0) return CHANGE_EXPORTED;
  if (step < 0) {
    start += (n - 1) * step;
    step = -step;
  }
  char *data = bytearray_data(b);
  int64_t to = start, from = start, length = bytearray_length(b);
  for (int64_t k = 0; k < n; k++) {
    from++;
    int64_t run = k + 1 < n ? step - 1 : length - from;
    bytes_put(t, b, data + to, data + from, run);
    to += run;
    from += run;
  }
  shrink_locked(t, b, length - n);
  return CHANGE_OK;
}

static int set_slice(Thread *t, ByteArray *b, Value key, const uint8_t *p, int64_t n, bool delete) {
  int64_t start, stop, step, count = 0;
  if (slice_unpack(t, key, &start, &stop, &step) < 0) return -1;
  Change change = CHANGE_OK;
  bool fits = true;
  CRITICAL_BEGIN(t, b);
  count = slice_adjust(bytearray_length(b), &start, &stop, step);
  if ((step < 0 && start < stop) || (step > 0 && start > stop)) stop = start;
  if (step == 1) {
    change = splice_locked(t, b, start, start + count, p, n);
  } else if (delete || n == 0) {
    change = delete_stepped_locked(t, b, start, step, count);
  } else if (n == count) {
    char *data = bytearray_data(b);
    int64_t at = start;  // in a register: `start` has had its address taken
    for (int64_t i = 0; i < n; i++, at += step) byte_put(data + at, (char)p[i]);
  } else {
    fits = false;
  }
  CRITICAL_END(t);
  if (!fits) {
    raise_value_error(t, "attempt to assign bytes of size %lld to extended slice of size %lld", (long long)n, (long long)count);
    return -1;
  }
  return change_raise(t, change, NULL);
}

static bool is_number(Value v) {
  const TypeSlots *s = &v_type(v)->slots;
  return s->index || s->int_ || s->float_ || v_is_exact(v, SHAPE_COMPLEX);
}

static int bytearray_setitem(Thread *t, Value self, Value key, Value value) {
  ByteArray *b = as_bytearray(self);
  int64_t i, start, stop, step;
  if (!v_is_slice(key)) return index_read(t, key, &i) < 0 ? -1 : set_item(t, b, i, value);
  if (v_is_null(value)) return set_slice(t, b, key, NULL, 0, true);
  // The slice is looked at before a value that is to become a bytearray, and again afterwards: its __index__ is called twice.
  bool converts = !v_has_flag(value, TYPE_BYTEARRAY) || v_is(value, self);
  if (converts && slice_unpack(t, key, &start, &stop, &step) < 0) return -1;
  if (v_is_str(value) || (converts && is_number(value))) {
    raise_type_error(t, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    return -1;
  }
  ByteArg a;
  if (byte_arg_try(t, value, &a)) {
    int status = set_slice(t, b, key, a.data, a.length, false);
    byte_arg_clear(t, &a);
    return status;
  }
  if (error_pending(t)) return -1;
  BytesBuilder items;
  bytesb_init(&items, t);
  int status = -1;
  if (bytes_collect(t, value, &items, "byte must be in range(0, 256)", "bytearray"))
    status = set_slice(t, b, key, (const uint8_t *)items.data, items.length, false);
  bytesb_discard(&items);
  return status;
}

// --- Operators --------------------------------------------------------------------------------------------------------------------

static Value bytearray_richcompare(Thread *t, Value a, Value b, int op) {
  if (!buffer_is_supported(b)) return bytes_warn_compare(t, a, b, op, false) < 0 ? V_NULL : V_NOT_IMPLEMENTED;
  return bytes_compare(t, a, b, op);
}

static Value bytearray_str(Thread *t, Value self) { return bytes_warn_str(t, self) < 0 ? V_NULL : bytearray_repr(t, self); }

static int append_bytes(Thread *t, ByteArray *b, const uint8_t *p, int64_t n) {
  Change change;
  CRITICAL_BEGIN(t, b);
  change = splice_locked(t, b, bytearray_length(b), bytearray_length(b), p, n);
  CRITICAL_END(t);
  return change_raise(t, change, NULL);
}

static Value bytearray_iconcat(Thread *t, Value self, Value other) {
  if (v_is(self, other) && bytearray_length(as_bytearray(self))) {  // as in CPython, where the operand's own buffer is in the way
    change_raise(t, CHANGE_EXPORTED, NULL);
    return V_NULL;
  }
  ByteArg a;
  if (!byte_arg_try(t, other, &a)) return error_pending(t) ? V_NULL : raise_type_error(t, "can't concat %T to %T", other, self);
  int status = append_bytes(t, as_bytearray(self), a.data, a.length);
  byte_arg_clear(t, &a);
  return status < 0 ? V_NULL : v_own(t, self);
}

static Value bytearray_irepeat(Thread *t, Value self, int64_t n) {
  ByteArray *b = as_bytearray(self);
  if (n < 0) n = 0;
  Change change;
  CRITICAL_BEGIN(t, b);
  int64_t unit = bytearray_length(b), length;
  if (__builtin_mul_overflow(unit, n, &length)) change = CHANGE_NO_MEMORY;
  else change = reserve_locked(t, b, length);
  if (change == CHANGE_OK && length < unit) {
    shrink_locked(t, b, length);
  } else if (change == CHANGE_OK && length > unit) {
    char *data = bytearray_data(b);
    for (int64_t at = unit; at < length; at += unit) bytes_put(t, b, data + at, data, unit);
    length_set(b, length);
  }
  CRITICAL_END(t);
  return change_raise(t, change, NULL) < 0 ? V_NULL : v_own(t, self);
}

static Value bytearray_remainder(Thread *t, Value a, Value b) { return v_is_bytearray(a) ? bytes_mod(t, a, b, true) : V_NOT_IMPLEMENTED; }

static int bytearray_getbuffer(Thread *t, Value self, BufferView *view, int flags) {
  ByteArray *b = as_bytearray(self);
  char *data;
  int64_t length;
  CRITICAL_BEGIN(t, b);
  data = bytearray_data(b);
  length = bytearray_length(b);
  b->exports++;
  CRITICAL_END(t);
  return buffer_fill(t, view, self, data, length, false, flags);
}

static void bytearray_releasebuffer(Thread *t, Value self, BufferView *view) {
  (void)view;
  ByteArray *b = as_bytearray(self);
  CRITICAL_BEGIN(t, b);
  b->exports--;
  CRITICAL_END(t);
}

// --- Methods of bytearray alone -----------------------------------------------------------------------------------------------------

static Value none_or_error(int status) { return status < 0 ? V_NULL : V_NONE; }

static NATIVE(bytearray_append) {
  int c = byte_value(t, args[0]);
  return c < 0 ? V_NULL : none_or_error(append_bytes(t, as_bytearray(self), &(uint8_t){(uint8_t)c}, 1));
}

static NATIVE(bytearray_clear) {
  ByteArray *b = as_bytearray(self);
  Change change;
  CRITICAL_BEGIN(t, b);
  change = reserve_locked(t, b, 0);
  if (change == CHANGE_OK) shrink_locked(t, b, 0);
  CRITICAL_END(t);
  return none_or_error(change_raise(t, change, NULL));
}

static Value copy_op(Thread *t, const ByteSource *s, void *arg) {
  (void)arg;
  return bytearray_from(t, s->data, (size_t)s->length);
}
static NATIVE(bytearray_copy) { return bytes_with(t, self, copy_op, NULL); }

static NATIVE(bytearray_extend) {
  ByteArg a;
  if (byte_arg_try(t, args[0], &a)) {
    int added = append_bytes(t, as_bytearray(self), a.data, a.length);
    byte_arg_clear(t, &a);
    return none_or_error(added);
  }
  if (error_pending(t)) return V_NULL;
  if (buffer_is_supported(args[0])) return raise_type_error(t, "can't set bytearray slice from %.100T", args[0]);
  Value source = v_is_list_exact(args[0]) ? v_own(t, args[0]) : object_iter(t, args[0]);
  if (v_is_null(source)) {
    if (!error_matches(t, &exc_TypeError)) return V_NULL;
    error_clear(t);
    return raise_type_error(t, "can't extend bytearray with %.100T", args[0]);
  }
  BytesBuilder items;
  bytesb_init(&items, t);
  bool ok = object_length_hint(t, args[0], 0) >= 0 && bytes_collect(t, source, &items, "byte must be in range(0, 256)", "bytearray");
  v_drop(t, source);
  int status = ok ? append_bytes(t, as_bytearray(self), (const uint8_t *)items.data, items.length) : -1;
  bytesb_discard(&items);
  return none_or_error(status);
}

static NATIVE(bytearray_insert) {
  int64_t i = number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  int c = byte_value(t, args[1]);
  if (c < 0) return V_NULL;
  ByteArray *b = as_bytearray(self);
  Change change;
  CRITICAL_BEGIN(t, b);
  int64_t length = bytearray_length(b);
  if (i < 0) i += length;
  if (i < 0) i = 0;
  if (i > length) i = length;
  change = splice_locked(t, b, i, i, &(uint8_t){(uint8_t)c}, 1);
  CRITICAL_END(t);
  return none_or_error(change_raise(t, change, NULL));
}

static NATIVE(bytearray_pop) {
  int64_t i = v_is_absent(args[0]) ? -1 : number_as_i64(t, args[0]);
  if (i == -1 && error_pending(t)) return V_NULL;
  ByteArray *b = as_bytearray(self);
  Change change = CHANGE_RANGE;
  int c = 0;
  CRITICAL_BEGIN(t, b);
  int64_t length = bytearray_length(b);
  if (length == 0) change = CHANGE_EMPTY;
  if (i < 0) i += length;
  if (i >= 0 && i < length) {
    c = (uint8_t)bytearray_data(b)[i];
    change = splice_locked(t, b, i, i + 1, NULL, 0);
  }
  CRITICAL_END(t);
  if (change_raise(t, change, change == CHANGE_EMPTY ? "pop from empty bytearray" : "pop index out of range") < 0) return V_NULL;
  return v_from_smi(c);
}

static NATIVE(bytearray_remove) {
  int c = byte_value(t, args[0]);
  if (c < 0) return V_NULL;
  ByteArray *b = as_bytearray(self);
  Change change = CHANGE_MISSING;
  CRITICAL_BEGIN(t, b);
  const char *data = bytearray_data(b), *hit = memchr(data, c, (size_t)bytearray_length(b));
  if (hit) change = splice_locked(t, b, hit - data, hit - data + 1, NULL, 0);
  CRITICAL_END(t);
  return none_or_error(change_raise(t, change, "value not found in bytearray"));
}

static NATIVE(bytearray_reverse) {
  ByteArray *b = as_bytearray(self);
  CRITICAL_BEGIN(t, b);
  char *data = bytearray_data(b);
  for (int64_t i = 0, j = bytearray_length(b) - 1; i < j; i++, j--) {
    char c = data[i];
    byte_put(data + i, data[j]);
    byte_put(data + j, c);
  }
  CRITICAL_END(t);
  return V_NONE;
}

static NATIVE(bytearray_fromhex) {
  BytesBuilder b;
  bytesb_init(&b, t);
  if (!bytes_from_hex(t, args[0], &b)) {
    bytesb_discard(&b);
    return V_NULL;
  }
  if (v_as_type(self) == &type_bytearray) return bytesb_finish_bytearray(&b);
  Value v = bytesb_finish(&b);
  if (v_is_null(v)) return v;
  Value made = object_call1(t, self, v);
  v_drop(t, v);
  return made;
}

static NATIVE(bytearray_alloc) {
  ByteArray *b = as_bytearray(self);
  int64_t n;
  CRITICAL_BEGIN(t, b);
  n = bytearray_length(b) ? b->capacity : 0;
  CRITICAL_END(t);
  return int_from_i64(t, n);
}

static NATIVE(bytearray_sizeof) {
  ByteArray *b = as_bytearray(self);
  int64_t n;
  CRITICAL_BEGIN(t, b);
  n = (int64_t)heap_object_size(&b->ob) + b->capacity;
  CRITICAL_END(t);
  return int_from_i64(t, n);
}

static Value latin1_op(Thread *t, const ByteSource *s, void *arg) {
  (void)arg;
  return str_from_latin1(t, (const char *)s->data, (size_t)s->length);
}
static Value bytes_op(Thread *t, const ByteSource *s, void *arg) {
  (void)arg;
  return bytes_from(t, s->data, (size_t)s->length);
}

// (type, arguments, state): the arguments as text below protocol 3, which knows no bytes.
static Value reduce(Thread *t, Value self, int64_t protocol) {
  Value arguments = V_NULL, state = V_NULL;
  int64_t n = bytearray_length(as_bytearray(self));
  if (n == 0) {
    arguments = tuple_empty;
  } else if (protocol < 3) {
    Value text = bytes_with(t, self, latin1_op, NULL), name = str_from_cstr(t, "latin-1");
    if (!v_is_null(text) && !v_is_null(name)) arguments = tuple_pack(t, 2, text, name);
    v_drop(t, text);
    v_drop(t, name);
  } else {
    Value copy = bytes_with(t, self, bytes_op, NULL);
    if (!v_is_null(copy)) arguments = tuple_from_stolen(t, &copy, 1);
  }
  if (!v_is_null(arguments)) state = object_call_method0(t, self, N(__getstate__));
  if (v_is_null(state)) {
    v_drop(t, arguments);
    return V_NULL;
  }
  return tuple_from_stolen(t, (Value[]){v_own_obj(t, v_type(self)), arguments, state}, 3);
}

static NATIVE(bytearray_reduce) { return reduce(t, self, 2); }
static NATIVE(bytearray_reduce_ex) {
  int64_t protocol = v_is_absent(args[0]) ? 0 : number_as_int(t, args[0]);
  return protocol == -1 && error_pending(t) ? V_NULL : reduce(t, self, protocol);
}

static const NativeDef bytearray_methods[] = {
  {"__alloc__($self, /)", bytearray_alloc, "B.__alloc__() -> int\n\nBytes allocated.", NATIVE_NO_SIGNATURE},
  {"__reduce__($self, /)", bytearray_reduce, "What pickle needs.", 0},
  {"__reduce_ex__($self, proto=0, /)", bytearray_reduce_ex, "What pickle needs.", 0},
  {"__sizeof__($self, /)", bytearray_sizeof, "Bytes of memory taken.", 0},
  {"append($self, item, /)", bytearray_append, "Adds one byte at the end.", 0},
  {"clear($self, /)", bytearray_clear, "Removes everything.", 0},
  {"copy($self, /)", bytearray_copy, "A copy.", 0},
  {"extend($self, iterable_of_ints, /)", bytearray_extend, "Adds all bytes of the iterable or buffer at the end.", 0},
  {"insert($self, index, item, /)", bytearray_insert, "Puts one byte before index.", 0},
  {"pop($self, index=-1, /)", bytearray_pop, "Removes and returns one byte.", 0},
  {"remove($self, value, /)", bytearray_remove, "Removes the first byte with the value.", 0},
  {"reverse($self, /)", bytearray_reverse, "Turns the order round in place.", 0},
  BYTES_METHODS,
  {"fromhex($type, string, /)", bytearray_fromhex, "The bytes that pairs of hexadecimal digits stand for.", NATIVE_CLASS},
  {0},
};

static const TypeSpec spec_bytearray = {
  .name = "bytearray",
  .size = sizeof(ByteArray),
  .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_BYTEARRAY | TYPE_MATCH_SELF,
  .slots = {
    .new = bytearray_make, .init = bytearray_construct, .dealloc = bytearray_dealloc, .repr = bytearray_repr, .str = bytearray_str,
    .hash = object_hash_not_implemented, .richcompare = bytearray_richcompare, .iter = bytearray_iter, .length = bytearray_length_slot,
    .getitem = bytearray_getitem, .setitem = bytearray_setitem, .seq_item = bytearray_item, .contains = bytes_contains,
    .concat = bytes_concat_values, .iconcat = bytearray_iconcat, .repeat = bytes_repeat, .irepeat = bytearray_irepeat,
    .remainder = bytearray_remainder, .getbuffer = bytearray_getbuffer, .releasebuffer = bytearray_releasebuffer,
  },
  .methods = bytearray_methods,
  .doc = "An array of numbers from 0 to 255 that can change: made of numbers, of bytes, of text in an encoding, or of that many zeros.",
};

bool bytearray_init(Thread *t) { return type_ready(t, &type_bytearray, &spec_bytearray, SHAPE_BYTEARRAY); }
