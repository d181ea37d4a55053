// Unit tests of counting on one thread: words, immortality, saturation, finalisers, weak references' hook, deep nesting, deferral.
#include "threads.h"

#include "gc/collect.h"

static uint32_t shape, chain_shape, finalised_shape, weak_shape;
static int deaths, finalised, weak_calls, order[8], steps;
static bool resurrect;
static Object *saved;

typedef struct Chain {
  Object ob;
  Object *next;
} Chain;

static void plain_dealloc(Thread *t, Object *o) {
  deaths++;
  if (steps < 8) order[steps++] = 3;
  heap_free_object(t, o);
}

static int depth, deepest;
static void chain_dealloc(Thread *t, Object *o) {
  if (++depth > deepest) deepest = depth;
  if (((Chain *)o)->next) decref(t, ((Chain *)o)->next);
  depth--;
  plain_dealloc(t, o);
}

static void chain_traverse(Object *o, GcVisit visit, void *arg) {
  if (((Chain *)o)->next) visit(((Chain *)o)->next, true, arg);
}

static void finalise(Thread *t, Object *o) {
  finalised++;
  if (steps < 8) order[steps++] = 1;
  assert_int_equal(object_refcount(o), 1);
  if (resurrect) {
    incref(t, o);
    saved = o;
  }
}

static void clear_weak(Thread *t, Object *o) {
  weak_calls++;
  if (steps < 8) order[steps++] = 2;
  assert_false(object_try_incref(t, o));
}

static int setup(void **state) {
  *state = main_thread();
  if (!shape) {
    shape = new_shape(plain_dealloc, NULL, NULL, 0);
    chain_shape = new_shape(chain_dealloc, chain_traverse, NULL, 0);
    finalised_shape = new_shape(plain_dealloc, NULL, NULL, SHAPE_HAS_FINALIZER | SHAPE_WEAKREFABLE);
    weak_shape = new_shape(plain_dealloc, NULL, NULL, SHAPE_WEAKREFABLE);
    gc_finalize_hook = finalise;
    gc_object_weakrefs_hook = clear_weak;
  }
  deaths = finalised = weak_calls = depth = deepest = steps = 0;
  resurrect = false;
  return 0;
}

static void test_count(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  assert_int_equal(object_refcount(o), 1);
  assert_true(object_is_unique(t, o));
  incref(t, o);
  assert_int_equal(object_refcount(o), 2);
  assert_false(object_is_unique(t, o));
  decref(t, o);
  assert_int_equal(deaths, 0);
  decref(t, o);
  assert_int_equal(deaths, 1);
}

static void test_words(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  Value v = v_from_obj(o);
  assert_int_equal(v_own(t, VALUE(v.w | 1)).w, v.w);  // a borrowed word becomes owned
  assert_int_equal(object_refcount(o), 2);
  assert_int_equal(v_own(t, V_NULL).w, 0);
  assert_int_equal(v_own(t, v_from_smi(5)).w, v_from_smi(5).w);
  Value field = v;
  v_set(t, &field, v_from_smi(1));
  assert_int_equal(object_refcount(o), 1);
  v_drop(t, VALUE(v.w | 1));  // uncounted: nothing happens
  assert_int_equal(object_refcount(o), 1);
  Value again = v_new_ref_locked(t, v);
  assert_int_equal(again.w, v.w);
  assert_int_equal(object_refcount(o), 2);
  v_drop(t, again);
  aptr array = {0};
  Value slot = v;
  again = v_load_ref(t, &array, NULL, &slot);
  assert_int_equal(again.w, v.w);
  v_drop(t, again);
  v_clear(t, &slot);
  assert_int_equal(deaths, 1);
  assert_int_equal(slot.w, 0);
}

static void test_immortal(void **state) {
  Thread *t = *state;
  static Object fixed = OBJECT_IMMORTAL_INIT(1);
  assert_true(object_is_immortal(&fixed));
  for (int i = 0; i < 10; i++) decref(t, &fixed);
  incref(t, &fixed);
  assert_true(object_try_incref(t, &fixed));
  assert_int_equal(v_own(t, v_from_obj(&fixed)).w & 1, 1);
  assert_int_equal(v_steal_obj(&fixed).w & 1, 1);
  assert_int_equal(v_new_ref_locked(t, v_from_obj(&fixed)).w & 1, 1);
  Object *o = heap_new_object(t, shape, 32);
  object_make_immortal(o);
  decref(t, o);
  decref(t, o);
  assert_int_equal(deaths, 0);
}

#if OBJECT_BIASED
static void test_saturation(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  a64_store_rlx(&o->own, t->own_base | (OWN_LOCAL_LIMIT - 1));
  incref(t, o);
  incref(t, o);
  assert_true(object_is_immortal(o));
  decref(t, o);
  assert_true(object_is_immortal(o));
}
#else
static void test_saturation(void **state) { (void)state; }
#endif

static void test_order_of_death(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, finalised_shape, 32);
  object_mark_weak(o);
  a8_fetch_or_acqrel(&o->flags, OBJ_WEAKREFED);
  decref(t, o);
  assert_int_equal(steps, 3);
  for (int i = 0; i < 3; i++) assert_int_equal(order[i], i + 1);
}

static void test_resurrection(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, finalised_shape, 32);
  object_mark_weak(o);
  a8_fetch_or_acqrel(&o->flags, OBJ_WEAKREFED);
  resurrect = true;
  decref(t, o);
  assert_int_equal(finalised, 1);
  assert_int_equal(deaths + weak_calls, 0);
  assert_int_equal(object_refcount(saved), 1);
  assert_true(object_try_incref(t, saved));
  decref(t, saved);
  decref(t, saved);
  assert_int_equal(finalised, 1);
  assert_int_equal(deaths, 1);
  assert_int_equal(weak_calls, 1);
}

static void test_deep_nesting(void **state) {
  Thread *t = *state;
  enum { LENGTH = 100000 };
  Chain *head = NULL;
  for (int i = 0; i < LENGTH; i++) {
    Chain *c = (Chain *)heap_new_object(t, chain_shape, sizeof *c);
    c->next = head ? &head->ob : NULL;
    head = c;
  }
  decref(t, &head->ob);
  assert_int_equal(deaths, LENGTH);
  assert_true(deepest <= 50);
  assert_int_equal(t->dealloc_depth, 0);
  assert_int_equal(t->dying_count, 0);
}

static void test_deferred(void **state) {
  Thread *t = *state;
  Chain *c = (Chain *)heap_new_object(t, chain_shape, sizeof *c);
  incref(t, &c->ob);
  object_make_deferred(t, &c->ob);
  assert_int_equal(object_refcount(&c->ob), 2);
  assert_int_equal(object_is_deferred(&c->ob), !MODE_IS_GIL);
  incref(t, &c->ob);
  assert_true(object_try_incref(t, &c->ob));
  assert_int_equal(object_refcount(&c->ob), 4);
  for (int i = 0; i < 4; i++) decref(t, &c->ob);
  assert_int_equal(deaths, MODE_IS_GIL);
  gc_collect(t, 2);
  assert_int_equal(deaths, 1);
}

static void test_decref_to_death(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  incref(t, o);
  assert_false(object_decref_to_death(t, o));
  assert_true(object_decref_to_death(t, o));
  assert_int_equal(deaths, 0);
  object_revive(t, o);
  decref(t, o);
  assert_int_equal(deaths, 1);
}

static void test_put_off(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, shape, 32);
  assert_true(object_decref_to_death(t, o));
  object_put_off(t, o);
  assert_int_equal(deaths, 0);
  object_free_put_off(t);
  assert_int_equal(deaths, 1);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup(name, setup)
  const struct CMUnitTest tests[] = {
    TEST(test_count), TEST(test_words), TEST(test_immortal), TEST(test_saturation), TEST(test_order_of_death), TEST(test_resurrection),
    TEST(test_deep_nesting), TEST(test_deferred), TEST(test_decref_to_death), TEST(test_put_off),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
