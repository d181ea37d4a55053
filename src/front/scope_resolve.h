// The second half of the symbol table: where each name of each scope lives.
#ifndef WEFT_FRONT_SCOPE_RESOLVE_H
#define WEFT_FRONT_SCOPE_RESOLVE_H

#include "front/scope.h"
#include "front/syntax_error.h"

// Fills in the SymbolScope of every symbol, adds the free variables that nested scopes ask for, and sets has_free, child_has_free and
// needs_class_closure. False with *err set: a nonlocal without a binding, or no memory.
bool scope_resolve(SymbolTable *table, FrontError *err);

#endif
