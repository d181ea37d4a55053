// The children of an element as a sequence: subscripts, slices, adding and removing.
#include "modules/etree.h"

#include <string.h>

#include "objects/error.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/slice.h"

int element_reserve_locked(Thread *t, Element *e, uint64_t extra) {
  uint64_t need = e->length + extra;
  if (need <= e->capacity) return 0;
  uint64_t capacity = need < 4 ? 4 : need + (need >> 3) + (need < 9 ? 3 : 6);
  if (capacity > ELEMENT_MAX_CHILDREN) return -1;
  Value *children = heap_realloc(t, e->children, capacity * sizeof(Value));
  if (!children) return -1;
  e->children = children;
  e->capacity = (uint32_t)capacity;
  return 0;
}

static int check_element(Thread *t, const char *what, Value v) {
  if (v_is_element(v)) return 0;
  return raise_type_error(t, "%s must be xml.etree.ElementTree.Element, not %K", what, v), -1;
}

// --- Methods ----------------------------------------------------------------------------------------------------------------------------------

NATIVE(element_append_method) {
  if (check_element(t, "append() argument", args[0]) < 0) return V_NULL;
  return element_append(t, v_element(self), args[0]) < 0 ? V_NULL : V_NONE;
}

NATIVE(element_extend) {
  Value list = element_sequence(t, args[0]);
  if (v_is_null(list)) return V_NULL;
  int rc = 0;
  for (int64_t i = 0; rc == 0; i++) {
    Value v = list_get(t, v_list(list), i);
    if (v_is_null(v)) break;
    rc = element_append(t, v_element(self), v);
    v_drop(t, v);
  }
  v_drop(t, list);
  return rc < 0 ? V_NULL : V_NONE;
}

NATIVE(element_insert) {
  int64_t i;
  Value index = number_index(t, args[0]);
  if (v_is_null(index)) return V_NULL;
  i = number_as_i64(t, index);
  v_drop(t, index);
  if (i == -1 && error_pending(t)) return error_matches(t, &exc_OverflowError) ? (error_clear(t), raise_overflow(t, "Python int too large to convert to C ssize_t")) : V_NULL;
  if (check_element(t, "insert() argument 2", args[1]) < 0) return V_NULL;
  Element *e = v_element(self);
  Value mine = v_own(t, args[1]);
  int rc;
  CRITICAL_BEGIN(t, e);
  rc = element_reserve_locked(t, e, 1);
  if (rc == 0) {
    if (i < 0 && (i += e->length) < 0) i = 0;
    if (i > e->length) i = e->length;
    memmove(e->children + i + 1, e->children + i, (size_t)(e->length - i) * sizeof(Value));
    e->children[i] = mine;
    e->length++;
  }
  CRITICAL_END(t);
  if (rc == 0) return V_NONE;
  v_drop(t, mine);
  return raise_no_memory(t);
}

// Takes child i out: owned; V_NULL: there is none.
static Value take(Thread *t, Element *e, int64_t i) {
  Value taken = V_NULL;
  CRITICAL_BEGIN(t, e);
  if (i < e->length) {
    taken = e->children[i];
    e->length--;
    memmove(e->children + i, e->children + i + 1, (size_t)(e->length - i) * sizeof(Value));
  }
  CRITICAL_END(t);
  return taken;
}

NATIVE(element_remove) {
  if (check_element(t, "remove() argument", args[0]) < 0) return V_NULL;
  Element *e = v_element(self);
  for (int64_t i = 0;; i++) {
    Value child = element_child(t, e, i);
    if (v_is_null(child)) break;
    int same = v_obj(child) == v_obj(args[0]) ? 1 : object_equal(t, child, args[0]);
    Value taken = same > 0 ? take(t, e, i) : V_NULL;
    v_drop(t, child);
    if (same < 0) return V_NULL;
    if (same == 0) continue;
    v_drop(t, taken);
    return V_NONE;
  }
  return raise_value_error(t, "list.remove(x): x not in list");
}

// --- Subscripts ---------------------------------------------------------------------------------------------------------------------------------

// The children that a slice selects.
static Value get_slice(Thread *t, Element *e, Value key) {
  int64_t start, stop, step, n;
  if (slice_unpack(t, key, &start, &stop, &step) < 0) return V_NULL;
  ListArray *array;
  CRITICAL_BEGIN(t, e);
  n = slice_adjust(e->length, &start, &stop, step);
  array = list_array_new(t, n);
  for (int64_t i = 0; array && i < n; i++) array->items[i] = v_own(t, e->children[start + i * step]);
  CRITICAL_END(t);
  return array ? list_from_array(t, array, n) : raise_no_memory(t);
}

static int index_of(Thread *t, Element *e, Value key, int64_t *i) {
  if (subscript_index(t, key, i) < 0) return -1;
  if (*i < 0) *i += element_length(t, e);
  return 0;
}

Value element_getitem(Thread *t, Value self, Value key) {
  Element *e = v_element(self);
  if (number_is_index(key)) {
    int64_t i;
    if (index_of(t, e, key, &i) < 0) return V_NULL;
    Value v = element_child(t, e, i);
    return v_is_null(v) ? raise_error(t, &exc_IndexError, "child index out of range") : v;
  }
  return v_is_slice(key) ? get_slice(t, e, key) : raise_type_error(t, "element indices must be integers");
}

static int set_child(Thread *t, Element *e, int64_t i, Value value) {
  Value old = V_NULL, mine;
  bool in_range = i >= 0 && i < element_length(t, e);
  if (in_range && v_is_null(value)) {
    old = take(t, e, i);
    in_range = !v_is_null(old);
  } else if (in_range) {
    if (!v_is_element(value)) return element_refuse(t, value);
    mine = v_own(t, value);
    CRITICAL_BEGIN(t, e);
    in_range = i < e->length;
    old = in_range ? e->children[i] : mine;
    if (in_range) e->children[i] = mine;
    CRITICAL_END(t);
  }
  v_drop(t, old);
  if (!in_range) raise_error(t, &exc_IndexError, "child assignment index out of range");
  return in_range ? 0 : -1;
}

// What happens to a slice of the children, and what it was found to be.
typedef struct Splice {
  int64_t start, stop, step;
  int64_t count;            // of children in the slice
  Value *victims;           // that many, owned, once they have left
  const Value *items;       // their successors; NULL: none
  int64_t item_count;
} Splice;

// Takes the slice's children out of the array, closing the gaps. The lock held; room for the victims is there.
static void cut_locked(Element *e, Splice *s) {
  if (s->step < 0) {
    s->stop = s->start + 1;
    s->start = s->stop + s->step * (s->count - 1) - 1;
    s->step = -s->step;
  }
  int64_t to = s->start, next = s->start, taken = 0;
  for (int64_t i = s->start; i < e->length; i++) {
    if (taken < s->count && i == next) {
      s->victims[taken++] = e->children[i];
      next += s->step;
    } else {
      e->children[to++] = e->children[i];
    }
  }
  e->length -= (uint32_t)s->count;
}

// Puts the items (which are counted already) where the slice is: in its place, or one for one. 0, -1 without memory.
static int replace_locked(Thread *t, Element *e, Splice *s) {
  if (s->step != 1) {
    for (int64_t i = 0; i < s->count; i++) {
      s->victims[i] = e->children[s->start + i * s->step];
      e->children[s->start + i * s->step] = s->items[i];
    }
    return 0;
  }
  if (s->item_count > s->count && element_reserve_locked(t, e, (uint64_t)(s->item_count - s->count)) < 0) return -1;
  if (s->count) memcpy(s->victims, e->children + s->start, (size_t)s->count * sizeof(Value));
  int64_t behind = e->length - (s->start + s->count);
  if (behind) memmove(e->children + s->start + s->item_count, e->children + s->start + s->count, (size_t)behind * sizeof(Value));
  if (s->item_count) memcpy(e->children + s->start, s->items, (size_t)s->item_count * sizeof(Value));
  e->length = (uint32_t)(e->length - s->count + s->item_count);
  return 0;
}

typedef enum Spliced { SPLICED, SPLICE_WRONG_SIZE, SPLICE_NO_MEMORY } Spliced;
static Spliced splice(Thread *t, Element *e, Splice *s, bool is_delete) {
  Spliced done = SPLICED;
  CRITICAL_BEGIN(t, e);
  s->count = slice_adjust(e->length, &s->start, &s->stop, s->step);
  if (s->count) s->victims = heap_alloc(t, (size_t)s->count * sizeof(Value));
  if (s->count && !s->victims) done = SPLICE_NO_MEMORY;
  else if (is_delete && s->count) cut_locked(e, s);
  else if (!is_delete && s->step != 1 && s->item_count != s->count) done = SPLICE_WRONG_SIZE;
  else if (!is_delete && replace_locked(t, e, s) < 0) done = SPLICE_NO_MEMORY;
  CRITICAL_END(t);
  for (int64_t i = 0; done == SPLICED && i < s->count; i++) v_drop(t, s->victims[i]);
  if (s->victims) heap_free(t, s->victims);
  return done;
}

static int splice_failed(Thread *t, Spliced done, const Splice *s) {
  if (done == SPLICED) return 0;
  if (done == SPLICE_NO_MEMORY) return raise_no_memory(t), -1;
  raise_value_error(t, "attempt to assign sequence of size %lld to extended slice of size %lld", (long long)s->item_count, (long long)s->count);
  return -1;
}

static int delete_slice(Thread *t, Element *e, Value key) {
  Splice s = {0};
  return slice_unpack(t, key, &s.start, &s.stop, &s.step) < 0 ? -1 : splice_failed(t, splice(t, e, &s, true), &s);
}

// Whether the slice, as the children are now, could take so many items. 0, -1 ValueError.
static int check_size(Thread *t, Element *e, Splice s) {
  s.count = slice_adjust(element_length(t, e), &s.start, &s.stop, s.step);
  return splice_failed(t, s.step != 1 && s.item_count != s.count ? SPLICE_WRONG_SIZE : SPLICED, &s);
}

// Gives up `n` counted values.
static void items_free(Thread *t, Value *items, int64_t n) {
  for (int64_t i = 0; i < n; i++) v_drop(t, items[i]);
  if (items) heap_free(t, items);
}

static int set_slice(Thread *t, Element *e, Value key, Value value) {
  Splice s = {0};
  if (slice_unpack(t, key, &s.start, &s.stop, &s.step) < 0) return -1;
  Value list = element_sequence(t, value);
  if (v_is_null(list)) return -1;
  int64_t n = list_length(v_list(list)), taken = 0;
  Value *items = n ? heap_alloc(t, (size_t)n * sizeof(Value)) : NULL;
  int rc = n && !items ? (raise_no_memory(t), -1) : 0;
  s.items = items, s.item_count = n;
  if (rc == 0) rc = check_size(t, e, s);
  // The list is this function's own: nobody changes it.
  for (; rc == 0 && taken < n; taken++) {
    items[taken] = list_get(t, v_list(list), taken);
    if (!v_is_element(items[taken])) rc = element_refuse(t, items[taken]);
  }
  if (rc == 0 && (rc = splice_failed(t, splice(t, e, &s, false), &s)) == 0) taken = 0;
  items_free(t, items, taken);
  v_drop(t, list);
  return rc;
}

int element_setitem(Thread *t, Value self, Value key, Value value) {
  Element *e = v_element(self);
  if (number_is_index(key)) {
    int64_t i;
    return index_of(t, e, key, &i) < 0 ? -1 : set_child(t, e, i, value);
  }
  if (!v_is_slice(key)) return raise_type_error(t, "element indices must be integers"), -1;
  return v_is_null(value) ? delete_slice(t, e, key) : set_slice(t, e, key, value);
}
