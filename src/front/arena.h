// A bump arena: the memory of one compilation (names, AST, symbol table), handed out in pieces and freed whole.
#ifndef WEFT_FRONT_ARENA_H
#define WEFT_FRONT_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// An arena belongs to one thread at a time; it takes no lock and knows nothing of Python objects.
//
//     Arena *a = arena_new();
//     if (!a) ...no memory...
//     Thing *t = arena_alloc(a, sizeof *t);     // zeroed, 16-byte aligned, NULL when memory is out
//     arena_free(a);                            // t is gone
//
// Running out of memory is survivable: arena_alloc answers NULL and the arena remembers it (arena_failed), so that a caller
// deep in a recursion may return NULL upwards and the outermost one asks the arena for the reason.
typedef struct Arena Arena;

// An interned identifier: within one arena, equal names are one pointer, so `==` compares them. Owned by the arena.
typedef struct AstName {
  const char *utf8;   // NFKC-normalised, terminated by a 0 byte that `len` does not count
  uint32_t len;       // bytes
  uint32_t hash;
  uint32_t index;     // 0, 1, 2...: order of first interning in this arena; lets a user keep side tables in plain arrays
  void *user;         // starts NULL; for whoever drives the arena (the compiler may hang the runtime's str here)
  struct AstName *next;
} AstName;

// A new, empty arena, or NULL when there is no memory. The caller frees it with arena_free.
Arena *arena_new(void);

// Frees the arena with everything that came from it. NULL is allowed.
void arena_free(Arena *arena);

// `size` zeroed bytes, aligned to 16, living as long as the arena. NULL when memory is out (then arena_failed is true).
void *arena_alloc(Arena *arena, size_t size);

// A copy of `len` bytes with a 0 byte behind them; NULL when memory is out.
char *arena_copy(Arena *arena, const char *bytes, size_t len);

// True once any allocation of this arena has failed.
bool arena_failed(const Arena *arena);

// Bytes taken from the system so far, for statistics and limits.
size_t arena_size(const Arena *arena);

// The arena's one AstName for these bytes, which must already be normalised (see front_name_intern in ast.h for source text).
// NULL when memory is out.
AstName *arena_intern(Arena *arena, const char *utf8, size_t len);

// How many names have been interned: every AstName.index is below it.
uint32_t arena_name_count(const Arena *arena);

// For tests that walk failure paths: the n-th allocation from the system (counted from 1, all arenas) fails; 0 turns it off.
void arena_fail_after(uint64_t nth);

#endif
