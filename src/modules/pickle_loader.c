// What reading a pickle works with: the stacks, the memo, arguments that are lines, and the settings.
#include "modules/pickle_loader.h"

#include "gc/heap.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str_core.h"
#include "objects/tuple.h"

// --- The stacks ---------------------------------------------------------------------------------------------------------------------------

int loader_grow_stack(Loader *l) {
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

int loader_raise_underflow(Loader *l) {
  pickle_raise_unpickling(l->t, l->mark_count ? "unexpected MARK found" : "unpickling stack underflow");
  return -1;
}

void loader_cut(Loader *l, int64_t start) {
  while (l->length > start) {
    Value v = l->stack[--l->length];
    v_drop(l->t, v);
  }
}

Value loader_take_tuple(Loader *l, int64_t start) {
  if (start < l->fence) return loader_raise_underflow(l), V_NULL;
  int64_t n = l->length - start;
  l->length = start;
  return n ? tuple_from_stolen(l->t, l->stack + start, (size_t)n) : tuple_empty;
}
Value loader_take_list(Loader *l, int64_t start) {
  if (start < l->fence) return loader_raise_underflow(l), V_NULL;
  int64_t n = l->length - start;
  l->length = start;
  return n ? list_from_stolen(l->t, l->stack + start, (size_t)n) : list_new(l->t, 0);
}

int64_t loader_pop_mark(Loader *l) {
  if (l->mark_count < 1) {
    pickle_raise_unpickling(l->t, "could not find MARK");
    return -1;
  }
  int64_t at = l->marks[--l->mark_count];
  loader_set_fence(l);
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

// --- Arguments ----------------------------------------------------------------------------------------------------------------------------

char *loader_read_text_line(Loader *l, int64_t least, int64_t *n, Value *keep) {
  const char *line = pickle_read_line(l, n);
  *keep = V_NULL;
  if (!line) return NULL;
  if (*n < least) return (void)pickle_raise_truncated(l), NULL;
  *keep = bytes_from(l->t, line, (size_t)*n);   // a copy of its own: it may be changed
  return v_is_null(*keep) ? NULL : v_bytes(*keep)->data;
}

void loader_replace_bad_int(Loader *l, const char *text, int64_t n, int base) {
  if (n >= 300 || !error_matches(l->t, &exc_ValueError)) return;   // too many digits is another matter
  error_clear(l->t);
  Value shown = str_from_utf8(l->t, text, strnlen(text, 200));
  if (!v_is_null(shown)) raise_value_error(l->t, "invalid literal for int() with base %d: %R", base, shown);
  v_drop(l->t, shown);
}

int loader_read_text_number(Loader *l, int64_t *number) {
  int64_t n;
  Value keep;
  const char *line = loader_read_text_line(l, 2, &n, &keep);
  if (!line) return -1;
  Value v = int_from_str(l->t, keep, 10);
  if (v_is_null(v)) loader_replace_bad_int(l, line, n, 10);
  v_drop(l->t, keep);
  if (v_is_null(v)) return -1;
  *number = number_as_i64(l->t, v);
  v_drop(l->t, v);
  return *number == -1 && error_pending(l->t) ? -1 : 0;
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
