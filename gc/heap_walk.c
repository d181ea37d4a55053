// Walking the heap and checking it: every block of every page, with the world stopped.
#include <stdio.h>

#include "gc/heap.h"
#include "gc/heap_inline.h"

typedef struct {
  void (*fn)(Object *o, void *arg);
  void *arg;
  bool containers_only;
} Walk;

static bool wanted(const Page *page, bool containers_only) { return page->kind == PAGE_GC || (page->kind == PAGE_LEAF && !containers_only); }

// Acquire pairs with the release store of the shape by the allocating thread.
static bool is_object(const Object *o) { return !(a32_load_acq(&o->shape) & SHAPE_FREE_BLOCK); }

static size_t block_distance(const Page *page) { return page->size_class ? page->block_size : 0; }

static void walk_page(Page *page, void *arg) {
  Walk *w = arg;
  if (!wanted(page, w->containers_only)) return;
  uint32_t n = a32_load_rlx(&page->formatted);
  for (uint32_t k = 0; k < n; k++) {
    Object *o = (Object *)(page->base + 16 + k * block_distance(page));
    if (is_object(o)) w->fn(o, w->arg);
  }
}

void heap_walk(void (*fn)(Object *o, void *arg), void *arg) { segment_each_page(walk_page, &(Walk){fn, arg, false}); }
void heap_walk_containers(void (*fn)(Object *o, void *arg), void *arg) { segment_each_page(walk_page, &(Walk){fn, arg, true}); }

Object *heap_object_at(const void *p) {
  if (!segment_is_known(segment_of(p))) return NULL;
  const Page *page = page_of(p);
  uintptr_t first = page->base + 16, at = (uintptr_t)p;
  if (page->kind >= PAGE_BUFFER || at < first) return NULL;
  size_t k = page->size_class ? (at - first) / page->block_size : 0;
  Object *o = (Object *)(first + k * block_distance(page));
  return k < a32_load_rlx(&page->formatted) && is_object(o) ? o : NULL;
}

typedef struct { uint64_t bytes, objects, containers; } Live;

static void count_page(Page *page, void *arg) {
  Live *live = arg;
  uint64_t n = a32_load_rlx(&page->used) - (a64_load_rlx(&page->xfree) >> 32);
  live->bytes += n * (page->size_class ? page->block_size : page->bytes);
  if (page->kind != PAGE_BUFFER) live->objects += n;
  if (page->kind == PAGE_GC) live->containers += n;
}

static Live count_live(void) {
  Live live = {0};
  segment_each_page(count_page, &live);
  return live;
}

uint64_t heap_live_bytes(void) { return count_live().bytes; }
uint64_t heap_live_objects(void) { return count_live().objects; }
uint64_t heap_live_containers(void) { return count_live().containers; }

// --- checking ---------------------------------------------------------------------------------------------------------------------

static void complain(bool *ok, const char *what, const void *where) {
  fprintf(stderr, "heap_check: %s at %p\n", what, where);
  *ok = false;
}

static uint32_t next_link(const Page *page, const void *block) {
  return page->kind == PAGE_BUFFER ? *(const uint32_t *)block : a32_load_rlx(&((const Object *)block)->shape) & ~SHAPE_FREE_BLOCK;
}

// Length of a free list; each block must lie on a block border and, in object pages, say that it is free.
static uint32_t check_list(const Page *page, uint32_t link, bool *ok) {
  uint32_t n = 0;
  for (; link; n++) {
    const char *block = page_block(page, link);
    size_t offset = (size_t)block - page->base - 16;
    if (n > page->capacity || offset % page->block_size || offset / page->block_size >= a32_load_rlx(&page->formatted)) {
      complain(ok, "bad free list", page);
      return n;
    }
    if (page->kind != PAGE_BUFFER) {
      if (is_object((const Object *)(const void *)block)) complain(ok, "object in a free list", block);
      if (!object_header_is_dead((const Object *)(const void *)block)) complain(ok, "free block with counts", block);
    }
    link = next_link(page, block);
  }
  return n;
}

static void check_object(const Object *o, bool *ok) {
  uint32_t shape = object_shape(o);
  if (shape == 0 || shape >= SHAPE_LIMIT || !shape_table[shape].dealloc) complain(ok, "object of no known shape", o);
  if (object_refcount(o) < 0) complain(ok, "negative count", o);
}

static void check_page(Page *page, void *arg) {
  bool *ok = arg;
  uint32_t used = a32_load_rlx(&page->used), formatted = a32_load_rlx(&page->formatted), objects = 0;
  if (page->kind != PAGE_BUFFER)
    for (uint32_t k = 0; k < formatted; k++) {
      Object *o = (Object *)(page->base + 16 + k * block_distance(page));
      if (!is_object(o)) continue;
      objects++;
      check_object(o, ok);
    }
  if (!page->size_class) {
    if (page->kind != PAGE_BUFFER && objects != used) complain(ok, "large block's books", page);
    return;
  }
  uint64_t foreign = a64_load_acq(&page->xfree);
  uint32_t given_back = check_list(page, (uint32_t)foreign, ok), free = check_list(page, page->free, ok);
  if (given_back != foreign >> 32) complain(ok, "length of the list of foreign frees", page);
  if (used + free != formatted || formatted > page->capacity || given_back > used) complain(ok, "page's books", page);
  if (page->kind != PAGE_BUFFER && objects != used - given_back) complain(ok, "number of objects", page);
}

bool heap_check(void) {
  bool ok = true;
  segment_each_page(check_page, &ok);
  return ok;
}
