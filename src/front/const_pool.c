// Making constants of literals and keeping each once.
#include "front/const_pool.h"

#include "code/constants.h"
#include "objects/bytes.h"
#include "objects/complex.h"
#include "objects/error_state.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

void const_pool_init(ConstPool *pool, Thread *t, Arena *arena) { *pool = (ConstPool){.t = t, .arena = arena}; }

void const_pool_clear(ConstPool *pool) {
  for (uint32_t i = 0; i < pool->count; i++) v_drop(pool->t, pool->values[i]);
  pool->count = 0;
}

static uint32_t slot_of(ConstPool *pool, Value v, uint64_t hash) {
  uint32_t slot = (uint32_t)(hash >> 20) & pool->index_mask;
  for (; pool->index[slot]; slot = (slot + 1) & pool->index_mask) {
    uint32_t i = pool->index[slot] - 1;
    if (pool->hashes[i] == hash && const_same(pool->t, pool->values[i], v)) break;
  }
  return slot;
}

static bool pool_grow(ConstPool *pool) {
  uint32_t capacity = pool->capacity ? pool->capacity * 2 : 64;
  Value *values = arena_alloc(pool->arena, capacity * sizeof *values);
  uint64_t *hashes = arena_alloc(pool->arena, capacity * sizeof *hashes);
  uint32_t *index = arena_alloc(pool->arena, 2 * capacity * sizeof *index);
  if (!values || !hashes || !index) return false;
  if (pool->count) {
    memcpy(values, pool->values, pool->count * sizeof *values);
    memcpy(hashes, pool->hashes, pool->count * sizeof *hashes);
  }
  pool->values = values;
  pool->hashes = hashes;
  pool->index = index;
  pool->index_mask = 2 * capacity - 1;
  pool->capacity = capacity;
  for (uint32_t i = 0; i < pool->count; i++) {
    uint32_t slot = (uint32_t)(hashes[i] >> 20) & pool->index_mask;
    while (index[slot]) slot = (slot + 1) & pool->index_mask;
    index[slot] = i + 1;
  }
  return true;
}

static bool is_name_text(const Str *s) {
  if (!str_is_ascii(s)) return false;
  for (int64_t i = 0; i < s->length; i++) {
    unsigned char c = (unsigned char)s->data[i];
    if (!(c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))) return false;
  }
  return true;
}

// CPython makes each constant set anew from its items when it takes them into the pool, which can change their order.
static Value remade_frozenset(Thread *t, Value stolen) {
  if (object_length(t, stolen) == 0) return stolen;
  Value items = object_to_tuple(t, stolen), v = v_is_null(items) ? V_NULL : frozenset_new(t, items);
  v_drop(t, items);
  v_drop(t, stolen);
  return v;
}

int const_pool_add(ConstPool *pool, Value v) {
  if (!v_is_null(v) && v_is_exact(v, SHAPE_FROZENSET)) v = remade_frozenset(pool->t, v);
  if (v_is_null(v)) return -1;
  if (v_is_str_exact(v) && !str_is_interned(v_str(v)) && is_name_text(v_str(v))) {
    v = str_intern_immortal(pool->t, v);
    if (v_is_null(v)) return -1;
  }
  if (pool->count == pool->capacity && !pool_grow(pool)) {
    v_drop(pool->t, v);
    raise_no_memory(pool->t);
    return -1;
  }
  uint64_t hash = const_hash(pool->t, v);
  uint32_t slot = slot_of(pool, v, hash);
  if (pool->index[slot]) {
    v_drop(pool->t, v);
    return (int)pool->index[slot] - 1;
  }
  pool->values[pool->count] = v;
  pool->hashes[pool->count] = hash;
  pool->index[slot] = pool->count + 1;
  return (int)pool->count++;
}

Value const_pool_name(ConstPool *pool, AstName *name) {
  if (!name->user) {
    Value v = str_intern_immortal(pool->t, str_from_utf8_surrogatepass(pool->t, name->utf8, name->len));
    if (v_is_null(v)) return V_NULL;
    name->user = (void *)(uintptr_t)v.w;
  }
  return VALUE((uint64_t)(uintptr_t)name->user);
}

int const_pool_add_name(ConstPool *pool, AstName *name) { return const_pool_add(pool, const_pool_name(pool, name)); }

int const_pool_add_int(ConstPool *pool, int64_t i) { return const_pool_add(pool, int_from_i64(pool->t, i)); }

static Value int_literal(Thread *t, const AstConst *literal) {
  const char *digits = literal->text;
  size_t len = literal->len;
  if (len <= 2 || digits[0] != '0') return int_from_text(t, digits, len, 10);
  switch (digits[1]) {
    case 'x': return int_from_text(t, digits + 2, len - 2, 16);
    case 'o': return int_from_text(t, digits + 2, len - 2, 8);
    case 'b': return int_from_text(t, digits + 2, len - 2, 2);
    default: return int_from_text(t, digits, len, 10);
  }
}

Value const_literal_value(Thread *t, const AstConst *literal) {
  switch (literal->kind) {
    case AST_CONST_NONE: return V_NONE;
    case AST_CONST_TRUE: return V_TRUE;
    case AST_CONST_FALSE: return V_FALSE;
    case AST_CONST_ELLIPSIS: return V_ELLIPSIS;
    case AST_CONST_INT: return int_literal(t, literal);
    case AST_CONST_FLOAT: return float_new(t, literal->number);
    case AST_CONST_COMPLEX: return complex_new(t, 0.0, literal->number);
    case AST_CONST_STR:
      return literal->ascii ? str_from_ascii(t, literal->text, literal->len) : str_from_utf8_surrogatepass(t, literal->text, literal->len);
    case AST_CONST_BYTES: return bytes_from(t, literal->text, literal->len);
    case AST_CONST_EXTERNAL: return v_own(t, const_external(literal));
  }
  return V_NULL;
}

int const_pool_add_ast(ConstPool *pool, const AstConst *literal) { return const_pool_add(pool, const_literal_value(pool->t, literal)); }

bool const_is_str(const AstConst *literal) {
  return literal->kind == AST_CONST_STR || (literal->kind == AST_CONST_EXTERNAL && v_is_str_exact(const_external(literal)));
}

bool const_is_tuple(const AstConst *literal) { return literal->kind == AST_CONST_EXTERNAL && v_is_tuple_exact(const_external(literal)); }
