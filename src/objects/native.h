// Builtin functions and methods: signatures parsed once into a binder, which gives argument errors, __text_signature__ and help.
#ifndef WEFT_OBJECTS_NATIVE_H
#define WEFT_OBJECTS_NATIVE_H

#include "objects/type.h"

typedef struct Binder Binder;   // parsed signature (immutable once made)

// How a native takes its arguments: found out when it is first called, for most of what a module offers never is.
typedef struct NativeBinding {
  aptr binder;                   // NULL: not parsed yet, or raw
  a32 direct;                    // so many positional arguments may go to def->fn as they are, without native_call; or:
} NativeBinding;
enum { NATIVE_ANY = 0xFFFF, NATIVE_NEVER = 0xFFFE };   // raw: fn looks at its arguments itself; not known, or never
#define NATIVE_BINDING_INIT {.direct = {NATIVE_NEVER}}   // of one whose definition is not raw
static inline bool native_takes_directly(const NativeBinding *b, size_t nargs) {
  uint32_t direct = a32_load_rlx(&b->direct);
  return direct == nargs || direct == NATIVE_ANY;
}

typedef struct Native {          // builtin_function_or_method: def bound to self
  Object ob;
  const NativeDef *def;
  NativeBinding *binding;        // a function's own, behind this struct; or one that outlives it: a method shares its descriptor's
  Value self;                    // module, instance or type; owned; V_NULL: none
  Value module;                  // __module__; owned or V_NULL
} Native;

extern Type type_builtin_method;   // of a method bound before whose definition is NATIVE_TAKES_CLASS
static inline bool v_is_native(Value v) { return v_is_exact(v, SHAPE_BUILTIN) || v_is_exact(v, type_builtin_method.shape); }

typedef struct NativeDescriptor {  // method_descriptor, classmethod_descriptor; immortal
  Object ob;
  const NativeDef *def;
  NativeBinding binding;
  uint32_t shape;                // of exact instances of `type`; 0: not one fixed shape
  Type *type;                    // __objclass__ (immortal: builtin types)
  Value name;
} NativeDescriptor;

Value native_new(Thread *t, const NativeDef *def, Value self, Value module);
// The same for what is made again and again: all of a definition share a binding, which is static, so the signature is parsed once.
Value native_new_sharing(Thread *t, const NativeDef *def, NativeBinding *binding, Value self);
Value native_descriptor_new(Thread *t, const NativeDef *def, Type *type);
// Calls def->fn with the arguments bound as the signature says. The VM's and object_call's way into natives.
Value native_call(Thread *t, const NativeDef *def, NativeBinding *binding, Value self, const Value *args, size_t nargs, Value kwnames);
Value native_call_bound(Thread *t, const Native *n, const Value *args, size_t nargs, Value kwnames);   // a function, or a method bound before
// For raw natives: matches a call against a static signature ("f(a, /, b=1, *, c=2)" as in NativeDef), filling out[] with borrowed values or
// V_ABSENT. *args/**kwargs not supported here. 0, or -1 with TypeError. Parsed on first use (cached in *cache).
int native_bind(Thread *t, aptr *cache, const char *signature, const Value *args, size_t nargs, Value kwnames, Value *out);
// The same for those that look at each argument before they miss the next, as CPython's parser by a format does: native_parse fills out[] and
// only refuses too many; native_parse_next says that parameter i is missing; native_parse_end complains of a keyword that has no place.
typedef struct NativeParse { const Binder *binder; Value refused; size_t nargs; const Value *out; } NativeParse;
int native_parse(Thread *t, aptr *cache, const char *signature, const Value *args, size_t nargs, Value kwnames, Value *out, NativeParse *parse);
int native_parse_next(Thread *t, const NativeParse *parse, int i);
int native_parse_end(Thread *t, const NativeParse *parse);
// Raw natives that take no keywords / only a count of positionals: 0 or -1 with CPython's TypeError.
int native_no_keywords(Thread *t, const char *name, Value kwnames);
int native_check_positional(Thread *t, const char *name, size_t nargs, size_t min, size_t max);
extern Value native_builtins_dict;  // borrowed; set by the builtins module: __reduce__ needs its getattr
bool native_init(Thread *t);

#endif
