// Unit tests of the heap: every size, alignment and zeroing, reuse, foreign frees, abandoned pages, large blocks, failure injection, walks.
#include "threads.h"

#include <stdlib.h>

#include "gc/heap_inline.h"
#include "threading/stw.h"

static uint32_t leaf, container;

static void dealloc(Thread *t, Object *o) { heap_free_object(t, o); }
static void traverse(Object *o, GcVisit visit, void *arg) {
  (void)o;
  (void)visit;
  (void)arg;
}

static void check(Thread *t) {
  stop_the_world(t);
  assert_true(heap_check());
  start_the_world(t);
}

static void pass_grace_period(Thread *t) {
  for (int i = 0; i < 4; i++) {
    breaker_set(t, BREAK_QSBR);
    safepoint(t);
  }
}

static int setup(void **state) {
  Thread *t = *state = main_thread();
  if (!leaf) {
    leaf = new_shape(dealloc, NULL, NULL, 0);
    container = new_shape(dealloc, traverse, NULL, 0);
  }
  check(t);
  assert_int_equal(heap_live_objects(), 0);
  return 0;
}

static int teardown(void **state) {
  check(*state);
  assert_int_equal(heap_live_objects(), 0);
  return 0;
}

static void test_size_classes(void **state) {
  (void)state;
  uint32_t before = 0;
  for (size_t size = 1; size <= BLOCK_MAX; size++) {
    uint32_t c = heap_size_class(size);
    assert_true(c >= 1 && c < SIZE_CLASSES && (c == before || c == before + 1));
    before = c;
  }
  assert_int_equal(before, SIZE_CLASSES - 1);
}

static const size_t sizes[] = {24, 25, 32, 40, 48, 100, 512, 1000, 1024, 1025, 3000, 8192, 8193, 20000, 65536, 65537, 200000, 1048576, 1048577, 5000000};
enum { SIZES = sizeof sizes / sizeof *sizes };

static bool is_zero(const void *p, size_t n) {
  const unsigned char *c = p;
  for (size_t i = 0; i < n; i++)
    if (c[i]) return false;
  return true;
}

static void test_objects_of_every_size(void **state) {
  Thread *t = *state;
  for (int round = 0; round < 3; round++) {
    Object *o[SIZES];
    for (int i = 0; i < SIZES; i++) {
      o[i] = heap_new_object(t, i % 2 ? leaf : container, sizes[i]);
      assert_non_null(o[i]);
      assert_int_equal((uintptr_t)o[i] % 16, 0);
      assert_true(heap_object_size(o[i]) >= sizes[i]);
      assert_true(is_zero(o[i] + 1, sizes[i] - sizeof(Object)));
      assert_int_equal(object_is_tracked(o[i]), i % 2 == 0);
      assert_int_equal(object_refcount(o[i]), 1);
      assert_int_equal(a32_load_rlx(&o[i]->aux), 0);
      memset(o[i] + 1, 0x5A, sizes[i] - sizeof(Object));
    }
    check(t);
    assert_int_equal(heap_live_objects(), SIZES);
    assert_int_equal(heap_live_containers(), SIZES / 2);
    for (int i = 0; i < SIZES; i++) decref(t, o[i]);
    check(t);
    pass_grace_period(t);
  }
}

static void test_buffers(void **state) {
  Thread *t = *state;
  heap_free(t, NULL);
  for (int round = 0; round < 2; round++) {
    char *p[SIZES];
    for (int i = 0; i < SIZES; i++) {
      p[i] = round ? heap_calloc(t, sizes[i]) : heap_alloc(t, sizes[i]);
      assert_non_null(p[i]);
      assert_int_equal((uintptr_t)p[i] % 16, 0);
      assert_true(heap_usable_size(p[i]) >= sizes[i]);
      if (round) assert_true(is_zero(p[i], sizes[i]));
      memset(p[i], i + 1, sizes[i]);
    }
    for (int i = 0; i < SIZES; i++) {
      assert_int_equal(p[i][0], i + 1);
      assert_int_equal(p[i][sizes[i] - 1], i + 1);
      heap_free(t, p[i]);
    }
    check(t);
  }
  assert_non_null(heap_alloc(t, 0));
}

static void test_resizing(void **state) {
  Thread *t = *state;
  size_t size = 1, steps[200];
  unsigned char *p = heap_alloc(t, 1);
  p[0] = 0;
  int n = 0;
  for (; size < 6000000; n++) {
    steps[n] = size;
    size_t next = size + size / 3 + 7;
    p = heap_realloc(t, p, next);
    assert_non_null(p);
    for (int k = 0; k <= n; k++) assert_int_equal(p[steps[k] - 1], (unsigned char)k);
    p[next - 1] = (unsigned char)(n + 1);
    size = next;
  }
  steps[n] = size;
  while (n > 0) {
    n--;
    p = heap_realloc(t, p, steps[n]);
    assert_non_null(p);
    assert_true(heap_usable_size(p) <= steps[n] + steps[n] / 2 + SLICE_SIZE);
    for (int k = 0; k <= n; k++) assert_int_equal(p[steps[k] - 1], (unsigned char)k);
  }
  heap_free(t, p);
  p = heap_realloc(t, NULL, 10);
  assert_non_null(p);
  heap_free(t, p);
  assert_null(heap_realloc(t, NULL, SIZE_MAX / 2));
  assert_null(heap_alloc(t, SIZE_MAX - 100));
}

static void test_block_is_reused(void **state) {
  Thread *t = *state;
  Object *a = heap_new_object(t, leaf, 80), *keep = heap_new_object(t, leaf, 80);
  decref(t, a);
  assert_ptr_equal(heap_new_object(t, leaf, 80), a);
  decref(t, a);
  decref(t, keep);
}

typedef struct {
  void **items;
  int count;
} Bundle;

static void make_bundle(Thread *t, void *arg) {
  Bundle *b = arg;
  for (int i = 0; i < b->count; i++) b->items[i] = i % 2 ? (void *)heap_new_object(t, leaf, 24 + (size_t)i % 700) : heap_alloc(t, 16 + (size_t)i % 900);
}

static void free_bundle(Thread *t, void *arg) {
  Bundle *b = arg;
  for (int i = 0; i < b->count; i++) {
    if (i % 2) decref(t, b->items[i]);
    else heap_free(t, b->items[i]);
  }
}

// Blocks of a thread that is alive, and of one that has ended, freed by others; the memory is used again.
static void test_foreign_frees(void **state) {
  Thread *t = *state;
  enum { COUNT = 20000 };
  void **items = malloc(COUNT * sizeof *items);
  Bundle b = {items, COUNT};
  uint64_t mapped = 0;
  for (int round = 0; round < 6; round++) {
    if (round % 2) make_bundle(t, &b);
    else helper_run_to_end(make_bundle, &b);
    check(t);
    assert_int_equal(heap_live_objects(), COUNT / 2);
    if (round % 3) free_bundle(t, &b);
    else helper_run_to_end(free_bundle, &b);
    check(t);
    pass_grace_period(t);
    if (round == 2) mapped = heap_mapped_bytes();
  }
  assert_true(heap_mapped_bytes() <= mapped + (16 << 20));
  free(items);
}

static void test_failure_injection(void **state) {
  Thread *t = *state;
  for (uint64_t n = 1; n <= 6; n++) {
    heap_fail_after(n);
    uint64_t failed = 0;
    for (uint64_t i = 1; i <= 8; i++) {
      bool object = i % 2;
      void *p = object ? (void *)heap_new_object(t, i % 4 == 1 ? leaf : container, 48 + 40000 * (i % 3)) : heap_alloc(t, 100);
      if (!p) {
        assert_int_equal(failed, 0);
        failed = i;
        continue;
      }
      if (object) decref(t, p);
      else heap_free(t, p);
    }
    assert_int_equal(failed, n);
  }
  void *p = heap_alloc(t, 100000);
  heap_fail_after(1);
  assert_null(heap_realloc(t, p, 300000));
  heap_fail_after(0);
  heap_free(t, p);
  p = heap_alloc(t, 100);
  assert_non_null(p);
  heap_free(t, p);
}

static void note(Object *o, void *arg) {
  if (object_shape(o) == leaf) ++((int *)arg)[0];
  else if (object_shape(o) == container) ++((int *)arg)[1];
}

static void test_walk(void **state) {
  Thread *t = *state;
  Object *o[30];
  for (int i = 0; i < 30; i++) o[i] = heap_new_object(t, i % 3 ? leaf : container, 24 + (size_t)i * 4000);
  decref(t, o[7]);
  decref(t, o[9]);
  int seen[2] = {0};
  stop_the_world(t);
  heap_walk(note, seen);
  assert_int_equal(seen[0], 19);
  assert_int_equal(seen[1], 9);
  seen[0] = seen[1] = 0;
  heap_walk_containers(note, seen);
  assert_int_equal(seen[0], 0);
  assert_int_equal(seen[1], 9);
  start_the_world(t);
  for (int i = 0; i < 30; i++)
    if (i != 7 && i != 9) decref(t, o[i]);
}

static void test_many_random(void **state) {
  Thread *t = *state;
  enum { SLOTS = 3000 };
  static struct { unsigned char *p; size_t size; unsigned char mark; } slot[SLOTS];
  srand(5);
  for (int i = 0; i < 60000; i++) {
    int k = rand() % SLOTS;
    if (slot[k].p) {
      assert_int_equal(slot[k].p[0], slot[k].mark);
      assert_int_equal(slot[k].p[slot[k].size - 1], slot[k].mark);
      heap_free(t, slot[k].p);
    }
    slot[k].size = rand() % 50 ? 1 + (size_t)rand() % 600 : 1 + (size_t)rand() % 100000;
    slot[k].p = heap_alloc(t, slot[k].size);
    slot[k].mark = (unsigned char)i;
    slot[k].p[0] = slot[k].p[slot[k].size - 1] = slot[k].mark;
  }
  check(t);
  for (int k = 0; k < SLOTS; k++) heap_free(t, slot[k].p);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
    TEST(test_size_classes), TEST(test_objects_of_every_size), TEST(test_buffers), TEST(test_resizing), TEST(test_block_is_reused),
    TEST(test_foreign_frees), TEST(test_failure_injection), TEST(test_walk), TEST(test_many_random),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
