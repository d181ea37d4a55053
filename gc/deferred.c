// Objects that frames do not count: the set of what frames hold, and the list of what only they can hold.
#include "gc/deferred.h"

#include <stdlib.h>

#include "gc/counts.h"
#include "gc/heap.h"
#include "gc/refcount.h"
#include "threading/mutex.h"
#include "threading/stw.h"

size_t (*deferred_buffer_bytes_hook)(const Object *o);

#if OBJECT_BIASED

enum { LIST_LENGTH = 1000, LIST_BYTES = 4 << 20 };  // what calls for a pass

static Mutex lock;            // leaf; guards all of the list
static Object **list;         // each INZERO
static size_t list_count, list_capacity, list_bytes;
static size_t length_limit = LIST_LENGTH, bytes_limit = LIST_BYTES;
static FrameScanner scanner;

// --- what frames hold -------------------------------------------------------------------------------------------------------------

static size_t place_of(const FrameSet *set, uint64_t address) {
  size_t i = (address >> 4) * 0x9E3779B97F4A7C15u >> 20 & (set->capacity - 1);
  while (set->words[i] && set->words[i] != address) i = (i + 1) & (set->capacity - 1);
  return i;
}

static bool grow(FrameSet *set) {
  FrameSet larger = {.capacity = set->capacity ? set->capacity * 2 : 256};
  larger.words = calloc(larger.capacity, sizeof *larger.words);
  if (!larger.words) return false;
  for (size_t i = 0; i < set->capacity; i++)
    if (set->words[i]) larger.words[place_of(&larger, set->words[i])] = set->words[i];
  larger.used = set->used;
  free(set->words);
  *set = larger;
  return true;
}

void frame_set_add(FrameSet *set, uint64_t word) {
  if ((word & 0xF) != 1 || set->failed) return;
  if (set->used * 2 >= set->capacity && !grow(set)) {
    set->failed = true;
    return;
  }
  uint64_t *place = &set->words[place_of(set, word & ~(uint64_t)1)];
  if (!*place) set->used++;
  *place = word & ~(uint64_t)1;
}

bool frame_set_build(FrameSet *set) {
  *set = (FrameSet){0};
  if (!grow(set)) return false;
  if (scanner) scanner(set);
  if (set->failed) frame_set_free(set);
  return set->words != NULL;
}

bool frame_set_has(const FrameSet *set, const Object *o) { return set->words[place_of(set, (uint64_t)(uintptr_t)o)] != 0; }

void frame_set_free(FrameSet *set) {
  free(set->words);
  *set = (FrameSet){0};
}

void frame_set_register(FrameScanner scan) { scanner = scan; }

// --- what the heap does not hold --------------------------------------------------------------------------------------------------

static size_t bytes_of(const Object *o) {
  return heap_object_size(o) + (deferred_buffer_bytes_hook ? deferred_buffer_bytes_hook(o) : 0);
}

static bool is_due_lock_held(void) { return list_count >= length_limit || list_bytes >= bytes_limit; }

static bool append_lock_held(Object *o) {
  if (list_count == list_capacity) {
    size_t capacity = list_capacity ? list_capacity * 2 : 256;
    Object **grown = realloc(list, capacity * sizeof *grown);
    if (!grown) return false;
    list = grown;
    list_capacity = capacity;
  }
  list[list_count++] = o;
  list_bytes += bytes_of(o);
  return true;
}

// An object without an entry, for want of memory, is found by a full collection if it is a container, and is lost otherwise.
void deferred_note_zero(Thread *t, Object *o) {
  if (a8_load_rlx(&o->flags) & OBJ_LATE) return;
  if (a8_fetch_or_acqrel(&o->flags, OBJ_INZERO) & OBJ_INZERO) return;
  raw_mutex_lock(&lock);
  if (!append_lock_held(o)) a8_fetch_and_acqrel(&o->flags, (uint8_t)~OBJ_INZERO);
  bool due = is_due_lock_held();
  raw_mutex_unlock(&lock);
  if (due) breaker_set(t, BREAK_ZERO);
}

bool deferred_find_dead(Thread *t, const FrameSet *set, Object ***dead, size_t *count) {
  *count = 0;
  *dead = list_count ? malloc(list_count * sizeof **dead) : NULL;
  if (list_count && !*dead) return false;
  size_t kept = 0;
  list_bytes = 0;
  for (size_t i = 0; i < list_count; i++) {
    Object *o = list[i];
    bool counted = object_refcount(o) > 0;
    if (!counted && frame_set_has(set, o)) {
      list[kept++] = o;
      list_bytes += bytes_of(o);
      continue;
    }
    a8_fetch_and_acqrel(&o->flags, (uint8_t)~OBJ_INZERO);
    if (counted) continue;
    object_take_over(t, o);
    (*dead)[(*count)++] = o;
  }
  list_count = kept;
  // What frames hold now is not to call for the next pass.
  length_limit = kept * 2 > LIST_LENGTH ? kept * 2 : LIST_LENGTH;
  bytes_limit = list_bytes * 2 > LIST_BYTES ? list_bytes * 2 : LIST_BYTES;
  return true;
}

// What dies takes others with it.
void deferred_collect(Thread *t) {
  size_t n;
  do {
    Object **dead = NULL;
    FrameSet set;
    n = 0;
    stop_the_world(t);
    if (list_count && frame_set_build(&set)) {
      if (!deferred_find_dead(t, &set, &dead, &n)) n = 0;
      frame_set_free(&set);
    }
    start_the_world(t);
    for (size_t i = 0; i < n; i++) decref(t, dead[i]);
    free(dead);
  } while (n > 0);
}

static int collect_at_safepoint(Thread *t) {
  raw_mutex_lock(&lock);
  bool due = is_due_lock_held();
  raw_mutex_unlock(&lock);
  if (due) deferred_collect(t);  // else another thread has done it since
  return 0;
}

static void forked(Thread *t) {
  (void)t;
  lock = (Mutex)MUTEX_INIT;
}

__attribute__((constructor)) static void deferred_begin(void) {
  breaker_register(BREAK_ZERO, collect_at_safepoint);
  thread_at_fork(forked);
}

#else

bool frame_set_build(FrameSet *set) {
  *set = (FrameSet){0};
  return true;
}
bool frame_set_has(const FrameSet *set, const Object *o) {
  (void)set;
  (void)o;
  return false;
}
void frame_set_free(FrameSet *set) { (void)set; }
void frame_set_register(FrameScanner scan) { (void)scan; }
void frame_set_add(FrameSet *set, uint64_t word) {
  (void)set;
  (void)word;
}
void deferred_note_zero(Thread *t, Object *o) {
  (void)t;
  (void)o;
}
bool deferred_find_dead(Thread *t, const FrameSet *set, Object ***dead, size_t *count) {
  (void)t;
  (void)set;
  *dead = NULL;
  *count = 0;
  return true;
}
void deferred_collect(Thread *t) { (void)t; }

#endif
