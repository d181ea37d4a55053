// Writing values in the marshal format.
#include <stdlib.h>

#include "code/code.h"
#include "code/marshal.h"
#include "code/marshal_format.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/complex.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_text.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Writer {
  Thread *t;
  char *data;                   // heap_alloc'd
  size_t length, capacity;
  int version, depth;
  const Object **seen;          // objects with a number, by pointer: open addressing; number - 1 in seen_numbers
  uint32_t *seen_numbers;
  uint32_t seen_count, seen_mask;
  bool failed;                  // an exception is set
} Writer;

static void write_value(Writer *w, Value v);

// ---- bytes -------------------------------------------------------------------------------------------------------------------------

static bool make_room(Writer *w, size_t n) {
  if (w->failed) return false;
  if (w->length + n <= w->capacity) return true;
  size_t capacity = (w->length + n) * 2 + 256;
  char *data = heap_realloc(w->t, w->data, capacity);
  if (!data) {
    raise_no_memory(w->t);
    w->failed = true;
    return false;
  }
  w->data = data;
  w->capacity = capacity;
  return true;
}

static void put_bytes(Writer *w, const void *p, size_t n) {
  if (!make_room(w, n)) return;
  if (n) memcpy(w->data + w->length, p, n);
  w->length += n;
}

static void put_byte(Writer *w, int byte) {
  char c = (char)byte;
  put_bytes(w, &c, 1);
}

static void put_short(Writer *w, uint32_t x) {
  char bytes[2] = {(char)x, (char)(x >> 8)};
  put_bytes(w, bytes, 2);
}

static void put_int32(Writer *w, int64_t x) {
  char bytes[4] = {(char)x, (char)(x >> 8), (char)(x >> 16), (char)(x >> 24)};
  put_bytes(w, bytes, 4);
}

static void fail(Writer *w, const char *message) {
  if (!w->failed) raise_value_error(w->t, "%s", message);
  w->failed = true;
}

// A size in 32 bits.
static void put_size(Writer *w, int64_t n) {
  if (n > INT32_MAX) fail(w, "unmarshallable object");
  else put_int32(w, n);
}

static void put_sized(Writer *w, int type, const void *p, size_t n) {
  put_byte(w, type);
  put_size(w, (int64_t)n);
  put_bytes(w, p, n);
}

// ---- numbers for shared objects ----------------------------------------------------------------------------------------------------

static uint32_t seen_slot(const Writer *w, const Object *o) {
  uint32_t slot = (uint32_t)(((uintptr_t)o >> 4) * 0x9E3779B97F4A7C15u >> 32) & w->seen_mask;
  while (w->seen[slot] && w->seen[slot] != o) slot = (slot + 1) & w->seen_mask;
  return slot;
}

static bool seen_grow(Writer *w) {
  uint32_t size = w->seen ? 2 * (w->seen_mask + 1) : 256;
  const Object **old = w->seen;
  uint32_t *old_numbers = w->seen_numbers, old_size = old ? w->seen_mask + 1 : 0;
  w->seen = heap_calloc(w->t, size * sizeof *w->seen);
  w->seen_numbers = heap_calloc(w->t, size * sizeof *w->seen_numbers);
  w->seen_mask = size - 1;
  bool fine = w->seen && w->seen_numbers;
  for (uint32_t i = 0; i < old_size && fine; i++)
    if (old[i]) {
      uint32_t slot = seen_slot(w, old[i]);
      w->seen[slot] = old[i];
      w->seen_numbers[slot] = old_numbers[i];
    }
  heap_free(w->t, old);
  heap_free(w->t, old_numbers);
  if (!fine) {
    raise_no_memory(w->t);
    w->failed = true;
  }
  return fine;
}

// Writes a back reference if the object has been written before: true. Else *flag is what to add to its type code: a number is given to
// objects that may come again, which a value with one reference can't. (A snapshot's own reference makes an item look shared: harmless.)
static bool put_reference(Writer *w, Object *o, int *flag) {
  *flag = 0;
  if (w->version < 3 || object_is_unique(w->t, o)) return false;
  if ((w->seen_count + 1) * 2 > w->seen_mask && !seen_grow(w)) return true;
  uint32_t slot = seen_slot(w, o);
  if (w->seen[slot]) {
    put_byte(w, MARSHAL_REF);
    put_int32(w, w->seen_numbers[slot]);
    return true;
  }
  w->seen[slot] = o;
  w->seen_numbers[slot] = w->seen_count++;
  *flag = MARSHAL_FLAG_REF;
  return false;
}

// ---- scalars -----------------------------------------------------------------------------------------------------------------------

// Digits of 15 bits, the least significant first; the sign is that of their count.
static void put_long(Writer *w, Value v, int flag) {
  int64_t bits = (int64_t)int_bit_length(v), digits = (bits + 14) / 15;
  size_t size = (size_t)(bits / 8 + 2);
  uint8_t *bytes = heap_alloc(w->t, size + 8);
  Value magnitude = int_sign(v) < 0 ? int_negative(w->t, v) : v_own(w->t, v);
  if (!bytes || v_is_null(magnitude) || int_to_bytes(w->t, magnitude, bytes, size, true, false) < 0) {
    if (!error_pending(w->t)) raise_no_memory(w->t);
    w->failed = true;
  } else {
    put_byte(w, MARSHAL_LONG | flag);
    put_size(w, digits);
    if (int_sign(v) < 0 && !w->failed) {
      w->length -= 4;
      put_int32(w, -digits);
    }
    memset(bytes + size, 0, 8);
    for (int64_t i = 0; i < digits; i++) {
      int64_t bit = 15 * i;
      uint32_t word = bytes[bit / 8] | (uint32_t)bytes[bit / 8 + 1] << 8 | (uint32_t)bytes[bit / 8 + 2] << 16;
      put_short(w, word >> (bit % 8) & 0x7FFF);
    }
  }
  v_drop(w->t, magnitude);
  heap_free(w->t, bytes);
}

static void put_int(Writer *w, Value v, int flag) {
  int64_t i;
  if (int_as_i64(v, &i) && i >= INT32_MIN && i <= INT32_MAX) {
    put_byte(w, MARSHAL_INT32 | flag);
    put_int32(w, i);
  } else {
    put_long(w, v, flag);
  }
}

static void put_double(Writer *w, double d) { put_bytes(w, &d, sizeof d); }

static void put_double_text(Writer *w, double d) {
  char *text = double_to_string(d, 'g', 17, 0);
  if (!text) {
    raise_no_memory(w->t);
    w->failed = true;
    return;
  }
  put_byte(w, (int)strlen(text));
  put_bytes(w, text, strlen(text));
  free(text);
}

static void put_float(Writer *w, Value v, int flag) {
  put_byte(w, (w->version > 1 ? MARSHAL_FLOAT : MARSHAL_FLOAT_TEXT) | flag);
  (w->version > 1 ? put_double : put_double_text)(w, float_value(v));
}

static void put_complex(Writer *w, const Complex *c, int flag) {
  put_byte(w, (w->version > 1 ? MARSHAL_COMPLEX : MARSHAL_COMPLEX_TEXT) | flag);
  (w->version > 1 ? put_double : put_double_text)(w, c->real);
  (w->version > 1 ? put_double : put_double_text)(w, c->imag);
}

// UTF-8 with lone surrogates as three bytes.
static void put_wide_str(Writer *w, int type, const Str *s) {
  size_t most = (size_t)s->length * 4, n = 0;
  char *text = heap_alloc(w->t, most + 1);
  if (!text) {
    raise_no_memory(w->t);
    w->failed = true;
    return;
  }
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    if (c < 0x80) {
      text[n++] = (char)c;
    } else if (c < 0x800) {
      text[n++] = (char)(0xC0 | c >> 6);
      text[n++] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      text[n++] = (char)(0xE0 | c >> 12);
      text[n++] = (char)(0x80 | (c >> 6 & 0x3F));
      text[n++] = (char)(0x80 | (c & 0x3F));
    } else {
      text[n++] = (char)(0xF0 | c >> 18);
      text[n++] = (char)(0x80 | (c >> 12 & 0x3F));
      text[n++] = (char)(0x80 | (c >> 6 & 0x3F));
      text[n++] = (char)(0x80 | (c & 0x3F));
    }
  }
  put_sized(w, type, text, n);
  heap_free(w->t, text);
}

static void put_str(Writer *w, const Str *s, int flag) {
  bool interned = w->version >= 1 && str_is_interned(s);
  if (w->version < 4 || !str_is_ascii(s)) {
    put_wide_str(w, (interned ? MARSHAL_STR_INTERNED : MARSHAL_STR) | flag, s);
  } else if (s->length < 256) {
    put_byte(w, (interned ? MARSHAL_SHORT_ASCII_INTERNED : MARSHAL_SHORT_ASCII) | flag);
    put_byte(w, (int)s->length);
    put_bytes(w, s->data, (size_t)s->length);
  } else {
    put_sized(w, (interned ? MARSHAL_ASCII_INTERNED : MARSHAL_ASCII) | flag, s->data, (size_t)s->length);
  }
}

// ---- containers --------------------------------------------------------------------------------------------------------------------

static void put_tuple(Writer *w, const Tuple *tuple, int flag) {
  if (w->version >= 4 && tuple->length < 256) {
    put_byte(w, MARSHAL_SMALL_TUPLE | flag);
    put_byte(w, (int)tuple->length);
  } else {
    put_byte(w, MARSHAL_TUPLE | flag);
    put_size(w, tuple->length);
  }
  for (int64_t i = 0; i < tuple->length && !w->failed; i++) write_value(w, tuple->items[i]);
}

static void put_list(Writer *w, Value list, int flag) {
  Value items = list_to_tuple(w->t, v_list(list));     // a snapshot: other threads may change the list
  if (v_is_null(items)) {
    w->failed = true;
    return;
  }
  put_byte(w, MARSHAL_LIST | flag);
  put_size(w, v_tuple(items)->length);
  for (int64_t i = 0; i < v_tuple(items)->length && !w->failed; i++) write_value(w, v_tuple(items)->items[i]);
  v_drop(w->t, items);
}

static void put_dict(Writer *w, Dict *dict, int flag) {
  put_byte(w, MARSHAL_DICT | flag);
  int64_t pos = 0;
  Value key, value;
  while (!w->failed && dict_next(w->t, dict, &pos, &key, &value)) {
    write_value(w, key);
    write_value(w, value);
    v_drop(w->t, key);
    v_drop(w->t, value);
  }
  put_byte(w, MARSHAL_NULL);
}

typedef struct SetItem { Value value, text; } SetItem;    // both owned

static int by_text(const void *a, const void *b) {
  const Bytes *x = v_bytes(((const SetItem *)a)->text), *y = v_bytes(((const SetItem *)b)->text);
  int order = memcmp(x->data, y->data, (size_t)(x->length < y->length ? x->length : y->length));
  return order ? order : (x->length > y->length) - (x->length < y->length);
}

// Items in the order of their own marshalled bytes, so that equal sets come out equal.
static void put_set(Writer *w, Set *set, int type) {
  int64_t n = set_length(set), count = 0, pos = 0;
  SetItem *items = heap_alloc(w->t, (size_t)(n + 1) * sizeof *items);
  Value key;
  if (!items) {
    raise_no_memory(w->t);
    w->failed = true;
    return;
  }
  while (count < n && !w->failed && set_next(w->t, set, &pos, &key)) {
    items[count].value = key;
    items[count].text = marshal_write(w->t, key, w->version < 3 ? w->version : 2);
    w->failed = v_is_null(items[count++].text);
  }
  if (!w->failed) qsort(items, (size_t)count, sizeof *items, by_text);
  put_byte(w, type);
  put_size(w, count);
  for (int64_t i = 0; i < count; i++) {
    // The bytes are at hand unless numbers have to go into them; writing them again would take time without bound for sets within sets.
    if (w->version < 3 && !w->failed) put_bytes(w, v_bytes(items[i].text)->data, (size_t)v_bytes(items[i].text)->length);
    else write_value(w, items[i].value);
    v_drop(w->t, items[i].text);
    v_drop(w->t, items[i].value);
  }
  heap_free(w->t, items);
}

static void put_code(Writer *w, const Code *c, int flag) {
  const int32_t numbers[] = {c->argcount, c->posonlyargcount, c->kwonlyargcount, c->stacksize, c->flags, c->firstlineno};
  const Value values[] = {c->code, c->consts, c->names, c->localsplusnames, c->localspluskinds, c->filename, c->name, c->qualname,
                          c->linetable, c->exceptiontable};
  put_byte(w, MARSHAL_CODE | flag);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) put_int32(w, numbers[i]);
  for (size_t i = 0; i < sizeof values / sizeof *values && !w->failed; i++) write_value(w, values[i]);
}

static void put_buffer(Writer *w, Value v, int flag) {
  BufferView view;
  if (!buffer_is_supported(v)) {
    put_byte(w, '?');
    fail(w, "unmarshallable object");
    return;
  }
  if (buffer_get(w->t, v, &view, BUFFER_SIMPLE) < 0) {
    if (error_matches(w->t, &exc_BufferError)) error_clear(w->t), fail(w, "unmarshallable object");
    w->failed = true;
    return;
  }
  put_sized(w, MARSHAL_BYTES | flag, view.data, (size_t)view.len);
  buffer_release(w->t, &view);
}

// ---- values ------------------------------------------------------------------------------------------------------------------------

static void put_object(Writer *w, Value v) {
  Object *o = v_obj(v);
  int flag;
  uint32_t shape = object_shape(o);
  switch (shape) {
    case SHAPE_NONE: put_byte(w, MARSHAL_NONE); return;
    case SHAPE_ELLIPSIS: put_byte(w, MARSHAL_ELLIPSIS); return;
    case SHAPE_BOOL: put_byte(w, v_is(v, V_TRUE) ? MARSHAL_TRUE : MARSHAL_FALSE); return;
    default: break;
  }
  if (v_is(v, v_from_obj(&exc_StopIteration))) {
    put_byte(w, MARSHAL_STOP_ITERATION);
    return;
  }
  if (put_reference(w, o, &flag)) return;
  switch (shape) {
    case SHAPE_INT: put_int(w, v, flag); break;
    case SHAPE_FLOAT: put_float(w, v, flag); break;
    case SHAPE_COMPLEX: put_complex(w, (const Complex *)o, flag); break;
    case SHAPE_STR: put_str(w, v_str(v), flag); break;
    case SHAPE_BYTES: put_sized(w, MARSHAL_BYTES | flag, v_bytes(v)->data, (size_t)v_bytes(v)->length); break;
    case SHAPE_TUPLE: put_tuple(w, v_tuple(v), flag); break;
    case SHAPE_LIST: put_list(w, v, flag); break;
    case SHAPE_DICT: put_dict(w, v_dict(v), flag); break;
    case SHAPE_SET: put_set(w, v_set_obj(v), MARSHAL_SET | flag); break;
    case SHAPE_FROZENSET: put_set(w, v_set_obj(v), MARSHAL_FROZENSET | flag); break;
    case SHAPE_CODE: put_code(w, v_code(v), flag); break;
    default: put_buffer(w, v, flag); break;
  }
}

static void write_value(Writer *w, Value v) {
  if (w->failed) return;
  if (w->depth >= MARSHAL_MAX_DEPTH || thread_stack_low(w->t)) {
    fail(w, "object too deeply nested to marshal");
    return;
  }
  w->depth++;
  if (v_is_smi(v)) put_int(w, v, 0);
  else if (v_is_flo(v)) put_float(w, v, 0);
  else put_object(w, v);
  w->depth--;
}

Value marshal_write(Thread *t, Value v, int version) {
  Writer w = {.t = t, .version = version};
  write_value(&w, v);
  Value result = w.failed ? V_NULL : bytes_from(t, w.data, w.length);
  heap_free(t, w.data);
  heap_free(t, w.seen);
  heap_free(t, w.seen_numbers);
  return result;
}
