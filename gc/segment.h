// Segments: 4 MiB pieces of address space, cut into 64 KiB slices, from which the heap makes its pages.
//
//   segment:  slice 0 = this header with one Page record per slice; slices 1..63 belong to pages of one or more slices
//   huge:     a mapping of its own for one block beyond what slices are good for; same header, block at slice 1
//
// So an address's page is found by masking: no search, no per-block header.
#ifndef WEFT_GC_SEGMENT_H
#define WEFT_GC_SEGMENT_H

#include "gc/object.h"
#include "gc/shape.h"
#include "threading/mutex.h"
#include "threading/qsbr.h"

enum { SLICE_SHIFT = 16, SLICE_SIZE = 1 << SLICE_SHIFT, SEGMENT_SLICES = 64, SEGMENT_SIZE = SEGMENT_SLICES * SLICE_SIZE };
enum { SPAN_SLICES_MAX = 16 };  // larger blocks get a mapping of their own

typedef enum { PAGE_LEAF, PAGE_GC, PAGE_BUFFER, PAGE_KINDS, PAGE_UNUSED = PAGE_KINDS } PageKind;

// AddressSanitizer sees through the heap: what is free, and a buffer's bytes beyond the size asked for, may not be touched. A free block's
// header, or a free buffer's link, may.
#ifdef __SANITIZE_ADDRESS__
void __asan_poison_memory_region(const volatile void *p, size_t n);
void __asan_unpoison_memory_region(const volatile void *p, size_t n);
enum { HEAP_POISON = 1 };
#else
static inline void __asan_poison_memory_region(const volatile void *p, size_t n) { (void)p, (void)n; }
static inline void __asan_unpoison_memory_region(const volatile void *p, size_t n) { (void)p, (void)n; }
enum { HEAP_POISON = 0 };
#endif
static inline void heap_hide(void *p, size_t from, size_t to) {
  if (HEAP_POISON && from < to) __asan_poison_memory_region((char *)p + from, to - from);
}
static inline void heap_show(void *p, size_t n) {
  if (HEAP_POISON) __asan_unpoison_memory_region(p, n);
}

struct ThreadHeap;

// A page: one or more slices that hold blocks of one size. Written by the heap that owns it, but for xfree.
typedef struct Page {
  uint32_t free;        // first free block, as a link (below); 0: none
  a32 used;             // blocks handed out and not yet back in `free`; read by others for statistics
  uintptr_t base;       // 16 bytes before block 0: block at link k is base + 16 k
  aptr owner;           // ThreadHeap; NULL: abandoned, or a single large block
  bool full;            // in its heap's list of full pages
  uint8_t kind;         // PageKind
  uint8_t size_class;   // 0: a single large block
  uint8_t back;         // for the slices of a page after its first: how many slices back that is
  uint32_t block_size;  // 0: larger than 4 GiB, see `bytes`
  a64 xfree;            // freed by others: number << 32 | link of the first; pushed by CAS (release), taken by the owner (acquire)
  a32 formatted;        // blocks that were ever put into a free list; those beyond are untouched memory
  uint32_t capacity;
  uint32_t reciprocal;  // 2^32 / block_size, rounded up: offset * reciprocal >> 32 is a block's number
  uint32_t slices;
  size_t bytes;         // of a single large block's mapping or span
  union {
    struct {
      struct Page *next, *prev;
    };
    QsbrEntry waiting;  // in no list any more: for its grace period
  };
  uint32_t *side;       // the collector's array while it runs, one word a block
  uint32_t counted;     // containers: how many of `used` have been added to the heap's growth
  bool young;           // containers: allocated from since the last collection
} __attribute__((aligned(128))) Page;

_Static_assert(sizeof(Page) == 128, "page records are found by shifting");

typedef struct Segment {
  size_t size;         // of the mapping
  uint32_t index;      // in the registry
  bool huge;
  bool dense;          // for one-slice pages only; backed by huge pages if the kernel has them
  uint64_t free_mask;  // slices not in use
  uint64_t dirty_mask; // slices that were used before: their memory may not be zero
  Page pages[SEGMENT_SLICES];
} Segment;

static inline Segment *segment_of(const void *p) { return (Segment *)((uintptr_t)p & ~(uintptr_t)(SEGMENT_SIZE - 1)); }
// The record of p's slice; for a block at the start of a page, or in a page of one slice, that is its page.
static inline Page *page_of_slice(const void *p) { return &segment_of(p)->pages[(uintptr_t)p >> SLICE_SHIFT & (SEGMENT_SLICES - 1)]; }
static inline Page *page_of(const void *p) {
  Page *page = page_of_slice(p);
  return page - page->back;
}
static inline char *page_start(const Page *page) {
  Segment *s = segment_of(page);
  return (char *)s + ((size_t)(page - s->pages) << SLICE_SHIFT);
}
// Links: a block's distance from the page's base in units of 16 bytes. Never 0.
static inline uint32_t page_link(const Page *page, const void *block) { return (uint32_t)(((uintptr_t)block - page->base) >> 4); }
static inline void *page_block(const Page *page, uint32_t link) { return (void *)(page->base + ((uintptr_t)link << 4)); }
static inline uint32_t page_index(const Page *page, const void *block) {
  return (uint32_t)(((uint64_t)((uintptr_t)block - page->base - 16) * page->reciprocal) >> 32);
}

// A page record for `slices` adjacent slices, kind PAGE_UNUSED, *clean saying whether their memory is all zero. NULL: no memory.
Page *segment_take(uint32_t slices, bool *clean);
// Gives a page's slices back.
void segment_give(Page *page);
// Makes a page of several slices one of `keep`, giving back the rest.
void segment_trim(Page *page, uint32_t keep);
// Makes a page longer in place if the slices after it are free.
bool segment_extend(Page *page, uint32_t slices);
// A mapping for one block of `bytes`, *clean as above. NULL: no memory.
Page *segment_huge_new(size_t bytes, bool *clean);
// Moves or grows a huge block, contents kept. NULL: no memory, and nothing has changed.
Page *segment_huge_resize(Page *page, size_t bytes);
// Gives all but the first `keep` bytes of a huge block back.
void segment_huge_trim(Page *page, size_t keep);
void segment_huge_free(Page *page);
// Calls fn for each page in use.
void segment_each_page(void (*fn)(Page *page, void *arg), void *arg);
// Whether a segment starts at that address, which is not looked at. Takes no lock.
bool segment_is_known(const Segment *s);
void segment_after_fork(void);
size_t segment_mapped_bytes(void);
// Whether so many slices are free, those of a segment that it maps for the purpose included.
bool segment_has_room(uint32_t slices);

#endif
