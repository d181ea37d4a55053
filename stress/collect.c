// Stress of the collector: threads build, link, cut and drop a shared graph full of cycles, with finalisers, while collections run.
//
// Mishaps sought: reachable objects freed, garbage kept for ever, finalisers run twice or not at all, resurrection gone wrong, classes freed
// before their instances, a walk that meets a half-made or dying object, a collector and a dealloc that free the same thing.
// arguments: THREADS SCALE ROUNDS SEED
#include "stress.h"

#include "gc/collect.h"
#include "gc/refcount.h"
#include "threading/critical.h"
#include "threading/qsbr.h"
#include "threading/stw.h"

enum { LINKS = 4, ROOTS = 16, HELD = 4 };
static const uint64_t ALIVE = 0xA11E5EEDA11E5EED;

typedef struct Node {
  Object ob;
  uint64_t alive;
  Value link[LINKS];  // under the node's lock
  uint32_t shapes[2]; // a kind's: of its instances, without and with a finaliser
} Node;

static uint32_t kind_shape;  // of nodes that serve as types: each has shapes of its own, whose type it is
static a64 made, died, finalised, with_finaliser;
static Node *roots[ROOTS];
static a64 kept;  // a word: what a finaliser resurrected last
static unsigned rounds;

static void check(Node *n) {
  if (n->alive != ALIVE) stress_fail("a reference to a dead node");
}

// Uncounted, as an instance's type is.
static Node *kind_of(const Node *n) { return (Node *)(void *)shape_of(&n->ob)->type; }

static void node_clear(Thread *t, Object *o) {
  Node *n = (Node *)o;
  check(n);
  for (int i = 0; i < LINKS; i++) {
    Value old;
    CRITICAL_BEGIN(t, o);
    old = n->link[i];
    n->link[i] = V_NULL;
    CRITICAL_END(t);
    v_drop(t, old);
  }
}

static void node_dealloc(Thread *t, Object *o) {
  Node *n = (Node *)o;
  check(n);
  if (kind_of(n)) check(kind_of(n));
  if ((shape_of(o)->flags & SHAPE_HAS_FINALIZER) && !(a8_load_rlx(&o->gc) & GC_FINALIZED)) stress_fail("died without its finaliser");
  for (int i = 0; i < LINKS; i++) {
    Value old = n->link[i];
    n->link[i] = V_NULL;
    v_drop(t, old);
  }
  n->alive = 0;
  a64_fetch_add_rlx(&died, 1);
  heap_free_object(t, o);
}

static void node_traverse(Object *o, GcVisit visit, void *arg) {
  Node *n = (Node *)o;
  for (int i = 0; i < LINKS; i++)
    if (!v_is_null(n->link[i])) visit(v_obj(n->link[i]), true, arg);
  if (kind_of(n)) visit(&kind_of(n)->ob, false, arg);
}

static Node *new_of_shape(Thread *t, uint32_t shape) {
  Node *n = (Node *)heap_new_object(t, shape, sizeof *n);
  if (!n) stress_fail("no memory");
  n->alive = ALIVE;
  a64_fetch_add_rlx(&made, 1);
  return n;
}

static Node *node_new(Thread *t, Node *kind) {
  bool fin = stress_random(t) % 8 == 0;
  if (fin) a64_fetch_add_rlx(&with_finaliser, 1);
  return new_of_shape(t, kind->shapes[fin]);
}

// A "class" that refers to itself.
static Node *kind_new(Thread *t) {
  Node *kind = new_of_shape(t, kind_shape);
  kind->link[0] = v_own_obj(t, kind);
  for (int fin = 0; fin < 2; fin++) {
    kind->shapes[fin] = stress_shape(node_dealloc, node_traverse, fin ? SHAPE_HAS_FINALIZER : 0);
    shape_table[kind->shapes[fin]].clear = node_clear;
    shape_table[kind->shapes[fin]].type = (struct Type *)(void *)kind;
  }
  return kind;
}

static Value node_get(Thread *t, Node *n, unsigned i) {
  Value v;
  CRITICAL_BEGIN(t, n);
  v = v_new_ref_locked(t, n->link[i]);
  CRITICAL_END(t);
  if (!v_is_null(v)) check((Node *)v_obj(v));
  return v;
}

static void node_set(Thread *t, Node *n, unsigned i, Value stolen) {
  Value old;
  CRITICAL_BEGIN(t, n);
  old = n->link[i];
  n->link[i] = stolen;
  CRITICAL_END(t);
  v_drop(t, old);
}

static void keep(Thread *t, Value stolen) {
  Value old = VALUE(a64_exchange_acqrel(&kept, stolen.w));
  v_drop(t, old);
}

static void finalise(Thread *t, Object *o) {
  Node *n = (Node *)o;
  check(n);
  a64_fetch_add_rlx(&finalised, 1);
  unsigned r = stress_random(t) % 8;
  if (r == 0) keep(t, v_own_obj(t, o));
  else if (r == 1) keep(t, v_steal_obj(node_new(t, kind_of(n))));
  else if (r == 2) node_set(t, n, 0, V_NULL);
  else if (r == 3) safepoint(t);
}

static void one_step(Thread *t, Value *held, Node **kind) {
  unsigned r = stress_random(t) % 64, h = stress_random(t) % HELD, i = stress_random(t) % LINKS;
  Node *root = roots[stress_random(t) % ROOTS];
  if (r < 16) {
    Value v = node_get(t, root, i);
    v_drop(t, held[h]);
    held[h] = v;
  } else if (r < 28) {
    Node *n = node_new(t, *kind);
    if (!v_is_null(held[h])) n->link[0] = v_own(t, held[h]);
    node_set(t, root, i, v_steal_obj(n));
  } else if (r < 44) {
    if (v_is_null(held[h])) return;
    Value to = v_own(t, held[stress_random(t) % HELD]);
    node_set(t, (Node *)v_obj(held[h]), i, to);
  } else if (r < 54) {
    if (v_is_null(held[h])) return;
    Value v = node_get(t, (Node *)v_obj(held[h]), i);
    v_drop(t, held[h]);
    held[h] = v;
  } else if (r < 60) {
    v_drop(t, held[h]);
    held[h] = V_NULL;
  } else if (r < 61) {
    node_set(t, root, i, V_NULL);
  } else if (r < 62) {
    Node *fresh = kind_new(t);
    decref(t, &(*kind)->ob);
    *kind = fresh;
  } else if (r < 63 && stress_random(t) % 64 == 0) {
    gc_collect(t, 2);
  } else if (stress_random(t) % 16 == 0) {
    thread_detach(t);
    sched_yield();
    thread_attach(t);
  }
  safepoint(t);
}

static void work(Thread *t, unsigned index) {
  (void)index;
  Value held[HELD] = {0};
  Node *kind = kind_new(t);
  for (unsigned n = 0; n < rounds; n++) one_step(t, held, &kind);
  for (int h = 0; h < HELD; h++) v_drop(t, held[h]);
  decref(t, &kind->ob);
}

int main(int argc, char **argv) {
  Stress s = stress_begin(argc, argv);
  rounds = 10000 * s.scale;
  kind_shape = stress_shape(node_dealloc, node_traverse, 0);
  shape_table[kind_shape].clear = node_clear;
  gc_finalize_hook = finalise;
  gc_set_threshold(0, 20);
  for (int i = 0; i < ROOTS; i++) roots[i] = kind_new(s.main);
  for (unsigned life = 0; life < 2 * s.rounds; life++) stress_threads(&s, work);
  for (int i = 0; i < ROOTS; i++) decref(s.main, &roots[i]->ob);
  for (int i = 0; i < 6; i++) {
    keep(s.main, V_NULL);
    gc_collect(s.main, 2);
  }
  for (int i = 0; i < 40 && heap_live_objects(); i++) {  // finalisers may keep making new nodes for a while
    keep(s.main, V_NULL);
    gc_collect(s.main, 2);
    safepoint(s.main);
  }
  stop_the_world(s.main);
  if (!heap_check()) stress_fail("heap_check");
  start_the_world(s.main);
  if (a64_load_acq(&made) != a64_load_acq(&died)) stress_fail("nodes made and nodes died differ");
  if (a64_load_acq(&finalised) != a64_load_acq(&with_finaliser)) stress_fail("finalisers run and objects that have one differ");
  if (heap_live_objects() != 0) stress_fail("the heap is not empty");
  GcGenerationStats stats = gc_get_stats(2);
  if (stats.collections < 5) stress_fail("too few collections");
  printf("%llu collections, %llu collected\n", (unsigned long long)stats.collections, (unsigned long long)stats.collected);
  return stress_end(&s);
}
