// What the iterators of the container types share.
#include "objects/containers.h"

Value container_self(Thread *t, Value self) { return v_own(t, self); }
