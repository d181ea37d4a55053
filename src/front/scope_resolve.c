// Deciding for every name of every scope whether it is local, a cell, free or global.
//
// One walk from the outside in. What an inner scope can see is kept in one byte a name (`visible`): bound by a function around, or declared
// global around. A scope changes those bytes for its children and restores them when it is left. Free variables come back from the inside out.
#include "front/scope_resolve.h"

#include <string.h>

enum { VISIBLE_BOUND = 1, VISIBLE_GLOBAL = 2 };

typedef struct Change {
  uint32_t name;
  uint8_t before;
} Change;

typedef struct Resolver {
  Arena *arena;
  FrontError *err;
  uint8_t *visible;   // by AstName.index
  Change *changes;    // to undo, in order
  uint32_t change_count, change_capacity;
  AstName *name_class;
} Resolver;

static bool no_memory(Resolver *r) { return front_error_set(r->err, FRONT_MEMORY_ERROR, "%s", ""); }

static bool set_visible(Resolver *r, const AstName *name, uint8_t bits) {
  uint8_t before = r->visible[name->index];
  if (before == bits) return true;
  if (r->change_count == r->change_capacity) {
    uint32_t capacity = r->change_capacity ? 2 * r->change_capacity : 256;
    Change *changes = arena_alloc(r->arena, capacity * sizeof *changes);
    if (!changes) return no_memory(r);
    if (r->change_count) memcpy(changes, r->changes, r->change_count * sizeof *changes);
    r->changes = changes;
    r->change_capacity = capacity;
  }
  r->changes[r->change_count++] = (Change){name->index, before};
  r->visible[name->index] = bits;
  return true;
}

static void undo_to(Resolver *r, uint32_t mark) {
  while (r->change_count > mark) {
    Change c = r->changes[--r->change_count];
    r->visible[c.name] = c.before;
  }
}

static bool fail_at_directive(Resolver *r, const Scope *scope, const AstName *name, const char *format) {
  static const FrontSource no_source;
  for (uint32_t i = 0; i < scope->directive_count; i++)
    if (scope->directives[i].name == name)
      return front_error_set_at(r->err, FRONT_SYNTAX_ERROR, &no_source, scope->directives[i].pos, format, name->utf8);
  return front_error_set(r->err, FRONT_SYNTAX_ERROR, format, name->utf8);
}

static bool add_free(Resolver *r, NameMap *free, AstName *name) { return name_map_add(r->arena, free, name, 0) >= 0 || no_memory(r); }

// Settles one name by what the scope itself says of it and what is visible from around. The answer goes to *out; free variables to `free`.
static bool resolve_name(Resolver *r, Scope *scope, AstName *name, uint32_t symbol, NameMap *free, SymbolScope *out) {
  uint8_t visible = r->visible[name->index];
  bool outermost = !scope->parent;
  if (symbol & DEF_GLOBAL) {
    if (symbol & DEF_NONLOCAL) return fail_at_directive(r, scope, name, "name '%s' is nonlocal and global");
    *out = SCOPE_GLOBAL_EXPLICIT;
    return true;
  }
  if (symbol & DEF_NONLOCAL) {
    if (outermost) return fail_at_directive(r, scope, name, "nonlocal declaration not allowed at module level");
    if (!(visible & VISIBLE_BOUND)) return fail_at_directive(r, scope, name, "no binding for nonlocal '%s' found");
    *out = SCOPE_FREE;
    scope->has_free = true;
    return add_free(r, free, name);
  }
  if (symbol & DEF_BOUND) {
    *out = SCOPE_LOCAL;
    return true;
  }
  if (!outermost && visible & VISIBLE_BOUND) {
    *out = SCOPE_FREE;
    scope->has_free = true;
    return add_free(r, free, name);
  }
  if (!(visible & VISIBLE_GLOBAL) && scope->nested) scope->has_free = true;
  *out = SCOPE_GLOBAL_IMPLICIT;
  return true;
}

// What the children see of a name that the scope has settled.
static bool publish_name(Resolver *r, const Scope *scope, const AstName *name, SymbolScope settled) {
  uint8_t bits = r->visible[name->index];
  if (settled == SCOPE_GLOBAL_EXPLICIT) bits = VISIBLE_GLOBAL;
  else if (settled == SCOPE_LOCAL) {
    bits &= (uint8_t)~VISIBLE_GLOBAL;
    if (scope->kind == SCOPE_KIND_FUNCTION) bits |= VISIBLE_BOUND;
  }
  return set_visible(r, name, bits);
}

// Names that children need from here on: what this scope binds becomes a cell, the rest goes further out as a free variable.
static bool absorb_child_frees(Resolver *r, Scope *scope, const NameMap *wanted, NameMap *free) {
  for (uint32_t i = 0; i < wanted->count; i++) {
    AstName *name = wanted->names[i];
    int at = name_map_find(&scope->symbols, name);
    uint32_t symbol = at < 0 ? 0 : scope->symbols.values[at];
    if (scope->kind == SCOPE_KIND_FUNCTION && at >= 0 && symbol_scope(symbol) == SCOPE_LOCAL) {
      scope->symbols.values[at] += (SCOPE_CELL - SCOPE_LOCAL) << SYMBOL_SCOPE_SHIFT;
      continue;
    }
    if (scope->kind == SCOPE_KIND_CLASS && name == r->name_class) {
      scope->needs_class_closure = true;
      continue;
    }
    if (at >= 0) {
      if (scope->kind == SCOPE_KIND_CLASS && symbol & (DEF_BOUND | DEF_GLOBAL)) scope->symbols.values[at] |= DEF_FREE_CLASS;
    } else if (!scope->parent || r->visible[name->index] & VISIBLE_BOUND) {
      if (name_map_add(r->arena, &scope->symbols, name, SCOPE_FREE << SYMBOL_SCOPE_SHIFT) < 0) return no_memory(r);
    }
    if (!add_free(r, free, name)) return false;
  }
  return true;
}

// free: receives the names that the scope needs from around it.
static bool resolve_scope(Resolver *r, Scope *scope, NameMap *free) {
  uint32_t mark = r->change_count, own_count = scope->symbols.count;
  for (uint32_t i = 0; i < own_count; i++) {
    AstName *name = scope->symbols.names[i];
    SymbolScope settled = SCOPE_NONE;
    if (!resolve_name(r, scope, name, scope->symbols.values[i], free, &settled)) return false;
    scope->symbols.values[i] |= (uint32_t)settled << SYMBOL_SCOPE_SHIFT;
    // A class body's names are invisible to the scopes in it.
    if (scope->kind != SCOPE_KIND_CLASS && !publish_name(r, scope, name, settled)) return false;
  }
  if (scope->kind == SCOPE_KIND_CLASS && !set_visible(r, r->name_class, r->visible[r->name_class->index] | VISIBLE_BOUND)) return false;
  NameMap wanted = {0};
  for (uint32_t i = 0; i < scope->child_count; i++) {
    Scope *child = scope->children[i];
    if (!resolve_scope(r, child, &wanted)) return false;
    if (child->has_free || child->child_has_free) scope->child_has_free = true;
  }
  undo_to(r, mark);
  return absorb_child_frees(r, scope, &wanted, free);
}

bool scope_resolve(SymbolTable *table, FrontError *err) {
  Resolver r = {.arena = table->arena, .err = err, .name_class = arena_intern(table->arena, "__class__", 9)};
  r.visible = arena_alloc(table->arena, arena_name_count(table->arena) + 1);
  if (!r.name_class || !r.visible) return no_memory(&r);
  NameMap free = {0};
  return resolve_scope(&r, table->top, &free);
}
