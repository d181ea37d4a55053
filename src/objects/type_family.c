// Walks over class hierarchies, breadth first, without recursion: a hierarchy may be a chain of any length.
#include "objects/type_family.h"

#include "objects/tuple.h"

static uint64_t walk_count;   // under the type lock

static Type *walk_begin(Type *type) {
  type->walk_mark = ++walk_count;
  type->walk_next = NULL;
  return type;
}

// Returns the chain's new end.
static Type *walk_add(Type *last, Type *type) {
  if (type->walk_mark == walk_count) return last;
  type->walk_mark = walk_count;
  type->walk_next = NULL;
  last->walk_next = type;
  return type;
}

Type *type_family_locked(Type *type) {
  Type *last = walk_begin(type);
  for (Type *c = type; c; c = c->walk_next)
    for (uint32_t i = 0; c->subclasses && i < c->subclasses->count; i++) last = walk_add(last, c->subclasses->items[i]);
  return type;
}

// The classes of a tuple, bases or MRO; none if it is null.
static Type *walk_add_all(Type *last, Value classes) {
  for (int64_t i = 0; !v_is_null(classes) && i < v_tuple(classes)->length; i++) last = walk_add(last, v_as_type(v_tuple(classes)->items[i]));
  return last;
}

Type *type_ancestors_locked(Type *type, Value (*pending)(const Type *c, uint32_t i)) {
  Type *last = walk_begin(type);
  for (Type *c = type; c; c = c->walk_next) {
    last = walk_add_all(walk_add_all(last, c->bases), c->mro);
    Value more;
    for (uint32_t i = 0; !v_is_null(more = pending(c, i)); i++) last = walk_add_all(last, more);
  }
  return type;
}
