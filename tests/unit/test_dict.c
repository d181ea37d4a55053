// Unit tests of dict: order, tables of strs and of other keys, deletion, cached look-ups, and readers beside a writer.
#include "object_layer.h"

#include "objects/dict_table.h"

static Value text(Thread *t, int64_t i) { return str_from_format(t, "key%lld", (long long)i); }

static void test_order_and_deletion(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v = dict_new(t);
  Dict *d = v_dict(v);
  assert_ptr_equal(dict_table(d), &dict_empty_table.table);  // an empty dict holds no memory
  for (int64_t i = 0; i < 500; i++) assert_int_equal(dict_set(t, d, v_from_smi(i), v_from_smi(-i)), 0);
  for (int64_t i = 0; i < 500; i += 2) assert_int_equal(dict_delete(t, d, v_from_smi(i)), 1);
  assert_int_equal(dict_delete(t, d, v_from_smi(0)), 0);
  dict_set(t, d, v_from_smi(0), V_NONE);  // comes back at the end
  int64_t pos = 0, expected = 1, n = 0;
  for (Value key; dict_next(t, d, &pos, &key, NULL); n++, expected += 2) assert_int_equal(v_smi(key), n < 250 ? expected : 0);
  assert_int_equal(n, 251);
  assert_int_equal(dict_length(d), 251);
  v_drop(t, v);
}

static void test_str_table(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v = dict_new(t), out;
  Dict *d = v_dict(v);
  for (int64_t i = 0; i < 300; i++) {
    Value key = text(t, i);
    assert_int_equal(dict_set(t, d, key, v_from_smi(i)), 0);
    v_drop(t, key);
  }
  assert_true(dict_table(d)->str_keys);
  Value again = text(t, 123);  // equal, another object
  assert_int_equal(dict_get(t, d, again, &out), 1);
  assert_int_equal(v_smi(out), 123);
  assert_int_equal(dict_delete(t, d, again), 1);
  assert_int_equal(dict_get(t, d, again, &out), 0);
  dict_set(t, d, again, v_from_smi(7));
  assert_int_equal(dict_get(t, d, again, &out), 1);
  assert_int_equal(v_smi(out), 7);
  dict_set(t, d, v_from_smi(1), V_NONE);  // no str: another kind of table, same contents
  assert_false(dict_table(d)->str_keys);
  assert_int_equal(dict_length(d), 301);
  assert_int_equal(dict_get(t, d, again, &out), 1);
  v_drop(t, again);
  v_drop(t, v);
}

static void test_popitem_is_linear(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v = dict_new(t);
  for (int64_t i = 0; i < 100000; i++) dict_set(t, v_dict(v), v_from_smi(i), V_NONE);
  for (int64_t i = 99999; i >= 0; i--) {
    Value pair = dict_popitem(t, v_dict(v));
    assert_int_equal(v_smi(v_tuple(pair)->items[0]), i);
    v_drop(t, pair);
  }
  assert_true(v_is_null(dict_popitem(t, v_dict(v))));
  error_clear(t);
  v_drop(t, v);
}

static void test_cached(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v = dict_new(t), name = name_of("cached"), other = name_of("other");
  Dict *d = v_dict(v);
  dict_set(t, d, name, v_from_smi(1));
  uint32_t id, id2, version = dict_keys_version(t, d);
  int64_t index = dict_find_cached(d, name, &id);
  assert_true(index >= 0 && id != 0 && version != 0);
  assert_int_equal(dict_find_cached(d, other, &id2), -1);
  assert_int_equal(v_smi(dict_get_cached(t, d, id, index)), 1);
  assert_true(dict_set_cached(t, d, id, index, v_from_smi(2)));
  assert_int_equal(v_smi(dict_get_cached(t, d, id, index)), 2);
  dict_set(t, d, other, V_NONE);  // an insert harms no entry, but ends caches of absence
  assert_int_equal(v_smi(dict_get_cached(t, d, id, index)), 2);
  assert_int_equal(a32_load_rlx(&d->keys_version), 0);
  dict_delete(t, d, name);
  assert_true(v_is_null(dict_get_cached(t, d, id, index)));
  assert_false(dict_set_cached(t, d, id, index, v_from_smi(3)));
  dict_clear(t, d);
  assert_true(v_is_null(dict_get_cached(t, d, id, index)));
  v_drop(t, v);
}

static a32 stop;

static void read_keys(Thread *t, void *arg) {
  Dict *d = arg;
  for (int64_t i = 0; !a32_load_acq(&stop); i++) {
    Value key = text(t, i % 60), out;
    int r = dict_get(t, d, key, &out);
    assert_true(r == 0 || r == 1);
    if (r) assert_int_equal(v_smi(out) % 60, i % 60);
    v_drop(t, key);
    safepoint(t);
  }
}

static void test_readers_beside_a_writer(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value v = dict_new(t);
  Helper readers[2];
  for (int i = 0; i < 2; i++) helper_start(&readers[i], read_keys, v_dict(v));
  for (int64_t round = 0; round < 60000; round++) {
    Value key = text(t, round % 60);
    if (round % 7 == 3) dict_delete(t, v_dict(v), key);
    else dict_set(t, v_dict(v), key, v_from_smi(round));
    if (round % 5000 == 0) dict_clear(t, v_dict(v));
    v_drop(t, key);
    safepoint(t);
  }
  a32_store_rel(&stop, 1);
  for (int i = 0; i < 2; i++) helper_join(&readers[i]);
  v_drop(t, v);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_order_and_deletion), cmocka_unit_test(test_str_table),
      cmocka_unit_test(test_popitem_is_linear),  cmocka_unit_test(test_cached),
      cmocka_unit_test(test_readers_beside_a_writer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
