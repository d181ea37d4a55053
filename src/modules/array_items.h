// The type codes of array: how items of each kind become values and back, and how arrays are pickled by what their bytes mean.
#ifndef WEFT_MODULES_ARRAY_ITEMS_H
#define WEFT_MODULES_ARRAY_ITEMS_H

#include "objects/type.h"

enum { ARRAY_ITEM_MAX = 8 };   // bytes of the widest item

// How an item is written in memory, named in pickles by these numbers.
enum {
  MACHINE_UNKNOWN = -1, MACHINE_U8, MACHINE_S8, MACHINE_U16_LE, MACHINE_U16_BE, MACHINE_S16_LE, MACHINE_S16_BE, MACHINE_U32_LE, MACHINE_U32_BE,
  MACHINE_S32_LE, MACHINE_S32_BE, MACHINE_U64_LE, MACHINE_U64_BE, MACHINE_S64_LE, MACHINE_S64_BE, MACHINE_FLOAT_LE, MACHINE_FLOAT_BE, MACHINE_DOUBLE_LE,
  MACHINE_DOUBLE_BE, MACHINE_UTF16_LE, MACHINE_UTF16_BE, MACHINE_UTF32_LE, MACHINE_UTF32_BE, MACHINE_COUNT
};

typedef struct ArrayCode {
  char letter;
  uint8_t size;                                                          // bytes of an item
  int8_t machine_format;
  Value (*unpack)(Thread *t, const struct ArrayCode *code, const char *p);     // an item as a value; runs no Python code
  int (*pack)(Thread *t, const struct ArrayCode *code, Value v, char *out);    // may run Python code; 0, -1
} ArrayCode;

extern const char array_letters[];                                       // array.typecodes
const ArrayCode *array_code_find(uint32_t letter);                       // NULL: no such code
// What bytes in a foreign format hold: *letter becomes the code of an array that fits, and the result is what to make it of: a list or a str.
// V_NULL with ValueError and others.
Value array_decode(Thread *t, Value bytes, int machine_format, char *letter);

#endif
