// Arrays' methods that change them or look at them as they are, and the table of all.
#include "modules/array_internal.h"
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/tuple.h"
#include "threading/critical.h"

static NATIVE(array_append) { return array_append_value(t, v_array(self), args[0]) < 0 ? V_NULL : V_NONE; }

static NATIVE(array_extend) {
  Array *a = v_array(self);
  if (!v_is_array(args[0])) return array_extend_by_iterating(t, a, args[0]) < 0 ? V_NULL : V_NONE;
  if (v_array(args[0])->code != a->code) return raise_type_error(t, "can only extend with array of same kind");
  return array_extend_by_array(t, a, args[0]) < 0 ? V_NULL : V_NONE;
}

static NATIVE(array_insert) {
  Array *a = v_array(self);
  char bytes[ARRAY_ITEM_MAX];
  int64_t i;
  if (module_index(t, args[0], &exc_OverflowError, &i) < 0 || a->code->pack(t, a->code, args[1], bytes) < 0) return V_NULL;
  ArrayChange change;
  CRITICAL_BEGIN(t, a);
  if (i < 0) i += a->length;
  if (i < 0) i = 0;
  if (i > a->length) i = a->length;
  change = array_splice_locked(t, a, i, i, bytes, 1);
  CRITICAL_END(t);
  return array_change_raise(t, change, NULL) < 0 ? V_NULL : V_NONE;
}

static NATIVE(array_pop) {
  Array *a = v_array(self);
  char bytes[ARRAY_ITEM_MAX];
  int64_t i = -1;
  if (!v_is_absent(args[0]) && module_index(t, args[0], &exc_OverflowError, &i) < 0) return V_NULL;
  ArrayChange change;
  CRITICAL_BEGIN(t, a);
  if (i < 0) i += a->length;
  if (a->length == 0) change = ARRAY_CHANGE_EMPTY;
  else if (i < 0 || i >= a->length) change = ARRAY_CHANGE_RANGE;
  else {
    memcpy(bytes, a->data + i * a->code->size, a->code->size);
    change = array_splice_locked(t, a, i, i + 1, NULL, 0);
  }
  CRITICAL_END(t);
  return array_change_raise(t, change, "pop index out of range") < 0 ? V_NULL : a->code->unpack(t, a->code, bytes);
}

static NATIVE(array_remove) {
  Array *a = v_array(self);
  int64_t i = array_find(t, a, args[0], 0, INT64_MAX);
  if (i == -2) return V_NULL;
  if (i == -1) return raise_value_error(t, "array.remove(x): x not in array");
  return array_change_raise(t, array_splice(t, a, i, i + 1, NULL, 0), NULL) < 0 ? V_NULL : V_NONE;
}

static NATIVE(array_count) {
  Array *a = v_array(self);
  int64_t n = 0, i = -1;
  while ((i = array_find(t, a, args[0], i + 1, INT64_MAX)) >= 0) n++;
  return i == -2 ? V_NULL : v_from_smi(n);
}

static NATIVE(array_index) {
  Array *a = v_array(self);
  int64_t start = slice_bound(t, args[1], 0);
  if (start == -1 && error_pending(t)) return V_NULL;
  int64_t stop = slice_bound(t, args[2], INT64_MAX);
  if (stop == -1 && error_pending(t)) return V_NULL;
  slice_clip(array_length_of(t, a), &start, &stop);
  int64_t i = array_find(t, a, args[0], start, stop);
  if (i == -1) return raise_value_error(t, "array.index(x): x not in array");
  return i == -2 ? V_NULL : v_from_smi(i);
}

static NATIVE(array_reverse) {
  Array *a = v_array(self);
  int64_t size = a->code->size;
  CRITICAL_BEGIN(t, a);
  for (int64_t i = 0, k = a->length - 1; i < k; i++, k--) {
    char bytes[ARRAY_ITEM_MAX];
    memcpy(bytes, a->data + i * size, (size_t)size);
    memcpy(a->data + i * size, a->data + k * size, (size_t)size);
    memcpy(a->data + k * size, bytes, (size_t)size);
  }
  CRITICAL_END(t);
  return V_NONE;
}

static NATIVE(array_byteswap) {
  Array *a = v_array(self);
  int size = a->code->size;
  CRITICAL_BEGIN(t, a);
  for (char *p = a->data, *end = p + (p ? a->length * size : 0); p < end; p += size)
    for (int i = 0, k = size - 1; i < k; i++, k--) {
      char c = p[i];
      p[i] = p[k];
      p[k] = c;
    }
  CRITICAL_END(t);
  return V_NONE;
}

static NATIVE(array_buffer_info) {
  Array *a = v_array(self);
  uint64_t address;
  int64_t n;
  CRITICAL_BEGIN(t, a);
  address = (uint64_t)(uintptr_t)a->data;
  n = a->length;
  CRITICAL_END(t);
  return tuple_from_stolen(t, (Value[]){int_from_u64(t, address), v_from_smi(n)}, 2);
}

static NATIVE(array_copy_method) { return array_copy(t, v_array(self)); }
static NATIVE(array_sizeof) {
  Array *a = v_array(self);
  int64_t capacity;
  CRITICAL_BEGIN(t, a);
  capacity = a->capacity;
  CRITICAL_END(t);
  return v_from_smi((int64_t)v_type(self)->size + capacity * a->code->size);
}

const NativeDef array_methods[] = {
    {"append($self, v, /)", array_append, "Append v at the end.", 0},
    {"buffer_info($self, /)", array_buffer_info, "(address, length): where the items lie and how many there are.", 0},
    {"byteswap($self, /)", array_byteswap, "Reverse the bytes of every item.", 0},
    {"__copy__($self, /)", array_copy_method, "A copy.", 0},
    {"count($self, v, /)", array_count, "How often v is there.", 0},
    {"__deepcopy__($self, unused, /)", array_copy_method, "A copy.", 0},
    {"extend($self, bb, /)", array_extend, "Append the items of an array of the same kind, or of an iterable.", NATIVE_TAKES_CLASS},
    {"fromfile($self, f, n, /)", array_fromfile, "Read n items from a binary file and append them.", NATIVE_TAKES_CLASS},
    {"fromlist($self, list, /)", array_fromlist, "Append the items of a list: all or none.", 0},
    {"frombytes($self, buffer, /)", array_frombytes, "Append items given as they lie in memory.", 0},
    {"fromunicode($self, ustr, /)", array_fromunicode, "Append the characters of a str; for typecode 'u'.", 0},
    {"index($self, v, start=0, stop=sys.maxsize, /)", array_index, "Where v is first found; ValueError if it is not there.", 0},
    {"insert($self, i, v, /)", array_insert, "Put v before position i.", 0},
    {"pop($self, i=-1, /)", array_pop, "Remove the item at i and return it.", 0},
    {"__reduce_ex__($self, value, /)", array_reduce_ex, "What pickle needs.", 0},
    {"remove($self, v, /)", array_remove, "Remove the first v.", 0},
    {"reverse($self, /)", array_reverse, "Turns the order of the items round, in place.", 0},
    {"tofile($self, f, /)", array_tofile, "Write the items to a binary file as they lie in memory.", NATIVE_TAKES_CLASS},
    {"tolist($self, /)", array_tolist, "A list of the items.", 0},
    {"tobytes($self, /)", array_tobytes, "The items as they lie in memory.", 0},
    {"tounicode($self, /)", array_tounicode, "The characters as a str; for typecode 'u'.", 0},
    {"__sizeof__($self, /)", array_sizeof, "Size in memory, in bytes.", 0},
    {0},
};
