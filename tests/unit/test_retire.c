// Unit tests of retirement: nothing is freed before every attached thread has passed a safepoint, and all is freed in the end.
#include "threads.h"

#include "threading/critical.h"
#include "threading/qsbr.h"
#include "threading/stw.h"

static uint32_t shape;
static a32 freed;

static void plain_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }
static void note_freed(Thread *t, void *p) {
  (void)t;
  (void)p;
  a32_fetch_add_acqrel(&freed, 1);
}

static int setup(void **state) {
  *state = main_thread();
  if (!shape) shape = new_shape(plain_dealloc, NULL, NULL, 0);
  a32_store_rel(&freed, 0);
  return 0;
}

static void report(Thread *t) {
  breaker_set(t, BREAK_QSBR);
  safepoint(t);
}

static Object *shared_object(Thread *t) {
  Object *o = heap_new_object(t, shape, 32);
  a8_fetch_or_rel(&o->flags, OBJ_SHARED);
  return o;
}

static void test_private_owner(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  heap_retire_call(t, o, &freed, note_freed);
  assert_int_equal(a32_load_acq(&freed), 1);
  decref(t, o);
}

static void test_alone(void **state) {
  Thread *t = *state;
  Object *o = shared_object(t);
  for (int i = 0; i < 10; i++) qsbr_retire(t, &freed, 32, note_freed);
  if (!MODE_IS_GIL) assert_int_equal(a32_load_acq(&freed), 0);
  for (int i = 0; i < 3; i++) report(t);
  assert_int_equal(a32_load_acq(&freed), 10);
  assert_int_equal(qsbr_pending_bytes(), 0);
  // What programs can see does not wait where nobody else can be reading.
  heap_retire_call(t, o, &freed, note_freed);
  assert_int_equal(a32_load_acq(&freed), 11);
  assert_false(qsbr_late_waits());
  decref(t, o);
}

static a32 phase;
static void lag(Thread *t, void *arg) {
  (void)arg;
  a32_store_rel(&phase, 1);
  while (a32_load_acq(&phase) < 2) {}  // attached, no safepoint
  safepoint(t);
  safepoint(t);
  a32_store_rel(&phase, 3);
  while (a32_load_acq(&phase) < 4) {
    safepoint(t);
    sched_yield();
  }
}

static void test_laggard(void **state) {
  Thread *t = *state;
  if (MODE_IS_GIL) skip();
  Object *o = shared_object(t);
  Helper h;
  a32_store_rel(&phase, 0);
  helper_start(&h, lag, NULL);
  wait_until(t, &phase, 1);
  for (int i = 0; i < 30; i++) heap_retire_call(t, o, &freed, note_freed);
  for (int i = 0; i < 5; i++) report(t);
  assert_int_equal(a32_load_acq(&freed), 0);
  assert_true(a32_load_acq(&h.t->breaker) & BREAK_QSBR);  // asked to report
  a32_store_rel(&phase, 2);
  while (a32_load_acq(&phase) < 3) {}
  for (int i = 0; i < 1000 && a32_load_acq(&freed) < 30; i++) {
    report(t);
    sched_yield();
  }
  assert_int_equal(a32_load_acq(&freed), 30);
  a32_store_rel(&phase, 4);
  helper_join(&h);
  decref(t, o);
}

static void sleep_detached(Thread *t, void *arg) {
  (void)arg;
  thread_detach(t);
  a32_store_rel(&phase, 1);
  while (a32_load_acq(&phase) < 2) usleep(100);
  thread_attach(t);
}

// A detached thread holds nobody up.
static void test_sleeper(void **state) {
  Thread *t = *state;
  Object *o = shared_object(t);
  Helper h;
  a32_store_rel(&phase, 0);
  helper_start(&h, sleep_detached, NULL);
  wait_until(t, &phase, 1);
  for (int i = 0; i < 10; i++) heap_retire_call(t, o, &freed, note_freed);
  for (int i = 0; i < 3; i++) report(t);
  assert_int_equal(a32_load_acq(&freed), 10);
  a32_store_rel(&phase, 2);
  helper_join(&h);
  decref(t, o);
}

static void retire_some(Thread *t, void *o) {
  for (int i = 0; i < 7; i++) heap_retire_call(t, o, &freed, note_freed);
}

// What a thread leaves behind is freed by another.
static void test_orphans(void **state) {
  Thread *t = *state;
  Object *o = shared_object(t);
  helper_run_to_end(retire_some, o);
  for (int i = 0; i < 10; i++) heap_retire_call(t, o, &freed, note_freed);
  for (int i = 0; i < 4; i++) report(t);
  assert_int_equal(a32_load_acq(&freed), 17);
  decref(t, o);
}

static void test_buffers_and_flush(void **state) {
  Thread *t = *state;
  Object *o = shared_object(t);
  uint64_t before = heap_live_bytes();
  for (int i = 0; i < 5; i++) heap_retire(t, o, heap_alloc(t, 1000));
  heap_retire(t, o, NULL);
  heap_retire(t, o, heap_alloc(t, 300000));
  stop_the_world(t);
  qsbr_flush(t);
  start_the_world(t);
  assert_int_equal(heap_live_bytes(), before);
  decref(t, o);
}

// Steps go on by themselves as long as things are retired.
static void test_steady_state(void **state) {
  Thread *t = *state;
  Object *o = shared_object(t);
  for (int i = 0; i < 10000; i++) {
    heap_retire(t, o, heap_alloc(t, 500));
    safepoint(t);
    assert_true(qsbr_pending_bytes() < 100000);
  }
  for (int i = 0; i < 3; i++) report(t);
  decref(t, o);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup(name, setup)
  const struct CMUnitTest tests[] = {
    TEST(test_private_owner), TEST(test_alone), TEST(test_laggard), TEST(test_sleeper), TEST(test_orphans), TEST(test_buffers_and_flush),
    TEST(test_steady_state),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
