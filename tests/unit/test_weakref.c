// Unit tests of weak references: sharing, death, callback order, upgrades racing with death.
#include "object_layer.h"

#include "objects/weakproxy.h"
#include "objects/weakref.h"

static Value order;   // list of what callbacks were told

static Value note(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  Value dead = weakref_get(t, args[0]);
  assert_true(v_is_null(dead));
  list_append(t, v_list(order), self);
  return V_NONE;
}
static const NativeDef note_def = {"note($self, ref, /)", note, NULL, 0};

static void test_plain_ones_are_shared(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value class = plain_class("A"), x = object_call0(t, class);
  Value a = weakref_new(t, x, V_NULL), b = weakref_new(t, x, V_NONE), p = weakproxy_new(t, x, V_NULL), q = weakproxy_new(t, x, V_NULL);
  assert_true(v_is(a, b));
  assert_true(v_is(p, q));
  assert_int_equal(weakref_count(x), 2);
  Value got = weakref_get(t, a);
  assert_true(v_is(got, x));
  v_drop(t, got);
  v_drop(t, x);
  assert_true(v_is_null(weakref_get(t, a)));
  assert_true(v_is_null(object_getattr(t, p, name_of("y"))));
  assert_raised(&exc_ReferenceError, "weakly-referenced object no longer exists");
  v_drop(t, a), v_drop(t, b), v_drop(t, p), v_drop(t, q), v_drop(t, class);
  assert_true(v_is_null(weakref_new(t, v_from_smi(1), V_NULL)));
  assert_raised(&exc_TypeError, "cannot create weak reference to 'int' object");
}

static void test_callbacks_newest_first(void **state) {
  (void)state;
  Thread *t = object_layer();
  Value class = plain_class("A"), x = object_call0(t, class), refs[4];
  order = list_new(t, 0);
  for (int i = 0; i < 4; i++) {
    Value callback = native_new(t, &note_def, v_from_smi(i), V_NULL);
    refs[i] = weakref_new(t, x, callback);
    v_drop(t, callback);
  }
  v_drop(t, refs[2]);   // a dead reference's callback is not called
  v_drop(t, x);
  Value text = object_repr(t, order);
  assert_string_equal(str_utf8(t, text, NULL), "[3, 1, 0]");
  v_drop(t, text), v_drop(t, order), v_drop(t, refs[0]), v_drop(t, refs[1]), v_drop(t, refs[3]), v_drop(t, class);
}

static void test_many_referents(void **state) {
  (void)state;
  Thread *t = object_layer();
  enum { N_OBJECTS = 5000 };
  static Value objects[N_OBJECTS], refs[N_OBJECTS];
  Value class = plain_class("A");
  for (int i = 0; i < N_OBJECTS; i++) {
    objects[i] = object_call0(t, class);
    refs[i] = weakref_new(t, objects[i], V_NULL);
  }
  for (int i = 0; i < N_OBJECTS; i += 2) v_drop(t, objects[i]);
  for (int i = 0; i < N_OBJECTS; i++) {
    Value got = weakref_get(t, refs[i]);
    assert_int_equal(v_is_null(got), i % 2 == 0);
    v_drop(t, got);
  }
  for (int i = 0; i < N_OBJECTS; i++) {
    if (i % 2) v_drop(t, objects[i]);
    v_drop(t, refs[i]);
  }
  v_drop(t, class);
}

// One thread lets go of objects while others upgrade references to them: an upgrade gives a live object or nothing.
static Value published[64];
static Value shared_class;
static a32 stop_upgrading;

static void upgrade(Thread *t, void *arg) {
  (void)arg;
  while (!a32_load_acq(&stop_upgrading)) {
    for (int i = 0; i < 64; i++) {
      Value got = weakref_get(t, published[i]);
      if (v_is_null(got)) continue;
      if (v_type(got) != v_as_type(shared_class)) abort();
      v_drop(t, got);
    }
    if (safepoint(t) < 0) abort();
  }
}

static void test_upgrades_race_with_death(void **state) {
  (void)state;
  Thread *t = object_layer();
  shared_class = plain_class("A");
  for (int round = 0; round < 20; round++) {
    Value objects[64];
    for (int i = 0; i < 64; i++) {
      objects[i] = object_call0(t, shared_class);
      published[i] = weakref_new(t, objects[i], V_NULL);
    }
    a32_store_rel(&stop_upgrading, 0);
    Helper helpers[2];
    for (int i = 0; i < 2; i++) helper_start(&helpers[i], upgrade, NULL);
    for (int i = 0; i < 64; i++) {
      v_drop(t, objects[i]);
      if (safepoint(t) < 0) abort();
    }
    a32_store_rel(&stop_upgrading, 1);
    for (int i = 0; i < 2; i++) helper_join(&helpers[i]);
    for (int i = 0; i < 64; i++) {
      assert_true(v_is_null(weakref_get(t, published[i])));
      v_drop(t, published[i]);
    }
  }
  v_drop(t, shared_class);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_plain_ones_are_shared), cmocka_unit_test(test_callbacks_newest_first), cmocka_unit_test(test_many_referents),
      cmocka_unit_test(test_upgrades_race_with_death),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
