// Unit tests of the parking lot: expected values, timeouts, order of waking, tokens, interruption by signals.
#include "threads.h"

#include <signal.h>

#include "threading/parking_lot.h"

static int setup(void **state) {
  *state = main_thread();
  return 0;
}

static uint64_t now_ns(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (uint64_t)at.tv_sec * 1000000000u + (uint64_t)at.tv_nsec;
}

static void test_unexpected_value(void **state) {
  (void)state;
  a8 b = {1};
  a32 w = {1};
  a64 q = {1};
  uint8_t b0 = 0;
  uint32_t w0 = 0;
  uint64_t q0 = 0;
  assert_int_equal(parking_lot_park(NULL, &b, &b0, 1, -1, 0, NULL), PARK_AGAIN);
  assert_int_equal(parking_lot_park(NULL, &w, &w0, 4, -1, 0, NULL), PARK_AGAIN);
  assert_int_equal(parking_lot_park(NULL, &q, &q0, 8, -1, 0, NULL), PARK_AGAIN);
}

static void test_timeout(void **state) {
  Thread *t = *state;
  a32 w = {7};
  uint32_t seven = 7;
  uint64_t before = now_ns();
  assert_int_equal(parking_lot_park(t, &w, &seven, 4, 20000000, PARK_DETACH, NULL), PARK_TIMEOUT);
  assert_true(now_ns() - before >= 20000000);
  assert_int_equal(a32_load_acq(&t->state), THREAD_ATTACHED);
  assert_int_equal(parking_lot_park(NULL, &w, &seven, 4, 0, 0, NULL), PARK_TIMEOUT);
}

static void test_nobody_to_wake(void **state) {
  (void)state;
  int word = 0;
  assert_false(parking_lot_unpark(&word, NULL, NULL));
  parking_lot_unpark_all(&word);
}

enum { SLEEPERS = 4 };
typedef struct {
  a32 word, asleep, awake;
  a32 order[SLEEPERS];
} Dormitory;

typedef struct {
  Dormitory *d;
  uint32_t number;
} Sleeper;

static void sleep_once(Thread *t, void *arg) {
  Sleeper *s = arg;
  uint32_t zero = 0;
  a32_fetch_add_acqrel(&s->d->asleep, 1);
  ParkResult r = parking_lot_park(t, &s->d->word, &zero, 4, -1, PARK_DETACH, (void *)(uintptr_t)(s->number + 1));
  assert_int_equal(r, PARK_WOKEN);
  a32_store_rel(&s->d->order[s->number], a32_fetch_add_acqrel(&s->d->awake, 1) + 1);
}

typedef struct {
  void *token;
  bool more;
} Seen;

static void note_token(void *arg, void *token, bool more) { *(Seen *)arg = (Seen){token, more}; }

static void test_first_in_first_out(void **state) {
  Thread *t = *state;
  Dormitory d = {0};
  Helper h[SLEEPERS];
  Sleeper s[SLEEPERS];
  for (uint32_t i = 0; i < SLEEPERS; i++) {
    s[i] = (Sleeper){&d, i};
    helper_start(&h[i], sleep_once, &s[i]);
    wait_until(t, &d.asleep, i + 1);
    thread_detach(t);
    usleep(20000);  // let it get from the count into the lot
    thread_attach(t);
  }
  for (uint32_t i = 0; i < SLEEPERS; i++) {
    Seen seen = {0};
    assert_true(parking_lot_unpark(&d.word, note_token, &seen));
    assert_int_equal((uintptr_t)seen.token, i + 1);
    assert_int_equal(seen.more, i + 1 < SLEEPERS);
    wait_until(t, &d.awake, i + 1);
    assert_int_equal(a32_load_acq(&d.order[i]), i + 1);
  }
  Seen seen = {&d, true};
  assert_false(parking_lot_unpark(&d.word, note_token, &seen));
  assert_null(seen.token);
  assert_false(seen.more);
  for (int i = 0; i < SLEEPERS; i++) helper_join(&h[i]);
}

static void test_wake_all(void **state) {
  Thread *t = *state;
  Dormitory d = {0};
  Helper h[SLEEPERS];
  Sleeper s[SLEEPERS];
  for (uint32_t i = 0; i < SLEEPERS; i++) {
    s[i] = (Sleeper){&d, i};
    helper_start(&h[i], sleep_once, &s[i]);
  }
  wait_until(t, &d.asleep, SLEEPERS);
  while (a32_load_acq(&d.awake) < SLEEPERS) {
    parking_lot_unpark_all(&d.word);
    thread_detach(t);
    usleep(500);
    thread_attach(t);
  }
  for (int i = 0; i < SLEEPERS; i++) helper_join(&h[i]);
}

static void ignore_signal(int n) { (void)n; }

static void poke_main(Thread *t, void *arg) {
  (void)t;
  pthread_t to = *(pthread_t *)arg;
  for (int i = 0; i < 5; i++) {
    usleep(20000);
    pthread_kill(to, SIGUSR1);
  }
}

static void test_signal_interrupts(void **state) {
  Thread *t = *state;
  struct sigaction act = {.sa_handler = ignore_signal}, old;
  sigaction(SIGUSR1, &act, &old);
  pthread_t self = pthread_self();
  Helper h;
  a32 w = {0};
  uint32_t zero = 0;
  helper_start(&h, poke_main, &self);
  assert_int_equal(parking_lot_park(t, &w, &zero, 4, 5000000000, PARK_DETACH | PARK_INTERRUPTIBLE, NULL), PARK_INTERRUPTED);
  assert_int_equal(parking_lot_park(t, &w, &zero, 4, 60000000, PARK_DETACH, NULL), PARK_TIMEOUT);
  helper_join(&h);
  sigaction(SIGUSR1, &old, NULL);
}

// Wakers and sleepers with timeouts that often expire just then: every wake is consumed by exactly one sleeper.
static a32 turns, wakes, woken;
static void nap_often(Thread *t, void *arg) {
  (void)arg;
  uint32_t zero = 0;
  for (int i = 0; i < 400; i++) {
    if (i % 2 == 0) {
      if (parking_lot_park(t, &turns, &zero, 4, 50000, PARK_DETACH, NULL) == PARK_WOKEN) a32_fetch_add_acqrel(&woken, 1);
    } else if (parking_lot_unpark(&turns, NULL, NULL)) {
      a32_fetch_add_acqrel(&wakes, 1);
    }
  }
}

static void test_wakes_are_not_lost(void **state) {
  (void)state;
  Helper h[3];
  for (int i = 0; i < 3; i++) helper_start(&h[i], nap_often, NULL);
  for (int i = 0; i < 3; i++) helper_join(&h[i]);
  assert_int_equal(a32_load_acq(&wakes), a32_load_acq(&woken));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_unexpected_value, setup), cmocka_unit_test_setup(test_timeout, setup),
    cmocka_unit_test_setup(test_nobody_to_wake, setup),   cmocka_unit_test_setup(test_first_in_first_out, setup),
    cmocka_unit_test_setup(test_wake_all, setup),         cmocka_unit_test_setup(test_signal_interrupts, setup),
    cmocka_unit_test_setup(test_wakes_are_not_lost, setup),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
