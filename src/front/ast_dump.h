// An AST as text, in the form of ast.dump(tree, include_attributes=True): for tests and for people.
#ifndef WEFT_FRONT_AST_DUMP_H
#define WEFT_FRONT_AST_DUMP_H

#include <stdbool.h>
#include <stdio.h>

#include "front/ast.h"

// Writes the tree on one line, without a newline. Floats are written with repr's shortest digits.
void ast_dump(const AstMod *mod, bool attributes, FILE *out);
void ast_dump_expr(const AstExpr *expr, bool attributes, FILE *out);

#endif
