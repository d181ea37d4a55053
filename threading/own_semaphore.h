// The semaphore that a thread sleeps on, in the parking lot or for the GIL. Whoever decides that the sleeper may go on posts once, and the sleeper
// takes that post before it goes on; so it is zero whenever its thread is awake. It lives as long as its pthread.
#ifndef WEFT_THREADING_OWN_SEMAPHORE_H
#define WEFT_THREADING_OWN_SEMAPHORE_H

#include <semaphore.h>
#include <time.h>

sem_t *own_semaphore(void);
// Waits for one post, without a deadline (monotonic clock) for ever. 0, ETIMEDOUT or EINTR.
int semaphore_wait(sem_t *s, const struct timespec *deadline);

#endif
