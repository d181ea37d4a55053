// Writing pickles: values that have opcodes of their own, and the choice between those and the rest (pickle_reduce.c).
#include <stdio.h>

#include "gc/heap.h"
#include "modules/pickle.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_type.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/memoryview_impl.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str_core.h"
#include "objects/tuple.h"

enum { FAST_NESTING_LIMIT = 50 };
static const char recursion_place[] = " while pickling an object";

static int save(Saver *s, Value v, bool is_persistent_id);
static inline bool is_binary(const Saver *s) { return a32_load_rlx(&s->bin) != 0; }
static inline bool is_fast(const Saver *s) { return a32_load_rlx(&s->fast) != 0; }

// --- The memo -----------------------------------------------------------------------------------------------------------------------------

// OPCODE, a number in text, a newline.
static int put_numbered(Saver *s, int op, int64_t number) {
  char text[32];
  return pickle_put(s, text, snprintf(text, sizeof text, "%c%lld\n", op, (long long)number));
}

static int put_binary_number(Saver *s, int short_op, int long_op, int64_t number, const char *too_large) {
  char text[5];
  if (number < 256) {
    text[0] = (char)short_op;
    text[1] = (char)number;
    return pickle_put(s, text, 2);
  }
  if (number > UINT32_MAX) {
    pickle_raise_pickling(s->t, "%s", too_large);
    return -1;
  }
  text[0] = (char)long_op;
  pickle_pack(text + 1, (uint64_t)number, 4);
  return pickle_put(s, text, 5);
}

int pickle_memoize(Saver *s, Value v) {
  if (is_fast(s)) return 0;
  int64_t number = s->memo.count;
  return pickle_memo_put(s->t, &s->memo, v, number) < 0 ? -1 : pickle_put_memoized(s, number);
}

int pickle_put_memoized(Saver *s, int64_t number) {
  if (s->proto >= 4) return pickle_put_op(s, PK_MEMOIZE);
  if (!is_binary(s)) return put_numbered(s, PK_PUT, number);
  return put_binary_number(s, PK_BINPUT, PK_LONG_BINPUT, number, "memo id too large for LONG_BINPUT");
}

int pickle_put_get(Saver *s, int64_t number) {
  if (!is_binary(s)) return put_numbered(s, PK_GET, number);
  return put_binary_number(s, PK_BINGET, PK_LONG_BINGET, number, "memo id too large for LONG_BINGET");
}

// --- Numbers ------------------------------------------------------------------------------------------------------------------------------

static int save_bool(Saver *s, bool v) {
  if (s->proto >= 2) return pickle_put_op(s, v ? PK_NEWTRUE : PK_NEWFALSE);
  return pickle_put(s, v ? "I01\n" : "I00\n", 4);
}

static inline int save_small_int(Saver *s, int32_t n) {
  if (!is_binary(s)) return put_numbered(s, PK_INT, n);
  char *to = pickle_reserve(s, 5);
  if (!to) return -1;
  to[1] = (char)n;
  if ((uint32_t)n <= 0xFF) {
    to[0] = PK_BININT1;
    s->length += 2;
    return 0;
  }
  to[2] = (char)(n >> 8);
  if ((uint32_t)n <= 0xFFFF) {
    to[0] = PK_BININT2;
    s->length += 3;
    return 0;
  }
  to[0] = PK_BININT;
  to[3] = (char)(n >> 16);
  to[4] = (char)(n >> 24);
  s->length += 5;
  return 0;
}

// Two's complement, little end first, no longer than need be.
static int save_long_binary(Saver *s, Value v) {
  uint64_t bits = int_bit_length(v);
  int64_t n = (int64_t)(bits >> 3) + 1;
  if (n > INT32_MAX) {
    raise_overflow(s->t, "int too large to pickle");
    return -1;
  }
  uint8_t small[64], *bytes = n <= (int64_t)sizeof small ? small : heap_alloc(s->t, (size_t)n);
  if (!bytes) {
    raise_no_memory(s->t);
    return -1;
  }
  int status = int_to_bytes(s->t, v, bytes, (size_t)n, true, true);
  if (status == 0) {
    if (n > 1 && bytes[n - 1] == 0xFF && bytes[n - 2] & 0x80) n--;
    char header[5] = {(char)(n < 256 ? PK_LONG1 : PK_LONG4)};
    int width = n < 256 ? 1 : 4;
    pickle_pack(header + 1, (uint64_t)n, width);
    status = pickle_put(s, header, 1 + width) < 0 ? -1 : pickle_put(s, bytes, n);
  }
  if (bytes != small) heap_free(s->t, bytes);
  return status;
}

static int save_long_text(Saver *s, Value v) {
  Value text = object_repr(s->t, v);
  int status = v_is_null(text) || pickle_put_op(s, PK_LONG) < 0 || pickle_put(s, v_str(text)->data, v_str(text)->length) < 0 ? -1 : pickle_put(s, "L\n", 2);
  v_drop(s->t, text);
  return status;
}

static int save_int(Saver *s, Value v) {
  int64_t n;
  if (int_as_i64(v, &n) && n >= INT32_MIN && n <= INT32_MAX) return save_small_int(s, (int32_t)n);
  return s->proto >= 2 ? save_long_binary(s, v) : save_long_text(s, v);
}

static int save_float(Saver *s, Value v) {
  double d = float_value(v);
  if (is_binary(s)) {
    char *to = pickle_reserve(s, 9);
    if (!to) return -1;
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    bits = __builtin_bswap64(bits);
    to[0] = PK_BINFLOAT;
    memcpy(to + 1, &bits, 8);
    s->length += 9;
    return 0;
  }
  Value text = float_repr(s->t, v);
  int status = v_is_null(text) || pickle_put_op(s, PK_FLOAT) < 0 || pickle_put(s, v_str(text)->data, v_str(text)->length) < 0 ? -1 : pickle_put_op(s, '\n');
  v_drop(s->t, text);
  return status;
}

// --- Bytes and text -----------------------------------------------------------------------------------------------------------------------

// pickle_save_reduce of (callable, (arguments...)), whose references are stolen.
static int save_call(Saver *s, Value callable, Value arguments_stolen, Value v) {
  Value reduced = v_is_null(arguments_stolen) ? V_NULL : tuple_pack(s->t, 2, callable, arguments_stolen);
  v_drop(s->t, arguments_stolen);
  int status = v_is_null(reduced) ? -1 : pickle_save_reduce(s, reduced, v);
  v_drop(s->t, reduced);
  return status;
}

// The same with one argument, stolen; with none if there is nothing in it (`empty`).
static int save_call1(Saver *s, Value callable, Value argument_stolen, bool empty, Value v) {
  Value arguments = empty ? tuple_empty : v_is_null(argument_stolen) ? V_NULL : tuple_pack(s->t, 1, argument_stolen);
  if (!empty) v_drop(s->t, argument_stolen);
  return save_call(s, callable, arguments, v);
}

static int put_sized(Saver *s, int op, int width, const void *data, int64_t n, Value payload) {
  char header[9] = {(char)op};
  pickle_pack(header + 1, (uint64_t)n, width);
  return pickle_put_large(s, header, 1 + width, data, n, payload);
}

static int save_bytes_data(Saver *s, Value v, const void *data, int64_t n, Value payload) {
  int status;
  if (n <= 0xFF) status = put_sized(s, PK_SHORT_BINBYTES, 1, data, n, payload);
  else if (n <= UINT32_MAX) status = put_sized(s, PK_BINBYTES, 4, data, n, payload);
  else if (s->proto >= 4) status = put_sized(s, PK_BINBYTES8, 8, data, n, payload);
  else status = (raise_overflow(s->t, "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher"), -1);
  return status < 0 ? -1 : pickle_memoize(s, v);
}

// Python 2 knows no bytes: text, and the codec that makes bytes of it.
static int save_bytes_as_text(Saver *s, Value v) {
  const Bytes *b = v_bytes(v);
  if (b->length == 0) return save_call(s, v_from_obj(&type_bytes), tuple_empty, v);
  Value text = str_from_latin1(s->t, b->data, (size_t)b->length);
  if (v_is_null(text)) return -1;
  Value arguments = tuple_pack(s->t, 2, text, PICKLE_NAME(latin1));
  v_drop(s->t, text);
  return save_call(s, pickle_tables.codecs_encode, arguments, v);
}

static int save_bytes(Saver *s, Value v) {
  if (s->proto < 3) return save_bytes_as_text(s, v);
  return save_bytes_data(s, v, v_bytes(v)->data, v_bytes(v)->length, v);
}

static int save_bytearray(Saver *s, Value v) {
  if (s->proto < 5) {
    bool empty = bytearray_length((const ByteArray *)v_obj(v)) == 0;
    return save_call1(s, v_from_obj(&type_bytearray), empty ? V_NULL : bytes_from_object(s->t, v), empty, v);
  }
  BufferView view;
  if (buffer_get(s->t, v, &view, BUFFER_SIMPLE) < 0) return -1;
  int status = put_sized(s, PK_BYTEARRAY8, 8, view.data, view.len, v);
  buffer_release(s->t, &view);
  return status < 0 ? -1 : pickle_memoize(s, v);
}

static int save_picklebuffer_in_band(Saver *s, Value v, const BufferView *view) {
  if (view->readonly) return save_bytes_data(s, v, view->data, view->len, v);
  return put_sized(s, PK_BYTEARRAY8, 8, view->data, view->len, v) < 0 ? -1 : pickle_memoize(s, v);
}

static int save_picklebuffer_view(Saver *s, Value v, const BufferView *view) {
  if (view->suboffsets || !(geometry_is_contiguous(view->ndim, view->shape, view->strides, NULL, view->itemsize, 'C') ||
                            geometry_is_contiguous(view->ndim, view->shape, view->strides, NULL, view->itemsize, 'F'))) {
    pickle_raise_pickling(s->t, "PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
    return -1;
  }
  int in_band = 1;
  if (!v_is_null(s->buffer_callback)) {
    Value r = object_call1(s->t, s->buffer_callback, v);
    in_band = v_is_null(r) ? -1 : object_is_true(s->t, r);
    v_drop(s->t, r);
    if (in_band < 0) return -1;
  }
  if (in_band) return save_picklebuffer_in_band(s, v, view);
  return pickle_put_op(s, PK_NEXT_BUFFER) < 0 ? -1 : view->readonly ? pickle_put_op(s, PK_READONLY_BUFFER) : 0;
}

static int save_picklebuffer(Saver *s, Value v) {
  if (s->proto < 5) {
    pickle_raise_pickling(s->t, "PickleBuffer can only pickled with protocol >= 5");
    return -1;
  }
  const BufferView *view = pickle_buffer_pin(s->t, v);
  if (!view) return -1;
  int status = save_picklebuffer_view(s, v, view);
  pickle_buffer_unpin(s->t, v);
  return status;
}

static int put_utf8(Saver *s, const char *text, int64_t n, Value payload) {
  if (n <= 0xFF && s->proto >= 4) return put_sized(s, PK_SHORT_BINUNICODE, 1, text, n, payload);
  if (n <= UINT32_MAX) return put_sized(s, PK_BINUNICODE, 4, text, n, payload);
  if (s->proto >= 4) return put_sized(s, PK_BINUNICODE8, 8, text, n, payload);
  raise_overflow(s->t, "serializing a string larger than 4 GiB requires pickle protocol 4 or higher");
  return -1;
}

static int put_str_binary(Saver *s, Value v) {
  const Str *text = v_str(v);
  if (str_is_ascii(text)) return put_utf8(s, text->data, text->length, V_NULL);
  size_t n;
  const char *utf8 = str_utf8(s->t, v, &n);
  if (utf8) return put_utf8(s, utf8, (int64_t)n, V_NULL);
  error_clear(s->t);
  Value bytes = utf8_encode(s->t, v, "surrogatepass");
  int status = v_is_null(bytes) ? -1 : put_utf8(s, v_bytes(bytes)->data, v_bytes(bytes)->length, bytes);
  v_drop(s->t, bytes);
  return status;
}

// A line: Latin-1, but for what would end the line or be taken for an escape.
static int put_str_text(Saver *s, Value v) {
  const Str *text = v_str(v);
  if (pickle_put_op(s, PK_UNICODE) < 0) return -1;
  for (int64_t i = 0; i < text->length; i++) {
    uint32_t c = str_char(text, i);
    char *to = pickle_reserve(s, 11);
    if (!to) return -1;
    if (c >= 0x10000) s->length += snprintf(to, 11, "\\U%08x", c);
    else if (c >= 256 || c == '\\' || c == 0 || c == '\n' || c == '\r' || c == 0x1a) s->length += snprintf(to, 11, "\\u%04x", c);
    else *to = (char)c, s->length++;
  }
  return pickle_put_op(s, '\n');
}

static int save_str(Saver *s, Value v) {
  return (is_binary(s) ? put_str_binary(s, v) : put_str_text(s, v)) < 0 ? -1 : pickle_memoize(s, v);
}

// --- Containers ---------------------------------------------------------------------------------------------------------------------------

// In fast mode nothing is remembered, so that only nesting shows that a container holds itself: below a limit the containers being written
// are kept track of. False: ValueError.
static bool fast_enter(Saver *s, Value v) {
  Thread *t = s->t;
  if (++s->fast_nesting < FAST_NESTING_LIMIT) return true;
  if (v_is_null(s->fast_memo)) s->fast_memo = dict_new(t);
  Value key = v_is_null(s->fast_memo) ? V_NULL : int_from_u64(t, (uint64_t)(uintptr_t)v_obj(v));
  int found = v_is_null(key) ? -1 : dict_contains(t, v_dict(s->fast_memo), key);
  if (found > 0) raise_value_error(t, "fast mode: can't pickle cyclic objects including object type %.200T at %p", v, (void *)v_obj(v));
  bool ok = found == 0 && dict_set(t, v_dict(s->fast_memo), key, V_NONE) == 0;
  v_drop(t, key);
  return ok;
}

static int fast_leave(Saver *s, Value v, int status) {
  if (s->fast_nesting-- < FAST_NESTING_LIMIT || v_is_null(s->fast_memo)) return status;
  Value pending = status < 0 ? error_fetch(s->t) : V_NULL;
  Value key = int_from_u64(s->t, (uint64_t)(uintptr_t)v_obj(v));
  if (v_is_null(key) || dict_delete(s->t, v_dict(s->fast_memo), key) < 0) status = -1;
  v_drop(s->t, key);
  if (!v_is_null(pending)) error_restore(s->t, pending);
  return status;
}

static int put_begin(Saver *s, int binary_op, int text_op) {
  if (is_binary(s)) return pickle_put_op(s, binary_op);
  return pickle_put(s, (char[]){PK_MARK, (char)text_op}, 2);
}

static int save_and_drop(Saver *s, Value v) {
  int status = save(s, v, false);
  v_drop(s->t, v);
  return status;
}

// 1: an item, owned; 0 the end; -1.
static int next_item(Saver *s, Value iterator, Value *out) {
  *out = object_iternext(s->t, iterator);
  return !v_is_null(*out) ? 1 : error_pending(s->t) ? -1 : 0;
}

static int save_items_singly(Saver *s, Value iterator) {
  Value item;
  int r;
  while ((r = next_item(s, iterator, &item)) > 0)
    if (save_and_drop(s, item) < 0 || pickle_put_op(s, PK_APPEND) < 0) return -1;
  return r;
}

// A key with its value, from an iterator of pairs; the pair is stolen.
static int save_pair(Saver *s, Value pair) {
  int status = -1;
  if (!v_is_tuple(pair) || v_tuple(pair)->length != 2) raise_type_error(s->t, "dict items iterator must return 2-tuples");
  else status = save(s, v_tuple(pair)->items[0], false) < 0 ? -1 : save(s, v_tuple(pair)->items[1], false);
  v_drop(s->t, pair);
  return status;
}

static int save_pairs_singly(Saver *s, Value iterator) {
  Value item;
  int r;
  while ((r = next_item(s, iterator, &item)) > 0)
    if (save_pair(s, item) < 0 || pickle_put_op(s, PK_SETITEM) < 0) return -1;
  return r;
}

// Batches of an iterator's items. A batch of one has no MARK, which is why an item is always read ahead.
static int save_batches(Saver *s, Value iterator, int (*save_item)(Saver *, Value), int single_op, int many_op) {
  int n;
  do {
    Value first, next;
    int r = next_item(s, iterator, &first);
    if (r <= 0) return r;
    r = next_item(s, iterator, &next);
    if (r <= 0) {
      if (r < 0) {
        v_drop(s->t, first);
        return -1;
      }
      return save_item(s, first) < 0 ? -1 : pickle_put_op(s, single_op);
    }
    if (pickle_put_op(s, PK_MARK) < 0 || save_item(s, first) < 0) {
      v_drop(s->t, next);
      return -1;
    }
    for (n = 1; r > 0;) {
      if (save_item(s, next) < 0) return -1;
      if (++n == PICKLE_BATCH) break;
      r = next_item(s, iterator, &next);
      if (r < 0) return -1;
    }
    if (pickle_put_op(s, many_op) < 0) return -1;
  } while (n == PICKLE_BATCH);
  return 0;
}

int pickle_save_items(Saver *s, Value iterator) {
  return s->proto == 0 ? save_items_singly(s, iterator) : save_batches(s, iterator, save_and_drop, PK_APPEND, PK_APPENDS);
}
int pickle_save_pairs(Saver *s, Value iterator) {
  return s->proto == 0 ? save_pairs_singly(s, iterator) : save_batches(s, iterator, save_pair, PK_SETITEM, PK_SETITEMS);
}

static int save_exact_list_items(Saver *s, List *list) {
  if (list_length(list) == 1) {
    Value item = list_get_inline(s->t, list, 0);
    if (v_is_null(item)) return 0;
    return save_and_drop(s, item) < 0 ? -1 : pickle_put_op(s, PK_APPEND);
  }
  int64_t i = 0;
  do {
    if (pickle_put_op(s, PK_MARK) < 0) return -1;
    for (int n = 0; n < PICKLE_BATCH; n++, i++) {
      Value item = list_get_inline(s->t, list, i);
      if (v_is_null(item)) break;
      if (save_and_drop(s, item) < 0) return -1;
    }
    if (pickle_put_op(s, PK_APPENDS) < 0) return -1;
  } while (i < list_length(list));
  return 0;
}

static int save_list_items(Saver *s, Value v) {
  if (recursion_enter(s->t, recursion_place) < 0) return -1;
  int status = -1;
  if (s->proto > 0) {
    status = save_exact_list_items(s, v_list(v));
  } else {
    Value it = object_iter(s->t, v);
    if (!v_is_null(it)) status = pickle_save_items(s, it);
    v_drop(s->t, it);
  }
  recursion_leave(s->t);
  return status;
}

static int save_list(Saver *s, Value v) {
  bool fast = is_fast(s);
  if (fast && !fast_enter(s, v)) return -1;
  int64_t n = list_length(v_list(v));
  int status = put_begin(s, PK_EMPTY_LIST, PK_LIST) < 0 || pickle_memoize(s, v) < 0 ? -1 : n ? save_list_items(s, v) : 0;
  return fast ? fast_leave(s, v, status) : status;
}

static int save_entry(Saver *s, Value key, Value value) {
  int status = save(s, key, false) < 0 ? -1 : save(s, value, false);
  v_drop(s->t, key);
  v_drop(s->t, value);
  return status;
}

static int save_exact_dict_entries(Saver *s, Dict *d) {
  int64_t length = dict_length(d), pos = 0;
  Value key, value;
  if (length == 1) {
    if (!dict_next(s->t, d, &pos, &key, &value)) return 0;
    return save_entry(s, key, value) < 0 ? -1 : pickle_put_op(s, PK_SETITEM);
  }
  int n;
  do {
    if (pickle_put_op(s, PK_MARK) < 0) return -1;
    for (n = 0; n < PICKLE_BATCH && dict_next(s->t, d, &pos, &key, &value); n++)
      if (save_entry(s, key, value) < 0) return -1;
    if (pickle_put_op(s, PK_SETITEMS) < 0) return -1;
    if (dict_length(d) != length) {
      raise_error(s->t, &exc_RuntimeError, "dictionary changed size during iteration");
      return -1;
    }
  } while (n == PICKLE_BATCH);
  return 0;
}

static int save_dict_entries(Saver *s, Value v) {
  int status = -1;
  if (s->proto > 0) {
    if (recursion_enter(s->t, recursion_place) < 0) return -1;
    status = save_exact_dict_entries(s, v_dict(v));
    recursion_leave(s->t);
    return status;
  }
  Value items = object_call_method0(s->t, v, N(items)), it = v_is_null(items) ? V_NULL : object_iter(s->t, items);
  v_drop(s->t, items);
  if (!v_is_null(it) && recursion_enter(s->t, recursion_place) == 0) {
    status = pickle_save_pairs(s, it);
    recursion_leave(s->t);
  }
  v_drop(s->t, it);
  return status;
}

static int save_dict(Saver *s, Value v) {
  bool fast = is_fast(s);
  if (fast && !fast_enter(s, v)) return -1;
  int64_t n = dict_length(v_dict(v));
  int status = put_begin(s, PK_EMPTY_DICT, PK_DICT) < 0 || pickle_memoize(s, v) < 0 ? -1 : n ? save_dict_entries(s, v) : 0;
  return fast ? fast_leave(s, v, status) : status;
}

static int save_set(Saver *s, Value v) {
  Set *set = v_set_obj(v);
  if (s->proto < 4) return save_call1(s, v_from_obj(&type_set), set_to_list(s->t, set), false, v);
  if (pickle_put_op(s, PK_EMPTY_SET) < 0 || pickle_memoize(s, v) < 0) return -1;
  int64_t length = set_length(set), pos = 0;
  if (length == 0) return 0;
  int n;
  do {
    Value item;
    if (pickle_put_op(s, PK_MARK) < 0) return -1;
    for (n = 0; n < PICKLE_BATCH && set_next(s->t, set, &pos, &item); n++)
      if (save_and_drop(s, item) < 0) return -1;
    if (pickle_put_op(s, PK_ADDITEMS) < 0) return -1;
    if (set_length(set) != length) {
      raise_error(s->t, &exc_RuntimeError, "set changed size during iteration");
      return -1;
    }
  } while (n == PICKLE_BATCH);
  return 0;
}

// A frozenset or tuple is remembered after its items, unless one of them, by way of something mutable, led back to it and so has
// remembered it by now: then what is on the stack is thrown away.
static int save_frozenset_items(Saver *s, Value v) {
  Set *set = v_set_obj(v);
  Value item;
  int64_t pos = 0;
  if (pickle_put_op(s, PK_MARK) < 0) return -1;
  while (set_next(s->t, set, &pos, &item))
    if (save_and_drop(s, item) < 0) return -1;
  int64_t number = pickle_memo_find(&s->memo, v);
  if (number >= 0) return pickle_put_op(s, PK_POP_MARK) < 0 ? -1 : pickle_put_get(s, number);
  return pickle_put_op(s, PK_FROZENSET) < 0 ? -1 : pickle_memoize(s, v);
}

static int save_frozenset(Saver *s, Value v) {
  bool fast = is_fast(s);
  if (fast && !fast_enter(s, v)) return -1;
  int status = s->proto < 4 ? save_call1(s, v_from_obj(&type_frozenset), set_to_list(s->t, v_set_obj(v)), false, v) : save_frozenset_items(s, v);
  return fast ? fast_leave(s, v, status) : status;
}

static int put_pops(Saver *s, int64_t n) {
  for (int64_t i = 0; i < n; i++)
    if (pickle_put_op(s, PK_POP) < 0) return -1;
  return 0;
}

static int save_tuple_items(Saver *s, const Tuple *tuple) {
  for (int64_t i = 0; i < tuple->length; i++)
    if (save(s, tuple->items[i], false) < 0) return -1;
  return 0;
}

static int save_tuple(Saver *s, Value v) {
  const Tuple *tuple = v_tuple(v);
  int64_t n = tuple->length;
  if (n == 0) return s->proto ? pickle_put_op(s, PK_EMPTY_TUPLE) : pickle_put(s, "(t", 2);
  bool is_short = n <= 3 && s->proto >= 2;
  if ((!is_short && pickle_put_op(s, PK_MARK) < 0) || save_tuple_items(s, tuple) < 0) return -1;
  int64_t number = pickle_memo_find(&s->memo, v);
  if (number >= 0) {
    int status = is_short ? put_pops(s, n) : is_binary(s) ? pickle_put_op(s, PK_POP_MARK) : put_pops(s, n + 1);
    return status < 0 ? -1 : pickle_put_get(s, number);
  }
  return pickle_put_op(s, is_short ? PK_TUPLE1 + (int)n - 1 : PK_TUPLE) < 0 ? -1 : pickle_memoize(s, v);
}

// --- Any object ---------------------------------------------------------------------------------------------------------------------------

// 1: the pickler's persistent_id() has named it; 0; -1.
static int save_persistent(Saver *s, Value v) {
  Value id = pickle_hook_call(s->t, &s->persistent_id, s->self, v);
  if (v_is_null(id)) return -1;
  if (v_is_none(id)) return 0;
  int status = -1;
  if (is_binary(s)) {
    status = save(s, id, true) < 0 ? -1 : pickle_put_op(s, PK_BINPERSID);
  } else {
    Value text = object_str(s->t, id);
    if (!v_is_null(text) && !str_is_ascii(v_str(text))) pickle_raise_pickling(s->t, "persistent IDs in protocol 0 must be ASCII strings");
    else if (!v_is_null(text))
      status = pickle_put_op(s, PK_PERSID) < 0 || pickle_put(s, v_str(text)->data, v_str(text)->length) < 0 ? -1 : pickle_put_op(s, '\n');
    v_drop(s->t, text);
  }
  v_drop(s->t, id);
  return status < 0 ? -1 : 1;
}

// What holds other objects, or is taken apart into others.
static __attribute__((noinline)) int save_nested(Saver *s, Value v, uint32_t shape) {
  int status;
  if (recursion_enter(s->t, recursion_place) < 0) return -1;
  switch (shape) {
    case SHAPE_DICT: status = save_dict(s, v); break;
    case SHAPE_SET: status = save_set(s, v); break;
    case SHAPE_FROZENSET: status = save_frozenset(s, v); break;
    case SHAPE_LIST: status = save_list(s, v); break;
    case SHAPE_TUPLE: status = save_tuple(s, v); break;
    case SHAPE_BYTEARRAY: status = save_bytearray(s, v); break;
    default: status = v_is_picklebuffer(v) ? save_picklebuffer(s, v) : pickle_save_object(s, v);
  }
  recursion_leave(s->t);
  return status;
}

static int save_object(Saver *s, Value v) {
  uint32_t shape = object_shape(v_obj(v));
  switch (shape) {
    case SHAPE_NONE: return pickle_put_op(s, PK_NONE);
    case SHAPE_BOOL: return save_bool(s, v_is(v, V_TRUE));
    case SHAPE_INT: return save_int(s, v);
    case SHAPE_FLOAT: return save_float(s, v);
  }
  int64_t number = pickle_memo_find(&s->memo, v);
  if (number >= 0) return pickle_put_get(s, number);
  if (shape == SHAPE_STR) return save_str(s, v);
  return shape == SHAPE_BYTES ? save_bytes(s, v) : save_nested(s, v, shape);
}

static int save(Saver *s, Value v, bool is_persistent_id) {
  if (pickle_boundary(s) < 0 || safepoint(s->t) < 0) return -1;
  if (unlikely(!v_is_null(s->persistent_id.function)) && !is_persistent_id) {
    int status = save_persistent(s, v);
    if (status != 0) return status < 0 ? -1 : 0;
  }
  if (v_is_smi(v)) return v_smi(v) == (int32_t)v_smi(v) ? save_small_int(s, (int32_t)v_smi(v)) : save_int(s, v);
  return v_is_ptr(v) ? save_object(s, v) : save_float(s, v);
}

int pickle_save(Saver *s, Value v) { return save(s, v, false); }

// --- Whole pickles ------------------------------------------------------------------------------------------------------------------------

static int find_reducer_override(Saver *s) {
  Value found = V_NULL;
  if (v_is_null(s->self) || v_type(s->self) == &type_pickler) return 0;
  int r = object_lookup_attr(s->t, s->self, PICKLE_NAME(reducer_override), &found);
  v_set(s->t, &s->reducer_override, r > 0 ? found : V_NULL);
  return r < 0 ? -1 : 0;
}

static int dump_body(Saver *s, Value v) {
  if (find_reducer_override(s) < 0) return -1;
  if (s->proto >= 2) {
    if (pickle_put(s, (char[]){(char)PK_PROTO, (char)s->proto}, 2) < 0) return -1;
    s->framing = s->proto >= 4;
  }
  return save(s, v, false) < 0 || pickle_put_op(s, PK_STOP) < 0 ? -1 : pickle_commit_frame(s);
}

int pickle_dump(Saver *s, Value v) {
  s->length = 0;
  s->frame_start = -1;
  s->frame_full = INT64_MAX;
  int status = dump_body(s, v);
  s->framing = false;
  Value pending = status < 0 ? error_fetch(s->t) : V_NULL;
  v_clear(s->t, &s->reducer_override);
  if (!v_is_null(pending)) error_restore(s->t, pending);
  return status;
}

// --- Setting one up -----------------------------------------------------------------------------------------------------------------------

void pickle_saver_init(Thread *t, Saver *s) {
  memset(s, 0, offsetof(Saver, memo));
  s->t = t;
  s->frame_start = -1;
  s->frame_full = INT64_MAX;
  pickle_memo_init(&s->memo);
}

void pickle_saver_clear(Thread *t, Saver *s) {
  if (s->out) heap_free(t, s->out);
  s->out = NULL;
  s->length = s->capacity = 0;
  v_clear(t, &s->write);
  v_clear(t, &s->buffer_callback);
  v_clear(t, &s->dispatch_table);
  v_clear(t, &s->reducer_override);
  v_clear(t, &s->fast_memo);
  v_clear(t, &s->persistent_id.function);
  if (s->memo.slots) pickle_memo_clear(t, &s->memo);
}

int pickle_saver_set_protocol(Thread *t, Saver *s, Value protocol, Value fix_imports) {
  int64_t n = PICKLE_DEFAULT;
  if (!v_is_absent_or_none(protocol)) {
    Value index = number_index(t, protocol);
    if (v_is_null(index)) return -1;
    bool fits = int_as_i64(index, &n);
    v_drop(t, index);
    if (!fits) {
      raise_overflow(t, "Python int too large to convert to C long");
      return -1;
    }
    if (n < 0) n = PICKLE_HIGHEST;
    if (n > PICKLE_HIGHEST) {
      raise_value_error(t, "pickle protocol must be <= %d", PICKLE_HIGHEST);
      return -1;
    }
  }
  int fix = v_is_absent(fix_imports) ? 1 : object_is_true(t, fix_imports);
  if (fix < 0) return -1;
  s->proto = (int)n;
  a32_store_rlx(&s->bin, n > 0);
  s->fix_imports = fix && n < 3;
  return 0;
}

int pickle_saver_set_file(Thread *t, Saver *s, Value file) {
  Value write;
  int r = object_lookup_attr(t, file, N(write), &write);
  if (r == 0) raise_type_error(t, "file must have a 'write' attribute");
  if (r <= 0) return -1;
  v_set(t, &s->write, write);
  return 0;
}

int pickle_saver_set_callback(Thread *t, Saver *s, Value callback) {
  if (v_is_absent_or_none(callback)) return 0;
  if (s->proto < 5) {
    raise_value_error(t, "buffer_callback needs protocol >= 5");
    return -1;
  }
  v_set(t, &s->buffer_callback, v_own(t, callback));
  return 0;
}
