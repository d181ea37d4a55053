// Unit tests of the GIL: exclusion, switching on request, the switch interval; in the free build that taking and dropping do nothing.
#include "threads.h"

#include "threading/gil.h"

static int setup(void **state) {
  *state = main_thread();
  return 0;
}

static void test_interval(void **state) {
  (void)state;
  assert_int_equal(gil_switch_interval_us(), 5000);
  gil_set_switch_interval_us(100);
  assert_int_equal(gil_switch_interval_us(), 100);
  gil_set_switch_interval_us(0);
  assert_int_equal(gil_switch_interval_us(), 1);
  gil_set_switch_interval_us(5000);
}

static long plain;  // what only the GIL protects
static a32 running, finished;

static void hog(Thread *t, void *arg) {
  (void)arg;
  a32_fetch_add_acqrel(&running, 1);
  for (int i = 0; i < 3000; i++) {
    long seen = plain;
    for (int k = 0; k < 50; k++) __builtin_ia32_pause();
    plain = seen + 1;
    safepoint(t);
  }
  a32_fetch_add_acqrel(&finished, 1);
}

static void test_exclusion(void **state) {
  (void)state;
  if (!MODE_IS_GIL) skip();
  gil_set_switch_interval_us(50);
  Helper h[4];
  for (int i = 0; i < 4; i++) helper_start(&h[i], hog, NULL);
  for (int i = 0; i < 4; i++) helper_join(&h[i]);
  assert_int_equal(plain, 4 * 3000);
  gil_set_switch_interval_us(5000);
}

static a32 stop, turns;
static void spin_until_stopped(Thread *t, void *arg) {
  (void)arg;
  while (!a32_load_acq(&stop)) {
    a32_fetch_add_rlx(&turns, 1);
    safepoint(t);
  }
}

// A thread that never blocks gives way within a few intervals, and gets the lock back.
static void test_forced_switch(void **state) {
  Thread *t = *state;
  Helper h;
  helper_start(&h, spin_until_stopped, NULL);
  gil_set_switch_interval_us(500);
  uint32_t before = 0;
  for (int i = 0; i < 20; i++) {
    thread_detach(t);
    usleep(2000);
    thread_attach(t);
    uint32_t now = a32_load_acq(&turns);
    assert_true(now > before);
    before = now;
  }
  a32_store_rel(&stop, 1);
  helper_join(&h);
  gil_set_switch_interval_us(5000);
}

// Two threads that only compute: each asks the other, and both make progress.
static a32 progress[2];
static void compute(Thread *t, void *arg) {
  a32 *mine = arg;
  while (!a32_load_acq(&stop)) {
    a32_fetch_add_rlx(mine, 1);
    safepoint(t);
  }
}

static void test_both_progress(void **state) {
  Thread *t = *state;
  a32_store_rel(&stop, 0);
  gil_set_switch_interval_us(500);
  Helper a, b;
  helper_start(&a, compute, &progress[0]);
  helper_start(&b, compute, &progress[1]);
  thread_detach(t);
  usleep(60000);
  thread_attach(t);
  uint32_t x = a32_load_acq(&progress[0]), y = a32_load_acq(&progress[1]);
  assert_true(x > 0 && y > 0);
  a32_store_rel(&stop, 1);
  helper_join(&a);
  helper_join(&b);
  gil_set_switch_interval_us(5000);
}

static void test_request_without_waiters(void **state) {
  Thread *t = *state;
  breaker_set(t, BREAK_GIL_DROP);
  assert_int_equal(safepoint(t), 0);
  assert_false(breaker_is_set(t));
  assert_int_equal(a32_load_acq(&t->state), THREAD_ATTACHED);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_interval, setup),      cmocka_unit_test_setup(test_exclusion, setup),
    cmocka_unit_test_setup(test_forced_switch, setup), cmocka_unit_test_setup(test_both_progress, setup),
    cmocka_unit_test_setup(test_request_without_waiters, setup),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
