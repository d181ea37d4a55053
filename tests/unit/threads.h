// Helpers of the unit tests of threading/ and gc/: the main thread state, other threads, and simple object types.
#ifndef WEFT_TESTS_UNIT_THREADS_H
#define WEFT_TESTS_UNIT_THREADS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "gc/heap.h"
#include "gc/refcount.h"
#include "gc/shape.h"
#include "threading/thread.h"

// The main thread's state, made once per program.
static inline Thread *main_thread(void) {
  static Thread *t;
  if (!t) t = thread_init_main();
  assert_non_null(t);
  return t;
}

typedef struct {
  Thread *t;
  pthread_t id;
  void (*work)(Thread *t, void *arg);
  void *arg;
} Helper;

static inline void *helper_run(void *arg) {
  Helper *h = arg;
  thread_start(h->t);
  h->work(h->t, h->arg);
  thread_exit(h->t);
  return NULL;
}

static inline void helper_start(Helper *h, void (*work)(Thread *t, void *arg), void *arg) {
  *h = (Helper){.t = thread_new(main_thread()), .work = work, .arg = arg};
  assert_non_null(h->t);
  assert_int_equal(pthread_create(&h->id, NULL, helper_run, h), 0);
}

// The main thread sleeps detached.
static inline void helper_join(Helper *h) {
  thread_detach(main_thread());
  pthread_join(h->id, NULL);
  thread_attach(main_thread());
}

static inline void helper_run_to_end(void (*work)(Thread *t, void *arg), void *arg) {
  Helper h;
  helper_start(&h, work, arg);
  helper_join(&h);
}

// Lets others run until *flag is at least `value`.
static inline void wait_until(Thread *t, const a32 *flag, uint32_t value) {
  while (a32_load_acq(flag) < value) {
    thread_detach(t);
    usleep(200);
    thread_attach(t);
  }
}

static inline uint32_t new_shape(void (*dealloc)(Thread *t, Object *o), void (*traverse)(Object *o, GcVisit visit, void *arg),
                                 void (*clear)(Thread *t, Object *o), uint32_t flags) {
  assert_true(shape_table_init());
  uint32_t id = shape_new();
  assert_int_not_equal(id, 0);
  shape_table[id] = (Shape){.dealloc = dealloc, .traverse = traverse, .clear = clear, .flags = flags};
  return id;
}

#endif
