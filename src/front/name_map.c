// Maps from names to numbers, by identity of the interned name.
#include "front/name_map.h"

#include <string.h>

enum { SCAN_LIMIT = 8 };

static uint32_t slot_of(const NameMap *map, const AstName *name) {
  uint32_t slot = (name->index * 0x9E3779B1u) >> 7 & map->index_mask;
  while (map->index[slot] && map->names[map->index[slot] - 1] != name) slot = (slot + 1) & map->index_mask;
  return slot;
}

int name_map_find(const NameMap *map, const AstName *name) {
  if (map->index) return (int)map->index[slot_of(map, name)] - 1;
  for (uint32_t i = 0; i < map->count; i++)
    if (map->names[i] == name) return (int)i;
  return -1;
}

static bool grow(Arena *arena, NameMap *map) {
  uint32_t capacity = map->capacity ? map->capacity * 2 : SCAN_LIMIT;
  AstName **names = arena_alloc(arena, capacity * sizeof *names);
  uint32_t *values = arena_alloc(arena, capacity * sizeof *values);
  if (!names || !values) return false;
  if (map->count) {
    memcpy(names, map->names, map->count * sizeof *names);
    memcpy(values, map->values, map->count * sizeof *values);
  }
  map->names = names;
  map->values = values;
  map->capacity = capacity;
  if (capacity <= SCAN_LIMIT) return true;
  map->index = arena_alloc(arena, 2 * capacity * sizeof *map->index);
  if (!map->index) return false;
  map->index_mask = 2 * capacity - 1;
  for (uint32_t i = 0; i < map->count; i++) map->index[slot_of(map, names[i])] = i + 1;
  return true;
}

int name_map_add(Arena *arena, NameMap *map, AstName *name, uint32_t value) {
  int found = name_map_find(map, name);
  if (found >= 0) return found;
  if (map->count == map->capacity && !grow(arena, map)) return -1;
  map->names[map->count] = name;
  map->values[map->count] = value;
  if (map->index) map->index[slot_of(map, name)] = map->count + 1;
  return (int)map->count++;
}
