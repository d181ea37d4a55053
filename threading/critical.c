// Critical sections, free build: taking contended locks, and giving all up while the thread is not running Python.
//
// The sections of a thread form a chain of records on its C stack, innermost first. `held` of each says how many of its locks it has now:
// any suffix of the chain may have been released by a detach. A section whose `first` is NULL does nothing: either its lock is the one
// the enclosing section holds, or the world is stopped.
#define _GNU_SOURCE
#include "threading/critical.h"

#if !WEFT_GIL

#include <linux/membarrier.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "threading/chaos.h"
#include "threading/parking_lot.h"
#include "threading/stats.h"

enum { SPINS = 40, OWNER_WAIT_NS = 50000, ASKED_LIMIT = 1000 };

// --- Sections that the object's owner enters without writing the lock (critical.h) ---

static bool is_off;  // the kernel has no such barrier; set before there is a second thread

static long expedited(int command) { return syscall(SYS_membarrier, command, 0, 0); }

// Every thread of the process that is running passes a full barrier between the call and its return.
static void barrier_everywhere(void) {
  if (expedited(MEMBARRIER_CMD_PRIVATE_EXPEDITED) == 0) return;
  // Not registered: the child of a fork, on some kernels.
  if (expedited(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) != 0 || expedited(MEMBARRIER_CMD_PRIVATE_EXPEDITED) != 0) abort();
}

void critical_thread_made(Thread *t) {
  static bool registered;
  if (!registered) {
    registered = true;
    is_off = expedited(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) != 0;
  }
  if (is_off) aptr_store_rel(&t->owner_lock, OWNER_LOCK_OFF);
}

void critical_use_common(Thread *t) {
  if (!critical_is_owner_inside(t)) aptr_store_rel(&t->owner_lock, OWNER_LOCK_OFF);
}

// Whether the thread, which is not the caller's, is surely outside of the section by the time of the answer. The byte says ASKED.
static bool owner_is_outside(Thread *owner, const a8 *m) {
  if (aptr_load_acq(&owner->owner_lock) == OWNER_LOCK_OFF) return true;
  // An RMW: the owner's way back to ATTACHED reads what this wrote, and so the byte that was written before it.
  uint32_t state = a32_fetch_add_seq(&owner->state, 0);
  if (state == THREAD_DEAD) {
    thread_slot_lock(owner);  // as who takes the slot over does
    state = a32_load_rlx(&owner->state);
    thread_slot_unlock(owner);
  }
  if (state != THREAD_DETACHED && state != THREAD_DEAD) {
    barrier_everywhere();
    if (a32_fetch_add_rlx(&owner->asked, 1) % ASKED_LIMIT == ASKED_LIMIT - 1) breaker_set(owner, BREAK_COMMON);
  }
  return aptr_load_acq(&owner->owner_lock) != (const void *)m && aptr_load_acq(&owner->owner_lock2) != (const void *)m;
}

// Takes a lock that its object's owner need not write, if the owner is not inside.
static bool take_from_owner(Thread *t, a8 *m) {
  const a64 *word = (const a64 *)(const void *)(m - CRITICAL_OWNER_OFFSET);
  uint64_t own = a64_load_acq(word);
  Thread *owner = thread_by_slot((uint32_t)(own >> 32));  // none: nobody's object, or one that has no owner any more
  if (owner && owner != t) {
    if (a8_load_rlx(m) == MUTEX_OWNERS && !a8_cas_acqrel(m, MUTEX_OWNERS, MUTEX_OWNERS | MUTEX_ASKED)) return false;
    if (!owner_is_outside(owner, m)) return false;
  }
  uint8_t v = a8_load_rlx(m);
  return (v & MUTEX_OWNERS) && a8_cas_acq(m, v, MUTEX_LOCKED);
}

// The bytes alone decide for who was asked meanwhile: the addresses may go one after the other.
static void leave_as_owner(Thread *t) {
  aptr_store_rel(&t->owner_lock2, NULL);
  aptr_store_rel(&t->owner_lock, NULL);
}

void critical_end_owners_way_slow(Thread *t, a8 *m) {
  if (t->stopping_world) return;   // its owner is stopped, and outside of sections
  Critical c;
  critical_begin(t, &c, m);
  critical_end(t, &c);
}

// --- Taking and waiting ---

static bool try_take(Thread *t, a8 *m) {
  uint8_t v = a8_load_rlx(m);
  if (v & MUTEX_OWNERS) return take_from_owner(t, m);
  return !(v & MUTEX_LOCKED) && a8_cas_acq(m, v, v | MUTEX_LOCKED);
}

// Waits until m may be free. Detaching gives back every lock of the thread, so two threads cannot wait for each other.
static void wait_for(Thread *t, a8 *m) {
  for (int i = 0; i < SPINS && !(a8_load_rlx(m) & MUTEX_PARKED); i++) {
    if (!(a8_load_rlx(m) & MUTEX_LOCKED)) break;
    __builtin_ia32_pause();
  }
  uint8_t v = a8_load_rlx(m);
  if (v & MUTEX_OWNERS) {  // the owner wakes nobody
    parking_lot_park(t, m, &v, 1, OWNER_WAIT_NS, PARK_DETACH_RAW, NULL);
    return;
  }
  if (!(v & MUTEX_LOCKED)) return;
  if (!(v & MUTEX_PARKED) && !a8_cas_rlx(m, v, v | MUTEX_PARKED)) return;
  const uint8_t expected = MUTEX_LOCKED | MUTEX_PARKED;
  parking_lot_park(t, m, &expected, 1, -1, PARK_DETACH_RAW, NULL);
}

// c is the innermost section that has locks. Every pass re-reads c->held: waiting gives back c's first lock too.
static void acquire(Thread *t, Critical *c) {
  int wanted = c->second ? 2 : 1;
  uint64_t since = stats_begin(t);
  while (c->held < wanted) {
    a8 *m = c->held == 0 ? c->first : c->second;
    if (unlikely(critical_is_in_as_owner(t, m))) critical_release_all(t);  // of a section further out, which retakes it
    else if (try_take(t, m)) c->held++;
    else wait_for(t, m);
  }
  stats_end(t, STATS_LOCK, since);
}

void critical_begin_slow(Thread *t, Critical *c) {
  t->critical = c;
  Critical *outer = c->outer;
  bool inside_same = outer && (outer->held == 1 || outer->held == CRITICAL_OWNER) && outer->first == c->first;
  if (t->stopping_world || inside_same) {
    c->first = NULL;
    return;
  }
  chaos_point(t);
  acquire(t, c);
}

// As critical_enter_as_owner, of two objects: both addresses are written before either byte is read again.
static bool enter_two_as_owner(Thread *t, a8 *a, a8 *b) {
  if (!critical_is_owners_way(t, a) || !critical_is_owners_way(t, b) || aptr_load_rlx(&t->owner_lock)) return false;
  aptr_store_rel(&t->owner_lock2, b);
  aptr_store_rel(&t->owner_lock, a);
  __asm__ volatile("" ::: "memory");
  if (likely(a8_load_acq(a) == MUTEX_OWNERS && a8_load_acq(b) == MUTEX_OWNERS)) return true;
  leave_as_owner(t);
  return false;
}

void critical_begin2(Thread *t, Critical *c, a8 *a, a8 *b) {
  if (a == b) {
    critical_begin(t, c, a);
    return;
  }
  *c = (Critical){.outer = t->critical, .first = a < b ? a : b, .second = a < b ? b : a};
  t->critical = c;
  if (enter_two_as_owner(t, c->first, c->second)) {
    c->held = CRITICAL_OWNER;
    return;
  }
  if (t->stopping_world) {
    c->first = c->second = NULL;
    return;
  }
  acquire(t, c);
}

// The general end: any number of locks held, sleepers or none.
void critical_unlock(Thread *t, Critical *c) {
  if (c->held == CRITICAL_OWNER) {
    c->held = 0;
    leave_as_owner(t);
    return;
  }
  while (c->held > 0) {
    a8 *m = --c->held == 0 ? c->first : c->second;
    mutex_unlock((Mutex *)(void *)m);
  }
}

void critical_resume_outer(Thread *t, Critical *outer) {
  while (outer && !outer->first) outer = outer->outer;
  if (outer && !t->stopping_world) acquire(t, outer);
}

void critical_release_all(Thread *t) {
  for (Critical *c = t->critical; c; c = c->outer) critical_unlock(t, c);
}

void critical_retake_innermost(Thread *t) {
  if (t->critical) critical_resume_outer(t, t->critical);
}

#endif
