// Unit tests of thread states: slots and their reuse, identities, stack limits, the eval breaker, statistics, chaos, fork, shut-down.
#include "threads.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "threading/chaos.h"
#include "threading/mutex.h"
#include "threading/stats.h"

static int setup(void **state) {
  *state = main_thread();
  return 0;
}

static void test_main_thread(void **state) {
  Thread *t = *state;
  assert_ptr_equal(thread_current(), t);
  assert_true(t->is_main);
  assert_int_equal(t->slot, 1);
  assert_int_equal(t->own_base >> 32, t->slot);
  assert_int_equal(t->ident, (uint64_t)pthread_self());
  assert_int_equal(t->native_id, getpid());
  assert_int_equal(a32_load_acq(&t->state), THREAD_ATTACHED);
  assert_ptr_equal(thread_by_slot(1), t);
  assert_ptr_equal(thread_by_ident(t->ident), t);
  assert_null(thread_by_ident(12345));
  assert_int_equal(thread_count(), 1);
}

static void look_around(Thread *t, void *arg) {
  assert_ptr_equal(thread_current(), t);
  assert_int_equal(t->ident, (uint64_t)pthread_self());
  assert_int_equal(thread_count(), 2);
  assert_false(t->is_main);
  assert_ptr_equal(thread_by_ident(t->ident), t);
  char here;
  assert_true((uintptr_t)&here > t->c_stack_limit);
  assert_true((uintptr_t)&here - t->c_stack_limit > 1 << 20);
  assert_false(thread_stack_low(t));
  *(uint64_t *)arg = t->id;
}

static void test_slots_are_reused(void **state) {
  (void)state;
  uint64_t first = 0, second = 0;
  Helper a, b;
  helper_start(&a, look_around, &first);
  uint32_t slot = a.t->slot;
  helper_join(&a);
  assert_int_equal(thread_count(), 1);
  assert_int_equal(a32_load_acq(&thread_by_slot(slot)->state), THREAD_DEAD);
  helper_start(&b, look_around, &second);
  assert_int_equal(b.t->slot, slot);
  helper_join(&b);
  assert_true(second > first);
}

static void test_abandon(void **state) {
  Thread *t = *state;
  Thread *other = thread_new(t);
  assert_int_equal(thread_count(), 2);
  thread_abandon(t, other);
  assert_int_equal(thread_count(), 1);
}

static int recursion(const Thread *t, int depth) {
  volatile char frame[1000];
  frame[0] = (char)depth;
  return thread_stack_low(t) ? depth : recursion(t, depth + 1) + (frame[0] & 0);
}

static void recurse_to_limit(Thread *t, void *arg) { *(int *)arg = recursion(t, 0); }

static void test_stack_limit(void **state) {
  int main_depth = recursion(*state, 0), other_depth = 0;
  assert_true(main_depth > 1000);
  helper_run_to_end(recurse_to_limit, &other_depth);
  assert_true(other_depth > 1000);
}

static int calls[32];
static int fail_bit = -1;
static int note_pending(Thread *t) {
  (void)t;
  calls[4]++;
  return fail_bit == 4 ? -1 : 0;
}
static int note_signal(Thread *t) {
  (void)t;
  calls[2]++;
  return fail_bit == 2 ? -1 : 0;
}

static void test_breaker(void **state) {
  Thread *t = *state;
  breaker_register(BREAK_PENDING, note_pending);
  breaker_register(BREAK_SIGNAL, note_signal);
  assert_false(breaker_is_set(t));
  breaker_set(t, BREAK_PENDING | BREAK_SIGNAL);
  assert_true(breaker_is_set(t));
  assert_int_equal(safepoint(t), 0);
  assert_int_equal(calls[4], 1);
  assert_int_equal(calls[2], 1);
  assert_false(breaker_is_set(t));
  // A failing action leaves the later bits for the next safepoint.
  fail_bit = 2;
  breaker_set_all(BREAK_PENDING | BREAK_SIGNAL);
  assert_int_equal(safepoint(t), -1);
  assert_int_equal(calls[4], 1);
  fail_bit = -1;
  assert_int_equal(safepoint(t), 0);
  assert_int_equal(calls[4], 2);
  assert_int_equal(calls[2], 2);
}

static void test_attach_keeps_errno(void **state) {
  Thread *t = *state;
  errno = ENOTTY;
  ALLOW_THREADS_BEGIN(t)
  errno = EXDEV;
  ALLOW_THREADS_END
  assert_int_equal(errno, EXDEV);
}

static void count_one(Thread *t, void *arg) {
  (void)t;
  ++*(int *)arg;
}

static void do_nothing(Thread *t, void *arg) {
  (void)t;
  (void)arg;
}

static void test_each(void **state) {
  Thread *t = *state;
  int n = 0;
  Thread *other = thread_new(t);
  thread_each(count_one, &n);
  assert_int_equal(n, 2);
  thread_abandon(t, other);
}

// ThreadSanitizer cannot start threads in the child of a process that had several.
#ifdef __SANITIZE_THREAD__
enum { CAN_FORK = 0 };
#else
enum { CAN_FORK = 1 };
#endif

static Mutex held;
static void hold_and_sleep(Thread *t, void *arg) {
  mutex_lock(t, &held);
  a32_store_rel(arg, 1);
  thread_detach(t);
  usleep(100000);
  thread_attach(t);
  mutex_unlock(&held);
}

static void check_child(Thread *t, void *arg) {
  (void)t;
  a32_store_rel(arg, 5);
}

// The child of a fork has one thread, free locks, and can start threads of its own.
static void test_fork(void **state) {
  Thread *t = *state;
  if (!CAN_FORK) skip();
  a32 ready = {0};
  Helper h;
  helper_start(&h, hold_and_sleep, &ready);
  wait_until(t, &ready, 1);
  thread_before_fork(t);
  pid_t pid = fork();
  if (pid == 0) {
    thread_after_fork(t);
    if (thread_count() != 1 || thread_current() != t || t->native_id != getpid()) _exit(10);
    a32 done = {0};
    helper_run_to_end(check_child, &done);
    _exit(a32_load_acq(&done) == 5 ? 0 : 11);
  }
  thread_after_fork_parent(t);
  int status = -1;
  thread_detach(t);
  waitpid(pid, &status, 0);
  thread_attach(t);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
  helper_join(&h);
}

static void spin_with_safepoints(Thread *t, void *arg) {
  a32_store_rel(arg, 1);
  for (;;) {
    safepoint(t);
    if (a32_load_acq(&t->breaker) == 0x80000000u) return;
  }
}

static void come_back_later(Thread *t, void *arg) {
  a32_store_rel(arg, 1);
  thread_detach(t);
  usleep(50000);
  thread_attach(t);
  a32_store_rel(arg, 2);
}

// Once shut-down has begun no other thread runs again; tried in a child, for there is no way back.
static void test_shutdown(void **state) {
  Thread *t = *state;
  if (!CAN_FORK) skip();
  thread_before_fork(t);
  pid_t pid = fork();
  if (pid == 0) {
    thread_after_fork(t);
    a32 spinning = {0}, sleeping = {0};
    Helper a, b;
    helper_start(&a, spin_with_safepoints, &spinning);
    helper_start(&b, come_back_later, &sleeping);
    wait_until(t, &spinning, 1);
    wait_until(t, &sleeping, 1);
    thread_begin_shutdown(t);
    for (int i = 0; i < 20; i++) {
      thread_detach(t);
      usleep(10000);
      thread_attach(t);
    }
    bool parked = a32_load_acq(&a.t->state) == THREAD_DETACHED && a32_load_acq(&b.t->state) == THREAD_DETACHED;
    _exit(parked && a32_load_acq(&sleeping) == 1 ? 0 : 12);
  }
  thread_after_fork_parent(t);
  int status = -1;
  waitpid(pid, &status, 0);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

static void be_named(Thread *t, void *arg) {
  stats_name_thread(t->ident, arg);
  thread_detach(t);
  usleep(1000);
  thread_attach(t);
}

static void test_stats(void **state) {
  Thread *t = *state;
  assert_null(t->stats);
  stats_enable();
  assert_non_null(t->stats);
  helper_run_to_end(be_named, "a \"quoted\" name");
  char *text = NULL;
  size_t size = 0;
  FILE *f = open_memstream(&text, &size);
  stats_report(f, true);
  stats_report(f, false);
  fclose(f);
  assert_non_null(strstr(text, "\"name\": \"MainThread\""));
  assert_non_null(strstr(text, "\"name\": \"a \\\"quoted\\\" name\""));
  assert_non_null(strstr(text, "\"voluntary_switches\": "));
  assert_non_null(strstr(text, MODE_IS_GIL ? "\"mode\": \"gil\"" : "\"mode\": \"free\""));
  free(text);
}

static void test_chaos(void **state) {
  Thread *t = *state;
  (void)state;
  chaos_init(7);
  assert_true(t->chaos_state != 0);
  assert_true(breaker_is_set(t));
  uint64_t first = t->chaos_state;
  for (int i = 0; i < 50; i++) assert_int_equal(safepoint(t), 0);
  assert_true(breaker_is_set(t));
  assert_true(t->chaos_state != first);
  helper_run_to_end(do_nothing, NULL);
  chaos_init(7);
  assert_int_equal(t->chaos_state, first);
  chaos_init(0);
  assert_int_equal(t->chaos_state, 0);
  a32_fetch_and_acqrel(&t->breaker, ~(uint32_t)BREAK_YIELD);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup(name, setup)
  const struct CMUnitTest tests[] = {
    TEST(test_main_thread), TEST(test_slots_are_reused), TEST(test_abandon), TEST(test_stack_limit), TEST(test_breaker),
    TEST(test_attach_keeps_errno), TEST(test_each), TEST(test_fork), TEST(test_shutdown), TEST(test_stats), TEST(test_chaos),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
