// The scopes of a module: what the symbol table consists of.
#ifndef WEFT_FRONT_SCOPE_H
#define WEFT_FRONT_SCOPE_H

#include "front/ast.h"
#include "front/name_map.h"

// What a scope does with a name: the value of a symbol, as the _symtable module shows it.
enum {
  DEF_GLOBAL = 1, DEF_LOCAL = 2, DEF_PARAM = 4, DEF_NONLOCAL = 8, DEF_USE = 16, DEF_FREE = 32, DEF_FREE_CLASS = 64, DEF_IMPORT = 128,
  DEF_ANNOT = 256, DEF_COMP_ITER = 512,
  DEF_BOUND = DEF_LOCAL | DEF_PARAM | DEF_IMPORT,
  SYMBOL_SCOPE_SHIFT = 11, SYMBOL_SCOPE_MASK = 15,
};

// Where the name lives, in the bits above SYMBOL_SCOPE_SHIFT once the table is complete.
typedef enum SymbolScope {
  SCOPE_NONE, SCOPE_LOCAL, SCOPE_GLOBAL_EXPLICIT, SCOPE_GLOBAL_IMPLICIT, SCOPE_FREE, SCOPE_CELL
} SymbolScope;

typedef enum ScopeKind { SCOPE_KIND_FUNCTION, SCOPE_KIND_CLASS, SCOPE_KIND_MODULE, SCOPE_KIND_ANNOTATION } ScopeKind;

// Which comprehension a scope is the body of.
typedef enum ScopeComprehension {
  COMPREHENSION_NONE, COMPREHENSION_LIST, COMPREHENSION_DICT, COMPREHENSION_SET, COMPREHENSION_GENERATOR
} ScopeComprehension;

typedef struct ScopeDirective { AstName *name; AstPos pos; } ScopeDirective;  // global and nonlocal statements, mangled

typedef struct Scope Scope;
struct Scope {
  ScopeKind kind;
  ScopeComprehension comprehension;
  AstName *name;
  const void *node;             // AST node it belongs to
  AstPos pos;
  Scope *parent;
  Scope **children;             // in order of the source
  uint32_t child_count, child_capacity;
  NameMap symbols;              // mangled names; values: DEF_* and the SymbolScope
  NameMap params;               // parameters in the order of co_varnames
  ScopeDirective *directives;
  uint32_t directive_count, directive_capacity;
  bool nested;                  // inside a function
  bool has_free, child_has_free;
  bool generator, coroutine;
  bool varargs, varkeywords;
  bool returns_value;
  bool needs_class_closure;     // a class whose methods use __class__
  bool comp_iter_target;        // while the target of a comprehension's `for` is visited
  int comp_iter_expr;           // while its iterable is visited
};

typedef struct ScopeByNode { const void *node; Scope *scope; } ScopeByNode;

typedef struct SymbolTable {
  Arena *arena;
  Scope *top;
  bool future_annotations;
  ScopeByNode *by_node;         // open addressing
  uint32_t node_count, node_mask;
  uint32_t scope_count;
} SymbolTable;

static inline uint32_t scope_symbol(const Scope *scope, const AstName *mangled) {
  int i = name_map_find(&scope->symbols, mangled);
  return i < 0 ? 0 : scope->symbols.values[i];
}
static inline SymbolScope symbol_scope(uint32_t symbol) { return (SymbolScope)(symbol >> SYMBOL_SCOPE_SHIFT & SYMBOL_SCOPE_MASK); }

#endif
