// What the files of the module _functools share.
#ifndef WEFT_MODULES_FUNCTOOLS_H
#define WEFT_MODULES_FUNCTOOLS_H

#include "objects/containers.h"
#include "objects/dict.h"
#include "objects/dict_attribute.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/instance.h"
#include "objects/locked_field.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

extern Type type_partial, type_lru_cache_wrapper;
bool lru_cache_init(Thread *t);

#endif
