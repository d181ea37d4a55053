// A thread state's life: made by its creator, started and ended by its own pthread, and what fork leaves of it (declared in thread.h).
#define _GNU_SOURCE
#include <string.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "threading/chaos.h"
#include "threading/critical.h"
#include "threading/gil.h"
#include "threading/mutex.h"
#include "threading/parking_lot.h"
#include "threading/qsbr.h"
#include "threading/stats.h"
#include "threading/stw.h"

static a64 next_id = {1};

// Everything but what belongs to the slot: number, lock, state, breaker, merge queue.
static void reset(Thread *t) {
  size_t from = offsetof(Thread, frame), to = offsetof(Thread, slot);
  memset((char *)t + from, 0, to - from);
  t->is_main = t->is_daemon = t->stopping_world = false;
  t->async_exc = 0;
  t->local_uses = NULL;
  t->context = NULL;
  t->stats = NULL;
  t->chaos_state = 0;
  t->ident = 0;
  t->native_id = 0;
  t->stop_depth = 0;
  t->destroying = NULL;
  t->taken_by_stopper = false;
  t->id = a64_fetch_add_rlx(&next_id, 1);
  a32_fetch_and_acqrel(&t->breaker, BREAK_MERGE);  // the slot's queue may hold what came back too late for its last thread
}

// The stack of the process's first thread grows down from its top, where the kernel put the program's name, to the resource limit. Asking
// pthread_getattr_np instead would read /proc/self/maps, a tenth of a millisecond of every start.
static bool find_first_stack(uintptr_t *low, size_t *size) {
  const char *name = (const char *)(uintptr_t)getauxval(AT_EXECFN);
  struct rlimit limit;
  if (!name || getrlimit(RLIMIT_STACK, &limit)) return false;
  const size_t most = (size_t)256 << 20;  // an unlimited stack still meets other mappings
  *size = limit.rlim_cur < most ? limit.rlim_cur : most;
  uintptr_t top = ((uintptr_t)name + strlen(name) + 1 + 4095) & ~(uintptr_t)4095;
  uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  *low = top - *size;
  return here < top && here > *low;
}

// Other stacks are mapped whole.
static bool find_mapped_stack(uintptr_t *low, size_t *size) {
  pthread_attr_t attributes;
  void *start = NULL;
  size_t guard = 0;
  if (pthread_getattr_np(pthread_self(), &attributes)) return false;
  pthread_attr_getstack(&attributes, &start, size);
  pthread_attr_getguardsize(&attributes, &guard);
  pthread_attr_destroy(&attributes);
  *low = (uintptr_t)start + guard;
  *size -= guard;
  return true;
}

// The lowest address that C code of this pthread may use.
static void find_stack_limit(Thread *t) {
  uintptr_t low = 0;
  size_t size = 0;
  bool first = getpid() == syscall(SYS_gettid);
  if (!(first && find_first_stack(&low, &size)) && !find_mapped_stack(&low, &size)) return;
  size_t reserve = size / 2 < C_STACK_RESERVE ? size / 2 : C_STACK_RESERVE;  // tiny stacks (threading.stack_size): keep half
  t->c_stack_limit = low + reserve;
}

static void bind_to_this_pthread(Thread *t) {
  t->pthread = pthread_self();
  t->ident = (uint64_t)t->pthread;
  t->native_id = syscall(SYS_gettid);
  find_stack_limit(t);
  thread_bind(t);
}

static bool tell_made(Thread *t) { return !thread_hooks()->made || thread_hooks()->made(t); }

static void slot_set_state(Thread *t, uint32_t state) {
  thread_slot_lock(t);  // waits for a merger that holds the dead slot
  a32_store_rel(&t->state, state);
  thread_slot_unlock(t);
}

Thread *thread_init_main(void) {
  Thread *t = thread_table_take();
  if (!t) return NULL;
  reset(t);
  critical_thread_made(t);
  t->is_main = true;
  if (!tell_made(t)) {
    thread_table_give(t);
    return NULL;
  }
  slot_set_state(t, THREAD_DETACHED);
  thread_table_publish(t, true);
  bind_to_this_pthread(t);
  chaos_thread_init(t);
  thread_attach(t);
  stats_thread_started(t);
  return t;
}

Thread *thread_new(Thread *creator) {
  (void)creator;
  Thread *t = thread_table_take();
  if (!t) return NULL;
  thread_slot_lock(t);
  reset(t);
  critical_thread_made(t);
  thread_slot_unlock(t);
  if (!tell_made(t)) {
    thread_table_give(t);
    return NULL;
  }
  chaos_thread_init(t);
  slot_set_state(t, THREAD_DETACHED);
  thread_table_publish(t, true);
  return t;
}

void thread_start(Thread *t) {
  bind_to_this_pthread(t);
  stats_thread_started(t);
  thread_attach(t);
}

static void drain(Thread *t) {
  if (!thread_hooks()->merge) return;
  do thread_hooks()->merge(t);
  while (a32_load_acq(&t->breaker) & BREAK_MERGE);
}

// References that come back from here on stay in the queue until somebody takes the slot over, or collects; those that come back after the
// record says DEAD are merged by who gives them.
static void end_record(Thread *t) {
  thread_slot_lock(t);
  // Still attached for a stopper, so nobody walks the heap meanwhile.
  if (thread_hooks()->gone) thread_hooks()->gone(t);
  qsbr_thread_gone(t);
  qsbr_detach(t);
  a32_store_rel(&t->state, THREAD_DEAD);
  thread_slot_unlock(t);
}

void thread_exit(Thread *t) {
  if (thread_hooks()->exiting) thread_hooks()->exiting(t);
  drain(t);
  thread_run_at_exit(t);
  stats_thread_ended(t);
  end_record(t);
  thread_table_publish(t, false);
  bool stop = a32_load_acq(&t->breaker) & BREAK_STW;
  thread_bind(NULL);
  gil_drop(t);
  thread_table_give(t);
  if (stop) stw_notify();
}

void thread_abandon(Thread *creator, Thread *t) {
  (void)creator;
  slot_set_state(t, THREAD_DEAD);
  if (thread_hooks()->gone) thread_hooks()->gone(t);
  qsbr_thread_gone(t);
  thread_table_publish(t, false);
  thread_table_give(t);
}

void thread_before_fork(Thread *t) {
  stop_the_world(t);
  thread_table_lock();
  parking_lot_before_fork();
}

void thread_after_fork_parent(Thread *t) {
  parking_lot_after_fork_parent();
  thread_table_unlock();
  start_the_world(t);
}

static a32 forks;

uint32_t thread_fork_count(void) { return a32_load_rlx(&forks); }

void thread_after_fork(Thread *t) {
  a32_fetch_add_rlx(&forks, 1);
  parking_lot_after_fork();
  thread_table_after_fork(t);
  a8_store_rlx(&t->slot_lock, 0);
  for (uint32_t slot = thread_slot_high(); slot > 0; slot--) {
    Thread *w = thread_by_slot(slot);
    if (!w || w == t) continue;
    a8_store_rlx(&w->slot_lock, 0);
    a32_store_rlx(&w->state, THREAD_DEAD);
    w->taken_by_stopper = false;
  }
  gil_after_fork(t);
  stw_after_fork(t);
  bind_to_this_pthread(t);
  t->is_main = true;
  qsbr_after_fork(t);
  thread_run_at_fork(t);
}
