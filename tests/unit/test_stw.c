// Unit tests of stop-the-world: nobody else runs, nesting, rival stoppers, sleepers and newcomers, safepoints without a stop.
#include "threads.h"

#include "threading/stw.h"

static int setup(void **state) {
  *state = main_thread();
  return 0;
}

static long plain;  // what stopping the world protects
static a32 finish, started;

static void test_alone(void **state) {
  Thread *t = *state;
  assert_false(world_is_stopped_by(t));
  stop_the_world(t);
  assert_true(world_is_stopped_by(t));
  stop_the_world(t);
  start_the_world(t);
  assert_true(world_is_stopped_by(t));
  start_the_world(t);
  assert_false(world_is_stopped_by(t));
}

static void run_about(Thread *t, void *arg) {
  a32 *ticks = arg;
  a32_fetch_add_acqrel(&started, 1);
  for (unsigned i = 0; !a32_load_acq(&finish); i++) {
    a32_store_rel(ticks, a32_load_rlx(ticks) + 1);
    if (i % 100 == 0) {
      thread_detach(t);
      sched_yield();
      thread_attach(t);
    }
    safepoint(t);
  }
}

static void test_others_stand_still(void **state) {
  Thread *t = *state;
  a32 ticks[3] = {0};
  Helper h[3];
  a32_store_rel(&finish, 0);
  for (int i = 0; i < 3; i++) helper_start(&h[i], run_about, &ticks[i]);
  wait_until(t, &started, 3);
  for (int round = 0; round < 50; round++) {
    stop_the_world(t);
    uint32_t seen[3];
    for (int i = 0; i < 3; i++) seen[i] = a32_load_acq(&ticks[i]);
    if (round % 10 == 0) usleep(2000);
    for (int i = 0; i < 3; i++) {
      assert_int_equal(a32_load_acq(&ticks[i]), seen[i]);
      assert_int_not_equal(a32_load_acq(&h[i].t->state), THREAD_ATTACHED);
    }
    start_the_world(t);
    thread_detach(t);
    usleep(200);
    thread_attach(t);
  }
  a32_store_rel(&finish, 1);
  for (int i = 0; i < 3; i++) helper_join(&h[i]);
}

static void stop_often(Thread *t, void *arg) {
  (void)arg;
  for (int i = 0; i < 200; i++) {
    stop_the_world(t);
    long seen = plain;
    assert_true(world_is_stopped_by(t));
    plain = seen + 1;
    start_the_world(t);
    safepoint(t);
  }
}

static void test_rivals(void **state) {
  (void)state;
  Helper h[3];
  for (int i = 0; i < 3; i++) helper_start(&h[i], stop_often, NULL);
  for (int i = 0; i < 3; i++) helper_join(&h[i]);
  assert_int_equal(plain, 3 * 200);
}

static void do_little(Thread *t, void *arg) {
  safepoint(t);
  a32_fetch_add_acqrel(arg, 1);
}

static void start_others(Thread *t, void *arg) {
  for (int i = 0; i < 40; i++) {
    Helper h = {.t = thread_new(t), .work = do_little, .arg = arg};
    assert_non_null(h.t);
    assert_int_equal(pthread_create(&h.id, NULL, helper_run, &h), 0);
    thread_detach(t);
    pthread_join(h.id, NULL);
    thread_attach(t);
  }
}

// Threads that come and go while others stop the world.
static void test_newcomers(void **state) {
  (void)state;
  a32 ran = {0};
  Helper maker, stopper;
  helper_start(&maker, start_others, &ran);
  helper_start(&stopper, stop_often, NULL);
  helper_join(&maker);
  helper_join(&stopper);
  assert_int_equal(a32_load_acq(&ran), 40);
}

static void test_stale_bit(void **state) {
  Thread *t = *state;
  breaker_set(t, BREAK_STW);
  assert_int_equal(safepoint(t), 0);
  assert_int_equal(a32_load_acq(&t->state), THREAD_ATTACHED);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_alone, setup),     cmocka_unit_test_setup(test_others_stand_still, setup),
    cmocka_unit_test_setup(test_rivals, setup),    cmocka_unit_test_setup(test_newcomers, setup),
    cmocka_unit_test_setup(test_stale_bit, setup),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
