// The program: reads the command line, starts the runtime, runs what was asked for.
#include <stdio.h>

#include "runtime/lifecycle.h"
#include "system/config.h"

int main(int argc, char **argv) {
  int status = config_read(argc, argv);
  if (status >= 0) return status;
  Thread *t = runtime_start();
  if (!t) return 1;
  status = runtime_run_main(t);
  fflush(NULL);
  return status;
}
