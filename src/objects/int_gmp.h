// Running GMP where memory may be out.
//
// GMP's functions take memory of their own for large operands and abort the process when there is none. Whatever calls one that may do so
// (not the linear ones: mpn_add, mpn_lshift...) does it in a function of its own:
//
//     typedef struct Product { mp_limb_t *out; const IntView *a, *b; } Product;
//     static void multiply_limbs(void *arg) { Product *p = arg; mpn_mul(p->out, p->a->limbs, p->a->n, p->b->limbs, p->b->n); }
//     ...
//     if (!gmp_run(multiply_limbs, &product)) return raise_no_memory(t);
#ifndef WEFT_OBJECTS_INT_GMP_H
#define WEFT_OBJECTS_INT_GMP_H

#include <stdbool.h>
#include <stddef.h>

// Calls work(arg). False: GMP found no memory; work was left where it stood and all that GMP had allocated in it is freed again, so that
// its mpz_t must not even be cleared. Needs no thread state and may run detached; work must not touch objects, lock, or call gmp_run.
bool gmp_run(void (*work)(void *arg), void *arg);

// The same, and what was allocated is freed in any case but for what work gave to gmp_keep: it need not clear its mpz_t.
bool gmp_run_scratch(void (*work)(void *arg), void *arg);
// Within work of gmp_run_scratch: these limbs, which GMP has allocated, shall outlive it. False: they are older than this run.
bool gmp_keep(void *limbs);
// Within work: memory that is freed as GMP's is. Does not return if there is none.
void *gmp_scratch(size_t size);
// Within work: leaves it as if there were no memory. For results that are too large to begin with.
_Noreturn void gmp_give_up(void);

// Before GMP is used: has its memory managed here.
void gmp_init(void);

#endif
