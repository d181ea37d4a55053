// The constants of one compilation as objects: made from the AST's literals, each kept once, dropped together.
#ifndef WEFT_FRONT_CONST_POOL_H
#define WEFT_FRONT_CONST_POOL_H

#include "front/ast.h"
#include "objects/type.h"

// All functions want the thread attached; failures leave an exception set.
typedef struct ConstPool {
  Thread *t;
  Arena *arena;
  Value *values;        // owned
  uint64_t *hashes;
  uint32_t count, capacity;
  uint32_t *index;      // open addressing, position + 1
  uint32_t index_mask;
} ConstPool;

void const_pool_init(ConstPool *pool, Thread *t, Arena *arena);
void const_pool_clear(ConstPool *pool);   // drops the values; the memory is the arena's

// Number of the pool's constant that is the same as v (const_same), which is added if there is none. Steals v; -1 on error or when v is V_NULL.
// A str that looks like a name is interned.
int const_pool_add(ConstPool *pool, Value v);
int const_pool_add_name(ConstPool *pool, AstName *name);
int const_pool_add_int(ConstPool *pool, int64_t i);
// The constant of a literal.
int const_pool_add_ast(ConstPool *pool, const AstConst *literal);
// The literal's value, owned; V_NULL with an exception on failure (ValueError for a decimal int beyond the digit limit).
Value const_literal_value(Thread *t, const AstConst *literal);
// Borrowed; alive until const_pool_clear.
static inline Value const_pool_value(const ConstPool *pool, int number) { return pool->values[number]; }

// The interned, immortal str of a name. V_NULL on error.
Value const_pool_name(ConstPool *pool, AstName *name);

// A literal that is pool constant `number`, for a node that folding replaces.
static inline AstConst const_pool_literal(const ConstPool *pool, int number) {
  return (AstConst){.kind = AST_CONST_EXTERNAL, .external = (void *)(uintptr_t)pool->values[number].w};
}
// Borrowed value of a literal of kind AST_CONST_EXTERNAL.
static inline Value const_external(const AstConst *literal) { return VALUE((uint64_t)(uintptr_t)literal->external); }

// What kind of thing a literal is, whether it is an object already or not.
bool const_is_str(const AstConst *literal);
bool const_is_tuple(const AstConst *literal);

#endif
