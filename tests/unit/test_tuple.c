// Unit tests of tuple: making, the one empty tuple, slices, hashes that agree with CPython's.
#include "object_layer.h"

static Value numbers(int64_t n) {
  Value items[16];
  for (int64_t i = 0; i < n; i++) items[i] = v_from_smi(i + 1);
  return tuple_from(object_layer(), items, (size_t)n);
}

static void test_empty_is_one(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value three = numbers(3);
  assert_true(v_is(tuple_new(t, 0), tuple_empty));
  assert_true(v_is(tuple_slice(t, three, 2, 1), tuple_empty));
  assert_true(object_is_immortal(v_obj(tuple_empty)));
  v_drop(t, three);
}

static void test_slice_and_concat(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value three = numbers(3), whole = tuple_slice(t, three, -5, 99), tail = tuple_slice(t, three, 1, 3), both = tuple_concat(t, three, tail);
  assert_true(v_is(whole, three));
  assert_int_equal(v_tuple(tail)->length, 2);
  assert_int_equal(v_tuple(both)->length, 5);
  assert_int_equal(v_smi(v_tuple(both)->items[3]), 2);
  v_drop(t, whole), v_drop(t, tail), v_drop(t, both), v_drop(t, three);
}

static void test_hash(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value three = numbers(3);
  assert_int_equal(object_hash(t, tuple_empty), 5740354900026072187);   // what python3.11 answers
  assert_int_equal(object_hash(t, three), 529344067295497451);
  v_drop(t, three);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_empty_is_one), cmocka_unit_test(test_slice_and_concat), cmocka_unit_test(test_hash)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
