// The handler of SIGQUIT.
#include "runtime/quit_dump.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "vm/stack_dump.h"

static void on_quit(int signum) {
  (void)signum;
  int saved = errno;
  stack_dump_all(STDERR_FILENO, NULL, true);
  errno = saved;
}

void quit_dump_install(void) {
  struct sigaction now, action = {.sa_handler = on_quit, .sa_flags = SA_RESTART | SA_ONSTACK};
  if (sigaction(SIGQUIT, NULL, &now) == 0 && now.sa_handler == SIG_DFL) sigaction(SIGQUIT, &action, NULL);
}
