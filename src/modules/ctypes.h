// What the files of _ctypes share: classes that describe C types, objects that hold C data, and what one file needs of another.
//
// A C type is a class whose metaclass derives from CType_Type; its description (CInfo) stands behind the class object itself. It changes
// while the class is made, and until `final` is set by `_fields_` or set_type; then it is constant.
// An instance (CData) has its bytes inline, in a block of its own, or within another instance (`base`, always the one that the bytes
// belong to in the end keeps what they point to in `objects`) or anywhere (from_address).
// Locking: bytes are read and written under the lock of the instance that they belong to (ctypes_root), as far as that is known; `data`,
// `size` and `objects` of a root change under the same lock. Other C code that uses the memory meanwhile knows no lock.
#ifndef WEFT_MODULES_CTYPES_H
#define WEFT_MODULES_CTYPES_H

#include <ffi.h>

#include "modules/shared_library.h"
#include "objects/text_native.h"
#include "objects/type.h"
#include "threading/critical.h"

#define FFI_SYMBOLS(X)                                                                                                                  \
  X(ffi_prep_cif) X(ffi_prep_cif_var) X(ffi_call) X(ffi_closure_alloc) X(ffi_closure_free) X(ffi_prep_closure_loc) X(ffi_type_void)      \
  X(ffi_type_uint8) X(ffi_type_sint8) X(ffi_type_uint16) X(ffi_type_sint16) X(ffi_type_uint32) X(ffi_type_sint32) X(ffi_type_uint64)     \
  X(ffi_type_sint64) X(ffi_type_float) X(ffi_type_double) X(ffi_type_longdouble) X(ffi_type_pointer)
typedef struct FfiLibrary { FFI_SYMBOLS(LIBRARY_FIELD) } FfiLibrary;
extern FfiLibrary ffi;   // constant once loaded

enum { CTYPES_MAX_ARGCOUNT = 1024 };
enum { FUNCFLAG_CDECL = 1, FUNCFLAG_PYTHONAPI = 4, FUNCFLAG_USE_ERRNO = 8, FUNCFLAG_USE_LASTERROR = 16 };

typedef struct CInfo {
  bool known;               // has a size: there can be instances
  a8 final;                 // no change any more
  bool swapped;             // simple: the other byte order
  bool has_union, has_bitfield;   // cannot be passed by value
  char code;                // simple: the character of _type_
  int flags;                // functions: FUNCFLAG_*
  int64_t size, align, length;    // bytes; length: fields, or items of an array
  Value item;               // owned: what an array holds or a pointer points to; V_NULL: none, or not told yet
  Value argtypes, restype;  // owned, functions: see ctypes_function.c; a class, a callable or None; V_NULL: not told
  ffi_type *ffi;            // how to pass one by value; own, or the library's
  ffi_type own;             // with elements in a heap block
  char *format;             // PEP 3118, a heap block; NULL: bytes
  int ndim;
  int64_t *shape;           // a heap block
} CInfo;

typedef struct CType {
  Type type;
  CInfo info;
} CType;

typedef struct CData {
  Object ob;
  char *data;               // the bytes
  int64_t size, length;     // length: how many things can be kept for
  int64_t index;            // which field or item of base it is
  Value base;               // owned, constant; V_NULL: a root
  Value objects;            // owned: what the bytes point to, roots only; V_NULL: nothing yet
  bool owns;                // data is a heap block of its own
  union { char bytes[16]; long double alignment; } small;
} CData;

extern CType type_ctypes_simple, type_ctypes_structure, type_ctypes_union, type_ctypes_array, type_ctypes_pointer, type_ctypes_function;
extern Type type_ctypes_meta, type_ctypes_data, type_ctypes_argument, type_ctypes_field;
extern Type type_ctypes_simple_meta, type_ctypes_structure_meta, type_ctypes_union_meta, type_ctypes_array_meta, type_ctypes_pointer_meta, type_ctypes_function_meta;
extern Value ctypes_argument_error;   // the class

static inline CData *v_cdata(Value v) { return (CData *)v_obj(v); }
static inline bool ctypes_is_data(Value v) { return type_is_subtype(v_type(v), &type_ctypes_data); }
// The description of a class; NULL if it is no C type, or an abstract one.
static inline CInfo *ctypes_info(const Type *type) {
  if (!type_is_subtype(object_type(&type->ob), &type_ctypes_meta)) return NULL;
  CInfo *info = &((CType *)(uintptr_t)type)->info;
  return info->known ? info : NULL;
}
static inline CInfo *ctypes_info_of(Value v) { return !v_is_null(v) && v_is_type(v) ? ctypes_info(v_as_type(v)) : NULL; }
static inline bool ctypes_is_meta(Value v, const Type *meta) { return v_is_type(v) && type_is_subtype(v_type(v), meta); }
// A class derived from a simple type, whose instances are not turned into Python's own.
static inline bool ctypes_is_simple_subclass(const Type *type) {
  return type_is_subtype(object_type(&type->ob), &type_ctypes_simple_meta) && type->base != &type_ctypes_simple.type;
}
static inline CData *ctypes_root(CData *c) {
  while (!v_is_null(c->base)) c = v_cdata(c->base);
  return c;
}

// --- Types (ctypes_type.c) --------------------------------------------------------------------------------------------------------------
// The description of a class that a metaclass has just made, cleared.
static inline CInfo *ctypes_raw_info(Value cls) { return &((CType *)(void *)v_obj(cls))->info; }
int ctypes_info_copy(Thread *t, CInfo *to, const CInfo *from);            // 0, -1
// Makes a static type ready as an instance of its metaclass.
bool ctypes_ready(Thread *t, CType *type, const TypeSpec *spec, Type *meta);
// The array type of so many items, from a cache.
Value ctypes_array_of(Thread *t, Value item, int64_t length);
Value ctypes_pointer_to(Thread *t, Value item);                           // POINTER(item)
extern Value ctypes_pointer_cache;                                        // dict
// PEP 3118 text in a heap block; NULL with MemoryError.
char *ctypes_format(Thread *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
// from_param of most types: value if it is an instance, or what its _as_parameter_ gives.
Value ctypes_from_param(Thread *t, Value cls, Value v);
bool ctypes_types_init(Thread *t);

// --- Data (ctypes_data.c) ---------------------------------------------------------------------------------------------------------------
// A new instance with zeroed bytes; TypeError "abstract class".
Value ctypes_data_new(Thread *t, Type *type);
// The slot `new` of classes whose instances begin so.
Value ctypes_instance_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames);
Value ctypes_data_within(Thread *t, Type *type, Value base, int64_t index, char *data);   // part of base
Value ctypes_data_at(Thread *t, Type *type, char *address);
// Copies between an instance's memory and somewhere else, under its lock.
void ctypes_read(Thread *t, CData *c, void *to, const char *from, int64_t n);
void ctypes_write(Thread *t, CData *c, char *to, const void *from, int64_t n);
// The Python value of a part of `of` at p: a value for a simple type, else an instance within `of`.
Value ctypes_get(Thread *t, Value type, Value of, int64_t index, char *p);
// Stores v as `type` in a part of `of` at p, and keeps what the bytes then point to. 0, -1.
int ctypes_set(Thread *t, Value type, Value of, int64_t index, char *p, Value v);
int ctypes_keep(Thread *t, CData *c, int64_t index, Value owned);         // steals; None and V_NULL: nothing to keep. 0, -1
Value ctypes_objects(Thread *t, CData *c);                                // what the root keeps: a dict, another object or None; owned
bool ctypes_data_init(Thread *t);

// --- Characters (ctypes_characters.c): items of code 'c' are bytes, of code 'u' str ------------------------------------------------------
// What a copy of memory holds (a bytes object, stolen; V_NULL passes): up to the first NUL, or all of it.
Value ctypes_characters(Thread *t, Value copy_stolen, char code, bool whole);
Value ctypes_characters_at(Thread *t, CData *c, const char *p, int64_t size, char code);   // of c's memory, up to the first NUL
// Writes the n characters of v (a bytes or str object, as the code wants) into c, where there is room for so many, and a NUL if it fits in.
void ctypes_characters_write(Thread *t, CData *c, int64_t offset, char code, Value v, int64_t n, int64_t room);
// A list of n items, as item() gives them. Owned.
Value ctypes_item_list(Thread *t, Value self, int64_t start, int64_t step, int64_t n, Value (*item)(Thread *t, Value self, int64_t i));

// --- Simple values (ctypes_simple.c) ----------------------------------------------------------------------------------------------------
typedef struct Bits { uint16_t low, width; } Bits;                        // of a bit field; width 0: the whole
#define CTYPES_CODES "cbBhHiIlLdfuzZqQPXOv?g"
int64_t ctypes_code_size(char code);                                      // 0: no such type here
ffi_type *ctypes_code_ffi(char code);
bool ctypes_code_is_integer(char code);
Value ctypes_load(Thread *t, const CInfo *info, const char *p, Bits bits);
// Turns v into the bytes of a simple type. *keep: owned, what they point to, or V_NULL. `out` holds the old bytes, for bit fields. 0, -1.
int ctypes_store(Thread *t, const CInfo *info, Value v, char *out, Bits bits, Value *keep);
bool ctypes_simple_init(Thread *t);

// --- Arguments and calls (ctypes_call.c) ------------------------------------------------------------------------------------------------
// What from_param() and byref() return: a C value ready to be passed.
typedef struct CArgument {
  Object ob;
  char tag;                 // the code of a simple type; 'P' a pointer made by byref; 'V' a structure
  ffi_type *ffi;
  Value keep;               // owned
  int64_t size;
  union { char bytes[16]; void *p; long double alignment; } value;
} CArgument;
Value ctypes_argument_new(Thread *t, char tag, ffi_type *type, Value keep_owned, const void *bytes, int64_t n);
// Calls f. argtypes: converters as a tuple, or V_NULL. restype: as in CInfo.
Value ctypes_call(Thread *t, void *f, const Value *args, size_t nargs, int flags, Value converters, Value restype);
int *ctypes_errno(void);                                                  // the calling thread's private copy
void ctypes_swap_errno(int flags);                                        // the C library's and that one, if the flags say so
bool ctypes_call_init(Thread *t);

// --- Functions (ctypes_function.c, ctypes_callback.c) -----------------------------------------------------------------------------------
// A C function that calls `callable` (borrowed, kept), as an object: whatever holds the function's address keeps it (ctypes_keep).
Value ctypes_thunk_new(Thread *t, Value callable, Value argtypes, Value restype, int flags);
void *ctypes_thunk_code(Value thunk);
bool ctypes_callback_init(Thread *t);
void *ctypes_dll_symbol(Thread *t, Value name, Value dll);                // NULL with AttributeError
bool ctypes_function_init(Thread *t);

// --- Structures, arrays, pointers -------------------------------------------------------------------------------------------------------
bool ctypes_aggregate_init(Thread *t);
bool ctypes_field_init(Thread *t);
// A field's descriptor. Lays it out at *offset of a structure: see ctypes_field.c.
typedef struct FieldLayout {
  bool is_union, big_endian;
  int64_t pack, offset, size, align;   // so far
  int64_t open_bits, used_bits;        // of the storage unit that a bit field may go on in; open_bits 0: none
} FieldLayout;
Value ctypes_field_new(Thread *t, Value type, int width /* 0: no bit field */, int64_t index, FieldLayout *layout);
Value ctypes_field_within(Thread *t, Value outer, Value inner);             // inner as a field of what outer is a field of
Value ctypes_field_type(Value field);                                      // borrowed
bool ctypes_field_is_anonymous(Value field);
void ctypes_field_set_anonymous(Value field);
bool ctypes_array_init(Thread *t);
bool ctypes_pointer_init(Thread *t);

#endif
