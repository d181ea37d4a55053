// What tracemalloc knows of the blocks in use: their sizes and the tracebacks of their allocations.
#include "modules/tracemalloc_store.h"

#include <stdlib.h>
#include <string.h>

#include "threading/mutex.h"

// Both tables probe linearly; a removed entry's place is filled by those that were pushed behind it. All under `lock`.
static Mutex lock = MUTEX_INIT;   // leaf
static TracedBlock *blocks;       // .block NULL: free
static size_t block_room, block_count;
static Traceback **tracebacks;    // NULL: free; none is removed but by store_clear
static size_t traceback_room, traceback_count, traceback_bytes;
static size_t traced, peak;

enum { FIRST_ROOM = 1024 };

static uint64_t mix(uint64_t x) {
  x *= 0x9E3779B97F4A7C15u;
  return x ^ x >> 32;
}
static size_t block_home(const void *block) { return mix((uintptr_t)block >> 4) & (block_room - 1); }

// --- Blocks -------------------------------------------------------------------------------------------------------------------------------

// Where a block is, or would be put.
static size_t block_place(const void *block) {
  size_t i = block_home(block);
  while (blocks[i].block && blocks[i].block != block) i = (i + 1) & (block_room - 1);
  return i;
}

static bool blocks_grow(void) {
  TracedBlock *old = blocks, *bigger = calloc(block_room ? block_room * 2 : FIRST_ROOM, sizeof *bigger);
  size_t old_room = block_room;
  if (!bigger) return false;
  blocks = bigger;
  block_room = old_room ? old_room * 2 : FIRST_ROOM;
  for (size_t i = 0; i < old_room; i++)
    if (old[i].block) blocks[block_place(old[i].block)] = old[i];
  free(old);
  return true;
}

static void block_forget(const void *block) {
  if (!block_count) return;
  size_t hole = block_place(block), mask = block_room - 1;
  if (!blocks[hole].block) return;
  traced -= blocks[hole].size;
  block_count--;
  for (size_t i = (hole + 1) & mask; blocks[i].block; i = (i + 1) & mask) {
    // An entry may move back to the hole unless its home lies behind the hole.
    if (((i - block_home(blocks[i].block)) & mask) < ((i - hole) & mask)) continue;
    blocks[hole] = blocks[i];
    hole = i;
  }
  blocks[hole].block = NULL;
}

static void block_put(const void *block, size_t size, Traceback *traceback) {
  if (block_count * 4 >= block_room * 3 && !blocks_grow()) return;
  block_forget(block);
  blocks[block_place(block)] = (TracedBlock){block, size, traceback};
  block_count++;
  traced += size;
  if (traced > peak) peak = traced;
}

// --- Tracebacks ---------------------------------------------------------------------------------------------------------------------------

static uint64_t frames_hash(const TraceFrame *frames, uint16_t count, uint16_t total) {
  uint64_t hash = total;
  for (int i = 0; i < count; i++) hash = mix(hash ^ mix((uintptr_t)v_obj(frames[i].filename)) ^ (uint64_t)frames[i].line);
  return hash;
}

static bool same_frames(const Traceback *tb, uint64_t hash, const TraceFrame *frames, uint16_t count, uint16_t total) {
  if (tb->hash != hash || tb->count != count || tb->total != total) return false;
  for (int i = 0; i < count; i++)
    if (v_obj(tb->frames[i].filename) != v_obj(frames[i].filename) || tb->frames[i].line != frames[i].line) return false;
  return true;
}

static Traceback *traceback_find(uint64_t hash, const TraceFrame *frames, uint16_t count, uint16_t total) {
  if (!traceback_room) return NULL;
  size_t mask = traceback_room - 1;
  for (size_t i = hash & mask; tracebacks[i]; i = (i + 1) & mask)
    if (same_frames(tracebacks[i], hash, frames, count, total)) return tracebacks[i];
  return NULL;
}

static bool tracebacks_grow(void) {
  size_t room = traceback_room ? traceback_room * 2 : FIRST_ROOM;
  Traceback **bigger = calloc(room, sizeof *bigger);
  if (!bigger) return false;
  for (size_t i = 0; i < traceback_room; i++) {
    if (!tracebacks[i]) continue;
    size_t at = tracebacks[i]->hash & (room - 1);
    while (bigger[at]) at = (at + 1) & (room - 1);
    bigger[at] = tracebacks[i];
  }
  free(tracebacks);
  tracebacks = bigger;
  traceback_room = room;
  return true;
}

static size_t traceback_size(uint16_t count) { return sizeof(Traceback) + count * sizeof(TraceFrame); }

static bool traceback_insert(Traceback *tb) {
  if (traceback_count * 4 >= traceback_room * 3 && !tracebacks_grow()) return false;
  size_t i = tb->hash & (traceback_room - 1);
  while (tracebacks[i]) i = (i + 1) & (traceback_room - 1);
  tracebacks[i] = tb;
  traceback_count++;
  traceback_bytes += traceback_size(tb->count);
  return true;
}

static void traceback_free(Thread *t, Traceback *tb) {
  for (int i = 0; i < tb->count; i++) v_drop(t, tb->frames[i].filename);
  free(tb);
}

static Traceback *traceback_new(Thread *t, uint64_t hash, const TraceFrame *frames, uint16_t count, uint16_t total) {
  Traceback *tb = malloc(traceback_size(count));
  if (!tb) return NULL;
  *tb = (Traceback){.hash = hash, .users = 1, .count = count, .total = total};
  for (int i = 0; i < count; i++) tb->frames[i] = (TraceFrame){v_own(t, frames[i].filename), frames[i].line};
  return tb;
}

// --- The store ----------------------------------------------------------------------------------------------------------------------------

void store_add(Thread *t, const void *block, size_t size, const TraceFrame *frames, uint16_t count, uint16_t total) {
  uint64_t hash = frames_hash(frames, count, total);
  raw_mutex_lock(&lock);
  Traceback *tb = traceback_find(hash, frames, count, total);
  if (!tb) {
    tb = traceback_new(t, hash, frames, count, total);
    if (tb && !traceback_insert(tb)) {
      // The frames that the names come from keep them alive: this is no last reference.
      traceback_free(t, tb);
      tb = NULL;
    }
  }
  if (tb) block_put(block, size, tb);
  raw_mutex_unlock(&lock);
}

void store_remove(const void *block) {
  raw_mutex_lock(&lock);
  block_forget(block);
  raw_mutex_unlock(&lock);
}

Traceback *store_find(const void *block) {
  Traceback *found = NULL;
  raw_mutex_lock(&lock);
  if (block_count) {
    const TracedBlock *entry = &blocks[block_place(block)];
    if (entry->block) {
      found = entry->traceback;
      found->users++;
    }
  }
  raw_mutex_unlock(&lock);
  return found;
}

void store_release(Thread *t, Traceback *tb) {
  raw_mutex_lock(&lock);
  bool last = --tb->users == 0;
  raw_mutex_unlock(&lock);
  if (last) traceback_free(t, tb);
}

TracedBlock *store_snapshot(size_t *n) {
  raw_mutex_lock(&lock);
  TracedBlock *copy = malloc((block_count + 1) * sizeof *copy);
  *n = 0;
  for (size_t i = 0; copy && i < block_room; i++) {
    if (!blocks[i].block) continue;
    blocks[i].traceback->users++;
    copy[(*n)++] = blocks[i];
  }
  raw_mutex_unlock(&lock);
  return copy;
}

void store_clear(Thread *t) {
  raw_mutex_lock(&lock);
  Traceback **old = tracebacks;
  size_t room = traceback_room;
  free(blocks);
  blocks = NULL;
  tracebacks = NULL;
  block_room = block_count = traceback_room = traceback_count = traceback_bytes = traced = peak = 0;
  raw_mutex_unlock(&lock);
  for (size_t i = 0; i < room; i++)
    if (old[i]) store_release(t, old[i]);
  free(old);
}

void store_memory(size_t *current, size_t *highest) {
  raw_mutex_lock(&lock);
  *current = traced;
  *highest = peak;
  raw_mutex_unlock(&lock);
}

void store_reset_peak(void) {
  raw_mutex_lock(&lock);
  peak = traced;
  raw_mutex_unlock(&lock);
}

size_t store_overhead(void) {
  raw_mutex_lock(&lock);
  size_t bytes = block_room * sizeof *blocks + traceback_room * sizeof *tracebacks + traceback_bytes;
  raw_mutex_unlock(&lock);
  return bytes;
}

void store_after_fork(void) { lock = (Mutex)MUTEX_INIT; }
