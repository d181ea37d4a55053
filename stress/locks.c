// Stress of locks and stopping: critical sections in every order, mutexes, parking with timeouts, stops, threads that come and go.
//
// Mishaps sought: two threads in one section, a section kept by a sleeper, a lost wake-up (a hang), a stop that somebody runs through, a
// header mutex that is locked in a stopped world (I5), a parked thread that nobody wakes.
// arguments: THREADS SCALE ROUNDS SEED
#include "stress.h"

#include "threading/critical.h"
#include "threading/parking_lot.h"
#include "threading/stw.h"
#include "gc/heap.h"
#include "gc/refcount.h"

enum { CELLS = 5 };

// `holder` and `value` are plain: the lock must order them.
typedef struct {
  Object ob;
  Thread *holder;
  long value;
} Cell;

static uint32_t shape;
static Cell *cells[CELLS];
static Mutex mutex;
static long under_mutex, under_stop;
static a64 expected_cells, expected_mutex, expected_stop;
static a32 turnstile;
static unsigned rounds;

static void cell_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static void enter(Thread *t, Cell *c) {
  if (MODE_IS_GIL) return;
  if (c->holder && c->holder != t) stress_fail("two threads in one section");
  c->holder = t;
}

static void leave(Thread *t, Cell *c) {
  (void)t;
  c->holder = NULL;
}

static void touch(Thread *t, Cell *c) {
  enter(t, c);
  long v = c->value;
  if (!MODE_IS_GIL) sched_yield();
  c->value = v + 1;
  leave(t, c);
  a64_fetch_add_rlx(&expected_cells, 1);
}

static void nested(Thread *t, Cell *a, Cell *b, unsigned r) {
  CRITICAL_BEGIN(t, a);
  touch(t, a);
  CRITICAL_BEGIN(t, b);
  touch(t, b);
  if (r % 2) safepoint(t);
  else if (r % 3 == 0) {
    thread_detach(t);
    sched_yield();
    thread_attach(t);
  }
  touch(t, b);
  CRITICAL_END(t);
  touch(t, a);
  CRITICAL_END(t);
}

static void paired(Thread *t, Cell *a, Cell *b, unsigned r) {
  CRITICAL_BEGIN2(t, a, b);
  touch(t, a);
  if (r % 4 == 0) safepoint(t);
  touch(t, b);
  CRITICAL_END2(t);
}

static void with_mutex(Thread *t, unsigned r) {
  mutex_lock(t, &mutex);
  long v = under_mutex;
  if (r % 3 == 0) safepoint(t);
  under_mutex = v + 1;
  mutex_unlock(&mutex);
  a64_fetch_add_rlx(&expected_mutex, 1);
}

static void with_world_stopped(Thread *t) {
  stop_the_world(t);
  long v = under_stop;
#if OBJECT_BIASED
  for (int i = 0; i < CELLS; i++)
    if (a8_load_rlx(&cells[i]->ob.mutex) & MUTEX_LOCKED) stress_fail("a header mutex is locked in a stopped world");
#endif
  for (int i = 0; i < CELLS; i++) touch(t, cells[i]);
  under_stop = v + 1;
  start_the_world(t);
  a64_fetch_add_rlx(&expected_stop, 1);
}

// Sleeps until somebody steps the turnstile, or a while has passed.
static void nap(Thread *t) {
  uint32_t seen = a32_load_acq(&turnstile);
  parking_lot_park(t, &turnstile, &seen, 4, 300000, PARK_DETACH, NULL);
}

static void wake(void) {
  a32_fetch_add_acqrel(&turnstile, 1);
  parking_lot_unpark_all(&turnstile);
}

static void one_step(Thread *t) {
  unsigned r = stress_random(t), kind = r % 32, x = r / 32;
  Cell *a = cells[x % CELLS], *b = cells[x / CELLS % CELLS];
  if (kind < 12) nested(t, a, b, x / 64);
  else if (kind < 20) paired(t, a, b, x / 64);
  else if (kind < 26) with_mutex(t, x);
  else if (kind < 27) with_world_stopped(t);
  else if (kind < 28) nap(t);
  else if (kind < 30) wake();
  safepoint(t);
}

static void work(Thread *t, unsigned index) {
  (void)index;
  for (unsigned n = 0; n < rounds; n++) one_step(t);
}

int main(int argc, char **argv) {
  Stress s = stress_begin(argc, argv);
  rounds = 600 * s.scale;
  shape = stress_shape(cell_dealloc, NULL, 0);
  for (int i = 0; i < CELLS; i++) cells[i] = (Cell *)heap_new_object(s.main, shape, sizeof(Cell));
  for (unsigned life = 0; life < 4 * s.rounds; life++) stress_threads(&s, work);
  long sum = 0;
  for (int i = 0; i < CELLS; i++) sum += cells[i]->value;
  if (sum != (long)a64_load_acq(&expected_cells)) stress_fail("lost updates in sections");
  if (under_mutex != (long)a64_load_acq(&expected_mutex)) stress_fail("lost updates under the mutex");
  if (under_stop != (long)a64_load_acq(&expected_stop)) stress_fail("lost updates in a stopped world");
  for (int i = 0; i < CELLS; i++) decref(s.main, &cells[i]->ob);
  return stress_end(&s);
}
