// A thread of the process's own that looks after something at short intervals, as long as there is something to look after.
//
// It runs no Python code and has no Thread; it costs nothing until it is first started, and sleeps when nothing has been found for a while.
#ifndef WEFT_THREADING_TICKER_H
#define WEFT_THREADING_TICKER_H

#include <stdbool.h>
#include <stdint.h>

typedef struct TickerWork {
  bool (*look)(void);              // whether there was anything to look after; called on the ticker's thread
  uint64_t (*interval_us)(void);   // until the next look
} TickerWork;

// Starts it unless it runs; every caller gives the same work. False: no thread was to be had.
bool ticker_start(const TickerWork *work);
// There is something to look after: the next look is at most an interval away. No lock that look() takes may be held.
void ticker_wake(void);
// In the child of a fork: there is no ticker.
void ticker_after_fork(void);

#endif
