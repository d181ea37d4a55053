// tuple: an immutable array of values; also what structseq types are made of. Making one fails with MemoryError only.
#ifndef WEFT_OBJECTS_TUPLE_H
#define WEFT_OBJECTS_TUPLE_H

#include "objects/type.h"

typedef struct Tuple {
  Object ob;
  int64_t length;
  Value items[];     // owned; filled before publication, then constant
} Tuple;

#define TUPLE_MAX_LENGTH ((int64_t)((INT64_MAX - sizeof(Tuple)) / sizeof(Value)))

static inline bool v_is_tuple(Value v) { return v_has_flag(v, TYPE_TUPLE); }
static inline bool v_is_tuple_exact(Value v) { return v_is_exact(v, SHAPE_TUPLE); }
static inline Tuple *v_tuple(Value v) { return (Tuple *)v_obj(v); }
Value tuple_new(Thread *t, int64_t length);                      // items null: fill them all (owned) before anything else sees it
Value tuple_from(Thread *t, const Value *borrowed, size_t n);
Value tuple_from_stolen(Thread *t, const Value *owned, size_t n);  // steals also on failure; an item V_NULL with an exception set: V_NULL
Value tuple_pack(Thread *t, size_t n, ...);                      // borrowed Values; one of them V_NULL with an exception set: V_NULL
Value tuple_slice(Thread *t, Value v, int64_t start, int64_t end);
extern Value tuple_empty;                                        // immortal ()

// structseq: a tuple subclass with named fields (os.stat_result, time.struct_time...).
typedef struct StructSeqField { const char *name, *doc; } StructSeqField;  // ended by {NULL}; name "" = unnamed
typedef struct StructSeqDef { const char *name, *doc; const StructSeqField *fields; int visible; } StructSeqDef;
Type *structseq_new_type(Thread *t, const StructSeqDef *def);    // immortal class; NULL on error
Value structseq_new(Thread *t, Type *type, const Value *stolen, size_t n);  // all fields, visible first

#endif
