// Lists of constants without duplicates.
#include "front/const_list.h"

enum { SCAN_LIMIT = 16 };

static uint32_t slot_of(const ConstList *list, uint32_t number) {
  uint32_t slot = (number * 0x9E3779B1u) >> 7 & list->index_mask;
  while (list->index[slot] && list->numbers[list->index[slot] - 1] != number) slot = (slot + 1) & list->index_mask;
  return slot;
}

static bool grow(Arena *arena, ConstList *list) {
  uint32_t capacity = list->capacity ? list->capacity * 2 : SCAN_LIMIT;
  uint32_t *numbers = arena_alloc(arena, capacity * sizeof *numbers);
  if (!numbers) return false;
  if (list->count) memcpy(numbers, list->numbers, list->count * sizeof *numbers);
  list->numbers = numbers;
  list->capacity = capacity;
  if (capacity <= SCAN_LIMIT) return true;
  list->index = arena_alloc(arena, 2 * capacity * sizeof *list->index);
  if (!list->index) return false;
  list->index_mask = 2 * capacity - 1;
  for (uint32_t i = 0; i < list->count; i++) list->index[slot_of(list, numbers[i])] = i + 1;
  return true;
}

int const_list_add(Arena *arena, ConstList *list, uint32_t number) {
  if (list->index) {
    uint32_t found = list->index[slot_of(list, number)];
    if (found) return (int)found - 1;
  } else {
    for (uint32_t i = 0; i < list->count; i++)
      if (list->numbers[i] == number) return (int)i;
  }
  if (list->count == list->capacity && !grow(arena, list)) return -1;
  list->numbers[list->count] = number;
  if (list->index) list->index[slot_of(list, number)] = list->count + 1;
  return (int)list->count++;
}
