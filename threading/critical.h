// Critical sections: per-object locks that cannot deadlock, because blocking inside one lets go of it.
//
//   CRITICAL_BEGIN(t, obj);            CRITICAL_BEGIN2(t, a, b);       (locks in address order; a may equal b)
//   ... no return inside ...           ...
//   CRITICAL_END(t);                   CRITICAL_END2(t);
//
// Detaching, parking or suspending at a safepoint releases every critical section of the thread; on return only the innermost is retaken,
// outer ones as they become innermost. So after any call that may run Python code or block, re-read what was read under the lock.
// gil: they compile to nothing. In the stopper of a stop-the-world they do nothing.
//
// Most objects are only ever locked by the thread that owns them, and an atomic read-modify-write at each end costs more than what most
// sections do. So the lock byte is born MUTEX_OWNERS, and while it says so the owner locks by writing the byte's address to its own record
// (Thread.owner_lock, one at a time) and reading the byte again. Any other thread, before it takes the lock, makes sure that the owner is
// not inside, and that it will not come in again: it sets MUTEX_ASKED, makes every running thread pass a full memory barrier (membarrier(2)),
// and reads the owner's record. Either the owner's barrier came before it wrote the address, and it reads ASKED after that and takes the
// lock as everybody does; or after, and the address is seen: then one waits until it has gone. The lock taken, the byte is an ordinary one
// for the rest of the object's life. No barrier is needed if the owner is not attached, for it leaves its sections when it detaches, and
// its way back is a read-modify-write of its state; if the object has no owner, for its last one gave it up outside of sections; or if
// the owner has stopped using this way (OWNER_LOCK_OFF, for ever), as it is told to when it has been asked a thousand times.
//
// What others change by compare-and-swap without the lock (instances' slots, a generator's state), the owner may change by plain loads and
// stores inside such a section, if all others call critical_end_owners_way first: none of them can be at it then.
#ifndef WEFT_THREADING_CRITICAL_H
#define WEFT_THREADING_CRITICAL_H

#include "threading/mutex.h"

typedef struct Critical {
  struct Critical *outer;
  a8 *first, *second;  // NULL: none (second), or a section that does nothing (both)
  int held;            // how many of the two are locked just now; or CRITICAL_OWNER
} Critical;

#if WEFT_GIL
#define CRITICAL_BEGIN(t, obj) { (void)(t); (void)(obj)
#define CRITICAL_END(t) }
#define CRITICAL_BEGIN2(t, a, b) { (void)(t); (void)(a); (void)(b)
#define CRITICAL_END2(t) }
#define CRITICAL_IS_HELD(t, obj) true
#define CRITICAL_LOCK(obj) ((void)(obj), (a8 *)NULL)
static inline void critical_thread_made(Thread *t) { (void)t; }
static inline bool critical_is_owner_inside(const Thread *t) {
  (void)t;
  return false;
}
static inline void critical_use_common(Thread *t) { (void)t; }
static inline bool critical_enter_as_owner(Thread *t, a8 *m) {
  (void)t;
  (void)m;
  return true;
}
static inline void critical_leave_as_owner(Thread *t) { (void)t; }
static inline bool critical_is_in_as_owner(Thread *t, const a8 *m) {
  (void)t;
  (void)m;
  return true;
}
static inline void critical_end_owners_way(Thread *t, a8 *m) {
  (void)t;
  (void)m;
}
static inline void critical_release_all(Thread *t) { (void)t; }
static inline void critical_retake_innermost(Thread *t) { (void)t; }
#else
enum { CRITICAL_OWNER = 3 };         // Critical.held: all of them, by t->owner_lock and t->owner_lock2
enum { CRITICAL_OWNER_OFFSET = 16 };  // from an object's owner word to its lock byte (gc/object.h)

void critical_begin_slow(Thread *t, Critical *c);
void critical_begin2(Thread *t, Critical *c, a8 *a, a8 *b);
void critical_resume_outer(Thread *t, Critical *outer);
void critical_unlock(Thread *t, Critical *c);
// Called by thread_detach/attach and by suspension.
void critical_release_all(Thread *t);
void critical_retake_innermost(Thread *t);
// A new record, before it is published.
void critical_thread_made(Thread *t);
// BREAK_COMMON, at a safepoint outside of sections.
void critical_use_common(Thread *t);
static inline bool critical_is_owner_inside(const Thread *t) {
  void *m = aptr_load_rlx(&t->owner_lock);
  return m && m != OWNER_LOCK_OFF;
}

// Whether t owns the object of lock m, and nobody else has ended its owner's way.
static inline bool critical_is_owners_way(Thread *t, const a8 *m) {
  const a64 *own = (const a64 *)(const void *)(m - CRITICAL_OWNER_OFFSET);
  return ((a64_load_rlx(own) ^ t->own_base) >> 32) == 0 && a8_load_rlx(m) == MUTEX_OWNERS;
}

// Enters as the object's owner. The asm keeps the compiler from reading the byte before the record is written; that the processor may do
// so is what the asker's barrier is for. Stores to the record are releases: who reads one that came later has seen the section end.
static inline bool critical_enter_as_owner(Thread *t, a8 *m) {
  if (!critical_is_owners_way(t, m) || aptr_load_rlx(&t->owner_lock)) return false;
  aptr_store_rel(&t->owner_lock, m);
  __asm__ volatile("" ::: "memory");
  if (likely(a8_load_acq(m) == MUTEX_OWNERS)) return true;
  aptr_store_rel(&t->owner_lock, NULL);
  return false;
}

// Leaves what critical_enter_as_owner entered. Between the two there is no safepoint and no other section.
static inline void critical_leave_as_owner(Thread *t) { aptr_store_rel(&t->owner_lock, NULL); }

// Whether t is in a section of this lock that it entered as its object's owner.
static inline bool critical_is_in_as_owner(Thread *t, const a8 *m) {
  return aptr_load_rlx(&t->owner_lock) == (const void *)m || aptr_load_rlx(&t->owner_lock2) == (const void *)m;
}

void critical_end_owners_way_slow(Thread *t, a8 *m);
// For a thread that does not own the object: from now on its owner, if it has one, enters no section of it but by writing the lock. May park.
static inline void critical_end_owners_way(Thread *t, a8 *m) {
  if (unlikely(a8_load_acq(m) & MUTEX_OWNERS)) critical_end_owners_way_slow(t, m);
}

static inline void critical_begin(Thread *t, Critical *c, a8 *m) {
  c->first = m;
  c->second = NULL;
  c->outer = t->critical;
  if (critical_enter_as_owner(t, m)) {
    c->held = CRITICAL_OWNER;
    t->critical = c;
  } else if (likely(a8_cas_acq(m, 0, MUTEX_LOCKED))) {
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
  if (c->held == CRITICAL_OWNER) aptr_store_rel(&t->owner_lock, NULL);
  else if (unlikely(c->held != 1 || !a8_cas_rel(c->first, MUTEX_LOCKED, 0))) critical_unlock(t, c);
  if (unlikely(outer && outer->held == 0)) critical_resume_outer(t, outer);
}

// The end of a section of two objects.
static inline void critical_end2(Thread *t, Critical *c) {
  if (c->held == CRITICAL_OWNER) aptr_store_rel(&t->owner_lock2, NULL);
  critical_end(t, c);
}

#define CRITICAL_LOCK(obj) (&((Object *)(obj))->mutex)
#define CRITICAL_BEGIN(t, obj) { Critical critical_; critical_begin((t), &critical_, CRITICAL_LOCK(obj))
#define CRITICAL_END(t) critical_end((t), &critical_); }
#define CRITICAL_BEGIN2(t, a, b) { Critical critical_; critical_begin2((t), &critical_, CRITICAL_LOCK(a), CRITICAL_LOCK(b))
#define CRITICAL_END2(t) critical_end2((t), &critical_); }
#define CRITICAL_IS_HELD(t, obj)                                                                             \
  ((a8_load_rlx(CRITICAL_LOCK(obj)) & MUTEX_LOCKED) || (t)->stopping_world || critical_is_in_as_owner((t), CRITICAL_LOCK(obj)))
#endif

#endif
