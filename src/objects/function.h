// Python functions, bound methods, cells, and the descriptors classmethod, staticmethod and property.
#ifndef WEFT_OBJECTS_FUNCTION_H
#define WEFT_OBJECTS_FUNCTION_H

#include "objects/instance.h"

// Fields change under the object's lock; the VM reads code/defaults through the version: a cached call plan guards on `version`, which is
// zeroed by writes to __code__, __defaults__, __kwdefaults__ (memory.md 5). A replaced code, defaults or kwdefaults object stays alive
// until the function dies (`retired`).
typedef struct Function {
  Object ob;
  uint64_t ext;              // __dict__
  Value code;                // Code; from v_refer, and so the next two
  Value globals;             // dict
  Value builtins;            // dict
  Value name, qualname;
  Value defaults;            // tuple or V_NULL
  Value kwdefaults;          // dict or V_NULL
  Value closure;             // tuple of cells or V_NULL
  Value doc, module, annotations;  // annotations: dict, tuple of pairs (lazily made a dict) or V_NULL
  Value retired;             // list of replaced code/defaults, or V_NULL
  a32 version;               // 0: not assigned or invalidated
  aptr exec;                 // vm's translation of `code` (struct Exec *): NULL until first run, and while tracing
} Function;

typedef struct Method { Object ob; Value function, self; } Method;
typedef struct Cell { Object ob; Value value; } Cell;  // value under the cell's lock for writes; read by v_load_ref-like double check

static inline Function *v_function(Value v) { return (Function *)v_obj(v); }
Value function_new(Thread *t, Value code, Value globals);       // qualname from the code
uint32_t function_version(Thread *t, Function *f);              // assigns one on demand; 0: ran out
Value method_new(Thread *t, Value function, Value self);
Value cell_new(Thread *t, Value initial /* borrowed; V_NULL: empty */);
Value cell_get(Thread *t, Cell *c);                             // owned; V_NULL: empty, no exception
void cell_set(Thread *t, Cell *c, Value v /* borrowed; V_NULL empties */);
// As cell_get, but as v_load_keep returns it.
static inline __attribute__((always_inline)) Value cell_get_keep(Thread *t, Cell *c) {
  Value v = v_load_keep(t, &instance_no_array, NULL, &c->value);
  return likely(!v_is_null(v)) ? v : cell_get(t, c);
}

typedef struct Property { Object ob; Value get, set, del, doc, name; bool getter_doc; } Property;
typedef struct ClassMethod { Object ob; uint64_t ext; Value callable; } ClassMethod;   // StaticMethod has the same layout
// Registered by vm/: the builtins (borrowed) that a function gets whose globals name none: the running frame's, or the interpreter's.
extern Value (*function_builtins_hook)(Thread *t);
// Registered by vm/ before function_init: slots.call of type_function.
extern NativeFn function_call_slot;
bool function_init(Thread *t);
bool method_init(Thread *t);
bool cell_init(Thread *t);

// Registered by vm/: for zero-argument super(): the innermost frame's __class__ cell value and first argument (owned); -1 RuntimeError.
extern int (*super_frame_hook)(Thread *t, Value *type, Value *self);

#endif
