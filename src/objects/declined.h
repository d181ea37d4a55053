// Operators after an operand's own method has returned NotImplemented: for who called that method without the slot's C function.
#ifndef WEFT_OBJECTS_DECLINED_H
#define WEFT_OBJECTS_DECLINED_H

#include "gc/value.h"
#include "threading/thread.h"

// a OP b (BinaryOp, + OP_INPLACE) when a's in-place method was asked, or its ordinary one where an in-place operator has no such method.
Value number_binary_declined(Thread *t, Value a, Value b, int op);
// The same when both have been asked: a, whose method is its type's own, and b's reflected one.
Value number_binary_refused(Thread *t, Value a, Value b, int op);
// a OP b (CMP_*), b's class not deriving from a's.
Value object_compare_declined(Thread *t, Value a, Value b, int op);

#endif
