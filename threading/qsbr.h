// Quiescent states (QSBR): freeing memory that lock-free readers may still be looking at, once every thread has passed a safepoint.
//
// A thread holds no pointer into a retirable array across a safepoint (memory.md, I2). Each attached thread's qsbr_seen says which step of
// the global counter it saw at its last safepoint; what was retired may go when all attached threads have seen the step after it. Nothing
// is stored on the hot path: whoever wants progress sets BREAK_QSBR in the threads that lag behind. gil: there are no lock-free readers,
// so everything is freed at once and the rest does nothing.
#ifndef WEFT_THREADING_QSBR_H
#define WEFT_THREADING_QSBR_H

#include "threading/thread.h"

typedef void (*QsbrFree)(Thread *t, void *p);

// Calls fn(t, p) after a grace period, from a safepoint of this thread or of another that took over; `bytes` is what waits with it. Call it
// after p has been unpublished. fn may run Python code only if qsbr_retire_late was used, which
// calls it at once where no other thread is attached.
void qsbr_retire(Thread *t, void *p, size_t bytes, QsbrFree fn);
void qsbr_retire_late(Thread *t, void *p, size_t bytes, QsbrFree fn);

// The same without needing memory: the entry lies in what waits. qsbr_free_entry, which the heap registers, frees it and says how many bytes
// waited.
typedef struct QsbrEntry {
  struct QsbrEntry *next;
  uint64_t goal;
} QsbrEntry;
void qsbr_retire_entry(Thread *t, QsbrEntry *e, size_t bytes);
extern size_t (*qsbr_free_entry)(Thread *t, QsbrEntry *e);

void qsbr_attach(Thread *t);
void qsbr_detach(Thread *t);
// Whether anything waits that came by qsbr_retire_late.
bool qsbr_late_waits(void);
// At a safepoint: reports this thread quiescent and frees what may go.
void qsbr_report(Thread *t);
// World stopped: frees all that was retired by qsbr_retire; what came by qsbr_retire_late is freed at t's next safepoint.
void qsbr_flush(Thread *t);
// A thread's record ends: its list goes to whoever reports next.
void qsbr_thread_gone(Thread *t);
void qsbr_after_fork(Thread *t);
// Bytes waiting, all threads (for tests and statistics).
uint64_t qsbr_pending_bytes(void);

#endif
