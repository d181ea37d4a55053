// One POSIX semaphore a thread, made when it first sleeps.
#define _GNU_SOURCE
#include "threading/own_semaphore.h"

#include <errno.h>
#include <stdbool.h>

static __thread struct { sem_t sem; bool ready; } own;

sem_t *own_semaphore(void) {
  if (!own.ready) {
    sem_init(&own.sem, 0, 0);
    own.ready = true;
  }
  return &own.sem;
}

int semaphore_wait(sem_t *s, const struct timespec *deadline) {
  int failed = deadline ? sem_clockwait(s, CLOCK_MONOTONIC, deadline) : sem_wait(s);
  return failed ? errno : 0;
}
