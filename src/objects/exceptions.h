// The exception types: their start-up, and what their families share.
#ifndef WEFT_OBJECTS_EXCEPTIONS_H
#define WEFT_OBJECTS_EXCEPTIONS_H

#include "objects/error.h"

bool exceptions_init(Thread *t);
// exception_groups.c: readies BaseExceptionGroup and makes the class ExceptionGroup (type_ExceptionGroup).
bool exception_groups_init(Thread *t);
extern Type *exc_ExceptionGroup;

// Shared by the families of exception types.
Value exception_base_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames);
int exception_base_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
void exception_base_release(Thread *t, BaseException *e);   // drops the common fields
void exception_base_dealloc(Thread *t, Object *o);
void exception_base_traverse(Object *o, GcVisit visit, void *arg);
void exception_base_clear(Thread *t, Object *o);
extern const TypeSpec spec_exc_BaseExceptionGroup, spec_exc_OSError, spec_exc_SyntaxError, spec_exc_UnicodeDecodeError,
    spec_exc_UnicodeEncodeError, spec_exc_UnicodeTranslateError;

#endif
