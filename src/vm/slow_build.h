// Building dicts, sets, strs and functions from operands.
#ifndef WEFT_VM_SLOW_BUILD_H
#define WEFT_VM_SLOW_BUILD_H

#include "vm/operands.h"

Value slow_build_map(Thread *t, Ref *items, int64_t n);
Value slow_build_const_key_map(Thread *t, Ref *items, int64_t n);
Value slow_build_set(Thread *t, Ref *items, int64_t n);
Value slow_build_string(Thread *t, Ref *items, int64_t n);
Value slow_format(Thread *t, Value v, Value spec, int conversion);
Value slow_make_function(Thread *t, Frame *f, Ref *operands, unsigned flags);
bool slow_list_extend(Thread *t, Value list, Value iterable);
bool slow_dict_update(Thread *t, Value dict, Value other);
bool slow_dict_merge(Thread *t, Value dict, Value other, Value function);

#endif
