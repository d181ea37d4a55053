// What pickles say of containers: making them, and filling them with the values above them on the stack.
#include "modules/pickle_loader.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/tuple.h"

int pickle_load_tuple(Loader *l) {
  int64_t at = loader_pop_mark(l);
  return at < 0 ? -1 : loader_push(l, loader_take_tuple(l, at));
}

int pickle_load_list(Loader *l) {
  int64_t at = loader_pop_mark(l);
  return at < 0 ? -1 : loader_push(l, loader_take_list(l, at));
}

// Enters the pair at stack[i]. Its words are None afterwards: the value goes over to the dict, and the collector may look at the stack meanwhile.
static int set_pair(Loader *l, Dict *d, int64_t i) {
  Value key = l->stack[i], value = l->stack[i + 1];
  l->stack[i + 1] = V_NONE;
  if (unlikely(dict_set_steal(l->t, d, key, value) < 0)) return -1;
  l->stack[i] = V_NONE;
  v_drop(l->t, key);
  return 0;
}

// Takes key and value after value off the stack, from `start` on, into a container.
static int set_pairs(Loader *l, Value container, int64_t start) {
  int status = 0;
  if (likely(v_is_dict_exact(container))) {
    for (int64_t i = start; status == 0 && i + 1 < l->length; i += 2) status = set_pair(l, v_dict(container), i);
  } else {
    for (int64_t i = start; status == 0 && i + 1 < l->length; i += 2) status = object_setitem(l->t, container, l->stack[i], l->stack[i + 1]);
  }
  Value pending = status < 0 ? error_fetch(l->t) : V_NULL;
  loader_cut(l, start);
  if (!v_is_null(pending)) error_restore(l->t, pending);
  return status < 0 ? -1 : 0;
}

int pickle_load_dict(Loader *l) {
  int64_t at = loader_pop_mark(l);
  if (at < 0) return -1;
  if ((l->length - at) % 2 != 0) return (int)(pickle_raise_unpickling(l->t, "odd number of items for DICT"), -1);
  Value dict = dict_new(l->t);
  if (v_is_null(dict)) return -1;
  if (set_pairs(l, dict, at) == 0) return loader_push(l, dict);
  v_drop(l->t, dict);
  return -1;
}

int pickle_load_frozenset(Loader *l) {
  int64_t at = loader_pop_mark(l);
  if (at < 0) return -1;
  Value items = loader_take_tuple(l, at), v = v_is_null(items) ? V_NULL : frozenset_new(l->t, items);
  v_drop(l->t, items);
  return loader_push(l, v);
}

// Whether values from `start` on can go to the container below them: 1, 0 there are none, -1.
static int check_target(Loader *l, int64_t start) {
  if (start > l->length || start <= l->fence) return loader_raise_underflow(l);
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
  loader_cut(l, start);
  if (!v_is_null(pending)) error_restore(l->t, pending);
  return status;
}

static int append_to_object(Loader *l, Value container, int64_t start) {
  Value extend, append;
  int r = object_lookup_attr(l->t, container, N(extend), &extend);
  if (r < 0) return -1;
  if (r > 0) {
    Value items = loader_take_list(l, start), done = v_is_null(items) ? V_NULL : object_call1(l->t, extend, items);
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

int pickle_load_append(Loader *l) { return l->length - 1 <= l->fence ? loader_raise_underflow(l) : append_from(l, l->length - 1); }
int pickle_load_appends(Loader *l) {
  int64_t at = loader_pop_mark(l);
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

int pickle_load_setitem(Loader *l) { return set_items_from(l, l->length - 2); }
int pickle_load_setitems(Loader *l) {
  int64_t at = loader_pop_mark(l);
  return at < 0 ? -1 : set_items_from(l, at);
}

int pickle_load_additems(Loader *l) {
  int64_t at = loader_pop_mark(l);
  if (at < 0) return -1;
  int r = check_target(l, at);
  if (r <= 0) return r;
  Value container = v_own(l->t, l->stack[at - 1]);
  if (v_is_anyset(container) && !v_is_frozenset(container)) {
    Value items = loader_take_tuple(l, at);
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
