// The classes of the ast module as objects, and trees in both forms: arena structs for the front end, node objects for programs.
//
// The classes are made once, by ast_types_ready, and are constant from then on as far as C is concerned; their attributes are a program's to
// change. Nodes are ordinary instances, whose dicts bring their own locking. All functions want the thread attached.
#ifndef WEFT_MODULES_AST_TYPES_H
#define WEFT_MODULES_AST_TYPES_H

#include "front/ast.h"
#include "front/compile.h"
#include "modules/ast_schema.h"
#include "objects/type.h"

extern Type type_ast;                              // ast.AST
extern Type *ast_class[ASDL_CLASS_COUNT];          // as asdl_classes; a product's class is its group's too
extern Type *ast_group_class[ASDL_KINDS];          // as asdl_groups
extern Value ast_enum_member[ASDL_CLASS_COUNT];    // the one instance of each class of an enumeration (ast.Load()...) that trees made here hold
extern Value ast_field_name[ASDL_CLASS_COUNT][ASDL_MOST_FIELDS];   // interned, as asdl_classes[i].fields
extern Value ast_position_name[4];                 // as asdl_position_names, interned

// Makes the classes, the first time. 0 or -1. Called by _ast's exec only, which the import lock guards.
int ast_types_make(Thread *t);
bool ast_types_made(void);
// The same for others: imports _ast if need be.
int ast_types_ready(Thread *t);

Value ast_short_name(Type *type);   // borrowed: a node class's name in messages, without the module

// An arena tree as node objects, owned.
Value ast_export(Thread *t, const AstMod *mod);

// Node objects as an arena tree; kind: what the root must be. `keep` is a list that receives the constants the tree refers to, and must
// outlive the use of the tree. NULL with an exception (TypeError, ValueError, RecursionError...).
AstMod *ast_import(Thread *t, Arena *arena, Value root, AstModKind kind, Value keep);

// What the parser would never make: ValueError or TypeError. 0 or -1.
int ast_validate(Thread *t, const AstMod *mod);

// compile() with PyCF_ONLY_AST: the tree of source text, src[0..n), as node objects. feature_version as in FrontFlags.
Value ast_parse(Thread *t, const char *src, size_t n, Value filename, FrontMode mode, int flags, int feature_version);
// compile() of a tree: 1 if v is a node, 0 if not (no exception), -1.
int ast_is_node(Thread *t, Value v);
// Its code object. mode: FRONT_EXEC, FRONT_EVAL or FRONT_SINGLE.
Value ast_compile(Thread *t, Value root, Value filename, FrontMode mode, int flags, int optimize);

#endif
