// Stress of biased counts and the heap: objects pass between threads, are counted, dropped and replaced everywhere; every one must die once.
//
// Mishaps sought: a reference lost or counted twice while it is given back to an owner that runs, sleeps, has ended or is being stopped; a
// block freed twice; a stale try_incref that revives a dead object; a merge queue forgotten by a sleeper.
// arguments: THREADS SCALE ROUNDS SEED
#include "stress.h"

#include "gc/heap.h"
#include "gc/refcount.h"
#include "threading/chaos.h"
#include "threading/critical.h"
#include "threading/parking_lot.h"
#include "threading/qsbr.h"
#include "threading/stw.h"

enum { SLOTS = 24, HELD = 8, BOX_SLOTS = 6 };

// A container of references: slots read without a lock, written under it; its array is replaced now and then.
typedef struct {
  Object ob;
  aptr array;  // Value[BOX_SLOTS]
} Box;

// An item lives at one index only, in whatever box: a reader that gets another has been given a reused block.
typedef struct {
  Object ob;
  uint64_t check;
  unsigned index;
} Item;

static uint32_t item_shape, box_shape;
static a64 made, died;
static Box *roots[SLOTS];
static unsigned rounds;

static uint64_t check_of(const void *o) { return (uint64_t)(uintptr_t)o * 0x9E3779B97F4A7C15u; }

static void item_dealloc(Thread *t, Object *o) {
  if (((Item *)o)->check != check_of(o)) stress_fail("item broken at its death");
  ((Item *)o)->check = 0;
  a64_fetch_add_rlx(&died, 1);
  heap_free_object(t, o);
}

static void box_dealloc(Thread *t, Object *o) {
  Value *array = aptr_load_rlx(&((Box *)o)->array);
  for (int i = 0; i < BOX_SLOTS; i++) v_drop(t, array[i]);
  heap_free(t, array);
  a64_fetch_add_rlx(&died, 1);
  heap_free_object(t, o);
}

static void box_traverse(Object *o, GcVisit visit, void *arg) {
  Value *array = aptr_load_rlx(&((Box *)o)->array);
  for (int i = 0; array && i < BOX_SLOTS; i++)
    if (v_is_ptr(array[i]) && !v_is_null(array[i])) visit(v_obj(array[i]), true, arg);
}

static Object *item_new(Thread *t, unsigned index) {
  Item *i = (Item *)heap_new_object(t, item_shape, sizeof *i + stress_random(t) % 3 * 16);
  if (!i) stress_fail("no memory");
  i->check = check_of(i);
  i->index = index;
  a64_fetch_add_rlx(&made, 1);
  return &i->ob;
}

static Box *box_new(Thread *t) {
  Box *b = (Box *)heap_new_object(t, box_shape, sizeof *b);
  Value *array = heap_calloc(t, BOX_SLOTS * sizeof *array);
  if (!b || !array) stress_fail("no memory");
  aptr_store_rel(&b->array, array);
  a64_fetch_add_rlx(&made, 1);
  return b;
}

static Value box_get(Thread *t, Box *b, unsigned i) {
  object_share(t, &b->ob);
  Value *array = aptr_load_acq(&b->array);
  chaos_point(t);
  Value v = v_load_ref(t, &b->array, array, &array[i]);
  if (!v_is_null(v)) return v;
  CRITICAL_BEGIN(t, b);
  v = v_new_ref_locked(t, ((Value *)aptr_load_rlx(&b->array))[i]);
  CRITICAL_END(t);
  return v;
}

static void box_set(Thread *t, Box *b, unsigned i, Value stolen) {
  object_share(t, &b->ob);
  Value old, *retired = NULL;
  CRITICAL_BEGIN(t, b);
  Value *array = aptr_load_rlx(&b->array);
  old = array[i];
  if (stress_random(t) % 8 == 0) {
    Value *fresh = heap_alloc(t, BOX_SLOTS * sizeof *fresh);
    if (!fresh) stress_fail("no memory");
    for (unsigned k = 0; k < BOX_SLOTS; k++) v_store_rlx(&fresh[k], k == i ? stolen : array[k]);
    aptr_store_rel(&b->array, fresh);
    retired = array;
  } else {
    v_store_rel(&array[i], stolen);
  }
  if (retired) heap_retire(t, &b->ob, retired);
  CRITICAL_END(t);
  v_drop(t, old);
}

static void look_at(Value v) {
  Object *o = v_obj(v);
  if (object_shape(o) == item_shape && ((Item *)o)->check != check_of(o)) stress_fail("a reference to a dead item");
}

static void one_step(Thread *t, Value *held) {
  unsigned r = stress_random(t), h = stress_random(t) % HELD;
  Box *box = roots[stress_random(t) % SLOTS];
  unsigned i = stress_random(t) % BOX_SLOTS;
  if (r % 16 < 8) {
    Value v = box_get(t, box, i);
    if (!v_is_null(v)) {
      look_at(v);
      if (((Item *)v_obj(v))->index != i) stress_fail("another item than the slot's");
    }
    Value old = held[h];
    held[h] = v;
    v_drop(t, old);
  } else if (r % 16 < 12) {
    box_set(t, box, i, v_steal_obj(item_new(t, i)));
  } else if (r % 16 < 14) {
    Value v = held[h];
    held[h] = V_NULL;
    if (!v_is_null(v)) box_set(t, box, ((Item *)v_obj(v))->index, v);
  } else if (!v_is_null(held[h])) {
    look_at(held[h]);
    Value again = v_own(t, held[h]);
    v_drop(t, again);
  }
  if (r % 256 == 0) {
    thread_detach(t);
    for (unsigned n = r / 256 % 16; n > 0; n--) sched_yield();
    thread_attach(t);
  }
  if (r % 2048 == 1) {
    stop_the_world(t);
    if (!heap_check()) stress_fail("heap_check");
    start_the_world(t);
  }
  safepoint(t);
}

static void work(Thread *t, unsigned index) {
  (void)index;
  Value held[HELD] = {0};
  for (unsigned n = 0; n < rounds; n++) one_step(t, held);
  for (int h = 0; h < HELD; h++) v_drop(t, held[h]);
}

int main(int argc, char **argv) {
  Stress s = stress_begin(argc, argv);
  rounds = 20000 * s.scale;
  item_shape = stress_shape(item_dealloc, NULL, 0);
  box_shape = stress_shape(box_dealloc, box_traverse, 0);
  for (int i = 0; i < SLOTS; i++) roots[i] = box_new(s.main);
  for (unsigned life = 0; life < 3 * s.rounds; life++) stress_threads(&s, work);
  for (int i = 0; i < SLOTS; i++) decref(s.main, &roots[i]->ob);
  stop_the_world(s.main);
  qsbr_flush(s.main);
  merge_drain_all(s.main);
  start_the_world(s.main);
  breaker_set(s.main, BREAK_MERGE | BREAK_QSBR);
  safepoint(s.main);
  if (a64_load_acq(&made) != a64_load_acq(&died)) stress_fail("objects made and objects died differ");
  if (!heap_check() || heap_live_objects() != 0) stress_fail("the heap is not empty");
  return stress_end(&s);
}
