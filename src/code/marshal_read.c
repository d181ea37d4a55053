// Reading values in the marshal format. No input, however corrupt, does worse than raise.
#include "code/code.h"
#include "code/marshal.h"
#include "code/marshal_format.h"
#include "objects/bytes.h"
#include "objects/complex.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_text.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Reader {
  Thread *t;
  const uint8_t *p, *end;       // memory
  Value file;                   // or a file, V_NULL if none
  Value chunk;                  // the last bytes read from it, owned
  Value *refs;                  // numbered values, owned; V_NULL while one is being made
  uint32_t ref_count, ref_capacity;
  int depth;
  int code_depth;               // > 0 inside a code object: strs are interned for good
} Reader;

static Value read_value(Reader *r);

// ---- bytes -------------------------------------------------------------------------------------------------------------------------

static Value zeroed_bytearray(Thread *t, size_t n) {
  Value zeros = bytes_new(t, (int64_t)n);
  if (v_is_null(zeros)) return zeros;
  memset(v_bytes(zeros)->data, 0, n);
  Value target = bytearray_from(t, v_bytes(zeros)->data, n);
  v_drop(t, zeros);
  return target;
}

// The next n bytes, valid until the next call. NULL: EOFError or another exception is set.
static const uint8_t *take(Reader *r, size_t n) {
  if (v_is_null(r->file)) {
    if ((size_t)(r->end - r->p) < n) {
      raise_error(r->t, &exc_EOFError, "marshal data too short");
      return NULL;
    }
    const uint8_t *p = r->p;
    r->p += n;
    return p;
  }
  Value data = zeroed_bytearray(r->t, n), got = v_is_null(data) ? V_NULL : object_call_method1(r->t, r->file, str_intern_cstr(r->t, "readinto"), data);
  int64_t count = v_is_null(got) ? -1 : number_as_i64(r->t, got);
  v_drop(r->t, got);
  if (count > (int64_t)n) {
    raise_value_error(r->t, "read() returned too much data: %lld bytes requested, %lld returned", (long long)n, (long long)count);
  } else if (count == (int64_t)n) {
    v_set(r->t, &r->chunk, data);
    return (const uint8_t *)bytearray_data((ByteArray *)v_obj(data));
  } else if (!error_pending(r->t)) {
    raise_error(r->t, &exc_EOFError, "EOF read where not expected");
  }
  v_drop(r->t, data);
  return NULL;
}

static bool take_byte(Reader *r, int *out) {
  const uint8_t *p = take(r, 1);
  if (p) *out = *p;
  return p;
}

static bool take_int32(Reader *r, int32_t *out) {
  const uint8_t *p = take(r, 4);
  if (p) *out = (int32_t)((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24);
  return p;
}

static bool bad_data(Reader *r, const char *what) {
  raise_value_error(r->t, "bad marshal data (%s)", what);
  return false;
}

static bool take_size(Reader *r, const char *too_big, int32_t *out) {
  if (!take_int32(r, out)) return false;
  return *out >= 0 || bad_data(r, too_big);
}

// Whether memory can hold n values yet (each takes a byte at least). Reading a container with more will fail sooner or later, at a bad item
// or at the end of the data; it must not make room for them all before.
static bool plausible(Reader *r, int64_t n) { return !v_is_null(r->file) || n <= r->end - r->p; }

// ---- numbered values ---------------------------------------------------------------------------------------------------------------

// A place in the table of numbered values for one that is about to be made. Answers its number, -1 on failure; flag 0: no number, 0.
static int64_t reserve(Reader *r, int flag) {
  if (!flag) return 0;
  if (r->ref_count == r->ref_capacity) {
    uint32_t capacity = r->ref_capacity ? 2 * r->ref_capacity : 128;
    Value *refs = heap_realloc(r->t, r->refs, capacity * sizeof *refs);
    if (!refs) {
      raise_no_memory(r->t);
      return -1;
    }
    r->refs = refs;
    r->ref_capacity = capacity;
  }
  r->refs[r->ref_count] = V_NULL;
  return r->ref_count++;
}

static void settle(Reader *r, int flag, int64_t number, Value v) {
  if (flag && !v_is_null(v)) r->refs[number] = v_own(r->t, v);
}

// For values without parts: numbers a made one.
static Value numbered(Reader *r, int flag, Value v) {
  int64_t number = v_is_null(v) ? -1 : reserve(r, flag);
  if (number < 0) {
    v_drop(r->t, v);
    return V_NULL;
  }
  settle(r, flag, number, v);
  return v;
}

static Value read_reference(Reader *r) {
  int32_t n;
  if (!take_int32(r, &n)) return V_NULL;
  if (n < 0 || (uint32_t)n >= r->ref_count || v_is_null(r->refs[n])) {
    bad_data(r, "invalid reference");
    return V_NULL;
  }
  return v_own(r->t, r->refs[n]);
}

// ---- scalars -----------------------------------------------------------------------------------------------------------------------

static Value read_long(Reader *r) {
  int32_t n;
  if (!take_int32(r, &n)) return V_NULL;
  if (n == INT32_MIN) {
    bad_data(r, "long size out of range");
    return V_NULL;
  }
  bool negative = n < 0;
  size_t digits = (size_t)(negative ? -n : n), size = digits * 15 / 8 + 4;
  const uint8_t *p = take(r, 2 * digits);
  if (!p) return V_NULL;
  uint8_t *bytes = heap_calloc(r->t, size);
  if (!bytes) return raise_no_memory(r->t);
  uint32_t digit = 1;
  for (size_t i = 0; i < digits; i++) {
    digit = p[2 * i] | (uint32_t)p[2 * i + 1] << 8;
    if (digit > 0x7FFF) {
      heap_free(r->t, bytes);
      bad_data(r, "digit out of range in long");
      return V_NULL;
    }
    size_t bit = 15 * i;
    uint32_t shifted = digit << (bit % 8);
    bytes[bit / 8] |= (uint8_t)shifted;
    bytes[bit / 8 + 1] |= (uint8_t)(shifted >> 8);
    bytes[bit / 8 + 2] |= (uint8_t)(shifted >> 16);
  }
  Value v = V_NULL;
  if (digits && digit == 0) {
    bad_data(r, "unnormalized long data");
  } else {
    v = int_from_bytes(r->t, bytes, size, true, false);
    if (negative && !v_is_null(v)) {
      Value minus = int_negative(r->t, v);
      v_drop(r->t, v);
      v = minus;
    }
  }
  heap_free(r->t, bytes);
  return v;
}

static bool take_double(Reader *r, double *out) {
  const uint8_t *p = take(r, 8);
  if (p) memcpy(out, p, sizeof *out);
  return p;
}

enum { MOST_SHOWN = 200 };

static bool take_double_text(Reader *r, double *out) {
  int n;
  const uint8_t *p = take_byte(r, &n) ? take(r, (size_t)n) : NULL;
  if (!p) return false;
  char text[256];
  const char *end;
  memcpy(text, p, (size_t)n);
  text[n] = '\0';
  size_t length = strlen(text);     // a NUL ends it
  *out = double_from_string(text, length, &end);
  if (end == text + length && length > 0) return true;
  Value shown = str_decode_replace(r->t, text, length < MOST_SHOWN ? length : MOST_SHOWN);
  if (!v_is_null(shown)) raise_value_error(r->t, "could not convert string to float: '%U'", shown);
  v_drop(r->t, shown);
  return false;
}

static Value read_float(Reader *r, bool text) {
  double d;
  return (text ? take_double_text(r, &d) : take_double(r, &d)) ? float_new(r->t, d) : V_NULL;
}

static Value read_complex(Reader *r, bool text) {
  double real, imag;
  if (!(text ? take_double_text(r, &real) && take_double_text(r, &imag) : take_double(r, &real) && take_double(r, &imag))) return V_NULL;
  return complex_new(r->t, real, imag);
}

static Value read_bytes(Reader *r) {
  int32_t n;
  if (!take_size(r, "bytes object size out of range", &n)) return V_NULL;
  const uint8_t *p = take(r, (size_t)n);
  return p ? bytes_from(r->t, p, (size_t)n) : V_NULL;
}

static Value interned(Reader *r, Value stolen) {
  if (v_is_null(stolen)) return V_NULL;
  return r->code_depth ? str_intern_immortal(r->t, stolen) : str_intern(r->t, stolen);
}

static Value read_str(Reader *r, bool intern) {
  int32_t n;
  if (!take_size(r, "string size out of range", &n)) return V_NULL;
  const uint8_t *p = take(r, (size_t)n);
  Value v = p ? str_from_utf8_surrogatepass(r->t, (const char *)p, (size_t)n) : V_NULL;
  return intern ? interned(r, v) : v;
}

static Value read_ascii(Reader *r, bool is_short, bool intern) {
  int32_t n;
  if (is_short) {
    int byte;
    if (!take_byte(r, &byte)) return V_NULL;
    n = byte;
  } else if (!take_size(r, "string size out of range", &n)) {
    return V_NULL;
  }
  const uint8_t *p = take(r, (size_t)n);
  if (!p) return V_NULL;
  for (int32_t i = 0; i < n; i++)
    if (p[i] & 0x80) {
      bad_data(r, "string is not ASCII");
      return V_NULL;
    }
  Value v = str_from_ascii(r->t, (const char *)p, (size_t)n);
  return intern ? interned(r, v) : v;
}

// ---- containers --------------------------------------------------------------------------------------------------------------------

// A part of a container: V_NULL with TypeError where the data has the null value, or with what reading it raised.
static Value read_part(Reader *r, const char *container) {
  Value v = read_value(r);
  if (v_is_null(v) && !error_pending(r->t)) raise_type_error(r->t, "NULL object in marshal data for %s", container);
  return v;
}

// Reads parts until that fails, for a container that is longer than the data.
static Value read_in_vain(Reader *r, const char *container) {
  for (;;) {
    Value part = read_part(r, container);
    if (v_is_null(part)) return V_NULL;
    v_drop(r->t, part);
  }
}

static Value read_tuple(Reader *r, int64_t n, int flag) {
  int64_t number = reserve(r, flag);
  if (number < 0) return V_NULL;
  if (!plausible(r, n)) return read_in_vain(r, "tuple");
  Value tuple = n ? tuple_new(r->t, n) : v_own(r->t, tuple_empty);
  for (int64_t i = 0; i < n && !v_is_null(tuple); i++) {
    Value item = read_part(r, "tuple");
    v_tuple(tuple)->items[i] = item;
    if (v_is_null(item)) v_clear(r->t, &tuple);
  }
  settle(r, flag, number, tuple);
  return tuple;
}

// A list is numbered before its items: it may contain itself.
static Value read_list(Reader *r, int flag) {
  int32_t n;
  if (!take_size(r, "list size out of range", &n)) return V_NULL;
  Value list = numbered(r, flag, list_new(r->t, plausible(r, n) ? n : 0));
  for (int32_t i = 0; i < n && !v_is_null(list); i++) {
    Value item = read_part(r, "list");
    if (v_is_null(item) || list_append_steal(r->t, v_list(list), item) < 0) v_clear(r->t, &list);
  }
  return list;
}

static Value read_dict(Reader *r, int flag) {
  Value dict = numbered(r, flag, dict_new(r->t));
  while (!v_is_null(dict)) {
    Value key = read_value(r);
    if (v_is_null(key)) {
      if (error_pending(r->t)) v_clear(r->t, &dict);
      break;
    }
    Value value = read_value(r);
    if (v_is_null(value)) {
      v_drop(r->t, key);
      if (error_pending(r->t)) v_clear(r->t, &dict);
      break;
    }
    if (dict_set(r->t, v_dict(dict), key, value) < 0) v_clear(r->t, &dict);
    v_drop(r->t, key);
    v_drop(r->t, value);
  }
  return dict;
}

// A set is numbered before its items, a frozenset behind them.
static Value read_set(Reader *r, bool frozen, int flag) {
  int32_t n;
  if (!take_size(r, "set size out of range", &n)) return V_NULL;
  int64_t number = reserve(r, flag);
  if (number < 0) return V_NULL;
  Value set = frozen ? frozenset_new(r->t, V_NULL) : set_new(r->t, V_NULL);
  if (!frozen) settle(r, flag, number, set);
  for (int32_t i = 0; i < n && !v_is_null(set); i++) {
    Value item = read_part(r, "set");
    if (v_is_null(item) || set_add(r->t, v_set_obj(set), item) < 0) v_clear(r->t, &set);
    v_drop(r->t, item);
  }
  if (frozen) settle(r, flag, number, set);
  return set;
}

// ---- code --------------------------------------------------------------------------------------------------------------------------

static bool all_str(Value tuple) {
  for (int64_t i = 0; i < v_tuple(tuple)->length; i++)
    if (!v_is_str_exact(v_tuple(tuple)->items[i])) return false;
  return true;
}

// Whether the parts have the types that CodeFields promises.
static bool parts_fit(const CodeFields *f) {
  const Value bytes[] = {f->code, f->localspluskinds, f->linetable, f->exceptiontable}, texts[] = {f->filename, f->name, f->qualname};
  const Value tuples[] = {f->consts, f->names, f->localsplusnames};
  for (int i = 0; i < 4; i++)
    if (!v_is_exact(bytes[i], SHAPE_BYTES)) return false;
  for (int i = 0; i < 3; i++)
    if (!v_is_str_exact(texts[i]) || !v_is_tuple_exact(tuples[i])) return false;
  return all_str(f->names) && all_str(f->localsplusnames);
}

static Value build_code(Reader *r, const CodeFields *f) {
  if (!parts_fit(f)) {
    bad_data(r, "code object with parts of the wrong type");
    return V_NULL;
  }
  Value code = code_new(r->t, f);
  if (!v_is_null(code)) v_code(code)->unverified = true;
  return code;
}

static Value read_code(Reader *r, int flag) {
  int64_t number = reserve(r, flag);
  if (number < 0) return V_NULL;
  CodeFields f = {0};
  int32_t *numbers[] = {&f.argcount, &f.posonlyargcount, &f.kwonlyargcount, &f.stacksize, &f.flags, &f.firstlineno};
  Value *values[] = {&f.code, &f.consts, &f.names, &f.localsplusnames, &f.localspluskinds, &f.filename, &f.name, &f.qualname,
                     &f.linetable, &f.exceptiontable};
  enum { NUMBERS = sizeof numbers / sizeof *numbers, VALUES = sizeof values / sizeof *values };
  bool fine = true;
  r->code_depth++;
  for (int i = 0; i < NUMBERS && fine; i++) fine = take_int32(r, numbers[i]);
  for (int i = 0; i < VALUES && fine; i++) {
    *values[i] = read_part(r, "code");
    fine = !v_is_null(*values[i]);
  }
  r->code_depth--;
  Value code = fine ? build_code(r, &f) : V_NULL;
  for (int i = 0; i < VALUES; i++) v_drop(r->t, *values[i]);
  settle(r, flag, number, code);
  return code;
}

// ---- values ------------------------------------------------------------------------------------------------------------------------

static Value read_tuple_sized(Reader *r, int flag) {
  int32_t n;
  return take_size(r, "tuple size out of range", &n) ? read_tuple(r, n, flag) : V_NULL;
}

static Value read_tuple_small(Reader *r, int flag) {
  int n;
  return take_byte(r, &n) ? read_tuple(r, n, flag) : V_NULL;
}

static Value read_int32(Reader *r) {
  int32_t i;
  return take_int32(r, &i) ? v_from_smi(i) : V_NULL;
}

static Value read_int64(Reader *r) {
  int32_t low, high;
  return take_int32(r, &low) && take_int32(r, &high) ? int_from_i64(r->t, (int64_t)((uint64_t)(uint32_t)high << 32 | (uint32_t)low)) : V_NULL;
}

static Value read_typed(Reader *r, int type, int flag) {
  switch (type) {
    case MARSHAL_NULL: return V_NULL;
    case MARSHAL_NONE: return V_NONE;
    case MARSHAL_FALSE: return V_FALSE;
    case MARSHAL_TRUE: return V_TRUE;
    case MARSHAL_ELLIPSIS: return V_ELLIPSIS;
    case MARSHAL_STOP_ITERATION: return v_own_obj(r->t, &exc_StopIteration);
    case MARSHAL_INT32: return numbered(r, flag, read_int32(r));
    case MARSHAL_INT64: return numbered(r, flag, read_int64(r));
    case MARSHAL_LONG: return numbered(r, flag, read_long(r));
    case MARSHAL_FLOAT: case MARSHAL_FLOAT_TEXT: return numbered(r, flag, read_float(r, type == MARSHAL_FLOAT_TEXT));
    case MARSHAL_COMPLEX: case MARSHAL_COMPLEX_TEXT: return numbered(r, flag, read_complex(r, type == MARSHAL_COMPLEX_TEXT));
    case MARSHAL_BYTES: return numbered(r, flag, read_bytes(r));
    case MARSHAL_STR: case MARSHAL_STR_INTERNED: return numbered(r, flag, read_str(r, type == MARSHAL_STR_INTERNED));
    case MARSHAL_ASCII: case MARSHAL_ASCII_INTERNED: return numbered(r, flag, read_ascii(r, false, type == MARSHAL_ASCII_INTERNED));
    case MARSHAL_SHORT_ASCII: case MARSHAL_SHORT_ASCII_INTERNED:
      return numbered(r, flag, read_ascii(r, true, type == MARSHAL_SHORT_ASCII_INTERNED));
    case MARSHAL_TUPLE: return read_tuple_sized(r, flag);
    case MARSHAL_SMALL_TUPLE: return read_tuple_small(r, flag);
    case MARSHAL_LIST: return read_list(r, flag);
    case MARSHAL_DICT: return read_dict(r, flag);
    case MARSHAL_SET: case MARSHAL_FROZENSET: return read_set(r, type == MARSHAL_FROZENSET, flag);
    case MARSHAL_REF: return read_reference(r);
    case MARSHAL_CODE: return read_code(r, flag);
    default:
      bad_data(r, "unknown type code");
      return V_NULL;
  }
}

// The next value; V_NULL without an exception for the null value.
static Value read_value(Reader *r) {
  int byte;
  if (v_is_null(r->file) ? r->p == r->end : !take_byte(r, &byte)) {
    if (error_pending(r->t) && !error_matches(r->t, &exc_EOFError)) return V_NULL;
    error_clear(r->t);
    return raise_error(r->t, &exc_EOFError, "EOF read where object expected");
  }
  if (v_is_null(r->file)) byte = *r->p++;
  if (r->depth >= MARSHAL_MAX_DEPTH || thread_stack_low(r->t)) return raise_value_error(r->t, "recursion limit exceeded");
  r->depth++;
  Value v = read_typed(r, byte & ~MARSHAL_FLAG_REF, byte & MARSHAL_FLAG_REF);
  r->depth--;
  return v;
}

static Value read_all(Reader *r) {
  Value v = read_value(r);
  if (v_is_null(v) && !error_pending(r->t)) raise_type_error(r->t, "NULL object in marshal data for object");
  for (uint32_t i = 0; i < r->ref_count; i++) v_drop(r->t, r->refs[i]);
  heap_free(r->t, r->refs);
  v_drop(r->t, r->chunk);
  return v;
}

Value marshal_loads(Thread *t, const char *data, size_t size) {
  Reader r = {.t = t, .p = (const uint8_t *)data, .end = (const uint8_t *)data + size};
  return read_all(&r);
}

Value marshal_read_file(Thread *t, Value file) {
  Reader r = {.t = t, .file = file};
  return read_all(&r);
}
