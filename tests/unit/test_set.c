// Unit tests of set: CPython's table order, growth, deleted entries, pop, frozenset's hash.
#include "object_layer.h"

#include "objects/set.h"

static Value set_of_numbers(const int64_t *numbers, size_t n) {
  Value v = set_new(object_layer(), V_NULL);
  for (size_t i = 0; i < n; i++) set_add(object_layer(), v_set_obj(v), v_from_smi(numbers[i]));
  return v;
}

static void assert_order(Value v, const int64_t *expected, size_t n) {
  int64_t pos = 0;
  Value key;
  for (size_t i = 0; i < n; i++) {
    assert_true(set_next(object_layer(), v_set_obj(v), &pos, &key));
    assert_int_equal(v_smi(key), expected[i]);
  }
  assert_false(set_next(object_layer(), v_set_obj(v), &pos, &key));
}

static void test_order(void **state) {
  (void)state;
  const int64_t given[] = {10, 3, 8, 1}, shown[] = {8, 1, 10, 3};
  Value v = set_of_numbers(given, 4);
  assert_order(v, shown, 4);
  v_drop(object_layer(), v);
}

static void test_growth_and_pop(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v = set_new(t, V_NULL);
  Set *s = v_set_obj(v);
  assert_null(s->table);  // an empty set holds no memory
  for (int64_t i = 0; i < 5; i++) set_add(t, s, v_from_smi(i));
  assert_int_equal(s->mask, 31);
  for (int64_t i = 0; i < 1000; i++) set_add(t, s, v_from_smi(i));
  assert_int_equal(set_length(s), 1000);
  for (int64_t i = 0; i < 1000; i++) assert_int_equal(v_smi(set_pop(t, s)), i);
  assert_true(v_is_null(set_pop(t, s)));
  assert_true(error_matches(t, &exc_KeyError));
  error_clear(t);
  v_drop(t, v);
}

static void test_frozenset_hash(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value empty = frozenset_new(t, V_NULL);
  const int64_t given[] = {1, 2, 3};
  Value three = set_of_numbers(given, 3), frozen = frozenset_new(t, three), same = frozenset_new(t, frozen);
  assert_int_equal(object_hash(t, empty), 133146708735736);   // what python3.11 answers
  assert_int_equal(object_hash(t, frozen), -272375401224217160);
  assert_true(v_is(frozen, same));
  v_drop(t, empty), v_drop(t, three), v_drop(t, frozen), v_drop(t, same);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_growth_and_pop), cmocka_unit_test(test_frozenset_hash)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
