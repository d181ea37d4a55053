// The ticker: asleep on a condition while there is nothing to do, else one look each interval.
#include "threading/ticker.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include "threading/atomic.h"

enum {
  IDLE_LOOKS = 20,          // looks that find nothing before it goes to sleep
  IDLE_LEAST_US = 1000,     // no shorter interval between those
  STACK_SIZE = 64 * 1024,
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;  // starting it, and its going to sleep
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static a8 started, awake;
static const TickerWork *work;

static void sleep_us(uint64_t us) {
  struct timespec left = {(time_t)(us / 1000000), (long)(us % 1000000) * 1000};
  nanosleep(&left, NULL);  // no signal comes here
}

// Returns when there may be something to look after. Who has put something there before the last look is seen by it; who does later sees that
// nobody is awake, as both went through look()'s lock.
static void doze(void) {
  pthread_mutex_lock(&lock);
  a8_store_rel(&awake, 0);
  if (!work->look())
    while (!a8_load_rlx(&awake)) pthread_cond_wait(&wake, &lock);
  a8_store_rel(&awake, 1);
  pthread_mutex_unlock(&lock);
}

static void *ticker_main(void *arg) {
  (void)arg;
  for (unsigned idle = 0;;) {
    uint64_t us = work->interval_us();
    sleep_us(idle && us < IDLE_LEAST_US ? IDLE_LEAST_US : us);
    idle = work->look() ? 0 : idle + 1;
    if (idle < IDLE_LOOKS) continue;
    doze();
    idle = 0;
  }
  return NULL;
}

// Signals are for threads that run Python code.
static bool create(void) {
  pthread_t thread;
  pthread_attr_t attributes;
  sigset_t all, before;
  if (pthread_attr_init(&attributes) != 0) return false;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, STACK_SIZE);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  a8_store_rlx(&awake, 1);
  bool ok = pthread_create(&thread, &attributes, ticker_main, NULL) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  return ok;
}

bool ticker_start(const TickerWork *given) {
  if (a8_load_acq(&started)) return true;
  pthread_mutex_lock(&lock);
  work = given;
  if (!a8_load_rlx(&started) && create()) a8_store_rel(&started, 1);
  bool ok = a8_load_rlx(&started);
  pthread_mutex_unlock(&lock);
  return ok;
}

void ticker_wake(void) {
  if (a8_load_acq(&awake)) return;
  pthread_mutex_lock(&lock);
  a8_store_rel(&awake, 1);
  pthread_cond_signal(&wake);
  pthread_mutex_unlock(&lock);
}

void ticker_after_fork(void) {
  pthread_mutex_init(&lock, NULL);
  pthread_cond_init(&wake, NULL);
  a8_store_rlx(&started, 0);
}
