// Unit tests of DEFERRED objects: what frames hold without counting, the passes that free the rest, and how objects become DEFERRED.
#include "threads.h"

#include "gc/collect.h"
#include "gc/deferred.h"
#include "threading/stw.h"

static uint32_t leaf_shape, container_shape, finalised_shape;
static a32 deaths;
static uint64_t frame_words[4];

static void plain_dealloc(Thread *t, Object *o) {
  a32_fetch_add_acqrel(&deaths, 1);
  heap_free_object(t, o);
}

static void no_references(Object *o, GcVisit visit, void *arg) {
  (void)o;
  (void)visit;
  (void)arg;
}

// An object that refers to another in its first payload word.
typedef struct {
  Object ob;
  Value next;
} Pair;

static void pair_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Pair *)o)->next, visit, arg); }
static void pair_clear(Thread *t, Object *o) { v_clear(t, &((Pair *)o)->next); }
static void pair_dealloc(Thread *t, Object *o) {
  pair_clear(t, o);
  plain_dealloc(t, o);
}

static void scan(FrameSet *set) {
  for (int i = 0; i < 4; i++) frame_set_add(set, frame_words[i]);
}

static int setup(void **state) {
  *state = main_thread();
  if (!leaf_shape) {
    leaf_shape = new_shape(plain_dealloc, NULL, NULL, 0);
    container_shape = new_shape(pair_dealloc, pair_traverse, pair_clear, 0);
    finalised_shape = new_shape(plain_dealloc, no_references, NULL, SHAPE_HAS_FINALIZER);
    frame_set_register(scan);
  }
  memset(frame_words, 0, sizeof frame_words);
  a32_store_rel(&deaths, 0);
  return 0;
}

static int teardown(void **state) {
  memset(frame_words, 0, sizeof frame_words);
  deferred_collect(*state);
  stop_the_world(*state);
  assert_true(heap_check());
  start_the_world(*state);
  assert_int_equal(heap_live_objects(), 0);
  return 0;
}

static void expect_deaths(uint32_t n) { assert_int_equal(a32_load_acq(&deaths), n); }

static Value pair_new(Thread *t, Value stolen_next) {
  Pair *p = (Pair *)heap_new_object(t, container_shape, sizeof(Pair));
  p->next = stolen_next;
  return v_from_obj(p);
}

static void frame_takes(int slot, Value v) { frame_words[slot] = v.w; }

static void test_frame_set(void **state) {
  (void)state;
  FrameSet set;
  frame_words[0] = v_from_smi(5).w;
  frame_words[1] = V_UNBOUND.w;
  frame_words[2] = 0x1001;
  frame_words[3] = 0x2000;  // owned: none of its business
  assert_true(frame_set_build(&set));
  assert_int_equal(frame_set_has(&set, (Object *)0x1000), OBJECT_BIASED);
  assert_false(frame_set_has(&set, (Object *)0x2000));
  for (uint64_t i = 1; i < 5000; i++) frame_set_add(&set, i << 8 | 1);
  for (uint64_t i = 1; i < 5000; i++) assert_int_equal(frame_set_has(&set, (Object *)(uintptr_t)(i << 8)), OBJECT_BIASED);
  frame_set_free(&set);
  memset(frame_words, 0, sizeof frame_words);
}

#if OBJECT_BIASED
// Leaves and containers alike: they live while a frame has them, whatever their count.
static void test_frame_keeps(void **state) {
  Thread *t = *state;
  Value both[] = {v_from_obj(heap_new_object(t, leaf_shape, 32)), pair_new(t, V_NULL)};
  for (int i = 0; i < 2; i++) {
    Value v = both[i];
    object_make_deferred(t, v_obj(v));
    assert_true(object_is_deferred(v_obj(v)));
    Value kept = v_keep(t, v);
    assert_int_equal(kept.w, v.w | 1);
    assert_int_equal(object_refcount(v_obj(v)), 1);
    frame_takes(0, kept);
    v_drop(t, v);
    deferred_collect(t);
    expect_deaths((uint32_t)i);
    assert_int_equal(gc_collect(t, 2), 0);
    expect_deaths((uint32_t)i);
    frame_takes(0, V_UNBOUND);
    if (i) deferred_collect(t);
    else gc_collect(t, 2);
    expect_deaths((uint32_t)i + 1);
  }
}

// Counted again before the pass: it lives, and its next end is noticed.
static void test_counted_again(void **state) {
  Thread *t = *state;
  Value v = v_from_obj(heap_new_object(t, leaf_shape, 32));
  object_make_deferred(t, v_obj(v));
  frame_takes(0, v_keep(t, v));
  v_drop(t, v);
  Value again = v_kept_own(t, VALUE(frame_words[0]));
  frame_takes(0, V_UNBOUND);
  deferred_collect(t);
  expect_deaths(0);
  assert_int_equal(again.w, v.w);
  v_drop(t, again);
  deferred_collect(t);
  expect_deaths(1);
}

// What dies takes others with it, in one call.
static void test_chain(void **state) {
  Thread *t = *state;
  Value v = V_NULL;
  for (int i = 0; i < 5; i++) {
    v = pair_new(t, v);
    object_make_deferred(t, v_obj(v));
  }
  v_drop(t, v);
  deferred_collect(t);
  expect_deaths(5);
}

// A cycle that a frame holds by one end.
static void test_cycle(void **state) {
  Thread *t = *state;
  Value a = pair_new(t, V_NULL), b = pair_new(t, v_own(t, a));
  ((Pair *)v_obj(a))->next = v_own(t, b);
  object_make_deferred(t, v_obj(a));
  frame_takes(1, v_keep(t, a));
  v_drop(t, a);
  v_drop(t, b);
  assert_int_equal(gc_collect(t, 2), 0);
  expect_deaths(0);
  frame_takes(1, V_UNBOUND);
  assert_int_equal(gc_collect(t, 2), 2);
  expect_deaths(2);
}

// A long list calls for a pass by itself.
static void test_pace(void **state) {
  Thread *t = *state;
  for (int i = 0; i < 5000; i++) {
    Object *o = heap_new_object(t, leaf_shape, 32);
    object_make_deferred(t, o);
    decref(t, o);
    assert_int_equal(safepoint(t), 0);
  }
  assert_true(a32_load_acq(&deaths) >= 4000);
}

static size_t megabyte(const Object *o) {
  (void)o;
  return 1 << 20;
}

static void test_pace_by_bytes(void **state) {
  Thread *t = *state;
  deferred_buffer_bytes_hook = megabyte;
  for (int i = 0; i < 40; i++) {
    Object *o = heap_new_object(t, leaf_shape, 32);
    object_make_deferred(t, o);
    decref(t, o);
    assert_int_equal(safepoint(t), 0);
  }
  deferred_buffer_bytes_hook = NULL;
  assert_true(a32_load_acq(&deaths) >= 30);
}

static void load_it(Thread *t, void *arg) {
  Value *slot = arg;
  aptr array = {0};
  aptr_store_rlx(&array, slot);
  Value v = v_load_keep(t, &array, slot, slot);
  assert_int_equal(v.w, slot->w | 1);
  assert_int_equal(object_refcount(v_obj(v)), 1);
  assert_true(v_is_null(v_load_keep(t, &array, &array, slot)));  // the array was replaced meanwhile
  assert_int_equal(object_refcount(v_obj(v)), 1);
}

static void test_load_keep(void **state) {
  Thread *t = *state;
  Value slot = v_from_obj(heap_new_object(t, leaf_shape, 32));
  aptr array = {0};
  aptr_store_rlx(&array, &slot);
  Value v = v_load_keep(t, &array, &slot, &slot);
  assert_int_equal(v.w, slot.w);  // t's own: counted
  v_drop(t, v);
  object_make_deferred(t, v_obj(slot));
  helper_run_to_end(load_it, &slot);
  v_drop(t, slot);
  deferred_collect(t);
  expect_deaths(1);
}

// --- becoming DEFERRED ------------------------------------------------------------------------------------------------------------

static void count_much(Thread *t, void *arg) {
  Object *o = arg;
  for (int i = 0; i < 100 * OBJECT_HEAT_EVERY; i++) {
    incref(t, o);
    decref(t, o);
    assert_int_equal(safepoint(t), 0);
  }
}

// Its owner sleeps; its references stay what they were.
static void test_heat(void **state) {
  Thread *t = *state;
  Object *o = heap_new_object(t, leaf_shape, 32);
  helper_run_to_end(count_much, o);
  assert_true(object_is_deferred(o));
  assert_int_equal(object_refcount(o), 1);
  decref(t, o);
  deferred_collect(t);
  expect_deaths(1);
}

typedef struct {
  Object *o;
  a32 done;
} Shared;

static void count_much_and_tell(Thread *t, void *arg) {
  Shared *s = arg;
  count_much(t, s->o);
  a32_store_rel(&s->done, 1);
}

// Its owner runs, and does it at a safepoint.
static void test_heat_owner_runs(void **state) {
  Thread *t = *state;
  Shared s = {.o = heap_new_object(t, leaf_shape, 32)};
  incref(t, s.o);
  Helper h;
  helper_start(&h, count_much_and_tell, &s);
  while (!a32_load_acq(&s.done)) {
    incref(t, s.o);
    decref(t, s.o);
    assert_int_equal(safepoint(t), 0);
  }
  helper_join(&h);
  assert_int_equal(safepoint(t), 0);
  assert_true(object_is_deferred(s.o));
  assert_int_equal(object_refcount(s.o), 2);
  decref(t, s.o);
  decref(t, s.o);
  deferred_collect(t);
  expect_deaths(1);
}

static void make_one(Thread *t, void *arg) { *(Object **)arg = heap_new_object(t, leaf_shape, 32); }

// Its owner has ended.
static void test_heat_without_owner(void **state) {
  Thread *t = *state;
  Object *o = NULL;
  helper_run_to_end(make_one, &o);
  count_much(t, o);
  assert_true(object_is_deferred(o));
  assert_int_equal(object_refcount(o), 1);
  decref(t, o);
  deferred_collect(t);
  expect_deaths(1);
}

// Whose death is waited for stays counted.
static void test_heat_refused(void **state) {
  Thread *t = *state;
  Object *finalised = heap_new_object(t, finalised_shape, 32), *watched = heap_new_object(t, leaf_shape, 32);
  object_mark_weak(watched);
  a8_fetch_or_rel(&watched->flags, OBJ_WEAKREFED);
  helper_run_to_end(count_much, finalised);
  helper_run_to_end(count_much, watched);
  assert_false(object_is_deferred(finalised));
  assert_false(object_is_deferred(watched));
  decref(t, finalised);
  decref(t, watched);
  expect_deaths(2);
}

// A small object of a builtin type without references that is counted on and on is never freed; others are.
static void test_heat_for_good(void **state) {
  Thread *t = *state;
  uint32_t fixed = SHAPE_FIRST_FREE - 1;
  shape_table[fixed] = shape_table[leaf_shape];
  Object *plain = heap_new_object(t, fixed, 32), *large = heap_new_object(t, fixed, 512), *class_made = heap_new_object(t, leaf_shape, 32);
  Object *all[] = {plain, large, class_made};
  for (int i = 0; i < 3; i++) {
    object_make_deferred(t, all[i]);
    helper_run_to_end(count_much, all[i]);
    assert_int_equal(object_is_immortal(all[i]), all[i] == plain);
  }
  assert_true(object_is_deferred(large));
  assert_int_equal(object_refcount(large), 1);
  decref(t, large);
  decref(t, class_made);
  decref(t, plain);
  deferred_collect(t);
  expect_deaths(2);
  // As the test began: nothing is left.
  a32_store_rel(&plain->shared, 0);
  a64_store_rel(&plain->own, t->own_base | 1);
  decref(t, plain);
}

// Threads count, drop and keep one object while it becomes DEFERRED under them.
static void count_together(Thread *t, void *arg) {
  Shared *s = arg;
  for (int i = 0; i < 20000; i++) {
    Value kept = v_keep(t, v_from_obj(s->o)), owned = v_kept_own(t, kept);
    v_drop(t, owned);
    assert_int_equal(safepoint(t), 0);
  }
}

static void test_heat_together(void **state) {
  Thread *t = *state;
  Shared s = {.o = heap_new_object(t, leaf_shape, 32)};
  Helper h[3];
  for (int i = 0; i < 3; i++) helper_start(&h[i], count_together, &s);
  count_together(t, &s);
  for (int i = 0; i < 3; i++) helper_join(&h[i]);
  assert_int_equal(safepoint(t), 0);
  assert_true(object_is_deferred(s.o));
  assert_int_equal(object_refcount(s.o), 1);
  decref(t, s.o);
  deferred_collect(t);
  expect_deaths(1);
}
#else
static void test_nothing_is_deferred(void **state) {
  Thread *t = *state;
  Value v = pair_new(t, V_NULL);
  object_make_deferred(t, v_obj(v));
  assert_false(object_is_deferred(v_obj(v)));
  Value kept = v_keep(t, v);
  assert_int_equal(object_refcount(v_obj(v)), 2);
  frame_takes(0, kept);
  v_drop(t, v_kept_own(t, kept));
  v_drop(t, v);
  expect_deaths(1);
}
#endif

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
    TEST(test_frame_set),
#if OBJECT_BIASED
    TEST(test_frame_keeps), TEST(test_counted_again), TEST(test_chain), TEST(test_cycle), TEST(test_pace), TEST(test_pace_by_bytes),
    TEST(test_load_keep), TEST(test_heat), TEST(test_heat_owner_runs), TEST(test_heat_without_owner), TEST(test_heat_refused),
    TEST(test_heat_together), TEST(test_heat_for_good),
#else
    TEST(test_nothing_is_deferred),
#endif
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
