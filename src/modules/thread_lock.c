// The lock and RLock types: one word each, waiting in the parking lot.
//
// A lock's state byte is MUTEX_LOCKED and MUTEX_PARKED as in threading/mutex.h, but any thread may release it, waits may time out, and a
// signal ends the wait of the main thread for as long as its handler runs. Waking does not hand the lock over: the woken thread competes.
// RLock: `owner` is stored by the thread that holds the lock, so comparing it with one's own id needs no order; `count` is the owner's.
#include <errno.h>
#include <math.h>
#include <unistd.h>

#include "gc/heap.h"
#include "modules/module_help.h"
#include "modules/thread_types.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/parking_lot.h"
#include "threading/mutex.h"
#include "threading/stats.h"
#include "vm/async_exc.h"

typedef struct Lock {
  Object ob;
  a8 state;
} Lock;

typedef struct RLock {
  Object ob;
  a8 state;
  a64 owner;        // Thread.id + 1 of the holder; 0: free
  uint64_t count;
} RLock;

static Lock *v_lock(Value v) { return (Lock *)v_obj(v); }
static RLock *v_rlock(Value v) { return (RLock *)v_obj(v); }

// --- Waiting --------------------------------------------------------------------------------------------------------------------------

// Free build: going to sleep and being woken takes 20 to 90 us, longer than most locks are held, and than most threads of one program let each
// other wait at a barrier. So a thread first looks again for a while, as long as that has been worth while for it: each success doubles its
// patience, each failure halves it. Not where others sleep already.
enum { PATIENCE_LEAST = 64, PATIENCE_MOST = 4096 };  // looks; 1.5 to 100 us
static __thread uint32_t patience = PATIENCE_MOST;

// A look must not take the time from whoever holds the lock: one thread, the main thread perhaps, may be asleep, all others have a CPU.
static bool all_may_run(void) {
  static a32 cpus;
  uint32_t n = a32_load_rlx(&cpus);
  if (!n) a32_store_rlx(&cpus, n = (uint32_t)sysconf(_SC_NPROCESSORS_ONLN));
  return n > 1 && thread_count() <= n + 1;
}

enum { UNDECIDED = -2 };

// What acquire returns, or UNDECIDED: the thread has to sleep.
static int take_in_time(Thread *t, a8 *state) {
  if (MODE_IS_GIL || !all_may_run() || t->chaos_state) return UNDECIDED;   // with chaos, each look would be a long one
  for (uint32_t i = 0; i < patience; i++) {
    uint8_t s = a8_load_rlx(state);
    if (s & MUTEX_PARKED) return UNDECIDED;
    if (!(s & MUTEX_LOCKED) && a8_cas_acq(state, s, s | MUTEX_LOCKED)) {
      if (patience < PATIENCE_MOST) patience *= 2;
      return 1;
    }
    if (safepoint(t) < 0) return -1;
    __builtin_ia32_pause();
  }
  if (patience > PATIENCE_LEAST) patience /= 2;
  return UNDECIDED;
}

static void after_passing(void *arg, void *token, bool more) {
  (void)token;
  a8 *state = arg;
  for (uint8_t s = a8_load_rlx(state); !more && s & MUTEX_PARKED; s = a8_load_rlx(state))
    if (a8_cas_rlx(state, s, s & ~MUTEX_PARKED)) return;
}

// For a thread that will not take the lock it may have been woken for: another one that sleeps shall look.
static void pass_on(a8 *state) {
  if (a8_load_rlx(state) & MUTEX_PARKED) parking_lot_unpark(state, after_passing, state);
}

// 1: acquired, 0: timed out (or busy with timeout 0), -1: a signal handler raised. timeout_ns < 0: for ever.
static int acquire(Thread *t, a8 *state, int64_t timeout_ns) {
  if (likely(a8_cas_acq(state, 0, MUTEX_LOCKED))) return 1;
  int64_t deadline = timeout_ns > 0 ? (int64_t)stats_clock_ns() + timeout_ns : 0;
  uint64_t since = stats_begin(t);
  int result = timeout_ns == 0 ? UNDECIDED : take_in_time(t, state);
  while (result == UNDECIDED) {
    uint8_t s = a8_load_rlx(state);
    if (!(s & MUTEX_LOCKED)) {
      if (a8_cas_acq(state, s, s | MUTEX_LOCKED)) result = 1;
      continue;
    }
    if (timeout_ns == 0) {
      result = 0;
      continue;
    }
    if (!(s & MUTEX_PARKED) && !a8_cas_rlx(state, s, s | MUTEX_PARKED)) continue;
    int64_t left = timeout_ns < 0 ? -1 : deadline - (int64_t)stats_clock_ns();
    if (timeout_ns > 0 && left <= 0) {
      result = 0;
      continue;
    }
    uint8_t expected = MUTEX_LOCKED | MUTEX_PARKED;
    ParkResult r = parking_lot_park(t, state, &expected, 1, left, PARK_DETACH | PARK_INTERRUPTIBLE, NULL);
    if (breaker_is_set(t) && breaker_handle(t) < 0) {
      result = -1;
      pass_on(state);
    } else if (r == PARK_TIMEOUT) {
      timeout_ns = 0;   // one last try
    }
  }
  stats_end(t, STATS_LOCK, since);
  return result;
}

static void after_unpark(void *arg, void *token, bool more) {
  (void)token;
  a8_store_rel(arg, more ? MUTEX_PARKED : 0);
}

static void release(a8 *state) {
  if (likely(a8_cas_rel(state, MUTEX_LOCKED, 0))) return;
  parking_lot_unpark(state, after_unpark, state);
}

int thread_timeout(Thread *t, bool blocking, Value timeout, int64_t *ns) {
  *ns = blocking ? -1 : 0;
  if (v_is_absent(timeout)) return 0;
  double seconds;
  if (v_is_float(timeout)) {
    seconds = float_value(timeout);
  } else {
    int64_t whole = number_as_i64(t, timeout);
    if (whole == -1 && error_pending(t)) {
      if (error_matches(t, &exc_OverflowError)) {
        error_clear(t);
        raise_overflow(t, "timestamp too large to convert to C _PyTime_t");
      }
      return -1;
    }
    seconds = (double)whole;
  }
  if (isnan(seconds)) {
    raise_value_error(t, "Invalid value NaN (not a number)");
    return -1;
  }
  double nanoseconds = ceil(seconds * 1e9);
  if (nanoseconds >= 0x1p63 || nanoseconds < -0x1p63) {
    raise_overflow(t, "timestamp too large to convert to C _PyTime_t");
    return -1;
  }
  if (!blocking && seconds != -1.0) {
    raise_value_error(t, "can't specify a timeout for a non-blocking call");
    return -1;
  }
  if (seconds < 0 && seconds != -1.0) {
    raise_value_error(t, "timeout value must be positive");
    return -1;
  }
  if (seconds == -1.0) return 0;
  *ns = (int64_t)nanoseconds;
  return 0;
}

static int acquire_arguments(Thread *t, const Value *args, int64_t *ns) {
  int blocking = v_is_absent(args[0]) ? 1 : object_is_true(t, args[0]);
  return blocking < 0 ? -1 : thread_timeout(t, blocking, args[1], ns);
}

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- lock -------------------------------------------------------------------------------------------------------------------------------

static Value lock_new(Thread *t) {
  Value v = type_generic_alloc(t, &type_lock, 0);
  return v;
}

Value thread_allocate_lock(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  UNUSED;
  return lock_new(t);
}

METHOD(lock_acquire) {
  (void)nargs, (void)kwnames;
  int64_t ns;
  if (acquire_arguments(t, args, &ns) < 0) return V_NULL;
  int r = acquire(t, &v_lock(self)->state, ns);
  return r < 0 ? V_NULL : v_from_bool(r);
}

METHOD(lock_enter) {
  UNUSED;
  return acquire(t, &v_lock(self)->state, -1) < 0 ? V_NULL : V_TRUE;
}

METHOD(lock_release) {
  UNUSED;
  if (!(a8_load_rlx(&v_lock(self)->state) & MUTEX_LOCKED)) return raise_error(t, &exc_RuntimeError, "release unlocked lock");
  release(&v_lock(self)->state);
  return V_NONE;
}

// Takes its arguments raw: packing them needs memory, and a lock must be released even when there is none.
METHOD(lock_exit) {
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length) return raise_type_error(t, "lock.__exit__() takes no keyword arguments");
  return lock_release(t, self, args, nargs, V_NULL);
}

METHOD(lock_locked) { UNUSED; return v_from_bool(a8_load_rlx(&v_lock(self)->state) & MUTEX_LOCKED); }

METHOD(lock_reinit) {
  UNUSED;
  a8_store_rel(&v_lock(self)->state, 0);
  return V_NONE;
}

static Value lock_repr(Thread *t, Value self) {
  bool locked = a8_load_rlx(&v_lock(self)->state) & MUTEX_LOCKED;
  return str_from_format(t, "<%s %T object at %p>", locked ? "locked" : "unlocked", self, (void *)v_obj(self));
}

static void lock_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static const NativeDef lock_methods[] = {
    {"acquire_lock($self, blocking=True, timeout=-1)", lock_acquire, "An obsolete synonym of acquire().", NATIVE_NO_SIGNATURE},
    {"acquire($self, blocking=True, timeout=-1)", lock_acquire, "Lock the lock; True if it was acquired.", NATIVE_NO_SIGNATURE},
    {"release_lock($self, /)", lock_release, "An obsolete synonym of release().", NATIVE_NO_SIGNATURE},
    {"release($self, /)", lock_release, "Release the lock, letting one waiting thread compete for it.", NATIVE_NO_SIGNATURE},
    {"locked_lock($self, /)", lock_locked, "An obsolete synonym of locked().", NATIVE_NO_SIGNATURE},
    {"locked($self, /)", lock_locked, "Whether some thread holds the lock.", NATIVE_NO_SIGNATURE},
    {"_at_fork_reinit($self, /)", lock_reinit, NULL, NATIVE_NO_SIGNATURE},
    {"__enter__($self, /)", lock_enter, "Lock the lock.", NATIVE_NO_SIGNATURE},
    {"__exit__($self, /, *args)", lock_exit, "Release the lock.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {0},
};

Type type_lock;
static const TypeSpec spec_lock = {
    .name = "_thread.lock",
    .size = sizeof(Lock),
    .flags = TYPE_WEAKREF | TYPE_NO_INSTANTIATE,
    .slots = {.repr = lock_repr, .dealloc = lock_dealloc},
    .methods = lock_methods,
    .doc = "A lock that one thread can hold at a time.",
};

// --- RLock --------------------------------------------------------------------------------------------------------------------------------

static bool is_mine(Thread *t, const RLock *l) { return a64_load_rlx(&l->owner) == t->id + 1; }

static int rlock_take(Thread *t, RLock *l, int64_t ns) {
  if (is_mine(t, l)) {
    if (l->count == UINT64_MAX) {
      raise_overflow(t, "Internal lock count overflowed");
      return -1;
    }
    l->count++;
    return 1;
  }
  int r = acquire(t, &l->state, ns);
  if (r > 0) {
    a64_store_rlx(&l->owner, t->id + 1);
    l->count = 1;
  }
  return r;
}

METHOD(rlock_acquire) {
  (void)nargs, (void)kwnames;
  int64_t ns;
  if (acquire_arguments(t, args, &ns) < 0) return V_NULL;
  int r = rlock_take(t, v_rlock(self), ns);
  return r < 0 ? V_NULL : v_from_bool(r);
}

METHOD(rlock_enter) {
  UNUSED;
  return rlock_take(t, v_rlock(self), -1) < 0 ? V_NULL : V_TRUE;
}

METHOD(rlock_release) {
  UNUSED;
  RLock *l = v_rlock(self);
  if (!is_mine(t, l)) return raise_error(t, &exc_RuntimeError, "cannot release un-acquired lock");
  if (--l->count == 0) {
    a64_store_rlx(&l->owner, 0);
    release(&l->state);
  }
  return V_NONE;
}

METHOD(rlock_exit) {
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length) return raise_type_error(t, "RLock.__exit__() takes no keyword arguments");
  return rlock_release(t, self, args, nargs, V_NULL);
}

METHOD(rlock_is_owned) { UNUSED; return v_from_bool(is_mine(t, v_rlock(self))); }

// For Condition: gives up all levels at once, to take them back after the wait.
METHOD(rlock_release_save) {
  UNUSED;
  RLock *l = v_rlock(self);
  if (!is_mine(t, l)) return raise_error(t, &exc_RuntimeError, "cannot release un-acquired lock");
  Value r = tuple_from_stolen(t, (Value[]){int_from_u64(t, l->count), int_from_u64(t, t->ident)}, 2);
  if (v_is_null(r)) return V_NULL;
  l->count = 0;
  a64_store_rlx(&l->owner, 0);
  release(&l->state);
  return r;
}

METHOD(rlock_acquire_restore) {
  (void)nargs, (void)kwnames;
  uint64_t count;
  if (!v_is_tuple(args[0]) || v_tuple(args[0])->length != 2 || !v_is_int(v_tuple(args[0])->items[0]) || !int_as_u64(v_tuple(args[0])->items[0], &count))
    return raise_type_error(t, "_acquire_restore() argument 1 must be a saved state");
  RLock *l = v_rlock(self);
  if (acquire(t, &l->state, -1) < 0) return V_NULL;
  a64_store_rlx(&l->owner, t->id + 1);
  l->count = count;
  return V_NONE;
}

METHOD(rlock_reinit) {
  UNUSED;
  RLock *l = v_rlock(self);
  a64_store_rlx(&l->owner, 0);
  l->count = 0;
  a8_store_rel(&l->state, 0);
  return V_NONE;
}

static Value rlock_repr(Thread *t, Value self) {
  RLock *l = v_rlock(self);
  uint64_t owner = a64_load_rlx(&l->owner);
  uint64_t ident = is_mine(t, l) ? t->ident : 0;
  return str_from_format(t, "<%s %T object owner=%llu count=%llu at %p>", owner ? "locked" : "unlocked", self, (unsigned long long)ident,
                         (unsigned long long)(is_mine(t, l) ? l->count : 0), (void *)l);
}

static const NativeDef rlock_methods[] = {
    {"acquire($self, blocking=True, timeout=-1)", rlock_acquire, "Lock the lock; the owner may do so again.", NATIVE_NO_SIGNATURE},
    {"release($self, /)", rlock_release, "Undo one acquire().", NATIVE_NO_SIGNATURE},
    {"_is_owned($self, /)", rlock_is_owned, "Takes the lock as often as _release_save gave it back.", NATIVE_NO_SIGNATURE},
    {"_acquire_restore($self, state, /)", rlock_acquire_restore, "Takes the lock as often as _release_save gave it back.", NATIVE_NO_SIGNATURE},
    {"_release_save($self, /)", rlock_release_save, "Takes the lock as often as _release_save gave it back.", NATIVE_NO_SIGNATURE},
    {"_at_fork_reinit($self, /)", rlock_reinit, NULL, NATIVE_NO_SIGNATURE},
    {"__enter__($self, /)", rlock_enter, "Lock the lock.", NATIVE_NO_SIGNATURE},
    {"__exit__($self, /, *args)", rlock_exit, "Release the lock.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {0},
};

Type type_rlock;
static const TypeSpec spec_rlock = {
    .name = "_thread.RLock",
    .size = sizeof(RLock),
    .flags = TYPE_WEAKREF | TYPE_BASETYPE,
    .slots = {.new = module_empty_new, .repr = rlock_repr, .dealloc = lock_dealloc},
    .methods = rlock_methods,
};

// --- The end of a thread ------------------------------------------------------------------------------------------------------------------
// threading.py waits for a thread by a lock that the thread's end releases.

static __thread Value sentinel;   // owned

Value thread_set_sentinel(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  UNUSED;
  Value lock = lock_new(t);
  if (v_is_null(lock)) return V_NULL;
  v_set(t, &sentinel, v_own(t, lock));
  return lock;
}

void thread_release_sentinel(Thread *t) {
  async_exc_refuse(t);
  if (v_is_null(sentinel)) return;
  if (a8_load_rlx(&v_lock(sentinel)->state) & MUTEX_LOCKED) release(&v_lock(sentinel)->state);
  v_clear(t, &sentinel);
}

bool thread_types_init(Thread *t) {
  return type_ready(t, &type_lock, &spec_lock, 0) && type_ready(t, &type_rlock, &spec_rlock, 0) && thread_local_init(t);
}
