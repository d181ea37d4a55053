// The module _heapq: a list kept as a binary heap, its smallest (or largest) item first.
//
// Comparisons run Python code, which may change the list: every step reads the items anew and checks that the length is what it was.
#include "objects/error.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

typedef bool Largest;  // the heap's first item is the largest

// Does a belong above b? 1, 0, -1.
static inline int is_above(Thread *t, Value a, Value b, Largest largest) {
  if (v_are_smi(a, b)) return largest ? (int64_t)b.w < (int64_t)a.w : (int64_t)a.w < (int64_t)b.w;  // the tag is the same in both
  return largest ? object_compare_bool(t, b, a, CMP_LT) : object_compare_bool(t, a, b, CMP_LT);
}

static int size_changed(Thread *t) {
  raise_error(t, &exc_RuntimeError, "list changed size during iteration");
  return -1;
}

// Both items, owned. -1: the list has become shorter.
static int get_two(Thread *t, List *l, int64_t i, int64_t k, Value *a, Value *b) {
  *a = list_get_inline(t, l, i);
  *b = v_is_null(*a) ? V_NULL : list_get_inline(t, l, k);
  if (!v_is_null(*b)) return 0;
  v_drop(t, *a);
  return size_changed(t);
}

static int exchange(Thread *t, List *l, int64_t i, int64_t k) {
  bool ok;
  object_share(t, &l->ob);
  CRITICAL_BEGIN(t, l);
  ok = i < list_length(l) && k < list_length(l);
  if (ok) {
    ListArray *array = aptr_load_rlx(&l->array);
    Value a = array->items[i];
    v_store_rel(&array->items[i], array->items[k]);
    v_store_rel(&array->items[k], a);
  }
  CRITICAL_END(t);
  return ok ? 0 : size_changed(t);
}

// Moves the item at pos up to where it belongs, not above `start`.
static int sift_down(Thread *t, List *l, int64_t start, int64_t pos, Largest largest) {
  int64_t size = list_length(l);
  if (pos >= size) return raise_error(t, &exc_IndexError, "index out of range"), -1;
  while (pos > start) {
    int64_t parent = (pos - 1) >> 1;
    Value item, above;
    if (get_two(t, l, pos, parent, &item, &above) < 0) return -1;
    int r = is_above(t, item, above, largest);
    v_drop(t, item);
    v_drop(t, above);
    if (r < 0) return -1;
    if (size != list_length(l)) return size_changed(t);
    if (r == 0) break;
    if (exchange(t, l, pos, parent) < 0) return -1;
    pos = parent;
  }
  return 0;
}

// Moves the item at pos down to a leaf, always exchanging it with the child that belongs above, then up to its place: fewer comparisons than
// stopping on the way, as what is put in at the top mostly comes from the bottom.
static int sift_up(Thread *t, List *l, int64_t pos, Largest largest) {
  int64_t start = pos, size = list_length(l);
  if (pos >= size) return raise_error(t, &exc_IndexError, "index out of range"), -1;
  int64_t limit = size >> 1;
  while (pos < limit) {
    int64_t child = 2 * pos + 1;
    if (child + 1 < size) {
      Value a, b;
      if (get_two(t, l, child, child + 1, &a, &b) < 0) return -1;
      int r = is_above(t, a, b, largest);
      v_drop(t, a);
      v_drop(t, b);
      if (r < 0) return -1;
      if (r == 0) child++;
      if (size != list_length(l)) return size_changed(t);
    }
    if (exchange(t, l, pos, child) < 0) return -1;
    pos = child;
  }
  return sift_down(t, l, start, pos, largest);
}

static List *heap_argument(Thread *t, const char *function, Value v, bool many) {
  if (v_is_list(v)) return v_list(v);
  raise_type_error(t, "%s() argument%s must be list, not %K", function, many ? " 1" : "", v);
  return NULL;
}

static Value pop(Thread *t, List *l, Largest largest) {
  if (list_length(l) == 0) return raise_error(t, &exc_IndexError, "index out of range");
  Value last = list_pop(t, l, -1);
  if (v_is_null(last) || list_length(l) == 0) return last;
  Value first = list_get_inline(t, l, 0);
  if (v_is_null(first) || list_set(t, l, 0, last) < 0) {
    v_drop(t, first);
    v_drop(t, last);
    size_changed(t);
    return V_NULL;
  }
  v_drop(t, last);
  if (sift_up(t, l, 0, largest) == 0) return first;
  v_drop(t, first);
  return V_NULL;
}

static Value replace(Thread *t, List *l, Value item, Largest largest) {
  Value first = list_get_inline(t, l, 0);
  if (v_is_null(first)) return raise_error(t, &exc_IndexError, "index out of range");
  if (list_set(t, l, 0, item) == 0 && sift_up(t, l, 0, largest) == 0) return first;
  v_drop(t, first);
  return V_NULL;
}

static Value heapify(Thread *t, List *l, Largest largest) {
  for (int64_t i = (list_length(l) >> 1) - 1; i >= 0; i--) {
    if (sift_up(t, l, i, largest) < 0) return V_NULL;
  }
  return V_NONE;
}

// --- The module -----------------------------------------------------------------------------------------------------------------------------

METHOD(heapq_heappush) {
  UNUSED_ARGS;
  List *l = heap_argument(t, "heappush", args[0], true);
  if (!l || list_append(t, l, args[1]) < 0) return V_NULL;
  return sift_down(t, l, 0, list_length(l) - 1, false) < 0 ? V_NULL : V_NONE;
}

METHOD(heapq_heappushpop) {
  UNUSED_ARGS;
  List *l = heap_argument(t, "heappushpop", args[0], true);
  if (!l) return V_NULL;
  Value first = list_get_inline(t, l, 0);
  if (v_is_null(first)) return v_own(t, args[1]);
  int r = object_compare_bool(t, first, args[1], CMP_LT);
  v_drop(t, first);
  if (r <= 0) return r < 0 ? V_NULL : v_own(t, args[1]);
  return replace(t, l, args[1], false);
}

#define WITH_HEAP(NAME, CALL)                                      \
  METHOD(heapq_##NAME) {                                           \
    UNUSED_ARGS;                                                   \
    List *l = heap_argument(t, #NAME, args[0], nargs > 1);         \
    return l ? CALL : V_NULL;                                      \
  }
WITH_HEAP(heappop, pop(t, l, false))
WITH_HEAP(heapreplace, replace(t, l, args[1], false))
WITH_HEAP(heapify, heapify(t, l, false))
WITH_HEAP(_heappop_max, pop(t, l, true))
WITH_HEAP(_heapreplace_max, replace(t, l, args[1], true))
WITH_HEAP(_heapify_max, heapify(t, l, true))

static const NativeDef heapq_functions[] = {
    {"heappush($module, heap, item, /)", heapq_heappush, "Adds an item to the heap.", 0},
    {"heappushpop($module, heap, item, /)", heapq_heappushpop,
     "Does heappush and heappop at once, in less time.", 0},
    {"heappop($module, heap, /)", heapq_heappop, "Takes the smallest item from the heap and returns it.", 0},
    {"heapreplace($module, heap, item, /)", heapq_heapreplace,
     "Does heappop and heappush at once, in less time; what it returns can be larger than item.",
     0},
    {"heapify($module, heap, /)", heapq_heapify, "Makes a heap of the list, without a copy, in linear time.", 0},
    {"_heappop_max($module, heap, /)", heapq__heappop_max, "Takes the largest item from a max-heap.", 0},
    {"_heapreplace_max($module, heap, item, /)", heapq__heapreplace_max, "Takes the largest item from a max-heap and puts another one in.", 0},
    {"_heapify_max($module, heap, /)", heapq__heapify_max, "Makes a max-heap of the list, in linear time.", 0},
    {0},
};

static int heapq_exec(Thread *t, Value module) {
  return module_add_str(t, module, "__about__",
                        "Heap queues\n\nA heap is a list in which a[k] <= a[2*k+1] and a[k] <= a[2*k+2] for all k, counting from 0 and\n"
                        "ignoring what is beyond the end. Its first item is always the smallest.\n");
}

const ModuleDef module__heapq = {
    .name = "_heapq",
    .doc = "Lists kept as heaps: no item is larger than the two at twice its index plus 1 and plus 2.",
    .functions = heapq_functions,
    .exec = heapq_exec,
};
