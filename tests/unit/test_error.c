// Unit tests of raising from C: the pending exception, contexts, and running out of memory for good.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "object_layer.h"

static void test_context_is_a_chain(void **state) {
  (void)state;
  Thread *t = object_layer();
  raise_value_error(t, "first");
  Value first = error_fetch(t);
  raise_type_error(t, "second %d", 2);
  error_chain(t, v_own(t, first));
  Value second = error_fetch(t);
  assert_true(v_is(v_exc(second)->context, first));
  // The other way round would be a circle: the old link is cut.
  error_restore(t, first);
  error_chain(t, v_own(t, second));
  assert_true(v_is(v_exc(error_fetch(t))->context, second));
  assert_true(v_is_null(v_exc(second)->context));
  v_drop(t, first), v_drop(t, second);
}

static void test_plain_instances_keep_their_arguments(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value args[] = {v_from_smi(1), v_from_smi(2)};
  Value exc = exception_new(t, &exc_LookupError, args, 2);
  assert_int_equal(v_tuple(v_exc(exc)->args)->length, 2);
  v_drop(t, exc);
  exc = exception_new(t, &exc_StopIteration, args, 1);   // has an __init__ of its own
  assert_true(v_is(((StopIterationException *)v_obj(exc))->value, args[0]));
  v_drop(t, exc);
}

// Takes all the memory there is, in the child; 0 when MemoryError could still be raised, time and again.
static int exhausted_child(Thread *t) {
  struct rlimit none = {0, 0};
  if (setrlimit(RLIMIT_AS, &none) < 0) return 1;
  while (heap_new_object(t, exc_MemoryError.shape, exc_MemoryError.size)) continue;
  for (int i = 0; i < 10; i++) {
    if (!v_is_null(raise_no_memory(t)) || !error_matches(t, &exc_MemoryError)) return 2;
    Value exc = error_fetch(t);
    if (v_tuple(v_exc(exc)->args)->length != 0) return 3;
    v_drop(t, exc);
  }
  return 0;
}

static void test_no_memory_for_the_memory_error(void **state) {
  (void)state;
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  puts("skipped: a sanitizer ends the process when it gets no memory itself");
  skip();
#endif
  Thread *t = object_layer();
  pid_t child = fork();
  if (child == 0) _exit(exhausted_child(t));
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_context_is_a_chain), cmocka_unit_test(test_plain_instances_keep_their_arguments),
                                     cmocka_unit_test(test_no_memory_for_the_memory_error)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
