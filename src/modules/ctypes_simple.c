// _ctypes: simple types (c_int, c_char_p...): their codes, values from and to bytes, the metaclass and the instances.
#include <stdio.h>
#include <wchar.h>

#include "gc/heap.h"
#include "modules/ctypes.h"
#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/containers.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_new.h"

// --- Codes -------------------------------------------------------------------------------------------------------------------------------

typedef enum { NO_KIND, SIGNED, UNSIGNED, REAL, CHARACTER, WIDE_CHARACTER, TEXT, WIDE_TEXT, ADDRESS, OBJECT, TRUTH } Kind;
typedef struct Code { char code, format; uint8_t size; Kind kind; } Code;

static const Code codes[] = {
    {'c', 'c', 1, CHARACTER}, {'b', 'b', 1, SIGNED},   {'B', 'B', 1, UNSIGNED}, {'h', 'h', 2, SIGNED},         {'H', 'H', 2, UNSIGNED},
    {'i', 'i', 4, SIGNED},    {'I', 'I', 4, UNSIGNED}, {'l', 'q', 8, SIGNED},   {'L', 'Q', 8, UNSIGNED},       {'q', 'q', 8, SIGNED},
    {'Q', 'Q', 8, UNSIGNED},  {'f', 'f', 4, REAL},     {'d', 'd', 8, REAL},     {'g', 'g', sizeof(long double), REAL},
    {'u', 'u', 4, WIDE_CHARACTER}, {'z', 'z', 8, TEXT}, {'Z', 'Z', 8, WIDE_TEXT}, {'P', 'P', 8, ADDRESS},      {'O', 'O', 8, OBJECT},
    {'?', '?', 1, TRUTH},     {'v', 'v', 2, TRUTH},    {0},
};

static const Code *find_code(char c) {
  const Code *k = codes;
  while (k->code && k->code != c) k++;
  return k;
}

int64_t ctypes_code_size(char code) { return find_code(code)->size; }
bool ctypes_code_is_integer(char code) {
  Kind kind = find_code(code)->kind;
  return kind == SIGNED || kind == UNSIGNED || kind == TRUTH;
}

ffi_type *ctypes_code_ffi(char code) {
  const Code *k = find_code(code);
  switch (k->kind) {
    case SIGNED: return k->size == 1 ? ffi.ffi_type_sint8 : k->size == 2 ? ffi.ffi_type_sint16 : k->size == 4 ? ffi.ffi_type_sint32 : ffi.ffi_type_sint64;
    case UNSIGNED: return k->size == 1 ? ffi.ffi_type_uint8 : k->size == 2 ? ffi.ffi_type_uint16 : k->size == 4 ? ffi.ffi_type_uint32 : ffi.ffi_type_uint64;
    case REAL: return k->size == 4 ? ffi.ffi_type_float : k->size == 8 ? ffi.ffi_type_double : ffi.ffi_type_longdouble;
    case CHARACTER: return ffi.ffi_type_sint8;
    case TRUTH: return k->size == 1 ? ffi.ffi_type_uint8 : ffi.ffi_type_sint16;
    case WIDE_CHARACTER: return ffi.ffi_type_sint32;
    default: return ffi.ffi_type_pointer;
  }
}

static void reverse(char *p, int64_t n) {
  for (int64_t i = 0; i < n / 2; i++) {
    char c = p[i];
    p[i] = p[n - 1 - i];
    p[n - 1 - i] = c;
  }
}

// --- From bytes --------------------------------------------------------------------------------------------------------------------------

static uint64_t word_of(const char *p, int64_t n) {
  uint64_t w = 0;
  memcpy(&w, p, (size_t)n);   // little endian: the supported machines
  return w;
}

static uint64_t bits_of(uint64_t w, Bits bits, int64_t size, bool is_signed) {
  unsigned width = bits.width ? bits.width : (unsigned)size * 8, low = bits.width ? bits.low : 0;
  w <<= 64 - width - low;
  return is_signed ? (uint64_t)((int64_t)w >> (64 - width)) : w >> (64 - width);
}

static Value load_real(Thread *t, const char *p, int64_t size) {
  union { float f; double d; long double g; } u;
  memcpy(&u, p, (size_t)size);
  return float_new(t, size == 4 ? (double)u.f : size == 8 ? u.d : (double)u.g);
}

static Value load_wide_text(Thread *t, const wchar_t *text) {
  return text ? str_from_ucs4(t, (const uint32_t *)(const void *)text, (int64_t)wcslen(text)) : V_NONE;
}

Value ctypes_load(Thread *t, const CInfo *info, const char *bytes, Bits bits) {
  const Code *k = find_code(info->code);
  char swapped[16];
  const char *p = bytes;
  if (info->swapped) {
    memcpy(swapped, bytes, k->size);
    reverse(swapped, k->size);
    p = swapped;
  }
  void *address = NULL;
  if (ctypes_code_ffi(k->code) == ffi.ffi_type_pointer) memcpy(&address, p, sizeof address);
  switch (k->kind) {
    case SIGNED: return int_from_i64(t, (int64_t)bits_of(word_of(p, k->size), bits, k->size, true));
    case UNSIGNED: return int_from_u64(t, bits_of(word_of(p, k->size), bits, k->size, false));
    case TRUTH: return v_from_bool(bits_of(word_of(p, k->size), bits, k->size, false) != 0);
    case REAL: return load_real(t, p, k->size);
    case CHARACTER: return bytes_from_byte((uint8_t)*p);
    case WIDE_CHARACTER: return str_from_ucs4(t, (const uint32_t[]){(uint32_t)word_of(p, 4)}, 1);
    case TEXT: return address ? bytes_from(t, address, strlen(address)) : V_NONE;
    case WIDE_TEXT: return load_wide_text(t, address);
    case ADDRESS: return address ? int_from_u64(t, (uint64_t)(uintptr_t)address) : V_NONE;
    case OBJECT: return address ? v_own(t, VALUE((uint64_t)(uintptr_t)address)) : raise_value_error(t, "PyObject is NULL");
    default: return raise_system_error(t, "no such type code");
  }
}

// --- To bytes ----------------------------------------------------------------------------------------------------------------------------

static int store_integer(Thread *t, const Code *k, Value v, char *out, Bits bits, bool swapped) {
  uint64_t w;
  if (k->kind == TRUTH) {
    int truth = object_is_true(t, v);
    if (truth < 0) return -1;
    w = k->code == 'v' ? -(uint64_t)truth : (uint64_t)truth;   // VARIANT_TRUE has all bits set
  } else if (module_u64_masked(t, v, &w) < 0) {
    return -1;
  }
  if (bits.width) {
    uint64_t mask = (bits.width == 64 ? UINT64_MAX : ((uint64_t)1 << bits.width) - 1) << bits.low;
    if (swapped) reverse(out, k->size);
    w = (word_of(out, k->size) & ~mask) | (w << bits.low & mask);
  }
  memcpy(out, &w, k->size);
  return 0;
}

static int store_real(Thread *t, const Code *k, Value v, char *out) {
  double d = number_as_double(t, v);
  if (d == -1.0 && error_pending(t)) return -1;
  union { float f; double d; long double g; } u = {0};
  if (k->size == 4) u.f = (float)d;
  else if (k->size == 8) u.d = d;
  else u.g = (long double)d;
  memcpy(out, &u, k->size);
  return 0;
}

static int store_character(Thread *t, Value v, char *out) {
  int64_t n = -1;
  if (v_is_bytes(v) && v_bytes(v)->length == 1) return *out = v_bytes(v)->data[0], 0;
  if (v_is_bytearray(v) && bytearray_length((ByteArray *)v_obj(v)) == 1) n = bytearray_get(t, (ByteArray *)v_obj(v), 0);
  else if (v_has_flag(v, TYPE_INT) && !int_as_i64(v, &n)) n = -1;
  if (n < 0 || n > 255) {
    raise_type_error(t, "one character bytes, bytearray or integer expected");
    return -1;
  }
  *out = (char)n;
  return 0;
}

static int store_wide_character(Thread *t, Value v, char *out) {
  if (!v_is_str(v)) {
    raise_type_error(t, "unicode string expected instead of %T instance", v);
    return -1;
  }
  if (str_length(v_str(v)) != 1) {
    raise_type_error(t, "one character unicode string expected");
    return -1;
  }
  uint32_t c = str_char(v_str(v), 0);
  memcpy(out, &c, sizeof c);
  return 0;
}

static int store_address(Thread *t, Value v, void **p, const char *error) {
  uint64_t w = 0;
  if (v_is_none(v)) return *p = NULL, 0;
  if (!v_has_flag(v, TYPE_INT)) {
    raise_type_error(t, error, v);
    return -1;
  }
  if (module_u64_masked(t, v, &w) < 0) return -1;
  *p = (void *)(uintptr_t)w;
  return 0;
}

// A copy of the text as wchar_t in a bytes object, which is kept.
static int store_wide_text(Thread *t, Value v, void **p, Value *keep) {
  const Str *s = v_str(v);
  int64_t n = str_length(s);
  Value copy = bytes_new(t, (n + 1) * (int64_t)sizeof(wchar_t));
  if (v_is_null(copy)) return -1;
  uint32_t *out = (uint32_t *)(void *)v_bytes(copy)->data;
  for (int64_t i = 0; i < n; i++) out[i] = str_char(s, i);
  out[n] = 0;
  *p = out;
  *keep = copy;
  return 0;
}

static int store_pointer(Thread *t, const Code *k, Value v, char *out, Value *keep) {
  void *p = NULL;
  int r = 0;
  if (k->kind == OBJECT) {
    *keep = v_own(t, v);
    p = v_is_ptr(v) ? (void *)v_obj(v) : (void *)(uintptr_t)v.w;   // an int or float that is a word is passed as one
  } else if (k->kind == TEXT && v_is_bytes(v)) {
    *keep = v_own(t, v);
    p = v_bytes(v)->data;
  } else if (k->kind == WIDE_TEXT && v_is_str(v)) {
    r = store_wide_text(t, v, &p, keep);
  } else {
    r = store_address(t, v, &p, k->kind == TEXT        ? "bytes or integer address expected instead of %T instance"
                                : k->kind == WIDE_TEXT ? "unicode string or integer address expected instead of %T instance"
                                                       : "cannot be converted to pointer");
  }
  memcpy(out, &p, sizeof p);
  return r;
}

int ctypes_store(Thread *t, const CInfo *info, Value v, char *out, Bits bits, Value *keep) {
  const Code *k = find_code(info->code);
  int r;
  *keep = V_NULL;
  switch (k->kind) {
    case SIGNED: case UNSIGNED: case TRUTH: r = store_integer(t, k, v, out, bits, info->swapped); break;
    case REAL: r = store_real(t, k, v, out); break;
    case CHARACTER: r = store_character(t, v, out); break;
    case WIDE_CHARACTER: r = store_wide_character(t, v, out); break;
    default: r = store_pointer(t, k, v, out, keep);
  }
  if (r == 0 && info->swapped) reverse(out, k->size);
  return r;
}

// --- from_param --------------------------------------------------------------------------------------------------------------------------

static Value argument_of(Thread *t, const CInfo *info, Value v) {
  char out[16] = {0};
  Value keep;
  if (ctypes_store(t, info, v, out, (Bits){0}, &keep) < 0) return V_NULL;
  return ctypes_argument_new(t, info->code, info->ffi, keep, out, info->size);
}

static Value retry_as_parameter(Thread *t, Value cls, Value v) {
  Value as;
  int found = object_lookup_attr(t, v, N(_as_parameter_), &as);
  if (found < 0) return V_NULL;
  if (found == 0) return raise_type_error(t, "wrong type");
  Value r = V_NULL;
  if (recursion_enter(t, " while processing _as_parameter_") == 0) {
    r = object_call_method1(t, cls, N(from_param), as);
    recursion_leave(t);
  }
  v_drop(t, as);
  return r;
}

static char item_code(Value v) {
  const CInfo *info = ctypes_info(v_type(v)), *item = info ? ctypes_info_of(info->item) : NULL;
  return item ? item->code : 0;
}

static bool is_pointer_or_array(Value v) {
  return type_is_subtype(v_type(v), &type_ctypes_pointer.type) || type_is_subtype(v_type(v), &type_ctypes_array.type);
}

static char simple_code_of(Value v) {
  if (!type_is_subtype(v_type(v), &type_ctypes_simple.type)) return 0;
  const CInfo *info = ctypes_info(v_type(v));
  return info ? info->code : 0;
}

// What text parameters (z, Z) and void pointers (P) take beside values of their own kind. V_ABSENT: nothing of theirs.
static Value pointer_parameter(Thread *t, const CInfo *info, Value v) {
  char want = info->code == 'z' ? 'c' : info->code == 'Z' ? 'u' : 0;
  bool is_argument = type_is_subtype(v_type(v), &type_ctypes_argument);
  const CArgument *a = (const CArgument *)(const void *)v_obj(v);
  if (v_is_none(v)) return V_NONE;
  if (is_pointer_or_array(v) && (!want || item_code(v) == want)) return v_own(t, v);
  if (is_argument && want && a->tag == 'P' && ctypes_is_data(a->keep) && simple_code_of(a->keep) == want) return v_own(t, v);
  if (want) return V_ABSENT;
  if (is_argument && a->tag == 'P') return v_own(t, v);
  if (type_is_subtype(v_type(v), &type_ctypes_function.type)) {
    void *code;
    ctypes_read(t, v_cdata(v), &code, v_cdata(v)->data, sizeof code);
    return ctypes_argument_new(t, 'P', ffi.ffi_type_pointer, v_own(t, v), &code, sizeof code);
  }
  if (simple_code_of(v) == 'z' || simple_code_of(v) == 'Z') {
    void *p;
    ctypes_read(t, v_cdata(v), &p, v_cdata(v)->data, sizeof p);
    return ctypes_argument_new(t, 'Z', ffi.ffi_type_pointer, v_own(t, v), &p, sizeof p);
  }
  if (v_is_bytes(v) || v_is_str(v)) {
    CInfo text = *info;
    text.code = v_is_bytes(v) ? 'z' : 'Z';
    return argument_of(t, &text, v);
  }
  return V_ABSENT;
}

static NATIVE(simple_from_param) {
  const CInfo *info = ctypes_info_of(self);
  if (!info) return raise_type_error(t, "abstract class");
  int is = object_isinstance(t, args[0], self);
  if (is != 0) return is < 0 ? V_NULL : v_own(t, args[0]);
  bool text = info->code == 'z' || info->code == 'Z';
  if (text || info->code == 'P') {
    Value r = pointer_parameter(t, info, args[0]);
    if (!v_is_absent(r)) return r;
    bool own_kind = info->code == 'z' ? v_is_bytes(args[0]) : info->code == 'Z' ? v_is_str(args[0]) : v_has_flag(args[0], TYPE_INT);
    if (own_kind) return argument_of(t, info, args[0]);
    return retry_as_parameter(t, self, args[0]);
  }
  Value r = argument_of(t, info, args[0]);
  if (!v_is_null(r)) return r;
  error_clear(t);
  return retry_as_parameter(t, self, args[0]);
}

// --- The metaclass -----------------------------------------------------------------------------------------------------------------------

static int read_code(Thread *t, Value cls, char *code) {
  Value type;
  int found = object_lookup_attr(t, cls, N(_type_), &type);
  if (found <= 0) {
    if (found == 0) raise_error(t, &exc_AttributeError, "class must define a '_type_' attribute");
    return -1;
  }
  if (!v_is_str(type)) {
    raise_type_error(t, "class must define a '_type_' string attribute");
  } else if (str_length(v_str(type)) != 1) {
    raise_value_error(t, "class must define a '_type_' attribute which must be a string of length 1");
  } else {
    uint32_t c = str_char(v_str(type), 0);
    *code = c < 128 && find_code((char)c)->code ? (char)c : 0;
    if (!*code)
      raise_error(t, &exc_AttributeError, "class must define a '_type_' attribute which must be\na single character string containing one of '%s'.", CTYPES_CODES);
  }
  v_drop(t, type);
  return error_pending(t) ? -1 : 0;
}

static int fill_info(Thread *t, Value cls, char code, bool swapped) {
  CInfo *info = ctypes_raw_info(cls);
  const Code *k = find_code(code);
  info->code = code;
  info->swapped = swapped;
  info->size = info->align = k->size;
  info->ffi = ctypes_code_ffi(code);
  info->format = ctypes_format(t, "%c%c", swapped ? '>' : '<', k->format);
  if (!info->format) return -1;
  info->known = true;
  return 0;
}

static int set_attribute(Thread *t, Value cls, Value name, Value v) { return type_type.slots.setattro(t, cls, name, v); }

// c_int.__ctype_be__ and its like: the same type in the other byte order.
static int add_swapped(Thread *t, Type *meta, Value cls, const Value *args) {
  Kind kind = find_code(ctypes_raw_info(cls)->code)->kind;
  if (ctypes_raw_info(cls)->size == 1 || !(kind == SIGNED || kind == UNSIGNED || kind == REAL) || ctypes_raw_info(cls)->code == 'g') return 0;
  Value name = str_from_format(t, "%U_be", args[0]), other = v_is_null(name) ? V_NULL : type_type_new(t, meta, (Value[]){name, args[1], args[2]}, 3, V_NULL);
  v_drop(t, name);
  if (v_is_null(other)) return -1;
  int r = fill_info(t, other, ctypes_raw_info(cls)->code, true);
  if (r == 0) r = set_attribute(t, cls, N(__ctype_be__), other);
  if (r == 0) r = set_attribute(t, cls, N(__ctype_le__), cls);
  if (r == 0) r = set_attribute(t, other, N(__ctype_le__), cls);
  if (r == 0) r = set_attribute(t, other, N(__ctype_be__), other);
  v_drop(t, other);
  return r;
}

static Value simple_type_new(Thread *t, Type *meta, const Value *args, size_t nargs, Value kwnames) {
  Value cls = type_type_new(t, meta, args, nargs, kwnames);
  char code = 0;
  if (v_is_null(cls)) return cls;
  if (read_code(t, cls, &code) == 0 && fill_info(t, cls, code, false) == 0 &&
      (meta != &type_ctypes_simple_meta || v_as_type(cls)->base != &type_ctypes_simple.type || add_swapped(t, meta, cls, args) == 0))
    return cls;
  v_drop(t, cls);
  return V_NULL;
}

static const NativeDef simple_meta_methods[] = {{"from_param(object, /)", simple_from_param, "What is passed for an object to a function.", NATIVE_NO_SIGNATURE}, {0}};
Type type_ctypes_simple_meta;
static const TypeSpec spec_simple_meta = {
    .name = "_ctypes.PyCSimpleType",
    .base = &type_ctypes_meta,
    .flags = TYPE_BASETYPE,
    .slots = {.new = simple_type_new},
    .methods = simple_meta_methods,
    .doc = "The metaclass of simple C types.",
};

// --- Instances ---------------------------------------------------------------------------------------------------------------------------

static Value get_value(Thread *t, Value self, UNUSED_OK void *closure) {
  const CInfo *info = ctypes_info(v_type(self));
  char bytes[16];
  ctypes_read(t, v_cdata(self), bytes, v_cdata(self)->data, info->size);
  return ctypes_load(t, info, bytes, (Bits){0});
}

static int set_value(Thread *t, Value self, Value v, UNUSED_OK void *closure) {
  const CInfo *info = ctypes_info(v_type(self));
  char bytes[16];
  Value keep;
  if (v_is_null(v)) {
    raise_type_error(t, "can't delete attribute");
    return -1;
  }
  if (ctypes_store(t, info, v, bytes, (Bits){0}, &keep) < 0) return -1;
  ctypes_write(t, v_cdata(self), v_cdata(self)->data, bytes, info->size);
  return ctypes_keep(t, v_cdata(self), 0, keep);
}

static int simple_init(Thread *t, Value self, const Value *args, size_t nargs, UNUSED_OK Value kwnames) {
  if (native_check_positional(t, "__init__", nargs, 0, 1) < 0) return -1;
  return nargs ? set_value(t, self, args[0], NULL) : 0;
}

static Value simple_repr(Thread *t, Value self) {
  if (v_type(self)->base != &type_ctypes_simple.type) return str_from_format(t, "<%T object at %p>", self, (void *)v_obj(self));
  Value v = get_value(t, self, NULL);
  Value r = v_is_null(v) ? V_NULL : str_from_format(t, "%T(%R)", self, v);
  v_drop(t, v);
  return r;
}

static int simple_bool(Thread *t, Value self) {
  const CInfo *info = ctypes_info(v_type(self));
  char bytes[16];
  ctypes_read(t, v_cdata(self), bytes, v_cdata(self)->data, info->size);
  for (int64_t i = 0; i < info->size; i++)
    if (bytes[i]) return 1;
  return 0;
}

static NATIVE(from_outparam) { return ctypes_is_simple_subclass(v_type(self)) ? v_own(t, self) : get_value(t, self, NULL); }

static const GetSetDef simple_getset[] = {{"value", get_value, set_value, "the value, as Python sees it", NULL}, {0}};
static const NativeDef simple_methods[] = {{"__ctypes_from_outparam__($self, /)", from_outparam, NULL, NATIVE_NO_SIGNATURE}, {0}};

CType type_ctypes_simple;
static const TypeSpec spec_simple = {
    .name = "_ctypes._SimpleCData",
    .base = &type_ctypes_data,
    .flags = TYPE_BASETYPE,
    .slots = {.new = ctypes_instance_new, .init = simple_init, .repr = simple_repr, .bool_ = simple_bool},
    .methods = simple_methods,
    .getset = simple_getset,
    .doc = "The base of simple C types.",
};

bool ctypes_simple_init(Thread *t) {
  return type_ready(t, &type_ctypes_simple_meta, &spec_simple_meta, 0) && ctypes_ready(t, &type_ctypes_simple, &spec_simple, &type_ctypes_simple_meta);
}
