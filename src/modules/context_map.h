// An immutable map from context variables to values, whose changed copies share all but a path with the original.
//
// A weight-balanced tree (Adams 1992) ordered by the variables' serial numbers; nodes are objects that the collector knows, constant once
// made, so any thread may read any map without a lock. The empty map is None. Copying a map is taking a reference.
#ifndef WEFT_MODULES_CONTEXT_MAP_H
#define WEFT_MODULES_CONTEXT_MAP_H

#include "objects/type.h"

typedef struct ContextVar {
  Object ob;
  uint64_t serial;   // unique for the process's life
  Value name;        // str; owned
  Value initial;     // the default, owned; V_NULL: none
} ContextVar;
static inline ContextVar *v_context_var(Value v) { return (ContextVar *)v_obj(v); }

// The value of var, borrowed from the map; V_NULL: absent (no exception).
Value context_map_get(Value map, Value var);
// A new map, owned; V_NULL: no memory.
Value context_map_with(Thread *t, Value map, Value var, Value value);
Value context_map_without(Thread *t, Value map, Value var);
int64_t context_map_length(Value map);
// The entries in the order of their variables' making, as a new list: the variables, the values, or pairs.
typedef enum ContextMapPart { CONTEXT_KEYS, CONTEXT_VALUES, CONTEXT_ITEMS } ContextMapPart;
Value context_map_list(Thread *t, Value map, ContextMapPart part);
// The same variables with equal values: 1, 0, -1.
int context_map_equal(Thread *t, Value a, Value b);

bool context_map_init(Thread *t);

#endif
