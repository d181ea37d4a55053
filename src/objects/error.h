// Raising exceptions from C: every failure sets t->exc and returns V_NULL or -1.
//
// Format directives of raise_error: those of printf (%s %d %zd %lld %c %x %p ... with widths) and, taking a Value: %R repr, %S str, %A ascii,
// %U a str's text, %T the name of the value's type, %K the same but "None" for None (as CPython names an argument of the wrong type); taking a Type *: %N
// its name. %.200s limits as in C.
#ifndef WEFT_OBJECTS_ERROR_H
#define WEFT_OBJECTS_ERROR_H

#include <stdarg.h>

#include "objects/error_state.h"
#include "objects/type.h"

// The hierarchy, a base before its derived types: X(name, base).
#define EXCEPTION_TYPES(X)                                                                                                  \
  X(Exception, BaseException) X(BaseExceptionGroup, BaseException) X(GeneratorExit, BaseException)                          \
  X(KeyboardInterrupt, BaseException) X(SystemExit, BaseException)                                                          \
  X(ArithmeticError, Exception) X(AssertionError, Exception) X(AttributeError, Exception) X(BufferError, Exception)         \
  X(EOFError, Exception) X(ImportError, Exception) X(LookupError, Exception) X(MemoryError, Exception)                      \
  X(NameError, Exception) X(OSError, Exception) X(ReferenceError, Exception) X(RuntimeError, Exception)                     \
  X(StopAsyncIteration, Exception) X(StopIteration, Exception) X(SyntaxError, Exception) X(SystemError, Exception)          \
  X(TypeError, Exception) X(ValueError, Exception) X(Warning, Exception)                                                    \
  X(FloatingPointError, ArithmeticError) X(OverflowError, ArithmeticError) X(ZeroDivisionError, ArithmeticError)            \
  X(ModuleNotFoundError, ImportError) X(IndexError, LookupError) X(KeyError, LookupError) X(UnboundLocalError, NameError)   \
  X(BlockingIOError, OSError) X(ChildProcessError, OSError) X(ConnectionError, OSError) X(FileExistsError, OSError)         \
  X(FileNotFoundError, OSError) X(InterruptedError, OSError) X(IsADirectoryError, OSError) X(NotADirectoryError, OSError)   \
  X(PermissionError, OSError) X(ProcessLookupError, OSError) X(TimeoutError, OSError)                                       \
  X(BrokenPipeError, ConnectionError) X(ConnectionAbortedError, ConnectionError) X(ConnectionRefusedError, ConnectionError) \
  X(ConnectionResetError, ConnectionError) X(NotImplementedError, RuntimeError) X(RecursionError, RuntimeError)             \
  X(IndentationError, SyntaxError) X(TabError, IndentationError) X(UnicodeError, ValueError)                                \
  X(UnicodeDecodeError, UnicodeError) X(UnicodeEncodeError, UnicodeError) X(UnicodeTranslateError, UnicodeError)            \
  X(BytesWarning, Warning) X(DeprecationWarning, Warning) X(EncodingWarning, Warning) X(FutureWarning, Warning)             \
  X(ImportWarning, Warning) X(PendingDeprecationWarning, Warning) X(ResourceWarning, Warning) X(RuntimeWarning, Warning)    \
  X(SyntaxWarning, Warning) X(UnicodeWarning, Warning) X(UserWarning, Warning)
// ExceptionGroup (bases BaseExceptionGroup, Exception) is made by exception_groups.c as a class.

extern Type exc_BaseException;
#define EXC_EXTERN(name, base) extern Type exc_##name;
EXCEPTION_TYPES(EXC_EXTERN)
#undef EXC_EXTERN

Value raise_error(Thread *t, Type *type, const char *format, ...);  // returns V_NULL
Value raise_errorv(Thread *t, Type *type, const char *format, va_list ap);
Value raise_type_error(Thread *t, const char *format, ...);
Value raise_value_error(Thread *t, const char *format, ...);
Value raise_value(Thread *t, Type *type, Value arg);         // type(arg)
Value raise_object(Thread *t, Value exc);      // an instance (borrowed), with implicit __context__ from the handled exception
Value raise_key_error(Thread *t, Value key);
Value raise_stop_iteration(Thread *t, Value value);          // borrowed; None: no args
Value raise_errno(Thread *t, int err, Value filename /* V_NULL: none */, Value filename2);  // the right OSError subclass
Value raise_attribute_error(Thread *t, Value obj, Value name);  // "'%T' object has no attribute '%U'", name and obj set
Value raise_overflow(Thread *t, const char *format, ...);
Value raise_system_error(Thread *t, const char *format, ...);

bool error_matches(Thread *t, Type *type);     // the pending exception is an instance of type
// Wraps the pending error: sets __context__ and __cause__ of a new error raised while it was pending.
void error_chain(Thread *t, Value previous);   // steals: becomes the context of the now pending error
// sys.unraisablehook for the pending exception, which is cleared. where: an object or V_NULL.
void error_write_unraisable(Thread *t, const char *message, Value where);
// Delivers an unraisable error (borrowed): sys registers it. Called with no exception pending.
extern void (*error_unraisable_hook)(Thread *t, Value exc, const char *message, Value where);
// The exception being handled in the current frame chain (sys.exc_info), borrowed; V_NULL if none. vm/ registers it.
extern Value (*error_handled_hook)(Thread *t);
// Issues a warning through the warnings machinery: 0, or -1 (turned into an error). _warnings registers it.
int warn(Thread *t, Type *category, int stack_level, const char *format, ...);
// The same for a place in a source file rather than a frame: what the compiler warns about.
int warn_explicit(Thread *t, Type *category, Value message, Value filename, int lineno);
extern int (*warn_explicit_hook)(Thread *t, Type *category, Value message, Value filename, int lineno);
extern int (*warn_hook)(Thread *t, Type *category, Value message, int stack_level);

// Instances. Their fields are read and replaced under the instance's lock, by setters and raisers alike: a program may raise one exception
// object in several threads at once.
typedef struct BaseException {
  Object ob;               // aux: flags below
  uint64_t ext;            // __dict__
  Value args, traceback, context, cause;
  a8 suppress_context;
} BaseException;
typedef struct { BaseException base; Value value; } StopIterationException;
typedef struct { BaseException base; Value code; } SystemExitException;
typedef struct { BaseException base; Value name, path, msg; } ImportErrorException;
typedef struct { BaseException base; Value name, obj; } AttributeErrorException;
typedef struct { BaseException base; Value name; } NameErrorException;
typedef struct { BaseException base; Value errno_, strerror, filename, filename2; int64_t written; } OSErrorException;
typedef struct { BaseException base; Value msg, filename, lineno, offset, end_lineno, end_offset, text, print_file_and_line; } SyntaxErrorException;
typedef struct { BaseException base; Value encoding, object, reason; int64_t start, end; } UnicodeErrorException;
typedef struct { BaseException base; Value message, exceptions; } ExceptionGroupException;
static inline BaseException *v_exc(Value v) { return (BaseException *)v_obj(v); }
static inline bool v_is_exception(Value v) { return v_is_ptr(v) && object_type(v_obj(v))->flags & TYPE_EXC; }
static inline bool v_is_exception_class(Value v) { return v_is_type(v) && v_as_type(v)->flags & TYPE_EXC; }
Value exception_get_traceback(Thread *t, Value exc);             // owned; None if none
Value exception_get_context(Thread *t, Value exc);               // owned; V_NULL if none
Value exception_get_cause(Thread *t, Value exc);                 // owned; V_NULL if none
void exception_set_traceback(Thread *t, Value exc, Value tb);
void exception_set_context(Thread *t, Value exc, Value context); // context borrowed, V_NULL clears
void exception_set_cause(Thread *t, Value exc, Value cause);
// An instance of type(*args), owned.
Value exception_new(Thread *t, Type *type, const Value *args, size_t nargs);
// Only what BaseException.__new__ does: an instance whose args these are.
Value exception_alloc(Thread *t, Type *type, const Value *args, size_t nargs);

#endif
