// Type objects: slots, flags, the specification that builtin types are declared with, and attribute look-up along the MRO.
//
// Builtin types are static structs (`Type type_list`) with a fixed shape id, made ready at start-up from a TypeSpec; their referents are
// immortal. Classes are heap objects of the same struct. Slots hold C functions; class statements fill them with generic functions that
// look the dunder up and call it, and every write to a dunder refills them, in subclasses too.
// Locking: a type's dict, bases, mro, slots, subclasses and attribute array change under the type lock (type_mutex) with the world stopped
// where a cache could be wrong (flush); readers use the dict's lock-free look-up.
#ifndef WEFT_OBJECTS_TYPE_H
#define WEFT_OBJECTS_TYPE_H

#include "gc/heap.h"
#include "gc/refcount.h"
#include "objects/builtin_shapes.h"

// A native: arguments are borrowed Values (they may carry bit 0, see gc/value.h), alive for the call; the result is owned, V_NULL with an
// exception set on failure. Two calling kinds share the type:
//   bound (the rule): the binder has matched the call against the signature: args[i] is the i-th declared parameter, V_ABSENT where an
//     optional one was not given; *args arrives as a tuple, **kwargs as a dict (V_ABSENT if empty); nargs = number of parameters; kwnames null.
//   raw: args[0..nargs) positional, then the values of the names in the tuple kwnames (V_NULL if none).
// self: the instance; the module object for module functions; the type for static methods' __new__-like natives (first argument apart).
typedef Value (*NativeFn)(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);

enum {  // NativeDef.flags
  NATIVE_RAW = 1,         // not bound; the signature serves introspection only
  NATIVE_CLASS = 2,       // classmethod: self is the class
  NATIVE_STATIC = 4,      // staticmethod: self is null
  NATIVE_COEXIST = 8,     // put it in although a slot wrapper has the name
  NATIVE_NO_SIGNATURE = 16,  // __text_signature__ is None
  NATIVE_TAKES_CLASS = 32,   // in CPython the method is passed its class: errors are worded as if it could take keywords, the bound one is a builtin_method
  NATIVE_VARARGS = 64,       // in CPython it gets a tuple: bound, it refuses keywords by its plain name
  NATIVE_PARSED = 128,       // in CPython it parses its arguments by a format: "f() takes exactly 2 arguments (3 given)"
};

// "append($self, object, /)": name and parameters, parsed once (objects/native.c). The first parameter of a method is written "$self" (or
// "$module", "$type") as CPython's clinic does and is not counted in args. Defaults are shown in __text_signature__ verbatim.
typedef struct NativeDef {
  const char *signature;
  NativeFn fn;
  const char *doc;      // our own words; NULL: none
  uint32_t flags;
} NativeDef;

typedef Value (*GetterFn)(Thread *t, Value self, void *closure);
typedef int (*SetterFn)(Thread *t, Value self, Value value /* V_NULL: delete */, void *closure);
typedef struct GetSetDef { const char *name; GetterFn get; SetterFn set; const char *doc; void *closure; } GetSetDef;

enum MemberKind { MEMBER_VALUE /* Value; null reads as None */, MEMBER_I32, MEMBER_U32, MEMBER_I64, MEMBER_BOOL, MEMBER_F64 };
typedef struct MemberDef { const char *name; enum MemberKind kind; uint32_t offset; bool readonly; const char *doc; } MemberDef;

enum { CMP_LT, CMP_LE, CMP_EQ, CMP_NE, CMP_GT, CMP_GE };  // the order of CPython's Py_LT...

// The buffer protocol (PEP 3118). `obj` is owned by the view; release through buffer_release (objects/buffer.h).
typedef struct BufferView {
  void *data; int64_t len; int64_t itemsize; bool readonly; int ndim; const char *format;
  int64_t *shape, *strides, *suboffsets; Value obj; void *internal; int64_t inline_dims[2];
} BufferView;
enum { BUFFER_SIMPLE = 0, BUFFER_WRITABLE = 1, BUFFER_FORMAT = 4, BUFFER_ND = 8, BUFFER_STRIDES = 24, BUFFER_FULL_RO = 28, BUFFER_FULL = 29 };

typedef Value (*UnaryFn)(Thread *t, Value self);
typedef Value (*BinaryFn)(Thread *t, Value a, Value b);   // may return NotImplemented where Python's protocol says so
typedef Value (*TernaryFn)(Thread *t, Value a, Value b, Value c);

// As CPython's type slots, without the mapping/sequence split of item access. Unset = NULL. int-valued ones return -1 with an exception.
typedef struct TypeSlots {
  UnaryFn repr, str;
  int64_t (*hash)(Thread *t, Value self);                   // never -1 but on error
  NativeFn call;                                            // raw kind: self is the callee
  Value (*getattro)(Thread *t, Value self, Value name);
  int (*setattro)(Thread *t, Value self, Value name, Value value /* V_NULL: delete */);
  Value (*richcompare)(Thread *t, Value a, Value b, int op);
  UnaryFn iter;
  UnaryFn iternext;                                         // V_NULL without an exception: exhausted
  Value (*descr_get)(Thread *t, Value self, Value obj /* V_NULL: none */, Value type /* V_NULL: none */);
  int (*descr_set)(Thread *t, Value self, Value obj, Value value /* V_NULL: delete */);
  Value (*new)(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames);     // raw
  int (*init)(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);      // raw
  Value (*alloc)(Thread *t, Type *type, size_t nitems);
  void (*finalize)(Thread *t, Value self);                  // __del__; reports its own errors as unraisable
  // numbers
  BinaryFn add, subtract, multiply, remainder, divmod, lshift, rshift, and_, xor_, or_, floor_divide, true_divide, matmul;
  BinaryFn iadd, isubtract, imultiply, iremainder, ilshift, irshift, iand, ixor, ior, ifloor_divide, itrue_divide, imatmul;
  TernaryFn power, ipower;                                  // third operand: None where absent
  UnaryFn negative, positive, absolute, invert, int_, float_, index;
  int (*bool_)(Thread *t, Value self);
  // containers
  int64_t (*length)(Thread *t, Value self);
  Value (*getitem)(Thread *t, Value self, Value key);
  int (*setitem)(Thread *t, Value self, Value key, Value value /* V_NULL: delete */);
  int (*contains)(Thread *t, Value self, Value item);       // 1, 0, -1
  BinaryFn concat, iconcat;
  Value (*repeat)(Thread *t, Value self, int64_t n);
  Value (*irepeat)(Thread *t, Value self, int64_t n);
  Value (*seq_item)(Thread *t, Value self, int64_t i);      // sequence types: index already adjusted; raises IndexError
  // async
  UnaryFn await, aiter, anext;
  int (*getbuffer)(Thread *t, Value self, BufferView *view, int flags);
  void (*releasebuffer)(Thread *t, Value self, BufferView *view);
  // memory: copied into the type's shapes
  void (*dealloc)(Thread *t, Object *o);
  void (*traverse)(Object *o, GcVisit visit, void *arg);    // the type's own fields; instance dict, slots and the class are added for subclasses
  void (*clear)(Thread *t, Object *o);
} TypeSlots;

enum {  // Type.flags
  TYPE_HEAP = 1, TYPE_BASETYPE = 2 /* may be subclassed */, TYPE_READY = 4, TYPE_IMMUTABLE = 8 /* attributes can't be set */,
  TYPE_ABSTRACT = 16, TYPE_HAS_EXT = 32 /* instances have an ext word: a __dict__ */, TYPE_WEAKREF = 64, TYPE_HAS_FINALIZER = 128,
  TYPE_NO_INSTANTIATE = 256 /* cannot create 'x' instances */, TYPE_SEQUENCE = 512, TYPE_MAPPING = 1024 /* for match */,
  TYPE_METHOD_DESCRIPTOR = 2048 /* callable as method without binding */, TYPE_MATCH_SELF = 4096 /* case int(x) */,
  TYPE_VARSIZE = 8192, TYPE_HAS_DEL_SLOT = 16384,
  TYPE_OPEN = 32768 /* builtin, but attributes other than the slots' dunders can be set */,
  TYPE_FOREIGN_MRO = 65536 /* the MRO holds classes that no base derives from: writes to those do not find this class, so nothing is cached */,
  TYPE_BY_INDEX = 1 << 17 /* CPython's type is a sequence only: __getitem__, __setitem__, __delitem__ called by name take integers, and say so */,
  TYPE_INT = 1 << 20, TYPE_LIST = 1 << 21, TYPE_TUPLE = 1 << 22, TYPE_STR = 1 << 23, TYPE_BYTES = 1 << 24, TYPE_DICT = 1 << 25,
  TYPE_EXC = 1 << 26, TYPE_TYPE = 1 << 27, TYPE_FLOAT = 1 << 28, TYPE_SET = 1 << 29 /* set or frozenset */, TYPE_BYTEARRAY = 1 << 30,
};

typedef struct TypeSpec {
  const char *name;        // "module.name" or a builtin's plain name; __module__ is what stands before the last dot, else builtins
  Type *base;              // NULL: object
  uint32_t size;           // bytes of an instance, header included; for TYPE_VARSIZE the fixed part
  uint32_t item_size;
  uint32_t flags;
  uint32_t ext_offset;     // TYPE_HAS_EXT builtin types: where their ext word lies; 0 if none
  TypeSlots slots;
  const NativeDef *methods;    // ended by {0}
  const GetSetDef *getset;
  const MemberDef *members;
  const GetSetDef *computed_members;   // of type member_descriptor, as what CPython stores as a field; set: NULL where it is readonly
  const char *doc;
  const char *text_signature;  // of the constructor: "(iterable=(), /)"
} TypeSpec;

// How a name resolves on a class (along its MRO), for inline caches (memory.md 5).
typedef enum {
  ATTR_ABSENT, ATTR_PLAIN /* class data, no __get__ */, ATTR_FUNCTION, ATTR_NATIVE /* method_descriptor */, ATTR_CLASSMETHOD, ATTR_STATICMETHOD,
  ATTR_PROPERTY, ATTR_SLOT /* __slots__ member */, ATTR_DATA /* other data descriptor */, ATTR_NONDATA /* other with __get__ only */,
} AttrKind;
typedef struct TypeAttr { Value name, value; AttrKind kind; } TypeAttr;  // name interned; value borrowed from the class dict that owns it
// Append-only up to `capacity`, then replaced; a hash index of uint16_t[4 * capacity] (entry number + 1, 0: empty) stands behind the items.
typedef struct TypeAttrs { a32 count; uint32_t capacity; TypeAttr items[]; } TypeAttrs;

typedef struct TypeList { uint32_t count, capacity; Type *items[]; } TypeList;

struct Type {
  Object ob;                 // aux: unused
  uint64_t ext;              // a class's own ext word is unused: its attributes live in `dict`
  Value name, qualname;      // str; owned. name is as error messages show it: "collections.deque" for builtin types of modules
  Value dict;                // Dict, owned; NULL before ready
  Value bases, mro;          // tuples, owned
  Type *base;                // best base, borrowed from bases
  TypeList *subclasses;      // direct ones, oldest first, borrowed (a dying class leaves the list); under the type lock
  struct ShapeLayout *layouts;  // of the hidden-class shapes of this class; under the shape lock
  uint32_t flags;
  uint32_t size, item_size;  // of an instance
  uint32_t ext_offset;       // 0: no ext word; EXT_AFTER_ITEMS: variable-size base
  uint16_t inline_slots;     // instance slots after ext
  uint16_t member_slots;     // words that this class's own __slots__ take
  int32_t member_offset;     // of the first of them; negative: counted from the end of a variable-size instance's block
  uint32_t shape;            // instances start with it (builtin: the only one)
  uint32_t dict_shape;       // instances in dict mode
  uint32_t class_shape;      // this class object's own shape
  uint32_t shape_count;      // hidden-class shapes made so far; under the shape lock
  TypeSlots slots;
  aptr attrs;                // TypeAttrs *, resolved attributes that caches depend on; replaced on growth (retired)
  const TypeSpec *spec;      // builtin types; NULL for classes
  Value module_hint;         // __module__ of builtin types
  Value self_ref;            // classes: an owned reference to itself, so that only the collector frees one (memory.md 6)
  Value metatype_ref;        // classes: an owned reference to a metaclass that is a class itself, which must not be freed first
  a64 version;               // bumped on every change, for slow look-up caches; under the type lock
  Type *walk_next;           // type_family.h
  uint64_t walk_mark;        // both under the type lock
};
#define EXT_AFTER_ITEMS 0xFFFFFFFFu

BUILTIN_SHAPES(TYPE_EXTERN)

// --- Type of a value --------------------------------------------------------------------------------------------------------------
extern Type *const type_of_immediate[16];  // by the low four bits: int and float; NULL for markers
static inline Type *object_type(const Object *o) { return shape_table[a32_load_acq(&o->shape)].type; }
static inline Type *v_type(Value v) { return v_is_ptr(v) ? object_type(v_obj(v)) : type_of_immediate[v.w & 0xF]; }
// Exact builtin type by shape id: v_is_exact(v, SHAPE_LIST). Not for INT and FLOAT, whose common form is immediate (see int.h, float.h).
static inline bool v_is_exact(Value v, uint32_t shape) { return v_is_ptr(v) && object_shape(v_obj(v)) == shape; }
static inline bool v_has_flag(Value v, uint32_t type_flag) { return v_type(v)->flags & type_flag; }  // e.g. TYPE_LIST: list or subclass
static inline bool v_is_type(Value v) { return v_is_ptr(v) && object_type(v_obj(v))->flags & TYPE_TYPE; }
static inline Type *v_as_type(Value v) { return (Type *)v_obj(v); }

// --- Making and asking ------------------------------------------------------------------------------------------------------------
// Readies a static type: `shape` from builtin_shapes.h, or 0 to take a fresh one. Aborts start-up (false, exception set) on failure.
bool type_ready(Thread *t, Type *type, const TypeSpec *spec, uint32_t shape);
bool type_is_subtype(const Type *a, const Type *b);            // by MRO, no Python code
// The class attribute along the MRO, owned; V_NULL without an exception when there is none. name: interned str.
Value type_lookup(Thread *t, Type *type, Value name);
// Index into type->attrs of the entry for name, made if need be; -1 when it can't be cached. May lock; no Python code.
int32_t type_attr_index(Thread *t, Type *type, Value name);
// Instance allocation: zeroed payload, starting shape, ext and slots empty. type->slots.alloc's default.
Value type_generic_alloc(Thread *t, Type *type, size_t nitems);
// Frees an instance of a class: clears slots/ext, then the base's dealloc. The dealloc slot of every class.
void type_subtype_dealloc(Thread *t, Object *o);
// Class creation as type(name, bases, dict) does it (metaclass already chosen).
Value type_new_class(Thread *t, Type *metatype, Value name, Value bases, Value dict, const Value *kwargs, Value kwnames);
void type_modified(Thread *t, Type *type, Value name);          // after a class attribute write: refill slots, flush caches

#endif
