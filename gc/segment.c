// Segments: mapping address space, and which slices of it are free.
#define _GNU_SOURCE
#include "gc/segment.h"

#include <sys/mman.h>

enum {
  REGISTRY = 1 << 16,
  HEADER = SLICE_SIZE,
  KEEP_EMPTY = 8,      // segments without a slice in use that are not unmapped: a program that freed much will want it back
  KEEP_HUGE = 4,       // huge mappings kept for reuse, and how much they may be together
  KEEP_HUGE_BYTES = 32 << 20,
  HUGE_PAGES_FROM = 8, // with so many segments' worth of one-slice pages, the next ask the kernel for 2 MiB pages, at a tenth of the faults' cost
};

static Mutex lock;                   // leaf; guards the rest and every segment's masks
static Segment *registry[REGISTRY];  // touched from the front only
static uint32_t registered;          // entries ever used
static uint32_t empty_segments;      // segments with no slice in use
static uint32_t single_slices;       // in use by pages of one slice: those of more are mostly untouched, for they hold few blocks
static char *next_hint;              // just after the last segment mapped
static a64 mapped;

static const uint64_t ALL_SLICES = ~(uint64_t)1;

static void *map(void *at, size_t size) {
  void *p = mmap(at, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return p == MAP_FAILED ? NULL : p;
}

static bool is_aligned(const void *p) { return ((uintptr_t)p & (SEGMENT_SIZE - 1)) == 0; }

// `size` bytes at a multiple of SEGMENT_SIZE. Usually the place after the last one is free; else map too much and cut.
static char *map_aligned(size_t size) {
  char *p = map(next_hint, size);
  if (!p) return NULL;
  if (!is_aligned(p)) {
    munmap(p, size);
    p = map(NULL, size + SEGMENT_SIZE);
    if (!p) return NULL;
    char *start = (char *)(((uintptr_t)p + SEGMENT_SIZE - 1) & ~(uintptr_t)(SEGMENT_SIZE - 1));
    if (start > p) munmap(p, (size_t)(start - p));
    size_t after = (size_t)(p + SEGMENT_SIZE - start);
    if (after) munmap(start + size, after);
    p = start;
  }
  heap_show(p, size);  // the addresses may have been used before
  next_hint = p + ((size + SEGMENT_SIZE - 1) & ~(size_t)(SEGMENT_SIZE - 1));
  return p;
}

// Only segments of one-slice pages: they fill up from the front, so at most one huge page is partly used.
static void ask_for_huge_pages(Segment *s) {
  s->dense = true;
  madvise(s, SEGMENT_SIZE, MADV_HUGEPAGE);
}

static bool register_lock_held(Segment *s) {
  uint32_t index = 0;
  while (index < registered && registry[index]) index++;
  if (index == REGISTRY) return false;
  s->index = index;
  registry[index] = s;
  if (index == registered) registered++;
  return true;
}

static bool unmap_spare_lock_held(void);

static Segment *segment_new_lock_held(size_t size) {
  Segment *s = (Segment *)map_aligned(size);
  if (!s && unmap_spare_lock_held()) s = (Segment *)map_aligned(size);
  if (!s) return NULL;
  s->size = size;
  if (!register_lock_held(s)) {
    munmap(s, size);
    return NULL;
  }
  a64_fetch_add_rlx(&mapped, size);
  return s;
}

static void segment_unmap_lock_held(Segment *s) {
  registry[s->index] = NULL;
  a64_fetch_add_rlx(&mapped, -s->size);
  munmap(s, s->size);
}

// Lowest run of n free slices, or 0.
static uint32_t find_run(uint64_t mask, uint32_t n) {
  for (uint32_t k = 1; k < n && mask; k++) mask &= mask >> 1;
  return mask ? (uint32_t)__builtin_ctzll(mask) : 0;
}

static uint64_t run_mask(uint32_t first, uint32_t n) { return (((uint64_t)1 << n) - 1) << first; }

// Gives a page its length; 0: it is none any more.
static void set_slices_lock_held(Page *page, uint32_t n) {
  single_slices += (n == 1) - (page->slices == 1);
  page->slices = n;
}

// A free slice's record says 0 slices.
static Page *take_run(Segment *s, uint32_t first, uint32_t n, bool *clean) {
  uint64_t run = run_mask(first, n);
  if (s->free_mask == ALL_SLICES) empty_segments--;
  s->free_mask &= ~run;
  *clean = !(s->dirty_mask & run);
  s->dirty_mask |= run;
  Page *page = &s->pages[first];
  memset(page, 0, sizeof *page);
  page->kind = PAGE_UNUSED;
  set_slices_lock_held(page, n);
  for (uint32_t k = 1; k < n; k++) {
    memset(page + k, 0, sizeof *page);
    page[k].kind = PAGE_UNUSED;
    page[k].back = (uint8_t)k;
  }
  return page;
}

Page *segment_take(uint32_t slices, bool *clean) {
  raw_mutex_lock(&lock);
  Page *page = NULL;
  for (uint32_t i = 0; i < registered && !page; i++) {
    Segment *s = registry[i];
    if (!s || s->huge || !s->free_mask || (s->dense && slices > 1)) continue;
    uint32_t first = find_run(s->free_mask, slices);
    if (first) page = take_run(s, first, slices, clean);
  }
  if (!page) {
    Segment *s = segment_new_lock_held(SEGMENT_SIZE);
    if (s) {
      s->free_mask = ALL_SLICES;
      empty_segments++;
      if (slices == 1 && single_slices >= HUGE_PAGES_FROM * (SEGMENT_SLICES - 1)) ask_for_huge_pages(s);
      page = take_run(s, 1, slices, clean);
    }
  }
  raw_mutex_unlock(&lock);
  return page;
}

bool segment_has_room(uint32_t slices) {
  raw_mutex_lock(&lock);
  uint32_t free_slices = 0;
  for (uint32_t i = 0; i < registered && free_slices < slices; i++)
    if (registry[i] && !registry[i]->huge) free_slices += (uint32_t)__builtin_popcountll(registry[i]->free_mask);
  Segment *fresh = free_slices < slices ? segment_new_lock_held(SEGMENT_SIZE) : NULL;
  if (fresh) {
    fresh->free_mask = ALL_SLICES;
    empty_segments++;
  }
  raw_mutex_unlock(&lock);
  return fresh || free_slices >= slices;
}

static void give_run_lock_held(Segment *s, uint32_t first, uint32_t n) {
  for (uint32_t k = 0; k < n; k++) set_slices_lock_held(&s->pages[first + k], 0);
  s->free_mask |= run_mask(first, n);
  if (s->free_mask != ALL_SLICES) return;
  if (empty_segments >= KEEP_EMPTY) segment_unmap_lock_held(s);
  else empty_segments++;
}

void segment_give(Page *page) {
  Segment *s = segment_of(page);
  raw_mutex_lock(&lock);
  give_run_lock_held(s, (uint32_t)(page - s->pages), page->slices);
  raw_mutex_unlock(&lock);
}

void segment_trim(Page *page, uint32_t keep) {
  if (page->slices <= keep) return;
  Segment *s = segment_of(page);
  raw_mutex_lock(&lock);
  uint32_t n = page->slices - keep;
  set_slices_lock_held(page, keep);
  give_run_lock_held(s, (uint32_t)(page - s->pages) + keep, n);
  raw_mutex_unlock(&lock);
}

bool segment_extend(Page *page, uint32_t slices) {
  Segment *s = segment_of(page);
  uint32_t first = (uint32_t)(page - s->pages) + page->slices, more = slices - page->slices;
  bool ok = false;
  if (first + more > SEGMENT_SLICES) return false;
  raw_mutex_lock(&lock);
  uint64_t run = run_mask(first, more);
  if ((s->free_mask & run) == run) {
    bool clean;
    Page *rest = take_run(s, first, more, &clean);
    set_slices_lock_held(rest, 0);
    for (uint32_t k = 0; k < more; k++) rest[k].back = (uint8_t)(page->slices + k);
    set_slices_lock_held(page, slices);
    ok = true;
  }
  raw_mutex_unlock(&lock);
  return ok;
}

static size_t huge_size(size_t bytes) { return (bytes + HEADER + 4095) & ~(size_t)4095; }

static Page *huge_page(Segment *s) {
  Page *page = &s->pages[1];
  page->bytes = s->size - HEADER;
  return page;
}

// Moves or resizes a mapping, contents kept. NULL: it is as it was.
static Segment *resize_lock_held(Segment *s, size_t size) {
  size_t old = s->size;
  if (size == old) return s;
  void *moved = mremap(s, old, size, 0);
  if (moved == MAP_FAILED) {
    char *to = map_aligned(size);
    moved = to ? mremap(s, old, size, MREMAP_MAYMOVE | MREMAP_FIXED, to) : MAP_FAILED;
    if (to && moved == MAP_FAILED) munmap(to, size);
  }
  if (moved == MAP_FAILED) return NULL;
  s = moved;
  heap_show(s, size);
  s->size = size;
  a64_fetch_add_rlx(&mapped, size - old);
  return s;
}

// --- mappings kept for reuse: a program that makes large blocks in a loop would else fault in every page each time ---

static Segment *kept[KEEP_HUGE];
static size_t kept_bytes;

static void unmap_kept(int i) {
  kept_bytes -= kept[i]->size;
  a64_fetch_add_rlx(&mapped, -kept[i]->size);
  munmap(kept[i], kept[i]->size);
  kept[i] = NULL;
}

static bool keep_lock_held(Segment *s) {
  if (s->size > KEEP_HUGE_BYTES / 2) return false;
  int place = -1;
  for (int i = 0; i < KEEP_HUGE; i++) {
    if (!kept[i]) place = i;
    else if (kept_bytes + s->size > KEEP_HUGE_BYTES) unmap_kept(i), place = i;
  }
  if (place < 0) unmap_kept(place = 0);
  kept[place] = s;
  kept_bytes += s->size;
  return true;
}

// The smallest that is large enough, else the largest, cut or grown to `size`.
static Segment *reuse_lock_held(size_t size) {
  int best = -1;
  for (int i = 0; i < KEEP_HUGE; i++) {
    if (!kept[i]) continue;
    if (best < 0) {
      best = i;
      continue;
    }
    size_t a = kept[i]->size, b = kept[best]->size;
    if (a >= size ? b < size || a < b : b < size && a > b) best = i;
  }
  if (best < 0) return NULL;
  Segment *s = kept[best];
  kept[best] = NULL;
  kept_bytes -= s->size;
  Segment *fit = resize_lock_held(s, size);
  if (fit && register_lock_held(fit)) return fit;
  s = fit ? fit : s;
  a64_fetch_add_rlx(&mapped, -s->size);
  munmap(s, s->size);
  return NULL;
}

// Gives back what is kept for reuse, for the system has refused more. False: there was nothing.
static bool unmap_spare_lock_held(void) {
  bool any = false;
  for (int i = 0; i < KEEP_HUGE; i++) {
    if (!kept[i]) continue;
    unmap_kept(i);
    any = true;
  }
  for (uint32_t i = 0; i < registered && empty_segments; i++) {
    Segment *s = registry[i];
    if (!s || s->huge || s->free_mask != ALL_SLICES) continue;
    segment_unmap_lock_held(s);
    empty_segments--;
    any = true;
  }
  return any;
}

Page *segment_huge_new(size_t bytes, bool *clean) {
  if (bytes > SIZE_MAX / 4) return NULL;
  raw_mutex_lock(&lock);
  Segment *s = reuse_lock_held(huge_size(bytes));
  *clean = !s;
  if (!s) s = segment_new_lock_held(huge_size(bytes));
  raw_mutex_unlock(&lock);
  if (!s) return NULL;
  s->huge = true;
  memset(&s->pages[1], 0, sizeof s->pages[1]);
  Page *page = huge_page(s);
  page->kind = PAGE_UNUSED;
  page->slices = 1;
  return page;
}

Page *segment_huge_resize(Page *page, size_t bytes) {
  if (bytes > SIZE_MAX / 4) return NULL;
  raw_mutex_lock(&lock);
  Segment *s = resize_lock_held(segment_of(page), huge_size(bytes));
  if (s) registry[s->index] = s;
  raw_mutex_unlock(&lock);
  return s ? huge_page(s) : NULL;
}

void segment_huge_trim(Page *page, size_t keep) {
  Segment *s = segment_of(page);
  size_t size = huge_size(keep);
  raw_mutex_lock(&lock);
  if (size < s->size) {
    munmap((char *)s + size, s->size - size);
    a64_fetch_add_rlx(&mapped, size - s->size);
    s->size = size;
    page->bytes = size - HEADER;
  }
  raw_mutex_unlock(&lock);
}

void segment_huge_free(Page *page) {
  Segment *s = segment_of(page);
  raw_mutex_lock(&lock);
  page->slices = 0;
  if (keep_lock_held(s)) registry[s->index] = NULL;
  else segment_unmap_lock_held(s);
  raw_mutex_unlock(&lock);
}

void segment_each_page(void (*fn)(Page *page, void *arg), void *arg) {
  for (uint32_t i = 0; i < registered; i++) {
    Segment *s = registry[i];
    if (!s) continue;
    for (uint32_t k = 1; k < SEGMENT_SLICES; k += s->pages[k].slices ? s->pages[k].slices : 1) {
      Page *page = &s->pages[k];
      if (page->slices && page->kind != PAGE_UNUSED) fn(page, arg);
      if (s->huge) break;
    }
  }
}

bool segment_is_known(const Segment *s) {
  for (uint32_t i = 0; i < registered; i++)
    if (registry[i] == s) return true;
  return false;
}

void segment_after_fork(void) { lock = (Mutex)MUTEX_INIT; }
size_t segment_mapped_bytes(void) { return a64_load_rlx(&mapped); }
