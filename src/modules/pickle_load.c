// Reading pickles: a machine with a stack and a memo, one function an opcode. Here are its loop, and the opcodes that most of a pickle consists of.
#include "gc/heap.h"
#include "modules/pickle_loader.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str_core.h"
#include "objects/tuple.h"

// --- Values of everyday -------------------------------------------------------------------------------------------------------------------

LOADER_INLINE int load_small_int(Loader *l, int width) {
  int64_t n;
  if (!loader_read_number(l, width, &n)) return -1;
  return loader_push(l, v_from_smi(width == 4 ? (int32_t)n : n));
}

LOADER_INLINE int load_counted_unicode(Loader *l, int width) {
  int64_t n;
  if (!loader_read_length(l, width, "BINUNICODE", &n)) return -1;
  const char *p = pickle_read(l, n);
  if (!p) return -1;
  if (bytes_are_ascii(p, (size_t)n)) return loader_push(l, str_from_ascii(l->t, p, (size_t)n));
  return loader_push(l, utf8_decode(l->t, p, (size_t)n, "surrogatepass", NULL));
}

LOADER_INLINE int load_counted_tuple(Loader *l, int64_t n) { return loader_need(l, n) < 0 ? -1 : loader_push(l, loader_take_tuple(l, l->length - n)); }

// --- Stack and marks ----------------------------------------------------------------------------------------------------------------------

static int load_pop(Loader *l) {
  if (l->mark_count > 0 && l->marks[l->mark_count - 1] == l->length) {
    l->mark_count--;
    loader_set_fence(l);
    return 0;
  }
  if (loader_need(l, 1) < 0) return -1;
  loader_cut(l, l->length - 1);
  return 0;
}

static int load_pop_mark(Loader *l) {
  int64_t at = loader_pop_mark(l);
  if (at >= 0) loader_cut(l, at);
  return at < 0 ? -1 : 0;
}

static int load_dup(Loader *l) { return loader_need(l, 1) < 0 ? -1 : loader_push(l, v_own(l->t, loader_top(l))); }

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

// --- The memo -----------------------------------------------------------------------------------------------------------------------------

LOADER_INLINE int get(Loader *l, int64_t number) {
  Value v = likely(number < l->memo_capacity) ? v_own(l->t, l->memo[number]) : V_NULL;
  if (unlikely(v_is_null(v))) v = pickle_memo_load(l, number);
  if (v_is_null(v) && !error_pending(l->t)) pickle_raise_unpickling(l->t, "Memo value not found at index %lld", (long long)number);
  return loader_push(l, v);
}

LOADER_INLINE int put(Loader *l, int64_t number) {
  if (loader_need(l, 1) < 0) return -1;
  if (number < 0) return (int)(raise_value_error(l->t, "negative PUT argument"), -1);
  if (unlikely(number >= l->memo_capacity || !v_is_null(l->memo[number]))) return pickle_memo_store(l, number, loader_top(l));
  l->memo[number] = v_own(l->t, loader_top(l));
  l->memo_count++;
  return 0;
}

static int load_get(Loader *l) {
  int64_t number;
  return loader_read_text_number(l, &number) < 0 ? -1 : get(l, number);
}
static int load_put(Loader *l) {
  int64_t number;
  return loader_read_text_number(l, &number) < 0 ? -1 : put(l, number);
}
LOADER_INLINE int load_binget(Loader *l, int width) {
  int64_t number;
  return loader_read_number(l, width, &number) ? get(l, number) : -1;
}
LOADER_INLINE int load_binput(Loader *l, int width) {
  int64_t number;
  return loader_read_number(l, width, &number) ? put(l, number) : -1;
}

// --- The rest -----------------------------------------------------------------------------------------------------------------------------

static int load_proto(Loader *l) {
  int64_t proto;
  if (!loader_read_number(l, 1, &proto)) return -1;
  if (proto > PICKLE_HIGHEST) return (int)(raise_value_error(l->t, "unsupported pickle protocol: %d", (int)proto), -1);
  l->proto = (int)proto;
  return 0;
}

// A frame is only a promise that so many bytes follow: they are brought into the buffer.
static int load_frame(Loader *l) {
  int64_t n;
  if (!loader_read_number(l, 8, &n)) return -1;
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

LOADER_INLINE int execute(Loader *l, unsigned char op) {
  switch (op) {
    case PK_NONE: return loader_push(l, V_NONE);
    case PK_BININT: return load_small_int(l, 4);
    case PK_BININT1: return load_small_int(l, 1);
    case PK_BININT2: return load_small_int(l, 2);
    case PK_INT: return pickle_load_int(l);
    case PK_LONG: return pickle_load_long(l);
    case PK_LONG1: return pickle_load_counted_long(l, 1);
    case PK_LONG4: return pickle_load_counted_long(l, 4);
    case PK_FLOAT: return pickle_load_float(l);
    case PK_BINFLOAT: return pickle_load_binfloat(l);
    case PK_SHORT_BINBYTES: return pickle_load_counted_bytes(l, 1);
    case PK_BINBYTES: return pickle_load_counted_bytes(l, 4);
    case PK_BINBYTES8: return pickle_load_counted_bytes(l, 8);
    case PK_BYTEARRAY8: return pickle_load_counted_bytearray(l);
    case PK_NEXT_BUFFER: return pickle_load_next_buffer(l);
    case PK_READONLY_BUFFER: return pickle_load_readonly_buffer(l);
    case PK_SHORT_BINSTRING: return pickle_load_counted_string(l, 1);
    case PK_BINSTRING: return pickle_load_counted_string(l, 4);
    case PK_STRING: return pickle_load_string(l);
    case PK_UNICODE: return pickle_load_unicode(l);
    case PK_SHORT_BINUNICODE: return load_counted_unicode(l, 1);
    case PK_BINUNICODE: return load_counted_unicode(l, 4);
    case PK_BINUNICODE8: return load_counted_unicode(l, 8);
    case PK_EMPTY_TUPLE: return loader_push(l, tuple_empty);
    case PK_TUPLE1: return load_counted_tuple(l, 1);
    case PK_TUPLE2: return load_counted_tuple(l, 2);
    case PK_TUPLE3: return load_counted_tuple(l, 3);
    case PK_TUPLE: return pickle_load_tuple(l);
    case PK_EMPTY_LIST: return loader_push(l, list_new(l->t, 0));
    case PK_LIST: return pickle_load_list(l);
    case PK_EMPTY_DICT: return loader_push(l, dict_new(l->t));
    case PK_DICT: return pickle_load_dict(l);
    case PK_EMPTY_SET: return loader_push(l, set_new(l->t, V_NULL));
    case PK_ADDITEMS: return pickle_load_additems(l);
    case PK_FROZENSET: return pickle_load_frozenset(l);
    case PK_OBJ: return pickle_load_obj(l);
    case PK_INST: return pickle_load_inst(l);
    case PK_NEWOBJ: return pickle_load_newobj(l, false);
    case PK_NEWOBJ_EX: return pickle_load_newobj(l, true);
    case PK_GLOBAL: return pickle_load_global(l);
    case PK_STACK_GLOBAL: return pickle_load_stack_global(l);
    case PK_APPEND: return pickle_load_append(l);
    case PK_APPENDS: return pickle_load_appends(l);
    case PK_SETITEM: return pickle_load_setitem(l);
    case PK_SETITEMS: return pickle_load_setitems(l);
    case PK_BUILD: return pickle_load_build(l);
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
    case PK_PERSID: return pickle_load_persid(l);
    case PK_BINPERSID: return pickle_load_binpersid(l);
    case PK_REDUCE: return pickle_load_reduce(l);
    case PK_PROTO: return load_proto(l);
    case PK_FRAME: return load_frame(l);
    case PK_EXT1: return pickle_load_extension(l, 1);
    case PK_EXT2: return pickle_load_extension(l, 2);
    case PK_EXT4: return pickle_load_extension(l, 4);
    case PK_NEWTRUE: return loader_push(l, V_TRUE);
    case PK_NEWFALSE: return loader_push(l, V_FALSE);
    default: return raise_bad_opcode(l, op);
  }
}

Value pickle_load(Loader *l) {
  l->mark_count = 0;
  l->fence = 0;
  l->proto = 0;
  loader_cut(l, 0);
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
  return pickle_skip_consumed(l) < 0 ? V_NULL : loader_pop(l);
}
