// The constants of one code object under construction: numbers of the compilation's pool in the order of co_consts.
#ifndef WEFT_FRONT_CONST_LIST_H
#define WEFT_FRONT_CONST_LIST_H

#include "front/const_pool.h"

typedef struct ConstList {
  uint32_t *numbers;          // of the pool
  uint32_t count, capacity;
  uint32_t *index;            // open addressing, position + 1; NULL while short
  uint32_t index_mask;
} ConstList;

// Position of the pool's constant in the list, appended if it was not there; -1 when memory is out.
int const_list_add(Arena *arena, ConstList *list, uint32_t number);

#endif
