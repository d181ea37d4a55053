// The shape table, reserved once and filled from the front, so that memory is used as ids are; and which ids may be given out again.
#define _GNU_SOURCE
#include "gc/shape.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "threading/mutex.h"

enum { RECYCLE_LEAST = 4096 };   // looking through all code for what names them pays for this many ids

typedef struct { uint32_t *items; size_t count, capacity; } Ids;

Shape *shape_table;
void (*shape_flush_hook)(Thread *t);

static Mutex ids_lock = MUTEX_INIT;   // raw: all below
static uint32_t next_id = SHAPE_FIRST_FREE, young_id = SHAPE_FIRST_FREE;
static Ids forgotten;                 // caches may name them
static Ids spare;                     // a stack; spare.items[spare.count .. young_spare) are young shapes' ids by now
static size_t young_spare;

bool shape_table_init(void) {
  if (shape_table) return true;
  void *p = mmap(NULL, SHAPE_LIMIT * sizeof(Shape), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) return false;
  shape_table = p;
  return true;
}

static bool ids_reserve(Ids *ids, size_t more) {
  size_t capacity = ids->capacity ? ids->capacity : RECYCLE_LEAST;
  while (capacity < ids->count + more) capacity *= 2;
  if (capacity == ids->capacity) return true;
  uint32_t *items = realloc(ids->items, capacity * sizeof *items);
  if (!items) return false;
  ids->items = items;
  ids->capacity = capacity;
  return true;
}

uint32_t shape_next(void) {
  raw_mutex_lock(&ids_lock);
  uint32_t id = next_id;
  raw_mutex_unlock(&ids_lock);
  return id;
}

uint32_t shape_new(void) {
  raw_mutex_lock(&ids_lock);
  uint32_t id = spare.count ? spare.items[--spare.count] : next_id < SHAPE_LIMIT ? next_id++ : 0;
  raw_mutex_unlock(&ids_lock);
  return id;
}

void shape_forget(uint32_t shape) {
  if (!shape) return;
  memset(&shape_table[shape], 0, sizeof(Shape));
  raw_mutex_lock(&ids_lock);
  if (ids_reserve(&forgotten, 1)) forgotten.items[forgotten.count++] = shape;   // without memory the id is lost
  raw_mutex_unlock(&ids_lock);
}

void shape_recycle(Thread *t) {
  if (forgotten.count < RECYCLE_LEAST || !ids_reserve(&spare, forgotten.count)) return;
  for (size_t i = 0; i < forgotten.count; i++) shape_table[forgotten.items[i]].flags = SHAPE_FLUSHING;
  if (shape_flush_hook) shape_flush_hook(t);
  for (size_t i = 0; i < forgotten.count; i++) shape_table[forgotten.items[i]].flags = 0;
  memcpy(&spare.items[spare.count], forgotten.items, forgotten.count * sizeof *forgotten.items);
  spare.count += forgotten.count;
  young_spare = spare.count;
  forgotten.count = 0;
}

void shape_begin_young(void) {
  young_id = next_id;
  young_spare = spare.count;
}

void shape_each_young(void (*fn)(Shape *shape)) {
  for (uint32_t id = young_id; id < next_id; id++) fn(&shape_table[id]);
  for (size_t i = spare.count; i < young_spare; i++) fn(&shape_table[spare.items[i]]);
}
