// An insertion-ordered map from names to small numbers: symbol tables, and the name lists of a code object under construction.
#ifndef WEFT_FRONT_NAME_MAP_H
#define WEFT_FRONT_NAME_MAP_H

#include "front/arena.h"

// Zero-initialise to have an empty one. All memory is the arena's. The i-th name added is names[i], its number values[i].
typedef struct NameMap {
  AstName **names;
  uint32_t *values;
  uint32_t count, capacity;
  uint32_t *index;        // open addressing over names, position + 1; NULL while the map is small enough to scan
  uint32_t index_mask;
} NameMap;

// Position of the name, or -1.
int name_map_find(const NameMap *map, const AstName *name);
// Position of the name, added with the value if it was not there; -1 when memory is out.
int name_map_add(Arena *arena, NameMap *map, AstName *name, uint32_t value);

#endif
