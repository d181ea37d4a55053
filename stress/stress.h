// What the stress programs in C share: arguments, seeded randomness, starting and joining threads, failing.
#ifndef WEFT_STRESS_STRESS_H
#define WEFT_STRESS_STRESS_H

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "gc/shape.h"
#include "threading/chaos.h"
#include "threading/thread.h"

typedef struct {
  unsigned threads, scale, rounds;
  uint64_t seed;
  Thread *main;
} Stress;

_Noreturn static inline void stress_fail(const char *what) {
  fprintf(stderr, "stress: %s\n", what);
  fflush(stderr);
  _exit(3);
}

// A thread's own sequence; good enough to choose operations by.
static __thread uint64_t stress_state;
static inline unsigned stress_random(Thread *t) {
  uint64_t x = stress_state ? stress_state : (t->id + 1) * 0x9E3779B97F4A7C15u;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  stress_state = x;
  return (unsigned)(x >> 33);
}

// THREADS SCALE ROUNDS SEED; a seed other than 0 turns chaos on.
static inline Stress stress_begin(int argc, char **argv) {
  Stress s = {4, 1, 1, 1, NULL};
  if (argc > 1) s.threads = (unsigned)atoi(argv[1]);
  if (argc > 2 && atoi(argv[2]) > 0) s.scale = (unsigned)atoi(argv[2]);
  if (argc > 3) s.rounds = (unsigned)atoi(argv[3]);
  if (argc > 4) s.seed = strtoull(argv[4], NULL, 10);
  s.main = thread_init_main();
  if (!s.main) stress_fail("no thread state");
  chaos_init(s.seed);
  stress_state = (s.seed + 1) * 0x9E3779B97F4A7C15u;
  return s;
}

static inline uint32_t stress_shape(void (*dealloc)(Thread *t, Object *o), void (*traverse)(Object *o, GcVisit visit, void *arg), uint32_t flags) {
  uint32_t id = shape_new();
  shape_table[id] = (Shape){.dealloc = dealloc, .traverse = traverse, .flags = flags};
  return id;
}

typedef struct {
  Thread *t;
  void (*work)(Thread *t, unsigned index);
  unsigned index;
  uint64_t seed;
} StressJob;

static inline void *stress_run(void *arg) {
  StressJob *job = arg;
  stress_state = (job->seed * 64 + job->index + 2) * 0x9E3779B97F4A7C15u;
  thread_start(job->t);
  job->work(job->t, job->index);
  thread_exit(job->t);
  return NULL;
}

// Runs work(t, 0 .. threads-1), each in a thread of its own, and waits for all; the main thread sleeps detached meanwhile.
static inline void stress_threads(Stress *s, void (*work)(Thread *t, unsigned index)) {
  StressJob jobs[64];
  pthread_t ids[64];
  if (s->threads > 64) s->threads = 64;
  for (unsigned i = 0; i < s->threads; i++) {
    jobs[i] = (StressJob){thread_new(s->main), work, i, s->seed};
    if (!jobs[i].t || pthread_create(&ids[i], NULL, stress_run, &jobs[i])) stress_fail("cannot start a thread");
  }
  thread_detach(s->main);
  for (unsigned i = 0; i < s->threads; i++) pthread_join(ids[i], NULL);
  thread_attach(s->main);
}

static inline int stress_end(Stress *s) {
  printf("ok: %u threads, scale %u, rounds %u, seed %llu\n", s->threads, s->scale, s->rounds, (unsigned long long)s->seed);
  return 0;
}

#endif
