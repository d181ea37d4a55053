// The abstract object protocol: what any value can be asked, as Python's operators and builtins define it.
//
// Parameters are borrowed, results owned. V_NULL / -1 = an exception is set. Any of these may run Python code (a safepoint) unless noted.
#ifndef WEFT_OBJECTS_OBJECT_H
#define WEFT_OBJECTS_OBJECT_H

#include "objects/type.h"

// --- Singletons (canonical immortal words) ----------------------------------------------------------------------------------------
extern Object none_object, ellipsis_object, not_implemented_object;
typedef struct BoolObject { Object ob; int64_t size; uint64_t limb; } BoolObject __attribute__((aligned(16)));  // an Int with room for one limb
extern BoolObject bool_false_object, bool_true_object;
#define V_NONE VALUE((uint64_t)(uintptr_t)&none_object | 1)
#define V_TRUE VALUE((uint64_t)(uintptr_t)&bool_true_object | 1)
#define V_FALSE VALUE((uint64_t)(uintptr_t)&bool_false_object | 1)
#define V_ELLIPSIS VALUE((uint64_t)(uintptr_t)&ellipsis_object | 1)
#define V_NOT_IMPLEMENTED VALUE((uint64_t)(uintptr_t)&not_implemented_object | 1)
static inline Value v_from_bool(bool b) { return b ? V_TRUE : V_FALSE; }
static inline bool v_is_none(Value v) { return v_is(v, V_NONE); }
static inline bool v_is_not_implemented(Value v) { return v_is(v, V_NOT_IMPLEMENTED); }
// An optional argument: absent or None.
static inline bool v_is_absent_or_none(Value v) { return v_is_absent(v) || v_is_none(v); }

// --- Text, hash, truth, comparison ------------------------------------------------------------------------------------------------
Value object_repr(Thread *t, Value v);        // str
Value object_str(Thread *t, Value v);         // str
Value object_ascii(Thread *t, Value v);       // str
Value object_bytes(Thread *t, Value v);
Value object_format(Thread *t, Value v, Value spec /* str; V_NULL: empty */);
int64_t object_hash(Thread *t, Value v);      // never -1 but on error
int object_is_true(Thread *t, Value v);       // 1, 0, -1
Value object_compare(Thread *t, Value a, Value b, int op);
int object_compare_bool(Thread *t, Value a, Value b, int op);  // identity implies equality, as containers compare
int object_equal(Thread *t, Value a, Value b);                 // object_compare_bool with CMP_EQ, fast for str and numbers

// --- Attributes -------------------------------------------------------------------------------------------------------------------
Value object_getattr(Thread *t, Value v, Value name);
// 1: *out owned; 0: no such attribute (AttributeError swallowed, *out = V_NULL); -1: another exception.
int object_lookup_attr(Thread *t, Value v, Value name, Value *out);
int object_setattr(Thread *t, Value v, Value name, Value value /* V_NULL: delete */);
Value object_generic_getattr(Thread *t, Value v, Value name);  // the default getattro
int object_generic_setattr(Thread *t, Value v, Value name, Value value);
Value object_get_dict(Thread *t, Value v);    // the instance's __dict__ (dict mode from then on), owned; V_NULL if it has none (no exception)
Value object_dir(Thread *t, Value v);         // list
// type(v)'s attribute `name` along the MRO, bound to v (as implicit dunder look-up does): 1, 0 absent, -1.
int object_lookup_special(Thread *t, Value v, Value name, Value *out);

// --- Calls ------------------------------------------------------------------------------------------------------------------------
// args[0..nargs) positional, followed by one value per name in the tuple kwnames (V_NULL: none).
Value object_call(Thread *t, Value f, const Value *args, size_t nargs, Value kwnames);
Value object_call0(Thread *t, Value f);
Value object_call1(Thread *t, Value f, Value a);
Value object_call2(Thread *t, Value f, Value a, Value b);
Value object_call3(Thread *t, Value f, Value a, Value b, Value c);
Value object_call_ex(Thread *t, Value f, Value args_tuple, Value kwargs_dict /* V_NULL: none */);
// obj.name(args...): args[0] is obj itself, nargs counts it.
Value object_call_method(Thread *t, Value name, const Value *args, size_t nargs, Value kwnames);
Value object_call_method0(Thread *t, Value obj, Value name);
Value object_call_method1(Thread *t, Value obj, Value name, Value a);
Value object_call_method2(Thread *t, Value obj, Value name, Value a, Value b);
bool object_is_callable(Value v);

// hash slot of unhashable types: TypeError "unhashable type: '%T'".
int64_t object_hash_not_implemented(Thread *t, Value v);

// --- Numbers ----------------------------------------------------------------------------------------------------------------------
typedef enum {
  OP_ADD, OP_AND, OP_FLOOR_DIVIDE, OP_LSHIFT, OP_MATMUL, OP_MULTIPLY, OP_REMAINDER, OP_OR, OP_POWER, OP_RSHIFT, OP_SUBTRACT, OP_TRUE_DIVIDE, OP_XOR,
  OP_INPLACE /* added to one of the above: BINARY_OP's argument in 3.11 is exactly this number, 13 for += */
} BinaryOp;
Value number_binary(Thread *t, Value a, Value b, int op /* BinaryOp, + OP_INPLACE */);
Value number_power(Thread *t, Value a, Value b, Value mod);
Value number_divmod(Thread *t, Value a, Value b);
Value number_negative(Thread *t, Value v);
Value number_positive(Thread *t, Value v);
Value number_invert(Thread *t, Value v);
Value number_absolute(Thread *t, Value v);
Value number_index(Thread *t, Value v);       // operator.index: an int (subclass instances allowed, as CPython)
Value number_int(Thread *t, Value v);         // int(v)
Value number_float(Thread *t, Value v);       // float(v)
bool number_is_index(Value v);                // has __index__
// As a C integer; -1 and OverflowError/TypeError on failure (check error_pending when -1). _clip saturates instead of overflowing.
int64_t number_as_i64(Thread *t, Value v);
int64_t number_as_i64_clip(Thread *t, Value v);
int number_as_int(Thread *t, Value v);
double number_as_double(Thread *t, Value v);  // -1.0 and an exception on failure

// --- Containers and iteration -----------------------------------------------------------------------------------------------------
int64_t object_length(Thread *t, Value v);
int64_t object_length_hint(Thread *t, Value v, int64_t default_);
Value object_getitem(Thread *t, Value v, Value key);
int object_setitem(Thread *t, Value v, Value key, Value value /* V_NULL: delete */);
int object_contains(Thread *t, Value container, Value item);
int object_search_iterable(Thread *t, Value iterable, Value item);  // `in` by iterating; TypeError "argument of type '%T' is not iterable"
Value object_iter(Thread *t, Value v);
Value object_iternext(Thread *t, Value iterator);  // V_NULL without an exception: exhausted (StopIteration is swallowed)
Value object_to_list(Thread *t, Value iterable);   // a new list
Value object_to_tuple(Thread *t, Value iterable);
Value object_to_tuple_or(Thread *t, Value iterable, const char *error);   // a TypeError of iter() says `error` instead
bool object_is_iterator(Value v);
// iternext of a class whose __next__ was deleted: TypeError "'%T' object is not iterable".
Value object_next_not_implemented(Thread *t, Value self);

// --- Classes ----------------------------------------------------------------------------------------------------------------------
int object_isinstance(Thread *t, Value v, Value cls);
int object_issubclass(Thread *t, Value derived, Value cls);
// What type.__instancecheck__ and __subclasscheck__ do: the class's own hooks are not asked.
int object_real_isinstance(Thread *t, Value v, Value cls);
int object_real_issubclass(Thread *t, Value derived, Value cls);

// A function of the builtins module by name, owned: how iterators pickle themselves (iter, reversed). AttributeError(name).
Value object_builtin(Thread *t, Value name);
// As object_getattr and object_generic_getattr, but 0 without an exception where those raise a plain "no such attribute".
int object_generic_lookup(Thread *t, Value v, Value name, Value *out);

// The bound on nested Python calls (sys.setrecursionlimit).
extern int32_t object_recursion_limit;
// Recursion in C (repr of nested lists, comparisons...): RecursionError "maximum recursion depth exceeded%s" when the C stack runs low.
// Pair of calls; where is e.g. " while getting the repr of an object".
int recursion_enter(Thread *t, const char *where);
static inline void recursion_leave(Thread *t) { t->py_depth--; }
// Guards repr() of self-containing containers: 1 already inside, 0 entered (pair with _leave), -1 error.
int repr_enter(Thread *t, Value v);
void repr_leave(Thread *t, Value v);

#endif
