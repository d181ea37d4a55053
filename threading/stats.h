// What -X stats counts: per thread, time running, time waiting for the GIL, for locks, for a stopped world, time collecting, and switches.
//
// Off (the default) it costs one branch on t->stats at the slow paths. Counters are written by their thread and may be read any time.
#ifndef WEFT_THREADING_STATS_H
#define WEFT_THREADING_STATS_H

#include <stdio.h>

#include "threading/thread.h"

typedef enum { STATS_GIL, STATS_LOCK, STATS_STW, STATS_GC, STATS_TIMES } StatsTime;

enum { STATS_INNER = 8 };

typedef struct ThreadStats {
  a64 ns[STATS_TIMES];     // time in each
  a64 times[STATS_TIMES];  // how often
  a64 voluntary_switches;  // gave up running to block
  a64 forced_switches;     // gave up running because it was asked to
  a64 started_ns, ended_ns, cpu_ns;  // monotonic clock; ended and cpu once it is over
  uint64_t ident, id;
  struct { uint64_t since_ns, ns; } inner[STATS_INNER];  // the last waits for the GIL or a stopped world: not counted again as waits for locks
  unsigned inner_count;
  char name[64];           // under the report's lock
  pthread_t pthread;
  struct ThreadStats *next;
} ThreadStats;

// Counts from now on; threads made before it are counted from here. Call it with the main thread only.
void stats_enable(void);
bool stats_is_enabled(void);
// Start and end of a thread, called by thread_start and thread_exit.
void stats_thread_started(Thread *t);
void stats_thread_ended(Thread *t);
// The name shown for a thread (threading.Thread.name), at most 63 bytes are kept.
void stats_name_thread(uint64_t ident, const char *name);
// One table or JSON object, for all threads that ever ran.
void stats_report(FILE *to, bool json);

uint64_t stats_clock_ns(void);
void stats_add(Thread *t, StatsTime what, uint64_t since_ns);

// uint64_t since = stats_begin(t); wait; stats_end(t, STATS_LOCK, since);
static inline uint64_t stats_begin(const Thread *t) { return t && unlikely(t->stats != NULL) ? stats_clock_ns() : 0; }
static inline void stats_end(Thread *t, StatsTime what, uint64_t since_ns) {
  if (unlikely(since_ns != 0)) stats_add(t, what, since_ns);
}
static inline void stats_count_switch(Thread *t, bool forced) {
  if (likely(!t->stats)) return;
  a64 *n = forced ? &t->stats->forced_switches : &t->stats->voluntary_switches;
  a64_store_rlx(n, a64_load_rlx(n) + 1);
}

#endif
