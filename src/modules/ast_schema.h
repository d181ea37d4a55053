// Python's ASDL as data: every ast class with its fields, and where the front end's structs keep them.
//
// One table serves three readers: ast_types.c makes the classes from it, ast_export.c turns arena trees into objects, and ast_import.c
// turns objects into arena trees.
#ifndef WEFT_MODULES_AST_SCHEMA_H
#define WEFT_MODULES_AST_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What a field holds. From ASDL_mod on: nodes of that group of classes, as groups in asdl_groups.
typedef enum AsdlKind {
  ASDL_identifier,     // AstName *
  ASDL_int,            // int
  ASDL_string,         // const char *
  ASDL_constant,       // AstConst
  ASDL_u_kind,         // bool: Constant.kind is 'u' (a string? for Python)
  ASDL_mod, ASDL_stmt, ASDL_expr, ASDL_expr_context, ASDL_boolop, ASDL_operator, ASDL_unaryop, ASDL_cmpop, ASDL_comprehension,
  ASDL_excepthandler, ASDL_arguments, ASDL_arg, ASDL_keyword, ASDL_alias, ASDL_withitem, ASDL_match_case, ASDL_pattern, ASDL_type_ignore,
  ASDL_KINDS
} AsdlKind;

typedef enum AsdlCount { ASDL_ONE, ASDL_OPTIONAL /* ? */, ASDL_MANY /* * */ } AsdlCount;

typedef struct AsdlField {
  const char *name;    // NULL ends a class's fields
  uint8_t kind;        // AsdlKind
  uint8_t count;       // AsdlCount
  uint16_t offset;     // in the group's struct
} AsdlField;

enum { ASDL_MOST_FIELDS = 7 };

typedef struct AsdlClass {
  const char *name;
  AsdlField fields[ASDL_MOST_FIELDS + 1];
} AsdlClass;

// A sum (expr = BoolOp | ...), whose struct begins with its `kind`, 1 being the first class; an enumeration (operator = Add | ...), which
// is a plain C enum; or a product (arguments), a single class of the group's own name whose base is AST.
typedef enum AsdlForm { ASDL_SUM, ASDL_SINGLE /* a sum of one class, without a `kind` */, ASDL_ENUM, ASDL_PRODUCT } AsdlForm;

typedef struct AsdlGroup {
  const char *name;
  AsdlForm form;
  uint16_t size;               // of the struct
  int16_t position;            // offset of its AstPos; -1: no attributes
  uint16_t first, class_count; // in asdl_classes
} AsdlGroup;

extern const AsdlClass asdl_classes[];
extern const char *const asdl_position_names[4];  // the attributes of a class with a position, in AstPos's order
extern const AsdlGroup asdl_groups[ASDL_KINDS];   // indexed by AsdlKind; those before ASDL_mod are empty
enum { ASDL_CLASS_COUNT = 107 };

static inline bool asdl_is_group(int kind) { return kind >= ASDL_mod; }

#endif
