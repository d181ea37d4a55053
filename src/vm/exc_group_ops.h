// except*: dividing exception groups and joining what is left of them.
#ifndef WEFT_VM_EXC_GROUP_OPS_H
#define WEFT_VM_EXC_GROUP_OPS_H

#include "vm/operands.h"

bool check_eg_match(Thread *t, Ref *window);
Value prep_reraise_star(Thread *t, Value orig, Value raised);

#endif
