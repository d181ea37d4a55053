// How a module object lies in memory: what natives, which name their module, need to know of it.
#ifndef WEFT_OBJECTS_MODULE_LAYOUT_H
#define WEFT_OBJECTS_MODULE_LAYOUT_H

#include "objects/type.h"

typedef struct Module { Object ob; uint64_t ext /* dict|1 always */; Value dict, name; void *state; const struct ModuleDef *def; } Module;

static inline Module *v_module(Value v) { return (Module *)v_obj(v); }
static inline Value module_dict(Value m) { return v_module(m)->dict; }  // borrowed

#endif
