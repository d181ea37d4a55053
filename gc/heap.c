// The heap: per-thread pages of one size class each, their free lists, and what becomes of pages that are full, empty or orphaned.
//
// A page belongs to one thread's heap, which alone touches `free`, `used` and the lists. Blocks that other threads free collect in the
// page's xfree list; the owner takes them when it runs out. A free object's link lies in its shape field (memory.md 4), a free buffer's in
// its first word. When a thread ends its pages are abandoned, and adopted by whoever next needs a page of their class.
// Object blocks may be looked at by stale readers (object_try_incref), so a block becomes another object of its class at once, but a page
// of objects becomes something else only after a grace period.
#include "gc/heap.h"

#include <stdlib.h>

#include "gc/heap_inline.h"
#include "gc/heap_trace.h"
#include "threading/qsbr.h"
#include "threading/stw.h"

enum { MUCH_PENDING = 16 << 20 };

static Page no_room = {.kind = PAGE_UNUSED};  // the page of every class that has none

static Mutex abandoned_lock;  // leaf
static Page *abandoned[PAGE_KINDS][SIZE_CLASSES];
static a32 abandoned_count;

static a64 growth;  // signed: net new containers since the last collection, counted when a page is left
static a64 gc_limit = {INT64_MAX};
static a64 fail_countdown;  // 0: off
static bool (*fail_asked)(void);
static const HeapTracer *tracer;  // changes with the world stopped
static a32 exhausted;        // the system has refused memory since heap_was_exhausted was last asked

int64_t heap_container_growth(void) { return (int64_t)a64_load_rlx(&growth); }
void heap_set_gc_limit(int64_t limit) { a64_store_rlx(&gc_limit, (uint64_t)limit); }
uint64_t heap_mapped_bytes(void) { return segment_mapped_bytes(); }

// Adds what the page has gained since it was last counted. By its owner.
static void count_growth(Page *page) {
  if (page->kind != PAGE_GC) return;
  uint32_t used = a32_load_rlx(&page->used);
  if (used != page->counted) a64_fetch_add_rlx(&growth, (uint64_t)((int64_t)used - page->counted));
  page->counted = used;
}

bool heap_gc_is_due(void) { return heap_container_growth() > (int64_t)a64_load_rlx(&gc_limit); }

static void ask_for_collection(Thread *t) {
  if (unlikely(heap_gc_is_due())) breaker_set(t, BREAK_GC);
}

static size_t block_bytes(const Page *page) { return page->size_class ? page->block_size : page->bytes; }

// What lies beyond the size asked for.
static inline void hide_tail(void *p, size_t size) {
  if (HEAP_POISON && p) heap_hide(p, size <= 16 ? 16 : (size + 7) & ~(size_t)7, block_bytes(page_of(p)));
}

// --- blocks and links -------------------------------------------------------------------------------------------------------------

static uint32_t class_block_size(uint32_t c) {
  if (c < SMALL_CLASSES) return c * 16;
  uint32_t b = 10 + (c - SMALL_CLASSES) / 8, k = (c - SMALL_CLASSES) % 8;
  return (9 + k) << (b - 3);
}

static uint32_t block_next(const Page *page, const void *block) {
  if (page->kind == PAGE_BUFFER) return *(const uint32_t *)block;
  return a32_load_rlx(&((const Object *)block)->shape) & ~SHAPE_FREE_BLOCK;
}

static void block_set_next(const Page *page, void *block, uint32_t link) {
  if (page->kind == PAGE_BUFFER) *(uint32_t *)block = link;
  else a32_store_rlx(&((Object *)block)->shape, SHAPE_FREE_BLOCK | link);
}

// --- a heap's lists of pages ------------------------------------------------------------------------------------------------------

static void list_insert(Page **head, Page *page) {
  page->prev = NULL;
  page->next = *head;
  if (*head) (*head)->prev = page;
  *head = page;
}

static void list_remove(Page **head, Page *page) {
  if (page->prev) page->prev->next = page->next;
  else *head = page->next;
  if (page->next) page->next->prev = page->prev;
  page->next = page->prev = NULL;
}

static void ring_insert(Page **ring, Page *page) {
  if (!*ring) {
    page->next = page->prev = page;
    *ring = page;
    return;
  }
  page->next = *ring;
  page->prev = (*ring)->prev;
  page->prev->next = page;
  (*ring)->prev = page;
}

static void ring_remove(Page **ring, Page *page) {
  if (page->next == page) *ring = NULL;
  else {
    page->next->prev = page->prev;
    page->prev->next = page->next;
    if (*ring == page) *ring = page->next;
  }
  page->next = page->prev = NULL;
}

static Page **queue_of(ThreadHeap *h, const Page *p) { return &h->queue[p->kind][p->size_class]; }
static Page **ring_of(ThreadHeap *h, const Page *p) { return &h->full[p->kind][p->size_class]; }
static Page **current_of(ThreadHeap *h, const Page *p) { return &h->current[p->kind][p->size_class]; }

static void page_to_full(ThreadHeap *h, Page *page) {
  if (*current_of(h, page) == page) *current_of(h, page) = &no_room;
  list_remove(queue_of(h, page), page);
  page->full = true;
  ring_insert(ring_of(h, page), page);
}

static void page_to_queue(ThreadHeap *h, Page *page) {
  ring_remove(ring_of(h, page), page);
  page->full = false;
  list_insert(queue_of(h, page), page);
}

// --- owners -----------------------------------------------------------------------------------------------------------------------

// A page that blocks were traced in has its owner's word marked, so that whoever frees one of them takes the slow path.
enum { OWNER_TRACED = 1 };

static void page_set_owner(Page *page, ThreadHeap *h) { aptr_store_rlx(&page->owner, tracer ? (void *)((uintptr_t)h | OWNER_TRACED) : h); }

static bool page_is_own(Page *page, const ThreadHeap *h) {
  uintptr_t word = (uintptr_t)aptr_load_rlx(&page->owner);
  if (!h || (word & ~(uintptr_t)OWNER_TRACED) != (uintptr_t)h) return false;
  if (unlikely(word & OWNER_TRACED && !tracer)) aptr_store_rlx(&page->owner, (void *)(uintptr_t)h);
  return true;
}

// --- pages ------------------------------------------------------------------------------------------------------------------------

// An empty page, in no list. Buffers are not looked at by stale readers, so their slices are free at once.
static void page_release(Thread *t, Page *page) {
  count_growth(page);
  aptr_store_rlx(&page->owner, NULL);
  if (page->kind == PAGE_BUFFER) segment_give(page);
  else qsbr_retire_entry(t, &page->waiting, (size_t)page->slices * SLICE_SIZE);
}

static Page *page_new(ThreadHeap *h, PageKind kind, uint32_t size_class) {
  uint32_t block = class_block_size(size_class);
  bool clean;
  Page *page = segment_take(block <= SLICE_SIZE / 8 ? 1 : 8, &clean);
  if (!page) return NULL;
  char *start = page_start(page);
  heap_show(start, (size_t)page->slices * SLICE_SIZE);
  // Walkers take a block's shape for free until it is formatted, and they go no further than that; so memory need not be cleared.
  (void)clean;
  page->base = (uintptr_t)start - 16;
  page->block_size = block;
  page->capacity = page->slices * SLICE_SIZE / block;
  page->reciprocal = (uint32_t)((((uint64_t)1 << 32) + block - 1) / block);
  page->size_class = (uint8_t)size_class;
  page_set_owner(page, h);
  page->kind = (uint8_t)kind;
  return page;
}

// Takes what other threads freed.
static bool page_collect(Page *page) {
  uint64_t got = a64_load_rlx(&page->xfree);
  if (!got) return false;
  got = a64_exchange_acqrel(&page->xfree, 0);
  uint32_t head = (uint32_t)got, tail = head, next;
  while ((next = block_next(page, page_block(page, tail))) != 0) tail = next;
  block_set_next(page, page_block(page, tail), page->free);
  page->free = head;
  a32_store_rlx(&page->used, a32_load_rlx(&page->used) - (uint32_t)(got >> 32));
  return true;
}

static void block_format(const Page *page, void *block) {
  if (page->kind == PAGE_BUFFER) return;
  object_header_format(block);  // slices may have held anything
}

// Puts the next few untouched blocks, a memory page's worth, into the free list.
static bool page_extend(Page *page) {
  uint32_t first = a32_load_rlx(&page->formatted), n = page->block_size < 4096 ? 4096 / page->block_size : 1;
  if (n > page->capacity - first) n = page->capacity - first;
  if (n == 0) return false;
  for (uint32_t k = first + n; k-- > first;) {
    char *block = (char *)page->base + 16 + (size_t)k * page->block_size;
    block_format(page, block);
    block_set_next(page, block, page->free);
    page->free = page_link(page, block);
    heap_hide(block, page->kind == PAGE_BUFFER ? 16 : sizeof(Object), page->block_size);
  }
  a32_store_rlx(&page->formatted, first + n);
  return true;
}

static bool page_has_room(Page *page) { return page->free || page_collect(page) || page_extend(page); }

// Pages that were full are looked at a few at a time, in turn, for blocks that other threads gave back.
static Page *find_in_full(ThreadHeap *h, PageKind kind, uint32_t c) {
  enum { LOOK = 16 };
  Page **ring = &h->full[kind][c];
  for (int i = 0; i < LOOK && *ring; i++) {
    Page *page = *ring;
    *ring = page->next;
    if (!page_collect(page)) {
      if (page->next == page) break;
      continue;
    }
    page_to_queue(h, page);
    return page;
  }
  return NULL;
}

static Page *adopt(ThreadHeap *h, PageKind kind, uint32_t c) {
  if (!a32_load_rlx(&abandoned_count)) return NULL;  // a hint: missing a page that has just been left does no harm
  raw_mutex_lock(&abandoned_lock);
  Page *page = abandoned[kind][c];
  if (page) {
    list_remove(&abandoned[kind][c], page);
    a32_fetch_add_rlx(&abandoned_count, (uint32_t)-1);
  }
  raw_mutex_unlock(&abandoned_lock);
  if (!page) return NULL;
  page_set_owner(page, h);
  list_insert(&h->queue[kind][c], page);
  return page;
}

// A page with a block in its free list, in the queue.
static Page *find_page(ThreadHeap *h, PageKind kind, uint32_t c) {
  for (Page *page = h->queue[kind][c], *next; page; page = next) {
    next = page->next;
    if (page_has_room(page)) return page;
    page_to_full(h, page);
  }
  Page *page = find_in_full(h, kind, c);
  if (page) return page;
  while ((page = adopt(h, kind, c)) != NULL) {
    if (page_has_room(page)) return page;
    page_to_full(h, page);
  }
  page = page_new(h, kind, c);
  if (!page) return NULL;
  list_insert(&h->queue[kind][c], page);
  page_extend(page);
  return page;
}

void heap_page_noticed(ThreadHeap *h, Page *page) {
  if (page->full) page_to_queue(h, page);
  if (a32_load_rlx(&page->used) > 0) return;
  // One page of a class stays, so that the next allocation need not make it again.
  Page **queue = queue_of(h, page);
  if (*queue == page && !page->next && page->block_size <= 4096) return;
  if (*current_of(h, page) == page) *current_of(h, page) = &no_room;
  list_remove(queue, page);
  page_release(h->thread, page);
}

// --- failure injection, tracing ---------------------------------------------------------------------------------------------------

static bool is_watched(void) { return tracer || fail_asked || a64_load_rlx(&fail_countdown) != 0; }

static void arm(ThreadHeap *h, bool armed) {
  h->armed = armed;
  for (int kind = 0; kind < PAGE_KINDS; kind++)
    for (int c = 0; c < SIZE_CLASSES; c++) h->current[kind][c] = &no_room;
}

void heap_fail_after(uint64_t n) {
  a64_store_rlx(&fail_countdown, n);
  Thread *t = thread_current();
  if (t && t->heap) arm(t->heap, is_watched());
}

void heap_fail_by(bool (*fails)(void)) {
  fail_asked = fails;
  Thread *t = thread_current();
  if (t && t->heap) arm(t->heap, is_watched());
}

// Whether this allocation is the one that fails.
static bool injected_failure(ThreadHeap *h) {
  if (likely(!h->armed)) return false;
  if (fail_asked) return fail_asked();
  uint64_t n = a64_load_rlx(&fail_countdown);
  if (n == 0) {
    h->armed = tracer != NULL;
    return false;
  }
  return a64_fetch_add_rlx(&fail_countdown, (uint64_t)-1) == 1;
}

void heap_set_tracer(Thread *t, const HeapTracer *new_tracer) {
  stop_the_world(t);
  tracer = new_tracer;
  for (uint32_t slot = thread_slot_high(); slot > 0; slot--) {
    ThreadHeap *h = thread_by_slot(slot)->heap;
    if (h) arm(h, is_watched());
  }
  start_the_world(t);
}

static void tell_allocated(Thread *t, const void *block, size_t size) {
  if (unlikely(tracer) && block) tracer->allocated(t, block, size);
}
static void tell_freed(const void *block) {
  if (unlikely(tracer)) tracer->freed(block);
}

// --- allocation -------------------------------------------------------------------------------------------------------------------

static void *take_block(Thread *t, PageKind kind, size_t size) {
  ThreadHeap *h = t->heap;
  uint32_t c = heap_size_class(size);
  count_growth(h->current[kind][c]);
  Page *page = find_page(h, kind, c);
  if (unlikely(!page)) {
    a32_store_rlx(&exhausted, 1);
    return NULL;
  }
  page->young = true;
  if (!h->armed) h->current[kind][c] = page;
  else if (tracer) page_set_owner(page, h);
  void *block = page_block(page, page->free);
  heap_show(block, page->block_size);
  page->free = block_next(page, block);
  a32_store_rlx(&page->used, a32_load_rlx(&page->used) + 1);
  if (kind == PAGE_GC) ask_for_collection(t);
  return block;
}

static void *take_large(Thread *t, PageKind kind, size_t size, bool *clean) {
  bool spans = size <= (size_t)SPAN_SLICES_MAX * SLICE_SIZE;
  Page *page = spans ? segment_take((uint32_t)((size + SLICE_SIZE - 1) / SLICE_SIZE), clean) : segment_huge_new(size, clean);
  if (unlikely(!page)) {
    if (size < segment_mapped_bytes()) a32_store_rlx(&exhausted, 1);  // else no garbage would make room for it
    return NULL;
  }
  if (spans) page->bytes = (size_t)page->slices * SLICE_SIZE;
  page->base = (uintptr_t)page_start(page) - 16;
  page->block_size = page->bytes <= UINT32_MAX ? (uint32_t)page->bytes : 0;
  page->capacity = 1;
  page->size_class = 0;
  a32_store_rlx(&page->used, 1);
  a32_store_rlx(&page->formatted, 1);
  heap_show(page_start(page), page->bytes);
  block_format(&(Page){.kind = (uint8_t)kind}, page_start(page));
  if (kind != PAGE_BUFFER) a32_store_rlx(&((Object *)(void *)page_start(page))->shape, SHAPE_FREE_BLOCK);
  page->kind = (uint8_t)kind;
  page->young = true;
  count_growth(page);
  if (kind == PAGE_GC) ask_for_collection(t);
  return page_start(page);
}

Object *heap_new_object_slow(Thread *t, uint32_t shape, size_t size, PageKind kind, bool zero) {
  if (injected_failure(t->heap)) return NULL;
  bool clean = false;
  Object *o = size <= BLOCK_MAX ? take_block(t, kind, size) : take_large(t, kind, size, &clean);
  if (!o) return NULL;
  if (zero && !clean) memset(o + 1, 0, size - sizeof(Object));
  object_header_init(t, o, shape, kind == PAGE_GC ? GC_TRACKED : 0);
  tell_allocated(t, o, size);
  return o;
}

Object *heap_new_object(Thread *t, uint32_t shape, size_t size) { return heap_new_object_fast(t, shape, size); }

Object *heap_new_leaf(Thread *t, uint32_t shape, size_t size) {
  assert(!shape_table[shape].traverse);
  if (likely(size <= SMALL_MAX)) {
    Object *o = heap_take_object(t->heap, PAGE_LEAF, (uint32_t)(size + 15) >> 4);
    if (likely(o != NULL)) {
      object_header_init(t, o, shape, 0);
      return o;
    }
  }
  return heap_new_object_slow(t, shape, size, PAGE_LEAF, false);
}

void *heap_alloc_slow(Thread *t, size_t size, bool zero) {
  if (injected_failure(t->heap)) return NULL;
  bool clean = false;
  void *p = size <= BLOCK_MAX ? take_block(t, PAGE_BUFFER, size) : take_large(t, PAGE_BUFFER, size, &clean);
  if (p && zero && !clean) memset(p, 0, size);
  hide_tail(p, size);
  tell_allocated(t, p, size);
  return p;
}

static void *take_buffer(ThreadHeap *h, size_t size) {
  Page *page = h->current[PAGE_BUFFER][heap_size_class(size)];
  uint32_t link = page->free;
  if (unlikely(!link)) return NULL;
  void *p = page_block(page, link);
  heap_show(p, page->block_size);
  page->free = *(uint32_t *)p;
  a32_store_rlx(&page->used, a32_load_rlx(&page->used) + 1);
  return p;
}

void *heap_alloc(Thread *t, size_t size) {
  void *p = likely(size <= SMALL_MAX) ? take_buffer(t->heap, size) : NULL;
  if (unlikely(!p)) return heap_alloc_slow(t, size, false);
  hide_tail(p, size);
  return p;
}

void *heap_calloc(Thread *t, size_t size) {
  void *p = likely(size <= SMALL_MAX) ? take_buffer(t->heap, size) : NULL;
  if (unlikely(!p)) return heap_alloc_slow(t, size, true);
  hide_tail(p, size);
  return memset(p, 0, size);
}

// --- freeing ----------------------------------------------------------------------------------------------------------------------

static bool is_huge(const Page *page) { return segment_of(page)->huge; }

static void large_discard(Page *page) {
  if (is_huge(page)) segment_huge_free(page);
  else segment_give(page);
}

// qsbr_free_entry: a page's grace period is over.
static size_t waiting_free(Thread *t, QsbrEntry *e) {
  (void)t;
  Page *page = (Page *)((char *)e - offsetof(Page, waiting));
  size_t bytes = page->size_class ? (size_t)page->slices * SLICE_SIZE : page->bytes;
  if (page->size_class) segment_give(page);
  else large_discard(page);
  return bytes;
}

// Stale readers may look at a large object's header until the grace period is over. When much waits for that, all but its first slice
// goes at once.
static void large_free(Thread *t, Page *page) {
  a32_store_rlx(&page->used, 0);
  count_growth(page);
  if (page->kind == PAGE_BUFFER) {
    large_discard(page);
    return;
  }
  if (qsbr_pending_bytes() > MUCH_PENDING) {
    page->block_size = SLICE_SIZE;
    page->bytes = SLICE_SIZE;
    if (is_huge(page)) segment_huge_trim(page, SLICE_SIZE);
    else segment_trim(page, 1);
  }
  qsbr_retire_entry(t, &page->waiting, page->bytes);
}

// Into the list of what threads other than the owner freed. Release pairs with page_collect.
static void push_foreign(Page *page, void *block) {
  uint64_t old, new_;
  do {
    old = a64_load_rlx(&page->xfree);
    if (page->kind == PAGE_BUFFER) *(uint32_t *)block = (uint32_t)old;
    else object_header_release(block, (uint32_t)old);
    new_ = ((old >> 32) + 1) << 32 | page_link(page, block);
  } while (!a64_cas_rel(&page->xfree, old, new_));
}

void heap_free_object_slow(Thread *t, Object *o) {
  Page *page = page_of(o);
  assert(!(object_shape(o) & SHAPE_FREE_BLOCK));
  tell_freed(o);
  if (page->size_class == 0) {
    object_header_release(o, 0);
    large_free(t, page);
  } else if (page_is_own(page, t->heap)) {  // a page of several slices, or with traced blocks
    heap_hide(o, sizeof(Object), page->block_size);
    object_header_release(o, page->free);
    page->free = page_link(page, o);
    a32_store_rlx(&page->used, a32_load_rlx(&page->used) - 1);
    if (a32_load_rlx(&page->used) == 0 || page->full) heap_page_noticed(t->heap, page);
  } else {
    heap_hide(o, sizeof(Object), page->block_size);
    push_foreign(page, o);
  }
}

void heap_free_object(Thread *t, Object *o) {
#ifndef NDEBUG
  memset(o + 1, 0xDD, heap_object_size(o) - sizeof(Object) < 256 ? heap_object_size(o) - sizeof(Object) : 256);
#endif
  heap_free_object_fast(t, o);
}

void heap_free_slow(Thread *t, void *p) {
  Page *page = page_of(p);
  tell_freed(p);
  if (page->size_class == 0) {
    large_free(t, page);
  } else if (page_is_own(page, t->heap)) {
    heap_hide(p, 16, page->block_size);
    *(uint32_t *)p = page->free;
    page->free = page_link(page, p);
    a32_store_rlx(&page->used, a32_load_rlx(&page->used) - 1);
    if (a32_load_rlx(&page->used) == 0 || page->full) heap_page_noticed(t->heap, page);
  } else {
    heap_hide(p, 16, page->block_size);
    push_foreign(page, p);
  }
}

void heap_free(Thread *t, void *p) {
  if (!p) return;
  Page *page = page_of_slice(p);
  if (unlikely(!t->heap || aptr_load_rlx(&page->owner) != t->heap)) {
    heap_free_slow(t, p);
    return;
  }
#ifndef NDEBUG
  heap_show(p, page->block_size);
  memset(p, 0xDD, page->block_size < 256 ? page->block_size : 256);
#endif
  heap_hide(p, 16, page->block_size);
  *(uint32_t *)p = page->free;
  page->free = page_link(page, p);
  uint32_t used = a32_load_rlx(&page->used) - 1;
  a32_store_rlx(&page->used, used);
  heap_page_lost_block(t->heap, page, used);
}

// Who asks may use it all.
size_t heap_usable_size(const void *p) {
  size_t n = block_bytes(page_of(p));
  heap_show((void *)(uintptr_t)p, n);
  return n;
}
size_t heap_object_size(const Object *o) { return block_bytes(page_of(o)); }

// A large buffer changes its length where it lies, or moves without copying.
static void *resize_large(Page *page, size_t size) {
  if (is_huge(page)) {
    if (size <= (size_t)SPAN_SLICES_MAX * SLICE_SIZE) return NULL;
    page = segment_huge_resize(page, size);
    if (!page) return NULL;
    page->base = (uintptr_t)page_start(page) - 16;
    page->block_size = page->bytes <= UINT32_MAX ? (uint32_t)page->bytes : 0;
    return page_start(page);
  }
  uint32_t slices = (uint32_t)((size + SLICE_SIZE - 1) / SLICE_SIZE);
  if (slices > SPAN_SLICES_MAX || size <= BLOCK_MAX) return NULL;
  if (slices < page->slices) segment_trim(page, slices);
  else if (slices > page->slices && !segment_extend(page, slices)) return NULL;
  page->bytes = (size_t)page->slices * SLICE_SIZE;
  page->block_size = (uint32_t)page->bytes;
  return page_start(page);
}

void *heap_realloc(Thread *t, void *p, size_t size) {
  if (!p) return heap_alloc(t, size);
  size_t have = heap_usable_size(p);
  if (size <= have && size >= have - have / 4 && !((ThreadHeap *)t->heap)->armed) {
    hide_tail(p, size);
    return p;
  }
  Page *page = page_of(p);
  if (page->size_class == 0) {
    if (injected_failure(t->heap)) return NULL;
    tell_freed(p);
    void *moved = resize_large(page, size);
    tell_allocated(t, moved, size);
    if (moved) {
      heap_show(moved, block_bytes(page_of(moved)));
      hide_tail(moved, size);
      return moved;
    }
  }
  void *q = heap_alloc(t, size);
  if (!q) return NULL;
  memcpy(q, p, size < have ? size : have);
  heap_free(t, p);
  return q;
}

// Nobody can be reading the owner's arrays: it is t's alone so far, or it is dead, and readers hold a reference.
static bool object_has_no_readers(Thread *t, const Object *owner) { return object_is_unshared(t, owner) || object_header_is_dead(owner); }

static void free_retired(Thread *t, void *p) { heap_free(t, p); }

void heap_retire(Thread *t, const Object *owner, void *p) {
  if (!p) return;
  if (object_has_no_readers(t, owner)) heap_free(t, p);
  else qsbr_retire(t, p, heap_usable_size(p), free_retired);
}

void heap_retire_call(Thread *t, const Object *owner, void *p, void (*fn)(Thread *t, void *p)) {
  if (object_has_no_readers(t, owner)) fn(t, p);
  else qsbr_retire_late(t, p, 0, fn);
}

bool heap_was_exhausted(void) { return unlikely(a32_load_rlx(&exhausted)) && a32_cas_rlx(&exhausted, 1, 0); }

// --- pace of collections ----------------------------------------------------------------------------------------------------------

static void reset_page(Page *page, void *arg) {
  (void)arg;
  page->counted = a32_load_rlx(&page->used);
  page->young = false;
}

// A page that is allocated from without our noticing would stay old: so nobody has a current page after this.
static void leave_current_pages(ThreadHeap *h) {
  for (int c = 0; c < SIZE_CLASSES; c++) h->current[PAGE_GC][c] = &no_room;
}

void heap_discount(const Object *o) { page_of(o)->counted--; }

void heap_reset_growth(void) {
  segment_each_page(reset_page, NULL);
  a64_store_rlx(&growth, 0);
  for (uint32_t slot = thread_slot_high(); slot > 0; slot--) {
    ThreadHeap *h = thread_by_slot(slot)->heap;
    if (h) leave_current_pages(h);
  }
}

// --- threads' heaps ---------------------------------------------------------------------------------------------------------------

bool heap_has_room(void) {
  enum { FIRST_PAGES = 16 };
  return segment_has_room(FIRST_PAGES);
}

bool heap_thread_init(Thread *t) {
  if (!shape_table_init()) return false;
  ThreadHeap *h = calloc(1, sizeof *h);
  if (!h || !object_death_init(t)) {
    free(h);
    return false;
  }
  h->thread = t;
  arm(h, is_watched());
  t->heap = h;
  return true;
}

static void leave_behind(Thread *t, Page *page) {
  page_collect(page);
  page->full = false;
  page->next = page->prev = NULL;
  if (a32_load_rlx(&page->used) == 0) {
    page_release(t, page);
    return;
  }
  aptr_store_rlx(&page->owner, NULL);
  raw_mutex_lock(&abandoned_lock);
  list_insert(&abandoned[page->kind][page->size_class], page);
  a32_fetch_add_rlx(&abandoned_count, 1);
  raw_mutex_unlock(&abandoned_lock);
}

static void leave_class(Thread *t, ThreadHeap *h, int kind, int c) {
  for (Page *page = h->queue[kind][c], *next; page; page = next) {
    next = page->next;
    leave_behind(t, page);
  }
  for (Page *page; (page = h->full[kind][c]) != NULL;) {
    ring_remove(&h->full[kind][c], page);
    leave_behind(t, page);
  }
}

void heap_thread_exit(Thread *t) {
  ThreadHeap *h = t->heap;
  if (!h) return;
  for (int kind = 0; kind < PAGE_KINDS; kind++)
    for (int c = 1; c < SIZE_CLASSES; c++) leave_class(t, h, kind, c);
  t->heap = NULL;
  free(h);
}

// In the child of a fork the other threads' pages have no thread any more.
void heap_after_fork(Thread *t) {
  segment_after_fork();
  abandoned_lock = (Mutex)MUTEX_INIT;
  for (uint32_t slot = thread_slot_high(); slot > 0; slot--) {
    Thread *w = thread_by_slot(slot);
    if (w != t && w->heap) heap_thread_exit(w);
  }
}

// --- what happens to threads ------------------------------------------------------------------------------------------------------

static void drop(Thread *t, Object **field) {
  Object *o = *field;
  *field = NULL;
  if (o) decref(t, o);
}

static void thread_exiting(Thread *t) {
  drop(t, &t->exc);
  drop(t, &t->context);
}

static void thread_gone(Thread *t) {
  free(t->dying);
  t->dying = NULL;
  t->dying_capacity = 0;
  heap_thread_exit(t);
}

// The child has no other threads: what they were about to free, and what was given back to them, is t's to free.
static void thread_forked(Thread *t) {
  heap_after_fork(t);
  for (uint32_t slot = thread_slot_high(); slot > 0; slot--) {
    Thread *w = thread_by_slot(slot);
    for (; w != t && w->dying_count; w->dying_count--) object_put_off(t, w->dying[w->dying_count - 1]);
  }
  merge_drain_all(t);
  if (t->dying_count) breaker_set(t, BREAK_MERGE);
}

static const ThreadHooks hooks = {
  .made = heap_thread_init,
  .exiting = thread_exiting,
  .gone = thread_gone,
  .merge = merge_drain,
  .restarting = merge_restarting,
  .restarted = object_free_put_off,
};

__attribute__((constructor)) static void register_hooks(void) {
  qsbr_free_entry = waiting_free;
  thread_set_hooks(&hooks);
  thread_at_fork(thread_forked);
}
