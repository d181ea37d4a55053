// Unit tests of recursion in C through objects around objects of their own kind: it ends with RecursionError before the C stack does.
#include "object_layer.h"

#include "objects/builtin_shapes.h"
#include "objects/function.h"
#include "objects/generic_alias.h"

enum { DEPTH = 2000, STACK_LEFT = 16 * 1024 };

// What makes an object around another one (borrowed); owned.
typedef Value (*Wrap)(Thread *t, Value inner);
static Value filter_of(Thread *t, Value inner) { return object_call2(t, v_from_obj(&type_filter), V_NONE, inner); }
static Value zip_of(Thread *t, Value inner) { return object_call1(t, v_from_obj(&type_zip), inner); }
static Value method_of(Thread *t, Value inner) { return method_new(t, inner, V_NONE); }
static Value alias_of(Thread *t, Value inner) { return generic_alias_new(t, inner, tuple_empty); }
static Value static_method_of(Thread *t, Value inner) { return object_call1(t, v_from_obj(&type_staticmethod), inner); }
static Value property_of(Thread *t, Value inner) { return object_call1(t, v_from_obj(&type_property), inner); }

static Value next_item(Thread *t, Value v) { return object_iternext(t, v); }
static Value no_such_attribute(Thread *t, Value v) { return object_getattr(t, v, name_of("no_such_attribute")); }
static Value abstract(Thread *t, Value v) { return object_getattr(t, v, N(__isabstractmethod__)); }

// use() of a deep nest around `core` (stolen) raises RecursionError where little of the C stack is left, and does not where there is all of it.
static void assert_bounded(Wrap wrap, Value core, Value (*use)(Thread *, Value)) {
  Thread *t = object_layer();
  Value v = core;
  for (int i = 0; i < DEPTH; i++) {
    Value outer = wrap(t, v);
    assert_false(v_is_null(outer));
    v_drop(t, v);
    v = outer;
  }
  uintptr_t limit = t->c_stack_limit;
  t->c_stack_limit = (uintptr_t)__builtin_frame_address(0) - STACK_LEFT;
  Value r = use(t, v);
  t->c_stack_limit = limit;
  assert_true(v_is_null(r));
  assert_true(error_matches(t, &exc_RecursionError));
  error_clear(t);
  r = use(t, v);
  assert_false(v_is_null(r) && error_matches(t, &exc_RecursionError));
  error_clear(t);
  v_drop(t, r);
  v_drop(t, v);
}

static Value iterator_over_one(Thread *t) {
  Value one = tuple_pack(t, 1, V_TRUE), it = object_iter(t, one);
  v_drop(t, one);
  return it;
}

static void test_iterators_of_iterators(void **state) {
  (void)state;
  Thread *t = object_layer();
  assert_bounded(filter_of, iterator_over_one(t), next_item);
  assert_bounded(zip_of, iterator_over_one(t), next_item);
}

static void test_attributes_of_what_is_wrapped(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value callable = v_from_obj(&type_list);
  assert_true(method_init(t));   // the VM's part of start-up
  assert_bounded(method_of, v_own(t, callable), no_such_attribute);
  assert_bounded(alias_of, v_own(t, callable), no_such_attribute);
  assert_bounded(static_method_of, v_own(t, callable), abstract);
  assert_bounded(property_of, v_own(t, callable), abstract);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_iterators_of_iterators),
    cmocka_unit_test(test_attributes_of_what_is_wrapped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
