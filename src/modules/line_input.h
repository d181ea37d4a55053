// One line typed at the terminal, for input() and the interactive loop: through the line editor once readline is imported.
#ifndef WEFT_MODULES_LINE_INPUT_H
#define WEFT_MODULES_LINE_INPUT_H

#include "objects/type.h"

// Reads a line from fd 0, which is a terminal, showing the prompt (UTF-8). The line is malloc'd, its newline kept; "" at the end of input; NULL
// with an exception (KeyboardInterrupt and whatever a signal handler raises, MemoryError, OSError). Detaches while it waits.
char *line_input_read(Thread *t, const char *prompt);

// What reads instead, same contract: registered by readline when it is imported.
extern char *(*line_input_editor)(Thread *t, const char *prompt);

#endif
