// Thread states: one record per thread that may run Python, its slot in the table, and attaching and detaching.
//
// A thread is ATTACHED (may touch objects; in gil mode it holds the GIL), DETACHED (in native code, blocking) or SUSPENDED (stopped by a
// stop-the-world). Every function that touches objects takes the current thread state as its first argument; thread_current() reads
// thread-local storage and is for signal handlers, callbacks from C libraries and assertions.
#ifndef WEFT_THREADING_THREAD_H
#define WEFT_THREADING_THREAD_H

#include <pthread.h>

#include "threading/atomic.h"

struct Object;
struct Frame;
struct VmThread;
struct ThreadHeap;
struct Critical;
struct ThreadStats;
struct MergeQueue;

enum { THREAD_DETACHED = 0, THREAD_ATTACHED = 1, THREAD_SUSPENDED = 2, THREAD_DEAD = 3 };

enum {  // Thread.breaker: why the thread should leave the fast path at its next safepoint
  BREAK_GIL_DROP = 1,
  BREAK_STW = 2,
  BREAK_SIGNAL = 4,
  BREAK_ASYNC_EXC = 8, // stays set until the eval loop acts: no native function expects such an exception (vm/async_exc.h)
  BREAK_PENDING = 16,
  BREAK_MERGE = 32,
  BREAK_GC = 64,
  BREAK_ZERO = 128,
  BREAK_QSBR = 256,
  BREAK_YIELD = 512,   // chaos and schedule control: every test is taken
  BREAK_COMMON = 1024, // other threads lock many of its objects: it shall lock them as others do (critical.h; free build)
};

typedef struct Thread Thread;
struct Thread {
  // Written by other threads.
  a32 breaker;  // set by fetch_or (release), cleared by fetch_and before acting
  a32 state;    // THREAD_*; see memory.md 7 for who may move it
  a32 asked;    // how often another thread had to ask whether this one was in a section as an object's owner (critical.c)
  char pad[52];  // own cache line

  // Written by this thread only. Of these two the first is for the slot's life, the second for the record's (critical.h).
  uint64_t own_base;             // slot << 32: compared with Object.own (free build)
  aptr owner_lock;               // the lock byte of the object that it is in a section of as its owner; NULL: none; or OWNER_LOCK_OFF
  aptr owner_lock2;              // of a section of two objects, the second's; NULL whenever owner_lock is
  struct Frame *frame;           // innermost Python frame record (vm/)
  struct Object *exc;            // the exception being raised, owned; NULL: none (objects/error.h)
  struct VmThread *vm;           // value stack, frames, handled exceptions (vm/)
  struct ThreadHeap *heap;       // gc/heap.c
  struct Critical *critical;     // innermost critical section
  uintptr_t c_stack_limit;       // C code must not go below this address (thread_stack_low)
  int32_t py_depth;              // Python frames on the stack, against sys.setrecursionlimit
  int32_t dealloc_depth;         // nested deallocations; beyond a bound the dying list takes over
  struct Object **dying;         // objects whose dealloc was put off
  uint32_t dying_count, dying_capacity;
  uint32_t slot;                 // 1..65535, index into the thread table
  bool is_main, is_daemon, stopping_world;
  uint64_t async_exc;            // an owned Value, to be raised at a safepoint (vm/async_exc.h); V_NULL, or V_ABSENT: none is taken; under the slot lock
  struct LocalUse *local_uses;   // the threading.local objects that it has data in (modules/thread_local.c)
  struct Object *context;        // the contextvars context the thread runs in, owned; NULL: an empty one, not made yet
  struct MergeQueue *merge;      // references given back by other threads; under the slot lock (free build)
  struct ThreadStats *stats;     // -X stats; NULL when off
  uint64_t chaos_state;          // -X chaos: this thread's random state; 0 when off
  uint64_t ident;                // pthread_self() as Python shows it
  int64_t native_id;             // gettid
  pthread_t pthread;
  a64 qsbr_seen;                 // 0 = detached; read by the reclaimer
  uint32_t qsbr_pending;
  uint32_t foreign_counts;       // references counted of objects that are not this thread's (gc/refcount.c)
  struct Object *to_defer;       // to become DEFERRED at the next safepoint, owned; NULL: none
  void *retired;                 // retired buffers awaiting a grace period
  uint64_t id;                   // unique for the process's life
  aptr waits_on;                 // what it waits for, for who dumps stacks: an address that threads park on, THREAD_WAITS_GIL, or NULL

  // Bookkeeping of threading/ and gc/.
  a8 slot_lock;                  // guards merge, async_exc and stops from outside (mutex.h: thread_slot_lock)
  bool taken_by_stopper;         // the stopper, not the thread itself, made it SUSPENDED; under slot_lock
  bool live;                     // between thread_new and thread_exit; under the table's lock
  uint32_t stop_depth;           // nested stop_the_world calls
  struct Destroying *destroying; // objects in mid-dealloc on this thread's C stack (gc/refcount.c)
};

#define THREAD_MAX 65535
#define OWNER_LOCK_OFF ((void *)1)
#define THREAD_WAITS_GIL ((void *)1)
#define C_STACK_RESERVE (128 * 1024)  // bytes kept free below c_stack_limit for unwinding

// --- Life -------------------------------------------------------------------------------------------------------------------------
// The process's first thread; attached on return. NULL: no memory.
Thread *thread_init_main(void);
// A state for a thread about to be started by `creator` (attached); DETACHED, belongs to no pthread yet. NULL: no memory or no slot.
Thread *thread_new(Thread *creator);
// Called by the new pthread first: binds TLS, stack limits, ids, and attaches.
void thread_start(Thread *t);
// Called by it last, attached: drops what the state owns, drains queues (so it may run Python code), runs thread_at_exit's functions, frees
// the slot, detaches. t is gone afterwards.
void thread_exit(Thread *t);
// A state that was made but whose pthread could not be started.
void thread_abandon(Thread *creator, Thread *t);
Thread *thread_current(void);
// Calls fn for each live state under the table's lock; fn must not block.
void thread_each(void (*fn)(Thread *t, void *arg), void *arg);
Thread *thread_by_slot(uint32_t slot);
Thread *thread_by_ident(uint64_t ident);
uint32_t thread_count(void);
// After fork, in the child: every other state becomes dead, locks are re-made.
void thread_after_fork(Thread *t);
// fn(t) runs in the child at the end of thread_after_fork: for parts with locks or per-thread state of their own. At most 16;
// one that is there already is not added again.
void thread_at_fork(void (*fn)(Thread *t));
void thread_run_at_fork(Thread *t);
// How many forks lie between the process's first and this one: who left a mark before a fork can tell afterwards.
uint32_t thread_fork_count(void);
// fn(t) runs near the end of thread_exit, when the thread has freed all that it can: for layers above to end what they keep for it. No
// Python code runs on t afterwards. At most 16.
void thread_at_exit(void (*fn)(Thread *t));
void thread_run_at_exit(Thread *t);
// From now on a thread other than t that attaches parks for ever (interpreter shut-down).
void thread_begin_shutdown(Thread *t);

// --- Attaching --------------------------------------------------------------------------------------------------------------------
// Around anything that blocks or runs long without touching objects. Detaching releases the thread's critical sections; attaching may
// wait (GIL, stop-the-world), and retakes the innermost.
void thread_attach(Thread *t);
void thread_detach(Thread *t);
#define ALLOW_THREADS_BEGIN(t) { Thread *allow_threads_ = (t); thread_detach(allow_threads_);
#define ALLOW_THREADS_END thread_attach(allow_threads_); }

// --- Eval breaker -----------------------------------------------------------------------------------------------------------------
// True: call breaker_handle. The load's order pairs with nothing: acting re-reads with acquire.
static inline bool breaker_is_set(Thread *t) { return unlikely(a32_load_rlx(&t->breaker) != 0); }
void breaker_set(Thread *t, uint32_t bits);
void breaker_set_all(uint32_t bits);
// Acts on every bit set. 0, or -1 with an exception set (signal handlers, async exceptions). May run Python code, detach, suspend.
int breaker_handle(Thread *t);
// A safepoint: for native loops, every 1024 items or so.
static inline int safepoint(Thread *t) { return breaker_is_set(t) ? breaker_handle(t) : 0; }
// What layers above do when their bit is set: registered once at start-up, indexed by bit number. 0 or -1 with an exception.
typedef int (*BreakerAction)(Thread *t);
void breaker_register(uint32_t bit, BreakerAction action);

// --- For gc/ and threading/ ------------------------------------------------------------------------------------------------------
// What gc/ does at the turning points of a thread's life; registered before thread_init_main, by a constructor function in gc/. Any may
// be NULL.
typedef struct ThreadHooks {
  bool (*made)(Thread *t);               // a state was made (by another thread); false: no memory
  void (*exiting)(Thread *t);            // attached and about to end: drop what the state owns; may run Python code
  void (*gone)(Thread *t);               // nobody will run as t any more; no Python code
  void (*merge)(Thread *t);              // empty t's merge queue and dying list; may run Python code
  void (*restarting)(Thread *stopper, Thread *w);  // w was stopped while it slept: merge its queue, keep the dead; under w's slot lock
  void (*restarted)(Thread *stopper);    // free what `restarting` kept; may run Python code
} ThreadHooks;
void thread_set_hooks(const ThreadHooks *hooks);
const ThreadHooks *thread_hooks(void);
// As thread_attach and thread_detach, but attaching does not retake the innermost critical section.
void thread_attach_raw(Thread *t);
void thread_detach_raw(Thread *t);
// Before fork() and, in the parent, after it: the child then finds threading/'s locks free. In the child: thread_after_fork.
void thread_before_fork(Thread *t);
void thread_after_fork_parent(Thread *t);
// The thread table. A record is never freed, so a slot's record may be looked at without a lock; a dead thread's says THREAD_DEAD.
Thread *thread_table_take(void);           // a record not in use, or NULL
void thread_table_publish(Thread *t, bool live);
void thread_table_give(Thread *t);
void thread_table_lock(void);
void thread_table_unlock(void);
void thread_table_after_fork(Thread *t);
uint32_t thread_slot_high(void);           // no slot above this one was ever used
uint32_t thread_table_version(void);       // steps whenever a state is published
void thread_bind(Thread *t);               // makes t what thread_current() answers in this pthread
bool thread_is_shut_out(const Thread *t);  // after thread_begin_shutdown by another thread

// --- C stack ----------------------------------------------------------------------------------------------------------------------
static inline bool thread_stack_low(const Thread *t) { return unlikely((uintptr_t)__builtin_frame_address(0) < t->c_stack_limit); }

#endif
