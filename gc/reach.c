// Which containers can be reached: candidates get a word each in their page's side array, from which internal references are subtracted.
//
//   side word:  REACHED | LATE | MEMBER | number (count not explained yet; later, for late garbage, its level)
//
// The arrays, and the stack of objects to be marked, are one mapping made for the purpose: zero pages cost nothing until touched, and no
// step in the middle can fail for want of memory.
#define _GNU_SOURCE
#include "gc/reach.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "gc/segment.h"
#include "threading/thread.h"

enum { OLD = 0x40 };  // of GC_GENERATION: has been through a collection
enum { REACHED = 1 << 30, LATE = 1 << 29, MEMBER = 1 << 28, NUMBER = MEMBER - 1, LEVELS = 8 };

typedef struct {
  uint32_t *words;
  Object **stack;
  size_t blocks, mapped, depth;
  RootScanner *roots;
  size_t nroots;
  const FrameSet *frames;  // NULL: no DEFERRED object is a candidate
  bool young;
} Work;

static uint32_t first_young_shape;  // no type that had its shapes before the last full collection is young

void object_list_free(ObjectList *l) {
  free(l->items);
  *l = (ObjectList){0};
}

static bool list_append(ObjectList *l, Object *o) {
  if (l->count == l->capacity) {
    size_t capacity = l->capacity ? l->capacity * 2 : 256;
    Object **grown = realloc(l->items, capacity * sizeof *grown);
    if (!grown) return false;
    l->items = grown;
    l->capacity = capacity;
  }
  l->items[l->count++] = o;
  return true;
}

// --- side arrays ------------------------------------------------------------------------------------------------------------------

static bool is_candidate_page(const Page *page, const Work *w) { return page->kind == PAGE_GC && (page->young || !w->young); }
static Object *block_at(const Page *page, uint32_t k) {
  return (Object *)(page->base + 16 + (page->size_class ? (size_t)k * page->block_size : 0));
}

static void count_blocks(Page *page, void *arg) {
  Work *w = arg;
  if (is_candidate_page(page, w)) w->blocks += a32_load_rlx(&page->formatted);
}

static void give_side(Page *page, void *arg) {
  Work *w = arg;
  page->side = NULL;
  if (!is_candidate_page(page, w)) return;
  page->side = w->words;
  w->words += a32_load_rlx(&page->formatted);
}

static bool work_begin(Work *w, RootScanner *roots, size_t nroots, bool young) {
  *w = (Work){.roots = roots, .nroots = nroots, .young = young};
  segment_each_page(count_blocks, w);
  w->mapped = (w->blocks + 2) * (sizeof *w->stack + sizeof *w->words);
  void *p = mmap(NULL, w->mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) return false;
  w->stack = p;
  w->words = (uint32_t *)(w->stack + w->blocks + 1);
  segment_each_page(give_side, w);
  return true;
}

static void work_end(Work *w) { munmap(w->stack, w->mapped); }

// The side word of an object that may be a candidate; NULL for those that never are, static ones first of all.
static inline __attribute__((always_inline)) uint32_t *side_of(Object *o) {
  if (object_is_immortal(o)) return NULL;
  Page *page = page_of(o);
  if (unlikely(page->kind != PAGE_GC || !page->side)) return NULL;
  return &page->side[page->size_class ? page_index(page, o) : 0];
}

static void mark(Work *w, Object *o, uint32_t *side) {
  *side |= REACHED;
  w->stack[w->depth++] = o;
}

// --- visitors ---------------------------------------------------------------------------------------------------------------------

// More references found than counted: a bug of a traverse function or of counting. Debug builds stop; else it is taken to be reachable.
static void too_many_references(Object *o, uint32_t *side) {
#ifndef NDEBUG
  fprintf(stderr, "gc: object %p of shape %u: more references found than its count, %lld\n", (void *)o, object_shape(o), (long long)object_refcount(o));
  abort();
#endif
  (void)o;
  *side |= REACHED;
}

static void visit_subtract(Object *o, bool counted, void *arg) {
  (void)arg;
  uint32_t *side = side_of(o);
  if (!side || (*side & REACHED)) return;
  if (!counted) {
    *side |= LATE;
    return;
  }
  if (likely(*side & NUMBER)) --*side;
  else too_many_references(o, side);
}

static void visit_mark(Object *o, bool counted, void *arg) {
  (void)counted;
  uint32_t *side = side_of(o);
  if (side && !(*side & REACHED)) mark(arg, o, side);
}

// As visit_mark, among the members only.
static void visit_mark_member(Object *o, bool counted, void *arg) {
  (void)counted;
  uint32_t *side = side_of(o);
  if (side && (*side & (MEMBER | REACHED)) == MEMBER) mark(arg, o, side);
}

static void visit_mark_uncounted(Object *o, bool counted, void *arg) {
  if (!counted) visit_mark_member(o, counted, arg);
}

static void drain(Work *w, GcVisit visit) {
  while (w->depth) {
    Object *o = w->stack[--w->depth];
    shape_of(o)->traverse(o, visit, w);
  }
}

// What is being deallocated on some C stack, or waits for it, still needs its type.
static void mark_types_of_dying(Work *w, GcVisit visit) {
  for (uint32_t slot = 1, n = thread_slot_high(); slot <= n; slot++) {
    Thread *t = thread_by_slot(slot);
    for (Destroying *d = t->destroying; d; d = d->outer)
      if (shape_of(d->object)->type) visit((Object *)(void *)shape_of(d->object)->type, false, w);
    for (uint32_t i = 0; i < t->dying_count; i++)
      if (shape_of(t->dying[i])->type) visit((Object *)(void *)shape_of(t->dying[i])->type, false, w);
  }
}

static void mark_from_roots(Work *w, GcVisit visit) {
  mark_types_of_dying(w, visit);
  for (size_t i = 0; i < w->nroots; i++) w->roots[i](visit, w);
  drain(w, visit);
}

// --- finding garbage --------------------------------------------------------------------------------------------------------------

typedef struct {
  Work *work;
  ObjectList *garbage, *late;
  uint64_t live;
  bool failed;
} Find;

static void prepare_candidate(Work *w, Object *o, uint32_t *side) {
  int64_t count = object_refcount(o);
  *side = count < NUMBER ? (uint32_t)count : 0;
  if (count >= NUMBER) mark(w, o, side);
}

static bool is_old(const Object *o) { return a8_load_rlx(&o->gc) & OLD; }

// Every block's word: candidates get their count; the others are REACHED, and those that hold references mark from here.
static void prepare_page(Page *page, void *arg) {
  Work *w = arg;
  if (!is_candidate_page(page, w)) return;
  for (uint32_t k = 0, n = a32_load_rlx(&page->formatted); k < n; k++) {
    Object *o = block_at(page, k);
    bool fixed = object_is_immortal(o) || (a8_load_rlx(&o->gc) & GC_PERMANENT), deferred = object_is_deferred(o);
    if ((a32_load_acq(&o->shape) & SHAPE_FREE_BLOCK) || !object_is_tracked(o)) page->side[k] = REACHED;
    else if (w->young && (fixed || is_old(o) || deferred)) page->side[k] = REACHED;
    else if (fixed || (deferred && frame_set_has(w->frames, o))) mark(w, o, &page->side[k]);
    else prepare_candidate(w, o, &page->side[k]);
  }
}

// Instances refer to their types without counting, and old instances are not looked at.
static void spare_young_types(Work *w) {
  (void)w;
  for (uint32_t id = first_young_shape, n = shape_next(); id < n; id++) {
    Object *type = (Object *)(void *)shape_table[id].type;
    uint32_t *side = type ? side_of(type) : NULL;
    if (side) *side |= REACHED;
  }
}

static void subtract_page(Page *page, void *arg) {
  Work *w = arg;
  if (!is_candidate_page(page, w)) return;
  for (uint32_t k = 0, n = a32_load_rlx(&page->formatted); k < n; k++) {
    Object *o = block_at(page, k);
    if (!(page->side[k] & REACHED)) shape_of(o)->traverse(o, visit_subtract, NULL);
  }
}

static void mark_page(Page *page, void *arg) {
  Work *w = arg;
  if (!is_candidate_page(page, w)) return;
  for (uint32_t k = 0, n = a32_load_rlx(&page->formatted); k < n; k++) {
    if ((page->side[k] & REACHED) || !(page->side[k] & NUMBER)) continue;
    mark(w, block_at(page, k), &page->side[k]);
    drain(w, visit_mark);
  }
}

static void sweep_page(Page *page, void *arg) {
  Find *f = arg;
  if (!is_candidate_page(page, f->work)) return;
  for (uint32_t k = 0, n = a32_load_rlx(&page->formatted); k < n; k++) {
    Object *o = block_at(page, k);
    if (a32_load_rlx(&o->shape) & SHAPE_FREE_BLOCK) continue;
    bool old = is_old(o);
    if (!old) a8_store_rlx(&o->gc, a8_load_rlx(&o->gc) | OLD);  // garbage too: it may be resurrected
    if (page->side[k] & REACHED) {
      f->live += !(f->work->young && old);
      continue;
    }
    ObjectList *l = page->side[k] & LATE ? f->late : f->garbage;
    page->side[k] = MEMBER | (page->side[k] & LATE) | (l == f->late ? 1 : 0);
    // Half of the garbage is of no use, and each further object would ask the system in vain.
    if (!f->failed && !list_append(l, o)) f->failed = true;
  }
}

typedef struct {
  uint32_t level;  // of the object whose references are visited
  bool refers;     // to late garbage, without counting it
  bool raised;
} Raise;

static void visit_raise_level(Object *o, bool counted, void *arg) {
  Raise *r = arg;
  uint32_t *side = counted ? NULL : side_of(o);
  if (!side || !(*side & LATE) || !(*side & MEMBER)) return;
  r->refers = true;
  if ((*side & NUMBER) > r->level || r->level >= LEVELS) return;
  *side = (*side & ~(uint32_t)NUMBER) | (r->level + 1);
  r->raised = true;
}

// A class goes before its metaclass: whoever is referred to without a count goes after who refers to it. Short chains only.
static void order_late(ObjectList *late) {
  Object **sorted = malloc(late->count * sizeof *sorted), **from = late->items;
  if (!sorted) return;
  // The first pass finds out who refers to others at all; most, like code, do not.
  size_t count = late->count, referring;
  Raise r = {.raised = true};
  for (uint32_t pass = 1; pass < LEVELS && r.raised; pass++, from = sorted, count = referring) {
    r.raised = false;
    referring = 0;
    for (size_t i = 0; i < count; i++) {
      Object *o = from[i];
      r.level = *side_of(o) & NUMBER;
      r.refers = false;
      shape_of(o)->traverse(o, visit_raise_level, &r);
      if (r.refers) sorted[referring++] = o;
    }
  }
  size_t n = 0;
  for (uint32_t level = 0; level <= LEVELS; level++)
    for (size_t i = 0; i < late->count; i++)
      if ((*side_of(late->items[i]) & NUMBER) == level) sorted[n++] = late->items[i];
  memcpy(late->items, sorted, n * sizeof *sorted);
  free(sorted);
}

bool reach_find_garbage(RootScanner *roots, size_t nroots, const FrameSet *frames, ObjectList *garbage, ObjectList *late, uint64_t *live) {
  Work w;
  if (!work_begin(&w, roots, nroots, false)) return false;
  w.frames = frames;
  segment_each_page(prepare_page, &w);
  // Immortal and frozen objects, and what frames hold, wait on the stack meanwhile: nothing can be marked before internal references have
  // been subtracted.
  segment_each_page(subtract_page, &w);
  drain(&w, visit_mark);
  mark_from_roots(&w, visit_mark);
  segment_each_page(mark_page, &w);
  Find f = {&w, garbage, late, 0, false};
  segment_each_page(sweep_page, &f);
  if (!f.failed && late->count > 1) order_late(late);
  *live = f.live;
  first_young_shape = shape_next();
  work_end(&w);
  return !f.failed;
}

bool reach_find_young_garbage(ObjectList *garbage, uint64_t *live) {
  Work w;
  if (!work_begin(&w, NULL, 0, true)) return false;
  segment_each_page(prepare_page, &w);
  spare_young_types(&w);
  segment_each_page(subtract_page, &w);
  drain(&w, visit_mark);
  segment_each_page(mark_page, &w);
  ObjectList late = {0};  // stays empty: uncounted edges lead to types only, which are spared
  Find f = {&w, garbage, &late, 0, false};
  segment_each_page(sweep_page, &f);
  assert(late.count == 0);
  *live = f.live;
  work_end(&w);
  object_list_free(&late);
  return !f.failed;
}

// --- resurrection -----------------------------------------------------------------------------------------------------------------

static void visit_subtract_member(Object *o, bool counted, void *arg) {
  (void)arg;
  uint32_t *side = side_of(o);
  if (counted && side && (*side & MEMBER) && (*side & NUMBER)) --*side;
}

static void enter_members(ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) {
    int64_t others = object_refcount(l->items[i]) - 1;  // the collector has one
    *side_of(l->items[i]) = MEMBER | (uint32_t)(others < NUMBER ? others : NUMBER - 1);
  }
}

static void subtract_members(ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) shape_of(l->items[i])->traverse(l->items[i], visit_subtract_member, NULL);
}

static void mark_members(Work *w, ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) {
    uint32_t *side = side_of(l->items[i]);
    if ((*side & REACHED) || !(*side & NUMBER)) continue;
    mark(w, l->items[i], side);
    drain(w, visit_mark_member);
  }
}

// New instances of a doomed class, made by a finaliser, refer to it without a count.
static void mark_from_outside(Object *o, void *arg) {
  if (!object_is_tracked(o)) return;
  uint32_t *side = side_of(o);
  if (!side || !(*side & MEMBER)) shape_of(o)->traverse(o, visit_mark_uncounted, arg);
}

static bool split(ObjectList *l, ObjectList *resurrected) {
  size_t kept = 0;
  bool ok = true;
  for (size_t i = 0; i < l->count; i++) {
    if (!(*side_of(l->items[i]) & REACHED)) l->items[kept++] = l->items[i];
    else if (!list_append(resurrected, l->items[i])) ok = false;
  }
  l->count = kept;
  return ok;
}

bool reach_find_resurrected(RootScanner *roots, size_t nroots, ObjectList *garbage, ObjectList *late, ObjectList *resurrected) {
  Work w;
  // Room for all first, so that splitting cannot fail.
  resurrected->capacity = garbage->count + late->count;
  resurrected->items = malloc((resurrected->capacity + 1) * sizeof *resurrected->items);
  if (!resurrected->items || !work_begin(&w, roots, nroots, false)) return false;
  enter_members(garbage);
  enter_members(late);
  subtract_members(garbage);
  subtract_members(late);
  mark_members(&w, garbage);
  mark_members(&w, late);
  mark_from_roots(&w, visit_mark_member);
  if (late->count) heap_walk_containers(mark_from_outside, &w);
  drain(&w, visit_mark_member);
  bool ok = split(garbage, resurrected);
  ok = split(late, resurrected) && ok;
  work_end(&w);
  return ok;
}
