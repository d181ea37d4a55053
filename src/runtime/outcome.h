// What becomes of the exception that ended the program or a statement typed at the prompt: a message, and an exit status.
#ifndef WEFT_RUNTIME_OUTCOME_H
#define WEFT_RUNTIME_OUTCOME_H

#include "objects/type.h"

typedef struct Outcome {
  int status;         // for the process
  bool wants_exit;    // SystemExit was raised: the process is to end
  bool interrupted;   // KeyboardInterrupt: the parent is to see SIGINT
} Outcome;

// Reports the pending exception as the top level does (sys.excepthook, sys.last_value...), clears it. inspecting (-i): SystemExit ends nothing
// and is printed like any other.
Outcome outcome_of_pending(Thread *t, bool inspecting);

#endif
