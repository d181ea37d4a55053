// The parking lot: threads sleep on an address, others wake them by that address, so a lock needs no memory beyond its own word.
//
// The idea is WebKit's WTF::ParkingLot; hash buckets of waiters, FIFO within an address. Sleeping uses a POSIX semaphore per thread, so a
// signal's EINTR ends the wait of a thread that asked for it.
#ifndef WEFT_THREADING_PARKING_LOT_H
#define WEFT_THREADING_PARKING_LOT_H

#include "threading/thread.h"

typedef enum {
  PARK_WOKEN,     // unparked by another thread
  PARK_AGAIN,     // the word no longer held the expected value; did not sleep
  PARK_TIMEOUT,
  PARK_INTERRUPTED,  // a signal arrived (only with PARK_INTERRUPTIBLE)
} ParkResult;

enum {
  PARK_DETACH = 1,
  PARK_INTERRUPTIBLE = 2,
  PARK_DETACH_RAW = 4,  // as PARK_DETACH, but the critical section is not retaken on return (critical.c)
};

// Sleeps if the `size`-byte word (1, 4 or 8) at `address` still equals *expected, checked under the bucket's lock. timeout_ns < 0: no limit.
// PARK_DETACH: t is attached, and is detached before the check and while it sleeps (detaching may run finalisers); t may be NULL without it. `token` is handed to the waker's callback.
ParkResult parking_lot_park(Thread *t, const void *address, const void *expected, size_t size, int64_t timeout_ns, int flags, void *token);
// Wakes the first waiter of `address`. Under the bucket's lock calls fn(arg, token of the one chosen or NULL, more waiters left) so that
// the word can be updated without a race. Returns whether one was woken. fn may be NULL.
typedef void (*UnparkFn)(void *arg, void *token, bool more);
bool parking_lot_unpark(const void *address, UnparkFn fn, void *arg);
void parking_lot_unpark_all(const void *address);
// Holds all buckets across fork(), so that the child does not inherit a half-made list.
void parking_lot_before_fork(void);
void parking_lot_after_fork_parent(void);
void parking_lot_after_fork(void);  // in the child: nobody waits

#endif
