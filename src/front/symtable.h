// The symbol table: for every scope of a module, which names it has and where each of them lives.
#ifndef WEFT_FRONT_SYMTABLE_H
#define WEFT_FRONT_SYMTABLE_H

#include "front/ast.h"
#include "front/front_depth.h"
#include "front/scope.h"
#include "front/syntax_error.h"

// Builds the table of a module; NULL with *err set on failure (its source line is left to the caller). Memory is the arena's. depth: NULL for the default limit.
SymbolTable *symtable_build(Arena *arena, const AstMod *mod, bool future_annotations, FrontDepth *depth, FrontError *err);

// The scope that a module, function, class, lambda or comprehension node opens. NULL: none.
Scope *symtable_scope(const SymbolTable *table, const void *node);

// The name as class `private_class` (NULL: none) stores it: __x becomes _Class__x. NULL when memory is out.
AstName *symtable_mangle(Arena *arena, const AstName *private_class, AstName *name);

#endif
