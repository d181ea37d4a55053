// Waiting with a time limit across interruptions: how much of it is left when a signal's handlers have run.
#ifndef WEFT_MODULES_DEADLINE_H
#define WEFT_MODULES_DEADLINE_H

#include <stdint.h>
#include <time.h>

enum { NS_PER_MS = 1000000, NS_PER_SECOND = 1000000000 };
#define DEADLINE_NEVER INT64_MAX

static inline int64_t deadline_now(void) {
  struct timespec ts;
  clock_gettime(CLOCK_MONOTONIC, &ts);
  return (int64_t)ts.tv_sec * NS_PER_SECOND + ts.tv_nsec;
}

// The moment timeout_ns from now; negative: never.
static inline int64_t deadline_in(int64_t timeout_ns) {
  int64_t when;
  return timeout_ns < 0 || __builtin_add_overflow(deadline_now(), timeout_ns, &when) ? DEADLINE_NEVER : when;
}

// Nanoseconds until then, 0 if it has passed; -1 for DEADLINE_NEVER.
static inline int64_t deadline_left(int64_t deadline) {
  if (deadline == DEADLINE_NEVER) return -1;
  int64_t left = deadline - deadline_now();
  return left > 0 ? left : 0;
}

// The same as poll() takes it: milliseconds, rounded up.
static inline int deadline_left_ms(int64_t deadline) {
  int64_t left = deadline_left(deadline);
  if (left < 0) return -1;
  int64_t ms = left / NS_PER_MS + (left % NS_PER_MS > 0);
  return ms > INT32_MAX ? INT32_MAX : (int)ms;
}

#endif
