// What a struct format means: the fields, where they lie, and how values become their bytes and back.
//
// A layout is immutable once made. Packing and unpacking work on plain memory; packing may run Python code (__index__, __float__, __bool__).
#ifndef WEFT_MODULES_STRUCT_LAYOUT_H
#define WEFT_MODULES_STRUCT_LAYOUT_H

#include "objects/type.h"

typedef enum FieldKind { FIELD_INT, FIELD_UINT, FIELD_POINTER, FIELD_CHAR, FIELD_BOOL, FIELD_FLOAT, FIELD_STRING, FIELD_PASCAL } FieldKind;

// A run of `repeat` equal items, `width` bytes each; a string field is one item.
typedef struct StructField {
  int64_t offset, width, repeat;
  uint8_t kind;              // FieldKind
  bool swap;                 // the other byte order than the machine's
  bool checked;              // standard sizes: a float too large for its width is refused
  char letter;
} StructField;

typedef struct StructLayout {
  struct StructLayout *older;  // layouts that a Struct had before, for threads that may be using them
  Value format;                // str, owned
  int64_t size, count;         // bytes, items
  int32_t field_count;
  StructField fields[];
} StructLayout;

extern Value struct_error;     // the class struct.error; set when the module is first imported

// format: str or bytes. NULL with TypeError, UnicodeEncodeError or struct.error.
StructLayout *struct_layout_new(Thread *t, Value format);
void struct_layout_free(Thread *t, StructLayout *layout);  // and the older ones

// Packs layout->count values into p[0..size), which is all zero. 0, or -1: what was packed so far is there.
int struct_pack(Thread *t, const StructLayout *layout, char *p, const Value *values);
// A tuple of count values. Runs no Python code.
Value struct_unpack(Thread *t, const StructLayout *layout, const char *p);

#endif
