// A line of a source file, for tracebacks.
#ifndef WEFT_SYSTEM_SOURCE_LINE_H
#define WEFT_SYSTEM_SOURCE_LINE_H

#include "objects/type.h"

// Line `lineno` (from 1) of the file, without its newline; looked for along sys.path by its base name if it isn't where it was. Owned;
// V_NULL without an exception when there is none.
Value source_line(Thread *t, Value filename, int lineno);
// From now on there are no lines: python3.11 reads them by the io module, which is the first of the modules to go when the program ends.
void source_lines_end(void);

#endif
