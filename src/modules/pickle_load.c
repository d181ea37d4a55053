// Reading pickles: a machine with a stack and a memo, one function an opcode.
//
// There are two stacks: the values, and the marks, which say how many values lay below each MARK. Nothing below the topmost mark can be popped.
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

#include "gc/heap.h"
#include "modules/pickle.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/instance.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str_core.h"
#include "objects/tuple.h"
#include "objects/type_attributes.h"

// --- The stack ----------------------------------------------------------------------------------------------------------------------------

static int grow_stack(Loader *l) {
  int64_t capacity = l->capacity ? l->capacity * 2 : 64;
  Value *stack = l->stack ? heap_realloc(l->t, l->stack, (size_t)capacity * sizeof *stack) : heap_alloc(l->t, (size_t)capacity * sizeof *stack);
  if (!stack) {
    raise_no_memory(l->t);
    return -1;
  }
  l->stack = stack;
  l->capacity = capacity;
  return 0;
}

// Steals; V_NULL with an exception set: -1.
static inline int push(Loader *l, Value owned) {
  if (unlikely(v_is_null(owned))) return -1;
  if (unlikely(l->length == l->capacity) && grow_stack(l) < 0) {
    v_drop(l->t, owned);
    return -1;
  }
  l->stack[l->length++] = owned;
  return 0;
}

static int raise_underflow(Loader *l) {
  pickle_raise_unpickling(l->t, l->mark_count ? "unexpected MARK found" : "unpickling stack underflow");
  return -1;
}

// Whether n values can be popped.
static inline int need(Loader *l, int64_t n) { return likely(l->length - n >= l->fence) ? 0 : raise_underflow(l); }

static Value pop(Loader *l) { return need(l, 1) < 0 ? V_NULL : l->stack[--l->length]; }
static inline Value top(Loader *l) { return l->stack[l->length - 1]; }

// Drops the values from `start` on.
static void cut(Loader *l, int64_t start) {
  while (l->length > start) {
    Value v = l->stack[--l->length];
    v_drop(l->t, v);
  }
}

// The values from `start` on, taken off: a tuple or list; V_NULL: nothing taken.
static Value take_tuple(Loader *l, int64_t start) {
  if (start < l->fence) return raise_underflow(l), V_NULL;
  int64_t n = l->length - start;
  l->length = start;
  return n ? tuple_from_stolen(l->t, l->stack + start, (size_t)n) : tuple_empty;
}
static Value take_list(Loader *l, int64_t start) {
  if (start < l->fence) return raise_underflow(l), V_NULL;
  int64_t n = l->length - start;
  l->length = start;
  return n ? list_from_stolen(l->t, l->stack + start, (size_t)n) : list_new(l->t, 0);
}

static inline void set_fence(Loader *l) { l->fence = l->mark_count ? l->marks[l->mark_count - 1] : 0; }

static int load_mark(Loader *l) {
  if (l->mark_count == l->mark_capacity) {
    int64_t capacity = l->mark_capacity ? l->mark_capacity * 2 : 32;
    int64_t *marks = l->marks ? heap_realloc(l->t, l->marks, (size_t)capacity * sizeof *marks) : heap_alloc(l->t, (size_t)capacity * sizeof *marks);
    if (!marks) return (int)(raise_no_memory(l->t), -1);
    l->marks = marks;
    l->mark_capacity = capacity;
  }
  l->marks[l->mark_count++] = l->fence = l->length;
  return 0;
}

// Takes the topmost mark: where it lay, or -1.
static int64_t pop_mark(Loader *l) {
  if (l->mark_count < 1) {
    pickle_raise_unpickling(l->t, "could not find MARK");
    return -1;
  }
  int64_t at = l->marks[--l->mark_count];
  set_fence(l);
  return at;
}

// --- The memo -----------------------------------------------------------------------------------------------------------------------------

// Numbers that leave a large hole go to a dict, so that a few bytes cannot ask for gigabytes.
static bool is_sparse(const Loader *l, int64_t number) { return number >= 2 * l->memo_capacity + 4096; }

static int store_sparse(Loader *l, int64_t number, Value v) {
  if (v_is_null(l->sparse_memo)) l->sparse_memo = dict_new(l->t);
  Value key = v_is_null(l->sparse_memo) ? V_NULL : int_from_i64(l->t, number);
  int r = v_is_null(key) ? -1 : dict_put(l->t, v_dict(l->sparse_memo), key, v);
  v_drop(l->t, key);
  if (r == 0) l->memo_count++;
  return r < 0 ? -1 : 0;
}

static int grow_memo(Loader *l, int64_t number) {
  int64_t capacity = l->memo_capacity ? l->memo_capacity * 2 : 32;
  while (capacity <= number) capacity *= 2;
  Value *memo = l->memo ? heap_realloc(l->t, l->memo, (size_t)capacity * sizeof *memo) : heap_alloc(l->t, (size_t)capacity * sizeof *memo);
  if (!memo) return (int)(raise_no_memory(l->t), -1);
  memset(memo + l->memo_capacity, 0, (size_t)(capacity - l->memo_capacity) * sizeof *memo);
  l->memo = memo;
  l->memo_capacity = capacity;
  return 0;
}

int pickle_memo_store(Loader *l, int64_t number, Value v) {
  if (unlikely(number >= l->memo_capacity)) {
    if (is_sparse(l, number)) return store_sparse(l, number, v);
    if (grow_memo(l, number) < 0) return -1;
  }
  Value old = l->memo[number];
  l->memo[number] = v_own(l->t, v);
  if (likely(v_is_null(old))) l->memo_count++;
  else v_drop(l->t, old);
  return 0;
}

Value pickle_memo_load(Loader *l, int64_t number) {
  Value v = number >= 0 && number < l->memo_capacity ? v_own(l->t, l->memo[number]) : V_NULL;
  if (!v_is_null(v) || v_is_null(l->sparse_memo)) return v;
  Value key = int_from_i64(l->t, number);
  if (v_is_null(key) || dict_get(l->t, v_dict(l->sparse_memo), key, &v) < 0) error_clear(l->t);
  v_drop(l->t, key);
  return v;
}

void pickle_memo_forget(Thread *t, Loader *l) {
  Value *memo = l->memo;
  int64_t n = l->memo_capacity;
  l->memo = NULL;
  l->memo_capacity = l->memo_count = 0;
  v_clear(t, &l->sparse_memo);
  for (int64_t i = 0; i < n; i++) v_drop(t, memo[i]);
  if (memo) heap_free(t, memo);
}

static inline int get(Loader *l, int64_t number) {
  Value v = likely(number < l->memo_capacity) ? v_own(l->t, l->memo[number]) : V_NULL;
  if (unlikely(v_is_null(v))) v = pickle_memo_load(l, number);
  if (v_is_null(v) && !error_pending(l->t)) pickle_raise_unpickling(l->t, "Memo value not found at index %lld", (long long)number);
  return push(l, v);
}

static inline int put(Loader *l, int64_t number) {
  if (need(l, 1) < 0) return -1;
  if (number < 0) return (int)(raise_value_error(l->t, "negative PUT argument"), -1);
  return pickle_memo_store(l, number, top(l));
}

// --- Arguments ----------------------------------------------------------------------------------------------------------------------------

// A little-endian number of so many bytes. False: an exception is set. Eight bytes with the top bit set come out negative.
static inline bool read_number(Loader *l, int bytes, int64_t *out) {
  const unsigned char *p = (const unsigned char *)pickle_read(l, bytes);
  if (!p) return false;
  if (bytes == 1) {
    *out = *p;
    return true;
  }
  uint64_t n = 0;
  for (int i = 0; i < bytes; i++) n |= (uint64_t)p[i] << 8 * i;
  *out = (int64_t)n;
  return true;
}

// The same for a length. what: the opcode, for OverflowError.
static inline bool read_length(Loader *l, int bytes, const char *what, int64_t *out) {
  if (!read_number(l, bytes, out)) return false;
  if (*out >= 0) return true;
  raise_overflow(l->t, "%s exceeds system's maximum size of %lld bytes", what, (long long)INT64_MAX);
  return false;
}

// A line with its newline, of at least `least` bytes, as NUL-terminated text in `keep`, which the caller drops.
static char *read_text_line(Loader *l, int64_t least, int64_t *n, Value *keep) {
  const char *line = pickle_read_line(l, n);
  *keep = V_NULL;
  if (!line) return NULL;
  if (*n < least) return (void)pickle_raise_truncated(l), NULL;
  *keep = bytes_from(l->t, line, (size_t)*n);   // a copy of its own: it may be changed
  return v_is_null(*keep) ? NULL : v_bytes(*keep)->data;
}

// --- Numbers ------------------------------------------------------------------------------------------------------------------------------

static int load_int(Loader *l) {
  int64_t n;
  Value keep, v;
  char *line = read_text_line(l, 2, &n, &keep), *end;
  if (!line) return -1;
  errno = 0;
  long x = strtol(line, &end, 0);
  if (errno || *end != '\n' || end[1] != '\0') {
    v = int_from_str(l->t, keep, 0);
    if (v_is_null(v)) error_clear(l->t), raise_value_error(l->t, "could not convert string to int");
  } else {
    v = n == 3 && (x == 0 || x == 1) ? v_from_bool(x) : int_from_i64(l->t, x);
  }
  v_drop(l->t, keep);
  return push(l, v);
}

// The line of an error is shown as it is, with its newline unless an L stood before that.
static int base_of(const char *text) {
  text += *text == '-' || *text == '+';
  char mark = *text == '0' ? (char)(text[1] | 0x20) : 0;
  return mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
}
static void replace_bad_int(Loader *l, const char *text, int64_t n, int base) {
  if (n >= 300 || !error_matches(l->t, &exc_ValueError)) return;   // too many digits is another matter
  error_clear(l->t);
  Value shown = str_from_utf8(l->t, text, strnlen(text, 200));
  if (!v_is_null(shown)) raise_value_error(l->t, "invalid literal for int() with base %d: %R", base, shown);
  v_drop(l->t, shown);
}

static int load_long(Loader *l) {
  int64_t n;
  Value keep;
  char *line = read_text_line(l, 2, &n, &keep);
  if (!line) return -1;
  bool marked = line[n - 2] == 'L';
  Value digits = bytes_from(l->t, line, (size_t)n - (marked ? 2 : 1)), v = v_is_null(digits) ? V_NULL : int_from_str(l->t, digits, 0);
  if (marked) line[n - 2] = '\0';
  if (v_is_null(v)) replace_bad_int(l, line, n, base_of(line));
  v_drop(l->t, digits);
  v_drop(l->t, keep);
  return push(l, v);
}

static int load_counted_long(Loader *l, int width) {
  int64_t n;
  if (!read_number(l, width, &n)) return -1;
  if (width == 4) n = (int32_t)n;
  if (n < 0) return (int)(pickle_raise_unpickling(l->t, "LONG pickle has negative byte count"), -1);
  if (n == 0) return push(l, v_from_smi(0));
  const char *p = pickle_read(l, n);
  return p ? push(l, int_from_bytes(l->t, (const uint8_t *)p, (size_t)n, true, true)) : -1;
}

static int load_small_int(Loader *l, int width) {
  int64_t n;
  if (!read_number(l, width, &n)) return -1;
  return push(l, v_from_smi(width == 4 ? (int32_t)n : n));
}

static bool begins_float(const char *p) {
  p += *p == '-' || *p == '+';
  if (*p == '.') p++;
  return (*p >= '0' && *p <= '9') || strncasecmp(p, "inf", 3) == 0 || strncasecmp(p, "nan", 3) == 0;
}

static int load_float(Loader *l) {
  int64_t n;
  Value keep, text, v = V_NULL;
  char *line = read_text_line(l, 2, &n, &keep);
  if (!line) return -1;
  if (!begins_float(line)) {
    raise_value_error(l->t, "could not convert string to float: '%.200s'", line);
  } else {
    text = str_from_latin1(l->t, line, (size_t)n - 1);
    if (!v_is_null(text) && !strchr(line, '_')) v = number_float(l->t, text);
    if (v_is_null(v) && (!error_pending(l->t) || error_matches(l->t, &exc_ValueError))) {
      error_clear(l->t);
      raise_value_error(l->t, "could not convert string to float");
    }
    v_drop(l->t, text);
  }
  v_drop(l->t, keep);
  return push(l, v);
}

static int load_binfloat(Loader *l) {
  const char *p = pickle_read(l, 8);
  if (!p) return -1;
  uint64_t bits;
  double d;
  memcpy(&bits, p, 8);
  bits = __builtin_bswap64(bits);
  memcpy(&d, &bits, 8);
  return push(l, float_new(l->t, d));
}

// --- Text and bytes -----------------------------------------------------------------------------------------------------------------------

static bool wants_bytes(const Loader *l) { return str_equals_cstr(l->encoding, "bytes"); }

// What Python 2 called str.
static Value decode_old_string(Loader *l, Value bytes_stolen) {
  if (v_is_null(bytes_stolen) || wants_bytes(l)) return bytes_stolen;
  const char *encoding = str_utf8(l->t, l->encoding, NULL), *errors = str_utf8(l->t, l->errors, NULL);
  Value v = encoding && errors ? codec_decode_text(l->t, bytes_stolen, encoding, errors) : V_NULL;
  v_drop(l->t, bytes_stolen);
  return v;
}

static int load_string(Loader *l) {
  int64_t n, bad_escape;
  const char *line = pickle_read_line(l, &n);
  if (!line) return -1;
  n--;
  if (n < 2 || line[0] != line[n - 1] || (line[0] != '\'' && line[0] != '"'))
    return (int)(pickle_raise_unpickling(l->t, "the STRING opcode argument must be quoted"), -1);
  return push(l, decode_old_string(l, bytes_escape_decode(l->t, line + 1, (size_t)n - 2, NULL, &bad_escape)));
}

static int load_counted_string(Loader *l, int width) {
  int64_t n;
  if (!read_length(l, width, "BINSTRING", &n)) return -1;
  const char *p = pickle_read(l, n);
  return p ? push(l, decode_old_string(l, bytes_from(l->t, p, (size_t)n))) : -1;
}

static int load_counted_bytes(Loader *l, int width) {
  int64_t n;
  if (!read_length(l, width, "BINBYTES", &n)) return -1;
  if (n > l->in_length - l->next && v_is_null(l->read)) return (int)(pickle_raise_truncated(l), -1);
  Value v = bytes_new(l->t, n);
  if (v_is_null(v)) return -1;
  if (n == 1 || n == 0) {  // these are made once
    char c = 0;
    v_drop(l->t, v);
    v = pickle_read_into(l, &c, n) < 0 ? V_NULL : bytes_from(l->t, &c, (size_t)n);
  } else if (pickle_read_into(l, v_bytes(v)->data, n) < 0) {
    v_drop(l->t, v);
    v = V_NULL;
  }
  return push(l, v);
}

static int load_counted_bytearray(Loader *l) {
  int64_t n;
  if (!read_length(l, 8, "BYTEARRAY8", &n)) return -1;
  if (n > l->in_length - l->next && v_is_null(l->read)) return (int)(pickle_raise_truncated(l), -1);
  BytesBuilder b;
  bytesb_init(&b, l->t);
  char *p = bytesb_reserve(&b, n);
  if (!p || pickle_read_into(l, p, n) < 0) {
    bytesb_discard(&b);
    return -1;
  }
  b.length += n;
  return push(l, bytesb_finish_bytearray(&b));
}

static int load_next_buffer(Loader *l) {
  if (v_is_null(l->buffers))
    return (int)(pickle_raise_unpickling(l->t, "pickle stream refers to out-of-band data but no *buffers* argument was given"), -1);
  Value v = object_iternext(l->t, l->buffers);
  if (v_is_null(v) && !error_pending(l->t)) pickle_raise_unpickling(l->t, "not enough out-of-band buffers");
  return push(l, v);
}

static int load_readonly_buffer(Loader *l) {
  if (need(l, 1) < 0) return -1;
  Value view = memoryview_from(l->t, top(l)), fixed = V_NULL;
  if (v_is_null(view)) return -1;
  Value flag = object_getattr(l->t, view, str_intern_cstr(l->t, "readonly"));
  if (v_is(flag, V_FALSE)) fixed = object_call_method0(l->t, view, PICKLE_NAME(toreadonly));
  bool failed = v_is_null(flag) || (v_is(flag, V_FALSE) && v_is_null(fixed));
  if (!v_is_null(fixed)) v_set(l->t, &l->stack[l->length - 1], fixed);
  v_drop(l->t, flag);
  v_drop(l->t, view);
  return failed ? -1 : 0;
}

static int load_unicode(Loader *l) {
  int64_t n;
  const char *line = pickle_read_line(l, &n);
  return line ? push(l, raw_unicode_escape_decode(l->t, line, (size_t)n - 1, NULL, NULL)) : -1;
}

static inline int load_counted_unicode(Loader *l, int width) {
  int64_t n;
  if (!read_length(l, width, "BINUNICODE", &n)) return -1;
  const char *p = pickle_read(l, n);
  if (!p) return -1;
  if (bytes_are_ascii(p, (size_t)n)) return push(l, str_from_ascii(l->t, p, (size_t)n));
  return push(l, utf8_decode(l->t, p, (size_t)n, "surrogatepass", NULL));
}

// --- Containers ---------------------------------------------------------------------------------------------------------------------------

static int load_tuple(Loader *l) {
  int64_t at = pop_mark(l);
  return at < 0 ? -1 : push(l, take_tuple(l, at));
}
static int load_counted_tuple(Loader *l, int64_t n) { return need(l, n) < 0 ? -1 : push(l, take_tuple(l, l->length - n)); }

static int load_list(Loader *l) {
  int64_t at = pop_mark(l);
  return at < 0 ? -1 : push(l, take_list(l, at));
}

// Takes key and value after value off the stack, from `start` on, into a container.
static int set_pairs(Loader *l, Value container, int64_t start) {
  bool exact = v_is_dict_exact(container);
  int status = 0;
  for (int64_t i = start; status == 0 && i + 1 < l->length; i += 2)
    status = exact ? dict_set(l->t, v_dict(container), l->stack[i], l->stack[i + 1]) : object_setitem(l->t, container, l->stack[i], l->stack[i + 1]);
  if (status < 0) {
    Value pending = error_fetch(l->t);
    cut(l, start);
    error_restore(l->t, pending);
    return -1;
  }
  cut(l, start);
  return 0;
}

static int load_dict(Loader *l) {
  int64_t at = pop_mark(l);
  if (at < 0) return -1;
  if ((l->length - at) % 2 != 0) return (int)(pickle_raise_unpickling(l->t, "odd number of items for DICT"), -1);
  Value dict = dict_new(l->t);
  if (v_is_null(dict)) return -1;
  if (set_pairs(l, dict, at) == 0) return push(l, dict);
  v_drop(l->t, dict);
  return -1;
}

static int load_frozenset(Loader *l) {
  int64_t at = pop_mark(l);
  if (at < 0) return -1;
  Value items = take_tuple(l, at), v = v_is_null(items) ? V_NULL : frozenset_new(l->t, items);
  v_drop(l->t, items);
  return push(l, v);
}

// Whether values from `start` on can go to the container below them: 1, 0 there are none, -1.
static int check_target(Loader *l, int64_t start) {
  if (start > l->length || start <= l->fence) return raise_underflow(l);
  return start < l->length;
}

// Calls f(value) for each from `start` on.
static int call_for_each(Loader *l, Value f, int64_t start) {
  int status = 0;
  for (int64_t i = start; status == 0 && i < l->length; i++) {
    Value r = object_call1(l->t, f, l->stack[i]);
    if (v_is_null(r)) status = -1;
    v_drop(l->t, r);
  }
  Value pending = status < 0 ? error_fetch(l->t) : V_NULL;
  cut(l, start);
  if (!v_is_null(pending)) error_restore(l->t, pending);
  return status;
}

static int append_to_object(Loader *l, Value container, int64_t start) {
  Value extend, append;
  int r = object_lookup_attr(l->t, container, N(extend), &extend);
  if (r < 0) return -1;
  if (r > 0) {
    Value items = take_list(l, start), done = v_is_null(items) ? V_NULL : object_call1(l->t, extend, items);
    v_drop(l->t, items);
    v_drop(l->t, extend);
    v_drop(l->t, done);
    return v_is_null(done) ? -1 : 0;
  }
  append = object_getattr(l->t, container, N(append));
  if (v_is_null(append)) return -1;
  r = call_for_each(l, append, start);
  v_drop(l->t, append);
  return r;
}

// The values go over to the list. The first batch says how many there are at least.
static int append_to_list(Loader *l, List *list, int64_t start) {
  int64_t n = l->length - start, i = 0;
  const Value *values = l->stack + start;
  int status = list_length(list) == 0 ? list_reserve(l->t, list, n) : 0;
  l->length = start;
  while (status == 0 && i < n) status = list_append_inline(l->t, list, values[i++]);
  for (; i < n; i++) v_drop(l->t, values[i]);   // no memory
  return status;
}

static int append_from(Loader *l, int64_t start) {
  int r = check_target(l, start);
  if (r <= 0) return r;
  Value container = l->stack[start - 1];
  if (!v_is_list_exact(container)) {
    container = v_own(l->t, container);
    r = append_to_object(l, container, start);
    v_drop(l->t, container);
    return r;
  }
  return append_to_list(l, v_list(container), start);
}

static int load_append(Loader *l) { return l->length - 1 <= l->fence ? raise_underflow(l) : append_from(l, l->length - 1); }
static int load_appends(Loader *l) {
  int64_t at = pop_mark(l);
  return at < 0 ? -1 : append_from(l, at);
}

static int set_items_from(Loader *l, int64_t start) {
  int r = check_target(l, start);
  if (r <= 0) return r;
  if ((l->length - start) % 2 != 0) return (int)(pickle_raise_unpickling(l->t, "odd number of items for SETITEMS"), -1);
  Value container = v_own(l->t, l->stack[start - 1]);
  r = set_pairs(l, container, start);
  v_drop(l->t, container);
  return r;
}

static int load_setitem(Loader *l) { return set_items_from(l, l->length - 2); }
static int load_setitems(Loader *l) {
  int64_t at = pop_mark(l);
  return at < 0 ? -1 : set_items_from(l, at);
}

static int load_additems(Loader *l) {
  int64_t at = pop_mark(l);
  if (at < 0) return -1;
  int r = check_target(l, at);
  if (r <= 0) return r;
  Value container = v_own(l->t, l->stack[at - 1]);
  if (v_is_anyset(container) && !v_is_frozenset(container)) {
    Value items = take_tuple(l, at);
    r = v_is_null(items) ? -1 : set_update(l->t, v_set_obj(container), items);
    v_drop(l->t, items);
  } else {
    Value add = object_getattr(l->t, container, PICKLE_NAME(add));
    r = v_is_null(add) ? -1 : call_for_each(l, add, at);
    v_drop(l->t, add);
  }
  v_drop(l->t, container);
  return r;
}

// --- Objects ------------------------------------------------------------------------------------------------------------------------------

static Value find_class(Loader *l, Value module, Value name) {
  if (v_is_null(l->self) || v_type(l->self) == &type_unpickler) return pickle_find_class(l->t, l->proto, l->fix_imports, module, name);
  return object_call_method2(l->t, l->self, PICKLE_NAME(find_class), module, name);
}

// cls(*args), but without arguments an old-style class is made without its __init__.
static Value instantiate(Loader *l, Value cls, Value args) {
  if (v_tuple(args)->length == 0 && v_is_type(cls)) {
    Value hook;
    int r = object_lookup_attr(l->t, cls, N(__getinitargs__), &hook);
    if (r < 0) return V_NULL;
    v_drop(l->t, hook);
    if (r == 0) return object_call_method1(l->t, cls, N(__new__), cls);
  }
  return object_call(l->t, cls, v_tuple(args)->items, (size_t)v_tuple(args)->length, V_NULL);
}

static int push_instance(Loader *l, Value cls_stolen, Value args_stolen) {
  Value v = v_is_null(cls_stolen) || v_is_null(args_stolen) ? V_NULL : instantiate(l, cls_stolen, args_stolen);
  v_drop(l->t, cls_stolen);
  v_drop(l->t, args_stolen);
  return push(l, v);
}

static int load_obj(Loader *l) {
  int64_t at = pop_mark(l);
  if (at < 0) return -1;
  if (l->length - at < 1) return raise_underflow(l);
  Value args = take_tuple(l, at + 1), cls = v_is_null(args) ? V_NULL : pop(l);
  return push_instance(l, cls, args);
}

// A module's and a global's name, each a line: owned.
static int read_names(Loader *l, bool ascii, Value *module, Value *name) {
  Value *out[2] = {module, name};
  *module = *name = V_NULL;
  for (int i = 0; i < 2; i++) {
    int64_t n;
    const char *line = pickle_read_line(l, &n);
    if (line && n < 2) pickle_raise_truncated(l), line = NULL;
    if (line) *out[i] = ascii ? ascii_decode(l->t, line, (size_t)n - 1, "strict") : str_from_utf8(l->t, line, (size_t)n - 1);
    if (v_is_null(*out[i])) {
      v_clear(l->t, module);
      return -1;
    }
  }
  return 0;
}

static int load_inst(Loader *l) {
  Value module, name;
  int64_t at = pop_mark(l);
  if (at < 0 || read_names(l, true, &module, &name) < 0) return -1;
  Value cls = find_class(l, module, name);
  v_drop(l->t, module);
  v_drop(l->t, name);
  return v_is_null(cls) ? -1 : push_instance(l, cls, take_tuple(l, at));
}

static int load_global(Loader *l) {
  Value module, name;
  if (read_names(l, false, &module, &name) < 0) return -1;
  Value cls = find_class(l, module, name);
  v_drop(l->t, module);
  v_drop(l->t, name);
  return push(l, cls);
}

static int load_stack_global(Loader *l) {
  Value name = pop(l), module = v_is_null(name) ? V_NULL : pop(l), cls = V_NULL;
  error_clear(l->t);
  if (!v_is_null(module) && v_is_str_exact(name) && v_is_str_exact(module)) cls = find_class(l, module, name);
  else pickle_raise_unpickling(l->t, "STACK_GLOBAL requires str");
  v_drop(l->t, name);
  v_drop(l->t, module);
  return push(l, cls);
}

// type.__new__(type, *args, **kwargs) by its slot.
static Value call_new(Loader *l, Type *type, Value args, Value kwargs) {
  const Tuple *positional = v_tuple(args);
  if (v_is_null(kwargs) || dict_length(v_dict(kwargs)) == 0) return type->slots.new(l->t, type, positional->items, (size_t)positional->length, V_NULL);
  Value keys = dict_keys_list(l->t, v_dict(kwargs)), names = v_is_null(keys) ? V_NULL : list_to_tuple(l->t, v_list(keys)), all = V_NULL, v = V_NULL;
  v_drop(l->t, keys);
  if (!v_is_null(names)) all = tuple_new(l->t, positional->length + v_tuple(names)->length);
  bool ok = !v_is_null(all);
  for (int64_t i = 0; ok && i < positional->length; i++) v_tuple(all)->items[i] = v_own(l->t, positional->items[i]);
  for (int64_t i = 0; ok && i < v_tuple(names)->length; i++) {
    Value name = v_tuple(names)->items[i];
    if (!v_is_str(name)) raise_type_error(l->t, "keywords must be strings");
    else if (dict_get(l->t, v_dict(kwargs), name, &v) == 0) raise_key_error(l->t, name);
    ok = !error_pending(l->t);
    v_tuple(all)->items[positional->length + i] = ok ? v : V_NONE;
  }
  v = ok ? type->slots.new(l->t, type, v_tuple(all)->items, (size_t)positional->length, names) : V_NULL;
  v_drop(l->t, names);
  v_drop(l->t, all);
  return v;
}

static Value make_newobj(Loader *l, const char *opcode, Value cls, Value args, Value kwargs) {
  if (!v_is_type(cls)) return pickle_raise_unpickling(l->t, "%s class argument must be a type, not %.200T", opcode, cls);
  Type *type = v_as_type(cls);
  if (!type->slots.new || type->flags & TYPE_NO_INSTANTIATE)
    return pickle_raise_unpickling(l->t, "%s class argument '%.200T' doesn't have __new__", opcode, cls);
  if (!v_is_tuple(args)) return pickle_raise_unpickling(l->t, "%s args argument must be a tuple, not %.200T", opcode, args);
  if (!v_is_null(kwargs) && !v_is_dict(kwargs)) return pickle_raise_unpickling(l->t, "%s kwargs argument must be a dict, not %.200T", opcode, kwargs);
  return call_new(l, type, args, kwargs);
}

static int load_newobj(Loader *l, bool has_kwargs) {
  if (need(l, has_kwargs ? 3 : 2) < 0) return -1;
  Value kwargs = has_kwargs ? pop(l) : V_NULL, args = pop(l), cls = pop(l);
  Value v = make_newobj(l, has_kwargs ? "NEWOBJ_EX" : "NEWOBJ", cls, args, kwargs);
  v_drop(l->t, kwargs);
  v_drop(l->t, args);
  v_drop(l->t, cls);
  return push(l, v);
}

static int load_reduce(Loader *l) {
  Value args = pop(l), f = v_is_null(args) ? V_NULL : pop(l), v = V_NULL;
  if (!v_is_null(f) && !v_is_tuple(args)) raise_type_error(l->t, "argument list must be a tuple");
  else if (!v_is_null(f)) v = object_call(l->t, f, v_tuple(args)->items, (size_t)v_tuple(args)->length, V_NULL);
  v_drop(l->t, args);
  v_drop(l->t, f);
  return push(l, v);
}

// --- State --------------------------------------------------------------------------------------------------------------------------------

// The instance's __dict__ is the ordinary one: attributes can be stored without asking for it, which would be slower ever after.
static bool has_plain_dict(Thread *t, Value v) {
  if (!v_is_ptr(v) || !instance_has_attrs(v_obj(v)) || v_type(v)->slots.getattro != object_generic_getattr) return false;
  Value found = type_lookup(t, v_type(v), N(__dict__));
  bool plain = !v_is_null(found) && v_is_exact(found, SHAPE_GETSET_DESCRIPTOR) && ((const GetSetDescriptor *)v_obj(found))->def == &type_instance_dict_getset;
  v_drop(t, found);
  return plain;
}

// The interned str for a key, owned. The keys of many instances are the same few objects, which are remembered.
static Value intern_key(Loader *l, Value key) {
  PickleName *known = &l->names[(key.w >> 4) % PICKLE_NAMES_KNOWN];
  if (likely(v_is(known->key, key))) return v_own(l->t, known->interned);
  Value name = str_intern(l->t, v_own(l->t, key));
  if (v_is_null(name)) return V_NULL;
  v_set(l->t, &known->key, v_own(l->t, key));
  v_set(l->t, &known->interned, v_own(l->t, name));
  return name;
}

static int set_attribute(Loader *l, Value v, Value dict /* V_NULL: v's plain one */, Value key, Value value) {
  Value name = v_is_str_exact(key) ? intern_key(l, key) : v_own(l->t, key);
  if (v_is_null(name)) return -1;
  int status = v_is_null(dict) ? instance_set_attr(l->t, v_obj(v), name, value) : object_setitem(l->t, dict, name, value);
  v_drop(l->t, name);
  return status < 0 ? -1 : 0;
}

static bool all_keys_are_str(Dict *d) { return ((const DictTable *)aptr_load_acq(&d->table))->str_keys; }

static int set_dict_state(Loader *l, Value v, Value state) {
  if (!v_is_dict(state)) return (int)(pickle_raise_unpickling(l->t, "state is not a dictionary"), -1);
  Value dict = V_NULL, key, value;
  if (!has_plain_dict(l->t, v) || !all_keys_are_str(v_dict(state))) {
    dict = object_getattr(l->t, v, N(__dict__));
    if (v_is_null(dict)) return -1;
  }
  int status = 0;
  for (int64_t pos = 0; status == 0 && dict_next(l->t, v_dict(state), &pos, &key, &value);) {
    status = set_attribute(l, v, dict, key, value);
    v_drop(l->t, key);
    v_drop(l->t, value);
  }
  v_drop(l->t, dict);
  return status;
}

static int set_slot_state(Loader *l, Value v, Value state) {
  if (!v_is_dict(state)) return (int)(pickle_raise_unpickling(l->t, "slot state is not a dictionary"), -1);
  Value key, value;
  int status = 0;
  for (int64_t pos = 0; status == 0 && dict_next(l->t, v_dict(state), &pos, &key, &value);) {
    status = object_setattr(l->t, v, key, value);
    v_drop(l->t, key);
    v_drop(l->t, value);
  }
  return status;
}

static int set_state(Loader *l, Value v, Value state) {
  Value method, slots = V_NULL;
  int r = object_lookup_attr(l->t, v, N(__setstate__), &method);
  if (r < 0) return -1;
  if (r > 0) {
    Value done = object_call1(l->t, method, state);
    v_drop(l->t, method);
    v_drop(l->t, done);
    return v_is_null(done) ? -1 : 0;
  }
  if (v_is_tuple(state) && v_tuple(state)->length == 2) {
    slots = v_tuple(state)->items[1];
    state = v_tuple(state)->items[0];
  }
  if (!v_is_none(state) && set_dict_state(l, v, state) < 0) return -1;
  return v_is_null(slots) || v_is_none(slots) ? 0 : set_slot_state(l, v, slots);
}

static int load_build(Loader *l) {
  if (need(l, 2) < 0) return -1;
  Value state = pop(l), v = v_own(l->t, top(l));
  int status = set_state(l, v, state);
  v_drop(l->t, state);
  v_drop(l->t, v);
  return status;
}

// --- Persistent ids, extensions -----------------------------------------------------------------------------------------------------------

static int push_persistent(Loader *l, Value id_stolen) {
  Value v = v_is_null(id_stolen) ? V_NULL : pickle_hook_call(l->t, &l->persistent_load, l->self, id_stolen);
  v_drop(l->t, id_stolen);
  return push(l, v);
}

static int check_persistent(Loader *l) {
  if (!v_is_null(l->persistent_load.function)) return 0;
  pickle_raise_unpickling(l->t, "A load persistent id instruction was encountered,\nbut no persistent_load function was specified.");
  return -1;
}

static int load_persid(Loader *l) {
  int64_t n;
  if (check_persistent(l) < 0) return -1;
  const char *line = pickle_read_line(l, &n);
  if (!line) return -1;
  Value id = ascii_decode(l->t, line, (size_t)n - 1, "strict");
  if (v_is_null(id) && error_matches(l->t, &exc_UnicodeDecodeError)) {
    error_clear(l->t);
    pickle_raise_unpickling(l->t, "persistent IDs in protocol 0 must be ASCII strings");
  }
  return push_persistent(l, id);
}

static int load_binpersid(Loader *l) { return check_persistent(l) < 0 ? -1 : push_persistent(l, pop(l)); }

static Value find_extension(Loader *l, int64_t code, Value key) {
  Value pair;
  int r = dict_get(l->t, v_dict(pickle_tables.inverted_registry), key, &pair);
  if (r == 0) return raise_value_error(l->t, "unregistered extension code %lld", (long long)code);
  if (r < 0) return V_NULL;
  const Tuple *names = v_is_tuple(pair) && v_tuple(pair)->length == 2 ? v_tuple(pair) : NULL;
  Value v = V_NULL;
  if (!names || !v_is_str(names->items[0]) || !v_is_str(names->items[1]))
    raise_value_error(l->t, "_inverted_registry[%lld] isn't a 2-tuple of strings", (long long)code);
  else
    v = find_class(l, names->items[0], names->items[1]);
  v_drop(l->t, pair);
  if (!v_is_null(v) && dict_set(l->t, v_dict(pickle_tables.extension_cache), key, v) < 0) v_clear(l->t, &v);
  return v;
}

static int load_extension(Loader *l, int width) {
  int64_t code;
  if (!read_number(l, width, &code)) return -1;
  if (width == 4) code = (int32_t)code;
  if (code <= 0) return (int)(pickle_raise_unpickling(l->t, "EXT specifies code <= 0"), -1);
  Value key = v_from_smi(code), v;
  int r = dict_get(l->t, v_dict(pickle_tables.extension_cache), key, &v);
  return push(l, r < 0 ? V_NULL : r > 0 ? v : find_extension(l, code, key));
}

// --- Stack and memo opcodes ---------------------------------------------------------------------------------------------------------------

static int load_pop(Loader *l) {
  if (l->mark_count > 0 && l->marks[l->mark_count - 1] == l->length) {
    l->mark_count--;
    set_fence(l);
    return 0;
  }
  if (need(l, 1) < 0) return -1;
  cut(l, l->length - 1);
  return 0;
}

static int load_pop_mark(Loader *l) {
  int64_t at = pop_mark(l);
  if (at >= 0) cut(l, at);
  return at < 0 ? -1 : 0;
}

static int load_dup(Loader *l) { return need(l, 1) < 0 ? -1 : push(l, v_own(l->t, top(l))); }

// The number of GET and PUT, in text.
static int read_text_number(Loader *l, int64_t *number) {
  int64_t n;
  Value keep;
  const char *line = read_text_line(l, 2, &n, &keep);
  if (!line) return -1;
  Value v = int_from_str(l->t, keep, 10);
  if (v_is_null(v)) replace_bad_int(l, line, n, 10);
  v_drop(l->t, keep);
  if (v_is_null(v)) return -1;
  *number = number_as_i64(l->t, v);
  v_drop(l->t, v);
  return *number == -1 && error_pending(l->t) ? -1 : 0;
}

static int load_get(Loader *l) {
  int64_t number;
  return read_text_number(l, &number) < 0 ? -1 : get(l, number);
}
static int load_put(Loader *l) {
  int64_t number;
  return read_text_number(l, &number) < 0 ? -1 : put(l, number);
}
static int load_binget(Loader *l, int width) {
  int64_t number;
  return read_number(l, width, &number) ? get(l, number) : -1;
}
static int load_binput(Loader *l, int width) {
  int64_t number;
  return read_number(l, width, &number) ? put(l, number) : -1;
}

static int load_proto(Loader *l) {
  int64_t proto;
  if (!read_number(l, 1, &proto)) return -1;
  if (proto > PICKLE_HIGHEST) return (int)(raise_value_error(l->t, "unsupported pickle protocol: %d", (int)proto), -1);
  l->proto = (int)proto;
  return 0;
}

// A frame is only a promise that so many bytes follow: they are brought into the buffer.
static int load_frame(Loader *l) {
  int64_t n;
  if (!read_number(l, 8, &n)) return -1;
  if (n < 0) return (int)(raise_overflow(l->t, "FRAME length exceeds system's maximum of %lld bytes", (long long)INT64_MAX), -1);
  if (!pickle_read(l, n)) return -1;
  l->next -= n;
  return 0;
}

static int raise_bad_opcode(Loader *l, unsigned char c) {
  if (c >= 0x20 && c <= 0x7e && c != '\'' && c != '\\') pickle_raise_unpickling(l->t, "invalid load key, '%c'.", c);
  else pickle_raise_unpickling(l->t, "invalid load key, '\\x%02x'.", c);
  return -1;
}

// --- The machine --------------------------------------------------------------------------------------------------------------------------

static inline int execute(Loader *l, unsigned char op) {
  switch (op) {
    case PK_NONE: return push(l, V_NONE);
    case PK_BININT: return load_small_int(l, 4);
    case PK_BININT1: return load_small_int(l, 1);
    case PK_BININT2: return load_small_int(l, 2);
    case PK_INT: return load_int(l);
    case PK_LONG: return load_long(l);
    case PK_LONG1: return load_counted_long(l, 1);
    case PK_LONG4: return load_counted_long(l, 4);
    case PK_FLOAT: return load_float(l);
    case PK_BINFLOAT: return load_binfloat(l);
    case PK_SHORT_BINBYTES: return load_counted_bytes(l, 1);
    case PK_BINBYTES: return load_counted_bytes(l, 4);
    case PK_BINBYTES8: return load_counted_bytes(l, 8);
    case PK_BYTEARRAY8: return load_counted_bytearray(l);
    case PK_NEXT_BUFFER: return load_next_buffer(l);
    case PK_READONLY_BUFFER: return load_readonly_buffer(l);
    case PK_SHORT_BINSTRING: return load_counted_string(l, 1);
    case PK_BINSTRING: return load_counted_string(l, 4);
    case PK_STRING: return load_string(l);
    case PK_UNICODE: return load_unicode(l);
    case PK_SHORT_BINUNICODE: return load_counted_unicode(l, 1);
    case PK_BINUNICODE: return load_counted_unicode(l, 4);
    case PK_BINUNICODE8: return load_counted_unicode(l, 8);
    case PK_EMPTY_TUPLE: return push(l, tuple_empty);
    case PK_TUPLE1: return load_counted_tuple(l, 1);
    case PK_TUPLE2: return load_counted_tuple(l, 2);
    case PK_TUPLE3: return load_counted_tuple(l, 3);
    case PK_TUPLE: return load_tuple(l);
    case PK_EMPTY_LIST: return push(l, list_new(l->t, 0));
    case PK_LIST: return load_list(l);
    case PK_EMPTY_DICT: return push(l, dict_new(l->t));
    case PK_DICT: return load_dict(l);
    case PK_EMPTY_SET: return push(l, set_new(l->t, V_NULL));
    case PK_ADDITEMS: return load_additems(l);
    case PK_FROZENSET: return load_frozenset(l);
    case PK_OBJ: return load_obj(l);
    case PK_INST: return load_inst(l);
    case PK_NEWOBJ: return load_newobj(l, false);
    case PK_NEWOBJ_EX: return load_newobj(l, true);
    case PK_GLOBAL: return load_global(l);
    case PK_STACK_GLOBAL: return load_stack_global(l);
    case PK_APPEND: return load_append(l);
    case PK_APPENDS: return load_appends(l);
    case PK_SETITEM: return load_setitem(l);
    case PK_SETITEMS: return load_setitems(l);
    case PK_BUILD: return load_build(l);
    case PK_DUP: return load_dup(l);
    case PK_BINGET: return load_binget(l, 1);
    case PK_LONG_BINGET: return load_binget(l, 4);
    case PK_GET: return load_get(l);
    case PK_MARK: return load_mark(l);
    case PK_BINPUT: return load_binput(l, 1);
    case PK_LONG_BINPUT: return load_binput(l, 4);
    case PK_PUT: return load_put(l);
    case PK_MEMOIZE: return put(l, l->memo_count);
    case PK_POP: return load_pop(l);
    case PK_POP_MARK: return load_pop_mark(l);
    case PK_PERSID: return load_persid(l);
    case PK_BINPERSID: return load_binpersid(l);
    case PK_REDUCE: return load_reduce(l);
    case PK_PROTO: return load_proto(l);
    case PK_FRAME: return load_frame(l);
    case PK_EXT1: return load_extension(l, 1);
    case PK_EXT2: return load_extension(l, 2);
    case PK_EXT4: return load_extension(l, 4);
    case PK_NEWTRUE: return push(l, V_TRUE);
    case PK_NEWFALSE: return push(l, V_FALSE);
    default: return raise_bad_opcode(l, op);
  }
}

Value pickle_load(Loader *l) {
  l->mark_count = 0;
  l->fence = 0;
  l->proto = 0;
  cut(l, 0);
  for (uint32_t steps = 1;; steps++) {
    const char *op = pickle_read(l, 1);
    if (unlikely(!op)) {
      if (error_matches(l->t, v_as_type(pickle_tables.unpickling_error))) {
        error_clear(l->t);
        raise_error(l->t, &exc_EOFError, "Ran out of input");
      }
      return V_NULL;
    }
    if (*op == PK_STOP) break;
    if (unlikely(execute(l, (unsigned char)*op) < 0) || (unlikely(steps % 1024 == 0) && safepoint(l->t) < 0)) return V_NULL;
  }
  return pickle_skip_consumed(l) < 0 ? V_NULL : pop(l);
}

// --- Setting one up -----------------------------------------------------------------------------------------------------------------------

void pickle_loader_init(Thread *t, Loader *l) {
  *l = (Loader){.t = t};
  l->fix_imports = true;
}

void pickle_loader_clear(Thread *t, Loader *l) {
  Value *stack = l->stack;
  int64_t n = l->length;
  l->stack = NULL;
  l->length = l->capacity = l->fence = 0;
  for (int64_t i = n; i-- > 0;) v_drop(t, stack[i]);
  if (stack) heap_free(t, stack);
  if (l->marks) heap_free(t, l->marks);
  l->marks = NULL;
  l->mark_count = l->mark_capacity = 0;
  pickle_memo_forget(t, l);
  l->in = NULL;
  l->in_length = l->next = l->prefetched = 0;
  buffer_release(t, &l->view);
  v_clear(t, &l->read);
  v_clear(t, &l->readline);
  v_clear(t, &l->readinto);
  v_clear(t, &l->peek);
  for (int i = 0; i < PICKLE_NAMES_KNOWN; i++) {
    v_clear(t, &l->names[i].key);
    v_clear(t, &l->names[i].interned);
  }
  v_clear(t, &l->encoding);
  v_clear(t, &l->errors);
  v_clear(t, &l->buffers);
  v_clear(t, &l->persistent_load.function);
}

int pickle_loader_set_text(Thread *t, Loader *l, Value encoding, Value errors) {
  Value chosen = v_is_absent(encoding) ? str_intern_cstr(t, "ASCII") : v_own(t, encoding);
  Value handler = v_is_absent(errors) ? str_intern_cstr(t, "strict") : v_own(t, errors);
  v_set(t, &l->encoding, chosen);
  v_set(t, &l->errors, handler);
  return v_is_null(chosen) || v_is_null(handler) ? -1 : 0;
}

int pickle_loader_set_buffers(Thread *t, Loader *l, Value buffers) {
  if (v_is_absent_or_none(buffers)) return 0;
  Value it = object_iter(t, buffers);
  if (v_is_null(it)) return -1;
  v_set(t, &l->buffers, it);
  return 0;
}
