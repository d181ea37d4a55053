// The type codes of the marshal format, shared by its writer and its reader.
#ifndef WEFT_CODE_MARSHAL_FORMAT_H
#define WEFT_CODE_MARSHAL_FORMAT_H

enum {
  MARSHAL_NULL = '0', MARSHAL_NONE = 'N', MARSHAL_FALSE = 'F', MARSHAL_TRUE = 'T', MARSHAL_STOP_ITERATION = 'S', MARSHAL_ELLIPSIS = '.',
  MARSHAL_INT32 = 'i', MARSHAL_INT64 = 'I' /* read, never written */, MARSHAL_LONG = 'l', MARSHAL_FLOAT_TEXT = 'f', MARSHAL_FLOAT = 'g', MARSHAL_COMPLEX_TEXT = 'x', MARSHAL_COMPLEX = 'y',
  MARSHAL_BYTES = 's', MARSHAL_STR = 'u', MARSHAL_STR_INTERNED = 't', MARSHAL_ASCII = 'a', MARSHAL_ASCII_INTERNED = 'A',
  MARSHAL_SHORT_ASCII = 'z', MARSHAL_SHORT_ASCII_INTERNED = 'Z', MARSHAL_TUPLE = '(', MARSHAL_SMALL_TUPLE = ')', MARSHAL_LIST = '[',
  MARSHAL_DICT = '{', MARSHAL_SET = '<', MARSHAL_FROZENSET = '>', MARSHAL_REF = 'r',
  MARSHAL_CODE = 'W',       // weft's; CPython's is 'c'
  MARSHAL_FLAG_REF = 0x80,  // the value gets a number, by which MARSHAL_REF names it again
  MARSHAL_MAX_DEPTH = 2000,
};

#endif
