// The exception table of a code object (co_exceptiontable, 3.11's format): which handler covers which instructions.
//
// A table is a run of entries in ascending, disjoint order: start, length, target (code units) and depth << 1 | push_lasti, each a varint of
// six-bit digits, highest first, bit 6 = another digit follows; the first byte of an entry has bit 7 set.
#ifndef WEFT_CODE_EXCTABLE_H
#define WEFT_CODE_EXCTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ExceptionEntry {
  int start, end, target;   // byte offsets into co_code, end exclusive
  int depth;                // of the value stack when the handler starts, before the exception is pushed
  bool push_lasti;          // the faulting instruction's offset is pushed below the exception
} ExceptionEntry;

// Reads the entry at *p and moves *p behind it; false at the end or where the table is cut off. Any bytes are safe.
bool exctable_next(const uint8_t **p, const uint8_t *limit, ExceptionEntry *out);

// The entry that covers the byte offset.
bool exctable_find(const void *table, size_t size, int offset, ExceptionEntry *out);

#define EXCTABLE_ENTRY_MAX 24
// Writes an entry, returns the number of bytes.
size_t exctable_write(uint8_t *out, const ExceptionEntry *entry);

#endif
