// Unit tests of the one-byte mutex: exclusion, parking, try-lock, that waiting for it detaches while a raw wait does not; and of the fair one.
#include "threads.h"

#include "threading/fair_mutex.h"
#include "threading/mutex.h"

static int setup(void **state) {
  *state = main_thread();
  return 0;
}

static void test_uncontended(void **state) {
  Thread *t = *state;
  Mutex m = MUTEX_INIT;
  assert_false(mutex_is_locked(&m));
  mutex_lock(t, &m);
  assert_true(mutex_is_locked(&m));
  assert_false(mutex_try_lock(&m));
  mutex_unlock(&m);
  assert_true(mutex_try_lock(&m));
  mutex_unlock(&m);
  assert_int_equal(a8_load_rlx(&m.byte), 0);
}

static Mutex shared;
static long counter;  // plain: the mutex must order it
enum { ROUNDS = 3000, THREADS = 4 };

static void count_up(Thread *t, void *raw) {
  for (int i = 0; i < ROUNDS; i++) {
    if (raw) raw_mutex_lock(&shared);
    else mutex_lock(t, &shared);
    long seen = counter;
    if (i % 64 == 0 && !raw) {
      thread_detach(t);  // a real mutex stays held across this
      sched_yield();
      thread_attach(t);
    }
    counter = seen + 1;
    mutex_unlock(&shared);
    safepoint(t);
  }
}

static void test_exclusion(void **state) {
  (void)state;
  for (uintptr_t raw = 0; raw < 2; raw++) {
    counter = 0;
    Helper h[THREADS];
    for (int i = 0; i < THREADS; i++) helper_start(&h[i], count_up, (void *)raw);
    for (int i = 0; i < THREADS; i++) helper_join(&h[i]);
    assert_int_equal(counter, ROUNDS * THREADS);
    assert_int_equal(a8_load_rlx(&shared.byte), 0);
  }
}

static a32 waiting, got_it;
static void wait_for_it(Thread *t, void *arg) {
  (void)arg;
  a32_store_rel(&waiting, 1);
  mutex_lock(t, &shared);
  a32_store_rel(&got_it, 1);
  mutex_unlock(&shared);
}

static void test_waiter_detaches(void **state) {
  Thread *t = *state;
  mutex_lock(t, &shared);
  Helper h;
  helper_start(&h, wait_for_it, NULL);
  wait_until(t, &waiting, 1);
  uint32_t seen = THREAD_ATTACHED;
  for (int i = 0; i < 1000 && seen != THREAD_DETACHED; i++) {
    thread_detach(t);
    usleep(1000);
    seen = a32_load_acq(&h.t->state);
    thread_attach(t);
  }
  assert_int_equal(seen, THREAD_DETACHED);
  assert_int_equal(a32_load_acq(&got_it), 0);
  mutex_unlock(&shared);
  helper_join(&h);
  assert_int_equal(a32_load_acq(&got_it), 1);
}

static FairMutex fair;
static void take_fair(Thread *t, void *arg) {
  (void)t, (void)arg;
  a32_store_rel(&waiting, 1);
  fair_mutex_lock(t, &fair);
  a32_store_rel(&got_it, 1);
  fair_mutex_unlock(&fair);
}

static void count_up_fairly(Thread *t, void *arg) {
  (void)arg;
  for (int i = 0; i < ROUNDS; i++) {
    fair_mutex_lock(t, &fair);
    long seen = counter;
    if (i % 64 == 0) {
      thread_detach(t);
      usleep(i % 256 == 0 ? 1500 : 0);
      thread_attach(t);
    }
    counter = seen + 1;
    fair_mutex_unlock(&fair);
    safepoint(t);
  }
}

// The holder gives the GIL up only while it holds the lock, as one does who writes to a file again and again.
static void test_fair_mutex_is_handed_over(void **state) {
  Thread *t = *state;
  a32_store_rel(&waiting, 0);
  a32_store_rel(&got_it, 0);
  fair_mutex_lock(t, &fair);
  Helper h;
  helper_start(&h, take_fair, NULL);
  while (!a32_load_acq(&got_it)) {
    thread_detach(t);
    usleep(a32_load_acq(&waiting) ? 2000 : 100);
    thread_attach(t);
    fair_mutex_unlock(&fair);
    fair_mutex_lock(t, &fair);
  }
  fair_mutex_unlock(&fair);
  helper_join(&h);
  assert_false(fair_mutex_is_locked(&fair));
}

static void test_fair_mutex_excludes(void **state) {
  (void)state;
  counter = 0;
  Helper h[THREADS];
  for (int i = 0; i < THREADS; i++) helper_start(&h[i], count_up_fairly, NULL);
  for (int i = 0; i < THREADS; i++) helper_join(&h[i]);
  assert_int_equal(counter, ROUNDS * THREADS);
  assert_false(fair_mutex_is_locked(&fair));
}

static void test_fair_mutex_reset(void **state) {
  Thread *t = *state;
  fair_mutex_lock(t, &fair);
  fair_mutex_reset(&fair);
  fair_mutex_lock(t, &fair);
  fair_mutex_unlock(&fair);
  assert_int_equal(a8_load_rlx(&fair.byte), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup(test_uncontended, setup),
    cmocka_unit_test_setup(test_exclusion, setup),
    cmocka_unit_test_setup(test_waiter_detaches, setup),
    cmocka_unit_test_setup(test_fair_mutex_is_handed_over, setup),
    cmocka_unit_test_setup(test_fair_mutex_excludes, setup),
    cmocka_unit_test_setup(test_fair_mutex_reset, setup),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
