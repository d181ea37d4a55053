// The shape table: reserved once, filled from the front; memory is used as ids are.
#define _GNU_SOURCE
#include "gc/shape.h"

#include <sys/mman.h>

Shape *shape_table;
static a32 next_id = {SHAPE_FIRST_FREE};

bool shape_table_init(void) {
  if (shape_table) return true;
  void *p = mmap(NULL, SHAPE_LIMIT * sizeof(Shape), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) return false;
  shape_table = p;
  return true;
}

uint32_t shape_next(void) { return a32_load_acq(&next_id); }

uint32_t shape_new(void) {
  for (;;) {
    uint32_t id = a32_load_rlx(&next_id);
    if (id >= SHAPE_LIMIT) return 0;
    if (a32_cas_rlx(&next_id, id, id + 1)) return id;
  }
}
