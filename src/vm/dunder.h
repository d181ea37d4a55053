// Instructions whose operand's class answers with a Python method: its frame is pushed by the instruction, and no C stack lies in between.
//
// dunder_* look whether that is so at the instruction at hand. Operands stay in their slots, which the new frame borrows from. When the frame
// returns (RET_OPERATOR, RET_COMPARISON), dunder_returned finishes the instruction; should the method have returned NotImplemented, it asks
// whoever is next.
#ifndef WEFT_VM_DUNDER_H
#define WEFT_VM_DUNDER_H

#include "vm/frame.h"

// What became of an instruction. DUNDER_NONE: nothing has happened, the generic way must be gone. DUNDER_PUSHED: t->frame is the method's frame,
// at its beginning. DUNDER_FAILED: an exception is set.
typedef enum { DUNDER_NONE, DUNDER_PUSHED, DUNDER_FAILED } DunderResult;
// SLOW_PUSHED is how an instruction's helper answers that the instruction goes on in t->frame and is finished by dunder_returned.
enum { SLOW_PUSHED = 2 };
// That answer for a result other than DUNDER_NONE; `failed`: the helper's for an exception.
static inline int pushed_or(DunderResult r, int failed) { return likely(r == DUNDER_PUSHED) ? SLOW_PUSHED : failed; }

// Only instances of classes made by class statements can have such methods.
static inline bool dunder_possible(Value v) { return v_is_ptr(v) && object_shape(v_obj(v)) >= SHAPE_FIRST_FREE; }

DunderResult dunder_binary(Thread *t, Value x, Value y, int number);    // BinaryOp
DunderResult dunder_reflected(Thread *t, Value x, Value y, int number);  // y's method, where x's type is builtin and surely declines
DunderResult dunder_unary(Thread *t, Value v, unsigned op);             // X_NEGATIVE, X_POSITIVE, X_INVERT
DunderResult dunder_truth(Thread *t, Value v);                          // __bool__ or __len__
DunderResult dunder_compare(Thread *t, Value x, Value y, int cmp);
// SUBSCR and SUBSCR_K, the instruction `ip` of frame f. key_slot: 0xFFFF = a constant. Where no operand has to be dropped afterwards, the
// method's frame returns as a called function's does.
DunderResult dunder_subscript(Thread *t, const Frame *f, const Inst *ip, Value container, Value key, unsigned key_slot);
DunderResult dunder_store_subscript(Thread *t, Value container, Value key, Value value);
DunderResult dunder_contains(Thread *t, Value container, Value item);
DunderResult dunder_iter(Thread *t, Value v);
DunderResult dunder_next(Thread *t, Value iterator);                    // its frame: RET_NEXT
// LOAD_ATTR of a data descriptor with __get__: its result goes to slot `dest`.
DunderResult dunder_descriptor(Thread *t, Value obj, Value name, unsigned dest);
// `with`: at window[0] a manager whose class defines both methods in Python. Its bound __exit__ stays there, and the result of __enter__ will
// stand above it, in slot `at` + 1 of the frame.
DunderResult dunder_enter(Thread *t, Ref *window, unsigned at);
// The function behind v's __call__ as v_keep returns it, if a call of it with n arguments needs no binding; else V_NULL.
Value dunder_call_function(Thread *t, Value v, size_t n);

// The method that the instruction `ip` of frame f called has returned `result` (owned, taken). aux: that of the method's frame.
typedef enum { DUNDER_ERROR, DUNDER_NEXT, DUNDER_JUMP, DUNDER_JUMP_FAR } DunderOutcome;   // FAR: by bc, else by c
DunderOutcome dunder_returned(Thread *t, Frame *f, const Inst *ip, Value result, unsigned aux);

#endif
