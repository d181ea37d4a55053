// Unit tests of biased counting between threads: every state of `shared`, queues of running, sleeping, stopped and ended owners.
#include "threads.h"

#include "gc/counts.h"
#include "threading/stw.h"

static uint32_t shape;
static a32 deaths;

static void plain_dealloc(Thread *t, Object *o) {
  a32_fetch_add_acqrel(&deaths, 1);
  heap_free_object(t, o);
}

static int setup(void **state) {
  *state = main_thread();
  if (!shape) shape = new_shape(plain_dealloc, NULL, NULL, 0);
  a32_store_rel(&deaths, 0);
  return 0;
}

static void expect_deaths(uint32_t n) { assert_int_equal(a32_load_acq(&deaths), n); }

static void decref_it(Thread *t, void *o) { decref(t, o); }
static void incref_it(Thread *t, void *o) { incref(t, o); }

static void test_counts_at_once(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  assert_int_equal(object_counts(o).number, 1);
  assert_true(object_has_own_references(t, o, 1));
  helper_run_to_end(incref_it, o);
  assert_int_equal(object_counts(o).number, 2);
  assert_true(!OBJECT_BIASED == object_has_own_references(t, o, 2));   // another thread's
  helper_run_to_end(decref_it, o);
  incref(t, o);
  assert_true(object_has_own_references(t, o, 2));
  assert_false(object_has_own_references(t, o, 1));
  decref(t, o);
  decref(t, o);
  expect_deaths(1);
  Object fixed = OBJECT_IMMORTAL_INIT(0);
  assert_true(object_counts(&fixed).immortal);
  assert_int_equal(object_counts(&fixed).number, object_refcount(&fixed));
}

// With a GIL nobody asks who counted.
static void test_take_over(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  helper_run_to_end(incref_it, o);
  stop_the_world(t);
  object_take_over(t, o);
  start_the_world(t);
  assert_int_equal(object_counts(o).number, 3);
  assert_true(object_is_own(t, o));
  for (int i = 0; i < 3; i++) decref(t, o);
  expect_deaths(1);
}

#if OBJECT_BIASED
// Whoever marked the object as shared may be using it without counting.
static void test_shared_use(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  object_make_deferred(t, o);
  assert_true(object_counts(o).deferred);
  assert_int_equal(object_counts(o).number, 1);
  o = heap_new_object(t, shape, 32);
  a8_fetch_or_rel(&o->flags, OBJ_SHARED);
  assert_false(object_has_own_references(t, o, 1));
  decref(t, o);
  expect_deaths(1);
}

static uint32_t state_of(const Object *o) { return a32_load_acq(&o->shared) & SHARED_STATE; }

static void test_foreign_count(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  helper_run_to_end(incref_it, o);
  assert_int_equal(a32_load_acq(&o->shared), SHARED_ONE);
  assert_false(object_is_unique(t, o));
  decref(t, o);  // the owner's last: the other reference is shared now
  assert_int_equal(a64_load_rlx(&o->own), OWN_NONE);
  assert_int_equal(a32_load_acq(&o->shared), SHARED_ONE | SHARED_MERGED);
  expect_deaths(0);
  decref(t, o);
  expect_deaths(1);
}

// The owner sleeps while its only reference is dropped elsewhere: the other thread merges for it.
static void test_owner_sleeps(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  helper_run_to_end(decref_it, o);
  expect_deaths(1);
}

typedef struct {
  Object *o;
  a32 step;
} Shared;

static void drop_and_tell(Thread *t, void *arg) {
  Shared *s = arg;
  decref(t, s->o);
  a32_store_rel(&s->step, 1);
}

// The owner runs: the reference waits in its queue until the next safepoint.
static void test_owner_runs(void **state) {
  Thread *t = *state;
  Shared s = {heap_new_object(t, shape, 32), {0}};
  incref(t, s.o);
  Helper h;
  helper_start(&h, drop_and_tell, &s);
  while (!a32_load_acq(&s.step)) {}  // attached all the time, no safepoint
  expect_deaths(0);
  assert_int_equal(state_of(s.o), SHARED_QUEUED);
  assert_true(a32_load_acq(&t->breaker) & BREAK_MERGE);
  safepoint(t);
  assert_int_equal(a64_load_rlx(&s.o->own), OWN_NONE);
  assert_int_equal(a32_load_acq(&s.o->shared), SHARED_ONE | SHARED_MERGED);
  decref(t, s.o);
  expect_deaths(1);
  helper_join(&h);
}

// The queue is emptied by detaching, too.
static void test_owner_detaches(void **state) {
  Thread *t = *state;
  Shared s = {heap_new_object(t, shape, 32), {0}};
  Helper h;
  helper_start(&h, drop_and_tell, &s);
  while (!a32_load_acq(&s.step)) {}
  expect_deaths(0);
  thread_detach(t);
  expect_deaths(1);
  thread_attach(t);
  helper_join(&h);
}

static void make_one(Thread *t, void *arg) { *(Object **)arg = heap_new_object(t, shape, 32); }

static void test_owner_has_ended(void **state) {
  Thread *t = *state;
  Object *o = NULL;
  Helper h;
  helper_start(&h, make_one, &o);
  uint32_t slot = h.t->slot;
  helper_join(&h);
  assert_int_equal(a64_load_rlx(&o->own) >> 32, slot);
  incref(t, o);
  decref(t, o);
  expect_deaths(0);
  decref(t, o);
  expect_deaths(1);
}

static void drop_own(Thread *t, void *arg) {
  Object *o = *(Object **)arg;
  assert_int_equal(a64_load_rlx(&o->own) >> 32, t->slot);
  decref(t, o);
  expect_deaths(1);
}

// A new thread inherits what its slot owned.
static void test_slot_is_inherited(void **state) {
  (void)state;
  Object *o = NULL;
  helper_run_to_end(make_one, &o);
  helper_run_to_end(drop_own, &o);
}

static a32 go, sleeping;
static void make_and_sleep(Thread *t, void *arg) {
  make_one(t, arg);
  a32_store_rel(&sleeping, 1);
  thread_detach(t);
  while (!a32_load_acq(&go)) usleep(100);
  thread_attach(t);
}

// A stopper drops the reference of a thread that it stopped in its sleep: merged when the world starts again.
static void test_owner_is_stopped(void **state) {
  Thread *t = *state;
  Object *o = NULL;
  Helper h;
  helper_start(&h, make_and_sleep, &o);
  wait_until(t, &sleeping, 1);
  stop_the_world(t);
  decref(t, o);
  expect_deaths(0);
  start_the_world(t);
  expect_deaths(1);
  a32_store_rel(&go, 1);
  helper_join(&h);
}

static void try_counts(Thread *t, void *arg) {
  Object *o = arg;
  assert_false(object_try_incref(t, o));  // I3: not while shared is 0
  Value v = v_new_ref_locked(t, v_from_obj(o));
  assert_int_equal(state_of(o), SHARED_WEAK);
  assert_true(object_try_incref(t, o));
  assert_int_equal(object_refcount(o), 3);
  decref(t, o);
  v_drop(t, v);
  assert_int_equal(a32_load_acq(&o->shared), SHARED_WEAK);
  assert_true(object_try_incref(t, o));  // WEAK stays
  decref(t, o);
}

static void test_try_incref(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  helper_run_to_end(try_counts, o);
  assert_true(object_try_incref(t, o));
  decref(t, o);
  decref(t, o);
  expect_deaths(1);
  assert_false(object_try_incref(t, o));  // a free block
}

static void load_it(Thread *t, void *arg) {
  Value *slot = arg;
  aptr array = {0};
  aptr_store_rlx(&array, slot);
  assert_true(v_is_null(v_load_ref(t, &array, slot, slot)));  // never shared: the locked way is needed
  v_drop(t, v_new_ref_locked(t, *slot));
  Value v = v_load_ref(t, &array, slot, slot);
  assert_int_equal(v.w, slot->w);
  v_drop(t, v);
  assert_true(v_is_null(v_load_ref(t, &array, &array, slot)));  // the array was replaced meanwhile
  assert_int_equal(object_refcount(v_obj(*slot)), 1);
}

static void test_load_ref(void **state) {
  Thread *t = *state;
  Value slot = v_from_obj(heap_new_object(t, shape, 32));
  helper_run_to_end(load_it, &slot);
  v_drop(t, slot);
  expect_deaths(1);
}

// An owner's many references dropped elsewhere: below zero and back.
static void drop_ten(Thread *t, void *o) {
  for (int i = 0; i < 10; i++) decref(t, o);
}

static void test_negative_shared(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  for (int i = 0; i < 10; i++) incref(t, o);
  helper_run_to_end(drop_ten, o);
  assert_int_equal(object_refcount(o), 1);
  decref(t, o);
  expect_deaths(1);
}
#else
static void make_one(Thread *t, void *arg) { *(Object **)arg = heap_new_object(t, shape, 32); }

static void test_any_thread_frees(void **state) {
  Thread *t = *state;
  Object *o = NULL;
  helper_run_to_end(make_one, &o);
  helper_run_to_end(incref_it, o);
  helper_run_to_end(decref_it, o);
  expect_deaths(0);
  decref(t, o);
  expect_deaths(1);
}
#endif

int main(void) {
#define TEST(name) cmocka_unit_test_setup(name, setup)
  const struct CMUnitTest tests[] = {
    TEST(test_counts_at_once), TEST(test_take_over),
#if OBJECT_BIASED
    TEST(test_shared_use), TEST(test_foreign_count), TEST(test_owner_sleeps), TEST(test_owner_runs), TEST(test_owner_detaches), TEST(test_owner_has_ended),
    TEST(test_slot_is_inherited), TEST(test_owner_is_stopped), TEST(test_try_incref), TEST(test_load_ref), TEST(test_negative_shared),
#else
    TEST(test_any_thread_frees),
#endif
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
