// Inside the machine that reads pickles: its two stacks, the arguments of its opcodes, and the opcodes by family.
//
// The values are on one stack; the other has the marks, which say how many values lay below each MARK. Nothing below the topmost mark can be
// popped. An opcode's function takes what it needs off the stack and pushes its result: 0, or -1 with an exception.
// The machine itself is in pickle_load.c, what it is made of and its memo in pickle_loader.c.
#ifndef WEFT_MODULES_PICKLE_LOADER_H
#define WEFT_MODULES_PICKLE_LOADER_H

#include "modules/pickle.h"
#include "objects/error.h"

// For what each opcode is to have its copy of, with the width of its argument as a constant: the switch over all opcodes is so large that the
// compiler stops inlining by itself.
#define LOADER_INLINE static inline __attribute__((always_inline))

// --- The stacks ---------------------------------------------------------------------------------------------------------------------------

int loader_grow_stack(Loader *l);
int loader_raise_underflow(Loader *l);   // UnpicklingError; -1

// Steals; V_NULL with an exception set: -1.
LOADER_INLINE int loader_push(Loader *l, Value owned) {
  if (unlikely(v_is_null(owned))) return -1;
  if (unlikely(l->length == l->capacity) && loader_grow_stack(l) < 0) {
    v_drop(l->t, owned);
    return -1;
  }
  l->stack[l->length++] = owned;
  return 0;
}

// Whether n values can be popped: 0, or -1.
static inline int loader_need(Loader *l, int64_t n) { return likely(l->length - n >= l->fence) ? 0 : loader_raise_underflow(l); }

// The topmost value, if any: owned (V_NULL: an exception), or borrowed without a check.
static inline Value loader_pop(Loader *l) { return loader_need(l, 1) < 0 ? V_NULL : l->stack[--l->length]; }
static inline Value loader_top(Loader *l) { return l->stack[l->length - 1]; }

// Drops the values from `start` on.
void loader_cut(Loader *l, int64_t start);
// The values from `start` on, taken off: a tuple or list; V_NULL: nothing taken.
Value loader_take_tuple(Loader *l, int64_t start);
Value loader_take_list(Loader *l, int64_t start);
static inline void loader_set_fence(Loader *l) { l->fence = l->mark_count ? l->marks[l->mark_count - 1] : 0; }
// Takes the topmost mark: where it lay, or -1.
int64_t loader_pop_mark(Loader *l);

// --- Arguments ----------------------------------------------------------------------------------------------------------------------------

// A little-endian number of so many bytes. False: an exception is set. Eight bytes with the top bit set come out negative.
LOADER_INLINE bool loader_read_number(Loader *l, int bytes, int64_t *out) {
  const unsigned char *p = (const unsigned char *)pickle_read(l, bytes);
  if (!p) return false;
  if (bytes == 1) {
    *out = *p;
    return true;
  }
  uint64_t n = 0;
  memcpy(&n, p, (size_t)bytes);
  *out = (int64_t)n;
  return true;
}

// The same for a length. what: the opcode, for OverflowError.
LOADER_INLINE bool loader_read_length(Loader *l, int bytes, const char *what, int64_t *out) {
  if (!loader_read_number(l, bytes, out)) return false;
  if (*out >= 0) return true;
  raise_overflow(l->t, "%s exceeds system's maximum size of %lld bytes", what, (long long)INT64_MAX);
  return false;
}

// A line with its newline, of at least `least` bytes, as NUL-terminated text in `keep`, which the caller drops. NULL: an exception.
char *loader_read_text_line(Loader *l, int64_t least, int64_t *n, Value *keep);
// A line that is a number. 0, -1.
int loader_read_text_number(Loader *l, int64_t *number);
// Replaces the ValueError of a line that is no int by one that shows the line as it is, with its newline.
void loader_replace_bad_int(Loader *l, const char *text, int64_t n, int base);

// --- Opcodes: numbers, text, bytes (pickle_load_values.c). width: bytes of the argument --------------------------------------------------

int pickle_load_int(Loader *l);
int pickle_load_long(Loader *l);
int pickle_load_counted_long(Loader *l, int width);
int pickle_load_float(Loader *l);
int pickle_load_binfloat(Loader *l);
int pickle_load_string(Loader *l);
int pickle_load_counted_string(Loader *l, int width);
int pickle_load_counted_bytes(Loader *l, int width);
int pickle_load_counted_bytearray(Loader *l);
int pickle_load_next_buffer(Loader *l);
int pickle_load_readonly_buffer(Loader *l);
int pickle_load_unicode(Loader *l);

// --- Opcodes: containers (pickle_load_containers.c) ---------------------------------------------------------------------------------------

int pickle_load_tuple(Loader *l);
int pickle_load_list(Loader *l);
int pickle_load_dict(Loader *l);
int pickle_load_frozenset(Loader *l);
int pickle_load_append(Loader *l);
int pickle_load_appends(Loader *l);
int pickle_load_setitem(Loader *l);
int pickle_load_setitems(Loader *l);
int pickle_load_additems(Loader *l);

// --- Opcodes: objects (pickle_load_objects.c) ---------------------------------------------------------------------------------------------

int pickle_load_obj(Loader *l);
int pickle_load_inst(Loader *l);
int pickle_load_global(Loader *l);
int pickle_load_stack_global(Loader *l);
int pickle_load_newobj(Loader *l, bool has_kwargs);
int pickle_load_reduce(Loader *l);
int pickle_load_build(Loader *l);
int pickle_load_persid(Loader *l);
int pickle_load_binpersid(Loader *l);
int pickle_load_extension(Loader *l, int width);

#endif
