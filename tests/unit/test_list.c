// Unit tests of list: growth and shrinking, slices, sorting, and readers beside a thread that grows and clears it.
#include "object_layer.h"

static void test_append_pop(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v = list_new(t, 0);
  for (int64_t i = 0; i < 1000; i++) assert_int_equal(list_append(t, v_list(v), v_from_smi(i)), 0);
  assert_int_equal(list_length(v_list(v)), 1000);
  assert_true(v_is_null(list_get(t, v_list(v), 1000)));
  for (int64_t i = 999; i >= 0; i--) assert_int_equal(v_smi(list_pop(t, v_list(v), -1)), i);
  assert_null(aptr_load_rlx(&v_list(v)->array));  // an empty list holds no memory
  assert_true(v_is_null(list_pop(t, v_list(v), -1)));
  assert_true(error_matches(t, &exc_IndexError));
  error_clear(t);
  v_drop(t, v);
}

static void test_slots_above_length_are_zero(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v = list_new(t, 16);
  for (int64_t i = 0; i < 12; i++) list_append(t, v_list(v), v_from_smi(i));
  assert_int_equal(list_set_slice(t, v_list(v), 2, 5, V_NULL), 0);
  ListArray *array = aptr_load_rlx(&v_list(v)->array);
  for (int64_t i = list_length(v_list(v)); i < array->capacity; i++) assert_true(v_is_null(array->items[i]));
  assert_int_equal(list_set_slice(t, v_list(v), 0, 0, v), 0);  // into itself
  assert_int_equal(list_length(v_list(v)), 18);
  v_drop(t, v);
}

static void test_sort(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v = list_new(t, 0);
  uint64_t x = 7;
  for (int i = 0; i < 5000; i++) {
    x = x * 6364136223846793005u + 1442695040888963407u;
    list_append(t, v_list(v), v_from_smi((int64_t)(x >> 33) % 700));
  }
  assert_int_equal(list_sort(t, v_list(v), V_NULL, false), 0);
  for (int64_t i = 1; i < 5000; i++) assert_true(v_smi(list_get(t, v_list(v), i - 1)) <= v_smi(list_get(t, v_list(v), i)));
  assert_int_equal(list_sort(t, v_list(v), V_NULL, true), 0);
  for (int64_t i = 1; i < 5000; i++) assert_true(v_smi(list_get(t, v_list(v), i - 1)) >= v_smi(list_get(t, v_list(v), i)));
  v_drop(t, v);
}

static a32 stop;

// Items are strs of one letter: whatever a reader gets must be one.
static void read_items(Thread *t, void *arg) {
  List *l = arg;
  for (int64_t i = 0; !a32_load_acq(&stop); i++) {
    Value v = list_get(t, l, i % 40);
    if (!v_is_null(v)) assert_true(v_is_str_exact(v) && v_str(v)->length >= 1);
    v_drop(t, v);
    safepoint(t);
  }
}

static void test_readers_beside_a_writer(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v = list_new(t, 0);
  Helper readers[2];
  for (int i = 0; i < 2; i++) helper_start(&readers[i], read_items, v_list(v));
  for (int round = 0; round < 3000; round++) {
    for (int i = 0; i < 20; i++) list_append_steal(t, v_list(v), str_from_format(t, "%d", round + i));
    if (round % 3 == 0) list_clear(t, v_list(v));
    else list_set_slice(t, v_list(v), 3, 9, V_NULL);
    safepoint(t);
  }
  a32_store_rel(&stop, 1);
  for (int i = 0; i < 2; i++) helper_join(&readers[i]);
  v_drop(t, v);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_append_pop),
      cmocka_unit_test(test_slots_above_length_are_zero),
      cmocka_unit_test(test_sort),
      cmocka_unit_test(test_readers_beside_a_writer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
