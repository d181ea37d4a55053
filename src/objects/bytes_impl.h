// What the bytes_*.c and bytearray_*.c files share: reading arguments, running an operation over self's bytes, and the common natives.
//
// A bytearray's contents may change under another thread's hands, so an operation on self runs under its lock: arguments are read
// first (that may run Python code), then `bytes_with` calls the operation, which runs none, with the bytes held still. Bytes-like
// arguments are held by a ByteArg; those that are bytearrays are copied.
#ifndef WEFT_OBJECTS_BYTES_IMPL_H
#define WEFT_OBJECTS_BYTES_IMPL_H

#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/text_native.h"

// prefix'...'suffix with bytes' escapes: the repr of bytes and of bytearray. The quote that is escaped: the one chosen, unless `always` names
// one (CPython's bytearray escapes ' within "" too).
Value bytes_quote(Thread *t, const char *prefix, const uint8_t *p, int64_t n, const char *suffix, uint8_t always);

typedef struct ByteSource {
  Value owner;              // borrowed
  const uint8_t *data;
  int64_t length;
  bool array;               // results are bytearrays
} ByteSource;
typedef Value (*BytesOp)(Thread *t, const ByteSource *s, void *arg);
// Calls op with self's bytes, a bytearray's under its lock. op may allocate and raise, but runs no Python code.
Value bytes_with(Thread *t, Value self, BytesOp op, void *arg);
// A new result of self's type; the whole of an exact bytes is itself.
Value bytes_result(Thread *t, const ByteSource *s, const void *p, int64_t n);
Value bytes_result_slice(Thread *t, const ByteSource *s, int64_t start, int64_t end);
// An uninitialised result and where to write it; V_NULL with MemoryError.
Value bytes_result_new(Thread *t, const ByteSource *s, int64_t n, uint8_t **data);

typedef struct ByteArg {
  const uint8_t *data;
  int64_t length;
  Value copy;               // owned bytes; V_NULL
  BufferView view;          // open if view.obj is set
  uint8_t single;
} ByteArg;
// A bytes-like argument; 0, or -1 with TypeError "a bytes-like object is required, not '%T'".
int byte_arg_get(Thread *t, Value v, ByteArg *a);
// A bytes-like object or an int in range(256), as find and `in` take.
int byte_arg_get_or_int(Thread *t, Value v, ByteArg *a, const char *type_message);
// As byte_arg_get, but without an exception other than MemoryError.
bool byte_arg_try(Thread *t, Value v, ByteArg *a);
void byte_arg_clear(Thread *t, ByteArg *a);
// An int in range(256); -1 with TypeError, or ValueError "byte must be in range(0, 256)".
int byte_value(Thread *t, Value v);

// sep.hex(): used by memoryview too. sep absent: none.
Value bytes_to_hex(Thread *t, const uint8_t *p, int64_t n, Value sep, Value bytes_per_sep);
// The same as bytes; the separator may be any byte.
Value bytes_to_hex_bytes(Thread *t, const uint8_t *p, int64_t n, Value sep, Value bytes_per_sep);
// Parses hexadecimal digits with white space between pairs into b. False: an exception is set.
bool bytes_from_hex(Thread *t, Value text, BytesBuilder *b);
// Adds what bytes(v) takes from a buffer or from an iterable of ints. range_message: for an int out of range. type_name: for what is neither.
bool bytes_collect(Thread *t, Value v, BytesBuilder *b, const char *range_message, const char *type_name);
// The same; an iterable is asked for its length first, as bytes() and bytearray.extend() do, so that what its hint raises is seen.
bool bytes_collect_hinted(Thread *t, Value v, BytesBuilder *b, const char *range_message, const char *type_name);
// source.__bytes__(). 1: *out owned, bytes; 0: there is no such method; -1: error.
int bytes_special(Thread *t, Value source, Value *out);
// Whether encoding and errors, absent or not, are names at all: 0, -1. bytes_construct asks, too.
int bytes_name_arguments(Thread *t, Value encoding, Value errors, bool to_bytearray);
// The arguments of the two constructors: what source stands for goes to b. False: an exception is set. __bytes__ is not looked for.
bool bytes_construct(Thread *t, Value source, Value encoding, Value errors, BytesBuilder *b, bool to_bytearray);

// Warns (-b) of bytes being turned into str: 0, or -1 when the filter makes an error of it.
int bytes_warn_str(Thread *t, Value v);
// Warns (-b) of == and != between v and text, or a number where that is worth it.
int bytes_warn_compare(Thread *t, Value a, Value b, int op, bool numbers_too);

int bytes_contains(Thread *t, Value self, Value item);
Value bytes_compare(Thread *t, Value a, Value b, int op);
Value bytes_concat_values(Thread *t, Value a, Value b);         // TypeError "can't concat %T to %T"
Value bytes_repeat(Thread *t, Value self, int64_t n);
Value bytes_getitem_slice(Thread *t, Value self, int64_t start, int64_t stop, int64_t step);

#define BYTES_NATIVES(X)                                                                                                    \
  X(find) X(rfind) X(index) X(rindex) X(count) X(startswith) X(endswith) X(removeprefix) X(removesuffix)                    \
  X(split) X(rsplit) X(splitlines) X(partition) X(rpartition) X(join) X(strip) X(lstrip) X(rstrip) X(replace)               \
  X(capitalize) X(title) X(lower) X(upper) X(swapcase) X(center) X(ljust) X(rjust) X(zfill) X(expandtabs)                   \
  X(isalnum) X(isalpha) X(isascii) X(isdigit) X(islower) X(isspace) X(istitle) X(isupper)                                   \
  X(translate) X(maketrans) X(hex) X(decode)
#define BYTES_NATIVE_DECLARE(name) NATIVE(bytes_native_##name);
BYTES_NATIVES(BYTES_NATIVE_DECLARE)
#undef BYTES_NATIVE_DECLARE

// The rows of both types' method tables.
#define BYTES_METHODS                                                                                                                        \
  {"capitalize($self, /)", bytes_native_capitalize, "B.capitalize() -> a copy\n\nFirst letter upper case, the rest lower case.", NATIVE_NO_SIGNATURE}, \
  {"center($self, width, fillchar=b' ', /)", bytes_native_center, "Padded on both sides.", 0},                                               \
  {"count(...)", bytes_native_count, "How often sub occurs, without overlaps, from start to end.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},        \
  {"decode($self, /, encoding='utf-8', errors='strict')", bytes_native_decode, "The text that the bytes stand for.", 0},                     \
  {"endswith(...)", bytes_native_endswith, "Whether the bytes from start to end have this end, or one of these.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS}, \
  {"expandtabs($self, /, tabsize=8)", bytes_native_expandtabs, "Tabs replaced by spaces up to the next column.", 0},                         \
  {"find(...)", bytes_native_find, "Where sub occurs first from start to end, or -1.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},                    \
  {"hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)", bytes_native_hex, "The bytes as hexadecimal digits.", 0},                        \
  {"index(...)", bytes_native_index, "Where sub occurs first from start to end; an error if nowhere.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},    \
  {"isalnum($self, /)", bytes_native_isalnum, "True if all bytes are letters or digits.", NATIVE_NO_SIGNATURE},                              \
  {"isalpha($self, /)", bytes_native_isalpha, "True if all bytes are letters.", NATIVE_NO_SIGNATURE},                                        \
  {"isascii($self, /)", bytes_native_isascii, "True if all bytes are ASCII.", NATIVE_NO_SIGNATURE},                                          \
  {"isdigit($self, /)", bytes_native_isdigit, "True if all bytes are digits.", NATIVE_NO_SIGNATURE},                                         \
  {"islower($self, /)", bytes_native_islower, "True if there are letters and all are lower case.", NATIVE_NO_SIGNATURE},                     \
  {"isspace($self, /)", bytes_native_isspace, "True if there is white space and nothing else.", NATIVE_NO_SIGNATURE},                        \
  {"istitle($self, /)", bytes_native_istitle, "True if the text is in title case.", NATIVE_NO_SIGNATURE},                                    \
  {"isupper($self, /)", bytes_native_isupper, "True if there are letters and all are upper case.", NATIVE_NO_SIGNATURE},                     \
  {"join($self, iterable_of_bytes, /)", bytes_native_join, "The items with these bytes between them.", 0},                                   \
  {"ljust($self, width, fillchar=b' ', /)", bytes_native_ljust, "Padded on the right.", 0},                                                  \
  {"lower($self, /)", bytes_native_lower, "In lower case.", NATIVE_NO_SIGNATURE},                                                            \
  {"lstrip($self, bytes=None, /)", bytes_native_lstrip, "Without leading white space, or without leading bytes.", 0},                        \
  {"maketrans(frm, to, /)", bytes_native_maketrans, "A table for translate.", NATIVE_STATIC},                                                \
  {"partition($self, sep, /)", bytes_native_partition, "What stands before the first sep, sep, and what follows.", 0},                       \
  {"replace($self, old, new, count=-1, /)", bytes_native_replace, "A copy with occurrences of old replaced by new.", 0},                     \
  {"removeprefix($self, prefix, /)", bytes_native_removeprefix, "Without the prefix, if it is there.", 0},                                   \
  {"removesuffix($self, suffix, /)", bytes_native_removesuffix, "Without the suffix, if it is there.", 0},                                   \
  {"rfind(...)", bytes_native_rfind, "Where sub occurs last from start to end, or -1.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},                   \
  {"rindex(...)", bytes_native_rindex, "Where sub occurs last from start to end; an error if nowhere.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},   \
  {"rjust($self, width, fillchar=b' ', /)", bytes_native_rjust, "Padded on the left.", 0},                                                   \
  {"rpartition($self, sep, /)", bytes_native_rpartition, "What stands before the last sep, sep, and what follows.", 0},                      \
  {"rsplit($self, /, sep=None, maxsplit=-1)", bytes_native_rsplit, "As split, but counting splits from the end.", 0},                        \
  {"rstrip($self, bytes=None, /)", bytes_native_rstrip, "Without trailing white space, or without trailing bytes.", 0},                      \
  {"split($self, /, sep=None, maxsplit=-1)", bytes_native_split, "The pieces between separators, or between white space.", 0},               \
  {"splitlines($self, /, keepends=False)", bytes_native_splitlines, "The lines.", 0},                                                        \
  {"startswith(...)", bytes_native_startswith, "Whether the bytes from start to end have this beginning, or one of these.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS}, \
  {"strip($self, bytes=None, /)", bytes_native_strip, "Without white space, or bytes, at both ends.", 0},                                    \
  {"swapcase($self, /)", bytes_native_swapcase, "Lower case for upper case and the other way round.", NATIVE_NO_SIGNATURE},                  \
  {"title($self, /)", bytes_native_title, "Words begin in upper case and go on in lower case.", NATIVE_NO_SIGNATURE},                        \
  {"translate($self, table, /, delete=b'')", bytes_native_translate, "Each byte replaced as table says, those in delete left out.", 0},      \
  {"upper($self, /)", bytes_native_upper, "In upper case.", NATIVE_NO_SIGNATURE},                                                            \
  {"zfill($self, width, /)", bytes_native_zfill, "Padded with zeros after the sign.", 0}

#endif
