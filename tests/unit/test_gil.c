// Unit tests of the GIL: exclusion, switching on request, the switch interval; in the free build that taking and dropping do nothing.
#include "threads.h"

#include "threading/gil.h"
#include "threading/parking_lot.h"

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
  for (int i = 0; i < 20; i++) {
    // Both of us get our turns, however busy the machine: else this hangs.
    uint32_t before = a32_load_acq(&turns);
    wait_until(t, &turns, before + 1);
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
  wait_until(t, &progress[0], 1000);
  wait_until(t, &progress[1], 1000);
  a32_store_rel(&stop, 1);
  helper_join(&a);
  helper_join(&b);
  gil_set_switch_interval_us(5000);
}

// Every policy keeps others out, loses nobody, and lets all come to their end.
static a32 blocked_often;
static void mixed(Thread *t, void *arg) {
  bool blocks = arg != NULL;
  for (int i = 0; i < 1500; i++) {
    long seen = plain;
    for (int k = 0; k < 20; k++) __builtin_ia32_pause();
    plain = seen + 1;
    if (blocks && i % 10 == 0) {
      thread_detach(t);
      usleep(50);
      thread_attach(t);
      a32_fetch_add_acqrel(&blocked_often, 1);
    }
    safepoint(t);
  }
}

static void test_policies(void **state) {
  Thread *t = *state;
  assert_false(gil_set_policy(""));
  if (!MODE_IS_GIL) return;
  assert_false(gil_set_policy("nonsense") || gil_set_policy("fifo:3") || gil_set_policy("ticks:0") || gil_set_policy("ticks:x"));
  assert_string_equal(gil_policy(), "interval");
  static const char *const specs[] = {"ticks", "ticks:7", "fifo", "io-first", "interval"};
  gil_set_switch_interval_us(200);
  for (int p = 0; p < 5; p++) {
    // A policy may be changed while nobody waits: each starts from a lock that the main thread holds.
    thread_detach(t);
    assert_true(gil_set_policy(specs[p]));
    thread_attach(t);
    plain = 0;
    a32_store_rel(&blocked_often, 0);
    Helper h[4];
    for (int i = 0; i < 4; i++) helper_start(&h[i], mixed, i < 2 ? &h : NULL);
    for (int i = 0; i < 4; i++) helper_join(&h[i]);
    assert_int_equal(plain, 4 * 1500);
    assert_int_equal(a32_load_acq(&blocked_often), 2 * 150);
  }
  assert_string_equal(gil_policy(), "interval");
  a32_fetch_and_acqrel(&t->breaker, ~(uint32_t)BREAK_GIL_DROP);
  gil_set_switch_interval_us(5000);
}

// A queue hands the lock round.
static a32 turns_of[3];
static void take_turns(Thread *t, void *arg) {
  a32 *mine = arg;
  while (!a32_load_acq(&stop)) {
    a32_fetch_add_rlx(mine, 1);
    thread_detach(t);
    thread_attach(t);
  }
}

static void test_fifo_is_fair(void **state) {
  Thread *t = *state;
  if (!MODE_IS_GIL) skip();
  thread_detach(t);
  gil_set_policy("fifo");
  thread_attach(t);
  a32_store_rel(&stop, 0);
  Helper h[3];
  for (int i = 0; i < 3; i++) helper_start(&h[i], take_turns, &turns_of[i]);
  for (int i = 0; i < 3; i++) wait_until(t, &turns_of[i], 100);
  a32_store_rel(&stop, 1);
  for (int i = 0; i < 3; i++) helper_join(&h[i]);
  thread_detach(t);
  gil_set_policy("interval");
  thread_attach(t);
}

// A thread that parks, and is woken by one that holds the GIL.
static a32 parked, woken;
static void park_once(Thread *t, void *arg) {
  (void)arg;
  const uint32_t expected = 1;
  a32_store_rel(&parked, 1);
  parking_lot_park(t, &parked, &expected, sizeof expected, -1, PARK_DETACH, NULL);
  a32_fetch_add_acqrel(&woken, 1);
}

static void wake_parked(Thread *t, Helper *h) {
  a32_store_rel(&parked, 0);
  a32_store_rel(&woken, 0);
  helper_start(h, park_once, NULL);
  wait_until(t, &parked, 1);
  while (!parking_lot_unpark(&parked, NULL, NULL)) {   // it may be on its way to bed
    thread_detach(t);
    usleep(100);
    thread_attach(t);
  }
}

// The waker goes on and on: the sleeper's turn comes all the same.
static void test_woken_by_one_that_computes(void **state) {
  Thread *t = *state;
  Helper h;
  for (int i = 0; i < 5; i++) {
    wake_parked(t, &h);
    while (!a32_load_acq(&woken)) safepoint(t);
    helper_join(&h);
  }
}

static void test_woken_by_one_that_blocks(void **state) {
  Thread *t = *state;
  Helper h;
  for (int i = 0; i < 50; i++) {
    wake_parked(t, &h);
    wait_until(t, &woken, 1);
    helper_join(&h);
  }
}

// Four threads pass a word round by parking and waking, while two others compute.
enum { PARTNERS = 4, ROUNDS = 400 };
static a32 ball;
static void pass_ball(Thread *t, void *arg) {
  uint32_t me = (uint32_t)(uintptr_t)arg;
  for (uint32_t round = 0; round < ROUNDS; round++) {
    for (uint32_t now; (now = a32_load_acq(&ball)) != round * PARTNERS + me;) {
      parking_lot_park(t, &ball, &now, sizeof now, -1, PARK_DETACH, NULL);
      safepoint(t);
    }
    a32_fetch_add_acqrel(&ball, 1);
    parking_lot_unpark_all(&ball);
  }
}

static void test_handing_round(void **state) {
  (void)state;
  a32_store_rel(&stop, 0);
  a32_store_rel(&ball, 0);
  gil_set_switch_interval_us(200);
  Helper busy[2], h[PARTNERS];
  for (int i = 0; i < 2; i++) helper_start(&busy[i], compute, &progress[i]);
  for (uint32_t i = 0; i < PARTNERS; i++) helper_start(&h[i], pass_ball, (void *)(uintptr_t)i);
  for (int i = 0; i < PARTNERS; i++) helper_join(&h[i]);
  a32_store_rel(&stop, 1);
  for (int i = 0; i < 2; i++) helper_join(&busy[i]);
  assert_int_equal(a32_load_acq(&ball), PARTNERS * ROUNDS);
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
    cmocka_unit_test_setup(test_policies, setup),      cmocka_unit_test_setup(test_fifo_is_fair, setup),
    cmocka_unit_test_setup(test_request_without_waiters, setup),
    cmocka_unit_test_setup(test_woken_by_one_that_computes, setup),
    cmocka_unit_test_setup(test_woken_by_one_that_blocks, setup),
    cmocka_unit_test_setup(test_handing_round, setup),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
