// Unit tests of critical sections: exclusion, release on detach, retaking the innermost, nesting on one lock, two locks, no deadlock.
#include "threads.h"

#include "threading/critical.h"
#include "threading/stw.h"

static uint32_t shape;

static void plain_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

typedef struct {
  Object ob;
  long value;  // plain: the lock must order it
} Cell;

static int setup(void **state) {
  *state = main_thread();
  if (!shape) shape = new_shape(plain_dealloc, NULL, NULL, 0);
  return 0;
}

static Cell *cell_new(Thread *t) { return (Cell *)heap_new_object(t, shape, sizeof(Cell)); }

static bool is_locked(const Cell *c) {
  (void)c;
  return CRITICAL_IS_HELD(main_thread(), c);
}

static void test_enter_and_leave(void **state) {
  Thread *t = *state;
  Cell *c = cell_new(t);
  CRITICAL_BEGIN(t, c);
  assert_true(is_locked(c));
  CRITICAL_END(t);
  if (!MODE_IS_GIL) {
    assert_false(is_locked(c));
    assert_null(t->critical);
  }
  decref(t, &c->ob);
}

static void test_detach_releases(void **state) {
  Thread *t = *state;
  if (MODE_IS_GIL) return;
  Cell *a = cell_new(t), *b = cell_new(t);
  CRITICAL_BEGIN(t, a);
  CRITICAL_BEGIN(t, b);
  thread_detach(t);
  assert_false(is_locked(a));
  assert_false(is_locked(b));
  thread_attach(t);
  assert_true(is_locked(b));
  assert_false(is_locked(a));
  CRITICAL_END(t);
  assert_false(is_locked(b));
  assert_true(is_locked(a));
  CRITICAL_END(t);
  assert_false(is_locked(a));
  decref(t, &a->ob);
  decref(t, &b->ob);
}

static Cell *entered_by_dealloc;
static bool dealloc_has_run;

static void nesting_dealloc(Thread *t, Object *o) {
  CRITICAL_BEGIN(t, entered_by_dealloc);
  dealloc_has_run = true;
  CRITICAL_END(t);
  heap_free_object(t, o);
}

typedef struct GiveBack { Object *o; a32 done; } GiveBack;
static void give_back(Thread *t, void *arg) {
  GiveBack *g = arg;
  decref(t, g->o);
  a32_store_rel(&g->done, 1);
}

// A thread that goes to sleep in a section first frees what others gave back to it, and that may enter and leave sections.
static void test_detach_stays_released(void **state) {
  Thread *t = *state;
  if (MODE_IS_GIL) return;
  Cell *a = cell_new(t);
  entered_by_dealloc = cell_new(t);
  GiveBack g = {.o = heap_new_object(t, new_shape(nesting_dealloc, NULL, NULL, 0), sizeof(Cell))};
  Helper h;
  helper_start(&h, give_back, &g);
  CRITICAL_BEGIN(t, a);
  while (!a32_load_acq(&g.done)) usleep(200);
  assert_false(dealloc_has_run);
  thread_detach(t);
  assert_true(dealloc_has_run);
  assert_false(is_locked(a));
  thread_attach(t);
  assert_true(is_locked(a));
  CRITICAL_END(t);
  assert_false(is_locked(a));
  helper_join(&h);
  decref(t, &a->ob);
  decref(t, &entered_by_dealloc->ob);
}

static void test_same_lock_nested(void **state) {
  Thread *t = *state;
  if (MODE_IS_GIL) return;
  Cell *a = cell_new(t), *b = cell_new(t);
  CRITICAL_BEGIN(t, a);
  CRITICAL_BEGIN(t, a);
  assert_true(is_locked(a));
  thread_detach(t);
  assert_false(is_locked(a));
  thread_attach(t);
  assert_true(is_locked(a));
  CRITICAL_BEGIN(t, b);
  CRITICAL_BEGIN(t, a);  // not the innermost: gives back b and the outer a, then takes a
  assert_true(is_locked(a));
  CRITICAL_END(t);
  assert_true(is_locked(b));
  CRITICAL_END(t);
  assert_true(is_locked(a));
  CRITICAL_END(t);
  assert_true(is_locked(a));
  CRITICAL_END(t);
  assert_false(is_locked(a));
  decref(t, &a->ob);
  decref(t, &b->ob);
}

static void test_two(void **state) {
  Thread *t = *state;
  Cell *a = cell_new(t), *b = cell_new(t);
  CRITICAL_BEGIN2(t, a, b);
  assert_true(is_locked(a) && is_locked(b));
  CRITICAL_END2(t);
  CRITICAL_BEGIN2(t, b, b);
  assert_true(is_locked(b));
  CRITICAL_END2(t);
  if (!MODE_IS_GIL) {
    CRITICAL_BEGIN2(t, b, a);
    thread_detach(t);
    assert_false(is_locked(a) || is_locked(b));
    thread_attach(t);
    assert_true(is_locked(a) && is_locked(b));
    CRITICAL_END2(t);
    assert_false(is_locked(a) || is_locked(b));
  }
  decref(t, &a->ob);
  decref(t, &b->ob);
}

static void test_stopper_takes_none(void **state) {
  Thread *t = *state;
  Cell *a = cell_new(t);
  CRITICAL_BEGIN(t, a);
  stop_the_world(t);
  CRITICAL_BEGIN(t, a);
  CRITICAL_END(t);
  CRITICAL_BEGIN2(t, a, a);
  CRITICAL_END2(t);
  start_the_world(t);
  assert_true(is_locked(a));
  CRITICAL_END(t);
  decref(t, &a->ob);
}

// Opposite nesting orders, pairs, and detaching inside: deadlocks if locks were kept while waiting.
static Cell *cells[3];
enum { ROUNDS = 1500, THREADS = 3 };

static void work(Thread *t, void *arg) {
  unsigned me = (unsigned)(uintptr_t)arg;
  for (unsigned i = 0; i < ROUNDS; i++) {
    Cell *a = cells[(i + me) % 3], *b = cells[(i * 7 + me * 2 + 1) % 3];
    switch (i % 4) {
      case 0:
        CRITICAL_BEGIN(t, a);
        CRITICAL_BEGIN(t, b);
        b->value++;
        CRITICAL_END(t);
        a->value++;
        CRITICAL_END(t);
        break;
      case 1:
        CRITICAL_BEGIN2(t, a, b);
        a->value++;
        b->value++;
        CRITICAL_END2(t);
        break;
      case 2:
        CRITICAL_BEGIN(t, a);
        thread_detach(t);
        thread_attach(t);
        a->value++;
        CRITICAL_END(t);
        CRITICAL_BEGIN(t, b);
        b->value++;
        CRITICAL_END(t);
        break;
      default:
        CRITICAL_BEGIN(t, b);
        b->value++;
        CRITICAL_END(t);
        CRITICAL_BEGIN(t, a);
        a->value++;
        CRITICAL_END(t);
    }
    safepoint(t);
  }
}

static void test_many_threads(void **state) {
  Thread *t = *state;
  for (int i = 0; i < 3; i++) cells[i] = cell_new(t);
  Helper h[THREADS];
  for (int i = 0; i < THREADS; i++) helper_start(&h[i], work, (void *)(uintptr_t)i);
  for (int i = 0; i < 20; i++) {
    thread_detach(t);
    usleep(500);
    thread_attach(t);
    stop_the_world(t);
    for (int k = 0; k < 3; k++)
      if (!MODE_IS_GIL) {
        t->stopping_world = false;  // CRITICAL_IS_HELD answers true for a stopper
        assert_false(is_locked(cells[k]));
        t->stopping_world = true;
      }
    start_the_world(t);
  }
  for (int i = 0; i < THREADS; i++) helper_join(&h[i]);
  assert_int_equal(cells[0]->value + cells[1]->value + cells[2]->value, 2 * ROUNDS * THREADS);
  for (int i = 0; i < 3; i++) decref(t, &cells[i]->ob);
}

enum { HANDED_OVER = 1500, OWNER_ROUNDS = 200, OTHER_ROUNDS = 20 };
typedef struct HandOver { aptr cell; a32 given, taken; } HandOver;

static void count_in_sections(Thread *t, Cell *c, int n) {
  for (int i = 0; i < n; i++) {
    CRITICAL_BEGIN(t, c);
    c->value++;
    CRITICAL_END(t);
  }
}

static void count_in_others_cells(Thread *t, void *arg) {
  HandOver *h = arg;
  for (uint32_t i = 1; i <= HANDED_OVER; i++) {
    while (a32_load_acq(&h->given) < i) safepoint(t);
    count_in_sections(t, aptr_load_acq(&h->cell), OTHER_ROUNDS);
    a32_store_rel(&h->taken, i);
  }
}

// The owner is in and out of sections of a new object when another thread locks it for the first time; in the end it is told to lock as
// others do.
static void test_owner_meets_another(void **state) {
  Thread *t = *state;
  if (MODE_IS_GIL) return;
  HandOver shared = {0};
  Helper h;
  helper_start(&h, count_in_others_cells, &shared);
  for (uint32_t i = 1; i <= HANDED_OVER; i++) {
    Cell *c = cell_new(t);
    aptr_store_rel(&shared.cell, c);
    a32_store_rel(&shared.given, i);
    count_in_sections(t, c, OWNER_ROUNDS);
    while (a32_load_acq(&shared.taken) < i) safepoint(t);
    assert_int_equal(c->value, OWNER_ROUNDS + OTHER_ROUNDS);
    assert_false(is_locked(c));
    decref(t, &c->ob);
  }
  helper_join(&h);
  assert_ptr_equal(aptr_load_rlx(&t->owner_lock), OWNER_LOCK_OFF);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_enter_and_leave, setup),   cmocka_unit_test_setup(test_detach_releases, setup),
    cmocka_unit_test_setup(test_detach_stays_released, setup),
    cmocka_unit_test_setup(test_same_lock_nested, setup),  cmocka_unit_test_setup(test_two, setup),
    cmocka_unit_test_setup(test_stopper_takes_none, setup), cmocka_unit_test_setup(test_many_threads, setup),
    cmocka_unit_test_setup(test_owner_meets_another, setup),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
