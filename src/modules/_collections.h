// What the files of the module _collections share.
#ifndef WEFT_MODULES_COLLECTIONS_H
#define WEFT_MODULES_COLLECTIONS_H

#include "objects/containers.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/locked_field.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/tuple.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)args, (void)nargs, (void)kwnames

extern Type type_deque, type_deque_iterator, type_deque_reverse_iterator, type_defaultdict, type_OrderedDict, type_odict_iterator,
    type_odict_keys, type_odict_values, type_odict_items, type_tuplegetter;

bool deque_init(Thread *t);
bool ordered_dict_init(Thread *t);

// What an object's __getstate__ says: its __dict__ or None, for __reduce__.
static inline Value instance_state(Thread *t, Value self) { return object_call_method0(t, self, N(__getstate__)); }

#endif
