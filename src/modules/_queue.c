// _queue: SimpleQueue, an unbounded first-in first-out queue between threads.
//
// A ring of values under the object's lock. A getter that finds it empty parks on `puts`, a counter that every put steps under the lock: it
// sleeps only if nothing was put since it looked. `waiting` (under the lock) spares a put the visit to the parking lot when nobody sleeps.
// A wake-up is not a promise: another getter may be quicker, and then the woken one parks again. Whoever was woken but leaves without an
// item, because a signal handler raised, passes the wake-up on.

#include "gc/heap.h"
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"
#include "threading/parking_lot.h"
#include "threading/stats.h"

typedef struct Queue {
  Object ob;
  Value *ring;                     // owned; capacity is 0 or a power of two
  int64_t capacity, first;
  a64 length;                      // written under the lock
  a32 puts;
  uint32_t waiting;
} Queue;

static Type type_queue;
static Value empty_error;
static Queue *v_queue(Value v) { return (Queue *)v_obj(v); }

#define METHOD(name) static Value queue_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- The ring -------------------------------------------------------------------------------------------------------------------------------

static bool grow(Thread *t, Queue *q) {
  int64_t capacity = q->capacity ? q->capacity * 2 : 8;
  Value *ring = heap_alloc(t, (size_t)capacity * sizeof *ring);
  if (!ring) return false;
  for (int64_t i = 0; i < q->capacity; i++) ring[i] = q->ring[(q->first + i) & (q->capacity - 1)];
  if (q->ring) heap_free(t, q->ring);
  q->ring = ring;
  q->first = 0;
  q->capacity = capacity;
  return true;
}

static int put(Thread *t, Queue *q, Value item) {
  Value owned = v_own(t, item);
  bool ok, wake = false;
  CRITICAL_BEGIN(t, q);
  int64_t n = (int64_t)a64_load_rlx(&q->length);
  ok = n < q->capacity || grow(t, q);
  if (ok) {
    q->ring[(q->first + n) & (q->capacity - 1)] = owned;
    a64_store_rlx(&q->length, (uint64_t)n + 1);
    a32_store_rel(&q->puts, a32_load_rlx(&q->puts) + 1);
    wake = q->waiting > 0;
  }
  CRITICAL_END(t);
  if (!ok) {
    v_drop(t, owned);
    raise_no_memory(t);
    return -1;
  }
  if (wake) parking_lot_unpark(&q->puts, NULL, NULL);
  return 0;
}

// The first item, owned, or V_NULL if there is none; then *seen is the counter to park on, if `wait` announces so.
static Value take(Thread *t, Queue *q, bool wait, uint32_t *seen) {
  Value item = V_NULL;
  CRITICAL_BEGIN(t, q);
  int64_t n = (int64_t)a64_load_rlx(&q->length);
  if (n > 0) {
    item = q->ring[q->first];
    q->first = (q->first + 1) & (q->capacity - 1);
    a64_store_rlx(&q->length, (uint64_t)n - 1);
  } else if (wait) {
    q->waiting++;
    *seen = a32_load_rlx(&q->puts);
  }
  CRITICAL_END(t);
  return item;
}

static void stop_waiting(Thread *t, Queue *q) {
  CRITICAL_BEGIN(t, q);
  q->waiting--;
  CRITICAL_END(t);
}

// --- Getting --------------------------------------------------------------------------------------------------------------------------------

// limit_ns: 0 do not wait, negative wait for ever.
static Value get(Thread *t, Queue *q, int64_t limit_ns) {
  int64_t end = limit_ns > 0 ? (int64_t)stats_clock_ns() + limit_ns : 0;
  for (;;) {
    uint32_t seen = 0;
    int64_t left = limit_ns < 0 ? -1 : limit_ns == 0 ? 0 : end - (int64_t)stats_clock_ns();
    bool wait = left != 0 && !(limit_ns > 0 && left < 0);
    Value item = take(t, q, wait, &seen);
    if (!v_is_null(item)) return item;
    if (!wait) {
      Value exc = object_call0(t, empty_error);
      if (!v_is_null(exc)) raise_object(t, exc);
      v_drop(t, exc);
      return V_NULL;
    }
    parking_lot_park(t, &q->puts, &seen, sizeof seen, left, PARK_DETACH | PARK_INTERRUPTIBLE, NULL);
    stop_waiting(t, q);
    if (breaker_is_set(t) && breaker_handle(t) < 0) {
      if (a64_load_rlx(&q->length) > 0) parking_lot_unpark(&q->puts, NULL, NULL);
      return V_NULL;
    }
  }
}

METHOD(get) {
  UNUSED;
  int block = v_is_absent(args[0]) ? 1 : object_is_true(t, args[0]);
  int64_t limit = -1;
  if (block < 0) return V_NULL;
  if (!block) {
    limit = 0;
  } else if (!v_is_absent_or_none(args[1])) {
    if (module_seconds_as_ns(t, args[1], &limit) < 0) return V_NULL;
    if (limit < 0) return raise_value_error(t, "'timeout' must be a non-negative number");
    if (limit > INT64_MAX - (int64_t)stats_clock_ns()) limit = INT64_MAX - (int64_t)stats_clock_ns();
  }
  return get(t, v_queue(self), limit);
}
METHOD(get_nowait) { UNUSED; return get(t, v_queue(self), 0); }
METHOD(put) { UNUSED; return put(t, v_queue(self), args[0]) < 0 ? V_NULL : V_NONE; }
METHOD(empty) { UNUSED; return v_from_bool(a64_load_rlx(&v_queue(self)->length) == 0); }
METHOD(qsize) { UNUSED; return v_from_smi((int64_t)a64_load_rlx(&v_queue(self)->length)); }

// --- The type -------------------------------------------------------------------------------------------------------------------------------

static Value queue_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args;
  if (type == &type_queue) {
    if (!v_is_null(kwnames) && v_tuple(kwnames)->length) return raise_type_error(t, "SimpleQueue() takes no keyword arguments");
    if (nargs) return raise_type_error(t, "SimpleQueue() takes no positional arguments");
  }
  return type->slots.alloc(t, type, 0);
}

static void queue_clear(Thread *t, Object *o) {
  Queue *q = (Queue *)o;
  Value *ring;
  int64_t capacity, first, n;
  CRITICAL_BEGIN(t, q);
  ring = q->ring;
  capacity = q->capacity;
  first = q->first;
  n = (int64_t)a64_load_rlx(&q->length);
  q->ring = NULL;
  q->capacity = q->first = 0;
  a64_store_rlx(&q->length, 0);
  CRITICAL_END(t);
  for (int64_t i = 0; i < n; i++) v_drop(t, ring[(first + i) & (capacity - 1)]);
  if (ring) heap_free(t, ring);
}
static void queue_dealloc(Thread *t, Object *o) {
  queue_clear(t, o);
  heap_free_object(t, o);
}
static void queue_traverse(Object *o, GcVisit visit, void *arg) {
  Queue *q = (Queue *)o;
  for (int64_t i = 0, n = (int64_t)a64_load_rlx(&q->length); i < n; i++) gc_visit_value(q->ring[(q->first + i) & (q->capacity - 1)], visit, arg);
}

static const NativeDef methods[] = {
    {"put($self, /, item, block=True, timeout=None)", queue_put,
     "Adds the item at the end; block and timeout have no effect, since there is no limit.", 0},
    {"put_nowait($self, /, item)", queue_put, "Same as put: a put never has to wait.", 0},
    {"get($self, /, block=True, timeout=None)", queue_get, "Remove and return an item from the queue; Empty if there is none in time.", 0},
    {"get_nowait($self, /)", queue_get_nowait, "Takes the first item, or raises Empty at once.", 0},
    {"empty($self, /)", queue_empty, "Whether there is no item just now; other threads can change that.", 0},
    {"qsize($self, /)", queue_qsize, "How many items there are just now; other threads can change that.", 0},
    CLASS_GETITEM_DEF,
    {0},
};
static const TypeSpec spec_queue = {
    .name = "_queue.SimpleQueue",
    .size = sizeof(Queue),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF | TYPE_IMMUTABLE,
    .slots = {.new = queue_new, .dealloc = queue_dealloc, .traverse = queue_traverse, .clear = queue_clear},
    .methods = methods,
    .doc = "A first-in first-out queue without a limit, safe to use in signal handlers.",
    .text_signature = "()",
};

static int queue_exec(Thread *t, Value m) {
  empty_error = module_new_exception(t, "_queue", "Empty", &exc_Exception, "What a get that does not wait raises for lack of items.");
  if (v_is_null(empty_error) || !type_ready(t, &type_queue, &spec_queue, 0)) return -1;
  return module_add(t, m, "Empty", v_own(t, empty_error)) < 0 || module_add_type(t, m, &type_queue) < 0 ? -1 : 0;
}

const ModuleDef module__queue = {
    .name = "_queue",
    .doc = "The queue that the module queue offers as its SimpleQueue.",
    .exec = queue_exec,
};
