// GMP's memory: what it allocates within gmp_run hangs in a list, and a failure jumps out of GMP and frees the list.
#include "objects/int_gmp.h"

#include <gmp.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Stands before each block. A block that outlives its gmp_run (the limbs of a result) is in no list: `next` and `previous` are NULL.
typedef struct Block {
  struct Block *next, *previous;
} Block;
_Static_assert(sizeof(Block) % 16 == 0, "what follows is aligned as malloc's blocks are");

typedef struct Run {
  jmp_buf out;
  Block blocks;   // head of a ring
} Run;

static __thread Run *current;   // of the thread; NULL outside gmp_run

static void link_block(Block *b) {
  Block *head = &current->blocks;
  b->next = head->next;
  b->previous = head;
  head->next->previous = b;
  head->next = b;
}

static void unlink_block(Block *b) {
  if (!b->next) return;
  b->next->previous = b->previous;
  b->previous->next = b->next;
  b->next = b->previous = NULL;
}

_Noreturn void gmp_give_up(void) {
  if (current) longjmp(current->out, 1);
  fputs("Fatal Python error: GMP called outside gmp_run: memory allocation failed\n", stderr);
  abort();
}

static void *allocate(size_t size) {
  Block *b = size <= SIZE_MAX - sizeof *b ? malloc(sizeof *b + size) : NULL;
  if (!b) gmp_give_up();
  b->next = b->previous = NULL;
  if (current) link_block(b);
  return b + 1;
}

static void release(void *p, size_t size) {
  (void)size;
  if (!p) return;
  Block *b = (Block *)p - 1;
  unlink_block(b);
  free(b);
}

static void *reallocate(void *p, size_t old_size, size_t size) {
  void *q = allocate(size);
  memcpy(q, p, old_size < size ? old_size : size);
  release(p, old_size);
  return q;
}

static void free_blocks(Run *run) {
  for (Block *b = run->blocks.next, *next; b != &run->blocks; b = next) {
    next = b->next;
    free(b);
  }
}

static void set_blocks_free(Run *run) {
  for (Block *b = run->blocks.next, *next; b != &run->blocks; b = next) {
    next = b->next;
    b->next = b->previous = NULL;
  }
}

static bool run_work(void (*work)(void *arg), void *arg, void (*end)(Run *run)) {
  Run run;
  run.blocks.next = run.blocks.previous = &run.blocks;
  if (_setjmp(run.out)) {
    current = NULL;
    free_blocks(&run);
    return false;
  }
  current = &run;
  work(arg);
  current = NULL;
  end(&run);
  return true;
}

bool gmp_run(void (*work)(void *arg), void *arg) { return run_work(work, arg, set_blocks_free); }
bool gmp_run_scratch(void (*work)(void *arg), void *arg) { return run_work(work, arg, free_blocks); }

bool gmp_keep(void *limbs) {
  Block *b = (Block *)limbs - 1;
  if (!b->next) return false;
  unlink_block(b);
  return true;
}

void *gmp_scratch(size_t size) { return allocate(size); }

void gmp_init(void) { mp_set_memory_functions(allocate, reallocate, release); }
