// Unit tests of hidden-class shapes and instance attributes: transitions, overflow, dict mode, order, limits, __class__, members, threads.
#include "object_layer.h"

#include "gc/collect.h"
#include "threading/stw.h"

static void set_numbered(Value obj, int i, int64_t value) {
  Thread *t = object_layer();
  char name[16];
  snprintf(name, sizeof name, "a%d", i);
  assert_int_equal(object_setattr(t, obj, name_of(name), v_from_smi(value)), 0);
}

static void assert_numbered(Value obj, int i, int64_t value) {
  char name[16];
  snprintf(name, sizeof name, "a%d", i);
  assert_int_attr(obj, name, value);
}

static void test_same_order_same_shape(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value class = plain_class("C"), a = object_call0(t, class), b = object_call0(t, class), c = object_call0(t, class);
  assert_int_equal(object_shape(v_obj(a)), v_as_type(class)->shape);
  for (int i = 0; i < 20; i++) {
    set_numbered(a, i, i);
    set_numbered(b, i, -i);
    assert_int_equal(object_shape(v_obj(a)), object_shape(v_obj(b)));
  }
  for (int i = 19; i >= 0; i--) set_numbered(c, i, i);
  assert_int_not_equal(object_shape(v_obj(a)), object_shape(v_obj(c)));
  for (int i = 0; i < 20; i++) {
    assert_numbered(a, i, i);
    assert_numbered(b, i, -i);
    assert_numbered(c, i, i);
  }
  uint32_t shape = object_shape(v_obj(a));
  assert_int_equal(shape_find_slot(shape, name_of("a7")), 7);
  assert_int_equal(shape_find_slot(shape, name_of("nothing")), -1);
  assert_true(v_is(shape_slot_name(shape, 3), name_of("a3")));
  assert_int_not_equal(shape_slot_offset(shape, 0), 0);
  assert_int_equal(shape_slot_offset(shape, 19), 0);
  v_drop(t, a), v_drop(t, b), v_drop(t, c), v_drop(t, class);
}

// A table shared along a chain must not show a branch's names to the other branch.
static void test_branches_are_separate(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value class = plain_class("C");
  uint32_t root = v_as_type(class)->shape;
  uint32_t x = shape_transition(t, root, name_of("x")), xy = shape_transition(t, x, name_of("y")), xz = shape_transition(t, x, name_of("z"));
  uint32_t xzy = shape_transition(t, xz, name_of("y"));
  assert_int_equal(shape_transition(t, x, name_of("y")), xy);
  assert_int_equal(shape_find_slot(x, name_of("y")), -1);
  assert_int_equal(shape_find_slot(xy, name_of("y")), 1);
  assert_int_equal(shape_find_slot(xy, name_of("z")), -1);
  assert_int_equal(shape_find_slot(xz, name_of("z")), 1);
  assert_int_equal(shape_find_slot(xz, name_of("y")), -1);
  assert_int_equal(shape_find_slot(xzy, name_of("y")), 2);
  v_drop(t, class);
}

static void test_cached_access(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value class = plain_class("C"), a = object_call0(t, class);
  Object *o = v_obj(a);
  uint32_t root = v_as_type(class)->shape, one = shape_transition(t, root, name_of("x"));
  uint32_t offset = shape_slot_offset(one, 0);
  assert_true(v_is_null(instance_load_at(t, o, offset)));
  assert_false(instance_store_at(t, o, offset, v_from_smi(1)));
  assert_true(instance_add_slot(t, o, root, one, v_from_smi(1)));
  assert_false(instance_add_slot(t, o, root, one, v_from_smi(2)));
  assert_int_equal(v_smi(instance_load_at(t, o, offset)), 1);
  assert_true(instance_store_at(t, o, offset, v_from_smi(3)));
  assert_int_attr(a, "x", 3);
  Value d = object_get_dict(t, a);
  assert_true(v_is_null(instance_load_at(t, o, offset)));
  assert_false(instance_store_at(t, o, offset, v_from_smi(4)));
  assert_int_attr(a, "x", 3);
  v_drop(t, d), v_drop(t, a), v_drop(t, class);
}

static void test_deleting_means_dict_mode(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value class = plain_class("C"), a = object_call0(t, class);
  for (int i = 0; i < 10; i++) set_numbered(a, i, i);
  assert_int_equal(object_setattr(t, a, name_of("a4"), V_NULL), 0);
  assert_true(shape_is_dict_mode(object_shape(v_obj(a))));
  assert_true(v_is_null(object_getattr(t, a, name_of("a4"))));
  assert_raised(&exc_AttributeError, "'C' object has no attribute 'a4'");
  set_numbered(a, 4, 44);
  // The attribute that came back stands last.
  Value d = object_get_dict(t, a), keys = dict_keys_list(t, v_dict(d)), last = list_get(t, v_list(keys), 9);
  assert_true(v_is(last, name_of("a4")));
  assert_int_equal(object_setattr(t, a, name_of("none"), V_NULL), -1);
  assert_raised(&exc_AttributeError, "'C' object has no attribute 'none'");
  v_drop(t, last), v_drop(t, keys), v_drop(t, d), v_drop(t, a), v_drop(t, class);
}

static void test_limits(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value class = plain_class("C"), a = object_call0(t, class);
  for (int i = 0; i < SHAPE_SLOT_LIMIT; i++) set_numbered(a, i, i);
  assert_false(shape_is_dict_mode(object_shape(v_obj(a))));
  set_numbered(a, SHAPE_SLOT_LIMIT, 7);
  assert_true(shape_is_dict_mode(object_shape(v_obj(a))));
  for (int i = 0; i < SHAPE_SLOT_LIMIT; i++) assert_numbered(a, i, i);
  // More first attributes than a shape may have transitions.
  for (int i = 0; i < 2 * SHAPE_CHILD_LIMIT; i++) {
    Value b = object_call0(t, class);
    set_numbered(b, 1000 + i, i);
    assert_numbered(b, 1000 + i, i);
    v_drop(t, b);
  }
  v_drop(t, a), v_drop(t, class);
}

static void test_dict_is_the_storage(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value class = plain_class("C"), a = object_call0(t, class);
  set_numbered(a, 1, 1);
  Value d = object_getattr(t, a, name_of("__dict__"));
  dict_set(t, v_dict(d), name_of("a2"), v_from_smi(2));
  assert_numbered(a, 2, 2);
  set_numbered(a, 1, 11);
  Value seen;
  assert_int_equal(dict_get(t, v_dict(d), name_of("a1"), &seen), 1);
  assert_int_equal(v_smi(seen), 11);
  Value other = dict_new(t);
  dict_set(t, v_dict(other), name_of("a1"), v_from_smi(5));
  assert_int_equal(object_setattr(t, a, name_of("__dict__"), other), 0);
  assert_numbered(a, 1, 5);
  assert_int_equal(object_setattr(t, a, name_of("__dict__"), v_from_smi(1)), -1);
  assert_raised(&exc_TypeError, "__dict__ must be set to a dictionary, not a 'int'");
  v_drop(t, d), v_drop(t, other), v_drop(t, a), v_drop(t, class);
}

static void test_class_assignment(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value c = plain_class("C"), d = plain_class("D"), a = object_call0(t, c);
  set_numbered(a, 1, 1), set_numbered(a, 2, 2);
  assert_int_equal(object_setattr(t, a, N(__class__), d), 0);
  assert_ptr_equal(v_type(a), v_as_type(d));
  assert_numbered(a, 1, 1), assert_numbered(a, 2, 2);
  set_numbered(a, 3, 3);
  assert_numbered(a, 3, 3);
  assert_int_equal(object_setattr(t, a, N(__class__), v_from_obj(&type_int)), -1);
  assert_raised(&exc_TypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses");
  v_drop(t, a), v_drop(t, c), v_drop(t, d);
}

static void test_members(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value dict = dict_new(t), slots = tuple_pack(t, 2, name_of("y"), name_of("x"));
  dict_set_steal(t, v_dict(dict), N(__slots__), slots);
  Value class = make_class("S", v_own(t, tuple_empty), dict), a = object_call0(t, class);
  assert_true(v_is_null(object_getattr(t, a, name_of("x"))));
  assert_raised(&exc_AttributeError, "'S' object has no attribute 'x'");
  assert_int_equal(object_setattr(t, a, name_of("x"), v_from_smi(1)), 0);
  assert_int_attr(a, "x", 1);
  assert_int_equal(object_setattr(t, a, name_of("z"), v_from_smi(1)), -1);
  assert_raised(&exc_AttributeError, "'S' object has no attribute 'z'");
  assert_int_equal(object_setattr(t, a, name_of("x"), V_NULL), 0);
  assert_int_equal(object_setattr(t, a, name_of("x"), V_NULL), -1);
  assert_raised(&exc_AttributeError, "x");
  v_drop(t, a), v_drop(t, class);
}

// Instances of a variable-size base keep attributes behind their items.
static void test_attributes_of_varsize(void **state) {
  (void)state;
  Thread *t = object_layer();
  Type *const bases[] = {&type_int, &type_tuple, &type_str, &type_bytes};
  for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
    Value class = make_class("V", tuple_pack(t, 1, v_from_obj(bases[i])), dict_new(t));
    Value text = i == 1 ? tuple_pack(t, 3, V_NONE, V_NONE, V_NONE) : i == 0 ? v_from_smi(12345) : i == 2 ? name_of("hello") : bytes_from(t, "12345", 5);
    Value a = object_call1(t, class, text);
    assert_false(v_is_null(a));
    for (int k = 0; k < 5; k++) set_numbered(a, k, k);
    for (int k = 0; k < 5; k++) assert_numbered(a, k, k);
    assert_int_equal(object_equal(t, a, text), 1);
    v_drop(t, a), v_drop(t, text), v_drop(t, class);
  }
}

// ---- threads ---------------------------------------------------------------------------------------------------------------------

static Value shared;

// Readers see each attribute either absent or with a value that was stored, whoever moves the object to dict mode meanwhile.
static void hammer(Thread *t, void *arg) {
  int me = (int)(intptr_t)arg;
  for (int round = 0; round < 400; round++) {
    char name[16];
    snprintf(name, sizeof name, "a%d", round % 40);
    Value key = str_intern_cstr(t, name), v;
    Value stored = tuple_pack(t, 2, v_from_smi(round % 40), v_from_smi(me));
    if (object_setattr(t, shared, key, stored) < 0) abort();
    v_drop(t, stored);
    if (object_lookup_attr(t, shared, key, &v) > 0) {
      if (v_smi(v_tuple(v)->items[0]) != round % 40) abort();
      v_drop(t, v);
    }
    if (me == 0 && round == 200) v_drop(t, object_get_dict(t, shared));
    if (me == 1 && round % 50 == 49 && object_setattr(t, shared, key, V_NULL) < 0) error_clear(t);
    if (safepoint(t) < 0) abort();
  }
}

static void test_threads_share_an_instance(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value class = plain_class("C");
  for (int round = 0; round < 5; round++) {
    shared = object_call0(t, class);
    Helper helpers[4];
    for (int i = 0; i < 4; i++) helper_start(&helpers[i], hammer, (void *)(intptr_t)i);
    for (int i = 0; i < 4; i++) helper_join(&helpers[i]);
    v_drop(t, shared);
  }
  v_drop(t, class);
}

// ---- ids ---------------------------------------------------------------------------------------------------------------------------

static uint32_t flushed, young_seen;

static void count_marked(Thread *t) {
  (void)t;
  for (uint32_t id = SHAPE_FIRST_FREE; id < shape_next(); id++) flushed += shape_is_flushing(id);
}

static void count_young(Shape *shape) {
  (void)shape;
  young_seen++;
}

static uint32_t young_shapes(Thread *t) {
  young_seen = 0;
  stop_the_world(t);
  shape_each_young(count_young);
  start_the_world(t);
  return young_seen;
}

// Ids go round by full collections only, after the caches were looked through, and count as young when they come back.
static void test_ids_are_given_out_again(void **state) {
  (void)state;
  enum { MANY = 5000 };
  static uint32_t ids[MANY];
  Thread *t = object_layer();
  shape_flush_hook = count_marked;
  gc_collect(t, 2);
  assert_int_equal(young_shapes(t), 0);
  for (int i = 0; i < MANY; i++) assert_true((ids[i] = shape_new()) != 0);
  assert_int_equal(young_shapes(t), MANY);
  for (int i = 0; i < MANY; i++) shape_forget(ids[i]);
  uint32_t end = shape_next(), fresh = shape_new();
  assert_int_equal(fresh, end);
  gc_collect(t, 0);
  assert_int_equal(shape_new(), end + 1);
  flushed = 0;
  gc_collect(t, 2);
  assert_true(flushed >= MANY);
  assert_int_equal(young_shapes(t), 0);
  for (int i = 0; i < MANY; i++) {
    uint32_t id = shape_new();
    assert_in_range(id, SHAPE_FIRST_FREE, end - 1);
    assert_null(shape_table[id].type);
    assert_false(shape_is_flushing(id));
    shape_table[id].size = 77;
  }
  for (int i = 0; i < MANY; i++) assert_int_equal(shape_table[ids[i]].size, 77);   // each of them once
  assert_int_equal(young_shapes(t), MANY);
  assert_int_equal(shape_next(), end + 2);
  for (int i = 0; i < MANY; i++) shape_forget(ids[i]);
  shape_flush_hook = NULL;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_same_order_same_shape), cmocka_unit_test(test_branches_are_separate), cmocka_unit_test(test_cached_access),
      cmocka_unit_test(test_deleting_means_dict_mode), cmocka_unit_test(test_limits), cmocka_unit_test(test_dict_is_the_storage),
      cmocka_unit_test(test_class_assignment), cmocka_unit_test(test_members), cmocka_unit_test(test_attributes_of_varsize),
      cmocka_unit_test(test_threads_share_an_instance),
      cmocka_unit_test(test_ids_are_given_out_again),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
