// Arrays made into other things and filled from them: lists, bytes, text, files, pickles, what repr() shows.
#include "modules/array_internal.h"
#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"
#include "threading/critical.h"

// --- Lists ------------------------------------------------------------------------------------------------------------------------

NATIVE(array_tolist) {
  Value copy = array_copy(t, v_array(self));
  if (v_is_null(copy)) return V_NULL;
  const Array *a = v_array(copy);
  Value list = list_new(t, a->length);
  for (int64_t i = 0; !v_is_null(list) && i < a->length; i++) {
    Value item = a->code->unpack(t, a->code, a->data + i * a->code->size);
    if (v_is_null(item) || list_append_steal(t, v_list(list), item) < 0) v_clear(t, &list);
  }
  v_drop(t, copy);
  return list;
}

// All or nothing: the list's items are packed first.
NATIVE(array_fromlist) {
  Array *a = v_array(self);
  if (!v_is_list(args[0])) return raise_type_error(t, "arg must be list");
  List *l = v_list(args[0]);
  int64_t n = list_length(l);
  if (n == 0) return V_NONE;
  bool exported;
  CRITICAL_BEGIN(t, a);
  exported = a->exports > 0;
  CRITICAL_END(t);
  if (exported) return array_change_raise(t, ARRAY_CHANGE_EXPORTED, NULL), V_NULL;
  BytesBuilder b;
  bytesb_init(&b, t);
  bool ok = true;
  for (int64_t i = 0; ok && i < n; i++) {
    char bytes[ARRAY_ITEM_MAX];
    Value item = list_get(t, l, i);
    if (v_is_null(item)) raise_error(t, &exc_RuntimeError, "list changed size during iteration");
    ok = !v_is_null(item) && a->code->pack(t, a->code, item, bytes) == 0 && bytesb_put(&b, bytes, a->code->size);
    v_drop(t, item);
    if (ok && n != list_length(l)) {
      raise_error(t, &exc_RuntimeError, "list changed size during iteration");
      ok = false;
    }
  }
  ok = ok && array_append_items(t, a, b.data, n) == 0;
  bytesb_discard(&b);
  return ok ? V_NONE : V_NULL;
}

// --- Bytes and text ---------------------------------------------------------------------------------------------------------------

static Value array_bytes(Thread *t, Array *a) {
  Value result;
  CRITICAL_BEGIN(t, a);
  result = bytes_from(t, a->data ? a->data : "", (size_t)(a->length * a->code->size));
  CRITICAL_END(t);
  return result;
}
NATIVE(array_tobytes) { return array_bytes(t, v_array(self)); }
NATIVE(array_frombytes) { return array_extend_by_buffer(t, v_array(self), args[0]) < 0 ? V_NULL : V_NONE; }

NATIVE(array_fromunicode) {
  Array *a = v_array(self);
  if (!v_is_str(args[0])) return raise_type_error(t, "fromunicode() argument must be str, not %K", args[0]);
  if (a->code->letter != 'u') return raise_value_error(t, "fromunicode() may only be called on unicode type arrays");
  return array_extend_by_text(t, a, args[0]) < 0 ? V_NULL : V_NONE;
}

static Value array_text(Thread *t, Array *a) {
  Value bytes = array_bytes(t, a), text = V_NULL;
  if (v_is_null(bytes)) return V_NULL;
  const uint32_t *chars = (const uint32_t *)(const void *)v_bytes(bytes)->data;
  int64_t n = v_bytes(bytes)->length / 4, i = 0;
  while (i < n && chars[i] <= 0x10FFFF) i++;
  if (i < n) raise_value_error(t, "character U+%x is not in range [U+0000; U+10ffff]", (unsigned)chars[i]);
  else text = str_from_ucs4(t, chars, n);
  v_drop(t, bytes);
  return text;
}

NATIVE(array_tounicode) {
  Array *a = v_array(self);
  return a->code->letter == 'u' ? array_text(t, a) : raise_value_error(t, "tounicode() may only be called on unicode type arrays");
}

// --- Files ------------------------------------------------------------------------------------------------------------------------

Value array_call_method(Thread *t, Value obj, const char *name, Value arg) {
  Value key = str_intern_cstr(t, name);
  return v_is_null(key) ? V_NULL : object_call_method1(t, obj, key, arg);
}

enum { FILE_BLOCK = 64 * 1024 };

NATIVE(array_tofile) {
  Value bytes = array_bytes(t, v_array(self));
  if (v_is_null(bytes)) return V_NULL;
  int64_t n = v_bytes(bytes)->length;
  for (int64_t at = 0; at < n; at += FILE_BLOCK) {
    Value block = bytes_from(t, v_bytes(bytes)->data + at, (size_t)(n - at < FILE_BLOCK ? n - at : FILE_BLOCK));
    Value done = v_is_null(block) ? V_NULL : array_call_method(t, args[0], "write", block);
    v_drop(t, block);
    v_drop(t, done);
    if (v_is_null(done)) {
      v_drop(t, bytes);
      return V_NULL;
    }
  }
  v_drop(t, bytes);
  return V_NONE;
}

NATIVE(array_fromfile) {
  Array *a = v_array(self);
  int64_t n;
  if (module_index(t, args[1], &exc_OverflowError, &n) < 0) return V_NULL;
  if (n < 0) return raise_value_error(t, "negative count");
  if (n > INT64_MAX / a->code->size) return raise_no_memory(t);
  Value size = int_from_i64(t, n * a->code->size), bytes = v_is_null(size) ? V_NULL : array_call_method(t, args[0], "read", size);
  v_drop(t, size);
  if (v_is_null(bytes)) return V_NULL;
  int status = -1;
  if (!v_is_bytes(bytes)) raise_type_error(t, "read() didn't return bytes");
  else status = array_extend_by_buffer(t, a, bytes);
  if (status == 0 && v_bytes(bytes)->length != n * a->code->size) {
    raise_error(t, &exc_EOFError, "read() didn't return enough bytes");
    status = -1;
  }
  v_drop(t, bytes);
  return status < 0 ? V_NULL : V_NONE;
}

// --- Pickles and repr -------------------------------------------------------------------------------------------------------------

NATIVE(array_reduce_ex) {
  Array *a = v_array(self);
  if (!v_is_int(args[0])) return raise_type_error(t, "__reduce_ex__ argument should be an integer");
  int64_t protocol = number_as_i64(t, args[0]);
  if (protocol == -1 && error_pending(t)) return V_NULL;
  Value dict, type = v_own_obj(t, v_type(self)), letter = str_from_char(t, (uint32_t)a->code->letter);
  int found = object_lookup_attr(t, self, N(__dict__), &dict);
  if (found < 0) return V_NULL;
  if (!found) dict = V_NONE;
  Value maker, parts;
  if (protocol < 3) {
    maker = v_own(t, type);
    parts = tuple_from_stolen(t, (Value[]){letter, array_tolist(t, self, NULL, 0, V_NULL)}, 2);
    v_drop(t, type);
    if (!v_is_null(parts) && v_is_null(v_tuple(parts)->items[1])) v_clear(t, &parts);
  } else {
    Value name = str_from_cstr(t, "array"), module = v_is_null(name) ? V_NULL : import_module_named(t, name);
    Value key = N(_array_reconstructor);
    maker = v_is_null(module) || v_is_null(key) ? V_NULL : object_getattr(t, module, key);
    v_drop(t, name);
    v_drop(t, module);
    parts = tuple_from_stolen(t, (Value[]){type, letter, v_from_smi(a->code->machine_format), array_bytes(t, a)}, 4);
    if (!v_is_null(parts) && v_is_null(v_tuple(parts)->items[3])) v_clear(t, &parts);
  }
  if (v_is_null(maker) || v_is_null(parts)) {
    v_drop(t, maker);
    v_drop(t, parts);
    v_drop(t, dict);
    return V_NULL;
  }
  return tuple_from_stolen(t, (Value[]){maker, parts, dict}, 3);
}

Value array_repr(Thread *t, Value self) {
  Array *a = v_array(self);
  Value name = v_type(self)->qualname;
  if (array_length_of(t, a) == 0) return str_from_format(t, "%U('%c')", name, a->code->letter);
  Value items = a->code->letter == 'u' ? array_text(t, a) : array_tolist(t, self, NULL, 0, V_NULL);
  Value text = v_is_null(items) ? V_NULL : str_from_format(t, "%U('%c', %R)", name, a->code->letter, items);
  v_drop(t, items);
  return text;
}
