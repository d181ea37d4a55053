// The location table of a code object (co_linetable, PEP 657's format in 3.11): which source range each instruction came from.
//
// A table is a run of entries, each for 1 to 8 code units; lines are differences to the entry before, starting at co_firstlineno. An entry's
// first byte is 1 (bit 7), a kind (bits 3-6) and the number of units less one (bits 0-2); kinds: 0-9 short (one more byte, same line), 10-12
// one line 0, 1 or 2 below, 13 line only, 14 long (varints), 15 no location.
#ifndef WEFT_CODE_LINETABLE_H
#define WEFT_CODE_LINETABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct LineEntry {
  int start, end;                                // byte offsets into co_code
  int line, end_line, column, end_column;        // -1: unknown
} LineEntry;

typedef struct LineCursor {
  const uint8_t *p, *limit;
  uint32_t line;    // of the entry before; unsigned, so that a corrupt table wraps instead of overflowing
  LineEntry entry;
} LineCursor;

// Walks a table; any bytes are safe, a truncated entry ends the walk.
//   LineCursor c;
//   linetable_begin(&c, table, size, firstlineno);
//   while (linetable_next(&c)) use(c.entry);
void linetable_begin(LineCursor *c, const void *table, size_t size, int firstlineno);
bool linetable_next(LineCursor *c);

#define LINETABLE_ENTRY_MAX 32
// Writes the entry for `units` (1-8) code units to out, which has room for LINETABLE_ENTRY_MAX bytes; *line is the line of the entry before
// and is updated. entry->line < 0: no location. Returns the number of bytes.
size_t linetable_write(uint8_t *out, const LineEntry *entry, int units, int *line);

#endif
