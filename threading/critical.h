// Critical sections: per-object locks that cannot deadlock, because blocking inside one lets go of it.
//
//   CRITICAL_BEGIN(t, obj);            CRITICAL_BEGIN2(t, a, b);       (locks in address order; a may equal b)
//   ... no return inside ...           ...
//   CRITICAL_END(t);                   CRITICAL_END2(t);
//
// Detaching, parking or suspending at a safepoint releases every critical section of the thread; on return only the innermost is retaken,
// outer ones as they become innermost. So after any call that may run Python code or block, re-read what was read under the lock.
// gil: they compile to nothing. In the stopper of a stop-the-world they do nothing.
#ifndef WEFT_THREADING_CRITICAL_H
#define WEFT_THREADING_CRITICAL_H

#include "threading/mutex.h"

typedef struct Critical {
  struct Critical *outer;
  a8 *first, *second;  // NULL: none (second), or a section that does nothing (both)
  int held;            // how many of the two are locked just now
} Critical;

#if WEFT_GIL
#define CRITICAL_BEGIN(t, obj) { (void)(t); (void)(obj)
#define CRITICAL_END(t) }
#define CRITICAL_BEGIN2(t, a, b) { (void)(t); (void)(a); (void)(b)
#define CRITICAL_END2(t) }
#define CRITICAL_IS_HELD(t, obj) true
#else
void critical_begin_slow(Thread *t, Critical *c);
void critical_begin2(Thread *t, Critical *c, a8 *a, a8 *b);
void critical_resume_outer(Thread *t, Critical *outer);
void critical_unlock(Critical *c);
// Called by thread_detach/attach and by suspension.
void critical_release_all(Thread *t);
void critical_retake_innermost(Thread *t);

static inline void critical_begin(Thread *t, Critical *c, a8 *m) {
  c->first = m;
  c->second = NULL;
  c->outer = t->critical;
  if (likely(a8_cas_acq(m, 0, MUTEX_LOCKED))) {
    c->held = 1;
    t->critical = c;
  } else {
    c->held = 0;
    critical_begin_slow(t, c);
  }
}

static inline void critical_end(Thread *t, Critical *c) {
  Critical *outer = c->outer;
  t->critical = outer;
  if (unlikely(c->held != 1 || !a8_cas_rel(c->first, MUTEX_LOCKED, 0))) critical_unlock(c);
  if (unlikely(outer && outer->held == 0)) critical_resume_outer(t, outer);
}

#define CRITICAL_BEGIN(t, obj) { Critical critical_; critical_begin((t), &critical_, &((Object *)(obj))->mutex)
#define CRITICAL_END(t) critical_end((t), &critical_); }
#define CRITICAL_BEGIN2(t, a, b) { Critical critical_; critical_begin2((t), &critical_, &((Object *)(a))->mutex, &((Object *)(b))->mutex)
#define CRITICAL_END2(t) critical_end((t), &critical_); }
#define CRITICAL_IS_HELD(t, obj) (a8_load_rlx(&((Object *)(obj))->mutex) & MUTEX_LOCKED || (t)->stopping_world)
#endif

#endif
