// Unit tests of the cycle collector: cycles of a test type, finalisers, resurrection, uncounted edges, roots, freezing, pace.
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "threads.h"

#include "gc/collect.h"
#include "threading/stw.h"

enum { LINKS = 3 };

typedef struct Node {
  Object ob;
  Object *link[LINKS];
  Object *kind;     // an uncounted edge, like an instance's type
  int number;
  bool resurrect;
} Node;

static uint32_t node_shape, finalised_shape, plain_shape;
static int deaths[64], death_count, finalised[64], finalised_count;
static Node *kept;

static void node_clear(Thread *t, Object *o) {
  Node *n = (Node *)o;
  for (int i = 0; i < LINKS; i++) {
    Object *old = n->link[i];
    n->link[i] = NULL;
    if (old) decref(t, old);
  }
}

static void node_dealloc(Thread *t, Object *o) {
  if (death_count < 64) deaths[death_count++] = ((Node *)o)->number;
  if (((Node *)o)->kind) assert_int_equal(((Node *)((Node *)o)->kind)->number, 1000);
  node_clear(t, o);
  heap_free_object(t, o);
}

static void node_traverse(Object *o, GcVisit visit, void *arg) {
  Node *n = (Node *)o;
  for (int i = 0; i < LINKS; i++)
    if (n->link[i]) visit(n->link[i], true, arg);
  if (n->kind) visit(n->kind, false, arg);
}

static void typed_traverse(Object *o, GcVisit visit, void *arg) {
  node_traverse(o, visit, arg);
  if (shape_of(o)->type) visit((Object *)(void *)shape_of(o)->type, false, arg);
}

static void plain_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static Node *node_new(Thread *t, uint32_t shape, int number) {
  Node *n = (Node *)heap_new_object(t, shape, sizeof *n);
  assert_non_null(n);
  n->number = number;
  return n;
}

static void point(Thread *t, Node *from, int i, Node *to) {
  incref(t, &to->ob);
  from->link[i] = &to->ob;
}

static void finalise(Thread *t, Object *o) {
  Node *n = (Node *)o;
  if (finalised_count < 64) finalised[finalised_count++] = n->number;
  if (n->resurrect) {
    incref(t, o);
    kept = n;
  }
}

static int setup(void **state) {
  *state = main_thread();
  if (!node_shape) {
    node_shape = new_shape(node_dealloc, node_traverse, node_clear, 0);
    finalised_shape = new_shape(node_dealloc, node_traverse, node_clear, SHAPE_HAS_FINALIZER);
    plain_shape = new_shape(plain_dealloc, NULL, NULL, 0);
    gc_finalize_hook = finalise;
  }
  death_count = finalised_count = 0;
  kept = NULL;
  gc_collect(*state, 2);
  assert_int_equal(heap_live_objects(), 0);
  return 0;
}

static int teardown(void **state) {
  stop_the_world(*state);
  assert_true(heap_check());
  start_the_world(*state);
  assert_int_equal(heap_live_objects(), 0);
  return 0;
}

static void test_self_cycle(void **state) {
  Thread *t = *state;
  Node *n = node_new(t, node_shape, 1);
  point(t, n, 0, n);
  assert_int_equal(gc_collect(t, 2), 0);
  decref(t, &n->ob);
  assert_int_equal(heap_live_objects(), 1);
  assert_int_equal(gc_collect(t, 2), 1);
  assert_int_equal(death_count, 1);
}

static void test_cycle_with_tail(void **state) {
  Thread *t = *state;
  Node *a = node_new(t, node_shape, 1), *b = node_new(t, node_shape, 2), *tail = node_new(t, node_shape, 3), *out = node_new(t, node_shape, 4);
  point(t, a, 0, b);
  point(t, b, 0, a);
  point(t, a, 1, tail);
  point(t, b, 1, out);
  decref(t, &a->ob);
  decref(t, &b->ob);
  decref(t, &tail->ob);
  assert_int_equal(gc_collect(t, 2), 3);
  assert_int_equal(death_count, 3);
  assert_int_equal(object_refcount(&out->ob), 1);
  decref(t, &out->ob);
}

static void test_reachable_cycle_stays(void **state) {
  Thread *t = *state;
  Node *a = node_new(t, node_shape, 1), *b = node_new(t, node_shape, 2), *root = node_new(t, node_shape, 3);
  point(t, a, 0, b);
  point(t, b, 0, a);
  point(t, root, 0, a);
  decref(t, &a->ob);
  decref(t, &b->ob);
  assert_int_equal(gc_collect(t, 2), 0);
  decref(t, &root->ob);
  assert_int_equal(death_count, 1);
  assert_int_equal(gc_collect(t, 2), 2);
}

static void test_untracked_holds(void **state) {
  Thread *t = *state;
  Node *a = node_new(t, node_shape, 1), *holder = node_new(t, node_shape, 2);
  point(t, a, 0, a);
  point(t, holder, 0, a);
  heap_untrack(&holder->ob);
  decref(t, &a->ob);
  assert_int_equal(gc_collect(t, 2), 0);
  decref(t, &holder->ob);
  assert_int_equal(gc_collect(t, 2), 1);
}

static void test_finaliser_runs_once(void **state) {
  Thread *t = *state;
  Node *a = node_new(t, finalised_shape, 1), *b = node_new(t, finalised_shape, 2);
  point(t, a, 0, b);
  point(t, b, 0, a);
  b->resurrect = true;
  decref(t, &a->ob);
  decref(t, &b->ob);
  assert_int_equal(gc_collect(t, 2), 0);
  assert_int_equal(finalised_count, 2);
  assert_int_equal(death_count, 0);
  assert_ptr_equal(kept, b);
  assert_int_equal(object_refcount(&b->ob), 2);
  assert_int_equal(object_refcount(&a->ob), 1);
  assert_true(object_is_tracked(&b->ob));
  decref(t, &kept->ob);
  assert_int_equal(gc_collect(t, 2), 2);
  assert_int_equal(finalised_count, 2);
  assert_int_equal(death_count, 2);
}

static void test_resurrection_of_a_part(void **state) {
  Thread *t = *state;
  // a <-> b, separately c <-> c; c's finaliser keeps c only.
  Node *a = node_new(t, finalised_shape, 1), *b = node_new(t, node_shape, 2), *c = node_new(t, finalised_shape, 3);
  point(t, a, 0, b);
  point(t, b, 0, a);
  point(t, c, 0, c);
  point(t, a, 1, c);
  c->resurrect = true;
  decref(t, &a->ob);
  decref(t, &b->ob);
  decref(t, &c->ob);
  assert_int_equal(gc_collect(t, 2), 2);
  assert_int_equal(death_count, 2);
  assert_int_equal(object_refcount(&c->ob), 2);
  decref(t, &c->ob);
  assert_int_equal(gc_collect(t, 2), 1);
}

enum { GARBAGE_PAIRS = 100000 };

// More cycles than there is memory to look at in one go, some with finalisers; the address space is used up. 0: all are found.
static int collect_in_parts(Thread *t) {
  struct rlimit none = {0, 0};
  gc_enable(false);
  for (int i = 0; i < GARBAGE_PAIRS; i++) {
    Node *a = node_new(t, i % 10000 ? node_shape : finalised_shape, i), *b = node_new(t, node_shape, -1);
    point(t, a, 0, b);
    point(t, b, 0, a);
    a->resurrect = i == 50000;
    decref(t, &a->ob);
    decref(t, &b->ob);
  }
  if (setrlimit(RLIMIT_AS, &none) < 0) return 1;
  if (gc_collect(t, 2) != 2 * (GARBAGE_PAIRS - 1)) return 2;
  if (finalised_count != GARBAGE_PAIRS / 10000) return 3;
  if (!kept || kept->number != 50000 || object_refcount(&kept->ob) != 2 || heap_live_objects() != 2) return 4;
  decref(t, &kept->ob);
  return gc_collect(t, 2) == 2 && heap_live_objects() == 0 && heap_check() ? 0 : 5;
}

static void test_memory_full_of_garbage(void **state) {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  puts("skipped: a sanitizer ends the process when it gets no memory itself");
  skip();
#endif
  pid_t child = fork();
  int status;
  assert_true(child >= 0);
  if (child == 0) _exit(collect_in_parts(*state));
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
}

static void test_finaliser_by_count(void **state) {
  Thread *t = *state;
  Node *a = node_new(t, finalised_shape, 1);
  a->resurrect = true;
  decref(t, &a->ob);
  assert_int_equal(finalised_count, 1);
  assert_int_equal(death_count, 0);
  assert_true(object_is_tracked(&a->ob));
  decref(t, &a->ob);
  assert_int_equal(finalised_count, 1);
  assert_int_equal(death_count, 1);
}

// A "class" that its "instances" refer to without counting lives while one of them is reachable, and dies after them.
static void test_uncounted_edges(void **state) {
  Thread *t = *state;
  Node *kind = node_new(t, node_shape, 1000), *a = node_new(t, node_shape, 1), *b = node_new(t, node_shape, 2);
  point(t, kind, 0, kind);  // as a class refers to itself from its MRO
  a->kind = b->kind = &kind->ob;
  point(t, b, 0, b);
  decref(t, &kind->ob);
  decref(t, &b->ob);
  assert_int_equal(gc_collect(t, 2), 1);
  assert_int_equal(deaths[0], 2);
  point(t, a, 0, a);
  decref(t, &a->ob);
  assert_int_equal(gc_collect(t, 2), 2);
  assert_int_equal(deaths[1], 1);
  assert_int_equal(deaths[2], 1000);
}

// A finaliser makes a new instance of a doomed class.
static Object *doomed_kind;
static Node *late_instance;
static void finalise_making_instance(Thread *t, Object *o) {
  (void)o;
  late_instance = node_new(t, node_shape, 7);
  late_instance->kind = doomed_kind;
}

static void test_class_saved_by_new_instance(void **state) {
  Thread *t = *state;
  Node *kind = node_new(t, node_shape, 1000), *a = node_new(t, finalised_shape, 1);
  point(t, kind, 0, kind);
  point(t, a, 0, a);
  a->kind = doomed_kind = &kind->ob;
  decref(t, &kind->ob);
  decref(t, &a->ob);
  gc_finalize_hook = finalise_making_instance;
  assert_int_equal(gc_collect(t, 2), 1);
  gc_finalize_hook = finalise;
  assert_int_equal(death_count, 1);
  decref(t, &late_instance->ob);
  assert_int_equal(gc_collect(t, 2), 1);
  assert_int_equal(deaths[death_count - 1], 1000);
}

static void test_freeze(void **state) {
  Thread *t = *state;
  Node *n = node_new(t, node_shape, 1);
  point(t, n, 0, n);
  gc_freeze();
  assert_int_equal(gc_freeze_count(), 1);
  decref(t, &n->ob);
  assert_int_equal(gc_collect(t, 2), 0);
  gc_unfreeze();
  assert_int_equal(gc_freeze_count(), 0);
  assert_int_equal(gc_collect(t, 2), 1);
}

static void count_seen(Object *o, void *arg) {
  (void)o;
  ++*(int *)arg;
}

static void test_get_objects_and_counts(void **state) {
  Thread *t = *state;
  assert_true(gc_get_count(0) < 5);
  int64_t before = gc_get_count(0);
  Node *a = node_new(t, node_shape, 1), *b = node_new(t, node_shape, 2);
  Object *leaf = heap_new_object(t, plain_shape, 64);
  assert_int_equal(gc_get_count(0), before + 2);
  heap_untrack(&b->ob);
  int seen = 0;
  stop_the_world(t);
  gc_each_object(t, count_seen, &seen);
  start_the_world(t);
  assert_int_equal(seen, 1);
  decref(t, &a->ob);
  decref(t, &b->ob);
  decref(t, leaf);
}

static void *weak_objects[8];
static size_t weak_count;
static bool callbacks_ran;
static void clear_weakrefs(Thread *t, Object **objects, size_t count) {
  assert_true(world_is_stopped_by(t));
  for (size_t i = 0; i < count; i++) weak_objects[weak_count++] = objects[i];
}
static void run_callbacks(Thread *t) {
  assert_false(world_is_stopped_by(t));
  callbacks_ran = true;
}

static void test_hooks(void **state) {
  Thread *t = *state;
  gc_clear_weakrefs_hook = clear_weakrefs;
  gc_run_weakref_callbacks_hook = run_callbacks;
  Node *n = node_new(t, node_shape, 1);
  point(t, n, 0, n);
  decref(t, &n->ob);
  assert_int_equal(gc_collect(t, 2), 1);
  assert_int_equal(weak_count, 1);
  assert_ptr_equal(weak_objects[0], n);
  assert_true(callbacks_ran);
  gc_clear_weakrefs_hook = NULL;
  gc_run_weakref_callbacks_hook = NULL;
}

// A young collection finds young cycles only, and takes what old ones refer to for reachable.
static void test_young(void **state) {
  Thread *t = *state;
  Node *old = node_new(t, node_shape, 1);
  point(t, old, 0, old);
  gc_collect(t, 0);
  decref(t, &old->ob);
  Node *young = node_new(t, node_shape, 2), *kind = node_new(t, node_shape, 1000), *held = node_new(t, node_shape, 3);
  point(t, young, 0, young);
  decref(t, &young->ob);
  point(t, held, 0, held);
  point(t, old, 1, held);
  decref(t, &held->ob);
  assert_int_equal(gc_collect(t, 0), 1);
  assert_int_equal(deaths[0], 2);
  assert_int_equal(gc_collect(t, 1), 0);
  assert_int_equal(gc_collect(t, 2), 2);
  decref(t, &kind->ob);
  // A young class that only an old instance refers to.
  uint32_t own_shape = new_shape(node_dealloc, typed_traverse, node_clear, 0);
  Node *instance = node_new(t, own_shape, 4);
  gc_collect(t, 0);
  Node *type = node_new(t, node_shape, 5);
  point(t, type, 0, type);
  shape_table[own_shape].type = (Type *)(void *)type;
  decref(t, &type->ob);
  assert_int_equal(gc_collect(t, 0), 0);
  assert_int_equal(type->number, 5);
  decref(t, &instance->ob);
  assert_int_equal(gc_collect(t, 2), 1);
}

static void test_counts_of_generations(void **state) {
  Thread *t = *state;
  gc_collect(t, 2);
  assert_int_equal(gc_get_count(1), 0);
  gc_collect(t, 0);
  assert_int_equal(gc_get_count(1), 1);
  assert_int_equal(gc_get_count(2), 0);
  gc_collect(t, 1);
  assert_int_equal(gc_get_count(1), 0);
  assert_int_equal(gc_get_count(2), 1);
  gc_collect(t, 2);
  assert_int_equal(gc_get_count(2), 0);
}

// Garbage that nobody asks to collect is collected as the heap grows, at a safepoint.
static void test_automatic(void **state) {
  Thread *t = *state;
  uint64_t before = gc_get_stats(2).collections, before_young = gc_get_stats(0).collections;
  for (int i = 0; i < 60000; i++) {
    Node *n = node_new(t, node_shape, i);
    point(t, n, 0, n);
    decref(t, &n->ob);
    assert_int_equal(safepoint(t), 0);
    assert_true(i % 1000 || heap_live_objects() < 12000);
  }
  assert_true(gc_get_stats(0).collections >= before_young + 5);
  // Live objects that become many call for full ones.
  Node *list = NULL;
  for (int i = 0; i < 100000; i++) {
    Node *n = node_new(t, node_shape, i);
    n->link[0] = list ? &list->ob : NULL;
    list = n;
    assert_int_equal(safepoint(t), 0);
  }
  uint64_t full = gc_get_stats(2).collections - before;
  assert_true(full >= 3 && full < 12);
  decref(t, &list->ob);
  gc_enable(false);
  before = gc_get_stats(2).collections;
  for (int i = 0; i < 60000; i++) {
    Node *n = node_new(t, node_shape, i);
    point(t, n, 0, n);
    decref(t, &n->ob);
    safepoint(t);
  }
  assert_int_equal(gc_get_stats(2).collections, before);
  gc_enable(true);
  assert_true(gc_collect(t, 2) >= 60000);
}

// A deep chain in a cycle: neither marking nor freeing may use C stack in proportion.
static void test_deep(void **state) {
  Thread *t = *state;
  Node *first = node_new(t, node_shape, 0), *last = first;
  for (int i = 1; i < 200000; i++) {
    Node *n = node_new(t, node_shape, i);
    last->link[0] = &n->ob;
    last = n;
  }
  point(t, last, 0, first);
  assert_int_equal(gc_collect(t, 2), 0);
  decref(t, &first->ob);
  assert_int_equal(gc_collect(t, 2), 200000);
}

static void test_cycle_of_two_threads_work(Thread *t, void *arg) {
  Node **mine = arg;
  *mine = node_new(t, node_shape, 2);
}

// Half of a cycle was made by a thread that has ended.
static void test_objects_of_ended_thread(void **state) {
  Thread *t = *state;
  Node *theirs = NULL, *mine = node_new(t, node_shape, 1);
  helper_run_to_end(test_cycle_of_two_threads_work, &theirs);
  point(t, mine, 0, theirs);
  point(t, theirs, 0, mine);
  decref(t, &theirs->ob);
  decref(t, &mine->ob);
  assert_int_equal(gc_collect(t, 2), 2);
  assert_int_equal(death_count, 2);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
    TEST(test_self_cycle), TEST(test_cycle_with_tail), TEST(test_reachable_cycle_stays), TEST(test_untracked_holds),
    TEST(test_finaliser_runs_once), TEST(test_resurrection_of_a_part), TEST(test_memory_full_of_garbage), TEST(test_finaliser_by_count), TEST(test_uncounted_edges),
    TEST(test_class_saved_by_new_instance), TEST(test_freeze), TEST(test_get_objects_and_counts),
    TEST(test_hooks), TEST(test_young), TEST(test_counts_of_generations), TEST(test_automatic), TEST(test_deep), TEST(test_objects_of_ended_thread),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
