// Which containers can be reached: candidates get a word each in their page's side array, from which internal references are subtracted.
//
//   side word:  REACHED | LATE | MEMBER | number (count not explained yet; later, for late garbage, its level)
//
// The arrays, the stack of objects to be marked and the lists of garbage lie in one mapping, so no step in the middle can fail for want of
// memory. The mapping is kept from one collection to the next, its pages given back: a program whose memory is full of garbage must be able to
// collect. If it is too small and cannot grow, it serves to look at some of the pages at a time.
#define _GNU_SOURCE
#include "gc/reach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "gc/counts.h"
#include "gc/segment.h"
#include "threading/thread.h"

enum { OLD = 0x40 };  // of GC_GENERATION: has been through a collection
enum { REACHED = 1 << 30, LATE = 1 << 29, MEMBER = 1 << 28, NUMBER = MEMBER - 1, LEVELS = 8 };

typedef enum { WHOLE, YOUNG, PART } Extent;  // all pages; those allocated from since the last collection; those there is room for

typedef struct {
  Extent extent;
  uint32_t *words;
  Object **stack;
  size_t blocks, room, depth;
  size_t first, middle;  // places of pages: where this part begins, and the next one
  bool more;             // this part does not reach the end
  RootScanner *roots;
  size_t nroots;
  const FrameSet *frames;  // NULL: no DEFERRED object is a candidate
} Work;

static size_t next_part;            // the place of the page with which the next part begins

// --- the mapping ------------------------------------------------------------------------------------------------------------------

enum { LEAST_BLOCKS = 1 << 15, BLOCKS_STEP = 4096, BLOCK_BYTES = 2 * sizeof(Object *) + sizeof(uint32_t) };

// Room for so many blocks: garbage (late garbage from the end), stack, side words. Its user is the thread that collects. Zero between collections.
static struct { Object **lists; size_t blocks; bool used; } area;

static Object **area_stack(void) { return area.lists + area.blocks; }
static uint32_t *area_words(void) { return (uint32_t *)(area_stack() + area.blocks); }
static size_t area_bytes(size_t blocks) { return blocks * BLOCK_BYTES; }  // whole pages: blocks is a multiple of BLOCKS_STEP

static bool area_resize(size_t blocks) {
  size_t bytes = area_bytes(blocks);
  void *p = area.lists ? mremap(area.lists, area_bytes(area.blocks), bytes, MREMAP_MAYMOVE)
                       : mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) return false;
  area.lists = p;
  area.blocks = blocks;
  return true;
}

static size_t round_blocks(size_t blocks) {
  return blocks < LEAST_BLOCKS ? LEAST_BLOCKS : (blocks + BLOCKS_STEP - 1) & ~(size_t)(BLOCKS_STEP - 1);
}

// Whether there is room for so many blocks now. may_shrink: much more of it is given back.
static bool area_reserve(size_t blocks, bool may_shrink) {
  size_t ample = round_blocks(blocks + blocks / 8);
  if (blocks > area.blocks || (may_shrink && ample < area.blocks / 4))
    if (!area_resize(ample) && blocks > area.blocks) area_resize(round_blocks(blocks));
  return blocks <= area.blocks;
}

static void area_clear(void) {
  if (area.used) madvise(area.lists, area_bytes(area.blocks), MADV_DONTNEED);
  area.used = false;
}

void reach_begin(void) { area_reserve(LEAST_BLOCKS, false); }
void reach_end(void) { area_clear(); }

// --- side arrays ------------------------------------------------------------------------------------------------------------------

static bool is_wanted(const Page *page, const Work *w) { return page->kind == PAGE_GC && (page->young || w->extent != YOUNG); }
static bool is_candidate_page(const Page *page) { return page->side != NULL; }
static Object *block_at(const Page *page, uint32_t k) {
  return (Object *)(page->base + 16 + (page->size_class ? (size_t)k * page->block_size : 0));
}

// Room for all that a page can hold: finalisers may make new objects before resurrection is looked for.
static void count_blocks(Page *page, void *arg) {
  Work *w = arg;
  if (is_wanted(page, w)) w->blocks += page->capacity;
}

static void give_words(Work *w, Page *page) {
  page->side = w->words;
  w->words += page->capacity;
  w->room -= page->capacity;
}

// In the order in which pages are walked through.
static size_t place_of(const Page *page) {
  const Segment *s = segment_of(page);
  return (size_t)s->index * SEGMENT_SLICES + (size_t)(page - s->pages);
}

// A part begins in the middle of the last one, for cycles have their objects in several pages, made at about the same time.
static void give_side(Page *page, void *arg) {
  Work *w = arg;
  page->side = NULL;
  if (!is_wanted(page, w) || place_of(page) < w->first) return;
  if (w->more || page->capacity > w->room) {
    w->more = true;
    return;
  }
  if (!w->middle && w->room < area.blocks / 2) w->middle = place_of(page);
  give_words(w, page);
}

static void take_side(Page *page, void *arg) {
  (void)arg;
  page->side = NULL;
}

static void work_use_area(Work *w) {
  area_clear();
  area.used = true;
  w->stack = area_stack();
  w->words = area_words();
  w->room = area.blocks;
}

// False: no memory.
static bool work_begin(Work *w, Extent extent, RootScanner *roots, size_t nroots) {
  *w = (Work){.extent = extent, .roots = roots, .nroots = nroots, .first = extent == PART ? next_part : 0};
  segment_each_page(count_blocks, w);
  if (!area_reserve(w->blocks, extent == WHOLE) && (extent == WHOLE || !area.blocks)) return false;
  work_use_area(w);
  segment_each_page(give_side, w);
  return true;
}

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
} Find;

static void prepare_candidate(Work *w, Object *o, int64_t count, uint32_t *side) {
  *side = count < NUMBER ? (uint32_t)count : 0;
  if (unlikely(count >= NUMBER)) mark(w, o, side);
}

static bool is_old(const Object *o) { return a8_load_rlx(&o->gc) & OLD; }

// Every block's word: candidates get their count; the others are REACHED, and those that hold references mark from here, unless not all
// pages are looked at: then what they refer to has references that nobody subtracts.
static void prepare_page(Page *page, void *arg) {
  Work *w = arg;
  if (!is_candidate_page(page)) return;
  for (uint32_t k = 0, n = a32_load_rlx(&page->formatted); k < n; k++) {
    Object *o = block_at(page, k);
    uint8_t bits = a8_load_rlx(&o->gc);
    if ((a32_load_acq(&o->shape) & SHAPE_FREE_BLOCK) || !(bits & GC_TRACKED) || (w->extent == YOUNG && (bits & OLD))) {
      page->side[k] = REACHED;
      continue;
    }
    Counts counts = object_counts(o);
    bool fixed = counts.immortal || (bits & GC_PERMANENT);
    if (w->extent != WHOLE && (fixed || counts.deferred)) page->side[k] = REACHED;
    else if (fixed || (counts.deferred && frame_set_has(w->frames, o))) mark(w, o, &page->side[k]);
    else prepare_candidate(w, o, counts.number, &page->side[k]);
  }
}

// Instances refer to their types without counting, and not all instances are looked at.
static void spare_type(Shape *shape) {
  uint32_t *side = shape->type ? side_of((Object *)(void *)shape->type) : NULL;
  if (side) *side |= REACHED;
}

static void spare_all_types(void) {
  for (uint32_t id = SHAPE_FIRST_FREE, n = shape_next(); id < n; id++) spare_type(&shape_table[id]);
}

static void subtract_page(Page *page, void *arg) {
  (void)arg;
  if (!is_candidate_page(page)) return;
  for (uint32_t k = 0, n = a32_load_rlx(&page->formatted); k < n; k++) {
    Object *o = block_at(page, k);
    if (!(page->side[k] & REACHED)) shape_of(o)->traverse(o, visit_subtract, NULL);
  }
}

static void mark_page(Page *page, void *arg) {
  Work *w = arg;
  if (!is_candidate_page(page)) return;
  for (uint32_t k = 0, n = a32_load_rlx(&page->formatted); k < n; k++) {
    if ((page->side[k] & REACHED) || !(page->side[k] & NUMBER)) continue;
    mark(w, block_at(page, k), &page->side[k]);
    drain(w, visit_mark);
  }
}

static void sweep_page(Page *page, void *arg) {
  Find *f = arg;
  if (!is_candidate_page(page)) return;
  for (uint32_t k = 0, n = a32_load_rlx(&page->formatted); k < n; k++) {
    Object *o = block_at(page, k);
    if (a32_load_rlx(&o->shape) & SHAPE_FREE_BLOCK) continue;
    bool old = is_old(o);
    if (!old) a8_store_rlx(&o->gc, a8_load_rlx(&o->gc) | OLD);  // garbage too: it may be resurrected
    if (page->side[k] & REACHED) {
      f->live += !(f->work->extent == YOUNG && old);
      continue;
    }
    bool late = page->side[k] & LATE;
    page->side[k] = MEMBER | (late ? LATE | 1 : 0);
    if (late) *--f->late->items = o, f->late->count++;
    else f->garbage->items[f->garbage->count++] = o;
  }
}

static void reverse(ObjectList *l) {
  for (size_t i = 0; i < l->count / 2; i++) {
    Object *o = l->items[i];
    l->items[i] = l->items[l->count - 1 - i];
    l->items[l->count - 1 - i] = o;
  }
}

static Find find_begin(Work *w, ObjectList *garbage, ObjectList *late) {
  *garbage = (ObjectList){area.lists, 0};
  *late = (ObjectList){area.lists + area.blocks, 0};
  return (Find){w, garbage, late, 0};
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
static void order_late(ObjectList *late, Object **sorted) {
  Object **from = late->items;
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
}

bool reach_find_garbage(RootScanner *roots, size_t nroots, const FrameSet *frames, ObjectList *garbage, ObjectList *late, uint64_t *live) {
  Work w;
  if (!work_begin(&w, WHOLE, roots, nroots)) return false;
  w.frames = frames;
  segment_each_page(prepare_page, &w);
  // Immortal and frozen objects, and what frames hold, wait on the stack meanwhile: nothing can be marked before internal references have
  // been subtracted.
  segment_each_page(subtract_page, &w);
  drain(&w, visit_mark);
  mark_from_roots(&w, visit_mark);
  segment_each_page(mark_page, &w);
  Find f = find_begin(&w, garbage, late);
  segment_each_page(sweep_page, &f);
  reverse(late);
  if (late->count > 1) order_late(late, w.stack);
  *live = f.live;
  shape_begin_young();
  next_part = 0;
  return true;
}

// References from what is not looked at count as coming from outside; types and DEFERRED objects are none of the candidates.
static bool find_some(Work *w, Extent extent, ObjectList *garbage, uint64_t *live) {
  if (!work_begin(w, extent, NULL, 0)) return false;
  segment_each_page(prepare_page, w);
  if (extent == YOUNG) shape_each_young(spare_type);
  else spare_all_types();
  segment_each_page(subtract_page, w);
  drain(w, visit_mark);
  segment_each_page(mark_page, w);
  ObjectList late;  // stays empty: uncounted edges lead to types only, which are spared
  Find f = find_begin(w, garbage, &late);
  segment_each_page(sweep_page, &f);
  assert(late.count == 0);
  *live = f.live;
  return true;
}

bool reach_find_young_garbage(ObjectList *garbage, uint64_t *live) {
  Work w;
  return find_some(&w, YOUNG, garbage, live);
}

bool reach_find_part_of_garbage(ObjectList *garbage, bool *more) {
  Work w;
  uint64_t live;
  if (!find_some(&w, PART, garbage, &live)) return false;
  *more = w.more;
  next_part = w.more ? w.middle : 0;
  return true;
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

static void split(ObjectList *l, ObjectList *resurrected) {
  size_t kept = 0;
  for (size_t i = 0; i < l->count; i++) {
    if (!(*side_of(l->items[i]) & REACHED)) l->items[kept++] = l->items[i];
    else resurrected->items[resurrected->count++] = l->items[i];
  }
  l->count = kept;
}

// Words for the pages that have a member. They had them when the members were found, so there is room.
static void give_words_to_members(Work *w, ObjectList *l) {
  for (size_t i = 0; i < l->count; i++) {
    Page *page = page_of(l->items[i]);
    if (page->side) continue;
    give_words(w, page);
    memset(page->side, 0, page->capacity * sizeof *page->side);
  }
}

void reach_find_resurrected(RootScanner *roots, size_t nroots, ObjectList *garbage, ObjectList *late, ObjectList *resurrected) {
  Work w = {.extent = WHOLE, .roots = roots, .nroots = nroots, .stack = area_stack(), .words = area_words(), .room = area.blocks};
  segment_each_page(take_side, NULL);
  give_words_to_members(&w, garbage);
  give_words_to_members(&w, late);
  enter_members(garbage);
  enter_members(late);
  subtract_members(garbage);
  subtract_members(late);
  mark_members(&w, garbage);
  mark_members(&w, late);
  mark_from_roots(&w, visit_mark_member);
  if (late->count) heap_walk_containers(mark_from_outside, &w);
  drain(&w, visit_mark_member);
  *resurrected = (ObjectList){w.stack, 0};  // nothing waits on the stack any more
  split(garbage, resurrected);
  split(late, resurrected);
}
