// list.sort: a stable, adaptive merge sort (Tim Peters's timsort with the merge order of Munro and Wild's powersort).
//
// Natural runs are found (short ones filled up by binary insertion) and merged; a merge that keeps winning on one side switches to
// galloping, which finds the winner's whole stretch by doubling steps. Before sorting, the keys are looked over once: if all are small ints,
// floats, strs, or tuples whose first items are such, comparisons need no dispatch.
// The list is empty while its items are sorted, in an array that nobody else sees; so comparisons may do what they like to the list, which is
// reported afterwards.
#include <stdlib.h>

#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"

#define MIN_GALLOP 7
#define MAX_RUNS 85      // enough for 2**64 items
#define SMALL_BUFFER 256

typedef struct Sort Sort;
typedef int (*LessFn)(Sort *s, Value a, Value b);  // 1, 0, -1 an exception

typedef struct Run { int64_t start, length; int power; } Run;

struct Sort {
  Thread *t;
  Value *keys;        // what is compared
  Value *values;      // moved along with the keys; NULL: the keys are the items
  int64_t n;
  LessFn less;
  LessFn first_less;  // for tuples: how first items compare
  Run runs[MAX_RUNS]; // stack of runs to be merged
  int depth;
  int64_t min_gallop;
  Value *buffer;      // keys, then values, of the shorter run of a merge
  int64_t capacity;
  Value small[SMALL_BUFFER];
};

// --- Comparing ------------------------------------------------------------------------------------------------------------------------------

static int less_any(Sort *s, Value a, Value b) { return object_compare_bool(s->t, a, b, CMP_LT); }

static int less_smi(Sort *s, Value a, Value b) {
  (void)s;
  return (int64_t)a.w < (int64_t)b.w;  // the tag is the same in both
}

static int less_float(Sort *s, Value a, Value b) {
  (void)s;
  return float_value(a) < float_value(b);
}

static int less_int(Sort *s, Value a, Value b) {
  (void)s;
  return int_compare(a, b) < 0;
}

static int less_latin1(Sort *s, Value a, Value b) {
  (void)s;
  Str *x = v_str(a), *y = v_str(b);
  int64_t n = x->length < y->length ? x->length : y->length;
  int r = memcmp(x->data, y->data, (size_t)n);
  return r ? r < 0 : x->length < y->length;
}

static int less_str(Sort *s, Value a, Value b) {
  (void)s;
  return str_compare(v_str(a), v_str(b)) < 0;
}

// Tuples of at least one item: the first unequal pair decides.
static int less_tuple(Sort *s, Value a, Value b) {
  Tuple *x = v_tuple(a), *y = v_tuple(b);
  int64_t n = x->length < y->length ? x->length : y->length;
  for (int64_t i = 0; i < n; i++) {
    int r = object_equal(s->t, x->items[i], y->items[i]);
    if (r < 0) return r;
    if (r == 0) return i == 0 ? s->first_less(s, x->items[0], y->items[0]) : object_compare_bool(s->t, x->items[i], y->items[i], CMP_LT);
  }
  return x->length < y->length;
}

enum { KEY_OTHER = 0, KEY_SMI = 1, KEY_INT = 2, KEY_FLOAT = 4, KEY_LATIN1 = 8, KEY_STR = 16, KEY_TUPLE = 32 };

static int key_kind(Value v) {
  if (v_is_smi(v)) return KEY_SMI;
  if (v_is_float_exact(v)) return KEY_FLOAT;
  switch (object_shape(v_obj(v))) {
    case SHAPE_STR: return str_kind(v_str(v)) == 1 ? KEY_LATIN1 : KEY_STR;
    case SHAPE_INT: return KEY_INT;
    case SHAPE_TUPLE: return v_tuple(v)->length > 0 ? KEY_TUPLE : KEY_OTHER;
    default: return KEY_OTHER;
  }
}

static LessFn less_for_kinds(int kinds, bool other) {
  if (other) return less_any;
  if (kinds == KEY_SMI) return less_smi;
  if (kinds == KEY_FLOAT) return less_float;
  if (kinds == KEY_LATIN1) return less_latin1;
  if ((kinds & ~(KEY_SMI | KEY_INT)) == 0) return less_int;
  if ((kinds & ~(KEY_LATIN1 | KEY_STR)) == 0) return less_str;
  return less_any;
}

static void choose_comparison(Sort *s) {
  int kinds = 0, first_kinds = 0;
  bool other = false, first_other = false;
  for (int64_t i = 0; i < s->n && !other; i++) {
    int k = key_kind(s->keys[i]);
    kinds |= k;
    other = k == KEY_OTHER || (kinds & KEY_TUPLE && kinds != KEY_TUPLE);
    if (k == KEY_TUPLE) {
      int f = key_kind(v_tuple(s->keys[i])->items[0]);
      first_kinds |= f;
      if (f == KEY_OTHER || f == KEY_TUPLE) first_other = true;
    }
  }
  if (!other && kinds == KEY_TUPLE) {
    s->first_less = less_for_kinds(first_kinds, first_other);
    s->less = less_tuple;
  } else {
    s->less = less_for_kinds(kinds, other);
  }
}

// --- Moving ---------------------------------------------------------------------------------------------------------------------------------

static void move_items(Sort *s, int64_t to, int64_t from, int64_t n) {
  memmove(s->keys + to, s->keys + from, (size_t)n * sizeof(Value));
  if (s->values) memmove(s->values + to, s->values + from, (size_t)n * sizeof(Value));
}

static void save_items(Sort *s, int64_t from, int64_t n) {
  memcpy(s->buffer, s->keys + from, (size_t)n * sizeof(Value));
  if (s->values) memcpy(s->buffer + s->capacity, s->values + from, (size_t)n * sizeof(Value));
}

static void restore_items(Sort *s, int64_t to, int64_t saved, int64_t n) {
  memcpy(s->keys + to, s->buffer + saved, (size_t)n * sizeof(Value));
  if (s->values) memcpy(s->values + to, s->buffer + s->capacity + saved, (size_t)n * sizeof(Value));
}

static inline void move_one(Sort *s, int64_t to, int64_t from) {
  s->keys[to] = s->keys[from];
  if (s->values) s->values[to] = s->values[from];
}

static inline void restore_one(Sort *s, int64_t to, int64_t saved) {
  s->keys[to] = s->buffer[saved];
  if (s->values) s->values[to] = s->buffer[s->capacity + saved];
}

static void reverse_words(Value *v, int64_t n) {
  for (int64_t i = 0, k = n - 1; i < k; i++, k--) {
    Value x = v[i];
    v[i] = v[k];
    v[k] = x;
  }
}

static int ensure_buffer(Sort *s, int64_t n) {
  if (n <= s->capacity) return 0;
  if (s->buffer != s->small) heap_free(s->t, s->buffer);
  s->capacity = n;
  s->buffer = heap_alloc(s->t, (size_t)n * sizeof(Value) * (s->values ? 2 : 1));
  if (s->buffer) return 0;
  s->buffer = s->small;
  s->capacity = s->values ? SMALL_BUFFER / 2 : SMALL_BUFFER;
  raise_no_memory(s->t);
  return -1;
}

// --- Runs -----------------------------------------------------------------------------------------------------------------------------------

// Length of the run that begins at lo; a strictly descending one is turned round. -1: exception.
static int64_t find_run(Sort *s, int64_t lo, int64_t hi) {
  int64_t at = lo + 1;
  if (at == hi) return 1;
  int r = s->less(s, s->keys[at], s->keys[lo]);
  if (r < 0) return -1;
  bool descending = r;
  for (at++; at < hi; at++) {
    r = s->less(s, s->keys[at], s->keys[at - 1]);
    if (r < 0) return -1;
    if (r != descending) break;
  }
  if (descending) {
    reverse_words(s->keys + lo, at - lo);
    if (s->values) reverse_words(s->values + lo, at - lo);
  }
  return at - lo;
}

// Sorts [lo, hi), of which [lo, sorted) is in order.
static int insertion_sort(Sort *s, int64_t lo, int64_t hi, int64_t sorted) {
  for (int64_t at = sorted; at < hi; at++) {
    Value key = s->keys[at], value = s->values ? s->values[at] : V_NULL;
    int64_t left = lo, right = at;
    while (left < right) {
      int64_t middle = left + ((right - left) >> 1);
      int r = s->less(s, key, s->keys[middle]);
      if (r < 0) return -1;
      if (r) right = middle;
      else left = middle + 1;
    }
    move_items(s, left + 1, left, at - left);
    s->keys[left] = key;
    if (s->values) s->values[left] = value;
  }
  return 0;
}

// The shortest run worth merging: n itself if small, else such that n / minrun is a power of 2 or a little less.
static int64_t minimal_run(int64_t n) {
  int64_t odd = 0;
  for (; n >= 64; n >>= 1) odd |= n & 1;
  return n + odd;
}

// --- Galloping ------------------------------------------------------------------------------------------------------------------------------

// Does a[i] belong before the place of `key`? Among equals the place is the first one, or (after) behind the last.
static inline int is_before(Sort *s, Value key, Value item, bool after) {
  if (!after) return s->less(s, item, key);
  int r = s->less(s, key, item);
  return r < 0 ? r : !r;
}

// The place of key in the sorted a[0..n), looked for in steps that double away from `hint`. -1: exception.
static int64_t gallop(Sort *s, Value key, const Value *a, int64_t n, int64_t hint, bool after) {
  int64_t last = 0, step = 1, low, high;  // the place is in (low, high]
  int r = is_before(s, key, a[hint], after);
  if (r < 0) return -1;
  if (r) {
    int64_t limit = n - hint;
    while (step < limit) {
      r = is_before(s, key, a[hint + step], after);
      if (r < 0) return -1;
      if (!r) break;
      last = step;
      step = (step << 1) + 1;
    }
    if (step > limit) step = limit;
    low = hint + last;
    high = hint + step;
  } else {
    int64_t limit = hint + 1;
    while (step < limit) {
      r = is_before(s, key, a[hint - step], after);
      if (r < 0) return -1;
      if (r) break;
      last = step;
      step = (step << 1) + 1;
    }
    if (step > limit) step = limit;
    low = hint - step;
    high = hint - last;
  }
  for (low++; low < high;) {
    int64_t middle = low + ((high - low) >> 1);
    r = is_before(s, key, a[middle], after);
    if (r < 0) return -1;
    if (r) low = middle + 1;
    else high = middle;
  }
  return high;
}

// --- Merging --------------------------------------------------------------------------------------------------------------------------------

// Merges neighbours a = [at, at+na) and b = [at+na, ...+nb), na <= nb, from the left; a moves to the buffer. Known: b's first item comes before
// a's first, a's last after all of b. In any case what is left in the buffer is put back, so that nothing is lost.
static int merge_from_left(Sort *s, int64_t at, int64_t na, int64_t nb) {
  if (ensure_buffer(s, na) < 0) return -1;
  save_items(s, at, na);
  const Value *a = s->buffer;
  int64_t i = 0, b = at + na, to = at;  // i: in the buffer
  int result = -1, r;
  int64_t k, min_gallop = s->min_gallop;
  move_one(s, to++, b++);
  if (--nb == 0) goto done;
  if (na == 1) goto last_of_a;
  for (;;) {
    int64_t a_wins = 0, b_wins = 0;
    do {
      r = s->less(s, s->keys[b], a[i]);
      if (r < 0) goto fail;
      if (r) {
        move_one(s, to++, b++);
        b_wins++;
        a_wins = 0;
        if (--nb == 0) goto done;
      } else {
        restore_one(s, to++, i++);
        a_wins++;
        b_wins = 0;
        if (--na == 1) goto last_of_a;
      }
    } while (a_wins < min_gallop && b_wins < min_gallop);
    min_gallop++;
    do {
      if (min_gallop > 1) min_gallop--;
      s->min_gallop = min_gallop;
      a_wins = k = gallop(s, s->keys[b], a + i, na, 0, true);
      if (k < 0) goto fail;
      restore_items(s, to, i, k);
      to += k, i += k, na -= k;
      if (na == 1) goto last_of_a;
      if (na == 0) goto done;  // only if comparisons contradict each other
      move_one(s, to++, b++);
      if (--nb == 0) goto done;
      b_wins = k = gallop(s, a[i], s->keys + b, nb, 0, false);
      if (k < 0) goto fail;
      move_items(s, to, b, k);
      to += k, b += k, nb -= k;
      if (nb == 0) goto done;
      restore_one(s, to++, i++);
      if (--na == 1) goto last_of_a;
    } while (a_wins >= MIN_GALLOP || b_wins >= MIN_GALLOP);
    min_gallop++;  // leaving the gallop costs a little
    s->min_gallop = min_gallop;
  }
last_of_a:
  move_items(s, to, b, nb);
  restore_one(s, to + nb, i);
  return 0;
done:
  result = 0;
fail:
  restore_items(s, to, i, na);
  return result;
}

// The mirror image, for na >= nb: from the right, b in the buffer.
static int merge_from_right(Sort *s, int64_t at, int64_t na, int64_t nb) {
  if (ensure_buffer(s, nb) < 0) return -1;
  save_items(s, at + na, nb);
  const Value *b = s->buffer;
  int64_t a = at + na - 1, j = nb - 1, to = at + na + nb - 1;  // the last of each; j: in the buffer
  int result = -1, r;
  int64_t k, min_gallop = s->min_gallop;
  move_one(s, to--, a--);
  if (--na == 0) goto done;
  if (nb == 1) goto last_of_b;
  for (;;) {
    int64_t a_wins = 0, b_wins = 0;
    do {
      r = s->less(s, b[j], s->keys[a]);
      if (r < 0) goto fail;
      if (r) {
        move_one(s, to--, a--);
        a_wins++;
        b_wins = 0;
        if (--na == 0) goto done;
      } else {
        restore_one(s, to--, j--);
        b_wins++;
        a_wins = 0;
        if (--nb == 1) goto last_of_b;
      }
    } while (a_wins < min_gallop && b_wins < min_gallop);
    min_gallop++;
    do {
      if (min_gallop > 1) min_gallop--;
      s->min_gallop = min_gallop;
      k = gallop(s, b[j], s->keys + at, na, na - 1, true);
      if (k < 0) goto fail;
      a_wins = k = na - k;
      to -= k, a -= k, na -= k;
      move_items(s, to + 1, a + 1, k);
      if (na == 0) goto done;
      restore_one(s, to--, j--);
      if (--nb == 1) goto last_of_b;
      k = gallop(s, s->keys[a], b, nb, nb - 1, false);
      if (k < 0) goto fail;
      b_wins = k = nb - k;
      to -= k, j -= k, nb -= k;
      restore_items(s, to + 1, j + 1, k);
      if (nb == 1) goto last_of_b;
      if (nb == 0) goto done;  // only if comparisons contradict each other
      move_one(s, to--, a--);
      if (--na == 0) goto done;
    } while (a_wins >= MIN_GALLOP || b_wins >= MIN_GALLOP);
    min_gallop++;
    s->min_gallop = min_gallop;
  }
last_of_b:
  move_items(s, to - na + 1, a - na + 1, na);
  restore_one(s, to - na, j);
  return 0;
done:
  result = 0;
fail:
  restore_items(s, to - nb + 1, j - nb + 1, nb);
  return result;
}

// Merges the two runs on top of the stack.
static int merge_top(Sort *s) {
  Run *x = &s->runs[s->depth - 2], *y = x + 1;
  int64_t at = x->start, na = x->length, nb = y->length;
  x->length = na + nb;
  s->depth--;
  // What of a is before b's first, and of b behind a's last, is in its place.
  int64_t k = gallop(s, s->keys[at + na], s->keys + at, na, 0, true);
  if (k < 0) return -1;
  at += k;
  na -= k;
  if (na == 0) return 0;
  nb = gallop(s, s->keys[at + na - 1], s->keys + at + na, nb, nb - 1, false);
  if (nb <= 0) return (int)nb;
  return na <= nb ? merge_from_left(s, at, na, nb) : merge_from_right(s, at, na, nb);
}

// Depth, in the nearly optimal merge tree, of the node between runs [s1, s1+n1) and [s1+n1, ...+n2): the first binary digit in which the runs'
// midpoints, as fractions of n, differ.
static int node_power(int64_t s1, int64_t n1, int64_t n2, int64_t n) {
  int64_t a = 2 * s1 + n1, b = a + n1 + n2;
  int power = 0;
  for (;;) {
    power++;
    if (a >= n) {
      a -= n;
      b -= n;
    } else if (b >= n) {
      return power;
    }
    a <<= 1;
    b <<= 1;
  }
}

static int push_run(Sort *s, int64_t start, int64_t length) {
  if (s->depth) {
    Run *top = &s->runs[s->depth - 1];
    int power = node_power(top->start, top->length, length, s->n);
    while (s->depth > 1 && s->runs[s->depth - 2].power > power) {
      if (merge_top(s) < 0) return -1;
    }
    s->runs[s->depth - 1].power = power;
  }
  s->runs[s->depth++] = (Run){start, length, 0};
  return 0;
}

static int sort_items(Sort *s) {
  int64_t minrun = minimal_run(s->n);
  for (int64_t lo = 0; lo < s->n;) {
    int64_t length = find_run(s, lo, s->n);
    if (length < 0) return -1;
    if (length < minrun) {
      int64_t forced = s->n - lo < minrun ? s->n - lo : minrun;
      if (insertion_sort(s, lo, lo + forced, lo + length) < 0) return -1;
      length = forced;
    }
    if (push_run(s, lo, length) < 0) return -1;
    lo += length;
    if (safepoint(s->t) < 0) return -1;
  }
  while (s->depth > 1) {
    if (merge_top(s) < 0) return -1;
  }
  return 0;
}

// --- list.sort --------------------------------------------------------------------------------------------------------------------------------

// What key(item) is for each item: an owned array, or NULL with an exception.
static Value *make_keys(Thread *t, const Value *items, int64_t n, Value key) {
  Value *keys = heap_alloc(t, (size_t)n * sizeof(Value));
  if (!keys) {
    raise_no_memory(t);
    return NULL;
  }
  for (int64_t i = 0; i < n; i++) {
    keys[i] = object_call1(t, key, items[i]);
    if (v_is_null(keys[i])) {
      while (i-- > 0) v_drop(t, keys[i]);
      heap_free(t, keys);
      return NULL;
    }
  }
  return keys;
}

static int sort_array(Thread *t, Value *items, int64_t n, Value key, bool reverse) {
  Sort s;  // large: only what is read before it is written is set
  s.t = t;
  s.keys = items;
  s.values = NULL;
  s.n = n;
  s.depth = 0;
  s.min_gallop = MIN_GALLOP;
  if (!v_is_null(key)) {
    s.values = items;
    s.keys = make_keys(t, items, n, key);
    if (!s.keys) return -1;
  }
  s.buffer = s.small;
  s.capacity = s.values ? SMALL_BUFFER / 2 : SMALL_BUFFER;
  choose_comparison(&s);
  // Turned round before and after, equal items stay in order.
  if (reverse) {
    reverse_words(s.keys, n);
    if (s.values) reverse_words(s.values, n);
  }
  int rc = sort_items(&s);
  if (reverse) reverse_words(items, n);
  if (s.buffer != s.small) heap_free(t, s.buffer);
  if (s.values) {
    for (int64_t i = 0; i < n; i++) v_drop(t, s.keys[i]);
    heap_free(t, s.keys);
  }
  return rc;
}

int list_sort(Thread *t, List *l, Value key, bool reverse) {
  object_share(t, &l->ob);
  ListArray *array;
  int64_t n;
  bool failed = false;
  CRITICAL_BEGIN(t, l);
  array = aptr_load_rlx(&l->array);
  n = list_length(l);
  if (array && !object_is_private(t, &l->ob)) {
    // Readers may still be looking at the old array: it must not change.
    ListArray *old = array;
    array = list_array_new(t, n ? n : 1);
    if (array) {
      memcpy(array->items, old->items, (size_t)n * sizeof(Value));
      a64_store_rel(&l->length, 0);
      aptr_store_rel(&l->array, NULL);
      heap_retire(t, &l->ob, old);
    } else {
      failed = true;
    }
  } else if (array) {
    a64_store_rel(&l->length, 0);
    aptr_store_rel(&l->array, NULL);
  }
  CRITICAL_END(t);
  if (failed) return raise_no_memory(t), -1;
  int rc = array && n > 1 ? sort_array(t, array->items, n, key, reverse) : 0;
  if (array && n == 1 && !v_is_null(key)) {  // called for its effects
    Value k = object_call1(t, key, array->items[0]);
    if (v_is_null(k)) rc = -1;
    v_drop(t, k);
  }
  ListArray *meanwhile;
  int64_t extra;
  CRITICAL_BEGIN(t, l);
  meanwhile = aptr_load_rlx(&l->array);
  extra = list_length(l);
  aptr_store_rel(&l->array, array);
  a64_store_rel(&l->length, (uint64_t)n);
  CRITICAL_END(t);
  if (meanwhile) {
    for (int64_t i = extra; i-- > 0;) v_drop(t, meanwhile->items[i]);
    heap_retire(t, &l->ob, meanwhile);
    if (rc == 0) {
      raise_value_error(t, "list modified during sort");
      rc = -1;
    }
  }
  return rc;
}
