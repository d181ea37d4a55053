// The bump arena of one compilation, and the table of names interned in it.
#include "front/arena.h"

#include <stdlib.h>
#include <string.h>

// Memory comes in blocks, newest first; the current block is filled from the bottom. Blocks double up to a limit, so that a
// one-line compilation stays small and a big one makes few system calls. A request larger than a block gets its own.
#define FIRST_BLOCK ((size_t)8 << 10)
#define LARGEST_BLOCK ((size_t)256 << 10)
#define ALIGN 16u

typedef struct Block {
  struct Block *next;
  size_t size;
} Block;

struct Arena {
  char *cursor;
  char *limit;
  Block *blocks;
  size_t next_size;
  size_t total;
  bool failed;
  AstName **names;   // hash table of chains; a power of two of them
  uint32_t name_mask;
  uint32_t name_count;
};

static uint64_t fail_countdown;

void arena_fail_after(uint64_t nth) { fail_countdown = nth; }

static void *system_alloc(size_t size) {
  if (fail_countdown && --fail_countdown == 0) return NULL;
  return calloc(1, size);
}

Arena *arena_new(void) {
  Arena *arena = system_alloc(sizeof *arena);
  if (arena) arena->next_size = FIRST_BLOCK;
  return arena;
}

void arena_free(Arena *arena) {
  if (!arena) return;
  for (Block *block = arena->blocks; block;) {
    Block *next = block->next;
    free(block);
    block = next;
  }
  free(arena->names);
  free(arena);
}

static size_t round_up(size_t size) { return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1); }

static void *alloc_slow(Arena *arena, size_t size) {
  size_t header = round_up(sizeof(Block));
  bool own_block = size > arena->next_size / 4;
  size_t body = own_block ? size : arena->next_size;
  Block *block = body > SIZE_MAX - header ? NULL : system_alloc(header + body);
  if (!block) {
    arena->failed = true;
    return NULL;
  }
  block->size = header + body;
  block->next = arena->blocks;
  arena->blocks = block;
  arena->total += block->size;
  char *start = (char *)block + header;
  if (own_block) return start;
  if (arena->next_size < LARGEST_BLOCK) arena->next_size *= 2;
  arena->cursor = start + size;
  arena->limit = start + body;
  return start;
}

void *arena_alloc(Arena *arena, size_t size) {
  if (size > SIZE_MAX / 2) {
    arena->failed = true;
    return NULL;
  }
  size = round_up(size);
  if ((size_t)(arena->limit - arena->cursor) < size || !arena->cursor) return alloc_slow(arena, size);
  void *result = arena->cursor;
  arena->cursor += size;
  return result;
}

char *arena_copy(Arena *arena, const char *bytes, size_t len) {
  char *copy = len == SIZE_MAX ? NULL : arena_alloc(arena, len + 1);
  if (copy && len) memcpy(copy, bytes, len);
  return copy;
}

bool arena_failed(const Arena *arena) { return arena->failed; }

size_t arena_size(const Arena *arena) { return arena->total; }

uint32_t arena_name_count(const Arena *arena) { return arena->name_count; }

static uint32_t name_hash(const char *utf8, size_t len) {
  uint32_t hash = 2166136261u;   // FNV-1a: names are short
  for (size_t i = 0; i < len; i++) hash = (hash ^ (unsigned char)utf8[i]) * 16777619u;
  return hash ^ hash >> 15;
}

static bool names_grow(Arena *arena) {
  uint32_t count = arena->names ? (arena->name_mask + 1) * 4 : 64;
  AstName **names = system_alloc(count * sizeof *names);
  if (!names) {
    arena->failed = true;
    return false;
  }
  for (uint32_t i = 0; arena->names && i <= arena->name_mask; i++) {
    for (AstName *name = arena->names[i]; name;) {
      AstName *next = name->next;
      AstName **chain = &names[name->hash & (count - 1)];
      name->next = *chain;
      *chain = name;
      name = next;
    }
  }
  free(arena->names);
  arena->names = names;
  arena->name_mask = count - 1;
  return true;
}

AstName *arena_intern(Arena *arena, const char *utf8, size_t len) {
  if (len > UINT32_MAX - 1) return NULL;
  uint32_t hash = name_hash(utf8, len);
  if (arena->names)
    for (AstName *name = arena->names[hash & arena->name_mask]; name; name = name->next)
      if (name->hash == hash && name->len == len && memcmp(name->utf8, utf8, len) == 0) return name;
  if ((!arena->names || arena->name_count > arena->name_mask) && !names_grow(arena)) return NULL;
  AstName *name = arena_alloc(arena, sizeof *name + len + 1);
  if (!name) return NULL;
  char *text = (char *)(name + 1);
  memcpy(text, utf8, len);
  name->utf8 = text;
  name->len = (uint32_t)len;
  name->hash = hash;
  name->index = arena->name_count++;
  AstName **chain = &arena->names[hash & arena->name_mask];
  name->next = *chain;
  *chain = name;
  return name;
}
