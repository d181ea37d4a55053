// Appending to a str in place, for `s += x`.
#ifndef WEFT_VM_SLOW_APPEND_H
#define WEFT_VM_SLOW_APPEND_H

#include "vm/frame.h"

// Adds y (borrowed) to the text in a slot, which is the left operand and the destination. False, and nothing has happened: somebody else
// refers to the text, or one of the two is no str for it. Never raises.
bool slow_append_in_place(Thread *t, Ref *slot, Value y);

#endif
