// Unit tests of threading/atomic.h: each operation's effect and result, and that concurrent read-modify-writes lose nothing.
#include "threads.h"

#define WORD_TEST(NAME, T)                                                    \
  static void test_##NAME(void **state) {                                     \
    (void)state;                                                              \
    NAME w = {0};                                                             \
    NAME##_store_rlx(&w, 5);                                                  \
    assert_int_equal(NAME##_load_rlx(&w), 5);                                 \
    NAME##_store_rel(&w, 6);                                                  \
    assert_int_equal(NAME##_load_acq(&w), 6);                                 \
    assert_true(NAME##_cas_rlx(&w, 6, 7) && NAME##_cas_acq(&w, 7, 8));        \
    assert_true(NAME##_cas_rel(&w, 8, 9) && NAME##_cas_acqrel(&w, 9, 10));    \
    assert_false(NAME##_cas_acqrel(&w, 9, 11));                               \
    assert_int_equal(NAME##_exchange_acqrel(&w, 12), 10);                     \
    assert_int_equal(NAME##_fetch_add_rlx(&w, 1), 12);                        \
    assert_int_equal(NAME##_fetch_add_acqrel(&w, 1), 13);                     \
    assert_int_equal(NAME##_fetch_add_seq(&w, (T)-1), 14);                    \
    assert_int_equal(NAME##_fetch_or_rel(&w, 2), 13);                         \
    assert_int_equal(NAME##_fetch_or_acqrel(&w, 16), 15);                     \
    assert_int_equal(NAME##_fetch_and_acqrel(&w, (T)~1), 31);                 \
    assert_int_equal(NAME##_load_rlx(&w), 30);                                \
    NAME##_store_rlx(&w, (T)-1);                                              \
    assert_int_equal(NAME##_fetch_add_rlx(&w, 1), (T)-1);                     \
    assert_int_equal(NAME##_load_rlx(&w), 0);                                 \
  }

WORD_TEST(a8, uint8_t)
WORD_TEST(a16, uint16_t)
WORD_TEST(a32, uint32_t)
WORD_TEST(a64, uint64_t)

static void test_aptr(void **state) {
  (void)state;
  int x, y;
  aptr p = {0};
  assert_null(aptr_load_rlx(&p));
  aptr_store_rel(&p, &x);
  assert_ptr_equal(aptr_load_acq(&p), &x);
  assert_false(aptr_cas_acqrel(&p, &y, &y));
  assert_true(aptr_cas_acqrel(&p, &x, &y));
  assert_ptr_equal(aptr_exchange_acqrel(&p, NULL), &y);
}

enum { ADDS = 20000, THREADS = 3 };
static a32 sum, bits;
static a8 small;

static void add_many(Thread *t, void *arg) {
  (void)t;
  uint32_t bit = 1u << (uintptr_t)arg;
  for (int i = 0; i < ADDS; i++) {
    a32_fetch_add_rlx(&sum, 1);
    a8_fetch_add_acqrel(&small, 1);
    a32_fetch_or_acqrel(&bits, bit);
    assert_true(a32_fetch_and_acqrel(&bits, ~bit) & bit);
  }
}

static void test_concurrent(void **state) {
  (void)state;
  main_thread();
  Helper h[THREADS];
  for (int i = 0; i < THREADS; i++) helper_start(&h[i], add_many, (void *)(uintptr_t)i);
  for (int i = 0; i < THREADS; i++) helper_join(&h[i]);
  assert_int_equal(a32_load_acq(&sum), ADDS * THREADS);
  assert_int_equal(a8_load_acq(&small), (uint8_t)(ADDS * THREADS));
  assert_int_equal(a32_load_acq(&bits), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_a8), cmocka_unit_test(test_a16), cmocka_unit_test(test_a32),
    cmocka_unit_test(test_a64), cmocka_unit_test(test_aptr), cmocka_unit_test(test_concurrent),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
