// What the files of _csv share: dialects, the error class, the limit of a field's length.
//
// Locking: a Dialect is constant once made. Readers and writers keep the state of a call on its own stack; a reader counts lines atomically.
// The registry of dialects is a dict.
#ifndef WEFT_MODULES_CSV_H
#define WEFT_MODULES_CSV_H

#include "objects/text_native.h"

enum { CSV_QUOTE_MINIMAL, CSV_QUOTE_ALL, CSV_QUOTE_NONNUMERIC, CSV_QUOTE_NONE };
#define CSV_NO_CHAR 0xFFFFFFFFu        // no character is set

typedef struct Dialect {
  Object ob;
  uint32_t delimiter, quotechar, escapechar;
  int quoting;
  Value lineterminator;                // str
  bool doublequote, skipinitialspace, strict;
} Dialect;

extern Type type_csv_dialect, type_csv_reader, type_csv_writer;
extern Value csv_error;                // class Error
extern Value csv_dialects;             // dict: name -> Dialect
extern a64 csv_field_limit;            // characters

static inline Dialect *v_dialect(Value v) { return (Dialect *)v_obj(v); }
// Dialect(dialect, **kwargs): the values of kwnames follow the positional arguments in args. dialect V_NULL: not given.
Value csv_dialect_call(Thread *t, Value dialect, const Value *keyword_values, Value kwnames);
bool csv_dialect_init(Thread *t);

// reader(iterable, dialect, **kwargs) and writer(file, dialect, **kwargs).
NATIVE(csv_reader);
NATIVE(csv_writer);
bool csv_reader_init(Thread *t);
bool csv_writer_init(Thread *t);

#endif
