// The heap's fast paths, for callers that want them inlined: taking a block from a page's free list and putting one back.
#ifndef WEFT_GC_HEAP_INLINE_H
#define WEFT_GC_HEAP_INLINE_H

#include "gc/refcount.h"
#include "gc/segment.h"

// Size classes: steps of 16 bytes to 1 KiB, then eight to a doubling, to 64 KiB. Class 0 is a single large block.
enum { SMALL_MAX = 1024, SMALL_CLASSES = 65, BLOCK_MAX = 65536, SIZE_CLASSES = SMALL_CLASSES + 48 };

typedef struct ThreadHeap {
  Page *current[PAGE_KINDS][SIZE_CLASSES];  // where to allocate; the page without room if there is none
  Page *queue[PAGE_KINDS][SIZE_CLASSES];    // pages that may have room, doubly linked
  Page *full[PAGE_KINDS][SIZE_CLASSES];     // pages found without room, in a ring
  Thread *thread;
  bool armed;                               // failure injection: `current` stays empty, so that every allocation is counted
} ThreadHeap;

static inline uint32_t heap_size_class(size_t size) {
  if (likely(size <= SMALL_MAX)) return size ? (uint32_t)(size + 15) >> 4 : 1;
  size_t n = size - 1;
  uint32_t b = 63 - (uint32_t)__builtin_clzll(n);
  return SMALL_CLASSES + (b - 10) * 8 + (uint32_t)(n >> (b - 3) & 7);
}

Object *heap_new_object_slow(Thread *t, uint32_t shape, size_t size, PageKind kind, bool zero);
void *heap_alloc_slow(Thread *t, size_t size, bool zero);
void heap_free_object_slow(Thread *t, Object *o);
void heap_free_slow(Thread *t, void *p);
// The page's last block came back, or its first since it was full.
void heap_page_noticed(ThreadHeap *heap, Page *page);

static inline Object *heap_take_object(ThreadHeap *heap, PageKind kind, uint32_t size_class) {
  Page *page = heap->current[kind][size_class];
  uint32_t link = page->free;
  if (unlikely(!link)) return NULL;
  Object *o = page_block(page, link);
  heap_show(o, page->block_size);
  page->free = a32_load_rlx(&o->shape) & ~SHAPE_FREE_BLOCK;
  a32_store_rlx(&page->used, a32_load_rlx(&page->used) + 1);
  return o;
}

// Clears an object's payload: up to the end of its block, which is a multiple of 16. Small blocks are most of them, and a call of memset
// costs more than they do; the empty asm keeps the compiler from making one of the loop.
static inline void heap_clear_payload(Object *o, size_t size) {
  typedef uint64_t Pair __attribute__((vector_size(16), may_alias));
  char *p = (char *)(o + 1), *end = (char *)o + ((size + 15) & ~(size_t)15);
  if (unlikely(size > 256)) {
    memset(p, 0, (size_t)(end - p));
    return;
  }
  if (sizeof(Object) % 16) {
    *(uint64_t *)(void *)p = 0;
    p += 8;
  }
  for (; p < end; p += 16) {
    *(Pair *)(void *)p = (Pair){0, 0};
    __asm__ volatile("");
  }
}

static inline Object *heap_new_object_fast(Thread *t, uint32_t shape, size_t size) {
  PageKind kind = shape_table[shape].traverse ? PAGE_GC : PAGE_LEAF;
  if (likely(size <= SMALL_MAX)) {
    Object *o = heap_take_object(t->heap, kind, (uint32_t)(size + 15) >> 4);
    if (likely(o != NULL)) {
      heap_clear_payload(o, size);
      object_header_init(t, o, shape, kind == PAGE_GC ? GC_TRACKED : 0);
      return o;
    }
  }
  return heap_new_object_slow(t, shape, size, kind, true);
}

// One block of the page has been given back and `used` are left. A page that is allocated from may run empty now and then and stays.
static inline void heap_page_lost_block(ThreadHeap *heap, Page *page, uint32_t used) {
  if (unlikely(used == 0 || page->full) && (page->full || heap->current[page->kind][page->size_class] != page)) heap_page_noticed(heap, page);
}

static inline void heap_free_object_fast(Thread *t, Object *o) {
  Page *page = page_of_slice(o);
  if (unlikely(!t->heap || aptr_load_rlx(&page->owner) != t->heap)) {
    heap_free_object_slow(t, o);
    return;
  }
  assert(!(object_shape(o) & SHAPE_FREE_BLOCK));
  heap_hide(o, sizeof(Object), page->block_size);
  object_header_release(o, page->free);
  page->free = page_link(page, o);
  uint32_t used = a32_load_rlx(&page->used) - 1;
  a32_store_rlx(&page->used, used);
  heap_page_lost_block(t->heap, page, used);
}

#endif
