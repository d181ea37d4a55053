// SIGQUIT (Ctrl-\\) asks a living process what its threads do: their Python stacks, and what each waits for, go to stderr; the process goes on.
#ifndef WEFT_RUNTIME_QUIT_DUMP_H
#define WEFT_RUNTIME_QUIT_DUMP_H

// Unless the process was started to ignore the signal. The program sees SIG_DFL (signal.getsignal), and replaces this by any handler of its own.
void quit_dump_install(void);

#endif
